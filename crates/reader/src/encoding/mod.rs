//! Old and broken encodings: TCVN3 (.VnTime), VNI, VISCII, half-converted VNI ("Chủ tòch") and
//! over-converted text ("khơng", "ĐỒN THỂ"). Found, repaired for reading, mapped back.
//!
//! A word is touched only when it cannot be a Vietnamese syllable and its repair can; a clean
//! text is passed by after one look at its bytes.

mod syllable;

use std::ops::Range;
use syllable::possible;
use unicode_normalization::UnicodeNormalization;

/// An old encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Old {
    /// TCVN 5712:1993 ("ABC", fonts .VnTime).
    Tcvn3,
    /// The capital fonts of TCVN3 (.VnTimeH).
    Tcvn3Capitals,
    /// VNI: a letter and a sign behind it.
    Vni,
    /// VISCII.
    Viscii,
    /// VNI of which only the two-character letters were converted.
    HalfVni,
    /// Unicode that was taken for VNI and converted once more.
    Overdone,
}

impl Old {
    /// Its name, as people know it.
    pub fn name(self) -> &'static str {
        match self {
            Old::Tcvn3 | Old::Tcvn3Capitals => "TCVN3 (ABC)",
            Old::Vni => "VNI",
            Old::Viscii => "VISCII",
            Old::HalfVni => "VNI (đổi dở dang)",
            Old::Overdone => "Unicode bị đổi thừa từ VNI",
        }
    }
}

/// The encoding that a font's name tells.
pub(crate) fn of_font(font: &str) -> Option<Old> {
    if font.starts_with(".Vn") || font.starts_with(".vn") {
        return Some(if font.ends_with('H') { Old::Tcvn3Capitals } else { Old::Tcvn3 });
    }
    (font.starts_with("VNI-") || font.starts_with("VNI ")).then_some(Old::Vni)
}

const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđẶ\u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";
const VISCII: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

/// The byte that a character of Windows-1252 stood for.
fn byte_of(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match c as u32 {
        0..=0xff => Some(c as u32 as u8),
        _ => HIGH.chars().position(|h| h == c).map(|p| 0x80 + p as u8),
    }
}

/// Bytes of one letter each, as characters of Windows-1252.
pub(crate) fn latin(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    bytes
        .iter()
        .map(|b| if (0x80..0xa0).contains(b) { HIGH[usize::from(b - 0x80)] } else { char::from(*b) })
        .collect()
}

/// A text in an old encoding, shown as Windows-1252, in Unicode.
pub(crate) fn convert(text: &str, old: Old) -> String {
    match old {
        Old::Tcvn3 | Old::Tcvn3Capitals => {
            let s: String = text
                .chars()
                .map(|c| match byte_of(c) {
                    Some(b) if b >= 0xa1 => TCVN3.chars().nth(usize::from(b - 0xa1)).unwrap_or(c),
                    _ => c,
                })
                .collect();
            let s: String = s.nfc().collect();
            if old == Old::Tcvn3Capitals { s.to_uppercase() } else { s }
        }
        Old::Viscii => text
            .chars()
            .map(|c| match byte_of(c) {
                Some(b) if b >= 0x80 => VISCII.chars().nth(usize::from(b - 0x80)).unwrap_or(c),
                Some(0x02) => 'Ẳ',
                Some(0x05) => 'Ẵ',
                Some(0x06) => 'Ẫ',
                Some(0x14) => 'Ỷ',
                Some(0x19) => 'Ỹ',
                Some(0x1e) => 'Ỵ',
                _ => c,
            })
            .collect(),
        Old::Vni => vni(text),
        Old::HalfVni | Old::Overdone => text.to_owned(),
    }
}

/// VNI: a sign behind a vowel changes it; a few letters stand alone.
fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let upper = c.is_uppercase();
        let lower = lower(c);
        let next = chars.peek().copied().map(lower_of);
        let sign = next.and_then(|n| pair(lower, n));
        let (letter, used) = match sign {
            Some(l) => (l, true),
            None => (single(lower), false),
        };
        if used {
            chars.next();
        }
        if upper {
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
    }
    out
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn lower_of(c: char) -> char {
    lower(c)
}

