//! One story, told on both databases.

use domain::{Actor, Day, FixedClock};
use std::sync::Arc;
use store::{Change, Db, Error, Migration, Value, files, params, testing, verify_chain};

const PEOPLE: Migration = Migration {
    feature: "people",
    version: 1,
    sql: "CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, born TEXT, n BIGINT);",
};

async fn both() -> testing::Both {
    testing::both(&[PEOPLE], Arc::new(FixedClock(1_700_000_000_000))).await
}

async fn add(db: &Db, id: i64, name: &str) -> store::Result<()> {
    let mut tx = db.write(&Actor::Operator).await?;
    tx.insert(
        "people",
        &["id", "name", "born", "n"],
        &[params![id, name, None::<Day>, Some(id * 2)].to_vec()],
    )
    .await?;
    tx.note(Change {
        action: "insert",
        kind: "people".into(),
        record: id.to_string(),
        before: String::new(),
        after: format!("{{\"name\":\"{name}\"}}"),
    });
    tx.commit().await
}

#[tokio::test]
async fn what_is_written_is_read_back() {
    for db in &both().await.all {
        add(db, 1, "Ân").await.unwrap();
        add(db, 2, "Bình").await.unwrap();
        let mut tx = db.read().await.unwrap();
        let rows = tx
            .query(
                "SELECT name, born, n, CAST(SUM(n) OVER () AS BIGINT) AS total FROM people ORDER BY name",
                &[],
            )
            .await
            .unwrap();
        // Bytes order: "B" comes before "Â" on both.
        assert_eq!(rows[0].text("name").unwrap(), "Bình");
        assert_eq!(rows[1].opt_day("born").unwrap(), None);
        assert_eq!(rows[1].int("total").unwrap(), 6);
        assert!(matches!(rows[0].int("name"), Err(Error::Shape { .. })));
        assert!(matches!(rows[0].int("nobody"), Err(Error::Shape { .. })));
    }
}

#[tokio::test]
async fn a_transaction_that_is_not_committed_leaves_nothing() {
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute("INSERT INTO people (id, name) VALUES ($1, $2)", params![1, "An"]).await.unwrap();
        drop(tx);
        let mut tx = db.read().await.unwrap();
        let row = tx.one("SELECT COUNT(*) AS n FROM people", &[]).await.unwrap();
        assert_eq!(row.int("n").unwrap(), 0);
    }
}

#[tokio::test]
async fn a_broken_key_says_so() {
    for db in &both().await.all {
        add(db, 1, "An").await.unwrap();
        assert!(matches!(add(db, 2, "An").await, Err(Error::Constraint(_))), "{:?}", db.engine());
    }
}

#[tokio::test]
async fn many_rows_go_in_at_once() {
    for db in &both().await.all {
        let rows: Vec<Vec<Value>> =
            (0..2_500_i64).map(|i| params![i, format!("n{i}"), None::<Day>, Some(1_i64)].to_vec()).collect();
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.insert("people", &["id", "name", "born", "n"], &rows).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let row = tx.one("SELECT CAST(SUM(n) AS BIGINT) AS n FROM people", &[]).await.unwrap();
        assert_eq!(row.int("n").unwrap(), 2_500);
    }
}

#[tokio::test]
async fn the_audit_chain_finds_a_changed_line_and_bears_an_erased_payload() {
    for db in &both().await.all {
        for (id, name) in [(1, "An"), (2, "Bình"), (3, "Chi")] {
            add(db, id, name).await.unwrap();
        }
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), None);
        tx.execute("DELETE FROM audit_payload WHERE seq = 1", &[]).await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), None, "an erased payload breaks nothing");
        tx.execute("UPDATE audit_payload SET after = '{}' WHERE seq = 2", &[]).await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), Some(2), "a changed payload does");
        tx.execute("DELETE FROM audit_payload", &[]).await.unwrap();
        tx.execute("UPDATE audit SET actor = 'somebody' WHERE seq = 3", &[]).await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), Some(3));
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_the_same_one_is_left_alone() {
    for db in &both().await.all {
        db.migrate(&[PEOPLE]).await.unwrap();
        assert!(matches!(db.migrate(&[]).await, Err(Error::Newer { version: 1, .. })));
    }
}

#[tokio::test]
async fn a_file_is_kept_once_by_its_content() {
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let a = files::put(&mut tx, b"paper").await.unwrap();
        assert_eq!(files::put(&mut tx, b"paper").await.unwrap(), a);
        assert_eq!(files::get(&mut tx, &a).await.unwrap().as_deref(), Some(&b"paper"[..]));
        assert_eq!(files::get(&mut tx, "nothing").await.unwrap(), None);
    }
}

