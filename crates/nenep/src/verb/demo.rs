//! `nenep demo`: five fictional organisations, their reports, and the site over them.
//!
//! The first run takes some seconds; the next one finds everything there and only serves. A run
//! that was interrupted is known by its mark and made again. A folder with a database that the
//! demonstration did not make is left alone.

use super::import::{take, tell};
use super::report::Request;
use crate::demo::{self, ORGANISATIONS, Organisation, claims, people, this_year, words};
use crate::fail::Fail;
use crate::program::Program;
use domain::{Actor, Message};
use records::report::{self, Output};
use records::transfer::{Mode, Options};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::Db;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Nơi để cơ sở dữ liệu, sổ số liệu và báo cáo mẫu
    #[arg(long, default_value = "demo")]
    pub dir: PathBuf,
    /// Chỉ tạo tệp, không mở trang web
    #[arg(long)]
    pub no_serve: bool,
    /// Cổng của trang web trên máy này
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Nạp thêm số liệu trích từ báo cáo (thư mục có seed0.jsonl … seed4.jsonl)
    #[arg(long, value_name = "DIR")]
    pub claims: Option<PathBuf>,
}

/// The database of a demonstration.
const DATABASE: &str = "nenep.sqlite";
/// Stands while a demonstration is being made; says that what is there is the demonstration's.
const MARK: &str = "demo.dang-tao";
/// Stands when it is whole; holds the version and the files.
const STAMP: &str = "demo.xong";

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let dir = args.dir.as_path();
    let inner = program.over(dir.join(DATABASE).display().to_string());
    if !is_whole(dir) {
        clear(dir)?;
        make(dir, &inner).await?;
    }
    if let Some(folder) = &args.claims {
        state(dir, folder, &inner).await?;
    }
    let ready = Message::new("demo-ready").with("dir", dir.display().to_string());
    println!("{}", program.tr(&ready));
    sign_ins(program);
    if args.no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    crate::serve::run(&inner, SocketAddr::from((Ipv4Addr::LOCALHOST, args.port))).await?;
    Ok(ExitCode::SUCCESS)
}

/// What a whole demonstration of this version says of itself.
fn stamp() -> String {
    let steps = records::REGISTRY.migrations();
    let schema: i64 = steps.iter().map(|m| m.version).sum();
    let mut lines = vec![format!("{} {} {}.{schema}", demo::VERSION, env!("CARGO_PKG_VERSION"), steps.len())];
    lines.extend(ORGANISATIONS.iter().flat_map(files));
    lines.push(blank_form());
    lines.push(DATABASE.to_owned());
    lines.join("\n")
}

/// The files of an organisation, inside the folder.
fn files(organisation: &Organisation) -> [String; 3] {
    let file = organisation.file;
    [format!("workbooks/{file}.xlsx"), format!("{file}.docx"), format!("{file}.pdf")]
}

fn blank_form() -> String {
    "mau-chi-bo-de-trong.docx".to_owned()
}

/// Whether a demonstration of this version is there with everything it has.
fn is_whole(dir: &Path) -> bool {
    let Ok(found) = std::fs::read_to_string(dir.join(STAMP)) else { return false };
    found == stamp() && !dir.join(MARK).exists() && found.lines().skip(1).all(|file| dir.join(file).is_file())
}

