//! Labelled claims of received reports, taken in as stated figures with the sentences they came from.
//!
//! A claim is a line of JSON: quote, value, comparator, unit of count, topic, period, subject.
//! Which indicator it states is told by [`records::received::matching`]; one that fits none is left out
//! and counted. Nothing of a text is kept in the program: it reads what a folder holds.

use super::rows::{Rows, row};
use super::{ORGANISATIONS, Organisation};
use domain::{Day, Message, Period, text};
use records::received::matching::{self, Said};
use serde::Deserialize;
use std::path::Path;

/// One labelled claim.
#[derive(Debug, Deserialize)]
struct Claim {
    quote: String,
    start: i64,
    value: f64,
    comparator: String,
    unit: String,
    topic: String,
    period: Option<String>,
    subject: String,
}

/// What a folder of claims gave.
pub struct Stated {
    /// The workbook of stated figures.
    pub workbook: Vec<u8>,
    /// How many claims state an indicator.
    pub taken: usize,
    /// How many do not.
    pub left: usize,
}

/// Reads `seed0.jsonl` … `seed4.jsonl` of a folder; files that are not there are passed over.
pub fn read(folder: &Path) -> Result<Stated, Message> {
    let mut rows = Rows::default();
    let (mut taken, mut left) = (0, 0);
    for (n, organisation) in ORGANISATIONS.iter().enumerate() {
        let name = format!("seed{n}.jsonl");
        let Ok(lines) = std::fs::read_to_string(folder.join(&name)) else { continue };
        // The text itself, when it stands beside the folder: what is around a number says more than its label.
        let report = std::fs::read_to_string(folder.join(format!("../seed{n}.txt"))).unwrap_or_default();
        for (line, json) in lines.lines().filter(|l| !l.trim().is_empty()).enumerate() {
            let broken = |error: serde_json::Error| {
                let message = Message::new("demo-claim-broken").with("file", &name).with("line", line + 1);
                message.with("why", error.to_string())
            };
            let claim: Claim = serde_json::from_str(json).map_err(broken)?;
            match indicator(&claim, &report) {
                Some(id) => {
                    put(&mut rows, organisation, n, line, &claim, &id);
                    taken += 1;
                }
                None => left += 1,
            }
        }
    }
    if taken == 0 {
        return Err(Message::new("demo-claims-none").with("folder", folder.display().to_string()));
    }
    let workbook = rows.workbook("Số liệu trích từ báo cáo", "")?;
    Ok(Stated { workbook, taken, left })
}

fn put(rows: &mut Rows, organisation: &Organisation, n: usize, line: usize, claim: &Claim, id: &str) {
    let period = period(organisation, claim, id);
    // Two decimals: 98.9 % is 9890. The values of reports are far from the limits of either type.
    let value = (claim.value * 100.0).round() as i64;
    row!(rows, "stated_figure", code: format!("TR{n}-{:03}", line + 1), indicator: id, unit: organisation.code,
        subtree: organisation.template == "block-review", from_day: period.from(), to_day: period.to(), value: value,
        comparator: claim.comparator.as_str(), quote: claim.quote.as_str(), quote_start: claim.start,
        file_name: format!("seed{n}.txt"), note: "Đọc từ báo cáo, kèm câu trích.");
}

/// The days a claim speaks of: its own, else the report's. What has happened "so far" runs from the
/// programme's first day to the report's.
fn period(organisation: &Organisation, claim: &Claim, id: &str) -> Period {
    let whole: Period = organisation.period.parse().unwrap_or(Period::year(2023));
    let day: Day = domain::parse_day(organisation.day).unwrap_or(whole.to());
    if id.ends_with(".to_date") {
        let start = super::dice::day(18, 5, 2021);
        return Period::new(start, day).unwrap_or(whole);
    }
    match claim.period.as_deref() {
        Some(text) => text
            .replace("-nay", &format!("-{}", text::fold(&whole.to().format("%Y").to_string())))
            .parse()
            .unwrap_or(whole),
        // The topics of a year are those of the last one.
        None if claim.topic == "topic_session" => {
            Period::year(whole.to().format("%Y").to_string().parse().unwrap_or(2023))
        }
        None => whole,
    }
}

/// The indicator that a claim states, if one fits.
fn indicator(claim: &Claim, report: &str) -> Option<String> {
    let (before, after) = around(claim, report);
    let subject = format!("{}: ", claim.subject);
    let said = Said {
        topic: &claim.topic,
        unit: &claim.unit,
        quote: &claim.quote,
        before: if before.is_empty() { &subject } else { before },
        after,
        part: false,
    };
    let found = matching::best(&said)?;
    // A conference without a year is one of many: its number is not that of a period.
    let of_one_conference = matches!(found.indicator.as_str(), "study.sites" | "study.attended");
    (!of_one_conference || claim.period.is_some()).then_some(found.indicator)
}

/// What stands before and behind the quote of a claim; nothing when the text does not hold it there.
fn around<'a>(claim: &Claim, report: &'a str) -> (&'a str, &'a str) {
    let start =
        usize::try_from(claim.start).ok().and_then(|n| report.char_indices().nth(n)).map(|(at, _)| at);
    let Some(start) = start.filter(|at| report[*at..].starts_with(&claim.quote)) else { return ("", "") };
    let end = start + claim.quote.len();
    (
        &report[report.ceil_char_boundary(start.saturating_sub(900))..start],
        &report[end..report.floor_char_boundary(end + 400)],
    )
}
