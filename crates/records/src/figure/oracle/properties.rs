//! Figures equal the oracle's, their facts give them back, their parts recombine.

use super::book::{self, EXPRESSIONS};
use super::naive::{self, Answer, Conflict, Fate, Naive, Rule};
use super::world::{Question, World, day, id, world};
use crate::figure::explain::{Depth, Step, What};
use crate::figure::run::pieces;
use crate::figure::sql::{Ask, Of};
use crate::figure::{Book, Fate as Found, Figure, Runner, TreeRule, weigh};
use crate::{REGISTRY, unit};
use domain::{Actor, FixedClock};
use figures::{Agg, Context, Leaf, LeafKey, LeafValue, Plan, Query, Role, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{Db, Tx, testing};

/// How many worlds are tried; `NENEP_ORACLE_CASES` asks for more, `NENEP_ORACLE_SEED` for others.
const CASES: u32 = 60;

fn setting(name: &str) -> Option<u32> {
    std::env::var(name).ok()?.parse().ok()
}

/// The randomness is given: a failure comes back.
fn runner() -> TestRunner {
    let cases = setting("NENEP_ORACLE_CASES").unwrap_or(CASES);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let mut seed = [7u8; 32];
    seed[..4].copy_from_slice(&setting("NENEP_ORACLE_SEED").unwrap_or(0).to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

#[test]
fn figures_equal_the_oracle_on_random_worlds_on_both_databases() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let dbs = runtime.block_on(testing::both(&REGISTRY.migrations(), Arc::new(FixedClock(0))));
    let book = book::book(&EXPRESSIONS, day("2024-03-15"));
    let tried = runner().run(&world(EXPRESSIONS.len()), |world| {
        runtime.block_on(async {
            let mut seen: Vec<Vec<String>> = Vec::new();
            for db in &dbs.all {
                seen.push(hold(db, &book, &world).await.map_err(TestCaseError::fail)?);
            }
            prop_assert_eq!(&seen[0], &seen[1], "the databases differ");
            Ok(())
        })
    });
    match tried {
        Ok(()) => {}
        Err(TestError::Fail(why, world)) => panic!("{why}\n{world:#?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// Asks every question of a world; what a reader would see comes back, to compare databases.
async fn hold(db: &Db, book: &Book, world: &World) -> Result<Vec<String>, String> {
    // Never committed: the next world finds the tables empty.
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    world.load(&mut tx).await;
    let mut seen = Vec::new();
    for question in &world.questions {
        let asked = ask(&mut tx, book, world, question, &mut seen).await;
        asked.map_err(|why| format!("{:?}: {question:?}: {why}", tx.engine()))?;
    }
    Ok(seen)
}

macro_rules! same {
    ($found:expr, $wanted:expr, $($what:tt)*) => {
        if $found != $wanted {
            return Err(format!("{}:\n  found  {:?}\n  oracle {:?}", format!($($what)*), $found, $wanted));
        }
    };
}

async fn ask(
    tx: &mut Tx,
    book: &Book,
    world: &World,
    question: &Question,
    seen: &mut Vec<String>,
) -> Result<(), String> {
    let ctx = Context { period: question.period, start: question.start, report_day: day("2024-03-15") };
    let unit = unit::by_id(tx, &id("u", question.unit), ctx.period.to()).await.unwrap().unwrap();
    let tree = if question.period_end { TreeRule::PeriodEnd } else { TreeRule::FactDay };
    let mut naive = Naive::new(world, ctx, question.unit, question.period_end);
    naive.indicator_of = Box::new(|leaf| {
        let id = book.indicator_of(leaf)?;
        (0..EXPRESSIONS.len()).find(|i| book::name(*i) == id)
    });
    // What a report counts ahead is what each figure would count for itself.
    let asked: Vec<_> = question
        .asked
        .iter()
        .map(|i| Arc::clone(book.catalogue.get(&book::name(*i), ctx.report_day).unwrap()))
        .collect();
    let mut runner = Runner::new(tx, book, unit.clone(), ctx, tree).await.unwrap();
    runner.count_ahead(&[(ctx.period, asked.clone())]).await.unwrap();
    let mut ahead = Vec::new();
    for indicator in &asked {
        ahead.push(runner.figure(indicator).await.unwrap());
    }
    let mut runner = Runner::new(tx, book, unit, ctx, tree).await.unwrap();
    for (i, ahead) in question.asked.iter().copied().zip(ahead) {
        let expr = EXPRESSIONS[i];
        let indicator = book.catalogue.get(&book::name(i), ctx.report_day).unwrap();
        let figure = runner.figure(indicator).await.unwrap();
        same!(format!("{ahead:?}"), format!("{figure:?}"), "{i} {expr}: counted ahead");
        let Expected { value, conflicts: differing } = expected(&naive, i, &indicator.plan);
        same!(figure.value.parts(), value, "{i} {expr}");
        same!(conflicts(&figure), differing, "{i} {expr}: conflicts");
        let kinds: Vec<&str> = indicator.returns.iter().copied().filter(|k| *k != "unit").collect();
        let c = &figure.coverage;
        let coverage =
            [&c.complete, &c.partial, &c.none].map(|list| list.iter().cloned().collect::<BTreeSet<_>>());
        let codes = |set: BTreeSet<usize>| set.into_iter().map(|u| id("U", u)).collect::<BTreeSet<_>>();
        let wanted = if kinds.is_empty() {
            let all = naive.coverage(&[]);
            [all[0].union(&all[2]).copied().collect(), BTreeSet::new(), BTreeSet::new()]
        } else {
            naive.coverage(&kinds)
        };
        let wanted = wanted.map(codes);
        same!(coverage, wanted, "{i} {expr}: coverage");
        if let Plan::Leaf(leaf) = &*indicator.plan {
            leaf_holds(&mut runner, &naive, leaf).await.map_err(|why| format!("{i} {expr}: {why}"))?;
        }
        let depth = Depth { facts: 500, skip: 0, units: true };
        let step = runner.explain(indicator, depth, &|_| true).await.unwrap();
        let What::Definition { value, .. } = &step.what else { return Err("no definition".to_owned()) };
        same!(value.parts(), figure.value.parts(), "{i} {expr}: explained");
        let recombined = opens(&indicator.plan, &step.from, value);
        recombined.map_err(|why| format!("{i} {expr}: {why}\n{step:#?}"))?;
        seen.push(format!("{step:?}"));
    }
    Ok(())
}

/// What the oracle says of an indicator.
#[derive(Debug)]
struct Expected {
    value: Option<(i128, i128)>,
    conflicts: BTreeSet<String>,
}

fn said((unit, period, counted, stated, counts, settled): &Conflict) -> String {
    format!("{} {period} {counted} {stated} {counts} {settled}", id("U", *unit))
}

fn conflicts(figure: &Figure) -> BTreeSet<String> {
    let all = figure.conflicts.iter();
    all.map(|c| {
        format!("{} {} {} {} {} {}", c.unit, c.period, c.counted, c.stated, c.stated_counts, c.settled)
    })
    .collect()
}

fn expected(naive: &Naive<'_>, i: usize, plan: &Plan) -> Expected {
    let mut answers: Vec<Answer> = Vec::new();
    let value = figures::evaluate(plan, &mut |key| {
        let answer = naive.answer(key);
        let value = match answer.value {
            Some(n) => LeafValue::Known(n),
            None => LeafValue::Missing(domain::Message::new("missing")),
        };
        answers.push(answer);
        value
    });
    let mut conflicts: BTreeSet<String> = answers.iter().flat_map(|a| a.conflicts.iter().map(said)).collect();
    let mut value = value.parts();
    if !matches!(plan, Plan::Leaf(_)) {
        stated_derived(naive, i, &mut value, &mut conflicts);
    }
    Expected { value, conflicts }
}

/// A derived figure that the unit stated itself for the very period.
fn stated_derived(
    naive: &Naive<'_>,
    i: usize,
    value: &mut Option<(i128, i128)>,
    conflicts: &mut BTreeSet<String>,
) {
    let lives = |unit: usize, to| naive.life(unit).is_some_and(|(born, _)| born <= to);
    let own = naive.world.stated.iter().filter(|s| {
        s.indicator == i
            && s.unit == naive.unit
            && s.period == naive.ctx.period
            && lives(s.unit, s.period.to())
    });
    let Some(s) = own.min_by_key(|s| !s.subtree) else { return };
    let percent = EXPRESSIONS[i].starts_with("share");
    let scale = if percent { 10_000 } else { 100 };
    let derived = *value;
    let counts = s.settled == Some("stated") || s.settled.is_none() && derived.is_none();
    if counts {
        *value = Value::ratio(i128::from(s.value), scale).parts();
    }
    let Some((num, den)) = derived else { return };
    let counted = i64::try_from(num * scale / den).unwrap();
    let compared = if percent && s.value % 10 == 0 { counted / 10 * 10 } else { counted };
    let agrees = match s.comparator {
        "at_least" => compared >= s.value,
        "at_most" => compared <= s.value,
        "approx" => (compared - s.value).abs() * 10 <= s.value.abs(),
        _ => compared == s.value,
    };
    if !agrees {
        conflicts.insert(said(&(s.unit, s.period, counted, s.value, counts, s.settled.is_some())));
    }
}

fn fate(found: &Found) -> Fate {
    match found {
        Found::Used => Fate::Used,
        Found::Overruled => Fate::Overruled,
        Found::Settled => Fate::Settled,
        Found::Covered => Fate::Covered,
        Found::TooLong => Fate::TooLong,
        Found::OtherPeriod => Fate::OtherPeriod,
    }
}

/// The fates of statements; the facts listed are the oracle's, and give the number back.
async fn leaf_holds(runner: &mut Runner<'_>, naive: &Naive<'_>, leaf: &Leaf) -> Result<(), String> {
    let key = LeafKey { query: Query::Leaf(leaf), back: 0 };
    let (found, wanted) = (runner.answer(&key).await.unwrap(), naive.answer(&key));
    same!(found.facts, wanted.facts, "facts");
    let place = |statement: &str| statement.trim_start_matches("SL").parse::<usize>().unwrap();
    let fates: BTreeMap<usize, Fate> =
        found.statements.iter().map(|(s, f)| (place(&s.id), fate(f))).collect();
    same!(fates, wanted.fates, "fates");
    let moved: BTreeSet<usize> =
        found.statements.iter().filter(|(s, _)| s.moved).map(|(s, _)| place(&s.id)).collect();
    same!(moved, wanted.moved, "moved");
    let flagged = found.remarks.iter().filter(|r| r.key == "figure-stated-moved").count();
    same!(flagged, moved.iter().filter(|i| fates[i] == Fate::Used).count(), "flagged as moved");
    let Some(period) = found.period else { return Ok(()) };
    let used: Vec<_> = found.statements.iter().filter(|(_, f)| *f == Found::Used).map(|(s, _)| s).collect();
    let stated: Vec<(&super::world::Stated, bool)> =
        used.iter().map(|s| (&naive.world.stated[place(&s.id)], s.subtree)).collect();
    let (ctx, unit) = (runner.ctx, runner.unit().id.clone());
    let mut sum = None;
    let mut unnamed = 0;
    for piece in pieces(leaf, period) {
        let replaced = weigh::replaced(&used, &piece);
        // By pages of three, until one is empty.
        let mut listed: Vec<Listed> = Vec::new();
        for page in 0.. {
            let ask = Ask::Facts { limit: 3, offset: 3 * page };
            let rows = runner.rows(leaf, Of::Subtree(&unit), piece, &replaced, &ctx, &ask).await.unwrap();
            for row in &rows {
                let person = row.opt_text("person").unwrap().map(str::to_owned);
                let (n, amount) = (row.int("n").unwrap(), row.opt_int("amount").unwrap());
                listed.push((row.words("fact").unwrap(), row.words("unit").unwrap(), person, n, amount));
            }
            if rows.len() < 3 {
                break;
            }
        }
        let rule = match naive.rule {
            Rule::On(day) => Rule::On(day.max(piece.to()).max(period.to())),
            rule => rule,
        };
        let facts = naive.facts(leaf, &piece, naive::Of::Subtree(naive.unit), rule, &stated);
        let mut wanted: Vec<_> = facts
            .iter()
            .map(|f| (f.id.clone(), id("u", f.unit), f.person.map(|p| id("p", p)), f.n, f.amount))
            .collect();
        let mut sorted = listed.clone();
        sorted.sort();
        wanted.sort();
        same!(sorted, wanted, "the list of facts");
        unnamed += listed.iter().filter(|f| f.2.is_none()).count();
        let given = aggregate(leaf.agg, &listed);
        sum = match (sum, given) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
    }
    // Where persons are counted, facts that name nobody are pointed out, and only they.
    let pointed_out = found.remarks.iter().find(|r| r.key == "figure-unnamed").map(ToString::to_string);
    let wanted = (leaf.agg == Agg::People && unnamed > 0)
        .then(|| domain::Message::new("figure-unnamed").with("n", unnamed).to_string());
    same!(pointed_out, wanted, "facts that name nobody");
    let said = used.iter().map(|s| s.value / 100);
    let from_list = match leaf.agg {
        Agg::Max => sum.into_iter().chain(said).max(),
        Agg::Min => sum.into_iter().chain(said).min(),
        _ => Some(sum.unwrap_or(0) + said.sum::<i64>()),
    };
    if let LeafValue::Known(value) = found.value {
        same!(Some(value), from_list, "the value against its list");
    }
    Ok(())
}

/// A fact as it is listed: id, unit, person, how many, amount.
type Listed = (String, String, Option<String>, i64, Option<i64>);

fn aggregate(agg: Agg, listed: &[Listed]) -> Option<i64> {
    let n = |len: usize| i64::try_from(len).ok();
    match agg {
        Agg::Count => Some(listed.iter().map(|f| f.3).sum()),
        Agg::Rows => n(listed.len()),
        Agg::People => n(listed.iter().filter_map(|f| f.2.as_ref()).collect::<BTreeSet<_>>().len()),
        Agg::Units => n(listed.iter().map(|f| &f.1).collect::<BTreeSet<_>>().len()),
        Agg::Sum => Some(listed.iter().filter_map(|f| f.4).sum()),
        Agg::Max => listed.iter().filter_map(|f| f.4).max(),
        Agg::Min => listed.iter().filter_map(|f| f.4).min(),
    }
}

/// A derived figure that the unit stated opens into what it stated; every other into its parts.
fn opens(plan: &Plan, steps: &[Step], value: &Value) -> Result<(), String> {
    let derived = !matches!(plan, Plan::Leaf(_));
    match &steps.first().map(|s| &s.what) {
        Some(What::Stated { used: true, .. }) if derived => Ok(()),
        Some(What::Stated { .. }) if derived => plan_recombines(plan, &steps[1..], value),
        _ => plan_recombines(plan, steps, value),
    }
}

/// Recomputes a plan's value from the steps below it.
fn plan_recombines(plan: &Plan, steps: &[Step], value: &Value) -> Result<(), String> {
    match plan {
        Plan::Leaf(leaf) => leaf_recombines(leaf, &steps[0], value),
        Plan::Number { .. } => Ok(()),
        Plan::Previous(inner) => plan_recombines(inner, steps, value),
        Plan::Ref { plan, .. } => {
            let What::Definition { value: below, .. } = &steps[0].what else {
                return Err("no definition".into());
            };
            same!(below, value, "a definition");
            plan_recombines(plan, &steps[0].from, value)
        }
        Plan::Without { population, reached } => {
            let What::Part { value: below, .. } = &steps[0].what else { return Err("no part".into()) };
            same!(below, value, "without");
            for (leaf, step) in [population, reached].into_iter().zip(&steps[0].from) {
                let What::Leaf { value, .. } = &step.what else { return Err("no leaf".into()) };
                let value = as_value(value);
                leaf_recombines(leaf, step, &value)?;
            }
            Ok(())
        }
        _ => {
            let mut values: BTreeMap<usize, (Role, Value)> = BTreeMap::new();
            for (at, (part, step)) in plan.parts().iter().zip(steps).enumerate() {
                let What::Part { role, value } = &step.what else { return Err("no part".into()) };
                same!(*role, part.role, "role");
                plan_recombines(part.plan, &step.from, value)?;
                values.insert(at, (*role, value.clone()));
            }
            let (Some(a), Some(b)) = (values[&0].1.parts(), values[&1].1.parts()) else {
                same!(value.parts(), None::<(i128, i128)>, "missing parts");
                return Ok(());
            };
            let again = match plan {
                Plan::Sum(..) => Value::ratio(a.0 * b.1 + b.0 * a.1, a.1 * b.1),
                Plan::Difference(..) => Value::ratio(a.0 * b.1 - b.0 * a.1, a.1 * b.1),
                Plan::Product(..) => Value::ratio(a.0 * b.0, a.1 * b.1),
                _ => Value::ratio(a.0 * b.1, a.1 * b.0),
            };
            same!(value.parts(), again.parts(), "parts");
            Ok(())
        }
    }
}

fn as_value(value: &LeafValue) -> Value {
    match value {
        LeafValue::Known(n) => Value::Int(i128::from(*n)),
        LeafValue::Missing(why) => Value::Missing(vec![why.clone()]),
    }
}

/// The facts, and for what adds up the units, give the leaf's number with what was stated.
fn leaf_recombines(leaf: &Leaf, step: &Step, value: &Value) -> Result<(), String> {
    let What::Leaf { value: own, facts, .. } = &step.what else { return Err("no leaf".into()) };
    same!(as_value(own).parts(), value.parts(), "the leaf's value");
    let LeafValue::Known(own) = own else { return Ok(()) };
    let (mut facts_of, mut units, mut stated) = (Vec::new(), Vec::new(), Vec::new());
    let (mut years, mut n) = (0, 0);
    for below in &step.from {
        match &below.what {
            What::Fact(f) => {
                n += 1;
                facts_of.push((f.id.clone(), f.unit.clone(), f.person.clone(), f.n, f.amount));
            }
            What::Unit { value, .. } => units.push(*value),
            What::Stated { value, used: true, .. } => stated.push(value / 100),
            What::Leaf { value: LeafValue::Known(year), facts, .. } => {
                years += year;
                n += facts;
                let once = Leaf { per_year: false, ..leaf.clone() };
                leaf_recombines(&once, below, &Value::Int(i128::from(*year)))?;
            }
            _ => {}
        }
    }
    same!(n, *facts, "facts under the step");
    let said: i64 = stated.iter().sum();
    if leaf.per_year {
        same!(years + said, *own, "years");
        return Ok(());
    }
    let again = aggregate(leaf.agg, &facts_of);
    let again = match leaf.agg {
        Agg::Max => again.into_iter().chain(stated).max(),
        Agg::Min => again.into_iter().chain(stated).min(),
        _ => again.map(|n| n + said),
    };
    same!(again, Some(*own), "facts listed");
    let adds = matches!(leaf.agg, Agg::Count | Agg::Rows | Agg::Sum) && !units.is_empty();
    if adds {
        same!(units.iter().sum::<i64>() + said, *own, "units below");
    }
    Ok(())
}
