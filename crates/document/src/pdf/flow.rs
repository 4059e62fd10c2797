//! The flow of pieces onto pages, with the footnotes of each page at its bottom.
//!
//! A piece is a line, a row or a block that is not parted if a page can hold it. Pieces that
//! must stay together form a [`Run`]. What keeps this from looping: a fresh page always takes
//! something, at least one line of a piece or of a footnote.

use std::rc::Rc;

use super::font::DESCENT;
use super::line::Line;
use super::tags::Group;

/// Something drawn at a place, in points from the left and the top.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Text {
        x: f32,
        /// The baseline.
        y: f32,
        line: Rc<Line>,
        /// Added to each blank.
        stretch: f32,
        /// Its place in the structure; none for ornaments.
        group: Option<Group>,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        thickness: f32,
        dotted: bool,
    },
}

impl Item {
    /// The baseline, or the height of a rule.
    pub(super) fn baseline(&self) -> f32 {
        match self {
            Item::Text { y, .. } => *y,
            Item::Rule { to, .. } => to.1,
        }
    }

    /// The lowest point.
    pub(super) fn bottom(&self) -> f32 {
        match self {
            Item::Text { y, line, .. } => y + line.letters.first().map_or(0.0, |l| l.style.size * DESCENT),
            Item::Rule { from, to, .. } => from.1.max(to.1),
        }
    }

    fn top(&self) -> f32 {
        match self {
            Item::Text { y, line, .. } => y - line.letters.first().map_or(0.0, |l| l.style.size),
            Item::Rule { from, to, .. } => from.1.min(to.1),
        }
    }

    pub(super) fn moved(&self, down: f32) -> Item {
        let mut item = self.clone();
        match &mut item {
            Item::Text { y, .. } => *y += down,
            Item::Rule { from, to, .. } => {
                from.1 += down;
                to.1 += down;
            }
        }
        item
    }

    /// The same as an ornament: a repeated head row is read only once.
    fn ornament(&self) -> Item {
        let mut item = self.clone();
        if let Item::Text { group, .. } = &mut item {
            *group = None;
        }
        item
    }
}

/// A piece of the body.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// Space above, dropped at the top of a page.
    pub(super) before: f32,
    pub(super) height: f32,
    /// Placed from the top of the piece.
    pub(super) items: Vec<Item>,
    /// The footnotes marked in it, in order.
    pub(super) notes: Vec<usize>,
    /// The entry of the outline that points here.
    pub(super) entry: Option<usize>,
}

/// Pieces that stay together.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) pieces: Vec<Piece>,
    /// The next run follows on the same page.
    pub(super) keep: bool,
    /// The head rows to repeat if this run opens a page.
    pub(super) head: Option<Rc<Vec<Piece>>>,
}

impl Run {
    pub(super) fn one(piece: Piece) -> Run {
        Run { pieces: vec![piece], ..Run::default() }
    }

    pub(super) fn kept(mut self) -> Run {
        self.keep = true;
        self
    }
}

/// A footnote, ready to be placed line by line.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) lines: Vec<Rc<Line>>,
    pub(super) group: Group,
}

/// A finished page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
    /// Entries of the outline, with their heights.
    pub(super) entries: Vec<(usize, f32)>,
}

/// The room on a page, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Height of a line of a footnote.
    pub(super) note_line: f32,
}

impl Room {
    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// Space between the body and the first footnote, with the rule in it.
const NOTE_GAP: f32 = 15.0;
/// Length of the rule above footnotes.
const NOTE_RULE: f32 = 144.0;
/// The share of a page that footnotes carried over from the page before may fill.
const NOTE_SHARE: f32 = 0.6;

/// Sums of lengths differ in their last digits.
const SLACK: f32 = 0.05;

/// A footnote with the lines of it that stand on a page.
#[derive(Debug, Clone, Copy)]
struct Part {
    note: usize,
    from: usize,
    to: usize,
}

/// Puts runs on pages.
pub(super) fn pages(runs: Vec<Run>, notes: &[Note], room: Room) -> Vec<Page> {
    let mut flow = Flow {
        notes,
        room,
        done: Vec::new(),
        page: Page::default(),
        y: room.top,
        fresh: true,
        parts: Vec::new(),
        carried: Vec::new(),
    };
    let mut group: Vec<Run> = Vec::new();
    for run in runs {
        let keep = run.keep;
        group.push(run);
        if !keep {
            flow.place(std::mem::take(&mut group));
        }
    }
    if !group.is_empty() {
        flow.place(group);
    }
    while !flow.carried.is_empty() {
        flow.turn(None);
    }
    flow.finish();
    flow.done
}

struct Flow<'a> {
    notes: &'a [Note],
    room: Room,
    done: Vec<Page>,
    page: Page,
    y: f32,
    /// Nothing of the body stands on this page yet (a repeated head does not count).
    fresh: bool,
    /// Footnotes on this page.
    parts: Vec<Part>,
    /// Footnotes, or their rest, for the next page.
    carried: Vec<Part>,
}

