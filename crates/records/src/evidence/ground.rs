//! Ground for the tests of the features from here on: a small world on both databases, drafts
//! in one line, and the shape that every measure's answer must have.

use crate::kind::{Draft, Fault, Held, Kind};
use domain::{Actor, FixedClock};
use figures::{DimType, Measure};
use std::sync::Arc;
use store::{Db, Row, Value, testing};

/// Units `a` (a committee) and `b` (its cell), persons `p1` and `p2` of `b`, programme `CT05`.
const WORLD: [&str; 4] = [
    "INSERT INTO unit (id, code, name, kind, from_day, search, sort)
     VALUES ('a', 'DU-A', 'Đảng bộ A', 'grassroots_committee', '2015-01-01', '', '')",
    "INSERT INTO unit (id, code, name, kind, parent, from_day, search, sort)
     VALUES ('b', 'CB-B', 'Chi bộ B', 'cell', 'a', '2015-01-01', '', '')",
    "INSERT INTO person (id, code, name, unit, category, since)
     VALUES ('p1', 'DV-1', 'Nguyễn Văn An', 'b', 'party_member', '2015-01-01'),
            ('p2', 'DV-2', 'Trần Thị Bình', 'b', 'party_member', '2015-01-01')",
    "INSERT INTO programme (id, code, name, from_day) VALUES ('ct05', 'CT05', 'Chỉ thị 05', '2016-05-15')",
];

/// Both databases, with every table of the product.
pub(crate) async fn both() -> testing::Both {
    testing::both(&crate::REGISTRY.migrations(), Arc::new(FixedClock(1_700_000_000_000))).await
}

/// Adds the world to a transaction.
pub(crate) async fn settle(tx: &mut store::Tx) {
    for sql in WORLD {
        tx.execute(sql, &[]).await.expect(sql);
    }
}

/// The facts of a measure over some rows, in the order of their ids. Nothing stays behind.
pub(crate) async fn facts(db: &Db, rows: &[&str], measure: &Measure) -> Vec<Row> {
    let mut tx = db.write(&Actor::Operator).await.expect("a transaction");
    settle(&mut tx).await;
    for sql in rows {
        tx.execute(sql, &[]).await.expect(sql);
    }
    // As a subquery, which is how figures ask it.
    let sql = format!("SELECT * FROM ({}) m ORDER BY m.fact", measure.sql);
    let facts = tx.query(&sql, &[]).await.expect(measure.name);
    for fact in &facts {
        check_shape(measure, fact);
    }
    facts
}

fn check_shape(measure: &Measure, fact: &Row) {
    let m = measure.name;
    fact.text("fact").expect(m);
    fact.text("unit").expect(m);
    fact.day("day").expect(m);
    assert!(fact.int("n").expect(m) >= 0, "{m}");
    assert!(measure.persons || fact.opt_text("person").expect(m).is_none(), "{m}");
    assert!(measure.amounts || fact.opt_int("amount").expect(m).is_none(), "{m}");
    for dim in measure.dims {
        let value = fact.get(dim.name).expect(m);
        let fits = value.is_null()
            || match (dim.ty, value) {
                (DimType::Choice(codes), Value::Text(Some(code))) => codes.contains(&code.as_str()),
                (DimType::Flag, Value::Int(Some(flag))) => matches!(flag, 0 | 1),
                (DimType::Int, Value::Int(_)) | (DimType::Word | DimType::Unit, Value::Text(_)) => true,
                (DimType::Day, Value::Text(Some(day))) => domain::parse_day(day).is_some(),
                _ => false,
            };
        assert!(fits, "{m}.{} is {value:?}", dim.name);
    }
}

/// A draft of these fields.
pub(crate) fn draft<const N: usize>(fields: [(&'static str, Held); N]) -> Draft {
    Draft { values: fields.into_iter().collect() }
}

/// Words, a code, an id.
pub(crate) fn word(text: &str) -> Held {
    Held::Text(text.to_owned())
}

/// A day as people write it.
pub(crate) fn day(text: &str) -> Held {
    Held::Day(domain::parse_day(text).expect(text))
}

/// What a kind's rule says: the field and the message of each fault.
pub(crate) fn faults(kind: &Kind, draft: &Draft) -> Vec<(&'static str, &'static str)> {
    (kind.check)(draft).into_iter().map(|Fault { field, message }| (field, message.key)).collect()
}
