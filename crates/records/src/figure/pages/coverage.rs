//! Who has handed in what: units against kinds of records, those who are behind first.

use super::{Asked, ask, crumbs, encoded};
use crate::figure::{App, State, States};
use crate::unit::{self, Unit};
use crate::{REGISTRY, figure::Runner};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::{Message, Period};
use shell::{Fields, Form, Result, Visit};
use store::Tx;

#[derive(Template)]
#[template(path = "figure/templates/coverage.html")]
struct Page<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    here: String,
    kinds: Vec<KindLine>,
    kind: String,
    units: Vec<UnitLine>,
    summary: String,
    state: &'static str,
    /// Where received reports are read, and which units have sent one; empty for those who may not.
    received: String,
}

struct KindLine {
    label: String,
    href: String,
    here: bool,
    complete: String,
    partial: String,
    none: String,
    behind: bool,
}

struct UnitLine {
    name: String,
    href: String,
    state: State,
    words: String,
    behind: Vec<(String, &'static str)>,
    order: (State, std::cmp::Reverse<usize>),
}

/// The kinds of records that the figures of the catalogue rest on, with their titles.
pub fn kinds(visit: &Visit, app: &App) -> Vec<(&'static str, String)> {
    let all: Vec<_> = app.book.catalogue.in_force(visit.today()).cloned().collect();
    let rests_on = Runner::kinds(&all);
    // In the order of the registry, which is the reading order.
    let mut named: Vec<(&'static str, String)> = Vec::new();
    for kind in REGISTRY.kinds() {
        if rests_on.contains(&kind.name) {
            named.push((kind.name, kind.title(visit.lang()).to_owned()));
        }
    }
    named
}

/// The units whose records a unit waits for: those directly below, or itself.
pub async fn waited_for(tx: &mut Tx, unit: &Unit, period: &Period) -> store::Result<Vec<Unit>> {
    let below = if unit.cell { Vec::new() } else { unit::children(tx, &unit.id, period.to()).await? };
    Ok(if below.is_empty() { vec![unit.clone()] } else { below })
}

/// `GET /unit/{unit}/coverage?period=&kind=`
pub async fn page(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.read().await?;
    let Asked { unit, period, form, .. } = ask(&visit, &mut tx, &code, form).await?;
    let all = kinds(&visit, app);
    let chosen = all.iter().find(|(name, _)| *name == form.value("kind")).cloned();
    let asked = waited_for(&mut tx, &unit, &period).await?;
    let states = States::load(&mut tx, &unit.id, &period).await?;
    let here = format!("/unit/{}/coverage", encoded(&unit.code));
    let years = encoded(&period.to_string());

    let kind_lines = all.iter().map(|(name, title)| {
        let c = states.coverage(&asked, &[name], &period);
        KindLine {
            label: title.clone(),
            href: format!("{here}?period={years}&kind={name}"),
            here: chosen.as_ref().is_some_and(|(n, _)| n == name),
            complete: whole(&visit, c.complete.len()),
            partial: whole(&visit, c.partial.len()),
            none: whole(&visit, c.none.len()),
            behind: !c.is_whole(),
        }
    });
    let looked_at: Vec<&(&str, String)> =
        all.iter().filter(|k| chosen.as_ref().is_none_or(|c| c.0 == k.0)).collect();
    let mut units: Vec<UnitLine> =
        asked.iter().map(|u| line(&visit, u, &looked_at, &states, &period, &years)).collect();
    units.sort_by_key(|u| u.order);
    let complete = units.iter().filter(|u| u.state == State::Complete).count();
    let summary = Message::new("figure-coverage-line").with("complete", complete).with("total", units.len());
    let state = match (complete == units.len(), units.iter().all(|u| u.state == State::None)) {
        (true, _) => "complete",
        (_, true) => "none",
        _ => "partial",
    };
    let reads = visit.may(&mut tx, domain::Action::WriteRecords, &code).await?;
    let received = if reads { format!("/unit/{}/received?period={years}", encoded(&code)) } else { String::new() };
    let body = Page {
        v: &visit,
        f: visit.fields(&form),
        received,
        kinds: kind_lines.collect(),
        kind: chosen.map(|(_, title)| title).unwrap_or_default(),
        here,
        units,
        summary: visit.tr(&summary),
        state,
    };
    let title = visit.text("figure-coverage-title");
    let page = visit.page(title.clone()).lead(format!("{} · {period}", unit.name));
    let page = crumbs(&visit, &mut tx, &unit, period.to(), page, false).await?;
    page.crumb(title, "").show(&body)
}

fn whole(visit: &Visit, n: usize) -> String {
    visit.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn line(
    visit: &Visit,
    unit: &Unit,
    kinds: &[&(&'static str, String)],
    states: &States,
    period: &Period,
    years: &str,
) -> UnitLine {
    let each: Vec<(&String, State)> =
        kinds.iter().map(|k| (&k.1, states.of(&unit.id, k.0, period))).collect();
    let state = match (each.iter().map(|e| e.1).min(), each.iter().map(|e| e.1).max()) {
        (Some(State::Complete), _) => State::Complete,
        (_, Some(State::None)) | (None, _) => State::None,
        _ => State::Partial,
    };
    let behind: Vec<(String, &'static str)> = each
        .into_iter()
        .filter(|(_, s)| *s != State::Complete)
        .map(|(title, s)| (title.clone(), s.code()))
        .collect();
    UnitLine {
        name: unit.name.clone(),
        href: format!("/unit/{}/coverage?period={years}", encoded(&unit.code)),
        state,
        words: visit.text(&format!("figure-state-{}", state.code())),
        order: (state, std::cmp::Reverse(behind.len())),
        behind,
    }
}
