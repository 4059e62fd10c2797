use super::*;
use crate::read::read;
use crate::samples::{ALL, MEMBER, UNIT};
use crate::{Limits, Severity};
use domain::{Day, Period};
use proptest::prelude::*;
use std::io::{Cursor, Read};

const SPECS: &[&SheetSpec] = &[&MEMBER, &UNIT, &ALL];

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

fn row(name: &str) -> Vec<Cell> {
    vec![Cell::from(name), Cell::Empty, Cell::from("Chi bộ 1")]
}

#[test]
fn the_specs_of_the_tests_are_faultless() {
    for spec in SPECS {
        assert_eq!(spec.faults(), Vec::<String>::new());
    }
    const BAD: SheetSpec = SheetSpec {
        name: "Bad name",
        title: "a/b",
        columns: &[MEMBER.columns[0], MEMBER.columns[0]],
        key: &["nothing"],
        ..MEMBER
    };
    assert_eq!(BAD.faults().len(), 7, "{:?}", BAD.faults());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for options in [WriteOptions::for_clerks("Sổ"), WriteOptions::export()] {
        let out = SheetOut::new(&MEMBER).with_rows(vec![row("Trần Thị Bình")]);
        let write = || write(std::slice::from_ref(&out), &options).expect("written");
        assert_eq!(write(), write());
    }
}

#[test]
fn a_clerks_workbook_explains_itself() {
    let units: Vec<String> = (1..=110).map(|n| format!("Chi bộ thôn {n}, xã Công Hải")).collect();
    let mut options = WriteOptions::for_clerks("Sổ nhập liệu năm 2026");
    options.unit = "Đảng ủy xã Công Hải".into();
    options.period = Some(Period::year(2026));
    let sheets = [
        SheetOut::new(&MEMBER).with_list("unit", units.clone()),
        SheetOut::new(&ALL).with_list("unit", units),
    ];
    let bytes = write(&sheets, &options).expect("written");
    let book = part(&bytes, "xl/workbook.xml");
    for name in ["name=\"Hướng dẫn\"", "name=\"Đảng viên\"", "name=\"_nenep_member\""] {
        assert!(book.contains(name), "{name}: {book}");
    }
    assert!(book.contains("state=\"veryHidden\""), "the marks");
    let members = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(members.contains("state=\"frozen\""));
    assert!(members.contains("$A$1:$A$110"), "the units stand on the hidden list");
    let all = part(&bytes, "xl/worksheets/sheet3.xml");
    assert!(
        all.contains("Hoàn thành tốt nhiệm vụ,Hoàn thành nhiệm vụ"),
        "choices by their Vietnamese labels"
    );
    assert!(all.contains("$A$1:$A$110") && !all.contains("$B$1"), "equal lists stand once");
    assert!(part(&bytes, "xl/comments1.xml").contains("Bắt buộc."));
    let texts = part(&bytes, "xl/sharedStrings.xml");
    for text in ["Họ và tên *", "Ví dụ: Nguyễn Văn A", "Đảng ủy xã Công Hải", "Cách điền"]
    {
        assert!(texts.contains(text), "{text}");
    }
    let back = read(&bytes, SPECS, &Limits::default()).expect("a book");
    assert_eq!(back.problems, [], "an empty workbook has nothing wrong with it");
    assert_eq!(back.sheets.iter().map(|s| s.rows.len()).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(back.sheets[0].header_row, 3);
}

#[test]
fn two_sheets_of_one_kind_are_both_read_back() {
    let out = |name| SheetOut::new(&MEMBER).with_rows(vec![row(name)]);
    let bytes = write(&[out("An"), out("Bình")], &WriteOptions::export()).expect("written");
    let book = read(&bytes, SPECS, &Limits::default()).expect("a book");
    let titles: Vec<&str> = book.sheets.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["Đảng viên", "Đảng viên (2)"]);
}

#[test]
fn what_excel_cannot_hold_is_said() {
    let long = vec![vec![Cell::from("a".repeat(32_768))]];
    let error =
        write(&[SheetOut::new(&MEMBER).with_rows(long)], &WriteOptions::export()).expect_err("too long");
    assert_eq!(error.message().key, "exchange-write-long");
    let many = vec![Vec::new(); 1_048_576];
    let error =
        write(&[SheetOut::new(&MEMBER).with_rows(many)], &WriteOptions::export()).expect_err("too many");
    assert_eq!(error.message().key, "exchange-write-rows");
}

