//! A selection of a hole put into the indicator's own expression; figures know how.

pub use crate::figure::narrowed;
