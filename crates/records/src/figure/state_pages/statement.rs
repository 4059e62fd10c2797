//! Stating a figure, or correcting what was stated.

use super::super::sheet::{COMPARATOR, STATED_KIND};
use super::super::{App, Book};
use super::{Count, amount, below, counted, free_code, indicator_of, last_year, record, said, statable};
use crate::address::{of_unit, unit_of, with_query};
use crate::entry;
use crate::kind::Held;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Action, Message, Period};
use figures::{Format, Indicator, Plan};
use shell::{Error, Form, FormState, Result, Visit};
use std::sync::Arc;
use store::{Tx, params};

/// The fields read by the kind; the period, the file and whose it is have forms of their own.
const READ: [&str; 4] = ["value", "comparator", "quote", "note"];

struct Beside {
    alone: String,
    subtree: String,
    evidence: String,
}

#[derive(Template)]
#[template(path = "figure/templates/state_new.html")]
struct New<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    unit: &'a Unit,
    indicator: &'a Indicator,
    period: Option<Period>,
    beside: Option<Beside>,
    files: Vec<(String, String)>,
    already: Option<String>,
    record: Option<String>,
}

impl New<'_> {
    fn path(&self, below: &str) -> String {
        of_unit(&self.unit.code, &format!("/state{below}"))
    }

    fn comparators(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &COMPARATOR)
    }

    fn counted_title(&self) -> String {
        self.period.map(|p| self.v.tr(&said("figure-state-counted", &p))).unwrap_or_default()
    }

    fn unit_of_count(&self) -> String {
        let unit = self.indicator.unit.get(self.v.lang());
        let money = self.indicator.format == Format::Money;
        let key = if money { "figure-state-money-hint" } else { "figure-state-value-hint" };
        self.v.tr(&Message::new(key).with("unit", unit))
    }

    fn is(&self, field: &str, code: &str) -> bool {
        self.form.value(field) == code
    }

    fn error(&self, field: &str) -> Option<String> {
        self.form.error(field).map(|m| self.v.tr(m))
    }

    fn evidence(&self) -> String {
        of_unit(&self.unit.code, "/evidence/new")
    }
}

/// What records say of the same, for the unit alone and with those below.
async fn beside(
    visit: &Visit,
    tx: &mut Tx,
    book: &Book,
    unit: &Unit,
    indicator: &Arc<Indicator>,
    period: Period,
) -> Result<Option<Beside>> {
    let share = !matches!(*indicator.plan, Plan::Leaf(_));
    let mut words = Vec::new();
    for subtree in [false, true] {
        // A share is that of the unit with everything below it.
        let found = match share && !subtree {
            true => None,
            false => counted(visit, tx, book, indicator, unit, subtree, period).await?,
        };
        words.push(match found {
            Some(Count { value, .. }) if share => amount(visit, indicator, value),
            Some(Count { value, rows }) => {
                let message =
                    Message::new("figure-state-rows").with("value", amount(visit, indicator, value));
                visit.tr(&message.with("rows", rows))
            }
            None if share && !subtree => String::new(),
            None => visit.text("figure-state-no-rows"),
        });
    }
    let path = of_unit(&unit.code, &format!("/figure/{}", crate::address::segment(&indicator.id)));
    let evidence = with_query(&path, &[("period", &period.to_string())]);
    let [alone, subtree] = [words.remove(0), words.remove(0)];
    Ok(Some(Beside { alone, subtree, evidence }))
}

/// Files of the unit that a quote may stand in.
async fn files(tx: &mut Tx, unit: &Unit) -> Result<Vec<(String, String)>> {
    let sql = "SELECT hash, title, file_name FROM evidence
               WHERE unit = $1 AND hash IS NOT NULL AND withdrawn IS NULL ORDER BY day DESC, id DESC LIMIT 100";
    let mut files = Vec::new();
    for row in tx.query(sql, params![&unit.id]).await? {
        let hash = row.words("hash")?;
        if !files.iter().any(|(h, _)| *h == hash) {
            files.push((hash, format!("{} ({})", row.text("title")?, row.text("file_name")?)));
        }
    }
    Ok(files)
}

async fn show_form(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    indicator: &Arc<Indicator>,
    form: &FormState,
    already: Option<String>,
    status: StatusCode,
) -> Result<Response> {
    let app = App::of(visit)?;
    let period = form.value("period").parse::<Period>().ok();
    let beside = match period {
        Some(period) => beside(visit, tx, &app.book, unit, indicator, period).await?,
        None => None,
    };
    let may_write = visit.may(tx, Action::WriteRecords, &unit.code).await?;
    let of = form.value("of");
    let body = New {
        v: visit,
        f: visit.fields(form),
        form,
        unit,
        indicator,
        period,
        beside,
        files: if may_write { files(tx, unit).await? } else { Vec::new() },
        already,
        record: (!of.is_empty()).then(|| record(unit, of)),
    };
    below(visit, unit, indicator.label.get(visit.lang())).status(status).show(&body)
}

fn known(visit: &Visit, id: &str) -> Result<Arc<Indicator>> {
    let app = App::of(visit)?;
    let found = indicator_of(&app.book, id, visit.today()).filter(|i| statable(i));
    found.cloned().ok_or(Error::NotFound)
}

/// An indicator is chosen first.
fn to_choose(code: &str) -> Response {
    Redirect::to(&of_unit(code, "/state")).into_response()
}

