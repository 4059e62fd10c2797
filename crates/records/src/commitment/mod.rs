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
//! - A member writes, sends, and follows their own; the cell registers it or gives it back with words. What is
//!   only sent counts nowhere. Hints at what is vague ([`hints`]) are about words, add up to no score, and
//!   never stand in the way of saving or sending.
//!
//! Who may read and write what by being the person, and not by a role ([`crate::account::may`] is asked
//! wherever a role matters):
//! - A member's own commitment, its notes of progress and their files: the member (`/me/commitment`). A draft
//!   is read by nobody else.
//! - A slip of feedback: its author, and the person without its author's name ([`slips`]).
//! - A comrade of the same cell reads what was registered, without notes and files, to write a slip on it.

mod duties;
pub mod figures;
pub mod hints;
mod me;
#[cfg(test)]
mod me_tests;
mod one;
mod outcome;
mod pages;
#[cfg(test)]
mod pages_tests;
mod progress;
pub mod sheet;
mod slips;
#[cfg(test)]
mod tests;
mod view;
mod whole;

use crate::registry::Feature;
use store::Migration;

pub use outcome::{Outcome, outcomes};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "commitment",
    migrations: &[
        Migration { feature: "commitment", version: 1, sql: include_str!("schema/1.sql") },
        Migration { feature: "commitment", version: 2, sql: include_str!("schema/2.sql") },
        Migration { feature: "commitment", version: 3, sql: include_str!("schema/3.sql") },
    ],
    kinds: &[&sheet::COMMITMENT, &sheet::COMMITMENT_ITEM, &sheet::PROGRESS, &sheet::FEEDBACK],
    measures: &[&figures::COMMITMENT, &figures::COMMITMENT_ITEM, &figures::FEEDBACK],
    routes: pages::routes,
    duties: Some(|mine, tx| Box::pin(duties::duties(mine, tx))),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
