//! Pictures without what the camera wrote beside them: the place, the day, the device. Only which side is up stays.
//!
//! Nothing is decoded: the parts of the file that hold no picture are left out. A file whose parts cannot be followed
//! is no picture.

/// A picture as it may be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub media: &'static str,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// More points than any telephone takes; a file that claims more would only fill the memory of who looks at it.
const MOST_POINTS: u64 = 60_000_000;

/// The picture of a file.
pub(crate) fn plain(bytes: &[u8]) -> Option<Picture> {
    let picture = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") { png(bytes) } else { jpeg(bytes) }?;
    let points = u64::from(picture.width) * u64::from(picture.height);
    (points > 0 && points <= MOST_POINTS).then_some(picture)
}

fn two(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// JPEG: segments up to the picture's data, which reaches to the end.
fn jpeg(bytes: &[u8]) -> Option<Picture> {
    if !bytes.starts_with(b"\xff\xd8") {
        return None;
    }
    let mut out = b"\xff\xd8".to_vec();
    let (mut at, mut size, mut up) = (2, None, None);
    loop {
        // Any number of 0xff may stand before a mark.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (&0xff, &mark) = (bytes.get(at)?, bytes.get(at + 1)?) else { return None };
        let length = two(bytes, at + 2)?;
        let segment = bytes.get(at..at + 2 + length)?;
        match mark {
            0xda => break,
            // The frame: its height and width.
            0xc0..=0xcf if !matches!(mark, 0xc4 | 0xc8 | 0xcc) => {
                size = Some((u32::try_from(two(segment, 7)?).ok()?, u32::try_from(two(segment, 5)?).ok()?));
                out.extend_from_slice(segment);
            }
            0xe1 => up = up.or_else(|| orientation(segment.get(4..)?)),
            // JFIF and Adobe's mark tell how colours are meant; a colour profile may stand in the second.
            0xe0 | 0xe2 | 0xee => out.extend_from_slice(segment),
            // Notes of programs and comments.
            0xe3..=0xed | 0xef | 0xfe => {}
            _ => out.extend_from_slice(segment),
        }
        at += 2 + length;
    }
    if let Some(up) = up.filter(|up| (2..=8).contains(up)) {
        out.splice(2..2, upright(up));
    }
    // What follows the picture's end (another picture, a film) is nobody's to see.
    let rest = bytes.get(at..)?;
    let end = rest.windows(2).rposition(|w| w == b"\xff\xd9").map_or(rest.len(), |end| end + 2);
    let first = first_end(rest).unwrap_or(end);
    out.extend_from_slice(rest.get(..first)?);
    let (width, height) = size?;
    Some(Picture { media: "image/jpeg", bytes: out, width, height })
}

/// Where the picture's data end: in them 0xff is always followed by nought or a restart, until the last mark.
/// Progressive pictures have further segments between their data, which are passed over.
fn first_end(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += rest.get(at..)?.iter().position(|b| *b == 0xff)?;
        match rest.get(at + 1)? {
            0xd9 => return Some(at + 2),
            0x00 | 0xff | 0xd0..=0xd7 => at += 1,
            _ => at += 2 + two(rest, at + 2)?,
        }
    }
}

/// Which side is up, out of what the camera wrote (Exif).
fn orientation(exif: &[u8]) -> Option<u8> {
    let tiff = exif.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let word = |at: usize| -> Option<u32> {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(u32::from(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }))
    };
    let long = |at: usize| -> Option<usize> {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }).ok()
    };
    let start = long(4)?;
    let entries = usize::try_from(word(start)?).ok()?;
    for entry in 0..entries.min(200) {
        let at = start.checked_add(2 + entry * 12)?;
        if word(at)? == 0x0112 {
            return u8::try_from(word(at + 8)?).ok();
        }
    }
    None
}

/// Exif that says which side is up and nothing else.
fn upright(up: u8) -> Vec<u8> {
    let mut out =
        b"\xff\xe1\x00\x22Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"
            .to_vec();
    out.extend_from_slice(&[up, 0, 0, 0, 0, 0, 0]);
    out
}

