//! The two databases behind one name.
//!
//! SQLite is the embedded default; PostgreSQL serves many. Everything above this crate
//! speaks one SQL: `$1` parameters, texts, 64-bit integers and nothing else. Days are ISO
//! text, instants and flags are integers, ids are text, sums are cast to BIGINT by the
//! query, division and calendar arithmetic happen in Rust. Where a database needs its own
//! form (bulk load, byte columns, byte-wise sorting) it is done here, behind one name.
//!
//! A read is a [`Tx`] too, so that one report sees one state of the data. A write says who
//! writes; every change it records joins a hash chain whose payloads can be erased without
//! breaking it. Nothing outside this crate names a driver.

mod audit;
mod db;
mod error;
pub mod files;
mod flush;
mod migrate;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

pub use audit::{AuditEntry, Change, erase_payload, erase_payloads, verify_chain};
pub use db::{Db, Engine};
pub use error::Error;
pub use migrate::Migration;
pub use tx::Tx;
pub use value::{Row, Value};

/// The result of anything that asks a database.
pub type Result<T> = std::result::Result<T, Error>;

/// Messages of this crate: Vietnamese, English.
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));

/// The parameters of a query: `params![unit, period.from()]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::Value::from($value)),*] as &[$crate::Value] };
}
