//! Accounts and grants in the database. Every change is audited, and says nothing of passwords.

use super::access::{actions, may};
use super::link;
use super::password::NewPassword;
use ::store::{Change, Row, Tx, params};
use domain::{Action, Actor, Clock, Day, FAR_DAY, FixedClock, Id, Instant, Message, Role, text};
use shell::{Error, Result, session};
use std::collections::HashMap;

/// An account, without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Id,
    /// The sign-in name, in lower case.
    pub name: String,
    /// The person it belongs to.
    pub person: Option<Id>,
    /// When it was made.
    pub created_at: Instant,
    /// Whether it may no longer sign in.
    pub disabled: bool,
}

impl Account {
    /// The account as an actor.
    pub fn actor(&self) -> Actor {
        Actor::Account { id: self.id, name: self.name.clone(), person: self.person }
    }
}

/// A role on a unit and its subtree, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub account: Id,
    /// The role.
    pub role: Role,
    /// The unit's id.
    pub unit: String,
    /// The first day.
    pub from: Day,
    /// The last day; 31/12/9999 when no end is set.
    pub to: Day,
    /// Who gave it: sign-in name, or `operator`.
    pub granted_by: String,
}

/// A grant to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    /// To whom.
    pub account: Id,
    /// The role.
    pub role: Role,
    /// On which unit (its id).
    pub unit: String,
    /// The first day.
    pub from: Day,
    /// The last day; `None` until revoked.
    pub to: Option<Day>,
}

pub(super) fn id(row: &Row, column: &str) -> ::store::Result<Id> {
    let problem = || ::store::Error::Shape { column: column.to_owned(), problem: "no id".to_owned() };
    row.text(column)?.parse().map_err(|_| problem())
}

pub(super) fn account(row: &Row) -> ::store::Result<Account> {
    Ok(Account {
        id: id(row, "id")?,
        name: row.words("name")?,
        person: row.opt_text("person")?.and_then(|p| p.parse().ok()),
        created_at: row.int("created_at")?,
        disabled: row.flag("disabled")?,
    })
}

/// The day in Vietnam of a writing transaction.
fn today(tx: &Tx) -> Day {
    FixedClock(tx.now()).today()
}

/// A sign-in name as it is kept: lower case, no blanks around it.
pub(super) fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

pub(super) async fn by_id(tx: &mut Tx, id: &str) -> ::store::Result<Option<Account>> {
    let sql = "SELECT id, name, person, created_at, disabled FROM account WHERE id = $1";
    tx.first(sql, params![id]).await?.as_ref().map(account).transpose()
}

/// The account of a sign-in name.
pub async fn by_name(tx: &mut Tx, name: &str) -> ::store::Result<Option<Account>> {
    let sql = "SELECT id, name, person, created_at, disabled FROM account WHERE name = $1";
    tx.first(sql, params![name_key(name)]).await?.as_ref().map(account).transpose()
}

pub(super) async fn password_hash(tx: &mut Tx, account: Id) -> ::store::Result<Option<String>> {
    // Who was invited has none yet; that must look like an unknown name.
    let sql = "SELECT password_hash FROM account WHERE id = $1 AND password_hash <> ''";
    let row = tx.first(sql, params![account]).await?;
    row.map(|r| r.words("password_hash")).transpose()
}

pub(super) fn note(tx: &mut Tx, action: &'static str, kind: &str, record: String, before: String, after: String) {
    tx.note(Change { action, kind: kind.to_owned(), record, before, after });
}

/// The last day of what has no end.
pub(super) fn far_day() -> Day {
    Day::parse_from_str(FAR_DAY, "%Y-%m-%d").unwrap_or(Day::MAX)
}

fn grant_json(grant: &Grant) -> String {
    serde_json::json!({
        "account": grant.account.to_string(),
        "role": grant.role.code(),
        "unit": grant.unit,
        "from": grant.from.to_string(),
        "to": grant.to.to_string(),
    })
    .to_string()
}

/// Makes an account that may do nothing yet. The actor must manage accounts somewhere.
pub async fn create_account(
    tx: &mut Tx,
    by: &Actor,
    name: &str,
    password: &NewPassword,
    person: Option<Id>,
) -> Result<Id> {
    new_account(tx, by, name, Some(password), person).await
}

