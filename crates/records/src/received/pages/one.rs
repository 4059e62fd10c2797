//! One report: its text with every claim marked, the claims, what a clerk would ask, the note.

use super::super::beside::{self, Doubt};
use super::super::deciding::{self, Accept};
use super::super::marked::{self, Slice};
use super::super::{Claim, Decision, body, claim, claims, note as notes};
use super::{Open, below, open};
use crate::address::{of_unit, page, segment};
use crate::entry;
use crate::figure::{App, COMPARATOR};
use crate::report::{Output, write};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Lang, Message, text};
use figures::Indicator;
use reader::Finding;
use shell::{Error, Form, FormState, Html, Result, Visit};
use std::collections::HashSet;
use std::sync::Arc;
use store::Tx;

/// Claims on a page; the text is cut with them.
const PAGE: usize = 150;
/// The longest text of a page without claims, in bytes.
const LONGEST: usize = 300_000;

struct Row {
    n: i64,
    path: String,
    quote: String,
    topic: String,
    decision: &'static str,
    words: String,
    badge: &'static str,
    open: bool,
    edit: bool,
    guess: String,
    score: String,
    certain: bool,
    indicator: String,
    unit: String,
    period: String,
    subtree: bool,
    value: String,
    comparator: String,
    stated: String,
    doubts: Vec<String>,
    errors: Vec<String>,
}

struct Found {
    n: usize,
    words: String,
    quotes: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "received/templates/one.html")]
struct Page<'a> {
    v: &'a Visit,
    open: &'a Open,
    text: Html,
    rows: Vec<Row>,
    found: Vec<Found>,
    problems: Vec<String>,
    indicators: Vec<String>,
    units: Vec<(String, String)>,
    certain: usize,
    earlier: Option<String>,
    later: Option<String>,
    file: String,
}

impl Page<'_> {
    fn comparators(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &COMPARATOR)
    }

    fn facts(&self) -> String {
        let report = &self.open.report;
        let message = Message::new("received-facts").with("unit", &self.open.sender.name);
        let message = message.with("period", report.period.to_string()).with("day", self.v.day(report.day));
        self.v.tr(&message)
    }

    fn certain_words(&self) -> String {
        self.v.tr(&Message::new("received-accept-certain").with("n", self.certain))
    }

    fn certain_means(&self) -> String {
        self.v.tr(&Message::new("received-certain-means").with("score", super::super::CERTAIN))
    }
}

/// What is known about a report while its page is made.
struct Known {
    body: String,
    claims: Vec<Claim>,
    findings: Vec<Finding>,
    doubts: Vec<Doubt>,
    certain: HashSet<i64>,
}

async fn known(visit: &Visit, tx: &mut Tx, open: &Open) -> Result<Known> {
    let body = body(tx, &open.report.id).await?;
    let claims = claims(tx, &open.report.id).await?;
    let findings = beside::findings(&body).await?;
    let app = App::of(visit)?;
    let doubts = beside::doubts(visit, tx, &app.book, &open.report, &open.sender, &claims).await?;
    let mut doubted = beside::doubted(&claims, &findings);
    doubted.extend(doubts.iter().map(|d| d.n));
    let certain = deciding::certain(&open.report, &claims, &doubted, visit.today());
    Ok(Known { body, claims, findings, doubts, certain })
}

/// An indicator as people choose it: its name with its code, so that no two are the same.
fn label(lang: Lang, indicator: &Indicator) -> String {
    format!("{} [{}]", indicator.label.get(lang), indicator.id)
}

/// The code in brackets at the end of what was chosen, or the code that was typed.
fn code(typed: &str) -> &str {
    typed.rsplit_once('[').map_or(typed, |(_, rest)| rest.trim_end_matches(']')).trim()
}

