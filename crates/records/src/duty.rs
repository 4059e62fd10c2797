//! What waits for somebody: the lines of the home page.
//!
//! A feature that knows of something to be done says so by one function, [`crate::registry::Feature::duties`];
//! home asks all of them and sorts by day. Rules kept here:
//! - A duty is the visitor's own to do: theirs as a person, or of a unit on which they hold a role that may
//!   do it. Nothing is listed that its page would refuse.
//! - One line opens one page. What is many (fifteen commitments to register) is one line with its number.
//! - A duty holds no name of a person but the visitor's own.

use crate::unit::Unit;
use domain::{Action, Day, Role};
use shell::{Error, Visit};
use std::pin::Pin;
use store::Tx;

/// What waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What is to be done, in the visitor's language: "Điểm danh buổi sinh hoạt".
    pub what: String,
    /// What tells it from others of its sort: a title, a number; may be empty.
    pub about: String,
    /// The unit it is done for; empty for what is one's own.
    pub unit: String,
    /// The page where it is done.
    pub href: String,
    /// The last day for it; none when it only waits.
    pub due: Option<Day>,
}

/// A unit on which the visitor holds roles today.
#[derive(Debug, Clone)]
pub struct Place {
    /// The unit, as it is today.
    pub unit: Unit,
    /// The roles granted on this very unit.
    pub roles: Vec<Role>,
}

impl Place {
    /// Whether a role here allows the action.
    pub fn allows(&self, action: Action) -> bool {
        self.roles.iter().any(|r| r.allows(action))
    }
}

/// For whom duties are asked.
pub struct Mine<'a> {
    /// The visitor.
    pub visit: &'a Visit,
    /// The id of the person that the account belongs to.
    pub person: Option<String>,
    /// Where the visitor holds roles. What lies below such a unit has its own people and is not listed.
    pub places: Vec<Place>,
}

impl Mine<'_> {
    /// The units on which the visitor may do it.
    pub fn with(&self, action: Action) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |p| p.allows(action))
    }
}

/// What a feature's answer is.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<Duty>, Error>> + Send + 'a>>;

/// How a feature is asked; write it as `|mine, tx| Box::pin(duties(mine, tx))`.
pub type Ask = for<'a> fn(&'a Mine<'a>, &'a mut Tx) -> Answer<'a>;

/// When a duty is due, as home groups them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Its last day is over.
    Late,
    /// Within seven days, today among them.
    Week,
    /// Later.
    Later,
    /// It has no day.
    Open,
}

impl When {
    /// The group of a day.
    pub fn of(due: Option<Day>, today: Day) -> When {
        match due {
            None => When::Open,
            Some(day) if day < today => When::Late,
            Some(day) if (day - today).num_days() < 7 => When::Week,
            Some(_) => When::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::parse_day;

    #[test]
    fn a_day_is_late_this_week_or_later() {
        let today = parse_day("2026-03-02").unwrap();
        let of = |day: &str| When::of(parse_day(day), today);
        assert_eq!(of("2026-03-01"), When::Late);
        assert_eq!((of("2026-03-02"), of("2026-03-08")), (When::Week, When::Week));
        assert_eq!(of("2026-03-09"), When::Later);
        assert_eq!(When::of(None, today), When::Open);
        assert!(When::Late < When::Week && When::Later < When::Open, "home shows them in this order");
    }
}
