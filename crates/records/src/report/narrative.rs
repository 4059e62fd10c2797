//! What people wrote for a report: one text for each slot of a template, unit and period.
//!
//! A text may hold figures (`[số: …]`, see `document::template::narrative`); it is kept as typed, and
//! the numbers are looked up anew each time the report is filled.

use super::fill::Asked;
use crate::figure::{self, Book};
use document::template::{Template, tokens};
use domain::{Day, Id, Message, Period};
use std::collections::BTreeMap;
use store::{Change, Result, Tx, params};

/// The longest narrative of one slot, in characters.
pub const LONGEST: usize = 20_000;
/// The most figures in one text: more is no text.
const MOST_FIGURES: usize = 100;

/// The texts of a report, by slot.
pub type Texts = BTreeMap<String, String>;

/// What stands written for a template, a unit and a period.
pub async fn of(tx: &mut Tx, asked: &Asked, template: &str) -> Result<Texts> {
    let rows = tx
        .query(
            "SELECT slot, text FROM report_text WHERE unit = $1 AND template = $2 AND from_day = $3 AND to_day = $4
             AND withdrawn IS NULL",
            params![&asked.unit.id, template, asked.period.from(), asked.period.to()],
        )
        .await?;
    rows.iter().map(|row| Ok((row.words("slot")?, row.words("text")?))).collect()
}

/// The latest text of each slot in periods that ended before this one, with its period.
pub async fn before(tx: &mut Tx, asked: &Asked, template: &str) -> Result<BTreeMap<String, (Period, String)>> {
    let rows = tx
        .query(
            "SELECT slot, text, from_day, to_day FROM report_text WHERE unit = $1 AND template = $2 AND to_day < $3
             AND withdrawn IS NULL ORDER BY to_day, from_day DESC",
            params![&asked.unit.id, template, asked.period.to()],
        )
        .await?;
    let mut found = BTreeMap::new();
    for row in &rows {
        if let Ok(period) = Period::new(row.day("from_day")?, row.day("to_day")?) {
            found.insert(row.words("slot")?, (period, row.words("text")?));
        }
    }
    Ok(found)
}

/// Keeps a text; `None` takes it back.
pub async fn keep(tx: &mut Tx, asked: &Asked, template: &str, slot: &str, words: Option<&str>) -> Result<()> {
    let Asked { unit, period, .. } = asked;
    let there = tx
        .first(
            "SELECT id, text FROM report_text WHERE unit = $1 AND template = $2 AND from_day = $3 AND to_day = $4 AND slot = $5",
            params![&unit.id, template, period.from(), period.to(), slot],
        )
        .await?;
    let withdrawn = words.is_none().then_some("để trống");
    let text = words.unwrap_or_default();
    let as_json = |text: &str| serde_json::json!({ "slot": slot, "text": text }).to_string();
    let (action, record, before) = match there {
        Some(row) => {
            let id = row.words("id")?;
            tx.execute(
                "UPDATE report_text SET text = $2, withdrawn = $3, source = 'entered' WHERE id = $1",
                params![&id, text, withdrawn],
            )
            .await?;
            ("update", id, as_json(row.text("text")?))
        }
        None if words.is_none() => return Ok(()),
        None => {
            let id = Id::new().to_string();
            let columns = ["id", "unit", "template", "from_day", "to_day", "slot", "text", "source"];
            let row =
                params![&id, &unit.id, template, period.from(), period.to(), slot, text, "entered"];
            tx.insert("report_text", &columns, &[row.to_vec()]).await?;
            ("insert", id, String::new())
        }
    };
    tx.note(Change { action, kind: "report_text".to_owned(), record, before, after: as_json(text) });
    Ok(())
}

/// What is wrong with the figures in a text: the first thing, for beside its field.
pub fn fault(book: &Book, text: &str, day: Day) -> Option<Message> {
    let found = tokens(text);
    if found.len() > MOST_FIGURES {
        return Some(Message::new("report-text-figures").with("most", MOST_FIGURES));
    }
    found.into_iter().find_map(|token| match token.hole {
        Err(message) => Some(message),
        Ok(hole) => figure::selected(book, &hole.indicator, &hole.selection, day).err(),
    })
}

/// The texts that people write for a template, in reading order.
pub fn slots(template: &Template) -> Vec<String> {
    let mut slots: Vec<String> =
        template.sections().into_iter().flat_map(|s| s.slots).map(|slot| slot.name).collect();
    for hole in template.holes() {
        if let document::template::Hole::Text(name) = hole
            && !slots.contains(&name)
        {
            slots.push(name);
        }
    }
    slots
}
