//! Vietnamese text: keys for search, matching and sorting. The text itself is never changed.

use unicode_normalization::UnicodeNormalization;

/// The key under which two spellings of one name meet: no tone or vowel marks, `đ` as `d`
/// (also the look-alike Ð U+00D0), lower case, single spaces. `Uỷ ban`, `Ủy ban` and
/// `UỶ BAN` in NFD all give `uy ban`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.nfd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'đ' | 'Đ' | 'Ð' | 'ð' => push(&mut out, &mut space, 'd'),
            c if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' => space = true,
            c => {
                for l in c.to_lowercase() {
                    push(&mut out, &mut space, l);
                }
            }
        }
    }
    out
}

fn push(out: &mut String, space: &mut bool, c: char) {
    if *space && !out.is_empty() {
        out.push(' ');
    }
    *space = false;
    out.push(c);
}

/// The key for sorting in the order of the Vietnamese alphabet (a ă â b c d đ e ê …), tones
/// after letters: plain byte order of the keys is the order of the words.
pub fn sort_key(text: &str) -> String {
    let mut letters = String::with_capacity(text.len() * 2);
    let mut tones = String::new();
    let mut space = false;
    for c in text.nfd() {
        match c {
            // ă, â, ê, ô, ơ, ư sort after their plain letter and before the next one.
            // The three signs come after 'z' in ASCII, so "ăn" stands after "az".
            '\u{306}' => letters.push('{'),
            '\u{302}' => letters.push('|'),
            '\u{31b}' => letters.push('}'),
            '\u{300}' => tones.push('1'),
            '\u{309}' => tones.push('2'),
            '\u{303}' => tones.push('3'),
            '\u{301}' => tones.push('4'),
            '\u{323}' => tones.push('5'),
            'đ' | 'Đ' | 'Ð' | 'ð' => {
                push(&mut letters, &mut space, 'd');
                letters.push('{');
            }
            c if c.is_whitespace() => space = true,
            c => {
                for l in c.to_lowercase() {
                    push(&mut letters, &mut space, l);
                }
                tones.push('0');
            }
        }
    }
    format!("{letters} {tones}")
}

/// The sort key of a person's name: the given name (the last word) first, as Vietnamese lists do.
pub fn name_sort_key(name: &str) -> String {
    let name = name.trim();
    match name.rsplit_once(char::is_whitespace) {
        Some((rest, given)) => format!("{} {}", sort_key(given), sort_key(rest)),
        None => sort_key(name),
    }
}

/// Composed form (NFC), outer blanks gone, inner blanks single; the spelling is kept.
pub fn tidy(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A person's name without what stands before it: `đ/c`, `đồng chí`, `ông`, `bà`, `TS.`, `PGS.TS`…
pub fn strip_titles(name: &str) -> String {
    const TITLES: [&str; 16] = [
        "d/c", "dc", "dong chi", "ong", "ba", "ts", "ths", "pgs", "gs", "pgs.ts", "gs.ts", "bs", "ks", "cn",
        "th.s", "bs.ckii",
    ];
    let tidy = tidy(name);
    let mut rest = tidy.as_str();
    // A title never is the whole name: "Bà" alone stays.
    while let Some((first, after)) = rest.split_once(' ') {
        let folded = fold(first);
        let bare = folded.trim_end_matches(['.', ':', ',']);
        let two_words = after.split_once(' ').is_some_and(|(second, tail)| {
            !tail.is_empty() && fold(&format!("{first} {second}")).trim_end_matches([':', ',']) == "dong chi"
        });
        if two_words {
            rest = after.split_once(' ').map_or(rest, |(_, tail)| tail);
        } else if TITLES.contains(&bare) && after.contains(' ') {
            rest = after;
        } else {
            break;
        }
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for text in
            ["Uỷ ban Kiểm tra", "Ủy ban  kiểm tra", "ỦY BAN KIỂM TRA", "u\u{309}y ban kie\u{302}\u{309}m tra"]
        {
            assert_eq!(fold(text), "uy ban kiem tra");
        }
        assert_eq!(fold("\u{d0}ảng bộ"), "dang bo");
    }

    #[test]
    fn sorts_by_the_vietnamese_alphabet() {
        let mut words = ["ở", "đa", "ba", "da", "ân", "ăn", "an", "ô", "o"];
        words.sort_by_key(|w| sort_key(w));
        assert_eq!(words, ["an", "ăn", "ân", "ba", "da", "đa", "o", "ô", "ở"]);
    }

    #[test]
    fn lists_people_by_given_name() {
        let mut names = ["Trần Văn Bình", "Lê Thị An", "Nguyễn Văn An"];
        names.sort_by_key(|n| name_sort_key(n));
        assert_eq!(names, ["Lê Thị An", "Nguyễn Văn An", "Trần Văn Bình"]);
    }

    #[test]
    fn titles_are_not_names() {
        for text in [
            "đ/c Nguyễn Văn An",
            "Đồng chí Nguyễn Văn  An",
            "TS. Nguyễn Văn An",
            "Ông Nguyễn Văn An",
            "đ/c: TS Nguyễn Văn An",
        ] {
            assert_eq!(strip_titles(text), "Nguyễn Văn An");
        }
        assert_eq!(strip_titles("Bà Huyện"), "Bà Huyện");
    }
}
