//! Claims: every figure that a narrative text states, with its quote.

mod marks;
pub(crate) mod part;
pub(crate) mod period;
pub(crate) mod subject;
pub(crate) mod topic;

use crate::layout::{ParaKind, Reading};
use crate::lex::START;
use crate::rules::comparator::Comparator;
use crate::rules::count::Unit;
use crate::rules::units::Sort;
use crate::rules::{Class, Num};
use std::ops::Range;
use topic::Topic;

/// At most this many claims are given for one text.
pub const MAX_CLAIMS: usize = 100_000;

/// One figure that the text states.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The number and its noun, exactly as they stand in the text.
    pub quote: String,
    /// Where the quote begins, in code points.
    pub start: usize,
    /// Where the quote stands, in bytes.
    pub bytes: Range<usize>,
    /// The full number: "20 tỷ đồng" is 20000000000, "98,9%" is 98.9.
    pub value: f64,
    /// How the number stands to the truth.
    pub comparator: Comparator,
    /// The counted noun as written; "đồng" for money, "%" for shares.
    pub unit: String,
    /// The denominator of "45/47" and "20 trong số 60".
    pub of: Option<f64>,
    /// The act that the number measures.
    pub topic: Topic,
    /// Years only: "2022", "2021-2023", "2021-nay".
    pub period: Option<String>,
    /// Who, as the text says.
    pub subject: Option<String>,
    /// The claim (index) that this one is a part of.
    pub part_of: Option<usize>,
    /// The rule that read the number.
    pub why: &'static str,
    /// Whether number, noun and topic are all plain; what is not certain wants a look.
    pub certain: bool,
}

/// A claim while it is being made, in reading order.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub toks: Range<usize>,
    pub quote: Range<usize>,
    pub value: f64,
    pub comparator: Comparator,
    pub unit: Unit,
    pub unit_text: String,
    pub sort: Sort,
    pub of: Option<f64>,
    pub topic: Topic,
    pub sure: i32,
    pub period: Option<period::Years>,
    pub dated: bool,
    pub part_of: Option<usize>,
    pub why: &'static str,
    pub bare_subject: Option<String>,
    /// In a table: what surrounds the cell.
    pub context: Vec<Range<usize>>,
}

fn text_of(r: &Reading<'_>, toks: &Range<usize>) -> String {
    let mut out = String::new();
    for i in toks.clone() {
        if !out.is_empty() && r.t[i].has(crate::lex::SPACE) {
            out.push(' ');
        }
        out.push_str(r.str(i));
    }
    out
}

/// The claims of a text that was read and classified.
pub(crate) fn make(r: &Reading<'_>, nums: &[Num]) -> Vec<Claim> {
    let mut drafts = drafts(r, nums);
    govern(r, &mut drafts);
    part::link(r, &mut drafts);
    inherit(&mut drafts);
    finish(r, drafts)
}

fn drafts(r: &Reading<'_>, nums: &[Num]) -> Vec<Draft> {
    let mut out = Vec::new();
    for n in nums {
        let (Some(c), Some(value)) = (&n.count, n.value) else { continue };
        if !n.class.counts() || out.len() >= MAX_CLAIMS {
            continue;
        }
        let unit_text = match &c.unit {
            Unit::Money => "đồng".to_owned(),
            Unit::Share => "%".to_owned(),
            Unit::Noun(t) => text_of(r, t),
            Unit::Borrow => continue,
        };
        out.push(Draft {
            toks: n.toks.clone(),
            quote: c.quote.clone(),
            value,
            comparator: c.comparator,
            unit: c.unit.clone(),
            unit_text,
            sort: c.sort,
            of: c.of,
            topic: Topic::Other,
            sure: 0,
            period: None,
            dated: false,
            part_of: None,
            why: n.why,
            bare_subject: None,
            context: c.context.clone(),
        });
    }
    out
}

