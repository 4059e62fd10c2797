//! `nenep evidence FILE --unit … --title …`: takes in a file as evidence.

use super::figure::report_day;
use crate::fail::Fail;
use crate::program::Program;
use domain::{Action, Message};
use records::evidence::{self, About};
use std::path::PathBuf;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Tệp minh chứng: pdf, docx, xlsx, png, jpg, txt…
    pub file: PathBuf,
    /// Mã đơn vị giữ tài liệu
    #[arg(long)]
    pub unit: String,
    /// Tên tài liệu
    #[arg(long)]
    pub title: String,
    /// Ngày của tài liệu (mặc định là hôm nay)
    #[arg(long)]
    pub day: Option<String>,
    /// Loại việc mà tài liệu chứng minh, ví dụ inspection
    #[arg(long, requires = "code")]
    pub about: Option<String>,
    /// Mã của việc ấy
    #[arg(long, requires = "about")]
    pub code: Option<String>,
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let bytes = std::fs::read(&args.file).map_err(Fail::file(&args.file))?;
    let day = report_day(program, args.day.as_deref())?;
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut tx = db.write(&actor).await?;
    let unit = program.unit(&mut tx, &actor, Action::WriteRecords, &args.unit, day).await?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let about = args.about.as_deref().zip(args.code.as_deref()).map(|(kind, code)| About { kind, code });
    let attached = evidence::attach(&mut tx, &unit.id, &args.title, &name, &bytes, day, about)
        .await
        .map_err(|refusal| Fail::Say(refusal.message()))?;
    tx.commit().await?;
    let done = Message::new("nenep-evidence-kept").with("code", attached.code).with("hash", attached.hash);
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}
