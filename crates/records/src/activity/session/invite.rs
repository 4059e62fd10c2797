//! The invitation: words to copy into a message, and to print.

use super::Session;
use super::one::lines;
use crate::address::{page, unit_of};
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::Message;
use shell::{Result, Visit};

#[derive(Template)]
#[template(path = "activity/session/templates/invite.html")]
struct Invite<'a> {
    v: &'a Visit,
    words: String,
    paragraphs: Vec<String>,
    back: String,
}

/// `GET /unit/{unit}/session/{id}/invite`
pub(super) async fn show(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let session = Session::of(&mut tx, &unit, &id).await?;
    let paragraphs = words(&visit, &unit, &session);
    let back = session.path(&unit, "");
    let body = Invite { v: &visit, words: paragraphs.join("\n"), paragraphs, back: back.clone() };
    page(&visit, &unit, visit.text("activity-session-invite-title"))
        .crumb(&session.title, back)
        .lead(visit.text("activity-session-invite-lead"))
        .show(&body)
}

/// The lines of the invitation. They go to members of the cell, so they are in the reader's language.
pub(super) fn words(visit: &Visit, unit: &Unit, session: &Session) -> Vec<String> {
    let mut said = vec![
        visit.tr(&Message::new("activity-session-invite-to").with("unit", &unit.name)),
        visit.tr(&Message::new("activity-session-invite-what").with("title", &session.title)),
    ];
    let mut say = |key: &'static str, value: &str| {
        if !value.is_empty() {
            said.push(visit.tr(&Message::new(key).with("value", value)));
        }
    };
    say("activity-session-invite-when", &session.when(visit));
    say("activity-session-invite-where", &session.place);
    say("activity-session-invite-lead-in", &session.lead_name);
    let agenda = lines(&session.agenda);
    if !agenda.is_empty() {
        said.push(visit.text("activity-session-invite-agenda"));
        said.extend(agenda.iter().enumerate().map(|(at, line)| format!("{}. {line}", at + 1)));
    }
    said.push(visit.text("activity-session-invite-close"));
    said
}
