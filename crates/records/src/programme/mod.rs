//! Programmes of study and practice: directives, their themes, the plans that answer them,
//! the tasks of plans, and what a unit chose to break through on.
//!
//! Rules of the field kept here:
//! - The programme is data: directives 06, 03, 05, conclusion 01, directive 07-CT/TW of
//!   13/7/2026 are rows with the days they were in force.
//! - A theme of the year names its year.
//! - A plan does not precede the theme or the superior's plan that it answers, and a plan of
//!   the year is issued at the end of the year before or within its year. How many days it
//!   took, and whether it missed its deadline, is computed here and never typed in.
//! - A task that is done says with what result, and a breakthrough that is solved shows its
//!   evidence: no number without a source.

pub mod figures;
mod pages;
pub mod sheet;
#[cfg(test)]
mod tests;

pub use pages::own_tasks;

use crate::registry::Feature;
use store::Migration;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "programme",
    migrations: &[
        Migration { feature: "programme", version: 1, sql: include_str!("schema/1.sql") },
        Migration { feature: "programme", version: 2, sql: include_str!("schema/2.sql") },
    ],
    kinds: &[&sheet::PROGRAMME, &sheet::THEME, &sheet::PLAN, &sheet::TASK, &sheet::BREAKTHROUGH],
    routes: pages::routes,
    duties: Some(|mine, tx| Box::pin(pages::duties(mine, tx))),
    measures: &[&figures::THEME, &figures::PLAN, &figures::TASK, &figures::BREAKTHROUGH],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

/// The first day of the programme that is in force on a day: where "since the programme
/// started" begins. The newest one when several overlap; `None` when there is none.
pub async fn start(tx: &mut store::Tx, day: domain::Day) -> store::Result<Option<domain::Day>> {
    let sql = "SELECT MAX(from_day) AS start FROM programme
               WHERE withdrawn IS NULL AND from_day <= $1 AND COALESCE(to_day, '9999-12-31') >= $1";
    tx.one(sql, store::params![day]).await?.opt_day("start")
}
