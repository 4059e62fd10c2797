//! The rules of study and meetings by name, and what their measures count on both databases.

use super::sheet::{ACTIVITY, ATTENDANCE, ATTENDANCE_SITE, FOLLOW_UP};
use super::*;
use crate::person::fixture::{both, derived, faults, person, row, tally, units, well_made, withdraw};
use crate::person::sheet::{MEMBERSHIP, PERSON};
use crate::programme::sheet::{PROGRAMME, THEME};
use crate::registry::Feature;
use domain::Actor;
use store::{Db, Tx};

const BEFORE: [&Feature; 2] = [&crate::person::FEATURE, &crate::programme::FEATURE];

#[tokio::test]
async fn the_feature_is_well_made() {
    well_made(&FEATURE, &BEFORE).await;
}

#[test]
fn a_makeup_session_names_what_it_makes_up_for() {
    assert_eq!(faults(&ACTIVITY, &[("kind", "makeup")]), ["makeup_of: activity-makeup-of-needed"]);
    assert_eq!(
        faults(&ACTIVITY, &[("kind", "training"), ("makeup_of", "x")]),
        ["makeup_of: activity-makeup-of-other"]
    );
    assert_eq!(faults(&ACTIVITY, &[("kind", "makeup"), ("makeup_of", "x")]), [""; 0]);
}

#[test]
fn a_topic_session_says_how_deep_it_goes() {
    assert_eq!(faults(&ACTIVITY, &[("kind", "topic_session")]), ["depth: activity-depth-needed"]);
    assert_eq!(faults(&ACTIVITY, &[("kind", "topic_session"), ("depth", "in_depth")]), [""; 0]);
}

#[test]
fn the_paper_goes_out_before_the_session() {
    let sent = |day| [("day", "20/05/2023"), ("paper_sent_day", day)];
    assert_eq!(faults(&ACTIVITY, &sent("21/05/2023")), ["paper_sent_day: activity-paper-after"]);
    // On the day itself is too late for anybody, yet it happened: it is counted, not refused.
    assert_eq!(faults(&ACTIVITY, &sent("20/05/2023")), [""; 0]);
    assert_eq!(derived(&ACTIVITY, &sent("17/05/2023")).int("paper_lead"), Some(3));
    assert!(derived(&ACTIVITY, &[("day", "20/05/2023")]).is_empty("paper_lead"));
}

#[test]
fn an_activity_serves_a_year_near_its_own() {
    assert_eq!(derived(&ACTIVITY, &[("day", "20/05/2023")]).int("year"), Some(2023));
    assert_eq!(derived(&ACTIVITY, &[("day", "20/01/2024"), ("year", "2023")]).int("year"), Some(2023));
    for (day, quarter) in [("31/03/2023", 1), ("01/04/2023", 2), ("31/12/2023", 4)] {
        assert_eq!(derived(&ACTIVITY, &[("day", day)]).int("quarter"), Some(quarter), "{day}");
    }
    assert_eq!(faults(&ACTIVITY, &[("day", "20/01/2024"), ("year", "2022")]), ["year: activity-year-far"]);
}

#[test]
fn minutes_do_not_come_before_the_meeting_nor_without_being_there() {
    let early = [("day", "20/05/2023"), ("minutes_day", "19/05/2023")];
    assert_eq!(faults(&ACTIVITY, &early), ["minutes_day: kind-backwards"]);
    let denied = [("minutes", "0"), ("minutes_day", "20/05/2023")];
    assert_eq!(faults(&ACTIVITY, &denied), ["minutes: activity-minutes-denied"]);
    assert!(derived(&ACTIVITY, &[("minutes_day", "20/05/2023")]).flag("minutes"));
}

#[test]
fn no_more_attend_than_were_expected() {
    let site = |n| faults(&ATTENDANCE_SITE, &[("expected", "62"), ("attended", n)]);
    assert_eq!(site("63"), ["attended: activity-more-than-expected"]);
    assert_eq!(site("62"), [""; 0]);
}

