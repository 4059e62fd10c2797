//! Transactions: the one thing that queries run in.

use crate::audit::{self, Change};
use crate::flush::{Flush, Watch};
use crate::{Engine, Error, Result, Row, Value};
use domain::Instant;
use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Column, Executor, Postgres, Row as _, Sqlite, TypeInfo, ValueRef};
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

pub(crate) enum Inner {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// What a writing transaction has besides.
pub(crate) struct Writer {
    actor: String,
    at: Instant,
    changes: Vec<Change>,
    /// The turn to write, on SQLite.
    turn: Option<OwnedSemaphorePermit>,
    flush: Arc<Flush>,
    watch: Watch,
}

impl Writer {
    pub(crate) fn new(
        actor: &str,
        at: Instant,
        turn: Option<OwnedSemaphorePermit>,
        flush: Arc<Flush>,
        watch: Watch,
    ) -> Writer {
        Writer { actor: actor.to_owned(), at, changes: Vec::new(), turn, flush, watch }
    }
}

/// A transaction. Dropped without [`Tx::commit`] it leaves nothing behind.
pub struct Tx {
    inner: Inner,
    /// Stands behind `inner`, so that the turn is given on after the end of the transaction.
    writer: Option<Writer>,
}

/// The same statements on either driver: only the types differ.
macro_rules! on {
    ($inner:expr, $tx:ident => $body:expr) => {
        match $inner {
            Inner::Sqlite($tx) => $body,
            Inner::Postgres($tx) => $body,
        }
    };
}

macro_rules! bound {
    ($sql:expr, $params:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql));
        for value in $params {
            query = match value {
                Value::Int(v) => query.bind(*v),
                Value::Text(v) => query.bind(v.as_deref()),
                Value::Bytes(v) => query.bind(v.as_deref()),
            };
        }
        query
    }};
}

impl Tx {
    pub(crate) fn reading(inner: Inner) -> Tx {
        Tx { inner, writer: None }
    }

    pub(crate) fn writing(inner: Inner, writer: Writer) -> Tx {
        Tx { inner, writer: Some(writer) }
    }

    /// Which database it runs on.
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether it may write: what it sees may then be its own and not yet everybody's.
    pub fn is_writing(&self) -> bool {
        self.writer.is_some()
    }

    /// The moment of a writing transaction; the same for everything it writes.
    pub fn now(&self) -> Instant {
        self.writer.as_ref().map_or(0, |w| w.at)
    }

    /// Who writes: a sign-in name or `operator`; empty for a read.
    pub fn actor(&self) -> &str {
        self.writer.as_ref().map_or("", |w| &w.actor)
    }

