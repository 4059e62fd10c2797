//! Figures against a naive oracle, on random worlds and on both databases; and the rules of the
//! field for figures, one named test each.
//!
//! [`world`] makes small random worlds. [`naive`] answers the questions of [`book`] about them by
//! plain loops, without a database. [`properties`] holds the two against each other.

mod book;
mod facts;
mod naive;
mod properties;
mod rules;
mod world;
