//! What each fuzzer does with its bytes, and what must hold whatever they are.
//!
//! The same file is a module of xtask's test `corpus`, which feeds every kept input through
//! the same functions with a stable compiler. So it may use nothing but our crates and `zip`.
//!
//! A zip mutated byte by byte is almost never a zip. Targets of packed formats therefore take the
//! parts as they are, parted by a zero byte, and pack them; bytes that begin with `PK` are a file.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::OnceLock;
use zip::CompressionMethod::Stored;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every target. The name is the fuzzer's and the folder's of its corpus.
pub const ALL: [Target; 13] = [
    ("docx", docx),
    ("pdf", pdf),
    ("xlsx", xlsx),
    ("html", html),
    ("plain", plain),
    ("claims", claims),
    ("numbers", numbers),
    ("workbook", workbook),
    ("edited", edited),
    ("template", template),
    ("indicator", indicator),
    ("catalogue", catalogue),
    ("domain", domain),
];

/// Parts that replace, in their order, the parts of a file; an empty one leaves what was there.
pub fn packed(bytes: &[u8], base: &[(&str, Vec<u8>)]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let mut given = bytes.split(|b| *b == 0);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(Stored);
    for (name, usual) in base {
        let part = given.next().filter(|p| !p.is_empty()).unwrap_or(usual);
        zip.start_file(*name, options).expect("a new part");
        zip.write_all(part).expect("written to memory");
    }
    zip.finish().expect("a whole file").into_inner()
}

/// What the reader promises of any text.
fn read_text(text: &str) {
    for c in reader::claims(text) {
        assert_eq!(text.get(c.bytes.clone()), Some(&*c.quote));
        assert!(c.value.is_finite());
    }
    for p in reader::check(text).iter().flat_map(|f| &f.places) {
        assert_eq!(text.get(p.bytes.clone()), Some(&*p.quote));
    }
}

fn read_file(name: &str, bytes: &[u8]) {
    let t = reader::read(name, bytes);
    assert!(t.text.len() <= reader::MAX_TEXT.saturating_mul(3), "repair may widen, not multiply");
    if let Some(repaired) = &t.repaired {
        let end = repaired.text.len();
        let _ = repaired.back(0..end);
    }
}

/// `reader`: Word. Parts: body, footnotes, endnotes.
pub fn docx(bytes: &[u8]) {
    let base = [
        ("word/document.xml", b"<w:document/>".to_vec()),
        ("word/footnotes.xml", b"<w:footnotes/>".to_vec()),
        ("word/endnotes.xml", b"<w:endnotes/>".to_vec()),
    ];
    read_file("a.docx", &packed(bytes, &base));
}

/// `reader`: PDF.
pub fn pdf(bytes: &[u8]) {
    read_file("a.pdf", bytes);
}

/// The parts of an empty workbook.
pub fn book() -> [(&'static str, Vec<u8>); 7] {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations =
        |all: String| format!("<Relationships xmlns=\"{PACKAGE}\">{all}</Relationships>").into_bytes();
    [
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData/></worksheet>").into_bytes()),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\"/>").into_bytes()),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\"/>").into_bytes()),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Mọi kiểu\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            )
            .into_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                relation("rId1", "worksheet", "worksheets/sheet1.xml")
                    + &relation("rId2", "sharedStrings", "sharedStrings.xml")
                    + &relation("rId3", "styles", "styles.xml"),
            ),
        ),
        ("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))),
        ("[Content_Types].xml", b"<Types/>".to_vec()),
    ]
}

/// `reader`: Excel of any shape. Parts: sheet, shared texts, styles, workbook, its relations, the
/// file's relations.
pub fn xlsx(bytes: &[u8]) {
    read_file("a.xlsx", &packed(bytes, &book()));
}

/// `reader`: web pages.
pub fn html(bytes: &[u8]) {
    read_file("a.html", bytes);
}

/// `reader`: texts in any encoding, and the kind of a file.
pub fn plain(bytes: &[u8]) {
    read_file("a.txt", bytes);
    if !bytes.starts_with(b"PK") && !bytes.starts_with(b"%PDF") {
        read_file("a", bytes);
    }
}

/// `reader`: claims and checks of a text.
pub fn claims(bytes: &[u8]) {
    read_text(&String::from_utf8_lossy(bytes));
}

/// `reader`: every number of a text.
pub fn numbers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let points: Vec<char> = text.chars().collect();
    for n in reader::numbers(&text) {
        assert_eq!(text.get(n.bytes.clone()), Some(&*n.text));
        assert_eq!(points[n.points].iter().collect::<String>(), n.text);
        assert!(n.value.is_none_or(f64::is_finite));
    }
}

