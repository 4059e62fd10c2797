//! Small random worlds: a tree and what happened to it, people, records, statements, return
//! states. The same world is loaded into either database and given to the oracle.

use crate::unit::tree::{Event, Forest, Founding};
use chrono::TimeDelta;
use domain::{Day, Period};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use store::{Tx, Value, params};

pub const KINDS: [&str; 6] =
    ["block", "district", "grassroots_committee", "grassroots_cell", "sub_committee", "cell"];
pub const CATEGORIES: [&str; 4] = ["party_member", "youth_member", "official", "worker"];
/// What units hand in; `all` is every kind.
pub const RETURNED: [&str; 8] =
    ["all", "inspection", "contribution", "activity", "commitment", "person", "rating", "unit_headcount"];

pub fn day(text: &str) -> Day {
    Day::parse_from_str(text, "%Y-%m-%d").unwrap()
}

pub fn id(prefix: &str, n: usize) -> String {
    format!("{prefix}{n}")
}

#[derive(Debug, Clone, Copy)]
pub struct UnitRow {
    pub kind: &'static str,
    pub parent: Option<usize>,
    pub from: Day,
}

#[derive(Debug, Clone)]
pub struct EventRow {
    pub event: &'static str,
    pub unit: usize,
    pub other: Option<usize>,
    pub day: Day,
}

