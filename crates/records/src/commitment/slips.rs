//! Slips of comrades: what members of a cell tell one another about their commitments.
//!
//! Who reads what: the author reads and may reword their own slip until the review; the person reads the
//! words without the author; the committee (`ReadSensitive` on the unit) reads both. Nobody else reads any.
//! Who may write: a member of the cell where the commitment is registered, not about their own. This rests
//! on membership and not on a role, so it is asked here and not of [`crate::account::may`].

use super::me::nobody;
use super::sheet::FEEDBACK;
use super::view::item_card;
use super::whole::{Whole, home, next_no, own_person};
use crate::entry;
use crate::kind::Held;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Day, Message};
use shell::{Access, Error, Form, FormState, Html, Result, Route, Visit};
use store::{Tx, params};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/me/feedback", Access::SignedIn, list),
        Route::get("/me/feedback/{id}", Access::SignedIn, one),
        Route::post("/me/feedback/{id}", Access::SignedIn, save),
    ]
}

/// The commitments of comrades of the cell `$2` (and its groups) on the day `$3` that the person `$1` may write about.
const COMRADES: &str = "FROM commitment c JOIN person p ON p.id = c.person AND p.withdrawn IS NULL
    JOIN unit_span s ON s.ancestor = $2 AND s.descendant = c.unit AND s.from_day <= $3 AND s.to_day >= $3
    LEFT JOIN feedback f ON f.commitment = c.id AND f.from_person = $1 AND f.withdrawn IS NULL
    WHERE c.person <> $1 AND c.withdrawn IS NULL AND c.stage IS NULL AND c.result IS NULL AND c.year >= $4";

/// How many slips are asked of a person and not written, and since when the oldest.
pub(super) async fn asked(tx: &mut Tx, person: &str, today: Day) -> Result<i64> {
    let Some(cell) = home(tx, person, today).await? else { return Ok(0) };
    let sql = format!(
        "SELECT CAST(COUNT(DISTINCT c.id) AS BIGINT) AS n {COMRADES} AND c.feedback_day IS NOT NULL AND f.id IS NULL"
    );
    let since = i64::from(today.year()) - 1;
    Ok(tx.one(&sql, params![person, &cell.id, today, since]).await?.int("n")?)
}

struct Line {
    href: String,
    name: String,
    year: i64,
    asked: bool,
    written: bool,
}

#[derive(Template)]
#[template(path = "commitment/templates/slips.html")]
struct List<'a> {
    v: &'a Visit,
    lines: Vec<Line>,
}

async fn list(visit: Visit) -> Result<Response> {
    let Ok(person) = own_person(&visit) else { return nobody(&visit, "commitment-slips") };
    let mut tx = visit.read().await?;
    let today = visit.today();
    let mut lines = Vec::new();
    if let Some(cell) = home(&mut tx, &person, today).await? {
        let sql = format!(
            "SELECT DISTINCT c.id, c.year, c.feedback_day, p.name, p.sort, p.code,
                    CASE WHEN f.id IS NULL THEN 0 ELSE 1 END AS written
             {COMRADES} ORDER BY c.year DESC, written, p.sort, p.code LIMIT 300"
        );
        let since = i64::from(today.year()) - 1;
        for row in tx.query(&sql, params![&person, &cell.id, today, since]).await? {
            lines.push(Line {
                href: format!("/me/feedback/{}", crate::address::segment(row.text("id")?)),
                name: row.words("name")?,
                year: row.int("year")?,
                asked: row.opt_day("feedback_day")?.is_some(),
                written: row.flag("written")?,
            });
        }
    }
    visit
        .page(visit.text("commitment-slips"))
        .lead(visit.text("commitment-slips-lead"))
        .show(&List { v: &visit, lines })
}

/// The commitment, when the visitor may write about it; and their slip.
async fn of_comrade(visit: &Visit, tx: &mut Tx, id: &str) -> Result<(Whole, Option<(String, String)>)> {
    let person = own_person(visit)?;
    let today = visit.today();
    let cell = home(tx, &person, today).await?.ok_or(Error::NotFound)?;
    let sql = format!("SELECT f.id, f.text {COMRADES} AND c.id = $5 ORDER BY f.no LIMIT 1");
    let row = tx.first(&sql, params![&person, &cell.id, today, 1930, id]).await?.ok_or(Error::NotFound)?;
    let slip = match row.opt_text("id")? {
        Some(slip) => Some((slip.to_owned(), row.words("text")?)),
        None => None,
    };
    Ok((Whole::load(tx, id).await?.ok_or(Error::NotFound)?, slip))
}

#[derive(Template)]
#[template(path = "commitment/templates/slip.html")]
struct Slip<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    action: String,
    items: Vec<Html>,
}

fn slip_page(visit: &Visit, whole: &Whole, form: &FormState, status: StatusCode) -> Result<Response> {
    let mut items = Vec::new();
    for (at, item) in whole.items.iter().enumerate() {
        items.push(bare(visit, item, at + 1)?);
    }
    let action = format!("/me/feedback/{}", crate::address::segment(&whole.id));
    let body = Slip { v: visit, f: visit.fields(form), action, items };
    let who = whole.person_name.clone().unwrap_or_default();
    let title = Message::new("commitment-slip-title").with("who", who).with("year", whole.year.to_string());
    visit
        .page(visit.tr(&title))
        .crumb(visit.text("commitment-slips"), "/me/feedback")
        .status(status)
        .show(&body)
}

/// An item as comrades see it: what was registered, without notes and files.
fn bare(visit: &Visit, item: &super::whole::Item, at: usize) -> Result<Html> {
    let shown = super::whole::Item {
        id: item.id.clone(),
        no: item.no,
        area: item.area.clone(),
        what: item.what.clone(),
        measure: item.measure.clone(),
        target: item.target.clone(),
        deadline: item.deadline,
        duty: item.duty.clone(),
        done: item.done,
        hints: Vec::new(),
        progress: Vec::new(),
    };
    item_card(visit, &shown, at, String::new(), "", false)
}

async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (whole, slip) = of_comrade(&visit, &mut tx, &id).await?;
    let form = slip.map_or_else(FormState::default, |s| FormState::default().with("text", s.1));
    Ok(shell::offline::kept(slip_page(&visit, &whole, &form, StatusCode::OK)?))
}

async fn save(visit: Visit, Path(id): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let (whole, slip) = of_comrade(&visit, &mut tx, &id).await?;
    let mut draft = entry::read(&FEEDBACK, &mut form, "", &["text"]);
    draft.set("commitment", Held::Text(whole.id.clone()));
    draft.set("day", Held::Day(visit.today()));
    if slip.is_none() {
        draft.set("no", Held::Int(next_no(&mut tx, "feedback", &whole.id).await?));
        draft.set("from_person", Held::Text(own_person(&visit)?));
    }
    if form.is_ok() {
        let slip = slip.as_ref().map(|s| s.0.as_str());
        entry::write_own(&mut tx, &FEEDBACK, draft, slip, &mut form, "").await?;
    }
    if !form.is_ok() {
        drop(tx);
        return slip_page(&visit, &whole, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    tx.commit().await?;
    Ok(visit.done("/me/feedback", "commitment-slip-saved"))
}
