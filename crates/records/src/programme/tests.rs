//! The rules of programmes by name, and what their measures count on both databases.

use super::sheet::{BREAKTHROUGH, PLAN, PROGRAMME, TASK, THEME};
use super::*;
use crate::person::fixture::{both, derived, faults, person, row, tally, units, well_made, withdraw};
use domain::Actor;

#[tokio::test]
async fn the_feature_is_well_made() {
    well_made(&FEATURE, &[&crate::person::FEATURE]).await;
}

#[test]
fn a_theme_of_the_year_names_its_year() {
    assert_eq!(faults(&THEME, &[("kind", "year")]), ["year: programme-theme-year"]);
    assert_eq!(faults(&THEME, &[("kind", "term")]), [""; 0]);
}

#[test]
fn a_plan_does_not_precede_what_it_answers() {
    let plan = [("received_day", "10/01/2023"), ("issued_day", "09/01/2023")];
    assert_eq!(faults(&PLAN, &plan), ["issued_day: kind-backwards"]);
    let plan = [("received_day", "10/01/2023"), ("issued_day", "10/01/2023"), ("deadline", "09/01/2023")];
    assert_eq!(faults(&PLAN, &plan), ["deadline: kind-backwards"]);
}

#[test]
fn a_plan_of_the_year_is_issued_around_its_year() {
    let issued = |day| faults(&PLAN, &[("kind", "year"), ("year", "2023"), ("issued_day", day)]);
    for day in ["31/12/2021", "01/01/2024"] {
        assert_eq!(issued(day), ["issued_day: programme-plan-year"], "{day}");
    }
    for day in ["01/01/2022", "31/12/2023"] {
        assert_eq!(issued(day), [""; 0], "{day}");
    }
    assert_eq!(faults(&PLAN, &[("kind", "term"), ("year", "2020"), ("issued_day", "01/03/2022")]), [""; 0]);
}

#[test]
fn the_days_a_plan_took_and_its_lateness_are_computed() {
    let plan = derived(
        &PLAN,
        &[("received_day", "28/02/2024"), ("issued_day", "01/03/2024"), ("deadline", "29/02/2024")],
    );
    assert_eq!(plan.int("days_to_plan"), Some(2));
    assert!(plan.flag("late"));
    let plan = derived(&PLAN, &[("issued_day", "01/03/2024"), ("deadline", "01/03/2024")]);
    assert!(plan.is_empty("days_to_plan"));
    assert_eq!(plan.int("late"), Some(0));
}

#[test]
fn a_task_done_says_with_what_result() {
    assert_eq!(faults(&TASK, &[("done_day", "01/06/2023")]), ["result: programme-task-result"]);
}

#[test]
fn the_month_of_a_task_is_in_its_quarter() {
    assert_eq!(faults(&TASK, &[("month", "4"), ("quarter", "1")]), ["quarter: programme-task-quarter"]);
    assert_eq!(faults(&TASK, &[("month", "4"), ("quarter", "2")]), [""; 0]);
    assert_eq!(derived(&TASK, &[("month", "12")]).int("quarter"), Some(4));
    let late = derived(&TASK, &[("deadline", "31/05/2023"), ("done_day", "01/06/2023")]);
    assert!(late.flag("late"));
    // Not done is not late here, whatever day it is.
    assert!(!derived(&TASK, &[("deadline", "31/05/2023")]).flag("late"));
}

#[test]
fn a_solved_breakthrough_shows_its_evidence() {
    let solved = [("year", "2023"), ("solved_day", "01/12/2023")];
    assert_eq!(faults(&BREAKTHROUGH, &solved), ["evidence: programme-breakthrough-evidence"]);
    let early = [("year", "2023"), ("solved_day", "01/12/2022"), ("evidence", "BC 12")];
    assert_eq!(faults(&BREAKTHROUGH, &early), ["solved_day: programme-breakthrough-year"]);
}

