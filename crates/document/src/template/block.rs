//! The lines of a template: head, headings, items, tables, controls on lines of their own.

use super::inline::{self, Line, Problems};
use super::request::{self, Control, Request};
use super::{ColumnHead, Hole, MAX_BYTES, MAX_DEPTH, MAX_LINES, Node, Piece, Template, TemplateProblem};
use domain::Message;

/// The head keys that no template does without.
const REQUIRED: [&str; 3] = ["id", "kind", "extract"];

impl Template {
    /// Reads a template. `source` names it in problems; every problem found is told, up to a limit.
    pub fn parse(source: &str, text: &str) -> Result<Template, Vec<TemplateProblem>> {
        let mut problems = Problems { source: source.to_owned(), found: Vec::new() };
        let template = whole(text, true, &mut problems);
        if problems.found.is_empty() { Ok(template) } else { Err(told(problems)) }
    }

    /// Reads a body without a head: narrative that people write, with holes. Fill it with
    /// [`super::fill_blocks`].
    pub fn fragment(source: &str, text: &str) -> Result<Template, Vec<TemplateProblem>> {
        let mut problems = Problems { source: source.to_owned(), found: Vec::new() };
        let template = whole(text, false, &mut problems);
        if problems.found.is_empty() { Ok(template) } else { Err(told(problems)) }
    }
}

/// In the order of the text: a control that never ends is noticed late but told where it begins.
fn told(mut problems: Problems) -> Vec<TemplateProblem> {
    problems.found.sort_by_key(|p| (p.line, p.column));
    problems.found
}

fn whole(text: &str, head: bool, problems: &mut Problems) -> Template {
    let mut template = Template {
        id: String::new(),
        kind: Vec::new(),
        extract: Vec::new(),
        recipients: Vec::new(),
        authority: Vec::new(),
        position: Vec::new(),
        meta: Vec::new(),
        body: Vec::new(),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = Line { text: "", number: 1, before: 0 };
    if text.len() > MAX_BYTES || text.lines().count() > MAX_LINES {
        problems.add(start, 0, Message::new("document-template-long").with("lines", MAX_LINES));
        return template;
    }
    let mut lines =
        text.lines().enumerate().map(|(i, text)| Line { text, number: i + 1, before: 0 }).peekable();
    if head {
        while let Some(line) = lines.next_if(|line| !line.text.trim().is_empty()) {
            if !line.text.starts_with("//") {
                head_line(line, &mut template, problems);
            }
        }
        for key in REQUIRED {
            if template.meta(key).is_none() {
                problems.add(start, 0, Message::new("document-template-head-missing").with("key", key));
            }
        }
    }
    let mut body = Body { problems, stack: vec![Frame::outer()], columns: None };
    for line in lines {
        body.line(line, 0);
    }
    template.body = body.finish();
    template
}

fn head_line(line: Line<'_>, template: &mut Template, problems: &mut Problems) {
    let key_end = line.text.find(':').unwrap_or(0);
    let (key, from) = (line.text[..key_end].trim(), key_end + 1);
    if key_end == 0 || !request::is_name(key) {
        problems.add(line, 0, Message::new("document-template-head-line"));
        return;
    }
    let value = line.part(from, line.text.len()).trimmed();
    if key != "recipient" && template.meta(key).is_some() {
        problems.add(line, 0, Message::new("document-template-head-twice").with("key", key));
        return;
    }
    if value.text.is_empty() && REQUIRED.contains(&key) {
        problems.add(line, key_end, Message::new("document-template-head-missing").with("key", key));
    }
    template.meta.push((key.to_owned(), value.text.to_owned()));
    match key {
        "id" if request::is_name(value.text) => template.id = value.text.to_owned(),
        "id" => {
            let message = Message::new("document-template-name").with("text", value.text);
            problems.add(value, 0, message);
        }
        "kind" => template.kind = inline::read(value, false, problems),
        "extract" => template.extract = inline::read(value, false, problems),
        "recipient" => template.recipients.push(inline::read(value, false, problems)),
        "signature.authority" => template.authority = inline::read(value, false, problems),
        "signature.position" => template.position = inline::read(value, false, problems),
        _ => {}
    }
}

/// An open control, or the body itself at the bottom.
struct Frame {
    /// `None` for the body.
    opened: Option<Opened>,
    nodes: Vec<Node>,
    /// The first branch, once `else` was met.
    first: Option<Vec<Node>>,
    /// Whether item fields mean something here.
    items: bool,
    line: usize,
    column: usize,
}

enum Opened {
    If(super::Condition),
    Each(Hole, usize),
    /// Its request was wrong and is told; the structure is kept so that its end is no second problem.
    Wrong,
}

impl Frame {
    fn outer() -> Frame {
        Frame { opened: None, nodes: Vec::new(), first: None, items: false, line: 0, column: 0 }
    }
}

struct Body<'p> {
    problems: &'p mut Problems,
    /// Never empty: the first is the body.
    stack: Vec<Frame>,
    /// The number of columns of the table that is open.
    columns: Option<usize>,
}

