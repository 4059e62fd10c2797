//! The evidence page: why a number is what it is.

use super::steps::{self, Rights, Scene, UnitOf, View, one_line, veil};
use super::{Asked, ask, crumbs, encoded, href, hundredths, number, shown, years_to};
use crate::figure::explain::{Depth, Step, What};
use crate::figure::{App, Figure, Runner, TreeRule, narrowed};
use crate::unit;
use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{Action, Message, Period};
use figures::{Context, Indicator, LeafValue, Value};
use serde_json::{Value as Json_, json};
use shell::{Error, Fields, Form, Html, Result, Visit};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Change, Tx};

/// Rows of records on one page.
const ROWS: i64 = 20;
/// Further than this nobody pages; a filter finds it sooner.
const MOST_SKIP: i64 = 1_000_000;

#[derive(Template)]
#[template(path = "figure/templates/evidence.html")]
struct Page<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    here: String,
    date: &'a str,
    selection: &'a str,
    value: Option<String>,
    unit_words: &'a str,
    origin: String,
    reasons: Vec<String>,
    remarks: Vec<String>,
    conflicts: Vec<String>,
    coverage: Option<Covered>,
    definition: Definition<'a>,
    compare: Vec<Compared>,
    difference: String,
    years: Vec<(String, Html)>,
    chart: Option<Html>,
    steps: Vec<View>,
}

struct Covered {
    line: String,
    state: &'static str,
    missing: Vec<(String, String)>,
}

struct Definition<'a> {
    id: &'a str,
    version: u32,
    expr: String,
    note: &'a str,
}

struct Compared {
    period: String,
    number: Html,
}

/// `GET /unit/{unit}/figure/{indicator}?period=&date=&where=&skip=`; JSON when that is accepted.
pub async fn page(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.read().await?;
    let skip = form.whole("skip", 0, MOST_SKIP).unwrap_or(0);
    let asked = ask(&visit, &mut tx, &code, form).await?;
    let indicator = app.book.catalogue.get(&id, asked.day).cloned().ok_or(Error::NotFound)?;
    let selection = asked.form.value("where").trim().to_owned();
    if selection.chars().count() > 300 {
        return Err(Error::NotFound);
    }
    let indicator = if selection.is_empty() {
        indicator
    } else {
        Arc::new(narrowed(&app.book, &indicator, &selection, asked.day).map_err(Error::Problem)?)
    };
    let rights = Rights::load(&visit, &mut tx).await?;
    let walked = walk(app, &mut tx, &asked, &indicator, &rights, skip).await?;
    let response = if visit.wants_json() {
        Json(as_json(&visit, &walked.figure, &selection, &walked.root)).into_response()
    } else {
        html(&visit, app, &mut tx, &asked, &walked, &selection, &rights, skip).await?
    };
    drop(tx);
    if walked.named {
        note_names(&visit, &walked.figure).await?;
    }
    Ok(response)
}

/// Units by their codes.
type Units = HashMap<String, UnitOf>;

/// A figure with the steps behind it, and the units that stand in them.
struct Walked {
    figure: Arc<Figure>,
    root: Step,
    /// As remembered, before anything was taken out; never shown.
    all: Arc<(Step, Units)>,
    named: bool,
}

/// The figure and the steps behind it, without what the visitor may not see; and whether a
/// person is named in them.
async fn walk(
    app: &App,
    tx: &mut Tx,
    asked: &Asked,
    indicator: &Arc<Indicator>,
    rights: &Rights,
    skip: i64,
) -> Result<Walked> {
    let figures =
        app.of_period(tx, &asked.unit, std::slice::from_ref(indicator), asked.period, asked.day).await?;
    let figure = figures.into_iter().next().ok_or(Error::NotFound)?;
    let rows = if rights.records(&asked.unit.id) { ROWS } else { 0 };
    let moment = App::moment(tx).await?;
    let Asked { unit, period, day, .. } = asked;
    let key = format!("walk {}|{period}|{day}|{}|{}|{skip}|{rows}", unit.id, indicator.id, indicator.expr);
    let all = match app.remembered::<(Step, Units)>(moment, &key) {
        Some(all) => all,
        None => {
            let start = crate::programme::start(tx, *day).await?;
            let ctx = Context { period: *period, start, report_day: *day };
            let mut runner = Runner::new(tx, &app.book, unit.clone(), ctx, TreeRule::FactDay).await?;
            let depth = Depth { facts: rows, skip, units: true };
            // Names and all; what this visitor may not see is taken out below.
            let root = runner.explain(indicator, depth, &|_| true).await?;
            let mut codes = Vec::new();
            units_in(&root, &mut codes);
            let mut units = Units::new();
            for code in codes {
                if !units.contains_key(&code)
                    && let Some(unit) = unit::by_code(tx, &code, period.to()).await?
                {
                    units.insert(code, UnitOf { id: unit.id, name: unit.name });
                }
            }
            app.remember(moment, key, (root, units))
        }
    };
    let mut root = all.0.clone();
    let named = veil(rights, &mut root.from, &all.1);
    Ok(Walked { figure, root, all, named })
}

