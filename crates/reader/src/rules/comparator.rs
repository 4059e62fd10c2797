//! Comparators: `trên 98%`, `gần 30 tỷ`, `không quá 5`, `90% trở lên`.
//!
//! A comparator belongs to the number it stands before. `trên cơ sở`, `cấp trên`, `dưới cờ` and
//! `cao hơn 2%` are none.

use super::units;
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::{Kind, Tok};

/// How the number stands to the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// The number itself.
    Exact,
    /// That or more: `trên`, `hơn`, `ít nhất`.
    AtLeast,
    /// That or less: `dưới`, `không quá`, `tối đa`.
    AtMost,
    /// About that: `gần`, `khoảng`.
    Approx,
}

impl Comparator {
    /// The word of the exchange format: `exact`, `at_least`, `at_most`, `approx`.
    pub fn name(self) -> &'static str {
        match self {
            Comparator::Exact => "exact",
            Comparator::AtLeast => "at_least",
            Comparator::AtMost => "at_most",
            Comparator::Approx => "approx",
        }
    }
}

/// The comparator before the number at `i`, and the token where it begins (`i` when none).
pub(crate) fn before(r: &Reading<'_>, i: usize) -> (Comparator, usize) {
    let (a, b, c) = (*r.back(i, 1), *r.back(i, 2), *r.back(i, 3));
    let is = |t: &Tok, k: u32| t.word(k);
    let pair = |x: u32, y: u32| is(&b, x) && is(&a, y);
    use Comparator::*;
    if a.kind == Kind::Sign {
        return match char::from_u32(a.key) {
            Some('≥' | '>') => (AtLeast, i - 1),
            Some('=') if b.sign('>') => (AtLeast, i - 2),
            Some('=') if b.sign('<') => (AtMost, i - 2),
            Some('≤' | '<') => (AtMost, i - 1),
            Some('~' | '≈') => (Approx, i - 1),
            _ => (Exact, i),
        };
    }
    if pair(const { key("ít") }, const { key("nhất") })
        || pair(const { key("tối") }, const { key("thiểu") }) && !c.word(const { key("lương") })
        || pair(const { key("không") }, const { key("dưới") })
        || pair(const { key("chí") }, const { key("ít") })
    {
        return (AtLeast, i - 2);
    }
    if is(&a, const { key("hơn") }) && is(&b, const { key("ít") }) && is(&c, const { key("không") }) {
        return (AtLeast, i - 3);
    }
    if pair(const { key("không") }, const { key("quá") })
        || pair(const { key("tối") }, const { key("đa") })
        || pair(const { key("nhiều") }, const { key("nhất") })
        || pair(const { key("không") }, const { key("trên") })
        || (is(&b, const { key("chưa") }) && a.any(const { &keys(["đến", "đầy", "tới", "quá"]) }))
    {
        return (AtMost, i - 2);
    }
    if is(&a, const { key("quá") }) && is(&b, const { key("vượt") }) && is(&c, const { key("không") }) {
        return (AtMost, i - 3);
    }
    if pair(const { key("trên") }, const { key("dưới") })
        || pair(const { key("xấp") }, const { key("xỉ") })
        || pair(const { key("ước") }, const { key("tính") })
        || pair(const { key("ước") }, const { key("đạt") })
        || pair(const { key("ước") }, const { key("khoảng") })
        || pair(const { key("vào") }, const { key("khoảng") })
    {
        return (Approx, i - 2);
    }
    if is(&a, const { key("hơn") }) {
        if b.any(const { &keys(["cao", "nhiều", "thấp", "lớn", "ít"]) }) {
            return (Exact, i);
        }
        return (AtLeast, i - 1);
    }
    if is(&a, const { key("trên") }) {
        // "trên 3 lĩnh vực": in three fields. "cấp trên 5" is nobody's "more than five".
        if b.any(const { &keys(["cấp", "bề", "nêu"]) }) || place(r, i) {
            return (Exact, i);
        }
        return (AtLeast, i - 1);
    }
    if is(&a, const { key("dưới") }) {
        return (AtMost, i - 1);
    }
    if a.any(const { &keys(["gần", "khoảng", "chừng", "ước", "ngót", "tầm", "độ"]) }) {
        if is(&a, const { key("độ") }) && b.kind == Kind::Word {
            return (Exact, i);
        }
        return (Approx, i - 1);
    }
    (Exact, i)
}

/// Whether "trên" before the number means a place: `trên 3 lĩnh vực`, `trên 05 tuyến đường`.
fn place(r: &Reading<'_>, i: usize) -> bool {
    let small = r.str(i).len() <= 2 && r.str(i).parse::<u32>().is_ok_and(|n| n < 20);
    small
        && units::at(r, i + 1).is_some()
        && r.ahead(i, 1).any(
            const {
                &keys([
                    "lĩnh", "mặt", "nội", "địa", "tuyến", "trang", "phương", "khâu", "cương", "kênh", "nền",
                ])
            },
        )
}

/// A comparator behind the noun that ends before token `end`: `trở lên`, `trở xuống`.
pub(crate) fn after(r: &Reading<'_>, end: usize) -> Option<Comparator> {
    for n in 1..=4 {
        let t = r.ahead(end - 1, n);
        if t.word(const { key("trở") }) {
            let way = r.ahead(end - 1, n + 1);
            if way.word(const { key("lên") }) {
                return Some(Comparator::AtLeast);
            }
            return way.word(const { key("xuống") }).then_some(Comparator::AtMost);
        }
        if t.kind != Kind::Word {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::claims;

    #[test]
    fn cases() {
        let bad: Vec<String> = [
            ("đạt trên 95%", "at_least"),
            ("hơn 22 điểm cầu", "at_least"),
            ("ít nhất 3 ngày", "at_least"),
            ("tối thiểu 4 lần", "at_least"),
            ("không dưới 30%", "at_least"),
            ("không ít hơn 5 đồng chí", "at_least"),
            ("95% trở lên", "at_least"),
            ("5 đồng chí trở lên", "at_least"),
            ("≥ 90%", "at_least"),
            ("dưới 5%", "at_most"),
            ("không quá 5 người", "at_most"),
            ("tối đa 20%", "at_most"),
            ("chưa đến 10 hộ", "at_most"),
            ("chưa đầy 10 hộ", "at_most"),
            ("không vượt quá 20%", "at_most"),
            ("10 người trở xuống", "at_most"),
            ("gần 30 tỷ đồng", "approx"),
            ("khoảng 200 đại biểu", "approx"),
            ("xấp xỉ 50%", "approx"),
            ("ước đạt 5 tỷ đồng", "approx"),
            ("trên dưới 50 hộ", "approx"),
            ("cao hơn 2%", "exact"),
            ("lương tối thiểu 4.680.000 đồng", "exact"),
            ("trên 3 lĩnh vực", "exact"),
            ("theo cấp trên 5 nội dung", "exact"),
            ("trên cơ sở đó có 5 xã", "exact"),
            ("dưới cờ 5 lần", "exact"),
            ("trên địa bàn có 12 xã", "exact"),
            ("hơn nữa, 5 xã đã họp", "exact"),
        ]
        .iter()
        .filter_map(|(text, want)| {
            let got = claims(text).iter().map(|c| c.comparator.name()).collect::<Vec<_>>().join(" ");
            (got != *want).then(|| format!("{text:?}: got {got:?}, want {want:?}"))
        })
        .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    }
}
