//! Model practices (mô hình, cách làm hay), and visits to them.
//!
//! Rules of the field kept here:
//! - Registered, verified, exemplary are three facts with three days, in that order. Reports
//!   that say "72 models" rarely say which; here each is its own measure.
//! - A practice of the past may be exemplary without a day of verification; it then shows as not verified.
//! - A visit belongs to the visitor; the host is a dimension.
//! - A model is seen by those of its unit and above; once it was published, by everybody under the same top unit:
//!   that is what publishing is for ([`pages`]). The keeper's name is for those who may see names.
//! - Its pictures are shown without what a camera writes into them, above all the place ([`picture`]). Models are not
//!   ranked.

mod figures;
mod pages;
mod sheet;
#[cfg(test)]
mod pages_tests;
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
    migrations: &[
        Migration { feature: "practice", version: 1, sql: include_str!("schema/1.sql") },
        Migration { feature: "practice", version: 2, sql: include_str!("schema/2.sql") },
    ],
    kinds: &[&PRACTICE_KIND, &PRACTICE_VISIT_KIND],
    measures: &[&PRACTICE, &PRACTICE_VERIFIED, &PRACTICE_EXEMPLARY, &PRACTICE_VISIT],
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
