//! Pages: a unit's year – its plan by quarter and month, what came down from above, what it chose to break
//! through on, and the deadlines as a calendar.

mod calendar;
mod mine;
#[cfg(test)]
mod tests;
mod writing;

pub use mine::own_tasks;

use crate::address::{of_unit, page, segment, unit_of, with_query};
use crate::duty::{Duty, Mine};
use crate::person;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Action, Day, Message};
use shell::{Access, Form, FormState, Result, Route, Visit};
use std::collections::HashSet;
use store::{Tx, params};

/// Tasks of one year that a page shows.
const MOST: i64 = 400;
/// Duties of tasks are shown so many days ahead.
const AHEAD: i64 = 60;

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::On(Action::ReadRecords), Access::On(Action::WriteRecords));
    vec![
        Route::get("/unit/{unit}/year", read, show),
        Route::get("/unit/{unit}/year/calendar.ics", read, calendar::file),
        Route::post("/unit/{unit}/year/plan", write, writing::begin),
        Route::post("/unit/{unit}/year/task", write, writing::add),
        Route::post("/unit/{unit}/year/take", write, writing::take),
        Route::post("/unit/{unit}/year/copy", write, writing::copy),
        Route::post("/unit/{unit}/year/task/{id}/done", write, writing::done),
        Route::post("/me/tasks/{id}", Access::SignedIn, mine::done),
    ]
}

/// A plan of the year.
pub(super) struct Plan {
    pub id: String,
    pub code: String,
    pub symbol: String,
    pub issued: Day,
}

/// A task of a plan.
pub(super) struct Task {
    pub id: String,
    pub title: String,
    pub month: Option<i64>,
    pub quarter: Option<i64>,
    pub owner: Option<String>,
    pub deadline: Option<Day>,
    pub done: Option<Day>,
    pub result: String,
    /// Whether it takes up a task from above.
    pub answers: Option<String>,
}

impl Task {
    /// Code and key of its state: done, late, to do.
    fn state(&self, today: Day) -> (&'static str, &'static str) {
        match (self.done, self.deadline) {
            (Some(_), _) => ("complete", "programme-done"),
            (None, Some(day)) if day < today => ("late", "programme-late"),
            _ => ("none", "programme-open"),
        }
    }

    /// Its last day: the deadline, or the end of its month or quarter.
    pub(super) fn due(&self, year: i32) -> Option<Day> {
        let month = self.month.or(self.quarter.map(|q| q * 3)).and_then(|m| u32::try_from(m).ok());
        self.deadline.or_else(|| month.and_then(|m| last_of_month(year, m)))
    }
}

fn last_of_month(year: i32, month: u32) -> Option<Day> {
    let next = if month >= 12 { Day::from_ymd_opt(year + 1, 1, 1) } else { Day::from_ymd_opt(year, month + 1, 1) };
    next?.pred_opt()
}

/// The unit's own plans of a year, the newest first; the first takes new tasks.
pub(super) async fn plans(tx: &mut Tx, unit: &str, year: i64) -> Result<Vec<Plan>> {
    let sql = "SELECT id, code, symbol, issued_day FROM plan
               WHERE unit = $1 AND year = $2 AND kind = 'year' AND withdrawn IS NULL ORDER BY issued_day DESC, id DESC";
    let mut plans = Vec::new();
    for row in tx.query(sql, params![unit, year]).await? {
        plans.push(Plan {
            id: row.words("id")?,
            code: row.words("code")?,
            symbol: row.words("symbol")?,
            issued: row.day("issued_day")?,
        });
    }
    Ok(plans)
}

