//! Places left open in a form: `20....`, `số ...`, `ngày.../...`.

use super::Class;
use crate::key::keys;
use crate::layout::Reading;
use crate::lex::SPACE;

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let dots = r.ahead(i, 1);
    if dots.sign('_') {
        return Some((Class::Blank, i + 1));
    }
    if !dots.sign('…') || dots.has(SPACE) {
        return None;
    }
    let s = r.str(i);
    let open_year = matches!(s, "19" | "20" | "201" | "202");
    let led = r.back(i, 1).any(const { &keys(["năm", "tháng", "ngày", "số", "khóa"]) });
    (open_year || led).then_some((Class::Blank, i + 1))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("Trong năm 20.... chi bộ được khen", "Blank"),
            ("giai đoạn 20.... - 20....", "Blank Blank"),
            ("6 tháng đầu năm 20…..", "Span Blank"),
            ("ngày 1... tháng 5", "Blank Day"),
            ("năm 20__ có 5 chi bộ", "Blank Count"),
            ("khen 5 chi bộ...", "Count"),
            ("các xã khen thưởng 20 tập thể…", "Count"),
            ("đạt 100%...", "Share"),
        ]);
    }
}
