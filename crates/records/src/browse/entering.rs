//! Pages: entering a record of any kind, correcting it, withdrawing it and bringing it back.
//!
//! The form comes from the kind's description. Rules kept here:
//! - What a form writes keeps the rules of an import: [`crate::transfer::write_one`].
//! - Kinds whose writing needs a right of its own (inspection, discipline, ratings) have paths of their own
//!   (`/closed/…`), so that the right is asked before any handler.
//! - Kinds that have a page made for them ([`own_page`]) are entered there; they are corrected here as well.
//! - A form that was opened before somebody else changed the record is shown again with what stands there
//!   now; nothing typed is lost, and nobody's words are overwritten unseen.
//! - Nothing is deleted: a record is withdrawn with a reason, and can be brought back with one.

mod offers;
#[cfg(test)]
mod tests;
mod withdrawing;

use self::offers::{Offer, Offers};
use super::asked::Asked;
use super::cells::shown;
use super::list::{List, list};
use super::scope::{Rows, Sight};
use crate::REGISTRY;
use crate::address::{of_unit, page, segment, unit_of};
use crate::entry;
use crate::kind::{Draft, Field, Held, Kind, Owner, Ty};
use crate::transfer::write_action;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Action, Lang, Message};
use shell::{Access, Error, Form, FormState, Result, Route, Visit};
use std::hash::{DefaultHasher, Hash, Hasher};
use store::{Row, Tx};

/// The most fields that a form shows at once; the optional ones of a longer kind are folded.
const AT_ONCE: usize = 11;
/// Records of this year that stand below the form.
const LATEST: usize = 5;

pub(super) fn routes() -> Vec<Route> {
    let (open, closed) = (Access::On(Action::WriteRecords), Access::On(Action::WriteSensitive));
    vec![
        Route::get("/unit/{unit}/records/{kind}/new", open, blank::<false>),
        Route::post("/unit/{unit}/records/{kind}/new", open, add::<false>),
        Route::get("/unit/{unit}/records/{kind}/{id}/edit", open, edit::<false>),
        Route::post("/unit/{unit}/records/{kind}/{id}/edit", open, save::<false>),
        Route::post("/unit/{unit}/records/{kind}/{id}/withdraw", open, withdrawing::withdraw::<false>),
        Route::post("/unit/{unit}/records/{kind}/{id}/restore", open, withdrawing::restore::<false>),
        Route::get("/unit/{unit}/closed/{closed}/new", closed, blank::<true>),
        Route::post("/unit/{unit}/closed/{closed}/new", closed, add::<true>),
        Route::get("/unit/{unit}/closed/{closed}/{id}/edit", closed, edit::<true>),
        Route::post("/unit/{unit}/closed/{closed}/{id}/edit", closed, save::<true>),
        Route::post("/unit/{unit}/closed/{closed}/{id}/withdraw", closed, withdrawing::withdraw::<true>),
        Route::post("/unit/{unit}/closed/{closed}/{id}/restore", closed, withdrawing::restore::<true>),
    ]
}

/// Whether records of the kind are written by these forms at all: statements, requests and the tree have
/// pages and rules of their own.
pub(super) fn writable(kind: &Kind) -> bool {
    matches!(write_action(kind), Action::WriteRecords | Action::WriteSensitive)
        && kind.owner != Owner::Shared
        && !matches!(kind.name, "evidence" | "request" | "request_unit" | "unit_headcount" | "data_request")
}

/// The page where a record of the kind is entered, when one was made for it.
fn own_page(kind: &Kind) -> Option<&'static str> {
    match kind.name {
        "activity" => Some("/activity/new"),
        "attendance" | "attendance_site" => Some("/records/activity"),
        "commitment" | "commitment_item" | "feedback" => Some("/commitment"),
        _ => None,
    }
}

/// The path of the form for a new record of a kind; `None` when it is not entered.
pub(super) fn new_path(unit: &Unit, kind: &Kind) -> Option<String> {
    if !writable(kind) {
        return None;
    }
    let below = own_page(kind).map_or_else(|| format!("/{}/{}/new", room(kind), kind.name), str::to_owned);
    Some(of_unit(&unit.code, &below))
}

/// The first part of the paths under which the kind is written.
pub(crate) fn room(kind: &Kind) -> &'static str {
    if write_action(kind) == Action::WriteSensitive { "closed" } else { "records" }
}

/// The path of a record and what is done with it: `edit`, `withdraw`, `restore`.
pub(super) fn act_path(unit: &Unit, kind: &Kind, id: &str, act: &str) -> String {
    of_unit(&unit.code, &format!("/{}/{}/{}/{act}", room(kind), kind.name, segment(id)))
}

