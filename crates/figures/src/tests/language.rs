//! What the language accepts and what it refuses, and where it points.

use super::*;
use crate::{Agg, At, Column, Cond, Context, DayRef, GroupBy, Kind, Leaf, Literal, Op, Role, When, Whose};
use domain::{Arg, Day, Period};

fn leaf(text: &str) -> Leaf {
    match plan(text) {
        Plan::Leaf(leaf) => leaf,
        other => panic!("{text} is no leaf: {other:?}"),
    }
}

fn day(y: i32, m: u32, d: u32) -> Day {
    Day::from_ymd_opt(y, m, d).expect("a day")
}

#[test]
fn a_leaf_carries_all_that_both_questions_need() {
    let l =
        leaf(r#"units(inspection in 2021..report_day per year where object = "organisation" and not head)"#);
    assert_eq!(
        (l.agg, l.measure.name, l.at, l.per_year, l.every_year),
        (Agg::Units, "inspection", At::During, true, false)
    );
    let (object, head) = (&INSPECTION.dims[1], &INSPECTION.dims[3]);
    assert_eq!(
        l.condition,
        Cond::All(vec![
            Cond::Compare(Column::Dim(object), Op::Eq, Literal::Text("organisation".into())),
            Cond::Not(Box::new(Cond::Compare(Column::Dim(head), Op::Eq, Literal::Flag(true)))),
        ])
    );
    assert_eq!(l.when.to_string(), "in 2021..report_day");
    // Clauses may come in any order; a typographer's quotes and signs are read too.
    let same =
        leaf("units(inspection where object = “organisation” and not head per year in 2021…report_day)");
    assert_eq!(same, l);
}

#[test]
fn own_and_below_say_whose_facts_count() {
    assert_eq!(leaf("count(inspection)").whose, Whose::All);
    assert_eq!(leaf("count(inspection own where head)").whose, Whose::Own);
    assert_eq!(leaf("count(inspection where head below)").whose, Whose::Below);
    for wrong in ["count(inspection own below)", "without(people(member at end), people(attendance own))"] {
        assert!(try_plan(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn conditions_read_every_kind_of_value() {
    for (text, expected) in [
        (r#"kind in ("inspection", "supervision")"#, 2),
        ("findings >= 3 or findings = 0", 2),
        ("due < report_day and day > due_is_no_dim", 0),
        ("due <= 2024-01-16 and day >= period_start", 2),
        (r#"object_unit is known and object_unit != "ha-tinh""#, 2),
        ("head = false or (head and findings is unknown)", 2),
    ] {
        let found = try_plan(&format!("count(inspection where {text})"));
        assert_eq!(found.is_ok(), expected > 0, "{text}: {found:?}");
    }
    let l = leaf("count(member where from_day >= period_start and person is known)");
    let Cond::All(parts) = &l.condition else { panic!("{:?}", l.condition) };
    assert_eq!(parts[0], Cond::Compare(Column::FromDay, Op::Ge, Literal::Day(DayRef::PeriodStart)));
    assert_eq!(parts[1], Cond::Known(Column::Person, true));
    leaf("count(gift where amount > 1000000)");
    // `.amount` may be written, as it is the only thing to sum.
    assert_eq!(leaf("sum(gift.amount where purpose is known)"), leaf("sum(gift where purpose is known)"));
}

#[test]
fn refuses_and_points_at_the_place() {
    // The marked text is what the caret stands under.
    for (text, key, marked) in [
        ("", "figures-expected-expression", ""),
        ("count(inspection) 5", "figures-expected-operator", "5"),
        ("count(inspection", "figures-expected-close", ""),
        ("cuont(inspection)", "figures-unknown-function", "cuont"),
        ("count(inspecton)", "figures-unknown-measure", "inspecton"),
        ("count(inspection where objct = \"member\")", "figures-unknown-dim", "objct"),
        ("count(inspection where object = \"membr\")", "figures-unknown-choice", "\"membr\""),
        ("count(inspection where object = member)", "figures-expected-value", "member"),
        ("count(inspection where object < \"member\")", "figures-no-order", "object < \"member\""),
        ("count(inspection where object = 3)", "figures-type-text", "3"),
        ("count(inspection where findings = \"3\")", "figures-type-int", "\"3\""),
        ("count(inspection where due = 2024)", "figures-type-day", "2024"),
        ("count(inspection where head = 1)", "figures-type-flag", "1"),
        ("count(inspection where due = 2024-02-31)", "figures-no-day", "2024-02-31"),
        ("count(inspection where object)", "figures-no-flag", "object"),
        ("count(member where person = \"x\")", "figures-type-person", "\"x\""),
        ("count(inspection where object is here)", "figures-expected-known", "here"),
        ("sum(inspection)", "figures-no-amount", "inspection"),
        ("people(inspection)", "figures-no-persons", "inspection"),
        ("count(inspection at end)", "figures-at-events", "at end"),
        ("count(inspection per year)", "figures-per-year", "per year"),
        ("count(member every year)", "figures-every-year", "every year"),
        ("people(member per year every year)", "figures-per-and-every", "every year"),
        ("count(member at end at start)", "figures-clause-twice", "at start"),
        ("count(member at noon)", "figures-expected-at", "noon"),
        ("count(inspection in 2023..2021)", "figures-period-backwards", "in 2023..2021"),
        ("count(inspection in last 0 years)", "figures-last-years", "0"),
        ("count(inspection in yesterday)", "figures-expected-day", "yesterday"),
        ("count(inspection wher head)", "figures-expected-clause", "wher"),
        ("inspection", "figures-word-alone", "inspection"),
        ("study.attended", "figures-unknown-indicator", "study.attended"),
        ("1.000 + 1", "figures-number-decimals", "1.000"),
        ("5years", "figures-number-letters", "5years"),
        ("99999999999999999999", "figures-number-large", "99999999999999999999"),
        ("count(inspection where object = \"mem)", "figures-text-open", "\"mem)"),
        ("1 & 2", "figures-sign", "&"),
        ("without(count(member), people(member))", "figures-without-whom", "count(member)"),
        (
            "without(units(member), people(member))",
            "figures-without-mixed",
            "without(units(member), people(member))",
        ),
        (
            "previous(count(inspection in 2024))",
            "figures-previous-fixed",
            "previous(count(inspection in 2024))",
        ),
        ("count(gift) + sum(gift)", "figures-mixed-sum", "count(gift) + sum(gift)"),
        (
            "units(rating per year) + units(rating)",
            "figures-mixed-sum",
            "units(rating per year) + units(rating)",
        ),
        ("5 + sum(gift)", "figures-mixed-sum", "5 + sum(gift)"),
        ("count(gift) * count(gift)", "figures-mixed-product", "count(gift) * count(gift)"),
        ("count(gift) / sum(gift)", "figures-mixed-quotient", "count(gift) / sum(gift)"),
        ("share(sum(gift), count(gift))", "figures-share-mixed", "sum(gift), count(gift)"),
        ("share(count(gift), count(member) excluding sum(gift))", "figures-excluded-mixed", "sum(gift)"),
    ] {
        let problems = try_plan(text).expect_err(text);
        let p = &problems[0];
        assert_eq!(p.message.key, key, "{text}");
        assert_eq!(&text[p.span.from..p.span.to], marked, "{text}");
    }
}

#[test]
fn tells_every_problem_at_once() {
    let problems =
        try_plan(r#"count(inspecton) + people(attendance where category = "membr" and grade = 1)"#)
            .expect_err("three problems");
    let keys: Vec<_> = problems.iter().map(|p| p.message.key).collect();
    assert_eq!(keys, ["figures-unknown-measure", "figures-unknown-choice", "figures-unknown-dim"]);
}

#[test]
fn suggests_what_may_have_been_meant() {
    let hint = |text: &str| {
        let problem = try_plan(text).expect_err(text).remove(0);
        let hint = problem.hint.expect("a hint");
        match hint.args.first() {
            Some((_, Arg::Text(text))) => format!("{} {text}", hint.key),
            _ => hint.key.to_owned(),
        }
    };
    assert_eq!(hint("count(inspecton)"), "figures-did-you-mean inspection");
    assert_eq!(hint("coutn(inspection)"), "figures-did-you-mean count");
    assert_eq!(hint("count(member where catgory is known)"), "figures-did-you-mean category");
    assert_eq!(hint("count(inspection where kind = \"supervison\")"), "figures-did-you-mean supervision");
    assert_eq!(hint("count(inspection where kind = \"x\")"), "figures-one-of inspection, supervision");
    assert_eq!(hint("count(inspection wehre head)"), "figures-did-you-mean where");
    assert_eq!(hint("count(inspection in 2021..report_dya)"), "figures-did-you-mean report_day");
    assert_eq!(hint("count(inspection"), "figures-ends-early");
    assert_eq!(hint("count(inspection where kind = supervision)"), "figures-put-in-quotes supervision");
}

#[test]
fn limits_hold() {
    let key = |text: &str| parse(text).expect_err("too much").message.key;
    assert_eq!(key(&"(".repeat(3000)), "figures-too-deep");
    assert_eq!(key(&format!("count(a where {}b)", "not ".repeat(900))), "figures-too-deep");
    assert_eq!(key(&vec!["1"; 62].join("+")), "figures-too-many-operations");
    assert_eq!(key(&vec!["1"; 62].join("*")), "figures-too-many-operations");
    assert_eq!(key(&format!("count(a where b in ({}))", vec!["1"; 500].join(","))), "figures-too-many");
    assert_eq!(key(&"x".repeat(5000)), "figures-too-long");
    assert!(parse(&vec!["1"; 61].join("+")).is_ok());
}

#[test]
fn shares_name_their_denominator_and_who_is_left_out() {
    // Persons are left out one by one: someone exempt who left is not subtracted twice.
    let p =
        plan("share(people(attendance), people(member at end) excluding people(member at end where exempt))");
    let Plan::Share { whole, excluded: Some(excluded), denominator, .. } = &p else { panic!("{p:?}") };
    let (Plan::Leaf(whole), Plan::Leaf(excluded)) = (&**whole, &**excluded) else { panic!("{p:?}") };
    assert_eq!(**denominator, Plan::Without { population: whole.clone(), reached: excluded.clone() });
    let roles: Vec<Role> = p.parts().iter().map(|part| part.role).collect();
    assert_eq!(roles, [Role::Part, Role::Whole, Role::Excluded]);
    // Counts, which may have been stated, are subtracted.
    let p =
        plan("share(people(attendance), count(member at end) excluding count(member at end where exempt))");
    let Plan::Share { denominator, .. } = &p else { panic!("{p:?}") };
    assert!(matches!(**denominator, Plan::Difference(..)));
    // The part may be another thing than the whole: 231 of so many member-years.
    assert_eq!(plan("share(rows(rating), people(member at end per year))").kind(), Kind::Percent);
    let nested = "share(count(member) * share(count(gift), count(gift)), count(member))";
    assert_eq!(try_plan(nested).expect_err(nested)[0].message.key, "figures-share-nested");
}

#[test]
fn knows_what_a_number_is_made_of() {
    for (text, kind) in [
        ("count(member)", Kind::Things),
        ("units(rating per year)", Kind::Years),
        ("count(member at end per year)", Kind::Years),
        ("sum(gift) / count(member)", Kind::Amount),
        ("sum(gift) / 1000000", Kind::Amount),
        ("count(gift) / units(gift)", Kind::Number),
        ("count(member) + 2", Kind::Things),
        ("2 * count(member)", Kind::Things),
        ("previous(sum(gift)) - sum(gift)", Kind::Amount),
        ("share(count(gift), count(member)) - previous(share(count(gift), count(member)))", Kind::Percent),
        ("share(count(gift), count(member)) * count(member)", Kind::Things),
        ("without(people(member at end), people(attendance))", Kind::Things),
    ] {
        assert_eq!(plan(text).kind(), kind, "{text}");
    }
}

#[test]
fn a_leaf_of_its_own_days_finds_them_in_the_report() {
    let ctx = Context {
        period: Period::years(2021, 2023),
        start: Some(day(2021, 5, 18)),
        report_day: day(2024, 3, 15),
    };
    for (clause, expected) in [
        ("", "2021-2023"),
        ("in 2024", "2024"),
        ("in 2019..2023", "2019-2023"),
        ("to report_day", "18/05/2021-15/03/2024"),
        ("in period_start..report_day", "01/01/2021-15/03/2024"),
        ("in 2024..report_day", "01/01/2024-15/03/2024"),
        ("in report_day", "15/03/2024-15/03/2024"),
        ("in 2022-06-01..2022-06-30", "01/06/2022-30/06/2022"),
        ("in last 5 years", "2019-2023"),
    ] {
        let l = leaf(&format!("count(inspection {clause})"));
        let period = l.when.period(&ctx).expect(clause);
        assert_eq!(period.to_string(), expected, "{clause}");
    }
    let last = leaf("count(inspection in last 2 years)").when;
    assert_eq!(last.period(&ctx.back(1)).map(|p| p.to_string()).as_deref(), Some("2019-2020"));
    let since = leaf("count(inspection to report_day)").when;
    assert_eq!(since.period(&Context { start: None, ..ctx }), None);
    assert_eq!(since.period(&ctx.back(1)), since.period(&ctx));
    assert_eq!(since.period(&Context { report_day: day(2020, 1, 1), ..ctx }), None);
    assert!(!since.moves() && When::Asked.moves());
}

#[test]
fn splits_only_by_what_every_part_knows() {
    let by = |text: &str, by: &str| plan(text).may_group(&GroupBy::from_word(by)).map_err(|m| m.key);
    assert_eq!(by("count(inspection)", "unit"), Ok(()));
    assert_eq!(by("count(inspection)", "year"), Ok(()));
    assert_eq!(by("count(inspection)", "object"), Ok(()));
    assert_eq!(by("count(inspection)", "objekt"), Err("figures-group-dim"));
    assert_eq!(by("count(inspection) + count(member)", "category"), Err("figures-group-dim"));
    assert_eq!(by("people(attendance) + people(rating)", "category"), Err("figures-group-differs"));
    assert_eq!(by("count(inspection in 2024)", "year"), Err("figures-group-year"));
    assert_eq!(by("people(rating every year)", "year"), Err("figures-group-year"));
    assert_eq!(by("count(inspection in period_start..period_end)", "year"), Ok(()));
    assert_eq!(by("5", "unit"), Err("figures-group-number"));
    // Only the population is split; who was reached, or left out, is looked up.
    let missed = "without(people(member at end), people(rating))";
    assert_eq!(by(missed, "exempt"), Ok(()));
    let share = "share(people(attendance), people(member) excluding people(rating))";
    assert_eq!(by(share, "category"), Ok(()));
    assert_eq!(plan(share).dims(), ["category"]);
    assert_eq!(plan("count(gift)").returns(), ["contribution"]);
    assert_eq!(plan(share).leaves().len(), 3);
}

#[test]
fn the_caret_stands_under_the_place() {
    let text = "count(inspection)\n  + count(đảng_viên)";
    let problem = try_plan(text).expect_err("no such measure").remove(0);
    assert_eq!(problem.position(text), (2, 11));
    assert_eq!(problem.caret(text), "2 |   + count(đảng_viên)\n  |           ^^^^^^^^^");
}

/// The examples that people learn from must be right: those in the README that are marked `figures`.
#[test]
fn the_examples_of_the_readme_hold() {
    let readme = include_str!("../../README.md");
    let blocks = |kind: &str| -> Vec<String> {
        let open = format!("```{kind}\n");
        readme.split(&open).skip(1).filter_map(|b| b.split("```").next()).map(str::to_owned).collect()
    };
    let lines: Vec<String> = blocks("figures").iter().flat_map(|b| b.lines().map(str::to_owned)).collect();
    assert!(lines.len() > 20, "{}", lines.len());
    let toml = blocks("toml").concat();
    let catalogue =
        crate::Catalogue::load(&[("README", &toml)], MEASURES).expect("the entries of the README");
    for line in &lines {
        catalogue.check(line, day(2024, 1, 1)).unwrap_or_else(|p| panic!("{line}: {p:?}"));
    }
}
