//! The lists that templates may ask for: documents by number and day, sessions by title….
//!
//! A list belongs to the reporting unit alone where it tells what that unit did itself, and to
//! its subtree where the template sums up below it. Codes are told by the words of their
//! fields. Persons are named only in lists of the unit that holds them.

use super::fill::Filler;
use crate::REGISTRY;
use crate::kind::{Choice, Ty};
use document::model;
use document::template::{Item, Value};
use domain::{Money, Period, day_short, number};
use store::{Result, Row, params};

/// The items of a list; `None` when there is no such list. What each holds, and in which order,
/// `templates/README.md` tells the people who write templates.
pub(super) async fn answer(f: &mut Filler<'_>, name: &str, period: Period, selection: &str) -> Result<Option<Vec<Item>>> {
    Ok(Some(match name {
        "register.types" => types(f).await?,
        "register.plans" => documents(f, "d.type = 'plan'", to_date(f)).await?,
        "register.issued" => {
            let kinds = "d.type IN ('plan', 'resolution', 'decision', 'regulation', 'programme')";
            documents(f, kinds, Some(period)).await?
        }
        "programme.themes" => themes(f, &period).await?,
        "programme.breakthroughs" => breakthroughs(f, &period).await?,
        "activity.conferences" => conferences(f, selection).await?,
        "activity.topic_sessions" => topic_sessions(f, &period).await?,
        "activity.topic_examples" => topic_examples(f, &period).await?,
        "activity.reading_turns" => reading_turns(f, &period).await?,
        "rating.own" => ratings(f, &period).await?,
        "commendation.received" => commendations(f, &period).await?,
        "contribution.money" => money(f, &period).await?,
        "contribution.things" => things(f, &period).await?,
        "savings.items" => savings(f, &period).await?,
        "contest.held" => contests(f, &period).await?,
        "practice.models" => models(f, &period).await?,
        "report.coverage" => coverage(f, &period).await?,
        "units.plans_missing" => unit_names(f, "plans.grassroots.missing", &period).await?,
        "units.plans_late" => unit_names(f, "plans.late.units", &period).await?,
        "units.reviews_missing" => unit_names(f, "reviews.missing", &period).await?,
        _ => return Ok(None),
    }))
}

/// From the first day of the programme to the day of the report.
fn to_date(f: &Filler<'_>) -> Option<Period> {
    Period::new(f.ctx.start?, f.asked.day).ok()
}

/// Rows of the reporting unit itself, or of its subtree by the tree of the row's day.
fn own(unit: &str) -> String {
    format!("{unit} = $1")
}

fn subtree(unit: &str, day: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM unit_span s WHERE s.ancestor = $1 AND s.descendant = {unit} AND s.from_day <= {day} AND s.to_day >= {day})"
    )
}

async fn rows(f: &mut Filler<'_>, sql: &str, period: &Period) -> Result<Vec<Row>> {
    f.tx.query(sql, params![&f.asked.unit.id, period.from(), period.to()]).await
}

async fn rows_of_years(f: &mut Filler<'_>, sql: &str, period: &Period) -> Result<Vec<Row>> {
    use chrono::Datelike;
    f.tx.query(sql, params![&f.asked.unit.id, period.from().year(), period.to().year()]).await
}

async fn types(f: &mut Filler<'_>) -> Result<Vec<Item>> {
    let Some(period) = to_date(f) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT DISTINCT d.type FROM document d WHERE d.direction = 'issued' AND d.programme IS NOT NULL
         AND d.withdrawn IS NULL AND {} AND d.day >= $2 AND d.day <= $3",
        own("d.unit")
    );
    let found = rows(f, &sql, &period).await?;
    let found = found.iter().map(|r| r.words("type")).collect::<Result<Vec<_>>>()?;
    let mut items = Vec::new();
    for choice in choices("document", "type") {
        if !found.iter().any(|t| t == choice.code) {
            continue;
        }
        let mut one = Item::new();
        text(&mut one, "type", lower_first(choice.vi));
        figure(f, &mut one, "count", "documents.issued.to_date", &format!("type = \"{}\"", choice.code), f.asked.period).await?;
        items.push(one);
    }
    Ok(items)
}

