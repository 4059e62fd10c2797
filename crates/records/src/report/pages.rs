//! Pages: the reports of a unit, a draft with each number a link, its narrative, its issue.

use super::narrative::{self, LONGEST};
use super::{Asked, Made, Output, issue, make, template, templates, write, writing};
use crate::figure::App;
use crate::figure::pages::{self, ask, crumbs, encoded};
use crate::unit;
use ::store::{Tx, files};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use document::template::{FillMode, Hole, Template};
use domain::{Action, Day, Message};
use shell::{Access, Error, Fields, Form, FormState, Html, Result, Route, Visit};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Route> {
    use Action::{ReadFigures, Report};
    vec![
        Route::get("/official.css", Access::Public, style),
        Route::get("/unit/{unit}/reports", Access::On(ReadFigures), list),
        Route::get("/unit/{unit}/report/{template}", Access::On(Report), draft),
        Route::get("/unit/{unit}/report/{template}/file/{format}", Access::On(Report), file),
        Route::get("/unit/{unit}/report/{template}/text/{slot}", Access::On(Report), text),
        Route::post("/unit/{unit}/report/{template}/text/{slot}", Access::On(Report), save_text),
        Route::get("/unit/{unit}/report/{template}/write", Access::On(Report), writing::page),
        Route::post("/unit/{unit}/report/{template}/write", Access::On(Report), writing::save),
        Route::post("/unit/{unit}/report/{template}/issue", Access::On(Report), issue_it),
        Route::get("/unit/{unit}/issued/{id}", Access::On(ReadFigures), issued),
        Route::get("/unit/{unit}/issued/{id}/file/{format}", Access::On(ReadFigures), issued_file),
    ]
}

/// The sheet of official documents; its address carries the program's version, so browsers may keep it.
async fn style() -> Response {
    let kind = (header::CONTENT_TYPE, "text/css; charset=utf-8");
    let keep = (header::CACHE_CONTROL, "public, max-age=86400");
    ([kind, keep], document::html::STYLE).into_response()
}

/// A report asked for by a page.
pub(super) struct Draft {
    pub template: &'static Template,
    pub asked: Asked,
    pub form: FormState,
}

impl Draft {
    pub fn base(&self) -> String {
        format!("/unit/{}/report/{}", encoded(&self.asked.unit.code), encoded(self.template.id()))
    }

    /// The period and the day, as every link of the report carries them.
    pub fn query(&self) -> String {
        format!("?period={}&date={}", encoded(&self.asked.period.to_string()), self.asked.day)
    }
}

pub(super) async fn drafted(visit: &Visit, tx: &mut Tx, code: &str, id: &str, form: FormState) -> Result<Draft> {
    let template = template(id).ok_or(Error::NotFound)?;
    let pages::Asked { period, day, form, .. } = ask(visit, tx, code, form).await?;
    // A report has the names and the tree of its own day.
    let unit = unit::by_code(tx, code, day).await?.ok_or(Error::NotFound)?;
    let names = visit.may(tx, Action::ReadNames, code).await?;
    let asked = Asked { unit, period, day, number: None, names, base_url: String::new() };
    Ok(Draft { template, asked, form: form.with("date", visit.day(day)) })
}

/// The filled report; remembered while no record changes, but for one that is being issued.
pub(super) async fn made(visit: &Visit, tx: &mut Tx, draft: &Draft, mode: FillMode) -> Result<Arc<Made>> {
    let app = App::of(visit)?;
    let Asked { unit, period, day, number, names, .. } = &draft.asked;
    if number.is_some() {
        return Ok(Arc::new(make(tx, &app.book, draft.template, &draft.asked, mode).await?));
    }
    let key = format!("report {}|{}|{period}|{day}|{names}|{mode:?}", draft.template.id(), unit.id);
    app.make_again(key.clone(), || {
        let (key, template, asked) = (key.clone(), draft.template, Arc::new(draft.asked.clone()));
        Arc::new(move |app, tx| {
            let (key, asked) = (key.clone(), Arc::clone(&asked));
            Box::pin(async move { remembered(app, tx, key, template, &asked, mode).await.map(drop) })
        })
    });
    Ok(remembered(app, tx, key, draft.template, &draft.asked, mode).await?)
}

async fn remembered(
    app: &App,
    tx: &mut Tx,
    key: String,
    template: &'static Template,
    asked: &Asked,
    mode: FillMode,
) -> store::Result<Arc<Made>> {
    let moment = App::moment(tx).await?;
    if let Some(made) = app.remembered(moment, &key) {
        return Ok(made);
    }
    let made = make(tx, &app.book, template, asked, mode).await?;
    Ok(app.remember(moment, key, made))
}

