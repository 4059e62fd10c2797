//! `nenep check bao-cao.docx`: an edited copy against what was issued and what is true now.

use super::figure::report_day;
use crate::fail::Fail;
use crate::program::Program;
use document::edited;
use domain::{Action, Message};
use records::report::check;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Tệp Word cần kiểm tra
    pub file: PathBuf,
}

/// Runs it. Code 3 when there is something to look at.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let bytes = std::fs::read(&args.file).map_err(Fail::file(&args.file))?;
    let file = edited::read(&bytes)?;
    let mut now = check::Current::new();
    if file.listed {
        let db = program.open().await?;
        let actor = program.actor(&db).await?;
        let mut tx = db.read().await?;
        let day = report_day(program, Some(&file.about.date)).unwrap_or_else(|_| program.clock.today());
        program.unit(&mut tx, &actor, Action::Report, &file.about.unit, day).await?;
        let book = program.book(day)?;
        now = check::current(&mut tx, &book, &file).await?;
    }
    let checked = check::check(&file, &now);
    for finding in &checked.findings {
        let place =
            finding.place.as_ref().map(|p| format!("{}: ", program.tr(&p.message()))).unwrap_or_default();
        println!("{place}{}", program.tr(&finding.message));
        if !finding.context.is_empty() {
            println!("    {}", finding.context);
        }
    }
    let done = Message::new("nenep-checked")
        .with("figures", checked.figures)
        .with("findings", checked.findings.len());
    println!("{}", program.tr(&done));
    Ok(if checked.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}
