//! One sheet of records: headings, example, rows, drop-downs, notes.

use super::guide::{hint, note_of};
use super::{Lists, SheetOut, WriteError, WriteOptions};
use crate::cell::Cell;
use crate::marks;
use crate::spec::{CellType, ColumnSpec};
use crate::value::serial_of;
use domain::{Period, day_short};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign, FormatBorder, Formula,
    IgnoreError, Note, Worksheet, XlsxError,
};

/// Excel holds no more rows.
const MAX_ROWS: usize = 1_048_576;
/// Excel holds no more letters in a cell.
const MAX_LETTERS: usize = 32_767;
/// Excel keeps 15 digits of a number; longer ones are written as text.
const MAX_NUMBER: u64 = 999_999_999_999_999;

/// Headings that must be filled, and the others; white on both keeps a contrast above 7.
pub(super) const REQUIRED_COLOUR: u32 = 0x9B_1C_1C;
pub(super) const OPTIONAL_COLOUR: u32 = 0x37_4B_5E;
/// The lines between cells.
const LINE_COLOUR: u32 = 0xD0_D0_D0;
/// The example row.
pub(super) const EXAMPLE_COLOUR: u32 = 0x6B_6B_6B;
pub(super) const EXAMPLE_GROUND: u32 = 0xF2_F2_F2;

/// Writes the sheet and gives the row of its headings, from 0.
pub(super) fn write(
    sheet: &mut Worksheet,
    out: &SheetOut,
    options: &WriteOptions,
    lists: &mut Lists,
) -> Result<u32, WriteError> {
    let spec = out.spec;
    let columns: Vec<(u16, &ColumnSpec)> = (0..).zip(spec.columns).collect();
    let head: u32 = if options.for_clerks { 2 } else { 0 };
    let first = if options.for_clerks { head + 2 } else { head + 1 };
    if out.rows.len() + first as usize > MAX_ROWS {
        return Err(WriteError::TooManyRows { sheet: spec.title.to_owned(), rows: out.rows.len() });
    }
    let blank: Vec<Format> = spec.columns.iter().map(|c| format_of(&c.ty, options.for_clerks)).collect();
    let line = |f: &Format| f.clone().set_border(FormatBorder::Thin).set_border_color(LINE_COLOUR);
    let formats: Vec<Format> =
        if options.for_clerks { blank.iter().map(line).collect() } else { blank.clone() };
    let widths: Vec<f64> =
        columns.iter().map(|&(at, c)| width_of(c, options.for_clerks && at == 0)).collect();
    for &(at, _) in &columns {
        sheet.set_column_width(at, widths[usize::from(at)])?;
        sheet.set_column_format(at, &blank[usize::from(at)])?;
    }
    if options.for_clerks {
        write_title(sheet, out, options)?;
    }
    write_headings(sheet, &columns, head)?;
    if options.for_clerks {
        write_example(sheet, &columns, head + 1)?;
    }
    for (row, cells) in (first..).zip(&out.rows) {
        if options.for_clerks
            && let Some(height) = row_height(&columns, cells, &widths)
        {
            sheet.set_row_height(row, height)?;
        }
        for ((&(at, column), cell), format) in columns.iter().zip(cells).zip(&formats) {
            if let Cell::Text(text) = cell
                && text.chars().count() > MAX_LETTERS
            {
                return Err(WriteError::TooLong {
                    sheet: spec.title.to_owned(),
                    row: (row - first) as usize + 1,
                    column: column.heading.to_owned(),
                });
            }
            if cell.is_empty() && options.for_clerks {
                sheet.write_blank(row, at, format)?;
            }
            write_cell(sheet, row, at, &column.ty, cell, format)?;
        }
    }
    let last = (first as usize + out.rows.len()).saturating_sub(1);
    let last = u32::try_from(last).unwrap_or(first).max(first);
    let last_column = columns.last().map_or(0, |(at, _)| *at);
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.autofilter(head, 0, last, last_column)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(head, head)?;
    if options.for_clerks {
        let end = last.saturating_add(options.blank_rows).min(MAX_ROWS as u32 - 1);
        for &(at, column) in &columns {
            let own = out.lists.iter().find(|(name, _)| *name == column.name).map(|(_, v)| v.as_slice());
            if let Some(rule) = drop_down(column, own, lists)? {
                sheet.add_data_validation(first, at, end, at, &rule)?;
            }
            let text = matches!(kind_of(&column.ty), Kind::Text);
            if text {
                sheet.ignore_error_range(head + 1, at, end, at, IgnoreError::NumberStoredAsText)?;
            }
            let note = Note::new(note_of(column))
                .set_author("Nền Nếp")
                .add_author_prefix(false)
                .set_width(300)
                .set_height(note_height(column));
            sheet.insert_note(head, at, &note)?;
        }
    }
    Ok(head)
}

