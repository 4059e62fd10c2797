//! The rules of the field for figures, one named test each, on both databases.
//!
//! The tree of most: the block `U0`; below it the grassroots organisations `U1` (with the
//! cells `U3`, `U4`) and `U2`.

use super::book;
use super::world::{
    Activity, Contribution, EventRow, Inspection, Rating, Returned, SpellRow, Stated, UnitRow, World, day, id,
};
use crate::figure::explain::{Depth, Fact, Step, What};
use crate::figure::{Book, Fate, Figure, Origin, Runner, TreeRule, narrowed};
use crate::{REGISTRY, unit};
use domain::{Actor, FixedClock, Period};
use figures::{Context, LeafKey, Plan, Query, Value};
use std::sync::Arc;
use store::{Tx, testing};

fn tree() -> World {
    let unit = |kind, parent| UnitRow { kind, parent, from: day("2019-01-01") };
    World {
        units: vec![
            unit("block", None),
            unit("grassroots_committee", Some(0)),
            unit("grassroots_committee", Some(0)),
            unit("cell", Some(1)),
            unit("cell", Some(1)),
        ],
        persons: 4,
        ..World::default()
    }
}

fn inspection(unit: usize, on: &str) -> Inspection {
    Inspection {
        unit,
        day: day(on),
        act: "inspection",
        object_unit: None,
        object_person: None,
        head: false,
        about: None,
        remedy_deadline: None,
    }
}

fn complete(unit: usize, year: i32) -> Returned {
    Returned { unit, kind: "all", year, state: "complete" }
}

/// A statement about the first indicator; the value is whole.
fn stated(unit: usize, subtree: bool, period: Period, value: i64) -> Stated {
    Stated { indicator: 0, unit, subtree, period, value: value * 100, comparator: "exact", settled: None }
}

fn moved(unit: usize, to: usize, on: &str) -> EventRow {
    EventRow { event: "move", unit, other: Some(to), day: day(on) }
}

fn member(person: usize, unit: usize, from: &str, to: Option<&str>) -> SpellRow {
    SpellRow { person, unit, word: "party_member", from: day(from), to: to.map(day) }
}

fn rating(unit: usize, year: i32) -> Rating {
    Rating { unit, person: None, year, level: "excellent" }
}

fn attended(unit: usize, on: &str, by_count: &[(usize, i64)], by_name: &[usize]) -> Activity {
    Activity {
        unit,
        day: day(on),
        kind: "conference",
        sites: by_count.to_vec(),
        named: by_name.iter().map(|p| (*p, "present", None)).collect(),
    }
}

/// A world in a database, and the indicators that are asked for.
struct Lab {
    tx: Tx,
    book: Book,
    tree: TreeRule,
}

/// Tries the same on both databases.
async fn on_both(world: &World, expressions: &[&str], check: impl AsyncFn(&mut Lab)) {
    for db in &testing::both(&REGISTRY.migrations(), Arc::new(FixedClock(0))).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        world.load(&mut tx).await;
        let book = book::book(expressions, day("2024-03-15"));
        check(&mut Lab { tx, book, tree: TreeRule::FactDay }).await;
    }
}

