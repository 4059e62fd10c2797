//! The oracle: the same questions answered by plain loops over plain lists, day by day, without
//! a database. Written from the rules, not from the queries.

use super::facts::{Cell, Fact};
use super::world::{Stated, World, day, id};
use chrono::Datelike;
use domain::{Day, Period};
use figures::{Agg, At, Column, Cond, Context, DimType, Leaf, LeafKey, Literal, Op, Query, Shape, Whose};
use std::collections::{BTreeMap, BTreeSet};

/// A tree to roll up by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    FactDay,
    On(Day),
}

/// Of whom.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    All,
    Subtree(usize),
    Alone(usize),
}

/// What became of a statement, in the words of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Used,
    Overruled,
    Settled,
    Covered,
    TooLong,
    OtherPeriod,
}

/// unit, period, counted, stated, the statement counts, settled
pub type Conflict = (usize, Period, i64, i64, bool, bool);

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// `None` when missing.
    pub value: Option<i64>,
    pub facts: i64,
    /// By the statement's place in the world.
    pub fates: BTreeMap<usize, Fate>,
    pub moved: BTreeSet<usize>,
    pub conflicts: Vec<Conflict>,
}

/// Which of the indicators a leaf is.
type IndicatorOf<'w> = Box<dyn Fn(&Leaf) -> Option<usize> + 'w>;

/// The oracle of one question about a world.
pub struct Naive<'w> {
    pub world: &'w World,
    /// For each day: each unit's parent; `None` when it does not exist.
    days: Vec<Vec<Option<Option<usize>>>>,
    first: Day,
    pub ctx: Context,
    pub unit: usize,
    pub rule: Rule,
    /// The indicator that a leaf is.
    pub indicator_of: IndicatorOf<'w>,
}

impl<'w> Naive<'w> {
    pub fn new(world: &'w World, ctx: Context, unit: usize, period_end: bool) -> Naive<'w> {
        let first = day("2019-01-01");
        let rule = if period_end { Rule::On(ctx.period.to()) } else { Rule::FactDay };
        let mut naive =
            Naive { world, days: Vec::new(), first, ctx, unit, rule, indicator_of: Box::new(|_| None) };
        naive.live();
        naive
    }

    /// Lives through every day.
    fn live(&mut self) {
        let units = &self.world.units;
        let mut parents: Vec<Option<usize>> = units.iter().map(|u| u.parent).collect();
        let mut gone = vec![false; units.len()];
        let mut today = self.first;
        while today <= day("2026-12-31") {
            for e in self.world.events.iter().filter(|e| e.day == today) {
                match e.event {
                    "move" => parents[e.unit] = e.other,
                    "merge" => {
                        let into = e.other.unwrap();
                        for u in 0..units.len() {
                            if parents[u] == Some(e.unit) && !gone[u] {
                                parents[u] = if u == into { parents[e.unit] } else { Some(into) };
                            }
                        }
                        gone[e.unit] = true;
                    }
                    "dissolve" => gone[e.unit] = true,
                    _ => {}
                }
            }
            let alive = |u: usize| !gone[u] && units[u].from <= today;
            self.days.push((0..units.len()).map(|u| alive(u).then_some(parents[u])).collect());
            today = today.succ_opt().unwrap();
        }
    }

    fn parents(&self, on: Day) -> &[Option<Option<usize>>] {
        let last = self.days.len() - 1;
        &self.days[usize::try_from((on - self.first).num_days()).unwrap_or(0).min(last)]
    }

    pub fn alive(&self, unit: usize, on: Day) -> bool {
        on >= self.first && self.parents(on)[unit].is_some()
    }

    /// The unit and everything above it on a day, from below.
    pub fn chain(&self, unit: usize, on: Day) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut at = Some(unit).filter(|u| self.alive(*u, on));
        while let Some(u) = at {
            assert!(chain.len() <= self.world.units.len(), "a loop");
            chain.push(u);
            at = self.parents(on)[u].flatten();
        }
        chain
    }

    fn under(&self, above: usize, unit: usize, on: Day) -> bool {
        self.chain(unit, on).contains(&above)
    }

    /// First and last day of a unit; `None` when it never lived a day.
    pub fn life(&self, unit: usize) -> Option<(Day, Day)> {
        let alive = |i: &usize| self.days[*i][unit].is_some();
        let at = |i: usize| self.first + chrono::TimeDelta::days(i64::try_from(i).unwrap());
        let first = (0..self.days.len()).find(alive)?;
        let last = (0..self.days.len()).rfind(alive)?;
        Some((at(first), if last + 1 == self.days.len() { day("9999-12-31") } else { at(last) }))
    }

