//! Asking: a correction of one's own row, or erasure, a copy, a stop. Reading the answer.

use super::asked::of_person;
use super::held::{Line, Others, found, lines};
use super::mine::{correctable, nobody};
use super::sheet::{ASKS, DATA_REQUEST};
use crate::address::with_query;
use crate::browse::cells::shown;
use crate::entry;
use crate::kind::{Draft, Field, Held, Kind, Ty};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Day, FAR_DAY, Message};
use shell::{Access, Error, Fields, Form, FormState, Result, Route, Visit};
use store::{Tx, params};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/me/data/ask", Access::SignedIn, show),
        Route::post("/me/data/ask", Access::SignedIn, send),
        Route::post("/me/data/seen", Access::SignedIn, seen),
    ]
}

/// More letters than anybody explains with.
const REASON: usize = 2_000;

/// The value that a form proposes for a field, as the kind reads it; what is wrong with it else.
pub(super) fn proposed(kind: &'static Kind, field: &Field, typed: &str) -> std::result::Result<Draft, Message> {
    let mut form = FormState::default().with(field.name, typed);
    let draft = entry::read(kind, &mut form, "", &[field.name]);
    match form.errors().first() {
        Some(wrong) => Err(wrong.message.clone()),
        None => Ok(draft),
    }
}

/// What is asked about.
struct Subject {
    kind: &'static Kind,
    line: Line,
    field: Option<&'static Field>,
}

impl Subject {
    /// The person's own row; what is not theirs, or only names them, is not there.
    async fn of(visit: &Visit, tx: &mut Tx, person: &str, form: &FormState) -> Result<Subject> {
        let (name, row) = (form.value("kind"), form.value("row"));
        let all = found(tx, person, false).await?;
        let of = all.iter().find(|f| f.kind.name == name && name != "data_request").ok_or(Error::NotFound)?;
        let others = Others::of(visit, tx, person).await?;
        let line = lines(visit, tx, of, person, &others).await?.into_iter().find(|l| l.id == row);
        let line = line.ok_or(Error::NotFound)?;
        let field = of.kind.fields.iter().find(|f| f.name == form.value("field") && offered(f, &line));
        if field.is_none() && !matches!(form.value("field"), "" | "other") {
            return Err(Error::NotFound);
        }
        Ok(Subject { kind: of.kind, line, field })
    }
}

/// What others wrote in a row that only names somebody is not theirs to have changed by one tap.
fn offered(field: &Field, line: &Line) -> bool {
    correctable(field) && !line.named && !matches!(field.name, "search" | "sort" | "hash" | "media" | "size")
}

#[derive(Template)]
#[template(path = "privacy/templates/ask.html")]
struct Ask<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    asks: &'a str,
    subject: Option<&'a Subject>,
    field: &'a str,
    now: String,
    /// The fields that can be corrected: link, heading, what stands there.
    fields: Vec<(String, &'static str, String)>,
    options: Vec<(String, String)>,
    due: String,
}

impl Ask<'_> {
    fn is_day(&self) -> bool {
        self.subject.and_then(|s| s.field).is_some_and(|f| f.ty == Ty::Day)
    }
    fn is_long(&self) -> bool {
        self.subject.and_then(|s| s.field).is_some_and(|f| f.ty == Ty::Long)
    }
    fn of_kind(&self) -> &'static str {
        self.subject.map_or("", |s| s.kind.name)
    }
    fn row(&self) -> &str {
        self.subject.map_or("", |s| s.line.id.as_str())
    }
    fn label(&self) -> String {
        let field = self.subject.and_then(|s| s.field);
        field.map_or_else(|| self.v.text("privacy-proposed"), |f| f.heading(self.v.lang()).to_owned())
    }
    fn title(&self) -> &'static str {
        self.subject.map_or("", |s| s.kind.title(self.v.lang()))
    }
}

fn options(visit: &Visit, field: &Field) -> Vec<(String, String)> {
    match field.ty {
        Ty::Choice(choices) => entry::options(visit.lang(), choices),
        Ty::Flag => vec![("1".to_owned(), visit.text("privacy-yes")), ("0".to_owned(), visit.text("privacy-no"))],
        _ => Vec::new(),
    }
}

fn page(visit: &Visit, form: &FormState, subject: Option<&Subject>, status: StatusCode) -> Result<Response> {
    let asks = form.value("asks");
    let field = subject.and_then(|s| s.field);
    let words = |s: &Subject, name: &str| s.line.words.get(name).cloned().unwrap_or_default();
    let fields = subject.map_or_else(Vec::new, |s| {
        let link = |field: &str| {
            let pairs = [("asks", asks), ("kind", s.kind.name), ("row", s.line.id.as_str()), ("field", field)];
            with_query("/me/data/ask", &pairs)
        };
        let mut all: Vec<_> = shown(s.kind)
            .filter(|f| offered(f, &s.line))
            .map(|f| (link(f.name), f.heading(visit.lang()), words(s, f.name)))
            .collect();
        all.push((link("other"), "", String::new()));
        all
    });
    let title = visit.text(&format!("privacy-ask-{asks}"));
    let body = Ask {
        v: visit,
        f: visit.fields(form),
        asks,
        field: form.value("field"),
        now: field.and_then(|f| subject.map(|s| words(s, f.name))).unwrap_or_default(),
        fields,
        options: field.map(|f| options(visit, f)).unwrap_or_default(),
        due: visit.day(super::due::due(visit.today())),
        subject,
    };
    let mine = visit.text("privacy-title");
    visit.page(title).crumb(visit.text("account-me-title"), "/me").crumb(mine, "/me/data").status(status).show(&body)
}

