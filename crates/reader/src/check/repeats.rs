//! The same thing said twice with different numbers.

use super::{Check, Finding, Read};
use crate::claim::topic::Topic;
use crate::lex::Kind;
use domain::Message;
use domain::text::fold;
use std::collections::HashMap;

pub(super) fn find(read: &Read<'_>, out: &mut Vec<Finding>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (n, c) in read.claims.iter().enumerate() {
        if c.part_of.is_some() || c.unit == "%" && c.of.is_some() {
            continue;
        }
        for key in keys_of(read, n) {
            match seen.get(&key) {
                Some(m) if (read.claims[*m].value - c.value).abs() > 1e-9 => {
                    let first = &read.claims[*m];
                    let message = Message::new("reader-check-repeat")
                        .with("first", &first.quote)
                        .with("second", &c.quote);
                    out.push(Finding {
                        kind: Check::Repeat,
                        message,
                        places: vec![read.claim(n), read.claim(*m)],
                    });
                    break;
                }
                Some(_) => {}
                None => {
                    seen.insert(key, n);
                }
            }
        }
    }
}

/// What makes two statements one: who has how many of what; or the same long run of words behind.
fn keys_of(read: &Read<'_>, n: usize) -> Vec<String> {
    let c = &read.claims[n];
    let period = c.period.as_deref().unwrap_or("-");
    let mut out = Vec::new();
    if c.topic == Topic::OrganisationSize
        && let Some(s) = &c.subject
    {
        let bytes = c.bytes.start;
        let before = read.r.text[..bytes].chars().rev().take(60).collect::<Vec<_>>();
        let before: String = fold(&before.into_iter().rev().collect::<String>());
        // the name must stand right before the count: "Chi bộ A (hiện) có 27 đảng viên"
        if before.trim_end().ends_with(&format!("{} co", fold(s)))
            || before.trim_end().ends_with(&format!("{} hien co", fold(s)))
        {
            out.push(format!("size {} {} {period}", fold(s), fold(&c.unit)));
        }
    }
    let r = read.r;
    let at = r.t.partition_point(|t| (t.start as usize) < c.bytes.end);
    let mut tail = String::new();
    let mut words = 0;
    for t in r.t.iter().skip(at).take(12) {
        if t.kind != Kind::Word || t.has(crate::lex::START) {
            break;
        }
        tail.push_str(&fold(r.str_of(t)));
        tail.push(' ');
        words += 1;
    }
    if words >= 7 {
        out.push(format!("tail {} {period} {tail}", fold(&c.unit)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::cases;
    use crate::Check::Repeat;

    #[test]
    fn known_cases() {
        cases(&[
            ("Chi bộ Văn phòng có 27 đảng viên. Năm qua, Chi bộ Văn phòng có 28 đảng viên.", &[Repeat]),
            ("Chi bộ Văn phòng có 27 đảng viên. Chi bộ Tổ chức có 28 đảng viên.", &[]),
            ("Chi bộ Văn phòng có 27 đảng viên. Chi bộ Văn phòng có 27 đảng viên.", &[]),
            (
                "Đã khen 5 tập thể có thành tích xuất sắc trong học tập. Sau đó khen 7 tập thể có thành tích xuất sắc trong học tập.",
                &[Repeat],
            ),
            ("Kiểm tra 5 chi bộ. Kiểm tra 7 chi bộ.", &[]),
            (
                "Năm 2021, khen 5 tập thể có thành tích xuất sắc trong học tập. Năm 2022, khen 7 tập thể có thành tích xuất sắc trong học tập.",
                &[],
            ),
        ]);
    }
}
