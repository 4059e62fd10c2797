//! What earlier sessions asked for and is still open: asked about at the next, in one form.

use super::super::sheet::FOLLOW_UP;
use super::{Session, changes, one, plan};
use crate::address::{of_unit, unit_of};
use crate::entry;
use crate::kind::Held;
use crate::names;
use crate::unit::Unit;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Message;
use shell::{Error, Form, FormState, Result, Visit};
use store::{Tx, params};

/// Open tasks on one page.
const MOST: i64 = 60;

/// A task that a conclusion gave.
pub(super) struct Task {
    pub id: String,
    pub activity: String,
    pub task: String,
    pub owner: String,
    pub deadline: String,
    pub late: bool,
    /// What came of it so far.
    pub outcome: String,
    /// The session that gave it.
    pub from: String,
}

/// The open tasks of a unit, the oldest deadline first; not those of the activity `but`.
pub(super) async fn open_tasks(visit: &Visit, tx: &mut Tx, unit: &Unit, but: &str) -> Result<Vec<Task>> {
    let named = names::shown(visit, tx, &unit.code).await?;
    let sql = "SELECT f.id, f.activity, f.task, f.deadline, f.outcome, p.name, a.title, a.day FROM follow_up f JOIN activity a ON a.id = f.activity
               LEFT JOIN person p ON p.id = f.owner
               WHERE a.unit = $1 AND a.id <> $2 AND f.done_day IS NULL AND f.withdrawn IS NULL AND a.withdrawn IS NULL
               ORDER BY COALESCE(f.deadline, '9999-12-31'), a.day, f.code, f.id LIMIT $3";
    let mut tasks = Vec::new();
    for row in tx.query(sql, params![&unit.id, but, MOST]).await? {
        let deadline = row.opt_day("deadline")?;
        tasks.push(Task {
            id: row.words("id")?,
            activity: row.words("activity")?,
            task: row.words("task")?,
            owner: row.opt_text("name")?.filter(|_| named).unwrap_or_default().to_owned(),
            deadline: deadline.map(|d| visit.day(d)).unwrap_or_default(),
            late: deadline.is_some_and(|d| d < visit.today()),
            outcome: row.opt_text("outcome")?.unwrap_or_default().to_owned(),
            from: format!("{} ({})", row.text("title")?, visit.day(row.day("day")?)),
        });
    }
    Ok(tasks)
}

/// `POST /unit/{unit}/sessions/asked`: each task done or not yet, and what came of it.
pub(super) async fn save(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let session = match form.value("session") {
        "" => None,
        id => Some(Session::of(&mut tx, &unit, id).await?),
    };
    let but = session.as_ref().and_then(|s| s.activity.clone()).unwrap_or_default();
    let tasks = open_tasks(&visit, &mut tx, &unit, &but).await?;
    for task in &tasks {
        let (done, came) = (format!("d-{}", task.id), format!("o-{}", task.id));
        let is_done = form.value(&done) == "done";
        let outcome = form.long(&came, 5_000);
        if !is_done && outcome.as_deref().unwrap_or_default() == task.outcome {
            continue;
        }
        let mut values = vec![("activity", Held::Text(task.activity.clone()))];
        if is_done {
            if outcome.is_none() {
                form.fail(&came, Message::new("activity-session-outcome").with("task", &task.task));
                continue;
            }
            // Done is said on the day it is asked about; another day is written in the record.
            values.push(("done_day", Held::Day(visit.today())));
        }
        values.push(("outcome", outcome.map_or(Held::Empty, Held::Text)));
        let mut found = FormState::default();
        entry::write(&visit, &mut tx, &FOLLOW_UP, changes(values), Some(&task.id), &mut found, "").await?;
        for error in found.into_errors() {
            form.fail(&came, error.message);
        }
    }
    if form.is_ok() {
        tx.commit().await?;
        let to = session.map_or_else(|| of_unit(&unit.code, "/sessions"), |s| s.path(&unit, ""));
        return Ok(visit.done(&to, "activity-session-asked-saved"));
    }
    drop(tx);
    let mut tx = visit.read().await?;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match session {
        None => plan::list_page(&visit, &mut tx, &unit, tasks, &form, status).await,
        Some(session) => one::page_of(&visit, &mut tx, &unit, &session, form, status).await,
    }
}

/// A page that names persons is for those who may see names.
pub(super) async fn names_or_nothing(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<()> {
    if names::shown(visit, tx, &unit.code).await? { Ok(()) } else { Err(Error::Forbidden) }
}