async fn documents(f: &mut Filler<'_>, which: &str, period: Option<Period>) -> Result<Vec<Item>> {
    let Some(period) = period else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT d.type, d.symbol, d.day, d.extract FROM document d WHERE d.direction = 'issued' AND d.programme IS NOT NULL
         AND d.withdrawn IS NULL AND {which} AND {} AND d.day >= $2 AND d.day <= $3 ORDER BY d.day, d.number, d.code",
        own("d.unit")
    );
    let mut items = Vec::new();
    for row in rows(f, &sql, &period).await? {
        let mut one = item(&row, "document")?;
        text(&mut one, "extract", lower_first(row.opt_text("extract")?.unwrap_or_default()));
        items.push(one);
    }
    Ok(items)
}

async fn breakthroughs(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT b.year, b.title, b.solved_day FROM breakthrough b WHERE b.withdrawn IS NULL AND {}
         AND b.year >= $2 AND b.year <= $3 ORDER BY b.year, b.code",
        own("b.unit")
    );
    let mut items = Vec::new();
    for row in rows_of_years(f, &sql, period).await? {
        let mut one = item(&row, "breakthrough")?;
        one.remove("solved_day");
        if let Some(day) = row.opt_day("solved_day")? {
            text(&mut one, "solved", format!("đã giải quyết xong ngày {}", day_short(day)));
        }
        items.push(one);
    }
    Ok(items)
}

async fn topic_sessions(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT a.day, a.title, a.depth, p.name AS lead_in FROM activity a LEFT JOIN person p ON p.id = a.lead_in
         WHERE a.kind = 'topic_session' AND a.withdrawn IS NULL AND {} AND a.day >= $2 AND a.day <= $3
         ORDER BY a.day DESC, a.code LIMIT 12",
        own("a.unit")
    );
    let mut items = rows(f, &sql, period).await?.iter().map(|r| item(r, "activity")).collect::<Result<Vec<_>>>()?;
    items.reverse();
    for one in &mut items {
        lower(one, "depth");
        if !f.asked.names {
            one.remove("lead_in");
        }
    }
    Ok(items)
}

async fn topic_examples(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT u.name AS unit, a.title, a.unit AS of FROM activity a JOIN unit u ON u.id = a.unit
         WHERE a.kind = 'topic_session' AND a.conclusion IS NOT NULL AND a.withdrawn IS NULL AND {}
           AND a.day >= $2 AND a.day <= $3
         ORDER BY CASE WHEN a.depth = 'in_depth' THEN 0 ELSE 1 END, a.day DESC, a.code LIMIT 60",
        subtree("a.unit", "a.day")
    );
    let mut seen = Vec::new();
    let mut items = Vec::new();
    for row in rows(f, &sql, period).await? {
        let of = row.words("of")?;
        if items.len() < 5 && !seen.contains(&of) {
            seen.push(of);
            let mut one = item(&row, "activity")?;
            one.remove("of");
            items.push(one);
        }
    }
    Ok(items)
}

async fn ratings(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT r.year, r.level, r.title FROM rating r WHERE r.object = 'organisation' AND r.level IS NOT NULL
         AND r.withdrawn IS NULL AND {} AND r.year >= $2 AND r.year <= $3 ORDER BY r.year, r.code",
        own("r.unit")
    );
    let mut items = rows_of_years(f, &sql, period).await?.iter().map(|r| item(r, "rating")).collect::<Result<Vec<_>>>()?;
    for one in &mut items {
        lower(one, "level");
        lower(one, "title");
    }
    Ok(items)
}

