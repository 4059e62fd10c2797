//! What the fields of a form offer: units, persons and records to choose from.

use super::{Place, Sight};
use crate::browse::cells::title;
use crate::browse::scope::{Rows, referred, subject};
use crate::entry;
use crate::kind::{Field, Ty};
use crate::person::Choice;
use crate::unit;
use domain::{Lang, Message};
use shell::{Fields, Result, Visit};
use std::collections::HashMap;
use std::sync::Arc;
use store::Tx;

/// Records of another kind, the newest.
const RECORDS: usize = 100;

/// What a field offers.
pub(super) enum Offer {
    /// Nothing: it is typed.
    None,
    /// Ids and words.
    Among(Arc<Vec<(String, String)>>),
    /// A person, from a list or by name.
    Person(Arc<Choice>),
}

/// What each field of a form offers, by its name.
pub(super) struct Offers(HashMap<&'static str, Offer>);

impl Offers {
    pub(super) async fn of(visit: &Visit, tx: &mut Tx, place: &Place, fields: &[&'static Field]) -> Result<Offers> {
        let mut offers = HashMap::new();
        let (id, today) = (&place.unit.id, visit.today());
        // Several fields of a kind name units or people: they are read once.
        let (mut units, mut people) = (None, None);
        for field in fields {
            let offer = match field.ty {
                Ty::Unit => {
                    if units.is_none() {
                        units = Some(Arc::new(unit::choice(tx, id, today).await?));
                    }
                    units.clone().map_or(Offer::None, Offer::Among)
                }
                Ty::Person => {
                    if people.is_none() {
                        people = Some(Arc::new(Choice::of(tx, id, today).await?));
                    }
                    people.clone().map_or(Offer::None, Offer::Person)
                }
                Ty::Ref(_) => Offer::Among(Arc::new(records(visit, tx, place, field).await?)),
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
            (Offer::Among(options), _) => f.select(name, key, options.to_vec()),
            (Offer::Person(people), _) => match &**people {
                Choice::Among(options) => f.select(name, key, options.clone()),
                Choice::Typed => f.text(name, key),
            },
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
            (Offer::Person(people), _) if matches!(**people, Choice::Typed) => shown.hint(visit.text("person-choice-hint")),
            (_, Ty::Money) => shown.hint(visit.text("browse-money-hint")),
            _ if visit.lang() == Lang::Vi && !field.note.is_empty() => shown.hint(field.note),
            (_, Ty::Text(_)) if !field.example.is_empty() && visit.lang() == Lang::Vi => {
                shown.hint(visit.tr(&Message::new("browse-example").with("example", field.example)))
            }
            _ => shown,
        }
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