impl Lab {
    async fn runner(&mut self, unit: usize, period: Period) -> Runner<'_> {
        let ctx = Context { period, start: None, report_day: day("2024-03-15") };
        let unit = unit::by_id(&mut self.tx, &id("u", unit), period.to()).await.unwrap().unwrap();
        Runner::new(&mut self.tx, &self.book, unit, ctx, self.tree).await.unwrap()
    }

    async fn figure(&mut self, indicator: usize, unit: usize, period: Period) -> Figure {
        let indicator = self.book.catalogue.get(&book::name(indicator), day("2024-03-15")).unwrap().clone();
        self.runner(unit, period).await.figure(&indicator).await.unwrap()
    }

    /// The value as documents keep it; nothing when it is missing.
    async fn exact(&mut self, indicator: usize, unit: usize, period: Period) -> String {
        self.figure(indicator, unit, period).await.exact()
    }

    async fn walk(&mut self, indicator: usize, unit: usize, period: Period, named: bool) -> Step {
        let indicator = self.book.catalogue.get(&book::name(indicator), day("2024-03-15")).unwrap().clone();
        let mut runner = self.runner(unit, period).await;
        runner.explain(&indicator, Depth::default(), &|_| named).await.unwrap()
    }

    /// What became of each statement about the first indicator.
    async fn fates(&mut self, unit: usize, period: Period) -> Vec<Fate> {
        let indicator = self.book.catalogue.get("t.i0", day("2024-03-15")).unwrap().clone();
        let Plan::Leaf(leaf) = &*indicator.plan else { panic!("no leaf") };
        let key = LeafKey { query: Query::Leaf(leaf), back: 0 };
        let result = self.runner(unit, period).await.answer(&key).await.unwrap();
        result.statements.into_iter().map(|(_, fate)| fate).collect()
    }
}

fn facts(step: &Step) -> Vec<&Fact> {
    let own = match &step.what {
        What::Fact(fact) => vec![fact],
        _ => Vec::new(),
    };
    own.into_iter().chain(step.from.iter().flat_map(facts)).collect()
}

fn units(step: &Step) -> Vec<(String, String, i64)> {
    let own = match &step.what {
        What::Unit { code, name, value, .. } => vec![(code.clone(), name.clone(), *value)],
        _ => Vec::new(),
    };
    own.into_iter().chain(step.from.iter().flat_map(units)).collect()
}

fn keys(figure: &Figure) -> Vec<&'static str> {
    figure.remarks.iter().map(|m| m.key).collect()
}

const COUNT: &[&str] = &["count(inspection)"];

#[tokio::test]
async fn luot_is_not_nguoi() {
    let mut world = tree();
    world.activities = vec![
        attended(3, "2022-03-01", &[], &[0, 1]),
        attended(3, "2022-06-01", &[], &[0]),
        attended(4, "2022-06-02", &[(4, 40)], &[]),
    ];
    let expressions = ["count(attended)", "people(attended)"];
    on_both(&world, &expressions, async |lab| {
        let year = Period::year(2022);
        assert_eq!(lab.exact(0, 1, year).await, "43", "times");
        let people = lab.figure(1, 1, year).await;
        assert_eq!(people.exact(), "2", "persons, each once");
        assert_eq!(keys(&people), ["figure-unnamed"], "those who were only counted are pointed out");
        // Forty attendances by count are not nought persons.
        assert!(matches!(lab.figure(1, 4, year).await.value, Value::Missing(_)));
    })
    .await;
}

#[tokio::test]
async fn organisation_years_are_not_organisations() {
    let mut world = tree();
    world.ratings = vec![rating(1, 2021), rating(1, 2022), rating(1, 2023), rating(2, 2022)];
    world.returned = (2021..=2023).map(|year| complete(0, year)).collect();
    on_both(&world, &["units(rating per year)", "units(rating)"], async |lab| {
        let years = Period::years(2021, 2023);
        assert_eq!(lab.exact(0, 0, years).await, "4");
        assert_eq!(lab.exact(1, 0, years).await, "2");
    })
    .await;
}

#[tokio::test]
async fn organisation_years_may_be_stated_for_several_years() {
    let mut world = tree();
    world.ratings = vec![rating(1, 2021), rating(2, 2023)];
    world.stated = vec![stated(0, true, Period::years(2021, 2022), 45)];
    on_both(&world, &["units(rating per year)"], async |lab| {
        assert_eq!(
            lab.exact(0, 0, Period::years(2021, 2023)).await,
            "46",
            "stated, and counted in the third year"
        );
        assert_eq!(lab.fates(0, Period::year(2021)).await, [Fate::TooLong]);
    })
    .await;
}

