//! What is worked out of the records and remembered until one of them changes.
//!
//! - Every change of a record is in the audit log, so a state of the records is told by how far the log has grown.
//! - What is remembered is the same for everybody. Who may see what of it is decided for each visitor, afterwards.
//! - A writing transaction sees what is not everybody's yet: nothing of it is remembered.
//! - All of it can be lost at any moment.

use shell::Visit;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Result, Row, Tx, Value};

/// Entries of the audit log that change no record.
const NO_CHANGE: &str = "'read-names', 'sign-in', 'sign-in-refused', 'sign-out', 'end-session', 'issue'";

/// A state of the records: how far the audit log had grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment(pub(crate) i64);

/// The state of the records that a transaction sees.
pub async fn moment(tx: &mut Tx) -> Result<Moment> {
    let sql = format!("SELECT seq FROM audit WHERE action NOT IN ({NO_CHANGE}) ORDER BY seq DESC LIMIT 1");
    Ok(Moment(tx.first(&sql, &[]).await?.map_or(Ok(0), |row| row.int("seq"))?))
}

/// How many lists are remembered: a page of rows each.
const MOST: usize = 48;

/// Rows of lists, by their query and its parameters. The server carries one; without one nothing is remembered.
#[derive(Default)]
pub struct Lists(Mutex<Kept>);

/// The lists of one state of the records.
#[derive(Default)]
struct Kept {
    at: Moment,
    lists: HashMap<String, Arc<Vec<Row>>>,
}

impl Lists {
    /// The rows of a query that is the same for everybody and has at most some hundreds of them.
    pub async fn rows(visit: &Visit, tx: &mut Tx, sql: &str, params: &[Value]) -> Result<Arc<Vec<Row>>> {
        let lists = visit.site().extra::<Lists>().filter(|_| !tx.is_writing());
        let Some(Lists(kept)) = lists else { return Ok(Arc::new(tx.query(sql, params).await?)) };
        let now = moment(tx).await?;
        let key = format!("{params:?} {sql}");
        // What is in it is whole even when somebody panicked: each list is put in at once.
        let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = {
            let kept = lock();
            (kept.at == now).then(|| kept.lists.get(&key).cloned()).flatten()
        };
        if let Some(rows) = known {
            return Ok(rows);
        }
        let rows = Arc::new(tx.query(sql, params).await?);
        let mut kept = lock();
        if kept.at != now {
            *kept = Kept { at: now, lists: HashMap::new() };
        }
        if kept.lists.len() >= MOST {
            kept.lists.clear();
        }
        kept.lists.insert(key, Arc::clone(&rows));
        Ok(rows)
    }
}
