//! Pages: sign in, sign out, my account.

use super::enter::{after_password, fresh_devices, recognise};
use super::link::{self, State};
use super::password::verify;
use super::store::{by_name, grants_of, name_key, note, password_hash, set_password};
use super::{slow, totp, typed};
use crate::duty::{Duty, Mine};
use ::store::Tx;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Actor, Day, FAR_DAY, Message};
use shell::{Access, Fields, Form, FormState, Result, Route, Visit, local_path, session};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", Access::Public, sign_in),
        Route::post("/sign-in", Access::Public, try_sign_in),
        Route::post("/sign-out", Access::SignedIn, sign_out),
        Route::get("/me", Access::SignedIn, me),
        Route::post("/me", Access::SignedIn, change_password),
        Route::post("/me/sessions", Access::SignedIn, end_sessions),
        Route::post("/me/devices", Access::SignedIn, know_devices),
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
        form.fail("name", slow::message(wait));
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
    if !fits {
        noted(&mut tx, "sign-in-refused", account.id);
        tx.commit().await?;
        return refuse(&visit, form);
    }
    slow::forgive(&mut tx, &name, visit.address()).await?;
    let next = local_path(form.value("next")).unwrap_or("/");
    after_password(&visit, tx, account.id, next, || Redirect::to(next).into_response()).await
}

fn refuse(visit: &Visit, mut form: FormState) -> Result<Response> {
    form.fail("name", Message::new("account-wrong"));
    sign_in_page(visit, &form, StatusCode::UNPROCESSABLE_ENTITY)
}

fn noted(tx: &mut Tx, action: &'static str, account: domain::Id) {
    note(tx, action, "account", account.to_string(), String::new(), String::new());
}

async fn sign_out(visit: Visit) -> Result<Response> {
    let account = visit.account()?;
    if let Some(session) = visit.session() {
        let mut tx = visit.write().await?;
        session::end(&mut tx, account, &session.id).await?;
        noted(&mut tx, "sign-out", account);
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
    /// Sign-ins from devices that the owner has not recognised: device, moment.
    fresh: Vec<(String, String)>,
    /// Helps that somebody gave to this account, in words.
    resets: Vec<String>,
    /// Since when a code is asked for.
    code: Option<String>,
}

/// Helps older than a year are no news.
const YEAR: i64 = 365 * 24 * 3_600_000;

/// A device as people read it.
fn device(visit: &Visit, device: String) -> String {
    if device.is_empty() { visit.text("account-device-unknown") } else { device }
}

fn reset(visit: &Visit, link: &link::Link) -> String {
    let by = if link.given_by == Actor::Operator.log_name() {
        visit.text("account-operator")
    } else {
        link.given_by.clone()
    };
    let state = match link.state(visit.now()) {
        State::Open => "account-reset-open",
        State::Used => "account-reset-used",
        State::Ended => "account-reset-ended",
        State::Expired => "account-reset-expired",
    };
    let given = Message::new("account-reset-given").with("at", visit.moment(link.given_at)).with("by", by);
    let mut words = vec![visit.tr(&given)];
    if !link.reason.is_empty() {
        words.push(visit.tr(&Message::new("account-reset-why").with("reason", &link.reason)));
    }
    let used = link.used_at.map_or_else(String::new, |at| visit.moment(at));
    words.push(visit.tr(&Message::new(state).with("at", used)));
    if link.clears_code {
        words.push(visit.text("account-reset-clears"));
    }
    words.join(" ")
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
    let present = visit.session().map_or("", |s| &s.id);
    let mut sessions = session::list(&mut tx, account, visit.now()).await?;
    // This one first; the others stay in the order of their last use.
    sessions.sort_by_key(|s| s.id != present);
    let fresh = fresh_devices(&mut tx, account).await?;
    let resets = link::resets(&mut tx, account, visit.now() - YEAR).await?;
    let code = totp::since(&mut tx, account).await?;
    drop(tx);
    let me = Me {
        v: visit,
        f: visit.fields(form),
        name: visit.name().unwrap_or_default(),
        roles,
        sessions,
        present,
        fresh: fresh.into_iter().map(|(d, at)| (device(visit, d), visit.moment(at))).collect(),
        resets: resets.iter().map(|l| reset(visit, l)).collect(),
        code: code.map(|at| visit.moment(at)),
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
    let old = form.value("old").to_owned();
    form.forget("old");
    if old.is_empty() {
        form.fail("old", Message::new("shell-field-required"));
    }
    if let Some(new) = typed::twice(&mut form) {
        // Guessing the old password at an unattended computer is slowed down as well.
        let mut tx = visit.write().await?;
        let wait = slow::count(&mut tx, &name, visit.address(), visit.now()).await?;
        let stored = password_hash(&mut tx, account).await?;
        tx.commit().await?;
        if let Some(wait) = wait {
            form.fail("old", slow::message(wait));
        } else if !verify(&old, stored).await? {
            form.fail("old", Message::new("account-old-wrong"));
        } else {
            let mut tx = visit.write().await?;
            slow::forgive(&mut tx, &name, visit.address()).await?;
            tx.commit().await?;
            if let Some(password) = typed::hashed(&visit, &mut form, &name, &new).await? {
                let mut tx = visit.write().await?;
                let keep = visit.session().map(|s| s.id.as_str());
                set_password(&mut tx, visit.actor(), account, &password, keep).await?;
                tx.commit().await?;
                return Ok(visit.done("/me", "account-password-changed"));
            }
        }
    }
    my_page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The owner says that the new devices are theirs.
async fn know_devices(visit: Visit) -> Result<Response> {
    let account = visit.account()?;
    let mut tx = visit.write().await?;
    recognise(&mut tx, account).await?;
    tx.commit().await?;
    Ok(visit.done("/me", "account-devices-known"))
}

/// What home says: sign-ins from devices that the owner has not recognised yet.
pub(super) async fn duties(mine: &Mine<'_>, tx: &mut Tx) -> Result<Vec<Duty>> {
    let visit = mine.visit;
    let fresh = fresh_devices(tx, visit.account()?).await?;
    let Some((last, at)) = fresh.first() else { return Ok(Vec::new()) };
    let about = if fresh.len() == 1 {
        format!("{}, {}", device(visit, last.clone()), visit.moment(*at))
    } else {
        visit.tr(&Message::new("account-devices-count").with("n", fresh.len()))
    };
    let what = visit.text("account-duty-device");
    Ok(vec![Duty { what, about, unit: String::new(), href: "/me".to_owned(), due: None }])
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
        noted(&mut tx, "end-session", account);
    }
    tx.commit().await?;
    Ok(visit.done("/me", "account-session-ended"))
}
