//! The rules of commitments by name, and what their measures count on both databases.

use super::sheet::{COMMITMENT, COMMITMENT_ITEM, FEEDBACK};
use super::*;
use crate::person::fixture::{both, derived, faults, person, row, tally, units, well_made, withdraw};
use crate::person::sheet::POSITION_SPELL;
use crate::registry::Feature;
use domain::Actor;

const BEFORE: [&Feature; 3] = [&crate::evidence::FEATURE, &crate::person::FEATURE, &crate::programme::FEATURE];

#[tokio::test]
async fn the_feature_is_well_made() {
    well_made(&FEATURE, &BEFORE).await;
}

#[test]
fn a_commitment_not_wholly_kept_says_why() {
    for result in ["partly", "broken"] {
        assert_eq!(faults(&COMMITMENT, &[("result", result)]), ["why: commitment-why-needed"], "{result}");
        assert_eq!(faults(&COMMITMENT, &[("result", result), ("why", "Ốm dài ngày")]), [""; 0]);
    }
    assert_eq!(faults(&COMMITMENT, &[("result", "kept")]), [""; 0]);
}

#[test]
fn a_review_has_a_result_and_follows_the_registration() {
    assert_eq!(faults(&COMMITMENT, &[("review_day", "05/12/2023")]), ["result: commitment-result-needed"]);
    let backwards = [("registered_day", "20/01/2023"), ("self_review_day", "19/01/2023")];
    assert_eq!(faults(&COMMITMENT, &backwards), ["self_review_day: kind-backwards"]);
    let backwards = [("registered_day", "20/01/2023"), ("review_day", "19/01/2023"), ("result", "kept")];
    assert_eq!(faults(&COMMITMENT, &backwards), ["review_day: kind-backwards"]);
}

#[test]
fn one_given_back_says_why_and_one_not_registered_has_no_result() {
    assert_eq!(faults(&COMMITMENT, &[("stage", "returned")]), ["returned_why: commitment-returned-why"]);
    let early = [("stage", "sent"), ("result", "kept")];
    assert_eq!(faults(&COMMITMENT, &early), ["result: commitment-not-registered"]);
}

#[test]
fn progress_says_something_or_shows_a_file() {
    use super::sheet::PROGRESS;
    assert_eq!(faults(&PROGRESS, &[("day", "01/06/2026")]), ["text: commitment-progress-nothing"]);
    assert_eq!(faults(&PROGRESS, &[("file", "e")]), [""; 0]);
    assert_eq!(faults(&PROGRESS, &[("text", "30 đơn")]), [""; 0]);
}

#[test]
fn a_commitment_is_registered_around_its_year() {
    let registered = |day| faults(&COMMITMENT, &[("year", "2023"), ("registered_day", day)]);
    assert_eq!(registered("01/01/2024"), ["registered_day: commitment-year"]);
    assert_eq!(registered("31/12/2021"), ["registered_day: commitment-year"]);
    assert_eq!(registered("20/12/2022"), [""; 0]);
}