#[tokio::test]
async fn plans_tasks_themes_and_breakthroughs_are_counted() {
    for db in &both(&[&crate::person::FEATURE, &FEATURE]).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let tx = &mut tx;
        units(tx, &[("dbk", None, "block"), ("cb1", Some("dbk"), "cell")]).await;
        person(tx, "a", "cb1", "party_member").await;
        row(tx, &PROGRAMME, "g", &[("code", "CT05"), ("name", "Chỉ thị 05"), ("from_day", "15/05/2016")])
            .await;
        let theme = [("programme", "g"), ("unit", "dbk"), ("title", "Nêu gương")];
        row(
            tx,
            &THEME,
            "t1",
            &[
                &theme[..],
                &[("code", "CD1"), ("kind", "year"), ("year", "2023"), ("arrival_day", "10/01/2023")],
            ]
            .concat(),
        )
        .await;
        row(tx, &THEME, "t2", &[&theme[..], &[("code", "CD2"), ("kind", "year"), ("year", "2022")]].concat())
            .await;
        row(tx, &THEME, "t3", &[&theme[..], &[("code", "CD3"), ("kind", "term")]].concat()).await;
        let themes = &figures::THEME;
        assert_eq!(tally(tx, themes, "day = '2023-01-10' AND arrived = 1").await, (1, 0));
        assert_eq!(tally(tx, themes, "day = '2022-12-31' AND kind = 'year'").await, (1, 0));
        assert_eq!(tally(tx, themes, "day = '2016-05-15' AND programme = 'CT05'").await, (1, 0));

        let plan = [
            ("unit", "cb1"),
            ("programme", "g"),
            ("kind", "year"),
            ("year", "2023"),
            ("deadline", "31/01/2023"),
        ];
        row(
            tx,
            &PLAN,
            "k1",
            &[
                &plan[..],
                &[
                    ("code", "K1"),
                    ("theme", "t1"),
                    ("issued_day", "25/01/2023"),
                    ("received_day", "10/01/2023"),
                ],
            ]
            .concat(),
        )
        .await;
        row(tx, &PLAN, "k2", &[&plan[..], &[("code", "K2"), ("issued_day", "05/02/2023")]].concat()).await;
        let plans = &figures::PLAN;
        assert_eq!(tally(tx, plans, "year = 2023 AND kind = 'year' AND programme = 'CT05'").await, (2, 0));
        assert_eq!(tally(tx, plans, "late = 1").await, (1, 0));
        assert_eq!(tally(tx, plans, "days = 15 AND amount = 15 AND theme_kind = 'year'").await, (1, 0));

        row(
            tx,
            &TASK,
            "w1",
            &[("plan", "k1"), ("code", "1"), ("title", "Đọc"), ("month", "2"), ("owner", "a")],
        )
        .await;
        let done = [
            ("plan", "k1"),
            ("code", "2"),
            ("title", "Họp"),
            ("deadline", "31/05/2023"),
            ("done_day", "02/06/2023"),
            ("result", "Xong"),
        ];
        row(tx, &TASK, "w2", &done).await;
        row(tx, &TASK, "w3", &[("plan", "k1"), ("code", "3"), ("title", "Thi"), ("quarter", "3")]).await;
        row(tx, &TASK, "w4", &[("plan", "k1"), ("code", "4"), ("title", "Viết")]).await;
        let tasks = &figures::TASK;
        assert_eq!(tally(tx, tasks, "day = '2023-02-28' AND quarter = 1 AND done = 0").await, (1, 1));
        assert_eq!(tally(tx, tasks, "day = '2023-05-31' AND done = 1 AND late = 1").await, (1, 0));
        assert_eq!(tally(tx, tasks, "day = '2023-09-30' OR day = '2023-12-31'").await, (2, 0));
        assert_eq!(tally(tx, tasks, "unit = 'cb1'").await, (4, 1));

        let chosen = [("unit", "cb1"), ("year", "2023"), ("title", "Hồ sơ quá hạn")];
        row(
            tx,
            &BREAKTHROUGH,
            "b1",
            &[&chosen[..], &[("code", "B1"), ("solved_day", "01/10/2023"), ("evidence", "BC 12")]].concat(),
        )
        .await;
        row(tx, &BREAKTHROUGH, "b2", &[&chosen[..], &[("code", "B2")]].concat()).await;
        let breakthroughs = &figures::BREAKTHROUGH;
        assert_eq!(tally(tx, breakthroughs, "year = 2023 AND day = '2023-12-31'").await, (2, 0));
        assert_eq!(tally(tx, breakthroughs, "solved = 1").await, (1, 0));

        withdraw(tx, &BREAKTHROUGH, "b1").await;
        withdraw(tx, &PLAN, "k1").await;
        withdraw(tx, &THEME, "t1").await;
        assert_eq!(tally(tx, breakthroughs, "solved = 1").await, (0, 0));
        assert_eq!(tally(tx, plans, "1 = 1").await, (1, 0));
        assert_eq!(tally(tx, tasks, "1 = 1").await, (0, 0), "tasks of a withdrawn plan");
        assert_eq!(tally(tx, themes, "1 = 1").await, (2, 0));
    }
}
