//! Who has read and who has written what is held about a person, from the log.
//!
//! The log says which record or which list was opened, not which lines a reader's eyes rested on. So it is
//! told apart here: a row of the person's was opened; a list was opened on which they stood that day; the
//! people behind a figure of their unit were listed, the person perhaps among them.

use super::held::Found;
use crate::kind::Kind;
use crate::kind::Ty;
use domain::{Clock, Day, FAR_DAY, FixedClock, Instant, Message};
use shell::{Result, Visit};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::{Row, Tx, Value, params};

/// The newest lines that a page shows.
const MOST: usize = 200;

/// What somebody did with the person's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deed {
    /// Sign-in name and roles.
    pub who: String,
    /// What, in words.
    pub what: String,
    /// Title of the kind.
    pub kind: &'static str,
    /// How often.
    pub times: usize,
    /// When last.
    pub at: Instant,
}

pub(super) struct Trail {
    pub reads: Vec<Deed>,
    pub writes: Vec<Deed>,
}

/// When the person belonged to a unit or to one below it.
struct Stay {
    unit: String,
    code: String,
    from: Day,
    to: Day,
}

async fn stays(tx: &mut Tx, person: &str) -> Result<Vec<Stay>> {
    let sql = "SELECT DISTINCT s.ancestor, u.code, m.from_day, COALESCE(m.to_day, $2) AS to_day
               FROM membership m JOIN unit_span s ON s.descendant = m.unit JOIN unit u ON u.id = s.ancestor
               WHERE m.person = $1 AND m.withdrawn IS NULL";
    let mut out = Vec::new();
    for row in tx.query(sql, params![person, FAR_DAY]).await? {
        out.push(Stay {
            unit: row.words("ancestor")?,
            code: row.words("code")?,
            from: row.day("from_day")?,
            to: row.day("to_day")?,
        });
    }
    Ok(out)
}

/// What the entries of a kind may be about.
#[derive(Default)]
struct Wanted {
    rows: HashSet<String>,
    /// Records that a row belongs to: a session of which an attendance is part.
    parents: HashSet<String>,
    files: HashSet<String>,
}

fn wanted(found: &Found) -> store::Result<Wanted> {
    let mut wanted = Wanted::default();
    for row in found.about.iter().chain(&found.named) {
        wanted.rows.insert(row.words("id")?);
        if let Some((hash, _)) = row.opt_text("source")?.and_then(|s| s.split_once('#')) {
            wanted.files.insert(hash.to_owned());
        }
        for field in found.kind.fields.iter().filter(|f| matches!(f.ty, Ty::Ref(_))) {
            wanted.parents.extend(row.opt_text(field.name)?.map(str::to_owned));
        }
    }
    Ok(wanted)
}

async fn entries(tx: &mut Tx, kind: &str, records: &[String]) -> store::Result<Vec<Row>> {
    let mut out = Vec::new();
    for chunk in records.chunks(300) {
        let marks: Vec<String> = (2..2 + chunk.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT a.at, a.actor, a.action, a.record FROM audit a
             WHERE a.kind = $1 AND a.record IN ({}) ORDER BY a.seq DESC LIMIT 5000",
            marks.join(", ")
        );
        let mut values = vec![Value::from(kind)];
        values.extend(chunk.iter().map(Value::from));
        out.extend(tx.query(&sql, &values).await?);
    }
    Ok(out)
}

type Sums = BTreeMap<(String, &'static str, &'static str), (usize, Instant)>;

fn add(sums: &mut Sums, actor: &str, what: &'static str, kind: &'static str, at: Instant) {
    let sum = sums.entry((actor.to_owned(), what, kind)).or_default();
    *sum = (sum.0 + 1, sum.1.max(at));
}

