//! The walk from a figure to its sources, as HTML: each step prints itself with what it came from.

use super::{encoded, hundredths};
use crate::REGISTRY;
use crate::figure::explain::{Fact, Step, What};
use crate::kind::Ty;
use askama::Template;
use domain::{Action, Day, Lang, Message, Period, day_short};
use figures::{Format, LeafValue, Role, Value};
use shell::Visit;
use std::collections::{HashMap, HashSet};
use store::Tx;

/// Whose records the visitor may see, and how far.
pub struct Rights {
    records: HashSet<String>,
    names: HashSet<String>,
    sensitive: HashSet<String>,
}

impl Rights {
    /// Asks once for a page.
    pub async fn load(visit: &Visit, tx: &mut Tx) -> store::Result<Rights> {
        let mut with = async |action| -> store::Result<HashSet<String>> {
            let units = crate::account::units_with(tx, visit.actor(), action, visit.today()).await?;
            Ok(units.into_iter().collect())
        };
        Ok(Rights {
            records: with(Action::ReadRecords).await?,
            names: with(Action::ReadNames).await?,
            sensitive: with(Action::ReadSensitive).await?,
        })
    }

    /// Whether persons of the unit may be named.
    pub fn names(&self, unit: &str) -> bool {
        self.names.contains(unit)
    }

    /// Whether the unit's records may be seen as rows.
    pub fn records(&self, unit: &str) -> bool {
        self.records.contains(unit)
    }

    fn sensitive(&self, unit: &str) -> bool {
        self.sensitive.contains(unit)
    }
}

/// A unit that stands in a step.
pub struct UnitOf {
    pub id: String,
    pub name: String,
}

/// What a page of steps is about.
pub struct Scene<'a> {
    pub visit: &'a Visit,
    /// The unit's code, for links.
    pub unit: &'a str,
    /// Names of units by their codes.
    pub names: &'a HashMap<String, UnitOf>,
    /// Whether its records may be seen as rows.
    pub rows: bool,
    pub period: Period,
    pub day: Day,
    pub indicator: &'a str,
    /// The link to this page without the place in its rows.
    pub here: &'a str,
    /// Rows skipped, and shown at once.
    pub skip: i64,
    pub most: i64,
}

/// A step, ready to print.
#[derive(Template)]
#[template(path = "figure/templates/step.html")]
pub struct View {
    kind: Shape,
}

impl askama::filters::HtmlSafe for View {}

enum Shape {
    /// A definition or a part: a line, and what it was made from.
    Part { label: String, value: String, href: String, expr: String, from: Vec<View> },
    /// Facts of a measure.
    Leaf(Box<Leaf>),
    /// What a unit stated about the figure itself.
    Stated(Stated),
}

struct Leaf {
    title: String,
    value: String,
    count: String,
    rolls_up: String,
    remarks: Vec<String>,
    units_title: String,
    units: Vec<UnitLine>,
    stated_title: String,
    stated: Vec<Stated>,
    facts_title: String,
    columns: [String; 4],
    facts: Vec<FactLine>,
    hidden: String,
    range: String,
    earlier: Option<(String, String)>,
    later: Option<(String, String)>,
    /// The years of a number that is added up year by year.
    years: Vec<View>,
    unit_column: String,
    number_column: String,
    open: String,
}

struct UnitLine {
    name: String,
    href: String,
    value: String,
}

struct Stated {
    line: String,
    quote: String,
    file: String,
    remark: String,
    used: bool,
}

struct FactLine {
    day: String,
    unit: String,
    href: String,
    title: String,
    more: String,
    person: String,
    number: String,
    source: String,
}

/// The steps below the figure itself.
pub fn views(scene: &Scene<'_>, steps: &[Step], format: Format) -> Vec<View> {
    steps.iter().filter_map(|step| view(scene, step, format)).collect()
}