#[derive(askama::Template)]
#[template(path = "report/templates_html/list.html")]
struct List<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    base: String,
    write: bool,
    templates: Vec<(String, String)>,
    issued: Vec<IssuedLine>,
}

struct IssuedLine {
    symbol: String,
    day: String,
    title: String,
    href: String,
}

/// `GET /unit/{unit}/reports`: what can be written, and what was issued.
async fn list(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let pages::Asked { unit, period, day, form } = ask(&visit, &mut tx, &code, form).await?;
    let form = form.with("date", visit.day(day));
    let write = visit.may(&mut tx, Action::Report, &code).await?;
    let level = if unit.cell { "cell" } else { "block" };
    let mut fitting: Vec<&Template> = templates().iter().collect();
    fitting.sort_by_key(|t| t.meta("level") != Some(level));
    let base = format!("/unit/{}", encoded(&code));
    let query = format!("?period={}&date={day}", encoded(&period.to_string()));
    let templates = fitting
        .into_iter()
        .map(|t| (t.title(visit.lang()).to_owned(), format!("{base}/report/{}{query}", encoded(t.id()))))
        .collect();
    let issued = issue::of_unit(&mut tx, &unit.id).await?.into_iter().map(|r| IssuedLine {
        href: format!("{base}/issued/{}", encoded(&r.id)),
        day: visit.day(r.day),
        symbol: r.symbol,
        title: r.title,
    });
    let issued = issued.collect();
    let body = List { v: &visit, f: visit.fields(&form), base, write, templates, issued };
    let title = visit.text("report-list-title");
    let page = visit.page(title.clone()).lead(unit.name.clone());
    crumbs(&visit, &mut tx, &unit, visit.today(), page, false).await?.crumb(title, "").show(&body)
}

struct Slot {
    label: String,
    href: String,
    written: bool,
}

#[derive(askama::Template)]
#[template(path = "report/templates_html/draft.html")]
struct DraftPage<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    base: String,
    query: String,
    paper: Html,
    figures: String,
    problems: Vec<String>,
    gaps: Vec<String>,
    unreported: String,
    coverage: String,
    slots: Vec<Slot>,
    style: &'static str,
}

/// The address of the sheet of official documents.
pub(super) const STYLE_URL: &str = concat!("/official.css?v=", env!("CARGO_PKG_VERSION"));

/// `GET /unit/{unit}/report/{template}?period=&date=`
async fn draft(visit: Visit, Path((code, id)): Path<(String, String)>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let draft = drafted(&visit, &mut tx, &code, &id, form).await?;
    draft_page(&visit, &mut tx, &draft).await
}

async fn draft_page(visit: &Visit, tx: &mut Tx, draft: &Draft) -> Result<Response> {
    let made = made(visit, tx, draft, FillMode::Report).await?;
    let mut slots = Vec::new();
    let texts = narrative::of(tx, &draft.asked, draft.template.id()).await?;
    for slot in narrative::slots(draft.template) {
        slots.push(Slot {
            label: slot_label(visit, &slot),
            href: format!("{}/text/{}{}", draft.base(), encoded(&slot), draft.query()),
            written: texts.contains_key(&slot),
        });
    }
    let gaps = made.missing.iter().filter(|m| !matches!(m.hole, Hole::Text(_))).map(|m| m.hole.to_string());
    let behind =
        made.figures.values().map(|f| f.coverage.partial.len() + f.coverage.none.len()).max().unwrap_or(0);
    let unreported =
        if behind == 0 { String::new() } else { visit.tr(&Message::new("report-behind").with("n", behind)) };
    let count = made.document.figures().len();
    let body = DraftPage {
        v: visit,
        f: visit.fields(&draft.form),
        base: draft.base(),
        query: draft.query(),
        paper: Html::trusted(document::html::write(&made.document)),
        figures: visit.tr(&Message::new("report-figures").with("n", count)),
        problems: made.problems.iter().map(|p| visit.tr(p)).collect(),
        gaps: gaps.collect(),
        unreported,
        coverage: format!(
            "/unit/{}/coverage?period={}",
            encoded(&draft.asked.unit.code),
            encoded(&draft.asked.period.to_string())
        ),
        slots,
        style: STYLE_URL,
    };
    let unit = &draft.asked.unit;
    let title = draft.template.title(visit.lang()).to_owned();
    let lead = format!("{} · {}", unit.name, draft.asked.period);
    let page = visit.page(title.clone()).lead(lead);
    let page = crumbs(visit, tx, unit, draft.asked.day, page, false).await?;
    let reports = format!("/unit/{}/reports", encoded(&unit.code));
    page.crumb(visit.text("report-list-title"), reports).crumb(title, "").show(&body)
}

