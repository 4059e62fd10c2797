//! What the program says, in Vietnamese and English.
//!
//! Every crate and feature brings one Fluent file per language. Both languages have the same
//! keys; a key stands in one file only.

use domain::{Arg, Lang, Message};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeSet;
use std::sync::Mutex;
use unic_langid::LanguageIdentifier;

/// Every message in both languages.
pub struct Messages {
    vi: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
    one_sided: BTreeSet<String>,
    /// What was asked for and not found, or lacked a value: read by tests.
    unanswered: Mutex<BTreeSet<String>>,
}

/// More would be the same defect again; the set must not grow with requests.
const MOST_UNANSWERED: usize = 1_000;

impl Messages {
    /// Builds from the `(vi, en)` files of all crates and features.
    ///
    /// The error lists every line that does not parse and every key that stands twice.
    pub fn new(sources: &[(&str, &str)]) -> Result<Messages, Vec<String>> {
        let mut problems = Vec::new();
        let vi = bundle("vi", sources.iter().map(|s| s.0), &mut problems);
        let en = bundle("en", sources.iter().map(|s| s.1), &mut problems);
        let keys_vi: BTreeSet<String> = sources.iter().flat_map(|s| keys(s.0)).collect();
        let keys_en: BTreeSet<String> = sources.iter().flat_map(|s| keys(s.1)).collect();
        let one_sided = keys_vi.symmetric_difference(&keys_en).cloned().collect();
        match (vi, en) {
            (Some(vi), Some(en)) if problems.is_empty() => {
                Ok(Messages { vi, en, one_sided, unanswered: Mutex::default() })
            }
            _ => Err(problems),
        }
    }

    /// The message in a language. A missing key gives the key in brackets.
    pub fn tr(&self, lang: Lang, message: &Message) -> String {
        let mut args = FluentArgs::with_capacity(message.args.len());
        for (name, value) in &message.args {
            args.set(
                *name,
                match value {
                    Arg::Text(t) => FluentValue::from(t.as_str()),
                    // Fluent keeps numbers as f64; beyond 2^53 the digits would change.
                    Arg::Int(n) if n.unsigned_abs() > 1 << 53 => FluentValue::from(grouped(lang, *n)),
                    Arg::Int(n) => FluentValue::from(*n),
                },
            );
        }
        self.format(lang, message.key, Some(&args))
    }

    /// A text without values.
    pub fn text(&self, lang: Lang, key: &str) -> String {
        self.format(lang, key, None)
    }

    /// Whether both languages know the key.
    pub fn has(&self, key: &str) -> bool {
        self.vi.has_message(key) && self.en.has_message(key)
    }

    /// For tests: keys that stand in one language only, and keys or values that were asked
    /// for since the start and not found.
    pub fn missing(&self) -> Vec<String> {
        let mut all = self.one_sided.clone();
        if let Ok(asked) = self.unanswered.lock() {
            all.extend(asked.iter().cloned());
        }
        all.into_iter().collect()
    }

    fn format(&self, lang: Lang, key: &str, args: Option<&FluentArgs>) -> String {
        let bundle = match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
            self.unanswered(key.to_owned());
            return format!("[{key}]");
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if let Some(error) = errors.first() {
            self.unanswered(format!("{key}: {error}"));
        }
        text
    }

    fn unanswered(&self, what: String) {
        tracing::warn!(message = what.as_str(), "a text is missing");
        if let Ok(mut set) = self.unanswered.lock()
            && set.len() < MOST_UNANSWERED
        {
            set.insert(what);
        }
    }
}

fn bundle<'a>(
    code: &str,
    sources: impl Iterator<Item = &'a str>,
    problems: &mut Vec<String>,
) -> Option<FluentBundle<FluentResource>> {
    let lang: LanguageIdentifier = match code.parse() {
        Ok(lang) => lang,
        Err(e) => {
            problems.push(format!("{code}: {e}"));
            return None;
        }
    };
    let mut bundle = FluentBundle::new_concurrent(vec![lang]);
    // Isolation marks are for mixed directions; Vietnamese and English have one.
    bundle.set_use_isolating(false);
    if code == "vi" {
        bundle.set_formatter(Some(|v, _| number(Lang::Vi, v)));
    } else {
        bundle.set_formatter(Some(|v, _| number(Lang::En, v)));
    }
    if let Err(e) = bundle.add_builtins() {
        problems.push(format!("{code}: {e}"));
    }
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
            problems.extend(errors.iter().map(|e| format!("{code}: {e}")));
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            problems.extend(errors.iter().map(|e| format!("{code}: {e}")));
        }
    }
    Some(bundle)
}

/// Whole numbers are grouped as each language does; anything else is left to Fluent.
fn number(lang: Lang, value: &FluentValue) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else { return None };
    if !options.use_grouping || value.fract() != 0.0 || value.abs() > (1_i64 << 53) as f64 {
        return None;
    }
    Some(grouped(lang, *value as i64))
}

pub(crate) fn grouped(lang: Lang, n: i64) -> String {
    let vi = domain::number::grouped(n);
    match lang {
        Lang::Vi => vi,
        Lang::En => vi.replace('.', ","),
    }
}

/// The keys of a file: in Fluent a message begins at the start of a line, everything that
/// belongs to it is indented.
fn keys(source: &str) -> impl Iterator<Item = String> + '_ {
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Messages {
        let vi = "a = Chào { $name }\nn = { $n } đảng viên\nyear = năm { NUMBER($y, useGrouping: \"false\") }\nonly-vi = x\n";
        let en = "a = Hello { $name }\nn = { $n ->\n    [one] one member\n   *[other] { $n } members\n }\nyear = year { NUMBER($y, useGrouping: \"false\") }\n";
        Messages::new(&[(vi, en)]).unwrap()
    }

    #[test]
    fn says_it_in_both_languages_with_numbers_as_each_writes_them() {
        let m = some();
        let members = |n: i64| Message::new("n").with("n", n);
        assert_eq!(m.tr(Lang::Vi, &Message::new("a").with("name", "An")), "Chào An");
        assert_eq!(m.tr(Lang::Vi, &members(148_140)), "148.140 đảng viên");
        assert_eq!(m.tr(Lang::En, &members(148_140)), "148,140 members");
        assert_eq!(m.tr(Lang::En, &members(1)), "one member");
        assert_eq!(m.tr(Lang::Vi, &members(9_007_199_254_740_993)), "9.007.199.254.740.993 đảng viên");
        assert_eq!(m.tr(Lang::Vi, &Message::new("year").with("y", 2026_i64)), "năm 2026");
    }

    #[test]
    fn a_missing_key_shows_itself_and_is_remembered() {
        let m = some();
        assert_eq!(m.missing(), ["only-vi"]);
        assert_eq!(m.text(Lang::Vi, "nobody"), "[nobody]");
        m.tr(Lang::Vi, &Message::new("a"));
        assert!(m.missing().iter().any(|k| k == "nobody"), "{:?}", m.missing());
        assert!(m.missing().iter().any(|k| k.starts_with("a: ")), "{:?}", m.missing());
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        let problems = Messages::new(&[("a = 1\n", "a = 1\n"), ("a = 2\n", "b = 2\n")]).err().unwrap();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains("\"a\""), "{problems:?}");
        assert!(Messages::new(&[("= ?\n", "")]).is_err());
    }

    #[test]
    fn this_crate_says_everything_in_both_languages() {
        let m = Messages::new(&[crate::MESSAGES, store::MESSAGES]).unwrap();
        assert_eq!(m.missing(), Vec::<String>::new());
    }
}
