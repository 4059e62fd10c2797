//! How long something lasted, anniversaries, years of membership: `trong 05 năm`, `6 tháng đầu năm`.
//!
//! The length of one activity is a figure ("15 phút", "ít nhất 3 ngày"); how long a programme,
//! a period or a life lasted is not.

use super::Class;
use crate::key::{key, keys};
use crate::layout::Reading;

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let mut next = r.ahead(i, 1);
    // 2 - 3 năm, từ 3 đến 5 năm: both ends
    let mut at = 1;
    let range = next.sign('-') || next.any(const { &keys(["đến", "tới"]) });
    let anniversaries = next.sign(',')
        && r.ahead(i, 3).word(const { key("năm") })
        && r.back(i, 1).word(const { key("niệm") });
    if (range || anniversaries) && r.ahead(i, 2).number() {
        next = r.ahead(i, 3);
        at = 3;
    }
    let after = r.ahead(i, at + 1);
    if next.any(const { &keys(["năm", "tháng", "tuần", "thập", "mùa", "quý", "đời"]) }) {
        return Some((Class::Span, i + 1));
    }
    // thế kỷ, nhiệm kỳ
    if next.word(const { key("thế") }) && after.word(const { key("kỷ") })
        || next.word(const { key("nhiệm") }) && after.word(const { key("kỳ") })
    {
        return Some((Class::Span, i + 1));
    }
    let before = r.back(i, 1);
    if next.word(const { key("ngày") }) {
        if after.word(const { key("công") }) {
            return None;
        }
        let lasting = before.any(const { &keys(["trong", "sau", "suốt", "còn", "qua", "dài", "hơn"]) })
            && !r.back(i, 2).any(const { &keys(["ít"]) });
        let kept = r.back(i, 1).word(const { key("nhất") }) || r.back(i, 1).word(const { key("thiểu") });
        return (!kept
            && (lasting
                || after.word(const { key("đêm") })
                || after.any(const { &keys(["qua", "trong", "lễ", "tết"]) })))
        .then_some((Class::Span, i + 1));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("Qua 05 năm thực hiện", "Span"),
            ("trong 03 năm 2021-2023", "Span Year Year"),
            ("6 tháng đầu năm 2023", "Span Year"),
            ("kỷ niệm 65 năm ngày Bác Hồ về thăm", "Span"),
            ("52 năm thực hiện Di chúc", "Span"),
            ("05 năm liền (2019-2023)", "Span Year Year"),
            ("từ 3 đến 5 năm", "Span Span"),
            ("sau 2-3 tháng", "Span Span"),
            ("kéo dài 2 tuần", "Span"),
            ("hơn 20 năm công tác", "Span"),
            ("suốt 12 ngày đêm", "Span"),
            ("trong 3 ngày", "Span"),
            ("trước khi sinh hoạt ít nhất 3 ngày", "Count"),
            ("huy động 120 ngày công", "Count"),
            ("sinh hoạt 15 phút đầu giờ", "Count"),
            ("mỗi lớp 2 ngày", "Count"),
            ("qua 2 nhiệm kỳ", "Span"),
            ("gần 1 thế kỷ", "Span"),
            ("5 năm, 3 chi bộ", "Span Count"),
            ("90 năm tuổi Đảng", "Span"),
        ]);
    }
}
