//! A member's own tasks: what they were given to do, and saying that it is done.
//!
//! Here the person decides, not a role: the task's owner may say what came of it, and change nothing else.

use crate::programme::sheet::TASK;
use crate::{entry, transfer};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use shell::{Error, Form, FormState, Html, Result, Visit};
use store::{Row, Tx, params};

/// Tasks that the page shows: those waiting first.
const MOST: i64 = 100;

struct Line {
    id: String,
    title: String,
    unit: String,
    due: String,
    done: String,
    class: &'static str,
    words: String,
    result: String,
}

#[derive(Template)]
#[template(path = "programme/templates/mine.html")]
struct Mine<'a> {
    v: &'a Visit,
    form: &'a FormState,
    lines: Vec<Line>,
    /// Breakthroughs that one is in charge of; what came of them is written by who keeps the records.
    chosen: Vec<Line>,
}

impl Mine<'_> {
    fn fields(&self, id: &str) -> (String, String) {
        (format!("{id}-done_day"), format!("{id}-result"))
    }

    fn error(&self, name: &str) -> String {
        self.form.error(name).map(|m| self.v.tr(m)).unwrap_or_default()
    }
}

/// The person whose account it is; empty for an account that belongs to nobody: it has no tasks.
fn person(visit: &Visit) -> String {
    visit.person().unwrap_or_default()
}

/// A row as a line; `done` is the key of the word for what is finished.
fn line(visit: &Visit, row: &Row, done: &'static str) -> Result<Line> {
    let (due, finished) = (row.opt_day("deadline")?, row.opt_day("done_day")?);
    let (class, key) = match (finished, due) {
        (Some(_), _) => ("complete", done),
        (None, Some(day)) if day < visit.today() => ("late", "programme-late"),
        _ => ("none", "programme-open"),
    };
    Ok(Line {
        id: row.words("id")?,
        title: row.words("title")?,
        unit: row.words("name")?,
        due: due.map(|d| visit.day(d)).unwrap_or_default(),
        done: finished.map(|d| visit.day(d)).unwrap_or_default(),
        class,
        words: visit.text(key),
        result: row.words("result")?,
    })
}

/// The visitor's tasks in plans as a part of a page; none when they have none.
pub async fn own_tasks(visit: &Visit, tx: &mut Tx, form: &FormState) -> Result<Option<Html>> {
    let sql = format!(
        "SELECT t.id, t.title, t.deadline, t.done_day, t.result, u.name
         FROM task t JOIN plan p ON p.id = t.plan JOIN unit u ON u.id = p.unit
         WHERE t.owner = $1 AND t.withdrawn IS NULL AND p.withdrawn IS NULL
         ORDER BY CASE WHEN t.done_day IS NULL THEN 0 ELSE 1 END, COALESCE(t.deadline, '9999-12-31'), t.id LIMIT {MOST}"
    );
    let mut lines = Vec::new();
    for row in tx.query(&sql, params![person(visit)]).await? {
        lines.push(line(visit, &row, "programme-done")?);
    }
    let chosen = breakthroughs(visit, tx).await?;
    if lines.is_empty() && chosen.is_empty() {
        return Ok(None);
    }
    Ok(Some(Html::of(&Mine { v: visit, form, lines, chosen })?))
}

/// The breakthroughs of the visitor, those open first.
async fn breakthroughs(visit: &Visit, tx: &mut Tx) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT b.id, b.title, b.deadline, b.solved_day AS done_day, b.evidence AS result, u.name
         FROM breakthrough b JOIN unit u ON u.id = b.unit
         WHERE b.owner = $1 AND b.withdrawn IS NULL
         ORDER BY CASE WHEN b.solved_day IS NULL THEN 0 ELSE 1 END, b.year DESC, b.code LIMIT {MOST}"
    );
    let mut lines = Vec::new();
    for row in tx.query(&sql, params![person(visit)]).await? {
        lines.push(line(visit, &row, "programme-solved")?);
    }
    Ok(lines)
}

/// `POST /me/tasks/{id}`
pub(super) async fn done(visit: Visit, Path(id): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let sql = "SELECT id FROM task WHERE id = $1 AND owner = $2 AND withdrawn IS NULL";
    tx.first(sql, params![&id, person(&visit)]).await?.ok_or(Error::NotFound)?;
    let prefix = format!("{id}-");
    let mut draft = entry::read(&TASK, &mut form, &prefix, &["done_day", "result"]);
    if draft.is_empty("done_day") && form.error(&format!("{prefix}done_day")).is_none() {
        draft.set("done_day", crate::kind::Held::Day(visit.today()));
    }
    if form.is_ok() {
        match transfer::write_one(&mut tx, &TASK, draft, Some(&id)).await? {
            Ok(_) => {
                tx.commit().await?;
                return Ok(visit.done("/me/tasks", "programme-task-done"));
            }
            Err(faults) => entry::fail(&mut form, &prefix, faults),
        }
    }
    let part = own_tasks(&visit, &mut tx, &form).await?.ok_or(Error::NotFound)?;
    visit.page(visit.text("programme-mine-title")).status(StatusCode::UNPROCESSABLE_ENTITY).show_html(part)
}
