//! Every input that the fuzzers keep, through the same functions, with a stable compiler: what was
//! once found stays mended. `fuzz/README.md` says how the inputs are made.

use std::path::Path;

#[path = "../../fuzz/src/targets.rs"]
mod targets;

#[test]
fn every_kept_input() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, run) in targets::ALL {
        let mut count = 0;
        for entry in std::fs::read_dir(root.join(name)).expect(name).flatten() {
            let bytes = std::fs::read(entry.path()).expect("an input");
            // Says which input it was when one of them fails.
            println!("{name} {}", entry.file_name().to_string_lossy());
            run(&bytes);
            count += 1;
        }
        assert!(count > 0, "{name} has no inputs");
    }
}

/// A fuzzer whose first inputs are refused at the door tests the door alone.
#[test]
fn the_first_inputs_are_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let input = |name: &str| std::fs::read(root.join(name)).expect(name);
    let text = |name: &str, bytes: &[u8]| reader::read(name, bytes).text;
    let book = targets::packed(&input("xlsx/all"), &targets::book());
    assert!(text("a.xlsx", &book).contains("Họ và tên\tNgày"), "{}", text("a.xlsx", &book));
    assert!(text("a.pdf", &input("pdf/simple")).contains("Chi bo co 27"));
    assert!(!text("a.pdf", &input("pdf/wide")).is_empty());
    assert!(text("a.html", &input("html/all")).contains("kiểm tra 08 tổ chức đảng"));
    let read = exchange::recognise(
        &targets::packed(&input("workbook/all"), &targets::book()),
        &[&targets::SHEET],
        &exchange::Mapping::default(),
        &exchange::Limits::default(),
    );
    let book = read.expect("a workbook");
    assert!(book.sheets.iter().any(|s| !s.rows.is_empty()), "{book:?}");
    let report = targets::issued().iter().map(|(n, b)| (n.as_str(), b.clone())).collect::<Vec<_>>();
    let edited =
        document::edited::read(&targets::packed(&input("edited/issued"), &report)).expect("a report");
    assert_eq!(edited.figures.len(), 3);
    assert!(
        document::template::Template::parse("t", &String::from_utf8_lossy(&input("template/cell-review")))
            .is_ok()
    );
}