async fn show(visit: Visit, Form(form): Form) -> Result<Response> {
    let Some(person) = visit.person() else { return nobody(&visit) };
    let form = if form.value("asks").is_empty() { form.with("asks", "copy") } else { form };
    if !ASKS.iter().any(|a| a.code == form.value("asks")) {
        return Err(Error::NotFound);
    }
    let mut tx = visit.read().await?;
    let subject = match form.value("asks") {
        "correct" => Some(Subject::of(&visit, &mut tx, &person, &form).await?),
        _ => None,
    };
    drop(tx);
    page(&visit, &form, subject.as_ref(), StatusCode::OK)
}

/// The unit that answers: where the person belongs today, or where they were first entered.
async fn unit_of(tx: &mut Tx, person: &str, day: Day) -> Result<String> {
    let sql = "SELECT COALESCE(
                 (SELECT m.unit FROM membership m WHERE m.person = $1 AND m.withdrawn IS NULL
                    AND m.from_day <= $2 AND COALESCE(m.to_day, $3) >= $2
                  ORDER BY CASE m.category WHEN 'party_member' THEN 0 ELSE 1 END, m.from_day DESC, m.id LIMIT 1),
                 p.unit) AS unit FROM person p WHERE p.id = $1";
    Ok(tx.first(sql, params![person, day, FAR_DAY]).await?.ok_or(Error::NotFound)?.words("unit")?)
}

async fn send(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let Some(person) = visit.person() else { return nobody(&visit) };
    let known = |typed: &str| ASKS.iter().find(|a| a.code == typed).map(|a| a.code);
    let asks = known(form.value("asks")).ok_or(Error::NotFound)?;
    let mut tx = visit.write().await?;
    let subject = match asks {
        "correct" => Some(Subject::of(&visit, &mut tx, &person, &form).await?),
        _ => None,
    };
    let reason = form.long("reason", REASON);
    let value = if asks == "correct" { form.long("proposed", REASON) } else { None };
    if asks == "correct" {
        form.require("proposed", value.clone());
        if let (Some(field), Some(s), Some(typed)) = (subject.as_ref().and_then(|s| s.field), &subject, &value)
            && let Err(wrong) = proposed(s.kind, field, typed)
        {
            form.fail("proposed", wrong);
        }
    }
    let same = |a: &super::asked::Asked| {
        let (kind, row) = subject.as_ref().map_or(("", ""), |s| (s.kind.name, s.line.id.as_str()));
        a.answered.is_none() && a.asks == asks && a.about_kind == kind && a.about_id == row && a.field == form.value("field")
    };
    if of_person(&mut tx, &person).await?.iter().any(same) {
        form.fail(if asks == "correct" { "proposed" } else { "reason" }, Message::new("privacy-asked-already"));
    }
    if form.is_ok() {
        let today = visit.today();
        let text = |t: Option<String>| t.map_or(Held::Empty, Held::Text);
        let code = entry::free_code(&mut tx, "data_request", &format!("YCDL-{}", today.year())).await?;
        let mut draft = Draft::default();
        draft.set("code", Held::Text(code));
        draft.set("unit", Held::Text(unit_of(&mut tx, &person, today).await?));
        draft.set("person", Held::Text(person));
        draft.set("asks", Held::Text(asks.to_owned()));
        draft.set("about_kind", text(subject.as_ref().map(|s| s.kind.name.to_owned())));
        draft.set("about_id", text(subject.as_ref().map(|s| s.line.id.clone())));
        let field = subject.as_ref().map(|s| s.field.map_or("other", |f| f.name).to_owned());
        draft.set("field", text(field));
        draft.set("proposed", text(value));
        draft.set("reason", text(reason));
        draft.set("day", Held::Day(today));
        if entry::write_own(&mut tx, &DATA_REQUEST, draft, None, &mut form, "").await?.is_some() {
            tx.commit().await?;
            return Ok(visit.done("/me/data#asked", "privacy-sent"));
        }
    }
    drop(tx);
    page(&visit, &form, subject.as_ref(), StatusCode::UNPROCESSABLE_ENTITY)
}

/// The answers were read: home asks no more.
async fn seen(visit: Visit) -> Result<Response> {
    let Some(person) = visit.person() else { return nobody(&visit) };
    let mut tx = visit.write().await?;
    for asked in of_person(&mut tx, &person).await? {
        if asked.answered.is_some() && !asked.seen {
            let mut draft = Draft::default();
            draft.set("seen_day", Held::Day(visit.today()));
            super::asked::change(&mut tx, &asked.id, draft).await?;
        }
    }
    tx.commit().await?;
    Ok(visit.done("/me/data", "privacy-seen"))
}