fn record_path(unit: &Unit, kind: &Kind, id: &str) -> String {
    of_unit(&unit.code, &format!("/records/{}/{}", kind.name, segment(id)))
}

/// The unit and the kind of a path, when its records are written there.
struct Place {
    unit: Unit,
    kind: &'static Kind,
    sight: Sight,
}

impl Place {
    /// The route asked for one of two rights: a kind is written in its own room only.
    async fn of(visit: &Visit, tx: &mut Tx, code: &str, name: &str, closed: bool) -> Result<Place> {
        let unit = unit_of(visit, tx, code).await?;
        let own = |k: &&Kind| writable(k) && (room(k) == "closed") == closed;
        let kind = REGISTRY.kind(name).filter(own).ok_or(Error::NotFound)?;
        let sight = Sight::of(visit, tx, code).await?;
        let sight = Sight { sensitive: sight.sensitive || kind.sensitive, ..sight };
        Ok(Place { unit, kind, sight })
    }

    /// A record of the kind under the unit.
    async fn row(&self, visit: &Visit, tx: &mut Tx, id: &str) -> Result<Row> {
        let mut rows = Rows::new(visit, self.kind, &self.unit.id, self.sight);
        let at = rows.bind(id);
        rows.when.push(format!("r.id = ${at}"));
        let columns: String = self.kind.fields.iter().map(|f| format!(", r.{}", f.name)).collect();
        let sql = format!("SELECT r.id, r.withdrawn{columns} {}", rows.sql());
        tx.first(&sql, &rows.params).await?.ok_or(Error::NotFound)
    }

    /// What a form asks for: not what is worked out, and not what only a card's holder may see.
    fn asked(&self, new: bool) -> Vec<&'static Field> {
        // A card's number is a person's code; every other code only tells rows apart, and is given.
        let given = |f: &Field| f.ty == Ty::Code && f.name == "code" && self.kind.name != "person";
        let given = |f: &Field| new && (given(f) || numbered(self.kind) == Some(f.name));
        shown(self.kind)
            .filter(|f| !f.computed && !given(f))
            .filter(|f| self.sight.names || !matches!(f.ty, Ty::Person | Ty::Name))
            .collect()
    }
}

/// The field that numbers rows under their parent.
fn numbered(kind: &Kind) -> Option<&'static str> {
    kind.key.iter().find(|k| **k == "no").copied()
}

/// What is known of a record's content, so that a form can tell whether it was changed meanwhile.
fn seen(kind: &Kind, row: &Row) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for field in kind.fields {
        format!("{:?}", row.get(field.name)?).hash(&mut hasher);
    }
    row.opt_text("withdrawn")?.hash(&mut hasher);
    Ok(format!("{:x}", hasher.finish()))
}

#[derive(Template)]
#[template(path = "browse/templates/entering.html")]
struct FormPage<'a> {
    v: &'a Visit,
    action: String,
    summary: shell::Html,
    seen: &'a str,
    main: Vec<shell::Field<'a>>,
    more: Vec<shell::Field<'a>>,
    more_open: bool,
    new: bool,
    back: String,
    note: &'static str,
    /// What was entered a moment ago.
    after: Option<(String, String)>,
    year: i32,
    latest: Option<List>,
    all: String,
    sums: Vec<(String, String)>,
    records: Vec<(String, Vec<String>)>,
}

