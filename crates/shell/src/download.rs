//! Files that are given to be kept: never shown inside our pages.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::text;
use std::fmt::Write as _;

/// The letters of a file's name that old browsers are given.
const PLAIN: usize = 120;

/// A file to be kept under its name. `media` is its type; one that cannot stand in a header becomes bytes
/// without a type.
pub fn download(name: &str, media: &str, bytes: Vec<u8>) -> Response {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') { c } else { '-' };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem: String = text::fold(stem).chars().map(plain).take(PLAIN).collect();
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    let dot = if ending.is_empty() { "" } else { "." };
    // The plain name for what does not know the other; RFC 6266 lets the second win.
    let disposition =
        format!("attachment; filename=\"{stem}{dot}{ending}\"; filename*=UTF-8''{}", segment(name));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let media = HeaderValue::from_str(media);
    headers
        .insert(header::CONTENT_TYPE, media.unwrap_or(HeaderValue::from_static("application/octet-stream")));
    let attachment = HeaderValue::from_static("attachment");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).unwrap_or(attachment));
    response
}

/// One part of a path, or a value of a query or a header, percent-encoded.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            // Writing into a String cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_vietnamese_name_and_has_a_plain_one() {
        let response = download("Báo cáo \"quý\" 1.docx", "application/pdf", vec![1]);
        let of = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        assert_eq!(of(header::CONTENT_TYPE), "application/pdf");
        assert_eq!(
            of(header::CONTENT_DISPOSITION),
            "attachment; filename=\"bao-cao--quy--1.docx\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%22qu%C3%BD%22%201.docx"
        );
        let broken = download("a\r\nb", "x\r\ny", Vec::new());
        assert_eq!(broken.headers()[header::CONTENT_TYPE], "application/octet-stream");
    }
}
