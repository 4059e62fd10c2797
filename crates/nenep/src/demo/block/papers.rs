//! The block's papers: the register, plans, breakthroughs, the request it answers.

use super::super::dice::{Dice, day, later};
use super::super::rows::{Rows, row};
use super::{CODE, World};
use domain::Day;

const TERM: &str = "2020-2025";

pub fn write(world: &World, rows: &mut Rows) {
    register(rows);
    plans(world, rows);
    breakthroughs(world, rows);
    request(world, rows);
}

struct Paper {
    kind: &'static str,
    sign: &'static str,
    number: i64,
    day: Day,
    extract: &'static str,
    part: Option<&'static str>,
}

const fn paper(
    kind: &'static str,
    sign: &'static str,
    number: i64,
    day: Day,
    extract: &'static str,
    part: Option<&'static str>,
) -> Paper {
    Paper { kind, sign, number, day, extract, part }
}

fn register(rows: &mut Rows) {
    let tied = [
        paper("plan", "KH", 25, day(10, 11, 2021), "Thực hiện Kết luận số 01-KL/TW trong Đảng bộ Khối", None),
        paper("plan", "KH", 31, day(10, 11, 2022), "Thực hiện chuyên đề năm 2023", None),
        paper("plan", "KH", 46, day(1, 2, 2023), "Học tập chuyên đề và chủ đề của tỉnh năm 2023", None),
        paper(
            "plan",
            "KH",
            60,
            day(26, 12, 2023),
            "Sơ kết 03 năm thực hiện Kết luận số 01-KL/TW",
            Some("review"),
        ),
        paper("plan", "KH", 64, day(16, 1, 2024), "Thực hiện chuyên đề năm 2024", None),
        paper(
            "programme",
            "CTr",
            7,
            day(24, 1, 2022),
            "Kiểm tra, giám sát việc thực hiện Kết luận số 01-KL/TW năm 2022",
            None,
        ),
        paper(
            "programme",
            "CTr",
            11,
            day(18, 1, 2023),
            "Kiểm tra, giám sát việc thực hiện Kết luận số 01-KL/TW năm 2023",
            None,
        ),
        paper(
            "invitation",
            "GM",
            41,
            day(10, 9, 2021),
            "Hội nghị học tập chuyên đề toàn khóa",
            Some("invitation"),
        ),
        paper(
            "invitation",
            "GM",
            58,
            day(15, 2, 2022),
            "Hội nghị học tập chuyên đề năm 2022",
            Some("invitation"),
        ),
        paper(
            "invitation",
            "GM",
            79,
            day(8, 2, 2023),
            "Hội nghị học tập chuyên đề năm 2023",
            Some("invitation"),
        ),
        paper(
            "invitation",
            "GM",
            96,
            day(9, 2, 2024),
            "Hội nghị học tập chuyên đề năm 2024",
            Some("invitation"),
        ),
        paper(
            "letter",
            "CV",
            310,
            day(7, 6, 2021),
            "Phổ biến Kết luận số 01-KL/TW đến đảng viên",
            Some("guidance"),
        ),
        paper("letter", "CV", 388, day(4, 10, 2021), "Học bổ sung chuyên đề toàn khóa", Some("guidance")),
        paper("letter", "CV", 427, day(14, 3, 2022), "Học bổ sung chuyên đề năm 2022", Some("guidance")),
        paper(
            "letter",
            "CV",
            455,
            day(9, 5, 2022),
            "Tham gia cuộc thi trắc nghiệm trực tuyến",
            Some("other"),
        ),
        paper(
            "letter",
            "CV",
            502,
            day(11, 11, 2022),
            "Đăng ký mô hình, điển hình năm 2023",
            Some("guidance"),
        ),
        paper("letter", "CV", 561, day(13, 3, 2023), "Học bổ sung chuyên đề năm 2023", Some("guidance")),
        paper("letter", "CV", 640, day(3, 1, 2024), "Gửi số liệu sơ kết 03 năm", Some("review")),
        paper("report", "BC", 88, day(10, 12, 2021), "Kết quả thực hiện năm 2021", Some("review")),
        paper("report", "BC", 131, day(12, 12, 2022), "Kết quả thực hiện năm 2022", Some("review")),
        paper(
            "report",
            "BC",
            149,
            day(20, 6, 2023),
            "Kết quả thực hiện 06 tháng đầu năm 2023",
            Some("review"),
        ),
        paper("report", "BC", 172, day(11, 12, 2023), "Kết quả thực hiện năm 2023", Some("review")),
    ];
    // What else stands in the register serves no programme of study and is not counted.
    let other = [
        paper("plan", "KH", 38, day(16, 12, 2022), "Kiểm tra việc thu nộp đảng phí năm 2023", None),
        paper("plan", "KH", 52, day(22, 5, 2023), "Diễn tập phòng cháy, chữa cháy cơ quan", None),
        paper("decision", "QĐ", 247, day(21, 6, 2022), "Hợp nhất hai đảng bộ cơ sở", None),
        paper("decision", "QĐ", 301, day(20, 3, 2023), "Giải thể một chi bộ cơ sở", None),
        paper("letter", "CV", 590, day(7, 8, 2023), "Rà soát hồ sơ đảng viên", None),
        paper("report", "BC", 155, day(14, 7, 2023), "Công tác tổ chức cán bộ 06 tháng đầu năm 2023", None),
    ];
    let all = tied.iter().map(|p| (p, Some("KL01"))).chain(other.iter().map(|p| (p, None)));
    for (n, (p, programme)) in all.enumerate() {
        row!(rows, "document", code: format!("K-VB{:03}", n + 1), unit: CODE, direction: "issued", type: p.kind,
            number: p.number, term: TERM, symbol: format!("{:02}-{}/ĐUK", p.number, p.sign), day: p.day,
            issuer: "Ban Thường vụ Đảng ủy Khối", extract: p.extract, programme: programme, part: p.part);
    }
    let received = [
        (
            "01-KL/TW",
            day(18, 5, 2021),
            "Bộ Chính trị",
            "Tiếp tục thực hiện Chỉ thị số 05-CT/TW",
            "conclusion",
        ),
        ("51-KH/TU", day(30, 8, 2021), "Ban Thường vụ Tỉnh ủy", "Thực hiện Kết luận số 01-KL/TW", "plan"),
        (
            "224-KH/TU",
            day(8, 12, 2023),
            "Ban Thường vụ Tỉnh ủy",
            "Sơ kết 03 năm thực hiện Kết luận số 01-KL/TW",
            "plan",
        ),
    ];
    for (n, (symbol, when, issuer, extract, kind)) in received.into_iter().enumerate() {
        row!(rows, "document", code: format!("K-VBD{:03}", n + 1), unit: CODE, direction: "received", type: kind,
            symbol: symbol, day: when, issuer: issuer, extract: extract, programme: "KL01");
    }
}

