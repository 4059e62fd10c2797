//! What a file would do to the rows of one kind.

use super::check;
use super::existing::{self, Keyed};
use super::known::{Known, title_of};
use super::names::Entry;
use super::problems::Problems;
use super::rights::Rights;
use super::rows::{self, Line, Table};
use crate::kind::{Draft, Fault, Field, Held, Kind, Ty};
use domain::{Id, Message};
use exchange::Severity;
use std::collections::HashMap;
use store::{Result, Tx};

/// A row to be added.
#[derive(Debug)]
pub(super) struct New {
    pub id: String,
    /// The table it stands in, and its row there.
    pub at: (usize, u32),
    pub draft: Draft,
}

/// A row to be changed.
#[derive(Debug)]
pub(super) struct Changed {
    pub id: String,
    pub at: (usize, u32),
    pub before: Draft,
    pub after: Draft,
    pub fields: Vec<&'static Field>,
}

/// What becomes of the rows of one sheet.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub inserted: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub withdrawn: usize,
}

/// What becomes of the rows of one kind.
pub(super) struct Plan {
    pub kind: &'static Kind,
    pub new: Vec<New>,
    pub changed: Vec<Changed>,
    /// By the number of the table.
    pub tallies: HashMap<usize, Tally>,
}

impl Plan {
    pub fn touches(&self) -> bool {
        !self.new.is_empty() || !self.changed.is_empty()
    }
}

/// What the rows of one kind are checked against.
pub(super) struct Ground<'a> {
    pub known: &'a mut Known,
    pub rights: &'a Rights,
    pub problems: &'a mut Problems,
}

/// A row whose references were understood, before it is compared.
struct Read<'t> {
    table: usize,
    line: &'t Line,
    id: String,
    draft: Draft,
    before: Option<Keyed>,
}

/// Plans the rows of a kind; `tables` are all sheets of the file, `tick` is called for every row.
pub(super) async fn plan(
    tx: &mut Tx,
    kind: &'static Kind,
    tables: &[Table],
    ground: &mut Ground<'_>,
    tick: &mut (dyn FnMut() + Send),
) -> Result<Plan> {
    let keys = existing::keys(tx, kind).await?;
    let own: Vec<(usize, &Table)> =
        tables.iter().enumerate().filter(|(_, t)| std::ptr::eq(t.kind, kind)).collect();
    if kind.key == ["code"] {
        for (_, table) in &own {
            announce(kind, table, &keys, ground.known);
        }
    }
    if matches!(kind.name, "unit" | "unit_event") {
        renamed(tables, ground.known);
    }
    let mut plan = Plan { kind, new: Vec::new(), changed: Vec::new(), tallies: HashMap::new() };
    let mut read = Vec::new();
    let mut seen: HashMap<String, (usize, u32)> = HashMap::new();
    for &(number, table) in &own {
        plan.tallies.insert(number, Tally::default());
        for line in &table.lines {
            tick();
            let Some(mut draft) = rows::draft(table, line, ground.known, ground.problems) else { continue };
            let Some(key) = existing::key_of(kind, &draft) else {
                // A part of the key is a column the sheet lacks: told by reading it.
                continue;
            };
            if let Some(&(other, row)) = seen.get(&key) {
                ground.problems.add(table.place(line).row(twice(kind, &tables[other], row), Severity::Error));
                continue;
            }
            let before = keys.get(&key).cloned();
            let id = match &before {
                Some(keyed) => keyed.id.clone(),
                None => {
                    for (name, held) in &line.defaults {
                        if draft.is_empty(name) {
                            draft.set(name, held.clone());
                        }
                    }
                    new_id(kind, &draft, ground.known)
                }
            };
            ground.known.settle(kind, &id, &draft);
            seen.insert(key, (number, line.number));
            read.push(Read { table: number, line, id, draft, before });
        }
    }
    let ids: Vec<String> =
        read.iter().filter_map(|r| r.before.as_ref()).map(|keyed| keyed.id.clone()).collect();
    let mut before = existing::rows(tx, kind, &ids).await?;
    for row in read {
        let was = before.remove(&row.id);
        settle(&mut plan, row, was, tables, ground);
    }
    Ok(plan)
}

fn twice(kind: &Kind, other: &Table, row: u32) -> Message {
    let headings: Vec<&str> = kind.key.iter().filter_map(|k| kind.field(k)).map(|f| f.vi).collect();
    Message::new("transfer-key-twice")
        .with("sheet", &other.title)
        .with("row", i64::from(row))
        .with("headings", headings.join(" + "))
}

/// Makes the rows of a sheet known before any of them is understood: units refer to each other in
/// any order. Also rows that are not sound, or one bad cell would be told a hundred times.
fn announce(kind: &'static Kind, table: &Table, keys: &HashMap<String, Keyed>, known: &mut Known) {
    for line in &table.lines {
        let Some(code) = table.words(line, "code") else { continue };
        let mut draft = Draft::default();
        draft.set("code", Held::Text(code.to_owned()));
        let before = existing::key_of(kind, &draft).and_then(|k| keys.get(&k));
        let name = title_of(kind).and_then(|t| table.words(line, t)).unwrap_or_default();
        let entry = Entry {
            id: before.map_or_else(|| fresh_id(kind, code), |k| k.id.clone()),
            code: code.to_owned(),
            name: name.to_owned(),
            fresh: before.is_none(),
            ..Entry::default()
        };
        if let Some(names) = known.names_mut(kind.name) {
            names.add(entry);
        }
    }
}

