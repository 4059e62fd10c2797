//! A block office's cell (after seed 1), 2007–2010: essays, a resolution on thrift, houses and a bridge.

use super::dice::{Dice, day, later};
use super::names;
use super::province;
use super::rows::{Rows, row};
use chrono::Datelike;

/// The cell's code.
pub const CODE: &str = "CBVP";

const MEMBERS: usize = 16;

/// The workbook's rows.
pub fn rows() -> Rows {
    let mut rows = Rows::default();
    let people = people(&mut rows);
    papers(&mut rows);
    study(&mut rows, &people);
    pledges(&mut rows, &people);
    savings(&mut rows);
    welfare(&mut rows);
    ratings(&mut rows);
    rows
}

fn people(rows: &mut Rows) -> Vec<String> {
    row!(rows, "unit", code: CODE, name: "Chi bộ Văn phòng Đảng ủy Khối ngành Xây lắp", kind: "grassroots_cell",
        parent: province::OLD_BLOCK, from_day: day(1, 10, 1997), symbol: "CB", place: "Hoành Sơn", sector: "agency");
    let mut dice = Dice::new("chi bo 2007");
    let mut people = Vec::new();
    for n in 0..MEMBERS {
        let woman = dice.chance(40);
        let joined = dice.day(day(3, 2, 1980), day(2, 9, 2004));
        let code = format!("31.{:06}", 2200 + n * 17);
        row!(rows, "person", code: code.as_str(), name: names::person(&mut dice, woman),
            sex: if woman { "female" } else { "male" }, birth_year: i64::from(joined.year()) - dice.between(22, 30), unit: CODE,
            category: "party_member", since: joined.max(day(1, 10, 1997)), joined_day: joined, official_day: later(joined, 365));
        people.push(code);
    }
    for (person, position) in people.iter().zip(["secretary", "deputy_secretary", "agency_deputy"]) {
        row!(rows, "position", person: person.as_str(), unit: CODE, position: position, from_day: day(12, 9, 2005));
    }
    for year in 2007..=2010_i32 {
        row!(rows, "return_state", unit: CODE, kind: "all", year: i64::from(year), state: "complete");
    }
    people
}

fn papers(rows: &mut Rows) {
    let all = [
        ("plan", "KH", 3, day(5, 2, 2007), "Thực hiện Cuộc vận động năm 2007", None),
        (
            "programme",
            "CTr",
            1,
            day(20, 3, 2007),
            "Hành động thực hiện Cuộc vận động năm 2007",
            Some("action_programme"),
        ),
        ("plan", "KH", 7, day(11, 2, 2008), "Thực hiện Cuộc vận động năm 2008", None),
        (
            "programme",
            "CTr",
            2,
            day(10, 3, 2008),
            "Hành động thực hiện Cuộc vận động năm 2008",
            Some("action_programme"),
        ),
        ("plan", "KH", 10, day(9, 2, 2009), "Thực hiện Cuộc vận động năm 2009", None),
        (
            "resolution",
            "NQ",
            4,
            day(24, 2, 2009),
            "Thực hành tiết kiệm, nâng cao ý thức trách nhiệm trong công tác",
            Some("resolution"),
        ),
        ("plan", "KH", 14, day(8, 2, 2010), "Thực hiện Cuộc vận động năm 2010", None),
    ];
    for (n, (kind, sign, number, when, extract, part)) in all.into_iter().enumerate() {
        let symbol = format!("{number:02}-{sign}/CB");
        row!(rows, "document", code: format!("{CODE}-VB{:02}", n + 1), unit: CODE, direction: "issued", type: kind,
            number: i64::from(number), term: "2005-2010", symbol: symbol.as_str(), day: when, issuer: "Chi bộ", extract: extract,
            programme: "CT06", part: part);
        if kind == "plan" {
            let year = when.year();
            row!(rows, "plan", code: format!("KH{year}-{CODE}"), unit: CODE, programme: "CT06", theme: format!("CD{year}"),
                year: i64::from(year), kind: "year", issued_day: when, symbol: symbol, received_day: later(when, -12), deadline: day(28, 2, year));
        }
    }
}

/// Everybody studies the theme of each year; who was away makes it up.
fn study(rows: &mut Rows, people: &[String]) {
    for year in 2007..=2010_i32 {
        let code = format!("HT{year}-{CODE}");
        row!(rows, "activity", code: code.as_str(), unit: CODE, kind: "conference", title: format!("Học tập chuyên đề năm {year}"),
            day: day(12, 3, year), year: i64::from(year), programme: "CT06", theme: format!("CD{year}"), mode: "in_person", minutes: true);
        for (n, person) in people.iter().enumerate() {
            let away = n == usize::try_from(year - 2005).unwrap_or(0);
            row!(rows, "attendance", activity: code.as_str(), person: person.as_str(), status: if away { "excused" } else { "present" },
                makeup_day: away.then(|| day(26, 3, year)));
        }
    }
}

