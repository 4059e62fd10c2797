//! Pages: the reports that came in, taking in files, one report with its claims, the note to its sender.

mod missing;
mod one;

use super::taking::{self, File};
use super::{REPORT, Report, report_of};
use crate::address::{UNDER, of_unit, page, segment, unit_of};
use crate::request::{self, Request};
use crate::unit::{self, Unit};
use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Action, Message, Period, text};
use shell::{Access, Error, Form, FormState, Result, Route, Visit, Files, Upload};
use store::{Tx, params};

/// Reports on a page.
const PAGE: i64 = 100;
/// Files of one upload.
const FILES: usize = 200;
/// How much of a text is looked at for the sender's name, in bytes.
const HEAD: usize = 3_000;

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    vec![
        Route::get("/unit/{unit}/received", write, list),
        Route::post("/unit/{unit}/received", write, take),
        Route::get("/unit/{unit}/received/{report}", write, one::show),
        Route::post("/unit/{unit}/received/{report}/certain", write, one::certain),
        Route::post("/unit/{unit}/received/{report}/claim/{n}", write, one::decide),
        Route::get("/unit/{unit}/received/{report}/note", write, one::note),
        Route::get("/unit/{unit}/received/{report}/note.docx", write, one::note_docx),
        Route::get("/unit/{unit}/request/{code}/received", Access::On(Action::ReadFigures), missing::show),
    ]
}

/// A report that a path names, with the unit of the path and the unit that sent it.
struct Open {
    unit: Unit,
    sender: Unit,
    report: Report,
}

impl Open {
    fn path(&self, below: &str) -> String {
        of_unit(&self.unit.code, &format!("/received/{}{below}", segment(&self.report.id)))
    }
}

/// What the visitor may not see does not exist: the report must be of a unit under the path's.
async fn open(visit: &Visit, tx: &mut Tx, code: &str, id: &str) -> Result<Open> {
    let unit = unit_of(visit, tx, code).await?;
    let sql = format!(
        "SELECT {REPORT}, u.code AS sender FROM received_report r JOIN unit u ON u.id = r.unit
         WHERE r.id = $3 AND r.unit IN ({UNDER})"
    );
    let row = tx.first(&sql, params![&unit.id, visit.today(), id]).await?.ok_or(Error::NotFound)?;
    let sender = unit_of(visit, tx, row.text("sender")?).await?;
    Ok(Open { unit, sender, report: report_of(&row)? })
}

struct Line {
    title: String,
    href: String,
    unit: String,
    period: String,
    day: String,
    words: String,
    state: &'static str,
}

/// What became of a file of an upload.
struct Outcome {
    file: String,
    words: String,
    href: String,
    good: bool,
}

#[derive(Template)]
#[template(path = "received/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    unit: &'a Unit,
    lines: Vec<Line>,
    outcomes: Vec<Outcome>,
    units: Vec<(String, String)>,
    requests: Vec<(String, String)>,
    file_error: Option<String>,
    /// Of the units directly below: how many have sent a report about the period, and who has not.
    sent: String,
    silent: Vec<String>,
}

impl List<'_> {
    fn path(&self) -> String {
        of_unit(&self.unit.code, "/received")
    }

    fn limit(&self) -> String {
        let mib = crate::evidence::media::MAX_BYTES / (1024 * 1024);
        self.v.tr(&Message::new("received-file-hint").with("mib", mib))
    }
}

