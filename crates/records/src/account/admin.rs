//! Pages of the administrator: the accounts, one account, adding one, giving and withdrawing
//! roles, a new password, locking.
//!
//! An administrator sees the accounts that hold or held a role on a unit they manage, and those
//! that hold none yet; what they may change is decided where it is written (`store.rs`).

use super::invite::{Slip, given};
use super::link::{self, Given, NewLink};
use super::members::reason;
use super::store::{
    Account, Grant, NewGrant, by_id, create_account, disable, grant, grants_of, listed, manages, name_key,
    new_account, password_hash, revoke, set_password,
};
use super::{may, totp, typed, units_with};
use crate::unit::{self, Unit};
use ::store::Tx;
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{Action, Actor, Id, Message, Role, text};
use shell::{Access, Error, Fields, Form, FormState, Result, Route, Visit};
use std::collections::HashMap;

/// More accounts than anybody reads; the others are found by their names.
const MOST: usize = 300;

pub(super) fn routes() -> Vec<Route> {
    let manage = Access::Anywhere(Action::ManageAccounts);
    vec![
        Route::get("/accounts", manage, list),
        Route::post("/accounts", manage, add),
        Route::get("/accounts/{account}", manage, one),
        Route::post("/accounts/{account}/grant", manage, give),
        Route::post("/accounts/{account}/withdraw", manage, withdraw),
        Route::post("/accounts/{account}/password", manage, new_password),
        Route::post("/accounts/{account}/link", manage, give_link),
        Route::post("/accounts/{account}/lock", manage, lock),
    ]
}

/// The units whose accounts the visitor manages, by id.
struct Ground(HashMap<String, Unit>);

impl Ground {
    async fn of(visit: &Visit, tx: &mut Tx) -> Result<Ground> {
        let today = visit.today();
        let mut units: HashMap<String, Unit> =
            unit::as_at(tx, today).await?.into_iter().map(|u| (u.id.clone(), u)).collect();
        let mut ground = HashMap::new();
        for id in units_with(tx, visit.actor(), Action::ManageAccounts, today).await? {
            // One that is gone has no place in today's tree and still has its accounts.
            let found = match units.remove(&id) {
                Some(found) => Some(found),
                None => unit::by_id(tx, &id, today).await?,
            };
            ground.extend(found.map(|u| (id, u)));
        }
        Ok(Ground(ground))
    }

    /// Whether an account with these grants is the visitor's to see.
    fn sees(&self, grants: &[Grant]) -> bool {
        grants.is_empty() || grants.iter().any(|g| self.0.contains_key(&g.unit))
    }

    /// What may be written for a unit that stands, in the order of the alphabet.
    fn offered(&self) -> Vec<String> {
        let mut units: Vec<&Unit> = self.0.values().filter(|u| u.alive).collect();
        units.sort_by_cached_key(|u| (u.level, text::sort_key(&u.name), u.code.clone()));
        units.into_iter().map(|u| format!("{} ({})", u.name, u.code)).collect()
    }

    /// The unit that words mean: `Tên (MÃ)`, its code, or a name that only one bears.
    fn meant(&self, words: &str) -> Option<&Unit> {
        let code = words.strip_suffix(')').and_then(|w| w.rsplit_once('(')).map_or(words, |(_, code)| code);
        if let Some(unit) = self.0.values().find(|u| u.code == code || u.code == words) {
            return Some(unit);
        }
        let folded = text::fold(words);
        let mut named = self.0.values().filter(|u| text::fold(&u.name) == folded);
        named.next().filter(|_| named.next().is_none())
    }
}

struct Line {
    href: String,
    name: String,
    disabled: bool,
    roles: Vec<String>,
}

#[derive(Template)]
#[template(path = "account/templates/accounts.html")]
struct List<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    lines: Vec<Line>,
    total: String,
    /// The form to add one stands open: it came back.
    adding: bool,
}

