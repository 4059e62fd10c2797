//! The shipped catalogue and the shipped templates: they load, they run on both databases, and
//! the templates ask for nothing that the catalogue does not have.

use super::{Book, Runner, TreeRule, catalogue};
use crate::{REGISTRY, unit};
use document::template::{Hole, Template};
use domain::{Actor, Day, FixedClock, Period};
use figures::{Context, Format, Indicator, Kind, Plan};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::testing;

const TEMPLATES: [(&str, &str); 2] = [
    ("cell-review", include_str!("../report/templates/cell-review.txt")),
    ("block-review", include_str!("../report/templates/block-review.txt")),
];

/// The page that says which lists and texts the templates want answered.
const WANTED: &str = include_str!("../report/templates/README.md");

fn day(text: &str) -> Day {
    domain::parse_day(text).unwrap()
}

fn book() -> Book {
    catalogue::load(&[], day("15/03/2024")).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn shipped(book: &Book) -> Vec<Arc<Indicator>> {
    book.catalogue.all().into_iter().cloned().collect()
}

fn templates() -> Vec<Template> {
    let parse = |(name, text): &(&str, &str)| {
        Template::parse(name, text).unwrap_or_else(|problems| {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        })
    };
    TEMPLATES.iter().map(parse).collect()
}

#[test]
fn the_catalogue_loads_and_every_indicator_says_what_it_is() {
    let book = book();
    let all = shipped(&book);
    assert!(all.len() > 200, "{} indicators", all.len());
    for i in &all {
        assert!(i.topic.is_some(), "{} has no topic", i.id);
        assert!(!i.label.vi.is_empty() && !i.label.en.is_empty() && !i.unit.vi.is_empty());
        assert_eq!(i.id.ends_with(".share"), i.format == Format::Percent, "{} names what it is not", i.id);
        assert_eq!(i.format == Format::Money, i.unit.vi == "đồng", "{}", i.id);
        if let Plan::Share { .. } = &*i.plan {
            continue;
        }
        assert_ne!(i.plan.kind(), Kind::Percent, "{}", i.id);
    }
}

#[test]
fn labels_and_counts_are_told_apart() {
    let book = book();
    let mut labels: BTreeMap<String, String> = BTreeMap::new();
    let mut leaves: Vec<(String, Plan)> = Vec::new();
    for i in shipped(&book) {
        if let Some(other) = labels.insert(i.label.vi.clone(), i.id.clone()) {
            panic!("{} and {other} are called the same", i.id);
        }
        // A statement attaches to the one indicator that the leaf is.
        if let Plan::Leaf(_) = &*i.plan {
            if let Some((other, _)) = leaves.iter().find(|(_, plan)| *plan == *i.plan) {
                panic!("{} and {other} count the same", i.id);
            }
            leaves.push((i.id.clone(), (*i.plan).clone()));
        }
    }
}

/// Every query of the catalogue runs, and an empty organisation is not one with noughts.
#[tokio::test]
async fn every_indicator_runs_on_both_databases_and_nothing_recorded_is_not_nought() {
    let clock = Arc::new(FixedClock(0));
    let book = book();
    let all = shipped(&book);
    for db in &testing::both(&REGISTRY.migrations(), clock).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute(
            "INSERT INTO unit (id, code, name, kind, from_day, search, sort)
             VALUES ('u', 'U', 'Đảng bộ Khối', 'block', '2019-01-01', 'dang bo khoi', 'dang bo khoi')",
            &[],
        )
        .await
        .unwrap();
        unit::rebuild(&mut tx).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let asked = unit::by_code(&mut tx, "U", day("31/12/2023")).await.unwrap().unwrap();
        let ctx = Context {
            period: Period::years(2021, 2023),
            start: Some(day("18/05/2021")),
            report_day: day("15/03/2024"),
        };
        let mut runner = Runner::new(&mut tx, &book, asked, ctx, TreeRule::FactDay).await.unwrap();
        for i in &all {
            let figure = runner.figure(i).await.unwrap_or_else(|e| panic!("{}: {e:?}", i.id));
            // Which units there are is always known; of everything else nobody has handed in anything.
            let known = figure.value.parts().is_some();
            assert_eq!(known, i.returns == ["unit"], "{}: {:?}", i.id, figure.value);
        }
    }
}

