//! Cuts a text into tokens in one pass: words, numbers, footnote marks, signs.
//!
//! A token knows its bytes, the key of its word and what stood before it (blank, new line,
//! empty line). Nothing is copied; the text itself is never changed.

use crate::key::key;

/// More tokens than this are not read: memory stays bounded whatever the text is.
pub(crate) const MAX_TOKENS: usize = 4_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// Digits with inner dots and commas: `148.140`, `98,9`, `2021`.
    Number,
    /// Superscript digits: a footnote mark.
    Mark,
    /// Any other sign; `key` holds the character, dashes and quotes made alike.
    Sign,
    /// Stands for "nothing there" at the edge of a paragraph.
    Edge,
}

pub(crate) const SPACE: u8 = 1;
pub(crate) const LINE: u8 = 2;
pub(crate) const BLANK: u8 = 4;
pub(crate) const UPPER: u8 = 8;
pub(crate) const CAPS: u8 = 16;
/// A tab or a wide gap stood before: the next cell of a table.
pub(crate) const CELL: u8 = 32;
/// First token of a paragraph; set by the layout.
pub(crate) const START: u8 = 64;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Tok {
    pub start: u32,
    pub end: u32,
    pub key: u32,
    pub kind: Kind,
    pub flags: u8,
}

pub(crate) const EDGE: Tok = Tok { start: 0, end: 0, key: 0, kind: Kind::Edge, flags: 0 };

impl Tok {
    #[inline]
    pub fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
    #[inline]
    pub fn sign(&self, c: char) -> bool {
        self.kind == Kind::Sign && self.key == c as u32
    }
    #[inline]
    pub fn word(&self, k: u32) -> bool {
        self.kind == Kind::Word && self.key == k
    }
    #[inline]
    pub fn any(&self, keys: &[u32]) -> bool {
        self.kind == Kind::Word && keys.contains(&self.key)
    }
    #[inline]
    pub fn number(&self) -> bool {
        self.kind == Kind::Number
    }
}

/// The character as the rules know it.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' => '-',
        '«' | '„' => '“',
        '»' => '”',
        '’' | '‘' | '`' | '´' => '\'',
        '⁄' | '∕' => '/',
        '％' => '%',
        '●' | '▪' | '■' | '◦' | '·' | '○' | '\u{f0b7}' | '➢' | '✓' | '∙' | '‣' => '•',
        c => c,
    }
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
        && !matches!(c, '×' | '÷')
        || (c > '\u{24f}' && c.is_alphabetic())
}

/// As `char::is_uppercase`; the letters of Vietnamese are known without a look-up.
fn is_upper(c: char) -> bool {
    match c {
        '\u{1ea0}'..='\u{1ef9}' => c as u32 & 1 == 0,
        '\u{e0}'..='\u{ff}' | '\u{300}'..='\u{36f}' => false,
        c => c.is_uppercase(),
    }
}

fn super_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '\u{2074}'..='\u{2079}')
}

/// The value of a run of superscript digits.
pub(crate) fn mark_value(text: &str) -> u32 {
    text.chars().take(4).fold(0, |v, c| {
        let d = match c {
            '¹' => 1,
            '²' => 2,
            '³' => 3,
            '⁰' => 0,
            c => c as u32 - 0x2070,
        };
        v * 10 + d
    })
}

