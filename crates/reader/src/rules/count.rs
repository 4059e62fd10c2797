//! Numbers that count: value, counted noun, comparator, denominator, ranges.
//!
//! `35.599/35.900 đảng viên`, `20 trong số 60`, `từ 85 đến 90 triệu đồng`, `hơn 20 tỷ đồng`,
//! `trên 98%`, `1,2 triệu lượt`. A number without a noun of its own takes it from its
//! neighbours (`khiển trách 26, cảnh cáo 03`), else it counts nothing.

use super::units::{self, Sort};
use super::{Class, Num};
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::{Kind, SPACE, UPPER};
use crate::numeral::{self, Shape};
use crate::rules::comparator::{self, Comparator};
use std::ops::Range;

/// What stands for the counted noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unit {
    /// The noun, as tokens of the text.
    Noun(Range<usize>),
    Money,
    Share,
    /// To be taken from a neighbour.
    Borrow,
}

/// What a number counts.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub comparator: Comparator,
    pub unit: Unit,
    pub sort: Sort,
    pub of: Option<f64>,
    pub quote: Range<usize>,
    /// In a table: the label of the row, the head of the column, the caption.
    pub context: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy)]
struct Amount {
    value: f64,
    end: usize,
    share: bool,
    factor: f64,
}

/// Words that never begin a counted noun: function words, verbs, adverbs.
pub(super) const STOP: &[u32] = &crate::key::keys([
    "và", "với", "của", "cho", "trong", "tại", "ở", "từ", "đến", "được", "bị", "đã", "đang", "sẽ", "là",
    "có", "để", "nhằm", "về", "theo", "trên", "dưới", "so", "cùng", "đạt", "chiếm", "tăng", "giảm", "tham",
    "các", "những", "này", "đó", "khi", "mà", "thì", "do", "bởi", "vì", "nên", "nếu", "hay", "hoặc", "như",
    "gồm", "bằng", "qua", "vào", "ra", "lên", "xuống", "tới", "hết", "sau", "trước", "cả", "tất", "mỗi",
    "từng", "mọi", "rất", "còn", "vẫn", "cũng", "đều", "chỉ", "không", "chưa", "phải", "cần", "nhiều", "ít",
    "một", "hai", "ba", "số", "đồng", "tham", "thực", "hoàn", "tổ", "thành", "trao", "tặng", "khen", "xây",
    "triển", "năm", "riêng", "trở", "nay", "lại", "đảm", "bảo", "tiếp", "tục", "vượt", "toàn", "đăng", "ký",
    "nhân", "hiện", "nhất", "nhì", "khuyến", "tư", "ngoài", "bao", "trừ", "kể", "tính", "ước", "đề", "cụ",
    "tương", "xếp", "làm", "học", "viết", "giúp", "ủng", "hỗ", "đóng", "góp", "huy", "vận", "phát", "động",
    "bình", "quân", "chuẩn", "hàng", "hằng", "tuyên", "kiểm", "giám", "xử", "chấp", "nâng", "duy", "đưa",
    "lần", "lúc", "trị", "giá", "tổng", "cộng", "đầu", "cuối", "nữa", "tuổi", "thứ", "khóa", "bên",
]);

/// Words that tell parts of people or bodies apart, without a noun of their own.
const MODIFIERS: [(u32, u32); 12] = [
    (key("chính"), key("thức")),
    (key("dự"), key("bị")),
    (key("xuất"), key("sắc")),
    (key("hoàn"), key("thành")),
    (key("không"), key("hoàn")),
    (key("khiển"), key("trách")),
    (key("cảnh"), key("cáo")),
    (key("cách"), key("chức")),
    (key("khai"), key("trừ")),
    (key("chuyển"), key("đến")),
    (key("chuyển"), key("đi")),
    (key("trung"), key("bình")),
];