/// Takes away what an interrupted or an older run made, and marks the folder as being made.
fn clear(dir: &Path) -> Result<(), Fail> {
    let ours = dir.join(MARK).exists() || dir.join(STAMP).exists();
    if dir.join(DATABASE).exists() && !ours {
        let message = Message::new("demo-not-ours").with("dir", dir.display().to_string());
        return Err(message.into());
    }
    std::fs::create_dir_all(dir).map_err(Fail::file(dir))?;
    let mark = dir.join(MARK);
    std::fs::write(&mark, "").map_err(Fail::file(&mark))?;
    for name in [STAMP.to_owned(), DATABASE.to_owned(), format!("{DATABASE}-wal"), format!("{DATABASE}-shm")]
    {
        let path = dir.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Fail::file(&path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

async fn make(dir: &Path, program: &Program) -> Result<(), Fail> {
    println!("{}", program.tr(&Message::new("demo-making").with("dir", dir.display().to_string())));
    let db = program.open().await?;
    let mut books = vec![demo::shared()?];
    for organisation in &ORGANISATIONS {
        books.push(organisation.workbook()?);
    }
    for (name, bytes) in books {
        let path = dir.join("workbooks").join(name);
        program.write(&path, &bytes)?;
        import(&db, &path, program).await?;
    }
    words::write(&db).await?;
    let today = program.clock.today();
    people::make(&db, today).await?;
    if let Some(cell) = this_year::Cell::of(&db, today).await? {
        let (name, bytes) = cell.workbook(today)?;
        let path = dir.join("workbooks").join(name);
        program.write(&path, &bytes)?;
        import(&db, &path, program).await?;
    }
    db.close().await;
    for organisation in &ORGANISATIONS {
        reports(dir, organisation, program).await?;
    }
    let stamp_path = dir.join(STAMP);
    program.write(&stamp_path, stamp().as_bytes())?;
    let mark = dir.join(MARK);
    std::fs::remove_file(&mark).map_err(Fail::file(&mark))
}

/// Takes a workbook in, as an office would; the demonstration's own must be sound.
async fn import(db: &Db, path: &Path, program: &Program) -> Result<(), Fail> {
    let options = Options::new(Mode::Write);
    let outcome = take(db, &Actor::Operator, path, &options).await?;
    if !outcome.is_sound() {
        tell(program, path, &outcome, Mode::Write);
        return Err(Message::new("demo-refused").with("file", path.display().to_string()).into());
    }
    let done = Message::new("demo-imported")
        .with("file", path.display().to_string())
        .with("rows", outcome.touched());
    println!("  {}", program.tr(&done));
    Ok(())
}

/// Writes an organisation's report as Word and PDF; the agency's cell also shows the blank form.
async fn reports(dir: &Path, organisation: &Organisation, program: &Program) -> Result<(), Fail> {
    let request = |blank| Request {
        template: organisation.template.to_owned(),
        unit: organisation.code.to_owned(),
        period: organisation.period.to_owned(),
        date: Some(organisation.day.to_owned()),
        number: Some(organisation.number),
        blank,
    };
    let (made, asked) = request(false).make(program).await?;
    for problem in &made.problems {
        eprintln!("! {}", program.tr(problem));
    }
    for (end, output) in [("docx", Output::Docx), ("pdf", Output::Pdf)] {
        let path = dir.join(format!("{}.{end}", organisation.file));
        program.write(&path, &report::write(&made.document, asked.day, output)?)?;
        let n = made.document.figures().len();
        println!(
            "  {}",
            program
                .tr(&Message::new("demo-report").with("file", path.display().to_string()).with("figures", n))
        );
    }
    if organisation.code == ORGANISATIONS[0].code {
        let (form, asked) = request(true).make(program).await?;
        program.write(&dir.join(blank_form()), &report::write(&form.document, asked.day, Output::Docx)?)?;
    }
    Ok(())
}

/// Takes the labelled claims in as stated figures.
async fn state(dir: &Path, folder: &Path, program: &Program) -> Result<(), Fail> {
    let stated = claims::read(folder)?;
    let path = dir.join("workbooks").join("so-lieu-trich.xlsx");
    program.write(&path, &stated.workbook)?;
    let db = program.open().await?;
    import(&db, &path, program).await?;
    db.close().await;
    let done = Message::new("demo-claims").with("taken", stated.taken).with("left", stated.left);
    println!("{}", program.tr(&done));
    Ok(())
}

fn sign_ins(program: &Program) {
    println!("{}", program.text("demo-sign-ins"));
    for sign_in in &people::SIGN_INS {
        let role = program.text(match sign_in.role {
            domain::Role::Administrator => "demo-role-administrator",
            domain::Role::Officer => "demo-role-officer",
            domain::Role::Secretary => "demo-role-secretary",
            domain::Role::Inspector => "demo-role-inspector",
            domain::Role::Member => "demo-role-member",
            domain::Role::Superior => "demo-role-superior",
        });
        println!("  {:<10} {:<22} {role}", sign_in.name, people::PASSWORD);
    }
}
