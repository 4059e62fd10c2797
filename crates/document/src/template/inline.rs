//! One line of a template: marks, notes and holes.

use super::request::{self, Request};
use super::{MAX_DEPTH, Piece, TemplateProblem};
use domain::Message;

/// A part of a source line, with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    /// Counted from 1.
    pub number: usize,
    /// Characters of the source line before `text`.
    pub before: usize,
}

impl<'a> Line<'a> {
    /// The part from byte `from` to byte `to`.
    pub fn part(self, from: usize, to: usize) -> Line<'a> {
        let before = self.before + self.text[..from].chars().count();
        Line { text: &self.text[from..to], number: self.number, before }
    }

    /// Without the blanks around it.
    pub fn trimmed(self) -> Line<'a> {
        let from = self.text.len() - self.text.trim_start().len();
        self.part(from, from.max(self.text.trim_end().len()))
    }
}

/// Problems found so far, and where they are.
pub(super) struct Problems {
    pub source: String,
    pub found: Vec<TemplateProblem>,
}

impl Problems {
    /// A problem at byte `at` of the line.
    pub fn add(&mut self, line: Line<'_>, at: usize, message: Message) {
        if self.found.len() < super::MAX_PROBLEMS {
            let at = at.min(line.text.len());
            let before = line.text.char_indices().take_while(|(i, _)| *i < at).count();
            let column = line.before + before + 1;
            self.found.push(TemplateProblem {
                source: self.source.clone(),
                line: line.number,
                column,
                message,
            });
        }
    }
}

/// What the reading of pieces stands in; decides where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Line,
    Note,
    Bold,
    Italic,
    Control,
}

/// Why the reading of pieces ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    OfText,
    Closed,
    Else,
    Unclosed,
}

struct Reader<'a, 'p> {
    line: Line<'a>,
    at: usize,
    problems: &'p mut Problems,
    /// `{field}` means something: inside a loop or an item pattern.
    items: bool,
    /// Holes are allowed: not inside an item pattern.
    holes: bool,
    note: bool,
    depth: usize,
}

/// Reads a line; `items` when it stands inside a loop.
pub(super) fn read(line: Line<'_>, items: bool, problems: &mut Problems) -> Vec<Piece> {
    let mut reader = Reader { line, at: 0, problems, items, holes: true, note: false, depth: 0 };
    reader.pieces(Inside::Line).0
}

