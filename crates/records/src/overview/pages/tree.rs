//! The tree of units as at a day, with what happened to them, and the search by name.

use crate::REGISTRY;
use crate::account::units_with;
use crate::figure::pages::encoded;
use crate::kind::Ty;
use crate::unit::{self, Unit};
use askama::Template;
use axum::response::Response;
use domain::text::fold;
use domain::{Action, Day, FAR_DAY, Lang};
use shell::{Fields, Form, Result, Visit};
use std::collections::{HashMap, HashSet};
use store::{Tx, params};

/// More events than these are history for a search.
const MOST_EVENTS: usize = 100;

#[derive(Template)]
#[template(path = "overview/templates/tree.html")]
struct Page<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    nodes: Vec<Node>,
    found: Option<Vec<Found>>,
    events: Vec<EventLine>,
    count: String,
}

#[derive(Template)]
#[template(path = "overview/templates/node.html")]
struct Node {
    name: String,
    href: String,
    below: String,
    open: bool,
    children: Vec<Node>,
}

impl askama::filters::HtmlSafe for Node {}

struct Found {
    name: String,
    href: String,
    above: String,
    until: String,
}

/// A line of what happened to units.
pub struct EventLine {
    pub day: String,
    pub unit: String,
    pub href: String,
    pub what: String,
    pub other: String,
    pub other_href: String,
    pub decision: String,
}

/// `GET /units?day=&q=`
pub async fn page(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let day = form.day("day").unwrap_or_else(|| visit.today());
    let words = form.text("q", 100).unwrap_or_default();
    if form.is_ok() {
        form = form.with("day", visit.day(day));
    }
    let seen = units_with(&mut tx, visit.actor(), Action::ReadUnits, visit.today()).await?;
    let seen: HashSet<String> = seen.into_iter().collect();
    let mut units = unit::as_at(&mut tx, day).await?;
    units.retain(|u| seen.contains(&u.id));
    let found = if fold(&words).is_empty() {
        None
    } else {
        Some(search(&visit, &mut tx, &words, &seen, &units, day).await?)
    };
    let events = events(&visit, &mut tx, &seen, None).await?;
    let count = visit.number(i64::try_from(units.len()).unwrap_or(i64::MAX));
    let nodes = if found.is_some() { Vec::new() } else { forest(&visit, units) };
    let body = Page { v: &visit, f: visit.fields(&form), nodes, found, events, count };
    visit.page(visit.text("overview-tree-title")).lead(visit.text("overview-tree-lead")).show(&body)
}

/// The units as nested lists. A unit whose parent is not seen stands at the top.
fn forest(visit: &Visit, units: Vec<Unit>) -> Vec<Node> {
    let ids: HashSet<String> = units.iter().map(|u| u.id.clone()).collect();
    let mut below: HashMap<String, Vec<Unit>> = HashMap::new();
    let mut tops = Vec::new();
    for unit in units {
        match unit.parent.clone().filter(|p| ids.contains(p)) {
            Some(parent) => below.entry(parent).or_default().push(unit),
            None => tops.push(unit),
        }
    }
    tops.into_iter().map(|u| node(visit, u, &mut below, 0)).collect()
}

fn node(visit: &Visit, unit: Unit, below: &mut HashMap<String, Vec<Unit>>, depth: usize) -> Node {
    let children = below.remove(&unit.id).unwrap_or_default();
    let n = i64::try_from(children.len()).unwrap_or(0);
    // Each unit has one parent on a day, so this ends; the tree is no deeper than the levels.
    let children = children.into_iter().map(|u| node(visit, u, below, depth + 1)).collect();
    Node {
        href: format!("/unit/{}", encoded(&unit.code)),
        name: unit.name,
        below: if n == 0 { String::new() } else { format!("{} ({})", visit.text("overview-below"), visit.number(n)) },
        open: depth == 0,
        children,
    }
}

