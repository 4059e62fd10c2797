//! The files that rows came from.

use domain::{Id, Instant};
use store::{Result, Row, Tx, params};

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// The import's id.
    pub id: String,
    /// The file's content, as `store::files` keeps it.
    pub hash: String,
    /// The file's name when it came.
    pub name: String,
    /// When.
    pub at: Instant,
    /// Who brought it.
    pub actor: String,
    /// How many rows it added or changed.
    pub rows: i64,
}

fn read(row: &Row) -> Result<ImportFile> {
    Ok(ImportFile {
        id: row.words("id")?,
        hash: row.words("hash")?,
        name: row.words("name")?,
        at: row.int("at")?,
        actor: row.words("actor")?,
        rows: row.int("rows")?,
    })
}

/// The last import of a file's content; `None` when it never came.
pub async fn import_file(tx: &mut Tx, hash: &str) -> Result<Option<ImportFile>> {
    let sql =
        "SELECT id, hash, name, at, actor, rows FROM import_file WHERE hash = $1 ORDER BY id DESC LIMIT 1";
    tx.first(sql, params![hash]).await?.as_ref().map(read).transpose()
}

/// The file behind a row's `source`, with the sheet and the row in it. `None` for rows that did
/// not come from a file.
pub async fn source_file(tx: &mut Tx, source: &str) -> Result<Option<(ImportFile, String, u32)>> {
    // A sheet's name may hold a `#`; a hash and a number do not.
    let parts = source
        .split_once('#')
        .and_then(|(hash, rest)| rest.rsplit_once('#').map(|(sheet, row)| (hash, sheet, row)));
    let Some((hash, sheet, row)) = parts else { return Ok(None) };
    let Ok(row) = row.parse() else { return Ok(None) };
    let file = import_file(tx, hash).await?;
    Ok(file.map(|file| (file, sheet.to_owned(), row)))
}

/// Keeps a file and notes its import.
pub(super) async fn keep(tx: &mut Tx, bytes: &[u8], name: &str, actor: &str, rows: usize) -> Result<String> {
    let hash = store::files::put(tx, bytes).await?;
    let (id, now) = (Id::new(), tx.now());
    tx.execute(
        "INSERT INTO import_file (id, hash, name, at, actor, rows) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, &hash, name, now, actor, rows],
    )
    .await?;
    Ok(hash)
}