/// When the theme of a year came, and by when plans were due.
fn theme(year: i32) -> (&'static str, Day, Day) {
    match year {
        2021 => ("CD-TK", day(20, 9, 2021), day(30, 11, 2021)),
        2022 => ("CD2022", day(25, 2, 2022), day(31, 3, 2022)),
        _ => ("CD2023", day(17, 2, 2023), day(31, 3, 2023)),
    }
}

fn plans(world: &World, rows: &mut Rows) {
    let mut dice = Dice::new("ke hoach");
    let own = [
        (2021, 25, day(10, 11, 2021)),
        (2022, 31, day(10, 11, 2022)),
        (2023, 46, day(1, 2, 2023)),
        (2023, 60, day(26, 12, 2023)),
    ];
    for (year, number, when) in own {
        row!(rows, "plan", code: format!("K-KH{number}"), unit: CODE, programme: "KL01", year: i64::from(year),
            kind: if number == 25 { "term" } else { "year" }, issued_day: when, symbol: format!("{number}-KH/ĐUK"));
    }
    for year in 2021..=2023_i32 {
        let (code, arrived, deadline) = theme(year);
        for org in world.orgs_on(deadline) {
            let unit = &world.orgs[org];
            // Some are late: by a fortnight or two, never past the end of the year.
            let late = (org + usize::try_from(year).unwrap_or(0)) % 19 == 3;
            let when = if late {
                later(deadline, dice.between(6, 27))
            } else {
                later(deadline, -dice.between(1, (deadline - arrived).num_days() - 2))
            };
            let number = dice.between(5, 30);
            let sign = if unit.committee { "ĐU" } else { "CB" };
            row!(rows, "plan", code: format!("KH{year}-{}", unit.code), unit: unit.code.as_str(), programme: "KL01",
                theme: code, year: i64::from(year), kind: "year", issued_day: when,
                symbol: format!("{number:02}-KH/{sign}"), received_day: arrived, deadline: deadline);
        }
    }
}

fn breakthroughs(world: &World, rows: &mut Rows) {
    let titles = [
        "Rút ngắn thời gian giải quyết hồ sơ tồn",
        "Chấm dứt tình trạng chậm giải ngân",
        "Sửa lề lối tiếp dân, tiếp khách hàng",
        "Giải quyết dứt điểm đơn thư kéo dài",
        "Đưa giờ giấc làm việc vào nền nếp",
        "Giảm thời gian chờ của người bệnh, người học",
    ];
    for (n, org) in world.orgs_on(day(31, 12, 2023)).into_iter().enumerate().filter(|(n, _)| n % 10 < 8) {
        let year = 2021 + i32::try_from(n % 3).unwrap_or(0);
        let solved = n % 5 != 4;
        let unit = &world.orgs[org];
        if !unit.alive(day(31, 12, year)) {
            continue;
        }
        row!(rows, "breakthrough", code: format!("DP{year}-{}", unit.code), unit: unit.code.as_str(), year: i64::from(year),
            title: titles[n % titles.len()], how: "Phân công người phụ trách, kiểm điểm hằng tháng.",
            solved_day: solved.then(|| day(10, 11, year)),
            evidence: solved.then_some("Biên bản họp cấp ủy và số liệu so với đầu năm."));
    }
}

/// The request from above that the three-year report answers: 110 are asked, a few have not returned.
fn request(world: &World, rows: &mut Rows) {
    row!(rows, "request", code: "YC-2024-01", unit: CODE, symbol: "224-KH/TU", day: day(8, 12, 2023),
        issuer: "Ban Thường vụ Tỉnh ủy", title: "sơ kết 03 năm thực hiện Kết luận số 01-KL/TW",
        outline: "I. Công tác lãnh đạo, chỉ đạo; II. Kết quả thực hiện; III. Đánh giá chung; IV. Phương hướng, nhiệm vụ; V. Kiến nghị",
        template: "block-review", from_day: day(1, 1, 2021), to_day: day(31, 12, 2023), deadline: day(31, 3, 2024));
    let lacking = super::units::lacking(world);
    for (n, org) in world.orgs_on(day(15, 1, 2024)).into_iter().enumerate() {
        let silent = lacking.iter().position(|&l| l == org).is_some_and(|k| k % 3 == 2);
        let back = later(day(8, 1, 2024), i64::try_from(n % 30).unwrap_or(0));
        row!(rows, "request_unit", request: "YC-2024-01", unit: world.orgs[org].code.as_str(),
            sent_day: day(3, 1, 2024), returned_day: (!silent).then_some(back));
    }
}