/// The tasks of the unit's plans of a year, by their days.
pub(super) async fn tasks(tx: &mut Tx, unit: &str, year: i64) -> Result<Vec<Task>> {
    let sql = format!(
        "SELECT t.id, t.title, t.month, t.quarter, t.owner, t.deadline, t.done_day, t.result, t.answers
         FROM task t JOIN plan p ON p.id = t.plan
         WHERE p.unit = $1 AND p.year = $2 AND p.withdrawn IS NULL AND t.withdrawn IS NULL
         ORDER BY COALESCE(t.deadline, '9999-12-31'), COALESCE(t.month, 99), t.code, t.id LIMIT {MOST}"
    );
    let mut tasks = Vec::new();
    for row in tx.query(&sql, params![unit, year]).await? {
        tasks.push(Task {
            id: row.words("id")?,
            title: row.words("title")?,
            month: row.opt_int("month")?,
            quarter: row.opt_int("quarter")?,
            owner: row.opt_text("owner")?.map(str::to_owned),
            deadline: row.opt_day("deadline")?,
            done: row.opt_day("done_day")?,
            result: row.words("result")?,
            answers: row.opt_text("answers")?.map(str::to_owned),
        });
    }
    Ok(tasks)
}

/// Something from the units above: a task of their plans, or a theme of the year.
pub(super) struct FromAbove {
    pub id: String,
    pub title: String,
    /// The unit that it came from.
    pub unit: String,
    pub due: Option<Day>,
    pub taken: bool,
}

const ABOVE: &str = "SELECT ancestor FROM unit_span WHERE descendant = $1 AND ancestor <> $1
                     AND from_day <= $3 AND to_day >= $3";

/// The tasks that the plans of the units above hold for a year, and whether the unit took each up.
pub(super) async fn tasks_above(tx: &mut Tx, unit: &str, year: i64, today: Day) -> Result<Vec<FromAbove>> {
    let sql = format!(
        "SELECT t.id, t.title, t.deadline, u.name,
                (SELECT COUNT(*) FROM task o JOIN plan op ON op.id = o.plan
                  WHERE o.answers = t.id AND op.unit = $1 AND o.withdrawn IS NULL AND op.withdrawn IS NULL) AS taken
         FROM task t JOIN plan p ON p.id = t.plan JOIN unit u ON u.id = p.unit
         WHERE p.unit IN ({ABOVE}) AND p.year = $2 AND p.withdrawn IS NULL AND t.withdrawn IS NULL
         ORDER BY COALESCE(t.deadline, '9999-12-31'), t.code, t.id LIMIT {MOST}"
    );
    let mut found = Vec::new();
    for row in tx.query(&sql, params![unit, year, today]).await? {
        found.push(FromAbove {
            id: row.words("id")?,
            title: row.words("title")?,
            unit: row.words("name")?,
            due: row.opt_day("deadline")?,
            taken: row.int("taken")? > 0,
        });
    }
    Ok(found)
}

/// The themes that the units above, or the unit itself, set for a year; taken up when a plan of the unit or one
/// of its sessions names it.
pub(super) async fn themes(tx: &mut Tx, unit: &str, year: i64, today: Day) -> Result<Vec<FromAbove>> {
    let sql = format!(
        "SELECT t.id, t.title, t.arrival_day, u.name,
                (SELECT COUNT(*) FROM plan p WHERE p.theme = t.id AND p.unit = $1 AND p.withdrawn IS NULL)
                + (SELECT COUNT(*) FROM activity a WHERE a.theme = t.id AND a.unit = $1 AND a.withdrawn IS NULL) AS taken
         FROM theme t JOIN unit u ON u.id = t.unit
         WHERE (t.unit IN ({ABOVE}) OR t.unit = $1) AND t.year = $2 AND t.withdrawn IS NULL ORDER BY t.code LIMIT 40"
    );
    let mut found = Vec::new();
    for row in tx.query(&sql, params![unit, year, today]).await? {
        found.push(FromAbove {
            id: row.words("id")?,
            title: row.words("title")?,
            unit: row.words("name")?,
            due: row.opt_day("arrival_day")?,
            taken: row.int("taken")? > 0,
        });
    }
    Ok(found)
}

