//! `nenep request …`: answering a request from above.

use super::figure::report_day;
use crate::fail::Fail;
use crate::program::Program;
use domain::{Action, Actor, Day, Message, Period, day_short};
use exchange::WriteOptions;
use records::kind::{Draft, Held};
use records::transfer::{self, Mode, Options, Selection};
use records::unit::{self, Unit};
use records::{account, request};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::{Db, Tx};

/// What the verb takes.
#[derive(clap::Subcommand)]
pub enum Args {
    /// Ghi một văn bản yêu cầu báo cáo và các đơn vị phải gửi số liệu
    Add(Add),
    /// Viết cho mỗi đơn vị một tệp Excel đã điền sẵn những gì đã biết
    Write {
        /// Mã yêu cầu
        code: String,
        /// Thư mục ghi các tệp
        #[arg(long)]
        out: PathBuf,
    },
    /// Nhận thư mục các tệp đã điền (tên tệp là mã đơn vị)
    Take {
        /// Mã yêu cầu
        code: String,
        /// Thư mục các tệp nhận về
        folder: PathBuf,
        /// Ngày nhận (mặc định là hôm nay)
        #[arg(long)]
        day: Option<String>,
    },
    /// Đơn vị nào đã gửi, chưa gửi, quá hạn
    Show {
        /// Mã yêu cầu
        code: String,
        /// Tính đến ngày (mặc định là hôm nay)
        #[arg(long)]
        day: Option<String>,
    },
}

/// A new request.
#[derive(clap::Args)]
pub struct Add {
    /// Mã yêu cầu, ví dụ YC-2024-01
    #[arg(long)]
    pub code: String,
    /// Mã đơn vị phải báo cáo
    #[arg(long)]
    pub unit: String,
    /// Số và ký hiệu văn bản yêu cầu
    #[arg(long)]
    pub symbol: String,
    /// Ngày văn bản
    #[arg(long)]
    pub day: String,
    /// Trích yếu
    #[arg(long)]
    pub title: String,
    /// Thời kỳ báo cáo
    #[arg(long)]
    pub period: String,
    /// Hạn nộp
    #[arg(long)]
    pub deadline: String,
    /// Mẫu báo cáo
    #[arg(long, default_value = "block-review")]
    pub template: String,
    /// Cơ quan yêu cầu
    #[arg(long)]
    pub issuer: Option<String>,
    /// Tệp chữ chứa đề cương
    #[arg(long)]
    pub outline: Option<PathBuf>,
    /// Mã các đơn vị phải gửi số liệu, cách nhau bằng dấu phẩy (mặc định: mọi đơn vị trực thuộc)
    #[arg(long, value_delimiter = ',')]
    pub units: Vec<String>,
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    match args {
        Args::Add(new) => add(new, program, &db, &actor).await,
        Args::Write { code, out } => write(&code, &out, program, &db, &actor).await,
        Args::Take { code, folder, day } => {
            let day = report_day(program, day.as_deref())?;
            take(&code, &folder, day, program, &db, &actor).await
        }
        Args::Show { code, day } => {
            let day = report_day(program, day.as_deref())?;
            let mut tx = db.read().await?;
            let request = known(&mut tx, &code, program, &actor).await?;
            show(&mut tx, &request, day, program).await
        }
    }
}

/// The request of a code, when the actor may follow it.
async fn known(tx: &mut Tx, code: &str, program: &Program, actor: &Actor) -> Result<request::Request, Fail> {
    let unknown = || Fail::Say(Message::new("request-unknown").with("code", code));
    let found = request::by_code(tx, code).await?.ok_or_else(unknown)?;
    if !account::may(tx, actor, Action::Report, &found.unit, program.clock.today()).await? {
        return Err(unknown());
    }
    Ok(found)
}

async fn add(new: Add, program: &Program, db: &Db, actor: &Actor) -> Result<ExitCode, Fail> {
    let day = report_day(program, Some(&new.day))?;
    let deadline = report_day(program, Some(&new.deadline))?;
    let period: Period = new.period.parse()?;
    let outline = match &new.outline {
        Some(path) => Some(std::fs::read_to_string(path).map_err(Fail::file(path))?),
        None => None,
    };
    let mut tx = db.write(actor).await?;
    let unit = program.unit(&mut tx, actor, Action::Report, &new.unit, day).await?;
    let mut draft = Draft::default();
    let words = |text: &str| Held::Text(text.to_owned());
    draft.set("code", words(&new.code));
    draft.set("unit", words(&unit.id));
    draft.set("symbol", words(&new.symbol));
    draft.set("day", Held::Day(day));
    draft.set("title", words(&new.title));
    draft.set("template", words(&new.template));
    draft.set("from_day", Held::Day(period.from()));
    draft.set("to_day", Held::Day(period.to()));
    draft.set("deadline", Held::Day(deadline));
    if let Some(issuer) = &new.issuer {
        draft.set("issuer", words(issuer));
    }
    if let Some(outline) = &outline {
        draft.set("outline", words(outline));
    }
    let existing = request::by_code(&mut tx, &new.code).await?.map(|r| r.id);
    let written = transfer::write_one(&mut tx, &request::REQUEST_KIND, draft, existing.as_deref()).await?;
    written.map_err(|faults| Fail::Many(faults.into_iter().map(|f| f.message).collect()))?;
    let request = known(&mut tx, &new.code, program, actor).await?;
    let units = asked(&mut tx, &unit, &new.units, day).await?;
    let n = request::ask(&mut tx, &request, &units, program.clock.today()).await?;
    tx.commit().await?;
    let done = Message::new("nenep-request-added").with("code", new.code).with("n", n);
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}