fn units_in(step: &Step, into: &mut Vec<String>) {
    match &step.what {
        What::Fact(fact) => into.push(fact.unit.clone()),
        What::Stated { code, .. } => into.push(code.clone()),
        _ => {}
    }
    step.from.iter().for_each(|s| units_in(s, into));
}

/// Reading others' personal data is logged.
async fn note_names(visit: &Visit, figure: &Figure) -> Result<()> {
    let mut tx = visit.write().await?;
    tx.note(Change {
        action: "read-names",
        kind: "figure".to_owned(),
        record: format!("{} {} {}", figure.indicator.id, figure.unit.code, figure.period),
        before: String::new(),
        after: String::new(),
    });
    Ok(tx.commit().await?)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one page")]
async fn html(
    visit: &Visit,
    app: &App,
    tx: &mut Tx,
    asked: &Asked,
    walked: &Walked,
    selection: &str,
    rights: &Rights,
    skip: i64,
) -> Result<Response> {
    let Asked { unit, period, day, form } = asked;
    let Walked { figure, root, all, .. } = walked;
    let indicator = &figure.indicator;
    let here = href(visit, figure, *day, selection);

    let years = if selection.is_empty() { years_to(period, 5) } else { Vec::new() };
    let years = years.into_iter().rev().take(12).rev();
    let asked: Vec<_> = std::iter::once(period.previous())
        .chain(years)
        .map(|period| (Arc::clone(indicator), period))
        .collect();
    let found = app.figures(tx, unit, &asked, *day).await?;
    let mut compare = vec![Compared { period: period.to_string(), number: number(visit, figure, *day) }];
    let mut difference = String::new();
    if let Some(before) = found.first() {
        compare.push(Compared { period: before.period.to_string(), number: number(visit, before, *day) });
        difference = changed(visit, figure, before);
    }
    let (mut years, mut bars) = (Vec::new(), Vec::new());
    for of_year in found.iter().skip(1) {
        years.push((of_year.period.to_string(), number(visit, of_year, *day)));
        bars.push(bar(visit, &of_year.period, of_year));
    }

    let scene = Scene {
        visit,
        unit: &unit.code,
        names: &all.1,
        rows: rights.records(&unit.id),
        period: *period,
        day: *day,
        indicator: &indicator.id,
        here: &here,
        skip,
        most: ROWS,
    };
    let label = indicator.label.get(visit.lang()).to_owned();
    let body = Page {
        v: visit,
        f: visit.fields(form),
        here: format!("/unit/{}/figure/{}", encoded(&unit.code), encoded(&indicator.id)),
        date: form.value("date"),
        selection,
        value: shown(visit, indicator, &figure.value),
        unit_words: indicator.unit.get(visit.lang()),
        origin: visit.text(&format!("figure-origin-{}", figure.origin.code())),
        reasons: reasons(visit, &figure.value),
        remarks: figure.remarks.iter().map(|r| visit.tr(r)).collect(),
        conflicts: figure.conflicts.iter().map(|c| conflict_line(visit, c)).collect(),
        coverage: covered(visit, tx, figure).await?,
        definition: Definition {
            id: &indicator.id,
            version: indicator.version,
            expr: one_line(&indicator.expr),
            note: indicator.note.as_ref().map_or("", |n| n.get(visit.lang())),
        },
        chart: super::super::chart::bars(&label, &bars),
        compare,
        difference,
        years,
        steps: steps::views(&scene, &root.from, indicator.format),
    };
    let lead = format!("{} · {}", unit.name, period);
    let page = visit.page(label.clone()).lead(lead);
    let page = crumbs(visit, tx, unit, period.to(), page, false).await?;
    page.crumb(
        visit.text("figure-list-title"),
        format!("/unit/{}/figures?period={}", encoded(&unit.code), encoded(&period.to_string())),
    )
    .crumb(label, "")
    .show(&body)
}

fn bar(visit: &Visit, year: &Period, figure: &Figure) -> super::super::chart::Bar {
    // Shares as hundredths of a percent: only the proportion of the bars matters.
    let value =
        figure.value.parts().and_then(|(num, den)| i64::try_from(num.checked_mul(10_000)? / den).ok());
    super::super::chart::Bar {
        label: year.to_string(),
        value,
        shown: shown(visit, &figure.indicator, &figure.value).unwrap_or_else(|| visit.text("figure-unknown")),
    }
}

/// How the number differs from the one of the period before.
pub fn changed(visit: &Visit, now: &Figure, before: &Figure) -> String {
    let (Value::Int(a), Value::Int(b)) = (&now.value, &before.value) else { return String::new() };
    let Ok(difference) = i64::try_from(a - b) else { return String::new() };
    let sign = if difference > 0 { "+" } else { "" };
    format!("{sign}{}", visit.number(difference)).replace('-', "−")
}

fn reasons(visit: &Visit, value: &Value) -> Vec<String> {
    match value {
        Value::Missing(reasons) => reasons.iter().map(|r| visit.tr(r)).collect(),
        _ => Vec::new(),
    }
}

/// "CODE (2023): counted 5, the unit says 6."
pub fn conflict_line(visit: &Visit, c: &crate::figure::Conflict) -> String {
    let key = if c.settled { "figure-conflict-settled" } else { "figure-conflict-line" };
    visit.tr(&Message::new(key)
        .with("unit", &c.unit)
        .with("period", c.period.to_string())
        .with("counted", hundredths(c.counted))
        .with("stated", hundredths(c.stated)))
}

async fn covered(visit: &Visit, tx: &mut Tx, figure: &Figure) -> Result<Option<Covered>> {
    let c = &figure.coverage;
    if c.total() == 0 {
        return Ok(None);
    }
    let line =
        Message::new("figure-coverage-line").with("complete", c.complete.len()).with("total", c.total());
    let state = if c.is_whole() {
        "complete"
    } else if c.complete.is_empty() && c.partial.is_empty() {
        "none"
    } else {
        "partial"
    };
    let mut missing = Vec::new();
    for code in c.none.iter().chain(&c.partial) {
        let name = unit::by_code(tx, code, figure.period.to()).await?.map_or(code.clone(), |u| u.name);
        let href = if visit.may(tx, Action::ReadFigures, code).await? {
            format!("/unit/{}/coverage?period={}", encoded(code), encoded(&figure.period.to_string()))
        } else {
            String::new()
        };
        missing.push((name, href));
    }
    Ok(Some(Covered { line: visit.tr(&line), state, missing }))
}

fn as_json(visit: &Visit, figure: &Figure, selection: &str, root: &Step) -> Json_ {
    let i = &figure.indicator;
    let c = &figure.coverage;
    let conflicts: Vec<_> = figure
        .conflicts
        .iter()
        .map(|c| {
            json!({ "indicator": c.indicator, "unit": c.unit, "period": c.period.to_string(), "counted": hundredths(c.counted),
                    "stated": hundredths(c.stated), "stated_counts": c.stated_counts, "settled": c.settled })
        })
        .collect();
    json!({
        "indicator": i.id, "version": i.version, "label": { "vi": i.label.vi, "en": i.label.en },
        "unit_of_count": { "vi": i.unit.vi, "en": i.unit.en }, "expr": one_line(&i.expr), "where": selection,
        "unit": figure.unit.code, "period": figure.period.to_string(), "value": figure.exact(),
        "shown": shown(visit, i, &figure.value), "origin": figure.origin.code(),
        "coverage": { "complete": c.complete, "partial": c.partial, "none": c.none },
        "remarks": figure.remarks.iter().map(|r| visit.tr(r)).collect::<Vec<_>>(),
        "conflicts": conflicts,
        "from": root.from.iter().map(|s| step_json(visit, s)).collect::<Vec<_>>(),
    })
}

fn exact(value: &Value) -> String {
    match value {
        Value::Int(n) => n.to_string(),
        Value::Ratio { num, den } => format!("{num}/{den}"),
        Value::Missing(_) => String::new(),
    }
}

fn step_json(visit: &Visit, step: &Step) -> Json_ {
    let mut out = match &step.what {
        What::Definition { indicator, value } => {
            json!({ "step": "definition", "indicator": indicator.id, "version": indicator.version, "value": exact(value) })
        }
        What::Part { role, value } => {
            json!({ "step": "part", "role": format!("{role:?}").to_lowercase(), "value": exact(value) })
        }
        What::Leaf { measure, period, value, facts, remarks, .. } => {
            let number = match value {
                LeafValue::Known(n) => Some(*n),
                LeafValue::Missing(_) => None,
            };
            json!({ "step": "records", "measure": { "vi": measure.0, "en": measure.1 }, "period": period.map(|p| p.to_string()),
                    "value": number, "records": facts, "remarks": remarks.iter().map(|r| visit.tr(r)).collect::<Vec<_>>() })
        }
        What::Unit { code, name, value, facts } => {
            json!({ "step": "unit", "unit": code, "name": name, "value": value, "records": facts })
        }
        What::Stated { code, period, value, subtree, quote, file, remark, used } => {
            json!({ "step": "stated", "unit": code, "period": period.to_string(), "value": hundredths(*value), "subtree": subtree,
                    "quote": quote, "file": file, "remark": remark.as_ref().map(|r| visit.tr(r)), "used": used })
        }
        What::Fact(f) => {
            json!({ "step": "record", "kind": f.kind, "id": f.id, "unit": f.unit, "day": f.day.map(|d| d.to_string()),
                    "until": f.until.map(|d| d.to_string()), "person": f.person, "personal": f.personal, "n": f.n,
                    "amount": f.amount, "title": f.title, "source": f.source })
        }
        What::More { left } => json!({ "step": "more", "left": left }),
    };
    if !step.from.is_empty() {
        out["from"] = step.from.iter().map(|s| step_json(visit, s)).collect();
    }
    out
}
