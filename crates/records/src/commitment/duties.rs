//! What commitments ask of a visitor: of a member, their own; of who writes a unit's records, the unit's.

use super::{me, slips, whole};
use crate::address::of_unit;
use crate::duty::{Duty, Mine, Place};
use chrono::{Datelike, Days};
use domain::{Action, Day, Message};
use shell::{Result, Visit};
use store::{Tx, params};

/// So many days ahead an item's deadline is told.
const AHEAD: u64 = 14;

pub(super) async fn duties(asked: &Mine<'_>, tx: &mut Tx) -> Result<Vec<Duty>> {
    let mut duties = Vec::new();
    if let Some(person) = &asked.person {
        of_person(asked.visit, tx, person, &mut duties).await?;
    }
    for place in asked.with(Action::WriteRecords) {
        of_place(asked.visit, tx, place, &mut duties).await?;
    }
    Ok(duties)
}

fn own(what: String, about: String, href: String, due: Option<Day>) -> Duty {
    Duty { what, about, unit: String::new(), href, due }
}

async fn of_person(visit: &Visit, tx: &mut Tx, person: &str, duties: &mut Vec<Duty>) -> Result<()> {
    let today = visit.today();
    let year = i64::from(today.year());
    let whole = match whole::of_person(tx, person, year).await? {
        Some(id) => whole::Whole::load(tx, &id).await?,
        None => None,
    };
    let page = me::path(year);
    let href = page.clone();
    match whole {
        None => {
            let asked = today.month() <= 3 || planned(tx, person, year, today).await?;
            if asked && whole::home(tx, person, today).await?.is_some() {
                // Offices close the registration at the end of January; later it only waits.
                let due = Day::from_ymd_opt(today.year(), 1, 31).filter(|d| *d >= today);
                let what = Message::new("commitment-duty-write").with("year", year.to_string());
                duties.push(own(visit.tr(&what), String::new(), href, due));
            }
        }
        Some(w) if w.stage == "returned" => {
            duties.push(own(visit.text("commitment-duty-returned"), String::new(), href, None));
        }
        Some(w) if w.counts() && w.result.is_empty() => {
            let soon = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
            let open = w.items.iter().filter(|i| i.done.is_none() && i.deadline.is_some_and(|d| d <= soon));
            let open: Vec<_> = open.collect();
            if let Some(first) = open.iter().min_by_key(|i| i.deadline) {
                let (about, href) = if open.len() == 1 {
                    (first.what.clone(), format!("/me/commitment/item/{}", first.id))
                } else {
                    let n = Message::new("commitment-duty-items").with("n", open.len());
                    (visit.tr(&n), href)
                };
                duties.push(own(visit.text("commitment-duty-deadline"), about, href, first.deadline));
            } else if w.items.iter().any(|i| i.done.is_none()) {
                // Nothing presses; the way to the member's own page is kept short.
                let n = w.items.iter().filter(|i| i.done.is_none()).count();
                let about = visit.tr(&Message::new("commitment-duty-items").with("n", n));
                duties.push(own(visit.text("commitment-duty-progress"), about, href, None));
            }
            if matches!(today.month(), 6 | 7) && w.midyear_day.is_none() {
                let due = Day::from_ymd_opt(today.year(), 7, 31);
                let what = visit.text("commitment-duty-midyear");
                duties.push(own(what, String::new(), format!("{page}#midyear-part"), due));
            }
            if today.month() >= 11 && w.self_review_day.is_none() {
                let due = Day::from_ymd_opt(today.year(), 12, 31);
                let what = visit.text("commitment-duty-self");
                duties.push(own(what, String::new(), format!("{page}#self-part"), due));
            }
        }
        Some(_) => {}
    }
    let slips = slips::asked(tx, person, today).await?;
    if slips > 0 {
        let about = visit.tr(&Message::new("commitment-duty-slips-n").with("n", slips));
        duties.push(own(visit.text("commitment-duty-slips"), about, "/me/feedback".to_owned(), None));
    }
    Ok(())
}

/// Whether a plan or a theme of the year stands above the person, so that a commitment is asked for.
async fn planned(tx: &mut Tx, person: &str, year: i64, today: Day) -> Result<bool> {
    let Some(cell) = whole::home(tx, person, today).await? else { return Ok(false) };
    for table in ["theme", "plan"] {
        let sql = format!(
            "SELECT t.id FROM {table} t
             JOIN unit_span s ON s.ancestor = t.unit AND s.descendant = $1 AND s.from_day <= $3 AND s.to_day >= $3
             WHERE t.year = $2 AND t.withdrawn IS NULL LIMIT 1"
        );
        if tx.first(&sql, params![&cell.id, year, today]).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn of_place(visit: &Visit, tx: &mut Tx, place: &Place, duties: &mut Vec<Duty>) -> Result<()> {
    let today = visit.today();
    let year = i64::from(today.year());
    let own = super::whole::own_units(&place.unit);
    let sql = format!(
        "SELECT CAST(COUNT(CASE WHEN stage = 'sent' THEN 1 END) AS BIGINT) AS waiting FROM commitment
         WHERE {own} AND withdrawn IS NULL AND stage IS NOT NULL"
    );
    let waiting = tx.one(&sql, params![&place.unit.id, today]).await?.int("waiting")?;
    let list = of_unit(&place.unit.code, "/commitment");
    let mut add = |key: &str, n: i64, href: String, due: Option<Day>| {
        if n > 0 {
            let about = visit.tr(&Message::new("commitment-duty-n").with("n", n));
            duties.push(Duty { what: visit.text(key), about, unit: place.unit.name.clone(), href, due });
        }
    };
    add("commitment-duty-register", waiting, list.clone(), None);
    // A year is reviewed from its November to the March after it.
    let (reviewed, due) = match today.month() {
        11 | 12 => (year, Day::from_ymd_opt(today.year(), 12, 31)),
        1..=3 => (year - 1, Day::from_ymd_opt(today.year(), 3, 31)),
        _ => return Ok(()),
    };
    let sql = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM commitment
         WHERE {own} AND year = $3 AND withdrawn IS NULL AND stage IS NULL AND result IS NULL"
    );
    let n = tx.one(&sql, params![&place.unit.id, today, reviewed]).await?.int("n")?;
    add("commitment-duty-review", n, format!("{list}?year={reviewed}"), due);
    Ok(())
}