struct Chosen {
    href: String,
    title: String,
    owner: String,
    deadline: String,
    how: String,
    state: (&'static str, String),
}

async fn chosen(visit: &Visit, tx: &mut Tx, unit: &Unit, year: i64, names: bool) -> Result<Vec<Chosen>> {
    let sql = "SELECT b.id, b.title, b.how, b.deadline, b.solved_day, p.name AS owner FROM breakthrough b
               LEFT JOIN person p ON p.id = b.owner
               WHERE b.unit = $1 AND b.year = $2 AND b.withdrawn IS NULL ORDER BY b.code, b.id LIMIT 40";
    let mut found = Vec::new();
    for row in tx.query(sql, params![&unit.id, year]).await? {
        let (deadline, solved) = (row.opt_day("deadline")?, row.opt_day("solved_day")?);
        let (class, key) = match (solved, deadline) {
            (Some(_), _) => ("complete", "programme-solved"),
            (None, Some(day)) if day < visit.today() => ("late", "programme-late"),
            _ => ("none", "programme-open"),
        };
        found.push(Chosen {
            href: of_unit(&unit.code, &format!("/records/breakthrough/{}", segment(row.text("id")?))),
            title: row.words("title")?,
            owner: if names { row.words("owner")? } else { String::new() },
            deadline: deadline.map(|d| visit.day(d)).unwrap_or_default(),
            how: row.words("how")?,
            state: (class, visit.text(key)),
        });
    }
    Ok(found)
}

struct Line<'a> {
    task: &'a Task,
    owner: String,
    due: String,
    class: &'static str,
    words: String,
}

struct Quarter<'a> {
    name: String,
    lines: Vec<Line<'a>>,
}

#[derive(Template)]
#[template(path = "programme/templates/year.html")]
struct Year<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    unit: &'a Unit,
    year: i32,
    plan: Option<&'a Plan>,
    quarters: Vec<Quarter<'a>>,
    done: usize,
    total: usize,
    above: Vec<FromAbove>,
    themes: Vec<FromAbove>,
    chosen: Vec<Chosen>,
    people: Vec<(String, String)>,
    programmes: Vec<(String, String)>,
    answered: Vec<(String, String)>,
    /// Tasks of the year before, to be copied.
    before: i64,
    writes: bool,
}

impl Year<'_> {
    fn path(&self, below: &str) -> String {
        of_unit(&self.unit.code, &format!("/year{below}"))
    }

    fn of_year(&self, year: i32) -> String {
        with_query(&self.path(""), &[("year", &year.to_string())])
    }

    fn calendar(&self) -> String {
        with_query(&self.path("/calendar.ics"), &[("year", &self.year.to_string())])
    }

    fn record(&self, kind: &str, id: &str) -> String {
        of_unit(&self.unit.code, &format!("/records/{kind}/{}", segment(id)))
    }

    fn edit(&self, id: &str) -> String {
        of_unit(&self.unit.code, &format!("/records/task/{}/edit", segment(id)))
    }

    fn done_path(&self, id: &str) -> String {
        self.path(&format!("/task/{}/done", segment(id)))
    }

    fn choose(&self) -> String {
        let path = of_unit(&self.unit.code, "/records/breakthrough/new");
        with_query(&path, &[("year", &self.year.to_string())])
    }

    fn months(&self) -> Vec<(String, String)> {
        let month = |m: u32| (m.to_string(), self.v.tr(&Message::new("programme-month").with("n", i64::from(m))));
        (1..=12).map(month).collect()
    }

    fn not_taken(&self) -> usize {
        self.above.iter().chain(&self.themes).filter(|a| !a.taken).count()
    }

    /// Whether a task from above waits to be taken up.
    fn waits(&self) -> bool {
        self.above.iter().any(|a| !a.taken)
    }

    fn issued(&self) -> String {
        self.plan.map(|p| self.v.day(p.issued)).unwrap_or_default()
    }

    /// What is wrong with the result typed for a task.
    fn wrong(&self, id: &str) -> String {
        self.form.error(&format!("{id}-result")).map(|m| self.v.tr(m)).unwrap_or_default()
    }

    fn until(&self, task: &FromAbove) -> String {
        task.due.map(|day| format!(" · {}", self.v.day(day))).unwrap_or_default()
    }

    fn progress(&self) -> String {
        self.v.tr(&Message::new("programme-progress").with("done", self.done).with("total", self.total))
    }
}

