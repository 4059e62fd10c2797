//! Lines to paragraphs, paragraphs to sentences, in the order in which they are meant to be read.
//!
//! A page break or a footnote may cut a sentence in two; the two halves are put together again
//! and the footnotes moved behind them. Tokens keep the bytes they stand on, so quotes stay true.

use crate::key::{key, keys};
use crate::lex::{BLANK, CAPS, CELL, EDGE, Kind, LINE, SPACE, START, Tok, UPPER, lex, mark_value};
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParaKind {
    Body,
    /// A numbered, lettered or capital heading.
    Heading,
    /// An item of a list: a dash, a letter, a number.
    Item,
    /// A footnote.
    Note,
    /// A row of a table.
    Row,
    /// A page number or a running header: nothing in it counts.
    Page,
}

/// A paragraph, as a range of tokens in reading order.
#[derive(Debug, Clone)]
pub(crate) struct Para {
    pub kind: ParaKind,
    pub toks: Range<usize>,
    /// Where the words begin, behind the dash or the number of the item.
    pub body: usize,
    /// The mark that opens an item or heading: `Some(3)` for "3.", none for a dash.
    pub ordinal: Option<Ordinal>,
    /// The token of the body text that carries this footnote's mark.
    pub anchor: Option<usize>,
    /// The paragraph that leads this list ("… như sau:").
    pub lead: Option<usize>,
    /// The nearest heading above.
    pub heading: Option<usize>,
}

/// The number of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Ordinal {
    Roman(u32),
    Number(u32),
    /// `2.1`
    Sub(u32, u32),
    Letter(char),
}

pub(crate) struct Reading<'t> {
    pub text: &'t str,
    pub t: Vec<Tok>,
    pub paras: Vec<Para>,
    /// First token of each sentence, ascending; a sentence never crosses a paragraph.
    pub sents: Vec<u32>,
    /// The paragraph and the sentence that were asked for last: the next question is mostly about them.
    asked: Cell<(usize, usize)>,
}

struct Line {
    start: usize,
    end: usize,
    blank: bool,
    bytes: usize,
    row: bool,
    page: bool,
}

const ENDS: [char; 6] = ['.', '!', '?', ':', ';', '…'];

