//! A unit's page: what it is, its figures by year, who has handed in what, its reports and
//! requests, and where records and statements differ.

use super::tree::{EventLine, ended, events};
use crate::account::units_with;
use crate::figure::chart::{Bar, bars};
use crate::figure::pages::{conflict_line, encoded, href, kinds, last_year, number, shown, years_to};
use crate::figure::{App, Figure, State, States};
use crate::report::issue;
use crate::request;
use crate::unit::{self, Unit};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::{Action, Day, Lang, Message, Period};
use figures::Indicator;
use shell::{Error, Form, Html, Result, Visit};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use store::{Tx, params};

/// What a cell is asked about first.
const OF_CELL: [&str; 12] = [
    "org.members",
    "org.groups",
    "study.members.share",
    "sessions.topic",
    "sessions.topic.attendance.share",
    "sessions.readings",
    "commitments.people.share",
    "commitments.kept.share",
    "tasks.done.share",
    "inspection.persons",
    "supervision.persons",
    "awards.individuals",
];

/// What a committee is asked about first.
const OF_COMMITTEE: [&str; 12] = [
    "org.cells",
    "org.members.all",
    "study.conferences",
    "study.attended",
    "study.reached.share",
    "plans.grassroots.share",
    "commitments.made",
    "commitments.kept.share",
    "inspection.organisations",
    "supervision.organisations",
    "practices.registered",
    "awards.collectives",
];

/// Attendance and commitments, drawn by year.
const CHARTS_OF_CELL: [&str; 2] = ["sessions.topic.present", "commitments.made"];
const CHARTS_OF_COMMITTEE: [&str; 2] = ["study.attended", "commitments.made"];

const YEARS: usize = 5;
/// Units whose figures are worked out when the server starts.
const MOST_EXPECTED: i64 = 8;
/// More stated figures than these are looked at on the pages of the units below.
const MOST_STATED: usize = 40;

#[derive(Template)]
#[template(path = "overview/templates/unit.html")]
struct Page<'a> {
    v: &'a Visit,
    base: String,
    facts: Vec<(String, String, String)>,
    reports: bool,
    records: bool,
    received: bool,
    /// Where a cell's year is kept.
    ways: Vec<(String, String)>,
    figures: Option<Figures>,
    below: Vec<(String, String)>,
    events: Vec<EventLine>,
}

