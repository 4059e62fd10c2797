//! Reading back a DOCX that people edited: which figures are still there, what they say now, and
//! all other text, in which numbers typed by hand can be looked for.
//!
//! Only files written by [`crate::docx`] have figures to find; any other DOCX is read as text.
//! Everything about the file is bounded before it is unpacked; a DTD is refused. [`refill`] renews
//! the figures and touches nothing else: the clerk's words, formats and notes keep their bytes.

mod figures;
mod package;
mod refill;
mod scan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use domain::Message;

use crate::model::{About, Figure};
pub use refill::{Change, refill};

/// The largest file accepted, in bytes.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;
/// The largest part unpacked, in bytes.
pub const MAX_PART: u64 = 24 * 1024 * 1024;
/// The most parts of a file.
pub const MAX_PARTS: usize = 2_000;

/// An edited file, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edited {
    /// What the file says it is; the `date` is the report's. Empty when the list of figures is gone.
    pub about: About,
    /// Whether the list of figures is still in the file. Some programs drop it: then every figure is a stranger.
    pub listed: bool,
    /// The figures still in the text, in reading order. One that was copied appears twice.
    pub figures: Vec<EditedFigure>,
    /// Figures of the list that are nowhere in the text any more.
    pub missing: Vec<Figure>,
    /// Controls that look like figures and are not of this file's list, such as pasted from another report.
    pub strangers: Vec<Stranger>,
    /// The text: body first, then footnotes, each in order. Empty paragraphs are left out.
    pub paragraphs: Vec<Paragraph>,
}

/// A figure found in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct EditedFigure {
    /// Its short id in the file, such as `f12`.
    pub id: String,
    /// The figure as it was issued.
    pub issued: Figure,
    /// What stands in the text now.
    pub shown_now: String,
    /// Where.
    pub place: Place,
}

impl EditedFigure {
    /// The key that names the figure.
    pub fn key(&self) -> String {
        self.issued.key()
    }

    /// Whether somebody typed over it. Kinds of blanks do not count.
    pub fn changed(&self) -> bool {
        !same(&self.shown_now, &self.issued.shown)
    }
}

/// A control that is no figure of this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// Its tag.
    pub id: String,
    /// The indicator its title names, if it came from a report.
    pub indicator: String,
    /// What it says.
    pub shown: String,
    /// Where.
    pub place: Place,
}

/// A paragraph of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where.
    pub place: Place,
    /// The name of its style, such as "Nội dung", "Tên loại văn bản", "heading 1"; empty for none.
    pub style: String,
    /// Its words; tabs and line breaks as such; text deleted under "track changes" left out.
    pub text: String,
    /// The parts of `text` that stand in controls of figures.
    pub controls: Vec<Span>,
}

/// A part of a paragraph that stands in a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the paragraph's text.
    pub range: Range<usize>,
    /// The control's id.
    pub id: String,
}

impl Paragraph {
    /// The parts of the text outside controls, with the byte where each begins.
    pub fn outside(&self) -> Vec<(usize, &str)> {
        let mut parts = Vec::new();
        let mut from = 0;
        for span in &self.controls {
            parts.push((from, self.text.get(from..span.range.start).unwrap_or_default()));
            from = span.range.end;
        }
        parts.push((from, self.text.get(from..).unwrap_or_default()));
        parts.retain(|(_, text)| !text.is_empty());
        parts
    }
}

/// A place that a person can find in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The footnote's number; `None` in the body.
    pub note: Option<usize>,
    /// The paragraph, counted from 1 in its part without empty ones and those in tables.
    pub paragraph: usize,
    /// The last heading above it.
    pub heading: String,
    /// Table, row and column, from 1; tables that only place the head or the signature do not count.
    pub cell: Option<(usize, usize, usize)>,
}

impl Place {
    /// The place in words.
    pub fn message(&self) -> Message {
        if let Some(note) = self.note {
            return Message::new("document-place-note").with("note", note);
        }
        if let Some((table, row, column)) = self.cell {
            return Message::new("document-place-cell")
                .with("table", table)
                .with("row", row)
                .with("column", column);
        }
        if self.heading.is_empty() {
            return Message::new("document-place-body").with("paragraph", self.paragraph);
        }
        let message = Message::new("document-place-under").with("paragraph", self.paragraph);
        message.with("heading", &self.heading)
    }
}

