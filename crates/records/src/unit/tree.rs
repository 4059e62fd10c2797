//! The tree through time, computed from founding rows and events. Pure: no database.
//!
//! Days are ISO texts, both ends included; what has no end runs to `FAR_DAY`.

use domain::{Day, FAR_DAY, Message, day_short};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A unit as it was founded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The unit's id.
    pub id: String,
    /// Its code, for messages.
    pub code: String,
    /// Its name at founding.
    pub name: String,
    /// Its parent at founding.
    pub parent: Option<String>,
    /// Its first day.
    pub from: Day,
    /// The decision that founded it.
    pub decision: Option<String>,
}

/// What happened to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// merge, split, move, rename, dissolve.
    pub event: String,
    /// The unit it happened to.
    pub unit: String,
    /// The receiving unit, the new parent, the unit split off.
    pub other: Option<String>,
    /// The new name.
    pub new_name: Option<String>,
    /// From this day on.
    pub day: Day,
    /// The decision.
    pub decision: String,
}

/// A unit under a parent for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The unit.
    pub unit: String,
    /// Its parent; `None` at the top.
    pub parent: Option<String>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The decision behind it.
    pub decision: Option<String>,
}

/// A name for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// One unit above another (or itself) for some days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The one above.
    pub ancestor: String,
    /// The one below, or the same.
    pub descendant: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// How many steps between them.
    pub depth: i64,
}

/// The whole history of a tree (or several).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forest {
    /// Every parent of every unit.
    pub edges: Vec<Edge>,
    /// Every name of every unit.
    pub names: Vec<Name>,
    /// Every ancestor of every unit.
    pub spans: Vec<Span>,
}

fn iso(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn before(day: Day) -> String {
    iso(day.pred_opt().unwrap_or(day))
}

/// A unit while the events are played: its open edge and name.
struct State {
    open_edge: Option<Edge>,
    open_name: Option<Name>,
}

impl Forest {
    /// Plays the events in order of their days. All problems come back together.
    pub fn grow(foundings: &[Founding], events: &[Event]) -> Result<Forest, Vec<Message>> {
        let mut problems = Vec::new();
        let by_id: HashMap<&str, &Founding> = foundings.iter().map(|f| (f.id.as_str(), f)).collect();
        let code = |id: &str| by_id.get(id).map_or(id, |f| f.code.as_str()).to_owned();
        let mut forest = Forest::default();
        let mut states: BTreeMap<String, State> = BTreeMap::new();
        for f in foundings {
            let (from, to) = (iso(f.from), FAR_DAY.to_owned());
            if let Some(parent) = f.parent.as_deref().and_then(|p| by_id.get(p))
                && parent.from > f.from
            {
                problems.push(
                    Message::new("unit-older-than-parent")
                        .with("unit", &f.code)
                        .with("parent", &parent.code)
                        .with("day", day_short(parent.from)),
                );
            }
            let edge = Edge {
                unit: f.id.clone(),
                parent: f.parent.clone(),
                from: from.clone(),
                to: to.clone(),
                decision: f.decision.clone(),
            };
            let name = Name { unit: f.id.clone(), name: f.name.clone(), from, to };
            states.insert(f.id.clone(), State { open_edge: Some(edge), open_name: Some(name) });
        }

        let mut events: Vec<&Event> = events.iter().collect();
        // On one day units are moved before others end, so that nobody is left behind.
        events.sort_by_key(|e| (e.day, matches!(e.event.as_str(), "merge" | "dissolve"), e.unit.clone()));
        for event in events {
            play(event, &mut states, &mut forest, &mut problems, &code);
        }
        for (_, state) in states {
            forest.edges.extend(state.open_edge);
            forest.names.extend(state.open_name);
        }
        forest.edges.sort_by(|a, b| (&a.unit, &a.from).cmp(&(&b.unit, &b.from)));
        forest.names.sort_by(|a, b| (&a.unit, &a.from).cmp(&(&b.unit, &b.from)));
        forest.close(&mut problems, &code);
        if problems.is_empty() { Ok(forest) } else { Err(problems) }
    }

    /// Computes the spans from the edges: walks up from every edge, cutting the days at each step.
    fn close(&mut self, problems: &mut Vec<Message>, code: &dyn Fn(&str) -> String) {
        let mut above: HashMap<&str, Vec<&Edge>> = HashMap::new();
        for edge in &self.edges {
            above.entry(edge.unit.as_str()).or_default().push(edge);
        }
        let mut spans = Vec::new();
        let mut looped = BTreeSet::new();
        for unit in above.keys() {
            // A unit's own life is one run of days, whatever its parents were.
            let lives = &above[unit];
            let from = lives.iter().map(|e| e.from.as_str()).min().unwrap_or_default().to_owned();
            let to = lives.iter().map(|e| e.to.as_str()).max().unwrap_or_default().to_owned();
            let mut frontier = vec![(unit.to_string(), from, to, 0_i64)];
            let limit = i64::try_from(above.len()).unwrap_or(i64::MAX);
            while let Some((at, from, to, depth)) = frontier.pop() {
                if depth > 0 && at == **unit || depth > limit {
                    looped.insert(unit.to_string());
                    break;
                }
                for edge in above.get(at.as_str()).into_iter().flatten() {
                    let Some(parent) = &edge.parent else { continue };
                    let (from, to) = (from.clone().max(edge.from.clone()), to.clone().min(edge.to.clone()));
                    if from <= to {
                        frontier.push((parent.clone(), from, to, depth + 1));
                    }
                }
                spans.push(Span { ancestor: at, descendant: unit.to_string(), from, to, depth });
            }
        }
        for unit in looped {
            problems.push(Message::new("unit-own-ancestor").with("unit", code(&unit)));
        }
        spans.sort();
        self.spans = joined(spans);
    }
}

/// Spans of one pair that touch become one, so that a renamed step in between leaves no seam.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if let Some(last) = out.last_mut() {
            let next = Day::parse_from_str(&last.to, "%Y-%m-%d").ok().and_then(|d| d.succ_opt()).map(iso);
            let same = last.ancestor == span.ancestor && last.descendant == span.descendant && last.depth == span.depth;
            if same && next.as_deref() == Some(span.from.as_str()) {
                last.to = span.to;
                continue;
            }
        }
        out.push(span);
    }
    out
}