/// The same; without a password it waits for its first link and cannot sign in.
pub async fn new_account(
    tx: &mut Tx,
    by: &Actor,
    name: &str,
    password: Option<&NewPassword>,
    person: Option<Id>,
) -> Result<Id> {
    let today = today(tx);
    if !actions(tx, by, today).await?.contains(&Action::ManageAccounts) {
        return Err(Error::Forbidden);
    }
    let name = name_key(name);
    let well = (3..=60).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-@".contains(&b));
    if !well {
        return Err(Error::Problem(Message::new("account-name-wrong")));
    }
    if by_name(tx, &name).await?.is_some() {
        return Err(Error::Problem(Message::new("account-name-taken").with("name", &name)));
    }
    let person = person.map(|p| p.to_string());
    insert_account(tx, &name, password.map_or("", NewPassword::hash), person.as_deref()).await
}

/// Writes the account; whoever calls has seen to the actor's right and to the name.
pub(super) async fn insert_account(tx: &mut Tx, name: &str, hash: &str, person: Option<&str>) -> Result<Id> {
    let id = Id::new();
    let now = tx.now();
    tx.execute(
        "INSERT INTO account (id, name, search, password_hash, person, created_at, disabled)
         VALUES ($1, $2, $3, $4, $5, $6, 0)",
        params![id, name, text::fold(name), hash, person, now],
    )
    .await?;
    let after = serde_json::json!({ "name": name, "person": person }).to_string();
    note(tx, "insert", "account", id.to_string(), String::new(), after);
    Ok(id)
}

