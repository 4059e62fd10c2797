//! Reads the rows under the headings.

use super::words_of;
use crate::cell::{Cell, Row, Sheet};
use crate::header::Header;
use crate::marks;
use crate::problem::{Problem, Problems, Severity, column_letters, cut};
use crate::raw::{Raw, RawRow};
use crate::spec::SheetSpec;
use crate::value::{Parser, shown};
use domain::{Message, text};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The rows of one sheet, as they are read.
pub(super) struct RowReader {
    spec: &'static SheetSpec,
    title: String,
    header: Header,
    own_layout: bool,
    parsers: Vec<Parser>,
    /// Spec positions of the key, when all its columns are there.
    key: Vec<usize>,
    keys: HashMap<String, u32>,
    /// A required column is not there at all: told once, so no row is told of it.
    lacking: bool,
    rows: Vec<Row>,
    /// Nothing but the headings was seen yet.
    fresh: bool,
}

impl RowReader {
    pub fn new(spec: &'static SheetSpec, title: &str, header: Header, own_layout: bool) -> RowReader {
        let parsers = spec.columns.iter().zip(&header.scales).map(|(c, s)| Parser::new(c, *s)).collect();
        let key: Vec<usize> = spec.key.iter().filter_map(|name| spec.position(name)).collect();
        let whole = key.iter().all(|&i| header.columns[i].is_some());
        RowReader {
            spec,
            title: title.to_owned(),
            lacking: !header.missing(spec).is_empty(),
            header,
            own_layout,
            parsers,
            key: if whole { key } else { Vec::new() },
            keys: HashMap::new(),
            rows: Vec::new(),
            fresh: true,
        }
    }

    /// Reads a row; breaks off when the texts of all rows have become too long.
    pub fn row(
        &mut self,
        raw: &RawRow<'_>,
        text_left: &mut usize,
        problems: &mut Problems,
    ) -> ControlFlow<()> {
        let filled = self.header.columns.iter().flatten().filter(|c| raw.at(**c).is_some()).count();
        if filled == 0 || self.is_no_data(raw, filled, problems) {
            return ControlFlow::Continue(());
        }
        self.fresh = false;
        let number = raw.index + 1;
        let mut cells = Vec::with_capacity(self.parsers.len());
        let mut sound = !self.lacking;
        for (index, parser) in self.parsers.iter().enumerate() {
            let found = self.header.columns[index].and_then(|column| raw.at(column));
            let (cell, trouble) = match found {
                None => (Cell::Empty, None),
                Some(found) => match parser.parse(found) {
                    Ok((cell, None)) => (cell, None),
                    Ok((cell, Some(warning))) => (cell, Some((warning, Severity::Warning))),
                    Err(message) => (Cell::Empty, Some((message, Severity::Error))),
                },
            };
            let lacks = parser.column.required && cell.is_empty() && self.header.columns[index].is_some();
            let trouble = trouble.or_else(|| {
                lacks.then(|| {
                    let message =
                        Message::new("exchange-cell-required").with("heading", parser.column.heading);
                    (message, Severity::Error)
                })
            });
            if let Some((message, severity)) = trouble {
                sound &= severity != Severity::Error;
                problems.add(|| self.problem(Some(index), number, found, message, severity));
            }
            if let Cell::Text(t) = &cell {
                let Some(left) = text_left.checked_sub(t.len()) else {
                    problems.add(|| {
                        self.problem(
                            None,
                            number,
                            None,
                            Message::new("exchange-text-too-much"),
                            Severity::Error,
                        )
                    });
                    return ControlFlow::Break(());
                };
                *text_left = left;
            }
            cells.push(cell);
        }
        sound &= self.is_new(&cells, number, problems);
        self.rows.push(Row { number, cells, sound });
        ControlFlow::Continue(())
    }

    /// The example, a row of numbering, a total, the heading of a group: passed over, and what
    /// might have been data is named.
    fn is_no_data(&mut self, raw: &RawRow<'_>, filled: usize, problems: &mut Problems) -> bool {
        let number = raw.index + 1;
        if let Some(exact) = self.example(raw) {
            if !exact {
                problems.add(|| {
                    self.problem(
                        None,
                        number,
                        None,
                        Message::new("exchange-example-changed"),
                        Severity::Warning,
                    )
                });
            }
            return true;
        }
        let first = raw.cells.first().map(|(_, raw)| raw);
        // In our own layout such rows are not expected: look twice.
        let grave = if self.own_layout { Severity::Info } else { Severity::Warning };
        if self.fresh && is_numbering(raw) {
            problems.add(|| self.problem(None, number, first, Message::new("exchange-row-numbering"), grave));
            return true;
        }
        let first_words = raw.cells.iter().find_map(|(_, raw)| words_of(raw)).unwrap_or_default();
        let is_total =
            matches!(first_words.trim_end_matches([':', '.']), "tong" | "cong" | "tong so" | "tong cong")
                || first_words.starts_with("tong cong");
        if is_total {
            problems.add(|| self.problem(None, number, first, Message::new("exchange-row-total"), grave));
            return true;
        }
        let required = self.spec.columns.iter().filter(|c| c.required).count();
        let alone = raw.cells.len() == 1 || (filled == 1 && raw.cells.len() == 2);
        if self.own_layout && alone && filled == 1 && required > 1 {
            problems.add(|| {
                self.problem(None, number, first, Message::new("exchange-row-group"), Severity::Info)
            });
            return true;
        }
        false
    }

