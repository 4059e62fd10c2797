//! Reports: templates filled with figures, issued and frozen, checked again when edited.
//!
//! Rules kept here (docs/ARCHITECTURE.md, "Reports"):
//! - A number in a report is a figure with its source, or words that a person wrote; nothing
//!   is typed into a report by the program.
//! - The day of the report chooses its layout, the tree and the definitions.
//! - Issue freezes figures, definitions and coverage; later changes show as differences
//!   ([`issue::differences`]), never silently.
//! - An edited copy is checked against what it was issued with ([`check`]): numbers changed by
//!   hand, numbers without a source, sums that fail, shares outside 0–100, figures that have
//!   changed since.

mod again;
pub mod check;
mod fill;
mod frame;
pub mod issue;
mod lists;
pub mod narrative;
mod pages;
mod print;
#[cfg(test)]
mod tests;
mod writing;

use crate::figure::{Book, Figure};
use crate::registry::Feature;
use document::layout;
use document::model::Document;
use document::template::{FillMode, Missing, Template};
use domain::{Day, Message};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use store::{Migration, Tx};

pub use crate::figure::pages::encoded;
pub use fill::{Answered, Asked, answer, as_node};
pub use frame::{body_name, year_words};
pub use print::{UNKNOWN, say};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "report",
    migrations: &[Migration { feature: "report", version: 1, sql: include_str!("schema/1.sql") }],
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

const SHIPPED: [(&str, &str); 2] = [
    ("cell-review.txt", include_str!("templates/cell-review.txt")),
    ("block-review.txt", include_str!("templates/block-review.txt")),
];

/// The templates that come with the program. A test proves that all of them parse.
pub fn templates() -> &'static [Template] {
    static PARSED: OnceLock<Vec<Template>> = OnceLock::new();
    PARSED.get_or_init(|| SHIPPED.iter().filter_map(|(name, text)| Template::parse(name, text).ok()).collect())
}

/// A shipped template by its id.
pub fn template(id: &str) -> Option<&'static Template> {
    templates().iter().find(|t| t.id() == id)
}

/// A report that was made and not yet issued.
pub struct Made {
    /// The document.
    pub document: Document,
    /// Holes that nobody could answer.
    pub missing: Vec<Missing>,
    /// The figures in it, by their key.
    pub figures: BTreeMap<String, Figure>,
    /// What went wrong while answering.
    pub problems: Vec<Message>,
}

/// Fills a template for a unit and a period.
pub async fn make(
    tx: &mut Tx,
    book: &Book,
    template: &Template,
    asked: &Asked,
    mode: FillMode,
) -> store::Result<Made> {
    let mut answered = fill::answer(tx, book, template, asked).await?;
    if mode == FillMode::BlankForm {
        // Number, day and name are written by hand too.
        let frame = &mut answered.answers.frame;
        frame.head.day = None;
        frame.head.symbol = frame::symbol(None, "BC", &asked.unit.symbol);
        frame.signature.iter_mut().for_each(|s| s.name.clear());
    }
    let filled = document::template::fill(template, &answered.answers, mode);
    Ok(Made {
        document: filled.document,
        missing: filled.missing,
        figures: answered.figures,
        problems: answered.problems,
    })
}

/// The formats that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Word.
    Docx,
    /// PDF, with the figures attached.
    Pdf,
    /// A whole page.
    Html,
}

impl Output {
    /// The media type, and how a file's name ends.
    pub fn media(self) -> (&'static str, &'static str) {
        match self {
            Output::Docx => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Output::Pdf => ("application/pdf", "pdf"),
            Output::Html => ("text/html; charset=utf-8", "html"),
        }
    }

    /// The format of a file's extension; `None` for any other.
    pub fn of(path: &std::path::Path) -> Option<Output> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "docx" => Some(Output::Docx),
            "pdf" => Some(Output::Pdf),
            "html" | "htm" => Some(Output::Html),
            _ => None,
        }
    }
}

/// Writes a document in the layout in force on a day.
pub fn write(document: &Document, day: Day, output: Output) -> Result<Vec<u8>, Message> {
    let profile = layout::profile(day);
    match output {
        Output::Docx => document::docx::write(document, profile),
        Output::Pdf => document::pdf::write(document, profile),
        Output::Html => {
            let title = document::html::escape(&document.extract);
            let body = document::html::write(document);
            Ok(format!(
                "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n{body}\n</body></html>\n"
            )
            .into_bytes())
        }
    }
}
