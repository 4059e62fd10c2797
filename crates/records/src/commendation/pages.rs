//! Pages: what a unit proposed, proposing a commendation with its reasons, and the decision when it comes.
//!
//! The pages name persons, so they are for those who may see names; that they were seen is noted.

use super::sheet::{COMMENDATION_KIND, FORM, LEVEL, MERIT, OBJECT};
use crate::address::{UNDER, of_unit, page, segment, unit_of};
use crate::entry;
use crate::evidence::{About, Refusal, attach};
use crate::kind::{Draft, Held};
use crate::names;
use crate::person::Choice;
use crate::unit::{self, Unit};
use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Action, Day, Message};
use shell::{Access, Error, Field, Fields, Form, FormState, Result, Route, Upload, Visit};
use store::{Row, Tx, params};

/// Rows of each sort on the page.
const MOST: i64 = 60;
/// Months after which a proposal without an answer is no longer called waiting.
const RECENT: u32 = 24;
/// The longest reasons.
const REASONS: usize = 20_000;

/// What the form of a proposal asks for, in its order.
const ASKED: [&str; 8] = ["object", "object_person", "object_unit", "form", "level", "merit", "year", "day"];

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    vec![
        Route::get("/unit/{unit}/praise", write, list),
        Route::get("/unit/{unit}/praise/new", write, blank),
        Route::post("/unit/{unit}/praise/new", write, propose),
        Route::get("/unit/{unit}/praise/{id}", write, one),
        Route::post("/unit/{unit}/praise/{id}", write, decided),
        Route::post("/unit/{unit}/praise/{id}/no", write, refused),
    ]
}

/// A page that names persons is for those who may see names.
async fn ground(visit: &Visit, tx: &mut Tx, code: &str) -> Result<Unit> {
    let unit = unit_of(visit, tx, code).await?;
    if names::shown(visit, tx, code).await? { Ok(unit) } else { Err(Error::Forbidden) }
}

/// A commendation in words.
struct Line {
    id: String,
    who: String,
    form: String,
    level: String,
    merit: String,
    year: i64,
    day: Day,
    decision: String,
    reasons: String,
    answer: String,
    /// The award that came of it.
    award: Option<String>,
    row: Row,
}

impl Line {
    fn read(visit: &Visit, row: Row) -> Result<Line> {
        let lang = visit.lang();
        let who = match (row.opt_text("person_name")?, row.opt_text("object_name")?) {
            (Some(name), _) | (None, Some(name)) => name.to_owned(),
            (None, None) => entry::word_of(lang, &OBJECT, row.text("object")?),
        };
        let merit = row.opt_text("merit")?.map(|m| entry::word_of(lang, &MERIT, m)).unwrap_or_default();
        Ok(Line {
            id: row.words("id")?,
            who,
            form: entry::word_of(lang, &FORM, row.text("form")?),
            level: entry::word_of(lang, &LEVEL, row.text("level")?),
            merit,
            year: row.int("year")?,
            day: row.day("day")?,
            decision: row.words("decision")?,
            reasons: row.words("reasons")?,
            answer: row.words("answer")?,
            award: row.opt_text("award")?.map(str::to_owned),
            row,
        })
    }
}

const LINES: &str = "SELECT c.*, p.name AS person_name, o.name AS object_name,
      (SELECT MIN(a.id) FROM commendation a WHERE a.proposal = c.id AND a.withdrawn IS NULL) AS award
    FROM commendation c LEFT JOIN person p ON p.id = c.object_person LEFT JOIN unit o ON o.id = c.object_unit
    WHERE c.withdrawn IS NULL";

async fn lines(visit: &Visit, tx: &mut Tx, unit: &Unit, when: &str) -> Result<Vec<Line>> {
    let sql =
        format!("{LINES} AND c.unit IN ({UNDER}) AND {when} ORDER BY c.day DESC, c.id DESC LIMIT {MOST}");
    let rows = tx.query(&sql, params![&unit.id, visit.today()]).await?;
    rows.into_iter().map(|r| Line::read(visit, r)).collect()
}

const OPEN: &str =
    "NOT EXISTS (SELECT 1 FROM commendation a WHERE a.proposal = c.id AND a.withdrawn IS NULL)";

