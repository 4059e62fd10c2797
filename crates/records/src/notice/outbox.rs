//! The mails that wait, went out or were given up.
//!
//! A row is written with the entry that causes it. A sender claims it for a time by one update that only one of many
//! can win, on either database; whoever is killed with a claim loses it when the time is over.

use super::topic::{CHANGED, What};
use domain::{Id, Instant};
use shell::Visit;
use store::{Result, Row, Tx, params};

/// An hour, in milliseconds.
pub(super) const HOUR: i64 = 3_600_000;
/// A day, in milliseconds.
pub(super) const DAY: i64 = 24 * HOUR;
/// Notices that an account is sent within a day; more wait until the first of them is a day old.
pub(super) const A_DAY: i64 = 20;
/// After so long nobody is interested any more.
pub(super) const GIVE_UP: i64 = 4 * DAY;
/// What was sent or given up is forgotten after so long.
const KEPT: i64 = 30 * DAY;

/// Who gets a mail.
#[derive(Debug, Clone)]
pub(super) struct To {
    pub account: String,
    pub address: String,
    pub lang: String,
    /// The secret of the link that stops it.
    pub stop: String,
}

/// What is told.
#[derive(Debug, Clone)]
pub(super) struct News<'a> {
    pub what: What,
    pub title: &'a str,
    /// More words; gone once it is sent.
    pub detail: &'a str,
    /// The page, as a path of the site.
    pub href: &'a str,
}

/// A mail that waits to be sent.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub id: String,
    pub account: String,
    pub address: String,
    pub lang: String,
    pub stop: String,
    pub what: String,
    pub title: String,
    pub detail: String,
    pub href: String,
    pub created: Instant,
    pub since: Instant,
    pub tries: i64,
}

/// Writes a mail down. What waits already about the same page is told once, as it is now.
pub(super) async fn put(tx: &mut Tx, to: &To, news: &News<'_>) -> Result<()> {
    let now = tx.now();
    let topic = news.what.topic.map_or("", |t| t.code());
    // An invitation that nobody has read yet stays one, with the newest day and title behind its link.
    let same =
        "UPDATE notice_mail SET title = $4, detail = $5, what = CASE WHEN $6 = $7 THEN what ELSE $6 END
                WHERE account = $1 AND topic = $2 AND href = $3 AND address = $8
                  AND sent_at IS NULL AND gave_up_at IS NULL AND claimed_until <= $9";
    let values = params![
        &to.account,
        topic,
        news.href,
        news.title,
        news.detail,
        news.what.code,
        CHANGED.code,
        &to.address,
        now
    ];
    if tx.execute(same, values).await? > 0 {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO notice_mail (id, account, address, lang, stop, topic, what, title, detail, href, created, since, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $11)",
        params![
            Id::new(),
            &to.account,
            &to.address,
            &to.lang,
            &to.stop,
            topic,
            news.what.code,
            news.title,
            news.detail,
            news.href,
            now
        ],
    )
    .await?;
    Ok(())
}

const DUE: &str = "SELECT * FROM notice_mail
    WHERE sent_at IS NULL AND gave_up_at IS NULL AND next_at <= $1 AND claimed_until <= $1
    ORDER BY next_at, id LIMIT 1";

/// The mail that is due first.
pub(super) async fn due(tx: &mut Tx, now: Instant) -> Result<Option<Waiting>> {
    tx.first(DUE, params![now]).await?.as_ref().map(waiting).transpose()
}

fn waiting(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        id: row.words("id")?,
        account: row.words("account")?,
        address: row.words("address")?,
        lang: row.words("lang")?,
        stop: row.words("stop")?,
        what: row.words("what")?,
        title: row.words("title")?,
        detail: row.words("detail")?,
        href: row.words("href")?,
        created: row.int("created")?,
        since: row.int("since")?,
        tries: row.int("tries")?,
    })
}

/// Claims a mail; `false` when another sender has it, or had it meanwhile.
pub(super) async fn claim(tx: &mut Tx, id: &str, now: Instant, until: Instant) -> Result<bool> {
    let sql = "UPDATE notice_mail SET claimed_until = $3, tries = tries + 1
               WHERE id = $1 AND claimed_until <= $2 AND next_at <= $2 AND sent_at IS NULL AND gave_up_at IS NULL";
    Ok(tx.execute(sql, params![id, now, until]).await? == 1)
}

/// When the account may be sent another notice, if not now.
pub(super) async fn full_until(tx: &mut Tx, account: &str, now: Instant) -> Result<Option<Instant>> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n, CAST(MIN(sent_at) AS BIGINT) AS first FROM notice_mail
               WHERE account = $1 AND sent_at > $2 AND topic <> ''";
    let row = tx.one(sql, params![account, now - DAY]).await?;
    Ok(row.opt_int("first")?.filter(|_| row.int("n").is_ok_and(|n| n >= A_DAY)).map(|first| first + DAY))
}

