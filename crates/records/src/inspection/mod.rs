//! Inspection (kiểm tra) and supervision (giám sát) of organisations and members, and their plans.
//!
//! Rules of the field kept here (21-QĐ/TW, 11/4/2026; before it 22-QĐ/TW of 2021, 296-QĐ/TW of 2025):
//! - Inspection concludes on merits, defects or violations; supervision follows and reminds in
//!   time. Statistics count them apart, by actor × act × object, and heads of units among the members.
//! - A row has one object. A team that inspects a cell and its secretary makes two rows;
//!   that is how reports count them ("06 organisations and 06 secretaries").
//! - An organisation is named by its unit. A member may stay unnamed, above the unit that holds the name.
//! - A member inspects, or inspects themself; they supervise only when assigned. The row does not
//!   know assignments, so this is a note on the sheet, not a check.
//! - What a higher level did on this unit's advice (tham mưu) is recorded by the adviser with
//!   `advised`, and counted apart from what the unit did itself.
//! - What must be remedied is followed until the day it was: an open remedy shows as `remedy_open`.
//!
//! A fact rolls up by the actor's unit; the object is a dimension with its own unit.

mod figures;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::{INSPECTION, INSPECTION_PLAN};
pub use sheet::{ABOUT, ACT, ACTOR, INSPECTION_KIND, INSPECTION_PLAN_KIND, OBJECT, PLAN};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "inspection",
    migrations: &[Migration { feature: "inspection", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&INSPECTION_KIND, &INSPECTION_PLAN_KIND],
    measures: &[&INSPECTION, &INSPECTION_PLAN],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
