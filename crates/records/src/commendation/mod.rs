//! Commendation: what collectives and individuals were, or were to be, commended for.
//!
//! Rules of the field kept here:
//! - Proposed and awarded are two facts and two rows; neither is counted as the other.
//! - `unit` is the unit in whose report the row counts: the one that awards or proposes. An award
//!   from above is recorded by the unit that received it, with the level that gave it. So a
//!   committee that awards a cell, and the cell that received, do not both write an awarded row
//!   of the same level: the giver's row is enough, its object is the cell.
//! - An award that came of a proposal names it; a proposal without either award or answer waits.
//! - A row has one object: a collective is named by its unit, an individual may stay unnamed.
//! - The year is that of the merit; the decision often comes in the next.
//! - Who may use which form (a cell below the grassroots only biểu dương, grassroots giấy khen, the
//!   provincial standing committee bằng khen) is a note: 208-QĐ/TW (26/7/2026) has just changed the levels.

mod figures;
mod pages;
#[cfg(test)]
mod pages_tests;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::COMMENDATION;
pub use sheet::{COMMENDATION_KIND, FORM, LEVEL, MERIT, OBJECT, STAGE};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "commendation",
    migrations: &[
        Migration { feature: "commendation", version: 1, sql: include_str!("schema/1.sql") },
        Migration { feature: "commendation", version: 2, sql: include_str!("schema/2.sql") },
    ],
    routes: pages::routes,
    kinds: &[&COMMENDATION_KIND],
    measures: &[&COMMENDATION],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
