//! Numbers that are part of a name: places, units, classes, movements, models.
//!
//! `tổ dân phố 5`, `Trung đoàn 101`, `lớp 6/3`, `“Nông dân 3 tốt”`, `Covid-19`, `30a`, `10 điều Bác Hồ dạy`.

use super::Class;
use super::units;
use crate::key::{key, keys};
use crate::layout::Reading;
use crate::lex::{Kind, SPACE, UPPER};
use crate::numeral::multiplier;

/// A number behind one of these belongs to it, unless a counted noun follows.
const NAMED: &[u32] = &crate::key::keys([
    "tổ",
    "ấp",
    "thôn",
    "khóm",
    "phố",
    "bản",
    "buôn",
    "làng",
    "xóm",
    "khu",
    "quận",
    "phường",
    "đội",
    "khối",
    "cụm",
    "bộ",
    "đoàn",
    "vùng",
    "lộ",
    "đường",
    "tầng",
    "phòng",
    "ban",
    "ty",
    "nghiệp",
    "máy",
    "trường",
    "lớp",
    "tp",
    "ca",
    "kíp",
    "xe",
    "tàu",
    "độ",
    "dự",
    "tuyến",
    "km",
    "cửa",
    "lô",
    "cây",
    "trạm",
    "kênh",
    "covid",
    "nhà",
    "tiểu",
    "sư",
    "lữ",
    "trại",
    "huyện",
    "xã",
    "hẻm",
    "ngõ",
    "kiệt",
    "phân",
    "tòa",
    "chung",
    "đồn",
    "hải",
    "zone",
    "kv",
    "sao",
]);

pub(super) fn apply(r: &Reading<'_>, i: usize) -> Option<(Class, usize)> {
    let t = &r.t[i];
    let before = r.back(i, 1);
    let next = r.ahead(i, 1);
    // A4, Covid19, K20
    if before.kind == Kind::Word && before.end == t.start {
        return Some((Class::Name, i + 1));
    }
    // m2, km2
    // Covid-19, F-16
    if before.sign('-') && !t.has(SPACE) && !before.has(SPACE) && r.back(i, 2).kind == Kind::Word {
        let s = r.str_of(r.back(i, 2));
        if s.is_ascii() && r.back(i, 2).has(UPPER) {
            return Some((Class::Name, i + 1));
        }
    }
    // 30a, 12A1, 4G: letters glued behind, unless they are a measure
    if next.kind == Kind::Word && !next.has(SPACE) && next.start == t.end {
        let measure = !next.has(UPPER) && multiplier(next, r.ahead(i, 2)).is_some()
            || !next.has(UPPER) && units::at(r, i + 1).is_some()
            || !next.has(UPPER) && next.any(const { &keys(["tỷ", "k", "p", "l", "g", "ml", "mm", "cm"]) });
        if !measure {
            return Some((Class::Name, i + 2));
        }
    }
    // 4.0
    if r.str(i) == "4.0" {
        return Some((Class::Name, i + 1));
    }
    // 10 điều Bác Hồ dạy, 5 lời thề, 16 chữ vàng
    if next.any(const { &keys(["điều", "lời", "chữ"]) })
        && !r.ahead(i, 2).any(const { &keys(["kiện", "chỉnh", "khoản", "tra", "dưỡng", "hành", "kêu"]) })
    {
        return Some((Class::Name, i + 1));
    }
    // 3 không, 3 tốt, 5 rõ, 4 xây: a number before an adjective that names a movement
    if next.any(
        const {
            &keys(["không", "tốt", "sạch", "rõ", "nhất", "xây", "chống", "biết", "đảm", "giỏi", "đúng", "tự"])
        },
    ) && super::day::small(r, i, 12).is_some()
        && !r.str(i).starts_with('0')
    {
        return Some((Class::Name, i + 1));
    }
    if in_short_quote(r, i) {
        return Some((Class::Name, i + 1));
    }
    let whole = r.str(i).len() <= 4 && !r.str(i).contains(',');
    let steering = before.word(const { key("đạo") })
        && r.back(i, 2).word(const { key("chỉ") })
        && r.back(i, 3).word(const { key("ban") });
    if whole && (steering || before.any(NAMED)) && !next.sign('%') {
        // lớp 6/3
        if next.sign('/')
            && r.ahead(i, 2).number()
            && before.any(const { &keys(["lớp", "tổ", "khu", "đường", "ngõ", "nhà", "hẻm", "số"]) })
        {
            return Some((Class::Name, i + 3));
        }
        let counted =
            !steering && noun_follows(r, i) || multiplier(next, r.ahead(i, 2)).is_some() || next.sign('/');
        // "hỗ trợ cán bộ 50 suất" leaves here as counted; "các tổ 1, 2, 3" stays.
        if !counted {
            return Some((Class::Name, i + 1));
        }
    }
    // the rest of "các thôn 1, 2 và 3"
    if whole
        && (before.sign(',') || before.sign('-') || before.word(const { key("và") }))
        && r.back(i, 2).number()
        && units::at(r, i + 1).is_none()
        && (next.kind != Kind::Word || next.has(UPPER) || !next.has(SPACE) || next.word(const { key("và") }))
        && !next.sign('%')
        && i >= 2
        && listed(r, i - 2)
    {
        return Some((Class::Name, i + 1));
    }
    None
}

