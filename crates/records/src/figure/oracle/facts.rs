//! The facts of each measure, from the rows of a world: what the features' queries should give.

use super::naive::{Naive, is_cell, is_grassroots};
use super::world::{SpellRow, day, id};
use domain::Day;
use std::collections::BTreeMap;

/// What a dimension says.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Unknown,
    Int(i64),
    Text(String),
}

impl From<&str> for Cell {
    fn from(s: &str) -> Cell {
        Cell::Text(s.to_owned())
    }
}
impl From<Option<&str>> for Cell {
    fn from(s: Option<&str>) -> Cell {
        s.map_or(Cell::Unknown, Cell::from)
    }
}
impl From<bool> for Cell {
    fn from(b: bool) -> Cell {
        Cell::Int(i64::from(b))
    }
}
impl From<Option<Day>> for Cell {
    fn from(d: Option<Day>) -> Cell {
        d.map_or(Cell::Unknown, |d| Cell::Text(d.to_string()))
    }
}

/// A fact of a measure; an event lasts one day.
#[derive(Debug, Clone)]
pub struct Fact {
    pub id: String,
    pub unit: usize,
    pub from: Day,
    pub to: Day,
    pub person: Option<usize>,
    pub n: i64,
    pub amount: Option<i64>,
    pub dims: BTreeMap<&'static str, Cell>,
}