/// The indicator of what was typed or chosen: the code in brackets, or the code, or the whole name.
fn chosen(visit: &Visit, app: &App, typed: &str) -> Option<Arc<Indicator>> {
    let id = code(typed);
    let day = visit.today();
    if let Some(found) = app.book.catalogue.get(id, day) {
        return Some(Arc::clone(found));
    }
    let words = domain::text::fold(typed);
    let mut same = app.book.catalogue.in_force(day).filter(|i| domain::text::fold(i.label.get(visit.lang())) == words);
    same.next().map(Arc::clone)
}

async fn show_page(
    visit: &Visit,
    tx: &mut Tx,
    open: &Open,
    from: usize,
    wrong: Option<(i64, &FormState)>,
    status: StatusCode,
) -> Result<Response> {
    let app = App::of(visit)?;
    let known = known(visit, tx, open).await?;
    let start = crate::programme::start(tx, open.report.day).await?;
    let places = marked::places(&known.body, &known.claims);
    let from = if from < known.claims.len() { from / PAGE * PAGE } else { 0 };
    let to = (from + PAGE).min(known.claims.len());
    // Each page shows the text up to the first claim of the next.
    let place = |i: usize| places.get(i).filter(|p| !p.is_empty()).map(|p| p.start);
    let line = |at: usize| known.body[..at].rfind('\n').map_or(0, |i| i + 1);
    let mut bytes = 0..known.body.len();
    if from > 0 {
        bytes.start = place(from).map_or(0, line);
    }
    if to < known.claims.len() {
        bytes.end = place(to).map_or(bytes.end, line).max(bytes.start);
    } else {
        bytes.end = bytes.end.min(known.body.floor_char_boundary(bytes.start + LONGEST));
    }
    let slice = Slice { text: &known.body, bytes };
    let text = marked::html(&slice, &known.claims, &places, &known.findings);
    let mut rows = Vec::new();
    for claim in &known.claims[from..to] {
        let indicator = claim.indicator.as_deref().and_then(|id| app.book.catalogue.get(id, visit.today()));
        let period = match indicator {
            Some(indicator) => deciding::days(indicator, claim, &open.report, start),
            None => claim.period_in(&open.report),
        };
        let mut row = Row {
            n: claim.n + 1,
            path: open.path(&format!("/claim/{}", claim.n)),
            quote: text::tidy(&claim.quote),
            topic: visit.text(&format!("figure-topic-{}", claim.topic)),
            decision: claim.decision.code(),
            words: visit.text(&format!("received-decision-{}", claim.decision.code())),
            badge: match claim.decision {
                Decision::Pending => "none",
                Decision::Accepted => "complete",
                Decision::Mended => "partial",
                Decision::Refused => "plain",
            },
            open: false,
            edit: claim.decision == Decision::Pending,
            guess: indicator.map(|i| i.label.get(visit.lang()).to_owned()).unwrap_or_default(),
            score: if claim.indicator.is_some() { format!("{} %", claim.score) } else { String::new() },
            certain: known.certain.contains(&claim.n),
            indicator: indicator.map(|i| label(visit.lang(), i)).unwrap_or_default(),
            unit: format!("{} [{}]", open.sender.name, open.sender.code),
            period: period.map(|p| p.to_string()).unwrap_or_default(),
            subtree: !open.sender.cell,
            // Typed numbers are Vietnamese in either language: the parser knows one form.
            value: entry::decimal(Lang::Vi, claim.value, 2),
            comparator: claim.comparator.clone(),
            stated: claim
                .stated
                .as_ref()
                .map(|id| of_unit(&open.unit.code, &format!("/records/stated_figure/{}", segment(id))))
                .unwrap_or_default(),
            doubts: known.doubts.iter().filter(|d| d.n == claim.n).map(|d| visit.tr(&d.message)).collect(),
            errors: Vec::new(),
        };
        if let Some((_, form)) = wrong.filter(|(n, _)| *n == claim.n) {
            row.open = true;
            row.errors = form.errors().iter().map(|e| visit.tr(&e.message)).collect();
            row.indicator = form.value("indicator").to_owned();
            row.unit = form.value("unit").to_owned();
            row.period = form.value("period").to_owned();
            row.subtree = form.value("subtree") == "1";
            row.value = form.value("value").to_owned();
            row.comparator = form.value("comparator").to_owned();
        }
        rows.push(row);
    }
    let found = known.findings.iter().enumerate().map(|(n, finding)| Found {
        n: n + 1,
        words: visit.tr(&finding.message),
        quotes: finding
            .places
            .iter()
            .enumerate()
            .map(|(i, p)| {
                let quote = text::tidy(&p.quote);
                (format!("#f{}-{}", n + 1, i + 1), quote.chars().take(160).collect())
            })
            .collect(),
    });
    let row = tx
        .one(
            "SELECT problems, left_out, evidence FROM received_report WHERE id = $1",
            store::params![&open.report.id],
        )
        .await?;
    let mut problems = Vec::new();
    if !row.words("problems")?.is_empty() {
        problems.push(visit.text("received-read-with-problems"));
    }
    if row.int("left_out")? > 0 {
        problems.push(visit.text("received-cut"));
    }
    let paged = |from: usize| format!("{}?from={from}", open.path(""));
    let body = Page {
        v: visit,
        open,
        text,
        rows,
        found: found.collect(),
        problems,
        indicators: app.book.catalogue.in_force(visit.today()).map(|i| label(visit.lang(), i)).collect(),
        units: super::senders(visit, tx, &open.unit).await?,
        certain: known.certain.len(),
        earlier: (from > 0).then(|| paged(from.saturating_sub(PAGE))),
        later: (to < known.claims.len()).then(|| paged(to)),
        file: of_unit(&open.unit.code, &format!("/evidence/{}/file", segment(row.text("evidence")?))),
    };
    page(visit, &open.unit, open.report.title.clone())
        .crumb(visit.text("received-title"), of_unit(&open.unit.code, "/received"))
        .status(status)
        .wide()
        .show(&body)
}

