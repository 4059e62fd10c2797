//! Writing down the spells that people's rows imply.

use domain::{Day, Id};
use std::collections::HashMap;
use store::{Change, Result, Tx, Value, params};

/// Where the row of a spell came from when nobody entered it.
const IMPLIED: &str = "implied";

struct Spell {
    id: String,
    unit: String,
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
/// that somebody set is kept. When the person's row is put right (another unit since the same
/// day, or another day), so is what it implied; another unit from a later day is a move, and
/// begins a spell of its own.
pub async fn imply_memberships(tx: &mut Tx) -> Result<u64> {
    let mut known = spells(tx).await?;
    let people = tx
        .query("SELECT id, unit, category, since FROM person WHERE withdrawn IS NULL ORDER BY code", &[])
        .await?;
    let mut rows = Vec::new();
    let mut touched = 0;
    for person in &people {
        let key = (person.words("id")?, person.words("category")?);
        let since = person.day("since")?;
        let unit = person.words("unit")?;
        let spells = known.entry(key.clone()).or_default();
        if let Some(at) = outdated(spells, &unit, since) {
            let moved = spells[at].unit != unit && spells[at].from < since;
            if moved {
                let last = since.pred_opt().unwrap_or(since);
                let spell = &mut spells[at];
                spell.to = Some(last);
                tx.execute("UPDATE membership SET to_day = $1 WHERE id = $2", params![last, &spell.id]).await?;
                note(tx, "update", &spell.id, &key.0, None, Some(last));
                let id = Id::new().to_string();
                note(tx, "insert", &id, &key.0, Some(since), None);
                rows.push(params![&id, &key.0, &unit, &key.1, since, None::<Day>, IMPLIED].to_vec());
            } else {
                let spell = &mut spells[at];
                (spell.unit, spell.from) = (unit.clone(), since);
                tx.execute(
                    "UPDATE membership SET unit = $1, from_day = $2 WHERE id = $3",
                    params![&unit, since, &spell.id],
                )
                .await?;
                note(tx, "update", &spell.id, &key.0, Some(since), spell.to);
            }
            touched += 1;
            continue;
        }
        let next = |after: Day| {
            let later = spells.iter().filter(|s| !s.withdrawn && s.from > after);
            later.map(|s| s.from).min().and_then(|day| day.pred_opt())
        };
        if !spells.iter().any(|s| s.from <= since && (!s.withdrawn || s.from == since)) {
            let (person_id, category) = &key;
            let id = Id::new().to_string();
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

/// The spell that a person's row implied and does not say any more. Nothing where it ended, or
/// where another spell of the category tells what was then.
fn outdated(spells: &[Spell], unit: &str, since: Day) -> Option<usize> {
    let mut standing = spells.iter().enumerate().filter(|(_, s)| !s.withdrawn);
    let (Some((at, spell)), None) = (standing.next(), standing.next()) else { return None };
    let said = spell.unit == unit && spell.from == since;
    let taken = spells.iter().any(|s| s.withdrawn && s.from == since);
    (spell.implied && spell.to.is_none() && !said && !taken).then_some(at)
}

async fn spells(tx: &mut Tx) -> Result<HashMap<(String, String), Vec<Spell>>> {
    let rows = tx
        .query("SELECT id, person, unit, category, from_day, to_day, source, withdrawn FROM membership", &[])
        .await?;
    let mut spells: HashMap<_, Vec<Spell>> = HashMap::new();
    for row in &rows {
        spells.entry((row.words("person")?, row.words("category")?)).or_default().push(Spell {
            id: row.words("id")?,
            unit: row.words("unit")?,
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