#[tokio::test]
async fn member_years_are_a_denominator() {
    let mut world = tree();
    world.memberships = vec![member(0, 3, "2020-01-01", None), member(1, 3, "2022-06-01", None)];
    world.returned = (2021..=2023).map(|year| complete(1, year)).collect();
    on_both(&world, &["count(member at end per year)"], async |lab| {
        assert_eq!(lab.exact(0, 3, Period::years(2021, 2023)).await, "5");
    })
    .await;
}

#[tokio::test]
async fn missing_is_not_zero() {
    let mut world = tree();
    world.returned = vec![Returned { unit: 3, kind: "inspection", year: 2022, state: "partial" }];
    on_both(&world, COUNT, async |lab| {
        let year = Period::year(2022);
        assert!(matches!(lab.figure(0, 2, year).await.value, Value::Missing(_)), "nobody handed in anything");
        let figure = lab.figure(0, 1, year).await;
        assert_eq!(figure.exact(), "0", "somebody did");
        assert_eq!((figure.coverage.partial, figure.coverage.none), (vec!["U3".into()], vec!["U4".into()]));
        assert!(
            matches!(lab.figure(0, 1, Period::year(2023)).await.value, Value::Missing(_)),
            "not of that year"
        );
    })
    .await;
}

#[tokio::test]
async fn complete_includes_nothing_happened() {
    let mut world = tree();
    world.returned = vec![complete(2, 2022)];
    on_both(&world, COUNT, async |lab| {
        let figure = lab.figure(0, 2, Period::year(2022)).await;
        assert_eq!((figure.exact().as_str(), figure.coverage.is_whole()), ("0", true));
    })
    .await;
}

#[tokio::test]
async fn coverage_reads_return_states_never_rows() {
    let mut world = tree();
    world.inspections = vec![inspection(1, "2022-05-01")];
    world.returned = vec![complete(2, 2022)];
    on_both(&world, COUNT, async |lab| {
        let coverage = lab.figure(0, 0, Period::year(2022)).await.coverage;
        assert_eq!((coverage.complete, coverage.none), (vec!["U2".into()], vec!["U1".into()]));
    })
    .await;
}

#[tokio::test]
async fn a_grassroots_organisation_answers_for_the_units_below_and_nobody_above_it() {
    let mut world = tree();
    world.returned = vec![complete(0, 2022), complete(1, 2021)];
    on_both(&world, COUNT, async |lab| {
        assert_eq!(lab.exact(0, 3, Period::year(2021)).await, "0");
        assert!(lab.figure(0, 3, Period::year(2021)).await.coverage.is_whole());
        assert!(matches!(lab.figure(0, 3, Period::year(2022)).await.value, Value::Missing(_)));
    })
    .await;
}

#[tokio::test]
async fn settled_before_complete_counts_before_stated_before_partial_counts() {
    let year = Period::year(2022);
    let with = |state: Option<&'static str>, settled: Option<&'static str>| {
        let mut world = tree();
        world.inspections = vec![inspection(2, "2022-05-01")];
        world.returned = state
            .map(|state| Returned { unit: 2, kind: "inspection", year: 2022, state })
            .into_iter()
            .collect();
        world.stated = vec![Stated { settled, ..stated(2, true, year, 7) }];
        world
    };
    for (state, settled, value, fate, origin) in [
        (None, None, "7", Fate::Used, Origin::Stated),
        (Some("partial"), None, "7", Fate::Used, Origin::Stated),
        (Some("complete"), None, "1", Fate::Overruled, Origin::Counted),
        (Some("complete"), Some("stated"), "7", Fate::Used, Origin::Stated),
        (Some("partial"), Some("counted"), "1", Fate::Settled, Origin::Counted),
    ] {
        on_both(&with(state, settled), COUNT, async |lab| {
            let figure = lab.figure(0, 0, year).await;
            assert_eq!((figure.exact().as_str(), figure.origin), (value, origin), "{state:?} {settled:?}");
            assert_eq!(lab.fates(0, year).await, std::slice::from_ref(&fate));
            // Shown whichever counts, until a person settles it.
            let [conflict] = figure.conflicts.as_slice() else { panic!("{:?}", figure.conflicts) };
            assert_eq!((conflict.counted, conflict.stated, conflict.settled), (100, 700, settled.is_some()));
        })
        .await;
    }
}