/// Who read and wrote what was found.
pub(super) async fn trail(visit: &Visit, tx: &mut Tx, person: &str, found: &[Found]) -> Result<Trail> {
    let stays = stays(tx, person).await?;
    let here = |unit: &str, at: Instant| {
        let day = FixedClock(at).today();
        stays.iter().any(|s| (s.unit == unit || s.code == unit) && s.from <= day && day <= s.to)
    };
    let units: BTreeSet<&String> = stays.iter().map(|s| &s.unit).collect();
    let mut kinds: Vec<(&'static Kind, Wanted)> = Vec::new();
    for f in found {
        kinds.push((f.kind, wanted(f)?));
    }
    // Who is rated is shown with everybody of the unit, rated or not.
    for name in ["rating", "person"] {
        if let Some(kind) = crate::REGISTRY.kind(name).filter(|k| kinds.iter().all(|(o, _)| o.name != k.name)) {
            kinds.push((kind, Wanted::default()));
        }
    }
    let own = visit.name().unwrap_or_default();
    let (mut reads, mut writes) = (Sums::new(), Sums::new());
    for (kind, wanted) in &kinds {
        let records: BTreeSet<&String> =
            wanted.rows.iter().chain(&wanted.parents).chain(&wanted.files).chain(units.iter().copied()).collect();
        let records: Vec<String> = records.into_iter().cloned().collect();
        let title = kind.title(visit.lang());
        for row in entries(tx, kind.name, &records).await? {
            let (record, at, actor) = (row.words("record")?, row.int("at")?, row.text("actor")?);
            if row.text("action")? == "read-names" {
                if actor == own {
                    continue;
                }
                if wanted.rows.contains(&record) {
                    add(&mut reads, actor, "privacy-read-row", title, at);
                } else if wanted.parents.contains(&record) || here(&record, at) {
                    add(&mut reads, actor, "privacy-read-list", title, at);
                }
                continue;
            }
            let what = match row.text("action")? {
                _ if !wanted.rows.contains(&record) && !wanted.files.contains(&record) => continue,
                "insert" => "privacy-wrote-insert",
                "update" => "privacy-wrote-update",
                "withdraw" => "privacy-wrote-withdraw",
                "restore" => "privacy-wrote-restore",
                "import" => "privacy-wrote-import",
                _ => "privacy-wrote-other",
            };
            add(&mut writes, actor, what, title, at);
        }
    }
    let sql = "SELECT at, actor, record FROM audit WHERE kind = 'figure' AND action = 'read-names'
               ORDER BY seq DESC LIMIT 2000";
    for row in tx.query(sql, &[]).await? {
        let (at, actor) = (row.int("at")?, row.text("actor")?);
        // `indicator unit period`.
        let unit = row.text("record")?.split(' ').nth(1).unwrap_or_default().to_owned();
        if actor != own && here(&unit, at) {
            add(&mut reads, actor, "privacy-read-figure", "", at);
        }
    }
    let actors: BTreeSet<String> = reads.keys().chain(writes.keys()).map(|k| k.0.clone()).collect();
    let names = called(visit, tx, &actors).await?;
    Ok(Trail { reads: deeds(visit, &names, reads), writes: deeds(visit, &names, writes) })
}

fn deeds(visit: &Visit, names: &HashMap<String, String>, sums: Sums) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = sums
        .into_iter()
        .map(|((actor, what, kind), (times, at))| Deed {
            who: names.get(&actor).cloned().unwrap_or(actor),
            what: visit.text(what),
            kind,
            times,
            at,
        })
        .collect();
    deeds.sort_by_key(|d| std::cmp::Reverse(d.at));
    deeds.truncate(MOST);
    deeds
}

/// Sign-in names with the roles that they hold: "canbo (Cán bộ cấp ủy, Đảng bộ Sở)".
async fn called(visit: &Visit, tx: &mut Tx, actors: &BTreeSet<String>) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for actor in actors {
        if actor == "operator" {
            names.insert(actor.clone(), visit.text("privacy-operator"));
            continue;
        }
        let sql = "SELECT DISTINCT g.role, u.name FROM account a JOIN role_grant g ON g.account = a.id
                   JOIN unit u ON u.id = g.unit WHERE a.name = $1 AND g.to_day >= $2 ORDER BY g.role, u.name";
        let mut roles = Vec::new();
        for row in tx.query(sql, params![actor, visit.today()]).await? {
            let role = visit.text(&format!("account-role-{}", row.text("role")?));
            roles.push(format!("{role}, {}", row.text("name")?));
        }
        let words = if roles.is_empty() { actor.clone() } else { format!("{actor} ({})", roles.join("; ")) };
        names.insert(actor.clone(), words);
    }
    Ok(names)
}

/// "3 lần, gần nhất 15/3/2024 08:00".
pub(super) fn when(visit: &Visit, deed: &Deed) -> String {
    visit.tr(&Message::new("privacy-times").with("n", deed.times).with("at", visit.moment(deed.at)))
}