/// Topic, period and subject, sentence by sentence.
fn govern(r: &Reading<'_>, drafts: &mut [Draft]) {
    let defined = period::definitions(r);
    let title = period::of_title(r, &defined);
    let mut k = 0;
    // the strong time of the paragraph so far
    let mut para = usize::MAX;
    let mut time: Option<Option<period::Years>> = None;
    let mut seen = 0;
    while k < drafts.len() {
        let s = r.sentence_index(drafts[k].toks.start);
        let sentence = r.sentence(drafts[k].toks.start);
        let end =
            drafts[k..].iter().position(|d| d.toks.start >= sentence.end).map_or(drafts.len(), |n| k + n);
        let p = r.para(drafts[k].toks.start);
        if p != para {
            para = p;
            time = None;
            seen = r.sentence_index(r.paras[p].toks.start);
        }
        // sentences without claims may still set the time
        while seen < s {
            let range = r.sents[seen] as usize..r.sents[seen + 1] as usize;
            if let Some(t) = period::governing(&period::mentions(r, range, &defined)) {
                time = Some(t);
            }
            seen += 1;
        }
        let numbers: Vec<usize> = drafts[k..end].iter().map(|d| d.toks.start).collect();
        // Very long sentences (a flattened table) are looked at in windows.
        let mut window = sentence.clone();
        if window.len() > 3000 {
            window = drafts[k].toks.start.saturating_sub(400).max(sentence.start)
                ..(drafts[k].toks.start + 800).min(sentence.end);
        }
        let mut marks = topic::marks(r, window.clone());
        let mut here = period::mentions(r, window.clone(), &defined);
        let outer = outside(r, p, s, &defined);
        let mut chain = 0;
        for d in k..end {
            if drafts[d].toks.start >= window.end {
                window = drafts[d].toks.start.saturating_sub(400).max(sentence.start)
                    ..(drafts[d].toks.start + 800).min(sentence.end);
                marks = topic::marks(r, window.clone());
                here = period::mentions(r, window.clone(), &defined);
            }
            let noun_end = match &drafts[d].unit {
                Unit::Noun(n) if n.end >= drafts[d].toks.end => n.end,
                _ => drafts[d].toks.end,
            };
            let span = drafts[d].toks.start..noun_end;
            if !(d > k && joined(r, &drafts[d - 1], &drafts[d])) {
                chain = drafts[d].toks.start;
            }
            let asked = topic::Asked {
                span: span.clone(),
                chain,
                sort: drafts[d].sort,
                share: drafts[d].unit == Unit::Share,
                fraction: drafts[d].of.is_some(),
                money: drafts[d].unit == Unit::Money,
                numbers: &numbers,
                marks: &marks,
            };
            let cell = !drafts[d].context.is_empty();
            let (mut topic, mut sure) = if cell {
                topic::of_cell(r, asked.sort, asked.money, &drafts[d].context)
            } else {
                topic::decide(r, &asked)
            };
            if sure < 24
                && let Some((t, w)) = outer.topic
                && w > sure
            {
                let money = drafts[d].unit == Unit::Money;
                topic = match t {
                    Topic::WelfareOther if money => Topic::WelfareMoney,
                    _ if money && !matches!(t, Topic::Savings) => topic,
                    t => t,
                };
                sure = w;
            }
            // a list goes on: "…; duy trì 21 câu lạc bộ"
            if sure < 20 && d > k && drafts[d - 1].sure >= 20 && drafts[d].unit != Unit::Money {
                let before = drafts[d - 1].topic;
                let size_of_share = before == Topic::OrganisationSize && drafts[d].unit == Unit::Share;
                let apart = drafts[d].unit == Unit::Share
                    && r.t[drafts[d - 1].toks.end..drafts[d].toks.start].iter().any(|t| t.sign(';'));
                if drafts[d - 1].unit != Unit::Money && before != Topic::Other && !size_of_share && !apart {
                    (topic, sure) = (before, 20);
                }
            }
            // "có 24 đảng viên, chiếm 64,8%": a share of what was just told
            if d > k
                && drafts[d].unit == Unit::Share
                && sure < 60
                && share_of_before(r, &drafts[d - 1], &drafts[d])
            {
                (topic, sure) = (drafts[d - 1].topic, drafts[d - 1].sure);
            }
            // "150 bài thi, có 145 bài đạt": the noun was said in full before
            if d > k && drafts[d].unit_text == "bài" && drafts[d - 1].sort == Sort::Prize {
                (topic, sure) = (Topic::Contest, 50);
            }
            drafts[d].topic = if sure < 20 { Topic::Other } else { topic };
            drafts[d].sure = sure;
            let found = if cell {
                drafts[d].context.iter().find_map(|c| period::of_cell(r, c, &defined)).map(Some)
            } else {
                period::decide(r, &span, &window, &here, &numbers)
            };
            let standing = drafts[d].topic == Topic::OrganisationSize;
            let years = found.or(time).or(outer.time).or(title.filter(|_| !standing).map(Some));
            drafts[d].period = years.flatten();
            drafts[d].dated = years.is_some();
            drafts[d].bare_subject = subject::find(r, drafts[d].toks.start, &window);
        }
        if let Some(t) = period::governing(&here) {
            time = Some(t);
        }
        seen = seen.max(s + 1);
        k = end;
    }
}

