//! A member's own side: the invitation and its answer, "I am here", and what one has to do.
//!
//! Every page compares the visitor's person with the session's unit on its day; who did not belong
//! there finds nothing.

use super::super::pages::doubled;
use super::super::sheet::ATTENDANCE;
use super::duties::{my_readings, my_tasks};
use super::one::{Said, filed, lines, paper as paper_said};
use super::sheet::{ANSWER, MEETING_ANSWER, MEETING_KIND};
use super::{Session, belongs, changes, token};
use crate::address::segment;
use crate::entry;
use crate::kind::Held;
use crate::unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Message;
use shell::{Error, Form, FormState, Result, Visit};
use store::{Tx, files, params};

/// The session and the visitor's person, when they were called to it.
async fn invited(visit: &Visit, tx: &mut Tx, id: &str) -> Result<(Session, String)> {
    let person = visit.person().ok_or(Error::NotFound)?;
    let session = Session::any(tx, id).await?;
    if belongs(tx, &person, &session.unit, session.day).await? { Ok((session, person)) } else { Err(Error::NotFound) }
}

#[derive(Template)]
#[template(path = "activity/session/templates/mine.html")]
struct Mine<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    s: &'a Session,
    unit: String,
    action: String,
    agenda: Vec<String>,
    papers: Vec<(String, String)>,
    /// What is asked of the writer of the lead-in paper, when that is the visitor.
    lead_in: Vec<Said>,
    open: bool,
    answered: Option<String>,
    answers: Vec<(String, String)>,
    answer_error: Option<String>,
}

async fn invitation_page(
    visit: &Visit,
    tx: &mut Tx,
    session: &Session,
    person: &str,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let base = format!("/me/session/{}", segment(&session.id));
    let papers = filed(tx, session).await?.into_iter();
    let papers = papers.map(|(id, title)| (title, format!("{base}/paper/{}", segment(&id)))).collect();
    let known = mine_of(tx, &session.id, person).await?;
    let answered = known.map(|(_, answer, reason)| {
        let words = entry::word_of(visit.lang(), &ANSWER, &answer);
        let reason = if reason.is_empty() { reason } else { format!(": {reason}") };
        visit.tr(&Message::new("activity-session-answered").with("answer", format!("{words}{reason}")))
    });
    let unit = unit::by_id(tx, &session.unit, visit.today()).await?.map(|u| u.name).unwrap_or_default();
    let my_paper = session.lead_in.as_deref() == Some(person) && session.activity.is_none();
    let body = Mine {
        v: visit,
        f: visit.fields(form),
        form,
        s: session,
        unit: unit.clone(),
        action: base,
        agenda: lines(&session.agenda),
        papers,
        lead_in: if my_paper { paper_said(visit, session) } else { Vec::new() },
        open: still_open(visit, session),
        answered,
        answers: entry::options(visit.lang(), &ANSWER),
        answer_error: form.error("answer").map(|m| visit.tr(m)),
    };
    let kind = entry::word_of(visit.lang(), &MEETING_KIND, &session.kind);
    visit.page(&session.title).lead(format!("{kind} · {} · {unit}", session.when(visit))).status(status).show(&body)
}

fn still_open(visit: &Visit, session: &Session) -> bool {
    session.activity.is_none() && session.day >= visit.today()
}

/// The row, the answer and the reason.
async fn mine_of(tx: &mut Tx, meeting: &str, person: &str) -> Result<Option<(String, String, String)>> {
    let sql = "SELECT id, answer, reason FROM meeting_answer WHERE meeting = $1 AND person = $2 AND withdrawn IS NULL";
    let Some(row) = tx.first(sql, params![meeting, person]).await? else { return Ok(None) };
    Ok(Some((row.words("id")?, row.words("answer")?, row.opt_text("reason")?.unwrap_or_default().to_owned())))
}

/// `GET /me/session/{id}`
pub(super) async fn invitation(visit: Visit, Path(id): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (session, person) = invited(&visit, &mut tx, &id).await?;
    if let Some((_, answer, reason)) = mine_of(&mut tx, &session.id, &person).await? {
        form = form.with("answer", answer).with("reason", reason);
    }
    invitation_page(&visit, &mut tx, &session, &person, &form, StatusCode::OK).await
}

