//! Opening a database.

use crate::error::without_password;
use crate::flush::Flush;
use crate::tx::{Inner, Writer};
use crate::{Error, Result, Tx};
use domain::{Actor, Clock};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Which database stands behind a [`Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, inside the program.
    Sqlite,
    /// A server.
    Postgres,
}

#[derive(Clone)]
enum Pool {
    Sqlite(SqlitePool, Turn),
    Postgres(PgPool),
}

/// Whose turn it is to write. SQLite has one writer at a time and lets the others sleep up to a tenth of a
/// second between two tries, each on a connection that readers miss; here they stand in a line, without one.
/// Other programs on the same file still meet at SQLite's own lock.
#[derive(Clone)]
struct Turn {
    line: Arc<Semaphore>,
    patience: Duration,
}

impl Turn {
    async fn wait(&self) -> Result<OwnedSemaphorePermit> {
        match tokio::time::timeout(self.patience, Arc::clone(&self.line).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Error::Locked),
        }
    }
}

/// An open database. Cheap to clone; clones share its connections.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    flush: Arc<Flush>,
    clock: Arc<dyn Clock>,
    place: Arc<str>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").field("place", &self.place).finish_non_exhaustive()
    }
}

/// How long a write waits for another writer before it says so, unless told otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to a server that rested so long is asked whether it still lives before it is used.
const RESTED: Duration = Duration::from_secs(2);

impl Db {
    /// Opens `postgres://…`, or a SQLite file (made when it is not there).
    pub async fn open(place: &str, clock: Arc<dyn Clock>) -> Result<Db> {
        Db::open_waiting(place, clock, PATIENCE).await
    }

    /// The same, with the time that a write waits for another writer.
    pub async fn open_waiting(place: &str, clock: Arc<dyn Clock>, patience: Duration) -> Result<Db> {
        if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(place).map_err(|e| Error::unreachable(place, e))?;
            Db::postgres(options, clock, place).await
        } else {
            Db::sqlite(place.strip_prefix("sqlite:").unwrap_or(place), clock, patience).await
        }
    }

    async fn sqlite(path: &str, clock: Arc<dyn Clock>, patience: Duration) -> Result<Db> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged write is on the disk, for an office's power goes out; but many share a flush.
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(patience)
            .pragma("cache_size", "-16000")
            // Pages are read where the system keeps them, not copied: one copy for all connections.
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "MEMORY")
            .statement_cache_capacity(256)
            // Rows come from a thread of the driver's: by fifty at a time, waking each other took longer than the rows.
            .row_buffer_size(512)
            // The driver would write whole statements to the log, with what people entered.
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(patience.max(PATIENCE))
            .connect_with(options)
            .await
            .map_err(|e| match Error::from_driver(e, path) {
                Error::Query { source, .. } => Error::Unreachable { place: path.to_owned(), source },
                other => other,
            })?;
        let turn = Turn { line: Arc::new(Semaphore::new(1)), patience };
        let flush = Arc::new(Flush::of_file(path));
        Ok(Db { pool: Pool::Sqlite(pool, turn), flush, clock, place: path.into() })
    }

    pub(crate) async fn postgres(
        options: PgConnectOptions,
        clock: Arc<dyn Clock>,
        place: &str,
    ) -> Result<Db> {
        let options = options.statement_cache_capacity(256).disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(8)
            // One that served just now is not asked whether it lives: that would be one of a dozen journeys.
            .test_before_acquire(false)
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for > RESTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await
            .map_err(|e| Error::unreachable(place, e))?;
        let flush = Arc::new(Flush::of_server(options, place));
        Ok(Db { pool: Pool::Postgres(pool), flush, clock, place: without_password(place).into() })
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        match self.pool {
            Pool::Sqlite(..) => Engine::Sqlite,
            Pool::Postgres(_) => Engine::Postgres,
        }
    }

    /// Where it is, without a password.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The clock that everything over this database shares.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// A reading transaction: all its queries see one state.
    pub async fn read(&self) -> Result<Tx> {
        let begun = match &self.pool {
            Pool::Sqlite(pool, _) => pool.begin().await.map(Inner::Sqlite),
            Pool::Postgres(pool) => {
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map(Inner::Postgres)
            }
        };
        begun.map(Tx::reading).map_err(|e| Error::from_driver(e, &self.place))
    }

    /// A writing transaction of an actor; nothing stays unless [`Tx::commit`] is called.
    pub async fn write(&self, actor: &Actor) -> Result<Tx> {
        let watch = self.flush.begin().await?;
        let (begun, turn) = match &self.pool {
            // IMMEDIATE: the write lock is taken first, so a read never has to be upgraded
            // and two writers wait for each other instead of failing.
            Pool::Sqlite(pool, turn) => {
                let turn = turn.wait().await?;
                (pool.begin_with("BEGIN IMMEDIATE").await.map(Inner::Sqlite), Some(turn))
            }
            // The commit does not wait for the disk: that is done for many together, see `flush`.
            Pool::Postgres(pool) => (
                pool.begin_with("BEGIN; SET LOCAL synchronous_commit = off").await.map(Inner::Postgres),
                None,
            ),
        };
        let inner = begun.map_err(|e| Error::from_driver(e, &self.place))?;
        let writer = Writer::new(actor.log_name(), self.clock.now(), turn, Arc::clone(&self.flush), watch);
        Ok(Tx::writing(inner, writer))
    }

    /// Closes every connection; used before a file is copied or a program ends.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pool, ..) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}
