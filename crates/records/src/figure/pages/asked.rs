//! What a page of figures is asked for: a unit, a period, the day of the report.

use crate::address::segment as encoded;
use crate::unit::{self, Unit};
use domain::{Action, Day, Message, Period};
use shell::{Error, FormState, Page, Result, Visit};
use store::{Tx, params};

/// A question to a page of figures.
pub struct Asked {
    /// The unit, as it is at the end of the period.
    pub unit: Unit,
    /// The period.
    pub period: Period,
    /// The day of the report: chooses definitions and what is "to date".
    pub day: Day,
    /// What stands in the form above the figures.
    pub form: FormState,
}

/// The longest period a page is asked for: a review of a whole generation.
const MOST_YEARS: usize = 60;

/// Reads `period` and `date` of a page about a unit. What cannot be read is said beside its
/// field, and the page shows what it shows without it.
pub async fn ask(visit: &Visit, tx: &mut Tx, code: &str, mut form: FormState) -> Result<Asked> {
    let today = visit.today();
    let found = unit::by_code(tx, code, today).await?.ok_or(Error::NotFound)?;
    let mut period = None;
    if let Some(typed) = form.text("period", 60) {
        match typed.parse::<Period>() {
            Ok(read) if read.by_year().len() <= MOST_YEARS => period = Some(read),
            Ok(_) => form.fail("period", Message::new("figure-period-long").with("most", MOST_YEARS)),
            Err(why) => form.fail("period", why.message()),
        }
    }
    let day = form.day("date").unwrap_or(today);
    let period = match period {
        Some(period) => period,
        None => Period::year(last_year(tx, &found.id, today).await?),
    };
    if form.is_ok() {
        form = form.with("period", period.to_string());
    }
    let unit = unit::by_code(tx, code, period.to()).await?.unwrap_or(found);
    Ok(Asked { unit, period, day, form })
}

/// The last year for which anything was handed in within a unit's subtree; else the last whole year.
pub async fn last_year(tx: &mut Tx, unit: &str, today: Day) -> store::Result<i32> {
    use chrono::Datelike;
    let row = tx
        .one(
            "SELECT CAST(MAX(r.year) AS BIGINT) AS year FROM return_state r
             JOIN unit_span s ON s.descendant = r.unit AND s.ancestor = $1
             WHERE r.withdrawn IS NULL AND r.state <> 'none' AND r.year <= $2",
            params![unit, today.year()],
        )
        .await?;
    let year = row.opt_int("year")?.and_then(|y| i32::try_from(y).ok());
    Ok(year.unwrap_or(today.year() - 1))
}

/// So many calendar years up to the one in which a period ends.
pub fn years_to(period: &Period, least: usize) -> Vec<Period> {
    use chrono::Datelike;
    let years = period.by_year();
    if years.len() >= least {
        return years;
    }
    let last = period.to().year();
    let count = i32::try_from(least).unwrap_or(1);
    (last - count + 1..=last).map(Period::year).collect()
}

/// The way to a unit: those above it that the visitor may see, then itself.
pub async fn crumbs(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    day: Day,
    mut page: Page,
    last: bool,
) -> Result<Page> {
    let mut path = unit::path(tx, &unit.id, day).await?;
    path.retain(|u| u.id != unit.id);
    page = page.place(&unit.name, format!("/unit/{}", encoded(&unit.code)));
    let mut above_seen = 0;
    for above in path {
        if visit.may(tx, Action::ReadUnits, &above.code).await? {
            above_seen += 1;
            page = page.crumb(above.name, format!("/unit/{}", encoded(&above.code)));
        }
    }
    // A way of one step, to where one is, says nothing.
    if last && above_seen == 0 {
        return Ok(page);
    }
    let href = if last { String::new() } else { format!("/unit/{}", encoded(&unit.code)) };
    Ok(page.crumb(unit.name.clone(), href))
}
