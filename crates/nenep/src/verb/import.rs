//! `nenep import FILE|DIR`: takes workbooks in, all or nothing for each file.

use crate::fail::Fail;
use crate::program::Program;
use domain::{Actor, Day, Message};
use exchange::{Mapping, Problem, Severity};
use indicatif::{ProgressBar, ProgressStyle};
use records::transfer::{self, Mode, Options, Outcome, OwnKind};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::Db;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Tệp .xlsx, gói .zip mà cấp dưới gửi, hoặc thư mục có các tệp ấy
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Chạy thử: kiểm tra hết nhưng không ghi gì
    #[arg(long)]
    pub dry_run: bool,
    /// Tệp ghép cột cho danh sách riêng: mỗi dòng "Tên cột" = "tên_cột"
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Danh sách riêng là của đơn vị này (mã)
    #[arg(long)]
    pub unit: Option<String>,
    /// Danh sách riêng ghi người (person) hay đơn vị (unit); không ghi thì tự nhận ra
    #[arg(long, value_parser = ["person", "unit"])]
    pub kind: Option<String>,
    /// Danh sách riêng không có ngày: lấy ngày này cho mọi dòng
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
}

/// It was done, and something is to be looked at.
const BAD_CELLS: u8 = 3;

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let options = options(&args)?;
    let mut files = Vec::new();
    for path in &args.paths {
        files.extend(workbooks(path)?);
    }
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut sound = true;
    for path in &files {
        let outcome = take(&db, &actor, path, &options).await?;
        tell(program, path, &outcome, options.mode);
        sound &= outcome.is_sound();
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(BAD_CELLS) })
}

fn options(args: &Args) -> Result<Options, Fail> {
    let mut options = Options::new(if args.dry_run { Mode::DryRun } else { Mode::Write });
    if let Some(path) = &args.map {
        let text = std::fs::read_to_string(path).map_err(Fail::file(path))?;
        let problems = |all: Vec<Problem>| Fail::Many(all.into_iter().map(|p| p.message).collect());
        options.mapping = Mapping::parse(&text).map_err(problems)?;
    }
    options.unit.clone_from(&args.unit);
    options.own = match args.kind.as_deref() {
        Some("unit") => Some(OwnKind::Unit),
        Some(_) => Some(OwnKind::Person),
        None => None,
    };
    options.since = args.since.as_deref().map(day).transpose()?;
    Ok(options)
}

fn day(text: &str) -> Result<Day, Fail> {
    domain::parse_day(text).ok_or_else(|| Fail::Say(Message::new("nenep-bad-day").with("text", text)))
}

/// The file itself, or the workbooks of a folder in the order of their names.
pub fn workbooks(path: &Path) -> Result<Vec<PathBuf>, Fail> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(Fail::file(path))? {
        let file = entry.map_err(Fail::file(path))?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        // Excel keeps a "~$…" beside a workbook that somebody has open.
        if (name.ends_with(".xlsx") || name.ends_with(".zip")) && !name.starts_with("~$") && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Message::new("transfer-no-files").with("path", path.display().to_string()).into());
    }
    Ok(files)
}

/// Takes one file, with a bar on a terminal.
pub async fn take(db: &Db, actor: &Actor, path: &Path, options: &Options) -> Result<Outcome, Fail> {
    let bytes = std::fs::read(path).map_err(Fail::file(path))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent}% {eta}") {
        bar.set_style(style);
    }
    bar.set_message(name.clone());
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let outcome = transfer::import(db, actor, &name, &bytes, options, &progress).await;
    bar.finish_and_clear();
    Ok(outcome?)
}

/// Says what became of a file: its problems, its sheets, the end.
pub fn tell(program: &Program, path: &Path, outcome: &Outcome, mode: Mode) {
    for problem in &outcome.problems {
        eprintln!("{}", shown(program, problem));
    }
    if outcome.more > 0 {
        eprintln!("{}", program.tr(&Message::new("transfer-problems-more").with("n", outcome.more)));
    }
    for sheet in outcome.sheets.iter().filter(|s| s.rows > 0) {
        let line = Message::new("transfer-sheet-line")
            .with("title", &sheet.title)
            .with("rows", sheet.rows)
            .with("inserted", sheet.inserted)
            .with("updated", sheet.updated)
            .with("unchanged", sheet.unchanged)
            .with("withdrawn", sheet.withdrawn);
        println!("  {}", program.tr(&line));
    }
    let (key, n) = match (outcome.is_sound(), outcome.written, mode) {
        (false, ..) => ("transfer-file-refused", outcome.errors),
        (_, true, _) => ("transfer-file-written", outcome.touched()),
        (_, false, Mode::DryRun) => ("transfer-file-dry", outcome.touched()),
        (_, false, Mode::Write) => ("transfer-file-same", 0),
    };
    let mut file = path.display().to_string();
    if outcome.own {
        file.push_str(&format!(" ({})", program.text("transfer-list-own")));
    }
    println!("{}", program.tr(&Message::new(key).with("file", file).with("n", n)));
}

/// A problem in one line: how grave, where, what stands there, what would be right.
pub fn shown(program: &Program, problem: &Problem) -> String {
    let key = match (&problem.row, &problem.column, &problem.heading) {
        (Some(_), Some(_), _) => Some("transfer-place-cell"),
        (Some(_), None, Some(_)) => Some("transfer-place-heading"),
        (Some(_), None, None) => Some("transfer-place-row"),
        (None, ..) => None,
    };
    let place = match key {
        Some(key) => program.tr(&Message::new(key)
            .with("sheet", &problem.sheet)
            .with("row", problem.row.map(i64::from).unwrap_or_default().to_string())
            .with("column", problem.column.as_deref().unwrap_or_default())
            .with("heading", problem.heading.as_deref().unwrap_or_default())),
        None => problem.sheet.clone(),
    };
    let grave = match problem.severity {
        Severity::Error => "transfer-severity-error",
        Severity::Warning => "transfer-severity-warning",
        Severity::Info => "transfer-severity-info",
    };
    let mut line = program.text(grave);
    for part in [place, found(program, problem)] {
        if !part.is_empty() {
            line.push_str(&format!(" · {part}"));
        }
    }
    format!("{line}: {}", program.tr(&problem.message))
}

fn found(program: &Program, problem: &Problem) -> String {
    if problem.found.is_empty() {
        return String::new();
    }
    program.tr(&Message::new("transfer-found").with("found", &problem.found))
}
