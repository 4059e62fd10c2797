//! Files that are refused, each for its reason and at its place.

use super::*;

async fn refused(db: &Db, file: File, expected: &[&str]) -> Outcome {
    let before = n(db, "activity").await + n(db, "unit").await + n(db, "document").await;
    let outcome = file.taken(db).await;
    assert_eq!(said(&outcome), expected);
    assert!(!outcome.written && !outcome.is_sound());
    let after = n(db, "activity").await + n(db, "unit").await + n(db, "document").await;
    assert_eq!(before, after, "nothing is written");
    outcome
}

fn activity(field: &'static str, words: &'static str) -> File {
    let mut row = vec![
        ("code", "X1"),
        ("unit", "DB1"),
        ("kind", "Chào cờ"),
        ("title", "Chào cờ"),
        ("day", "08/05/2023"),
    ];
    row.retain(|(name, _)| *name != field);
    row.push((field, words));
    File::new().sheet("activity", &[&row])
}

#[tokio::test]
async fn every_bad_reference_is_named_with_what_would_be_right() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        refused(
            db,
            activity("unit", "Chi bộ Không Có"),
            &["Hoạt động học tập, sinh hoạt!B2 «Chi bộ Không Có» transfer-unit-unknown"],
        )
        .await;
        let outcome = refused(
            db,
            activity("unit", "Sở Hoà Bình"),
            &["Hoạt động học tập, sinh hoạt!B2 «Sở Hoà Bình» transfer-ref-near"],
        )
        .await;
        assert_eq!(arg(&outcome, 0, "near"), "Đảng bộ Sở Hòa Bình (DB1)");
        let outcome = refused(
            db,
            activity("unit", "chi bộ 1"),
            &["Hoạt động học tập, sinh hoạt!B2 «chi bộ 1» transfer-ref-many"],
        )
        .await;
        assert_eq!(arg(&outcome, 0, "codes"), "Chi bộ 1 (CB11); Chi bộ 1 (CB21)");
        // Of the whole block's unit: one of them is below either committee.
        let mut above = activity("lead_in", "Nguyễn Văn An");
        above.sheets[0].rows[0][1] = Cell::from("K");
        let outcome =
            refused(db, above, &["Hoạt động học tập, sinh hoạt!K2 «Nguyễn Văn An» transfer-ref-many"]).await;
        assert_eq!(arg(&outcome, 0, "codes"), "Nguyễn Văn An (P1); Nguyễn Văn An (P3)");
        refused(
            db,
            activity("lead_in", "Lê Văn Không"),
            &["Hoạt động học tập, sinh hoạt!K2 «Lê Văn Không» transfer-person-unknown"],
        )
        .await;
        let outcome = refused(
            db,
            activity("theme", "CD2099"),
            &["Hoạt động học tập, sinh hoạt!H2 «CD2099» transfer-ref-unknown"],
        )
        .await;
        assert_eq!(arg(&outcome, 0, "kind"), crate::REGISTRY.kind("theme").unwrap().vi);
        refused(
            db,
            activity("makeup_of", "X9"),
            &["Hoạt động học tập, sinh hoạt!T2 «X9» transfer-ref-unknown"],
        )
        .await;
    }
}

#[tokio::test]
async fn rules_of_the_field_are_told_at_their_cell() {
    for db in &both().await.all {
        block().well(db).await;
        refused(db, activity("code", "X 1"), &["Hoạt động học tập, sinh hoạt!A2 «X 1» transfer-code-signs"])
            .await;
        refused(
            db,
            activity("minutes_day", "01/05/2023"),
            &["Hoạt động học tập, sinh hoạt!P2 «01/05/2023» kind-backwards"],
        )
        .await;
        refused(
            db,
            activity("kind", "Sinh hoạt chuyên đề"),
            &["Hoạt động học tập, sinh hoạt!J2 activity-depth-needed"],
        )
        .await;
        let twice = File::new().sheet("theme", &[]).sheet(
            "return_state",
            &[
                &[("unit", "DB1"), ("kind", "all"), ("year", "2022"), ("state", "complete")],
                &[
                    ("unit", "Đảng bộ Sở Hòa Bình"),
                    ("kind", "Tất cả"),
                    ("year", "2022"),
                    ("state", "partial"),
                ],
            ],
        );
        let outcome = refused(db, twice, &["Tình trạng nộp số liệu!3 transfer-key-twice"]).await;
        assert_eq!(arg(&outcome, 0, "row"), "2");
    }
}

