//! What a list was asked for: days, words, choices, page.

use super::scope::{Rows, Sight, referred, subject};
use crate::entry;
use crate::kind::{Field, Kind, Ty};
use chrono::Datelike;
use domain::{Day, Message, parse_day, text};
use shell::{FormState, Visit};
use std::collections::HashSet;
use store::{Result, Tx, Value, params};

/// Names of the form's own fields; a choice of that name is asked for as `f-name`.
const OWN: [&str; 6] = ["q", "from", "to", "of", "columns", "page"];
/// No list is that long.
const LAST_PAGE: i64 = 1_000_000;
/// The most rows that are read to look for words where no search column stands.
pub(super) const READ_FOR_WORDS: usize = 20_000;

/// What was asked for, understood.
#[derive(Debug, Default)]
pub(super) struct Asked {
    from: Option<Day>,
    to: Option<Day>,
    /// Folded words, each of which a row must have.
    pub words: Vec<String>,
    picked: Vec<(&'static Field, String)>,
    of: Option<(&'static Field, String)>,
    /// Whether every column is shown, not the few that matter most.
    pub all_columns: bool,
    /// From 1.
    pub page: usize,
}

/// The fields by which a list of the kind is filtered.
pub(super) fn filters(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|f| matches!(f.ty, Ty::Choice(_) | Ty::Flag))
}

/// The name of a filter in the form.
pub(super) fn param(field: &Field) -> String {
    if OWN.contains(&field.name) { format!("f-{}", field.name) } else { field.name.to_owned() }
}

/// A day or a whole year as typed; the first day of it, or the last.
fn edge(typed: &str, last: bool) -> Option<Day> {
    if let Some(day) = parse_day(typed) {
        return Some(day);
    }
    let year: i32 = typed.trim().parse().ok().filter(|y| (1900..=9998).contains(y))?;
    if last { Day::from_ymd_opt(year, 12, 31) } else { Day::from_ymd_opt(year, 1, 1) }
}

impl Asked {
    /// Reads the form; what is not understood is noted beside its field and not applied.
    pub fn read(kind: &'static Kind, form: &mut FormState) -> Asked {
        let mut day = |name: &str, last: bool| {
            let typed = form.text(name, 40)?;
            let day = edge(&typed, last);
            if day.is_none() {
                form.fail(name, Message::new("browse-day").with("typed", typed));
            }
            day
        };
        let (from, to) = (day("from", false), day("to", true));
        if let (Some(a), Some(b)) = (from, to)
            && b < a
        {
            let message = Message::new("kind-backwards").with("from", domain::day_short(a));
            form.fail("to", message.with("to", domain::day_short(b)));
        }
        let words = form.text("q", 200).unwrap_or_default();
        let words =
            text::fold(&words).split(' ').filter(|w| !w.is_empty()).take(10).map(str::to_owned).collect();
        let mut picked = Vec::new();
        for field in filters(kind) {
            let name = param(field);
            let value = form.value(&name).to_owned();
            let known = match field.ty {
                Ty::Choice(choices) => choices.iter().any(|c| c.code == value),
                _ => matches!(value.as_str(), "0" | "1"),
            };
            match (value.is_empty(), known) {
                (true, _) => {}
                (_, true) => picked.push((field, value)),
                _ => form.fail(&name, Message::new("shell-field-choice").with("typed", value)),
            }
        }
        let of = form.value("of").split_once(':').and_then(|(name, id)| {
            let field = kind.field(name).filter(|f| referred(f.ty).is_some())?;
            Some((field, id.to_owned()))
        });
        let page = form.value("page").parse().unwrap_or(1).clamp(1, LAST_PAGE);
        let all_columns = form.value("columns") == "all";
        Asked { from, to, words, picked, of, all_columns, page: usize::try_from(page).unwrap_or(1) }
    }

    /// The record to which the list is narrowed.
    pub fn of(&self) -> Option<(&'static Field, &str)> {
        self.of.as_ref().map(|(field, id)| (*field, id.as_str()))
    }

    /// Whether anything but the page was asked for.
    pub fn narrows(&self) -> bool {
        self.from.is_some()
            || self.to.is_some()
            || !self.words.is_empty()
            || !self.picked.is_empty()
            || self.of.is_some()
    }

    /// Adds what was asked for to a query, but for the words.
    pub fn apply(&self, kind: &'static Kind, rows: &mut Rows) {
        if let Some(field) = kind.day.and_then(|name| kind.field(name)) {
            for (edge, sign) in [(self.from, ">="), (self.to, "<=")] {
                let Some(day) = edge else { continue };
                let at = match field.ty {
                    Ty::Year => rows.bind(i64::from(day.year())),
                    _ => rows.bind(day),
                };
                rows.when.push(format!("r.{} {sign} ${at}", field.name));
            }
        }
        for (field, value) in &self.picked {
            let at = match field.ty {
                Ty::Flag => rows.bind(i64::from(value == "1")),
                _ => rows.bind(value),
            };
            rows.when.push(format!("r.{} = ${at}", field.name));
        }
        if let Some((field, id)) = &self.of {
            let at = rows.bind(id);
            rows.when.push(format!("r.{} = ${at}", field.name));
        }
    }

