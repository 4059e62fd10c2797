//! Filling: template and answers become a document. Never fails and never prints a doubtful
//! number: what is missing is printed as "……" and told.

use super::{
    Answer, Answers, Comparison, Condition, Hole, Item, Node, Number, Piece, Template, Test, Value, plain,
};
use crate::model::{Block, Column, Document, Figure, Inline, Signature, Table};

/// What stands where an answer is missing.
pub const BLANK: &str = "……";
/// The most blocks of a document, and the most pieces printed by loops: nested loops multiply.
const BUDGET: usize = 50_000;

/// How to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FillMode {
    /// With the answers; what is missing is told.
    Report,
    /// As a form to fill by hand: "……" for every hole, lines of dots for narrative, each loop once.
    BlankForm,
}

/// A filled template.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The document.
    pub document: Document,
    /// The holes that had no fitting answer, in reading order, each once.
    pub missing: Vec<Missing>,
}

/// A hole without a fitting answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The question.
    pub hole: Hole,
    /// The template's line; 0 for its head.
    pub line: usize,
}

/// Fills a template.
pub fn fill(template: &Template, answers: &Answers, mode: FillMode) -> Filled {
    let mut filler = Filler::new(answers, mode);
    let kind = plain(&filler.line(&template.kind));
    let extract = plain(&filler.line(&template.extract));
    let blocks = filler.blocks(&template.body);
    let frame = &answers.frame;
    let recipients = if frame.recipients.is_empty() {
        template.recipients.iter().map(|line| plain(&filler.line(line))).collect()
    } else {
        frame.recipients.clone()
    };
    let signature = frame.signature.clone().or_else(|| {
        let authority = plain(&filler.line(&template.authority));
        let position = plain(&filler.line(&template.position));
        let signs = !authority.is_empty() || !position.is_empty();
        signs.then(|| Signature { authority, position, name: String::new() })
    });
    let mut about = frame.about.clone();
    if about.template.is_empty() {
        about.template.clone_from(&template.id);
    }
    let document = Document { head: frame.head.clone(), kind, extract, blocks, recipients, signature, about };
    Filled { document, missing: filler.missing }
}

/// Fills the body alone: for [`Template::fragment`].
pub fn fill_blocks(template: &Template, answers: &Answers, mode: FillMode) -> (Vec<Block>, Vec<Missing>) {
    let mut filler = Filler::new(answers, mode);
    let blocks = filler.blocks(&template.body);
    (blocks, filler.missing)
}

/// Plain text that people wrote, as blocks: a paragraph a line, "- " begins an item. Nothing in it
/// is a mark or a hole; for figures in it see [`super::narrative`], for all of the language [`Template::fragment`].
pub fn prose(text: &str) -> Vec<Block> {
    text.lines().filter_map(|line| prose_block(line, |words| vec![Inline::Text(words.to_owned())])).collect()
}

/// One written line as a block; nothing for an empty one.
pub(super) fn prose_block(line: &str, pieces: impl FnOnce(&str) -> Vec<Inline>) -> Option<Block> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    Some(match line.strip_prefix("- ").or_else(|| line.strip_prefix("– ")) {
        Some(item) => Block::Item(pieces(item.trim())),
        None => Block::Paragraph(pieces(line)),
    })
}

/// A list as it is at one place of the template: its items, or the one blank item of a form.
enum Items<'a> {
    Known(&'a [Item]),
    BlankOnce,
    Missing,
}

struct Filler<'a> {
    answers: &'a Answers,
    mode: FillMode,
    missing: Vec<Missing>,
    /// The items of the loops around, innermost last; `None` on the blank form.
    items: Vec<Option<&'a Item>>,
    budget: usize,
}

