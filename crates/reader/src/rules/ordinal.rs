//! The n-th of a row: terms, congresses, sessions, times, ranks: `lần thứ 13`, `khóa 12`, `đợt 2`.

use super::Class;
use crate::key::{key, keys};
use crate::layout::Reading;

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let before = r.back(i, 1);
    let small = super::day::small(r, i, 99).is_some();
    if before.word(const { key("thứ") }) {
        return Some((Class::Ordinal, i + 1));
    }
    let counted =
        || super::units::at(r, i + 1).is_some() || r.ahead(i, 1).sign('%') || r.ahead(i, 1).sign('/');
    let noun = before.any(
        const {
            &keys([
                "khóa", "lần", "đợt", "vòng", "hạng", "loại", "cấp", "bậc", "hạng", "đời", "tốp", "top",
                "mức", "kỳ", "chặng", "lượt", "nhóm",
            ])
        },
    ) || before.word(const { key("đoạn") }) && r.back(i, 2).word(const { key("giai") });
    if small && noun && !counted() && crate::numeral::multiplier(r.ahead(i, 1), r.ahead(i, 2)).is_none() {
        // "mỗi đợt 5 người" is counted and has left already; "3 cấp" stands the other way round.
        return Some((Class::Ordinal, i + 1));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("Đại hội lần thứ 13 của Đảng", "Ordinal"),
            ("thứ 2 hàng tuần", "Ordinal"),
            ("khóa 12", "Ordinal"),
            ("kỳ họp thứ 8", "Ordinal"),
            ("đợt 2 có 5 chi bộ", "Ordinal Count"),
            ("Huân chương Lao động hạng 3", "Ordinal"),
            ("dịch vụ công mức độ 4", "Name"),
            ("giai đoạn 2 của đề án", "Ordinal"),
            ("kết nối 3 cấp", "Count"),
            ("mỗi đợt 5 người", "Count"),
            ("loại 1", "Ordinal"),
            ("đứng thứ 3 toàn quốc", "Ordinal"),
        ]);
    }
}
