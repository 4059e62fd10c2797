//! The rules of people by name, and what their measures count on both databases.

use super::fixture::{both, derived, faults, person, row, tally, units, well_made, withdraw};
use super::sheet::{MEMBERSHIP, PERSON, POSITION_SPELL, STANDING_SPELL};
use super::*;
use domain::Actor;
use store::{Db, Tx};

const CELLS: [(&str, Option<&str>, &str); 3] =
    [("dbk", None, "block"), ("cb1", Some("dbk"), "cell"), ("cb2", Some("dbk"), "cell")];

async fn begin(db: &Db) -> Tx {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    units(&mut tx, &CELLS).await;
    tx
}

#[tokio::test]
async fn the_feature_is_well_made() {
    well_made(&FEATURE, &[]).await;
}

#[test]
fn a_member_joins_at_eighteen_at_the_earliest() {
    let joined = |born| faults(&PERSON, &[("birth_year", born), ("joined_day", "03/02/2005")]);
    assert_eq!(joined("1988"), ["joined_day: person-too-young"]);
    assert_eq!(joined("1987"), [""; 0]);
}

#[test]
fn the_official_day_follows_the_joining_day() {
    assert_eq!(
        faults(&PERSON, &[("official_day", "03/02/2006")]),
        ["joined_day: person-official-not-joined"]
    );
    assert_eq!(
        faults(&PERSON, &[("joined_day", "03/02/2005"), ("official_day", "03/02/2004")]),
        ["official_day: kind-backwards"]
    );
}

#[test]
fn a_spell_does_not_end_before_it_begins() {
    for kind in [&MEMBERSHIP, &STANDING_SPELL, &POSITION_SPELL] {
        let backwards = [("from_day", "02/01/2024"), ("to_day", "01/01/2024")];
        assert_eq!(faults(kind, &backwards), ["to_day: kind-backwards"], "{}", kind.name);
    }
}

#[test]
fn a_secretary_is_the_head_unless_the_row_says_otherwise() {
    let head = |values: &[(&'static str, &str)]| derived(&POSITION_SPELL, values).flag("head");
    assert!(head(&[("position", "secretary")]));
    assert!(!head(&[("position", "secretary"), ("head", "0")]));
    assert!(!head(&[("position", "deputy_secretary")]));
    assert!(head(&[("position", "deputy_secretary"), ("head", "1")]));
}

#[test]
fn people_are_found_and_sorted_by_keys_made_from_the_name() {
    let an = derived(&PERSON, &[("name", "Nguyễn Văn Ẩn")]);
    let binh = derived(&PERSON, &[("name", "Đỗ An Bình")]);
    assert_eq!(an.text("search"), Some("nguyen van an"));
    assert!(an.text("sort") < binh.text("sort"));
}

#[tokio::test]
async fn a_person_implies_the_first_membership_once() {
    for db in &both(&[&FEATURE]).await.all {
        let mut tx = begin(db).await;
        let an = [
            ("code", "A"),
            ("name", "An"),
            ("unit", "cb1"),
            ("category", "party_member"),
            ("since", "01/01/2020"),
        ];
        row(&mut tx, &PERSON, "a", &an).await;
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 1);
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 0);
        assert_eq!(
            tally(&mut tx, &figures::MEMBER, "unit = 'cb1' AND from_day = '2020-01-01'").await,
            (1, 1)
        );

        // The person moves: the implied spell ends the day before.
        let moved =
            [("person", "a"), ("unit", "cb2"), ("category", "party_member"), ("from_day", "01/07/2022")];
        row(&mut tx, &MEMBERSHIP, "m", &moved).await;
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 1);
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 0);
        assert_eq!(tally(&mut tx, &figures::MEMBER, "unit = 'cb1' AND to_day = '2022-06-30'").await, (1, 1));
        assert_eq!(tally(&mut tx, &figures::MEMBER, "unit = 'cb2' AND to_day = '9999-12-31'").await, (1, 1));
    }
}