struct Figures {
    years: Vec<String>,
    lines: Vec<(String, Vec<Html>)>,
    charts: Vec<(String, Html)>,
    coverage_year: String,
    coverage: Vec<(String, &'static str, String)>,
    issued: Vec<(String, String, String)>,
    requests: Vec<(String, String, String)>,
    conflicts: Vec<(String, String)>,
}

/// `GET /unit/{unit}?day=`
pub async fn page(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let today = visit.today();
    let mut tx = visit.read().await?;
    let day = form.day("day").unwrap_or(today);
    let unit = unit::by_code(&mut tx, &code, day).await?.ok_or(Error::NotFound)?;
    let base = format!("/unit/{}", encoded(&unit.code));
    let figures = if visit.may(&mut tx, Action::ReadFigures, &code).await? {
        Some(figures(&visit, &mut tx, &unit, today).await?)
    } else {
        None
    };
    let seen: HashSet<String> =
        units_with(&mut tx, visit.actor(), Action::ReadUnits, today).await?.into_iter().collect();
    let children = unit::children(&mut tx, &unit.id, day).await?;
    let mut allowed = Vec::new();
    for action in [Action::ReadRecords, Action::WriteRecords] {
        if unit.cell && visit.may(&mut tx, action, &code).await? {
            allowed.push(action);
        }
    }
    let body = Page {
        v: &visit,
        facts: facts(&visit, &mut tx, &unit, &children, &seen, day).await?,
        reports: visit.may(&mut tx, Action::Report, &code).await?,
        records: visit.may(&mut tx, Action::ReadRecords, &code).await?,
        // A cell receives no reports: nobody stands below it.
        received: !unit.cell && visit.may(&mut tx, Action::WriteRecords, &code).await?,
        ways: super::ways::ways(&visit, &unit, |action| allowed.contains(&action)),
        figures,
        below: children
            .into_iter()
            .filter(|u| seen.contains(&u.id))
            .map(|u| (u.name, format!("/unit/{}", encoded(&u.code))))
            .collect(),
        events: events(&visit, &mut tx, &seen, Some(&unit.id)).await?,
        base,
    };
    let page = visit.page(unit.name.clone());
    let mut page = crate::figure::pages::crumbs(&visit, &mut tx, &unit, day, page, true).await?;
    if !unit.alive {
        page = page.lead(visit.text("overview-not-alive"));
    }
    page.show(&body)
}

async fn facts(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    children: &[Unit],
    seen: &HashSet<String>,
    day: Day,
) -> Result<Vec<(String, String, String)>> {
    let mut facts = Vec::new();
    let mut say = |key: &str, value: String, href: String| {
        if !value.is_empty() {
            facts.push((visit.text(key), value, href));
        }
    };
    let kind = |u: &Unit| if visit.lang() == Lang::Vi { u.kind_vi.clone() } else { u.kind_en.clone() };
    say("overview-kind", kind(unit), String::new());
    say("overview-code", unit.code.clone(), String::new());
    if let Some(parent) = &unit.parent
        && let Some(parent) = unit::by_id(tx, parent, day).await?
    {
        let href = if seen.contains(&parent.id) {
            format!("/unit/{}", encoded(&parent.code))
        } else {
            String::new()
        };
        say("overview-parent", parent.name, href);
    }
    let life = tx
        .one(
            "SELECT MIN(from_day) AS first, MAX(to_day) AS last FROM unit_edge WHERE unit = $1",
            params![&unit.id],
        )
        .await?;
    if let (Some(first), Some(last)) = (life.opt_day("first")?, life.opt_day("last")?) {
        let message = match ended(last) {
            Some(last) => {
                Message::new("overview-from-to").with("from", visit.day(first)).with("to", visit.day(last))
            }
            None => Message::new("overview-since").with("from", visit.day(first)),
        };
        say("overview-life", visit.tr(&message), String::new());
    }
    let mut counts: BTreeMap<(i64, String), i64> = BTreeMap::new();
    for child in children {
        *counts.entry((child.level, kind(child))).or_default() += 1;
    }
    let below: Vec<String> =
        counts.into_iter().map(|((_, kind), n)| format!("{} {kind}", visit.number(n))).collect();
    say("overview-below", below.join(", "), String::new());
    Ok(facts)
}

/// What a unit's page asks for.
struct Wanted {
    years: Vec<Period>,
    /// In the table.
    chosen: Vec<Arc<Indicator>>,
    /// Drawn as well.
    drawn: Vec<Arc<Indicator>>,
}

impl Wanted {
    async fn of(app: &App, tx: &mut Tx, unit: &Unit, today: Day) -> store::Result<Wanted> {
        let last = Period::year(last_year(tx, &unit.id, today).await?);
        let (chosen, drawn) =
            if unit.cell { (OF_CELL, CHARTS_OF_CELL) } else { (OF_COMMITTEE, CHARTS_OF_COMMITTEE) };
        let known = |ids: &[&str]| -> Vec<Arc<Indicator>> {
            ids.iter().filter_map(|id| app.book.catalogue.get(id, today).cloned()).collect()
        };
        Ok(Wanted { years: years_to(&last, YEARS), chosen: known(&chosen), drawn: known(&drawn) })
    }

