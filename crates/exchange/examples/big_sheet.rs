//! Writes 100,000 rows of 12 columns, or reads them back with every check: our side of
//! `cargo xtask bench workbook`.

use domain::{Day, Period};
use exchange::{
    Cell, CellType, ChoiceItem, ColumnSpec, Limits, SheetOut, SheetSpec, WriteOptions, read, write,
};

const KINDS: &[ChoiceItem] = &[
    ChoiceItem { code: "study", vi: "Học tập", en: "Study" },
    ChoiceItem { code: "theme", vi: "Sinh hoạt chuyên đề", en: "Theme" },
];

const fn column(name: &'static str, heading: &'static str, ty: CellType) -> ColumnSpec {
    ColumnSpec { name, heading, ty, ..ColumnSpec::TEXT }
}

const SPEC: SheetSpec = SheetSpec {
    name: "activity",
    title: "Hoạt động",
    note: "",
    columns: &[
        column("name", "Họ và tên", CellType::Name),
        column("content", "Nội dung", CellType::Text { max: 500 }),
        column("day", "Ngày", CellType::Day),
        column("unit", "Đơn vị", CellType::UnitRef),
        column("kind", "Loại", CellType::Choice(KINDS)),
        column("people", "Số người", CellType::Whole { min: 0, max: 1_000_000 }),
        column("money", "Số tiền", CellType::Money),
        column("share", "Tỷ lệ", CellType::Decimal { places: 1 }),
        column("online", "Trực tuyến", CellType::Flag),
        column("period", "Kỳ", CellType::Period),
        column("year", "Năm", CellType::Year),
        column("document", "Văn bản", CellType::Ref("document")),
    ],
    key: &["name", "day", "document"],
};

fn rows(count: i64) -> Vec<Vec<Cell>> {
    let start = Day::from_ymd_opt(2021, 1, 1).unwrap_or_default();
    (0..count)
        .map(|n| {
            vec![
                Cell::from(format!("Nguyễn Văn Người Thứ {n}")),
                Cell::from(format!(
                    "Học tập chuyên đề tháng {} về phong cách nêu gương của cán bộ",
                    n % 12 + 1
                )),
                Cell::from(start + chrono::Days::new(n.unsigned_abs() % 1000)),
                Cell::from(format!("Chi bộ {}", n % 110)),
                Cell::from(if n % 2 == 0 { "study" } else { "theme" }),
                Cell::Int(n % 500),
                Cell::Int(n * 1000),
                Cell::Int(n % 1000),
                Cell::from(n % 3 == 0),
                Cell::from(Period::year(2021)),
                Cell::Int(2021 + n % 3),
                Cell::from(format!("{n:06}-KH/ĐU")),
            ]
        })
        .collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let count = 100_000;
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", path] => {
            let out = SheetOut::new(&SPEC).with_rows(rows(count));
            let bytes = write(&[out], &WriteOptions::export()).map_err(|e| e.to_string())?;
            println!("written: {} KB", bytes.len() / 1024);
            std::fs::write(path, bytes)?;
        }
        ["read", path] => {
            let book = read(&std::fs::read(path)?, &[&SPEC], &Limits::default())
                .map_err(|problem| problem.message.to_string())?;
            let rows: usize = book.sheets.iter().map(|s| s.rows.len()).sum();
            println!("read: {rows} rows, {} problems", book.problems.len());
            for problem in book.problems.iter().take(3) {
                println!("{}: {}", problem.place(), problem.message);
            }
            // What was timed must have been the whole work.
            if rows != usize::try_from(count)? || !book.problems.is_empty() {
                return Err("not every row came back".into());
            }
        }
        _ => return Err("big_sheet write|read FILE".into()),
    }
    Ok(())
}
