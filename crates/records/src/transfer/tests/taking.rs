//! What a file does to the rows.

use super::*;
use crate::transfer::source_file;

#[tokio::test]
async fn a_file_is_written_once_and_a_corrected_row_changes_only_what_differs() {
    for db in &both().await.all {
        let first = block().well(db).await;
        assert!(first.written);
        assert_eq!((first.sheets[0].inserted, first.touched()), (6, 6));
        assert_eq!(n(db, "unit_span WHERE depth = 2").await, 3, "the tree was built");
        people().well(db).await;
        assert_eq!(
            word(db, "SELECT name FROM person WHERE code = 'P1'").await.as_deref(),
            Some("Nguyễn Văn An")
        );
        assert_eq!(n(db, "membership").await, 3, "a person's row implies a spell");

        let source = word(db, "SELECT source FROM person WHERE code = 'P1'").await.unwrap();
        assert_eq!(source, format!("{}#Đảng viên, quần chúng#2", first_hash(&people())));
        let again = people().well(db).await;
        assert!(!again.written);
        assert_eq!(again.sheets[0].unchanged, 3);
        assert_eq!(n(db, "import_file").await, 2, "a file that changes nothing leaves no trace");

        let file = File::new().sheet(
            "person",
            &[
                &[
                    ("code", "P1"),
                    ("name", "Nguyễn Văn An"),
                    ("unit", "CB11"),
                    ("category", "Đảng viên"),
                    ("since", "03/02/2016"),
                    ("birth_year", "1976"),
                ],
                &[
                    ("code", "P2"),
                    ("name", "Trần Thị Bình"),
                    ("unit", "Chi bộ 2"),
                    ("category", "đảng viên"),
                    ("since", "03/02/2016"),
                ],
            ],
        );
        let corrected = file.well(db).await;
        assert_eq!((corrected.sheets[0].updated, corrected.sheets[0].unchanged), (1, 1));
        assert_eq!(
            word(db, "SELECT birth_year FROM person WHERE code = 'P1'").await.as_deref(),
            Some("1976")
        );
        let mut tx = db.read().await.unwrap();
        let source = tx
            .one("SELECT source FROM person WHERE code = 'P1'", &[])
            .await
            .unwrap()
            .words("source")
            .unwrap();
        let (from, sheet, row) = source_file(&mut tx, &source).await.unwrap().unwrap();
        assert_eq!(
            (from.name.as_str(), from.rows, sheet.as_str(), row),
            ("tep.xlsx", 1, "Đảng viên, quần chúng", 2)
        );
        assert_eq!(
            store::files::get(&mut tx, &from.hash).await.unwrap(),
            Some(file.bytes()),
            "the file itself is kept"
        );
        let kept = tx.one("SELECT source FROM person WHERE code = 'P2'", &[]).await.unwrap();
        assert!(
            kept.text("source").unwrap().starts_with(&first_hash(&people())),
            "an unchanged row keeps its source"
        );
    }
}

fn first_hash(file: &File) -> String {
    store::files::content_hash(&file.bytes())
}

#[tokio::test]
async fn the_log_says_what_changed_and_names_nobody() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let row: RowOf<'_> = &[
            ("code", "P1"),
            ("name", "Nguyễn Văn Ân"),
            ("unit", "CB11"),
            ("category", "Đảng viên"),
            ("since", "03/02/2016"),
            ("birth_year", "1975"),
        ];
        File::new().sheet("person", &[row]).well(db).await;
        let mut tx = db.read().await.unwrap();
        let rows = tx
            .query("SELECT p.before, p.after FROM audit_payload p JOIN audit a ON a.seq = p.seq WHERE a.kind = 'person' ORDER BY a.seq", &[])
            .await
            .unwrap();
        assert_eq!(rows.len(), 2, "one entry for a kind in a file");
        let all: String =
            rows.iter().map(|r| r.words("before").unwrap() + &r.words("after").unwrap()).collect();
        for name in ["Nguyễn", "nguyen", "Ân"] {
            assert!(!all.contains(name), "{all}");
        }
        assert!(rows[1].text("after").unwrap().contains(r#""name":"*""#), "{all}");
    }
}

