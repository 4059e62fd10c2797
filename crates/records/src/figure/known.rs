//! What a runner has found out, and may tell the next one of the same transaction.
//!
//! A report asks for hundreds of figures that rest on the same things: return states, the units
//! that are asked, statements, leaves. Each is read once. Nothing here outlives the transaction
//! it was read in: [`super::app`] is what remembers longer.

use super::run::{Counted, LeafResult};
use super::sql::TreeRule;
use super::statement::Statement;
use super::states::States;
use crate::unit::Unit;
use domain::{Day, Period};
use figures::{Context, Leaf, When};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What was found out about one unit. Kept by whoever asks for more than one figure, and given
/// from runner to runner.
#[derive(Default)]
pub struct Known {
    /// The unit, and the tree by which its facts roll up.
    about: Option<(String, TreeRule)>,
    /// The indicators that anybody stated; most are not, and need no query.
    pub(super) stated: Option<Arc<HashSet<String>>>,
    /// Who stands for units that have ended by a day: (unit, heir).
    pub(super) heirs: HashMap<Day, Arc<[(String, String)]>>,
    /// The units that are asked to hand in records, by the last day of the period.
    pub(super) asked: HashMap<Day, Arc<[Unit]>>,
    /// Return states, and the years they were read for.
    pub(super) states: Option<(Period, States)>,
    /// Statements by indicator.
    pub(super) statements: HashMap<String, Arc<[Statement]>>,
    /// Leaves, by the report that asked and how many periods back.
    pub(super) leaves: HashMap<(Leaf, Context, u32), LeafResult>,
    /// Who was not reached: population, reached.
    pub(super) withouts: HashMap<(Leaf, Leaf, Context, u32), LeafResult>,
    /// How many of a population were there to be reached, and were: population, reached.
    pub(super) met: HashMap<(Cell, Cell), (i64, i64)>,
    /// What records give where nothing is stated, counted ahead ([`super::ahead`]).
    pub(super) counted: HashMap<Cell, Counted>,
}

impl Known {
    /// What of it is true of a unit: all, or what is true of any unit.
    pub(super) fn about(self, unit: &str, tree: TreeRule) -> Known {
        if self.about.as_ref().is_some_and(|(known, by)| known == unit && *by == tree) {
            return self;
        }
        Known { about: Some((unit.to_owned(), tree)), ..self.of_anybody() }
    }

    /// What is true of any unit.
    pub(super) fn of_anybody(&self) -> Known {
        Known { stated: self.stated.clone(), heirs: self.heirs.clone(), ..Known::default() }
    }
}

/// One number from records: a leaf without its days, and the days.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Cell {
    pub leaf: Leaf,
    pub period: Period,
    /// Conditions may name days of the report.
    pub ctx: Context,
}

impl Cell {
    /// The number of a leaf for one of its pieces.
    pub fn new(leaf: &Leaf, period: Period, ctx: &Context) -> Cell {
        Cell { leaf: Leaf { when: When::Asked, per_year: false, ..leaf.clone() }, period, ctx: *ctx }
    }
}
