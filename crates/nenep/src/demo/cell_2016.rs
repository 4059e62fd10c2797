//! A district's cell (after seed 2), 2016–2021: five groups, 27 members, readings every Monday by rota.

use super::dice::{Dice, day, later};
use super::names;
use super::province;
use super::rows::{Rows, row};
use chrono::{Datelike, Weekday};
use domain::Day;

/// The cell's code.
pub const CODE: &str = "CBKD";

/// Members of each group.
const GROUPS: [usize; 5] = [6, 6, 5, 5, 5];

/// The workbook's rows.
pub fn rows() -> Rows {
    let mut rows = Rows::default();
    let people = people(&mut rows);
    papers(&mut rows);
    study(&mut rows, &people);
    readings(&mut rows);
    pledges(&mut rows, &people);
    watch(&mut rows, &people);
    honours(&mut rows, &people);
    rows
}

struct Person {
    code: String,
    group: String,
}

fn people(rows: &mut Rows) -> Vec<Person> {
    row!(rows, "unit", code: CODE, name: "Chi bộ Cơ quan Khối Đảng huyện Thạch Bàn", kind: "grassroots_cell",
        parent: province::DISTRICT, from_day: day(1, 6, 1998), symbol: "CB", place: "Thạch Bàn", sector: "agency");
    let places = ["Văn phòng Huyện ủy", "Ban Tổ chức", "Ban Tuyên giáo", "Ủy ban Kiểm tra", "Ban Dân vận"];
    let mut dice = Dice::new("chi bo 2016");
    let mut people = Vec::new();
    for ((n, size), place) in GROUPS.iter().enumerate().zip(places) {
        let group = format!("{CODE}.T{}", n + 1);
        row!(rows, "unit", code: group.as_str(), name: format!("Tổ đảng {place}"), kind: "group", parent: CODE,
            from_day: day(1, 3, 2010));
        for k in 0..*size {
            let woman = dice.chance(45);
            let code = format!("52.{:06}", 4100 + people.len() * 13);
            let joined = dice.day(day(3, 2, 1992), day(2, 9, 2014));
            row!(rows, "person", code: code.as_str(), name: names::person(&mut dice, woman),
                sex: if woman { "female" } else { "male" }, birth_year: i64::from(joined.year()) - dice.between(22, 31),
                unit: group.as_str(), category: "party_member", since: joined.max(day(1, 3, 2010)), joined_day: joined,
                official_day: later(joined, 365));
            if k == 0 {
                row!(rows, "position", person: code.as_str(), unit: group.as_str(), position: "group_leader",
                    from_day: day(10, 5, 2015));
            }
            people.push(Person { code, group: group.clone() });
        }
    }
    for (person, position) in
        people.iter().step_by(6).zip(["secretary", "deputy_secretary", "committee_member"])
    {
        row!(rows, "position", person: person.code.as_str(), unit: CODE, position: position, from_day: day(10, 5, 2015));
    }
    for year in 2016..=2021_i32 {
        row!(rows, "return_state", unit: CODE, kind: "all", year: i64::from(year), state: "complete");
    }
    people
}

fn papers(rows: &mut Rows) {
    let all = [
        ("plan", "06-KH/CB", 6, day(16, 1, 2017), "Thực hiện Chỉ thị số 05-CT/TW", None),
        (
            "regulation",
            "02-QĐ/CB",
            2,
            day(20, 3, 2017),
            "Chuẩn mực đạo đức của cán bộ, đảng viên khối Đảng",
            Some("code_of_conduct"),
        ),
        ("plan", "11-KH/CB", 11, day(22, 1, 2018), "Học tập chuyên đề năm 2018", None),
        ("plan", "17-KH/CB", 17, day(21, 1, 2019), "Học tập chuyên đề năm 2019", None),
        ("plan", "22-KH/CB", 22, day(16, 1, 2020), "Học tập chuyên đề năm 2020", None),
        ("plan", "03-KH/CB", 3, day(25, 1, 2021), "Học tập chuyên đề năm 2021", None),
    ];
    for (n, (kind, symbol, number, when, extract, part)) in all.into_iter().enumerate() {
        row!(rows, "document", code: format!("{CODE}-VB{:02}", n + 1), unit: CODE, direction: "issued", type: kind,
            number: i64::from(number), term: if when.year() < 2020 || number == 22 { "2015-2020" } else { "2020-2025" },
            symbol: symbol, day: when, issuer: "Chi ủy", extract: extract, programme: "CT05", part: part);
    }
    for (symbol, when) in [
        ("06-KH/CB", day(16, 1, 2017)),
        ("11-KH/CB", day(22, 1, 2018)),
        ("17-KH/CB", day(21, 1, 2019)),
        ("22-KH/CB", day(16, 1, 2020)),
        ("03-KH/CB", day(25, 1, 2021)),
    ] {
        let year = when.year();
        let code = format!("KH{year}-{CODE}");
        row!(rows, "plan", code: code.as_str(), unit: CODE, programme: "CT05", theme: format!("CD{year}"), year: i64::from(year),
            kind: "year", issued_day: when, symbol: symbol, received_day: day(11, 1, year).min(when), deadline: day(31, 1, year));
        for (n, (title, month)) in [
            ("Học tập chuyên đề", 2),
            ("Đọc, kể chuyện đầu tuần", 3),
            ("Kiểm điểm cam kết giữa năm", 6),
            ("Đánh giá cam kết cuối năm", 12),
        ]
        .into_iter()
        .enumerate()
        {
            let due = day(28, month, year);
            let done = due < day(15, 5, 2021);
            row!(rows, "task", code: format!("{:02}", n + 1), plan: code.as_str(), title: title, month: i64::from(month), deadline: due,
                done_day: done.then(|| later(due, -3)), result: done.then_some("Đã thực hiện theo kế hoạch"));
        }
        // 2021's is chosen at the congress, after the report.
        if year < 2021 {
            row!(rows, "breakthrough", code: format!("DP{year}-{CODE}"), unit: CODE, year: i64::from(year),
                title: BREAKTHROUGHS[usize::try_from(year - 2017).unwrap_or(0) % BREAKTHROUGHS.len()],
                solved_day: day(20, 11, year), evidence: "Biên bản họp chi bộ cuối năm.");
        }
    }
}

