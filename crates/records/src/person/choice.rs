//! Choosing a person in a form.

use crate::unit::UNDER;
use domain::{Day, text};
use store::{Result, Tx, params};

/// More people are not chosen from a list: a name or a card's number is typed.
const MOST: usize = 300;

/// How a form lets one choose among the people of a unit and those below it: who belongs there or once did.
pub enum Choice {
    /// From a list: ids and names.
    Among(Vec<(String, String)>),
    /// They are too many; a name or a code is typed.
    Typed,
}

impl Choice {
    /// The choice at a unit, by the alphabet.
    pub async fn of(tx: &mut Tx, unit: &str, day: Day) -> Result<Choice> {
        let people = format!("FROM person p WHERE p.withdrawn IS NULL AND p.unit IN ({UNDER})");
        let params = params![unit, day];
        // Whether they are too many is told without putting thousands in order.
        let count = format!("SELECT COUNT(*) AS n FROM (SELECT p.id {people} LIMIT {}) few", MOST + 1);
        if usize::try_from(tx.one(&count, params).await?.int("n")?).is_ok_and(|n| n > MOST) {
            return Ok(Choice::Typed);
        }
        let sql = format!("SELECT p.id, p.name AS label, p.birth_year {people} ORDER BY p.sort, p.id");
        let rows = tx.query(&sql, params).await?;
        let mut options = Vec::with_capacity(rows.len());
        for row in &rows {
            // Two members of one name are told apart by the year of their birth.
            let label = row.words("label")?;
            let label = match row.opt_int("birth_year")? {
                Some(year) => format!("{label} ({year})"),
                None => label,
            };
            options.push((row.words("id")?, label));
        }
        Ok(Choice::Among(options))
    }

    /// The id of the person whom the form names: one of the list, or the only one of the unit with the name or
    /// the code that was typed.
    pub async fn chosen(&self, tx: &mut Tx, unit: &str, day: Day, typed: &str) -> Result<Option<String>> {
        if let Choice::Among(options) = self {
            return Ok(options.iter().find(|(id, _)| id == typed).map(|(id, _)| id.clone()));
        }
        let sql = format!(
            "SELECT p.id FROM person p WHERE p.withdrawn IS NULL AND p.unit IN ({UNDER})
               AND (p.id = $3 OR p.code = $3 OR p.search = $4) LIMIT 2"
        );
        let folded = text::fold(&text::strip_titles(typed));
        match tx.query(&sql, params![unit, day, typed, folded]).await?.as_slice() {
            [one] => Ok(Some(one.words("id")?)),
            _ => Ok(None),
        }
    }
}
