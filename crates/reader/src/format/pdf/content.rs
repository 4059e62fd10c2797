//! The operators of a page, one at a time.
//!
//! A page's content is read as it comes and never kept as a tree: the operands of two million
//! numbers would take a hundred times the memory of the text they stand in. What cannot be
//! understood is passed over; nothing here fails.

/// So many operands are kept for one operator; none has more than a handful.
const MAX_OPERANDS: usize = 64;
/// So many items of one array.
const MAX_ITEMS: usize = 20_000;

/// What stands before an operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f32),
    Name(Vec<u8>),
    Text(Vec<u8>),
    /// The numbers and strings of an array.
    Array(Vec<Operand>),
}

impl Operand {
    pub(super) fn number(&self) -> Option<f32> {
        match self {
            Operand::Number(n) if n.is_finite() => Some(*n),
            _ => None,
        }
    }
    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Operand::Name(n) => Some(n),
            _ => None,
        }
    }
}

/// Reads operators from a content stream.
pub(super) struct Operators<'c> {
    bytes: &'c [u8],
    at: usize,
    /// What stood before the operator that was read last.
    pub(super) operands: Vec<Operand>,
}

fn blank(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn delimiter(b: u8) -> bool {
    matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'c> Operators<'c> {
    pub(super) fn new(bytes: &'c [u8]) -> Operators<'c> {
        Operators { bytes, at: 0, operands: Vec::new() }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next operator; its operands are in `operands`.
    pub(super) fn next(&mut self) -> Option<&'c [u8]> {
        self.operands.clear();
        let mut array: Option<Vec<Operand>> = None;
        // Dictionaries mark content up; nothing in them is shown.
        let mut dictionaries = 0u32;
        loop {
            let b = self.peek()?;
            let operand = match b {
                _ if blank(b) => {
                    self.at += 1;
                    continue;
                }
                b'%' => {
                    self.skip_to(|b| b == b'\n' || b == b'\r');
                    continue;
                }
                b'(' => Operand::Text(self.literal()),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    dictionaries += 1;
                    continue;
                }
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    dictionaries = dictionaries.saturating_sub(1);
                    continue;
                }
                b'<' => Operand::Text(self.hexadecimal()),
                b'/' => Operand::Name(self.name()),
                b'[' => {
                    self.at += 1;
                    array.get_or_insert_default();
                    continue;
                }
                b']' => {
                    self.at += 1;
                    match array.take() {
                        Some(items) => Operand::Array(items),
                        None => continue,
                    }
                }
                b')' | b'>' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => Operand::Number(self.number()),
                _ => {
                    let word = self.word();
                    if dictionaries > 0 || matches!(word, b"true" | b"false" | b"null") {
                        continue;
                    }
                    if word == b"BI" {
                        self.skip_image();
                        self.operands.clear();
                        continue;
                    }
                    // An array that was not closed ends where the operator stands.
                    if let Some(items) = array.take() {
                        self.operands.push(Operand::Array(items));
                    }
                    return Some(word);
                }
            };
            if dictionaries > 0 {
                continue;
            }
            match &mut array {
                Some(items) if items.len() < MAX_ITEMS => items.push(operand),
                Some(_) => {}
                None => {
                    if self.operands.len() >= MAX_OPERANDS {
                        // What stands next to the operator counts.
                        self.operands.remove(0);
                    }
                    self.operands.push(operand);
                }
            }
        }
    }

    fn skip_to(&mut self, end: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|b| end(*b)).unwrap_or(rest.len());
    }

    fn word(&mut self) -> &'c [u8] {
        let start = self.at;
        self.skip_to(|b| blank(b) || delimiter(b));
        &self.bytes[start..self.at]
    }

    fn number(&mut self) -> f32 {
        let start = self.at;
        self.at += 1;
        self.skip_to(|b| !matches!(b, b'0'..=b'9' | b'.' | b'-'));
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        if let Ok(n) = text.parse() {
            return n;
        }
        // "--5", "1.2.3", "12-3": what other programs make of them.
        let negative = text.starts_with('-');
        let digits = text.trim_start_matches(['-', '+']);
        let digits = digits.split('-').next().unwrap_or_default();
        let end = digits.match_indices('.').nth(1).map_or(digits.len(), |(i, _)| i);
        let n: f32 = digits[..end].parse().unwrap_or(0.0);
        if negative { -n } else { n }
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let word = self.word();
        let mut name = Vec::with_capacity(word.len());
        let mut i = 0;
        while let Some(b) = word.get(i) {
            let code = word
                .get(i + 1..i + 3)
                .filter(|_| *b == b'#')
                .and_then(|h| Some(hex(h[0])? << 4 | hex(h[1])?));
            match code {
                Some(code) => {
                    name.push(code);
                    i += 3;
                }
                None => {
                    name.push(*b);
                    i += 1;
                }
            }
        }
        name
    }

    /// A string in round brackets, with its escapes.
    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 1u32;
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    let Some(e) = self.peek() else { break };
                    self.at += 1;
                    match e {
                        b'n' => out.push(b'\n'),
                        b'r' => out.push(b'\r'),
                        b't' => out.push(b'\t'),
                        b'b' => out.push(8),
                        b'f' => out.push(12),
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'\n' => {}
                        b'0'..=b'7' => {
                            let mut code = u32::from(e - b'0');
                            for _ in 0..2 {
                                let Some(d @ b'0'..=b'7') = self.peek() else { break };
                                code = code * 8 + u32::from(d - b'0');
                                self.at += 1;
                            }
                            out.push((code & 0xff) as u8);
                        }
                        e => out.push(e),
                    }
                    continue;
                }
                _ => {}
            }
            out.push(b);
        }
        out
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let start = self.at;
        self.skip_to(|b| b == b'>');
        let mut digits = self.bytes[start..self.at].iter().filter_map(|b| hex(*b));
        self.at = (self.at + 1).min(self.bytes.len());
        let mut out = Vec::new();
        while let Some(high) = digits.next() {
            out.push(high << 4 | digits.next().unwrap_or(0));
        }
        out
    }

    /// An image inside the content: passed over to its end, a word of its own.
    fn skip_image(&mut self) {
        let rest = &self.bytes[self.at..];
        let data = rest.windows(2).position(|w| w == b"ID").map_or(rest.len(), |i| i + 2);
        let alone = |i: usize| i > 0 && blank(rest[i - 1]) && rest.get(i + 2).is_none_or(|b| blank(*b));
        let end = (data..rest.len().saturating_sub(1)).find(|i| &rest[*i..*i + 2] == b"EI" && alone(*i));
        self.at += end.map_or(rest.len(), |i| i + 2);
    }
}