#[tokio::test]
async fn a_subtree_statement_replaces_its_descendants_figures() {
    let year = Period::year(2022);
    let mut world = tree();
    world.inspections =
        vec![inspection(1, "2022-02-01"), inspection(3, "2022-02-02"), inspection(2, "2022-02-03")];
    world.returned = vec![complete(3, 2022)];
    world.stated = vec![stated(1, true, year, 10), stated(4, false, year, 4)];
    on_both(&world, COUNT, async |lab| {
        let figure = lab.figure(0, 0, year).await;
        assert_eq!((figure.exact().as_str(), figure.origin), ("11", Origin::Mixed));
        assert_eq!(lab.fates(0, year).await, [Fate::Used, Fate::Covered]);
        // Asked of the cell itself, its own statement counts.
        assert_eq!(lab.exact(0, 4, year).await, "4");
    })
    .await;
}

#[tokio::test]
async fn a_subtree_is_complete_when_every_unit_of_it_is() {
    let year = Period::year(2022);
    let mut world = tree();
    world.inspections = vec![inspection(2, "2022-02-03")];
    world.stated = vec![stated(0, true, year, 30)];
    world.returned = vec![complete(0, 2022), complete(1, 2022)];
    on_both(&world, COUNT, async |lab| {
        assert_eq!(lab.exact(0, 0, year).await, "30", "one organisation has not handed in");
    })
    .await;
    world.returned.push(complete(2, 2022));
    on_both(&world, COUNT, async |lab| {
        assert_eq!(lab.exact(0, 0, year).await, "1");
        assert_eq!(lab.fates(0, year).await, [Fate::Overruled]);
    })
    .await;
}

#[tokio::test]
async fn a_statement_over_several_years_is_never_split() {
    let years = Period::years(2021, 2023);
    let mut world = tree();
    world.inspections = vec![inspection(1, "2022-02-01"), inspection(1, "2020-02-01")];
    world.stated = vec![stated(1, true, years, 30)];
    on_both(&world, COUNT, async |lab| {
        assert_eq!(lab.exact(0, 0, years).await, "30");
        assert_eq!(lab.exact(0, 0, Period::years(2020, 2023)).await, "31", "with what is counted before it");
        let one = lab.figure(0, 0, Period::year(2022)).await;
        assert_eq!((one.exact().as_str(), keys(&one)), ("1", vec!["figure-stated-too-long"]));
        assert!(one.conflicts.is_empty(), "nothing to compare with");
    })
    .await;
}

#[tokio::test]
async fn people_are_stated_for_the_very_period_and_may_repeat() {
    let mut world = tree();
    world.memberships = vec![member(0, 1, "2020-01-01", None)];
    world.activities = vec![attended(1, "2022-03-01", &[], &[0])];
    world.stated = vec![stated(1, true, Period::year(2022), 300), stated(2, true, Period::year(2022), 200)];
    on_both(&world, &["people(attended)"], async |lab| {
        let year = lab.figure(0, 0, Period::year(2022)).await;
        assert_eq!((year.exact().as_str(), keys(&year)), ("500", vec!["figure-may-repeat"]));
        // Across years the same person would count twice.
        assert_eq!(lab.exact(0, 0, Period::years(2021, 2022)).await, "1");
        assert_eq!(lab.fates(0, Period::years(2021, 2022)).await, [Fate::OtherPeriod, Fate::OtherPeriod]);
    })
    .await;
}

