//! Requests about one's data, as they stand.

use super::sheet::DATA_REQUEST;
use crate::REGISTRY;
use crate::kind::{Draft, Kind};
use crate::transfer;
use domain::Day;
use shell::Result;
use store::{Row, Tx, params};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub id: String,
    pub unit: String,
    pub person: String,
    /// Code of what is asked.
    pub asks: String,
    pub about_kind: String,
    pub about_id: String,
    pub field: String,
    pub proposed: String,
    pub reason: String,
    pub day: Day,
    pub due: Day,
    pub outcome: String,
    pub answered: Option<Day>,
    pub answer: String,
    pub answered_by: String,
    pub seen: bool,
}

const COLUMNS: &str = "r.id, r.unit, r.person, r.asks, r.about_kind, r.about_id, r.field, r.proposed, r.reason, r.day,
    r.due, r.outcome, r.answered_day, r.answered_by, r.answer, r.seen_day";

impl Asked {
    fn read(row: &Row) -> store::Result<Asked> {
        let words = |column| Ok::<_, store::Error>(row.opt_text(column)?.unwrap_or_default().to_owned());
        let day = row.day("day")?;
        Ok(Asked {
            id: row.words("id")?,
            unit: row.words("unit")?,
            person: row.words("person")?,
            asks: row.words("asks")?,
            about_kind: words("about_kind")?,
            about_id: words("about_id")?,
            field: words("field")?,
            proposed: words("proposed")?,
            reason: words("reason")?,
            day,
            due: row.opt_day("due")?.unwrap_or(day),
            outcome: words("outcome")?,
            answered: row.opt_day("answered_day")?,
            answer: words("answer")?,
            answered_by: words("answered_by")?,
            seen: row.opt_day("seen_day")?.is_some(),
        })
    }

    /// The kind of the row that is asked about.
    pub fn kind(&self) -> Option<&'static Kind> {
        REGISTRY.kind(&self.about_kind)
    }

    pub fn late(&self, today: Day) -> bool {
        self.answered.is_none() && self.due < today
    }
}

/// The requests of a person, newest first.
pub(super) async fn of_person(tx: &mut Tx, person: &str) -> Result<Vec<Asked>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_request r WHERE r.person = $1 AND r.withdrawn IS NULL ORDER BY r.day DESC, r.id DESC LIMIT 100"
    );
    let rows = tx.query(&sql, params![person]).await?;
    Ok(rows.iter().map(Asked::read).collect::<store::Result<_>>()?)
}

/// The requests to a unit and those below it: open ones first, the most urgent on top.
pub(super) async fn of_unit(tx: &mut Tx, unit: &str, today: Day) -> Result<Vec<Asked>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_request r WHERE r.withdrawn IS NULL AND r.unit IN ({})
         ORDER BY CASE WHEN r.answered_day IS NULL THEN 0 ELSE 1 END, CASE WHEN r.answered_day IS NULL THEN r.due END,
           r.day DESC, r.id LIMIT 300",
        crate::address::UNDER
    );
    let rows = tx.query(&sql, params![unit, today]).await?;
    Ok(rows.iter().map(Asked::read).collect::<store::Result<_>>()?)
}

/// A request to a unit or one below it.
pub(super) async fn one(tx: &mut Tx, unit: &str, today: Day, id: &str) -> Result<Option<Asked>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_request r WHERE r.withdrawn IS NULL AND r.unit IN ({}) AND r.id = $3",
        crate::address::UNDER
    );
    let row = tx.first(&sql, params![unit, today, id]).await?;
    Ok(row.as_ref().map(Asked::read).transpose()?)
}

/// Changes a request. Its own rules cannot be broken by what the program fills in.
pub(super) async fn change(tx: &mut Tx, id: &str, draft: Draft) -> Result<()> {
    match transfer::write_one(tx, &DATA_REQUEST, draft, Some(id)).await? {
        Ok(_) => Ok(()),
        Err(faults) => Err(faults.into_iter().next().map_or(shell::Error::NotFound, |f| shell::Error::Problem(f.message))),
    }
}
