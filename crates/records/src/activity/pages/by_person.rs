//! Who was there, by person: what holds for most is said once, then one line for each member of
//! that day with one choice in it.

use super::super::sheet::{ATTENDANCE, STATUS};
use super::{Meeting, attendance_page, done, doubled};
use crate::address::unit_of;
use crate::entry;
use crate::kind::{Draft, Held};
use crate::names;
use crate::person::{Member, members};
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Day, Message};
use shell::{Error, Form, FormState, Result, Visit, offline};
use std::collections::HashMap;
use store::{Tx, params};

/// More people are counted by site; nobody calls so many names.
const MOST: usize = 300;

/// Somebody whom the sheet asks about.
struct Asked {
    member: Member,
    /// Why they asked to be excused, when they did.
    excused: Option<String>,
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
) -> Result<Vec<Asked>> {
    let mut people = members(tx, &unit.id, meeting.day).await?;
    let sql = "SELECT p.id, p.name FROM attendance a JOIN person p ON p.id = a.person
               WHERE a.activity = $1 ORDER BY p.sort, p.code";
    for row in tx.query(sql, params![&meeting.id]).await? {
        let id = row.words("id")?;
        if known.contains_key(&id) && !people.iter().any(|m| m.id == id) {
            people.push(Member { id, name: row.words("name")?, category: String::new(), standing: None });
        }
    }
    let mut asked = apologies(tx, &meeting.id).await?;
    let asked = people.into_iter().map(|member| Asked { excused: asked.remove(&member.id), member });
    Ok(asked.collect())
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
    /// What stood there and what was shown when the sheet was opened, for [`Meanwhile`].
    opened: String,
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
    /// What an entry that waits for a network is called.
    called: String,
    statuses: Vec<(String, String)>,
    error: Option<String>,
}

impl Sheet<'_> {
    fn is(&self, line: &Line, code: &str) -> bool {
        chosen(&line.status, line.spoke) == code
    }

    fn rest(&self, code: &str) -> bool {
        self.form.value("rest") == code
    }
}

fn page_of(
    visit: &Visit,
    unit: &Unit,
    meeting: &Meeting,
    people: &[Asked],
    known: &HashMap<String, Known>,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let sent = status != StatusCode::OK;
    let mut tally = HashMap::<&str, i64>::new();
    let lines: Vec<(String, Line)> = people
        .iter()
        .map(|Asked { member, excused }| {
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
                let asked = if excused.is_some() { "excused" } else { "" };
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
            let remark = match excused {
                Some(why) => visit.tr(&Message::new("activity-session-apology").with("why", why)),
                None => remark,
            };
            let line = Line {
                error: [&s, &m].iter().find_map(|n| form.error(n)).map(|e| visit.tr(e)),
                id: member.id.clone(),
                name: member.name.clone(),
                remark,
                makeup: (missed || !makeup.is_empty()).then_some(makeup),
                spoke,
                opened: Meanwhile::note(was, chosen(&status, spoke)),
                status,
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
        called: format!("{}: {}", visit.text("activity-attendance-title"), meeting.title),
        statuses,
        error: form.error("people").map(|m| visit.tr(m)),
        groups,
    };
    attendance_page(visit, unit, meeting).status(status).show(&body)
}

fn status_code(status: &str) -> &'static str {
    STATUS.iter().find(|c| c.code == status).map_or("", |c| c.code)
}

/// The choice that a status is shown as.
fn chosen(status: &str, spoke: bool) -> &str {
    if spoke && status == "present" { SPOKE } else { status }
}

/// What became of a person's line since the sheet was opened: two people may keep one sheet, and members mark
/// themselves by code meanwhile. What one did not touch stays as the other left it; what both touched is asked
/// about, and nobody's mark is lost.
enum Meanwhile {
    /// Nobody else touched it.
    Same,
    /// Somebody else did, and this sheet did not.
    Theirs,
    /// Both did, and differ.
    Both,
}

impl Meanwhile {
    /// What the sheet remembers of a line: what stood there, and what it showed.
    fn note(was: Option<&Known>, shown: &str) -> String {
        format!("{}|{shown}", was.map_or("", |k| chosen(&k.status, k.spoke)))
    }

    fn of(opened: &str, was: Option<&Known>, now: &str) -> Meanwhile {
        // A sheet that remembers nothing was sent by a program: it says what it means.
        let Some((stood, shown)) = opened.split_once('|') else { return Meanwhile::Same };
        let stands = was.map_or("", |k| chosen(&k.status, k.spoke));
        match stood == stands || now == stands {
            true => Meanwhile::Same,
            false if now == shown || now.is_empty() => Meanwhile::Theirs,
            false => Meanwhile::Both,
        }
    }
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
    let page = page_of(&visit, unit, meeting, &people, &known, &FormState::default(), StatusCode::OK)?;
    // Halls have weak networks: the owner of a device may have it keep the sheet.
    Ok(offline::kept(page))
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
    for Asked { member, .. } in &people {
        let was = known.get(&member.id);
        if was.is_some_and(|k| k.withdrawn) {
            continue;
        }
        let (s, m) = names_of(&member.id);
        let stands = was.map_or("", |k| chosen(&k.status, k.spoke));
        match Meanwhile::of(form.value(&format!("w-{}", member.id)), was, form.value(&s)) {
            Meanwhile::Same => {}
            Meanwhile::Theirs => {
                form = form.with(&s, stands);
                continue;
            }
            Meanwhile::Both => {
                let now = match stands {
                    SPOKE => visit.text("activity-present-spoke"),
                    "" => visit.text("activity-unmarked"),
                    code => entry::word_of(visit.lang(), &STATUS, code),
                };
                let message = Message::new("activity-meanwhile").with("name", &member.name).with("now", now);
                form.fail(&s, message);
                continue;
            }
        }
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
