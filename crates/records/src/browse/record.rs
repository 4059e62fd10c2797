//! One record whole: its fields, where it came from, who wrote it, what hangs on it.

use super::asked::order;
use super::cells::{Cell, Labels, cell, shown, title};
use super::scope::{Rows, Sight, referred, subject};
use crate::REGISTRY;
use crate::kind::{Field, Kind, Ty};
use crate::transfer;
use domain::Instant;
use shell::{Result, Visit};
use store::{Row, Tx, params};

/// Children shown of each kind.
const CHILDREN: i64 = 20;
/// Entries of the log shown.
const ENTRIES: i64 = 30;

/// A record.
pub(super) struct Record {
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its own code, by which evidence names it.
    pub code: String,
    pub cells: Vec<Cell>,
    pub withdrawn: Option<String>,
    /// The code of the unit that owns it.
    pub owner: Option<String>,
    /// The person whom it is about.
    pub subject: Option<String>,
    pub source: Source,
    pub entries: Vec<Entry>,
    pub children: Vec<Children>,
    pub evidence: Vec<Paper>,
}

/// Where a row came from.
pub(super) enum Source {
    /// A file, a sheet, a row.
    File { name: String, sheet: String, row: u32, at: Instant, actor: String },
    /// A form.
    Entered,
    /// Another row, by rule.
    Implied,
    /// It does not say.
    Unknown,
}

/// An entry of the log.
pub(super) struct Entry {
    pub at: Instant,
    pub actor: String,
    pub action: String,
    /// The headings of the fields that it changed.
    pub fields: Vec<&'static str>,
}

/// Records of a kind that name this one.
pub(super) struct Children {
    pub kind: &'static Kind,
    pub field: &'static Field,
    pub total: i64,
    pub headings: Vec<&'static str>,
    pub lines: Vec<(String, bool, Vec<Cell>)>,
}

/// A piece of evidence.
pub(super) struct Paper {
    pub id: String,
    pub title: String,
    pub file: String,
}

/// The record, when the visitor of the unit's pages may see it.
pub(super) async fn record(
    visit: &Visit,
    tx: &mut Tx,
    kind: &'static Kind,
    unit_id: &str,
    id: &str,
    sight: Sight,
) -> Result<Option<Record>> {
    let mut rows = Rows::new(visit, kind, unit_id, sight);
    let at = rows.bind(id);
    rows.when.push(format!("r.id = ${at}"));
    let columns: String = kind.fields.iter().map(|f| format!(", r.{}", f.name)).collect();
    let owner = rows.owner.clone().unwrap_or_else(|| "NULL".to_owned());
    let sql = format!("SELECT r.id, r.source, r.withdrawn, {owner} AS owner_unit{columns} {}", rows.sql());
    let Some(row) = tx.first(&sql, &rows.params).await? else { return Ok(None) };
    let labels = Labels::load(tx, kind, std::slice::from_ref(&row), sight).await?;
    let mut cells = Vec::new();
    for field in shown(kind) {
        let mut cell = cell(visit, kind, field, &row, &labels, sight)?;
        if let Some((other, to)) = &cell.link
            && !(sight.shows(other) && belongs(visit, tx, other, unit_id, to, sight).await?)
        {
            // A link that would lead to "not found".
            cell.link = None;
        }
        if !cell.text.is_empty() {
            cells.push(cell);
        }
    }
    let called = title(kind).and_then(|f| cells.iter().find(|c| c.name == f.name));
    let code = if kind.field("code").is_some() { row.words("code")? } else { String::new() };
    let owner = match row.opt_text("owner_unit")? {
        Some(unit) => tx.first("SELECT code FROM unit WHERE id = $1", params![unit]).await?,
        None => None,
    };
    let source = row.words("source")?;
    let evidence = evidence(visit, tx, kind, unit_id, &code, sight).await?;
    Ok(Some(Record {
        title: called.map_or_else(|| kind.title(visit.lang()).to_owned(), |c| c.text.clone()),
        id: id.to_owned(),
        code,
        withdrawn: row.opt_text("withdrawn")?.map(str::to_owned),
        owner: owner.map(|r| r.words("code")).transpose()?,
        subject: match subject(kind) {
            Some(field) => row.opt_text(field)?.map(str::to_owned),
            None => None,
        },
        entries: entries(tx, visit, kind, id, &source).await?,
        source: origin(tx, &source).await?,
        children: children(visit, tx, kind, unit_id, id, sight).await?,
        evidence,
        cells,
    }))
}

/// Whether a record is among those of the unit and below.
async fn belongs(
    visit: &Visit,
    tx: &mut Tx,
    kind: &'static Kind,
    unit_id: &str,
    id: &str,
    sight: Sight,
) -> Result<bool> {
    let mut rows = Rows::new(visit, kind, unit_id, sight);
    let at = rows.bind(id);
    rows.when.push(format!("r.id = ${at}"));
    Ok(tx.first(&format!("SELECT r.id {}", rows.sql()), &rows.params).await?.is_some())
}

async fn origin(tx: &mut Tx, source: &str) -> Result<Source> {
    Ok(match source {
        "entered" => Source::Entered,
        "implied" => Source::Implied,
        _ => match transfer::source_file(tx, source).await? {
            Some((file, sheet, row)) => {
                Source::File { name: file.name, sheet, row, at: file.at, actor: file.actor }
            }
            None => Source::Unknown,
        },
    })
}

