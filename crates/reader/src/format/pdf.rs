//! PDF: the text layer, put back into lines by where the letters stand.
//!
//! `lopdf` gives the objects; the order of lines, blanks, cells, footnote marks (small and raised
//! digits) and paragraphs is worked out here. A page without letters is a scan and is reported.

mod content;
mod lines;
mod load;

use super::{MAX_TEXT, Text};
use content::{Operand, Operators};
use domain::Message;
use load::Refusal;
use lopdf::{Dictionary, Document, Encoding, Object};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// No page and no form is inflated beyond this.
const MAX_STREAM: usize = 32 << 20;
/// A font's table of letters: those of all of Chinese take half a megabyte.
const MAX_LETTERS: usize = 2 << 20;
/// All that is inflated of one file: pages may share one stream, forms may be shown a million times.
const MAX_INFLATED: usize = 192 << 20;
const MAX_FONTS: usize = 2000;
const MAX_PAGES: usize = 3000;
const MAX_CHUNKS: usize = 200_000;

pub(super) fn read(bytes: &[u8], out: &mut Text) {
    // The library is not ours: a panic in it must not become ours.
    let result = catch_unwind(AssertUnwindSafe(|| pages(bytes)));
    match result {
        Ok(Ok(Pages { text, scans, all, cut })) => {
            out.text = text;
            if cut {
                out.problem(Message::new("reader-part-too-big").with("part", "PDF"));
            }
            if scans == all && all > 0 {
                out.problem(Message::new("reader-scan").with("pages", all));
            } else if scans > 0 {
                out.problem(Message::new("reader-scan-pages").with("pages", scans));
            }
        }
        Ok(Err(key)) => out.problem(Message::new(key).with("part", "PDF")),
        Err(_) => out.problem(Message::new("reader-not-readable")),
    }
}

struct Pages {
    text: String,
    /// How many pages held no letters.
    scans: usize,
    /// How many pages there are.
    all: usize,
    /// Whether a limit left something out.
    cut: bool,
}

/// The pages, or the message that says why there are none.
fn pages(bytes: &[u8]) -> Result<Pages, &'static str> {
    let (doc, mut cut) = load::load(bytes).map_err(|refusal| match refusal {
        Refusal::TooMuch => "reader-part-too-big",
        Refusal::Unreadable(e) => {
            let text = e.to_string().to_lowercase();
            let locked = ["password", "encrypt", "decrypt"].iter().any(|w| text.contains(w));
            if locked { "reader-encrypted" } else { "reader-not-readable" }
        }
    })?;
    if doc.is_encrypted() {
        return Err("reader-encrypted");
    }
    let (mut text, mut scans, mut all) = (String::new(), 0, 0);
    let mut fonts = HashMap::new();
    let mut left = MAX_INFLATED;
    for page in doc.page_iter().take(MAX_PAGES) {
        all += 1;
        let limit = MAX_STREAM.min(left);
        let mut p =
            Page { chunks: Vec::new(), doc: &doc, fonts: &mut fonts, ops: 0, left: &mut left, letters: 0 };
        if let Ok(content) = doc.get_page_content_with_limit(page, limit)
            && p.charge(content.len())
            && let Ok((direct, inherited)) = doc.get_page_resources(page)
        {
            let mut resources: Vec<&Dictionary> = direct.into_iter().collect();
            resources.extend(inherited.iter().filter_map(|id| doc.get_dictionary(*id).ok()));
            p.run(&content, &resources, ID, 0);
        }
        let chunks = p.chunks;
        if !chunks.iter().any(|c| c.text.chars().any(char::is_alphanumeric)) {
            scans += 1;
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        lines::write(chunks, &mut text);
        if text.len() > MAX_TEXT {
            break;
        }
    }
    cut |= left == 0;
    Ok(Pages { text, scans, all, cut })
}

type Matrix = [f32; 6];
const ID: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// Letters that were set in one go.
struct Chunk {
    x: f32,
    y: f32,
    end: f32,
    size: f32,
    text: String,
}

struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    wide: bool,
    widths: HashMap<u32, f32>,
    usual: f32,
}

/// By where the font's dictionary stands in memory: not every font is an object of its own.
type Fonts<'a> = HashMap<usize, std::rc::Rc<Font<'a>>>;

struct Page<'a, 'f> {
    chunks: Vec<Chunk>,
    doc: &'a Document,
    fonts: &'f mut Fonts<'a>,
    ops: usize,
    /// What the file may still inflate.
    left: &'f mut usize,
    /// Bytes of text on this page.
    letters: usize,
}

fn number(o: Option<&Object>) -> f32 {
    o.and_then(|o| o.as_float().ok()).filter(|f| f.is_finite()).unwrap_or(0.0)
}

impl<'a> Page<'a, '_> {
    /// Takes what was inflated from the file's budget. A stream costs something even when empty.
    fn charge(&mut self, bytes: usize) -> bool {
        let enough = *self.left > bytes;
        *self.left = self.left.saturating_sub(bytes + 200);
        enough
    }

    fn run(&mut self, content: &[u8], resources: &[&'a Dictionary], ctm: Matrix, depth: u32) {
        let mut stack: Vec<Matrix> = Vec::new();
        let mut ctm = ctm;
        let (mut tm, mut tlm) = (ID, ID);
        let mut font: Option<std::rc::Rc<Font<'a>>> = None;
        let (mut size, mut leading, mut spacing, mut word, mut scale, mut rise) =
            (1.0, 0.0, 0.0, 0.0, 1.0, 0.0);
        let mut operators = Operators::new(content);
        while let Some(op) = operators.next() {
            self.ops += 1;
            if self.chunks.len() > MAX_CHUNKS || self.ops > 3_000_000 || self.letters > MAX_TEXT {
                return;
            }
            let operands = &operators.operands;
            let arg = |n: usize| operands.get(n);
            let value = |n: usize| arg(n).and_then(Operand::number).unwrap_or(0.0);
            let six = || -> Matrix { std::array::from_fn(value) };
            let newline = |tlm: &mut Matrix, x: f32, y: f32| *tlm = times(&[1.0, 0.0, 0.0, 1.0, x, y], tlm);
            match op {
                b"q" if stack.len() < 200 => stack.push(ctm),
                b"Q" => ctm = stack.pop().unwrap_or(ctm),
                b"cm" => ctm = times(&six(), &ctm),
                b"BT" => (tm, tlm) = (ID, ID),
                b"Tf" => {
                    size = value(1);
                    font = arg(0).and_then(Operand::name).and_then(|n| self.font(resources, n));
                }
                b"TL" => leading = value(0),
                b"Tc" => spacing = value(0),
                b"Tw" => word = value(0),
                b"Tz" => scale = value(0) / 100.0,
                b"Ts" => rise = value(0),
                b"Tm" => (tm, tlm) = (six(), six()),
                b"Td" | b"TD" => {
                    if op == b"TD" {
                        leading = -value(1);
                    }
                    newline(&mut tlm, value(0), value(1));
                    tm = tlm;
                }
                b"T*" => {
                    newline(&mut tlm, 0.0, -leading);
                    tm = tlm;
                }
                b"Tj" | b"'" | b"\"" | b"TJ" => {
                    if op == b"'" || op == b"\"" {
                        newline(&mut tlm, 0.0, -leading);
                        tm = tlm;
                    }
                    let Some(f) = font.clone() else { continue };
                    let items = match operands.last() {
                        Some(Operand::Array(a)) => a.as_slice(),
                        Some(o) => std::slice::from_ref(o),
                        None => continue,
                    };
                    let mut text = String::new();
                    let mut advance = 0.0;
                    for item in items {
                        match item {
                            Operand::Text(bytes) => {
                                let (s, w, n, blanks) = f.decode(bytes);
                                text.push_str(&s);
                                advance += (w * size + spacing * n + word * blanks) * scale;
                            }
                            o => {
                                let k = o.number().unwrap_or(0.0);
                                if k < -200.0 && !text.ends_with(' ') && !text.is_empty() {
                                    text.push(' ');
                                }
                                advance -= k / 1000.0 * size * scale;
                            }
                        }
                    }
                    let at = times(&[1.0, 0.0, 0.0, 1.0, 0.0, rise], &times(&tm, &ctm));
                    tm = times(&[1.0, 0.0, 0.0, 1.0, advance, 0.0], &tm);
                    let to = times(&tm, &ctm);
                    let real = times(&tm, &ctm);
                    let height = size * (real[2].hypot(real[3]));
                    // Text that runs up the page is a stamp or a watermark.
                    let level = real[1].abs() <= real[0].abs();
                    self.letters += text.len();
                    if !text.is_empty() && level && height > 0.1 {
                        self.chunks.push(Chunk { x: at[4], y: at[5], end: to[4], size: height, text });
                    }
                }
                b"Do" if depth < 6 => {
                    let Some(name) = arg(0).and_then(Operand::name) else { continue };
                    self.form(resources, name, ctm, depth);
                }
                _ => {}
            }
        }
    }

    fn form(&mut self, resources: &[&'a Dictionary], name: &[u8], ctm: Matrix, depth: u32) {
        let doc = self.doc;
        for r in resources {
            let Ok(Object::Dictionary(x)) = r.get_deref(b"XObject", doc) else { continue };
            let Ok(Object::Stream(s)) = x.get_deref(name, doc) else { continue };
            if !matches!(s.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Form")) {
                return;
            }
            let matrix = match s.dict.get_deref(b"Matrix", doc) {
                Ok(Object::Array(a)) => std::array::from_fn(|n| number(a.get(n))),
                _ => ID,
            };
            let limit = MAX_STREAM.min(*self.left);
            let Ok(content) = s.decompressed_content_with_limit(limit) else { return };
            if !self.charge(content.len()) {
                return;
            }
            let mut inner: Vec<&Dictionary> = Vec::new();
            if let Ok(Object::Dictionary(d)) = s.dict.get_deref(b"Resources", doc) {
                inner.push(d);
            }
            inner.extend(resources.iter().take(8));
            self.run(&content, &inner, times(&matrix, &ctm), depth + 1);
            return;
        }
    }

    fn font(&mut self, resources: &[&'a Dictionary], name: &[u8]) -> Option<std::rc::Rc<Font<'a>>> {
        let doc = self.doc;
        for r in resources {
            let Ok(Object::Dictionary(fonts)) = r.get_deref(b"Font", doc) else { continue };
            let Ok(entry) = fonts.get(name) else { continue };
            let Ok((_, Object::Dictionary(dict))) = doc.dereference(entry) else { continue };
            let at = std::ptr::from_ref(dict).addr();
            if let Some(f) = self.fonts.get(&at) {
                return Some(f.clone());
            }
            if self.fonts.len() >= MAX_FONTS || !self.charge(MAX_LETTERS / 16) {
                return None;
            }
            let font = std::rc::Rc::new(Font::new(dict, doc));
            self.fonts.insert(at, font.clone());
            return Some(font);
        }
        None
    }
}

impl<'a> Font<'a> {
    fn new(dict: &'a Dictionary, doc: &'a Document) -> Font<'a> {
        let wide = matches!(dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Type0"));
        let mut widths = HashMap::new();
        let mut usual = 500.0;
        if wide {
            if let Ok(Object::Array(d)) = dict.get_deref(b"DescendantFonts", doc)
                && let Some(Ok((_, Object::Dictionary(d)))) = d.first().map(|o| doc.dereference(o))
            {
                usual = d.get_deref(b"DW", doc).map_or(1000.0, |o| number(Some(o)));
                if let Ok(Object::Array(w)) = d.get_deref(b"W", doc) {
                    let mut i = 0;
                    while i + 1 < w.len() && widths.len() < 70_000 {
                        let first = number(w.get(i)) as u32;
                        match doc.dereference(&w[i + 1]) {
                            Ok((_, Object::Array(list))) => {
                                for (n, o) in list.iter().enumerate() {
                                    widths.insert(first.wrapping_add(n as u32), number(Some(o)));
                                }
                                i += 2;
                            }
                            _ => {
                                let last = (number(w.get(i + 1)) as u32).min(first.saturating_add(70_000));
                                for c in first..=last {
                                    widths.insert(c, number(w.get(i + 2)));
                                }
                                i += 3;
                            }
                        }
                    }
                }
            }
        } else if let Ok(Object::Array(w)) = dict.get_deref(b"Widths", doc) {
            let first = dict.get_deref(b"FirstChar", doc).map_or(0, |o| number(Some(o)) as u32);
            for (n, o) in w.iter().enumerate().take(256) {
                widths.insert(first.wrapping_add(n as u32), number(Some(o)));
            }
        }
        Font { encoding: dict.get_font_encoding_with_limit(doc, MAX_LETTERS).ok(), wide, widths, usual }
    }

    /// The letters, their width in em, how many codes, how many blanks.
    fn decode(&self, bytes: &[u8]) -> (String, f32, f32, f32) {
        let mut width = 0.0;
        let mut count = 0.0;
        let mut blanks = 0.0;
        let mut add = |code: u32| {
            width += self.widths.get(&code).copied().unwrap_or(self.usual) / 1000.0;
            count += 1.0;
        };
        if self.wide {
            for pair in bytes.chunks(2) {
                add(pair.iter().fold(0, |v, b| (v << 8) | u32::from(*b)));
            }
        } else {
            for b in bytes {
                add(u32::from(*b));
                if *b == 32 {
                    blanks += 1.0;
                }
            }
        }
        let text = match &self.encoding {
            Some(e) => Document::decode_text(e, bytes).unwrap_or_default(),
            None => bytes.iter().map(|b| char::from(*b)).collect(),
        };
        (text.chars().filter(|c| !c.is_control()).collect(), width, count, blanks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    const SMALL: &str = "%PDF-1.4\n\
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>>>endobj\n\
        4 0 obj<</Length 108>>stream\n\
        BT /F1 12 Tf 14 TL 72 700 Td (Chi bo co 27) Tj T* [(dang)-400(vien)] TJ /F1 6 Tf 5 Ts (2) Tj ET /X1 Do      \n\
        endstream endobj\n\
        5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
        6 0 obj<</Type/XObject/Subtype/Form/Length 44>>stream\n\
        BT /F1 12 Tf 72 600 Td (Trong khung) Tj ET  \n\
        endstream endobj\n\
        trailer<</Root 1 0 R/Size 7>>\n";

    #[test]
    fn reads_lines_arrays_and_forms() {
        let t = read("a.pdf", SMALL.as_bytes());
        assert_eq!(t.problems, []);
        assert_eq!(
            t.text.split_whitespace().collect::<Vec<_>>().join(" "),
            "Chi bo co 27 dang vien² Trong khung"
        );
    }

    #[test]
    fn objects_in_streams_are_found() {
        // The page and its font stand in an object stream that is not packed.
        let members = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> \
            <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
        let second = members.find("> <<").map_or(0, |i| i + 2);
        let index = format!("3 0 5 {second} ");
        let stream = format!(
            "7 0 obj<</Type/ObjStm/N 2/First {}/Length {}>>stream\n{index}{members}\nendstream endobj\n",
            index.len(),
            index.len() + members.len()
        );
        let kept = |from: &str| SMALL.lines().find(|l| l.starts_with(from)).unwrap_or_default();
        let mut text = SMALL.replace(kept("5 0 obj"), "");
        text = text.replace(kept("3 0 obj"), stream.trim_end());
        let t = read("a.pdf", text.as_bytes());
        assert!(t.text.contains("Chi bo co 27"), "{:?} {:?}", t.text, t.problems);
    }

    #[test]
    fn a_page_without_letters_is_a_scan() {
        let t = read("a.pdf", SMALL.replace("Tj", "w ").replace("TJ", "w ").as_bytes());
        assert_eq!(t.problems.first().map(|p| p.message.key), Some("reader-scan"));
    }
}