/// Whether a counted noun follows; a bare `tổ chức` may be the verb.
fn noun_follows(r: &Reading<'_>, i: usize) -> bool {
    units::at(r, i + 1).is_some_and(|(n, _)| {
        !(n == 2 && r.ahead(i, 1).word(const { key("tổ") }) && r.ahead(i, 2).word(const { key("chức") }))
    })
}

fn listed(r: &Reading<'_>, i: usize) -> bool {
    let mut i = i;
    for _ in 0..12 {
        let before = r.back(i, 1);
        if before.any(NAMED) {
            return true;
        }
        if (before.sign(',') || before.word(const { key("và") })) && r.back(i, 2).number() {
            i -= 2;
        } else {
            return false;
        }
    }
    false
}

/// Whether the token stands inside quotation marks that hold a name, not a sentence.
fn in_short_quote(r: &Reading<'_>, i: usize) -> bool {
    let mut open = None;
    for n in 1..=14 {
        let t = r.back(i, n);
        if t.kind == Kind::Edge || t.sign('”') {
            return false;
        }
        if t.sign('“') || t.sign('"') && !t_closes(r, i - n) {
            open = Some(n);
            break;
        }
        if t.sign('.') || t.sign(';') || t.sign(':') {
            return false;
        }
    }
    let Some(open) = open else { return false };
    for n in 1..=16 - open.min(14) {
        let t = r.ahead(i, n);
        if t.sign('”') || t.sign('"') {
            return true;
        }
        if t.kind == Kind::Edge || t.sign('“') {
            return false;
        }
    }
    false
}

/// A straight quotation mark that closes: no blank before it, one behind.
fn t_closes(r: &Reading<'_>, i: usize) -> bool {
    !r.t[i].has(SPACE) && r.t.get(i + 1).is_none_or(|n| n.has(SPACE) || n.kind == Kind::Sign)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::check;

    #[test]
    fn cases() {
        check(&[
            ("tổ dân phố 5 có 30 hộ", "Name Count"),
            ("Trung đoàn 101 tổ chức", "Name"),
            ("học sinh lớp 6/3", "Name"),
            ("lớp 12A1", "Name Name"),
            ("phong trào “Nông dân 3 tốt”", "Name"),
            ("mô hình “5 không, 3 sạch”", "Name Name"),
            ("10 điều Bác Hồ dạy", "Name"),
            ("phòng, chống Covid-19", "Name"),
            ("dịch Covid 19", "Name"),
            ("huyện nghèo 30a", "Name"),
            ("các thôn 1, 2 và 3", "Name Name Name"),
            ("Chi bộ 3 tổ chức", "Name"),
            ("Ban Chỉ đạo 35", "Name"),
            ("Ban Chỉ đạo 35 huyện quản lý 52 trang", "Name Count"),
            ("thu nhập bình quân 6 - 8 triệu đồng", "Money Money"),
            ("cách mạng công nghiệp 4.0", "Name"),
            ("phụ nữ 3 đảm đang", "Name"),
            ("sóng 5G", "Name"),
            ("Quốc lộ 1", "Name"),
            ("Quân khu 4", "Name"),
            ("3 chi bộ", "Count"),
            ("đảng bộ có 3 chi bộ", "Count"),
            ("toàn đảng bộ 25 chi bộ", "Count"),
            ("khu phố 120 hộ dân", "Count"),
            ("“Năm nay chi bộ có 25 đảng viên và đã khen 5 đồng chí. Chúng tôi rất vui”", "Count Count"),
            ("500m2 đất", "Count"),
            ("hỗ trợ 20kg gạo", "Count"),
            ("lớp 50 người", "Count"),
            ("“1 đồng chí giúp 1 hộ nghèo”", "Name Name"),
            ("lắp 12 camera", "Count"),
            ("tuyến đường 3 km", "Count"),
        ]);
    }
}
