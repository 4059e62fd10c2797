//! Rows for tests: written as an import would write them, on either database.

use crate::kind::{Draft, Held, Kind, Ty};
use crate::registry::Feature;
use domain::FixedClock;
use figures::{Measure, Shape};
use std::sync::Arc;
use store::{Migration, Tx, Value, params, testing};

/// Two databases with the tables of units and of these features.
pub async fn both(features: &[&Feature]) -> testing::Both {
    let steps = std::iter::once(&crate::unit::FEATURE).chain(features.iter().copied());
    let migrations: Vec<Migration> = steps.flat_map(|f| f.migrations).copied().collect();
    testing::both(&migrations, Arc::new(FixedClock(1_700_000_000_000))).await
}

/// Units `(id, parent, kind)`, and the tree they form.
pub async fn units(tx: &mut Tx, units: &[(&str, Option<&str>, &str)]) {
    for (id, parent, kind) in units {
        tx.execute(
            "INSERT INTO unit (id, code, name, kind, parent, from_day, search, sort) VALUES ($1, $1, $1, $2, $3, '2010-01-01', $1, $1)",
            params![*id, *kind, *parent],
        )
        .await
        .unwrap();
    }
    crate::unit::rebuild(tx).await.unwrap().unwrap();
}

/// A row as a form gives it: `("day", "20/05/2023")`.
pub fn draft(kind: &'static Kind, values: &[(&'static str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (name, value) in values {
        let field = kind.field(name).unwrap_or_else(|| panic!("{} has no field {name}", kind.name));
        let held = match field.ty {
            ty if ty.is_int() => Held::Int(value.parse().unwrap()),
            Ty::Day => Held::Day(domain::parse_day(value).unwrap()),
            Ty::Choice(choices) => {
                assert!(choices.iter().any(|c| c.code == *value), "{name} has no choice {value}");
                Held::Text((*value).to_owned())
            }
            _ => Held::Text((*value).to_owned()),
        };
        draft.set(field.name, held);
    }
    draft
}

/// The rules a row breaks: `field: message`.
pub fn faults(kind: &'static Kind, values: &[(&'static str, &str)]) -> Vec<String> {
    (kind.check)(&draft(kind, values)).iter().map(|f| format!("{}: {}", f.field, f.message.key)).collect()
}

/// The row with its computed fields.
pub fn derived(kind: &'static Kind, values: &[(&'static str, &str)]) -> Draft {
    let mut draft = draft(kind, values);
    (kind.derive)(&mut draft);
    draft
}

/// Writes a row after its rules and required fields were seen to.
pub async fn row(tx: &mut Tx, kind: &'static Kind, id: &str, values: &[(&'static str, &str)]) {
    try_row(tx, kind, id, values).await.unwrap();
}

/// Writes a row that the schema may refuse.
pub async fn try_row(
    tx: &mut Tx,
    kind: &'static Kind,
    id: &str,
    values: &[(&'static str, &str)],
) -> store::Result<()> {
    assert_eq!(faults(kind, values), [""; 0], "{id}");
    let draft = derived(kind, values);
    let (mut columns, mut cells) = (vec!["id"], vec![Value::from(id)]);
    for field in kind.fields {
        assert!(!field.required || !draft.is_empty(field.name), "{id} needs {}", field.name);
        columns.push(field.name);
        cells.push(match draft.get(field.name) {
            Held::Int(n) => Value::from(*n),
            Held::Text(t) => Value::from(t),
            Held::Day(d) => Value::from(*d),
            Held::Empty if field.ty == Ty::Flag => Value::from(0_i64),
            Held::Empty if field.ty.is_int() => Value::Int(None),
            Held::Empty => Value::Text(None),
        });
    }
    tx.insert(kind.name, &columns, &[cells]).await
}

/// Takes a row out of all counting.
pub async fn withdraw(tx: &mut Tx, kind: &Kind, id: &str) {
    let sql = format!("UPDATE {} SET withdrawn = 'nhập nhầm' WHERE id = $1", kind.name);
    assert_eq!(tx.execute(&sql, params![id]).await.unwrap(), 1);
}

/// A person of a cell since a day, with the membership that it implies.
pub async fn person(tx: &mut Tx, id: &str, unit: &str, category: &str) {
    let values =
        [("code", id), ("name", id), ("unit", unit), ("category", category), ("since", "01/01/2015")];
    row(tx, &super::sheet::PERSON, id, &values).await;
    super::imply_memberships(tx).await.unwrap();
}

/// How many things and how many distinct persons the facts of a condition are.
pub async fn tally(tx: &mut Tx, measure: &Measure, condition: &str) -> (i64, i64) {
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) AS n, CAST(COUNT(DISTINCT person) AS BIGINT) AS people
         FROM ({}) x WHERE {condition}",
        measure.sql
    );
    let row = tx.one(&sql, &[]).await.unwrap();
    (row.int("n").unwrap(), row.int("people").unwrap())
}

/// What must hold for every feature: each kind has its table, each measure its columns, no
/// two headings of a kind meet, and both languages have the same messages.
pub async fn well_made(feature: &Feature, before: &[&Feature]) {
    let features: Vec<&Feature> = before.iter().copied().chain([feature]).collect();
    for db in &both(&features).await.all {
        let mut tx = db.read().await.unwrap();
        for kind in feature.kinds {
            let fields: Vec<&str> = kind.fields.iter().map(|f| f.name).collect();
            let sql = format!("SELECT id, {}, source, withdrawn FROM {}", fields.join(", "), kind.name);
            tx.query(&sql, &[]).await.unwrap();
        }
        for measure in feature.measures {
            let days = if measure.shape == Shape::Spells { "from_day, to_day" } else { "day" };
            let dims: String = measure.dims.iter().map(|d| format!(", {}", d.name)).collect();
            let sql = format!("SELECT fact, unit, {days}, person, n, amount{dims} FROM ({}) x", measure.sql);
            tx.query(&sql, &[]).await.unwrap();
        }
    }
    for kind in feature.kinds {
        assert!(kind.vi.chars().count() <= 31, "{}", kind.vi);
        let mut seen = std::collections::BTreeSet::new();
        for field in kind.fields {
            let own: std::collections::BTreeSet<String> = std::iter::once(field.vi)
                .chain(field.aliases.iter().copied())
                .map(domain::text::fold)
                .collect();
            for heading in own {
                assert!(seen.insert(heading.clone()), "{}: two columns are called {heading}", kind.name);
            }
            assert!(!field.computed || !field.required, "{}.{}", kind.name, field.name);
        }
        for key in kind.key {
            assert!(kind.field(key).is_some_and(|f| f.required), "{}: key {key}", kind.name);
        }
    }
    let keys = |ftl: &str| -> Vec<String> {
        ftl.lines().filter_map(|l| l.split_once(" = ")).map(|(key, _)| key.to_owned()).collect()
    };
    let (vi, en) = feature.messages;
    assert_eq!(keys(vi), keys(en));
    assert!(keys(vi).iter().all(|key| key.starts_with(feature.name)));
}
