//! The body: headings, paragraphs, items, dotted lines and footnotes become runs of pieces.

use std::rc::Rc;

use super::flow::{Align, Item, Note, Piece, Room, Run, baseline, text};
use super::font::{Face, Faces};
use super::line::{Letter, Line, Style, bind_end, break_lines, set};
use super::tags::{Group, Kind, Tags};
use crate::layout::Profile;
use crate::model::{Block, Inline};

/// Footnotes may hold footnotes only in broken input; deeper ones are left out.
const NOTE_DEPTH: usize = 2;

/// An unfilled hole.
const BLANK: &str = "……";

/// An entry of the outline.
#[derive(Debug)]
pub(super) struct Entry {
    /// From 1.
    pub(super) level: u16,
    pub(super) text: String,
}

/// What is gathered while a document is composed.
pub(super) struct Composer<'a> {
    pub(super) faces: &'static Faces,
    pub(super) profile: &'a Profile,
    pub(super) room: Room,
    pub(super) tags: Tags,
    pub(super) notes: Vec<Note>,
    pub(super) entries: Vec<Entry>,
    /// 1 if the document has a title: it is the heading of level 1, those of the body are below it.
    pub(super) titles: u16,
    /// Level of the last heading in the structure; levels are not skipped on the way down.
    level: u16,
    list: Option<Group>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(faces: &'static Faces, profile: &'a Profile, room: Room) -> Composer<'a> {
        Composer {
            faces,
            profile,
            room,
            tags: Tags::default(),
            notes: Vec::new(),
            entries: Vec::new(),
            titles: 0,
            level: 0,
            list: None,
        }
    }

    /// Words in one style.
    pub(super) fn words(&self, words: &str, style: Style) -> Vec<Letter> {
        let mut letters = Vec::new();
        set(self.faces, words, style, &mut letters);
        letters
    }

    /// The letters of inlines; their footnotes are set aside in the order of their marks.
    pub(super) fn letters(&mut self, line: &[Inline], style: Style) -> Vec<Letter> {
        let mut letters = Vec::new();
        self.add(line, style, 0, &mut letters);
        letters
    }

    fn add(&mut self, line: &[Inline], style: Style, depth: usize, letters: &mut Vec<Letter>) {
        for piece in line {
            match piece {
                Inline::Text(words) => set(self.faces, words, style, letters),
                Inline::Bold(words) => {
                    set(self.faces, words, Style { face: style.face.bold(), ..style }, letters)
                }
                Inline::Italic(words) => {
                    set(self.faces, words, Style { face: style.face.italic(), ..style }, letters)
                }
                Inline::Figure(figure) if figure.shown.is_empty() => set(self.faces, BLANK, style, letters),
                Inline::Figure(figure) => set(self.faces, &figure.shown, style, letters),
                Inline::Blank => set(self.faces, BLANK, style, letters),
                Inline::Note(inner) if depth == 0 => self.mark(inner, style, letters),
                Inline::Note(inner) if depth < NOTE_DEPTH => {
                    set(self.faces, " (", style, letters);
                    self.add(inner, style, depth + 1, letters);
                    set(self.faces, ")", style, letters);
                }
                Inline::Note(_) => {}
            }
        }
    }

    fn mark(&mut self, inner: &[Inline], style: Style, letters: &mut Vec<Letter>) {
        let note = self.notes.len();
        let number = (note + 1).to_string();
        bind_end(letters);
        let start = letters.len();
        set(self.faces, &number, Style { face: Face::Regular, ..style.mark() }, letters);
        if let Some(first) = letters.get_mut(start) {
            first.note = Some(note);
        }
        let group = self.tags.loose(Kind::Note);
        // Holds the number while the words of the footnote are set.
        self.notes.push(Note { lines: Vec::new(), group });
        let style = Style::new(Face::Regular, self.profile.footnote);
        let mut words = self.words(&number, style.mark());
        set(self.faces, "\u{a0}", style, &mut words);
        self.add(inner, style, 1, &mut words);
        let lines = break_lines(&words, self.room.width, self.room.width);
        self.notes[note].lines = lines.into_iter().map(Rc::new).collect();
    }

    pub(super) fn block(&mut self, block: &Block, runs: &mut Vec<Run>) {
        if !matches!(block, Block::Item(_)) {
            self.list = None;
        }
        match block {
            Block::Heading(level, line) => self.heading(*level, line, runs),
            Block::Paragraph(line) => {
                let letters = self.letters(line, self.body());
                let group = self.tags.top(Kind::Paragraph);
                runs.extend(self.paragraph(&letters, Align::Justified, group));
            }
            Block::Item(line) => self.item(line, runs),
            Block::Table(table) => self.table(table, runs),
            Block::Lines(count) => self.lines(*count, runs),
        }
    }

    pub(super) fn body(&self) -> Style {
        Style::new(Face::Regular, self.profile.body)
    }

    fn heading(&mut self, level: u8, line: &[Inline], runs: &mut Vec<Run>) {
        // As the Word file has it: bold, bold italic, italic.
        let face = match level {
            0..=2 => Face::Bold,
            3 => Face::BoldItalic,
            _ => Face::Italic,
        };
        let letters = self.letters(line, Style::new(face, self.profile.body));
        // A footnote's mark is no part of the title.
        let title: String = letters.iter().filter(|l| l.style.rise == 0.0).map(|l| l.letter).collect();
        let title = super::short(&title.replace('\u{a0}', " "));
        if title.is_empty() {
            return;
        }
        let lowest = self.titles + 1;
        self.level = (u16::from(level) + self.titles).clamp(lowest, self.level.max(self.titles) + 1);
        let group = self.tags.top(Kind::Heading(self.level, title.clone()));
        // Ragged: a heading is often a line and a word, which stretched would have holes.
        let lines = self.paragraph(&letters, Align::Left, group);
        let mut pieces: Vec<Piece> = lines.into_iter().flat_map(|run| run.pieces).collect();
        if let Some(first) = pieces.first_mut() {
            first.entry = Some(self.entries.len());
            if level <= 1 {
                first.before *= 2.0;
            }
        }
        self.entries.push(Entry { level: self.level, text: title });
        runs.push(Run { pieces, keep: true, head: None });
    }

    fn item(&mut self, line: &[Inline], runs: &mut Vec<Run>) {
        let list = match self.list {
            Some(list) => list,
            None => self.tags.top(Kind::List),
        };
        self.list = Some(list);
        let group = self.tags.within(list, Kind::ListItem);
        let body = self.tags.within(group, Kind::ListBody);
        let mut letters = self.words("-\u{a0}", self.body());
        let words = self.letters(line, self.body());
        letters.extend(words);
        runs.extend(self.paragraph(&letters, Align::Justified, body));
    }

    /// A paragraph: first line indented, exact spacing, no line alone at either side of a page break.
    fn paragraph(&self, letters: &[Letter], align: Align, group: Group) -> Vec<Run> {
        let indent = self.profile.indent * super::MM;
        let lines = break_lines(letters, (self.room.width - indent).max(1.0), self.room.width);
        let count = lines.len();
        let mut runs: Vec<Run> = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let indent = if at == 0 { indent } else { 0.0 };
            let before = if at == 0 { self.profile.paragraph_space } else { 0.0 };
            let piece = self.line_piece(
                line,
                self.room.left + indent,
                self.room.width - indent,
                align,
                before,
                group,
            );
            let joined = at == 1 || (at > 0 && at + 1 == count);
            match runs.last_mut() {
                Some(run) if joined => run.pieces.push(piece),
                _ => runs.push(Run::one(piece)),
            }
        }
        runs
    }

    /// A line of the body as a piece.
    pub(super) fn line_piece(
        &self,
        line: Line,
        left: f32,
        width: f32,
        align: Align,
        before: f32,
        group: Group,
    ) -> Piece {
        let height = self.profile.line;
        let y = baseline(0.0, height, self.profile.body);
        let notes = line.notes();
        let items = vec![text(Rc::new(line), left, width, align, y, Some(group))];
        Piece { before, height, items, notes, entry: None }
    }

    /// Lines of dots to write on. They stay with the words that ask for them, and together unless
    /// they are many.
    fn lines(&self, count: u8, runs: &mut Vec<Run>) {
        const TOGETHER: usize = 6;
        if let Some(last) = runs.last_mut() {
            last.keep = true;
        }
        let lines: Vec<Piece> = (0..count).map(|_| self.dotted()).collect();
        runs.extend(lines.chunks(TOGETHER).map(|pieces| Run {
            pieces: pieces.to_vec(),
            keep: false,
            head: None,
        }));
    }

    fn dotted(&self) -> Piece {
        let height = self.profile.line;
        let y = baseline(0.0, height, self.profile.body);
        let (from, to) = ((self.room.left, y), (self.room.left + self.room.width, y));
        let rule = Item::Rule { from, to, thickness: 0.8, dotted: true };
        Piece { before: self.profile.paragraph_space / 2.0, height, items: vec![rule], ..Piece::default() }
    }
}
