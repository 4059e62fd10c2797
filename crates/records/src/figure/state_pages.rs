//! Pages of what units state: choosing an indicator, stating a figure, saying what was handed
//! in, and settling where counted and stated differ.

mod returns;
mod settle;
mod statement;
#[cfg(test)]
mod tests;

use super::run::{self, Book, Origin, Runner};
use super::sql::Of;
use super::sheet::{COMPARATOR, STATED_KIND};
use super::{App, TreeRule};
use crate::address::{of_unit, page, segment, unit_of, with_query};
use crate::entry;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::{Action, Day, Message, Period};
use figures::{Context, Format, Indicator, Plan, Value, When};
use shell::{Access, Form, Result, Route, Visit};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Row, Tx, params};

pub(super) fn routes() -> Vec<Route> {
    let (state, settle) = (Access::On(Action::State), Access::On(Action::Settle));
    vec![
        Route::get("/unit/{unit}/state", state, choose),
        Route::get("/unit/{unit}/state/new", state, statement::blank),
        Route::post("/unit/{unit}/state/new", state, statement::save),
        Route::get("/unit/{unit}/state/returns", state, returns::show),
        Route::post("/unit/{unit}/state/returns", state, returns::save),
        Route::get("/unit/{unit}/state/conflicts", settle, settle::list),
        Route::get("/unit/{unit}/state/settle", settle, settle::show),
        Route::post("/unit/{unit}/state/settle", settle, settle::save),
    ]
}

/// Whether a unit may state the indicator: a count or a stock of the period asked for, or what is
/// derived from such (a share). What has days of its own is not stated period by period.
fn statable(indicator: &Indicator) -> bool {
    match &*indicator.plan {
        Plan::Leaf(leaf) => leaf.when == When::Asked,
        _ => true,
    }
}

/// The indicator of an id, as it stands today.
fn indicator_of<'b>(book: &'b Book, id: &str, day: Day) -> Option<&'b Arc<Indicator>> {
    book.catalogue.get(id, day)
}

/// What records say: the number in hundredths, and how many rows it rests on.
struct Count {
    value: i64,
    rows: i64,
}

/// What records say of a unit; `None` without rows.
async fn counted(
    visit: &Visit,
    tx: &mut Tx,
    book: &Book,
    indicator: &Arc<Indicator>,
    unit: &Unit,
    subtree: bool,
    period: Period,
) -> Result<Option<Count>> {
    let today = visit.today();
    let ctx = Context { period, start: crate::programme::start(tx, today).await?, report_day: today };
    let mut runner = Runner::new(tx, book, unit.clone(), ctx, TreeRule::FactDay).await?;
    let Plan::Leaf(leaf) = &*indicator.plan else {
        // A share has no rows of its own: it is known or not.
        let figure = runner.figure(indicator).await?;
        let value = match figure.origin {
            Origin::Derived => in_hundredths(indicator, &figure.value),
            _ => figure.conflicts.iter().find(|c| c.indicator == indicator.id).map(|c| c.counted),
        };
        return Ok(value.map(|value| Count { value, rows: 1 }));
    };
    let of = if subtree { Of::Subtree(&unit.id) } else { Of::Alone(&unit.id) };
    let (mut value, mut rows) = (0_i64, 0);
    for piece in run::pieces(leaf, period) {
        let count = runner.counted(leaf, of, piece, &[], &ctx).await?;
        value = value.saturating_add(count.value.unwrap_or(0));
        rows += count.facts;
    }
    Ok((rows > 0).then(|| Count { value: value.saturating_mul(100), rows }))
}

/// A derived value as statements are kept: a share of 1 is 100,00 %.
fn in_hundredths(indicator: &Indicator, value: &Value) -> Option<i64> {
    let (num, den) = value.parts()?;
    let scale = if indicator.format == Format::Percent { 10_000 } else { 100 };
    i64::try_from(num.checked_mul(scale)? / den).ok()
}

/// A stated or counted number with its unit of count, as people write it.
fn amount(visit: &Visit, indicator: &Indicator, hundredths: i64) -> String {
    let number = entry::decimal(visit.lang(), hundredths, 2);
    let unit = indicator.unit.get(visit.lang());
    match indicator.format {
        // "đồng" is the unit of count of money already.
        Format::Percent => format!("{number} %"),
        _ if unit.is_empty() => number,
        _ => format!("{number} {unit}"),
    }
}

/// A stated number with how it is meant.
fn as_stated(visit: &Visit, indicator: &Indicator, hundredths: i64, comparator: &str) -> String {
    let amount = amount(visit, indicator, hundredths);
    match comparator {
        "exact" => amount,
        other => format!("{}: {amount}", entry::word_of(visit.lang(), &COMPARATOR, other)),
    }
}

/// A statement as a list shows it.
struct Stated {
    href: String,
    label: String,
    period: String,
    value: String,
    subtree: bool,
}

