//! `nenep read FILE…`: the claims of received reports, and what a careful clerk would ask about.

use crate::fail::Fail;
use crate::program::Program;
use domain::{Action, Message};
use indicatif::{ProgressBar, ProgressStyle};
use reader::{Claim, Topic};
use records::received::matching::{self, Match};
use records::{account, received};
use serde_json::json;
use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use store::Db;

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
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let mut known = Known::open(program).await;
    let bar = match args.files.len() > 1 && std::io::stderr().is_terminal() {
        true => ProgressBar::new(args.files.len() as u64),
        false => ProgressBar::hidden(),
    };
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    let mut whole = true;
    for path in &args.files {
        let bytes = std::fs::read(path).map_err(Fail::file(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        bar.set_message(name.clone().into_owned());
        let seen = known.seen(program, path, &bytes).await;
        let read = reader::read(&name, &bytes);
        whole &= !read.text.trim().is_empty();
        // The bar and the lines share a terminal.
        bar.suspend(|| {
            let problems = read.problems.iter().map(|p| &p.message).chain(&seen);
            for message in problems {
                eprintln!("{}: {}", path.display(), program.tr(message));
            }
            if args.text {
                println!("{}", read.text);
            } else {
                tell(program, path, &read.text, args.json);
            }
        });
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// Files that were seen before: in this run, or received into the database.
struct Known {
    db: Option<Db>,
    here: HashMap<String, PathBuf>,
}

impl Known {
    /// With the database, where there is one already: reading a file makes none.
    async fn open(program: &Program) -> Known {
        let place = &program.options.db;
        let there =
            place.contains("://") || Path::new(place.strip_prefix("sqlite:").unwrap_or(place)).is_file();
        let db = match there {
            true => Db::open(place, Arc::clone(&program.clock)).await.ok(),
            false => None,
        };
        Known { db, here: HashMap::new() }
    }

    /// What to say of a file whose content was seen before.
    async fn seen(&mut self, program: &Program, path: &Path, bytes: &[u8]) -> Option<Message> {
        let hash = store::files::content_hash(bytes);
        if let Some(first) = self.here.get(&hash) {
            return Some(Message::new("nenep-read-same").with("file", first.display().to_string()));
        }
        self.here.insert(hash.clone(), path.to_owned());
        let db = self.db.as_ref()?;
        // An older database without received reports, or one that cannot be asked, knows nothing.
        let actor = program.actor(db).await.ok()?;
        let mut tx = db.read().await.ok()?;
        for report in received::with_hash(&mut tx, &hash).await.ok()? {
            let today = program.clock.today();
            if account::may(&mut tx, &actor, Action::ReadRecords, &report.unit, today).await.unwrap_or(false)
            {
                let message = Message::new("nenep-read-known").with("code", report.code);
                return Some(message.with("day", domain::day_short(report.day)));
            }
        }
        None
    }
}

fn tell(program: &Program, path: &Path, text: &str, as_json: bool) {
    let claims = reader::claims(text);
    let matches = matching::of_claims(text, &claims);
    if as_json {
        for (claim, found) in claims.iter().zip(&matches) {
            println!("{}", object(path, claim, found.as_ref()));
        }
        return;
    }
    println!("{}", path.display());
    for (claim, found) in claims.iter().zip(&matches) {
        let period = claim.period.as_deref().unwrap_or("-");
        let quote = claim.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let indicator = found.as_ref().map_or("-", |m| m.indicator.as_str());
        println!("  {:<18} {period:<10} {indicator:<32} {quote}", topic(program, claim.topic));
    }
    for finding in reader::check(text) {
        println!("  ! {}", program.tr(&finding.message));
    }
}

fn topic(program: &Program, topic: Topic) -> String {
    program.text(&format!("nenep-topic-{}", topic.name().replace('_', "-")))
}

/// `indicator` and `score` are null where nothing in the catalogue fits.
fn object(path: &Path, c: &Claim, found: Option<&Match>) -> serde_json::Value {
    json!({
        "file": path.display().to_string(), "quote": c.quote, "start": c.start, "value": c.value,
        "comparator": c.comparator.name(), "unit": c.unit, "of": c.of, "topic": c.topic.name(),
        "period": c.period, "subject": c.subject, "part_of": c.part_of,
        "indicator": found.map(|m| &m.indicator), "score": found.map(|m| m.score), "why": c.why,
    })
}