#[tokio::test]
async fn what_is_there_at_the_end_may_be_stated_for_days_that_end_with_it() {
    let days = Period::new(day("2023-10-01"), day("2023-12-31")).unwrap();
    let mut world = tree();
    world.memberships = vec![member(0, 1, "2020-01-01", None)];
    world.stated = vec![stated(1, true, days, 120), stated(2, true, Period::year(2022), 80)];
    on_both(&world, &["people(member at end)"], async |lab| {
        assert_eq!(lab.exact(0, 0, Period::years(2021, 2023)).await, "120");
        assert_eq!(lab.fates(0, Period::years(2021, 2023)).await, [Fate::OtherPeriod, Fate::Used]);
    })
    .await;
}

#[tokio::test]
async fn the_statement_of_a_unit_that_moved_goes_to_its_parent_at_the_periods_end() {
    let years = Period::years(2021, 2022);
    let mut world = tree();
    world.events = vec![moved(4, 2, "2022-03-01")];
    world.stated = vec![stated(4, false, years, 9)];
    on_both(&world, COUNT, async |lab| {
        assert!(matches!(lab.figure(0, 1, years).await.value, Value::Missing(_)));
        let figure = lab.figure(0, 2, years).await;
        assert_eq!((figure.exact().as_str(), keys(&figure)), ("9", vec!["figure-stated-moved"]));
    })
    .await;
}

#[tokio::test]
async fn what_a_moved_unit_did_is_not_stated_twice() {
    // The old parent spoke of the cell's first year, the cell of both years.
    let mut world = tree();
    world.events = vec![moved(4, 2, "2022-03-01")];
    world.stated =
        vec![stated(1, true, Period::year(2021), 20), stated(4, false, Period::years(2021, 2022), 9)];
    on_both(&world, COUNT, async |lab| {
        let years = Period::years(2021, 2022);
        assert_eq!(lab.exact(0, 0, years).await, "20");
        assert_eq!(lab.fates(0, years).await, [Fate::Used, Fate::Covered]);
    })
    .await;
}

#[tokio::test]
async fn facts_roll_up_by_the_tree_of_their_day_or_of_the_periods_end() {
    let year = Period::year(2022);
    let mut world = tree();
    world.events = vec![moved(4, 2, "2022-07-01")];
    world.inspections = vec![inspection(4, "2022-06-30"), inspection(4, "2022-07-01")];
    world.returned = vec![complete(1, 2022), complete(2, 2022)];
    on_both(&world, COUNT, async |lab| {
        assert_eq!((lab.exact(0, 1, year).await, lab.exact(0, 2, year).await), ("1".into(), "1".into()));
        lab.tree = TreeRule::PeriodEnd;
        assert_eq!((lab.exact(0, 1, year).await, lab.exact(0, 2, year).await), ("0".into(), "2".into()));
    })
    .await;
}

#[tokio::test]
async fn by_the_units_of_the_periods_end_nothing_of_those_that_ended_is_lost() {
    let year = Period::year(2022);
    let mut world = tree();
    // The first organisation is merged into the second, its first cell into its second.
    world.events = vec![
        EventRow { event: "merge", unit: 3, other: Some(4), day: day("2022-05-01") },
        EventRow { event: "merge", unit: 1, other: Some(2), day: day("2022-07-01") },
    ];
    world.inspections =
        vec![inspection(1, "2022-02-01"), inspection(3, "2022-02-02"), inspection(2, "2022-02-03")];
    on_both(&world, &["count(inspection)", "previous(count(inspection))"], async |lab| {
        lab.tree = TreeRule::PeriodEnd;
        assert_eq!(lab.exact(0, 0, year).await, "3");
        assert_eq!(lab.exact(0, 2, year).await, "3", "the heir's");
        assert_eq!(lab.exact(0, 4, year).await, "1");
        // A year later the same tree looks back: the years can be compared.
        assert_eq!(lab.exact(1, 2, Period::year(2023)).await, "3");
    })
    .await;
}

