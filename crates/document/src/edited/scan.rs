//! One pass over a part: its paragraphs, and the controls with the bytes where their text stands.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::Message;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::Place;
use super::figures::attribute;
use crate::docx::{WORD, control_title};
use crate::model::Figure;

/// The namespace of the strict form of the format.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
/// "Use this, or if you cannot, that": the second half repeats the text of the first.
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// Word itself nests some dozens deep.
const MAX_NESTING: usize = 256;
/// Styles of the tables that only place things. Two had a comma in their names once, which Word takes for the
/// start of another name of the same style.
const PLACING: [&str; 11] = [
    "Cơ quan cấp trên",
    "Cơ quan ban hành",
    "Dấu sao",
    "Số và ký hiệu",
    "Tên Đảng",
    "Địa danh và ngày tháng",
    "Địa danh, ngày tháng",
    "Nơi nhận",
    "Mục nơi nhận",
    "Nơi nhận, mục",
    "Quyền hạn ký",
];

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    pub paragraphs: Vec<Paragraph>,
    pub controls: Vec<Control>,
    /// Ids of footnotes in the order of their marks.
    pub note_marks: Vec<String>,
    /// Tables that hold content, by their order of beginning.
    tables: Vec<bool>,
    nowhere: Place,
}

#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub place: Place,
    pub style: String,
    pub text: String,
    /// Bytes of the text, and the control they stand in.
    pub spans: Vec<(Range<usize>, usize)>,
    /// Table (position in `tables`), row, column.
    cell: Option<(usize, usize, usize)>,
    note: Option<String>,
}

/// A control that looks like a figure.
#[derive(Debug, Default)]
pub(super) struct Control {
    pub tag: String,
    pub title: String,
    pub text: String,
    /// Nobody typed anything: what is shown is Word's own prompt.
    pub prompt: Option<Range<usize>>,
    /// The whole text elements of its content, in order.
    pub texts: Vec<Range<usize>>,
    /// Styles of runs inside, to be removed with the prompt.
    pub run_styles: Vec<Range<usize>>,
    /// The place for a run where the content has none; `None` where it takes no run.
    pub insert: Option<usize>,
    /// The whole content element when it is written as empty.
    pub empty_content: Option<Range<usize>>,
    /// "w:" as the part calls it.
    pub prefix: String,
    paragraph: Option<usize>,
}

impl Control {
    /// What it says now; nothing while it shows its prompt.
    pub fn shown(&self) -> String {
        if self.prompt.is_some() { String::new() } else { self.text.trim().to_owned() }
    }

    /// Whether it can be the control of that figure: another report has an `f1` too.
    pub fn is_of(&self, figure: &Figure) -> bool {
        self.title.is_empty() || self.title == control_title(&self.tag, &figure.indicator)
    }

    /// The indicator that its title names.
    pub fn indicator(&self) -> &str {
        self.title.rsplit_once(" [").map_or(&self.title, |(indicator, _)| indicator)
    }

    /// The id of the figure whose control it may be: its tag, or what its title says where a program
    /// dropped the tag.
    fn figure_id(&self) -> Option<String> {
        let titled = || self.title.rsplit_once(" [").and_then(|(_, id)| id.strip_suffix(']'));
        let id = if self.tag.is_empty() { titled()? } else { &self.tag };
        let digits = id.strip_prefix('f').filter(|n| !n.is_empty() && n.len() <= 9 && !n.starts_with('0'))?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| id.to_owned())
    }
}

impl Scanned {
    pub fn place(&self, control: &Control) -> &Place {
        control.paragraph.and_then(|p| self.paragraphs.get(p)).map_or(&self.nowhere, |p| &p.place)
    }

    /// Gives every paragraph its place. `notes` has the numbers of footnotes by id.
    pub fn number_paragraphs(&mut self, notes: &BTreeMap<String, usize>) {
        let mut visible = 0;
        let numbers: Vec<Option<usize>> = self
            .tables
            .iter()
            .map(|content| {
                visible += usize::from(*content);
                content.then_some(visible)
            })
            .collect();
        let mut count = 0;
        let mut heading = String::new();
        for paragraph in &mut self.paragraphs {
            let free = paragraph.cell.is_none() && !paragraph.text.trim().is_empty();
            count += usize::from(free);
            if paragraph.style.starts_with("heading") && free {
                heading = paragraph.text.trim().to_owned();
            }
            paragraph.place = Place {
                note: paragraph.note.as_ref().map(|id| notes.get(id).copied().unwrap_or_default()),
                paragraph: count,
                heading: heading.clone(),
                cell: paragraph.cell.and_then(|(table, row, column)| {
                    Some((numbers.get(table).copied().flatten()?, row, column))
                }),
            };
        }
    }
}

/// An open element, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    Paragraph,
    Run,
    Text {
        start: usize,
    },
    Control {
        index: Option<usize>,
    },
    /// The properties of the innermost control.
    Properties,
    Content,
    Table,
    Row,
    Cell,
    Note,
    /// Deleted text, the second half of an alternative: nothing in it counts.
    Skipped,
    Other,
}

