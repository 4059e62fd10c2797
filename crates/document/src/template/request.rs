//! The inside of a hole: `study.attended 2022 over where kind = "x"`, `list …`, `if …`.
//!
//! Works on the text between `{{` and `}}`; what is wrong is told with its place in that text.

use super::format::Format;
use super::{Comparison, Condition, FIELDS, FigureHole, Hole, ListHole, Number, PeriodSpec, Test};
use domain::Message;

/// What a hole turned out to be.
pub(super) enum Request {
    /// A figure or field.
    Value(Hole),
    /// Narrative, with the hint to the writer and the lines of the blank form.
    Text {
        name: String,
        hint: String,
        lines: u8,
    },
    /// A list to print in the line.
    List(Printing),
    If(Condition),
    Each(Hole),
    Else,
    End,
}

/// A list and how to print it; the pattern with its place in the hole.
pub(super) struct Printing {
    pub list: Hole,
    pub pattern: String,
    pub pattern_at: usize,
    pub separator: String,
    pub last: String,
}

/// A problem and its byte offset in the hole's text.
pub(super) type Fault = (usize, Message);

/// The kind of a hole by its first word, without judging the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    If,
    Each,
    Else,
    End,
    None,
}

pub(super) fn control(inside: &str) -> Control {
    match inside.split_whitespace().next() {
        Some("if") => Control::If,
        Some("each") => Control::Each,
        Some("else") => Control::Else,
        Some("end") => Control::End,
        _ => Control::None,
    }
}

/// The end of the hole that starts at `from` (just behind its `{{`): the offset of its `}}`, which
/// inside quotes does not count. `None` when it never ends.
pub(super) fn close(text: &str, from: usize) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text[from..].char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(end), c) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            (None, '“') => quote = Some('”'),
            (None, '}') if text[from + at..].starts_with("}}") => return Some(from + at),
            (None, _) => {}
        }
    }
    None
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Sign(String),
}

struct Tokens {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
    selection: String,
}

/// Reads the inside of a hole on the given line.
pub(super) fn read(inside: &str, line: usize) -> Result<Request, Fault> {
    let mut tokens = Tokens::read(inside)?;
    let Some(first) = tokens.word() else {
        return Err((0, Message::new("document-template-hole-empty")));
    };
    let request = match first.as_str() {
        "else" => Request::Else,
        "end" => Request::End,
        "if" => Request::If(condition(&mut tokens, line)?),
        "each" => Request::Each(list(&mut tokens)?),
        "list" => Request::List(printing(&mut tokens)?),
        "text" => text(&mut tokens)?,
        "field" => Request::Value(Hole::Field(tokens.name()?)),
        name if FIELDS.contains(&name) => Request::Value(Hole::Field(first)),
        _ => {
            tokens.next -= 1;
            value(&mut tokens)?
        }
    };
    tokens.finish()?;
    Ok(request)
}

fn value(tokens: &mut Tokens) -> Result<Request, Fault> {
    let figure = figure(tokens)?;
    if !tokens.take_word("by") {
        return Ok(Request::Value(Hole::Figure(figure)));
    }
    let by = tokens.name()?;
    print(tokens, Hole::Split { figure, by }).map(Request::List)
}

fn text(tokens: &mut Tokens) -> Result<Request, Fault> {
    let name = tokens.name()?;
    let hint = tokens.quoted().map(|(_, hint)| hint).unwrap_or_default();
    let at = tokens.place();
    let lines = match tokens.word() {
        None => 3,
        Some(word) => word
            .parse()
            .ok()
            .filter(|n| (1..=60).contains(n))
            .ok_or_else(|| (at, Message::new("document-template-lines").with("text", word)))?,
    };
    Ok(Request::Text { name, hint, lines })
}

fn printing(tokens: &mut Tokens) -> Result<Printing, Fault> {
    let list = list(tokens)?;
    print(tokens, list)
}

/// `"pattern" separator last`.
fn print(tokens: &mut Tokens, list: Hole) -> Result<Printing, Fault> {
    let at = tokens.place();
    let Some((pattern_at, pattern)) = tokens.quoted() else {
        return Err((at, Message::new("document-template-pattern")));
    };
    let separator = tokens.separator().unwrap_or_else(|| "; ".to_owned());
    let last = tokens.separator().unwrap_or_else(|| separator.clone());
    Ok(Printing { list, pattern, pattern_at, separator, last })
}

