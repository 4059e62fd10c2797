//! Numbers and symbols of documents: `05-CT/TW`, `số 224-KH/TU`, `Nghị quyết Trung ương 4`.

use super::Class;
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::{CAPS, Kind, SPACE, UPPER};

/// Abbreviations that follow the number of a document, also when blanks stand around the dash.
const KINDS: &[u32] = &crate::key::keys([
    "ct", "kh", "nq", "kl", "qđ", "qc", "hd", "tt", "tb", "bc", "ctr", "cthđ", "ttr", "cv", "bb", "đa", "pa",
    "gm", "nđ", "qyđ", "ctrhđ", "khlt", "hdlt", "nqlt", "ctpb", "cvđ", "ttlt", "l", "pl", "cđ", "lct", "đu",
    "nqđh", "ctx",
]);

const PAPERS: &[u32] = &crate::key::keys(["luật", "thư", "điện", "phép", "bản", "ước"]);

/// Second word of the name of a kind of document: chỉ *thị*, nghị *quyết*.
fn names_paper(r: &Reading<'_>, i: usize) -> bool {
    const PAIRS: [(u32, u32); 19] = [
        (key("chỉ"), key("thị")),
        (key("nghị"), key("quyết")),
        (key("nghị"), key("định")),
        (key("kết"), key("luận")),
        (key("quy"), key("định")),
        (key("quyết"), key("định")),
        (key("kế"), key("hoạch")),
        (key("công"), key("văn")),
        (key("thông"), key("tư")),
        (key("hướng"), key("dẫn")),
        (key("thông"), key("báo")),
        (key("tờ"), key("trình")),
        (key("báo"), key("cáo")),
        (key("đề"), key("án")),
        (key("chương"), key("trình")),
        (key("pháp"), key("lệnh")),
        (key("thông"), key("tri")),
        (key("quy"), key("chế")),
        (key("công"), key("điện")),
    ];
    let (a, b) = (r.back(i, 2), r.back(i, 1));
    PAIRS.iter().any(|(x, y)| a.word(*x) && b.word(*y))
}

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    listed(r, i, 6)
}

/// `depth` bounds how far a list of numbers is followed back to its head.
fn listed(r: &Reading<'_>, i: usize, depth: u32) -> Option<(Class, usize)> {
    let next = r.ahead(i, 1);
    // 05-CT/TW, 05 - CT/TW, 100/2019/NĐ-CP, 12/QĐ-UBND, 05-Ctr/TU
    if next.sign('-') || next.sign('/') {
        let tight = !next.has(SPACE);
        let mut k = i + 2;
        if next.sign('/')
            && super::day::year_at(r, k).is_some()
            && (r.ahead(i, 3).sign('/') || r.ahead(i, 3).sign('-'))
        {
            k = i + 4;
        }
        let w = r.ahead(i, k - i);
        let glued = tight && !w.has(SPACE) && w.kind == Kind::Word;
        let listed = w.any(KINDS) && w.has(UPPER);
        if listed || (glued && w.has(CAPS)) || (glued && w.has(UPPER) && w.any(KINDS)) {
            return Some((Class::Symbol, k));
        }
    }
    let before = r.back(i, 1);
    let before2 = r.back(i, 2);
    let follows_unit = || super::units::at(r, i + 1).is_some() || next.sign('%');
    // "số 5", but not "tổng số 27", "trong số 60"
    if before.word(const { key("số") })
        && !before2.any(
            const {
                &keys(["tổng", "trong", "con", "trên", "một", "thiểu", "đa", "nâng", "sĩ", "quân", "dân"])
            },
        )
        && (!follows_unit() || names_paper(r, i - 1))
    {
        return Some((Class::Symbol, i + 1));
    }
    if before.sign(':')
        && before2.word(const { key("số") })
        && r.back(i, 3).kind != Kind::Word
        && (next.sign('-') || next.sign('/'))
    {
        return Some((Class::Symbol, i + 1));
    }
    if names_paper(r, i)
        && !follows_unit()
        && !duration(r, i)
        && (before2.has(UPPER) || next.kind != Kind::Word || super::count::STOP.contains(&next.key))
    {
        return Some((Class::Symbol, i + 1));
    }
    if (before.any(PAPERS) && before.has(UPPER)) && !follows_unit() {
        return Some((Class::Symbol, i + 1));
    }
    // QĐ 1234
    if before.any(KINDS) && before.has(CAPS) && !r.str(i).contains([',', '.']) && !next.sign('%') {
        return Some((Class::Symbol, i + 1));
    }
    // Nghị quyết Trung ương 4, TW 5
    let centre = before.word(const { key("ương") }) && before2.word(const { key("trung") })
        || before.word(const { key("tw") });
    if centre && super::day::small(r, i, 30).is_some() && !follows_unit() {
        return Some((Class::Symbol, i + 1));
    }
    // Nghị quyết Trung ương 4, 5 (khóa XII); Quy định 08, 55
    if (before.sign(',') || before.word(const { key("và") }))
        && before2.number()
        && !follows_unit()
        && r.str(i).len() <= 3
        && !r.str(i).contains([',', '.'])
        && i >= 2
        && depth > 0
        && listed(r, i - 2, depth - 1).is_some()
    {
        return Some((Class::Symbol, i + 1));
    }
    None
}

fn duration(r: &Reading<'_>, i: usize) -> bool {
    r.ahead(i, 1).any(const { &keys(["năm", "tháng", "tuần", "quý"]) })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("Chỉ thị số 05-CT/TW", "Symbol"),
            ("Chỉ thị 05 - CT/TW của Bộ Chính trị", "Symbol"),
            ("thực hiện Chỉ thị 05 của Bộ Chính trị", "Symbol"),
            ("Kế hoạch số 46-KH/HU, ngày 08/12/2016", "Symbol Day"),
            ("Nghị định 100/2019/NĐ-CP", "Symbol"),
            ("Quyết định số 1234/QĐ-UBND", "Symbol"),
            ("Luật số 91/2025/QH15", "Symbol Name"),
            ("Nghị quyết Trung ương 4 (khóa XII)", "Symbol"),
            ("Nghị quyết Trung ương 4, 5 khóa XII", "Symbol Symbol"),
            ("Quy định số 37-QĐ/TW", "Symbol"),
            ("Chương trình 135 của Chính phủ", "Symbol"),
            ("Đề án 06", "Symbol"),
            ("theo QĐ 1234 ngày 5/7", "Symbol Day"),
            ("theo Hướng dẫn số 114-HD/ĐUK", "Symbol"),
            ("Công văn 1234-CV/BTGTU", "Symbol"),
            ("tổng số 27 đảng viên", "Count"),
            ("trong số 60 đảng viên", "Count"),
            ("ban hành kế hoạch 5 năm", "Span"),
            ("ban hành 22 văn bản", "Count"),
            ("triển khai chương trình 5 nội dung", "Count"),
            ("con số 27 đảng viên", "Count"),
            ("Số: 15-BC/CB", "Symbol"),
            ("Giấy mời số 12", "Symbol"),
            ("Thông tư 12/2019/TT-BTC", "Symbol"),
            ("báo cáo 3 kết quả nổi bật", "Count"),
            ("kế hoạch số 7 của chi bộ", "Symbol"),
            ("Kết luận 01, Chỉ thị 05", "Symbol Symbol"),
        ]);
    }
}