impl Flow<'_> {
    fn place(&mut self, runs: Vec<Run>) {
        let head = runs.first().and_then(|run| run.head.clone());
        let mut here = self.fits(&runs, false);
        if !here && !self.fresh {
            self.turn(head.as_deref());
            here = self.fits(&runs, false);
        }
        // A fresh page takes what it can hold, even if the footnotes begin to wait.
        if here || self.fresh && self.fits(&runs, true) {
            return self.put(runs.into_iter().flat_map(|run| run.pieces));
        }
        // More than a page: part it, first at the runs, then at the pieces, then within a piece.
        if runs.len() > 1 {
            runs.into_iter().for_each(|run| self.place(vec![run]));
            return;
        }
        for run in runs {
            let Run { pieces, head, .. } = run;
            if pieces.len() > 1 {
                for piece in pieces {
                    self.place(vec![Run { pieces: vec![piece], keep: false, head: head.clone() }]);
                }
            } else {
                pieces.into_iter().for_each(|piece| self.force(piece, head.as_deref()));
            }
        }
    }

    /// Whether runs fit here with their footnotes; the last footnote may be continued overleaf if it
    /// is long. `waiting`: footnotes may also begin overleaf.
    fn fits(&self, runs: &[Run], waiting: bool) -> bool {
        let mut bottom = self.y;
        let mut added: Vec<usize> = Vec::new();
        let mut first = self.fresh;
        for piece in runs.iter().flat_map(|run| &run.pieces) {
            bottom += piece.height + if first { 0.0 } else { piece.before };
            first &= piece.height == 0.0;
            added.extend(&piece.notes);
        }
        let notes = match added.split_last() {
            None => self.notes_height(0, 0),
            Some(_) if waiting && !self.carried.is_empty() => self.notes_height(0, 0),
            Some(_) if waiting => self.notes_height(1, 2),
            Some(_) if !self.carried.is_empty() => return false,
            Some((&last, whole)) => {
                let lines: usize = whole.iter().map(|&n| self.notes[n].lines.len()).sum();
                let length = self.notes[last].lines.len();
                // A short footnote is never parted; of a long one two lines stand on either page.
                let least = if length <= 3 { length } else { 2 };
                self.notes_height(added.len(), lines + least)
            }
        };
        bottom + notes <= self.room.bottom + SLACK
    }

    /// Height of the footnotes on this page, with some more.
    fn notes_height(&self, notes: usize, lines: usize) -> f32 {
        let count = self.parts.len() + notes;
        if count == 0 {
            return 0.0;
        }
        let lines = lines + self.parts.iter().map(|p| p.to - p.from).sum::<usize>();
        NOTE_GAP + lines as f32 * self.room.note_line
    }

    /// Puts pieces here, and of their footnotes what the page can then hold.
    fn put(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        let mut notes = Vec::new();
        for piece in pieces {
            if !self.fresh {
                self.y += piece.before;
            }
            // A mere space leaves the page fresh.
            self.fresh &= piece.height == 0.0;
            let y = self.y;
            self.y += piece.height;
            self.page.items.extend(piece.items.iter().map(|item| item.moved(y)));
            self.page.entries.extend(piece.entry.map(|entry| (entry, y)));
            notes.extend(piece.notes);
        }
        for note in notes {
            let part = Part { note, from: 0, to: self.notes[note].lines.len() };
            self.put_note(part, self.room.bottom - self.y);
        }
    }

    /// Puts lines of a footnote at the bottom, in at most `height` for all of the page's footnotes.
    fn put_note(&mut self, part: Part, height: f32) {
        let used = self.notes_height(1, 0);
        let free = ((height - used + SLACK) / self.room.note_line).floor().max(0.0) as usize;
        let length = part.to - part.from;
        // Once one footnote waits for the next page, those after it wait too.
        let take = if self.carried.is_empty() { length.min(free) } else { 0 };
        // No single line is left over for the next page.
        let take = if take + 1 == length && take > 1 { take - 1 } else { take };
        if take > 0 {
            self.parts.push(Part { to: part.from + take, ..part });
        }
        if take < length {
            self.carried.push(Part { from: part.from + take, ..part });
        }
    }

    /// A piece that does not fit on a fresh page: it is parted between its items.
    fn force(&mut self, mut piece: Piece, head: Option<&Vec<Piece>>) {
        loop {
            let room = self.room.bottom - self.y - self.notes_height(0, 0);
            if piece.height <= room + SLACK {
                return self.put([piece]);
            }
            let (over, here): (Vec<Item>, Vec<Item>) =
                piece.items.iter().cloned().partition(|item| item.bottom() > room + SLACK);
            let top = over.iter().map(Item::top).fold(f32::INFINITY, f32::min);
            // Nothing to part, or nothing gained by it: as it is.
            if over.is_empty() || here.is_empty() && top <= 0.0 {
                return self.put([piece]);
            }
            let rest = Piece {
                before: 0.0,
                height: piece.height - top,
                items: over.iter().map(|item| item.moved(-top)).collect(),
                notes: Vec::new(),
                entry: None,
            };
            self.put([Piece { height: room, items: here, ..piece }]);
            piece = rest;
            self.turn(head);
        }
    }

    /// Ends the page and begins the next with what was carried over and with the head rows.
    fn turn(&mut self, head: Option<&Vec<Piece>>) {
        self.finish();
        let share = if self.fresh { 1.0 } else { NOTE_SHARE };
        self.fresh = true;
        self.y = self.room.top;
        for part in std::mem::take(&mut self.carried) {
            self.put_note(part, self.room.height() * share);
        }
        for piece in head.into_iter().flatten() {
            let y = self.y;
            self.page.items.extend(piece.items.iter().map(|item| item.ornament().moved(y)));
            self.y += piece.height;
        }
    }

    /// Draws the footnotes and closes the page.
    fn finish(&mut self) {
        let height = self.notes_height(0, 0);
        if height > 0.0 {
            let mut y = self.room.bottom - height;
            let rule = y + NOTE_GAP * 0.6;
            let (from, to) =
                ((self.room.left, rule), (self.room.left + NOTE_RULE.min(self.room.width), rule));
            self.page.items.push(Item::Rule { from, to, thickness: 0.5, dotted: false });
            y += NOTE_GAP;
            for part in std::mem::take(&mut self.parts) {
                let note = &self.notes[part.note];
                for line in &note.lines[part.from..part.to] {
                    let size = line.letters.last().map_or(0.0, |l| l.style.size);
                    let baseline = baseline(y, self.room.note_line, size);
                    self.page.items.push(text(
                        line.clone(),
                        self.room.left,
                        self.room.width,
                        Align::Justified,
                        baseline,
                        Some(note.group),
                    ));
                    y += self.room.note_line;
                }
            }
        }
        self.done.push(std::mem::take(&mut self.page));
    }
}

/// Where a line stands in its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centred,
    Right,
    Justified,
}

/// The baseline of letters of a size in a line that begins at `top` and is exactly `height` high.
pub(super) fn baseline(top: f32, height: f32, size: f32) -> f32 {
    use super::font::ASCENT;
    top + (height - size * (ASCENT + DESCENT)) / 2.0 + size * ASCENT
}

/// A line put into a width.
pub(super) fn text(
    line: Rc<Line>,
    left: f32,
    width: f32,
    align: Align,
    y: f32,
    group: Option<Group>,
) -> Item {
    let free = (width - line.width).max(0.0);
    let size = line.letters.first().map_or(0.0, |l| l.style.size);
    let x = match align {
        Align::Left | Align::Justified => left,
        Align::Centred => left + free / 2.0,
        Align::Right => left + free,
    };
    let stretch =
        if align == Align::Justified && !line.last && line.gaps > 0 { free / line.gaps as f32 } else { 0.0 };
    // A line before an unbreakable word would have holes: better ragged.
    let stretch = if stretch > size * 1.5 { 0.0 } else { stretch };
    Item::Text { x, y, line, stretch, group }
}
