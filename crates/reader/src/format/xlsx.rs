//! Excel files of any shape: each sheet's name, then its rows, cells parted by tabs.
//!
//! Cells are streamed: a sheet that claims a million columns costs nothing.

use super::{MAX_TEXT, Text};
use calamine::{DataRef, Reader, Xlsx};
use domain::Message;
use std::io::{Cursor, Read};

pub(super) fn read(bytes: &[u8], out: &mut Text) {
    if !inflates(bytes, out) {
        return;
    }
    let Ok(mut book) = Xlsx::new(Cursor::new(bytes)) else {
        out.problem(Message::new("reader-not-readable"));
        return;
    };
    let names = book.sheet_names();
    let many = names.len() > 1;
    for name in names {
        let sheet = rows(&mut book, &name, out);
        if sheet.is_empty() {
            continue;
        }
        if many {
            out.text.push_str(&name);
            out.text.push_str("\n\n");
        }
        out.text.push_str(&sheet);
        out.text.push('\n');
        if out.text.len() > MAX_TEXT {
            break;
        }
    }
    out.text.truncate(out.text.trim_end().len());
}

/// Whether every part inflates to a size that can be held.
fn inflates(bytes: &[u8], out: &mut Text) -> bool {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        out.problem(Message::new("reader-not-readable"));
        return false;
    };
    let mut total = 0;
    for i in 0..zip.len().min(2000) {
        let Ok(file) = zip.by_index(i) else { continue };
        let name = file.name().map(|n| n.into_owned()).unwrap_or_default();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let limit = super::docx::MAX_PART;
        total += std::io::copy(&mut file.take(limit + 1), &mut std::io::sink()).unwrap_or(0);
        if total > limit {
            out.problem(Message::new("reader-part-too-big").with("part", name));
            return false;
        }
    }
    true
}

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, out: &mut Text) -> String {
    let damaged = || Message::new("reader-damaged").with("part", name);
    let mut text = String::new();
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(r) => r,
        Err(_) => {
            out.problem(damaged());
            return text;
        }
    };
    let (mut row, mut column) = (None, 0);
    loop {
        let cell = match reader.next_cell() {
            Ok(Some(c)) => c,
            Ok(None) => break,
            Err(_) => {
                out.problem(damaged());
                break;
            }
        };
        let value = show(cell.get_value());
        if value.is_empty() {
            continue;
        }
        let (r, c) = cell.get_position();
        if row != Some(r) {
            if row.is_some() {
                text.push('\n');
            }
            row = Some(r);
            column = 0;
        }
        // Empty cells keep their place, but not a thousand of them.
        let skip = c.saturating_sub(column).min(40);
        for _ in 0..skip {
            text.push('\t');
        }
        column = c;
        text.push_str(&value);
        if text.len() > MAX_TEXT {
            break;
        }
    }
    text.push('\n');
    text
}

fn show(v: &DataRef<'_>) -> String {
    let words = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    match v {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(f) => number(*f),
        DataRef::String(s) => words(s),
        DataRef::SharedString(s) => words(s),
        DataRef::Bool(_) | DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::DateTime(d) => {
            let (y, m, day, ..) = d.to_ymd_hms_milli();
            if d.is_datetime() && y > 1900 { format!("{day:02}/{m:02}/{y}") } else { number(d.as_f64()) }
        }
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => words(s),
    }
}

/// A number as an office writes it: a comma before decimals, no more of them than are meant.
fn number(f: f64) -> String {
    if !f.is_finite() {
        return String::new();
    }
    if f == f.trunc() && f.abs() < 1e15 {
        return format!("{f:.0}");
    }
    let s = format!("{f:.4}");
    s.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::super::{Format, read};
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn book(sheet: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [
            ("[Content_Types].xml", "<Types/>"),
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ),
            ("xl/styles.xml", "<styleSheet/>"),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Biểu 1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
            ),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        for (name, xml) in parts {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(xml.as_bytes()).expect("its bytes");
        }
        zip.finish().expect("a zip").into_inner()
    }

    #[test]
    fn reads_rows_and_keeps_columns() {
        let t = read(
            "a.xlsx",
            &book(
                "<worksheet><dimension ref=\"A1:C2\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Chi bộ A</t></is></c><c r=\"C1\"><v>25</v></c></row><row r=\"2\"><c r=\"A2\"><v>98.9</v></c></row></sheetData></worksheet>",
            ),
        );
        assert_eq!(t.format, Some(Format::Xlsx));
        assert_eq!(t.text, "Chi bộ A\t\t25\n98,9", "{:?}", t.problems);
    }

    #[test]
    fn a_sheet_as_large_as_excel_allows_costs_nothing() {
        let t = read(
            "a.xlsx",
            &book(
                "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>",
            ),
        );
        assert!(t.text.len() < 100);
    }
}
