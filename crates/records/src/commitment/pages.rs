//! Pages: whose commitments wait for registration or review, and reviewing one.

use super::sheet::{COMMITMENT, COMMITMENT_ITEM, FEEDBACK, RESULT};
use crate::address::{UNDER, of_unit, page, segment, unit_of, with_query};
use crate::entry;
use crate::kind::Held;
use crate::names;
use crate::remember::Lists;
use crate::unit::Unit;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use domain::{Action, Day, FAR_DAY, Message};
use shell::{Access, Error, Form, FormState, Result, Route, Visit};
use store::{Row, Tx, params};

/// Commitments on the list; the rest is found by narrowing the unit.
const MOST: i64 = 100;

/// The fields of the commitment that a review fills in.
const REVIEWED: [&str; 5] = ["writeup", "self_review_day", "result", "review_day", "why"];

/// The fields of an item that a review fills in.
const ITEM: [&str; 2] = ["evidence", "done_day"];

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    let mut routes = vec![
        Route::get("/unit/{unit}/commitment", write, list),
        Route::get("/unit/{unit}/commitment/{id}/review", write, review),
        Route::post("/unit/{unit}/commitment/{id}/review", write, save),
    ];
    for more in [super::one::routes, super::me::routes, super::progress::routes, super::slips::routes] {
        routes.extend(more());
    }
    routes
}

/// Whom a commitment is of: the person, the unit itself, or nobody who may be named.
fn who(visit: &Visit, row: &Row, named: bool) -> Result<String> {
    Ok(match (row.opt_text("person")?, row.opt_text("person_name")?) {
        (Some(_), Some(name)) if named => name.to_owned(),
        (Some(_), _) => visit.text("commitment-unnamed"),
        (None, _) => visit.text("commitment-of-unit"),
    })
}

struct Line {
    href: String,
    who: String,
    unit: String,
    registered: String,
    items: i64,
    vague: i64,
    /// Code of the result; empty when it was never reviewed.
    result: String,
    words: String,
    reviewed: String,
}

#[derive(Template)]
#[template(path = "commitment/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    unit: &'a Unit,
    year: i64,
    years: Vec<i64>,
    lines: Vec<Line>,
    tally: String,
    cut: bool,
    /// Sent and not registered yet, of any year: where it opens, whose it is, when it was sent.
    sent: Vec<(String, String, String)>,
    /// Given back and not sent again.
    back: Vec<(String, String, String)>,
    /// Whether members of the unit itself can be asked for feedback on this year.
    asks: bool,
    /// Where the results stand beside the ratings; empty for those who may not see ratings.
    rating: String,
}

impl List<'_> {
    fn of(&self, year: &i64) -> String {
        with_query(&of_unit(&self.unit.code, "/commitment"), &[("year", &year.to_string())])
    }

    fn records(&self) -> String {
        of_unit(&self.unit.code, "/records/commitment")
    }

    fn follow(&self) -> String {
        of_unit(&self.unit.code, "/follow")
    }

    fn ask(&self) -> String {
        of_unit(&self.unit.code, &format!("/commitment/ask/{}", self.year))
    }
}