    /// The unit that stands for a unit on a day.
    fn heir(&self, unit: usize, on: Day) -> usize {
        let ended = |e: &&super::world::EventRow| {
            e.unit == unit && matches!(e.event, "merge" | "dissolve") && e.day <= on
        };
        match self.world.events.iter().find(ended) {
            None => unit,
            Some(e) => match (e.other, self.life(unit)) {
                (Some(into), _) => self.heir(into, on),
                (None, Some((_, last))) => match self.chain(unit, last).get(1) {
                    Some(parent) => self.heir(*parent, on),
                    None => unit,
                },
                (None, None) => unit,
            },
        }
    }

    /// Whether a fact is of the days.
    fn present(leaf: &Leaf, fact: &Fact, period: &Period) -> bool {
        match (leaf.measure.shape, leaf.at) {
            (Shape::Events, _) => period.contains(fact.from),
            (_, At::During) => fact.from <= period.to() && fact.to >= period.from(),
            (_, At::Start) => fact.from <= period.from() && fact.to >= period.from(),
            (_, At::End) => fact.from <= period.to() && fact.to >= period.to(),
        }
    }

    /// The days on which a fact rolls up.
    fn days_of(leaf: &Leaf, fact: &Fact, period: &Period) -> Vec<Day> {
        match (leaf.measure.shape, leaf.at) {
            (Shape::Events, _) => vec![fact.from],
            (_, At::Start) => vec![period.from()],
            (_, At::End) => vec![period.to()],
            (_, At::During) => {
                let last = fact.to.min(period.to());
                fact.from.max(period.from()).iter_days().take_while(|d| *d <= last).collect()
            }
        }
    }

    fn belongs(&self, leaf: &Leaf, fact: &Fact, period: &Period, of: Of, rule: Rule) -> bool {
        if !Self::present(leaf, fact, period) {
            return false;
        }
        let unit = match of {
            Of::All => return true,
            Of::Alone(unit) => return fact.unit == unit,
            Of::Subtree(unit) => unit,
        };
        let taken = |own: bool| match leaf.whose {
            Whose::All => true,
            Whose::Own => own,
            Whose::Below => !own,
        };
        match rule {
            Rule::FactDay => Self::days_of(leaf, fact, period)
                .into_iter()
                .any(|d| self.under(unit, fact.unit, d) && taken(fact.unit == unit)),
            Rule::On(day) => {
                let heir = self.heir(fact.unit, day);
                self.under(unit, heir, day) && taken(heir == unit)
            }
        }
    }

    /// Facts that meet the condition and belong, without those that statements replace.
    pub fn facts(
        &self,
        leaf: &Leaf,
        period: &Period,
        of: Of,
        rule: Rule,
        stated: &[(&Stated, bool)],
    ) -> Vec<Fact> {
        let once = Leaf { every_year: false, ..leaf.clone() };
        let replaced = |f: &Fact| {
            stated.iter().any(|(s, subtree)| {
                let from = s.period.from().max(period.from());
                let Ok(days) = Period::new(from, s.period.to().min(period.to())) else { return false };
                let of = if *subtree { Of::Subtree(s.unit) } else { Of::Alone(s.unit) };
                let all = Leaf { whose: Whose::All, ..leaf.clone() };
                self.belongs(&all, f, &days, of, Rule::FactDay)
            })
        };
        let mut facts: Vec<Fact> = self
            .measure(leaf.measure.name)
            .into_iter()
            .filter(|f| self.holds(&leaf.condition, f) == Some(true))
            .filter(|f| self.belongs(leaf, f, period, of, rule) && !replaced(f))
            .collect();
        if leaf.every_year {
            for year in period.by_year() {
                let there = self.facts(&once, &year, of, rule, stated);
                let those: BTreeSet<usize> = there.iter().filter_map(|f| who(leaf.agg, f)).collect();
                facts.retain(|f| who(leaf.agg, f).is_some_and(|w| those.contains(&w)));
            }
        }
        facts
    }

