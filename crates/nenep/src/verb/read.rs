//! `nenep read FILE…`: the claims of received reports, and what a careful clerk would ask about.

use crate::fail::Fail;
use crate::program::Program;
use reader::{Claim, Topic};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Các tệp .docx, .pdf, .txt, .md, .html, .xlsx
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Mỗi số liệu một đối tượng JSON trên một dòng
    #[arg(long)]
    pub json: bool,
    /// In phần chữ đọc được thay vì các số liệu
    #[arg(long, conflicts_with = "json")]
    pub text: bool,
}

/// Runs it. Code 3 when a file gave no text.
pub fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let mut whole = true;
    for path in &args.files {
        let bytes = std::fs::read(path).map_err(Fail::file(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let read = reader::read(&name, &bytes);
        for problem in &read.problems {
            eprintln!("{}: {}", path.display(), program.tr(&problem.message));
        }
        whole &= !read.text.trim().is_empty();
        if args.text {
            println!("{}", read.text);
        } else {
            tell(program, path, &read.text, args.json);
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn tell(program: &Program, path: &Path, text: &str, as_json: bool) {
    let claims = reader::claims(text);
    if as_json {
        for claim in &claims {
            println!("{}", object(path, claim));
        }
        return;
    }
    println!("{}", path.display());
    for claim in &claims {
        let period = claim.period.as_deref().unwrap_or("-");
        let quote = claim.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        println!("  {:<18} {period:<10} {quote}", topic(program, claim.topic));
    }
    for finding in reader::check(text) {
        println!("  ! {}", program.tr(&finding.message));
    }
}

fn topic(program: &Program, topic: Topic) -> String {
    program.text(&format!("nenep-topic-{}", topic.name().replace('_', "-")))
}

fn object(path: &Path, c: &Claim) -> serde_json::Value {
    json!({
        "file": path.display().to_string(), "quote": c.quote, "start": c.start, "value": c.value,
        "comparator": c.comparator.name(), "unit": c.unit, "of": c.of, "topic": c.topic.name(),
        "period": c.period, "subject": c.subject, "part_of": c.part_of, "why": c.why,
    })
}
