//! What is wrong with an expression or a catalogue, and where.

use domain::Message;
use domain::text::fold;
use std::fmt;

/// A place in a text: bytes `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

impl Span {
    /// From the beginning of `self` to the end of `other`.
    pub(crate) fn to(self, other: Span) -> Span {
        Span { from: self.from, to: other.to.max(self.from) }
    }
}

/// Something wrong, with the place and a way out if one is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The catalogue file; empty for an expression on its own.
    pub source: String,
    /// The indicator, where it is known.
    pub indicator: Option<String>,
    /// The place, in the expression or in the catalogue file.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// What may have been meant, or what to do. Boxed, as results carry problems about.
    pub hint: Option<Box<Message>>,
}

impl Problem {
    /// A problem of an expression.
    pub(crate) fn new(span: Span, message: Message) -> Problem {
        Problem { source: String::new(), indicator: None, span, message, hint: None }
    }

    /// With the known word nearest to `word`, if one is near.
    #[must_use]
    pub(crate) fn nearest<'a>(mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Problem {
        if let Some(suggestion) = nearest(word, known) {
            self = self.hint(Message::new("figures-did-you-mean").with("suggestion", suggestion));
        }
        self
    }

    /// With a message that says what to do.
    #[must_use]
    pub(crate) fn hint(mut self, hint: Message) -> Problem {
        self.hint = Some(Box::new(hint));
        self
    }

    /// Line and column, both from 1; the column counts characters.
    pub fn position(&self, text: &str) -> (usize, usize) {
        let from = floor_char(text, self.span.from);
        let before = &text[..from];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The line of the text with carets under the place, to be shown in fixed width:
    /// ```text
    /// 1 | count(inspecton)
    ///   |       ^^^^^^^^^
    /// ```
    pub fn caret(&self, text: &str) -> String {
        let (line, column) = self.position(text);
        let shown = text.split('\n').nth(line - 1).unwrap_or("").trim_end_matches('\r');
        // A tab has no fixed width; shown as one blank, the carets stay under the place.
        let shown = shown.replace('\t', " ");
        let from = floor_char(text, self.span.from);
        let to = floor_char(text, self.span.to).max(from);
        let marked = text[from..to].split('\n').next().unwrap_or("").trim_end().chars().count().max(1);
        let number = line.to_string();
        format!(
            "{number} | {shown}\n{blank} | {indent}{carets}",
            blank = " ".repeat(number.len()),
            indent = " ".repeat(column - 1),
            carets = "^".repeat(marked)
        )
    }
}

/// For logs and tests only: people get the translated text.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.source.is_empty() {
            write!(f, "{}: ", self.source)?;
        }
        if let Some(id) = &self.indicator {
            write!(f, "{id}: ")?;
        }
        write!(f, "{}..{}: {}", self.span.from, self.span.to, self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

/// The beginning of a text, for a message.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", &text[..cut]),
    }
}

/// The last character boundary at or before `at`.
fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The known word nearest to what was typed, if it is near enough to have been meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer words are no slip of the finger, and the table grows with the square.
    if word.len() > 100 {
        return None;
    }
    let typed: Vec<char> = fold(word).chars().collect();
    let limit = (typed.len() / 3).max(1);
    known
        .into_iter()
        .filter(|k| k.len() <= 100)
        .map(|k| (distance(&typed, &fold(k).chars().collect::<Vec<_>>()), k))
        .filter(|(d, _)| *d <= limit)
        .min()
        .map(|(_, k)| k)
}

/// How many letters must be put in, left out, changed, or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: [Vec<usize>; 3] = [vec![0; b.len() + 1], (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        let [before, last, row] = &mut rows;
        row[0] = i;
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_slips_of_the_finger() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(d("", "abc"), 3);
        assert_eq!(d("inspecton", "inspection"), 1);
        assert_eq!(d("inspetcion", "inspection"), 1);
        assert_eq!(d("kitten", "sitting"), 3);
        assert_eq!(d("same", "same"), 0);
    }

    #[test]
    fn suggests_only_what_may_have_been_meant() {
        let known = ["inspection", "attendance", "member"];
        assert_eq!(nearest("inspecton", known), Some("inspection"));
        assert_eq!(nearest("Attendence", known), Some("attendance"));
        assert_eq!(nearest("zebra", known), None);
    }

    #[test]
    fn points_at_the_place_in_characters() {
        let text = "count(đảng)\n  + số";
        let from = text.find("số").expect("there");
        let p = Problem::new(Span { from, to: from + "số".len() }, Message::new("x"));
        assert_eq!(p.position(text), (2, 5));
        assert_eq!(p.caret(text), "2 |   + số\n  |     ^^");
        // A span that does not fit the text is cut, not a panic.
        let p = Problem::new(Span { from: 8, to: 999 }, Message::new("x"));
        assert!(p.caret("đ").contains('^'));
    }
}
