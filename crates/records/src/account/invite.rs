//! Links on pages: shown once to who gives them, and opened by who is to choose a password.

use super::enter::after_password;
use super::link::{self, Given, Link, State};
use super::{qr, slow, typed};
use ::store::{Tx, params};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Message;
use shell::{Access, Fields, Form, FormState, Html, Page, Result, Route, Visit};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/invite/{token}", Access::Public, open),
        Route::post("/invite/{token}", Access::Public, choose),
    ]
}

/// One link on a page, or on the sheet to be cut.
pub(super) struct Slip {
    /// Whose it is: the person, or the account.
    title: String,
    unit: String,
    name: String,
    url: String,
    until: String,
    qr: Html,
}

impl Slip {
    /// A slip for a link just given.
    pub(super) fn new(
        visit: &Visit,
        headers: &HeaderMap,
        title: &str,
        unit: &str,
        name: &str,
        given: &Given,
    ) -> Result<Slip> {
        let url = format!("{}/invite/{}", site_address(visit, headers), given.token);
        let label = visit.tr(&Message::new("account-link-qr").with("name", title));
        Ok(Slip {
            qr: qr::svg(&url, &label)?,
            title: title.to_owned(),
            unit: unit.to_owned(),
            name: name.to_owned(),
            until: visit.moment(given.expires),
            url,
        })
    }
}

/// The site as people call it. Without a setting it is what this visitor's browser called.
fn site_address(visit: &Visit, headers: &HeaderMap) -> String {
    let config = &visit.site().config;
    if !config.base_url.is_empty() {
        return config.base_url.trim_end_matches('/').to_owned();
    }
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or("localhost");
    format!("{}://{host}", if config.secure_cookies { "https" } else { "http" })
}

#[derive(Template)]
#[template(path = "account/templates/links.html")]
struct Links<'a> {
    v: &'a Visit,
    slips: &'a [Slip],
    back: &'a str,
}

/// The page that shows links once.
pub(super) fn given(visit: &Visit, page: Page, slips: &[Slip], back: &str) -> Result<Response> {
    page.lead(visit.text("account-link-once")).show(&Links { v: visit, slips, back })
}

/// What the page of a link tells about it.
struct About {
    person: Option<String>,
    unit: Option<String>,
}

async fn about(visit: &Visit, tx: &mut Tx, link: &Link) -> Result<About> {
    let mut person = None;
    if let Some(id) = &link.person {
        let row = tx.first("SELECT name FROM person WHERE id = $1 AND withdrawn IS NULL", params![id]).await?;
        person = row.map(|r| r.words("name")).transpose()?;
    }
    let mut unit = None;
    if let Some(id) = &link.unit {
        unit = crate::unit::by_id(tx, id, visit.today()).await?.map(|u| u.name);
    }
    Ok(About { person, unit })
}

#[derive(Template)]
#[template(path = "account/templates/invite.html")]
struct Open<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    action: String,
    name: &'a str,
    about: &'a About,
    clears_code: bool,
    /// Who is signed in at this browser and will not be afterwards.
    other: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "account/templates/invite_dead.html")]
struct Dead<'a> {
    v: &'a Visit,
    words: String,
    whom: String,
    signed_in: bool,
}

/// The open link of a token with what to tell of it, or the page that says why there is none.
async fn find(visit: &Visit, token: &str) -> Result<std::result::Result<(Link, About), Response>> {
    let mut tx = visit.read().await?;
    let found = link::find(&mut tx, token).await?;
    let Some(found) = found.filter(|l| !l.account.disabled) else {
        drop(tx);
        let mut tx = visit.write().await?;
        let wait = slow::count(&mut tx, "", visit.address(), visit.now()).await?;
        tx.commit().await?;
        let (words, status) = match wait {
            Some(wait) => (slow::message(wait), StatusCode::TOO_MANY_REQUESTS),
            None => (Message::new("account-link-unknown"), StatusCode::NOT_FOUND),
        };
        return Ok(Err(dead(visit, &words, None, status)?));
    };
    let about = about(visit, &mut tx, &found).await?;
    let words = match found.state(visit.now()) {
        State::Open => return Ok(Ok((found, about))),
        State::Used => Message::new("account-link-used"),
        State::Ended => Message::new("account-link-ended"),
        State::Expired => Message::new("account-link-expired").with("until", visit.moment(found.expires)),
    };
    Ok(Err(dead(visit, &words, about.unit.as_deref(), StatusCode::GONE)?))
}

fn dead(visit: &Visit, words: &Message, unit: Option<&str>, status: StatusCode) -> Result<Response> {
    let whom = match unit {
        Some(unit) => Message::new("account-link-ask-unit").with("unit", unit),
        None => Message::new("account-link-ask"),
    };
    let body = Dead { v: visit, words: visit.tr(words), whom: visit.tr(&whom), signed_in: visit.signed_in() };
    visit.page(visit.text("account-link-dead-title")).status(status).show(&body)
}

fn page(visit: &Visit, token: &str, link: &Link, about: &About, form: &FormState) -> Result<Response> {
    let status = if form.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let key = if link.reset { "account-reset-title" } else { "account-invite-title" };
    let body = Open {
        v: visit,
        f: visit.fields(form),
        action: format!("/invite/{}", crate::address::segment(token)),
        name: &link.account.name,
        about,
        clears_code: link.clears_code,
        other: visit.name().filter(|name| *name != link.account.name),
    };
    visit.page(visit.text(key)).status(status).show(&body)
}

async fn open(visit: Visit, Path(token): Path<String>) -> Result<Response> {
    match find(&visit, &token).await? {
        Ok((link, about)) => page(&visit, &token, &link, &about, &FormState::default()),
        Err(answer) => Ok(answer),
    }
}

async fn choose(visit: Visit, Path(token): Path<String>, Form(mut form): Form) -> Result<Response> {
    let (link, about) = match find(&visit, &token).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    let Some(password) = typed::password(&visit, &mut form, &link.account.name).await? else {
        return page(&visit, &token, &link, &about, &form);
    };
    let mut tx = visit.db().write(&link.account.actor()).await?;
    if !link::take(&mut tx, &link, &password).await? {
        drop(tx);
        // Somebody else was quicker; the page says what became of it.
        return match find(&visit, &token).await? {
            Err(answer) => Ok(answer),
            Ok(_) => Err(shell::Error::Busy),
        };
    }
    let done = || visit.done("/", "account-invite-done").into_response();
    after_password(&visit, tx, link.account.id, "/", done).await
}
