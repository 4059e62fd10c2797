//! Writing looks: one that was done, and the next that is planned.

use super::sheet::LOOK;
use super::subject::{Subject, What};
use crate::entry;
use crate::kind::{Draft, Held};
use domain::{Day, Id, Message};
use shell::{FormState, Result, Visit};
use store::Tx;

/// A draft of a look at the thing.
fn of(subject: &Subject) -> Draft {
    let text = |t: &str| Held::Text(t.to_owned());
    let mut draft = Draft::default();
    draft.set("unit", text(&subject.unit));
    match (subject.what, &subject.task) {
        (What::Commitment, _) => draft.set("commitment", text(&subject.id)),
        (What::Breakthrough, _) => draft.set("breakthrough", text(&subject.id)),
        (What::Task, Some((activity, task))) => {
            draft.set("activity", text(activity));
            draft.set("task", text(task));
        }
        // A task always has its session; without one the kind's rule refuses the row.
        (What::Task, None) => {}
    }
    draft
}

/// A code that nobody has to think of: the random end of an id.
fn code() -> Held {
    let id = Id::new().to_string();
    Held::Text(format!("XEM-{}", id.get(24..).unwrap_or(&id)))
}

/// Plans the next look, or moves the one that is planned.
pub(super) async fn plan(
    visit: &Visit,
    tx: &mut Tx,
    subject: &Subject,
    open: Option<&str>,
    day: Day,
    who: Option<&str>,
    form: &mut FormState,
) -> Result<()> {
    let mut draft = of(subject);
    draft.set("planned_day", Held::Day(day));
    draft.set("who", who.map_or(Held::Empty, |w| Held::Text(w.to_owned())));
    if open.is_none() {
        draft.set("code", code());
    }
    entry::write(visit, tx, &LOOK, draft, open, form, "").await?;
    Ok(())
}

/// Writes what was looked at, into the look that was planned when there is one.
pub(super) async fn done(
    visit: &Visit,
    tx: &mut Tx,
    subject: &Subject,
    next: Option<Day>,
    form: &mut FormState,
) -> Result<()> {
    let mut draft = entry::read(&LOOK, form, "", &["looked_day", "looked_at", "said", "changed"]);
    if draft.is_empty("looked_day") {
        draft.set("looked_day", Held::Day(visit.today()));
    }
    if let Some(day) = draft.day("looked_day").filter(|d| *d > visit.today()) {
        form.fail("looked_day", Message::new("follow-not-yet").with("day", visit.day(day)));
    }
    draft.set("next_day", next.map_or(Held::Empty, Held::Day));
    let open = subject.planned.as_ref().map(|p| p.id.as_str());
    for (name, held) in of(subject).values {
        draft.set(name, held);
    }
    if open.is_none() {
        draft.set("code", code());
    }
    if form.is_ok() {
        entry::write(visit, tx, &LOOK, draft, open, form, "").await?;
    }
    Ok(())
}