#[tokio::test]
async fn a_number_issued_twice_in_a_term_is_told_before_the_database_refuses() {
    let document = |code: &'static str| -> Vec<(&'static str, &'static str)> {
        vec![
            ("code", code),
            ("unit", "DB1"),
            ("direction", "đi"),
            ("type", "Kế hoạch"),
            ("number", "12"),
            ("term", "2020-2025"),
            ("symbol", "12-KH/ĐU"),
            ("day", "15/02/2023"),
            ("extract", "Thực hiện chuyên đề"),
        ]
    };
    for db in &both().await.all {
        block().well(db).await;
        File::new().sheet("document", &[&document("VB1")]).well(db).await;
        let outcome = refused(
            db,
            File::new().sheet("document", &[&document("VB2")]),
            &["Sổ văn bản!G2 «12-KH/ĐU» transfer-symbol-twice"],
        )
        .await;
        assert_eq!(arg(&outcome, 0, "other"), "VB1");
    }
}

#[tokio::test]
async fn a_unit_above_itself_is_refused_with_its_row() {
    for db in &both().await.all {
        block().well(db).await;
        let unit = |code: &'static str, parent: &'static str| -> Vec<(&'static str, &'static str)> {
            vec![
                ("code", code),
                ("name", code),
                ("kind", "Chi bộ"),
                ("parent", parent),
                ("from_day", "01/01/2020"),
            ]
        };
        let (a, b, c) = (unit("A", "B"), unit("B", "C"), unit("C", "A"));
        let file = File::new().sheet("unit", &[&a, &b, &c]);
        refused(
            db,
            file,
            &[
                "Đơn vị!D2 «B (B)» unit-own-ancestor",
                "Đơn vị!D3 «C (C)» unit-own-ancestor",
                "Đơn vị!D4 «A (A)» unit-own-ancestor",
            ],
        )
        .await;
        // By an event: only the tree through time shows it.
        let file = File::new().sheet(
            "unit_event",
            &[&[
                ("code", "BD1"),
                ("event", "Chuyển về trực thuộc"),
                ("unit", "DB1"),
                ("other", "CB11"),
                ("day", "01/07/2022"),
                ("decision", "QĐ 5"),
            ]],
        );
        let outcome = file.taken(db).await;
        assert!(!outcome.written && !outcome.is_sound());
        assert!(
            outcome.problems.iter().all(|p| p.message.key == "unit-own-ancestor"),
            "{:?}",
            said(&outcome)
        );
        assert_eq!(said(&outcome)[0], "Biến động tổ chức!2 unit-own-ancestor");
        assert_eq!(n(db, "unit_event").await, 0);
        assert_eq!(n(db, "unit_span WHERE depth = 2").await, 3, "the tree stands as it was");
    }
}

#[tokio::test]
async fn a_unit_older_than_its_parent_is_told_at_its_row() {
    for db in &both().await.all {
        let row: RowOf<'_> = &[
            ("code", "CB99"),
            ("name", "Chi bộ 9"),
            ("kind", "Chi bộ"),
            ("parent", "DB1"),
            ("from_day", "01/01/2001"),
        ];
        block().well(db).await;
        refused(db, File::new().sheet("unit", &[row]), &["Đơn vị!2 unit-older-than-parent"]).await;
    }
}

#[tokio::test]
async fn what_is_no_workbook_is_refused_whole() {
    for db in &both().await.all {
        for bytes in [&b""[..], b"hello", b"PK\x03\x04 torn"] {
            let outcome = take(db, &Actor::Operator, bytes, &Options::new(Mode::Write)).await;
            assert!(
                outcome.errors == 1 && outcome.problems[0].message.key.starts_with("exchange-file"),
                "{:?}",
                said(&outcome)
            );
        }
        assert_eq!(n(db, "import_file").await, 0);
    }
}

#[tokio::test]
async fn a_read_only_database_says_so_and_keeps_what_it_was() {
    for db in &both().await.all {
        // On every connection of the pool: nobody knows which one the import gets.
        let (off, connections) = match db.engine() {
            store::Engine::Sqlite => ("PRAGMA query_only = 1", 4),
            store::Engine::Postgres => ("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", 8),
        };
        let mut all = Vec::new();
        for _ in 0..connections {
            let mut tx = db.read().await.unwrap();
            tx.execute(off, &[]).await.unwrap();
            all.push(tx);
        }
        for tx in all {
            tx.commit().await.unwrap();
        }
        let error =
            import(db, &Actor::Operator, "a.xlsx", &block().bytes(), &Options::new(Mode::Write), &|_, _| {})
                .await
                .unwrap_err();
        assert_eq!(error.message().key, "store-read-only");
        assert_eq!(n(db, "unit").await, 0);
    }
}

#[tokio::test]
async fn a_locked_database_says_so() {
    let both = both().await;
    let clock = std::sync::Arc::new(FixedClock(NOW));
    let db = &Db::open_waiting(both.all[0].place(), clock, std::time::Duration::ZERO).await.unwrap();
    let other = &both.all[0];
    let writing = other.write(&Actor::Operator).await.unwrap();
    let error =
        import(db, &Actor::Operator, "a.xlsx", &block().bytes(), &Options::new(Mode::Write), &|_, _| {})
            .await
            .unwrap_err();
    assert_eq!(error.message().key, "store-locked");
    drop(writing);
    db.close().await;
}
