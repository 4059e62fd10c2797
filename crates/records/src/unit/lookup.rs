//! Asking for units, and rebuilding the tree after their rows changed.

use super::tree::{Event, Forest, Founding};
use domain::{Day, Message};
use store::{Result, Row, Tx, params};

/// A unit as it is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name on that day (its last name when it no longer exists).
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// The kind in Vietnamese.
    pub kind_vi: String,
    /// The kind in English.
    pub kind_en: String,
    /// Its level: 1 is the province.
    pub level: i64,
    /// Whether it is a grassroots organisation (TCCSĐ).
    pub grassroots: bool,
    /// Whether it is a cell.
    pub cell: bool,
    /// The issuing body in capitals: "ĐẢNG ỦY", "CHI BỘ".
    pub body: String,
    /// "T/M BAN THƯỜNG VỤ"; empty when nobody signs for it.
    pub authority: String,
    /// The abbreviation in document symbols.
    pub symbol: String,
    /// Địa danh.
    pub place: String,
    /// Its parent on that day.
    pub parent: Option<String>,
    /// Whether it exists on that day.
    pub alive: bool,
}

const COLUMNS: &str = "
    u.id, u.code, COALESCE(n.name, u.name) AS name, k.code AS kind, k.vi AS kind_vi, k.en AS kind_en,
    k.level, k.grassroots, k.cell, k.body, k.authority, u.symbol, u.place, u.sort, e.parent, e.to_day AS edge_to";

// The last edge and name that began by the day, or the first ones when it was founded later:
// a unit can always be named.
const JOINED: &str = "
    FROM unit u
    JOIN unit_kind k ON k.id = u.kind
    LEFT JOIN unit_edge e ON e.unit = u.id AND e.from_day = (
        SELECT MAX(x.from_day) FROM unit_edge x WHERE x.unit = u.id AND x.from_day <= $1)
    LEFT JOIN unit_name n ON n.unit = u.id AND n.from_day = (
        SELECT MAX(y.from_day) FROM unit_name y WHERE y.unit = u.id AND y.from_day <= $1)
    WHERE u.withdrawn IS NULL";

fn read(row: &Row, day: Day) -> Result<Unit> {
    Ok(Unit {
        id: row.words("id")?,
        code: row.words("code")?,
        name: row.words("name")?,
        kind: row.words("kind")?,
        kind_vi: row.words("kind_vi")?,
        kind_en: row.words("kind_en")?,
        level: row.int("level")?,
        grassroots: row.flag("grassroots")?,
        cell: row.flag("cell")?,
        body: row.words("body")?,
        authority: row.words("authority")?,
        symbol: row.words("symbol")?,
        place: row.words("place")?,
        parent: row.opt_text("parent")?.map(str::to_owned),
        alive: row.opt_day("edge_to")?.is_some_and(|to| day <= to),
    })
}

/// Every unit that exists on a day, in the order of the Vietnamese alphabet.
pub async fn as_at(tx: &mut Tx, day: Day) -> Result<Vec<Unit>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unit u JOIN unit_kind k ON k.id = u.kind
         JOIN unit_edge e ON e.unit = u.id AND e.from_day <= $1 AND e.to_day >= $1
         LEFT JOIN unit_name n ON n.unit = u.id AND n.from_day <= $1 AND n.to_day >= $1
         WHERE u.withdrawn IS NULL ORDER BY k.level, u.sort, u.code"
    );
    tx.query(&sql, params![day]).await?.iter().map(|r| read(r, day)).collect()
}

/// The unit with a code, as it is on a day.
pub async fn by_code(tx: &mut Tx, code: &str, day: Day) -> Result<Option<Unit>> {
    let row = tx.first(&format!("SELECT {COLUMNS} {JOINED} AND u.code = $2"), params![day, code]).await?;
    row.map(|r| read(&r, day)).transpose()
}

/// The unit with an id, as it is on a day.
pub async fn by_id(tx: &mut Tx, id: &str, day: Day) -> Result<Option<Unit>> {
    let row = tx.first(&format!("SELECT {COLUMNS} {JOINED} AND u.id = $2"), params![day, id]).await?;
    row.map(|r| read(&r, day)).transpose()
}

macro_rules! stood {
    () => {
        "s.from_day <= CASE WHEN l.to_day < $2 THEN l.to_day WHEN l.from_day > $2 THEN l.from_day ELSE $2 END
         AND s.to_day >= CASE WHEN l.to_day < $2 THEN l.to_day WHEN l.from_day > $2 THEN l.from_day ELSE $2 END"
    };
}

/// That the span `s` held on the day `$2`, or on the nearest day on which its lower unit stood; `l` is the span of
/// that unit over itself.
pub const STOOD: &str = stood!();

