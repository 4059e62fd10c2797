//! The block's study: themes' conferences by site, make-up study of everybody, sessions, reviews.

use super::super::dice::{Dice, day, later, share_out};
use super::super::names;
use super::super::rows::{Rows, row};
use super::units::headcount;
use super::{CODE, World, at, year};
use domain::Day;

/// A study conference: code, day, theme and its year, sites, people there.
struct Conference {
    code: &'static str,
    day: Day,
    title: &'static str,
    theme: &'static str,
    year: i32,
    sites: usize,
    attended: i64,
}

fn conferences() -> [Conference; 4] {
    let one = |code, day, title, theme, year, sites, attended| Conference {
        code,
        day,
        title,
        theme,
        year,
        sites,
        attended,
    };
    [
        one("K-HN2021", day(20, 9, 2021), "Hội nghị học tập chuyên đề toàn khóa", "CD-TK", 2021, 102, 4320),
        one("K-HN2022", day(25, 2, 2022), "Hội nghị học tập chuyên đề năm 2022", "CD2022", 2022, 132, 4686),
        one("K-HN2023", day(17, 2, 2023), "Hội nghị học tập chuyên đề năm 2023", "CD2023", 2023, 150, 6124),
        one("K-HN2024", day(22, 2, 2024), "Hội nghị học tập chuyên đề năm 2024", "CD2024", 2024, 115, 6325),
    ]
}

/// Of ten thousand people who were to be reached, so many were, make-up study included.
const REACHED: i64 = 9805;

pub fn write(world: &World, rows: &mut Rows) {
    for conference in conferences() {
        let there = hold(world, rows, &conference);
        if conference.year < 2024 {
            make_up(world, rows, &conference, &there);
        }
    }
    sessions(world, rows);
    self_reviews(world, rows);
    others(world, rows);
    reviews(world, rows);
}

/// Writes a conference with its sites; how many members of each organisation were there.
fn hold(world: &World, rows: &mut Rows, c: &Conference) -> Vec<(usize, i64)> {
    row!(rows, "activity", code: c.code, unit: CODE, kind: "conference", title: c.title, day: c.day,
        year: i64::from(c.year), programme: "KL01", theme: c.theme, mode: "online", minutes: true, minutes_day: c.day,
        minutes_length: 210_i64);
    let mut orgs: Vec<(usize, i64)> = world
        .orgs_on(c.day)
        .into_iter()
        .map(|o| (o, i64::try_from(world.members_of(o, c.day).len()).unwrap_or(0)))
        .collect();
    // The largest first: they have the sites, and the second sites.
    orgs.sort_by_key(|&(o, n)| (std::cmp::Reverse(n), o));
    let first = c.sites.min(orgs.len());
    let second = c.sites - first;
    orgs.truncate(first);
    let weights: Vec<i64> = orgs.iter().map(|&(_, n)| n).collect();
    let there: Vec<(usize, i64)> =
        orgs.iter().map(|(o, _)| *o).zip(share_out(c.attended, &weights)).collect();
    for (n, (&(org, attended), &(_, members))) in there.iter().zip(&orgs).enumerate() {
        let unit = &world.orgs[org];
        let absent = (members - attended).min(attended / 40);
        if n < second {
            let here = attended * 3 / 5;
            site(rows, c, &format!("Hội trường {}", unit.name), &unit.code, here + absent, here);
            site(rows, c, &format!("Cơ sở 2 {}", unit.name), &unit.code, attended - here, attended - here);
        } else {
            site(rows, c, &format!("Hội trường {}", unit.name), &unit.code, attended + absent, attended);
        }
    }
    there
}

fn site(rows: &mut Rows, c: &Conference, name: &str, unit: &str, expected: i64, attended: i64) {
    row!(rows, "attendance_site", activity: c.code, site: name, unit: unit, category: "party_member",
        expected: expected, attended: attended);
}

