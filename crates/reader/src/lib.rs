//! Received bytes to text, claims with their quotes, and problems.
mod claim;
mod format;
mod key;
mod layout;
mod lex;
mod numeral;
mod phrase;
mod rules;

pub use claim::topic::Topic;
pub use claim::{Claim, MAX_CLAIMS, Number};
pub use format::{Format, MAX_FILE, MAX_TEXT, Problem, Text, detect, read};
pub use rules::Class;
pub use rules::comparator::Comparator;

/// The messages of this crate: Vietnamese, English.
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));

/// Every figure that the text states, in text order.
pub fn claims(text: &str) -> Vec<Claim> {
    let r = layout::Reading::new(text);
    let nums = rules::classify(&r);
    claim::make(&r, &nums)
}

/// Every number of the text and what it is.
pub fn numbers(text: &str) -> Vec<Number> {
    let r = layout::Reading::new(text);
    let nums = rules::classify(&r);
    claim::numbers(&r, &nums)
}