/// The year that was asked for; this one when none, or nonsense, was.
fn year_of(visit: &Visit, form: &FormState) -> i32 {
    form.value("year").trim().parse().ok().filter(|y| (1930..=2200).contains(y)).unwrap_or(visit.today().year())
}

async fn show(visit: Visit, Path(code): Path<String>, Form(asked): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &asked);
    let form = FormState::default().with("year", year.to_string());
    year_page(&visit, &mut tx, &unit, year, &form, StatusCode::OK).await
}

async fn year_page(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    year: i32,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let today = visit.today();
    let asked = i64::from(year);
    let names = crate::names::shown(visit, tx, &unit.code).await?;
    let writes = visit.may(tx, Action::WriteRecords, &unit.code).await?;
    let plans = plans(tx, &unit.id, asked).await?;
    let tasks = tasks(tx, &unit.id, asked).await?;
    let people: Vec<(String, String)> = match names && unit.cell {
        true => person::members(tx, &unit.id, today).await?.into_iter().map(|m| (m.id, m.name)).collect(),
        false => Vec::new(),
    };
    let mut quarters: Vec<Quarter<'_>> = (1..=5_i64)
        .map(|n| {
            let message = match n {
                5 => Message::new("programme-no-quarter"),
                n => Message::new("programme-quarter").with("n", n),
            };
            Quarter { name: visit.tr(&message), lines: Vec::new() }
        })
        .collect();
    for task in &tasks {
        let month = task.deadline.map(|d| i64::from(d.month())).or(task.month);
        let quarter = month.map(|m| (m - 1) / 3 + 1).or(task.quarter).unwrap_or(5);
        let (class, key) = task.state(today);
        let of = |id: &String| people.iter().find(|(p, _)| p == id).map(|(_, name)| name.clone());
        let due = match (task.deadline, task.month) {
            (Some(day), _) => visit.day(day),
            (None, Some(month)) => visit.tr(&Message::new("programme-month").with("n", month)),
            _ => String::new(),
        };
        let line = Line { task, owner: task.owner.as_ref().and_then(of).unwrap_or_default(), due, class, words: visit.text(key) };
        if let Some(quarter) = usize::try_from(quarter - 1).ok().and_then(|at| quarters.get_mut(at)) {
            quarter.lines.push(line);
        }
    }
    quarters.retain(|q| !q.lines.is_empty());
    let programmes = tx
        .query(
            "SELECT id, name FROM programme WHERE withdrawn IS NULL AND from_day <= $1
             ORDER BY from_day DESC, code LIMIT 20",
            params![Day::from_ymd_opt(year, 12, 31).unwrap_or(today)],
        )
        .await?;
    let programmes: Vec<(String, String)> =
        programmes.iter().map(|r| Ok((r.words("id")?, r.words("name")?))).collect::<store::Result<_>>()?;
    let themes = themes(tx, &unit.id, asked, today).await?;
    let before = tx
        .one(
            "SELECT COUNT(*) AS n FROM task t JOIN plan p ON p.id = t.plan
             WHERE p.unit = $1 AND p.year = $2 AND p.kind = 'year' AND p.withdrawn IS NULL AND t.withdrawn IS NULL",
            params![&unit.id, asked - 1],
        )
        .await?
        .int("n")?;
    let body = Year {
        v: visit,
        f: visit.fields(form),
        form,
        unit,
        year,
        plan: plans.first(),
        done: tasks.iter().filter(|t| t.done.is_some()).count(),
        total: tasks.len(),
        quarters,
        above: tasks_above(tx, &unit.id, asked, today).await?,
        answered: themes.iter().map(|t| (t.id.clone(), t.title.clone())).collect(),
        themes,
        chosen: chosen(visit, tx, unit, asked, names).await?,
        people,
        programmes,
        before,
        writes,
    };
    let title = visit.tr(&Message::new("programme-year-title").with("year", year.to_string()));
    page(visit, unit, title).status(status).show(&body)
}