const LEVELS: &[exchange::ChoiceItem] = &[
    exchange::ChoiceItem { code: "good", vi: "Hoàn thành tốt nhiệm vụ", en: "Good" },
    exchange::ChoiceItem { code: "done", vi: "Hoàn thành nhiệm vụ", en: "Done" },
];

const fn column(name: &'static str, heading: &'static str, ty: exchange::CellType) -> exchange::ColumnSpec {
    exchange::ColumnSpec { name, heading, ty, ..exchange::ColumnSpec::TEXT }
}

/// A sheet with a column of every kind.
pub static SHEET: exchange::SheetSpec = {
    use exchange::CellType::*;
    exchange::SheetSpec {
        name: "all",
        title: "Mọi kiểu",
        note: "",
        columns: &[
            column("name", "Họ và tên", Name),
            column("content", "Nội dung", Text { max: 500 }),
            column("day", "Ngày", Day),
            column("year", "Năm", Year),
            column("month", "Tháng", Month),
            column("people", "Số người", Whole { min: 0, max: i64::MAX }),
            column("money", "Số tiền", Money),
            column("share", "Tỷ lệ", Decimal { places: 2 }),
            column("online", "Trực tuyến", Flag),
            column("level", "Xếp loại", Choice(LEVELS)),
            column("period", "Kỳ", Period),
            column("unit", "Đơn vị", UnitRef),
            column("chair", "Chủ trì", PersonRef),
            column("document", "Văn bản", Ref("document")),
        ],
        key: &["name", "day"],
    }
};

/// `exchange`: a workbook with known columns, and a list in the office's own layout. Parts as in [`xlsx`].
pub fn workbook(bytes: &[u8]) {
    let file = packed(bytes, &book());
    let limits = exchange::Limits::default();
    let _ = exchange::read(&file, &[&SHEET], &limits);
    let _ = exchange::recognise(&file, &[&SHEET], &exchange::Mapping::default(), &limits);
}

/// An issued report whose parts the fuzzer replaces.
pub fn issued() -> &'static [(String, Vec<u8>)] {
    use document::model::*;
    static FILE: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    FILE.get_or_init(|| {
        let text = |t: &str| Inline::Text(t.to_owned());
        let figure = |id: &str, shown: &str| {
            Inline::Figure(Figure {
                indicator: id.to_owned(),
                period: "2021-2023".to_owned(),
                unit: "K".to_owned(),
                value: shown.replace('.', ""),
                shown: shown.to_owned(),
                ..Figure::default()
            })
        };
        let document = Document {
            kind: "BÁO CÁO".to_owned(),
            blocks: vec![
                Block::Heading(1, vec![text("I. HỌC TẬP")]),
                Block::Paragraph(vec![
                    text("Có "),
                    figure("study.attended", "4.320"),
                    text(" lượt"),
                    Inline::Note(vec![text("Năm trước "), figure("study.before", "3.900")]),
                ]),
                Block::Table(Table {
                    columns: vec![Column { width: 1, head: "Số".to_owned(), numeric: true }],
                    rows: vec![vec![vec![figure("study.attended", "4.320")]]],
                    ..Table::default()
                }),
            ],
            head: Head::default(),
            extract: "năm 2023".to_owned(),
            recipients: Vec::new(),
            signature: None,
            about: About::default(),
        };
        let bytes = document::docx::write(&document, &document::layout::PROFILES[0]).expect("a file");
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut parts = Vec::new();
        for index in 0..zip.len() {
            let mut part = zip.by_index(index).expect("a part");
            let name = part.name().expect("a name").into_owned();
            let mut bytes = Vec::new();
            std::io::copy(&mut part, &mut bytes).expect("inflated");
            parts.push((name, bytes));
        }
        // The parts that a fuzzer should reach first.
        let rank = |name: &str| {
            let order = ["word/document.xml", "customXml/item1.xml", "word/footnotes.xml", "word/styles.xml"];
            order.iter().position(|o| *o == name).unwrap_or(order.len())
        };
        parts.sort_by_key(|(name, _)| rank(name));
        parts
    })
}