fn view(scene: &Scene<'_>, step: &Step, format: Format) -> Option<View> {
    let v = scene.visit;
    let kind = match &step.what {
        What::Definition { indicator, value } => {
            let date = if scene.day == v.today() { String::new() } else { format!("&date={}", scene.day) };
            Shape::Part {
                label: indicator.label.get(v.lang()).to_owned(),
                value: said(v, value, indicator.format),
                href: format!(
                    "/unit/{}/figure/{}?period={}{date}",
                    encoded(scene.unit),
                    encoded(&indicator.id),
                    encoded(&scene.period.to_string())
                ),
                expr: one_line(&indicator.expr),
                from: views(scene, &step.from, indicator.format),
            }
        }
        What::Part { role, value } => Shape::Part {
            label: v.text(role_key(*role)),
            value: said(v, value, if *role == Role::Before { format } else { Format::Count }),
            href: String::new(),
            expr: String::new(),
            from: views(scene, &step.from, format),
        },
        What::Leaf { measure, rolls_up_by, period, value, facts, remarks } => {
            let words =
                |pair: (&'static str, &'static str)| if v.lang() == Lang::Vi { pair.0 } else { pair.1 };
            let days = period.map(|p| p.to_string()).unwrap_or_default();
            let number = match value {
                LeafValue::Known(n) => v.number(*n),
                LeafValue::Missing(why) => v.tr(why),
            };
            let mut leaf = Leaf {
                title: if days.is_empty() {
                    words(*measure).to_owned()
                } else {
                    format!("{}, {days}", words(*measure))
                },
                value: number,
                count: v.tr(&Message::new("figure-rows").with("n", *facts)),
                rolls_up: v.tr(&Message::new("figure-rolls-up").with("by", words(*rolls_up_by))),
                remarks: remarks.iter().map(|r| v.tr(r)).collect(),
                units_title: v.text("figure-by-unit"),
                units: Vec::new(),
                stated_title: v.text("figure-stated-title"),
                stated: Vec::new(),
                facts_title: v.text("figure-facts-title"),
                columns: ["figure-day", "figure-unit", "figure-what", "figure-number"].map(|k| v.text(k)),
                facts: Vec::new(),
                hidden: String::new(),
                range: String::new(),
                earlier: None,
                later: None,
                years: step
                    .from
                    .iter()
                    .filter(|s| matches!(s.what, What::Leaf { .. }))
                    .filter_map(|s| view(scene, s, format))
                    .collect(),
                unit_column: v.text("figure-unit"),
                number_column: v.text("figure-number"),
                open: v.text("figure-open-record"),
            };
            for below in &step.from {
                add(scene, &below.what, &mut leaf);
            }
            if leaf.years.is_empty() {
                page_links(scene, *facts, &mut leaf);
            }
            Shape::Leaf(Box::new(leaf))
        }
        What::Stated { .. } => Shape::Stated(stated(scene, &step.what)?),
        _ => return None,
    };
    Some(View { kind })
}

fn add(scene: &Scene<'_>, what: &What, leaf: &mut Leaf) {
    let v = scene.visit;
    match what {
        What::Unit { code, name, value, .. } => {
            let own = code == scene.unit;
            leaf.units.push(UnitLine {
                name: if own { v.text("figure-own-records") } else { name.clone() },
                href: if own {
                    String::new()
                } else {
                    format!(
                        "/unit/{}/figure/{}?period={}",
                        encoded(code),
                        encoded(scene.indicator),
                        encoded(&scene.period.to_string())
                    )
                },
                value: v.number(*value),
            });
        }
        What::Stated { .. } => leaf.stated.extend(stated(scene, what)),
        What::Fact(fact) => leaf.facts.push(fact_line(scene, fact)),
        _ => {}
    }
}

fn stated(scene: &Scene<'_>, what: &What) -> Option<Stated> {
    let What::Stated { code, period, value, subtree, quote, file, remark, used } = what else { return None };
    let v = scene.visit;
    let key = if *subtree { "figure-stated-subtree" } else { "figure-stated-own" };
    let message = Message::new(key).with("unit", name_of(scene, code)).with("period", period.to_string());
    Some(Stated {
        line: v.tr(&message.with("value", hundredths(*value))),
        quote: quote.clone(),
        file: file.clone(),
        remark: remark.as_ref().map(|r| v.tr(r)).unwrap_or_default(),
        used: *used,
    })
}

fn fact_line(scene: &Scene<'_>, fact: &Fact) -> FactLine {
    let v = scene.visit;
    let day = match (fact.day, fact.until) {
        (Some(day), Some(until)) => format!("{} – {}", day_short(day), day_short(until)),
        (Some(day), None) => day_short(day),
        (None, _) => String::new(),
    };
    let mut number = Vec::new();
    if fact.n != 1 || fact.amount.is_none() {
        number.push(v.number(fact.n));
    }
    number.extend(fact.amount.map(|a| v.number(a)));
    FactLine {
        day,
        unit: name_of(scene, &fact.unit),
        href: record_href(scene, fact),
        title: fact.title.clone(),
        more: dims(v, fact),
        person: match &fact.person {
            Some(name) => name.clone(),
            None if fact.personal => v.text("figure-one-person"),
            None => String::new(),
        },
        number: number.join(" · "),
        source: source(v, &fact.source),
    }
}

