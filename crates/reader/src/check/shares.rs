//! Shares that do not follow from their fraction, and shares beside counts: of how many?

use super::{Check, Finding, Read};
use crate::key::keys;
use domain::{Message, number::grouped};

pub(super) fn find(read: &Read<'_>, out: &mut Vec<Finding>) {
    let claims = read.claims;
    for (n, c) in claims.iter().enumerate() {
        let Some(of) = c.of.filter(|of| *of > 0.0) else { continue };
        let true_share = c.value / of * 100.0;
        // the share beside it: "(99,16%)", ", đạt 90,3%", "chiếm 45%"
        let Some(s) = claims.get(n + 1).filter(|s| s.unit == "%" && s.bytes.start >= c.bytes.end) else {
            continue;
        };
        let gap = &read.r.text[c.bytes.end..s.bytes.start];
        if gap.len() > 160
            || gap.contains([';', '\n'])
            || gap.contains(". ")
            || gap.chars().any(|c| c.is_ascii_digit())
        {
            continue;
        }
        let bracket = gap.trim_end().ends_with('(');
        let folded = domain::text::fold(gap);
        let told = ["dat", "chiem", "ty le", "ti le", "bang"].iter().any(|w| folded.contains(w));
        if !bracket && !told {
            continue;
        }
        let decimals = s
            .quote
            .rsplit([',', '.'])
            .next()
            .filter(|_| s.quote.contains([',', '.']))
            .map_or(0, |d| d.bytes().take_while(u8::is_ascii_digit).count());
        // rounding and cutting are both common
        let step = 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
        if (true_share - s.value).abs() > step * 1.001 {
            let shown = format!("{true_share:.2}").replace('.', ",");
            let message = Message::new("reader-check-share")
                .with("fraction", &c.quote)
                .with("share", &s.quote)
                .with("right", shown);
            out.push(Finding { kind: Check::Share, message, places: vec![read.claim(n + 1), read.claim(n)] });
        }
    }
    implied(read, out);
}

/// "98,9% thực hiện cam kết, 231 đảng viên vi phạm cam kết": 231 would be 1,1% of 21.000.
fn implied(read: &Read<'_>, out: &mut Vec<Finding>) {
    let r = read.r;
    for (n, c) in read.claims.iter().enumerate() {
        if c.unit != "%" || !(50.0..100.0).contains(&c.value) {
            continue;
        }
        let Some(m) = read
            .claims
            .get(n + 1)
            .filter(|m| m.unit != "%" && m.unit != "đồng" && m.part_of.is_none() && m.of.is_none())
        else {
            continue;
        };
        let at = r.t.partition_point(|t| (t.start as usize) < m.bytes.end);
        let Some(a) = r.t.get(at) else { continue };
        if !a.any(const { &keys(["vi", "chưa", "không", "còn", "bị"]) }) {
            continue;
        }
        let b = r.t.partition_point(|t| (t.start as usize) < c.bytes.start);
        if r.sentence(at.saturating_sub(1)) != r.sentence(b) {
            continue;
        }
        let whole = m.value / (100.0 - c.value) * 100.0;
        let message = Message::new("reader-check-implied")
            .with("share", &c.quote)
            .with("count", &m.quote)
            .with("whole", grouped(whole.round() as i64));
        out.push(Finding { kind: Check::Implied, message, places: vec![read.claim(n), read.claim(n + 1)] });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cases;
    use crate::Check::{Implied, Share};

    #[test]
    fn known_cases() {
        cases(&[
            ("Có 35.599/35.900 đảng viên (99,16%) tham gia học tập.", &[]),
            ("Có 28/31 đảng viên hoàn thành tốt nhiệm vụ, đạt 90,3%.", &[]),
            ("Có 28/31 đảng viên hoàn thành tốt nhiệm vụ, đạt 93,3%.", &[Share]),
            ("Có 45/50 đảng viên (95%) tham gia.", &[Share]),
            ("Có 45/50 đảng viên tham gia; 95% đoàn viên ký cam kết.", &[]),
            ("Có 2/3 chi bộ (66,6%) đạt.", &[]),
            ("Có 2/3 chi bộ (66,7%) đạt.", &[]),
            ("Có trên 98,9% đảng viên thực hiện cam kết, có 231 đảng viên vi phạm cam kết.", &[Implied]),
            ("Có 98% đảng viên học tập, 12 tập thể được khen.", &[]),
        ]);
    }
}
