//! Which claim is a part of which: brackets, `gồm`, `trong đó`, lists, footnotes.
//!
//! A part has the sort of thing its whole has and is not greater. Shares are no parts.

use super::Draft;
use crate::key::{key, keys};
use crate::layout::{ParaKind, Reading};
use crate::lex::START;
use crate::rules::count::Unit;
use crate::rules::units::Sort;

/// Fills `part_of` with indices into `drafts` (reading order).
pub(crate) fn link(r: &Reading<'_>, drafts: &mut [Draft]) {
    let open = brackets(r, drafts);
    for k in 1..drafts.len() {
        if drafts[k].unit == Unit::Share || drafts[k].part_of.is_some() {
            continue;
        }
        let parent = bracket(r, drafts, k, open[k])
            .or_else(|| trigger(r, drafts, k))
            .or_else(|| standing(r, drafts, k));
        drafts[k].part_of = parent.filter(|p| fits(&drafts[*p], &drafts[k]));
    }
    for p in 0..r.paras.len() {
        match r.paras[p].kind {
            ParaKind::Note => note(r, drafts, p),
            ParaKind::Item => {}
            _ => list(r, drafts, p),
        }
    }
    sums(r, drafts);
}

/// Parts are looked for within this many tokens behind the word that announces them.
const REACH: usize = 500;

/// The last claim before `k` that will do; looked for among the nearest only.
fn last_before(drafts: &[Draft], k: usize, fits: impl Fn(&Draft) -> bool) -> Option<usize> {
    (k.saturating_sub(80)..k).rev().find(|d| fits(&drafts[*d]))
}

/// The first claim at or behind a token.
fn first_at(drafts: &[Draft], tok: usize) -> usize {
    drafts.partition_point(|d| d.toks.start < tok)
}

fn group(sort: Sort) -> u8 {
    match sort {
        Sort::People | Sort::Body | Sort::Example => 0,
        Sort::Money => 1,
        Sort::Paper => 2,
        Sort::Prize | Sort::Contest | Sort::Award => 3,
        Sort::Model => 4,
        Sort::Media => 5,
        Sort::Gift => 6,
        Sort::Inspection | Sort::Supervision => 7,
        Sort::Meeting | Sort::Session | Sort::Site => 8,
        Sort::Case => 9,
        Sort::Plan => 10,
        Sort::Time => 11,
        Sort::Thing => 12,
    }
}

fn alike(a: &Draft, b: &Draft) -> bool {
    a.unit_text == b.unit_text
        || group(a.sort) == group(b.sort) && a.sort != Sort::Thing
        || (a.sort == Sort::Case && group(b.sort) == 0)
}

fn fits(whole: &Draft, part: &Draft) -> bool {
    whole.unit != Unit::Share
        && part.unit != Unit::Share
        && part.value <= whole.value
        && whole.sort != Sort::Time
        && part.sort != Sort::Time
        && alike(whole, part)
}

/// A bracket is looked for within this many tokens before a number.
const NEAR: usize = 80;

/// For each claim the bracket that it stands in, if one opens near before it in its paragraph.
fn brackets(r: &Reading<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut out = Vec::with_capacity(drafts.len());
    let mut open: Vec<usize> = Vec::new();
    let mut at = drafts.first().map_or(0, |d| d.toks.start.saturating_sub(NEAR));
    for d in drafts {
        for j in at..d.toks.start {
            let t = &r.t[j];
            if t.has(START) {
                open.clear();
            }
            if t.sign('(') {
                open.push(j);
            } else if t.sign(')') {
                open.pop();
            }
        }
        at = at.max(d.toks.start);
        let begins = r.t[d.toks.start].has(START);
        out.push(open.last().copied().filter(|o| !begins && d.toks.start - o <= NEAR));
    }
    out
}

/// "29 đảng viên (khiển trách 26, cảnh cáo 03)"
fn bracket(r: &Reading<'_>, drafts: &[Draft], k: usize, open: Option<usize>) -> Option<usize> {
    let open = open?;
    if r.ahead(open, 1).any(const { &keys(["mỗi", "trị", "bình", "tăng", "giảm", "đạt", "vượt", "chiếm"]) })
    {
        return None;
    }
    let parent = last_before(drafts, k, |d| d.toks.end <= open && d.unit != Unit::Share)?;
    let gap = drafts[parent].quote.end..open;
    if gap.start > gap.end || gap.len() > 9 {
        return None;
    }
    (!r.t[gap].iter().any(|t| t.sign(';') || t.sign('.'))).then_some(parent)
}

