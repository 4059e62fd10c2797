//! A member's own commitment: writing it, sending it, and what became of it.
//!
//! What is being written stands in `commitment_draft` as it was typed, wrong days and all, and is nobody
//! else's. Sending makes records of it by the rules of their kinds; from then on it is the cell's to
//! register or to give back.

use super::hints::{self, Hint};
use super::sheet::{AREA, COMMITMENT, COMMITMENT_ITEM, RESULT};
use super::view::{hint_list, item_card};
use super::whole::{self, Whole, own_person};
use crate::entry;
use crate::kind::{Draft, Held};
use crate::person::sheet::POSITION;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Datelike;
use domain::{Day, Message, parse_day};
use shell::{Access, Error, Form, FormState, Html, Result, Route, Visit};
use std::collections::BTreeMap;
use store::{Change, Tx, params};

/// The most items of one commitment's form.
const MOST: usize = 20;
/// The most bytes of what is being written.
const DRAFT_BYTES: usize = 100_000;
/// The fields of an item that its person fills in.
const FIELDS: [&str; 6] = ["what", "measure", "target", "deadline", "duty", "area"];
/// The blocks of an empty form: two of them for the duties, one for each other group.
const BLANK: [&str; 5] = ["thought", "ethics", "duty", "duty", "discipline"];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/me/commitment", Access::SignedIn, now),
        Route::get("/me/commitment/{year}", Access::SignedIn, show),
        Route::post("/me/commitment/{year}", Access::SignedIn, write),
        Route::post("/me/commitment/{year}/look", Access::SignedIn, look_back),
        Route::post("/me/commitment/{year}/recall", Access::SignedIn, recall),
    ]
}

/// The page of a year.
pub(super) fn path(year: i64) -> String {
    format!("/me/commitment/{year}")
}

fn year_of(visit: &Visit, text: &str) -> Result<i64> {
    let now = i64::from(visit.today().year());
    text.parse().ok().filter(|y| (1930..=now + 1).contains(y)).ok_or(Error::NotFound)
}

/// Whether a commitment of the year may be written today: in its year, or at the end of the year before.
fn open(year: i64, today: Day) -> bool {
    let now = i64::from(today.year());
    year == now || (year == now + 1 && today.month() >= 11)
}

#[derive(Template)]
#[template(path = "commitment/templates/nobody.html")]
struct Nobody<'a> {
    v: &'a Visit,
}

/// What an account that belongs to no person is told.
pub(super) fn nobody(visit: &Visit, title: &str) -> Result<Response> {
    visit.page(visit.text(title)).show(&Nobody { v: visit })
}

async fn now(visit: Visit) -> Result<Response> {
    if own_person(&visit).is_err() {
        return nobody(&visit, "commitment-me");
    }
    let year = i64::from(visit.today().year());
    page_of(visit, year).await
}

async fn show(visit: Visit, Path(year): Path<String>) -> Result<Response> {
    let year = year_of(&visit, &year)?;
    page_of(visit, year).await
}

async fn page_of(visit: Visit, year: i64) -> Result<Response> {
    let person = own_person(&visit)?;
    let mut tx = visit.read().await?;
    let draft = draft_of(&mut tx, &person, year).await?;
    let whole = match whole::of_person(&mut tx, &person, year).await? {
        Some(id) => Whole::load(&mut tx, &id).await?,
        None => None,
    };
    if let Some(whole) = whole.as_ref().filter(|w| w.stage != "returned") {
        return mine_page(&visit, &mut tx, whole, &FormState::default(), StatusCode::OK).await;
    }
    let form = match (draft, &whole) {
        (Some(form), _) => form,
        (None, Some(whole)) => from_rows(whole),
        (None, None) => blank(),
    };
    write_page(&visit, &mut tx, &person, year, whole.as_ref(), &form, StatusCode::OK).await
}

fn blank() -> FormState {
    BLANK.iter().fold(FormState::default(), |form, area| added(form, area, &[]))
}

/// The form with one more block.
fn added(form: FormState, area: &str, values: &[(&str, &str)]) -> FormState {
    let n = count(&form) + 1;
    let form = form.with("n", n.to_string()).with(&format!("i{n}-area"), area);
    values.iter().fold(form, |form, (name, value)| form.with(&format!("i{n}-{name}"), *value))
}

