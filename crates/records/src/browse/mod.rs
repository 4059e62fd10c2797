//! Browsing: every kind of record as a list with filters, every record with its source, and one form to
//! enter, correct and withdraw them.
//!
//! Nothing here knows a kind by heart: columns, filters and permissions come from
//! [`crate::kind::Kind`]. Rules kept here:
//! - A page of a unit shows the rows that belong to it and to the units below it, by the same
//!   tree by which access is decided: today's, or that of the nearest day on which a unit stood.
//! - Names, and codes made of a person's card number, are shown with the right to names on that
//!   unit only; the search does not look at them either.
//! - Inspection, discipline, ratings and what comrades say of one another are shown with the
//!   right to them; without it they are not there, not even as a number.
//! - Looking at rows about persons by name is noted in the log.
//! - A withdrawn row is shown, marked, and adds to no total.

mod asked;
pub(crate) mod cells;
mod entering;
#[cfg(test)]
pub(crate) mod fixture;
mod list;
mod pages;
mod record;
pub(crate) mod scope;
#[cfg(test)]
mod tests;

use crate::registry::Feature;

pub(crate) use entering::room;

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "browse",
    routes,
    messages: (include_str!("messages/vi.ftl"), include_str!("messages/en.ftl")),
    ..Feature::EMPTY
};

fn routes() -> Vec<shell::Route> {
    let mut routes = pages::routes();
    routes.extend(entering::routes());
    routes
}
