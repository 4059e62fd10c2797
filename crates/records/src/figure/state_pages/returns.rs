//! What a unit has handed in of each kind of record for a year.

use super::super::sheet::{RETURN_KIND, RETURNS, STATE};
use super::below;
use crate::address::{of_unit, unit_of, with_query};
use crate::entry;
use crate::kind::{Draft, Held};
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::Message;
use shell::{Error, Form, FormState, Result, Visit};
use std::collections::HashMap;
use store::{Tx, params};

/// A kind of record and its state.
struct Line {
    code: &'static str,
    words: &'static str,
    state: String,
    day: String,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "figure/templates/state_returns.html")]
struct Returns<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    unit: &'a Unit,
    year: i64,
    lines: Vec<Line>,
    /// Whether the kinds told apart stand open.
    each_open: bool,
}

impl Returns<'_> {
    fn path(&self) -> String {
        of_unit(&self.unit.code, "/state/returns")
    }

    fn of(&self, year: i64) -> String {
        with_query(&self.path(), &[("year", &year.to_string())])
    }

    fn before(&self) -> String {
        self.of(self.year - 1)
    }

    fn after(&self) -> String {
        self.of(self.year + 1)
    }

    fn states(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &STATE)
    }
}

/// What stands: state, day and id by kind.
struct Known {
    id: String,
    state: String,
    day: String,
    withdrawn: bool,
}

async fn known(tx: &mut Tx, unit: &Unit, year: i64) -> Result<HashMap<String, Known>> {
    let sql = "SELECT id, kind, state, day, withdrawn FROM return_state WHERE unit = $1 AND year = $2";
    let mut known = HashMap::new();
    for row in tx.query(sql, params![&unit.id, year]).await? {
        let of = Known {
            id: row.words("id")?,
            state: row.words("state")?,
            day: row.opt_day("day")?.map(domain::day_short).unwrap_or_default(),
            withdrawn: row.opt_text("withdrawn")?.is_some(),
        };
        known.insert(row.words("kind")?, of);
    }
    Ok(known)
}

fn year_of(visit: &Visit, form: &FormState) -> Result<i64> {
    let newest = i64::from(visit.today().year());
    let year =
        if form.value("year").is_empty() { newest - 1 } else { form.value("year").parse().unwrap_or(0) };
    // A year that has not begun has nothing to hand in.
    if (1930..=newest).contains(&year) { Ok(year) } else { Err(Error::NotFound) }
}

fn page_of(
    visit: &Visit,
    unit: &Unit,
    year: i64,
    known: &HashMap<String, Known>,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let sent = status != StatusCode::OK;
    let lines = RETURNS.iter().map(|choice| {
        let name = format!("s-{}", choice.code);
        let of = known.get(choice.code).filter(|k| !k.withdrawn);
        Line {
            code: choice.code,
            words: entry::words(visit.lang(), choice),
            state: if sent {
                form.value(&name).to_owned()
            } else {
                of.map(|k| k.state.clone()).unwrap_or_default()
            },
            day: of.map(|k| k.day.clone()).unwrap_or_default(),
            error: form.error(&name).map(|m| visit.tr(m)),
        }
    });
    let lines: Vec<Line> = lines.collect();
    let each_open = lines.iter().skip(1).any(|l| !l.state.is_empty() || l.error.is_some());
    let body = Returns { v: visit, f: visit.fields(form), unit, year, lines, each_open };
    let title = Message::new("figure-returns-title").with("year", year.to_string());
    let page = below(visit, unit, visit.tr(&title)).lead(visit.text("figure-returns-lead"));
    page.status(status).show(&body)
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &form)?;
    let known = known(&mut tx, &unit, year).await?;
    let form = FormState::default().with("day", visit.day(visit.today()));
    page_of(&visit, &unit, year, &known, &form, StatusCode::OK)
}

/// Writes those that changed; the day is that of what changed.
pub(super) async fn save(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &form)?;
    let known = known(&mut tx, &unit, year).await?;
    let day = form.day("day");
    if let Some(day) = day.filter(|d| *d > visit.today()) {
        form.fail("day", Message::new("figure-returns-not-yet").with("day", visit.day(day)));
    }
    for choice in &RETURNS {
        let name = format!("s-{}", choice.code);
        let state = form.choice(&name, |typed| STATE.iter().find(|c| c.code == typed).map(|c| c.code));
        let was = known.get(choice.code);
        let Some(state) = state.filter(|s| was.is_none_or(|k| k.state != *s || k.withdrawn)) else {
            continue;
        };
        let mut draft = Draft::default();
        draft.set("unit", Held::Text(unit.id.clone()));
        draft.set("kind", Held::Text(choice.code.to_owned()));
        draft.set("year", Held::Int(year));
        draft.set("state", Held::Text(state.to_owned()));
        draft.set("day", day.map_or(Held::Empty, Held::Day));
        let mut found = FormState::default();
        let id = was.map(|k| k.id.as_str());
        entry::write(&visit, &mut tx, &RETURN_KIND, draft, id, &mut found, "").await?;
        for error in found.into_errors() {
            form.fail(&name, error.message);
        }
    }
    if !form.is_ok() {
        drop(tx);
        return page_of(&visit, &unit, year, &known, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    tx.commit().await?;
    let to = with_query(&of_unit(&unit.code, "/state/returns"), &[("year", &year.to_string())]);
    Ok(visit.done(&to, "figure-returns-saved"))
}
