//! Pages: the requests of a unit, and who has not answered one.

use super::{Request, Standing, by_code, read, standings};
use crate::duty::{Duty, Mine};
use crate::figure::pages::{crumbs, encoded};
use crate::unit;
use ::store::{Result as Stored, Tx, params};
use crate::account::units_with;
use askama::Template;
use std::collections::HashSet;
use axum::extract::Path;
use axum::response::Response;
use domain::{Action, Day, Message};
use shell::{Access, Error, Result, Route, Visit};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/unit/{unit}/requests", Access::On(Action::ReadFigures), list),
        Route::get("/unit/{unit}/request/{code}", Access::On(Action::ReadFigures), one),
    ]
}

const COLUMNS: &str = "r.id, r.code, r.unit, r.symbol, r.title, r.template, r.from_day, r.to_day, r.deadline";

/// The requests that a unit must answer to the level above, newest deadline first.
pub async fn of_unit(tx: &mut Tx, unit: &str) -> Stored<Vec<Request>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM request r WHERE r.unit = $1 AND r.withdrawn IS NULL ORDER BY r.deadline DESC, r.code"
    );
    tx.query(&sql, params![unit]).await?.iter().map(read).collect()
}

/// The requests whose workbook a unit was asked for, and where it stands, newest deadline first.
pub async fn asked_of(tx: &mut Tx, unit: &str, today: Day) -> Stored<Vec<(Request, Standing)>> {
    let sql = format!(
        "SELECT {COLUMNS}, a.returned_day FROM request r JOIN request_unit a ON a.request = r.id
         WHERE a.unit = $1 AND r.withdrawn IS NULL AND a.withdrawn IS NULL ORDER BY r.deadline DESC, r.code"
    );
    let mut found = Vec::new();
    for row in &tx.query(&sql, params![unit]).await? {
        let request = read(row)?;
        let standing = Standing::of(row.opt_day("returned_day")?, request.deadline, today);
        found.push((request, standing));
    }
    Ok(found)
}

/// What the requests ask of a visitor: a report to write, figures to send.
pub(super) async fn duties(mine: &Mine<'_>, tx: &mut Tx) -> Result<Vec<Duty>> {
    let (visit, today) = (mine.visit, mine.visit.today());
    let mut duties = Vec::new();
    for place in mine.with(Action::Report) {
        let duty = |request: Request, key: &str| Duty {
            what: visit.text(key),
            href: if key == "request-duty-report" && !request.template.is_empty() {
                writing(&place.unit.code, &request)
            } else {
                format!("/unit/{}/request/{}", encoded(&place.unit.code), encoded(&request.code))
            },
            about: request.title,
            unit: place.unit.name.clone(),
            due: Some(request.deadline),
        };
        // Whether its report went out is not known here; past the deadline it is not asked for any more.
        let own = of_unit(tx, &place.unit.id).await?.into_iter().filter(|r| r.deadline >= today);
        duties.extend(own.map(|r| duty(r, "request-duty-report")));
        for (asked, standing) in asked_of(tx, &place.unit.id, today).await? {
            if matches!(standing, Standing::Late | Standing::Awaited) {
                duties.push(duty(asked, "request-duty-send"));
            }
        }
    }
    Ok(duties)
}

/// Where the report that a request asks for is written.
fn writing(unit: &str, request: &Request) -> String {
    let period = encoded(&request.period.to_string());
    format!("/unit/{}/report/{}/write?period={period}", encoded(unit), encoded(&request.template))
}

struct Line {
    title: String,
    href: String,
    symbol: String,
    period: String,
    deadline: String,
    words: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "request/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    own: Vec<Line>,
    asked: Vec<Line>,
    /// Where received reports are read; empty for those who may not.
    read: String,
}

/// The class of the badge of a standing.
pub fn badge(standing: Standing) -> &'static str {
    match standing {
        Standing::Late => "late",
        Standing::Awaited => "none",
        Standing::ReturnedLate => "partial",
        Standing::Returned => "complete",
    }
}

fn line(visit: &Visit, unit: &str, request: Request, words: String, state: &'static str) -> Line {
    Line {
        href: format!("/unit/{}/request/{}", encoded(unit), encoded(&request.code)),
        symbol: request.symbol,
        period: request.period.to_string(),
        deadline: visit.day(request.deadline),
        title: request.title,
        words,
        state,
    }
}

