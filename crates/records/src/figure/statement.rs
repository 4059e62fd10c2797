//! Stated figures: which of them count, which are overruled, which differ from the records.
//!
//! One rule decides, in this order: what a person settled > complete counts > stated >
//! partial counts. A subtree statement replaces its descendants' figures. A statement over
//! several years is never split. `people` (and distinct units) may be stated only for the
//! very period asked for: across periods the same person would count twice.

use super::states::{State, States};
use domain::{Day, Message, Period};
use figures::{Agg, At, Leaf, Shape};
use std::collections::HashSet;
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
            Comparator::Approx => (i128::from(stated) - i128::from(counted)).abs() * 10 <= i128::from(stated.abs()),
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
    /// Whether the unit stood under another parent earlier in the period.
    pub moved: bool,
    /// The units above it (itself too) on the day it is attributed.
    pub above: HashSet<String>,
}

impl Statement {
    /// Whether `other` speaks of people that this subtree statement already speaks of.
    fn swallows(&self, other: &Statement) -> bool {
        let same = self.unit == other.unit && self.subtree == other.subtree;
        self.period.overlaps(&other.period) && (same || self.subtree && other.above.contains(&self.unit))
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
    /// Distinct people or units cannot be added across periods.
    OtherPeriod,
}

/// The statements of one indicator for a unit, each with its fate.
pub async fn load(tx: &mut Tx, indicator: &str, unit: &str) -> Result<Vec<Statement>> {
    let rows = tx
        .query(
            "SELECT f.id, f.unit, u.code AS unit_code, f.subtree, f.from_day, f.to_day, f.value, f.comparator,
                    f.quote, f.file_name, t.decides, b.until
             FROM stated_figure f
             JOIN unit u ON u.id = f.unit
             JOIN (SELECT descendant, MAX(to_day) AS until FROM unit_span WHERE ancestor = descendant GROUP BY descendant) b
               ON b.descendant = f.unit
             JOIN unit_span s ON s.ancestor = $1 AND s.descendant = f.unit
              AND s.from_day <= (CASE WHEN b.until < f.to_day THEN b.until ELSE f.to_day END)
              AND s.to_day >= (CASE WHEN b.until < f.to_day THEN b.until ELSE f.to_day END)
             LEFT JOIN settlement t ON t.indicator = f.indicator AND t.unit = f.unit
              AND t.from_day = f.from_day AND t.to_day = f.to_day AND t.withdrawn IS NULL
             WHERE f.indicator = $2 AND f.withdrawn IS NULL
             ORDER BY s.depth, f.subtree DESC, f.from_day, f.to_day DESC, f.code",
            params![unit, indicator],
        )
        .await?;
    let mut statements = Vec::with_capacity(rows.len());
    for row in &rows {
        let (from, to) = (row.day("from_day")?, row.day("to_day")?);
        let Ok(period) = Period::new(from, to) else { continue };
        let until: Day = row.opt_day("until")?.unwrap_or(to);
        let day = to.min(until);
        let unit = row.words("unit")?;
        let above = tx
            .query(
                "SELECT ancestor FROM unit_span WHERE descendant = $1 AND from_day <= $2 AND to_day >= $2",
                params![&unit, day],
            )
            .await?;
        let above = above.iter().map(|r| r.words("ancestor")).collect::<Result<HashSet<_>>>()?;
        let parents = tx
            .one(
                "SELECT COUNT(DISTINCT COALESCE(parent, '')) AS n FROM unit_edge WHERE unit = $1 AND from_day <= $3 AND to_day >= $2",
                params![&unit, from, day],
            )
            .await?;
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
            moved: parents.int("n")? > 1,
            above,
            unit,
        });
    }
    Ok(statements)
}

/// Decides which statements count for a leaf over a period. Keeps the order given; pure.
pub fn decide(statements: &[Statement], leaf: &Leaf, period: &Period, states: &States) -> Vec<Fate> {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    // Subtrees from the top, then longer periods before shorter ones.
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
            let distinct = matches!(leaf.agg, Agg::People | Agg::Units) && period.covers(&s.period);
            if distinct { Fate::OtherPeriod } else { Fate::TooLong }
        } else if used.iter().any(|&u| statements[u].swallows(s)) {
            Fate::Covered
        } else {
            let complete = states.of(&s.unit, leaf.measure.returns, &s.period) == State::Complete;
            match s.settled.as_deref() {
                Some("counted") => Fate::Settled,
                None if complete => Fate::Overruled,
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
    let stock = leaf.measure.shape == Shape::Spells;
    match leaf.at {
        At::End if stock => s.period.to() == period.to() && period.covers(&s.period),
        At::Start if stock => s.period.from() == period.from() && period.covers(&s.period),
        _ if matches!(leaf.agg, Agg::People | Agg::Units) || stock => s.period == *period,
        _ => period.covers(&s.period),
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