#[derive(Template)]
#[template(path = "commendation/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    unit: &'a Unit,
    new: String,
    waiting: Vec<Line>,
    /// Proposals so old that their answer was never written down here.
    old: Vec<Line>,
    awarded: Vec<Line>,
    refused: Vec<Line>,
}

impl List<'_> {
    fn href(&self, line: &Line) -> String {
        of_unit(&self.unit.code, &format!("/praise/{}", segment(&line.id)))
    }
    fn record(&self, line: &Line) -> String {
        of_unit(&self.unit.code, &format!("/records/commendation/{}", segment(&line.id)))
    }
}

async fn list(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let waiting =
        lines(&visit, &mut tx, &unit, &format!("c.stage = 'proposed' AND c.answer IS NULL AND {OPEN}"))
            .await?;
    // Proposals of long ago came from workbooks, which do not say what became of each.
    let recent = visit.today() - chrono::Months::new(RECENT);
    let (waiting, old): (Vec<Line>, Vec<Line>) = waiting.into_iter().partition(|l| l.day >= recent);
    let refused =
        lines(&visit, &mut tx, &unit, &format!("c.stage = 'proposed' AND c.answer IS NOT NULL AND {OPEN}"))
            .await?;
    let awarded = lines(&visit, &mut tx, &unit, "c.stage = 'awarded'").await?;
    drop(tx);
    let shown = [&waiting, &old, &refused, &awarded].map(Vec::len).iter().sum();
    if shown > 0 {
        names::note(&visit, &COMMENDATION_KIND, &unit.id, shown).await?;
    }
    let new = of_unit(&unit.code, "/praise/new");
    let body = List { v: &visit, unit: &unit, new, waiting, old, awarded, refused };
    page(&visit, &unit, visit.text("commendation-praise-title"))
        .lead(visit.text("commendation-praise-lead"))
        .show(&body)
}

/// The people and units that may be proposed.
struct Offers {
    people: Choice,
    units: Vec<(String, String)>,
}

impl Offers {
    async fn of(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Offers> {
        let people = Choice::of(tx, &unit.id, visit.today()).await?;
        Ok(Offers { people, units: unit::choice(tx, &unit.id, visit.today()).await? })
    }
}

#[derive(Template)]
#[template(path = "commendation/templates/new.html")]
struct New<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    action: String,
    offers: &'a Offers,
}

impl New<'_> {
    fn options(&self, of: &str) -> Vec<(String, String)> {
        let lang = self.v.lang();
        match of {
            "object" => entry::options(lang, &OBJECT),
            "form" => entry::options(lang, &FORM),
            "level" => entry::options(lang, &LEVEL),
            "merit" => entry::options(lang, &MERIT),
            _ => self.offers.units.clone(),
        }
    }

    fn person(&self) -> Field<'_> {
        let (name, label) = ("object_person", "commendation-person");
        match &self.offers.people {
            Choice::Among(people) => {
                self.f.select(name, label, people.clone()).hint(self.v.text("commendation-person-hint"))
            }
            Choice::Typed => self.f.text(name, label).hint(self.v.text("commendation-person-typed")),
        }
        .conditional()
    }
}

fn new_page(
    visit: &Visit,
    unit: &Unit,
    offers: &Offers,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let body = New { v: visit, f: visit.fields(form), action: of_unit(&unit.code, "/praise/new"), offers };
    page(visit, unit, visit.text("commendation-new-title"))
        .crumb(visit.text("commendation-praise-title"), of_unit(&unit.code, "/praise"))
        .status(status)
        .show(&body)
}

async fn blank(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit).await?;
    let form = FormState::default()
        .with("object", "individual")
        .with("year", visit.today().year().to_string())
        .with("day", visit.day(visit.today()));
    new_page(&visit, &unit, &offers, &form, StatusCode::OK)
}

