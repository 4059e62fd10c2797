//! What the rule in force asks of a session: when its paper goes out, when its minutes are done,
//! how long it lasts. Rules are data with their day and their document (`rules.toml`); what
//! breaks one is said, never refused.

use domain::{Day, parse_day};
use serde::Deserialize;
use std::sync::OnceLock;

/// A rule in force from a day until the next.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// First day in force, ISO.
    from: String,
    /// The document.
    pub source: String,
    /// Days before the session by which the paper is sent.
    pub paper_days: u16,
    /// Days after it by which the minutes are done, when the rule says so.
    pub minutes_days: Option<u16>,
    /// How many minutes it lasts at least.
    least: Option<u16>,
    /// The same for a session with a topic in it.
    least_topic: Option<u16>,
}

#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
}

fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        // The text is ours, and a test reads it.
        let mut rules = toml::from_str::<File>(include_str!("rules.toml")).map(|f| f.rule).unwrap_or_default();
        rules.sort_by(|a, b| b.from.cmp(&a.from));
        rules
    })
}

impl Rule {
    /// The rule in force on a day; none only before all of them.
    pub fn on(day: Day) -> Option<&'static Rule> {
        rules().iter().find(|rule| parse_day(&rule.from).is_some_and(|from| from <= day))
    }

    /// The last day for sending the paper of a session.
    pub fn paper_by(&self, day: Day) -> Day {
        day - chrono::Days::new(u64::from(self.paper_days))
    }

    /// The last day for the minutes of a session.
    pub fn minutes_by(&self, day: Day) -> Option<Day> {
        self.minutes_days.map(|days| day + chrono::Days::new(u64::from(days)))
    }

    /// The fewest minutes of a session of this kind.
    pub fn least(&self, kind: &str) -> Option<i64> {
        let least = if kind == "topic_session" { self.least_topic } else { self.least };
        least.map(i64::from)
    }
}
