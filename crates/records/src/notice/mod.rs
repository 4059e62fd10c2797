//! What happened, told by mail to those who asked for it.
//!
//! Rules kept here:
//! - An address counts only after a code that was mailed to it is typed in. Each sort of notice is on or off, and one
//!   link in every mail stops its sort without signing in.
//! - A mail is written down in the transaction of the entry that causes it ([`hear`]): never of something that was
//!   rolled back, never lost. It is sent later ([`sender`]), by as many programs as there are, each mail by one of
//!   them at a time; its Message-ID never changes, so a mail that goes out twice after a crash is seen as one.
//! - A mail holds a title and a link, nobody's name and nothing of what the page behind the link says.
//! - Nobody is told what they did themself. What changed twice before the mail went out is told once.
//! - A mail that cannot be delivered is tried again with growing pauses, given up after four days, and its reason is
//!   kept for the administrator.
//! - The week's digest lists what the account must do; when nothing waits there is none.
//! - An erasure takes addresses, choices and unsent mails with it.

mod admin;
mod digest;
mod hear;
mod letter;
mod me;
mod outbox;
mod sender;
mod smtp;
mod stop;
mod subscriber;
#[cfg(test)]
mod tests;
mod topic;

use crate::registry::Feature;
use store::Migration;

pub use letter::Mail;
pub use sender::{Outcome, Pace, Post, round, run};
pub use smtp::{Carried, Carrier, Smtp};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "notice",
    migrations: &[Migration { feature: "notice", version: 1, sql: include_str!("schema/1.sql") }],
    routes,
    hears: Some(|event, tx| Box::pin(hear::hear(event, tx))),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

fn routes() -> Vec<shell::Route> {
    let mut routes = me::routes();
    routes.extend(stop::routes());
    routes.extend(admin::routes());
    routes
}