/// Whether the actor may change this account: it is the operator, or manages every unit on
/// which the account holds or will hold a role. So nobody resets the password of someone above.
pub async fn manages(tx: &mut Tx, by: &Actor, account: Id, today: Day) -> Result<bool> {
    if !actions(tx, by, today).await?.contains(&Action::ManageAccounts) {
        return Ok(false);
    }
    for grant in grants_of(tx, account).await?.iter().filter(|g| g.to >= today) {
        if !may(tx, by, Action::ManageAccounts, &grant.unit, today).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Sets a password and ends the account's other sessions. One's own, or an account that the
/// actor [`manages`]. `keep` is the session that stays.
pub async fn set_password(
    tx: &mut Tx,
    by: &Actor,
    account: Id,
    password: &NewPassword,
    keep: Option<&str>,
) -> Result<()> {
    let own = matches!(by, Actor::Account { id, .. } if *id == account);
    let today = today(tx);
    if !own && !manages(tx, by, account, today).await? {
        return Err(Error::Forbidden);
    }
    let sql = "UPDATE account SET password_hash = $2 WHERE id = $1";
    if tx.execute(sql, params![account, password.hash()]).await? == 0 {
        return Err(Error::NotFound);
    }
    session::end_all(tx, account, keep).await?;
    link::end_all(tx, account).await?;
    note(tx, "set-password", "account", account.to_string(), String::new(), String::new());
    Ok(())
}

/// Disables an account (its sessions end at once) or enables it again.
pub async fn disable(tx: &mut Tx, by: &Actor, account: Id, disabled: bool) -> Result<()> {
    let today = today(tx);
    if !manages(tx, by, account, today).await? {
        return Err(Error::Forbidden);
    }
    let sql = "UPDATE account SET disabled = $2 WHERE id = $1 AND disabled <> $2";
    if tx.execute(sql, params![account, disabled]).await? == 0 {
        return Ok(());
    }
    session::end_all(tx, account, None).await?;
    let json = |on: bool| serde_json::json!({ "disabled": on }).to_string();
    note(tx, "update", "account", account.to_string(), json(!disabled), json(disabled));
    Ok(())
}

/// Grants a role. The actor must manage accounts on that unit.
pub async fn grant(tx: &mut Tx, by: &Actor, new: &NewGrant) -> Result<Id> {
    let today = today(tx);
    if !may(tx, by, Action::ManageAccounts, &new.unit, today).await? {
        return Err(Error::Forbidden);
    }
    let to = new.to.unwrap_or_else(far_day);
    if to < new.from {
        let message = Message::new("account-grant-backwards")
            .with("from", domain::day_short(new.from))
            .with("to", domain::day_short(to));
        return Err(Error::Problem(message));
    }
    let unit = tx.first("SELECT id FROM unit WHERE id = $1", params![&new.unit]).await?;
    if unit.is_none() || by_id(tx, &new.account.to_string()).await?.is_none() {
        return Err(Error::NotFound);
    }
    if new.role != Role::Member {
        // A link that a secretary gave to a member must not open what the account becomes.
        link::end_of_members(tx, new.account).await?;
    }
    insert_grant(tx, by, new, to).await
}

/// Writes the grant; whoever calls has seen to the actor's right.
pub(super) async fn insert_grant(tx: &mut Tx, by: &Actor, new: &NewGrant, to: Day) -> Result<Id> {
    let grant = Grant {
        id: Id::new(),
        account: new.account,
        role: new.role,
        unit: new.unit.clone(),
        from: new.from,
        to,
        granted_by: by.log_name().to_owned(),
    };
    tx.execute(
        "INSERT INTO role_grant (id, account, role, unit, from_day, to_day, granted_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            grant.id,
            grant.account,
            grant.role.code(),
            &grant.unit,
            grant.from,
            grant.to,
            &grant.granted_by
        ],
    )
    .await?;
    note(tx, "insert", "role_grant", grant.id.to_string(), String::new(), grant_json(&grant));
    Ok(grant.id)
}

fn grant_of(row: &Row) -> ::store::Result<Option<Grant>> {
    // A role that this program no longer knows allows nothing, so it is not listed either.
    let Some(role) = Role::from_code(row.text("role")?) else { return Ok(None) };
    Ok(Some(Grant {
        id: id(row, "id")?,
        account: id(row, "account")?,
        role,
        unit: row.words("unit")?,
        from: row.day("from_day")?,
        to: row.day("to_day")?,
        granted_by: row.words("granted_by")?,
    }))
}

const GRANT: &str = "SELECT id, account, role, unit, from_day, to_day, granted_by FROM role_grant";

/// The accounts in whose names the words stand, by the alphabet, each with all its grants.
pub(super) async fn listed(tx: &mut Tx, words: &str) -> ::store::Result<Vec<(Account, Vec<Grant>)>> {
    let mut grants: HashMap<Id, Vec<Grant>> = HashMap::new();
    let sql = format!("{GRANT} ORDER BY to_day DESC, from_day DESC, id");
    for row in tx.query(&sql, &[]).await? {
        if let Some(grant) = grant_of(&row)? {
            grants.entry(grant.account).or_default().push(grant);
        }
    }
    let plain = text::fold(words).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let sql = "SELECT id, name, person, created_at, disabled FROM account
               WHERE search LIKE $1 ESCAPE '\\' ORDER BY name";
    let rows = tx.query(sql, params![format!("%{plain}%")]).await?;
    let with_grants = |row: &Row| {
        let account = account(row)?;
        let grants = grants.remove(&account.id).unwrap_or_default();
        Ok((account, grants))
    };
    rows.iter().map(with_grants).collect()
}

/// Every grant of an account, ended ones too, the latest first.
pub async fn grants_of(tx: &mut Tx, account: Id) -> ::store::Result<Vec<Grant>> {
    let sql = format!("{GRANT} WHERE account = $1 ORDER BY to_day DESC, from_day DESC, id");
    let rows = tx.query(&sql, params![account]).await?;
    rows.iter().filter_map(|r| grant_of(r).transpose()).collect()
}

/// Ends a grant at once: yesterday was its last day. It stays on record.
pub async fn revoke(tx: &mut Tx, by: &Actor, grant: Id) -> Result<()> {
    let today = today(tx);
    let row = tx.first(&format!("{GRANT} WHERE id = $1"), params![grant]).await?;
    let Some(before) = row.as_ref().map(grant_of).transpose()?.flatten() else {
        return Err(Error::NotFound);
    };
    if !may(tx, by, Action::ManageAccounts, &before.unit, today).await? {
        return Err(Error::Forbidden);
    }
    let after = Grant { to: before.to.min(today.pred_opt().unwrap_or(today)), ..before.clone() };
    tx.execute("UPDATE role_grant SET to_day = $2 WHERE id = $1", params![grant, after.to]).await?;
    note(tx, "update", "role_grant", grant.to_string(), grant_json(&before), grant_json(&after));
    Ok(())
}