/// Those never reviewed come first, then those reviewed, by name.
async fn list(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let named = names::shown(&visit, &mut tx, &code).await?;
    let tallies = format!(
        "SELECT year, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(result) AS BIGINT) AS reviewed,
                CAST(COUNT(CASE WHEN result = 'kept' THEN 1 END) AS BIGINT) AS kept
         FROM commitment WHERE withdrawn IS NULL AND stage IS NULL AND unit IN ({UNDER}) GROUP BY year ORDER BY year DESC"
    );
    // The list of a block is asked for again and again while nobody writes.
    let tallies = Lists::rows(&visit, &mut tx, &tallies, params![&unit.id, visit.today()]).await?;
    let years: Vec<i64> = tallies.iter().map(|r| r.int("year")).collect::<store::Result<_>>()?;
    let newest = years.first().copied().unwrap_or_else(|| i64::from(visit.today().year()));
    let year = form.value("year").parse().unwrap_or(newest);
    let own = params![&unit.id, visit.today(), year];
    let (mut n, mut reviewed, mut kept) = (0, 0, 0);
    if let Some(of_year) = years.iter().position(|y| *y == year).and_then(|at| tallies.get(at)) {
        (n, reviewed, kept) = (of_year.int("n")?, of_year.int("reviewed")?, of_year.int("kept")?);
    }
    let sql = format!(
        // The items are counted of the lines that are shown, not of all thousands.
        "SELECT c.*,
                (SELECT COUNT(*) FROM commitment_item i WHERE i.commitment = c.id AND i.withdrawn IS NULL) AS items,
                (SELECT COUNT(*) FROM commitment_item i
                  WHERE i.commitment = c.id AND i.withdrawn IS NULL AND i.vague = 1) AS vague
         FROM (SELECT c.id, c.code, c.person, p.name AS person_name, p.sort AS person_sort, u.code AS unit_code,
                      u.name AS unit_name, u.sort AS unit_sort, c.registered_day, c.result, c.review_day,
                      CASE WHEN c.result IS NULL THEN 0 ELSE 1 END AS done,
                      CASE WHEN c.person IS NULL THEN 0 ELSE 1 END AS personal
               FROM commitment c JOIN unit u ON u.id = c.unit LEFT JOIN person p ON p.id = c.person
               WHERE c.withdrawn IS NULL AND c.stage IS NULL AND c.year = $3 AND c.unit IN ({UNDER})
               ORDER BY done, unit_sort, unit_code, personal, person_sort, c.code LIMIT {MOST}) c
         ORDER BY c.done, c.unit_sort, c.unit_code, c.personal, c.person_sort, c.code"
    );
    let mut lines = Vec::new();
    for row in Lists::rows(&visit, &mut tx, &sql, own).await?.iter() {
        let result = row.words("result")?;
        let below = format!("/commitment/{}/review", segment(row.text("id")?));
        lines.push(Line {
            href: of_unit(row.text("unit_code")?, &below),
            who: who(&visit, row, named)?,
            unit: row.words("unit_name")?,
            registered: row.opt_day("registered_day")?.map(|d| visit.day(d)).unwrap_or_default(),
            items: row.int("items")?,
            vague: row.int("vague")?,
            words: entry::word_of(visit.lang(), &RESULT, &result),
            reviewed: row.opt_day("review_day")?.map(|d| visit.day(d)).unwrap_or_default(),
            result,
        });
    }
    let sent = before(&visit, &mut tx, &unit, "sent", named).await?;
    let back = before(&visit, &mut tx, &unit, "returned", named).await?;
    let asked = format!(
        "SELECT id FROM commitment WHERE {} AND year = $3 AND person IS NOT NULL AND withdrawn IS NULL
         AND stage IS NULL AND result IS NULL AND feedback_day IS NULL LIMIT 1",
        super::whole::own_units(&unit)
    );
    let asks = tx.first(&asked, params![&unit.id, visit.today(), year]).await?.is_some();
    let rating = if visit.may(&mut tx, Action::ReadSensitive, &code).await? {
        with_query(&of_unit(&unit.code, "/rating"), &[("year", &year.to_string())])
    } else {
        String::new()
    };
    drop(tx);
    let shown = lines.len() + sent.len() + back.len();
    if named && shown > 0 {
        names::note(&visit, &COMMITMENT, &unit.id, shown).await?;
    }
    let message = Message::new("commitment-tally").with("n", n).with("waiting", n - reviewed);
    let body = List {
        v: &visit,
        unit: &unit,
        year,
        years,
        cut: n > MOST,
        lines,
        sent,
        back,
        asks,
        rating,
        tally: visit.tr(&message.with("reviewed", reviewed).with("kept", kept)),
    };
    let title = visit.tr(&Message::new("commitment-list-title").with("year", year.to_string()));
    page(&visit, &unit, title).show(&body)
}

/// What is not registered yet, longest waiting first.
async fn before(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    stage: &str,
    named: bool,
) -> Result<Vec<(String, String, String)>> {
    let sql = format!(
        "SELECT c.id, c.person, p.name AS person_name, u.code AS unit_code,
                CASE WHEN c.stage = 'sent' THEN c.sent_day ELSE c.returned_day END AS day
         FROM commitment c JOIN unit u ON u.id = c.unit LEFT JOIN person p ON p.id = c.person
         WHERE c.withdrawn IS NULL AND c.stage = $3 AND c.unit IN ({UNDER})
         ORDER BY day, p.sort, c.code LIMIT {MOST}"
    );
    let mut lines = Vec::new();
    for row in tx.query(&sql, params![&unit.id, visit.today(), stage]).await? {
        let below = format!("/commitment/{}", segment(row.text("id")?));
        let day = row.opt_day("day")?.map(|d| visit.day(d)).unwrap_or_default();
        lines.push((of_unit(row.text("unit_code")?, &below), who(visit, &row, named)?, day));
    }
    Ok(lines)
}

/// A commitment under review.
struct Commitment {
    id: String,
    who: String,
    person: bool,
    year: i64,
    registered: Option<Day>,
    row: Row,
    items: Vec<Item>,
    feedback: Vec<Slip>,
    /// Whether feedback is seen, and may be added.
    sees_feedback: bool,
    adds_feedback: bool,
    people: Vec<(String, String)>,
}

struct Item {
    id: String,
    no: i64,
    what: String,
    measure: String,
    target: String,
    deadline: String,
    vague: bool,
    overdue: bool,
    row: Row,
}

