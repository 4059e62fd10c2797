//! Values of a sheet, once read and checked, or about to be written.

use crate::spec::SheetSpec;
use domain::{Day, Period};

/// The value of one cell. [`crate::CellType`] says which form each kind of column takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing there.
    #[default]
    Empty,
    /// Words, or the code of a choice.
    Text(String),
    /// A number: whole, scaled decimal, money, year, flag.
    Int(i64),
    /// A day.
    Day(Day),
    /// A run of days.
    Period(Period),
}

impl Cell {
    /// The words; `None` for every other value.
    pub fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number; `None` for every other value.
    pub fn int(&self) -> Option<i64> {
        match self {
            Cell::Int(n) => Some(*n),
            _ => None,
        }
    }

    /// The day; `None` for every other value.
    pub fn day(&self) -> Option<Day> {
        match self {
            Cell::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// The period; `None` for every other value.
    pub fn period(&self) -> Option<Period> {
        match self {
            Cell::Period(period) => Some(*period),
            _ => None,
        }
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }
}

impl From<&str> for Cell {
    fn from(v: &str) -> Cell {
        if v.is_empty() { Cell::Empty } else { Cell::Text(v.to_owned()) }
    }
}
impl From<String> for Cell {
    fn from(v: String) -> Cell {
        if v.is_empty() { Cell::Empty } else { Cell::Text(v) }
    }
}
impl From<i64> for Cell {
    fn from(v: i64) -> Cell {
        Cell::Int(v)
    }
}
impl From<bool> for Cell {
    fn from(v: bool) -> Cell {
        Cell::Int(i64::from(v))
    }
}
impl From<Day> for Cell {
    fn from(v: Day) -> Cell {
        Cell::Day(v)
    }
}
impl From<Period> for Cell {
    fn from(v: Period) -> Cell {
        Cell::Period(v)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(v: Option<T>) -> Cell {
        v.map_or(Cell::Empty, Into::into)
    }
}

/// One row that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in Excel.
    pub number: u32,
    /// One cell per column of the spec, in the spec's order. A bad cell is `Cell::Empty`.
    pub cells: Vec<Cell>,
    /// False when a problem of severity `Error` stands against this row: do not import it.
    pub sound: bool,
}

/// One sheet that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it was read as.
    pub spec: &'static SheetSpec,
    /// Its name in the workbook.
    pub title: String,
    /// The row of the headings, as Excel counts.
    pub header_row: u32,
    /// For each column of the spec, the Excel column it was found in (`"C"`), or `None`.
    pub columns: Vec<Option<String>>,
    /// Its rows, empty ones and the example left out.
    pub rows: Vec<Row>,
}

/// A workbook that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// The sheets that were recognised, in the workbook's order.
    pub sheets: Vec<Sheet>,
    /// What was wrong or worth knowing, in the order of the workbook.
    pub problems: Vec<crate::Problem>,
    /// How many more problems there were than the limit let in.
    pub more_problems: usize,
}

impl Book {
    /// Whether nothing of severity `Error` stands against it.
    pub fn is_sound(&self) -> bool {
        !self.problems.iter().any(|p| p.severity == crate::Severity::Error)
    }

    /// The first sheet read as that kind.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|s| s.spec.name == name)
    }
}