impl Body<'_> {
    fn push(&mut self, node: Node) {
        if let Some(frame) = self.stack.last_mut() {
            frame.nodes.push(node);
        }
    }

    fn items(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.items)
    }

    fn read(&mut self, line: Line<'_>) -> Vec<Piece> {
        let items = self.items();
        inline::read(line, items, self.problems)
    }

    /// One line, or a part of one that stands between controls.
    fn line(&mut self, line: Line<'_>, depth: usize) {
        let line = line.trimmed();
        let text = line.text;
        if text.is_empty() || text.starts_with("//") {
            if text.is_empty() {
                self.columns = None;
            }
            return;
        }
        if text.starts_with("{{") && depth <= MAX_DEPTH && self.control(line, depth) {
            return;
        }
        if text.starts_with('|') {
            self.table(line);
            return;
        }
        self.columns = None;
        let level = text.bytes().take_while(|b| *b == b'#').count();
        if level > 0 {
            if level > 4 || !text[level..].starts_with(' ') {
                self.problems.add(line, 0, Message::new("document-template-heading"));
                return;
            }
            let pieces = self.read(line.part(level, text.len()).trimmed());
            self.push(Node::Heading(u8::try_from(level).unwrap_or(4), pieces));
        } else if let Some(item) = text.strip_prefix("- ") {
            let pieces = self.read(line.part(text.len() - item.len(), text.len()).trimmed());
            self.push(Node::Item(pieces));
        } else if let Some(count) = text.strip_prefix("...").filter(|c| c.bytes().all(|b| b.is_ascii_digit()))
        {
            match count.parse().ok().filter(|n| (1..=60).contains(n)) {
                Some(count) => self.push(Node::Lines(count)),
                None => {
                    self.problems.add(line, 0, Message::new("document-template-lines").with("text", count))
                }
            }
        } else {
            let pieces = self.read(line);
            self.push(Node::Paragraph(pieces));
        }
    }

    /// A line that begins with a hole: a control of its own, a whole control, or narrative.
    /// `false` when it is a plain paragraph after all.
    fn control(&mut self, line: Line<'_>, depth: usize) -> bool {
        let holes = holes(line.text);
        let Some(&(_, first_end, first)) = holes.first() else { return false };
        let alone = first_end == line.text.len();
        match first {
            Control::Else | Control::End if alone => {
                self.branch(line, first == Control::End);
                true
            }
            Control::If | Control::Each => {
                let Some(cuts) = whole_control(&holes, line.text.len()) else {
                    if alone {
                        self.open(line);
                    }
                    return alone;
                };
                // The control spans the line: its branches are lines of their own.
                self.open(line.part(0, first_end));
                let mut from = first_end;
                for (at, end) in cuts {
                    self.line(line.part(from, at), depth + 1);
                    self.branch(line.part(at, end), end == line.text.len());
                    from = end;
                }
                true
            }
            Control::None if alone => {
                let inside = &line.text[2..first_end - 2];
                match request::read(inside, line.number) {
                    Ok(Request::Text { name, hint, lines }) => {
                        self.columns = None;
                        self.push(Node::Text { name, hint, lines, line: line.number });
                        true
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// Opens the control that the whole of `line` is.
    fn open(&mut self, line: Line<'_>) {
        if self.stack.len() > MAX_DEPTH {
            self.problems.add(line, 0, Message::new("document-template-depth"));
        }
        let inside = line.text.get(2..line.text.len().saturating_sub(2)).unwrap_or_default();
        let (opened, items) = match request::read(inside, line.number) {
            Ok(Request::If(condition)) => (Opened::If(condition), self.items()),
            Ok(Request::Each(list)) => (Opened::Each(list, line.number), true),
            Ok(_) => (Opened::Wrong, true),
            Err((at, message)) => {
                self.problems.add(line, 2 + at, message);
                (Opened::Wrong, true)
            }
        };
        self.stack.push(Frame {
            opened: Some(opened),
            items,
            line: line.number,
            column: line.before,
            ..Frame::outer()
        });
    }

    /// `else` or `end` that the whole of `line` is.
    fn branch(&mut self, line: Line<'_>, end: bool) {
        let depth = self.stack.len();
        let outer_items = depth >= 2 && self.stack[depth - 2].items;
        let Some(frame) = self.stack.last_mut().filter(|frame| frame.opened.is_some()) else {
            self.problems.add(line, 0, Message::new("document-template-end-alone"));
            return;
        };
        if !end {
            if frame.first.is_some() {
                self.problems.add(line, 0, Message::new("document-template-else-twice"));
                return;
            }
            frame.first = Some(std::mem::take(&mut frame.nodes));
            if matches!(frame.opened, Some(Opened::Each(..))) {
                frame.items = outer_items;
            }
            return;
        }
        let Some(frame) = self.stack.pop() else { return };
        let (body, otherwise) = match frame.first {
            Some(first) => (first, frame.nodes),
            None => (frame.nodes, Vec::new()),
        };
        match frame.opened {
            Some(Opened::If(condition)) => self.push(Node::If { condition, then: body, otherwise }),
            Some(Opened::Each(list, line)) => self.push(Node::Each { list, line, body, otherwise }),
            Some(Opened::Wrong) | None => {}
        }
    }

    fn table(&mut self, line: Line<'_>) {
        if line.text.starts_with("|=") {
            self.columns = None;
            let caption = self.read(line.part(2, line.text.len()).trimmed());
            self.push(Node::Caption(caption));
            return;
        }
        let cells = inline::cells(line);
        if line.text.starts_with("|-") {
            self.widths(line, &cells);
            return;
        }
        match self.columns {
            None => {
                if cells.len() > 20 {
                    self.problems.add(line, 0, Message::new("document-template-columns-many"));
                    return;
                }
                let columns = cells
                    .iter()
                    .map(|cell| ColumnHead { head: self.read(*cell), width: 1, numeric: false })
                    .collect();
                self.columns = Some(cells.len());
                self.push(Node::Columns(columns));
            }
            Some(count) if count != cells.len() => {
                let message = Message::new("document-template-columns").with("wanted", count);
                self.problems.add(line, 0, message.with("found", cells.len()));
            }
            Some(_) => {
                let row = cells.iter().map(|cell| self.read(*cell)).collect();
                self.push(Node::Row(row));
            }
        }
    }

    /// `|- 6 | 2> | 2> |`: widths, and `>` for columns of numbers.
    fn widths(&mut self, line: Line<'_>, cells: &[Line<'_>]) {
        let (problems, Some(frame)) = (&mut *self.problems, self.stack.last_mut()) else { return };
        let Some(Node::Columns(columns)) = frame.nodes.last_mut() else {
            problems.add(line, 0, Message::new("document-template-widths-place"));
            return;
        };
        if columns.len() != cells.len() {
            let message = Message::new("document-template-columns").with("wanted", columns.len());
            problems.add(line, 0, message.with("found", cells.len()));
            return;
        }
        for (column, cell) in columns.iter_mut().zip(cells) {
            let mark = cell.text.trim_matches(['-', ' ']);
            let (width, numeric) = match mark.strip_suffix(['>', ':']) {
                Some(rest) => (rest.trim_matches(['-', ' ']), true),
                None => (mark, false),
            };
            column.numeric = numeric;
            match width.parse().ok().filter(|w| (1..=100).contains(w)) {
                Some(width) => column.width = width,
                None if width.is_empty() => column.width = 1,
                None => {
                    let message = Message::new("document-template-width").with("text", cell.text);
                    problems.add(*cell, 0, message);
                }
            }
        }
    }

    fn finish(mut self) -> Vec<Node> {
        while self.stack.len() > 1 {
            if let Some(frame) = self.stack.pop() {
                let line = Line { text: "", number: frame.line, before: frame.column };
                self.problems.add(line, 0, Message::new("document-template-control-open"));
            }
        }
        self.stack.pop().map(|frame| frame.nodes).unwrap_or_default()
    }
}

/// The holes of a line: where each begins, where it ends, and what control it is.
fn holes(text: &str) -> Vec<(usize, usize, Control)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("{{") {
        let start = from + at;
        let Some(close) = request::close(text, start + 2) else { break };
        found.push((start, close + 2, request::control(&text[start + 2..close])));
        from = close + 2;
    }
    found
}

/// When the control that begins the line ends with the line: its `else` and its `end`, in order.
fn whole_control(holes: &[(usize, usize, Control)], length: usize) -> Option<Vec<(usize, usize)>> {
    let mut depth = 0_usize;
    let mut cuts = Vec::new();
    for &(start, end, control) in holes {
        match control {
            Control::If | Control::Each => depth += 1,
            Control::Else if depth == 1 => cuts.push((start, end)),
            Control::End => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    cuts.push((start, end));
                    return (end == length).then_some(cuts);
                }
            }
            Control::Else | Control::None => {}
        }
    }
    None
}
