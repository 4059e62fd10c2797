//! Received bytes to text, claims with their quotes, and problems. Never fails, never does I/O.
//!
//! [`read`] turns a file into text, [`claims`] reads every figure that a narrative text states,
//! [`numbers`] says of each number what it is, [`check`] finds what a careful clerk would ask about,
//! [`repair`] mends old encodings. How it works and how to add a rule: the crate's `README.md`.
//!
//! Invariants: the crate knows no database, no clock and no catalogue; a quote is an exact
//! substring of the text given, its `start` counts code points; no input makes it panic, and none
//! makes it take more than bounded time and memory.

mod check;
mod claim;
mod encoding;
mod format;
mod key;
mod layout;
mod lex;
mod numeral;
mod phrase;
mod rules;

pub use check::{Check, DOCUMENTS, Finding, KnownDocument, Place, check, check_with};
pub use claim::topic::Topic;
pub use claim::{Claim, MAX_CLAIMS, Number};
pub use encoding::{Old, Repaired, repair};
pub use format::{Format, MAX_FILE, MAX_TEXT, Problem, Text, detect, read};
pub use rules::Class;
pub use rules::comparator::Comparator;

/// The messages of this crate: Vietnamese, English.
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));

/// Every figure that the text states, in text order. At most [`MAX_CLAIMS`]; of a text longer than
/// [`MAX_TEXT`] only that much is read.
pub fn claims(text: &str) -> Vec<Claim> {
    let text = &text[..text.floor_char_boundary(MAX_TEXT)];
    match encoding::repair(text) {
        None => claims_of(text),
        Some(fixed) => back(text, &fixed, claims_of(&fixed.text)),
    }
}

fn claims_of(text: &str) -> Vec<Claim> {
    let r = layout::Reading::new(text);
    let nums = rules::classify(&r);
    claim::make(&r, &nums)
}

/// Puts claims that were read from a repaired text back on the text that came.
fn back(text: &str, fixed: &Repaired, mut claims: Vec<Claim>) -> Vec<Claim> {
    let (mut at, mut points) = (0, 0);
    for c in &mut claims {
        let bytes = fixed.back(c.bytes.clone());
        let Some(quote) = text.get(bytes.clone()) else { continue };
        if bytes.start >= at {
            points += text[at..bytes.start].chars().count();
            at = bytes.start;
        }
        c.quote = quote.to_owned();
        c.start = points;
        c.bytes = bytes;
    }
    claims
}

/// Every number of the text and what it is, in text order.
pub fn numbers(text: &str) -> Vec<Number> {
    let text = &text[..text.floor_char_boundary(MAX_TEXT)];
    let of = |text: &str| {
        let r = layout::Reading::new(text);
        let nums = rules::classify(&r);
        claim::numbers(&r, &nums)
    };
    let Some(fixed) = encoding::repair(text) else { return of(text) };
    let mut numbers = of(&fixed.text);
    let (mut at, mut points) = (0, 0);
    for n in &mut numbers {
        let bytes = fixed.back(n.bytes.clone());
        let Some(there) = text.get(bytes.clone()) else { continue };
        if bytes.start >= at {
            points += text[at..bytes.start].chars().count();
            at = bytes.start;
        }
        n.text = there.to_owned();
        n.points = points..points + there.chars().count();
        n.bytes = bytes;
    }
    numbers
}
