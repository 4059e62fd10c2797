//! The year's deadlines as a calendar file (RFC 5545), which a phone or Outlook takes in.

use super::{tasks, year_of};
use crate::address::unit_of;
use axum::extract::Path;
use axum::response::Response;
use chrono::DateTime;
use domain::Day;
use icalendar::{Calendar, Component, Event, EventLike};
use shell::{Form, Result, Visit};

/// `GET /unit/{unit}/year/calendar.ics?year=`
pub(super) async fn file(visit: Visit, Path(code): Path<String>, Form(asked): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let year = year_of(&visit, &asked);
    let entries: Vec<(String, String, Day)> = tasks(&mut tx, &unit.id, i64::from(year))
        .await?
        .into_iter()
        .filter(|t| t.done.is_none())
        .filter_map(|t| Some((t.id.clone(), t.title.clone(), t.due(year)?)))
        .collect();
    let text = written(&unit.name, &entries, visit.now());
    Ok(shell::download(&format!("{}-{year}.ics", unit.code), "text/calendar; charset=utf-8", text.into_bytes()))
}

/// The calendar; an entry keeps its id, so that taking it in again corrects it and adds nothing.
fn written(unit: &str, entries: &[(String, String, Day)], now: i64) -> String {
    let mut calendar = Calendar::new();
    calendar.name(unit);
    for (id, title, day) in entries {
        let mut event = Event::new();
        event.uid(&format!("{id}@nenep")).summary(title).description(unit).all_day(*day);
        if let Some(now) = DateTime::from_timestamp_millis(now) {
            event.timestamp(now);
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_with_signs_of_the_format_stay_themselves() {
        let day = Day::from_ymd_opt(2026, 5, 31).unwrap();
        let entries = [("t1".to_owned(), "Sinh hoạt quý II; chuẩn bị, gửi\nEND:VCALENDAR".to_owned(), day)];
        let text = written("Chi bộ A", &entries, 1_780_279_200_000);
        assert!(text.contains("UID:t1@nenep\r\n") && text.contains("DTSTART;VALUE=DATE:20260531\r\n"), "{text}");
        assert!(text.contains("DTSTAMP:20260601T"), "the clock is passed in: {text}");
        assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1, "{text}");
        assert!(text.contains(r"quý II\; chuẩn bị\, gửi"), "{text}");
    }
}