async fn commendations(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = "SELECT c.object, p.name AS person, o.name AS unit, o.id AS unit_id, c.form, c.level, c.year, c.decision
               FROM commendation c LEFT JOIN person p ON p.id = c.object_person LEFT JOIN unit o ON o.id = c.object_unit
               WHERE c.stage = 'awarded' AND c.level <> 'cell' AND c.withdrawn IS NULL AND (c.unit = $1 OR c.object_unit = $1)
                 AND c.day >= $2 AND c.day <= $3 ORDER BY c.day, c.code";
    let mut items = Vec::new();
    for row in rows(f, sql, period).await? {
        let mut one = item(&row, "commendation")?;
        for internal in ["object", "person", "unit", "unit_id"] {
            one.remove(internal);
        }
        let who = match row.text("object")? {
            "collective" if row.opt_text("unit_id")? == Some(&f.asked.unit.id) && f.asked.unit.cell => "tập thể chi bộ".to_owned(),
            "collective" => format!("tập thể {}", row.opt_text("unit")?.unwrap_or("đơn vị")),
            _ => match row.opt_text("person")?.filter(|_| f.asked.names) {
                Some(name) => format!("đồng chí {name}"),
                None => "01 cá nhân".to_owned(),
            },
        };
        text(&mut one, "who", who);
        lower(&mut one, "form");
        lower(&mut one, "level");
        items.push(one);
    }
    Ok(items)
}

async fn money(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT SUBSTR(c.day, 1, 4) AS year, c.way, c.purpose, CAST(SUM(c.amount) AS BIGINT) AS n FROM contribution c
         WHERE c.amount IS NOT NULL AND c.side <> 'participant' AND c.withdrawn IS NULL AND {} AND c.day >= $2 AND c.day <= $3
         GROUP BY SUBSTR(c.day, 1, 4), c.way, c.purpose ORDER BY 1, 2 DESC, 4 DESC",
        subtree("c.unit", "c.day")
    );
    let mut items = Vec::new();
    for row in rows(f, &sql, period).await? {
        let raised = row.text("way")? == "raised";
        let mut one = item(&row, "contribution")?;
        one.remove("n");
        text(&mut one, "way", if raised { "kêu gọi ủng hộ" } else { "ủng hộ" });
        lower(&mut one, "purpose");
        let id = if raised { "welfare.raised" } else { "welfare.given" };
        let year = row.text("year")?.parse().map_or(*period, Period::year);
        figure(f, &mut one, "amount", id, &format!("purpose = \"{}\"", row.text("purpose")?), year).await?;
        items.push(one);
    }
    Ok(items)
}

async fn contests(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT c.code, c.title, c.kind, SUBSTR(c.to_day, 1, 4) AS year FROM contest c
         WHERE c.withdrawn IS NULL AND {} AND c.to_day >= $2 AND c.to_day <= $3 ORDER BY c.to_day, c.code",
        own("c.unit")
    );
    let mut items = Vec::new();
    for row in rows(f, &sql, period).await? {
        let mut one = item(&row, "contest")?;
        let (code, kind) = (row.words("code")?, row.words("kind")?);
        let which = format!("contest = \"{code}\"");
        figure(f, &mut one, "people", "contests.people", &which, *period).await?;
        if kind != "juried" {
            figure(f, &mut one, "entries", "contests.entries", &which, *period).await?;
        }
        for field in ["people", "entries"] {
            if matches!(one.get(field), Some(Value::Figure(figure)) if matches!(figure.value.as_str(), "0" | "")) {
                one.remove(field);
            }
        }
        let prizes = f.tx.query(
            "SELECT p.rank, CAST(SUM(p.prizes) AS BIGINT) AS n FROM contest_prize p JOIN contest c ON c.id = p.contest
             WHERE c.code = $1 AND p.withdrawn IS NULL GROUP BY p.rank",
            params![&code],
        ).await?;
        let mut words = Vec::new();
        for choice in choices("contest_prize", "rank") {
            for prize in &prizes {
                if prize.text("rank")? == choice.code {
                    words.push(format!("{} {}", number::padded(prize.int("n")?), lower_first(choice.vi)));
                }
            }
        }
        text(&mut one, "prizes", words.join(", "));
        items.push(one);
    }
    Ok(items)
}

