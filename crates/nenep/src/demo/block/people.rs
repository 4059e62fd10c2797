//! The block's people: members, those named who are none, standings, positions.

use super::super::dice::{day, later};
use super::super::rows::{Rows, row};
use super::{CODE, Member, World, at, dissolution_day, merge_day, split_day, year};
use domain::Day;

/// What is known today about these people was written down on this day.
fn known() -> Day {
    day(1, 3, 2024)
}

/// When committees and secretaries were last chosen.
fn congress() -> Day {
    day(15, 6, 2020)
}

pub fn write(world: &World, rows: &mut Rows) {
    for member in &world.members {
        let official = official(member);
        row!(rows, "person", code: member.code.as_str(), name: member.name.as_str(),
            sex: if member.woman { "female" } else { "male" }, birth_year: member.born,
            unit: world.cells[member.cell].code.as_str(), category: "party_member", since: member.since,
            joined_day: member.joined, official_day: official);
        if let Some((since, cell)) = member.moved {
            row!(rows, "membership", person: member.code.as_str(), unit: world.cells[cell].code.as_str(),
                category: "party_member", from_day: since);
        }
        if year(member.joined) >= 2019 {
            row!(rows, "standing", person: member.code.as_str(), standing: "probationary", from_day: member.joined,
                to_day: official.map(|d| later(d, -1)));
            if let Some(official) = official {
                row!(rows, "standing", person: member.code.as_str(), standing: "official", from_day: official);
            }
        }
        if let Some((standing, from, to)) = member.excused {
            row!(rows, "standing", person: member.code.as_str(), standing: standing, from_day: from, to_day: to);
        }
    }
    for other in &world.others {
        row!(rows, "person", code: other.code.as_str(), name: other.name.as_str(),
            sex: if other.woman { "female" } else { "male" }, unit: world.cells[other.cell].code.as_str(),
            category: other.category, since: day(1, 9, 2018));
    }
    positions(world, rows);
}

/// A year after joining, when that has come.
fn official(member: &Member) -> Option<Day> {
    Some(later(member.joined, 365)).filter(|d| *d <= known())
}

fn positions(world: &World, rows: &mut Rows) {
    for cell in &world.cells {
        let last = if cell.org == at::DISSOLVED { Some(later(dissolution_day(), -1)) } else { None };
        let mut people = cell.people.iter().map(|&m| &world.members[m]);
        if let Some(head) = people.clone().find(|m| m.head) {
            row!(rows, "position", person: head.code.as_str(), unit: cell.code.as_str(), position: "secretary",
                head: true, from_day: congress(), to_day: last);
        }
        if let Some(deputy) = people.find(|m| !m.head && year(m.joined) < 2018 && m.excused.is_none()) {
            row!(rows, "position", person: deputy.code.as_str(), unit: cell.code.as_str(),
                position: "deputy_secretary", from_day: congress(), to_day: last);
        }
    }
    for (n, org) in world.orgs.iter().enumerate().filter(|(_, o)| o.committee) {
        let from = congress().max(org.from);
        let last = (n == at::MERGED).then(|| later(merge_day(), -1));
        let looked = if n == at::SPLIT { split_day() } else { from };
        let Some(head) = world.head_of(n, looked) else { continue };
        let head = world.members[head].code.as_str();
        row!(rows, "position", person: head, unit: org.code.as_str(), position: "secretary", head: true,
            from_day: from, to_day: last);
        row!(rows, "position", person: head, unit: org.code.as_str(), position: "agency_head", head: true,
            from_day: from, to_day: last);
    }
    // The block itself is led from its office.
    let office = world.cells_of(at::OFFICE);
    let leaders: Vec<&Member> = office
        .iter()
        .flat_map(|&c| &world.cells[c].people)
        .map(|&m| &world.members[m])
        .filter(|m| year(m.joined) < 2012 && m.excused.is_none())
        .collect();
    for (leader, position) in leaders.iter().zip(["secretary", "deputy_secretary", "standing_member"]) {
        row!(rows, "position", person: leader.code.as_str(), unit: CODE, position: position,
            head: position == "secretary", from_day: day(20, 8, 2020));
    }
}
