//! Writing a year's plan: beginning it, its tasks, taking up what came from above, copying last year's.

use super::{Plan, plans, tasks_above, themes, year_of, year_page};
use crate::address::{of_unit, unit_of, with_query};
use crate::entry;
use crate::kind::{Draft, Held};
use crate::person;
use crate::programme::sheet::{PLAN, TASK};
use crate::unit::Unit;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Day, Message};
use shell::{Error, Form, FormState, Result, Visit};
use store::{Tx, params};

/// What the forms of the page ask of a task.
const ASKED: [&str; 4] = ["title", "month", "owner", "deadline"];

fn back(visit: &Visit, unit: &Unit, year: i32, said: &'static str) -> Response {
    visit.done(&with_query(&of_unit(&unit.code, "/year"), &[("year", &year.to_string())]), said)
}

/// `POST /unit/{unit}/year/plan`: the plan that the year's tasks hang on.
pub(super) async fn begin(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &form);
    let mut draft = entry::read(&PLAN, &mut form, "", &["programme", "theme", "symbol", "issued_day"]);
    let themes = themes(&mut tx, &unit.id, i64::from(year), visit.today()).await?;
    let chosen = draft.text("theme").map(str::to_owned);
    if let Some(theme) = &chosen {
        match themes.iter().find(|t| t.id == *theme) {
            // The day on which it arrived tells how long the plan took.
            Some(theme) => draft.set("received_day", theme.due.map_or(Held::Empty, Held::Day)),
            None => form.fail("theme", Message::new("programme-choose-again")),
        }
    }
    draft.set("unit", Held::Text(unit.id.clone()));
    draft.set("year", Held::Int(i64::from(year)));
    draft.set("kind", Held::Text("year".to_owned()));
    let wanted = format!("KH{year}-{}", unit.code.chars().take(40).collect::<String>());
    draft.set("code", Held::Text(entry::free_code(&mut tx, "plan", &wanted).await?));
    if form.is_ok() && entry::write(&visit, &mut tx, &PLAN, draft, None, &mut form, "").await?.is_some() {
        tx.commit().await?;
        return Ok(back(&visit, &unit, year, "programme-begun"));
    }
    year_page(&visit, &mut tx, &unit, year, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The plan that takes new tasks; without one there is nothing to hang them on.
async fn plan_of(tx: &mut Tx, unit: &Unit, year: i32) -> Result<Plan> {
    let plan = plans(tx, &unit.id, i64::from(year)).await?.into_iter().next();
    plan.ok_or_else(|| Error::Problem(Message::new("programme-no-plan").with("year", year.to_string())))
}

/// The first free number of a task in a plan.
async fn next_code(tx: &mut Tx, plan: &str) -> Result<i64> {
    let rows = tx.query("SELECT code FROM task WHERE plan = $1", params![plan]).await?;
    let mut last = 0;
    for row in &rows {
        last = last.max(row.text("code")?.parse().unwrap_or(0));
    }
    Ok(last + 1)
}

/// `POST /unit/{unit}/year/task`
pub(super) async fn add(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &form);
    let plan = plan_of(&mut tx, &unit, year).await?;
    let mut draft = entry::read(&TASK, &mut form, "", &ASKED);
    if let Some(owner) = draft.text("owner").map(str::to_owned) {
        let members = person::members(&mut tx, &unit.id, visit.today()).await?;
        if !members.iter().any(|m| m.id == owner) {
            form.fail("owner", Message::new("programme-choose-again"));
        }
    }
    if let Some(day) = draft.day("deadline").filter(|d| d.year() != year) {
        let message = Message::new("programme-other-year").with("day", visit.day(day));
        form.fail("deadline", message.with("year", year.to_string()));
    }
    draft.set("plan", Held::Text(plan.id.clone()));
    draft.set("code", Held::Text(next_code(&mut tx, &plan.id).await?.to_string()));
    if form.is_ok() && entry::write(&visit, &mut tx, &TASK, draft, None, &mut form, "").await?.is_some() {
        tx.commit().await?;
        return Ok(back(&visit, &unit, year, "programme-task-added"));
    }
    year_page(&visit, &mut tx, &unit, year, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST /unit/{unit}/year/take`: tasks from above become tasks of the unit's own plan, once each.
pub(super) async fn take(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &form);
    let plan = plan_of(&mut tx, &unit, year).await?;
    let above = tasks_above(&mut tx, &unit.id, i64::from(year), visit.today()).await?;
    let mut number = next_code(&mut tx, &plan.id).await?;
    for from in above.into_iter().filter(|a| !a.taken && form.values("id").contains(&a.id)) {
        let mut draft = Draft::default();
        draft.set("title", Held::Text(from.title));
        draft.set("deadline", from.due.map_or(Held::Empty, Held::Day));
        draft.set("month", from.due.map_or(Held::Empty, |d| Held::Int(i64::from(d.month()))));
        draft.set("answers", Held::Text(from.id));
        write_task(&visit, &mut tx, &plan, draft, &mut number).await?;
    }
    tx.commit().await?;
    Ok(back(&visit, &unit, year, "programme-taken"))
}

async fn write_task(visit: &Visit, tx: &mut Tx, plan: &Plan, mut draft: Draft, number: &mut i64) -> Result<()> {
    draft.set("plan", Held::Text(plan.id.clone()));
    draft.set("code", Held::Text(number.to_string()));
    *number += 1;
    let mut form = FormState::default();
    match entry::write(visit, tx, &TASK, draft, None, &mut form, "").await? {
        Some(_) => Ok(()),
        None => Err(Error::Invalid(form.into_errors())),
    }
}

/// The same day of the next year; the last of February when there is none.
fn a_year_later(day: Day) -> Option<Day> {
    day.with_year(day.year() + 1).or_else(|| Day::from_ymd_opt(day.year() + 1, 2, 28))
}

/// `POST /unit/{unit}/year/copy`: last year's tasks with their days moved by a year. A task whose words stand
/// in this year's plan already is left out, so that copying twice adds nothing.
pub(super) async fn copy(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &form);
    let plan = plan_of(&mut tx, &unit, year).await?;
    let here = super::tasks(&mut tx, &unit.id, i64::from(year)).await?;
    let known: Vec<String> = here.iter().map(|t| domain::text::fold(&t.title)).collect();
    let members = person::members(&mut tx, &unit.id, visit.today()).await?;
    let mut number = next_code(&mut tx, &plan.id).await?;
    for task in super::tasks(&mut tx, &unit.id, i64::from(year) - 1).await? {
        if known.contains(&domain::text::fold(&task.title)) {
            continue;
        }
        let mut draft = Draft::default();
        let int = |n: Option<i64>| n.map_or(Held::Empty, Held::Int);
        draft.set("title", Held::Text(task.title));
        draft.set("month", int(task.month));
        draft.set("quarter", int(task.quarter));
        draft.set("deadline", task.deadline.and_then(a_year_later).map_or(Held::Empty, Held::Day));
        // Who has left the cell is not given its work again.
        let owner = task.owner.filter(|o| members.iter().any(|m| m.id == *o));
        draft.set("owner", owner.map_or(Held::Empty, Held::Text));
        write_task(&visit, &mut tx, &plan, draft, &mut number).await?;
    }
    tx.commit().await?;
    Ok(back(&visit, &unit, year, "programme-copied"))
}

/// `POST /unit/{unit}/year/task/{id}/done`: done today, or on the day typed, with its result.
pub(super) async fn done(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sql = "SELECT t.plan, p.year FROM task t JOIN plan p ON p.id = t.plan
               WHERE t.id = $1 AND p.unit = $2 AND t.withdrawn IS NULL";
    let row = tx.first(sql, params![&id, &unit.id]).await?.ok_or(Error::NotFound)?;
    let year = i32::try_from(row.int("year")?).unwrap_or(visit.today().year());
    let prefix = format!("{id}-");
    let mut draft = entry::read(&TASK, &mut form, &prefix, &["done_day", "result"]);
    if draft.is_empty("done_day") && form.error(&format!("{prefix}done_day")).is_none() {
        draft.set("done_day", Held::Day(visit.today()));
    }
    draft.set("plan", Held::Text(row.words("plan")?));
    if form.is_ok() && entry::write(&visit, &mut tx, &TASK, draft, Some(&id), &mut form, &prefix).await?.is_some() {
        tx.commit().await?;
        return Ok(back(&visit, &unit, year, "programme-task-done"));
    }
    year_page(&visit, &mut tx, &unit, year, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_moved_by_a_year() {
        let day = |y, m, d| Day::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(a_year_later(day(2025, 5, 31)), Some(day(2026, 5, 31)));
        assert_eq!(a_year_later(day(2024, 2, 29)), Some(day(2025, 2, 28)));
    }
}
