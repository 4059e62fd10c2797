//! An agency's cell (after seed 0), 2021–2023: three in-depth topics and an extended one a year.

use super::dice::{Dice, day, later};
use super::names;
use super::province;
use super::rows::{Rows, row};
use chrono::Datelike;
use domain::Day;

/// The cell's code.
pub const CODE: &str = "VPTU.05";

const MEMBERS: usize = 14;

/// The workbook's rows.
pub fn rows() -> Rows {
    let mut rows = Rows::default();
    let people = people(&mut rows);
    papers(&mut rows);
    topics(&mut rows, &people);
    pledges(&mut rows, &people);
    honours(&mut rows, &people);
    rows
}

fn people(rows: &mut Rows) -> Vec<String> {
    row!(rows, "unit", code: CODE, name: "Chi bộ Phòng Công nghệ thông tin", kind: "cell", parent: province::OFFICE,
        from_day: day(1, 4, 2009), symbol: "CB", place: "Hoành Sơn", sector: "agency");
    let mut dice = Dice::new("chi bo co quan");
    let mut people = Vec::new();
    for n in 0..MEMBERS {
        let woman = dice.chance(40);
        let joined = dice.day(day(3, 2, 2001), day(2, 9, 2017));
        let code = format!("60.{:06}", 7300 + n * 11);
        row!(rows, "person", code: code.as_str(), name: names::person(&mut dice, woman),
            sex: if woman { "female" } else { "male" }, birth_year: i64::from(joined.year()) - dice.between(23, 29), unit: CODE,
            category: "party_member", since: joined.max(day(1, 4, 2009)), joined_day: joined, official_day: later(joined, 365));
        people.push(code);
    }
    for (person, position) in people.iter().zip(["secretary", "deputy_secretary"]) {
        row!(rows, "position", person: person.as_str(), unit: CODE, position: position, from_day: day(5, 3, 2020));
    }
    for year in 2021..=2023_i32 {
        row!(rows, "return_state", unit: CODE, kind: "all", year: i64::from(year), state: "complete");
    }
    people
}

fn papers(rows: &mut Rows) {
    let all = [
        (
            4,
            day(12, 10, 2021),
            "Thực hiện chuyên đề toàn khóa và chuyên đề năm 2021",
            2021,
            "CD-TK",
            day(20, 9, 2021),
            day(31, 10, 2021),
        ),
        (
            6,
            day(15, 3, 2022),
            "Sinh hoạt chuyên đề năm 2022",
            2022,
            "CD2022",
            day(25, 2, 2022),
            day(31, 3, 2022),
        ),
        (
            9,
            day(6, 3, 2023),
            "Sinh hoạt chuyên đề năm 2023",
            2023,
            "CD2023",
            day(17, 2, 2023),
            day(31, 3, 2023),
        ),
    ];
    for (number, when, extract, year, theme, received, deadline) in all {
        let symbol = format!("{number:02}-KH/CB");
        row!(rows, "document", code: format!("{CODE}-VB{number:02}"), unit: CODE, direction: "issued", type: "plan",
            number: i64::from(number), term: "2020-2025", symbol: symbol.as_str(), day: when, issuer: "Chi bộ", extract: extract, programme: "KL01");
        let plan = format!("KH{year}-{CODE}");
        row!(rows, "plan", code: plan.as_str(), unit: CODE, programme: "KL01", theme: theme, year: i64::from(year), kind: "year",
            issued_day: when, symbol: symbol, received_day: received, deadline: deadline);
        for quarter in 1..=4_i64 {
            let due = day(28, u32::try_from(quarter * 3).unwrap_or(3), year);
            row!(rows, "task", code: format!("{quarter:02}"), plan: plan.as_str(), title: format!("Sinh hoạt chuyên đề quý {quarter}"),
                quarter: quarter, deadline: due, done_day: later(due, -5), result: "Đã sinh hoạt, có biên bản và kết luận");
        }
    }
}

/// What the extended topics are about: difficulties of the work itself.
const EXTENDED: [&str; 3] = [
    "Gỡ khó khi họp truyền hình trực tuyến đến cấp xã",
    "Mạng máy tính dùng chung của các ban Đảng",
    "Thư mục dùng chung và an toàn dữ liệu",
];