/// What a slot is called; an office's own template may have slots that we have no words for.
pub(super) fn slot_label(visit: &Visit, slot: &str) -> String {
    let key = format!("report-slot-{slot}");
    if visit.site().messages.has(&key) { visit.text(&key) } else { slot.to_owned() }
}

/// `GET …/file/{format}`: `docx`, `pdf`, or `blank` (the form to fill by hand, for Word).
async fn file(
    visit: Visit,
    Path((code, id, format)): Path<(String, String, String)>,
    Form(form): Form,
) -> Result<Response> {
    let (mode, output) = match format.as_str() {
        "docx" => (FillMode::Report, Output::Docx),
        "pdf" => (FillMode::Report, Output::Pdf),
        "blank" => (FillMode::BlankForm, Output::Docx),
        _ => return Err(Error::NotFound),
    };
    let mut tx = visit.read().await?;
    let draft = drafted(&visit, &mut tx, &code, &id, form).await?;
    let made = made(&visit, &mut tx, &draft, mode).await?;
    drop(tx);
    let day = draft.asked.day;
    let bytes = written(made, day, output).await?;
    let name = format!("{}-{}-{}", draft.template.id(), draft.asked.unit.code, draft.asked.period);
    Ok(download(&if format == "blank" { format!("{name}-mau-trong") } else { name }, output, bytes))
}

/// Writes a document where it does not hold up other pages.
async fn written(made: Arc<Made>, day: Day, output: Output) -> Result<Vec<u8>> {
    let task = tokio::task::spawn_blocking(move || write(&made.document, day, output));
    let result = task.await.map_err(|e| Error::Defect(format!("writing a report: {e}")))?;
    result.map_err(Error::Problem)
}

fn download(name: &str, output: Output, bytes: Vec<u8>) -> Response {
    let (media, ending) = output.media();
    shell::download(&format!("{name}.{ending}"), media, bytes)
}

#[derive(askama::Template)]
#[template(path = "report/templates_html/text.html")]
struct TextPage<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    action: String,
    back: String,
}

async fn text_page(
    visit: &Visit,
    tx: &mut Tx,
    draft: &Draft,
    slot: &str,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let body = TextPage {
        v: visit,
        f: visit.fields(form),
        action: format!("{}/text/{}{}", draft.base(), encoded(slot), draft.query()),
        back: format!("{}{}", draft.base(), draft.query()),
    };
    let unit = &draft.asked.unit;
    let label = slot_label(visit, slot);
    let lead = format!("{} · {}", unit.name, draft.asked.period);
    let page = visit.page(label.clone()).lead(lead).status(status);
    let page = crumbs(visit, tx, unit, draft.asked.day, page, false).await?;
    let title = draft.template.title(visit.lang());
    page.crumb(title, body.back.clone()).crumb(label, "").show(&body)
}

/// `GET …/text/{slot}`: one piece of narrative, to write.
async fn text(
    visit: Visit,
    Path((code, id, slot)): Path<(String, String, String)>,
    Form(form): Form,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let draft = drafted(&visit, &mut tx, &code, &id, form).await?;
    if !narrative::slots(draft.template).contains(&slot) {
        return Err(Error::NotFound);
    }
    let text = narrative::of(&mut tx, &draft.asked, draft.template.id()).await?.remove(&slot);
    let form = FormState::default().with("text", text.unwrap_or_default());
    text_page(&visit, &mut tx, &draft, &slot, &form, StatusCode::OK).await
}

/// The form of a POST has the text; its period and day stand in the address.
pub(super) fn address(query: &[(String, String)]) -> FormState {
    let named = |name: &str| query.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v).to_owned();
    FormState::default().with("period", named("period")).with("date", named("date"))
}

type Query = axum::extract::Query<Vec<(String, String)>>;

