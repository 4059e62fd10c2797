//! The secretary's pages: every request of the unit, each answered on one page.
//!
//! Answering needs the right to write records of the unit and to read what is sensitive there; an erasure
//! also to write what is sensitive. Who may only write records sees how many wait and which are late.

use super::ask::proposed;
use super::asked::{Asked, change, of_unit as all_of_unit, one};
use super::erase::{Toll, erase, toll};
use super::held::{Line, Others, found, lines};
use super::sheet::{ASKS, DATA_REQUEST, OUTCOME};
use crate::REGISTRY;
use crate::address::{of_unit, page, segment, unit_of};
use crate::entry::word_of;
use crate::kind::{Draft, Field, Held, Kind, Owner};
use crate::names;
use crate::transfer;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Action, Message};
use shell::{Access, Error, Fields, Form, FormState, Result, Route, Visit};
use store::{Tx, params};

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    vec![
        Route::get("/unit/{unit}/data-requests", write, list),
        Route::get("/unit/{unit}/data-request/{id}", write, show),
        Route::post("/unit/{unit}/data-request/{id}", write, answer),
        Route::get("/unit/{unit}/data-request/{id}/erase", write, ask_erase),
        Route::post("/unit/{unit}/data-request/{id}/erase", write, do_erase),
    ]
}

/// More letters than an answer needs.
const ANSWER: usize = 2_000;

struct Item {
    href: String,
    who: String,
    asks: String,
    asked: Asked,
    late: bool,
}

#[derive(Template)]
#[template(path = "privacy/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    open: Vec<Item>,
    done: Vec<Item>,
    /// Only the numbers are shown.
    closed: bool,
    waiting: usize,
    late: usize,
}

impl List<'_> {
    fn due(&self, item: &Item) -> String {
        self.v.tr(&Message::new("privacy-due-by").with("day", self.v.day(item.asked.due)))
    }
    fn outcome(&self, item: &Item) -> String {
        word_of(self.v.lang(), &OUTCOME, &item.asked.outcome)
    }
    fn answered(&self, item: &Item) -> String {
        item.asked.answered.map(|d| self.v.day(d)).unwrap_or_default()
    }
    fn counts(&self) -> String {
        self.v.tr(&Message::new("privacy-counts").with("n", self.waiting).with("late", self.late))
    }
}

async fn name_of(tx: &mut Tx, person: &str) -> Result<String> {
    let row = tx.first("SELECT name FROM person WHERE id = $1", params![person]).await?;
    Ok(row.ok_or(Error::NotFound)?.words("name")?)
}

async fn list(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let today = visit.today();
    let closed = !visit.may(&mut tx, Action::ReadSensitive, &code).await?;
    let all = all_of_unit(&mut tx, &unit.id, today).await?;
    let waiting = all.iter().filter(|a| a.answered.is_none()).count();
    let late = all.iter().filter(|a| a.late(today)).count();
    let (mut open, mut done) = (Vec::new(), Vec::new());
    if !closed {
        for asked in all {
            let item = Item {
                href: of_unit(&code, &format!("/data-request/{}", segment(&asked.id))),
                who: name_of(&mut tx, &asked.person).await?,
                asks: word_of(visit.lang(), &ASKS, &asked.asks),
                late: asked.late(today),
                asked,
            };
            if item.asked.answered.is_none() { open.push(item) } else { done.push(item) }
        }
    }
    drop(tx);
    if !open.is_empty() || !done.is_empty() {
        names::note(&visit, &DATA_REQUEST, &unit.id, open.len() + done.len()).await?;
    }
    let title = visit.text("privacy-list-title");
    let body = List { v: &visit, open, done, closed, waiting, late };
    page(&visit, &unit, title.clone()).crumb(title, "").lead(visit.text("privacy-list-lead")).show(&body)
}

/// A request with what it is about.
struct Case {
    unit: Unit,
    asked: Asked,
    who: String,
    /// The row that is asked about, as its subject sees it.
    line: Option<Line>,
    field: Option<&'static Field>,
}

impl Case {
    async fn of(visit: &Visit, tx: &mut Tx, code: &str, id: &str) -> Result<Case> {
        let unit = unit_of(visit, tx, code).await?;
        let asked = one(tx, &unit.id, visit.today(), id).await?.ok_or(Error::NotFound)?;
        // Who may not read what is sensitive does not learn what was asked.
        if !visit.may(tx, Action::ReadSensitive, code).await? {
            return Err(Error::NotFound);
        }
        let mut line = None;
        if asked.kind().is_some() {
            let all = found(tx, &asked.person, false).await?;
            if let Some(f) = all.iter().find(|f| f.kind.name == asked.about_kind) {
                let others = Others::of(visit, tx, &asked.person).await?;
                let lines = lines(visit, tx, f, &asked.person, &others).await?;
                line = lines.into_iter().find(|l| l.id == asked.about_id);
            }
        }
        let field = asked.kind().and_then(|k| k.fields.iter().find(|f| f.name == asked.field));
        Ok(Case { who: name_of(tx, &asked.person).await?, unit, asked, line, field })
    }

