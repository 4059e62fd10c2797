//! Received bytes to text, by the kind of file. Never fails: what could be read, and the problems.

mod docx;
mod html;
mod pdf;
mod plain;
mod xlsx;

use crate::encoding::{self, Repaired};
use domain::Message;

/// Files larger than this are not read.
pub const MAX_FILE: usize = 64 << 20;
/// Text beyond this many bytes is not read.
pub const MAX_TEXT: usize = 8 << 20;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Word.
    Docx,
    /// PDF with a text layer.
    Pdf,
    /// Plain text.
    Txt,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// Excel, free form.
    Xlsx,
}

/// Something about a file that its reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What to tell people.
    pub message: Message,
}

impl Problem {
    pub(crate) fn new(message: Message) -> Problem {
        Problem { message }
    }
}

/// What a file says.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The text as it is read: Unicode, paragraphs on lines of their own, cells parted by tabs.
    pub text: String,
    /// The kind of file, when it was recognised.
    pub format: Option<Format>,
    /// The way back to the text that came, when it was in an old encoding.
    pub repaired: Option<Repaired>,
    /// What went wrong or was left out.
    pub problems: Vec<Problem>,
}

impl Text {
    pub(crate) fn problem(&mut self, message: Message) {
        if self.problems.len() < 100 {
            self.problems.push(Problem::new(message));
        }
    }

    /// Repairs old and broken encodings; the text that came is kept beside the one for reading.
    fn repair(&mut self) {
        let Some(r) = encoding::repair(&self.text) else { return };
        self.problem(Message::new("reader-old-encoding").with("encoding", r.old.name()));
        self.text.clone_from(&r.text);
        self.repaired = Some(r);
    }

    /// Cuts what is longer than [`MAX_TEXT`].
    pub(crate) fn cap(&mut self) {
        if self.text.len() > MAX_TEXT {
            let end = self.text.floor_char_boundary(MAX_TEXT);
            self.text.truncate(end);
            let read = self.text.chars().count();
            self.problem(Message::new("reader-text-too-long").with("read", read));
        }
    }
}

/// The kind of a file by its first bytes, else by its name.
pub fn detect(name: &str, bytes: &[u8]) -> Option<Format> {
    let name = name.to_lowercase();
    let ends = |e: &[&str]| e.iter().any(|e| name.ends_with(e));
    if bytes.starts_with(b"%PDF")
        || bytes.iter().take(1024).collect::<Vec<_>>().windows(5).any(|w| w.iter().map(|b| **b).eq(*b"%PDF-"))
    {
        return Some(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        if ends(&[".docx", ".docm"]) {
            return Some(Format::Docx);
        }
        if ends(&[".xlsx", ".xlsm"]) {
            return Some(Format::Xlsx);
        }
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
        if has(b"word/document.xml") {
            return Some(Format::Docx);
        }
        if has(b"xl/workbook.xml") {
            return Some(Format::Xlsx);
        }
        return None;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") || bytes.starts_with(b"{\\rtf") {
        return None;
    }
    if ends(&[".html", ".htm", ".xhtml"]) {
        return Some(Format::Html);
    }
    if ends(&[".md", ".markdown"]) {
        return Some(Format::Markdown);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    if head.trim_start().starts_with("<!doctype html") || head.trim_start().starts_with("<html") {
        return Some(Format::Html);
    }
    let binary = bytes.iter().take(4096).filter(|b| **b < 9 || (14..32).contains(*b)).count();
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if ends(&[".txt", ".text", ".csv", ".tsv", ".log"]) || wide || binary == 0 {
        return Some(Format::Txt);
    }
    None
}

/// Reads a file. Never fails and never panics; time and memory are bounded for any bytes.
pub fn read(name: &str, bytes: &[u8]) -> Text {
    let mut out = Text::default();
    if bytes.len() > MAX_FILE {
        out.problem(Message::new("reader-file-too-big").with("limit", MAX_FILE >> 20));
        return out;
    }
    let Some(format) = detect(name, bytes) else {
        let key = if bytes.starts_with(b"\xd0\xcf\x11\xe0") && name.to_lowercase().ends_with(".xls") {
            "reader-old-excel"
        } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            "reader-old-word"
        } else if bytes.starts_with(b"{\\rtf") {
            "reader-rich-text"
        } else {
            "reader-unknown-format"
        };
        out.problem(Message::new(key).with("name", name));
        return out;
    };
    out.format = Some(format);
    match format {
        Format::Txt | Format::Markdown => plain::read(bytes, &mut out),
        Format::Html => html::read(bytes, &mut out),
        Format::Docx => docx::read(bytes, &mut out),
        Format::Pdf => pdf::read(bytes, &mut out),
        Format::Xlsx => xlsx::read(bytes, &mut out),
    }
    out.cap();
    out.repair();
    if out.text.trim().is_empty() && out.problems.is_empty() {
        out.problem(Message::new("reader-empty"));
    }
    out
}
