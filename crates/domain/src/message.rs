//! What the program says to people, before it is put into a language.
//!
//! A crate that has something to say makes a [`Message`]: a key of its message
//! file and the values to put in. `shell` turns it into Vietnamese or English.

use std::fmt;

/// A value inside a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words, shown as they are.
    Text(String),
    /// A whole number; the message file may choose a plural by it.
    Int(i64),
}

impl From<&str> for Arg {
    fn from(v: &str) -> Arg {
        Arg::Text(v.to_owned())
    }
}
impl From<String> for Arg {
    fn from(v: String) -> Arg {
        Arg::Text(v)
    }
}
impl From<&String> for Arg {
    fn from(v: &String) -> Arg {
        Arg::Text(v.clone())
    }
}
impl From<i64> for Arg {
    fn from(v: i64) -> Arg {
        Arg::Int(v)
    }
}
impl From<usize> for Arg {
    fn from(v: usize) -> Arg {
        Arg::Int(i64::try_from(v).unwrap_or(i64::MAX))
    }
}

/// A key of a message file, with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The key, the same in `vi.ftl` and `en.ftl`.
    pub key: &'static str,
    /// Named values, in the order given.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message without values yet.
    pub fn new(key: &'static str) -> Message {
        Message { key, args: Vec::new() }
    }

    /// The message with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.push((name, value.into()));
        self
    }
}

/// For logs and tests only: people get the translated text.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)?;
        for (name, value) in &self.args {
            match value {
                Arg::Text(t) => write!(f, " {name}={t:?}")?,
                Arg::Int(n) => write!(f, " {name}={n}")?,
            }
        }
        Ok(())
    }
}