    fn path(&self, below: &str) -> String {
        of_unit(&self.unit.code, &format!("/data-request/{}{below}", segment(&self.asked.id)))
    }

    /// What the field would say.
    fn proposed(&self, visit: &Visit) -> String {
        let typed = &self.asked.proposed;
        match self.field.map(|f| f.ty) {
            Some(crate::kind::Ty::Choice(choices)) => word_of(visit.lang(), choices, typed),
            Some(crate::kind::Ty::Flag) => visit.text(if typed == "1" { "privacy-yes" } else { "privacy-no" }),
            _ => typed.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "privacy/templates/one.html")]
struct One<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    case: &'a Case,
    late: bool,
    /// Where the row is corrected by hand.
    edit: String,
}

impl One<'_> {
    fn kind(&self) -> &'static str {
        self.case.asked.kind().map_or("", |k| k.title(self.v.lang()))
    }
    fn heading(&self) -> String {
        self.case.field.map_or_else(|| self.v.text("privacy-other"), |f| f.heading(self.v.lang()).to_owned())
    }
    fn now(&self) -> String {
        let field = self.case.field.map_or("", |f| f.name);
        self.case.line.as_ref().and_then(|l| l.words.get(field)).cloned().unwrap_or_default()
    }
    fn proposed(&self) -> String {
        self.case.proposed(self.v)
    }
    fn outcome(&self) -> String {
        word_of(self.v.lang(), &OUTCOME, &self.case.asked.outcome)
    }
    fn answered(&self) -> String {
        self.case.asked.answered.map(|d| self.v.day(d)).unwrap_or_default()
    }
    fn day(&self) -> String {
        self.v.day(self.case.asked.day)
    }
    fn due(&self) -> String {
        self.v.day(self.case.asked.due)
    }
    fn refuse_only(&self) -> bool {
        self.case.asked.asks == "erase"
    }
}

fn case_page(visit: &Visit, case: &Case, form: &FormState, status: StatusCode) -> Result<Response> {
    let edit = match (case.asked.kind(), &case.line) {
        (Some(kind), Some(line)) if case.field.is_none() => {
            let room = crate::browse::room(kind);
            of_unit(&case.unit.code, &format!("/{room}/{}/{}/edit", kind.name, segment(&line.id)))
        }
        _ => String::new(),
    };
    let body = One { v: visit, f: visit.fields(form), case, late: case.asked.late(visit.today()), edit };
    let list = visit.text("privacy-list-title");
    let title = word_of(visit.lang(), &ASKS, &case.asked.asks);
    page(visit, &case.unit, title.clone())
        .crumb(list, of_unit(&case.unit.code, "/data-requests"))
        .crumb(title, "")
        .lead(case.who.clone())
        .status(status)
        .show(&body)
}

async fn show(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let case = Case::of(&visit, &mut tx, &code, &id).await?;
    drop(tx);
    names::note(&visit, &DATA_REQUEST, &case.asked.id, 1).await?;
    case_page(&visit, &case, &FormState::default(), StatusCode::OK)
}

fn answered(visit: &Visit, outcome: &str, words: Option<String>) -> Draft {
    let mut draft = Draft::default();
    draft.set("outcome", Held::Text(outcome.to_owned()));
    draft.set("answered_day", Held::Day(visit.today()));
    draft.set("answered_by", Held::Text(visit.name().unwrap_or_default().to_owned()));
    draft.set("answer", words.map_or(Held::Empty, Held::Text));
    draft
}

/// Writes the proposed value into the row, if the visitor may write it.
async fn apply(visit: &Visit, tx: &mut Tx, case: &Case, form: &mut FormState) -> Result<bool> {
    let (Some(kind), Some(field)) = (case.asked.kind(), case.field) else { return Err(Error::NotFound) };
    let wrong = |form: &mut FormState, message| {
        form.fail("answer", message);
        Ok(false)
    };
    let mut draft = match proposed(kind, field, &case.asked.proposed) {
        Ok(draft) => draft,
        Err(message) => return wrong(form, message),
    };
    if let Some(owner) = owner_of(tx, kind, &case.asked.about_id).await? {
        draft.set(owner.0, Held::Text(owner.1));
    }
    let id = Some(case.asked.about_id.as_str());
    if !transfer::may_write(tx, visit.actor(), kind, &draft, id, visit.today()).await? {
        // The row is another unit's: an answer in words says who keeps it.
        return wrong(form, Message::new("privacy-not-here"));
    }
    match transfer::write_one(tx, kind, draft, id).await? {
        Ok(_) => Ok(true),
        Err(faults) => match faults.into_iter().next() {
            Some(fault) => wrong(form, fault.message),
            None => Ok(false),
        },
    }
}

