//! How a number is printed: the format words of a hole, and the printing itself.
//!
//! Every form stays true: "trên" is said only of a number that really is larger than what is
//! printed after it, "gần" only of one that is smaller; an exact number gets neither.

use domain::{Money, number};
use std::fmt;

/// The words of a share or number that is not known.
pub const UNKNOWN: &str = "chưa có số liệu";

/// The format words of a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Format {
    /// `over` or `nearly`.
    pub bound: Option<Bound>,
    /// `percent`, `money`, `plain`, `words`.
    pub form: Form,
    /// `padded`: whole numbers below ten with a leading nought.
    pub padded: bool,
}

/// A rounded number and its honest word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bound {
    /// `over`: cut, with "trên".
    Over,
    /// `nearly`: rounded up, with "gần".
    Nearly,
}

/// The form of the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Form {
    /// As the indicator says: whole numbers grouped, shares in percent.
    #[default]
    Auto,
    /// `percent`: "98,9%".
    Percent,
    /// `money`: "20 tỷ đồng".
    Money,
    /// `plain`: digits without dots.
    Plain,
    /// `words`: "hai mươi ba".
    Words,
}

impl Format {
    /// Adds one format word; `false` when it is none, or contradicts one already there.
    pub fn add(&mut self, word: &str) -> bool {
        let form = match word {
            "over" | "nearly" => {
                let bound = if word == "over" { Bound::Over } else { Bound::Nearly };
                return self.bound.replace(bound).is_none_or(|old| old == bound);
            }
            "padded" => {
                self.padded = true;
                return true;
            }
            "percent" => Form::Percent,
            "money" => Form::Money,
            "plain" => Form::Plain,
            "words" => Form::Words,
            _ => return false,
        };
        let free = self.form == Form::Auto || self.form == form;
        self.form = form;
        free
    }

    /// Whether the word is a format word.
    pub fn knows(word: &str) -> bool {
        Format::default().add(word)
    }

    /// Reads format words ("over percent"); `None` when one of them is none.
    pub fn parse(words: &str) -> Option<Format> {
        let mut format = Format::default();
        words.split_whitespace().all(|w| format.add(w)).then_some(format)
    }

    /// A whole number, printed.
    pub fn whole(self, n: i64) -> String {
        let (n, word) = self.bounded(n, step(n, self.form));
        let shown = match self.form {
            Form::Money => Money(n).words(),
            Form::Words => words(n),
            Form::Plain => n.to_string(),
            Form::Percent => format!("{}%", number::grouped(n)),
            Form::Auto if self.padded => number::padded(n),
            Form::Auto => number::grouped(n),
        };
        format!("{word}{shown}")
    }

    /// A share, printed in percent with at most one decimal, cut: "98,9%".
    /// [`UNKNOWN`] when there is nothing to have a share of.
    pub fn share(self, numerator: i64, denominator: i64) -> String {
        if denominator <= 0 {
            return UNKNOWN.to_owned();
        }
        // Tenths of a percent, as a fraction.
        let scaled = i128::from(numerator) * 1000;
        let denominator = i128::from(denominator);
        let (cut, exact) = (scaled.div_euclid(denominator), scaled.rem_euclid(denominator) == 0);
        let (tenths, word) = match self.bound {
            Some(Bound::Over) if !exact => (cut, "trên "),
            Some(Bound::Nearly) if !exact => (cut + 1, "gần "),
            _ => (cut, ""),
        };
        let tenths = i64::try_from(tenths).unwrap_or(i64::MAX);
        format!("{word}{}%", number::decimal(tenths, 10, 1))
    }

    fn bounded(self, n: i64, step: i64) -> (i64, &'static str) {
        if n <= 0 || n % step == 0 {
            return (n, "");
        }
        match self.bound {
            Some(Bound::Over) => (n - n % step, "trên "),
            Some(Bound::Nearly) => ((n - n % step).saturating_add(step), "gần "),
            None => (n, ""),
        }
    }
}

/// Rounding keeps two leading digits, three from ten thousand up (money: always two).
fn step(n: i64, form: Form) -> i64 {
    let digits = n.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    let keep = if digits > 4 && form != Form::Money { 3 } else { 2 };
    10_i64.pow(digits.saturating_sub(keep).min(18))
}