impl<'t> Reading<'t> {
    pub fn new(text: &'t str) -> Reading<'t> {
        let (mut toks, _) = lex(text);
        let found = lines(text, &toks);
        let lines = lay_down(text, &mut toks, found);
        let wrap = wrap_width(&lines);
        let glued = glued_marks(text, &toks);
        let mut chunks: Vec<(Range<usize>, ParaKind, usize, Option<Ordinal>)> = Vec::new();
        for (n, line) in lines.iter().enumerate() {
            let (kind, body, ordinal) = kind_of(text, &toks, line, &glued);
            let joins = n > 0 && !line.blank && {
                let before = &lines[n - 1];
                let same = matches!(
                    chunks.last(),
                    Some((_, ParaKind::Body | ParaKind::Item | ParaKind::Note | ParaKind::Heading, ..))
                );
                same && !before.page && kind == ParaKind::Body && soft_break(&toks, before, line, wrap)
            };
            match chunks.last_mut() {
                Some(last) if joins => last.0.end = line.end,
                _ => chunks.push((line.start..line.end, kind, body, ordinal)),
            }
        }
        for c in &mut chunks {
            // What began like a heading and ended like a sentence is an item.
            if c.1 == ParaKind::Heading && !looks_heading(&toks[c.0.clone()]) {
                c.1 = ParaKind::Item;
            }
        }
        let mut r =
            Reading { text, t: Vec::new(), paras: Vec::new(), sents: Vec::new(), asked: Cell::new((0, 0)) };
        r.order(&toks, chunks);
        r.link();
        r.cut_sentences();
        r
    }

    /// Puts the paragraphs into reading order and joins the halves of broken ones.
    fn order(&mut self, toks: &[Tok], chunks: Vec<(Range<usize>, ParaKind, usize, Option<Ordinal>)>) {
        let mut used = vec![false; chunks.len()];
        self.t.reserve(toks.len());
        for i in 0..chunks.len() {
            if used[i] {
                continue;
            }
            used[i] = true;
            let (range, kind, body, ordinal) = &chunks[i];
            let from = self.t.len();
            self.t.extend_from_slice(&toks[range.clone()]);
            if matches!(kind, ParaKind::Body | ParaKind::Item) {
                let mut last = i;
                let mut joined = 0;
                while joined < 8 {
                    let Some(next) = continuation(toks, &chunks, &used, last) else { break };
                    used[next] = true;
                    self.t.extend_from_slice(&toks[chunks[next].0.clone()]);
                    last = next;
                    joined += 1;
                }
            }
            let to = self.t.len();
            if from < to {
                self.t[from].flags |= START;
            }
            if *kind == ParaKind::Row {
                // What stands in one cell says nothing of the next.
                for i in from + 1..to {
                    if self.t[i].has(CELL) || self.t[i - 1].sign('|') || self.t[i].sign('|') {
                        self.t[i].flags |= START;
                    }
                }
            }
            self.paras.push(Para {
                kind: *kind,
                toks: from..to,
                body: from + (body - range.start),
                ordinal: *ordinal,
                anchor: None,
                lead: None,
                heading: None,
            });
        }
    }

    /// Finds headings, list leads and the anchors of footnotes.
    fn link(&mut self) {
        let mut heading = None;
        let mut lead: Option<usize> = None;
        let mut marks: HashMap<u32, Vec<usize>> = HashMap::new();
        for p in 0..self.paras.len() {
            self.paras[p].heading = heading;
            let range = self.paras[p].toks.clone();
            match self.paras[p].kind {
                ParaKind::Heading => {
                    heading = Some(p);
                    lead = None;
                }
                ParaKind::Item => {
                    self.paras[p].lead = lead;
                    let dash = self.paras[p].ordinal.is_none();
                    if !dash && self.ends_with(&range, ':') {
                        lead = Some(p);
                    }
                }
                ParaKind::Body => lead = self.ends_with(&range, ':').then_some(p),
                ParaKind::Note | ParaKind::Row | ParaKind::Page => {}
            }
            if self.paras[p].kind == ParaKind::Note {
                let n = self.mark_at(range.start);
                self.paras[p].anchor = n.and_then(|n| marks.get_mut(&n)).and_then(Vec::pop);
            } else {
                for i in range {
                    if let Some(n) = self.mark_at(i).filter(|_| !self.t[i].has(START)) {
                        marks.entry(n).or_default().push(i);
                    }
                }
            }
        }
    }

    fn ends_with(&self, range: &Range<usize>, c: char) -> bool {
        self.t[range.clone()].last().is_some_and(|t| t.sign(c))
    }

    /// The number of the footnote mark at token `i`: superscript, glued to a word, or in brackets.
    pub fn mark_at(&self, i: usize) -> Option<u32> {
        let t = &self.t[i];
        match t.kind {
            Kind::Mark => Some(mark_value(self.str(i))),
            Kind::Number if i > 0 && is_glued(&self.t[i - 1], t, self.str_of(&self.t[i - 1])) => {
                self.str(i).parse().ok()
            }
            Kind::Number
                if i > 0
                    && (self.t[i - 1].sign('[') || self.t[i - 1].sign('('))
                    && self.str(i).len() <= 2
                    && self.t.get(i + 1).is_some_and(|n| n.sign(']') || n.sign(')')) =>
            {
                self.str(i).parse().ok()
            }
            // The opening number of a footnote whose mark lost its height.
            Kind::Number if t.has(START) => self.str(i).parse().ok(),
            Kind::Sign if t.has(START) && (t.sign('[') || t.sign('(')) => {
                self.t.get(i + 1).filter(|n| n.number()).and_then(|n| self.str_of(n).parse().ok())
            }
            _ => None,
        }
    }

    fn cut_sentences(&mut self) {
        for p in &self.paras {
            let (a, b) = (p.toks.start, p.toks.end);
            if a == b {
                continue;
            }
            self.sents.push(a as u32);
            for i in p.body.max(a)..b {
                let t = &self.t[i];
                let ends = (t.sign('.') || t.sign('!') || t.sign('?') || t.sign('…')) && i + 1 < b;
                if !ends {
                    continue;
                }
                let next = &self.t[i + 1];
                let opens = next.has(UPPER)
                    || next.number()
                    || next.sign('-')
                    || next.sign('“')
                    || next.sign('"')
                    || next.sign('•')
                    || next.kind == Kind::Mark;
                let before = if i > a { &self.t[i - 1] } else { &EDGE };
                let initial = before.kind == Kind::Word
                    && before.has(UPPER)
                    && (self.str_of(before).chars().count() == 1
                        || before.any(
                            const { &keys(["TP", "ThS", "TS", "PGS", "GS", "BS", "KS", "Tx", "Tt", "P", "Q"]) },
                        ));
                let dots = t.sign('…') && !next.has(UPPER);
                if opens
                    && (next.has(SPACE) || next.has(LINE) || before.kind == Kind::Word && next.has(UPPER))
                    && !initial
                    && !dots
                {
                    self.sents.push(i as u32 + 1);
                }
            }
        }
    }

    pub fn str(&self, i: usize) -> &'t str {
        self.str_of(&self.t[i])
    }

