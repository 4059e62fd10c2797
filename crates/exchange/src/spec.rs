//! What a sheet holds: its columns, their kinds of value, and the names people give them.
//!
//! A spec is plain static data. `records` keeps one per kind of record; nothing here knows
//! what the records mean.

use domain::text;
use std::collections::{BTreeSet, HashSet};

/// The kind of value a column holds, and the [`crate::Cell`] that reading it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellType {
    /// Words, at most `max` letters. Gives `Cell::Text`; line breaks are kept.
    Text {
        /// The most letters.
        max: usize,
    },
    /// A calendar day. Gives `Cell::Day`.
    Day,
    /// A calendar year, 1900–2200. Gives `Cell::Int`.
    Year,
    /// A month of a year (`06/2021`). Gives `Cell::Period` of that whole month.
    /// (A bare month number is `Whole { min: 1, max: 12 }`.)
    Month,
    /// A whole number from `min` to `max`. Gives `Cell::Int`.
    Whole {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// Whole đồng, never negative. Gives `Cell::Int`.
    Money,
    /// A number with at most `places` (≤ 6) decimals. Gives `Cell::Int`, scaled by `10^places`:
    /// `98,9` with one place is 989.
    Decimal {
        /// How many decimals.
        places: u8,
    },
    /// Yes or no: `x`, `có`, `không`. Gives `Cell::Int` 1 or 0; an empty cell stays `Cell::Empty`.
    Flag,
    /// One of a fixed list. Gives `Cell::Text` with the **code**.
    Choice(&'static [ChoiceItem]),
    /// A run of days: `2021`, `2021-2023`, `Quý II/2021`, `06/2021`, `01/01/2021-30/06/2021`. Gives `Cell::Period`.
    Period,
    /// A person's name; titles such as `đ/c` are taken off. Gives `Cell::Text`.
    Name,
    /// A unit, by code or name; the caller looks it up. Gives `Cell::Text`.
    UnitRef,
    /// A person, by code, card number or name; the caller looks it up. Gives `Cell::Text`.
    PersonRef,
    /// A record of the named kind; the caller looks it up. Gives `Cell::Text`.
    Ref(&'static str),
}

/// One value of a [`CellType::Choice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceItem {
    /// What is stored.
    pub code: &'static str,
    /// What a Vietnamese sheet shows.
    pub vi: &'static str,
    /// The English label, accepted on reading.
    pub en: &'static str,
}

/// One column of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    /// The name in code and in mapping files; also accepted as a heading.
    pub name: &'static str,
    /// The Vietnamese heading.
    pub heading: &'static str,
    /// Other headings people use, in any spelling (matched folded).
    pub aliases: &'static [&'static str],
    /// The kind of value.
    pub ty: CellType,
    /// Whether every row must fill it.
    pub required: bool,
    /// How to fill it, for the comment on the heading.
    pub note: &'static str,
    /// A value for the example row, as a clerk would type it.
    pub example: &'static str,
    /// Headings that stand over this column and over the next one as well, which has none of its own then: "Họ và
    /// tên" merged over two columns. With the name of the column that is the next one.
    pub over_two: Option<(&'static [&'static str], &'static str)>,
}

impl ColumnSpec {
    /// An optional text column; set the other fields with struct update syntax.
    pub const TEXT: ColumnSpec = ColumnSpec {
        name: "",
        heading: "",
        aliases: &[],
        ty: CellType::Text { max: 1000 },
        required: false,
        note: "",
        example: "",
        over_two: None,
    };
}

/// One kind of sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetSpec {
    /// The code of the kind of record.
    pub name: &'static str,
    /// The Vietnamese name of the sheet, at most 31 letters, none of `[]:*?/\`.
    pub title: &'static str,
    /// What the sheet is for; stands in the guide and above the headings.
    pub note: &'static str,
    /// The columns, in the order that [`crate::Row::cells`] has.
    pub columns: &'static [ColumnSpec],
    /// The columns that together tell two rows apart; empty when rows may repeat.
    pub key: &'static [&'static str],
}

impl SheetSpec {
    /// Where a column stands.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// What is wrong with the spec itself, for a test over all of them: a title Excel refuses, two
    /// columns of one name or heading, a key that names no column, an empty or doubled choice.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |what: String| faults.push(format!("{}: {what}", self.name));
        let letters = self.title.chars().count();
        if letters == 0 || letters > 31 || self.title.contains(['[', ']', ':', '*', '?', '/', '\\']) {
            fault(format!("Excel refuses the title {:?}", self.title));
        }
        if !self.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            || !self.name.starts_with(|c: char| c.is_ascii_lowercase())
        {
            fault("the code must be lower-case ASCII letters, digits and _".to_owned());
        }
        if self.columns.is_empty() {
            fault("no columns".to_owned());
        }
        for key in self.key {
            if self.position(key).is_none() {
                fault(format!("the key names no column: {key}"));
            }
        }
        let mut names = HashSet::new();
        let mut headings = HashSet::new();
        for column in self.columns {
            if column.name.is_empty() || !names.insert(column.name) {
                fault(format!("column name empty or doubled: {:?}", column.name));
            }
            if column.heading.is_empty() {
                fault(format!("{}: no heading", column.name));
            }
            let own: BTreeSet<String> = std::iter::once(column.heading)
                .chain(column.aliases.iter().copied())
                .map(crate::header::heading_key)
                .collect();
            for heading in own {
                if !headings.insert(heading.clone()) {
                    fault(format!("{}: heading {heading:?} belongs to two columns", column.name));
                }
            }
            match column.ty {
                CellType::Choice(items) => {
                    let mut seen = HashSet::new();
                    if items.is_empty() {
                        fault(format!("{}: no choices", column.name));
                    }
                    for item in items {
                        if !seen.insert(item.code) || !seen.insert(item.vi) && item.vi != item.code {
                            fault(format!("{}: choice {:?} doubled", column.name, item.code));
                        }
                        if text::tidy(item.vi) != item.vi || item.vi.is_empty() {
                            fault(format!("{}: label {:?} is not tidy", column.name, item.vi));
                        }
                    }
                }
                CellType::Decimal { places } if places > 6 => {
                    fault(format!("{}: more than 6 decimals", column.name));
                }
                CellType::Whole { min, max } if min > max => fault(format!("{}: min > max", column.name)),
                _ => {}
            }
        }
        faults
    }
}
