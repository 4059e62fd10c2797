//! Migrations: each feature brings its schema in numbered steps, forward only.
//!
//! One text serves both databases. Two things differ and are put in here: `{{bytes}}`
//! (BLOB or BYTEA), and on PostgreSQL every TEXT column compares byte by byte, as SQLite's
//! do, so that order and uniqueness are the same on both.

use crate::audit;
use crate::{Db, Engine, Error, Result, Tx, params};
use domain::Actor;

/// A numbered step of a feature's schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The feature's folder name.
    pub feature: &'static str,
    /// From 1, without gaps.
    pub version: i64,
    /// Statements, separated by semicolons; no parameters.
    pub sql: &'static str,
}

const OWN: Migration = Migration { feature: "store", version: 1, sql: audit::SCHEMA };

impl Db {
    /// Brings the schema to this program's state, each step in its own transaction.
    /// Refuses a database whose schema is newer.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<()> {
        let mut tx = self.write(&Actor::Operator).await?;
        tx.script(
            "CREATE TABLE IF NOT EXISTS schema_version (
                feature TEXT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (feature, version))",
        )
        .await?;
        tx.commit().await?;

        let mut tx = self.write(&Actor::Operator).await?;
        let done = tx.query("SELECT feature, version FROM schema_version", &[]).await?;
        let mut applied = std::collections::HashSet::new();
        for row in &done {
            applied.insert((row.words("feature")?, row.int("version")?));
        }
        let all = || std::iter::once(&OWN).chain(migrations);
        for (feature, version) in &applied {
            let known = all().any(|m| m.feature == feature && m.version == *version);
            if !known {
                return Err(Error::Newer { feature: feature.clone(), version: *version });
            }
        }
        for step in all().filter(|m| !applied.contains(&(m.feature.to_owned(), m.version))) {
            apply(&mut tx, step).await?;
        }
        tx.commit().await
    }
}

async fn apply(tx: &mut Tx, step: &Migration) -> Result<()> {
    let sql = match tx.engine() {
        Engine::Sqlite => step.sql.replace("{{bytes}}", "BLOB"),
        Engine::Postgres => step.sql.replace("{{bytes}}", "BYTEA").replace(" TEXT", " TEXT COLLATE \"C\""),
    };
    tx.script(&sql).await?;
    let version = params![step.feature, step.version];
    tx.execute("INSERT INTO schema_version (feature, version) VALUES ($1, $2)", version).await?;
    Ok(())
}
