//! Evidence: the papers and pictures behind the records, and their files.
//!
//! Rules kept here:
//! - No state secrets (Law 117/2025/QH15: none on networked machines). A file whose text bears
//!   the mark Mật, Tối mật or Tuyệt mật is refused before anything is written ([`secret`]); urgency marks
//!   (khẩn, hỏa tốc) are fine. A scan or a picture has no text: people must look.
//! - Only documents that offices exchange, told by their content and their extension together, at most
//!   20 MiB, without macros and without a password ([`media`]).
//! - A content is kept once by its hash; attaching it again for the same unit and matter changes nothing.
//! - Evidence names what it is about by kind and code, not by a reference: this feature stands
//!   before those kinds, and a paper may be filed before its record.
//!
//! A row may stand without a file: the paper is in a cupboard, the sheet says which.

mod attach;
#[cfg(test)]
pub(crate) mod ground;
pub mod media;
mod pages;
pub(crate) mod picture;
#[cfg(test)]
mod pages_tests;
pub mod secret;
mod sheet;
#[cfg(test)]
mod tests;
mod words;

use crate::registry::Feature;
use store::Migration;

pub use attach::{About, Attached, Refusal, attach, examine};
pub use pages::{is_open, open_only};
pub use sheet::{ABOUT, EVIDENCE_KIND};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "evidence",
    migrations: &[Migration { feature: "evidence", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&EVIDENCE_KIND],
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