/// The words in a fixed order; what [`Format::parse`] reads back. Empty for the default.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match self.bound {
            None => "",
            Some(Bound::Over) => "over",
            Some(Bound::Nearly) => "nearly",
        };
        let form = match self.form {
            Form::Auto => "",
            Form::Percent => "percent",
            Form::Money => "money",
            Form::Plain => "plain",
            Form::Words => "words",
        };
        let words = [bound, form, if self.padded { "padded" } else { "" }];
        f.write_str(&words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

/// A whole number in Vietnamese words: "hai mươi mốt", "một nghìn không trăm linh năm".
pub fn words(n: i64) -> String {
    if n == 0 {
        return "không".to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = n.unsigned_abs();
    while rest > 0 {
        groups.push(rest % 1000);
        rest /= 1000;
    }
    let mut out: Vec<&str> = Vec::new();
    if n < 0 {
        out.push("âm");
    }
    let top = groups.len() - 1;
    for (i, group) in groups.iter().enumerate().rev() {
        if *group > 0 {
            three(*group, i < top, &mut out);
            match i % 3 {
                1 => out.push("nghìn"),
                2 => out.push("triệu"),
                _ => {}
            }
        }
        // "tỷ" closes every third group, also one whose own digits are noughts (1.000 tỷ).
        if i > 0 && i % 3 == 0 {
            out.extend(std::iter::repeat_n("tỷ", i / 3));
        }
    }
    out.join(" ")
}

fn three(n: u64, follows: bool, out: &mut Vec<&str>) {
    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let digit = |n: u64| DIGITS[(n % 10) as usize];
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    if hundreds > 0 || follows {
        out.push(digit(hundreds));
        out.push("trăm");
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || follows) => out.push("linh"),
        0 => {}
        1 => out.push("mười"),
        _ => {
            out.push(digit(tens));
            out.push("mươi");
        }
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => out.push("mốt"),
        (2.., 4) => out.push("tư"),
        (1.., 5) => out.push("lăm"),
        _ => out.push(digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_offices_do_and_stays_true() {
        for (format, n, shown) in [
            ("", 148_140, "148.140"),
            ("padded", 6, "06"),
            ("padded", 12, "12"),
            ("plain", 2023, "2023"),
            ("over", 148_140, "trên 148.000"),
            ("over", 6_325, "trên 6.300"),
            ("over", 6_300, "6.300"),
            ("over", 72, "72"),
            ("nearly", 231, "gần 240"),
            ("money", 500_000_000, "500 triệu đồng"),
            ("over money", 20_450_000_000, "trên 20 tỷ đồng"),
            ("nearly money", 29_700_000_000, "gần 30 tỷ đồng"),
            ("words", 23, "hai mươi ba"),
            ("over", 0, "0"),
            ("nearly", i64::MAX, "gần 9.223.372.036.854.775.807"),
        ] {
            assert_eq!(Format::parse(format).expect(format).whole(n), shown, "{format} {n}");
        }
    }

    #[test]
    fn shares_are_cut_and_say_over_only_when_it_is() {
        let over = Format::parse("over percent").expect("a format");
        let nearly = Format::parse("nearly").expect("a format");
        assert_eq!(over.share(6_325, 6_391), "trên 98,9%");
        assert_eq!(over.share(98, 100), "98%");
        assert_eq!(over.share(9_801, 10_000), "trên 98%");
        assert_eq!(nearly.share(9_997, 10_000), "gần 100%");
        assert_eq!(Format::default().share(1, 3), "33,3%");
        assert_eq!(over.share(1, 0), UNKNOWN);
    }

    #[test]
    fn format_words_are_read_back_and_contradictions_refused() {
        for text in ["", "over percent", "padded", "nearly money", "words"] {
            assert_eq!(Format::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(Format::parse("over nearly"), None);
        assert_eq!(Format::parse("money percent"), None);
        assert_eq!(Format::parse("đậm"), None);
    }

    #[test]
    fn numbers_in_words() {
        for (n, text) in [
            (5, "năm"),
            (10, "mười"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (105, "một trăm linh năm"),
            (1_005, "một nghìn không trăm linh năm"),
            (148_140, "một trăm bốn mươi tám nghìn một trăm bốn mươi"),
            (2_000_000_000, "hai tỷ"),
            (1_000_000_000_000, "một nghìn tỷ"),
            (-3, "âm ba"),
        ] {
            assert_eq!(words(n), text);
        }
    }
}
