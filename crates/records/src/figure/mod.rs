//! Figures: running indicators over the records, and showing where each number came from.
//!
//! Rules kept here (docs/ARCHITECTURE.md, "Figures"):
//! - Three origins: counted from records, stated by a unit, derived from other figures. What a
//!   person settled comes before complete counts, these before statements, these before
//!   partial counts. Counted and stated that differ are a conflict, shown until settled.
//! - Missing is not zero: coverage reads return states, never the presence of rows.
//! - Facts roll up by the tree as it stood on the fact's day; on request by the period's end.
//! - The value and the list of facts behind it come from the same `where` ([`sql`]).
//! - Names of persons stop at the unit that holds them, unless the right to names was given
//!   ([`explain`]).

mod app;
pub mod catalogue;
#[cfg(test)]
mod catalogue_tests;
pub mod chart;
pub mod explain;
mod ahead;
mod heirs;
mod known;
#[cfg(test)]
mod oracle;
pub mod pages;
mod run;
mod select;
mod sheet;
mod sql;
mod state_pages;
mod statement;
mod states;
mod warm;
mod weigh;

use crate::registry::Feature;
use store::Migration;

pub use ahead::several;
pub use app::App;
pub use known::Known;
pub use run::{Book, Figure, LeafResult, Origin, Runner};
pub use select::{narrowed, selected};
pub use sheet::{COMPARATOR, RETURN_KIND, RETURNS, SETTLEMENT_KIND, STATED_KIND, STATE};
pub use sql::TreeRule;
pub use statement::{Comparator, Conflict, Fate, Statement};
pub use states::{Coverage, State, States};
pub use warm::Again;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "figure",
    migrations: &[Migration { feature: "figure", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&STATED_KIND, &RETURN_KIND, &SETTLEMENT_KIND],
    routes: || [pages::routes(), state_pages::routes()].concat(),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
