//! Why a number is what it is: the walk from a figure down to records, quotes and files.
//!
//! The walk is a tree of [`Step`]s, the same for the terminal and for the page. Every number
//! in it is computed by the same plan as the figure itself. What is counted year by year opens
//! into its years, each into its own facts; so everywhere the facts listed give the number
//! above them, and the units with what was stated add up to it (distinct people and units
//! apart, which several units may share).

use super::run::{self, Runner};
use super::sql::{Ask, Of, Replaced};
use super::statement::{Fate, Statement};
use super::weigh;
use crate::{REGISTRY, unit};
use domain::{Day, Message, Period};
use figures::{Indicator, Leaf, LeafKey, LeafValue, Plan, Query, Role, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::{Result, params};

/// One step of the walk.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it is.
    pub what: What,
    /// What it was made from.
    pub from: Vec<Step>,
}

/// What a step is.
#[derive(Debug, Clone)]
pub enum What {
    /// A figure by its definition.
    Definition {
        /// The indicator.
        indicator: Arc<Indicator>,
        /// Its value here.
        value: Value,
    },
    /// A part of a sum, a share and so on.
    Part {
        /// What it is to the whole.
        role: Role,
        /// Its value.
        value: Value,
    },
    /// Facts of a measure.
    Leaf {
        /// The measure's label in Vietnamese and English.
        measure: (&'static str, &'static str),
        /// Which unit a fact belongs to, in both languages.
        rolls_up_by: (&'static str, &'static str),
        /// The days.
        period: Option<Period>,
        /// The number.
        value: LeafValue,
        /// How many facts were counted.
        facts: i64,
        /// What a reader should know.
        remarks: Vec<Message>,
    },
    /// The share of a unit directly below (or of the unit's own records).
    Unit {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// The number.
        value: i64,
        /// How many facts.
        facts: i64,
    },
    /// What a unit stated.
    Stated {
        /// Its code.
        code: String,
        /// For which days.
        period: Period,
        /// In hundredths.
        value: i64,
        /// Whether for its whole subtree.
        subtree: bool,
        /// The sentence.
        quote: String,
        /// The file.
        file: String,
        /// Why it does not count; nothing when it does.
        remark: Option<Message>,
        /// Whether it counts.
        used: bool,
    },
    /// One record.
    Fact(Fact),
    /// More records than are shown.
    More {
        /// How many more.
        left: i64,
    },
}

/// A record behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The kind of record, when it is one.
    pub kind: Option<&'static str>,
    /// Its id.
    pub id: String,
    /// The code of the unit it counts for.
    pub unit: String,
    /// Its day, or the first day of a spell.
    pub day: Option<Day>,
    /// The last day of a spell that has ended.
    pub until: Option<Day>,
    /// The person's name where it may be seen; else nothing.
    pub person: Option<String>,
    /// Whether a person stands behind it, named or not.
    pub personal: bool,
    /// How many things it stands for.
    pub n: i64,
    /// Its amount.
    pub amount: Option<i64>,
    /// Title, symbol or code of the record.
    pub title: String,
    /// The dimensions that are known: name, value.
    pub dims: Vec<(&'static str, String)>,
    /// Where the row came from: file hash, sheet, row.
    pub source: String,
}

/// How far to walk.
#[derive(Debug, Clone, Copy)]
pub struct Depth {
    /// Records shown for each leaf.
    pub facts: i64,
    /// Records skipped before them.
    pub skip: i64,
    /// Whether units directly below are listed.
    pub units: bool,
}

impl Default for Depth {
    fn default() -> Depth {
        Depth { facts: 20, skip: 0, units: true }
    }
}

