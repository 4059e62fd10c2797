//! Workbooks in and out, for every kind of record.
//!
//! Nothing here knows a kind by heart: sheets, checks and permissions come from
//! [`crate::kind::Kind`] and the registry. Rules kept here:
//! - A file is taken whole or not at all: one bad cell, and nothing of it is written.
//! - A row is known again by its kind's key. The same file twice changes nothing; a corrected row
//!   changes the fields that differ, and only those. A column that the sheet does not have keeps
//!   what was there; an empty cell of a column that it has empties the field.
//! - A withdrawn row stays withdrawn whatever a file says, and the report says so.
//! - References are words that people write: a code, `Tên (MÃ)`, or a name when only one thing
//!   bears it. They mean what is in the database or in the same file, in any order of units.
//! - Every written row keeps where it came from (`file-hash#sheet#row`); the file itself is kept
//!   once, so that a number opens down to it.
//! - What is written needs the right to write it on the unit that owns the row, before and after.
//! - The log holds ids and changed fields, never a person's name.

mod check;
mod existing;
mod export;
mod files;
mod import;
mod known;
mod labels;
mod names;
mod own;
mod plan;
mod problems;
mod rights;
mod rows;
mod single;
mod specs;
#[cfg(test)]
mod tests;
mod write;

use crate::registry::Feature;
use store::Migration;

pub use export::{Selection, export, workbook};
pub use files::{ImportFile, import_file, source_file};
pub use import::{Mode, Options, Outcome, OwnKind, Progress, SheetOutcome, import};
pub use rights::{may_write, write_action};
pub use single::{withdraw, write_one};
pub use specs::{spec, specs};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "transfer",
    migrations: &[Migration { feature: "transfer", version: 1, sql: include_str!("schema/1.sql") }],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
