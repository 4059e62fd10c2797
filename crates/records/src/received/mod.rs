//! Reports that come in: each is read once, and every figure in it becomes a row with its quote.
//!
//! Rules kept here:
//! - A file is evidence first ([`crate::evidence`]): what bears a mark of secrecy, is locked or is not what
//!   its name says is refused before anything is written. A content is received once for a unit.
//! - The text as read is kept; quotes are exact substrings of it and never change, whatever is decided.
//! - The program proposes (indicator, period, unit), a person decides. Accepting makes a stated figure in
//!   the same transaction; accepting again makes nothing new. What was refused may be taken back.
//! - In one step only what is *certain* is accepted: number and noun plain, the indicator told with a
//!   score of at least [`CERTAIN`], an exact value, a known period that is not the future's.
//! - Who may write records of a unit reads and decides its reports. Every step is in the audit log.

mod beside;
mod deciding;
mod marked;
pub mod matching;
mod note;
mod pages;
#[cfg(test)]
mod pages_tests;
mod taking;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use domain::{Day, Period};
use store::{Migration, Result, Row, Tx, params};

pub use deciding::{Accept, Accepted, accept, accept_certain, refuse, take_back};
pub use taking::{Refusal, Taken, take};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "received",
    migrations: &[Migration { feature: "received", version: 1, sql: include_str!("schema/1.sql") }],
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

/// The least score, in hundredths, of an indicator that is accepted without a look.
pub const CERTAIN: i64 = 80;

/// A report that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// Its code, shown to people.
    pub code: String,
    /// The id of the unit that it came from.
    pub unit: String,
    /// What it is called.
    pub title: String,
    /// The file.
    pub file_name: String,
    /// The hash of the file's content.
    pub hash: String,
    /// What it reports on.
    pub period: Period,
    /// The id of the request that it answers.
    pub request: Option<String>,
    /// The day it came in.
    pub day: Day,
}

/// The columns of a [`Report`]; the table is called `r`.
const REPORT: &str =
    "r.id, r.code, r.unit, r.title, r.file_name, r.hash, r.from_day, r.to_day, r.request, r.day";

fn report_of(row: &Row) -> Result<Report> {
    let (from, to) = (row.day("from_day")?, row.day("to_day")?);
    Ok(Report {
        id: row.words("id")?,
        code: row.words("code")?,
        unit: row.words("unit")?,
        title: row.words("title")?,
        file_name: row.words("file_name")?,
        hash: row.words("hash")?,
        period: Period::new(from, to).unwrap_or_else(|_| Period::new(to, to).unwrap_or(Period::year(1900))),
        request: row.opt_text("request")?.map(str::to_owned),
        day: row.day("day")?,
    })
}

/// The reports with this content, oldest first.
pub async fn with_hash(tx: &mut Tx, hash: &str) -> Result<Vec<Report>> {
    let sql = format!("SELECT {REPORT} FROM received_report r WHERE r.hash = $1 ORDER BY r.id");
    tx.query(&sql, params![hash]).await?.iter().map(report_of).collect()
}

/// A report by its id.
pub async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<Report>> {
    let sql = format!("SELECT {REPORT} FROM received_report r WHERE r.id = $1");
    tx.first(&sql, params![id]).await?.as_ref().map(report_of).transpose()
}

/// The text of a report, as it was read.
pub async fn body(tx: &mut Tx, report: &str) -> Result<String> {
    tx.one("SELECT body FROM received_report WHERE id = $1", params![report]).await?.words("body")
}

/// What was decided about a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Nothing yet.
    Pending,
    /// It became a stated figure as it was read.
    Accepted,
    /// It became a stated figure with another number.
    Mended,
    /// It is not taken over.
    Refused,
}

impl Decision {
    /// The code in the database, also the end of its message key.
    pub fn code(self) -> &'static str {
        match self {
            Decision::Pending => "pending",
            Decision::Accepted => "accepted",
            Decision::Mended => "mended",
            Decision::Refused => "refused",
        }
    }

    fn of(code: &str) -> Decision {
        match code {
            "accepted" => Decision::Accepted,
            "mended" => Decision::Mended,
            "refused" => Decision::Refused,
            _ => Decision::Pending,
        }
    }
}

/// A figure that a received report states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// Its place among the report's, from 0.
    pub n: i64,
    /// Where its quote begins, in code points.
    pub start: i64,
    /// The number and its noun, as they stand in the text.
    pub quote: String,
    /// The number in hundredths.
    pub value: i64,
    /// How it is meant.
    pub comparator: String,
    /// The counted noun.
    pub noun: String,
    /// The act that it measures.
    pub topic: String,
    /// The years that the text says.
    pub period: Option<String>,
    /// The claim that it is a part of.
    pub part_of: Option<i64>,
    /// Whether the reader found number, noun and topic plain.
    pub plain: bool,
    /// The indicator that it seems to state.
    pub indicator: Option<String>,
    /// How plainly, in hundredths.
    pub score: i64,
    /// What was decided.
    pub decision: Decision,
    /// The statement that it became.
    pub stated: Option<String>,
}

impl Claim {
    /// Whether it may be accepted without a look.
    pub fn is_certain(&self, report: &Report, today: Day) -> bool {
        self.plain
            && self.score >= CERTAIN
            && self.indicator.is_some()
            && self.comparator == "exact"
            && self.period_in(report).is_some_and(|p| p.to() <= today)
    }

    /// The days it speaks of: the years that the text says, else the report's. `None` when the text says
    /// something that is no period.
    pub fn period_in(&self, report: &Report) -> Option<Period> {
        let Some(said) = &self.period else { return Some(report.period) };
        // "2021-nay": until the end of what the report is about.
        if let Some(year) = said.strip_suffix("-nay").and_then(|y| y.parse().ok()) {
            return Period::new(Period::year(year).from(), report.period.to()).ok();
        }
        said.parse::<Period>().ok()
    }
}

const CLAIM: &str = "SELECT id, n, start, quote, value, comparator, noun, topic, period, part_of, plain,
    indicator, score, decision, stated FROM received_claim";

fn claim_of(row: &Row) -> Result<Claim> {
    Ok(Claim {
        id: row.words("id")?,
        n: row.int("n")?,
        start: row.int("start")?,
        quote: row.words("quote")?,
        value: row.int("value")?,
        comparator: row.words("comparator")?,
        noun: row.words("noun")?,
        topic: row.words("topic")?,
        period: row.opt_text("period")?.map(str::to_owned),
        part_of: row.opt_int("part_of")?,
        plain: row.flag("plain")?,
        indicator: row.opt_text("indicator")?.map(str::to_owned),
        score: row.int("score")?,
        decision: Decision::of(row.text("decision")?),
        stated: row.opt_text("stated")?.map(str::to_owned),
    })
}

/// The claims of a report, in the order of the text.
pub async fn claims(tx: &mut Tx, report: &str) -> Result<Vec<Claim>> {
    let sql = format!("{CLAIM} WHERE report = $1 ORDER BY n");
    tx.query(&sql, params![report]).await?.iter().map(claim_of).collect()
}

/// One claim of a report.
pub async fn claim(tx: &mut Tx, report: &str, n: i64) -> Result<Option<Claim>> {
    let sql = format!("{CLAIM} WHERE report = $1 AND n = $2");
    tx.first(&sql, params![report, n]).await?.as_ref().map(claim_of).transpose()
}
