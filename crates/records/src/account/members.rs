//! The members of a unit and their accounts, for its secretary: invite one or all, help who is locked out.
//!
//! A member is here who belongs to the unit today by their spells of membership; a cell's groups are
//! part of it, while a committee shows only who belongs to it directly and leads to its cells.
//! An invited member gets an account of their own with the role of a member on this unit, under a
//! name made from theirs. What a secretary may help is said in `link.rs`.

use super::invite::{Slip, given};
use super::link::{self, Given, NewLink};
use super::store::{Account, NewGrant, account, far_day, insert_account, insert_grant};
use crate::address::{of_unit, page, segment, unit_of};
use crate::unit::{self, Unit};
use ::store::{Tx, params};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{Action, FAR_DAY, Instant, Message, Role, text};
use shell::{Access, Error, Fields, Form, FormState, Result, Route, Visit};
use std::collections::{HashMap, HashSet};

pub(super) fn routes() -> Vec<Route> {
    let keep = Access::On(Action::WriteRecords);
    vec![
        Route::get("/unit/{unit}/members", keep, list),
        Route::post("/unit/{unit}/members/invite", keep, invite_all),
        Route::post("/unit/{unit}/members/{person}/invite", keep, invite_one),
        Route::get("/unit/{unit}/members/{person}/help", keep, help),
        Route::post("/unit/{unit}/members/{person}/help", keep, give_help),
    ]
}

/// Deeper than any tree.
const WHOLE: i64 = 99;
/// More links on one sheet than anybody cuts.
const MOST: usize = 200;

/// The members of a unit `$1` on the day `$2`, down to the depth `$4`.
const OF_UNIT: &str = "FROM membership m
    JOIN person p ON p.id = m.person AND p.withdrawn IS NULL
    JOIN unit_span s ON s.descendant = m.unit AND s.ancestor = $1
         AND s.from_day <= $2 AND s.to_day >= $2 AND s.depth <= $4
    WHERE m.withdrawn IS NULL AND m.category = 'party_member'
      AND m.from_day <= $2 AND COALESCE(m.to_day, $3) >= $2";

struct Member {
    id: String,
    name: String,
    code: String,
    held: Option<Held>,
}

/// The account of a member.
struct Held {
    account: Account,
    password: bool,
    /// Whether it asks for a code.
    code: bool,
    signed_in: Option<Instant>,
    /// Until when a link can still be used.
    open: Option<Instant>,
    /// Whether the visitor may give it a link.
    helped: bool,
}

impl Member {
    /// Whether inviting all invites this one: no account yet, or never opened and the link is over.
    fn waits(&self, now: Instant, again: bool) -> bool {
        match &self.held {
            None => true,
            Some(held) => {
                let open = held.open.is_some_and(|until| until >= now);
                !held.password && held.helped && (again || !open)
            }
        }
    }
}

async fn members(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<Member>> {
    let today = visit.today();
    let depth = if unit.cell { WHOLE } else { 0 };
    let around = params![&unit.id, today, FAR_DAY, depth];
    let sql = format!(
        "SELECT a.id, a.name, a.person, a.created_at, a.disabled, a.signed_in_at,
                CAST(CASE WHEN a.password_hash = '' THEN 0 ELSE 1 END AS BIGINT) AS has,
                (SELECT c.since FROM account_code c WHERE c.account = a.id) AS code,
                (SELECT MAX(l.expires) FROM account_link l
                  WHERE l.account = a.id AND l.used_at IS NULL AND l.ended_at IS NULL) AS open_until
         FROM account a WHERE a.person IN (SELECT m.person {OF_UNIT})
         ORDER BY a.disabled, a.created_at, a.id"
    );
    let mut held: HashMap<String, Held> = HashMap::new();
    for row in tx.query(&sql, around).await? {
        let account = account(&row)?;
        let helped = !account.disabled && link::helps(tx, visit.actor(), account.id, today).await?;
        let one = Held {
            password: row.flag("has")?,
            code: row.opt_int("code")?.is_some(),
            signed_in: row.opt_int("signed_in_at")?,
            open: row.opt_int("open_until")?,
            helped,
            account,
        };
        // Of several accounts, the oldest that is not locked.
        held.entry(row.words("person")?).or_insert(one);
    }
    let sql = format!("SELECT DISTINCT p.id, p.name, p.sort, p.code {OF_UNIT} ORDER BY p.sort, p.code LIMIT 500");
    let mut members = Vec::new();
    for row in tx.query(&sql, around).await? {
        let id = row.words("id")?;
        let held = held.remove(&id);
        members.push(Member { id, name: row.words("name")?, code: row.words("code")?, held });
    }
    Ok(members)
}

/// The unit of a path, for who may see its names.
async fn ground(visit: &Visit, tx: &mut Tx, code: &str) -> Result<Unit> {
    let unit = unit_of(visit, tx, code).await?;
    if crate::names::shown(visit, tx, code).await? { Ok(unit) } else { Err(Error::Forbidden) }
}

struct Line {
    name: String,
    code: String,
    account: String,
    badge: &'static str,
    state: String,
    /// Until when, or since when; may be empty.
    moment: String,
    /// The label of the button that invites; empty where there is none.
    invite: String,
    help: bool,
    /// Why nothing can be done here.
    other: String,
    href: String,
}

fn line(visit: &Visit, unit: &Unit, member: &Member) -> Line {
    let now = visit.now();
    let mut line = Line {
        name: member.name.clone(),
        code: member.code.clone(),
        account: String::new(),
        badge: "none",
        state: visit.text("account-member-none"),
        moment: String::new(),
        invite: visit.text("account-member-invite"),
        help: false,
        other: String::new(),
        href: of_unit(&unit.code, &format!("/members/{}", segment(&member.id))),
    };
    let Some(held) = &member.held else { return line };
    line.account = held.account.name.clone();
    line.invite = String::new();
    let at = |key, name, at| visit.tr(&Message::new(key).with(name, visit.moment(at)));
    (line.badge, line.state) = match held {
        Held { account: Account { disabled: true, .. }, .. } => ("failed", visit.text("account-is-locked")),
        Held { password: false, open: Some(until), .. } if *until >= now => {
            line.moment = at("account-member-until", "until", *until);
            ("partial", visit.text("account-member-invited"))
        }
        Held { password: false, open: Some(_), .. } => ("late", visit.text("account-member-expired")),
        Held { password: false, .. } => ("none", visit.text("account-member-no-password")),
        Held { signed_in: None, .. } => ("partial", visit.text("account-member-never")),
        Held { signed_in: Some(last), .. } => {
            line.moment = at("account-member-last", "at", *last);
            ("complete", visit.text("account-member-active"))
        }
    };
    if held.account.disabled {
        line.other = visit.text("account-member-locked");
    } else if !held.helped {
        line.other = visit.text("account-member-above");
    } else if held.password {
        line.help = true;
    } else {
        line.invite = visit.text("account-member-again");
    }
    line
}

#[derive(Template)]
#[template(path = "account/templates/members.html")]
struct List<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    base: String,
    lines: Vec<Line>,
    waiting: usize,
    /// How many were invited and have not opened their link.
    unopened: usize,
    below: Vec<(String, String)>,
}