impl<'a> Filler<'a> {
    fn new(answers: &'a Answers, mode: FillMode) -> Filler<'a> {
        Filler { answers, mode, missing: Vec::new(), items: Vec::new(), budget: BUDGET }
    }

    fn blank(&self) -> bool {
        self.mode == FillMode::BlankForm
    }

    fn miss(&mut self, hole: &Hole, line: usize) {
        if !self.blank() && !self.missing.iter().any(|m| m.hole == *hole) {
            self.missing.push(Missing { hole: hole.clone(), line });
        }
    }

    fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    fn blocks(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut out = Vec::new();
        let mut caption = Vec::new();
        self.nodes(nodes, &mut out, &mut caption);
        out
    }

    fn nodes(&mut self, nodes: &[Node], out: &mut Vec<Block>, caption: &mut Vec<Inline>) {
        for node in nodes {
            if !self.spend() {
                return;
            }
            match node {
                Node::Heading(level, line) => {
                    let line = self.line(line);
                    push_line(out, line, |line| Block::Heading(*level, line));
                }
                Node::Paragraph(line) => {
                    let line = self.line(line);
                    push_line(out, line, Block::Paragraph);
                }
                Node::Item(line) => {
                    let line = self.line(line);
                    push_line(out, line, Block::Item);
                }
                Node::Lines(count) => out.push(Block::Lines(*count)),
                Node::Caption(line) => *caption = self.line(line),
                Node::Columns(heads) => {
                    let columns = heads
                        .iter()
                        .map(|c| Column {
                            head: plain(&self.line(&c.head)),
                            width: c.width,
                            numeric: c.numeric,
                        })
                        .collect();
                    out.push(Block::Table(Table {
                        caption: std::mem::take(caption),
                        columns,
                        rows: Vec::new(),
                    }));
                }
                Node::Row(cells) => {
                    let row: Vec<Vec<Inline>> = cells.iter().map(|cell| self.line(cell)).collect();
                    match out.last_mut() {
                        // The parser saw to it that the row has the table's columns; a branch that was
                        // not taken may have left another table here.
                        Some(Block::Table(table)) if table.columns.len() == row.len() => table.rows.push(row),
                        _ => {
                            let mut line = Vec::new();
                            for cell in row {
                                if !line.is_empty() {
                                    line.push(Inline::Text(" – ".to_owned()));
                                }
                                line.extend(cell);
                            }
                            push_line(out, line, Block::Paragraph);
                        }
                    }
                }
                Node::Text { name, hint, lines, line } => self.narrative(name, hint, *lines, *line, out),
                Node::If { condition, then, otherwise } => {
                    let branch = if self.holds(condition) { then } else { otherwise };
                    self.nodes(branch, out, caption);
                }
                Node::Each { list, line, body, otherwise } => match self.list(list, *line) {
                    Items::Known([]) => self.nodes(otherwise, out, caption),
                    Items::Known(items) => {
                        for item in items {
                            self.items.push(Some(item));
                            self.nodes(body, out, caption);
                            self.items.pop();
                        }
                    }
                    Items::BlankOnce => {
                        self.items.push(None);
                        self.nodes(body, out, caption);
                        self.items.pop();
                    }
                    Items::Missing => match out.last_mut() {
                        // In a table the gap is a row, so that later rows still join the table.
                        Some(Block::Table(table)) if matches!(body.first(), Some(Node::Row(_))) => {
                            table.rows.push(vec![vec![Inline::Blank]; table.columns.len()]);
                        }
                        _ => out.push(Block::Paragraph(vec![Inline::Blank])),
                    },
                },
            }
        }
    }

    fn narrative(&mut self, name: &str, hint: &str, lines: u8, line: usize, out: &mut Vec<Block>) {
        if self.blank() {
            out.push(Block::Lines(lines));
            return;
        }
        let hole = Hole::Text(name.to_owned());
        match self.answers.get(&hole) {
            Some(Answer::Text(blocks)) if !blocks.is_empty() => out.extend(blocks.iter().cloned()),
            _ => {
                self.miss(&hole, line);
                let what = if hint.is_empty() { name } else { hint };
                out.push(Block::Paragraph(vec![Inline::Italic(format!("[Cần viết: {what}]"))]));
            }
        }
    }

    fn list(&mut self, hole: &Hole, line: usize) -> Items<'a> {
        if self.blank() {
            return Items::BlankOnce;
        }
        match self.answers.get(hole) {
            Some(Answer::List(items)) => Items::Known(items),
            _ => {
                self.miss(hole, line);
                Items::Missing
            }
        }
    }

    fn line(&mut self, pieces: &[Piece]) -> Vec<Inline> {
        let mut out = Vec::new();
        self.pieces(pieces, &mut out);
        tidy(out)
    }

