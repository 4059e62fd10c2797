//! People: who belongs to which unit, since when, in which standing and position.
//!
//! Rules of the field kept here:
//! - Programmes reach party members, union and association members, officials and workers:
//!   each belonging is a dated spell with its category, never overwritten (DESIGN of figures:
//!   roll-up by the day). A person's row implies their first spell; [`imply_memberships`]
//!   writes it down.
//! - The Charter (Article 1) admits members from 18 years on; the official day does not come
//!   before the joining day.
//! - Exempt, suspended and probationary members are left out of shares by name, so their
//!   standing is a dated spell too.
//! - As little as the job needs (Law 91/2025/QH15): the year of birth, no birthday, no
//!   address, no number of an identity card.

mod choice;
pub mod figures;
#[cfg(test)]
pub(crate) mod fixture;
pub mod sheet;
mod members;
mod spells;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use choice::Choice;
pub use members::{Member, members};
pub use spells::imply_memberships;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "person",
    migrations: &[
        Migration { feature: "person", version: 1, sql: include_str!("schema/1.sql") },
        Migration { feature: "person", version: 2, sql: include_str!("schema/2.sql") },
    ],
    kinds: &[&sheet::PERSON, &sheet::MEMBERSHIP, &sheet::STANDING_SPELL, &sheet::POSITION_SPELL],
    measures: &[&figures::MEMBER, &figures::STANDING, &figures::POSITION],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