/// What the year's plan asks of a visitor: the plan itself, its tasks, what was chosen to break through on.
pub(super) async fn duties(mine: &Mine<'_>, tx: &mut Tx) -> Result<Vec<Duty>> {
    let (visit, today) = (mine.visit, mine.visit.today());
    let year = i64::from(today.year());
    let until = today + chrono::Days::new(u64::try_from(AHEAD).unwrap_or(0));
    let mut duties = Vec::new();
    let mut listed = HashSet::new();
    for place in mine.with(Action::WriteRecords).filter(|p| p.unit.cell) {
        let href = with_query(&of_unit(&place.unit.code, "/year"), &[("year", &year.to_string())]);
        let duty = |key: &str, about: String, due| Duty {
            what: visit.text(key),
            about,
            unit: place.unit.name.clone(),
            href: href.clone(),
            due,
        };
        if plans(tx, &place.unit.id, year).await?.is_empty() {
            duties.push(duty("programme-duty-plan", year.to_string(), Day::from_ymd_opt(today.year(), 3, 31)));
        }
        let waiting = themes(tx, &place.unit.id, year, today).await?.iter().filter(|t| !t.taken).count()
            + tasks_above(tx, &place.unit.id, year, today).await?.iter().filter(|t| !t.taken).count();
        if waiting > 0 {
            duties.push(duty("programme-duty-above", waiting.to_string(), None));
        }
        for task in tasks(tx, &place.unit.id, year).await?.iter().filter(|t| t.done.is_none()) {
            if let Some(due) = task.due(today.year()).filter(|d| *d <= until) {
                listed.insert(task.id.clone());
                duties.push(duty("programme-duty-task", task.title.clone(), Some(due)));
            }
        }
        let sql = "SELECT id, title, deadline FROM breakthrough
                   WHERE unit = $1 AND withdrawn IS NULL AND solved_day IS NULL AND deadline <= $2 ORDER BY deadline, id";
        for row in tx.query(sql, params![&place.unit.id, until]).await? {
            let below = format!("/records/breakthrough/{}/edit", segment(row.text("id")?));
            let mut duty = duty("programme-duty-chosen", row.words("title")?, row.opt_day("deadline")?);
            duty.href = of_unit(&place.unit.code, &below);
            duties.push(duty);
        }
    }
    // A member's own tasks, whoever keeps the plan.
    if let Some(person) = &mine.person {
        let sql = "SELECT t.id, t.title, t.deadline, u.name FROM task t JOIN plan p ON p.id = t.plan JOIN unit u ON u.id = p.unit
                   WHERE t.owner = $1 AND t.done_day IS NULL AND t.withdrawn IS NULL AND p.withdrawn IS NULL
                     AND t.deadline <= $2 AND p.year >= $3 ORDER BY t.deadline, t.id LIMIT 20";
        for row in tx.query(sql, params![person, until, year - 1]).await? {
            if listed.contains(row.text("id")?) {
                continue;
            }
            duties.push(Duty {
                what: visit.text("programme-duty-mine"),
                about: row.words("title")?,
                unit: row.words("name")?,
                href: "/me/tasks".to_owned(),
                due: row.opt_day("deadline")?,
            });
        }
    }
    Ok(duties)
}
