//! How well claims are told apart: the labelled claims of the seed reports, and sentences of our own.
//! `cargo test -p records matching -- --nocapture` prints what is not right, except of the sentences kept aside.

use super::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

fn seeds() -> PathBuf {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    assert!(
        dir.join("seed0.txt").is_file(),
        "the seed reports are missing: they belong in ../shared/seeds, beside the workspace root"
    );
    dir
}

/// Whether what was found is among the labels.
fn right(label: &str, found: Option<&Match>) -> bool {
    label.split('/').any(|l| found.map_or(l == "-", |m| m.indicator == l))
}

/// The labels of the seed claims by text and place.
fn labels() -> HashMap<(usize, usize), &'static str> {
    let lines = include_str!("cases/seeds.tsv").lines().filter(|l| !l.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.split('\t');
            let mut number = || parts.next().unwrap().parse::<usize>().unwrap();
            ((number(), number()), parts.next().unwrap())
        })
        .collect()
}

#[test]
fn every_rule_names_an_indicator_of_the_catalogue_that_can_be_stated() {
    let rules = Rules::parse(include_str!("matching.toml")).unwrap();
    assert!(rules.rule.len() > 150, "{}", rules.rule.len());
    let Ok(book) = crate::figure::catalogue::load(&[], domain::parse_day("15/03/2024").unwrap()) else {
        panic!("the shipped catalogue")
    };
    let day = domain::parse_day("15/03/2024").unwrap();
    for rule in &rules.rule {
        let Some(indicator) = book.catalogue.get(&rule.indicator, day) else { panic!("{}", rule.indicator) };
        for topic in &rule.topic {
            assert!(figures::TOPICS.contains(&topic.as_str()), "{}: {topic}", rule.indicator);
        }
        assert_eq!(rule.share, indicator.format == figures::Format::Percent || rule.indicator == "savings.target", "{}", rule.indicator);
        for (facet, value) in &rule.is {
            let facet = rules.facet.iter().find(|f| f.name == *facet).unwrap();
            assert!(facet.values.iter().any(|v| v.code == *value), "{}: {value}", rule.indicator);
        }
    }
}

#[test]
fn the_seed_claims_state_the_indicators_that_a_person_would_name() {
    let (mut all, mut as_labelled, mut as_read) = (0, 0, 0);
    let labels = labels();
    for n in 0..5 {
        let text = std::fs::read_to_string(seeds().join(format!("seed{n}.txt"))).unwrap();
        let claims = std::fs::read_to_string(seeds().join(format!("claims/seed{n}.jsonl"))).unwrap();
        let read = reader::claims(&text);
        let matches = of_claims(&text, &read);
        for line in claims.lines() {
            let claim: serde_json::Value = serde_json::from_str(line).unwrap();
            let start = usize::try_from(claim["start"].as_u64().unwrap()).unwrap();
            let label = labels[&(n, start)];
            let quote = claim["quote"].as_str().unwrap();
            let subject = format!("{}: ", claim["subject"].as_str().unwrap());
            let said = Said {
                topic: claim["topic"].as_str().unwrap(),
                unit: claim["unit"].as_str().unwrap(),
                quote,
                before: &subject,
                ..Said::default()
            };
            let found = best(&said);
            all += 1;
            if right(label, found.as_ref()) {
                as_labelled += 1;
            } else {
                println!("labels {n}:{start} {quote:?}: {label}, found {found:?}");
            }
            let end = start + quote.chars().count();
            let here = read.iter().position(|c| c.start < end && c.start + c.quote.chars().count() > start);
            let found = here.and_then(|i| matches[i].as_ref());
            if right(label, found) {
                as_read += 1;
            } else {
                println!("text {n}:{start} {quote:?}: {label}, found {found:?}");
            }
        }
    }
    println!("of {all}: {as_labelled} by label and subject, {as_read} read from the text");
    assert_eq!(all, labels.len());
    assert!(as_read * 100 >= all * 90, "{as_read} of {all} read from the text");
    assert!(as_labelled * 100 >= all * 90, "{as_labelled} of {all} by label and subject");
}

/// Right and all of some sentences of our own; what is wrong is printed when it may be looked at.
fn own(cases: &str, look: bool) -> (usize, usize) {
    let (mut right_ones, mut all) = (0, 0);
    for line in cases.lines().filter(|l| !l.starts_with('#')) {
        let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), line);
        while let Some((before, more)) = rest.split_once('{') {
            let (mark, behind) = more.split_once('}').unwrap();
            let (quote, label) = mark.split_once('|').unwrap();
            text.push_str(before);
            let start = text.len();
            text.push_str(quote);
            marks.push((start..text.len(), quote, label));
            rest = behind;
        }
        text.push_str(rest);
        let claims = reader::claims(&text);
        let matches = of_claims(&text, &claims);
        for (place, quote, label) in marks {
            let here = claims.iter().position(|c| c.bytes.start < place.end && c.bytes.end > place.start);
            let found = here.and_then(|i| matches[i].as_ref());
            all += 1;
            if right(label, found) {
                right_ones += 1;
            } else if look {
                let topic = here.map(|i| claims[i].topic.name());
                println!("{quote:?} ({topic:?}): {label}, found {found:?}");
            }
        }
    }
    (right_ones, all)
}

#[test]
fn sentences_of_our_own_state_what_they_say() {
    let (right, all) = own(include_str!("cases/own.txt"), true);
    println!("own: {right} of {all}");
    assert!(all >= 60);
    assert!(right * 100 >= all * 90, "{right} of {all}");
}

#[test]
fn sentences_kept_aside_state_what_they_say() {
    let (right, all) = own(include_str!("cases/kept.txt"), false);
    println!("kept aside: {right} of {all}");
    assert!(all >= 30);
    assert!(right * 100 >= all * 80, "{right} of {all}");
}

#[test]
fn what_fits_nothing_is_left_alone() {
    for (topic, unit, quote) in
        [("other", "tấn", "12 tấn"), ("", "", ""), ("welfare_money", "đồng", "5 đồng"), ("inspection", "%", "5%")]
    {
        assert_eq!(best(&Said { topic, unit, quote, ..Said::default() }), None, "{quote}");
    }
}

#[test]
fn the_clause_decides_who_acted() {
    let before = "Ban Thường vụ kiểm tra 05 tổ chức đảng; Ủy ban Kiểm tra Đảng ủy giám sát ";
    let said = Said { topic: "supervision", unit: "đảng viên", quote: "04 đảng viên", before, ..Said::default() };
    assert_eq!(best(&said).unwrap().indicator, "supervision.commission.persons");
}
