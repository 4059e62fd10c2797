//! Rows out: the same sheets that an import takes.

use super::existing;
use super::known::referred;
use super::labels::{Labels, units_of};
use super::rights::{Rights, read_action};
use super::specs;
use crate::REGISTRY;
use crate::kind::{Draft, Field, Held, Kind, Owner, Ty};
use chrono::Datelike;
use domain::{Action, Actor, Day};
use exchange::{Cell, SheetOut};
use std::collections::{HashMap, HashSet};
use store::{Result, Tx};

/// What goes out.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The id of a unit: its rows and those of everything below it. `None`: everything.
    pub unit: Option<String>,
    /// Rows of that year; standing things (units, people, programmes) come whatever the year.
    pub year: Option<i32>,
    /// Names of kinds; empty means every kind.
    pub kinds: Vec<String>,
}

/// These describe how things stand, so a year does not choose among them.
const STANDING: [&str; 9] =
    ["unit_kind", "unit", "unit_event", "person", "membership", "standing", "position", "programme", "theme"];

/// The rows of a selection that the actor may read, one sheet for each kind. Names of persons come
/// where the actor may read names; elsewhere people are their codes.
pub async fn export(tx: &mut Tx, actor: &Actor, today: Day, what: &Selection) -> Result<Vec<SheetOut>> {
    Out::begin(tx, actor, today, what).await?.sheets(tx, false).await
}

/// The same with drop-downs of units, people and records, for clerks to fill in. `empty` leaves the
/// rows out.
pub async fn workbook(
    tx: &mut Tx,
    actor: &Actor,
    today: Day,
    what: &Selection,
    empty: bool,
) -> Result<Vec<SheetOut>> {
    let out = Out::begin(tx, actor, today, what).await?;
    let mut sheets = out.sheets(tx, empty).await?;
    for (sheet, kind) in sheets.iter_mut().zip(&out.kinds) {
        for field in specs::fields(kind) {
            let Some(to) = referred(field.ty) else { continue };
            let values = out.labels.list(to, out.listed(to).as_ref());
            if !values.is_empty() {
                sheet.lists.push((field.name, values));
            }
        }
    }
    Ok(sheets)
}

struct Out {
    kinds: Vec<&'static Kind>,
    rights: Rights,
    labels: Labels,
    units: Option<HashSet<String>>,
    year: Option<i32>,
}

impl Out {
    async fn begin(tx: &mut Tx, actor: &Actor, today: Day, what: &Selection) -> Result<Out> {
        let wanted = |k: &&'static Kind| what.kinds.is_empty() || what.kinds.iter().any(|n| n == k.name);
        let kinds: Vec<&'static Kind> = REGISTRY.kinds().into_iter().filter(wanted).collect();
        let rights = Rights::load(tx, actor, today).await?;
        let labels = Labels::load(tx, &kinds, &rights, today).await?;
        let units = units_of(tx, what.unit.as_deref(), today).await?;
        Ok(Out { kinds, rights, labels, units, year: what.year })
    }

    /// The units that drop-downs of a kind keep to: units are offered whole, because a row may name
    /// one outside; people and records only where the actor may read them.
    fn listed(&self, kind: &str) -> Option<HashSet<String>> {
        if kind == "unit" {
            return self.rights.units(Action::ReadUnits);
        }
        let readable = REGISTRY.kind(kind).and_then(|k| self.rights.units(read_action(k)));
        match (&self.units, readable) {
            (Some(units), Some(readable)) => Some(units.intersection(&readable).cloned().collect()),
            (Some(units), None) => Some(units.clone()),
            (None, readable) => readable,
        }
    }

    async fn sheets(&self, tx: &mut Tx, empty: bool) -> Result<Vec<SheetOut>> {
        let mut sheets = Vec::new();
        // Which rows went out, for kinds that follow their parent.
        let mut chosen: HashMap<&'static str, HashSet<String>> = HashMap::new();
        for kind in &self.kinds {
            let Some(spec) = specs::spec(kind.name) else { continue };
            let mut rows = if empty { Vec::new() } else { self.rows(tx, kind, &mut chosen).await? };
            rows.sort();
            let cells = rows.into_iter().map(|r| r.cells.0).collect();
            sheets.push(SheetOut::new(spec).with_rows(cells));
        }
        Ok(sheets)
    }

