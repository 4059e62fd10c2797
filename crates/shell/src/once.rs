//! An entry that was made on a weak network arrives once, however often it is sent.
//!
//! The page gives a form a key of its own (`once`); the queue on a device sends the same key again until it is
//! answered. The key is written in the very transaction that writes the entry: either both are kept or neither,
//! whatever happens to the server between the two. A form that comes back with something to put right wrote
//! nothing, so its key stays free.

use crate::Result;
use domain::{Id, Instant};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Migration, Tx, params};

/// Keys are forgotten after so long (milliseconds); no device keeps an entry longer.
pub const KEPT: i64 = 60 * 24 * 3_600_000;

/// The table of keys. `records/account` brings it along with its own.
pub const MIGRATION: Migration = Migration {
    feature: "session",
    version: 2,
    sql: "CREATE TABLE sent_once (
        account TEXT NOT NULL,
        sent_key TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (account, sent_key)
    );
    CREATE INDEX sent_once_at ON sent_once (at);",
};

/// The key of a request, used by its first writing transaction.
#[derive(Debug, Default)]
pub(crate) struct Once {
    key: OnceLock<String>,
    used: AtomicBool,
}

impl Once {
    /// Notes the key that a request bears. One that is no key of ours is no key.
    pub(crate) fn set(&self, key: &str) {
        let fits =
            (16..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits {
            let _ = self.key.set(key.to_owned());
        }
    }

    /// The key, the first time it is asked for.
    pub(crate) fn take(&self) -> Option<&str> {
        let key = self.key.get()?;
        (!self.used.swap(true, Ordering::AcqRel)).then_some(key.as_str())
    }
}

/// Writes a key down; `false` when it was there already.
pub(crate) async fn keep(tx: &mut Tx, account: Id, key: &str, at: Instant) -> Result<bool> {
    let sql = "INSERT INTO sent_once (account, sent_key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, params![account, key, at]).await? == 1)
}

/// Forgets the keys that no device can still send.
pub async fn forget(tx: &mut Tx, now: Instant) -> store::Result<u64> {
    tx.execute("DELETE FROM sent_once WHERE at < $1", params![now - KEPT]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_used_by_the_first_transaction_only() {
        let once = Once::default();
        assert_eq!(once.take(), None);
        once.set("'; DROP TABLE x");
        once.set("short");
        assert_eq!(once.take(), None, "nonsense is no key");
        once.set("0b6f5a52-7b0a-4a4e-9d3c-000000000001");
        assert_eq!(once.take(), Some("0b6f5a52-7b0a-4a4e-9d3c-000000000001"));
        assert_eq!(once.take(), None);
    }
}
