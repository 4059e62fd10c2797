//! The page that hands an issued report over, and its package.

use super::package;
use crate::figure::App;
use crate::figure::pages::{crumbs, encoded};
use crate::names;
use crate::report::issue::{self, Issued};
use crate::unit::{self, Unit};
use axum::extract::Path;
use axum::response::Response;
use domain::{Action, Message};
use shell::{Access, Error, Result, Route, Visit};
use store::{Tx, files};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/unit/{unit}/issued/{id}/hand-over", Access::On(Action::Report), page),
        Route::get("/unit/{unit}/issued/{id}/package", Access::On(Action::Report), zip),
    ]
}

/// A file to take along.
struct File {
    name: String,
    href: String,
    hash: String,
    size: String,
}

/// A line of the package's contents.
struct Content {
    name: &'static str,
    words: String,
}

#[derive(askama::Template)]
#[template(path = "handover/templates/page.html")]
struct Page<'a> {
    v: &'a Visit,
    files: Vec<File>,
    package: String,
    contents: Vec<Content>,
    back: String,
}

async fn find(visit: &Visit, tx: &mut Tx, code: &str, id: &str) -> Result<(Unit, Issued)> {
    let unit = unit::by_code(tx, code, visit.today()).await?.ok_or(Error::NotFound)?;
    let report = issue::issued(tx, id).await?.filter(|r| r.unit == unit.id).ok_or(Error::NotFound)?;
    Ok((unit, report))
}

/// `GET /unit/{unit}/issued/{id}/hand-over`
async fn page(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let (unit, report) = find(&visit, &mut tx, &code, &id).await?;
    let base = format!("/unit/{}/issued/{}", encoded(&code), encoded(&id));
    let mut listed = Vec::new();
    for (format, key, hash) in [
        ("docx", "handover-docx", Some(&report.docx)),
        ("pdf", "handover-pdf", report.pdf.as_ref()),
    ] {
        let Some(hash) = hash else { continue };
        let Some(bytes) = files::get(&mut tx, hash).await? else { continue };
        let size = i64::try_from(bytes.len().div_ceil(1024)).unwrap_or(i64::MAX);
        listed.push(File {
            name: visit.text(key),
            href: format!("{base}/file/{format}"),
            hash: hash.clone(),
            size: visit.tr(&Message::new("handover-size").with("n", size)),
        });
    }
    let contents = [
        ("bao-cao.docx", "handover-docx"),
        ("bao-cao.pdf", "handover-pdf"),
        ("so-lieu.json", "handover-json"),
        ("so-lieu.xlsx", "handover-xlsx"),
        (exchange::package::MANIFEST, "handover-manifest"),
    ];
    let body = Page {
        v: &visit,
        files: listed,
        package: format!("{base}/package"),
        contents: contents.map(|(name, key)| Content { name, words: visit.text(key) }).into(),
        back: base.clone(),
    };
    let title = visit.text("handover-title");
    let lead = format!("{} · {} · {}", report.symbol, unit.name, visit.day(report.day));
    let page = visit.page(title.clone()).lead(lead);
    let page = crumbs(&visit, &mut tx, &unit, visit.today(), page, false).await?;
    page.crumb(visit.text("report-list-title"), format!("/unit/{}/reports", encoded(&code)))
        .crumb(report.symbol, base)
        .crumb(title, "")
        .show(&body)
}

/// `GET …/package`: everything in one file.
async fn zip(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.read().await?;
    let (unit, report) = find(&visit, &mut tx, &code, &id).await?;
    let made = package(&mut tx, &app.book, visit.actor(), visit.today(), &unit, &report).await?;
    let named = names::shown(&visit, &mut tx, &code).await?;
    drop(tx);
    if named {
        names::note(&visit, &crate::person::sheet::PERSON, &unit.id, made.rows()).await?;
    }
    // A large workbook takes a while: other visitors are not kept waiting for it.
    let written = tokio::task::spawn_blocking(move || {
        let about = made.about.clone();
        let parts = made.parts().map_err(|e| e.message())?;
        exchange::package::write(&about, &parts)
    });
    let bytes = written.await.map_err(|e| Error::Defect(format!("a package: {e}")))?.map_err(Error::Problem)?;
    Ok(shell::download(&format!("ban-giao-{}-{}.zip", unit.code, report.period), "application/zip", bytes))
}
