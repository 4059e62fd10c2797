//! Making a package.

use crate::REGISTRY;
use crate::figure::Book;
use crate::kind::{Field, Ty};
use crate::report::issue::Issued;
use crate::transfer::{self, Selection};
use crate::unit::Unit;
use chrono::Datelike;
use domain::{Actor, Day, Period};
use exchange::package::Part;
use exchange::{Cell, SheetOut, SheetSpec};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{Result, Tx, files, params};

/// More years than a report speaks of; the records of earlier ones stay.
const MOST_YEARS: usize = 12;

/// What a package is made of; [`Package::parts`] writes the workbook, which takes a while.
pub struct Package {
    /// What it is about, for the manifest.
    pub about: BTreeMap<String, String>,
    documents: Vec<Part>,
    figures: Vec<u8>,
    sheets: Vec<SheetOut>,
}

impl Package {
    /// How many rows of records are in it.
    pub fn rows(&self) -> usize {
        self.sheets.iter().map(|s| s.rows.len()).sum()
    }

    /// The files of the package.
    pub fn parts(self) -> std::result::Result<Vec<Part>, exchange::WriteError> {
        let workbook = exchange::write(&self.sheets, &exchange::WriteOptions::export())?;
        let mut parts = self.documents;
        parts.push(Part { name: "so-lieu.json".to_owned(), bytes: self.figures });
        parts.push(Part { name: exchange::package::WORKBOOK.to_owned(), bytes: workbook });
        Ok(parts)
    }
}

/// What a report is handed over with, as the actor may read it.
pub async fn package(
    tx: &mut Tx,
    book: &Book,
    actor: &Actor,
    today: Day,
    unit: &Unit,
    report: &Issued,
) -> Result<Package> {
    let mut documents = Vec::new();
    for (name, hash) in [("bao-cao.docx", Some(&report.docx)), ("bao-cao.pdf", report.pdf.as_ref())] {
        let Some(hash) = hash else { continue };
        if let Some(bytes) = files::get(tx, hash).await? {
            documents.push(Part { name: name.to_owned(), bytes });
        }
    }
    let about = BTreeMap::from([
        ("template".to_owned(), report.template.clone()),
        ("unit".to_owned(), unit.code.clone()),
        ("unit_name".to_owned(), unit.name.clone()),
        ("period".to_owned(), report.period.to_string()),
        ("day".to_owned(), report.day.to_string()),
        ("symbol".to_owned(), report.symbol.clone()),
        ("title".to_owned(), report.title.clone()),
    ]);
    let listed = json!({ "report": about, "figures": figures(tx, book, report).await? });
    let figures = serde_json::to_vec_pretty(&listed).unwrap_or_default();
    let sheets = records(tx, actor, today, unit, report.period).await?;
    Ok(Package { about, documents, figures, sheets })
}

/// The figures as they were issued.
async fn figures(tx: &mut Tx, book: &Book, report: &Issued) -> Result<Vec<Value>> {
    let kept = tx.one("SELECT coverage FROM report WHERE id = $1", params![&report.id]).await?;
    let coverage: HashMap<&str, Vec<i64>> = kept
        .text("coverage")?
        .lines()
        .filter_map(|line| {
            // A selection may hold a tab; the three numbers do not.
            let mut ends = line.rsplitn(4, '\t');
            let mut numbers: Vec<i64> = ends.by_ref().take(3).filter_map(|n| n.parse().ok()).collect();
            numbers.reverse();
            Some((ends.next()?, numbers))
        })
        .collect();
    let rows = tx
        .query(
            "SELECT indicator, version, expr, unit, from_day, to_day, selection, value, shown FROM report_figure
             WHERE report = $1 ORDER BY place",
            params![&report.id],
        )
        .await?;
    let mut figures = Vec::with_capacity(rows.len());
    for row in &rows {
        let (from, to) = (row.day("from_day")?, row.day("to_day")?);
        let period = Period::new(from, to).map_or_else(|_| format!("{from}/{to}"), |p| p.to_string());
        let (id, unit, selection) = (row.text("indicator")?, row.text("unit")?, row.text("selection")?);
        let indicator = book.catalogue.get(id, report.day);
        let covered = coverage.get(format!("{id}|{unit}|{period}|{selection}").as_str());
        figures.push(json!({
            "indicator": id,
            "label": indicator.map(|i| i.label.vi.clone()),
            "version": row.int("version")?,
            "definition": row.text("expr")?,
            "unit": unit,
            "period": period,
            "selection": selection,
            "value": row.text("value")?,
            "shown": row.text("shown")?,
            "coverage": covered.filter(|c| c.len() == 3).map(|c| json!({ "complete": c[0], "partial": c[1], "none": c[2] })),
        }));
    }
    Ok(figures)
}