/// `name period`, or `indicator period by dimension`.
fn list(tokens: &mut Tokens) -> Result<Hole, Fault> {
    let at = tokens.place();
    let figure = figure(tokens)?;
    if tokens.take_word("by") {
        return Ok(Hole::Split { figure, by: tokens.name()? });
    }
    let FigureHole { indicator: name, period, selection, format } = figure;
    if format != Format::default() {
        return Err((at, Message::new("document-template-list-format").with("text", format.to_string())));
    }
    Ok(Hole::List(ListHole { name, period, selection }))
}

/// `indicator period format`, the selection having been cut off the end already.
fn figure(tokens: &mut Tokens) -> Result<FigureHole, Fault> {
    let indicator = tokens.name()?;
    let at = tokens.place();
    let mut period = Vec::new();
    let mut format = Format::default();
    while let Some((word_at, Token::Word(word))) = tokens.peek() {
        let (word_at, word) = (*word_at, word.clone());
        if word == "by" {
            break;
        }
        tokens.next += 1;
        if !Format::knows(&word) {
            period.push(word);
        } else if !format.add(&word) {
            return Err((word_at, Message::new("document-template-format").with("text", word)));
        }
    }
    let period = if period.is_empty() {
        PeriodSpec::Report
    } else {
        let words = period.join(" ");
        PeriodSpec::parse(&words)
            .ok_or_else(|| (at, Message::new("document-template-period").with("text", words)))?
    };
    Ok(FigureHole { indicator, period, selection: tokens.selection.clone(), format })
}

fn condition(tokens: &mut Tokens, line: usize) -> Result<Condition, Fault> {
    let negated = tokens.take_word("not");
    let at = tokens.place();
    let test = match tokens.word().as_deref() {
        None => return Err((at, Message::new("document-template-condition"))),
        Some("list") => Test::Filled(list(tokens)?),
        Some("text") => Test::Filled(Hole::Text(tokens.name()?)),
        Some("field") => Test::Filled(Hole::Field(tokens.name()?)),
        Some("known") => Test::Known(figure(tokens)?),
        Some(name) if FIELDS.contains(&name) => Test::Filled(Hole::Field(name.to_owned())),
        Some(name) if name.starts_with("item.") => {
            let field = name["item.".len()..].to_owned();
            if !is_field(&field) {
                return Err((at, Message::new("document-template-name").with("text", name)));
            }
            Test::Item(field)
        }
        Some(_) => {
            tokens.next -= 1;
            // A condition weighs the value; how it would be printed is no part of the question.
            let figure = FigureHole { format: Format::default(), ..figure(tokens)? };
            match tokens.comparison() {
                Some(comparison) => {
                    let at = tokens.place();
                    let number = tokens.word().unwrap_or_default();
                    let number = Number::parse(&number)
                        .ok_or_else(|| (at, Message::new("document-template-number").with("text", number)))?;
                    Test::Compare(figure, comparison, number)
                }
                None => {
                    let nought = Number { digits: 0, places: 0, percent: false };
                    Test::Compare(figure, Comparison::More, nought)
                }
            }
        }
    };
    Ok(Condition { negated, test, line })
}

impl Number {
    /// `0`, `1.200`, `98,5`, `98%`.
    fn parse(text: &str) -> Option<Number> {
        let (text, percent) = match text.strip_suffix('%') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        if let Some(digits) = domain::number::parse_whole(text) {
            return Some(Number { digits, places: 0, percent });
        }
        let (whole, decimals) = text.split_once(',')?;
        let sound =
            !decimals.is_empty() && decimals.len() <= 6 && decimals.bytes().all(|b| b.is_ascii_digit());
        let whole = domain::number::parse_whole(whole).filter(|_| sound)?;
        let places = u32::try_from(decimals.len()).ok()?;
        let part: i64 = decimals.parse().ok()?;
        let digits = whole.checked_mul(10_i64.pow(places))?;
        let digits = digits.checked_add(if text.starts_with('-') { -part } else { part })?;
        Some(Number { digits, places, percent })
    }
}

