//! One `[[indicator]]` of a catalogue file, read field by field so that every problem is told.

use super::{Format, Indicator, MAX_FILE, TOPICS, Words};
use crate::ast::Expr;
use crate::measure::Measure;
use crate::parse;
use crate::parse::is_id;
use crate::plan::Plan;
use crate::problem::{Problem, Span};
use domain::{Day, Message};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const FIELDS: &[&str] =
    &["id", "version", "label", "unit", "format", "expr", "from", "to", "note", "topic", "returns"];
/// The longest label or note, in bytes.
const MAX_WORDS: usize = 2_000;

/// What could be read of an indicator. A field that is `None` though it is needed has its problem told.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) id_span: Span,
    pub(super) version: u32,
    pub(super) format: Option<Format>,
    pub(super) format_span: Span,
    pub(super) expr: Option<Expr>,
    pub(super) from: Option<Day>,
    pub(super) to: Option<Day>,
    pub(super) source: String,
    text: String,
    /// Where the text of the expression stands in the file; `None` when it has escapes.
    text_at: Option<usize>,
    text_span: Span,
    label: Option<Words>,
    unit: Option<Words>,
    note: Option<Words>,
    topic: Option<&'static str>,
    returns: Vec<&'static str>,
}

impl Entry {
    pub(super) fn problem(&self, span: Span, message: Message) -> Problem {
        Problem {
            source: self.source.clone(),
            indicator: Some(self.id.clone()),
            ..Problem::new(span, message)
        }
    }

    /// A place in the expression, as a place in the file.
    pub(super) fn place(&self, span: Span) -> Span {
        match self.text_at {
            Some(at) => Span { from: at + span.from, to: at + span.to },
            None => self.text_span,
        }
    }

    /// A problem of the expression, as a problem of the file.
    pub(super) fn expression_problem(&self, problem: Problem) -> Problem {
        Problem { hint: problem.hint, ..self.problem(self.place(problem.span), problem.message) }
    }

    /// The indicator, when every field it needs is there.
    pub(super) fn indicator(&self, plan: Arc<Plan>) -> Option<Indicator> {
        let returns = if self.returns.is_empty() { plan.returns() } else { self.returns.clone() };
        Some(Indicator {
            id: self.id.clone(),
            version: self.version,
            label: self.label.clone()?,
            unit: self.unit.clone()?,
            format: self.format?,
            expr: self.text.clone(),
            plan,
            from: self.from,
            to: self.to,
            note: self.note.clone(),
            topic: self.topic,
            returns,
            source: self.source.clone(),
        })
    }
}

/// Reads one file.
pub(super) fn read(
    source: &str,
    text: &str,
    measures: &[&'static Measure],
    entries: &mut Vec<Entry>,
    problems: &mut Vec<Problem>,
) {
    let mut say = |span: Span, message: Message| {
        problems.push(Problem { source: source.to_owned(), ..Problem::new(span, message) });
    };
    if text.len() > MAX_FILE {
        say(Span::default(), Message::new("figures-file-large").with("most", MAX_FILE));
        return;
    }
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let at = span(error.span().unwrap_or_default());
            say(at, Message::new("figures-toml").with("text", error.message()));
            return;
        }
    };
    let mut list = None;
    for (key, value) in &table {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("indicator", DeValue::Array(array)) => list = Some(array),
            (other, _) => say(span(key.span()), Message::new("figures-toml-top").with("name", other)),
        }
    }
    for item in list.into_iter().flat_map(|array| array.iter()) {
        match item.get_ref() {
            DeValue::Table(table) => {
                let reader = Reader { source, file: text, table, id: None, problems };
                if let Some(entry) = reader.entry(span(item.span()), measures) {
                    entries.push(entry);
                }
            }
            _ => {
                let message = Message::new("figures-toml-top").with("name", "indicator");
                problems
                    .push(Problem { source: source.to_owned(), ..Problem::new(span(item.span()), message) });
            }
        }
    }
}

struct Reader<'r, 'i> {
    source: &'r str,
    file: &'r str,
    table: &'r DeTable<'i>,
    id: Option<String>,
    problems: &'r mut Vec<Problem>,
}

impl<'r, 'i> Reader<'r, 'i> {
    fn say(&mut self, problem: Problem) {
        self.problems.push(Problem { source: self.source.to_owned(), indicator: self.id.clone(), ..problem });
    }

    fn wrong(&mut self, at: Span, key: &'static str, field: &str) {
        self.say(Problem::new(at, Message::new(key).with("field", field)));
    }

    fn field(&self, name: &str) -> Option<&'r Spanned<DeValue<'i>>> {
        self.table.iter().find(|(key, _)| key.get_ref().as_ref() == name).map(|(_, value)| value)
    }

    /// A text and its place; `None` when the field is not there or is no text.
    fn text(&mut self, name: &str) -> Option<(&'r str, Span)> {
        let value = self.field(name)?;
        match value.get_ref() {
            DeValue::String(text) => Some((text, span(value.span()))),
            _ => {
                self.wrong(span(value.span()), "figures-field-text", name);
                None
            }
        }
    }