    fn answer_leaf(&self, leaf: &Leaf, ctx: &Context) -> Answer {
        let mut answer = Answer::default();
        let Some(period) = leaf.when.period(ctx) else { return answer };
        let rule = match self.rule {
            Rule::On(day) => Rule::On(day.max(period.to())),
            rule => rule,
        };
        let kind = leaf.measure.returns;
        let pieces = if leaf.per_year { period.by_year() } else { vec![period] };
        let used = self.weigh(leaf, &period, &mut answer);
        let (mut sum, mut known) = (None, true);
        for piece in &pieces {
            let facts = self.facts(leaf, piece, Of::Subtree(self.unit), rule, &used);
            answer.facts += i64::try_from(facts.len()).unwrap();
            let stated = used.iter().any(|(s, _)| s.period.overlaps(piece));
            known &= stated || self.known(leaf, piece, rule, &facts, kind);
            sum = match (sum, aggregate(leaf.agg, &facts)) {
                (Some(a), Some(b)) => Some(a + b),
                (a, b) => a.or(b),
            };
        }
        let stated = used.iter().map(|(s, _)| s.value / 100);
        answer.value = match leaf.agg {
            Agg::Max => sum.into_iter().chain(stated).max(),
            Agg::Min => sum.into_iter().chain(stated).min(),
            _ => Some(sum.unwrap_or(0) + stated.sum::<i64>()),
        };
        if !known {
            answer.value = None;
        }
        answer
    }

    /// Missing is not nought.
    fn known(&self, leaf: &Leaf, piece: &Period, rule: Rule, facts: &[Fact], kind: &str) -> bool {
        if leaf.agg == Agg::People && !facts.is_empty() {
            return facts.iter().any(|f| f.person.is_some());
        }
        if !facts.is_empty() || kind == "unit" {
            return true;
        }
        if leaf.every_year {
            let once = Leaf { every_year: false, ..leaf.clone() };
            return piece.by_year().iter().all(|year| {
                let facts = self.facts(&once, year, Of::Subtree(self.unit), rule, &[]);
                self.known(&once, year, rule, &facts, kind)
            });
        }
        self.handed_in(leaf.whose, kind, piece)
    }

    fn handed_in(&self, whose: Whose, kind: &str, period: &Period) -> bool {
        let of = |unit| self.state(unit, kind, period, period.to()) > 0;
        let there = |unit: usize| {
            period
                .from()
                .iter_days()
                .take_while(|d| *d <= period.to())
                .any(|d| self.under(self.unit, unit, d))
        };
        let below = || (0..self.world.units.len()).any(|u| u != self.unit && there(u) && of(u));
        match whose {
            Whose::Own => of(self.unit),
            Whose::All => of(self.unit) || below(),
            Whose::Below => {
                let grassroots = is_grassroots(self.world.units[self.unit].kind);
                let above = || {
                    let years = period.from().year()..=period.to().year();
                    years
                        .into_iter()
                        .any(|y| self.grassroots_says(self.unit, kind, y, period.to()).unwrap_or(0) > 0)
                };
                below() || grassroots && of(self.unit) || above()
            }
        }
    }

    fn own_state(&self, unit: usize, kind: &str, year: i32) -> Option<u8> {
        let find = |kind: &str| {
            self.world.returned.iter().find(|r| r.unit == unit && r.kind == kind && r.year == year)
        };
        find(kind).or_else(|| find("all")).map(|r| match r.state {
            "complete" => 2,
            "partial" => 1,
            _ => 0,
        })
    }

    fn grassroots_says(&self, unit: usize, kind: &str, year: i32, on: Day) -> Option<u8> {
        let on = on.min(self.life(unit)?.1);
        let grassroots = |u: &&usize| is_grassroots(self.world.units[**u].kind);
        let nearest = *self.chain(unit, on).iter().skip(1).find(grassroots)?;
        self.own_state(nearest, kind, year)
    }

    /// 0 none, 1 partial, 2 complete.
    fn state(&self, unit: usize, kind: &str, period: &Period, on: Day) -> u8 {
        let years = period.from().year()..=period.to().year();
        let each: Vec<u8> = years
            .map(|y| {
                self.own_state(unit, kind, y).or_else(|| self.grassroots_says(unit, kind, y, on)).unwrap_or(0)
            })
            .collect();
        if each.iter().all(|s| *s == each[0]) { each[0] } else { 1 }
    }

