//! The official frame: the head in two columns, the title, recipients and signature.

use std::rc::Rc;

use super::MM;
use super::compose::Composer;
use super::flow::{Align, Item, Piece, Run, baseline, text};
use super::font::Face;
use super::line::{Line, Style, balanced, break_lines};
use super::tags::Kind;
use crate::model::{Document, Head, Signature};

/// Stands at the right in the head of every document of a Party body.
const PARTY: &str = "ĐẢNG CỘNG SẢN VIỆT NAM";
/// Height of a line of the head, as a share of its size.
const SPACING: f32 = 1.25;
/// Room to sign and to stamp, points.
const SIGNING: f32 = 76.0;

/// Lines put one below another in a column.
struct Column {
    left: f32,
    width: f32,
    y: f32,
    items: Vec<Item>,
}

impl Column {
    fn new(left: f32, width: f32) -> Column {
        Column { left, width, y: 0.0, items: Vec::new() }
    }

    /// Adds words as a paragraph of the structure; `*` and the like are ornaments. A line break in
    /// the words is kept: an office knows where its name is divided.
    fn add(&mut self, composer: &mut Composer, words: &str, style: Style, align: Align, ornament: bool) {
        if words.trim().is_empty() {
            return;
        }
        let group = (!ornament).then(|| composer.tags.top(Kind::Paragraph));
        for part in words.lines() {
            let letters = composer.words(part, style);
            let lines = match align {
                Align::Centred => balanced(&letters, self.width),
                _ => break_lines(&letters, self.width, self.width),
            };
            for line in lines {
                self.line(line, style.size, align, group);
            }
        }
    }

    fn line(&mut self, line: Line, size: f32, align: Align, group: Option<super::tags::Group>) {
        let height = size * SPACING;
        let y = baseline(self.y, height, size);
        self.items.push(text(Rc::new(line), self.left, self.width, align, y, group));
        self.y += height;
    }

    /// Draws a rule below the last line, as long as its letters.
    fn underline(&mut self, gap: f32) {
        if let Some(Item::Text { x, y, line, .. }) = self.items.last() {
            let (from, to) = ((*x, y + gap), (x + line.width, y + gap));
            self.items.push(Item::Rule { from, to, thickness: 0.75, dotted: false });
        }
    }
}

/// Runs of blanks are room to write in ("Số      -BC/ĐU"), so they do not collapse.
fn hold_blanks(words: &str) -> String {
    words.replace("  ", "\u{a0}\u{a0}").replace("\u{a0} ", "\u{a0}\u{a0}")
}

/// Place and day; the line is broken between them if it must be.
fn place_and_day(head: &Head) -> String {
    let words = crate::html::place_and_day(head);
    match words.rsplit_once(", ") {
        Some((place, day)) => format!("{place}, {}", day.replace(' ', "\u{a0}")),
        None => words.replace(' ', "\u{a0}"),
    }
}

