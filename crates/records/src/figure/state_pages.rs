//! Pages of what units state: choosing an indicator, stating a figure, saying what was handed
//! in, and settling where counted and stated differ.

mod returns;
mod settle;
mod statement;
#[cfg(test)]
mod tests;

use super::sql::Of;
use super::run::{Book, Runner};
use super::sheet::{COMPARATOR, STATED_KIND};
use super::{App, TreeRule};
use crate::address::{of_unit, page, segment, unit_of, with_query};
use crate::entry;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::{Action, Day, Message, Period};
use figures::{Context, Format, Indicator, Leaf, Plan, When};
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

/// The leaf that an indicator is, when a unit may state it: one count of the period asked for.
/// Shares and sums are made of such figures, and are not stated beside them.
fn stated_leaf(indicator: &Indicator) -> Option<&Leaf> {
    match &*indicator.plan {
        Plan::Leaf(leaf) if leaf.when == When::Asked => Some(leaf),
        _ => None,
    }
}

/// The indicator of an id, as it stands today.
fn indicator_of<'b>(book: &'b Book, id: &str, day: Day) -> Option<&'b Arc<Indicator>> {
    book.catalogue.get(id, day)
}

/// What records say: hundredths, and how many rows. `None` when there are no rows.
async fn counted(
    visit: &Visit,
    tx: &mut Tx,
    book: &Book,
    leaf: &Leaf,
    unit: &Unit,
    subtree: bool,
    period: Period,
) -> Result<Option<(i64, i64)>> {
    let today = visit.today();
    let ctx = Context { period, start: crate::programme::start(tx, today).await?, report_day: today };
    let mut runner = Runner::new(tx, book, unit.clone(), ctx, TreeRule::FactDay).await?;
    let of = if subtree { Of::Subtree(&unit.id) } else { Of::Alone(&unit.id) };
    let found = runner.counted(leaf, of, period, &[], &ctx).await?;
    Ok((found.facts > 0).then(|| (found.value.unwrap_or(0).saturating_mul(100), found.facts)))
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
    let said = match comparator {
        "exact" => String::new(),
        other => format!("{}: ", entry::word_of(visit.lang(), &COMPARATOR, other)),
    };
    let (label, value) = match indicator_of(book, &id, visit.today()) {
        Some(indicator) => {
            (indicator.label.get(visit.lang()).to_owned(), amount(visit, indicator, row.int("value")?))
        }
        // Stated under a name that the catalogue does not have any more.
        None => (id, entry::decimal(visit.lang(), row.int("value")?, 2)),
    };
    Ok(Some(Stated {
        href: with_query(&of_unit(&unit.code, "/state/new"), &[("of", row.text("id")?)]),
        label,
        period: period.to_string(),
        value: format!("{said}{value}"),
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
    let period = match form.text("period", 60).map(|typed| typed.parse::<Period>()) {
        Some(Ok(period)) => period,
        Some(Err(error)) => {
            form.fail("period", error.message());
            last_year(visit.today())
        }
        None => {
            let period = last_year(visit.today());
            form = form.with("period", period.to_string());
            period
        }
    };
    let words = domain::text::fold(&form.text("q", 100).unwrap_or_default());
    let mut by_topic: BTreeMap<usize, Vec<&Arc<Indicator>>> = BTreeMap::new();
    for indicator in app.book.catalogue.in_force(visit.today()).filter(|i| stated_leaf(i).is_some()) {
        let own = domain::text::fold(&format!("{} {} {}", indicator.label.vi, indicator.label.en, indicator.id));
        if words.split(' ').all(|w| own.contains(w)) {
            let place = figures::TOPICS.iter().position(|t| Some(*t) == indicator.topic);
            by_topic.entry(place.unwrap_or(figures::TOPICS.len() - 1)).or_default().push(indicator);
        }
    }
    let title = |at: usize| visit.text(&format!("figure-topic-{}", figures::TOPICS.get(at).unwrap_or(&"other")));
    let topics = by_topic.into_iter().map(|(at, indicators)| Topic { title: title(at), indicators }).collect();
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
    for n in 1.. {
        let code = format!("{base}-{n}");
        if tx.first("SELECT id FROM stated_figure WHERE code = $1", params![&code]).await?.is_none() {
            return Ok(code);
        }
    }
    Ok(base)
}

/// Where a statement's record is shown.
fn record(unit: &Unit, id: &str) -> String {
    of_unit(&unit.code, &format!("/records/{}/{}", STATED_KIND.name, segment(id)))
}

/// Words for the period of a message.
fn said(key: &'static str, period: &Period) -> Message {
    Message::new(key).with("period", period.to_string())
}
