//! Contents of evidence files, kept once by their SHA-256 inside the database, so that a
//! backup is whole and several servers see the same files.

use crate::{Result, Tx, audit, params};

/// The name under which a content is kept: lower-case hexadecimal SHA-256.
pub fn content_hash(bytes: &[u8]) -> String {
    audit::hex(bytes)
}

/// Keeps a content; a second time is a no-op. Returns its hash.
pub async fn put(tx: &mut Tx, bytes: &[u8]) -> Result<String> {
    let hash = content_hash(bytes);
    tx.execute(
        "INSERT INTO file_content (hash, size, content) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
        params![&hash, bytes.len(), bytes.to_vec()],
    )
    .await?;
    Ok(hash)
}

/// The content of a hash; `None` when it is not kept.
pub async fn get(tx: &mut Tx, hash: &str) -> Result<Option<Vec<u8>>> {
    let row = tx.first("SELECT content FROM file_content WHERE hash = $1", params![hash]).await?;
    row.map(|r| r.bytes("content").map(<[u8]>::to_vec)).transpose()
}

/// Removes a content that nothing names any more. The caller has made sure of that; it cannot be undone.
pub async fn remove(tx: &mut Tx, hash: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM file_content WHERE hash = $1", params![hash]).await? > 0)
}