fn single(c: char) -> char {
    match c {
        'ñ' => 'đ',
        'ô' => 'ơ',
        'ö' => 'ư',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        c => c,
    }
}

fn pair(c: char, sign: char) -> Option<char> {
    let column = |row: &str, i: usize| row.chars().nth(i);
    // huyền, hỏi, ngã, sắc, nặng on the plain vowel
    if let Some(i) = "øûõùï".chars().position(|s| s == sign) {
        return match c {
            'a' => column("àảãáạ", i),
            'e' => column("èẻẽéẹ", i),
            'o' => column("òỏõóọ", i),
            'u' => column("ùủũúụ", i),
            'y' => column("ỳỷỹýỵ", i),
            'ô' => column("ờởỡớợ", i),
            'ö' => column("ừửữứự", i),
            _ => None,
        };
    }
    // with a circumflex
    if let Some(i) = "âàåãáä".chars().position(|s| s == sign) {
        return match c {
            'a' => column("âầẩẫấậ", i),
            'e' => column("êềểễếệ", i),
            'o' => column("ôồổỗốộ", i),
            _ => None,
        };
    }
    // with a breve
    let i = "êèúüéë".chars().position(|s| s == sign)?;
    (c == 'a').then(|| column("ăằẳẵắặ", i)).flatten()
}

/// A repaired text and the way back to the one that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The text for reading.
    pub text: String,
    /// What was found.
    pub old: Old,
    /// Words that changed: where they stand now, where they stood (bytes), ascending.
    changes: Vec<(Range<usize>, Range<usize>)>,
}

impl Repaired {
    /// The bytes of the original that a range of the repaired text stands for.
    pub fn back(&self, range: Range<usize>) -> Range<usize> {
        self.point(range.start, false)..self.point(range.end, true)
    }

    fn point(&self, at: usize, end: bool) -> usize {
        let n = self.changes.partition_point(|(new, _)| new.start < at || (!end && new.start == at));
        let Some((new, old)) = n.checked_sub(1).map(|n| &self.changes[n]) else { return at };
        if at >= new.end {
            old.end + (at - new.end)
        } else if end {
            old.end
        } else {
            old.start
        }
    }
}

/// Whether anything in the text looks broken; one pass over the bytes.
fn suspicious(text: &str) -> bool {
    let b = text.as_bytes();
    let mut i = 0;
    while i < b.len() {
        if b[i] < 0xc2 || b[i] > 0xc6 || i + 1 >= b.len() {
            i += 1;
            continue;
        }
        let next = b[i + 1];
        let hit = match b[i] {
            // signs that no Vietnamese word holds: § ¶ ¨ © ª ¬ ® µ · ¸ ¹ » ¼ ½ ¾ beside a letter
            0xc2 => {
                next >= 0xa1
                    && (letter(b, i.wrapping_sub(1)) || letter(b, i + 2))
                    && !matches!(next, 0xab | 0xbb | 0xad | 0xb0 | 0xb2 | 0xb3 | 0xb9)
            }
            0xc3 => {
                matches!(next, 0x84..=0x87 | 0x8b | 0x8e | 0x8f | 0x91 | 0x96..=0x98 | 0x9b | 0x9c | 0x9e | 0x9f
                    | 0xa4..=0xa7 | 0xab | 0xae | 0xaf | 0xb1 | 0xb6 | 0xb7 | 0xb8 | 0xbb | 0xbc | 0xbe)
                    // tòch, mònh; nghóa
                    || next == 0xb2 && matches!(b.get(i + 2), Some(b'c' | b'n' | b't')) && matches!(b.get(i + 3), Some(b'h'))
                    || next == 0xb3 && b.get(i + 2) == Some(&b'a') && i > 0 && b[i - 1] == b'h' && i > 1 && b[i - 2] == b'g'
            }
            // khơng, CƠNG; but "ương" is clean
            0xc6 => {
                matches!(next, 0xa0 | 0xa1)
                    && matches!((b.get(i + 2), b.get(i + 3)), (Some(b'n' | b'N'), Some(b'g' | b'G')))
                    && !(i >= 2 && b[i - 2] == 0xc6 && matches!(b[i - 1], 0xaf | 0xb0))
            }
            _ => false,
        };
        if hit {
            return true;
        }
        i += 2;
    }
    false
}

