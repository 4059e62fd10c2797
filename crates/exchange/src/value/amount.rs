//! Numbers: counts, money, decimals. Vietnamese marks: a dot between thousands, a comma before decimals.

use super::{Parsed, clean};
use crate::cell::Cell;
use crate::raw::Raw;
use domain::{Message, number, text};

/// Beyond this a floating number no longer holds every whole one.
const EXACT: f64 = 9.0e15;

/// Less than this as a sum of money is almost surely millions written without saying so.
const SMALL_MONEY: i64 = 1000;

/// The whole number that a stored number means: 3.0, and 2.9999999999999996 which is 3 after a formula.
pub(crate) fn whole_of(value: f64) -> Option<i64> {
    if !value.is_finite() || value.abs() > EXACT {
        return None;
    }
    let near = value.round();
    let slack = (value.abs() * 4e-15).clamp(1e-9, 0.4);
    // The bounds above make the cast exact.
    ((value - near).abs() <= slack).then_some(near as i64)
}

pub(super) fn whole(raw: &Raw<'_>, min: i64, max: i64) -> Result<Cell, Message> {
    let bad = || Message::new("exchange-whole-bad");
    let n = match raw {
        Raw::Number { value, percent, .. } => {
            let value = if *percent { value * 100.0 } else { *value };
            match (whole_of(value), whole_of(value * 1000.0)) {
                (Some(n), _) => n,
                // 148.140 typed where the dot begins decimals is 148.14.
                (None, Some(n)) => {
                    return Err(Message::new("exchange-whole-thousands").with("meant", number::grouped(n)));
                }
                (None, None) => return Err(Message::new("exchange-whole-fraction")),
            }
        }
        Raw::Text(t) => whole_text(&clean(t)).ok_or_else(bad)?,
        Raw::Day { .. } => return Err(Message::new("exchange-number-is-day")),
        _ => return Err(bad()),
    };
    if n < min || n > max {
        let range = match (min, max) {
            (min, i64::MAX) => Message::new("exchange-whole-least").with("min", number::grouped(min)),
            (min, max) => Message::new("exchange-whole-range")
                .with("min", number::grouped(min))
                .with("max", number::grouped(max)),
        };
        return Err(range);
    }
    Ok(Cell::Int(n))
}

/// A whole number in words of digits, also with decimals that are all nought: `3,0`.
fn whole_text(text: &str) -> Option<i64> {
    number::parse_whole(text).or_else(|| {
        let (whole, rest) = text.rsplit_once([',', '.'])?;
        let noughts = rest.len() != 3 && !rest.is_empty() && rest.bytes().all(|b| b == b'0');
        noughts.then(|| number::parse_whole(whole)).flatten()
    })
}

/// A number read from text: `mantissa / 10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Digits {
    mantissa: i128,
    places: u32,
}

impl Digits {
    /// Times `10^power`, when that is whole.
    fn scaled(self, factor: i128) -> Option<i64> {
        let times = self.mantissa.checked_mul(factor)?;
        let by = 10_i128.checked_pow(self.places)?;
        (times % by == 0).then(|| i64::try_from(times / by).ok()).flatten()
    }
}

enum Reading {
    Sure(Digits),
    /// `1,500`: one and a half, or fifteen hundred.
    Unsure,
    None,
}

/// Reads digits with marks. `1.5` can only be one and a half; `1,500` may be two things;
/// `1.500` is fifteen hundred by the Vietnamese rule, unless `wary`.
fn digits(text: &str, wary: bool) -> Reading {
    let (negative, plain) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let sign = |d: Digits| Digits { mantissa: if negative { -d.mantissa } else { d.mantissa }, ..d };
    match (marked(plain, '.', ','), marked(plain, ',', '.')) {
        (Some(a), Some(b)) if a == b => Reading::Sure(sign(a)),
        (Some(a), Some(_)) if !wary && plain.contains('.') => Reading::Sure(sign(a)),
        (Some(_), Some(_)) => Reading::Unsure,
        (Some(d), None) | (None, Some(d)) => Reading::Sure(sign(d)),
        (None, None) => Reading::None,
    }
}

/// The digits, if `group` stands between thousands and `point` before decimals.
fn marked(text: &str, group: char, point: char) -> Option<Digits> {
    let numeric = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (whole, rest) = match text.split_once(point) {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (text, None),
    };
    let groups: Vec<&str> = whole.split([group, ' ']).collect();
    let well_grouped = groups.len() == 1
        || groups[0].len() <= 3 && !groups[0].starts_with('0') && groups[1..].iter().all(|g| g.len() == 3);
    if !well_grouped || !groups.iter().all(|g| numeric(g)) || rest.is_some_and(|r| !numeric(r)) {
        return None;
    }
    let rest = rest.unwrap_or_default();
    let all = groups.concat() + rest;
    // 18 digits fit every sum; more is no number of this field.
    if all.len() > 18 {
        return None;
    }
    Some(Digits { mantissa: all.parse().ok()?, places: u32::try_from(rest.len()).ok()? })
}

