//! The rota of readings and flag ceremonies: made for a year in one step, two turns swapped by
//! hand, each ticked in one tap when it was read.

use super::super::pages::{Options, free_code, same};
use super::super::sheet::ACTIVITY;
use super::asked::names_or_nothing;
use super::changes;
use super::sheet::{READING_TURN, TURN_KIND};
use crate::address::{of_unit, page, segment, unit_of};
use crate::entry;
use crate::kind::Held;
use crate::unit::{self, Unit};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, Weekday};
use domain::{Day, Message};
use shell::{Error, Form, FormState, Result, Visit};
use std::collections::HashSet;
use store::{Tx, params};

/// A rota is at most so long: a year and a month.
const LONGEST: i64 = 400;
/// Turns that are shown.
const MOST: i64 = 140;
/// Past turns that wait to be ticked.
const WAITING: usize = 6;

/// The weekdays as the form names them.
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The days of a rota: every such weekday, or the first one of each month.
pub(super) fn days(kind: &str, weekday: Weekday, from: Day, to: Day) -> Vec<Day> {
    let monthly = kind == "flag_ceremony";
    let ahead = (7 + weekday.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7;
    let mut day = from + Days::new(u64::from(ahead));
    let mut days = Vec::new();
    while day <= to {
        if !monthly || day.day() <= 7 {
            days.push(day);
        }
        day = day + Days::new(7);
    }
    days
}

struct Turn {
    id: String,
    day: Day,
    shown: String,
    kind: String,
    who: String,
    read: bool,
    /// The activity's record, when it was read.
    href: String,
    action: String,
    title: String,
}

#[derive(Template)]
#[template(path = "activity/session/templates/rota.html")]
struct Rota<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    action: String,
    /// Groups, or persons where there are no groups.
    choices: Options,
    who_error: Option<String>,
    waiting: Vec<Turn>,
    turns: Vec<Turn>,
    open: Options,
    making: bool,
}

impl Rota<'_> {
    fn kinds(&self) -> Options {
        entry::options(self.v.lang(), &TURN_KIND)
    }

    fn weekdays(&self) -> Options {
        let name = |n: usize| (n.to_string(), self.v.text(&format!("activity-rota-weekday-{n}")));
        (0..WEEKDAYS.len()).map(name).collect()
    }

    fn chosen(&self, id: &str) -> bool {
        let chosen = self.form.values("who");
        chosen.is_empty() || chosen.iter().any(|c| c == id)
    }
}