fn letter(b: &[u8], i: usize) -> bool {
    b.get(i).is_some_and(u8::is_ascii_alphabetic)
}

/// Repairs a text in an old or broken encoding; nothing when it needs none.
pub fn repair(text: &str) -> Option<Repaired> {
    if !suspicious(text) {
        return None;
    }
    if let Some(old) = whole(text) {
        return Some(rebuild(text, old, |w| {
            let new = convert(w, old);
            (new != w).then_some(new)
        }));
    }
    let (half, over) = broken_words(text);
    if half >= 1 && half >= over {
        return Some(rebuild(text, Old::HalfVni, half_vni));
    }
    if over >= 1 {
        let sure = over >= 2;
        return Some(rebuild(text, Old::Overdone, |w| overdone(w, sure)));
    }
    None
}

/// Runs of letters and of the signs that old encodings use as letters.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c.is_ascii_digit()).filter_map(
        move |w| {
            let start = at;
            at = start + w.len();
            // the separator that follows
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            (!w.is_empty()).then_some((start, w))
        },
    )
}

/// The encoding of the whole text, when nearly all of its marked words are read by one only.
fn whole(text: &str) -> Option<Old> {
    let marked: Vec<&str> =
        words(text).map(|(_, w)| w).filter(|w| !w.is_ascii() && w.len() < 40).take(600).collect();
    // Letters that only Unicode has: the text is converted, at least in part.
    let modern = marked
        .iter()
        .filter(|w| w.chars().any(|c| matches!(c, '\u{102}'..='\u{1b0}' | '\u{1e00}'..='\u{1eff}')))
        .count();
    if marked.len() < 2 || modern * 10 > marked.len() {
        return None;
    }
    let good = |w: &str| -> bool {
        let w: String = w.nfc().filter(|c| c.is_alphabetic()).collect();
        !w.is_empty() && possible(&w)
    };
    let now = marked.iter().filter(|w| good(w)).count();
    if now * 10 > marked.len() * 6 {
        return None;
    }
    [Old::Tcvn3, Old::Vni, Old::Viscii]
        .into_iter()
        .map(|old| (marked.iter().filter(|w| good(&convert(w, old))).count(), old))
        .max_by_key(|(n, _)| *n)
        .filter(|(n, _)| *n * 10 >= marked.len() * 7 && *n > now)
        .map(|(_, old)| old)
}

fn broken_words(text: &str) -> (usize, usize) {
    let (mut half, mut over) = (0, 0);
    for (_, w) in words(text) {
        if w.is_ascii() || w.len() > 30 {
            continue;
        }
        if half_vni(w).is_some() {
            half += 1;
        } else if overdone(w, false).is_some() {
            over += 1;
        }
    }
    (half, over)
}

fn replace(w: &str, pairs: &[(char, char)]) -> Option<String> {
    if !w.chars().any(|c| pairs.iter().any(|(a, _)| *a == c)) || !w.chars().all(char::is_alphabetic) {
        return None;
    }
    let composed: String = w.nfc().collect();
    if possible(&composed) {
        return None;
    }
    let new: String =
        composed.chars().map(|c| pairs.iter().find(|(a, _)| *a == c).map_or(c, |(_, b)| *b)).collect();
    (new != composed && possible(&new)).then_some(new)
}

/// `tòch` → `tịch`, `nghóa` → `nghĩa`, `tænh` → `tỉnh`.
fn half_vni(w: &str) -> Option<String> {
    const PAIRS: [(char, char); 16] = [
        ('ò', 'ị'),
        ('ó', 'ĩ'),
        ('æ', 'ỉ'),
        ('ñ', 'đ'),
        ('ö', 'ư'),
        ('î', 'ỵ'),
        ('Ò', 'Ị'),
        ('Ó', 'Ĩ'),
        ('Æ', 'Ỉ'),
        ('Ñ', 'Đ'),
        ('Ö', 'Ư'),
        ('Î', 'Ỵ'),
        ('ï', 'ị'),
        ('û', 'ỉ'),
        ('ø', 'ì'),
        ('ü', 'ữ'),
    ];
    replace(w, &PAIRS)
}

