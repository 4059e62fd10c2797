//! What a file is, by its content and its extension together; one alone can lie.

use super::Refusal;

/// The most bytes of a file.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// The types that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// PDF.
    Pdf,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// LibreOffice Writer.
    Odt,
    /// Plain text.
    Txt,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
}

impl Media {
    /// The media type, as browsers name it.
    pub fn name(self) -> &'static str {
        match self {
            Media::Pdf => "application/pdf",
            Media::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Media::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Media::Odt => "application/vnd.oasis.opendocument.text",
            Media::Txt => "text/plain",
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
        }
    }

    fn of_extension(extension: &str) -> Option<Media> {
        Some(match extension {
            "pdf" => Media::Pdf,
            "docx" => Media::Docx,
            "xlsx" => Media::Xlsx,
            "odt" => Media::Odt,
            "txt" => Media::Txt,
            "png" => Media::Png,
            "jpg" | "jpeg" => Media::Jpeg,
            _ => return None,
        })
    }

    fn matches(self, bytes: &[u8]) -> bool {
        match self {
            // Some scanners write a few bytes before the mark.
            Media::Pdf => contains(&bytes[..bytes.len().min(1024)], b"%PDF-"),
            Media::Docx => zip(bytes) && contains(bytes, b"word/document"),
            Media::Xlsx => zip(bytes) && contains(bytes, b"xl/workbook."),
            // The standard puts the type first and uncompressed, so that it can be seen here.
            Media::Odt => {
                zip(bytes) && contains(&bytes[..bytes.len().min(200)], Media::Odt.name().as_bytes())
            }
            Media::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Media::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            Media::Txt => text(bytes),
        }
    }
}

/// Extensions of files that hold macros.
const MACRO_EXTENSIONS: [&str; 7] = ["docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm"];

/// Names inside a package that mean macros. Names stand uncompressed in every ZIP file.
const MACRO_PARTS: [&[u8]; 3] = [b"vbaProject.bin", b"Basic/script-l", b"xl/macrosheets/"];

/// The type of a file, or why it is not taken.
pub fn of(file_name: &str, bytes: &[u8]) -> Result<Media, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let extension = file_name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase());
    if MACRO_EXTENSIONS.contains(&extension.as_str())
        || (zip(bytes) && MACRO_PARTS.iter().any(|part| contains(bytes, part)))
    {
        return Err(Refusal::Macros);
    }
    let Some(media) = Media::of_extension(&extension) else {
        return Err(Refusal::Kind { extension });
    };
    // Word and Excel files with a password are compound files: nobody can look inside.
    if matches!(media, Media::Docx | Media::Xlsx) && bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(Refusal::Locked);
    }
    if media.matches(bytes) { Ok(media) } else { Err(Refusal::Disguised { extension }) }
}

fn zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Text has no control characters but blanks; old Vietnamese encodings pass, programs do not.
fn text(bytes: &[u8]) -> bool {
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let stray = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c);
    utf16 || !bytes.iter().any(stray)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    // A look at the first byte before the rest: 20 MiB are scanned in milliseconds.
    let Some(&first) = part.first() else { return true };
    bytes.windows(part.len()).any(|w| w[0] == first && w == part)
}
