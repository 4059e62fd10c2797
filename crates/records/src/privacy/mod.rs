//! One's own data: seen, corrected, exported and, on request, erased.
//!
//! Rules kept here (Law 91/2025/QH15, Decree 356/2025/NĐ-CP):
//! - A person sees every row about them, what it is held for, and who has read and written it; what they
//!   are shown is told in [`held`]. They take it along as files that name nobody else.
//! - What is wrong is asked to be corrected; the secretary of the person's cell answers within two working
//!   days ([`due`]), and a correction keeps the rules of the kind like any other entry.
//! - An erasure takes away who somebody was and what was written about them; every row that counts stays,
//!   so that each figure is the same before and after ([`erase`]). It cannot be undone, and the page says so.
//! - Requests are seen by those who may read what is sensitive on the unit; others see how many wait.

mod answer;
mod ask;
mod asked;
pub mod due;
mod duties;
mod erase;
mod held;
mod mine;
mod sheet;
#[cfg(test)]
mod tests;
mod trail;

use crate::registry::Feature;
use store::Migration;

pub use sheet::DATA_REQUEST;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "privacy",
    migrations: &[Migration { feature: "privacy", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&DATA_REQUEST],
    routes,
    duties: Some(|mine, tx| Box::pin(duties::duties(mine, tx))),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

fn routes() -> Vec<shell::Route> {
    let mut routes = mine::routes();
    routes.extend(ask::routes());
    routes.extend(answer::routes());
    routes
}