/// The form, empty or with what was stated.
pub(super) async fn blank(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    if form.value("of").is_empty() && form.value("indicator").is_empty() {
        return Ok(to_choose(&code));
    }
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let (id, mut shown) = match form.value("of") {
        "" => {
            let period = form.value("period").parse().unwrap_or(last_year(visit.today()));
            let shown = FormState::default().with("period", period.to_string()).with("comparator", "exact");
            // A cell states for itself, a committee mostly for everything below it.
            let subtree = if unit.cell { "0" } else { "1" };
            (form.value("indicator").to_owned(), shown.with("subtree", subtree))
        }
        of => {
            let sql =
                "SELECT id, indicator, from_day, to_day, subtree, value, comparator, quote, note, file_hash
                       FROM stated_figure WHERE id = $1 AND unit = $2 AND withdrawn IS NULL";
            let row = tx.first(sql, params![of, &unit.id]).await?.ok_or(Error::NotFound)?;
            let period =
                Period::new(row.day("from_day")?, row.day("to_day")?).map_err(|_| Error::NotFound)?;
            let shown = entry::fill(&STATED_KIND, FormState::default(), "", &READ, &row)?
                .with("period", period.to_string())
                .with("subtree", if row.flag("subtree")? { "1" } else { "0" })
                .with("file", row.words("file_hash")?)
                .with("of", of);
            (row.words("indicator")?, shown)
        }
    };
    let indicator = known(&visit, &id)?;
    shown = shown.with("indicator", &indicator.id);
    show_form(&visit, &mut tx, &unit, &indicator, &shown, None, StatusCode::OK).await
}

pub(super) async fn save(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    if form.value("indicator").is_empty() {
        return Ok(to_choose(&code));
    }
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let indicator = known(&visit, form.value("indicator"))?;
    let mut draft = entry::read(&STATED_KIND, &mut form, "", &READ);
    let period = form.period("period");
    let period = form.require("period", period);
    if let Some(value) = draft.int("value") {
        if value < 0 {
            form.fail("value", Message::new("figure-state-negative"));
        }
        if value % 100 != 0 && indicator.format != Format::Percent {
            form.fail("value", Message::new("figure-state-whole"));
        }
    }
    let subtree = form.choice("subtree", |typed| match typed {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    });
    let subtree = form.require("subtree", subtree);
    let of = form.value("of").to_owned();
    let of = Some(of.as_str()).filter(|of| !of.is_empty());
    if let Some(of) = of {
        let sql = "SELECT file_hash FROM stated_figure WHERE id = $1 AND unit = $2 AND indicator = $3";
        tx.first(sql, params![of, &unit.id, &indicator.id]).await?.ok_or(Error::NotFound)?;
    }
    source(&mut tx, &unit, &mut form, &mut draft).await?;
    let mut already = None;
    if let (Some(period), Some(subtree), true) = (period, subtree, form.is_ok()) {
        let same = "SELECT id FROM stated_figure WHERE unit = $1 AND indicator = $2 AND from_day = $3 AND to_day = $4
                    AND subtree = $5 AND withdrawn IS NULL AND id <> $6";
        let own =
            params![&unit.id, &indicator.id, period.from(), period.to(), subtree, of.unwrap_or_default()];
        if let Some(row) = tx.first(same, own).await? {
            form.fail("period", said("figure-state-already", &period));
            let path = of_unit(&unit.code, "/state/new");
            already = Some(with_query(&path, &[("of", row.text("id")?)]));
        }
        if of.is_none() {
            draft.set("code", Held::Text(free_code(&mut tx, &unit.code, &period).await?));
        }
        draft.set("indicator", Held::Text(indicator.id.clone()));
        draft.set("unit", Held::Text(unit.id.clone()));
        draft.set("subtree", Held::Int(i64::from(subtree)));
        draft.set("from_day", Held::Day(period.from()));
        draft.set("to_day", Held::Day(period.to()));
    }
    if form.is_ok() && entry::write(&visit, &mut tx, &STATED_KIND, draft, of, &mut form, "").await?.is_some()
    {
        tx.commit().await?;
        return Ok(visit.done(&of_unit(&unit.code, "/state"), "figure-state-saved"));
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    show_form(&visit, &mut tx, &unit, &indicator, &form, already, refused).await
}

/// The file of the quote: one of the unit's own evidence.
async fn source(
    tx: &mut Tx,
    unit: &Unit,
    form: &mut FormState,
    draft: &mut crate::kind::Draft,
) -> Result<()> {
    let hash = form.text("file", 64).unwrap_or_default();
    let (name, kept) = if hash.is_empty() {
        (Held::Empty, Held::Empty)
    } else {
        let sql = "SELECT file_name FROM evidence WHERE hash = $1 AND unit = $2 AND withdrawn IS NULL";
        match tx.first(sql, params![&hash, &unit.id]).await? {
            Some(row) => (Held::Text(row.words("file_name")?), Held::Text(hash)),
            // What a quote was read from need not be evidence: it stays as it is.
            None if !form.value("of").is_empty() => return Ok(()),
            None => {
                form.fail("file", Message::new("figure-state-no-file"));
                return Ok(());
            }
        }
    };
    draft.set("file_name", name);
    draft.set("file_hash", kept);
    Ok(())
}