/// Units by any name they ever had, without regard to tone marks; also by code.
async fn search(
    visit: &Visit,
    tx: &mut Tx,
    words: &str,
    seen: &HashSet<String>,
    standing: &[Unit],
    day: Day,
) -> Result<Vec<Found>> {
    let wanted = fold(words);
    let wanted: Vec<&str> = wanted.split(' ').collect();
    let rows = tx
        .query(
            "SELECT u.id, u.code, n.name, n.to_day FROM unit_name n JOIN unit u ON u.id = n.unit
             WHERE u.withdrawn IS NULL ORDER BY u.sort, u.code, n.from_day DESC",
            &[],
        )
        .await?;
    let names: HashMap<&str, &Unit> = standing.iter().map(|u| (u.id.as_str(), u)).collect();
    let mut there = HashSet::new();
    let mut found = Vec::new();
    for row in &rows {
        let (id, code, name) = (row.words("id")?, row.words("code")?, row.words("name")?);
        let text = fold(&format!("{name} {code}"));
        if !seen.contains(&id) || !wanted.iter().all(|w| text.contains(w)) || !there.insert(id.clone()) {
            continue;
        }
        let to = row.day("to_day")?;
        let above = names.get(id.as_str()).and_then(|u| u.parent.as_deref()).and_then(|p| names.get(p));
        found.push(Found {
            name,
            href: format!("/unit/{}", encoded(&code)),
            above: above.map(|u| u.name.clone()).unwrap_or_default(),
            until: if to < day { visit.day(to) } else { String::new() },
        });
    }
    Ok(found)
}

/// What happened to the units seen, newest first; of one unit only when it is given.
pub async fn events(
    visit: &Visit,
    tx: &mut Tx,
    seen: &HashSet<String>,
    only: Option<&str>,
) -> Result<Vec<EventLine>> {
    let named = |unit: &str| {
        format!(
            "COALESCE((SELECT n.name FROM unit_name n WHERE n.unit = {unit} AND n.from_day = (
                SELECT MAX(x.from_day) FROM unit_name x WHERE x.unit = {unit} AND x.from_day < e.day)), '')"
        )
    };
    let sql = format!(
        "SELECT e.event, e.day, e.decision, e.new_name, e.unit, u.code, u.name AS founded, {} AS name,
                e.other, o.code AS other_code, o.name AS other_founded, {} AS other_name
         FROM unit_event e JOIN unit u ON u.id = e.unit LEFT JOIN unit o ON o.id = e.other
         WHERE e.withdrawn IS NULL AND (e.unit = $1 OR e.other = $1 OR $1 = '') ORDER BY e.day DESC, e.code",
        named("e.unit"),
        named("e.other")
    );
    let event_kind = REGISTRY.kind("unit_event").and_then(|k| k.field("event")).map(|f| f.ty);
    let words = |code: &str| match event_kind {
        Some(Ty::Choice(choices)) => choices
            .iter()
            .find(|c| c.code == code)
            .map_or(code, |c| if visit.lang() == Lang::Vi { c.vi } else { c.en })
            .to_owned(),
        _ => code.to_owned(),
    };
    let mut lines = Vec::new();
    for row in tx.query(&sql, params![only.unwrap_or_default()]).await? {
        let (unit, other) = (row.words("unit")?, row.opt_text("other")?.map(str::to_owned));
        if !seen.contains(&unit) && !other.as_ref().is_some_and(|o| seen.contains(o)) {
            continue;
        }
        let named =
            |name: &str, founded: &str| if name.is_empty() { founded.to_owned() } else { name.to_owned() };
        let link = |id: &str, code: Option<&str>| match code {
            Some(code) if seen.contains(id) => format!("/unit/{}", encoded(code)),
            _ => String::new(),
        };
        let other_id = other.as_deref().unwrap_or_default();
        let other_name = match row.opt_text("other_founded")? {
            Some(founded) => named(row.text("other_name")?, founded),
            None => row.opt_text("new_name")?.unwrap_or_default().to_owned(),
        };
        lines.push(EventLine {
            day: visit.day(row.day("day")?),
            unit: named(row.text("name")?, row.text("founded")?),
            href: link(&unit, Some(row.text("code")?)),
            what: words(row.text("event")?),
            other: other_name,
            other_href: link(other_id, row.opt_text("other_code")?),
            decision: row.words("decision")?,
        });
        if lines.len() == MOST_EVENTS {
            break;
        }
    }
    Ok(lines)
}

/// The last day of a span, when it has ended.
pub fn ended(to: Day) -> Option<Day> {
    (to.to_string() != FAR_DAY).then_some(to)
}
