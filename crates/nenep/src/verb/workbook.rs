//! `nenep workbook --out so-lieu.xlsx`: a workbook for clerks to fill in.

use super::export::{Chosen, write};
use crate::fail::Fail;
use crate::program::Program;
use domain::Period;
use exchange::WriteOptions;
use records::transfer;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub chosen: Chosen,
    /// Không điền sẵn gì
    #[arg(long)]
    pub empty: bool,
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut tx = db.read().await?;
    let (selection, unit) = args.chosen.selection(program, &mut tx, &actor).await?;
    let sheets = transfer::workbook(&mut tx, &actor, program.clock.today(), &selection, args.empty).await?;
    let mut options = WriteOptions::for_clerks(program.text("transfer-title"));
    options.unit = unit;
    options.period = args.chosen.year.map(Period::year);
    write(program, &args.chosen.out, &sheets, &options)
}