const BREAKTHROUGHS: [&str; 4] = [
    "Đổi mới cách ra nghị quyết của chi bộ",
    "Nâng chất lượng tham mưu cho Thường trực Huyện ủy",
    "Sửa tác phong, lề lối theo hướng gần dân",
    "Chuyển văn bản đi, đến sang mạng của Đảng",
];

/// Themes are studied by everybody in the year's first months, and talked over twice a year.
fn study(rows: &mut Rows, people: &[Person]) {
    for year in 2017..=2021_i32 {
        let code = format!("HT{year}-{CODE}");
        row!(rows, "activity", code: code.as_str(), unit: CODE, kind: "conference", title: format!("Học tập chuyên đề năm {year}"),
            day: day(10, 2, year), year: i64::from(year), programme: "CT05", theme: format!("CD{year}"), mode: "in_person",
            minutes: true, minutes_length: 150_i64);
        for (n, person) in people.iter().enumerate() {
            let away = (n + usize::try_from(year).unwrap_or(0)) % 26 == 5;
            row!(rows, "attendance", activity: code.as_str(), person: person.code.as_str(),
                status: if away { "excused" } else { "present" }, makeup_day: away.then(|| day(24, 2, year)));
        }
        for (n, month) in [4, 9].into_iter().enumerate() {
            let when = day(20, month, year);
            if when > day(15, 5, 2021) {
                continue;
            }
            let lead = &people[(n * 7 + usize::try_from(year).unwrap_or(0)) % people.len()];
            row!(rows, "activity", code: format!("CD{year}-{}-{CODE}", n + 1), unit: CODE, kind: "topic_session",
                title: names::TOPICS[(n + usize::try_from(year).unwrap_or(0) * 2) % names::TOPICS.len()], day: when, year: i64::from(year),
                programme: "CT05", theme: format!("CD{year}"), mode: "in_person", depth: "in_depth", lead_in: lead.code.as_str(),
                paper_sent_day: later(when, -3), theory_part: true, practice_part: true, minutes: true, minutes_length: 100_i64,
                conclusion: "Chi bộ thống nhất ba việc làm ngay, giao tổ trưởng theo dõi.");
        }
    }
}

/// A quarter of an hour every Monday morning, the groups in turn; the weeks of Tết fall out.
fn readings(rows: &mut Rows) {
    let mut when = day(6, 2, 2017);
    let mut turn = 0;
    while when <= day(10, 5, 2021) {
        let holiday =
            tet(when) || (when.month() == 5 && when.day() == 1) || (when.month() == 9 && when.day() == 2);
        if when.weekday() == Weekday::Mon && !holiday {
            row!(rows, "activity", code: format!("DT{}-{CODE}", when.format("%Y%m%d")), unit: CODE, kind: "weekly_reading",
                title: STORIES[turn % STORIES.len()], day: when, programme: "CT05", mode: "in_person", minutes_length: 15_i64,
                turn: format!("{CODE}.T{}", turn % GROUPS.len() + 1));
            turn += 1;
        }
        when = later(when, 7);
    }
}

