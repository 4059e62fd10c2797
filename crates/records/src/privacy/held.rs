//! What is held about a person: every row of every kind, asked of the registry.
//!
//! A row is *about* a person when its subject is them, when it belongs to such a row (an item, a slip, a
//! look at their commitment), or when it is evidence of one. It *names* them when another of its fields
//! does: who led in, took the minutes, was given a task.
//!
//! What the person themself is shown:
//! - Everything about them: their own ratings, decisions of discipline (a row of discipline is a decision
//!   that was taken), what comrades said, without who said it (the rule of the slips).
//! - Inspections only when concluded: an open one would be warned of, and its findings are nobody's yet.
//! - Of rows that only name them, the short fields: minutes and notes are about others as well.
//! - Nobody else's name: fields that name others say "somebody else", and names of people of the same
//!   units are taken out of free text.

use crate::REGISTRY;
use crate::browse::cells::{Labels, cell, shown, title};
use crate::browse::scope::{Sight, referred, subject};
use crate::kind::{Field, Kind, Ty};
use serde::Deserialize;
use shell::Visit;
use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;
use store::{Result, Row, Tx, Value, params};

/// Rows of one kind.
pub(super) struct Found {
    pub kind: &'static Kind,
    /// Rows about the person.
    pub about: Vec<Row>,
    /// Rows that only name them.
    pub named: Vec<Row>,
}

/// The kinds whose rows are kept as they stand when a person's data is erased: decisions and conclusions,
/// which the archive must hold (Law 33/2024/QH15); they then point at somebody without a name.
pub(super) fn kept(kind: &str) -> bool {
    matches!(kind, "inspection" | "discipline" | "rating" | "commendation")
}

/// Which rows of a kind their subject is shown.
fn concluded(kind: &str) -> &'static str {
    if kind == "inspection" { " AND COALESCE(s.conclusion, '') <> ''" } else { "" }
}

/// The ids of the rows of a kind whose subject is the person `$1`.
fn own(kind: &'static Kind, column: &str, all: bool) -> Option<String> {
    let field = subject(kind)?;
    let shown = if all { "" } else { concluded(kind.name) };
    Some(format!("(SELECT s.{column} FROM {} s WHERE s.{field} = $1{shown})", kind.name))
}

/// The condition that a row `r` is about the person `$1`.
fn about(kind: &'static Kind, all: bool) -> Option<String> {
    let mut any: Vec<String> = own(kind, "id", all).map(|ids| format!("r.id IN {ids}")).into_iter().collect();
    if subject(kind).is_none() {
        for field in kind.fields {
            let parent = referred(field.ty).filter(|p| matches!(field.ty, Ty::Ref(_)) && p.name != "person");
            if let Some(ids) = parent.and_then(|p| own(p, "id", all)) {
                any.push(format!("r.{} IN {ids}", field.name));
            }
        }
    }
    if kind.name == "evidence" {
        any.push(
            "r.id IN (SELECT s.file FROM progress s JOIN commitment c ON c.id = s.commitment WHERE c.person = $1)"
                .to_owned(),
        );
        for of in REGISTRY.kinds().into_iter().filter(|k| k.field("code").is_some()) {
            if let Some(codes) = own(of, "code", all) {
                any.push(format!("r.about_kind = '{}' AND r.about_code IN {codes}", of.name));
            }
        }
    }
    (!any.is_empty()).then(|| format!("({})", any.join(" OR ")))
}

/// The fields by which a row names somebody whom it is not about.
pub(super) fn naming(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    let own = subject(kind);
    kind.fields.iter().filter(move |f| f.ty == Ty::Person && Some(f.name) != own)
}

