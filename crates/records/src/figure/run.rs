//! Running plans: from a unit, a period and an indicator to a figure.
//!
//! A figure is asked for inside one transaction, so everything it rests on is of one moment.
//! Each leaf is asked once, however often the catalogue mentions it.

use super::sql::{self, Ask, Replaced, Scope, TreeRule};
use super::statement::{self, Comparator, Conflict, Fate, Statement};
use super::states::{Coverage, State, States};
use crate::unit::{self, Unit};
use domain::{Day, Message, Period};
use figures::{Agg, Catalogue, Context, Indicator, Leaf, LeafKey, LeafValue, Plan, Query, Value, Whose};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use store::{Result, Tx};

/// The catalogue, with the leaves that are indicators of their own: a statement about such an
/// indicator speaks wherever the same leaf stands.
pub struct Book {
    /// Every indicator.
    pub catalogue: Catalogue,
    leaves: HashMap<Leaf, String>,
}

impl Book {
    /// A book over a catalogue, as its definitions stand on a day.
    pub fn new(catalogue: Catalogue, day: Day) -> Book {
        let mut leaves = HashMap::new();
        for indicator in catalogue.in_force(day) {
            if let Plan::Leaf(leaf) = &*indicator.plan {
                leaves.entry(leaf.clone()).or_insert_with(|| indicator.id.clone());
            }
        }
        Book { catalogue, leaves }
    }

    /// The indicator that a leaf is.
    pub fn indicator_of(&self, leaf: &Leaf) -> Option<&str> {
        self.leaves.get(leaf).map(String::as_str)
    }
}

/// Where a number came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From records.
    Counted,
    /// From what units stated.
    Stated,
    /// From both.
    Mixed,
    /// From other figures.
    Derived,
}

impl Origin {
    /// The code, also the end of its message key.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Counted => "counted",
            Origin::Stated => "stated",
            Origin::Mixed => "mixed",
            Origin::Derived => "derived",
        }
    }
}

/// What a leaf gave.
#[derive(Debug, Clone)]
pub struct LeafResult {
    /// The number, or why there is none.
    pub value: LeafValue,
    /// How many facts were counted.
    pub facts: i64,
    /// The days it spoke of.
    pub period: Option<Period>,
    /// Statements that had to do with it, and what became of each.
    pub statements: Vec<(Statement, Fate)>,
    /// What a reader should know.
    pub remarks: Vec<Message>,
    /// Counted and stated that differ.
    pub conflicts: Vec<Conflict>,
}

/// A figure: the answer to one question.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What was asked for.
    pub indicator: Arc<Indicator>,
    /// Of whom.
    pub unit: Unit,
    /// For which days.
    pub period: Period,
    /// The exact value.
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
    /// Who has handed in the records it rests on.
    pub coverage: Coverage,
    /// What a reader should know.
    pub remarks: Vec<Message>,
    /// Counted and stated that differ.
    pub conflicts: Vec<Conflict>,
}

impl Figure {
    /// The value as documents keep it: a whole number, `numerator/denominator`, or nothing.
    pub fn exact(&self) -> String {
        match &self.value {
            Value::Int(n) => n.to_string(),
            Value::Ratio { num, den } => format!("{num}/{den}"),
            Value::Missing(_) => String::new(),
        }
    }
}

/// Asks for figures of one unit over one period.
pub struct Runner<'a> {
    pub(super) tx: &'a mut Tx,
    pub(super) book: &'a Book,
    pub(super) ctx: Context,
    pub(super) unit: Unit,
    pub(super) tree: TreeRule,
    asked: Vec<Unit>,
    states: HashMap<Period, States>,
    leaves: HashMap<(Leaf, u32), LeafResult>,
}

/// Kinds that are always whole: the tree itself says which units there are.
const ALWAYS_COMPLETE: [&str; 1] = ["unit"];

