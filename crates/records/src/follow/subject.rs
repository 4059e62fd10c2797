//! The things that are followed, each with its looks.

use crate::address::{UNDER, of_unit, segment};
use crate::remember::Lists;
use crate::unit::Unit;
use chrono::Datelike;
use domain::{Day, Message};
use shell::{Error, Result, Visit};
use store::{Row, Tx, Value, params};

/// The most things of a unit that are listed.
pub(super) const MOST: usize = 300;

/// One unit alone. The day stands in the condition because both databases want every parameter used.
const ONLY: &str = "SELECT v.id FROM unit v WHERE v.id = $1 AND $2 <> ''";

/// What sort of thing it is: the word in its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Commitment,
    Task,
    Breakthrough,
}

impl What {
    pub const ALL: [What; 3] = [What::Commitment, What::Task, What::Breakthrough];

    pub fn code(self) -> &'static str {
        match self {
            What::Commitment => "commitment",
            What::Task => "task",
            What::Breakthrough => "breakthrough",
        }
    }

    pub fn from_code(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|w| w.code() == code)
    }

    /// How the looks at one are told from others.
    fn looks(self) -> &'static str {
        match self {
            What::Commitment => "l.commitment = x.id",
            What::Task => "l.activity = x.activity AND l.task = x.code",
            What::Breakthrough => "l.breakthrough = x.id",
        }
    }

    /// The things of the units `{units}`, those finished left out unless `all`.
    fn sql(self, units: &str, all: bool) -> String {
        let open = |condition: &'static str| if all { "1 = 1" } else { condition };
        match self {
            What::Commitment => format!(
                "SELECT c.id, c.unit, c.year, c.person, p.name AS person_name, '' AS title, '' AS code, '' AS activity,
                        (SELECT COUNT(*) FROM commitment_item i
                          WHERE i.commitment = c.id AND i.withdrawn IS NULL AND i.vague = 1) AS vague
                 FROM commitment c LEFT JOIN person p ON p.id = c.person
                 WHERE c.withdrawn IS NULL AND c.stage IS NULL AND c.year >= $3 AND {} AND c.unit IN ({units})",
                open("c.result IS NULL")
            ),
            What::Task => format!(
                "SELECT f.id, a.unit, CAST(SUBSTR(a.day, 1, 4) AS BIGINT) AS year, f.owner AS person,
                        p.name AS person_name, f.task AS title, f.code, f.activity,
                        CASE WHEN f.deadline IS NULL OR f.owner IS NULL THEN 1 ELSE 0 END AS vague
                 FROM follow_up f JOIN activity a ON a.id = f.activity AND a.withdrawn IS NULL
                 LEFT JOIN person p ON p.id = f.owner
                 WHERE f.withdrawn IS NULL AND CAST(SUBSTR(a.day, 1, 4) AS BIGINT) >= $3 AND {} AND a.unit IN ({units})",
                open("f.done_day IS NULL")
            ),
            What::Breakthrough => format!(
                "SELECT b.id, b.unit, b.year, CAST(NULL AS TEXT) AS person, CAST(NULL AS TEXT) AS person_name,
                        b.title, b.code, '' AS activity, 0 AS vague
                 FROM breakthrough b
                 WHERE b.withdrawn IS NULL AND b.year >= $3 AND {} AND b.unit IN ({units})",
                open("b.solved_day IS NULL")
            ),
        }
    }
}

/// A thing that is followed.
pub(super) struct Subject {
    pub what: What,
    pub id: String,
    pub unit: String,
    pub unit_code: String,
    pub unit_name: String,
    pub title: String,
    /// Whose it is; empty when it is nobody's or may not be named.
    pub person: String,
    /// Whether it is about a person at all.
    pub personal: bool,
    pub vague: i64,
    /// The last look that was done.
    pub looked: Option<Day>,
    /// The look that is planned: its row, its day, who looks.
    pub planned: Option<Planned>,
    /// For a task, its session and its code there.
    pub task: Option<(String, String)>,
}

/// A look that is planned.
pub(super) struct Planned {
    pub id: String,
    pub day: Day,
    pub who: Option<String>,
    pub who_name: String,
}

impl Subject {
    /// The form of its next look.
    pub fn path(&self) -> String {
        of_unit(&self.unit_code, &format!("/follow/{}/{}", self.what.code(), segment(&self.id)))
    }

