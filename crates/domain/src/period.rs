//! Periods: the days that a figure or a report speaks of.

use crate::{Day, day_short, parse_day};
use chrono::Datelike;
use std::fmt;
use std::str::FromStr;

/// A run of days, both ends included. Never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    from: Day,
    to: Day,
}

/// Why a text or a pair of days is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// It ends before it begins.
    #[error("the period ends ({to}) before it begins ({from})")]
    Backwards {
        /// The first day given.
        from: Day,
        /// The last day given.
        to: Day,
    },
    /// The text is of no known form.
    #[error("'{0}' is no period")]
    Unreadable(String),
}

impl PeriodError {
    /// The message for people.
    pub fn message(&self) -> crate::Message {
        match self {
            PeriodError::Backwards { from, to } => crate::Message::new("period-backwards")
                .with("from", day_short(*from))
                .with("to", day_short(*to)),
            PeriodError::Unreadable(text) => crate::Message::new("period-unreadable").with("text", text),
        }
    }
}

impl Period {
    /// The days from `from` to `to`. Error when `to` comes first.
    pub fn new(from: Day, to: Day) -> Result<Period, PeriodError> {
        if to < from {
            return Err(PeriodError::Backwards { from, to });
        }
        Ok(Period { from, to })
    }

    /// The whole of the years `first..=last`; they are swapped when given backwards.
    pub fn years(first: i32, last: i32) -> Period {
        let (first, last) = (first.min(last).clamp(1, 9998), first.max(last).clamp(1, 9998));
        Period {
            from: Day::from_ymd_opt(first, 1, 1).unwrap_or(Day::MIN),
            to: Day::from_ymd_opt(last, 12, 31).unwrap_or(Day::MAX),
        }
    }

    /// One calendar year.
    pub fn year(year: i32) -> Period {
        Period::years(year, year)
    }

    /// The first day.
    pub fn from(&self) -> Day {
        self.from
    }

    /// The last day.
    pub fn to(&self) -> Day {
        self.to
    }

    /// Whether the day is one of its days.
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether every day of `other` is one of its days.
    pub fn covers(&self, other: &Period) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Whether they share a day.
    pub fn overlaps(&self, other: &Period) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// The calendar years that it touches, each cut to the period.
    pub fn by_year(&self) -> Vec<Period> {
        (self.from.year()..=self.to.year())
            .map(|y| {
                let year = Period::year(y);
                Period { from: year.from.max(self.from), to: year.to.min(self.to) }
            })
            .collect()
    }

    /// The period of the same length just before it: years for years, else days.
    pub fn previous(&self) -> Period {
        if let Some((first, last)) = self.whole_years() {
            let n = last - first + 1;
            return Period::years(first - n, last - n);
        }
        let length = self.to - self.from;
        let to = self.from.pred_opt().unwrap_or(self.from);
        Period { from: to - length, to }
    }

    /// `(2021, 2023)` when it is whole calendar years.
    pub fn whole_years(&self) -> Option<(i32, i32)> {
        let (first, last) = (self.from.year(), self.to.year());
        (*self == Period::years(first, last)).then_some((first, last))
    }
}

/// `2022`, `2021-2023`, or `05/02/2021-15/03/2024`; what [`FromStr`] reads back.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whole_years() {
            Some((a, b)) if a == b => write!(f, "{a}"),
            Some((a, b)) => write!(f, "{a}-{b}"),
            None => write!(f, "{}-{}", day_short(self.from), day_short(self.to)),
        }
    }
}

/// Reads `2022`, `2021-2023`, `2021-Q2`, `2021-06` (a month), `01/01/2021-30/06/2021`,
/// `2021-01-01..2021-06-30`. Dashes may be any dash, with or without spaces.
impl FromStr for Period {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let unreadable = || PeriodError::Unreadable(text.to_owned());
        let plain = text.trim().replace(['–', '—'], "-").replace(' ', "");
        let days = |a: &str, b: &str| Some((parse_day(a)?, parse_day(b)?));
        if let Some((a, b)) = plain.split_once("..") {
            let (from, to) = days(a, b).ok_or_else(unreadable)?;
            return Period::new(from, to);
        }
        if plain.contains('/') {
            let (a, b) = plain.split_once('-').unwrap_or((&plain, &plain));
            let (from, to) = days(a, b).ok_or_else(unreadable)?;
            return Period::new(from, to);
        }
        let year = |s: &str| {
            let well = s.len() == 4 && s.bytes().all(|b| b.is_ascii_digit());
            well.then(|| s.parse::<i32>().ok()).flatten().filter(|y| (1900..=9998).contains(y))
        };
        match plain.split_once('-') {
            None => year(&plain).map(Period::year).ok_or_else(unreadable),
            Some((a, b)) => {
                let first = year(a).ok_or_else(unreadable)?;
                if let Some(last) = year(b) {
                    let (from, to) = (Period::year(first).from, Period::year(last).to);
                    return Period::new(from, to);
                }
                let months = match b.strip_prefix(['Q', 'q']) {
                    Some(q) => q.parse().ok().filter(|q| (1..=4).contains(q)).map(|q: u32| (q * 3 - 2, 3)),
                    None => b.parse().ok().filter(|m| (1..=12).contains(m)).map(|m: u32| (m, 1)),
                };
                let (start, count) = months.ok_or_else(unreadable)?;
                let from = Day::from_ymd_opt(first, start, 1).ok_or_else(unreadable)?;
                let after = from + chrono::Months::new(count);
                Ok(Period { from, to: after.pred_opt().unwrap_or(after) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_and_prints_it_back() {
        for (text, shown) in [
            ("2022", "2022"),
            ("2021-2023", "2021-2023"),
            ("2021 – 2023", "2021-2023"),
            ("2021-Q2", "01/04/2021-30/06/2021"),
            ("2021-02", "01/02/2021-28/02/2021"),
            ("05/02/2021-15/03/2024", "05/02/2021-15/03/2024"),
            ("2021-01-01..2021-12-31", "2021"),
        ] {
            let period: Period = text.parse().expect(text);
            assert_eq!(period.to_string(), shown);
            assert_eq!(shown.parse::<Period>(), Ok(period));
        }
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        assert!(matches!("2023-2021".parse::<Period>(), Err(PeriodError::Backwards { .. })));
        assert!(matches!("".parse::<Period>(), Err(PeriodError::Unreadable(_))));
        assert!(matches!("2021-Q5".parse::<Period>(), Err(PeriodError::Unreadable(_))));
    }

    #[test]
    fn the_period_before_has_the_same_length() {
        let p: Period = "2021-2023".parse().expect("a period");
        assert_eq!(p.previous().to_string(), "2018-2020");
        let q: Period = "01/02/2021-10/02/2021".parse().expect("a period");
        assert_eq!(q.previous().to_string(), "22/01/2021-31/01/2021");
    }
}
