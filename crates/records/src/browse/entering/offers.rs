//! What the fields of a form offer: units, persons and records to choose from.

use super::{Place, Sight};
use crate::address::UNDER;
use crate::browse::cells::title;
use crate::browse::scope::{Rows, referred, subject};
use crate::entry;
use crate::kind::{Field, Ty};
use crate::unit::Unit;
use domain::{Lang, Message, text};
use shell::{Fields, Result, Visit};
use std::collections::HashMap;
use store::{Tx, params};

/// Units that one chooses from; a larger tree is entered at a unit below.
const UNITS: usize = 1_000;
/// More people are not chosen from a list: a name or a card's number is typed.
const PEOPLE: usize = 300;
/// Records of another kind, the newest.
const RECORDS: usize = 100;

/// What a field offers.
pub(super) enum Offer {
    /// Nothing: it is typed.
    None,
    /// Ids and words.
    Among(Vec<(String, String)>),
    /// A person's name or code, which [`person`] finds.
    Typed,
}

/// What each field of a form offers, by its name.
pub(super) struct Offers(HashMap<&'static str, Offer>);

impl Offers {
    pub(super) async fn of(visit: &Visit, tx: &mut Tx, place: &Place, fields: &[&'static Field]) -> Result<Offers> {
        let mut offers = HashMap::new();
        for field in fields {
            let offer = match field.ty {
                Ty::Unit => Offer::Among(units(visit, tx, &place.unit).await?),
                Ty::Person => people(visit, tx, &place.unit).await?,
                Ty::Ref(_) => Offer::Among(records(visit, tx, place, field).await?),
                _ => continue,
            };
            offers.insert(field.name, offer);
        }
        Ok(Offers(offers))
    }

    pub(super) fn of_field(&self, name: &str) -> &Offer {
        self.0.get(name).unwrap_or(&Offer::None)
    }

    /// The field as the form shows it. The kind's notes are Vietnamese, as on its sheet.
    pub(super) fn field<'a>(&self, visit: &Visit, f: &Fields<'a>, field: &'static Field) -> shell::Field<'a> {
        let (name, key) = (field.name, "browse-field");
        let shown = match (self.of_field(name), field.ty) {
            (Offer::Among(options), _) => f.select(name, key, options.clone()),
            (_, Ty::Choice(choices)) => f.select(name, key, entry::options(visit.lang(), choices)),
            (_, Ty::Day) => f.day(name, key),
            (_, Ty::Whole(..) | Ty::Year | Ty::Month | Ty::Money | Ty::Decimal(_)) => f.whole(name, key),
            (_, Ty::Long) => f.area(name, key),
            (_, Ty::Flag) => f.check(name, key),
            _ => f.text(name, key),
        };
        let shown = shown.labelled(field.heading(visit.lang()));
        let shown = if field.required { shown.required() } else { shown };
        match (self.of_field(name), field.ty) {
            (Offer::Typed, _) => shown.hint(visit.text("browse-person-hint")),
            (_, Ty::Money) => shown.hint(visit.text("browse-money-hint")),
            _ if visit.lang() == Lang::Vi && !field.note.is_empty() => shown.hint(field.note),
            (_, Ty::Text(_)) if !field.example.is_empty() && visit.lang() == Lang::Vi => {
                shown.hint(visit.tr(&Message::new("browse-example").with("example", field.example)))
            }
            _ => shown,
        }
    }
}

/// The units of the page.
async fn units(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<(String, String)>> {
    let sql = format!(
        "SELECT u.id, COALESCE(n.name, u.name) AS label FROM unit u
         LEFT JOIN unit_name n ON n.unit = u.id AND n.from_day <= $2 AND n.to_day >= $2
         WHERE u.withdrawn IS NULL AND u.id IN ({UNDER})
         ORDER BY CASE WHEN u.id = $1 THEN 0 ELSE 1 END, u.sort, u.code LIMIT {UNITS}"
    );
    let rows = tx.query(&sql, params![&unit.id, visit.today()]).await?;
    Ok(rows.iter().map(|r| Ok((r.words("id")?, r.words("label")?))).collect::<store::Result<_>>()?)
}

/// The people of the page's units, by the alphabet: those who belong there or once did.
async fn people(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Offer> {
    let sql = format!(
        "SELECT p.id, p.name AS label, p.birth_year FROM person p
         WHERE p.withdrawn IS NULL AND p.unit IN ({UNDER}) ORDER BY p.sort, p.id LIMIT {}",
        PEOPLE + 1
    );
    let rows = tx.query(&sql, params![&unit.id, visit.today()]).await?;
    if rows.len() > PEOPLE {
        return Ok(Offer::Typed);
    }
    let mut options = Vec::with_capacity(rows.len());
    for row in &rows {
        // Two members of one name are told apart by the year of their birth.
        let label = row.words("label")?;
        let label = match row.opt_int("birth_year")? {
            Some(year) => format!("{label} ({year})"),
            None => label,
        };
        options.push((row.words("id")?, label));
    }
    Ok(Offer::Among(options))
}

/// The one person of the page's units who has this name or code.
pub(super) async fn person(visit: &Visit, tx: &mut Tx, unit: &Unit, typed: &str) -> Result<Option<String>> {
    let sql = format!(
        "SELECT p.id FROM person p WHERE p.withdrawn IS NULL AND p.unit IN ({UNDER})
           AND (p.id = $3 OR p.code = $3 OR p.search = $4) LIMIT 2"
    );
    let folded = text::fold(&text::strip_titles(typed));
    let rows = tx.query(&sql, params![&unit.id, visit.today(), typed, folded]).await?;
    match rows.as_slice() {
        [one] => Ok(Some(one.words("id")?)),
        _ => Ok(None),
    }
}

/// Records that a field may name: those of the page's units, and of the units above for what comes down from
/// there (a programme, a theme, a plan, a conference).
async fn records(visit: &Visit, tx: &mut Tx, place: &Place, field: &Field) -> Result<Vec<(String, String)>> {
    let Some(other) = referred(field.ty) else { return Ok(Vec::new()) };
    let sight: Sight = place.sight;
    if !sight.shows(other) || (subject(other).is_some() && !sight.names) {
        return Ok(Vec::new());
    }
    let mut rows = Rows::new(visit, other, &place.unit.id, sight);
    if let (Some(owner), "theme" | "plan" | "activity") = (&rows.owner, other.name)
        && let Some(first) = rows.when.first_mut()
    {
        *first = format!(
            "({first} OR {owner} IN (SELECT ancestor FROM unit_span WHERE descendant = $1 AND from_day <= $2 AND to_day >= $2))"
        );
    }
    rows.when.push("r.withdrawn IS NULL".to_owned());
    let label = title(other).map_or("code", |f| f.name);
    let code = if other.field("code").is_some() { "r.code" } else { "''" };
    let sql = format!(
        "SELECT r.id, r.{label} AS label, {code} AS code {} ORDER BY {} LIMIT {RECORDS}",
        rows.sql(),
        crate::browse::asked::order(other)
    );
    let mut options = Vec::new();
    for row in tx.query(&sql, &rows.params).await? {
        let (label, code) = (row.words("label")?, row.words("code")?);
        let label: String = label.chars().take(100).collect();
        let words = if code.is_empty() || code == label { label } else { format!("{label} ({code})") };
        options.push((row.words("id")?, words));
    }
    Ok(options)
}
