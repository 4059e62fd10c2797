//! Rows as they stand in the database.

use crate::kind::{Draft, Field, Held, Kind, Ty};
use std::collections::HashMap;
use store::{Result, Row, Tx, Value};

/// A row that a key names.
#[derive(Debug, Clone)]
pub(super) struct Keyed {
    pub id: String,
    pub withdrawn: bool,
}

/// What stands between the parts of a key; no text of a cell holds it.
const BETWEEN: char = '\u{1f}';

/// The key of a draft; `None` while a part of it is empty.
pub(super) fn key_of(kind: &Kind, draft: &Draft) -> Option<String> {
    let mut key = String::new();
    for part in kind.key {
        match draft.get(part) {
            Held::Empty => return None,
            Held::Int(n) => key.push_str(&n.to_string()),
            Held::Text(t) => key.push_str(t),
            Held::Day(day) => key.push_str(&day.format("%Y-%m-%d").to_string()),
        }
        key.push(BETWEEN);
    }
    Some(key)
}

/// Every key of a kind, in one query.
pub(super) async fn keys(tx: &mut Tx, kind: &'static Kind) -> Result<HashMap<String, Keyed>> {
    let sql = format!("SELECT id, withdrawn, {} FROM {}", kind.key.join(", "), kind.name);
    let rows = tx.query(&sql, &[]).await?;
    let mut keys = HashMap::with_capacity(rows.len());
    for row in &rows {
        let mut key = String::new();
        for part in kind.key {
            match row.get(part)? {
                Value::Int(Some(n)) => key.push_str(&n.to_string()),
                Value::Text(Some(t)) => key.push_str(t),
                _ => {}
            }
            key.push(BETWEEN);
        }
        keys.insert(key, Keyed { id: row.words("id")?, withdrawn: !row.get("withdrawn")?.is_null() });
    }
    Ok(keys)
}

/// The rows of these ids.
pub(super) async fn rows(tx: &mut Tx, kind: &'static Kind, ids: &[String]) -> Result<HashMap<String, Draft>> {
    const TOGETHER: usize = 500;
    let columns: Vec<&str> = kind.fields.iter().map(|f| f.name).collect();
    let marks: Vec<String> = (1..=TOGETHER).map(|n| format!("${n}")).collect();
    let sql =
        format!("SELECT id, {} FROM {} WHERE id IN ({})", columns.join(", "), kind.name, marks.join(", "));
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(TOGETHER) {
        let mut params: Vec<Value> = chunk.iter().map(Value::from).collect();
        // One text of the query for every chunk.
        params.resize(TOGETHER, Value::Text(None));
        for row in tx.query(&sql, &params).await? {
            found.insert(row.words("id")?, draft(kind, &row)?);
        }
    }
    Ok(found)
}

/// The draft that a row of the database is.
pub(super) fn draft(kind: &'static Kind, row: &Row) -> Result<Draft> {
    let mut draft = Draft::default();
    for field in kind.fields {
        draft.set(field.name, held(field, row)?);
    }
    Ok(draft)
}

fn held(field: &Field, row: &Row) -> Result<Held> {
    Ok(match (field.ty, row.get(field.name)?) {
        (Ty::Flag, Value::Int(n)) => Held::Int(n.unwrap_or(0)),
        (_, value) if value.is_null() => Held::Empty,
        (Ty::Day, _) => row.opt_day(field.name)?.map_or(Held::Empty, Held::Day),
        (_, Value::Int(Some(n))) => Held::Int(*n),
        (_, Value::Text(Some(t))) => Held::Text(t.clone()),
        _ => Held::Empty,
    })
}

/// What is bound for a field.
pub(super) fn value(field: &Field, held: &Held) -> Value {
    match held {
        Held::Int(n) => Value::from(*n),
        Held::Text(t) => Value::from(t),
        Held::Day(day) => Value::from(*day),
        Held::Empty if field.ty == Ty::Flag => Value::from(0_i64),
        Held::Empty if field.ty.is_int() => Value::Int(None),
        Held::Empty => Value::Text(None),
    }
}

/// The fields that differ; an empty flag is no.
pub(super) fn changed(kind: &'static Kind, before: &Draft, after: &Draft) -> Vec<&'static Field> {
    let differs = |f: &&'static Field| value(f, before.get(f.name)) != value(f, after.get(f.name));
    kind.fields.iter().filter(differs).collect()
}
