//! `nenep issue TEMPLATE --unit … --period … --date … --number N`: freezes a report.

use super::report::{Request, told};
use crate::fail::Fail;
use crate::program::Program;
use domain::{Action, Message};
use records::report::issue::{self, Refusal};
use std::path::PathBuf;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Mẫu báo cáo
    pub template: String,
    /// Mã đơn vị báo cáo
    #[arg(long)]
    pub unit: String,
    /// Thời kỳ báo cáo
    #[arg(long)]
    pub period: String,
    /// Ngày ban hành
    #[arg(long)]
    pub date: Option<String>,
    /// Số của báo cáo
    #[arg(long)]
    pub number: u32,
    /// Ghi thêm ra tệp .docx hoặc .pdf
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let request = Request {
        template: args.template,
        unit: args.unit,
        period: args.period,
        date: args.date,
        number: Some(args.number),
        blank: false,
    };
    let (made, asked) = request.make(program).await?;
    told(program, &made);
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut tx = db.read().await?;
    program.unit(&mut tx, &actor, Action::Report, &asked.unit.code, asked.day).await?;
    drop(tx);
    let mut tx = db.write(&actor).await?;
    let id =
        issue::issue(&mut tx, &made, &asked, actor.log_name()).await.map_err(|refusal| match refusal {
            Refusal::Say(message) => Fail::Say(message),
            Refusal::Store(error) => Fail::Store(error),
        })?;
    tx.commit().await?;
    if let Some(out) = &args.out {
        let output = super::report::format_of(out)?;
        program.write(out, &records::report::write(&made.document, asked.day, output)?)?;
    }
    let done = Message::new("nenep-issued").with("symbol", &made.document.head.symbol).with("id", id);
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}
