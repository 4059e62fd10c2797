//! The week's digest: on Monday at seven, what the account must do. None when nothing waits.

use super::outbox::{HOUR, News, put};
use super::sender::Post;
use super::subscriber::{self, Subscriber};
use super::topic::DIGEST;
use crate::duty::{Duty, When};
use crate::{REGISTRY, account, overview};
use chrono::{Datelike, Days};
use domain::{Actor, Clock, Day, FixedClock, Instant, Lang, Message};
use shell::Visit;
use store::Result;

/// The hour of the day in Vietnam.
const AT: i64 = 7;
/// A server that was off on Monday still sends it within so many hours; later it is no news.
const STILL: i64 = 48;
/// Lines of a digest; the rest is a number.
const LINES: usize = 12;
/// Accounts that are looked at in one round.
const TOGETHER: i64 = 200;

/// The Monday of the week of a moment, and how long ago its seven o'clock was (milliseconds).
pub(super) fn monday(now: Instant) -> (Day, i64) {
    let today = FixedClock(now).today();
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let midnight = i64::from(monday.num_days_from_ce() - 719_163) * 24 * HOUR - 7 * HOUR;
    (monday, now - midnight - AT * HOUR)
}

/// Makes the digests of this week that are not made yet.
pub(super) async fn make(post: &Post) -> Result<()> {
    let db = &post.site.db;
    let (monday, since) = monday(db.clock().now());
    if !(0..STILL * HOUR).contains(&since) {
        return Ok(());
    }
    let week = monday.to_string();
    let mut tx = db.read().await?;
    let all = subscriber::without_digest(&mut tx, &week, TOGETHER).await?;
    drop(tx);
    for one in all {
        // One that cannot be asked for must not keep the others waiting.
        let duties = duties(post, &one).await.unwrap_or_else(|error| {
            tracing::warn!(error = error.as_str(), "a digest could not be made");
            None
        });
        let mut tx = db.write(&Actor::Operator).await?;
        if subscriber::digested(&mut tx, &one.to.account, &week).await?
            && let Some((title, detail)) = duties
        {
            put(&mut tx, &one.to, &News { what: DIGEST, title: &title, detail: &detail, href: "/" }).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The number of duties and their lines; none when nothing waits.
async fn duties(post: &Post, one: &Subscriber) -> std::result::Result<Option<(String, String)>, String> {
    let said = |e: shell::Error| e.to_string();
    let mut tx = post.site.db.read().await.map_err(|e| e.to_string())?;
    let found = account::by_name(&mut tx, &one.name).await.map_err(|e| e.to_string())?;
    let Some(actor) = found.filter(|a| !a.disabled).map(|a| a.actor()) else { return Ok(None) };
    let lang = Lang::from_code(&one.to.lang).unwrap_or_default();
    let visit = Visit::on_behalf(&post.site, &mut tx, actor, lang).await.map_err(said)?;
    let mine = overview::mine(&mut tx, &visit).await.map_err(said)?;
    let all = REGISTRY.duties(&mine, &mut tx).await.map_err(said)?;
    if all.is_empty() {
        return Ok(None);
    }
    let today = visit.today();
    let mut lines: Vec<String> = all.iter().take(LINES).map(|d| line(&visit, d, today)).collect();
    if let Some(more) = all.len().checked_sub(LINES).filter(|n| *n > 0) {
        lines.push(visit.tr(&Message::new("notice-digest-more").with("n", more)));
    }
    Ok(Some((all.len().to_string(), lines.join("\n"))))
}

/// What is to be done and by when. What it is about stays on the page: it may be somebody's matter.
fn line(visit: &Visit, duty: &Duty, today: Day) -> String {
    let message = Message::new(match When::of(duty.due, today) {
        When::Open => return duty.what.clone(),
        When::Late => "notice-digest-late",
        When::Week | When::Later => "notice-digest-due",
    });
    let day = duty.due.map(|d| visit.day(d)).unwrap_or_default();
    visit.tr(&message.with("what", &duty.what).with("day", day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_o_clock_of_monday_is_that_of_vietnam() {
        // Monday 18/3/2024, 7:00 in Hà Nội, is midnight of Greenwich.
        let seven = 1_710_720_000_000;
        let day = Day::from_ymd_opt(2024, 3, 18).unwrap();
        assert_eq!(monday(seven), (day, 0));
        assert_eq!(monday(seven - 1), (day, -1), "a minute before seven it is Monday already");
        assert_eq!(monday(seven + 6 * 24 * HOUR), (day, 6 * 24 * HOUR));
        assert_eq!(monday(seven - 8 * HOUR).0, Day::from_ymd_opt(2024, 3, 11).unwrap(), "Sunday night");
    }
}
