//! `nenep report TEMPLATE --unit … --period … --date … --out bao-cao.docx|.pdf|.html`, and
//! `nenep report --refill bao-cao.docx`.

use super::figure::report_day;
use crate::fail::Fail;
use crate::program::Program;
use document::edited;
use document::template::FillMode;
use domain::{Action, Message, Period};
use records::report::{self, Asked, Made, Output, check};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Mẫu báo cáo: cell-review, block-review
    #[arg(required_unless_present = "refill")]
    pub template: Option<String>,
    /// Mã đơn vị báo cáo
    #[arg(long, required_unless_present = "refill")]
    pub unit: Option<String>,
    /// Thời kỳ báo cáo
    #[arg(long, required_unless_present = "refill")]
    pub period: Option<String>,
    /// Ngày báo cáo: quyết định thể thức, cây tổ chức và định nghĩa chỉ tiêu
    #[arg(long)]
    pub date: Option<String>,
    /// Tệp ghi ra: .docx, .pdf hoặc .html
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// In mẫu trống để điền tay
    #[arg(long)]
    pub blank: bool,
    /// Số của báo cáo
    #[arg(long)]
    pub number: Option<u32>,
    /// Cập nhật số liệu của tệp đã sửa, giữ nguyên chữ của người viết
    #[arg(long, value_name = "FILE", conflicts_with_all = ["template", "blank"])]
    pub refill: Option<PathBuf>,
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    if let Some(path) = &args.refill {
        return refill(path, args.out.as_deref(), program).await;
    }
    let made = Request {
        template: args.template.unwrap_or_default(),
        unit: args.unit.unwrap_or_default(),
        period: args.period.unwrap_or_default(),
        date: args.date,
        number: args.number,
        blank: args.blank,
    };
    let out = args.out.unwrap_or_else(|| PathBuf::from("bao-cao.docx"));
    let output = format_of(&out)?;
    let (made, asked) = made.make(program).await?;
    let bytes = report::write(&made.document, asked.day, output)?;
    program.write(&out, &bytes)?;
    told(program, &made);
    let done = Message::new("nenep-report-written")
        .with("path", out.display().to_string())
        .with("figures", made.document.figures().len());
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}

/// The format of a path, or why there is none.
pub fn format_of(path: &Path) -> Result<Output, Fail> {
    let unknown = || Message::new("nenep-report-format").with("path", path.display().to_string());
    Output::of(path).ok_or_else(|| Fail::Say(unknown()))
}

/// What a report is asked for on the command line.
pub struct Request {
    /// Id of the template.
    pub template: String,
    /// Code of the unit.
    pub unit: String,
    /// The period, as typed.
    pub period: String,
    /// The day, as typed.
    pub date: Option<String>,
    /// The number of the report.
    pub number: Option<u32>,
    /// Whether the form is printed blank.
    pub blank: bool,
}

impl Request {
    /// Makes the report in memory.
    pub async fn make(&self, program: &Program) -> Result<(Made, Asked), Fail> {
        let day = report_day(program, self.date.as_deref())?;
        let period: Period = self.period.parse()?;
        let book = program.book(day)?;
        let known: Vec<&str> = report::templates().iter().map(|t| t.id()).collect();
        let unknown = || {
            Message::new("report-unknown-template").with("id", &self.template).with("known", known.join(", "))
        };
        let template = report::template(&self.template).ok_or_else(unknown)?;
        let db = program.open().await?;
        let actor = program.actor(&db).await?;
        let mut tx = db.read().await?;
        let unit = program.unit(&mut tx, &actor, Action::Report, &self.unit, day).await?;
        let names =
            records::account::may(&mut tx, &actor, Action::ReadNames, &unit.id, program.clock.today())
                .await?;
        let asked = Asked { unit, period, day, number: self.number, names, base_url: String::new() };
        let mode = if self.blank { FillMode::BlankForm } else { FillMode::Report };
        Ok((report::make(&mut tx, &book, template, &asked, mode).await?, asked))
    }
}

/// Says what could not be filled.
pub fn told(program: &Program, made: &Made) {
    for problem in &made.problems {
        eprintln!("! {}", program.tr(problem));
    }
    let texts: Vec<String> = made.missing.iter().map(|m| m.hole.to_string()).collect();
    if !texts.is_empty() {
        let message = Message::new("nenep-report-gaps").with("n", texts.len()).with("list", texts.join(", "));
        eprintln!("! {}", program.tr(&message));
    }
}

async fn refill(path: &Path, out: Option<&Path>, program: &Program) -> Result<ExitCode, Fail> {
    let bytes = std::fs::read(path).map_err(Fail::file(path))?;
    let file = edited::read(&bytes)?;
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut tx = db.read().await?;
    let day = report_day(program, Some(&file.about.date)).unwrap_or_else(|_| program.clock.today());
    program.unit(&mut tx, &actor, Action::Report, &file.about.unit, day).await?;
    let book = program.book(day)?;
    let now = check::current(&mut tx, &book, &file).await?;
    let (bytes, changes) = check::refill(&bytes, &now)?;
    let out = out.unwrap_or(path);
    program.write(out, &bytes)?;
    for change in &changes {
        let message = Message::new("nenep-refilled")
            .with("before", &change.before)
            .with("after", &change.after)
            .with("place", program.tr(&change.place.message()));
        println!("{}", program.tr(&message));
    }
    let done =
        Message::new("nenep-refill-done").with("n", changes.len()).with("path", out.display().to_string());
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}
