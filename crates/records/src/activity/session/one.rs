//! A session's own page: what was promised last time, how it is prepared, who comes, and after it
//! the minutes, the conclusion and the new tasks.

use super::super::pages::Options;
use super::super::sheet::{DEPTH, MODE};
use super::asked::{Task, names_or_nothing, open_tasks};
use super::sheet::MEETING_KIND;
use super::{Session, called};
use crate::address::{of_unit, page, segment, unit_of, with_query};
use crate::entry;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Day, Message};
use shell::{Form, FormState, Result, Visit};
use std::collections::HashSet;
use store::{Tx, params};

/// A rule that was kept or broken, in words.
pub(super) struct Said {
    pub words: String,
    pub late: bool,
}

/// What was written of the session after it.
#[derive(Default)]
struct Held {
    path: String,
    minutes_day: Option<Day>,
    length: Option<i64>,
    conclusion: String,
    /// Present by name.
    here: i64,
    /// Neither present nor made up.
    missing: i64,
}

#[derive(Template)]
#[template(path = "activity/session/templates/one.html")]
struct One<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    s: &'a Session,
    base: String,
    facts: Vec<(String, String)>,
    agenda: Vec<String>,
    paper: Vec<Said>,
    papers: Vec<(String, String)>,
    attach: String,
    /// Where the plan is withdrawn, with a reason.
    record: String,
    tally: String,
    apologies: Vec<(String, String)>,
    may_hold: bool,
    held: Option<Held>,
    here: String,
    minutes: Vec<Said>,
    written: bool,
    people: Options,
    tasks: Vec<Task>,
    asked: String,
    session: String,
    own: Vec<Task>,
}

/// `GET /unit/{unit}/session/{id}`
pub(super) async fn show(visit: Visit, Path((code, id)): Path<(String, String)>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let session = Session::of(&mut tx, &unit, &id).await?;
    names_or_nothing(&visit, &mut tx, &unit).await?;
    let mut form = form
        .with("chair", &session.chair)
        .with("writer", &session.writer)
        .with("started", if session.started.is_empty() { &session.hour } else { &session.started })
        .with("ended", &session.ended)
        .with("record", &session.record)
        .with("paper_sent_day", visit.day(session.sent.unwrap_or_else(|| visit.today())));
    if let Some(activity) = &session.activity {
        let sql = "SELECT minutes_day, conclusion FROM activity WHERE id = $1";
        let row = tx.one(sql, params![activity]).await?;
        let day = row.opt_day("minutes_day")?.unwrap_or_else(|| visit.today());
        form = form
            .with("minutes_day", visit.day(day))
            .with("conclusion", row.opt_text("conclusion")?.unwrap_or_default());
    }
    page_of(&visit, &mut tx, &unit, &session, form, StatusCode::OK).await
}

/// The page, with what was typed.
pub(super) async fn page_of(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    session: &Session,
    form: FormState,
    status: StatusCode,
) -> Result<Response> {
    let held = match &session.activity {
        Some(activity) => Some(held(tx, unit, session, activity).await?),
        None => None,
    };
    let people = called(tx, &unit.id, session.day).await?;
    let (apologies, coming) = answers(tx, &session.id).await?;
    let all = i64::try_from(people.len()).unwrap_or(0);
    let no = i64::try_from(apologies.len()).unwrap_or(0);
    let tally = Message::new("activity-session-tally").with("all", all).with("coming", coming).with("excused", no);
    let tally = visit.tr(&tally.with("open", (all - coming - no).max(0)));
    let but = session.activity.clone().unwrap_or_default();
    let tasks = open_tasks(visit, tx, unit, &but).await?;
    let here = held.as_ref().map(|h| {
        visit.tr(&Message::new("activity-session-here").with("here", h.here).with("all", all))
    });
    let attach = [("about_kind", "activity"), ("about_code", session.code.as_str()), ("title", &session.title)];
    let body = One {
        v: visit,
        f: visit.fields(&form),
        form: &form,
        s: session,
        base: session.path(unit, ""),
        facts: facts(visit, session),
        agenda: lines(&session.agenda),
        paper: paper(visit, session),
        papers: papers(tx, unit, session).await?,
        record: of_unit(&unit.code, &format!("/records/meeting/{}", segment(&session.id))),
        attach: with_query(&of_unit(&unit.code, "/evidence/new"), &attach),
        tally,
        apologies,
        may_hold: session.day <= visit.today(),
        here: here.unwrap_or_default(),
        minutes: held.as_ref().map(|h| minutes(visit, session, h)).unwrap_or_default(),
        written: !session.record.is_empty(),
        own: own_tasks(visit, tx, &but).await?,
        held,
        people: people.iter().map(|m| (m.id.clone(), m.name.clone())).collect(),
        tasks,
        asked: of_unit(&unit.code, "/sessions/asked"),
        session: session.id.clone(),
    };
    page(visit, unit, &session.title)
        .crumb(visit.text("activity-session-list-title"), of_unit(&unit.code, "/sessions"))
        .lead(format!("{} · {}", entry::word_of(visit.lang(), &MEETING_KIND, &session.kind), session.when(visit)))
        .status(status)
        .show(&body)
}

