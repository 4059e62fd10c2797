//! The short-lived code behind the QR picture: which session, which minute, and a seal that only
//! the session's secret makes. Nothing is written when the page renews its picture.

use super::Session;
use domain::Instant;
use shell::{Error, Result, Visit};
use store::{Tx, files::content_hash, params};

/// A new code every so often (milliseconds).
const EVERY: i64 = 60_000;
/// A code is taken for so many of those.
const FOR: i64 = 3;
/// Letters of the seal: 128 bits.
const SEAL: usize = 32;

/// Two rounds, so that nobody can lengthen what was sealed.
fn seal(secret: &str, session: &str, minute: i64) -> String {
    let inner = content_hash(format!("{secret}|{session}|{minute}").as_bytes());
    content_hash(format!("{secret}|{inner}").as_bytes()).chars().take(SEAL).collect()
}

fn minute(now: Instant) -> i64 {
    now.div_euclid(EVERY)
}

/// The code of this minute.
pub(super) fn make(secret: &str, session: &str, now: Instant) -> String {
    let minute = minute(now);
    format!("{session}.{minute}.{}", seal(secret, session, minute))
}

/// The secret of a session; made once.
pub(super) async fn keep_secret(visit: &Visit, tx: &mut Tx, session: &str) -> Result<()> {
    if secret(tx, session).await?.is_some() {
        return Ok(());
    }
    let mut bytes = [0_u8; 32];
    visit.site().random.fill(&mut bytes).map_err(Error::Defect)?;
    let secret = content_hash(&bytes);
    tx.execute("INSERT INTO attend_secret (meeting, secret) VALUES ($1, $2)", params![session, secret]).await?;
    Ok(())
}

async fn secret(tx: &mut Tx, session: &str) -> Result<Option<String>> {
    let row = tx.first("SELECT secret FROM attend_secret WHERE meeting = $1", params![session]).await?;
    Ok(row.map(|r| r.words("secret")).transpose()?)
}

/// The code to show now; none before the session is held.
pub(super) async fn current(tx: &mut Tx, session: &str, now: Instant) -> Result<Option<String>> {
    Ok(secret(tx, session).await?.map(|secret| make(&secret, session, now)))
}

/// What a code opens.
pub(super) enum Opened {
    /// The session that is being held.
    Now(Box<Session>),
    /// A code of ours whose time is over.
    Over,
}

/// Reads a code. What was never ours is not found.
pub(super) async fn open(tx: &mut Tx, token: &str, now: Instant) -> Result<Opened> {
    let mut parts = token.splitn(3, '.');
    let (Some(session), Some(at), Some(given)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Error::NotFound);
    };
    let at: i64 = at.parse().map_err(|_| Error::NotFound)?;
    let secret = secret(tx, session).await?.ok_or(Error::NotFound)?;
    if !same(&seal(&secret, session, at), given) {
        return Err(Error::NotFound);
    }
    let age = minute(now) - at;
    if !(0..FOR).contains(&age) {
        return Ok(Opened::Over);
    }
    Ok(Opened::Now(Box::new(Session::any(tx, session).await?)))
}

/// Compares in a time that does not tell how much was right.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_of_one_session_one_minute_and_one_secret() {
        let one = seal("s", "a", 1);
        assert_eq!(one.len(), SEAL);
        for other in [seal("t", "a", 1), seal("s", "b", 1), seal("s", "a", 2)] {
            assert!(!same(&one, &other));
        }
        assert!(same(&one, &seal("s", "a", 1)));
    }
}
