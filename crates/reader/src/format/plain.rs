//! Plain text and Markdown: the bytes as they are, once their encoding is known.

use super::Text;
use domain::Message;

pub(super) fn read(bytes: &[u8], out: &mut Text) {
    out.text = decode(bytes, out);
}

/// Bytes to text: byte order marks, UTF-8, UTF-16, else one byte a letter.
pub(super) fn decode(bytes: &[u8], out: &mut Text) -> String {
    let wide = |bytes: &[u8], little: bool| {
        let units = bytes.chunks_exact(2).map(|c| {
            if little { u16::from_le_bytes([c[0], c[1]]) } else { u16::from_be_bytes([c[0], c[1]]) }
        });
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>()
    };
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return lossy(rest, out);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return wide(rest, true);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return wide(rest, false);
    }
    let zeros = |parity: usize| bytes.iter().take(512).skip(parity).step_by(2).filter(|b| **b == 0).count();
    if bytes.len() >= 8 && zeros(1) > 32.min(bytes.len() / 8) {
        return wide(bytes, true);
    }
    if bytes.len() >= 8 && zeros(0) > 32.min(bytes.len() / 8) {
        return wide(bytes, false);
    }
    lossy(bytes, out)
}

fn lossy(bytes: &[u8], out: &mut Text) -> String {
    match std::str::from_utf8(bytes) {
        Ok(s) => s.to_owned(),
        Err(_) => {
            // One byte a letter: an old encoding, repaired later.
            let bad = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
            let high = bytes.iter().filter(|b| **b >= 0x80).count();
            if bad * 4 > high {
                return crate::encoding::latin(bytes);
            }
            let text = String::from_utf8_lossy(bytes).into_owned();
            let count = text.matches('\u{fffd}').count();
            out.problem(Message::new("reader-lossy").with("count", count));
            text
        }
    }
}
