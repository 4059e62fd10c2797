//! Counting ahead: the numbers that many figures rest on, a pass over each measure at a time.
//!
//! A report asks for a hundred figures; a dozen of them look through the same commitments. What
//! is counted here is exactly what [`Runner::counted`] would count for each by itself, where
//! nothing is replaced by statements; it is found in [`super::known::Known`] when its turn comes.
//! Asked by the tree of each fact's day only: by the units of one day, each period has its own.

use super::known::{Cell, Known};
use super::run::{Book, Counted, Figure, Runner, leaf_sums, pieces};
use super::sql::{self, MOST_CELLS, Pass, TreeRule, distinct_part};
use crate::unit::Unit;
use domain::{Day, Period};
use figures::{Agg, At, Context, Indicator, Leaf, LeafValue, Query, Shape, Whose};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use store::{Result, Row, Tx};

/// The indicators that are asked for over a period.
pub type Wanted = (Period, Vec<Arc<Indicator>>);

/// Figures of several units, indicators and periods, in their order, as a report of one day
/// has them. The context's own period means nothing.
pub async fn several(
    tx: &mut Tx,
    book: &Book,
    ctx: Context,
    asked: &[(Unit, Arc<Indicator>, Period)],
) -> Result<Vec<Figure>> {
    let mut figures: BTreeMap<usize, Figure> = BTreeMap::new();
    let mut known = Known::default();
    for (first, (unit, ..)) in asked.iter().enumerate() {
        if figures.contains_key(&first) {
            continue;
        }
        let own = asked.iter().enumerate().skip(first).filter(|(_, (of, ..))| of.id == unit.id);
        let own: Vec<(usize, &Arc<Indicator>, Period)> = own.map(|(at, (_, i, p))| (at, i, *p)).collect();
        let mut wanted: Vec<Wanted> = Vec::new();
        for (_, indicator, period) in &own {
            match wanted.iter_mut().find(|(of, _)| of == period) {
                Some((_, indicators)) => indicators.push(Arc::clone(indicator)),
                None => wanted.push((*period, vec![Arc::clone(indicator)])),
            }
        }
        let mut runner = Runner::knowing(tx, book, unit.clone(), ctx, TreeRule::FactDay, known).await?;
        runner.count_ahead(&wanted).await?;
        for (at, indicator, period) in own {
            runner.for_period(period);
            figures.insert(at, runner.figure(indicator).await?);
        }
        known = runner.into_known();
    }
    Ok(figures.into_values().collect())
}

/// What cells must have in common to be counted in one pass: the measure; for spells how they
/// are looked at and on which days.
type Sort = (&'static str, Option<(u8, Day, Day, u8)>);

impl Runner<'_> {
    /// Counts ahead what indicators rest on, each list of them for a period.
    pub async fn count_ahead(&mut self, wanted: &[Wanted]) -> Result<()> {
        if self.tree != TreeRule::FactDay {
            return Ok(());
        }
        let mut sorts: BTreeMap<Sort, Vec<Cell>> = BTreeMap::new();
        let mut seen: HashSet<Cell> = HashSet::new();
        let mut reached: HashMap<Cell, Vec<Cell>> = HashMap::new();
        for (period, indicators) in wanted {
            let mut ctx = self.ctx;
            ctx.period = *period;
            for indicator in indicators {
                let mut cells = Vec::new();
                figures::evaluate(&indicator.plan, &mut |key| {
                    let ctx = ctx.back(key.back);
                    match key.query {
                        Query::Leaf(leaf) if !leaf.every_year => {
                            let days = leaf.when.period(&ctx).into_iter().flat_map(|p| pieces(leaf, p));
                            cells.extend(days.map(|piece| Cell::new(leaf, piece, &ctx)));
                        }
                        Query::Without { population, reached: by } if !population.per_year => {
                            let days = population.when.period(&ctx).zip(by.when.period(&ctx));
                            if let Some((of, days)) = days {
                                let all = reached.entry(Cell::new(population, of, &ctx)).or_default();
                                let by = Cell::new(by, days, &ctx);
                                if !all.contains(&by) {
                                    all.push(by);
                                }
                            }
                        }
                        _ => {}
                    }
                    LeafValue::Known(0)
                });
                for cell in cells {
                    if !self.known.counted.contains_key(&cell) && seen.insert(cell.clone()) {
                        sorts.entry(sort(&cell)).or_default().push(cell);
                    }
                }
            }
        }
        for (population, by) in &reached {
            // Of one that reaches, its own question asks as well.
            if by.len() < 2 {
                continue;
            }
            let Cell { leaf, period, ctx } = population;
            let each: Vec<(&Leaf, Period)> = by.iter().map(|cell| (&cell.leaf, cell.period)).collect();
            let (all, met) = self.met_by(leaf, *period, &each, ctx).await?;
            let told = by.iter().zip(met).map(|(by, met)| ((population.clone(), by.clone()), (all, met)));
            self.known.met.extend(told);
        }
        let unit = self.unit.id.clone();
        for cells in sorts.values().flat_map(|cells| cells.chunks(MOST_CELLS)) {
            // One number alone is found as fast without a table in between.
            if cells.len() < 2 {
                continue;
            }
            let Pass { query, bits } = sql::together(&unit, &cells.iter().collect::<Vec<_>>());
            let rows = self.tx.query(&query.sql, &query.params).await?;
            for (cell, bit) in cells.iter().zip(bits) {
                let counted = told(&rows, cell.leaf.agg, bit)?;
                self.known.counted.insert(cell.clone(), counted);
            }
        }
        Ok(())
    }
}

fn sort(cell: &Cell) -> Sort {
    let leaf = &cell.leaf;
    let whose = |whose| match whose {
        Whose::All => 0,
        Whose::Own => 1,
        Whose::Below => 2,
    };
    let (from, to) = (cell.period.from(), cell.period.to());
    let looked_at = match (leaf.measure.shape, leaf.at) {
        (Shape::Events, _) => None,
        (Shape::Spells, At::During) => Some((0, from, to, whose(leaf.whose))),
        (Shape::Spells, At::Start) => Some((1, from, from, 0)),
        (Shape::Spells, At::End) => Some((2, to, to, 0)),
    };
    (leaf.measure.name, looked_at)
}

/// What the rows of a pass say of the cells of one bit.
fn told(rows: &[Row], agg: Agg, bit: i64) -> Result<Counted> {
    let mut counted = Counted { value: leaf_sums(agg).then_some(0), facts: 0, named: 0 };
    for row in rows {
        let (part, mask) = (row.int("part")?, row.int("mask")?);
        if part != 0 {
            if Some(part) == distinct_part(agg) && mask == bit {
                counted.value = Some(row.int("n")?);
            }
            continue;
        }
        if mask & bit == 0 {
            continue;
        }
        let facts = row.int("facts")?;
        counted.facts += facts;
        counted.named += row.int("named")?;
        let more = match agg {
            Agg::Count => row.opt_int("n")?,
            Agg::Rows => Some(facts),
            Agg::Sum => row.opt_int("amount")?,
            Agg::Max => row.opt_int("largest")?,
            Agg::Min => row.opt_int("least")?,
            Agg::People | Agg::Units => None,
        };
        counted.value = match (counted.value, more) {
            (Some(a), Some(b)) => Some(match agg {
                Agg::Max => a.max(b),
                Agg::Min => a.min(b),
                _ => a.saturating_add(b),
            }),
            (a, b) => a.or(b),
        };
    }
    Ok(counted)
}
