//! What a careful clerk would look at before a report is issued.

use super::beside::{Line, Lookup};
use crate::figure::{App, pages::encoded};
use crate::report::check::{self, Current};
use crate::report::narrative::Texts;
use crate::report::{Made, issue};
use document::edited::{Edited, EditedFigure, Paragraph, Place, Span};
use document::model::{Block, Document, Inline};
use document::template::{FigureHole, Hole, Section, tokens};
use domain::Message;
use shell::{Result, Visit};
use std::collections::BTreeSet;
use std::ops::Range;
use store::{Tx, params};

/// The most things of one sort: who has more begins with these.
const MOST: usize = 30;

/// One thing to look at.
#[derive(Clone)]
pub(super) struct Item {
    pub words: String,
    /// The words around it.
    pub context: String,
    /// The text it stands in.
    pub slot: Option<String>,
    /// Where it is put right; empty when that is a text of this page, or nowhere.
    pub href: String,
    pub offers: Vec<Offer>,
}

/// A figure in place of a number that was typed.
#[derive(Clone)]
pub(super) struct Offer {
    pub words: String,
    /// What the button sends.
    pub act: String,
}

/// A number in a text that counts something and is no figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Typed {
    /// Where it stands in the text as typed.
    pub bytes: Range<usize>,
    pub quote: String,
    pub value: Option<f64>,
    pub context: String,
}

/// The numbers of a text that a person typed. The figures in it are read with their words, so
/// that the reader sees the sentence that will be printed.
pub(super) fn typed(text: &str, shown: &dyn Fn(&FigureHole) -> String) -> Vec<Typed> {
    let mut printed = String::new();
    // Where a piece begins as printed and as typed, and whether it is a figure.
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    let mut from = 0;
    for token in tokens(text) {
        let Ok(hole) = &token.hole else { continue };
        pieces.push((printed.len(), from, false));
        printed.push_str(&text[from..token.bytes.start]);
        pieces.push((printed.len(), token.bytes.start, true));
        printed.push_str(&shown(hole));
        from = token.bytes.end;
    }
    pieces.push((printed.len(), from, false));
    printed.push_str(&text[from..]);
    let mut found = Vec::new();
    for number in reader::numbers(&printed) {
        let at = pieces.partition_point(|(begin, ..)| *begin <= number.bytes.start);
        let Some(&(begin, raw, false)) = at.checked_sub(1).and_then(|i| pieces.get(i)) else { continue };
        // A number that runs into a figure is not typed whole.
        let end = pieces.get(at).map_or(printed.len(), |(next, ..)| *next);
        if !number.class.counts() || number.bytes.end > end {
            continue;
        }
        let bytes = raw + number.bytes.start - begin..raw + number.bytes.end - begin;
        let Some(quote) = text.get(bytes.clone()) else { continue };
        found.push(Typed {
            quote: quote.to_owned(),
            value: number.value,
            context: check::window(&printed, number.bytes.start, number.bytes.end).replace('\n', " "),
            bytes,
        });
    }
    found
}

/// The figures that may stand for a typed number: those that say the same, this section's first;
/// else the section's nearest.
fn offers<'a>(number: &Typed, section: &'a [Line], all: &'a [Line]) -> Vec<&'a Line> {
    let Some(value) = number.value else { return Vec::new() };
    let percent = number.quote.contains('%');
    let size = |line: &Line| {
        let (num, den) = line.parts?;
        // Figures of a report are far below what a float holds exactly.
        #[allow(clippy::cast_precision_loss)]
        let exact = num as f64 / den as f64;
        let share = line.shown.contains('%');
        (share == percent).then_some(if share { exact * 100.0 } else { exact })
    };
    let near = if percent { 0.06 } else { 0.001 };
    let mut same: Vec<&Line> = Vec::new();
    for line in section.iter().chain(all) {
        let known = same.iter().any(|l| l.hole.indicator == line.hole.indicator && l.hole.period == line.hole.period);
        if !known && size(line).is_some_and(|s| (s - value).abs() < near) {
            same.push(line);
        }
    }
    same.truncate(3);
    if same.is_empty() {
        let gap = |line: &&Line| size(line).map(|s| (s - value).abs());
        let nearest = section.iter().filter(|l| gap(l).is_some()).min_by(|a, b| {
            gap(a).partial_cmp(&gap(b)).unwrap_or(std::cmp::Ordering::Equal)
        });
        same.extend(nearest);
    }
    same
}