/// "…, chiếm 64,8%", "…, bằng 60% kế hoạch", "…, tương đương 12%"
fn share_of_before(r: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    use crate::key::{key, keys};
    let p = b.quote.start;
    let mut n = 1;
    while n < 3 && r.back(p, n).any(const { &keys(["tỷ", "tỉ", "lệ", "đạt"]) }) {
        n += 1;
    }
    let says = r.back(p, n).any(const { &keys(["chiếm", "bằng"]) })
        || r.back(p, n).word(const { key("đương") }) && r.back(p, n + 1).word(const { key("tương") });
    // "…, đạt 78,6% chỉ tiêu năm"
    let e = b.quote.end - 1;
    let planned = r.back(p, 1).word(const { key("đạt") })
        && (r.ahead(e, 1).word(const { key("chỉ") }) && r.ahead(e, 2).word(const { key("tiêu") })
            || r.ahead(e, 1).word(const { key("kế") }) && r.ahead(e, 2).word(const { key("hoạch") }));
    let says = says || planned;
    // Nothing but a comma between them: else something of its own is measured.
    says && a.unit != Unit::Share && p.saturating_sub(a.quote.end) <= n + 3
}

/// Whether two claims stand in one list: "68 tổ chức, 06 đảng viên", "2 tập thể và 1 cá nhân".
fn joined(r: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    let gap = a.quote.end..b.quote.start;
    gap.start < gap.end
        && gap.len() <= 3
        && r.t[gap].iter().all(|t| {
            t.sign(',') || t.kind == crate::lex::Kind::Mark || t.word(const { crate::key::key("và") })
        })
}

struct Outer {
    topic: Option<(Topic, i32)>,
    time: Option<Option<period::Years>>,
}

/// What the surroundings of a sentence give: the sentence before, the list's lead, the footnote's
/// place, the heading, the title.
fn outside(r: &Reading<'_>, p: usize, s: usize, defined: &period::Defined) -> Outer {
    let para = &r.paras[p];
    let mut topic: Option<(Topic, i32)> = None;
    let mut time = None;
    let mut take = |t: Option<(Topic, i32)>, less: i32| {
        if let Some((t, w)) = t
            && topic.is_none_or(|(_, best)| w - less > best)
        {
            topic = Some((t, w - less));
        }
    };
    let first = r.sentence_index(para.toks.start);
    if s > first {
        let range = r.sents[s - 1] as usize..r.sents[s] as usize;
        if range.len() < 400 {
            take(topic::of_context(r, range), 22);
        }
    }
    let lead = para.lead.or_else(|| para.anchor.map(|a| r.para(a)));
    if let Some(l) = lead {
        let mut range = r.paras[l].toks.clone();
        if let Some(a) = para.anchor {
            range = r.sentence(a).start..a;
        }
        if range.len() < 600 {
            take(topic::of_context(r, range.clone()), 14);
            if para.anchor.is_none() {
                time = period::governing(&period::mentions(r, range, defined));
            }
        }
    }
    take(topic::of_heading(r, p), 0);
    if time.is_none()
        && para.kind != ParaKind::Note
        && let Some(h) = para.heading
    {
        time = period::of_heading(r, h, defined).map(Some);
    }
    Outer { topic, time }
}

