//! What of sessions waits for somebody: for who keeps the records of a unit, and for a member.

use super::one::unreached;
use super::rules::Rule;
use crate::address::{of_unit, segment};
use crate::duty::{Duty, Mine, Place};
use chrono::{Datelike, Days};
use domain::{Action, Day, Message};
use shell::{Result, Visit};
use store::{Tx, params};

/// A planned session is spoken of so many days ahead.
const AHEAD: u64 = 14;
/// What was missed is spoken of so many days after.
const BACK: u64 = 60;
/// Sessions with people not reached that are looked at.
const LOOKED_AT: i64 = 10;

/// What waits for the visitor.
pub(in super::super) async fn duties(mine: &Mine<'_>, tx: &mut Tx) -> Result<Vec<Duty>> {
    let mut duties = Vec::new();
    for place in mine.with(Action::WriteRecords) {
        sessions(mine.visit, tx, place, &mut duties).await?;
        follow_ups(mine.visit, tx, place, &mut duties).await?;
        missed(mine.visit, tx, place, &mut duties).await?;
        readings(mine.visit, tx, place, &mut duties).await?;
    }
    if let Some(person) = &mine.person {
        member(mine.visit, tx, person, &mut duties).await?;
    }
    Ok(duties)
}

fn duty(what: String, about: &str, place: &Place, below: &str, due: Option<Day>) -> Duty {
    Duty {
        what,
        about: about.to_owned(),
        unit: place.unit.name.clone(),
        href: of_unit(&place.unit.code, below),
        due,
    }
}

/// Planned sessions: the paper, the day itself; held ones: the minutes.
async fn sessions(visit: &Visit, tx: &mut Tx, place: &Place, duties: &mut Vec<Duty>) -> Result<()> {
    let today = visit.today();
    let sql = "SELECT m.id, m.title, m.day, m.paper_sent_day, m.activity, a.minutes FROM meeting m
               LEFT JOIN activity a ON a.id = m.activity AND a.withdrawn IS NULL
               WHERE m.unit = $1 AND m.withdrawn IS NULL AND m.day >= $2 AND m.day <= $3
               ORDER BY m.day, m.id LIMIT 30";
    let span = params![&place.unit.id, today - Days::new(BACK), today + Days::new(AHEAD)];
    for row in tx.query(sql, span).await? {
        let (title, day) = (row.words("title")?, row.day("day")?);
        let below = format!("/session/{}", segment(row.text("id")?));
        let rule = Rule::on(day);
        let mut add = |key: &str, due| duties.push(duty(visit.text(key), &title, place, &below, due));
        if row.opt_text("activity")?.is_some() {
            if row.opt_int("minutes")? == Some(0) {
                add("activity-duty-minutes", rule.and_then(|r| r.minutes_by(day)));
            }
        } else if day <= today {
            add("activity-duty-hold", Some(day));
        } else if row.opt_day("paper_sent_day")?.is_none() {
            add("activity-duty-paper", rule.map(|r| r.paper_by(day)));
        }
    }
    Ok(())
}

/// Tasks past their day: one line with their number.
async fn follow_ups(visit: &Visit, tx: &mut Tx, place: &Place, duties: &mut Vec<Duty>) -> Result<()> {
    let sql = "SELECT COUNT(*) AS n, MIN(f.deadline) AS first FROM follow_up f JOIN activity a ON a.id = f.activity
               WHERE a.unit = $1 AND f.done_day IS NULL AND f.deadline < $2 AND f.withdrawn IS NULL AND a.withdrawn IS NULL";
    let row = tx.one(sql, params![&place.unit.id, visit.today()]).await?;
    let n = row.int("n")?;
    if n > 0 {
        let what = visit.tr(&Message::new("activity-duty-tasks").with("n", n));
        duties.push(duty(what, "", place, "/sessions", row.opt_day("first")?));
    }
    Ok(())
}

/// Sessions with attendance by name that have not reached everybody.
async fn missed(visit: &Visit, tx: &mut Tx, place: &Place, duties: &mut Vec<Duty>) -> Result<()> {
    let sql = "SELECT a.id, a.title, a.day FROM activity a
               WHERE a.unit = $1 AND a.withdrawn IS NULL AND a.day >= $2 AND a.day < $3
                 AND a.kind IN ('conference', 'topic_session', 'regular', 'training')
                 AND EXISTS (SELECT 1 FROM attendance t WHERE t.activity = a.id AND t.withdrawn IS NULL
                   AND t.status IN ('absent', 'excused') AND t.makeup_day IS NULL)
               ORDER BY a.day DESC, a.id DESC LIMIT $4";
    let today = visit.today();
    let asked = params![&place.unit.id, today - Days::new(BACK), today, LOOKED_AT];
    for row in tx.query(sql, asked).await? {
        let (id, title) = (row.words("id")?, row.words("title")?);
        let n = unreached(tx, &place.unit.id, &id, row.day("day")?).await?.len();
        if n > 0 {
            let what = visit.tr(&Message::new("activity-duty-missed").with("n", n));
            duties.push(duty(what, &title, place, &format!("/activity/{}/makeup", segment(&id)), None));
        }
    }
    Ok(())
}

