//! Word keys: one number per spelling of a Vietnamese word.
//!
//! Two spellings of one word have one key: upper and lower case, composed and decomposed
//! letters (NFC, NFD), the old and the new place of the tone mark (`uỷ`, `ủy`), Ð for Đ.
//! Different tones stay different (`năm`, `nam`), because the language tells them apart.
//! `key` is a `const fn`, so rules compare words with numbers known at compile time.

/// The key of a word.
pub const fn key(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hash: u32 = 0x811c_9dc5;
    let mut tone = 0_u32;
    // The last base letter waits here, because a combining sign may still change it.
    let mut held = 0_u32;
    let mut i = 0;
    while i < bytes.len() {
        // Most letters have neither tone nor sign.
        if bytes[i] < 0x80 {
            if held != 0 {
                hash = mix(hash, held);
            }
            held = bytes[i].to_ascii_lowercase() as u32;
            i += 1;
            continue;
        }
        let (c, n) = decode(bytes, i);
        i += n;
        let (base, t) = known(c);
        if t != 0 {
            tone = t;
        }
        if base == 0 {
            continue; // a combining tone
        }
        if matches!(base, 0x302 | 0x306 | 0x31b) {
            held = shaped(held, base);
            continue;
        }
        if held != 0 {
            hash = mix(hash, held);
        }
        held = base;
    }
    if held != 0 {
        hash = mix(hash, held);
    }
    mix(hash, tone)
}

/// The keys of several words.
pub const fn keys<const N: usize>(words: [&str; N]) -> [u32; N] {
    let mut out = [0; N];
    let mut i = 0;
    while i < N {
        out[i] = key(words[i]);
        i += 1;
    }
    out
}

const fn mix(hash: u32, value: u32) -> u32 {
    let h = (hash ^ value).wrapping_mul(0x0100_0193);
    h ^ (h >> 15)
}

/// Decodes one character of valid UTF-8 (a `&str`), in a const context.
const fn decode(b: &[u8], i: usize) -> (u32, usize) {
    let a = b[i] as u32;
    if a < 0x80 {
        (a, 1)
    } else if a < 0xe0 {
        (((a & 0x1f) << 6) | (b[i + 1] as u32 & 0x3f), 2)
    } else if a < 0xf0 {
        (((a & 0x0f) << 12) | ((b[i + 1] as u32 & 0x3f) << 6) | (b[i + 2] as u32 & 0x3f), 3)
    } else {
        (
            ((a & 0x07) << 18)
                | ((b[i + 1] as u32 & 0x3f) << 12)
                | ((b[i + 2] as u32 & 0x3f) << 6)
                | (b[i + 3] as u32 & 0x3f),
            4,
        )
    }
}

const fn shaped(base: u32, mark: u32) -> u32 {
    match (base, mark) {
        (0x61, 0x302) => 'â' as u32,
        (0x61, 0x306) => 'ă' as u32,
        (0x65, 0x302) => 'ê' as u32,
        (0x6f, 0x302) => 'ô' as u32,
        (0x6f, 0x31b) => 'ơ' as u32,
        (0x75, 0x31b) => 'ư' as u32,
        _ => base,
    }
}

const LATIN: [(u32, u32); 0x1f4] = table(0);
const TONED: [(u32, u32); 0x100] = table(0x1e00);

/// [`letter`] for a run of characters, worked out by the compiler.
const fn table<const N: usize>(from: u32) -> [(u32, u32); N] {
    let mut out = [(0, 0); N];
    let mut i = 0;
    while i < N {
        out[i] = letter(from + i as u32);
        i += 1;
    }
    out
}

const fn known(c: u32) -> (u32, u32) {
    match c {
        ..0x1f4 => LATIN[c as usize],
        0x1e00..0x1f00 => TONED[(c - 0x1e00) as usize],
        _ => letter(c),
    }
}