/// What is asked of the inspection.
pub(super) struct Question<'a> {
    pub lookup: &'a Lookup<'a>,
    pub template: &'static str,
    pub texts: &'a Texts,
    pub sections: &'a [Section],
    /// The figures beside each slot.
    pub beside: &'a [(String, Vec<Line>)],
    /// What a slot is called.
    pub label: &'a (dyn Fn(&str) -> String + Sync),
}

/// Everything to look at, in the order a clerk would.
pub(super) async fn all(visit: &Visit, tx: &mut Tx, q: &Question<'_>) -> Result<Vec<Item>> {
    let made = q.lookup.made;
    let mut items = Vec::new();
    let plain = |message: &Message, slot: Option<String>| Item {
        words: visit.tr(message),
        context: String::new(),
        slot,
        href: String::new(),
        offers: Vec::new(),
    };
    let every: Vec<Line> = q.beside.iter().flat_map(|(_, lines)| lines.iter().cloned()).collect();
    for (slot, lines) in q.beside {
        let Some(text) = q.texts.get(slot) else { continue };
        let shown = |hole: &FigureHole| q.lookup.node(hole).map_or_else(|| "……".to_owned(), |n| n.shown);
        for number in typed(text, &shown).into_iter().take(MOST) {
            let offer = |line: &&Line| Offer {
                words: visit.tr(
                    &Message::new("report-offer").with("shown", &line.shown).with("label", &line.label),
                ),
                act: format!("replace|{slot}|{}|{}|{}", number.bytes.start, number.quote, line.hole),
            };
            items.push(Item {
                context: number.context.clone(),
                offers: offers(&number, lines, &every).iter().map(offer).collect(),
                ..plain(&Message::new("report-no-source").with("quote", &number.quote), Some(slot.clone()))
            });
        }
    }
    for finding in whole(made).into_iter().take(MOST) {
        let heading = finding.place.as_ref().map(|p| p.heading.clone()).unwrap_or_default();
        let section = q.sections.iter().find(|s| !s.heading.is_empty() && s.heading == heading);
        let slot = section.and_then(|s| s.slots.first()).map(|s| s.name.clone());
        items.push(Item { context: finding.context.clone(), ..plain(&finding.message, slot) });
    }
    for problem in &made.problems {
        items.push(plain(problem, None));
    }
    let app = App::of(visit)?;
    for missing in made.missing.iter().take(MOST) {
        items.push(match &missing.hole {
            Hole::Text(slot) => {
                plain(&Message::new("report-item-unwritten").with("label", (q.label)(slot)), Some(slot.clone()))
            }
            Hole::Figure(hole) => {
                let indicator = app.book.catalogue.get(&hole.indicator, q.lookup.asked.day);
                let label = indicator.map_or(hole.indicator.as_str(), |i| i.label.get(visit.lang()));
                plain(&Message::new("report-item-gap").with("label", label), None)
            }
            other => plain(&Message::new("report-item-gap").with("label", other.to_string()), None),
        });
    }
    items.extend(unreported(visit, made, q));
    for difference in since(tx, app, q).await? {
        items.push(plain(&check::as_finding(&difference).message, None));
    }
    Ok(items)
}

/// The units that have not handed in all that the figures rest on, as one thing.
fn unreported(visit: &Visit, made: &Made, q: &Question<'_>) -> Option<Item> {
    let behind: BTreeSet<&String> =
        made.figures.values().flat_map(|f| f.coverage.partial.iter().chain(&f.coverage.none)).collect();
    let asked = q.lookup.asked;
    (!behind.is_empty()).then(|| Item {
        words: visit.tr(&Message::new("report-behind").with("n", behind.len())),
        context: behind.iter().take(12).map(|c| c.as_str()).collect::<Vec<_>>().join(", "),
        slot: None,
        href: format!(
            "/unit/{}/coverage?period={}",
            encoded(&asked.unit.code),
            encoded(&asked.period.to_string())
        ),
        offers: Vec::new(),
    })
}