fn count(form: &FormState) -> usize {
    form.value("n").parse().unwrap_or(0).min(MOST)
}

fn from_rows(whole: &Whole) -> FormState {
    let mut form = FormState::default();
    for item in &whole.items {
        let deadline = item.deadline.map(domain::day_short).unwrap_or_default();
        let values = [
            ("id", item.id.as_str()),
            ("what", &item.what),
            ("measure", &item.measure),
            ("target", &item.target),
            ("deadline", &deadline),
            ("duty", &item.duty),
        ];
        form = added(form, &item.area, &values);
    }
    form
}

/// What is being written, as it was typed.
async fn draft_of(tx: &mut Tx, person: &str, year: i64) -> Result<Option<FormState>> {
    let sql = "SELECT form FROM commitment_draft WHERE person = $1 AND year = $2";
    let Some(row) = tx.first(sql, params![person, year]).await? else { return Ok(None) };
    let kept: BTreeMap<String, String> = serde_json::from_str(row.text("form")?).unwrap_or_default();
    Ok(Some(kept.iter().fold(FormState::default(), |form, (name, value)| form.with(name, value.as_str()))))
}

async fn keep(tx: &mut Tx, person: &str, year: i64, form: &FormState) -> Result<()> {
    let n = count(form);
    let mut kept = BTreeMap::from([("n".to_owned(), n.to_string())]);
    for at in 1..=n {
        for field in FIELDS.iter().chain(&["id"]) {
            let name = format!("i{at}-{field}");
            let value = form.value(&name).to_owned();
            kept.insert(name, value);
        }
    }
    let text = serde_json::to_string(&kept).unwrap_or_default();
    if text.len() > DRAFT_BYTES {
        return Err(Error::Refused(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let sql = "INSERT INTO commitment_draft (person, year, form, saved_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (person, year) DO UPDATE SET form = excluded.form, saved_at = excluded.saved_at";
    let now = tx.now();
    tx.execute(sql, params![person, year, &text, now]).await?;
    Ok(())
}

/// A block of the form: the names of its fields, and the hints at what stands in it.
struct Block {
    at: usize,
    area: String,
    id: String,
    names: Names,
    hints: Html,
}

struct Names {
    id: String,
    area: String,
    what: String,
    measure: String,
    target: String,
    deadline: String,
    duty: String,
}

fn blocks(visit: &Visit, form: &FormState, year: i64, last: &[String]) -> Result<Vec<Block>> {
    let mut blocks = Vec::new();
    for at in 1..=count(form) {
        let name = |field: &str| format!("i{at}-{field}");
        let value = |field: &str| form.value(&name(field));
        let hints = if value("what").trim().is_empty() {
            Vec::new()
        } else {
            let item = hints::Item {
                what: value("what"),
                measure: value("measure"),
                target: value("target"),
                deadline: parse_day(value("deadline").trim()),
            };
            hints::of(&item, year, last)
        };
        blocks.push(Block {
            at,
            area: value("area").to_owned(),
            id: value("id").to_owned(),
            names: Names {
                id: name("id"),
                area: name("area"),
                what: name("what"),
                measure: name("measure"),
                target: name("target"),
                deadline: name("deadline"),
                duty: name("duty"),
            },
            hints: hint_list(visit, &hints)?,
        });
    }
    Ok(blocks)
}

struct Group<'a> {
    code: &'static str,
    words: String,
    blocks: Vec<&'a Block>,
}

#[derive(Template)]
#[template(path = "commitment/templates/write.html")]
struct Write<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    action: String,
    n: usize,
    facts: Vec<(String, String)>,
    returned: Option<(String, String)>,
    groups: Vec<Group<'a>>,
    copy: bool,
    many: Option<String>,
    more: bool,
    general: Option<String>,
    labels: Vec<(String, &'static str)>,
}

impl Write<'_> {
    fn summary(&self) -> Html {
        let labels: Vec<(&str, &str)> = self.labels.iter().map(|(n, l)| (n.as_str(), *l)).collect();
        self.f.summary(&labels)
    }
}

async fn write_page(
    visit: &Visit,
    tx: &mut Tx,
    person: &str,
    year: i64,
    whole: Option<&Whole>,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    if !open(year, visit.today()) && whole.is_none() {
        return Err(Error::NotFound);
    }
    let home = whole::home(tx, person, visit.today()).await?;
    let last = whole::last_year(tx, Some(person), year).await?;
    let all = blocks(visit, form, year, &last)?;
    let written = all.iter().filter(|b| !form.value(&b.names.what).trim().is_empty()).count();
    let known = |area: &str| AREA.iter().any(|a| a.code == area);
    let groups = AREA.iter().enumerate().map(|(at, area)| Group {
        code: area.code,
        words: entry::words(visit.lang(), area).to_owned(),
        // What names no group stands in the last one, so that nothing is lost.
        blocks: all
            .iter()
            .filter(|b| b.area == area.code || (at + 1 == AREA.len() && !known(&b.area)))
            .collect(),
    });
    let mut labels = Vec::new();
    for block in &all {
        let names = &block.names;
        labels.extend([
            (names.what.clone(), "commitment-what"),
            (names.measure.clone(), "commitment-measure"),
            (names.target.clone(), "commitment-target"),
            (names.deadline.clone(), "commitment-deadline"),
            (names.duty.clone(), "commitment-duty"),
        ]);
    }
    let many = Message::new("commitment-hint-too-many").with("n", written);
    let body = Write {
        v: visit,
        f: visit.fields(form),
        action: path(year),
        n: count(form),
        facts: facts(visit, tx, person, home.as_ref()).await?,
        returned: whole
            .map(|w| (w.returned.map(|d| visit.day(d)).unwrap_or_default(), w.returned_why.clone())),
        groups: groups.collect(),
        copy: !last.is_empty() && written == 0,
        many: hints::too_many(written).then(|| visit.tr(&many)),
        more: count(form) < MOST,
        general: form.error("items").map(|m| visit.tr(m)),
        labels,
    };
    let title = Message::new("commitment-me-title").with("year", year.to_string());
    visit
        .page(visit.tr(&title))
        .crumb(visit.text("commitment-me"), "")
        .lead(visit.text("commitment-me-lead"))
        .status(status)
        .show(&body)
}

/// Who commits: as the records have it.
async fn facts(
    visit: &Visit,
    tx: &mut Tx,
    person: &str,
    home: Option<&Unit>,
) -> Result<Vec<(String, String)>> {
    let sql = "SELECT name, code, birth_year, official_day, joined_day FROM person WHERE id = $1";
    let row = tx.first(sql, params![person]).await?.ok_or(Error::NotFound)?;
    let sql = "SELECT position FROM position WHERE person = $1 AND withdrawn IS NULL AND from_day <= $2
               AND COALESCE(to_day, $3) >= $2 ORDER BY head DESC, from_day LIMIT 5";
    let held = tx.query(sql, params![person, visit.today(), domain::FAR_DAY]).await?;
    let mut positions = Vec::new();
    for row in &held {
        positions.push(entry::word_of(visit.lang(), &POSITION, row.text("position")?));
    }
    let admitted = row.opt_day("official_day")?.or(row.opt_day("joined_day")?);
    let facts = [
        ("commitment-fact-name", row.words("name")?),
        ("commitment-fact-code", row.words("code")?),
        ("commitment-fact-born", row.opt_int("birth_year")?.map(|y| y.to_string()).unwrap_or_default()),
        ("commitment-fact-since", admitted.map(|d| visit.day(d)).unwrap_or_default()),
        ("commitment-fact-position", positions.join(", ")),
        ("commitment-unit", home.map(|u| u.name.clone()).unwrap_or_default()),
    ];
    Ok(facts.into_iter().filter(|f| !f.1.is_empty()).map(|(key, value)| (visit.text(key), value)).collect())
}

async fn write(visit: Visit, Path(year): Path<String>, Form(mut form): Form) -> Result<Response> {
    let (year, person) = (year_of(&visit, &year)?, own_person(&visit)?);
    let mut tx = visit.write().await?;
    let whole = match whole::of_person(&mut tx, &person, year).await? {
        Some(id) => Whole::load(&mut tx, &id).await?,
        None => None,
    };
    // What was sent is the cell's to give back; what is registered stays as it was registered.
    if whole.as_ref().is_some_and(|w| w.stage != "returned") || (whole.is_none() && !open(year, visit.today()))
    {
        return Err(Error::NotFound);
    }
    let act = form.value("act").to_owned();
    if act == "send" {
        if send(&visit, &mut tx, &person, year, whole.as_ref(), &mut form).await? {
            tx.commit().await?;
            return Ok(visit.done(&path(year), "commitment-sent"));
        }
        drop(tx);
        let mut tx = visit.read().await?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return write_page(&visit, &mut tx, &person, year, whole.as_ref(), &form, status).await;
    }
    let mut place = String::new();
    if let Some(area) = act.strip_prefix("more:").and_then(|a| AREA.iter().find(|c| c.code == a)) {
        if count(&form) < MOST {
            form = added(form, area.code, &[]);
        }
        place = format!("#group-{}", area.code);
    } else if act == "copy" {
        form = copied(&mut tx, &person, year, &form).await?;
    }
    keep(&mut tx, &person, year, &form).await?;
    tx.commit().await?;
    if place.is_empty() {
        return Ok(visit.done(&path(year), "commitment-draft-saved"));
    }
    Ok(Redirect::to(&format!("{}{place}", path(year))).into_response())
}

/// Last year's items behind what is written already; the hint says of each that it repeats.
async fn copied(tx: &mut Tx, person: &str, year: i64, typed: &FormState) -> Result<FormState> {
    let mut form = FormState::default();
    for at in 1..=count(typed) {
        let value = |field: &str| typed.value(&format!("i{at}-{field}"));
        let fields = ["id", "what", "measure", "target", "deadline", "duty"];
        let values = fields.map(|field| (field, value(field)));
        if values.iter().any(|(_, v)| !v.trim().is_empty()) {
            form = added(form, value("area"), &values);
        }
    }
    let room = MOST - count(&form);
    if let Some(id) = whole::of_person(tx, person, year - 1).await?
        && let Some(last) = Whole::load(tx, &id).await?
    {
        for item in last.items.iter().take(room) {
            let area = if item.area.is_empty() { "duty" } else { &item.area };
            // Last year's day is no day for this year: it is asked for again.
            let values = [
                ("what", item.what.as_str()),
                ("measure", &item.measure),
                ("target", &item.target),
                ("duty", &item.duty),
            ];
            form = added(form, area, &values);
        }
    }
    Ok(form)
}

/// Makes records of what was written. False when something must be put right; nothing is to be kept then.
async fn send(
    visit: &Visit,
    tx: &mut Tx,
    person: &str,
    year: i64,
    whole: Option<&Whole>,
    form: &mut FormState,
) -> Result<bool> {
    let Some(home) = whole::home(tx, person, visit.today()).await? else {
        form.fail("items", Message::new("commitment-me-no-cell"));
        return Ok(false);
    };
    let mut items = Vec::new();
    for at in 1..=count(form) {
        let prefix = format!("i{at}-");
        let written = FIELDS.iter().filter(|f| **f != "area");
        if written.into_iter().all(|f| form.value(&format!("{prefix}{f}")).trim().is_empty()) {
            continue;
        }
        let draft = entry::read(&COMMITMENT_ITEM, form, &prefix, &FIELDS);
        let id = form.value(&format!("{prefix}id")).to_owned();
        let own = whole.is_some_and(|w| w.items.iter().any(|i| i.id == id));
        items.push((prefix, draft, own.then_some(id)));
    }
    if items.is_empty() {
        form.fail("items", Message::new("commitment-me-none"));
    }
    if !form.is_ok() {
        return Ok(false);
    }
    let mut draft = Draft::default();
    let unit = whole.map_or(&home.id, |w| &w.unit);
    draft.set("unit", Held::Text(unit.clone()));
    draft.set("stage", Held::Text("sent".to_owned()));
    draft.set("sent_day", Held::Day(visit.today()));
    if whole.is_none() {
        draft.set("code", Held::Text(code(tx, person, year).await?));
        draft.set("person", Held::Text(person.to_owned()));
        draft.set("year", Held::Int(year));
        if let Some(theme) = theme(tx, &home.id, year, visit.today()).await? {
            draft.set("theme", Held::Text(theme));
        }
    }
    let id = whole.map(|w| w.id.as_str());
    let Some(id) = entry::write_own(tx, &COMMITMENT, draft, id, form, "").await? else {
        // None of these rules speaks of a field on the page.
        form.fail("items", Message::new("commitment-me-refused"));
        return Ok(false);
    };
    for old in whole.iter().flat_map(|w| &w.items) {
        if !items.iter().any(|(_, _, id)| id.as_deref() == Some(&old.id)) {
            withdraw(tx, &old.id, &visit.text("commitment-item-dropped")).await?;
        }
    }
    for (prefix, mut draft, own) in items {
        draft.set("commitment", Held::Text(id.clone()));
        if own.is_none() {
            draft.set("no", Held::Int(whole::next_no(tx, "commitment_item", &id).await?));
        }
        entry::write_own(tx, &COMMITMENT_ITEM, draft, own.as_deref(), form, &prefix).await?;
    }
    if let Some(error) = form.errors().iter().find(|e| e.field.ends_with("-no")) {
        let message = error.message.clone();
        form.fail("items", message);
    }
    if !form.is_ok() {
        return Ok(false);
    }
    tx.execute("DELETE FROM commitment_draft WHERE person = $1 AND year = $2", params![person, year]).await?;
    Ok(true)
}

/// Takes an item out of the commitment; it stays on record with the reason.
async fn withdraw(tx: &mut Tx, item: &str, why: &str) -> Result<()> {
    tx.execute("UPDATE commitment_item SET withdrawn = $2 WHERE id = $1", params![item, why]).await?;
    tx.note(Change {
        action: "withdraw",
        kind: COMMITMENT_ITEM.name.to_owned(),
        record: item.to_owned(),
        before: String::new(),
        after: serde_json::json!({ "withdrawn": why }).to_string(),
    });
    Ok(())
}

/// A free code: the year and the person's code.
async fn code(tx: &mut Tx, person: &str, year: i64) -> Result<String> {
    let own = tx.one("SELECT code FROM person WHERE id = $1", params![person]).await?.words("code")?;
    // The code of a commitment is at most 60 letters long.
    let own: String = own.chars().skip(own.chars().count().saturating_sub(45)).collect();
    let base = format!("CK{year}-{own}");
    let mut code = base.clone();
    for n in 2.. {
        if tx.first("SELECT id FROM commitment WHERE code = $1", params![&code]).await?.is_none() {
            break;
        }
        code = format!("{base}-{n}");
    }
    Ok(code)
}

/// The year's theme that reaches the unit, when there is exactly one.
async fn theme(tx: &mut Tx, unit: &str, year: i64, today: Day) -> Result<Option<String>> {
    let sql = "SELECT t.id FROM theme t
               JOIN unit_span s ON s.ancestor = t.unit AND s.descendant = $1 AND s.from_day <= $3 AND s.to_day >= $3
               WHERE t.year = $2 AND t.kind = 'year' AND t.withdrawn IS NULL LIMIT 2";
    let rows = tx.query(sql, params![unit, year, today]).await?;
    match rows.as_slice() {
        [one] => Ok(Some(one.words("id")?)),
        _ => Ok(None),
    }
}

#[derive(Template)]
#[template(path = "commitment/templates/mine.html")]
struct Mine<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    whole: &'a Whole,
    items: Vec<Html>,
    slips: Vec<(String, String)>,
    look: String,
    recall: String,
    other_years: Vec<i64>,
    self_open: bool,
}

