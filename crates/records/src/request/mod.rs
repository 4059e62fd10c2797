//! Requests from above: "report on these three years by that day".
//!
//! Rules kept here:
//! - A request names its document, outline, period, deadline and the units asked. A unit that
//!   is not asked does not appear in the coverage of the request.
//! - Who has returned nothing by the deadline is *late*; before it, *awaited*.
//! - A workbook that comes back is taken whole or not at all; taking it again changes nothing.

mod pages;
mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use domain::{Day, Id, Period};
use store::{Change, Migration, Result, Row, Tx, params};

pub use pages::{asked_of, badge, of_unit};
pub use sheet::{REQUEST_KIND, REQUEST_UNIT_KIND};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "request",
    migrations: &[Migration { feature: "request", version: 1, sql: include_str!("schema/1.sql") }],
    kinds: &[&REQUEST_KIND, &REQUEST_UNIT_KIND],
    routes: pages::routes,
    duties: Some(|mine, tx| Box::pin(pages::duties(mine, tx))),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// The id of the unit that must report.
    pub unit: String,
    /// The symbol of the document that asks.
    pub symbol: String,
    /// What it is about.
    pub title: String,
    /// The template of the report; may be empty.
    pub template: String,
    /// The period asked about.
    pub period: Period,
    /// The last day to return.
    pub deadline: Day,
}

/// Where a unit stands with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing came, and the deadline is over.
    Late,
    /// Nothing came yet.
    Awaited,
    /// It came after the deadline.
    ReturnedLate,
    /// It came in time.
    Returned,
}

impl Standing {
    /// The end of its message key.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Late => "late",
            Standing::Awaited => "awaited",
            Standing::ReturnedLate => "returned-late",
            Standing::Returned => "returned",
        }
    }

    fn of(returned: Option<Day>, deadline: Day, today: Day) -> Standing {
        match returned {
            Some(day) if day > deadline => Standing::ReturnedLate,
            Some(_) => Standing::Returned,
            None if today > deadline => Standing::Late,
            None => Standing::Awaited,
        }
    }
}

/// A unit that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its id.
    pub unit: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// When its workbook came back.
    pub returned: Option<Day>,
    /// Where it stands.
    pub standing: Standing,
}

/// A request by its code.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Request>> {
    let row = tx
        .first(
            "SELECT id, code, unit, symbol, title, template, from_day, to_day, deadline FROM request
             WHERE code = $1 AND withdrawn IS NULL",
            params![code],
        )
        .await?;
    row.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<Request> {
    let (from, to) = (row.day("from_day")?, row.day("to_day")?);
    Ok(Request {
        id: row.words("id")?,
        code: row.words("code")?,
        unit: row.words("unit")?,
        symbol: row.words("symbol")?,
        title: row.words("title")?,
        template: row.words("template")?,
        period: Period::new(from, to).unwrap_or_else(|_| Period::years(1900, 1900)),
        deadline: row.day("deadline")?,
    })
}

/// The units of a request with where they stand, the latest first, then by name.
pub async fn standings(tx: &mut Tx, request: &Request, today: Day) -> Result<Vec<Asked>> {
    let rows = tx
        .query(
            "SELECT u.id, u.code, u.name, r.returned_day FROM request_unit r JOIN unit u ON u.id = r.unit
             WHERE r.request = $1 AND r.withdrawn IS NULL ORDER BY u.sort, u.code",
            params![&request.id],
        )
        .await?;
    let mut asked = Vec::with_capacity(rows.len());
    for row in &rows {
        let returned = row.opt_day("returned_day")?;
        asked.push(Asked {
            unit: row.words("id")?,
            code: row.words("code")?,
            name: row.words("name")?,
            returned,
            standing: Standing::of(returned, request.deadline, today),
        });
    }
    asked.sort_by_key(|a| a.standing);
    Ok(asked)
}

/// Adds units to those asked; those already asked stay as they are. How many are new.
pub async fn ask(tx: &mut Tx, request: &Request, units: &[String], sent: Day) -> Result<usize> {
    let there = tx.query("SELECT unit FROM request_unit WHERE request = $1", params![&request.id]).await?;
    let there = there.iter().map(|r| r.words("unit")).collect::<Result<std::collections::HashSet<_>>>()?;
    let new: Vec<_> = units
        .iter()
        .filter(|u| !there.contains(*u))
        .map(|u| params![Id::new(), &request.id, u, sent, "entered"].to_vec())
        .collect();
    tx.insert("request_unit", &["id", "request", "unit", "sent_day", "source"], &new).await?;
    if !new.is_empty() {
        note(tx, request, "ask", &format!("{{\"units\":{}}}", new.len()));
    }
    Ok(new.len())
}

/// Notes that a unit's workbook came back. `false` when the unit was not asked.
pub async fn returned(tx: &mut Tx, request: &Request, unit: &str, day: Day, file: &str) -> Result<bool> {
    // The day of the first return stays: a correction sent later is not late.
    let touched = tx
        .execute(
            "UPDATE request_unit SET returned_day = COALESCE(returned_day, $3), file_hash = $4
             WHERE request = $1 AND unit = $2 AND withdrawn IS NULL",
            params![&request.id, unit, day, file],
        )
        .await?;
    if touched > 0 {
        note(tx, request, "return", &format!("{{\"unit\":\"{unit}\",\"file\":\"{file}\"}}"));
    }
    Ok(touched > 0)
}

fn note(tx: &mut Tx, request: &Request, action: &'static str, after: &str) {
    tx.note(Change {
        action,
        kind: "request".to_owned(),
        record: request.id.clone(),
        before: String::new(),
        after: after.to_owned(),
    });
}
