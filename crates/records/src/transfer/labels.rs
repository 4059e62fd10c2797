//! How units, people and records are written into cells.

use super::import::subtree;
use super::known::{referred, title_of};
use super::rights::Rights;
use crate::REGISTRY;
use crate::kind::Kind;
use domain::{Action, Day};
use std::collections::{HashMap, HashSet};
use store::{Result, Tx};

/// The most letters of a reference that reading takes.
const LONGEST: usize = 200;

/// One thing that cells name.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub code: String,
    /// What the cell says.
    pub words: String,
    /// The unit it belongs to.
    pub owner: Option<String>,
    pub withdrawn: bool,
}

/// The labels of every thing that cells of some kinds name, by kind and id.
pub(super) struct Labels {
    kinds: HashMap<&'static str, HashMap<String, Label>>,
}

impl Labels {
    /// Loads them; people are named where names may be read, and are codes elsewhere.
    pub async fn load(tx: &mut Tx, kinds: &[&'static Kind], rights: &Rights, today: Day) -> Result<Labels> {
        let mut needed: HashSet<&'static str> = HashSet::from(["unit"]);
        for kind in kinds {
            needed.extend(kind.fields.iter().filter_map(|f| referred(f.ty)));
        }
        let mut labels = Labels { kinds: HashMap::new() };
        for name in needed {
            let Some(kind) = REGISTRY.kind(name) else { continue };
            let named = match name {
                "unit" | "person" => title_of(kind),
                // Kinds of units are few and known by their names.
                "unit_kind" => Some("vi"),
                _ => None,
            };
            let owner = match kind.owner {
                crate::kind::Owner::Field(f) => Some(f),
                _ => None,
            };
            let mut columns = vec!["id", "code", "withdrawn"];
            columns.extend(named);
            columns.extend(owner.filter(|o| *o != "id"));
            let sql = format!("SELECT {} FROM {name} ORDER BY code", columns.join(", "));
            let mut all = HashMap::new();
            tx.each(&sql, &[], |row| {
                let owner = owner.map(|o| row.opt_text(o)).transpose()?.flatten().map(str::to_owned);
                let (code, mut words) = (row.words("code")?, row.words("code")?);
                if let Some(named) = named {
                    let allowed = name != "person"
                        || owner.as_deref().is_some_and(|unit| rights.has(Action::ReadNames, unit));
                    if allowed {
                        words = labelled(row.text(named)?, &code);
                    }
                }
                let withdrawn = !row.get("withdrawn")?.is_null();
                all.insert(row.words("id")?, Label { code, words, owner, withdrawn });
                Ok(())
            })
            .await?;
            labels.kinds.insert(kind.name, all);
        }
        labels.name_units(tx, today).await?;
        Ok(labels)
    }

    /// Units bear the name of the day, not the one they were founded with.
    async fn name_units(&mut self, tx: &mut Tx, today: Day) -> Result<()> {
        let Some(units) = self.kinds.get_mut("unit") else { return Ok(()) };
        let sql = "SELECT unit, name FROM unit_name WHERE from_day <= $1 ORDER BY unit, from_day";
        for row in tx.query(sql, store::params![today]).await? {
            if let Some(label) = units.get_mut(row.text("unit")?) {
                label.words = labelled(row.text("name")?, &label.code);
            }
        }
        Ok(())
    }

    pub fn get(&self, kind: &str, id: &str) -> Option<&Label> {
        self.kinds.get(kind)?.get(id)
    }

    /// What a drop-down offers: everything that counts, within these units if it belongs to one.
    pub fn list(&self, kind: &str, units: Option<&HashSet<String>>) -> Vec<String> {
        let all = self.kinds.get(kind).into_iter().flatten();
        let inside = |owner: &Option<String>| match (units, owner) {
            (Some(units), Some(owner)) => units.contains(owner),
            _ => true,
        };
        let mut listed: Vec<(&str, &str)> = all
            .filter(|(_, l)| !l.withdrawn && inside(&l.owner))
            .map(|(_, l)| (l.code.as_str(), l.words.as_str()))
            .collect();
        listed.sort_unstable();
        listed.into_iter().map(|(_, words)| words.to_owned()).collect()
    }
}

/// `Tên (MÃ)`, or the code alone where both are too long to be read back.
fn labelled(name: &str, code: &str) -> String {
    let both = format!("{name} ({code})");
    if name.is_empty() || both.chars().count() > LONGEST { code.to_owned() } else { both }
}

/// The units of a selection: a unit and everything below it.
pub(super) async fn units_of(tx: &mut Tx, unit: Option<&str>, today: Day) -> Result<Option<HashSet<String>>> {
    match unit {
        Some(unit) => Ok(Some(subtree(tx, unit, today).await?)),
        None => Ok(None),
    }
}
