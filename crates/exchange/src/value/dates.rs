//! Days, years, months, periods: as Excel keeps them and as people write them.

use super::amount::whole_of;
use super::{Parsed, clean};
use crate::cell::Cell;
use crate::raw::Raw;
use chrono::Datelike;
use domain::{Day, Message, Period, PeriodError, day_short, parse_day, text};

/// Years that a year column takes.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2200;

/// Bare numbers that may be days whose format got lost: 1927–2119.
const BARE_DAYS: std::ops::RangeInclusive<i64> = 10_000..=80_000;

/// The day of an Excel number. Excel counts a 29/02/1900 that never was (day 60).
pub(super) fn day_of(serial: f64, from_1904: bool) -> Option<Day> {
    // Day 0 of the count after that slip: 30/12/1899; and 01/01/1904.
    const AFTER_SLIP: i32 = 693_594;
    const OF_1904: i32 = 695_056;
    if !serial.is_finite() || !(0.0..=2_958_466.0).contains(&serial) {
        return None;
    }
    // In bounds, so the cast only cuts off the hours.
    let n = serial.floor() as i32;
    let day = if from_1904 {
        Day::from_num_days_from_ce_opt(OF_1904 + n)
    } else {
        match n {
            0 | 60 => None,
            1..60 => Day::from_num_days_from_ce_opt(AFTER_SLIP + n + 1),
            n => Day::from_num_days_from_ce_opt(AFTER_SLIP + n),
        }
    };
    day.filter(|d| d.year() <= 9999)
}

/// The Excel number of a day, in the count from 1900; `None` before 01/03/1900, where
/// programs disagree.
pub(crate) fn serial_of(day: Day) -> Option<f64> {
    let n = day.num_days_from_ce() - 693_594;
    (n > 60 && day.year() <= 9999).then(|| f64::from(n))
}

pub(super) fn day(raw: &Raw<'_>) -> Parsed {
    match raw {
        Raw::Day { serial, from_1904 } => match day_of(*serial, *from_1904) {
            Some(day) => Ok((Cell::Day(day), None)),
            None => Err(Message::new("exchange-day-bad")),
        },
        Raw::Number { value, percent: false, .. } => match whole_of(*value) {
            Some(n) if YEARS.contains(&n) => Err(Message::new("exchange-day-year-only")),
            Some(n) if BARE_DAYS.contains(&n) => {
                let day = day_of(*value, false).ok_or_else(|| Message::new("exchange-day-bad"))?;
                let warning = Message::new("exchange-day-from-number").with("day", day_short(day));
                Ok((Cell::Day(day), Some(warning)))
            }
            _ => Err(Message::new("exchange-day-bad")),
        },
        Raw::Text(t) => {
            let t = clean(t);
            match day_text(&t) {
                Some(day) => Ok((Cell::Day(day), None)),
                None => Err(day_hint(&t)),
            }
        }
        _ => Err(Message::new("exchange-day-bad")),
    }
}

/// `16/01/2024`, the same with an hour behind, `ngày 16 tháng 01 năm 2024`.
fn day_text(tidy: &str) -> Option<Day> {
    if let Some(day) = parse_day(tidy) {
        return Some(day);
    }
    let date = tidy.split([' ', 'T']).next().unwrap_or(tidy);
    let hour = tidy[date.len()..].trim_start_matches([' ', 'T']);
    let is_hour = |s: &str| s.contains(':') && s.chars().all(|c| c.is_ascii_digit() || ":.Z".contains(c));
    if is_hour(hour) {
        return parse_day(date);
    }
    let folded = text::fold(tidy).replace(',', " ");
    let words: Vec<&str> = folded.split_whitespace().filter(|w| *w != "ngay").collect();
    match words[..] {
        [d, "thang", m, "nam", y] => parse_day(&format!("{d}/{m}/{y}")),
        [date] if folded.starts_with("ngay") => parse_day(date),
        _ => None,
    }
}

/// What would be right, by what is wrong with it.
fn day_hint(tidy: &str) -> Message {
    let parts: Vec<Option<i64>> = tidy
        .split(['/', '-', '.'])
        .map(|p| p.trim().parse().ok().filter(|n| (0..=9999).contains(n)))
        .collect();
    let key = match parts[..] {
        [Some(y)] if YEARS.contains(&y) => "exchange-day-year-only",
        [Some(m), Some(y)] if (1..=12).contains(&m) && YEARS.contains(&y) => "exchange-day-month-only",
        [Some(_), Some(_), Some(y)] if y < 100 => "exchange-day-short-year",
        [Some(m), Some(d), Some(_)] if (1..=12).contains(&m) && (13..=31).contains(&d) => {
            "exchange-day-month-first"
        }
        [Some(_), Some(_), Some(_)] => "exchange-day-none",
        _ => "exchange-day-bad",
    };
    Message::new(key)
}

/// A year typed into a cell that has the format of a day is kept as that number.
fn year_in_day(serial: f64) -> Option<i64> {
    whole_of(serial).filter(|n| YEARS.contains(n))
}

pub(super) fn year(raw: &Raw<'_>) -> Result<Cell, Message> {
    let bad = || Message::new("exchange-year-bad");
    let year = match raw {
        Raw::Number { value, percent: false, .. } => whole_of(*value),
        Raw::Text(t) => {
            let folded = text::fold(&clean(t));
            let digits = folded.strip_prefix("nam").unwrap_or(&folded).trim();
            (digits.len() == 4).then(|| digits.parse().ok()).flatten()
        }
        Raw::Day { serial, from_1904 } => year_in_day(*serial).or_else(|| {
            let day = day_of(*serial, *from_1904)?;
            // Only the first day of a year can have been meant as the year.
            (day.ordinal() == 1).then(|| i64::from(day.year()))
        }),
        _ => None,
    };
    year.filter(|y| YEARS.contains(y)).map(Cell::Int).ok_or_else(bad)
}