    pub fn str_of(&self, t: &Tok) -> &'t str {
        &self.text[t.start as usize..t.end as usize]
    }

    /// The token `n` before `i` in the same paragraph, or the edge.
    #[inline]
    pub fn back(&self, i: usize, n: usize) -> &Tok {
        if n > i {
            return &EDGE;
        }
        for k in (i - n + 1..=i).rev() {
            if self.t.get(k).is_none_or(|t| t.has(START)) {
                return &EDGE;
            }
        }
        self.t.get(i - n).unwrap_or(&EDGE)
    }

    /// The token `n` after `i` in the same paragraph, or the edge.
    #[inline]
    pub fn ahead(&self, i: usize, n: usize) -> &Tok {
        for k in i + 1..=i + n {
            if self.t.get(k).is_none_or(|t| t.has(START)) {
                return &EDGE;
            }
        }
        self.t.get(i + n).unwrap_or(&EDGE)
    }

    /// The sentence that holds token `i`.
    pub fn sentence(&self, i: usize) -> Range<usize> {
        let s = self.sentence_index(i);
        let end = self.sents.get(s + 1).map_or(self.t.len(), |e| *e as usize);
        self.sents[s] as usize..end
    }

    pub fn sentence_index(&self, i: usize) -> usize {
        let (para, last) = self.asked.get();
        let begins = |s: usize| self.sents.get(s).is_some_and(|s| *s as usize <= i);
        if begins(last) && !begins(last + 1) {
            return last;
        }
        let found = self.sents.partition_point(|s| *s as usize <= i).saturating_sub(1);
        self.asked.set((para, found));
        found
    }

    /// The paragraph that holds token `i`.
    pub fn para(&self, i: usize) -> usize {
        let (last, sentence) = self.asked.get();
        let begins = |p: usize| self.paras.get(p).is_some_and(|p| p.toks.start <= i);
        if begins(last) && !begins(last + 1) {
            return last;
        }
        let found = self.paras.partition_point(|p| p.toks.start <= i).saturating_sub(1);
        self.asked.set((found, sentence));
        found
    }
}