impl Mine<'_> {
    fn result(&self) -> String {
        entry::word_of(self.v.lang(), &RESULT, &self.whole.result)
    }

    fn done(&self) -> String {
        let (done, all) = self.whole.done();
        self.v.tr(&Message::new("commitment-done-of").with("done", done).with("n", all))
    }

    fn of(&self, year: &i64) -> String {
        path(*year)
    }

    fn day(&self, day: &Option<Day>) -> String {
        day.map(|d| self.v.day(d)).unwrap_or_default()
    }
}

async fn mine_page(
    visit: &Visit,
    tx: &mut Tx,
    whole: &Whole,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let mut items = Vec::new();
    for (at, item) in whole.items.iter().enumerate() {
        let act = if whole.counts() && whole.result.is_empty() {
            format!("/me/commitment/item/{}", item.id)
        } else {
            String::new()
        };
        items.push(item_card(visit, item, at + 1, act, "/me/commitment/file", !whole.counts())?);
    }
    // The person reads what comrades say, not who says it.
    let sql = "SELECT text, day FROM feedback WHERE commitment = $1 AND withdrawn IS NULL ORDER BY no";
    let mut slips = Vec::new();
    for row in tx.query(sql, params![&whole.id]).await? {
        slips.push((row.words("text")?, row.opt_day("day")?.map(|d| visit.day(d)).unwrap_or_default()));
    }
    let sql = "SELECT DISTINCT year FROM commitment WHERE person = $1 AND withdrawn IS NULL AND year <> $2 ORDER BY year DESC LIMIT 8";
    let person = whole.person.as_deref().unwrap_or_default();
    let rows = tx.query(sql, params![person, whole.year]).await?;
    let mut other_years: Vec<i64> = rows.iter().map(|r| r.int("year")).collect::<store::Result<_>>()?;
    let next = whole.year + 1;
    if open(next, visit.today()) && !other_years.contains(&next) {
        other_years.insert(0, next);
    }
    let mut form = form.clone();
    for (name, text) in [("midyear", &whole.midyear), ("self_review", &whole.self_review)] {
        if !form.names().any(|n| n == name) {
            form = form.with(name, text.as_str());
        }
    }
    let body = Mine {
        v: visit,
        f: visit.fields(&form),
        whole,
        items,
        slips,
        look: format!("{}/look", path(whole.year)),
        recall: format!("{}/recall", path(whole.year)),
        other_years,
        // From November on the self-review is what waits; before it, the look at mid-year.
        self_open: visit.today().month() >= 10 || i64::from(visit.today().year()) > whole.year,
    };
    let title = Message::new("commitment-me-title").with("year", whole.year.to_string());
    visit.page(visit.tr(&title)).crumb(visit.text("commitment-me"), "").status(status).show(&body)
}

