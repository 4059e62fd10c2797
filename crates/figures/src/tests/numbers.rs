//! Values: reckoned exactly, printed truly.

use super::*;
use crate::print::{Comparator, Printed, Say, figure, holds};
use crate::{Format, LeafKey, LeafValue, Query, Value, evaluate};
use domain::Message;
use proptest::prelude::*;

/// Reckons in a second way: fractions that are never reduced, `None` for missing.
fn naive(plan: &Plan, values: &[i64], next: &mut usize) -> Option<(i128, i128)> {
    let mut two = |a: &Plan, b: &Plan| {
        let (x, y) = (naive(a, values, next), naive(b, values, next));
        Some((x?, y?))
    };
    match plan {
        Plan::Leaf(_) | Plan::Without { .. } => {
            let value = values[*next % values.len()];
            *next += 1;
            // One number stands for "missing" here.
            (value != 13).then_some((i128::from(value), 1))
        }
        Plan::Number { numerator, denominator } => Some((i128::from(*numerator), i128::from(*denominator))),
        Plan::Sum(a, b) => two(a, b).map(|(a, b)| (a.0 * b.1 + b.0 * a.1, a.1 * b.1)),
        Plan::Difference(a, b) => two(a, b).map(|(a, b)| (a.0 * b.1 - b.0 * a.1, a.1 * b.1)),
        Plan::Product(a, b) => two(a, b).map(|(a, b)| (a.0 * b.0, a.1 * b.1)),
        Plan::Quotient(a, b) | Plan::Share { part: a, denominator: b, .. } => {
            two(a, b).filter(|(_, b)| b.0 != 0).map(|(a, b)| (a.0 * b.1, a.1 * b.0))
        }
        Plan::Previous(p) => naive(p, values, next),
        Plan::Ref { plan, .. } => naive(plan, values, next),
    }
}

fn plans() -> impl Strategy<Value = Plan> {
    let leaf = prop_oneof![
        Just(plan("count(gift)")),
        Just(plan("without(people(member), people(attendance))")),
        (0..200i64, prop_oneof![Just(1), Just(10)])
            .prop_map(|(numerator, denominator)| Plan::Number { numerator, denominator }),
    ];
    leaf.prop_recursive(3, 10, 2, |inner| {
        let two = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            two.clone().prop_map(|(a, b)| Plan::Sum(a, b)),
            two.clone().prop_map(|(a, b)| Plan::Difference(a, b)),
            two.clone().prop_map(|(a, b)| Plan::Product(a, b)),
            two.clone().prop_map(|(a, b)| Plan::Quotient(a, b)),
            two.prop_map(|(part, whole)| Plan::Share {
                part,
                denominator: whole.clone(),
                whole,
                excluded: None
            }),
            inner.prop_map(|p| Plan::Previous(Box::new(p))),
        ]
    })
}

/// Reads a printed number back, by itself: `1,25 tỷ đồng`, `98,9 %`, `148.140`.
fn read(number: &str) -> (i128, i128) {
    let (digits, unit) = number.split_once(' ').unwrap_or((number, ""));
    let (whole, decimals) = digits.split_once(',').unwrap_or((digits, ""));
    let below = 10_i128.pow(u32::try_from(decimals.len()).expect("short"));
    let above: i128 = format!("{}{decimals}", whole.replace('.', "")).parse().expect(number);
    match unit {
        "" | "đồng" => (above, below),
        "triệu đồng" => (above * 1_000_000, below),
        "tỷ đồng" => (above * 1_000_000_000, below),
        "%" => (above, below * 100),
        other => panic!("unknown unit {other}"),
    }
}

fn same(a: (i128, i128), b: (i128, i128)) -> bool {
    a.0 * b.1 == b.0 * a.1
}

