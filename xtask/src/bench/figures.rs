//! `bench figures`: every figure of the block's three-year report, from SQLite.

use super::demo::Demo;
use super::process::{self, median, numbers};
use super::table::{Row, Table};
use super::{example, peer};
use std::collections::HashMap;
use std::process::Command;

/// So often each side; the middle one counts.
const ROUNDS: &str = "10";
/// How many of the slowest figures are told.
const SLOWEST: usize = 8;

/// Runs it.
pub fn run() -> Result<Table, String> {
    let demo = Demo::ready()?;
    let ours = example("records", "bench_block")?;
    let peer = process::run(peer::program("figures.py")?.arg(&demo.database).arg(ROUNDS))?.printed;
    let some: Vec<&str> = values(&peer).map(|(id, _)| id).collect();
    let mut command = Command::new(&ours);
    command.arg("figures").arg(&demo.database).arg(ROUNDS).args(&some);
    let ours = process::run(&mut command)?.printed;
    same_values(&ours, &peer)?;

    println!("The slowest, best of {ROUNDS} rounds (ms):");
    for line in ours.lines().filter_map(|l| l.strip_prefix("one ")).take(SLOWEST) {
        println!("  {line}");
    }
    println!();
    let of = |printed: &str, key: &str| median(numbers(printed, key));
    let row = |what: &str, ours: f64, peer: Option<f64>, target: Option<f64>| Row {
        what: what.to_owned(),
        unit: "ms",
        ours,
        peer,
        target,
    };
    Ok(Table {
        about: format!(
            "The report of the demonstration's block, 2021–2023, dated 15/03/2024: the {} figures that its \
             template asks for (value, origin, coverage, statements, conflicts), the database's cache warm, \
             middle of {ROUNDS}. The peer answers {} of them the way a script does: Python's sqlite3 reads each \
             table whole and counts in a loop, with the tree of the day; it knows no coverage and no \
             statements. Its values are compared with ours.",
            of(&ours, "asked"),
            some.len()
        ),
        peer: "Python, sqlite3",
        rows: vec![
            row("all figures", of(&ours, "figures"), None, Some(200.0)),
            row("all figures, on a processor", of(&ours, "figures_cpu"), None, None),
            row("all figures, the first time", of(&ours, "first"), None, None),
            row("figures, lists and words of the report", of(&ours, "make"), None, None),
            row(
                "the peer's figures alone, on a processor",
                of(&ours, "some_cpu"),
                Some(of(&peer, "some_cpu")),
                None,
            ),
        ],
    })
}

/// The lines `value INDICATOR NUMBER`.
fn values(printed: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = printed.lines().filter_map(|l| l.strip_prefix("value "));
    lines.filter_map(|l| {
        let mut words = l.split(' ');
        Some((words.next()?, words.next()?))
    })
}

/// Whether both sides give the same numbers; a difference is no benchmark.
fn same_values(ours: &str, peer: &str) -> Result<(), String> {
    let own: HashMap<&str, &str> = values(ours).collect();
    if values(peer).next().is_none() {
        return Err("the peer answered nothing".to_owned());
    }
    for (id, theirs) in values(peer) {
        if own.get(id) != Some(&theirs) {
            return Err(format!("{id}: ours {:?}, the peer's {theirs}", own.get(id)));
        }
    }
    Ok(())
}