/// What the block's own commission did is not what the commissions below it did.
#[tokio::test]
async fn own_and_below_together_are_all() {
    let book = book();
    for db in &testing::both(&REGISTRY.migrations(), Arc::new(FixedClock(0))).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for (id, kind, parent) in [("b", "block", None), ("g", "grassroots_committee", Some("b"))] {
            tx.execute(
                "INSERT INTO unit (id, code, name, kind, parent, from_day, search, sort)
                 VALUES ($1, $1, $1, $2, $3, '2019-01-01', $1, $1)",
                store::params![id, kind, parent],
            )
            .await
            .unwrap();
        }
        unit::rebuild(&mut tx).await.unwrap().unwrap();
        for (code, unit) in [("1", "b"), ("2", "b"), ("3", "g"), ("4", "g"), ("5", "g")] {
            tx.execute(
                "INSERT INTO inspection (id, code, unit, actor, act, object, object_unit, day)
                 VALUES ($1, $1, $2, 'commission', 'inspection', 'organisation', 'g', '2022-05-10')",
                store::params![code, unit],
            )
            .await
            .unwrap();
        }
        // The block states its own; what the organisation below states is about itself.
        for (code, unit, indicator, value) in [
            ("s1", "b", "inspection.commission.below.organisations", 18_800),
            ("s2", "g", "inspection.commission.organisations", 700),
        ] {
            tx.execute(
                "INSERT INTO stated_figure (id, code, indicator, unit, from_day, to_day, value, comparator)
                 VALUES ($1, $1, $2, $3, '2022-01-01', '2022-12-31', $4, 'exact')",
                store::params![code, indicator, unit, value],
            )
            .await
            .unwrap();
        }
        let asked = unit::by_code(&mut tx, "b", day("31/12/2023")).await.unwrap().unwrap();
        for (id, year, expected) in [
            ("inspection.commission.organisations", 2022, 2),
            ("inspection.commission.below.organisations", 2022, 188),
            ("inspection.organisations", 2022, 5),
        ] {
            let ctx = Context { period: Period::year(year), start: None, report_day: day("15/03/2024") };
            let mut runner =
                Runner::new(&mut tx, &book, asked.clone(), ctx, TreeRule::FactDay).await.unwrap();
            let indicator = book.catalogue.get(id, day("15/03/2024")).unwrap();
            let figure = runner.figure(indicator).await.unwrap();
            assert_eq!(figure.exact(), expected.to_string(), "{id}");
        }
        // Without statements the two parts add up to the whole.
        tx.execute("DELETE FROM stated_figure", &[]).await.unwrap();
        let ctx = Context { period: Period::year(2022), start: None, report_day: day("15/03/2024") };
        let mut runner = Runner::new(&mut tx, &book, asked.clone(), ctx, TreeRule::FactDay).await.unwrap();
        let mut exact = Vec::new();
        for id in ["inspection.commission.organisations", "inspection.commission.below.organisations"] {
            let indicator = book.catalogue.get(id, day("15/03/2024")).unwrap();
            exact.push(runner.figure(indicator).await.unwrap().exact());
        }
        assert_eq!(exact, ["2", "3"]);
    }
}

#[test]
fn templates_ask_only_for_indicators_of_the_catalogue() {
    let ids: BTreeSet<String> = shipped(&book()).into_iter().map(|i| i.id.clone()).collect();
    for template in templates() {
        let unknown: Vec<String> = template
            .holes()
            .into_iter()
            .filter_map(|hole| match hole {
                Hole::Figure(figure) | Hole::Split { figure, .. } => Some(figure.indicator),
                _ => None,
            })
            .filter(|id| !ids.contains(id))
            .collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", template.id());
    }
}

/// Whoever answers lists and texts reads the page; so it must name each with its fields.
#[test]
fn every_list_field_and_text_of_the_templates_stands_on_their_page() {
    let told = |name: &str| WANTED.contains(&format!("`{name}`"));
    for template in templates() {
        for hole in template.holes() {
            let name = match &hole {
                Hole::List(list) => &list.name,
                Hole::Text(name) => name,
                _ => continue,
            };
            assert!(told(name), "{}: {name} is not on the page", template.id());
            for field in template.item_fields(&hole) {
                let row = WANTED.lines().find(|l| l.contains(&format!("| `{name}` |"))).unwrap_or_default();
                assert!(row.contains(&format!("`{field}`")), "{}: {name} without {field}", template.id());
            }
        }
    }
}