async fn propose(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let offers = Offers::of(&visit, &mut tx, &unit).await?;
    let mut draft = entry::read(&COMMENDATION_KIND, &mut form, "", &ASKED);
    if let Some(typed) = draft.text("object_person").map(str::to_owned) {
        match offers.people.chosen(&mut tx, &unit.id, visit.today(), &typed).await? {
            Some(id) => draft.set("object_person", Held::Text(id)),
            None => form.fail("object_person", Message::new("commendation-not-found")),
        }
    }
    if draft.text("object_unit").is_some_and(|id| !offers.units.iter().any(|(known, _)| known == id)) {
        form.fail("object_unit", Message::new("commendation-choose-again"));
    }
    // One object: what belongs to the other choice was left over.
    let individual = draft.text("object") == Some("individual");
    draft.set(if individual { "object_unit" } else { "object_person" }, Held::Empty);
    if individual && draft.is_empty("object_person") {
        form.fail("object_person", Message::new("commendation-who"));
    }
    let reasons = form.long("reasons", REASONS);
    form.require("reasons", reasons.clone());
    draft.set("reasons", reasons.map_or(Held::Empty, Held::Text));
    draft.set("unit", Held::Text(unit.id.clone()));
    draft.set("stage", Held::Text("proposed".to_owned()));
    let short: String = unit.code.chars().take(30).collect();
    let wanted = format!("DN-{short}-{}", visit.today().format("%Y%m%d"));
    draft.set("code", Held::Text(entry::free_code(&mut tx, "commendation", &wanted).await?));
    if form.is_ok()
        && entry::write(&visit, &mut tx, &COMMENDATION_KIND, draft, None, &mut form, "").await?.is_some()
    {
        tx.commit().await?;
        return Ok(visit.done(&of_unit(&unit.code, "/praise"), "commendation-proposed-done"));
    }
    new_page(&visit, &unit, &offers, &form, StatusCode::UNPROCESSABLE_ENTITY)
}

#[derive(Template)]
#[template(path = "commendation/templates/one.html")]
struct One<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    line: &'a Line,
    action: String,
    papers: Vec<(String, String)>,
    file_error: Option<String>,
    /// The record of the award, or of the proposal.
    record: String,
    no_open: bool,
    /// Where pictures and papers are added.
    attach: String,
}

impl One<'_> {
    fn day(&self) -> String {
        self.v.day(self.line.day)
    }
    fn waits(&self) -> bool {
        self.line.award.is_none() && self.line.answer.is_empty()
    }
    fn forms(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &FORM)
    }
    fn levels(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &LEVEL)
    }
}

/// A proposal of the unit or one below it.
async fn proposal(visit: &Visit, tx: &mut Tx, unit: &Unit, id: &str) -> Result<Line> {
    let sql = format!("{LINES} AND c.unit IN ({UNDER}) AND c.stage = 'proposed' AND c.id = $3");
    let row = tx.first(&sql, params![&unit.id, visit.today(), id]).await?.ok_or(Error::NotFound)?;
    Line::read(visit, row)
}

async fn one_page(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    line: &Line,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let sql = "SELECT e.id, e.title FROM evidence e JOIN commendation c ON e.about_code = c.code AND e.unit = c.unit
               WHERE (c.id = $1 OR c.proposal = $1) AND e.about_kind = 'commendation' AND e.hash IS NOT NULL
                 AND e.withdrawn IS NULL AND c.withdrawn IS NULL ORDER BY e.id LIMIT 20";
    let mut papers = Vec::new();
    for row in tx.query(sql, params![&line.id]).await? {
        let file = of_unit(&unit.code, &format!("/evidence/{}/file", segment(row.text("id")?)));
        papers.push((file, row.words("title")?));
    }
    let of_record = line.award.as_deref().unwrap_or(&line.id);
    let code = line.row.words("code")?;
    let body = One {
        v: visit,
        f: visit.fields(form),
        line,
        action: of_unit(&unit.code, &format!("/praise/{}", segment(&line.id))),
        papers,
        file_error: form.error("file").map(|m| visit.tr(m)),
        record: of_unit(&unit.code, &format!("/records/commendation/{}", segment(of_record))),
        no_open: form.error("answer").is_some(),
        attach: of_unit(
            &unit.code,
            &format!("/evidence/new?about_kind=commendation&about_code={}", segment(&code)),
        ),
    };
    let title = Message::new("commendation-one-title").with("who", &line.who).with("form", &line.form);
    page(visit, unit, visit.tr(&title))
        .crumb(visit.text("commendation-praise-title"), of_unit(&unit.code, "/praise"))
        .status(status)
        .show(&body)
}