    /// Whether the row is the example that [`crate::write()`] put there: `Some(true)` as it was,
    /// `Some(false)` when the mark still stands but other cells were changed.
    fn example(&self, raw: &RawRow<'_>) -> Option<bool> {
        let marked =
            |c: u32| raw.at(c).and_then(|r| if let Raw::Text(t) = r { marks::example(t) } else { None });
        let leftmost = self.header.columns.iter().flatten().min().copied();
        let first = self.header.columns.first().copied().flatten();
        [first, leftmost].into_iter().flatten().find_map(marked)?;
        let exact = self.spec.columns.iter().zip(&self.header.columns).all(|(spec, column)| {
            let found = column.and_then(|c| raw.at(c)).map(shown).unwrap_or_default();
            let found = marks::example(&found).unwrap_or(&found);
            found.is_empty() || text::fold(found) == text::fold(spec.example)
        });
        Some(exact)
    }

    /// Whether no earlier row has the same key. Rows with a part of the key empty are not compared.
    fn is_new(&mut self, cells: &[Cell], number: u32, problems: &mut Problems) -> bool {
        if self.key.is_empty() || self.key.iter().any(|&i| cells[i].is_empty()) {
            return true;
        }
        let mut key = String::new();
        for &i in &self.key {
            match &cells[i] {
                Cell::Empty => {}
                Cell::Text(t) => key.push_str(&text::fold(t)),
                Cell::Int(n) => key.push_str(&n.to_string()),
                Cell::Day(day) => key.push_str(&day.to_string()),
                Cell::Period(period) => key.push_str(&period.to_string()),
            }
            key.push('\u{1f}');
        }
        match self.keys.get(&key) {
            None => {
                self.keys.insert(key, number);
                true
            }
            Some(&earlier) => {
                problems.add(|| {
                    let headings: Vec<&str> =
                        self.key.iter().map(|&i| self.spec.columns[i].heading).collect();
                    let message = Message::new("exchange-key-doubled")
                        .with("earlier", i64::from(earlier))
                        .with("headings", headings.join(" + "));
                    self.problem(None, number, None, message, Severity::Error)
                });
                false
            }
        }
    }

    fn problem(
        &self,
        index: Option<usize>,
        number: u32,
        found: Option<&Raw<'_>>,
        message: Message,
        severity: Severity,
    ) -> Problem {
        let column = index.and_then(|i| self.header.columns[i]);
        let heading = column.and_then(|c| self.header.headings.get(&c)).map(|h| cut(h));
        Problem {
            file: None,
            sheet: self.title.clone(),
            row: Some(number),
            column: column.map(column_letters),
            heading,
            found: found.map(|raw| cut(&shown(raw))).unwrap_or_default(),
            message,
            severity,
        }
    }

    pub fn finish(self) -> Sheet {
        Sheet {
            spec: self.spec,
            title: self.title,
            header_row: self.header.row + 1,
            columns: self.header.columns.iter().map(|c| c.map(column_letters)).collect(),
            rows: self.rows,
        }
    }
}

/// The row `(1) (2) (3)` that official tables have under their headings.
fn is_numbering(raw: &RawRow<'_>) -> bool {
    let number = |raw: &Raw<'_>| -> Option<i64> {
        let shown = shown(raw);
        let bare = shown.trim_matches(['(', ')', '[', ']', ' ']);
        (bare.len() <= 3).then(|| bare.parse().ok()).flatten()
    };
    let letter = |raw: &Raw<'_>| {
        let shown = shown(raw);
        let bare = shown.trim_matches(['(', ')']);
        bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let tail: Vec<&Raw<'_>> = raw.cells.iter().map(|(_, r)| r).skip_while(|r| letter(r)).collect();
    let letters = raw.cells.len() - tail.len();
    let numbers: Option<Vec<i64>> = tail.into_iter().map(number).collect();
    raw.cells.len() >= 3
        && letters <= 3
        && numbers.is_some_and(|n| n.len() >= 2 && n[0] <= 2 && n.windows(2).all(|p| p[1] == p[0] + 1))
}
