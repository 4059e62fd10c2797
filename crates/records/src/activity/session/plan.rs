//! Preparing a session: the list of a unit's sessions, and the form that plans one.

use super::super::pages::{Offers, Options, free_code, same};
use super::super::sheet::{DEPTH, MODE};
use super::asked::{Task, open_tasks};
use super::sheet::{MEETING, MEETING_KIND};
use super::Session;
use crate::address::{of_unit, page, segment, unit_of};
use crate::entry;
use crate::kind::Held;
use crate::names;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Message;
use shell::{Form, FormState, Result, Visit};
use store::params;

/// Sessions on the list.
const MOST: i64 = 60;

/// What the form asks for, in its order.
const ASKED: [&str; 11] = [
    "kind", "title", "day", "hour", "place", "mode", "theme", "depth", "lead_in", "agenda", "paper_sent_day",
];

struct Line {
    href: String,
    title: String,
    about: String,
    held: bool,
    late: bool,
}

#[derive(Template)]
#[template(path = "activity/session/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    new: String,
    rota: String,
    past: String,
    lines: Vec<Line>,
    tasks: Vec<Task>,
    /// Where the open follow-ups are sent, and the session whose page asks.
    asked: String,
    session: String,
    form: &'a FormState,
}

/// `GET /unit/{unit}/sessions`
pub(super) async fn list(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let tasks = open_tasks(&visit, &mut tx, &unit, "").await?;
    list_page(&visit, &mut tx, &unit, tasks, &FormState::default(), StatusCode::OK).await
}

/// The list; also what a refused answer about follow-ups comes back to.
pub(super) async fn list_page(
    visit: &Visit,
    tx: &mut store::Tx,
    unit: &Unit,
    tasks: Vec<Task>,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let sql = "SELECT id, title, kind, day, hour, activity FROM meeting WHERE unit = $1 AND withdrawn IS NULL
               ORDER BY day DESC, id DESC LIMIT $2";
    let mut lines = Vec::new();
    for row in tx.query(sql, params![&unit.id, MOST]).await? {
        let day = row.day("day")?;
        let kind = entry::word_of(visit.lang(), &MEETING_KIND, row.text("kind")?);
        let hour = row.opt_text("hour")?.map(|h| format!("{h}, ")).unwrap_or_default();
        let held = row.opt_text("activity")?.is_some();
        lines.push(Line {
            href: of_unit(&unit.code, &format!("/session/{}", segment(row.text("id")?))),
            title: row.words("title")?,
            about: format!("{kind} · {hour}{}", visit.day(day)),
            late: !held && day < visit.today(),
            held,
        });
    }
    let body = List {
        v: visit,
        new: of_unit(&unit.code, "/session/new"),
        rota: of_unit(&unit.code, "/rota"),
        past: of_unit(&unit.code, "/activity/new"),
        asked: of_unit(&unit.code, "/sessions/asked"),
        session: String::new(),
        lines,
        tasks,
        form,
    };
    page(visit, unit, visit.text("activity-session-list-title")).status(status).show(&body)
}

#[derive(Template)]
#[template(path = "activity/session/templates/plan.html")]
struct Plan<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    action: String,
    offers: Offers,
    new: bool,
    past: String,
}

impl Plan<'_> {
    fn kinds(&self) -> Options {
        entry::options(self.v.lang(), &MEETING_KIND)
    }

    fn modes(&self) -> Options {
        entry::options(self.v.lang(), &MODE)
    }

    fn depths(&self) -> Options {
        entry::options(self.v.lang(), &DEPTH)
    }
}

fn plan_page(
    visit: &Visit,
    unit: &Unit,
    session: Option<&Session>,
    form: &FormState,
    offers: Offers,
    status: StatusCode,
) -> Result<Response> {
    let action = match session {
        Some(session) => session.path(unit, "/edit"),
        None => of_unit(&unit.code, "/session/new"),
    };
    let new = session.is_none();
    let past = of_unit(&unit.code, "/activity/new");
    let body = Plan { v: visit, f: visit.fields(form), action, offers, new, past };
    let title = visit.text(if new { "activity-session-new-title" } else { "activity-session-edit-title" });
    let mut page = page(visit, unit, title)
        .crumb(visit.text("activity-session-list-title"), of_unit(&unit.code, "/sessions"));
    if let Some(session) = session {
        page = page.crumb(&session.title, session.path(unit, ""));
    }
    page.status(status).show(&body)
}

