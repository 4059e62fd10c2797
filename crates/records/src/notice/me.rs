//! `/me/mail`: one's own address, its code, and which notices come.

use super::digest::monday;
use super::outbox;
use super::subscriber::{self, Asked, Own, Typed};
use super::topic::Topic;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Id, Message};
use shell::{Access, Fields, Form, FormState, Result, Route, Visit};
use store::{Change, Tx};

pub(super) fn routes() -> Vec<Route> {
    let own = Access::SignedIn;
    vec![
        Route::get("/me/mail", own, show),
        Route::post("/me/mail", own, ask),
        Route::post("/me/mail/code", own, confirm),
        Route::post("/me/mail/choices", own, choose),
        Route::post("/me/mail/remove", own, remove),
    ]
}

/// The longest address.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "notice/templates/me.html")]
struct Mine<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    own: &'a Own,
    choices: Vec<(Topic, bool)>,
    failed: i64,
    /// Whether the form of another address stands open.
    changing: bool,
}

impl Mine<'_> {
    fn words(&self, topic: &Topic) -> String {
        self.v.text(topic.key())
    }
    fn code_sent(&self) -> String {
        self.v.tr(&Message::new("notice-code-sent").with("address", &self.own.pending))
    }
    fn failed_words(&self) -> String {
        self.v.tr(&Message::new("notice-failed-some").with("n", self.failed))
    }
}

async fn page(visit: &Visit, form: &FormState, status: StatusCode) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.read().await?;
    let own = subscriber::own(&mut tx, account).await?;
    let choices = subscriber::choices(&mut tx, account).await?;
    let failed = if own.address.is_empty() { 0 } else { outbox::failed(&mut tx, visit, account).await? };
    drop(tx);
    let changing = form.error("address").is_some();
    let body = Mine { v: visit, f: visit.fields(form), own: &own, choices, failed, changing };
    visit
        .page(visit.text("notice-title"))
        .crumb(visit.text("account-me-title"), "/me")
        .lead(visit.text("notice-lead"))
        .status(status)
        .show(&body)
}

async fn show(visit: Visit) -> Result<Response> {
    page(&visit, &FormState::default(), StatusCode::OK).await
}

/// Says in the log that the account's mail changed; the log never holds an address.
fn noted(tx: &mut Tx, action: &'static str, account: Id) {
    let (before, after) = (String::new(), String::new());
    tx.note(Change { action, kind: "notice_address".to_owned(), record: account.to_string(), before, after });
}

/// The address as typed, when it is one that a mail server takes.
fn address(form: &mut FormState) -> Option<String> {
    let typed = form.required("address", LONGEST)?;
    let fits = typed.is_ascii() && typed.parse::<lettre::Address>().is_ok_and(|a| a.domain().contains('.'));
    if !fits {
        form.fail("address", Message::new("notice-address-wrong").with("typed", &typed));
        return None;
    }
    Some(typed)
}

async fn ask(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let account = visit.account()?;
    if !visit.site().config.mails {
        return page(&visit, &form, StatusCode::OK).await;
    }
    if let Some(address) = address(&mut form) {
        let mut tx = visit.write().await?;
        match subscriber::ask(&visit, &mut tx, account, &address).await? {
            Asked::Sent => {
                noted(&mut tx, "ask-code", account);
                tx.commit().await?;
                return Ok(visit.done("/me/mail", "notice-code-asked"));
            }
            Asked::TooMany => form.fail("address", Message::new("notice-code-too-many")),
        }
    }
    page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn confirm(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let account = visit.account()?;
    let typed = form.required("code", 20);
    if let Some(typed) = typed {
        // People type codes with blanks between the groups.
        let code: String = typed.chars().filter(char::is_ascii_digit).collect();
        let mut tx = visit.write().await?;
        let week = monday(visit.now()).0.to_string();
        let came = subscriber::confirm(&mut tx, account, &code, visit.now(), &week).await?;
        if came == Typed::Right {
            noted(&mut tx, "confirm-address", account);
        }
        // A wrong code is kept too: it counts.
        tx.commit().await?;
        match came {
            Typed::Right => return Ok(visit.done("/me/mail", "notice-confirmed")),
            Typed::Wrong => form.fail("code", Message::new("notice-code-wrong")),
            Typed::Over => form.fail("code", Message::new("notice-code-over")),
        }
    }
    page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn choose(visit: Visit, Form(form): Form) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.write().await?;
    for topic in Topic::ALL {
        let wanted = form.values("topic").iter().any(|t| t == topic.code());
        subscriber::choose(&mut tx, &account.to_string(), topic, wanted).await?;
    }
    subscriber::speaks(&mut tx, account, visit.lang()).await?;
    noted(&mut tx, "choose-notices", account);
    tx.commit().await?;
    Ok(visit.done("/me/mail", "notice-chosen"))
}

async fn remove(visit: Visit) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.write().await?;
    subscriber::remove(&mut tx, &account.to_string()).await?;
    noted(&mut tx, "remove-address", account);
    tx.commit().await?;
    Ok(visit.done("/me/mail", "notice-removed"))
}
