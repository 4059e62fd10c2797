//! The block's commendations and ratings.

use super::super::dice::{Dice, day, later};
use super::super::rows::{Rows, row};
use super::{CODE, World, at, year};

/// Organisations that the block commends, by year: overlapping, so that 68 are organisation-years.
const COMMENDED: [(i32, usize, usize); 3] = [(2021, 0, 24), (2022, 11, 21), (2023, 20, 23)];
/// Members who are excellent five years running.
const FIVE_YEARS: usize = 6;

pub fn write(world: &World, rows: &mut Rows) {
    let mut ranked: Vec<usize> =
        world.orgs_on(day(31, 12, 2023)).into_iter().filter(|&o| o != at::SPLIT).collect();
    Dice::new("thi dua").shuffle(&mut ranked);
    let excellent = |y: i32| {
        let found = COMMENDED.iter().find(|(year, ..)| *year == y);
        found.map_or(&[][..], |(_, from, n)| &ranked[*from..*from + *n])
    };
    collectives(world, rows, &excellent);
    let best = best(world);
    individuals(world, rows, &best);
    ratings(world, rows, &excellent, &best);
}

fn collectives<'a>(world: &World, rows: &mut Rows, excellent: &dyn Fn(i32) -> &'a [usize]) {
    for y in 2021..=2023_i32 {
        for (n, &org) in excellent(y).iter().enumerate() {
            row!(rows, "commendation", code: format!("K-KT{y}-{:02}", n + 1), unit: CODE, stage: "awarded", level: "block",
                form: "certificate", object: "collective", object_unit: world.orgs[org].code.as_str(),
                decision: format!("Quyết định số {}-QĐ/ĐUK", 190 + 60 * (y - 2021)), day: day(25, 12, y), year: i64::from(y),
                merit: "rating");
        }
    }
    // 13 organisations proposed to the province, in the review's year.
    for (n, &org) in excellent(2023).iter().take(13).enumerate() {
        row!(rows, "commendation", code: format!("K-DN{:02}", n + 1), unit: CODE, stage: "proposed", level: "province",
            form: "merit", object: "collective", object_unit: world.orgs[org].code.as_str(), day: day(20, 12, 2023),
            year: 2023_i64, merit: "following", programme: "KL01");
    }
    for (n, &org) in excellent(2022).iter().take(10).enumerate() {
        row!(rows, "commendation", code: format!("K-DH-T{:02}", n + 1), unit: CODE, stage: "awarded", level: "block",
            form: "example", object: "collective", object_unit: world.orgs[org].code.as_str(),
            decision: "Quyết định số 322-QĐ/ĐUK", day: day(15, 6, 2023), year: 2023_i64, merit: "congress");
    }
}

/// Six members out of six cells who were excellent in each of five years.
fn best(world: &World) -> Vec<usize> {
    let fit = |c: &super::Cell| {
        c.people.iter().copied().find(|&m| {
            let member = &world.members[m];
            !member.head && year(member.joined) < 2010 && member.excused.is_none() && member.moved.is_none()
        })
    };
    world.cells.iter().step_by(61).filter_map(fit).take(FIVE_YEARS).collect()
}

fn individuals(world: &World, rows: &mut Rows, best: &[usize]) {
    let code = |m: usize| world.members[m].code.as_str();
    for (n, &m) in best.iter().enumerate() {
        row!(rows, "commendation", code: format!("K-5N{:02}", n + 1), unit: CODE, stage: "awarded", level: "block",
            form: "certificate", object: "individual", object_person: code(m), decision: "Quyết định số 311-QĐ/ĐUK",
            day: day(25, 12, 2023), year: 2023_i64, merit: "five_years");
    }
    for (n, &m) in best.iter().take(4).enumerate() {
        row!(rows, "commendation", code: format!("K-DNC{:02}", n + 1), unit: CODE, stage: "proposed", level: "province",
            form: "merit", object: "individual", object_person: code(m), day: day(20, 12, 2023), year: 2023_i64,
            merit: "following", programme: "KL01");
    }
    if let Some(&m) = best.first() {
        row!(rows, "commendation", code: "K-TW01", unit: CODE, stage: "awarded", level: "department", form: "merit",
            object: "individual", object_person: code(m), day: day(12, 5, 2022), year: 2021_i64, merit: "following",
            programme: "KL01");
    }
    let fit = |c: &super::Cell| {
        c.people
            .iter()
            .copied()
            .find(|&m| world.members[m].head && !best.contains(&m) && world.members[m].moved.is_none())
    };
    for (n, m) in world.cells.iter().skip(3).step_by(19).filter_map(fit).take(20).enumerate() {
        row!(rows, "commendation", code: format!("K-DH-C{:02}", n + 1), unit: CODE, stage: "awarded", level: "block",
            form: "example", object: "individual", object_person: code(m), decision: "Quyết định số 322-QĐ/ĐUK",
            day: day(15, 6, 2023), year: 2023_i64, merit: "congress");
    }
    // Organisations commend their own people.
    for (n, cell) in world.cells.iter().enumerate().skip(1).step_by(7) {
        let Some(&m) = cell.people.get(3) else { continue };
        let y = 2021 + i32::try_from(n % 3).unwrap_or(0);
        let when = later(day(19, 5, y), i64::try_from(n % 20).unwrap_or(0));
        let org = &world.orgs[cell.org_on(when)];
        if !org.alive(when) || world.members[m].since > when {
            continue;
        }
        row!(rows, "commendation", code: format!("KT{y}-{}", cell.code), unit: org.code.as_str(), stage: "awarded",
            level: "grassroots", form: "certificate", object: "individual", object_person: code(m), day: when,
            year: i64::from(y), merit: "following", programme: "KL01");
    }
}

fn ratings<'a>(world: &World, rows: &mut Rows, excellent: &dyn Fn(i32) -> &'a [usize], best: &[usize]) {
    for (y, level) in [(2021, "good"), (2022, "excellent"), (2023, "good")] {
        row!(rows, "rating", code: format!("XL{y}-K"), unit: CODE, object: "organisation", year: i64::from(y), level: level,
            rated_by: "Ban Thường vụ Tỉnh ủy", day: day(20, 1, y + 1));
        for org in world.orgs_on(day(31, 12, y)) {
            let level = match () {
                () if excellent(y).contains(&org) => "excellent",
                () if org % 37 == 9 => "completed",
                () => "good",
            };
            let unit = &world.orgs[org].code;
            row!(rows, "rating", code: format!("XL{y}-{unit}"), unit: unit.as_str(), object: "organisation", year: i64::from(y),
                level: level, rated_by: "Ban Thường vụ Đảng ủy Khối", day: day(15, 12, y));
        }
    }
    // Many are excellent in four years of the five; nobody but the six in all of them.
    let mut good: Vec<usize> = (0..world.members.len())
        .filter(|m| {
            let member = &world.members[*m];
            year(member.since) < 2019
                && member.excused.is_none()
                && member.moved.is_none()
                && !best.contains(m)
        })
        .collect();
    Dice::new("xep loai").shuffle(&mut good);
    for y in 2019..=2023_i32 {
        let off = usize::try_from(y).unwrap_or(0) % 5;
        let most = good.iter().take(700).enumerate().filter(|(n, _)| n % 5 != off).map(|(_, m)| m);
        for &m in best.iter().chain(most) {
            let member = &world.members[m];
            let unit = world.cells[member.cell].code.as_str();
            row!(rows, "rating", code: format!("XL{y}-{}", member.code), unit: unit, object: "person",
                person: member.code.as_str(), year: i64::from(y), level: "excellent", day: day(20, 12, y));
        }
    }
}
