//! Expressions as written, before they are checked. `Display` prints the language back:
//! [`crate::parse()`] of what is printed gives the same expression.

use crate::plan::{Agg, At, Op, Whose};
use crate::problem::Span;
use crate::when::{DayRef, When};
use std::fmt;

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// An expression and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `count(…)` and its like.
    Leaf(Box<LeafExpr>),
    /// `without(population, reached)`
    Without(Box<Expr>, Box<Expr>),
    /// `within(population, reached)`
    Within(Box<Expr>, Box<Expr>),
    /// `a + b` and its like.
    Binary(Arithmetic, Box<Expr>, Box<Expr>),
    /// `share(part, whole excluding excluded)`
    Share {
        /// The part.
        part: Box<Expr>,
        /// The whole.
        whole: Box<Expr>,
        /// Who is left out.
        excluded: Option<Box<Expr>>,
    },
    /// `previous(…)`
    Previous(Box<Expr>),
    /// A number: numerator, and a denominator of 1, 10 or 100.
    Number(i64, i64),
    /// Another indicator, by its id.
    Ref(String),
}

/// The four kinds of reckoning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `count(measure at end in 2024 per year where …)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafExpr {
    /// `count`, `people` …
    pub agg: Agg,
    /// The measure.
    pub measure: Word,
    /// `own`, `below`, with its place; `None` when not written.
    pub whose: Option<(Whose, Span)>,
    /// `at end`, `at start`, `during`, with its place; `None` when not written.
    pub at: Option<(At, Span)>,
    /// Its own period, with its place.
    pub when: (When, Span),
    /// `per year`, with its place.
    pub per_year: Option<Span>,
    /// `every year`, with its place.
    pub every_year: Option<Span>,
    /// `where …`
    pub condition: Option<CondExpr>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CondExpr {
    /// `a and b and c`; two at least.
    All(Vec<CondExpr>),
    /// `a or b or c`; two at least.
    Any(Vec<CondExpr>),
    /// `not a`
    Not(Box<CondExpr>),
    /// `dim = value`
    Compare(Word, Op, Lit),
    /// `dim in (value, …)`; one at least.
    In(Word, Vec<Lit>),
    /// `dim is known` or `dim is unknown`
    Known(Word, bool),
    /// `dim` alone: a flag that is set.
    Flag(Word),
}

/// A value in a condition and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lit {
    /// The value.
    pub value: LitValue,
    /// Where it stands.
    pub span: Span,
}

/// A value in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LitValue {
    /// `"organisation"`
    Text(String),
    /// `12`
    Int(i64),
    /// `true`, `false`
    Flag(bool),
    /// `2024-01-16`, `report_day`
    Day(DayRef),
}

impl Agg {
    /// The word of the language.
    pub fn word(self) -> &'static str {
        match self {
            Agg::Count => "count",
            Agg::Rows => "rows",
            Agg::People => "people",
            Agg::Units => "units",
            Agg::Sum => "sum",
            Agg::Max => "max",
            Agg::Min => "min",
        }
    }

    /// The one of that word.
    pub fn from_word(word: &str) -> Option<Agg> {
        [Agg::Count, Agg::Rows, Agg::People, Agg::Units, Agg::Sum, Agg::Max, Agg::Min]
            .into_iter()
            .find(|agg| agg.word() == word)
    }
}

impl Op {
    /// The sign; the same in the language and in SQL, but for `!=` (there `<>`).
    pub fn sign(self) -> &'static str {
        match self {
            Op::Eq => "=",
            Op::Ne => "!=",
            Op::Lt => "<",
            Op::Le => "<=",
            Op::Gt => ">",
            Op::Ge => ">=",
        }
    }
}

impl Arithmetic {
    fn sign(self) -> char {
        match self {
            Arithmetic::Add => '+',
            Arithmetic::Subtract => '-',
            Arithmetic::Multiply => '*',
            Arithmetic::Divide => '/',
        }
    }

    fn binds(self) -> u8 {
        match self {
            Arithmetic::Add | Arithmetic::Subtract => 1,
            Arithmetic::Multiply | Arithmetic::Divide => 2,
        }
    }
}