async fn one(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = ground(&visit, &mut tx, &code).await?;
    let line = proposal(&visit, &mut tx, &unit, &id).await?;
    let form = entry::fill(&COMMENDATION_KIND, FormState::default(), "", &["form", "level"], &line.row)?;
    let response = one_page(&visit, &mut tx, &unit, &line, &form, StatusCode::OK).await?;
    drop(tx);
    names::note(&visit, &COMMENDATION_KIND, &line.id, 1).await?;
    Ok(response)
}

/// A proposal that is open still; one that was answered takes no second answer.
async fn open(visit: &Visit, tx: &mut Tx, code: &str, id: &str) -> Result<(Unit, Line)> {
    let unit = ground(visit, tx, code).await?;
    let line = proposal(visit, tx, &unit, id).await?;
    if line.award.is_some() || !line.answer.is_empty() {
        return Err(Error::Problem(Message::new("commendation-decided-already")));
    }
    Ok((unit, line))
}

/// The decision came: a row of its own beside the proposal, with the paper.
async fn decided(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    upload: Multipart,
) -> Result<Response> {
    let known = Upload { fields: &["decision", "day", "form", "level"], longest: 4_000, parts: 12 };
    let (mut form, mut files) = known.read(upload).await?;
    let (name, bytes) = files.pop().unwrap_or_default();
    let mut tx = visit.write().await?;
    let (unit, line) = open(&visit, &mut tx, &code, &id).await?;
    let mut draft = entry::read(&COMMENDATION_KIND, &mut form, "", &["decision", "day", "form", "level"]);
    if draft.is_empty("decision") {
        form.require::<()>("decision", None);
    }
    if let Some(day) = draft.day("day").filter(|d| *d > visit.today()) {
        form.fail("day", Message::new("commendation-not-yet").with("day", visit.day(day)));
    }
    let copied =
        |name: &str| line.row.opt_text(name).map(|t| t.map_or(Held::Empty, |t| Held::Text(t.to_owned())));
    for field in ["unit", "object", "object_unit", "object_person", "merit", "programme"] {
        draft.set(field, copied(field)?);
    }
    let wanted: String = line.row.text("code")?.chars().take(50).collect();
    let award = entry::free_code(&mut tx, "commendation", &format!("{wanted}-QD")).await?;
    draft.set("code", Held::Text(award.clone()));
    draft.set("year", Held::Int(line.year));
    draft.set("stage", Held::Text("awarded".to_owned()));
    draft.set("proposal", Held::Text(line.id.clone()));
    let (title, day) = (draft.text("decision").unwrap_or_default().to_owned(), draft.day("day"));
    let mut fine = form.is_ok();
    if fine {
        fine = entry::write(&visit, &mut tx, &COMMENDATION_KIND, draft, None, &mut form, "").await?.is_some();
    }
    if let (true, false, Some(day)) = (fine, bytes.is_empty(), day) {
        let owner = line.row.words("unit")?;
        let about = About { kind: "commendation", code: &award };
        match attach(&mut tx, &owner, &title, &name, &bytes, day, Some(about)).await {
            Ok(_) => {}
            Err(Refusal::Store(error)) => return Err(error.into()),
            Err(refusal) => {
                form.fail("file", refusal.message());
                fine = false;
            }
        }
    }
    if fine {
        tx.commit().await?;
        return Ok(visit.done(&of_unit(&unit.code, "/praise"), "commendation-decided-done"));
    }
    drop(tx);
    let mut tx = visit.read().await?;
    one_page(&visit, &mut tx, &unit, &line, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// It was not granted: the proposal keeps the answer.
async fn refused(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let (unit, line) = open(&visit, &mut tx, &code, &id).await?;
    let mut draft: Draft = entry::read(&COMMENDATION_KIND, &mut form, "", &["answer"]);
    if draft.is_empty("answer") {
        form.require::<()>("answer", None);
    }
    draft.set("unit", Held::Text(line.row.words("unit")?));
    if form.is_ok()
        && entry::write(&visit, &mut tx, &COMMENDATION_KIND, draft, Some(&line.id), &mut form, "")
            .await?
            .is_some()
    {
        tx.commit().await?;
        return Ok(visit.done(&of_unit(&unit.code, "/praise"), "commendation-refused-done"));
    }
    drop(tx);
    let mut tx = visit.read().await?;
    let form = entry::fill(&COMMENDATION_KIND, form, "", &["form", "level"], &line.row)?;
    one_page(&visit, &mut tx, &unit, &line, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}