/// What is different since the same report was issued for the same period.
async fn since(tx: &mut Tx, app: &App, q: &Question<'_>) -> Result<Vec<issue::Difference>> {
    let asked = q.lookup.asked;
    let row = tx
        .first(
            "SELECT id FROM report WHERE unit = $1 AND template = $2 AND from_day = $3 AND to_day = $4
             ORDER BY day DESC, id DESC LIMIT 1",
            params![&asked.unit.id, q.template, asked.period.from(), asked.period.to()],
        )
        .await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let Some(report) = issue::issued(tx, row.text("id")?).await? else { return Ok(Vec::new()) };
    let mut found = issue::differences(tx, &app.book, &report).await?;
    found.truncate(MOST);
    Ok(found)
}

/// What the checks of an edited file find in the document as it would be issued, but for numbers
/// without a source: those of the texts are told above, the others are the template's own words.
fn whole(made: &Made) -> Vec<check::Finding> {
    let mut checked = check::check(&as_edited(&made.document), &Current::new());
    checked.findings.retain(|f| f.message.key != "report-no-source");
    checked.findings
}

/// The document as it would be read back from its file.
fn as_edited(document: &Document) -> Edited {
    let mut file = Edited { about: document.about.clone(), listed: true, ..Edited::default() };
    let mut heading = String::new();
    for block in &document.blocks {
        match block {
            Block::Heading(_, line) => {
                heading = paragraph(&mut file, line, "", "heading 1");
            }
            Block::Paragraph(line) | Block::Item(line) => {
                paragraph(&mut file, line, &heading, "Nội dung");
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    paragraph(&mut file, cell, &heading, "Nội dung");
                }
            }
            Block::Lines(_) => {}
        }
    }
    file
}

fn paragraph(file: &mut Edited, line: &[Inline], heading: &str, style: &str) -> String {
    let mut text = String::new();
    let mut controls = Vec::new();
    let place = Place {
        note: None,
        paragraph: file.paragraphs.len() + 1,
        heading: heading.to_owned(),
        cell: None,
    };
    for piece in line {
        match piece {
            Inline::Text(t) | Inline::Bold(t) | Inline::Italic(t) => text.push_str(t),
            Inline::Figure(figure) => {
                let id = format!("f{}", file.figures.len() + 1);
                let range = text.len()..text.len() + figure.shown.len();
                text.push_str(&figure.shown);
                controls.push(Span { range, id: id.clone() });
                file.figures.push(EditedFigure {
                    id,
                    issued: figure.clone(),
                    shown_now: figure.shown.clone(),
                    place: place.clone(),
                });
            }
            Inline::Blank => text.push_str("……"),
            Inline::Note(_) => {}
        }
    }
    let words = text.clone();
    file.paragraphs.push(Paragraph { place, style: style.to_owned(), text, controls });
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quotes(text: &str) -> Vec<String> {
        typed(text, &|_| "03".to_owned()).into_iter().map(|t| text[t.bytes].to_owned()).collect()
    }

    #[test]
    fn numbers_typed_by_hand_are_found_where_they_were_typed() {
        assert_eq!(quotes("Chi bộ có [số: a.b] mô hình, trong đó 57 đồng chí tham gia."), ["57"]);
        assert_eq!(quotes("Chi bộ có [số: a.b] mô hình."), [""; 0]);
        assert_eq!(quotes("Năm 2023, theo Chỉ thị 05-CT/TW."), [""; 0]);
    }

    proptest! {
        #[test]
        fn any_text_is_inspected(text in r#"(\[số: a\.b\]|\[số: |[0-9.,%]{1,5}| đồng chí|\n|\PC){0,40}"#) {
            for number in typed(&text, &|_| "1.203".to_owned()) {
                prop_assert_eq!(text.get(number.bytes.clone()), Some(number.quote.as_str()));
            }
        }
    }
}
