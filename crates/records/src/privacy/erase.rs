//! An erasure: who somebody was goes, what was counted stays.
//!
//! What goes: the person's name, year of birth, days of joining, card number (also where other codes hold
//! it), search and sort keys; the words of everything about them (items of commitments, progress, slips,
//! excuses, looks, requests); files about those rows, unless another record rests on the same content; the
//! payloads of the log about those rows and of imports that changed them; drafts; the account, its devices,
//! codes, sessions and mail address. Their exact name and card number are taken out of the words of rows that only name
//! them and of rows that are kept.
//!
//! What stays, and is said on the page: every row (so no figure changes), with its days, choices and
//! numbers, sex among them, because indicators count them; the words of inspections, decisions of discipline
//! and commendation and of ratings, which archives must keep ([`super::held::kept`]); workbooks and reports
//! that came in as files, which hold many people; issued reports, which name nobody by rule; the sign-in
//! name in the chain of the log, which no one can change without breaking it. A slip that the person wrote
//! about another is the other's data and keeps its words.

use super::held::{Found, found, kept};
use crate::REGISTRY;
use crate::entry::free_code;
use crate::event::Event;
use crate::kind::{Field, Kind, Ty};
use chrono::Datelike;
use domain::{Clock, FixedClock, Id, text};
use shell::{Result, session};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{Change, Row, Tx, Value, params};

/// What stands instead of a name.
pub const NOBODY: &str = "Người đã xóa tên";
/// What stands instead of words.
pub const GONE: &str = "(đã xóa theo yêu cầu)";

/// What an erasure does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Toll {
    /// Rows whose words go, by kind.
    pub emptied: BTreeMap<&'static str, usize>,
    /// Rows that are kept whole, by kind.
    pub kept: BTreeMap<&'static str, usize>,
    /// Rows of others that name the person.
    pub named: usize,
    /// Files that are removed.
    pub files: usize,
    /// Files that stay because something else rests on them.
    pub shared: usize,
    /// Accounts that are closed.
    pub accounts: usize,
}

struct Who {
    id: String,
    name: String,
    code: String,
    new_code: String,
}

impl Who {
    /// Words without the name and the card number.
    fn hidden(&self, words: &str) -> String {
        let words = if self.name.contains(' ') { words.replace(&self.name, NOBODY) } else { words.to_owned() };
        self.recoded(&words)
    }

    /// A code that was made of the card number. A short number may stand in any code by chance.
    fn recoded(&self, code: &str) -> String {
        if self.code.chars().count() >= 5 { code.replace(&self.code, &self.new_code) } else { code.to_owned() }
    }
}

/// Counts what an erasure would do.
pub(super) async fn toll(tx: &mut Tx, person: &str) -> Result<Toll> {
    let found = found(tx, person, true).await?;
    let mut toll = Toll::default();
    for f in &found {
        let (mut kept, mut gone) = (0, 0);
        for row in &f.about {
            if stays(f.kind, row)? { kept += 1 } else { gone += 1 }
        }
        if kept > 0 {
            toll.kept.insert(f.kind.name, kept);
        }
        if gone > 0 {
            toll.emptied.insert(f.kind.name, gone);
        }
        toll.named += f.named.len();
    }
    for (_, shared) in contents(tx, &found).await? {
        toll.files += usize::from(!shared);
        toll.shared += usize::from(shared);
    }
    let sql = "SELECT id FROM account WHERE person = $1";
    toll.accounts = tx.query(sql, params![person]).await?.len();
    Ok(toll)
}

/// Whether a row about the person is kept with its words.
fn stays(kind: &Kind, row: &Row) -> store::Result<bool> {
    Ok(kept(kind.name) || kind.name == "evidence" && row.opt_text("about_kind")?.is_some_and(kept))
}

/// The contents of evidence that goes, and whether anything else rests on each.
async fn contents(tx: &mut Tx, found: &[Found]) -> Result<Vec<(String, bool)>> {
    let mut mine: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    for row in found.iter().filter(|f| f.kind.name == "evidence").flat_map(|f| &f.about) {
        if let (false, Some(hash)) = (stays(&crate::evidence::EVIDENCE_KIND, row)?, row.opt_text("hash")?) {
            mine.entry(hash.to_owned()).or_default().insert(row.words("id")?);
        }
    }
    let mut out = Vec::new();
    for (hash, ids) in mine {
        let evidence = tx.query("SELECT id FROM evidence WHERE hash = $1", params![&hash]).await?;
        let mut shared = false;
        for row in &evidence {
            shared |= !ids.contains(row.text("id")?);
        }
        for (table, column) in [
            ("import_file", "hash"),
            ("received_report", "hash"),
            ("stated_figure", "file_hash"),
            ("request_unit", "file_hash"),
            ("report", "docx"),
            ("report", "pdf"),
        ] {
            let sql = format!("SELECT 1 AS x FROM {table} WHERE {column} = $1");
            shared |= tx.first(&sql, params![&hash]).await?.is_some();
        }
        out.push((hash, shared));
    }
    Ok(out)
}

