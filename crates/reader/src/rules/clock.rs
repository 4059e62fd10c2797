//! Times of day: `7 giờ 30`, `19h`, `lúc 8 giờ`; and `24/24 giờ`, `24/7`.

use super::Class;
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::SPACE;

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let next = r.ahead(i, 1);
    let s = r.str(i);
    if s == "24" && next.sign('/') && matches!(r.ahead(i, 2).kind, crate::lex::Kind::Number) {
        let other = r.str(i + 2);
        if other == "24"
            && super::units::at(r, i + 3).is_none_or(|(_, s)| s == super::units::Sort::Time)
            && !r.ahead(i, 3).sign('(')
            || other == "7"
        {
            return Some((Class::Clock, i + 3));
        }
    }
    if super::day::small(r, i, 24).is_none() && s != "0" && s != "00" {
        return None;
    }
    let hour = next.word(const { key("giờ") }) || next.word(const { key("h") }) && !next.has(SPACE);
    if hour {
        if r.ahead(i, 2).number() && (!r.ahead(i, 2).has(SPACE) || r.ahead(i, 1).word(const { key("giờ") }))
        {
            let minutes = super::day::small(r, i + 2, 59).is_some() || r.str(i + 2) == "00";
            if minutes {
                return Some((Class::Clock, i + 3));
            }
        }
        let led = r.back(i, 1).any(
            const { &keys(["lúc", "hồi", "vào", "từ", "đến", "tới", "khoảng", "trước", "sau"]) },
        );
        let told = r
            .ahead(i, 2)
            .any(const { &keys(["sáng", "chiều", "tối", "trưa", "đêm", "ngày", "hằng", "hàng"]) })
            || r.ahead(i, 2).sign(',') && next.word(const { key("h") });
        if led || told || (next.word(const { key("h") }) && !r.ahead(i, 2).sign('/')) {
            return Some((Class::Clock, i + 2));
        }
    }
    if next.sign(':')
        && !next.has(SPACE)
        && r.ahead(i, 2).number()
        && !r.ahead(i, 2).has(SPACE)
        && r.str(i + 2).len() == 2
    {
        return Some((Class::Clock, i + 3));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("trực 24/24 giờ", "Clock"),
            ("hoạt động 24/24h", "Clock"),
            ("hỗ trợ 24/7", "Clock"),
            ("lúc 7 giờ 30 phút", "Clock"),
            ("họp lúc 19h30", "Clock"),
            ("từ 8h đến 11h", "Clock Clock"),
            ("vào 14 giờ ngày 5/6", "Clock Day"),
            ("khai mạc 08:30", "Clock"),
            ("phát sóng 60 giờ", "Count"),
            ("24/24 chi bộ đã họp", "Count"),
            ("sinh hoạt 15 phút đầu giờ", "Count"),
            ("tập huấn 8 giờ", "Count"),
        ]);
    }
}