fn hex(b: u8) -> Option<u8> {
    match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        b'A'..=b'F' => Some(b - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Operand::{self, *};
    use super::Operators;

    fn all(content: &[u8]) -> Vec<(String, Vec<Operand>)> {
        let mut o = Operators::new(content);
        let mut out = Vec::new();
        while let Some(op) = o.next() {
            out.push((String::from_utf8_lossy(op).into_owned(), o.operands.clone()));
        }
        out
    }

    fn text(t: &str) -> Operand {
        Text(t.as_bytes().to_vec())
    }

    #[test]
    fn reads_operands_of_every_kind() {
        assert_eq!(
            all(b"/F#31 12.5 Tf [(a)-300(\\(b\\)) <4 1 5>]TJ % c (d) Tj\n-.5 +2 Td T* (x\\101\\\ny) '"),
            [
                ("Tf".to_owned(), vec![Name(b"F1".to_vec()), Number(12.5)]),
                ("TJ".to_owned(), vec![Array(vec![text("a"), Number(-300.0), text("(b)"), text("AP")])]),
                ("Td".to_owned(), vec![Number(-0.5), Number(2.0)]),
                ("T*".to_owned(), vec![]),
                ("'".to_owned(), vec![text("xAy")]),
            ]
        );
    }

    #[test]
    fn marks_and_images_are_passed_over() {
        assert_eq!(
            all(b"/P <</MCID 0/A[1 (x)]/B true>> BDC BI /W 1 ID (EI\x00 x EI (a) Tj EMC"),
            [
                ("BDC".to_owned(), vec![Name(b"P".to_vec())]),
                ("Tj".to_owned(), vec![text("a")]),
                ("EMC".to_owned(), vec![]),
            ]
        );
    }

    #[test]
    fn what_is_broken_ends_or_is_passed_over() {
        assert_eq!(all(b"(never closed"), []);
        assert_eq!(
            all(b"[1 2 (a) Tj"),
            [("Tj".to_owned(), vec![Array(vec![Number(1.0), Number(2.0), text("a")])])]
        );
        assert_eq!(all(b"--5 1.2.3 ) ] > } Td"), [("Td".to_owned(), vec![Number(-5.0), Number(1.2)])]);
        assert_eq!(all(b"BI ID never"), []);
        let many = all(&[&b"1 ".repeat(100_000)[..], b"2 w"].concat());
        assert_eq!(many[0].1.len(), super::MAX_OPERANDS);
        assert_eq!(many[0].1.last(), Some(&Number(2.0)));
        assert_eq!(all(&b"[".repeat(100_000)), []);
    }
}
