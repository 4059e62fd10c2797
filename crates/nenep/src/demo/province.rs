//! What the organisations share: the province and the units between it and them, the
//! programmes, and the themes that the province sets for each year.

use super::dice::day;
use super::rows::{Rows, row};
use domain::Day;

/// The province's code.
pub const CODE: &str = "HS";
/// The district of the cell of 2016–2021.
pub const DISTRICT: &str = "HTB";
/// The block of the cell of 2007–2010.
pub const OLD_BLOCK: &str = "KXL";
/// The provincial office, above the agency's cell.
pub const OFFICE: &str = "VPTU";

const STUDY: &str = "đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh";

/// The workbook's rows.
pub fn rows() -> Rows {
    let mut rows = Rows::default();
    units(&mut rows);
    programmes(&mut rows);
    themes(&mut rows);
    rows
}

fn units(rows: &mut Rows) {
    let from = day(1, 1, 1990);
    row!(rows, "unit", code: CODE, name: "Đảng bộ tỉnh Hoành Sơn", kind: "province", from_day: from, symbol: "TU",
        place: "Hoành Sơn");
    row!(rows, "unit", code: DISTRICT, name: "Đảng bộ huyện Thạch Bàn", kind: "district", parent: CODE, from_day: from,
        symbol: "HU", place: "Thạch Bàn");
    row!(rows, "unit", code: OLD_BLOCK, name: "Đảng bộ Khối ngành Xây lắp", kind: "block", parent: CODE,
        from_day: day(3, 2, 1996), symbol: "ĐUK", place: "Hoành Sơn");
    row!(rows, "unit", code: OFFICE, name: "Đảng bộ Văn phòng Tỉnh ủy", kind: "grassroots_committee", parent: CODE,
        from_day: from, symbol: "ĐU", place: "Hoành Sơn", sector: "agency");
}

fn programmes(rows: &mut Rows) {
    let movement = "tổ chức Cuộc vận động học tập và làm theo tấm gương đạo đức Hồ Chí Minh";
    let all: [(&str, &str, &str, Day, Option<Day>); 5] = [
        ("CT06", movement, "06-CT/TW", day(7, 11, 2006), Some(day(13, 5, 2011))),
        (
            "CT03",
            "tiếp tục đẩy mạnh học tập và làm theo tấm gương đạo đức Hồ Chí Minh",
            "03-CT/TW",
            day(14, 5, 2011),
            Some(day(14, 5, 2016)),
        ),
        ("CT05", STUDY, "05-CT/TW", day(15, 5, 2016), Some(day(12, 7, 2026))),
        (
            "KL01",
            "tiếp tục thực hiện Chỉ thị số 05-CT/TW về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
            "01-KL/TW",
            day(18, 5, 2021),
            Some(day(12, 7, 2026)),
        ),
        (
            "CT07",
            "đẩy mạnh học tập, thực hành tư tưởng, đạo đức, phương pháp, phong cách Hồ Chí Minh trong giai đoạn phát triển mới",
            "07-CT/TW",
            day(13, 7, 2026),
            None,
        ),
    ];
    for (code, name, document, from, to) in all {
        row!(rows, "programme", code: code, name: name, document: document, from_day: from, to_day: to);
    }
}

fn themes(rows: &mut Rows) {
    let years = [
        ("CT06", 2007, "Nâng cao ý thức trách nhiệm với công việc", day(20, 1, 2007)),
        ("CT06", 2008, "Cần, kiệm trong từng việc nhỏ", day(22, 1, 2008)),
        ("CT06", 2009, "Thực hành tiết kiệm, chống lãng phí", day(19, 1, 2009)),
        ("CT06", 2010, "Giữ tổ chức đảng trong sạch", day(18, 1, 2010)),
        ("CT05", 2017, "Giữ gìn đoàn kết, xây dựng cơ quan vững mạnh", day(9, 1, 2017)),
        ("CT05", 2018, "Gần dân, nghe dân, vì dân", day(8, 1, 2018)),
        ("CT05", 2019, "Nói đi đôi với làm, nêu gương từ người đứng đầu", day(7, 1, 2019)),
        ("CT05", 2020, "Chống suy thoái, giữ phẩm chất người đảng viên", day(6, 1, 2020)),
        ("CT05", 2021, "Khơi dậy ý chí tự lực, tự cường", day(11, 1, 2021)),
        ("KL01", 2022, "Xây dựng chuẩn mực của người cán bộ phục vụ nhân dân", day(25, 2, 2022)),
        ("KL01", 2023, "Phát huy sức dân, tự lực vươn lên của quê hương", day(17, 2, 2023)),
        ("KL01", 2024, "Nêu cao trách nhiệm, dám nghĩ, dám làm vì việc chung", day(22, 2, 2024)),
    ];
    for (programme, year, title, arrival) in years {
        row!(rows, "theme", code: format!("CD{year}"), programme: programme, unit: CODE, kind: "year", title: title,
            year: i64::from(year), arrival_day: arrival);
    }
    row!(rows, "theme", code: "CD-TK", programme: "KL01", unit: CODE, kind: "term", title: "Ý chí tự lực, tự cường và khát vọng phát triển quê hương",
        arrival_day: day(20, 9, 2021));
}
