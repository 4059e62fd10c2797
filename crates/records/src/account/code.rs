//! Pages of the second step: the code at sign-in, and turning it on and off on `/me/code`.

use super::enter::{enter, waited, waiting, with_half};
use super::password::verify;
use super::store::{by_id, note, password_hash};
use super::totp::{self, Fit};
use super::{qr, secret, slow};
use ::store::Tx;
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Id, Message};
use shell::{Access, Error, Fields, Form, FormState, Html, Result, Route, Visit, local_path};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/code", Access::Public, step),
        Route::post("/sign-in/code", Access::Public, try_step),
        Route::get("/me/code", Access::SignedIn, show),
        Route::post("/me/code/start", Access::SignedIn, start),
        Route::post("/me/code/confirm", Access::SignedIn, confirm),
        Route::post("/me/code/codes", Access::SignedIn, new_codes),
        Route::post("/me/code/off", Access::SignedIn, turn_off),
    ]
}

#[derive(Template)]
#[template(path = "account/templates/step.html")]
struct Step<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    next: &'a str,
}

fn step_page(visit: &Visit, form: &FormState, status: StatusCode) -> Result<Response> {
    let next = local_path(form.value("next")).unwrap_or("/");
    let page = visit.page(visit.text("account-step-title")).status(status);
    page.lead(visit.text("account-step-lead")).show(&Step { v: visit, f: visit.fields(form), next })
}

/// Nobody waits here: back to the password.
fn over(visit: &Visit) -> Response {
    if visit.signed_in() { Redirect::to("/").into_response() } else { Redirect::to("/sign-in").into_response() }
}

async fn step(visit: Visit, headers: HeaderMap, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    if waiting(&visit, &mut tx, &headers).await?.is_none() {
        return Ok(over(&visit));
    }
    step_page(&visit, &FormState::default().with("next", form.value("next")), StatusCode::OK)
}

async fn try_step(visit: Visit, headers: HeaderMap, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let Some((half, account)) = waiting(&visit, &mut tx, &headers).await? else { return Ok(over(&visit)) };
    drop(tx);
    let typed = form.required("code", 60);
    form.forget("code");
    let Some(typed) = typed else { return step_page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY) };
    let mut tx = visit.db().write(&account.actor()).await?;
    let guesses = slow::of_codes(&account.name);
    if let Some(wait) = slow::count(&mut tx, &guesses, visit.address(), visit.now()).await? {
        drop(tx);
        form.fail("code", slow::message(wait));
        return step_page(&visit, &form, StatusCode::TOO_MANY_REQUESTS);
    }
    let fit = totp::fits(&mut tx, account.id, &typed, visit.now()).await?;
    if !fit.opens() {
        note(&mut tx, "sign-in-refused", "account", account.id.to_string(), String::new(), String::new());
        tx.commit().await?;
        form.fail("code", Message::new(fit.trouble()));
        return step_page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if !waited(&mut tx, &half).await? {
        return Ok(over(&visit));
    }
    slow::forgive(&mut tx, &guesses, visit.address()).await?;
    let cookie = enter(&visit, &mut tx, account.id).await?;
    tx.commit().await?;
    let next = local_path(form.value("next")).unwrap_or("/");
    let answer = if fit == Fit::Recovery {
        visit.done("/me/code", "account-recovery-was-used")
    } else {
        Redirect::to(next).into_response()
    };
    with_half(&visit, "", 0, (cookie, answer).into_response())
}

#[derive(Template)]
#[template(path = "account/templates/code.html")]
struct Code<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    name: &'a str,
    since: Option<String>,
    left: i64,
}

async fn code_page(visit: &Visit, form: &FormState) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.read().await?;
    let since = totp::since(&mut tx, account).await?.map(|at| visit.moment(at));
    let left = totp::left(&mut tx, account).await?;
    let status = if form.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let name = visit.name().unwrap_or_default();
    let body = Code { v: visit, f: visit.fields(form), name, since, left };
    titled(visit, "account-code-title").status(status).lead(visit.text("account-code-lead")).show(&body)
}

fn titled(visit: &Visit, key: &str) -> shell::Page {
    visit.page(visit.text(key)).crumb(visit.text("account-me-title"), "/me")
}

async fn show(visit: Visit) -> Result<Response> {
    code_page(&visit, &FormState::default()).await
}

#[derive(Template)]
#[template(path = "account/templates/code_setup.html")]
struct Setup<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    qr: Html,
    letters: String,
}