/// Takes back what was sent and is not registered yet, to put it right: it is written on as what was given back is.
async fn recall(visit: Visit, Path(year): Path<String>) -> Result<Response> {
    let (year, person) = (year_of(&visit, &year)?, own_person(&visit)?);
    let mut tx = visit.write().await?;
    let id = whole::of_person(&mut tx, &person, year).await?.ok_or(Error::NotFound)?;
    let whole = Whole::load(&mut tx, &id).await?.ok_or(Error::NotFound)?;
    if whole.stage != "sent" {
        // Registered or given back meanwhile: its page says so.
        return Err(Error::Problem(Message::new("commitment-recall-late")));
    }
    let mut draft = Draft::default();
    draft.set("stage", Held::Text("returned".to_owned()));
    draft.set("returned_day", Held::Day(visit.today()));
    draft.set("returned_why", Held::Text(visit.text("commitment-recall-why")));
    let mut form = FormState::default();
    entry::write_own(&mut tx, &COMMITMENT, draft, Some(&id), &mut form, "").await?;
    if let Some(error) = form.into_errors().into_iter().next() {
        return Err(Error::Problem(error.message));
    }
    tx.commit().await?;
    Ok(visit.done(&path(year), "commitment-recalled"))
}

/// The look at mid-year, or the self-review, in the person's own words.
async fn look_back(visit: Visit, Path(year): Path<String>, Form(mut form): Form) -> Result<Response> {
    let (year, person) = (year_of(&visit, &year)?, own_person(&visit)?);
    let mut tx = visit.write().await?;
    let id = whole::of_person(&mut tx, &person, year).await?.ok_or(Error::NotFound)?;
    let whole = Whole::load(&mut tx, &id).await?.ok_or(Error::NotFound)?;
    if !whole.counts() || !whole.result.is_empty() {
        return Err(Error::NotFound);
    }
    let (text, day): (&'static str, &'static str) = match form.value("act") {
        "midyear" => ("midyear", "midyear_day"),
        _ => ("self_review", "self_review_day"),
    };
    let mut draft = entry::read(&COMMITMENT, &mut form, "", &[text]);
    let said = match draft.get(text) {
        Held::Text(t) => Some(t.clone()),
        _ => None,
    };
    if form.is_ok() {
        form.require(text, said);
    }
    draft.set(day, Held::Day(visit.today()));
    if form.is_ok() {
        entry::write_own(&mut tx, &COMMITMENT, draft, Some(&id), &mut form, "").await?;
    }
    if !form.is_ok() {
        drop(tx);
        let mut tx = visit.read().await?;
        return mine_page(&visit, &mut tx, &whole, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    tx.commit().await?;
    Ok(visit.done(&path(year), "commitment-look-saved"))
}

/// Whether any hint is there, for pages that count them.
pub(super) fn is_vague(hints: &[Hint]) -> bool {
    hints.iter().any(|h| matches!(h, Hint::NoMeasure | Hint::NoDay))
}