/// The whole month, through the form that [`Period`] reads.
fn month_of(month: &str, year: &str) -> Option<Period> {
    let m: u32 = month.trim().parse().ok()?;
    let y: i64 = year.trim().parse().ok()?;
    if !(1..=12).contains(&m) || !YEARS.contains(&y) {
        return None;
    }
    format!("{y}-{m:02}").parse().ok()
}

/// `06/2021`, `6-2021`, `2021-06`, `tháng 6/2021`, `tháng 6 năm 2021`, `T6/2021`; already folded.
fn month_text(folded: &str) -> Option<Period> {
    let plain = folded.strip_prefix("thang").or_else(|| folded.strip_prefix('t')).unwrap_or(folded);
    let plain = plain.replace("nam", "/").replace(['-', '.', '–'], "/");
    let (a, b) = plain.split_once('/')?;
    // "6/ năm 2021" leaves an empty piece.
    let b = b.trim().trim_start_matches('/');
    if a.trim().len() == 4 { month_of(b, a) } else { month_of(a, b) }
}

pub(super) fn month(raw: &Raw<'_>) -> Result<Cell, Message> {
    let month = match raw {
        Raw::Text(t) => month_text(&text::fold(&clean(t))),
        // Excel turns a typed 06/2021 into the first day of that month.
        Raw::Day { serial, from_1904 } => day_of(*serial, *from_1904)
            .and_then(|day| month_of(&day.month().to_string(), &day.year().to_string())),
        _ => None,
    };
    month.map(Cell::Period).ok_or_else(|| Message::new("exchange-month-bad"))
}

pub(super) fn period(raw: &Raw<'_>) -> Parsed {
    let bad = || Message::new("exchange-period-bad");
    let whole_year = |y: i64| i32::try_from(y).map(|y| Cell::Period(Period::year(y))).map_err(|_| bad());
    match raw {
        Raw::Text(t) => Ok((Cell::Period(period_text(&clean(t))?), None)),
        Raw::Number { value, percent: false, .. } => match whole_of(*value).filter(|n| YEARS.contains(n)) {
            Some(year) => Ok((whole_year(year)?, None)),
            None => Err(bad()),
        },
        Raw::Day { serial, from_1904 } => {
            if let Some(year) = year_in_day(*serial) {
                return Ok((whole_year(year)?, None));
            }
            let first = day_of(*serial, *from_1904).filter(|d| d.day() == 1).ok_or_else(bad)?;
            let month = month_of(&first.month().to_string(), &first.year().to_string()).ok_or_else(bad)?;
            let warning = Message::new("exchange-period-from-day").with("period", month.to_string());
            Ok((Cell::Period(month), Some(warning)))
        }
        _ => Err(bad()),
    }
}

/// What [`Period`] reads itself, and the ways offices say it: `năm 2021`, `giai đoạn 2021-2023`,
/// `quý II/2021`, `6 tháng đầu năm 2021`, `tháng 6/2021`, `từ 01/2021 đến 06/2021`.
fn period_text(tidy: &str) -> Result<Period, Message> {
    let bad = || Message::new("exchange-period-bad");
    let backwards = |error: PeriodError| match error {
        PeriodError::Backwards { from, to } => {
            Message::new("exchange-period-backwards").with("from", day_short(from)).with("to", day_short(to))
        }
        PeriodError::Unreadable(_) => bad(),
    };
    let folded = text::fold(tidy).replace(['–', '—'], "-");
    match tidy.parse::<Period>() {
        Ok(period) => return Ok(period),
        Err(error @ PeriodError::Backwards { .. }) => return Err(backwards(error)),
        Err(PeriodError::Unreadable(_)) => {}
    }
    let mut plain = folded.as_str();
    for word in ["giai doan", "ky", "tu", "ngay", "nam"] {
        plain = plain.strip_prefix(word).unwrap_or(plain).trim_start();
    }
    if let Some(period) = part_of_year(plain) {
        return Ok(period);
    }
    let plain = plain.replace(" den ngay ", "-").replace(" den nam ", "-").replace(" den ", "-");
    if let Ok(period) = plain.parse::<Period>() {
        return Ok(period);
    }
    // 01/2021-06/2021: months at both ends.
    if let Some((a, b)) = plain.split_once('-')
        && let (Some(a), Some(b)) = (month_text(a.trim()), month_text(b.trim()))
        && plain.contains('/')
    {
        return Period::new(a.from(), b.to()).map_err(backwards);
    }
    month_text(&plain).ok_or_else(bad)
}

/// `quy ii/2021`, `6 thang dau nam 2021`, `9 thang nam 2021`; already folded.
fn part_of_year(folded: &str) -> Option<Period> {
    let words: Vec<&str> = folded.split([' ', '/']).filter(|w| !w.is_empty() && *w != "nam").collect();
    let months = |year: &str, first: u32, last: u32| {
        let (a, b) = (month_of(&first.to_string(), year)?, month_of(&last.to_string(), year)?);
        Period::new(a.from(), b.to()).ok()
    };
    match words[..] {
        ["quy", q, year] => {
            let q = match q {
                "i" | "1" => 1,
                "ii" | "2" => 2,
                "iii" | "3" => 3,
                "iv" | "4" => 4,
                _ => return None,
            };
            months(year, q * 3 - 2, q * 3)
        }
        ["6", "thang", "cuoi", year] => months(year, 7, 12),
        [n @ ("3" | "6" | "9"), "thang", year] | [n @ ("3" | "6" | "9"), "thang", "dau", year] => {
            months(year, 1, n.parse().ok()?)
        }
        _ => None,
    }
}
