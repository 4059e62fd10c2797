//! Looks at a file before the spreadsheet library may: what it is, and how much it would inflate to.
//!
//! The library trusts a few numbers of the file (it reserves memory for as many shared texts as the
//! file claims, and copies a font for every cell style), so those are checked here by reading the
//! parts once with bounds. Nothing is kept of what is read.

use domain::Message;
use quick_xml::events::Event;
use std::io::{BufRead, BufReader, Cursor, Read};
use zip::ZipArchive;

/// What a workbook may cost. The default lets 100,000 rows of 12 columns pass several times over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of the file.
    pub file_bytes: usize,
    /// The most bytes of all its parts together, inflated.
    pub inflated_bytes: u64,
    /// The most times larger a part of over 4 MiB may be than its compressed form.
    pub ratio: u64,
    /// The most parts.
    pub parts: usize,
    /// The most sheets.
    pub sheets: usize,
    /// The most rows of one sheet (Excel's own limit is 1,048,576).
    pub rows: u32,
    /// The most columns looked at; cells further right are named once and left out.
    pub columns: u32,
    /// The most bytes of text that all read cells may hold together: one shared text of a
    /// file may be used by a million cells.
    pub text_bytes: usize,
    /// The most problems that are kept; the rest is counted.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 64 << 20,
            inflated_bytes: 512 << 20,
            ratio: 250,
            parts: 4000,
            sheets: 300,
            rows: 1_048_576,
            columns: 512,
            text_bytes: 256 << 20,
            problems: 1000,
        }
    }
}

/// These parts are small in every honest file, and the library keeps all they hold.
const SMALL_PARTS: [&str; 4] = [".rels", "workbook.xml", "styles.xml", "[content_types].xml"];
const SMALL_PART: u64 = 32 << 20;
/// Excel itself allows 65,490 cell styles.
const MAX_STYLES: usize = 66_000;
/// The longest element of the style part: each style may copy it.
const MAX_STYLE_ELEMENT: usize = 4096;
/// The shortest shared text is `<si/>`.
const SHORTEST_TEXT: u64 = 5;

fn refuse(key: &'static str) -> Message {
    Message::new(key)
}

fn megabytes(bytes: u64) -> i64 {
    i64::try_from(bytes >> 20).unwrap_or(i64::MAX)
}

/// Whether the bytes are a workbook that may be opened; else why not.
pub(crate) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Message> {
    if bytes.is_empty() {
        return Err(refuse("exchange-file-empty"));
    }
    if bytes.len() > limits.file_bytes {
        return Err(Message::new("exchange-file-large")
            .with("size", megabytes(bytes.len() as u64) + 1)
            .with("limit", megabytes(limits.file_bytes as u64)));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(refuse(ole_kind(bytes)));
    }
    if !bytes.starts_with(b"PK") {
        return Err(refuse("exchange-file-not-xlsx"));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| refuse("exchange-file-damaged"))?;
    if zip.len() > limits.parts {
        return Err(refuse("exchange-file-parts"));
    }
    let names: Vec<String> = zip.file_names_raw().map(normal_name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    if zip.has_duplicate_names() || sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(refuse("exchange-file-damaged"));
    }
    kind(&names)?;
    let bomb = || Message::new("exchange-file-bomb").with("limit", megabytes(limits.inflated_bytes));
    // First what the directory claims, which costs nothing; then what really comes out.
    let mut claimed: u64 = 0;
    for index in 0..zip.len() {
        let part = zip.by_index_raw(index).map_err(|_| refuse("exchange-file-damaged"))?;
        claimed = claimed.saturating_add(part.size());
    }
    if claimed > limits.inflated_bytes {
        return Err(bomb());
    }
    let mut left = limits.inflated_bytes;
    for (index, name) in names.iter().enumerate() {
        let part = zip.by_index(index).map_err(|_| refuse("exchange-file-damaged"))?;
        if part.encrypted() {
            return Err(refuse("exchange-file-encrypted"));
        }
        let claimed = part.size();
        let ratio_bound = part.compressed_size().saturating_mul(limits.ratio).max(4 << 20);
        let small = SMALL_PARTS.iter().any(|end| name.ends_with(end)) || name.contains("theme/");
        let bound = left.min(ratio_bound).min(if small { SMALL_PART } else { u64::MAX });
        // One byte over the bound is enough to know.
        let mut counted = Counted { inner: part.take(bound.saturating_add(1)), read: 0 };
        inspect(name, claimed, &mut counted)?;
        if counted.read > bound {
            return Err(bomb());
        }
        left -= counted.read;
    }
    Ok(())
}