/// The lines of a text, without those that are empty.
pub(super) fn lines(text: &str) -> Vec<String> {
    let bare = |line: &str| line.trim().trim_start_matches(['-', '–', '•', '*']).trim().to_owned();
    text.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

fn facts(visit: &Visit, session: &Session) -> Vec<(String, String)> {
    let lang = visit.lang();
    let word = |choices: &[crate::kind::Choice], code: &str| {
        if code.is_empty() { String::new() } else { entry::word_of(lang, choices, code) }
    };
    [
        ("activity-session-place", session.place.clone()),
        ("activity-mode", word(&MODE, &session.mode)),
        ("activity-depth", word(&DEPTH, &session.depth)),
        ("activity-theme", session.theme_title.clone()),
        ("activity-lead-in", session.lead_name.clone()),
    ]
    .into_iter()
    .filter(|(_, words)| !words.is_empty())
    .map(|(key, words)| (visit.text(key), words))
    .collect()
}

/// Whether the paper went out in time, by the rule in force on the day of the session.
pub(super) fn paper(visit: &Visit, session: &Session) -> Vec<Said> {
    let Some(rule) = session.rule() else { return Vec::new() };
    let by = rule.paper_by(session.day);
    let base = |key: &'static str| {
        Message::new(key).with("by", visit.day(by)).with("source", rule.source.as_str()).with("days", i64::from(rule.paper_days))
    };
    let (message, late) = match session.sent {
        Some(sent) if sent > by => {
            let days = (sent - by).num_days();
            (base("activity-session-paper-late").with("day", visit.day(sent)).with("late", days), true)
        }
        Some(sent) => (base("activity-session-paper-sent").with("day", visit.day(sent)), false),
        None => (base("activity-session-paper-by"), visit.today() > by),
    };
    vec![Said { words: visit.tr(&message), late }]
}

/// Whether the minutes were done in time and the session was long enough.
fn minutes(visit: &Visit, session: &Session, held: &Held) -> Vec<Said> {
    let mut said = Vec::new();
    let Some(rule) = session.rule() else { return said };
    let source = rule.source.as_str();
    if let Some(by) = rule.minutes_by(session.day) {
        let base = |key: &'static str| Message::new(key).with("by", visit.day(by)).with("source", source);
        let (message, late) = match held.minutes_day {
            Some(day) if day > by => {
                let message = base("activity-session-minutes-late").with("day", visit.day(day));
                (message.with("late", (day - by).num_days()), true)
            }
            Some(day) => (base("activity-session-minutes-done").with("day", visit.day(day)), false),
            None => (base("activity-session-minutes-by"), visit.today() > by),
        };
        said.push(Said { words: visit.tr(&message), late });
    }
    if let (Some(length), Some(least)) = (held.length, rule.least(&session.kind)) {
        let short = length < least;
        let key = if short { "activity-session-short" } else { "activity-session-long" };
        let message = Message::new(key).with("length", length).with("least", least).with("source", source);
        said.push(Said { words: visit.tr(&message), late: short });
    }
    said
}

