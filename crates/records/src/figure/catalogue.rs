//! The shipped catalogue of indicators, and the office's own beside it.

use super::Book;
use crate::REGISTRY;
use domain::Day;
use figures::{Catalogue, Problem};

/// The catalogue that comes with the program.
pub const SHIPPED: &str = include_str!("catalogue.toml");

/// The name under which its problems are told.
pub const SHIPPED_NAME: &str = "catalogue.toml";

/// The shipped indicators with those of an office (name of its file, text), as they stand on
/// a day. Every problem of all files comes back together.
pub fn load(own: &[(&str, &str)], day: Day) -> Result<Book, Vec<Problem>> {
    let mut files = vec![(SHIPPED_NAME, SHIPPED)];
    files.extend_from_slice(own);
    Ok(Book::new(Catalogue::load(&files, &REGISTRY.measures())?, day))
}