/// The lower-case letter without its tone, and the tone (1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng).
/// A combining tone gives base 0.
const fn letter(c: u32) -> (u32, u32) {
    let lower = match c {
        0x41..=0x5a => c + 0x20,
        0xd0 | 0xf0 | 0x110 => 0x111,
        0xc0..=0xd6 | 0xd8..=0xde => c + 0x20,
        0x102 | 0x128 | 0x168 | 0x1a0 => c + 1,
        0x1af => 0x1b0,
        0x1ea0..=0x1ef9 => c | 1,
        _ => c,
    };
    let Some(ch) = char::from_u32(lower) else { return (lower, 0) };
    let (base, tone) = match ch {
        'à' => ('a', 1),
        'ả' => ('a', 2),
        'ã' => ('a', 3),
        'á' => ('a', 4),
        'ạ' => ('a', 5),
        'ằ' => ('ă', 1),
        'ẳ' => ('ă', 2),
        'ẵ' => ('ă', 3),
        'ắ' => ('ă', 4),
        'ặ' => ('ă', 5),
        'ầ' => ('â', 1),
        'ẩ' => ('â', 2),
        'ẫ' => ('â', 3),
        'ấ' => ('â', 4),
        'ậ' => ('â', 5),
        'è' => ('e', 1),
        'ẻ' => ('e', 2),
        'ẽ' => ('e', 3),
        'é' => ('e', 4),
        'ẹ' => ('e', 5),
        'ề' => ('ê', 1),
        'ể' => ('ê', 2),
        'ễ' => ('ê', 3),
        'ế' => ('ê', 4),
        'ệ' => ('ê', 5),
        'ì' => ('i', 1),
        'ỉ' => ('i', 2),
        'ĩ' => ('i', 3),
        'í' => ('i', 4),
        'ị' => ('i', 5),
        'ò' => ('o', 1),
        'ỏ' => ('o', 2),
        'õ' => ('o', 3),
        'ó' => ('o', 4),
        'ọ' => ('o', 5),
        'ồ' => ('ô', 1),
        'ổ' => ('ô', 2),
        'ỗ' => ('ô', 3),
        'ố' => ('ô', 4),
        'ộ' => ('ô', 5),
        'ờ' => ('ơ', 1),
        'ở' => ('ơ', 2),
        'ỡ' => ('ơ', 3),
        'ớ' => ('ơ', 4),
        'ợ' => ('ơ', 5),
        'ù' => ('u', 1),
        'ủ' => ('u', 2),
        'ũ' => ('u', 3),
        'ú' => ('u', 4),
        'ụ' => ('u', 5),
        'ừ' => ('ư', 1),
        'ử' => ('ư', 2),
        'ữ' => ('ư', 3),
        'ứ' => ('ư', 4),
        'ự' => ('ư', 5),
        'ỳ' => ('y', 1),
        'ỷ' => ('y', 2),
        'ỹ' => ('y', 3),
        'ý' => ('y', 4),
        'ỵ' => ('y', 5),
        '\u{300}' => ('\0', 1),
        '\u{309}' => ('\0', 2),
        '\u{303}' => ('\0', 3),
        '\u{301}' => ('\0', 4),
        '\u{323}' => ('\0', 5),
        other => (other, 0),
    };
    (base as u32, tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_meet() {
        for (a, b) in [
            ("ủy", "uỷ"),
            ("ủy", "u\u{309}y"),
            ("ỦY", "ủy"),
            ("hoà", "hòa"),
            ("Đảng", "\u{d0}ảng"),
            ("đảng", "đa\u{309}ng"),
            ("tiết", "tie\u{302}\u{301}t"),
            ("tiết", "ti\u{ea}\u{301}t"),
            ("ĐƯỢC", "đ\u{1b0}\u{323}ơc"),
            ("trưởng", "tru\u{31b}o\u{31b}\u{309}ng"),
            ("nặng", "na\u{323}\u{306}ng"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (a, b) in [("năm", "nam"), ("đồng", "động"), ("đồng", "dồng"), ("hơn", "hon"), ("ba", "bà")]
        {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }
}