async fn list_page(visit: &Visit, code: &str, form: &FormState) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = ground(visit, &mut tx, code).await?;
    let members = members(visit, &mut tx, &unit).await?;
    let below = if unit.cell { Vec::new() } else { unit::children(&mut tx, &unit.id, visit.today()).await? };
    drop(tx);
    if let Some(kind) = crate::REGISTRY.kind("person").filter(|_| !members.is_empty()) {
        crate::names::note(visit, kind, &unit.id, members.len()).await?;
    }
    let now = visit.now();
    let waiting = members.iter().filter(|m| m.waits(now, false)).count();
    let body = List {
        v: visit,
        f: visit.fields(form),
        base: of_unit(&unit.code, "/members"),
        waiting,
        unopened: members.iter().filter(|m| m.waits(now, true)).count() - waiting,
        lines: members.iter().map(|m| line(visit, &unit, m)).collect(),
        below: below.into_iter().map(|u| (of_unit(&u.code, "/members"), u.name)).collect(),
    };
    let status = if form.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(visit, &unit, visit.text("account-members-title"))
        .lead(visit.text("account-members-lead"))
        .status(status)
        .show(&body)
}

async fn list(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    list_page(&visit, &code, &FormState::default()).await
}

/// A sign-in name for a person, from theirs: `nguyen.van.an`, then `nguyen.van.an2`.
pub(super) fn sign_in_name(person: &str, taken: &HashSet<String>) -> String {
    let folded = text::fold(person);
    let letters: String =
        folded.chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { ' ' }).collect();
    let mut base = letters.split_whitespace().collect::<Vec<_>>().join(".");
    base.truncate(50);
    let mut base = base.trim_matches('.').to_owned();
    if base.len() < 3 {
        base = format!("dang.vien.{base}").trim_matches('.').to_owned();
    }
    let name = |n: usize| if n == 1 { base.clone() } else { format!("{base}{n}") };
    let free = (1..=taken.len() + 1).map(name).find(|name| !taken.contains(name));
    // One of so many is free; the last of them is as good a guess as any.
    free.unwrap_or_else(|| name(taken.len() + 1))
}

async fn taken(tx: &mut Tx) -> Result<HashSet<String>> {
    let rows = tx.query("SELECT name FROM account", &[]).await?;
    Ok(rows.iter().map(|r| r.words("name")).collect::<::store::Result<_>>()?)
}

/// Invites a member: an account of their own if they have none, and a link.
async fn invite(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    member: &Member,
    taken: &mut HashSet<String>,
) -> Result<(String, Given)> {
    let by = visit.actor();
    let (id, name) = match &member.held {
        Some(held) if !held.helped => return Err(Error::Forbidden),
        Some(held) if held.password => {
            return Err(Error::Problem(Message::new("account-member-has-account")));
        }
        Some(held) => (held.account.id, held.account.name.clone()),
        None => {
            let name = sign_in_name(&member.name, taken);
            let id = insert_account(tx, &name, "", Some(&member.id)).await?;
            let (from, to) = (visit.today(), far_day());
            let new = NewGrant { account: id, role: Role::Member, unit: unit.id.clone(), from, to: None };
            insert_grant(tx, by, &new, to).await?;
            taken.insert(name.clone());
            (id, name)
        }
    };
    let new = NewLink { unit: Some(&unit.id), ..NewLink::default() };
    Ok((name, link::give(tx, &*visit.site().random, by, id, &new).await?))
}