/// `POST …/text/{slot}`: keeps it; empty takes it back.
async fn save_text(
    visit: Visit,
    Path((code, id, slot)): Path<(String, String, String)>,
    axum::extract::Query(query): Query,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let draft = drafted(&visit, &mut tx, &code, &id, address(&query)).await?;
    if !narrative::slots(draft.template).contains(&slot) || !draft.form.is_ok() {
        return Err(Error::NotFound);
    }
    let words = form.long("text", LONGEST);
    let app = App::of(&visit)?;
    if let Some(message) = words.as_deref().and_then(|t| narrative::fault(&app.book, t, draft.asked.day)) {
        form.fail("text", message);
    }
    if !form.is_ok() {
        return text_page(&visit, &mut tx, &draft, &slot, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    narrative::keep(&mut tx, &draft.asked, draft.template.id(), &slot, words.as_deref()).await?;
    tx.commit().await?;
    Ok(visit.done(&format!("{}{}", draft.base(), draft.query()), "report-text-saved"))
}

/// `POST …/issue`: gives the report its number and freezes it.
async fn issue_it(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    axum::extract::Query(query): Query,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let mut draft = drafted(&visit, &mut tx, &code, &id, address(&query)).await?;
    if !draft.form.is_ok() {
        return Err(Error::NotFound);
    }
    if let Some(report) = writing::issue_now(&visit, &mut tx, &mut draft, &mut form).await? {
        tx.commit().await?;
        let to = format!("/unit/{}/issued/{}", encoded(&code), encoded(&report));
        return Ok(visit.done(&to, "report-issued"));
    }
    writing::refused(&visit, &mut tx, &draft, form).await
}

struct DifferenceLine {
    label: String,
    period: String,
    then: String,
    now: String,
    redefined: bool,
}

#[derive(askama::Template)]
#[template(path = "report/templates_html/issued.html")]
struct IssuedPage<'a> {
    v: &'a Visit,
    base: String,
    /// Whether the visitor may hand it over.
    hand: bool,
    pdf: bool,
    paper: Html,
    differences: Vec<DifferenceLine>,
    style: &'static str,
}

async fn find(visit: &Visit, tx: &mut Tx, code: &str, id: &str) -> Result<(unit::Unit, issue::Issued)> {
    let unit = unit::by_code(tx, code, visit.today()).await?.ok_or(Error::NotFound)?;
    let report = issue::issued(tx, id).await?.filter(|r| r.unit == unit.id).ok_or(Error::NotFound)?;
    Ok((unit, report))
}

/// `GET /unit/{unit}/issued/{id}`: the report as it was issued, and what is different since.
async fn issued(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.read().await?;
    let (unit, report) = find(&visit, &mut tx, &code, &id).await?;
    let mut lines = Vec::new();
    let moment = App::moment(&mut tx).await?;
    let key = format!("since {}", report.id);
    let since = match app.remembered::<Vec<issue::Difference>>(moment, &key) {
        Some(since) => since,
        None => {
            let since = issue::differences(&mut tx, &app.book, &report).await?;
            app.remember(moment, key, since)
        }
    };
    for d in since.iter() {
        let label = app.book.catalogue.get(&d.indicator, report.day);
        lines.push(DifferenceLine {
            label: label.map_or_else(|| d.indicator.clone(), |i| i.label.get(visit.lang()).to_owned()),
            period: d.period.to_string(),
            then: d.then.clone(),
            now: d.now.clone(),
            redefined: d.redefined,
        });
    }
    let body = IssuedPage {
        v: &visit,
        hand: visit.may(&mut tx, Action::Report, &code).await?,
        base: format!("/unit/{}/issued/{}", encoded(&code), encoded(&id)),
        pdf: report.pdf.is_some(),
        paper: Html::trusted(report.html),
        differences: lines,
        style: STYLE_URL,
    };
    let lead = format!("{} · {} · {}", unit.name, visit.day(report.day), report.title);
    let page = visit.page(report.symbol.clone()).lead(lead);
    let page = crumbs(&visit, &mut tx, &unit, visit.today(), page, false).await?;
    page.crumb(visit.text("report-list-title"), format!("/unit/{}/reports", encoded(&code)))
        .crumb(report.symbol, "")
        .show(&body)
}

/// `GET …/issued/{id}/file/{format}`: the very file that was issued.
async fn issued_file(
    visit: Visit,
    Path((code, id, format)): Path<(String, String, String)>,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (_, report) = find(&visit, &mut tx, &code, &id).await?;
    let (hash, output) = match format.as_str() {
        "docx" => (Some(report.docx), Output::Docx),
        "pdf" => (report.pdf, Output::Pdf),
        _ => (None, Output::Docx),
    };
    let hash = hash.ok_or(Error::NotFound)?;
    let bytes = files::get(&mut tx, &hash).await?.ok_or(Error::NotFound)?;
    Ok(download(&report.symbol, output, bytes))
}
