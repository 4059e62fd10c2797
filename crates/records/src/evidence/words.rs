//! The words of a file, for the look at its mark of secrecy.
//!
//! `reader` gives the body. A stamp also stands where a report's figures never do: in page headers
//! and footers, in the text boxes of a workbook. Those parts are read here, as are
//! LibreOffice files: only their words, without any structure.

use super::Refusal;
use super::media::Media;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// How many parts are read, and how many bytes of all of them together.
const MAX_PARTS: usize = 400;
const MAX_WORDS: u64 = 16 << 20;

/// The lines of a file. A file that cannot be opened is refused: nobody could tell what it
/// bears. A scan or a picture has no words and passes.
pub(super) fn of(file_name: &str, media: Media, bytes: &[u8]) -> Result<String, Refusal> {
    let mut words = match media {
        Media::Png | Media::Jpeg => return Ok(String::new()),
        Media::Odt => String::new(),
        Media::Pdf | Media::Docx | Media::Xlsx | Media::Txt => {
            let text = reader::read(file_name, bytes);
            for problem in &text.problems {
                match problem.message.key {
                    "reader-encrypted" => return Err(Refusal::Locked),
                    "reader-not-readable"
                    | "reader-damaged"
                    | "reader-part-too-big"
                    | "reader-unknown-format" => {
                        return Err(Refusal::Unreadable);
                    }
                    _ => {}
                }
            }
            text.text
        }
    };
    if matches!(media, Media::Docx | Media::Xlsx | Media::Odt) {
        for part in parts(media, bytes)? {
            // A page header is a head of its own: the blank line does no harm elsewhere.
            words.push('\n');
            words.push_str(&part);
        }
    }
    Ok(words)
}

fn wanted(media: Media, part: &str) -> bool {
    match media {
        Media::Docx => part.starts_with("word/header") || part.starts_with("word/footer"),
        Media::Xlsx => part.starts_with("xl/drawings/drawing"),
        // Page headers of LibreOffice stand among the styles.
        Media::Odt => part == "content.xml" || part == "styles.xml",
        _ => false,
    }
}

fn parts(media: Media, bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Unreadable)?;
    let names = zip.file_names().filter_map(|name| name.ok().map(|n| n.into_owned()));
    let names: Vec<String> = names.filter(|n| wanted(media, n)).take(MAX_PARTS).collect();
    if names.is_empty() && media == Media::Odt {
        return Err(Refusal::Unreadable);
    }
    let mut left = MAX_WORDS;
    let mut found = Vec::new();
    for name in names {
        let file = zip.by_name(&name).map_err(|_| Refusal::Unreadable)?;
        let mut xml = Vec::new();
        let read = file.take(left + 1).read_to_end(&mut xml).map_err(|_| Refusal::Unreadable)?;
        left = left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)).ok_or(Refusal::Unreadable)?;
        let plain = plain(&String::from_utf8_lossy(&xml));
        found.push(reader::repair(&plain).map_or(plain, |repaired| repaired.text));
    }
    Ok(found)
}

/// The words of an XML part: paragraphs on lines of their own, cells parted by tabs.
fn plain(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(open) = rest.find('<') {
        push_decoded(&mut out, &rest[..open]);
        let Some(close) = rest[open..].find('>') else { return out };
        let tag = rest[open + 1..open + close].trim_start_matches('/');
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        match name.rsplit(':').next().unwrap_or_default() {
            "p" | "h" | "br" | "line-break" | "tr" | "table-row" => out.push('\n'),
            "tc" | "table-cell" | "tab" => out.push('\t'),
            "s" => out.push(' '),
            _ => {}
        }
        rest = &rest[open + close + 1..];
    }
    push_decoded(&mut out, rest);
    out
}

/// Text with its entities, named and numbered.
fn push_decoded(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(end) = rest.find(';').filter(|end| *end <= 8) else { continue };
        let entity = &rest[..end];
        let number = entity.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let number = number.or_else(|| entity.strip_prefix('#').map(str::parse));
        match (entity, number) {
            ("amp", _) => out.push('&'),
            ("lt", _) => out.push('<'),
            ("gt", _) => out.push('>'),
            (_, Some(Ok(n))) => out.extend(char::from_u32(n)),
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
}