/// Every row about a person or naming them, kind by kind; `all` means also those that they are not shown.
pub(super) async fn found(tx: &mut Tx, person: &str, all: bool) -> Result<Vec<Found>> {
    let mut out = Vec::new();
    for kind in REGISTRY.kinds() {
        let columns: String = kind.fields.iter().map(|f| format!(", r.{}", f.name)).collect();
        let order = kind.day.map_or_else(String::new, |day| format!("r.{day} DESC, "));
        let select = format!("SELECT r.id, r.source, r.withdrawn{columns} FROM {} r WHERE", kind.name);
        let mut rows = Found { kind, about: Vec::new(), named: Vec::new() };
        if let Some(when) = about(kind, all) {
            rows.about = tx.query(&format!("{select} {when} ORDER BY {order}r.id"), params![person]).await?;
        }
        let naming: Vec<String> = naming(kind).map(|f| format!("r.{} = $1", f.name)).collect();
        if !naming.is_empty() {
            let mut seen = HashSet::new();
            for row in &rows.about {
                seen.insert(row.words("id")?);
            }
            let sql = format!("{select} ({}) ORDER BY {order}r.id", naming.join(" OR "));
            for row in tx.query(&sql, params![person]).await? {
                if !seen.contains(row.text("id")?) {
                    rows.named.push(row);
                }
            }
        }
        if !rows.about.is_empty() || !rows.named.is_empty() {
            out.push(rows);
        }
    }
    Ok(out)
}

/// What a feature holds data for.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Purpose {
    pub vi: String,
    pub en: String,
    pub document: String,
}

/// The purposes by feature.
fn purposes() -> &'static BTreeMap<String, Purpose> {
    static ALL: OnceLock<BTreeMap<String, Purpose>> = OnceLock::new();
    // A test reads the file and asks that no feature is missing.
    ALL.get_or_init(|| toml::from_str(include_str!("purposes.toml")).unwrap_or_default())
}

/// What a kind is held for.
pub(super) fn purpose(kind: &Kind) -> Option<&'static Purpose> {
    let feature = REGISTRY.features.iter().find(|f| f.kinds.iter().any(|k| k.name == kind.name))?;
    purposes().get(feature.name)
}

/// Names that free text must not tell: of people who belonged to the same units.
pub(super) struct Others {
    names: Vec<String>,
    instead: String,
}

impl Others {
    pub async fn of(visit: &Visit, tx: &mut Tx, person: &str) -> Result<Others> {
        let sql = "SELECT DISTINCT p.name FROM person p JOIN membership m ON m.person = p.id
                   WHERE m.unit IN (SELECT o.unit FROM membership o WHERE o.person = $1)
                     AND p.name <> (SELECT n.name FROM person n WHERE n.id = $1)";
        let rows = tx.query(sql, params![person]).await?;
        let mut names = rows.iter().map(|r| r.words("name")).collect::<Result<Vec<_>>>()?;
        // One syllable is no name by which anybody is known.
        names.retain(|n| n.contains(' '));
        names.sort_by_key(|n| std::cmp::Reverse(n.len()));
        Ok(Others { names, instead: visit.text("privacy-somebody") })
    }

    pub fn hidden(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for name in &self.names {
            if text.contains(name.as_str()) {
                text = text.replace(name.as_str(), &self.instead);
            }
        }
        text
    }
}

