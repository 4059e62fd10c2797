use super::*;
use crate::evidence::ground::{both, day, draft, facts, faults, word};
use crate::kind::Held;

#[test]
fn a_rating_has_a_level_or_a_title() {
    let empty = draft([("object", word("organisation"))]);
    assert_eq!(faults(&RATING_KIND, &empty), [("level", "rating-nothing")]);
    let level = draft([("object", word("organisation")), ("level", word("good"))]);
    assert_eq!(faults(&RATING_KIND, &level), []);
}

#[test]
fn an_organisation_s_row_names_no_person() {
    let row = draft([("object", word("organisation")), ("level", word("good")), ("person", word("p1"))]);
    assert_eq!(faults(&RATING_KIND, &row), [("person", "rating-one-object")]);
}

#[test]
fn collectives_and_persons_have_titles_of_their_own() {
    let fits = |object: &str| {
        let of = |title: &str| draft([("object", word(object)), ("title", word(title))]);
        TITLE.map(|t| faults(&RATING_KIND, &of(t.code)).is_empty())
    };
    assert_eq!(fits("person"), [true, true, false, false]);
    assert_eq!(fits("organisation"), [false, false, true, true]);
}

#[test]
fn a_year_is_not_rated_before_it_begins() {
    let decided = |on: &str| draft([("level", word("good")), ("year", Held::Int(2023)), ("day", day(on))]);
    assert_eq!(faults(&RATING_KIND, &decided("20/12/2023")), []);
    assert_eq!(faults(&RATING_KIND, &decided("31/12/2022")), [("day", "rating-year")]);
}

#[tokio::test]
async fn a_rating_belongs_to_its_year_though_decided_in_the_next() {
    let rows =
        ["INSERT INTO rating (id, code, unit, object, person, year, level, title, day, withdrawn) VALUES
         ('1', '1', 'b', 'organisation', NULL, 2023, 'excellent', NULL, '2024-01-10', NULL),
         ('2', '2', 'b', 'person', 'p1', 2023, 'good', 'advanced_worker', NULL, NULL),
         ('3', '3', 'b', 'person', 'p2', 2023, 'good', NULL, NULL, 'trùng')"];
    for db in &both().await.all {
        let facts = facts(db, &rows, &RATING).await;
        let column = |name: &str| facts.iter().map(|f| f.words(name).unwrap()).collect::<Vec<_>>();
        assert_eq!(column("day"), ["2023-12-31", "2023-12-31"]);
        assert_eq!(column("person"), ["", "p1"]);
        assert_eq!(column("level"), ["excellent", "good"]);
        assert_eq!(column("title"), ["", "advanced_worker"]);
        assert_eq!(facts[0].int("year").unwrap(), 2023);
    }
}
