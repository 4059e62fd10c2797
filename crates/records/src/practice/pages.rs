//! Pages: the models that a unit's people may see, one model, its pictures, and visits to it.
//!
//! `{unit}` is where the visitor stands, not where the model is: a member opens the models of the whole block from
//! their own cell. What may be seen from a unit is said by [`seen`]; everything else does not exist.

use super::sheet::{FIELD, PRACTICE_KIND, PRACTICE_VISIT_KIND};
use crate::address::{UNDER, of_unit, page, segment, unit_of, with_query};
use crate::entry;
use crate::evidence::{About, Refusal, attach, picture};
use crate::kind::Held;
use crate::unit::Unit;
use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Action, Message};
use shell::{Access, Error, Fields, Form, FormState, Result, Route, Upload, Visit};
use store::{Row, Tx, files, params};

/// Models on one page.
const MOST: i64 = 90;
/// Pictures of one model.
const PICTURES: i64 = 12;
/// The largest picture that is taken in.
const LARGEST: usize = 8 * 1024 * 1024;

pub(super) fn routes() -> Vec<Route> {
    let (see, write) = (Access::On(Action::ReadUnits), Access::On(Action::WriteRecords));
    vec![
        Route::get("/unit/{unit}/models", see, list),
        Route::get("/unit/{unit}/models/{id}", see, one),
        Route::get("/unit/{unit}/models/{id}/picture/{picture}", see, show_picture),
        Route::post("/unit/{unit}/models/{id}/picture", write, add_picture),
        Route::post("/unit/{unit}/models/{id}/visit", write, add_visit),
    ]
}

/// The models seen from the unit `$1` on the day `$2`: those of its own subtree, and those published anywhere under
/// the units above it.
fn seen() -> String {
    format!(
        "p.withdrawn IS NULL AND (p.unit IN ({UNDER}) OR (p.published_day <= $2 AND EXISTS (
           SELECT 1 FROM unit_span up JOIN unit_span down ON down.ancestor = up.ancestor
           WHERE up.descendant = $1 AND up.from_day <= $2 AND up.to_day >= $2
             AND down.descendant = p.unit AND down.from_day <= $2 AND down.to_day >= $2)))"
    )
}

const COLUMNS: &str =
    "p.id, p.code, p.unit, p.title, p.field, p.registered_day, p.verified_day, p.exemplary_day,
    p.published_day, p.description, p.how, p.keeper, p.verified_by, u.name AS unit_name, u.code AS unit_code";

/// The pictures of a model: evidence about it that is one.
const OF_MODEL: &str =
    "e.about_kind = 'practice' AND e.unit = p.unit AND e.withdrawn IS NULL AND e.hash IS NOT NULL
    AND e.media IN ('image/jpeg', 'image/png')";

/// Code and key of how far a model has come.
fn stage(row: &Row) -> store::Result<(&'static str, &'static str)> {
    Ok(match (row.opt_day("exemplary_day")?, row.opt_day("verified_day")?) {
        (Some(_), _) => ("complete", "practice-stage-exemplary"),
        (None, Some(_)) => ("partial", "practice-stage-verified"),
        (None, None) => ("none", "practice-stage-registered"),
    })
}

struct Card {
    href: String,
    title: String,
    unit: String,
    field: String,
    class: &'static str,
    stage: String,
    picture: String,
    alt: String,
}

#[derive(Template)]
#[template(path = "practice/templates/models.html")]
struct List<'a> {
    v: &'a Visit,
    fields: Vec<(String, String, bool)>,
    cards: Vec<Card>,
    cut: bool,
    new: String,
}

fn picture_path(unit: &Unit, model: &str, picture: &str) -> String {
    of_unit(&unit.code, &format!("/models/{}/picture/{}", segment(model), segment(picture)))
}

