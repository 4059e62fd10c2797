use super::*;
use crate::read::read;
use crate::samples::{ALL, Parts, text_row};

fn small() -> Limits {
    Limits { inflated_bytes: 2 << 20, ..Limits::default() }
}

fn refusal(bytes: &[u8]) -> &'static str {
    match read(bytes, &[&ALL], &small()) {
        Ok(book) => panic!("not refused: {:?}", book.problems),
        Err(problem) => problem.message.key,
    }
}

fn honest() -> Parts {
    Parts::sheet(&text_row(1, &["Họ và tên", "Nội dung"]))
}

#[test]
fn what_is_no_workbook_is_told_by_its_content() {
    assert!(read(&honest().bytes(), &[&ALL], &small()).is_ok(), "the honest file passes");
    assert_eq!(refusal(b""), "exchange-file-empty");
    assert_eq!(refusal("Họ và tên;Ngày sinh\n".as_bytes()), "exchange-file-not-xlsx");
    assert_eq!(refusal(b"%PDF-1.7"), "exchange-file-not-xlsx");
    assert_eq!(refusal(b"PK\x03\x04 and nothing behind it"), "exchange-file-damaged");
    let empty = Parts { list: vec![("a.txt".to_owned(), b"a".to_vec())] };
    assert_eq!(refusal(&empty.bytes()), "exchange-file-not-xlsx");
    let word = honest().with("word/document.xml", "<w/>");
    assert_eq!(refusal(&word.bytes()), "exchange-file-word");
    let ods =
        Parts { list: vec![("mimetype".into(), b"x".to_vec()), ("content.xml".into(), b"<a/>".to_vec())] };
    assert_eq!(refusal(&ods.bytes()), "exchange-file-ods");
    assert_eq!(refusal(&honest().with("xl/workbook.bin", "x").bytes()), "exchange-file-xlsb");
}

#[test]
fn old_and_encrypted_files_are_told_apart() {
    let ole = |name: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.resize(600, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(refusal(&ole("Workbook")), "exchange-file-xls");
    assert_eq!(refusal(&ole("EncryptedPackage")), "exchange-file-encrypted");
    assert_eq!(refusal(&ole("WordDocument")), "exchange-file-not-xlsx");
}

#[test]
fn macros_are_refused_by_part_and_by_type() {
    assert_eq!(refusal(&honest().with("xl/vbaProject.bin", "x").bytes()), "exchange-file-macro");
    assert_eq!(refusal(&honest().with("XL\\VBAPROJECT.BIN", "x").bytes()), "exchange-file-macro");
    assert_eq!(refusal(&honest().with("xl/macrosheets/sheet1.xml", "<a/>").bytes()), "exchange-file-macro");
    let typed = honest().change(
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        "application/vnd.ms-excel.sheet.macroEnabled.main",
    );
    assert_eq!(refusal(&typed.bytes()), "exchange-file-macro");
}

#[test]
fn a_bomb_does_not_go_off() {
    // 3 MiB of noughts in a few kilobytes, over the limit of the test.
    let large = honest().with("xl/media/image1.png", vec![0; 3 << 20]);
    assert_eq!(refusal(&large.bytes()), "exchange-file-bomb");
    // Under the limit, but packed a thousandfold.
    let tight = honest().with("xl/media/image1.png", vec![0; 5 << 20]).bytes();
    let refused = read(&tight, &[&ALL], &Limits::default()).expect_err("a bomb");
    assert_eq!(refused.message.key, "exchange-file-bomb");
    let loose = Limits { ratio: 2000, ..Limits::default() };
    assert!(read(&tight, &[&ALL], &loose).is_ok(), "it was the ratio");
}

#[test]
fn a_directory_that_lies_about_sizes_is_caught_while_inflating() {
    let name = b"xl/media/image1.png";
    let mut bytes = honest().with("xl/media/image1.png", vec![0; 3 << 20]).bytes();
    let size = (3_u32 << 20).to_le_bytes();
    // Both headers of the part, the local one and the directory's, now claim 100 bytes.
    let mut changed = 0;
    for at in 0..bytes.len() - name.len() {
        if &bytes[at..at + name.len()] == name {
            for back in [8, 22, 24] {
                if at >= back && bytes[at - back..at - back + 4] == size {
                    bytes[at - back..at - back + 4].copy_from_slice(&100_u32.to_le_bytes());
                    changed += 1;
                }
            }
        }
    }
    assert_eq!(changed, 2);
    let key = refusal(&bytes);
    assert!(key == "exchange-file-bomb" || key == "exchange-file-damaged", "{key}");
}

#[test]
fn too_many_parts_or_sheets_are_refused() {
    let mut parts = honest();
    for n in 0..5000 {
        parts.list.push((format!("xl/media/{n}.png"), Vec::new()));
    }
    assert_eq!(refusal(&parts.bytes()), "exchange-file-parts");
    let sheets: String =
        (0..400).map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"r1\"/>")).collect();
    let many = honest().change("xl/workbook.xml", "<sheets>", &format!("<sheets>{sheets}"));
    assert_eq!(refusal(&many.bytes()), "exchange-file-sheets");
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]>";
    let sheet = honest().change("xl/worksheets/sheet1.xml", "<worksheet", &format!("{bomb}<worksheet"));
    assert_eq!(refusal(&sheet.bytes()), "exchange-file-doctype");
    let hidden = honest().change(
        "xl/worksheets/sheet1.xml",
        "<worksheet",
        &format!("<!--{}-->{bomb}<worksheet", " ".repeat(70_000)),
    );
    let used = hidden.change("xl/worksheets/sheet1.xml", "Nội dung", "&c;");
    let book = read(&used.bytes(), &[&ALL], &small()).expect("the check sees the first part only");
    assert!(book.problems.iter().any(|p| p.message.key == "exchange-sheet-damaged"), "{:?}", book.problems);
}

