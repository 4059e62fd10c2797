//! Links by which somebody sets the password of an account: an invitation, or a help when locked out.
//!
//! Rules kept here:
//! - A link serves once, for seven days; a new one for the same account ends the earlier ones. Only
//!   the SHA-256 of its token is kept, so nobody finds it again, not even who gave it.
//! - Who gives it never learns the password. The old one holds until the new one is set; then all
//!   sessions of the account end. The second step stays, unless the link says otherwise, with a reason.
//! - Who manages accounts gives links to what they manage. Who keeps a unit's records by name (a
//!   secretary) gives them to members only: to accounts whose every role, now and to come, is that of a
//!   member on units where the giver does so. Nobody opens an account that may do more than they.

use super::access::may;
use super::password::NewPassword;
use super::store::{Account, account, grants_of, manages, note};
use super::{secret, totp};
use ::store::{Row, Tx, params};
use domain::{Action, Actor, Day, Id, Instant, Role};
use shell::{Error, Random, Result, session};

/// Seven days.
pub(super) const LIFE: i64 = 7 * 24 * 3_600_000;

/// A link to be given.
#[derive(Debug, Clone, Default)]
pub(super) struct NewLink<'a> {
    /// The unit whose members' page it was given on.
    pub unit: Option<&'a str>,
    /// Whether its use turns the second step off.
    pub clears_code: bool,
    /// Why it was given.
    pub reason: &'a str,
}

/// A link just given: the only moment at which its token is known.
#[derive(Debug, Clone)]
pub struct Given {
    /// The token.
    pub token: String,
    /// The last moment of its use.
    pub expires: Instant,
}

/// How a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Used,
    /// Another link was given since, or a password set.
    Ended,
    Expired,
}

/// A link as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub id: String,
    pub account: Account,
    /// The id of the person whose the account is.
    pub person: Option<String>,
    /// The id of the unit whose secretary gave it.
    pub unit: Option<String>,
    /// Whether the account had a password when it was given.
    pub reset: bool,
    pub clears_code: bool,
    pub reason: String,
    pub given_by: String,
    pub given_at: Instant,
    pub expires: Instant,
    pub used_at: Option<Instant>,
    pub ended: bool,
}

impl Link {
    pub(super) fn state(&self, now: Instant) -> State {
        match self {
            Link { used_at: Some(_), .. } => State::Used,
            Link { ended: true, .. } => State::Ended,
            Link { expires, .. } if *expires < now => State::Expired,
            _ => State::Open,
        }
    }
}

const SELECT: &str = "SELECT l.id AS link, l.unit, l.purpose, l.clears_code, l.reason, l.given_by, l.given_at,
        l.expires, l.used_at, l.ended_at, a.id, a.name, a.person, a.created_at, a.disabled
    FROM account_link l JOIN account a ON a.id = l.account";

fn read(row: &Row) -> ::store::Result<Link> {
    Ok(Link {
        id: row.words("link")?,
        account: account(row)?,
        person: row.opt_text("person")?.map(str::to_owned),
        unit: row.opt_text("unit")?.map(str::to_owned),
        reset: row.text("purpose")? == "reset",
        clears_code: row.flag("clears_code")?,
        reason: row.words("reason")?,
        given_by: row.words("given_by")?,
        given_at: row.int("given_at")?,
        expires: row.int("expires")?,
        used_at: row.opt_int("used_at")?,
        ended: row.opt_int("ended_at")?.is_some(),
    })
}

/// The link of a token.
pub(super) async fn find(tx: &mut Tx, token: &str) -> Result<Option<Link>> {
    // Longer than any token of ours, or of other signs: hashing finds nothing either.
    let token: String = token.chars().take(200).collect::<String>().to_ascii_lowercase();
    let row = tx.first(&format!("{SELECT} WHERE l.token = $1"), params![secret::hashed("link", &token)]).await?;
    Ok(row.as_ref().map(read).transpose()?)
}

/// The latest helps that an account was given since a moment, for its owner to see.
pub(super) async fn resets(tx: &mut Tx, account: Id, since: Instant) -> Result<Vec<Link>> {
    let sql = format!(
        "{SELECT} WHERE l.account = $1 AND l.purpose = 'reset' AND l.given_at >= $2 ORDER BY l.given_at DESC LIMIT 5"
    );
    let rows = tx.query(&sql, params![account, since]).await?;
    Ok(rows.iter().map(read).collect::<::store::Result<_>>()?)
}