/// `document`: a DOCX that somebody edited. Parts: body, list of figures, footnotes, styles.
pub fn edited(bytes: &[u8]) {
    let base: Vec<(&str, Vec<u8>)> = issued().iter().map(|(n, b)| (n.as_str(), b.clone())).collect();
    let file = packed(bytes, &base);
    let Ok(read) = document::edited::read(&file) else { return };
    for p in &read.paragraphs {
        let _ = p.outside();
        let _ = p.place.message();
    }
    let renew = |f: &document::model::Figure| {
        Some(document::model::Figure { value: "7".to_owned(), shown: "07 <&>".to_owned(), ..f.clone() })
    };
    if let Ok((renewed, changes)) = document::edited::refill(&file, &renew) {
        let again = document::edited::read(&renewed).expect("what we write can be read");
        assert!(changes.is_empty() || !again.figures.is_empty());
    }
}

/// `document`: a template, filled with no answers.
pub fn template(bytes: &[u8]) {
    use document::template::{Answers, FillMode, Template, fill};
    let text = String::from_utf8_lossy(bytes);
    let Ok(template) = Template::parse("t", &text) else { return };
    for hole in template.holes() {
        let _ = hole.to_string();
        let _ = template.item_fields(&hole);
    }
    for mode in [FillMode::Report, FillMode::BlankForm] {
        let _ = fill(&template, &Answers::default(), mode);
    }
}

const fn dim(name: &'static str, ty: figures::DimType) -> figures::Dim {
    figures::Dim { name, ty, label_vi: name, label_en: name }
}

static EVENT: figures::Measure = figures::Measure {
    name: "inspection",
    label_vi: "cuộc kiểm tra",
    label_en: "inspections",
    shape: figures::Shape::Events,
    sql: "",
    dims: &[
        dim("kind", figures::DimType::Choice(&["inspection", "supervision"])),
        dim("head", figures::DimType::Flag),
        dim("due", figures::DimType::Day),
        dim("findings", figures::DimType::Int),
        dim("object_unit", figures::DimType::Unit),
        dim("programme", figures::DimType::Word),
    ],
    amounts: true,
    persons: true,
    rolls_up_by: ("đơn vị", "the unit"),
    returns: "inspection",
};

static SPELL: figures::Measure = figures::Measure {
    name: "member",
    label_vi: "đảng viên",
    label_en: "members",
    shape: figures::Shape::Spells,
    sql: "",
    dims: &[dim("category", figures::DimType::Choice(&["party_member", "worker"]))],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị", "the unit"),
    returns: "person",
};

static MEASURES: [&figures::Measure; 2] = [&EVENT, &SPELL];

/// `figures`: an expression; what is read is printed and read again.
pub fn indicator(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let expr = match figures::parse(&text) {
        Ok(expr) => expr,
        Err(problem) => {
            assert!(problem.span.from <= text.len() && text.is_char_boundary(problem.span.from));
            return;
        }
    };
    let printed = expr.to_string();
    if printed.len() <= figures::MAX_TEXT {
        let again = figures::parse(&printed).expect("what is printed can be read");
        assert_eq!(again.to_string(), printed);
    }
    if let Ok(plan) = figures::check(&expr, &MEASURES, &BTreeMap::new()) {
        let _ = (plan.leaves(), plan.returns(), plan.references());
    }
}

/// `figures`: a catalogue file.
pub fn catalogue(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(catalogue) = figures::Catalogue::load(&[("a.toml", &text)], &MEASURES) {
        for indicator in catalogue.all() {
            let _ = indicator.plan.leaves();
        }
    }
}

/// `domain`: days, periods, numbers, keys of texts.
pub fn domain(bytes: &[u8]) {
    use domain::{number, text};
    let s = &*String::from_utf8_lossy(bytes);
    if let Some(day) = domain::parse_day(s) {
        assert_eq!(domain::parse_day(&domain::day_short(day)), Some(day));
        let _ = domain::day_long(day);
    }
    if let Ok(period) = s.parse::<domain::Period>() {
        assert_eq!(period.to_string().parse(), Ok(period), "{s}");
        assert!(period.from() <= period.to());
        let _ = period.previous();
        assert!(period.by_year().iter().all(|y| period.covers(y)));
    }
    if let Some(n) = number::parse_whole(s) {
        assert_eq!(number::parse_whole(&number::grouped(n)), Some(n), "{s}");
        let _ = (number::padded(n), number::decimal(n, n.unsigned_abs().max(1).try_into().unwrap_or(1), 6));
    }
    let folded = text::fold(s);
    assert_eq!(text::fold(&folded), folded, "{s:?}");
    let tidy = text::tidy(s);
    assert_eq!(text::tidy(&tidy), tidy, "{s:?}");
    let _ = (text::sort_key(s), text::name_sort_key(s), text::strip_titles(s));
}