/// A row in words.
pub(super) struct Line {
    pub id: String,
    pub title: String,
    /// Headings and words.
    pub facts: Vec<(&'static str, String)>,
    /// The words by the field's name.
    pub words: BTreeMap<&'static str, String>,
    pub withdrawn: bool,
    /// It only names the person.
    pub named: bool,
}

/// Whether the person is shown a field of a row.
fn tells(kind: &Kind, field: &Field, named: bool) -> bool {
    // A slip that one wrote is one's own words.
    !named || field.ty != Ty::Long || kind.name == "feedback"
}

/// Rows of a kind in words, with nobody's name but the person's.
pub(super) async fn lines(
    visit: &Visit,
    tx: &mut Tx,
    found: &Found,
    person: &str,
    others: &Others,
) -> Result<Vec<Line>> {
    let kind = found.kind;
    let unnamed = Sight { names: false, sensitive: false };
    let mut rows: Vec<(&Row, bool)> = found.about.iter().map(|r| (r, false)).collect();
    rows.extend(found.named.iter().map(|r| (r, true)));
    let all: Vec<Row> = rows.iter().map(|(r, _)| (*r).clone()).collect();
    let labels = Labels::load(tx, kind, &all, unnamed).await?;
    let mut out = Vec::with_capacity(rows.len());
    for (row, named) in rows {
        let (mut facts, mut words) = (Vec::new(), BTreeMap::new());
        for field in shown(kind).filter(|f| tells(kind, f, named)) {
            if kind.name == "data_request" && matches!(field.name, "about_id" | "answered_by") {
                continue;
            }
            let text = match (field.ty, row.opt_text(field.name).ok().flatten()) {
                (Ty::Person, None) => String::new(),
                (Ty::Person, Some(id)) if id == person => visit.text("privacy-you"),
                (Ty::Person, Some(_)) => visit.text("privacy-somebody"),
                _ => {
                    let sight = Sight { names: true, sensitive: true };
                    others.hidden(&cell(visit, kind, field, row, &labels, sight)?.text)
                }
            };
            if !text.is_empty() {
                words.insert(field.name, text.clone());
                facts.push((field.heading(visit.lang()), text));
            }
        }
        let called = title(kind).and_then(|f| words.get(f.name)).cloned();
        let by_day = kind.day.and_then(|d| words.get(d)).cloned();
        out.push(Line {
            id: row.words("id")?,
            title: called.or(by_day).unwrap_or_else(|| kind.title(visit.lang()).to_owned()),
            facts,
            words,
            withdrawn: row.opt_text("withdrawn")?.is_some(),
            named,
        });
    }
    Ok(out)
}

/// A cell of the workbook.
fn exported(field: &Field, row: &Row, line: &Line, person: &str, code: &str) -> Result<exchange::Cell> {
    use exchange::Cell;
    let Some(words) = line.words.get(field.name) else { return Ok(Cell::Empty) };
    Ok(match (field.ty, row.get(field.name)?) {
        (Ty::Person, Value::Text(Some(id))) if id == person => Cell::from(code),
        (Ty::Person, _) => Cell::Empty,
        (Ty::Day, _) => Cell::from(row.opt_day(field.name)?),
        (Ty::Choice(_), Value::Text(Some(choice))) => Cell::from(choice.as_str()),
        (_, Value::Int(Some(n))) => Cell::from(*n),
        _ => Cell::from(words.as_str()),
    })
}

/// Rows of a kind as a sheet that the workbooks know.
pub(super) fn sheet(found: &Found, lines: &[Line], person: &str, code: &str) -> Result<Option<exchange::SheetOut>> {
    let Some(spec) = crate::transfer::spec(found.kind.name) else { return Ok(None) };
    let mut rows = Vec::new();
    for (row, line) in found.about.iter().chain(&found.named).zip(lines) {
        let columns = spec.columns.iter().filter_map(|c| found.kind.field(c.name));
        rows.push(columns.map(|f| exported(f, row, line, person, code)).collect::<Result<Vec<_>>>()?);
    }
    Ok(Some(exchange::SheetOut::new(spec).with_rows(rows)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_may_hold_data_about_a_person_says_what_for() {
        let mut asked = 0;
        for kind in REGISTRY.kinds() {
            if about(kind, true).is_some() || naming(kind).next().is_some() {
                asked += 1;
                assert!(purpose(kind).is_some_and(|p| !p.vi.is_empty() && !p.en.is_empty()), "{}", kind.name);
            }
        }
        assert!(asked > 15, "{asked}");
    }

    #[test]
    fn what_belongs_to_a_row_about_a_person_is_about_them() {
        let about = |kind| about(REGISTRY.kind(kind).unwrap(), false).unwrap_or_default();
        for kind in ["commitment_item", "progress", "feedback", "look"] {
            assert!(about(kind).contains("r.commitment IN (SELECT s.id FROM commitment s WHERE s.person = $1)"));
        }
        assert!(about("inspection").contains("conclusion"), "an open inspection is not shown");
        assert!(about("activity").is_empty());
    }
}