fn play(
    event: &Event,
    states: &mut BTreeMap<String, State>,
    forest: &mut Forest,
    problems: &mut Vec<Message>,
    code: &dyn Fn(&str) -> String,
) {
    let at = |key: &'static str| {
        Message::new(key).with("unit", code(&event.unit)).with("day", day_short(event.day))
    };
    let alive = |states: &BTreeMap<String, State>, id: &str| {
        states.get(id).and_then(|s| s.open_edge.as_ref()).is_some_and(|e| e.from <= iso(event.day))
    };
    if !alive(states, &event.unit) {
        problems.push(at("unit-event-not-alive"));
        return;
    }
    let other = event.other.as_deref();
    if let Some(other) = other
        && !alive(states, other)
    {
        problems.push(at("unit-event-other-not-alive").with("other", code(other)));
        return;
    }
    match (event.event.as_str(), other) {
        ("move", Some(parent)) => move_to(states, forest, &event.unit, parent, event),
        ("rename", _) => {
            let name = event.new_name.clone().unwrap_or_default();
            if let Some(open) = states.get_mut(&event.unit).and_then(|s| s.open_name.as_mut()) {
                if open.from < iso(event.day) {
                    forest.names.push(Name { to: before(event.day), ..open.clone() });
                }
                open.name = name;
                open.from = iso(event.day);
            }
        }
        ("merge", Some(into)) => {
            let below: Vec<String> = children(states, &event.unit);
            for child in below.iter().filter(|c| c.as_str() != into) {
                move_to(states, forest, child, into, event);
            }
            if below.iter().any(|c| c == into) {
                // Merged into its own child: the child takes its parent's place.
                let parent = states.get(&event.unit).and_then(|s| s.open_edge.as_ref()).and_then(|e| e.parent.clone());
                reparent(states, forest, into, parent, event);
            }
            end(states, forest, &event.unit, event.day);
        }
        ("dissolve", _) => {
            for child in children(states, &event.unit) {
                problems.push(at("unit-left-behind").with("child", code(&child)));
            }
            end(states, forest, &event.unit, event.day);
        }
        // A split's new unit has its own founding row; the event is its reason.
        ("split", Some(_)) => {}
        _ => problems.push(at("unit-event-incomplete")),
    }
}

fn children(states: &BTreeMap<String, State>, unit: &str) -> Vec<String> {
    let below = |s: &State| s.open_edge.as_ref().is_some_and(|e| e.parent.as_deref() == Some(unit));
    states.iter().filter(|(_, s)| below(s)).map(|(id, _)| id.clone()).collect()
}

fn move_to(states: &mut BTreeMap<String, State>, forest: &mut Forest, unit: &str, parent: &str, event: &Event) {
    reparent(states, forest, unit, Some(parent.to_owned()), event);
}

fn reparent(
    states: &mut BTreeMap<String, State>,
    forest: &mut Forest,
    unit: &str,
    parent: Option<String>,
    event: &Event,
) {
    if let Some(open) = states.get_mut(unit).and_then(|s| s.open_edge.as_mut()) {
        if open.from < iso(event.day) {
            forest.edges.push(Edge { to: before(event.day), ..open.clone() });
            open.from = iso(event.day);
        }
        open.parent = parent;
        open.decision = Some(event.decision.clone());
    }
}

fn end(states: &mut BTreeMap<String, State>, forest: &mut Forest, unit: &str, day: Day) {
    if let Some(state) = states.get_mut(unit) {
        let last = before(day);
        forest.edges.extend(state.open_edge.take().filter(|e| e.from <= last).map(|e| Edge { to: last.clone(), ..e }));
        forest.names.extend(state.open_name.take().filter(|n| n.from <= last).map(|n| Name { to: last, ..n }));
    }
}
