//! A list of one kind: its rows on a page, and its totals.

use super::asked::{Asked, order};
use super::cells::{Cell, Labels, adds_up, cell, shown};
use super::scope::{Rows, Sight};
use crate::kind::{Field, Kind, Ty};
use shell::{Result, Visit};
use store::{Tx, Value};

/// Rows on a page.
pub(super) const PAGE: usize = 50;
/// Letters of a long text in a list.
const BEGINNING: usize = 140;

/// A row of a list.
pub(super) struct Line {
    pub id: String,
    /// Why it does not count.
    pub withdrawn: Option<String>,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// A page of a list.
pub(super) struct List {
    /// The columns that hold anything on this page.
    pub columns: Vec<&'static Field>,
    pub lines: Vec<Line>,
    /// How many rows there are, and how many of them are withdrawn.
    pub total: i64,
    pub withdrawn: i64,
    /// Sums of the columns that add up, in the order of `columns`.
    pub sums: Vec<Option<i64>>,
    /// Whether some rows were not looked at for the words.
    pub cut: bool,
}

impl List {
    /// The number of pages.
    pub fn pages(&self) -> usize {
        usize::try_from(self.total).unwrap_or(0).div_ceil(PAGE).max(1)
    }

    /// Whether any column adds up.
    pub fn has_sums(&self) -> bool {
        self.sums.iter().any(Option::is_some)
    }
}

/// The columns of a list. What is computed stands on the record's page, but for what is late or
/// vague.
fn listed(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    shown(kind).filter(|f| !f.computed || f.ty == Ty::Flag)
}

/// The rows of a kind that were asked for.
pub(super) async fn list(
    visit: &Visit,
    tx: &mut Tx,
    kind: &'static Kind,
    unit_id: &str,
    asked: &Asked,
    sight: Sight,
) -> Result<List> {
    let mut rows = Rows::new(visit, kind, unit_id, sight);
    asked.apply(kind, &mut rows);
    let mut cut = false;
    if let Some((ids, all)) = asked.look(tx, kind, &mut rows, sight).await? {
        cut = !all;
        // Only of the ids found: they are few, or at most as many as were read.
        let marks: Vec<String> = ids.iter().map(|id| format!("${}", rows.bind(id))).collect();
        let found =
            if marks.is_empty() { "1 = 0".to_owned() } else { format!("r.id IN ({})", marks.join(", ")) };
        rows.when.push(found);
    }
    let adding: Vec<&Field> = listed(kind).filter(|f| adds_up(f)).collect();
    let sums: String = adding
        .iter()
        .map(|f| {
            format!(
                ", CAST(SUM(CASE WHEN r.withdrawn IS NULL THEN r.{} END) AS BIGINT) AS {}",
                f.name, f.name
            )
        })
        .collect();
    let sql = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS all_rows, CAST(COUNT(r.withdrawn) AS BIGINT) AS withdrawn_rows{sums} {}",
        rows.sql()
    );
    let whole = tx.one(&sql, &rows.params).await?;
    let columns: String = kind.fields.iter().map(|f| format!(", r.{}", f.name)).collect();
    let sql = format!(
        "SELECT r.id, r.withdrawn{columns} {} ORDER BY {} LIMIT {PAGE} OFFSET {}",
        rows.sql(),
        order(kind),
        asked.page.saturating_sub(1).saturating_mul(PAGE)
    );
    let found = tx.query(&sql, &rows.params).await?;
    let labels = Labels::load(tx, kind, &found, sight).await?;
    let mut lines = Vec::with_capacity(found.len());
    for row in &found {
        let mut cells = Vec::new();
        for field in listed(kind) {
            let mut cell = cell(visit, kind, field, row, &labels, sight)?;
            shorten(&mut cell.text);
            cells.push(cell);
        }
        lines.push(Line {
            id: row.words("id")?,
            withdrawn: row.opt_text("withdrawn")?.map(str::to_owned),
            cells,
        });
    }
    // A column that is empty on the whole page says nothing.
    let used: Vec<bool> =
        (0..listed(kind).count()).map(|i| lines.iter().any(|l| !l.cells[i].text.is_empty())).collect();
    let keep = |i: usize| used.get(i).copied().unwrap_or(false) || (lines.is_empty() && i < 5);
    let columns: Vec<&Field> = listed(kind).enumerate().filter(|(i, _)| keep(*i)).map(|(_, f)| f).collect();
    for line in &mut lines {
        let mut at = 0..;
        line.cells.retain(|_| at.next().is_some_and(|i| used.get(i).copied().unwrap_or(false)));
    }
    let mut totals = Vec::with_capacity(columns.len());
    for field in &columns {
        totals.push(if adds_up(field) { whole.opt_int(field.name)? } else { None });
    }
    Ok(List {
        columns,
        lines,
        total: whole.int("all_rows")?,
        withdrawn: whole.int("withdrawn_rows")?,
        sums: totals,
        cut,
    })
}

fn shorten(text: &mut String) {
    if let Some((at, _)) = text.char_indices().nth(BEGINNING) {
        text.truncate(at);
        text.push('…');
    }
}

/// A kind with the number of its rows.
pub(super) struct Count {
    pub kind: &'static Kind,
    pub n: i64,
    /// Its newest day or year.
    pub newest: String,
}

/// Every kind that the visitor may see, with the number of rows that count.
pub(super) async fn counts(visit: &Visit, tx: &mut Tx, unit_id: &str, sight: Sight) -> Result<Vec<Count>> {
    let mut counts = Vec::new();
    for kind in crate::REGISTRY.kinds().into_iter().filter(|k| sight.shows(k)) {
        let mut rows = Rows::new(visit, kind, unit_id, sight);
        rows.when.push("r.withdrawn IS NULL".to_owned());
        let newest = kind.day.map_or("NULL".to_owned(), |day| format!("MAX(r.{day})"));
        let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) AS n, {newest} AS newest {}", rows.sql());
        let row = tx.one(&sql, &rows.params).await?;
        let newest = match row.get("newest")? {
            Value::Int(Some(year)) => year.to_string(),
            Value::Text(Some(_)) => row.opt_day("newest")?.map(|d| visit.day(d)).unwrap_or_default(),
            _ => String::new(),
        };
        counts.push(Count { kind, n: row.int("n")?, newest });
    }
    Ok(counts)
}
