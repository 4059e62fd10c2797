//! A session from its preparation to what came of it, and the rota of readings.
//!
//! Rules of the field kept here:
//! - A planned session is a `meeting` and counts nowhere. Holding it makes the activity, with the
//!   same code, so that papers filed for the plan are papers of the activity.
//! - When the paper goes out, when the minutes are done and how long a session lasts are rules with
//!   a day and a document ([`rules`]). What comes late is said, never blocked.
//! - A member answers an invitation for themself. An apology stands on the attendance sheet as
//!   "absent with reason" until the secretary saves it.
//! - A member says "I am here" only with a code from the secretary's screen that is younger than
//!   three minutes, only on the day, only as somebody who belonged to the unit on that day
//!   ([`token`]). It writes one row about that member and nobody else.
//! - The next session begins with what was promised at the last: open follow-ups are asked about.
//! - A conference is done when everybody was there or made it up.
//! - A rota gives each day one turn; making it again changes nothing that was there.

mod asked;
mod duties;
mod hold;
mod invite;
mod makeup;
mod mine;
mod one;
mod plan;
mod print;
mod rota;
pub mod rules;
pub mod sheet;
#[cfg(test)]
mod tests;
mod token;

use crate::person::{Member, members};
use crate::address::{of_unit, segment};
use crate::kind::Draft;
use crate::unit::Unit;
use domain::{Action, Day};
use rules::Rule;
use shell::{Access, Error, Result, Route, Visit};
use store::{Tx, params};

pub(super) use duties::duties;

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    let own = Access::SignedIn;
    vec![
        Route::get("/unit/{unit}/sessions", write, plan::list),
        Route::post("/unit/{unit}/sessions/asked", write, asked::save),
        Route::get("/unit/{unit}/session/new", write, plan::blank),
        Route::post("/unit/{unit}/session/new", write, plan::add),
        Route::get("/unit/{unit}/session/{id}", write, one::show),
        Route::get("/unit/{unit}/session/{id}/edit", write, plan::edit),
        Route::post("/unit/{unit}/session/{id}/edit", write, plan::change),
        Route::post("/unit/{unit}/session/{id}/sent", write, hold::sent),
        Route::get("/unit/{unit}/session/{id}/invite", write, invite::show),
        Route::post("/unit/{unit}/session/{id}/hold", write, hold::hold),
        Route::get("/unit/{unit}/session/{id}/qr", write, hold::qr),
        Route::post("/unit/{unit}/session/{id}/close", write, hold::close),
        Route::post("/unit/{unit}/session/{id}/task", write, hold::task),
        Route::get("/unit/{unit}/session/{id}/minutes.docx", write, print::docx),
        Route::get("/unit/{unit}/activity/{id}/makeup", write, makeup::show),
        Route::post("/unit/{unit}/activity/{id}/makeup", write, makeup::save),
        Route::get("/unit/{unit}/rota", write, rota::show),
        Route::post("/unit/{unit}/rota", write, rota::make),
        Route::post("/unit/{unit}/rota/swap", write, rota::swap),
        Route::post("/unit/{unit}/rota/{id}/read", write, rota::read),
        Route::get("/me/session/{id}", own, mine::invitation),
        Route::post("/me/session/{id}", own, mine::answer),
        Route::get("/me/session/{id}/paper/{paper}", own, mine::paper),
        Route::get("/me/tasks", own, mine::tasks),
        Route::get("/me/attend/{token}", own, mine::attend),
        Route::post("/me/attend/{token}", own, mine::attended),
    ]
}

/// A session as it is planned, and as it was held.
#[derive(Debug, Clone, Default)]
struct Session {
    id: String,
    code: String,
    unit: String,
    kind: String,
    title: String,
    day: Day,
    hour: String,
    place: String,
    mode: String,
    depth: String,
    theme: Option<String>,
    theme_title: String,
    lead_in: Option<String>,
    lead_name: String,
    agenda: String,
    sent: Option<Day>,
    /// The activity that it became.
    activity: Option<String>,
    chair: String,
    writer: String,
    started: String,
    ended: String,
    record: String,
}