fn stated(visit: &Visit, book: &Book, unit: &Unit, row: &Row) -> Result<Option<Stated>> {
    let id = row.words("indicator")?;
    let Ok(period) = Period::new(row.day("from_day")?, row.day("to_day")?) else { return Ok(None) };
    let comparator = row.text("comparator")?;
    let (label, value) = match indicator_of(book, &id, visit.today()) {
        Some(indicator) => {
            let label = indicator.label.get(visit.lang()).to_owned();
            (label, as_stated(visit, indicator, row.int("value")?, comparator))
        }
        // Stated under a name that the catalogue does not have any more.
        None => (id, entry::decimal(visit.lang(), row.int("value")?, 2)),
    };
    Ok(Some(Stated {
        href: with_query(&of_unit(&unit.code, "/state/new"), &[("of", row.text("id")?)]),
        label,
        period: period.to_string(),
        value,
        subtree: row.flag("subtree")?,
    }))
}

struct Topic<'b> {
    title: String,
    indicators: Vec<&'b Arc<Indicator>>,
}

#[derive(Template)]
#[template(path = "figure/templates/state_choose.html")]
struct Choose<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    unit: &'a Unit,
    topics: Vec<Topic<'a>>,
    open: bool,
    period: Period,
    own: Vec<Stated>,
    may_settle: bool,
}

impl Choose<'_> {
    fn path(&self, below: &str) -> String {
        of_unit(&self.unit.code, &format!("/state{below}"))
    }

    fn of(&self, indicator: &Indicator) -> String {
        let period = self.period.to_string();
        with_query(&self.path("/new"), &[("indicator", &indicator.id), ("period", &period)])
    }

    fn records(&self) -> String {
        of_unit(&self.unit.code, "/records/stated_figure")
    }

    fn found(&self, n: usize) -> String {
        self.v.number(i64::try_from(n).unwrap_or(0))
    }
}

/// The indicators that may be stated, by topic; and what the unit has stated.
async fn choose(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let may_settle = visit.may(&mut tx, Action::Settle, &code).await?;
    let period = form.period("period").unwrap_or(last_year(visit.today()));
    if form.value("period").is_empty() {
        form = form.with("period", period.to_string());
    }
    let words = domain::text::fold(&form.text("q", 100).unwrap_or_default());
    let mut by_topic: BTreeMap<usize, Vec<&Arc<Indicator>>> = BTreeMap::new();
    for indicator in app.book.catalogue.in_force(visit.today()).filter(|i| statable(i)) {
        let own =
            domain::text::fold(&format!("{} {} {}", indicator.label.vi, indicator.label.en, indicator.id));
        if words.split(' ').all(|w| own.contains(w)) {
            let place = figures::TOPICS.iter().position(|t| Some(*t) == indicator.topic);
            by_topic.entry(place.unwrap_or(figures::TOPICS.len() - 1)).or_default().push(indicator);
        }
    }
    let title =
        |at: usize| visit.text(&format!("figure-topic-{}", figures::TOPICS.get(at).unwrap_or(&"other")));
    let topics =
        by_topic.into_iter().map(|(at, indicators)| Topic { title: title(at), indicators }).collect();
    let sql = "SELECT id, indicator, from_day, to_day, value, comparator, subtree FROM stated_figure
               WHERE unit = $1 AND withdrawn IS NULL ORDER BY to_day DESC, id DESC LIMIT 30";
    let mut own = Vec::new();
    for row in tx.query(sql, params![&unit.id]).await? {
        own.extend(stated(&visit, &app.book, &unit, &row)?);
    }
    let body = Choose {
        v: &visit,
        f: visit.fields(&form),
        unit: &unit,
        topics,
        open: !words.is_empty(),
        period,
        own,
        may_settle,
    };
    page(&visit, &unit, visit.text("figure-state-title")).lead(visit.text("figure-state-lead")).show(&body)
}

/// The last whole year: what is stated in a year's first months is about the year before.
fn last_year(today: Day) -> Period {
    use chrono::Datelike;
    Period::year(today.year() - 1)
}

/// A page below the chooser.
fn below(visit: &Visit, unit: &Unit, title: impl Into<String>) -> shell::Page {
    page(visit, unit, title).crumb(visit.text("figure-state-title"), of_unit(&unit.code, "/state"))
}

/// A code that no other statement has.
async fn free_code(tx: &mut Tx, unit: &str, period: &Period) -> Result<String> {
    let place: String = unit.chars().take(40).collect();
    let base = format!("SL-{place}-{}", period.to().format("%Y%m%d"));
    Ok(entry::free_code(tx, "stated_figure", &base).await?)
}

/// Where a statement's record is shown.
fn record(unit: &Unit, id: &str) -> String {
    of_unit(&unit.code, &format!("/records/{}/{}", STATED_KIND.name, segment(id)))
}

/// Words for the period of a message.
fn said(key: &'static str, period: &Period) -> Message {
    Message::new(key).with("period", period.to_string())
}
