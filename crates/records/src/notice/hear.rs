//! From what happened to the mails that tell of it, in the transaction in which it happened.
//!
//! The words are chosen so that a mail tells nothing that is another's: a session by its title, a task by the session
//! or plan that gave it (a task may name people), a commitment by its year, a request by that it was answered.

use super::outbox::{News, put};
use super::subscriber::{self, Subscriber};
use super::topic::{
    ANSWERED, BREAKTHROUGH, CALLED_OFF, CHANGED, DEVICE, INVITED, REGISTERED, RETURNED, TASK, What,
};
use crate::activity::session;
use crate::address::segment;
use crate::event::Event;
use crate::kind::{Draft, Held};
use domain::{Clock, Day, FixedClock};
use std::collections::HashSet;
use store::{Result, Tx, params};

/// What of a planned session is news to those who are called to it.
const NEWS_OF_SESSION: [&str; 5] = ["title", "day", "hour", "place", "mode"];

pub(super) async fn hear(event: &Event<'_>, tx: &mut Tx) -> Result<()> {
    match event {
        Event::Written { kind, id, before, after } => match kind.name {
            "meeting" => meeting(tx, id, *before, after).await,
            "follow_up" => follow_up(tx, *before, after).await,
            "task" => task(tx, *before, after).await,
            "breakthrough" => breakthrough(tx, *before, after).await,
            "commitment" => commitment(tx, *before, after).await,
            "data_request" => request(tx, *before, after).await,
            _ => Ok(()),
        },
        Event::Withdrawn { kind, id } if kind.name == "meeting" => called_off(tx, id).await,
        Event::Withdrawn { .. } => Ok(()),
        Event::NewDevice { account, device } => {
            let Some(to) = subscriber::of_account(tx, DEVICE, *account).await? else { return Ok(()) };
            put(tx, &to.to, &News { what: DEVICE, title: device, detail: "", href: "/me" }).await
        }
        Event::Erased { person } => {
            for row in tx.query("SELECT id FROM account WHERE person = $1", params![*person]).await? {
                subscriber::remove(tx, row.text("id")?).await?;
            }
            Ok(())
        }
    }
}

fn today(tx: &Tx) -> Day {
    FixedClock(tx.now()).today()
}

fn was<'a>(before: Option<&'a Draft>, field: &str) -> &'a Held {
    before.map_or(&Held::Empty, |b| b.get(field))
}

/// Tells it to everybody but who did it.
async fn tell(tx: &mut Tx, all: &[Subscriber], news: &News<'_>) -> Result<()> {
    for one in all {
        if one.name != tx.actor() {
            put(tx, &one.to, news).await?;
        }
    }
    Ok(())
}

async fn meeting(tx: &mut Tx, id: &str, before: Option<&Draft>, after: &Draft) -> Result<()> {
    // What was held, or is over, invites nobody.
    if !after.is_empty("activity") || after.day("day").is_none_or(|day| day < today(tx)) {
        return Ok(());
    }
    let what = match before {
        None => INVITED,
        Some(b) if NEWS_OF_SESSION.iter().any(|f| b.get(f) != after.get(f)) => CHANGED,
        Some(_) => return Ok(()),
    };
    let (Some(unit), Some(day), Some(title)) = (after.text("unit"), after.day("day"), after.text("title"))
    else {
        return Ok(());
    };
    to_called(tx, what, id, unit, day, title).await
}

async fn called_off(tx: &mut Tx, id: &str) -> Result<()> {
    let sql = "SELECT unit, day, title FROM meeting WHERE id = $1 AND activity IS NULL AND day >= $2";
    let Some(row) = tx.first(sql, params![id, today(tx)]).await? else { return Ok(()) };
    let (unit, day, title) = (row.words("unit")?, row.day("day")?, row.words("title")?);
    to_called(tx, CALLED_OFF, id, &unit, day, &title).await
}

