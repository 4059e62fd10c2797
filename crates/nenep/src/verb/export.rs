//! `nenep export --out so-lieu.xlsx`: every row as it stands, without guidance.

use crate::fail::Fail;
use crate::program::Program;
use domain::{Action, Actor, Message};
use exchange::{SheetOut, WriteOptions};
use records::REGISTRY;
use records::transfer::{self, Selection};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::Tx;

/// What goes out, and where to; also for `workbook`.
#[derive(clap::Args)]
pub struct Chosen {
    /// Tệp .xlsx sẽ ghi
    #[arg(long)]
    pub out: PathBuf,
    /// Mã đơn vị: số liệu của nó và các đơn vị trực thuộc
    #[arg(long)]
    pub unit: Option<String>,
    /// Chỉ số liệu của năm này
    #[arg(long, value_parser = clap::value_parser!(i32).range(1930..=2200))]
    pub year: Option<i32>,
    /// Chỉ các loại sổ này, ví dụ activity
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kinds: Vec<String>,
}

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub chosen: Chosen,
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut tx = db.read().await?;
    let (selection, _) = args.chosen.selection(program, &mut tx, &actor).await?;
    let sheets = transfer::export(&mut tx, &actor, program.clock.today(), &selection).await?;
    write(program, &args.chosen.out, &sheets, &WriteOptions::export())
}

impl Chosen {
    /// What was chosen, and the unit's name.
    pub async fn selection(
        &self,
        program: &Program,
        tx: &mut Tx,
        actor: &Actor,
    ) -> Result<(Selection, String), Fail> {
        let known: Vec<&str> = REGISTRY.kinds().iter().map(|k| k.name).collect();
        if let Some(stranger) = self.kinds.iter().find(|k| !known.contains(&k.as_str())) {
            let message = Message::new("transfer-unknown-kind").with("kind", stranger);
            return Err(message.with("kinds", known.join(", ")).into());
        }
        let mut selection = Selection { unit: None, year: self.year, kinds: self.kinds.clone() };
        let mut name = String::new();
        if let Some(code) = &self.unit {
            let today = program.clock.today();
            let unit = program.unit(tx, actor, Action::ReadRecords, code, today).await?;
            selection.unit = Some(unit.id);
            name = unit.name;
        }
        Ok((selection, name))
    }
}

/// Writes the file and says so.
pub fn write(
    program: &Program,
    path: &Path,
    sheets: &[SheetOut],
    options: &WriteOptions,
) -> Result<ExitCode, Fail> {
    let bytes = exchange::write(sheets, options).map_err(|error| Fail::Say(error.message()))?;
    program.write(path, &bytes)?;
    let rows: usize = sheets.iter().map(|s| s.rows.len()).sum();
    let done = Message::new("transfer-wrote")
        .with("path", path.display().to_string())
        .with("sheets", sheets.len())
        .with("rows", rows);
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}
