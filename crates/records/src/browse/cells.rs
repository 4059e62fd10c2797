//! Cells of records as people read them: choices in words, units, persons and records by name.

use super::scope::{Sight, referred, subject};
use crate::entry::{decimal, word_of};
use crate::figure::App;
use crate::kind::{Field, Kind, Ty};
use shell::Visit;
use std::collections::{HashMap, HashSet};
use store::{Result, Row, Tx, Value};

/// A cell.
#[derive(Clone, Default)]
pub(crate) struct Cell {
    /// What stands there; empty when the row has nothing.
    pub text: String,
    /// The heading of its column.
    pub heading: &'static str,
    /// The field's name.
    pub name: &'static str,
    /// Whether it is a number that lines up at the right.
    pub number: bool,
    /// Whether it is a day, which is not broken in two.
    pub day: bool,
    /// Whether it was left out because the visitor may not see names.
    pub unnamed: bool,
    /// The record that it names.
    pub link: Option<(&'static Kind, String)>,
}

/// What rows refer to, by kind and id.
#[derive(Debug, Default)]
pub(crate) struct Labels(HashMap<(&'static str, String), String>);

/// Fields that only the program reads.
const INNER: [&str; 5] = ["search", "sort", "hash", "file_hash", "quote_start"];

/// The fields of a kind that people read.
pub(crate) fn shown(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|f| !INNER.contains(&f.name))
}

/// Whether a total of the column means something.
pub(crate) fn adds_up(field: &Field) -> bool {
    let amount = match field.ty {
        Ty::Money => true,
        Ty::Whole(least, most) => (0..=1).contains(&least) && most >= 100_000,
        _ => false,
    };
    amount && !field.computed && !INNER.contains(&field.name)
}

/// The field by which a record of the kind is called.
pub(crate) fn title(kind: &'static Kind) -> Option<&'static Field> {
    ["title", "extract", "name", "vi", "task", "what", "item", "model", "code"]
        .into_iter()
        .find_map(|name| kind.field(name))
}

impl Labels {
    /// Asks for everything that these rows name, each kind in one query.
    pub async fn load(tx: &mut Tx, kind: &'static Kind, rows: &[Row], sight: Sight) -> Result<Labels> {
        let mut wanted: HashMap<&'static str, HashSet<String>> = HashMap::new();
        for field in kind.fields {
            let Some(other) = referred(field.ty) else { continue };
            if other.name == "person" && !sight.names {
                continue;
            }
            for row in rows {
                if let Some(id) = row.opt_text(field.name)? {
                    wanted.entry(other.name).or_default().insert(id.to_owned());
                }
            }
        }
        let mut labels = Labels::default();
        for (name, ids) in wanted {
            if let Some(other) = crate::REGISTRY.kind(name) {
                labels.add(tx, other, ids.into_iter().collect(), sight).await?;
            }
        }
        Ok(labels)
    }

    async fn add(&mut self, tx: &mut Tx, kind: &'static Kind, ids: Vec<String>, sight: Sight) -> Result<()> {
        let title = title(kind);
        // A record about a person is called by a code that may hold a card number.
        let name = match title {
            Some(field) if field.name != "code" || subject(kind).is_none() || sight.names => field.name,
            _ => return Ok(()),
        };
        let select = match kind.name {
            "unit" => {
                "SELECT r.id, COALESCE(n.name, r.name) AS label FROM unit r LEFT JOIN unit_name n ON n.unit = r.id
                 AND n.from_day = (SELECT MAX(y.from_day) FROM unit_name y WHERE y.unit = r.id)"
                    .to_owned()
            }
            _ => format!("SELECT r.id, r.{name} AS label FROM {} r", kind.name),
        };
        for chunk in ids.chunks(500) {
            let marks: Vec<String> = (1..=chunk.len()).map(|n| format!("${n}")).collect();
            let params: Vec<Value> = chunk.iter().map(Value::from).collect();
            let sql = format!("{select} WHERE r.id IN ({})", marks.join(", "));
            for row in tx.query(&sql, &params).await? {
                self.0.insert((kind.name, row.words("id")?), row.words("label")?);
            }
        }
        Ok(())
    }

    /// The name of a record.
    pub fn get(&self, kind: &'static str, id: &str) -> Option<&str> {
        self.0.get(&(kind, id.to_owned())).map(String::as_str)
    }
}

/// A field of a row.
pub(crate) fn cell(
    visit: &Visit,
    kind: &'static Kind,
    field: &'static Field,
    row: &Row,
    labels: &Labels,
    sight: Sight,
) -> Result<Cell> {
    let mut cell = Cell { heading: field.heading(visit.lang()), name: field.name, ..Cell::default() };
    let value = row.get(field.name)?;
    if value.is_null() {
        return Ok(cell);
    }
    if !sight.names && names_somebody(kind, field, row)? {
        return Ok(Cell { text: visit.text("browse-unnamed"), unnamed: true, ..cell });
    }
    cell.day = field.ty == Ty::Day;
    cell.number = matches!(field.ty, Ty::Whole(..) | Ty::Money | Ty::Decimal(_));
    cell.text = match (field.ty, value) {
        (Ty::Day, _) => row.opt_day(field.name)?.map(|d| visit.day(d)).unwrap_or_default(),
        (Ty::Flag, Value::Int(Some(n))) => {
            if *n == 0 {
                String::new()
            } else {
                visit.text("browse-yes")
            }
        }
        (Ty::Year | Ty::Month, Value::Int(Some(n))) => n.to_string(),
        // A year of birth is no amount: 1966, not 1.966.
        (Ty::Whole(..), Value::Int(Some(n))) if field.name.ends_with("year") => n.to_string(),
        (Ty::Decimal(places), Value::Int(Some(n))) => decimal(visit.lang(), *n, places),
        (_, Value::Int(Some(n))) => visit.number(*n),
        (Ty::Choice(choices), Value::Text(Some(code))) => word_of(visit.lang(), choices, code),
        (ty, Value::Text(Some(text))) => match referred(ty) {
            Some(other) => {
                cell.link = Some((other, text.clone()));
                labels
                    .get(other.name, text)
                    .map_or_else(|| other.title(visit.lang()).to_owned(), str::to_owned)
            }
            None if field.name == "indicator" => indicator(visit, text),
            None => text.clone(),
        },
        _ => String::new(),
    };
    Ok(cell)
}

/// What an indicator is called.
fn indicator(visit: &Visit, id: &str) -> String {
    let found = App::of(visit).ok().and_then(|app| app.book.catalogue.get(id, visit.today()));
    found.map_or_else(|| id.to_owned(), |i| i.label.get(visit.lang()).to_owned())
}

/// Whether a field of a row tells who somebody is: a name, or a code made of a card number.
fn names_somebody(kind: &'static Kind, field: &Field, row: &Row) -> Result<bool> {
    if matches!(field.ty, Ty::Person | Ty::Name) {
        return Ok(true);
    }
    let telling = field.ty == Ty::Code || kind.name == "person" && field.name == "birth_year";
    Ok(match subject(kind) {
        Some("id") => telling,
        Some(person) => telling && row.opt_text(person)?.is_some(),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_add_up_and_ordinals_do_not() {
        let adding = |kind| -> Vec<&str> {
            let kind = crate::REGISTRY.kind(kind).unwrap();
            kind.fields.iter().filter(|f| adds_up(f)).map(|f| f.name).collect()
        };
        assert_eq!(adding("attendance_site"), ["expected", "attended"]);
        assert_eq!(adding("contest_entry"), ["entries"]);
        assert!(adding("activity").is_empty(), "minutes, quarters and years do not add up");
        assert!(adding("commitment_item").is_empty());
    }
}
