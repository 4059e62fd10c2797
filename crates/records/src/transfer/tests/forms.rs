//! One row at a time, as the web writes it.

use super::*;
use crate::kind::{Draft, Held};
use crate::transfer::{may_write, write_one};
use domain::Action;

fn draft(kind: &str, values: &[(&'static str, &str)]) -> Draft {
    let kind = REGISTRY.kind(kind).unwrap();
    let mut draft = Draft::default();
    for (name, words) in values {
        let held = match kind.field(name).unwrap().ty {
            ty if ty.is_int() => Held::Int(words.parse().unwrap()),
            crate::kind::Ty::Day => Held::Day(domain::parse_day(words).unwrap()),
            _ => Held::Text((*words).to_owned()),
        };
        draft.set(name, held);
    }
    draft
}

async fn id_of(db: &Db, table: &str, code: &str) -> String {
    word(db, &format!("SELECT id FROM {table} WHERE code = '{code}'")).await.unwrap()
}

#[tokio::test]
async fn a_form_keeps_the_rules_of_an_import() {
    let kind = REGISTRY.kind("activity").unwrap();
    for db in &both().await.all {
        block().well(db).await;
        let unit = id_of(db, "unit", "CB11").await;
        let whole = [
            ("code", "SH1"),
            ("unit", unit.as_str()),
            ("kind", "flag_ceremony"),
            ("title", " Chào  cờ "),
            ("day", "08/05/2023"),
        ];
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for (field, words, key) in [
            ("code", "a b", "transfer-code-signs"),
            ("kind", "party", "transfer-wrong-type"),
            ("unit", "0", "transfer-ref-gone"),
            ("year", "1066", "transfer-out-of-range"),
            ("paper_sent_day", "09/05/2023", "activity-paper-after"),
        ] {
            let mut wrong = draft("activity", &whole);
            wrong.values.extend(draft("activity", &[(field, words)]).values);
            let faults = write_one(&mut tx, kind, wrong, None).await.unwrap().unwrap_err();
            assert_eq!(faults.iter().map(|f| (f.field, f.message.key)).collect::<Vec<_>>(), [(field, key)]);
        }
        let mut lacking = draft("activity", &whole);
        lacking.set("title", Held::Text("  ".into()));
        let faults = write_one(&mut tx, kind, lacking, None).await.unwrap().unwrap_err();
        assert_eq!(faults[0].message.key, "transfer-required");

        let id = write_one(&mut tx, kind, draft("activity", &whole), None).await.unwrap().unwrap();
        let faults = write_one(&mut tx, kind, draft("activity", &whole), None).await.unwrap().unwrap_err();
        assert_eq!((faults[0].field, faults[0].message.key), ("code", "transfer-key-taken"));
        // A correction names only what it corrects.
        let same =
            write_one(&mut tx, kind, draft("activity", &[("day", "09/08/2023")]), Some(&id)).await.unwrap();
        assert_eq!(same, Ok(id.clone()));
        tx.commit().await.unwrap();
        assert_eq!(word(db, "SELECT title FROM activity").await.as_deref(), Some("Chào cờ"));
        assert_eq!(word(db, "SELECT quarter FROM activity").await.as_deref(), Some("3"), "computed anew");
        let sql = format!("audit WHERE record = '{id}'");
        assert_eq!(n(db, &sql).await, 2);
    }
}

#[tokio::test]
async fn a_tree_that_does_not_stand_is_taken_back_alone() {
    let kind = REGISTRY.kind("unit").unwrap();
    for db in &both().await.all {
        block().well(db).await;
        let (top, cell) = (id_of(db, "unit", "K").await, id_of(db, "unit", "CB11").await);
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let named = draft("unit", &[("name", "Chi bộ Một")]);
        write_one(&mut tx, kind, named, Some(&cell)).await.unwrap().unwrap();
        let looped = draft("unit", &[("parent", &cell)]);
        let faults = write_one(&mut tx, kind, looped, Some(&top)).await.unwrap().unwrap_err();
        assert!(
            faults.iter().any(|f| (f.field, f.message.key) == ("parent", "unit-own-ancestor")),
            "{faults:?}"
        );
        tx.commit().await.unwrap();
        assert_eq!(n(db, "unit WHERE code = 'K' AND parent IS NULL").await, 1);
        assert_eq!(n(db, "unit_name WHERE name = 'Chi bộ Một'").await, 1, "the caller's other work stays");
    }
}

#[tokio::test]
async fn a_form_asks_before_and_after() {
    let kind = REGISTRY.kind("activity").unwrap();
    for db in &both().await.all {
        block().well(db).await;
        let secretary = super::rights::account(db, "bithu", domain::Role::Secretary, "CB11").await;
        let (own, other) = (id_of(db, "unit", "CB11").await, id_of(db, "unit", "CB12").await);
        let of = |unit: &str| {
            draft(
                "activity",
                &[
                    ("code", "SH9"),
                    ("unit", unit),
                    ("kind", "flag_ceremony"),
                    ("title", "Chào cờ"),
                    ("day", "08/05/2023"),
                ],
            )
        };
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let theirs = write_one(&mut tx, kind, of(&other), None).await.unwrap().unwrap();
        let today = db.clock().today();
        assert!(may_write(&mut tx, &secretary, kind, &of(&own), None, today).await.unwrap());
        assert!(!may_write(&mut tx, &secretary, kind, &of(&other), None, today).await.unwrap());
        assert!(!may_write(&mut tx, &secretary, kind, &of(&own), Some(&theirs), today).await.unwrap());
        assert_eq!(
            crate::transfer::write_action(REGISTRY.kind("discipline").unwrap()),
            Action::WriteSensitive
        );
    }
}
