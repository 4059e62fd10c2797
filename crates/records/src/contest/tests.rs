use super::*;
use crate::evidence::ground::{both, day, draft, facts, faults};
use crate::kind::Held;

#[test]
fn a_contest_does_not_end_before_it_begins() {
    let backwards = draft([("from_day", day("15/06/2022")), ("to_day", day("01/05/2022"))]);
    assert_eq!(faults(&CONTEST_KIND, &backwards), [("to_day", "kind-backwards")]);
}

#[test]
fn a_contest_belongs_to_the_year_in_which_it_ended() {
    let mut over_new_year = draft([("from_day", day("01/12/2022")), ("to_day", day("15/01/2023"))]);
    (CONTEST_KIND.derive)(&mut over_new_year);
    assert_eq!(over_new_year.int("year"), Some(2023));
    let mut unknown = draft([("year", Held::Int(1999))]);
    (CONTEST_KIND.derive)(&mut unknown);
    assert!(unknown.is_empty("year"));
}

const ROWS: [&str; 4] = [
    "INSERT INTO contest (id, code, unit, title, kind, from_day, to_day, year, withdrawn)
     VALUES ('1', 'CT-1', 'a', 'Một', 'online', '2022-05-01', '2022-06-15', 2022, NULL),
            ('2', 'CT-2', 'a', 'Hai', 'juried', '2022-05-01', '2022-06-15', 2022, 'trùng')",
    "INSERT INTO contest_entry (id, contest, unit, day, entries, withdrawn)
     VALUES ('1', '1', 'b', '2022-05-02', 45, NULL), ('2', '1', 'b', '2022-05-03', 30, NULL),
            ('3', '1', 'a', '2022-05-03', 9, 'trùng'), ('4', '2', 'b', '2022-05-03', 9, NULL)",
    "INSERT INTO contest_turnout (id, contest, unit, persons, withdrawn)
     VALUES ('1', '1', 'b', 20, NULL), ('2', '1', 'a', 7, 'trùng'), ('3', '2', 'b', 8, NULL)",
    "INSERT INTO contest_prize (id, contest, rank, prizes, withdrawn)
     VALUES ('1', '1', 'first', 1, NULL), ('2', '1', 'second', 3, NULL), ('3', '1', 'third', 5, 'trùng'),
            ('4', '2', 'first', 1, NULL)",
];

#[tokio::test]
async fn entries_are_not_people() {
    for db in &both().await.all {
        let entries = facts(db, &ROWS, &CONTEST_ENTRY).await;
        assert_eq!(entries.iter().map(|f| f.int("n").unwrap()).sum::<i64>(), 75);
        assert_eq!(entries[0].words("day").unwrap(), "2022-05-02", "on their own day");
        let turnout = facts(db, &ROWS, &CONTEST_TURNOUT).await;
        assert_eq!(turnout.iter().map(|f| f.int("n").unwrap()).sum::<i64>(), 20);
        assert_eq!(turnout[0].words("day").unwrap(), "2022-06-15", "on the day the contest ended");
        for fact in entries.iter().chain(&turnout) {
            assert_eq!((fact.text("unit").unwrap(), fact.text("contest").unwrap()), ("b", "CT-1"));
        }
    }
}

#[tokio::test]
async fn the_contest_and_its_prizes_belong_to_the_organiser() {
    for db in &both().await.all {
        let contests = facts(db, &ROWS, &CONTEST).await;
        assert_eq!(contests.len(), 1);
        assert_eq!(contests[0].text("kind").unwrap(), "online");
        let prizes = facts(db, &ROWS, &CONTEST_PRIZE).await;
        let seen: Vec<_> = prizes
            .iter()
            .map(|f| (f.words("unit").unwrap(), f.words("rank").unwrap(), f.int("n").unwrap()))
            .collect();
        assert_eq!(seen, [("a".to_owned(), "first".to_owned(), 1), ("a".to_owned(), "second".to_owned(), 3)]);
    }
}