/// One topic a quarter, the last of the year the extended one; everybody who is there speaks.
fn topics(rows: &mut Rows, people: &[String]) {
    for year in 2021..=2023_i32 {
        let round = usize::try_from(year - 2021).unwrap_or(0);
        for quarter in 0..4_usize {
            let extended = quarter == 3;
            let when: Day = day(20, u32::try_from(quarter * 3 + 3).unwrap_or(3), year);
            let code = format!("CD{year}-Q{}-{CODE}", quarter + 1);
            let title = if extended {
                EXTENDED[round]
            } else {
                names::TOPICS[(round * 3 + quarter) % names::TOPICS.len()]
            };
            let lead = &people[(round * 4 + quarter + 2) % people.len()];
            row!(rows, "activity", code: code.as_str(), unit: CODE, kind: "topic_session", title: title, day: when, year: i64::from(year),
                programme: if when < day(18, 5, 2021) { "CT05" } else { "KL01" }, mode: "in_person", depth: if extended { "extended" } else { "in_depth" }, lead_in: lead.as_str(),
                paper_sent_day: later(when, -3 - i64::try_from(quarter % 3).unwrap_or(0)), theory_part: true, practice_part: true,
                minutes: true, minutes_day: later(when, 1), minutes_length: 100_i64 + 5 * i64::try_from(quarter).unwrap_or(0),
                conclusion: "Người chủ trì tóm lại những việc phải làm, giao người và hẹn ngày kiểm lại.");
            for (n, person) in people.iter().enumerate() {
                let away = (n + round * 5 + quarter * 3) % 28 == 9;
                row!(rows, "attendance", activity: code.as_str(), person: person.as_str(), status: if away { "excused" } else { "present" },
                    spoke: (!away).then_some(true));
            }
            for no in 1..=2_usize {
                let due = later(when, 45);
                row!(rows, "follow_up", activity: code.as_str(), code: format!("{no:02}"), task: if no == 1 { "Thử giải pháp ở một ban" } else { "Viết hướng dẫn dùng chung" },
                    owner: people[(quarter + no) % people.len()].as_str(), deadline: due, done_day: later(due, -4), outcome: "Đã xong, báo cáo ở kỳ sinh hoạt sau");
            }
        }
        // The year's theme is studied together.
        let code = format!("HT{year}-{CODE}");
        let when = if year == 2021 { day(25, 9, 2021) } else { day(26, 2, year) };
        row!(rows, "activity", code: code.as_str(), unit: CODE, kind: "conference", title: format!("Học tập chuyên đề năm {year}"), day: when,
            year: i64::from(year), programme: "KL01", theme: if year == 2021 { "CD-TK".to_owned() } else { format!("CD{year}") }, mode: "online", minutes: true);
        for person in people {
            row!(rows, "attendance", activity: code.as_str(), person: person.as_str(), status: "present");
        }
    }
}

fn pledges(rows: &mut Rows, people: &[String]) {
    let mut dice = Dice::new("cam ket co quan");
    for year in 2021..=2023_i32 {
        for person in people {
            let code = format!("CK{year}-{person}");
            row!(rows, "commitment", code: code.as_str(), unit: CODE, person: person.as_str(), year: i64::from(year), registered_day: day(18, 1, year),
                writeup: true, self_review_day: day(12, 11, year), result: "kept", review_day: day(6, 12, year),
                theme: if year == 2021 { "CD-TK".to_owned() } else { format!("CD{year}") });
            let (what, measure, target) = names::PLEDGES[dice.below(names::PLEDGES.len())];
            row!(rows, "commitment_item", commitment: code.as_str(), no: 1_i64, what: what, measure: measure, target: target,
                deadline: day(30, 11, year), done_day: day(22, 11, year));
        }
    }
}

/// Everybody an advanced worker every year; awards of two levels, and one member's certificate.
fn honours(rows: &mut Rows, people: &[String]) {
    for year in 2021..=2023_i32 {
        row!(rows, "rating", code: format!("XL{year}-{CODE}"), unit: CODE, object: "organisation", year: i64::from(year), level: "good",
            rated_by: "Đảng ủy Văn phòng Tỉnh ủy", day: day(20, 12, year));
        for (n, person) in people.iter().enumerate() {
            let fighter = n == usize::try_from(year - 2021).unwrap_or(0);
            row!(rows, "rating", code: format!("DH{year}-{person}"), unit: CODE, object: "person", person: person.as_str(), year: i64::from(year),
                level: if fighter { "excellent" } else { "good" }, title: if fighter { "emulation_fighter" } else { "advanced_worker" },
                day: day(22, 12, year));
        }
    }
    row!(rows, "commendation", code: format!("{CODE}-KT01"), unit: CODE, stage: "awarded", level: "block", form: "example",
        object: "collective", object_unit: CODE, decision: "Quyết định số 218-QĐ/ĐUK", day: day(18, 5, 2023), year: 2022_i64, merit: "following", programme: "KL01");
    row!(rows, "commendation", code: format!("{CODE}-KT02"), unit: CODE, stage: "awarded", level: "grassroots", form: "certificate",
        object: "collective", object_unit: CODE, decision: "Quyết định số 34-QĐ/ĐU", day: day(10, 7, 2023), year: 2023_i64, merit: "following", programme: "KL01");
    row!(rows, "commendation", code: format!("{CODE}-KT03"), unit: CODE, stage: "awarded", level: "grassroots", form: "certificate",
        object: "individual", object_person: people[4].as_str(), decision: "Quyết định số 34-QĐ/ĐU", day: day(10, 7, 2023), year: 2023_i64, merit: "following", programme: "KL01");
}