impl<'a> Runner<'a> {
    /// A runner for a unit and the days of a report.
    pub async fn new(tx: &'a mut Tx, book: &'a Book, unit: Unit, ctx: Context, tree: TreeRule) -> Result<Runner<'a>> {
        let below = if unit.cell { Vec::new() } else { unit::children(tx, &unit.id, ctx.period.to()).await? };
        let asked = if below.is_empty() { vec![unit.clone()] } else { below };
        Ok(Runner { tx, book, ctx, unit, tree, asked, states: HashMap::new(), leaves: HashMap::new() })
    }

    /// The unit whose figures are asked for.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The units that are asked to hand in records: those directly below, or itself.
    pub fn asked(&self) -> &[Unit] {
        &self.asked
    }

    /// The same report for another period; what was asked before is forgotten.
    pub fn for_period(&mut self, period: Period) {
        if self.ctx.period != period {
            self.ctx.period = period;
            self.leaves.clear();
        }
    }

    /// One figure.
    pub async fn figure(&mut self, indicator: &Arc<Indicator>) -> Result<Figure> {
        let plan = Arc::clone(&indicator.plan);
        let mut keys: Vec<LeafKey<'_>> = Vec::new();
        figures::evaluate(&plan, &mut |key| {
            keys.push(*key);
            LeafValue::Known(0)
        });
        let mut answers: HashMap<LeafKey<'_>, LeafResult> = HashMap::new();
        for key in keys {
            if answers.contains_key(&key) {
                continue;
            }
            let answer = self.answer(&key).await?;
            answers.insert(key, answer);
        }
        let mut value = figures::evaluate(&plan, &mut |key| match answers.get(key) {
            Some(answer) => answer.value.clone(),
            None => LeafValue::Missing(Message::new("figure-no-data")),
        });
        let (mut remarks, mut conflicts, mut stated, mut facts) = (Vec::new(), Vec::new(), false, 0);
        let mut ordered: Vec<_> = answers.values().collect();
        ordered.sort_by_key(|a| a.period.map(|p| (p.from(), p.to())));
        for answer in ordered {
            facts += answer.facts;
            stated |= answer.statements.iter().any(|(_, fate)| *fate == Fate::Used);
            for remark in &answer.remarks {
                if !remarks.contains(remark) {
                    remarks.push(remark.clone());
                }
            }
            conflicts.extend(answer.conflicts.iter().cloned());
        }
        let derived = !matches!(*plan, Plan::Leaf(_));
        let mut origin = match (derived, stated, facts > 0) {
            (true, ..) => Origin::Derived,
            (_, true, false) => Origin::Stated,
            (_, true, true) => Origin::Mixed,
            _ => Origin::Counted,
        };
        if derived {
            self.stated_share(indicator, &mut value, &mut origin, &mut conflicts).await?;
        }
        let kinds: Vec<&str> =
            indicator.returns.iter().copied().filter(|k| !ALWAYS_COMPLETE.contains(k)).collect();
        let (period, asked) = (self.ctx.period, self.asked.clone());
        let coverage = if kinds.is_empty() {
            Coverage { complete: asked.iter().map(|u| u.code.clone()).collect(), ..Coverage::default() }
        } else {
            self.states(&period).await?.coverage(&asked, &kinds, &period)
        };
        Ok(Figure {
            indicator: Arc::clone(indicator),
            unit: self.unit.clone(),
            period,
            value,
            origin,
            coverage,
            remarks,
            conflicts,
        })
    }

    /// A derived figure that the unit stated itself: it speaks only where nothing can be derived,
    /// and is compared where something can.
    async fn stated_share(
        &mut self,
        indicator: &Indicator,
        value: &mut Value,
        origin: &mut Origin,
        conflicts: &mut Vec<Conflict>,
    ) -> Result<()> {
        let statements = statement::load(self.tx, &indicator.id, &self.unit.id).await?;
        let own = statements.iter().find(|s| s.unit == self.unit.id && s.period == self.ctx.period);
        let Some(s) = own else { return Ok(()) };
        // A share of 1 is 100 %: stated in hundredths of a percent.
        let scale: i128 = if indicator.format == figures::Format::Percent { 10_000 } else { 100 };
        match value.parts() {
            None => {
                *value = Value::ratio(i128::from(s.value), scale);
                *origin = Origin::Stated;
            }
            Some((num, den)) => {
                let counted = i64::try_from(num * scale / den).unwrap_or(i64::MAX);
                if !s.comparator.agrees(s.value, counted) {
                    conflicts.push(Conflict {
                        indicator: indicator.id.clone(),
                        unit: s.unit_code.clone(),
                        period: s.period,
                        counted,
                        stated: s.value,
                        stated_counts: false,
                        settled: s.settled.is_some(),
                    });
                }
            }
        }
        Ok(())
    }

    /// What the records of a subtree are worth over a period.
    pub async fn states(&mut self, period: &Period) -> Result<&States> {
        if !self.states.contains_key(period) {
            let states = States::load(self.tx, &self.unit.id, period).await?;
            self.states.insert(*period, states);
        }
        Ok(&self.states[period])
    }

    pub(super) async fn answer(&mut self, key: &LeafKey<'_>) -> Result<LeafResult> {
        match key.query {
            Query::Leaf(leaf) => {
                let cached = (leaf.clone(), key.back);
                if let Some(known) = self.leaves.get(&cached) {
                    return Ok(known.clone());
                }
                let result = self.leaf(leaf, key.back).await?;
                self.leaves.insert(cached, result.clone());
                Ok(result)
            }
            Query::Without { population, reached } => self.without(population, reached, key.back).await,
        }
    }

    async fn leaf(&mut self, leaf: &Leaf, back: u32) -> Result<LeafResult> {
        let ctx = self.ctx.back(back);
        let Some(period) = leaf.when.period(&ctx) else {
            return Ok(missing("figure-no-days", None));
        };
        if leaf.every_year {
            return self.every_year(leaf, period, &ctx).await;
        }
        if !leaf.per_year {
            return self.leaf_in(leaf, period, &ctx).await;
        }
        let mut whole = LeafResult {
            value: LeafValue::Known(0),
            facts: 0,
            period: Some(period),
            statements: Vec::new(),
            remarks: Vec::new(),
            conflicts: Vec::new(),
        };
        for year in period.by_year() {
            let part = self.leaf_in(leaf, year, &ctx).await?;
            whole.value = match (whole.value, part.value) {
                (LeafValue::Known(a), LeafValue::Known(b)) => LeafValue::Known(a.saturating_add(b)),
                (why @ LeafValue::Missing(_), _) | (_, why @ LeafValue::Missing(_)) => why,
            };
            whole.facts += part.facts;
            whole.statements.extend(part.statements);
            whole.conflicts.extend(part.conflicts);
            for remark in part.remarks {
                if !whole.remarks.contains(&remark) {
                    whole.remarks.push(remark);
                }
            }
        }
        Ok(whole)
    }

    /// Those who have such a fact in each year of the period.
    async fn every_year(&mut self, leaf: &Leaf, period: Period, ctx: &Context) -> Result<LeafResult> {
        let mut all: Option<HashSet<String>> = None;
        let mut facts = 0;
        for year in period.by_year() {
            let who = self.who(leaf, year, ctx, Some(&self.unit.id.clone())).await?;
            facts += i64::try_from(who.len()).unwrap_or(i64::MAX);
            all = Some(match all {
                None => who,
                Some(before) => before.intersection(&who).cloned().collect(),
            });
        }
        let n = all.map_or(0, |s| s.len());
        let known = facts > 0 || self.states(&period).await?.any(leaf.measure.returns, &period);
        let mut result = missing("figure-no-data", Some(period));
        if known {
            result.value = LeafValue::Known(i64::try_from(n).unwrap_or(i64::MAX));
        }
        result.facts = facts;
        Ok(result)
    }

    pub(super) async fn who(
        &mut self,
        leaf: &Leaf,
        period: Period,
        ctx: &Context,
        unit: Option<&str>,
    ) -> Result<HashSet<String>> {
        let scope = Scope { leaf, unit, alone: false, period, tree: self.tree, replaced: &[], ctx };
        let query = sql::write(&scope, &Ask::Who);
        let mut who = HashSet::new();
        for row in self.tx.query(&query.sql, &query.params).await? {
            who.extend(row.opt_text("who")?.map(str::to_owned));
        }
        Ok(who)
    }

    /// The persons or units of a population that are not among those reached, anywhere.
    async fn without(&mut self, population: &Leaf, reached: &Leaf, back: u32) -> Result<LeafResult> {
        let ctx = self.ctx.back(back);
        let (Some(of), Some(by)) = (population.when.period(&ctx), reached.when.period(&ctx)) else {
            return Ok(missing("figure-no-days", None));
        };
        let unit = self.unit.id.clone();
        // Each year on its own: who was missed in two years was missed twice.
        let years = if population.per_year { of.by_year() } else { vec![of] };
        let (mut missed, mut facts, mut found) = (0, 0, false);
        for days in years {
            let all = self.who(population, days, &ctx, Some(&unit)).await?;
            let by = if population.per_year && reached.when.follows() { days } else { by };
            let there = self.who(reached, by, &ctx, None).await?;
            missed += all.difference(&there).count();
            facts += all.len();
            found |= !there.is_empty();
        }
        let always = |leaf: &Leaf| ALWAYS_COMPLETE.contains(&leaf.measure.returns);
        let population_known = facts > 0
            || always(population)
            || self.states(&of).await?.any(population.measure.returns, &of);
        // Nobody was reached, or nobody has handed in who was? A list that stands beside the
        // population's own (who is exempt among the members) comes with it.
        let reached_known = found
            || always(reached)
            || reached.measure.returns == population.measure.returns
            || self.states(&by).await?.any(reached.measure.returns, &by);
        let mut result = missing("figure-no-data", Some(of));
        if population_known && reached_known {
            result.value = LeafValue::Known(i64::try_from(missed).unwrap_or(i64::MAX));
        }
        result.facts = i64::try_from(facts).unwrap_or(i64::MAX);
        Ok(result)
    }

    async fn leaf_in(&mut self, leaf: &Leaf, period: Period, ctx: &Context) -> Result<LeafResult> {
        let unit = self.unit.id.clone();
        let statements = match self.book.indicator_of(leaf).map(str::to_owned) {
            Some(id) => statement::load(self.tx, &id, &unit).await?,
            None => Vec::new(),
        };
        // "Own" and "below" speak of the unit that states them: what others below stated about
        // themselves says nothing about it.
        let said = |s: &Statement| leaf.whose == Whose::All || s.unit == unit;
        let mut touching: Vec<Statement> =
            statements.into_iter().filter(|s| s.period.overlaps(&period) && said(s)).collect();
        if leaf.whose != Whose::All {
            for s in &mut touching {
                s.subtree = leaf.whose == Whose::Below;
            }
        }
        let fates = if touching.is_empty() {
            Vec::new()
        } else {
            let states = self.states(&period).await?;
            statement::decide(&touching, leaf, &period, states)
        };
        let used = |(s, fate): &(Statement, Fate)| (*fate == Fate::Used).then(|| s.clone());
        let statements: Vec<(Statement, Fate)> = touching.into_iter().zip(fates).collect();
        let counting: Vec<Statement> = statements.iter().filter_map(used).collect();
        let replaced: Vec<Replaced> = counting
            .iter()
            .map(|s| Replaced { unit: s.unit.clone(), subtree: s.subtree, period: s.period })
            .collect();
        let (counted, facts) = self.counted(leaf, Some(&unit), false, period, &replaced, ctx).await?;
        let known = facts > 0
            || !counting.is_empty()
            || ALWAYS_COMPLETE.contains(&leaf.measure.returns)
            || self.handed_in(leaf, &period).await?;
        let total = combined(leaf.agg, counted.filter(|_| facts > 0 || leaf_sums(leaf.agg)), &counting);
        let value = match total {
            Some(n) if known => LeafValue::Known(n),
            _ => LeafValue::Missing(Message::new("figure-no-data").with("measure", leaf.measure.label_vi)),
        };
        let mut remarks: Vec<Message> = statements.iter().filter_map(|(s, f)| statement::remark(f, s)).collect();
        if !counting.is_empty() && matches!(leaf.agg, Agg::People | Agg::Units) {
            remarks.push(Message::new("figure-may-repeat"));
        }
        if counting.iter().any(|s| s.comparator != Comparator::Exact) {
            remarks.push(Message::new("figure-stated-roughly"));
        }
        let mut conflicts = Vec::new();
        for (s, fate) in &statements {
            if matches!(fate, Fate::TooLong | Fate::OtherPeriod) && !period.covers(&s.period) {
                continue;
            }
            let (counted, facts) = self.counted(leaf, Some(&s.unit), !s.subtree, s.period, &[], ctx).await?;
            let counted = counted.unwrap_or(0).saturating_mul(100);
            let handed_in = facts > 0 || matches!(fate, Fate::Overruled);
            if handed_in && !s.comparator.agrees(s.value, counted) {
                conflicts.push(Conflict {
                    indicator: self.book.indicator_of(leaf).unwrap_or_default().to_owned(),
                    unit: s.unit_code.clone(),
                    period: s.period,
                    counted,
                    stated: s.value,
                    stated_counts: *fate == Fate::Used,
                    settled: s.settled.is_some(),
                });
            }
        }
        Ok(LeafResult { value, facts, period: Some(period), statements, remarks, conflicts })
    }

    /// Whether anybody whose facts the leaf counts has handed in anything.
    async fn handed_in(&mut self, leaf: &Leaf, period: &Period) -> Result<bool> {
        let (unit, kind) = (self.unit.id.clone(), leaf.measure.returns);
        let states = self.states(period).await?;
        Ok(match leaf.whose {
            Whose::Own => states.of(&unit, kind, period) != State::None,
            Whose::All | Whose::Below => states.any(kind, period),
        })
    }

    /// The number that records give, and how many facts it rests on.
    pub(super) async fn counted(
        &mut self,
        leaf: &Leaf,
        unit: Option<&str>,
        alone: bool,
        period: Period,
        replaced: &[Replaced],
        ctx: &Context,
    ) -> Result<(Option<i64>, i64)> {
        let scope = Scope { leaf, unit, alone, period, tree: self.tree, replaced, ctx };
        let query = sql::write(&scope, &Ask::Value);
        let row = self.tx.one(&query.sql, &query.params).await?;
        Ok((row.opt_int("value")?, row.int("facts")?))
    }

    /// The same figure for each unit directly below, or for each year of the period; a
    /// dimension is split by [`Runner::by_dim`].
    pub async fn by_year(&mut self, indicator: &Arc<Indicator>) -> Result<Vec<(Period, Figure)>> {
        let whole = self.ctx.period;
        let mut figures = Vec::new();
        for year in whole.by_year() {
            self.for_period(year);
            figures.push((year, self.figure(indicator).await?));
        }
        self.for_period(whole);
        Ok(figures)
    }

    /// The figure for each unit directly below on the last day of the period.
    pub async fn by_unit(&mut self, indicator: &Arc<Indicator>) -> Result<Vec<Figure>> {
        let below = unit::children(self.tx, &self.unit.id, self.ctx.period.to()).await?;
        let mut figures = Vec::with_capacity(below.len());
        for child in below {
            let mut runner = Runner::new(self.tx, self.book, child, self.ctx, self.tree).await?;
            figures.push(runner.figure(indicator).await?);
        }
        Ok(figures)
    }

    /// What records give for each value of a dimension, largest first.
    pub async fn by_dim(&mut self, leaf: &Leaf, dim: &'static str) -> Result<Vec<(Option<String>, i64)>> {
        let Some(period) = leaf.when.period(&self.ctx) else { return Ok(Vec::new()) };
        let unit = self.unit.id.clone();
        let ctx = self.ctx;
        let scope = Scope { leaf, unit: Some(&unit), alone: false, period, tree: self.tree, replaced: &[], ctx: &ctx };
        let query = sql::write(&scope, &Ask::ByDim(dim));
        let mut groups = Vec::new();
        for row in self.tx.query(&query.sql, &query.params).await? {
            let key = match row.get("key")? {
                store::Value::Int(Some(n)) => Some(n.to_string()),
                store::Value::Text(Some(t)) => Some(t.clone()),
                _ => None,
            };
            groups.push((key, row.opt_int("value")?.unwrap_or(0)));
        }
        Ok(groups)
    }

    /// The ids of the units that a plan counts (`units(…)`, or those left by `without`).
    pub async fn units_counted(&mut self, plan: &Plan) -> Result<Vec<String>> {
        let ctx = self.ctx;
        let unit = self.unit.id.clone();
        let mut found: Vec<String> = match plan {
            Plan::Leaf(leaf) if leaf.agg == Agg::Units => {
                let Some(period) = leaf.when.period(&ctx) else { return Ok(Vec::new()) };
                self.who(leaf, period, &ctx, Some(&unit)).await?.into_iter().collect()
            }
            Plan::Without { population, reached } if population.agg == Agg::Units => {
                let (Some(of), Some(by)) = (population.when.period(&ctx), reached.when.period(&ctx)) else {
                    return Ok(Vec::new());
                };
                let there = self.who(reached, by, &ctx, None).await?;
                let all = self.who(population, of, &ctx, Some(&unit)).await?;
                all.into_iter().filter(|u| !there.contains(u)).collect()
            }
            _ => Vec::new(),
        };
        found.sort();
        Ok(found)
    }

    /// Every kind of record that a set of indicators rests on.
    pub fn kinds(indicators: &[Arc<Indicator>]) -> Vec<&'static str> {
        let kinds: BTreeSet<_> = indicators.iter().flat_map(|i| i.returns.iter().copied()).collect();
        kinds.into_iter().filter(|k| !ALWAYS_COMPLETE.contains(k)).collect()
    }
}

fn leaf_sums(agg: Agg) -> bool {
    !matches!(agg, Agg::Max | Agg::Min)
}

/// Counted and stated together. Stated values are in hundredths; a count has no fractions, and
/// one that was stated with them is cut.
fn combined(agg: Agg, counted: Option<i64>, stated: &[Statement]) -> Option<i64> {
    let values = stated.iter().map(|s| s.value / 100);
    match agg {
        Agg::Max => counted.into_iter().chain(values).max(),
        Agg::Min => counted.into_iter().chain(values).min(),
        _ => Some(values.fold(counted.unwrap_or(0), i64::saturating_add)),
    }
}

fn missing(key: &'static str, period: Option<Period>) -> LeafResult {
    LeafResult {
        value: LeafValue::Missing(Message::new(key)),
        facts: 0,
        period,
        statements: Vec::new(),
        remarks: Vec::new(),
        conflicts: Vec::new(),
    }
}
