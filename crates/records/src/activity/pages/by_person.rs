//! Who was there, by person: what holds for most is said once, then one line for each member of
//! that day with one choice in it.

use super::super::sheet::{ATTENDANCE, STATUS};
use super::{Meeting, attendance_page, done, doubled};
use crate::address::unit_of;
use crate::entry;
use crate::kind::{Draft, Held};
use crate::names;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Day, FAR_DAY, Message};
use shell::{Error, Form, FormState, Result, Visit};
use std::collections::HashMap;
use store::{Tx, params};

/// More people are counted by site; nobody calls so many names.
const MOST: usize = 300;

/// A member of the unit on a day.
pub(in super::super) struct Member {
    pub id: String,
    pub name: String,
    pub category: String,
    /// Exempt or suspended on that day.
    pub standing: Option<String>,
    /// Why they asked to be excused, when they did.
    excused: Option<String>,
}

/// The members of a unit and those below it on a day: party members first, by the alphabet.
pub(in super::super) async fn members(tx: &mut Tx, unit: &str, day: Day) -> Result<Vec<Member>> {
    let sql = "SELECT p.id, p.name, m.category, st.standing
         FROM membership m
         JOIN person p ON p.id = m.person AND p.withdrawn IS NULL
         JOIN unit_span s ON s.descendant = m.unit AND s.ancestor = $1 AND s.from_day <= $2 AND s.to_day >= $2
         LEFT JOIN standing st ON st.person = p.id AND st.withdrawn IS NULL
           AND st.standing IN ('exempt', 'suspended') AND st.from_day <= $2 AND COALESCE(st.to_day, $3) >= $2
         WHERE m.withdrawn IS NULL AND m.from_day <= $2 AND COALESCE(m.to_day, $3) >= $2
         ORDER BY CASE m.category WHEN 'party_member' THEN 0 ELSE 1 END, p.sort, p.code";
    let mut members: Vec<Member> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for row in tx.query(sql, params![unit, day, FAR_DAY]).await? {
        let id = row.words("id")?;
        // Somebody may be a member and a worker: one person all the same.
        if seen.insert(id.clone()) {
            members.push(Member {
                id,
                name: row.words("name")?,
                category: row.words("category")?,
                standing: row.opt_text("standing")?.map(str::to_owned),
                excused: None,
            });
        }
    }
    Ok(members)
}

/// What was recorded of a person.
struct Known {
    id: String,
    status: String,
    spoke: bool,
    made_up: Option<Day>,
    withdrawn: bool,
}

async fn known(tx: &mut Tx, activity: &str) -> Result<HashMap<String, Known>> {
    let sql = "SELECT id, person, status, spoke, makeup_day, withdrawn FROM attendance WHERE activity = $1";
    let mut known = HashMap::new();
    for row in tx.query(sql, params![activity]).await? {
        let of = Known {
            id: row.words("id")?,
            status: row.words("status")?,
            spoke: row.flag("spoke")?,
            made_up: row.opt_day("makeup_day")?,
            withdrawn: row.opt_text("withdrawn")?.is_some(),
        };
        known.insert(row.words("person")?, of);
    }
    Ok(known)
}

/// Who asked to be excused from the session that this activity was planned as, and why.
async fn apologies(tx: &mut Tx, activity: &str) -> Result<HashMap<String, String>> {
    let sql = "SELECT w.person, w.reason FROM meeting_answer w JOIN meeting m ON m.id = w.meeting
               WHERE m.activity = $1 AND w.answer = 'excused' AND w.withdrawn IS NULL AND m.withdrawn IS NULL";
    let mut found = HashMap::new();
    for row in tx.query(sql, params![activity]).await? {
        found.insert(row.words("person")?, row.opt_text("reason")?.unwrap_or_default().to_owned());
    }
    Ok(found)
}

/// Those whom the page asks about: the members of that day, and whoever was recorded besides.
async fn people(
    tx: &mut Tx,
    unit: &Unit,
    meeting: &Meeting,
    known: &HashMap<String, Known>,
) -> Result<Vec<Member>> {
    let mut people = members(tx, &unit.id, meeting.day).await?;
    let sql = "SELECT p.id, p.name FROM attendance a JOIN person p ON p.id = a.person
               WHERE a.activity = $1 ORDER BY p.sort, p.code";
    for row in tx.query(sql, params![&meeting.id]).await? {
        let id = row.words("id")?;
        if known.contains_key(&id) && !people.iter().any(|m| m.id == id) {
            people.push(Member { id, name: row.words("name")?, category: String::new(), standing: None, excused: None });
        }
    }
    let mut asked = apologies(tx, &meeting.id).await?;
    people.iter_mut().for_each(|member| member.excused = asked.remove(&member.id));
    Ok(people)
}

