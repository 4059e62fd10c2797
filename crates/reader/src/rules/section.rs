//! Numbers of sections, articles, items, tables and pages: `1.`, `Điều 30`, `Phụ lục 2`, `(1)`.

use super::Class;
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::{Kind, SPACE};

/// The number that opens a heading or an item of a list.
pub(super) fn opening(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let p = &r.paras[r.para(i)];
    if i < p.body && (p.ordinal.is_some() || p.toks.start <= i) {
        return Some((Class::Section, p.body.max(i + 1)));
    }
    None
}

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let before = r.back(i, 1);
    let next = r.ahead(i, 1);
    let s = r.str(i);
    // (1) … (2) …: an enumeration inside a sentence
    if before.sign('(') && next.sign(')') && s.len() <= 2 && !s.starts_with('0') {
        let lead = r.back(i, 2);
        if lead.kind != Kind::Word && !lead.number() && lead.kind != Kind::Mark
            || lead.any(const { &keys(["và", "là", "gồm"]) })
        {
            return Some((Class::Section, i + 1));
        }
    }
    // "a: 1) … 2) …"
    if next.sign(')')
        && !next.has(SPACE)
        && s.len() <= 2
        && (before.sign(':') || before.sign(';') || before.sign(','))
    {
        return Some((Class::Section, i + 2));
    }
    let noun = before.any(
        const {
            &keys([
                "điều", "khoản", "mục", "chương", "phần", "trang", "bảng", "biểu", "mẫu", "câu", "hình",
                "tập", "bài", "quyển", "tiểu", "tr", "điểm", "ý", "dòng", "cột",
            ])
        },
    ) || before.word(const { key("lục") }) && r.back(i, 2).word(const { key("phụ") });
    let whole = !s.contains([',', '.']) || s.len() <= 4;
    if noun
        && whole
        && s.len() <= 4
        && super::units::at(r, i + 1).is_none()
        && !next.sign('%')
        && !next.sign('/')
    {
        let counted = before.any(const { &keys(["điểm", "câu", "bài", "phần"]) })
            && r.back(i, 2).any(const { &keys(["số", "tổng", "đạt"]) });
        let measured = crate::numeral::multiplier(next, r.ahead(i, 2)).is_some();
        if !counted && !measured && s.parse::<f64>().is_ok_and(|v| v < 400.0) {
            return Some((Class::Section, i + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("1. Quá trình thực hiện", "Section"),
            ("2.1. Về hạn chế", "Section"),
            ("2.2 Nguyên nhân", "Section"),
            ("3- Đánh giá chung:", "Section"),
            ("1) Công tác tuyên truyền", "Section"),
            ("theo Điều 30, Điều lệ Đảng", "Section"),
            ("khoản 2 Điều 5", "Section Section"),
            ("Phụ lục 2 kèm theo", "Section"),
            ("bao gồm: (1) học tập; (2) làm theo", "Section Section"),
            ("xem trang 15", "Section"),
            ("Bảng 3. Kết quả", "Section"),
            ("đạt 95 điểm", "Count"),
            ("mỗi chuyên đề có 02 phần gồm", "Count"),
            ("1. Chi bộ có 27 đảng viên.", "Section Count"),
            ("Mẫu 2A", "Section"),
            ("5 mục tiêu", "Count"),
            ("trả lời 20 câu hỏi", "Count"),
        ]);
    }
}
