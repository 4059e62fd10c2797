//! The spreadsheet library, kept at arm's length: rows of raw cells, one at a time.

use domain::text;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What stood in a cell, before anyone asks what it means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Raw<'a> {
    /// Words, as stored.
    Text(Cow<'a, str>),
    /// A number that is no day.
    Number {
        /// The number.
        value: f64,
        /// Whether the cell shows it as a percentage.
        percent: bool,
        /// Whether the format fills up with noughts to this many digits (`000`).
        pad: usize,
    },
    /// True or false.
    Bool(bool),
    /// A number shown as a day: the count of days, and whether from 1904.
    Day { serial: f64, from_1904: bool },
    /// An Excel error: `#REF!`.
    Error(String),
}

/// One row with something in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct RawRow<'a> {
    /// From 0.
    pub index: u32,
    /// Column (from 0) and value, from left to right; empty cells left out.
    pub cells: Vec<(u32, Raw<'a>)>,
}

impl RawRow<'_> {
    /// The words of the row, by column.
    pub fn words(&self) -> BTreeMap<u32, String> {
        let words = self.cells.iter().filter_map(|(column, raw)| match raw {
            Raw::Text(t) => Some((*column, text::tidy(t))),
            _ => None,
        });
        words.filter(|(_, t)| !t.is_empty()).collect()
    }

    /// Whether it holds words alone.
    pub fn is_words(&self) -> bool {
        !self.cells.is_empty() && self.cells.iter().all(|(_, raw)| matches!(raw, Raw::Text(_)))
    }

    /// The cell in that column.
    pub fn at(&self, column: u32) -> Option<&Raw<'_>> {
        self.cells.binary_search_by_key(&column, |(c, _)| *c).ok().map(|i| &self.cells[i].1)
    }
}
