//! A directive named with the wrong term: "Chỉ thị số 05-CT/TW … (khóa XI)" is of term XII.
//!
//! The list of documents is data: an office may pass its own.

use super::{Check, Finding, Read};
use crate::key::{key, keys};
use crate::layout::roman;
use crate::rules::Class;
use domain::Message;

/// A document whose issuing term is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownDocument {
    /// Its number and symbol, as written: `05-CT/TW`.
    pub symbol: &'static str,
    /// The year it was issued, to tell it from its namesakes of other terms; 0 when any.
    pub year: i32,
    /// The term of the committee that issued it.
    pub term: u32,
}

/// The directives of the programme of study, by term.
pub const DOCUMENTS: &[KnownDocument] = &[
    KnownDocument { symbol: "06-CT/TW", year: 2006, term: 10 },
    KnownDocument { symbol: "03-CT/TW", year: 2011, term: 11 },
    KnownDocument { symbol: "05-CT/TW", year: 2016, term: 12 },
    KnownDocument { symbol: "01-KL/TW", year: 2021, term: 13 },
    KnownDocument { symbol: "07-CT/TW", year: 2026, term: 14 },
];

pub(super) fn find(read: &Read<'_>, documents: &[KnownDocument], out: &mut Vec<Finding>) {
    let r = read.r;
    for n in read.nums.iter().filter(|n| n.class == Class::Symbol) {
        let i = n.toks.start;
        // "05-CT/TW", "05 - CT/TW"
        let symbol: String =
            (0..5).map(|k| if k == 0 { r.str(i) } else { r.str_of(r.ahead(i, k)) }).collect();
        let Some(doc) = documents.iter().find(|d| d.symbol.eq_ignore_ascii_case(&symbol)) else { continue };
        let mut year = None;
        for k in 5..34 {
            let t = r.ahead(i, k);
            if t.kind == crate::lex::Kind::Edge || t.sign('.') || t.sign(';') {
                break;
            }
            // Another document begins: its term is its own.
            if t.any(const { &keys(["nghị", "kết", "chỉ", "quy", "kế", "hướng"]) })
                && t.has(crate::lex::UPPER)
            {
                break;
            }
            if t.number()
                && let Some((_, y)) = crate::rules::day::full(r, i + k)
            {
                year = Some(y);
            }
            if t.word(const { key("khóa") })
                && let Some(term) = roman(r.str_of(r.ahead(i, k + 1)))
            {
                let namesake = year.is_some_and(|y| doc.year != 0 && y != doc.year);
                if term != doc.term && !namesake {
                    let message = Message::new("reader-check-directive")
                        .with("document", doc.symbol)
                        .with("term", r.str_of(r.ahead(i, k + 1)))
                        .with("right", shown(doc.term));
                    let places = vec![read.tokens(i + k..i + k + 2), read.tokens(i..i + 5)];
                    out.push(Finding { kind: Check::Directive, message, places });
                }
                break;
            }
        }
    }
}

fn shown(n: u32) -> String {
    let (tens, ones) = (n / 10, n % 10);
    let one = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    format!("{}{}", "X".repeat(tens as usize), one[ones as usize])
}

#[cfg(test)]
mod tests {
    use super::super::tests::cases;
    use crate::Check::Directive;

    #[test]
    fn known_cases() {
        cases(&[
            ("theo Chỉ thị số 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị (khóa XI) là nhiệm vụ", &[Directive]),
            ("theo Chỉ thị số 05-CT/TW của Bộ Chính trị (khóa XII) là nhiệm vụ", &[]),
            ("theo Chỉ thị số 05-CT/TW gắn với Nghị quyết Trung ương 4 (khóa XI)", &[]),
            ("Chỉ thị 03 - CT/TW của Bộ Chính trị khóa XII", &[Directive]),
            ("Chỉ thị số 05-CT/TW ngày 20/7/2021 của Bộ Chính trị khóa XIII", &[]),
            ("Quy định số 37-QĐ/TW (khóa XIII)", &[]),
        ]);
    }
}
