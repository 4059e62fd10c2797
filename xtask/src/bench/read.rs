//! `bench read`: received reports to claims, beside what people use to get at their text.

use super::process::{self, median, numbers};
use super::table::{Row, Table};
use super::{example, folder, peer, root};
use std::process::Command;

/// So often each; the middle one counts.
const ROUNDS: &str = "7";
/// So often `pdftotext`, a process of its own each time.
const PROCESSES: usize = 10;

/// Runs it.
pub fn run() -> Result<Table, String> {
    let ours = example("reader", "bench_read")?;
    let folder = folder("read")?;
    let file = |name: &str| folder.join(name);
    let mut prepare = peer::program("read.py")?;
    process::run(prepare.arg("prepare").arg(root().join("crates/reader/cases")).arg(&folder))?;
    let mut soffice = Command::new("soffice");
    soffice.arg(format!("-env:UserInstallation=file://{}", file("profile").display()));
    soffice.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(&folder);
    process::run(soffice.arg(file("report.docx")))?;
    if !file("report.pdf").exists() {
        return Err("LibreOffice made no PDF".to_owned());
    }

    let mut command = Command::new(&ours);
    command.arg(file("text.txt")).args([file("report.docx"), file("report.pdf"), file("hundred")]);
    let ours = process::run(command.arg(ROUNDS))?.printed;
    let theirs = process::run(peer::program("read.py")?.arg("measure").arg(&folder).arg(ROUNDS))?.printed;
    let mut pdf = Vec::new();
    for _ in 0..PROCESSES {
        let mut pdftotext = Command::new("pdftotext");
        pdf.push(process::run(pdftotext.arg("-layout").arg(file("report.pdf")).arg("-"))?.cpu * 1e3);
    }
    let pages = process::run(Command::new("pdfinfo").arg(file("report.pdf")))?.printed;
    let pages = pages.lines().find_map(|l| l.strip_prefix("Pages:")).unwrap_or("?").trim().to_owned();

    let of = |printed: &str, key: &str| median(numbers(printed, key));
    let megabytes = of(&ours, "megabytes");
    let row = |what: &str, ours: f64, peer: Option<f64>, target: Option<f64>| Row {
        what: what.to_owned(),
        unit: "ms",
        ours,
        peer,
        target,
    };
    let text = of(&ours, "text") / megabytes;
    let whole: f64 = pdf.iter().sum::<f64>() / pdf.len() as f64;
    Ok(Table {
        about: format!(
            "On a processor, one thread, middle of {ROUNDS}. Text: {megabytes:.1} MB of our labelled \
             reports repeated, {:.1} MB/s, {} claims; the peer finds a number and three words behind it with one \
             regular expression (Python's re, {} of them), and knows neither unit nor topic nor period. DOCX: \
             {pages} pages, {} claims; the peer is python-docx {} and the same scan, in a warm process. PDF: the \
             same report through LibreOffice; the peer is pdftotext -layout, its start included. Target of the \
             text: 20 MB/s, which is 50 ms for a megabyte.",
            1e3 / text,
            of(&ours, "text_claims"),
            of(&theirs, "text_found"),
            of(&ours, "docx_claims"),
            peer::version("python-docx")?
        ),
        peer: "regular expression, python-docx, pdftotext",
        rows: vec![
            row("a megabyte of text to claims", text, Some(of(&theirs, "text") / megabytes), Some(50.0)),
            row("DOCX to text", of(&ours, "docx_text"), Some(of(&theirs, "docx_text")), None),
            row("DOCX to claims", of(&ours, "docx"), Some(of(&theirs, "docx")), Some(5.0)),
            row("DOCX to claims, wall", of(&ours, "docx_wall"), None, None),
            row("a hundred DOCX to claims", of(&ours, "hundred"), Some(of(&theirs, "hundred")), Some(1000.0)),
            row("PDF to text", of(&ours, "pdf_text"), Some(whole), None),
            row("PDF to claims", of(&ours, "pdf"), None, None),
        ],
    })
}
