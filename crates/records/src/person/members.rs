//! Who belongs to a unit on a day.

use domain::{Day, FAR_DAY};
use std::collections::HashSet;
use store::{Result, Tx, params};

/// Somebody who belongs to a unit, or to one below it, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Code of the category.
    pub category: String,
    /// `exempt` or `suspended`, when so on that day.
    pub standing: Option<String>,
}

/// The members of a unit and those below it on a day: party members first, by the alphabet. Somebody of two
/// categories is one person all the same.
pub async fn members(tx: &mut Tx, unit: &str, day: Day) -> Result<Vec<Member>> {
    let sql = "SELECT p.id, p.name, m.category, st.standing
         FROM membership m
         JOIN person p ON p.id = m.person AND p.withdrawn IS NULL
         JOIN unit_span s ON s.descendant = m.unit AND s.ancestor = $1 AND s.from_day <= $2 AND s.to_day >= $2
         LEFT JOIN standing st ON st.person = p.id AND st.withdrawn IS NULL
           AND st.standing IN ('exempt', 'suspended') AND st.from_day <= $2 AND COALESCE(st.to_day, $3) >= $2
         WHERE m.withdrawn IS NULL AND m.from_day <= $2 AND COALESCE(m.to_day, $3) >= $2
         ORDER BY CASE m.category WHEN 'party_member' THEN 0 ELSE 1 END, p.sort, p.code";
    let mut members: Vec<Member> = Vec::new();
    let mut seen = HashSet::new();
    for row in tx.query(sql, params![unit, day, FAR_DAY]).await? {
        let id = row.words("id")?;
        if seen.insert(id.clone()) {
            members.push(Member {
                id,
                name: row.words("name")?,
                category: row.words("category")?,
                standing: row.opt_text("standing")?.map(str::to_owned),
            });
        }
    }
    Ok(members)
}
