//! `/me/data`: what is held about oneself, what for, who read and wrote it; the same as files.

use super::asked::{Asked, of_person};
use super::held::{Found, Line, Others, found, lines, purpose, sheet};
use super::sheet::{ASKS, OUTCOME};
use super::trail::{Deed, Trail, trail, when};
use crate::address::with_query;
use crate::entry::word_of;
use crate::kind::Ty;
use askama::Template;
use axum::response::Response;
use domain::{Lang, Message};
use shell::{Access, Error, Form, Result, Route, Visit};
use store::{Tx, params};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/me/data", Access::SignedIn, show),
        Route::get("/me/data.json", Access::SignedIn, json),
        Route::get("/me/data.xlsx", Access::SignedIn, workbook),
    ]
}

/// Rows of a kind on the first page; all of them stand on the kind's own.
const FIRST: usize = 3;

struct Group {
    name: &'static str,
    title: &'static str,
    purpose: String,
    document: String,
    lines: Vec<Line>,
    /// Whether rows of it may be asked to be corrected.
    correctable: bool,
    /// The page of all rows, when not all stand here.
    more: String,
}

impl Group {
    fn ask(&self, line: &Line) -> String {
        with_query("/me/data/ask", &[("asks", "correct"), ("kind", self.name), ("row", &line.id)])
    }
}

#[derive(Template)]
#[template(path = "privacy/templates/nobody.html")]
struct Nobody<'a> {
    v: &'a Visit,
}

#[derive(Template)]
#[template(path = "privacy/templates/mine.html")]
struct Mine<'a> {
    v: &'a Visit,
    groups: Vec<Group>,
    trail: Trail,
    asked: Vec<Asked>,
    /// Only the rows of one kind.
    one: bool,
}

impl Mine<'_> {
    fn when(&self, deed: &Deed) -> String {
        when(self.v, deed)
    }
    fn asks(&self, asked: &Asked) -> String {
        word_of(self.v.lang(), &ASKS, &asked.asks)
    }
    fn outcome(&self, asked: &Asked) -> String {
        word_of(self.v.lang(), &OUTCOME, &asked.outcome)
    }
    fn due(&self, asked: &Asked) -> String {
        let day = self.v.day(asked.due);
        self.v.tr(&Message::new("privacy-due-by").with("day", day))
    }
    fn answered(&self, asked: &Asked) -> String {
        asked.answered.map(|d| self.v.day(d)).unwrap_or_default()
    }
    fn unseen(&self) -> bool {
        self.asked.iter().any(|a| a.answered.is_some() && !a.seen)
    }
    fn rows(&self, group: &Group) -> String {
        self.v.tr(&Message::new("privacy-more").with("title", group.title))
    }
}

pub(super) fn nobody(visit: &Visit) -> Result<Response> {
    visit.page(visit.text("privacy-title")).show(&Nobody { v: visit })
}

async fn groups(
    visit: &Visit,
    tx: &mut Tx,
    person: &str,
    found: &[Found],
    only: &str,
) -> Result<Vec<Group>> {
    let others = Others::of(visit, tx, person).await?;
    let mut groups = Vec::new();
    for f in found.iter().filter(|f| only.is_empty() || f.kind.name == only) {
        let mut lines = lines(visit, tx, f, person, &others).await?;
        let cut = only.is_empty() && lines.len() > FIRST;
        if cut {
            lines.truncate(FIRST);
        }
        let purpose = purpose(f.kind);
        let vi = visit.lang() == Lang::Vi;
        groups.push(Group {
            name: f.kind.name,
            title: f.kind.title(visit.lang()),
            purpose: purpose.map_or_else(String::new, |p| if vi { p.vi.clone() } else { p.en.clone() }),
            document: purpose.map_or_else(String::new, |p| p.document.clone()),
            lines,
            correctable: f.kind.name != "data_request",
            more: if cut { with_query("/me/data", &[("kind", f.kind.name)]) } else { String::new() },
        });
    }
    Ok(groups)
}