fn amount(r: &Reading<'_>, i: usize) -> Option<Amount> {
    let (value, mut shape) = numeral::parse(r.str(i));
    let mut value = value?;
    let mut end = i + 1;
    // Groups parted by narrow blanks: 148 140
    if shape == Shape::Whole && r.str(i).len() <= 3 {
        let mut k = i;
        let mut digits = r.str(i).to_owned();
        while r.ahead(k, 1).number()
            && r.str(k + 1).len() == 3
            && r.str(k + 1).bytes().all(|b| b.is_ascii_digit())
            && matches!(
                &r.text[r.t[k].end as usize..r.t[k + 1].start as usize],
                "\u{a0}" | "\u{202f}" | "\u{2009}"
            )
            && digits.len() < 15
        {
            digits.push_str(r.str(k + 1));
            k += 1;
        }
        if k > i {
            value = digits.parse().ok()?;
            shape = Shape::Grouped;
            end = k + 1;
        }
    }
    let mut factor = 1.0;
    let next = |e: usize, n: usize| r.ahead(e - 1, n);
    if let Some((f, used)) = numeral::multiplier(next(end, 1), next(end, 2))
        && !(f == 1e2 && shape != Shape::Whole)
        && !next(end, 1).word(const { key("tr") }) | money_word(next(end, 2)) | next(end, 2).sign('.')
    {
        factor = f;
        end += used;
        if f == 1e6 && next(end, 1).sign('.') && next(end, 2).word(const { key("đ") }) {
            end += 1;
        }
        // 1,234 tỷ and 1.234 triệu: the comma is a decimal one
        if shape == Shape::Unsure {
            value /= 1000.0;
        }
        value *= f;
        // 1 tỷ 200 triệu
        if let Some(second) = r.t.get(end).filter(|t| t.number() && next(end, 1).number()) {
            let s = r.str_of(second);
            if let (Some(v), Shape::Whole) = numeral::parse(s)
                && let Some((f2, used)) = numeral::multiplier(next(end, 2), next(end, 3))
                && f2 < f
            {
                value += v * f2;
                end += 1 + used;
            }
        }
    }
    let sign = next(end, 1);
    let mut share = sign.sign('%');
    let words = sign.word(const { key("phần") }) && next(end, 2).word(const { key("trăm") });
    if share {
        end += 1;
    } else if words {
        share = true;
        end += 2;
    }
    if share && matches!(shape, Shape::Unsure) {
        value /= 1000.0;
    }
    if share && shape == Shape::Grouped && value > 1000.0 && r.str(i).matches('.').count() == 1 {
        value /= 1000.0;
    }
    if shape == Shape::Unsure && factor == 1.0 && !share {
        // Measures have decimals, counts have thousands.
        if next(end, 1).any(const { &keys(["ha", "km", "tấn", "m", "kg", "điểm", "lần"]) }) {
            value /= 1000.0;
        }
    }
    Some(Amount { value: tidy(value), end, share, factor })
}

/// The value of the number at token `i`, with its multiplier.
pub(super) fn value_at(r: &Reading<'_>, i: usize) -> Option<f64> {
    amount(r, i).map(|a| a.value)
}

/// Takes the dust of binary multiplication off: `1.2 × 10⁶` is 1200000.
pub(super) fn tidy(v: f64) -> f64 {
    let rounded = v.round();
    if (v - rounded).abs() < 1e-6 * v.abs().max(1.0) && v.abs() > 1000.0 { rounded } else { v }
}

fn money_word(t: &crate::lex::Tok) -> bool {
    t.any(const { &keys(["đồng", "đ", "vnđ", "vnd"]) })
}

