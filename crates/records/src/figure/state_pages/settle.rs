//! Where counted and stated differ, and which of them a person says counts.

use super::super::sheet::{DECIDES, SETTLEMENT_KIND};
use super::super::{App, Comparator, State, States};
use super::{amount, as_stated, below, counted, indicator_of, statable};
use crate::address::{UNDER, of_unit, segment, unit_of, with_query};
use crate::entry;
use crate::kind::Held;
use crate::unit::{self, Unit};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Message, Period};
use figures::{Format, Indicator, Plan};
use shell::{Error, Form, FormState, Result, Visit};
use std::sync::Arc;
use store::{Row, Tx, params};

/// Statements looked at; newest first.
const MOST: usize = 300;

const SELECT: &str =
    "SELECT f.id, f.indicator, f.unit, f.subtree, f.from_day, f.to_day, f.value, f.comparator,
           f.quote, f.file_name, t.id AS settled, t.decides, t.reason
    FROM stated_figure f
    LEFT JOIN settlement t ON t.indicator = f.indicator AND t.unit = f.unit AND t.from_day = f.from_day
      AND t.to_day = f.to_day AND t.withdrawn IS NULL
    WHERE f.withdrawn IS NULL";

/// A statement beside what records say.
struct Pair {
    id: String,
    indicator: Arc<Indicator>,
    unit: Unit,
    period: Period,
    subtree: bool,
    stated: String,
    counted: String,
    rows: i64,
    quote: String,
    file: String,
    settled: Option<String>,
    decides: String,
    reason: String,
    differs: bool,
}

impl Pair {
    /// `None` for what no record could be counted for.
    async fn of(visit: &Visit, tx: &mut Tx, row: &Row) -> Result<Option<Pair>> {
        let app = App::of(visit)?;
        let found = indicator_of(&app.book, row.text("indicator")?, visit.today());
        let Some(indicator) = found.filter(|i| statable(i)) else { return Ok(None) };
        let Ok(period) = Period::new(row.day("from_day")?, row.day("to_day")?) else { return Ok(None) };
        let Some(unit) = unit::by_id(tx, row.text("unit")?, period.to()).await? else { return Ok(None) };
        let subtree = row.flag("subtree")?;
        let found = counted(visit, tx, &app.book, indicator, &unit, subtree, period).await?;
        let (value, rows) = found.as_ref().map_or((0, 0), |c| (c.value, c.rows));
        // Complete records without a row say that there was nothing.
        let whole = match &*indicator.plan {
            Plan::Leaf(leaf) => {
                let states = States::load(tx, &unit.id, &period).await?;
                states.of(&unit.id, leaf.measure.returns, &period) == State::Complete
            }
            _ => false,
        };
        let stated = row.int("value")?;
        let comparator = row.text("comparator")?;
        // Shares are said with one decimal, cut.
        let said =
            if indicator.format == Format::Percent && stated % 10 == 0 { value - value % 10 } else { value };
        let agrees = Comparator::from_code(comparator).agrees(stated, said);
        Ok(Some(Pair {
            id: row.words("id")?,
            indicator: Arc::clone(indicator),
            unit,
            period,
            subtree,
            stated: as_stated(visit, indicator, stated, comparator),
            counted: match found {
                Some(_) => amount(visit, indicator, value),
                None => visit.text("figure-state-no-rows"),
            },
            rows,
            quote: row.words("quote")?,
            file: row.words("file_name")?,
            settled: row.opt_text("settled")?.map(str::to_owned),
            decides: row.words("decides")?,
            reason: row.words("reason")?,
            differs: (rows > 0 || whole) && !agrees,
        }))
    }
}

#[derive(Template)]
#[template(path = "figure/templates/state_conflicts.html")]
struct Conflicts<'a> {
    v: &'a Visit,
    pairs: Vec<Pair>,
    cut: bool,
}

impl Conflicts<'_> {
    fn href(&self, pair: &Pair) -> String {
        with_query(&of_unit(&pair.unit.code, "/state/settle"), &[("of", &pair.id)])
    }

    fn decided(&self, pair: &Pair) -> String {
        entry::word_of(self.v.lang(), &DECIDES, &pair.decides)
    }
}