fn write_title(sheet: &mut Worksheet, out: &SheetOut, options: &WriteOptions) -> Result<(), XlsxError> {
    let plain = plain().set_num_format("@");
    let mut title = out.spec.title.to_uppercase();
    if !options.unit.is_empty() {
        title.push_str(" – ");
        title.push_str(&options.unit);
    }
    if let Some(period) = options.period {
        title.push_str(&format!(" – {period}"));
    }
    sheet.write_string_with_format(0, 0, title, &plain.clone().set_bold().set_font_size(14))?;
    let star = "Cột đỏ có dấu * phải điền. Dòng xám là ví dụ, không nạp vào. Giữ con trỏ trên tên cột để xem cách ghi.";
    let note = if out.spec.note.is_empty() { star.to_owned() } else { format!("{} {star}", out.spec.note) };
    sheet.write_string_with_format(1, 0, note, &plain.set_italic())?;
    Ok(())
}

fn write_headings(sheet: &mut Worksheet, columns: &[(u16, &ColumnSpec)], head: u32) -> Result<(), XlsxError> {
    let plain = plain()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_font_color(0xFF_FF_FF_u32);
    let required = plain.clone().set_background_color(REQUIRED_COLOUR);
    let optional = plain.set_background_color(OPTIONAL_COLOUR);
    sheet.set_row_height(head, 36)?;
    for &(at, column) in columns {
        if column.required {
            sheet.write_string_with_format(head, at, format!("{} *", column.heading), &required)?;
        } else {
            sheet.write_string_with_format(head, at, column.heading, &optional)?;
        }
    }
    Ok(())
}

/// The example is written as text, so that reading compares it letter by letter.
fn write_example(sheet: &mut Worksheet, columns: &[(u16, &ColumnSpec)], row: u32) -> Result<(), XlsxError> {
    let grey = plain()
        .set_italic()
        .set_font_color(EXAMPLE_COLOUR)
        .set_background_color(EXAMPLE_GROUND)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE_COLOUR)
        .set_num_format("@");
    for &(at, column) in columns {
        let text = match at {
            0 => format!("{} {}", marks::EXAMPLE, column.example).trim_end().to_owned(),
            _ => column.example.to_owned(),
        };
        sheet.write_string_with_format(row, at, text, &grey)?;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    ty: &CellType,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    let number = |n: i64| (n.unsigned_abs() <= MAX_NUMBER).then_some(n as f64);
    match (ty, cell) {
        (_, Cell::Empty) => {}
        (CellType::Choice(items), Cell::Text(code)) => {
            let label = items.iter().find(|i| i.code == code).map_or(code.as_str(), |i| i.vi);
            sheet.write_string_with_format(row, at, label, format)?;
        }
        (_, Cell::Text(text)) => {
            sheet.write_string_with_format(row, at, text, format)?;
        }
        (CellType::Flag, Cell::Int(n)) => {
            sheet.write_string_with_format(row, at, if *n == 0 { "không" } else { "x" }, format)?;
        }
        (CellType::Decimal { places }, Cell::Int(n)) => {
            let places = u32::from(*places).min(6);
            match number(*n) {
                Some(value) => {
                    sheet.write_number_with_format(row, at, value / f64::from(10_u32.pow(places)), format)?
                }
                None => sheet.write_string_with_format(row, at, long_decimal(*n, places), format)?,
            };
        }
        (CellType::Year | CellType::Whole { .. } | CellType::Money, Cell::Int(n)) => {
            match number(*n) {
                Some(value) => sheet.write_number_with_format(row, at, value, format)?,
                None => sheet.write_string_with_format(row, at, n.to_string(), format)?,
            };
        }
        (_, Cell::Int(n)) => {
            sheet.write_string_with_format(row, at, n.to_string(), format)?;
        }
        (CellType::Day, Cell::Day(day)) => {
            match serial_of(*day) {
                Some(serial) => sheet.write_number_with_format(row, at, serial, format)?,
                None => sheet.write_string_with_format(row, at, day_short(*day), format)?,
            };
        }
        (_, Cell::Day(day)) => {
            sheet.write_string_with_format(row, at, day_short(*day), format)?;
        }
        (CellType::Month, Cell::Period(period)) => {
            sheet.write_string_with_format(row, at, month_text(*period), format)?;
        }
        (_, Cell::Period(period)) => {
            sheet.write_string_with_format(row, at, period.to_string(), format)?;
        }
    }
    Ok(())
}

