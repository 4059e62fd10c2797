//! Return states: what each unit has handed in, by kind of record and year.
//!
//! Missing is not zero. A kind is *complete* for a year when the unit says so, "nothing
//! happened" included; coverage reads this and never the mere presence of rows. A grassroots
//! organisation answers for the units below it; nobody above it does. What a unit says itself
//! of a kind goes before what it says of all kinds, and both before what its grassroots
//! organisation (the nearest one, at the end of the days asked for) says.

use crate::unit::Unit;
use chrono::Datelike;
use domain::{Day, Period};
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

/// The states of a unit and everything below it, for some years.
#[derive(Debug, Clone, Default)]
pub struct States {
    unit: String,
    by_unit: HashMap<String, HashMap<i64, HashMap<String, State>>>,
    /// When those who handed in anything stood below the unit.
    below: HashMap<String, Vec<(Day, Day)>>,
    grassroots: HashMap<String, Vec<Grassroots>>,
}

/// A grassroots organisation above a unit for some days.
#[derive(Debug, Clone)]
struct Grassroots {
    id: String,
    from: Day,
    to: Day,
    depth: i64,
    /// The last day of the unit below.
    until: Day,
}

impl States {
    /// Reads the states of a unit's subtree for the years of a period.
    pub async fn load(tx: &mut Tx, unit: &str, period: &Period) -> Result<States> {
        let mut states = States { unit: unit.to_owned(), ..States::default() };
        let rows = tx
            .query(
                "SELECT r.unit, r.kind, r.year, r.state, s.from_day, s.to_day FROM return_state r
                 LEFT JOIN unit_span s ON s.ancestor = $1 AND s.descendant = r.unit
                 WHERE r.withdrawn IS NULL AND r.year >= $2 AND r.year <= $3
                   AND (s.ancestor IS NOT NULL OR r.unit IN (SELECT ancestor FROM unit_span WHERE descendant = $1))",
                params![unit, period.from().year(), period.to().year()],
            )
            .await?;
        for row in &rows {
            let id = row.words("unit")?;
            if let (Some(from), Some(to)) = (row.opt_day("from_day")?, row.opt_day("to_day")?) {
                let below = states.below.entry(id.clone()).or_default();
                if !below.contains(&(from, to)) {
                    below.push((from, to));
                }
            }
            let of_year = states.by_unit.entry(id).or_default().entry(row.int("year")?).or_default();
            of_year.insert(row.words("kind")?, State::from_code(row.text("state")?));
        }
        if states.by_unit.is_empty() {
            // Nobody has handed in anything: nobody answers for anybody either.
            return Ok(states);
        }
        let rows = tx
            .query(
                "SELECT s.descendant, s.ancestor, s.from_day, s.to_day, s.depth, b.to_day AS until FROM unit_span s
                 JOIN unit a ON a.id = s.ancestor JOIN unit_kind k ON k.id = a.kind
                 JOIN unit_span b ON b.ancestor = s.descendant AND b.descendant = s.descendant
                 WHERE k.grassroots = 1 AND s.depth > 0
                   AND s.descendant IN (SELECT descendant FROM unit_span WHERE ancestor = $1)",
                params![unit],
            )
            .await?;
        for row in &rows {
            states.grassroots.entry(row.words("descendant")?).or_default().push(Grassroots {
                id: row.words("ancestor")?,
                from: row.day("from_day")?,
                to: row.day("to_day")?,
                depth: row.int("depth")?,
                until: row.day("until")?,
            });
        }
        Ok(states)
    }

    /// The state of a unit for a kind over every year of a period: the weakest, and partial
    /// when the years differ.
    pub fn of(&self, unit: &str, kind: &str, period: &Period) -> State {
        self.of_at(unit, kind, period, period.to())
    }

    /// The same, with the grassroots organisation that the unit has on a day.
    pub(super) fn of_at(&self, unit: &str, kind: &str, period: &Period, day: Day) -> State {
        let years = period.from().year()..=period.to().year();
        let each: Vec<State> = years.map(|y| self.in_year(unit, kind, i64::from(y), day)).collect();
        let (least, most) = (each.iter().min(), each.iter().max());
        match (least, most) {
            (Some(a), Some(b)) if a == b => *a,
            (Some(_), Some(_)) => State::Partial,
            _ => State::None,
        }
    }

    fn in_year(&self, unit: &str, kind: &str, year: i64, day: Day) -> State {
        let own = self.own(unit, kind, year);
        own.or_else(|| self.answered(unit, kind, year, day)).unwrap_or(State::None)
    }

    fn own(&self, unit: &str, kind: &str, year: i64) -> Option<State> {
        let of_year = self.by_unit.get(unit)?.get(&year)?;
        of_year.get(kind).or_else(|| of_year.get("all")).copied()
    }

    /// What the grassroots organisation above a unit says for it.
    fn answered(&self, unit: &str, kind: &str, year: i64, day: Day) -> Option<State> {
        let above = self.grassroots.get(unit)?.iter();
        let there = above.filter(|g| g.from <= day.min(g.until) && day.min(g.until) <= g.to);
        self.own(&there.min_by_key(|g| g.depth)?.id, kind, year)
    }

    /// The same for those below the unit; `grassroots` says whether the unit itself answers
    /// for them.
    pub(super) fn any_below(&self, kind: &str, period: &Period, grassroots: bool) -> bool {
        let answered = || {
            let years = i64::from(period.from().year())..=i64::from(period.to().year());
            let above = years.filter_map(|year| self.answered(&self.unit, kind, year, period.to()));
            grassroots && self.of(&self.unit, kind, period) != State::None
                || above.into_iter().any(|state| state != State::None)
        };
        self.any_there(kind, period, true) || answered()
    }

    /// Whether anybody who stood in the subtree during the period has handed in anything of
    /// the kind, or the grassroots organisation that answers for the unit has.
    pub fn any(&self, kind: &str, period: &Period) -> bool {
        self.of(&self.unit, kind, period) != State::None || self.any_there(kind, period, false)
    }

    fn any_there(&self, kind: &str, period: &Period, only_below: bool) -> bool {
        let there = |unit: &String| {
            let spans = self.below.get(unit).into_iter().flatten();
            spans.into_iter().any(|(from, to)| *from <= period.to() && *to >= period.from())
        };
        let mut handed_in = self.by_unit.keys().filter(|unit| !only_below || **unit != self.unit);
        handed_in.any(|unit| there(unit) && self.of(unit, kind, period) != State::None)
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