struct Scan<'a> {
    out: Scanned,
    stack: Vec<Open>,
    /// Open paragraphs: a text box stands inside one.
    paragraphs: Vec<usize>,
    /// Open figures' controls, innermost last.
    controls: Vec<usize>,
    /// Open tables: position, row, column.
    tables: Vec<(usize, usize, usize)>,
    note: Option<String>,
    skipped: usize,
    /// Properties of an open control, before it is known whether it is a figure's.
    pending: Vec<Control>,
    styles: &'a BTreeMap<String, String>,
}

/// Scans a part. The name is for messages.
/// `styles` has the names of styles by id: programs rename ids, names they keep.
pub(super) fn scan(xml: &str, name: &str, styles: &BTreeMap<String, String>) -> Result<Scanned, Message> {
    let failed = || Message::new("document-edited-xml").with("part", name);
    let mut reader = NsReader::from_str(xml);
    let mut scan = Scan {
        out: Scanned::default(),
        stack: Vec::new(),
        paragraphs: Vec::new(),
        controls: Vec::new(),
        tables: Vec::new(),
        note: None,
        skipped: 0,
        pending: Vec::new(),
        styles,
    };
    let position = |reader: &NsReader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    loop {
        let start = position(&reader);
        let (namespace, event) = reader.read_resolved_event().map_err(|_| failed())?;
        let word = namespace == ResolveResult::Bound(Namespace(WORD))
            || namespace == ResolveResult::Bound(Namespace(STRICT));
        let alternative = namespace == ResolveResult::Bound(Namespace(COMPATIBILITY));
        let end = position(&reader);
        match event {
            Event::Eof if scan.stack.is_empty() => break,
            Event::Eof => return Err(failed()),
            Event::DocType(_) => return Err(Message::new("document-edited-dtd").with("part", name)),
            Event::Start(tag) => {
                if scan.stack.len() >= MAX_NESTING {
                    return Err(Message::new("document-edited-deep").with("part", name));
                }
                let open = scan.start(&tag, word, alternative, start..end);
                scan.stack.push(open);
            }
            Event::Empty(tag) => {
                let open = scan.start(&tag, word, alternative, start..end);
                if open == Open::Content
                    && let Some(control) = scan.controls.last().and_then(|c| scan.out.controls.get_mut(*c))
                {
                    control.empty_content = Some(start..end);
                    control.insert = None;
                }
                scan.end(&open, start..end, true);
            }
            Event::End(_) => {
                if let Some(open) = scan.stack.pop() {
                    scan.end(&open, start..end, false);
                }
            }
            Event::Text(text) if scan.in_text() => scan.text(&text.xml10_content()),
            Event::CData(text) if scan.in_text() => scan.text(&text.xml10_content()),
            Event::GeneralRef(reference) if scan.in_text() => {
                let name: &str = &reference.xml10_content();
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => scan.text(c.encode_utf8(&mut [0; 4])),
                    _ => scan.text(quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default()),
                }
            }
            _ => {}
        }
    }
    Ok(scan.out)
}