pub(super) fn decimal(raw: &Raw<'_>, places: u8) -> Result<Cell, Message> {
    let places = u32::from(places.min(6));
    let factor = 10_i64.pow(places);
    let bad = || Message::new("exchange-decimal-bad");
    let too_fine = || Message::new("exchange-decimal-places").with("places", i64::from(places));
    let scaled = match raw {
        Raw::Number { value, percent, .. } => {
            let value = if *percent { value * 100.0 } else { *value };
            let scaled = value * factor as f64;
            if scaled.abs() > EXACT {
                return Err(bad());
            }
            whole_of(scaled).ok_or_else(too_fine)?
        }
        Raw::Text(t) => {
            let t = clean(t);
            match digits(t.trim_end_matches('%').trim_end(), places >= 3) {
                Reading::Sure(d) => d.scaled(i128::from(factor)).ok_or_else(too_fine)?,
                Reading::Unsure => return Err(Message::new("exchange-number-unsure")),
                Reading::None => return Err(bad()),
            }
        }
        Raw::Day { .. } => return Err(Message::new("exchange-number-is-day")),
        _ => return Err(bad()),
    };
    Ok(Cell::Int(scaled))
}

pub(super) fn money(raw: &Raw<'_>, scale: i64) -> Parsed {
    let bad = || Message::new("exchange-money-bad");
    let (dong, bare) = match raw {
        Raw::Number { value, percent: false, .. } => (whole_of(value * scale as f64).ok_or_else(bad)?, true),
        Raw::Text(t) => money_text(&text::fold(&clean(t)), scale)?,
        Raw::Day { .. } => return Err(Message::new("exchange-number-is-day")),
        _ => return Err(bad()),
    };
    if dong < 0 {
        return Err(Message::new("exchange-money-negative"));
    }
    let small = bare && scale == 1 && (1..SMALL_MONEY).contains(&dong);
    Ok((Cell::Int(dong), small.then(|| Message::new("exchange-money-small"))))
}

/// `148.140.000`, `20 ty dong`, `1,5 ty`, `2 ty 500 trieu`, `750 nghin`; already folded. Also
/// whether it was a bare number.
fn money_text(folded: &str, scale: i64) -> Result<(i64, bool), Message> {
    let bad = || Message::new("exchange-money-bad");
    let mut total: i64 = 0;
    let mut last = i64::MAX;
    let mut parts = 0;
    let mut bare = false;
    let mut rest = folded.trim();
    while !rest.is_empty() {
        let end = rest.find(char::is_alphabetic).unwrap_or(rest.len());
        let (figure, after) = rest.split_at(end);
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        rest = after;
        parts += 1;
        let unit = unit(word).ok_or_else(bad)?;
        bare = unit.is_none();
        // "2 tỷ 500": of what?
        if bare && parts > 1 {
            return Err(bad());
        }
        let unit = unit.unwrap_or(scale);
        if unit >= last {
            return Err(bad());
        }
        last = unit;
        let figure = figure.trim();
        let dong = if unit == 1 {
            whole_text(figure).or_else(|| match digits(figure, false) {
                Reading::Sure(d) => d.scaled(1),
                _ => None,
            })
        } else {
            match digits(figure, false) {
                Reading::Sure(d) => d.scaled(i128::from(unit)),
                Reading::Unsure => return Err(Message::new("exchange-number-unsure")),
                Reading::None => None,
            }
        };
        total = dong.and_then(|d| total.checked_add(d)).ok_or_else(bad)?;
    }
    if parts == 0 { Err(bad()) } else { Ok((total, bare)) }
}

/// The đồng in one of the unit; `Some(None)` when no word stands there.
fn unit(word: &str) -> Option<Option<i64>> {
    let word: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    let base = ["dong", "vnd", "d"].iter().find_map(|tail| word.strip_suffix(tail)).unwrap_or(&word);
    Some(match base {
        "" if word.is_empty() => None,
        "" => Some(1),
        "k" | "ng" | "nghin" | "ngan" => Some(1_000),
        "tr" | "trieu" => Some(1_000_000),
        "ty" | "ti" => Some(1_000_000_000),
        "nghinty" | "nganty" => Some(1_000_000_000_000),
        _ => return None,
    })
}
