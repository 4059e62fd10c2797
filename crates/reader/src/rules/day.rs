//! Days and months: `15/5/2016`, `ngày 16 tháng 01 năm 2017`, `tháng 6/2023`, `quý III/2022`.

use super::Class;
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::SPACE;

pub(crate) fn small(r: &Reading<'_>, i: usize, max: u32) -> Option<u32> {
    let t = r.t.get(i).filter(|t| t.number())?;
    let s = r.str_of(t);
    (s.len() <= 2).then(|| s.parse::<u32>().ok()).flatten().filter(|n| (1..=max).contains(n))
}

/// A four-digit year at token `i`.
pub(crate) fn year_at(r: &Reading<'_>, i: usize) -> Option<i32> {
    let t = r.t.get(i).filter(|t| t.number())?;
    let s = r.str_of(t);
    (s.len() == 4).then(|| s.parse::<i32>().ok()).flatten().filter(|y| (1900..=2099).contains(y))
}

/// A whole day written with slashes, dashes or dots, from token `i`: its end and its year.
pub(crate) fn full(r: &Reading<'_>, i: usize) -> Option<(usize, i32)> {
    let s = r.str(i);
    if s.matches('.').count() == 2 {
        let mut p = s.split('.');
        let (d, m, y) = (p.next()?, p.next()?, p.next()?);
        let y: i32 = y.parse().ok().filter(|y| (1900..=2099).contains(y))?;
        let ok = d.len() <= 2
            && m.len() <= 2
            && (1..=31).contains(&d.parse().unwrap_or(0))
            && (1..=12).contains(&m.parse().unwrap_or(0));
        return ok.then_some((i + 1, y));
    }
    for sep in ['/', '-'] {
        if r.ahead(i, 1).sign(sep)
            && r.ahead(i, 3).sign(sep)
            && small(r, i, 31).is_some()
            && small(r, i + 2, 12).is_some()
            && let Some(y) = year_at(r, i + 4)
            && (sep == '/' || (!r.ahead(i, 1).has(SPACE) && !r.ahead(i, 3).has(SPACE)))
        {
            return Some((i + 5, y));
        }
    }
    None
}

const BEFORE: &[u32] = &crate::key::keys([
    "ngày", "sáng", "chiều", "tối", "trưa", "đến", "từ", "hết", "trước", "sau", "dịp", "lễ", "rằm", "mùng",
    "mồng", "hôm", "qua", "vào", "tới", "nay", "niệm", "là", "và", "nhật",
]);

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    if let Some((end, _)) = full(r, i) {
        return Some((Class::Day, end));
    }
    let before = r.back(i, 1);
    let next = r.ahead(i, 1);
    // tháng 6/2023, 6/2023, quý 3/2022
    if next.sign('/') && small(r, i, 12).is_some() && year_at(r, i + 2).is_some() && !r.ahead(i, 3).sign('/')
    {
        return Some((Class::Day, i + 3));
    }
    // tháng 6-2023
    if before.word(const { key("tháng") })
        && next.sign('-')
        && small(r, i, 12).is_some()
        && year_at(r, i + 2).is_some()
    {
        return Some((Class::Day, i + 3));
    }
    // ngày 15/5; 3/2, 27/7 and the like
    if next.sign('/') && small(r, i, 31).is_some() && small(r, i + 2, 12).is_some() {
        let led = before.any(BEFORE) || before.sign('-') && r.back(i, 2).number();
        let known = matches!(
            (r.str(i).trim_start_matches('0'), r.str(i + 2).trim_start_matches('0')),
            ("27", "7")
                | ("19", "5")
                | ("22", "12")
                | ("30", "4")
                | ("3", "2")
                | ("2", "9")
                | ("8", "3")
                | ("20", "10")
                | ("20", "11")
                | ("26", "3")
                | ("1", "5")
                | ("1", "6")
                | ("19", "8")
                | ("10", "10")
                | ("18", "11")
                | ("10", "3")
                | ("21", "6")
                | ("27", "2")
        );
        let counted = super::units::at(r, i + 3).is_some() || r.ahead(i, 3).sign('(') && !led;
        let after_name = before.sign('(') || before.sign(',');
        if !counted && (led || (known && (after_name || before.kind == crate::lex::Kind::Word))) {
            return Some((Class::Day, i + 3));
        }
    }
    // 5-6/7/2021, 15, 16/3: the first of two days
    if (next.sign('-') || next.sign(','))
        && small(r, i, 31).is_some()
        && before.any(const { &keys(["ngày", "sáng", "chiều", "hai"]) })
        && let Some(end) = small(r, i + 2, 31).and_then(|_| apply_tail(r, i + 2))
    {
        return Some((Class::Day, end));
    }
    let dayish = small(r, i, 31).is_some();
    if dayish && before.any(const { &keys(["ngày", "mùng", "mồng", "rằm"]) }) {
        return Some((Class::Day, i + 1));
    }
    // 19 tháng 5 năm 1890
    if dayish
        && next.word(const { key("tháng") })
        && small(r, i + 2, 12).is_some()
        && (r.ahead(i, 3).word(const { key("năm") }) || r.ahead(i, 3).sign('/'))
    {
        return Some((Class::Day, i + 1));
    }
    if small(r, i, 12).is_some() && before.any(const { &keys(["tháng", "quý", "quí"]) }) {
        return Some((Class::Day, i + 1));
    }
    // tháng 5, 6, 7 and tháng 5 đến tháng 9
    if small(r, i, 12).is_some()
        && super::units::at(r, i + 1).is_none()
        && !next.sign('%')
        && chained(r, i, const { key("tháng") })
    {
        return Some((Class::Day, i + 1));
    }
    // ngày 10, 11 và 12/5
    if dayish
        && chained(r, i, const { key("ngày") })
        && super::units::at(r, i + 1).is_none()
        && !next.sign('%')
    {
        let end = if next.sign('/') && small(r, i + 2, 12).is_some() { i + 3 } else { i + 1 };
        return Some((Class::Day, end));
    }
    None
}

