//! What the yearly rating of a unit's people rests on: each person's commitment and its result beside the
//! rating that is recorded.

use super::sheet::{LEVEL, RATING_KIND};
use crate::address::{UNDER, of_unit, page, segment, unit_of, with_query};
use crate::commitment::{outcomes, sheet::RESULT};
use crate::entry;
use crate::names;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use chrono::Datelike;
use domain::{Action, Day, FAR_DAY, Message};
use shell::{Access, Form, Result, Route, Visit};
use store::params;

/// People on the page; a larger unit is rated cell by cell.
const MOST: i64 = 300;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/unit/{unit}/rating", Access::On(Action::ReadSensitive), basis)]
}

struct Line {
    who: String,
    unit: String,
    /// Code of the commitment's result; empty when there is none.
    result: String,
    result_words: String,
    why: String,
    /// Where the commitment opens; empty when the person has none for the year.
    href: String,
    done: String,
    level: String,
    rating: String,
}

#[derive(Template)]
#[template(path = "rating/templates/basis.html")]
struct Basis<'a> {
    v: &'a Visit,
    unit: &'a Unit,
    year: i64,
    lines: Vec<Line>,
    cut: bool,
}

impl Basis<'_> {
    fn of(&self, year: i64) -> String {
        with_query(&of_unit(&self.unit.code, "/rating"), &[("year", &year.to_string())])
    }

    fn records(&self) -> String {
        of_unit(&self.unit.code, "/records/rating")
    }
}

async fn basis(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let named = names::shown(&visit, &mut tx, &code).await?;
    let today = visit.today();
    // The year before is rated until March.
    let usual = if today.month() <= 3 { today.year() - 1 } else { today.year() };
    let year = form.value("year").parse().ok().filter(|y| (1930..=2200).contains(y)).unwrap_or(i64::from(usual));
    let end = i32::try_from(year).ok().and_then(|y| Day::from_ymd_opt(y, 12, 31)).unwrap_or(today);
    let outcomes = outcomes(&mut tx, &unit.id, today, year).await?;
    let sql = format!(
        "SELECT p.id, p.name, p.sort, p.code, MIN(u.name) AS unit_name,
                MAX(r.level) AS level, MAX(r.id) AS rating
         FROM membership m JOIN person p ON p.id = m.person AND p.withdrawn IS NULL JOIN unit u ON u.id = m.unit
         LEFT JOIN rating r ON r.person = p.id AND r.year = $3 AND r.withdrawn IS NULL AND r.level IS NOT NULL
         WHERE m.withdrawn IS NULL AND m.category = 'party_member' AND m.unit IN ({UNDER})
           AND m.from_day <= $4 AND COALESCE(m.to_day, $5) >= $4
         GROUP BY p.id, p.name, p.sort, p.code ORDER BY unit_name, p.sort, p.code LIMIT {MOST}"
    );
    let mut lines = Vec::new();
    let rows = tx.query(&sql, params![&unit.id, today, year, end.min(today), FAR_DAY]).await?;
    for row in &rows {
        let outcome = outcomes.get(row.text("id")?);
        let level = row.words("level")?;
        let rating = row.opt_text("rating")?;
        let result = outcome.map(|o| o.result.clone()).unwrap_or_default();
        lines.push(Line {
            who: if named { row.words("name")? } else { visit.text("rating-unnamed") },
            unit: row.words("unit_name")?,
            result_words: match outcome {
                None => visit.text("rating-no-commitment"),
                Some(_) if result.is_empty() => visit.text("rating-not-reviewed"),
                Some(_) => entry::word_of(visit.lang(), &RESULT, &result),
            },
            why: outcome.map(|o| o.why.clone()).unwrap_or_default(),
            href: outcome.map_or_else(String::new, |o| {
                of_unit(&o.unit_code, &format!("/records/commitment/{}", segment(&o.id)))
            }),
            done: outcome.filter(|o| o.items > 0).map_or_else(String::new, |o| format!("{}/{}", o.done, o.items)),
            level: if level.is_empty() { String::new() } else { entry::word_of(visit.lang(), &LEVEL, &level) },
            rating: rating.map_or_else(String::new, |id| {
                of_unit(&unit.code, &format!("/records/rating/{}", segment(id)))
            }),
            result,
        });
    }
    drop(tx);
    if named && !lines.is_empty() {
        names::note(&visit, &RATING_KIND, &unit.id, lines.len()).await?;
    }
    let cut = i64::try_from(lines.len()).is_ok_and(|n| n >= MOST);
    let body = Basis { v: &visit, unit: &unit, year, lines, cut };
    let title = visit.tr(&Message::new("rating-basis-title").with("year", year.to_string()));
    page(&visit, &unit, title).lead(visit.text("rating-basis-lead")).show(&body)
}
