//! Files brought by accounts.

use super::*;
use crate::account::{NewGrant, grant};
use crate::transfer::workbook;
use domain::{Id, Role};

/// An account with one role on one unit.
pub(super) async fn account(db: &Db, name: &str, role: Role, unit: &str) -> Actor {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    // Without a password: nobody signs in here, and hashing one takes its time.
    let id = Id::new();
    let sql = "INSERT INTO account (id, name, search, password_hash, created_at) VALUES ($1, $2, $2, '', 0)";
    tx.execute(sql, store::params![id, name]).await.unwrap();
    let row = tx.one("SELECT id FROM unit WHERE code = $1", store::params![unit]).await.unwrap();
    let from = domain::Day::from_ymd_opt(2020, 1, 1).unwrap();
    let new = NewGrant { account: id, role, unit: row.words("id").unwrap(), from, to: None };
    grant(&mut tx, &Actor::Operator, &new).await.unwrap();
    tx.commit().await.unwrap();
    Actor::Account { id, name: name.to_owned(), person: None }
}

fn activities() -> File {
    let row = |code: &'static str, unit: &'static str| {
        vec![("code", code), ("unit", unit), ("kind", "Chào cờ"), ("title", "Chào cờ"), ("day", "08/05/2023")]
    };
    let (a, b) = (row("A1", "CB11"), row("A2", "CB12"));
    File::new().sheet("activity", &[&a, &b])
}

async fn brought(db: &Db, actor: &Actor, file: &File) -> Outcome {
    take(db, actor, &file.bytes(), &Options::new(Mode::Write)).await
}

#[tokio::test]
async fn rows_of_units_that_are_not_ones_own_are_named_and_nothing_is_written() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let secretary = account(db, "bithu", Role::Secretary, "CB11").await;
        let outcome = brought(db, &secretary, &activities()).await;
        assert_eq!(said(&outcome), ["Hoạt động học tập, sinh hoạt!3 transfer-forbidden"]);
        assert_eq!(arg(&outcome, 0, "unit"), "Chi bộ 2 (CB12)");
        assert_eq!(n(db, "activity").await, 0);
        let officer = account(db, "canbo", Role::Officer, "DB1").await;
        assert!(brought(db, &officer, &activities()).await.written);
        // The same rows once more: the secretary may not even learn that A2 is as it says.
        let outcome = brought(db, &secretary, &activities()).await;
        assert_eq!(said(&outcome), ["Hoạt động học tập, sinh hoạt!3 transfer-forbidden"]);
        // What is somebody else's cannot be taken over.
        let taken: RowOf<'_> = &[
            ("code", "A2"),
            ("unit", "CB11"),
            ("kind", "Chào cờ"),
            ("title", "Chào cờ"),
            ("day", "08/05/2023"),
        ];
        let outcome = brought(db, &secretary, &File::new().sheet("activity", &[taken])).await;
        assert_eq!(said(&outcome), ["Hoạt động học tập, sinh hoạt!2 transfer-forbidden"]);
    }
}

#[tokio::test]
async fn each_kind_asks_for_its_own_right() {
    let discipline: RowOf<'_> = &[
        ("code", "KL1"),
        ("unit", "DB1"),
        ("object", "Đảng viên"),
        ("object_person", "P1"),
        ("form", "Khiển trách"),
        ("reason", "Vi phạm khác"),
        ("day", "08/05/2023"),
    ];
    let programme: RowOf<'_> = &[("code", "CT05"), ("name", "Chỉ thị 05"), ("from_day", "15/05/2016")];
    let unit: RowOf<'_> = &[
        ("code", "CB13"),
        ("name", "Chi bộ 3"),
        ("kind", "Chi bộ"),
        ("parent", "DB1"),
        ("from_day", "01/01/2020"),
    ];
    let below: RowOf<'_> = &[
        ("code", "T131"),
        ("name", "Tổ 1"),
        ("kind", "Tổ đảng"),
        ("parent", "CB13"),
        ("from_day", "01/01/2020"),
    ];
    let top: RowOf<'_> =
        &[("code", "Z"), ("name", "Đảng bộ Z"), ("kind", "Đảng bộ khối"), ("from_day", "01/01/2020")];
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let officer = account(db, "canbo", Role::Officer, "DB1").await;
        let inspector = account(db, "kiemtra", Role::Inspector, "DB1").await;
        let block_officer = account(db, "khoi", Role::Officer, "K").await;
        let file = |kind: &str, row: RowOf<'_>| File::new().sheet(kind, &[row]);
        for (kind, row, actor, allowed) in [
            ("discipline", discipline, &officer, false),
            ("discipline", discipline, &inspector, true),
            ("programme", programme, &officer, false),
            ("programme", programme, &block_officer, true),
            ("unit", unit, &inspector, false),
            ("unit", top, &block_officer, false),
        ] {
            let outcome = brought(db, actor, &file(kind, row)).await;
            assert_eq!(outcome.written, allowed, "{kind} by {}: {:?}", actor.log_name(), said(&outcome));
            assert_eq!(outcome.is_sound(), allowed);
        }
        // New units of the file stand under units of the database, step by step.
        let outcome = brought(db, &officer, &File::new().sheet("unit", &[below, unit])).await;
        assert!(outcome.written, "{:?}", said(&outcome));
        // A list that everybody shares may stand unchanged in anybody's workbook.
        assert!(brought(db, &officer, &file("programme", programme)).await.is_sound());
    }
}

