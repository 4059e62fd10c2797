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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn indicator(format: Format) -> Indicator {
        let words = figures::Words { vi: String::new(), en: String::new() };
        Indicator {
            id: "a.b".into(),
            version: 1,
            label: words.clone(),
            unit: words,
            format,
            expr: "1".into(),
            plan: Arc::new(figures::Plan::Number { numerator: 1, denominator: 1 }),
            from: None,
            to: None,
            note: None,
            topic: None,
            returns: Vec::new(),
            source: String::new(),
        }
    }

    #[test]
    fn a_hole_says_a_number_as_the_field_does_and_never_past_the_truth() {
        let share = |num, den| Value::ratio(num, den);
        for (format, words, value, said) in [
            (Format::Count, "", Value::Int(148_140), "148.140"),
            (Format::Count, "padded", Value::Int(6), "06"),
            (Format::Count, "plain", Value::Int(2_023), "2023"),
            (Format::Count, "words", Value::Int(23), "hai mươi ba"),
            (Format::Percent, "", share(20_829, 21_060), "98,9 %"),
            (Format::Percent, "over percent", share(20_829, 21_060), "trên 98,9 %"),
            (Format::Percent, "over", share(98_021, 100_000), "trên 98 %"),
            (Format::Percent, "over percent", share(98, 100), "98 %"),
            (Format::Percent, "over", Value::Int(1), "100 %"),
            (Format::Money, "nearly", Value::Int(29_400_000_000), "gần 30 tỷ đồng"),
            (Format::Money, "over", Value::Int(20_350_000_000), "trên 20 tỷ đồng"),
            (Format::Money, "", Value::Int(322_000_000), "322 triệu đồng"),
            // No round number is near: the number itself, without "gần".
            (Format::Count, "nearly", Value::Int(7), "7"),
        ] {
            let words = Words::parse(words).expect("format words");
            assert_eq!(say(&indicator(format), &value, words).as_deref(), Some(said));
        }
        assert_eq!(say(&indicator(Format::Count), &Value::Missing(Vec::new()), Words::default()), None);
    }
}
