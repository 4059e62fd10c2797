//! The tree through time, against a naive walk, and on both databases.

use super::tree::{Event, Forest, Founding};
use super::*;
use domain::{Actor, Day, FixedClock};
use proptest::prelude::*;
use std::sync::Arc;
use store::{Tx, params, testing};

fn day(text: &str) -> Day {
    domain::parse_day(text).unwrap()
}

fn founding(id: &str, parent: Option<&str>, from: &str) -> Founding {
    Founding {
        id: id.into(),
        code: id.to_uppercase(),
        name: format!("Chi bộ {id}"),
        parent: parent.map(str::to_owned),
        from: day(from),
        decision: None,
    }
}

fn event(event: &str, unit: &str, other: Option<&str>, on: &str) -> Event {
    Event {
        event: event.into(),
        unit: unit.into(),
        other: other.map(str::to_owned),
        new_name: (event == "rename").then(|| format!("Chi bộ {unit} mới")),
        day: day(on),
        decision: "Quyết định số 01-QĐ/ĐUK".into(),
    }
}

fn block() -> Vec<Founding> {
    vec![
        founding("block", None, "01/01/2019"),
        founding("a", Some("block"), "01/01/2019"),
        founding("b", Some("block"), "01/01/2019"),
        founding("a1", Some("a"), "01/01/2019"),
        founding("a2", Some("a"), "01/01/2019"),
    ]
}

fn above(forest: &Forest, unit: &str, on: &str) -> Vec<String> {
    let on = day(on).format("%Y-%m-%d").to_string();
    let mut found: Vec<_> = forest
        .spans
        .iter()
        .filter(|s| s.descendant == unit && s.from <= on && on <= s.to)
        .map(|s| (s.depth, s.ancestor.clone()))
        .collect();
    found.sort();
    found.into_iter().map(|(_, a)| a).collect()
}

#[test]
fn a_merged_unit_ends_and_its_children_follow() {
    let forest = Forest::grow(&block(), &[event("merge", "a", Some("b"), "01/07/2022")]).unwrap();
    assert_eq!(above(&forest, "a1", "30/06/2022"), ["a1", "a", "block"]);
    assert_eq!(above(&forest, "a1", "01/07/2022"), ["a1", "b", "block"]);
    assert_eq!(above(&forest, "a", "01/07/2022"), [""; 0]);
}

#[test]
fn a_moved_unit_is_under_its_new_parent_from_that_day_on() {
    let forest = Forest::grow(&block(), &[event("move", "a2", Some("b"), "15/03/2023")]).unwrap();
    assert_eq!(above(&forest, "a2", "14/03/2023"), ["a2", "a", "block"]);
    assert_eq!(above(&forest, "a2", "15/03/2023"), ["a2", "b", "block"]);
    // The block stayed above all the time: no seam on the day of the move.
    assert_eq!(forest.spans.iter().filter(|s| s.ancestor == "block" && s.descendant == "a2").count(), 1);
}

#[test]
fn a_renamed_unit_keeps_both_names_for_their_days() {
    let forest = Forest::grow(&block(), &[event("rename", "a", None, "01/01/2021")]).unwrap();
    let names: Vec<_> = forest.names.iter().filter(|n| n.unit == "a").map(|n| (n.from.as_str(), n.name.as_str())).collect();
    assert_eq!(names, [("2019-01-01", "Chi bộ a"), ("2021-01-01", "Chi bộ a mới")]);
}

#[test]
fn a_dissolved_unit_may_not_leave_children_behind() {
    let problems = Forest::grow(&block(), &[event("dissolve", "a", None, "01/01/2021")]).unwrap_err();
    assert_eq!(problems.iter().filter(|m| m.key == "unit-left-behind").count(), 2);
    let moved = [
        event("move", "a1", Some("b"), "01/01/2021"),
        event("move", "a2", Some("b"), "01/01/2021"),
        event("dissolve", "a", None, "01/01/2021"),
    ];
    let forest = Forest::grow(&block(), &moved).unwrap();
    assert_eq!(above(&forest, "a1", "01/01/2021"), ["a1", "b", "block"]);
}

#[test]
fn a_unit_that_is_its_own_ancestor_is_refused() {
    let around = [event("move", "a", Some("a1"), "01/01/2021")];
    let problems = Forest::grow(&block(), &around).unwrap_err();
    assert!(problems.iter().any(|m| m.key == "unit-own-ancestor"), "{problems:?}");
    let own = [founding("x", Some("x"), "01/01/2019")];
    assert!(Forest::grow(&own, &[]).is_err());
}

#[test]
fn nothing_happens_to_a_unit_that_does_not_exist() {
    for events in [
        vec![event("move", "a1", Some("b"), "31/12/2018")],
        vec![event("merge", "a", Some("b"), "01/01/2021"), event("rename", "a", None, "01/02/2021")],
        vec![event("merge", "b", Some("a"), "01/01/2021"), event("move", "a1", Some("b"), "01/02/2021")],
    ] {
        assert!(Forest::grow(&block(), &events).is_err(), "{events:?}");
    }
}

