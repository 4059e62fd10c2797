//! The PDF writer: the look of the official layout, tagged, archivable, the same bytes every time.
//!
//! Three steps that know nothing of each other's inside: [`compose`] makes pieces of known height
//! (with [`head`] and [`table`]), [`flow`] puts them and their footnotes on pages, [`draw`] makes
//! the file. The file is PDF/A-3a and PDF/UA-1; the list of its figures is attached as
//! [`FIGURES_NAME`]. It takes no clock: its dates are the document's day.

mod compose;
mod draw;
mod flow;
mod font;
mod head;
mod line;
mod table;
mod tags;
#[cfg(test)]
mod tests;

use domain::Message;
use serde::Serialize;

use self::compose::Composer;
use self::flow::Room;
use crate::layout::Profile;
use crate::model::{Block, Document, Figure, Inline};

/// The name of the attached list of figures.
pub const FIGURES_NAME: &str = "figures.json";

/// The most text a document may hold, in bytes: about a thousand pages.
const MOST_TEXT: usize = 4_000_000;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;
/// A4, portrait.
const WIDTH: f32 = 210.0 * MM;
/// See [`WIDTH`].
const HEIGHT: f32 = 297.0 * MM;

/// A figure in the attached list. The form is read by others: names are only added.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    indicator: &'a str,
    unit: &'a str,
    period: &'a str,
    selection: &'a str,
    value: &'a str,
    shown: &'a str,
    link: &'a str,
}

impl<'a> From<&'a Figure> for Listed<'a> {
    fn from(f: &'a Figure) -> Listed<'a> {
        Listed {
            indicator: &f.indicator,
            unit: &f.unit,
            period: &f.period,
            selection: &f.selection,
            value: &f.value,
            shown: &f.shown,
            link: &f.link,
        }
    }
}

/// Writes a document as PDF in an official layout.
///
/// # Errors
/// When the document is longer than about a thousand pages, or the file cannot be made.
pub fn write(doc: &Document, profile: &Profile) -> Result<Vec<u8>, Message> {
    let (pages, composer) = lay_out(doc, profile)?;
    let figures: Vec<Listed> = doc.figures().into_iter().map(Listed::from).collect();
    let figures = serde_json::to_vec_pretty(&figures)
        .map_err(|e| Message::new("document-pdf-failed").with("reason", e.to_string()))?;
    let about = draw::About { title: title(doc), author: short(&doc.head.issuer), date: date(doc), figures };
    let faces = composer.faces;
    let Composer { tags, notes, entries, .. } = composer;
    draw::file(
        draw::Composed { pages: &pages, notes: &notes, entries: &entries, tags },
        faces,
        profile,
        about,
    )
}

fn lay_out<'a>(doc: &Document, profile: &'a Profile) -> Result<(Vec<flow::Page>, Composer<'a>), Message> {
    let length = length(doc);
    if length > MOST_TEXT {
        return Err(Message::new("document-pdf-too-long").with("length", length).with("most", MOST_TEXT));
    }
    let [top, bottom, left, right] = profile.margins.map(|m| m * MM);
    let room = Room {
        left,
        width: WIDTH - left - right,
        top,
        bottom: HEIGHT - bottom,
        note_line: profile.footnote * 1.18,
    };
    // A profile is data; margins that leave no room would never come to an end.
    if !(room.width > 100.0 && room.height() > 200.0) {
        return Err(Message::new("document-pdf-failed").with("reason", "margins"));
    }
    let mut composer = Composer::new(font::faces()?, profile, room);
    let mut runs = Vec::new();
    composer.frame(doc, &mut runs);
    doc.blocks.iter().for_each(|block| composer.block(block, &mut runs));
    // A signature never stands alone on a page.
    for run in runs.iter_mut().rev() {
        run.keep = true;
        if run.pieces.iter().any(|piece| piece.height > 0.0) {
            break;
        }
    }
    composer.closing(doc, &mut runs);
    Ok((flow::pages(runs, &composer.notes, room), composer))
}

/// Adds the words of inlines, footnotes included.
fn plain(line: &[Inline], out: &mut String) {
    for piece in line {
        match piece {
            Inline::Text(words) | Inline::Bold(words) | Inline::Italic(words) => out.push_str(words),
            Inline::Figure(figure) => out.push_str(&figure.shown),
            Inline::Note(inner) => plain(inner, out),
            Inline::Blank => out.push('…'),
        }
    }
}

fn length(doc: &Document) -> usize {
    let line = |line: &[Inline]| {
        let mut words = String::new();
        plain(line, &mut words);
        words.len() + 1
    };
    let block = |block: &Block| match block {
        Block::Heading(_, words) | Block::Paragraph(words) | Block::Item(words) => line(words),
        Block::Table(table) => {
            let heads: usize = table.columns.iter().map(|c| c.head.len() + 1).sum();
            line(&table.caption)
                + heads
                + table
                    .rows
                    .iter()
                    .map(|row| 40 + row.iter().map(|cell| line(cell)).sum::<usize>())
                    .sum::<usize>()
        }
        Block::Lines(count) => usize::from(*count) * 80,
    };
    let head = &doc.head;
    let frame = [&head.superior, &head.issuer, &head.symbol, &head.place, &doc.kind, &doc.extract];
    doc.blocks.iter().map(block).sum::<usize>()
        + frame.iter().map(|words| words.len()).sum::<usize>()
        + doc.recipients.iter().map(|words| words.len() + 1).sum::<usize>()
        + doc.signature.iter().map(|s| s.authority.len() + s.position.len() + s.name.len()).sum::<usize>()
}

/// The title for readers' windows and shelves: never empty, which PDF/UA asks.
fn title(doc: &Document) -> String {
    let title = short(&format!("{} {}", doc.kind.trim(), doc.extract.trim()));
    if title.is_empty() { "Văn bản".to_owned() } else { title }
}

fn short(words: &str) -> String {
    let words: String = words.chars().filter(|c| !c.is_control()).take(500).collect();
    words.trim().to_owned()
}

/// The document's day; a fixed day for a draft without one, since a file must name one.
fn date(doc: &Document) -> (u16, u8, u8) {
    let day = doc.head.day.or_else(|| domain::parse_day(&doc.about.date));
    let part = |form: &str| day.and_then(|d| d.format(form).to_string().parse::<u16>().ok());
    let (year, month, day) = (part("%Y").unwrap_or(2000), part("%m").unwrap_or(1), part("%d").unwrap_or(1));
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}
