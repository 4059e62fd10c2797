//! Workbooks with known columns, Excel in and out.
//!
//! `records` says with a [`SheetSpec`] which columns a kind of record has. From it [`write()`] makes
//! a workbook that a clerk can fill in (headings, drop-downs, notes, an example), [`read`] takes
//! such a workbook back, and [`recognise`] reads a list the office already keeps in its own layout.
//!
//! Invariants:
//! - no database, no clock, no file: bytes in, values out; the same input gives the same bytes;
//! - reading never guesses silently: what is not certain is a [`Problem`] that names sheet, row,
//!   column and heading, what stood there, and what would be right;
//! - a hostile file is refused before it costs memory: `guard` bounds what is inflated.

mod cell;
mod guard;
mod header;
mod mapping;
mod problem;
mod raw;
mod read;
mod spec;
mod value;
mod write;

pub use cell::{Book, Cell, Row, Sheet};
pub use guard::Limits;
pub use mapping::Mapping;
pub use problem::{FOUND_LETTERS, Problem, Severity, column_letters};
pub use read::{read, recognise};
pub use spec::{CellType, ChoiceItem, ColumnSpec, SheetSpec};
pub use write::{SheetOut, WriteError, WriteOptions, write};

/// The texts of this crate: Vietnamese, English.
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));
