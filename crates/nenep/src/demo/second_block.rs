//! The second block (after seed 3), 2021–2024: 80 grassroots organisations that keep their
//! members by number, four conferences, 110 models of skilful mass work in 71 of them.

use super::dice::{Dice, day, later, share_out};
use super::names;
use super::province;
use super::rows::{Rows, row};
use domain::Day;

/// The block's code.
pub const CODE: &str = "D";
/// Its name.
pub const NAME: &str = "Đảng bộ Khối doanh nghiệp và sự nghiệp tỉnh";

/// Organisations, and committees among them.
const ORGS: usize = 80;
const COMMITTEES: usize = 34;
/// Party members, and everybody else, at the end of 2024.
const MEMBERS: i64 = 4520;
const OTHERS: i64 = 9300;
/// Of ten thousand people who were to be reached, so many were.
const REACHED: i64 = 9540;

struct Org {
    code: String,
    name: String,
    committee: bool,
    sector: &'static str,
    members: i64,
    others: i64,
}

impl Org {
    fn grown(n: i64, year: i32) -> i64 {
        n * (1000 + 6 * i64::from(year - 2024)) / 1000
    }
    /// Members at the end of a year.
    fn members_in(&self, year: i32) -> i64 {
        Org::grown(self.members, year)
    }
    /// Union members and workers at the end of a year.
    fn others_in(&self, year: i32) -> [(&'static str, i64); 2] {
        let parts = share_out(Org::grown(self.others, year), &[38, 62]);
        [("youth_member", parts[0]), ("worker", parts[1])]
    }
}

/// The workbook's rows.
pub fn rows() -> Rows {
    let mut rows = Rows::default();
    let orgs = orgs();
    units(&orgs, &mut rows);
    leaders(&mut rows);
    papers(&orgs, &mut rows);
    study(&orgs, &mut rows);
    models(&orgs, &mut rows);
    honours(&orgs, &mut rows);
    publicity(&orgs, &mut rows);
    rows
}

fn orgs() -> Vec<Org> {
    let mut dice = Dice::new("khoi hai");
    let large = ["Tổng công ty", "Công ty Cổ phần", "Bệnh viện", "Trường Cao đẳng", "Trung tâm"];
    let small = [
        "Công ty Cổ phần",
        "Công ty Trách nhiệm hữu hạn",
        "Trường Trung học phổ thông",
        "Trung tâm",
        "Quỹ tín dụng",
    ];
    let proper = [
        "Nam Giang",
        "Bắc Sơn",
        "Tân Lập",
        "Hòa Hải",
        "Cẩm Lĩnh",
        "Phú Phong",
        "Đức An",
        "Thanh Sơn",
        "Kim Liên Đông",
        "Vạn Phúc",
        "Lộc Yên",
        "Hương Trà",
        "Mai Phụ",
        "Thạch Khê",
        "Sông Rào",
        "Đồng Nai Thượng",
        "Bình Lộc",
    ];
    let weights: Vec<i64> =
        (0..ORGS).map(|n| if n < COMMITTEES { dice.between(50, 150) } else { dice.between(9, 38) }).collect();
    let others: Vec<i64> = (0..ORGS)
        .map(|n| if n < COMMITTEES { dice.between(90, 380) } else { dice.between(10, 70) })
        .collect();
    let (members, others) = (share_out(MEMBERS, &weights), share_out(OTHERS, &others));
    let named = |n: usize| {
        // The two runs of names never meet on a kind they share.
        let (kinds, at, first) = if n < COMMITTEES { (&large, n, 0) } else { (&small, n - COMMITTEES, 10) };
        let (kind, place) = (kinds[at % kinds.len()], first + at / kinds.len() + at % kinds.len() * 3);
        (format!("{kind} {}", proper[place % proper.len()]), sector(kind))
    };
    (0..ORGS)
        .map(|n| {
            let (name, sector) = named(n);
            Org {
                code: format!("{CODE}{:02}", n + 1),
                name,
                committee: n < COMMITTEES,
                sector,
                members: members[n],
                others: others[n],
            }
        })
        .collect()
}

fn sector(kind: &str) -> &'static str {
    match kind {
        "Bệnh viện" => "hospital",
        "Trường Cao đẳng" | "Trường Trung học phổ thông" => "school",
        "Trung tâm" => "agency",
        _ => "enterprise",
    }
}