/// The records of every year of the period, each row once, with the records of other years that
/// they refer to: an import elsewhere knows everything they name.
async fn records(
    tx: &mut Tx,
    actor: &Actor,
    today: Day,
    unit: &Unit,
    period: Period,
) -> Result<Vec<SheetOut>> {
    let of = |year: Option<i32>| Selection { unit: Some(unit.id.clone()), year, kinds: Vec::new() };
    let mut all: Vec<SheetOut> = Vec::new();
    let years = period.by_year();
    for year in years.iter().rev().take(MOST_YEARS).rev() {
        for sheet in transfer::export(tx, actor, today, &of(Some(year.to().year()))).await? {
            match all.iter_mut().find(|s| s.spec.name == sheet.spec.name) {
                Some(there) => there.rows.extend(sheet.rows),
                None => all.push(sheet),
            }
        }
    }
    for sheet in &mut all {
        let mut seen: HashSet<String> = HashSet::new();
        sheet.rows.retain(|row| seen.insert(format!("{row:?}")));
    }
    let whole = transfer::export(tx, actor, today, &of(None)).await?;
    complete(&mut all, &whole);
    for sheet in all.iter_mut().filter(|s| s.spec.name == "evidence") {
        let about = sheet.spec.position("about_kind");
        let open = |row: &Vec<Cell>| {
            about.and_then(|at| row.get(at)).and_then(Cell::text).is_none_or(crate::evidence::is_open)
        };
        sheet.rows.retain(open);
    }
    Ok(all)
}

/// The codes that a row refers to, with the kind of each. Units and people always go out whole.
fn referred(sheet: &'static SheetSpec, row: &[Cell]) -> Vec<(&'static str, String)> {
    let Some(kind) = REGISTRY.kind(sheet.name) else { return Vec::new() };
    let reference = |field: &Field| {
        let Ty::Ref(to) = field.ty else { return None };
        let words = row.get(sheet.position(field.name)?)?.text()?;
        Some((to, words.to_owned()))
    };
    kind.fields.iter().filter_map(reference).collect()
}

/// Adds to the chosen rows those of the whole that they refer to, and what these refer to.
fn complete(chosen: &mut [SheetOut], whole: &[SheetOut]) {
    let code = |sheet: &SheetOut, row: &[Cell]| {
        let at = sheet.spec.position("code")?;
        row.get(at)?.text().map(str::to_owned)
    };
    let mut by_code: HashMap<(&str, String), &Vec<Cell>> = HashMap::new();
    for sheet in whole {
        by_code
            .extend(sheet.rows.iter().filter_map(|row| Some(((sheet.spec.name, code(sheet, row)?), row))));
    }
    let mut there: HashSet<(&str, String)> = HashSet::new();
    let mut open: Vec<(&'static str, String)> = Vec::new();
    for sheet in chosen.iter() {
        for row in &sheet.rows {
            there.extend(code(sheet, row).map(|code| (sheet.spec.name, code)));
            open.extend(referred(sheet.spec, row));
        }
    }
    while let Some((kind, words)) = open.pop() {
        // "Tên (MÃ)" or the code alone.
        let inner = words.rsplit_once('(').map(|(_, code)| code.trim_end_matches(')').to_owned());
        let Some(key) = [Some(words), inner].into_iter().flatten().map(|c| (kind, c)).find(|k| by_code.contains_key(k))
        else {
            continue;
        };
        let (Some(row), true) = (by_code.get(&key), there.insert(key.clone())) else { continue };
        if let Some(sheet) = chosen.iter_mut().find(|s| s.spec.name == kind) {
            open.extend(referred(sheet.spec, row));
            sheet.rows.push((*row).clone());
        }
    }
}