    /// Adds the words to a query; for a kind without a search column gives the ids of the rows
    /// that hold them (and says whether all rows were looked at).
    pub async fn look(
        &self,
        tx: &mut Tx,
        kind: &'static Kind,
        rows: &mut Rows,
        sight: Sight,
    ) -> Result<Option<(Vec<String>, bool)>> {
        if self.words.is_empty() {
            return Ok(None);
        }
        if kind.field("search").is_some() && (kind.name != "person" || sight.names) {
            for word in &self.words {
                let at = rows.bind(like(word));
                rows.when.push(format!(
                    "(r.search LIKE ${at} ESCAPE '\\' OR LOWER(r.code) LIKE ${at} ESCAPE '\\')"
                ));
            }
            return Ok(None);
        }
        let texts = searched(kind, sight);
        let units: Vec<&str> = of_type(kind, |ty| ty == Ty::Unit);
        let persons: Vec<&str> = if sight.names { of_type(kind, |ty| ty == Ty::Person) } else { Vec::new() };
        // A word is found in the row's own texts, in the name of a unit, or of a person.
        let mut found: Vec<HashSet<String>> = Vec::new();
        for word in &self.words {
            let mut ids = HashSet::new();
            for (table, wanted) in [("unit", !units.is_empty()), ("person", !persons.is_empty())] {
                if wanted {
                    let sql = format!("SELECT id FROM {table} WHERE search LIKE $1 ESCAPE '\\'");
                    for row in tx.query(&sql, params![like(word)]).await? {
                        ids.insert(row.words("id")?);
                    }
                }
            }
            found.push(ids);
        }
        let columns: Vec<String> =
            texts.iter().chain(&units).chain(&persons).map(|c| format!(", r.{c}")).collect();
        let sql = format!(
            "SELECT r.id{} {} ORDER BY {} LIMIT {}",
            columns.concat(),
            rows.sql(),
            order(kind),
            READ_FOR_WORDS + 1
        );
        let read = tx.query(&sql, &rows.params).await?;
        let all = read.len() <= READ_FOR_WORDS;
        let mut ids = Vec::new();
        for row in read.iter().take(READ_FOR_WORDS) {
            let values = &row.values()[1..];
            let own: Vec<String> = values[..texts.len()].iter().map(|v| text::fold(words_of(v))).collect();
            let has = |(word, ids): (&String, &HashSet<String>)| {
                own.iter().any(|t| t.contains(word.as_str()))
                    || values[texts.len()..].iter().any(|v| ids.contains(words_of(v)))
            };
            if self.words.iter().zip(&found).all(has) {
                ids.push(row.words("id")?);
            }
        }
        Ok(Some((ids, all)))
    }
}

/// The order of a list: newest first; people and units by the alphabet.
pub(super) fn order(kind: &Kind) -> String {
    if kind.field("sort").is_some() {
        return "r.sort, r.code".to_owned();
    }
    match kind.day {
        // Rows without a day come last, on both databases.
        Some(day) => format!("CASE WHEN r.{day} IS NULL THEN 1 ELSE 0 END, r.{day} DESC, r.id DESC"),
        None => "r.id DESC".to_owned(),
    }
}

/// The columns in whose texts words are looked for.
fn searched(kind: &'static Kind, sight: Sight) -> Vec<&'static str> {
    let personal = subject(kind).is_some() && !sight.names;
    let text = |ty| matches!(ty, Ty::Text(_) | Ty::Long) || (!personal && matches!(ty, Ty::Code | Ty::Name));
    of_type(kind, text).into_iter().filter(|n| !matches!(*n, "search" | "sort" | "hash")).collect()
}

fn of_type(kind: &'static Kind, wanted: impl Fn(Ty) -> bool) -> Vec<&'static str> {
    kind.fields.iter().filter(|f| wanted(f.ty)).map(|f| f.name).collect()
}

fn words_of(value: &Value) -> &str {
    match value {
        Value::Text(Some(t)) => t,
        _ => "",
    }
}

/// `%word%`, its own signs kept from meaning anything.
fn like(word: &str) -> String {
    let plain = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{plain}%")
}

/// The words of a choice or of yes and no, for the form.
pub(super) fn options(visit: &Visit, field: &Field) -> Vec<(String, String)> {
    match field.ty {
        Ty::Choice(choices) => entry::options(visit.lang(), choices),
        _ => vec![("1".to_owned(), visit.text("browse-yes")), ("0".to_owned(), visit.text("browse-no"))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_whole_years_are_edges_of_a_period() {
        let shown = |typed, last| edge(typed, last).map(domain::day_short).unwrap_or_default();
        assert_eq!(shown("2023", false), "01/01/2023");
        assert_eq!(shown("2023", true), "31/12/2023");
        assert_eq!(shown("16/02/2023", true), "16/02/2023");
        assert_eq!(shown("23", false), "");
        assert_eq!(shown("31/02/2023", false), "");
    }

    #[test]
    fn signs_of_the_pattern_mean_themselves() {
        assert_eq!(like("100%_a\\"), "%100\\%\\_a\\\\%");
    }

    #[test]
    fn without_names_no_text_that_names_somebody_is_looked_at() {
        let columns =
            |kind, names| searched(crate::REGISTRY.kind(kind).unwrap(), Sight { names, sensitive: true });
        let said = ["why", "returned_why", "midyear", "self_review"];
        assert_eq!(columns("commitment", false), said);
        assert_eq!(columns("commitment", true), [&["code"][..], &said].concat());
        assert!(columns("person", false).is_empty());
    }
}
