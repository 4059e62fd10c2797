//! The figures beside a text: what the template says under the same heading and what was searched
//! for, each with its source, its coverage, and what it was the last time.

use crate::figure::{App, Figure};
use crate::report::fill::as_node;
use crate::report::{Asked, Made, UNKNOWN, say};
use document::model;
use document::template::{FigureHole, Format, PeriodSpec, token};
use domain::text::fold;
use domain::{Day, Message, Period, number};
use figures::{Indicator, Value};
use shell::{Result, Visit};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Tx, params};

/// More figures found by their words than anybody reads.
const MOST_FOUND: usize = 20;

/// The report before: the last one issued from the template for an earlier period, or, when none
/// was, the period of the same length just before.
pub(super) struct Before {
    /// What it spoke of.
    pub period: Period,
    /// Its number; empty when none was issued.
    pub symbol: String,
    day: Day,
    start: Option<Day>,
    /// Indicator, selection and days; exact value and words.
    issued: HashMap<(String, String, Day, Day), (String, String)>,
}

impl Before {
    pub(super) async fn of(tx: &mut Tx, asked: &Asked, template: &str) -> store::Result<Before> {
        let last = tx
            .first(
                "SELECT id, symbol, day, from_day, to_day FROM report WHERE unit = $1 AND template = $2 AND to_day < $3
                 ORDER BY to_day DESC, day DESC, id DESC LIMIT 1",
                params![&asked.unit.id, template, asked.period.to()],
            )
            .await?;
        let mut before = Before {
            period: asked.period.previous(),
            symbol: String::new(),
            day: asked.day,
            start: None,
            issued: HashMap::new(),
        };
        if let Some(row) = last {
            before.symbol = row.words("symbol")?;
            before.day = row.day("day")?;
            if let Ok(period) = Period::new(row.day("from_day")?, row.day("to_day")?) {
                before.period = period;
            }
            let rows = tx
                .query(
                    "SELECT indicator, selection, from_day, to_day, value, shown FROM report_figure WHERE report = $1 AND unit = $2",
                    params![row.text("id")?, &asked.unit.code],
                )
                .await?;
            for row in &rows {
                let key =
                    (row.words("indicator")?, row.words("selection")?, row.day("from_day")?, row.day("to_day")?);
                before.issued.insert(key, (row.words("value")?, row.words("shown")?));
            }
        }
        before.start = crate::programme::start(tx, before.day).await?;
        Ok(before)
    }
}

/// A figure beside a text.
#[derive(Clone)]
pub(super) struct Line {
    pub hole: FigureHole,
    pub label: String,
    pub shown: String,
    pub href: String,
    /// The class and the words of its coverage; nothing where nobody is asked.
    pub badge: Option<(&'static str, String)>,
    /// What it was; empty when that is not known.
    pub before: String,
    pub difference: String,
    pub token: String,
    /// Above and below the line.
    pub parts: Option<(i128, i128)>,
}

/// The figures of a filled report by the question that a template or a writer asks.
pub(super) struct Lookup<'a> {
    pub made: &'a Made,
    pub asked: &'a Asked,
    pub start: Option<Day>,
}

impl Lookup<'_> {
    pub(super) fn figure(&self, hole: &FigureHole) -> Option<&Figure> {
        let period = hole.period.resolve(self.asked.period, self.start)?;
        let key = format!("{}|{}|{period}|{}", hole.indicator, self.asked.unit.code, hole.selection);
        self.made.figures.get(&key)
    }

    /// As the document keeps it.
    pub(super) fn node(&self, hole: &FigureHole) -> Option<model::Figure> {
        Some(as_node(self.figure(hole)?, &hole.selection, hole.format, "", self.asked.day))
    }
}

/// The indicators whose words or id hold all that was typed.
pub(super) fn found(visit: &Visit, app: &App, words: &str, day: Day) -> Vec<FigureHole> {
    let wanted: Vec<String> = fold(words).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let fits = |i: &&Arc<Indicator>| {
        let said = format!("{} {}", fold(i.label.get(visit.lang())), i.id);
        wanted.iter().all(|w| said.contains(w.as_str()))
    };
    let hole = |i: &Arc<Indicator>| FigureHole {
        indicator: i.id.clone(),
        period: PeriodSpec::Report,
        selection: String::new(),
        format: Format::default(),
    };
    app.book.catalogue.in_force(day).filter(fits).take(MOST_FOUND).map(hole).collect()
}