    fn pieces(&mut self, pieces: &[Piece], out: &mut Vec<Inline>) {
        for piece in pieces {
            if !self.spend() {
                return;
            }
            match piece {
                Piece::Text(text) => out.push(Inline::Text(text.clone())),
                Piece::Bold(inner) => {
                    let inner = self.inner(inner);
                    out.extend(marked(inner, Inline::Bold));
                }
                Piece::Italic(inner) => {
                    let inner = self.inner(inner);
                    out.extend(marked(inner, Inline::Italic));
                }
                Piece::Note(inner) => {
                    let inner = tidy(self.inner(inner));
                    // A note whose every condition failed says nothing and gets no number.
                    if !empty(&inner) {
                        out.push(Inline::Note(inner));
                    }
                }
                Piece::Hole(hole, line) => self.hole(hole, *line, out),
                Piece::List { list, line, pattern, separator, last } => {
                    self.printed(list, *line, pattern, separator, last, out);
                }
                Piece::Field(name) => out.push(self.field(name)),
                Piece::If { condition, then, otherwise } => {
                    let branch = if self.holds(condition) { then } else { otherwise };
                    self.pieces(branch, out);
                }
                Piece::Each { list, line, body, otherwise } => match self.list(list, *line) {
                    Items::Known([]) => self.pieces(otherwise, out),
                    Items::Known(items) => {
                        for item in items {
                            self.items.push(Some(item));
                            self.pieces(body, out);
                            self.items.pop();
                        }
                    }
                    Items::BlankOnce | Items::Missing => out.push(Inline::Blank),
                },
            }
        }
    }

    fn inner(&mut self, pieces: &[Piece]) -> Vec<Inline> {
        let mut out = Vec::new();
        self.pieces(pieces, &mut out);
        out
    }

    fn printed(
        &mut self,
        list: &Hole,
        line: usize,
        pattern: &[Piece],
        separator: &str,
        last: &str,
        out: &mut Vec<Inline>,
    ) {
        match self.list(list, line) {
            Items::Known(items) => {
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        let between = if i + 1 == items.len() { last } else { separator };
                        out.push(Inline::Text(between.to_owned()));
                    }
                    self.items.push(Some(item));
                    self.pieces(pattern, out);
                    self.items.pop();
                }
            }
            Items::BlankOnce | Items::Missing => out.push(Inline::Blank),
        }
    }

    fn hole(&mut self, hole: &Hole, line: usize, out: &mut Vec<Inline>) {
        if self.blank() {
            out.push(Inline::Blank);
            return;
        }
        match (hole, self.answers.get(hole)) {
            (Hole::Figure(asked), Some(Answer::Figure(figure))) if !figure.shown.is_empty() => {
                let mut figure = figure.clone();
                if figure.format.is_empty() {
                    figure.format = asked.format.to_string();
                }
                out.push(Inline::Figure(figure));
            }
            (Hole::Field(_), Some(Answer::Field(words))) if !words.is_empty() => {
                out.push(Inline::Text(words.clone()));
            }
            (Hole::Text(_), Some(Answer::Text(blocks))) if !blocks.is_empty() => {
                for block in blocks {
                    if let Block::Heading(_, line) | Block::Paragraph(line) | Block::Item(line) = block {
                        if out.last().is_some_and(|p| matches!(p, Inline::Text(t) if !t.ends_with(' '))) {
                            out.push(Inline::Text(" ".to_owned()));
                        }
                        out.extend(line.iter().cloned());
                    }
                }
            }
            _ => {
                self.miss(hole, line);
                out.push(Inline::Blank);
            }
        }
    }

    /// A field of the innermost item that has it.
    fn field(&self, name: &str) -> Inline {
        match self.items.iter().rev().flatten().find_map(|item| item.get(name)) {
            Some(Value::Text(text)) => Inline::Text(text.clone()),
            Some(Value::Figure(figure)) if !figure.shown.is_empty() => Inline::Figure(figure.clone()),
            Some(Value::Figure(_)) | None => Inline::Blank,
        }
    }

    fn holds(&mut self, condition: &Condition) -> bool {
        // The form shows what may be written, so it shows the first branch of everything.
        if self.blank() {
            return true;
        }
        let answer = |hole: &Hole| self.answers.get(hole);
        let holds = match &condition.test {
            Test::Item(name) => match self.items.iter().rev().flatten().find_map(|item| item.get(name)) {
                Some(Value::Text(text)) => Some(!text.trim().is_empty()),
                Some(Value::Figure(figure)) => Some(!figure.value.is_empty()),
                None => Some(false),
            },
            Test::Filled(hole) => match answer(hole) {
                Some(Answer::List(items)) => Some(!items.is_empty()),
                Some(Answer::Text(blocks)) => Some(!blocks.is_empty()),
                Some(Answer::Field(words)) => Some(!words.trim().is_empty()),
                // Nothing written yet is an answer to "is anything written".
                None if matches!(hole, Hole::Text(_)) => Some(false),
                _ => None,
            },
            Test::Known(figure) => match answer(&Hole::Figure(figure.clone())) {
                Some(Answer::Figure(figure)) => Some(!figure.value.is_empty()),
                _ => None,
            },
            Test::Compare(asked, comparison, number) => match answer(&Hole::Figure(asked.clone())) {
                // A figure that is known to have no value compares with nothing, either way round.
                Some(Answer::Figure(figure)) if figure.value.is_empty() => return false,
                Some(Answer::Figure(figure)) => compare(figure, *comparison, *number),
                _ => None,
            },
        };
        match holds {
            Some(holds) => holds != condition.negated,
            None => {
                if let Some(hole) = condition.test.hole() {
                    self.miss(&hole, condition.line);
                }
                false
            }
        }
    }
}

