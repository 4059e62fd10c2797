//! The block's inspection, supervision and discipline, each as a row of one object.

use super::super::dice::{Dice, day, later};
use super::super::rows::{Rows, row};
use super::{CODE, World, at, pledges};
use domain::Day;

pub fn write(world: &World, rows: &mut Rows) {
    block(world, rows);
    grassroots(world, rows);
    programmes(world, rows);
    discipline(world, rows);
}

/// The first, the ninetieth… day of three years, spread evenly.
fn spread(n: usize, of: usize) -> Day {
    let step = i64::try_from(n * 960 / of.max(1)).unwrap_or(0);
    later(day(1, 3, 2021), step)
}

/// One act of the block upon one object.
struct Act<'a> {
    code: String,
    actor: &'a str,
    act: &'a str,
    advised: bool,
    day: Day,
}

fn upon_org(world: &World, rows: &mut Rows, act: &Act<'_>, org: usize) {
    row!(rows, "inspection", code: act.code.as_str(), unit: CODE, actor: act.actor, act: act.act,
        advised: act.advised.then_some(true), object: "organisation", object_unit: world.orgs[org].code.as_str(),
        day: act.day, end_day: later(act.day, 10), programme: "KL01", about: "directive",
        conclusion: "Đã lãnh đạo, chỉ đạo đủ các nội dung; cần cụ thể hơn trong kế hoạch hằng năm.");
}

fn upon_head(world: &World, rows: &mut Rows, act: &Act<'_>, org: usize, head: bool) {
    let person = world.head_of(org, act.day).map(|m| world.members[m].code.as_str());
    row!(rows, "inspection", code: act.code.as_str(), unit: CODE, actor: act.actor, act: act.act,
        advised: act.advised.then_some(true), object: "person", object_unit: world.orgs[org].code.as_str(),
        object_person: person, head: head, day: act.day, end_day: later(act.day, 10), programme: "KL01", about: "directive",
        conclusion: "Nêu gương trong chỉ đạo thực hiện; cần chủ động chọn nội dung đột phá.");
}

fn block(world: &World, rows: &mut Rows) {
    // Who acts, how, organisations, persons, heads among the persons, advised to the province.
    let acts = [
        ("TM", "standing_committee", "inspection", 4, 4, true, true),
        ("BTV", "standing_committee", "inspection", 6, 6, true, false),
        ("GS", "standing_committee", "supervision", 9, 9, true, false),
        ("UBKT", "commission", "inspection", 8, 2, false, false),
        ("UBGS", "commission", "supervision", 5, 4, true, false),
    ];
    let mut place = 0;
    for (sign, actor, act, orgs, persons, heads, advised) in acts {
        for n in 0..orgs.max(persons) {
            let when = spread(n, orgs.max(persons));
            let alive: Vec<usize> = world.orgs_on(when).into_iter().filter(|&o| o != at::OFFICE).collect();
            let org = alive[(place * 7 + n * 13) % alive.len()];
            place += 1;
            let of = |object: &str| Act {
                code: format!("K-{sign}{}{:02}", object, n + 1),
                actor,
                act,
                advised,
                day: when,
            };
            if n < orgs {
                upon_org(world, rows, &of("T"), org);
            }
            if n < persons {
                upon_head(world, rows, &of("C"), org, heads);
            }
        }
    }
}

/// What grassroots committees and their commissions did: actor, act, organisations, persons.
fn grassroots(world: &World, rows: &mut Rows) {
    let acts = [
        ("CU", "committee", "inspection", 200, 179),
        ("CG", "committee", "supervision", 126, 310),
        ("UK", "commission", "inspection", 188, 0),
        ("UG", "commission", "supervision", 148, 203),
    ];
    let mut dice = Dice::new("kiem tra");
    for (sign, actor, act, orgs, persons) in acts {
        for n in 0..orgs + persons {
            let person = n >= orgs;
            let when = dice.day(day(15, 2, 2021), day(30, 11, 2023));
            let committees = world.committees_on(when);
            let org = committees[dice.below(committees.len())];
            let unit = &world.orgs[org];
            let cells = world.cells_on(org, when);
            let cell = &world.cells[cells[dice.below(cells.len())]];
            let member = person.then(|| &world.members[cell.people[dice.below(cell.people.len())]]);
            let remedy = dice.chance(12);
            let done = dice.chance(88);
            let about = ["directive", "directive", "commitment", "session", "violation"][dice.below(5)];
            // Supervision does not look for signs of a violation.
            let about = if act == "supervision" && about == "violation" { "directive" } else { about };
            row!(rows, "inspection", code: format!("K-{sign}{:04}", n + 1), unit: unit.code.as_str(), actor: actor, act: act,
                object: if person { "person" } else { "organisation" },
                object_unit: cell.code.as_str(), object_person: member.filter(|m| m.since <= when).map(|m| m.code.as_str()),
                head: member.map(|m| m.head), day: when, end_day: later(when, dice.between(2, 20)), programme: "KL01",
                about: about, conclusion: dice.chance(95).then_some("Có kế hoạch, có kiểm điểm; một số việc còn chậm."),
                remedy: remedy.then_some("Bổ sung kế hoạch và báo cáo lại cấp ủy."),
                remedy_deadline: remedy.then(|| later(when, 45)), remedied_day: (remedy && done).then(|| later(when, 40)));
        }
    }
}

/// The plans of inspection by year: the block's and the committees'.
fn programmes(world: &World, rows: &mut Rows) {
    row!(rows, "inspection_plan", unit: CODE, year: 2020_i64, kind: "term", day: day(15, 12, 2020), symbol: "01-CTr/ĐUK");
    for y in 2021..=2023_i32 {
        row!(rows, "inspection_plan", unit: CODE, year: i64::from(y), kind: "year", day: day(18, 1, y),
            symbol: format!("{:02}-CTr/ĐUK", 3 + 4 * (y - 2021)));
        for org in world.committees_on(day(31, 1, y)).into_iter().filter(|o| o % 8 != 5) {
            row!(rows, "inspection_plan", unit: world.orgs[org].code.as_str(), year: i64::from(y), kind: "year",
                day: later(day(20, 1, y), i64::try_from(org % 10).unwrap_or(0)));
        }
    }
}

/// The 231 who broke a commitment were all dealt with in its year.
fn discipline(world: &World, rows: &mut Rows) {
    let mut dice = Dice::new("ky luat");
    let reasons = ["commitment", "law", "ethics", "forbidden"];
    for y in 2021..=2023_i32 {
        for (n, m) in pledges::breakers(world, y).into_iter().enumerate() {
            let member = &world.members[m];
            let when = dice.day(day(10, 12, y), day(28, 12, y));
            let org = &world.orgs[world.cells[member.cell_on(when)].org_on(when)];
            let form = match n % 77 {
                0 => "expulsion",
                1..=4 => "warning",
                5..=14 => "reprimand",
                _ => "handled",
            };
            // A grassroots cell's members are disciplined by the block.
            let unit = if org.committee { org.code.as_str() } else { CODE };
            row!(rows, "discipline", code: format!("KL{y}-{:03}", n + 1), unit: unit, object: "person",
                object_unit: world.cells[member.cell_on(when)].code.as_str(), object_person: member.code.as_str(),
                form: form, reason: reasons[n % reasons.len()], day: when);
        }
    }
}