/// Where a word that announces parts stands: its first token and the token behind it.
fn announces(r: &Reading<'_>, i: usize) -> Option<usize> {
    let a = r.t[i];
    if !a.any(const { &keys(["trong", "gồm", "cụ", "chia"]) }) {
        return None;
    }
    let b = *r.ahead(i, 1);
    if a.word(const { key("trong") }) && b.word(const { key("đó") }) {
        return Some(i + 2);
    }
    if a.word(const { key("trong") })
        && b.word(const { key("số") })
        && r.ahead(i, 2).any(const { &keys(["đó", "này"]) })
    {
        return Some(i + 3);
    }
    if a.word(const { key("gồm") }) {
        return Some(i + 1);
    }
    if a.word(const { key("cụ") })
        && b.word(const { key("thể") })
        && (r.ahead(i, 2).sign(':') || r.ahead(i, 2).sign(','))
    {
        return Some(i + 2);
    }
    if a.word(const { key("chia") }) && b.any(const { &keys(["ra", "thành"]) }) {
        return Some(i + 2);
    }
    None
}

/// "22 văn bản, gồm 5 kế hoạch, …", "27 đảng viên, trong đó 10 nữ", "29 đảng viên: …"
fn trigger(r: &Reading<'_>, drafts: &[Draft], k: usize) -> Option<usize> {
    let i = drafts[k].toks.start;
    let sentence = r.sentence(i);
    // "7 mô hình trong số đó"
    let e = drafts[k].quote.end;
    if r.ahead(e - 1, 1).word(const { key("trong") })
        && r.ahead(e - 1, 2).word(const { key("số") })
        && r.ahead(e - 1, 3).any(const { &keys(["đó", "này", "ấy"]) })
    {
        let d = &drafts[k - 1];
        return (d.toks.start >= sentence.start).then_some(k - 1);
    }
    // "Trong số 32 gương ấy có 11 phụ nữ và 4 người …"
    let first = first_at(drafts, sentence.start);
    if first < k
        && drafts[first].toks.start - sentence.start <= 4
        && r.back(drafts[first].toks.start, 1).word(const { key("số") })
        && r.t[sentence.start].word(const { key("trong") })
    {
        return Some(first);
    }
    let mut depth = 0;
    let mut at = None;
    let mut j = i;
    while j > sentence.start.max(i.saturating_sub(REACH)) {
        j -= 1;
        let t = &r.t[j];
        if t.sign(')') {
            depth += 1;
        } else if t.sign('(') {
            if depth == 0 {
                return None;
            }
            depth -= 1;
        }
        if depth > 0 {
            continue;
        }
        if t.sign(';') && !semicolon_list(r, drafts, k, j) {
            return None;
        }
        if announces(r, j).is_some() {
            at = Some((j, true));
            break;
        }
        if t.sign(':') {
            at = Some((j, false));
            break;
        }
    }
    let (at, named) = at?;
    let within = last_before(drafts, k, |d| d.toks.end <= at && d.unit != Unit::Share && d.part_of.is_none());
    let parent = match within {
        Some(p) if drafts[p].toks.start >= sentence.start => p,
        // "Trong đó, …" opens a sentence: the whole stands in the one before
        Some(p) if named && at <= sentence.start + 1 && r.para(drafts[p].toks.start) == r.para(i) => {
            let s = r.sentence_index(i);
            if s == 0 || r.sentence_index(drafts[p].toks.start) + 1 != s {
                return None;
            }
            p
        }
        _ => return None,
    };
    // A verb of its own between the whole and the word makes it another matter.
    let gap = drafts[parent].quote.end..at;
    if gap.start > gap.end || gap.len() > 40 {
        return None;
    }
    if !named {
        // a colon alone needs the sum
        let parts: Vec<usize> = (parent + 1..drafts.len().min(parent + 60))
            .filter(|c| {
                drafts[*c].toks.start < sentence.end
                    && drafts[*c].toks.start > at
                    && fits(&drafts[parent], &drafts[*c])
            })
            .collect();
        let sum: f64 = parts.iter().map(|c| drafts[*c].value).sum();
        return ((sum - drafts[parent].value).abs() < 1e-6 && parts.len() > 1).then_some(parent);
    }
    Some(parent)
}

