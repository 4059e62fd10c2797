use super::*;
use crate::evidence::ground::{both, day, draft, facts, faults, word};
use crate::kind::{Draft, Held};

fn of_an_organisation() -> Draft {
    draft([("object", word("organisation")), ("object_unit", word("b")), ("day", day("12/05/2022"))])
}

#[test]
fn an_organisation_is_named_by_its_unit() {
    assert_eq!(faults(&INSPECTION_KIND, &of_an_organisation()), []);
    let mut nameless = of_an_organisation();
    nameless.set("object_unit", Held::Empty);
    assert_eq!(faults(&INSPECTION_KIND, &nameless), [("object_unit", "inspection-object-unit")]);
}

#[test]
fn a_member_may_stay_unnamed_above_the_unit_that_holds_the_name() {
    let unnamed = draft([("object", word("person")), ("head", Held::Int(1)), ("day", day("12/05/2022"))]);
    assert_eq!(faults(&INSPECTION_KIND, &unnamed), []);
}

#[test]
fn a_row_has_one_object() {
    let mut both = of_an_organisation();
    both.set("object_person", word("p1"));
    both.set("head", Held::Int(1));
    assert_eq!(
        faults(&INSPECTION_KIND, &both),
        [("object_person", "inspection-one-object"), ("head", "inspection-head")]
    );
}

#[test]
fn a_remedy_is_followed_only_where_one_was_asked() {
    let mut row = of_an_organisation();
    row.set("remedied_day", day("15/06/2022"));
    assert_eq!(faults(&INSPECTION_KIND, &row), [("remedy", "inspection-remedy")]);
    row.set("remedy", word("Bổ sung kế hoạch"));
    assert_eq!(faults(&INSPECTION_KIND, &row), []);
}

#[test]
fn nothing_ends_before_it_begins() {
    let mut row = of_an_organisation();
    row.set("remedy", word("Bổ sung kế hoạch"));
    for field in ["end_day", "remedy_deadline", "remedied_day"] {
        let mut row = row.clone();
        row.set(field, day("11/05/2022"));
        assert_eq!(faults(&INSPECTION_KIND, &row), [(field, "kind-backwards")]);
    }
}

const ROWS: [&str; 1] = [
    "INSERT INTO inspection (id, code, unit, actor, act, advised, object, object_unit, object_person, head, day,
        programme, about, conclusion, remedy, remedied_day, withdrawn) VALUES
     ('1', 'KT-1', 'a', 'committee', 'inspection', 0, 'organisation', 'b', NULL, 0, '2022-05-12',
        'ct05', 'directive', 'Tốt', 'Bổ sung', NULL, NULL),
     ('2', 'KT-2', 'a', 'committee', 'inspection', 0, 'person', 'b', 'p1', 1, '2022-05-12',
        'ct05', 'directive', NULL, 'Bổ sung', '2022-06-15', NULL),
     ('3', 'GS-1', 'a', 'commission', 'supervision', 1, 'person', NULL, NULL, 0, '2023-05-12',
        NULL, NULL, NULL, NULL, NULL, NULL),
     ('4', 'KT-4', 'a', 'committee', 'inspection', 0, 'organisation', 'b', NULL, 0, '2022-05-12',
        NULL, NULL, NULL, NULL, NULL, 'ghi nhầm')",
];

#[tokio::test]
async fn an_inspection_counts_once_per_object_for_the_actor() {
    for db in &both().await.all {
        let facts = facts(db, &ROWS, &INSPECTION).await;
        assert_eq!(facts.len(), 3, "a withdrawn row does not count");
        for fact in &facts {
            assert_eq!((fact.text("unit").unwrap(), fact.int("n").unwrap()), ("a", 1));
        }
        let column = |name: &str| facts.iter().map(|f| f.get(name).unwrap().clone()).collect::<Vec<_>>();
        let texts = |values: [Option<&str>; 3]| values.map(store::Value::from).to_vec();
        assert_eq!(column("person"), texts([None, Some("p1"), None]));
        assert_eq!(column("object_unit"), texts([Some("b"), Some("b"), None]));
        assert_eq!(column("programme"), texts([Some("CT05"), Some("CT05"), None]), "by its code");
        let flags = |name: &str| facts.iter().map(|f| f.int(name).unwrap()).collect::<Vec<_>>();
        assert_eq!(flags("advised"), [0, 0, 1]);
        assert_eq!(flags("head"), [0, 1, 0]);
        assert_eq!(flags("concluded"), [1, 0, 0]);
        assert_eq!(flags("remedy_open"), [1, 0, 0], "remedied, or nothing to remedy");
    }
}

#[tokio::test]
async fn a_plan_belongs_to_who_issued_it() {
    let rows = ["INSERT INTO inspection_plan (id, unit, year, kind, day, withdrawn) VALUES
         ('1', 'a', 2022, 'year', '2022-01-20', NULL), ('2', 'a', 2020, 'term', '2020-09-01', 'trùng')"];
    for db in &both().await.all {
        let facts = facts(db, &rows, &INSPECTION_PLAN).await;
        assert_eq!(facts.len(), 1);
        assert_eq!((facts[0].text("kind").unwrap(), facts[0].int("year").unwrap()), ("year", 2022));
    }
}
