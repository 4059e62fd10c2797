//! Templates: a text that a clerk can read, with holes that others answer.
//!
//! The format is told in the crate's README. A template is parsed once ([`Template::parse`]
//! tells every problem with its line and column), asked for its [`Template::holes`], and
//! filled with [`Answers`]. Filling never fails: what nobody answered is printed as "……" and
//! told in [`Filled::missing`]. A template knows no indicator, list or unit; it only names them.

mod block;
mod fill;
pub mod format;
mod hole;
mod inline;
mod narrative;
mod request;
mod section;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::model::{About, Block, Figure, Head, Inline, Signature};
use domain::{Lang, Message};

pub use fill::{FillMode, Filled, Missing, fill, fill_blocks, prose};
pub use format::Format;
pub use hole::{FigureHole, Hole, ListHole, PeriodSpec};
pub use narrative::{Token, narrative, token, tokens};
pub use section::{Section, Slot};

/// The longest template, in bytes.
pub const MAX_BYTES: usize = 512 * 1024;
/// The most lines of a template.
pub const MAX_LINES: usize = 5_000;
/// The deepest nesting of `if` and `each`, of marks and notes.
pub const MAX_DEPTH: usize = 8;
/// The most problems told of one template: the rest usually follow from the first.
pub const MAX_PROBLEMS: usize = 50;

/// The fields that need no `field` before their name. Everything else that looks like a name is an indicator.
pub const FIELDS: [&str; 22] = [
    "unit.name",
    "unit.short",
    "unit.kind",
    "unit.code",
    "superior.name",
    "superior.short",
    "period",
    "period.words",
    "period.from",
    "period.to",
    "period.length",
    "years",
    "year",
    "day",
    "day.words",
    "place",
    "programme.name",
    "programme.short",
    "programme.directive",
    "programme.theme",
    "request.symbol",
    "request.title",
];

/// A parsed template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    id: String,
    kind: Vec<Piece>,
    extract: Vec<Piece>,
    recipients: Vec<Vec<Piece>>,
    authority: Vec<Piece>,
    position: Vec<Piece>,
    /// Every head line, in order, as written.
    meta: Vec<(String, String)>,
    body: Vec<Node>,
}

/// What is wrong with a template, and where (line and column count from 1, columns in characters).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The name given to [`Template::parse`].
    pub source: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// What, for people.
    pub message: Message,
}

/// For logs and tests only.
impl fmt::Display for TemplateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.source, self.line, self.column, self.message)
    }
}

/// An answer to a hole.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To [`Hole::Figure`].
    Figure(Figure),
    /// To [`Hole::List`] and [`Hole::Split`].
    List(Vec<Item>),
    /// To [`Hole::Text`]: blocks, so that people may write items and tables too ([`prose`]).
    Text(Vec<Block>),
    /// To [`Hole::Field`].
    Field(String),
}

/// An item of a list: its fields by name.
pub type Item = BTreeMap<String, Value>;

/// A field of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number with its source.
    Figure(Figure),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}
impl From<Figure> for Value {
    fn from(figure: Figure) -> Value {
        Value::Figure(figure)
    }
}

/// What does not come from the template: head, recipients, who signs, properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// The head of the document.
    pub head: Head,
    /// Recipients; when empty, the template's `recipient` lines.
    pub recipients: Vec<String>,
    /// Who signs; when `None`, the template's `signature.*` lines without a name.
    pub signature: Option<Signature>,
    /// Properties; an empty `template` becomes the template's id.
    pub about: About,
}

/// Everything a template is filled with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// Head, recipients, signature, properties.
    pub frame: Frame,
    answers: BTreeMap<Hole, Answer>,
}

impl Answers {
    /// No answers yet.
    pub fn new(frame: Frame) -> Answers {
        Answers { frame, answers: BTreeMap::new() }
    }

    /// Answers a hole; a second answer replaces the first.
    pub fn insert(&mut self, hole: Hole, answer: Answer) {
        self.answers.insert(hole, answer);
    }

    /// The answer to a hole.
    pub fn get(&self, hole: &Hole) -> Option<&Answer> {
        self.answers.get(hole)
    }
}

impl Template {
    /// The template's id, such as `block-review`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A head line by its key, as written: `level`, `order`, `title.vi`…
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// The title in a language; the Vietnamese one, then the id, where there is none.
    pub fn title(&self, lang: Lang) -> &str {
        let key = match lang {
            Lang::Vi => "title.vi",
            Lang::En => "title.en",
        };
        self.meta(key).or_else(|| self.meta("title.vi")).unwrap_or(&self.id)
    }

