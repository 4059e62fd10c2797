//! Excel files of any shape: each sheet's name, then its rows, cells parted by tabs.
//!
//! Cells are streamed: a sheet that claims a million columns costs nothing.

use super::{MAX_TEXT, Text};
use calamine::{DataRef, Reader, Xlsx};
use domain::Message;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// More parts than this no honest workbook has.
const MAX_PARTS: usize = 4000;
/// Excel itself allows 65,490 cell styles; the library keeps a whole style for each.
const MAX_STYLES: usize = 66_000;
/// So much of a part is looked at for what it claims.
const HEAD: u64 = 8192;
/// The longest element of the styles: each style may copy it.
const MAX_STYLE_ELEMENT: usize = 4096;

pub(super) fn read(bytes: &[u8], out: &mut Text) {
    if !inflates(bytes, out) {
        return;
    }
    // The library is not ours: a panic in it must not become ours. What was read before it stays.
    let mut read = Text::default();
    let done = catch_unwind(AssertUnwindSafe(|| sheets(bytes, &mut read)));
    out.text = read.text;
    out.problems.append(&mut read.problems);
    if done.is_err() {
        out.problem(Message::new("reader-not-readable"));
    }
}

fn sheets(bytes: &[u8], out: &mut Text) {
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

/// Whether the library may open the file: every part inflates to a size that can be held, and
/// nothing claims what would make it reserve memory. A relation may lead to a part of any name, so
/// names excuse nothing; only pictures may together be larger than the limit.
fn inflates(bytes: &[u8], out: &mut Text) -> bool {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        out.problem(Message::new("reader-not-readable"));
        return false;
    };
    if zip.len() > MAX_PARTS {
        out.problem(Message::new("reader-not-readable"));
        return false;
    }
    let limit = super::docx::MAX_PART;
    let mut total = 0;
    for i in 0..zip.len() {
        let Ok(file) = zip.by_index(i) else { continue };
        let name = file.name().map(|n| n.into_owned()).unwrap_or_default();
        let lower = name.to_lowercase();
        let mut part = file.take(limit + 1);
        let mut start = Vec::new();
        let _ = part.by_ref().take(HEAD).read_to_end(&mut start);
        let mut size = start.len() as u64;
        let shared = lower.ends_with("sharedstrings.xml");
        let sound = if holds(&start, b"<!DOCTYPE") {
            // The format forbids document types; only an attack brings one.
            false
        } else if lower.ends_with("styles.xml") {
            let _ = part.read_to_end(&mut start);
            size = start.len() as u64;
            styles(&start)
        } else {
            !shared || shared_texts(&start)
        };
        if !sound {
            out.problem(Message::new("reader-damaged").with("part", name));
            return false;
        }
        size += std::io::copy(&mut part, &mut std::io::sink()).unwrap_or(0);
        if !lower.contains("/media/") {
            total += size;
        }
        // Each shared text is kept with a few dozen bytes of its own.
        if total > limit || size > if shared { limit / 2 } else { limit } {
            out.problem(Message::new("reader-part-too-big").with("part", name));
            return false;
        }
    }
    true
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word))
}

/// The library reserves room for as many shared texts as the first element claims. Honest files
/// name it in the first lines, and hold no more than one for each four bytes.
fn shared_texts(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    let claims = text.split("uniqueCount").skip(1);
    let most = super::docx::MAX_PART / 4;
    let count = |claim: &str| {
        let digits = claim.trim_start_matches(|c: char| !c.is_ascii_digit());
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        digits[..end].parse::<u64>().unwrap_or(u64::MAX)
    };
    let begun = text.contains("<sst") || text.contains(":sst");
    begun && claims.map(count).all(|n| n <= most.min(2_000_000))
}

/// Whether the styles are as many and as short as Excel allows.
fn styles(part: &[u8]) -> bool {
    let text = String::from_utf8_lossy(part);
    let mut count = 0;
    for element in text.split('<').skip(1) {
        let name = element.split(|c: char| !c.is_alphanumeric() && c != ':').next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or(name);
        count += usize::from(matches!(local, "xf" | "font" | "fill" | "border" | "numFmt"));
        if count > 2 * MAX_STYLES || element.len() > MAX_STYLE_ELEMENT {
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

    /// The book with one more part, or another one of that name.
    fn book_with(extra: &str, xml: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new_append(Cursor::new(book("<worksheet><sheetData/></worksheet>")))
            .expect("a zip");
        zip.start_file(extra, SimpleFileOptions::default()).expect("a part");
        zip.write_all(xml.as_bytes()).expect("its bytes");
        zip.finish().expect("a zip").into_inner()
    }

    fn key(bytes: &[u8]) -> Option<&'static str> {
        read("a.xlsx", bytes).problems.first().map(|p| p.message.key)
    }

    #[test]
    fn claims_that_would_cost_memory_are_refused() {
        let texts = |n: &str| {
            book_with("xl/sharedStrings.xml", &format!("<sst uniqueCount=\"{n}\"><si><t>a</t></si></sst>"))
        };
        assert_eq!(key(&texts("1")), Some("reader-empty"));
        for n in ["18446744073709551615", "9223372036854775807", "40000000", "99999999999999999999999"] {
            assert_eq!(key(&texts(n)), Some("reader-damaged"), "{n}");
        }
        // The number further back than anybody looks.
        let far = format!("<?xml?><!--{}--><sst uniqueCount=\"9223372036854775807\"/>", " ".repeat(20_000));
        assert_eq!(key(&book_with("xl/sharedStrings.xml", &far)), Some("reader-damaged"));
        let long = format!(
            "<styleSheet><numFmts><numFmt formatCode=\"{}\"/></numFmts></styleSheet>",
            "0".repeat(5000)
        );
        assert_eq!(key(&book_with("xl/Styles.xml", &long)), Some("reader-damaged"));
        let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        assert_eq!(key(&book_with("xl/theme/theme1.xml", entity)), Some("reader-damaged"));
    }

    #[test]
    fn a_part_of_any_name_counts() {
        let bytes =
            book_with("xl/worksheets/sheet2.bin", &" ".repeat((super::super::docx::MAX_PART + 10) as usize));
        assert_eq!(key(&bytes), Some("reader-part-too-big"));
    }

    #[test]
    fn a_panic_of_the_library_is_a_problem() {
        // A range that runs backwards: the library subtracts without looking.
        let t = read(
            "a.xlsx",
            &book(
                "<worksheet><dimension ref=\"B9:A1\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>",
            ),
        );
        assert!(t.text == "1" || !t.problems.is_empty());
    }
}