/// Those that differ in the unit and below: open ones first.
pub(super) async fn list(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sql =
        format!("{SELECT} AND f.unit IN ({UNDER}) ORDER BY f.to_day DESC, f.id DESC LIMIT {}", MOST + 1);
    let rows = tx.query(&sql, params![&unit.id, visit.today()]).await?;
    let mut pairs = Vec::new();
    for row in rows.iter().take(MOST) {
        pairs.extend(Pair::of(&visit, &mut tx, row).await?.filter(|p| p.differs));
    }
    pairs.sort_by_key(|p| p.settled.is_some());
    let body = Conflicts { v: &visit, pairs, cut: rows.len() > MOST };
    let page = below(&visit, &unit, visit.text("figure-conflicts-list"));
    page.lead(visit.text("figure-conflicts-lead")).show(&body)
}

#[derive(Template)]
#[template(path = "figure/templates/state_settle.html")]
struct Settle<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    unit: &'a Unit,
    pair: &'a Pair,
}

impl Settle<'_> {
    fn path(&self) -> String {
        of_unit(&self.unit.code, "/state/settle")
    }

    fn figure(&self) -> String {
        let path = of_unit(&self.unit.code, &format!("/figure/{}", segment(&self.pair.indicator.id)));
        with_query(&path, &[("period", &self.pair.period.to_string())])
    }

    fn choices(&self) -> Vec<(String, String)> {
        let words = |code: &str, words: String| match code {
            "counted" => format!("{words}: {}", self.pair.counted),
            _ => format!("{words}: {}", self.pair.stated),
        };
        let all = entry::options(self.v.lang(), &DECIDES).into_iter();
        all.map(|(code, said)| (code.clone(), words(&code, said))).collect()
    }

    fn error(&self, field: &str) -> Option<String> {
        self.form.error(field).map(|m| self.v.tr(m))
    }

    fn rows(&self) -> String {
        self.v.tr(&Message::new("figure-rows").with("n", self.pair.rows))
    }
}

async fn pair_of(visit: &Visit, tx: &mut Tx, unit: &Unit, id: &str) -> Result<Pair> {
    let sql = format!("{SELECT} AND f.id = $1 AND f.unit = $2");
    let row = tx.first(&sql, params![id, &unit.id]).await?.ok_or(Error::NotFound)?;
    Pair::of(visit, tx, &row).await?.ok_or(Error::NotFound)
}

fn page_of(
    visit: &Visit,
    unit: &Unit,
    pair: &Pair,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let body = Settle { v: visit, f: visit.fields(form), form, unit, pair };
    below(visit, unit, visit.text("figure-settle-title"))
        .crumb(visit.text("figure-conflicts-list"), of_unit(&unit.code, "/state/conflicts"))
        .lead(format!("{} ({})", pair.indicator.label.get(visit.lang()), pair.period))
        .status(status)
        .show(&body)
}

/// What differs is chosen first.
fn to_list(code: &str) -> Response {
    Redirect::to(&of_unit(code, "/state/conflicts")).into_response()
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>, Form(form): Form) -> Result<Response> {
    if form.value("of").is_empty() {
        return Ok(to_list(&code));
    }
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let pair = pair_of(&visit, &mut tx, &unit, form.value("of")).await?;
    let shown = FormState::default().with("decides", &pair.decides).with("reason", &pair.reason);
    page_of(&visit, &unit, &pair, &shown, StatusCode::OK)
}

pub(super) async fn save(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    if form.value("of").is_empty() {
        return Ok(to_list(&code));
    }
    let mut tx = visit.write().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let pair = pair_of(&visit, &mut tx, &unit, form.value("of")).await?;
    let mut draft = entry::read(&SETTLEMENT_KIND, &mut form, "", &["decides", "reason"]);
    draft.set("indicator", Held::Text(pair.indicator.id.clone()));
    draft.set("unit", Held::Text(unit.id.clone()));
    draft.set("from_day", Held::Day(pair.period.from()));
    draft.set("to_day", Held::Day(pair.period.to()));
    let id = pair.settled.as_deref();
    if form.is_ok()
        && entry::write(&visit, &mut tx, &SETTLEMENT_KIND, draft, id, &mut form, "").await?.is_some()
    {
        tx.commit().await?;
        return Ok(visit.done(&of_unit(&unit.code, "/state/conflicts"), "figure-settled"));
    }
    drop(tx);
    // The rules of its key stand where the choice is made.
    if let Some(message) = form.error("indicator").cloned() {
        form.fail("decides", message);
    }
    page_of(&visit, &unit, &pair, &form, StatusCode::UNPROCESSABLE_ENTITY)
}