/// "Chi bộ có 24 đảng viên; nữ 19 đồng chí, dự bị 02": a standing before the number names some of
/// the people who were told just before.
fn standing(r: &Reading<'_>, drafts: &[Draft], k: usize) -> Option<usize> {
    let d = &drafts[k];
    if group(d.sort) != 0 {
        return None;
    }
    // The quote of a borrowed noun begins with the standing itself.
    let at = d.toks.start;
    let mut n = 1;
    if r.back(at, 1).any(const { &keys(["là", "có"]) }) || r.back(at, 1).sign(':') {
        n = 2;
    }
    let (a, b) = (r.back(at, n), r.back(at, n + 1));
    let named = a.any(const { &keys(["nữ", "nam"]) })
        || a.word(const { key("bị") }) && b.word(const { key("dự") })
        || a.word(const { key("thức") }) && b.word(const { key("chính") });
    let sentence = r.sentence(d.toks.start);
    let first = first_at(drafts, sentence.start).max(k.saturating_sub(6));
    // The whole is the last that is no part itself; another act between them is another matter.
    let whole = (first..k).rev().find(|w| {
        drafts[*w].part_of.is_none() && drafts[*w].unit != Unit::Share && group(drafts[*w].sort) == 0
    })?;
    (named && drafts[whole].value > d.value && d.toks.start.saturating_sub(drafts[whole].quote.end) < 30)
        .then_some(whole)
}

/// "gồm: 5 kế hoạch; 2 báo cáo; …": semicolons between parts that are alike.
fn semicolon_list(r: &Reading<'_>, drafts: &[Draft], k: usize, semicolon: usize) -> bool {
    let Some(before) = last_before(drafts, k, |d| d.toks.end <= semicolon) else { return false };
    let gap = drafts[before].quote.end..semicolon;
    gap.start <= gap.end
        && gap.len() <= 4
        && alike(&drafts[before], &drafts[k])
        && drafts[k].quote.start == semicolon + 1
        && r.t.len() > semicolon
}

/// A footnote whose mark stands behind a claim.
fn note(r: &Reading<'_>, drafts: &mut [Draft], p: usize) {
    let Some(anchor) = r.paras[p].anchor else { return };
    let range = r.paras[p].toks.clone();
    let Some(parent) = first_at(drafts, anchor).checked_sub(1) else {
        return;
    };
    let d = &drafts[parent];
    if d.unit == Unit::Share || d.toks.start < r.sentence(anchor).start || d.quote.end > anchor + 1 {
        return;
    }
    let gap = anchor.saturating_sub(d.quote.end);
    if gap > 14 || r.t[d.quote.end.min(anchor)..anchor].iter().any(|t| t.sign(';')) {
        return;
    }
    let parts: Vec<usize> = (first_at(drafts, range.start)..first_at(drafts, range.end))
        .filter(|c| {
            range.contains(&drafts[*c].toks.start)
                && drafts[*c].part_of.is_none()
                && fits(&drafts[parent], &drafts[*c])
        })
        .collect();
    let body = r.paras[p].body;
    let told = announces(r, body.min(r.t.len() - 1)).is_some()
        || r.back(body + 1, 0).word(const { key("gồm") })
        || announces(r, (body + 1).min(r.t.len() - 1)).is_some();
    let sum: f64 = parts.iter().map(|c| drafts[*c].value).sum();
    let whole = drafts[parent].value;
    let same = parts.iter().all(|c| drafts[*c].unit_text == drafts[parent].unit_text);
    if told
        || (parts.len() > 1 && (sum - whole).abs() < 1e-6)
        || (same && gap == 0 && parts.len() > 1 && sum <= whole)
    {
        for c in parts {
            drafts[c].part_of = Some(parent);
        }
    }
}

/// A paragraph that ends in a colon, and the items under it.
fn list(r: &Reading<'_>, drafts: &mut [Draft], p: usize) {
    let range = r.paras[p].toks.clone();
    if !r.t[range.clone()].last().is_some_and(|t| t.sign(':')) {
        return;
    }
    let Some(parent) =
        first_at(drafts, range.end).checked_sub(1).filter(|d| range.contains(&drafts[*d].toks.start))
    else {
        return;
    };
    if drafts[parent].unit == Unit::Share {
        return;
    }
    let mut parts = Vec::new();
    for q in p + 1..r.paras.len().min(p + 200) {
        let item = &r.paras[q];
        if item.kind != ParaKind::Item || item.lead != Some(p) {
            break;
        }
        let inside = first_at(drafts, item.toks.start)..first_at(drafts, item.toks.end);
        let first = inside.into_iter().find(|d| drafts[*d].unit != Unit::Share);
        if let Some(c) = first.filter(|c| fits(&drafts[parent], &drafts[*c]) && drafts[*c].part_of.is_none())
        {
            parts.push(c);
        }
    }
    let sum: f64 = parts.iter().map(|c| drafts[*c].value).sum();
    let told = (drafts[parent].quote.end..range.end).any(|i| announces(r, i).is_some());
    if parts.len() > 1 && (told || (sum - drafts[parent].value).abs() < 1e-6) {
        for c in parts {
            drafts[c].part_of = Some(parent);
        }
    }
}