struct Line {
    id: String,
    name: String,
    /// Why they need not come, or that they belong elsewhere.
    remark: String,
    status: String,
    spoke: bool,
    /// The day field is asked for those who were not there.
    makeup: Option<String>,
    error: Option<String>,
    /// Recorded before: it is changed, and no longer taken back to "not marked".
    known: bool,
    withdrawn: bool,
}

/// People of one category.
struct Group {
    title: String,
    lines: Vec<Line>,
}

/// The choice that says at once that somebody was there and spoke.
const SPOKE: &str = "spoke";

#[derive(Template)]
#[template(path = "activity/templates/by_person.html")]
struct Sheet<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    action: String,
    other: String,
    groups: Vec<Group>,
    tally: String,
    statuses: Vec<(String, String)>,
    error: Option<String>,
}

impl Sheet<'_> {
    fn is(&self, line: &Line, code: &str) -> bool {
        let shown = if line.spoke && line.status == "present" { SPOKE } else { &line.status };
        shown == code
    }

    fn rest(&self, code: &str) -> bool {
        self.form.value("rest") == code
    }
}

fn page_of(
    visit: &Visit,
    unit: &Unit,
    meeting: &Meeting,
    people: &[Member],
    known: &HashMap<String, Known>,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let sent = status != StatusCode::OK;
    let mut tally = HashMap::<&str, i64>::new();
    let lines: Vec<(String, Line)> = people
        .iter()
        .map(|member| {
            let was = known.get(&member.id).filter(|k| !k.withdrawn);
            if let Some(was) = was {
                *tally.entry(status_code(&was.status)).or_default() += 1;
                *tally.entry("spoke").or_default() += i64::from(was.spoke);
            }
            let (s, m) = names_of(&member.id);
            let (status, spoke, makeup) = if sent {
                let (status, spoke) = marked(form.value(&s));
                (status.to_owned(), spoke, form.value(&m).to_owned())
            } else {
                // Whoever asked to be excused stands so until the clerk says otherwise.
                let asked = if member.excused.is_some() { "excused" } else { "" };
                let exempt = if member.standing.is_some() { "exempt" } else { asked };
                let makeup = was.and_then(|w| w.made_up).map(domain::day_short).unwrap_or_default();
                (was.map_or(exempt, |w| &w.status).to_owned(), was.is_some_and(|w| w.spoke), makeup)
            };
            let title = if member.category == "party_member" {
                entry::word_of(visit.lang(), &crate::person::sheet::CATEGORY, "party_member")
            } else {
                visit.text("activity-others")
            };
            let missed = matches!(status.as_str(), "excused" | "absent");
            let remark = match (&member.standing, member.category.as_str()) {
                (Some(standing), _) => {
                    entry::word_of(visit.lang(), &crate::person::sheet::STANDING, standing)
                }
                (None, "") => visit.text("activity-elsewhere"),
                (None, "party_member") => String::new(),
                (None, other) => entry::word_of(visit.lang(), &crate::person::sheet::CATEGORY, other),
            };
            let remark = match &member.excused {
                Some(why) => visit.tr(&Message::new("activity-session-apology").with("why", why)),
                None => remark,
            };
            let line = Line {
                error: [&s, &m].iter().find_map(|n| form.error(n)).map(|e| visit.tr(e)),
                id: member.id.clone(),
                name: member.name.clone(),
                remark,
                makeup: (missed || !makeup.is_empty()).then_some(makeup),
                status,
                spoke,
                known: was.is_some(),
                withdrawn: known.get(&member.id).is_some_and(|k| k.withdrawn),
            };
            (title, line)
        })
        .collect();
    let n = |code| tally.get(code).copied().unwrap_or(0);
    let of = i64::try_from(lines.len()).unwrap_or(0);
    let key = if tally.is_empty() { "activity-tally-none" } else { "activity-tally" };
    let message = Message::new(key)
        .with("all", of)
        .with("present", n("present"))
        .with("excused", n("excused"))
        .with("absent", n("absent"))
        .with("spoke", n("spoke"))
        .with("open", of - n("present") - n("excused") - n("absent") - n("exempt"));
    let mut groups: Vec<Group> = Vec::new();
    for (title, line) in lines {
        match groups.last_mut().filter(|g| g.title == title) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { title, lines: vec![line] }),
        }
    }
    let mut statuses = entry::options(visit.lang(), &STATUS);
    let after_present = statuses.iter().position(|(code, _)| code == "present").map_or(0, |at| at + 1);
    statuses.insert(after_present, (SPOKE.to_owned(), visit.text("activity-present-spoke")));
    let base = meeting.path(unit);
    let body = Sheet {
        v: visit,
        f: visit.fields(form),
        form,
        action: format!("{base}/attendance"),
        other: format!("{base}/attendance?by=site"),
        tally: visit.tr(&message),
        statuses,
        error: form.error("people").map(|m| visit.tr(m)),
        groups,
    };
    attendance_page(visit, unit, meeting).status(status).show(&body)
}

