//! The DOCX writer: the official layout with real styles, real footnotes, and every number in a
//! content control that keeps its figure.
//!
//! A control's tag is the figure's short id in the file (`f12`, in reading order); the whole
//! figures stand in a custom XML part under [`FIGURES_NAMESPACE`], so that an edited file can be
//! checked again ([`crate::edited`]). The same document always gives the same bytes: no clock, no
//! random ids. Characters that XML forbids are left out.

mod body;
mod columns;
mod parts;
#[cfg(test)]
mod tests;

use std::io::{Cursor, Write};

use domain::Message;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::layout::Profile;
use crate::model::{Document, Figure};
use crate::xml::Xml;

/// The namespace of the custom part that lists the figures.
pub const FIGURES_NAMESPACE: &str = "urn:nenep:figures:1";
/// The media type of the file.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(crate) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Writes a document as DOCX in an official layout.
///
/// # Errors
/// When the file cannot be packed, which no document that fits into memory causes.
pub fn write(document: &Document, profile: &Profile) -> Result<Vec<u8>, Message> {
    let written = body::write(document, profile);
    let figures = figures_part(document, &written.figures);
    let core = parts::core(document);
    let styles = parts::styles(profile);
    let parts: [(&str, &str); 15] = [
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::PACKAGE_RELATIONS),
        ("word/document.xml", &written.document),
        ("word/footnotes.xml", &written.footnotes),
        ("word/styles.xml", &styles),
        ("word/settings.xml", parts::SETTINGS),
        ("word/fontTable.xml", parts::FONTS),
        ("word/header1.xml", parts::PAGE_NUMBER),
        ("word/header2.xml", parts::FIRST_HEADER),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        ("customXml/item1.xml", &figures),
        ("customXml/itemProps1.xml", parts::FIGURES_PROPERTIES),
        ("customXml/_rels/item1.xml.rels", parts::FIGURES_RELATIONS),
        ("docProps/core.xml", &core),
        ("docProps/app.xml", parts::APP),
    ];
    let failed =
        |e: &dyn std::fmt::Display| Message::new("document-docx-failed").with("reason", e.to_string());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, entry_options()).map_err(|e| failed(&e))?;
        zip.write_all(content.as_bytes()).map_err(|e| failed(&e))?;
    }
    zip.finish().map(Cursor::into_inner).map_err(|e| failed(&e))
}

/// How every entry is packed: always with the same time.
pub(crate) fn entry_options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// The custom part: what the file says about itself and its figures, in reading order.
fn figures_part(document: &Document, figures: &[&Figure]) -> String {
    let mut xml = Xml::part();
    let about = &document.about;
    xml.open(
        "figures",
        &[
            ("xmlns", FIGURES_NAMESPACE),
            ("template", &about.template),
            ("unit", &about.unit),
            ("period", &about.period),
            ("date", &about.date),
        ],
    );
    for (i, figure) in figures.iter().enumerate() {
        figure_entry(&mut xml, &figure_id(i), figure);
    }
    xml.close("figures");
    xml.out
}

/// The short id of the figure at a place in reading order.
pub(crate) fn figure_id(index: usize) -> String {
    format!("f{}", index + 1)
}

/// The title of a figure's control. LibreOffice drops tags when it saves, so the id stands here too.
/// Word cuts titles of more than 64 characters off.
pub(crate) fn control_title(id: &str, indicator: &str) -> String {
    let room = 64_usize.saturating_sub(id.len() + 3);
    let indicator: String = indicator.chars().take(room).collect();
    format!("{indicator} [{id}]")
}

/// One figure of the custom part.
pub(crate) fn figure_entry(xml: &mut Xml, id: &str, figure: &Figure) {
    xml.empty(
        "figure",
        &[
            ("id", id),
            ("indicator", &figure.indicator),
            ("period", &figure.period),
            ("unit", &figure.unit),
            ("selection", &figure.selection),
            ("format", &figure.format),
            ("value", &figure.value),
            ("shown", &figure.shown),
            ("link", &figure.link),
            ("remark", &figure.remark),
        ],
    );
}