    /// Whether its planned look is past its day.
    pub fn late(&self, today: Day) -> bool {
        self.planned.as_ref().is_some_and(|p| p.day < today)
    }

    fn of(visit: &Visit, what: What, row: &Row, named: bool) -> Result<Subject> {
        let person = row.opt_text("person_name")?.filter(|_| named).unwrap_or_default().to_owned();
        let personal = row.opt_text("person")?.is_some();
        let title = match what {
            What::Commitment => {
                let year = row.int("year")?.to_string();
                let who = if !personal {
                    visit.text("follow-of-unit")
                } else if named {
                    person.clone()
                } else {
                    visit.text("follow-unnamed")
                };
                visit.tr(&Message::new("follow-commitment").with("year", year).with("who", who))
            }
            _ => row.words("title")?,
        };
        let planned = match (row.opt_text("planned")?, row.opt_day("planned_day")?) {
            (Some(id), Some(day)) => Some(Planned {
                id: id.to_owned(),
                day,
                who: row.opt_text("who")?.map(str::to_owned),
                who_name: if named { row.words("who_name")? } else { String::new() },
            }),
            _ => None,
        };
        let task = (what == What::Task).then(|| Ok::<_, Error>((row.words("activity")?, row.words("code")?)));
        Ok(Subject {
            what,
            id: row.words("id")?,
            unit: row.words("unit")?,
            unit_code: row.words("unit_code")?,
            unit_name: row.words("unit_name")?,
            title,
            person,
            personal,
            vague: row.int("vague")?,
            looked: row.opt_day("looked")?,
            planned,
            task: task.transpose()?,
        })
    }
}

fn whole(what: What, inner: &str, when: &str) -> String {
    let looks = what.looks();
    format!(
        "SELECT x.*, u.code AS unit_code, u.name AS unit_name,
                (SELECT MAX(l.looked_day) FROM look l WHERE {looks} AND l.withdrawn IS NULL) AS looked,
                n.id AS planned, n.planned_day, n.who, w.name AS who_name
         FROM ({inner}) x JOIN unit u ON u.id = x.unit
         LEFT JOIN look n ON n.id = (SELECT MIN(l.id) FROM look l
             WHERE {looks} AND l.withdrawn IS NULL AND l.looked_day IS NULL)
         LEFT JOIN person w ON w.id = n.who
         WHERE {when} ORDER BY u.sort, u.code, n.planned_day, x.id LIMIT {MOST}"
    )
}

/// What is open under a unit. Things of the year before are open too: a commitment is reviewed, a task done
/// after its year's end.
pub(super) async fn open(visit: &Visit, tx: &mut Tx, unit: &str, named: bool) -> Result<Vec<Subject>> {
    open_of(visit, tx, UNDER, unit, named).await
}

/// What is open of the unit's own: what lies below has its own people, but the groups of a cell do not.
pub(super) async fn own(visit: &Visit, tx: &mut Tx, unit: &Unit) -> Result<Vec<Subject>> {
    open_of(visit, tx, if unit.cell { UNDER } else { ONLY }, &unit.id, false).await
}

async fn open_of(visit: &Visit, tx: &mut Tx, units: &str, unit: &str, named: bool) -> Result<Vec<Subject>> {
    let today = visit.today();
    let since = i64::from(today.year()) - 1;
    let mut all = Vec::new();
    for what in What::ALL {
        let sql = whole(what, &what.sql(units, false), "1 = 1");
        for row in Lists::rows(visit, tx, &sql, params![unit, today, since]).await?.iter() {
            all.push(Subject::of(visit, what, row, named)?);
        }
    }
    Ok(all)
}

/// One thing of exactly this unit, finished or not.
pub(super) async fn one(
    visit: &Visit,
    tx: &mut Tx,
    what: What,
    unit: &str,
    id: &str,
    named: bool,
) -> Result<Option<Subject>> {
    let inner = what.sql(ONLY, true);
    let sql = whole(what, &inner, "x.id = $4");
    let values: [Value; 4] = [unit.into(), visit.today().into(), 0_i64.into(), id.into()];
    let row = tx.first(&sql, &values).await?;
    row.map(|r| Subject::of(visit, what, &r, named)).transpose()
}
