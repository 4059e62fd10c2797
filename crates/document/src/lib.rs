//! Official documents: model, template, dated layouts; writers for HTML, DOCX and PDF.
//!
//! Knows no database and no indicator: a template names its holes, somebody else answers
//! them, and [`template::fill`] makes the [`model::Document`] that the writers print.

pub mod docx;
pub mod html;
pub mod layout;
pub mod model;
pub mod pdf;
pub mod template;
mod xml;

/// What this crate says to people: the Fluent texts, Vietnamese and English.
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));