impl Runner<'_> {
    /// Walks from a figure to what it came from. `names` says, by a unit's id, whether its
    /// persons may be named to whoever asks.
    pub async fn explain(
        &mut self,
        indicator: &Arc<Indicator>,
        depth: Depth,
        names: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Step> {
        let mut value = self.value(&indicator.plan, 0).await?;
        let mut from = Vec::new();
        if let Some((s, counts)) = self.stated_share(indicator, &value).await? {
            from.push(stated_step(&s, counts, None));
            if counts {
                value = run::share(indicator, &s);
            }
        }
        Box::pin(self.walk(&indicator.plan, 0, depth, names, &mut from)).await?;
        Ok(Step { what: What::Definition { indicator: Arc::clone(indicator), value }, from })
    }

    /// The value of a part, `back` periods before.
    async fn value(&mut self, plan: &Plan, back: u32) -> Result<Value> {
        let mut keys: Vec<LeafKey<'_>> = Vec::new();
        figures::evaluate(plan, &mut |key| {
            keys.push(LeafKey { back: key.back + back, ..*key });
            LeafValue::Known(0)
        });
        let mut answers = std::collections::HashMap::new();
        for key in keys {
            let answer = self.answer(&key).await?;
            answers.insert(key, answer.value);
        }
        Ok(figures::evaluate(plan, &mut |key| {
            let key = LeafKey { back: key.back + back, ..*key };
            answers.get(&key).cloned().unwrap_or(LeafValue::Missing(Message::new("figure-no-data")))
        }))
    }

    async fn walk(
        &mut self,
        plan: &Plan,
        back: u32,
        depth: Depth,
        names: &(dyn Fn(&str) -> bool + Sync),
        into: &mut Vec<Step>,
    ) -> Result<()> {
        match plan {
            Plan::Leaf(leaf) => into.push(self.leaf_step(leaf, back, depth, names).await?),
            Plan::Without { population, reached } => {
                let key = LeafKey { query: Query::Without { population, reached }, back };
                let value = self.answer(&key).await?.value;
                let mut from = Vec::new();
                for leaf in [population, reached] {
                    from.push(self.leaf_step(leaf, back, depth, names).await?);
                }
                let value = match value {
                    LeafValue::Known(n) => Value::Int(i128::from(n)),
                    LeafValue::Missing(why) => Value::Missing(vec![why]),
                };
                into.push(Step { what: What::Part { role: Role::Operand, value }, from });
            }
            Plan::Ref { id, plan, .. } => {
                let value = self.value(plan, back).await?;
                let mut from = Vec::new();
                Box::pin(self.walk(plan, back, depth, names, &mut from)).await?;
                match self.book.catalogue.get(id, self.ctx.report_day).cloned() {
                    Some(indicator) => into.push(Step { what: What::Definition { indicator, value }, from }),
                    None => into.append(&mut from),
                }
            }
            Plan::Previous(inner) => Box::pin(self.walk(inner, back + 1, depth, names, into)).await?,
            Plan::Number { .. } => {}
            _ => {
                for part in plan.parts() {
                    let value = self.value(part.plan, back).await?;
                    let mut from = Vec::new();
                    Box::pin(self.walk(part.plan, back, depth, names, &mut from)).await?;
                    into.push(Step { what: What::Part { role: part.role, value }, from });
                }
            }
        }
        Ok(())
    }

    async fn leaf_step(
        &mut self,
        leaf: &Leaf,
        back: u32,
        depth: Depth,
        names: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Step> {
        let result = self.answer(&LeafKey { query: Query::Leaf(leaf), back }).await?;
        let mut from = Vec::new();
        for (s, fate) in &result.statements {
            from.push(stated_step(s, *fate == Fate::Used, super::statement::remark(fate, s)));
        }
        if let Some(period) = result.period {
            let counting: Vec<&Statement> =
                result.statements.iter().filter(|(_, fate)| *fate == Fate::Used).map(|(s, _)| s).collect();
            for piece in run::pieces(leaf, period) {
                let replaced = weigh::replaced(&counting, &piece);
                if !leaf.per_year {
                    self.open(leaf, piece, back, (&replaced, result.facts), depth, names, &mut from).await?;
                    continue;
                }
                let (ctx, unit) = (self.ctx.back(back), self.unit.id.clone());
                let counted = self.counted(leaf, Of::Subtree(&unit), piece, &replaced, &ctx).await?;
                let mut year = leaf_step(leaf, Some(piece), LeafValue::Known(counted.value.unwrap_or(0)));
                if let What::Leaf { facts, .. } = &mut year.what {
                    *facts = counted.facts;
                }
                self.open(leaf, piece, back, (&replaced, counted.facts), depth, names, &mut year.from)
                    .await?;
                if counted.facts > 0 {
                    from.push(year);
                }
            }
        }
        let mut step = leaf_step(leaf, result.period, result.value);
        if let What::Leaf { facts, remarks, .. } = &mut step.what {
            (*facts, *remarks) = (result.facts, result.remarks);
        }
        step.from = from;
        Ok(step)
    }

    /// The units and the facts behind a number of some days, of which there are `left`.
    #[allow(clippy::too_many_arguments)] // one question, asked in two places
    async fn open(
        &mut self,
        leaf: &Leaf,
        period: Period,
        back: u32,
        (replaced, all): (&[Replaced], i64),
        depth: Depth,
        names: &(dyn Fn(&str) -> bool + Sync),
        into: &mut Vec<Step>,
    ) -> Result<()> {
        if all == 0 {
            return Ok(());
        }
        if depth.units && !self.unit.cell {
            into.extend(self.units_below(leaf, period, back, replaced).await?);
        }
        let facts = self.facts(leaf, period, back, replaced, depth, names).await?;
        let shown = i64::try_from(facts.len()).unwrap_or(0) + depth.skip;
        into.extend(facts.into_iter().map(|f| Step { what: What::Fact(f), from: Vec::new() }));
        if all > shown {
            into.push(Step { what: What::More { left: all - shown }, from: Vec::new() });
        }
        Ok(())
    }

    /// The number of each unit directly below, own records under the unit itself; the largest
    /// first. Units are called what they were called at the end of the period.
    pub(super) async fn units_below(
        &mut self,
        leaf: &Leaf,
        period: Period,
        back: u32,
        replaced: &[Replaced],
    ) -> Result<Vec<Step>> {
        let ctx = self.ctx.back(back);
        let id = self.unit.id.clone();
        let rows = self.rows(leaf, Of::Subtree(&id), period, replaced, &ctx, &Ask::ByChild).await?;
        let mut steps = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(unit) = row.opt_text("unit")? else { continue };
            let Some(unit) = unit::by_id(self.tx, unit, period.to()).await? else { continue };
            let (value, facts) = (row.opt_int("value")?.unwrap_or(0), row.int("facts")?);
            let what = What::Unit { code: unit.code, name: unit.name, value, facts };
            steps.push(Step { what, from: Vec::new() });
        }
        let size = |step: &Step| match &step.what {
            What::Unit { value, code, .. } => (std::cmp::Reverse(*value), code.clone()),
            _ => (std::cmp::Reverse(0), String::new()),
        };
        steps.sort_by_cached_key(size);
        Ok(steps)
    }

    /// The records behind a leaf: the same `where` as its value.
    pub(super) async fn facts(
        &mut self,
        leaf: &Leaf,
        period: Period,
        back: u32,
        replaced: &[Replaced],
        depth: Depth,
        names: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Fact>> {
        let ctx = self.ctx.back(back);
        let id = self.unit.id.clone();
        let ask = Ask::Facts { limit: depth.facts, offset: depth.skip };
        let rows = self.rows(leaf, Of::Subtree(&id), period, replaced, &ctx, &ask).await?;
        let called = self.called(&rows).await?;
        let mut facts = Vec::with_capacity(rows.len());
        for row in &rows {
            let id = row.words("fact")?;
            let unit_id = row.words("unit")?;
            let unit = called.get(&unit_id).cloned().unwrap_or_default();
            let person = row.opt_text("person")?.and_then(|p| called.get(p)).cloned();
            let mut dims = Vec::new();
            for dim in leaf.measure.dims {
                match row.get(dim.name)? {
                    store::Value::Int(Some(n)) => dims.push((dim.name, n.to_string())),
                    store::Value::Text(Some(t)) => dims.push((dim.name, t.clone())),
                    _ => {}
                }
            }
            let until = row.opt_day("until")?;
            let (kind, title, source) = self.record(leaf, &id).await?;
            facts.push(Fact {
                kind,
                id,
                day: row.opt_day("day")?,
                until: until.filter(|d| d.format("%Y-%m-%d").to_string() != domain::FAR_DAY),
                personal: row.opt_text("person")?.is_some(),
                person: person.filter(|_| names(&unit_id)),
                unit,
                n: row.opt_int("n")?.unwrap_or(1),
                amount: row.opt_int("amount")?,
                title,
                dims,
                source,
            });
        }
        Ok(facts)
    }

    /// The codes of the units and the names of the persons of some facts, by id.
    async fn called(&mut self, rows: &[store::Row]) -> Result<HashMap<String, String>> {
        let mut called = HashMap::new();
        for (column, word, table) in [("unit", "code", "unit"), ("person", "name", "person")] {
            let mut ids = BTreeSet::new();
            for row in rows {
                ids.extend(row.opt_text(column)?.map(str::to_owned));
            }
            for ids in ids.into_iter().collect::<Vec<_>>().chunks(1_000) {
                let names: Vec<String> = (1..=ids.len()).map(|i| format!("${i}")).collect();
                let params: Vec<store::Value> = ids.iter().map(store::Value::from).collect();
                let sql =
                    format!("SELECT id, {word} AS word FROM {table} WHERE id IN ({})", names.join(", "));
                for row in self.tx.query(&sql, &params).await? {
                    called.insert(row.words("id")?, row.words("word")?);
                }
            }
        }
        Ok(called)
    }

    /// The record of a fact: its kind, what it is called, where it came from. The fact's id is
    /// the record's, in one of the tables of the measure's feature.
    async fn record(&mut self, leaf: &Leaf, fact: &str) -> Result<(Option<&'static str>, String, String)> {
        let feature =
            REGISTRY.features.iter().find(|f| f.measures.iter().any(|m| std::ptr::eq(*m, leaf.measure)));
        let id = fact.split('/').next().unwrap_or(fact);
        for kind in feature.into_iter().flat_map(|f| f.kinds) {
            let title = ["title", "extract", "task", "what", "name", "symbol", "site", "code"]
                .into_iter()
                // A person's name is shown by the rule for names, never as a title.
                .find(|c| kind.name != "person" && kind.field(c).is_some());
            let sql =
                format!("SELECT {} AS title, source FROM {} WHERE id = $1", title.unwrap_or("''"), kind.name);
            if let Some(row) = self.tx.first(&sql, params![id]).await? {
                return Ok((Some(kind.name), row.words("title")?, row.words("source")?));
            }
        }
        Ok((None, String::new(), String::new()))
    }
}

/// A leaf's step, yet to be opened.
fn leaf_step(leaf: &Leaf, period: Option<Period>, value: LeafValue) -> Step {
    let m = leaf.measure;
    let what = What::Leaf {
        measure: (m.label_vi, m.label_en),
        rolls_up_by: m.rolls_up_by,
        period,
        value,
        facts: 0,
        remarks: Vec::new(),
    };
    Step { what, from: Vec::new() }
}

fn stated_step(s: &Statement, used: bool, remark: Option<Message>) -> Step {
    let what = What::Stated {
        code: s.unit_code.clone(),
        period: s.period,
        value: s.value,
        subtree: s.subtree,
        quote: s.quote.clone(),
        file: s.file.clone(),
        remark,
        used,
    };
    Step { what, from: Vec::new() }
}
