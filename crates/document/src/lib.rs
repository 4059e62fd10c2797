//! Official documents: model, template, dated layouts; writers for HTML, DOCX and PDF.
//!
//! Knows no database and no indicator: a template names its holes, somebody else answers
//! them, and [`template::fill`] makes the [`model::Document`] that the writers print.

pub mod layout;
pub mod model;