/// This week's reading, and those before it that nobody ticked.
async fn readings(visit: &Visit, tx: &mut Tx, place: &Place, duties: &mut Vec<Duty>) -> Result<()> {
    let today = visit.today();
    let sunday = today + Days::new(u64::from(6 - today.weekday().num_days_from_monday()));
    let sql = "SELECT COUNT(*) AS n, MIN(day) AS first FROM reading_turn
               WHERE unit = $1 AND activity IS NULL AND withdrawn IS NULL AND day >= $2 AND day <= $3";
    let row = tx.one(sql, params![&place.unit.id, today - Days::new(BACK), sunday]).await?;
    let n = row.int("n")?;
    if n > 0 {
        let what = visit.tr(&Message::new("activity-duty-readings").with("n", n));
        duties.push(duty(what, "", place, "/rota", row.opt_day("first")?));
    }
    Ok(())
}

/// A member's own: invitations, the lead-in paper, tasks, turns to read.
async fn member(visit: &Visit, tx: &mut Tx, person: &str, duties: &mut Vec<Duty>) -> Result<()> {
    let today = visit.today();
    let own = |key: &str, about: String, unit: String, href: String, due| Duty {
        what: visit.text(key),
        about,
        unit,
        href,
        due,
    };
    let sql = "SELECT m.id, m.title, m.day, m.lead_in, m.paper_sent_day, u.name,
                 (SELECT COUNT(*) FROM meeting_answer a WHERE a.meeting = m.id AND a.person = $1 AND a.withdrawn IS NULL) AS answered
               FROM meeting m JOIN unit u ON u.id = m.unit
               WHERE m.withdrawn IS NULL AND m.activity IS NULL AND m.day >= $2
                 AND EXISTS (SELECT 1 FROM membership b
                   JOIN unit_span s ON s.descendant = b.unit AND s.ancestor = m.unit AND s.from_day <= m.day AND s.to_day >= m.day
                   WHERE b.person = $1 AND b.withdrawn IS NULL AND b.from_day <= m.day
                     AND COALESCE(b.to_day, '9999-12-31') >= m.day)
               ORDER BY m.day, m.id LIMIT 20";
    for row in tx.query(sql, params![person, today]).await? {
        let (title, unit, day) = (row.words("title")?, row.words("name")?, row.day("day")?);
        let href = format!("/me/session/{}", segment(row.text("id")?));
        if row.int("answered")? == 0 {
            duties.push(own("activity-duty-answer", title.clone(), unit.clone(), href.clone(), Some(day)));
        }
        if row.opt_text("lead_in")? == Some(person) && row.opt_day("paper_sent_day")?.is_none() {
            let due = Rule::on(day).map(|r| r.paper_by(day));
            duties.push(own("activity-duty-lead-in", title, unit, href, due));
        }
    }
    let tasks = my_tasks(tx, person).await?;
    for (task, deadline, _, _) in tasks {
        duties.push(own("activity-duty-task", task, String::new(), "/me/tasks".to_owned(), deadline));
    }
    for (day, _, unit) in my_readings(tx, person, today, AHEAD).await? {
        duties.push(own("activity-duty-reading", visit.day(day), unit, "/me/tasks".to_owned(), Some(day)));
    }
    Ok(())
}

/// The open tasks of a person: what, by when, and the session that gave it with its day.
pub(super) async fn my_tasks(tx: &mut Tx, person: &str) -> Result<Vec<(String, Option<Day>, String, Day)>> {
    let sql = "SELECT f.task, f.deadline, a.title, a.day FROM follow_up f JOIN activity a ON a.id = f.activity
               WHERE f.owner = $1 AND f.done_day IS NULL AND f.withdrawn IS NULL AND a.withdrawn IS NULL
               ORDER BY COALESCE(f.deadline, '9999-12-31'), a.day, f.id LIMIT 30";
    let mut tasks = Vec::new();
    for row in tx.query(sql, params![person]).await? {
        tasks.push((row.words("task")?, row.opt_day("deadline")?, row.words("title")?, row.day("day")?));
    }
    Ok(tasks)
}

/// The turns of a person, or of the group they belong to on that day: day, kind, unit.
pub(super) async fn my_readings(
    tx: &mut Tx,
    person: &str,
    today: Day,
    days: u64,
) -> Result<Vec<(Day, String, String)>> {
    let sql = "SELECT t.day, t.kind, u.name FROM reading_turn t JOIN unit u ON u.id = t.unit
               WHERE t.withdrawn IS NULL AND t.activity IS NULL AND t.day >= $2 AND t.day <= $3
                 AND (t.turn_person = $1 OR EXISTS (SELECT 1 FROM membership b
                   JOIN unit_span s ON s.descendant = b.unit AND s.ancestor = t.turn_unit AND s.from_day <= t.day AND s.to_day >= t.day
                   WHERE b.person = $1 AND b.withdrawn IS NULL AND b.from_day <= t.day
                     AND COALESCE(b.to_day, '9999-12-31') >= t.day))
               ORDER BY t.day, t.id LIMIT 60";
    let mut readings = Vec::new();
    for row in tx.query(sql, params![person, today, today + Days::new(days)]).await? {
        readings.push((row.day("day")?, row.words("kind")?, row.words("name")?));
    }
    Ok(readings)
}
