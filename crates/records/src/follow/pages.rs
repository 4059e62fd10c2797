//! Pages: what is followed, what was forgotten, and the form of a look.

use super::look;
use super::sheet::LOOK;
use super::subject::{self, MOST, Subject, What};
use crate::address::{of_unit, page, segment, unit_of};
use crate::names;
use crate::remember::Lists;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Action, Day, FAR_DAY, Message};
use shell::{Access, Error, Form, FormState, Result, Route, Visit};
use store::{Tx, params};

/// The fields that say a look was done.
const DONE: [&str; 3] = ["looked_at", "said", "changed"];

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    vec![
        Route::get("/unit/{unit}/follow", write, list),
        Route::post("/unit/{unit}/follow", write, plan_all),
        Route::get("/unit/{unit}/follow/{what}/{id}", write, one),
        Route::post("/unit/{unit}/follow/{what}/{id}", write, save),
    ]
}

struct Line {
    href: String,
    title: String,
    about: String,
}

struct Part {
    id: &'static str,
    title: String,
    none: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "follow/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    action: String,
    parts: Vec<Part>,
    planned: Vec<Line>,
    people: Vec<(String, String)>,
    commitments: usize,
    cut: bool,
    all_open: bool,
}

impl List<'_> {
    fn all_title(&self) -> String {
        self.v.tr(&Message::new("follow-all-title").with("n", self.commitments))
    }
}

/// Members of the unit today, who may look.
async fn people(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<(String, String)>> {
    let sql = "SELECT DISTINCT p.id, p.name, p.sort, p.code FROM membership m
               JOIN person p ON p.id = m.person AND p.withdrawn IS NULL
               JOIN unit_span s ON s.descendant = m.unit AND s.ancestor = $1 AND s.from_day <= $2 AND s.to_day >= $2
               WHERE m.withdrawn IS NULL AND m.from_day <= $2 AND COALESCE(m.to_day, $3) >= $2
               ORDER BY p.sort, p.code LIMIT 500";
    let rows = Lists::rows(visit, tx, sql, params![&unit.id, visit.today(), FAR_DAY]).await?;
    Ok(rows.iter().map(|r| Ok((r.words("id")?, r.words("name")?))).collect::<store::Result<_>>()?)
}

/// Who looks unless somebody else is chosen: the visitor, when they are among the members.
fn myself(visit: &Visit, people: &[(String, String)]) -> String {
    let own = visit.person().unwrap_or_default();
    if people.iter().any(|(id, _)| *id == own) { own } else { String::new() }
}

fn line(visit: &Visit, s: &Subject, home: &Unit) -> Line {
    let mut about = vec![visit.text(&format!("follow-what-{}", s.what.code()))];
    if s.unit != home.id {
        about.push(s.unit_name.clone());
    }
    // A commitment's title names its person already.
    if s.what != What::Commitment && !s.person.is_empty() {
        about.push(s.person.clone());
    }
    if let Some(planned) = &s.planned {
        let message = Message::new("follow-planned-for").with("day", visit.day(planned.day));
        about.push(visit.tr(&message));
        if !planned.who_name.is_empty() {
            about.push(planned.who_name.clone());
        }
    }
    let looked = match s.looked {
        Some(day) => visit.tr(&Message::new("follow-looked-on").with("day", visit.day(day))),
        None => visit.text("follow-never-looked"),
    };
    about.push(looked);
    Line { href: s.path(), title: s.title.clone(), about: about.join(" · ") }
}

async fn show(visit: &Visit, unit: &Unit, form: &FormState, status: StatusCode) -> Result<Response> {
    let mut tx = visit.read().await?;
    let today = visit.today();
    let named = names::shown(visit, &mut tx, &unit.code).await?;
    let mut all = subject::open(visit, &mut tx, &unit.id, named).await?;
    let people = if named { people(visit, &mut tx, unit).await? } else { Vec::new() };
    drop(tx);
    if named && all.iter().any(|s| s.personal) {
        names::note(visit, &LOOK, &unit.id, all.len()).await?;
    }
    let cut = all.len() >= MOST;
    // Longest waiting first.
    all.sort_by_key(|s| s.planned.as_ref().map(|p| p.day));
    let commitments = all.iter().filter(|s| s.what == What::Commitment).count();
    let part = |id: &'static str, chosen: &dyn Fn(&Subject) -> bool| Part {
        id,
        title: visit.text(&format!("follow-{id}")),
        none: visit.text(&format!("follow-{id}-none")),
        lines: all.iter().filter(|s| chosen(s)).map(|s| line(visit, s, unit)).collect(),
    };
    let parts = vec![
        part("late", &|s| s.late(today)),
        part("never", &|s| s.looked.is_none() && !s.late(today)),
        part("vague", &|s| s.vague > 0),
    ];
    let planned = all.iter().filter(|s| s.looked.is_some() && !s.late(today));
    let planned = planned.map(|s| line(visit, s, unit)).collect();
    let form = if form.names().any(|n| n == "who") {
        form.clone()
    } else {
        form.clone().with("who", myself(visit, &people))
    };
    let body = List {
        v: visit,
        f: visit.fields(&form),
        action: of_unit(&unit.code, "/follow"),
        parts,
        planned,
        people,
        commitments,
        cut,
        all_open: !form.is_ok(),
    };
    page(visit, unit, visit.text("follow-title")).lead(visit.text("follow-lead")).status(status).show(&body)
}

