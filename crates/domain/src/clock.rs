//! The clock, passed in so that every result can be exact in a test.

use crate::Day;

/// A moment: milliseconds since 1970-01-01 UTC.
pub type Instant = i64;

/// Tells the time. Everything that needs "now" takes one.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Instant;

    /// The present day in Vietnam (UTC+7, no daylight saving since 1975).
    fn today(&self) -> Day {
        day_of(self.now())
    }
}

/// The day in Vietnam at a moment.
fn day_of(instant: Instant) -> Day {
    let days = (instant + 7 * 3_600_000).div_euclid(86_400_000);
    Day::from_num_days(days)
}

trait FromNumDays {
    fn from_num_days(days: i64) -> Self;
}

impl FromNumDays for Day {
    fn from_num_days(days: i64) -> Day {
        let epoch = Day::from_ymd_opt(1970, 1, 1).unwrap_or_default();
        epoch.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(epoch)
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place that may ask the machine
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still, for tests and reproducible documents.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Instant);

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_hanoi() {
        let last_second = FixedClock(1_700_000_000_000 / 86_400_000 * 86_400_000 + 17 * 3_600_000 - 1);
        let next = FixedClock(last_second.0 + 1);
        assert_eq!(last_second.today().succ_opt(), Some(next.today()));
    }
}