/// `GET /unit/{unit}/requests`
async fn list(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let today = visit.today();
    let mut tx = visit.read().await?;
    let unit = unit::by_code(&mut tx, &code, today).await?.ok_or(Error::NotFound)?;
    let mut own = Vec::new();
    for request in of_unit(&mut tx, &unit.id).await? {
        let all = standings(&mut tx, &request, today).await?;
        let back = all.iter().filter(|a| a.returned.is_some()).count();
        let words = Message::new("request-back").with("n", back).with("total", all.len());
        let late = all.iter().any(|a| a.standing == Standing::Late);
        let state = if late {
            "late"
        } else if back == all.len() {
            "complete"
        } else {
            "partial"
        };
        own.push(line(&visit, &code, request, visit.tr(&words), state));
    }
    let asked = asked_of(&mut tx, &unit.id, today).await?.into_iter().map(|(request, standing)| {
        let words = visit.text(&format!("request-standing-{}", standing.code()));
        line(&visit, &code, request, words, badge(standing))
    });
    let asked = asked.collect();
    let may_read = visit.may(&mut tx, Action::WriteRecords, &code).await?;
    let read = if may_read { format!("/unit/{}/received", encoded(&code)) } else { String::new() };
    let body = List { v: &visit, own, asked, read };
    let title = visit.text("request-list-title");
    let page = visit.page(title.clone()).lead(unit.name.clone());
    crumbs(&visit, &mut tx, &unit, today, page, false).await?.crumb(title, "").show(&body)
}

struct Unit {
    name: String,
    href: String,
    words: String,
    state: &'static str,
    returned: String,
}

#[derive(Template)]
#[template(path = "request/templates/one.html")]
struct One<'a> {
    v: &'a Visit,
    request: &'a Request,
    period: String,
    deadline: String,
    report: String,
    /// Where the reports that came in and the figures still missing are shown.
    received: String,
    counts: Vec<(&'static str, String, String)>,
    units: Vec<Unit>,
}

/// `GET /unit/{unit}/request/{code}`: the whole list for the unit that must answer; for a unit
/// that was asked, its own line.
async fn one(visit: Visit, Path((unit_code, code)): Path<(String, String)>) -> Result<Response> {
    let today = visit.today();
    let mut tx = visit.read().await?;
    let unit = unit::by_code(&mut tx, &unit_code, today).await?.ok_or(Error::NotFound)?;
    let request = by_code(&mut tx, &code).await?.ok_or(Error::NotFound)?;
    let mut all = standings(&mut tx, &request, today).await?;
    if request.unit != unit.id {
        all.retain(|a| a.code == unit.code);
        if all.is_empty() {
            return Err(Error::NotFound);
        }
    }
    let counts =
        [Standing::Late, Standing::Awaited, Standing::ReturnedLate, Standing::Returned].map(|standing| {
            let n = all.iter().filter(|a| a.standing == standing).count();
            let words = visit.text(&format!("request-standing-{}", standing.code()));
            (badge(standing), visit.number(i64::try_from(n).unwrap_or(i64::MAX)), words)
        });
    let mut units = Vec::with_capacity(all.len());
    let may_see = units_with(&mut tx, visit.actor(), Action::ReadFigures, today).await?;
    let may_see: HashSet<String> = may_see.into_iter().collect();
    for asked in &all {
        let seen = may_see.contains(&asked.unit);
        units.push(Unit {
            name: asked.name.clone(),
            href: if seen {
                let period = encoded(&request.period.to_string());
                format!("/unit/{}/coverage?period={period}", encoded(&asked.code))
            } else {
                String::new()
            },
            words: visit.text(&format!("request-standing-{}", asked.standing.code())),
            state: badge(asked.standing),
            returned: asked.returned.map(|d| visit.day(d)).unwrap_or_default(),
        });
    }
    let reports = request.unit == unit.id
        && !request.template.is_empty()
        && visit.may(&mut tx, Action::Report, &unit_code).await?;
    let report = if reports {
        writing(&unit_code, &request)
    } else {
        String::new()
    };
    let body = One {
        v: &visit,
        period: request.period.to_string(),
        deadline: visit.day(request.deadline),
        report,
        received: format!("/unit/{}/request/{}/received", encoded(&unit_code), encoded(&request.code)),
        counts: counts.into_iter().filter(|c| c.1 != "0").collect(),
        units,
        request: &request,
    };
    let page = visit.page(request.title.clone()).lead(unit.name.clone());
    let page = crumbs(&visit, &mut tx, &unit, today, page, false).await?;
    page.crumb(visit.text("request-list-title"), format!("/unit/{}/requests", encoded(&unit_code)))
        .crumb(request.code.clone(), "")
        .show(&body)
}