async fn list(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    drop(tx);
    show(&visit, &unit, &FormState::default(), StatusCode::OK).await
}

/// The day and the person of a next look, checked.
fn next(visit: &Visit, form: &mut FormState, people: &[(String, String)]) -> (Option<Day>, Option<String>) {
    let day = form.day("next_day");
    if let Some(day) = day.filter(|d| *d < visit.today()) {
        form.fail("next_day", Message::new("follow-past").with("day", visit.day(day)));
    }
    let who = form.text("who", 60);
    if let Some(who) = &who
        && !people.iter().any(|(id, _)| id == who)
    {
        form.fail("who", Message::new("follow-who-gone"));
    }
    (day, who)
}

/// One step for all: the next look of every open commitment.
async fn plan_all(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let named = names::shown(&visit, &mut tx, &code).await?;
    let people = if named { people(&visit, &mut tx, &unit).await? } else { Vec::new() };
    let (day, who) = next(&visit, &mut form, &people);
    let day = form.require("next_day", day);
    let all = subject::open(&visit, &mut tx, &unit.id, false).await?;
    let all: Vec<&Subject> = all.iter().filter(|s| s.what == What::Commitment).collect();
    if all.len() >= MOST {
        form.fail("next_day", Message::new("follow-too-many").with("most", MOST));
    }
    if let Some(day) = day.filter(|_| form.is_ok()) {
        for s in all {
            let open = s.planned.as_ref().map(|p| p.id.as_str());
            look::plan(&visit, &mut tx, s, open, day, who.as_deref(), &mut form).await?;
        }
    }
    if !form.is_ok() {
        drop(tx);
        return show(&visit, &unit, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    tx.commit().await?;
    Ok(visit.done(&of_unit(&unit.code, "/follow"), "follow-all-planned"))
}

struct Past {
    day: String,
    who: String,
    looked_at: String,
    said: String,
    changed: String,
}

#[derive(Template)]
#[template(path = "follow/templates/look.html")]
struct Look<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    action: String,
    about: String,
    whole: String,
    items: Vec<(String, String, bool)>,
    past: Vec<Past>,
    people: Vec<(String, String)>,
}

async fn past(visit: &Visit, tx: &mut Tx, s: &Subject, named: bool) -> Result<Vec<Past>> {
    let (column, id) = match (s.what, &s.task) {
        (What::Commitment, _) => ("commitment", &s.id),
        (What::Breakthrough, _) => ("breakthrough", &s.id),
        (What::Task, Some((activity, _))) => ("activity", activity),
        (What::Task, None) => return Ok(Vec::new()),
    };
    let task = s.task.as_ref().map_or("", |t| t.1.as_str());
    let sql = format!(
        "SELECT l.looked_day, l.looked_at, l.said, l.changed, p.name FROM look l LEFT JOIN person p ON p.id = l.who
         WHERE l.{column} = $1 AND COALESCE(l.task, '') = $2 AND l.looked_day IS NOT NULL AND l.withdrawn IS NULL
         ORDER BY l.looked_day DESC, l.id DESC LIMIT 30"
    );
    let mut all = Vec::new();
    for row in tx.query(&sql, params![id, task]).await? {
        all.push(Past {
            day: visit.day(row.day("looked_day")?),
            who: if named { row.words("name")? } else { String::new() },
            looked_at: row.words("looked_at")?,
            said: row.words("said")?,
            changed: row.words("changed")?,
        });
    }
    Ok(all)
}

/// What there is to look at: the items of a commitment, each with its day and whether it is done.
async fn items(visit: &Visit, tx: &mut Tx, s: &Subject) -> Result<Vec<(String, String, bool)>> {
    if s.what != What::Commitment {
        return Ok(Vec::new());
    }
    let sql = "SELECT what, measure, target, deadline, done_day FROM commitment_item
               WHERE commitment = $1 AND withdrawn IS NULL ORDER BY no";
    let mut all = Vec::new();
    for row in tx.query(sql, params![&s.id]).await? {
        let deadline = row.opt_day("deadline")?.map(|d| visit.day(d)).unwrap_or_default();
        let facts = [row.words("measure")?, row.words("target")?, deadline];
        let facts: Vec<String> = facts.into_iter().filter(|f| !f.is_empty()).collect();
        all.push((row.words("what")?, facts.join(" · "), row.opt_day("done_day")?.is_some()));
    }
    Ok(all)
}

/// The thing whose page it is, with the people who may look.
struct Asked {
    unit: Unit,
    subject: Subject,
    named: bool,
    people: Vec<(String, String)>,
}

async fn asked(visit: &Visit, tx: &mut Tx, code: &str, what: &str, id: &str) -> Result<Asked> {
    let unit = unit_of(visit, tx, code).await?;
    let what = What::from_code(what).ok_or(Error::NotFound)?;
    let named = names::shown(visit, tx, code).await?;
    let subject = subject::one(visit, tx, what, &unit.id, id, named).await?.ok_or(Error::NotFound)?;
    let people = if named { people(visit, tx, &unit).await? } else { Vec::new() };
    Ok(Asked { unit, subject, named, people })
}

async fn look_page(visit: &Visit, asked: &Asked, form: &FormState, status: StatusCode) -> Result<Response> {
    let Asked { unit, subject, named, people } = asked;
    let mut tx = visit.read().await?;
    let past = past(visit, &mut tx, subject, *named).await?;
    let items = items(visit, &mut tx, subject).await?;
    drop(tx);
    if *named && subject.personal {
        names::note(visit, &LOOK, &subject.id, 1).await?;
    }
    let whole = match (subject.what, &subject.task) {
        (What::Commitment, _) => of_unit(&unit.code, &format!("/commitment/{}", segment(&subject.id))),
        (What::Task, _) => of_unit(&unit.code, &format!("/records/follow_up/{}", segment(&subject.id))),
        (What::Breakthrough, _) => {
            of_unit(&unit.code, &format!("/records/breakthrough/{}", segment(&subject.id)))
        }
    };
    let body = Look {
        v: visit,
        f: visit.fields(form),
        action: subject.path(),
        about: line(visit, subject, unit).about,
        whole,
        items,
        past,
        people: people.clone(),
    };
    page(visit, unit, subject.title.clone())
        .crumb(visit.text("follow-title"), of_unit(&unit.code, "/follow"))
        .status(status)
        .show(&body)
}

async fn one(visit: Visit, Path((code, what, id)): Path<(String, String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let asked = asked(&visit, &mut tx, &code, &what, &id).await?;
    drop(tx);
    let planned = asked.subject.planned.as_ref();
    let who = planned.and_then(|p| p.who.clone()).unwrap_or_else(|| myself(&visit, &asked.people));
    let form =
        FormState::default().with("looked_day", visit.day(visit.today())).with("who", who);
    look_page(&visit, &asked, &form, StatusCode::OK).await
}

/// A look that was done plans the next; a day alone plans the next, or moves it.
async fn save(
    visit: Visit,
    Path((code, what, id)): Path<(String, String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let asked = asked(&visit, &mut tx, &code, &what, &id).await?;
    let (next_day, who) = next(&visit, &mut form, &asked.people);
    let looked = DONE.iter().any(|f| !form.value(f).trim().is_empty());
    if !looked && next_day.is_none() && form.is_ok() {
        form.fail("looked_at", Message::new("follow-nothing"));
    }
    let subject = &asked.subject;
    if looked && form.is_ok() {
        look::done(&visit, &mut tx, subject, next_day, &mut form).await?;
    }
    if let Some(day) = next_day.filter(|_| form.is_ok()) {
        // The look that was planned is done now; the next is a row of its own.
        let open = subject.planned.as_ref().filter(|_| !looked).map(|p| p.id.as_str());
        look::plan(&visit, &mut tx, subject, open, day, who.as_deref(), &mut form).await?;
    }
    if !form.is_ok() {
        drop(tx);
        return look_page(&visit, &asked, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    tx.commit().await?;
    let told = if looked { "follow-saved" } else { "follow-planned" };
    Ok(visit.done(&of_unit(&asked.unit.code, "/follow"), told))
}
