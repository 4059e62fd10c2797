//! The pictures of the tours: what a page looks like, with a frame around what is pressed.
//!
//! `cargo xtask pictures` takes them from the site itself, and beside each one what its page said
//! (`pictures/NAME.txt`). A test in a browser compares that with the page of today, so a picture is never old.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use shell::{Error, Result, escaped};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

/// A picture inside the program.
pub(super) struct Picture {
    pub name: &'static str,
    bytes: &'static [u8],
    /// Its last part of the address: browsers keep it for ever, so it changes with the picture.
    file: String,
    /// Pixels.
    pub size: (u16, u16),
}

macro_rules! pictures {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("pictures/", $name, ".webp")))),*]
    };
}

static FILES: &[(&str, &[u8])] = pictures![
    "secretary-home",
    "secretary-year",
    "secretary-session",
    "secretary-attendance",
    "secretary-minutes",
    "secretary-commitment",
    "secretary-follow",
    "secretary-report",
    "member-home",
    "member-answer",
    "member-attend",
    "member-commitment",
    "member-progress",
    "member-feedback",
];

/// Every picture.
pub(super) static PICTURES: LazyLock<Vec<Picture>> = LazyLock::new(|| {
    let picture = |(name, bytes): &(&'static str, &'static [u8])| {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let file = format!("{name}.{:016x}.webp", hasher.finish());
        Picture { name, bytes, file, size: size(bytes).unwrap_or_default() }
    };
    FILES.iter().map(picture).collect()
});

/// Width and height of a WebP picture, lossy or extended.
fn size(webp: &[u8]) -> Option<(u16, u16)> {
    let at = |n: usize| Some(u16::from_le_bytes([*webp.get(n)?, *webp.get(n + 1)?]));
    match webp.get(12..16)? {
        b"VP8 " => Some((at(26)? & 0x3fff, at(28)? & 0x3fff)),
        // Three bytes each, one less than the size.
        b"VP8X" => Some((at(24)?.checked_add(1)?, at(27)?.checked_add(1)?)),
        _ => None,
    }
}

/// A text of help with its pictures: `{picture NAME | words for who does not see it}`.
pub(super) fn illustrated(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4_000);
    let mut parts = text.split("{picture ");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (mark, rest) = part.split_once('}').unwrap_or((part, ""));
        let (name, words) = mark.split_once('|').unwrap_or((mark, ""));
        if let Some(p) = PICTURES.iter().find(|p| p.name == name.trim()) {
            let (width, height) = p.size;
            let _ = write!(
                out,
                r#"<img class="shot" src="/help/picture/{}" alt="{}" width="{width}" height="{height}" loading="lazy">"#,
                p.file,
                escaped(words.trim())
            );
        }
        out.push_str(rest);
    }
    out
}

/// `GET /help/picture/{file}`
pub(super) async fn show(Path(file): Path<String>) -> Result<Response> {
    let picture = PICTURES.iter().find(|p| p.file == file).ok_or(Error::NotFound)?;
    let kind = (header::CONTENT_TYPE, "image/webp");
    let keep = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(([kind, keep], picture.bytes).into_response())
}
