//! One commitment for the committee: its items with their hints and progress; registering it, or giving
//! it back with words. And asking the cell for feedback, for the whole year at once.

use super::progress::note;
use super::sheet::{COMMITMENT, RESULT};
use super::view::item_card;
use super::whole::{Whole, own_units};
use crate::address::{of_unit, page, segment, unit_of, with_query};
use crate::entry;
use crate::kind::Held;
use crate::names;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Action, Day, Message};
use shell::{Access, Error, Form, FormState, Html, Result, Route, Visit};
use store::{Tx, params};

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    vec![
        Route::get("/unit/{unit}/commitment/{id}", write, one),
        Route::post("/unit/{unit}/commitment/{id}", write, decide),
        Route::post("/unit/{unit}/commitment/ask/{year}", write, ask),
    ]
}

#[derive(Template)]
#[template(path = "commitment/templates/one.html")]
struct One<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    whole: &'a Whole,
    items: Vec<Html>,
    vague: usize,
    action: String,
    review: String,
    follow: String,
    record: String,
    back_open: bool,
}

impl One<'_> {
    fn result(&self) -> String {
        entry::word_of(self.v.lang(), &RESULT, &self.whole.result)
    }

    fn done(&self) -> String {
        let (done, all) = self.whole.done();
        self.v.tr(&Message::new("commitment-done-of").with("done", done).with("n", all))
    }

    fn vague_words(&self) -> String {
        self.v.tr(&Message::new("commitment-vague-of").with("n", self.vague))
    }

    fn day(&self, day: &Option<Day>) -> String {
        day.map(|d| self.v.day(d)).unwrap_or_default()
    }
}

async fn load(tx: &mut Tx, unit: &Unit, id: &str) -> Result<Whole> {
    Whole::load(tx, id).await?.filter(|w| w.unit == unit.id).ok_or(Error::NotFound)
}

fn show(
    visit: &Visit,
    unit: &Unit,
    whole: &Whole,
    named: bool,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let mut items = Vec::new();
    for (at, item) in whole.items.iter().enumerate() {
        let act = if whole.counts() { whole.path(&format!("/item/{}", segment(&item.id))) } else { String::new() };
        items.push(item_card(visit, item, at + 1, act, &of_unit(&unit.code, "/evidence"), true)?);
    }
    let form = if form.names().any(|n| n == "registered_day") {
        form.clone()
    } else {
        form.clone().with("registered_day", visit.day(visit.today()))
    };
    let body = One {
        v: visit,
        f: visit.fields(&form),
        whole,
        items,
        vague: whole.items.iter().filter(|i| super::me::is_vague(&i.hints)).count(),
        action: whole.path(""),
        review: whole.path("/review"),
        follow: of_unit(&unit.code, &format!("/follow/commitment/{}", segment(&whole.id))),
        record: of_unit(&unit.code, &format!("/records/commitment/{}", segment(&whole.id))),
        back_open: form.error("returned_why").is_some(),
    };
    let who = match (&whole.person, &whole.person_name) {
        (Some(_), Some(name)) if named => name.clone(),
        (Some(_), _) => visit.text("commitment-unnamed"),
        (None, _) => visit.text("commitment-of-unit"),
    };
    let year = whole.year.to_string();
    let list = with_query(&of_unit(&unit.code, "/commitment"), &[("year", &year)]);
    let list_title = visit.tr(&Message::new("commitment-list-title").with("year", &year));
    let title = Message::new("commitment-one-title").with("who", who).with("year", year);
    page(visit, unit, visit.tr(&title)).crumb(list_title, list).status(status).show(&body)
}

async fn one(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let whole = load(&mut tx, &unit, &id).await?;
    let named = names::shown(&visit, &mut tx, &code).await?;
    drop(tx);
    note(&visit, &whole, named).await?;
    show(&visit, &unit, &whole, named, &FormState::default(), StatusCode::OK)
}

/// Registers what was sent, or gives it back with words that its person will read.
async fn decide(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let whole = load(&mut tx, &unit, &id).await?;
    if whole.stage != "sent" {
        return Err(Error::NotFound);
    }
    let today = visit.today();
    let (mut draft, told) = if form.value("act") == "return" {
        let mut draft = entry::read(&COMMITMENT, &mut form, "", &["returned_why"]);
        draft.set("stage", Held::Text("returned".to_owned()));
        draft.set("returned_day", Held::Day(today));
        (draft, "commitment-given-back")
    } else {
        let mut draft = entry::read(&COMMITMENT, &mut form, "", &["registered_day"]);
        match draft.day("registered_day") {
            Some(day) if day > today => {
                form.fail("registered_day", Message::new("commitment-not-yet").with("day", visit.day(day)));
            }
            Some(_) => {}
            None => {
                form.require::<()>("registered_day", None);
            }
        }
        draft.set("stage", Held::Empty);
        (draft, "commitment-registered-done")
    };
    draft.set("unit", Held::Text(unit.id.clone()));
    if form.is_ok() {
        entry::write(&visit, &mut tx, &COMMITMENT, draft, Some(&id), &mut form, "").await?;
    }
    if !form.is_ok() {
        let named = names::shown(&visit, &mut tx, &code).await?;
        drop(tx);
        return show(&visit, &unit, &whole, named, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    tx.commit().await?;
    Ok(visit.done(&whole.path(""), told))
}

/// Asks the members for feedback on every commitment of the year that is not reviewed yet.
async fn ask(visit: Visit, Path((code, year)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year: i64 = year.parse().map_err(|_| Error::NotFound)?;
    let sql = format!(
        "SELECT id, unit FROM commitment WHERE {} AND year = $3 AND person IS NOT NULL AND withdrawn IS NULL
         AND stage IS NULL AND result IS NULL AND feedback_day IS NULL ORDER BY id LIMIT 1000",
        own_units(&unit)
    );
    let mut form = FormState::default();
    for row in tx.query(&sql, params![&unit.id, visit.today(), year]).await? {
        let mut draft = crate::kind::Draft::default();
        draft.set("unit", Held::Text(row.words("unit")?));
        draft.set("feedback_day", Held::Day(visit.today()));
        entry::write(&visit, &mut tx, &COMMITMENT, draft, Some(row.text("id")?), &mut form, "").await?;
    }
    if let Some(error) = form.into_errors().into_iter().next() {
        return Err(Error::Problem(error.message));
    }
    tx.commit().await?;
    let list = with_query(&of_unit(&unit.code, "/commitment"), &[("year", &year.to_string())]);
    Ok(visit.done(&list, "commitment-asked"))
}