#[tokio::test]
async fn one_bad_cell_and_nothing_of_the_file_is_written() {
    for db in &both().await.all {
        let file = block().sheet(
            "person",
            &[&[
                ("code", "P 1"),
                ("name", "Lê An"),
                ("unit", "CB11"),
                ("category", "Đảng viên"),
                ("since", "31/02/2016"),
            ]],
        );
        let outcome = file.taken(db).await;
        assert!(!outcome.written);
        assert_eq!(said(&outcome), ["Đảng viên, quần chúng!G2 «31/02/2016» exchange-day-none"]);
        assert_eq!(outcome.problems[0].heading.as_deref(), Some("Từ ngày *"));
        for table in ["unit", "person", "import_file", "audit WHERE action = 'import'", "file_content"] {
            assert_eq!(n(db, table).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_keeps_nothing() {
    for db in &both().await.all {
        let outcome = take(db, &Actor::Operator, &block().bytes(), &Options::new(Mode::DryRun)).await;
        assert_eq!((outcome.touched(), outcome.written, said(&outcome)), (6, false, vec![]));
        assert_eq!(n(db, "unit").await, 0);
    }
}

#[tokio::test]
async fn a_column_that_is_not_there_keeps_what_was_and_an_empty_cell_empties() {
    for db in &both().await.all {
        block().well(db).await;
        let decided: RowOf<'_> = &[
            ("code", "K"),
            ("name", "Khối cơ quan"),
            ("kind", "block"),
            ("from_day", "01/01/2010"),
            ("decision", "QĐ 1"),
            ("symbol", "ĐUK"),
        ];
        File::new().sheet("unit", &[decided]).well(db).await;
        // A sheet of its own making that lacks the column "Quyết định" and leaves "Chữ viết tắt" empty.
        let mut book = File::new().sheet(
            "unit",
            &[&[("code", "K"), ("name", "Khối cơ quan"), ("kind", "block"), ("from_day", "01/01/2010")]],
        );
        let spec = book.sheets[0].spec;
        let lacking: Vec<_> = spec.columns.iter().filter(|c| c.name != "decision").copied().collect();
        let lacking = exchange::SheetSpec { columns: lacking.leak(), ..*spec };
        book.sheets[0].rows[0].remove(spec.position("decision").unwrap());
        book.sheets[0].spec = Box::leak(Box::new(lacking));
        let outcome = book.well(db).await;
        assert_eq!(outcome.sheets[0].updated, 1);
        assert_eq!(word(db, "SELECT decision FROM unit WHERE code = 'K'").await.as_deref(), Some("QĐ 1"));
        assert_eq!(word(db, "SELECT symbol FROM unit WHERE code = 'K'").await, None);
    }
}

#[tokio::test]
async fn a_withdrawn_row_stays_withdrawn_and_is_named() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute("UPDATE person SET withdrawn = 'nhập nhầm' WHERE code = 'P2'", &[]).await.unwrap();
        tx.commit().await.unwrap();
        let outcome = people().taken(db).await;
        assert_eq!(said(&outcome), ["Đảng viên, quần chúng!3 transfer-row-withdrawn"]);
        assert!(outcome.is_sound() && !outcome.written);
        assert_eq!((outcome.sheets[0].withdrawn, outcome.sheets[0].unchanged), (1, 2));
        assert_eq!(n(db, "person WHERE withdrawn IS NULL").await, 2);
    }
}

#[tokio::test]
async fn a_person_is_meant_by_name_within_the_unit_of_the_row() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let file = File::new()
            .sheet(
                "activity",
                &[&[
                    ("code", "SH1"),
                    ("unit", "CB21"),
                    ("kind", "Chào cờ"),
                    ("title", "Chào cờ tháng 5"),
                    ("day", "08/05/2023"),
                    ("lead_in", "Nguyễn Văn An"),
                ]],
            )
            .sheet(
                "attendance",
                &[
                    &[("activity", "Chào cờ tháng 5"), ("person", "đ/c Nguyễn Văn An"), ("status", "có mặt")],
                    &[("activity", "SH1"), ("person", "Trần Thị Bình (P2)"), ("status", "có mặt")],
                ],
            );
        let outcome = file.well(db).await;
        assert_eq!(outcome.touched(), 3);
        let sql = "SELECT p.code FROM activity a JOIN person p ON p.id = a.lead_in";
        assert_eq!(word(db, sql).await.as_deref(), Some("P3"));
        assert_eq!(n(db, "attendance a JOIN person p ON p.id = a.person WHERE p.code = 'P3'").await, 1);

        let elsewhere = File::new().sheet(
            "attendance",
            &[&[("activity", "SH1"), ("person", "Trần Thị Bình"), ("status", "có mặt")]],
        );
        let outcome = elsewhere.taken(db).await;
        assert_eq!(said(&outcome), ["Điểm danh!B2 «Trần Thị Bình» transfer-person-elsewhere"]);
        assert!(outcome.is_sound());
    }
}

