//! What following up asks of who writes a unit's records: looks that are late, looks of this week, what is vague.

use super::subject::{self, Subject};
use crate::address::of_unit;
use crate::duty::{Duty, Mine, When};
use domain::{Action, Day, Message};
use shell::Result;
use store::Tx;

pub(super) async fn duties(mine: &Mine<'_>, tx: &mut Tx) -> Result<Vec<Duty>> {
    let (visit, today) = (mine.visit, mine.visit.today());
    let mut duties = Vec::new();
    for place in mine.with(Action::WriteRecords) {
        let own = subject::own(visit, tx, &place.unit).await?;
        let day = |s: &Subject| s.planned.as_ref().map(|p| p.day);
        let mut add = |key: &str, anchor: &str, chosen: Vec<Option<Day>>| {
            if chosen.is_empty() {
                return;
            }
            let n = Message::new("follow-duty-n").with("n", chosen.len());
            duties.push(Duty {
                what: visit.text(key),
                about: visit.tr(&n),
                unit: place.unit.name.clone(),
                href: of_unit(&place.unit.code, &format!("/follow{anchor}")),
                due: chosen.into_iter().flatten().min(),
            });
        };
        let planned = |when: When| -> Vec<Option<Day>> {
            own.iter().map(day).filter(|d| d.is_some() && When::of(*d, today) == when).collect()
        };
        add("follow-duty-late", "#late", planned(When::Late));
        add("follow-duty-week", "", planned(When::Week));
        add("follow-duty-vague", "#vague", own.iter().filter(|s| s.vague > 0).map(|_| None).collect());
    }
    Ok(duties)
}
