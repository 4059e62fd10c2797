//! The number and symbol of a document: `12-KH/ĐU`.
//!
//! The Party's form is number, dash, abbreviation of the type, slash, abbreviation of the
//! body (Hướng dẫn 05-HD/VPTW, 27/5/2026; the same in 36-HD/VPTW). The abbreviations come
//! from files that cite the rule, so one that is not known here is let through.

use domain::text;

/// A symbol taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbol<'a> {
    /// The running number.
    pub number: i64,
    /// The abbreviation of the type.
    pub abbreviation: &'a str,
    /// The abbreviation of the body.
    pub body: &'a str,
}

/// The symbol as the register keeps it: without `Số`, without blanks around its signs, with
/// one kind of dash and of `Đ`.
pub fn tidy(written: &str) -> String {
    let written = text::tidy(written);
    let bare = ["Số", "số", "SỐ"].iter().find_map(|word| written.strip_prefix(word)).unwrap_or(&written);
    let mut out = String::with_capacity(bare.len());
    for c in bare.trim_start_matches([':', ' ']).chars() {
        match c {
            '–' | '—' | '‑' | '-' | '/' => {
                out.truncate(out.trim_end().len());
                out.push(if c == '/' { '/' } else { '-' });
            }
            ' ' if out.ends_with(['-', '/']) => {}
            'Ð' => out.push('Đ'),
            c => out.push(c),
        }
    }
    out
}

/// Takes a tidy symbol apart; `None` when it is not of the Party's form.
pub fn read(symbol: &str) -> Option<Symbol<'_>> {
    let (number, rest) = symbol.split_once('-')?;
    let (abbreviation, body) = rest.split_once('/')?;
    let letters = |s: &str, most: usize| (1..=most).contains(&s.chars().count());
    let sound = (1..=5).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && letters(abbreviation, 6)
        && abbreviation.chars().all(char::is_alphabetic)
        && letters(body, 30)
        && body.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '&'));
    let number = number.parse().ok().filter(|n| *n > 0)?;
    sound.then_some(Symbol { number, abbreviation, body })
}

/// The types of documents that an abbreviation may stand for; none when it is not known.
pub fn types(abbreviation: &str) -> &'static [&'static str] {
    match abbreviation.to_uppercase().as_str() {
        "NQ" => &["resolution"],
        // A directive; many offices write it for a programme too, whose own sign is CTr.
        "CT" => &["directive", "programme"],
        "CTR" | "CTHĐ" => &["programme"],
        "KL" => &["conclusion"],
        "QC" => &["rules"],
        // Both are QĐ in the Party; only State offices write QyĐ.
        "QĐ" => &["decision", "regulation"],
        "TB" => &["notice"],
        "HD" => &["guidance"],
        "BC" => &["report"],
        "KH" => &["plan"],
        "TTR" => &["proposal"],
        "CV" => &["letter"],
        "BB" => &["minutes"],
        "GM" => &["invitation"],
        _ => &[],
    }
}

/// Whether a mark of secrecy stands on the document: such documents are refused (Law
/// 117/2025/QH15). A document *about* secrets ("bảo vệ bí mật nhà nước") is not one.
pub fn is_secret(symbol: &str, extract: &str) -> bool {
    const MARKS: [&str; 4] = ["mật", "tối mật", "tuyệt mật", "độ mật"];
    let marked = |words: &str| {
        let words = text::tidy(words).to_lowercase();
        let bracketed = words.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
        let in_brackets = bracketed.map(str::trim).any(|inside| MARKS.contains(&inside));
        in_brackets || MARKS.contains(&words.as_str())
    };
    let last = text::tidy(symbol).to_lowercase();
    marked(symbol) || marked(extract) || last.rsplit(' ').next() == Some("mật")
}