/// The units that a report may come from: code and name, in the order of names.
async fn senders(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<(String, String)>> {
    let sql = format!("SELECT u.code, u.name FROM unit u WHERE u.id IN ({UNDER}) ORDER BY u.sort, u.code LIMIT 2000");
    let mut out = Vec::new();
    for row in tx.query(&sql, params![&unit.id, visit.today()]).await? {
        out.push((row.words("code")?, row.words("name")?));
    }
    Ok(out)
}

/// The requests that a report under this unit may answer: its own and those it was asked by.
async fn requests(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<Request>> {
    let mut all = request::of_unit(tx, &unit.id).await?;
    for (asked, _) in request::asked_of(tx, &unit.id, visit.today()).await? {
        if !all.iter().any(|r| r.id == asked.id) {
            all.push(asked);
        }
    }
    all.truncate(50);
    Ok(all)
}

async fn lines(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT {REPORT}, u.name,
            (SELECT COUNT(*) FROM received_claim c WHERE c.report = r.id) AS claims,
            (SELECT COUNT(*) FROM received_claim c WHERE c.report = r.id AND c.decision = 'pending') AS pending
         FROM received_report r JOIN unit u ON u.id = r.unit
         WHERE r.unit IN ({UNDER}) ORDER BY r.day DESC, r.id DESC LIMIT {PAGE}"
    );
    let mut out = Vec::new();
    for row in tx.query(&sql, params![&unit.id, visit.today()]).await? {
        let report = report_of(&row)?;
        let (claims, pending) = (row.int("claims")?, row.int("pending")?);
        let message = Message::new(if pending == 0 { "received-all-decided" } else { "received-waiting" });
        out.push(Line {
            href: of_unit(&unit.code, &format!("/received/{}", segment(&report.id))),
            title: report.title,
            unit: row.words("name")?,
            period: report.period.to_string(),
            day: visit.day(report.day),
            words: visit.tr(&message.with("pending", pending).with("n", claims)),
            state: match pending {
                0 => "complete",
                n if n == claims => "none",
                _ => "partial",
            },
        });
    }
    Ok(out)
}

/// Which units directly below have sent no report about days of a period.
async fn silent(visit: &Visit, tx: &mut Tx, unit: &Unit, period: &Period) -> Result<(String, Vec<String>)> {
    let below = if unit.cell { Vec::new() } else { unit::children(tx, &unit.id, period.to()).await? };
    // A report of a unit's own unit is the unit's: a committee sends for its cells.
    let sql = "SELECT DISTINCT s.ancestor FROM received_report r JOIN unit_span s ON s.descendant = r.unit
               WHERE r.from_day <= $2 AND r.to_day >= $1";
    let mut sent = std::collections::HashSet::new();
    for row in tx.query(sql, params![period.from(), period.to()]).await? {
        sent.insert(row.words("ancestor")?);
    }
    let total = below.len();
    let silent: Vec<String> = below.into_iter().filter(|u| !sent.contains(&u.id)).map(|u| u.name).collect();
    if total == 0 {
        return Ok((String::new(), silent));
    }
    let message = Message::new("received-sent").with("n", total - silent.len()).with("total", total);
    Ok((visit.tr(&message.with("period", period.to_string())), silent))
}

async fn show(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    form: &FormState,
    outcomes: Vec<Outcome>,
    status: StatusCode,
) -> Result<Response> {
    let mut units = senders(visit, tx, unit).await?;
    if units.len() > 1 {
        units.insert(0, ("?".to_owned(), visit.text("received-sender-guess")));
    }
    let requests = requests(visit, tx, unit).await?;
    let (sent, silent) = match form.value("period").parse::<Period>() {
        Ok(period) => silent(visit, tx, unit, &period).await?,
        Err(_) => (String::new(), Vec::new()),
    };
    let body = List {
        sent,
        silent,
        v: visit,
        f: visit.fields(form),
        unit,
        lines: lines(visit, tx, unit).await?,
        outcomes,
        units,
        requests: requests.into_iter().map(|r| (r.code, format!("{} ({})", r.title, r.symbol))).collect(),
        file_error: form.error("file").map(|m| visit.tr(m)),
    };
    page(visit, unit, visit.text("received-title")).lead(visit.text("received-lead")).status(status).show(&body)
}

/// `GET /unit/{unit}/received?period=`
async fn list(visit: Visit, Path(code): Path<String>, Form(asked): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let last_year = Period::year(visit.today().year() - 1);
    let period = asked.value("period").parse::<Period>().unwrap_or(last_year);
    let form = FormState::default()
        .with("unit", if unit.cell { unit.code.as_str() } else { "?" })
        .with("period", period.to_string())
        .with("day", visit.day(visit.today()));
    show(&visit, &mut tx, &unit, &form, Vec::new(), StatusCode::OK).await
}

/// Words into the form, the files beside it.
async fn parts(upload: Multipart) -> Result<(FormState, Files)> {
    let known = Upload { fields: &["unit", "period", "request", "day"], longest: 1_000, parts: FILES + 20 };
    let (form, mut files) = known.read(upload).await?;
    // A browser sends an empty part when no file was chosen.
    files.retain(|(name, bytes)| !(name.is_empty() && bytes.is_empty()));
    Ok((form, files))
}

async fn take(visit: Visit, Path(code): Path<String>, upload: Multipart) -> Result<Response> {
    let (mut form, files) = parts(upload).await?;
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let units = senders(&visit, &mut tx, &unit).await?;
    let sender = form.choice("unit", |typed| {
        let known = typed == "?" || units.iter().any(|(code, _)| code == typed);
        known.then(|| typed.to_owned())
    });
    let sender = sender.unwrap_or_else(|| if units.len() == 1 { unit.code.clone() } else { "?".to_owned() });
    let period = form.period("period");
    let period = form.require("period", period);
    let day = form.day("day");
    let day = form.require("day", day);
    let all = requests(&visit, &mut tx, &unit).await?;
    let request = form.choice("request", |typed| all.iter().find(|r| r.code == typed).cloned());
    if files.is_empty() {
        form.fail("file", Message::new("received-no-file"));
    }
    let (Some(period), Some(day), true) = (period, day, form.is_ok()) else {
        return show(&visit, &mut tx, &unit, &form, Vec::new(), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    drop(tx);
    let mut outcomes = Vec::new();
    for (name, bytes) in files {
        let refused = |file, words| Outcome { file, words, href: String::new(), good: false };
        let file = match File::read(name.clone(), bytes).await {
            Ok(file) => file,
            Err(refusal) => {
                outcomes.push(refused(name, visit.tr(&refusal.message())));
                continue;
            }
        };
        let from = match sender.as_str() {
            "?" => sender_of(&file, &units),
            chosen => Some(chosen),
        };
        let Some(from) = from else {
            outcomes.push(refused(name, visit.text("received-sender-unknown")));
            continue;
        };
        // Each file stands for itself: one that is refused leaves the others.
        let mut tx = visit.write().await?;
        let from = unit_of(&visit, &mut tx, from).await?;
        let who = visit.actor().log_name().to_owned();
        match taking::take(&mut tx, &who, &from, &file, period, request.as_ref(), day).await {
            Ok(taken) => {
                tx.commit().await?;
                let key = if taken.known { "received-known" } else { "received-read" };
                let message = Message::new(key).with("n", taken.claims).with("unit", &from.name);
                let href = of_unit(&unit.code, &format!("/received/{}", segment(&taken.id)));
                outcomes.push(Outcome { file: name, words: visit.tr(&message), href, good: true });
            }
            Err(taking::Refusal::Store(error)) => return Err(error.into()),
            Err(refusal) => {
                outcomes.push(refused(name, visit.tr(&refusal.message())));
            }
        }
    }
    match outcomes.as_slice() {
        [one] if one.good => return Ok(visit.done(&one.href, "received-taken")),
        [one] => form.fail("file", Message::new("received-file-refused").with("why", &one.words)),
        _ => {}
    }
    let good = outcomes.iter().all(|o| o.good);
    let status = if good { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut tx = visit.read().await?;
    show(&visit, &mut tx, &unit, &form, outcomes, status).await
}

/// The unit whose name stands in the file's name or in the head of its text; the longest name wins.
/// Several units of one name ("Chi bộ Văn phòng") tell nothing.
fn sender_of<'a>(file: &File, units: &'a [(String, String)]) -> Option<&'a str> {
    let head = text::fold(&format!("{} {}", file.name.replace(['-', '_', '.'], " "), file.head(HEAD)));
    let named: Vec<(&str, String)> = units
        .iter()
        .map(|(code, name)| (code.as_str(), text::fold(name)))
        .filter(|(_, name)| !name.is_empty() && head.contains(name.as_str()))
        .collect();
    let longest = named.iter().map(|(_, name)| name.len()).max()?;
    match named.iter().filter(|(_, name)| name.len() == longest).collect::<Vec<_>>().as_slice() {
        [(code, _)] => Some(code),
        _ => None,
    }
}

/// A unit by its code, below the path's unit or itself.
async fn below(visit: &Visit, tx: &mut Tx, unit: &Unit, code: &str) -> Result<Option<Unit>> {
    let Some(found) = unit::by_code(tx, code, visit.today()).await? else { return Ok(None) };
    let sql = format!("SELECT u.id FROM unit u WHERE u.id = $3 AND u.id IN ({UNDER})");
    let seen = tx.first(&sql, params![&unit.id, visit.today(), &found.id]).await?;
    Ok(seen.map(|_| found))
}