fn role(visit: &Visit, role: Role) -> String {
    visit.text(&format!("account-role-{}", role.code()))
}

async fn list_page(visit: &Visit, mut form: FormState, status: StatusCode) -> Result<Response> {
    let today = visit.today();
    let words = form.text("q", 60).unwrap_or_default();
    let mut tx = visit.read().await?;
    let ground = Ground::of(visit, &mut tx).await?;
    let mut lines = Vec::new();
    let mut total = 0_usize;
    for (account, grants) in listed(&mut tx, &words).await? {
        if !ground.sees(&grants) {
            continue;
        }
        total += 1;
        if lines.len() == MOST {
            continue;
        }
        let mut roles = Vec::new();
        for given in grants.iter().filter(|g| g.to >= today) {
            let Some(unit) = ground.0.get(&given.unit) else { continue };
            let message = Message::new("account-role-at").with("role", role(visit, given.role));
            roles.push(visit.tr(&message.with("unit", &unit.name)));
        }
        lines.push(Line {
            href: format!("/accounts/{}", account.id),
            name: account.name,
            disabled: account.disabled,
            roles,
        });
    }
    drop(tx);
    let key = if total > lines.len() { "account-total-cut" } else { "account-total" };
    let message = Message::new(key).with("n", total).with("shown", lines.len());
    let body = List {
        v: visit,
        f: visit.fields(&form),
        total: visit.tr(&message),
        lines,
        adding: status != StatusCode::OK,
    };
    visit
        .page(visit.text("account-list-title"))
        .lead(visit.text("account-list-lead"))
        .status(status)
        .show(&body)
}

async fn list(visit: Visit, Form(form): Form) -> Result<Response> {
    list_page(&visit, form, StatusCode::OK).await
}

