//! Chance that always falls the same way: the demonstration has neither clock nor randomness.

use domain::Day;

/// A small generator of numbers (SplitMix64), begun from a word.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same word.
    pub fn new(word: &str) -> Dice {
        // FNV-1a: any spread of the word's bytes will do.
        Dice(
            word.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from nought to one below `n`; nought when there is none.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(1).max(1);
        usize::try_from(self.next() % n).unwrap_or(0)
    }

    /// A number between two, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = usize::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several words.
    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }

    /// The same things in another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for i in (1..things.len()).rev() {
            things.swap(i, self.below(i + 1));
        }
    }

    /// A day between two, both included.
    pub fn day(&mut self, from: Day, to: Day) -> Day {
        later(from, self.between(0, (to - from).num_days().max(0)))
    }
}

/// A day of the calendar. Days that do not exist become 1/1/1970, which no test would let pass.
pub fn day(d: u32, m: u32, y: i32) -> Day {
    Day::from_ymd_opt(y, m, d).unwrap_or_default()
}

/// So many days later (or earlier).
pub fn later(from: Day, days: i64) -> Day {
    let step = chrono::Days::new(days.unsigned_abs());
    let moved = if days < 0 { from.checked_sub_days(step) } else { from.checked_add_days(step) };
    moved.unwrap_or(from)
}

/// Shares a whole out by weights, each part as near to its due as whole numbers allow and the
/// parts adding up exactly. No part is above its weight while the whole is not above them all.
pub fn share_out(whole: i64, weights: &[i64]) -> Vec<i64> {
    let total: i64 = weights.iter().sum();
    if total <= 0 {
        return vec![0; weights.len()];
    }
    let due = |w: i64| i128::from(whole) * i128::from(w);
    let part = |w: i64| i64::try_from(due(w) / i128::from(total)).unwrap_or(0);
    let mut parts: Vec<i64> = weights.iter().map(|&w| part(w)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(due(weights[i]) % i128::from(total)), i));
    let left = whole - parts.iter().sum::<i64>();
    for &i in order.iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[i] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_fall_the_same_way_for_the_same_word() {
        let throw =
            |word| (0..5).map(|_| 0).scan(Dice::new(word), |d, _| Some(d.below(1000))).collect::<Vec<_>>();
        assert_eq!(throw("a"), throw("a"));
        assert_ne!(throw("a"), throw("b"));
    }

    #[test]
    fn what_is_shared_out_adds_up_and_overfills_nobody() {
        let weights = [30, 7, 0, 12, 51, 3];
        for whole in 0..=103 {
            let parts = share_out(whole, &weights);
            assert_eq!(parts.iter().sum::<i64>(), whole);
            assert!(parts.iter().zip(&weights).all(|(p, w)| p <= w), "{whole}: {parts:?}");
        }
    }
}
