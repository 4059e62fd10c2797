use super::*;
use crate::cell::Cell;
use crate::samples::{ALL, MEMBER, Parts, UNIT, cell, text_row};
use crate::write::{SheetOut, WriteOptions, write};
use domain::Day;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

const SPECS: &[&SheetSpec] = &[&MEMBER, &UNIT, &ALL];

fn limits() -> Limits {
    Limits::default()
}

/// A workbook with one sheet, laid out by hand.
fn book(title: &str, fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(title).expect("a title");
    fill(sheet);
    book.save_to_buffer().expect("written to memory")
}

fn put(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (at, text) in (0..).zip(texts) {
        if !text.is_empty() {
            sheet.write_string(row, at, *text).expect("written");
        }
    }
}

fn keys(book: &Book) -> Vec<&'static str> {
    book.problems.iter().map(|p| p.message.key).collect()
}

fn names(sheet: &Sheet) -> Vec<&str> {
    sheet.rows.iter().filter_map(|r| r.cells[0].text()).collect()
}

#[test]
fn headings_are_found_on_line_seven_in_any_order_and_spelling() {
    let bytes = book("Danh sách", |s| {
        s.merge_range(0, 0, 0, 4, "ĐẢNG BỘ XÃ CÔNG HẢI", &Format::new()).expect("merged");
        s.merge_range(2, 0, 2, 4, "DANH SÁCH ĐẢNG VIÊN", &Format::new()).expect("merged");
        put(s, 6, &["STT", "CHI BỘ *", "Ghi chú", "ngày  sinh (ngày/tháng/năm)", "HỌ, TÊN\nđảng viên"]);
        put(s, 7, &["1", "Chi bộ 1", "mới chuyển", "16/01/1974", "đ/c Trần Thị Bình"]);
        put(s, 9, &["2", "Chi bộ 2", "", "", "Lê Văn Cường"]);
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    let sheet = book.sheet("member").expect("members");
    assert_eq!(sheet.header_row, 7);
    assert_eq!(sheet.columns, [Some("E".into()), Some("D".into()), Some("B".into()), None, None]);
    assert_eq!(sheet.rows.len(), 2, "the empty row is passed over");
    assert_eq!(sheet.rows[0].number, 8);
    assert_eq!(
        sheet.rows[0].cells,
        [
            Cell::from("Trần Thị Bình"),
            Cell::from(Day::from_ymd_opt(1974, 1, 16)),
            Cell::from("Chi bộ 1"),
            Cell::Empty,
            Cell::Empty
        ]
    );
    assert_eq!(sheet.rows[1].number, 10);
    assert!(book.is_sound());
    assert_eq!(keys(&book), ["exchange-column-extra"], "the running number is not worth a word");
    assert_eq!(book.problems[0].place(), "Danh sách!C7");
    assert_eq!(book.problems[0].heading.as_deref(), Some("Ghi chú"));
}

#[test]
fn every_bad_cell_is_named_with_its_place() {
    let bytes = book("Đảng viên", |s| {
        put(s, 0, &["Họ và tên", "Ngày sinh", "Chi bộ", "Ngày chính thức"]);
        put(s, 1, &["Trần Thị Bình", "31/02/1974", "", "1975"]);
        put(s, 2, &["Lê Văn Cường", "16/01/1974", "Chi bộ 1"]);
        s.write_formula(2, 3, rust_xlsxwriter::Formula::new("=A1").set_result("#REF!")).expect("written");
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    let told: Vec<String> = book
        .problems
        .iter()
        .map(|p| format!("{} {:?} {} {}", p.place(), p.heading, p.found, p.message.key))
        .collect();
    assert_eq!(
        told,
        [
            "Đảng viên!B2 Some(\"Ngày sinh\") 31/02/1974 exchange-day-none",
            "Đảng viên!C2 Some(\"Chi bộ\")  exchange-cell-required",
            "Đảng viên!D2 Some(\"Ngày chính thức\") 1975 exchange-day-year-only",
            "Đảng viên!D3 Some(\"Ngày chính thức\") #REF! exchange-cell-error",
        ]
    );
    assert!(!book.is_sound());
    assert!(book.sheets[0].rows.iter().all(|r| !r.sound), "no row of these is to be imported");
    assert_eq!(book.sheets[0].rows[0].cells[1], Cell::Empty);
}

#[test]
fn days_of_both_counts_percentages_and_padded_codes() {
    let rows = format!(
        "{}<row r=\"2\"><c r=\"A2\" t=\"str\"><f>B2</f><v>An</v></c><c r=\"B2\" s=\"1\"><v>43100</v></c>\
         <c r=\"C2\" s=\"2\"><v>0.989</v></c><c r=\"D2\" s=\"3\"><v>12</v></c><c r=\"E2\"><f>1+2</f><v>3.0000</v></c>\
         <c r=\"F2\" t=\"d\"><v>2024-01-16T00:00:00</v></c></row>",
        text_row(1, &["Họ và tên", "Ngày", "Tỷ lệ", "Đơn vị", "Số người", "Nội dung"])
    );
    let parts = Parts::sheet(&rows).with_styles();
    let later = parts.bytes();
    let book = read(&later, SPECS, &limits()).expect("a book");
    let cells = &book.sheet("all").expect("a sheet").rows[0].cells;
    assert_eq!(cells[0], Cell::from("An"), "the cached value of a formula");
    assert_eq!(cells[2], Cell::from(Day::from_ymd_opt(2017, 12, 31)));
    assert_eq!((&cells[7], &cells[11], &cells[5]), (&Cell::Int(9890), &Cell::from("012"), &Cell::Int(3)));
    assert_eq!(cells[1], Cell::from("2024-01-16"));
    assert!(book.is_sound(), "{:?}", book.problems);
    let early = Parts::sheet(&rows).with_styles().change(
        "xl/workbook.xml",
        "<workbookPr/>",
        "<workbookPr date1904=\"1\"/>",
    );
    let book = read(&early.bytes(), SPECS, &limits()).expect("a book");
    assert_eq!(book.sheets[0].rows[0].cells[2], Cell::from(Day::from_ymd_opt(2022, 1, 1)));
}

#[test]
fn a_missing_required_column_is_named_once() {
    let bytes = book("Đảng viên", |s| {
        put(s, 0, &["Họ và tên", "Ngày sinh"]);
        for row in 1..20 {
            put(s, row, &["Trần Thị Bình"]);
        }
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    assert_eq!(keys(&book), ["exchange-column-missing"]);
    assert_eq!(book.problems[0].heading.as_deref(), Some("Chi bộ"));
    assert!(book.sheets[0].rows.iter().all(|r| !r.sound));
}

#[test]
fn doubled_columns_and_doubled_keys_are_named() {
    let bytes = book("Đảng viên", |s| {
        put(s, 0, &["Họ và tên", "Chi bộ", "Họ tên", "Ngày sinh"]);
        put(s, 1, &["Trần Thị Bình", "Chi bộ 1", "x", "16/01/1974"]);
        put(s, 2, &["TRẦN THỊ BÌNH", "chi bộ 1", "x", "16-1-1974"]);
        put(s, 3, &["Trần Thị Bình", "Chi bộ 1"]);
        put(s, 4, &["Trần Thị Bình", "Chi bộ 1"]);
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    assert_eq!(keys(&book), ["exchange-column-doubled", "exchange-key-doubled"]);
    assert_eq!(book.problems[0].column.as_deref(), Some("C"));
    assert_eq!(book.problems[1].row, Some(3));
    assert_eq!(book.problems[1].message.args[0].1, domain::Arg::Int(2));
    let sound: Vec<bool> = book.sheets[0].rows.iter().map(|r| r.sound).collect();
    assert_eq!(sound, [true, false, true, true], "without the day the key is not whole");
}

#[test]
fn problems_are_capped_and_counted() {
    let bytes = book("Đảng viên", |s| {
        put(s, 0, &["Họ và tên", "Ngày sinh", "Chi bộ"]);
        for row in 1..=1500 {
            put(s, row, &[&format!("Trần Văn {row}"), "hôm qua", "Chi bộ 1"]);
        }
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    assert_eq!((book.problems.len(), book.more_problems), (1000, 500));
    assert_eq!(book.sheets[0].rows.len(), 1500);
}

#[test]
fn sheets_are_known_by_title_or_headings_and_strangers_are_named() {
    let mut out = Workbook::new();
    for (title, heads) in [
        ("ĐẢNG VIÊN (2)", &["Họ tên", "Đơn vị"][..]),
        ("Bảng kê", &["Mã", "Tên tổ chức đảng"]),
        ("Nháp", &["abc", "def"]),
        ("Mọi kiểu", &["không có tên cột"]),
        ("Trống", &[]),
    ] {
        let sheet = out.add_worksheet();
        sheet.set_name(title).expect("a title");
        put(sheet, 0, heads);
    }
    let bytes = out.save_to_buffer().expect("written");
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    let found: Vec<(&str, &str)> = book.sheets.iter().map(|s| (s.spec.name, s.title.as_str())).collect();
    assert_eq!(found, [("member", "ĐẢNG VIÊN (2)"), ("unit", "Bảng kê")]);
    assert_eq!(keys(&book), ["exchange-sheet-unknown", "exchange-sheet-no-headings"]);
    let stranger = super::tests::book("Nháp", |s| put(s, 0, &["abc", "def"]));
    let book = read(&stranger, SPECS, &limits()).expect("a book");
    assert_eq!(keys(&book), ["exchange-sheet-unknown", "exchange-nothing-recognised"]);
}

#[test]
fn renamed_sheets_of_our_own_are_still_known() {
    // What Excel does when a person renames a sheet: title and defined name change, headings too here.
    let rows = text_row(1, &["Họ và tên", "Chi bộ"]) + &text_row(2, &["An", "Chi bộ 1"]);
    let names = "</sheets><definedNames><definedName name=\"_nenep_member\">'Tổ ''A'''!$A$1</definedName></definedNames>";
    let parts = Parts::sheet(&rows).change("xl/workbook.xml", "name=\"S\"", "name=\"Tổ 'A'\"").change(
        "xl/workbook.xml",
        "</sheets>",
        names,
    );
    let book = read(&parts.bytes(), SPECS, &limits()).expect("a book");
    assert_eq!(book.sheets[0].spec.name, "member");
}

#[test]
fn a_workbook_of_a_newer_format_is_told() {
    let rows = text_row(1, &["nenep-workbook", "2"]);
    let parts = Parts::sheet(&rows).change("xl/workbook.xml", "name=\"S\"", "name=\"_nenep\"");
    let book = read(&parts.bytes(), SPECS, &limits()).expect("a book");
    assert_eq!(keys(&book), ["exchange-version-newer"]);
}

#[test]
fn an_example_row_is_passed_over_each_time_and_a_changed_one_is_told() {
    let row = |name: &str| {
        let mut cells = vec![Cell::Empty; MEMBER.columns.len()];
        (cells[0], cells[2]) = (Cell::from(name), Cell::from("Chi bộ 1"));
        cells
    };
    let options = WriteOptions::for_clerks("Sổ");
    let mut rows = vec![row("Trần Thị Bình"), row("Lê Văn Cường")];
    for _ in 0..3 {
        let bytes = write(&[SheetOut::new(&MEMBER).with_rows(rows.clone())], &options).expect("written");
        let book = read(&bytes, SPECS, &limits()).expect("a book");
        assert_eq!(keys(&book), Vec::<&str>::new());
        let back: Vec<_> = book.sheets[0].rows.iter().map(|r| r.cells.clone()).collect();
        assert_eq!(back, rows, "no example among them, none lost");
        rows = back;
    }
    let bytes = book("Đảng viên", |s| {
        put(s, 0, &["Họ và tên", "Ngày sinh", "Chi bộ"]);
        put(s, 1, &["Ví dụ: Nguyễn Văn A", "16/01/1974", "Chi bộ 1"]);
        put(s, 2, &["Ví dụ: Nguyễn Văn A", "16/01/1974", "Chi bộ 7"]);
        put(s, 3, &["Trần Thị Bình", "", "Chi bộ 1"]);
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    assert_eq!(keys(&book), ["exchange-example-changed"]);
    assert_eq!(book.problems[0].row, Some(3));
    assert_eq!(names(&book.sheets[0]), ["Trần Thị Bình"]);
}

#[test]
fn an_office_list_with_two_rows_of_headings_groups_and_totals() {
    let bytes = book("DS", |s| {
        put(s, 0, &["ĐẢNG ỦY XÃ CÔNG HẢI"]);
        put(s, 3, &["TT", "Họ và tên", "Ngày tháng năm sinh", "Ngày vào Đảng", "", "Chi bộ sinh hoạt"]);
        put(s, 4, &["", "", "", "Dự bị", "Chính thức", ""]);
        put(s, 5, &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]);
        put(s, 6, &["I", "Chi bộ thôn Suối Giếng"]);
        put(s, 7, &["1", "Trần Thị Bình", "16/01/1974", "03/02/2001", "03/02/2002", "CB Suối Giếng"]);
        put(s, 8, &["2", "Lê Văn Cường", "02/9/1980", "19/5/2010", "19/5/2011", "CB Suối Giếng"]);
        put(s, 9, &["", "Tổng cộng: 2"]);
    });
    let mapping = Mapping::parse("\"Chi bộ sinh hoạt\" = \"unit\"").expect("a mapping");
    let book = recognise(&bytes, SPECS, &mapping, &limits()).expect("a book");
    let sheet = book.sheet("member").expect("members");
    assert_eq!(sheet.header_row, 5);
    assert_eq!(names(sheet), ["Trần Thị Bình", "Lê Văn Cường"]);
    assert_eq!(sheet.rows[0].cells[3], Cell::from(Day::from_ymd_opt(2001, 2, 3)));
    assert_eq!(sheet.rows[1].cells[4], Cell::from(Day::from_ymd_opt(2011, 5, 19)));
    assert_eq!(keys(&book), ["exchange-row-numbering", "exchange-row-group", "exchange-row-total"]);
    assert!(book.is_sound());
    let without = recognise(&bytes, SPECS, &Mapping::default(), &limits()).expect("a book");
    assert!(keys(&without).contains(&"exchange-column-missing"), "{:?}", keys(&without));
}

#[test]
fn a_heading_in_millions_multiplies() {
    let bytes = book("Mọi kiểu", |s| {
        put(s, 0, &["Họ và tên", "Số tiền (triệu đồng)"]);
        put(s, 1, &["An"]);
        s.write_number(1, 1, 1.5).expect("written");
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    assert_eq!(book.sheets[0].rows[0].cells[6], Cell::Int(1_500_000));
}

#[test]
fn nfd_and_no_break_spaces_meet_the_same_text() {
    let bytes = book("Đảng viên", |s| {
        put(s, 0, &["Ho\u{323} va\u{300} te\u{302}n", "Chi\u{a0}bo\u{323}\u{302}"]);
        put(s, 1, &["Tra\u{302}\u{300}n\u{a0}An", "Chi\u{a0}bộ 1 "]);
    });
    let book = read(&bytes, SPECS, &limits()).expect("a book");
    assert_eq!(book.sheets[0].rows[0].cells[0], Cell::from("Trần An"));
    assert_eq!(book.sheets[0].rows[0].cells[2], Cell::from("Chi bộ 1"));
}

#[test]
fn one_unreadable_cell_does_not_lose_the_sheet() {
    let rows = format!(
        "{}<row r=\"2\">{}<c r=\"B2\" t=\"e\"><v>#SPILL!</v></c></row>{}",
        text_row(1, &["Họ và tên", "Nội dung"]),
        cell("A2", "An"),
        text_row(3, &["Bình", "b"])
    );
    let book = read(&Parts::sheet(&rows).bytes(), SPECS, &limits()).expect("a book");
    assert_eq!(keys(&book), ["exchange-cell-unreadable"]);
    assert_eq!(names(&book.sheets[0]), ["An", "Bình"]);
}

#[test]
fn rows_beyond_the_limit_are_told() {
    let rows: String = (2..20).map(|n| text_row(n, &[&format!("Trần {n}"), "b"])).collect();
    let parts = Parts::sheet(&format!("{}{rows}", text_row(1, &["Họ và tên", "Nội dung"])));
    let book = read(&parts.bytes(), SPECS, &Limits { rows: 10, ..limits() }).expect("a book");
    assert_eq!(keys(&book), ["exchange-sheet-long"]);
    assert_eq!(book.sheets[0].rows.len(), 9);
}
