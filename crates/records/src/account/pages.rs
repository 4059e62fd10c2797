//! Pages: sign in, sign out, my account.

use super::password::{NewPassword, verify};
use super::slow;
use super::store::{by_name, grants_of, name_key, password_hash, set_password};
use ::store::{Change, Tx};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Actor, Day, FAR_DAY, Id, Message};
use shell::{Access, Error, Fields, Form, FormState, Result, Route, Visit, local_path, session};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", Access::Public, sign_in),
        Route::post("/sign-in", Access::Public, try_sign_in),
        Route::post("/sign-out", Access::SignedIn, sign_out),
        Route::get("/me", Access::SignedIn, me),
        Route::post("/me", Access::SignedIn, change_password),
        Route::post("/me/sessions", Access::SignedIn, end_sessions),
    ]
}

#[derive(Template)]
#[template(path = "account/templates/sign_in.html")]
struct SignIn<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    next: &'a str,
}

fn sign_in_page(visit: &Visit, form: &FormState, status: StatusCode) -> Result<Response> {
    let next = local_path(form.value("next")).unwrap_or("/");
    let page = visit.page(visit.text("account-sign-in-title")).status(status);
    page.lead(visit.text("account-sign-in-lead")).show(&SignIn { v: visit, f: visit.fields(form), next })
}

async fn sign_in(visit: Visit, Form(form): Form) -> Result<Response> {
    if visit.signed_in() {
        return Ok(Redirect::to(local_path(form.value("next")).unwrap_or("/")).into_response());
    }
    sign_in_page(&visit, &FormState::default().with("next", form.value("next")), StatusCode::OK)
}

async fn try_sign_in(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let password = form.value("password").to_owned();
    form.forget("password");
    let name = form.required("name", 60).map(|n| name_key(&n));
    if password.is_empty() {
        form.fail("password", Message::new("shell-field-required"));
    }
    let Some(name) = name.filter(|_| form.is_ok()) else {
        return sign_in_page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY);
    };

    let mut tx = visit.write().await?;
    if let Some(wait) = slow::count(&mut tx, &name, visit.address(), visit.now()).await? {
        drop(tx);
        let minutes = wait.div_euclid(60_000) + 1;
        form.fail("name", Message::new("account-wait").with("minutes", minutes));
        return sign_in_page(&visit, &form, StatusCode::TOO_MANY_REQUESTS);
    }
    let account = by_name(&mut tx, &name).await?;
    let stored = match &account {
        Some(account) if !account.disabled => password_hash(&mut tx, account.id).await?,
        _ => None,
    };
    // The write lock is not held while hashing.
    tx.commit().await?;

    let fits = verify(&password, stored).await?;
    let Some(account) = account else { return refuse(&visit, form) };
    let actor = if fits { account.actor() } else { Actor::Nobody };
    let mut tx = visit.db().write(&actor).await?;
    note(&mut tx, if fits { "sign-in" } else { "sign-in-refused" }, account.id);
    if !fits {
        tx.commit().await?;
        return refuse(&visit, form);
    }
    slow::forgive(&mut tx, &name, visit.address()).await?;
    let cookie = session::begin(&visit, &mut tx, account.id).await?;
    tx.commit().await?;
    let next = local_path(form.value("next")).unwrap_or("/");
    Ok((cookie, Redirect::to(next)).into_response())
}

fn refuse(visit: &Visit, mut form: FormState) -> Result<Response> {
    form.fail("name", Message::new("account-wrong"));
    sign_in_page(visit, &form, StatusCode::UNPROCESSABLE_ENTITY)
}

fn note(tx: &mut Tx, action: &'static str, account: Id) {
    let (before, after) = (String::new(), String::new());
    tx.note(Change { action, kind: "account".to_owned(), record: account.to_string(), before, after });
}

async fn sign_out(visit: Visit) -> Result<Response> {
    let account = visit.account()?;
    if let Some(session) = visit.session() {
        let mut tx = visit.write().await?;
        session::end(&mut tx, account, &session.id).await?;
        note(&mut tx, "sign-out", account);
        tx.commit().await?;
    }
    Ok(visit.done("/sign-in", "account-signed-out"))
}