fn status_code(status: &str) -> &'static str {
    STATUS.iter().find(|c| c.code == status).map_or("", |c| c.code)
}

/// What a choice says of a person: the status, and whether they spoke.
fn marked(chosen: &str) -> (&str, bool) {
    if chosen == SPOKE { ("present", true) } else { (chosen, false) }
}

/// The form's fields for a person: status, made up on.
fn names_of(person: &str) -> (String, String) {
    (format!("s-{person}"), format!("m-{person}"))
}

/// The sheet, or the other way when there are too many people or they may not be named.
pub(super) async fn show(visit: Visit, mut tx: Tx, unit: &Unit, meeting: &Meeting) -> Result<Response> {
    let known = known(&mut tx, &meeting.id).await?;
    let people = people(&mut tx, unit, meeting, &known).await?;
    let named = names::shown(&visit, &mut tx, &unit.code).await?;
    drop(tx);
    if !named {
        return Err(Error::Forbidden);
    }
    if people.len() > MOST {
        return Err(Error::Problem(Message::new("activity-too-many").with("n", people.len())));
    }
    names::note(&visit, &ATTENDANCE, &meeting.id, people.len()).await?;
    page_of(&visit, unit, meeting, &people, &known, &FormState::default(), StatusCode::OK)
}

/// Saves the sheet: only what differs is written.
pub(super) async fn save(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let meeting = Meeting::of(&mut tx, &unit, &id).await?;
    if !names::shown(&visit, &mut tx, &code).await? {
        return Err(Error::Forbidden);
    }
    let known = known(&mut tx, &meeting.id).await?;
    let people = people(&mut tx, &unit, &meeting, &known).await?;
    let rest = form.choice("rest", |typed| Some(status_code(typed)).filter(|c| !c.is_empty()));
    for member in &people {
        let was = known.get(&member.id);
        if was.is_some_and(|k| k.withdrawn) {
            continue;
        }
        let (s, m) = names_of(&member.id);
        let spoke = marked(form.value(&s)).1;
        let status =
            form.choice(&s, |typed| Some(status_code(marked(typed).0)).filter(|c| !c.is_empty()));
        // Those not marked are what the clerk says of the rest, if they were never marked before.
        let status = status.or(rest.filter(|_| was.is_none()));
        let Some(status) = status else { continue };
        let mut draft = Draft::default();
        draft.set("activity", Held::Text(meeting.id.clone()));
        draft.set("person", Held::Text(member.id.clone()));
        draft.set("status", Held::Text(status.to_owned()));
        draft.set("spoke", Held::Int(i64::from(spoke)));
        let day = form.day(&m);
        // Somebody who was there after all has nothing to make up.
        let kept = if status == "present" { None } else { day };
        draft.set("makeup_day", kept.map_or(Held::Empty, Held::Day));
        if let Some(day) = kept.filter(|d| *d < meeting.day) {
            form.fail(&m, Message::new("activity-makeup-before").with("day", visit.day(day)));
        }
        let same = |k: &Known| k.status == status && k.spoke == spoke && k.made_up == kept;
        if was.is_some_and(same) {
            continue;
        }
        let mut found = FormState::default();
        let id = was.map(|k| k.id.as_str());
        entry::write(&visit, &mut tx, &ATTENDANCE, draft, id, &mut found, "").await?;
        for error in found.into_errors() {
            let what = visit.tr(&error.message);
            let message = Message::new("activity-person-fault").with("name", &member.name).with("what", what);
            form.fail(&s, message);
        }
    }
    if form.is_ok() {
        doubled(&visit, &mut tx, &meeting.id, &mut form, "people").await?;
    }
    if form.is_ok() {
        tx.commit().await?;
        return Ok(done(&visit, &format!("{}/attendance?by=person", meeting.path(&unit))));
    }
    drop(tx);
    page_of(&visit, &unit, &meeting, &people, &known, &form, StatusCode::UNPROCESSABLE_ENTITY)
}
