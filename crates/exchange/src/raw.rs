//! The spreadsheet library, kept at arm's length: rows of raw cells, one at a time.
//!
//! The library is given only files that `guard` let through. It may still panic on numbers that
//! overflow (a cell named `A99999999999`), so each call to it is caught: a hostile file is a
//! damaged file, never a crash. Cells are streamed, so that a sheet with one cell in each corner
//! costs two cells.

use crate::guard::Limits;
use calamine::{DataRef, Reader, SheetType, Style, Xlsx, XlsxCellReader, XlsxError};
use domain::{Message, parse_day, text};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

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

/// What streaming a sheet meets.
pub(crate) enum Step<'a> {
    /// A row with something in it.
    Row(RawRow<'a>),
    /// A cell near that row (from 0) that cannot be read at all.
    BadCell(u32),
    /// Cells right of the last column looked at; told once.
    TooWide,
    /// Rows beyond the limit; the last step.
    TooLong,
    /// The rest of the sheet cannot be read; the last step.
    Damaged,
}

/// An opened workbook.
pub(crate) struct Source<'b> {
    xlsx: Xlsx<Cursor<&'b [u8]>>,
}

fn damaged() -> Message {
    Message::new("exchange-file-damaged")
}

impl<'b> Source<'b> {
    /// Opens what `guard` let through.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Source<'b>, Message> {
        let opened = catch_unwind(|| Xlsx::new(Cursor::new(bytes)));
        let xlsx = match opened {
            Ok(Ok(xlsx)) => xlsx,
            Ok(Err(XlsxError::Password)) => {
                return Err(Message::new("exchange-file-encrypted"));
            }
            Ok(Err(_)) | Err(_) => return Err(damaged()),
        };
        if xlsx.sheets_metadata().len() > limits.sheets {
            return Err(Message::new("exchange-file-sheets").with("limit", limits.sheets));
        }
        Ok(Source { xlsx })
    }

    /// The names of the sheets of cells, hidden ones too, in order.
    pub fn sheets(&self) -> Vec<String> {
        let cells = self.xlsx.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
        cells.map(|s| s.name.clone()).collect()
    }

    /// Defined names, with what they refer to.
    pub fn defined_names(&self) -> &[(String, String)] {
        self.xlsx.defined_names()
    }

    /// Hands out the rows of a sheet until `each` breaks off.
    pub fn rows<'a>(
        &'a mut self,
        sheet: &str,
        limits: &Limits,
        mut each: impl FnMut(Step<'a>) -> ControlFlow<()>,
    ) {
        let from_1904 = self.xlsx.has_1904_epoch();
        let xlsx = AssertUnwindSafe(&mut self.xlsx);
        let opened = catch_unwind(move || {
            let whole = xlsx;
            whole.0.worksheet_cells_reader(sheet)
        });
        let Ok(Ok(mut cells)) = opened else {
            let _ = each(Step::Damaged);
            return;
        };
        let looks: Vec<Look> = cells.styles().iter().map(Look::of).collect();
        let mut row = RawRow::default();
        let mut too_wide = false;
        loop {
            let (cell, style) = match next(&mut cells) {
                Next::Cell(cell, style) => (cell, style),
                Next::Bad => {
                    if each(Step::BadCell(row.index)).is_break() {
                        return;
                    }
                    continue;
                }
                Next::End => {
                    let _ = hand_out(row, &mut each);
                    return;
                }
                Next::Damaged => {
                    if hand_out(row, &mut each).is_continue() {
                        let _ = each(Step::Damaged);
                    }
                    return;
                }
            };
            let (at_row, at_column) = cell.get_position();
            let look = looks.get(style).copied().unwrap_or_default();
            let Some(raw) = raw_of(&cell, look, from_1904) else { continue };
            if at_row >= limits.rows {
                if hand_out(row, &mut each).is_continue() {
                    let _ = each(Step::TooLong);
                }
                return;
            }
            if at_row != row.index {
                let full = std::mem::replace(&mut row, RawRow { index: at_row, cells: Vec::new() });
                if hand_out(full, &mut each).is_break() {
                    return;
                }
            }
            if at_column < limits.columns {
                row.cells.push((at_column, raw));
            } else if !too_wide {
                too_wide = true;
                if each(Step::TooWide).is_break() {
                    return;
                }
            }
        }
    }
}

