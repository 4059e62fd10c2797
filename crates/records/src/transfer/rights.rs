//! Who may write and read rows of a kind.

use super::known::Known;
use crate::account;
use crate::kind::{Draft, Kind, Owner};
use domain::{Action, Actor, Day};
use std::collections::{HashMap, HashSet};
use store::{Result, Tx, params};

/// The action that writing a row of a kind is.
pub fn write_action(kind: &Kind) -> Action {
    match kind.name {
        "unit" | "unit_event" | "unit_kind" => Action::WriteUnits,
        "stated_figure" | "return_state" => Action::State,
        "settlement" => Action::Settle,
        // A list that everybody shares is the business of who keeps the tree.
        _ if kind.owner == Owner::Shared => Action::WriteUnits,
        _ if kind.sensitive => Action::WriteSensitive,
        _ => Action::WriteRecords,
    }
}

/// The action that reading a row of a kind is.
pub(super) fn read_action(kind: &Kind) -> Action {
    match kind.name {
        "unit" | "unit_event" | "unit_kind" => Action::ReadUnits,
        "stated_figure" | "return_state" | "settlement" => Action::ReadFigures,
        _ if kind.sensitive => Action::ReadSensitive,
        _ => Action::ReadRecords,
    }
}

/// Whether the actor may write this row; `id` is the row's own when it is there already. For the
/// forms of the web: the row must be allowed as it was and as it will be.
pub async fn may_write(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static Kind,
    draft: &Draft,
    id: Option<&str>,
    today: Day,
) -> Result<bool> {
    if *actor == Actor::Operator {
        return Ok(true);
    }
    let action = write_action(kind);
    let unit = match kind.owner {
        Owner::Shared => return on_top(tx, actor, action, today).await,
        // A new unit stands under its parent; a unit at the top is the operator's to found.
        Owner::Field("id") => id.or(draft.text("parent")).map(str::to_owned),
        Owner::Field(field) => draft.text(field).map(str::to_owned),
        Owner::Through(field) => {
            let parent = kind.field(field).and_then(|f| super::known::referred(f.ty));
            match (parent, draft.text(field)) {
                (Some(parent), Some(record)) => {
                    let sql = format!("SELECT unit FROM {parent} WHERE id = $1");
                    let row = tx.first(&sql, params![record]).await?;
                    row.map(|r| r.words("unit")).transpose()?
                }
                _ => None,
            }
        }
    };
    let Some(unit) = unit else { return Ok(false) };
    if !account::may(tx, actor, action, &unit, today).await? {
        return Ok(false);
    }
    // What it was before belongs to somebody too.
    let (Some(id), Owner::Field(field)) = (id, kind.owner) else { return Ok(true) };
    if field == "id" {
        return Ok(true);
    }
    let sql = format!("SELECT {field} AS unit FROM {} WHERE id = $1", kind.name);
    match tx.first(&sql, params![id]).await? {
        Some(row) => account::may(tx, actor, action, row.text("unit")?, today).await,
        None => Ok(true),
    }
}

/// Whether the actor may do it on a unit at the top of the tree.
async fn on_top(tx: &mut Tx, actor: &Actor, action: Action, today: Day) -> Result<bool> {
    let tops = tx.query("SELECT id FROM unit WHERE parent IS NULL AND withdrawn IS NULL", &[]).await?;
    for row in &tops {
        if account::may(tx, actor, action, row.text("id")?, today).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What an actor may do where, asked once for a whole file.
pub(super) struct Rights {
    /// `None`: everything, for the operator.
    units: Option<HashMap<Action, HashSet<String>>>,
    on_top: HashSet<Action>,
}

impl Rights {
    pub async fn load(tx: &mut Tx, actor: &Actor, today: Day) -> Result<Rights> {
        if *actor == Actor::Operator {
            return Ok(Rights { units: None, on_top: HashSet::new() });
        }
        let mut units = HashMap::new();
        let mut top = HashSet::new();
        for action in Action::ALL {
            let all = account::units_with(tx, actor, action, today).await?;
            units.insert(action, all.into_iter().collect());
            if on_top(tx, actor, action, today).await? {
                top.insert(action);
            }
        }
        Ok(Rights { units: Some(units), on_top: top })
    }

    /// The units of an action; `None` means all.
    pub fn units(&self, action: Action) -> Option<HashSet<String>> {
        self.units.as_ref().map(|u| u.get(&action).cloned().unwrap_or_default())
    }

    pub fn has(&self, action: Action, unit: &str) -> bool {
        match &self.units {
            None => true,
            Some(units) => units.get(&action).is_some_and(|all| all.contains(unit)),
        }
    }

    /// Whether a row of the kind may be written; the unit's label when it may not.
    pub fn writes(
        &self,
        kind: &'static Kind,
        id: &str,
        before: Option<&Draft>,
        draft: &Draft,
        known: &Known,
    ) -> std::result::Result<(), String> {
        if self.units.is_none() {
            return Ok(());
        }
        let action = write_action(kind);
        if kind.owner == Owner::Shared {
            return if self.on_top.contains(&action) { Ok(()) } else { Err(kind.vi.to_owned()) };
        }
        let mut units = vec![known.owner(kind, id, draft)];
        // What it was before belongs to somebody too.
        units.extend(before.map(|before| known.owner(kind, id, before)));
        if kind.name == "unit" && before.is_none_or(|b| b.get("parent") != draft.get("parent")) {
            // Putting a unit under another changes that one's tree too.
            units.extend(draft.text("parent").map(|p| Some(p.to_owned())));
        }
        if kind.name == "unit_event" {
            units.extend(draft.text("other").map(|o| Some(o.to_owned())));
        }
        for unit in units {
            let allowed = unit.as_deref().and_then(|u| known.anchor(u)).is_some_and(|u| self.has(action, u));
            if !allowed {
                return Err(unit.map_or_else(|| kind.vi.to_owned(), |u| known.unit_label(&u)));
            }
        }
        Ok(())
    }

    /// Whether a row that stays as it is may be seen.
    pub fn sees(&self, kind: &'static Kind, id: &str, draft: &Draft, known: &Known) -> bool {
        if self.units.is_none() || kind.owner == Owner::Shared {
            return true;
        }
        let unit = known.owner(kind, id, draft);
        let unit = unit.as_deref().and_then(|u| known.anchor(u));
        unit.is_some_and(|u| self.has(read_action(kind), u) || self.has(write_action(kind), u))
    }
}