/// Reads an edited file.
///
/// # Errors
/// When it is no DOCX, is damaged, or is beyond the limits; the message says which and what to do.
pub fn read(bytes: &[u8]) -> Result<Edited, Message> {
    let mut package = package::Package::open(bytes)?;
    let listed = figures::find(&mut package)?;
    let text = text(&mut package)?;
    let list = listed.map(|listed| listed.list);
    let about = list.as_ref().map(|list| list.about.clone()).unwrap_or_default();
    let issued: BTreeMap<&str, &Figure> =
        list.iter().flat_map(|list| &list.figures).map(|(id, figure)| (id.as_str(), figure)).collect();
    let mut figures = Vec::new();
    let mut strangers = Vec::new();
    for (control, place) in text.controls() {
        let id = control.tag.clone();
        let shown = control.shown();
        match issued.get(id.as_str()).filter(|figure| control.is_of(figure)) {
            Some(figure) => {
                figures.push(EditedFigure {
                    id,
                    issued: (*figure).clone(),
                    shown_now: shown,
                    place: place.clone(),
                });
            }
            None => {
                let indicator = control.indicator().to_owned();
                strangers.push(Stranger { id, indicator, shown, place: place.clone() });
            }
        }
    }
    let missing = list
        .iter()
        .flat_map(|list| &list.figures)
        .filter(|(id, _)| !figures.iter().any(|found| found.id == *id))
        .map(|(_, figure)| figure.clone())
        .collect();
    let listed = list.is_some();
    Ok(Edited { about, listed, figures, missing, strangers, paragraphs: text.paragraphs() })
}

/// Body and footnotes, scanned.
struct Text {
    /// Name of the part, its XML, what was found in it.
    body: (String, String, scan::Scanned),
    notes: Option<(String, String, scan::Scanned)>,
}

fn text(package: &mut package::Package<'_>) -> Result<Text, Message> {
    let (name, xml) = package.body()?;
    let styles = package.styles(&name)?;
    let mut body = scan::scan(&xml, &name, &styles)?;
    body.number_paragraphs(&BTreeMap::new());
    let notes = match package.notes(&name)? {
        None => None,
        Some((note_name, xml)) => {
            let mut notes = scan::scan(&xml, &note_name, &styles)?;
            // A note's number is the order of its mark in the body, whatever its id is.
            let numbers = body
                .note_marks
                .iter()
                .enumerate()
                .map(|(i, id)| (id.clone(), i + 1))
                .collect::<BTreeMap<_, _>>();
            notes.number_paragraphs(&numbers);
            Some((note_name, xml, notes))
        }
    };
    Ok(Text { body: (name, xml, body), notes })
}

impl Text {
    fn parts(&self) -> impl Iterator<Item = &(String, String, scan::Scanned)> {
        std::iter::once(&self.body).chain(&self.notes)
    }

    /// Every control in reading order of the parts, with its place.
    fn controls(&self) -> impl Iterator<Item = (&scan::Control, &Place)> {
        self.parts().flat_map(|(_, _, part)| part.controls.iter().map(|c| (c, part.place(c))))
    }

    fn paragraphs(&self) -> Vec<Paragraph> {
        let mut out = Vec::new();
        for (_, _, part) in self.parts() {
            for paragraph in part.paragraphs.iter().filter(|p| !p.text.trim().is_empty()) {
                let controls = paragraph
                    .spans
                    .iter()
                    .map(|(range, control)| Span {
                        range: range.clone(),
                        id: part.controls.get(*control).map(|c| c.tag.clone()).unwrap_or_default(),
                    })
                    .collect();
                out.push(Paragraph {
                    place: paragraph.place.clone(),
                    style: paragraph.style.clone(),
                    text: paragraph.text.clone(),
                    controls,
                });
            }
        }
        out
    }
}

/// Whether two printed figures are the same but for kinds of blanks.
fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