#[test]
fn a_claim_of_endless_texts_reserves_nothing() {
    for count in ["99999999999", "18446744073709551615", "-1", "x"] {
        let texts = format!("<sst count=\"1\" uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        let parts = honest().with("xl/sharedStrings.xml", texts);
        assert_eq!(refusal(&parts.bytes()), "exchange-file-damaged", "{count}");
    }
    let sst = "<sst count=\"1\" uniqueCount=\"1\"><si><t>a</t></si></sst>";
    assert!(read(&honest().with("xl/sharedStrings.xml", sst).bytes(), &[&ALL], &small()).is_ok());
}

#[test]
fn endless_styles_are_refused() {
    let xfs = "<xf/>".repeat(200_000);
    let parts = honest().with("xl/styles.xml", format!("<styleSheet><cellXfs>{xfs}</cellXfs></styleSheet>"));
    assert_eq!(refusal(&parts.bytes()), "exchange-file-styles");
    let font = "F".repeat(100_000);
    let parts = honest().with(
        "xl/styles.xml",
        format!("<styleSheet><fonts><font><name val=\"{font}\"/></font></fonts></styleSheet>"),
    );
    assert_eq!(refusal(&parts.bytes()), "exchange-file-styles");
}

#[test]
fn two_parts_of_one_name_are_refused() {
    // The check must not look at one part and the library at another.
    let parts = honest().with("xl/SharedStrings.xml", "<sst/>").with("xl\\sharedstrings.xml", "<sst/>");
    assert_eq!(refusal(&parts.bytes()), "exchange-file-damaged");
}

#[test]
fn numbers_that_overflow_in_the_library_are_a_damaged_sheet() {
    for name in ["A99999999999", "ZZZZZZZZZZZZ1", "1", "A"] {
        let rows = format!(
            "{}<row r=\"2\"><c r=\"{name}\"><v>1</v></c></row>",
            text_row(1, &["Họ và tên", "Nội dung"])
        );
        let book = read(&Parts::sheet(&rows).bytes(), &[&ALL], &small()).expect("the file opens");
        assert!(!book.is_sound() || book.sheets[0].rows.len() <= 1, "{name}: {:?}", book.problems);
    }
    let backwards =
        honest().change("xl/worksheets/sheet1.xml", "<sheetData>", "<dimension ref=\"Z9:A1\"/><sheetData>");
    assert!(read(&backwards.bytes(), &[&ALL], &small()).is_ok());
}

#[test]
fn a_sheet_with_one_cell_in_each_corner_costs_two_cells() {
    let rows = format!(
        "{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        text_row(1, &["Họ và tên", "Nội dung"])
    );
    let book = read(&Parts::sheet(&rows).bytes(), &[&ALL], &small()).expect("the file opens");
    assert!(book.problems.iter().any(|p| p.message.key == "exchange-sheet-wide"));
    assert!(book.sheets[0].rows.is_empty());
}

#[test]
fn one_shared_text_in_every_cell_does_not_fill_memory() {
    let text = "a".repeat(400);
    let rows: String = (2..2000)
        .map(|n| {
            format!(
                "<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c><c r=\"B{n}\" t=\"s\"><v>0</v></c></row>"
            )
        })
        .collect();
    let parts = Parts::sheet(&format!("{}{rows}", text_row(1, &["Nội dung", "Họ và tên"])))
        .with("xl/sharedStrings.xml", format!("<sst><si><t>{text}</t></si></sst>"));
    let limits = Limits { text_bytes: 100_000, ..small() };
    let book = read(&parts.bytes(), &[&ALL], &limits).expect("the file opens");
    assert!(book.problems.iter().any(|p| p.message.key == "exchange-text-too-much"));
    assert!(book.sheets[0].rows.len() < 251);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2000), zip: bool) {
        let mut bytes = bytes;
        if zip {
            bytes.splice(0..0, *b"PK\x03\x04");
        }
        let _ = read(&bytes, &[&ALL], &small());
    }

    #[test]
    fn a_file_with_a_few_bytes_changed_never_panics(changes in proptest::collection::vec((0_usize..4000, proptest::num::u8::ANY), 1..6)) {
        let mut bytes = honest().bytes();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let _ = read(&bytes, &[&ALL], &small());
    }

    #[test]
    fn random_rows_of_markup_never_panic(rows in "(<row r=\"[0-9]{1,12}\">(<c r=\"[A-Z]{1,4}[0-9]{1,11}\" t=\"(s|n|b|e|d|str|q)\"><v>[0-9a-z.#-]{0,12}</v></c>){0,4}</row>){0,6}") {
        let rows = format!("{}{rows}", text_row(1, &["Họ và tên", "Nội dung"]));
        let _ = read(&Parts::sheet(&rows).bytes(), &[&ALL], &small());
    }
}