    /// Every question of the template, each once, in a stable order.
    pub fn holes(&self) -> Vec<Hole> {
        let mut found = BTreeSet::new();
        let heads = [&self.kind, &self.extract, &self.authority, &self.position];
        heads.into_iter().chain(&self.recipients).for_each(|line| holes_of(line, &mut found));
        nodes_holes(&self.body, &mut found);
        found.into_iter().collect()
    }

    /// The fields that the template prints of a list's items (`symbol`, `day`…), over all its uses.
    pub fn item_fields(&self, hole: &Hole) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        nodes_fields(&self.body, hole, &mut found);
        found
    }
}

// ---------------------------------------------------------------------------------------------
// The parsed tree. Private: its shape is free to change.

/// A block of the body, or a control around blocks.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Heading(u8, Vec<Piece>),
    Paragraph(Vec<Piece>),
    Item(Vec<Piece>),
    Lines(u8),
    Caption(Vec<Piece>),
    Columns(Vec<ColumnHead>),
    Row(Vec<Vec<Piece>>),
    Text { name: String, hint: String, lines: u8, line: usize },
    If { condition: Condition, then: Vec<Node>, otherwise: Vec<Node> },
    Each { list: Hole, line: usize, body: Vec<Node>, otherwise: Vec<Node> },
}

#[derive(Debug, Clone, PartialEq)]
struct ColumnHead {
    head: Vec<Piece>,
    width: u16,
    numeric: bool,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Bold(Vec<Piece>),
    Italic(Vec<Piece>),
    Note(Vec<Piece>),
    /// A figure, field or narrative hole, with its line.
    Hole(Hole, usize),
    /// A list printed in the line.
    List {
        list: Hole,
        line: usize,
        pattern: Vec<Piece>,
        separator: String,
        last: String,
    },
    /// A field of the item that the surrounding loop or pattern is at.
    Field(String),
    If {
        condition: Condition,
        then: Vec<Piece>,
        otherwise: Vec<Piece>,
    },
    Each {
        list: Hole,
        line: usize,
        body: Vec<Piece>,
        otherwise: Vec<Piece>,
    },
}