async fn models(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT t.title, u.name AS unit, t.description FROM practice t JOIN unit u ON u.id = t.unit
         WHERE t.withdrawn IS NULL AND {} AND t.registered_day >= $2 AND t.registered_day <= $3
         ORDER BY CASE WHEN t.exemplary_day IS NOT NULL THEN 0 WHEN t.verified_day IS NOT NULL THEN 1 ELSE 2 END,
                  t.registered_day, t.code LIMIT 8",
        subtree("t.unit", "t.registered_day")
    );
    let mut items = Vec::new();
    for row in rows(f, &sql, period).await? {
        let mut one = item(&row, "practice")?;
        one.remove("description");
        let sentence = row.opt_text("description")?.unwrap_or_default().split(['.', '\n']).next().unwrap_or_default();
        text(&mut one, "result", sentence.trim());
        items.push(one);
    }
    Ok(items)
}

/// One item while not everybody directly below has handed in everything.
async fn coverage(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let unit = f.asked.unit.clone();
    let below = if unit.cell { Vec::new() } else { crate::unit::children(f.tx, &unit.id, period.to()).await? };
    let mut runner = f.runner().await?;
    let coverage = runner.states(period).await?.coverage(&below, &["all"], period);
    f.known = runner.into_known();
    if coverage.is_whole() {
        return Ok(Vec::new());
    }
    let name = |code: &String| below.iter().find(|u| u.code == *code).map_or(code.clone(), |u| u.name.clone());
    let names: Vec<String> = coverage.none.iter().chain(&coverage.partial).map(name).collect();
    let mut one = Item::new();
    // Not an indicator, but a number with its page all the same.
    for (field, n) in [("complete", coverage.complete.len()), ("total", coverage.total())] {
        let shown = number::grouped(i64::try_from(n).unwrap_or(0));
        let node = model::Figure {
            indicator: format!("report.coverage.{field}"),
            period: period.to_string(),
            unit: unit.code.clone(),
            value: n.to_string(),
            shown,
            link: format!("{}/unit/{}/coverage?period={period}", f.asked.base_url, super::encoded(&unit.code)),
            ..model::Figure::default()
        };
        one.insert(field.to_owned(), Value::Figure(node));
    }
    text(&mut one, "missing", shortened(&names, 10).join(", "));
    Ok(vec![one])
}

/// The units that an indicator counts, by name.
async fn unit_names(f: &mut Filler<'_>, id: &str, period: &Period) -> Result<Vec<Item>> {
    let Some(indicator) = f.book.catalogue.get(id, f.asked.day).cloned() else { return Ok(Vec::new()) };
    let mut runner = f.runner().await?;
    runner.for_period(*period);
    let units = runner.units_counted(&indicator.plan).await?;
    f.known = runner.into_known();
    let mut names = Vec::new();
    for unit in units {
        if let Some(unit) = crate::unit::by_id(f.tx, &unit, period.to()).await? {
            names.push(unit.name);
        }
    }
    names.sort_by_cached_key(|n| domain::text::sort_key(n));
    let item = |name: String| Item::from([("name".to_owned(), Value::Text(name))]);
    Ok(shortened(&names, 15).into_iter().map(item).collect())
}

/// At most so many names, then a word for the rest; their number would have no source of its own.
fn shortened(names: &[String], most: usize) -> Vec<String> {
    let mut short: Vec<String> = names.iter().take(most).cloned().collect();
    if names.len() > most {
        short.push("và các đơn vị khác".to_owned());
    }
    short
}

/// Puts a figure into an item, where the catalogue has it.
async fn figure(f: &mut Filler<'_>, item: &mut Item, field: &str, id: &str, selection: &str, period: Period) -> Result<()> {
    if let Some(figure) = f.number(id, selection, period).await? {
        item.insert(field.to_owned(), Value::Figure(figure));
    }
    Ok(())
}

