//! `bench workbook`: 100,000 rows of 12 columns, written and read again with every check.

use super::process::{self, median};
use super::table::{Row, Table};
use super::{example, folder, peer};
use std::process::Command;

/// Each side in turn so many times; the middle one counts.
const ROUNDS: usize = 3;

/// Runs it.
pub fn run() -> Result<Table, String> {
    let ours = example("exchange", "big_sheet")?;
    let folder = folder("workbook")?;
    let file = |side: &str| folder.join(format!("{side}.xlsx"));
    // Write, read: ours, the peer's; processor seconds.
    let mut took: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (at, verb) in ["write", "read"].into_iter().enumerate() {
            took[at].push(process::run(Command::new(&ours).arg(verb).arg(file("ours")))?.cpu);
            // The peer reads our file: the same bytes on both sides.
            let path = if verb == "write" { file("peer") } else { file("ours") };
            took[at + 2].push(process::run(peer::program("sheet.py")?.arg(verb).arg(path))?.cpu);
        }
    }
    let [write, read, peer_write, peer_read] = took.map(median);
    let size = |path| std::fs::metadata(path).map_or(0.0, |m| m.len() as f64 / 1e6);
    let (our_size, peer_size) = (size(file("ours")), size(file("peer")));
    Ok(Table {
        about: format!(
            "100,000 rows × 12 columns, processor seconds of whole processes, middle of {ROUNDS}. \
             openpyxl {} in its fastest modes (write_only, read_only); it reads cells as they are, we also \
             check every one (type, limits, choice, key) and write headings, notes and drop-down lists.",
            peer::version("openpyxl")?
        ),
        peer: "openpyxl",
        rows: vec![
            Row {
                what: "read".to_owned(),
                unit: "CPU s",
                ours: read,
                peer: Some(peer_read),
                target: Some(5.0),
            },
            Row {
                what: "write".to_owned(),
                unit: "CPU s",
                ours: write,
                peer: Some(peer_write),
                target: Some(3.0),
            },
            Row { what: "file".to_owned(), unit: "MB", ours: our_size, peer: Some(peer_size), target: None },
        ],
    })
}
