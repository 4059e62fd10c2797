//! What home says: requests to answer, an answer to read.

use super::asked::{of_person, of_unit};
use crate::address::of_unit as path;
use crate::duty::{Duty, Mine};
use domain::{Action, Message};
use shell::Result;
use store::Tx;

pub(super) async fn duties(mine: &Mine<'_>, tx: &mut Tx) -> Result<Vec<Duty>> {
    let visit = mine.visit;
    let mut duties = Vec::new();
    if let Some(person) = &mine.person {
        let new = of_person(tx, person).await?.iter().filter(|a| a.answered.is_some() && !a.seen).count();
        if new > 0 {
            duties.push(Duty {
                what: visit.text("privacy-duty-read"),
                about: String::new(),
                unit: String::new(),
                href: "/me/data#asked".to_owned(),
                due: None,
            });
        }
    }
    for place in mine.with(Action::WriteRecords).filter(|p| p.allows(Action::ReadSensitive)) {
        let all = of_unit(tx, &place.unit.id, visit.today()).await?;
        let open: Vec<_> = all.iter().filter(|a| a.answered.is_none()).collect();
        let Some(first) = open.iter().map(|a| a.due).min() else { continue };
        duties.push(Duty {
            what: visit.text("privacy-duty-answer"),
            about: visit.tr(&Message::new("privacy-duty-count").with("n", open.len())),
            unit: place.unit.name.clone(),
            href: path(&place.unit.code, "/data-requests"),
            due: Some(first),
        });
    }
    Ok(duties)
}
