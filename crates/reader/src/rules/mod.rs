//! What each number of a text is. One file per kind of rule, its cases beside it.
//!
//! The rules that say "this is no count" run first, in the order of [`RULES`]; the first that
//! recognises a number settles it. What nobody recognises is a count if something is counted.

pub(crate) mod age;
pub(crate) mod blank;
pub(crate) mod borrow;
pub(crate) mod clock;
pub(crate) mod comparator;
pub(crate) mod count;
pub(crate) mod day;
pub(crate) mod name;
pub(crate) mod ordinal;
pub(crate) mod phone;
pub(crate) mod section;
pub(crate) mod span;
pub(crate) mod spelled;
pub(crate) mod symbol;
pub(crate) mod table;
pub(crate) mod units;
pub(crate) mod year;

use crate::layout::{ParaKind, Reading};
use std::ops::Range;

/// What a number in a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Counts or measures something.
    Count,
    /// A share, in per cent.
    Share,
    /// An amount of money.
    Money,
    /// A day, or a month of a year.
    Day,
    /// A year, or the years of a period.
    Year,
    /// A time of day; also "24/24 giờ".
    Clock,
    /// Part of the number and symbol of a document.
    Symbol,
    /// The number of a section, an article, an item, a page, a table.
    Section,
    /// The number of a term or congress, or any other "the n-th".
    Ordinal,
    /// How long something lasted, an anniversary, years of membership.
    Span,
    /// An age.
    Age,
    /// Part of a name: of a place, a unit, a class, a movement.
    Name,
    /// A telephone or account number.
    Phone,
    /// A place left open: "20....".
    Blank,
    /// A footnote mark.
    Mark,
    /// Nothing that a rule knows.
    Other,
}

impl Class {
    /// Whether a number of this class states a figure.
    pub fn counts(self) -> bool {
        matches!(self, Class::Count | Class::Share | Class::Money)
    }
}

/// One number with what surrounds it.
#[derive(Debug, Clone)]
pub(crate) struct Num {
    /// Its tokens, with multiplier and per cent sign, without comparator and noun.
    pub toks: Range<usize>,
    pub class: Class,
    pub value: Option<f64>,
    /// Set by [`count`] for numbers that count.
    pub count: Option<count::Counted>,
    /// The rule that settled it.
    pub why: &'static str,
}

/// Says of the number at a token what it is, and where what it recognised ends.
type Rule = fn(&Reading<'_>, usize) -> Option<(Class, usize)>;

const RULES: &[(&str, Rule)] = &[
    ("mark", mark),
    ("blank", blank::apply),
    ("section-start", section::opening),
    ("day", day::apply),
    ("clock", clock::apply),
    ("symbol", symbol::apply),
    ("phone", phone::apply),
    ("year", year::apply),
    ("age", age::apply),
    ("span", span::apply),
    ("ordinal", ordinal::apply),
    ("section", section::apply),
    ("name", name::apply),
];

fn mark(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let p = &r.paras[r.para(i)];
    if p.kind == ParaKind::Page {
        return Some((Class::Section, i + 1));
    }
    if p.kind == ParaKind::Note && i < p.body {
        return Some((Class::Mark, i + 1));
    }
    let t = &r.t[i];
    if t.has(crate::lex::START) || i == 0 || r.back(i, 1).sign('(') {
        return None;
    }
    r.mark_at(i).map(|_| (Class::Mark, i + 1))
}

/// Every number of the text, in reading order.
pub(crate) fn classify(r: &Reading<'_>) -> Vec<Num> {
    let mut out: Vec<Num> = Vec::new();
    let mut i = 0;
    // Numbers of the table at hand, in order, and the paragraph where it ends.
    let mut cells: std::collections::VecDeque<Num> = std::collections::VecDeque::new();
    let mut table_end = 0;
    while i < r.t.len() {
        if r.t[i].has(crate::lex::START) {
            let p = r.para(i);
            if p >= table_end && r.paras[p].kind == ParaKind::Row {
                table_end = table::extent(r, p);
                cells = table::apply(r, p, table_end).into();
            }
        }
        if cells.front().is_some_and(|c| c.toks.start <= i)
            && let Some(c) = cells.pop_front()
        {
            i = c.toks.end.max(i);
            out.push(c);
            continue;
        }
        if !r.t[i].number() {
            match spelled::apply(r, i) {
                Some(n) => {
                    i = n.toks.end;
                    out.push(n);
                }
                None => i += 1,
            }
            continue;
        }
        let mut next = i + 1;
        let mut found = None;
        for (name, rule) in RULES {
            if let Some((class, end)) = rule(r, i) {
                found = Some((class, *name));
                next = end.max(i + 1);
                break;
            }
        }
        match found {
            Some((class, why)) => {
                out.push(Num { toks: i..next, class, value: None, count: None, why });
            }
            None => {
                next = count::apply(r, i, &mut out);
            }
        }
        i = next;
    }
    borrow::resolve(r, &mut out);
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The classes of the numbers of a text, in order: `"Day Count"`.
    pub fn classes(text: &str) -> String {
        let r = Reading::new(text);
        classify(&r).iter().map(|n| format!("{:?}", n.class)).collect::<Vec<_>>().join(" ")
    }

    /// Checks a list of texts against the classes of their numbers.
    #[track_caller]
    pub fn check(cases: &[(&str, &str)]) {
        let bad: Vec<String> = cases
            .iter()
            .filter_map(|(text, want)| {
                let got = classes(text);
                (got != *want).then(|| format!("{text:?}: got {got:?}, want {want:?}"))
            })
            .collect();
        assert!(bad.is_empty(), "{} of {} cases:\n{}", bad.len(), cases.len(), bad.join("\n"));
    }
}