/// `POST /me/session/{id}`
pub(super) async fn answer(visit: Visit, Path(id): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let (session, person) = invited(&visit, &mut tx, &id).await?;
    if !still_open(&visit, &session) {
        return Err(Error::Problem(Message::new("activity-session-answers-closed")));
    }
    let mut draft = entry::read(&MEETING_ANSWER, &mut form, "", &["answer", "reason"]);
    if draft.text("answer") == Some("coming") {
        draft.set("reason", Held::Empty);
    }
    draft.set("meeting", Held::Text(session.id.clone()));
    draft.set("person", Held::Text(person.clone()));
    draft.set("day", Held::Day(visit.today()));
    let known = mine_of(&mut tx, &session.id, &person).await?.map(|(id, _, _)| id);
    if form.is_ok()
        && entry::write_own(&mut tx, &MEETING_ANSWER, draft, known.as_deref(), &mut form, "").await?.is_some()
    {
        tx.commit().await?;
        return Ok(visit.done(&format!("/me/session/{}", segment(&session.id)), "activity-session-answer-saved"));
    }
    drop(tx);
    let mut tx = visit.read().await?;
    invitation_page(&visit, &mut tx, &session, &person, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `GET /me/session/{id}/paper/{paper}`: a paper of the session, for who is called to it.
pub(super) async fn paper(visit: Visit, Path((id, paper)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (session, _) = invited(&visit, &mut tx, &id).await?;
    if !filed(&mut tx, &session).await?.iter().any(|(known, _)| *known == paper) {
        return Err(Error::NotFound);
    }
    let row = tx.one("SELECT hash, file_name, media FROM evidence WHERE id = $1", params![&paper]).await?;
    let bytes = files::get(&mut tx, row.text("hash")?).await?.ok_or(Error::NotFound)?;
    let media = row.opt_text("media")?.unwrap_or("application/octet-stream");
    Ok(shell::download(row.opt_text("file_name")?.unwrap_or("tai-lieu"), media, bytes))
}

#[derive(Template)]
#[template(path = "activity/session/templates/tasks.html")]
struct Tasks<'a> {
    v: &'a Visit,
    tasks: Vec<super::asked::Task>,
    readings: Vec<(String, String)>,
    /// Tasks of plans, with their forms.
    plans: Option<shell::Html>,
}

/// `GET /me/tasks`: what sessions and plans gave one to do, and one's turns to read.
pub(super) async fn tasks(visit: Visit) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (mut found, mut readings) = (Vec::new(), Vec::new());
    if let Some(person) = visit.person() {
        for (task, deadline, title, day) in my_tasks(&mut tx, &person).await? {
            found.push(super::asked::Task {
                id: String::new(),
                activity: String::new(),
                task,
                owner: String::new(),
                late: deadline.is_some_and(|d| d < visit.today()),
                deadline: deadline.map(|d| visit.day(d)).unwrap_or_default(),
                outcome: String::new(),
                from: format!("{title} ({})", visit.day(day)),
            });
        }
        for (day, _, unit) in my_readings(&mut tx, &person, visit.today(), 370).await? {
            readings.push((visit.day(day), unit));
        }
    }
    let plans = crate::programme::own_tasks(&visit, &mut tx, &shell::FormState::default()).await?;
    let body = Tasks { v: &visit, tasks: found, readings, plans };
    visit.page(visit.text("activity-session-mine-title")).show(&body)
}

#[derive(Template)]
#[template(path = "activity/session/templates/attend.html")]
struct Attend<'a> {
    v: &'a Visit,
    /// Where the button leads; empty when one is here already, or the code is over.
    action: String,
    here: bool,
    over: bool,
}

/// What a code opens to this visitor: the session, its activity and the person.
async fn opened(visit: &Visit, tx: &mut Tx, code: &str) -> Result<Option<(Session, String, String)>> {
    match token::open(tx, code, visit.now()).await? {
        token::Opened::Over => Ok(None),
        token::Opened::Now(session) => {
            let person = visit.person().ok_or(Error::Problem(Message::new("activity-session-no-person")))?;
            if !belongs(tx, &person, &session.unit, session.day).await? {
                return Err(Error::NotFound);
            }
            let Some(activity) = session.activity.clone() else { return Err(Error::NotFound) };
            let sql = "SELECT id FROM activity WHERE id = $1 AND withdrawn IS NULL";
            if tx.first(sql, params![&activity]).await?.is_none() {
                return Err(Error::NotFound);
            }
            if session.day != visit.today() {
                let message = Message::new("activity-session-other-day");
                return Err(Error::Problem(message.with("day", visit.day(session.day))));
            }
            Ok(Some((*session, activity, person)))
        }
    }
}

/// The row of somebody at an activity: its id, and whether they are there.
async fn row_of(tx: &mut Tx, activity: &str, person: &str) -> Result<Option<(String, bool)>> {
    let sql = "SELECT id, status FROM attendance WHERE activity = $1 AND person = $2";
    let Some(row) = tx.first(sql, params![activity, person]).await? else { return Ok(None) };
    Ok(Some((row.words("id")?, row.text("status")? == "present")))
}

/// `GET /me/attend/{token}`: one button.
pub(super) async fn attend(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let found = opened(&visit, &mut tx, &code).await?;
    let Some((session, activity, person)) = found else {
        let body = Attend { v: &visit, action: String::new(), here: false, over: true };
        return visit.page(visit.text("activity-session-attend-title")).status(StatusCode::GONE).show(&body);
    };
    let here = row_of(&mut tx, &activity, &person).await?.is_some_and(|(_, here)| here);
    let action = if here { String::new() } else { format!("/me/attend/{}", segment(&code)) };
    let body = Attend { v: &visit, action, here, over: false };
    visit.page(&session.title).lead(session.when(&visit)).show(&body)
}

/// `POST /me/attend/{token}`: the visitor is there, once.
pub(super) async fn attended(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.write().await?;
    let Some((session, activity, person)) = opened(&visit, &mut tx, &code).await? else {
        return Err(Error::Problem(Message::new("activity-session-code-over")));
    };
    let to = format!("/me/session/{}", segment(&session.id));
    let known = row_of(&mut tx, &activity, &person).await?;
    if known.as_ref().is_some_and(|(_, here)| *here) {
        return Ok(visit.done(&to, "activity-session-here-already"));
    }
    let draft = changes([
        ("activity", Held::Text(activity.clone())),
        ("person", Held::Text(person)),
        ("status", Held::Text("present".to_owned())),
        ("makeup_day", Held::Empty),
    ]);
    let mut form = FormState::default();
    let id = known.as_ref().map(|(id, _)| id.as_str());
    entry::write_own(&mut tx, &ATTENDANCE, draft, id, &mut form, "").await?;
    if form.is_ok() {
        doubled(&visit, &mut tx, &activity, &mut form, "person").await?;
    }
    if let Some(error) = form.errors().first() {
        return Err(Error::Problem(error.message.clone()));
    }
    tx.commit().await?;
    Ok(visit.done(&to, "activity-session-here-saved"))
}