/// Each year an essay and a commitment; colleagues say on slips what they think of it.
fn pledges(rows: &mut Rows, people: &[String]) {
    let mut dice = Dice::new("cam ket 2007");
    let remarks = [
        "Cần nêu rõ thời hạn từng việc",
        "Nên gắn với việc được giao",
        "Đồng ý với nội dung đăng ký",
        "Cần tự phê bình thẳng hơn",
    ];
    for year in 2007..=2010_i32 {
        for (n, person) in people.iter().enumerate() {
            let code = format!("CK{year}-{person}");
            // Nothing of 2010 is reviewed before the report of December is written.
            let late = year == 2010 && n >= 13;
            let vague = dice.chance(15);
            row!(rows, "commitment", code: code.as_str(), unit: CODE, person: person.as_str(), year: i64::from(year),
                registered_day: day(2, 4, year).min(day(31, 12, year)), writeup: true, self_review_day: day(10, 11, year),
                result: (!late).then_some("kept"), review_day: (!late).then(|| day(25, 11, year)), theme: format!("CD{year}"));
            let (what, measure, target) = names::PLEDGES[dice.below(names::PLEDGES.len())];
            row!(rows, "commitment_item", commitment: code.as_str(), no: 1_i64, what: if vague { "Tu dưỡng, rèn luyện đạo đức, lối sống" } else { what },
                measure: (!vague).then_some(measure), target: (!vague).then_some(target), deadline: (!vague).then(|| day(31, 10, year)),
                done_day: (!late).then(|| day(25, 10, year)));
            for no in 1..=2_usize {
                row!(rows, "feedback", commitment: code.as_str(), no: i64::try_from(no).unwrap_or(1),
                    from_person: people[(n + no * 3) % people.len()].as_str(), day: day(15, 11, year), text: dice.pick(&remarks));
            }
        }
        row!(rows, "commitment", code: format!("CK{year}-{CODE}"), unit: CODE, year: i64::from(year), registered_day: day(2, 4, year),
            result: "kept", review_day: day(25, 11, year), theme: format!("CD{year}"));
    }
}

/// Ten per cent less of every kind of expense in every month since the resolution.
fn savings(rows: &mut Rows) {
    let items = [("office", 6_200_000), ("electricity", 4_800_000), ("water", 900_000), ("phone", 2_600_000)];
    let mut dice = Dice::new("tiet kiem");
    for year in [2009, 2010] {
        for month in 1..=12_i64 {
            for (item, usual) in items {
                let baseline = usual * (100 + dice.between(-8, 14)) / 100;
                let saved = if dice.chance(92) { dice.between(10, 17) } else { dice.between(2, 9) };
                row!(rows, "saving", unit: CODE, year: i64::from(year), month: month, item: item, baseline: baseline,
                    actual: baseline * (100 - saved) / 100, target: 100_i64);
            }
        }
    }
}

/// 39 houses and a bridge that a sponsor paid for, two houses of the cell's own money.
fn welfare(rows: &mut Rows) {
    let sponsor = "Công ty Cổ phần Xi măng Đá Vàng";
    row!(rows, "contribution", code: format!("{CODE}-AS01"), unit: CODE, side: "sponsor", way: "raised", day: day(20, 8, 2008),
        purpose: "housing", beneficiary: "các xã biên giới", thing: "house", things: 39_i64, sponsor: sponsor);
    row!(rows, "contribution", code: format!("{CODE}-AS02"), unit: CODE, side: "sponsor", way: "raised", day: day(15, 10, 2008),
        purpose: "bridge", beneficiary: "các xã biên giới", thing: "bridge", things: 1_i64, sponsor: sponsor);
    for (n, year) in [2009, 2010].into_iter().enumerate() {
        row!(rows, "contribution", code: format!("{CODE}-AS0{}", n + 3), unit: CODE, side: "own", way: "given", day: day(19, 5, year),
            purpose: "housing", beneficiary: "huyện Vĩnh Lạc", amount: 28_000_000 + 4_000_000 * i64::try_from(n).unwrap_or(0), thing: "house", things: 1_i64);
    }
}

fn ratings(rows: &mut Rows) {
    for year in 2007..=2009_i32 {
        row!(rows, "rating", code: format!("XL{year}-{CODE}"), unit: CODE, object: "organisation", year: i64::from(year),
            level: "good", rated_by: "Ban Thường vụ Đảng ủy Khối", day: day(28, 12, year));
    }
}
