//! Why a verb could not do what it was asked.

use domain::{Message, PeriodError};

/// A failure, in terms that people can act on.
#[derive(Debug)]
pub enum Fail {
    /// One thing to say.
    Say(Message),
    /// Several, each on its own line.
    Many(Vec<Message>),
    /// The database.
    Store(store::Error),
    /// A file could not be read or written.
    File {
        /// Its path, as given.
        path: String,
        /// The system's words.
        error: std::io::Error,
    },
}

impl Fail {
    /// A file that could not be read or written.
    pub fn file(path: impl AsRef<std::path::Path>) -> impl FnOnce(std::io::Error) -> Fail {
        let path = path.as_ref().display().to_string();
        move |error| Fail::File { path, error }
    }
}

impl From<store::Error> for Fail {
    fn from(error: store::Error) -> Fail {
        Fail::Store(error)
    }
}

impl From<Message> for Fail {
    fn from(message: Message) -> Fail {
        Fail::Say(message)
    }
}

impl From<PeriodError> for Fail {
    fn from(error: PeriodError) -> Fail {
        Fail::Say(error.message())
    }
}
