//! Units: the organisations, and the tree they form on each day.
//!
//! Rules of the field kept here:
//! - Kinds and levels are data (`unit_kind`): 208-QĐ/TW (26/7/2026) changed them again.
//! - A unit is never overwritten. What happens to it — merge, split, move, rename,
//!   dissolve — is an event with a day and its decision; edges, names and the roll-up of
//!   every day are computed from the founding rows and the events by [`tree::Forest`].
//! - A unit ends on the day before it is merged or dissolved; its children at that moment
//!   go to the unit it was merged into, and may not be left without a parent.
//! - On any day a unit has at most one parent, and is never its own ancestor.
//! - A unit may state its headcount by category and year instead of naming its people.
//!
//! `unit_span` holds, for every ancestor and descendant (each unit is its own), the days on
//! which one was above the other. Rolling up "by the tree as it stood on the fact's day" is
//! a join with it.

mod figures;
mod lookup;
mod sheet;
pub mod tree;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::{HEADCOUNT, UNIT};
pub use lookup::{STOOD, UNDER, Unit, as_at, by_code, by_id, children, choice, path, rebuild};
pub use sheet::{CATEGORY, HEADCOUNT_KIND, UNIT_EVENT_KIND, UNIT_KIND, UNIT_KIND_KIND};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "unit",
    migrations: &[Migration { feature: "unit", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&UNIT_KIND_KIND, &UNIT_KIND, &UNIT_EVENT_KIND, &HEADCOUNT_KIND],
    measures: &[&UNIT, &HEADCOUNT],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
