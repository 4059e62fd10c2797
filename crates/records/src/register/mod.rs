//! The register of documents issued and received.
//!
//! Rules of the field kept here:
//! - Documents are numbered by type within a committee's term, from 01; an issued one has a
//!   number, and its symbol reads `number-TYPE/BODY` and agrees with the number and the type
//!   (399-QĐ/TW of 09/01/2026; 05-HD/VPTW of 27/5/2026). Both quyết định and quy định are QĐ.
//! - A unit does not use a symbol twice for a type within a term. The schema refuses it;
//!   where no term is written, it cannot be told and is let through.
//! - Who may issue (399-QĐ/TW, Articles 11 and 13; for documents from that day on): see
//!   [`may_issue`]. A row that names a cell as its issuer is refused at once; the rest needs
//!   the unit's kind, and [`out_of_competence`] lists it.
//! - What is received keeps the form its sender gave it.
//! - Documents with a mark of secrecy are refused (Law 117/2025/QH15).

mod competence;
pub mod figures;
pub mod sheet;
pub mod symbol;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use competence::{Body, Misissued, may_issue, out_of_competence};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "register",
    migrations: &[Migration { feature: "register", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&sheet::DOCUMENT],
    measures: &[&figures::DOCUMENT],
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
