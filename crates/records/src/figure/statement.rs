//! Stated figures: which of them count, which are overruled, which differ from the records.
//!
//! One rule decides, in this order: what a person settled > complete counts > stated >
//! partial counts. A subtree statement replaces its descendants' figures. A statement over
//! several years is never split. `people` (and distinct units) may be stated only for the
//! very period asked for: across periods the same person would count twice.
//!
//! Decided here, where the rule leaves room:
//! - A statement belongs to the units above its unit on its own last day (on the unit's last
//!   day, when it ended sooner). It is flagged when these were not the same all the time.
//! - What is there *at the end* (or *at the start*) may be stated for any days of the period
//!   that end (or start) with it. What is counted *per year* may be stated for whole years of
//!   the period, one or several: such numbers add up. What must hold *every year*, only for
//!   the whole.
//! - Statements are weighed from the top of the tree down, a subtree before the unit alone,
//!   longer before shorter; of two that speak of the same days of the same unit only the first
//!   counts. The other is covered whole: what it says of other days is not taken out of it.
//! - The counts of a unit alone are complete when its return state says so; those of a
//!   subtree when every unit of it is complete. A return state above a grassroots
//!   organisation says nothing of the units below.
//! - The records differ from a statement when they were handed in (some are there, or they
//!   are complete) and do not agree with it, whichever of the two counts.

use domain::{Day, Message, Period};
use figures::{Agg, At, Leaf, Shape};
use std::collections::{HashMap, HashSet};
use store::{Result, Tx, params};

/// How a stated number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// Just so.
    Exact,
    /// trên, hơn, ít nhất.
    AtLeast,
    /// không quá, dưới.
    AtMost,
    /// gần, khoảng.
    Approx,
}

impl Comparator {
    /// The comparator of a code; any other word is exact.
    pub fn from_code(code: &str) -> Comparator {
        match code {
            "at_least" => Comparator::AtLeast,
            "at_most" => Comparator::AtMost,
            "approx" => Comparator::Approx,
            _ => Comparator::Exact,
        }
    }

    /// Whether a counted number agrees with the stated one. Both in hundredths.
    pub fn agrees(self, stated: i64, counted: i64) -> bool {
        match self {
            Comparator::Exact => stated == counted,
            Comparator::AtLeast => counted >= stated,
            Comparator::AtMost => counted <= stated,
            Comparator::Approx => {
                (i128::from(stated) - i128::from(counted)).abs() * 10 <= i128::from(stated.abs())
            }
        }
    }
}

/// A figure that a unit stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The row's id.
    pub id: String,
    /// The unit that stated it.
    pub unit: String,
    /// Its code.
    pub unit_code: String,
    /// Whether for its whole subtree.
    pub subtree: bool,
    /// For which days.
    pub period: Period,
    /// The value in hundredths.
    pub value: i64,
    /// How it is meant.
    pub comparator: Comparator,
    /// The sentence it was read from; empty when typed in.
    pub quote: String,
    /// The file it was read from; empty when typed in.
    pub file: String,
    /// What a person settled about it: `counted` or `stated`.
    pub settled: Option<String>,
    /// The day on which it is attributed: its last, or the unit's last.
    pub day: Day,
    /// Whether the units above it were others earlier in the period.
    pub moved: bool,
    /// The units above it (itself too) on the day it is attributed.
    pub above: HashSet<String>,
    /// Everything that was ever above it.
    pub spans: Vec<Above>,
}

impl Statement {
    /// Whether this subtree statement already says something that `other` says: its unit stood
    /// below this one on a day that both speak of, or does where it is attributed.
    fn swallows(&self, other: &Statement) -> bool {
        if !self.period.overlaps(&other.period) {
            return false;
        }
        if self.unit == other.unit && self.subtree == other.subtree {
            return true;
        }
        let (from, to) =
            (self.period.from().max(other.period.from()), self.period.to().min(other.period.to()));
        let below = |s: &Above| s.ancestor == self.unit && s.from <= to && s.to >= from;
        self.subtree && (other.above.contains(&self.unit) || other.spans.iter().any(below))
    }
}