impl Item {
    fn has_facts(&self) -> bool {
        !(self.measure.is_empty() && self.target.is_empty() && self.deadline.is_empty())
    }
}

struct Slip {
    from: String,
    day: String,
    text: String,
}

impl Commitment {
    async fn of(visit: &Visit, tx: &mut Tx, unit: &Unit, id: &str) -> Result<Commitment> {
        let sql = "SELECT c.id, c.person, p.name AS person_name, c.year, c.registered_day, c.writeup, c.self_review_day,
                          c.result, c.review_day, c.why
                   FROM commitment c LEFT JOIN person p ON p.id = c.person
                   WHERE c.id = $1 AND c.unit = $2 AND c.withdrawn IS NULL AND c.stage IS NULL";
        let row = tx.first(sql, params![id, &unit.id]).await?.ok_or(Error::NotFound)?;
        let named = names::shown(visit, tx, &unit.code).await?;
        let sql = "SELECT id, no, what, measure, target, deadline, evidence, done_day, vague
                   FROM commitment_item WHERE commitment = $1 AND withdrawn IS NULL ORDER BY no";
        let mut items = Vec::new();
        for row in tx.query(sql, params![id]).await? {
            let deadline = row.opt_day("deadline")?;
            items.push(Item {
                id: row.words("id")?,
                no: row.int("no")?,
                what: row.words("what")?,
                measure: row.words("measure")?,
                target: row.words("target")?,
                deadline: deadline.map(|d| visit.day(d)).unwrap_or_default(),
                vague: row.flag("vague")?,
                overdue: deadline.is_some_and(|d| d < visit.today()) && row.opt_text("done_day")?.is_none(),
                row,
            });
        }
        let sees_feedback = visit.may(tx, Action::ReadSensitive, &unit.code).await?;
        let mut feedback = Vec::new();
        if sees_feedback {
            let sql =
                "SELECT f.day, f.text, p.name FROM feedback f LEFT JOIN person p ON p.id = f.from_person
                       WHERE f.commitment = $1 AND f.withdrawn IS NULL ORDER BY f.no";
            for row in tx.query(sql, params![id]).await? {
                let from = row.opt_text("name")?.filter(|_| named);
                feedback.push(Slip {
                    from: from.map_or_else(|| visit.text("commitment-unnamed"), str::to_owned),
                    day: row.opt_day("day")?.map(|d| visit.day(d)).unwrap_or_default(),
                    text: row.words("text")?,
                });
            }
        }
        let adds_feedback = sees_feedback && visit.may(tx, Action::WriteSensitive, &unit.code).await?;
        let people = if named && adds_feedback { comrades(visit, tx, unit, &row).await? } else { Vec::new() };
        Ok(Commitment {
            id: id.to_owned(),
            who: who(visit, &row, named)?,
            person: named && row.opt_text("person")?.is_some(),
            year: row.int("year")?,
            registered: row.opt_day("registered_day")?,
            row,
            items,
            feedback,
            sees_feedback,
            adds_feedback,
            people,
        })
    }

    fn path(&self, unit: &Unit) -> String {
        of_unit(&unit.code, &format!("/commitment/{}/review", segment(&self.id)))
    }

    /// The form as the database has it.
    fn form(&self) -> Result<FormState> {
        let mut form = entry::fill(&COMMITMENT, FormState::default(), "", &REVIEWED, &self.row)?;
        for item in &self.items {
            form = entry::fill(&COMMITMENT_ITEM, form, &prefix(&item.id), &ITEM, &item.row)?;
        }
        Ok(form)
    }
}

/// Members of the unit today, who may give feedback; not the one whom it is about.
async fn comrades(visit: &Visit, tx: &mut Tx, unit: &Unit, row: &Row) -> Result<Vec<(String, String)>> {
    let sql = "SELECT DISTINCT p.id, p.name, p.sort, p.code FROM membership m
               JOIN person p ON p.id = m.person AND p.withdrawn IS NULL
               JOIN unit_span s ON s.descendant = m.unit AND s.ancestor = $1 AND s.from_day <= $2 AND s.to_day >= $2
               WHERE m.withdrawn IS NULL AND m.from_day <= $2 AND COALESCE(m.to_day, $3) >= $2
               ORDER BY p.sort, p.code LIMIT 500";
    let own = row.opt_text("person")?;
    let mut people = Vec::new();
    for row in tx.query(sql, params![&unit.id, visit.today(), FAR_DAY]).await? {
        let id = row.words("id")?;
        if own != Some(id.as_str()) {
            people.push((id, row.words("name")?));
        }
    }
    Ok(people)
}

fn prefix(item: &str) -> String {
    format!("i-{item}-")
}

#[derive(Template)]
#[template(path = "commitment/templates/review.html")]
struct Review<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    c: &'a Commitment,
    action: String,
    record: String,
    whole: String,
}

