//! The catalogue: indicators as data, from TOML texts.
//!
//! ```toml
//! [[indicator]]
//! id = "inspection.organisations"
//! version = 1
//! label = { vi = "Số tổ chức đảng được kiểm tra", en = "Party organisations inspected" }
//! unit = { vi = "tổ chức đảng", en = "organisations" }
//! format = "padded"
//! topic = "inspection"
//! expr = 'count(inspection where kind = "inspection" and object = "organisation")'
//! ```
//!
//! Loading reports every problem of every file, or gives a catalogue without any. A definition may
//! change: versions of one id follow each other in time, and a reference means the version in force
//! on the same day.

mod entry;

use crate::ast::{Expr, Node};
use crate::check::{Plans, REF_BROKEN, check, check_measures};
use crate::measure::Measure;
use crate::plan::{Kind, Plan};
use crate::problem::{Problem, Span};
use crate::{Value, parse};
use domain::{Arg, Day, Lang, Message};
use entry::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The topics an indicator may have; those by which the claims of reports are sorted too.
pub const TOPICS: &[&str] = &[
    "study_conference",
    "topic_session",
    "plan_commitment",
    "document_issued",
    "inspection",
    "supervision",
    "discipline",
    "commendation",
    "model_practice",
    "contest",
    "publicity",
    "welfare_money",
    "welfare_other",
    "organisation_size",
    "rating",
    "savings",
    "other",
];

/// The most bytes of one file, the most indicators of all files together.
const MAX_FILE: usize = 1_000_000;
const MAX_INDICATORS: usize = 2_000;
/// On how many days definitions may change; the whole catalogue is checked for each.
const MAX_CHANGES: usize = 60;
/// How far indicators may build on each other; keeps the stack small.
const MAX_REFS: usize = 6;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// How a value is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `148.140`
    Count,
    /// `06`
    Padded,
    /// `20 tỷ đồng`
    Money,
    /// `98,9 %`
    Percent,
}

/// One version of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Dotted lower-case words.
    pub id: String,
    /// From 1; a later version has a later beginning.
    pub version: u32,
    /// What it is called.
    pub label: Words,
    /// What it counts: "lượt", "đảng viên".
    pub unit: Words,
    /// How its value is printed.
    pub format: Format,
    /// The expression as written.
    pub expr: String,
    /// The expression, checked.
    pub plan: Arc<Plan>,
    /// The first day the definition is in force; `None` since ever.
    pub from: Option<Day>,
    /// The last day; `None` until further notice.
    pub to: Option<Day>,
    /// What a reader should know about it.
    pub note: Option<Words>,
    /// One of [`TOPICS`].
    pub topic: Option<&'static str>,
    /// The kinds of record whose return states cover it: as written, else those of its measures.
    pub returns: Vec<&'static str>,
    /// The file it comes from.
    pub source: String,
}

impl Indicator {
    /// Whether the definition is in force on that day.
    pub fn in_force(&self, day: Day) -> bool {
        in_force(self.from, self.to, day)
    }

    /// The value as offices write it; see [`crate::print::figure`].
    pub fn print(&self, value: &Value, say: crate::print::Say) -> Result<crate::print::Printed, Message> {
        crate::print::figure(value, self.format, say)
    }
}

/// Every indicator that is known, with its versions.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    measures: Vec<&'static Measure>,
    /// By the first day on which the definitions are these; the first is [`Day::MIN`].
    slices: BTreeMap<Day, BTreeMap<String, Arc<Indicator>>>,
}

