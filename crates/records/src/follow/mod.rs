//! Follow-up that does not forget: every commitment, every task that a session gave and every breakthrough has
//! a next look, with a day and a person.
//!
//! Rules kept here:
//! - A look is at exactly one thing, and says what was looked at. What was said and what changed stand beside it.
//! - Finishing one look plans the next, on the same form; a thing has at most one look that is planned and not done.
//! - Three lists and no others: what nobody has ever looked at, what is past its planned day, what is so vague that
//!   nobody can look (an item of a commitment without measure or deadline; a task without a day or an owner).
//!   A thing stands in the first two at most once: late goes before never.
//! - What is finished (reviewed, done, solved) is not followed any more; what was looked at stays on record.
//!
//! Looks are of things that were promised, not of persons: nothing here adds up or ranks.

mod duties;
mod look;
mod pages;
#[cfg(test)]
mod pages_tests;
mod sheet;
mod subject;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use sheet::LOOK;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "follow",
    migrations: &[Migration { feature: "follow", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&LOOK],
    routes: pages::routes,
    duties: Some(|mine, tx| Box::pin(duties::duties(mine, tx))),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