/// The names that changes of units in the file give them: a sheet written after a renaming calls the unit by its
/// new name, and may be taken in where nothing of it is known yet.
fn renamed(tables: &[Table], known: &mut Known) {
    for table in tables.iter().filter(|t| t.kind.name == "unit_event") {
        for line in &table.lines {
            let (Some(unit), Some(name)) = (table.words(line, "unit"), table.words(line, "new_name")) else { continue };
            if let Some(units) = known.names_mut("unit") {
                units.also_called(unit, name);
            }
        }
    }
}

/// Indicators and rules name kinds of units by their code, so that is their id; as in the schema.
fn fresh_id(kind: &Kind, code: &str) -> String {
    if kind.name == "unit_kind" { code.to_owned() } else { Id::new().to_string() }
}

fn new_id(kind: &'static Kind, draft: &Draft, known: &Known) -> String {
    let announced = draft
        .text("code")
        .filter(|_| kind.key == ["code"])
        .and_then(|code| known.names(kind.name)?.by_code(code));
    announced.map_or_else(|| fresh_id(kind, draft.text("code").unwrap_or_default()), |e| e.id.clone())
}

/// Checks a row and compares it with what stood there.
fn settle(plan: &mut Plan, row: Read<'_>, was: Option<Draft>, tables: &[Table], ground: &mut Ground<'_>) {
    let (kind, table) = (plan.kind, &tables[row.table]);
    let place = table.place(row.line);
    let tally = plan.tallies.entry(row.table).or_default();
    if row.before.as_ref().is_some_and(|b| b.withdrawn) {
        tally.withdrawn += 1;
        ground.problems.add(place.row(Message::new("transfer-row-withdrawn"), Severity::Warning));
        return;
    }
    let Read { line, id, draft: mut after, .. } = row;
    if let Some(was) = &was {
        fill(kind, table, line, was, &mut after);
    }
    check::tidy(kind, &mut after);
    (kind.derive)(&mut after);
    let mut faults = check::faults(kind, &after);
    if faults.is_empty() {
        faults = (kind.check)(&after);
    }
    if !faults.is_empty() {
        for fault in faults {
            tell(table, line, &after, fault, ground.problems);
        }
        return;
    }
    let fields = was.as_ref().map(|was| existing::changed(kind, was, &after));
    if fields.as_ref().is_some_and(Vec::is_empty) && ground.rights.sees(kind, &id, &after, ground.known) {
        tally.unchanged += 1;
        return;
    }
    if let Err(unit) = ground.rights.writes(kind, &id, was.as_ref(), &after, ground.known) {
        let message = Message::new("transfer-forbidden").with("unit", unit);
        ground.problems.add(place.row(message, Severity::Error));
        return;
    }
    let at = (row.table, line.number);
    match (was, fields) {
        (Some(before), Some(fields)) if !fields.is_empty() => {
            tally.updated += 1;
            plan.changed.push(Changed { id, at, before, after, fields });
        }
        (Some(_), _) => tally.unchanged += 1,
        (None, _) => {
            tally.inserted += 1;
            plan.new.push(New { id, at, draft: after });
        }
    }
}

/// What the sheet does not say stays as it was: computed fields (until they are computed anew),
/// columns that it lacks, and empty cells for which an own list has only a guess.
fn fill(kind: &'static Kind, table: &Table, line: &Line, was: &Draft, after: &mut Draft) {
    for field in kind.fields {
        let guessed = line.defaults.iter().any(|(name, _)| *name == field.name);
        if after.is_empty(field.name) && (field.computed || guessed || !table.has(field.name)) {
            after.set(field.name, was.get(field.name).clone());
        }
    }
}

fn tell(table: &Table, line: &Line, draft: &Draft, fault: Fault, problems: &mut Problems) {
    let place = table.place(line);
    let Some(field) = table.kind.field(fault.field) else {
        problems.add(place.row(fault.message, Severity::Error));
        return;
    };
    let found = match (field.ty, draft.get(field.name)) {
        (_, Held::Empty) => String::new(),
        (Ty::Choice(choices), Held::Text(code)) => {
            choices.iter().find(|c| c.code == code).map_or(code.clone(), |c| c.vi.to_owned())
        }
        (Ty::Unit | Ty::Person | Ty::Ref(_), _) => {
            table.words(line, field.name).unwrap_or_default().to_owned()
        }
        (Ty::Flag, Held::Int(n)) => if *n == 0 { "không" } else { "x" }.to_owned(),
        (Ty::Decimal(places), Held::Int(n)) => {
            domain::number::decimal(*n, 10_i64.pow(u32::from(places.min(9))), u32::from(places))
        }
        (_, Held::Int(n)) => n.to_string(),
        (_, Held::Text(t)) => t.clone(),
        (_, Held::Day(day)) => domain::day_short(*day),
    };
    problems.add(place.cell(field, table.letters(field.name), &found, fault.message));
}
