//! Word files: body, tables, text boxes, footnotes and endnotes, in reading order.
//!
//! Paragraphs stand on lines of their own, cells are parted by tabs. A footnote's mark becomes a
//! superscript number and its text follows the body, as it would on paper. Deleted text, field
//! codes and the second copy of a text box are left out. Parts are inflated under a limit.

use super::{MAX_TEXT, Text};
use crate::encoding::{self, Old};
use domain::Message;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// No part of a file is inflated beyond this.
pub(super) const MAX_PART: u64 = if cfg!(test) { 2 << 20 } else { 48 << 20 };

pub(super) fn read(bytes: &[u8], out: &mut Text) {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
        out.problem(Message::new("reader-not-readable"));
        return;
    };
    if zip.index_for_name("EncryptedPackage").is_some() {
        out.problem(Message::new("reader-encrypted"));
        return;
    }
    let Some(body) = part(&mut zip, "word/document.xml", out) else {
        if out.problems.is_empty() {
            out.problem(Message::new("reader-damaged").with("part", "word/document.xml"));
        }
        return;
    };
    let mut notes = HashMap::new();
    for (name, kind) in [("word/footnotes.xml", 'f'), ("word/endnotes.xml", 'e')] {
        if zip.index_for_name(name).is_some()
            && let Some(xml) = part(&mut zip, name, out)
        {
            let mut w = Walker::new(kind);
            w.walk(&xml, name, out);
            notes.extend(w.notes);
        }
    }
    let mut w = Walker::new('b');
    w.walk(&body, "word/document.xml", out);
    let mut text = w.out.pop().unwrap_or_default();
    text.truncate(text.trim_end().len());
    for (n, key) in w.cited.iter().enumerate() {
        if let Some(note) = notes.get(key) {
            let note = note.trim();
            if !note.is_empty() && text.len() < MAX_TEXT {
                text.push_str("\n\n");
                push_mark(&mut text, n + 1);
                text.push(' ');
                text.push_str(note);
            }
        }
    }
    out.text = text.trim().to_owned();
}

