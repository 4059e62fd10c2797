//! What is done at a session and after it: the paper sent, holding it, the picture for members'
//! phones, minutes and conclusion, new tasks.

use super::super::pages::same;
use super::super::sheet::{ACTIVITY, FOLLOW_UP};
use super::asked::names_or_nothing;
use super::one::page_of;
use super::sheet::{MEETING, length, shown_clock};
use super::{Session, called, changes, token};
use crate::address::{page, segment, unit_of};
use crate::entry;
use crate::kind::Held;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use chrono::{FixedOffset, TimeZone, Timelike};
use domain::Message;
use shell::{Error, Form, FormState, Html, Result, Visit};
use store::{Tx, params};

/// Seconds between two pictures: a code is good for three minutes, so one that is seen is one that works.
const RENEW: &str = "45";

async fn open(visit: &Visit, tx: &mut Tx, code: &str, id: &str) -> Result<(Unit, Session)> {
    let unit = unit_of(visit, tx, code).await?;
    let session = Session::of(tx, &unit, id).await?;
    names_or_nothing(visit, tx, &unit).await?;
    Ok((unit, session))
}

fn text(held: Option<String>) -> Held {
    held.map_or(Held::Empty, Held::Text)
}

/// Shows the page again with what was wrong.
async fn again(visit: &Visit, unit: &Unit, session: &Session, form: FormState) -> Result<Response> {
    let mut tx = visit.read().await?;
    page_of(visit, &mut tx, unit, session, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST …/sent`: the paper went out on a day.
pub(super) async fn sent(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let (unit, session) = open(&visit, &mut tx, &code, &id).await?;
    let day = form.day("paper_sent_day");
    if let Some(day) = form.require("paper_sent_day", day) {
        if day > visit.today() {
            form.fail("paper_sent_day", Message::new("activity-session-not-sent-yet").with("day", visit.day(day)));
        }
        let held = || changes([("unit", Held::Text(unit.id.clone())), ("paper_sent_day", Held::Day(day))]);
        if form.is_ok() {
            entry::write(&visit, &mut tx, &MEETING, held(), Some(&session.id), &mut form, "").await?;
        }
        if let (Some(activity), true) = (&session.activity, form.is_ok()) {
            entry::write(&visit, &mut tx, &ACTIVITY, held(), Some(activity), &mut form, "").await?;
        }
    }
    if form.is_ok() {
        tx.commit().await?;
        return Ok(visit.done(&session.path(&unit, ""), "activity-session-sent-saved"));
    }
    drop(tx);
    again(&visit, &unit, &session, form).await
}

/// The hour that it is, as offices of the country see it.
fn now_hour(visit: &Visit) -> String {
    let zone = FixedOffset::east_opt(7 * 3_600);
    let now = zone.and_then(|zone| zone.timestamp_millis_opt(visit.now()).single());
    now.map(|t| shown_clock(i64::from(t.hour()) * 60 + i64::from(t.minute()))).unwrap_or_default()
}

/// `POST …/hold`: the session becomes an activity, once, not before its day.
pub(super) async fn hold(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.write().await?;
    let (unit, session) = open(&visit, &mut tx, &code, &id).await?;
    let to = session.path(&unit, "");
    if session.activity.is_some() {
        return Ok(visit.done(&to, "activity-session-held"));
    }
    if session.day > visit.today() {
        return Err(Error::Problem(Message::new("activity-session-not-yet").with("day", visit.day(session.day))));
    }
    // Somebody may have entered it in the book already; then it is that one.
    let mut activity = None;
    if same(&mut tx, &unit.id, &session.kind, session.day, &session.title).await? {
        let sql = "SELECT id FROM activity WHERE unit = $1 AND kind = $2 AND day = $3 AND withdrawn IS NULL ORDER BY id LIMIT 1";
        let row = tx.first(sql, params![&unit.id, &session.kind, session.day]).await?;
        activity = row.map(|r| r.words("id")).transpose()?;
    }
    let mut form = FormState::default();
    if activity.is_none() {
        let programme = match &session.theme {
            Some(theme) => {
                let row = tx.first("SELECT programme FROM theme WHERE id = $1", params![theme]).await?;
                row.map(|r| r.words("programme")).transpose()?
            }
            None => None,
        };
        let word = |text_: &str| if text_.is_empty() { Held::Empty } else { Held::Text(text_.to_owned()) };
        let draft = changes([
            ("code", word(&session.code)),
            ("unit", word(&unit.id)),
            ("kind", word(&session.kind)),
            ("title", word(&session.title)),
            ("day", Held::Day(session.day)),
            ("mode", word(&session.mode)),
            ("depth", word(&session.depth)),
            ("theme", text(session.theme.clone())),
            ("programme", text(programme)),
            ("lead_in", text(session.lead_in.clone())),
            ("paper_sent_day", session.sent.map_or(Held::Empty, Held::Day)),
        ]);
        activity = entry::write(&visit, &mut tx, &ACTIVITY, draft, None, &mut form, "").await?;
    }
    if let (Some(activity), true) = (activity, form.is_ok()) {
        let mut values = vec![("unit", Held::Text(unit.id.clone())), ("activity", Held::Text(activity))];
        if session.started.is_empty() && session.day == visit.today() {
            values.push(("started", Held::Text(now_hour(&visit))));
        }
        entry::write(&visit, &mut tx, &MEETING, changes(values), Some(&session.id), &mut form, "").await?;
        token::keep_secret(&visit, &mut tx, &session.id).await?;
    }
    if form.is_ok() {
        tx.commit().await?;
        return Ok(visit.done(&to, "activity-session-held"));
    }
    Err(Error::Invalid(form.into_errors()))
}

#[derive(Template)]
#[template(path = "activity/session/templates/qr.html")]
struct Picture<'a> {
    v: &'a Visit,
    picture: Html,
    link: String,
    here: String,
    arrived: Vec<String>,
    back: String,
    over: bool,
}

/// The address that phones open: the site's own, or what this browser called it.
fn address(visit: &Visit, headers: &HeaderMap, path: &str) -> String {
    let config = &visit.site().config;
    if !config.base_url.is_empty() {
        return format!("{}{path}", config.base_url.trim_end_matches('/'));
    }
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
    format!("{}://{host}{path}", if config.secure_cookies { "https" } else { "http" })
}

/// `GET …/qr`: the picture on the secretary's screen, and who has arrived.
pub(super) async fn qr(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (unit, session) = open(&visit, &mut tx, &code, &id).await?;
    let not_held = || Error::Problem(Message::new("activity-session-hold-first"));
    let activity = session.activity.clone().ok_or_else(not_held)?;
    let code = token::current(&mut tx, &session.id, visit.now()).await?.ok_or_else(not_held)?;
    let link = address(&visit, &headers, &format!("/me/attend/{}", segment(&code)));
    let sql = "SELECT p.name FROM attendance a JOIN person p ON p.id = a.person
               WHERE a.activity = $1 AND a.status = 'present' AND a.withdrawn IS NULL ORDER BY p.sort, p.code";
    let mut arrived = Vec::new();
    for row in tx.query(sql, params![&activity]).await? {
        arrived.push(row.words("name")?);
    }
    let all = called(&mut tx, &unit.id, session.day).await?.len();
    drop(tx);
    let made = qrcode::QrCode::new(link.as_bytes()).map_err(|e| Error::Defect(e.to_string()))?;
    let svg = made.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build();
    let svg = svg.find("<svg").map_or("", |at| &svg[at..]).to_owned();
    let here = Message::new("activity-session-here").with("here", arrived.len()).with("all", all);
    let body = Picture {
        v: &visit,
        picture: Html::trusted(svg),
        link,
        here: visit.tr(&here),
        arrived,
        back: session.path(&unit, ""),
        over: session.day != visit.today(),
    };
    let made = page(&visit, &unit, visit.text("activity-session-qr-title")).crumb(&session.title, session.path(&unit, ""));
    let mut response = made.show(&body)?;
    // The page renews itself without a script.
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(RENEW));
    Ok(response)
}

/// `POST …/close`: hours, minutes and conclusion.
pub(super) async fn close(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let (unit, session) = open(&visit, &mut tx, &code, &id).await?;
    let Some(activity) = session.activity.clone() else {
        return Err(Error::Problem(Message::new("activity-session-hold-first")));
    };
    let people = called(&mut tx, &unit.id, session.day).await?;
    let mut draft = entry::read(&MEETING, &mut form, "", &["chair", "writer", "started", "ended", "record"]);
    draft.set("unit", Held::Text(unit.id.clone()));
    for name in ["chair", "writer"] {
        let typed = form.value(name).to_owned();
        if !typed.is_empty() && !people.iter().any(|m| m.id == typed) {
            form.fail(name, Message::new("activity-choose-again"));
        }
    }
    let mut day = form.day("minutes_day");
    let conclusion = form.long("conclusion", 20_000);
    let has_record = !draft.is_empty("record");
    if has_record && day.is_none() && form.is_ok() {
        day = Some(visit.today());
    }
    if let Some(day) = day.filter(|d| *d > visit.today()) {
        form.fail("minutes_day", Message::new("activity-session-not-written-yet").with("day", visit.day(day)));
    }
    // The day stands in its field from the start; it says something only with minutes.
    let day = day.filter(|_| has_record);
    let lasted = length(draft.text("started").unwrap_or_default(), draft.text("ended").unwrap_or_default());
    let mut of_activity = changes([
        ("unit", Held::Text(unit.id.clone())),
        ("minutes", Held::Int(i64::from(has_record))),
        ("minutes_day", day.map_or(Held::Empty, Held::Day)),
        ("conclusion", text(conclusion)),
    ]);
    if let Some(minutes) = lasted {
        of_activity.set("minutes_length", Held::Int(minutes));
    }
    if form.is_ok() {
        entry::write(&visit, &mut tx, &MEETING, draft, Some(&session.id), &mut form, "").await?;
    }
    if form.is_ok() {
        entry::write(&visit, &mut tx, &ACTIVITY, of_activity, Some(&activity), &mut form, "").await?;
    }
    if form.is_ok() {
        tx.commit().await?;
        return Ok(visit.done(&session.path(&unit, ""), "activity-session-closed"));
    }
    drop(tx);
    again(&visit, &unit, &session, form).await
}

/// `POST …/task`: one task in one line, with who does it and by when.
pub(super) async fn task(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let (unit, session) = open(&visit, &mut tx, &code, &id).await?;
    let Some(activity) = session.activity.clone() else {
        return Err(Error::Problem(Message::new("activity-session-hold-first")));
    };
    let people = called(&mut tx, &unit.id, session.day).await?;
    let mut draft = entry::read(&FOLLOW_UP, &mut form, "", &["task", "owner", "deadline"]);
    let owner = form.value("owner").to_owned();
    if !owner.is_empty() && !people.iter().any(|m| m.id == owner) {
        form.fail("owner", Message::new("activity-choose-again"));
    }
    if let Some(day) = draft.day("deadline").filter(|d| *d < session.day) {
        form.fail("deadline", Message::new("activity-session-deadline-early").with("day", visit.day(day)));
    }
    let sql = "SELECT code, task FROM follow_up WHERE activity = $1";
    let rows = tx.query(sql, params![&activity]).await?;
    let mut codes = Vec::with_capacity(rows.len());
    for row in &rows {
        if draft.text("task").is_some_and(|t| row.text("task").is_ok_and(|known| known == t)) {
            form.fail("task", Message::new("activity-session-task-known"));
        }
        codes.push(row.words("code")?);
    }
    let code = (codes.len() + 1..).map(|n| format!("{n:02}")).find(|code| !codes.contains(code));
    draft.set("activity", Held::Text(activity));
    draft.set("code", text(code));
    if form.is_ok() && entry::write(&visit, &mut tx, &FOLLOW_UP, draft, None, &mut form, "").await?.is_some() {
        tx.commit().await?;
        return Ok(visit.done(&format!("{}#tasks", session.path(&unit, "")), "activity-session-task-added"));
    }
    drop(tx);
    again(&visit, &unit, &session, form).await
}