/// Cuts a table row at its bars; bars inside holes and behind a backslash do not count.
pub(super) fn cells(line: Line<'_>) -> Vec<Line<'_>> {
    let line = line.trimmed();
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(c) = line.text[at..].chars().next() {
        if line.text[at..].starts_with("{{") {
            at = request::close(line.text, at + 2).map_or(line.text.len(), |end| end + 2);
            continue;
        }
        match c {
            '|' => cuts.push(at),
            '\\' => at += line.text[at + 1..].chars().next().map_or(0, char::len_utf8),
            _ => {}
        }
        at += c.len_utf8();
    }
    if cuts.last().is_none_or(|last| last + 1 < line.text.len()) {
        cuts.push(line.text.len());
    }
    cuts.windows(2).map(|w| line.part(w[0] + 1, w[1]).trimmed()).collect()
}

impl Reader<'_, '_> {
    fn rest(&self) -> &str {
        &self.line.text[self.at..]
    }

    fn fault(&mut self, at: usize, key: &'static str) {
        self.problems.add(self.line, at, Message::new(key));
    }

    /// Reads until the end of what it stands in. Every turn of the loop moves on or returns.
    fn pieces(&mut self, inside: Inside) -> (Vec<Piece>, End) {
        let mut out: Vec<Piece> = Vec::new();
        let mut brackets = 0_usize;
        while let Some(c) = self.rest().chars().next() {
            let start = self.at;
            let after = self.rest()[c.len_utf8()..].chars().next();
            if self.rest().starts_with("{{") {
                if let Some(end) = self.hole(inside, &mut out) {
                    return (out, end);
                }
                continue;
            }
            if self.rest().starts_with("^[") {
                if self.note {
                    self.fault(start, "document-template-note-nested");
                }
                self.at += 2;
                let outer = std::mem::replace(&mut self.note, true);
                if let Some((inner, end)) = self.deeper(start, Inside::Note) {
                    if end != End::Closed {
                        self.fault(start, "document-template-note-open");
                    }
                    out.push(Piece::Note(inner));
                }
                self.note = outer;
                continue;
            }
            self.at += c.len_utf8();
            match c {
                '\\' if after.is_some_and(|a| "*_{}|[]\\^#-".contains(a)) => {
                    let after = after.unwrap_or(c);
                    self.at += after.len_utf8();
                    text(&mut out, after);
                }
                '[' if inside == Inside::Note => {
                    brackets += 1;
                    text(&mut out, c);
                }
                ']' if inside == Inside::Note && brackets == 0 => return (out, End::Closed),
                ']' if inside == Inside::Note => {
                    brackets -= 1;
                    text(&mut out, c);
                }
                ']' if self.note && matches!(inside, Inside::Bold | Inside::Italic | Inside::Control) => {
                    // The note ends before what was opened in it.
                    self.at = start;
                    return (out, End::Unclosed);
                }
                '*' if inside == Inside::Bold && !out.is_empty() => return (out, End::Closed),
                '_' if inside == Inside::Italic
                    && !out.is_empty()
                    && !after.is_some_and(char::is_alphanumeric) =>
                {
                    return (out, End::Closed);
                }
                '*' | '_' if self.opens(start, after) => {
                    let (kind, key) = match c {
                        '*' => (Inside::Bold, "document-template-bold-open"),
                        _ => (Inside::Italic, "document-template-italic-open"),
                    };
                    let Some((inner, end)) = self.deeper(start, kind) else { continue };
                    if end != End::Closed {
                        self.fault(start, key);
                    }
                    out.push(if c == '*' { Piece::Bold(inner) } else { Piece::Italic(inner) });
                }
                '{' if self.items => match self.field() {
                    Some(field) => out.push(field),
                    None => {
                        self.fault(start, "document-template-field");
                        text(&mut out, c);
                    }
                },
                c => text(&mut out, c),
            }
        }
        (out, if inside == Inside::Line { End::OfText } else { End::Unclosed })
    }

    /// The `name}` at the reader's place, behind its `{`.
    fn field(&mut self) -> Option<Piece> {
        // No field name is longer, and looking further at every brace would be slow.
        let end = self.rest().bytes().take(120).position(|b| b == b'}')?;
        let name = self.rest().get(..end)?.trim().to_owned();
        let sound = request::is_field(&name);
        self.at += if sound { end + 1 } else { 0 };
        sound.then_some(Piece::Field(name))
    }

    /// A mark opens before a letter, quote or hole, and not in the middle of a word.
    fn opens(&self, start: usize, after: Option<char>) -> bool {
        let before = self.line.text[..start].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(|c| c.is_alphanumeric() || "{“\"‘([".contains(c))
    }

    fn deeper(&mut self, start: usize, inside: Inside) -> Option<(Vec<Piece>, End)> {
        if self.depth >= MAX_DEPTH {
            self.fault(start, "document-template-depth");
            // Nothing behind this is worth telling; it also keeps the reading finite.
            self.at = self.line.text.len();
            return None;
        }
        self.depth += 1;
        let found = self.pieces(inside);
        self.depth -= 1;
        Some(found)
    }

    /// Reads the hole at the reader's place. `Some` when it ends what the reader stands in.
    fn hole(&mut self, inside: Inside, out: &mut Vec<Piece>) -> Option<End> {
        let start = self.at;
        let Some(end) = request::close(self.line.text, start + 2) else {
            self.fault(start, "document-template-hole-open");
            self.at = self.line.text.len();
            return None;
        };
        let within = &self.line.text[start + 2..end];
        self.at = end + 2;
        if !self.holes {
            self.fault(start, "document-template-hole-in-pattern");
            return None;
        }
        let request = match request::read(within, self.line.number) {
            Ok(request) => request,
            Err((at, message)) => {
                self.problems.add(self.line, start + 2 + at, message);
                // A control keeps its structure even when its request is wrong, or its end would be told too.
                match request::control(within) {
                    request::Control::If | request::Control::Each => {
                        self.branches(start, self.items);
                    }
                    request::Control::Else | request::Control::End | request::Control::None => {}
                }
                return None;
            }
        };
        let line = self.line.number;
        match request {
            Request::Value(hole) => out.push(Piece::Hole(hole, line)),
            Request::Text { name, .. } => out.push(Piece::Hole(super::Hole::Text(name), line)),
            Request::List(printing) => {
                let part = self.line.part(start + 2 + printing.pattern_at, end);
                let pattern_line = Line { text: &printing.pattern, number: line, before: part.before + 1 };
                let mut reader = Reader {
                    line: pattern_line,
                    at: 0,
                    problems: &mut *self.problems,
                    items: true,
                    holes: false,
                    note: true,
                    depth: self.depth,
                };
                let pattern = reader.pieces(Inside::Line).0;
                let (separator, last) = (printing.separator, printing.last);
                out.push(Piece::List { list: printing.list, line, pattern, separator, last });
            }
            Request::If(condition) => {
                let (then, otherwise) = self.branches(start, self.items);
                out.push(Piece::If { condition, then, otherwise });
            }
            Request::Each(list) => {
                let (body, otherwise) = self.branches(start, true);
                out.push(Piece::Each { list, line, body, otherwise });
            }
            Request::Else | Request::End => {
                let end = if matches!(request, Request::Else) { End::Else } else { End::Closed };
                match inside {
                    Inside::Control => return Some(end),
                    Inside::Bold | Inside::Italic | Inside::Note if self.depth > 1 => {
                        // The control around the mark ends first; the mark is told as unclosed.
                        self.at = start;
                        return Some(End::Unclosed);
                    }
                    _ => self.fault(start, "document-template-end-alone"),
                }
            }
        }
        None
    }

    /// The two branches of a control whose opening was just read.
    fn branches(&mut self, start: usize, items: bool) -> (Vec<Piece>, Vec<Piece>) {
        let outer = std::mem::replace(&mut self.items, items);
        let mut branches = (Vec::new(), Vec::new());
        if let Some((then, mut end)) = self.deeper(start, Inside::Control) {
            branches.0 = then;
            if end == End::Else {
                self.items = outer;
                if let Some((otherwise, last)) = self.deeper(start, Inside::Control) {
                    branches.1 = otherwise;
                    end = last;
                }
            }
            if end != End::Closed {
                self.fault(start, "document-template-control-open");
            }
        }
        self.items = outer;
        branches
    }
}

fn text(out: &mut Vec<Piece>, c: char) {
    match out.last_mut() {
        Some(Piece::Text(text)) => text.push(c),
        _ => out.push(Piece::Text(c.to_string())),
    }
}
