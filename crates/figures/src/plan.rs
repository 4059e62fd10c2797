//! Plans: checked expressions, ready to be run.

use crate::when::{DayRef, When};
use crate::{Dim, Measure};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// How the facts of a leaf become a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agg {
    /// `count`: the sum of `n` (things, times).
    Count,
    /// `rows`: how many facts.
    Rows,
    /// `people`: distinct persons.
    People,
    /// `units`: distinct units.
    Units,
    /// `sum` of the amount.
    Sum,
    /// The largest amount.
    Max,
    /// The smallest amount.
    Min,
}

/// Which spells count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    /// Those that share a day with the period (spells); events of the period.
    During,
    /// Those that last on the first day of the period.
    Start,
    /// Those that last on the last day of the period.
    End,
}

/// Whose facts count: of the unit that is asked for, of those below it, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Whose {
    /// The unit's and those of every unit below it.
    #[default]
    All,
    /// The unit's own: what it did itself.
    Own,
    /// Those of the units below, without its own.
    Below,
}

/// How a column is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// A column of a measure that a condition asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// `day` of an event.
    Day,
    /// `from_day` of a spell.
    FromDay,
    /// `to_day` of a spell.
    ToDay,
    /// `amount`.
    Amount,
    /// `person`; only whether it is known.
    Person,
    /// A dimension.
    Dim(&'static Dim),
}

impl Column {
    /// The name, in expressions and in SQL alike.
    pub fn name(&self) -> &'static str {
        match self {
            Column::Day => "day",
            Column::FromDay => "from_day",
            Column::ToDay => "to_day",
            Column::Amount => "amount",
            Column::Person => "person",
            Column::Dim(dim) => dim.name,
        }
    }
}

/// A typed value in a condition; it fits the column it is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    /// For `Word`, `Choice` and `Unit` (the unit's code).
    Text(String),
    /// For `Int` and the amount.
    Int(i64),
    /// For `Flag`.
    Flag(bool),
    /// For days.
    Day(DayRef),
}

/// A typed condition. A fact whose column is unknown meets no comparison, neither `=` nor `!=`
/// nor their `not` (SQL's three values); only [`Cond::Known`] asks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cond {
    /// No condition.
    Always,
    /// Each holds.
    All(Vec<Cond>),
    /// One holds at least.
    Any(Vec<Cond>),
    /// It does not hold.
    Not(Box<Cond>),
    /// The column compares with the value.
    Compare(Column, Op, Literal),
    /// The column has one of the values; never empty.
    In(Column, Vec<Literal>),
    /// The column is known (`true`) or unknown (`false`).
    Known(Column, bool),
}

/// A leaf: facts of one measure, and how they become a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Leaf {
    /// How they become a number.
    pub agg: Agg,
    /// Whose facts.
    pub measure: &'static Measure,
    /// Which of them.
    pub condition: Cond,
    /// Of whom.
    pub whose: Whose,
    /// Of which days.
    pub when: When,
    /// Which spells; [`At::During`] for events.
    pub at: At,
    /// Each calendar year of the period on its own, added up: `units` counts distinct (unit,
    /// year), a stock `at end` counts what is there at the end of each year.
    pub per_year: bool,
    /// `units` or `people` that have such a fact in each calendar year of the period.
    pub every_year: bool,
}

/// What a plan's number is made of; sums must not mix them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Things, people, units.
    Things,
    /// Member-years, organisation-years.
    Years,
    /// An amount (money, days of work).
    Amount,
    /// A share: 1 is printed as 100 %.
    Percent,
    /// A bare number.
    Number,
}

/// A checked expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// A number from facts.
    Leaf(Leaf),
    /// The persons (or units) of a population that were not reached.
    Without {
        /// `people` or `units`.
        population: Leaf,
        /// Counts the same as the population.
        reached: Leaf,
    },
    /// `a + b`
    Sum(Box<Plan>, Box<Plan>),
    /// `a - b`
    Difference(Box<Plan>, Box<Plan>),
    /// `a * b`
    Product(Box<Plan>, Box<Plan>),
    /// `a / b`
    Quotient(Box<Plan>, Box<Plan>),
    /// `share(part, whole excluding excluded)`.
    Share {
        /// The part.
        part: Box<Plan>,
        /// The whole, as named.
        whole: Box<Plan>,
        /// Who is left out of the whole, to be named.
        excluded: Option<Box<Plan>>,
        /// What the part is divided by: the whole, without those left out. People and units are
        /// left out one by one ([`Plan::Without`]); counts are subtracted.
        denominator: Box<Plan>,
    },
    /// The same for the period before.
    Previous(Box<Plan>),
    /// A number of the expression: `numerator / denominator`, the latter a power of ten.
    Number {
        /// Without the decimal sign.
        numerator: i64,
        /// 1, 10 or 100.
        denominator: i64,
    },
    /// Another indicator.
    Ref {
        /// Its id.
        id: String,
        /// Its plan, of the version in force on the same day.
        plan: Arc<Plan>,
        /// What its number is made of; kept here, since asking the plan again and again
        /// would take exponential time where definitions build on each other.
        kind: Kind,
    },
}

