//! The years a figure speaks of: from the sentence, the paragraph, the list, the heading, a
//! definition in the text (`03 năm (2021-2023)` says what `trong 03 năm` means elsewhere).

use crate::key::{key, keys};
use crate::layout::{ParaKind, Reading};
use crate::lex::Kind;
use crate::rules::day::{full, small, year_at};
use std::collections::HashMap;
use std::ops::Range;

/// A run of years; open to the present when `to` is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Years {
    pub from: i32,
    pub to: Option<i32>,
}

impl Years {
    pub fn show(self) -> String {
        match self.to {
            None => format!("{}-nay", self.from),
            Some(to) if to == self.from => to.to_string(),
            Some(to) => format!("{}-{to}", self.from),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Force {
    /// An adverb of time: governs what follows, also in later sentences of the paragraph.
    Strong,
    /// Belongs to a noun ("Chủ đề năm 2022"): governs the sentence if nothing better does.
    Weak,
    /// Says nothing of when: the date of a document, a term of office, a comparison.
    None,
}

/// A mention of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    start: usize,
    end: usize,
    /// `None`: a time that the text does not date ("trong 5 năm qua").
    years: Option<Years>,
    force: Force,
    /// An adverb that may also stand at the end: "… trong năm 2022".
    trailing: bool,
}

/// What the text defines: how many years mean which.
pub(crate) type Defined = HashMap<u32, Years>;

/// `03 năm 2021-2023`, `5 năm (2016 - 2021)`.
pub(crate) fn definitions(r: &Reading<'_>) -> Defined {
    let mut out = HashMap::new();
    for i in 0..r.t.len() {
        let Some(n) = small(r, i, 50) else { continue };
        if !r.ahead(i, 1).word(const { key("năm") }) {
            continue;
        }
        // "05 năm liền (2019-2023)" tells a merit, not the span of the report.
        let mut k = 2;
        while k < 4 && (r.ahead(i, k).sign('(') || r.ahead(i, k).sign(',')) {
            k += 1;
        }
        if r.ahead(i, k).any(const { &keys(["giai", "từ"]) }) {
            k += if r.ahead(i, k).word(const { key("từ") }) { 1 } else { 2 };
        }
        if r.ahead(i, k).word(const { key("năm") }) {
            k += 1;
        }
        if year_at(r, i + k).is_some()
            && let Some((end, years)) = run(r, i + k)
            && years.to.is_some_and(|t| t > years.from)
            && end > i
        {
            out.entry(n).or_insert(years);
        }
    }
    stages(r, &mut out);
    out
}

/// "giai đoạn 2021 - 2023" defines three years, if no other stage is as long.
fn stages(r: &Reading<'_>, out: &mut Defined) {
    let mut found: HashMap<u32, Vec<Years>> = HashMap::new();
    for i in 0..r.t.len() {
        if r.t[i].word(const { key("đoạn") })
            && r.back(i, 1).word(const { key("giai") })
            && year_at(r, i + 1).is_some()
            && let Some((_, y)) = run(r, i + 1)
            && let Some(to) = y.to
            && let Ok(n) = u32::try_from(to - y.from + 1)
        {
            let list = found.entry(n).or_default();
            if !list.contains(&y) {
                list.push(y);
            }
        }
    }
    for (n, list) in found {
        if let [one] = list[..] {
            out.entry(n).or_insert(one);
        }
    }
}

/// A run of years that begins with the year at token `i`: `2021`, `2021 - 2023`, `2009, 2010`,
/// `2021 đến năm 2023`, `2021 đến nay`.
fn run(r: &Reading<'_>, i: usize) -> Option<(usize, Years)> {
    let from = year_at(r, i)?;
    let mut to = Some(from);
    let mut end = i + 1;
    loop {
        let mut k = 1;
        let sep = *r.ahead(end - 1, 1);
        let joint = sep.sign('-') || sep.any(const { &keys(["đến", "tới"]) });
        let list = sep.sign(',') || sep.any(const { &keys(["và"]) }) || sep.sign('/');
        if !joint && !list {
            break;
        }
        k += 1;
        while r.ahead(end - 1, k).any(const { &keys(["năm", "hết", "cuối", "đầu", "nay", "tháng", "giữa"]) })
            || (joint
                && r.ahead(end - 1, k).number()
                && r.ahead(end - 1, k + 1).sign('/')
                && !r.ahead(end - 1, k + 2).sign('/'))
            || (joint && r.ahead(end - 1, k).sign('/'))
        {
            if r.ahead(end - 1, k).word(const { key("nay") }) {
                return joint.then_some((end + k, Years { from, to: None }));
            }
            k += 1;
            if k > 7 {
                break;
            }
        }
        let at = end - 1 + k;
        if let Some(y) = year_at(r, at).filter(|_| r.ahead(end - 1, k).number()) {
            if y < from || y > from + 60 {
                break;
            }
            // "năm 2021, 2022 và 2023" is a list, "năm 2021, năm 2023 có" may be two clauses
            to = Some(y.max(to.unwrap_or(y)));
            end = at + 1;
            continue;
        }
        let short = r.ahead(end - 1, 2);
        if joint && sep.sign('-') && short.number() && r.str_of(short).len() == 2 && end == i + 1 {
            let y: i32 = from / 100 * 100 + r.str_of(short).parse::<i32>().unwrap_or(0);
            if y > from {
                to = Some(y);
                end += 2;
            }
        }
        break;
    }
    Some((end, Years { from, to }))
}

/// The mentions of time in a run of tokens.
pub(crate) fn mentions(r: &Reading<'_>, range: Range<usize>, defined: &Defined) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let mut i = range.start;
    let mut quoted = 0_i32;
    while i < range.end {
        let t = r.t[i];
        if t.sign('“') {
            quoted += 1;
        } else if t.sign('”') {
            quoted -= 1;
        }
        if !t.number() {
            i += 1;
            continue;
        }
        if let Some((end, y)) = full(r, i) {
            let mut years = Years { from: y, to: Some(y) };
            let mut stop = end;
            // 01/01/2021 - 31/12/2023
            let sep = *r.ahead(end - 1, 1);
            let joint = sep.sign('-') || sep.any(const { &keys(["đến", "tới"]) });
            let skip = usize::from(r.ahead(end - 1, 2).any(const { &keys(["ngày", "hết"]) }));
            if joint
                && r.ahead(end - 1, 2 + skip).number()
                && let Some((end2, y2)) = full(r, end + 1 + skip)
                && y2 >= y
            {
                years.to = Some(y2);
                stop = end2;
            } else if joint && r.ahead(end - 1, 2).word(const { key("nay") }) {
                years.to = None;
                stop = end + 2;
            }
            let force = if document_day(r, i, range.start) || quoted > 0 {
                Force::None
            } else {
                time_force(r, i, Force::Weak)
            };
            out.push(Mention { start: i, end: stop, years: Some(years), force, trailing: true });
            i = stop;
            continue;
        }
        // 6/2023
        let month_year = r.ahead(i, 1).sign('/') && small(r, i, 12).is_some() && year_at(r, i + 2).is_some();
        let at = if month_year { i + 2 } else { i };
        if let Some((end, mut years)) = run(r, at) {
            if i > 0 && r.back(i, 1).number() && !month_year {
                i += 1;
                continue;
            }
            let mut start = i;
            // step back over "từ đầu năm", "6 tháng đầu năm", "quý I năm"
            while start > range.start
                && r.t[start - 1].any(
                    const {
                        &keys(["năm", "tháng", "quý", "đầu", "cuối", "các", "giữa", "hết", "học"])
                    },
                )
            {
                start -= 1;
            }
            while start > range.start
                && (r.t[start - 1].number()
                    || r.t[start - 1].any(const { &keys(["tháng", "ngày", "quý", "i", "ii", "iii", "iv"]) }))
                && small(r, start - 1, 31).is_some() | (r.t[start - 1].kind == Kind::Word)
            {
                start -= 1;
            }
            let since = start > range.start && r.t[start - 1].word(const { key("từ") });
            if since
                && years.to == Some(years.from)
                && !r.ahead(end - 1, 1).any(const { &keys(["đến", "tới", "lên"]) })
                && !month_year
            {
                years.to = None;
            }
            if since
                && r.ahead(end - 1, 1).any(const { &keys(["đến", "tới"]) })
                && r.ahead(end - 1, 2).word(const { key("nay") })
            {
                years.to = None;
            }
            let dated = r.t[start..i].iter().any(|t| t.any(const { &keys(["ngày", "tháng"]) }));
            let force = if dated && document_day(r, start, range.start) {
                Force::None
            } else {
                force_of(r, start, end, quoted)
            };
            let lead = r.back(start, 1);
            let trailing = lead.any(const { &keys(["trong", "từ", "giai", "tính", "đến", "vào"]) })
                || r.t[start].word(const { key("năm") })
                || lead.sign('(')
                || r.back(start, 2).word(const { key("trong") });
            out.push(Mention { start, end, years: Some(years), force, trailing });
            i = end;
            continue;
        }
        // trong 03 năm
        if let Some(n) = small(r, i, 50)
            && r.ahead(i, 1).word(const { key("năm") })
            && r.back(i, 1).any(const { &keys(["trong", "qua", "sau", "gần", "hơn", "kết"]) })
            && !(r.ahead(i, 2).word(const { key("liền") }) || r.ahead(i, 2).word(const { key("liên") }))
            && !year_soon(r, i)
        {
            let force =
                if r.back(i, 1).any(const { &keys(["trong", "qua"]) }) { Force::Strong } else { Force::None };
            out.push(Mention {
                start: i - 1,
                end: i + 2,
                years: defined.get(&n).copied(),
                force,
                trailing: true,
            });
        }
        i += 1;
    }
    out
}

/// Whether years follow "03 năm" at once and say the time themselves.
fn year_soon(r: &Reading<'_>, i: usize) -> bool {
    (2..=5).any(|n| r.ahead(i, n).number() && year_at(r, i + n).is_some())
        && (2..5).all(|n| {
            let t = r.ahead(i, n);
            t.kind != Kind::Word || t.any(const { &keys(["giai", "đoạn", "từ", "năm"]) })
        })
}

fn time_force(r: &Reading<'_>, start: usize, otherwise: Force) -> Force {
    let b = r.back(start, 1);
    let b = if b.any(const { &keys(["ngày", "tháng"]) }) { r.back(start, 2) } else { b };
    if b.any(const { &keys(["đến", "từ", "hết", "tính", "tới"]) }) {
        Force::Strong
    } else {
        otherwise
    }
}

/// A day that dates a document: "Kế hoạch số 46-KH/HU, ngày 08/12/2016".
fn document_day(r: &Reading<'_>, i: usize, floor: usize) -> bool {
    let mut n = 1;
    while n < 10 && i > floor + n {
        let t = r.back(i, n);
        if t.kind == Kind::Edge || t.sign(';') {
            return false;
        }
        if t.sign('/') && r.back(i, n - 1).kind == Kind::Word && n > 1
            || t.sign('-') && r.back(i, n - 1).has(crate::lex::CAPS) && n > 1
            || t.any(const { &keys(["niệm", "sinh"]) })
        {
            return true;
        }
        n += 1;
    }
    false
}

fn force_of(r: &Reading<'_>, start: usize, end: usize, quoted: i32) -> Force {
    let b = *r.back(start, 1);
    let bb = *r.back(start, 2);
    let pair = |x: u32, y: u32| bb.word(x) && b.word(y);
    if quoted > 0 {
        return Force::None;
    }
    // a life or a body, not the act: sinh năm 1965, vào Đảng năm 1990, thành lập năm 1975
    if b.any(const { &keys(["sinh", "lập", "mất"]) })
        || bb.word(const { key("vào") }) && b.word(const { key("đảng") })
    {
        return Force::None;
    }
    // so với năm 2022, cùng kỳ năm 2022
    if pair(const { key("so") }, const { key("với") }) || pair(const { key("cùng") }, const { key("kỳ") })
    {
        return Force::None;
    }
    let term = pair(const { key("nhiệm") }, const { key("kỳ") });
    let stage = pair(const { key("giai") }, const { key("đoạn") });
    let school = pair(const { key("năm") }, const { key("học") })
        || r.t[start].word(const { key("năm") }) && r.ahead(start, 1).word(const { key("học") });
    if term || stage {
        let c = *r.back(start, 3);
        let leads = c.kind == Kind::Edge
            || c.sign('.')
            || c.sign(';')
            || c.sign(':')
            || c.any(const { &keys(["trong", "qua", "từ"]) })
            || c.sign(',') && stage;
        let comma = r.ahead(end - 1, 1).sign(',');
        return if leads && (c.any(const { &keys(["trong", "qua", "từ"]) }) || comma || stage) {
            Force::Strong
        } else if term {
            Force::None
        } else {
            Force::Weak
        };
    }
    if school {
        return Force::Strong;
    }
    // "05 năm liền (2019-2023)"
    if b.sign('(') && (bb.word(const { key("liền") }) || bb.word(const { key("tục") })) {
        return Force::None;
    }
    let adverb = b.kind == Kind::Edge
        || b.sign(',')
        || b.sign(';')
        || b.sign(':')
        || b.sign('(')
        || b.sign('.')
        || b.sign('-')
        || b.any(
            const {
                &keys([
                    "trong", "từ", "đến", "tới", "qua", "riêng", "tính", "hết", "cuối", "đầu", "vào", "và",
                    "còn", "sau", "ước",
                ])
            },
        )
        || bb.word(const { key("trong") }) && b.word(const { key("các") })
        || pair(const { key("đến") }, const { key("nay") });
    // "03 năm 2021-2023"
    let span =
        b.word(const { key("năm") }) && bb.number() || r.t[start].word(const { key("năm") }) && b.number();
    if adverb || span { Force::Strong } else { Force::Weak }
}

/// The period of the claim whose number and noun are `span`.
pub(crate) fn decide(
    r: &Reading<'_>,
    span: &Range<usize>,
    sentence: &Range<usize>,
    here: &[Mention],
    numbers: &[usize],
) -> Option<Option<Years>> {
    let (p, e) = (span.start, span.end);
    // right behind the noun, in the same clause: "24 tổ chức năm 2021", "12 mô hình (năm 2023)"
    for m in here.iter().filter(|m| m.start >= e && m.start - e <= 9 && m.years.is_some()) {
        let gap = &r.t[e..m.start];
        let cut = gap.iter().any(|t| t.sign(',') || t.sign(';') || t.sign(':') || t.sign(')'));
        let other = between(numbers, e, m.start);
        if cut || other {
            break;
        }
        let close = m.start - e <= 2 || m.trailing && m.force != Force::None && gap.len() <= 9;
        if m.force != Force::None && close && m.trailing {
            // "… năm 2021 khen 24 tổ chức, năm 2022 khen 21": a comma stands between, so this is ours
            return Some(m.years);
        }
    }
    let left: Vec<&Mention> = here.iter().filter(|m| m.end <= p).collect();
    let strong = left.iter().rev().find(|m| m.force == Force::Strong);
    let weak = left.iter().rev().find(|m| m.force == Force::Weak);
    match (strong, weak) {
        (Some(s), Some(w)) if w.start > s.start && r.ahead(w.end - 1, 1).sign(',') && w.years.is_some() => {
            return Some(w.years);
        }
        (Some(s), _) => return Some(s.years),
        (None, Some(w)) => return Some(w.years),
        (None, None) => {}
    }
    // at the end of the sentence: "… trong năm 2022."
    let after: Vec<&Mention> =
        here.iter().filter(|m| m.start >= e && m.force == Force::Strong && m.trailing).collect();
    if let [m] = after.as_slice()
        && !r.t[e..m.start].iter().any(|t| t.sign(';'))
        && !between(numbers, m.end, sentence.end)
    {
        return Some(m.years);
    }
    None
}

/// Whether one of the numbers (ascending) stands in `from..to`.
fn between(numbers: &[usize], from: usize, to: usize) -> bool {
    numbers.get(numbers.partition_point(|n| *n < from)).is_some_and(|n| *n < to)
}

/// The time that governs what follows a run of tokens: its last strong mention.
pub(crate) fn governing(here: &[Mention]) -> Option<Option<Years>> {
    here.iter().rev().find(|m| m.force == Force::Strong).map(|m| m.years)
}

/// The year that the title of a report names: "BÁO CÁO … năm 2023", "… 6 tháng đầu năm 2024".
pub(crate) fn of_title(r: &Reading<'_>, defined: &Defined) -> Option<Years> {
    const KINDS: &[u32] = &keys(["cáo", "biểu", "bảng", "kết", "lục"]);
    let mut report = false;
    for p in r.paras.iter().take(14) {
        let ended = r.t[p.toks.clone()].last().is_some_and(|t| t.sign('.') || t.sign(':') || t.sign(';'));
        if p.toks.len() > 60
            || ended
            || p.ordinal.is_some()
            || p.kind == ParaKind::Item
            || p.kind == ParaKind::Row
        {
            break;
        }
        let first = &r.t[p.toks.start..(p.toks.start + 2).min(p.toks.end)];
        report |= first.iter().any(|t| t.any(KINDS) && t.has(crate::lex::UPPER));
        if !report {
            continue;
        }
        let m = mentions(r, p.toks.clone(), defined);
        // Only the year of the work itself, not of a directive or a term of office.
        if let [m] = m.as_slice()
            && m.force != Force::None
            && r.t[m.start..m.end].iter().any(|t| t.any(const { &keys(["năm", "quý", "tháng"]) }))
        {
            return m.years;
        }
    }
    None
}

/// The years that a cell or a caption names, when it names just one time.
pub(crate) fn of_cell(r: &Reading<'_>, toks: &Range<usize>, defined: &Defined) -> Option<Years> {
    let m = mentions(r, toks.clone(), defined);
    let mut years = m.iter().filter_map(|m| m.years);
    let first = years.next()?;
    years.all(|y| y == first).then_some(first)
}

/// The years of a heading or a title, when it names just one time.
pub(crate) fn of_heading(r: &Reading<'_>, para: usize, defined: &Defined) -> Option<Years> {
    let p = &r.paras[para];
    if p.kind == ParaKind::Page {
        return None;
    }
    let m = mentions(r, p.body.max(p.toks.start)..p.toks.end, defined);
    let mut years = m.iter().filter(|m| m.force != Force::None).filter_map(|m| m.years);
    let first = years.next()?;
    years.all(|y| y == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::claims;

    fn periods(text: &str) -> String {
        claims(text)
            .iter()
            .map(|c| c.period.clone().unwrap_or_else(|| "-".into()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn cases() {
        let bad: Vec<String> = [
            ("Năm 2022, chi bộ có 5 mô hình.", "2022"),
            ("Từ năm 2021 - 2024, tổ chức 4 hội nghị.", "2021-2024"),
            ("Từ năm 2021 đến nay, có 71 đơn vị đăng ký.", "2021-nay"),
            ("Từ năm 2016 đến năm 2020, khen 12 tập thể.", "2016-2020"),
            ("Giai đoạn 2016 - 2021, ban hành 9 kế hoạch.", "2016-2021"),
            ("Năm 2009, 2010 xây 02 căn nhà.", "2009-2010"),
            ("Năm 2022 và năm 2023 có 80 đơn vị sinh hoạt.", "2022-2023"),
            ("Trong 03 năm (2021-2023) kiểm tra 4 chi bộ.", "2021-2023"),
            ("Báo cáo 03 năm 2021-2023. Trong 3 năm, có 72 mô hình.", "2021-2023"),
            ("Trong 5 năm qua, biểu dương 3 đồng chí.", "-"),
            ("Đến 30/6/2021, có 12 chi bộ.", "2021"),
            ("6 tháng đầu năm 2023, khen 5 cá nhân.", "2023"),
            ("Quý I năm 2022, họp 3 buổi.", "2022"),
            ("Khen 24 tổ chức năm 2021, 21 tổ chức năm 2022.", "2021 2022"),
            ("Năm 2021 khen 24 tổ chức, năm 2022 khen 21 tổ chức.", "2021 2022"),
            ("Xây dựng 12 mô hình (năm 2023).", "2023"),
            ("Kiểm tra 5 chi bộ, giám sát 3 chi bộ trong năm 2022.", "2022 2022"),
            ("Thực hiện Kế hoạch số 46-KH/HU, ngày 08/12/2016, có 5 chi bộ.", "-"),
            ("Thực hiện Kế hoạch số 46-KH/HU, ngày 08 tháng 12 năm 2016, có 5 chi bộ.", "-"),
            ("Nghị quyết Đại hội nhiệm kỳ 2020 - 2025 đề ra 12 chỉ tiêu.", "-"),
            ("So với năm 2022, tăng 5 mô hình.", "-"),
            ("Chi bộ có 5 mô hình.", "-"),
            ("Ông A (sinh năm 1965, vào Đảng năm 1990) hiến 200 m2 đất.", "-"),
            ("Năm 2022, đã họp. Chi bộ có 5 mô hình.", "2022"),
            ("Năm 2022, đã họp.\n\nChi bộ có 5 mô hình.", "-"),
            ("Năm 2022, chi bộ đã:\n- Khen 5 cá nhân;\n- Giúp 3 hộ.", "2022 2022"),
            ("Năm học 2021-2022, có 12 lớp.", "2021-2022"),
            ("Nhiệm kỳ 2015-2020, kiểm tra 4 chi bộ.", "2015-2020"),
            ("Hội thi được tổ chức năm 2021, với 70 đồng chí dự thi.", "2021"),
            ("Tại Hội nghị quán triệt Chủ đề năm 2022, có 132 điểm cầu.", "2022"),
            ("Tháng 6/2023, tuyên dương 30 điển hình.", "2023"),
            ("Khen 6 đảng viên hoàn thành xuất sắc 05 năm liền (2019-2023); đề nghị khen 13 tập thể.", "- -"),
            ("Từ năm 2018, vận động được 126 triệu đồng.", "2018-nay"),
            ("Giai đoạn 2021 - 2023 đã kết thúc. Trong 3 năm, có 46 mô hình.", "2021-2023"),
            ("Tham gia “Hành trình năm 2021” có 2 đồng chí.", "-"),
            ("năm 2008 xây 39 căn nhà; năm 2009 xây 2 căn nhà", "2008 2009"),
            ("BÁO CÁO\nCông tác năm 2023\n\nĐã khen 5 cá nhân.", "2023"),
            ("Tính đến tháng 12/2022, đã vận động 5 tỷ đồng.", "2022"),
        ]
        .iter()
        .filter_map(|(text, want)| {
            let got = periods(text);
            (got != *want).then(|| format!("{text:?}: got {got:?}, want {want:?}"))
        })
        .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    }
}