#[tokio::test]
async fn the_units_below_add_up_across_a_reorganisation() {
    let year = Period::year(2022);
    let mut world = tree();
    world.events = vec![
        moved(4, 2, "2022-03-01"),
        EventRow { event: "merge", unit: 1, other: Some(2), day: day("2022-07-01") },
        EventRow { event: "rename", unit: 2, other: None, day: day("2022-07-02") },
    ];
    let days = ["2022-02-01", "2022-04-01", "2022-08-01"];
    world.inspections = days.iter().flat_map(|d| [inspection(4, d), inspection(3, d)]).collect();
    world.inspections.push(inspection(0, "2022-08-01"));
    on_both(&world, COUNT, async |lab| {
        let step = lab.walk(0, 0, year, false).await;
        let named = |code: &str, name: &str, n| (code.to_owned(), name.to_owned(), n);
        // Units are called what they were called at the end.
        let below = [named("U1", "Unit 1", 3), named("U2", "Unit 2 renamed", 3), named("U0", "Unit 0", 1)];
        assert_eq!(units(&step), below);
    })
    .await;
}

#[tokio::test]
async fn who_came_and_left_and_came_back_with_the_unit_counts_once() {
    let years = Period::years(2021, 2023);
    let mut world = tree();
    world.memberships = vec![member(0, 4, "2020-01-01", None)];
    world.events = vec![moved(4, 2, "2022-01-01"), moved(4, 1, "2023-01-01")];
    on_both(&world, &["rows(member during)"], async |lab| {
        assert_eq!(lab.exact(0, 1, years).await, "1");
        assert_eq!(lab.exact(0, 2, years).await, "1");
        let of = |step: &Step| units(step).into_iter().map(|(code, _, n)| (code, n)).collect::<Vec<_>>();
        assert_eq!(of(&lab.walk(0, 0, years, false).await), [("U1".to_owned(), 1)], "where it was last");
    })
    .await;
}

#[tokio::test]
async fn a_share_leaves_out_one_by_one_who_is_left_out() {
    let year = Period::year(2022);
    let mut world = tree();
    world.memberships = (0..3).map(|p| member(p, 3, "2020-01-01", None)).collect();
    world.standings = [(0, "exempt"), (3, "exempt")]
        .map(|(person, word)| SpellRow { word, ..member(person, 0, "2020-01-01", None) })
        .to_vec();
    world.activities = vec![attended(3, "2022-03-01", &[], &[1])];
    let share = "share(within(people(member at end), people(attended)), people(member at end) \
                 excluding people(standing at end where standing = \"exempt\"))";
    on_both(&world, &[share], async |lab| {
        // Three members, one of them exempt; the other who is exempt is none of them.
        assert_eq!(lab.exact(0, 3, year).await, "1/2");
    })
    .await;
}

#[tokio::test]
async fn nobody_reached_and_nothing_handed_in_is_not_everybody_missed() {
    let year = Period::year(2022);
    let mut world = tree();
    world.memberships = vec![member(0, 3, "2020-01-01", None)];
    // Somebody else's attendance says nothing about these members.
    world.activities = vec![attended(2, "2022-03-01", &[], &[1])];
    let missed = ["without(people(member at end), people(attended))"];
    on_both(&world, &missed, async |lab| {
        assert!(matches!(lab.figure(0, 1, year).await.value, Value::Missing(_)));
    })
    .await;
    world.returned = vec![Returned { unit: 1, kind: "activity", year: 2022, state: "partial" }];
    on_both(&world, &missed, async |lab| {
        assert_eq!(lab.exact(0, 1, year).await, "1");
    })
    .await;
}

#[tokio::test]
async fn every_year_needs_records_of_every_year() {
    let mut world = tree();
    world.ratings = vec![rating(1, 2021), rating(1, 2022), rating(2, 2022)];
    on_both(&world, &["units(rating every year)"], async |lab| {
        assert_eq!(lab.exact(0, 0, Period::years(2021, 2022)).await, "1");
        assert!(matches!(lab.figure(0, 0, Period::years(2021, 2023)).await.value, Value::Missing(_)));
    })
    .await;
}

