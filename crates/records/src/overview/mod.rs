//! What people see first: home, the tree of units as at a day, and a unit's page.
//!
//! A unit's page gathers what every other feature has to say about it, so this feature stands
//! last. It keeps no records of its own.
//!
//! Rules kept here:
//! - A unit that the visitor may not see is nowhere: not in the tree, the search, the way up
//!   or an event that concerns another unit (there it is named, without a link).
//! - The tree is the tree of the day asked for; what was merged or dissolved since is found on
//!   the days on which it stood, and in the list of what happened.

#[cfg(test)]
mod access_tests;
#[cfg(test)]
mod fixture;
mod pages;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod writing_tests;

use crate::registry::Feature;
use domain::Action;
use shell::MenuItem;

pub use pages::expect;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "overview",
    routes: pages::routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

pub(crate) use pages::mine;

/// The main menu of the site.
pub const MENU: &[MenuItem] = &[
    MenuItem { key: "overview-home", href: "/", action: None },
    MenuItem { key: "overview-units", href: "/units", action: Some(Action::ReadUnits) },
    MenuItem { key: "help-title", href: "/help", action: None },
    MenuItem { key: "account-list-title", href: "/accounts", action: Some(Action::ManageAccounts) },
];