/// `GET /unit/{unit}/received/{report}?from=`
pub(super) async fn show(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(form): Form,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let open = open(&visit, &mut tx, &code, &id).await?;
    let from = form.value("from").parse().unwrap_or(0);
    show_page(&visit, &mut tx, &open, from, None, StatusCode::OK).await
}

/// Accepts everything that is certain.
pub(super) async fn certain(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.write().await?;
    let open = open(&visit, &mut tx, &code, &id).await?;
    let known = known(&visit, &mut tx, &open).await?;
    let day = visit.today();
    let of = |id: &str| app.book.catalogue.get(id, day).map(Arc::clone);
    let n = deciding::accept_certain(&visit, &mut tx, &open.report, &open.sender, &known.certain, of).await?;
    tx.commit().await?;
    Ok(visit.done(&open.path(""), if n > 0 { "received-certain-done" } else { "received-certain-none" }))
}

/// Accepts, refuses or takes back one claim; what the form does not hold right comes back in it.
pub(super) async fn decide(
    visit: Visit,
    Path((code, id, n)): Path<(String, String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let open = open(&visit, &mut tx, &code, &id).await?;
    let n: i64 = n.parse().map_err(|_| Error::NotFound)?;
    let claim = claim(&mut tx, &open.report.id, n).await?.ok_or(Error::NotFound)?;
    let from = usize::try_from(n).unwrap_or(0) / PAGE * PAGE;
    let query = if from == 0 { String::new() } else { format!("?from={from}") };
    let back = format!("{}{query}#r{}", open.path(""), n + 1);
    match form.value("act") {
        "refuse" => deciding::refuse(&visit, &mut tx, &open.report, &claim).await?,
        "back" => deciding::take_back(&visit, &mut tx, &open.report, &claim).await?,
        _ => {
            let how = read(&visit, &mut tx, &open, &mut form).await?;
            let done = match how {
                Some(how) => deciding::accept(&visit, &mut tx, &open.report, &claim, &how, &mut form).await?,
                None => None,
            };
            if done.is_none() {
                drop(tx);
                let mut tx = visit.read().await?;
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return show_page(&visit, &mut tx, &open, from, Some((n, &form)), status).await;
            }
        }
    }
    tx.commit().await?;
    Ok(visit.done(&back, "received-decided"))
}

/// What the form of a claim says; `None` when something in it must be put right.
async fn read(visit: &Visit, tx: &mut Tx, open: &Open, form: &mut FormState) -> Result<Option<Accept>> {
    let app = App::of(visit)?;
    let indicator = form.required("indicator", 400).and_then(|typed| chosen(visit, app, &typed));
    if indicator.is_none() && form.error("indicator").is_none() {
        form.fail("indicator", Message::new("received-no-indicator"));
    }
    let unit = match form.text("unit", 400) {
        Some(typed) => below(visit, tx, &open.unit, code(&typed)).await?,
        None => Some(open.sender.clone()),
    };
    if unit.is_none() {
        form.fail("unit", Message::new("received-no-unit"));
    }
    let period = form.period("period");
    let period = form.require("period", period);
    let typed = form.required("value", 60);
    let value = typed.as_deref().and_then(|typed| entry::scaled(typed, 2));
    if let (Some(typed), None) = (typed, value) {
        form.fail("value", Message::new("browse-number").with("typed", typed));
    }
    let comparator = form.choice("comparator", |typed| COMPARATOR.iter().find(|c| c.code == typed).map(|c| c.code));
    let subtree = form.value("subtree") == "1";
    let (Some(indicator), Some(unit), Some(period), Some(value), true) =
        (indicator, unit, period, value, form.is_ok())
    else {
        return Ok(None);
    };
    let comparator = comparator.unwrap_or("exact").to_owned();
    Ok(Some(Accept { indicator, unit, subtree, period, value, comparator }))
}

#[derive(Template)]
#[template(path = "received/templates/note.html")]
struct Note<'a> {
    v: &'a Visit,
    paper: Html,
    docx: String,
    empty: bool,
}