#[tokio::test]
async fn a_share_that_a_unit_states_speaks_where_nothing_is_derived() {
    let year = Period::year(2022);
    let share = ["share(count(inspection where head), count(inspection))"];
    let mut world = tree();
    world.stated = vec![Stated { value: 6_660, ..stated(1, true, year, 0) }];
    on_both(&world, &share, async |lab| {
        let figure = lab.figure(0, 1, year).await;
        assert_eq!((figure.exact().as_str(), figure.origin), ("333/500", Origin::Stated));
        // It is of the whole; of a selection it says nothing.
        let whole = lab.book.catalogue.get("t.i0", day("2024-03-15")).unwrap().clone();
        let part = narrowed(&lab.book, &whole, "about = \"session\"", day("2024-03-15")).unwrap();
        let part = lab.runner(1, year).await.figure(&Arc::new(part)).await.unwrap();
        assert!(matches!(part.value, Value::Missing(_)));
    })
    .await;
    // Two of three is 66,66 %, said as 66,6 %: the same. 66,5 % is not.
    world.inspections = vec![inspection(1, "2022-02-01"); 3];
    world.inspections[0].head = true;
    world.inspections[1].head = true;
    on_both(&world, &share, async |lab| {
        let figure = lab.figure(0, 1, year).await;
        assert_eq!((figure.exact().as_str(), figure.origin), ("2/3", Origin::Derived));
        assert!(figure.conflicts.is_empty(), "{:?}", figure.conflicts);
    })
    .await;
    world.stated = vec![Stated { value: 6_650, settled: Some("stated"), ..stated(1, true, year, 0) }];
    on_both(&world, &share, async |lab| {
        let figure = lab.figure(0, 1, year).await;
        assert_eq!((figure.exact().as_str(), figure.conflicts.len()), ("133/200", 1), "as a person settled");
    })
    .await;
}

#[tokio::test]
async fn names_stop_at_the_unit_that_holds_them() {
    let mut world = tree();
    world.memberships = vec![member(2, 3, "2020-01-01", None)];
    on_both(&world, &["people(member at end)"], async |lab| {
        for (may, name) in [(false, None), (true, Some("Person 2".to_owned()))] {
            let step = lab.walk(0, 3, Period::year(2022), may).await;
            let [fact] = facts(&step)[..] else { panic!("{step:#?}") };
            assert_eq!((fact.personal, &fact.person), (true, &name));
        }
    })
    .await;
}

#[tokio::test]
async fn unknown_is_neither_equal_nor_unequal() {
    let mut world = tree();
    world.inspections =
        vec![inspection(1, "2022-02-01"), Inspection { object_unit: Some(3), ..inspection(1, "2022-02-02") }];
    let expressions = [
        "count(inspection where object_unit = \"U3\")",
        "count(inspection where object_unit != \"U3\")",
        "count(inspection where object_unit is unknown)",
        // No programme, no first day: nothing is before it, nor not before it.
        "count(inspection where not (day < start))",
    ];
    world.returned = vec![complete(1, 2022)];
    on_both(&world, &expressions, async |lab| {
        for (i, n) in ["1", "0", "1", "0"].iter().enumerate() {
            assert_eq!(lab.exact(i, 1, Period::year(2022)).await, *n, "{}", expressions[i]);
        }
    })
    .await;
}

#[tokio::test]
async fn the_largest_of_no_amounts_is_no_amount() {
    let mut world = tree();
    let gift =
        Contribution { unit: 1, day: day("2022-02-01"), purpose: "poor", amount: None, things: Some(3) };
    world.contributions = vec![gift];
    world.returned = vec![complete(1, 2022)];
    on_both(&world, &["max(contribution)", "sum(contribution)", "count(contribution_thing)"], async |lab| {
        let year = Period::year(2022);
        assert!(matches!(lab.figure(0, 1, year).await.value, Value::Missing(_)));
        assert_eq!((lab.exact(1, 1, year).await, lab.exact(2, 1, year).await), ("0".into(), "3".into()));
    })
    .await;
}