/// The lines of figures, in their order; one that cannot be asked for is left out.
pub(super) async fn lines(
    visit: &Visit,
    tx: &mut Tx,
    lookup: &Lookup<'_>,
    before: &Before,
    holes: &[FigureHole],
) -> Result<Vec<Line>> {
    let app = App::of(visit)?;
    let asked = lookup.asked;
    // What the filled report does not hold is counted together, and so is what was before.
    let (mut new, mut old) = (Vec::new(), Vec::new());
    let mut plan = Vec::new();
    for hole in holes {
        let Ok(indicator) = crate::figure::selected(&app.book, &hole.indicator, &hole.selection, asked.day) else {
            continue;
        };
        let Some(period) = hole.period.resolve(asked.period, lookup.start) else { continue };
        let then = hole.period.resolve(before.period, before.start);
        let issued = then.and_then(|p| {
            let key = (hole.indicator.clone(), hole.selection.clone(), p.from(), p.to());
            before.issued.get(&key).cloned()
        });
        if lookup.figure(hole).is_none() {
            new.push((Arc::clone(&indicator), period));
        }
        // A fixed period has no time before.
        let asks = issued.is_none() && then.is_some_and(|p| p != period);
        if let (true, Some(then)) = (asks, then) {
            old.push((Arc::clone(&indicator), then));
        }
        plan.push((hole, issued, asks));
    }
    let mut new = app.figures(tx, &asked.unit, &new, asked.day).await?.into_iter();
    let mut old = app.figures(tx, &asked.unit, &old, before.day).await?.into_iter();
    let mut lines = Vec::with_capacity(plan.len());
    for (hole, issued, asks) in plan {
        let fresh = if lookup.figure(hole).is_none() { new.next() } else { None };
        let then = if asks { old.next() } else { None };
        let Some(figure) = lookup.figure(hole).or(fresh.as_deref()) else { continue };
        let node = as_node(figure, &hole.selection, hole.format, "", asked.day);
        let was = issued.or_else(|| {
            let then = then?;
            let shown = say(&then.indicator, &then.value, Format::default())?;
            Some((then.exact(), shown))
        });
        let (was_value, was_shown) = was.unwrap_or_default();
        let label = figure.indicator.label.get(visit.lang());
        lines.push(Line {
            label: match hole.period {
                PeriodSpec::Report => label.to_owned(),
                _ => format!("{label} ({})", figure.period),
            },
            difference: difference(visit, figure, &was_value),
            before: if was_shown == UNKNOWN { String::new() } else { was_shown },
            badge: badge(visit, figure),
            token: token(hole),
            parts: figure.value.parts(),
            shown: node.shown,
            href: node.link,
            hole: hole.clone(),
        });
    }
    Ok(lines)
}

fn badge(visit: &Visit, figure: &Figure) -> Option<(&'static str, String)> {
    let c = &figure.coverage;
    if c.total() == 0 {
        return None;
    }
    let class = match (c.is_whole(), c.complete.is_empty() && c.partial.is_empty()) {
        (true, _) => "complete",
        (_, true) => "none",
        _ => "partial",
    };
    let words = Message::new("report-beside-coverage").with("complete", c.complete.len()).with("total", c.total());
    Some((class, visit.tr(&words)))
}

/// How a figure differs from an exact value: in its own unit; shares in points of a hundred.
fn difference(visit: &Visit, now: &Figure, was: &str) -> String {
    let (Some(was), Some((num, den))) = (parts(was), now.value.parts()) else { return String::new() };
    if was == (num, den) {
        return visit.text("report-beside-same");
    }
    let signed = |more: bool, words: String| format!("{}{words}", if more { "+" } else { "−" });
    if was.1 == 1 && den == 1 && now.indicator.format != figures::Format::Percent {
        let difference = num - was.0;
        let size = i128::try_from(difference.unsigned_abs()).map(Value::Int);
        let words = size.ok().and_then(|v| say(&now.indicator, &v, Format::default()));
        return words.map(|w| signed(difference > 0, w)).unwrap_or_default();
    }
    let tenths = |(num, den): (i128, i128)| num.checked_mul(1000).and_then(|n| i64::try_from(n / den).ok());
    let (Some(a), Some(b)) = (tenths((num, den)), tenths(was)) else { return String::new() };
    let points = number::decimal((a - b).abs(), 10, 1);
    signed(a >= b, visit.tr(&Message::new("report-beside-points").with("n", points)))
}

/// An exact value as reports keep it.
fn parts(exact: &str) -> Option<(i128, i128)> {
    match exact.split_once('/') {
        Some((num, den)) => Some((num.parse().ok()?, den.parse().ok().filter(|d| *d != 0)?)),
        None => Some((exact.parse().ok()?, 1)),
    }
}