fn name_of(scene: &Scene<'_>, code: &str) -> String {
    scene.names.get(code).map_or_else(|| code.to_owned(), |u| u.name.clone())
}

/// Where the record itself is shown; nowhere for one whose content was taken out by [`veil`].
fn record_href(scene: &Scene<'_>, fact: &Fact) -> String {
    match fact.kind {
        Some(kind) if !fact.title.is_empty() || fact.person.is_some() => {
            let id = fact.id.split('/').next().unwrap_or_default();
            format!("/unit/{}/records/{kind}/{}", encoded(scene.unit), encoded(id))
        }
        _ => String::new(),
    }
}

/// The words of the choices that the fact has; the other dimensions stand in its title or do not help.
fn dims(v: &Visit, fact: &Fact) -> String {
    let Some(kind) = fact.kind.and_then(|k| REGISTRY.kind(k)) else { return String::new() };
    let mut words = Vec::new();
    for (name, value) in &fact.dims {
        if let Some(Ty::Choice(choices)) = kind.field(name).map(|f| f.ty)
            && let Some(choice) = choices.iter().find(|c| c.code == value)
        {
            words.push(if v.lang() == Lang::Vi { choice.vi } else { choice.en });
        }
    }
    words.join(" · ")
}

/// Where a row came from: `hash#sheet#row`, or typed in.
fn source(v: &Visit, source: &str) -> String {
    let mut parts = source.splitn(3, '#');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(file), Some(sheet), Some(row)) => {
            let short: String = file.chars().take(8).collect();
            v.tr(&Message::new("figure-from-file").with("file", short).with("sheet", sheet).with("row", row))
        }
        (Some("entered"), ..) => v.text("figure-from-entry"),
        _ => String::new(),
    }
}

/// Which rows are shown, and the way to those before and after.
fn page_links(scene: &Scene<'_>, facts: i64, leaf: &mut Leaf) {
    let v = scene.visit;
    if facts == 0 {
        return;
    }
    if !scene.rows {
        leaf.hidden = v.text("figure-rows-hidden");
        return;
    }
    let shown = i64::try_from(leaf.facts.len()).unwrap_or(0);
    let first = if shown == 0 { scene.skip } else { scene.skip + 1 };
    if facts > shown {
        let message = Message::new("figure-range").with("from", first);
        leaf.range = v.tr(&message.with("to", scene.skip + shown).with("all", facts));
    }
    let link = |skip: i64| format!("{}&skip={skip}#rows", scene.here);
    if scene.skip > 0 {
        leaf.earlier = Some((v.text("figure-earlier"), link((scene.skip - scene.most).max(0))));
    }
    if scene.skip + shown < facts && shown > 0 {
        leaf.later = Some((v.text("figure-later"), link(scene.skip + scene.most)));
    }
}

/// Takes out of the walk what the visitor may not see: rows of units whose records are not
/// theirs, names and titles of inspections, discipline and ratings without the right to them.
/// Whether a person is named in what is left.
pub fn veil(rights: &Rights, steps: &mut Vec<Step>, units: &HashMap<String, UnitOf>) -> bool {
    let mut named = false;
    steps.retain_mut(|step| {
        named |= veil(rights, &mut step.from, units);
        let What::Fact(fact) = &mut step.what else { return true };
        let Some(unit) = units.get(&fact.unit).map(|u| u.id.as_str()) else { return false };
        if !rights.records(unit) {
            return false;
        }
        let kind = fact.kind.and_then(|k| REGISTRY.kind(k));
        if !rights.names(unit) {
            fact.person = None;
            // A member's own row has no title but the number of the card.
            if fact.kind == Some("person") {
                fact.title.clear();
            }
        }
        if kind.is_some_and(|k| k.sensitive) && !rights.sensitive(unit) {
            fact.person = None;
            fact.title.clear();
            fact.source.clear();
        }
        named |= fact.person.is_some();
        true
    });
    named
}

pub fn said(v: &Visit, value: &Value, format: Format) -> String {
    match figures::print::figure(value, format, figures::print::Say::Exact) {
        Ok(printed) => printed.to_string(),
        Err(why) => v.tr(&why),
    }
}

pub fn one_line(expr: &str) -> String {
    expr.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Operand => "figure-role-operand",
        Role::Part => "figure-role-part",
        Role::Whole => "figure-role-whole",
        Role::Excluded => "figure-role-excluded",
        Role::Before => "figure-role-before",
        Role::Definition => "figure-role-definition",
    }
}
