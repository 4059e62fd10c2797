//! Signing in, once everything asked for was right: the session, the device, the note.
//!
//! A device is browser and system in two words, as everywhere. The first one of an account is
//! nothing to tell; each later one is told on home and on `/me` until its owner says that it was
//! them. Two machines of the same sort are one device here: that is what we keep of a visitor.
//!
//! Between the right password and the right code there is no session. The browser holds a secret
//! of its own (`nenep-step`), made after the password was right, so that nobody can plant it
//! beforehand; it opens the second step for five minutes and nothing else.

use super::store::{Account, by_id, note};
use super::{secret, totp};
use crate::REGISTRY;
use crate::event::Event;
use ::store::{Tx, params};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Id, Instant};
use shell::{Error, Result, Visit, local_path, session};

/// How long the second step waits.
const HALF: i64 = 5 * 60_000;

/// Signs the account in at this browser.
pub(super) async fn enter(visit: &Visit, tx: &mut Tx, account: Id) -> Result<session::SetCookie> {
    let now = visit.now();
    let known = "SELECT COUNT(*) AS n FROM account_device WHERE account = $1 AND device <> $2";
    let others = tx.one(known, params![account, visit.device()]).await?.int("n")?;
    let new = tx
        .execute(
            "INSERT INTO account_device (account, device, first, fresh) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account, device) DO NOTHING",
            params![account, visit.device(), now, others > 0],
        )
        .await?;
    if new > 0 && others > 0 {
        REGISTRY.tell(&Event::NewDevice { account, device: visit.device() }, tx).await?;
    }
    tx.execute("UPDATE account SET signed_in_at = $2 WHERE id = $1", params![account, now]).await?;
    note(tx, "sign-in", "account", account.to_string(), String::new(), String::new());
    session::begin(visit, tx, account).await
}

/// After the password was right: the session, or the way to the second step where the account
/// asks for a code. Commits. `to` makes the answer of who is in.
pub(super) async fn after_password(
    visit: &Visit,
    mut tx: Tx,
    account: Id,
    next: &str,
    to: impl FnOnce() -> Response,
) -> Result<Response> {
    if totp::since(&mut tx, account).await?.is_none() {
        let cookie = enter(visit, &mut tx, account).await?;
        tx.commit().await?;
        return Ok((cookie, to()).into_response());
    }
    let now = visit.now();
    let token = secret::token(&*visit.site().random)?;
    tx.execute("DELETE FROM sign_in_half WHERE expires < $1", params![now]).await?;
    tx.execute(
        "INSERT INTO sign_in_half (id, account, expires) VALUES ($1, $2, $3)",
        params![secret::hashed("half", &token), account, now + HALF],
    )
    .await?;
    tx.commit().await?;
    let next = local_path(next).unwrap_or("/");
    let page = crate::address::with_query("/sign-in/code", &[("next", next)]);
    with_half(visit, &token, HALF / 1_000, Redirect::to(&page).into_response())
}

/// The answer with the cookie of the second step; no age takes it back.
pub(super) fn with_half(visit: &Visit, token: &str, age: i64, mut response: Response) -> Result<Response> {
    let config = &visit.site().config;
    let secure = if config.secure_cookies { "; Secure" } else { "" };
    let name = half_name(visit);
    let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    let cookie = HeaderValue::from_str(&cookie).map_err(|e| Error::Defect(e.to_string()))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn half_name(visit: &Visit) -> &'static str {
    if visit.site().config.secure_cookies { "__Host-nenep-step" } else { "nenep-step" }
}

/// Who waits at the second step in this browser, with the id of the waiting.
pub(super) async fn waiting(
    visit: &Visit,
    tx: &mut Tx,
    headers: &HeaderMap,
) -> Result<Option<(String, Account)>> {
    let Some(token) = session::cookie(headers, half_name(visit)) else { return Ok(None) };
    let id = secret::hashed("half", token);
    let sql = "SELECT account FROM sign_in_half WHERE id = $1 AND expires >= $2";
    let Some(row) = tx.first(sql, params![&id, visit.now()]).await? else { return Ok(None) };
    let account = by_id(tx, row.text("account")?).await?;
    Ok(account.filter(|a| !a.disabled).map(|a| (id, a)))
}

/// Ends the waiting; `false` when another request did so already.
pub(super) async fn waited(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM sign_in_half WHERE id = $1", params![id]).await? > 0)
}

/// Devices of the account that its owner has not recognised yet, the latest first.
pub(super) async fn fresh_devices(tx: &mut Tx, account: Id) -> Result<Vec<(String, Instant)>> {
    let sql = "SELECT device, first FROM account_device WHERE account = $1 AND fresh = 1
               ORDER BY first DESC, device LIMIT 20";
    let rows = tx.query(sql, params![account]).await?;
    Ok(rows.iter().map(|r| Ok((r.words("device")?, r.int("first")?))).collect::<::store::Result<_>>()?)
}

/// Its owner knows them.
pub(super) async fn recognise(tx: &mut Tx, account: Id) -> Result<()> {
    let sql = "UPDATE account_device SET fresh = 0 WHERE account = $1 AND fresh = 1";
    if tx.execute(sql, params![account]).await? > 0 {
        note(tx, "recognise-device", "account", account.to_string(), String::new(), String::new());
    }
    Ok(())
}