    /// All rows of a query.
    pub async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut all = Vec::new();
        self.each(sql, params, |row| {
            all.push(row);
            Ok(())
        })
        .await?;
        Ok(all)
    }

    /// Gives the rows of a query on one by one, so that thousands need not stand in memory together. Each is turned
    /// into ours as it comes: the driver's own rows are several times larger.
    pub async fn each(
        &mut self,
        sql: &str,
        params: &[Value],
        mut take: impl FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let failed = |e| Error::from_driver(e, sql);
        let mut columns = None;
        match &mut self.inner {
            Inner::Sqlite(tx) => {
                let mut rows = bound!(sql, params).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    let names = columns.get_or_insert_with(|| names(row.columns()));
                    take(sqlite_row(&row, names)?)?;
                }
            }
            Inner::Postgres(tx) => {
                let mut rows = bound!(sql, params).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    let names = columns.get_or_insert_with(|| names(row.columns()));
                    take(postgres_row(&row, names)?)?;
                }
            }
        }
        Ok(())
    }

    /// The first row, if there is one.
    pub async fn first(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    /// The only row of a query that always has one (an aggregate).
    pub async fn one(&mut self, sql: &str, params: &[Value]) -> Result<Row> {
        let row = self.first(sql, params).await?;
        row.ok_or_else(|| Error::Shape { column: "*".to_owned(), problem: "no row".to_owned() })
    }

    /// Runs a statement; the number of rows it touched.
    pub async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let done = match &mut self.inner {
            Inner::Sqlite(tx) => bound!(sql, params).execute(&mut **tx).await.map(|d| d.rows_affected()),
            Inner::Postgres(tx) => bound!(sql, params).execute(&mut **tx).await.map(|d| d.rows_affected()),
        };
        done.map_err(|e| Error::from_driver(e, sql))
    }

    /// Runs several statements without parameters (schema).
    pub(crate) async fn script(&mut self, sql: &str) -> Result<()> {
        on!(&mut self.inner, tx => {
            (&mut **tx).execute(AssertSqlSafe(sql)).await.map(|_| ()).map_err(|e| Error::from_driver(e, sql))
        })
    }

    /// Adds many rows at once; every row has a value for each column.
    ///
    /// `table` and `columns` come from the program's own descriptions, never from input.
    pub async fn insert(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<()> {
        // SQLite looks for each `$n` of a statement among all before it: 10,000 rows of 12 columns
        // took 0.08 s by 200 parameters and 2 s by 12,000; to PostgreSQL it is all the same.
        const TOGETHER: usize = 200;
        let per_statement = (TOGETHER / columns.len().max(1)).max(1);
        for chunk in rows.chunks(per_statement) {
            let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
            let mut params = Vec::with_capacity(chunk.len() * columns.len());
            for (r, row) in chunk.iter().enumerate() {
                debug_assert_eq!(row.len(), columns.len(), "{table}");
                sql.push_str(if r == 0 { "(" } else { ", (" });
                for (c, value) in row.iter().enumerate() {
                    let comma = if c == 0 { "" } else { ", " };
                    sql.push_str(&format!("{comma}${}", params.len() + 1));
                    params.push(value.clone());
                }
                sql.push(')');
            }
            self.execute(&sql, &params).await?;
        }
        Ok(())
    }

    /// Notes a change for the audit log; it is chained when the transaction commits.
    pub fn note(&mut self, change: Change) {
        if let Some(writer) = &mut self.writer {
            writer.changes.push(change);
        }
    }

    /// Keeps what was written, with its audit entries; on the disk when it returns.
    ///
    /// # Errors
    /// [`Error::Unsure`] when it was kept and may yet be lost. After any other nothing was kept, unless a server's
    /// connection broke over the COMMIT itself.
    pub async fn commit(mut self) -> Result<()> {
        if let Some(writer) = &mut self.writer
            && !writer.changes.is_empty()
        {
            let (actor, at, changes) = (writer.actor.clone(), writer.at, std::mem::take(&mut writer.changes));
            audit::append(&mut self, &actor, at, &changes).await?;
        }
        let Tx { inner, writer } = self;
        on!(inner, tx => tx.commit().await).map_err(|e| Error::from_driver(e, "COMMIT"))?;
        kept(writer).await
    }

    /// Writes nothing; returns when all that this writing transaction saw is on the disk. Before somebody is told
    /// that what they send was here already.
    pub async fn settle(self) -> Result<()> {
        let Tx { inner, writer } = self;
        drop(inner);
        kept(writer).await
    }
}

/// Returns when everything before is on the disk; the next one writes meanwhile.
async fn kept(writer: Option<Writer>) -> Result<()> {
    let Some(Writer { turn, flush, watch, .. }) = writer else { return Ok(()) };
    drop(turn);
    flush.wait(watch).await
}

fn names<C: Column>(columns: &[C]) -> Arc<[Box<str>]> {
    columns.iter().map(|c| c.name().into()).collect()
}

fn unexpected(column: &str, found: &str) -> Error {
    Error::Shape { column: column.to_owned(), problem: format!("of type {found}; cast it in the query") }
}

fn sqlite_row(row: &sqlx::sqlite::SqliteRow, names: &Arc<[Box<str>]>) -> Result<Row> {
    let mut values = Vec::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        let read = |e| Error::from_driver(e, name);
        let raw = row.try_get_raw(i).map_err(read)?;
        let kind = raw.type_info().name().to_owned();
        values.push(if raw.is_null() {
            Value::Text(None)
        } else {
            match kind.as_str() {
                "INTEGER" => Value::Int(row.try_get_unchecked(i).map_err(read)?),
                "TEXT" => Value::Text(row.try_get_unchecked(i).map_err(read)?),
                "BLOB" => Value::Bytes(row.try_get_unchecked(i).map_err(read)?),
                other => return Err(unexpected(name, other)),
            }
        });
    }
    Ok(Row { names: names.clone(), values })
}

fn postgres_row(row: &sqlx::postgres::PgRow, names: &Arc<[Box<str>]>) -> Result<Row> {
    let mut values = Vec::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        let read = |e| Error::from_driver(e, name);
        let raw = row.try_get_raw(i).map_err(read)?;
        let kind = raw.type_info().name().to_owned();
        values.push(if raw.is_null() {
            Value::Text(None)
        } else {
            match kind.as_str() {
                "INT8" => Value::Int(row.try_get(i).map_err(read)?),
                "INT4" => Value::Int(Some(i64::from(row.try_get::<i32, _>(i).map_err(read)?))),
                "TEXT" | "VARCHAR" => Value::Text(row.try_get(i).map_err(read)?),
                "BYTEA" => Value::Bytes(row.try_get(i).map_err(read)?),
                other => return Err(unexpected(name, other)),
            }
        });
    }
    Ok(Row { names: names.clone(), values })
}