impl Naive<'_> {
    /// Every fact of a measure.
    pub fn measure(&self, name: &str) -> Vec<Fact> {
        let w = self.world;
        let year_day = |year: i32, text: &str| day(&format!("{year}-{text}"));
        match name {
            "inspection" => w
                .inspections
                .iter()
                .enumerate()
                .map(|(i, r)| {
                    event(id("i", i), r.unit, r.day)
                        .person(r.object_person)
                        .dim("act", r.act)
                        .dim("head", r.head)
                        .dim("about", r.about)
                        .dim("object_unit", r.object_unit.map(|u| id("u", u)).as_deref())
                        .dim("remedy_deadline", r.remedy_deadline)
                })
                .collect(),
            "contribution" => w
                .contributions
                .iter()
                .enumerate()
                .map(|(i, r)| event(id("c", i), r.unit, r.day).amount(r.amount).dim("purpose", r.purpose))
                .collect(),
            "contribution_thing" => w
                .contributions
                .iter()
                .enumerate()
                .filter_map(|(i, r)| Some(event(id("c", i), r.unit, r.day).n(r.things?)))
                .collect(),
            "attended" | "site" => self.study(name),
            "commitment" => w
                .commitments
                .iter()
                .enumerate()
                .map(|(i, r)| {
                    event(id("k", i), r.unit, r.registered.unwrap_or(year_day(r.year, "01-31")))
                        .person(r.person)
                        .dim("own", r.person.is_none())
                })
                .collect(),
            "practice" => w
                .practices
                .iter()
                .enumerate()
                .map(|(i, r)| event(id("m", i), r.unit, r.day).dim("field", r.field))
                .collect(),
            "rating" => w
                .ratings
                .iter()
                .enumerate()
                .map(|(i, r)| {
                    event(id("r", i), r.unit, year_day(r.year, "12-31"))
                        .person(r.person)
                        .dim("level", r.level)
                })
                .collect(),
            "member" => w
                .memberships
                .iter()
                .enumerate()
                .map(|(i, s)| {
                    spell(id("s", i), s.unit, s.from, s.to).person(Some(s.person)).dim("category", s.word)
                })
                .collect(),
            "standing" => self.standings(),
            "headcount" => w
                .headcounts
                .iter()
                .enumerate()
                .map(|(i, r)| {
                    let to = Some(year_day(r.year, "12-31"));
                    spell(id("h", i), r.unit, year_day(r.year, "01-01"), to)
                        .n(r.n)
                        .dim("category", r.category)
                })
                .collect(),
            "unit" => (0..w.units.len())
                .filter_map(|u| {
                    let (from, to) = self.life(u)?;
                    let kind = w.units[u].kind;
                    let fact = spell(format!("u{u}/{from}"), u, from, Some(to));
                    Some(fact.dim("grassroots", is_grassroots(kind)).dim("cell", is_cell(kind)))
                })
                .collect(),
            _ => panic!("no measure {name}"),
        }
    }

    /// Attendance: by count for the unit of the site, by name for the unit of the person.
    fn study(&self, name: &str) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (i, a) in self.world.activities.iter().enumerate() {
            for (j, (unit, attended)) in a.sites.iter().enumerate() {
                let fact = event(format!("a{i}-{j}"), *unit, a.day).dim("kind", a.kind);
                if name == "site" {
                    facts.push(fact.amount(Some(*attended)));
                } else if *attended > 0 {
                    facts.push(fact.n(*attended));
                }
            }
            for (person, status, makeup) in a.named.iter().filter(|_| name == "attended") {
                let on = match (*status, makeup) {
                    ("present", _) => a.day,
                    (_, Some(makeup)) => *makeup,
                    _ => continue,
                };
                let unit = self.belonged(*person, on, a.unit).unwrap_or(a.unit);
                facts.push(
                    event(format!("a{i}-p{person}"), unit, on).person(Some(*person)).dim("kind", a.kind),
                );
            }
        }
        facts
    }

    /// Where a person belonged on a day: the organiser's first, then party, youth, the others.
    fn belonged(&self, person: usize, on: Day, organiser: usize) -> Option<usize> {
        let rank = |s: &SpellRow| match s.word {
            _ if s.unit == organiser => 0,
            "party_member" => 1,
            "youth_member" => 2,
            "association_member" => 3,
            "official" => 4,
            _ => 5,
        };
        let there = |s: &&SpellRow| s.person == person && s.from <= on && s.to.is_none_or(|to| to >= on);
        let mut found: Vec<(usize, &SpellRow)> =
            self.world.memberships.iter().enumerate().filter(|(_, s)| there(s)).collect();
        found.sort_by_key(|(i, s)| (rank(s), std::cmp::Reverse(s.from), id("s", *i)));
        found.first().map(|(_, s)| s.unit)
    }

    /// Standings cut to the memberships of party members they fall into.
    fn standings(&self) -> Vec<Fact> {
        let far = day("9999-12-31");
        let mut facts = Vec::new();
        for (i, s) in self.world.standings.iter().enumerate() {
            let (from, to) = (s.from, s.to.unwrap_or(far));
            let mut any = false;
            for m in
                self.world.memberships.iter().filter(|m| m.person == s.person && m.word == "party_member")
            {
                let (since, until) = (m.from.max(from), m.to.unwrap_or(far).min(to));
                if since <= until {
                    any = true;
                    facts.push((i, m.unit, since, until));
                }
            }
            if !any {
                facts.push((i, 0, from, to));
            }
        }
        let word = |i: usize| self.world.standings[i].word;
        let person = |i: usize| self.world.standings[i].person;
        let fact = |(i, unit, from, to): (usize, usize, Day, Day)| {
            spell(id("t", i), unit, from, Some(to)).person(Some(person(i))).dim("standing", word(i))
        };
        facts.into_iter().map(fact).collect()
    }
}

fn event(id: String, unit: usize, on: Day) -> Fact {
    Fact { id, unit, from: on, to: on, person: None, n: 1, amount: None, dims: BTreeMap::new() }
}

fn spell(id: String, unit: usize, from: Day, to: Option<Day>) -> Fact {
    Fact { to: to.unwrap_or(day("9999-12-31")), ..event(id, unit, from) }
}

impl Fact {
    fn person(self, person: Option<usize>) -> Fact {
        Fact { person, ..self }
    }
    fn n(self, n: i64) -> Fact {
        Fact { n, ..self }
    }
    fn amount(self, amount: Option<i64>) -> Fact {
        Fact { amount, ..self }
    }
    fn dim(mut self, name: &'static str, value: impl Into<Cell>) -> Fact {
        self.dims.insert(name, value.into());
        self
    }
}