impl Review<'_> {
    fn results(&self) -> Vec<(String, String)> {
        entry::options(self.v.lang(), &RESULT)
    }

    fn typed(&self, item: &Item, field: &str) -> String {
        self.form.value(&format!("{}{field}", prefix(&item.id))).to_owned()
    }

    fn wrong(&self, item: &Item, field: &str) -> Option<String> {
        self.form.error(&format!("{}{field}", prefix(&item.id))).map(|m| self.v.tr(m))
    }

    fn error(&self, field: &str) -> Option<String> {
        self.form.error(field).map(|m| self.v.tr(m))
    }
}

fn review_page(
    visit: &Visit,
    unit: &Unit,
    commitment: &Commitment,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let body = Review {
        v: visit,
        f: visit.fields(form),
        form,
        c: commitment,
        action: commitment.path(unit),
        record: of_unit(&unit.code, &format!("/records/commitment/{}", segment(&commitment.id))),
        whole: of_unit(&unit.code, &format!("/commitment/{}", segment(&commitment.id))),
    };
    let year = commitment.year.to_string();
    let list = with_query(&of_unit(&unit.code, "/commitment"), &[("year", &year)]);
    let list_title = visit.tr(&Message::new("commitment-list-title").with("year", &year));
    let title = Message::new("commitment-review-title").with("who", &commitment.who).with("year", year);
    let mut page = page(visit, unit, visit.tr(&title)).crumb(list_title, list).status(status);
    if let Some(day) = commitment.registered {
        page = page.lead(visit.tr(&Message::new("commitment-registered").with("day", visit.day(day))));
    }
    page.show(&body)
}

async fn review(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let commitment = Commitment::of(&visit, &mut tx, &unit, &id).await?;
    drop(tx);
    if commitment.person {
        names::note(&visit, &COMMITMENT, &commitment.id, 1).await?;
    }
    review_page(&visit, &unit, &commitment, &commitment.form()?, StatusCode::OK)
}

async fn save(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let commitment = Commitment::of(&visit, &mut tx, &unit, &id).await?;
    let mut draft = entry::read(&COMMITMENT, &mut form, "", &REVIEWED);
    draft.set("unit", Held::Text(unit.id.clone()));
    let today = visit.today();
    if draft.text("result").is_some() && draft.is_empty("review_day") {
        form.fail("review_day", Message::new("commitment-day-needed"));
    }
    for field in ["self_review_day", "review_day"] {
        if let Some(day) = draft.day(field).filter(|d| *d > today) {
            form.fail(field, Message::new("commitment-not-yet").with("day", visit.day(day)));
        }
    }
    // Everything is tried, so that everything wrong is told at once; nothing of it is kept then.
    entry::write(&visit, &mut tx, &COMMITMENT, draft, Some(&id), &mut form, "").await?;
    for item in &commitment.items {
        let prefix = prefix(&item.id);
        let mut draft = entry::read(&COMMITMENT_ITEM, &mut form, &prefix, &ITEM);
        draft.set("commitment", Held::Text(id.clone()));
        entry::write(&visit, &mut tx, &COMMITMENT_ITEM, draft, Some(&item.id), &mut form, &prefix).await?;
    }
    if commitment.adds_feedback {
        add_feedback(&visit, &mut tx, &commitment, &mut form).await?;
    }
    if !form.is_ok() {
        drop(tx);
        return review_page(&visit, &unit, &commitment, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    tx.commit().await?;
    Ok(visit.done(&commitment.path(&unit), "commitment-saved"))
}

/// One more slip, when its text was filled in.
async fn add_feedback(
    visit: &Visit,
    tx: &mut Tx,
    commitment: &Commitment,
    form: &mut FormState,
) -> Result<()> {
    const PREFIX: &str = "f-";
    let filled = |name: &str| !form.value(&format!("{PREFIX}{name}")).trim().is_empty();
    if !(filled("text") || filled("from_person") || filled("day")) {
        return Ok(());
    }
    let mut draft = entry::read(&FEEDBACK, form, PREFIX, &["from_person", "day", "text"]);
    if let Some(from) = draft.text("from_person")
        && !commitment.people.iter().any(|(id, _)| id == from)
    {
        form.fail("f-from_person", Message::new("commitment-choose-again"));
    }
    let sql = "SELECT CAST(COALESCE(MAX(no), 0) AS BIGINT) AS no FROM feedback WHERE commitment = $1";
    let no = tx.one(sql, params![&commitment.id]).await?.int("no")?;
    draft.set("commitment", Held::Text(commitment.id.clone()));
    draft.set("no", Held::Int(no + 1));
    if form.is_ok() {
        entry::write(visit, tx, &FEEDBACK, draft, None, form, PREFIX).await?;
    }
    Ok(())
}