proptest! {
    #[test]
    fn evaluates_as_the_naive_way_does(p in plans(), values in prop::collection::vec(-50..50i64, 1..6)) {
        let mut at = 0;
        let mut leaf = |_: &LeafKey<'_>| {
            let value = values[at % values.len()];
            at += 1;
            if value == 13 { LeafValue::Missing(Message::new("figures-missing")) } else { LeafValue::Known(value) }
        };
        let value = evaluate(&p, &mut leaf);
        match (naive(&p, &values, &mut 0), value.parts()) {
            (Some(n), Some(v)) => {
                prop_assert!(same(n, v), "{:?} {:?}", n, v);
                prop_assert!(v.1 > 0);
            }
            (None, None) => prop_assert!(matches!(&value, Value::Missing(why) if !why.is_empty())),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn what_is_printed_is_true(
        num in prop_oneof![0..1000i64, 0..2_000_000i64, 0..90_000_000_000i64],
        den in prop_oneof![Just(1i64), 1..20i64, 1..9000i64],
        format in prop_oneof![Just(Format::Count), Just(Format::Padded), Just(Format::Money), Just(Format::Percent)],
        say in prop_oneof![Just(Say::Exact), Just(Say::Over), Just(Say::Nearly)],
    ) {
        let value = Value::ratio(num.into(), den.into());
        let truth = value.parts().expect("there");
        match figure(&value, format, say) {
            Ok(printed) => {
                prop_assert!(same(read(&printed.number), printed.said), "{:?}", printed);
                match printed.comparator {
                    Some(word) => {
                        prop_assert_eq!(holds(Some(word), printed.said, truth), Some(true), "{:?} {:?}", printed, truth);
                        // A comparator says that the number is not the value.
                        prop_assert!(!same(printed.said, truth), "{:?} {:?}", printed, truth);
                    }
                    // Cut, never rounded up.
                    None => prop_assert!(printed.said.0 * truth.1 <= truth.0 * printed.said.1),
                }
                if say != Say::Exact && printed.comparator.is_none() {
                    prop_assert!(same(printed.said, truth), "{:?} {:?}", printed, truth);
                }
            }
            Err(why) => prop_assert_eq!((say, why.key), (Say::Nearly, "figures-nearly-far")),
        }
    }
}

fn say(value: Value, format: Format, how: Say) -> String {
    figure(&value, format, how).map_or_else(|m| m.key.to_owned(), |p: Printed| p.to_string())
}

#[test]
fn prints_as_the_field_writes() {
    use Format::*;
    use Say::*;
    let tenth = |n: i128| Value::ratio(n, 1000);
    for (value, format, how, text) in [
        (Value::Int(148_140), Count, Exact, "148.140"),
        (Value::Int(6), Padded, Exact, "06"),
        (Value::Int(68), Padded, Exact, "68"),
        (Value::Int(6), Count, Exact, "6"),
        (Value::Int(-6), Padded, Exact, "-6"),
        (Value::ratio(25, 2), Count, Exact, "12,5"),
        (Value::Int(20_000_000_000), Money, Exact, "20 tỷ đồng"),
        (Value::Int(322_000_000), Money, Exact, "322 triệu đồng"),
        (Value::ratio(1000, 3), Money, Exact, "333 đồng"),
        (tenth(989), Percent, Exact, "98,9 %"),
        (Value::ratio(9999, 10_000), Percent, Exact, "99,9 %"),
        (Value::Int(1), Percent, Exact, "100 %"),
        (Value::Int(0), Percent, Exact, "0 %"),
        (Value::ratio(1, 3000), Percent, Exact, "0,03 %"),
        (tenth(989), Percent, Over, "trên 98 %"),
        (tenth(980), Percent, Over, "98 %"),
        (Value::Int(1), Percent, Over, "100 %"),
        (tenth(4), Percent, Over, "0,4 %"),
        (tenth(989), Percent, Nearly, "gần 99 %"),
        (tenth(12), Percent, Nearly, "1,2 %"),
        (Value::Int(20_400_000_000), Money, Over, "trên 20 tỷ đồng"),
        (Value::Int(20_000_000_000), Money, Over, "20 tỷ đồng"),
        (Value::Int(203_500_000), Money, Over, "trên 200 triệu đồng"),
        (Value::Int(29_600_000_000), Money, Nearly, "gần 30 tỷ đồng"),
        (Value::Int(30_000_000_000), Money, Nearly, "30 tỷ đồng"),
        (Value::Int(6_125), Count, Over, "trên 6.000"),
        (Value::Int(148_140), Count, Over, "trên 140.000"),
        (Value::Int(6_125), Count, Nearly, "gần 6.200"),
        (Value::Int(96), Count, Nearly, "gần 100"),
        (Value::Int(7), Padded, Over, "07"),
        (Value::Missing(vec![Message::new("figures-missing")]), Count, Exact, "figures-missing"),
        (Value::Int(i128::from(i64::MAX) + 1), Count, Exact, "figures-too-large"),
    ] {
        assert_eq!(say(value.clone(), format, how), text, "{value:?}");
    }
}

#[test]
fn words_are_held_to_the_truth() {
    let truth = (29_600_000_000, 1);
    let billion = |n: i128| (n * 1_000_000_000, 1);
    assert_eq!(holds(Some(Comparator::Nearly), billion(30), truth), Some(true));
    assert_eq!(holds(Some(Comparator::Nearly), billion(29), truth), Some(false));
    assert_eq!(holds(Some(Comparator::Nearly), billion(33), truth), Some(false));
    assert_eq!(holds(Some(Comparator::Over), billion(29), truth), Some(true));
    assert_eq!(holds(Some(Comparator::Over), billion(30), truth), Some(false));
    assert_eq!(holds(None, billion(30), truth), Some(false));
    assert_eq!(holds(None, (i128::MAX, 1), (1, 3)), None);
}

#[test]
fn missing_is_not_zero_and_keeps_its_reasons() {
    let p = plan("0 * rows(gift) + count(gift) + 0 * count(member) + rows(gift)");
    let value = evaluate(&p, &mut |key| match key.query {
        Query::Leaf(l) if l.agg == crate::Agg::Rows => LeafValue::Missing(Message::new("not-returned")),
        Query::Leaf(l) if l.measure.name == "member" => LeafValue::Missing(Message::new("conflict")),
        _ => LeafValue::Known(0),
    });
    let Value::Missing(why) = value else { panic!("{value:?}") };
    assert_eq!(why.iter().map(|m| m.key).collect::<Vec<_>>(), ["not-returned", "conflict"]);
    let p = plan("share(count(gift), count(member) excluding count(member))");
    let value = evaluate(&p, &mut |_| LeafValue::Known(5));
    assert_eq!(value, Value::Missing(vec![Message::new("figures-divided-by-nought")]));
}

#[test]
fn within_counts_those_who_were_reached() {
    let p = plan("within(people(member at end), people(attendance))");
    // 10 members, 3 of them never attended; that 99 persons attended does not matter.
    let value = evaluate(&p, &mut |key| match key.query {
        Query::Leaf(l) if l.measure.name == "member" => LeafValue::Known(10),
        Query::Leaf(_) => LeafValue::Known(99),
        Query::Without { .. } => LeafValue::Known(3),
    });
    assert_eq!(value, Value::Int(7));
}

#[test]
fn previous_asks_one_period_back() {
    let p = plan("count(gift) - previous(count(gift) + previous(count(gift)))");
    let mut backs = Vec::new();
    let value = evaluate(&p, &mut |key| {
        backs.push(key.back);
        LeafValue::Known(10_i64.pow(key.back))
    });
    assert_eq!((value, backs), (Value::Int(1 - (10 + 100)), vec![0, 1, 2]));
}

#[test]
fn large_numbers_are_exact_or_refused() {
    let big = i64::MAX;
    let value = |text: &str| evaluate(&plan(text), &mut |_| LeafValue::Known(big));
    assert_eq!(value("sum(gift) + sum(gift)"), Value::Int(i128::from(big) * 2));
    let long = format!("sum(gift){}", " * 9223372036854775807".repeat(4));
    assert_eq!(value(&long), Value::Missing(vec![Message::new("figures-too-large")]));
    assert_eq!(Value::ratio(i128::MIN, -1), Value::Missing(vec![Message::new("figures-too-large")]));
    assert_eq!(Value::ratio(3, -6), Value::Ratio { num: -1, den: 2 });
    assert_eq!(Value::ratio(0, 7), Value::Int(0));
}