async fn to_called(tx: &mut Tx, what: What, id: &str, unit: &str, day: Day, title: &str) -> Result<()> {
    let mut all = subscriber::of_topic(tx, what).await?;
    if all.is_empty() {
        return Ok(());
    }
    let called: HashSet<String> = session::called(tx, unit, day).await?.into_iter().map(|m| m.id).collect();
    all.retain(|s| s.person.as_ref().is_some_and(|p| called.contains(p)));
    let href = format!("/me/session/{}", segment(id));
    // A session that is called off has no page any more; its mail must still meet the invitation that waits.
    tell(tx, &all, &News { what, title, detail: "", href: &href }).await
}

/// The person of `owner` when it is new there.
fn newly<'a>(before: Option<&Draft>, after: &'a Draft) -> Option<&'a str> {
    after.text("owner").filter(|_| was(before, "owner") != after.get("owner"))
}

async fn follow_up(tx: &mut Tx, before: Option<&Draft>, after: &Draft) -> Result<()> {
    let (Some(owner), true) = (newly(before, after), after.is_empty("done_day")) else { return Ok(()) };
    let all = subscriber::of_person(tx, TASK, owner).await?;
    if all.is_empty() {
        return Ok(());
    }
    let row = tx.first("SELECT title FROM activity WHERE id = $1", params![after.text("activity")]).await?;
    let title = row.map(|r| r.words("title")).transpose()?.unwrap_or_default();
    tell(tx, &all, &News { what: TASK, title: &title, detail: "", href: "/me/tasks" }).await
}

async fn task(tx: &mut Tx, before: Option<&Draft>, after: &Draft) -> Result<()> {
    let (Some(owner), true) = (newly(before, after), after.is_empty("done_day")) else { return Ok(()) };
    let all = subscriber::of_person(tx, TASK, owner).await?;
    if all.is_empty() {
        return Ok(());
    }
    let sql = "SELECT p.symbol, p.code, u.name FROM plan p JOIN unit u ON u.id = p.unit WHERE p.id = $1";
    let Some(row) = tx.first(sql, params![after.text("plan")]).await? else { return Ok(()) };
    let plan = row.opt_text("symbol")?.map_or(row.words("code"), |s| Ok(s.to_owned()))?;
    let title = format!("{plan} – {}", row.text("name")?);
    tell(tx, &all, &News { what: TASK, title: &title, detail: "", href: "/me/tasks" }).await
}

async fn breakthrough(tx: &mut Tx, before: Option<&Draft>, after: &Draft) -> Result<()> {
    let (Some(owner), true) = (newly(before, after), after.is_empty("solved_day")) else { return Ok(()) };
    let all = subscriber::of_person(tx, BREAKTHROUGH, owner).await?;
    let title = after.text("title").unwrap_or_default();
    tell(tx, &all, &News { what: BREAKTHROUGH, title, detail: "", href: "/me/tasks" }).await
}

/// What was sent is registered, or given back.
async fn commitment(tx: &mut Tx, before: Option<&Draft>, after: &Draft) -> Result<()> {
    let (Some(person), Some(before)) = (after.text("person"), before) else { return Ok(()) };
    if before.text("stage") != Some("sent") {
        return Ok(());
    }
    let what = match after.text("stage") {
        None => REGISTERED,
        Some("returned") => RETURNED,
        Some(_) => return Ok(()),
    };
    let all = subscriber::of_person(tx, what, person).await?;
    let year = after.int("year").unwrap_or_default().to_string();
    tell(tx, &all, &News { what, title: &year, detail: "", href: "/me/commitment" }).await
}

async fn request(tx: &mut Tx, before: Option<&Draft>, after: &Draft) -> Result<()> {
    let (Some(person), Some(before)) = (after.text("person"), before) else { return Ok(()) };
    if !before.is_empty("answered_day") || after.is_empty("answered_day") {
        return Ok(());
    }
    let all = subscriber::of_person(tx, ANSWERED, person).await?;
    tell(tx, &all, &News { what: ANSWERED, title: "", detail: "", href: "/me/data" }).await
}
