//! An issued report handed to the level above: the Word file, the PDF, and one package with both,
//! the issued figures and the unit's records of the period.
//!
//! - The documents are the very files that were issued; the figures are as issued, with their
//!   definitions and coverage.
//! - The workbook is what `transfer` exports: the rows that whoever hands over may read, for every
//!   year of the period; the level above takes it with an import. Evidence of cases stays behind.
//! - The same records give the same package, byte for byte (`exchange::package`).

mod make;
mod pages;

use crate::registry::Feature;

pub use make::{Package, package};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "handover",
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
