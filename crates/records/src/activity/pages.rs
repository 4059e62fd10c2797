//! Pages: entering a conference or a session; who was there, by person or by count.

pub(super) mod by_person;
mod by_site;
#[cfg(test)]
mod tests;

use super::sheet::{ACTIVITY, DEPTH, KIND, MODE};
use crate::address::{of_unit, page, segment, unit_of};
use crate::entry;
use crate::kind::Held;
use crate::unit::{self, Unit};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Action, Day, Message};
use shell::{Access, Error, Form, FormState, Result, Route, Visit};
use store::{Tx, params};

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    vec![
        Route::get("/unit/{unit}/activity/new", write, blank),
        Route::post("/unit/{unit}/activity/new", write, add),
        Route::get("/unit/{unit}/activity/{id}/attendance", write, attendance),
        Route::post("/unit/{unit}/activity/{id}/attendance", write, by_person::save),
        Route::post("/unit/{unit}/activity/{id}/sites", write, by_site::save),
    ]
}

/// The fields that the form asks for, in its order.
const ASKED: [&str; 17] = [
    "kind",
    "title",
    "day",
    "mode",
    "theme",
    "programme",
    "depth",
    "lead_in",
    "paper_sent_day",
    "theory_part",
    "practice_part",
    "minutes",
    "minutes_day",
    "minutes_length",
    "conclusion",
    "turn",
    "makeup_of",
];

/// What a select offers: ids and words.
pub(super) type Options = Vec<(String, String)>;

/// What the form's selects offer at a unit.
pub(super) struct Offers {
    pub themes: Options,
    programmes: Options,
    pub people: Options,
    groups: Options,
    conferences: Options,
}

impl Offers {
    pub async fn of(visit: &Visit, tx: &mut Tx, unit: &Unit, names: bool) -> Result<Offers> {
        let today = visit.today();
        let above =
            "SELECT ancestor FROM unit_span WHERE descendant = $1 AND from_day <= $2 AND to_day >= $2";
        let own = params![&unit.id, today];
        let themes = format!(
            "SELECT id, title AS label, CAST(year AS TEXT) AS beside FROM theme
             WHERE withdrawn IS NULL AND unit IN ({above})
             ORDER BY CASE WHEN year IS NULL THEN 0 ELSE 1 END, year DESC, title LIMIT 60"
        );
        let programmes = "SELECT id, name AS label, code AS beside FROM programme WHERE withdrawn IS NULL
                          ORDER BY from_day DESC, code LIMIT 60";
        let conferences = format!(
            "SELECT id, title AS label, day AS beside FROM activity
             WHERE withdrawn IS NULL AND kind = 'conference' AND unit IN ({above}) ORDER BY day DESC, id DESC LIMIT 60"
        );
        let groups: Options =
            unit::children(tx, &unit.id, today).await?.into_iter().map(|u| (u.id, u.name)).collect();
        // Above the cell there are thousands of members; a lead-in is given by somebody in office.
        let in_office = "SELECT p.id, p.name AS label, '' AS beside FROM position h JOIN person p ON p.id = h.person
                         WHERE h.unit = $1 AND h.withdrawn IS NULL AND p.withdrawn IS NULL
                           AND h.from_day <= $2 AND COALESCE(h.to_day, '9999-12-31') >= $2
                         GROUP BY p.id, p.name, p.sort ORDER BY p.sort, p.id LIMIT 300";
        let people = match (names, unit.cell) {
            (true, true) => {
                crate::person::members(tx, &unit.id, today).await?.into_iter().map(|m| (m.id, m.name)).collect()
            }
            (true, false) => offered(tx, in_office, own).await?,
            (false, _) => Options::new(),
        };
        Ok(Offers {
            themes: offered(tx, &themes, own).await?,
            programmes: offered(tx, programmes, &[]).await?,
            conferences: offered(tx, &conferences, own).await?,
            people,
            groups,
        })
    }

    /// What the form names must be among what it offered: an id from elsewhere is no choice.
    pub fn check(&self, form: &mut FormState) {
        for (name, options) in [
            ("theme", &self.themes),
            ("programme", &self.programmes),
            ("lead_in", &self.people),
            ("turn", &self.groups),
            ("makeup_of", &self.conferences),
        ] {
            let typed = form.value(name).to_owned();
            if !typed.is_empty() && !options.iter().any(|(id, _)| *id == typed) {
                form.fail(name, Message::new("activity-choose-again"));
            }
        }
    }
}

