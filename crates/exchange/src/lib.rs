//! Workbooks with known columns, Excel in and out; packages that one level hands to the next.
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
mod marks;
pub mod package;
mod problem;
mod raw;
mod read;
#[cfg(test)]
mod samples;
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

#[cfg(test)]
mod tests {
    /// Every key the code uses stands in both files, and no other does.
    #[test]
    fn messages_are_whole_in_both_languages() {
        const SOURCES: [&str; 12] = [
            include_str!("package.rs"),
            include_str!("guard.rs"),
            include_str!("mapping.rs"),
            include_str!("raw.rs"),
            include_str!("read.rs"),
            include_str!("read/rows.rs"),
            include_str!("value.rs"),
            include_str!("value/amount.rs"),
            include_str!("value/dates.rs"),
            include_str!("value/words.rs"),
            include_str!("write.rs"),
            include_str!("write/sheet.rs"),
        ];
        let used: std::collections::BTreeSet<&str> = SOURCES
            .iter()
            .flat_map(|source| source.split('"'))
            .filter(|word| word.starts_with("exchange-") && !word.contains(char::is_whitespace))
            .collect();
        for (language, file) in [("vi", super::MESSAGES.0), ("en", super::MESSAGES.1)] {
            let keys: std::collections::BTreeSet<&str> = file
                .lines()
                .filter(|l| l.starts_with("exchange-"))
                .filter_map(|l| l.split(" =").next())
                .collect();
            assert_eq!(used, keys, "{language}");
            if let Err((_, errors)) = fluent_bundle::FluentResource::try_new(file.to_owned()) {
                panic!("{language}: {errors:?}");
            }
        }
    }
}
