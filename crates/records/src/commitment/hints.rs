//! What makes an item of a commitment hard to follow, found by plain rules.
//!
//! Hints speak of words, never of a person: there is no score, they add up to nothing, and nothing is
//! refused because of them. Each rule is one a reader can check on the page with their own eyes; the
//! page says why it matters. The rules are pure: the same words give the same hints.

use chrono::Datelike;
use domain::{Day, text};
use std::collections::BTreeSet;

/// More items than this are seldom followed to the end of a year.
pub const MANY: usize = 8;

/// From this share of common words on (words in both, of words in either, in per cent), an item says
/// what one of last year's said. Two items that differ in a number or a month stay well above it; two of
/// the same topic in other words stay below (tests show both).
pub const SAME: usize = 70;

/// Fewer words than these beside the slogans, and an item is only slogans.
const SUBSTANCE: usize = 4;

/// Words that promise without saying what is done, without tone marks; longer ones first.
const SLOGANS: [&str; 30] = [
    "tinh than trach nhiem",
    "y thuc trach nhiem",
    "ban linh chinh tri",
    "lap truong tu tuong",
    "dao duc cach mang",
    "khong ngung",
    "nghiem chinh",
    "nghiem tuc",
    "guong mau",
    "neu guong",
    "neu cao",
    "nang cao",
    "de cao",
    "phan dau",
    "quyet tam",
    "tang cuong",
    "tich cuc",
    "chu dong",
    "luon luon",
    "tuyet doi",
    "trung thanh",
    "giu vung",
    "giu gin",
    "phat huy",
    "thuong xuyen",
    "co gang",
    "no luc",
    "tu tuong",
    "chap hanh tot",
    "thuc hien tot",
];

/// Words that carry nothing by themselves.
const FILLERS: [&str; 18] = [
    "luon", "va", "cac", "moi", "mot", "cua", "trong", "voi", "ve", "cho", "la", "de", "tot", "hon", "nua",
    "toi", "ban", "than",
];

/// An item as it stands in the form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Item<'a> {
    /// What is to be done.
    pub what: &'a str,
    /// How it is measured.
    pub measure: &'a str,
    /// How much.
    pub target: &'a str,
    /// By when, when a day can be read.
    pub deadline: Option<Day>,
}

/// A hint at one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Nothing says how it is measured.
    NoMeasure,
    /// No target, and no number anywhere in it.
    NoTarget,
    /// No day.
    NoDay,
    /// The day is not of the commitment's year.
    DayOutside,
    /// Slogans and hardly another word.
    Slogans,
    /// Nearly the words of last year.
    Repeats,
}

impl Hint {
    /// Its part of the keys of its messages.
    pub fn code(self) -> &'static str {
        match self {
            Hint::NoMeasure => "no-measure",
            Hint::NoTarget => "no-target",
            Hint::NoDay => "no-day",
            Hint::DayOutside => "day-outside",
            Hint::Slogans => "slogans",
            Hint::Repeats => "repeats",
        }
    }
}

/// The hints at an item of a year, in the order of the form's fields. `last` are the items of the year before.
pub fn of(item: &Item, year: i64, last: &[String]) -> Vec<Hint> {
    let mut hints = Vec::new();
    if is_slogans(item.what) {
        hints.push(Hint::Slogans);
    }
    if last.iter().any(|l| alike(item.what, l) >= SAME) {
        hints.push(Hint::Repeats);
    }
    if item.measure.trim().is_empty() {
        hints.push(Hint::NoMeasure);
    }
    let number = |t: &str| t.chars().any(|c| c.is_ascii_digit());
    if item.target.trim().is_empty() && !number(item.what) && !number(item.measure) {
        hints.push(Hint::NoTarget);
    }
    match item.deadline {
        None => hints.push(Hint::NoDay),
        Some(day) if i64::from(day.year()) != year => hints.push(Hint::DayOutside),
        Some(_) => {}
    }
    hints
}

