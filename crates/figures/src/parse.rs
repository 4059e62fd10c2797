//! From text to [`Expr`]. Stops at the first thing that is no expression and points at it.

use crate::ast::{Arithmetic, CondExpr, Expr, LeafExpr, Lit, LitValue, Node, Word};
use crate::lex::{RESERVED, Token, lex};
use crate::plan::{Agg, At, Whose};
use crate::problem::{Problem, Span, nearest, short};
use crate::when::{DayRef, Edge, When};
use domain::Message;

/// The longest expression, in bytes.
pub const MAX_TEXT: usize = 4000;
/// How deep brackets may stand in brackets; keeps the stack small whatever is typed.
const MAX_DEPTH: usize = 24;
/// How many parts an expression may have, values of conditions included.
const MAX_PARTS: usize = 200;
/// How many times it may add, subtract, multiply or divide: a chain of `+` is as deep as it is long.
const MAX_OPERATIONS: usize = 60;

const CALLS: &[&str] =
    &["count", "rows", "people", "units", "sum", "max", "min", "without", "within", "share", "previous"];
const CLAUSES: &[&str] = &["where", "own", "below", "at", "during", "in", "to", "per", "every"];

/// Reads an expression.
pub fn parse(text: &str) -> Result<Expr, Problem> {
    if text.len() > MAX_TEXT {
        let span = Span { from: MAX_TEXT, to: text.len() };
        return Err(Problem::new(span, Message::new("figures-too-long").with("most", MAX_TEXT)));
    }
    let mut parser = Parser { tokens: lex(text)?, at: 0, depth: 0, parts: 0, operations: 0 };
    let expr = parser.expr()?;
    match parser.peek() {
        Token::End => Ok(expr),
        _ => Err(parser.unexpected("figures-expected-operator")),
    }
}

struct Parser {
    /// Ends with [`Token::End`], which is never passed.
    tokens: Vec<(Token, Span)>,
    at: usize,
    depth: usize,
    parts: usize,
    operations: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn span(&self) -> Span {
        self.tokens[self.at].1
    }

    /// The place of the token just passed.
    fn last(&self) -> Span {
        self.tokens[self.at.saturating_sub(1)].1
    }

    fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn take(&mut self, token: &Token) -> bool {
        let there = self.peek() == token;
        if there {
            self.next();
        }
        there
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Word(w) if w == word)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        if there {
            self.next();
        }
        there
    }

    fn expect(&mut self, token: &Token, key: &'static str) -> Result<(), Problem> {
        if self.take(token) { Ok(()) } else { Err(self.unexpected(key)) }
    }

    fn expect_word(&mut self, word: &'static str) -> Result<(), Problem> {
        if self.take_word(word) {
            return Ok(());
        }
        Err(Problem::new(self.span(), Message::new("figures-expected-word").with("word", word))
            .hint(self.found_hint()))
    }

    /// What stands here, as it was written.
    fn found(&self) -> String {
        match self.peek() {
            Token::Word(w) => w.clone(),
            Token::Number(n, 1) => n.to_string(),
            Token::Number(n, scale) => Node::Number(*n, *scale).shown(),
            Token::Day(day) => day.to_string(),
            Token::Text(t) => format!("\"{t}\""),
            Token::Open => "(".to_owned(),
            Token::Close => ")".to_owned(),
            Token::Comma => ",".to_owned(),
            Token::Plus => "+".to_owned(),
            Token::Minus => "-".to_owned(),
            Token::Star => "*".to_owned(),
            Token::Slash => "/".to_owned(),
            Token::To => "..".to_owned(),
            Token::Op(op) => op.sign().to_owned(),
            Token::End => String::new(),
        }
    }

    /// What should stand here; the hint says what does.
    fn unexpected(&self, key: &'static str) -> Problem {
        Problem::new(self.span(), Message::new(key)).hint(self.found_hint())
    }

    fn found_hint(&self) -> Message {
        match self.peek() {
            Token::End => Message::new("figures-ends-early"),
            _ => Message::new("figures-found").with("found", short(&self.found())),
        }
    }

    /// One bracket deeper, and one part more.
    fn enter(&mut self) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Problem::new(self.span(), Message::new("figures-too-deep").with("most", MAX_DEPTH)));
        }
        self.part()
    }

    fn part(&mut self) -> Result<(), Problem> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Err(Problem::new(self.span(), Message::new("figures-too-many").with("most", MAX_PARTS)));
        }
        Ok(())
    }

    /// Passes the sign of an operation.
    fn operation(&mut self) -> Result<(), Problem> {
        self.operations += 1;
        if self.operations > MAX_OPERATIONS {
            let message = Message::new("figures-too-many-operations").with("most", MAX_OPERATIONS);
            return Err(Problem::new(self.span(), message));
        }
        self.next();
        Ok(())
    }

    fn expr(&mut self) -> Result<Expr, Problem> {
        self.enter()?;
        let mut left = self.term()?;
        loop {
            let op = match self.peek() {
                Token::Plus => Arithmetic::Add,
                Token::Minus => Arithmetic::Subtract,
                _ => break,
            };
            self.operation()?;
            left = binary(op, left, self.term()?);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn term(&mut self) -> Result<Expr, Problem> {
        let mut left = self.factor()?;
        loop {
            let op = match self.peek() {
                Token::Star => Arithmetic::Multiply,
                Token::Slash => Arithmetic::Divide,
                _ => return Ok(left),
            };
            self.operation()?;
            left = binary(op, left, self.factor()?);
        }
    }

    fn factor(&mut self) -> Result<Expr, Problem> {
        self.part()?;
        let from = self.span();
        let node = match self.peek().clone() {
            Token::Number(n, scale) => {
                self.next();
                Node::Number(n, scale)
            }
            Token::Open => {
                self.next();
                let inner = self.expr()?;
                self.expect(&Token::Close, "figures-expected-close")?;
                return Ok(Expr { node: inner.node, span: from.to(self.last()) });
            }
            Token::Word(word) => {
                self.next();
                if self.take(&Token::Open) { self.call(&word, from)? } else { reference(word, from)? }
            }
            _ => return Err(self.unexpected("figures-expected-expression")),
        };
        Ok(Expr { node, span: from.to(self.last()) })
    }

    /// What stands in the brackets after `word`, and the closing one.
    fn call(&mut self, word: &str, span: Span) -> Result<Node, Problem> {
        let node = match word {
            "without" | "within" => {
                let population = Box::new(self.expr()?);
                self.expect(&Token::Comma, "figures-expected-comma")?;
                let reached = Box::new(self.expr()?);
                if word == "within" {
                    Node::Within(population, reached)
                } else {
                    Node::Without(population, reached)
                }
            }
            "share" => {
                let part = Box::new(self.expr()?);
                self.expect(&Token::Comma, "figures-expected-comma")?;
                let whole = Box::new(self.expr()?);
                let excluded = if self.take_word("excluding") { Some(Box::new(self.expr()?)) } else { None };
                Node::Share { part, whole, excluded }
            }
            "previous" => Node::Previous(Box::new(self.expr()?)),
            _ => match Agg::from_word(word) {
                Some(agg) => Node::Leaf(Box::new(self.leaf(agg)?)),
                None => {
                    let message = Message::new("figures-unknown-function").with("name", word);
                    return Err(Problem::new(span, message).nearest(word, CALLS.iter().copied()));
                }
            },
        };
        self.expect(&Token::Close, "figures-expected-close")?;
        Ok(node)
    }

    fn leaf(&mut self, agg: Agg) -> Result<LeafExpr, Problem> {
        let mut measure = self.name("figures-expected-measure")?;
        // `sum(gift.amount)` may be written for `sum(gift)`: nothing else can be summed.
        if matches!(agg, Agg::Sum | Agg::Max | Agg::Min)
            && let Some(name) = measure.text.strip_suffix(".amount")
        {
            measure.text = name.to_owned();
        }
        let asked = (When::Asked, Span::default());
        let mut leaf = LeafExpr {
            agg,
            measure,
            whose: None,
            at: None,
            when: asked,
            per_year: None,
            every_year: None,
            condition: None,
        };
        loop {
            let Token::Word(word) = self.peek().clone() else {
                let done = matches!(self.peek(), Token::Close | Token::End);
                return if done { Ok(leaf) } else { Err(self.unexpected("figures-expected-clause")) };
            };
            let from = self.span();
            let twice = |parser: &Parser, already: bool| {
                let span = from.to(parser.last());
                if already {
                    Err(Problem::new(span, Message::new("figures-clause-twice").with("word", &word)))
                } else {
                    Ok(span)
                }
            };
            match word.as_str() {
                "where" => {
                    self.next();
                    twice(self, leaf.condition.is_some())?;
                    leaf.condition = Some(self.condition()?);
                }
                "own" | "below" => {
                    self.next();
                    let whose = if word == "own" { Whose::Own } else { Whose::Below };
                    leaf.whose = Some((whose, twice(self, leaf.whose.is_some())?));
                }
                "at" | "during" => {
                    self.next();
                    let at = if word == "during" {
                        At::During
                    } else if self.take_word("end") {
                        At::End
                    } else if self.take_word("start") {
                        At::Start
                    } else {
                        return Err(self.unexpected("figures-expected-at"));
                    };
                    leaf.at = Some((at, twice(self, leaf.at.is_some())?));
                }
                "in" | "to" => {
                    self.next();
                    let when = if word == "to" {
                        When::Between(Edge::Day(DayRef::Start), self.edge()?)
                    } else {
                        self.period()?
                    };
                    let span = twice(self, leaf.when.0 != When::Asked)?;
                    check_order(&when, span)?;
                    leaf.when = (when, span);
                }
                "per" => {
                    self.next();
                    self.expect_word("year")?;
                    leaf.per_year = Some(twice(self, leaf.per_year.is_some())?);
                }
                "every" => {
                    self.next();
                    self.expect_word("year")?;
                    leaf.every_year = Some(twice(self, leaf.every_year.is_some())?);
                }
                _ => {
                    return Err(self
                        .unexpected("figures-expected-clause")
                        .nearest(&word, CLAUSES.iter().copied()));
                }
            }
        }
    }

    /// A name that is no word of the language.
    fn name(&mut self, key: &'static str) -> Result<Word, Problem> {
        match self.peek().clone() {
            Token::Word(text) if !RESERVED.contains(&text.as_str()) => {
                let (_, span) = self.next();
                Ok(Word { text, span })
            }
            _ => Err(self.unexpected(key)),
        }
    }

    /// What follows `in`.
    fn period(&mut self) -> Result<When, Problem> {
        if self.take_word("last") {
            return match self.next() {
                (Token::Number(n, 1), _) if (1..=100).contains(&n) => {
                    if !self.take_word("year") {
                        self.expect_word("years")?;
                    }
                    Ok(When::LastYears(u32::try_from(n).unwrap_or(1)))
                }
                (_, span) => Err(Problem::new(span, Message::new("figures-last-years"))),
            };
        }
        let from = self.edge()?;
        let to = if self.take(&Token::To) { self.edge()? } else { from };
        Ok(When::Between(from, to))
    }

    fn edge(&mut self) -> Result<Edge, Problem> {
        let edge = match self.peek() {
            Token::Number(year @ 1900..=2200, 1) => Edge::Year(i32::try_from(*year).unwrap_or(1900)),
            Token::Day(day) => Edge::Day(DayRef::Fixed(*day)),
            Token::Word(word) => match DayRef::from_word(word) {
                Some(day) => Edge::Day(day),
                None => {
                    let known = ["start", "report_day", "period_start", "period_end", "last"];
                    return Err(self.unexpected("figures-expected-day").nearest(word, known));
                }
            },
            _ => return Err(self.unexpected("figures-expected-day")),
        };
        self.next();
        Ok(edge)
    }

    fn condition(&mut self) -> Result<CondExpr, Problem> {
        self.enter()?;
        let mut parts = vec![self.all()?];
        while self.take_word("or") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(one_or(parts, CondExpr::Any))
    }

    fn all(&mut self) -> Result<CondExpr, Problem> {
        let mut parts = vec![self.not()?];
        while self.take_word("and") {
            parts.push(self.not()?);
        }
        Ok(one_or(parts, CondExpr::All))
    }

    fn not(&mut self) -> Result<CondExpr, Problem> {
        self.part()?;
        if self.take_word("not") {
            self.enter()?;
            let inner = self.not()?;
            self.depth -= 1;
            return Ok(CondExpr::Not(Box::new(inner)));
        }
        if self.take(&Token::Open) {
            let inner = self.condition()?;
            self.expect(&Token::Close, "figures-expected-close")?;
            return Ok(inner);
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<CondExpr, Problem> {
        let dim = self.name("figures-expected-dim")?;
        match self.peek().clone() {
            Token::Op(op) => {
                self.next();
                Ok(CondExpr::Compare(dim, op, self.literal()?))
            }
            Token::Word(word) if word == "is" => {
                self.next();
                let known = self.is_word("known");
                if !known && !self.is_word("unknown") {
                    return Err(self.unexpected("figures-expected-known"));
                }
                self.next();
                Ok(CondExpr::Known(dim, known))
            }
            // `flag in 2024` is a flag and then a period; only a bracket makes it a list.
            Token::Word(word)
                if word == "in" && self.tokens.get(self.at + 1).is_some_and(|t| t.0 == Token::Open) =>
            {
                self.next();
                self.next();
                let mut values = vec![self.literal()?];
                while self.take(&Token::Comma) {
                    values.push(self.literal()?);
                }
                self.expect(&Token::Close, "figures-expected-close")?;
                Ok(CondExpr::In(dim, values))
            }
            _ => Ok(CondExpr::Flag(dim)),
        }
    }

    fn literal(&mut self) -> Result<Lit, Problem> {
        self.part()?;
        let value = match self.peek() {
            Token::Text(text) => LitValue::Text(text.clone()),
            Token::Number(n, 1) => LitValue::Int(*n),
            Token::Day(day) => LitValue::Day(DayRef::Fixed(*day)),
            Token::Word(word) => match (word.as_str(), DayRef::from_word(word)) {
                (_, Some(day)) => LitValue::Day(day),
                ("true", _) => LitValue::Flag(true),
                ("false", _) => LitValue::Flag(false),
                (word, _) => {
                    let hint = Message::new("figures-put-in-quotes").with("text", word);
                    return Err(self.unexpected("figures-expected-value").hint(hint));
                }
            },
            _ => return Err(self.unexpected("figures-expected-value")),
        };
        let (_, span) = self.next();
        Ok(Lit { value, span })
    }
}

impl Node {
    fn shown(self) -> String {
        Expr { node: self, span: Span::default() }.to_string()
    }
}

fn binary(op: Arithmetic, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { node: Node::Binary(op, Box::new(left), Box::new(right)), span }
}

fn one_or(mut parts: Vec<CondExpr>, many: impl Fn(Vec<CondExpr>) -> CondExpr) -> CondExpr {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            many(parts)
        }
    }
}

/// A word without brackets: another indicator, whose id has a dot.
fn reference(word: String, span: Span) -> Result<Node, Problem> {
    if is_id(&word) {
        return Ok(Node::Ref(word));
    }
    let hint = match nearest(&word, CALLS.iter().copied()) {
        Some(call) => Message::new("figures-did-you-mean").with("suggestion", format!("{call}(…)")),
        None => Message::new("figures-word-alone-hint").with("word", &word),
    };
    Err(Problem::new(span, Message::new("figures-word-alone").with("word", &word)).hint(hint))
}

/// Dotted lower-case words: `study.attended`.
pub(crate) fn is_id(text: &str) -> bool {
    text.contains('.') && text.len() <= 80 && text.split('.').all(is_name)
}

/// A lower-case word.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Refuses a period that ends before it begins, where that can be seen.
fn check_order(when: &When, span: Span) -> Result<(), Problem> {
    let When::Between(from, to) = when else { return Ok(()) };
    let first = |edge: &Edge| match edge {
        Edge::Year(y) => Some(domain::Period::year(*y)),
        Edge::Day(DayRef::Fixed(day)) => domain::Period::new(*day, *day).ok(),
        Edge::Day(_) => None,
    };
    match (first(from), first(to)) {
        (Some(a), Some(b)) if b.to() < a.from() => {
            let message = Message::new("figures-period-backwards");
            Err(Problem::new(span, message.with("from", from.to_string()).with("to", to.to_string())))
        }
        _ => Ok(()),
    }
}