fn lower(item: &mut Item, field: &str) {
    if let Some(Value::Text(words)) = item.get_mut(field) {
        *words = lower_first(words);
    }
}

fn choices(kind: &str, field: &str) -> &'static [Choice] {
    match REGISTRY.kind(kind).and_then(|k| k.field(field)).map(|f| f.ty) {
        Some(Ty::Choice(choices)) => choices,
        _ => &[],
    }
}

/// A row as an item: days and choices in words, what is empty left out.
fn item(row: &Row, kind: &str) -> Result<Item> {
    let mut item = Item::new();
    for name in row.names() {
        let words = match row.get(name)? {
            store::Value::Int(Some(n)) if name == "amount" => Money(*n).words(),
            store::Value::Int(Some(n)) => n.to_string(),
            store::Value::Text(Some(t)) if name == "day" => row.opt_day(name)?.map_or_else(|| t.clone(), day_short),
            store::Value::Text(Some(t)) => in_words(kind, name, t),
            _ => continue,
        };
        if !words.is_empty() {
            item.insert(name.to_owned(), Value::Text(words));
        }
    }
    Ok(item)
}

/// The Vietnamese words of a choice; other texts as they are.
pub(super) fn in_words(kind: &str, field: &str, code: &str) -> String {
    let field = REGISTRY.kind(kind).and_then(|k| k.field(field));
    let Some(Ty::Choice(choices)) = field.map(|f| f.ty) else { return code.to_owned() };
    choices.iter().find(|c| c.code == code).map_or(code, |c| c.vi).to_owned()
}

fn text(item: &mut Item, name: &str, words: impl Into<String>) {
    let words = words.into();
    if !words.is_empty() {
        item.insert(name.to_owned(), Value::Text(words));
    }
}

/// Themes of the years of the period; where a year has several, the nearest issuer's.
async fn themes(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = "SELECT t.year, t.title FROM theme t
               JOIN unit_span s ON s.descendant = $1 AND s.ancestor = t.unit
               WHERE t.withdrawn IS NULL AND t.kind = 'year' AND t.year >= $2 AND t.year <= $3
               GROUP BY t.year, t.title, t.code ORDER BY t.year, MIN(s.depth), t.code";
    let mut items: Vec<(String, Item)> = Vec::new();
    for row in rows_of_years(f, sql, period).await? {
        let year = row.int("year")?.to_string();
        if items.last().is_none_or(|(y, _)| *y != year) {
            items.push((year, item(&row, "theme")?));
        }
    }
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// Study conferences with the sites and attendees of each as figures.
async fn conferences(f: &mut Filler<'_>, selection: &str) -> Result<Vec<Item>> {
    let Some(period) = to_date(f) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT a.code, a.title, a.day, a.year FROM activity a
         WHERE a.kind = 'conference' AND a.withdrawn IS NULL AND {} AND a.day >= $2 AND a.day <= $3 ORDER BY a.day, a.code",
        own("a.unit")
    );
    let mut items = Vec::new();
    for row in rows(f, &sql, &period).await? {
        let mut one = item(&row, "activity")?;
        let and = if selection.is_empty() { String::new() } else { format!(" and {selection}") };
        let which = format!("activity = \"{}\"{and}", row.text("code")?);
        let asked = f.asked.period;
        figure(f, &mut one, "sites", "study.sites.to_date", &which, asked).await?;
        figure(f, &mut one, "attended", "study.attended.to_date", &which, asked).await?;
        items.push(one);
    }
    Ok(items)
}

/// How many readings each group prepared.
async fn reading_turns(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT DISTINCT u.code, u.name, u.sort FROM activity a JOIN unit u ON u.id = a.turn
         WHERE a.kind = 'weekly_reading' AND a.withdrawn IS NULL AND {} AND a.day >= $2 AND a.day <= $3 ORDER BY u.sort, u.code",
        subtree("a.unit", "a.day")
    );
    let mut items = Vec::new();
    for row in rows(f, &sql, period).await? {
        let mut one = Item::new();
        text(&mut one, "turn", row.text("name")?);
        figure(f, &mut one, "count", "sessions.readings", &format!("turn = \"{}\"", row.text("code")?), *period).await?;
        items.push(one);
    }
    Ok(items)
}

