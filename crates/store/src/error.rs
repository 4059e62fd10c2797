//! What can go wrong with a database, in terms that people can act on.

use domain::Message;

/// Why the database did not do it. The transaction is rolled back, except after [`Error::Unsure`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else holds the write lock for too long.
    #[error("the database is locked")]
    Locked,
    /// No space left.
    #[error("the disk is full")]
    Full,
    /// The disk failed to read or write; when the log cannot grow, SQLite says only this of a full one.
    #[error("the disk failed: {0}")]
    Disk(String),
    /// The disk or the server failed just after the commit: it may be kept or not.
    #[error("what was committed may not be kept: {0}")]
    Unsure(String),
    /// The file is no database, or a damaged one.
    #[error("{0} is no database")]
    NotADatabase(String),
    /// Wrong path, no permission, no server.
    #[error("cannot open {place}")]
    Unreachable {
        /// The path or the server, without a password.
        place: String,
        /// The driver's words, for the log.
        #[source]
        source: Box<sqlx::Error>,
    },
    /// It may be read only.
    #[error("the database is read-only")]
    ReadOnly,
    /// Its schema is newer than this program.
    #[error("the schema of {feature} is at {version}, newer than this program")]
    Newer {
        /// The feature whose schema is newer.
        feature: String,
        /// The version found.
        version: i64,
    },
    /// A unique or foreign key, or a check, was broken.
    #[error("a constraint was broken: {0}")]
    Constraint(String),
    /// A value is not of the kind that was asked for: a defect of ours.
    #[error("column {column}: {problem}")]
    Shape {
        /// The column's name.
        column: String,
        /// What was found instead.
        problem: String,
    },
    /// Anything else the driver says: a defect of ours, or a lost connection.
    #[error("query failed: {sql}")]
    Query {
        /// The beginning of the query; never its parameters, they may be personal.
        sql: String,
        /// The driver's words.
        #[source]
        source: Box<sqlx::Error>,
    },
}

impl Error {
    /// The server at a place does not answer.
    pub(crate) fn unreachable(place: &str, source: sqlx::Error) -> Error {
        Error::Unreachable { place: without_password(place), source: Box::new(source) }
    }

    /// The message for people.
    pub fn message(&self) -> Message {
        match self {
            Error::Locked => Message::new("store-locked"),
            Error::Full => Message::new("store-full"),
            Error::Disk(_) => Message::new("store-disk"),
            Error::Unsure(_) => Message::new("store-unsure"),
            Error::NotADatabase(place) => Message::new("store-not-database").with("place", place),
            Error::Unreachable { place, .. } => Message::new("store-unreachable").with("place", place),
            Error::ReadOnly => Message::new("store-read-only"),
            Error::Newer { feature, version } => {
                Message::new("store-newer").with("feature", feature).with("version", *version)
            }
            Error::Constraint(detail) => Message::new("store-conflict").with("detail", detail),
            Error::Shape { .. } | Error::Query { .. } => Message::new("store-defect"),
        }
    }

    /// Sorts a driver's error into the kinds above. `place` is the query or the database.
    pub(crate) fn from_driver(error: sqlx::Error, place: &str) -> Error {
        let query =
            |source| Error::Query { sql: place.chars().take(400).collect(), source: Box::new(source) };
        let Some(db) = error.as_database_error() else { return query(error) };
        // SQLite gives its extended code as a decimal; the low byte is the primary code.
        // PostgreSQL gives five characters.
        let code = db.code().unwrap_or_default().into_owned();
        let primary = (code.len() < 5).then(|| code.parse::<u32>().ok()).flatten().map(|c| c & 0xff);
        match (primary, code.as_str()) {
            (Some(5 | 6), _) | (_, "55P03" | "40001" | "40P01") => Error::Locked,
            (Some(13), _) | (_, "53100") => Error::Full,
            (Some(10), _) | (_, "58030") => Error::Disk(db.message().to_owned()),
            (Some(11 | 26), _) => Error::NotADatabase(place.chars().take(120).collect()),
            (Some(8), _) | (_, "25006") => Error::ReadOnly,
            (Some(19), _) => Error::Constraint(db.message().to_owned()),
            (_, code) if code.starts_with("23") => {
                Error::Constraint(db.constraint().unwrap_or_else(|| db.message()).to_owned())
            }
            _ => query(error),
        }
    }
}

/// `postgres://user:secret@host/db` without the secret.
pub(crate) fn without_password(place: &str) -> String {
    let Some((scheme, rest)) = place.split_once("://") else { return place.to_owned() };
    match rest.rsplit_once('@') {
        Some((who, host)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
        None => place.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_password_never_reaches_a_message() {
        assert_eq!(super::without_password("postgres://a:b@c/d"), "postgres://a@c/d");
        assert_eq!(super::without_password("postgres://c/d"), "postgres://c/d");
    }
}