/// What a part is to the plan it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// One of two numbers that are added, subtracted, multiplied or divided.
    Operand,
    /// The part of a share.
    Part,
    /// The denominator of a share.
    Whole,
    /// Who is left out of a share.
    Excluded,
    /// The period before.
    Before,
    /// The definition of another indicator.
    Definition,
}

/// A part of a plan, for opening a figure into what it was made from.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p> {
    /// What it is to the whole.
    pub role: Role,
    /// The part.
    pub plan: &'p Plan,
}

impl Plan {
    /// What it was made from. Nothing for leaves, `without` and numbers.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let part = |role, plan| Part { role, plan };
        match self {
            Plan::Leaf(_) | Plan::Without { .. } | Plan::Number { .. } => Vec::new(),
            Plan::Sum(a, b) | Plan::Difference(a, b) | Plan::Product(a, b) | Plan::Quotient(a, b) => {
                vec![part(Role::Operand, &**a), part(Role::Operand, &**b)]
            }
            Plan::Share { part: p, excluded, denominator, .. } => {
                let mut parts = vec![part(Role::Part, &**p), part(Role::Whole, &**denominator)];
                parts.extend(excluded.as_deref().map(|e| part(Role::Excluded, e)));
                parts
            }
            Plan::Previous(plan) => vec![part(Role::Before, &**plan)],
            Plan::Ref { plan, .. } => vec![part(Role::Definition, &**plan)],
        }
    }

    /// Every leaf, those of other indicators too, each once.
    pub fn leaves(&self) -> Vec<&Leaf> {
        let (mut leaves, mut seen) = (Vec::new(), HashSet::new());
        let mut push = |leaf| {
            if seen.insert(leaf) {
                leaves.push(leaf);
            }
        };
        self.visit(&mut BTreeSet::new(), &mut |plan| match plan {
            Plan::Leaf(leaf) => push(leaf),
            Plan::Without { population, reached } => {
                push(population);
                push(reached);
            }
            _ => {}
        });
        leaves
    }

    /// The kinds of record whose return states cover this figure.
    pub fn returns(&self) -> Vec<&'static str> {
        let kinds: BTreeSet<_> = self.leaves().iter().map(|leaf| leaf.measure.returns).collect();
        kinds.into_iter().collect()
    }

    /// The ids of the indicators it refers to, directly or through others.
    pub fn references(&self) -> Vec<&str> {
        let mut ids = BTreeSet::new();
        self.visit(&mut BTreeSet::new(), &mut |plan| {
            if let Plan::Ref { id, .. } = plan {
                ids.insert(id.as_str());
            }
        });
        ids.into_iter().collect()
    }

    /// What its number is made of.
    pub fn kind(&self) -> Kind {
        match self {
            Plan::Leaf(leaf) => leaf.kind(),
            Plan::Without { population, .. } => population.kind(),
            Plan::Sum(a, b) | Plan::Difference(a, b) => match (a.kind(), b.kind()) {
                (Kind::Number, other) | (other, _) => other,
            },
            Plan::Product(a, b) => match (a.kind(), b.kind()) {
                (Kind::Number, other) | (other, Kind::Number) => other,
                (Kind::Percent, other) | (other, _) => other,
            },
            Plan::Quotient(a, b) => match (a.kind(), b.kind()) {
                (kind, Kind::Number) | (kind @ Kind::Amount, Kind::Things | Kind::Years) => kind,
                _ => Kind::Number,
            },
            Plan::Share { .. } => Kind::Percent,
            Plan::Previous(plan) => plan.kind(),
            Plan::Number { .. } => Kind::Number,
            Plan::Ref { kind, .. } => *kind,
        }
    }

    /// Visits the plan and its parts; a definition that several refer to is visited once, so
    /// the time stays in proportion to the catalogue.
    pub(crate) fn visit<'p>(&'p self, seen: &mut BTreeSet<&'p str>, f: &mut impl FnMut(&'p Plan)) {
        f(self);
        if let Plan::Ref { id, .. } = self
            && !seen.insert(id)
        {
            return;
        }
        for part in self.parts() {
            part.plan.visit(seen, f);
        }
    }
}

impl Leaf {
    /// What its number is made of.
    pub fn kind(&self) -> Kind {
        match self.agg {
            Agg::Sum | Agg::Max | Agg::Min => Kind::Amount,
            _ if self.per_year => Kind::Years,
            _ => Kind::Things,
        }
    }
}
