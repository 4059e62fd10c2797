//! Make-up study: who has not been reached by a conference or session, until nobody is left.

use super::super::pages::Meeting;
use super::super::sheet::ATTENDANCE;
use super::asked::names_or_nothing;
use super::one::unreached;
use super::{called, changes};
use crate::address::{of_unit, page, segment, unit_of};
use crate::entry;
use crate::kind::Held;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Message;
use shell::{Form, FormState, Result, Visit};
use store::{Tx, params};

#[derive(Template)]
#[template(path = "activity/session/templates/makeup.html")]
struct Makeup<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    action: String,
    tally: String,
    people: Vec<(String, String)>,
    error: Option<String>,
}

async fn makeup_page(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    meeting: &Meeting,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let all = called(tx, &unit.id, meeting.day).await?.len();
    let people = unreached(tx, &unit.id, &meeting.id, meeting.day).await?;
    let base = of_unit(&unit.code, &format!("/activity/{}", segment(&meeting.id)));
    let key = if people.is_empty() { "activity-makeup-all" } else { "activity-makeup-some" };
    let tally = Message::new(key).with("all", all).with("reached", all - people.len()).with("open", people.len());
    let body = Makeup {
        v: visit,
        f: visit.fields(form),
        form,
        action: format!("{base}/makeup"),
        tally: visit.tr(&tally),
        people,
        error: form.error("people").map(|m| visit.tr(m)),
    };
    page(visit, unit, visit.text("activity-makeup-title"))
        .crumb(&meeting.title, format!("{base}/attendance"))
        .lead(format!("{} · {}", meeting.title, visit.day(meeting.day)))
        .status(status)
        .show(&body)
}

/// `GET /unit/{unit}/activity/{id}/makeup`
pub(super) async fn show(visit: Visit, Path((code, id)): Path<(String, String)>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let meeting = Meeting::of(&mut tx, &unit, &id).await?;
    names_or_nothing(&visit, &mut tx, &unit).await?;
    let form = form.with("makeup_day", visit.day(visit.today()));
    makeup_page(&visit, &mut tx, &unit, &meeting, &form, StatusCode::OK).await
}

/// `POST /unit/{unit}/activity/{id}/makeup`: those ticked made it up on the day.
pub(super) async fn save(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let meeting = Meeting::of(&mut tx, &unit, &id).await?;
    names_or_nothing(&visit, &mut tx, &unit).await?;
    let open = unreached(&mut tx, &unit.id, &meeting.id, meeting.day).await?;
    let ticked: Vec<String> = form.values("people").to_vec();
    let day = form.day("makeup_day");
    let day = form.require("makeup_day", day);
    if ticked.is_empty() {
        form.fail("people", Message::new("activity-makeup-nobody"));
    }
    if ticked.iter().any(|id| !open.iter().any(|(known, _)| known == id)) {
        form.fail("people", Message::new("activity-choose-again"));
    }
    if let Some(day) = day {
        if day < meeting.day {
            form.fail("makeup_day", Message::new("activity-makeup-before").with("day", visit.day(day)));
        } else if day > visit.today() {
            form.fail("makeup_day", Message::new("activity-not-yet").with("day", visit.day(day)));
        }
    }
    if let (Some(day), true) = (day, form.is_ok()) {
        for person in &ticked {
            let sql = "SELECT id FROM attendance WHERE activity = $1 AND person = $2";
            let known = tx.first(sql, params![&meeting.id, person]).await?;
            let known = known.map(|r| r.words("id")).transpose()?;
            let mut draft = changes([
                ("activity", Held::Text(meeting.id.clone())),
                ("person", Held::Text(person.clone())),
                ("makeup_day", Held::Day(day)),
            ]);
            if known.is_none() {
                draft.set("status", Held::Text("absent".to_owned()));
            }
            let mut found = FormState::default();
            entry::write(&visit, &mut tx, &ATTENDANCE, draft, known.as_deref(), &mut found, "").await?;
            if let Some(error) = found.into_errors().into_iter().next() {
                form.fail("people", error.message);
            }
        }
        if form.is_ok() {
            super::super::pages::doubled(&visit, &mut tx, &meeting.id, &mut form, "people").await?;
        }
    }
    if form.is_ok() {
        tx.commit().await?;
        let to = of_unit(&unit.code, &format!("/activity/{}/makeup", segment(&meeting.id)));
        return Ok(visit.done(&to, "activity-makeup-saved"));
    }
    drop(tx);
    let mut tx = visit.read().await?;
    makeup_page(&visit, &mut tx, &unit, &meeting, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}