/// Old Excel, or an encrypted new one? Both are OLE containers; the directory tells by its entry
/// names, which stand there in UTF-16.
fn ole_kind(bytes: &[u8]) -> &'static str {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if has("EncryptedPackage") {
        "exchange-file-encrypted"
    } else if has("Workbook") || has("Book") {
        "exchange-file-xls"
    } else {
        "exchange-file-not-xlsx"
    }
}

/// The library finds parts whatever their case and slashes; so must the checks.
fn normal_name(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn kind(names: &[String]) -> Result<(), Message> {
    let has = |name: &str| names.iter().any(|n| n == name);
    if names.iter().any(|n| n.ends_with("vbaproject.bin") || n.contains("macrosheets/")) {
        return Err(refuse("exchange-file-macro"));
    }
    if names.iter().any(|n| n.ends_with("workbook.bin")) {
        return Err(refuse("exchange-file-xlsb"));
    }
    if has("content.xml") && has("mimetype") {
        return Err(refuse("exchange-file-ods"));
    }
    if has("word/document.xml") {
        return Err(refuse("exchange-file-word"));
    }
    if !has("[content_types].xml") || !has("_rels/.rels") {
        return Err(refuse("exchange-file-not-xlsx"));
    }
    Ok(())
}

/// Counts what comes out of a part.
struct Counted<R> {
    inner: R,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read += n as u64;
        Ok(n)
    }
}

/// Reads one part to its end and looks for what the library would stumble over.
fn inspect(name: &str, claimed: u64, part: &mut Counted<impl Read>) -> Result<(), Message> {
    let damaged = || refuse("exchange-file-damaged");
    let mut part = BufReader::with_capacity(64 << 10, part);
    if name.ends_with(".xml") || name.ends_with(".rels") {
        let start = part.fill_buf().map_err(|_| damaged())?;
        // The format forbids document types; only an attack brings one.
        if holds(start, b"<!DOCTYPE") {
            return Err(refuse("exchange-file-doctype"));
        }
        if name == "[content_types].xml" && (holds(start, b"macroEnabled") || holds(start, b"vbaProject")) {
            return Err(refuse("exchange-file-macro"));
        }
    }
    if name.ends_with("sharedstrings.xml") {
        shared_texts(&mut part, claimed)?;
    } else if name.ends_with("styles.xml") {
        styles(&mut part)?;
    }
    std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| damaged())?;
    Ok(())
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word))
}

/// The library reserves room for as many texts as the first `sst` element claims.
fn shared_texts(part: &mut impl BufRead, size: u64) -> Result<(), Message> {
    let mut xml = quick_xml::Reader::from_reader(part);
    let mut buf = Vec::new();
    loop {
        buf.clear();
        match xml.read_event_into(&mut buf).map_err(|_| refuse("exchange-file-damaged"))? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "sst" => {
                for attribute in e.attributes().with_checks(false) {
                    let attribute = attribute.map_err(|_| refuse("exchange-file-damaged"))?;
                    if attribute.key.local_name().as_ref() != "uniqueCount" {
                        continue;
                    }
                    let count: Option<u64> = attribute.value.as_ref().trim().parse().ok();
                    if count.is_none_or(|n| n > size / SHORTEST_TEXT) {
                        return Err(refuse("exchange-file-damaged"));
                    }
                }
                return Ok(());
            }
            Event::DocType(_) => return Err(refuse("exchange-file-doctype")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The library keeps a whole style, with its font's name and number format, for every `xf`.
fn styles(part: &mut impl BufRead) -> Result<(), Message> {
    let mut xml = quick_xml::Reader::from_reader(part);
    let mut buf = Vec::new();
    let mut formats = 0;
    loop {
        buf.clear();
        let event = xml.read_event_into(&mut buf).map_err(|_| refuse("exchange-file-damaged"))?;
        if let Event::Start(e) | Event::Empty(e) = &event {
            let counted = matches!(e.local_name().as_ref(), "xf" | "font" | "fill" | "border" | "numFmt");
            formats += usize::from(counted);
        }
        match event {
            Event::DocType(_) => return Err(refuse("exchange-file-doctype")),
            Event::Eof => return Ok(()),
            event if formats > 2 * MAX_STYLES || event.len() > MAX_STYLE_ELEMENT => {
                return Err(refuse("exchange-file-styles"));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
