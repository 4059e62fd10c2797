use super::*;
use crate::evidence::ground::{both, day, draft, facts, faults, word};
use crate::kind::Held;

#[test]
fn a_collective_is_named_by_its_unit_and_alone_on_its_row() {
    let nameless = draft([("object", word("collective"))]);
    assert_eq!(faults(&COMMENDATION_KIND, &nameless), [("object_unit", "commendation-object-unit")]);
    let two =
        draft([("object", word("collective")), ("object_unit", word("b")), ("object_person", word("p1"))]);
    assert_eq!(faults(&COMMENDATION_KIND, &two), [("object_person", "commendation-one-object")]);
    let unnamed = draft([("object", word("individual"))]);
    assert_eq!(faults(&COMMENDATION_KIND, &unnamed), []);
}

#[test]
fn the_merit_does_not_come_after_the_decision() {
    let of_year =
        |year| faults(&COMMENDATION_KIND, &draft([("year", Held::Int(year)), ("day", day("15/01/2024"))]));
    assert_eq!(of_year(2023), []);
    assert_eq!(of_year(2024), []);
    assert_eq!(of_year(2025), [("year", "commendation-year")]);
}

#[tokio::test]
async fn proposed_and_awarded_stay_apart_and_the_merit_keeps_its_year() {
    let rows = ["INSERT INTO commendation (id, code, unit, stage, level, form, object, object_unit, object_person,
            day, year, merit, programme, withdrawn) VALUES
         ('1', '1', 'a', 'proposed', 'block', 'certificate', 'collective', 'b', NULL, '2023-12-20', 2023, 'rating', 'ct05', NULL),
         ('2', '2', 'a', 'awarded', 'grassroots', 'certificate', 'individual', NULL, 'p1', '2024-01-15', 2023, NULL, NULL, NULL),
         ('3', '3', 'a', 'awarded', 'state', 'merit', 'collective', 'b', NULL, '2024-01-15', 2023, NULL, NULL, 'trùng')"];
    for db in &both().await.all {
        let facts = facts(db, &rows, &COMMENDATION).await;
        let column = |name: &str| facts.iter().map(|f| f.words(name).unwrap()).collect::<Vec<_>>();
        assert_eq!(column("stage"), ["proposed", "awarded"]);
        assert_eq!(column("object_unit"), ["b", ""]);
        assert_eq!(column("person"), ["", "p1"]);
        assert_eq!(column("programme"), ["CT05", ""]);
        assert_eq!(column("day"), ["2023-12-20", "2024-01-15"]);
        assert_eq!(facts[1].int("year").unwrap(), 2023);
    }
}
