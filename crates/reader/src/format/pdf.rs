//! PDF: the text layer, put back into lines by where the letters stand.
//!
//! `lopdf` gives the objects; the order of lines, blanks, cells, footnote marks (small and raised
//! digits) and paragraphs is worked out here. A page without letters is a scan and is reported.

use super::{MAX_TEXT, Text};
use domain::Message;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

const MAX_STREAM: usize = 32 << 20;
const MAX_PAGES: usize = 3000;
const MAX_CHUNKS: usize = 200_000;

pub(super) fn read(bytes: &[u8], out: &mut Text) {
    // The library is not ours: a panic in it must not become ours.
    let result = catch_unwind(AssertUnwindSafe(|| pages(bytes)));
    match result {
        Ok(Ok((text, scans, all))) => {
            out.text = text;
            if scans == all && all > 0 {
                out.problem(Message::new("reader-scan").with("pages", all));
            } else if scans > 0 {
                out.problem(Message::new("reader-scan-pages").with("pages", scans));
            }
        }
        Ok(Err(locked)) => {
            out.problem(Message::new(if locked { "reader-encrypted" } else { "reader-not-readable" }));
        }
        Err(_) => out.problem(Message::new("reader-not-readable")),
    }
}

/// The text, how many pages held no letters, how many pages there are. Error: is it locked?
fn pages(bytes: &[u8]) -> Result<(String, usize, usize), bool> {
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    let doc = Document::load_mem_with_options(bytes, options).map_err(|e| {
        let text = e.to_string().to_lowercase();
        text.contains("password") || text.contains("encrypt") || text.contains("decrypt")
    })?;
    if doc.is_encrypted() {
        return Err(true);
    }
    let (mut text, mut scans, mut all) = (String::new(), 0, 0);
    let mut fonts = HashMap::new();
    for page in doc.page_iter().take(MAX_PAGES) {
        all += 1;
        let mut p = Page { chunks: Vec::new(), doc: &doc, fonts: &mut fonts, ops: 0 };
        if let Ok(content) = doc.get_page_content_with_limit(page, MAX_STREAM)
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
        lines(chunks, &mut text);
        if text.len() > MAX_TEXT {
            break;
        }
    }
    Ok((text, scans, all))
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

type Fonts<'a> = HashMap<ObjectId, std::rc::Rc<Font<'a>>>;

struct Page<'a, 'f> {
    chunks: Vec<Chunk>,
    doc: &'a Document,
    fonts: &'f mut Fonts<'a>,
    ops: usize,
}

fn number(o: Option<&Object>) -> f32 {
    o.and_then(|o| o.as_float().ok()).filter(|f| f.is_finite()).unwrap_or(0.0)
}

impl<'a> Page<'a, '_> {
    fn run(&mut self, content: &[u8], resources: &[&'a Dictionary], ctm: Matrix, depth: u32) {
        let Ok(content) = Content::decode(content) else { return };
        let mut stack: Vec<Matrix> = Vec::new();
        let mut ctm = ctm;
        let (mut tm, mut tlm) = (ID, ID);
        let mut font: Option<std::rc::Rc<Font<'a>>> = None;
        let (mut size, mut leading, mut spacing, mut word, mut scale, mut rise) =
            (1.0, 0.0, 0.0, 0.0, 1.0, 0.0);
        for op in &content.operations {
            self.ops += 1;
            if self.chunks.len() > MAX_CHUNKS || self.ops > 3_000_000 {
                return;
            }
            let arg = |n: usize| op.operands.get(n);
            let six = || -> Matrix { std::array::from_fn(|n| number(arg(n))) };
            let newline = |tlm: &mut Matrix, x: f32, y: f32| *tlm = times(&[1.0, 0.0, 0.0, 1.0, x, y], tlm);
            match op.operator.as_str() {
                "q" if stack.len() < 200 => stack.push(ctm),
                "Q" => ctm = stack.pop().unwrap_or(ctm),
                "cm" => ctm = times(&six(), &ctm),
                "BT" => (tm, tlm) = (ID, ID),
                "Tf" => {
                    size = number(arg(1));
                    font = arg(0).and_then(|o| o.as_name().ok()).and_then(|n| self.font(resources, n));
                }
                "TL" => leading = number(arg(0)),
                "Tc" => spacing = number(arg(0)),
                "Tw" => word = number(arg(0)),
                "Tz" => scale = number(arg(0)) / 100.0,
                "Ts" => rise = number(arg(0)),
                "Tm" => (tm, tlm) = (six(), six()),
                "Td" | "TD" => {
                    if op.operator == "TD" {
                        leading = -number(arg(1));
                    }
                    newline(&mut tlm, number(arg(0)), number(arg(1)));
                    tm = tlm;
                }
                "T*" => {
                    newline(&mut tlm, 0.0, -leading);
                    tm = tlm;
                }
                "Tj" | "'" | "\"" | "TJ" => {
                    if op.operator == "'" || op.operator == "\"" {
                        newline(&mut tlm, 0.0, -leading);
                        tm = tlm;
                    }
                    let Some(f) = font.clone() else { continue };
                    let items: Vec<&Object> = match op.operands.last() {
                        Some(Object::Array(a)) => a.iter().collect(),
                        Some(o) => vec![o],
                        None => continue,
                    };
                    let mut text = String::new();
                    let mut advance = 0.0;
                    for item in items {
                        match item {
                            Object::String(bytes, _) => {
                                let (s, w, n, blanks) = f.decode(bytes);
                                text.push_str(&s);
                                advance += (w * size + spacing * n + word * blanks) * scale;
                            }
                            o => {
                                let k = number(Some(o));
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
                    if !text.is_empty() && level && height > 0.1 {
                        self.chunks.push(Chunk { x: at[4], y: at[5], end: to[4], size: height, text });
                    }
                }
                "Do" if depth < 6 => {
                    let Some(name) = arg(0).and_then(|o| o.as_name().ok()) else { continue };
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
            let Ok(content) = s.decompressed_content_with_limit(MAX_STREAM) else { return };
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
            let id = entry.as_reference().ok();
            if let Some(f) = id.and_then(|id| self.fonts.get(&id)) {
                return Some(f.clone());
            }
            let Ok((_, Object::Dictionary(dict))) = doc.dereference(entry) else { continue };
            let font = std::rc::Rc::new(Font::new(dict, doc));
            if let Some(id) = id {
                self.fonts.insert(id, font.clone());
            }
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
        Font { encoding: dict.get_font_encoding_with_limit(doc, MAX_STREAM).ok(), wide, widths, usual }
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

/// Puts chunks into lines, lines into paragraphs.
fn lines(mut chunks: Vec<Chunk>, out: &mut String) {
    chunks.retain(|c| c.x.is_finite() && c.y.is_finite() && c.end.is_finite());
    // The usual size of the letters on the page tells what is small.
    let mut sizes: Vec<f32> = chunks.iter().map(|c| c.size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0).max(1.0);
    chunks.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<Chunk>> = Vec::new();
    let mut base = f32::MAX;
    for c in chunks {
        // A raised mark belongs to the line below its own height.
        let near = (base - c.y).abs() < usual * 0.42;
        match rows.last_mut() {
            Some(row) if near => {
                if c.size >= usual * 0.8 {
                    base = c.y;
                }
                row.push(c);
            }
            _ => {
                base = c.y;
                rows.push(vec![c]);
            }
        }
    }
    let left = rows.iter().flat_map(|r| r.iter().map(|c| c.x)).fold(f32::MAX, f32::min);
    let right = rows.iter().flat_map(|r| r.iter().map(|c| c.end)).fold(f32::MIN, f32::max);
    let mut before: Option<(f32, f32)> = None;
    for row in &mut rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        let main = row.iter().map(|c| c.size).fold(0.0, f32::max);
        let y = row.iter().filter(|c| c.size > main * 0.85).map(|c| c.y).next().unwrap_or(row[0].y);
        let start = row.iter().find(|c| !c.text.trim().is_empty()).map_or(left, |c| c.x);
        if let Some((last_y, last_end)) = before {
            let gap = last_y - y;
            let short = last_end < right - (right - left) * 0.12;
            let indented = start > left + usual * 1.2 && start < left + usual * 6.0;
            out.push_str(if gap > main * 2.1 || short || indented { "\n\n" } else { "\n" });
        }
        let mut end: Option<f32> = None;
        for c in row.iter() {
            if let Some(e) = end {
                let gap = c.x - e;
                if gap > main * 2.2 {
                    out.push('\t');
                } else if gap > c.size.min(main) * 0.16 && !out.ends_with(' ') && !c.text.starts_with(' ') {
                    out.push(' ');
                }
            }
            let digits = c.text.trim();
            let raised = c.size < main * 0.8 || (c.y > y + main * 0.18 && c.size < main * 0.95);
            if raised && !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())
            {
                for d in digits.bytes() {
                    out.push(match d {
                        b'1' => '¹',
                        b'2' => '²',
                        b'3' => '³',
                        d => char::from_u32(0x2070 + u32::from(d - b'0')).unwrap_or('⁰'),
                    });
                }
                if c.text.ends_with(' ') {
                    out.push(' ');
                }
            } else {
                out.push_str(&c.text);
            }
            end = Some(c.end.max(end.unwrap_or(f32::MIN)));
        }
        while out.ends_with([' ', '\t']) {
            out.pop();
        }
        before = Some((y, end.unwrap_or(right)));
    }
}
