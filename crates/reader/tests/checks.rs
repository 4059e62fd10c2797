//! What the checks find in the seed reports: the slips that people found there, and nothing else.

use reader::{Check, check};
use std::path::Path;

#[test]
fn the_slips_of_the_seeds_are_found() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    assert!(
        dir.join("seed0.txt").exists(),
        "the seed reports are missing: they belong in ../shared/seeds, beside the workspace root"
    );
    let want: [&[Check]; 5] =
        [&[Check::Directive], &[], &[], &[], &[Check::Implied, Check::Name, Check::Section]];
    for (n, want) in want.iter().enumerate() {
        let text = std::fs::read_to_string(dir.join(format!("seed{n}.txt"))).expect("a seed");
        let found = check(&text);
        let kinds: Vec<Check> = found.iter().map(|f| f.kind).collect();
        assert_eq!(&kinds, want, "seed{n}: {found:#?}");
        for p in found.iter().flat_map(|f| &f.places) {
            assert_eq!(&text[p.bytes.clone()], p.quote);
        }
    }
}

#[test]
fn every_message_stands_in_both_languages() {
    let keys = |ftl: &str| -> Vec<String> {
        ftl.lines().filter_map(|l| l.split_once(" = ")).map(|(k, _)| k.to_owned()).collect()
    };
    let (vi, en) = reader::MESSAGES;
    assert_eq!(keys(vi), keys(en));
    for text in ["Có 45/50 đảng viên (95%).", "ngày 31/02/2023 họp", "giai đoạn 2025 - 2021"] {
        for f in check(text) {
            assert!(keys(vi).iter().any(|k| k == f.message.key), "{}", f.message);
        }
    }
}