#[test]
fn a_formula_in_a_text_stays_a_text() {
    let bytes = write(
        &[SheetOut::new(&MEMBER).with_rows(vec![row("=HYPERLINK(\"http://x\")")])],
        &WriteOptions::export(),
    )
    .expect("written");
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

/// Words as they are after reading: tidy, and not what a column would take for something else.
fn words() -> impl Strategy<Value = Cell> {
    "[A-Za-zĐđăâêôơưạảấầẫậắốộợữỵ&<>\"'=+_x0-9/,.-]{1,12}( [A-Za-zĐđăâêôơưạảấầẫ&<>_]{1,9}){0,3}"
        .prop_map(|t| Cell::Text(domain::text::tidy(&t)))
}

fn lines() -> impl Strategy<Value = Cell> {
    proptest::collection::vec(words(), 1..4)
        .prop_map(|lines| Cell::Text(lines.iter().filter_map(Cell::text).collect::<Vec<_>>().join("\n")))
}

fn name() -> impl Strategy<Value = Cell> {
    "(Nguyễn|Trần|Lê|Đỗ) (Văn|Thị|Đức) [A-ZĐ][a-zăâêôơư]{1,6}".prop_map(Cell::Text)
}

fn day() -> impl Strategy<Value = Day> {
    (1900_i32..2200, 1_u32..13, 1_u32..29).prop_map(|(y, m, d)| Day::from_ymd_opt(y, m, d).expect("a day"))
}

fn maybe(value: impl Strategy<Value = Cell>) -> impl Strategy<Value = Cell> {
    proptest::option::weighted(0.8, value).prop_map(Option::unwrap_or_default)
}

fn any_row() -> impl Strategy<Value = Vec<Cell>> {
    let periods = prop_oneof![
        (1900_i32..2200, 0_i32..9).prop_map(|(y, n)| Period::years(y, (y + n).min(2200))),
        (day(), day()).prop_map(|(a, b)| Period::new(a.min(b), a.max(b)).expect("a period")),
    ];
    let months = (1900_i32..2200, 1_u32..13)
        .prop_map(|(y, m)| format!("{y}-{m:02}").parse::<Period>().expect("a month"));
    let first = (
        name(),
        maybe(lines()),
        maybe(day().prop_map(Cell::Day)),
        maybe((1900_i64..=2200).prop_map(Cell::Int)),
        maybe(months.prop_map(Cell::Period)),
        maybe((0..=i64::MAX).prop_map(Cell::Int)),
        maybe(prop_oneof![0_i64..2_000_000_000, 0..=i64::MAX].prop_map(Cell::Int)),
    );
    let second = (
        maybe(
            prop_oneof![-100_000_i64..100_000, -9_000_000_000_000_000_i64..9_000_000_000_000_000]
                .prop_map(Cell::Int),
        ),
        maybe((0_i64..2).prop_map(Cell::Int)),
        maybe(prop_oneof![Just("good"), Just("done"), Just("failed")].prop_map(Cell::from)),
        maybe(periods.prop_map(Cell::Period)),
        maybe(words()),
        maybe(words()),
        maybe(words()),
    );
    (first, second).prop_map(|((a, b, c, d, e, f, g), (h, i, j, k, l, m, n))| {
        vec![a, b, c, d, e, f, g, h, i, j, k, l, m, n]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_written_is_read_back(rows in proptest::collection::vec(any_row(), 0..12), for_clerks: bool) {
        let options = WriteOptions { for_clerks, ..WriteOptions::for_clerks("Sổ") };
        let bytes = write(&[SheetOut::new(&ALL).with_rows(rows.clone())], &options).expect("written");
        let book = read(&bytes, SPECS, &Limits::default()).expect("a book");
        // Rows may repeat by chance and sums may be small; nothing else may be told.
        for problem in &book.problems {
            let fine = problem.message.key == "exchange-key-doubled" || problem.severity == Severity::Warning;
            prop_assert!(fine, "{problem:?}");
        }
        let back: Vec<_> = book.sheets[0].rows.iter().map(|r| r.cells.clone()).collect();
        prop_assert_eq!(back, rows);
    }
}