/// Erases a person's data. Whether the actor may is asked before; the request that asked for it is named.
///
/// Rows are written here directly and not by [`crate::transfer::write_one`]: no rule of a kind may stop an
/// erasure, withdrawn rows are erased as well, and nothing of what was there may enter the log again.
pub(super) async fn erase(tx: &mut Tx, person: &str, request: &str) -> Result<Toll> {
    let toll = toll(tx, person).await?;
    let found = found(tx, person, true).await?;
    let row = tx.first("SELECT name, code FROM person WHERE id = $1", params![person]).await?;
    let row = row.ok_or(shell::Error::NotFound)?;
    let year = FixedClock(tx.now()).today().year();
    let new_code = free_code(tx, "person", &format!("XOA-{year}")).await?;
    let who = Who { id: person.to_owned(), name: row.words("name")?, code: row.words("code")?, new_code };

    for (hash, shared) in contents(tx, &found).await? {
        if !shared {
            store::files::remove(tx, &hash).await?;
        }
    }
    let mut erased: HashMap<&'static str, HashSet<String>> = HashMap::new();
    for f in &found {
        for row in &f.about {
            let gone = !stays(f.kind, row)?;
            if f.kind.name != "person" {
                rewrite(tx, f.kind, row, &who, gone).await?;
            }
            if gone {
                erased.entry(f.kind.name).or_default().insert(row.words("id")?);
            }
        }
        for row in &f.named {
            rewrite(tx, f.kind, row, &who, false).await?;
        }
    }
    tx.execute(
        "UPDATE person SET name = $2, code = $3, search = $4, sort = $5, birth_year = NULL, joined_day = NULL,
           official_day = NULL WHERE id = $1",
        params![person, NOBODY, &who.new_code, text::fold(NOBODY), text::name_sort_key(NOBODY)],
    )
    .await?;
    tx.execute("DELETE FROM commitment_draft WHERE person = $1", params![person]).await?;
    close_accounts(tx, &who).await?;
    REGISTRY.tell(&Event::Erased { person }, tx).await?;
    payloads(tx, &erased).await?;
    tx.note(Change {
        action: "erase",
        kind: "person".to_owned(),
        record: person.to_owned(),
        before: String::new(),
        after: serde_json::json!({ "request": request, "rows": toll.emptied, "files": toll.files }).to_string(),
    });
    Ok(toll)
}

/// What a field of a row becomes; `None` when it stays.
fn becomes(kind: &Kind, field: &Field, row: &Row, who: &Who, gone: bool) -> store::Result<Option<Value>> {
    let words = match field.ty {
        Ty::Text(_) | Ty::Long | Ty::Code => row.opt_text(field.name)?,
        _ => None,
    };
    // The size and type of a file that is gone tell nothing and are not counted.
    if gone && kind.name == "evidence" && matches!(field.name, "file_name" | "hash" | "media") {
        return Ok(Some(Value::Text(None)));
    }
    let Some(words) = words else { return Ok(None) };
    let plain = matches!(field.ty, Ty::Text(_) | Ty::Long) && !field.computed && !kind.key.contains(&field.name);
    let new = match field.ty {
        Ty::Code => who.recoded(words),
        // An address that is not one would be shown as a link.
        _ if gone && field.name == "link" => String::new(),
        // What was counted by being there must be there: a mark, never nothing.
        _ if gone && plain => GONE.to_owned(),
        _ if plain => who.hidden(words),
        _ => return Ok(None),
    };
    let value = if new.is_empty() { Value::Text(None) } else { Value::from(&new) };
    Ok((new != words).then_some(value))
}

async fn rewrite(tx: &mut Tx, kind: &'static Kind, row: &Row, who: &Who, gone: bool) -> Result<()> {
    let (mut sets, mut values) = (Vec::new(), vec![Value::from(row.text("id")?)]);
    for field in kind.fields {
        if let Some(value) = becomes(kind, field, row, who, gone)? {
            values.push(value);
            sets.push(format!("{} = ${}", field.name, values.len()));
        }
    }
    if let Some(reason) = row.opt_text("withdrawn")? {
        values.push(Value::from(if gone { GONE.to_owned() } else { who.hidden(reason) }));
        sets.push(format!("withdrawn = ${}", values.len()));
    }
    if !sets.is_empty() {
        tx.execute(&format!("UPDATE {} SET {} WHERE id = $1", kind.name, sets.join(", ")), &values).await?;
    }
    Ok(())
}

/// Nobody signs in as the person any more, and what the account held about devices and codes goes.
async fn close_accounts(tx: &mut Tx, who: &Who) -> Result<()> {
    let rows = tx.query("SELECT id FROM account WHERE person = $1 ORDER BY id", params![&who.id]).await?;
    for (n, row) in rows.iter().enumerate() {
        let account = row.words("id")?;
        let name = format!("{}.{}", who.new_code.to_lowercase(), n + 1);
        let sql = "UPDATE account SET name = $2, search = $2, password_hash = '', disabled = 1 WHERE id = $1";
        tx.execute(sql, params![&account, &name]).await?;
        for table in ["account_code", "account_recovery", "account_device", "account_link", "sign_in_half"] {
            tx.execute(&format!("DELETE FROM {table} WHERE account = $1"), params![&account]).await?;
        }
        if let Ok(id) = account.parse::<Id>() {
            session::end_all(tx, id, None).await?;
        }
        store::erase_payloads(tx, "account", &account).await?;
    }
    Ok(())
}

/// The payloads of the log about these rows, and of the imports that changed any of them. An import's payload
/// is of many rows and goes as a whole: it cannot be shortened without breaking the chain.
async fn payloads(tx: &mut Tx, erased: &HashMap<&'static str, HashSet<String>>) -> Result<()> {
    for (kind, ids) in erased {
        for id in ids {
            store::erase_payloads(tx, kind, id).await?;
        }
        let sql = "SELECT a.seq, p.before FROM audit a JOIN audit_payload p ON p.seq = a.seq
                   WHERE a.kind = $1 AND a.action = 'import' AND p.before <> ''";
        for row in tx.query(sql, params![*kind]).await? {
            let before = row.text("before")?;
            if ids.iter().any(|id| before.contains(id.as_str())) {
                store::erase_payload(tx, row.int("seq")?).await?;
            }
        }
    }
    Ok(())
}