#[test]
fn an_item_without_measure_or_deadline_is_vague() {
    let vague = |values: &[(&'static str, &str)]| derived(&COMMITMENT_ITEM, values).int("vague");
    assert_eq!(vague(&[("measure", "số đơn"), ("deadline", "30/11/2023")]), Some(0));
    assert_eq!(vague(&[("measure", "số đơn")]), Some(1));
    assert_eq!(vague(&[("deadline", "30/11/2023")]), Some(1));
}

#[tokio::test]
async fn commitments_items_and_feedback_are_counted() {
    for db in &both(&[BEFORE[0], BEFORE[1], BEFORE[2], &FEATURE]).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let tx = &mut tx;
        units(tx, &[("dbk", None, "block"), ("cb1", Some("dbk"), "cell")]).await;
        person(tx, "a", "cb1", "party_member").await;
        person(tx, "b", "cb1", "worker").await;
        let head = [("person", "a"), ("unit", "cb1"), ("position", "secretary"), ("from_day", "01/01/2020")];
        row(tx, &POSITION_SPELL, "h", &head).await;
        let base = [("unit", "cb1"), ("year", "2023")];
        let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
        let of_a = [
            ("code", "A"),
            ("person", "a"),
            ("registered_day", "20/01/2023"),
            ("writeup", "1"),
            ("result", "kept"),
            ("review_day", "05/12/2023"),
        ];
        row(tx, &COMMITMENT, "ca", &with(&of_a)).await;
        row(
            tx,
            &COMMITMENT,
            "cb",
            &with(&[("code", "B"), ("person", "b"), ("result", "broken"), ("why", "x")]),
        )
        .await;
        row(tx, &COMMITMENT, "cu", &with(&[("code", "U")])).await;
        let clear = [
            ("commitment", "ca"),
            ("no", "1"),
            ("what", "x"),
            ("measure", "y"),
            ("deadline", "30/11/2023"),
            ("done_day", "01/12/2023"),
        ];
        row(tx, &COMMITMENT_ITEM, "i1", &clear).await;
        row(tx, &COMMITMENT_ITEM, "i2", &[("commitment", "cb"), ("no", "1"), ("what", "x")]).await;
        row(tx, &FEEDBACK, "f1", &[("commitment", "ca"), ("no", "1"), ("from_person", "b"), ("text", "x")])
            .await;
        row(tx, &FEEDBACK, "f2", &[("commitment", "cu"), ("no", "1"), ("text", "x")]).await;

        let m = &figures::COMMITMENT;
        assert_eq!(tally(tx, m, "year = 2023 AND unit = 'cb1'").await, (3, 2));
        assert_eq!(tally(tx, m, "own = 1 AND reviewed = 0").await, (1, 0));
        let of_a = "day = '2023-01-20' AND result = 'kept' AND reviewed = 1 AND writeup = 1 AND head = 1 AND late = 1
            AND vague = 0 AND category = 'party_member'";
        assert_eq!(tally(tx, m, of_a).await, (1, 1));
        let of_b = "day = '2023-01-31' AND result = 'broken' AND vague = 1 AND head = 0 AND category = 'worker' AND late = 0";
        assert_eq!(tally(tx, m, of_b).await, (1, 1));
        let items = &figures::COMMITMENT_ITEM;
        assert_eq!(tally(tx, items, "vague = 1 AND done = 0").await, (1, 1));
        assert_eq!(tally(tx, items, "late = 1 AND done = 1 AND day = '2023-01-20'").await, (1, 1));
        let feedback = &figures::FEEDBACK;
        assert_eq!(tally(tx, feedback, "day = '2023-12-05' AND own = 0").await, (1, 1));
        assert_eq!(tally(tx, feedback, "day = '2023-12-31' AND own = 1").await, (1, 0));

        tx.execute("UPDATE commitment SET stage = 'sent' WHERE id IN ('ca', 'cu')", &[]).await.unwrap();
        assert_eq!(tally(tx, m, "1 = 1").await, (1, 1), "what is only sent counts nowhere");
        assert_eq!(tally(tx, items, "1 = 1").await, (1, 1));
        assert_eq!(tally(tx, feedback, "1 = 1").await, (0, 0));
        tx.execute("UPDATE commitment SET stage = NULL", &[]).await.unwrap();

        withdraw(tx, &COMMITMENT_ITEM, "i2").await;
        assert_eq!(tally(tx, m, "vague = 1").await, (0, 0));
        withdraw(tx, &COMMITMENT, "ca").await;
        assert_eq!(tally(tx, m, "1 = 1").await, (2, 1));
        assert_eq!(tally(tx, items, "1 = 1").await, (0, 0));
        assert_eq!(tally(tx, feedback, "1 = 1").await, (1, 0));
    }
}
