//! One folder per feature: what the product records, and what it makes of it.
//!
//! The order of the list below is the reading order for a newcomer. A feature is its folder
//! and its word here; it may use only the features above it.

pub mod address;
pub mod duty;
pub mod entry;
pub mod event;
pub mod kind;
pub mod names;
pub mod registry;
pub mod remember;

features! {
    /// Units and their tree through time.
    unit,
    account,
    evidence,
    person,
    programme,
    register,
    activity,
    commitment,
    follow,
    inspection,
    discipline,
    commendation,
    practice,
    contest,
    contribution,
    publicity,
    rating,
    /// Indicators over the records, and why a number is what it is.
    figure,
    request,
    report,
    /// Reports that come in: every figure in them becomes a row with its quote.
    received,
    /// What people see first: home, the tree of units, a unit's page.
    overview,
    /// Workbooks in and out, for every kind of record.
    transfer,
    /// Every kind of record as a list, and every record with its source.
    browse,
    /// An issued report handed to the level above: one file with everything.
    handover,
    /// One's own data: seen, corrected, exported and erased.
    privacy,
    /// What happened, by mail, to those who asked for it.
    notice,
    /// How to do each piece of work, in both languages.
    help,
}
