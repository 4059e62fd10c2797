//! Databases for tests: a fresh SQLite file and a fresh PostgreSQL schema.
//!
//! A test that touches a query runs on both. `NENEP_TEST_POSTGRES` names the server;
//! without it the test fails rather than passing on half of the databases.

use crate::{Db, Migration};
use domain::{Clock, Id};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

/// The variable that names the PostgreSQL server of the tests.
pub const SERVER: &str = "NENEP_TEST_POSTGRES";

/// Two databases of the same schema. Dropping it removes the file.
pub struct Both {
    /// SQLite first, PostgreSQL second.
    pub all: Vec<Db>,
    file: PathBuf,
}

impl Drop for Both {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.file.display()));
        }
    }
}

/// A fresh database of each kind, migrated.
///
/// # Panics
/// When a database cannot be made; the tests then have nothing to stand on.
pub async fn both(migrations: &[Migration], clock: Arc<dyn Clock>) -> Both {
    let sqlite = sqlite(migrations, clock.clone()).await;
    let file = PathBuf::from(sqlite.place());
    let postgres = postgres(migrations, clock).await;
    Both { all: vec![sqlite, postgres], file }
}

/// A fresh SQLite file.
///
/// # Panics
/// When it cannot be made.
pub async fn sqlite(migrations: &[Migration], clock: Arc<dyn Clock>) -> Db {
    let path = std::env::temp_dir().join(format!("nenep-test-{}.sqlite", Id::new()));
    let db = Db::open(&path.to_string_lossy(), clock).await.expect("a SQLite file in the temporary folder");
    db.migrate(migrations).await.expect("the schema on SQLite");
    db
}

/// A fresh schema on the PostgreSQL server of the tests.
///
/// # Panics
/// When the server is not named or not there.
pub async fn postgres(migrations: &[Migration], clock: Arc<dyn Clock>) -> Db {
    let server = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} names no PostgreSQL server; run the tests with `cargo xtask test`, which starts one")
    });
    let schema = format!("t{}", Id::new().to_string().replace('-', ""));
    let options = PgConnectOptions::from_str(&server).expect("a PostgreSQL address");
    let mut connection =
        PgConnection::connect_with(&options).await.expect("the PostgreSQL server of the tests");
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .execute(&mut connection)
        .await
        .expect("a schema");
    connection.close().await.expect("a closed connection");
    // Named, so that a test finds its own connections among those of the others.
    let options = options.options([("search_path", schema.as_str())]).application_name(&schema);
    let db = Db::postgres(options, clock, &server).await.expect("a pool");
    db.migrate(migrations).await.expect("the schema on PostgreSQL");
    db
}