async fn invite_all(
    visit: Visit,
    Path(code): Path<String>,
    headers: HeaderMap,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let again = form.flag("again");
    let members = members(&visit, &mut tx, &unit).await?;
    let mut taken = taken(&mut tx).await?;
    let mut slips = Vec::new();
    for member in members.iter().filter(|m| m.waits(visit.now(), again)).take(MOST) {
        let (name, link) = invite(&visit, &mut tx, &unit, member, &mut taken).await?;
        slips.push(Slip::new(&visit, &headers, &member.name, &unit.name, &name, &link)?);
    }
    if slips.is_empty() {
        drop(tx);
        form.fail("again", Message::new("account-members-none-waits"));
        return list_page(&visit, &code, &form).await;
    }
    tx.commit().await?;
    let title = Message::new("account-links-title").with("n", slips.len());
    show(&visit, &unit, visit.tr(&title), &slips)
}

fn show(visit: &Visit, unit: &Unit, title: String, slips: &[Slip]) -> Result<Response> {
    let back = of_unit(&unit.code, "/members");
    let page = page(visit, unit, title).crumb(visit.text("account-members-title"), &back);
    given(visit, page, slips, &back)
}

/// The member of a path.
async fn member(visit: &Visit, tx: &mut Tx, unit: &Unit, person: &str) -> Result<Member> {
    let all = members(visit, tx, unit).await?;
    all.into_iter().find(|m| m.id == person).ok_or(Error::NotFound)
}

async fn invite_one(
    visit: Visit,
    Path((code, person)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let member = member(&visit, &mut tx, &unit, &person).await?;
    let mut taken = taken(&mut tx).await?;
    let (name, link) = invite(&visit, &mut tx, &unit, &member, &mut taken).await?;
    tx.commit().await?;
    let slip = Slip::new(&visit, &headers, &member.name, &unit.name, &name, &link)?;
    let title = Message::new("account-link-title").with("name", &member.name);
    show(&visit, &unit, visit.tr(&title), &[slip])
}

#[derive(Template)]
#[template(path = "account/templates/help.html")]
struct Help<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    action: String,
    name: &'a str,
    code: bool,
}

/// The member to be helped with their account; nothing where the visitor may not.
async fn helped(visit: &Visit, tx: &mut Tx, unit: &Unit, person: &str) -> Result<(Member, Account, bool)> {
    let mut found = member(visit, tx, unit, person).await?;
    match found.held.take() {
        Some(held) if !held.helped => Err(Error::Forbidden),
        Some(held) if held.password => Ok((found, held.account, held.code)),
        _ => Err(Error::NotFound),
    }
}

fn help_page(
    visit: &Visit,
    unit: &Unit,
    member: &Member,
    account: &Account,
    code: bool,
    form: &FormState,
) -> Result<Response> {
    let status = if form.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = Help {
        v: visit,
        f: visit.fields(form),
        action: of_unit(&unit.code, &format!("/members/{}/help", segment(&member.id))),
        name: &account.name,
        code,
    };
    let title = Message::new("account-help-title").with("name", &member.name);
    page(visit, unit, visit.tr(&title))
        .crumb(visit.text("account-members-title"), of_unit(&unit.code, "/members"))
        .status(status)
        .lead(visit.text("account-help-lead"))
        .show(&body)
}

async fn help(visit: Visit, Path((code, person)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let (member, account, asks) = helped(&visit, &mut tx, &unit, &person).await?;
    help_page(&visit, &unit, &member, &account, asks, &FormState::default())
}

/// What a form says of a link that helps: why, and whether the second step goes.
pub(super) fn reason(form: &mut FormState) -> (String, bool) {
    let clears = form.flag("clears");
    let reason = form.text("reason", 300);
    if clears && reason.is_none() {
        form.fail("reason", Message::new("account-help-reason-missing"));
    }
    (reason.unwrap_or_default(), clears)
}

async fn give_help(
    visit: Visit,
    Path((code, person)): Path<(String, String)>,
    headers: HeaderMap,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let (member, account, asks) = helped(&visit, &mut tx, &unit, &person).await?;
    let (reason, clears_code) = reason(&mut form);
    if !form.is_ok() {
        drop(tx);
        return help_page(&visit, &unit, &member, &account, asks, &form);
    }
    let new = NewLink { unit: Some(&unit.id), clears_code, reason: &reason };
    let link = link::give(&mut tx, &*visit.site().random, visit.actor(), account.id, &new).await?;
    tx.commit().await?;
    let slip = Slip::new(&visit, &headers, &member.name, &unit.name, &account.name, &link)?;
    let title = Message::new("account-link-title").with("name", &member.name);
    show(&visit, &unit, visit.tr(&title), &[slip])
}