/// It waits until a moment, and nobody holds it.
pub(super) async fn postpone(tx: &mut Tx, id: &str, until: Instant, error: &str) -> Result<()> {
    let sql = "UPDATE notice_mail SET next_at = $2, claimed_until = 0, error = $3 WHERE id = $1 AND sent_at IS NULL";
    tx.execute(sql, params![id, until, error]).await.map(|_| ())
}

/// It went out. Its words are not kept.
pub(super) async fn sent(tx: &mut Tx, id: &str, now: Instant) -> Result<()> {
    let sql = "UPDATE notice_mail SET sent_at = $2, claimed_until = 0, detail = '', error = '' WHERE id = $1";
    tx.execute(sql, params![id, now]).await.map(|_| ())
}

/// It is not tried again unless somebody says so.
pub(super) async fn give_up(tx: &mut Tx, id: &str, now: Instant, error: &str) -> Result<()> {
    let sql = "UPDATE notice_mail SET gave_up_at = $2, claimed_until = 0, error = $3 WHERE id = $1 AND sent_at IS NULL";
    tx.execute(sql, params![id, now, error]).await.map(|_| ())
}

/// Takes out what waits for an account: of one topic, or all of it.
pub(super) async fn drop_waiting(tx: &mut Tx, account: &str, topic: Option<&str>) -> Result<()> {
    let sql = "DELETE FROM notice_mail WHERE account = $1 AND sent_at IS NULL AND ($2 = '' OR topic = $2)";
    tx.execute(sql, params![account, topic.unwrap_or_default()]).await.map(|_| ())
}

/// Forgets what was settled long ago.
pub(super) async fn forget(tx: &mut Tx, now: Instant) -> Result<()> {
    let sql = "DELETE FROM notice_mail WHERE COALESCE(sent_at, gave_up_at) < $1";
    tx.execute(sql, params![now - KEPT]).await.map(|_| ())
}

/// A mail on the administrator's page.
pub(super) struct Line {
    pub id: String,
    pub account: String,
    pub name: String,
    pub what: String,
    pub tries: i64,
    pub created: Instant,
    pub next_at: Instant,
    pub gave_up_at: Option<Instant>,
    pub error: String,
}

/// What waits or was given up, of all accounts: what failed first, then the oldest.
pub(super) async fn open(tx: &mut Tx, most: i64) -> Result<Vec<Line>> {
    let sql = "SELECT m.id, m.account, a.name, m.what, m.tries, m.created, m.next_at, m.gave_up_at, m.error
               FROM notice_mail m JOIN account a ON a.id = m.account WHERE m.sent_at IS NULL
               ORDER BY CASE WHEN m.gave_up_at IS NULL THEN 1 ELSE 0 END, m.created, m.id LIMIT $1";
    let line = |r: &Row| {
        Ok(Line {
            id: r.words("id")?,
            account: r.words("account")?,
            name: r.words("name")?,
            what: r.words("what")?,
            tries: r.int("tries")?,
            created: r.int("created")?,
            next_at: r.int("next_at")?,
            gave_up_at: r.opt_int("gave_up_at")?,
            error: r.words("error")?,
        })
    };
    tx.query(sql, params![most]).await?.iter().map(line).collect()
}

/// A mail is tried again from the beginning.
pub(super) async fn again(tx: &mut Tx, id: &str, now: Instant) -> Result<bool> {
    let sql =
        "UPDATE notice_mail SET gave_up_at = NULL, next_at = $2, since = $2, tries = 0, claimed_until = 0
               WHERE id = $1 AND sent_at IS NULL AND claimed_until <= $2";
    Ok(tx.execute(sql, params![id, now]).await? == 1)
}

/// How many mails of a sort an account, or an address, was written since a moment.
pub(super) async fn written(
    tx: &mut Tx,
    what: What,
    account: &str,
    address: &str,
    since: Instant,
) -> Result<i64> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM notice_mail
               WHERE what = $1 AND created > $4 AND (account = $2 OR address = $3)";
    tx.one(sql, params![what.code, account, address, since]).await?.int("n")
}

/// How many were given up for an account in the last days.
pub(super) async fn failed(tx: &mut Tx, visit: &Visit, account: Id) -> Result<i64> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM notice_mail WHERE account = $1 AND gave_up_at > $2";
    tx.one(sql, params![account, visit.now() - 14 * DAY]).await?.int("n")
}