async fn show(visit: Visit, Form(form): Form) -> Result<Response> {
    let Some(person) = visit.person() else { return nobody(&visit) };
    let only = form.value("kind").to_owned();
    let mut tx = visit.read().await?;
    let found = found(&mut tx, &person, false).await?;
    if !only.is_empty() && !found.iter().any(|f| f.kind.name == only) {
        return Err(Error::NotFound);
    }
    let groups = groups(&visit, &mut tx, &person, &found, &only).await?;
    let one = !only.is_empty();
    let trail = match one {
        true => Trail { reads: Vec::new(), writes: Vec::new() },
        false => trail(&visit, &mut tx, &person, &found).await?,
    };
    let asked = if one { Vec::new() } else { of_person(&mut tx, &person).await? };
    drop(tx);
    let me = visit.text("account-me-title");
    let title = visit.text("privacy-title");
    let page = visit.page(title.clone()).crumb(me, "/me");
    let page = if one { page.crumb(title, "/me/data") } else { page.lead(visit.text("privacy-lead")) };
    page.show(&Mine { v: &visit, groups, trail, asked, one })
}

/// The person's code and the rows with their words.
struct Whole {
    code: String,
    found: Vec<Found>,
    lines: Vec<Vec<Line>>,
    trail: Trail,
}

async fn whole(visit: &Visit, person: &str) -> Result<Whole> {
    let mut tx = visit.read().await?;
    let found = found(&mut tx, person, false).await?;
    let others = Others::of(visit, &mut tx, person).await?;
    let mut all = Vec::new();
    for f in &found {
        all.push(lines(visit, &mut tx, f, person, &others).await?);
    }
    let trail = trail(visit, &mut tx, person, &found).await?;
    let row = tx.first("SELECT code FROM person WHERE id = $1", params![person]).await?;
    let code = row.ok_or(Error::NotFound)?.words("code")?;
    Ok(Whole { code, found, lines: all, trail })
}

/// Everything as text that another program reads. Who read it is told without sign-in names: they may be
/// made of names, and a file travels.
async fn json(visit: Visit) -> Result<Response> {
    let Some(person) = visit.person() else { return nobody(&visit) };
    let whole = whole(&visit, &person).await?;
    let kinds: Vec<_> = whole
        .found
        .iter()
        .zip(&whole.lines)
        .map(|(f, lines)| {
            let rows: Vec<_> = lines
                .iter()
                .map(|l| {
                    let facts: serde_json::Map<_, _> =
                        l.facts.iter().map(|(h, t)| ((*h).to_owned(), t.clone().into())).collect();
                    serde_json::json!({ "about": !l.named, "withdrawn": l.withdrawn, "fields": facts })
                })
                .collect();
            let purpose = purpose(f.kind).map(|p| p.vi.clone());
            serde_json::json!({ "kind": f.kind.name, "title": f.kind.title(visit.lang()), "purpose": purpose, "rows": rows })
        })
        .collect();
    let deeds = |deeds: &[Deed]| -> Vec<_> {
        deeds
            .iter()
            .map(|d| serde_json::json!({ "what": d.what, "kind": d.kind, "times": d.times, "last": visit.moment(d.at) }))
            .collect()
    };
    let all = serde_json::json!({
        "day": visit.today().to_string(), "code": whole.code, "kinds": kinds,
        "read": deeds(&whole.trail.reads), "written": deeds(&whole.trail.writes),
    });
    let bytes = serde_json::to_vec_pretty(&all).map_err(|e| Error::Defect(e.to_string()))?;
    Ok(shell::download("du-lieu-cua-toi.json", "application/json", bytes))
}

/// The same rows as sheets.
async fn workbook(visit: Visit) -> Result<Response> {
    let Some(person) = visit.person() else { return nobody(&visit) };
    let whole = whole(&visit, &person).await?;
    let mut sheets = Vec::new();
    for (f, lines) in whole.found.iter().zip(&whole.lines) {
        sheets.extend(sheet(f, lines, &person, &whole.code)?);
    }
    let written =
        tokio::task::spawn_blocking(move || exchange::write(&sheets, &exchange::WriteOptions::export()))
            .await
            .map_err(|e| Error::Defect(e.to_string()))?;
    let bytes = written.map_err(|e| Error::Problem(e.message()))?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(shell::download("du-lieu-cua-toi.xlsx", media, bytes))
}

/// Whether a field may be asked to be corrected by a value; references are asked for in words.
pub(super) fn correctable(field: &crate::kind::Field) -> bool {
    !field.computed && !matches!(field.ty, Ty::Person | Ty::Unit | Ty::Ref(_))
}
