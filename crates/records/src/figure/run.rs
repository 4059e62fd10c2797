//! Running plans: from a unit, a period and an indicator to a figure.
//!
//! A figure is asked for inside one transaction, so everything it rests on is of one moment.
//! Each leaf is asked once, however often the catalogue mentions it.
//!
//! Decided here:
//! - A number is known when facts give it, when a statement does, or when somebody in the
//!   subtree has handed in the kind of record; `per year` and `every year` need that of each
//!   year, `without` and `within` of both sides.
//! - `people` counts persons who are named. Facts that name nobody (attendance by count) make
//!   no number of persons, not even nought, and are pointed out beside those who are named.
//! - By the units of the period's end, everything rolls up by the tree of that one day
//!   (of the leaf's own last day, where that is later), previous periods too: so they can be
//!   compared. What ended by then is stood for by its heirs ([`super::heirs`]).
//! - A derived figure that a unit states itself speaks where nothing can be derived, or where
//!   a person settled so; else it is compared with what was derived, as exactly as it is said.

use super::heirs;
use super::known::{Cell, Known};
use super::sql::{self, Ask, Of, Replaced, Scope, Tree, TreeRule};
use super::statement::{self, Comparator, Conflict, Fate, Statement};
use super::states::{Coverage, State, States};
use super::weigh;
use crate::unit::{self, Unit};
use chrono::Datelike;
use domain::{Day, Message, Period};
use figures::{Agg, Catalogue, Context, Indicator, Leaf, LeafKey, LeafValue, Plan, Query, Value, Whose};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use store::{Result, Row, Tx};

/// The catalogue, with the leaves that are indicators of their own: a statement about such an
/// indicator speaks wherever the same leaf stands.
pub struct Book {
    /// Every indicator.
    pub catalogue: Catalogue,
    day: Day,
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
        Book { catalogue, day, leaves }
    }

    /// Whether an indicator is the catalogue's own, not one narrowed to some of its facts: what
    /// is stated under its name speaks of the whole.
    fn has(&self, indicator: &Indicator) -> bool {
        self.catalogue.get(&indicator.id, self.day).is_some_and(|known| known.plan == indicator.plan)
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
    pub(super) known: Known,
}

/// Kinds that are always whole: the tree itself says which units there are.
const ALWAYS_COMPLETE: [&str; 1] = ["unit"];

/// A number from facts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub value: Option<i64>,
    pub facts: i64,
    /// Facts with a person.
    pub named: i64,
}

