//! How a figure is said in a report: the indicator's own format, or the words of the hole.

use document::template::format::{Bound, Form};
use document::template::{Format as Words, format};
use domain::number;
use figures::print::{Say, figure};
use figures::{Format, Indicator, Value};

/// What is printed where nothing is known.
pub const UNKNOWN: &str = format::UNKNOWN;

/// The value as the hole wants it. `None` when there is no value.
///
/// Whatever the hole asks, the words stay true: a number that cannot be said with "gần" is
/// printed as it is.
pub fn say(indicator: &Indicator, value: &Value, words: Words) -> Option<String> {
    let form = match words.form {
        Form::Auto if words.padded && indicator.format == Format::Count => Format::Padded,
        Form::Auto => indicator.format,
        Form::Percent => Format::Percent,
        Form::Money => Format::Money,
        Form::Plain | Form::Words => {
            let (num, den) = value.parts()?;
            let whole = i64::try_from(num / den).ok()?;
            return Some(if words.form == Form::Plain { whole.to_string() } else { format::words(whole) });
        }
    };
    let (num, den) = value.parts()?;
    // "over percent" keeps one decimal (trên 98,9 %), "over" alone the whole percent (trên 98 %).
    if form == Format::Percent && words.form == Form::Percent && words.bound == Some(Bound::Over) && num > 0 {
        let tenths = i64::try_from(num.checked_mul(1000)? / den).ok()?;
        let exact = num.checked_mul(1000)? % den == 0;
        let shown = format!("{} %", number::decimal(tenths, 10, 1));
        return Some(if exact { shown } else { format!("trên {shown}") });
    }
    let bound = match words.bound {
        None => Say::Exact,
        Some(Bound::Over) => Say::Over,
        Some(Bound::Nearly) => Say::Nearly,
    };
    let printed = figure(value, form, bound).or_else(|_| figure(value, form, Say::Exact)).ok()?;
    Some(printed.to_string())
}