proptest! {
    /// Spans agree, on every day tried, with a naive walk over plain parent maps.
    #[test]
    fn spans_agree_with_a_naive_walk(
        parents in prop::collection::vec(0usize..8, 1..12),
        moves in prop::collection::vec((0usize..12, 0usize..12, 1i64..900), 0..10),
        merges in prop::collection::vec((0usize..12, 0usize..12, 1i64..900), 0..3),
        probes in prop::collection::vec(0i64..1000, 6),
    ) {
        let n = parents.len() + 1;
        let start = day("01/01/2019");
        let on = |offset: i64| start + chrono::TimeDelta::days(offset);
        let name = |i: usize| format!("u{i}");
        let mut foundings = vec![founding(&name(0), None, "01/01/2019")];
        for (i, p) in parents.iter().enumerate() {
            foundings.push(founding(&name(i + 1), Some(&name(p % (i + 1))), "01/01/2019"));
        }
        let mut events: Vec<Event> = Vec::new();
        for (kind, list) in [("move", &moves), ("merge", &merges)] {
            for (u, o, at) in list {
                let (u, o) = (1 + u % (n - 1), o % n);
                if u != o {
                    let mut e = event(kind, &name(u), Some(&name(o)), "01/01/2019");
                    e.day = on(*at);
                    events.push(e);
                }
            }
        }
        // One event a day keeps the oracle naive.
        events.sort_by_key(|e| e.day);
        events.dedup_by_key(|e| e.day);
        let Ok(forest) = Forest::grow(&foundings, &events) else { return Ok(()) };
        for probe in probes {
            let probe = on(probe);
            let mut parent: std::collections::BTreeMap<String, Option<String>> =
                foundings.iter().map(|f| (f.id.clone(), f.parent.clone())).collect();
            for e in events.iter().filter(|e| e.day <= probe) {
                let other = e.other.clone().unwrap();
                if e.event == "move" {
                    parent.insert(e.unit.clone(), Some(other));
                } else {
                    let gone = parent.remove(&e.unit).flatten();
                    for (unit, above) in &mut parent {
                        if above.as_deref() == Some(&e.unit) {
                            *above = if *unit == other { gone.clone() } else { Some(other.clone()) };
                        }
                    }
                }
            }
            for i in 0..n {
                let mut walk = Vec::new();
                let mut at = parent.contains_key(&name(i)).then(|| name(i));
                while let Some(unit) = at {
                    prop_assert!(walk.len() <= n, "the naive walk loops where the forest does not");
                    at = parent.get(&unit).cloned().flatten();
                    walk.push(unit);
                }
                let found = above(&forest, &name(i), &domain::day_short(probe));
                prop_assert_eq!(found, walk);
            }
        }
    }
}

async fn add(tx: &mut Tx, f: &Founding) {
    tx.execute(
        "INSERT INTO unit (id, code, name, kind, parent, from_day, search, sort) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
        params![&f.id, &f.code, &f.name, if f.parent.is_none() { "block" } else { "cell" }, f.parent.as_ref(), f.from, &f.name],
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn the_tree_as_at_a_day_is_the_same_on_both_databases() {
    for db in &testing::both(FEATURE.migrations, Arc::new(FixedClock(0))).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for f in &block() {
            add(&mut tx, f).await;
        }
        tx.execute(
            "INSERT INTO unit_event (id, code, event, unit, other, day, decision) VALUES ('e', 'E', 'merge', 'a', 'b', '2022-07-01', 'QĐ')",
            &[],
        )
        .await
        .unwrap();
        rebuild(&mut tx).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let codes = |units: Vec<Unit>| units.into_iter().map(|u| u.code).collect::<Vec<_>>();
        assert_eq!(codes(as_at(&mut tx, day("30/06/2022")).await.unwrap()), ["BLOCK", "A", "A1", "A2", "B"]);
        assert_eq!(codes(as_at(&mut tx, day("01/07/2022")).await.unwrap()), ["BLOCK", "A1", "A2", "B"]);
        assert_eq!(codes(children(&mut tx, "b", day("01/07/2022")).await.unwrap()), ["A1", "A2"]);
        assert_eq!(codes(path(&mut tx, "a1", day("01/07/2022")).await.unwrap()), ["BLOCK", "B", "A1"]);
        let gone = by_code(&mut tx, "A", day("01/07/2023")).await.unwrap().unwrap();
        assert!(!gone.alive && gone.name == "Chi bộ a");
        assert_eq!(by_code(&mut tx, "NOBODY", day("01/07/2023")).await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_impossible_tree_is_named_and_not_written() {
    for db in &testing::both(FEATURE.migrations, Arc::new(FixedClock(0))).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for f in &block() {
            add(&mut tx, f).await;
        }
        rebuild(&mut tx).await.unwrap().unwrap();
        tx.execute("UPDATE unit SET parent = 'a1' WHERE id = 'a'", &[]).await.unwrap();
        let problems = rebuild(&mut tx).await.unwrap().unwrap_err();
        assert!(problems.iter().any(|m| m.key == "unit-own-ancestor"));
        let row = tx.one("SELECT COUNT(*) AS n FROM unit_span", &[]).await.unwrap();
        assert_eq!(row.int("n").unwrap(), 11, "the spans of the last good tree stay");
    }
}
