//! Commitments of persons and units for a year, their items, and what comrades say of them.
//!
//! Rules of the field kept here:
//! - A commitment kept in part or broken says why: committees were "at a loss" in following
//!   up commitments, and a bare mark helps nobody.
//! - A day of review comes with its result, and neither self-review nor review comes before
//!   the registration. A commitment of a year is registered at the end of the year before or
//!   within its year.
//! - An item without a way to measure it, or without a deadline, is vague ("chung chung");
//!   that is computed, so that a secretary sees it before signing.
//! - A commitment without a person is the unit's own.

pub mod figures;
mod pages;
#[cfg(test)]
mod pages_tests;
pub mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "commitment",
    migrations: &[
        Migration { feature: "commitment", version: 1, sql: include_str!("schema/1.sql") },
        Migration { feature: "commitment", version: 2, sql: include_str!("schema/2.sql") },
    ],
    kinds: &[&sheet::COMMITMENT, &sheet::COMMITMENT_ITEM, &sheet::FEEDBACK],
    measures: &[&figures::COMMITMENT, &figures::COMMITMENT_ITEM, &figures::FEEDBACK],
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
