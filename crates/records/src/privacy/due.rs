//! Working days: by when a request about one's data is answered.

use chrono::{Datelike, Days, Weekday};
use domain::Day;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Law 91/2025/QH15 and Decree 356/2025/NĐ-CP: a request is answered within two working days.
const ANSWER: u32 = 2;

#[derive(Debug, Default, Deserialize)]
struct Holidays {
    every_year: HashSet<String>,
    days: HashSet<String>,
}

fn holidays() -> &'static Holidays {
    static ALL: OnceLock<Holidays> = OnceLock::new();
    // A test reads the file; a list that could not be read would make deadlines earlier, not later.
    ALL.get_or_init(|| toml::from_str(include_str!("holidays.toml")).unwrap_or_default())
}

/// Whether offices work on a day.
fn works(day: Day) -> bool {
    let all = holidays();
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
        && !all.every_year.contains(&day.format("%m-%d").to_string())
        && !all.days.contains(&day.format("%Y-%m-%d").to_string())
}

/// The last day to answer what came in on a day; the day itself does not count.
pub fn due(day: Day) -> Day {
    let (mut at, mut left) = (day, ANSWER);
    while left > 0 {
        let Some(next) = at.checked_add_days(Days::new(1)) else { return at };
        at = next;
        left -= u32::from(works(at));
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_due_in_two_working_days_over_weekends_and_holidays() {
        assert!(!holidays().days.is_empty());
        for (asked, last) in [
            ("11/03/2024", "13/03/2024"),
            ("14/03/2024", "18/03/2024"),
            ("15/03/2024", "19/03/2024"),
            ("16/03/2024", "19/03/2024"),
            // The five days of the end of April: a day off in exchange, two holidays.
            ("26/04/2024", "03/05/2024"),
            ("13/02/2026", "24/02/2026"),
            ("31/12/2024", "03/01/2025"),
        ] {
            let day = |text| domain::parse_day(text).unwrap();
            assert_eq!(due(day(asked)), day(last), "{asked}");
        }
    }
}
