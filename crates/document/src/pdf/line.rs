//! Lines: letters with their widths, broken at blanks to a width.
//!
//! A break stands only where a blank is; a word wider than the line is cut, at a sign of
//! punctuation if it has one. Every step takes at least one letter, so breaking always ends.

use super::font::{Face, Faces};

/// How a letter is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) face: Face,
    /// Points.
    pub(super) size: f32,
    /// Points above the baseline (footnote marks).
    pub(super) rise: f32,
}

impl Style {
    pub(super) fn new(face: Face, size: f32) -> Style {
        Style { face, size, rise: 0.0 }
    }

    /// The same, as a footnote mark.
    pub(super) fn mark(self) -> Style {
        Style { size: self.size * 0.65, rise: self.size * 0.33, ..self }
    }
}

/// A letter with its place in the face.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) letter: char,
    pub(super) glyph: u32,
    /// Points.
    pub(super) width: f32,
    pub(super) style: Style,
    /// The footnote whose mark begins here.
    pub(super) note: Option<usize>,
}

impl Letter {
    fn blank(&self) -> bool {
        self.letter == ' '
    }
}

/// A line of letters. It may end in a blank, which is there for those who copy the text and
/// does not count in the width.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) letters: Vec<Letter>,
    /// Points, without the blank at the end.
    pub(super) width: f32,
    /// Blanks that may be stretched.
    pub(super) gaps: usize,
    /// The last line of its paragraph is not stretched.
    pub(super) last: bool,
}

impl Line {
    /// The footnotes marked in this line.
    pub(super) fn notes(&self) -> Vec<usize> {
        self.letters.iter().filter_map(|l| l.note).collect()
    }

    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|l| l.letter).collect()
    }

    fn of(mut letters: Vec<Letter>, last: bool) -> Line {
        while last && letters.last().is_some_and(Letter::blank) {
            letters.pop();
        }
        let inner = letters.iter().rposition(|l| !l.blank()).map_or(0, |i| i + 1);
        let width = letters[..inner].iter().map(|l| l.width).sum();
        let gaps = letters[..inner].iter().filter(|l| l.blank()).count();
        Line { letters, width, gaps, last }
    }
}

/// Adds words to `letters`.
pub(super) fn set(faces: &Faces, text: &str, style: Style, letters: &mut Vec<Letter>) {
    for letter in faces.printable(style.face, text).chars() {
        // "98 %" stays together.
        if letter == '%' {
            bind_end(letters);
        }
        let glyph = faces.glyph(style.face, if letter == '\u{a0}' { ' ' } else { letter });
        letters.push(Letter { letter, glyph: glyph.id, width: glyph.width * style.size, style, note: None });
    }
}

/// Makes a blank at the end unbreakable, so that what follows stays on the line.
pub(super) fn bind_end(letters: &mut [Letter]) {
    if let Some(last) = letters.last_mut()
        && last.blank()
    {
        last.letter = '\u{a0}';
    }
}

/// Breaks letters into lines: the first `first` wide, the others `width`.
pub(super) fn break_lines(letters: &[Letter], first: f32, width: f32) -> Vec<Line> {
    // Sums of many widths differ in the last digits from the width that they should fill.
    const SLACK: f32 = 0.01;
    let mut lines = Vec::new();
    let mut line: Vec<Letter> = Vec::new();
    let mut used = 0.0_f32;
    let mut at = 0;
    while at < letters.len() {
        let mut gap = None;
        while at < letters.len() && letters[at].blank() {
            gap = gap.or(Some(letters[at]));
            at += 1;
        }
        let end = letters[at..].iter().position(Letter::blank).map_or(letters.len(), |n| at + n);
        let mut word = &letters[at..end];
        at = end;
        if word.is_empty() {
            break;
        }
        let word_width: f32 = word.iter().map(|l| l.width).sum();
        let room = |lines: &Vec<Line>| if lines.is_empty() { first } else { width };
        if !line.is_empty() {
            let gap_width = gap.map_or(0.0, |g| g.width);
            line.extend(gap);
            if used + gap_width + word_width <= room(&lines) + SLACK {
                line.extend_from_slice(word);
                used += gap_width + word_width;
                continue;
            }
            lines.push(Line::of(std::mem::take(&mut line), false));
        }
        // The word opens a line; what does not fit is cut off and becomes a line of its own.
        loop {
            let fits = fitting(word, room(&lines) + SLACK);
            if fits == word.len() {
                break;
            }
            lines.push(Line::of(word[..fits].to_vec(), false));
            word = &word[fits..];
        }
        line.extend_from_slice(word);
        used = word.iter().map(|l| l.width).sum();
    }
    if !line.is_empty() {
        lines.push(Line::of(line, true));
    }
    if let Some(last) = lines.last_mut() {
        last.last = true;
    }
    lines
}

