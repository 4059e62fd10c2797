//! Taking a record out of every count, with a reason, and bringing it back.

use super::{Place, record_path};
use crate::activity;
use crate::kind::{Draft, Held, Owner};
use crate::transfer;
use axum::extract::Path;
use axum::response::Response;
use domain::Message;
use shell::{Error, Form, FormState, Result, Visit};

/// The longest reason, in letters.
const REASON: usize = 300;

pub(super) async fn withdraw<const CLOSED: bool>(
    visit: Visit,
    Path((code, name, id)): Path<(String, String, String)>,
    Form(form): Form,
) -> Result<Response> {
    turn(visit, (&code, &name, &id), form, CLOSED, true).await
}

pub(super) async fn restore<const CLOSED: bool>(
    visit: Visit,
    Path((code, name, id)): Path<(String, String, String)>,
    Form(form): Form,
) -> Result<Response> {
    turn(visit, (&code, &name, &id), form, CLOSED, false).await
}

async fn turn(
    visit: Visit,
    (code, name, id): (&str, &str, &str),
    mut form: FormState,
    closed: bool,
    out: bool,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let place = Place::of(&visit, &mut tx, code, name, closed).await?;
    let row = place.row(&visit, &mut tx, id).await?;
    let mut draft = Draft::default();
    if let Owner::Field(field) | Owner::Through(field) = place.kind.owner {
        draft.set(field, Held::Text(row.words(field)?));
    }
    if !transfer::may_write(&mut tx, visit.actor(), place.kind, &draft, Some(id), visit.today()).await? {
        return Err(Error::Forbidden);
    }
    let Some(reason) = form.text("reason", REASON) else {
        return Err(Error::Problem(Message::new("browse-reason-missing")));
    };
    if !transfer::withdraw(&mut tx, place.kind, id, &reason, out).await? {
        // Somebody was quicker; what was wanted is so.
        return Ok(visit.done(&record_path(&place.unit, place.kind, id), "browse-already"));
    }
    if !out
        && matches!(place.kind.name, "attendance" | "attendance_site")
        && let Some(double) = activity::double_counted(&mut tx).await?.first()
    {
        let message = Message::new("browse-restore-doubled").with("site", &double.site);
        return Err(Error::Problem(message));
    }
    tx.commit().await?;
    let key = if out { "browse-withdrawn-done" } else { "browse-restored-done" };
    Ok(visit.done(&record_path(&place.unit, place.kind, id), key))
}
