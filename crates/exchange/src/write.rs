//! Writes workbooks: for clerks to fill in, or bare exports.

mod guide;
mod sheet;

use crate::cell::Cell;
use crate::marks;
use crate::spec::SheetSpec;
use domain::{Message, Period};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use std::collections::HashMap;

/// One sheet to write.
#[derive(Debug, Clone)]
pub struct SheetOut {
    /// What it holds.
    pub spec: &'static SheetSpec,
    /// The rows, each with one cell per column of the spec, in its order; missing ones are empty.
    pub rows: Vec<Vec<Cell>>,
    /// Drop-down values by column name, for columns whose values only the caller knows (units, persons).
    pub lists: Vec<(&'static str, Vec<String>)>,
}

impl SheetOut {
    /// A sheet without rows and lists.
    pub fn new(spec: &'static SheetSpec) -> SheetOut {
        SheetOut { spec, rows: Vec::new(), lists: Vec::new() }
    }

    /// The same with rows.
    #[must_use]
    pub fn with_rows(mut self, rows: Vec<Vec<Cell>>) -> SheetOut {
        self.rows = rows;
        self
    }

    /// The same with a drop-down for a column.
    #[must_use]
    pub fn with_list(mut self, column: &'static str, values: Vec<String>) -> SheetOut {
        self.lists.push((column, values));
        self
    }
}

/// How a workbook is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteOptions {
    /// What the workbook is: "Sổ nhập liệu năm 2026". Stands on the guide sheet.
    pub title: String,
    /// The unit that fills it in; may be empty.
    pub unit: String,
    /// The period it is about.
    pub period: Option<Period>,
    /// More lines for the guide sheet.
    pub notes: Vec<String>,
    /// True: for clerks, with guide, example rows, notes and drop-downs. False: a bare export,
    /// written row by row in little memory.
    pub for_clerks: bool,
    /// How many empty rows under the last one get drop-downs.
    pub blank_rows: u32,
}

impl WriteOptions {
    /// A workbook for clerks to fill in.
    pub fn for_clerks(title: impl Into<String>) -> WriteOptions {
        WriteOptions {
            title: title.into(),
            unit: String::new(),
            period: None,
            notes: Vec::new(),
            for_clerks: true,
            blank_rows: 1000,
        }
    }

    /// A bare export.
    pub fn export() -> WriteOptions {
        WriteOptions { for_clerks: false, blank_rows: 0, ..WriteOptions::for_clerks("") }
    }
}

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Excel holds 1,048,576 rows.
    #[error("sheet '{sheet}' has too many rows: {rows}")]
    TooManyRows {
        /// The title of the sheet.
        sheet: String,
        /// How many rows.
        rows: usize,
    },
    /// Excel holds 32,767 letters in a cell.
    #[error("sheet '{sheet}', row {row}, column '{column}': the text is longer than 32,767 letters")]
    TooLong {
        /// The title of the sheet.
        sheet: String,
        /// Which of the rows, from 1.
        row: usize,
        /// The heading.
        column: String,
    },
    /// The writing library refused.
    #[error(transparent)]
    Excel(#[from] rust_xlsxwriter::XlsxError),
}

impl WriteError {
    /// The message for people.
    pub fn message(&self) -> Message {
        match self {
            WriteError::TooManyRows { sheet, rows } => {
                Message::new("exchange-write-rows").with("sheet", sheet).with("rows", *rows)
            }
            WriteError::TooLong { sheet, row, column } => Message::new("exchange-write-long")
                .with("sheet", sheet)
                .with("row", *row)
                .with("column", column),
            WriteError::Excel(error) => {
                Message::new("exchange-write-failed").with("reason", error.to_string())
            }
        }
    }
}

/// Writes a workbook. The same input gives the same bytes.
pub fn write(sheets: &[SheetOut], options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    // A fixed day, or the file would differ from one second to the next.
    let properties = DocProperties::new()
        .set_title(&options.title)
        .set_company(&options.unit)
        .set_author("Nền Nếp")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    let titles = titles(sheets);
    if options.for_clerks {
        guide::write(book.add_worksheet(), sheets, &titles, options)?;
    }
    let mut lists = Lists::default();
    let mut head_rows = Vec::new();
    for (out, title) in sheets.iter().zip(&titles) {
        let worksheet = if options.for_clerks {
            book.add_worksheet()
        } else {
            book.add_worksheet_with_constant_memory()?
        };
        worksheet.set_name(title)?;
        head_rows.push(sheet::write(worksheet, out, options, &mut lists)?);
    }
    if !lists.columns.is_empty() {
        let worksheet = book.add_worksheet();
        worksheet.set_name(marks::LISTS)?.set_hidden(true);
        for (column, values) in (0_u16..).zip(&lists.columns) {
            for (row, value) in (0_u32..).zip(values) {
                worksheet.write_string(row, column, value)?;
            }
        }
    }
    let worksheet = book.add_worksheet();
    worksheet.set_name(marks::SHEET)?.set_very_hidden(true);
    worksheet.write_string(0, 0, marks::FORMAT)?;
    worksheet.write_number(0, 1, marks::VERSION as f64)?;
    for (row, (out, title)) in (1_u32..).zip(sheets.iter().zip(&titles)) {
        worksheet.write_string(row, 0, out.spec.name)?;
        worksheet.write_string(row, 1, title)?;
    }
    let mut times: HashMap<&str, usize> = HashMap::new();
    for ((out, title), head) in sheets.iter().zip(&titles).zip(head_rows) {
        let n = times.entry(out.spec.name).or_default();
        *n += 1;
        let name = match n {
            1 => format!("{}{}", marks::NAME, out.spec.name),
            n => format!("{}{}.{n}", marks::NAME, out.spec.name),
        };
        book.define_name(name, &marks::reference(title, &format!("$A${}", head + 1)))?;
    }
    Ok(book.save_to_buffer()?)
}

/// The titles of the sheets; a kind that comes twice gets "(2)".
fn titles(sheets: &[SheetOut]) -> Vec<String> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    let title = |out: &SheetOut| {
        let n = times.entry(out.spec.title).or_default();
        *n += 1;
        match n {
            1 => out.spec.title.to_owned(),
            n => {
                let tail = format!(" ({n})");
                let room = 31 - tail.chars().count();
                let mut title: String = out.spec.title.chars().take(room).collect();
                title.push_str(&tail);
                title
            }
        }
    };
    sheets.iter().map(title).collect()
}

/// The drop-down lists of the workbook, which stand on a hidden sheet: Excel takes no more than 255
/// letters in the drop-down itself, and no commas. Equal lists are kept once.
#[derive(Default)]
struct Lists {
    columns: Vec<Vec<String>>,
}

impl Lists {
    /// The most values of one list; nobody scrolls further.
    const LONGEST: usize = 20_000;

    /// The reference to a list with these values.
    fn reference(&mut self, values: &[String]) -> String {
        let values = &values[..values.len().min(Lists::LONGEST)];
        let index = self.columns.iter().position(|c| c == values).unwrap_or_else(|| {
            self.columns.push(values.to_vec());
            self.columns.len() - 1
        });
        let column = crate::column_letters(u32::try_from(index).unwrap_or(0));
        marks::reference(marks::LISTS, &format!("${column}$1:${column}${}", values.len()))
    }
}

#[cfg(test)]
mod tests;