/// `06/2021`.
fn month_text(period: Period) -> String {
    use chrono::Datelike;
    format!("{:02}/{}", period.from().month(), period.from().year())
}

/// A decimal too long for an Excel number: `12345678901234567,89`.
fn long_decimal(scaled: i64, places: u32) -> String {
    let factor = 10_u64.pow(places);
    let (whole, rest) = (scaled.unsigned_abs() / factor, scaled.unsigned_abs() % factor);
    let sign = if scaled < 0 { "-" } else { "" };
    match places {
        0 => format!("{sign}{whole}"),
        places => format!("{sign}{whole},{rest:0width$}", width = places as usize),
    }
}

/// How a column stands in Excel.
enum Kind {
    Text,
    Number(String),
    Day,
}

fn kind_of(ty: &CellType) -> Kind {
    match ty {
        CellType::Day => Kind::Day,
        CellType::Year => Kind::Number("0".to_owned()),
        CellType::Whole { .. } | CellType::Money => Kind::Number("#,##0".to_owned()),
        CellType::Decimal { places: 0 } => Kind::Number("#,##0".to_owned()),
        CellType::Decimal { places } => {
            Kind::Number(format!("#,##0.{}", "0".repeat(usize::from(*places).min(6))))
        }
        // Periods and codes as text, or Excel turns 06/2021 into a day and 012 into 12.
        _ => Kind::Text,
    }
}

/// The letter of every cell: what offices write with, in a size for elderly eyes.
pub(super) fn plain() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

fn is_long(ty: &CellType) -> bool {
    matches!(ty, CellType::Text { max } if *max > 100)
}

fn format_of(ty: &CellType, wrapped: bool) -> Format {
    let format = match kind_of(ty) {
        Kind::Text if is_long(ty) && wrapped => plain().set_num_format("@").set_text_wrap(),
        Kind::Text => plain().set_num_format("@"),
        Kind::Number(code) => plain().set_num_format(code),
        Kind::Day => plain().set_num_format("dd/mm/yyyy"),
    };
    let format = match ty {
        CellType::Day | CellType::Year | CellType::Month | CellType::Period | CellType::Flag => {
            format.set_align(FormatAlign::Center)
        }
        _ => format,
    };
    format.set_align(FormatAlign::Top)
}

/// The height of a row whose longest text needs several lines; programs do not grow such rows in a
/// file they did not write.
fn row_height(columns: &[(u16, &ColumnSpec)], cells: &[Cell], widths: &[f64]) -> Option<f64> {
    let lines_of = |text: &str, width: f64| -> usize {
        // The bound on widths keeps the cast small.
        let letters = ((width * 1.1) as usize).max(8);
        text.lines().map(|l| l.chars().count() / letters + 1).sum()
    };
    let texts = columns.iter().zip(cells).zip(widths).filter_map(|((&(_, column), cell), width)| {
        if is_long(&column.ty) { cell.text().map(|t| lines_of(t, *width)) } else { None }
    });
    // Excel's rows reach 409 points.
    texts.max().filter(|n| *n > 1).map(|n| f64::from(u8::try_from(n).unwrap_or(25).min(25)) * 16.0)
}