async fn held(tx: &mut Tx, unit: &Unit, session: &Session, activity: &str) -> Result<Held> {
    let row = tx
        .one("SELECT minutes_day, minutes_length, conclusion FROM activity WHERE id = $1", params![activity])
        .await?;
    let here = "SELECT COUNT(*) AS n FROM attendance WHERE activity = $1 AND status = 'present' AND withdrawn IS NULL";
    Ok(Held {
        path: of_unit(&unit.code, &format!("/activity/{}", segment(activity))),
        minutes_day: row.opt_day("minutes_day")?,
        length: row.opt_int("minutes_length")?,
        conclusion: row.opt_text("conclusion")?.unwrap_or_default().to_owned(),
        here: tx.one(here, params![activity]).await?.int("n")?,
        missing: i64::try_from(unreached(tx, &unit.id, activity, session.day).await?.len()).unwrap_or(0),
    })
}

/// Those called who were neither there nor made it up: the id and the name.
pub(super) async fn unreached(tx: &mut Tx, unit: &str, activity: &str, day: Day) -> Result<Vec<(String, String)>> {
    let sql = "SELECT person FROM attendance WHERE activity = $1 AND withdrawn IS NULL
               AND (status IN ('present', 'exempt') OR makeup_day IS NOT NULL)";
    let mut reached = HashSet::new();
    for row in tx.query(sql, params![activity]).await? {
        reached.insert(row.words("person")?);
    }
    let all = called(tx, unit, day).await?;
    Ok(all.into_iter().filter(|m| !reached.contains(&m.id)).map(|m| (m.id, m.name)).collect())
}

/// Who asked to be excused with the reason, and how many come.
pub(super) async fn answers(tx: &mut Tx, meeting: &str) -> Result<(Vec<(String, String)>, i64)> {
    let sql = "SELECT p.name, a.answer, a.reason FROM meeting_answer a JOIN person p ON p.id = a.person
               WHERE a.meeting = $1 AND a.withdrawn IS NULL ORDER BY p.sort, p.code";
    let (mut excused, mut coming) = (Vec::new(), 0);
    for row in tx.query(sql, params![meeting]).await? {
        if row.text("answer")? == "excused" {
            excused.push((row.words("name")?, row.opt_text("reason")?.unwrap_or_default().to_owned()));
        } else {
            coming += 1;
        }
    }
    Ok((excused, coming))
}

/// The papers filed for it: title and where the file is.
async fn papers(tx: &mut Tx, unit: &Unit, session: &Session) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (id, title) in filed(tx, session).await? {
        found.push((title, of_unit(&unit.code, &format!("/evidence/{}/file", segment(&id)))));
    }
    Ok(found)
}

/// The papers of a session that have a file: id and title.
pub(super) async fn filed(tx: &mut Tx, session: &Session) -> Result<Vec<(String, String)>> {
    let sql = "SELECT id, title FROM evidence WHERE unit = $1 AND about_kind = 'activity' AND about_code = $2
               AND hash IS NOT NULL AND withdrawn IS NULL ORDER BY day, id LIMIT 20";
    let mut found = Vec::new();
    for row in tx.query(sql, params![&session.unit, &session.code]).await? {
        found.push((row.words("id")?, row.words("title")?));
    }
    Ok(found)
}

/// The tasks that this session gave.
async fn own_tasks(visit: &Visit, tx: &mut Tx, activity: &str) -> Result<Vec<Task>> {
    let sql = "SELECT f.id, f.task, f.deadline, f.done_day, f.outcome, p.name FROM follow_up f
               LEFT JOIN person p ON p.id = f.owner
               WHERE f.activity = $1 AND f.withdrawn IS NULL ORDER BY f.code, f.id LIMIT 100";
    let mut tasks = Vec::new();
    for row in tx.query(sql, params![activity]).await? {
        let deadline = row.opt_day("deadline")?;
        let done = row.opt_day("done_day")?;
        tasks.push(Task {
            id: row.words("id")?,
            activity: activity.to_owned(),
            task: row.words("task")?,
            owner: row.opt_text("name")?.unwrap_or_default().to_owned(),
            deadline: deadline.map(|d| visit.day(d)).unwrap_or_default(),
            late: done.is_none() && deadline.is_some_and(|d| d < visit.today()),
            outcome: row.opt_text("outcome")?.unwrap_or_default().to_owned(),
            from: done.map(|d| visit.day(d)).unwrap_or_default(),
        });
    }
    Ok(tasks)
}