/// The ids of the units that a page about the unit `$1` speaks of: those under it on the day `$2`,
/// or on the nearest day on which each stood. It is the rule by which access is decided
/// (`may` of `account`), so what a page shows is what its visitor may see.
pub const UNDER: &str = concat!(
    "SELECT s.descendant FROM unit_span s
     JOIN unit_span l ON l.ancestor = s.descendant AND l.descendant = s.descendant
     WHERE s.ancestor = $1 AND ",
    stood!()
);

/// Units that one chooses from; a larger tree is entered at a unit below.
const CHOICE: usize = 1_000;

/// The units that a form at a unit lets one choose from: itself first, then those under it, by their names of
/// the day.
pub async fn choice(tx: &mut Tx, id: &str, day: Day) -> Result<Vec<(String, String)>> {
    let sql = format!(
        "SELECT u.id, COALESCE(n.name, u.name) AS label FROM unit u
         LEFT JOIN unit_name n ON n.unit = u.id AND n.from_day <= $2 AND n.to_day >= $2
         WHERE u.withdrawn IS NULL AND u.id IN ({UNDER})
         ORDER BY CASE WHEN u.id = $1 THEN 0 ELSE 1 END, u.sort, u.code LIMIT {CHOICE}"
    );
    tx.query(&sql, params![id, day]).await?.iter().map(|r| Ok((r.words("id")?, r.words("label")?))).collect()
}

/// The units directly below a unit on a day.
pub async fn children(tx: &mut Tx, id: &str, day: Day) -> Result<Vec<Unit>> {
    let sql = format!("SELECT {COLUMNS} {JOINED} AND e.parent = $2 AND e.to_day >= $1 ORDER BY u.sort, u.code");
    tx.query(&sql, params![day, id]).await?.iter().map(|r| read(r, day)).collect()
}

/// The units above a unit on a day, topmost first, itself last.
pub async fn path(tx: &mut Tx, id: &str, day: Day) -> Result<Vec<Unit>> {
    let rows = tx
        .query(
            "SELECT ancestor FROM unit_span WHERE descendant = $1 AND from_day <= $2 AND to_day >= $2 ORDER BY depth DESC",
            params![id, day],
        )
        .await?;
    let mut path = Vec::new();
    for row in rows {
        path.extend(by_id(tx, row.text("ancestor")?, day).await?);
    }
    Ok(path)
}

/// Computes edges, names and spans anew from units and events. Called after either changed.
///
/// The inner error holds what is wrong with the tree; nothing was written then.
pub async fn rebuild(tx: &mut Tx) -> Result<std::result::Result<(), Vec<Message>>> {
    let units = tx
        .query("SELECT id, code, name, parent, from_day, decision FROM unit WHERE withdrawn IS NULL ORDER BY code", &[])
        .await?;
    let mut foundings = Vec::with_capacity(units.len());
    for row in &units {
        foundings.push(Founding {
            id: row.words("id")?,
            code: row.words("code")?,
            name: row.words("name")?,
            parent: row.opt_text("parent")?.map(str::to_owned),
            from: row.day("from_day")?,
            decision: row.opt_text("decision")?.map(str::to_owned),
        });
    }
    let rows = tx
        .query(
            "SELECT event, unit, other, new_name, day, decision FROM unit_event WHERE withdrawn IS NULL ORDER BY day, code",
            &[],
        )
        .await?;
    let mut events = Vec::with_capacity(rows.len());
    for row in &rows {
        events.push(Event {
            event: row.words("event")?,
            unit: row.words("unit")?,
            other: row.opt_text("other")?.map(str::to_owned),
            new_name: row.opt_text("new_name")?.map(str::to_owned),
            day: row.day("day")?,
            decision: row.words("decision")?,
        });
    }
    let forest = match Forest::grow(&foundings, &events) {
        Ok(forest) => forest,
        Err(problems) => return Ok(Err(problems)),
    };
    for table in ["unit_edge", "unit_name", "unit_span"] {
        tx.execute(&format!("DELETE FROM {table}"), &[]).await?;
    }
    let edges: Vec<_> = forest
        .edges
        .iter()
        .map(|e| params![&e.unit, e.parent.as_ref(), &e.from, &e.to, e.decision.as_ref()].to_vec())
        .collect();
    tx.insert("unit_edge", &["unit", "parent", "from_day", "to_day", "decision"], &edges).await?;
    let names: Vec<_> = forest.names.iter().map(|n| params![&n.unit, &n.name, &n.from, &n.to].to_vec()).collect();
    tx.insert("unit_name", &["unit", "name", "from_day", "to_day"], &names).await?;
    let spans: Vec<_> = forest
        .spans
        .iter()
        .map(|s| params![&s.ancestor, &s.descendant, &s.from, &s.to, s.depth].to_vec())
        .collect();
    tx.insert("unit_span", &["ancestor", "descendant", "from_day", "to_day", "depth"], &spans).await?;
    Ok(Ok(()))
}
