//! Received bytes to text, claims with their quotes, and problems.
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

/// Every figure that the text states, in text order.
pub fn claims(text: &str) -> Vec<Claim> {
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
