//! What happened, told to features that do something because of it.
//!
//! [`crate::transfer`] tells of every row that is entered, corrected or withdrawn by hand, whatever page did it. What a
//! feature does about it is done in the same transaction: it is kept with the entry or not at all. A workbook says
//! nothing here: it tells what was, often of years ago, and nobody wants hundreds of notices of it.

use crate::kind::{Draft, Kind};
use domain::Id;
use std::pin::Pin;
use store::Tx;

/// What happened.
pub enum Event<'a> {
    /// A row was entered (`before` is absent) or corrected.
    Written {
        /// The kind of record.
        kind: &'static Kind,
        /// The row.
        id: &'a str,
        /// What it was.
        before: Option<&'a Draft>,
        /// What it is now.
        after: &'a Draft,
    },
    /// A row was taken out of every count.
    Withdrawn {
        /// The kind of record.
        kind: &'static Kind,
        /// The row.
        id: &'a str,
    },
    /// Somebody signed in from a device that the account did not know.
    NewDevice {
        /// Whose account it is.
        account: Id,
        /// Browser and system in two words.
        device: &'a str,
    },
    /// Who somebody was is erased.
    Erased {
        /// The person.
        person: &'a str,
    },
}

/// What a listener answers.
pub type Heard<'a> = Pin<Box<dyn Future<Output = store::Result<()>> + Send + 'a>>;

/// How a feature listens; write it as `|event, tx| Box::pin(hear(event, tx))`.
pub type Hear = for<'a> fn(&'a Event<'a>, &'a mut Tx) -> Heard<'a>;
