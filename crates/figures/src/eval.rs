//! From the values of leaves to the value of a figure, exactly.
//!
//! Missing is not zero: a missing leaf makes the whole missing, with the reasons. A division by
//! nought is missing too.

use crate::plan::{Leaf, Plan};
use domain::Message;
use std::collections::BTreeMap;

/// What the runner is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Query<'p> {
    /// The value of a leaf.
    Leaf(&'p Leaf),
    /// How many of the population are not among those reached.
    Without {
        /// `people` or `units`.
        population: &'p Leaf,
        /// Counts the same.
        reached: &'p Leaf,
    },
}

/// A question to the runner: what, and how many periods back ([`crate::Context::back`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LeafKey<'p> {
    /// What is asked for.
    pub query: Query<'p>,
    /// 0 for the period asked for, 1 inside `previous(…)`.
    pub back: u32,
}

/// The runner's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeafValue {
    /// The number.
    Known(i64),
    /// Not known, and why.
    Missing(Message),
}

/// The value of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i128),
    /// A fraction in lowest terms; the denominator is 2 at least. A share of 1 is the whole.
    Ratio {
        /// Above the line; carries the sign.
        num: i128,
        /// Below the line.
        den: i128,
    },
    /// Not known; every reason once.
    Missing(Vec<Message>),
}

impl Value {
    /// `num / den` in lowest terms; missing when `den` is nought.
    pub fn ratio(num: i128, den: i128) -> Value {
        if den == 0 {
            return Value::Missing(vec![Message::new("figures-divided-by-nought")]);
        }
        let common = gcd(num.unsigned_abs(), den.unsigned_abs());
        let part = |n: i128| {
            let magnitude = i128::try_from(n.unsigned_abs() / common).ok()?;
            Some(if n < 0 { -magnitude } else { magnitude })
        };
        let (Some(num), Some(den)) = (part(num), part(den)) else { return too_large() };
        let (num, den) = if den < 0 { (-num, -den) } else { (num, den) };
        if den == 1 { Value::Int(num) } else { Value::Ratio { num, den } }
    }

    /// Above and below the line; `None` when it is missing.
    pub fn parts(&self) -> Option<(i128, i128)> {
        match self {
            Value::Int(n) => Some((*n, 1)),
            Value::Ratio { num, den } => Some((*num, *den)),
            Value::Missing(_) => None,
        }
    }
}

/// The value of a plan. `leaf` is asked once for each place where a leaf stands (once for all
/// references to one indicator); a runner that finds answers costly keeps them by [`LeafKey`].
pub fn evaluate<'p>(plan: &'p Plan, leaf: &mut impl FnMut(&LeafKey<'p>) -> LeafValue) -> Value {
    Evaluation { leaf, done: BTreeMap::new() }.value(plan, 0)
}

struct Evaluation<'f, 'p, F> {
    leaf: &'f mut F,
    /// Indicators already evaluated, by id and periods back: definitions that refer to each
    /// other many times would otherwise take exponential time.
    done: BTreeMap<(&'p str, u32), Value>,
}

impl<'p, F: FnMut(&LeafKey<'p>) -> LeafValue> Evaluation<'_, 'p, F> {
    fn value(&mut self, plan: &'p Plan, back: u32) -> Value {
        match plan {
            Plan::Leaf(leaf) => self.ask(Query::Leaf(leaf), back),
            Plan::Without { population, reached } => self.ask(Query::Without { population, reached }, back),
            Plan::Number { numerator, denominator } => {
                Value::ratio(i128::from(*numerator), i128::from(*denominator))
            }
            Plan::Previous(plan) => self.value(plan, back.saturating_add(1)),
            Plan::Ref { id, plan, .. } => {
                if let Some(value) = self.done.get(&(id.as_str(), back)) {
                    return value.clone();
                }
                let value = self.value(plan, back);
                self.done.insert((id, back), value.clone());
                value
            }
            Plan::Sum(a, b) => self.both(a, b, back, |a, b| {
                fraction(a.0.checked_mul(b.1)?.checked_add(b.0.checked_mul(a.1)?), a.1.checked_mul(b.1))
            }),
            Plan::Difference(a, b) => self.both(a, b, back, |a, b| {
                fraction(a.0.checked_mul(b.1)?.checked_sub(b.0.checked_mul(a.1)?), a.1.checked_mul(b.1))
            }),
            Plan::Product(a, b) => {
                self.both(a, b, back, |a, b| fraction(a.0.checked_mul(b.0), a.1.checked_mul(b.1)))
            }
            Plan::Quotient(a, b) => self.divided(a, b, back),
            Plan::Share { part, denominator, .. } => self.divided(part, denominator, back),
        }
    }

    fn ask(&mut self, query: Query<'p>, back: u32) -> Value {
        match (self.leaf)(&LeafKey { query, back }) {
            LeafValue::Known(n) => Value::Int(i128::from(n)),
            LeafValue::Missing(why) => Value::Missing(vec![why]),
        }
    }

    fn divided(&mut self, a: &'p Plan, b: &'p Plan, back: u32) -> Value {
        self.both(a, b, back, |a, b| fraction(a.0.checked_mul(b.1), a.1.checked_mul(b.0)))
    }

    /// Both are asked even if the first is missing, so that every reason is told.
    fn both(
        &mut self,
        a: &'p Plan,
        b: &'p Plan,
        back: u32,
        reckon: impl Fn((i128, i128), (i128, i128)) -> Option<Value>,
    ) -> Value {
        let (a, b) = (self.value(a, back), self.value(b, back));
        if let (Some(a), Some(b)) = (a.parts(), b.parts()) {
            return reckon(a, b).unwrap_or_else(too_large);
        }
        let mut reasons = Vec::new();
        for value in [a, b] {
            if let Value::Missing(why) = value {
                for reason in why {
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                }
            }
        }
        Value::Missing(reasons)
    }
}

fn fraction(num: Option<i128>, den: Option<i128>) -> Option<Value> {
    Some(Value::ratio(num?, den?))
}

fn too_large() -> Value {
    Value::Missing(vec![Message::new("figures-too-large")])
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}
