//! Checking an edited copy of a report: what a careful clerk would look for.
//!
//! What was issued is in the file itself (each number's control and the list of figures); what
//! is true now is asked of the records. Numbers in the text are found by the same reader that
//! reads other people's reports.

use super::issue::Difference;
use super::{Asked, as_node};
use super::again::Again;
use crate::figure::Book;
use chrono::Datelike;
use document::edited::{self, Change, Edited, Place};
use document::model;
use domain::{Day, Message, Period, parse_day};
use std::collections::{BTreeMap, BTreeSet};
use store::{Result, Tx};

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub message: Message,
    /// Where in the file; nothing when it is nowhere (a deleted number).
    pub place: Option<Place>,
    /// Words around it.
    pub context: String,
}

/// Everything found in a copy.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// In the order of the file, deleted numbers last.
    pub findings: Vec<Finding>,
    /// How many numbers with a source there are.
    pub figures: usize,
}

/// What the numbers of a file are now, by their key.
pub type Current = BTreeMap<String, model::Figure>;

/// Asks the records for every figure of an edited file.
pub async fn current(tx: &mut Tx, book: &Book, file: &Edited) -> Result<Current> {
    let day = iso(&file.about.date);
    let Some(day) = day else { return Ok(Current::new()) };
    let mut again = Again::new(book, day);
    let mut issued = Vec::new();
    let mut seen = BTreeSet::new();
    for node in file.figures.iter().map(|f| &f.issued).chain(&file.missing) {
        if !seen.insert(node.key()) {
            continue;
        }
        let Ok(period) = node.period.parse::<Period>() else { continue };
        if again.ask(tx, &node.unit, (&node.indicator, &node.selection), period).await? {
            issued.push(node);
        }
    }
    let figures = again.figures(tx, Period::year(day.year())).await?;
    let now = figures.iter().zip(issued).map(|(figure, node)| {
        let format = document::template::Format::parse(&node.format).unwrap_or_default();
        (node.key(), as_node(figure, &node.selection, format, "", day))
    });
    Ok(now.collect())
}

/// Checks an edited file against what it was issued with and what the records say now.
pub fn check(file: &Edited, now: &Current) -> Checked {
    let mut findings = Vec::new();
    if !file.listed {
        findings.push(Finding { message: Message::new("report-not-ours"), place: None, context: String::new() });
    }
    for figure in &file.figures {
        let issued = &figure.issued;
        let at = |message: Message| Finding {
            message,
            place: Some(figure.place.clone()),
            context: around(file, &figure.place, &figure.shown_now),
        };
        if figure.changed() {
            let message = Message::new("report-changed-by-hand")
                .with("then", &issued.shown)
                .with("now", &figure.shown_now)
                .with("indicator", &issued.indicator);
            findings.push(at(message));
        }
        if let Some(current) = now.get(&issued.key())
            && current.value != issued.value
        {
            let message = Message::new("report-changed-since")
                .with("then", &issued.shown)
                .with("now", &current.shown)
                .with("indicator", &issued.indicator);
            findings.push(at(message));
        }
        if issued.shown.contains('%') && outside(&issued.value) {
            findings.push(at(Message::new("report-share-outside").with("shown", &figure.shown_now)));
        }
    }
    for stranger in &file.strangers {
        findings.push(Finding {
            message: Message::new("report-stranger").with("shown", &stranger.shown),
            place: Some(stranger.place.clone()),
            context: around(file, &stranger.place, &stranger.shown),
        });
    }
    for paragraph in body(file) {
        unsourced(paragraph, &mut findings);
    }
    noticed(file, &mut findings);
    for issued in &file.missing {
        let message = Message::new("report-control-gone")
            .with("then", &issued.shown)
            .with("indicator", &issued.indicator);
        findings.push(Finding { message, place: None, context: String::new() });
    }
    Checked { findings, figures: file.figures.len() }
}

/// Renews the figures of an edited file and keeps the clerk's words.
pub fn refill(bytes: &[u8], now: &Current) -> std::result::Result<(Vec<u8>, Vec<Change>), Message> {
    edited::refill(bytes, &|issued| now.get(&issued.key()).cloned())
}