/// PNG: chunks; those that hold words, days and Exif are left out.
fn png(bytes: &[u8]) -> Option<Picture> {
    let mut out = bytes.get(..8)?.to_vec();
    let (width, height) = (four(bytes, 16)?, four(bytes, 20)?);
    let mut at = 8;
    loop {
        let length = usize::try_from(four(bytes, at)?).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        let name = chunk.get(4..8)?;
        if at == 8 && name != b"IHDR" {
            return None;
        }
        if !matches!(name, b"eXIf" | b"tEXt" | b"iTXt" | b"zTXt" | b"tIME") {
            out.extend_from_slice(chunk);
        }
        at += chunk.len();
        if name == b"IEND" {
            return Some(Picture { media: "image/png", bytes: out, width, height });
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn segment(mark: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, mark], &length[..], content].concat()
    }

    /// A JPEG of 4 × 3 points with a camera's notes; no decoder is asked, so its data may be anything.
    pub fn photo(up: u8) -> Vec<u8> {
        let exif = [
            &b"Exif\0\0II\x2a\x00\x08\x00\x00\x00\x02\x00"[..],
            b"\x0f\x01\x02\x00\x04\x00\x00\x00Cam\0",
            &[0x12, 0x01, 3, 0, 1, 0, 0, 0, up, 0, 0, 0],
            b"\0\0\0\0GPS 21.028N 105.854E",
        ]
        .concat();
        [
            b"\xff\xd8".to_vec(),
            segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xe1, &exif),
            segment(0xed, b"Photoshop GPS 21.028N"),
            segment(0xfe, b"taken by Em"),
            segment(0xc0, &[8, 0, 3, 0, 4, 1, 1, 0x11, 0]),
            segment(0xda, &[1, 1, 0, 0, 63, 0]),
            b"data\xff\x00more\xff\xd0end\xff\xd9".to_vec(),
            b"a second picture GPS\xff\xd9".to_vec(),
        ]
        .concat()
    }

    #[test]
    fn a_photo_loses_its_place_and_keeps_which_side_is_up() {
        let picture = plain(&photo(6)).unwrap();
        assert_eq!((picture.media, picture.width, picture.height), ("image/jpeg", 4, 3));
        for gone in [&b"GPS"[..], b"Cam", b"taken by", b"second"] {
            assert!(
                !picture.bytes.windows(gone.len()).any(|w| w == gone),
                "{}",
                String::from_utf8_lossy(gone)
            );
        }
        assert!(picture.bytes.ends_with(b"data\xff\x00more\xff\xd0end\xff\xd9"));
        let again = plain(&picture.bytes).unwrap();
        assert_eq!(again.bytes, picture.bytes, "made plain once more it stays as it is");
        let exif = picture.bytes.windows(6).position(|w| w == b"Exif\0\0").unwrap();
        assert_eq!(orientation(&picture.bytes[exif..]), Some(6));
        assert!(!plain(&photo(1)).unwrap().bytes.windows(4).any(|w| w == b"Exif"), "upright already");
    }

    #[test]
    fn a_png_loses_its_words() {
        let chunk = |name: &[u8], content: &[u8]| {
            [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], name, content, &[0; 4]].concat()
        };
        let file = [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 5, 8, 2, 0, 0, 0]),
            chunk(b"tEXt", b"Author\0Em"),
            chunk(b"eXIf", b"GPS"),
            chunk(b"IDAT", b"xyz"),
            chunk(b"IEND", b""),
            b"GPS behind the end".to_vec(),
        ]
        .concat();
        let picture = plain(&file).unwrap();
        assert_eq!((picture.media, picture.width, picture.height), ("image/png", 2, 5));
        assert!(!picture.bytes.windows(3).any(|w| w == b"GPS" || w == b"Aut"));
        assert!(picture.bytes.windows(4).any(|w| w == b"IDAT"));
    }

    #[test]
    fn what_cannot_be_followed_is_no_picture() {
        let (photo, picture) = (photo(6), plain(&photo(6)).unwrap().bytes);
        for n in 0..photo.len() {
            let _ = plain(&photo[..n]);
        }
        assert!(plain(&picture[..40]).is_none());
        assert!(plain(b"").is_none() && plain(b"%PDF-").is_none() && plain(b"\x89PNG\r\n\x1a\n").is_none());
        let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        huge.extend([0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
        huge.extend(b"\0\0\0\0IEND\0\0\0\0");
        assert!(plain(&huge).is_none(), "65,536 × 65,536 points are nobody's photo");
    }

    proptest::proptest! {
        #[test]
        fn no_file_is_too_odd_and_a_plain_picture_stays_as_it_is(
            changes in proptest::collection::vec((0_usize..260, proptest::num::u8::ANY), 0..12),
            cut in 0_usize..260,
        ) {
            let mut file = photo(6);
            for (at, byte) in changes {
                if let Some(there) = file.get_mut(at) {
                    *there = byte;
                }
            }
            file.truncate(file.len().saturating_sub(cut % 40));
            if let Some(picture) = plain(&file) {
                proptest::prop_assert!(picture.bytes.len() <= file.len() + 36);
                if picture.media == "image/jpeg" {
                    proptest::prop_assert_eq!(plain(&picture.bytes).map(|p| p.bytes), Some(picture.bytes));
                }
            }
        }
    }
}
