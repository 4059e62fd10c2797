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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Options;
    use domain::Actor;
    use records::REGISTRY;
    use store::params;

    fn program(db: &Path) -> Program {
        let (lang, account) = ("vi".to_owned(), None);
        Program::new(Options { db: db.display().to_string(), lang, account, catalogue: Vec::new() })
    }

    #[test]
    fn a_claim_is_told_with_its_indicator_and_score_or_null() {
        let text = "Năm 2023, chi bộ đăng ký xây dựng 03 mô hình. Sản lượng đạt 12.000 tấn.";
        let claims = reader::claims(text);
        let matches = matching::of_claims(text, &claims);
        let told: Vec<_> =
            claims.iter().zip(&matches).map(|(c, m)| object(Path::new("a.txt"), c, m.as_ref())).collect();
        assert_eq!(told[0]["indicator"], "practices.registered", "{told:?}");
        assert!(told[0]["score"].as_f64().is_some_and(|s| s > 0.5 && s <= 1.0));
        let tonnes = told.iter().find(|t| t["value"] == 12_000.0).unwrap();
        assert!(tonnes["indicator"].is_null() && tonnes["score"].is_null(), "{tonnes}");
    }

    #[tokio::test]
    async fn a_file_that_was_received_is_known_by_its_content() {
        let place = std::env::temp_dir().join(format!("nenep-read-{}.sqlite", std::process::id()));
        let (program, path) = (program(&place), Path::new("a.txt"));
        let mut nothing = Known::open(&program).await;
        assert!(nothing.db.is_none() && !place.exists(), "reading makes no database");
        assert_eq!(nothing.seen(&program, path, b"abc").await, None);
        let again = nothing.seen(&program, Path::new("b.txt"), b"abc").await;
        assert_eq!(again.map(|m| m.key), Some("nenep-read-same"));

        let db = program.open().await.unwrap();
        db.migrate(&REGISTRY.migrations()).await.unwrap();
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let hash = store::files::content_hash(b"abc");
        for sql in [
            "INSERT INTO unit (id, code, name, kind, from_day, search, sort) VALUES ('u', 'U', 'U', 'cell', '2019-01-01', '', '')",
            "INSERT INTO evidence (id, code, unit, title, file_name, day) VALUES ('e', 'E', 'u', 'a', 'a.txt', '2024-01-12')",
        ] {
            tx.execute(sql, &[]).await.unwrap();
        }
        tx.execute(
            "INSERT INTO received_report (id, code, unit, title, file_name, hash, evidence, from_day, to_day, day, taken_by, body)
             VALUES ('r', 'BC-1', 'u', 'a', 'a.txt', $1, 'e', '2023-01-01', '2023-12-31', '2024-01-12', 'x', 'abc')",
            params![&hash],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let mut known = Known::open(&program).await;
        let said = known.seen(&program, path, b"abc").await.unwrap();
        assert_eq!(said.key, "nenep-read-known");
        assert!(program.tr(&said).contains("12/01/2024"));
        assert_eq!(known.seen(&program, path, b"other").await, None);
        drop((db, known));
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(format!("{}{end}", place.display())).ok();
        }
    }
}
