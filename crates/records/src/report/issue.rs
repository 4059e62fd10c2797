//! Issuing a report: it is frozen with its figures, definitions and coverage.

use super::{Asked, Made, Output, write};
use super::again::Again;
use crate::figure::Book;
use domain::{Day, Id, Message, Period};
use store::{Change, Tx, files, params};

/// Why a report could not be issued.
#[derive(Debug)]
pub enum Refusal {
    /// What to say to people.
    Say(Message),
    /// The database.
    Store(store::Error),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Refusal {
        Refusal::Store(error)
    }
}

/// A report that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub id: String,
    /// Its template's id.
    pub template: String,
    /// The unit's id.
    pub unit: String,
    /// What it speaks of.
    pub period: Period,
    /// Its day.
    pub day: Day,
    /// "Số 05-BC/ĐUK".
    pub symbol: String,
    /// What it is about.
    pub title: String,
    /// The page, as it was issued.
    pub html: String,
    /// Hash of the Word file.
    pub docx: String,
    /// Hash of the PDF.
    pub pdf: Option<String>,
}

/// Freezes a made report. Its number must be given, and be new for the unit and the day.
pub async fn issue(tx: &mut Tx, made: &Made, asked: &Asked, by: &str) -> Result<String, Refusal> {
    if asked.number.is_none() {
        return Err(Refusal::Say(Message::new("report-needs-number")));
    }
    let document = &made.document;
    let symbol = &document.head.symbol;
    let there = tx
        .first(
            "SELECT day FROM report WHERE unit = $1 AND symbol = $2",
            params![&asked.unit.id, symbol],
        )
        .await?;
    if let Some(row) = there {
        let day = domain::day_short(row.day("day")?);
        return Err(Refusal::Say(Message::new("report-number-used").with("symbol", symbol).with("day", day)));
    }
    let docx = write(document, asked.day, Output::Docx).map_err(Refusal::Say)?;
    let pdf = write(document, asked.day, Output::Pdf).map_err(Refusal::Say)?;
    let html = document::html::write(document);
    let docx = files::put(tx, &docx).await?;
    let pdf = files::put(tx, &pdf).await?;
    let id = Id::new().to_string();
    let coverage: Vec<String> = made
        .figures
        .iter()
        .map(|(key, f)| format!("{key}\t{}\t{}\t{}", f.coverage.complete.len(), f.coverage.partial.len(), f.coverage.none.len()))
        .collect();
    let now = tx.now();
    tx.execute(
        "INSERT INTO report (id, template, unit, from_day, to_day, day, symbol, title, html, docx, pdf, coverage, issued_at, issued_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            &id,
            &document.about.template,
            &asked.unit.id,
            asked.period.from(),
            asked.period.to(),
            asked.day,
            symbol,
            &document.extract,
            &html,
            &docx,
            &pdf,
            coverage.join("\n"),
            now,
            by
        ],
    )
    .await?;
    let mut rows = Vec::new();
    for (place, node) in document.figures().into_iter().enumerate() {
        let Some(figure) = made.figures.get(&node.key()) else { continue };
        rows.push(
            params![
                &id,
                place,
                &node.indicator,
                figure.indicator.version,
                &figure.indicator.expr,
                &node.unit,
                figure.period.from(),
                figure.period.to(),
                &node.selection,
                &node.value,
                &node.shown
            ]
            .to_vec(),
        );
    }
    let columns = [
        "report", "place", "indicator", "version", "expr", "unit", "from_day", "to_day", "selection", "value", "shown",
    ];
    tx.insert("report_figure", &columns, &rows).await?;
    tx.note(Change {
        action: "issue",
        kind: "report".to_owned(),
        record: id.clone(),
        before: String::new(),
        after: format!("{{\"symbol\":{},\"docx\":\"{docx}\",\"pdf\":\"{pdf}\"}}", serde_json::json!(symbol)),
    });
    Ok(id)
}

/// An issued report by its id.
pub async fn issued(tx: &mut Tx, id: &str) -> store::Result<Option<Issued>> {
    let row = tx
        .first(
            "SELECT id, template, unit, from_day, to_day, day, symbol, title, html, docx, pdf FROM report WHERE id = $1",
            params![id],
        )
        .await?;
    row.map(|r| read(&r)).transpose()
}

/// The reports that a unit has issued, newest first.
pub async fn of_unit(tx: &mut Tx, unit: &str) -> store::Result<Vec<Issued>> {
    let rows = tx
        .query(
            "SELECT id, template, unit, from_day, to_day, day, symbol, title, html, docx, pdf FROM report
             WHERE unit = $1 ORDER BY day DESC, symbol",
            params![unit],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &store::Row) -> store::Result<Issued> {
    let (from, to) = (row.day("from_day")?, row.day("to_day")?);
    Ok(Issued {
        id: row.words("id")?,
        template: row.words("template")?,
        unit: row.words("unit")?,
        period: Period::new(from, to).unwrap_or_else(|_| Period::years(1900, 1900)),
        day: row.day("day")?,
        symbol: row.words("symbol")?,
        title: row.words("title")?,
        html: row.words("html")?,
        docx: row.words("docx")?,
        pdf: row.opt_text("pdf")?.map(str::to_owned),
    })
}

/// A figure of an issued report that is different now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The indicator's id.
    pub indicator: String,
    /// Its period.
    pub period: Period,
    /// What was issued.
    pub then: String,
    /// What it would be now.
    pub now: String,
    /// Whether the definition has a new version since.
    pub redefined: bool,
}

/// What an issued report says that the records say differently now.
pub async fn differences(tx: &mut Tx, book: &Book, report: &Issued) -> store::Result<Vec<Difference>> {
    let rows = tx
        .query(
            "SELECT DISTINCT indicator, version, unit, from_day, to_day, selection, value, shown FROM report_figure
             WHERE report = $1 ORDER BY indicator, from_day, to_day, selection",
            params![&report.id],
        )
        .await?;
    let mut again = Again::new(book, report.day);
    let mut issued = Vec::new();
    for row in &rows {
        let (from, to) = (row.day("from_day")?, row.day("to_day")?);
        let Ok(period) = Period::new(from, to) else { continue };
        let (id, selection) = (row.text("indicator")?, row.text("selection")?);
        if again.ask(tx, row.text("unit")?, (id, selection), period).await? {
            issued.push(row);
        }
    }
    let mut found = Vec::new();
    for (figure, row) in again.figures(tx, report.period).await?.iter().zip(issued) {
        if figure.exact() != row.text("value")? {
            let now = super::say(&figure.indicator, &figure.value, document::template::Format::default());
            found.push(Difference {
                indicator: row.words("indicator")?,
                period: figure.period,
                then: row.words("shown")?,
                now: now.unwrap_or_else(|| super::UNKNOWN.to_owned()),
                redefined: i64::from(figure.indicator.version) != row.int("version")?,
            });
        }
    }
    Ok(found)
}