/// Afterwards every organisation gathers those who were not there, of all categories, until
/// just over 98 % of all people have studied.
fn make_up(world: &World, rows: &mut Rows, c: &Conference, there: &[(usize, i64)]) {
    let on = later(c.day, 32);
    let end = day(31, 12, c.year);
    let named = i64::try_from(world.others.len()).unwrap_or(0);
    let members = world.members_on(end);
    let excused = members.iter().filter(|&&m| world.members[m].is_excused(end)).count();
    let by_count: i64 =
        world.orgs_on(end).iter().flat_map(|&o| headcount(world, o, c.year)).map(|(_, n)| n).sum();
    let people = i64::try_from(members.len() - excused).unwrap_or(0) + named + by_count;
    let wanted = people * REACHED / 10_000 - c.attended;

    let mut left: Vec<(usize, &str, i64)> = Vec::new();
    for org in world.orgs_on(on) {
        let came = there.iter().find(|(o, _)| *o == org).map_or(0, |(_, n)| *n);
        let all = world.members_of(org, on);
        let due = all.iter().filter(|&&m| !world.members[m].is_excused(on)).count();
        left.push((org, "party_member", (i64::try_from(due).unwrap_or(0) - came).max(0)));
        for (category, n) in headcount(world, org, c.year) {
            let named = world
                .others
                .iter()
                .filter(|p| p.category == category && world.cells[p.cell].org_on(on) == org);
            left.push((org, category, n + i64::try_from(named.count()).unwrap_or(0)));
        }
    }
    let weights: Vec<i64> = left.iter().map(|(.., n)| *n).collect();
    let parts = share_out(wanted, &weights);
    let mut written = std::collections::BTreeSet::new();
    for ((org, category, expected), attended) in left.into_iter().zip(parts) {
        let unit = &world.orgs[org];
        let code = format!("BS{}-{}", c.year, unit.code);
        if written.insert(org) {
            let when = later(on, i64::try_from(org % 9).unwrap_or(0));
            row!(rows, "activity", code: code.as_str(), unit: unit.code.as_str(), kind: "makeup",
                title: format!("Học bổ sung: {}", c.title.to_lowercase()), day: when, year: i64::from(c.year),
                programme: "KL01", theme: c.theme, mode: "in_person", minutes: true, makeup_of: c.code);
        }
        if attended > 0 {
            let site = match category {
                "party_member" => "Đảng viên",
                "youth_member" => "Đoàn viên",
                "association_member" => "Hội viên",
                "official" => "Cán bộ, viên chức",
                _ => "Người lao động",
            };
            row!(rows, "attendance_site", activity: code.as_str(), site: site, unit: unit.code.as_str(),
                category: category, expected: expected.max(attended), attended: attended);
        }
    }
}

/// Each cell has a topic session a year; some leave no minutes.
fn sessions(world: &World, rows: &mut Rows) {
    let mut dice = Dice::new("sinh hoat");
    for y in 2021..=2023_i32 {
        for (n, cell) in world.cells.iter().enumerate() {
            let when = dice.day(day(5, if y == 2021 { 7 } else { 3 }, y), day(28, 11, y));
            if !world.orgs[cell.org_on(when)].alive(when) || cell.people.is_empty() {
                continue;
            }
            let topic = names::TOPICS[(n * 3 + usize::try_from(y).unwrap_or(0)) % names::TOPICS.len()];
            let minutes = dice.below(100) >= 6;
            let paper = dice.chance(80).then(|| later(when, -dice.between(1, 6)));
            let lead = cell.people.iter().map(|&m| &world.members[m]).find(|m| m.head);
            row!(rows, "activity", code: format!("CD{y}-{}", cell.code), unit: cell.code.as_str(), kind: "topic_session",
                title: topic, day: when, year: i64::from(y), programme: "KL01", mode: "in_person",
                depth: if n % 4 == 3 { "extended" } else { "in_depth" }, lead_in: lead.map(|m| m.code.as_str()),
                paper_sent_day: paper, theory_part: true, practice_part: dice.chance(85), minutes: minutes,
                minutes_day: minutes.then(|| later(when, 1)), minutes_length: dice.between(9, 13) * 10,
                conclusion: (cell.org >= at::OFFICE && n % 3 == 0).then_some("Chi bộ thống nhất việc làm cụ thể, phân công và hẹn ngày kiểm lại."));
        }
    }
}