fn units(orgs: &[Org], rows: &mut Rows) {
    row!(rows, "unit", code: CODE, name: NAME, kind: "block", parent: province::CODE, from_day: day(20, 5, 2003),
        decision: "Quyết định số 305-QĐ/TU", symbol: "ĐUK", place: "Hoành Sơn");
    for org in orgs {
        let (word, kind, sign) = if org.committee {
            ("Đảng bộ", "grassroots_committee", "ĐU")
        } else {
            ("Chi bộ", "grassroots_cell", "CB")
        };
        row!(rows, "unit", code: org.code.as_str(), name: format!("{word} {}", org.name), kind: kind, parent: CODE,
            from_day: day(1, 10, 2004), symbol: sign, sector: org.sector);
        if org.committee {
            for n in 0..usize::try_from(org.members / 24).unwrap_or(0).clamp(3, 8) {
                let places = names::departments(org.sector);
                row!(rows, "unit", code: format!("{}.{:02}", org.code, n + 1), name: format!("Chi bộ {}", places[n % places.len()]),
                    kind: "cell", parent: org.code.as_str(), from_day: day(1, 1, 2006), symbol: "CB");
            }
        }
        for year in 2021..=2024_i32 {
            row!(rows, "unit_headcount", unit: org.code.as_str(), year: i64::from(year), category: "party_member", n: org.members_in(year));
            for (category, n) in org.others_in(year) {
                row!(rows, "unit_headcount", unit: org.code.as_str(), year: i64::from(year), category: category, n: n);
            }
        }
    }
    for year in 2021..=2024_i32 {
        row!(rows, "return_state", unit: CODE, kind: "all", year: i64::from(year), state: "complete");
        for (n, org) in orgs.iter().enumerate() {
            let state = if year == 2024 && (n == 17 || n == 53) { "partial" } else { "complete" };
            row!(rows, "return_state", unit: org.code.as_str(), kind: "all", year: i64::from(year), state: state);
        }
    }
}

/// Those who lead the block; members below are kept by number.
fn leaders(rows: &mut Rows) {
    let mut dice = Dice::new("lanh dao khoi hai");
    for (n, position) in ["secretary", "deputy_secretary", "standing_member"].into_iter().enumerate() {
        let woman = n == 1;
        let code = format!("48.{:06}", 310 + n);
        row!(rows, "person", code: code.as_str(), name: names::person(&mut dice, woman), sex: if woman { "female" } else { "male" },
            birth_year: 1970_i64, unit: "D01.01", category: "party_member", since: day(1, 9, 2015), joined_day: day(19, 5, 1996), official_day: day(19, 5, 1997));
        row!(rows, "position", person: code.as_str(), unit: CODE, position: position, head: n == 0, from_day: day(12, 8, 2020));
    }
}

fn papers(orgs: &[Org], rows: &mut Rows) {
    let all = [
        ("plan", "KH", 19, day(25, 10, 2021), "Thực hiện Kết luận số 01-KL/TW", 2021),
        ("plan", "KH", 28, day(8, 3, 2022), "Học tập chuyên đề năm 2022", 2022),
        ("plan", "KH", 44, day(27, 2, 2023), "Học tập chuyên đề năm 2023", 2023),
        ("plan", "KH", 57, day(5, 3, 2024), "Học tập chuyên đề năm 2024", 2024),
        ("letter", "CV", 201, day(12, 10, 2021), "Gửi tài liệu học tập chuyên đề toàn khóa", 2021),
        ("letter", "CV", 266, day(14, 3, 2022), "Gửi tài liệu học tập chuyên đề năm 2022", 2022),
        ("letter", "CV", 340, day(6, 3, 2023), "Gửi tài liệu học tập chuyên đề năm 2023", 2023),
        ("letter", "CV", 412, day(11, 3, 2024), "Gửi tài liệu học tập chuyên đề năm 2024", 2024),
        ("report", "BC", 90, day(15, 12, 2021), "Kết quả thực hiện năm 2021", 2021),
        ("report", "BC", 124, day(14, 12, 2022), "Kết quả thực hiện năm 2022", 2022),
        ("report", "BC", 166, day(15, 12, 2023), "Kết quả thực hiện năm 2023", 2023),
    ];
    for (n, (kind, sign, number, when, extract, year)) in all.into_iter().enumerate() {
        let symbol = format!("{number:02}-{sign}/ĐUK");
        row!(rows, "document", code: format!("{CODE}-VB{:02}", n + 1), unit: CODE, direction: "issued", type: kind, number: i64::from(number),
            term: "2020-2025", symbol: symbol.as_str(), day: when, issuer: "Ban Thường vụ Đảng ủy Khối", extract: extract, programme: "KL01");
        if kind == "plan" {
            row!(rows, "plan", code: format!("{CODE}-KH{number}"), unit: CODE, programme: "KL01", year: i64::from(year), kind: "year",
                issued_day: when, symbol: symbol);
        }
    }
    for (year, theme, received, deadline) in themes() {
        for (n, org) in orgs.iter().enumerate() {
            let late = (n * 7 + usize::try_from(year).unwrap_or(0)) % 23 == 4;
            let when = if late {
                later(deadline, 9 + i64::try_from(n % 14).unwrap_or(0))
            } else {
                later(deadline, -2 - i64::try_from(n % 20).unwrap_or(0))
            };
            row!(rows, "plan", code: format!("KH{year}-{}", org.code), unit: org.code.as_str(), programme: "KL01", theme: theme, year: i64::from(year),
                kind: "year", issued_day: when, received_day: received, deadline: deadline);
        }
    }
}

