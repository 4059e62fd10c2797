//! Study and meetings: conferences, topic sessions, weekly readings, and who was there.
//!
//! Rules of the field kept here:
//! - A make-up session names the conference it makes up for.
//! - A topic session says whether it is in depth or extended. There is to be one per quarter
//!   at least (Chỉ thị 50-CT/TW of 23/7/2025, Hướng dẫn 42-HD/BTCTW of 28/10/2025), so the
//!   quarter is kept; 90 minutes at least, so the length is.
//! - The paper goes out before the session, at least a day (42-HD/BTCTW): how many days is
//!   computed. One sent after the session is refused; one sent late is counted, not refused.
//! - An activity serves the theme of a year, which may be the year before or after its own.
//! - Who was there is kept by count (a site and a number) or by person, never both for one
//!   unit at one activity. One row cannot show that; [`double_counted`] finds it.
//! - A session that is planned counts nowhere: it is a `meeting`, and becomes an activity when it
//!   is held ([`session`]).
//! - Only who was there can have spoken; only who was not can have made it up later.

mod double;
pub mod figures;
mod pages;
pub mod session;
pub mod sheet;
#[cfg(test)]
mod tests;

use crate::registry::Feature;
use store::Migration;

pub use double::{Doubled, double_counted};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "activity",
    migrations: &[
        Migration { feature: "activity", version: 1, sql: include_str!("schema/1.sql") },
        Migration { feature: "activity", version: 2, sql: include_str!("schema/2.sql") },
    ],
    kinds: &[
        &sheet::ACTIVITY,
        &sheet::ATTENDANCE_SITE,
        &sheet::ATTENDANCE,
        &sheet::FOLLOW_UP,
        &session::sheet::MEETING,
        &session::sheet::MEETING_ANSWER,
        &session::sheet::READING_TURN,
    ],
    measures: &[
        &figures::ACTIVITY,
        &figures::SITE,
        &figures::ATTENDED,
        &figures::EXPECTED,
        &figures::SPOKE,
        &figures::FOLLOW_UP,
    ],
    routes: || {
        let mut routes = pages::routes();
        routes.extend(session::routes());
        routes
    },
    duties: Some(|mine, tx| Box::pin(session::duties(mine, tx))),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};
