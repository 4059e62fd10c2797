//! Writing down the spells that people's rows imply.

use domain::{Day, Id};
use std::collections::HashMap;
use store::{Change, Result, Tx, Value, params};

/// Where the row of a spell came from when nobody entered it.
const IMPLIED: &str = "implied";

struct Spell {
    id: String,
    from: Day,
    to: Option<Day>,
    implied: bool,
    withdrawn: bool,
}

/// Adds the first spell of belonging that each person's row implies: from `since`, in `unit`,
/// as `category`. Returns how many spells it added or put right; a second call finds nothing.
///
/// Nothing is implied where a spell of that category began on the same day or before: then
/// somebody entered it (or withdrew it) and knows better. A spell so implied ends on the day
/// before the next one of its category begins, also when that one is entered later; an end
/// that somebody set is kept.
pub async fn imply_memberships(tx: &mut Tx) -> Result<u64> {
    let known = spells(tx).await?;
    let people = tx
        .query("SELECT id, unit, category, since FROM person WHERE withdrawn IS NULL ORDER BY code", &[])
        .await?;
    let mut rows = Vec::new();
    let mut touched = 0;
    for person in &people {
        let key = (person.words("id")?, person.words("category")?);
        let since = person.day("since")?;
        let spells = known.get(&key).map_or(&[][..], Vec::as_slice);
        let next = |after: Day| {
            let later = spells.iter().filter(|s| !s.withdrawn && s.from > after);
            later.map(|s| s.from).min().and_then(|day| day.pred_opt())
        };
        if !spells.iter().any(|s| s.from <= since && (!s.withdrawn || s.from == since)) {
            let (person_id, category) = &key;
            let (id, unit) = (Id::new().to_string(), person.words("unit")?);
            note(tx, "insert", &id, person_id, Some(since), next(since));
            rows.push(params![id, person_id, unit, category, since, next(since), IMPLIED].to_vec());
            continue;
        }
        for spell in spells.iter().filter(|s| s.implied && !s.withdrawn && s.to.is_none()) {
            if let Some(to) = next(spell.from) {
                tx.execute("UPDATE membership SET to_day = $1 WHERE id = $2", params![to, &spell.id]).await?;
                note(tx, "update", &spell.id, &key.0, None, Some(to));
                touched += 1;
            }
        }
    }
    touched += rows.len() as u64;
    let columns = ["id", "person", "unit", "category", "from_day", "to_day", "source"];
    tx.insert("membership", &columns, &rows).await?;
    Ok(touched)
}

async fn spells(tx: &mut Tx) -> Result<HashMap<(String, String), Vec<Spell>>> {
    let rows = tx
        .query("SELECT id, person, category, from_day, to_day, source, withdrawn FROM membership", &[])
        .await?;
    let mut spells: HashMap<_, Vec<Spell>> = HashMap::new();
    for row in &rows {
        spells.entry((row.words("person")?, row.words("category")?)).or_default().push(Spell {
            id: row.words("id")?,
            from: row.day("from_day")?,
            to: row.opt_day("to_day")?,
            implied: row.opt_text("source")? == Some(IMPLIED),
            withdrawn: !matches!(row.get("withdrawn")?, v if Value::is_null(v)),
        });
    }
    Ok(spells)
}

fn note(tx: &mut Tx, action: &'static str, id: &str, person: &str, from: Option<Day>, to: Option<Day>) {
    let day = |d: Day| d.format("%Y-%m-%d").to_string();
    let after = serde_json::json!({ "person": person, "from_day": from.map(day), "to_day": to.map(day) });
    tx.note(Change {
        action,
        kind: "membership".into(),
        record: id.to_owned(),
        before: String::new(),
        after: after.to_string(),
    });
}