/// The path of one form.
enum On<'a> {
    New { after: &'a str },
    Old(&'a str),
}

async fn form_page(
    visit: &Visit,
    tx: &mut Tx,
    place: &Place,
    form: &FormState,
    on: On<'_>,
    status: StatusCode,
) -> Result<Response> {
    let Place { unit, kind, sight } = place;
    let new = matches!(on, On::New { .. });
    let fields = place.asked(new);
    let offers = Offers::of(visit, tx, place, &fields).await?;
    let f = visit.fields(form);
    let long = fields.len() > AT_ONCE;
    let (mut main, mut more) = (Vec::new(), Vec::new());
    let mut more_open = false;
    for field in fields {
        let shown = offers.field(visit, &f, field);
        if long && !field.required {
            more_open |= form.error(field.name).is_some() || (!new && !form.value(field.name).is_empty());
            more.push(shown);
        } else {
            main.push(shown);
        }
    }
    let year = visit.today().year();
    let latest = match kind.day {
        Some(_) if new => Some(this_year(visit, tx, place, year).await?),
        _ => None,
    };
    let sums = latest.as_ref().map(|l| sums(visit, l)).unwrap_or_default();
    let line = |l: &super::list::Line| {
        let cells: Vec<String> = l.cells.iter().map(|c| c.text.clone()).filter(|t| !t.is_empty()).collect();
        (record_path(unit, kind, &l.id), cells)
    };
    let lines = latest.as_ref().map_or(&[][..], |l| &l.lines);
    let records = lines.iter().filter(|l| l.withdrawn.is_none()).take(LATEST).map(line).collect();
    let (action, after, back) = match &on {
        On::Old(id) => (act_path(unit, kind, id, "edit"), None, record_path(unit, kind, id)),
        On::New { after } => {
            let below = format!("/{}/{}/new", room(kind), kind.name);
            let said = super::record::record(visit, tx, kind, &unit.id, after, *sight).await?;
            let said = said.map(|r| (r.title, record_path(unit, kind, after)));
            let list = of_unit(&unit.code, &format!("/records/{}", kind.name));
            (of_unit(&unit.code, &below), said, list)
        }
    };
    let title = kind.title(visit.lang());
    let body = FormPage {
        v: visit,
        action,
        summary: f.summary(&[]),
        seen: form.value("seen"),
        main,
        more,
        more_open,
        new,
        back,
        note: if visit.lang() == Lang::Vi { kind.note } else { "" },
        after,
        year,
        latest,
        all: of_unit(&unit.code, &format!("/records/{}?from={year}&to={year}", kind.name)),
        sums,
        records,
    };
    let key = if new { "browse-enter-title" } else { "browse-edit-title" };
    page(visit, unit, visit.tr(&Message::new(key).with("kind", title)))
        .crumb(visit.text("browse-kinds-title"), of_unit(&unit.code, "/records"))
        .crumb(title, of_unit(&unit.code, &format!("/records/{}", kind.name)))
        .status(status)
        .show(&body)
}

/// The unit's records of the year, newest first.
async fn this_year(visit: &Visit, tx: &mut Tx, place: &Place, year: i32) -> Result<List> {
    let mut form = FormState::default().with("from", year.to_string()).with("to", year.to_string());
    let asked = Asked::read(place.kind, &mut form);
    list(visit, tx, place.kind, &place.unit.id, &asked, place.sight).await
}

/// The sums of a list with their headings.
fn sums(visit: &Visit, list: &List) -> Vec<(String, String)> {
    let named = list.columns.iter().zip(&list.sums);
    named
        .filter_map(|(field, sum)| Some((field.heading(visit.lang()).to_owned(), visit.number((*sum)?))))
        .collect()
}

/// What a new record begins with: this unit, today, this year, and what the link to the form says.
fn begun(visit: &Visit, place: &Place, asked: &FormState) -> FormState {
    let mut form = FormState::default();
    for field in place.asked(true) {
        let given = asked.value(field.name);
        let value = match field.ty {
            _ if !given.is_empty() => given.chars().take(100).collect(),
            Ty::Unit if place.kind.owner == Owner::Field(field.name) => place.unit.id.clone(),
            Ty::Day if place.kind.day == Some(field.name) => visit.day(visit.today()),
            Ty::Year => visit.today().year().to_string(),
            Ty::Month => visit.today().month().to_string(),
            _ => continue,
        };
        form = form.with(field.name, value);
    }
    form
}

async fn blank<const CLOSED: bool>(
    visit: Visit,
    Path((code, name)): Path<(String, String)>,
    Form(asked): Form,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let place = Place::of(&visit, &mut tx, &code, &name, CLOSED).await?;
    let form = begun(&visit, &place, &asked);
    let on = On::New { after: asked.value("after") };
    form_page(&visit, &mut tx, &place, &form, on, StatusCode::OK).await
}

async fn add<const CLOSED: bool>(visit: Visit, Path((code, name)): Path<(String, String)>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let place = Place::of(&visit, &mut tx, &code, &name, CLOSED).await?;
    let mut draft = read(&visit, &mut tx, &place, &mut form, true).await?;
    if form.is_ok() {
        number(&mut tx, &place, &mut draft).await?;
        if let Some(id) = entry::write(&visit, &mut tx, place.kind, draft, None, &mut form, "").await? {
            tx.commit().await?;
            let path = format!("/{}/{}/new?after={}", room(place.kind), place.kind.name, segment(&id));
            return Ok(visit.done(&of_unit(&place.unit.code, &path), "browse-entered"));
        }
    }
    let on = On::New { after: "" };
    form_page(&visit, &mut tx, &place, &form, on, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn edit<const CLOSED: bool>(visit: Visit, Path((code, name, id)): Path<(String, String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let place = Place::of(&visit, &mut tx, &code, &name, CLOSED).await?;
    let row = place.row(&visit, &mut tx, &id).await?;
    if row.opt_text("withdrawn")?.is_some() {
        return Err(Error::Problem(Message::new("transfer-row-withdrawn")));
    }
    let names: Vec<&str> = place.asked(false).iter().map(|f| f.name).collect();
    let form = entry::fill(place.kind, FormState::default(), "", &names, &row)?;
    let form = form.with("seen", seen(place.kind, &row)?);
    form_page(&visit, &mut tx, &place, &form, On::Old(&id), StatusCode::OK).await
}

async fn save<const CLOSED: bool>(
    visit: Visit,
    Path((code, name, id)): Path<(String, String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let place = Place::of(&visit, &mut tx, &code, &name, CLOSED).await?;
    let row = place.row(&visit, &mut tx, &id).await?;
    let mut draft = read(&visit, &mut tx, &place, &mut form, false).await?;
    // Whose it is decides who may write it, also where the form does not ask for it.
    if let Owner::Field(field) | Owner::Through(field) = place.kind.owner
        && !draft.values.contains_key(field)
    {
        draft.set(field, Held::Text(row.words(field)?));
    }
    let now = seen(place.kind, &row)?;
    if form.value("seen") != now {
        differing(&visit, &place, &mut form, &row)?;
        form = form.with("seen", now);
    }
    if form.is_ok()
        && let Some(id) = entry::write(&visit, &mut tx, place.kind, draft, Some(&id), &mut form, "").await?
    {
        tx.commit().await?;
        return Ok(visit.done(&record_path(&place.unit, place.kind, &id), "browse-corrected"));
    }
    form_page(&visit, &mut tx, &place, &form, On::Old(&id), StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Notes beside each field what stands there now, where somebody else changed the record meanwhile.
fn differing(visit: &Visit, place: &Place, form: &mut FormState, row: &Row) -> Result<()> {
    let names: Vec<&str> = place.asked(false).iter().map(|f| f.name).collect();
    let now = entry::fill(place.kind, FormState::default(), "", &names, row)?;
    for field in place.asked(false) {
        let there = now.value(field.name).to_owned();
        if there != form.value(field.name) && !(field.ty == Ty::Flag && there == "0") {
            let words = match field.ty {
                Ty::Choice(choices) => entry::word_of(visit.lang(), choices, &there),
                Ty::Unit | Ty::Person | Ty::Ref(_) => visit.text("browse-edit-other"),
                _ if there.is_empty() => visit.text("browse-edit-empty"),
                _ => there,
            };
            form.fail(field.name, Message::new("browse-edit-meanwhile").with("now", words));
        }
    }
    Ok(())
}

/// Reads the form: fields by the kind, references among what was offered.
async fn read(visit: &Visit, tx: &mut Tx, place: &Place, form: &mut FormState, new: bool) -> Result<Draft> {
    let fields = place.asked(new);
    let offers = Offers::of(visit, tx, place, &fields).await?;
    let names: Vec<&str> = fields.iter().map(|f| f.name).collect();
    let mut draft = entry::read(place.kind, form, "", &names);
    for field in fields {
        let Some(typed) = draft.text(field.name).map(str::to_owned) else { continue };
        let known = match offers.of_field(field.name) {
            Offer::None => continue,
            Offer::Among(options) => options.iter().any(|(id, _)| *id == typed).then_some(typed),
            Offer::Person(choice) => choice.chosen(tx, &place.unit.id, visit.today(), &typed).await?,
        };
        match known {
            Some(id) => draft.set(field.name, Held::Text(id)),
            None => form.fail(field.name, Message::new("browse-choose-again")),
        }
    }
    Ok(draft)
}

/// Gives a new record its code and its number.
async fn number(tx: &mut Tx, place: &Place, draft: &mut Draft) -> Result<()> {
    let kind = place.kind;
    if let (Some(no), Owner::Through(parent)) = (numbered(kind), kind.owner)
        && let Some(of) = draft.text(parent).map(str::to_owned)
    {
        let sql = format!("SELECT COALESCE(MAX({no}), 0) AS n FROM {} WHERE {parent} = $1", kind.name);
        let last = tx.one(&sql, store::params![of]).await?.int("n")?;
        draft.set(no, Held::Int(last + 1));
    }
    let Some(field) = kind.field("code").filter(|f| f.ty == Ty::Code && draft.is_empty("code")) else {
        return Ok(());
    };
    let day = kind.day.and_then(|name| draft.day(name));
    let stem: String = field.example.chars().take_while(|c| c.is_alphabetic()).collect();
    let stem = if stem.is_empty() { "BG".to_owned() } else { stem };
    let unit: String = place.unit.code.chars().take(30).collect();
    let wanted = match day {
        Some(day) => format!("{stem}-{unit}-{}", day.format("%Y%m%d")),
        None => format!("{stem}-{unit}"),
    };
    let code = entry::free_code(tx, kind.name, &wanted).await?;
    draft.set(field.name, Held::Text(code));
    Ok(())
}
