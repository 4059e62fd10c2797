//! Two sections with one number: "IV. PHƯƠNG HƯỚNG", and again "IV. KIẾN NGHỊ".

use super::{Check, Finding, Read};
use crate::layout::Ordinal;
use domain::Message;

pub(super) fn find(read: &Read<'_>, out: &mut Vec<Finding>) {
    let r = read.r;
    // The last ordinal of each level: roman, number, sub-number, letter.
    let mut last: [Option<(Ordinal, usize)>; 4] = [None; 4];
    for (p, para) in r.paras.iter().enumerate() {
        let Some(o) = para.ordinal else { continue };
        let level = match o {
            Ordinal::Roman(_) => 0,
            Ordinal::Number(_) => 1,
            Ordinal::Sub(..) => 2,
            Ordinal::Letter(_) => 3,
        };
        // 1, 1, 1 in every paragraph is a style of numbering, not a slip.
        let first =
            matches!(o, Ordinal::Number(1) | Ordinal::Letter('a') | Ordinal::Sub(_, 1) | Ordinal::Roman(1));
        if let Some((before, q)) = last[level]
            && before == o
            && !first
        {
            let head = |p: usize| {
                let t = &r.paras[p].toks;
                read.tokens(t.start..(t.start + 12).min(t.end))
            };
            let message = Message::new("reader-check-section")
                .with("first", head(q).quote)
                .with("second", head(p).quote);
            out.push(Finding { kind: Check::Section, message, places: vec![head(p), head(q)] });
        }
        last[level] = Some((o, p));
        for lower in &mut last[level + 1..] {
            *lower = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cases;
    use crate::Check::Section;

    #[test]
    fn known_cases() {
        cases(&[
            (
                "III. ĐÁNH GIÁ\n\nIV. PHƯƠNG HƯỚNG\n\n1. Tiếp tục học.\n\nIV. KIẾN NGHỊ\n\n1. Học sớm hơn.",
                &[Section],
            ),
            ("I. MỘT\n\n1. Việc.\n\n2. Việc.\n\nII. HAI\n\n1. Việc.\n\n2. Việc.", &[]),
            ("1. Việc một\n\n2. Việc hai\n\n2. Việc ba", &[Section]),
            ("2.1. Một\n\n2.2 Hai\n\n2.2 Ba", &[Section]),
            ("a) Một\n\nb) Hai\n\na) Một\n\nb) Hai", &[]),
        ]);
    }
}
