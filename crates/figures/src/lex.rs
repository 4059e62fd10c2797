//! Expressions cut into words, numbers, days, texts and signs.

use crate::plan::Op;
use crate::problem::{Problem, Span, short};
use domain::{Day, Message};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A word, with its dots: `count`, `study.attended`.
    Word(String),
    /// Digits, and the digits behind a point.
    Number(i64, i64),
    /// `2024-01-16`
    Day(Day),
    /// `"…"`, without its quotes.
    Text(String),
    Open,
    Close,
    Comma,
    Plus,
    Minus,
    Star,
    Slash,
    /// `..`
    To,
    Op(Op),
    End,
}

/// The words that are no names. Others that the language knows (`year`, `end`, `last`, `share` …) have
/// their meaning only where no name can stand, and may be names too.
pub(crate) const RESERVED: &[&str] = &[
    "and",
    "at",
    "during",
    "every",
    "excluding",
    "false",
    "in",
    "is",
    "not",
    "or",
    "per",
    "period_end",
    "period_start",
    "report_day",
    "start",
    "to",
    "true",
    "where",
];

pub(crate) fn lex(text: &str) -> Result<Vec<(Token, Span)>, Problem> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        let (token, span) = lexer.next()?;
        let end = token == Token::End;
        tokens.push((token, span));
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip(&mut self, test: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|c| test(*c)) {
            self.at += c.len_utf8();
        }
    }

    /// Takes the text if it comes next.
    fn take(&mut self, text: &str) -> bool {
        let there = self.text[self.at..].starts_with(text);
        if there {
            self.at += text.len();
        }
        there
    }

    fn problem(&self, from: usize, key: &'static str) -> Problem {
        let span = Span { from, to: self.at };
        Problem::new(span, Message::new(key).with("text", short(&self.text[from..self.at])))
    }

    fn next(&mut self) -> Result<(Token, Span), Problem> {
        self.skip(char::is_whitespace);
        let from = self.at;
        let Some(c) = self.peek() else { return Ok((Token::End, Span { from, to: from })) };
        let token = if c.is_ascii_digit() {
            self.number()?
        } else if c.is_alphabetic() || c == '_' {
            self.word()
        } else if matches!(c, '"' | '“' | '”') {
            self.quoted()?
        } else {
            self.sign(c)?
        };
        Ok((token, Span { from, to: self.at }))
    }

    fn word(&mut self) -> Token {
        let from = self.at;
        loop {
            self.skip(|c| c.is_alphanumeric() || c == '_');
            // A dot belongs to the word only between two letters: `start..report_day` is three words.
            let mut rest = self.text[self.at..].chars();
            let dot =
                rest.next() == Some('.') && rest.next().is_some_and(|c| c.is_alphanumeric() || c == '_');
            if !dot {
                return Token::Word(self.text[from..self.at].to_owned());
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Token, Problem> {
        let from = self.at;
        self.skip(|c| c.is_ascii_digit());
        let whole = &self.text[from..self.at];
        let rest = &self.text.as_bytes()[self.at..];
        let digits = |bytes: &[u8], n: usize| bytes.len() >= n && bytes[..n].iter().all(u8::is_ascii_digit);
        if whole.len() == 4
            && rest.len() >= 6
            && rest[0] == b'-'
            && digits(&rest[1..], 2)
            && rest[3] == b'-'
            && digits(&rest[4..], 2)
        {
            self.at += 6;
            self.end_of_number(from)?;
            let day = domain::parse_day(&self.text[from..self.at]);
            return day.map(Token::Day).ok_or_else(|| self.problem(from, "figures-no-day"));
        }
        let mut scale = 1;
        let mut written = whole.to_owned();
        if rest.first() == Some(&b'.') && digits(rest.get(1..).unwrap_or_default(), 1) {
            self.at += 1;
            let start = self.at;
            self.skip(|c| c.is_ascii_digit());
            let decimals = &self.text[start..self.at];
            // Three digits behind a point are a thousand to a Vietnamese reader: refused, not guessed.
            if decimals.len() > 2 {
                return Err(self.problem(from, "figures-number-decimals"));
            }
            scale = 10_i64.pow(u32::try_from(decimals.len()).unwrap_or(0));
            written.push_str(decimals);
        }
        self.end_of_number(from)?;
        match written.parse() {
            Ok(n) => Ok(Token::Number(n, scale)),
            Err(_) => Err(self.problem(from, "figures-number-large")),
        }
    }

    /// A number with letters at its end is a slip, as in `5years` or `1.000.000`.
    fn end_of_number(&mut self, from: usize) -> Result<(), Problem> {
        let mut rest = self.text[self.at..].chars();
        let (next, after) = (rest.next(), rest.next());
        let dotted = next == Some('.') && after.is_some_and(|c| c.is_ascii_digit());
        if dotted || next.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.skip(|c| c.is_alphanumeric() || c == '_' || c == '.');
            let key = if dotted { "figures-number-decimals" } else { "figures-number-letters" };
            return Err(self.problem(from, key));
        }
        Ok(())
    }

    /// A text; the quotes may be those that Word makes.
    fn quoted(&mut self) -> Result<Token, Problem> {
        let from = self.at;
        let mut out = String::new();
        let mut escaped = false;
        for (i, c) in self.text[from..].char_indices().skip(1) {
            match c {
                '\n' | '\r' => {
                    self.at = from + i;
                    return Err(self.problem(from, "figures-text-open"));
                }
                '"' | '“' | '”' | '\\' if escaped => out.push(c),
                '\\' => {
                    escaped = true;
                    continue;
                }
                '"' | '“' | '”' => {
                    self.at = from + i + c.len_utf8();
                    return Ok(Token::Text(out));
                }
                c => {
                    // A backslash before anything else stands for itself.
                    if escaped {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
            escaped = false;
        }
        self.at = self.text.len();
        Err(self.problem(from, "figures-text-open"))
    }

    fn sign(&mut self, c: char) -> Result<Token, Problem> {
        const SIGNS: &[(&str, Token)] = &[
            ("..", Token::To),
            ("…", Token::To),
            ("!=", Token::Op(Op::Ne)),
            ("<>", Token::Op(Op::Ne)),
            ("≠", Token::Op(Op::Ne)),
            ("<=", Token::Op(Op::Le)),
            ("≤", Token::Op(Op::Le)),
            (">=", Token::Op(Op::Ge)),
            ("≥", Token::Op(Op::Ge)),
            ("==", Token::Op(Op::Eq)),
            ("=", Token::Op(Op::Eq)),
            ("<", Token::Op(Op::Lt)),
            (">", Token::Op(Op::Gt)),
            ("(", Token::Open),
            (")", Token::Close),
            (",", Token::Comma),
            ("+", Token::Plus),
            ("-", Token::Minus),
            ("–", Token::Minus),
            ("*", Token::Star),
            ("/", Token::Slash),
        ];
        let from = self.at;
        for (sign, token) in SIGNS {
            if self.take(sign) {
                return Ok(token.clone());
            }
        }
        self.at += c.len_utf8();
        Err(self.problem(from, "figures-sign"))
    }
}
