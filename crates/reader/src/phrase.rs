//! Tables of phrases: the longest one that begins at a token is found by its first word.

use crate::layout::Reading;
use crate::lex::{Kind, START, lex};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Keys are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |h, b| h << 8 | u64::from(*b));
    }
    fn write_u32(&mut self, key: u32) {
        // The table looks at the highest bits as well as at the lowest.
        self.0 = u64::from(key) << 32 | u64::from(key);
    }
}

type ByFirst<T> = HashMap<u32, Vec<(Vec<u32>, T)>, BuildHasherDefault<AsItIs>>;

/// Phrases with what they mean.
pub(crate) struct Phrases<T: 'static> {
    /// First word → (the other words, meaning), longest first.
    by_first: ByFirst<T>,
    /// One bit per low byte of a first word: most tokens are turned away without a look-up.
    gate: [u64; 64],
}

impl<T: Copy> Phrases<T> {
    /// Builds the table. Words of a phrase are cut as the text is, so `đ/c` is one word; a
    /// hyphen or a comma inside a phrase stands for that sign.
    pub fn new(list: &[(&str, T)]) -> Phrases<T> {
        let mut by_first: ByFirst<T> = HashMap::default();
        let mut gate = [0; 64];
        for (text, meaning) in list {
            let (toks, _) = lex(text);
            let keys: Vec<u32> = toks.iter().map(|t| code(t.kind, t.key)).collect();
            let Some((first, rest)) = keys.split_first() else { continue };
            by_first.entry(*first).or_default().push((rest.to_vec(), *meaning));
            gate[(*first as usize >> 6) & 63] |= 1 << (*first & 63);
        }
        for v in by_first.values_mut() {
            v.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Phrases { by_first, gate }
    }

    /// The longest phrase that begins at token `i`: how many tokens, and what it means.
    pub fn at(&self, r: &Reading<'_>, i: usize) -> Option<(usize, T)> {
        let t = r.t.get(i)?;
        let k = code(t.kind, t.key);
        if self.gate[(k as usize >> 6) & 63] & (1 << (k & 63)) == 0 {
            return None;
        }
        for (rest, meaning) in self.by_first.get(&k)? {
            let fits = rest.iter().enumerate().all(|(n, want)| {
                r.t.get(i + 1 + n).is_some_and(|t| !t.has(START) && code(t.kind, t.key) == *want)
            });
            if fits {
                return Some((rest.len() + 1, *meaning));
            }
        }
        None
    }
}

fn code(kind: Kind, k: u32) -> u32 {
    match kind {
        Kind::Word => k,
        // Signs are small numbers; words are hashes: they do not meet in practice.
        Kind::Sign => k,
        _ => 0,
    }
}