impl Session {
    /// A session that counts, of any unit.
    async fn any(tx: &mut Tx, id: &str) -> Result<Session> {
        let sql = "SELECT m.*, t.title AS theme_title, p.name AS lead_name FROM meeting m
                   LEFT JOIN theme t ON t.id = m.theme LEFT JOIN person p ON p.id = m.lead_in
                   WHERE m.id = $1 AND m.withdrawn IS NULL";
        let row = tx.first(sql, params![id]).await?.ok_or(Error::NotFound)?;
        let words = |name: &str| row.opt_text(name).map(|t| t.unwrap_or_default().to_owned());
        let maybe = |name: &str| row.opt_text(name).map(|t| t.map(str::to_owned));
        Ok(Session {
            id: words("id")?,
            code: words("code")?,
            unit: words("unit")?,
            kind: words("kind")?,
            title: words("title")?,
            day: row.day("day")?,
            hour: words("hour")?,
            place: words("place")?,
            mode: words("mode")?,
            depth: words("depth")?,
            theme: maybe("theme")?,
            theme_title: words("theme_title")?,
            lead_in: maybe("lead_in")?,
            lead_name: words("lead_name")?,
            agenda: words("agenda")?,
            sent: row.opt_day("paper_sent_day")?,
            activity: maybe("activity")?,
            chair: words("chair")?,
            writer: words("writer")?,
            started: words("started")?,
            ended: words("ended")?,
            record: words("record")?,
        })
    }

    /// A session of this very unit.
    async fn of(tx: &mut Tx, unit: &Unit, id: &str) -> Result<Session> {
        let session = Session::any(tx, id).await?;
        if session.unit == unit.id { Ok(session) } else { Err(Error::NotFound) }
    }

    fn path(&self, unit: &Unit, below: &str) -> String {
        of_unit(&unit.code, &format!("/session/{}{below}", segment(&self.id)))
    }

    fn rule(&self) -> Option<&'static Rule> {
        Rule::on(self.day)
    }

    /// "19:30, 05/06/2026"
    fn when(&self, visit: &Visit) -> String {
        let day = visit.day(self.day);
        if self.hour.is_empty() { day } else { format!("{}, {day}", self.hour) }
    }
}

/// A change of some fields of a row.
fn changes(values: impl IntoIterator<Item = (&'static str, crate::kind::Held)>) -> Draft {
    let mut draft = Draft::default();
    values.into_iter().for_each(|(name, held)| draft.set(name, held));
    draft
}

/// Whether a person belonged to a unit, or to one below it, on a day.
async fn belongs(tx: &mut Tx, person: &str, unit: &str, day: Day) -> Result<bool> {
    let sql = "SELECT m.id FROM membership m
               JOIN unit_span s ON s.descendant = m.unit AND s.ancestor = $2 AND s.from_day <= $3 AND s.to_day >= $3
               JOIN person p ON p.id = m.person AND p.withdrawn IS NULL
               WHERE m.person = $1 AND m.withdrawn IS NULL AND m.from_day <= $3
                 AND COALESCE(m.to_day, '9999-12-31') >= $3 LIMIT 1";
    Ok(tx.first(sql, params![person, unit, day]).await?.is_some())
}

/// Those who are called to a session: the party members of that day, or everybody where there are
/// none; not who is exempt or suspended.
pub(crate) async fn called(tx: &mut Tx, unit: &str, day: Day) -> store::Result<Vec<Member>> {
    let mut all = members(tx, unit, day).await?;
    if all.iter().any(|m| m.category == "party_member") {
        all.retain(|m| m.category == "party_member");
    }
    all.retain(|m| m.standing.is_none());
    Ok(all)
}