/// Houses, bridges and gifts, by year, thing and who paid. Sponsor and place are named when all
/// rows of a line agree on them.
async fn things(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT SUBSTR(c.day, 1, 4) AS year, c.thing, c.side, MIN(c.sponsor) AS sponsor, MAX(c.sponsor) AS last_sponsor,
                MIN(c.beneficiary) AS beneficiary, MAX(c.beneficiary) AS last_beneficiary
         FROM contribution c WHERE c.things IS NOT NULL AND c.thing IS NOT NULL AND c.withdrawn IS NULL AND {}
           AND c.day >= $2 AND c.day <= $3
         GROUP BY SUBSTR(c.day, 1, 4), c.thing, c.side ORDER BY 1, 2, 3",
        subtree("c.unit", "c.day")
    );
    let mut items = Vec::new();
    for row in rows(f, &sql, period).await? {
        let (thing, side) = (row.words("thing")?, row.words("side")?);
        let mut one = Item::new();
        text(&mut one, "year", row.text("year")?);
        let words = match thing.as_str() {
            "house" => "căn nhà tình nghĩa".to_owned(),
            "bridge" => "cây cầu nông thôn".to_owned(),
            "gift" => "suất quà".to_owned(),
            "tree" => "cây xanh".to_owned(),
            code => lower_first(&in_words("contribution", "thing", code)),
        };
        text(&mut one, "thing", words);
        let words = match side.as_str() {
            "sponsor" => "do nhà tài trợ chi kinh phí",
            "participant" => "tham gia thực hiện",
            "own" => "tự vận động đóng góp",
            _ => "vận động ủng hộ",
        };
        text(&mut one, "side", words);
        let year = row.text("year")?.parse().map_or(*period, Period::year);
        let which = format!("thing = \"{thing}\" and side = \"{side}\"");
        figure(f, &mut one, "count", "welfare.things", &which, year).await?;
        for (field, last) in [("sponsor", "last_sponsor"), ("beneficiary", "last_beneficiary")] {
            if row.opt_text(field)? == row.opt_text(last)? {
                text(&mut one, field, row.opt_text(field)?.unwrap_or_default());
            }
        }
        items.push(one);
    }
    Ok(items)
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// What was saved of each kind against its target.
async fn savings(f: &mut Filler<'_>, period: &Period) -> Result<Vec<Item>> {
    use chrono::Datelike;
    let rows = f
        .tx
        .query(
            "SELECT g.item, CAST(SUM(g.baseline) AS BIGINT) AS baseline, CAST(SUM(g.actual) AS BIGINT) AS actual, MAX(g.target) AS target
             FROM saving g WHERE g.withdrawn IS NULL AND g.year >= $2 AND g.year <= $3
               AND g.unit IN (SELECT descendant FROM unit_span WHERE ancestor = $1)
             GROUP BY g.item ORDER BY g.item",
            params![&f.asked.unit.id, period.from().year(), period.to().year()],
        )
        .await?;
    let mut items = Vec::new();
    for row in &rows {
        let mut one = Item::new();
        text(&mut one, "item", lower_first(&in_words("saving", "item", row.text("item")?)));
        let (baseline, actual) = (row.int("baseline")?, row.int("actual")?);
        if baseline > 0 {
            let saved = (baseline - actual).saturating_mul(100);
            text(&mut one, "share", format!("{}%", number::decimal(saved, baseline, 1)));
        }
        if let Some(target) = row.opt_int("target")? {
            text(&mut one, "target", number::decimal(target, 10, 1));
        }
        items.push(one);
    }
    Ok(items)
}