/// The field by which a row belongs to a unit, and what stands there.
async fn owner_of(tx: &mut Tx, kind: &'static Kind, id: &str) -> Result<Option<(&'static str, String)>> {
    let (Owner::Field(field) | Owner::Through(field)) = kind.owner else { return Ok(None) };
    if field == "id" {
        return Ok(None);
    }
    let row = tx.first(&format!("SELECT {field} FROM {} WHERE id = $1", kind.name), params![id]).await?;
    Ok(row.map(|r| r.words(field)).transpose()?.map(|owner| (field, owner)))
}

/// What the button says: `apply` (write what was proposed), `done` (it was done by hand), `refuse`.
async fn answer(visit: Visit, Path((code, id)): Path<(String, String)>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let case = Case::of(&visit, &mut tx, &code, &id).await?;
    if case.asked.answered.is_some() {
        return Err(Error::Problem(Message::new("privacy-answered-already")));
    }
    let words = form.long("answer", ANSWER);
    let act = form.value("act").to_owned();
    let fine = match act.as_str() {
        "apply" if case.asked.asks == "correct" => apply(&visit, &mut tx, &case, &mut form).await?,
        "done" if case.asked.asks != "erase" => form.require("answer", words.clone()).is_some(),
        "refuse" => form.require("answer", words.clone()).is_some(),
        _ => return Err(Error::NotFound),
    };
    if fine && form.is_ok() {
        let outcome = if act == "refuse" { "refused" } else { "done" };
        change(&mut tx, &case.asked.id, answered(&visit, outcome, words)).await?;
        tx.commit().await?;
        return Ok(visit.done(&of_unit(&code, "/data-requests"), "privacy-answered-done"));
    }
    drop(tx);
    case_page(&visit, &case, &form, StatusCode::UNPROCESSABLE_ENTITY)
}

#[derive(Template)]
#[template(path = "privacy/templates/erase.html")]
struct EraseBody<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    case: &'a Case,
    toll: &'a Toll,
    emptied: Vec<(&'static str, String)>,
    kept: Vec<(&'static str, String)>,
}

impl EraseBody<'_> {
    fn n(&self, n: &usize) -> String {
        self.v.number(i64::try_from(*n).unwrap_or(i64::MAX))
    }
}

fn erase_page(visit: &Visit, case: &Case, toll: &Toll, form: &FormState, status: StatusCode) -> Result<Response> {
    let rows = |of: &std::collections::BTreeMap<&'static str, usize>| {
        let line = |(kind, n): (&&'static str, &usize)| {
            let title = REGISTRY.kind(kind).map_or(*kind, |k| k.title(visit.lang()));
            (title, visit.number(i64::try_from(*n).unwrap_or(i64::MAX)))
        };
        of.iter().map(line).collect()
    };
    let (emptied, kept) = (rows(&toll.emptied), rows(&toll.kept));
    let body = EraseBody { v: visit, f: visit.fields(form), case, toll, emptied, kept };
    let title = visit.text("privacy-erase-title");
    page(visit, &case.unit, title.clone())
        .crumb(visit.text("privacy-list-title"), of_unit(&case.unit.code, "/data-requests"))
        .crumb(title, "")
        .lead(case.who.clone())
        .status(status)
        .show(&body)
}

/// The case of an erasure that waits, for who may do it.
async fn erasure(visit: &Visit, tx: &mut Tx, code: &str, id: &str) -> Result<Case> {
    let case = Case::of(visit, tx, code, id).await?;
    if case.asked.asks != "erase" {
        return Err(Error::NotFound);
    }
    if !visit.may(tx, Action::WriteSensitive, code).await? {
        return Err(Error::Forbidden);
    }
    if case.asked.answered.is_some() {
        return Err(Error::Problem(Message::new("privacy-answered-already")));
    }
    Ok(case)
}

async fn ask_erase(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let case = erasure(&visit, &mut tx, &code, &id).await?;
    let toll = toll(&mut tx, &case.asked.person).await?;
    drop(tx);
    erase_page(&visit, &case, &toll, &FormState::default(), StatusCode::OK)
}

async fn do_erase(visit: Visit, Path((code, id)): Path<(String, String)>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let case = erasure(&visit, &mut tx, &code, &id).await?;
    let words = form.long("answer", ANSWER);
    form.require("answer", words.clone());
    if !form.flag("sure") {
        form.fail("sure", Message::new("privacy-erase-unsure"));
    }
    if words.as_deref().is_some_and(|w| w.contains(&case.who)) {
        // The reason stays; it must not say again whose name was taken away.
        form.fail("answer", Message::new("privacy-erase-named"));
    }
    if !form.is_ok() {
        let toll = toll(&mut tx, &case.asked.person).await?;
        drop(tx);
        return erase_page(&visit, &case, &toll, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    erase(&mut tx, &case.asked.person, &case.asked.id).await?;
    change(&mut tx, &case.asked.id, answered(&visit, "done", words)).await?;
    tx.commit().await?;
    Ok(visit.done(&of_unit(&code, "/data-requests"), "privacy-erased"))
}