/// Themes: year, code, the conference's day, the day by which plans were due.
fn themes() -> [(i32, &'static str, Day, Day); 4] {
    [
        (2021, "CD-TK", day(28, 9, 2021), day(30, 11, 2021)),
        (2022, "CD2022", day(4, 3, 2022), day(15, 4, 2022)),
        (2023, "CD2023", day(24, 2, 2023), day(15, 4, 2023)),
        (2024, "CD2024", day(1, 3, 2024), day(15, 4, 2024)),
    ]
}

/// Key people come to the conferences; then every organisation teaches everybody else.
fn study(orgs: &[Org], rows: &mut Rows) {
    let mut dice = Dice::new("hoc tap khoi hai");
    for (year, theme, when, _) in themes() {
        let code = format!("{CODE}-HN{year}");
        let title = if year == 2021 {
            "Hội nghị học tập chuyên đề toàn khóa".to_owned()
        } else {
            format!("Hội nghị học tập chuyên đề năm {year}")
        };
        row!(rows, "activity", code: code.as_str(), unit: CODE, kind: "conference", title: title.as_str(), day: when, year: i64::from(year),
            programme: "KL01", theme: theme, mode: "mixed", minutes: true);
        // Under half of the members are called, and a little over 95 of a hundred come.
        let called: Vec<i64> = orgs.iter().map(|o| o.members_in(year) * 45 / 100).collect();
        let came = share_out(called.iter().sum::<i64>() * 957 / 1000, &called);
        for ((org, called), there) in orgs.iter().zip(&called).zip(&came) {
            row!(rows, "attendance_site", activity: code.as_str(), site: format!("Điểm cầu {}", org.name), unit: org.code.as_str(),
                category: "party_member", expected: *called, attended: *there);
        }
        make_up(orgs, rows, year, theme, when, &title, &came);
        for org in orgs.iter().filter(|o| o.committee) {
            let on = dice.day(later(when, 60), day(20, 11, year));
            row!(rows, "activity", code: format!("CD{year}-{}", org.code), unit: format!("{}.01", org.code), kind: "topic_session",
                title: dice.pick(&names::TOPICS), day: on, year: i64::from(year), programme: "KL01", mode: "in_person", depth: "in_depth",
                theory_part: true, practice_part: true, minutes: dice.chance(95));
        }
    }
    for (n, org) in orgs.iter().enumerate().filter(|(n, _)| n % 8 != 5) {
        row!(rows, "activity", code: format!("SK2024-{}", org.code), unit: org.code.as_str(), kind: "review_conference",
            title: "Sơ kết thực hiện Kết luận số 01-KL/TW", day: later(day(10, 10, 2024), i64::try_from(n % 40).unwrap_or(0)), year: 2024_i64,
            programme: "KL01", mode: "in_person", minutes: true);
    }
}

fn make_up(orgs: &[Org], rows: &mut Rows, year: i32, theme: &str, when: Day, title: &str, came: &[i64]) {
    // The three leaders are named; everybody else is a number.
    let people: i64 = 3 + orgs
        .iter()
        .map(|o| o.members_in(year) + o.others_in(year).iter().map(|(_, n)| n).sum::<i64>())
        .sum::<i64>();
    let wanted = people * REACHED / 10_000 - came.iter().sum::<i64>();
    let mut left = Vec::new();
    for (org, came) in orgs.iter().zip(came) {
        left.push((org, "party_member", "Đảng viên", org.members_in(year) - came));
        for (category, n) in org.others_in(year) {
            left.push((org, category, if category == "worker" { "Người lao động" } else { "Đoàn viên" }, n));
        }
    }
    let weights: Vec<i64> = left.iter().map(|(.., n)| *n).collect();
    for ((org, category, site, expected), attended) in left.into_iter().zip(share_out(wanted, &weights)) {
        let code = format!("BS{year}-{}", org.code);
        if category == "party_member" {
            row!(rows, "activity", code: code.as_str(), unit: org.code.as_str(), kind: "makeup", title: format!("Học bổ sung: {}", title.to_lowercase()),
                day: later(when, 30), year: i64::from(year), programme: "KL01", theme: theme, mode: "in_person", makeup_of: format!("{CODE}-HN{year}"));
        }
        if attended > 0 {
            row!(rows, "attendance_site", activity: code.as_str(), site: site, unit: org.code.as_str(), category: category,
                expected: expected.max(attended), attended: attended);
        }
    }
}

/// 110 models of skilful mass work in 71 organisations.
fn models(orgs: &[Org], rows: &mut Rows) {
    let mut dice = Dice::new("dan van kheo");
    for n in 0..110 {
        let org = &orgs[n % 71];
        let own = names::models(org.sector);
        let (title, result) = own[n / 2 % own.len()];
        let registered = dice.day(day(1, 3, 2021), day(30, 9, 2024));
        let verified = dice.chance(60).then(|| later(registered, 60));
        row!(rows, "practice", code: format!("{CODE}-MH{:03}", n + 1), unit: org.code.as_str(), title: title, field: "dan_van_kheo",
            registered_day: registered, verified_day: verified, description: format!("{result}."));
    }
}

fn honours(orgs: &[Org], rows: &mut Rows) {
    let award = |rows: &mut Rows,
                 n: usize,
                 level: &str,
                 form: &str,
                 org: Option<&Org>,
                 when: Day,
                 merit: &str| {
        row!(rows, "commendation", code: format!("{CODE}-KT{n:03}"), unit: CODE, stage: "awarded", level: level, form: form,
            object: if org.is_some() { "collective" } else { "individual" }, object_unit: org.map(|o| o.code.as_str()), day: when,
            year: 2021_i64.max(i64::from(chrono::Datelike::year(&when)) - 1), merit: merit, programme: "KL01");
    };
    for n in 0..2 {
        award(rows, n + 1, "state", "merit", Some(&orgs[n * 3]), day(15, 8, 2022), "following");
    }
    award(rows, 3, "state", "merit", None, day(15, 8, 2022), "following");
    award(rows, 4, "department", "exchange", None, day(30, 11, 2021), "following");
    for n in 0..6 {
        award(rows, 10 + n, "province", "merit", Some(&orgs[n * 5 + 1]), day(19, 5, 2022), "following");
    }
    for n in 0..9 {
        award(rows, 20 + n, "province", "merit", None, day(19, 5, 2022), "following");
    }
    for n in 0..18 {
        award(rows, 40 + n, "block", "certificate", Some(&orgs[n * 4 + 2]), day(12, 11, 2024), "following");
    }
    for n in 0..27 {
        award(rows, 60 + n, "block", "certificate", None, day(12, 11, 2024), "following");
    }
    for (year, level) in [(2021, "good"), (2022, "good"), (2023, "excellent")] {
        row!(rows, "rating", code: format!("XL{year}-{CODE}"), unit: CODE, object: "organisation", year: i64::from(year), level: level,
            rated_by: "Ban Thường vụ Tỉnh ủy", day: day(22, 1, year + 1));
    }
}

fn publicity(orgs: &[Org], rows: &mut Rows) {
    for year in 2021..=2024_i32 {
        for (n, channel) in ["email", "zalo", "website"].into_iter().enumerate() {
            row!(rows, "publicity", code: format!("{CODE}-TL{year}-{}", n + 1), unit: CODE, day: day(10, 10, year), kind: "material", channel: channel,
                title: format!("Tài liệu học tập chuyên đề năm {year}"), pieces: 1_i64);
        }
        for org in orgs.iter().step_by(3) {
            row!(rows, "publicity", code: format!("TT{year}-{}", org.code), unit: org.code.as_str(), day: day(18, 5, year), kind: "article",
                channel: "website", title: "Học Bác từ việc hằng ngày", pieces: 2_i64, anniversary: true);
            row!(rows, "commitment", code: format!("CK{year}-TT-{}", org.code), unit: org.code.as_str(), year: i64::from(year),
                registered_day: day(20, 1, year), result: "kept", review_day: day(5, 12, year));
        }
    }
}
