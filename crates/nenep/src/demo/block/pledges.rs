//! The block's commitments: 7,020 a year, three years; 231 people broke theirs.

use super::super::dice::{Dice, day, later};
use super::super::names;
use super::super::rows::{Rows, row};
use super::{World, at, year};
use domain::Day;

/// Personal commitments of a year.
pub const A_YEAR: usize = 7020;
/// People who broke theirs, by year: each of them once.
pub const BROKEN: usize = 77;
/// Never reviewed, by year.
pub const UNREVIEWED: usize = 16;

/// Who breaks a commitment in a year: members who never were excused, each once.
pub fn breakers(world: &World, y: i32) -> Vec<usize> {
    let mut fit: Vec<usize> = (0..world.members.len())
        .filter(|&m| {
            let member = &world.members[m];
            year(member.joined) < 2019 && member.excused.is_none() && !member.head && member.moved.is_none()
        })
        .collect();
    Dice::new("vi pham").shuffle(&mut fit);
    let from = usize::try_from(y - 2021).unwrap_or(0) * BROKEN;
    fit.into_iter().skip(from).take(BROKEN).collect()
}

/// When a member registers for a year: in January, or soon after joining; not while excused.
fn registers(world: &World, m: usize, y: i32) -> Option<Day> {
    let member = &world.members[m];
    let days = i64::try_from(m % 20).unwrap_or(0);
    let when = later(day(6, 1, y), days).max(later(member.joined, 10));
    (year(when) == y && !member.is_excused(when)).then_some(when)
}

pub fn write(world: &World, rows: &mut Rows) {
    let mut dice = Dice::new("cam ket");
    for y in 2021..=2023_i32 {
        let broken = breakers(world, y);
        let members: Vec<(usize, Day)> =
            (0..world.members.len()).filter_map(|m| Some((m, registers(world, m, y)?))).collect();
        // A few cells did not get round to reviewing one or two of theirs.
        let unreviewed: Vec<usize> = members
            .iter()
            .map(|(m, _)| *m)
            .filter(|m| m % 397 < 2 && !broken.contains(m))
            .take(UNREVIEWED)
            .collect();
        for &(m, when) in &members {
            let member = &world.members[m];
            let unit = &world.cells[member.cell_on(when)];
            let code = format!("CK{y}-{}", member.code);
            let (result, why) = if broken.contains(&m) {
                (Some("broken"), Some(dice.pick(&WHYS)))
            } else if unreviewed.contains(&m) {
                (None, None)
            } else {
                (Some("kept"), None)
            };
            one(rows, &mut dice, &code, &unit.code, &member.code, when, result, why, member.head);
        }
        for other in world.others.iter().take(A_YEAR.saturating_sub(members.len())) {
            let when = later(day(10, 1, y), 6);
            let code = format!("CK{y}-{}", other.code);
            one(
                rows,
                &mut dice,
                &code,
                &world.cells[other.cell].code,
                &other.code,
                when,
                Some("kept"),
                None,
                false,
            );
        }
    }
    // Collectives register too; theirs are counted apart.
    for org in world.orgs_on(day(1, 2, 2023)).into_iter().filter(|o| o % 4 != 1 && *o != at::DISSOLVED) {
        let unit = &world.orgs[org].code;
        row!(rows, "commitment", code: format!("CK2023-TT-{unit}"), unit: unit.as_str(), year: 2023_i64,
            registered_day: day(30, 1, 2023), self_review_day: day(20, 11, 2023), result: "kept",
            review_day: day(5, 12, 2023), theme: "CD2023");
    }
}

const WHYS: [&str; 5] = [
    "Vi phạm nồng độ cồn khi lái xe",
    "Chậm hạn hồ sơ nhiều lần, đã nhắc mà không sửa",
    "Vi phạm quy định về những điều đảng viên không được làm",
    "Để xảy ra mất đoàn kết trong cơ quan",
    "Vi phạm quy chế làm việc, bỏ việc không phép",
];

#[allow(clippy::too_many_arguments)]
fn one(
    rows: &mut Rows,
    dice: &mut Dice,
    code: &str,
    unit: &str,
    person: &str,
    when: Day,
    result: Option<&str>,
    why: Option<&str>,
    head: bool,
) {
    let y = year(when);
    row!(rows, "commitment", code: code, unit: unit, person: person, year: i64::from(y), registered_day: when,
        writeup: dice.chance(90), self_review_day: later(day(12, 11, y), 3).max(when), result: result,
        review_day: result.map(|_| day(8, 12, y)), why: why, theme: if y == 2021 { "CD-TK" } else if y == 2022 { "CD2022" } else { "CD2023" });
    let items = if head { 2 } else { 1 };
    for no in 1..=items {
        let (what, measure, target) = names::PLEDGES[dice.below(names::PLEDGES.len())];
        // Every thirtieth or so says neither how it is measured nor by when.
        let vague = dice.below(100) < 3;
        let deadline = day(30, 11, y).max(when);
        let done = dice
            .chance(88)
            .then(|| if dice.chance(4) { later(deadline, 12) } else { dice.day(when, deadline) });
        row!(rows, "commitment_item", commitment: code, no: no, what: if vague { "Phấn đấu hoàn thành tốt nhiệm vụ" } else { what },
            measure: (!vague).then_some(measure), target: (!vague).then_some(target),
            deadline: (!vague).then_some(deadline), done_day: done);
    }
}
