//! Numbers as Vietnamese offices write them: a dot between thousands, a comma before decimals.

/// `148.140`.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// `06`: counts below ten with a leading nought, as official texts write them.
pub fn padded(n: i64) -> String {
    if (0..10).contains(&n) { format!("0{n}") } else { grouped(n) }
}

/// `numerator / denominator` cut (never rounded up) to at most `places` decimals, without
/// trailing noughts: `decimal(989, 10, 1)` is `98,9`. Cutting keeps "trên 98,9 %" true.
/// The denominator must be positive; `places` at most 6.
pub fn decimal(numerator: i64, denominator: i64, places: u32) -> String {
    let scale = 10_i128.pow(places.min(6));
    let cut = i128::from(numerator) * scale / i128::from(denominator.max(1));
    let (whole, rest) = (cut / scale, (cut % scale).abs());
    let sign = if cut < 0 && whole == 0 { "-" } else { "" };
    let whole = grouped(i64::try_from(whole).unwrap_or(i64::MAX));
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let rest = format!("{rest:0width$}", width = places.min(6) as usize);
    format!("{sign}{whole},{}", rest.trim_end_matches('0'))
}

/// Reads a whole number as people type it: `148.140`, `148140`, `148 140`, `06`.
/// A comma or dot that does not stand between groups of three is refused: `1,5` is no whole number.
pub fn parse_whole(text: &str) -> Option<i64> {
    let text: String = text.trim().replace(['\u{a0}', '\u{202f}'], " ");
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let groups: Vec<&str> = digits.split(['.', ',', ' ']).collect();
    let numeric = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let well_grouped =
        groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    if !well_grouped || !groups.iter().all(|g| numeric(g)) {
        return None;
    }
    let value: i64 = groups.concat().parse().ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_thousands() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1.000"), (148_140, "148.140"), (-1234, "-1.234")] {
            assert_eq!(grouped(n), text);
            assert_eq!(parse_whole(text), Some(n));
        }
    }

    #[test]
    fn cuts_decimals_and_never_rounds_up() {
        assert_eq!(decimal(20_829, 210, 1), "99,1");
        assert_eq!(decimal(989_999, 10_000, 1), "98,9");
        assert_eq!(decimal(9_800, 98, 1), "100");
        assert_eq!(decimal(-1, 2, 1), "-0,5");
    }

    #[test]
    fn refuses_what_is_no_whole_number() {
        for text in ["1,5", "1.23", "12a", "", "1.2345", "--3"] {
            assert_eq!(parse_whole(text), None, "{text}");
        }
        assert_eq!(parse_whole(" 06 "), Some(6));
    }
}
