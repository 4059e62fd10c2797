//! Ages and years of membership: `35 tuổi`, `18 - 35 tuổi`, `30 năm tuổi Đảng`, `Huy hiệu 40 năm`.

use super::Class;
use crate::key::{key, keys};
use crate::layout::Reading;

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let age = const { key("tuổi") };
    let next = r.ahead(i, 1);
    if next.word(age) {
        return Some((Class::Age, i + 1));
    }
    // 18 - 35 tuổi, từ 18 đến 35 tuổi
    let second = (next.sign('-') || next.any(const { &keys(["đến", "tới"]) })) && r.ahead(i, 2).number();
    if second && r.ahead(i, 3).word(age) {
        return Some((Class::Age, i + 1));
    }
    let before = r.back(i, 1);
    if before.word(age) && (next.kind != crate::lex::Kind::Word || second) {
        return Some((Class::Age, i + 1));
    }
    // Huy hiệu 30, 40, 50 năm; huy hiệu 30 năm tuổi Đảng
    for back in 1..=8 {
        let t = r.back(i, back);
        if t.any(const { &keys(["hiệu"]) }) && r.back(i, back + 1).word(const { key("huy") }) {
            return badge(r, i).then_some((Class::Age, i + 1));
        }
        if !(t.number()
            || t.sign(',')
            || t.sign('-')
            || t.any(const { &keys(["và", "năm", "đảng", "loại"]) }))
        {
            break;
        }
    }
    None
}

/// After "Huy hiệu" a bare number names the badge; "Huy hiệu 5 đồng chí" does not.
fn badge(r: &Reading<'_>, i: usize) -> bool {
    let next = r.ahead(i, 1);
    next.word(const { key("năm") }) || next.sign(',') || next.sign('-') || next.word(const { key("và") })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("đảng viên dưới 35 tuổi", "Age"),
            ("độ tuổi từ 18 đến 35 tuổi", "Age Age"),
            ("18-35 tuổi", "Age Age"),
            ("trao Huy hiệu 30, 40 năm tuổi Đảng cho 5 đồng chí", "Age Age Count"),
            ("Huy hiệu 55 năm tuổi Đảng", "Age"),
            ("đảng viên 50 năm tuổi Đảng", "Span"),
            ("cụ bà 80 tuổi", "Age"),
            ("trao 5 huy hiệu", "Count"),
            ("35 đảng viên trẻ", "Count"),
        ]);
    }
}