/// The counted noun at token `e`, after an amount.
fn noun(r: &Reading<'_>, e: usize, a: &Amount) -> Option<(Unit, Sort, usize)> {
    if a.share {
        return Some((Unit::Share, Sort::Thing, e));
    }
    let mut e = e;
    // 27 (hai mươi bảy) đảng viên
    if r.ahead(e - 1, 1).sign('(')
        && let Some((_, used)) = numeral::words(&r.t[(e + 1).min(r.t.len())..(e + 12).min(r.t.len())])
        && r.ahead(e, used + 1).sign(')')
    {
        e += used + 2;
    }
    // 19 “Nhà đồng đội”
    if (r.ahead(e - 1, 1).sign('“') || r.ahead(e - 1, 1).sign('"'))
        && r.ahead(e - 1, 2).kind == Kind::Word
        && !a.share
    {
        let (n, sort) = units::at(r, e + 1).unwrap_or((1, Sort::Thing));
        let end = if n == 1 { extend(r, e + 1 + n, 1) } else { e + 1 + n };
        return (a.factor == 1.0).then_some((Unit::Noun(e + 1..end), sort, end));
    }
    let first = r.ahead(e - 1, 1);
    if first.kind == Kind::Edge {
        return (a.factor >= 1e6).then_some((Unit::Money, Sort::Money, e));
    }
    if let Some((n, sort)) = units::at(r, e) {
        if sort == Sort::Money {
            let dollars = first.any(const { &keys(["usd", "đô"]) });
            return Some((if dollars { Unit::Noun(e..e + n) } else { Unit::Money }, sort, e + n));
        }
        let mut end = e + n;
        if n == 1
            && first.any(
                const {
                    &keys([
                        "con", "cái", "chiếc", "bộ", "cây", "xe", "cuốn", "quyển", "suất", "phần", "lượt",
                        "loại", "bài", "giải", "thẻ", "công", "cuộc", "bản", "tác", "ngôi", "căn", "mái",
                        "điểm",
                    ])
                },
            )
        {
            end = extend(r, end, 2);
        }
        return Some((Unit::Noun(e..end), sort, end));
    }
    if a.factor >= 1e6 {
        return Some((Unit::Money, Sort::Money, e));
    }
    let second = r.ahead(e - 1, 2);
    if MODIFIERS.iter().any(|(x, y)| first.word(*x) && second.word(*y)) {
        return Some((Unit::Borrow, Sort::Thing, e + 2));
    }
    if first.kind == Kind::Word
        && !STOP.contains(&first.key)
        && (first.has(SPACE) || first.end - first.start > 1)
    {
        if first.has(UPPER) && !first.has(crate::lex::LINE) && first.end - first.start <= 2 {
            return None;
        }
        let end = extend(r, e + 1, 1);
        return Some((Unit::Noun(e..end), Sort::Thing, end));
    }
    None
}

/// Takes up to `more` further words into the noun.
fn extend(r: &Reading<'_>, mut end: usize, more: usize) -> usize {
    for _ in 0..more {
        let t = r.ahead(end - 1, 1);
        if t.kind != Kind::Word || t.has(UPPER) || STOP.contains(&t.key) {
            break;
        }
        end += 1;
    }
    end
}

