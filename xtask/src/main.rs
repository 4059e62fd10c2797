//! What the people who build Nền Nếp run: `cargo xtask test`, `cargo xtask bench NAME`.
//!
//! `test` needs nothing but Rust and a C compiler: what is missing (PostgreSQL, Chromium,
//! LibreOffice, two packages of npm) is installed, see [`tools`].

mod bench;
mod fuzz;
mod postgres;
#[cfg(test)]
mod tidy;
mod tools;

use std::process::{Command, ExitCode};

const USAGE: &str = "\
cargo xtask test [FILTER…]   every test, with a private PostgreSQL, Chromium and LibreOffice
cargo xtask check            formatting and lints, as CI asks
cargo xtask postgres         a private PostgreSQL until Ctrl-C, for an inner loop of one's own
cargo xtask bench NAME       a benchmark beside its peer: report, workbook, figures, pages, paint, read, load
cargo xtask pictures         takes the pictures of the tours in the help again
cargo xtask fuzz [NAME] [--seconds N]   fuzzers, each two minutes (needs nightly and cargo-fuzz)";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let done = match args.next().as_deref() {
        Some("test") => test(&args.collect::<Vec<_>>()),
        Some("check") => check(),
        Some("postgres") => postgres::Server::start().and_then(|server| {
            println!("{}={}", postgres::VARIABLE, server.address());
            server.wait()
        }),
        Some("pictures") => pictures(),
        Some("fuzz") => fuzz::run(&args.collect::<Vec<_>>()),
        Some("bench") => bench::run(&args.next().unwrap_or_default()),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn test(filter: &[String]) -> Result<(), String> {
    tools::install()?;
    let server = postgres::Server::start()?;
    let nextest =
        Command::new("cargo").args(["nextest", "--version"]).output().is_ok_and(|o| o.status.success());
    let mut cargo = Command::new("cargo");
    // nextest runs tests of all crates side by side; plain `cargo test` does as well, slower.
    if nextest {
        cargo.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        cargo.args(["test", "--workspace", "--no-fail-fast"]);
    }
    cargo.args(["--features", "store/testing"]).args(filter);
    cargo.env(postgres::VARIABLE, server.address()).env(tools::VARIABLE, tools::folder());
    run(&mut cargo)
}

/// The pictures of the tours, from the site as it is now; a second build puts them into the program.
fn pictures() -> Result<(), String> {
    tools::install()?;
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "-p", "nenep", "--test", "browser", "--", "--exact", "the_tours"]);
    run(cargo.env("NENEP_PICTURES", "1").env(tools::VARIABLE, tools::folder()))
}

fn check() -> Result<(), String> {
    run(Command::new("cargo").args(["fmt", "--all", "--check"]))?;
    run(Command::new("cargo").args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "store/testing",
        "--",
        "-D",
        "warnings",
    ]))
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| format!("{command:?}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}