impl Expr {
    fn binds(&self) -> u8 {
        match &self.node {
            Node::Binary(op, ..) => op.binds(),
            _ => 3,
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Leaf(leaf) => leaf.fmt(f),
            Node::Without(population, reached) => write!(f, "without({population}, {reached})"),
            Node::Within(population, reached) => write!(f, "within({population}, {reached})"),
            Node::Binary(op, a, b) => {
                // The left one may bind as tightly, the right one must bind tighter: 1 - (2 - 3).
                let parens = |f: &mut fmt::Formatter<'_>, e: &Expr, open: bool| {
                    if open { write!(f, "({e})") } else { e.fmt(f) }
                };
                parens(f, a, a.binds() < op.binds())?;
                write!(f, " {} ", op.sign())?;
                parens(f, b, b.binds() <= op.binds())
            }
            Node::Share { part, whole, excluded: None } => write!(f, "share({part}, {whole})"),
            Node::Share { part, whole, excluded: Some(e) } => {
                write!(f, "share({part}, {whole} excluding {e})")
            }
            Node::Previous(e) => write!(f, "previous({e})"),
            Node::Number(n, 1) => write!(f, "{n}"),
            Node::Number(n, 10) => write!(f, "{}.{}", n / 10, n % 10),
            Node::Number(n, _) => write!(f, "{}.{:02}", n / 100, n % 100),
            Node::Ref(id) => f.write_str(id),
        }
    }
}

impl fmt::Display for LeafExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}", self.agg.word(), self.measure.text)?;
        match self.whose {
            Some((Whose::Own, _)) => f.write_str(" own")?,
            Some((Whose::Below, _)) => f.write_str(" below")?,
            Some((Whose::All, _)) | None => {}
        }
        match self.at {
            None => {}
            Some((At::During, _)) => f.write_str(" during")?,
            Some((At::Start, _)) => f.write_str(" at start")?,
            Some((At::End, _)) => f.write_str(" at end")?,
        }
        if self.when.0 != When::Asked {
            write!(f, " {}", self.when.0)?;
        }
        if self.per_year.is_some() {
            f.write_str(" per year")?;
        }
        if self.every_year.is_some() {
            f.write_str(" every year")?;
        }
        if let Some(condition) = &self.condition {
            write!(f, " where {condition}")?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for CondExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |f: &mut fmt::Formatter<'_>, parts: &[CondExpr], word: &str| {
            for (i, part) in parts.iter().enumerate() {
                if i > 0 {
                    write!(f, " {word} ")?;
                }
                // Only `and` inside `or` stands without brackets.
                let bare = match part {
                    CondExpr::Any(_) => false,
                    CondExpr::All(_) => word == "or",
                    _ => true,
                };
                if bare { part.fmt(f)? } else { write!(f, "({part})")? }
            }
            Ok(())
        };
        match self {
            CondExpr::All(parts) => join(f, parts, "and"),
            CondExpr::Any(parts) => join(f, parts, "or"),
            CondExpr::Not(c) if matches!(**c, CondExpr::All(_) | CondExpr::Any(_)) => write!(f, "not ({c})"),
            CondExpr::Not(c) => write!(f, "not {c}"),
            CondExpr::Compare(dim, op, value) => write!(f, "{} {} {value}", dim.text, op.sign()),
            CondExpr::In(dim, values) => {
                write!(f, "{} in (", dim.text)?;
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    value.fmt(f)?;
                }
                f.write_str(")")
            }
            CondExpr::Known(dim, known) => {
                write!(f, "{} is {}", dim.text, if *known { "known" } else { "unknown" })
            }
            CondExpr::Flag(dim) => f.write_str(&dim.text),
        }
    }
}

impl fmt::Display for Lit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            LitValue::Text(text) => {
                f.write_str("\"")?;
                for c in text.chars() {
                    if matches!(c, '"' | '“' | '”' | '\\') {
                        f.write_str("\\")?;
                    }
                    write!(f, "{c}")?;
                }
                f.write_str("\"")
            }
            LitValue::Int(n) => write!(f, "{n}"),
            LitValue::Flag(flag) => write!(f, "{flag}"),
            LitValue::Day(day) => day.fmt(f),
        }
    }
}
