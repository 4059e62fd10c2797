//! Years and runs of years: `năm 2022`, `2020 - 2025`, `2019, 2020`.

use super::Class;
use super::day::year_at;
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::SPACE;

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let before = r.back(i, 1);
    let s = r.str(i);
    if s.len() == 4
        && before.word(const { key("năm") })
        && s.parse::<u32>().is_ok_and(|y| (1000..2100).contains(&y))
    {
        return Some((Class::Year, i + 1));
    }
    if year_at(r, i).is_none() {
        // 2020-25: the second, short half
        let short = before.sign('-')
            && r.str(i).len() == 2
            && !r.t[i].has(SPACE)
            && i >= 2
            && year_at(r, i - 2).is_some();
        // "năm 98"
        return short.then_some((Class::Year, i + 1));
    }
    let led = before.any(
        const {
            &keys([
                "năm", "tháng", "quý", "kỳ", "đoạn", "khóa", "từ", "đến", "sau", "trước", "tới", "hết", "qua",
            ])
        },
    );
    let joined =
        (before.sign('-') || before.sign(',') || before.sign('/') || before.word(const { key("và") }))
            && (r.back(i, 2).number() && i >= 2 && year_at(r, i - 2).is_some()
                || r.back(i, 2).number() && before.sign('/'));
    let opens = r.ahead(i, 1).sign('-') && year_at(r, i + 2).is_some()
        || (before.sign('(') && (r.ahead(i, 1).sign(')') || r.ahead(i, 1).sign('-')));
    let counted = super::units::at(r, i + 1).is_some() || r.ahead(i, 1).sign('%') || r.ahead(i, 1).sign('/');
    let money = crate::numeral::multiplier(r.ahead(i, 1), r.ahead(i, 2)).is_some();
    if led || joined || opens || (!counted && !money) {
        return Some((Class::Year, i + 1));
    }
    None
}

/// Whether a heading of a column says nothing but a year.
pub(super) fn only_year(r: &Reading<'_>, toks: &std::ops::Range<usize>) -> bool {
    toks.clone().any(|i| year_at(r, i).is_some()) && toks.len() <= 3
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("năm 2022 có 80 đơn vị", "Year Count"),
            ("Năm 2022 và năm 2023", "Year Year"),
            ("nhiệm kỳ 2020 - 2025", "Year Year"),
            ("giai đoạn 2016-2021;", "Year Year"),
            ("trong các năm 2007, 2008.", "Year Year"),
            ("(2021)", "Year"),
            ("năm học 2021-2022", "Year Year"),
            ("giai đoạn 2021-25", "Year Year"),
            ("có 2020 đảng viên", "Count"),
            ("có 2.020 đảng viên", "Count"),
            ("năm 2022 đảng viên học", "Year"),
            ("đến 2030 hoàn thành", "Year"),
            ("Từ năm 2021 đến nay", "Year"),
            ("cuối 2019, chi bộ", "Year"),
            ("2021 tổ chức đảng đạt", "Count"),
            ("1990 triệu đồng", "Money"),
        ]);
    }
}
