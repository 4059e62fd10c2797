//! Home: what the visitor must do, late first; below it the units that they have to do with.

use crate::REGISTRY;
use crate::account::grants_of;
use super::ways::{own_ways, ways};
use crate::address::of_unit;
use crate::duty::{Duty, Mine, Place, When};
use crate::unit;
use ::store::Tx;
use askama::Template;
use axum::response::Response;
use domain::{Action, Day};
use shell::{Result, Visit};

/// Lines of one group that are shown at once; the rest stand in a folded part.
const AT_ONCE: usize = 12;

#[derive(Template)]
#[template(path = "overview/templates/home.html")]
struct Page<'a> {
    v: &'a Visit,
    groups: Vec<Group>,
    /// The visitor's own pages, as a person.
    own: Vec<(String, String)>,
    cards: Vec<Card>,
    tree: bool,
}

struct Group {
    id: &'static str,
    title: String,
    late: bool,
    first: Vec<Line>,
    rest: Vec<Line>,
}

struct Line {
    duty: Duty,
    day: String,
}

struct Card {
    name: String,
    kind: String,
    href: String,
    roles: String,
    links: Vec<(String, String)>,
}

/// The units on which the visitor holds a role today, in the order of the grants.
async fn places(tx: &mut Tx, visit: &Visit, today: Day) -> Result<Vec<Place>> {
    let mut places: Vec<Place> = Vec::new();
    for grant in grants_of(tx, visit.account()?).await? {
        if grant.from > today || grant.to < today {
            continue;
        }
        if let Some(place) = places.iter_mut().find(|p| p.unit.id == grant.unit) {
            place.roles.push(grant.role);
        } else if let Some(unit) = unit::by_id(tx, &grant.unit, today).await? {
            places.push(Place { unit, roles: vec![grant.role] });
        }
    }
    Ok(places)
}

/// For whom duties are asked.
pub(crate) async fn mine<'a>(tx: &mut Tx, visit: &'a Visit) -> Result<Mine<'a>> {
    let places = places(tx, visit, visit.today()).await?;
    Ok(Mine { visit, person: visit.person(), places })
}

/// `GET /`
pub async fn page(visit: Visit) -> Result<Response> {
    let today = visit.today();
    let mut tx = visit.read().await?;
    let mine = mine(&mut tx, &visit).await?;
    let duties = REGISTRY.duties(&mine, &mut tx).await?;
    let groups = grouped(&visit, duties, today);
    let cards = mine.places.iter().map(|place| card(&visit, place)).collect();
    let tree = visit.anywhere(Action::ReadUnits);
    let own = if mine.person.is_some() { own_ways(&visit) } else { Vec::new() };
    let body = Page { v: &visit, groups, own, cards, tree };
    visit.page(visit.text("overview-home-title")).show(&body)
}

/// The duties in their groups, each in the order in which they came; empty groups are left out.
fn grouped(visit: &Visit, duties: Vec<Duty>, today: Day) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for duty in duties {
        let (id, key) = match When::of(duty.due, today) {
            When::Late => ("late", "overview-when-late"),
            When::Week => ("week", "overview-when-week"),
            When::Later => ("later", "overview-when-later"),
            When::Open => ("open", "overview-when-open"),
        };
        if groups.last().is_none_or(|g| g.id != id) {
            let (first, rest) = (Vec::new(), Vec::new());
            groups.push(Group { id, title: visit.text(key), late: id == "late", first, rest });
        }
        let day = duty.due.map(|d| visit.day(d)).unwrap_or_default();
        if let Some(group) = groups.last_mut() {
            let lines = if group.first.len() < AT_ONCE { &mut group.first } else { &mut group.rest };
            lines.push(Line { duty, day });
        }
    }
    groups
}

fn card(visit: &Visit, place: &Place) -> Card {
    let unit = &place.unit;
    let roles: Vec<_> =
        place.roles.iter().map(|r| visit.text(&format!("account-role-{}", r.code()))).collect();
    Card {
        kind: if visit.lang() == domain::Lang::Vi { unit.kind_vi.clone() } else { unit.kind_en.clone() },
        name: unit.name.clone(),
        href: of_unit(&unit.code, ""),
        roles: roles.join(", "),
        links: ways(visit, unit, |action| place.allows(action)),
    }
}
