//! Taking in a report: kept as evidence, read once, its claims written as rows.

use super::matching;
use crate::entry;
use crate::evidence;
use crate::request::{self, Request};
use crate::unit::Unit;
use domain::{Day, Id, Message, Period, text};
use store::{Change, Tx, Value, params};

/// The most claims of one report that are kept; no report that people write has more.
const MOST: usize = 3_000;
/// The longest text that is kept, in bytes.
const LONGEST: usize = 4 << 20;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The report's id.
    pub id: String,
    /// Whether the unit had sent it before.
    pub known: bool,
    /// How many claims were read.
    pub claims: usize,
}

/// Why a file was not taken in. Nothing of it was written, if the transaction is given up.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It may not be kept.
    #[error(transparent)]
    Evidence(#[from] evidence::Refusal),
    /// It holds no text: a scan, a picture.
    #[error("no text could be read")]
    NoText,
    /// It could not be read.
    #[error("the file could not be read")]
    Unread,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Refusal {
    /// The message for people.
    pub fn message(&self) -> Message {
        match self {
            Refusal::Evidence(refusal) => refusal.message(),
            Refusal::NoText => Message::new("received-no-text"),
            Refusal::Unread => Message::new("received-unread"),
            Refusal::Store(error) => error.message(),
        }
    }
}

/// A file as it came, with what was read of it.
#[derive(Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    id: String,
    text: String,
    problems: Vec<Message>,
    rows: Vec<Vec<Value>>,
    left_out: usize,
}

impl File {
    /// Reads a file, away from the threads that serve pages and outside of any transaction: a large file is slow,
    /// and SQLite has one writer.
    pub async fn read(name: String, bytes: Vec<u8>) -> Result<File, Refusal> {
        tokio::task::spawn_blocking(move || read(name, bytes)).await.map_err(|_| Refusal::Unread)
    }

    /// The beginning of what it says; at most so many bytes.
    pub fn head(&self, most: usize) -> &str {
        &self.text[..self.text.floor_char_boundary(most)]
    }
}

/// Takes in a report of a unit. The same content of the same unit is taken in once.
///
/// The transaction must be a writing one; the caller asked whether its actor may write for the unit.
pub async fn take(
    tx: &mut Tx,
    who: &str,
    unit: &Unit,
    file: &File,
    period: Period,
    request: Option<&Request>,
    day: Day,
) -> Result<Taken, Refusal> {
    let title = title(&file.name);
    let kept = evidence::attach(tx, &unit.id, &title, &file.name, &file.bytes, day, None).await;
    let kept = kept.map_err(|refusal| match refusal {
        evidence::Refusal::Store(error) => Refusal::Store(error),
        other => Refusal::Evidence(other),
    })?;
    if let Some(before) = super::with_hash(tx, &kept.hash).await?.into_iter().find(|r| r.unit == unit.id) {
        let n = tx.one("SELECT COUNT(*) AS n FROM received_claim WHERE report = $1", params![&before.id]).await?;
        let claims = usize::try_from(n.int("n")?).unwrap_or(0);
        return Ok(Taken { id: before.id, known: true, claims });
    }
    if file.text.trim().is_empty() {
        return Err(Refusal::NoText);
    }
    // When another unit sent the same file, a number stands behind the beginning of the hash.
    let code = entry::free_code(tx, "received_report", &format!("BC-{}", &kept.hash[..kept.hash.len().min(10)])).await?;
    let problems: Vec<String> = file.problems.iter().map(|m| m.key.to_owned()).collect();
    tx.execute(
        "INSERT INTO received_report (id, code, unit, title, file_name, hash, evidence, from_day, to_day, request, day,
            taken_by, body, problems, left_out)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            &file.id,
            &code,
            &unit.id,
            &title,
            file.name.chars().take(200).collect::<String>(),
            &kept.hash,
            &kept.id,
            period.from(),
            period.to(),
            request.map(|r| r.id.as_str()),
            day,
            who,
            // PostgreSQL keeps no NUL in a text; as many letters stand there as before.
            file.text.replace('\0', " "),
            problems.join(" "),
            file.left_out
        ],
    )
    .await?;
    let columns = [
        "id", "report", "n", "start", "quote", "value", "denominator", "comparator", "noun", "topic", "period",
        "subject", "part_of", "why", "plain", "indicator", "score",
    ];
    let claims = file.rows.len();
    tx.insert("received_claim", &columns, &file.rows).await?;
    if let Some(request) = request {
        request::returned(tx, request, &unit.id, day, &kept.hash).await?;
    }
    let after = serde_json::json!({
        "code": code, "unit": unit.id, "file_name": file.name, "hash": kept.hash, "claims": claims,
        "period": period.to_string(), "request": request.map(|r| &r.code),
    });
    tx.note(Change {
        action: "insert",
        kind: "received_report".to_owned(),
        record: file.id.clone(),
        before: String::new(),
        after: after.to_string(),
    });
    Ok(Taken { id: file.id.clone(), known: false, claims })
}

/// The name without its extension, as a title.
fn title(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: String = text::tidy(&stem.replace(['_', '\0'], " ")).chars().take(200).collect();
    if words.is_empty() { "…".to_owned() } else { words }
}

fn read(name: String, bytes: Vec<u8>) -> File {
    let id = Id::new().to_string();
    let mut read = reader::read(&name, &bytes);
    let end = read.text.floor_char_boundary(LONGEST);
    let mut left_out = usize::from(end < read.text.len());
    read.text.truncate(end);
    let mut claims = reader::claims(&read.text);
    left_out += claims.len().saturating_sub(MOST);
    claims.truncate(MOST);
    let matches = matching::of_claims(&read.text, &claims);
    let rows = claims
        .iter()
        .zip(matches)
        .enumerate()
        .filter_map(|(n, (claim, found))| {
            let value = hundredths(claim.value)?;
            let score = found.as_ref().map_or(0, |m| (m.score * 100.0).round() as i64);
            let of = claim.of.and_then(hundredths);
            Some(
                params![
                    Id::new(),
                    &id,
                    n,
                    claim.start,
                    claim.quote.replace('\0', " "),
                    value,
                    of,
                    claim.comparator.name(),
                    claim.unit.replace('\0', " ").chars().take(200).collect::<String>(),
                    claim.topic.name(),
                    claim.period.clone(),
                    claim.subject.as_ref().map(|s| s.replace('\0', " ").chars().take(200).collect::<String>()),
                    claim.part_of.filter(|p| *p < MOST).and_then(|p| i64::try_from(p).ok()),
                    claim.why,
                    claim.certain,
                    found.map(|m| m.indicator),
                    score
                ]
                .to_vec(),
            )
        })
        .collect();
    let problems = read.problems.into_iter().map(|p| p.message).collect();
    File { name, bytes, id, text: read.text, problems, rows, left_out }
}

/// A number as statements keep it; `None` when it is larger than can be kept.
fn hundredths(value: f64) -> Option<i64> {
    let scaled = (value * 100.0).round();
    // 2^53: above it a float does not hold every whole number.
    (scaled.abs() < 9_007_199_254_740_992.0).then_some(scaled as i64)
}