impl Tokens {
    fn read(inside: &str) -> Result<Tokens, Fault> {
        let mut tokens = Tokens { tokens: Vec::new(), next: 0, end: inside.len(), selection: String::new() };
        let mut at = 0;
        while let Some(c) = inside[at..].chars().next() {
            let start = at;
            at += c.len_utf8();
            let token = match c {
                c if c.is_whitespace() => continue,
                '"' | '“' => {
                    let (text, length) = quoted(&inside[at..], if c == '"' { '"' } else { '”' })
                        .ok_or_else(|| (start, Message::new("document-template-quote")))?;
                    at += length;
                    Token::Quoted(text)
                }
                '<' | '>' | '=' | '!' => {
                    let double = inside[at..].starts_with('=') && c != '=';
                    at += usize::from(double);
                    Token::Sign(inside[start..at].to_owned())
                }
                ';' | ',' => Token::Sign(c.to_string()),
                _ => {
                    let stop = |c: char| c.is_whitespace() || "\"“<>=!;".contains(c);
                    at = inside[start..].find(stop).map_or(inside.len(), |length| start + length);
                    Token::Word(inside[start..at].to_owned())
                }
            };
            if token == Token::Word("where".to_owned()) {
                tokens.end = start;
                tokens.selection =
                    selection(&inside[at..]).map_err(|(offset, fault)| (at + offset, fault))?;
                break;
            }
            tokens.tokens.push((start, token));
        }
        Ok(tokens)
    }

    fn peek(&self) -> Option<&(usize, Token)> {
        self.tokens.get(self.next)
    }

    /// Where the next token stands.
    fn place(&self) -> usize {
        self.peek().map_or(self.end, |(at, _)| *at)
    }

    fn word(&mut self) -> Option<String> {
        let Some((_, Token::Word(word))) = self.peek() else { return None };
        let word = word.clone();
        self.next += 1;
        Some(word)
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some((_, Token::Word(word))) if word == wanted);
        self.next += usize::from(found);
        found
    }

    fn quoted(&mut self) -> Option<(usize, String)> {
        let Some((at, Token::Quoted(text))) = self.peek() else { return None };
        let found = (*at, text.clone());
        self.next += 1;
        Some(found)
    }

    /// A quoted text as it is; a bare `;` or `,` with a blank behind it.
    fn separator(&mut self) -> Option<String> {
        let text = match &self.peek()?.1 {
            Token::Quoted(text) => text.clone(),
            Token::Sign(sign) if sign == ";" || sign == "," => format!("{sign} "),
            _ => return None,
        };
        self.next += 1;
        Some(text)
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let Some((_, Token::Sign(sign))) = self.peek() else { return None };
        let comparison = match sign.as_str() {
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            "=" => Comparison::Equal,
            "!=" => Comparison::Other,
            ">=" => Comparison::AtLeast,
            ">" => Comparison::More,
            _ => return None,
        };
        self.next += 1;
        Some(comparison)
    }

    /// An id: small letters, digits, `_`, parts joined by `.` or `-`.
    fn name(&mut self) -> Result<String, Fault> {
        let at = self.place();
        let word = self.word().unwrap_or_default();
        if is_name(&word) {
            Ok(word)
        } else {
            Err((at, Message::new("document-template-name").with("text", word)))
        }
    }

    fn finish(&self) -> Result<(), Fault> {
        match self.peek() {
            None => Ok(()),
            Some((at, token)) => {
                let text = match token {
                    Token::Word(t) | Token::Quoted(t) | Token::Sign(t) => t.clone(),
                };
                Err((*at, Message::new("document-template-left-over").with("text", text)))
            }
        }
    }
}

/// The text up to the closing quote, and its length with it.
fn quoted(text: &str, end: char) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            // Only the quote itself needs the backslash here; others stay for the pattern to read.
            _ if escaped => {
                if c != end {
                    out.push('\\');
                }
                out.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            c if c == end => return Some((out, at + c.len_utf8())),
            c => out.push(c),
        }
    }
    None
}

/// The selection's own words: single blanks outside quotes, nothing else changed.
fn selection(text: &str) -> Result<String, Fault> {
    let mut out = String::new();
    let mut inside = None;
    for c in text.chars() {
        match (inside, c) {
            (None, c) if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            (None, '"' | '“') => {
                inside = Some(if c == '"' { '"' } else { '”' });
                out.push('"');
            }
            (Some(end), c) if c == end => {
                inside = None;
                out.push('"');
            }
            (_, c) => out.push(c),
        }
    }
    let out = out.trim_end().to_owned();
    match (inside, out.is_empty()) {
        (Some(_), _) => Err((0, Message::new("document-template-quote"))),
        (None, true) => Err((0, Message::new("document-template-where"))),
        (None, false) => Ok(out),
    }
}

/// Whether it is an id as indicators, lists and texts have them.
pub(super) fn is_name(text: &str) -> bool {
    let part = |p: &str| {
        !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.len() <= 100
        && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
        && text.split(['.', '-']).all(part)
}

/// Whether it is the name of an item's field.
pub(super) fn is_field(text: &str) -> bool {
    is_name(text) && !text.contains('-')
}
