//! The value of a number as it is written: digits with separators, words, multipliers.

use crate::key::key;
use crate::lex::Tok;

/// How digits are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `27`, `9580`, `03`.
    Whole,
    /// `148.140`, `2.500.000`.
    Grouped,
    /// `98,9`, `98.9`, `1.234,5`.
    Decimal,
    /// `1,234`: thousands in careless counts, decimals before `tỷ` or `ha`.
    Unsure,
    /// `15.5.2016`, `3,4,5`: digits that are no one number.
    Other,
}

/// Reads the digits of one number token. `None` when it is no number that can be held exactly.
pub(crate) fn parse(s: &str) -> (Option<f64>, Shape) {
    if s.len() > 24 {
        return (None, Shape::Other);
    }
    let digits = |s: &str| s.parse::<f64>().ok();
    let grouped = |groups: &[&str]| {
        groups.len() > 1
            && (1..=3).contains(&groups[0].len())
            && !(groups[0].starts_with('0'))
            && groups[1..].iter().all(|g| g.len() == 3)
    };
    let (dots, commas) = (s.matches('.').count(), s.matches(',').count());
    match (dots, commas) {
        (0, 0) if s.len() <= 15 => (digits(s), Shape::Whole),
        (0, 0) => (None, Shape::Other),
        (_, 0) => {
            let g: Vec<&str> = s.split('.').collect();
            if grouped(&g) {
                (digits(&g.concat()), Shape::Grouped)
            } else if dots == 1 {
                (digits(s), Shape::Decimal)
            } else {
                (None, Shape::Other)
            }
        }
        (0, _) => {
            let g: Vec<&str> = s.split(',').collect();
            if grouped(&g) {
                let shape = if commas == 1 { Shape::Unsure } else { Shape::Grouped };
                (digits(&g.concat()), shape)
            } else if commas == 1 {
                (digits(&s.replace(',', ".")), Shape::Decimal)
            } else {
                (None, Shape::Other)
            }
        }
        _ => {
            let last = s.rfind(['.', ',']).unwrap_or(0);
            let (whole, rest) = (&s[..last], &s[last + 1..]);
            let sep = if s.as_bytes()[last] == b'.' { ',' } else { '.' };
            let g: Vec<&str> = whole.split(sep).collect();
            if grouped(&g) && !rest.is_empty() {
                (digits(&format!("{}.{rest}", g.concat())), Shape::Decimal)
            } else {
                (None, Shape::Other)
            }
        }
    }
}

/// The factor of a multiplier word, and how many tokens it takes.
pub(crate) fn multiplier(t: &Tok, next: &Tok) -> Option<(f64, usize)> {
    const K: u32 = key("nghìn");
    const K2: u32 = key("ngàn");
    const M: u32 = key("triệu");
    const TR: u32 = key("tr");
    const B: u32 = key("tỷ");
    const B2: u32 = key("tỉ");
    const V: u32 = key("vạn");
    const H: u32 = key("trăm");
    const CH: u32 = key("chục");
    const TA: u32 = key("tá");
    let one = |t: &Tok| match t.key {
        K | K2 => Some(1e3),
        M => Some(1e6),
        B | B2 => Some(1e9),
        V => Some(1e4),
        H => Some(1e2),
        _ => None,
    };
    if t.kind != crate::lex::Kind::Word {
        return None;
    }
    match t.key {
        TR => Some((1e6, 1)),
        CH => Some((10.0, 1)),
        TA => None,
        _ => {
            let first = one(t)?;
            // "nghìn tỷ", "trăm triệu", "triệu tỷ" is nobody's money
            match one(next) {
                Some(second) if first < second && next.kind == crate::lex::Kind::Word => {
                    Some((first * second, 2))
                }
                _ => Some((first, 1)),
            }
        }
    }
}