impl<'a> Runner<'a> {
    /// A runner for a unit and the days of a report.
    pub async fn new(
        tx: &'a mut Tx,
        book: &'a Book,
        unit: Unit,
        ctx: Context,
        tree: TreeRule,
    ) -> Result<Runner<'a>> {
        Runner::knowing(tx, book, unit, ctx, tree, Known::default()).await
    }

    /// The same with what another runner of the same transaction found out ([`Runner::into_known`]).
    pub async fn knowing(
        tx: &'a mut Tx,
        book: &'a Book,
        unit: Unit,
        ctx: Context,
        tree: TreeRule,
        known: Known,
    ) -> Result<Runner<'a>> {
        let known = known.about(&unit.id, tree);
        let mut runner = Runner { tx, book, ctx, unit, tree, known };
        runner.asked().await?;
        Ok(runner)
    }

    /// What was found out, for another runner of the same transaction.
    pub fn into_known(self) -> Known {
        self.known
    }

    /// The unit whose figures are asked for.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The units that are asked to hand in records: those directly below on the period's last
    /// day, or itself.
    pub async fn asked(&mut self) -> Result<Arc<[Unit]>> {
        let day = self.ctx.period.to();
        if let Some(asked) = self.known.asked.get(&day) {
            return Ok(Arc::clone(asked));
        }
        let mut asked =
            if self.unit.cell { Vec::new() } else { unit::children(self.tx, &self.unit.id, day).await? };
        if asked.is_empty() {
            asked.push(self.unit.clone());
        }
        let asked: Arc<[Unit]> = asked.into();
        self.known.asked.insert(day, Arc::clone(&asked));
        Ok(asked)
    }

    /// The same report for another period.
    pub fn for_period(&mut self, period: Period) {
        self.ctx.period = period;
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
            if let Entry::Vacant(place) = answers.entry(key) {
                place.insert(self.answer(&key).await?);
            }
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
        if let Some((s, counts)) = self.stated_share(indicator, &value).await? {
            conflicts.extend(share_differs(indicator, &s, counts, &value));
            if counts {
                value = share(indicator, &s);
                origin = Origin::Stated;
            }
        }
        let kinds: Vec<&str> =
            indicator.returns.iter().copied().filter(|k| !ALWAYS_COMPLETE.contains(k)).collect();
        let (period, asked) = (self.ctx.period, self.asked().await?);
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

    /// What the unit stated itself of a derived figure for the very period, and whether that
    /// counts instead of what is derived.
    pub(super) async fn stated_share(
        &mut self,
        indicator: &Indicator,
        derived: &Value,
    ) -> Result<Option<(Statement, bool)>> {
        if matches!(*indicator.plan, Plan::Leaf(_)) || !self.book.has(indicator) {
            return Ok(None);
        }
        let statements = self.statements(&indicator.id).await?;
        let own = |s: &&Statement| s.unit == self.unit.id && s.period == self.ctx.period;
        let Some(s) = statements.iter().find(own) else { return Ok(None) };
        let counts = match s.settled.as_deref() {
            Some("counted") => false,
            Some(_) => true,
            None => derived.parts().is_none(),
        };
        Ok(Some((s.clone(), counts)))
    }

    /// What the records of a subtree are worth over a period.
    pub async fn states(&mut self, period: &Period) -> Result<&States> {
        let known = self.known.states.take();
        let states = match known {
            Some(states) if states.0.covers(period) => states,
            other => {
                let years: Vec<Period> =
                    [*period, self.ctx.period].into_iter().chain(other.map(|(years, _)| years)).collect();
                let first = years.iter().map(|p| p.from().year()).min().unwrap_or(period.from().year());
                let last = years.iter().map(|p| p.to().year()).max().unwrap_or(period.to().year());
                let all = Period::years(first, last);
                (all, States::load(self.tx, &self.unit.id, &all).await?)
            }
        };
        Ok(&self.known.states.insert(states).1)
    }

    /// The statements of an indicator that belong to the unit.
    pub(super) async fn statements(&mut self, indicator: &str) -> Result<Arc<[Statement]>> {
        if let Some(known) = self.known.statements.get(indicator) {
            return Ok(Arc::clone(known));
        }
        let stated = match &self.known.stated {
            Some(stated) => Arc::clone(stated),
            None => Arc::clone(self.known.stated.insert(Arc::new(statement::indicators(self.tx).await?))),
        };
        let statements: Arc<[Statement]> = if stated.contains(indicator) {
            statement::load(self.tx, indicator, &self.unit.id).await?.into()
        } else {
            Arc::new([])
        };
        self.known.statements.insert(indicator.to_owned(), Arc::clone(&statements));
        Ok(statements)
    }

    /// The tree by which facts of a period roll up, with the heirs of what has ended by then.
    async fn tree_on(&mut self, period: &Period) -> Result<(Day, Arc<[(String, String)]>)> {
        let day = self.ctx.period.to().max(period.to());
        if self.tree == TreeRule::PeriodEnd && !self.known.heirs.contains_key(&day) {
            let heirs = heirs::on(self.tx, day).await?;
            self.known.heirs.insert(day, heirs.into());
        }
        let none = || Arc::from(Vec::new());
        Ok((day, self.known.heirs.get(&day).map_or_else(none, Arc::clone)))
    }

    /// Asks one question about facts, by the tree that the figure asks for.
    pub(super) async fn rows(
        &mut self,
        leaf: &Leaf,
        of: Of<'_>,
        period: Period,
        replaced: &[Replaced],
        ctx: &Context,
        ask: &Ask,
    ) -> Result<Vec<Row>> {
        let (day, heirs) = self.tree_on(&period).await?;
        let tree = match self.tree {
            TreeRule::FactDay => Tree::FactDay,
            TreeRule::PeriodEnd => Tree::On(day, &heirs),
        };
        let query = sql::write(&Scope { leaf, of, period, tree, replaced, ctx }, ask);
        self.tx.query(&query.sql, &query.params).await
    }

    pub(super) async fn answer(&mut self, key: &LeafKey<'_>) -> Result<LeafResult> {
        match key.query {
            Query::Leaf(leaf) => {
                let question = (leaf.clone(), self.ctx, key.back);
                if let Some(known) = self.known.leaves.get(&question) {
                    return Ok(known.clone());
                }
                let result = self.leaf(leaf, key.back).await?;
                self.known.leaves.insert(question, result.clone());
                Ok(result)
            }
            Query::Without { population, reached } => {
                let question = (population.clone(), reached.clone(), self.ctx, key.back);
                if let Some(known) = self.known.withouts.get(&question) {
                    return Ok(known.clone());
                }
                let result = self.without(population, reached, key.back).await?;
                self.known.withouts.insert(question, result.clone());
                Ok(result)
            }
        }
    }

    async fn leaf(&mut self, leaf: &Leaf, back: u32) -> Result<LeafResult> {
        let ctx = self.ctx.back(back);
        let Some(period) = leaf.when.period(&ctx) else {
            return Ok(missing("figure-no-days", None));
        };
        let unit = self.unit.id.clone();
        let (statements, complete) = self.weighed(leaf, &period).await?;
        let counting: Vec<&Statement> =
            statements.iter().filter(|(_, fate)| *fate == Fate::Used).map(|(s, _)| s).collect();
        let mut whole = Counted { value: None, facts: 0, named: 0 };
        let mut known = true;
        for piece in pieces(leaf, period) {
            let replaced = weigh::replaced(&counting, &piece);
            let counted = self.counted(leaf, Of::Subtree(&unit), piece, &replaced, &ctx).await?;
            known &= !replaced.is_empty() || self.known(leaf, &piece, &counted, &ctx).await?;
            whole.facts += counted.facts;
            whole.named += counted.named;
            // Only what adds up is asked for in pieces.
            whole.value = match (whole.value, counted.value) {
                (Some(a), Some(b)) => Some(a.saturating_add(b)),
                (a, b) => a.or(b),
            };
        }
        let value = match combined(leaf.agg, whole.value, &counting) {
            Some(n) if known => LeafValue::Known(n),
            _ => LeafValue::Missing(Message::new("figure-no-data").with("measure", leaf.measure.label_vi)),
        };
        let mut remarks: Vec<Message> =
            statements.iter().filter_map(|(s, f)| statement::remark(f, s)).collect();
        if !counting.is_empty() && matches!(leaf.agg, Agg::People | Agg::Units) {
            remarks.push(Message::new("figure-may-repeat"));
        }
        if counting.iter().any(|s| s.comparator != Comparator::Exact) {
            remarks.push(Message::new("figure-stated-roughly"));
        }
        if leaf.agg == Agg::People && whole.facts > whole.named {
            remarks.push(Message::new("figure-unnamed").with("n", whole.facts - whole.named));
        }
        let conflicts = self.differing(leaf, &statements, &complete, &ctx).await?;
        Ok(LeafResult { value, facts: whole.facts, period: Some(period), statements, remarks, conflicts })
    }

    /// Whether a number from facts is one: missing is not nought.
    async fn known(
        &mut self,
        leaf: &Leaf,
        period: &Period,
        counted: &Counted,
        ctx: &Context,
    ) -> Result<bool> {
        if leaf.agg == Agg::People && counted.facts > 0 {
            return Ok(counted.named > 0);
        }
        if counted.facts > 0 || ALWAYS_COMPLETE.contains(&leaf.measure.returns) {
            return Ok(true);
        }
        if !leaf.every_year {
            return self.handed_in(leaf, period).await;
        }
        // Nobody has it in every year. That is known only if each year is.
        let once = Leaf { every_year: false, ..leaf.clone() };
        let unit = self.unit.id.clone();
        for year in period.by_year() {
            let counted = self.counted(&once, Of::Subtree(&unit), year, &[], ctx).await?;
            if !Box::pin(self.known(&once, &year, &counted, ctx)).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether anybody whose facts the leaf counts has handed in anything.
    async fn handed_in(&mut self, leaf: &Leaf, period: &Period) -> Result<bool> {
        let (unit, grassroots, kind) = (self.unit.id.clone(), self.unit.grassroots, leaf.measure.returns);
        let states = self.states(period).await?;
        Ok(match leaf.whose {
            Whose::All => states.any(kind, period),
            Whose::Own => states.of(&unit, kind, period) != State::None,
            Whose::Below => states.any_below(kind, period, grassroots),
        })
    }

    /// Who is counted: persons or units; with the year where each year counts by itself.
    pub(super) async fn who(
        &mut self,
        leaf: &Leaf,
        period: Period,
        ctx: &Context,
        of: Of<'_>,
    ) -> Result<HashSet<(String, i32)>> {
        let mut who = HashSet::new();
        for piece in pieces(leaf, period) {
            let year = if leaf.per_year { piece.from().year() } else { 0 };
            for row in self.rows(leaf, of, piece, &[], ctx, &Ask::Who).await? {
                who.extend(row.opt_text("who")?.map(|who| (who.to_owned(), year)));
            }
        }
        Ok(who)
    }

    /// The persons or units of a population that are not among those reached, anywhere.
    async fn without(&mut self, population: &Leaf, reached: &Leaf, back: u32) -> Result<LeafResult> {
        let ctx = self.ctx.back(back);
        let (Some(of), Some(by)) = (population.when.period(&ctx), reached.when.period(&ctx)) else {
            return Ok(missing("figure-no-days", None));
        };
        let mut result = missing("figure-no-data", Some(of));
        let (mut all, mut there) = (0_i64, 0_i64);
        for piece in pieces(population, of) {
            // Where each year counts by itself, a year's people are compared with that year's.
            let year = |by: &Period| !population.per_year || by.from().year() == piece.from().year();
            let by = pieces(reached, by).into_iter().find(year);
            let (of_piece, met) = self.met(population, piece, reached, by, &ctx).await?;
            all += of_piece;
            there += met;
        }
        let always = |leaf: &Leaf| ALWAYS_COMPLETE.contains(&leaf.measure.returns);
        // Nobody reached, and nobody handed in who was: that is not "everybody was missed". A
        // list that stands beside the population's own (who is exempt among the members) comes
        // with it.
        let known = (all > 0 || always(population) || self.handed_in(population, &of).await?)
            && (there > 0
                || always(reached)
                || reached.measure.returns == population.measure.returns
                || self.handed_in(reached, &by).await?);
        if known {
            result.value = LeafValue::Known(all - there);
        }
        result.facts = all;
        Ok(result)
    }

    /// How many a population has, and how many of them are among those reached, anywhere.
    async fn met(
        &mut self,
        population: &Leaf,
        of: Period,
        reached: &Leaf,
        by: Option<Period>,
        ctx: &Context,
    ) -> Result<(i64, i64)> {
        let Some(by) = by else {
            return Ok((self.met_by(population, of, &[], ctx).await?.0, 0));
        };
        if let Some(ahead) = self.known.met.get(&(Cell::new(population, of, ctx), Cell::new(reached, by, ctx))) {
            return Ok(*ahead);
        }
        let (all, met) = self.met_by(population, of, &[(reached, by)], ctx).await?;
        Ok((all, met.first().copied().unwrap_or(0)))
    }

    /// The same for several who reach: how many there are, and how many each of them has met.
    pub(super) async fn met_by(
        &mut self,
        population: &Leaf,
        of: Period,
        reached: &[(&Leaf, Period)],
        ctx: &Context,
    ) -> Result<(i64, Vec<i64>)> {
        let (day, heirs) = self.tree_on(&of).await?;
        let tree = match self.tree {
            TreeRule::FactDay => Tree::FactDay,
            TreeRule::PeriodEnd => Tree::On(day, &heirs),
        };
        let all = Scope { leaf: population, of: Of::Subtree(&self.unit.id), period: of, tree, replaced: &[], ctx };
        // Where those reached belong does not matter, so neither does the tree.
        let there: Vec<Scope<'_>> = reached
            .iter()
            .map(|&(leaf, period)| Scope { leaf, of: Of::All, period, ..all.clone() })
            .collect();
        let query = sql::met(&all, &there);
        let row = self.tx.one(&query.sql, &query.params).await?;
        let met = (0..reached.len()).map(|at| row.int(&format!("met{at}")));
        Ok((row.int("everybody")?, met.collect::<Result<_>>()?))
    }

    /// The number that records give, and how many facts it rests on.
    pub(super) async fn counted(
        &mut self,
        leaf: &Leaf,
        of: Of<'_>,
        period: Period,
        replaced: &[Replaced],
        ctx: &Context,
    ) -> Result<Counted> {
        let whole = matches!(of, Of::Subtree(unit) if unit == self.unit.id) && replaced.is_empty();
        if whole && let Some(ahead) = self.known.counted.get(&Cell::new(leaf, period, ctx)) {
            return Ok(*ahead);
        }
        let rows = self.rows(leaf, of, period, replaced, ctx, &Ask::Value).await?;
        let Some(row) = rows.first() else { return Ok(Counted { value: None, facts: 0, named: 0 }) };
        let (value, facts, named) = (row.opt_int("value")?, row.int("facts")?, row.int("named")?);
        Ok(Counted { value: value.filter(|_| facts > 0 || leaf_sums(leaf.agg)), facts, named })
    }

    /// The same figure for each year of the period.
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

    /// The figure of each unit directly below on the last day of the period. It is that
    /// unit's own figure for the whole period: under a tree that changed meanwhile they need
    /// not add up to the figure above them; [`super::explain`] splits that one itself.
    pub async fn by_unit(&mut self, indicator: &Arc<Indicator>) -> Result<Vec<Figure>> {
        let below = unit::children(self.tx, &self.unit.id, self.ctx.period.to()).await?;
        let mut figures = Vec::with_capacity(below.len());
        let mut known = self.known.of_anybody();
        for child in below {
            let mut runner = Runner::knowing(self.tx, self.book, child, self.ctx, self.tree, known).await?;
            figures.push(runner.figure(indicator).await?);
            known = runner.into_known();
        }
        Ok(figures)
    }

    /// What records give for each value of a dimension, largest first; where each year counts
    /// by itself, the years added up.
    pub async fn by_dim(&mut self, leaf: &Leaf, dim: &'static str) -> Result<Vec<(Option<String>, i64)>> {
        let Some(period) = leaf.when.period(&self.ctx) else { return Ok(Vec::new()) };
        let (unit, ctx) = (self.unit.id.clone(), self.ctx);
        let mut groups: BTreeMap<Option<String>, i64> = BTreeMap::new();
        for piece in pieces(leaf, period) {
            for row in self.rows(leaf, Of::Subtree(&unit), piece, &[], &ctx, &Ask::ByDim(dim)).await? {
                let key = match row.get("key")? {
                    store::Value::Int(Some(n)) => Some(n.to_string()),
                    store::Value::Text(Some(t)) => Some(t.clone()),
                    _ => None,
                };
                // The largest of no amounts at all is no number.
                let Some(value) = row.opt_int("value")? else { continue };
                let sum = groups.entry(key).or_insert(0);
                *sum = sum.saturating_add(value);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
        Ok(groups)
    }

    /// The ids of the units that a plan counts (`units(…)`, or those left by `without`).
    pub async fn units_counted(&mut self, plan: &Plan) -> Result<Vec<String>> {
        let ctx = self.ctx;
        let unit = self.unit.id.clone();
        let of_unit = Of::Subtree(&unit);
        let found: Vec<(String, i32)> = match plan {
            Plan::Leaf(leaf) if leaf.agg == Agg::Units => {
                let Some(period) = leaf.when.period(&ctx) else { return Ok(Vec::new()) };
                self.who(leaf, period, &ctx, of_unit).await?.into_iter().collect()
            }
            Plan::Without { population, reached } if population.agg == Agg::Units => {
                let (Some(of), Some(by)) = (population.when.period(&ctx), reached.when.period(&ctx)) else {
                    return Ok(Vec::new());
                };
                let there = self.who(reached, by, &ctx, Of::All).await?;
                let all = self.who(population, of, &ctx, of_unit).await?;
                all.into_iter().filter(|u| !there.contains(u)).collect()
            }
            _ => Vec::new(),
        };
        let units: BTreeSet<String> = found.into_iter().map(|(unit, _)| unit).collect();
        Ok(units.into_iter().collect())
    }

    /// Every kind of record that a set of indicators rests on.
    pub fn kinds(indicators: &[Arc<Indicator>]) -> Vec<&'static str> {
        let kinds: BTreeSet<_> = indicators.iter().flat_map(|i| i.returns.iter().copied()).collect();
        kinds.into_iter().filter(|k| !ALWAYS_COMPLETE.contains(k)).collect()
    }
}

/// How many hundredths a derived figure of 1 is stated in: a share of 1 is 100 %.
fn scale(indicator: &Indicator) -> i128 {
    if indicator.format == figures::Format::Percent { 10_000 } else { 100 }
}

/// A derived figure as it was stated.
pub(super) fn share(indicator: &Indicator, s: &Statement) -> Value {
    Value::ratio(i128::from(s.value), scale(indicator))
}

/// Whether a derived figure differs from what was stated.
fn share_differs(indicator: &Indicator, s: &Statement, counts: bool, derived: &Value) -> Option<Conflict> {
    let (num, den) = derived.parts()?;
    let counted = num.checked_mul(scale(indicator)).and_then(|n| i64::try_from(n / den).ok());
    let counted = counted.unwrap_or(if num < 0 { i64::MIN } else { i64::MAX });
    // Shares are said with one decimal, cut: 98,95 % and 98,9 % are the same said twice.
    let cut = indicator.format == figures::Format::Percent && s.value % 10 == 0;
    let said = if cut { counted - counted % 10 } else { counted };
    let conflict = Conflict {
        indicator: indicator.id.clone(),
        unit: s.unit_code.clone(),
        period: s.period,
        counted,
        stated: s.value,
        stated_counts: counts,
        settled: s.settled.is_some(),
    };
    (!s.comparator.agrees(s.value, said)).then_some(conflict)
}

/// The days for which a leaf is asked, one after the other: each year by itself, or the whole.
pub(super) fn pieces(leaf: &Leaf, period: Period) -> Vec<Period> {
    if leaf.per_year { period.by_year() } else { vec![period] }
}

pub(super) fn leaf_sums(agg: Agg) -> bool {
    !matches!(agg, Agg::Max | Agg::Min)
}

/// Counted and stated together. Stated values are in hundredths; a count has no fractions, and
/// one that was stated with them is cut.
fn combined(agg: Agg, counted: Option<i64>, stated: &[&Statement]) -> Option<i64> {
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
