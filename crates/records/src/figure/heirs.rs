//! Who stands for a unit that has ended, when figures roll up by the units of a later day.
//!
//! A merged unit is stood for by the one it was merged into, a dissolved one by its last
//! parent; where these have ended too, by their heirs. Without them the records of every
//! unit that ended would drop out of the figures of those above it.

use domain::Day;
use std::collections::HashMap;
use store::{Result, Tx, params};

/// The units that have ended by a day, each with the one that stands for it on that day.
pub async fn on(tx: &mut Tx, day: Day) -> Result<Vec<(String, String)>> {
    let rows = tx
        .query(
            "SELECT v.event, v.unit, v.other, e.parent FROM unit_event v
             LEFT JOIN unit_edge e ON e.unit = v.unit AND e.from_day = (
               SELECT MAX(x.from_day) FROM unit_edge x WHERE x.unit = v.unit)
             WHERE v.withdrawn IS NULL AND v.event IN ('merge', 'dissolve') AND v.day <= $1
             ORDER BY v.unit",
            params![day],
        )
        .await?;
    let mut next: HashMap<String, String> = HashMap::new();
    for row in &rows {
        let heir =
            if row.text("event")? == "merge" { row.opt_text("other")? } else { row.opt_text("parent")? };
        next.extend(heir.map(|heir| (row.words("unit").unwrap_or_default(), heir.to_owned())));
    }
    let mut heirs: Vec<(String, String)> = Vec::with_capacity(next.len());
    for unit in next.keys() {
        let mut at = unit;
        // No chain is longer than there are links.
        for _ in 0..next.len() {
            match next.get(at) {
                Some(heir) => at = heir,
                None => break,
            }
        }
        heirs.push((unit.clone(), at.clone()));
    }
    heirs.sort();
    Ok(heirs)
}