/// Whether the actor may help this account as the keeper of a unit's records.
pub(super) async fn helps(tx: &mut Tx, by: &Actor, account: Id, today: Day) -> Result<bool> {
    let mut held = grants_of(tx, account).await?;
    held.retain(|g| g.to >= today);
    // Without any role nothing says whose members it is among.
    if held.is_empty() {
        return Ok(false);
    }
    for grant in &held {
        if grant.role != Role::Member || !keeps(tx, by, &grant.unit, today).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the actor keeps the records of a unit, by name.
pub(super) async fn keeps(tx: &mut Tx, by: &Actor, unit: &str, today: Day) -> Result<bool> {
    Ok(may(tx, by, Action::WriteRecords, unit, today).await?
        && may(tx, by, Action::ReadNames, unit, today).await?)
}

/// Gives a link to an account that the actor manages: the way of administrators and the operator.
pub async fn invite(tx: &mut Tx, random: &dyn Random, by: &Actor, account: Id, today: Day) -> Result<Given> {
    managed(tx, random, by, account, today, &NewLink::default()).await
}

/// The same, with what the link is to do.
pub(super) async fn managed(
    tx: &mut Tx,
    random: &dyn Random,
    by: &Actor,
    account: Id,
    today: Day,
    new: &NewLink<'_>,
) -> Result<Given> {
    if !manages(tx, by, account, today).await? {
        return Err(Error::Forbidden);
    }
    give(tx, random, by, account, new).await
}

/// Writes the link; whoever calls has seen to the actor's right.
pub(super) async fn give(
    tx: &mut Tx,
    random: &dyn Random,
    by: &Actor,
    account: Id,
    new: &NewLink<'_>,
) -> Result<Given> {
    let sql = "SELECT CAST(CASE WHEN password_hash = '' THEN 0 ELSE 1 END AS BIGINT) AS reset
               FROM account WHERE id = $1 AND disabled = 0";
    let reset = tx.first(sql, params![account]).await?.ok_or(Error::NotFound)?.flag("reset")?;
    end_all(tx, account).await?;
    let (token, now) = (secret::token(random)?, tx.now());
    let expires = now + LIFE;
    let id = Id::new();
    let purpose = if reset { "reset" } else { "invite" };
    tx.execute(
        "INSERT INTO account_link (id, token, account, purpose, unit, clears_code, reason, given_by, given_at, expires)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            id,
            secret::hashed("link", &token),
            account,
            purpose,
            new.unit,
            new.clears_code,
            new.reason,
            by.log_name(),
            now,
            expires
        ],
    )
    .await?;
    let after = serde_json::json!({
        "account": account.to_string(),
        "purpose": purpose,
        "unit": new.unit,
        "clears_code": new.clears_code,
        "reason": new.reason,
    });
    note(tx, "insert", "account_link", id.to_string(), String::new(), after.to_string());
    Ok(Given { token, expires })
}

/// Ends the account's open links.
pub(super) async fn end_all(tx: &mut Tx, account: Id) -> Result<()> {
    end(tx, account, "").await
}

/// Ends those that were given on a members' page.
pub(super) async fn end_of_members(tx: &mut Tx, account: Id) -> Result<()> {
    end(tx, account, " AND unit IS NOT NULL").await
}

async fn end(tx: &mut Tx, account: Id, which: &str) -> Result<()> {
    let now = tx.now();
    let sql = format!(
        "UPDATE account_link SET ended_at = $2 WHERE account = $1 AND used_at IS NULL AND ended_at IS NULL{which}"
    );
    tx.execute(&sql, params![account, now]).await?;
    Ok(())
}

/// Uses an open link: the new password holds, the old one and every session end. `false` when the
/// link is not open any more.
pub(super) async fn take(tx: &mut Tx, link: &Link, password: &NewPassword) -> Result<bool> {
    let (now, account) = (tx.now(), link.account.id);
    let used = tx
        .execute(
            "UPDATE account_link SET used_at = $2
             WHERE id = $1 AND used_at IS NULL AND ended_at IS NULL AND expires >= $2",
            params![&link.id, now],
        )
        .await?;
    let sql = "UPDATE account SET password_hash = $2 WHERE id = $1 AND disabled = 0";
    if used == 0 || tx.execute(sql, params![account, password.hash()]).await? == 0 {
        return Ok(false);
    }
    session::end_all(tx, account, None).await?;
    tx.execute("DELETE FROM sign_in_half WHERE account = $1", params![account]).await?;
    if link.clears_code {
        totp::off(tx, account).await?;
    }
    note(tx, "use", "account_link", link.id.clone(), String::new(), String::new());
    note(tx, "set-password", "account", account.to_string(), String::new(), String::new());
    Ok(true)
}
