//! Telephone numbers, accounts, tax codes.

use super::Class;
use crate::key::keys;
use crate::layout::Reading;

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let s = r.str(i);
    let digits = s.bytes().filter(u8::is_ascii_digit).count();
    let plain = digits == s.len();
    if plain && ((s.starts_with('0') && digits >= 8) || digits >= 13) {
        return Some((Class::Phone, i + 1));
    }
    // 0236.3.123.456
    if s.starts_with('0') && digits >= 9 {
        return Some((Class::Phone, i + 1));
    }
    // 0913 123 456
    if s.starts_with('0') && (3..=4).contains(&digits) && plain {
        let mut k = 1;
        let mut all = digits;
        while r.ahead(i, k).number() && k < 5 {
            all += r.str(i + k).len();
            k += 1;
        }
        if all >= 9 && k > 1 {
            return Some((Class::Phone, i + k));
        }
    }
    let mut n = 1;
    while r.back(i, n).sign(':') || r.back(i, n).sign('.') || r.back(i, n).sign('(') {
        n += 1;
    }
    let led = r
        .back(i, n)
        .any(const { &keys(["đt", "sđt", "thoại", "hotline", "fax", "tel", "khoản", "mst", "stk"]) });
    (led && n > 1 && digits >= 6).then(|| {
        let mut k = 1;
        while (r.ahead(i, k).number() || r.ahead(i, k).sign('-') && r.ahead(i, k + 1).number()) && k < 6 {
            k += 1;
        }
        (Class::Phone, i + k)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("liên hệ 0913123456", "Phone"),
            ("ĐT: 0236.3.123.456", "Phone"),
            ("gọi 0913 123 456 để biết", "Phone"),
            ("Điện thoại: 3822123", "Phone"),
            ("có 148.140 lượt", "Count"),
            ("02 đồng chí", "Count"),
        ]);
    }
}