fn lines(text: &str, toks: &[Tok]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for (i, t) in toks.iter().enumerate() {
        if i == 0 || t.has(LINE) {
            out.push(Line { start: i, end: i, blank: t.has(BLANK), bytes: 0, row: false, page: false });
        }
        if let Some(l) = out.last_mut() {
            l.end = i + 1;
        }
    }
    let mut same: HashMap<&str, u32> = HashMap::new();
    for l in &mut out {
        let (a, b) = (toks[l.start].start as usize, toks[l.end - 1].end as usize);
        l.bytes = b - a;
        let bars = toks[l.start..l.end].iter().filter(|t| t.sign('|')).count();
        l.row = bars >= 2 || toks[l.start + 1..l.end].iter().any(|t| t.has(CELL));
        if l.bytes >= 12 && l.bytes < 120 && l.blank && !l.row {
            *same.entry(&text[a..b]).or_default() += 1;
        }
    }
    for n in 0..out.len() {
        let l = &out[n];
        let words = &toks[l.start..l.end];
        let near = |m: Option<&Line>| m.is_none_or(|m| m.bytes > 50);
        let alone = l.blank && out.get(n + 1).is_none_or(|m| m.blank)
            || near(n.checked_sub(1).and_then(|m| out.get(m))) && near(out.get(n + 1));
        let bare: Vec<&Tok> = words.iter().filter(|t| !t.sign('-')).collect();
        let page = match bare.as_slice() {
            [a] => a.number() && a.end - a.start <= 3 && alone,
            [a, b, rest @ ..] => {
                a.any(const { &keys(["trang", "page"]) }) && b.number() && rest.len() <= 3
                    || a.number() && b.sign('/') && rest.len() == 1 && rest[0].number() && l.blank && alone
            }
            [] => false,
        };
        let repeated = !l.row
            && same
                .get(&text[words[0].start as usize..words[words.len() - 1].end as usize])
                .is_some_and(|n| *n >= 3)
            && !ENDS.iter().any(|c| words[words.len() - 1].sign(*c));
        out[n].page = page || repeated;
    }
    out
}

/// A table whose cells came one a line: after "TT" or "STT" and the other heads the rows begin with
/// 1, 2, 3. Its lines are put back into rows.
fn lay_down(text: &str, toks: &mut [Tok], lines: Vec<Line>) -> Vec<Line> {
    const MOST: usize = 16;
    let single = |toks: &[Tok], l: &Line, want: &str| {
        l.end == l.start + 1 && text[toks[l.start].start as usize..toks[l.start].end as usize] == *want
    };
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut n = 0;
    while n < lines.len() {
        let head = &lines[n];
        let opens = head.end <= head.start + 2 && toks[head.start].any(const { &keys(["tt", "stt"]) });
        let width = if opens {
            (2..=MOST).find(|k| lines.get(n + k).is_some_and(|l| single(toks, l, "1")))
        } else {
            None
        };
        let Some(width) = width.filter(|k| lines[n..n + k].iter().all(|l| !l.row && l.bytes < 120)) else {
            out.push(take(&lines[n]));
            n += 1;
            continue;
        };
        let mut row = 0_usize;
        while n + width <= lines.len() {
            let starts = row == 0 || single(toks, &lines[n], &row.to_string());
            let plain = lines[n..n + width].iter().all(|l| !l.row && l.bytes < 200);
            if !starts || !plain {
                break;
            }
            for l in &lines[n + 1..n + width] {
                toks[l.start].flags |= CELL;
            }
            let bytes = lines[n..n + width].iter().map(|l| l.bytes).sum();
            out.push(Line {
                start: lines[n].start,
                end: lines[n + width - 1].end,
                blank: false,
                bytes,
                row: true,
                page: false,
            });
            n += width;
            row += 1;
        }
    }
    out
}

fn take(l: &Line) -> Line {
    Line { start: l.start, end: l.end, blank: l.blank, bytes: l.bytes, row: l.row, page: l.page }
}

