//! Model practices (mô hình, cách làm hay), and visits to them.
//!
//! Rules of the field kept here:
//! - Registered, verified, exemplary are three facts with three days, in that order. Reports
//!   that say "72 models" rarely say which; here each is its own measure.
//! - A practice of the past may be exemplary without a day of verification; it then shows as not verified.
//! - A visit belongs to the visitor; the host is a dimension.

mod figures;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub(crate) use figures::FIELDS;
pub use figures::{PRACTICE, PRACTICE_EXEMPLARY, PRACTICE_VERIFIED, PRACTICE_VISIT};
pub use sheet::{FIELD, PRACTICE_KIND, PRACTICE_VISIT_KIND};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "practice",
    migrations: &[Migration { feature: "practice", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&PRACTICE_KIND, &PRACTICE_VISIT_KIND],
    measures: &[&PRACTICE, &PRACTICE_VERIFIED, &PRACTICE_EXEMPLARY, &PRACTICE_VISIT],
    ..Feature::EMPTY
};
