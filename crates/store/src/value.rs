//! Values that go into a query and rows that come out: texts and 64-bit integers, no more.

use crate::{Error, Result};
use domain::{Day, Id, Money};
use std::sync::Arc;

/// A parameter, or a cell of a row.
///
/// An absent value keeps its kind because PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A 64-bit integer, a flag (0/1), an instant, money.
    Int(Option<i64>),
    /// A text, an id, a day (ISO).
    Text(Option<String>),
    /// Bytes of a file.
    Bytes(Option<Vec<u8>>),
}

impl Value {
    /// Whether it is absent.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Int(None) | Value::Text(None) | Value::Bytes(None))
    }
}

macro_rules! from {
    ($($from:ty => $kind:ident, $convert:expr;)*) => { $(
        impl From<$from> for Value {
            fn from(v: $from) -> Value { Value::$kind(Some($convert(v))) }
        }
        impl From<Option<$from>> for Value {
            fn from(v: Option<$from>) -> Value { Value::$kind(v.map($convert)) }
        }
    )* };
}
from! {
    i64 => Int, |v| v;
    i32 => Int, i64::from;
    u32 => Int, i64::from;
    bool => Int, i64::from;
    Money => Int, |m: Money| m.0;
    String => Text, |v| v;
    &str => Text, str::to_owned;
    &String => Text, |s: &String| s.clone();
    Id => Text, |id: Id| id.to_string();
    Day => Text, |d: Day| d.format("%Y-%m-%d").to_string();
    Vec<u8> => Bytes, |v| v;
}

impl From<usize> for Value {
    fn from(v: usize) -> Value {
        Value::Int(i64::try_from(v).ok())
    }
}

impl From<&Value> for Value {
    fn from(v: &Value) -> Value {
        v.clone()
    }
}

/// A row of an answer. Columns are asked for by name; asking for the wrong kind is a
/// defect of the caller and comes back as [`Error::Shape`].
#[derive(Debug, Clone)]
pub struct Row {
    pub(crate) names: Arc<[Box<str>]>,
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The value of a column.
    pub fn get(&self, column: &str) -> Result<&Value> {
        let at = self.names.iter().position(|n| &**n == column);
        at.and_then(|i| self.values.get(i))
            .ok_or_else(|| Error::Shape { column: column.to_owned(), problem: "no such column".to_owned() })
    }

    /// The values in the order of the query.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The names of the columns in the order of the query.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|n| &**n)
    }

    fn shape<T>(column: &str, found: &Value) -> Result<T> {
        let problem = match found {
            v if v.is_null() => "absent",
            Value::Int(_) => "an integer",
            Value::Text(_) => "a text",
            Value::Bytes(_) => "bytes",
        };
        Err(Error::Shape { column: column.to_owned(), problem: problem.to_owned() })
    }

    /// An integer that may be absent.
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>> {
        match self.get(column)? {
            Value::Int(v) => Ok(*v),
            v if v.is_null() => Ok(None),
            v => Self::shape(column, v),
        }
    }

    /// An integer.
    pub fn int(&self, column: &str) -> Result<i64> {
        match self.opt_int(column)? {
            Some(v) => Ok(v),
            None => Self::shape(column, &Value::Int(None)),
        }
    }

    /// A flag: any integer but nought is true.
    pub fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// A text that may be absent.
    pub fn opt_text(&self, column: &str) -> Result<Option<&str>> {
        match self.get(column)? {
            Value::Text(v) => Ok(v.as_deref()),
            v if v.is_null() => Ok(None),
            v => Self::shape(column, v),
        }
    }

    /// A text.
    pub fn text(&self, column: &str) -> Result<&str> {
        match self.opt_text(column)? {
            Some(v) => Ok(v),
            None => Self::shape(column, &Value::Text(None)),
        }
    }

    /// A text of one's own, empty when absent.
    pub fn words(&self, column: &str) -> Result<String> {
        Ok(self.opt_text(column)?.unwrap_or_default().to_owned())
    }

    /// A day that may be absent.
    pub fn opt_day(&self, column: &str) -> Result<Option<Day>> {
        let Some(text) = self.opt_text(column)? else { return Ok(None) };
        Day::parse_from_str(text, "%Y-%m-%d")
            .map(Some)
            .map_err(|_| Error::Shape { column: column.to_owned(), problem: "no ISO day".to_owned() })
    }

    /// A day.
    pub fn day(&self, column: &str) -> Result<Day> {
        match self.opt_day(column)? {
            Some(v) => Ok(v),
            None => Self::shape(column, &Value::Text(None)),
        }
    }

    /// Bytes.
    pub fn bytes(&self, column: &str) -> Result<&[u8]> {
        match self.get(column)? {
            Value::Bytes(Some(v)) => Ok(v),
            v => Self::shape(column, v),
        }
    }
}
