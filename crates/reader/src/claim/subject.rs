//! Who did it, briefly, as the text says: the body named before the number.

use crate::key::keys;
use crate::layout::Reading;
use crate::lex::{Kind, UPPER};
use std::ops::Range;

const BODIES: &[u32] = &keys([
    "ban",
    "đảng",
    "chi",
    "cấp",
    "ủy",
    "uỷ",
    "hội",
    "đoàn",
    "liên",
    "công",
    "toàn",
    "các",
    "mặt",
    "sở",
    "phòng",
    "trung",
    "tiểu",
    "xã",
    "phường",
    "huyện",
    "tỉnh",
    "trường",
    "văn",
    "bộ",
    "tổ",
]);
const VERBS: &[u32] = &keys([
    "đã", "được", "tổ", "chức", "kiểm", "giám", "khen", "có", "xây", "ban", "thực", "triển", "phối", "hiện",
    "luôn", "tiến", "chỉ", "và", "với", "trong", "để", "về", "kêu", "là", "đạt", "ủng", "hỗ", "tặng", "trao",
]);

/// The subject of the claim whose number is token `i`.
pub(crate) fn find(r: &Reading<'_>, i: usize, sentence: &Range<usize>) -> Option<String> {
    let mut j = i;
    while j > sentence.start.max(i.saturating_sub(200)) {
        j -= 1;
        let t = &r.t[j];
        if t.kind == Kind::Word && t.has(UPPER) && t.any(BODIES) {
            let before = r.back(j, 1);
            // the beginning of the name, not its middle: "Ban Thường vụ Đảng ủy Khối"
            if before.kind == Kind::Word && before.has(UPPER) {
                continue;
            }
            let mut end = j + 1;
            while end < i && end - j < 9 {
                let n = &r.t[end];
                if n.kind != Kind::Word || (!n.has(UPPER) && n.any(VERBS)) {
                    break;
                }
                end += 1;
            }
            if end - j >= 2 {
                return span(r, j, end);
            }
        }
    }
    None
}

fn span(r: &Reading<'_>, a: usize, b: usize) -> Option<String> {
    let (from, to) = (r.t[a].start as usize, r.t[b - 1].end as usize);
    let s = r.text.get(from..to)?;
    let s: Vec<&str> = s.split_whitespace().collect();
    let s = s.join(" ");
    (s.len() <= 160).then_some(s)
}
