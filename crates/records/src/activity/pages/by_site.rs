//! Who was there, by count: a site and a number, as conferences over many sites report them.

use super::super::sheet::{ATTENDANCE_SITE, WHOM};
use super::{Meeting, attendance_page, done, doubled};
use crate::address::{UNDER, unit_of};
use crate::entry;
use crate::kind::Held;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Message, text};
use shell::{Error, Form, FormState, Result, Visit};
use store::{Tx, params};

/// Longer lists of sites come as a workbook.
const MOST: usize = 300;
/// Empty rows under those that are filled in.
const SPARE: usize = 3;
/// Sites in one folded part of a long list.
const PART: usize = 20;
/// The fields of a row that people fill in; the unit is told by words.
const FIELDS: [&str; 4] = ["site", "category", "expected", "attended"];

/// A unit that may be connected: its id and what people write for it.
struct Place {
    id: String,
    code: String,
    name: String,
}

impl Place {
    fn words(&self) -> String {
        format!("{} ({})", self.name, self.code)
    }
}

async fn places(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<Place>> {
    let sql = format!(
        "SELECT u.id, u.code, COALESCE(n.name, u.name) AS name FROM unit u
         LEFT JOIN unit_name n ON n.unit = u.id AND n.from_day = (
             SELECT MAX(y.from_day) FROM unit_name y WHERE y.unit = u.id)
         WHERE u.id IN ({UNDER}) AND u.withdrawn IS NULL ORDER BY u.sort, u.code"
    );
    let rows = tx.query(&sql, params![&unit.id, visit.today()]).await?;
    let read = |row: &store::Row| {
        Ok(Place { id: row.words("id")?, code: row.words("code")?, name: row.words("name")? })
    };
    Ok(rows.iter().map(read).collect::<store::Result<_>>()?)
}

/// The unit that words mean: its code, `Tên (MÃ)`, or a name that only one bears.
fn meant<'p>(places: &'p [Place], words: &str) -> Option<&'p Place> {
    let words = text::tidy(words);
    let code = words.strip_suffix(')').and_then(|w| w.rsplit_once('(')).map_or(words.as_str(), |(_, c)| c);
    if let Some(place) = places.iter().find(|p| p.code == code || p.code == words) {
        return Some(place);
    }
    let folded = text::fold(&words);
    let mut named = places.iter().filter(|p| text::fold(&p.name) == folded || text::fold(&p.code) == folded);
    match (named.next(), named.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// A row of the table as it is shown.
struct Line {
    at: usize,
    id: String,
    site: String,
    unit: String,
    category: String,
    expected: String,
    attended: String,
}

/// Lines that are folded together. A conference of a hundred sites is changed in one of them; the
/// folded ones are sent with the form all the same.
struct Part {
    /// Which sites; empty for lines that are never folded.
    title: String,
    open: bool,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "activity/templates/by_site.html")]
struct Sheet<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    action: String,
    other: String,
    parts: Vec<Part>,
    places: Vec<Place>,
    whom: Vec<(String, String)>,
    rows: usize,
    error: Option<String>,
}

impl Sheet<'_> {
    fn wrong(&self, field: &str, line: &Line) -> Option<String> {
        self.form.error(&format!("{field}-{}", line.at)).map(|m| self.v.tr(m))
    }
}

/// A short list as it is; of a long one, what is recorded folded in parts, then the empty lines.
fn parts(visit: &Visit, form: &FormState, lines: Vec<Line>) -> Vec<Part> {
    let (known, open): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| !line.id.is_empty());
    let mut parts: Vec<Part> = Vec::new();
    let folds = known.len() > PART;
    for line in known {
        let wrong = FIELDS.iter().chain(&["unit"]).any(|f| form.error(&format!("{f}-{}", line.at)).is_some());
        match parts.last_mut().filter(|part| !folds || part.lines.len() < PART) {
            Some(part) => {
                part.open |= wrong;
                part.lines.push(line);
            }
            None => parts.push(Part { title: String::new(), open: wrong, lines: vec![line] }),
        }
    }
    let mut before = 0;
    for part in parts.iter_mut().filter(|_| folds) {
        let (first, last) = (part.lines.first(), part.lines.last());
        let site = |line: Option<&Line>| line.map_or(String::new(), |l| l.site.clone());
        let message = Message::new("activity-sites-part").with("from", before + 1);
        let message = message.with("to", before + part.lines.len());
        part.title = visit.tr(&message.with("first", site(first)).with("last", site(last)));
        before += part.lines.len();
    }
    match parts.last_mut().filter(|_| !folds) {
        Some(part) => part.lines.extend(open),
        None => parts.push(Part { title: String::new(), open: true, lines: open }),
    }
    parts
}

