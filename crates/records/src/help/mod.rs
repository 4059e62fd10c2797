//! Help inside the site: a ten-minute tour for a secretary and for a member, and how to do each piece of work.
//!
//! The words stand in `text/vi` and `text/en`, one file a topic, as plain HTML of ours. They name pages by the
//! words of their links, so that a reader finds them; a test keeps both languages together. The tours have pictures,
//! which are taken from the site itself (`pictures.rs`).

mod pages;
mod pictures;
#[cfg(test)]
mod tests;

use crate::registry::Feature;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "help",
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

/// A page of help.
struct Topic {
    name: &'static str,
    vi: &'static str,
    en: &'static str,
}

macro_rules! topic {
    ($name:literal) => {
        Topic {
            name: $name,
            vi: include_str!(concat!("text/vi/", $name, ".html")),
            en: include_str!(concat!("text/en/", $name, ".html")),
        }
    };
}

/// Every page, tours first.
static TOPICS: &[Topic] = &[
    topic!("tour-secretary"),
    topic!("tour-member"),
    topic!("sign-in"),
    topic!("plan"),
    topic!("session"),
    topic!("commitment"),
    topic!("follow"),
    topic!("entry"),
    topic!("praise"),
    topic!("report"),
    topic!("offline"),
    topic!("mail"),
];
