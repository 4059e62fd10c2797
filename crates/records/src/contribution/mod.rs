//! Contributions (an sinh xã hội: money and things for others) and savings (thực hành tiết kiệm).
//!
//! How nothing is counted twice:
//! - `side` says what the unit was. `own` (it collected among its people), `raised` (it called on
//!   others) and `sponsor` (an outside sponsor, named, gave through it) hold the money or the things. `participant`
//!   only took part: whoever gave holds the same money in its own row, so totals ask
//!   `side != "participant"`.
//! - `way` says whose purse it was: `raised` from others, or `given`. A committee that calls for
//!   20 billion and the enterprises below it that give them both write it down, rightly; totals
//!   therefore ask for one `way` and never add both.
//! - A row is money, or a number of things of one sort, or things with what they cost.
//!
//! Savings: an item of expense of a month against a baseline, with the share that was promised. The
//! target is met when the expense is at most the baseline less that share; without a target
//! there is nothing to meet, which is not the same as missing it. Targets have one decimal.

mod figures;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::{CONTRIBUTION, CONTRIBUTION_THING, SAVING, SAVING_BASELINE, SAVING_TARGET};
pub use sheet::{CONTRIBUTION_KIND, ITEM, PURPOSE, SAVING_KIND, SIDE, THING, WAY};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "contribution",
    migrations: &[Migration { feature: "contribution", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&CONTRIBUTION_KIND, &SAVING_KIND],
    measures: &[&CONTRIBUTION, &CONTRIBUTION_THING, &SAVING, &SAVING_TARGET, &SAVING_BASELINE],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