async fn noted(visit: &Visit, code: &str, id: &str) -> Result<(Open, document::model::Document, bool)> {
    let mut tx = visit.read().await?;
    let open = open(visit, &mut tx, code, id).await?;
    let known = known(visit, &mut tx, &open).await?;
    let lines = notes::lines(visit, &known.body, &known.claims, &known.findings, &known.doubts);
    // A unit that checks its own draft writes to itself; the unit of the path writes to those below.
    let made = notes::document(visit, &open.report, &open.sender, &open.unit, &lines, visit.today());
    Ok((open, made, lines.is_empty()))
}

/// The note to the sender, to print.
pub(super) async fn note(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let (open, made, empty) = noted(&visit, &code, &id).await?;
    let body =
        Note { v: &visit, paper: Html::trusted(document::html::write(&made)), docx: open.path("/note.docx"), empty };
    page(&visit, &open.unit, visit.text("received-note-title"))
        .crumb(visit.text("received-title"), of_unit(&open.unit.code, "/received"))
        .crumb(open.report.title.clone(), open.path(""))
        .show(&body)
}

/// The note to the sender for Word.
pub(super) async fn note_docx(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let (open, made, _) = noted(&visit, &code, &id).await?;
    let day = visit.today();
    let task = tokio::task::spawn_blocking(move || write(&made, day, Output::Docx));
    let bytes = task.await.map_err(|e| Error::Defect(format!("writing a note: {e}")))?.map_err(Error::Problem)?;
    let (media, ending) = crate::report::Output::Docx.media();
    Ok(shell::download(&format!("trao-doi-{}.{ending}", open.report.code), media, bytes))
}
