//! From what stands in a cell to the value its column asks for.
//!
//! A parser never guesses in silence: it gives the value, the value with a warning, or a message
//! that says what would be right.

mod amount;
mod dates;
mod words;

use crate::cell::Cell;
use crate::raw::Raw;
use crate::spec::{CellType, ColumnSpec};
use domain::{Message, text};
use std::collections::HashMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub(crate) use dates::serial_of;

/// A value, perhaps with a warning; or why there is none.
pub(crate) type Parsed = Result<(Cell, Option<Message>), Message>;

/// The most letters of a name, or of a reference to a record.
const NAME_LETTERS: usize = 200;

/// Reads the cells of one column.
pub(crate) struct Parser {
    pub column: &'static ColumnSpec,
    /// By how much a bare amount of money is multiplied.
    scale: i64,
    /// Folded label or code → code, for choices.
    choices: HashMap<String, &'static str>,
}

impl Parser {
    pub fn new(column: &'static ColumnSpec, scale: i64) -> Parser {
        let mut choices = HashMap::new();
        if let CellType::Choice(items) = column.ty {
            // Vietnamese labels win over codes and English where they would collide.
            let labels = items.iter().map(|i| (i.vi, i.code));
            let codes = items.iter().map(|i| (i.code, i.code));
            let english = items.iter().map(|i| (i.en, i.code));
            for (label, code) in labels.chain(codes).chain(english) {
                choices.entry(text::fold(label)).or_insert(code);
            }
        }
        Parser { column, scale, choices }
    }

    /// The value of a cell.
    pub fn parse(&self, raw: &Raw<'_>) -> Parsed {
        if let Raw::Error(error) = raw {
            return Err(Message::new("exchange-cell-error").with("error", error));
        }
        let sure = |cell| Ok((cell, None));
        if let Raw::Text(t) = raw
            && t.chars().all(|c| c.is_whitespace() || is_invisible(c))
        {
            return sure(Cell::Empty);
        }
        match self.column.ty {
            CellType::Text { max } => words::text(raw, max),
            CellType::Name => words::name(raw, NAME_LETTERS).and_then(sure),
            CellType::UnitRef | CellType::PersonRef | CellType::Ref(_) => {
                words::reference(raw, NAME_LETTERS).and_then(sure)
            }
            CellType::Choice(items) => words::choice(raw, items, &self.choices).and_then(sure),
            CellType::Flag => words::flag(raw).and_then(sure),
            CellType::Whole { min, max } => amount::whole(raw, min, max).and_then(sure),
            CellType::Money => amount::money(raw, self.scale),
            CellType::Decimal { places } => amount::decimal(raw, places).and_then(sure),
            CellType::Day => dates::day(raw),
            CellType::Year => dates::year(raw).and_then(sure),
            CellType::Month => dates::month(raw).and_then(sure),
            CellType::Period => dates::period(raw),
        }
    }
}

/// The text composed (NFC), blanks single and none at the ends, invisible signs gone: what
/// [`text::tidy`] gives, in one pass, because a sheet has a million cells.
pub(crate) fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut space = false;
    let mut push = |c: char| {
        if c.is_whitespace() {
            space = true;
        } else if !is_invisible(c) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    };
    if is_nfc_quick(raw.chars()) == IsNormalized::Yes {
        raw.chars().for_each(&mut push);
    } else {
        raw.nfc().for_each(&mut push);
    }
    out
}

/// Signs that come along when people copy from elsewhere.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// A number as people would read it in the cell: at most 15 digits (what Excel itself keeps), a
/// comma before decimals, noughts in front where the format shows them.
pub(crate) fn shown_number(value: f64, percent: bool, pad: usize) -> String {
    if let (Some(n), false) = (amount::whole_of(value), percent) {
        let sign = if n < 0 { "-" } else { "" };
        return format!("{sign}{:0pad$}", n.unsigned_abs());
    }
    let value = if percent { value * 100.0 } else { value };
    // Through 15 digits and back: 0.1 + 0.2 is shown as 0,3.
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let sign = if percent { "%" } else { "" };
    format!("{}{sign}", rounded.to_string().replace('.', ","))
}

/// What stood in the cell, for a person.
pub(crate) fn shown(raw: &Raw<'_>) -> String {
    match raw {
        Raw::Text(t) => clean(t),
        Raw::Number { value, percent, pad } => shown_number(*value, *percent, *pad),
        Raw::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        Raw::Day { serial, from_1904 } => match dates::day_of(*serial, *from_1904) {
            Some(day) => domain::day_short(day),
            None => shown_number(*serial, false, 0),
        },
        Raw::Error(error) => error.clone(),
    }
}

#[cfg(test)]
mod tests;