impl Catalogue {
    /// Reads catalogue files, given as (name, text): the shipped one and the office's own.
    /// Reports every problem of all of them; their places are in the file that `source` names.
    pub fn load(files: &[(&str, &str)], measures: &[&'static Measure]) -> Result<Catalogue, Vec<Problem>> {
        let mut problems: Vec<Problem> =
            check_measures(measures).into_iter().map(|m| Problem::new(Span::default(), m)).collect();
        let mut entries = Vec::new();
        for (name, text) in files {
            entry::read(name, text, measures, &mut entries, &mut problems);
        }
        if entries.len() > MAX_INDICATORS {
            let message = Message::new("figures-too-many-indicators").with("most", MAX_INDICATORS);
            problems.push(Problem::new(Span::default(), message));
            return Err(problems);
        }
        refuse_twice(&entries, &mut problems);
        let mut days = BTreeSet::from([Day::MIN]);
        for e in &entries {
            days.extend(e.from);
            days.extend(e.to.and_then(|to| to.succ_opt()));
        }
        if days.len() > MAX_CHANGES {
            let message = Message::new("figures-too-many-changes").with("most", MAX_CHANGES);
            problems.push(Problem::new(Span::default(), message));
            return Err(problems);
        }
        let mut slices = BTreeMap::new();
        for day in days {
            slices.insert(day, slice(&entries, day, measures, &mut problems));
        }
        // In the order of the files; what is wrong on several days is told once.
        problems.sort_by_cached_key(|p| (p.source.clone(), p.span.from, p.to_string()));
        problems.dedup();
        if problems.is_empty() {
            Ok(Catalogue { measures: measures.to_vec(), slices })
        } else {
            Err(problems)
        }
    }

    /// The version of an indicator that is in force on a day.
    pub fn get(&self, id: &str, day: Day) -> Option<&Arc<Indicator>> {
        self.at(day)?.get(id)
    }

    /// The indicators in force on a day, by id.
    pub fn in_force(&self, day: Day) -> impl Iterator<Item = &Arc<Indicator>> {
        self.at(day).into_iter().flat_map(BTreeMap::values)
    }

    /// Every version of every indicator, by id and version.
    pub fn all(&self) -> Vec<&Arc<Indicator>> {
        let mut all: BTreeMap<(&str, u32), &Arc<Indicator>> = BTreeMap::new();
        for indicator in self.slices.values().flat_map(BTreeMap::values) {
            all.insert((indicator.id.as_str(), indicator.version), indicator);
        }
        all.into_values().collect()
    }

    /// The measures that expressions may count.
    pub fn measures(&self) -> &[&'static Measure] {
        &self.measures
    }

    /// Reads and checks an expression against this catalogue as it stands on a day: for a
    /// question asked once, and for an indicator that is being written.
    pub fn check(&self, text: &str, day: Day) -> Result<Plan, Vec<Problem>> {
        let expr = parse(text).map_err(|p| vec![p])?;
        let plans = self.in_force(day).map(|i| (i.id.clone(), Some(Arc::clone(&i.plan)))).collect();
        check(&expr, &self.measures, &plans)
    }

    fn at(&self, day: Day) -> Option<&BTreeMap<String, Arc<Indicator>>> {
        self.slices.range(..=day).next_back().map(|(_, slice)| slice)
    }
}

fn in_force(from: Option<Day>, to: Option<Day>, day: Day) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// Two definitions of one id: of the same version, in force on one day, or in the wrong order.
fn refuse_twice(entries: &[Entry], problems: &mut Vec<Problem>) {
    let mut by_id: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for e in entries {
        by_id.entry(&e.id).or_default().push(e);
    }
    for (id, mut versions) in by_id {
        versions.sort_by_key(|e| (e.version, e.from));
        for pair in versions.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let key = if a.version == b.version {
                "figures-indicator-twice"
            } else if a.to.is_none_or(|to| b.from.is_none_or(|from| from <= to)) {
                "figures-versions-overlap"
            } else {
                continue;
            };
            let message = Message::new(key).with("id", id).with("other", &a.source);
            problems.push(b.problem(b.id_span, message.with("version", i64::from(b.version))));
        }
    }
}

/// The definitions on one day, each after those that it refers to.
fn slice(
    entries: &[Entry],
    day: Day,
    measures: &[&'static Measure],
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, Arc<Indicator>> {
    // A definition that is refused as a duplicate still is checked; the first one is referred to.
    let mut current: BTreeMap<&str, &Entry> = BTreeMap::new();
    for e in entries.iter().filter(|e| in_force(e.from, e.to, day)) {
        current.entry(&e.id).or_insert(e);
    }
    let mut build = Build {
        day,
        ids: entries.iter().map(|e| e.id.as_str()).collect(),
        plans: current.keys().map(|id| ((*id).to_owned(), None)).collect(),
        current,
        done: BTreeMap::new(),
        path: Vec::new(),
        indicators: BTreeMap::new(),
        measures,
        problems,
    };
    let ids: Vec<&str> = build.current.keys().copied().collect();
    for id in ids {
        build.indicator(id);
    }
    build.indicators
}

struct Build<'a> {
    day: Day,
    /// Those of every day.
    ids: BTreeSet<&'a str>,
    current: BTreeMap<&'a str, &'a Entry>,
    plans: Plans,
    /// How many definitions stand on each other below the one of that id.
    done: BTreeMap<&'a str, usize>,
    /// The ids that are being built, the one that began first.
    path: Vec<&'a str>,
    indicators: BTreeMap<String, Arc<Indicator>>,
    measures: &'a [&'static Measure],
    problems: &'a mut Vec<Problem>,
}

