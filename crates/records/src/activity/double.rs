//! Finding people who were counted twice at one activity.

use super::figures::ATTENDED;
use store::{Result, Tx};

/// A unit whose people were recorded by count and by person at one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// The code of the activity.
    pub activity: String,
    /// The unit connected at the site, by id.
    pub unit: String,
    /// The site.
    pub site: String,
    /// How many were counted there.
    pub counted: i64,
    /// How many persons of that unit, or of units below it on that day, were recorded by name.
    pub named: i64,
}

/// Every site whose unit also has attendance by person at the same activity, itself or in
/// units below it: `attended` would count those people twice. Somebody must withdraw either.
/// People of the unit who were named at the organiser's own unit above are not double.
pub async fn double_counted(tx: &mut Tx) -> Result<Vec<Doubled>> {
    let sql = format!(
        "SELECT a.code AS activity, s.unit AS unit, s.site AS site, s.attended AS counted,
           CAST(COUNT(DISTINCT h.person) AS BIGINT) AS named
         FROM attendance_site s
         JOIN activity a ON a.id = s.activity AND a.withdrawn IS NULL
         JOIN ({}) h ON h.activity = a.code AND h.person IS NOT NULL
         JOIN unit_span w ON w.ancestor = s.unit AND w.descendant = h.unit
           AND w.from_day <= a.day AND w.to_day >= a.day
         WHERE s.withdrawn IS NULL
           AND (s.category IS NULL OR s.category = 'all' OR s.category = h.category)
         GROUP BY a.code, s.unit, s.site, s.attended
         ORDER BY a.code, s.site",
        ATTENDED.sql
    );
    let rows = tx.query(&sql, &[]).await?;
    let read = |row: &store::Row| {
        Ok(Doubled {
            activity: row.words("activity")?,
            unit: row.words("unit")?,
            site: row.words("site")?,
            counted: row.int("counted")?,
            named: row.int("named")?,
        })
    };
    rows.iter().map(read).collect()
}
