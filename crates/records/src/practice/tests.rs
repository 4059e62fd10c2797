use super::*;
use crate::evidence::ground::{both, day, draft, facts, faults};

#[test]
fn registered_then_verified_then_exemplary() {
    let in_order = draft([
        ("registered_day", day("15/03/2022")),
        ("verified_day", day("20/10/2022")),
        ("exemplary_day", day("19/05/2023")),
    ]);
    assert_eq!(faults(&PRACTICE_KIND, &in_order), []);
    let mut early = in_order.clone();
    early.set("verified_day", day("14/03/2022"));
    assert_eq!(faults(&PRACTICE_KIND, &early), [("verified_day", "kind-backwards")]);
    let mut unchecked = in_order.clone();
    unchecked.set("exemplary_day", day("19/10/2022"));
    assert_eq!(faults(&PRACTICE_KIND, &unchecked), [("exemplary_day", "kind-backwards")], "before verified");
}

#[test]
fn an_old_practice_may_lack_the_day_of_verification() {
    let old = draft([("registered_day", day("15/03/2022")), ("exemplary_day", day("19/05/2022"))]);
    assert_eq!(faults(&PRACTICE_KIND, &old), []);
    let backwards = draft([("registered_day", day("15/03/2022")), ("exemplary_day", day("14/03/2022"))]);
    assert_eq!(faults(&PRACTICE_KIND, &backwards), [("exemplary_day", "kind-backwards")]);
}

const ROWS: [&str; 2] = [
    "INSERT INTO practice (id, code, unit, title, field, registered_day, verified_day, exemplary_day, published_day, withdrawn)
     VALUES ('1', 'MH-1', 'b', 'Một', 'dan_van_kheo', '2022-03-15', '2022-10-20', '2023-05-19', NULL, NULL),
            ('2', 'MH-2', 'b', 'Hai', 'following', '2022-03-16', NULL, NULL, '2022-06-01', NULL),
            ('3', 'MH-3', 'b', 'Ba', 'following', '2022-03-17', '2022-04-01', '2022-04-02', NULL, 'trùng')",
    "INSERT INTO practice_visit (id, practice, day, unit, people, withdrawn)
     VALUES ('1', '1', '2023-07-10', 'a', 12, NULL), ('2', '1', '2023-07-11', 'a', NULL, NULL),
            ('3', '3', '2023-07-12', 'a', 5, NULL), ('4', '2', '2023-07-12', 'a', 5, 'trùng')",
];

#[tokio::test]
async fn registered_verified_and_exemplary_are_three_facts_on_three_days() {
    for db in &both().await.all {
        let mut days = Vec::new();
        for measure in [&PRACTICE, &PRACTICE_VERIFIED, &PRACTICE_EXEMPLARY] {
            days.push(
                facts(db, &ROWS, measure).await.iter().map(|f| f.words("day").unwrap()).collect::<Vec<_>>(),
            );
        }
        assert_eq!(days, [vec!["2022-03-15", "2022-03-16"], vec!["2022-10-20"], vec!["2023-05-19"]]);
        let registered = facts(db, &ROWS, &PRACTICE).await;
        let flags = |i: usize| ["verified", "exemplary", "published"].map(|c| registered[i].int(c).unwrap());
        assert_eq!((flags(0), flags(1)), ([1, 1, 0], [0, 0, 1]));
    }
}

#[tokio::test]
async fn a_visit_belongs_to_the_visitor_and_goes_with_its_practice() {
    for db in &both().await.all {
        let visits = facts(db, &ROWS, &PRACTICE_VISIT).await;
        let seen: Vec<_> = visits
            .iter()
            .map(|f| (f.words("unit").unwrap(), f.words("host").unwrap(), f.words("practice").unwrap()))
            .collect();
        let one = ("a".to_owned(), "b".to_owned(), "MH-1".to_owned());
        assert_eq!(
            seen,
            [one.clone(), one],
            "not the visit to a withdrawn practice, not the withdrawn visit"
        );
        assert_eq!(visits[0].opt_int("amount").unwrap(), Some(12));
        assert_eq!(visits[1].opt_int("amount").unwrap(), None, "unknown is not nought");
    }
}
