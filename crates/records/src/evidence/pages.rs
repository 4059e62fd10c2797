//! Pages: the evidence of a unit, taking in a file, giving it back.

use super::{ABOUT, About, Attached, Refusal, attach, media};
use crate::REGISTRY;
use crate::address::{UNDER, of_unit, page, segment, unit_of, with_query};
use crate::entry;
use crate::kind::Kind;
use crate::unit::Unit;
use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Action, Message};
use shell::{Access, Error, Form, FormState, Result, Route, Visit, Upload};
use store::{Tx, files, params};

/// Rows on a page.
const PAGE: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/unit/{unit}/evidence", Access::On(Action::ReadRecords), list),
        Route::get("/unit/{unit}/evidence/new", Access::On(Action::WriteRecords), blank),
        Route::post("/unit/{unit}/evidence/new", Access::On(Action::WriteRecords), take),
        Route::get("/unit/{unit}/evidence/{id}/file", Access::On(Action::ReadRecords), file),
    ]
}

/// The kind that evidence is about, when it is seen only by those who may see sensitive records.
fn sensitive(about: &str) -> Option<&'static Kind> {
    REGISTRY.kind(about).filter(|k| k.sensitive)
}

/// Whether evidence about this may be seen without the right to sensitive records.
pub fn is_open(about_kind: &str) -> bool {
    sensitive(about_kind).is_none()
}

/// The condition under which evidence may be seen without the right to sensitive records: it is
/// about none of them. `alias` is the table's.
pub fn open_only(alias: &str) -> String {
    // Codes are words of ours, so they may stand in the query.
    let closed: Vec<String> =
        ABOUT.iter().filter(|c| sensitive(c.code).is_some()).map(|c| format!("'{}'", c.code)).collect();
    format!("({alias}.about_kind IS NULL OR {alias}.about_kind NOT IN ({}))", closed.join(", "))
}

/// The same as a part of a query, for this visitor.
async fn seen(visit: &Visit, tx: &mut Tx, code: &str) -> Result<String> {
    let all = visit.may(tx, Action::ReadSensitive, code).await?;
    Ok(if all { "1 = 1".to_owned() } else { open_only("e") })
}

struct Paper {
    id: String,
    title: String,
    day: String,
    unit: String,
    about: String,
    file: String,
    size: String,
    kept: bool,
    withdrawn: bool,
}

#[derive(Template)]
#[template(path = "evidence/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    unit: &'a Unit,
    papers: Vec<Paper>,
    total: i64,
    page: i64,
    kind: &'a str,
    may_write: bool,
}

impl List<'_> {
    fn path(&self, below: &str) -> String {
        of_unit(&self.unit.code, &format!("/evidence{below}"))
    }

    fn file(&self, paper: &Paper) -> String {
        self.path(&format!("/{}/file", segment(&paper.id)))
    }

    fn record(&self, paper: &Paper) -> String {
        of_unit(&self.unit.code, &format!("/records/evidence/{}", segment(&paper.id)))
    }

    fn summary(&self) -> String {
        self.v.tr(&Message::new("evidence-total").with("n", self.total))
    }

    fn more(&self) -> Option<String> {
        (self.page * PAGE < self.total).then(|| self.at(self.page + 1))
    }

    fn less(&self) -> Option<String> {
        (self.page > 1).then(|| self.at(self.page - 1))
    }

    fn at(&self, page: i64) -> String {
        with_query(&self.path(""), &[("about_kind", self.kind), ("page", &page.to_string())])
    }

    fn kinds(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &ABOUT)
    }
}

async fn list(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let may_write = visit.may(&mut tx, Action::WriteRecords, &code).await?;
    let seen = seen(&visit, &mut tx, &code).await?;
    let about = form.value("about_kind");
    let rows = format!(
        "FROM evidence e JOIN unit u ON u.id = e.unit WHERE e.unit IN ({UNDER}) AND {seen} AND ($3 = '' OR e.about_kind = $3)"
    );
    let params = params![&unit.id, visit.today(), about].to_vec();
    let total = tx.one(&format!("SELECT CAST(COUNT(*) AS BIGINT) AS n {rows}"), &params).await?.int("n")?;
    let last = total.saturating_sub(1).max(0) / PAGE + 1;
    let number = form.value("page").parse().unwrap_or(1_i64).clamp(1, last);
    let sql = format!(
        "SELECT e.id, e.title, e.day, e.about_kind, e.about_code, e.file_name, e.size, e.hash, e.withdrawn, u.name
         {rows} ORDER BY e.day DESC, e.id DESC LIMIT {PAGE} OFFSET {}",
        (number - 1) * PAGE
    );
    let mut papers = Vec::new();
    for row in tx.query(&sql, &params).await? {
        let about = row.opt_text("about_kind")?.map(|kind| {
            let words = entry::word_of(visit.lang(), &ABOUT, kind);
            row.opt_text("about_code")
                .ok()
                .flatten()
                .map_or_else(|| words.clone(), |c| format!("{words} {c}"))
        });
        papers.push(Paper {
            id: row.words("id")?,
            title: row.words("title")?,
            day: visit.day(row.day("day")?),
            unit: row.words("name")?,
            about: about.unwrap_or_default(),
            file: row.words("file_name")?,
            size: row.opt_int("size")?.map(|n| size(&visit, n)).unwrap_or_default(),
            kept: row.opt_text("hash")?.is_some(),
            withdrawn: row.opt_text("withdrawn")?.is_some(),
        });
    }
    let body = List {
        v: &visit,
        f: visit.fields(&form),
        unit: &unit,
        papers,
        total,
        page: number,
        kind: about,
        may_write,
    };
    page(&visit, &unit, visit.text("evidence-list-title")).lead(visit.text("evidence-list-lead")).show(&body)
}

