//! `/stop/{token}/{topic}`: the link in every mail. It works without signing in, and for mail programs by itself
//! (RFC 8058). Opening it changes nothing, because programs that check mails open every link; its one button does.

use super::subscriber;
use super::topic::Topic;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Actor, Message};
use shell::{Access, Form, Result, Route, Visit};
use store::{Tx, params};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/stop/{token}/{topic}", Access::Public, show),
        Route::post("/stop/{token}/{topic}", Access::Public, stop),
    ]
}

#[derive(Template)]
#[template(path = "notice/templates/stop.html")]
struct Stop<'a> {
    v: &'a Visit,
    action: String,
    /// What the button does; empty when the link is none of ours.
    state: &'static str,
    words: String,
    signed_in: bool,
}

/// Whose link it is, what it stops, and whether that still comes.
async fn find(tx: &mut Tx, token: &str, topic: &str) -> Result<Option<(String, Topic, bool)>> {
    let Some(topic) = Topic::from_code(topic) else { return Ok(None) };
    let sql = "SELECT s.account, COALESCE(c.wanted, 1) AS wanted FROM notice_address s
               LEFT JOIN notice_choice c ON c.account = s.account AND c.topic = $2 WHERE s.stop = $1";
    let Some(row) = tx.first(sql, params![token, topic.code()]).await? else { return Ok(None) };
    Ok(Some((row.words("account")?, topic, row.flag("wanted")?)))
}

fn page(visit: &Visit, token: &str, found: Option<(Topic, bool)>) -> Result<Response> {
    let (state, words, status) = match found {
        Some((topic, wanted)) => {
            let key = if wanted { "notice-stop-ask" } else { "notice-stopped" };
            let words = visit.tr(&Message::new(key).with("topic", visit.text(topic.key())));
            (if wanted { "stop" } else { "again" }, words, StatusCode::OK)
        }
        None => ("", visit.text("notice-stop-unknown"), StatusCode::NOT_FOUND),
    };
    let topic = found.map_or("", |(t, _)| t.code());
    let action = format!("/stop/{}/{topic}", crate::address::segment(token));
    let body = Stop { v: visit, action, state, words, signed_in: visit.signed_in() };
    visit.page(visit.text("notice-stop-title")).status(status).show(&body)
}

async fn show(visit: Visit, Path((token, topic)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let found = find(&mut tx, &token, &topic).await?;
    drop(tx);
    page(&visit, &token, found.map(|(_, topic, wanted)| (topic, wanted)))
}

/// Stops the sort of mail; the page's second button brings it back.
async fn stop(
    visit: Visit,
    Path((token, topic)): Path<(String, String)>,
    Form(form): Form,
) -> Result<Response> {
    // Whoever holds the link acts, signed in or not; the log says that nobody was.
    let mut tx = visit.db().write(&Actor::Nobody).await?;
    let Some((account, topic, _)) = find(&mut tx, &token, &topic).await? else {
        drop(tx);
        return page(&visit, &token, None);
    };
    let wanted = form.value("act") == "again";
    subscriber::choose(&mut tx, &account, topic, wanted).await?;
    tx.commit().await?;
    page(&visit, &token, Some((topic, wanted)))
}