/// What became of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Used,
    /// The records are complete, so they count instead.
    Overruled,
    /// A person settled that the records count.
    Settled,
    /// A subtree statement above it, or a longer one beside it, already says it.
    Covered,
    /// It spans more than the days asked for, and is never split.
    TooLong,
    /// It speaks of a part of the days, and such numbers do not add up over time: distinct
    /// people or units, or what is there on a day.
    OtherPeriod,
}

/// The indicators about which anybody stated anything.
pub async fn indicators(tx: &mut Tx) -> Result<HashSet<String>> {
    let rows = tx.query("SELECT DISTINCT indicator FROM stated_figure WHERE withdrawn IS NULL", &[]).await?;
    rows.iter().map(|row| row.words("indicator")).collect()
}

/// The statements of one indicator that belong to a unit.
pub async fn load(tx: &mut Tx, indicator: &str, unit: &str) -> Result<Vec<Statement>> {
    // A unit's own span is one run of days: its life.
    let rows = tx
        .query(
            "SELECT f.id, f.unit, u.code AS unit_code, f.subtree, f.from_day, f.to_day, f.value, f.comparator,
                    f.quote, f.file_name, t.decides, b.from_day AS since, b.to_day AS until
             FROM stated_figure f
             JOIN unit u ON u.id = f.unit
             JOIN unit_span b ON b.ancestor = f.unit AND b.descendant = f.unit
             JOIN unit_span s ON s.ancestor = $1 AND s.descendant = f.unit
              AND s.from_day <= (CASE WHEN b.to_day < f.to_day THEN b.to_day ELSE f.to_day END)
              AND s.to_day >= (CASE WHEN b.to_day < f.to_day THEN b.to_day ELSE f.to_day END)
             LEFT JOIN settlement t ON t.indicator = f.indicator AND t.unit = f.unit
              AND t.from_day = f.from_day AND t.to_day = f.to_day AND t.withdrawn IS NULL
             WHERE f.indicator = $2 AND f.withdrawn IS NULL
             ORDER BY s.depth, f.subtree DESC, f.from_day, f.to_day DESC, f.code",
            params![unit, indicator],
        )
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let above = above(tx, indicator).await?;
    let mut statements = Vec::with_capacity(rows.len());
    for row in &rows {
        let (from, to) = (row.day("from_day")?, row.day("to_day")?);
        let Ok(period) = Period::new(from, to) else { continue };
        let day = to.min(row.day("until")?);
        let first = from.max(row.day("since")?);
        let unit = row.words("unit")?;
        let spans = above.get(&unit).cloned().unwrap_or_default();
        let there = |s: &&Above| s.from <= day && day <= s.to;
        statements.push(Statement {
            id: row.words("id")?,
            unit_code: row.words("unit_code")?,
            subtree: row.flag("subtree")?,
            period,
            value: row.int("value")?,
            comparator: Comparator::from_code(row.text("comparator")?),
            quote: row.words("quote")?,
            file: row.words("file_name")?,
            settled: row.opt_text("decides")?.map(str::to_owned),
            day,
            moved: spans
                .iter()
                .any(|s| if there(&s) { s.from > first } else { s.from <= day && s.to >= first }),
            above: spans.iter().filter(there).map(|s| s.ancestor.clone()).collect(),
            spans,
            unit,
        });
    }
    Ok(statements)
}

/// A unit above another for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Above {
    /// The one above, or the unit itself.
    pub ancestor: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// Everything that was ever above the units that stated an indicator, in one query.
