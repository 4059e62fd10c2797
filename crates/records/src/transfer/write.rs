//! Writing what was planned, and saying so in the log.

use super::existing::value;
use super::known::referred;
use super::plan::{Changed, New, Plan};
use super::rows::Table;
use crate::kind::{Draft, Field, Held, Kind, Ty};
use serde_json::{Map, Value as Json, json};
use std::collections::{HashMap, HashSet};
use store::{Change, Result, Tx, Value};

/// Where rows come from: the file, and the titles of its sheets.
pub(super) struct Source<'a> {
    pub hash: &'a str,
    pub tables: &'a [Table],
}

impl Source<'_> {
    fn of(&self, (table, row): (usize, u32)) -> String {
        format!("{}#{}#{row}", self.hash, self.tables[table].title)
    }
}

/// The columns of a kind's table that a new row fills.
pub(super) fn columns(kind: &'static Kind) -> Vec<&'static str> {
    let mut columns = vec!["id"];
    columns.extend(kind.fields.iter().map(|f| f.name));
    columns.push("source");
    columns
}

/// The values of a new row, in the order of [`columns`].
pub(super) fn values(kind: &'static Kind, id: &str, draft: &Draft, source: &str) -> Vec<Value> {
    let mut values = vec![Value::from(id)];
    values.extend(kind.fields.iter().map(|f| value(f, draft.get(f.name))));
    values.push(Value::from(source));
    values
}

/// Writes the rows of a kind; `tick` is told how many each time.
pub(super) async fn write(
    tx: &mut Tx,
    plan: &Plan,
    source: &Source<'_>,
    tick: &mut (dyn FnMut(usize) + Send),
) -> Result<()> {
    // Often enough for the progress bar to move.
    const TOGETHER: usize = 500;
    let kind = plan.kind;
    let columns = columns(kind);
    let ordered = in_order(kind, &plan.new);
    for chunk in ordered.chunks(TOGETHER) {
        let rows: Vec<Vec<Value>> =
            chunk.iter().map(|new| values(kind, &new.id, &new.draft, &source.of(new.at))).collect();
        tx.insert(kind.name, &columns, &rows).await?;
        tick(rows.len());
    }
    for changed in &plan.changed {
        update(tx, kind, &changed.id, &changed.fields, &changed.after, &source.of(changed.at)).await?;
        tick(1);
    }
    if plan.touches() {
        tx.note(change(plan, source.hash));
    }
    Ok(())
}

/// Writes the changed fields of a row, and where they came from.
pub(super) async fn update(
    tx: &mut Tx,
    kind: &'static Kind,
    id: &str,
    fields: &[&'static Field],
    after: &Draft,
    source: &str,
) -> Result<()> {
    let mut params = vec![Value::from(id), Value::from(source)];
    let mut sets = vec!["source = $2".to_owned()];
    for field in fields {
        params.push(value(field, after.get(field.name)));
        sets.push(format!("{} = ${}", field.name, params.len()));
    }
    let sql = format!("UPDATE {} SET {} WHERE id = $1", kind.name, sets.join(", "));
    tx.execute(&sql, &params).await?;
    Ok(())
}

/// New rows in an order in which each finds the rows of its own kind that it refers to.
fn in_order<'p>(kind: &'static Kind, new: &'p [New]) -> Vec<&'p New> {
    let own: Vec<&str> =
        kind.fields.iter().filter(|f| referred(f.ty) == Some(kind.name)).map(|f| f.name).collect();
    if own.is_empty() {
        return new.iter().collect();
    }
    let by_id: HashMap<&str, &New> = new.iter().map(|n| (n.id.as_str(), n)).collect();
    let (mut done, mut ordered) = (HashSet::new(), Vec::with_capacity(new.len()));
    for start in new {
        // A stack of our own: a file may chain thousands of rows.
        let mut stack = vec![(start, false)];
        while let Some((row, ready)) = stack.pop() {
            if ready {
                ordered.push(row);
                continue;
            }
            if !done.insert(row.id.as_str()) {
                continue;
            }
            stack.push((row, true));
            let above = own.iter().filter_map(|f| row.draft.text(f)).filter_map(|id| by_id.get(id));
            stack.extend(above.map(|n| (*n, false)));
        }
    }
    ordered
}

/// A field for the log. Names of persons do not stand there, nor the keys made from them.
pub(super) fn logged(kind: &Kind, field: &Field, held: &Held) -> Json {
    let name = field.ty == Ty::Name
        || matches!((kind.name, field.name), ("person", "search" | "sort") | ("data_request", "proposed"));
    match held {
        Held::Empty => Json::Null,
        _ if name => json!("*"),
        Held::Int(n) => json!(n),
        Held::Text(t) => json!(t),
        Held::Day(day) => json!(day.format("%Y-%m-%d").to_string()),
    }
}

/// The fields of a draft, for the log.
pub(super) fn log_of<'f>(kind: &Kind, fields: impl Iterator<Item = &'f Field>, draft: &Draft) -> Json {
    let fields = fields.map(|f| (f.name.to_owned(), logged(kind, f, draft.get(f.name))));
    Json::Object(fields.collect::<Map<_, _>>())
}

/// One entry for all rows of a kind in a file.
fn change(plan: &Plan, hash: &str) -> Change {
    let of = |changed: &Changed, draft: &Draft| json!({ "id": changed.id, "fields": log_of(plan.kind, changed.fields.iter().copied(), draft) });
    let before: Vec<Json> = plan.changed.iter().map(|c| of(c, &c.before)).collect();
    let after: Vec<Json> = plan.changed.iter().map(|c| of(c, &c.after)).collect();
    let inserted: Vec<&str> = plan.new.iter().map(|n| n.id.as_str()).collect();
    Change {
        action: "import",
        kind: plan.kind.name.to_owned(),
        record: hash.to_owned(),
        before: if before.is_empty() { String::new() } else { json!({ "updated": before }).to_string() },
        after: json!({ "inserted": inserted, "updated": after }).to_string(),
    }
}
