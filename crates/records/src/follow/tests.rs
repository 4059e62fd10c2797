//! The rules of a look, by name.

use super::*;
use crate::person::fixture::{faults, well_made};

#[tokio::test]
async fn the_feature_is_well_made() {
    let before = [
        &crate::evidence::FEATURE,
        &crate::person::FEATURE,
        &crate::programme::FEATURE,
        &crate::activity::FEATURE,
        &crate::commitment::FEATURE,
    ];
    well_made(&FEATURE, &before).await;
}

#[test]
fn a_look_is_at_exactly_one_thing() {
    let day = ("planned_day", "01/06/2026");
    assert_eq!(faults(&LOOK, &[day]), ["commitment: follow-one-subject"]);
    let two = [day, ("commitment", "c"), ("breakthrough", "b")];
    assert_eq!(faults(&LOOK, &two), ["commitment: follow-one-subject"]);
    assert_eq!(faults(&LOOK, &[day, ("breakthrough", "b")]), [""; 0]);
    assert_eq!(faults(&LOOK, &[day, ("activity", "a")]), ["task: follow-task-of-session"]);
    assert_eq!(faults(&LOOK, &[day, ("activity", "a"), ("task", "01")]), [""; 0]);
}

#[test]
fn a_look_is_planned_or_says_what_was_looked_at() {
    let of = |more: &[(&'static str, &'static str)]| faults(&LOOK, &[&[("commitment", "c")], more].concat());
    assert_eq!(of(&[]), ["planned_day: follow-day-needed"]);
    assert_eq!(of(&[("looked_day", "01/06/2026")]), ["looked_at: follow-looked-at-needed"]);
    assert_eq!(of(&[("looked_day", "01/06/2026"), ("looked_at", "Sổ")]), [""; 0]);
    let backwards = [("looked_day", "01/06/2026"), ("looked_at", "Sổ"), ("next_day", "31/05/2026")];
    assert_eq!(of(&backwards), ["next_day: kind-backwards"]);
}
