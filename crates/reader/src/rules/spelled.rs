//! Numbers in words: `hai vụ việc`, `hai mươi mốt đồng chí`, `một trong ba đơn vị`.
//!
//! A lone `một` is an article; `năm` is a year unless it plainly counts.

use super::units::{self, Sort};
use super::{Class, Num};
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::{Kind, UPPER};
use crate::numeral;

const FIRST: &[u32] =
    &crate::key::keys(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười"]);

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<Num> {
    let t = &r.t[i];
    if t.kind != Kind::Word || !FIRST.contains(&t.key) {
        return None;
    }
    let before = r.back(i, 1);
    let opens = before.kind == Kind::Edge || before.sign('.') || before.sign('-') || before.sign(':');
    if t.has(UPPER) && !opens && !t.has(crate::lex::CAPS) {
        return None;
    }
    // thứ hai, giải ba, lần hai, hàng trăm, vài ba
    if before.any(
        const {
            &keys([
                "thứ", "giải", "lần", "hàng", "vài", "đôi", "mươi", "hạng", "lớp", "tháng", "loại", "một",
                "từng", "số", "bậc", "mấy",
            ])
        },
    ) && !(before.word(const { key("số") }) && r.back(i, 2).any(const { &keys(["trong", "tổng"]) }))
        || before.number()
    {
        return None;
    }
    let (value, used) = numeral::words(&r.t[i..(i + 14).min(r.t.len())])?;
    if (1..used).any(|n| r.ahead(i, n).kind == Kind::Edge) {
        return None;
    }
    let end = i + used;
    // "hai mươi năm", "năm năm qua", "hai nhiệm kỳ"
    let next = r.ahead(end - 1, 1);
    if next.any(const { &keys(["năm", "tháng", "tuần", "thập", "thế", "nhiệm", "mùa"]) }) {
        let plain = used > 1 || !t.word(const { key("năm") });
        return plain.then_some(Num {
            toks: i..end,
            class: Class::Span,
            value: None,
            count: None,
            why: "spelled-span",
        });
    }
    let (_, sort) = units::at(r, end).or_else(|| {
        // "hai trăm" with a share: "năm mươi phần trăm"
        (next.word(const { key("phần") }) && r.ahead(end - 1, 2).word(const { key("trăm") }))
            .then_some((2, Sort::Thing))
    })?;
    let lone = used == 1;
    if lone && t.word(const { key("năm") }) {
        let led = before.any(
            const { &keys(["có", "gồm", "với", "cả", "tặng", "xây", "trong", "khen", "kết", "mở"]) },
        );
        if !led || !matches!(sort, Sort::People | Sort::Body | Sort::Model | Sort::Gift | Sort::Inspection) {
            return None;
        }
        if before.word(const { key("trong") }) && !r.back(i, 2).word(const { key("một") }) {
            return None;
        }
    }
    if lone && t.word(const { key("ba") }) && r.ahead(i, 1).any(const { &keys(["mẹ", "đảm", "má"]) }) {
        return None;
    }
    // nouns that make fixed expressions with two or three: hai bà (Trưng), hai ông, ba cháu stay out
    if lone
        && r.ahead(i, 1).any(
            const {
                &keys([
                    "bà", "mặt", "nhà", "con", "cái", "cây", "trang", "cầu", "m", "a", "trẻ", "nam", "cuộc",
                    "ngày", "em", "công", "bản", "bài", "dân", "bộ", "loại",
                ])
            },
        )
        && units::at(r, end).is_some_and(|(n, _)| n == 1)
    {
        return None;
    }
    if lone
        && r.ahead(i, 1).word(const { key("cuộc") })
        && r.ahead(i, 2).any(const { &keys(["kháng", "cách", "chiến"]) })
    {
        return None;
    }
    Some(super::count::spelled(r, i, end, value))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("xử lý hai vụ việc", "Count"),
            ("giữa hai hệ thống Tỉnh ủy và UBND", "Count"),
            ("kết nạp hai mươi mốt đảng viên", "Count"),
            ("là một trong ba đơn vị dẫn đầu", "Count"),
            ("là một trong những đơn vị", ""),
            ("một đồng chí", ""),
            ("một số đảng viên", ""),
            ("hàng trăm lượt người", ""),
            ("hàng chục tập thể", ""),
            ("sáng thứ hai hàng tuần", ""),
            ("đạt giải ba cấp tỉnh", ""),
            ("Hai là, tiếp tục triển khai", ""),
            ("trong năm đảng viên học tập", ""),
            ("chi bộ có năm đảng viên", "Count"),
            ("hai năm qua", "Span"),
            ("mười lăm phút", "Count"),
            ("anh Nguyễn Văn Ba đơn vị A", ""),
            ("hai cuộc kháng chiến", ""),
            ("ba mẹ các em", ""),
            ("đầu tư ba mô hình", "Count"),
            ("Mười hai chi bộ đã họp", "Count"),
            ("năm học mới", ""),
            ("nhiều mô hình", ""),
            ("hai bên cùng ký", ""),
        ]);
    }
}