async fn add(visit: Visit, headers: HeaderMap, Form(mut form): Form) -> Result<Response> {
    let name = form.required("name", 60).unwrap_or_default();
    if form.flag("invite") {
        return add_by_link(visit, headers, form, name).await;
    }
    if let Some(password) = typed::password(&visit, &mut form, &name).await? {
        let mut tx = visit.write().await?;
        match create_account(&mut tx, visit.actor(), &name, &password, None).await {
            Ok(id) => {
                tx.commit().await?;
                return Ok(visit.done(&format!("/accounts/{id}"), "account-added"));
            }
            Err(Error::Problem(message)) => form.fail("name", message),
            Err(other) => return Err(other),
        }
    }
    list_page(&visit, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Adds an account whose owner chooses the password, and shows the link once.
async fn add_by_link(visit: Visit, headers: HeaderMap, mut form: FormState, name: String) -> Result<Response> {
    // What was typed for the other way is not looked at.
    form.forget("new");
    form.forget("again");
    if form.is_ok() {
        let mut tx = visit.write().await?;
        match new_account(&mut tx, visit.actor(), &name, None, None).await {
            Ok(id) => {
                let random = &*visit.site().random;
                let given = link::invite(&mut tx, random, visit.actor(), id, visit.today()).await?;
                tx.commit().await?;
                return show_link(&visit, &headers, id, &name_key(&name), &given);
            }
            Err(Error::Problem(message)) => form.fail("name", message),
            Err(other) => return Err(other),
        }
    }
    list_page(&visit, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn show_link(visit: &Visit, headers: &HeaderMap, id: Id, name: &str, link: &Given) -> Result<Response> {
    let slip = Slip::new(visit, headers, name, "", name, link)?;
    let title = Message::new("account-link-title").with("name", name);
    let page = visit.page(visit.tr(&title)).crumb(visit.text("account-list-title"), "/accounts");
    given(visit, page, &[slip], &format!("/accounts/{id}"))
}

struct Held {
    id: String,
    role: String,
    unit: String,
    days: String,
    by: String,
    /// Whether the visitor may end it.
    ends: bool,
}

#[derive(Template)]
#[template(path = "account/templates/account.html")]
struct One<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    path: String,
    account: Account,
    own: bool,
    managed: bool,
    /// Whether it has a password, and whether it asks for a code.
    password: bool,
    code: bool,
    held: Vec<Held>,
    ended: Vec<Held>,
    roles: Vec<(String, String)>,
    units: Vec<String>,
}

/// The account of a path with its grants, when it is the visitor's to see.
async fn seen(tx: &mut Tx, ground: &Ground, id: &str) -> Result<(Account, Vec<Grant>)> {
    let id: Id = id.parse().map_err(|_| Error::NotFound)?;
    let account = by_id(tx, &id.to_string()).await?.ok_or(Error::NotFound)?;
    let grants = grants_of(tx, account.id).await?;
    if ground.sees(&grants) { Ok((account, grants)) } else { Err(Error::NotFound) }
}

fn is_own(visit: &Visit, account: &Account) -> bool {
    matches!(visit.actor(), Actor::Account { id, .. } if *id == account.id)
}

async fn one_page(visit: &Visit, id: &str, form: FormState, status: StatusCode) -> Result<Response> {
    let today = visit.today();
    let mut tx = visit.read().await?;
    let ground = Ground::of(visit, &mut tx).await?;
    let (account, grants) = seen(&mut tx, &ground, id).await?;
    let own = is_own(visit, &account);
    let (mut held, mut ended) = (Vec::new(), Vec::new());
    for given in grants {
        // Where the visitor manages nothing, the role is nobody's business here.
        let Some(unit) = ground.0.get(&given.unit) else { continue };
        let now = given.to >= today;
        let by = if given.granted_by == Actor::Operator.log_name() {
            visit.text("account-operator")
        } else {
            given.granted_by
        };
        let line = Held {
            id: given.id.to_string(),
            role: role(visit, given.role),
            unit: unit.name.clone(),
            days: super::pages::days(visit, given.from, given.to),
            by,
            ends: now && !(own && given.role == Role::Administrator),
        };
        if now { held.push(line) } else { ended.push(line) }
    }
    let managed = manages(&mut tx, visit.actor(), account.id, today).await?;
    let password = password_hash(&mut tx, account.id).await?.is_some();
    let code = totp::since(&mut tx, account.id).await?.is_some();
    drop(tx);
    // Of the forms on the page another one may have been sent.
    let sent = form.names().any(|name| name == "from");
    let form = if sent { form } else { form.with("from", visit.day(today)) };
    let title = Message::new("account-one-title").with("name", &account.name);
    let body = One {
        v: visit,
        f: visit.fields(&form),
        path: format!("/accounts/{}", account.id),
        own,
        managed,
        password,
        code,
        held,
        ended,
        roles: Role::ALL.map(|r| (r.code().to_owned(), role(visit, r))).to_vec(),
        units: ground.offered(),
        account,
    };
    visit
        .page(visit.tr(&title))
        .crumb(visit.text("account-list-title"), "/accounts")
        .status(status)
        .show(&body)
}

async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    one_page(&visit, &id, FormState::default(), StatusCode::OK).await
}

async fn give(visit: Visit, Path(id): Path<String>, Form(mut form): Form) -> Result<Response> {
    let today = visit.today();
    let mut tx = visit.write().await?;
    let ground = Ground::of(&visit, &mut tx).await?;
    let (account, grants) = seen(&mut tx, &ground, &id).await?;
    let role = form.choice("role", Role::from_code);
    let role = form.require("role", role);
    let words = form.required("unit", 300);
    let unit = words.as_deref().and_then(|w| ground.meant(w));
    if let (None, Some(typed)) = (unit, &words) {
        form.fail("unit", Message::new("account-unit-unknown").with("typed", typed));
    }
    let from = form.day("from");
    let from = form.require("from", from);
    let to = form.day("to");
    if let Some(to) = to.filter(|to| *to < today) {
        form.fail("to", Message::new("account-grant-past").with("to", visit.day(to)));
    }
    if let (Some(role), Some(unit), Some(from), true) = (role, unit, from, form.is_ok()) {
        let same = |g: &&Grant| g.role == role && g.unit == unit.id && g.to >= today;
        if let Some(known) = grants.iter().find(same) {
            let days = super::pages::days(&visit, known.from, known.to);
            form.fail("role", Message::new("account-grant-already").with("days", days));
        } else {
            let new = NewGrant { account: account.id, role, unit: unit.id.clone(), from, to };
            match grant(&mut tx, visit.actor(), &new).await {
                Ok(_) => {
                    tx.commit().await?;
                    return Ok(visit.done(&format!("/accounts/{}", account.id), "account-granted"));
                }
                Err(Error::Problem(message)) => form.fail("to", message),
                Err(other) => return Err(other),
            }
        }
    }
    drop(tx);
    one_page(&visit, &id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn withdraw(visit: Visit, Path(id): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let ground = Ground::of(&visit, &mut tx).await?;
    let (account, grants) = seen(&mut tx, &ground, &id).await?;
    let given = grants.iter().find(|g| g.id.to_string() == form.value("grant") && g.to >= visit.today());
    let given = given.ok_or(Error::NotFound)?;
    if !may(&mut tx, visit.actor(), Action::ManageAccounts, &given.unit, visit.today()).await? {
        return Err(Error::Forbidden);
    }
    if is_own(&visit, &account) && given.role == Role::Administrator {
        // Nobody would be left to give it back.
        return Err(Error::Problem(Message::new("account-own-role")));
    }
    revoke(&mut tx, visit.actor(), given.id).await?;
    tx.commit().await?;
    Ok(visit.done(&format!("/accounts/{}", account.id), "account-withdrawn"))
}

async fn new_password(visit: Visit, Path(id): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let ground = Ground::of(&visit, &mut tx).await?;
    let (account, _) = seen(&mut tx, &ground, &id).await?;
    let managed = manages(&mut tx, visit.actor(), account.id, visit.today()).await?;
    drop(tx);
    // One's own is changed where the present one is asked for.
    if !managed || is_own(&visit, &account) {
        return Err(Error::Forbidden);
    }
    if let Some(password) = typed::password(&visit, &mut form, &account.name).await? {
        let mut tx = visit.write().await?;
        set_password(&mut tx, visit.actor(), account.id, &password, None).await?;
        tx.commit().await?;
        return Ok(visit.done(&format!("/accounts/{}", account.id), "account-password-set"));
    }
    one_page(&visit, &id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Gives a link: the first one of an account without a password, or one that helps its owner.
async fn give_link(
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let ground = Ground::of(&visit, &mut tx).await?;
    let (account, _) = seen(&mut tx, &ground, &id).await?;
    // One's own password is changed where the present one is asked for.
    if is_own(&visit, &account) {
        return Err(Error::Forbidden);
    }
    let (reason, clears_code) = reason(&mut form);
    if form.is_ok() {
        let new = NewLink { unit: None, clears_code, reason: &reason };
        let random = &*visit.site().random;
        let by = visit.actor();
        let link = link::managed(&mut tx, random, by, account.id, visit.today(), &new).await?;
        tx.commit().await?;
        return show_link(&visit, &headers, account.id, &account.name, &link);
    }
    drop(tx);
    one_page(&visit, &id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn lock(visit: Visit, Path(id): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let ground = Ground::of(&visit, &mut tx).await?;
    let (account, _) = seen(&mut tx, &ground, &id).await?;
    if is_own(&visit, &account) {
        return Err(Error::Problem(Message::new("account-own-lock")));
    }
    let locked = form.flag("locked");
    disable(&mut tx, visit.actor(), account.id, locked).await?;
    tx.commit().await?;
    let done = if locked { "account-locked" } else { "account-unlocked" };
    Ok(visit.done(&format!("/accounts/{}", account.id), done))
}