/// Reads the count at number `i`, appends what it found, says where to go on.
pub(super) fn apply(r: &Reading<'_>, i: usize, out: &mut Vec<Num>) -> usize {
    let Some(a) = amount(r, i) else {
        out.push(Num { toks: i..i + 1, class: Class::Other, value: None, count: None, why: "unreadable" });
        return i + 1;
    };
    let at = |e: usize, n: usize| r.ahead(e - 1, n);
    let (lead, lead_at) = comparator::before(r, i);
    let mut end = a.end;
    let mut of = None;
    let mut why = "count";
    // 45/47
    if at(end, 1).sign('/')
        && at(end, 2).number()
        && !at(end, 3).sign('/')
        && !a.share
        && a.factor == 1.0
        && let Some(b) = amount(r, end + 1).filter(|b| !b.share)
    {
        of = Some(b.value);
        end = b.end;
        why = "fraction";
    }
    // từ 85 đến 90 triệu; 7% - 10%; 20 - 30 phút
    if of.is_none()
        && let Some((b, from)) = second_of_range(r, i, &a)
    {
        let mut first = a;
        if first.factor == 1.0 && b.factor != 1.0 {
            first.value = tidy(first.value * b.factor);
        }
        let share = first.share || b.share;
        let joint = Amount { share, factor: b.factor.max(first.factor), ..b };
        let (unit, sort, stop) = noun(r, b.end, &joint).unwrap_or((Unit::Borrow, Sort::Thing, b.end));
        let class = class_of(&unit);
        for (value, comparator, toks) in
            [(first.value, Comparator::AtLeast, i..a.end), (b.value, Comparator::AtMost, a.end + 1..b.end)]
        {
            let count = Counted {
                comparator,
                unit: unit.clone(),
                sort,
                of: None,
                quote: from..stop,
                context: Vec::new(),
            };
            out.push(Num { toks, class, value: Some(value), count: Some(count), why: "range" });
        }
        return stop.max(b.end);
    }
    // 20 trong số 60 đảng viên, 20 đồng chí trong tổng số 60 đồng chí
    let mut unit = noun(r, end, &a);
    let mut tail = unit.as_ref().map_or(end, |u| u.2);
    if of.is_none() && !a.share {
        let e = if unit.is_some() { tail } else { end };
        let w = |n: usize| at(e, n);
        let skip = match () {
            () if w(1).any(const { &keys(["trong", "trên"]) }) && w(2).word(const { key("số") }) => 2,
            () if w(1).any(const { &keys(["trong", "trên"]) })
                && w(2).word(const { key("tổng") })
                && w(3).word(const { key("số") }) =>
            {
                3
            }
            () if w(1).sign('/') && w(2).word(const { key("tổng") }) && w(3).word(const { key("số") }) => {
                3
            }
            () => 0,
        };
        if skip > 0
            && at(e, skip + 1).number()
            && let Some(b) = amount(r, e + skip).filter(|b| !b.share && b.value >= a.value)
        {
            of = Some(b.value);
            why = "fraction-words";
            let found = noun(r, b.end, &b);
            tail = found.as_ref().map_or(b.end, |u| u.2);
            end = b.end;
            unit = match unit {
                Some(u) => Some((u.0, u.1, tail)),
                None => found,
            };
        }
    }
    let comparator = comparator::after(r, tail).unwrap_or(lead);
    let (unit, sort, stop) = unit.unwrap_or((Unit::Borrow, Sort::Thing, end));
    let quote = lead_at..stop.max(end);
    let class = class_of(&unit);
    let count = Counted { comparator, unit, sort, of, quote, context: Vec::new() };
    out.push(Num { toks: i..end, class, value: Some(a.value), count: Some(count), why });
    end
}

fn class_of(unit: &Unit) -> Class {
    match unit {
        Unit::Share => Class::Share,
        Unit::Money => Class::Money,
        Unit::Noun(_) | Unit::Borrow => Class::Count,
    }
}

/// The second end of a range that begins with the amount at `i`, and where the quote begins.
fn second_of_range(r: &Reading<'_>, i: usize, a: &Amount) -> Option<(Amount, usize)> {
    let sep = r.ahead(a.end - 1, 1);
    let dash = sep.sign('-');
    let word = sep.any(const { &keys(["đến", "tới"]) });
    if !(dash || word) || !r.ahead(a.end - 1, 2).number() {
        return None;
    }
    let second = a.end + 1;
    let led = r.back(i, 1).word(const { key("từ") });
    if word && !led && !a.share && r.t[second].has(crate::lex::LINE) {
        return None;
    }
    let b = amount(r, second)?;
    // A second number that is a day, a year or a symbol makes no range.
    for rule in [super::day::apply, super::year::apply, super::symbol::apply] {
        if rule(r, second).is_some() {
            return None;
        }
    }
    let first = if a.factor == 1.0 { a.value * b.factor } else { a.value };
    if b.value <= first
        || r.ahead(b.end - 1, 1).sign('/') && !b.share && b.factor == 1.0 && !money_slash(r, b.end)
    {
        return None;
    }
    let unit = a.share || b.share || a.factor > 1.0 || b.factor > 1.0;
    if !unit && noun(r, b.end, &b).is_none() {
        return None;
    }
    let from = if led { i - 1 } else { comparator::before(r, i).1 };
    Some((b, from))
}

fn money_slash(r: &Reading<'_>, e: usize) -> bool {
    r.ahead(e - 1, 2).kind == Kind::Word
}

