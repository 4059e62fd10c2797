//! Whose address counts, and which notices they chose.

use super::outbox::{self, News, To};
use super::topic::{CODE, Topic, What};
use domain::{Id, Instant, Lang};
use shell::Visit;
use std::collections::HashSet;
use store::{Result, Row, Tx, files, params};

/// A code is good for so long.
const CODE_LIFE: i64 = 30 * 60_000;
/// Wrong codes before a new one must be asked for.
const TRIES: i64 = 5;
/// Codes that are mailed to an account or an address within a day.
const CODES_A_DAY: i64 = 5;

/// What an account has set.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    /// The address that counts; empty when there is none.
    pub address: String,
    /// The address that waits for its code.
    pub pending: String,
}

/// What the account has set; nothing when it never was here.
pub(super) async fn own(tx: &mut Tx, account: Id) -> Result<Own> {
    let row =
        tx.first("SELECT address, pending FROM notice_address WHERE account = $1", params![account]).await?;
    let read = |r: Row| Ok(Own { address: r.words("address")?, pending: r.words("pending")? });
    row.map_or_else(|| Ok(Own::default()), read)
}

/// Whether the account is told of a topic: yes until it says no.
pub(super) async fn choices(tx: &mut Tx, account: Id) -> Result<Vec<(Topic, bool)>> {
    let rows =
        tx.query("SELECT topic, wanted FROM notice_choice WHERE account = $1", params![account]).await?;
    let mut off = HashSet::new();
    for row in &rows {
        if !row.flag("wanted")? {
            off.insert(row.words("topic")?);
        }
    }
    Ok(Topic::ALL.into_iter().map(|t| (t, !off.contains(t.code()))).collect())
}

/// Chooses; what waits of a topic that is off is not sent any more.
pub(super) async fn choose(tx: &mut Tx, account: &str, topic: Topic, wanted: bool) -> Result<()> {
    tx.execute(
        "INSERT INTO notice_choice (account, topic, wanted) VALUES ($1, $2, $3)
         ON CONFLICT (account, topic) DO UPDATE SET wanted = EXCLUDED.wanted",
        params![account, topic.code(), wanted],
    )
    .await?;
    if !wanted {
        outbox::drop_waiting(tx, account, Some(topic.code())).await?;
    }
    Ok(())
}

fn hashed(account: Id, code: &str) -> String {
    files::content_hash(format!("notice-code\n{account}\n{code}").as_bytes())
}

fn digits(visit: &Visit) -> std::result::Result<String, String> {
    let mut bytes = [0_u8; 8];
    visit.site().random.fill(&mut bytes)?;
    Ok(format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000))
}

fn secret(visit: &Visit) -> std::result::Result<String, String> {
    let mut bytes = [0_u8; 32];
    visit.site().random.fill(&mut bytes)?;
    Ok(files::content_hash(&bytes))
}

/// What came of asking for a code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Sent,
    /// Too many today.
    TooMany,
}

/// An address is entered: a code goes to it, and until it is typed in the old address counts.
pub(super) async fn ask(visit: &Visit, tx: &mut Tx, account: Id, address: &str) -> shell::Result<Asked> {
    let now = tx.now();
    let id = account.to_string();
    if outbox::written(tx, CODE, &id, address, now - outbox::DAY).await? >= CODES_A_DAY {
        return Ok(Asked::TooMany);
    }
    let code = digits(visit).map_err(shell::Error::Defect)?;
    let stop = secret(visit).map_err(shell::Error::Defect)?;
    tx.execute(
        "INSERT INTO notice_address (account, pending, code, code_expires, code_tries, lang, stop)
         VALUES ($1, $2, $3, $4, 0, $5, $6)
         ON CONFLICT (account) DO UPDATE SET pending = EXCLUDED.pending, code = EXCLUDED.code,
           code_expires = EXCLUDED.code_expires, code_tries = 0, lang = EXCLUDED.lang",
        params![account, address, hashed(account, &code), now + CODE_LIFE, visit.lang().code(), stop],
    )
    .await?;
    // A code that still waits is a wrong one by now.
    let sql = "DELETE FROM notice_mail WHERE account = $1 AND what = $2 AND sent_at IS NULL AND claimed_until <= $3";
    tx.execute(sql, params![account, CODE.code, now]).await?;
    let to = To {
        account: id,
        address: address.to_owned(),
        lang: visit.lang().code().to_owned(),
        stop: String::new(),
    };
    outbox::put(tx, &to, &News { what: CODE, title: "", detail: &code, href: "/me/mail" }).await?;
    Ok(Asked::Sent)
}

/// What came of typing a code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Right,
    Wrong,
    /// Too old, or tried too often.
    Over,
}