    async fn rows(
        &self,
        tx: &mut Tx,
        kind: &'static Kind,
        chosen: &mut HashMap<&'static str, HashSet<String>>,
    ) -> Result<Vec<Row>> {
        let columns: Vec<&str> = kind.fields.iter().map(|f| f.name).collect();
        let sql = format!("SELECT id, {} FROM {} WHERE withdrawn IS NULL", columns.join(", "), kind.name);
        let mut rows = Vec::new();
        tx.each(&sql, &[], |row| {
            let id = row.words("id")?;
            let draft = existing::draft(kind, &row)?;
            let owner = self.owner(kind, &id, &draft);
            if self.shows(kind, owner.as_deref()) && self.in_time(kind, &draft, chosen) {
                rows.push(self.row(kind, owner.as_deref(), &draft));
                // A year's rows are asked for by what belongs to them.
                if self.year.is_some() {
                    chosen.entry(kind.name).or_default().insert(id);
                }
            }
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    fn owner(&self, kind: &'static Kind, id: &str, draft: &Draft) -> Option<String> {
        match kind.owner {
            Owner::Field("id") => Some(id.to_owned()),
            Owner::Field(field) => draft.text(field).map(str::to_owned),
            Owner::Through(field) => {
                let parent = kind.field(field).and_then(|f| referred(f.ty))?;
                self.labels.get(parent, draft.text(field)?)?.owner.clone()
            }
            Owner::Shared => None,
        }
    }

    fn shows(&self, kind: &'static Kind, owner: Option<&str>) -> bool {
        match owner {
            None => {
                kind.owner == Owner::Shared
                    || self.units.is_none() && self.rights.units(Action::ReadUnits).is_none()
            }
            Some(unit) => {
                self.units.as_ref().is_none_or(|u| u.contains(unit))
                    && self.rights.has(read_action(kind), unit)
            }
        }
    }

    fn in_time(
        &self,
        kind: &'static Kind,
        draft: &Draft,
        chosen: &HashMap<&'static str, HashSet<String>>,
    ) -> bool {
        let Some(year) = self.year else { return true };
        if STANDING.contains(&kind.name) {
            return true;
        }
        // Items and attendance go with what they are part of, whatever their own day.
        if let Owner::Through(field) = kind.owner
            && let Some(parent) = kind.field(field).and_then(|f| referred(f.ty))
            && self.kinds.iter().any(|k| k.name == parent)
        {
            let id = draft.text(field).unwrap_or_default();
            return chosen.get(parent).is_some_and(|all| all.contains(id));
        }
        match kind.day.map(|field| draft.get(field)) {
            Some(Held::Day(day)) => day.year() == year,
            Some(Held::Int(n)) => *n == i64::from(year),
            _ => true,
        }
    }

    fn row(&self, kind: &'static Kind, owner: Option<&str>, draft: &Draft) -> Row {
        let code = |f: &Field| match (referred(f.ty), draft.get(f.name)) {
            (Some(to), Held::Text(id)) => self.labels.get(to, id).map_or(id.clone(), |l| l.code.clone()),
            (_, Held::Text(t)) => t.clone(),
            (_, Held::Int(n)) => format!("{n:020}"),
            (_, Held::Day(day)) => day.to_string(),
            (_, Held::Empty) => String::new(),
        };
        // What is compared first stands first; nothing that is written sorts before the mark between them.
        let owner = owner.and_then(|u| self.labels.get("unit", u)).map(|l| l.code.clone());
        let owner = owner.filter(|_| kind.key != ["code"] || kind.name != "unit");
        let day = kind.day.and_then(|d| kind.field(d)).map(code).unwrap_or_default();
        let key = kind.key.iter().filter_map(|k| kind.field(k)).map(code);
        let order: Vec<String> = [owner.unwrap_or_default(), day].into_iter().chain(key).collect();
        let order = order.join("\u{0}");
        let named = |f: &Field| {
            f.ty != Ty::Name
                || match draft.text("unit") {
                    Some(unit) => self.rights.has(Action::ReadNames, unit),
                    None => self.rights.units(Action::ReadNames).is_none(),
                }
        };
        let cells = specs::fields(kind).map(|f| match (referred(f.ty), draft.get(f.name)) {
            (Some(to), Held::Text(id)) => {
                Cell::from(self.labels.get(to, id).map_or(id.clone(), |l| l.words.clone()))
            }
            _ if !named(f) => Cell::Empty,
            (_, Held::Text(t)) => Cell::from(t.clone()),
            (_, Held::Int(n)) => Cell::Int(*n),
            (_, Held::Day(day)) => Cell::Day(*day),
            (_, Held::Empty) => Cell::Empty,
        });
        let cells = Cells(cells.collect());
        Row { order, cells }
    }
}

/// A row, sorted by what it says and not by when it was written: two databases that hold the same
/// give the same workbook.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    /// Its unit, its day and its key.
    order: String,
    cells: Cells,
}

/// Two rows of one key do not exist, so how cells compare does not matter.
struct Cells(Vec<Cell>);
impl PartialEq for Cells {
    fn eq(&self, _: &Cells) -> bool {
        true
    }
}
impl Eq for Cells {}
impl PartialOrd for Cells {
    fn partial_cmp(&self, other: &Cells) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cells {
    fn cmp(&self, _: &Cells) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}
