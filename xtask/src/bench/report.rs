//! `bench report`: the block's three-year report, its answers in hand, to Word and to PDF.

use super::demo::Demo;
use super::process::{self, median, numbers};
use super::table::{Row, Table};
use super::{example, folder, peer};
use std::process::Command;

/// So often our side and docxtpl; the middle one counts.
const ROUNDS: &str = "20";
/// So often LibreOffice.
const CONVERSIONS: usize = 5;

/// Runs it.
pub fn run() -> Result<Table, String> {
    let demo = Demo::ready()?;
    let ours = example("records", "bench_block")?;
    let folder = folder("report")?;
    let file = |name: &str| folder.join(name);
    let mut command = Command::new(&ours);
    let ours = process::run(command.arg("report").arg(&demo.database).arg(ROUNDS).arg(&folder))?.printed;

    let mut prepare = peer::program("report.py")?;
    prepare.arg("prepare").args([file("report.docx"), file("template.docx"), file("values.json")]);
    let prepared = process::run(&mut prepare)?.printed;
    let mut fill = peer::program("report.py")?;
    fill.arg("fill").args([file("template.docx"), file("values.json"), file("peer.docx")]).arg(ROUNDS);
    let docxtpl = process::run(&mut fill)?.printed;

    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..=CONVERSIONS {
        let mut soffice = Command::new("soffice");
        // A profile of its own: neither the user's settings nor a window that is open get in the way.
        soffice.arg(format!("-env:UserInstallation=file://{}", file("profile").display()));
        soffice.args(["--headless", "--convert-to", "pdf", "--outdir"]);
        let took = process::run(soffice.arg(file("office")).arg(file("report.docx")))?;
        wall.push(took.wall * 1e3);
        cpu.push(took.cpu * 1e3);
    }
    if !file("office/report.pdf").exists() {
        return Err("LibreOffice made no PDF".to_owned());
    }
    // The first conversion makes the profile.
    let (wall, cpu) = (median(wall.split_off(1)), median(cpu.split_off(1)));

    let of = |printed: &str, key: &str| median(numbers(printed, key));
    let row = |what: &str, key: &str, peer: Option<f64>, target: Option<f64>| Row {
        what: what.to_owned(),
        unit: "ms",
        ours: of(&ours, key),
        peer,
        target,
    };
    Ok(Table {
        about: format!(
            "The report of the demonstration's block, 2021–2023, template and answers in hand: filled and written \
             ({} figures, DOCX {} kB, PDF {} kB), middle of {ROUNDS}. DOCX against docxtpl {} (a template of \
             the same document loaded, rendered and saved in one warm process); PDF against LibreOffice \
             converting our DOCX (its start included, middle of {CONVERSIONS}).",
            of(&prepared, "figures"),
            of(&ours, "docx_kb"),
            of(&ours, "pdf_kb"),
            peer::version("docxtpl")?
        ),
        peer: "docxtpl, LibreOffice",
        rows: vec![
            row("DOCX", "docx", Some(of(&docxtpl, "docx")), Some(20.0)),
            row("DOCX, on a processor", "docx_cpu", Some(of(&docxtpl, "docx_cpu")), None),
            row("PDF", "pdf", Some(wall), Some(300.0)),
            row("PDF, on a processor", "pdf_cpu", Some(cpu), None),
            row("PDF, the first of a program", "first_pdf", None, None),
        ],
    })
}