    /// `None` when there is no id or expression to go on with; the problem is told.
    fn entry(mut self, at: Span, measures: &[&'static Measure]) -> Option<Entry> {
        // The place of the whole table may be long; its first line is enough.
        let head = Span { from: at.from, to: at.from + self.file.get(at.from..).map_or(0, first_line) };
        let id = self.text("id");
        self.id = id.map(|(id, _)| id.to_owned());
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !FIELDS.contains(&name) {
                let message = Message::new("figures-unknown-field").with("field", name);
                self.say(Problem::new(span(key.span()), message).nearest(name, FIELDS.iter().copied()));
            }
        }
        for name in ["id", "version", "label", "unit", "format", "expr"] {
            if self.field(name).is_none() {
                self.wrong(head, "figures-field-missing", name);
            }
        }
        if let Some((id, at)) = id.filter(|(id, _)| !is_id(id)) {
            self.say(Problem::new(at, Message::new("figures-id").with("id", id)));
        }
        let version = self.version();
        let (label, unit, note) = (self.words("label"), self.words("unit"), self.words("note"));
        let format = self.one_of("format", &["count", "padded", "money", "percent"]);
        let topic = self.one_of("topic", TOPICS).map(|(topic, _)| topic);
        let (from, to) = (self.day("from"), self.day("to"));
        if let (Some((from, _)), Some((to, at))) = (from, to)
            && to < from
        {
            self.wrong(at, "figures-field-backwards", "to");
        }
        let returns = self.returns(measures);
        let (id, id_span) = id?;
        let (text, text_span) = self.text("expr")?;
        let raw = self.file.get(text_span.from..text_span.to).unwrap_or("");
        let mut entry = Entry {
            id: id.to_owned(),
            id_span,
            version: version.unwrap_or(1),
            format: format.map(|(word, _)| match word {
                "padded" => Format::Padded,
                "money" => Format::Money,
                "percent" => Format::Percent,
                _ => Format::Count,
            }),
            format_span: format.map(|(_, at)| at).unwrap_or_default(),
            expr: None,
            from: from.map(|(day, _)| day),
            to: to.map(|(day, _)| day),
            source: self.source.to_owned(),
            text: text.to_owned(),
            text_at: raw.find(text).map(|i| text_span.from + i),
            text_span,
            label,
            unit,
            note,
            topic,
            returns,
        };
        match parse(text) {
            Ok(expr) => entry.expr = Some(expr),
            Err(problem) => {
                let problem = entry.expression_problem(problem);
                self.say(problem);
            }
        }
        Some(entry)
    }

    fn version(&mut self) -> Option<u32> {
        let value = self.field("version")?;
        let number = match value.get_ref() {
            DeValue::Integer(n) if n.radix() == 10 => n.as_str().parse().ok(),
            _ => None,
        };
        let version = number.filter(|n| (1..=9999).contains(n));
        if version.is_none() {
            self.wrong(span(value.span()), "figures-field-version", "version");
        }
        version
    }

    fn words(&mut self, name: &str) -> Option<Words> {
        let value = self.field(name)?;
        let at = span(value.span());
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(at, "figures-field-words", name);
            return None;
        };
        let (mut vi, mut en) = (None, None);
        for (key, value) in table {
            let slot = match key.get_ref().as_ref() {
                "vi" => &mut vi,
                "en" => &mut en,
                other => {
                    let field = format!("{name}.{other}");
                    self.wrong(span(key.span()), "figures-unknown-field", &field);
                    continue;
                }
            };
            match value.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() && text.len() <= MAX_WORDS => {
                    *slot = Some(domain::text::tidy(text));
                }
                _ => self.wrong(span(value.span()), "figures-field-words", name),
            }
        }
        if (vi.is_none() || en.is_none()) && table.len() < 2 {
            self.wrong(at, "figures-field-words", name);
        }
        Some(Words { vi: vi?, en: en? })
    }

    fn one_of(&mut self, name: &str, known: &[&'static str]) -> Option<(&'static str, Span)> {
        let (text, at) = self.text(name)?;
        let found = known.iter().find(|k| **k == text);
        if found.is_none() {
            let message = Message::new("figures-field-choice").with("field", name).with("value", text);
            let mut problem = Problem::new(at, message).nearest(text, known.iter().copied());
            if problem.hint.is_none() {
                problem = problem.hint(Message::new("figures-one-of").with("list", known.join(", ")));
            }
            self.say(problem);
        }
        found.map(|k| (*k, at))
    }

    /// A day of TOML (`2026-01-01`) or a text that is a day.
    fn day(&mut self, name: &str) -> Option<(Day, Span)> {
        let value = self.field(name)?;
        let at = span(value.span());
        let day = match value.get_ref() {
            DeValue::Datetime(d) if d.time.is_none() => d
                .date
                .and_then(|d| Day::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day))),
            DeValue::String(text) => domain::parse_day(text),
            _ => None,
        };
        if day.is_none() {
            self.wrong(at, "figures-field-day", name);
        }
        day.map(|day| (day, at))
    }

    /// `returns`: one kind of record or several, each one that some measure returns.
    fn returns(&mut self, measures: &[&'static Measure]) -> Vec<&'static str> {
        let Some(value) = self.field("returns") else { return Vec::new() };
        let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut returns = Vec::new();
        for item in items {
            let at = span(item.span());
            let DeValue::String(text) = item.get_ref() else {
                self.wrong(at, "figures-field-text", "returns");
                continue;
            };
            match measures.iter().find(|m| m.returns == text.as_ref()) {
                Some(m) => returns.push(m.returns),
                None => {
                    let message = Message::new("figures-field-choice");
                    let message = message.with("field", "returns").with("value", text.as_ref());
                    let problem = Problem::new(at, message);
                    self.say(problem.nearest(text, measures.iter().map(|m| m.returns)));
                }
            }
        }
        returns
    }
}

fn span(range: Range<usize>) -> Span {
    Span { from: range.start, to: range.end }
}

fn first_line(text: &str) -> usize {
    text.find(['\r', '\n']).unwrap_or(text.len())
}
