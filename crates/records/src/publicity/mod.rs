//! Publicity: articles, materials, broadcasts, talks, videos.
//!
//! Rules of the field kept here:
//! - A row may stand for several pieces of one kind on one day; the count says how many.
//! - Reports complain that models are publicised only at anniversaries. A row says whether it was
//!   for one, and which practice it is about: `practice_publicity` tells the practices of which every publication was.

mod figures;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::{PRACTICE_PUBLICITY, PUBLICITY};
pub use sheet::{CHANNEL, KIND, PUBLICITY_KIND};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "publicity",
    migrations: &[Migration { feature: "publicity", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&PUBLICITY_KIND],
    measures: &[&PUBLICITY, &PRACTICE_PUBLICITY],
    ..Feature::EMPTY
};