async fn above(tx: &mut Tx, indicator: &str) -> Result<HashMap<String, Vec<Above>>> {
    let rows = tx
        .query(
            "SELECT descendant, ancestor, from_day, to_day FROM unit_span WHERE descendant IN (
               SELECT unit FROM stated_figure WHERE indicator = $1 AND withdrawn IS NULL)",
            params![indicator],
        )
        .await?;
    let mut above: HashMap<String, Vec<Above>> = HashMap::new();
    for row in &rows {
        let span =
            Above { ancestor: row.words("ancestor")?, from: row.day("from_day")?, to: row.day("to_day")? };
        above.entry(row.words("descendant")?).or_default().push(span);
    }
    Ok(above)
}

/// Decides which statements count for a leaf over a period; `complete` says of each whether
/// the records of those it speaks of are complete. Keeps the order given; pure.
pub fn decide(statements: &[Statement], leaf: &Leaf, period: &Period, complete: &[bool]) -> Vec<Fate> {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    // From the top, subtrees first, then longer periods before shorter ones.
    order.sort_by_key(|&i| {
        let s = &statements[i];
        let length = s.period.to() - s.period.from();
        (s.above.len(), !s.subtree, std::cmp::Reverse(length), s.period.from())
    });
    let mut fates = vec![Fate::Covered; statements.len()];
    let mut used: Vec<usize> = Vec::new();
    for i in order {
        let s = &statements[i];
        fates[i] = if !fits(s, leaf, period) {
            if period.covers(&s.period) { Fate::OtherPeriod } else { Fate::TooLong }
        } else if used.iter().any(|&u| statements[u].swallows(s) || s.swallows(&statements[u])) {
            Fate::Covered
        } else {
            match s.settled.as_deref() {
                Some("counted") => Fate::Settled,
                None if complete.get(i) == Some(&true) => Fate::Overruled,
                _ => {
                    used.push(i);
                    Fate::Used
                }
            }
        };
    }
    fates
}

/// Whether a statement speaks of days that the leaf may take from it whole.
fn fits(s: &Statement, leaf: &Leaf, period: &Period) -> bool {
    if !period.covers(&s.period) {
        return false;
    }
    if leaf.every_year {
        return s.period == *period;
    }
    if !leaf.per_year {
        return fits_once(s, leaf, period);
    }
    let years = period.by_year();
    let whole =
        years.iter().any(|y| y.from() == s.period.from()) && years.iter().any(|y| y.to() == s.period.to());
    whole || years.iter().any(|year| year.covers(&s.period) && fits_once(s, leaf, year))
}

fn fits_once(s: &Statement, leaf: &Leaf, period: &Period) -> bool {
    let stock = leaf.measure.shape == Shape::Spells;
    match leaf.at {
        At::End if stock => s.period.to() == period.to(),
        At::Start if stock => s.period.from() == period.from(),
        _ if matches!(leaf.agg, Agg::People | Agg::Units) || stock => s.period == *period,
        _ => true,
    }
}

/// A counted and a stated number that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The indicator's id.
    pub indicator: String,
    /// The unit's code.
    pub unit: String,
    /// The period of the statement.
    pub period: Period,
    /// Counted, in hundredths.
    pub counted: i64,
    /// Stated, in hundredths.
    pub stated: i64,
    /// Whether the statement is the one that counts.
    pub stated_counts: bool,
    /// Whether a person has settled it.
    pub settled: bool,
}

/// The words for what became of a statement; nothing when it plainly counts.
pub fn remark(fate: &Fate, s: &Statement) -> Option<Message> {
    let key = match fate {
        Fate::Used if s.moved => "figure-stated-moved",
        Fate::Used => return None,
        Fate::Overruled => "figure-stated-overruled",
        Fate::Settled => "figure-stated-settled",
        Fate::Covered => "figure-stated-covered",
        Fate::TooLong => "figure-stated-too-long",
        Fate::OtherPeriod => "figure-stated-other-period",
    };
    Some(Message::new(key).with("unit", &s.unit_code).with("period", s.period.to_string()))
}