#[tokio::test]
async fn two_writers_wait_for_each_other() {
    for db in &both().await.all {
        let (a, b) = tokio::join!(add(db, 1, "An"), add(db, 2, "Bình"));
        a.unwrap();
        b.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let path = std::env::temp_dir().join(format!("nenep-test-{}.txt", domain::Id::new()));
    std::fs::write(&path, "this is a letter, not a database, and long enough to have a header").unwrap();
    let opened = Db::open(&path.to_string_lossy(), Arc::new(FixedClock(0))).await;
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(opened, Err(Error::NotADatabase(_))), "{opened:?}");
    let nowhere = Db::open("/nowhere/at/all.sqlite", Arc::new(FixedClock(0))).await;
    assert!(matches!(nowhere, Err(Error::Unreachable { .. })), "{nowhere:?}");
}

/// A SQLite file that is removed at the end.
struct File(std::path::PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
        }
    }
}

#[tokio::test]
async fn a_locked_database_says_so_and_nothing_is_written() {
    let db = testing::sqlite(&[PEOPLE], Arc::new(FixedClock(0))).await;
    let file = File(db.place().into());
    let holder = db.write(&Actor::Operator).await.unwrap();
    let patience = std::time::Duration::from_millis(50);
    let other = Db::open_waiting(&file.0.to_string_lossy(), Arc::new(FixedClock(0)), patience).await.unwrap();
    let refused = other.write(&Actor::Operator).await.map(|_| ());
    assert!(matches!(refused, Err(Error::Locked)), "{refused:?}");
    assert!(other.read().await.is_ok(), "reading goes on");
    drop(holder);
}

#[tokio::test]
async fn a_full_disk_says_so_and_nothing_is_half_written() {
    let db = testing::sqlite(&[PEOPLE], Arc::new(FixedClock(0))).await;
    let _file = File(db.place().into());
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    // The database may grow by a few pages only, as on a disk without space.
    tx.execute("PRAGMA max_page_count = 40", &[]).await.unwrap();
    let rows: Vec<Vec<Value>> = (0..900_i64)
        .map(|i| params![i, format!("{i}{}", "x".repeat(900)), None::<Day>, Some(1_i64)].to_vec())
        .collect();
    let full = tx.insert("people", &["id", "name", "born", "n"], &rows).await;
    assert!(matches!(full, Err(Error::Full)), "{full:?}");
    drop(tx);
    let mut tx = db.read().await.unwrap();
    assert_eq!(tx.one("SELECT COUNT(*) AS n FROM people", &[]).await.unwrap().int("n").unwrap(), 0);
}

#[tokio::test]
async fn writers_stand_in_line_and_readers_do_not_wait_for_them() {
    let db = testing::sqlite(&[PEOPLE], Arc::new(FixedClock(0))).await;
    let _file = File(db.place().into());
    let first = db.write(&Actor::Operator).await.unwrap();
    let waiting: Vec<_> = (0..12_i64)
        .map(|i| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.write(&Actor::Operator).await?;
                tx.insert("people", &["id", "name"], &[params![i, i.to_string()].to_vec()]).await?;
                tx.commit().await
            })
        })
        .collect();
    // More writers wait than there are connections: whoever reads still finds one.
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
    let read = tokio::time::timeout(std::time::Duration::from_secs(5), db.read()).await;
    assert!(read.is_ok_and(|tx| tx.is_ok()), "a reader waited for writers");
    drop(first);
    for writer in waiting {
        writer.await.unwrap().unwrap();
    }
    let mut tx = db.read().await.unwrap();
    assert_eq!(tx.one("SELECT COUNT(*) AS n FROM people", &[]).await.unwrap().int("n").unwrap(), 12);
}

#[tokio::test]
async fn a_server_that_went_away_between_a_commit_and_its_flush_is_told() {
    let db = testing::postgres(&[PEOPLE], Arc::new(FixedClock(0))).await;
    let other = testing::postgres(&[PEOPLE], Arc::new(FixedClock(0))).await;
    add(&db, 1, "An").await.unwrap();
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let set = tx.one("SELECT current_setting('synchronous_commit') AS set", &[]).await.unwrap();
    assert_eq!(set.text("set").unwrap(), "off", "the end of the chain is not held while the disk works");
    tx.execute("INSERT INTO people (id, name) VALUES (2, 'Bình')", &[]).await.unwrap();
    // Everything of this database's that is not in a transaction: the connection that flushes.
    let schema =
        tx.one("SELECT CAST(current_schema() AS TEXT) AS name", &[]).await.unwrap().words("name").unwrap();
    let mut killer = other.read().await.unwrap();
    let flushes = "FROM pg_stat_activity WHERE query LIKE '%pg_logical_emit_message(true%'
                   AND query NOT LIKE '%pg_stat_activity%' AND application_name = $1";
    let sql = format!("SELECT COUNT(*) AS n FROM (SELECT pg_terminate_backend(pid) {flushes}) AS ended");
    assert_eq!(killer.one(&sql, params![schema]).await.unwrap().int("n").unwrap(), 1);
    let said = tx.commit().await;
    assert!(matches!(said, Err(Error::Unsure(_))), "{said:?}");
    add(&db, 3, "Chi").await.unwrap();
}