/// The usual length of a full line, or `usize::MAX` when each paragraph is one line.
fn wrap_width(lines: &[Line]) -> usize {
    let mut n: Vec<usize> = lines.iter().map(|l| l.bytes).filter(|b| *b > 30).collect();
    if n.len() < 4 {
        return usize::MAX;
    }
    n.sort_unstable();
    // Bytes, not letters: Vietnamese needs about 1.35 bytes a letter.
    let high = n[n.len() * 9 / 10];
    let unbroken = lines.iter().filter(|l| !l.blank).count();
    if high > 190 || unbroken * 3 < lines.len() { usize::MAX } else { high }
}

fn is_glued(before: &Tok, t: &Tok, word: &str) -> bool {
    const MEASURE: &[u32] =
        &crate::key::keys(["m", "km", "cm", "dm", "mm", "a", "q", "p", "covid", "h", "t", "co"]);
    before.kind == Kind::Word
        && t.number()
        && before.end == t.start
        && t.end - t.start <= 2
        && word.chars().count() > 1
        && word.chars().any(char::is_lowercase)
        && !MEASURE.contains(&before.key)
}

/// Footnote marks that lost their height, digits glued to a word: where each stands first.
fn glued_marks<'t>(text: &'t str, toks: &[Tok]) -> HashMap<&'t str, usize> {
    let mut out = HashMap::new();
    for i in 1..toks.len() {
        if toks[i].number() && toks[i - 1].end == toks[i].start && toks[i - 1].kind == Kind::Word {
            let s = &text[toks[i].start as usize..toks[i].end as usize];
            if s.len() <= 2 {
                out.entry(s).or_insert(i);
            }
        }
    }
    out
}

/// A lone roman numeral: its value.
pub(crate) fn roman(s: &str) -> Option<u32> {
    if s.is_empty() || s.len() > 7 {
        return None;
    }
    let v = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let values: Option<Vec<u32>> = s.chars().map(v).collect();
    let values = values?;
    let mut sum = 0;
    for (i, v) in values.iter().enumerate() {
        if values.get(i + 1).is_some_and(|n| n > v) {
            sum -= *v as i32;
        } else {
            sum += *v as i32;
        }
    }
    u32::try_from(sum).ok().filter(|s| *s > 0)
}

