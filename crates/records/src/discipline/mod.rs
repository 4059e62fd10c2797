//! Discipline: what was decided about an organisation or a member that violated something.
//!
//! Rules of the field kept here:
//! - Each object has its own forms, by the rule of the decision's day ([`rules`]); a violation may also be
//!   dealt with without a form of discipline (`handled`).
//! - A row has one object. An organisation is named by its unit; a member may stay unnamed,
//!   above the unit that holds the name.
//! - A probationary member is given reprimand or warning only: the row cannot see it, the sheet says it.
//!
//! Sensitive by law: pages show these rows only to those who may read sensitive records.

mod figures;
pub mod rules;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::DISCIPLINE;
pub use sheet::{DISCIPLINE_KIND, FORM, REASON};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "discipline",
    migrations: &[Migration { feature: "discipline", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&DISCIPLINE_KIND],
    measures: &[&DISCIPLINE],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