/// What an `if` asks.
#[derive(Debug, Clone, PartialEq)]
struct Condition {
    negated: bool,
    test: Test,
    line: usize,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    /// A figure compared with a number.
    Compare(FigureHole, Comparison, Number),
    /// A figure has a value at all.
    Known(FigureHole),
    /// A list has items, a narrative has words, a field is not empty.
    Filled(Hole),
    /// A field of the item is not empty.
    Item(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

/// A written number: `digits / 10^places`, and whether a "%" followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    digits: i64,
    places: u32,
    percent: bool,
}

impl Test {
    fn hole(&self) -> Option<Hole> {
        match self {
            Test::Compare(figure, ..) | Test::Known(figure) => Some(Hole::Figure(figure.clone())),
            Test::Filled(hole) => Some(hole.clone()),
            Test::Item(_) => None,
        }
    }
}

fn holes_of(line: &[Piece], found: &mut impl Extend<Hole>) {
    for piece in line {
        match piece {
            Piece::Text(_) | Piece::Field(_) => {}
            Piece::Bold(inner) | Piece::Italic(inner) | Piece::Note(inner) => holes_of(inner, found),
            Piece::Hole(hole, _) => {
                found.extend([hole.clone()]);
            }
            Piece::List { list, pattern, .. } => {
                found.extend([list.clone()]);
                holes_of(pattern, found);
            }
            Piece::If { condition, then, otherwise } => {
                found.extend(condition.test.hole());
                holes_of(then, found);
                holes_of(otherwise, found);
            }
            Piece::Each { list, body, otherwise, .. } => {
                found.extend([list.clone()]);
                holes_of(body, found);
                holes_of(otherwise, found);
            }
        }
    }
}

fn nodes_holes(nodes: &[Node], found: &mut BTreeSet<Hole>) {
    for node in nodes {
        match node {
            Node::Heading(_, line) | Node::Paragraph(line) | Node::Item(line) | Node::Caption(line) => {
                holes_of(line, found);
            }
            Node::Columns(columns) => columns.iter().for_each(|c| holes_of(&c.head, found)),
            Node::Row(cells) => cells.iter().for_each(|cell| holes_of(cell, found)),
            Node::Text { name, .. } => {
                found.insert(Hole::Text(name.clone()));
            }
            Node::If { condition, then, otherwise } => {
                found.extend(condition.test.hole());
                nodes_holes(then, found);
                nodes_holes(otherwise, found);
            }
            Node::Each { list, body, otherwise, .. } => {
                found.insert(list.clone());
                nodes_holes(body, found);
                nodes_holes(otherwise, found);
            }
            Node::Lines(_) => {}
        }
    }
}

/// Fields printed inside the loops and patterns over `hole`. Fields of inner loops are counted for
/// the outer ones too: a field may be the outer item's.
fn nodes_fields(nodes: &[Node], hole: &Hole, found: &mut BTreeSet<String>) {
    let mut lines: Vec<&[Piece]> = Vec::new();
    for node in nodes {
        match node {
            Node::Heading(_, line) | Node::Paragraph(line) | Node::Item(line) | Node::Caption(line) => {
                lines.push(line);
            }
            Node::Columns(columns) => lines.extend(columns.iter().map(|c| c.head.as_slice())),
            Node::Row(cells) => lines.extend(cells.iter().map(Vec::as_slice)),
            Node::If { then, otherwise, .. } => {
                nodes_fields(then, hole, found);
                nodes_fields(otherwise, hole, found);
            }
            Node::Each { list, body, otherwise, .. } => {
                if list == hole {
                    all_fields(body, found);
                }
                nodes_fields(body, hole, found);
                nodes_fields(otherwise, hole, found);
            }
            Node::Text { .. } | Node::Lines(_) => {}
        }
    }
    lines.into_iter().for_each(|line| line_fields(line, hole, found));
}

fn line_fields(line: &[Piece], hole: &Hole, found: &mut BTreeSet<String>) {
    for piece in line {
        match piece {
            Piece::Bold(inner) | Piece::Italic(inner) | Piece::Note(inner) => line_fields(inner, hole, found),
            Piece::List { list, pattern, .. } if list == hole => pieces_fields(pattern, found),
            Piece::If { then, otherwise, .. } => {
                line_fields(then, hole, found);
                line_fields(otherwise, hole, found);
            }
            Piece::Each { list, body, otherwise, .. } => {
                if list == hole {
                    pieces_fields(body, found);
                }
                line_fields(body, hole, found);
                line_fields(otherwise, hole, found);
            }
            _ => {}
        }
    }
}

fn pieces_fields(line: &[Piece], found: &mut BTreeSet<String>) {
    for piece in line {
        match piece {
            Piece::Field(name) => {
                found.insert(name.clone());
            }
            Piece::Bold(inner) | Piece::Italic(inner) | Piece::Note(inner) => pieces_fields(inner, found),
            Piece::If { condition, then, otherwise } => {
                if let Test::Item(name) = &condition.test {
                    found.insert(name.clone());
                }
                pieces_fields(then, found);
                pieces_fields(otherwise, found);
            }
            Piece::Each { body, otherwise, .. } => {
                pieces_fields(body, found);
                pieces_fields(otherwise, found);
            }
            _ => {}
        }
    }
}

fn all_fields(nodes: &[Node], found: &mut BTreeSet<String>) {
    for node in nodes {
        match node {
            Node::Heading(_, line) | Node::Paragraph(line) | Node::Item(line) | Node::Caption(line) => {
                pieces_fields(line, found);
            }
            Node::Columns(columns) => columns.iter().for_each(|c| pieces_fields(&c.head, found)),
            Node::Row(cells) => cells.iter().for_each(|cell| pieces_fields(cell, found)),
            Node::If { condition, then, otherwise } => {
                if let Test::Item(name) = &condition.test {
                    found.insert(name.clone());
                }
                all_fields(then, found);
                all_fields(otherwise, found);
            }
            Node::Each { body, otherwise, .. } => {
                all_fields(body, found);
                all_fields(otherwise, found);
            }
            Node::Text { .. } | Node::Lines(_) => {}
        }
    }
}

/// The words of filled pieces, without marks, figures as shown, notes left out.
fn plain(line: &[Inline]) -> String {
    line.iter()
        .map(|piece| match piece {
            Inline::Text(t) | Inline::Bold(t) | Inline::Italic(t) => t.as_str(),
            Inline::Figure(figure) => &figure.shown,
            Inline::Blank => fill::BLANK,
            Inline::Note(_) => "",
        })
        .collect()
}