/// The report that a file was: unit, period and day as the file says them.
pub async fn asked(tx: &mut Tx, file: &Edited) -> Result<Option<Asked>> {
    let Some(day) = iso(&file.about.date) else { return Ok(None) };
    let Ok(period) = file.about.period.parse() else { return Ok(None) };
    let unit = crate::unit::by_code(tx, &file.about.unit, day).await?;
    Ok(unit.map(|unit| Asked { unit, period, day, number: None, names: false, base_url: String::new() }))
}

/// A difference of an issued report as a finding.
pub fn as_finding(difference: &Difference) -> Finding {
    let message = Message::new("report-changed-since")
        .with("then", &difference.then)
        .with("now", &difference.now)
        .with("indicator", &difference.indicator);
    Finding { message, place: None, context: String::new() }
}

fn iso(text: &str) -> Option<Day> {
    parse_day(text)
}

/// The paragraphs that a person wrote or edited: not the head, the recipients, the signature.
fn body(file: &Edited) -> impl Iterator<Item = &edited::Paragraph> {
    const FRAME: [&str; 5] = ["Số và ký hiệu", "Địa danh", "Nơi nhận", "Mục nơi nhận", "Chữ ký"];
    file.paragraphs.iter().filter(|p| !FRAME.iter().any(|f| p.style.starts_with(f)))
}

/// Numbers of the text that count something and stand in no control.
fn unsourced(paragraph: &edited::Paragraph, findings: &mut Vec<Finding>) {
    for number in reader::numbers(&paragraph.text) {
        if !number.class.counts() {
            continue;
        }
        let sourced = paragraph.controls.iter().any(|c| c.range.start < number.bytes.end && number.bytes.start < c.range.end);
        if sourced {
            continue;
        }
        let quote = paragraph.text.get(number.bytes.clone()).unwrap_or_default();
        findings.push(Finding {
            message: Message::new("report-no-source").with("quote", quote),
            place: Some(paragraph.place.clone()),
            context: window(&paragraph.text, number.bytes.start, number.bytes.end),
        });
    }
}

/// What a careful clerk would notice in the text as a whole: parts that do not make their
/// total, the same thing said twice with different numbers, two sections with one number….
fn noticed(file: &Edited, findings: &mut Vec<Finding>) {
    let (mut text, mut begins) = (String::new(), Vec::new());
    for paragraph in body(file) {
        begins.push((text.len(), paragraph));
        text.push_str(&paragraph.text);
        text.push('\n');
    }
    for found in reader::check(&text) {
        let Some(first) = found.places.first() else { continue };
        let at = begins.partition_point(|(from, _)| *from <= first.bytes.start);
        let paragraph = at.checked_sub(1).and_then(|i| begins.get(i));
        findings.push(Finding {
            message: found.message.clone(),
            place: paragraph.map(|(_, p)| p.place.clone()),
            context: window(&text, first.bytes.start, first.bytes.end).replace('\n', " "),
        });
    }
}

/// A share (kept as a fraction) below nought or above one.
fn outside(value: &str) -> bool {
    let Some((num, den)) = value.split_once('/') else { return false };
    match (num.parse::<i128>(), den.parse::<i128>()) {
        (Ok(num), Ok(den)) => num < 0 || num > den,
        _ => false,
    }
}

fn around(file: &Edited, place: &Place, shown: &str) -> String {
    let paragraph = file.paragraphs.iter().find(|p| p.place == *place);
    let Some(p) = paragraph else { return String::new() };
    match p.text.find(shown) {
        Some(at) => window(&p.text, at, at + shown.len()),
        None => window(&p.text, 0, 0),
    }
}

/// Some words before and after a place of a text.
pub(super) fn window(text: &str, from: usize, to: usize) -> String {
    let start = text.get(..from).map_or(0, |before| before.char_indices().rev().nth(40).map_or(0, |(i, _)| i));
    let end = text.get(to..).map_or(text.len(), |after| after.char_indices().nth(40).map_or(text.len(), |(i, _)| to + i));
    let cut = text.get(start..end).unwrap_or_default().trim();
    let (left, right) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    format!("{left}{cut}{right}")
}