async fn list(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let writes = visit.may(&mut tx, Action::WriteRecords, &code).await?;
    let field = FIELD.iter().map(|f| f.code).find(|f| *f == form.value("field")).unwrap_or_default();
    let sql = format!(
        "SELECT {COLUMNS}, shown.id AS picture, shown.title AS alt
         FROM practice p JOIN unit u ON u.id = p.unit
         LEFT JOIN evidence shown ON shown.id =
           (SELECT MIN(e.id) FROM evidence e WHERE {OF_MODEL} AND e.about_code = p.code)
         WHERE {} AND ($3 = '' OR p.field = $3)
         ORDER BY COALESCE(p.published_day, p.registered_day) DESC, p.code LIMIT {}",
        seen(),
        MOST + 1
    );
    let rows = tx.query(&sql, params![&unit.id, visit.today(), field]).await?;
    let cut = i64::try_from(rows.len()).is_ok_and(|n| n > MOST);
    let mut cards = Vec::new();
    for row in rows.iter().take(usize::try_from(MOST).unwrap_or(usize::MAX)) {
        let (id, (class, key)) = (row.words("id")?, stage(row)?);
        let picture = row.opt_text("picture")?.map(|paper| picture_path(&unit, &id, paper));
        cards.push(Card {
            href: of_unit(&unit.code, &format!("/models/{}", segment(&id))),
            title: row.words("title")?,
            unit: row.words("unit_name")?,
            field: entry::word_of(visit.lang(), &FIELD, row.text("field")?),
            class,
            stage: visit.text(key),
            picture: picture.unwrap_or_default(),
            alt: row.words("alt")?,
        });
    }
    let here = of_unit(&unit.code, "/models");
    let mut fields = vec![(here.clone(), visit.text("practice-all"), field.is_empty())];
    for choice in &FIELD {
        let words = entry::words(visit.lang(), choice).to_owned();
        fields.push((with_query(&here, &[("field", choice.code)]), words, choice.code == field));
    }
    let new = if writes { of_unit(&unit.code, "/records/practice/new") } else { String::new() };
    let body = List { v: &visit, fields, cards, cut, new };
    page(&visit, &unit, visit.text("practice-models-title"))
        .lead(visit.text("practice-models-lead"))
        .show(&body)
}

/// A model as it is seen from a unit.
struct Model {
    id: String,
    code: String,
    title: String,
    /// The unit whose model it is: its id, code and name.
    unit: (String, String, String),
    field: String,
    class: &'static str,
    stage: String,
    facts: Vec<(String, String)>,
    description: String,
    how: String,
    /// Whether it names somebody other than the visitor.
    names: bool,
}

impl Model {
    async fn of(visit: &Visit, tx: &mut Tx, unit: &Unit, id: &str) -> Result<Model> {
        let sql = format!(
            "SELECT {COLUMNS} FROM practice p JOIN unit u ON u.id = p.unit WHERE {} AND p.id = $3",
            seen()
        );
        let row = tx.first(&sql, params![&unit.id, visit.today(), id]).await?.ok_or(Error::NotFound)?;
        let (class, key) = stage(&row)?;
        let own = row.words("unit_code")?;
        let mut facts = vec![(visit.text("practice-unit"), row.words("unit_name")?)];
        let mut fact = |key: &str, words: Option<String>| {
            facts.extend(words.filter(|w| !w.is_empty()).map(|w| (visit.text(key), w)));
        };
        let day = |name: &str| row.opt_day(name).map(|d| d.map(|d| visit.day(d)));
        fact("practice-registered", day("registered_day")?);
        let verified = match (day("verified_day")?, row.opt_text("verified_by")?) {
            (Some(day), Some(by)) => Some(format!("{day} – {by}")),
            (day, _) => day,
        };
        fact("practice-verified", verified);
        fact("practice-exemplary", day("exemplary_day")?);
        fact("practice-published", day("published_day")?);
        let mut names = false;
        if let Some(keeper) = row.opt_text("keeper")?
            && (visit.person().as_deref() == Some(keeper) || crate::names::shown(visit, tx, &own).await?)
        {
            let name = tx.one("SELECT name FROM person WHERE id = $1", params![keeper]).await?;
            fact("practice-keeper", Some(name.words("name")?));
            names = visit.person().as_deref() != Some(keeper);
        }
        Ok(Model {
            id: row.words("id")?,
            code: row.words("code")?,
            title: row.words("title")?,
            unit: (row.words("unit")?, own, row.words("unit_name")?),
            field: entry::word_of(visit.lang(), &FIELD, row.text("field")?),
            class,
            stage: visit.text(key),
            facts,
            description: row.words("description")?,
            how: row.words("how")?,
            names,
        })
    }