fn width_of(column: &ColumnSpec, with_example: bool) -> f64 {
    let least = match column.ty {
        CellType::Text { max } if max > 100 => 40.0,
        CellType::Text { .. } | CellType::Choice(_) => 20.0,
        CellType::Name | CellType::PersonRef => 26.0,
        CellType::UnitRef | CellType::Ref(_) => 30.0,
        CellType::Period => 23.0,
        CellType::Money => 18.0,
        CellType::Day => 14.0,
        CellType::Year | CellType::Month | CellType::Flag => 10.0,
        CellType::Whole { .. } | CellType::Decimal { .. } => 12.0,
    };
    // Headings wrap to two lines; the longest word must fit, with its mark.
    let words = column.heading.split(' ').map(|w| w.chars().count()).max().unwrap_or(0);
    let half = column.heading.chars().count() / 2 + 3;
    let needed = u8::try_from(words.max(half) + 2).unwrap_or(60);
    let example =
        if with_example { marks::EXAMPLE.chars().count() + column.example.chars().count() + 3 } else { 0 };
    let needed = needed.max(u8::try_from(example).unwrap_or(60));
    f64::max(least, f64::from(needed)).min(60.0)
}

fn note_height(column: &ColumnSpec) -> u32 {
    // About 45 letters in a line of 17 pixels.
    let lines: usize = note_of(column).lines().map(|l| l.chars().count() / 45 + 1).sum();
    u32::try_from(lines).unwrap_or(20).min(25) * 17 + 14
}

/// The drop-down or check of a column, if it has one. Choices are strict; lists of units or persons
/// only warn, because codes may be typed too.
fn drop_down(
    column: &ColumnSpec,
    own: Option<&[String]>,
    lists: &mut Lists,
) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let from_list = |rule: DataValidation, values: &[String], lists: &mut Lists| {
        // 255 letters with the commas between; what holds a comma itself cannot stand inline.
        let letters: usize = values.iter().map(|v| v.chars().count() + 1).sum();
        if letters <= 250 && !values.iter().any(|v| v.contains([',', '"'])) {
            rule.allow_list_strings(values)
        } else {
            Ok(rule.allow_list_formula(Formula::new(lists.reference(values))))
        }
    };
    let (rule, style) = match (column.ty, own) {
        (_, Some([])) => return Ok(None),
        (_, Some(values)) => (from_list(rule, values, lists)?, DataValidationErrorStyle::Warning),
        (CellType::Choice(items), None) => {
            let labels: Vec<String> = items.iter().map(|i| i.vi.to_owned()).collect();
            (from_list(rule, &labels, lists)?, DataValidationErrorStyle::Stop)
        }
        (CellType::Flag, None) => (rule.allow_list_strings(&["x", "không"])?, DataValidationErrorStyle::Stop),
        (CellType::Year, None) => {
            (rule.allow_whole_number(DataValidationRule::Between(1900, 2200)), DataValidationErrorStyle::Stop)
        }
        (CellType::Whole { min, max }, None) => {
            let small = |n: i64| i32::try_from(n).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX });
            let between = DataValidationRule::Between(small(min), small(max));
            // Numbers beyond the check's own range must not be stopped by it.
            let fits = i32::try_from(min).is_ok() && i32::try_from(max).is_ok();
            let style = if fits { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Warning };
            (rule.allow_whole_number(between), style)
        }
        _ => return Ok(None),
    };
    let message: String = hint(column).chars().take(250).collect();
    let rule =
        rule.set_error_style(style).set_error_title("Giá trị chưa đúng")?.set_error_message(message)?;
    Ok(Some(rule))
}
