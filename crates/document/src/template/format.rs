//! The format words of a hole. Whoever answers the hole prints the number by them; what "trên"
//! and "gần" may be said of is decided where figures are printed.

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