    fn path(&self, unit: &Unit, below: &str) -> String {
        of_unit(&unit.code, &format!("/models/{}{below}", segment(&self.id)))
    }
}

struct Shown {
    src: String,
    alt: String,
}

struct Came {
    day: String,
    unit: String,
    people: String,
}

#[derive(Template)]
#[template(path = "practice/templates/model.html")]
struct One<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    m: &'a Model,
    pictures: Vec<Shown>,
    visits: Vec<Came>,
    /// Where it is corrected and pictures are added, for who keeps the records of its unit.
    edit: String,
    add_picture: String,
    /// Where a visit of the visitor's unit is entered; a unit does not visit itself.
    visit: String,
    visit_open: bool,
    picture_open: bool,
    file_error: Option<String>,
}

impl One<'_> {
    fn paragraphs<'t>(&self, text: &'t str) -> Vec<&'t str> {
        text.lines().map(str::trim).filter(|l| !l.is_empty()).collect()
    }
}

async fn one_page(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    model: &Model,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let sql = format!(
        "SELECT e.id, e.title FROM evidence e JOIN practice p ON p.id = $1
         WHERE {OF_MODEL} AND e.about_code = p.code ORDER BY e.id LIMIT {PICTURES}"
    );
    let mut pictures = Vec::new();
    for row in tx.query(&sql, params![&model.id]).await? {
        pictures
            .push(Shown { src: picture_path(unit, &model.id, row.text("id")?), alt: row.words("title")? });
    }
    let sql = "SELECT v.day, v.people, u.name FROM practice_visit v JOIN unit u ON u.id = v.unit
               WHERE v.practice = $1 AND v.withdrawn IS NULL ORDER BY v.day DESC, u.sort LIMIT 30";
    let mut visits = Vec::new();
    for row in tx.query(sql, params![&model.id]).await? {
        let people = row.opt_int("people")?.map(|n| visit.tr(&Message::new("practice-people").with("n", n)));
        visits.push(Came {
            day: visit.day(row.day("day")?),
            unit: row.words("name")?,
            people: people.unwrap_or_default(),
        });
    }
    let keeps = visit.may(tx, Action::WriteRecords, &model.unit.1).await?;
    let writes = visit.may(tx, Action::WriteRecords, &unit.code).await?;
    let edit = of_unit(&model.unit.1, &format!("/records/practice/{}/edit", segment(&model.id)));
    let body = One {
        v: visit,
        f: visit.fields(form),
        m: model,
        pictures,
        visits,
        edit: if keeps { edit } else { String::new() },
        add_picture: if keeps { model.path(unit, "/picture") } else { String::new() },
        visit: if writes && unit.id != model.unit.0 { model.path(unit, "/visit") } else { String::new() },
        visit_open: form.error("day").is_some() || form.error("people").is_some(),
        picture_open: form.error("title").is_some() || form.error("file").is_some(),
        file_error: form.error("file").map(|m| visit.tr(m)),
    };
    page(visit, unit, &model.title)
        .crumb(visit.text("practice-models-title"), of_unit(&unit.code, "/models"))
        .status(status)
        .show(&body)
}

async fn one(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let model = Model::of(&visit, &mut tx, &unit, &id).await?;
    let form = FormState::default().with("day", visit.day(visit.today()));
    let response = one_page(&visit, &mut tx, &unit, &model, &form, StatusCode::OK).await?;
    drop(tx);
    if model.names {
        crate::names::note(&visit, &PRACTICE_KIND, &model.id, 1).await?;
    }
    Ok(response)
}