/// Whether so many items are more than are followed.
pub fn too_many(items: usize) -> bool {
    items > MANY
}

fn words(text: &str) -> Vec<String> {
    let plain = text::fold(text);
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// At least one slogan, and fewer than [`SUBSTANCE`] words when slogans and fillers are taken away.
fn is_slogans(what: &str) -> bool {
    let mut rest = format!(" {} ", words(what).join(" "));
    let before = rest.len();
    for slogan in SLOGANS {
        rest = rest.replace(&format!(" {slogan} "), " ");
    }
    rest.len() < before
        && rest.split_whitespace().filter(|w| !FILLERS.contains(w)).count() < SUBSTANCE
}

/// The words in both texts of the words in either, in per cent, tones and case aside.
pub fn alike(a: &str, b: &str) -> usize {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (words(a).into_iter().collect(), words(b).into_iter().collect());
    let either = a.union(&b).count();
    (a.intersection(&b).count() * 100).checked_div(either).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::parse_day;

    fn hints(what: &str, measure: &str, target: &str, day: &str) -> Vec<Hint> {
        of(&Item { what, measure, target, deadline: parse_day(day) }, 2026, &[])
    }

    #[test]
    fn a_concrete_item_has_no_hint() {
        let what = "Trả lời đơn thư của công dân đúng hạn";
        assert_eq!(hints(what, "Tỷ lệ đơn đúng hạn", "100%", "30/11/2026"), []);
    }

    #[test]
    fn an_item_without_measure_number_or_day_is_told_so() {
        let what = "Trả lời đơn thư của công dân đúng hạn";
        assert_eq!(hints(what, " ", "", ""), [Hint::NoMeasure, Hint::NoTarget, Hint::NoDay]);
        assert_eq!(hints(what, "Sổ theo dõi đơn", "không để quá hạn", "30/11/2026"), [], "words are a target too");
        assert_eq!(hints("Đọc 12 mẩu chuyện", "sổ đọc", "", "30/11/2026"), [], "a number in what it says");
    }

    #[test]
    fn a_day_of_another_year_is_told_so() {
        let of_day = |day| hints("Đọc 12 mẩu chuyện", "sổ đọc", "", day);
        assert_eq!(of_day("31/12/2025"), [Hint::DayOutside]);
        assert_eq!(of_day("01/01/2027"), [Hint::DayOutside]);
        assert_eq!(of_day("31/12/2026"), []);
    }

    #[test]
    fn slogans_alone_are_told_so_and_slogans_with_a_thing_are_not() {
        for what in [
            "Luôn luôn gương mẫu, nêu cao tinh thần trách nhiệm",
            "TÍCH CỰC PHẤN ĐẤU hơn nữa",
            "Không ngừng nâng cao đạo đức cách mạng",
        ] {
            assert!(is_slogans(what), "{what}");
        }
        for what in [
            "Nâng cao tỷ lệ trả lời đơn thư đúng hạn",
            "Trả lời đơn thư đúng hạn",
            "Tích cực học tiếng Ê Đê, hai buổi một tuần",
            "",
        ] {
            assert!(!is_slogans(what), "{what}");
        }
    }

    #[test]
    fn nearly_the_words_of_last_year_are_told_so() {
        let last = ["Trả lời 100% đơn thư của công dân đúng hạn trong quý I".to_owned()];
        let repeats = |what| {
            let item = Item { what, measure: "x", target: "1", deadline: parse_day("01/02/2026") };
            of(&item, 2026, &last).contains(&Hint::Repeats)
        };
        assert!(repeats("Tra loi 100% đơn thư của công dân đúng hạn trong quý II"), "one word is other");
        assert!(!repeats("Giảm một nửa thời gian trả lời đơn thư so với năm trước"));
        assert_eq!(alike("", ""), 0);
    }

    #[test]
    fn more_items_than_are_followed_are_told() {
        assert!(!too_many(MANY));
        assert!(too_many(MANY + 1));
    }
}