/// The ids of the units asked: those named, or all directly below.
async fn asked(tx: &mut Tx, of: &Unit, codes: &[String], day: Day) -> Result<Vec<String>, Fail> {
    if codes.is_empty() {
        return Ok(unit::children(tx, &of.id, day).await?.into_iter().map(|u| u.id).collect());
    }
    let mut ids = Vec::new();
    for code in codes {
        let unknown = || Fail::Say(Message::new("figure-unknown-unit").with("code", code));
        ids.push(unit::by_code(tx, code.trim(), day).await?.ok_or_else(unknown)?.id);
    }
    Ok(ids)
}

async fn write(code: &str, out: &Path, program: &Program, db: &Db, actor: &Actor) -> Result<ExitCode, Fail> {
    let today = program.clock.today();
    let mut tx = db.read().await?;
    let request = known(&mut tx, code, program, actor).await?;
    let units = request::standings(&mut tx, &request, today).await?;
    for one in &units {
        let Some(unit) = unit::by_code(&mut tx, &one.code, request.period.to()).await? else { continue };
        let what = Selection { unit: Some(unit.id), year: None, kinds: Vec::new() };
        let sheets = transfer::workbook(&mut tx, actor, today, &what, false).await?;
        let mut options = WriteOptions::for_clerks(format!("{} — {}", request.symbol, request.title));
        options.unit = format!("{} ({})", one.name, one.code);
        options.period = Some(request.period);
        let bytes = exchange::write(&sheets, &options).map_err(|e| Fail::Say(e.message()))?;
        program.write(&out.join(format!("{}.xlsx", file_name(&one.code))), &bytes)?;
    }
    let done =
        Message::new("nenep-request-written").with("n", units.len()).with("path", out.display().to_string());
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}

/// A code as the name of a file: what a path may not hold becomes a dash.
fn file_name(code: &str) -> String {
    code.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect()
}

async fn take(
    code: &str,
    folder: &Path,
    day: Day,
    program: &Program,
    db: &Db,
    actor: &Actor,
) -> Result<ExitCode, Fail> {
    let mut tx = db.read().await?;
    let request = known(&mut tx, code, program, actor).await?;
    let units = request::standings(&mut tx, &request, day).await?;
    drop(tx);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(Fail::file(folder))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx")))
        .collect();
    files.sort();
    let (mut taken, mut bad) = (0_usize, 0_usize);
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let Some(unit) = units.iter().find(|u| file_name(&u.code).to_lowercase() == stem) else {
            println!("! {}", program.tr(&Message::new("nenep-request-not-asked").with("file", &name)));
            bad += 1;
            continue;
        };
        let bytes = std::fs::read(path).map_err(Fail::file(path))?;
        let outcome =
            transfer::import(db, actor, &name, &bytes, &Options::new(Mode::Write), &|_, _| {}).await?;
        if !outcome.is_sound() {
            bad += 1;
            let message =
                Message::new("nenep-request-bad-file").with("file", &name).with("n", outcome.errors);
            println!("! {}", program.tr(&message));
            for problem in &outcome.problems {
                println!("    {}: {}", problem.place(), program.tr(&problem.message));
            }
            continue;
        }
        let mut tx = db.write(actor).await?;
        let unknown = || Fail::Say(Message::new("figure-unknown-unit").with("code", &unit.code));
        let id = unit::by_code(&mut tx, &unit.code, day).await?.ok_or_else(unknown)?.id;
        request::returned(&mut tx, &request, &id, day, &outcome.hash).await?;
        tx.commit().await?;
        taken += 1;
    }
    let done = Message::new("nenep-request-taken").with("taken", taken).with("bad", bad);
    println!("{}", program.tr(&done));
    let mut tx = db.read().await?;
    show(&mut tx, &request, day, program).await?;
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

async fn show(
    tx: &mut Tx,
    request: &request::Request,
    day: Day,
    program: &Program,
) -> Result<ExitCode, Fail> {
    let units = request::standings(tx, request, day).await?;
    let head = Message::new("nenep-request-head")
        .with("symbol", &request.symbol)
        .with("title", &request.title)
        .with("period", request.period.to_string())
        .with("deadline", day_short(request.deadline));
    println!("{}", program.tr(&head));
    let returned = units.iter().filter(|u| u.returned.is_some()).count();
    let tally = Message::new("nenep-request-tally").with("returned", returned).with("total", units.len());
    println!("{}", program.tr(&tally));
    for unit in &units {
        let state = program.text(&format!("request-standing-{}", unit.standing.code()));
        let when = unit.returned.map(day_short).unwrap_or_default();
        println!("  {:<14} {:<20} {:<10} {}", unit.code, state, when, unit.name);
    }
    Ok(ExitCode::SUCCESS)
}
