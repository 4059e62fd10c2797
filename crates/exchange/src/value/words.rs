//! Words: texts, names, references, choices, yes and no.

use super::{Parsed, clean, dates, shown, shown_number};
use crate::cell::Cell;
use crate::raw::Raw;
use crate::spec::ChoiceItem;
use domain::{Message, day_short, text as vietnamese};
use std::collections::HashMap;

/// From here on Excel has rounded the number: its last digits are noughts it made up.
const LOST_DIGITS: f64 = 1e15;

fn lost(value: f64) -> bool {
    value.abs() >= LOST_DIGITS
}

pub(super) fn text(raw: &Raw<'_>, max: usize) -> Parsed {
    let (text, warning) = match raw {
        // Line breaks inside a cell are kept; each line is tidied.
        Raw::Text(t) if t.contains(['\n', '\r']) => {
            let lines: Vec<String> = t.split(['\n', '\r']).map(clean).filter(|l| !l.is_empty()).collect();
            (lines.join("\n"), None)
        }
        Raw::Number { value, .. } if lost(*value) => return Err(Message::new("exchange-number-lost")),
        // "05/2024" and the like: Excel turns them into days by itself.
        Raw::Day { serial, from_1904 } => match dates::day_of(*serial, *from_1904) {
            Some(day) => {
                let day = day_short(day);
                let warning = Message::new("exchange-text-from-day").with("day", &day);
                (day, Some(warning))
            }
            None => return Err(Message::new("exchange-text-bad-day")),
        },
        raw => (shown(raw), None),
    };
    let letters = text.chars().count();
    if letters > max {
        return Err(Message::new("exchange-text-long").with("length", letters).with("max", max));
    }
    Ok((Cell::Text(text), warning))
}

pub(super) fn name(raw: &Raw<'_>, max: usize) -> Result<Cell, Message> {
    let Raw::Text(t) = raw else { return Err(Message::new("exchange-name-bad")) };
    let name = vietnamese::strip_titles(&clean(t));
    let letters = name.chars().count();
    if letters > max {
        return Err(Message::new("exchange-text-long").with("length", letters).with("max", max));
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err(Message::new("exchange-name-bad"));
    }
    Ok(Cell::Text(name))
}

pub(super) fn reference(raw: &Raw<'_>, max: usize) -> Result<Cell, Message> {
    let text = match raw {
        Raw::Text(t) => clean(t),
        Raw::Number { value, .. } if lost(*value) => return Err(Message::new("exchange-number-lost")),
        Raw::Number { value, pad, percent: false } => shown_number(*value, false, *pad),
        _ => return Err(Message::new("exchange-ref-bad")),
    };
    let letters = text.chars().count();
    if letters > max {
        return Err(Message::new("exchange-text-long").with("length", letters).with("max", max));
    }
    Ok(Cell::Text(text))
}

pub(super) fn flag(raw: &Raw<'_>) -> Result<Cell, Message> {
    let yes = match raw {
        Raw::Bool(yes) => *yes,
        raw => match vietnamese::fold(&shown(raw)).as_str() {
            "x" | "co" | "c" | "dung" | "yes" | "y" | "true" | "1" | "v" | "✓" | "✔" | "☑" | "☒" => {
                true
            }
            "khong" | "k" | "ko" | "sai" | "no" | "n" | "false" | "0" | "☐" | "-" => false,
            _ => return Err(Message::new("exchange-flag-bad")),
        },
    };
    Ok(Cell::Int(i64::from(yes)))
}

pub(super) fn choice(
    raw: &Raw<'_>,
    items: &'static [ChoiceItem],
    known: &HashMap<String, &'static str>,
) -> Result<Cell, Message> {
    let found = vietnamese::fold(&shown(raw));
    if let Some(code) = known.get(&found) {
        return Ok(Cell::Text((*code).to_owned()));
    }
    let bad = match nearest(&found, items) {
        Some(near) => Message::new("exchange-choice-near").with("near", near),
        None => Message::new("exchange-choice-bad"),
    };
    Err(bad.with("allowed", allowed(items)))
}

/// The labels for a message; of a long list the first ones.
fn allowed(items: &[ChoiceItem]) -> String {
    const SHOWN: usize = 15;
    let mut labels: Vec<&str> = items.iter().take(SHOWN).map(|i| i.vi).collect();
    if items.len() > SHOWN {
        labels.push("…");
    }
    labels.join("; ")
}

/// The label that was probably meant: begins the same way, or differs in a few letters.
fn nearest(found: &str, items: &'static [ChoiceItem]) -> Option<&'static str> {
    const LONGEST: usize = 80;
    let letters: Vec<char> = found.chars().take(LONGEST + 1).collect();
    if letters.len() < 2 || letters.len() > LONGEST {
        return None;
    }
    items
        .iter()
        .map(|item| {
            let label = vietnamese::fold(item.vi);
            let begins = letters.len() >= 3 && (label.starts_with(found) || found.starts_with(&label));
            let label: Vec<char> = label.chars().collect();
            let steps = if begins { 1 } else { distance(&letters, &label) };
            (steps, label.len().max(letters.len()), item.vi)
        })
        .filter(|(steps, length, _)| steps * 3 <= *length)
        .min_by_key(|(steps, ..)| *steps)
        .map(|(_, _, label)| label)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
