//! Accounts: who may sign in, and what they may do where.
//!
//! Rules kept here:
//! - One question decides access: [`may`] `(actor, action, unit)`. A role is granted on a unit
//!   and its subtree, from a day to a day; default is no. What a role allows is the table in
//!   `domain::Role::allows`.
//! - The tree of today counts. A unit that is gone, or not founded yet, is looked at on the day
//!   nearest to today on which it stood, or its records would belong to nobody.
//! - Nobody can give what they do not manage: grants and resets need `ManageAccounts` on every
//!   unit concerned. The operator at the machine may do everything.
//! - A password is at least ten characters, kept as Argon2id, and never reaches the audit log.
//!   Wrong tries make the next one wait, per name and per address, whether the name exists or not.
//! - Whoever is invited or locked out sets the password themself, by a link that serves once for
//!   seven days (`link.rs` has its rules). A secretary invites and helps the members of their unit,
//!   and nobody who may do more than a member.
//! - A code of an authenticator may be asked for as a second step (`totp.rs`). Its key cannot be
//!   hashed, for codes are computed from it: who reads the database has it. It protects against a
//!   password that others know, not against the loss of the database. It never reaches a note or a log.
//! - No session before everything asked for was right (`enter.rs`).
//! - Every change of an account, grant or session is audited. Nothing is deleted: an account is
//!   disabled, a grant ends.

mod access;
mod admin;
mod code;
mod enter;
mod invite;
mod link;
#[cfg(test)]
mod link_tests;
mod members;
mod pages;
#[cfg(test)]
mod pages_tests;
mod password;
mod qr;
mod secret;
mod slow;
mod store;
#[cfg(test)]
mod tests;
mod totp;
mod typed;

use crate::registry::Feature;
use ::store::Migration;
use shell::Route;

pub use self::access::{AccountGate, actions, may, units_with};
pub use self::link::{Given, invite};
pub use self::password::NewPassword;
pub use self::store::{
    Account, Grant, NewGrant, by_name, create_account, disable, grant, grants_of, manages, new_account,
    revoke, set_password,
};

/// The schema: sessions, then accounts and grants.
pub const MIGRATIONS: &[Migration] = &[
    shell::session::MIGRATION,
    shell::once::MIGRATION,
    Migration { feature: "account", version: 1, sql: include_str!("schema/1.sql") },
    Migration { feature: "account", version: 2, sql: include_str!("schema/2.sql") },
];

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "account",
    migrations: MIGRATIONS,
    routes,
    duties: Some(|mine, tx| Box::pin(pages::duties(mine, tx))),
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

/// Sign-in, sign-out, one's own account, links, and the pages of administrators and secretaries.
pub fn routes() -> Vec<Route> {
    let all = [pages::routes(), code::routes(), invite::routes(), members::routes(), admin::routes()];
    all.into_iter().flatten().collect()
}
