//! Values as the field writes them.
//!
//! Everything that is printed is cut, never rounded up: 99,98 % is not 100 %. The comparators are
//! true to the letter: what stands behind `trên` is at most the value, what stands behind `gần`
//! is at least the value; and neither stands before a number that is exact.

use crate::catalogue::Format;
use crate::eval::Value;
use domain::{Message, Money, number};
use std::fmt;

/// How a value is to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Say {
    /// The number; a share cut to one decimal.
    #[default]
    Exact,
    /// `trên 98 %`, `trên 20 tỷ đồng`: a round number not past the value.
    Over,
    /// `gần 30 tỷ đồng`: the next round number, at most a tenth away.
    Nearly,
}

/// The word before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// `trên`: the value is larger than the number.
    Over,
    /// `gần`: the value is smaller than the number, by a tenth at most.
    Nearly,
}

/// A printed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The word before it; none when the number is the value.
    pub comparator: Option<Comparator>,
    /// The number with its unit, where the format has one: `98 %`, `20 tỷ đồng`, `06`.
    pub number: String,
    /// What the number says, above and below the line: for `98 %` it is 98 of 100.
    pub said: (i128, i128),
}

/// As a Vietnamese report has it: `trên 98 %`.
impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.comparator {
            Some(Comparator::Over) => write!(f, "trên {}", self.number),
            Some(Comparator::Nearly) => write!(f, "gần {}", self.number),
            None => f.write_str(&self.number),
        }
    }
}

/// Prints a value. The message says why it cannot be: it is missing, or too large, or no round number
/// stands within a tenth above it.
pub fn figure(value: &Value, format: Format, say: Say) -> Result<Printed, Message> {
    let (num, den) = match value {
        Value::Missing(reasons) => {
            return Err(reasons.first().cloned().unwrap_or(Message::new("figures-missing")));
        }
        Value::Int(n) => (*n, 1),
        Value::Ratio { num, den } => (*num, *den),
    };
    let printed = match format {
        Format::Percent => share(num, den, say),
        Format::Count | Format::Padded | Format::Money => amount(num, den, format, say),
    };
    match printed {
        Some(printed) => Ok(printed),
        None if say == Say::Nearly => Err(Message::new("figures-nearly-far")),
        None => Err(Message::new("figures-too-large")),
    }
}

/// Whether the words are true: `said` and `value` as fractions, above and below the line (the latter
/// positive). Without a comparator they must be equal.
pub fn holds(comparator: Option<Comparator>, said: (i128, i128), value: (i128, i128)) -> Option<bool> {
    let (said, value) = (said.0.checked_mul(value.1)?, value.0.checked_mul(said.1)?);
    Some(match comparator {
        None => said == value,
        Some(Comparator::Over) => said <= value,
        Some(Comparator::Nearly) => said >= value && within_a_tenth(said, value)?,
    })
}

fn within_a_tenth(said: i128, value: i128) -> Option<bool> {
    Some(said.checked_sub(value)?.checked_mul(10)? <= value)
}

/// A share, in percent.
fn share(num: i128, den: i128, say: Say) -> Option<Printed> {
    let at = |places: u32, up: bool| -> Option<Printed> {
        let scale = 10_i128.checked_pow(places)?;
        let scaled = num.checked_mul(100)?.checked_mul(scale)?;
        let mut cut = scaled.checked_div(den)?;
        let exact = scaled % den == 0;
        if up && !exact && num > 0 {
            cut = cut.checked_add(1)?;
        }
        let number = number::decimal(i64::try_from(cut).ok()?, i64::try_from(scale).ok()?, places);
        let comparator = match (say, exact || num < 0) {
            (Say::Exact, _) | (_, true) => None,
            (Say::Over, _) => Some(Comparator::Over),
            (Say::Nearly, _) => Some(Comparator::Nearly),
        };
        Some(Printed { comparator, number: format!("{number} %"), said: (cut, scale.checked_mul(100)?) })
    };
    match say {
        // A share that is there must not be printed as nought: more decimals until it shows.
        Say::Exact => {
            (1..=6).filter_map(|p| at(p, false)).find(|p| num == 0 || p.said.0 != 0).or_else(|| at(1, false))
        }
        Say::Over if num < 0 => at(1, false),
        Say::Over => {
            (0..=6).filter_map(|p| at(p, false)).find(|p| num == 0 || p.said.0 != 0).or_else(|| at(0, false))
        }
        Say::Nearly if num < 0 => None,
        Say::Nearly => (0..=2)
            .filter_map(|p| at(p, true))
            .find(|p| holds(p.comparator, p.said, (num, den)) == Some(true)),
    }
}

/// A count or money.
fn amount(num: i128, den: i128, format: Format, say: Say) -> Option<Printed> {
    let whole = num.checked_div_euclid(den)?;
    let exact = den == 1;
    if say == Say::Exact || num < 0 {
        // Averages have decimals; money has none, a đồng is not divided.
        return if exact || format == Format::Money {
            let cut = num.checked_div(den)?;
            Some(Printed { comparator: None, number: words(cut, format)?, said: (cut, 1) })
        } else if say == Say::Nearly {
            None
        } else {
            let cut = num.checked_mul(10)?.checked_div(den)?;
            Some(Printed {
                comparator: None,
                number: number::decimal(i64::try_from(cut).ok()?, 10, 1),
                said: (cut, 10),
            })
        };
    }
    let up = say == Say::Nearly;
    // One leading figure if it lies within a tenth, else two; below ten the number itself.
    for figures in [1, 2] {
        let step = step(whole, figures);
        let down = whole - whole % step;
        let said = if !up || (exact && down == whole) { down } else { down.checked_add(step)? };
        let near = match up {
            true => holds(Some(Comparator::Nearly), (said, 1), (num, den)) == Some(true),
            false => within_a_tenth(num, said.checked_mul(den)?)?,
        };
        if near || (figures == 2 && !up) {
            let comparator = match (exact && said == whole, up) {
                (true, _) => None,
                (false, false) => Some(Comparator::Over),
                (false, true) => Some(Comparator::Nearly),
            };
            return Some(Printed { comparator, number: words(said, format)?, said: (said, 1) });
        }
    }
    None
}

/// The place value of the last of so many leading figures: of 6125 it is 1000 for one, 100 for two.
fn step(n: i128, figures: u32) -> i128 {
    let digits = n.checked_ilog10().map_or(1, |d| d + 1);
    10_i128.pow(digits.saturating_sub(figures))
}

fn words(n: i128, format: Format) -> Option<String> {
    let n = i64::try_from(n).ok()?;
    Some(match format {
        Format::Money => Money(n).words(),
        Format::Padded => number::padded(n),
        Format::Count | Format::Percent => number::grouped(n),
    })
}
