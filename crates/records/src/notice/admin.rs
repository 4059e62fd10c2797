//! `/mail`: what waits, what failed and why; sending again; a test mail to oneself.
//!
//! An administrator sees the mails of the accounts they manage: whose, of what sort, never to which address.

use super::outbox::{self, Line, News, To};
use super::subscriber;
use super::topic::{TEST, What};
use crate::account::manages;
use askama::Template;
use axum::response::Response;
use domain::{Action, Id, Message};
use shell::{Access, Error, Form, Result, Route, Visit};
use std::collections::HashMap;
use store::{Change, Tx, params};

/// Mails on the page.
const MOST: i64 = 200;
/// Test mails of an account within a day.
const TESTS: i64 = 10;

pub(super) fn routes() -> Vec<Route> {
    let manage = Access::Anywhere(Action::ManageAccounts);
    vec![
        Route::get("/mail", manage, show),
        Route::post("/mail/again", manage, again),
        Route::post("/mail/test", manage, test),
    ]
}

#[derive(Template)]
#[template(path = "notice/templates/admin.html")]
struct Admin<'a> {
    v: &'a Visit,
    waiting: Vec<Line>,
    failed: Vec<Line>,
    cut: bool,
    /// Whether a test can go to the visitor's own address.
    own: bool,
    counts: String,
}

impl Admin<'_> {
    fn what(&self, line: &Line) -> String {
        let topic = What::from_code(&line.what).and_then(|w| w.topic);
        self.v.text(topic.map_or("notice-topic-own", |t| t.key()))
    }
    fn why(&self, line: &Line) -> String {
        match (line.error.as_str(), line.gave_up_at) {
            ("", Some(_)) => self.v.text("notice-too-old"),
            (error, _) => error.to_owned(),
        }
    }
}

/// The lines of accounts that the visitor manages.
async fn lines(visit: &Visit, tx: &mut Tx) -> Result<(Vec<Line>, bool)> {
    let all = outbox::open(tx, MOST + 1).await?;
    let cut = i64::try_from(all.len()).is_ok_and(|n| n > MOST);
    let mut known: HashMap<String, bool> = HashMap::new();
    let mut lines = Vec::new();
    for line in all {
        if !known.contains_key(&line.account) {
            let mine = match line.account.parse::<Id>() {
                Ok(account) => manages(tx, visit.actor(), account, visit.today()).await?,
                Err(_) => false,
            };
            known.insert(line.account.clone(), mine);
        }
        if known.get(&line.account) == Some(&true) {
            lines.push(line);
        }
    }
    Ok((lines, cut))
}

async fn show(visit: Visit) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (lines, cut) = lines(&visit, &mut tx).await?;
    let own = !subscriber::own(&mut tx, visit.account()?).await?.address.is_empty();
    drop(tx);
    let (failed, waiting): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|l| l.gave_up_at.is_some());
    let counts = Message::new("notice-counts").with("waiting", waiting.len()).with("failed", failed.len());
    let body = Admin { v: &visit, counts: visit.tr(&counts), waiting, failed, cut, own };
    visit
        .page(visit.text("notice-admin-title"))
        .crumb(visit.text("account-list-title"), "/accounts")
        .lead(visit.text("notice-admin-lead"))
        .show(&body)
}

async fn again(visit: Visit, Form(form): Form) -> Result<Response> {
    let wanted = form.value("mail");
    let mut tx = visit.write().await?;
    let (lines, _) = lines(&visit, &mut tx).await?;
    let chosen: Vec<&Line> = match wanted {
        "" => lines.iter().filter(|l| l.gave_up_at.is_some()).collect(),
        id => lines.iter().filter(|l| l.id == id).collect(),
    };
    if chosen.is_empty() && !wanted.is_empty() {
        return Err(Error::NotFound);
    }
    let now = tx.now();
    for line in chosen {
        outbox::again(&mut tx, &line.id, now).await?;
        let (before, after) = (String::new(), String::new());
        let (kind, record) = ("notice_mail".to_owned(), line.id.clone());
        tx.note(Change { action: "send-again", kind, record, before, after });
    }
    tx.commit().await?;
    Ok(visit.done("/mail", "notice-again-done"))
}

async fn test(visit: Visit) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.write().await?;
    let own = subscriber::own(&mut tx, account).await?;
    if own.address.is_empty() {
        return Err(Error::Problem(Message::new("notice-test-no-address")));
    }
    let (id, since) = (account.to_string(), tx.now() - outbox::DAY);
    if outbox::written(&mut tx, TEST, &id, "", since).await? >= TESTS {
        return Err(Error::Problem(Message::new("notice-test-too-many")));
    }
    let row = tx.one("SELECT lang, stop FROM notice_address WHERE account = $1", params![account]).await?;
    let to = To { account: id, address: own.address, lang: row.words("lang")?, stop: row.words("stop")? };
    outbox::put(&mut tx, &to, &News { what: TEST, title: "", detail: "", href: "/" }).await?;
    tx.commit().await?;
    Ok(visit.done("/mail", "notice-test-done"))
}