#[tokio::test]
async fn people_elsewhere_are_not_found_by_their_names() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let secretary = account(db, "bithu", Role::Secretary, "CB12").await;
        let file = |person: &'static str| {
            let row = [
                ("code", "A1"),
                ("unit", "CB12"),
                ("kind", "Chào cờ"),
                ("title", "Chào cờ"),
                ("day", "08/05/2023"),
                ("lead_in", person),
            ];
            File::new().sheet("activity", &[&row[..]])
        };
        let outcome = brought(db, &secretary, &file("Nguyễn Văn An")).await;
        assert_eq!(
            said(&outcome),
            ["Hoạt động học tập, sinh hoạt!K2 «Nguyễn Văn An» transfer-person-unknown"]
        );
        assert!(brought(db, &secretary, &file("P1")).await.written, "a code that one knows is enough");
    }
}

#[tokio::test]
async fn only_what_may_be_read_goes_out() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        activities().well(db).await;
        let secretary = account(db, "bithu", Role::Secretary, "CB11").await;
        let superior = account(db, "captren", Role::Superior, "K").await;
        let officer = account(db, "canbo", Role::Officer, "DB1").await;
        let today = db.clock().today();
        let mut tx = db.read().await.unwrap();
        for (actor, kind, expected) in [
            (&secretary, "unit", 1),
            (&secretary, "person", 1),
            (&secretary, "activity", 1),
            (&officer, "unit", 3),
            (&officer, "person", 2),
            (&superior, "unit", 6),
            (&superior, "person", 0),
            (&superior, "activity", 0),
            (&Actor::Nobody, "unit", 0),
            (&Actor::Operator, "person", 3),
        ] {
            let selection = Selection { kinds: vec![kind.to_owned()], ..Selection::default() };
            let sheets = export(&mut tx, actor, today, &selection).await.unwrap();
            assert_eq!(sheets[0].rows.len(), expected, "{kind} for {}", actor.log_name());
        }
        let sheets = workbook(&mut tx, &superior, today, &Selection::default(), false).await.unwrap();
        let people: Vec<_> = sheets
            .iter()
            .flat_map(|s| &s.lists)
            .filter(|(_, v)| v.iter().any(|w| w.contains("Văn An")))
            .collect();
        assert!(people.is_empty(), "names come in no drop-down: {people:?}");
    }
}

#[tokio::test]
async fn a_selection_is_a_unit_with_what_is_below_it_and_a_year() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        activities().well(db).await;
        let row: RowOf<'_> = &[
            ("code", "A3"),
            ("unit", "CB11"),
            ("kind", "Chào cờ"),
            ("title", "Chào cờ"),
            ("day", "06/05/2024"),
        ];
        let attended: RowOf<'_> = &[("activity", "A3"), ("person", "P1"), ("status", "có mặt")];
        File::new().sheet("activity", &[row]).sheet("attendance", &[attended]).well(db).await;
        let unit = word(db, "SELECT id FROM unit WHERE code = 'CB11'").await;
        let mut tx = db.read().await.unwrap();
        let mut rows = async |unit: Option<String>, year| {
            let selection = Selection { unit, year, kinds: Vec::new() };
            let sheets = export(&mut tx, &Actor::Operator, db.clock().today(), &selection).await.unwrap();
            ["unit", "person", "activity", "attendance"]
                .map(|kind| sheets.iter().find(|s| s.spec.name == kind).map_or(0, |s| s.rows.len()))
        };
        assert_eq!(rows(None, None).await, [6, 3, 3, 1]);
        assert_eq!(rows(unit.clone(), None).await, [1, 1, 2, 1]);
        assert_eq!(rows(unit.clone(), Some(2023)).await, [1, 1, 1, 0]);
        assert_eq!(rows(unit, Some(2024)).await, [1, 1, 1, 1]);
    }
}