    /// Codes of those complete, partial, none.
    pub fn coverage(&self, kinds: &[&str]) -> [BTreeSet<usize>; 3] {
        let period = &self.ctx.period;
        let below = |u: &usize| self.chain(*u, period.to()).get(1) == Some(&self.unit);
        let mut asked: Vec<usize> = (0..self.world.units.len()).filter(below).collect();
        if asked.is_empty() || is_cell(self.world.units[self.unit].kind) {
            asked = vec![self.unit];
        }
        let mut sets = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
        for unit in asked {
            let each: Vec<u8> = kinds.iter().map(|k| self.state(unit, k, period, period.to())).collect();
            let at = match (each.iter().min(), each.iter().max()) {
                (None, _) | (Some(2), _) => 0,
                (_, Some(0)) => 2,
                _ => 1,
            };
            sets[at].insert(unit);
        }
        sets
    }

    /// The day on which a statement is attributed.
    fn attributed(&self, s: &Stated) -> Option<Day> {
        let (born, last) = self.life(s.unit)?;
        Some(s.period.to().min(last)).filter(|d| *d >= born)
    }

    /// Settled, complete counts, stated, partial counts: which statements are used.
    fn weigh(&self, leaf: &Leaf, period: &Period, answer: &mut Answer) -> Vec<(&'w Stated, bool)> {
        let Some(indicator) = (self.indicator_of)(leaf) else { return Vec::new() };
        let mut mine: Vec<(usize, &Stated, bool, Day)> = Vec::new();
        for (i, s) in self.world.stated.iter().enumerate().filter(|(_, s)| s.indicator == indicator) {
            let Some(on) = self.attributed(s) else { continue };
            let said = leaf.whose == Whose::All || s.unit == self.unit;
            if self.under(self.unit, s.unit, on) && s.period.overlaps(period) && said {
                let subtree = if leaf.whose == Whose::All { s.subtree } else { leaf.whose == Whose::Below };
                mine.push((i, s, subtree, on));
            }
        }
        // As the list of statements is read: nearer units first, then as written.
        mine.sort_by_key(|(i, s, _, on)| {
            let (from, to) = (s.period.from(), std::cmp::Reverse(s.period.to()));
            (self.chain(s.unit, *on).iter().position(|u| *u == self.unit), !s.subtree, from, to, *i)
        });
        // From the top; a subtree before the unit alone; longer before shorter.
        mine.sort_by_key(|(_, s, subtree, on)| {
            let length = std::cmp::Reverse(s.period.to() - s.period.from());
            (self.chain(s.unit, *on).len(), !subtree, length, s.period.from())
        });
        let speaks_of = |(_, a, subtree, _): &(usize, &Stated, bool, Day),
                         (_, b, whole, on): &(usize, &Stated, bool, Day)| {
            if !a.period.overlaps(&b.period) {
                return false;
            }
            if a.unit == b.unit && subtree == whole {
                return true;
            }
            let both = |d: &Day| a.period.contains(*d) && b.period.contains(*d);
            let mut days = a.period.from().iter_days().take_while(|d| *d <= a.period.to()).filter(both);
            *subtree && (self.under(a.unit, b.unit, *on) || days.any(|d| self.under(a.unit, b.unit, d)))
        };
        let mut used: Vec<(usize, &Stated, bool, Day)> = Vec::new();
        for entry in mine {
            let (i, s, subtree, on) = entry;
            let complete = period.covers(&s.period) && self.complete(leaf, s, subtree, on);
            let fate = if !period.covers(&s.period) {
                Fate::TooLong
            } else if !fits(leaf, &s.period, period) {
                Fate::OtherPeriod
            } else if used.iter().any(|u| speaks_of(u, &entry) || speaks_of(&entry, u)) {
                Fate::Covered
            } else if s.settled == Some("counted") {
                Fate::Settled
            } else if s.settled == Some("stated") || !complete {
                Fate::Used
            } else {
                Fate::Overruled
            };
            answer.fates.insert(i, fate);
            let since = s.period.from().max(self.life(s.unit).unwrap().0);
            let above = self.chain(s.unit, on);
            if since.iter_days().take_while(|d| *d <= on).any(|d| self.chain(s.unit, d) != above) {
                answer.moved.insert(i);
            }
            if fate == Fate::Used {
                used.push(entry);
            }
            if fate != Fate::TooLong {
                answer.conflicts.extend(self.differs(leaf, s, subtree, complete, fate));
            }
        }
        used.into_iter().map(|(_, s, subtree, _)| (s, subtree)).collect()
    }

