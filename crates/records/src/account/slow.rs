//! Slowing down guesses at sign-in: per name and per address.
//!
//! Codes of the second step are counted under a name of their own ([`of_codes`]): whoever knows the
//! password must not start afresh with each sign-in. Tokens of links are counted per address
//! alone, with an empty name; 256 bits are not guessed, but trying costs the server nothing then.
//!
//! A few tries are free; each one after that makes the next wait twice as long, up to a
//! quarter of an hour. Names and addresses are kept as hashes, for a day at most. The try is
//! counted before the password is looked at, so many at once gain nothing.

use ::store::{Result, Tx, files, params};
use domain::{Instant, Message};
use std::net::IpAddr;

/// Wrong tries for one name before it has to wait.
const FREE_FOR_NAME: i64 = 5;
/// Wrong tries from one address; a whole office may stand behind it.
const FREE_FOR_ADDRESS: i64 = 40;
const FIRST_WAIT: i64 = 30_000;
const LONGEST_WAIT: i64 = 15 * 60_000;
/// Tries so old no longer count.
const FORGOTTEN: i64 = 3_600_000;

fn subjects(name: &str, address: Option<IpAddr>) -> Vec<(String, i64)> {
    let of_name = files::content_hash(format!("name\n{name}").as_bytes());
    let of_address = address.map(|a| files::content_hash(format!("address\n{a}").as_bytes()));
    let address = of_address.map(|a| (a, FREE_FOR_ADDRESS));
    let name = (!name.is_empty()).then_some((of_name, FREE_FOR_NAME));
    name.into_iter().chain(address).collect()
}

/// What to tell who has to wait.
pub(super) fn message(wait: i64) -> Message {
    Message::new("account-wait").with("minutes", wait.div_euclid(60_000) + 1)
}

/// The name under which an account's codes of the second step are counted.
pub(super) fn of_codes(name: &str) -> String {
    // No sign-in name holds a line break.
    format!("{name}\ncode")
}

fn wait_after(tries: i64, free: i64) -> i64 {
    match tries - free {
        over if over < 0 => 0,
        over => (FIRST_WAIT << over.min(10)).min(LONGEST_WAIT),
    }
}

/// Counts a try; `Some(milliseconds)` when it comes too early and must not be looked at.
pub(super) async fn count(
    tx: &mut Tx,
    name: &str,
    address: Option<IpAddr>,
    now: Instant,
) -> Result<Option<i64>> {
    tx.execute("DELETE FROM sign_in_failure WHERE last < $1", params![now - FORGOTTEN]).await?;
    let mut wait = 0;
    let subjects = subjects(name, address);
    for (subject, free) in &subjects {
        let row =
            tx.first("SELECT tries, last FROM sign_in_failure WHERE subject = $1", params![subject]).await?;
        if let Some(row) = row {
            wait = wait.max(row.int("last")? + wait_after(row.int("tries")?, *free) - now);
        }
    }
    if wait > 0 {
        return Ok(Some(wait));
    }
    for (subject, _) in &subjects {
        tx.execute(
            "INSERT INTO sign_in_failure (subject, tries, last) VALUES ($1, 1, $2)
             ON CONFLICT (subject) DO UPDATE SET tries = sign_in_failure.tries + 1, last = $2",
            params![subject, now],
        )
        .await?;
    }
    Ok(None)
}

/// Takes the try back after the right password: the name starts afresh, the address loses one.
pub(super) async fn forgive(tx: &mut Tx, name: &str, address: Option<IpAddr>) -> Result<()> {
    for (subject, free) in subjects(name, address) {
        let all = i64::from(free == FREE_FOR_NAME);
        tx.execute(
            "UPDATE sign_in_failure SET tries = CASE WHEN $2 = 1 THEN 0 ELSE tries - 1 END WHERE subject = $1",
            params![&subject, all],
        )
        .await?;
    }
    Ok(())
}