#[tokio::test]
async fn what_a_corrected_row_implied_is_corrected_and_a_move_begins_a_spell() {
    for db in &both(&[&FEATURE]).await.all {
        let mut tx = begin(db).await;
        let an = [
            ("code", "A"),
            ("name", "An"),
            ("unit", "cb1"),
            ("category", "party_member"),
            ("since", "01/01/2020"),
        ];
        row(&mut tx, &PERSON, "a", &an).await;
        imply_memberships(&mut tx).await.unwrap();
        let member = &figures::MEMBER;

        tx.execute("UPDATE person SET since = '2019-06-01' WHERE id = 'a'", &[]).await.unwrap();
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 1);
        assert_eq!(tally(&mut tx, member, "unit = 'cb1' AND from_day = '2019-06-01'").await, (1, 1));
        assert_eq!(tally(&mut tx, member, "1 = 1").await, (1, 1));

        tx.execute("UPDATE person SET unit = 'cb2' WHERE id = 'a'", &[]).await.unwrap();
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 1);
        assert_eq!(tally(&mut tx, member, "unit = 'cb2' AND from_day = '2019-06-01'").await, (1, 1));

        tx.execute("UPDATE person SET unit = 'cb1', since = '2022-07-01' WHERE id = 'a'", &[]).await.unwrap();
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 2);
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 0);
        assert_eq!(tally(&mut tx, member, "unit = 'cb2' AND to_day = '2022-06-30'").await, (1, 1));
        assert_eq!(tally(&mut tx, member, "unit = 'cb1' AND from_day = '2022-07-01'").await, (1, 1));

        // What somebody entered since then stands, whatever the row says.
        tx.execute("UPDATE person SET since = '2020-01-01' WHERE id = 'a'", &[]).await.unwrap();
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn what_somebody_entered_or_withdrew_is_not_implied_again() {
    for db in &both(&[&FEATURE]).await.all {
        let mut tx = begin(db).await;
        let an =
            [("code", "A"), ("name", "An"), ("unit", "cb1"), ("category", "worker"), ("since", "01/01/2020")];
        row(&mut tx, &PERSON, "a", &an).await;
        let earlier = [("person", "a"), ("unit", "cb2"), ("category", "worker"), ("from_day", "01/05/2019")];
        row(&mut tx, &MEMBERSHIP, "m", &earlier).await;
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 0);

        let binh = [
            ("code", "B"),
            ("name", "Bình"),
            ("unit", "cb1"),
            ("category", "worker"),
            ("since", "01/01/2020"),
        ];
        row(&mut tx, &PERSON, "b", &binh).await;
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 1);
        tx.execute("UPDATE membership SET withdrawn = 'nhầm' WHERE person = 'b'", &[]).await.unwrap();
        assert_eq!(imply_memberships(&mut tx).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn members_are_counted_with_their_standing_at_the_end() {
    for db in &both(&[&FEATURE]).await.all {
        let mut tx = begin(db).await;
        for id in ["a", "b", "c"] {
            person(&mut tx, id, "cb1", "party_member").await;
        }
        person(&mut tx, "d", "cb1", "youth_member").await;
        let exempt = [("person", "a"), ("standing", "exempt"), ("from_day", "01/01/2024")];
        row(&mut tx, &STANDING_SPELL, "s1", &exempt).await;
        let over =
            [("person", "b"), ("standing", "exempt"), ("from_day", "01/01/2020"), ("to_day", "31/12/2020")];
        row(&mut tx, &STANDING_SPELL, "s2", &over).await;
        let of_youth = [("person", "d"), ("standing", "suspended"), ("from_day", "01/01/2020")];
        row(&mut tx, &STANDING_SPELL, "s3", &of_youth).await;

        let member = &figures::MEMBER;
        assert_eq!(tally(&mut tx, member, "1 = 1").await, (4, 4));
        assert_eq!(tally(&mut tx, member, "category = 'party_member'").await, (3, 3));
        assert_eq!(tally(&mut tx, member, "exempt = 1").await, (1, 1));
        assert_eq!(tally(&mut tx, member, "suspended = 1").await, (0, 0));
        // Of a past day the spells of standing themselves tell.
        let on_a_day = "standing = 'exempt' AND from_day <= '2020-06-30' AND to_day >= '2020-06-30'";
        assert_eq!(tally(&mut tx, &figures::STANDING, on_a_day).await, (1, 1));

        withdraw(&mut tx, &STANDING_SPELL, "s1").await;
        withdraw(&mut tx, &PERSON, "c").await;
        assert_eq!(tally(&mut tx, member, "exempt = 1").await, (0, 0));
        assert_eq!(tally(&mut tx, member, "category = 'party_member'").await, (2, 2));
    }
}

#[tokio::test]
async fn a_standing_counts_in_the_cell_of_its_days() {
    for db in &both(&[&FEATURE]).await.all {
        let mut tx = begin(db).await;
        person(&mut tx, "a", "cb1", "party_member").await;
        let moved =
            [("person", "a"), ("unit", "cb2"), ("category", "party_member"), ("from_day", "01/07/2022")];
        row(&mut tx, &MEMBERSHIP, "m", &moved).await;
        imply_memberships(&mut tx).await.unwrap();
        let exempt = [("person", "a"), ("standing", "exempt"), ("from_day", "01/01/2022")];
        row(&mut tx, &STANDING_SPELL, "s", &exempt).await;
        let standing = &figures::STANDING;
        let first = "unit = 'cb1' AND from_day = '2022-01-01' AND to_day = '2022-06-30'";
        assert_eq!(tally(&mut tx, standing, first).await, (1, 1));
        let second = "unit = 'cb2' AND from_day = '2022-07-01' AND to_day = '9999-12-31'";
        assert_eq!(tally(&mut tx, standing, second).await, (1, 1));
        assert_eq!(tally(&mut tx, standing, "1 = 1").await, (2, 1));
    }
}

#[tokio::test]
async fn heads_of_units_are_counted() {
    for db in &both(&[&FEATURE]).await.all {
        let mut tx = begin(db).await;
        person(&mut tx, "a", "cb1", "party_member").await;
        person(&mut tx, "b", "cb1", "party_member").await;
        for (id, who, position) in [("p1", "a", "secretary"), ("p2", "b", "deputy_secretary")] {
            let held = [("person", who), ("unit", "cb1"), ("position", position), ("from_day", "15/06/2020")];
            row(&mut tx, &POSITION_SPELL, id, &held).await;
        }
        assert_eq!(tally(&mut tx, &figures::POSITION, "head = 1").await, (1, 1));
        assert_eq!(tally(&mut tx, &figures::POSITION, "position = 'deputy_secretary'").await, (1, 1));
        withdraw(&mut tx, &POSITION_SPELL, "p1").await;
        assert_eq!(tally(&mut tx, &figures::POSITION, "head = 1").await, (0, 0));
    }
}