/// The Mondays on which offices are closed for the lunar new year.
fn tet(when: Day) -> bool {
    let weeks = [day(30, 1, 2017), day(19, 2, 2018), day(4, 2, 2019), day(27, 1, 2020), day(15, 2, 2021)];
    weeks.contains(&when)
}

const STORIES: [&str; 9] = [
    "Chuyện chiếc quạt nan",
    "Bữa cơm ở chiến khu",
    "Bài học đúng giờ",
    "Lá thư gửi các cháu",
    "Chuyện đôi dép",
    "Một lần đi thăm nông dân",
    "Chuyện tiết kiệm giấy",
    "Lời dặn cán bộ trước khi đi xa",
    "Cây đa và người giữ vườn",
];

fn pledges(rows: &mut Rows, people: &[Person]) {
    let mut dice = Dice::new("cam ket 2016");
    // 2021's are registered and reviewed after the report.
    for year in 2017..=2020_i32 {
        for person in people {
            let code = format!("CK{year}-{}", person.code);
            let partly = dice.chance(4);
            row!(rows, "commitment", code: code.as_str(), unit: person.group.as_str(), person: person.code.as_str(), year: i64::from(year),
                registered_day: day(26, 1, year), writeup: true, self_review_day: day(15, 11, year),
                result: if partly { "partly" } else { "kept" }, review_day: day(4, 12, year),
                why: partly.then_some("Chưa hoàn thành bài viết đã đăng ký do thay đổi nhiệm vụ."), theme: format!("CD{year}"));
            let (what, measure, target) = names::PLEDGES[dice.below(names::PLEDGES.len())];
            row!(rows, "commitment_item", commitment: code.as_str(), no: 1_i64, what: what, measure: measure, target: target,
                deadline: day(30, 11, year), done_day: (!partly).then(|| day(20, 11, year)));
        }
    }
}

fn watch(rows: &mut Rows, people: &[Person]) {
    for year in 2017..=2021_i32 {
        row!(rows, "inspection_plan", unit: CODE, year: i64::from(year), kind: "year", day: day(30, 1, year));
    }
    for (act, n, first) in [("inspection", 7, 2), ("supervision", 9, 11)] {
        for k in 0..n {
            let person = &people[first + k];
            let when = day(
                15,
                3 + u32::try_from(k % 2).unwrap_or(0) * 6,
                2017 + i32::try_from(k / 2).unwrap_or(0).min(3),
            );
            row!(rows, "inspection", code: format!("{CODE}-{act}{:02}", k + 1), unit: CODE, actor: "committee", act: act,
                object: "person", object_unit: person.group.as_str(), object_person: person.code.as_str(), day: when, end_day: later(when, 5),
                programme: "CT05", about: if act == "supervision" && k % 2 == 0 { "commitment" } else { "directive" },
                conclusion: "Học tập đầy đủ, có bài thu hoạch, thực hiện việc đã đăng ký.");
        }
    }
}

fn honours(rows: &mut Rows, people: &[Person]) {
    for (k, year) in [2018, 2019, 2020].into_iter().enumerate() {
        let person = people[k * 8 + 1].code.as_str();
        row!(rows, "commendation", code: format!("{CODE}-BD{}", k + 1), unit: CODE, stage: "awarded", level: "cell", form: "praise",
            object: "individual", object_person: person, day: day(19, 5, year), year: i64::from(year - 1), merit: "following", programme: "CT05");
    }
    // Proposed to the district: the cell twice and a group once; five individuals.
    for (k, (unit, year)) in [(CODE.to_owned(), 2018), (format!("{CODE}.T2"), 2019), (CODE.to_owned(), 2020)]
        .into_iter()
        .enumerate()
    {
        row!(rows, "commendation", code: format!("{CODE}-DNT{}", k + 1), unit: CODE, stage: "proposed", level: "block",
            form: "certificate", object: "collective", object_unit: unit, day: day(2, 5, year), year: i64::from(year - 1), merit: "following", programme: "CT05");
    }
    for (k, year) in [2018, 2018, 2019, 2020, 2021].into_iter().enumerate() {
        let person = people[k * 5 + 3].code.as_str();
        row!(rows, "commendation", code: format!("{CODE}-DNC{}", k + 1), unit: CODE, stage: "proposed", level: "block",
            form: "certificate", object: "individual", object_person: person, day: day(2, 5, year), year: i64::from(year - 1), merit: "following", programme: "CT05");
    }
    for (year, level) in [(2017, "good"), (2018, "excellent"), (2019, "excellent"), (2020, "good")] {
        row!(rows, "rating", code: format!("XL{year}-{CODE}"), unit: CODE, object: "organisation", year: i64::from(year), level: level,
            rated_by: "Ban Thường vụ Huyện ủy", day: day(20, 12, year));
    }
}