/// Reads a number written in words from the start of `toks`: value and tokens used.
/// `hai mươi mốt`, `một trăm linh năm`, `mười hai`, `ba nghìn`. A lone `một` is an article.
pub(crate) fn words(toks: &[Tok]) -> Option<(f64, usize)> {
    const MOT: u32 = key("một");
    const MOT2: u32 = key("mốt");
    const MUOI: u32 = key("mươi");
    const MUOI10: u32 = key("mười");
    const TRAM: u32 = key("trăm");
    const LINH: u32 = key("linh");
    const LE: u32 = key("lẻ");
    const LAM: u32 = key("lăm");
    const TU: u32 = key("tư");
    let digit = |k: u32| -> Option<u32> {
        const D: &[u32] =
            &crate::key::keys(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "bẩy"]);
        D.iter().position(|d| *d == k).map(|p| if p == 9 { 7 } else { p as u32 + 1 })
    };
    let word = |i: usize| toks.get(i).filter(|t| t.kind == crate::lex::Kind::Word).map_or(0, |t| t.key);
    let mut i = 0;
    let mut total = 0.0;
    let mut part = 0_u32;
    let mut any = false;
    while i < 12 {
        let k = word(i);
        if k == MUOI10 {
            part += 10;
            i += 1;
            any = true;
            if let Some(d) = digit(word(i)).filter(|d| *d != 1).or((word(i) == LAM).then_some(5)) {
                // "mười năm" is ten years more often than fifteen, which is "mười lăm".
                if d != 5 || word(i) == LAM {
                    part += d;
                    i += 1;
                }
            } else if word(i) == MOT {
                part += 1;
                i += 1;
            }
        } else if let Some(d) = digit(k) {
            if word(i + 1) == TRAM {
                part += d * 100;
                i += 2;
                any = true;
                if matches!(word(i), LINH | LE)
                    && let Some(d) = digit(word(i + 1))
                {
                    part += d;
                    i += 2;
                }
            } else if word(i + 1) == MUOI {
                part += d * 10;
                i += 2;
                any = true;
                let u = match word(i) {
                    MOT2 => Some(1),
                    LAM => Some(5),
                    TU => Some(4),
                    k => digit(k).filter(|d| *d != 5 && *d != 1),
                };
                if let Some(u) = u {
                    part += u;
                    i += 1;
                }
            } else {
                if any && !part.is_multiple_of(10) {
                    break;
                }
                if any && part.is_multiple_of(100) && part > 0 && total == 0.0 {
                    break;
                }
                part += d;
                i += 1;
                any = true;
            }
        } else {
            break;
        }
        if let Some((f, n)) =
            multiplier(toks.get(i).unwrap_or(&crate::lex::EDGE), toks.get(i + 1).unwrap_or(&crate::lex::EDGE))
            && word(i) != TRAM
        {
            total += f64::from(part) * f;
            part = 0;
            i += n;
        } else if !part.is_multiple_of(100) || part == 0 {
            break;
        }
    }
    let value = total + f64::from(part);
    if !any || (i == 1 && word(0) == MOT) {
        return None;
    }
    Some((value, i))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::lex;

    #[test]
    fn reads_digits() {
        for (text, value, shape) in [
            ("148.140", Some(148_140.0), Shape::Grouped),
            ("9580", Some(9580.0), Shape::Whole),
            ("03", Some(3.0), Shape::Whole),
            ("98,9", Some(98.9), Shape::Decimal),
            ("98.9", Some(98.9), Shape::Decimal),
            ("13,15", Some(13.15), Shape::Decimal),
            ("0,125", Some(0.125), Shape::Decimal),
            ("0.125", Some(0.125), Shape::Decimal),
            ("2.500.000", Some(2_500_000.0), Shape::Grouped),
            ("1.234,5", Some(1234.5), Shape::Decimal),
            ("1,234.5", Some(1234.5), Shape::Decimal),
            ("1,234", Some(1234.0), Shape::Unsure),
            ("1,234,567", Some(1_234_567.0), Shape::Grouped),
            ("15.5.2016", None, Shape::Other),
            ("3,4,5", None, Shape::Other),
            ("1234567890123456789", None, Shape::Other),
        ] {
            assert_eq!(parse(text), (value, shape), "{text}");
        }
    }

    #[test]
    fn reads_words() {
        for (text, want) in [
            ("hai vụ việc", Some((2.0, 1))),
            ("hai mươi mốt đồng chí", Some((21.0, 3))),
            ("mười hai chi bộ", Some((12.0, 2))),
            ("mười lăm phút", Some((15.0, 2))),
            ("mười năm qua", Some((10.0, 1))),
            ("hai mươi năm qua", Some((20.0, 2))),
            ("ba mươi lăm mô hình", Some((35.0, 3))),
            ("một trăm linh năm hộ", Some((105.0, 4))),
            ("một trăm hai mươi hộ", Some((120.0, 4))),
            ("ba nghìn lượt", Some((3000.0, 2))),
            ("một tỷ đồng", Some((1e9, 2))),
            ("hai trăm nghìn", Some((200_000.0, 3))),
            ("một đồng chí", None),
            ("nhiều", None),
        ] {
            let (t, _) = lex(text);
            assert_eq!(words(&t), want, "{text}");
        }
    }
}