/// Cuts the text. The second value says whether all of it was cut.
pub(crate) fn lex(text: &str) -> (Vec<Tok>, bool) {
    let bytes = text.as_bytes();
    let mut toks: Vec<Tok> = Vec::with_capacity((bytes.len() / 5).min(MAX_TOKENS));
    let mut i = 0;
    let mut before = LINE | BLANK;
    let mut lines = 2_u32;
    let mut gap = 0_u32;
    while i < bytes.len() {
        if toks.len() >= MAX_TOKENS {
            return (toks, false);
        }
        let b = bytes[i];
        let (c, n) = if b < 0x80 {
            (b as char, 1)
        } else {
            let c = text[i..].chars().next().unwrap_or(' ');
            (c, c.len_utf8())
        };
        if c == '\n' || c == '\r' || c == '\u{b}' || c == '\u{c}' || c == '\u{2028}' || c == '\u{2029}' {
            // \r\n is one line end.
            if !(c == '\n' && i > 0 && bytes[i - 1] == b'\r') {
                lines += if c == '\u{c}' { 2 } else { 1 };
            }
            before |= LINE | SPACE;
            if lines >= 2 {
                before |= BLANK;
            }
            gap = 0;
            i += n;
            continue;
        }
        if c == '\t' {
            before |= CELL | SPACE;
            i += 1;
            continue;
        }
        if c == ' ' || c == '\u{a0}' || (c > '\u{7f}' && c.is_whitespace()) {
            gap += 1;
            before |= SPACE;
            if gap >= 4 {
                before |= CELL;
            }
            i += n;
            continue;
        }
        if matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}') || c.is_control() {
            i += n;
            continue;
        }
        let start = i;
        let (kind, k, flags);
        if c.is_ascii_digit() {
            i += 1;
            while i < bytes.len() {
                if bytes[i].is_ascii_digit() {
                    i += 1;
                } else if matches!(bytes[i], b'.' | b',') && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
                {
                    i += 2;
                } else {
                    break;
                }
            }
            (kind, k, flags) = (Kind::Number, 0, 0);
        } else if c.is_ascii_alphabetic() || (b >= 0x80 && is_letter(c)) {
            let (end, f) = word_end(text, start);
            i = end;
            // "đ/c" is one word: comrade.
            if text[start..i].len() <= 2 && bytes[i..].first() == Some(&b'/') && is_comrade(text, start, i) {
                i += 2;
            }
            // m2, km²
            if matches!(&text[start..i], "m" | "km" | "cm" | "dm" | "M")
                && let Some(d) = text[i..].chars().next().filter(|d| matches!(d, '2' | '3' | '²' | '³'))
                && !text[i + d.len_utf8()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            {
                i += d.len_utf8();
            }
            (kind, k, flags) = (Kind::Word, key(&text[start..i]), f);
        } else if super_digit(c) {
            i += n;
            while let Some(d) = text[i..].chars().next().filter(|d| super_digit(*d)) {
                i += d.len_utf8();
            }
            (kind, k, flags) = (Kind::Mark, 0, 0);
        } else if c == '…' || (c == '.' && bytes.get(i + 1) == Some(&b'.')) {
            i += n;
            while let Some(d) = text[i..].chars().next().filter(|d| matches!(d, '.' | '…')) {
                i += d.len_utf8();
            }
            (kind, k, flags) = (Kind::Sign, '…' as u32, 0);
        } else {
            i += n;
            (kind, k, flags) = (Kind::Sign, plain(c) as u32, 0);
        }
        toks.push(Tok { start: start as u32, end: i as u32, key: k, kind, flags: flags | before });
        before = 0;
        lines = 0;
        gap = 0;
    }
    (toks, true)
}

fn is_comrade(text: &str, start: usize, slash: usize) -> bool {
    let rest = &text.as_bytes()[slash + 1..];
    matches!(rest.first(), Some(b'c' | b'C'))
        && !rest.get(1).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
        && key(&text[start..slash]) == const { key("đ") }
}

fn word_end(text: &str, start: usize) -> (usize, u8) {
    let bytes = text.as_bytes();
    let mut i = start;
    let (mut upper, mut caps, mut letters) = (false, true, 0);
    while i < bytes.len() {
        let b = bytes[i];
        if b < 0x80 {
            if !b.is_ascii_alphabetic() {
                break;
            }
            if b.is_ascii_uppercase() {
                upper |= letters == 0;
            } else {
                caps = false;
            }
            i += 1;
            letters += 1;
        } else {
            let Some(c) = text[i..].chars().next().filter(|c| is_letter(*c)) else { break };
            if is_upper(c) {
                upper |= letters == 0;
            } else if !matches!(c, '\u{300}'..='\u{36f}') {
                caps = false;
            }
            i += c.len_utf8();
            letters += 1;
        }
    }
    let mut flags = 0;
    if upper {
        flags |= UPPER;
        if caps && letters > 1 {
            flags |= CAPS;
        }
    }
    (i, flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        lex(text).0.iter().map(|t| &text[t.start as usize..t.end as usize]).collect()
    }

    #[test]
    fn cuts_words_numbers_marks_and_signs() {
        for (text, want) in [
            ("đạt 98,9% (231 đ/c)³.", "đạt|98,9|%|(|231|đ/c|)|³|."),
            ("148.140 lượt.", "148.140|lượt|."),
            ("20.... và 500m2", "20|....|và|500|m2"),
            ("05-CT/TW", "05|-|CT|/|TW"),
            ("a\u{a0}b\u{200b}c", "a|b|c"),
            ("tie\u{302}\u{301}t kiệm", "tie\u{302}\u{301}t|kiệm"),
            ("tổng số:…/…", "tổng|số|:|…|/|…"),
        ] {
            assert_eq!(cut(text).join("|"), want);
        }
    }

    #[test]
    fn capitals_are_those_of_the_standard() {
        for c in ('\u{c0}'..='\u{24f}').chain('\u{300}'..='\u{36f}').chain('\u{1ea0}'..='\u{1ef9}') {
            assert_eq!(is_upper(c), c.is_uppercase(), "{c:?}");
        }
    }

    #[test]
    fn knows_lines_cells_and_case() {
        let (t, all) = lex("Một\nhai\r\n\r\nBA\tbốn");
        assert!(all);
        let flags: Vec<u8> = t.iter().map(|t| t.flags & (LINE | BLANK | UPPER | CAPS | CELL)).collect();
        assert_eq!(flags, [LINE | BLANK | UPPER, LINE, LINE | BLANK | UPPER | CAPS, CELL]);
    }

    #[test]
    fn a_long_run_of_digits_is_one_token() {
        assert_eq!(lex(&"7".repeat(100_000)).0.len(), 1);
    }
}
