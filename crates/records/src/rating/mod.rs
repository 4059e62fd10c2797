//! Ratings (xếp loại chất lượng) and titles (danh hiệu thi đua) of a year.
//!
//! Rules of the field kept here (366-QĐ/TW, 30/8/2025; before it 124-QĐ/TW):
//! - A row rates one organisation (its unit) or one person, for one year; it has a level, a title, or both.
//! - The rating belongs to the year it is for, though the decision comes in the next.
//! - Collectives and persons have titles of their own.
//! - How a member kept the year's commitment stands beside the rating, as a ground and not as points.
//! - The cap on `excellent` (20 %) is not checked: its denominator is not settled since 366-QĐ/TW.

mod figures;
mod pages;
#[cfg(test)]
mod pages_tests;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::RATING;
pub use sheet::{LEVEL, RATING_KIND, TITLE};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "rating",
    migrations: &[Migration { feature: "rating", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&RATING_KIND],
    measures: &[&RATING],
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