impl Scan<'_> {
    fn in_text(&self) -> bool {
        self.skipped == 0 && matches!(self.stack.last(), Some(Open::Text { .. }))
    }

    fn text(&mut self, text: &str) {
        let control = self.controls.last().copied();
        if let Some(control) = control.and_then(|c| self.out.controls.get_mut(c)) {
            control.text.push_str(text);
        }
        let Some(paragraph) = self.paragraphs.last().and_then(|p| self.out.paragraphs.get_mut(*p)) else {
            return;
        };
        let from = paragraph.text.len();
        paragraph.text.push_str(text);
        let to = paragraph.text.len();
        if let Some(control) = control {
            match paragraph.spans.last_mut() {
                Some((range, last)) if *last == control && range.end == from => range.end = to,
                _ => paragraph.spans.push((from..to, control)),
            }
        }
    }

    /// The innermost figure's control whose content is open.
    fn control(&mut self) -> Option<&mut Control> {
        self.controls.last().and_then(|c| self.out.controls.get_mut(*c))
    }

    fn start(&mut self, tag: &BytesStart<'_>, word: bool, alternative: bool, bytes: Range<usize>) -> Open {
        let name = tag.local_name();
        let name = name.as_ref();
        if alternative && name == "Fallback" {
            self.skipped += 1;
            return Open::Skipped;
        }
        if !word {
            return Open::Other;
        }
        let properties = self.stack.last() == Some(&Open::Properties);
        match name {
            "del" | "moveFrom" => {
                self.skipped += 1;
                return Open::Skipped;
            }
            _ if self.skipped > 0 => {}
            "p" => return self.paragraph(),
            "pStyle" => {
                if let Some(paragraph) = self.paragraphs.last().and_then(|p| self.out.paragraphs.get_mut(*p))
                {
                    let id = attribute(tag, "val");
                    paragraph.style = self.styles.get(&id).cloned().unwrap_or(id);
                    // Word writes "heading 1", LibreOffice "Heading 1".
                    if paragraph.style.is_ascii() {
                        paragraph.style.make_ascii_lowercase();
                    }
                    if let Some((table, _, _)) =
                        paragraph.cell.filter(|_| PLACING.contains(&&*paragraph.style))
                    {
                        self.out.tables[table] = false;
                    }
                }
            }
            "r" => return Open::Run,
            "t" => return Open::Text { start: bytes.start },
            // A tab stop of a paragraph's properties is called `tab` too.
            "tab" | "br" | "cr" | "noBreakHyphen" if self.stack.last() == Some(&Open::Run) => {
                self.text(match name {
                    "tab" => "\t",
                    "noBreakHyphen" => "-",
                    _ => "\n",
                });
            }
            "rStyle" => {
                if let Some(control) = self.control() {
                    control.run_styles.push(bytes);
                }
            }
            "sdt" => {
                self.pending.push(Control::default());
                return Open::Control { index: None };
            }
            "sdtPr" => return Open::Properties,
            "tag" | "alias" | "showingPlcHdr" if properties => {
                if let Some(control) = self.pending.last_mut() {
                    match name {
                        "tag" => control.tag = attribute(tag, "val"),
                        "alias" => control.title = attribute(tag, "val"),
                        _ => control.prompt = Some(bytes),
                    }
                }
            }
            "sdtContent" => {
                self.content(tag, bytes.end);
                return Open::Content;
            }
            "tbl" => {
                self.out.tables.push(true);
                self.tables.push((self.out.tables.len() - 1, 0, 0));
                return Open::Table;
            }
            "tr" => {
                if let Some((_, row, column)) = self.tables.last_mut() {
                    (*row, *column) = (*row + 1, 0);
                }
                return Open::Row;
            }
            "tc" => {
                if let Some((_, _, column)) = self.tables.last_mut() {
                    *column += 1;
                }
                return Open::Cell;
            }
            "footnote" => {
                self.note = Some(attribute(tag, "id"));
                return Open::Note;
            }
            "footnoteReference" => self.out.note_marks.push(attribute(tag, "id")),
            _ => {}
        }
        Open::Other
    }

    fn paragraph(&mut self) -> Open {
        self.out.paragraphs.push(Paragraph {
            cell: self.tables.last().copied(),
            note: self.note.clone(),
            ..Paragraph::default()
        });
        let index = self.out.paragraphs.len() - 1;
        self.paragraphs.push(index);
        // A control around whole paragraphs is where its first paragraph is.
        for control in &self.controls {
            if let Some(control) = self.out.controls.get_mut(*control) {
                control.paragraph.get_or_insert(index);
                control.insert = None;
            }
        }
        Open::Paragraph
    }

    /// The content of the innermost control begins: now its properties are known.
    fn content(&mut self, tag: &BytesStart<'_>, end: usize) {
        let Some(mut control) = self.pending.pop() else { return };
        let Some(id) = control.figure_id() else {
            self.pending.push(control);
            return;
        };
        control.tag = id;
        let place = self.stack.iter_mut().rev().find(|open| matches!(open, Open::Control { .. }));
        let qualified = tag.name();
        control.prefix = qualified.prefix().map(|p| format!("{}:", p.as_ref())).unwrap_or_default();
        control.paragraph = self.paragraphs.last().copied();
        control.insert = control.paragraph.map(|_| end);
        self.out.controls.push(control);
        let index = self.out.controls.len() - 1;
        self.controls.push(index);
        if let Some(Open::Control { index: slot }) = place {
            *slot = Some(index);
        }
    }

    /// An element ends with the tag at `bytes`, which for an `empty` one is the whole of it.
    fn end(&mut self, open: &Open, bytes: Range<usize>, empty: bool) {
        match open {
            Open::Paragraph => {
                let paragraph = self.paragraphs.pop();
                // A control around whole paragraphs that hold no text takes a run at the end of the first.
                for control in &self.controls {
                    if let Some(control) = self.out.controls.get_mut(*control) {
                        let first = control.paragraph == paragraph && control.insert.is_none();
                        if first && !empty && control.empty_content.is_none() {
                            control.insert = Some(bytes.start);
                        }
                    }
                }
            }
            Open::Text { start } => {
                let bytes = *start..bytes.end;
                if self.skipped == 0
                    && let Some(control) = self.control()
                {
                    control.texts.push(bytes);
                }
            }
            Open::Control { index: Some(index) } => self.controls.retain(|c| c != index),
            Open::Control { index: None } => {
                self.pending.pop();
            }
            Open::Table => {
                self.tables.pop();
            }
            Open::Note => self.note = None,
            Open::Skipped => self.skipped = self.skipped.saturating_sub(1),
            Open::Run | Open::Properties | Open::Content | Open::Row | Open::Cell | Open::Other => {}
        }
    }
}
