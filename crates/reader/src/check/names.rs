//! A body's name spelt in two ways: "Đảng ủy Khôi" beside many "Đảng ủy Khối".

use super::{Check, Finding, Read};
use crate::key::keys;
use crate::lex::{CAPS, Kind, UPPER};
use domain::Message;
use domain::text::fold;
use std::collections::HashMap;

/// Words after which the name of a body stands.
const LEADS: &[u32] =
    &keys(["ủy", "bộ", "đảng", "hội", "huyện", "tỉnh", "xã", "phường", "đoàn", "ban", "viên", "khối"]);

pub(super) fn find(read: &Read<'_>, out: &mut Vec<Finding>) {
    let r = read.r;
    // (word before, word without marks) → spelling → (how often, first token)
    let mut seen: HashMap<(u32, String), HashMap<u32, (u32, usize)>> = HashMap::new();
    for i in 1..r.t.len() {
        let (b, t) = (&r.t[i - 1], &r.t[i]);
        let named = t.kind == Kind::Word && t.has(UPPER) && !t.has(CAPS) && !t.has(crate::lex::START);
        if !named || !b.any(LEADS) || t.end - t.start < 3 || seen.len() > 20_000 {
            continue;
        }
        let place = (b.key, fold(r.str(i)));
        seen.entry(place).or_default().entry(t.key).and_modify(|e| e.0 += 1).or_insert((1, i));
    }
    let mut found: Vec<Finding> = Vec::new();
    for spellings in seen.values().filter(|s| s.len() > 1) {
        let Some((major, (often, right))) = spellings.iter().max_by_key(|(k, (n, _))| (*n, **k)) else {
            continue;
        };
        for (k, (rare, at)) in spellings {
            if k == major || *often < 3 || rare * 2 > *often {
                continue;
            }
            let place = |i: usize| read.tokens(i - 1..i + 1);
            let message = Message::new("reader-check-name")
                .with("wrong", place(*at).quote)
                .with("right", place(*right).quote)
                .with("count", i64::from(*rare));
            found.push(Finding { kind: Check::Name, message, places: vec![place(*at), place(*right)] });
        }
    }
    // The map has no order of its own.
    found.sort_by_key(|f| f.places[0].bytes.start);
    // One misspelling behind several words is one finding.
    found.dedup_by(|a, b| tail(a) == tail(b));
    let mut words: Vec<String> = Vec::new();
    found.retain(|f| {
        let t = tail(f);
        let new = !words.contains(&t);
        words.push(t);
        new
    });
    out.append(&mut found);
}

fn tail(f: &Finding) -> String {
    f.places[0].quote.split_whitespace().last().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::cases;
    use crate::Check::Name;

    #[test]
    fn known_cases() {
        cases(&[
            ("Đảng ủy Khối họp. Rồi Đảng ủy Khối bàn. Nay Đảng ủy Khối quyết. Và Đảng ủy Khôi làm.", &[Name]),
            ("Đảng ủy Khối họp. Rồi Đảng ủy Khối bàn. Nay Đảng ủy Khối quyết. Và Đảng ủy Khối làm.", &[]),
            ("Huyện Sơn Hà, huyện Sơn Tây, huyện Sơn Hà, huyện Sơn Tịnh họp.", &[]),
            ("Đảng ủy Khối họp. Đảng ủy Khôi làm.", &[]),
        ]);
    }
}
