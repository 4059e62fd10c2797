//! The four faces of the PDF writer: a serif with full Vietnamese.
//!
//! Looked for in this order: Times New Roman or Liberation Serif (which has its widths, so lines
//! break where Word breaks them) among the machine's fonts, then Libertinus Serif, which comes
//! with the program from a registry crate, so that a bare machine prints as well. A family is
//! taken only when its four faces are there and have every Vietnamese letter. There is no shaping engine:
//! Vietnamese in composed form (NFC) is one glyph a letter, and Word sets no kerning either.

use std::path::Path;
use std::sync::OnceLock;

use domain::Message;
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

/// Folders and file names of the families that are preferred: regular, bold, italic, bold italic.
const PREFERRED: [(&str, [&str; 4]); 6] = [
    (
        "/usr/share/fonts/truetype/msttcorefonts",
        [
            "Times_New_Roman.ttf",
            "Times_New_Roman_Bold.ttf",
            "Times_New_Roman_Italic.ttf",
            "Times_New_Roman_Bold_Italic.ttf",
        ],
    ),
    ("C:\\Windows\\Fonts", ["times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"]),
    (
        "/System/Library/Fonts/Supplemental",
        [
            "Times New Roman.ttf",
            "Times New Roman Bold.ttf",
            "Times New Roman Italic.ttf",
            "Times New Roman Bold Italic.ttf",
        ],
    ),
    ("/usr/share/fonts/truetype/liberation2", LIBERATION),
    ("/usr/share/fonts/truetype/liberation", LIBERATION),
    ("/usr/share/fonts/liberation-serif", LIBERATION),
];
const LIBERATION: [&str; 4] = [
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
];

/// The faces that come with the program, by the names inside their files. Libertinus' bold
/// italic lacks "ơ" and "ư" without a tone, its semibold italic has them.
const SHIPPED: [(&str, &str); 4] = [
    ("Libertinus Serif", "Regular"),
    ("Libertinus Serif", "Bold"),
    ("Libertinus Serif", "Italic"),
    ("Libertinus Serif Semibold Italic", "Regular"),
];

/// How far letters are taken to reach above and below the baseline, in em: those of Times New
/// Roman for every family, so that lines stand at the same height whichever face is found.
pub(super) const ASCENT: f32 = 0.891;
/// See [`ASCENT`].
pub(super) const DESCENT: f32 = 0.216;

/// A font file larger than this is no text face.
const MAX_FILE: u64 = 8 << 20;

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
        let preferred =
            PREFERRED.iter().find_map(|(folder, names)| Faces::installed(Path::new(folder), *names));
        preferred.or_else(Faces::shipped)
    }

    /// A family among the machine's fonts.
    fn installed(folder: &Path, names: [&str; 4]) -> Option<Faces> {
        let read = |name: &str| {
            let path = folder.join(name);
            let size = std::fs::metadata(&path).ok()?.len();
            (size <= MAX_FILE).then(|| std::fs::read(&path).ok())?
        };
        let [a, b, c, d] = names.map(read);
        Faces::of([a?, b?, c?, d?])
    }

    /// The family that comes with the program.
    fn shipped() -> Option<Faces> {
        let named = |(family, style): (&str, &str)| {
            typst_assets::fonts().find(|bytes| {
                let Ok(font) = FontRef::new(bytes) else { return false };
                let is = |id, name: &str| font.localized_strings(id).any(|s| s.chars().eq(name.chars()));
                is(StringId::FAMILY_NAME, family) && is(StringId::SUBFAMILY_NAME, style)
            })
        };
        let [a, b, c, d] = SHIPPED.map(named);
        Faces::of([a?.to_vec(), b?.to_vec(), c?.to_vec(), d?.to_vec()])
    }

    fn of(files: [Vec<u8>; 4]) -> Option<Faces> {
        let [a, b, c, d] = files.map(Loaded::read);
        let faces = Faces([a?, b?, c?, d?]);
        let whole = faces.0.iter().all(|face| vietnamese().all(|letter| face.glyph(letter).is_some()));
        whole.then_some(faces)
    }

    pub(super) fn font(&self, face: Face) -> &Font {
        &self.0[face as usize].font
    }

    /// The glyph of a character; never the empty box of a font (`.notdef`).
    pub(super) fn glyph(&self, face: Face, letter: char) -> Glyph {
        let face = &self.0[face as usize];
        face.glyph(letter).or_else(|| face.glyph('?')).unwrap_or(Glyph { id: 0, width: 0.5 })
    }

    fn has(&self, face: Face, letter: char) -> bool {
        self.0[face as usize].glyph(letter).is_some()
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
    fn glyph(&self, letter: char) -> Option<Glyph> {
        self.glyphs.binary_search_by_key(&letter, |g| g.0).ok().map(|i| self.glyphs[i].1)
    }

    fn read(bytes: Vec<u8>) -> Option<Loaded> {
        let font = Font::new(bytes.clone().into(), 0)?;
        let raw = FontRef::new(&bytes).ok()?;
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

/// Every Vietnamese letter: 12 vowels with five tones and none, đ, the other consonants; both cases.
fn vietnamese() -> impl Iterator<Item = char> {
    let tones = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];
    let vowels = "aăâeêioôơuưy".chars();
    let vowels = vowels
        .flat_map(move |v| tones.into_iter().flat_map(move |t| format!("{v}{t}").nfc().collect::<Vec<_>>()));
    vowels.chain("bcdđfghjklmnpqrstvwxz".chars()).flat_map(|c| [c].into_iter().chain(c.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_that_comes_with_the_program_has_every_vietnamese_letter() {
        assert_eq!(vietnamese().count(), 2 * (12 * 6 + 21));
        let shipped = Faces::shipped().expect("Libertinus Serif in its crate, with all letters");
        for face in [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic] {
            for letter in vietnamese().chain("0123456789.,;:!?%/()-–—…“”‘’*+=§°₫".chars()) {
                assert!(shipped.has(face, letter), "{face:?} lacks {letter}");
                assert_ne!(shipped.glyph(face, letter).id, 0);
            }
        }
    }

    #[test]
    fn combining_marks_become_letters_and_the_unprintable_becomes_visible() {
        let faces = faces().expect("the fonts are read");
        assert_eq!(faces.printable(Face::Bold, "Đa\u{309}ng bo\u{302}\u{323}"), "Đảng bộ");
        assert_eq!(faces.printable(Face::Regular, "a\u{200b}\u{feff}b\tc\nd\u{0}"), "ab c d");
        let marks = faces.printable(Face::Regular, "🙂\u{e000}漢");
        assert!(marks == "□□□" || marks == "???", "{marks}");
    }
}
