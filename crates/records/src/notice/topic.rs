//! The sorts of notices that people choose, and what a mail may say.

/// A sort of notice, on or off for each account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Session,
    Task,
    Commitment,
    Answer,
    Device,
    Digest,
}

impl Topic {
    /// In the order of the page.
    pub const ALL: [Topic; 6] =
        [Topic::Session, Topic::Task, Topic::Commitment, Topic::Answer, Topic::Device, Topic::Digest];

    /// The word in the database and in the link that stops it.
    pub fn code(self) -> &'static str {
        match self {
            Topic::Session => "session",
            Topic::Task => "task",
            Topic::Commitment => "commitment",
            Topic::Answer => "answer",
            Topic::Device => "device",
            Topic::Digest => "digest",
        }
    }

    pub fn from_code(code: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|t| t.code() == code)
    }

    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Topic::Session => "notice-topic-session",
            Topic::Task => "notice-topic-task",
            Topic::Commitment => "notice-topic-commitment",
            Topic::Answer => "notice-topic-answer",
            Topic::Device => "notice-topic-device",
            Topic::Digest => "notice-topic-digest",
        }
    }
}

/// What a mail says: its topic (none for what one asked for oneself), the keys of its subject, of its sentence and
/// of the words on its link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct What {
    pub code: &'static str,
    pub topic: Option<Topic>,
    pub subject: &'static str,
    pub says: &'static str,
    pub opens: &'static str,
}

macro_rules! whats {
    ($($name:ident: $code:literal, $topic:expr, $opens:literal;)*) => {
        $(pub(super) const $name: What = What {
            code: $code,
            topic: $topic,
            subject: concat!("notice-subject-", $code),
            says: concat!("notice-says-", $code),
            opens: concat!("notice-open-", $opens),
        };)*
        const ALL: &[What] = &[$($name),*];
    };
}
whats! {
    INVITED: "session-invited", Some(Topic::Session), "session";
    CHANGED: "session-changed", Some(Topic::Session), "session";
    CALLED_OFF: "session-off", Some(Topic::Session), "home";
    TASK: "task", Some(Topic::Task), "tasks";
    BREAKTHROUGH: "breakthrough", Some(Topic::Task), "tasks";
    REGISTERED: "commitment-registered", Some(Topic::Commitment), "commitment";
    RETURNED: "commitment-returned", Some(Topic::Commitment), "commitment";
    ANSWERED: "answer", Some(Topic::Answer), "answer";
    DEVICE: "device", Some(Topic::Device), "account";
    DIGEST: "digest", Some(Topic::Digest), "home";
    CODE: "code", None, "address";
    TEST: "test", None, "home";
}

impl What {
    /// What a row of the outbox says; a word that this program no longer knows says nothing.
    pub fn from_code(code: &str) -> Option<What> {
        ALL.iter().find(|w| w.code == code).copied()
    }

    #[cfg(test)]
    pub fn all() -> &'static [What] {
        ALL
    }
}
