//! The language of indicators: what a figure counts, as data and not as code.
//!
//! A feature declares **measures** ([`Measure`], constants). A catalogue (TOML, [`Catalogue`])
//! defines **indicators** over them; each holds an expression such as
//! `count(inspection where object = "organisation")`. Here an expression is read ([`parse`]),
//! checked against the measures ([`check`]) and turned into a [`Plan`]; a plan is evaluated from the
//! values of its leaves ([`eval::evaluate`]) and its value printed as offices write ([`print`]).
//! The README of this crate explains the language to the people who add indicators.
//!
//! Invariants:
//! - No I/O, no clock, no database: whoever runs a plan supplies the value of each leaf.
//! - One plan answers two questions, the value and the list of facts behind it; so a leaf
//!   carries everything that both need.
//! - Text that is no expression gives a [`Problem`] that points at the place; it never panics.
//! - Values are exact (whole numbers and fractions); missing is not zero, and says why.

pub mod ast;
mod catalogue;
mod check;
pub mod eval;
mod group;
mod lex;
mod measure;
mod parse;
mod plan;
pub mod print;
mod problem;
mod when;

pub use catalogue::{Catalogue, Format, Indicator, TOPICS, Words};
pub use check::{check, check_measures};
pub use eval::{LeafKey, LeafValue, Query, Value, evaluate};
pub use group::GroupBy;
pub use measure::{Dim, DimType, Measure, Shape};
pub use parse::{MAX_TEXT, parse};
pub use plan::{Agg, At, Column, Cond, Kind, Leaf, Literal, Op, Part, Plan, Role, Whose};
pub use problem::{Problem, Span};
pub use when::{Context, DayRef, Edge, When};

/// The texts of this crate for people: Vietnamese and English (Fluent).
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));

#[cfg(test)]
mod tests;
