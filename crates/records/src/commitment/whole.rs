//! A commitment with all that hangs on it, and the questions by person that its pages ask.

use super::hints::{self, Hint};
use super::sheet::AREA;
use crate::address::{UNDER, segment};
use crate::entry;
use crate::unit::{self, Unit};
use domain::{Day, FAR_DAY};
use shell::{Error, Visit};
use store::{Row, Tx, params};

/// A commitment.
pub(super) struct Whole {
    pub id: String,
    pub code: String,
    pub unit: String,
    pub unit_code: String,
    pub person: Option<String>,
    pub person_name: Option<String>,
    pub year: i64,
    /// `sent` or `returned`; empty when it is registered.
    pub stage: String,
    pub sent: Option<Day>,
    pub returned: Option<Day>,
    pub returned_why: String,
    pub registered: Option<Day>,
    pub result: String,
    pub review_day: Option<Day>,
    pub why: String,
    pub midyear: String,
    pub midyear_day: Option<Day>,
    pub self_review: String,
    pub self_review_day: Option<Day>,
    pub items: Vec<Item>,
}

/// One thing of it.
pub(super) struct Item {
    pub id: String,
    pub no: i64,
    pub area: String,
    pub what: String,
    pub measure: String,
    pub target: String,
    pub deadline: Option<Day>,
    pub duty: String,
    pub done: Option<Day>,
    pub hints: Vec<Hint>,
    pub progress: Vec<Step>,
}

/// A note of progress.
pub(super) struct Step {
    pub day: Day,
    pub text: String,
    pub link: String,
    /// Id and name of the file.
    pub file: Option<(String, String)>,
    pub done: bool,
}

impl Whole {
    /// The commitment with this id, when it was not withdrawn.
    pub async fn load(tx: &mut Tx, id: &str) -> Result<Option<Whole>, Error> {
        Whole::named(tx, "$1", id).await
    }

    /// The commitment of the item with this id, when neither was withdrawn.
    pub async fn of_item(tx: &mut Tx, item: &str) -> Result<Option<Whole>, Error> {
        let its = "(SELECT commitment FROM commitment_item WHERE id = $1 AND withdrawn IS NULL)";
        Whole::named(tx, its, item).await
    }

    /// `which` is SQL of ours that gives the id of the commitment.
    async fn named(tx: &mut Tx, which: &'static str, id: &str) -> Result<Option<Whole>, Error> {
        let sql = format!(
            "SELECT c.*, p.name AS person_name, u.code AS unit_code
             FROM commitment c JOIN unit u ON u.id = c.unit LEFT JOIN person p ON p.id = c.person
             WHERE c.id = {which} AND c.withdrawn IS NULL"
        );
        let Some(row) = tx.first(&sql, params![id]).await? else { return Ok(None) };
        let id = row.text("id")?;
        let (person, year) = (row.opt_text("person")?.map(str::to_owned), row.int("year")?);
        let last = last_year(tx, person.as_deref(), year).await?;
        let sql = "SELECT id, no, area, what, measure, target, deadline, duty, done_day
                   FROM commitment_item WHERE commitment = $1 AND withdrawn IS NULL ORDER BY no";
        let mut items = Vec::new();
        for row in tx.query(sql, params![id]).await? {
            items.push(Item::of(&row, year, &last)?);
        }
        // By group; items without one come last and keep their order.
        items.sort_by_key(|i| AREA.iter().position(|a| a.code == i.area).unwrap_or(AREA.len()));
        let sql = "SELECT g.item, g.day, g.text, g.link, g.done, e.id AS file, e.file_name
                   FROM progress g LEFT JOIN evidence e ON e.id = g.file AND e.withdrawn IS NULL
                   WHERE g.commitment = $1 AND g.withdrawn IS NULL ORDER BY g.no";
        for row in tx.query(sql, params![id]).await? {
            let no = row.int("item")?;
            let Some(item) = items.iter_mut().find(|i| i.no == no) else { continue };
            let file = row.opt_text("file")?.map(str::to_owned);
            item.progress.push(Step {
                day: row.day("day")?,
                text: row.words("text")?,
                link: row.words("link")?,
                file: file.map(|id| Ok::<_, Error>((id, row.words("file_name")?))).transpose()?,
                done: row.flag("done")?,
            });
        }
        Ok(Some(Whole {
            id: id.to_owned(),
            code: row.words("code")?,
            unit: row.words("unit")?,
            unit_code: row.words("unit_code")?,
            person,
            person_name: row.opt_text("person_name")?.map(str::to_owned),
            year,
            stage: row.words("stage")?,
            sent: row.opt_day("sent_day")?,
            returned: row.opt_day("returned_day")?,
            returned_why: row.words("returned_why")?,
            registered: row.opt_day("registered_day")?,
            result: row.words("result")?,
            review_day: row.opt_day("review_day")?,
            why: row.words("why")?,
            midyear: row.words("midyear")?,
            midyear_day: row.opt_day("midyear_day")?,
            self_review: row.words("self_review")?,
            self_review_day: row.opt_day("self_review_day")?,
            items,
        }))
    }

