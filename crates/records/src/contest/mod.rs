//! Contests: the contest, its entries, the people behind them, its prizes.
//!
//! Rules of the field kept here:
//! - Lượt is not người: entries and turnout are two kinds and two measures, and never add. One
//!   person may enter many times; 148,140 entries say nothing about how many people there were.
//! - A contest, its turnout and its prizes belong to the period in which it ended; entries to their own day.
//! - The organiser counts the contest and its prizes; the unit that took part counts entries and turnout.

mod figures;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use figures::{CONTEST, CONTEST_ENTRY, CONTEST_PRIZE, CONTEST_TURNOUT};
pub use sheet::{CONTEST_ENTRY_KIND, CONTEST_KIND, CONTEST_PRIZE_KIND, CONTEST_TURNOUT_KIND, KIND, RANK};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "contest",
    migrations: &[Migration { feature: "contest", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&CONTEST_KIND, &CONTEST_ENTRY_KIND, &CONTEST_TURNOUT_KIND, &CONTEST_PRIZE_KIND],
    measures: &[&CONTEST, &CONTEST_ENTRY, &CONTEST_TURNOUT, &CONTEST_PRIZE],
    ..Feature::EMPTY
};