    /// The questions, year by year.
    fn asked(&self) -> Vec<(Arc<Indicator>, Period)> {
        let of_year = |year: &Period| -> Vec<(Arc<Indicator>, Period)> {
            self.chosen.iter().chain(&self.drawn).map(|indicator| (Arc::clone(indicator), *year)).collect()
        };
        self.years.iter().flat_map(of_year).collect()
    }
}

/// Asks for the figures of the units that people have roles on, as their pages will: a server that has just
/// started has them before its first visitor.
pub async fn expect(app: &App, db: &store::Db, today: Day) -> store::Result<()> {
    let mut tx = db.read().await?;
    let sql = "SELECT DISTINCT unit FROM role_grant WHERE from_day <= $1 AND to_day >= $1 LIMIT $2";
    let units = tx.query(sql, params![today, MOST_EXPECTED]).await?;
    for row in units {
        if let Some(unit) = unit::by_id(&mut tx, row.text("unit")?, today).await? {
            let wanted = Wanted::of(app, &mut tx, &unit, today).await?;
            app.figures(&mut tx, &unit, &wanted.asked(), today).await?;
        }
    }
    Ok(())
}

async fn figures(visit: &Visit, tx: &mut Tx, unit: &Unit, today: Day) -> Result<Figures> {
    let app = App::of(visit)?;
    let wanted = Wanted::of(app, tx, unit, today).await?;
    let found = app.figures(tx, unit, &wanted.asked(), today).await?;
    let Wanted { years, chosen, drawn } = wanted;
    let Some(last) = years.last().copied() else {
        return Err(Error::Defect("a unit's page without a year".to_owned()));
    };
    let each = found.chunks((chosen.len() + drawn.len()).max(1)).map(|of_year| of_year.split_at(chosen.len()));
    let (by_year, charted): (Vec<_>, Vec<_>) = each.unzip();
    let lines = chosen.iter().enumerate().map(|(at, indicator)| {
        let row = by_year.iter().filter_map(|of_year| of_year.get(at)).map(|f| number(visit, f, today));
        (indicator.label.get(visit.lang()).to_owned(), row.collect())
    });
    let lines = lines.collect();
    let charts = drawn.iter().enumerate().filter_map(|(at, indicator)| {
        let rows: Vec<Bar> =
            charted.iter().filter_map(|of_year| of_year.get(at)).map(|f| bar(visit, f)).collect();
        let label = indicator.label.get(visit.lang());
        bars(label, &rows).map(|chart| (label.to_owned(), chart))
    });
    let charts = charts.collect();

    let states = States::load(tx, &unit.id, &last).await?;
    let waited = crate::figure::pages::waited_for(tx, unit, &last).await?;
    let coverage = kinds(visit, app).into_iter().map(|(name, title)| {
        let c = states.coverage(&waited, &[name], &last);
        let state = if c.is_whole() {
            State::Complete
        } else if c.complete.is_empty() && c.partial.is_empty() {
            State::None
        } else {
            State::Partial
        };
        let words = if c.total() > 1 {
            format!("{}/{}", c.complete.len(), c.total())
        } else {
            visit.text(&format!("figure-state-{}", state.code()))
        };
        (title, state.code(), words)
    });
    let coverage = coverage.collect();

    let base = format!("/unit/{}", encoded(&unit.code));
    let issued = issue::of_unit(tx, &unit.id).await?;
    let issued = issued.into_iter().take(10).map(|r| {
        (format!("{} · {}", r.symbol, visit.day(r.day)), format!("{base}/issued/{}", encoded(&r.id)), r.title)
    });
    let issued = issued.collect();
    let mut requests = Vec::new();
    for r in request::of_unit(tx, &unit.id).await? {
        let deadline = Message::new("overview-due").with("day", visit.day(r.deadline));
        requests.push((r.title, format!("{base}/request/{}", encoded(&r.code)), visit.tr(&deadline)));
    }
    for (r, standing) in request::asked_of(tx, &unit.id, today).await? {
        let words = visit.text(&format!("request-standing-{}", standing.code()));
        requests.push((r.title, format!("{base}/request/{}", encoded(&r.code)), words));
    }
    let conflicts = conflicts(visit, app, tx, unit, today).await?;
    let years = years.iter().map(Period::to_string).collect();
    Ok(Figures {
        years,
        lines,
        charts,
        coverage_year: last.to_string(),
        coverage,
        issued,
        requests,
        conflicts,
    })
}

fn bar(visit: &Visit, figure: &Figure) -> Bar {
    Bar {
        label: figure.period.to_string(),
        value: figure.value.parts().and_then(|(num, den)| i64::try_from(num / den).ok()),
        shown: shown(visit, &figure.indicator, &figure.value).unwrap_or_else(|| visit.text("figure-unknown")),
    }
}

/// Where records and statements of the subtree differ and nobody has settled it.
async fn conflicts(
    visit: &Visit,
    app: &App,
    tx: &mut Tx,
    unit: &Unit,
    today: Day,
) -> Result<Vec<(String, String)>> {
    let rows = tx
        .query(
            "SELECT DISTINCT f.indicator, f.from_day, f.to_day FROM stated_figure f
             JOIN unit_span s ON s.descendant = f.unit AND s.ancestor = $1 AND s.from_day <= f.to_day AND s.to_day >= f.to_day
             WHERE f.withdrawn IS NULL ORDER BY f.to_day DESC, f.indicator LIMIT $2",
            params![&unit.id, MOST_STATED],
        )
        .await?;
    let mut asked = Vec::new();
    for row in &rows {
        let Some(indicator) = app.book.catalogue.get(row.text("indicator")?, today).cloned() else {
            continue;
        };
        let Ok(period) = Period::new(row.day("from_day")?, row.day("to_day")?) else { continue };
        asked.push((indicator, period));
    }
    let mut lines = Vec::new();
    for figure in app.figures(tx, unit, &asked, today).await? {
        for conflict in figure.conflicts.iter().filter(|c| !c.settled) {
            let label = figure.indicator.label.get(visit.lang());
            let line = format!("{label}: {}", conflict_line(visit, conflict));
            let line = (line, href(visit, &figure, today, ""));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    Ok(lines)
}
