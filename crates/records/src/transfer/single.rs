//! One row, as a form of the web writes it.

use super::check;
use super::existing;
use super::known::referred;
use super::write::{columns, log_of, update, values};
use crate::REGISTRY;
use crate::event::Event;
use crate::kind::{Draft, Fault, Field, Kind};
use crate::{person, unit};
use domain::{Id, Message};
use std::result::Result as Std;
use store::{Change, Result, Tx, Value, params};

/// Where the row of a form came from.
const ENTERED: &str = "entered";

/// Writes a row by the same rules as an import: fields tidied and checked, the kind's own rules,
/// its key, its references; the log. `id` is the row to correct; without it, it is new.
///
/// References in the draft are ids already. A field that the draft does not name keeps what was
/// there. The inner error says what to put right; nothing was written then. Whether the actor may
/// do it is asked before, with [`super::may_write`].
pub async fn write_one(
    tx: &mut Tx,
    kind: &'static Kind,
    draft: Draft,
    id: Option<&str>,
) -> Result<Std<String, Vec<Fault>>> {
    let anywhere = kind.key.first().copied().unwrap_or("id");
    let one = |field: &'static str, key| Ok(Err(vec![Fault::at(field, Message::new(key))]));
    let mut before = None;
    if let Some(id) = id {
        let sql = format!("SELECT withdrawn FROM {} WHERE id = $1", kind.name);
        match tx.first(&sql, params![id]).await? {
            None => return one(anywhere, "transfer-row-gone"),
            Some(row) if !row.get("withdrawn")?.is_null() => return one(anywhere, "transfer-row-withdrawn"),
            Some(_) => {}
        }
        before = existing::rows(tx, kind, &[id.to_owned()]).await?.remove(id);
    }
    let mut after = before.clone().unwrap_or_default();
    for (name, held) in draft.values {
        after.set(name, held);
    }
    check::tidy(kind, &mut after);
    (kind.derive)(&mut after);
    let mut faults = check::faults(kind, &after);
    if faults.is_empty() {
        faults = (kind.check)(&after);
        faults.extend(unknown_references(tx, kind, &after).await?);
    }
    if faults.is_empty() && key_taken(tx, kind, &after, id).await? {
        faults.push(Fault::at(anywhere, Message::new("transfer-key-taken")));
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let new = match (id, kind.name) {
        (Some(id), _) => id.to_owned(),
        (None, "unit_kind") => after.text("code").unwrap_or_default().to_owned(),
        (None, _) => Id::new().to_string(),
    };
    let fields: Vec<&'static Field> = match &before {
        Some(before) => existing::changed(kind, before, &after),
        None => kind.fields.iter().collect(),
    };
    if fields.is_empty() {
        return Ok(Ok(new));
    }
    // A tree that does not stand is taken back without the caller's other work.
    let tree = matches!(kind.name, "unit" | "unit_event");
    if tree {
        tx.execute("SAVEPOINT one_row", &[]).await?;
    }
    match &before {
        Some(_) => update(tx, kind, &new, &fields, &after, ENTERED).await?,
        None => tx.insert(kind.name, &columns(kind), &[values(kind, &new, &after, ENTERED)]).await?,
    }
    if tree {
        if let Err(messages) = unit::rebuild(tx).await? {
            tx.execute("ROLLBACK TO SAVEPOINT one_row", &[]).await?;
            let field = if kind.name == "unit" { "parent" } else { "unit" };
            return Ok(Err(messages.into_iter().map(|m| Fault::at(field, m)).collect()));
        }
        tx.execute("RELEASE SAVEPOINT one_row", &[]).await?;
    }
    tx.note(Change {
        action: if before.is_some() { "update" } else { "insert" },
        kind: kind.name.to_owned(),
        record: new.clone(),
        before: before
            .as_ref()
            .map_or_else(String::new, |b| log_of(kind, fields.iter().copied(), b).to_string()),
        after: log_of(kind, fields.iter().copied(), &after).to_string(),
    });
    REGISTRY.tell(&Event::Written { kind, id: &new, before: before.as_ref(), after: &after }, tx).await?;
    if matches!(kind.name, "person" | "membership") {
        person::imply_memberships(tx).await?;
    }
    Ok(Ok(new))
}

/// Takes a row out of every count, or brings it back; the reason is kept with the row while it is out, and in
/// the log either way. `false` when it is so already, or there is no such row. Whether the actor may do it is
/// asked before, with [`super::may_write`].
pub async fn withdraw(tx: &mut Tx, kind: &'static Kind, id: &str, reason: &str, out: bool) -> Result<bool> {
    let present = if out { "IS NULL" } else { "IS NOT NULL" };
    let before = tx.first(&format!("SELECT withdrawn FROM {} WHERE id = $1", kind.name), params![id]).await?;
    let sql = format!("UPDATE {} SET withdrawn = $2 WHERE id = $1 AND withdrawn {present}", kind.name);
    let withdrawn = out.then_some(reason);
    if tx.execute(&sql, params![id, withdrawn]).await? == 0 {
        return Ok(false);
    }
    let before = before.map(|r| r.words("withdrawn")).transpose()?.unwrap_or_default();
    tx.note(Change {
        action: if out { "withdraw" } else { "restore" },
        kind: kind.name.to_owned(),
        record: id.to_owned(),
        before: serde_json::json!({ "withdrawn": before }).to_string(),
        after: serde_json::json!({ "withdrawn": withdrawn, "reason": reason }).to_string(),
    });
    if out {
        REGISTRY.tell(&Event::Withdrawn { kind, id }, tx).await?;
    }
    if matches!(kind.name, "person" | "membership") {
        person::imply_memberships(tx).await?;
    }
    Ok(true)
}

/// References to rows that are not there.
async fn unknown_references(tx: &mut Tx, kind: &'static Kind, draft: &Draft) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for field in kind.fields {
        let (Some(to), Some(id)) = (referred(field.ty), draft.text(field.name)) else { continue };
        let sql = format!("SELECT id FROM {to} WHERE id = $1");
        if tx.first(&sql, params![id]).await?.is_none() {
            let message = Message::new("transfer-ref-gone").with("heading", field.vi);
            faults.push(Fault::at(field.name, message));
        }
    }
    Ok(faults)
}

/// Whether another row has the same key.
async fn key_taken(tx: &mut Tx, kind: &'static Kind, draft: &Draft, own: Option<&str>) -> Result<bool> {
    let fields: Vec<&Field> = kind.key.iter().filter_map(|k| kind.field(k)).collect();
    let wheres: Vec<String> = (2..).zip(&fields).map(|(n, f)| format!("{} = ${n}", f.name)).collect();
    let mut params = vec![Value::Text(Some(own.unwrap_or_default().to_owned()))];
    params.extend(fields.iter().map(|f| existing::value(f, draft.get(f.name))));
    let sql = format!("SELECT id FROM {} WHERE id <> $1 AND {}", kind.name, wheres.join(" AND "));
    Ok(tx.first(&sql, &params).await?.is_some())
}
