//! How the persons of a unit kept their commitments of a year: what the yearly rating looks at.

use crate::address::UNDER;
use domain::Day;
use shell::Result;
use std::collections::BTreeMap;
use store::{Tx, params};

/// What became of a person's commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The commitment's id.
    pub id: String,
    /// The code of the unit where it is registered.
    pub unit_code: String,
    /// Code of the result; empty when it is not reviewed.
    pub result: String,
    /// The committee's reason.
    pub why: String,
    /// Items, and how many of them are done.
    pub items: i64,
    /// See `items`.
    pub done: i64,
}

/// The registered commitments of a year in a unit and below, by the person's id.
pub async fn outcomes(tx: &mut Tx, unit: &str, today: Day, year: i64) -> Result<BTreeMap<String, Outcome>> {
    let sql = format!(
        "SELECT c.id, c.person, c.result, c.why, u.code AS unit_code,
                (SELECT COUNT(*) FROM commitment_item i WHERE i.commitment = c.id AND i.withdrawn IS NULL) AS items,
                (SELECT COUNT(*) FROM commitment_item i
                  WHERE i.commitment = c.id AND i.withdrawn IS NULL AND i.done_day IS NOT NULL) AS done
         FROM commitment c JOIN unit u ON u.id = c.unit
         WHERE c.unit IN ({UNDER}) AND c.year = $3 AND c.person IS NOT NULL AND c.withdrawn IS NULL
           AND c.stage IS NULL ORDER BY c.code LIMIT 2000"
    );
    let mut all = BTreeMap::new();
    for row in tx.query(&sql, params![unit, today, year]).await? {
        let outcome = Outcome {
            id: row.words("id")?,
            unit_code: row.words("unit_code")?,
            result: row.words("result")?,
            why: row.words("why")?,
            items: row.int("items")?,
            done: row.int("done")?,
        };
        all.insert(row.words("person")?, outcome);
    }
    Ok(all)
}
