//! A list of one kind: its rows on a page, and its totals.

use super::asked::{Asked, order};
use super::cells::{Cell, Labels, adds_up, cell, shown, title};
use super::scope::{Rows, Sight, subject};
use crate::kind::{Field, Kind, Owner, Ty};
use crate::remember::Lists;
use shell::{Error, Result, Visit};
use store::{Tx, Value};

/// Rows on a page.
pub(super) const PAGE: usize = 50;
/// Letters of a long text in a list.
const BEGINNING: usize = 140;
/// Columns of a list: what fits beside one another at a desk. The others stand on the record's
/// page, and in the list when they are asked for.
const COLUMNS: usize = 6;

/// A row of a list.
pub(super) struct Line {
    pub id: String,
    /// Why it does not count.
    pub withdrawn: Option<String>,
    /// Its code, where it is called by something else.
    pub code: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// A page of a list.
pub(super) struct List {
    /// The columns, of those that hold anything on this page; first what a row is called.
    pub columns: Vec<&'static Field>,
    /// How many more columns hold something.
    pub left_out: usize,
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

/// The columns of a list: what a row is called, then the others as the kind has them. What is
/// computed stands on the record's page, but for what is late or vague.
fn listed(kind: &'static Kind) -> Vec<&'static Field> {
    let mut fields: Vec<_> = shown(kind).filter(|f| !f.computed || f.ty == Ty::Flag).collect();
    let name = title(kind).map_or("", |f| f.name);
    // The sort is stable: the rest keeps its order.
    fields.sort_by_key(|f| f.name != name);
    fields
}

/// How much a column tells about the rows beside it: the least first. What is the same in every
/// row tells them apart least.
fn weight(kind: &Kind, field: &Field, lines: &[Line], at: usize) -> u32 {
    let own = match field.ty {
        _ if kind.day == Some(field.name) => 0,
        _ if adds_up(field) => 1,
        Ty::Name => 1,
        // Whose the row is and whom it is about; who else has to do with it matters less.
        _ if kind.owner == Owner::Field(field.name) || subject(kind) == Some(field.name) => 1,
        Ty::Choice(_) => 2,
        _ if field.required => 2,
        Ty::Year => 3,
        Ty::Flag if field.computed => 3,
        Ty::Day | Ty::Month | Ty::Whole(..) | Ty::Money | Ty::Decimal(_) => 5,
        Ty::Flag => 6,
        Ty::Long => 7,
        _ => 4,
    };
    let mut texts = lines.iter().map(|l| l.cells.get(at).map(|c| c.text.as_str()));
    let first = texts.next();
    let same = lines.len() > 1 && texts.all(|t| Some(t) == first);
    match field.ty {
        _ if !same => own,
        Ty::Unit | Ty::Ref(_) => own + 10,
        _ => own + 3,
    }
}

/// The places of the columns that are shown, and how many more hold something.
fn chosen(kind: &Kind, fields: &[&Field], lines: &[Line], all: bool) -> (Vec<usize>, usize) {
    let holds = |at: &usize| lines.iter().any(|l| l.cells.get(*at).is_some_and(|c| !c.text.is_empty()));
    let mut used: Vec<usize> = if lines.is_empty() {
        (0..fields.len().min(COLUMNS)).collect()
    } else {
        (0..fields.len()).filter(|at| *at == 0 || holds(at)).collect()
    };
    let left_out = used.len().saturating_sub(COLUMNS);
    if !all && left_out > 0 {
        used.sort_by_key(|at| (*at != 0, fields.get(*at).map_or(u32::MAX, |f| weight(kind, f, lines, *at))));
        used.truncate(COLUMNS);
        used.sort_unstable();
    }
    (used, left_out)
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
    let mut fields = listed(kind);
    let code = fields.iter().position(|f| f.name == "code").filter(|at| *at > 0);
    let code = code.map(|at| fields.remove(at));
    let adding: Vec<&Field> = fields.iter().copied().filter(|f| adds_up(f)).collect();
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
    let whole = Lists::rows(visit, tx, &sql, &rows.params).await?;
    let whole = whole.first().ok_or_else(|| Error::Defect("a count without a row".to_owned()))?;
    let columns: String = kind.fields.iter().map(|f| format!(", r.{}", f.name)).collect();
    let sql = format!(
        "SELECT r.id, r.withdrawn{columns} {} ORDER BY {} LIMIT {PAGE} OFFSET {}",
        rows.sql(),
        order(kind),
        asked.page.saturating_sub(1).saturating_mul(PAGE)
    );
    let found = Lists::rows(visit, tx, &sql, &rows.params).await?;
    let labels = Labels::load(tx, kind, &found, sight).await?;
    let mut lines = Vec::with_capacity(found.len());
    for row in found.iter() {
        let mut cells = Vec::new();
        for field in &fields {
            let mut cell = cell(visit, kind, field, row, &labels, sight)?;
            shorten(&mut cell.text);
            cells.push(cell);
        }
        let code = match code {
            Some(field) => Some(cell(visit, kind, field, row, &labels, sight)?),
            None => None,
        };
        lines.push(Line {
            id: row.words("id")?,
            code: code.filter(|c| !c.unnamed).map(|c| c.text).unwrap_or_default(),
            withdrawn: row.opt_text("withdrawn")?.map(str::to_owned),
            cells,
        });
    }
    let (places, left_out) = chosen(kind, &fields, &lines, asked.all_columns);
    let columns: Vec<&Field> = places.iter().filter_map(|at| fields.get(*at).copied()).collect();
    for line in &mut lines {
        line.cells = places.iter().filter_map(|at| line.cells.get(*at).cloned()).collect();
    }
    let mut totals = Vec::with_capacity(columns.len());
    for field in &columns {
        totals.push(if adds_up(field) { whole.opt_int(field.name)? } else { None });
    }
    Ok(List {
        columns,
        left_out,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a kind from rows of texts, one text for each listed field.
    fn lines(kind: &'static Kind, text: impl Fn(usize, &Field) -> String, rows: usize) -> Vec<Line> {
        let cells = |row| {
            let cell = |f: &&'static Field| Cell { text: text(row, f), ..Cell::default() };
            listed(kind).iter().map(cell).collect()
        };
        let line = |row: usize| Line {
            id: row.to_string(),
            withdrawn: None,
            code: String::new(),
            cells: cells(row),
        };
        (0..rows).map(line).collect()
    }

    fn names(kind: &'static Kind, lines: &[Line], all: bool) -> Vec<&'static str> {
        let fields = listed(kind);
        chosen(kind, &fields, lines, all).0.into_iter().map(|at| fields[at].name).collect()
    }

    #[test]
    fn a_list_shows_what_tells_its_rows_apart() {
        let kind = crate::REGISTRY.kind("activity").unwrap();
        let different = lines(kind, |row, f| format!("{} {row}", f.name), 3);
        let few = names(kind, &different, false);
        assert_eq!((few.len(), few[0]), (COLUMNS, "title"), "{few:?}");
        for name in ["unit", "day", "kind"] {
            assert!(few.contains(&name), "{few:?}");
        }
        let whole = names(kind, &different, true);
        assert_eq!(whole.len(), listed(kind).len());
        let one_cell =
            |row: usize, f: &Field| if f.name == "unit" { String::new() } else { row.to_string() };
        let same = lines(kind, |row, f| if f.ty == Ty::Unit { "CB".to_owned() } else { one_cell(row, f) }, 3);
        assert!(!names(kind, &same, false).contains(&"unit"), "every row of a cell is the cell's");
        let short = |_: usize, f: &Field| {
            if ["title", "day"].contains(&f.name) { "x".to_owned() } else { String::new() }
        };
        assert_eq!(names(kind, &lines(kind, short, 2), false), ["title", "day"], "empty columns say nothing");
        assert_eq!(names(kind, &[], false).len(), COLUMNS);
    }
}
