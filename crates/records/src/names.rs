//! Names of persons on pages: who may see them, and the note that they were seen.

use crate::kind::Kind;
use domain::Action;
use shell::{Error, Visit};
use store::{Change, Tx};

/// Whether the visitor may see names of persons on the unit with this code.
pub async fn shown(visit: &Visit, tx: &mut Tx, unit_code: &str) -> Result<bool, Error> {
    visit.may(tx, Action::ReadNames, unit_code).await
}

/// Notes that rows about persons were looked at by name. `record` is a row's id, or the id of
/// the unit whose list was read. The note holds no name.
pub async fn note(visit: &Visit, kind: &Kind, record: &str, rows: usize) -> Result<(), Error> {
    let mut tx = visit.write().await?;
    tx.note(Change {
        action: "read-names",
        kind: kind.name.to_owned(),
        record: record.to_owned(),
        before: String::new(),
        after: serde_json::json!({ "rows": rows }).to_string(),
    });
    Ok(tx.commit().await?)
}
