//! The house stays clear: what reviewers would otherwise have to remember.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("crates"), root().join("xtask")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).expect("inside").to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    assert!(found.len() > 50, "the walk found too little to be true");
    found
}

#[test]
fn no_file_is_longer_than_800_lines() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > 800)
        .collect();
    assert!(long.is_empty(), "what are their two subjects? {long:?}");
}

#[test]
fn nobody_makes_a_drawer_for_everything() {
    let drawers: Vec<_> = sources()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| {
            name.split('/').any(|part| {
                matches!(
                    part.trim_end_matches(".rs"),
                    "utils" | "util" | "common" | "helpers" | "helper" | "misc"
                )
            })
        })
        .collect();
    assert!(drawers.is_empty(), "name it after its subject: {drawers:?}");
}

#[test]
fn a_driver_is_named_only_in_store_and_axum_only_where_pages_are() {
    let own = file!();
    for (name, text) in sources() {
        if own.ends_with(&name) || name.ends_with(own) {
            continue;
        }
        let uses = |word: &str| text.contains(&format!("{word}::"));
        assert!(!uses("sqlx") || name.starts_with("crates/store/"), "{name} names the driver");
        let pages = ["crates/shell/", "crates/records/", "crates/nenep/"];
        assert!(!uses("axum") || pages.iter().any(|p| name.starts_with(p)), "{name} names axum");
    }
}

#[test]
fn arrows_point_down() {
    let below: [(&str, &[&str]); 8] = [
        ("domain", &[]),
        ("store", &["domain"]),
        ("figures", &["domain"]),
        ("document", &["domain"]),
        ("reader", &["domain"]),
        ("exchange", &["domain"]),
        ("shell", &["domain", "store"]),
        ("records", &["domain", "store", "shell", "figures", "document", "reader", "exchange"]),
    ];
    let ours: Vec<&str> = below.iter().map(|(name, _)| *name).chain(["nenep"]).collect();
    for (name, allowed) in below {
        let manifest =
            fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).expect("a manifest");
        let main = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for line in main.lines() {
            let word = line.split(['.', ' ', '=']).next().unwrap_or_default();
            let wrong = ours.contains(&word) && !allowed.contains(&word);
            assert!(!wrong, "{name} depends on {word}");
        }
    }
}

#[test]
fn a_feature_uses_only_features_listed_before_it() {
    let list = fs::read_to_string(root().join("crates/records/src/lib.rs")).expect("records");
    let list = list.split("features! {").nth(1).expect("the list").split('}').next().expect("its end");
    let features: Vec<&str> = list
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with("///") && !l.starts_with("//"))
        .map(|l| l.trim_end_matches(','))
        .collect();
    assert!(features.len() > 15, "{features:?}");
    for (name, text) in sources() {
        let Some(rest) = name.strip_prefix("crates/records/src/") else { continue };
        let Some((feature, file)) = rest.split_once('/') else { continue };
        // Tests may build on anything; the product may not.
        if file.contains("test") || file.contains("fixture") {
            continue;
        }
        let Some(own) = features.iter().position(|f| *f == feature) else { continue };
        for (at, other) in features.iter().enumerate() {
            let uses =
                text.contains(&format!("crate::{other}::")) || text.contains(&format!("crate::{other};"));
            assert!(!uses || at <= own, "{name} uses {other}, which is listed after {feature}");
        }
    }
}

#[test]
fn nothing_names_a_machine_or_a_registry_host() {
    let words =
        [concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/tm", "p/"), concat!("art", "ifactory")];
    for (name, text) in sources() {
        for word in words {
            assert!(!text.contains(word), "{name} names {word}");
        }
    }
}
