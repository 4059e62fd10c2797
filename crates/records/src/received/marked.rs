//! The text of a report as HTML, with every claim marked and every finding flagged.
//!
//! Plain anchors join the text and the list of claims: a mark is `#c5`, its row `#r5`; a flag is
//! `#f2-1`, its finding `#finding-2`. It works without a script.

use super::Claim;
use reader::Finding;
use shell::{Html, escaped};
use std::ops::Range;

/// A part of a text in bytes, with the claims that stand in it.
pub struct Slice<'a> {
    /// The whole text.
    pub text: &'a str,
    /// What is shown.
    pub bytes: Range<usize>,
}

/// Where each claim's quote stands, in bytes; empty when the text does not hold it there.
pub fn places(text: &str, claims: &[Claim]) -> Vec<Range<usize>> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|i| claims[*i].start);
    let mut out = vec![0..0; claims.len()];
    let (mut at, mut points) = (0, 0_i64);
    for i in order {
        let claim = &claims[i];
        while points < claim.start {
            let Some(c) = text[at..].chars().next() else { return out };
            at += c.len_utf8();
            points += 1;
        }
        if text[at..].starts_with(&claim.quote) {
            out[i] = at..at + claim.quote.len();
        }
    }
    out
}

/// The slice as HTML. `label` names the link from a mark to its row for those who hear the page.
pub fn html(slice: &Slice<'_>, claims: &[Claim], places: &[Range<usize>], findings: &[Finding]) -> Html {
    let mut flags: Vec<(usize, String)> = Vec::new();
    for (n, finding) in findings.iter().enumerate() {
        for (i, place) in finding.places.iter().enumerate() {
            let (n, i) = (n + 1, i + 1);
            flags.push((
                place.bytes.start,
                format!("<a class=\"rr-flag\" id=\"f{n}-{i}\" href=\"#finding-{n}\">⚑{n}</a>"),
            ));
        }
    }
    flags.sort_by_key(|f| f.0);
    let mut marks: Vec<(Range<usize>, &Claim)> =
        places.iter().cloned().zip(claims).filter(|(p, _)| !p.is_empty()).collect();
    marks.sort_by_key(|(p, c)| (p.start, c.n));
    let mut out = Writer { text: slice.text, html: String::new(), flags, flag: 0, at: slice.bytes.start };
    out.flag = out.flags.partition_point(|f| f.0 < slice.bytes.start);
    for (place, claim) in marks {
        if place.start < slice.bytes.start || place.end > slice.bytes.end {
            continue;
        }
        let n = claim.n + 1;
        let row = format!("<a class=\"rr-to\" href=\"#r{n}\">{n}</a>");
        if place.start < out.at {
            // Two claims of one quote ("7% - 10%") share the mark; the second has only its anchor.
            out.html.push_str(&format!("<span id=\"c{n}\">{row}</span>"));
            continue;
        }
        out.plain(place.start, place.end);
        let quote = escaped(&slice.text[place.clone()]);
        let class = claim.decision.code();
        out.html.push_str(&format!("<mark id=\"c{n}\" class=\"{class}\">{quote}{row}</mark>"));
        out.at = place.end;
    }
    out.plain(slice.bytes.end, slice.bytes.end);
    Html::trusted(out.html)
}

struct Writer<'a> {
    text: &'a str,
    html: String,
    flags: Vec<(usize, String)>,
    flag: usize,
    at: usize,
}

impl Writer<'_> {
    /// Plain text to a place, with the flags up to another (those inside a mark stand before it).
    fn plain(&mut self, to: usize, flags_to: usize) {
        while let Some((place, flag)) = self.flags.get(self.flag).filter(|f| f.0 < flags_to) {
            let stop = self.text.floor_char_boundary((*place).clamp(self.at, to));
            self.html.push_str(&escaped(&self.text[self.at..stop]));
            self.html.push_str(flag);
            self.at = stop;
            self.flag += 1;
        }
        self.html.push_str(&escaped(&self.text[self.at..to]));
        self.at = to;
    }
}