impl Composer<'_> {
    /// Head and title; they stay with the first lines of the body.
    pub(super) fn frame(&mut self, doc: &Document, runs: &mut Vec<Run>) {
        let (profile, room) = (self.profile, self.room);
        let gap = 4.0 * MM;
        let (issuer, italic) = (profile.issuer, Style::new(Face::Italic, profile.issuer));
        let place = place_and_day(&doc.head);
        // The right column is as wide as its longest line needs, within reason.
        let needed = |composer: &Self, words: &str, style| {
            composer.words(words, style).iter().map(|l| l.width).sum::<f32>()
        };
        let party = Style::new(Face::Bold, profile.party);
        let right = needed(self, PARTY, party).max(needed(self, &place, italic)) + 2.0;
        let right = right.clamp(room.width * 0.52, room.width * 0.62);
        let mut left = Column::new(room.left, room.width - right - gap);
        let mut right = Column::new(room.left + room.width - right, right);

        left.add(self, &doc.head.superior, Style::new(Face::Regular, issuer), Align::Centred, false);
        left.add(self, &doc.head.issuer, Style::new(Face::Bold, issuer), Align::Centred, false);
        left.add(self, "*", Style::new(Face::Regular, issuer), Align::Centred, true);
        left.add(
            self,
            &hold_blanks(&doc.head.symbol),
            Style::new(Face::Regular, profile.symbol),
            Align::Centred,
            false,
        );
        if doc.kind.trim().is_empty() {
            // A letter has no kind: what it is about stands below its number.
            left.y += 2.0;
            left.add(self, &doc.extract, Style::new(Face::Italic, 12.0), Align::Centred, false);
        }
        right.add(self, PARTY, party, Align::Centred, false);
        right.underline(4.5);
        right.y =
            right.y.max(issuer * SPACING * if doc.head.superior.trim().is_empty() { 1.0 } else { 2.0 }) + 3.0;
        right.add(self, &place, italic, Align::Centred, false);

        let height = left.y.max(right.y);
        let mut items = left.items;
        items.extend(right.items);
        runs.push(Run::one(Piece { height, items, ..Piece::default() }).kept());
        if !doc.kind.trim().is_empty() {
            runs.push(self.title(doc).kept());
        }
        // The body begins a little lower than its paragraphs are apart.
        runs.push(Run::one(Piece { height: 6.0, ..Piece::default() }).kept());
    }

    fn title(&mut self, doc: &Document) -> Run {
        let profile = self.profile;
        let mut column = Column::new(self.room.left, self.room.width);
        let group = self.tags.top(Kind::Heading(1, super::title(doc)));
        self.titles = 1;
        let kind = self.words(&doc.kind, Style::new(Face::Bold, profile.kind));
        // Read aloud or copied, kind and extract are two words.
        let blank = self.words(" ", Style::new(Face::Bold, profile.kind));
        for mut line in balanced(&kind, self.room.width) {
            if line.last {
                line.letters.extend(&blank);
            }
            column.line(line, profile.kind, Align::Centred, Some(group));
        }
        let extract = self.words(&doc.extract, Style::new(Face::Bold, profile.extract));
        for line in balanced(&extract, self.room.width * 0.9) {
            column.line(line, profile.extract, Align::Centred, Some(group));
        }
        column.add(self, "-----", Style::new(Face::Regular, profile.extract), Align::Centred, true);
        Run::one(Piece { before: 18.0, height: column.y, items: column.items, ..Piece::default() })
    }

    /// Recipients at the left, signature at the right; a list that is longer than the signature
    /// goes on below it line by line.
    pub(super) fn closing(&mut self, doc: &Document, runs: &mut Vec<Run>) {
        let (profile, room) = (self.profile, self.room);
        if doc.recipients.is_empty() && doc.signature.is_none() {
            return;
        }
        let mut left = Column::new(room.left, room.width * 0.46);
        let mut right = Column::new(room.left + room.width * 0.5, room.width * 0.5);
        if !doc.recipients.is_empty() {
            left.add(self, "Nơi nhận:", Style::new(Face::Regular, profile.issuer), Align::Left, false);
            left.underline(2.0);
        }
        for recipient in &doc.recipients {
            let words = format!("-\u{a0}{}", recipient.trim_start_matches(['-', '–', ' ']));
            left.add(self, &words, Style::new(Face::Regular, profile.recipients), Align::Left, false);
        }
        if let Some(signature) = &doc.signature {
            self.sign(signature, &mut right);
        }
        // Lines of the list that reach below the signature become pieces of their own, so that
        // the block that must not be parted stays small.
        let block = right.y.max(room.height() * 0.25);
        let (beside, below): (Vec<Item>, Vec<Item>) =
            left.items.into_iter().partition(|item| item.bottom() <= block);
        let height = if below.is_empty() { left.y.max(right.y) } else { block };
        let mut items = beside;
        items.extend(right.items);
        runs.push(Run::one(Piece { before: 14.0, height, items, ..Piece::default() }));
        let step = profile.recipients * SPACING;
        for item in below {
            let moved = item.moved(step * 0.8 - item.baseline());
            runs.push(Run::one(Piece { height: step, items: vec![moved], ..Piece::default() }));
        }
    }

    fn sign(&mut self, signature: &Signature, column: &mut Column) {
        let size = self.profile.issuer;
        let (bold, plain) = (Style::new(Face::Bold, size), Style::new(Face::Regular, size));
        column.add(self, &signature.authority, bold, Align::Centred, false);
        column.add(self, &signature.position, plain, Align::Centred, false);
        column.y += SIGNING;
        column.add(self, &signature.name, bold, Align::Centred, false);
    }
}