/// Whether the number goes on a list that `head` opened: `tháng 5, 6 và 7`.
fn chained(r: &Reading<'_>, i: usize, head: u32) -> bool {
    let mut i = i;
    for _ in 0..8 {
        let before = r.back(i, 1);
        if !(before.sign(',') || before.sign('-') || before.word(const { key("và") }))
            || !r.back(i, 2).number()
        {
            return false;
        }
        if r.back(i, 3).word(head) {
            return true;
        }
        i -= 2;
    }
    false
}

fn apply_tail(r: &Reading<'_>, i: usize) -> Option<usize> {
    if let Some((end, _)) = full(r, i) {
        return Some(end);
    }
    (r.ahead(i, 1).sign('/') && small(r, i + 2, 12).is_some()).then_some(i + 3)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("ban hành ngày 15/5/2016 của Bộ Chính trị", "Day"),
            ("ngày 08 tháng 12 năm 2016", "Day Day Year"),
            ("15.5.2016", "Day"),
            ("ngày 15-5-2016", "Day"),
            ("tổ chức tháng 6/2023", "Day"),
            ("(28/5/2007 - 28/5/2022)", "Day Day"),
            ("nhân ngày 27/7, 22/12 thăm hỏi", "Day Day"),
            ("dịp 19/5 hằng năm", "Day"),
            ("sinh ngày 19 tháng 5 năm 1890", "Day Day Year"),
            ("trong tháng 5, 6 và 7", "Day Day Day"),
            ("quý 3/2022", "Day"),
            ("quý 1 đạt kết quả", "Day"),
            ("từ ngày 5-6/7/2021", "Day"),
            ("ngày 15, 16/3 họp", "Day"),
            ("mùng 3 Tết", "Day"),
            ("45/47 đảng viên", "Count"),
            ("5/7 chi bộ đạt", "Count"),
            ("đạt 3/5 chỉ tiêu", "Count"),
            ("góp 27 ngày công", "Count"),
            ("tháng 12 có 5 chi bộ", "Day Count"),
            ("Trong tháng 3, 5 chi bộ đã họp", "Day Count"),
            ("đến 30/6/2021 có 12 chi bộ", "Day Count"),
            ("kỷ niệm ngày thành lập Đảng (3/2)", "Day"),
            ("ngày 10, 11 và 12/5", "Day Day Day"),
        ]);
    }
}
