//! Benchmarks: our side and a peer's in one run, as a table and one last line.
//!
//! Both sides do the same work on the same machine, one after the other, so the ratio says
//! something even where the milliseconds do not (two shared cores). Nothing here is run by tests:
//! a timed test fails for other people's reasons. What was measured stands in docs/benchmarks.md.

mod demo;
mod figures;
mod http;
mod load;
mod pages;
mod paint;
mod peer;
mod process;
mod read;
mod report;
mod table;
mod workbook;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs a benchmark by its name.
pub fn run(name: &str) -> Result<(), String> {
    let table = match name {
        "report" => report::run()?,
        "workbook" => workbook::run()?,
        "figures" => figures::run()?,
        "pages" => pages::run()?,
        "paint" => paint::run()?,
        "read" => read::run()?,
        "load" => load::run()?,
        _ => {
            return Err(
                "cargo xtask bench NAME: report, workbook, figures, pages, paint, read or load".to_owned()
            );
        }
    };
    table.print(name);
    Ok(())
}

/// The workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where what is built goes; everything a benchmark makes stands under it too.
fn target() -> PathBuf {
    let own = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(own.unwrap_or_else(|| PathBuf::from("target")))
}

/// A folder of a benchmark's own, empty.
fn folder(name: &str) -> Result<PathBuf, String> {
    let folder = target().join("bench").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(folder)
}

/// Builds an example of a crate as it would be shipped; where the program stands.
fn example(package: &str, name: &str) -> Result<PathBuf, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--quiet", "-p", package, "--example", name]);
    crate::run(cargo.current_dir(root()))?;
    Ok(target().join("release/examples").join(name))
}