/// A code is typed in; a wrong one is counted. `week` is the Monday of this week, whose digest is over.
pub(super) async fn confirm(tx: &mut Tx, account: Id, code: &str, now: Instant, week: &str) -> Result<Typed> {
    let sql = "SELECT pending, code, code_expires, code_tries FROM notice_address WHERE account = $1";
    let Some(row) = tx.first(sql, params![account]).await? else { return Ok(Typed::Over) };
    if row.text("pending")?.is_empty() || row.int("code_expires")? < now || row.int("code_tries")? >= TRIES {
        return Ok(Typed::Over);
    }
    if hashed(account, code) != row.text("code")? {
        tx.execute(
            "UPDATE notice_address SET code_tries = code_tries + 1 WHERE account = $1",
            params![account],
        )
        .await?;
        return Ok(Typed::Wrong);
    }
    tx.execute(
        "UPDATE notice_address SET address = pending, pending = '', code = '',
           digest = CASE WHEN digest = '' THEN $2 ELSE digest END WHERE account = $1",
        params![account, week],
    )
    .await?;
    Ok(Typed::Right)
}

/// The account is told nothing any more, and its address is forgotten.
pub(super) async fn remove(tx: &mut Tx, account: &str) -> Result<()> {
    outbox::drop_waiting(tx, account, None).await?;
    // What went out keeps that it did, for the limits of the day, not where it went.
    tx.execute("UPDATE notice_mail SET address = '', stop = '' WHERE account = $1", params![account]).await?;
    tx.execute("DELETE FROM notice_choice WHERE account = $1", params![account]).await?;
    tx.execute("DELETE FROM notice_address WHERE account = $1", params![account]).await.map(|_| ())
}

/// Remembers the language in which the account reads.
pub(super) async fn speaks(tx: &mut Tx, account: Id, lang: Lang) -> Result<()> {
    let sql = "UPDATE notice_address SET lang = $2 WHERE account = $1";
    tx.execute(sql, params![account, lang.code()]).await.map(|_| ())
}

/// A subscriber with the person whose account it is.
pub(super) struct Subscriber {
    pub to: To,
    pub name: String,
    pub person: Option<String>,
}

const WANTED: &str = "SELECT s.account, s.address, s.lang, s.stop, a.name, a.person FROM notice_address s
    JOIN account a ON a.id = s.account AND a.disabled = 0
    LEFT JOIN notice_choice c ON c.account = s.account AND c.topic = $1
    WHERE s.address <> '' AND COALESCE(c.wanted, 1) = 1";

fn subscriber(row: &Row) -> Result<Subscriber> {
    let to = To {
        account: row.words("account")?,
        address: row.words("address")?,
        lang: row.words("lang")?,
        stop: row.words("stop")?,
    };
    Ok(Subscriber { to, name: row.words("name")?, person: row.opt_text("person")?.map(str::to_owned) })
}

/// Everybody whose account belongs to a person and who is told of a topic.
pub(super) async fn of_topic(tx: &mut Tx, what: What) -> Result<Vec<Subscriber>> {
    let Some(topic) = what.topic else { return Ok(Vec::new()) };
    let sql = format!("{WANTED} AND a.person IS NOT NULL ORDER BY s.account");
    tx.query(&sql, params![topic.code()]).await?.iter().map(subscriber).collect()
}

/// The accounts of one person that are told of a topic.
pub(super) async fn of_person(tx: &mut Tx, what: What, person: &str) -> Result<Vec<Subscriber>> {
    let Some(topic) = what.topic else { return Ok(Vec::new()) };
    let sql = format!("{WANTED} AND a.person = $2 ORDER BY s.account");
    tx.query(&sql, params![topic.code(), person]).await?.iter().map(subscriber).collect()
}

/// An account that is told of a topic.
pub(super) async fn of_account(tx: &mut Tx, what: What, account: Id) -> Result<Option<Subscriber>> {
    let Some(topic) = what.topic else { return Ok(None) };
    let sql = format!("{WANTED} AND s.account = $2");
    tx.first(&sql, params![topic.code(), account]).await?.as_ref().map(subscriber).transpose()
}

/// The subscribers whose digest of a week is not made yet.
pub(super) async fn without_digest(tx: &mut Tx, week: &str, most: i64) -> Result<Vec<Subscriber>> {
    let sql = format!("{WANTED} AND s.digest <> $2 ORDER BY s.account LIMIT $3");
    tx.query(&sql, params![Topic::Digest.code(), week, most]).await?.iter().map(subscriber).collect()
}

/// Notes that the week's digest is made; `false` when another program did so already.
pub(super) async fn digested(tx: &mut Tx, account: &str, week: &str) -> Result<bool> {
    let sql = "UPDATE notice_address SET digest = $2 WHERE account = $1 AND digest <> $2";
    Ok(tx.execute(sql, params![account, week]).await? == 1)
}
