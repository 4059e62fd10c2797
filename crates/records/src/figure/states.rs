//! Return states: what each unit has handed in, by kind of record and year.
//!
//! Missing is not zero. A kind is *complete* for a year when the unit says so, "nothing
//! happened" included; coverage reads this and never the mere presence of rows. A grassroots
//! organisation answers for the units below it; nobody above it does.

use crate::unit::Unit;
use domain::Period;
use std::collections::HashMap;
use store::{Result, Tx, params};

/// What a unit has handed in of a kind for some years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing yet.
    None,
    /// Something, not all.
    Partial,
    /// Everything, or "nothing happened".
    Complete,
}

impl State {
    /// The state of a code; `None` for any other word.
    pub fn from_code(code: &str) -> State {
        match code {
            "complete" => State::Complete,
            "partial" => State::Partial,
            _ => State::None,
        }
    }

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            State::None => "none",
            State::Partial => "partial",
            State::Complete => "complete",
        }
    }
}

/// How many units have handed in what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Codes of the units that are complete.
    pub complete: Vec<String>,
    /// Codes of those that are partial.
    pub partial: Vec<String>,
    /// Codes of those that have handed in nothing.
    pub none: Vec<String>,
}

impl Coverage {
    /// How many units are asked.
    pub fn total(&self) -> usize {
        self.complete.len() + self.partial.len() + self.none.len()
    }

    /// Whether everybody has handed in everything.
    pub fn is_whole(&self) -> bool {
        self.partial.is_empty() && self.none.is_empty()
    }
}

/// The states of a unit and everything below it.
#[derive(Debug, Clone, Default)]
pub struct States {
    by_unit: HashMap<String, HashMap<(String, i64), State>>,
    grassroots_above: HashMap<String, String>,
}

impl States {
    /// Reads the states of a unit's subtree for the years of a period.
    pub async fn load(tx: &mut Tx, unit: &str, period: &Period) -> Result<States> {
        use chrono::Datelike;
        let mut states = States::default();
        let rows = tx
            .query(
                "SELECT DISTINCT r.unit, r.kind, r.year, r.state FROM return_state r
                 JOIN unit_span s ON s.descendant = r.unit
                 WHERE r.withdrawn IS NULL AND r.year >= $2 AND r.year <= $3
                   AND (s.ancestor = $1 OR r.unit IN (SELECT ancestor FROM unit_span WHERE descendant = $1))",
                params![unit, period.from().year(), period.to().year()],
            )
            .await?;
        for row in &rows {
            let of_unit = states.by_unit.entry(row.words("unit")?).or_default();
            of_unit.insert((row.words("kind")?, row.int("year")?), State::from_code(row.text("state")?));
        }
        let above = tx
            .query(
                "SELECT s.descendant, s.ancestor FROM unit_span s
                 JOIN unit a ON a.id = s.ancestor JOIN unit_kind k ON k.id = a.kind
                 WHERE k.grassroots = 1 AND s.depth > 0 AND s.from_day <= $1 AND s.to_day >= $1",
                params![period.to()],
            )
            .await?;
        for row in &above {
            states.grassroots_above.insert(row.words("descendant")?, row.words("ancestor")?);
        }
        Ok(states)
    }

    /// The state of a unit for a kind over every year of a period: the weakest, and partial
    /// when the years differ.
    pub fn of(&self, unit: &str, kind: &str, period: &Period) -> State {
        use chrono::Datelike;
        let years = period.from().year()..=period.to().year();
        let each: Vec<State> = years.map(|y| self.in_year(unit, kind, i64::from(y))).collect();
        let (least, most) = (each.iter().min(), each.iter().max());
        match (least, most) {
            (Some(a), Some(b)) if a == b => *a,
            (Some(_), Some(_)) => State::Partial,
            _ => State::None,
        }
    }

    fn in_year(&self, unit: &str, kind: &str, year: i64) -> State {
        let own = |unit: &str| {
            let of_unit = self.by_unit.get(unit)?;
            of_unit.get(&(kind.to_owned(), year)).or_else(|| of_unit.get(&("all".to_owned(), year))).copied()
        };
        let inherited = || own(self.grassroots_above.get(unit)?);
        own(unit).or_else(inherited).unwrap_or(State::None)
    }

    /// Whether anybody in the subtree has handed in anything of the kind.
    pub fn any(&self, kind: &str, period: &Period) -> bool {
        self.by_unit.keys().any(|unit| self.of(unit, kind, period) != State::None)
    }

    /// The coverage of a kind over the units that are asked.
    pub fn coverage(&self, asked: &[Unit], kinds: &[&str], period: &Period) -> Coverage {
        let mut coverage = Coverage::default();
        for unit in asked {
            let each: Vec<State> = kinds.iter().map(|k| self.of(&unit.id, k, period)).collect();
            let list = match (each.iter().min(), each.iter().max()) {
                (Some(State::Complete), _) => &mut coverage.complete,
                (_, Some(State::None)) | (None, _) => &mut coverage.none,
                _ => &mut coverage.partial,
            };
            list.push(unit.code.clone());
        }
        coverage
    }
}
