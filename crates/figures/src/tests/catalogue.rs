//! Catalogue files: what they give, and what is refused.

use super::*;
use crate::{Catalogue, Format, LeafValue, TOPICS, Value, evaluate};
use domain::{Day, Lang};

fn day(y: i32) -> Day {
    Day::from_ymd_opt(y, 6, 1).expect("a day")
}

/// An entry that is right but for what `more` says.
fn entry(id: &str, expr: &str, more: &str) -> String {
    let more = if more.contains("version") { more.to_owned() } else { format!("version = 1\n{more}") };
    let format = if more.contains("format") { "" } else { "format = \"count\"\n" };
    format!(
        "[[indicator]]\nid = \"{id}\"\nlabel = {{ vi = \"Nhãn\", en = \"Label\" }}\n\
         unit = {{ vi = \"lượt\", en = \"times\" }}\nexpr = '{expr}'\n{format}{more}\n"
    )
}

fn load(text: &str) -> Result<Catalogue, Vec<Problem>> {
    Catalogue::load(&[("a.toml", text)], MEASURES)
}

fn keys(text: &str) -> Vec<&'static str> {
    load(text).expect_err(text).iter().map(|p| p.message.key).collect()
}

#[test]
fn reads_an_indicator_with_all_its_fields() {
    let text = r#"
# The shipped catalogue.
[[indicator]]
id = "study.attended"
version = 2
from = 2021-01-01
to = "31/12/2025"
label.vi = "Số đảng viên  được học tập"
label.en = "Members who studied"
unit.vi = "đảng viên"
unit.en = "members"
note = { vi = "Mỗi người tính một lần.", en = "Each person once." }
format = "padded"
topic = "study_conference"
returns = ["activity", "person"]
expr = '''
people(attendance
  where category = "party_member")'''
"#;
    let catalogue = load(text).expect("right");
    assert!(catalogue.get("study.attended", day(2020)).is_none());
    assert!(catalogue.get("study.attended", day(2026)).is_none());
    let i = catalogue.get("study.attended", day(2023)).expect("in force");
    assert_eq!((i.version, i.format, i.topic), (2, Format::Padded, Some("study_conference")));
    assert_eq!(i.label.get(Lang::Vi), "Số đảng viên được học tập");
    assert_eq!(i.note.as_ref().map(|n| n.en.as_str()), Some("Each person once."));
    assert_eq!(i.returns, ["activity", "person"]);
    assert_eq!(i.source, "a.toml");
    assert!(matches!(&*i.plan, Plan::Leaf(l) if l.measure.name == "attendance"));
    assert_eq!(catalogue.all().len(), 1);
    assert_eq!(catalogue.in_force(day(2023)).count(), 1);
}

#[test]
fn the_version_in_force_is_chosen_and_referred_to() {
    let text = [
        entry("a.x", "count(gift)", "to = 2023-12-31"),
        entry("a.x", "rows(gift)", "version = 2\nfrom = 2024-01-01"),
        entry("b.double", "2 * a.x", ""),
    ]
    .concat();
    let catalogue = load(&text).expect("right");
    let version = |y| catalogue.get("a.x", day(y)).map(|i| i.version);
    assert_eq!((version(2023), version(2024)), (Some(1), Some(2)));
    assert_eq!(catalogue.all().len(), 3);
    let aggs = |y| -> Vec<crate::Agg> {
        catalogue.get("b.double", day(y)).expect("always").plan.leaves().iter().map(|l| l.agg).collect()
    };
    assert_eq!((aggs(2023), aggs(2024)), (vec![crate::Agg::Count], vec![crate::Agg::Rows]));
    assert_eq!(catalogue.get("b.double", day(2024)).map(|i| i.plan.references()), Some(vec!["a.x"]));
    // What is written now is checked against the definitions of its day.
    let plan = catalogue.check("share(a.x, b.double)", day(2024)).expect("right");
    let value = evaluate(&plan, &mut |_| LeafValue::Known(7));
    assert_eq!(value, Value::ratio(1, 2));
    assert_eq!(
        catalogue.check("a.y", day(2024)).expect_err("unknown")[0].message.key,
        "figures-unknown-indicator"
    );
}

#[test]
fn an_office_adds_a_file_of_its_own() {
    let (shipped, own) = (entry("a.x", "count(gift)", ""), entry("office.x", "a.x + 1", ""));
    let catalogue = Catalogue::load(&[("shipped", &shipped), ("own", &own)], MEASURES).expect("right");
    assert_eq!(catalogue.get("office.x", day(2024)).map(|i| i.source.as_str()), Some("own"));
    let again = entry("a.x", "rows(gift)", "");
    let problems = Catalogue::load(&[("shipped", &shipped), ("own", &again)], MEASURES).expect_err("twice");
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].message.key, problems[0].source.as_str()), ("figures-indicator-twice", "own"));
}