/// Compares exactly, in fractions. `None` when the value is no number.
fn compare(figure: &Figure, comparison: Comparison, number: Number) -> Option<bool> {
    let (top, bottom) = match figure.value.split_once('/') {
        Some((top, bottom)) => (top.trim().parse::<i64>().ok()?, bottom.trim().parse::<i64>().ok()?),
        None => (figure.value.trim().parse::<i64>().ok()?, 1),
    };
    if bottom <= 0 {
        return None;
    }
    // A share against "98%"; a whole number is already in percent when its indicator says so.
    let hundred = if number.percent && figure.value.contains('/') { 100 } else { 1 };
    let left = i128::from(top) * hundred * 10_i128.pow(number.places);
    let right = i128::from(number.digits) * i128::from(bottom);
    Some(match comparison {
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => left == right,
        Comparison::Other => left != right,
        Comparison::AtLeast => left >= right,
        Comparison::More => left > right,
    })
}

/// Marks the words; figures, blanks and notes stay what they are.
fn marked(pieces: Vec<Inline>, mark: fn(String) -> Inline) -> impl Iterator<Item = Inline> {
    pieces.into_iter().map(move |piece| match piece {
        Inline::Text(text) => mark(text),
        other => other,
    })
}

/// Joins neighbouring words and leaves no double blanks where a condition printed nothing.
fn tidy(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (piece, out.last_mut()) {
            (Inline::Text(text), _) if text.is_empty() => {}
            (Inline::Text(text), Some(Inline::Text(before))) => {
                let text = if before.ends_with(' ') { text.trim_start_matches(' ') } else { &text };
                before.push_str(text);
            }
            (Inline::Bold(text), Some(Inline::Bold(before))) => before.push_str(&text),
            (Inline::Italic(text), Some(Inline::Italic(before))) => before.push_str(&text),
            (piece, _) => out.push(piece),
        }
    }
    if let Some(Inline::Text(text)) = out.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = out.last_mut() {
        text.truncate(text.trim_end().len());
    }
    out.retain(|piece| !matches!(piece, Inline::Text(text) if text.is_empty()));
    out
}

fn empty(line: &[Inline]) -> bool {
    line.iter().all(|piece| match piece {
        Inline::Text(t) | Inline::Bold(t) | Inline::Italic(t) => t.trim().is_empty(),
        Inline::Figure(_) | Inline::Note(_) | Inline::Blank => false,
    })
}

/// A line whose every condition failed is no line.
fn push_line(out: &mut Vec<Block>, line: Vec<Inline>, block: impl FnOnce(Vec<Inline>) -> Block) {
    if !empty(&line) {
        out.push(block(line));
    }
}