/// A picture inside our pages: only bytes that are one, as plain as [`picture`] makes them.
async fn show_picture(
    visit: Visit,
    Path((code, id, paper)): Path<(String, String, String)>,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sql = format!(
        "SELECT e.hash FROM evidence e JOIN practice p ON p.id = $3 AND e.about_code = p.code
         WHERE e.id = $4 AND {OF_MODEL} AND {}",
        seen()
    );
    let row = tx.first(&sql, params![&unit.id, visit.today(), &id, &paper]).await?.ok_or(Error::NotFound)?;
    let bytes = files::get(&mut tx, row.text("hash")?).await?.ok_or(Error::NotFound)?;
    drop(tx);
    let picture = picture::plain(&bytes).ok_or(Error::NotFound)?;
    let mut response = picture.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(picture.media));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    Ok(response)
}

/// Takes in a picture of a model; what the camera wrote beside it is not kept.
async fn add_picture(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    upload: Multipart,
) -> Result<Response> {
    let known = Upload { fields: &["title"], longest: 4_000, parts: 8 };
    let (mut form, mut files) = known.read(upload).await?;
    let (name, bytes) = files.pop().unwrap_or_default();
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let model = Model::of(&visit, &mut tx, &unit, &id).await?;
    if !visit.may(&mut tx, Action::WriteRecords, &model.unit.1).await? {
        return Err(Error::NotFound);
    }
    let title = form.required("title", 300);
    let picture = match bytes.len() {
        0 => Err(Message::new("practice-picture-none")),
        n if n > LARGEST => Err(Message::new("practice-picture-large").with("mib", LARGEST / (1024 * 1024))),
        _ => picture::plain(&bytes).ok_or_else(|| Message::new("practice-picture-wrong")),
    };
    if let (Ok(picture), Some(title)) = (&picture, &title) {
        let about = About { kind: "practice", code: &model.code };
        let taken =
            attach(&mut tx, &model.unit.0, title, &name, &picture.bytes, visit.today(), Some(about)).await;
        match taken {
            Ok(_) => {
                tx.commit().await?;
                return Ok(visit.done(&model.path(&unit, ""), "practice-picture-taken"));
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
            Err(refusal) => form.fail("file", refusal.message()),
        }
    }
    if let Err(message) = picture {
        form.fail("file", message);
    }
    drop(tx);
    let mut tx = visit.read().await?;
    one_page(&visit, &mut tx, &unit, &model, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// A visit of the visitor's unit, which belongs to the visitor.
async fn add_visit(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let model = Model::of(&visit, &mut tx, &unit, &id).await?;
    if model.unit.0 == unit.id {
        return Err(Error::NotFound);
    }
    let mut draft = entry::read(&PRACTICE_VISIT_KIND, &mut form, "", &["day", "people"]);
    if let Some(day) = draft.day("day").filter(|d| *d > visit.today()) {
        form.fail("day", Message::new("practice-visit-not-yet").with("day", visit.day(day)));
    }
    draft.set("practice", Held::Text(model.id.clone()));
    draft.set("unit", Held::Text(unit.id.clone()));
    let mut found = FormState::default();
    if form.is_ok() {
        let written =
            entry::write(&visit, &mut tx, &PRACTICE_VISIT_KIND, draft, None, &mut found, "").await?;
        if written.is_some() {
            tx.commit().await?;
            return Ok(visit.done(&model.path(&unit, ""), "practice-visit-saved"));
        }
        // The page has no field for the model itself: what is wrong with the row stands at its day.
        for error in found.into_errors() {
            form.fail(if error.field == "people" { "people" } else { "day" }, error.message);
        }
    }
    drop(tx);
    let mut tx = visit.read().await?;
    one_page(&visit, &mut tx, &unit, &model, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}