/// Who can have turns: the groups of a cell, or its members when it has none.
async fn choices(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<(bool, Options)> {
    let groups: Options =
        unit::children(tx, &unit.id, visit.today()).await?.into_iter().map(|u| (u.id, u.name)).collect();
    if !groups.is_empty() || !unit.cell {
        return Ok((true, groups));
    }
    let people = super::called(tx, &unit.id, visit.today()).await?;
    Ok((false, people.into_iter().map(|m| (m.id, m.name)).collect()))
}

async fn turns(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<Turn>> {
    let since = visit.today() - Days::new(60);
    let sql = "SELECT t.id, t.day, t.kind, t.activity, u.name AS group_name, p.name AS person_name FROM reading_turn t
               LEFT JOIN unit u ON u.id = t.turn_unit LEFT JOIN person p ON p.id = t.turn_person
               WHERE t.unit = $1 AND t.withdrawn IS NULL AND t.day >= $2 ORDER BY t.day, t.kind, t.id LIMIT $3";
    let mut turns = Vec::new();
    for row in tx.query(sql, params![&unit.id, since, MOST]).await? {
        let (id, day) = (row.words("id")?, row.day("day")?);
        let who = row.opt_text("group_name")?.or(row.opt_text("person_name")?).unwrap_or_default().to_owned();
        let kind = row.text("kind")?;
        let activity = row.opt_text("activity")?;
        let key = if kind == "flag_ceremony" { "activity-rota-flag-of" } else { "activity-rota-story-of" };
        turns.push(Turn {
            day,
            shown: visit.day(day),
            kind: entry::word_of(visit.lang(), &TURN_KIND, kind),
            who,
            read: activity.is_some(),
            href: activity
                .map(|a| of_unit(&unit.code, &format!("/records/activity/{}", segment(a))))
                .unwrap_or_default(),
            action: of_unit(&unit.code, &format!("/rota/{}/read", segment(&id))),
            title: visit.tr(&Message::new(key).with("day", visit.day(day))),
            id,
        });
    }
    Ok(turns)
}

async fn rota_page(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    names_or_nothing(visit, tx, unit).await?;
    let (_, choices) = choices(visit, tx, unit).await?;
    let all = turns(visit, tx, unit).await?;
    let today = visit.today();
    let open = all.iter().filter(|t| !t.read);
    let open = open.map(|t| (t.id.clone(), format!("{} · {} · {}", t.shown, t.who, t.kind))).collect();
    let making = all.is_empty() || form.error("from").is_some() || form.error("to").is_some();
    let making = making || ["kind", "weekday", "who"].iter().any(|n| form.error(n).is_some());
    let (due, turns): (Vec<_>, Vec<_>) = all.into_iter().partition(|t| !t.read && t.day <= today);
    let mut waiting = due;
    waiting.reverse();
    waiting.truncate(WAITING);
    let body = Rota {
        v: visit,
        f: visit.fields(form),
        form,
        action: of_unit(&unit.code, "/rota"),
        choices,
        who_error: form.error("who").map(|m| visit.tr(m)),
        waiting,
        turns,
        open,
        making,
    };
    page(visit, unit, visit.text("activity-rota-title"))
        .crumb(visit.text("activity-session-list-title"), of_unit(&unit.code, "/sessions"))
        .status(status)
        .show(&body)
}

/// `GET /unit/{unit}/rota`
pub(super) async fn show(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let today = visit.today();
    // From December on a rota is made for the year that comes.
    let year = if today.month() == 12 { today.year() + 1 } else { today.year() };
    let end = Day::from_ymd_opt(year, 12, 31).unwrap_or(today);
    let from = Day::from_ymd_opt(year, 1, 1).unwrap_or(today).max(today);
    let form = form
        .with("kind", "weekly_reading")
        .with("weekday", "0")
        .with("from", visit.day(from))
        .with("to", visit.day(end));
    Ok(shell::offline::kept(rota_page(&visit, &mut tx, &unit, &form, StatusCode::OK).await?))
}

async fn again(visit: &Visit, unit: &Unit, form: &FormState) -> Result<Response> {
    let mut tx = visit.read().await?;
    rota_page(visit, &mut tx, unit, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST /unit/{unit}/rota`: a turn for each day that has none yet.
pub(super) async fn make(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    names_or_nothing(&visit, &mut tx, &unit).await?;
    let (groups, choices) = choices(&visit, &mut tx, &unit).await?;
    let kind = form.choice("kind", |typed| TURN_KIND.iter().find(|c| c.code == typed).map(|c| c.code));
    let kind = form.require("kind", kind);
    let weekday = form.choice("weekday", |typed| WEEKDAYS.get(typed.parse::<usize>().ok()?).copied());
    let weekday = form.require("weekday", weekday);
    let (from, to) = (form.day("from"), form.day("to"));
    let (from, to) = (form.require("from", from), form.require("to", to));
    let who: Vec<String> = form.values("who").to_vec();
    if who.is_empty() {
        form.fail("who", Message::new("activity-rota-nobody"));
    }
    if who.iter().any(|id| !choices.iter().any(|(known, _)| known == id)) {
        form.fail("who", Message::new("activity-choose-again"));
    }
    if let (Some(from), Some(to)) = (from, to) {
        if to < from {
            let message = Message::new("kind-backwards").with("from", visit.day(from));
            form.fail("to", message.with("to", visit.day(to)));
        } else if (to - from).num_days() > LONGEST {
            form.fail("to", Message::new("activity-rota-too-long").with("days", LONGEST));
        }
    }
    let mut made = 0;
    if let (Some(kind), Some(weekday), Some(from), Some(to), true) = (kind, weekday, from, to, form.is_ok()) {
        let sql = "SELECT day FROM reading_turn WHERE unit = $1 AND kind = $2 AND day >= $3 AND day <= $4";
        let mut known = HashSet::new();
        for row in tx.query(sql, params![&unit.id, kind, from, to]).await? {
            known.insert(row.day("day")?);
        }
        // The place in the row of days decides, so that what is there already shifts nobody.
        for (day, whose) in days(kind, weekday, from, to).into_iter().zip(who.iter().cycle()) {
            if known.contains(&day) {
                continue;
            }
            let field = if groups { "turn_unit" } else { "turn_person" };
            let draft = changes([
                ("unit", Held::Text(unit.id.clone())),
                ("kind", Held::Text(kind.to_owned())),
                ("day", Held::Day(day)),
                (field, Held::Text(whose.clone())),
            ]);
            let mut found = FormState::default();
            entry::write(&visit, &mut tx, &READING_TURN, draft, None, &mut found, "").await?;
            if let Some(error) = found.into_errors().into_iter().next() {
                form.fail("who", error.message);
                break;
            }
            made += 1;
        }
    }
    if !form.is_ok() {
        drop(tx);
        return again(&visit, &unit, &form).await;
    }
    tx.commit().await?;
    let key = if made > 0 { "activity-rota-made" } else { "activity-rota-nothing-new" };
    Ok(visit.done(&of_unit(&unit.code, "/rota"), key))
}

/// `POST /unit/{unit}/rota/swap`: two turns change hands.
pub(super) async fn swap(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let mut rows = Vec::new();
    for name in ["one", "other"] {
        let typed = form.text(name, 60);
        let Some(id) = form.require(name, typed) else { continue };
        let sql = "SELECT id, turn_unit, turn_person FROM reading_turn
                   WHERE id = $1 AND unit = $2 AND activity IS NULL AND withdrawn IS NULL";
        match tx.first(sql, params![&id, &unit.id]).await? {
            Some(row) => rows.push(row),
            None => form.fail(name, Message::new("activity-choose-again")),
        }
    }
    if let ([one, other], true) = (rows.as_slice(), form.is_ok()) {
        for (to, from) in [(one, other), (other, one)] {
            let held = |name| from.opt_text(name).map(|t| t.map_or(Held::Empty, |t| Held::Text(t.to_owned())));
            let draft = changes([
                ("unit", Held::Text(unit.id.clone())),
                ("turn_unit", held("turn_unit")?),
                ("turn_person", held("turn_person")?),
            ]);
            entry::write(&visit, &mut tx, &READING_TURN, draft, Some(to.text("id")?), &mut form, "").await?;
        }
    }
    if form.is_ok() {
        tx.commit().await?;
        return Ok(visit.done(&of_unit(&unit.code, "/rota"), "activity-rota-swapped"));
    }
    drop(tx);
    again(&visit, &unit, &form).await
}

/// `POST /unit/{unit}/rota/{id}/read`: it was read; the reading stands in the book of activities.
pub(super) async fn read(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sql = "SELECT id, day, kind, turn_unit, activity FROM reading_turn WHERE id = $1 AND unit = $2 AND withdrawn IS NULL";
    let row = tx.first(sql, params![&id, &unit.id]).await?.ok_or(Error::NotFound)?;
    let to = of_unit(&unit.code, "/rota");
    if row.opt_text("activity")?.is_some() {
        return Ok(visit.done(&to, "activity-rota-read"));
    }
    let (day, kind) = (row.day("day")?, row.words("kind")?);
    if day > visit.today() {
        return Err(Error::Problem(Message::new("activity-not-yet").with("day", visit.day(day))));
    }
    let title = form.text("title", 500);
    let title = title.unwrap_or_else(|| entry::word_of(visit.lang(), &TURN_KIND, &kind));
    let mut activity = None;
    if same(&mut tx, &unit.id, &kind, day, &title).await? {
        let sql = "SELECT id FROM activity WHERE unit = $1 AND kind = $2 AND day = $3 AND withdrawn IS NULL ORDER BY id LIMIT 1";
        let known = tx.first(sql, params![&unit.id, &kind, day]).await?;
        activity = known.map(|r| r.words("id")).transpose()?;
    }
    if activity.is_none() && form.is_ok() {
        let code = free_code(&mut tx, &kind, &unit.code, day).await?;
        let turn = row.opt_text("turn_unit")?.map_or(Held::Empty, |t| Held::Text(t.to_owned()));
        let draft = changes([
            ("code", Held::Text(code)),
            ("unit", Held::Text(unit.id.clone())),
            ("kind", Held::Text(kind)),
            ("title", Held::Text(title)),
            ("day", Held::Day(day)),
            ("turn", turn),
        ]);
        activity = entry::write(&visit, &mut tx, &ACTIVITY, draft, None, &mut form, "").await?;
    }
    if let (Some(activity), true) = (activity, form.is_ok()) {
        let draft = changes([("unit", Held::Text(unit.id.clone())), ("activity", Held::Text(activity))]);
        entry::write(&visit, &mut tx, &READING_TURN, draft, Some(&id), &mut form, "").await?;
    }
    if form.is_ok() {
        tx.commit().await?;
        return Ok(visit.done(&to, "activity-rota-read"));
    }
    Err(Error::Invalid(form.into_errors()))
}