#[test]
fn only_who_was_there_spoke_and_only_who_was_not_made_it_up() {
    assert_eq!(
        faults(&ATTENDANCE, &[("status", "absent"), ("spoke", "1")]),
        ["spoke: activity-spoke-absent"]
    );
    let present = [("status", "present"), ("makeup_day", "01/06/2023")];
    assert_eq!(faults(&ATTENDANCE, &present), ["makeup_day: activity-makeup-present"]);
    assert_eq!(faults(&ATTENDANCE, &[("status", "excused"), ("makeup_day", "01/06/2023")]), [""; 0]);
}

#[test]
fn a_follow_up_done_says_with_what_outcome() {
    assert_eq!(faults(&FOLLOW_UP, &[("done_day", "01/06/2023")]), ["outcome: activity-outcome-needed"]);
    let late = [("deadline", "31/05/2023"), ("done_day", "01/06/2023"), ("outcome", "Xong")];
    assert!(derived(&FOLLOW_UP, &late).flag("late"));
}

/// A block with two cells, a conference of 2023 with two sites, and a topic session of cell 1.
async fn world(db: &Db) -> Tx {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let t = &mut tx;
    units(t, &[("dbk", None, "block"), ("cb1", Some("dbk"), "cell"), ("cb2", Some("dbk"), "cell")]).await;
    for (id, unit) in [("a", "cb1"), ("b", "cb1"), ("c", "cb2"), ("d", "cb2")] {
        person(t, id, unit, "party_member").await;
    }
    row(t, &PROGRAMME, "g", &[("code", "CT05"), ("name", "Chỉ thị 05"), ("from_day", "15/05/2016")]).await;
    let theme = [
        ("code", "CD23"),
        ("programme", "g"),
        ("unit", "dbk"),
        ("kind", "year"),
        ("title", "x"),
        ("year", "2023"),
    ];
    row(t, &THEME, "t", &theme).await;
    let conference = [
        ("code", "HN1"),
        ("unit", "dbk"),
        ("kind", "conference"),
        ("title", "x"),
        ("day", "20/02/2023"),
        ("programme", "g"),
        ("mode", "mixed"),
    ];
    row(t, &ACTIVITY, "hn", &conference).await;
    let session = [
        ("code", "SH1"),
        ("unit", "cb1"),
        ("kind", "topic_session"),
        ("title", "x"),
        ("day", "20/12/2023"),
        ("programme", "g"),
        ("theme", "t"),
        ("depth", "in_depth"),
        ("paper_sent_day", "17/12/2023"),
        ("lead_in", "a"),
        ("minutes_day", "21/12/2023"),
        ("minutes_length", "95"),
        ("theory_part", "1"),
    ];
    row(t, &ACTIVITY, "sh", &session).await;
    let reading = [
        ("code", "DT1"),
        ("unit", "dbk"),
        ("kind", "weekly_reading"),
        ("title", "x"),
        ("day", "06/03/2023"),
        ("turn", "cb2"),
    ];
    row(t, &ACTIVITY, "dt", &reading).await;
    tx
}

async fn all() -> store::testing::Both {
    both(&[BEFORE[0], BEFORE[1], &FEATURE]).await
}

#[tokio::test]
async fn activities_are_counted_by_what_they_were() {
    for db in &all().await.all {
        let mut tx = world(db).await;
        let tx = &mut tx;
        let m = &figures::ACTIVITY;
        assert_eq!(tally(tx, m, "programme = 'CT05'").await, (2, 0));
        let session = "kind = 'topic_session' AND depth = 'in_depth' AND minutes = 1 AND theory_part = 1 AND practice_part = 0
            AND paper = 1 AND lead_in = 1 AND amount = 3 AND length >= 90 AND year = 2023 AND quarter = 4
            AND theme = 'CD23' AND theme_kind = 'year' AND unit = 'cb1' AND concluded = 0";
        assert_eq!(tally(tx, m, session).await, (1, 0));
        assert_eq!(tally(tx, m, "mode = 'mixed' AND paper = 0 AND minutes = 0").await, (1, 0));
        assert_eq!(tally(tx, m, "kind = 'weekly_reading' AND turn = 'cb2'").await, (1, 0));
        withdraw(tx, &ACTIVITY, "sh").await;
        assert_eq!(tally(tx, m, "1 = 1").await, (2, 0));
    }
}