/// "khen 12 (8 tập thể…)" is done; here: parts in the same sentence whose sum is exactly the whole.
fn sums(r: &Reading<'_>, drafts: &mut [Draft]) {
    for p in 0..drafts.len() {
        // Numbers that happen to add up are no breakdown: the whole must be called one.
        let total = (1..=5).any(|n| r.back(drafts[p].toks.start, n).any(const { &keys(["tổng", "cộng"]) }));
        if drafts[p].value < 3.0 || drafts[p].part_of.is_some() || !total {
            continue;
        }
        let s = r.sentence_index(drafts[p].toks.start);
        let run: Vec<usize> = (p + 1..drafts.len())
            .take_while(|c| r.sentence_index(drafts[*c].toks.start) == s && fits(&drafts[p], &drafts[*c]))
            .take(12)
            .collect();
        let mut sum = 0.0;
        for (n, c) in run.iter().enumerate() {
            sum += drafts[*c].value;
            if n > 0
                && (sum - drafts[p].value).abs() < 1e-6
                && run[..=n].iter().all(|c| drafts[*c].part_of.is_none())
            {
                let same = run[..=n].iter().all(|c| drafts[*c].topic == drafts[p].topic);
                if same {
                    for c in &run[..=n] {
                        drafts[*c].part_of = Some(p);
                    }
                }
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::claims;

    fn parts(text: &str) -> String {
        claims(text)
            .iter()
            .map(|c| c.part_of.map_or_else(|| "-".into(), |p| p.to_string()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn cases() {
        let bad: Vec<String> = [
            ("Ban hành 22 văn bản, gồm 15 kế hoạch, 7 báo cáo.", "- 0 0"),
            ("Kỷ luật 29 đảng viên (khiển trách 26, cảnh cáo 03).", "- 0 0"),
            ("Có 17 đảng viên: 16 chính thức và 01 dự bị.", "- 0 0"),
            ("Có 27 đảng viên, trong đó 10 nữ.", "- 0"),
            ("Có 27 đảng viên. Trong đó, có 10 đảng viên nữ.", "- 0"),
            ("Có 100% đảng viên ký, trong đó 98% thực hiện.", "- -"),
            ("Tặng 50 suất quà (mỗi suất 500.000 đồng).", "- -"),
            ("Chi bộ có 24 đảng viên; nữ 19 đồng chí, dự bị 02.", "- 0 0"),
            ("Chi bộ có 24 đảng viên, chiếm 64%; nữ: 19 đồng chí.", "- - 0"),
            ("Có 5 nữ, 7 nam.", "- -"),
            ("Kết nạp 3 nữ; Đảng bộ có nam 12 đồng chí.", "- -"),
            ("Khen 5 tập thể, 12 cá nhân.", "- -"),
            ("Khen 8 tập thể, 5 cá nhân, 3 cá nhân.", "- - -"),
            ("Tổng số 60 giải, 10 giải A, 20 giải B, 30 giải C.", "- 0 0 0"),
            ("Giảm 3 vụ, 2 người chết, 1 người bị thương.", "- - -"),
            ("Kiểm tra 5 chi bộ; giám sát 3 chi bộ.", "- -"),
            ("Có 35.599/35.900 đảng viên (99,16%) học.", "- -"),
            ("Khen 68 tổ chức³.\n\n³ Năm 2021 khen 24 tổ chức, năm 2022 khen 44 tổ chức.", "- 0 0"),
            ("Ban hành 22 văn bản³; giao Ban.\n\n³ Gồm 15 kế hoạch, 7 báo cáo.", "- 0 0"),
            ("Có 3 giải pháp³.\n\n³ Khen 1 cá nhân.", "- -"),
            ("Trao 18 giải, gồm: 01 giải Nhất, 03 giải Nhì, 05 giải Ba, 09 giải Khuyến khích.", "- 0 0 0 0"),
            ("Khen thưởng 30 lượt, cụ thể:\n- Năm 2021: 10 lượt;\n- Năm 2022: 20 lượt.", "- 0 0"),
            ("Có 23 mô hình, 7 mô hình trong số đó được nhân rộng.", "- 0"),
            ("Ủng hộ 20 tỷ đồng, trong đó doanh nghiệp 15 tỷ đồng.", "- 0"),
            ("Kết nạp 58 đảng viên, trong đó 21 nữ; khen thưởng 12 tập thể.", "- 0 -"),
        ]
        .iter()
        .filter_map(|(text, want)| {
            let got = parts(text);
            (got != *want).then(|| format!("{text:?}: got {got:?}, want {want:?}"))
        })
        .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    }
}