fn hand_out<'a>(mut row: RawRow<'a>, each: &mut impl FnMut(Step<'a>) -> ControlFlow<()>) -> ControlFlow<()> {
    if row.cells.is_empty() {
        return ControlFlow::Continue(());
    }
    // Files write cells in order; one that does not is still read, the first cell of a place wins.
    if !row.cells.is_sorted_by(|a, b| a.0 < b.0) {
        row.cells.sort_by_key(|(column, _)| *column);
        row.cells.dedup_by_key(|(column, _)| *column);
    }
    each(Step::Row(row))
}

enum Next<'a> {
    Cell(calamine::Cell<DataRef<'a>>, usize),
    Bad,
    End,
    Damaged,
}

fn next<'a>(cells: &mut XlsxCellReader<'a, Cursor<&[u8]>>) -> Next<'a> {
    match catch_unwind(AssertUnwindSafe(|| cells.next_cell_with_style_id())) {
        Ok(Ok(Some((cell, style)))) => Next::Cell(cell, style),
        Ok(Ok(None)) => Next::End,
        // The reader stands behind the bad value and can go on.
        Ok(Err(
            XlsxError::CellError(_)
            | XlsxError::ParseFloat(_)
            | XlsxError::Unrecognized { .. }
            | XlsxError::CellTAttribute(_)
            | XlsxError::Unexpected(_),
        )) => Next::Bad,
        Ok(Err(_)) | Err(_) => Next::Damaged,
    }
}

/// What a cell's number format says about its value.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    percent: bool,
    pad: usize,
}

impl Look {
    fn of(style: &Style) -> Look {
        let Some(format) = &style.number_format else { return Look::default() };
        let code = format.format_code.as_str();
        let noughts = code.len() <= 30 && code.bytes().all(|b| b == b'0');
        Look { percent: code.ends_with('%'), pad: if noughts { code.len() } else { 0 } }
    }
}

fn raw_of<'a>(cell: &calamine::Cell<DataRef<'a>>, look: Look, from_1904: bool) -> Option<Raw<'a>> {
    let number = |value: f64| Raw::Number { value, percent: look.percent, pad: look.pad };
    let raw = match cell.get_value() {
        DataRef::Empty => return None,
        DataRef::Int(n) => number(*n as f64),
        DataRef::Float(value) => number(*value),
        DataRef::String(t) => Raw::Text(Cow::Owned(t.clone())),
        DataRef::SharedString(t) => Raw::Text(Cow::Borrowed(t)),
        DataRef::Bool(yes) => Raw::Bool(*yes),
        // An hour count is a number that happens to be shown with colons.
        DataRef::DateTime(at) if at.is_duration() => number(at.as_f64()),
        DataRef::DateTime(at) => Raw::Day { serial: at.as_f64(), from_1904 },
        DataRef::DateTimeIso(t) => iso(t),
        DataRef::DurationIso(t) => Raw::Text(Cow::Owned(t.clone())),
        DataRef::Error(error) => Raw::Error(error.to_string()),
    };
    match &raw {
        Raw::Text(t) if t.trim().is_empty() => None,
        _ => Some(raw),
    }
}

/// `2024-01-16T00:00:00`: the day part as text, which every column of days reads.
fn iso(text: &str) -> Raw<'static> {
    let date = text.split('T').next().unwrap_or_default();
    match parse_day(date) {
        Some(_) => Raw::Text(Cow::Owned(date.to_owned())),
        None => Raw::Text(Cow::Owned(text.to_owned())),
    }
}
