//! The audit log: who changed what, when, from what to what.
//!
//! Every entry holds the hash of the one before it, so a line that was changed or removed
//! later is found by [`verify_chain`]. The chain covers the *hash* of the payload; payloads
//! stand in a table of their own and may be erased (a person's right) without breaking it.

use crate::{Engine, Result, Tx, params};
use domain::Instant;
use sha2::{Digest, Sha256};

/// A change, as the feature that made it describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was done: `insert`, `update`, `withdraw`, `import`, `read-names`….
    pub action: &'static str,
    /// The kind of record.
    pub kind: String,
    /// The record's id, or the hash of the file that was imported.
    pub record: String,
    /// JSON of what it was; empty when it is new.
    pub before: String,
    /// JSON of what it is now; empty when it is gone.
    pub after: String,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Who: sign-in name, or `operator`.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// The kind of record.
    pub kind: String,
    /// Which record.
    pub record: String,
}

pub(crate) const SCHEMA: &str = "
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_record ON audit (kind, record);
CREATE TABLE audit_payload (
    seq BIGINT PRIMARY KEY REFERENCES audit (seq),
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE TABLE file_content (
    hash TEXT PRIMARY KEY,
    size BIGINT NOT NULL,
    content {{bytes}} NOT NULL
);
";

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

fn payload_hash(before: &str, after: &str) -> String {
    hex(format!("{}\n{before}\n{after}", before.len()).as_bytes())
}

fn link(previous: &str, entry: &AuditEntry, payload: &str) -> String {
    let AuditEntry { seq, at, actor, action, kind, record } = entry;
    hex([previous, &seq.to_string(), &at.to_string(), actor, action, kind, record, payload]
        .join("\n")
        .as_bytes())
}

pub(crate) async fn append(tx: &mut Tx, actor: &str, at: Instant, changes: &[Change]) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        // One writer at a time at the end of the chain; SQLite's write lock does it already.
        tx.query("SELECT CAST(1 AS BIGINT) AS held FROM (SELECT pg_advisory_xact_lock(78123)) AS l", &[])
            .await?;
    }
    let last = tx.first("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", &[]).await?;
    let (mut seq, mut previous) = match last {
        Some(row) => (row.int("seq")?, row.text("hash")?.to_owned()),
        None => (0, String::new()),
    };
    let (mut entries, mut payloads) = (Vec::new(), Vec::new());
    for change in changes {
        seq += 1;
        let payload = payload_hash(&change.before, &change.after);
        let entry = AuditEntry {
            seq,
            at,
            actor: actor.to_owned(),
            action: change.action.to_owned(),
            kind: change.kind.clone(),
            record: change.record.clone(),
        };
        let hash = link(&previous, &entry, &payload);
        entries.push(
            params![seq, at, actor, change.action, &change.kind, &change.record, payload, &hash].to_vec(),
        );
        payloads.push(params![seq, &change.before, &change.after].to_vec());
        previous = hash;
    }
    let columns = ["seq", "at", "actor", "action", "kind", "record", "payload_hash", "hash"];
    tx.insert("audit", &columns, &entries).await?;
    tx.insert("audit_payload", &["seq", "before", "after"], &payloads).await
}

/// Erases the payloads of a record's entries: what it was and became can be read no more, that it changed,
/// when and by whom stays, and the chain holds. How many were erased. It cannot be undone.
pub async fn erase_payloads(tx: &mut Tx, kind: &str, record: &str) -> Result<u64> {
    let sql =
        "DELETE FROM audit_payload WHERE seq IN (SELECT seq FROM audit WHERE kind = $1 AND record = $2)";
    tx.execute(sql, params![kind, record]).await
}

/// The same for one entry, by its place in the chain: an import's tells of many records.
pub async fn erase_payload(tx: &mut Tx, seq: i64) -> Result<u64> {
    tx.execute("DELETE FROM audit_payload WHERE seq = $1", params![seq]).await
}

/// Walks the whole chain; the first entry that does not fit, or `None` when all do.
///
/// Erased payloads are fine; changed ones are not.
pub async fn verify_chain(tx: &mut Tx) -> Result<Option<i64>> {
    let rows = tx
        .query(
            "SELECT a.seq, a.at, a.actor, a.action, a.kind, a.record, a.payload_hash, a.hash, p.before, p.after
             FROM audit a LEFT JOIN audit_payload p ON p.seq = a.seq ORDER BY a.seq",
            &[],
        )
        .await?;
    let mut previous = String::new();
    for (i, row) in rows.iter().enumerate() {
        let entry = AuditEntry {
            seq: row.int("seq")?,
            at: row.int("at")?,
            actor: row.words("actor")?,
            action: row.words("action")?,
            kind: row.words("kind")?,
            record: row.words("record")?,
        };
        let payload = row.text("payload_hash")?;
        let changed = match (row.opt_text("before")?, row.opt_text("after")?) {
            (Some(before), Some(after)) => payload_hash(before, after) != payload,
            _ => false,
        };
        if changed
            || entry.seq != i64::try_from(i).unwrap_or(i64::MAX) + 1
            || link(&previous, &entry, payload) != row.text("hash")?
        {
            return Ok(Some(entry.seq));
        }
        previous = row.words("hash")?;
    }
    Ok(None)
}
