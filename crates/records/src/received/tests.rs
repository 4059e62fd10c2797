//! The rules of deciding and of marking, without a database.

use super::deciding::certain;
use super::marked::{self, Slice};
use super::*;
use domain::parse_day;
use std::collections::HashSet;

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn report() -> Report {
    Report {
        id: "r".into(),
        code: "BC-1".into(),
        unit: "CB01".into(),
        title: "Báo cáo".into(),
        file_name: "bao-cao.txt".into(),
        hash: "h".into(),
        period: Period::year(2024),
        request: None,
        day: day("10/01/2025"),
    }
}

fn claim(n: i64, start: i64, quote: &str, value: i64) -> Claim {
    Claim {
        id: n.to_string(),
        n,
        start,
        quote: quote.into(),
        value,
        comparator: "exact".into(),
        noun: "mô hình".into(),
        topic: "model_practice".into(),
        period: None,
        part_of: None,
        plain: true,
        indicator: Some("practices.registered".into()),
        score: 90,
        decision: Decision::Pending,
        stated: None,
    }
}

#[test]
fn only_what_is_plain_exact_and_past_is_certain() {
    let (today, sound) = (day("01/06/2025"), claim(0, 0, "3 mô hình", 300));
    assert!(sound.is_certain(&report(), today));
    for (why, wrong) in [
        ("not plain", Claim { plain: false, ..sound.clone() }),
        ("a weak match", Claim { score: CERTAIN - 1, ..sound.clone() }),
        ("no indicator", Claim { indicator: None, ..sound.clone() }),
        ("about", Claim { comparator: "approx".into(), ..sound.clone() }),
        ("the future", Claim { period: Some("2026".into()), ..sound.clone() }),
        ("no period", Claim { period: Some("nhiệm kỳ".into()), ..sound.clone() }),
    ] {
        assert!(!wrong.is_certain(&report(), today), "{why}");
    }
}

#[test]
fn what_is_doubted_or_said_twice_with_two_numbers_is_not_accepted_at_once() {
    let today = day("01/06/2025");
    let one = [claim(0, 0, "3 mô hình", 300), claim(1, 20, "3 mô hình", 300)];
    assert_eq!(certain(&report(), &one, &HashSet::new(), today), HashSet::from([0, 1]), "twice the same");
    assert_eq!(certain(&report(), &one, &HashSet::from([1]), today), HashSet::from([0]), "doubted");
    let two = [claim(0, 0, "3 mô hình", 300), claim(1, 20, "4 mô hình", 400)];
    assert!(certain(&report(), &two, &HashSet::new(), today).is_empty());
    let decided = [Claim { decision: Decision::Refused, ..claim(0, 0, "3 mô hình", 300) }];
    assert!(certain(&report(), &decided, &HashSet::new(), today).is_empty());
}

#[test]
fn one_event_among_dated_ones_is_not_the_periods_figure() {
    let dated = Claim { period: Some("2024".into()), ..claim(1, 20, "132 điểm cầu", 13_200) };
    let claims = [claim(0, 0, "102 điểm cầu", 10_200), dated];
    assert_eq!(super::deciding::loose(&claims), HashSet::from([0]));
    assert!(super::deciding::loose(&claims[..1]).is_empty());
}

#[test]
fn the_period_is_the_texts_own_else_the_reports() {
    let said = |period: &str| Claim { period: Some(period.into()), ..claim(0, 0, "3", 300) };
    assert_eq!(claim(0, 0, "3", 300).period_in(&report()), Some(Period::year(2024)));
    assert_eq!(said("2021-2023").period_in(&report()), Some(Period::years(2021, 2023)));
    let until_now = said("2021-nay").period_in(&report()).unwrap();
    assert_eq!((until_now.from(), until_now.to()), (day("01/01/2021"), day("31/12/2024")));
    assert_eq!(said("2030-nay").period_in(&report()), None, "it would run backwards");
}

#[test]
fn marks_keep_the_text_and_escape_it() {
    let text = "Có <b> 3 mô hình & 7% - 10% hộ.";
    let at = |quote: &str| i64::try_from(text[..text.find(quote).unwrap()].chars().count()).unwrap();
    let range = "7% - 10%";
    let claims = [
        claim(0, at("3 mô"), "3 mô hình", 300),
        claim(1, at(range), range, 700),
        claim(2, at(range), range, 1000),
        claim(3, 999, "ngoài", 1),
    ];
    let places = marked::places(text, &claims);
    assert_eq!(&text[places[0].clone()], "3 mô hình");
    assert!(places[3].is_empty(), "a quote that is not there is marked nowhere");
    let html = marked::html(&Slice { text, bytes: 0..text.len() }, &claims, &places, &[]).to_string();
    assert!(html.contains("&#60;b&#62;") || html.contains("&lt;b&gt;"), "{html}");
    assert!(html.contains("<mark id=\"c1\" class=\"pending\">3 mô hình<a"), "{html}");
    assert_eq!(html.matches("<mark").count(), 2, "two claims of one quote share the mark");
    assert!(html.contains("<span id=\"c3\">"), "{html}");
    let plain = scraper::Html::parse_fragment(&html);
    let words: String = plain.root_element().text().collect();
    assert_eq!(words.replace(|c: char| c.is_ascii_digit(), ""), text.replace(|c: char| c.is_ascii_digit(), ""));
}