async fn offered(tx: &mut Tx, sql: &str, params: &[store::Value]) -> Result<Options> {
    let mut options = Options::new();
    for row in tx.query(sql, params).await? {
        let mut words = row.words("label")?;
        let beside = row.words("beside")?;
        let beside = domain::parse_day(&beside).map_or(beside, domain::day_short);
        if !beside.is_empty() {
            words = format!("{words} ({beside})");
        }
        options.push((row.words("id")?, words));
    }
    Ok(options)
}

#[derive(Template)]
#[template(path = "activity/templates/new.html")]
struct New<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    unit: &'a Unit,
    offers: Offers,
}

impl New<'_> {
    fn path(&self) -> String {
        of_unit(&self.unit.code, "/activity/new")
    }

    fn sessions(&self) -> String {
        of_unit(&self.unit.code, "/sessions")
    }

    fn kinds(&self) -> Options {
        entry::options(self.v.lang(), &KIND)
    }

    fn modes(&self) -> Options {
        entry::options(self.v.lang(), &MODE)
    }

    fn depths(&self) -> Options {
        entry::options(self.v.lang(), &DEPTH)
    }

    /// Whether a folded part stands open: something in it is filled in or wrong.
    fn open(&self, names: &[&str]) -> bool {
        names.iter().any(|n| !self.form.value(n).is_empty() || self.form.error(n).is_some())
    }
}

fn new_page(
    visit: &Visit,
    unit: &Unit,
    form: &FormState,
    offers: Offers,
    status: StatusCode,
) -> Result<Response> {
    let body = New { v: visit, f: visit.fields(form), form, unit, offers };
    page(visit, unit, visit.text("activity-new-title"))
        .lead(visit.text("activity-new-lead"))
        .status(status)
        .show(&body)
}

async fn blank(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let names = crate::names::shown(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit, names).await?;
    if form.value("day").is_empty() {
        form = form.with("day", visit.day(visit.today()));
    }
    new_page(&visit, &unit, &form, offers, StatusCode::OK)
}