#[tokio::test]
async fn people_are_counted_by_site_and_by_person() {
    for db in &all().await.all {
        let mut tx = world(db).await;
        let tx = &mut tx;
        row(
            tx,
            &ATTENDANCE_SITE,
            "s1",
            &[("activity", "hn"), ("site", "A"), ("unit", "cb1"), ("expected", "62"), ("attended", "58")],
        )
        .await;
        row(
            tx,
            &ATTENDANCE_SITE,
            "s2",
            &[("activity", "hn"), ("site", "B"), ("unit", "cb2"), ("category", "worker"), ("attended", "30")],
        )
        .await;
        for (id, who, status, more) in [
            ("t1", "a", "present", vec![("spoke", "1")]),
            ("t2", "b", "excused", vec![("makeup_day", "05/01/2024")]),
            ("t3", "c", "absent", vec![]),
            ("t4", "d", "exempt", vec![]),
        ] {
            row(
                tx,
                &ATTENDANCE,
                id,
                &[&[("activity", "sh"), ("person", who), ("status", status)], &more[..]].concat(),
            )
            .await;
        }
        let attended = &figures::ATTENDED;
        assert_eq!(tally(tx, attended, "kind = 'conference'").await, (88, 0));
        assert_eq!(
            tally(tx, attended, "category = 'all' AND unit = 'cb1' AND activity = 'HN1'").await,
            (58, 0)
        );
        assert_eq!(tally(tx, attended, "category = 'worker'").await, (30, 0));
        assert_eq!(tally(tx, attended, "activity = 'SH1' AND category = 'party_member'").await, (2, 2));
        assert_eq!(tally(tx, attended, "made_up = 1 AND day = '2024-01-05' AND year = 2023").await, (1, 1));
        assert_eq!(tally(tx, attended, "spoke = 1 AND day = '2023-12-20'").await, (1, 1));
        assert_eq!(tally(tx, &figures::SPOKE, "kind = 'topic_session'").await, (1, 1));
        assert_eq!(tally(tx, &figures::EXPECTED, "kind = 'conference'").await, (62, 0));
        assert_eq!(tally(tx, &figures::EXPECTED, "kind = 'topic_session'").await, (3, 3));
        assert_eq!(tally(tx, &figures::EXPECTED, "status = 'absent'").await, (1, 1));
        assert_eq!(
            tally(tx, &figures::SITE, "kind = 'conference' AND mode = 'mixed' AND year = 2023").await,
            (2, 0)
        );
        assert_eq!(tally(tx, &figures::SITE, "amount > 50 AND category = 'all'").await, (1, 0));

        withdraw(tx, &ATTENDANCE_SITE, "s1").await;
        withdraw(tx, &ATTENDANCE, "t1").await;
        withdraw(tx, &PERSON, "b").await;
        assert_eq!(tally(tx, attended, "1 = 1").await, (30, 0));
        assert_eq!(tally(tx, &figures::SPOKE, "1 = 1").await, (0, 0));
        withdraw(tx, &ACTIVITY, "hn").await;
        assert_eq!(tally(tx, attended, "1 = 1").await, (0, 0));
        assert_eq!(tally(tx, &figures::SITE, "1 = 1").await, (0, 0));
    }
}

