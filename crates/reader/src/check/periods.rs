//! Days and periods that cannot be: 31/02/2023, "giai đoạn 2025 - 2021", "05 năm (2019-2022)".

use super::{Check, Finding, Read};
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::rules::day::{small, year_at};
use domain::Message;

pub(super) fn find(read: &Read<'_>, out: &mut Vec<Finding>) {
    let r = read.r;
    for i in 0..r.t.len() {
        if !r.t[i].number() {
            continue;
        }
        if let Some(end) = impossible_day(r, i) {
            let place = read.tokens(i..end);
            let message = Message::new("reader-check-day").with("day", &place.quote);
            out.push(Finding { kind: Check::Period, message, places: vec![place] });
            continue;
        }
        let Some(from) = year_at(r, i) else { continue };
        let mut k = 2;
        if !r.ahead(i, 1).sign('-') && !r.ahead(i, 1).word(const { key("đến") }) {
            continue;
        }
        if r.ahead(i, k).word(const { key("năm") }) {
            k += 1;
        }
        let Some(to) = year_at(r, i + k).filter(|_| r.ahead(i, k).number()) else { continue };
        let lead = r.back(i, 1);
        let stage = lead.any(const { &keys(["đoạn", "kỳ", "từ", "năm", "khóa"]) }) || lead.sign('(');
        if to < from && stage {
            let place = read.tokens(i..i + k + 1);
            let message = Message::new("reader-check-period").with("period", &place.quote);
            out.push(Finding { kind: Check::Period, message, places: vec![place] });
            continue;
        }
        // "05 năm (2019-2022)": four years by count, three apart
        let mut b = 1;
        while b < 4
            && (r.back(i, b).sign('(')
                || r.back(i, b).any(const { &keys(["giai", "đoạn", "từ", "liền", "liên", "tục"]) }))
        {
            b += 1;
        }
        if r.back(i, b).word(const { key("năm") })
            && let Some(n) = i.checked_sub(b + 1).and_then(|at| small(r, at, 60))
            && r.back(i, b + 1).number()
            && i64::from(n) != i64::from(to - from) + 1
            && i64::from(n) != i64::from(to - from)
            && !r.ahead(i, k + 1).sign('/')
        {
            let place = read.tokens(i - b - 1..i + k + 1);
            let message = Message::new("reader-check-years")
                .with("period", &place.quote)
                .with("years", i64::from(to - from + 1));
            out.push(Finding { kind: Check::Period, message, places: vec![place] });
        }
    }
}

/// `31/02/2023`: written as a day, but no day. A year must follow, so that fractions stay out.
fn impossible_day(r: &Reading<'_>, i: usize) -> Option<usize> {
    let written = r.ahead(i, 1).sign('/') && r.ahead(i, 3).sign('/') && r.ahead(i, 4).number();
    if !written || r.back(i, 1).sign('/') || r.back(i, 1).word(const { key("số") }) {
        return None;
    }
    let y = year_at(r, i + 4)?;
    let n = |k: usize| r.str(i + k).parse::<u32>().ok().filter(|_| r.str(i + k).len() <= 2);
    let (d, m) = (n(0)?, n(2)?);
    domain::Day::from_ymd_opt(y, m, d).is_none().then_some(i + 5)
}

#[cfg(test)]
mod tests {
    use super::super::tests::cases;
    use crate::Check::Period;

    #[test]
    fn known_cases() {
        cases(&[
            ("ngày 31/02/2023 họp", &[Period]),
            ("ngày 28/02/2023 họp", &[]),
            ("ngày 15/13/2023 họp", &[Period]),
            ("giai đoạn 2025 - 2021", &[Period]),
            ("giai đoạn 2021 - 2025", &[]),
            ("05 năm (2019-2021) thực hiện", &[Period]),
            ("05 năm liền (2019-2023)", &[]),
            ("03 năm 2021-2023", &[]),
            ("10 năm (2011 - 2021)", &[]),
            ("Nghị định 100/2019/NĐ-CP", &[]),
        ]);
    }
}