fn setup_page(visit: &Visit, key: &str, form: &FormState) -> Result<Response> {
    let status = if form.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let address = totp::address(visit.name().unwrap_or_default(), key);
    let body = Setup {
        v: visit,
        f: visit.fields(form),
        qr: qr::svg(&address, &visit.text("account-code-qr"))?,
        letters: secret::grouped(key, " "),
    };
    titled(visit, "account-code-setup-title").status(status).show(&body)
}

async fn start(visit: Visit) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.write().await?;
    let key = totp::prepare(&mut tx, &*visit.site().random, account, visit.now()).await?;
    tx.commit().await?;
    match key {
        Some(key) => setup_page(&visit, &key, &FormState::default()),
        None => Ok(Redirect::to("/me/code").into_response()),
    }
}

#[derive(Template)]
#[template(path = "account/templates/codes.html")]
struct Codes<'a> {
    v: &'a Visit,
    codes: Vec<String>,
    name: &'a str,
}

fn codes_page(visit: &Visit, key: &str, codes: Vec<String>) -> Result<Response> {
    let name = visit.name().unwrap_or_default();
    titled(visit, key).lead(visit.text("account-recovery-once")).show(&Codes { v: visit, codes, name })
}

async fn confirm(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let account = visit.account()?;
    let typed = form.required("code", 60);
    form.forget("code");
    let mut tx = visit.write().await?;
    let Some(key) = totp::prepared(&mut tx, account, visit.now()).await? else {
        drop(tx);
        return Ok(Redirect::to("/me/code").into_response());
    };
    if let Some(typed) = typed {
        if totp::confirm(&mut tx, account, &typed, visit.now()).await? {
            let codes = totp::new_codes(&mut tx, &*visit.site().random, account).await?;
            tx.commit().await?;
            return codes_page(&visit, "account-code-is-on", codes);
        }
        form.fail("code", Message::new("account-code-not-yet"));
    }
    drop(tx);
    setup_page(&visit, &key, &form)
}

/// A code that was typed to change the second step itself; guesses are slowed down here as well.
/// Commits when it does not open.
async fn opened(
    visit: &Visit,
    mut tx: Tx,
    account: Id,
    form: &mut FormState,
    field: &str,
    typed: &str,
) -> Result<Option<Tx>> {
    let name = by_id(&mut tx, &account.to_string()).await?.ok_or(Error::NotFound)?.name;
    let guesses = slow::of_codes(&name);
    if let Some(wait) = slow::count(&mut tx, &guesses, visit.address(), visit.now()).await? {
        form.fail(field, slow::message(wait));
        return Ok(None);
    }
    let fit = totp::fits(&mut tx, account, typed, visit.now()).await?;
    if !fit.opens() {
        tx.commit().await?;
        form.fail(field, Message::new(fit.trouble()));
        return Ok(None);
    }
    slow::forgive(&mut tx, &guesses, visit.address()).await?;
    Ok(Some(tx))
}

async fn new_codes(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let account = visit.account()?;
    let typed = form.required("code", 60);
    form.forget("code");
    if let Some(typed) = typed {
        let tx = visit.write().await?;
        if let Some(mut tx) = opened(&visit, tx, account, &mut form, "code", &typed).await? {
            let codes = totp::new_codes(&mut tx, &*visit.site().random, account).await?;
            tx.commit().await?;
            return codes_page(&visit, "account-recovery-title", codes);
        }
    }
    code_page(&visit, &form).await
}

async fn turn_off(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let account = visit.account()?;
    let name = visit.name().unwrap_or_default();
    let password = form.value("password").to_owned();
    form.forget("password");
    if password.is_empty() {
        form.fail("password", Message::new("shell-field-required"));
    }
    let typed = form.required("off_code", 60);
    form.forget("off_code");
    let Some(typed) = typed.filter(|_| form.is_ok()) else { return code_page(&visit, &form).await };
    let mut tx = visit.write().await?;
    let wait = slow::count(&mut tx, name, visit.address(), visit.now()).await?;
    let stored = password_hash(&mut tx, account).await?;
    tx.commit().await?;
    if let Some(wait) = wait {
        form.fail("password", slow::message(wait));
    } else if !verify(&password, stored).await? {
        form.fail("password", Message::new("account-old-wrong"));
    } else {
        let mut tx = visit.write().await?;
        slow::forgive(&mut tx, name, visit.address()).await?;
        if let Some(mut tx) = opened(&visit, tx, account, &mut form, "off_code", &typed).await? {
            totp::off(&mut tx, account).await?;
            tx.commit().await?;
            return Ok(visit.done("/me", "account-code-is-off"));
        }
    }
    code_page(&visit, &form).await
}