fn kind_of(
    text: &str,
    toks: &[Tok],
    line: &Line,
    glued: &HashMap<&str, usize>,
) -> (ParaKind, usize, Option<Ordinal>) {
    let (a, b) = (line.start, line.end);
    if line.page {
        return (ParaKind::Page, a, None);
    }
    if line.row {
        return (ParaKind::Row, a, None);
    }
    let t = |i: usize| toks.get(i).filter(|_| i < b).unwrap_or(&EDGE);
    let s = |i: usize| &text[toks[i].start as usize..toks[i].end as usize];
    let first = t(a);
    if first.kind == Kind::Mark {
        return (ParaKind::Note, a + 1, None);
    }
    if (first.sign('[') || first.sign('('))
        && t(a + 1).number()
        && s(a + 1).len() <= 2
        && (t(a + 2).sign(']') || t(a + 2).sign(')'))
    {
        let note = first.sign('[') && s(a + 1).len() <= 2;
        return (if note { ParaKind::Note } else { ParaKind::Item }, a + 3, None);
    }
    if first.kind == Kind::Sign && "-+*•#>".chars().any(|c| first.sign(c)) {
        let mut body = a + 1;
        while body < b && t(body).kind == Kind::Sign && "-+*•#>".chars().any(|c| t(body).sign(c)) {
            body += 1;
        }
        if first.sign('#') || (first.sign('*') && t(body - 1).sign('*') && body - a >= 2) {
            return (ParaKind::Heading, body, None);
        }
        return (ParaKind::Item, body, None);
    }
    let closes = |i: usize| {
        let t = t(i);
        (t.sign('.') || t.sign(')') || t.sign('-') || t.sign('/') || t.sign(':')) && !t.has(SPACE)
    };
    if first.number() {
        let n = s(a);
        if n.len() <= 2
            && let Ok(v) = n.parse::<u32>()
        {
            // "05-CT/TW" at the head of a line opens no section; "1.Mục đích" does.
            let dotted = t(a + 1).sign('.') || t(a + 1).sign(')');
            let spaced = t(a + 2).has(SPACE) || (dotted && t(a + 2).has(UPPER));
            if closes(a + 1) && spaced && !(t(a + 1).sign('-') && t(a + 2).number()) {
                return (ParaKind::Heading, a + 2, Some(Ordinal::Number(v)));
            }
            if t(a + 1).has(UPPER) && glued.get(n).is_some_and(|g| *g < a) {
                return (ParaKind::Note, a + 1, None);
            }
        } else if n.len() <= 7
            && let Some((x, y)) = n.split_once('.')
            && let (Ok(x), Ok(y)) = (x.parse::<u32>(), y.split('.').next().unwrap_or("").parse::<u32>())
            && n.split('.').all(|p| p.len() <= 2 && !p.starts_with('0'))
            && x < 30
            && y < 30
            && (t(a + 1).has(UPPER) || closes(a + 1))
        {
            let body = if closes(a + 1) { a + 2 } else { a + 1 };
            return (ParaKind::Heading, body, Some(Ordinal::Sub(x, y)));
        }
        return (ParaKind::Body, a, None);
    }
    if first.kind == Kind::Word {
        let w = s(a);
        if first.has(UPPER)
            && let Some(v) = roman(w)
            && closes(a + 1)
        {
            return (ParaKind::Heading, a + 2, Some(Ordinal::Roman(v)));
        }
        if w.chars().count() == 1
            && w.chars().all(char::is_lowercase)
            && (t(a + 1).sign(')') || t(a + 1).sign('.') || t(a + 1).sign('-') || t(a + 1).sign('/'))
            && !t(a + 1).has(SPACE)
        {
            return (ParaKind::Heading, a + 2, w.chars().next().map(Ordinal::Letter));
        }
        if t(a + 1).word(const { key("là") })
            && t(a + 2).sign(',')
            && first.any(
                const {
                    &keys(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"])
                },
            )
        {
            return (ParaKind::Item, a + 3, None);
        }
        if first.any(const { &keys(["điều", "chương", "phần", "mục"]) })
            && first.has(UPPER)
            && (t(a + 1).number() || roman(s((a + 1).min(b - 1))).is_some())
        {
            return (ParaKind::Heading, a + 2, None);
        }
        let words = toks[a..b].iter().filter(|t| t.kind == Kind::Word);
        let (caps, all) = words.fold((0, 0), |(c, n), t| (c + usize::from(t.has(CAPS)), n + 1));
        if all >= 2 && caps * 10 >= all * 8 {
            return (ParaKind::Heading, a, None);
        }
    }
    (ParaKind::Body, a, None)
}

fn looks_heading(toks: &[Tok]) -> bool {
    let Some(last) = toks.last() else { return false };
    let ends = last.sign('.') || last.sign(';') || last.sign('…');
    let lettered_sentence = toks.len() > 60;
    !ends && !lettered_sentence
}

fn soft_break(toks: &[Tok], before: &Line, line: &Line, wrap: usize) -> bool {
    let last = &toks[before.end - 1];
    let first = &toks[line.start];
    let terminal = ENDS.iter().any(|c| last.sign(*c));
    let full = wrap != usize::MAX && before.bytes * 10 >= wrap * 7;
    let caps = |l: &Line| toks[l.start..l.end].iter().filter(|t| t.kind == Kind::Word).all(|t| t.has(CAPS));
    if terminal {
        // In a wrapped paragraph a full line may end in any sign; a list has short lines.
        let goes_on = first.kind == Kind::Word && !first.has(UPPER);
        return full && (goes_on || !last.sign(':') && !last.sign(';'));
    }
    if caps(before) && caps(line) {
        return true;
    }
    if first.kind == Kind::Word && !first.has(UPPER) {
        return true;
    }
    if last.sign('-') && first.number() || first.sign(')') || first.sign(',') || last.sign(',') {
        return true;
    }
    full || (first.number() && before.bytes > 60 && line.bytes > 20)
}

/// The paragraph that goes on where `last` was cut: over footnotes, page numbers, empty lines.
fn continuation(
    toks: &[Tok],
    chunks: &[(Range<usize>, ParaKind, usize, Option<Ordinal>)],
    used: &[bool],
    last: usize,
) -> Option<usize> {
    let tail = toks[chunks[last].0.clone()].last()?;
    if ENDS.iter().any(|c| tail.sign(*c)) || (tail.kind == Kind::Sign && tail.sign('”')) {
        return None;
    }
    if chunks[last].0.len() < 8 {
        return None;
    }
    let mut over = false;
    for next in last + 1..chunks.len().min(last + 12) {
        match chunks[next].1 {
            ParaKind::Note | ParaKind::Page => over = true,
            ParaKind::Body if !used[next] => {
                let first = &toks[chunks[next].0.start];
                let small = first.kind == Kind::Word && !first.has(UPPER);
                let open = tail.sign('-') || tail.sign(',') || tail.sign('(');
                return (over || small || (open && first.number())).then_some(next);
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let r = Reading::new(text);
        r.paras
            .iter()
            .map(|p| {
                let k = match p.kind {
                    ParaKind::Body => 'B',
                    ParaKind::Heading => 'H',
                    ParaKind::Item => 'I',
                    ParaKind::Note => 'N',
                    ParaKind::Row => 'R',
                    ParaKind::Page => 'P',
                };
                let n = r.sents.iter().filter(|s| p.toks.contains(&(**s as usize))).count();
                format!("{k}{n}")
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn tells_paragraphs_apart() {
        for (text, want) in [
            ("I. KẾT QUẢ\n\n1. Học tập\n\nChi bộ có 5 tổ. Đã họp.", "H1 H1 B2"),
            ("Chi bộ như sau:\n- Một việc;\n- Hai việc.", "B1 I1 I1"),
            ("Đã khen 13 tập thể\nvà 4 cá nhân trong năm.", "B1"),
            ("Chi bộ A\t25\t24", "R1"),
            ("| Chi bộ | 25 | 24 |", "R1"),
            ("TP. Hà Nội có 5 xã. Xã nào cũng đạt.", "B2"),
            ("1. Tiếp tục quán triệt Kết luận cho toàn chi bộ.", "I1"),
            ("2.2 Nguyên nhân", "H1"),
            ("3- Đánh giá chung:", "H1"),
            ("05-CT/TW, ngày 15/5/2016 của Bộ Chính trị.", "B1"),
            ("10.000 USD đã được trao.", "B1"),
        ] {
            assert_eq!(shape(text), want, "{text}");
        }
    }

    #[test]
    fn a_footnote_does_not_cut_a_sentence() {
        let r = Reading::new(
            "Kết quả, trong ba năm qua cấp ủy các cấp (2021-\n\n¹ Gồm 5 kế hoạch và 2 báo cáo của cấp ủy.\n\n2023) đã kiểm tra 04 chi bộ.",
        );
        assert_eq!(r.paras.len(), 2);
        assert_eq!(r.paras[0].kind, ParaKind::Body);
        assert_eq!(r.paras[1].kind, ParaKind::Note);
        assert!(r.sentence(0).len() > 20);
    }

    #[test]
    fn footnotes_know_their_place() {
        let r = Reading::new("Đã ban hành 22 văn bản³; giao Ban Tuyên giáo.\n\n³ Gồm 5 kế hoạch.");
        assert_eq!(r.paras[1].anchor.map(|a| r.str(a)), Some("³"));
        let r = Reading::new("Đã ban hành 22 văn bản3; giao Ban Tuyên giáo.\n\n3 Gồm 5 kế hoạch.");
        assert_eq!(r.paras[1].anchor.map(|a| r.str(a)), Some("3"));
    }
}