async fn add(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let names = crate::names::shown(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit, names).await?;
    let mut draft = entry::read(&ACTIVITY, &mut form, "", &ASKED);
    offers.check(&mut form);
    draft.set("unit", Held::Text(unit.id.clone()));
    if let (Some(day), Some(kind), true) = (draft.day("day"), draft.text("kind"), form.is_ok()) {
        if day > visit.today() {
            form.fail("day", Message::new("activity-not-yet").with("day", visit.day(day)));
        }
        if same(&mut tx, &unit.id, kind, day, draft.text("title").unwrap_or_default()).await? {
            form.fail("title", Message::new("activity-already").with("day", visit.day(day)));
        }
        let code = free_code(&mut tx, kind, &unit.code, day).await?;
        draft.set("code", Held::Text(code));
    }
    if form.is_ok()
        && let Some(id) = entry::write(&visit, &mut tx, &ACTIVITY, draft, None, &mut form, "").await?
    {
        tx.commit().await?;
        let to = of_unit(&unit.code, &format!("/activity/{}/attendance", segment(&id)));
        return Ok(visit.done(&to, "activity-added"));
    }
    new_page(&visit, &unit, &form, offers, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Whether the same was entered before: a form sent twice must not make two sessions of one.
pub(super) async fn same(tx: &mut Tx, unit: &str, kind: &str, day: Day, title: &str) -> Result<bool> {
    let rows = tx
        .query(
            "SELECT title FROM activity WHERE unit = $1 AND kind = $2 AND day = $3 AND withdrawn IS NULL",
            params![unit, kind, day],
        )
        .await?;
    let wanted = domain::text::fold(title);
    for row in &rows {
        if domain::text::fold(row.text("title")?) == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A code that says what, where and when: `SHCD-CB01-20230520`.
pub(super) async fn free_code(tx: &mut Tx, kind: &str, unit: &str, day: Day) -> Result<String> {
    let what = match kind {
        "conference" => "HN",
        "makeup" => "HBS",
        "topic_session" => "SHCD",
        "weekly_reading" => "DT",
        "flag_ceremony" => "CC",
        "self_review" => "TSTS",
        "training" => "BD",
        "review_conference" => "SK",
        "regular" => "SHTK",
        _ => "VN",
    };
    let place: String = unit.chars().take(40).collect();
    let base = format!("{what}-{place}-{}", day.format("%Y%m%d"));
    let mut code = base.clone();
    for n in 2.. {
        // A planned session keeps its code when it becomes an activity.
        let sql = "SELECT id FROM activity WHERE code = $1 UNION ALL SELECT id FROM meeting WHERE code = $1";
        if tx.first(sql, params![&code]).await?.is_none() {
            break;
        }
        code = format!("{base}-{n}");
    }
    Ok(code)
}

/// The activity of an attendance page.
pub(super) struct Meeting {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub day: Day,
    pub sites: i64,
    pub persons: i64,
}

impl Meeting {
    /// The activity, when it is this unit's own and counts.
    pub async fn of(tx: &mut Tx, unit: &Unit, id: &str) -> Result<Meeting> {
        let sql = "SELECT a.id, a.title, a.kind, a.day,
                     (SELECT COUNT(*) FROM attendance_site s WHERE s.activity = a.id AND s.withdrawn IS NULL) AS sites,
                     (SELECT COUNT(*) FROM attendance p WHERE p.activity = a.id AND p.withdrawn IS NULL) AS persons
                   FROM activity a WHERE a.id = $1 AND a.unit = $2 AND a.withdrawn IS NULL";
        let row = tx.first(sql, params![id, &unit.id]).await?.ok_or(Error::NotFound)?;
        Ok(Meeting {
            id: row.words("id")?,
            title: row.words("title")?,
            kind: row.words("kind")?,
            day: row.day("day")?,
            sites: row.int("sites")?,
            persons: row.int("persons")?,
        })
    }

    fn path(&self, unit: &Unit) -> String {
        of_unit(&unit.code, &format!("/activity/{}", segment(&self.id)))
    }

    fn lead(&self, visit: &Visit) -> String {
        let message = Message::new("activity-attendance-lead");
        let message = message.with("kind", entry::word_of(visit.lang(), &KIND, &self.kind));
        visit.tr(&message.with("day", visit.day(self.day)))
    }
}

async fn attendance(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(form): Form,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let activity = Meeting::of(&mut tx, &unit, &id).await?;
    // A cell calls its members by name; above it, sites report numbers.
    let small = unit.cell || unit.level > 5;
    let by_site = match form.value("by") {
        "site" => true,
        "person" => false,
        _ => activity.sites > 0 || (activity.persons == 0 && !small),
    };
    if by_site {
        return by_site::show(&visit, &mut tx, &unit, &activity, form).await;
    }
    by_person::show(visit, tx, &unit, &activity).await
}

/// Refuses what would count people twice: by name and by number at one activity.
pub(super) async fn doubled(
    visit: &Visit,
    tx: &mut Tx,
    activity: &str,
    form: &mut FormState,
    field: &str,
) -> Result<()> {
    let row = tx
        .one(
            "SELECT (SELECT COUNT(*) FROM attendance_site WHERE activity = $1 AND withdrawn IS NULL) AS sites,
                    (SELECT COUNT(*) FROM attendance WHERE activity = $1 AND withdrawn IS NULL) AS persons",
            params![activity],
        )
        .await?;
    if row.int("sites")? == 0 || row.int("persons")? == 0 {
        return Ok(());
    }
    let code = tx.one("SELECT code FROM activity WHERE id = $1", params![activity]).await?.words("code")?;
    let found = super::double_counted(tx).await?.into_iter().find(|d| d.activity == code);
    if let Some(double) = found {
        let name = unit::by_id(tx, &double.unit, visit.today()).await?.map_or(double.unit, |u| u.name);
        let message = Message::new("activity-doubled").with("site", double.site).with("unit", name);
        form.fail(field, message.with("counted", double.counted).with("named", double.named));
    }
    Ok(())
}

fn done(visit: &Visit, to: &str) -> Response {
    visit.done(to, "activity-attendance-saved")
}

/// A page with the way back to the activity's record.
fn attendance_page(visit: &Visit, unit: &Unit, activity: &Meeting) -> shell::Page {
    let record = of_unit(&unit.code, &format!("/records/activity/{}", segment(&activity.id)));
    page(visit, unit, visit.text("activity-attendance-title"))
        .crumb(&activity.title, record)
        .lead(activity.lead(visit))
}