    /// Whether the records of those a statement speaks of are complete.
    fn complete(&self, leaf: &Leaf, s: &Stated, subtree: bool, on: Day) -> bool {
        let spoken_of = |u: &usize| match (subtree, leaf.whose) {
            (false, _) => *u == s.unit,
            (true, Whose::Below) => *u != s.unit && self.under(s.unit, *u, on),
            (true, _) => self.under(s.unit, *u, on),
        };
        let units: Vec<usize> = (0..self.world.units.len()).filter(spoken_of).collect();
        !units.is_empty() && units.iter().all(|u| self.state(*u, leaf.measure.returns, &s.period, on) == 2)
    }

    fn differs(
        &self,
        leaf: &Leaf,
        s: &Stated,
        subtree: bool,
        complete: bool,
        fate: Fate,
    ) -> Option<Conflict> {
        let of = if subtree { Of::Subtree(s.unit) } else { Of::Alone(s.unit) };
        let pieces = if leaf.per_year { s.period.by_year() } else { vec![s.period] };
        let (mut sum, mut n) = (None::<i64>, 0);
        for piece in pieces {
            let facts = self.facts(leaf, &piece, of, Rule::FactDay, &[]);
            n += facts.len();
            sum = match (sum, aggregate(leaf.agg, &facts)) {
                (Some(a), Some(b)) => Some(a + b),
                (a, b) => a.or(b),
            };
        }
        let counted = sum? * 100;
        let agrees = match s.comparator {
            "at_least" => counted >= s.value,
            "at_most" => counted <= s.value,
            "approx" => (counted - s.value).abs() * 10 <= s.value.abs(),
            _ => counted == s.value,
        };
        let handed_in = n > 0 || complete;
        (handed_in && !agrees).then_some((
            s.unit,
            s.period,
            counted,
            s.value,
            fate == Fate::Used,
            s.settled.is_some(),
        ))
    }

    fn who(&self, leaf: &Leaf, period: &Period, of: Of) -> BTreeSet<(usize, i32)> {
        let rule = match self.rule {
            Rule::On(day) => Rule::On(day.max(period.to())),
            rule => rule,
        };
        let mut found = BTreeSet::new();
        let pieces = if leaf.per_year { period.by_year() } else { vec![*period] };
        for piece in pieces {
            let year = if leaf.per_year { piece.from().year() } else { 0 };
            let facts = self.facts(leaf, &piece, of, rule, &[]);
            found.extend(facts.iter().filter_map(|f| who(leaf.agg, f)).map(|w| (w, year)));
        }
        found
    }

    fn answer_without(&self, population: &Leaf, reached: &Leaf, ctx: &Context) -> Answer {
        let mut answer = Answer::default();
        let (Some(of), Some(by)) = (population.when.period(ctx), reached.when.period(ctx)) else {
            return answer;
        };
        let all = self.who(population, &of, Of::Subtree(self.unit));
        let there = self.who(reached, &by, Of::All);
        let (p, r) = (population.measure.returns, reached.measure.returns);
        let population_known = !all.is_empty() || p == "unit" || self.handed_in(population.whose, p, &of);
        let reached_known = all.iter().any(|w| there.contains(w))
            || r == "unit"
            || r == p
            || self.handed_in(reached.whose, r, &by);
        answer.facts = i64::try_from(all.len()).unwrap();
        if population_known && reached_known {
            answer.value = i64::try_from(all.difference(&there).count()).ok();
        }
        answer
    }

    /// The answer to one question of a plan.
    pub fn answer(&self, key: &LeafKey<'_>) -> Answer {
        let ctx = self.ctx.back(key.back);
        match key.query {
            Query::Leaf(leaf) => self.answer_leaf(leaf, &ctx),
            Query::Without { population, reached } => self.answer_without(population, reached, &ctx),
        }
    }

    fn holds(&self, cond: &Cond, f: &Fact) -> Option<bool> {
        match cond {
            Cond::Always => Some(true),
            Cond::All(parts) => {
                let each: Vec<_> = parts.iter().map(|p| self.holds(p, f)).collect();
                if each.contains(&Some(false)) {
                    Some(false)
                } else {
                    each.into_iter().all(|e| e.is_some()).then_some(true)
                }
            }
            Cond::Any(parts) => {
                let each: Vec<_> = parts.iter().map(|p| self.holds(p, f)).collect();
                if each.contains(&Some(true)) {
                    Some(true)
                } else {
                    each.into_iter().all(|e| e.is_some()).then_some(false)
                }
            }
            Cond::Not(part) => self.holds(part, f).map(|b| !b),
            Cond::Known(column, known) => Some((cell(*column, f) != Cell::Unknown) == *known),
            Cond::Compare(column, op, literal) => self.compares(*column, *op, literal, f),
            Cond::In(column, literals) => {
                let each: Vec<_> = literals.iter().map(|l| self.compares(*column, Op::Eq, l, f)).collect();
                if each.contains(&Some(true)) {
                    Some(true)
                } else {
                    each.into_iter().all(|e| e.is_some()).then_some(false)
                }
            }
        }
    }

