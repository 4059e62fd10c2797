//! From the cells of a row to a draft, its references understood.

use super::known::{Known, referred};
use super::problems::{Place, Problems};
use super::specs;
use crate::kind::{Draft, Field, Held, Kind, Ty};
use exchange::{Cell, Severity};

/// One sheet of a file, as rows of a kind.
pub(super) struct Table {
    pub kind: &'static Kind,
    /// The sheet's name in the workbook.
    pub title: String,
    /// For each field on the sheet, the letters of the column it stands in.
    pub columns: Vec<Option<String>>,
    pub lines: Vec<Line>,
}

/// One row of a sheet.
#[derive(Debug)]
pub(super) struct Line {
    /// As Excel counts.
    pub number: u32,
    /// One cell for each field on the sheet.
    pub cells: Vec<Cell>,
    /// Every cell was read.
    pub sound: bool,
    /// What an own list does not say, for rows that are new.
    pub defaults: Vec<(&'static str, Held)>,
}

impl Table {
    /// A sheet that was read by a kind's spec.
    pub fn of(sheet: exchange::Sheet) -> Option<Table> {
        let kind = crate::REGISTRY.kind(sheet.spec.name)?;
        let lines = sheet.rows.into_iter().map(|row| Line {
            number: row.number,
            cells: row.cells,
            sound: row.sound,
            defaults: Vec::new(),
        });
        Some(Table { kind, title: sheet.title, columns: sheet.columns, lines: lines.collect() })
    }

    pub fn place(&self, line: &Line) -> Place<'_> {
        Place { sheet: &self.title, row: line.number }
    }

    /// The letters of a field's column.
    pub fn letters(&self, field: &str) -> Option<&str> {
        let at = specs::fields(self.kind).position(|f| f.name == field)?;
        self.columns.get(at)?.as_deref()
    }

    /// The words in a field's cell.
    pub fn words<'a>(&self, line: &'a Line, field: &str) -> Option<&'a str> {
        let at = specs::fields(self.kind).position(|f| f.name == field)?;
        line.cells.get(at)?.text()
    }

    /// Whether the sheet has a column for the field.
    pub fn has(&self, field: &str) -> bool {
        self.letters(field).is_some()
    }
}

/// The draft of a row. References that are not understood are problems; then there is none.
pub(super) fn draft(table: &Table, line: &Line, known: &Known, problems: &mut Problems) -> Option<Draft> {
    let place = table.place(line);
    let mut draft = Draft::default();
    let mut sound = line.sound;
    let fields: Vec<(&'static Field, &Cell)> = specs::fields(table.kind).zip(&line.cells).collect();
    // Units and records first: a person may be meant by name within the row's own unit.
    let (people, others): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(f, _)| f.ty == Ty::Person);
    for (field, cell) in others.into_iter().chain(people) {
        let held = match cell {
            Cell::Empty => Held::Empty,
            Cell::Int(n) => Held::Int(*n),
            Cell::Day(day) => Held::Day(*day),
            Cell::Text(words) if referred(field.ty).is_some() => {
                let home = known.owner(table.kind, "", &draft).filter(|h| !h.is_empty());
                match known.meant(field.ty, words, home.as_deref()) {
                    Ok(meant) => {
                        if let Some(doubt) = meant.doubt {
                            let problem = place.cell(field, table.letters(field.name), words, doubt);
                            problems.add(exchange::Problem { severity: Severity::Warning, ..problem });
                        }
                        Held::Text(meant.id)
                    }
                    Err(message) => {
                        sound = false;
                        problems.add(place.cell(field, table.letters(field.name), words, message));
                        Held::Empty
                    }
                }
            }
            Cell::Text(words) => Held::Text(words.clone()),
            // No kind has a field of this type.
            Cell::Period(_) => Held::Empty,
        };
        draft.set(field.name, held);
    }
    sound.then_some(draft)
}
