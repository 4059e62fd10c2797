//! The block's units, what happened to them, their headcounts, who has handed in what.

use super::super::dice::{day, share_out};
use super::super::names;
use super::super::rows::{Rows, row};
use super::{CODE, NAME, World, at, dissolution_day, merge_day, move_day, split_day};

/// The sectors' ways of dividing those who are no members.
const CATEGORIES: [&str; 4] = ["youth_member", "association_member", "official", "worker"];

/// Units that say totals for themselves instead of keeping records, and for what.
pub const SUMMING: [(usize, &str); 3] = [(46, "practice"), (80, "practice"), (52, "publicity")];

pub fn write(world: &World, rows: &mut Rows) {
    row!(rows, "unit", code: CODE, name: NAME, kind: "block", parent: "HS", from_day: day(15, 8, 2001),
        decision: "Quyết định số 112-QĐ/TU", symbol: "ĐUK", place: "Hoành Sơn");
    for org in &world.orgs {
        let kind = if org.committee { "grassroots_committee" } else { "grassroots_cell" };
        let split = org.from == split_day();
        row!(rows, "unit", code: org.code.as_str(), name: org.title(), kind: kind, parent: CODE, from_day: org.from,
            decision: split.then_some("Quyết định số 210-QĐ/ĐUK"), symbol: if org.committee { "ĐU" } else { "CB" },
            sector: org.sector);
    }
    let mut subs = std::collections::BTreeSet::new();
    for cell in &world.cells {
        let org = &world.orgs[cell.org];
        if !org.committee {
            continue;
        }
        if let Some(sub) = cell.under.as_deref().filter(|s| subs.insert((*s).to_owned())) {
            row!(rows, "unit", code: sub, name: format!("Đảng bộ bộ phận {} cơ sở 2", org.name), kind: "sub_committee",
                parent: org.code.as_str(), from_day: day(5, 1, 2004), symbol: "ĐU");
        }
        let n: usize = cell.code.rsplit('.').next().and_then(|n| n.parse().ok()).unwrap_or(1);
        let places = names::departments(org.sector);
        let name = match places.get(n - 1) {
            Some(place) => format!("Chi bộ {place}"),
            None => format!("Chi bộ {n}"),
        };
        row!(rows, "unit", code: cell.code.as_str(), name: name, kind: "cell",
            parent: cell.under.as_deref().unwrap_or(&org.code), from_day: day(10, 1, 2005), symbol: "CB");
    }
    groups(world, rows);
    events(world, rows);
    headcounts(world, rows);
    returns(world, rows);
}

/// Large cells have party groups.
fn groups(world: &World, rows: &mut Rows) {
    for cell in world.cells.iter().filter(|c| c.people.len() > 22) {
        for n in 1..=3 {
            row!(rows, "unit", code: format!("{}.T{n}", cell.code), name: format!("Tổ đảng số {n}"), kind: "group",
                parent: cell.code.as_str(), from_day: day(1, 7, 2015));
        }
    }
}

fn events(world: &World, rows: &mut Rows) {
    let code = |org: usize| world.orgs[org].code.as_str();
    row!(rows, "unit_event", code: "K-BD01", event: "split", unit: code(at::SCHOOL), other: code(at::SPLIT),
        day: split_day(), decision: "Quyết định số 210-QĐ/ĐUK, ngày 22/02/2022");
    for cell in world.cells.iter().filter(|c| c.moved.is_some_and(|(_, to)| to == at::SPLIT)) {
        row!(rows, "unit_event", code: format!("K-BD01-{}", cell.code), event: "move", unit: cell.code.as_str(),
            other: code(at::SPLIT), day: split_day(), decision: "Quyết định số 210-QĐ/ĐUK, ngày 22/02/2022");
    }
    for cell in world.cells.iter().filter(|c| c.moved.is_some_and(|(_, to)| to == at::TAKER)) {
        row!(rows, "unit_event", code: "K-BD02", event: "move", unit: cell.code.as_str(), other: code(at::TAKER),
            day: move_day(), decision: "Quyết định số 168-QĐ/ĐUK, ngày 24/9/2021");
    }
    row!(rows, "unit_event", code: "K-BD03", event: "merge", unit: code(at::MERGED), other: code(at::RECEIVER),
        day: merge_day(), decision: "Quyết định số 247-QĐ/ĐUK, ngày 21/6/2022");
    row!(rows, "unit_event", code: "K-BD04", event: "rename", unit: code(at::RECEIVER),
        new_name: "Đảng bộ Sở Văn hóa, Thể thao và Truyền thông", day: merge_day(),
        decision: "Quyết định số 248-QĐ/ĐUK, ngày 21/6/2022");
    row!(rows, "unit_event", code: "K-BD05", event: "dissolve", unit: code(at::DISSOLVED), day: dissolution_day(),
        decision: "Quyết định số 301-QĐ/ĐUK, ngày 20/3/2023");
}

