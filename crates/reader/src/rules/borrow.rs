//! Numbers without a noun of their own: `khiển trách 26, cảnh cáo 03`, `16 chính thức và 01 dự bị`,
//! `Tổng số đảng viên: 27`, `22 = 5 + 2 + 15`. What finds no noun counts nothing.

use super::count::Unit;
use super::units::{self, Sort};
use super::{Class, Num};
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::Kind;
use std::ops::Range;

/// A label that parts people or bodies and ends right before the number.
const LABELS: &[u32] = &keys([
    "trách", "cáo", "chức", "trừ", "nam", "nữ", "thức", "bị", "sắc", "tốt", "khá", "bình", "kém", "yếu",
    "thể", "nhân", "thiểu", "đến", "đi", "lên", "giỏi", "đạt", "vụ", "khác", "phép", "mặt", "vắng", "miễn",
    "tuổi", "ủy",
]);

/// Gives every number that waits for a noun the one of its neighbour.
pub(super) fn resolve(r: &Reading<'_>, nums: &mut [Num]) {
    for k in 0..nums.len() {
        let waits = nums[k].count.as_ref().is_some_and(|c| c.unit == Unit::Borrow);
        if !waits {
            continue;
        }
        let toks = nums[k].toks.clone();
        match noun_for(r, nums, k, &toks) {
            Some((unit, sort, from, why)) => {
                if let Some(c) = nums[k].count.as_mut() {
                    c.unit = unit;
                    c.sort = sort;
                    c.quote.start = from.min(c.quote.start);
                }
                nums[k].why = why;
                nums[k].class = match nums[k].count.as_ref().map(|c| &c.unit) {
                    Some(Unit::Money) => Class::Money,
                    Some(Unit::Share) => Class::Share,
                    _ => Class::Count,
                };
            }
            None => {
                nums[k].count = None;
                nums[k].class = Class::Other;
                nums[k].why = "bare";
            }
        }
    }
}

fn noun_for(
    r: &Reading<'_>,
    nums: &[Num],
    k: usize,
    toks: &Range<usize>,
) -> Option<(Unit, Sort, usize, &'static str)> {
    let i = toks.start;
    let sentence = r.sentence(i);
    let before = r.back(i, 1);
    let next = r.ahead(toks.end - 1, 1);
    let neighbour = || {
        nums[..k].iter().rev().take_while(|n| n.toks.start >= sentence.start).find_map(|n| {
            let c = n.count.as_ref()?;
            (c.unit != Unit::Borrow && c.unit != Unit::Share).then(|| (c.unit.clone(), c.sort))
        })
    };
    let ends = next.kind == Kind::Edge
        || next.sign(',')
        || next.sign(';')
        || next.sign('.')
        || next.sign(')')
        || next.sign('(')
        || next.sign('|')
        || next.has(crate::lex::LINE)
        || next.kind == Kind::Mark
        || next.any(const { &keys(["và", "trong", "chiếm", "đạt", "so", "tăng", "giảm"]) });
    // 5 + 2 = 7
    if before.sign('+') || before.sign('=') || next.sign('+') || next.sign('=') {
        let (unit, sort) = neighbour()?;
        return Some((unit, sort, i, "sum"));
    }
    // "16 chính thức": the noun parser took the modifier into the quote
    if nums[k].count.as_ref().is_some_and(|c| c.quote.end > toks.end) {
        let (unit, sort) = neighbour()?;
        return Some((unit, sort, i, "modifier"));
    }
    if !ends {
        return None;
    }
    // "nữ 20", "cảnh cáo 03", "nữ: 20"
    let gap = usize::from(before.sign(':')) + 1;
    let label = r.back(i, gap);
    if label.any(LABELS)
        && let Some((unit, sort)) = neighbour()
        && matches!(sort, Sort::People | Sort::Body | Sort::Example | Sort::Prize | Sort::Case | Sort::Plan)
    {
        return Some((
            unit,
            sort,
            i.saturating_sub(gap + usize::from(r.back(i, gap + 1).kind == Kind::Word)),
            "label",
        ));
    }
    // "Tổng số đảng viên: 27", "số hội viên là 120": a noun in the words before
    let mut n = gap;
    if r.back(i, n).any(const { &keys(["là", "đạt", "có", "còn", "được", "gồm"]) }) {
        n += 1;
    } else if !before.sign(':') && gap == 1 && units_end(r, i).is_none() {
        return None;
    }
    let mut best = None;
    let mut counted = false;
    for back in n..n + 12 {
        let t = r.back(i, back);
        if t.kind == Kind::Edge || t.number() || t.sign(';') || t.sign('.') || t.sign(',') {
            break;
        }
        counted |= t.word(const { key("số") });
        if let Some((len, sort)) = units::at(r, i - back)
            && len <= back
            && !(t.word(const { key("mặt") }) && r.back(i, back + 1).any(const { &keys(["có", "vắng"]) }))
        {
            best = Some((i - back..i - back + len, sort));
            if r.back(i, back + 1).word(const { key("số") }) {
                counted = true;
                break;
            }
        }
    }
    let (noun, sort) = best?;
    let told = counted || before.sign(':') || units_end(r, i).is_some();
    let from = noun.start;
    told.then_some((Unit::Noun(noun), sort, from, "noun-before"))
}

/// A counted noun that ends right before token `i`: `nữ 20`.
fn units_end(r: &Reading<'_>, i: usize) -> Option<(usize, Sort)> {
    (1..=4).rev().find_map(|n| {
        let start = i.checked_sub(n)?;
        (r.back(i, n).kind == Kind::Word).then_some(())?;
        units::at(r, start).filter(|(len, _)| *len == n).map(|(_, s)| (start, s))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("Kỷ luật 29 đảng viên (khiển trách 26, cảnh cáo 03)", "Count Count Count"),
            ("có 17 đảng viên: 16 chính thức và 01 dự bị", "Count Count Count"),
            ("Tổng số đảng viên: 27", "Count"),
            ("Số hội viên là 120.", "Count"),
            ("22 văn bản (5 + 2 + 15)", "Count Count Count Count"),
            ("kết nạp 45 đảng viên, nữ 20, nam 25", "Count Count Count"),
            ("Chi bộ họp 45.", "Other"),
            ("Mã 25 được cấp", "Other"),
            ("Có mặt: 25", "Other"),
            ("Số đảng viên có mặt: 25", "Count"),
            ("12 tập thể, 13 cá nhân", "Count Count"),
        ]);
    }
}