/// A part has the topic and the time of its whole when it says none of its own.
fn inherit(drafts: &mut [Draft]) {
    for k in 0..drafts.len() {
        let Some(p) = drafts[k].part_of else { continue };
        if drafts[k].sure < 44 && drafts[p].sure >= drafts[k].sure - 12 {
            drafts[k].topic = drafts[p].topic;
        }
        if !drafts[k].dated {
            drafts[k].period = drafts[p].period;
        }
    }
}

/// Cuts the quotes, counts code points and puts the claims into text order.
fn finish(r: &Reading<'_>, drafts: Vec<Draft>) -> Vec<Claim> {
    let bytes = |d: &Draft| -> Range<usize> {
        // A quote may not run over a cut in the text: then the number alone is quoted.
        let whole = contiguous(r, &d.quote);
        let range = if whole { d.quote.clone() } else { d.toks.clone() };
        let range = if contiguous(r, &range) { range } else { range.start..range.start + 1 };
        r.t[range.start].start as usize..r.t[range.end - 1].end as usize
    };
    let mut order: Vec<(Range<usize>, u32, usize)> =
        drafts.iter().enumerate().map(|(k, d)| (bytes(d), r.t[d.toks.start].start, k)).collect();
    order.sort_by_key(|(b, n, k)| (b.start, *n, *k));
    let mut place = vec![0; drafts.len()];
    for (n, (_, _, k)) in order.iter().enumerate() {
        place[*k] = n;
    }
    let mut out = Vec::with_capacity(drafts.len());
    let (mut at, mut points) = (0, 0);
    for (range, _, k) in order {
        let d = &drafts[k];
        if range.start >= at {
            points += r.text[at..range.start].chars().count();
            at = range.start;
        }
        out.push(Claim {
            quote: r.text[range.clone()].to_owned(),
            start: points,
            bytes: range,
            value: d.value,
            comparator: d.comparator,
            unit: d.unit_text.clone(),
            of: d.of,
            topic: d.topic,
            period: d.period.map(period::Years::show),
            subject: d.bare_subject.clone(),
            part_of: d.part_of.map(|p| place[p]),
            why: d.why,
            certain: d.sure >= 36 && !matches!(d.unit, Unit::Borrow) && d.why != "noun-before",
        });
    }
    out
}

fn contiguous(r: &Reading<'_>, toks: &Range<usize>) -> bool {
    toks.start < toks.end
        && (toks.start + 1..toks.end).all(|i| {
            r.t[i - 1].end <= r.t[i].start && !r.t[i].has(START) && r.t[i].start - r.t[i - 1].end < 40
        })
}

/// One number of a text: what it is, and its value when it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// As it stands in the text, with multiplier and per cent sign.
    pub text: String,
    /// Where it stands, in bytes.
    pub bytes: Range<usize>,
    /// Where it stands, in code points.
    pub points: Range<usize>,
    /// What it is.
    pub class: Class,
    /// Its value, when it states a figure.
    pub value: Option<f64>,
    /// The rule that settled it.
    pub why: &'static str,
}

/// The numbers of a text that was classified, in text order.
pub(crate) fn numbers(r: &Reading<'_>, nums: &[Num]) -> Vec<Number> {
    let mut spans: Vec<(Range<usize>, &Num)> = nums
        .iter()
        .map(|n| {
            let toks = if contiguous(r, &n.toks) { n.toks.clone() } else { n.toks.start..n.toks.start + 1 };
            (r.t[toks.start].start as usize..r.t[toks.end - 1].end as usize, n)
        })
        .collect();
    spans.sort_by_key(|(b, _)| b.start);
    let (mut at, mut points) = (0, 0);
    spans
        .into_iter()
        .map(|(bytes, n)| {
            if bytes.start >= at {
                points += r.text[at..bytes.start].chars().count();
                at = bytes.start;
            }
            let text = r.text[bytes.clone()].to_owned();
            Number {
                points: points..points + text.chars().count(),
                text,
                bytes,
                class: n.class,
                value: n.value.filter(|_| n.class.counts()),
                why: n.why,
            }
        })
        .collect()
}