/// Who wrote it, newest first: by its id, and with the file that it came from. Who looked at it
/// is not shown here.
async fn entries(
    tx: &mut Tx,
    visit: &Visit,
    kind: &'static Kind,
    id: &str,
    source: &str,
) -> Result<Vec<Entry>> {
    let file = source.split_once('#').map_or("", |(hash, _)| hash);
    let sql = "SELECT a.at, a.actor, a.action, a.record, p.before, p.after
               FROM audit a LEFT JOIN audit_payload p ON p.seq = a.seq
               WHERE a.kind = $1 AND (a.record = $2 OR a.record = $3) AND a.action <> 'read-names'
               ORDER BY a.seq DESC LIMIT $4";
    let mut entries = Vec::new();
    for row in tx.query(sql, params![kind.name, id, file, ENTRIES]).await? {
        let own = row.text("record")? == id;
        let (before, after) = (row.words("before")?, row.words("after")?);
        entries.push(Entry {
            at: row.int("at")?,
            actor: row.words("actor")?,
            action: row.words("action")?,
            fields: if own && !before.is_empty() { changed(visit, kind, &after) } else { Vec::new() },
        });
    }
    Ok(entries)
}

/// The headings of the fields that an entry names.
fn changed(visit: &Visit, kind: &'static Kind, after: &str) -> Vec<&'static str> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(after) else { return Vec::new() };
    shown(kind).filter(|f| fields.contains_key(f.name)).map(|f| f.heading(visit.lang())).collect()
}

async fn children(
    visit: &Visit,
    tx: &mut Tx,
    kind: &'static Kind,
    unit_id: &str,
    id: &str,
    sight: Sight,
) -> Result<Vec<Children>> {
    let mut all = Vec::new();
    // What hangs on a unit is everything; its own pages show that.
    if kind.name == "unit" {
        return Ok(all);
    }
    for child in REGISTRY.kinds().into_iter().filter(|k| sight.shows(k)) {
        let naming = |f: &&'static Field| referred(f.ty).is_some_and(|to| to.name == kind.name);
        for field in child.fields.iter().filter(naming) {
            if field.ty == Ty::Person && !sight.names {
                continue;
            }
            let mut rows = Rows::new(visit, child, unit_id, sight);
            let at = rows.bind(id);
            rows.when.push(format!("r.{} = ${at}", field.name));
            let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) AS n {}", rows.sql());
            let total = tx.one(&sql, &rows.params).await?.int("n")?;
            if total == 0 {
                continue;
            }
            let columns: String = child.fields.iter().map(|f| format!(", r.{}", f.name)).collect();
            let sql = format!(
                "SELECT r.id, r.withdrawn{columns} {} ORDER BY {} LIMIT {CHILDREN}",
                rows.sql(),
                order(child)
            );
            let found = tx.query(&sql, &rows.params).await?;
            let labels = Labels::load(tx, child, &found, sight).await?;
            all.push(lines(visit, child, field, total, &found, &labels, sight)?);
        }
    }
    Ok(all)
}

/// The first columns of the children that say anything.
fn lines(
    visit: &Visit,
    child: &'static Kind,
    field: &'static Field,
    total: i64,
    found: &[Row],
    labels: &Labels,
    sight: Sight,
) -> Result<Children> {
    const COLUMNS: usize = 5;
    let mut columns: Vec<&'static Field> = Vec::new();
    for column in shown(child).filter(|f| f.name != field.name && f.ty != Ty::Long) {
        let mut said = false;
        for row in found {
            said |= !row.get(column.name)?.is_null();
        }
        if said && columns.len() < COLUMNS {
            columns.push(column);
        }
    }
    let mut lines = Vec::with_capacity(found.len());
    for row in found {
        let cells: Result<Vec<Cell>> =
            columns.iter().map(|c| Ok(cell(visit, child, c, row, labels, sight)?)).collect();
        lines.push((row.words("id")?, row.opt_text("withdrawn")?.is_some(), cells?));
    }
    let headings = columns.iter().map(|f| f.heading(visit.lang())).collect();
    Ok(Children { kind: child, field, total, headings, lines })
}

/// Evidence that names the record by its code.
async fn evidence(
    visit: &Visit,
    tx: &mut Tx,
    kind: &'static Kind,
    unit_id: &str,
    code: &str,
    sight: Sight,
) -> Result<Vec<Paper>> {
    let Some(paper) = REGISTRY.kind("evidence").filter(|k| sight.shows(k)) else { return Ok(Vec::new()) };
    if code.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = Rows::new(visit, paper, unit_id, sight);
    let (kind, code) = (rows.bind(kind.name), rows.bind(code));
    rows.when.push(format!("r.about_kind = ${kind} AND r.about_code = ${code} AND r.withdrawn IS NULL"));
    let sql =
        format!("SELECT r.id, r.title, r.file_name, r.hash {} ORDER BY r.day, r.id LIMIT 100", rows.sql());
    let mut papers = Vec::new();
    for row in tx.query(&sql, &rows.params).await? {
        let kept = row.opt_text("hash")?.is_some();
        let file = if kept { row.words("file_name")? } else { String::new() };
        papers.push(Paper { id: row.words("id")?, title: row.words("title")?, file });
    }
    Ok(papers)
}
