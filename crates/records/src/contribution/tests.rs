use super::*;
use crate::evidence::ground::{both, draft, facts, faults, word};
use crate::kind::Held;

#[test]
fn a_contribution_is_money_or_counted_things() {
    let of = |fields| faults(&CONTRIBUTION_KIND, &draft(fields));
    assert_eq!(of([("amount", Held::Int(1)), ("thing", Held::Empty), ("things", Held::Empty)]), []);
    assert_eq!(of([("amount", Held::Empty), ("thing", word("house")), ("things", Held::Int(39))]), []);
    assert_eq!(
        of([("amount", Held::Empty), ("thing", Held::Empty), ("things", Held::Empty)]),
        [("amount", "contribution-nothing")]
    );
    assert_eq!(
        of([("amount", Held::Empty), ("thing", word("house")), ("things", Held::Empty)]),
        [("things", "contribution-things")]
    );
    assert_eq!(
        of([("amount", Held::Empty), ("thing", Held::Empty), ("things", Held::Int(2))]),
        [("thing", "contribution-thing")]
    );
    assert_eq!(
        of([("amount", Held::Int(0)), ("thing", Held::Empty), ("things", Held::Empty)]),
        [("amount", "contribution-amount")]
    );
}

#[test]
fn a_sponsor_is_named() {
    let mut row = draft([("amount", Held::Int(1)), ("side", word("sponsor"))]);
    assert_eq!(faults(&CONTRIBUTION_KIND, &row), [("sponsor", "contribution-sponsor")]);
    row.set("sponsor", word("Công ty C"));
    assert_eq!(faults(&CONTRIBUTION_KIND, &row), []);
}

fn is_met(baseline: i64, actual: i64, target: Held) -> Option<i64> {
    let mut row =
        draft([("baseline", Held::Int(baseline)), ("actual", Held::Int(actual)), ("target", target)]);
    (SAVING_KIND.derive)(&mut row);
    row.int("met")
}

#[test]
fn a_target_is_met_at_the_promised_share_exactly() {
    let tenth = || Held::Int(100); // 10.0 %
    assert_eq!(is_met(1_000_000, 900_000, tenth()), Some(1));
    assert_eq!(is_met(1_000_000, 900_001, tenth()), Some(0));
    assert_eq!(is_met(1_001, 900, tenth()), Some(1), "at most 900.9");
    assert_eq!(is_met(1_001, 901, tenth()), Some(0));
    assert_eq!(is_met(i64::MAX, i64::MAX, Held::Int(0)), Some(1), "no overflow");
    assert_eq!(is_met(1_000_000, 1, Held::Empty), Some(0), "nothing promised, nothing met");
}

#[test]
fn expenses_and_targets_stay_in_their_bounds() {
    let row = draft([("baseline", Held::Int(-1)), ("actual", Held::Int(0)), ("target", Held::Int(1001))]);
    assert_eq!(
        faults(&SAVING_KIND, &row),
        [("baseline", "contribution-negative"), ("target", "contribution-target")]
    );
    let row = draft([("baseline", Held::Int(0)), ("actual", Held::Int(0)), ("target", Held::Int(1000))]);
    assert_eq!(faults(&SAVING_KIND, &row), []);
}

const GIVEN: [&str; 1] = [
    "INSERT INTO contribution (id, code, unit, side, way, day, purpose, amount, thing, things, withdrawn) VALUES
     ('1', '1', 'a', 'own', 'given', '2009-05-01', 'housing', 60000000, 'house', 2, NULL),
     ('2', '2', 'b', 'participant', 'given', '2008-05-01', 'housing', NULL, 'house', 39, NULL),
     ('3', '3', 'a', 'raised', 'raised', '2021-08-01', 'covid', 20000000000, NULL, NULL, NULL),
     ('4', '4', 'a', 'own', 'given', '2021-08-01', 'covid', 7, 'gift', 7, 'trùng')",
];

#[tokio::test]
async fn money_and_things_are_counted_apart() {
    for db in &both().await.all {
        let money = facts(db, &GIVEN, &CONTRIBUTION).await;
        let amounts: Vec<_> = money.iter().map(|f| f.opt_int("amount").unwrap()).collect();
        assert_eq!(amounts, [Some(60_000_000), None, Some(20_000_000_000)]);
        let things = facts(db, &GIVEN, &CONTRIBUTION_THING).await;
        let seen: Vec<_> = things.iter().map(|f| (f.words("side").unwrap(), f.int("n").unwrap())).collect();
        assert_eq!(seen, [("own".to_owned(), 2), ("participant".to_owned(), 39)]);
    }
}

#[tokio::test]
async fn savings_belong_to_their_month() {
    let rows =
        ["INSERT INTO saving (id, unit, year, month, item, baseline, actual, target, met, withdrawn) VALUES
         ('1', 'b', 2023, 3, 'electricity', 4000000, 3500000, 100, 1, NULL),
         ('2', 'b', 2023, 12, 'water', 100, 150, NULL, 0, NULL),
         ('3', 'b', 2023, 11, 'water', 100, 150, 50, 0, 'trùng')"];
    for db in &both().await.all {
        let saved = facts(db, &rows, &SAVING).await;
        let seen: Vec<_> = saved
            .iter()
            .map(|f| (f.words("day").unwrap(), f.opt_int("amount").unwrap(), f.opt_int("met").unwrap()))
            .collect();
        assert_eq!(
            seen,
            [("2023-03-01".to_owned(), Some(500_000), Some(1)), ("2023-12-01".to_owned(), Some(-50), None),],
            "more spent is a negative saving; without a target, met is unknown"
        );
        let targets = facts(db, &rows, &SAVING_TARGET).await;
        assert_eq!(targets.len(), 1);
        assert_eq!(targets[0].opt_int("amount").unwrap(), Some(100));
        let baselines = facts(db, &rows, &SAVING_BASELINE).await;
        assert_eq!(baselines.iter().filter_map(|f| f.opt_int("amount").unwrap()).sum::<i64>(), 4_000_100);
    }
}
