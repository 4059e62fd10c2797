//! The four faces of the PDF writer: Liberation Serif, which has the widths of Times New Roman.
//!
//! The files stand in the repository, so that every machine makes the same bytes and breaks its
//! lines where Word breaks them with Times New Roman. There is no shaping engine: Vietnamese in
//! composed form (NFC) is one glyph a letter, and Word sets no kerning either.

use std::sync::OnceLock;

use domain::Message;
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

const FILES: [&[u8]; 4] = [
    include_bytes!("fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("fonts/LiberationSerif-BoldItalic.ttf"),
];

/// How far the letters reach above and below the baseline, in em (the same in the four faces).
pub(super) const ASCENT: f32 = 0.891;
/// See [`ASCENT`].
pub(super) const DESCENT: f32 = 0.216;

/// Stands for a character that the face does not have, and for what is not text at all.
const UNKNOWN: char = '□';

/// One of the four faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

impl Face {
    pub(super) fn bold(self) -> Face {
        if matches!(self, Face::Italic | Face::BoldItalic) { Face::BoldItalic } else { Face::Bold }
    }

    pub(super) fn italic(self) -> Face {
        if matches!(self, Face::Bold | Face::BoldItalic) { Face::BoldItalic } else { Face::Italic }
    }
}

/// A glyph of a face and its width in em.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) width: f32,
}

struct Loaded {
    font: Font,
    /// Sorted by character.
    glyphs: Vec<(char, Glyph)>,
}

/// The faces, read once for the life of the program.
pub(super) struct Faces([Loaded; 4]);

/// Gives the faces; reads them at the first call.
pub(super) fn faces() -> Result<&'static Faces, Message> {
    static FACES: OnceLock<Option<Faces>> = OnceLock::new();
    FACES.get_or_init(Faces::load).as_ref().ok_or_else(|| Message::new("document-pdf-font"))
}

impl Faces {
    fn load() -> Option<Faces> {
        let [regular, bold, italic, bold_italic] = FILES.map(Loaded::read);
        Some(Faces([regular?, bold?, italic?, bold_italic?]))
    }

    pub(super) fn font(&self, face: Face) -> &Font {
        &self.0[face as usize].font
    }

    /// The glyph of a character; never the empty box of a font (`.notdef`).
    pub(super) fn glyph(&self, face: Face, letter: char) -> Glyph {
        let glyphs = &self.0[face as usize].glyphs;
        let find = |c| glyphs.binary_search_by_key(&c, |g| g.0).ok().map(|i| glyphs[i].1);
        find(letter).or_else(|| find('?')).unwrap_or(Glyph { id: 0, width: 0.5 })
    }

    fn has(&self, face: Face, letter: char) -> bool {
        self.0[face as usize].glyphs.binary_search_by_key(&letter, |g| g.0).is_ok()
    }

    /// The text as it will be printed: composed letters, plain white space, nothing invisible,
    /// and a visible mark where the face has no such character.
    pub(super) fn printable(&self, face: Face, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for letter in text.nfc() {
            match letter {
                '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push('\u{a0}'),
                // Never broken: the breaker only breaks at blanks.
                '\u{2010}' | '\u{2011}' => out.push('-'),
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}' => {}
                c if c.is_whitespace() => out.push(' '),
                c if c.is_control() => {}
                c if self.has(face, c) && !('\u{e000}'..='\u{f8ff}').contains(&c) => out.push(c),
                _ => out.push(if self.has(face, UNKNOWN) { UNKNOWN } else { '?' }),
            }
        }
        out
    }
}

impl Loaded {
    fn read(bytes: &'static [u8]) -> Option<Loaded> {
        let font = Font::new(bytes.into(), 0)?;
        let raw = FontRef::new(bytes).ok()?;
        let widths = raw.glyph_metrics(Size::new(1.0), LocationRef::default());
        let mut glyphs: Vec<(char, Glyph)> = raw
            .charmap()
            .mappings()
            .filter_map(|(code, id)| {
                let glyph = Glyph { id: id.to_u32(), width: widths.advance_width(id)? };
                (glyph.id != 0).then_some((char::from_u32(code)?, glyph))
            })
            .collect();
        glyphs.sort_by_key(|g| g.0);
        glyphs.dedup_by_key(|g| g.0);
        Some(Loaded { font, glyphs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every Vietnamese letter: 12 vowels with 5 tones and none, đ, the other consonants; both cases.
    fn vietnamese() -> Vec<char> {
        let mut all = Vec::new();
        for vowel in "aăâeêioôơuưy".chars() {
            for tone in ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"] {
                let composed: Vec<char> = format!("{vowel}{tone}").nfc().collect();
                assert_eq!(composed.len(), 1, "{vowel}{tone} is one letter when composed");
                all.push(composed[0]);
            }
        }
        all.extend("bcdđfghjklmnpqrstvwxz".chars());
        let upper: Vec<char> = all.iter().flat_map(|c| c.to_uppercase()).collect();
        all.extend(upper);
        all
    }

    #[test]
    fn each_face_has_every_vietnamese_letter() {
        let faces = faces().expect("the fonts are read");
        let letters = vietnamese();
        assert_eq!(letters.len(), 2 * (12 * 6 + 21));
        for face in [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic] {
            for &letter in
                letters.iter().chain("0123456789.,;:!?%/()-–—…“”‘’*+=§°₫…".chars().collect::<Vec<_>>().iter())
            {
                assert!(faces.has(face, letter), "{face:?} lacks {letter}");
                assert_ne!(faces.glyph(face, letter).id, 0);
            }
        }
    }

    #[test]
    fn combining_marks_become_letters_and_the_unprintable_becomes_visible() {
        let faces = faces().expect("the fonts are read");
        assert_eq!(faces.printable(Face::Bold, "Đa\u{309}ng bo\u{302}\u{323}"), "Đảng bộ");
        assert_eq!(faces.printable(Face::Regular, "a\u{200b}\u{feff}b\tc\nd\u{0}"), "ab c d");
        assert_eq!(faces.printable(Face::Regular, "🙂\u{e000}漢"), "□□□");
    }

    #[test]
    fn the_widths_are_those_of_times_new_roman() {
        let faces = faces().expect("the fonts are read");
        // From the metrics of Times New Roman: 2048 units to the em.
        for (letter, units) in [('a', 909.0), ('đ', 1024.0), ('N', 1479.0), (' ', 512.0), ('0', 1024.0)] {
            let width = faces.glyph(Face::Regular, letter).width * 2048.0;
            assert!((width - units).abs() < 0.6, "{letter}: {width}");
        }
    }
}