#[tokio::test]
async fn units_change_by_events_of_the_same_file() {
    for db in &both().await.all {
        let file = block().sheet(
            "unit_event",
            &[&[
                ("code", "BD1"),
                ("event", "Sáp nhập vào"),
                ("unit", "CB12"),
                ("other", "CB11"),
                ("day", "01/07/2022"),
                ("decision", "QĐ 5"),
            ]],
        );
        file.well(db).await;
        assert_eq!(n(db, "unit_edge WHERE to_day = '2022-06-30'").await, 1);
    }
}

#[tokio::test]
async fn a_person_below_the_unit_of_the_row_is_no_stranger() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let row = |code: &'static str, unit: &'static str, person: &'static str| {
            vec![
                ("code", code),
                ("unit", unit),
                ("kind", "Chào cờ"),
                ("title", "Chào cờ"),
                ("day", "08/05/2023"),
                ("lead_in", person),
            ]
        };
        // Two people of one name: one below DB1, one below DB2.
        let (a, b) = (row("A1", "DB2", "Nguyễn Văn An"), row("A2", "K", "Trần Thị Bình"));
        File::new().sheet("activity", &[&a, &b]).well(db).await;
        let sql = "SELECT p.code FROM activity a JOIN person p ON p.id = a.lead_in WHERE a.code = 'A1'";
        assert_eq!(word(db, sql).await.as_deref(), Some("P3"));
    }
}

#[tokio::test]
async fn a_server_may_take_files_on_any_thread() {
    fn sendable<T: Send>(task: T) -> T {
        task
    }
    let db = &both().await.all[0];
    let (bytes, options) = (block().bytes(), Options::new(Mode::Write));
    let outcome =
        sendable(import(db, &Actor::Operator, "a.xlsx", &bytes, &options, &|_, _| {})).await.unwrap();
    assert!(outcome.written);
}

#[tokio::test]
async fn a_thousand_remarks_are_no_errors() {
    let db = &both().await.all[0];
    block().well(db).await;
    // Money below a thousand đồng is read, with a remark each time.
    let rows: Vec<Vec<(&str, String)>> = (0..1_500)
        .map(|n| {
            vec![
                ("code", format!("AS{n}")),
                ("unit", "CB11".into()),
                ("side", "own".into()),
                ("way", "given".into()),
                ("day", "08/05/2023".into()),
                ("purpose", "poor".into()),
                ("amount", "500".into()),
            ]
        })
        .collect();
    let rows: Vec<Vec<(&str, &str)>> =
        rows.iter().map(|r| r.iter().map(|(n, w)| (*n, w.as_str())).collect()).collect();
    let rows: Vec<RowOf<'_>> = rows.iter().map(Vec::as_slice).collect();
    let outcome = File::new().sheet("contribution", &rows).taken(db).await;
    assert_eq!(
        (outcome.problems.len(), outcome.more, outcome.errors),
        (1_000, 500, 0),
        "{:?}",
        said(&outcome).first()
    );
    assert!(outcome.written);
}
