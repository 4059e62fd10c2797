//! Files in and out, on both databases.

mod bench;
mod forms;
mod own;
mod refusals;
mod rights;
mod round;
mod taking;

use super::{Mode, Options, Outcome, export, import, spec};
use crate::REGISTRY;
use crate::transfer::Selection;
use domain::{Actor, FixedClock};
use exchange::{Cell, SheetOut, WriteOptions};
use std::sync::Arc;
use store::{Db, testing};

/// 14/11/2023.
const NOW: i64 = 1_700_000_000_000;

async fn both() -> testing::Both {
    testing::both(&REGISTRY.migrations(), Arc::new(FixedClock(NOW))).await
}

/// A workbook from rows of words, as a clerk types them.
#[derive(Default)]
struct File {
    sheets: Vec<SheetOut>,
}

type RowOf<'a> = &'a [(&'a str, &'a str)];

impl File {
    fn new() -> File {
        File::default()
    }

    fn sheet(mut self, kind: &str, rows: &[RowOf<'_>]) -> File {
        let spec = spec(kind).unwrap_or_else(|| panic!("no kind {kind}"));
        let rows = rows.iter().map(|row| {
            let mut cells = vec![Cell::Empty; spec.columns.len()];
            for (name, words) in *row {
                cells[spec.position(name).unwrap_or_else(|| panic!("{kind} has no {name}"))] =
                    Cell::from(*words);
            }
            cells
        });
        self.sheets.push(SheetOut::new(spec).with_rows(rows.collect()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        exchange::write(&self.sheets, &WriteOptions::export()).unwrap()
    }

    async fn taken(&self, db: &Db) -> Outcome {
        take(db, &Actor::Operator, &self.bytes(), &Options::new(Mode::Write)).await
    }

    /// Taken without a fault, or the test fails with what is wrong.
    async fn well(&self, db: &Db) -> Outcome {
        let outcome = self.taken(db).await;
        assert_eq!(said(&outcome), [""; 0]);
        outcome
    }
}

async fn take(db: &Db, actor: &Actor, bytes: &[u8], options: &Options) -> Outcome {
    import(db, actor, "tep.xlsx", bytes, options, &|_, _| {}).await.unwrap()
}

/// The problems in short: place, what stands there, key.
fn said(outcome: &Outcome) -> Vec<String> {
    outcome
        .problems
        .iter()
        .map(|p| format!("{} «{}» {}", p.place(), p.found, p.message.key).replace(" «»", ""))
        .collect()
}

/// A value of a problem's message.
fn arg(outcome: &Outcome, at: usize, name: &str) -> String {
    let found = outcome.problems[at].message.args.iter().find(|(n, _)| *n == name);
    match found.map(|(_, value)| value) {
        Some(domain::Arg::Text(t)) => t.clone(),
        Some(domain::Arg::Int(n)) => n.to_string(),
        None => panic!("no {name} in {}", outcome.problems[at].message),
    }
}

/// A block with two committees and four cells, two of one name.
fn block() -> File {
    let units: &[RowOf<'_>] = &[
        // Children before parents: the file may name them in any order.
        &[
            ("code", "CB11"),
            ("name", "Chi bộ 1"),
            ("kind", "Chi bộ"),
            ("parent", "Đảng bộ Sở Hòa Bình (DB1)"),
            ("from_day", "01/01/2015"),
        ],
        &[
            ("code", "CB12"),
            ("name", "Chi bộ 2"),
            ("kind", "cell"),
            ("parent", "DB1"),
            ("from_day", "01/01/2015"),
        ],
        &[
            ("code", "CB21"),
            ("name", "Chi bộ 1"),
            ("kind", "Chi bộ"),
            ("parent", "db2"),
            ("from_day", "01/01/2015"),
        ],
        &[
            ("code", "DB1"),
            ("name", "Đảng bộ Sở Hòa Bình"),
            ("kind", "Đảng bộ cơ sở"),
            ("parent", "Khối cơ quan"),
            ("from_day", "01/01/2012"),
        ],
        &[
            ("code", "DB2"),
            ("name", "Đảng bộ Sở B"),
            ("kind", "Đảng bộ cơ sở"),
            ("parent", "KHOI CO QUAN"),
            ("from_day", "01/01/2012"),
        ],
        &[("code", "K"), ("name", "Khối cơ quan"), ("kind", "Đảng bộ khối"), ("from_day", "01/01/2010")],
    ];
    File::new().sheet("unit", units)
}

fn people() -> File {
    File::new().sheet(
        "person",
        &[
            &[
                ("code", "P1"),
                ("name", "đ/c Nguyễn Văn An"),
                ("unit", "CB11"),
                ("category", "Đảng viên"),
                ("since", "03/02/2016"),
                ("birth_year", "1975"),
            ],
            &[
                ("code", "P2"),
                ("name", "Trần Thị Bình"),
                ("unit", "CB12"),
                ("category", "đảng viên"),
                ("since", "03/02/2016"),
            ],
            &[
                ("code", "P3"),
                ("name", "Nguyễn Văn An"),
                ("unit", "CB21"),
                ("category", "party_member"),
                ("since", "03/02/2016"),
            ],
        ],
    )
}

async fn n(db: &Db, sql: &str) -> i64 {
    let mut tx = db.read().await.unwrap();
    tx.one(&format!("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM {sql}"), &[]).await.unwrap().int("n").unwrap()
}

/// The words of one column, one row.
async fn word(db: &Db, sql: &str) -> Option<String> {
    let mut tx = db.read().await.unwrap();
    let row = tx.one(sql, &[]).await.unwrap();
    match &row.values()[0] {
        store::Value::Int(n) => n.map(|n| n.to_string()),
        store::Value::Text(t) => t.clone(),
        store::Value::Bytes(_) => None,
    }
}

/// Every cell of every sheet.
async fn cells(db: &Db) -> Vec<(&'static str, Vec<Vec<Cell>>)> {
    let mut tx = db.read().await.unwrap();
    let today = db.clock().today();
    let sheets = export(&mut tx, &Actor::Operator, today, &Selection::default()).await.unwrap();
    sheets.into_iter().map(|s| (s.spec.name, s.rows)).collect()
}

#[test]
fn every_kind_has_a_sheet_that_excel_takes() {
    for spec in super::specs() {
        assert_eq!(spec.faults(), Vec::<String>::new());
    }
    assert_eq!(super::specs().len(), REGISTRY.kinds().len());
}

#[test]
fn what_goes_through_another_record_finds_its_unit_there() {
    for kind in REGISTRY.kinds() {
        if let crate::kind::Owner::Through(field) = kind.owner {
            let to = kind.field(field).and_then(|f| super::known::referred(f.ty)).expect(kind.name);
            let parent = REGISTRY.kind(to).expect(to);
            assert_eq!(parent.owner, crate::kind::Owner::Field("unit"), "{}", kind.name);
        }
    }
}

#[test]
fn messages_are_whole_in_both_languages() {
    let keys = |ftl: &str| -> Vec<String> {
        ftl.lines().filter_map(|l| l.split_once(" = ")).map(|(key, _)| key.trim().to_owned()).collect()
    };
    let (vi, en) = super::FEATURE.messages;
    assert_eq!(keys(vi), keys(en));
    assert!(keys(vi).iter().all(|key| key.starts_with("transfer-")));
}
