//! Whether a word can be a Vietnamese syllable: what tells a repaired text from a broken one.

/// Splits a letter into its base and its tone (0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng).
fn base(c: char) -> (char, u8) {
    const ROWS: [(&str, char); 12] = [
        ("aàảãáạ", 'a'),
        ("ăằẳẵắặ", 'ă'),
        ("âầẩẫấậ", 'â'),
        ("eèẻẽéẹ", 'e'),
        ("êềểễếệ", 'ê'),
        ("iìỉĩíị", 'i'),
        ("oòỏõóọ", 'o'),
        ("ôồổỗốộ", 'ô'),
        ("ơờởỡớợ", 'ơ'),
        ("uùủũúụ", 'u'),
        ("ưừửữứự", 'ư'),
        ("yỳỷỹýỵ", 'y'),
    ];
    for (row, b) in ROWS {
        if let Some(tone) = row.chars().position(|x| x == c) {
            return (b, tone as u8);
        }
    }
    (c, 0)
}

const ONSETS: [&str; 27] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x",
];

const RIMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en \
eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam \
oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp \
ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uynh uyn uyt uyu uyên \
uyêt uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ";

fn rime(r: &str, tone: u8) -> bool {
    if r.is_empty() || r.len() > 9 {
        return false;
    }
    let stopped = r.ends_with(['c', 'p', 't']) || r.ends_with("ch");
    if stopped && !matches!(tone, 4 | 5) {
        return false;
    }
    RIMES.contains(&format!(" {r} "))
}

/// Whether a composed word of letters is a possible syllable.
pub(super) fn possible(word: &str) -> bool {
    let mut letters = String::with_capacity(word.len());
    let mut tone = 0;
    let mut tones = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let (b, t) = base(c);
        if t > 0 {
            tone = t;
            tones += 1;
        }
        letters.push(b);
    }
    if tones > 1 {
        return false;
    }
    if letters.starts_with("gi") && (letters.len() == 2 || rime(&letters[1..], tone)) {
        return true;
    }
    if letters.starts_with("qu") && rime(&letters[2..], tone) {
        return true;
    }
    if rime(&letters, tone) {
        return true;
    }
    ONSETS.iter().any(|o| {
        letters.strip_prefix(o).is_some_and(|r| {
            let fits = match *o {
                // ng before a, o, u; ngh before e, ê, i
                "ngh" | "gh" | "k" => r.starts_with(['e', 'ê', 'i', 'y']),
                "ng" | "c" => !r.starts_with(['e', 'ê', 'i', 'y']),
                _ => true,
            };
            fits && rime(r, tone)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::possible;

    #[test]
    fn cases() {
        for w in "đảng ủy tỉnh nghĩa quyết chức giới gì nguyễn khuya hoạch oan Đoàn thuế Huyện kỷ yếu quy giữ ghế uỷ".split(' ') {
            assert!(possible(w), "{w}");
        }
        for w in "tòch nghóa tænh khơng cơng phịng nĩi §¶ng ñy cåu xyz".split(' ') {
            assert!(!possible(w), "{w}");
        }
    }
}
