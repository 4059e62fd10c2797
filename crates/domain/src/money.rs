//! Money: whole đồng.

use crate::number;

/// An amount of money in whole đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub i64);

impl Money {
    /// As the field says it: `500 triệu đồng`, `1,2 tỷ đồng`, `750.000 đồng`.
    /// Only amounts that the short form says exactly are shortened.
    pub fn words(self) -> String {
        for (unit, word) in [(1_000_000_000, "tỷ"), (1_000_000, "triệu")] {
            // At most two decimals, else the full figure is clearer.
            if self.0.abs() >= unit && self.0 % (unit / 100) == 0 {
                return format!("{} {word} đồng", number::decimal(self.0, unit, 2));
            }
        }
        format!("{} đồng", number::grouped(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_exact_amounts_short_and_others_in_full() {
        for (dong, words) in [
            (500_000_000, "500 triệu đồng"),
            (20_000_000_000, "20 tỷ đồng"),
            (1_250_000_000, "1,25 tỷ đồng"),
            (1_234_567, "1.234.567 đồng"),
            (322_000_000, "322 triệu đồng"),
            (0, "0 đồng"),
        ] {
            assert_eq!(Money(dong).words(), words);
        }
    }
}
