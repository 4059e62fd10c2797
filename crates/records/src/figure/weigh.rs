//! Weighing statements against records: which count for a leaf, what they replace, and which
//! the records do not agree with. The rule itself stands in [`super::statement`].
//!
//! A statement about what a unit did itself (`own`), or about what is below it (`below`),
//! speaks of the unit that stated it; what others state of theirs says nothing about it.

use super::run::{Runner, leaf_sums, pieces};
use super::sql::{self, Ask, Of, Replaced, Scope, Tree};
use super::statement::{self, Conflict, Fate, Statement};
use super::states::{State, States};
use domain::{Day, Period};
use figures::{Context, Leaf, Whose};
use std::collections::{BTreeMap, HashMap};
use store::Result;

impl Runner<'_> {
    /// The statements that have to do with a leaf, with their fates, and whether the records
    /// of those each speaks of are complete.
    pub(super) async fn weighed(
        &mut self,
        leaf: &Leaf,
        period: &Period,
    ) -> Result<(Vec<(Statement, Fate)>, Vec<bool>)> {
        let Some(id) = self.book.indicator_of(leaf).map(str::to_owned) else { return Ok(Default::default()) };
        let all = self.statements(&id).await?;
        let said = |s: &&Statement| leaf.whose == Whose::All || s.unit == self.unit.id;
        let mut touching: Vec<Statement> =
            all.iter().filter(|s| s.period.overlaps(period)).filter(said).cloned().collect();
        if touching.is_empty() {
            return Ok(Default::default());
        }
        if leaf.whose != Whose::All {
            for s in &mut touching {
                s.subtree = leaf.whose == Whose::Below;
            }
        }
        let kind = leaf.measure.returns;
        let states = self.states(period).await?;
        let own = |s: &Statement| {
            period.covers(&s.period) && (leaf.whose == Whose::Below || is_complete(states, &s.unit, kind, s))
        };
        let mut complete: Vec<bool> = touching.iter().map(own).collect();
        let subtrees: Vec<String> = touching
            .iter()
            .zip(&complete)
            .filter(|(s, own)| s.subtree && **own)
            .map(|(s, _)| s.unit.clone())
            .collect();
        if !subtrees.is_empty() {
            let below = self.below(&subtrees).await?;
            let states = self.states(period).await?;
            for (s, complete) in touching.iter().zip(&mut complete).filter(|(s, _)| s.subtree) {
                let on_day = |b: &&Below| b.above == s.unit && b.from <= s.day && s.day <= b.to;
                let mut below = below.iter().filter(on_day).peekable();
                // Nobody below has nothing to hand in, and nothing to say.
                *complete &= leaf.whose != Whose::Below || below.peek().is_some();
                *complete &= below.all(|b| is_complete(states, &b.unit, kind, s));
            }
        }
        let fates = statement::decide(&touching, leaf, period, &complete);
        Ok((touching.into_iter().zip(fates).collect(), complete))
    }

    /// Everything that was ever below some units.
    async fn below(&mut self, units: &[String]) -> Result<Vec<Below>> {
        let names: Vec<String> = (1..=units.len()).map(|i| format!("${i}")).collect();
        let params: Vec<store::Value> = units.iter().map(store::Value::from).collect();
        let sql = format!(
            "SELECT ancestor, descendant, from_day, to_day FROM unit_span WHERE depth > 0 AND ancestor IN ({})",
            names.join(", ")
        );
        let mut below = Vec::new();
        for row in self.tx.query(&sql, &params).await? {
            below.push(Below {
                above: row.words("ancestor")?,
                unit: row.words("descendant")?,
                from: row.day("from_day")?,
                to: row.day("to_day")?,
            });
        }
        Ok(below)
    }

    /// Statements that the records do not agree with.
    pub(super) async fn differing(
        &mut self,
        leaf: &Leaf,
        statements: &[(Statement, Fate)],
        complete: &[bool],
        ctx: &Context,
    ) -> Result<Vec<Conflict>> {
        // Units that state the same days are counted together.
        let mut groups: BTreeMap<(Day, Day, bool), Vec<String>> = BTreeMap::new();
        let comparable = |fate: &Fate| *fate != Fate::TooLong;
        for (s, _) in statements.iter().filter(|(_, fate)| comparable(fate)) {
            let units = groups.entry((s.period.from(), s.period.to(), s.subtree)).or_default();
            if !units.contains(&s.unit) {
                units.push(s.unit.clone());
            }
        }
        let mut found: HashMap<_, (Option<i64>, i64)> = HashMap::new();
        for ((from, to, subtree), units) in &groups {
            let Ok(period) = Period::new(*from, *to) else { continue };
            for piece in pieces(leaf, period) {
                for (unit, value, facts) in self.counted_each(leaf, units, *subtree, piece, ctx).await? {
                    let sum = found.entry((*from, *to, *subtree, unit)).or_insert((None, 0));
                    sum.0 = sum.0.map_or(value, |a| Some(a.saturating_add(value.unwrap_or(0))));
                    sum.1 += facts;
                }
            }
        }
        let mut conflicts = Vec::new();
        for ((s, fate), complete) in statements.iter().zip(complete).filter(|((_, fate), _)| comparable(fate))
        {
            let key = (s.period.from(), s.period.to(), s.subtree, s.unit.clone());
            let (counted, facts) = found.get(&key).copied().unwrap_or((None, 0));
            let nothing = (facts == 0 && leaf_sums(leaf.agg)).then_some(0);
            let Some(counted) = counted.or(nothing) else { continue };
            let counted = counted.saturating_mul(100);
            if (facts > 0 || *complete) && !s.comparator.agrees(s.value, counted) {
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
        Ok(conflicts)
    }

    /// What several units' records give for some days, each by itself: unit, number, facts.
    /// By the tree of the fact's day, as statements are meant. Those without facts may be
    /// left out.
    async fn counted_each(
        &mut self,
        leaf: &Leaf,
        units: &[String],
        subtree: bool,
        period: Period,
        ctx: &Context,
    ) -> Result<Vec<(String, Option<i64>, i64)>> {
        let ask = |of, ask: &Ask| {
            sql::write(&Scope { leaf, of, period, tree: Tree::FactDay, replaced: &[], ctx }, ask)
        };
        let mut found = Vec::with_capacity(units.len());
        if leaf.every_year {
            // Who has it in every year must be asked of each unit by itself.
            for unit in units {
                let of = if subtree { Of::Subtree(unit) } else { Of::Alone(unit) };
                let query = ask(of, &Ask::Value);
                let row = self.tx.one(&query.sql, &query.params).await?;
                found.push((unit.clone(), row.opt_int("value")?, row.int("facts")?));
            }
            return Ok(found);
        }
        let of = if subtree { Of::Subtrees(units) } else { Of::Each(units) };
        let query = ask(of, &Ask::Each);
        for row in self.tx.query(&query.sql, &query.params).await? {
            found.push((row.words("unit")?, row.opt_int("value")?, row.int("facts")?));
        }
        Ok(found)
    }
}

/// A unit below another for some days.
struct Below {
    above: String,
    unit: String,
    from: Day,
    to: Day,
}

fn is_complete(states: &States, unit: &str, kind: &str, s: &Statement) -> bool {
    states.of_at(unit, kind, &s.period, s.day) == State::Complete
}

/// What statements replace in some of the days.
pub(super) fn replaced(counting: &[&Statement], days: &Period) -> Vec<Replaced> {
    let whole = |s: &&Statement| Replaced { unit: s.unit.clone(), subtree: s.subtree, period: s.period };
    counting.iter().filter_map(|s| whole(s).in_days(days)).collect()
}