/// `GET /unit/{unit}/session/new`
pub(super) async fn blank(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let names = names::shown(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit, names).await?;
    // A cell meets at the same hour and place as the last time.
    let sql = "SELECT hour, place, mode FROM meeting WHERE unit = $1 AND withdrawn IS NULL ORDER BY day DESC, id DESC LIMIT 1";
    if let Some(last) = tx.first(sql, params![&unit.id]).await? {
        form = entry::fill(&MEETING, form, "", &["hour", "place", "mode"], &last)?;
    }
    plan_page(&visit, &unit, None, &form, offers, StatusCode::OK)
}

/// `POST /unit/{unit}/session/new`
pub(super) async fn add(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let names = names::shown(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit, names).await?;
    let mut draft = entry::read(&MEETING, &mut form, "", &ASKED);
    offers.check(&mut form);
    draft.set("unit", Held::Text(unit.id.clone()));
    if let (Some(day), Some(kind), true) = (draft.day("day"), draft.text("kind"), form.is_ok()) {
        if day < visit.today() {
            form.fail("day", Message::new("activity-session-past").with("day", visit.day(day)));
        }
        let title = draft.text("title").unwrap_or_default();
        if planned(&mut tx, &unit.id, kind, day, title).await?
            || same(&mut tx, &unit.id, kind, day, title).await?
        {
            form.fail("title", Message::new("activity-session-already").with("day", visit.day(day)));
        }
        let code = free_code(&mut tx, kind, &unit.code, day).await?;
        draft.set("code", Held::Text(code));
    }
    if form.is_ok()
        && let Some(id) = entry::write(&visit, &mut tx, &MEETING, draft, None, &mut form, "").await?
    {
        tx.commit().await?;
        let to = of_unit(&unit.code, &format!("/session/{}", segment(&id)));
        return Ok(visit.done(&to, "activity-session-added"));
    }
    plan_page(&visit, &unit, None, &form, offers, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Whether the same session is planned already: a form sent twice makes one.
async fn planned(
    tx: &mut store::Tx,
    unit: &str,
    kind: &str,
    day: domain::Day,
    title: &str,
) -> Result<bool> {
    let sql =
        "SELECT title FROM meeting WHERE unit = $1 AND kind = $2 AND day = $3 AND withdrawn IS NULL LIMIT 50";
    let wanted = domain::text::fold(title);
    for row in tx.query(sql, params![unit, kind, day]).await? {
        if domain::text::fold(row.text("title")?) == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `GET /unit/{unit}/session/{id}/edit`
pub(super) async fn edit(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let session = Session::of(&mut tx, &unit, &id).await?;
    open_still(&session)?;
    let names = names::shown(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit, names).await?;
    let row = tx.one("SELECT * FROM meeting WHERE id = $1", params![&session.id]).await?;
    let form = entry::fill(&MEETING, FormState::default(), "", &ASKED, &row)?;
    plan_page(&visit, &unit, Some(&session), &form, offers, StatusCode::OK)
}

/// What was held is corrected in the book of activities, where it counts.
fn open_still(session: &Session) -> Result<()> {
    if session.activity.is_none() {
        return Ok(());
    }
    Err(shell::Error::Problem(Message::new("activity-session-held-already")))
}

/// `POST /unit/{unit}/session/{id}/edit`
pub(super) async fn change(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let session = Session::of(&mut tx, &unit, &id).await?;
    open_still(&session)?;
    let names = names::shown(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit, names).await?;
    let mut draft = entry::read(&MEETING, &mut form, "", &ASKED);
    draft.set("unit", Held::Text(unit.id.clone()));
    if offers.people.is_empty() {
        // The page had no such field: what was there stays.
        draft.values.remove("lead_in");
    }
    offers.check(&mut form);
    if let Some(day) = draft.day("day").filter(|day| *day < visit.today() && *day != session.day) {
        form.fail("day", Message::new("activity-session-past").with("day", visit.day(day)));
    }
    if form.is_ok()
        && entry::write(&visit, &mut tx, &MEETING, draft, Some(&session.id), &mut form, "").await?.is_some()
    {
        tx.commit().await?;
        return Ok(visit.done(&session.path(&unit, ""), "activity-session-changed"));
    }
    plan_page(&visit, &unit, Some(&session), &form, offers, StatusCode::UNPROCESSABLE_ENTITY)
}