    /// Whether it counts: registered, or from the years before stages were kept.
    pub fn counts(&self) -> bool {
        self.stage.is_empty()
    }

    /// Its page for the committee.
    pub fn path(&self, below: &str) -> String {
        crate::address::of_unit(&self.unit_code, &format!("/commitment/{}{below}", segment(&self.id)))
    }

    /// How many of its items are done, of how many.
    pub fn done(&self) -> (usize, usize) {
        (self.items.iter().filter(|i| i.done.is_some()).count(), self.items.len())
    }
}

impl Item {
    fn of(row: &Row, year: i64, last: &[String]) -> Result<Item, Error> {
        let (what, measure, target) = (row.words("what")?, row.words("measure")?, row.words("target")?);
        let deadline = row.opt_day("deadline")?;
        let said = hints::Item { what: &what, measure: &measure, target: &target, deadline };
        let hints = hints::of(&said, year, last);
        Ok(Item {
            id: row.words("id")?,
            no: row.int("no")?,
            area: row.words("area")?,
            deadline,
            duty: row.words("duty")?,
            done: row.opt_day("done_day")?,
            hints,
            progress: Vec::new(),
            what,
            measure,
            target,
        })
    }

    pub fn overdue(&self, today: Day) -> bool {
        self.done.is_none() && self.deadline.is_some_and(|d| d < today)
    }

    pub fn area_words(&self, visit: &Visit) -> String {
        if self.area.is_empty() {
            return visit.text("commitment-no-area");
        }
        entry::word_of(visit.lang(), &AREA, &self.area)
    }
}

/// What a person committed to in the year before, item by item.
pub(super) async fn last_year(tx: &mut Tx, person: Option<&str>, year: i64) -> Result<Vec<String>, Error> {
    let Some(person) = person else { return Ok(Vec::new()) };
    let sql = "SELECT i.what FROM commitment_item i JOIN commitment c ON c.id = i.commitment
               WHERE c.person = $1 AND c.year = $2 AND c.withdrawn IS NULL AND i.withdrawn IS NULL
               ORDER BY c.code, i.no LIMIT 100";
    let rows = tx.query(sql, params![person, year - 1]).await?;
    Ok(rows.iter().map(|r| r.words("what")).collect::<store::Result<_>>()?)
}

/// The person that the visitor's account belongs to. An account that belongs to nobody has no pages of
/// its own; they do not exist for it.
pub(super) fn own_person(visit: &Visit) -> Result<String, Error> {
    visit.person().ok_or(Error::NotFound)
}

/// The cell of a person on a day; of a group's member, the cell that the group belongs to.
pub(super) async fn home(tx: &mut Tx, person: &str, day: Day) -> Result<Option<Unit>, Error> {
    let sql = "SELECT m.unit FROM membership m JOIN person p ON p.id = m.person AND p.withdrawn IS NULL
               WHERE m.person = $1 AND m.withdrawn IS NULL AND m.from_day <= $2 AND COALESCE(m.to_day, $3) >= $2
               ORDER BY CASE m.category WHEN 'party_member' THEN 0 ELSE 1 END, m.from_day DESC, m.id LIMIT 1";
    let Some(row) = tx.first(sql, params![person, day, FAR_DAY]).await? else { return Ok(None) };
    let Some(unit) = unit::by_id(tx, row.text("unit")?, day).await? else { return Ok(None) };
    if !unit.cell
        && let Some(parent) = &unit.parent
        && let Some(above) = unit::by_id(tx, parent, day).await?
        && above.cell
    {
        return Ok(Some(above));
    }
    Ok(Some(unit))
}

/// The condition that a commitment is the unit's (`$1`, on the day `$2`) to deal with: registered there, or in a
/// group of the cell. Other units below have people of their own.
pub(super) fn own_units(unit: &Unit) -> String {
    if unit.cell { format!("unit IN ({UNDER})") } else { "(unit = $1 AND $2 <> '')".to_owned() }
}

/// The commitment of a person for a year; the registered one when there are several.
pub(super) async fn of_person(tx: &mut Tx, person: &str, year: i64) -> Result<Option<String>, Error> {
    let sql = "SELECT id FROM commitment WHERE person = $1 AND year = $2 AND withdrawn IS NULL
               ORDER BY CASE WHEN stage IS NULL THEN 0 ELSE 1 END, code LIMIT 1";
    let row = tx.first(sql, params![person, year]).await?;
    Ok(row.map(|r| r.words("id")).transpose()?)
}

/// The next free number among the rows of a commitment, withdrawn ones too.
pub(super) async fn next_no(tx: &mut Tx, table: &str, commitment: &str) -> Result<i64, Error> {
    let sql = format!("SELECT CAST(COALESCE(MAX(no), 0) AS BIGINT) AS no FROM {table} WHERE commitment = $1");
    Ok(tx.one(&sql, params![commitment]).await?.int("no")? + 1)
}
