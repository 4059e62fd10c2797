//! What a careful clerk notices in a report: each finding with its places in the text.
//!
//! One file per check; each takes what was read and appends its findings. To add one: a file,
//! a variant of [`Check`], a line in [`all`], a message in both languages.

mod directive;
mod names;
mod periods;
mod repeats;
mod sections;
mod shares;
mod sums;

pub use directive::{DOCUMENTS, KnownDocument};

use crate::claim::Claim;
use crate::encoding::repair;
use crate::layout::Reading;
use crate::rules::{self, Num};
use domain::Message;
use std::ops::Range;

/// The kind of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// Parts do not make their whole.
    Sum,
    /// A share does not follow from its fraction.
    Share,
    /// A share and a count beside it tell how many there are in all; is it so?
    Implied,
    /// The same thing is said twice with different numbers.
    Repeat,
    /// The name of a body is spelt in two ways.
    Name,
    /// Two sections bear one number.
    Section,
    /// A document is named with the wrong term.
    Directive,
    /// A day or period that cannot be.
    Period,
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The words that stand there.
    pub quote: String,
    /// Bytes.
    pub bytes: Range<usize>,
    /// Code points.
    pub points: Range<usize>,
}

/// One thing that a clerk would ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What sort of thing.
    pub kind: Check,
    /// What to tell people.
    pub message: Message,
    /// Where: the statement first, then what it disagrees with.
    pub places: Vec<Place>,
}

/// At most this many findings are given for one text.
const MAX_FINDINGS: usize = 500;

pub(crate) struct Read<'a> {
    pub r: &'a Reading<'a>,
    pub nums: &'a [Num],
    pub claims: &'a [Claim],
}

impl Read<'_> {
    /// The place of some tokens.
    fn tokens(&self, toks: Range<usize>) -> Place {
        let (a, b) = (self.r.t[toks.start], self.r.t[toks.end - 1]);
        // Halves of a sentence may stand in the wrong order of bytes.
        let end = if b.end > a.start { b.end } else { a.end };
        self.bytes(a.start as usize..end as usize)
    }

    fn bytes(&self, bytes: Range<usize>) -> Place {
        Place { quote: self.r.text[bytes.clone()].to_owned(), bytes, points: 0..0 }
    }

    fn claim(&self, n: usize) -> Place {
        self.bytes(self.claims[n].bytes.clone())
    }
}

/// All findings of a text, with the documents that the shipped list knows.
pub fn check(text: &str) -> Vec<Finding> {
    check_with(text, DOCUMENTS)
}

/// All findings of a text.
pub fn check_with(text: &str, documents: &[KnownDocument]) -> Vec<Finding> {
    let text = &text[..text.floor_char_boundary(crate::MAX_TEXT)];
    let fixed = repair(text);
    let plain = fixed.as_ref().map_or(text, |f| f.text.as_str());
    let r = Reading::new(plain);
    let nums = rules::classify(&r);
    let claims = crate::claim::make(&r, &nums);
    let read = Read { r: &r, nums: &nums, claims: &claims };
    let mut out = Vec::new();
    all(&read, documents, &mut out);
    out.truncate(MAX_FINDINGS);
    for f in &mut out {
        for p in &mut f.places {
            if let Some(fixed) = &fixed {
                p.bytes = fixed.back(p.bytes.clone());
                p.quote = text.get(p.bytes.clone()).unwrap_or_default().to_owned();
            }
        }
    }
    count_points(text, &mut out);
    out
}

fn all(read: &Read<'_>, documents: &[KnownDocument], out: &mut Vec<Finding>) {
    sums::find(read, out);
    shares::find(read, out);
    repeats::find(read, out);
    names::find(read, out);
    sections::find(read, out);
    directive::find(read, documents, out);
    periods::find(read, out);
}

/// Fills in the code points of all places in one pass over the text.
fn count_points(text: &str, out: &mut [Finding]) {
    let mut places: Vec<&mut Place> = out.iter_mut().flat_map(|f| &mut f.places).collect();
    places.sort_by_key(|p| p.bytes.start);
    let (mut at, mut points) = (0, 0);
    for p in places {
        points += text[at..p.bytes.start].chars().count();
        at = p.bytes.start;
        p.points = points..points + p.quote.chars().count();
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Checks that each text gives findings of exactly these kinds.
    #[track_caller]
    pub fn cases(cases: &[(&str, &[Check])]) {
        for (text, want) in cases {
            let got: Vec<Check> = check(text).iter().map(|f| f.kind).collect();
            assert_eq!(got, *want, "{text}: {:?}", check(text));
        }
    }

    #[test]
    fn places_are_true() {
        let text = "Chi bộ khen 12 tập thể (gồm 5 tổ, 6 đội).\u{301} Đạt 45/50 đảng viên (95%).";
        for f in check(text) {
            assert!(!f.places.is_empty());
            for p in &f.places {
                assert_eq!(&text[p.bytes.clone()], p.quote);
                let chars: String = text.chars().skip(p.points.start).take(p.points.len()).collect();
                assert_eq!(chars, p.quote);
            }
        }
    }
}