#[tokio::test]
async fn an_attendance_belongs_to_the_persons_unit_on_that_day() {
    for db in &all().await.all {
        let mut tx = world(db).await;
        let tx = &mut tx;
        // a moves to cell 2 in July 2023, and is a youth-union member of the organiser too.
        row(
            tx,
            &MEMBERSHIP,
            "m1",
            &[("person", "a"), ("unit", "cb2"), ("category", "party_member"), ("from_day", "01/07/2023")],
        )
        .await;
        row(
            tx,
            &MEMBERSHIP,
            "m2",
            &[("person", "a"), ("unit", "dbk"), ("category", "youth_member"), ("from_day", "01/01/2023")],
        )
        .await;
        crate::person::imply_memberships(tx).await.unwrap();
        let late = [
            ("code", "P"),
            ("name", "P"),
            ("unit", "cb1"),
            ("category", "party_member"),
            ("since", "01/06/2023"),
        ];
        row(tx, &PERSON, "p", &late).await;
        crate::person::imply_memberships(tx).await.unwrap();
        for (id, activity, who) in
            [("t1", "hn", "a"), ("t2", "sh", "a"), ("t3", "hn", "b"), ("t4", "hn", "p")]
        {
            row(tx, &ATTENDANCE, id, &[("activity", activity), ("person", who), ("status", "present")]).await;
        }
        let attended = &figures::ATTENDED;
        // The organiser's own people are its own; elsewhere the party cell of that day counts.
        assert_eq!(
            tally(tx, attended, "fact = 't1' AND unit = 'dbk' AND category = 'youth_member'").await,
            (1, 1)
        );
        assert_eq!(
            tally(tx, attended, "fact = 't2' AND unit = 'cb2' AND category = 'party_member'").await,
            (1, 1)
        );
        assert_eq!(tally(tx, attended, "fact = 't3' AND unit = 'cb1'").await, (1, 1));
        // p belonged nowhere yet in February.
        assert_eq!(tally(tx, attended, "fact = 't4' AND unit = 'dbk'").await, (1, 1));
        assert_eq!(tally(tx, attended, "1 = 1").await, (4, 3), "nobody is counted twice");
    }
}

#[tokio::test]
async fn who_was_counted_and_named_is_found() {
    for db in &all().await.all {
        let mut tx = world(db).await;
        let tx = &mut tx;
        row(
            tx,
            &ATTENDANCE_SITE,
            "s1",
            &[("activity", "hn"), ("site", "A"), ("unit", "cb1"), ("attended", "58")],
        )
        .await;
        row(tx, &ATTENDANCE, "t1", &[("activity", "hn"), ("person", "c"), ("status", "present")]).await;
        assert_eq!(double_counted(tx).await.unwrap(), []);
        for (id, who, status) in [("t2", "a", "present"), ("t3", "b", "absent")] {
            row(tx, &ATTENDANCE, id, &[("activity", "hn"), ("person", who), ("status", status)]).await;
        }
        let doubled = |unit: &str, site: &str, counted, named| Doubled {
            activity: "HN1".into(),
            unit: unit.into(),
            site: site.into(),
            counted,
            named,
        };
        assert_eq!(double_counted(tx).await.unwrap(), [doubled("cb1", "A", 58, 1)]);
        // A site of the block counts the people of its cells too.
        row(
            tx,
            &ATTENDANCE_SITE,
            "s2",
            &[("activity", "hn"), ("site", "B"), ("unit", "dbk"), ("attended", "9")],
        )
        .await;
        // One for workers only does not count party members.
        row(
            tx,
            &ATTENDANCE_SITE,
            "s3",
            &[("activity", "hn"), ("site", "C"), ("unit", "dbk"), ("category", "worker"), ("attended", "9")],
        )
        .await;
        assert_eq!(
            double_counted(tx).await.unwrap(),
            [doubled("cb1", "A", 58, 1), doubled("dbk", "B", 9, 2)]
        );
    }
}

#[tokio::test]
async fn follow_ups_are_counted() {
    for db in &all().await.all {
        let mut tx = world(db).await;
        let tx = &mut tx;
        let done = [
            ("code", "1"),
            ("activity", "sh"),
            ("task", "x"),
            ("owner", "a"),
            ("deadline", "31/01/2024"),
            ("done_day", "02/02/2024"),
            ("outcome", "Xong"),
        ];
        row(tx, &FOLLOW_UP, "f1", &done).await;
        row(
            tx,
            &FOLLOW_UP,
            "f2",
            &[("code", "2"), ("activity", "sh"), ("task", "y"), ("deadline", "31/01/2024")],
        )
        .await;
        let m = &figures::FOLLOW_UP;
        assert_eq!(
            tally(tx, m, "unit = 'cb1' AND day = '2023-12-20' AND kind = 'topic_session'").await,
            (2, 1)
        );
        assert_eq!(tally(tx, m, "done = 1 AND late = 1 AND done_day = '2024-02-02'").await, (1, 1));
        assert_eq!(tally(tx, m, "done = 0 AND deadline < '2024-03-01'").await, (1, 0));
        withdraw(tx, &FOLLOW_UP, "f1").await;
        assert_eq!(tally(tx, m, "done = 1").await, (0, 0));
    }
}