    fn compares(&self, column: Column, op: Op, literal: &Literal, f: &Fact) -> Option<bool> {
        let unit = matches!(column, Column::Dim(d) if d.ty == DimType::Unit);
        let wanted = match literal {
            Literal::Text(code) if unit => {
                Cell::Text((0..self.world.units.len()).find(|u| id("U", *u) == *code).map(|u| id("u", u))?)
            }
            Literal::Text(text) => Cell::Text(text.clone()),
            Literal::Int(n) => Cell::Int(*n),
            Literal::Flag(flag) => Cell::from(*flag),
            Literal::Day(day) => Cell::Text(day.day(&self.ctx)?.to_string()),
        };
        let order = match (cell(column, f), wanted) {
            (Cell::Int(a), Cell::Int(b)) => a.cmp(&b),
            (Cell::Text(a), Cell::Text(b)) => a.cmp(&b),
            _ => return None,
        };
        Some(match op {
            Op::Eq => order.is_eq(),
            Op::Ne => order.is_ne(),
            Op::Lt => order.is_lt(),
            Op::Le => order.is_le(),
            Op::Gt => order.is_gt(),
            Op::Ge => order.is_ge(),
        })
    }
}

pub fn is_grassroots(kind: &str) -> bool {
    kind.starts_with("grassroots")
}

pub fn is_cell(kind: &str) -> bool {
    kind.ends_with("cell")
}

fn cell(column: Column, f: &Fact) -> Cell {
    match column {
        Column::Day | Column::FromDay => Cell::Text(f.from.to_string()),
        Column::ToDay => Cell::Text(f.to.to_string()),
        Column::Amount => f.amount.map_or(Cell::Unknown, Cell::Int),
        Column::Person => f.person.map_or(Cell::Unknown, |p| Cell::Text(id("p", p))),
        Column::Dim(d) => f.dims.get(d.name).cloned().unwrap_or_else(|| panic!("no dimension {}", d.name)),
    }
}

/// Who is counted by `people` and `units`.
pub fn who(agg: Agg, f: &Fact) -> Option<usize> {
    if agg == Agg::People { f.person } else { Some(f.unit) }
}

/// The number that facts give; nothing for the largest of none.
pub fn aggregate(agg: Agg, facts: &[Fact]) -> Option<i64> {
    let distinct =
        || i64::try_from(facts.iter().filter_map(|f| who(agg, f)).collect::<BTreeSet<_>>().len()).ok();
    match agg {
        Agg::Count => Some(facts.iter().map(|f| f.n).sum()),
        Agg::Rows => i64::try_from(facts.len()).ok(),
        Agg::People | Agg::Units => distinct(),
        Agg::Sum => Some(facts.iter().filter_map(|f| f.amount).sum()),
        Agg::Max => facts.iter().filter_map(|f| f.amount).max(),
        Agg::Min => facts.iter().filter_map(|f| f.amount).min(),
    }
}

/// Whether a leaf may take a statement over some days whole, when asked for a period.
fn fits(leaf: &Leaf, stated: &Period, period: &Period) -> bool {
    if leaf.every_year {
        return stated == period;
    }
    let once = |period: &Period| match (leaf.measure.shape, leaf.at) {
        (Shape::Spells, At::End) => stated.to() == period.to(),
        (Shape::Spells, At::Start) => stated.from() == period.from(),
        (Shape::Spells, At::During) => stated == period,
        _ if matches!(leaf.agg, Agg::People | Agg::Units) => stated == period,
        _ => true,
    };
    if !leaf.per_year {
        return once(period);
    }
    let years = period.by_year();
    let whole = |from: usize, to: usize| years[from].from() == stated.from() && years[to].to() == stated.to();
    let runs = (0..years.len()).any(|from| (from..years.len()).any(|to| whole(from, to)));
    runs || years.iter().any(|year| year.covers(stated) && once(year))
}