/// A number in words, tokens `i..end`.
pub(super) fn spelled(r: &Reading<'_>, i: usize, end: usize, value: f64) -> Num {
    let a = Amount { value, end, share: false, factor: 1.0 };
    let (lead, from) = comparator::before(r, i);
    let share =
        r.ahead(end - 1, 1).word(const { key("phần") }) && r.ahead(end - 1, 2).word(const { key("trăm") });
    let (unit, sort, stop) = if share {
        (Unit::Share, Sort::Thing, end + 2)
    } else {
        noun(r, end, &a).unwrap_or((Unit::Borrow, Sort::Thing, end))
    };
    let count = Counted {
        comparator: comparator::after(r, stop).unwrap_or(lead),
        unit: unit.clone(),
        sort,
        of: None,
        quote: from..stop,
        context: Vec::new(),
    };
    Num { toks: i..end, class: class_of(&unit), value: Some(value), count: Some(count), why: "spelled" }
}

#[cfg(test)]
mod tests {
    use crate::claims;

    /// "value comparator unit [of]" of every claim.
    fn read(text: &str) -> String {
        claims(text)
            .iter()
            .map(|c| {
                let of = c.of.map(|o| format!(" /{o}")).unwrap_or_default();
                format!("{} {} {}{of}", c.value, c.comparator.name(), c.unit)
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn cases() {
        let bad: Vec<String> = [
            ("148.140 lượt cán bộ", "148140 exact lượt cán bộ"),
            ("có 9580 đảng viên", "9580 exact đảng viên"),
            ("đạt 98.9% và 98,9%", "98.9 exact %; 98.9 exact %"),
            ("03 tập thể", "3 exact tập thể"),
            ("hơn 20 tỷ đồng", "20000000000 at_least đồng"),
            ("1,2 triệu lượt người", "1200000 exact lượt người"),
            ("27 ngàn lượt", "27000 exact lượt"),
            ("13,15 tỷ", "13150000000 exact đồng"),
            ("1 tỷ 520 triệu đồng", "1520000000 exact đồng"),
            ("2.500.000đ", "2500000 exact đồng"),
            ("500 nghìn đồng", "500000 exact đồng"),
            ("1,2 nghìn tỷ đồng", "1200000000000 exact đồng"),
            ("35.599/35.900 đảng viên (99,16%)", "35599 exact đảng viên /35900; 99.16 exact %"),
            ("20 trong số 60 đơn vị", "20 exact đơn vị /60"),
            ("20 đơn vị trong tổng số 60 đơn vị", "20 exact đơn vị /60"),
            ("từ 85 đến 90 triệu đồng", "85000000 at_least đồng; 90000000 at_most đồng"),
            ("từ 7% -\n10%", "7 at_least %; 10 at_most %"),
            ("20 - 30 phút", "20 at_least phút; 30 at_most phút"),
            ("tăng từ 85% lên 95%", "85 exact %; 95 exact %"),
            ("năm mươi phần trăm đảng viên", "50 exact %"),
            ("50 phần trăm đảng viên", "50 exact %"),
            ("27 (hai mươi bảy) đảng viên", "27 exact đảng viên"),
            ("148\u{a0}140 lượt người", "148140 exact lượt người"),
            ("1,234 người", "1234 exact người"),
            ("1,234 tỷ đồng", "1234000000 exact đồng"),
            ("3,5 ha đất", "3.5 exact ha"),
            ("500m2 đất", "500 exact m2"),
            ("16 đ/c", "16 exact đ/c"),
            ("ti\u{ea}\u{301}p 5 đo\u{302}\u{300}ng chi\u{301}", "5 exact đo\u{302}\u{300}ng chi\u{301}"),
            ("19 “Nhà đồng đội”", "19 exact Nhà đồng đội"),
            ("10.000 USD", "10000 exact USD"),
            ("một trong ba đơn vị", "3 exact đơn vị"),
            ("một trong 3 đơn vị", "3 exact đơn vị"),
        ]
        .iter()
        .filter_map(|(text, want)| {
            let got = read(text);
            (got != *want).then(|| format!("{text:?}: got {got:?}, want {want:?}"))
        })
        .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    }
}