/// One part of the file as text; a problem when it is missing, too large or damaged.
fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str, out: &mut Text) -> Option<String> {
    let Ok(file) = zip.by_name(name) else {
        out.problem(Message::new("reader-damaged").with("part", name));
        return None;
    };
    let mut bytes = Vec::new();
    let read = file.take(MAX_PART + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > MAX_PART {
        out.problem(Message::new("reader-part-too-big").with("part", name));
        return None;
    }
    if read.is_err() {
        // What was inflated before the damage is still worth reading.
        out.problem(Message::new("reader-damaged").with("part", name));
    }
    Some(String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
}

fn push_mark(text: &mut String, n: usize) {
    for d in n.to_string().bytes() {
        text.push(match d {
            b'1' => '¹',
            b'2' => '²',
            b'3' => '³',
            d => char::from_u32(0x2070 + u32::from(d - b'0')).unwrap_or('⁰'),
        });
    }
}

struct Walker {
    kind: char,
    /// Text so far; a text box opens a further one.
    out: Vec<String>,
    floating: Vec<String>,
    notes: HashMap<(char, String), String>,
    cited: Vec<(char, String)>,
    note: Option<String>,
    /// How deep inside something that is not read.
    skip: u32,
    tables: u32,
    cell: u32,
    /// How many columns of the row at hand are begun, and how many more the open cell takes.
    columns: u32,
    span: u32,
    in_text: bool,
    listed: bool,
    para_start: usize,
    font: Option<Old>,
    in_run: bool,
}

impl Walker {
    fn new(kind: char) -> Walker {
        Walker {
            kind,
            out: vec![String::new()],
            floating: Vec::new(),
            notes: HashMap::new(),
            cited: Vec::new(),
            note: None,
            skip: 0,
            tables: 0,
            cell: 0,
            columns: 0,
            span: 0,
            in_text: false,
            listed: false,
            para_start: 0,
            font: None,
            in_run: false,
        }
    }

    fn top(&mut self) -> &mut String {
        if self.out.is_empty() {
            self.out.push(String::new());
        }
        let last = self.out.len() - 1;
        &mut self.out[last]
    }

    fn walk(&mut self, xml: &str, name: &str, report: &mut Text) {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let mut total = 0;
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => self.start(&e, false),
                Ok(Event::Empty(e)) => self.start(&e, true),
                Ok(Event::End(e)) => self.end(e.local_name().into_inner()),
                Ok(Event::Text(t)) if self.in_text && self.skip == 0 => {
                    let s = t.xml10_content();
                    total += s.len();
                    self.push(&s);
                }
                Ok(Event::GeneralRef(e)) if self.in_text && self.skip == 0 => {
                    let c = e.resolve_char_ref().ok().flatten().or_else(|| match &*e.xml10_content() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    });
                    if let Some(c) = c {
                        self.push(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => {
                    report.problem(Message::new("reader-damaged").with("part", name));
                    break;
                }
            }
            if total > MAX_TEXT || self.out.len() > 64 {
                break;
            }
        }
        // A damaged file may leave boxes open.
        while self.out.len() > 1 {
            let inner = self.out.pop().unwrap_or_default();
            self.top().push_str(&inner);
        }
    }

    fn push(&mut self, s: &str) {
        match self.font {
            Some(old) => {
                let fixed = encoding::convert(s, old);
                self.top().push_str(&fixed);
            }
            None => self.top().push_str(s),
        }
    }

    fn start(&mut self, e: &BytesStart<'_>, empty: bool) {
        let local = e.local_name();
        let name = local.into_inner();
        if matches!(
            name,
            "Fallback" | "del" | "instrText" | "delText" | "moveFrom" | "pPrChange" | "rPrChange"
        ) {
            if !empty {
                self.skip += 1;
            }
            return;
        }
        if self.skip > 0 {
            return;
        }
        match name {
            "t" => self.in_text = !empty,
            "p" if !empty => {
                self.listed = false;
                let start = self.top().len();
                self.para_start = start;
            }
            "r" => {
                self.in_run = true;
                self.font = None;
            }
            "rFonts" if self.in_run => {
                let font = attr(e, "ascii").or_else(|| attr(e, "hAnsi"));
                self.font = font.as_deref().and_then(encoding::of_font);
            }
            "tab" if self.in_run => self.top().push(' '),
            "br" | "cr" if self.in_run => {
                let page = attr(e, "type").is_some_and(|t| t != "textWrapping");
                let c = if self.cell > 0 || page { ' ' } else { '\n' };
                self.top().push(c);
            }
            "noBreakHyphen" => self.top().push('-'),
            "numId" => self.listed = attr(e, "val").is_some_and(|v| v != "0"),
            "tbl" if !empty => self.tables += 1,
            "tr" if self.tables <= 1 => self.columns = 0,
            "tc" if !empty => {
                self.cell += 1;
                if self.tables <= 1 {
                    // An empty first cell keeps its place: the columns below the head must stay theirs.
                    if self.columns > 0 {
                        self.top().push('\t');
                    }
                    self.columns += 1;
                    self.span = 0;
                }
            }
            "gridSpan" if self.tables <= 1 => {
                self.span = attr(e, "val").and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, 60) - 1;
            }
            "txbxContent" if !empty => self.out.push(String::new()),
            "footnoteReference" | "endnoteReference" => {
                if let Some(id) = attr(e, "id") {
                    let kind = if name.starts_with('f') { 'f' } else { 'e' };
                    self.cited.push((kind, id));
                    let n = self.cited.len();
                    push_mark(self.top(), n);
                }
            }
            "footnote" | "endnote" if self.kind != 'b' => {
                let real = attr(e, "type").is_none_or(|t| t == "normal");
                self.note = attr(e, "id").filter(|_| real);
                self.out = vec![String::new()];
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(
            name,
            "Fallback" | "del" | "instrText" | "delText" | "moveFrom" | "pPrChange" | "rPrChange"
        ) {
            self.skip = self.skip.saturating_sub(1);
            return;
        }
        if self.skip > 0 {
            return;
        }
        match name {
            "t" => self.in_text = false,
            "r" => {
                self.in_run = false;
                self.font = None;
            }
            "p" => self.end_paragraph(),
            "tc" => {
                self.cell = self.cell.saturating_sub(1);
                let span = if self.tables <= 1 { std::mem::take(&mut self.span) } else { 0 };
                let top = self.top();
                while top.ends_with(' ') {
                    top.pop();
                }
                // A cell over several columns: the empty ones stand behind it.
                top.extend(std::iter::repeat_n('\t', span as usize));
            }
            "tr" => {
                let deep = self.tables > 1;
                let top = self.top();
                while top.ends_with([' ', '\t']) {
                    top.pop();
                }
                if deep {
                    top.push(' ');
                } else if !top.ends_with('\n') && !top.is_empty() {
                    top.push('\n');
                }
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.top().push('\n');
                }
            }
            "txbxContent" if self.out.len() > 1 => {
                let inner = self.out.pop().unwrap_or_default();
                self.floating.push(inner.trim().to_owned());
            }
            "footnote" | "endnote" => {
                if let Some(id) = self.note.take() {
                    let kind = self.kind;
                    let text = std::mem::take(self.top());
                    self.notes.insert((kind, id), text.replace('\n', " "));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if self.cell > 0 {
            if self.out.len() == 1 {
                self.top().push(' ');
            } else {
                self.top().push('\n');
            }
            return;
        }
        let (listed, start) = (self.listed, self.para_start);
        let top = self.top();
        if listed && start <= top.len() && top.is_char_boundary(start) && !top[start..].trim().is_empty() {
            let has_mark = top[start..].trim_start().starts_with(['-', '+', '•', '*']);
            if !has_mark {
                top.insert_str(start, "- ");
            }
        }
        top.push('\n');
        if self.out.len() == 1 {
            for f in std::mem::take(&mut self.floating) {
                let top = self.top();
                top.push_str(&f);
                top.push('\n');
            }
        }
    }
}

fn attr(e: &BytesStart<'_>, name: &str) -> Option<String> {
    e.attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().into_inner() == name)
        .map(|a| a.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, read};
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(xml.as_bytes()).expect("its bytes");
        }
        zip.finish().expect("a zip").into_inner()
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn reads_body_tables_footnotes_and_boxes() {
        let body = format!(
            "<w:document><w:body>{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>\
             <w:p><w:r><w:t>Ban hành 22 văn bản</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>.</w:t></w:r></w:p>\
             <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice>\
             <mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>\
             <w:p><w:r><w:delText>xóa</w:delText></w:r><w:r><w:t>A &amp; B &#233;</w:t></w:r></w:p></w:body></w:document>",
            p("Chi bộ có 27 đảng viên"),
            p("Chi bộ A"),
            p("25"),
            p("Trong khung"),
            p("Trong khung"),
        );
        let notes = format!(
            "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
            p("x"),
            p(" Gồm 5 kế hoạch.")
        );
        let t = read("a.docx", &docx(&[("word/document.xml", &body), ("word/footnotes.xml", &notes)]));
        assert_eq!(t.format, Some(Format::Docx));
        assert_eq!(t.problems, []);
        assert_eq!(
            t.text,
            "Chi bộ có 27 đảng viên\nChi bộ A\t25\n\nBan hành 22 văn bản¹.\n\nTrong khung\nA & B é\n\n¹ Gồm 5 kế hoạch."
        );
    }

    #[test]
    fn columns_keep_their_places() {
        let cell = |t: &str| format!("<w:tc>{}</w:tc>", p(t));
        let over = format!("<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{}</w:tc>", p("Kiểm tra"));
        let body = format!(
            "<w:tbl><w:tr>{}{over}{}</w:tr><w:tr>{}{}{}{}</w:tr><w:tr>{}{}{}{}</w:tr></w:tbl>",
            cell("TT"),
            cell("Khen"),
            cell(""),
            cell("Chi bộ"),
            cell("Đảng viên"),
            cell(""),
            cell(""),
            cell("5"),
            cell("7"),
            cell("9"),
        );
        let t = read("a.docx", &docx(&[("word/document.xml", &body)]));
        assert_eq!(t.text, "TT\tKiểm tra\t\tKhen\n\tChi bộ\tĐảng viên\n\t5\t7\t9");
    }

    #[test]
    fn a_damaged_file_gives_what_can_be_read() {
        let body = format!("<w:document><w:body>{}<w:p><w:r><w:t>Hai", p("Một"));
        let t = read("a.docx", &docx(&[("word/document.xml", &body)]));
        assert!(t.text.starts_with("Một"), "{:?}", t.text);
        let mut bytes = docx(&[("word/document.xml", &p("Một"))]);
        bytes.truncate(bytes.len() / 2);
        assert!(!read("a.docx", &bytes).problems.is_empty());
    }

    #[test]
    fn a_bomb_is_refused() {
        let big = " ".repeat((super::MAX_PART + 10) as usize);
        let t = read("a.docx", &docx(&[("word/document.xml", &big)]));
        assert_eq!(t.problems.len(), 1);
        assert_eq!(t.problems[0].message.key, "reader-part-too-big");
        let deep = "<w:tbl><w:tr><w:tc>".repeat(20_000);
        let _ = read("a.docx", &docx(&[("word/document.xml", &deep)]));
        let boxes = "<w:p><w:txbxContent>".repeat(20_000);
        let _ = read("a.docx", &docx(&[("word/document.xml", &boxes)]));
    }

    #[test]
    fn old_fonts_are_read() {
        let body = "<w:document><w:body><w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>Chñ tÞch</w:t></w:r></w:p></w:body></w:document>";
        assert_eq!(read("a.docx", &docx(&[("word/document.xml", body)])).text, "Chủ tịch");
    }
}