/// The rows of the database, in the form.
async fn filled(tx: &mut Tx, meeting: &Meeting, places: &[Place]) -> Result<(FormState, usize)> {
    let sql = "SELECT s.id, s.site, s.unit, s.category, s.expected, s.attended, u.name, u.code
               FROM attendance_site s JOIN unit u ON u.id = s.unit
               WHERE s.activity = $1 AND s.withdrawn IS NULL ORDER BY s.id";
    let rows = tx.query(sql, params![&meeting.id]).await?;
    if rows.len() > MOST {
        return Err(Error::Problem(Message::new("activity-too-many-sites").with("n", rows.len())));
    }
    let mut form = FormState::default();
    for (at, row) in rows.iter().enumerate() {
        form = form.with(&format!("id-{at}"), row.words("id")?);
        let unit = row.text("unit")?;
        let place = places.iter().find(|p| p.id == unit);
        let words = match place {
            Some(place) => place.words(),
            None => format!("{} ({})", row.text("name")?, row.text("code")?),
        };
        form = form.with(&format!("unit-{at}"), words);
        for field in FIELDS {
            let shown = match row.get(field)? {
                store::Value::Int(Some(n)) => domain::number::grouped(*n),
                store::Value::Text(Some(t)) => t.clone(),
                _ => continue,
            };
            form = form.with(&format!("{field}-{at}"), shown);
        }
    }
    Ok((form, rows.len()))
}

fn page_of(
    visit: &Visit,
    unit: &Unit,
    meeting: &Meeting,
    places: Vec<Place>,
    form: &FormState,
    rows: usize,
    status: StatusCode,
) -> Result<Response> {
    let lines = (0..rows).map(|at| {
        let of = |field: &str| form.value(&format!("{field}-{at}")).to_owned();
        Line {
            at,
            id: of("id"),
            site: of("site"),
            unit: of("unit"),
            category: of("category"),
            expected: of("expected"),
            attended: of("attended"),
        }
    });
    let base = meeting.path(unit);
    let body = Sheet {
        v: visit,
        f: visit.fields(form),
        form,
        action: format!("{base}/sites"),
        other: format!("{base}/attendance?by=person"),
        parts: parts(visit, form, lines.collect()),
        places,
        whom: entry::options(visit.lang(), &WHOM),
        rows,
        error: form.error("sites").map(|m| visit.tr(m)),
    };
    attendance_page(visit, unit, meeting).wide().status(status).show(&body)
}

/// The table of sites.
pub(super) async fn show(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    meeting: &Meeting,
    _: FormState,
) -> Result<Response> {
    let places = places(visit, tx, unit).await?;
    let (form, rows) = filled(tx, meeting, &places).await?;
    page_of(visit, unit, meeting, places, &form, rows + SPARE, StatusCode::OK)
}

/// Saves the table, or adds empty rows to what was typed.
pub(super) async fn save(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let meeting = Meeting::of(&mut tx, &unit, &id).await?;
    let places = places(&visit, &mut tx, &unit).await?;
    let rows = form.value("rows").parse().unwrap_or(0_usize).min(MOST + SPARE);
    if !form.value("more").is_empty() {
        drop(tx);
        // No line is shown that would not be read.
        let rows = (rows + SPARE).min(MOST + SPARE);
        return page_of(&visit, &unit, &meeting, places, &form, rows, StatusCode::OK);
    }
    for at in 0..rows {
        let name = |field: &str| format!("{field}-{at}");
        let typed = |field: &str| !form.value(&name(field)).trim().is_empty();
        let old = form.value(&name("id")).to_owned();
        if old.is_empty() && !["site", "unit", "expected", "attended"].iter().any(|f| typed(f)) {
            continue;
        }
        let words = form.value(&name("unit")).to_owned();
        // A site without a unit of its own is the organiser's.
        let place = if words.trim().is_empty() {
            Some(unit.id.clone())
        } else {
            meant(&places, &words).map(|p| p.id.clone())
        };
        if place.is_none() {
            form.fail(&name("unit"), Message::new("activity-unit-unknown").with("typed", words));
        }
        let mut row = FormState::default();
        for field in FIELDS {
            row = row.with(field, form.value(&name(field)));
        }
        let mut draft = entry::read(&ATTENDANCE_SITE, &mut row, "", &FIELDS);
        draft.set("activity", Held::Text(meeting.id.clone()));
        draft.set("unit", place.map_or(Held::Empty, Held::Text));
        if row.is_ok() && !draft.is_empty("unit") {
            let id = Some(old.as_str()).filter(|id| !id.is_empty());
            if let Some(id) = id
                && !own(&mut tx, &meeting, id).await?
            {
                return Err(Error::NotFound);
            }
            entry::write(&visit, &mut tx, &ATTENDANCE_SITE, draft, id, &mut row, "").await?;
        }
        for error in row.into_errors() {
            // A rule of the row's key stands at the site's name.
            let field = if error.field == "activity" { "site" } else { &error.field };
            form.fail(&name(field), error.message);
        }
    }
    if form.is_ok() {
        doubled(&visit, &mut tx, &meeting.id, &mut form, "sites").await?;
    }
    if form.is_ok() {
        tx.commit().await?;
        return Ok(done(&visit, &format!("{}/attendance?by=site", meeting.path(&unit))));
    }
    drop(tx);
    page_of(&visit, &unit, &meeting, places, &form, rows, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Whether a row is one of this activity.
async fn own(tx: &mut Tx, meeting: &Meeting, id: &str) -> Result<bool> {
    let sql = "SELECT id FROM attendance_site WHERE id = $1 AND activity = $2";
    Ok(tx.first(sql, params![id, &meeting.id]).await?.is_some())
}