/// How many letters of a word stand in a width; at least one.
fn fitting(word: &[Letter], width: f32) -> usize {
    let mut used = 0.0;
    let mut fits = 0;
    for letter in word {
        used += letter.width;
        if used > width {
            break;
        }
        fits += 1;
    }
    if fits == word.len() {
        return fits;
    }
    let cut = word[..fits].iter().rposition(|l| "-–—/_.,;:&?=".contains(l.letter)).map_or(0, |i| i + 1);
    let fits = if cut * 2 >= fits { cut } else { fits };
    // A mark belongs to the letter before it.
    let joined = |l: &Letter| ('\u{300}'..='\u{36f}').contains(&l.letter);
    let back = word[..=fits.min(word.len() - 1)].iter().rev().take_while(|l| joined(l)).count();
    if back < fits { (fits - back).max(1) } else { fits.max(1) }
}

/// Breaks letters into as few lines as `width` allows, all about equally long: for centred titles.
pub(super) fn balanced(letters: &[Letter], width: f32) -> Vec<Line> {
    let widest = break_lines(letters, width, width);
    if widest.len() < 2 || widest.len() > 8 {
        return widest;
    }
    let (mut low, mut high) = (width / 2.0, width);
    for _ in 0..10 {
        let middle = f32::midpoint(low, high);
        if break_lines(letters, middle, middle).len() > widest.len() { low = middle } else { high = middle }
    }
    break_lines(letters, high, high)
}

#[cfg(test)]
mod tests {
    use super::super::font::faces;
    use super::*;

    fn letters(text: &str) -> Vec<Letter> {
        let mut out = Vec::new();
        set(faces().expect("fonts"), text, Style::new(Face::Regular, 14.0), &mut out);
        out
    }

    fn texts(text: &str, width: f32) -> Vec<String> {
        break_lines(&letters(text), width, width).iter().map(|l| l.text().trim_end().to_owned()).collect()
    }

    #[test]
    fn breaks_at_blanks_and_keeps_every_word() {
        let lines = texts("Các cấp ủy   tổ chức quán triệt nghị quyết của Đảng", 90.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), "Các cấp ủy tổ chức quán triệt nghị quyết của Đảng");
        for line in break_lines(&letters("Các cấp ủy tổ chức quán triệt nghị quyết"), 60.0, 90.0)
        {
            assert!(line.width <= 90.01);
        }
    }

    #[test]
    fn binds_the_percent_sign_and_hard_blanks() {
        for width in 40..140 {
            for line in texts("đạt tỷ lệ trên 98 % tổng\u{a0}số", width as f32) {
                assert!(!line.starts_with('%') && !line.starts_with("số"), "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_and_breaking_ends() {
        let long = "x".repeat(3000);
        assert_eq!(texts(&long, 100.0).concat(), long);
        assert_eq!(texts(&long, 0.0).len(), 3000);
        assert_eq!(texts("https://vidu.vn/trang/rat-dai", 90.0)[0], "https://vidu.vn/");
        assert!(texts("", 100.0).is_empty() && texts("   ", 100.0).is_empty());
    }

    #[test]
    fn a_balanced_title_has_lines_of_like_length() {
        let title =
            letters("kết quả ba năm thực hiện Chỉ thị về học tập và làm theo tư tưởng, đạo đức, phong cách");
        let plain = break_lines(&title, 400.0, 400.0);
        let even = balanced(&title, 400.0);
        assert_eq!(plain.len(), even.len());
        assert!(even[0].width - even[1].width < plain[0].width - plain[1].width);
    }
}
