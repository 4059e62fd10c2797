//! Rows on their way into a workbook, written by the names of their fields.

use domain::Message;
use exchange::{Cell, SheetOut, SheetSpec, WriteOptions};
use std::collections::{BTreeSet, HashMap};

/// The rows of one workbook, by kind of record.
#[derive(Default)]
pub struct Rows {
    sheets: HashMap<&'static str, (&'static SheetSpec, Vec<Vec<Cell>>)>,
    unknown: BTreeSet<String>,
}

impl Rows {
    /// Adds a row of a kind. A name that the kind does not know fails the whole workbook later.
    pub fn put(&mut self, kind: &'static str, fields: &[(&str, Cell)]) {
        if !self.sheets.contains_key(kind) {
            match records::transfer::spec(kind) {
                Some(spec) => {
                    self.sheets.insert(kind, (spec, Vec::new()));
                }
                None => {
                    self.unknown.insert(kind.to_owned());
                    return;
                }
            }
        }
        let Some((spec, rows)) = self.sheets.get_mut(kind) else { return };
        let mut cells = vec![Cell::Empty; spec.columns.len()];
        for (name, cell) in fields {
            match spec.position(name) {
                Some(at) => cells[at] = cell.clone(),
                None => {
                    self.unknown.insert(format!("{kind}.{name}"));
                }
            }
        }
        rows.push(cells);
    }

    /// The workbook, its sheets in the order in which kinds are imported.
    pub fn workbook(mut self, title: &str, unit: &str) -> Result<Vec<u8>, Message> {
        if !self.unknown.is_empty() {
            let names: Vec<String> = self.unknown.into_iter().collect();
            return Err(Message::new("demo-unknown-field").with("names", names.join(", ")));
        }
        let kinds = records::REGISTRY.kinds();
        let sheets: Vec<SheetOut> = kinds
            .iter()
            .filter_map(|kind| self.sheets.remove(kind.name))
            .map(|(spec, rows)| SheetOut::new(spec).with_rows(rows))
            .collect();
        let options =
            WriteOptions { title: title.to_owned(), unit: unit.to_owned(), ..WriteOptions::export() };
        exchange::write(&sheets, &options).map_err(|error| error.message())
    }
}

/// Adds a row: `row!(rows, "unit", code: "A1", name: name, from_day: day(1, 1, 2019))`.
macro_rules! row {
    ($rows:expr, $kind:literal, $($field:ident : $value:expr),* $(,)?) => {
        $rows.put($kind, &[$((stringify!($field), ::exchange::Cell::from($value))),*])
    };
}
pub(super) use row;