impl<'a> Build<'a> {
    /// Builds an indicator and what it refers to; gives its height over the measures.
    fn indicator(&mut self, id: &'a str) -> usize {
        if let Some(height) = self.done.get(id) {
            return *height;
        }
        let Some(entry) = self.current.get(id).copied() else { return 0 };
        // One whose expression cannot be read has its problem already.
        let Some(expr) = &entry.expr else {
            self.done.insert(id, 0);
            return 0;
        };
        self.path.push(id);
        let mut height = 0;
        let mut sound = true;
        for (to, span) in references(expr) {
            if let Some(at) = self.path.iter().position(|p| *p == to) {
                let mut circle: Vec<&str> = self.path[at..].to_vec();
                circle.push(to);
                let message = Message::new("figures-circle").with("path", circle.join(" → "));
                self.problems.push(entry.problem(entry.place(span), message));
                sound = false;
                continue;
            }
            // Deeper than allowed is not followed: the stack stays small, the problem is told.
            let follow = self.path.len() <= MAX_REFS;
            if follow && let Some((to, _)) = self.current.get_key_value(to) {
                height = height.max(self.indicator(to) + 1);
            }
            if !follow || height > MAX_REFS {
                let message = Message::new("figures-refs-deep").with("most", MAX_REFS);
                self.problems.push(entry.problem(entry.place(span), message));
                sound = false;
            }
        }
        self.path.pop();
        self.done.insert(id, height);
        match check(expr, self.measures, &self.plans) {
            Err(found) => {
                for mut problem in found.into_iter().filter(|p| p.message.key != REF_BROKEN) {
                    self.say_of_another_time(&mut problem);
                    self.problems.push(entry.expression_problem(problem));
                }
            }
            Ok(plan) if sound => {
                if let Some(problem) = unfit(entry, plan.kind()) {
                    self.problems.push(problem);
                }
                let plan = Arc::new(plan);
                self.plans.insert(id.to_owned(), Some(Arc::clone(&plan)));
                if let Some(indicator) = entry.indicator(plan) {
                    self.indicators.insert(id.to_owned(), Arc::new(indicator));
                }
            }
            Ok(_) => {}
        }
        height
    }

    /// An indicator that is unknown on this day only is no slip of the pen.
    fn say_of_another_time(&self, problem: &mut Problem) {
        if problem.message.key != "figures-unknown-indicator" {
            return;
        }
        let known = problem.message.args.iter().find_map(|(_, arg)| match arg {
            Arg::Text(id) if self.ids.contains(id.as_str()) => Some(id.clone()),
            _ => None,
        });
        if let Some(id) = known {
            let since = if self.day == Day::MIN { String::new() } else { domain::day_short(self.day) };
            let key = if since.is_empty() { "figures-not-always" } else { "figures-not-in-force" };
            problem.message = Message::new(key).with("id", id).with("day", since);
            problem.hint = Some(Box::new(Message::new("figures-give-dates")));
        }
    }
}

/// A format that cannot print what the expression gives.
fn unfit(entry: &Entry, kind: Kind) -> Option<Problem> {
    let key = match (entry.format?, kind) {
        (Format::Percent, k) if k != Kind::Percent => "figures-format-percent",
        (Format::Money, k) if k != Kind::Amount => "figures-format-money",
        (Format::Count | Format::Padded, Kind::Percent) => "figures-format-share",
        _ => return None,
    };
    Some(entry.problem(entry.format_span, Message::new(key)))
}

/// The ids that an expression refers to, with their places.
fn references(expr: &Expr) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match &expr.node {
            Node::Ref(id) => found.push((id.as_str(), expr.span)),
            Node::Leaf(_) | Node::Number(..) => {}
            Node::Without(a, b) | Node::Within(a, b) | Node::Binary(_, a, b) => open.extend([&**b, &**a]),
            Node::Previous(e) => open.push(e),
            Node::Share { part, whole, excluded } => {
                open.extend(excluded.as_deref());
                open.extend([&**whole, &**part]);
            }
        }
    }
    found
}