/// `khơng` → `không`, `phịng` → `phòng`; when the text is sure to be overdone also words that
/// could be right by themselves: `ĐỒN` → `ĐOÀN`, `cĩ` → `có`.
fn overdone(w: &str, sure: bool) -> Option<String> {
    const PAIRS: [(char, char); 6] = [('ơ', 'ô'), ('Ơ', 'Ô'), ('ĩ', 'ó'), ('Ĩ', 'Ó'), ('ị', 'ò'), ('Ị', 'Ò')];
    if let Some(new) = replace(w, &PAIRS) {
        return Some(new);
    }
    if !sure {
        return None;
    }
    const WORDS: [(&str, &str); 12] = [
        ("đồn", "đoàn"),
        ("Đồn", "Đoàn"),
        ("ĐỒN", "ĐOÀN"),
        ("tồn", "toàn"),
        ("Tồn", "Toàn"),
        ("TỒN", "TOÀN"),
        ("hồn", "hoàn"),
        ("Hồn", "Hoàn"),
        ("HỒN", "HOÀN"),
        ("cĩ", "có"),
        ("đĩ", "đó"),
        ("Cĩ", "Có"),
    ];
    WORDS.iter().find(|(a, _)| *a == w).map(|(_, b)| (*b).to_owned())
}

fn rebuild(text: &str, old: Old, fix: impl Fn(&str) -> Option<String>) -> Repaired {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut changes = Vec::new();
    let mut at = 0;
    for (start, w) in words(text) {
        if w.is_ascii() || w.len() > 200 {
            continue;
        }
        if let Some(new) = fix(w) {
            out.push_str(&text[at..start]);
            let from = out.len();
            out.push_str(&new);
            changes.push((from..out.len(), start..start + w.len()));
            at = start + w.len();
        }
    }
    out.push_str(&text[at..]);
    Repaired { text: out, old, changes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_each_old_encoding() {
        for (broken, want, old) in [
            ("Chñ tÞch §¶ng ñy tØnh", "Chủ tịch Đảng ủy tỉnh", Old::Tcvn3),
            ("Chuû tòch Ñaûng uûy tænh", "Chủ tịch Đảng ủy tỉnh", Old::Vni),
            ("Chü t¸ch Ðäng üy tïnh", "Chủ tịch Đảng ủy tỉnh", Old::Viscii),
            ("Chủ tòch tænh coi trọng ý nghóa", "Chủ tịch tỉnh coi trọng ý nghĩa", Old::HalfVni),
            ("ĐỒN THỂ và CƠNG TÁC khơng đổi", "ĐOÀN THỂ và CÔNG TÁC không đổi", Old::Overdone),
        ] {
            let r = repair(broken).unwrap_or_else(|| panic!("{broken} was not found broken"));
            assert_eq!((r.text.as_str(), r.old), (want, old));
        }
    }

    #[test]
    fn clean_texts_stay() {
        for text in [
            "Chủ tịch Đảng ủy tỉnh, 25 °C, «trích», §, © 2020, 5 m², A·B",
            "\u{d0}ảng bộ, uỷ ban, công tác, không, phòng, cơ sở, đồn công an",
            "ti\u{ea}\u{301}t kie\u{302}\u{323}m",
            "Café São Paulo",
            "văn hóa, hòa bình, phương hướng, thương yêu, nghĩa vụ, CHƯƠNG TRÌNH",
            "",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_lead_back() {
        let broken = "Chñ tÞch cã 27 ®ång chÝ.";
        let r = repair(broken).expect("broken");
        assert_eq!(r.text, "Chủ tịch có 27 đồng chí.");
        let at = r.text.find("27 đồng chí").expect("there");
        let old = r.back(at..at + "27 đồng chí".len());
        assert_eq!(&broken[old], "27 ®ång chÝ");
    }

    #[test]
    fn fonts_tell_their_encoding() {
        assert_eq!(of_font(".VnTime"), Some(Old::Tcvn3));
        assert_eq!(of_font(".VnTimeH"), Some(Old::Tcvn3Capitals));
        assert_eq!(of_font("VNI-Times"), Some(Old::Vni));
        assert_eq!(of_font("Times New Roman"), None);
    }
}