/// 80 different organisations in 2022 and 2023, some of them in both years.
fn self_reviews(world: &World, rows: &mut Rows) {
    let mut all: Vec<usize> =
        world.orgs_on(day(31, 12, 2023)).into_iter().filter(|&o| o != at::SPLIT).collect();
    Dice::new("tu soi").shuffle(&mut all);
    let held = [(2022, &all[..52]), (2023, &all[31..80])];
    for (y, orgs) in held {
        for &org in orgs {
            let unit = &world.orgs[org];
            let when = later(day(6, 10, y), i64::try_from(org % 40).unwrap_or(0));
            row!(rows, "activity", code: format!("TS{y}-{}", unit.code), unit: unit.code.as_str(), kind: "self_review",
                title: "Tự soi, tự sửa theo cam kết đã đăng ký", day: when, year: i64::from(y), programme: "KL01",
                mode: "in_person", minutes: true, minutes_length: 120_i64);
        }
    }
}

/// Classes, flag ceremonies, study visits.
fn others(world: &World, rows: &mut Rows) {
    for (n, (title, when)) in [
        ("Bồi dưỡng đối tượng kết nạp Đảng khóa I", day(18, 10, 2021)),
        ("Bồi dưỡng đảng viên mới khóa I", day(22, 11, 2021)),
        ("Bồi dưỡng đối tượng kết nạp Đảng khóa II", day(16, 5, 2022)),
        ("Tập huấn nghiệp vụ công tác đảng ở cơ sở", day(20, 6, 2022)),
        ("Bồi dưỡng đảng viên mới khóa II", day(10, 10, 2022)),
        ("Bồi dưỡng đối tượng kết nạp Đảng khóa III", day(15, 5, 2023)),
        ("Tập huấn báo cáo viên, tuyên truyền viên", day(19, 6, 2023)),
        ("Bồi dưỡng bí thư chi bộ", day(9, 10, 2023)),
        ("Bồi dưỡng đảng viên mới khóa III", day(13, 11, 2023)),
    ]
    .into_iter()
    .enumerate()
    {
        let code = format!("K-LOP{:02}", n + 1);
        row!(rows, "activity", code: code.as_str(), unit: CODE, kind: "training", title: title, day: when,
            year: i64::from(year(when)), programme: "KL01", mode: "in_person", minutes: true);
    }
    for org in world.committees_on(day(1, 1, 2023)).into_iter().filter(|o| o % 6 == 0) {
        let unit = &world.orgs[org];
        for month in [1, 4, 7, 10] {
            row!(rows, "activity", code: format!("CC2023-{:02}-{}", month, unit.code), unit: unit.code.as_str(),
                kind: "flag_ceremony", title: "Chào cờ, biểu dương người tốt, việc tốt", day: day(3, month, 2023),
                year: 2023_i64, mode: "in_person");
        }
    }
}

/// All but eighteen of those who stand at the end have reviewed the three years.
fn reviews(world: &World, rows: &mut Rows) {
    let all = world.orgs_on(day(31, 12, 2023));
    let mut order = all.clone();
    Dice::new("so ket").shuffle(&mut order);
    let without: Vec<usize> = order.into_iter().take(18).collect();
    for org in all.into_iter().filter(|o| !without.contains(o)) {
        let unit = &world.orgs[org];
        let when = later(day(20, 11, 2023), i64::try_from(org % 30).unwrap_or(0));
        row!(rows, "activity", code: format!("SK2023-{}", unit.code), unit: unit.code.as_str(), kind: "review_conference",
            title: "Sơ kết 03 năm thực hiện Kết luận số 01-KL/TW", day: when, year: 2023_i64, programme: "KL01",
            mode: "in_person", minutes: true, minutes_length: 150_i64);
    }
}