/// How many of each category an organisation has in a year.
pub fn headcount(world: &World, org: usize, year: i32) -> [(&'static str, i64); 4] {
    let weights: [i64; 4] = match world.orgs[org].sector {
        "enterprise" => [24, 30, 6, 40],
        "school" => [52, 14, 28, 6],
        "hospital" => [30, 24, 40, 6],
        _ => [26, 26, 44, 4],
    };
    // A few more every year.
    let all = world.orgs[org].others * (1000 + 4 * i64::from(year - 2023)) / 1000;
    let parts = share_out(all, &weights);
    std::array::from_fn(|i| (CATEGORIES[i], parts[i]))
}

fn headcounts(world: &World, rows: &mut Rows) {
    for year in 2019..=2024 {
        // Who is gone by the end of the year states nothing for it: the receiver does.
        for org in world.orgs_on(day(31, 12, year)) {
            for (category, n) in headcount(world, org, year) {
                row!(rows, "unit_headcount", unit: world.orgs[org].code.as_str(), year: i64::from(year),
                    category: category, n: n);
            }
        }
    }
}

/// 97 of the 110 have handed in everything for the three years.
fn returns(world: &World, rows: &mut Rows) {
    let lacking = lacking(world);
    for year in 2019..=2023_i32 {
        let on = day(31, 12, year);
        row!(rows, "return_state", unit: CODE, kind: "all", year: i64::from(year), state: "complete",
            day: day(31, 1, year + 1));
        for (n, org) in world
            .orgs
            .iter()
            .enumerate()
            .filter(|(_, o)| o.from <= on && o.last.is_none_or(|l| l >= day(1, 1, year)))
        {
            let state = match lacking.iter().position(|&l| l == n) {
                Some(k) if year == 2023 => {
                    if k % 3 == 2 {
                        "none"
                    } else {
                        "partial"
                    }
                }
                _ => "complete",
            };
            let when = day(5 + u32::try_from(n % 20).unwrap_or(0), 1, year + 1);
            row!(rows, "return_state", unit: org.code.as_str(), kind: "all", year: i64::from(year), state: state,
                day: (state != "none").then_some(when));
        }
        if world.orgs[at::SPLIT].from > on {
            row!(rows, "return_state", unit: world.orgs[at::SPLIT].code.as_str(), kind: "all", year: i64::from(year),
                state: "complete", note: "Chưa thành lập.");
        }
        for (org, kind) in SUMMING {
            row!(rows, "return_state", unit: world.orgs[org].code.as_str(), kind: kind, year: i64::from(year),
                state: "partial", note: "Chỉ báo cáo số tổng hợp.");
        }
    }
}

/// The thirteen that have not: those who say totals, and ten more.
pub fn lacking(world: &World) -> Vec<usize> {
    let mut all: Vec<usize> = SUMMING.iter().map(|(org, _)| *org).collect();
    let end = world.orgs_on(day(31, 12, 2023));
    all.extend(end.into_iter().filter(|o| o % 10 == 6 && !SUMMING.iter().any(|(s, _)| s == o)).take(10));
    all
}
