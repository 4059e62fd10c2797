//! A request beside what came in: which units have sent a report, who is late, which figures are missing.

use crate::address::{of_unit, page, segment, unit_of, with_query};
use crate::account::units_with;
use crate::figure::App;
use crate::report;
use crate::request::{self, Request, Standing, badge};
use crate::unit::{self, Unit};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use document::template::Hole;
use domain::{Action, Message};
use figures::Indicator;
use shell::{Error, Form, Result, Visit};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use store::{Tx, params};

/// The most indicators of a template that are looked at.
const MOST: usize = 200;

struct Line {
    name: String,
    href: String,
    words: String,
    state: &'static str,
    reports: Vec<(String, String)>,
    stated: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "received/templates/missing.html")]
struct Page<'a> {
    v: &'a Visit,
    lines: Vec<Line>,
    of: String,
    known: String,
    missing: Vec<(String, String)>,
    late: usize,
    asked: bool,
}

impl Page<'_> {
    fn late_words(&self) -> String {
        self.v.tr(&Message::new("received-late").with("n", self.late))
    }
}

/// The indicators that the report asked for speaks of, in their order.
fn wanted(app: &App, request: &Request) -> Vec<Arc<Indicator>> {
    let mut out: Vec<Arc<Indicator>> = Vec::new();
    for hole in report::template(&request.template).map(|t| t.holes()).unwrap_or_default() {
        let (Hole::Figure(figure) | Hole::Split { figure, .. }) = hole else { continue };
        let found = app.book.catalogue.get(&figure.indicator, request.period.to());
        if let Some(found) = found.filter(|f| !out.iter().any(|o| o.id == f.id)) {
            out.push(Arc::clone(found));
        }
    }
    out.truncate(MOST);
    out
}

/// The reports of each unit that answer the request, or are about the same days.
async fn reports(tx: &mut Tx, request: &Request) -> Result<HashMap<String, Vec<(String, String)>>> {
    let sql = "SELECT r.id, r.title, u.code FROM received_report r JOIN unit u ON u.id = r.unit
               WHERE r.request = $1 OR (r.from_day = $2 AND r.to_day = $3) ORDER BY r.day, r.id LIMIT 2000";
    let mut out: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for row in tx.query(sql, params![&request.id, request.period.from(), request.period.to()]).await? {
        out.entry(row.words("code")?).or_default().push((row.words("id")?, row.words("title")?));
    }
    Ok(out)
}

/// How many indicators each unit has stated for days of the request.
async fn stated(tx: &mut Tx, request: &Request) -> Result<HashMap<String, i64>> {
    let sql = "SELECT u.code, COUNT(DISTINCT s.indicator) AS n FROM stated_figure s JOIN unit u ON u.id = s.unit
               WHERE s.withdrawn IS NULL AND s.from_day <= $2 AND s.to_day >= $1 GROUP BY u.code";
    let mut out = HashMap::new();
    for row in tx.query(sql, params![request.period.from(), request.period.to()]).await? {
        out.insert(row.words("code")?, row.int("n")?);
    }
    Ok(out)
}

/// The indicators that have no value for a unit, by topic.
async fn missing(
    visit: &Visit,
    tx: &mut Tx,
    app: &App,
    request: &Request,
    unit: &Unit,
    wanted: &[Arc<Indicator>],
) -> Result<Vec<(String, String)>> {
    let day = request.deadline.min(visit.today());
    let figures = app.of_period(tx, unit, wanted, request.period, day).await?;
    let mut by_topic: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for figure in figures.iter().filter(|f| f.value.parts().is_none()) {
        let indicator = &figure.indicator;
        let place = figures::TOPICS.iter().position(|t| Some(*t) == indicator.topic).unwrap_or(figures::TOPICS.len() - 1);
        let topic = visit.text(&format!("figure-topic-{}", figures::TOPICS.get(place).unwrap_or(&"other")));
        by_topic.entry(place).or_default().push((topic, indicator.label.get(visit.lang()).to_owned()));
    }
    Ok(by_topic.into_values().flatten().collect())
}

/// `GET /unit/{unit}/request/{code}/received?of=`: the whole list for the unit that must answer; for a
/// unit that was asked, its own line.
pub(super) async fn show(
    visit: Visit,
    Path((code, request)): Path<(String, String)>,
    Form(form): Form,
) -> Result<Response> {
    let app = App::of(&visit)?;
    let today = visit.today();
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let request = request::by_code(&mut tx, &request).await?.ok_or(Error::NotFound)?;
    let mut all = request::standings(&mut tx, &request, today).await?;
    if request.unit != unit.id {
        all.retain(|a| a.code == unit.code);
        if all.is_empty() {
            return Err(Error::NotFound);
        }
    }
    let wanted = wanted(app, &request);
    let (mut reports, stated) = (reports(&mut tx, &request).await?, stated(&mut tx, &request).await?);
    let path = of_unit(&unit.code, &format!("/request/{}", segment(&request.code)));
    let here = format!("{path}/received");
    let reads = visit.may(&mut tx, Action::WriteRecords, &unit.code).await?;
    let chosen = match (form.value("of"), all.as_slice()) {
        ("", [only]) => only.code.clone(),
        (of, all) => all.iter().find(|a| a.code == of).map(|a| a.code.clone()).unwrap_or_default(),
    };
    let may_see: HashSet<String> =
        units_with(&mut tx, visit.actor(), Action::ReadFigures, today).await?.into_iter().collect();
    let mut lines = Vec::new();
    for asked in &all {
        let n = stated.get(&asked.code).copied().unwrap_or(0);
        // A unit that left the tree may not be seen by those who see this one.
        let seen = may_see.contains(&asked.unit);
        let sent = reports.remove(&asked.code).unwrap_or_default();
        lines.push(Line {
            name: asked.name.clone(),
            href: if seen { with_query(&here, &[("of", &asked.code)]) + "#missing" } else { String::new() },
            words: visit.text(&format!("request-standing-{}", asked.standing.code())),
            state: badge(asked.standing),
            reports: match seen {
                true => sent
                    .into_iter()
                    .map(|(id, title)| {
                        let href = of_unit(&unit.code, &format!("/received/{}", segment(&id)));
                        (if reads { href } else { String::new() }, title)
                    })
                    .collect(),
                false => Vec::new(),
            },
            stated: if seen { visit.number(n) } else { String::new() },
            here: asked.code == chosen,
        });
    }
    let mut of = String::new();
    let (mut known, mut lacking) = (String::new(), Vec::new());
    if !chosen.is_empty()
        && visit.may(&mut tx, Action::ReadFigures, &chosen).await?
        && let Some(asked) = unit::by_code(&mut tx, &chosen, today).await?
    {
        lacking = missing(&visit, &mut tx, app, &request, &asked, &wanted).await?;
        let message = Message::new("received-missing-of").with("n", lacking.len()).with("total", wanted.len());
        known = visit.tr(&message);
        of = asked.name;
    }
    let body = Page {
        v: &visit,
        lines,
        of,
        known,
        missing: lacking,
        late: all.iter().filter(|a| a.standing == Standing::Late).count(),
        asked: !wanted.is_empty(),
    };
    page(&visit, &unit, visit.text("received-missing-title"))
        .lead(request.title.clone())
        .crumb(visit.text("request-list-title"), of_unit(&unit.code, "/requests"))
        .crumb(request.code.clone(), path)
        .show(&body)
}
