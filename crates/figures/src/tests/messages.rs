//! Both message files hold the same keys with the same values, and those the sources use.

use crate::MESSAGES;
use std::collections::{BTreeMap, BTreeSet};

const SOURCES: &[&str] = &[
    include_str!("../catalogue.rs"),
    include_str!("../catalogue/entry.rs"),
    include_str!("../check.rs"),
    include_str!("../eval.rs"),
    include_str!("../group.rs"),
    include_str!("../lex.rs"),
    include_str!("../parse.rs"),
    include_str!("../print.rs"),
    include_str!("../problem.rs"),
];

/// Each key with the names of the values it takes.
fn texts(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        if let Some((key, _)) = line.split_once(" = ").filter(|_| line.starts_with("figures-")) {
            current = key.to_owned();
            assert!(!texts.contains_key(key), "{key} twice");
        } else {
            assert!(line.starts_with(' '), "stray line {line:?}");
        }
        let names = line.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next());
        texts.entry(current.clone()).or_default().extend(names.map(str::to_owned));
    }
    texts
}

#[test]
fn both_languages_say_the_same() {
    let (vi, en) = (texts(MESSAGES.0), texts(MESSAGES.1));
    assert_eq!(vi, en);
    assert!(vi.len() > 70);
}

#[test]
fn every_key_is_used_and_there() {
    let known = texts(MESSAGES.0);
    let used: BTreeSet<String> = SOURCES
        .iter()
        .flat_map(|s| s.split('"'))
        .filter(|s| s.starts_with("figures-"))
        .map(str::to_owned)
        .collect();
    let there: BTreeSet<String> = known.keys().cloned().collect();
    assert_eq!(used, there);
}