struct Role {
    role: String,
    unit: String,
    days: String,
}

#[derive(Template)]
#[template(path = "account/templates/me.html")]
struct Me<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    name: &'a str,
    roles: Vec<Role>,
    sessions: Vec<session::Session>,
    present: &'a str,
}

async fn my_page(visit: &Visit, form: &FormState, status: StatusCode) -> Result<Response> {
    let account = visit.account()?;
    let today = visit.today();
    let mut tx = visit.read().await?;
    let mut roles = Vec::new();
    for grant in grants_of(&mut tx, account).await?.into_iter().filter(|g| g.to >= today) {
        let unit = crate::unit::by_id(&mut tx, &grant.unit, today).await?;
        let key = format!("account-role-{}", grant.role.code());
        roles.push(Role {
            role: visit.text(&key),
            unit: unit.map_or(grant.unit, |u| u.name),
            days: days(visit, grant.from, grant.to),
        });
    }
    let sessions = session::list(&mut tx, account, visit.now()).await?;
    let me = Me {
        v: visit,
        f: visit.fields(form),
        name: visit.name().unwrap_or_default(),
        roles,
        sessions,
        present: visit.session().map_or("", |s| &s.id),
    };
    visit.page(visit.text("account-me-title")).status(status).show(&me)
}

/// From when to when, in words.
pub(super) fn days(visit: &Visit, from: Day, to: Day) -> String {
    let from = Message::new("account-from").with("from", visit.day(from));
    if to.to_string() == FAR_DAY {
        return visit.tr(&from);
    }
    visit.tr(&Message { key: "account-from-to", ..from }.with("to", visit.day(to)))
}

async fn me(visit: Visit) -> Result<Response> {
    my_page(&visit, &FormState::default(), StatusCode::OK).await
}

async fn change_password(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let account = visit.account()?;
    let name = visit.name().unwrap_or_default().to_owned();
    let [old, new, again] = ["old", "new", "again"].map(|field| {
        let typed = form.value(field).to_owned();
        form.forget(field);
        if typed.is_empty() {
            form.fail(field, Message::new("shell-field-required"));
        }
        typed
    });
    if form.is_ok() && new != again {
        form.fail("again", Message::new("account-password-differs"));
    }
    if form.is_ok() {
        // Guessing the old password at an unattended computer is slowed down as well.
        let mut tx = visit.write().await?;
        let wait = slow::count(&mut tx, &name, visit.address(), visit.now()).await?;
        let stored = password_hash(&mut tx, account).await?;
        tx.commit().await?;
        if let Some(wait) = wait {
            let minutes = wait.div_euclid(60_000) + 1;
            form.fail("old", Message::new("account-wait").with("minutes", minutes));
        } else if !verify(&old, stored).await? {
            form.fail("old", Message::new("account-old-wrong"));
        }
    }
    if form.is_ok() {
        match NewPassword::make(&*visit.site().random, &name, &new).await {
            Ok(password) => {
                let mut tx = visit.write().await?;
                slow::forgive(&mut tx, &name, visit.address()).await?;
                let keep = visit.session().map(|s| s.id.as_str());
                set_password(&mut tx, visit.actor(), account, &password, keep).await?;
                tx.commit().await?;
                return Ok(visit.done("/me", "account-password-changed"));
            }
            Err(Error::Problem(message)) => form.fail("new", message),
            Err(other) => return Err(other),
        }
    }
    my_page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Ends one of one's own sessions, or all but this one.
async fn end_sessions(visit: Visit, Form(form): Form) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.write().await?;
    let ended = match form.value("session") {
        "" => session::end_all(&mut tx, account, visit.session().map(|s| s.id.as_str())).await? > 0,
        id => session::end(&mut tx, account, id).await?,
    };
    if ended {
        note(&mut tx, "end-session", account);
    }
    tx.commit().await?;
    Ok(visit.done("/me", "account-session-ended"))
}
