//! Renewing the figures of an edited file. Only the text inside figures' controls and the list of
//! figures change; every other byte of the parts, and every other part, stays as it is.

use std::io::{Cursor, Write};
use std::ops::Range;

use domain::Message;
use zip::ZipWriter;

use super::scan::Control;
use super::{EditedFigure, Place, figures, package::Package, same, text};
use crate::docx::entry_options;
use crate::model::Figure;
use crate::xml::Xml;

/// A figure that was renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its short id in the file.
    pub id: String,
    /// The key that names the figure.
    pub key: String,
    /// What stood in the text: the issued figure, or what somebody typed over it.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// The exact value at issue.
    pub value_before: String,
    /// The exact value now.
    pub value_after: String,
    /// Where.
    pub place: Place,
}

/// Renews the figures of an edited file: `current` is asked with each figure as it was issued (its
/// `format` says how it is printed) and answers with the figure as it is now, or `None` to leave it.
/// When nothing changes the same bytes come back.
///
/// # Errors
/// As [`super::read`].
pub fn refill(
    bytes: &[u8],
    current: &dyn Fn(&Figure) -> Option<Figure>,
) -> Result<(Vec<u8>, Vec<Change>), Message> {
    let mut package = Package::open(bytes)?;
    let Some(mut found) = figures::find(&mut package)? else { return Ok((bytes.to_vec(), Vec::new())) };
    let before = found.list.clone();
    let mut answered = Vec::with_capacity(before.figures.len());
    for (_, figure) in &mut found.list.figures {
        let now = current(figure);
        answered.push(now.is_some());
        if let Some(mut now) = now {
            if now.format.is_empty() {
                now.format.clone_from(&figure.format);
            }
            // A figure is printed as something, or the control would have nothing to hold.
            if !now.shown.trim().is_empty() {
                *figure = now;
            }
        }
    }

    let text = text(&mut package)?;
    let mut changes = Vec::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (name, xml, scanned) in text.parts() {
        let mut edits = Vec::new();
        for control in &scanned.controls {
            let at =
                before.figures.iter().position(|(id, figure)| *id == control.tag && control.is_of(figure));
            let Some(at) = at else { continue };
            if !answered[at] {
                continue;
            }
            let (issued, now) = (&before.figures[at].1, &found.list.figures[at].1);
            let figure = EditedFigure {
                id: control.tag.clone(),
                issued: issued.clone(),
                shown_now: control.shown(),
                place: scanned.place(control).clone(),
            };
            let retyped = !same(&figure.shown_now, &now.shown);
            if retyped && !renew(control, &now.shown, &mut edits) {
                continue;
            }
            if retyped || issued.value != now.value {
                changes.push(Change {
                    key: figure.key(),
                    id: figure.id,
                    before: figure.shown_now,
                    after: now.shown.clone(),
                    value_before: issued.value.clone(),
                    value_after: now.value.clone(),
                    place: figure.place,
                });
            }
        }
        if !edits.is_empty() {
            parts.push((name.clone(), splice(xml, edits)));
        }
    }
    if found.list != before {
        parts.push((found.name, figures::write(&found.list)));
    }
    if parts.is_empty() {
        return Ok((bytes.to_vec(), changes));
    }
    pack(package, &parts).map(|bytes| (bytes, changes))
}

/// The edits that give a control its new text. `false` when the control has no place for any.
fn renew(control: &Control, shown: &str, edits: &mut Vec<(Range<usize>, String)>) -> bool {
    let prefix = &control.prefix;
    let mut text = Xml::default();
    text.open(&format!("{prefix}t"), &[("xml:space", "preserve")]);
    text.text(shown);
    text.close(&format!("{prefix}t"));
    let run = format!("<{prefix}r>{}</{prefix}r>", text.out);
    match (control.texts.split_first(), &control.empty_content, control.insert) {
        // The first run's properties are the clerk's choice; Word splits runs as it likes.
        (Some((first, others)), _, _) => {
            edits.push((first.clone(), text.out));
            edits.extend(others.iter().map(|other| (other.clone(), String::new())));
        }
        (None, Some(content), _) => {
            let tag = format!("{prefix}sdtContent");
            edits.push((content.clone(), format!("<{tag}>{run}</{tag}>")));
        }
        (None, None, Some(at)) => edits.push((at..at, run)),
        (None, None, None) => return false,
    }
    if let Some(prompt) = &control.prompt {
        edits.push((prompt.clone(), String::new()));
        // The prompt's grey style would stay on the figure.
        edits.extend(control.run_styles.iter().map(|style| (style.clone(), String::new())));
    }
    true
}

/// The text with each range replaced. Ranges that meet an earlier one are left out.
fn splice(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, new) in edits {
        if range.start < from {
            continue;
        }
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&new);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The package with some parts replaced; the others are copied as they are packed.
fn pack(mut package: Package<'_>, parts: &[(String, String)]) -> Result<Vec<u8>, Message> {
    let damaged = |_| Message::new("document-edited-zip");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.archive.len() {
        let file = package.archive.by_index_raw(index).map_err(damaged)?;
        let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
        match parts.iter().find(|(part, _)| *part == name) {
            None => zip.raw_copy_file(file).map_err(damaged)?,
            Some((name, content)) => {
                drop(file);
                zip.start_file(name.as_str(), entry_options()).map_err(damaged)?;
                zip.write_all(content.as_bytes()).map_err(|_| Message::new("document-edited-zip"))?;
            }
        }
    }
    zip.finish().map(Cursor::into_inner).map_err(damaged)
}