#[test]
fn points_into_the_file() {
    let text = entry("a.x", "count(inspecton)", "");
    let problems = load(&text).expect_err("unknown");
    let p = &problems[0];
    assert_eq!((p.source.as_str(), p.indicator.as_deref()), ("a.toml", Some("a.x")));
    assert_eq!(&text[p.span.from..p.span.to], "inspecton");
    assert_eq!(p.position(&text), (5, 15));
    assert_eq!(p.caret(&text), "5 | expr = 'count(inspecton)'\n  |               ^^^^^^^^^");
    // With escapes the places do not match: the whole value is marked.
    let text = text.replace("'count(inspecton)'", r#""count(inspection where kind = \"x\")""#);
    let p = &load(&text).expect_err("unknown")[0];
    assert_eq!(&text[p.span.from..p.span.to], r#""count(inspection where kind = \"x\")""#);
}

#[test]
fn reports_every_problem_of_every_file() {
    let first = [
        entry("a.x", "count(inspecton)", "topik = \"other\""),
        entry("A", "count(gift", "format = \"euro\"\ntopic = \"studyconference\""),
    ]
    .concat();
    let second =
        "[[indicator]]\nid = \"c.x\"\nlabel = { vi = \"\", en = \"x\" }\nversion = 0\nfrom = 2024-13-01\n";
    let third = "[[indicator]]\nid = \"d.x\"\nversion = -1\nunit = \"lượt\"\nformat = 3\nexpr = 'count(gift)'\n\
                 label = { vi = \"x\" }\nfrom = 2024-01-02\nto = 2024-01-01\nreturns = \"contributon\"\n[other]\n";
    let files = [("1", first.as_str()), ("2", second), ("3", third)];
    let problems = Catalogue::load(&files, MEASURES).expect_err("wrong");
    let of = |file: &str| -> Vec<&str> {
        problems.iter().filter(|p| p.source == file).map(|p| p.message.key).collect()
    };
    assert_eq!(
        of("1"),
        [
            "figures-unknown-measure",
            "figures-unknown-field",
            "figures-id",
            "figures-expected-close",
            "figures-field-choice",
            "figures-field-choice",
        ]
    );
    assert_eq!(of("2"), ["figures-toml"]);
    let mut third = of("3");
    third.sort_unstable();
    assert_eq!(
        third,
        [
            "figures-field-backwards",
            "figures-field-choice",
            "figures-field-text",
            "figures-field-version",
            "figures-field-words",
            "figures-field-words",
            "figures-toml-top",
        ]
    );
    let second = second.replace("13", "12");
    assert_eq!(
        keys(&second),
        [
            "figures-field-missing",
            "figures-field-missing",
            "figures-field-missing",
            "figures-field-words",
            "figures-field-version"
        ]
    );
}

#[test]
fn circles_are_refused_and_named() {
    let text = [
        entry("a.x", "b.x + 1", ""),
        entry("b.x", "c.x", ""),
        entry("c.x", "a.x", ""),
        entry("d.x", "d.x * 2", ""),
    ]
    .concat();
    let problems = load(&text).expect_err("circles");
    let told: Vec<String> = problems.iter().map(|p| p.message.to_string()).collect();
    assert_eq!(told, ["figures-circle path=\"a.x → b.x → c.x → a.x\"", "figures-circle path=\"d.x → d.x\"",]);
}

#[test]
fn heights_are_limited_from_either_end() {
    let chain = |n: usize, up: bool| -> String {
        let id = |i: usize| format!("a.x{:02}", if up { i } else { 99 - i });
        let first = entry(&id(0), "count(gift)", "");
        (1..=n).fold(first, |text, i| text + &entry(&id(i), &id(i - 1), ""))
    };
    for up in [true, false] {
        assert!(load(&chain(6, up)).is_ok());
        assert!(keys(&chain(7, up)).contains(&"figures-refs-deep"));
        assert!(keys(&chain(60, up)).contains(&"figures-refs-deep"));
    }
}

#[test]
fn the_deepest_catalogue_fits_the_stack() {
    // The reference stands deepest in a chain of the greatest length, six times over.
    let mut text = entry("a.x0", "count(gift)", "");
    for i in 1..=6 {
        text += &entry(&format!("a.x{i}"), &format!("a.x{}{}", i - 1, " + 1".repeat(60)), "");
    }
    let catalogue = load(&text).expect("right");
    let plan = &catalogue.get("a.x6", day(2024)).expect("there").plan;
    assert_eq!(evaluate(plan, &mut |_| LeafValue::Known(1)), Value::Int(1 + 6 * 60));
    assert!(plan.may_group(&crate::GroupBy::Unit).is_ok());
}

#[test]
fn definitions_that_build_on_each_other_stay_quick() {
    // Each names the one below forty times: without care this is 40^6 steps.
    let mut text = entry("a.x0", "count(gift)", "");
    for i in 1..=6 {
        text += &entry(&format!("a.x{i}"), &vec![format!("a.x{}", i - 1); 40].join(" + "), "");
    }
    let catalogue = load(&text).expect("right");
    let plan = &catalogue.get("a.x6", day(2024)).expect("there").plan;
    let mut asked = 0;
    let value = evaluate(plan, &mut |_| {
        asked += 1;
        LeafValue::Known(1)
    });
    assert_eq!((value, asked), (Value::Int(40_i128.pow(6)), 1));
    assert_eq!((plan.leaves().len(), plan.references().len()), (1, 6));
}

#[test]
fn versions_follow_each_other() {
    let overlap = [
        entry("a.x", "count(gift)", "to = 2024-06-30"),
        entry("a.x", "rows(gift)", "version = 2\nfrom = 2024-06-30"),
    ];
    assert_eq!(keys(&overlap.concat()), ["figures-versions-overlap"]);
    let open =
        [entry("a.x", "count(gift)", ""), entry("a.x", "rows(gift)", "version = 2\nfrom = 2024-01-01")];
    assert_eq!(keys(&open.concat()), ["figures-versions-overlap"]);
    let same = [entry("a.x", "count(gift)", ""), entry("a.x", "rows(gift)", "")];
    assert_eq!(keys(&same.concat()), ["figures-indicator-twice"]);
}

#[test]
fn a_reference_needs_a_definition_on_every_day() {
    let late = [entry("a.x", "count(gift)", "from = 2024-01-01"), entry("b.x", "a.x", "")];
    assert_eq!(keys(&late.concat()), ["figures-not-always"]);
    let ended = [entry("a.x", "count(gift)", "to = 2023-12-31"), entry("b.x", "a.x", "")];
    assert_eq!(keys(&ended.concat()), ["figures-not-in-force"]);
    let fits = [entry("a.x", "count(gift)", "from = 2024-01-01"), entry("b.x", "a.x", "from = 2024-02-01")];
    assert!(load(&fits.concat()).is_ok());
}

#[test]
fn the_format_must_fit_what_is_counted() {
    for (expr, format, key) in [
        ("count(gift)", "percent", "figures-format-percent"),
        ("count(gift)", "money", "figures-format-money"),
        ("share(count(gift), count(member))", "count", "figures-format-share"),
    ] {
        assert_eq!(keys(&entry("a.x", expr, &format!("format = \"{format}\""))), [key]);
    }
    assert!(load(&entry("a.x", "sum(gift)", "format = \"money\"")).is_ok());
    assert!(load(&entry("a.x", "share(count(gift), count(member))", "format = \"percent\"")).is_ok());
}

#[test]
fn measures_themselves_are_checked() {
    const BAD: Measure = Measure {
        name: "where",
        dims: &[dim("unit", DimType::Word), dim("a", DimType::Choice(&[])), dim("a", DimType::Int)],
        ..EMPTY
    };
    let problems = Catalogue::load(&[], &[&BAD, &GIFT, &GIFT]).expect_err("bad");
    let keys: Vec<_> = problems.iter().map(|p| p.message.key).collect();
    for key in [
        "figures-measure-name",
        "figures-measure-dim-name",
        "figures-measure-choice-empty",
        "figures-measure-dim-twice",
        "figures-measure-twice",
    ] {
        assert!(keys.contains(&key), "{key}");
    }
    assert!(crate::check_measures(MEASURES).is_empty());
}

#[test]
fn too_much_is_refused() {
    assert_eq!(keys(&"#".repeat(1_000_001)), ["figures-file-large"]);
    let many: String = (0..70)
        .map(|i| entry(&format!("a.x{i}"), "count(gift)", &format!("from = {}-01-01", 1950 + i)))
        .collect();
    assert_eq!(keys(&many), ["figures-too-many-changes"]);
    assert_eq!(TOPICS.len(), 17);
}