#[derive(Debug, Clone)]
pub struct SpellRow {
    pub person: usize,
    pub unit: usize,
    pub word: &'static str,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Inspection {
    pub unit: usize,
    pub day: Day,
    pub act: &'static str,
    pub object_unit: Option<usize>,
    pub object_person: Option<usize>,
    pub head: bool,
    pub about: Option<&'static str>,
    pub remedy_deadline: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Contribution {
    pub unit: usize,
    pub day: Day,
    pub purpose: &'static str,
    pub amount: Option<i64>,
    pub things: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Activity {
    pub unit: usize,
    pub day: Day,
    pub kind: &'static str,
    /// Attendance by count: unit, people.
    pub sites: Vec<(usize, i64)>,
    /// Attendance by name: person, status, day of making up.
    pub named: Vec<(usize, &'static str, Option<Day>)>,
}

#[derive(Debug, Clone)]
pub struct Commitment {
    pub unit: usize,
    pub person: Option<usize>,
    pub year: i32,
    pub registered: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Practice {
    pub unit: usize,
    pub field: &'static str,
    pub day: Day,
}

#[derive(Debug, Clone)]
pub struct Rating {
    pub unit: usize,
    pub person: Option<usize>,
    pub year: i32,
    pub level: &'static str,
}

#[derive(Debug, Clone)]
pub struct Headcount {
    pub unit: usize,
    pub year: i32,
    pub category: &'static str,
    pub n: i64,
}

#[derive(Debug, Clone)]
pub struct Stated {
    /// Place in [`super::book::EXPRESSIONS`].
    pub indicator: usize,
    pub unit: usize,
    pub subtree: bool,
    pub period: Period,
    /// In hundredths.
    pub value: i64,
    pub comparator: &'static str,
    pub settled: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub struct Returned {
    pub unit: usize,
    pub kind: &'static str,
    pub year: i32,
    pub state: &'static str,
}

/// What is asked of a world.
#[derive(Debug, Clone)]
pub struct Question {
    pub unit: usize,
    pub period: Period,
    pub period_end: bool,
    pub start: Option<Day>,
    /// Which indicators; the first are those that units state in this world.
    pub asked: Vec<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct World {
    pub units: Vec<UnitRow>,
    pub events: Vec<EventRow>,
    pub persons: usize,
    pub memberships: Vec<SpellRow>,
    pub standings: Vec<SpellRow>,
    pub inspections: Vec<Inspection>,
    pub contributions: Vec<Contribution>,
    pub activities: Vec<Activity>,
    pub commitments: Vec<Commitment>,
    pub practices: Vec<Practice>,
    pub ratings: Vec<Rating>,
    pub headcounts: Vec<Headcount>,
    pub stated: Vec<Stated>,
    pub returned: Vec<Returned>,
    pub questions: Vec<Question>,
}

fn founding(i: usize, unit: &UnitRow) -> Founding {
    Founding {
        id: id("u", i),
        code: id("U", i),
        name: id("Unit ", i),
        parent: unit.parent.map(|p| id("u", p)),
        from: unit.from,
        decision: None,
    }
}

fn event(e: &EventRow) -> Event {
    Event {
        event: e.event.to_owned(),
        unit: id("u", e.unit),
        other: e.other.map(|o| id("u", o)),
        new_name: (e.event == "rename").then(|| format!("Unit {} renamed", e.unit)),
        day: e.day,
        decision: "QĐ".to_owned(),
    }
}

/// Days of four years, the turns of years and half-years more often than others.
fn some_day() -> impl Strategy<Value = Day> {
    let turns =
        ["2021-01-01", "2021-12-31", "2022-01-01", "2022-06-30", "2022-07-01", "2022-12-31", "2023-12-31"];
    prop_oneof![
        3 => (0i64..1_460).prop_map(|n| day("2020-07-01") + TimeDelta::days(n)),
        1 => select(turns.map(day).to_vec()),
    ]
}

pub fn periods() -> Vec<Period> {
    let days = |a, b| Period::new(day(a), day(b)).unwrap();
    vec![
        Period::year(2021),
        Period::year(2022),
        Period::year(2023),
        Period::years(2021, 2022),
        Period::years(2021, 2023),
        days("2022-01-01", "2022-06-30"),
        days("2022-07-01", "2022-12-31"),
        days("2021-07-01", "2023-06-30"),
    ]
}

fn spells(
    units: usize,
    persons: usize,
    words: &'static [&'static str],
    most: usize,
) -> BoxedStrategy<Vec<SpellRow>> {
    let spell = (0..persons, 0..units, select(words), some_day(), option::weighted(0.5, 0i64..900));
    let row = |(person, unit, word, from, length): (usize, usize, &'static str, Day, Option<i64>)| SpellRow {
        person,
        unit,
        word,
        from,
        to: length.map(|n| from + TimeDelta::days(n)),
    };
    let unique = |mut rows: Vec<SpellRow>| {
        rows.sort_by_key(|r| (r.person, r.word, r.from));
        rows.dedup_by_key(|r| (r.person, r.word, r.from));
        rows
    };
    vec(spell.prop_map(row), 0..most).prop_map(unique).boxed()
}

fn tree() -> impl Strategy<Value = (Vec<UnitRow>, Vec<EventRow>)> {
    let unit = (select(&KINDS[1..]), any::<prop::sample::Index>(), option::weighted(0.2, some_day()));
    let change = (
        select(vec!["move", "move", "move", "merge", "rename", "dissolve"]),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        some_day(),
    );
    (vec(unit, 1..7), vec(change, 0..8)).prop_map(|(below, changes)| {
        let mut units = vec![UnitRow { kind: "block", parent: None, from: day("2019-01-01") }];
        for (kind, parent, from) in below {
            let parent = parent.index(units.len());
            let from = from.unwrap_or(day("2019-01-01")).max(units[parent].from);
            units.push(UnitRow { kind, parent: Some(parent), from });
        }
        let foundings: Vec<Founding> = units.iter().enumerate().map(|(i, u)| founding(i, u)).collect();
        let mut events: Vec<EventRow> = Vec::new();
        for (kind, unit, other, on) in changes {
            let (unit, other) = (unit.index(units.len()), other.index(units.len()));
            let other = matches!(kind, "move" | "merge").then_some(other);
            // One event a day keeps the oracle naive; an impossible one is left out.
            if other == Some(unit) || events.iter().any(|e| e.day == on) {
                continue;
            }
            events.push(EventRow { event: kind, unit, other, day: on });
            let all: Vec<Event> = events.iter().map(event).collect();
            if Forest::grow(&foundings, &all).is_err() {
                events.pop();
            }
        }
        events.sort_by_key(|e| e.day);
        (units, events)
    })
}

/// How many indicators are stated in a world, and how many more are asked for: few, so that
/// statements meet.
const STATED: usize = 4;
const MORE: usize = 8;

/// A world, with its questions.
pub fn world(indicators: usize) -> impl Strategy<Value = World> {
    let some = vec(0..indicators, STATED + MORE);
    (tree(), some, select(periods())).prop_flat_map(move |((units, events), asked, period)| {
        let n = units.len();
        let p = 5usize;
        let amount = prop_oneof![Just(0i64), 1i64..5_000];
        let inspection = (
            (0..n, some_day(), select(vec!["inspection", "supervision"])),
            (option::of(0..n), option::of(0..p), any::<bool>()),
            (option::of(select(vec!["session", "violation", "other"])), option::of(some_day())),
        )
            .prop_map(|((unit, day, act), (object_unit, object_person, head), (about, remedy_deadline))| {
                Inspection { unit, day, act, object_unit, object_person, head, about, remedy_deadline }
            });
        let contribution =
            (0..n, some_day(), select(vec!["covid", "poor", "bridge"]), option::weighted(0.7, amount), option::of(1i64..9))
                .prop_map(|(unit, day, purpose, amount, things)| Contribution { unit, day, purpose, amount, things });
        let named = (0..p, select(vec!["present", "absent", "exempt"]), option::weighted(0.3, some_day()));
        let activity = (
            (0..n, some_day(), select(vec!["conference", "topic_session"])),
            vec((0..n, 0i64..60), 0..3),
            vec(named, 0..4),
        )
            .prop_map(|((unit, day, kind), sites, mut named)| {
                named.sort_by_key(|a| a.0);
                named.dedup_by_key(|a| a.0);
                Activity { unit, day, kind, sites, named }
            });
        let commitment = (0..n, option::of(0..p), 2021i32..=2023, option::of(some_day()))
            .prop_map(|(unit, person, year, registered)| Commitment { unit, person, year, registered });
        let practice = (0..n, select(vec!["reform", "welfare"]), some_day())
            .prop_map(|(unit, field, day)| Practice { unit, field, day });
        let rating = (0..n, option::of(0..p), 2021i32..=2023, select(vec!["excellent", "excellent", "good"]))
            .prop_map(|(unit, person, year, level)| Rating { unit, person, year, level });
        let headcount = (0..n, 2021i32..=2023, select(&CATEGORIES[..2]), 0i64..40)
            .prop_map(|(unit, year, category, n)| Headcount { unit, year, category, n });
        // The days that are asked for are stated and asked for more often than others.
        let days = move || prop_oneof![2 => Just(period), 3 => select(periods())];
        let stated = (
            (select(asked[..STATED].to_vec()), 0..n, any::<bool>(), days()),
            prop_oneof![(0i64..30).prop_map(|n| n * 100), 0i64..3_000],
            select(vec!["exact", "exact", "exact", "at_least", "at_most", "approx"]),
            option::weighted(0.25, select(vec!["counted", "stated"])),
        )
            .prop_map(|((indicator, unit, subtree, period), value, comparator, settled)| Stated {
                indicator,
                unit,
                subtree,
                period,
                value,
                comparator,
                settled,
            });
        let returned =
            (0..n, select(&RETURNED[..]), 2021i32..=2023, select(vec!["none", "partial", "complete", "complete"]))
                .prop_map(|(unit, kind, year, state)| Returned { unit, kind, year, state });
        // Everybody complete, so that counts come before statements more often.
        let whole = any::<bool>();
        // Whoever has much below is asked more often.
        let top = prop_oneof![1 => Just(0usize), 2 => 0..n];
        let question = (top, days(), any::<bool>(), option::of(some_day())).prop_map(
            move |(unit, period, period_end, start)| Question { unit, period, period_end, start, asked: asked.clone() },
        );
        let records = (
            vec(inspection, 0..14),
            vec(contribution, 0..8),
            vec(activity, 0..4),
            vec(commitment, 0..6),
            vec(practice, 0..5),
            vec(rating, 0..12),
            vec(headcount, 0..5),
        );
        let people = (spells(n, p, &CATEGORIES, 9), spells(1, p, &["probationary", "official", "exempt"], 6));
        let said = (vec(stated, 0..14), vec(returned, 0..8), whole);
        (Just((units, events)), people, records, said, vec(question, 2)).prop_map(
            |((units, events), (memberships, standings), records, (mut stated, mut returned, whole), questions)| {
                let (inspections, contributions, activities, commitments, practices, ratings, mut headcounts) = records;
                if whole {
                    for unit in 0..units.len() {
                        for year in 2021..=2023 {
                            returned.push(Returned { unit, kind: "all", year, state: "complete" });
                        }
                    }
                }
                returned.sort_by_key(|r| (r.unit, r.kind, r.year));
                returned.dedup_by_key(|r| (r.unit, r.kind, r.year));
                headcounts.sort_by_key(|h| (h.unit, h.year, h.category));
                headcounts.dedup_by_key(|h| (h.unit, h.year, h.category));
                // One settlement for each indicator, unit and period.
                for i in 0..stated.len() {
                    let same = |a: &Stated, b: &Stated| {
                        (a.indicator, a.unit, a.period) == (b.indicator, b.unit, b.period)
                    };
                    let first = stated.iter().find(|s| same(s, &stated[i])).and_then(|s| s.settled);
                    stated[i].settled = first;
                }
                World {
                    units,
                    events,
                    persons: 5,
                    memberships,
                    standings,
                    inspections,
                    contributions,
                    activities,
                    commitments,
                    practices,
                    ratings,
                    headcounts,
                    stated,
                    returned,
                    questions,
                }
            },
        )
    })
}

fn opt(prefix: &str, n: Option<usize>) -> Value {
    Value::Text(n.map(|n| id(prefix, n)))
}

impl World {
    /// Writes the world into an empty database, and computes its tree.
    pub async fn load(&self, tx: &mut Tx) {
        let units: Vec<_> = self
            .units
            .iter()
            .enumerate()
            .map(|(i, u)| {
                let name = id("Unit ", i);
                params![id("u", i), id("U", i), &name, u.kind, opt("u", u.parent), u.from, &name, &name]
                    .to_vec()
            })
            .collect();
        put(tx, "unit", "id code name kind parent from_day search sort", units).await;
        let events = self.events.iter().enumerate().map(|(i, e)| {
            let renamed = event(e).new_name;
            params![id("e", i), id("E", i), e.event, id("u", e.unit), opt("u", e.other), renamed, e.day, "QĐ"]
                .to_vec()
        });
        put(tx, "unit_event", "id code event unit other new_name day decision", events.collect()).await;
        crate::unit::rebuild(tx).await.unwrap().unwrap();
        let persons = (0..self.persons).map(|i| {
            params![id("p", i), id("P", i), id("Person ", i), "u0", CATEGORIES[0], day("2015-01-01")].to_vec()
        });
        put(tx, "person", "id code name unit category since", persons.collect()).await;
        let spell = |i: usize, s: &SpellRow| {
            params![id("s", i), id("p", s.person), id("u", s.unit), s.word, s.from, s.to].to_vec()
        };
        let rows = self.memberships.iter().enumerate().map(|(i, s)| spell(i, s));
        put(tx, "membership", "id person unit category from_day to_day", rows.collect()).await;
        let rows = self
            .standings
            .iter()
            .enumerate()
            .map(|(i, s)| params![id("t", i), id("p", s.person), s.word, s.from, s.to].to_vec());
        put(tx, "standing", "id person standing from_day to_day", rows.collect()).await;
        let rows = self.inspections.iter().enumerate().map(|(i, r)| {
            let (object_unit, object_person) = (opt("u", r.object_unit), opt("p", r.object_person));
            let object = if r.object_person.is_some() { "person" } else { "organisation" };
            params![
                id("i", i),
                id("I", i),
                id("u", r.unit),
                "cell",
                r.act,
                object,
                object_unit,
                object_person,
                r.head,
                r.day,
                r.about,
                r.remedy_deadline
            ]
            .to_vec()
        });
        let columns =
            "id code unit actor act object object_unit object_person head day about remedy_deadline";
        put(tx, "inspection", columns, rows.collect()).await;
        let rows = self.contributions.iter().enumerate().map(|(i, r)| {
            let thing = r.things.map(|_| "gift");
            params![
                id("c", i),
                id("C", i),
                id("u", r.unit),
                "own",
                "given",
                r.day,
                r.purpose,
                r.amount,
                thing,
                r.things
            ]
            .to_vec()
        });
        put(tx, "contribution", "id code unit side way day purpose amount thing things", rows.collect())
            .await;
        self.load_study(tx).await;
        let rows = self.commitments.iter().enumerate().map(|(i, r)| {
            params![id("k", i), id("K", i), id("u", r.unit), opt("p", r.person), r.year, r.registered]
                .to_vec()
        });
        put(tx, "commitment", "id code unit person year registered_day", rows.collect()).await;
        let rows = self.practices.iter().enumerate().map(|(i, r)| {
            params![id("m", i), id("M", i), id("u", r.unit), "Mô hình", r.field, r.day].to_vec()
        });
        put(tx, "practice", "id code unit title field registered_day", rows.collect()).await;
        let rows = self.ratings.iter().enumerate().map(|(i, r)| {
            let object = if r.person.is_some() { "person" } else { "organisation" };
            params![id("r", i), id("R", i), id("u", r.unit), object, opt("p", r.person), r.year, r.level]
                .to_vec()
        });
        put(tx, "rating", "id code unit object person year level", rows.collect()).await;
        let rows = self
            .headcounts
            .iter()
            .enumerate()
            .map(|(i, r)| params![id("h", i), id("u", r.unit), r.year, r.category, r.n].to_vec());
        put(tx, "unit_headcount", "id unit year category n", rows.collect()).await;
        self.load_said(tx).await;
    }

    async fn load_study(&self, tx: &mut Tx) {
        let (mut activities, mut sites, mut named) = (Vec::new(), Vec::new(), Vec::new());
        for (i, a) in self.activities.iter().enumerate() {
            activities
                .push(params![id("a", i), id("A", i), id("u", a.unit), a.kind, "Học tập", a.day].to_vec());
            for (j, (unit, attended)) in a.sites.iter().enumerate() {
                let site = format!("a{i}-{j}");
                sites.push(params![&site, id("a", i), &site, id("u", *unit), *attended].to_vec());
            }
            for (person, status, makeup) in &a.named {
                let attendance = format!("a{i}-p{person}");
                named.push(params![attendance, id("a", i), id("p", *person), *status, *makeup].to_vec());
            }
        }
        put(tx, "activity", "id code unit kind title day", activities).await;
        put(tx, "attendance_site", "id activity site unit attended", sites).await;
        put(tx, "attendance", "id activity person status makeup_day", named).await;
    }

    async fn load_said(&self, tx: &mut Tx) {
        let (mut stated, mut settled) = (Vec::new(), Vec::new());
        let mut seen = Vec::new();
        for (i, s) in self.stated.iter().enumerate() {
            let indicator = super::book::name(s.indicator);
            let (from, to) = (s.period.from(), s.period.to());
            // The codes keep the order in which they stand here.
            let code = format!("SL{i:03}");
            stated.push(
                params![
                    &code,
                    &code,
                    &indicator,
                    id("u", s.unit),
                    s.subtree,
                    from,
                    to,
                    s.value,
                    s.comparator
                ]
                .to_vec(),
            );
            let key = (s.indicator, s.unit, s.period);
            if let Some(decides) = s.settled.filter(|_| !seen.contains(&key)) {
                seen.push(key);
                settled
                    .push(params![id("d", i), &indicator, id("u", s.unit), from, to, decides, "vì"].to_vec());
            }
        }
        put(tx, "stated_figure", "id code indicator unit subtree from_day to_day value comparator", stated)
            .await;
        put(tx, "settlement", "id indicator unit from_day to_day decides reason", settled).await;
        let rows = self
            .returned
            .iter()
            .enumerate()
            .map(|(i, r)| params![id("n", i), id("u", r.unit), r.kind, r.year, r.state].to_vec());
        put(tx, "return_state", "id unit kind year state", rows.collect()).await;
    }
}

async fn put(tx: &mut Tx, table: &str, columns: &str, rows: Vec<Vec<Value>>) {
    let columns: Vec<&str> = columns.split(' ').collect();
    tx.insert(table, &columns, &rows).await.unwrap();
}