/// A size as people say it.
fn size(visit: &Visit, bytes: i64) -> String {
    let mib = 1024 * 1024;
    if bytes >= mib {
        let message = Message::new("evidence-size-mb");
        return visit.tr(&message.with("n", entry::decimal(visit.lang(), bytes * 10 / mib, 1)));
    }
    visit.tr(&Message::new("evidence-size-kb").with("n", (bytes + 1023) / 1024))
}

#[derive(Template)]
#[template(path = "evidence/templates/new.html")]
struct New<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    unit: &'a Unit,
    file_error: Option<String>,
}

impl New<'_> {
    fn path(&self) -> String {
        of_unit(&self.unit.code, "/evidence/new")
    }

    fn kinds(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &ABOUT)
    }

    fn limit(&self) -> String {
        self.v.tr(&Message::new("evidence-file-hint").with("mib", media::MAX_BYTES / (1024 * 1024)))
    }
}

fn form_page(visit: &Visit, unit: &Unit, form: &FormState, status: StatusCode) -> Result<Response> {
    let body =
        New { v: visit, f: visit.fields(form), unit, file_error: form.error("file").map(|m| visit.tr(m)) };
    page(visit, unit, visit.text("evidence-new-title"))
        .crumb(visit.text("evidence-list-title"), of_unit(&unit.code, "/evidence"))
        .status(status)
        .show(&body)
}

async fn blank(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let mut shown = FormState::default().with("day", visit.day(visit.today()));
    // A record's page leads here with the record filled in.
    for name in ["about_kind", "about_code", "title"] {
        shown = shown.with(name, form.value(name));
    }
    form_page(&visit, &unit, &shown, StatusCode::OK)
}

/// Words into the form, the file beside it: the last one chosen.
async fn parts(upload: Multipart) -> Result<(FormState, String, Vec<u8>)> {
    let known = Upload { fields: &["title", "day", "about_kind", "about_code"], longest: 10_000, parts: 20 };
    let (form, mut files) = known.read(upload).await?;
    let (name, bytes) = files.pop().unwrap_or_default();
    Ok((form, name, bytes))
}

async fn take(visit: Visit, Path(code): Path<String>, upload: Multipart) -> Result<Response> {
    let (mut form, name, bytes) = parts(upload).await?;
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let title = form.required("title", 300);
    let day = form.day("day");
    let day = form.require("day", day);
    let kind = form.choice("about_kind", |typed| ABOUT.iter().find(|c| c.code == typed).map(|c| c.code));
    let about_code = form.text("about_code", 60);
    if about_code.is_some() && kind.is_none() {
        form.fail("about_kind", Message::new("evidence-about-kind"));
    }
    if let Some(kind) = kind.and_then(sensitive)
        && !visit.may(&mut tx, Action::WriteSensitive, &code).await?
    {
        form.fail("about_kind", Message::new("evidence-about-closed").with("kind", kind.title(visit.lang())));
    }
    if name.is_empty() && bytes.is_empty() {
        form.fail("file", Message::new("evidence-no-file"));
    }
    let (Some(title), Some(day), true) = (title, day, form.is_ok()) else {
        return form_page(&visit, &unit, &form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let about_code = about_code.unwrap_or_default();
    let about = kind.map(|kind| About { kind, code: &about_code });
    match attach(&mut tx, &unit.id, &title, &name, &bytes, day, about).await {
        Ok(Attached { id, known, .. }) => {
            tx.commit().await?;
            let to = of_unit(&unit.code, &format!("/records/evidence/{}", segment(&id)));
            Ok(visit.done(&to, if known { "evidence-known" } else { "evidence-taken" }))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(refusal) => {
            form.fail(if matches!(refusal, Refusal::Title) { "title" } else { "file" }, refusal.message());
            form_page(&visit, &unit, &form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// Gives a file back, to be kept: it is never shown inside our pages.
async fn file(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let seen = seen(&visit, &mut tx, &code).await?;
    let sql = format!(
        "SELECT e.hash, e.file_name, e.media FROM evidence e WHERE e.id = $3 AND e.unit IN ({UNDER}) AND {seen}"
    );
    let row = tx.first(&sql, params![&unit.id, visit.today(), &id]).await?.ok_or(Error::NotFound)?;
    let hash = row.opt_text("hash")?.ok_or(Error::NotFound)?;
    let bytes = files::get(&mut tx, hash).await?.ok_or(Error::NotFound)?;
    Ok(shell::download(&row.words("file_name")?, row.text("media")?, bytes))
}
