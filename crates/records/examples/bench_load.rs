//! The ground of `cargo xtask bench load`: people who are signed in, and what they will enter.
//!
//! `bench_load prepare DB UNIT FILE` gives every party member under a unit an account with a session, a
//! registered commitment of this year with one item, and every cell a secretary and a meeting of today; a line
//! of FILE is `member COOKIE ITEM` or `secretary COOKIE UNIT ACTIVITY`. `bench_load check DB FILE` counts how
//! often each text of FILE stands as progress: `acknowledged`, `lost`, `doubled`.

use domain::{Actor, Clock, Id, SystemClock};
use std::error::Error;
use std::io::Write;
use std::sync::Arc;
use store::{Db, Tx, Value, params};

/// A session of the benchmark lives for a day.
const LIFE: i64 = 86_400_000;

#[derive(Default)]
struct Rows {
    accounts: Vec<Vec<Value>>,
    grants: Vec<Vec<Value>>,
    sessions: Vec<Vec<Value>>,
    commitments: Vec<Vec<Value>>,
    items: Vec<Vec<Value>>,
    activities: Vec<Vec<Value>>,
    lines: Vec<String>,
}

impl Rows {
    /// An account that is signed in; its cookie.
    fn signed_in(&mut self, n: usize, role: &str, unit: &str, person: Option<&str>, now: i64) -> String {
        let account = Id::new();
        let token = format!("{n:064x}");
        let (session, _) = shell::testing::tokens(&token);
        let name = format!("bl.{n}");
        self.accounts.push(params![account, &name, &name, "", person, now, 0].to_vec());
        self.grants
            .push(params![Id::new(), account, role, unit, "2020-01-01", "9999-12-31", "operator"].to_vec());
        self.sessions.push(params![session, account, "", now, now, now + LIFE].to_vec());
        token
    }
}

async fn prepare(tx: &mut Tx, unit: &str, file: &str) -> Result<(), Box<dyn Error>> {
    let (now, today) = (SystemClock.now(), SystemClock.today());
    let sql = "SELECT DISTINCT m.person, m.unit, u.code FROM membership m
               JOIN unit_span s ON s.descendant = m.unit AND s.from_day <= $2 AND s.to_day >= $2
               JOIN unit top ON top.id = s.ancestor AND top.code = $1
               JOIN unit u ON u.id = m.unit
               WHERE m.withdrawn IS NULL AND m.category = 'party_member' AND m.from_day <= $2
                 AND COALESCE(m.to_day, '9999-12-31') >= $2 ORDER BY m.unit, m.person";
    let year = i64::from(today.format("%Y").to_string().parse::<i32>()?);
    let mut rows = Rows::default();
    let mut cell = String::new();
    for (n, row) in tx.query(sql, params![unit, today]).await?.iter().enumerate() {
        let (person, unit) = (row.words("person")?, row.words("unit")?);
        if unit != cell {
            let token = rows.signed_in(1_000_000 + n, "secretary", &unit, None, now);
            let id = Id::new();
            rows.activities.push(
                params![id, format!("BL-{n}"), &unit, "regular", "Sinh hoạt chi bộ", today, 0, 0, 0].to_vec(),
            );
            rows.lines.push(format!("secretary {token} {} {id}", row.words("code")?));
            cell.clone_from(&unit);
        }
        let token = rows.signed_in(n, "member", &unit, Some(&person), now);
        let (commitment, item) = (Id::new(), Id::new());
        rows.commitments.push(params![commitment, format!("BL{n}"), &unit, &person, year, today, 0].to_vec());
        rows.items.push(params![item, commitment, 1, "Đến họp đúng giờ, mỗi quý một ý kiến", 0].to_vec());
        rows.lines.push(format!("member {token} {item}"));
    }
    let account = ["id", "name", "search", "password_hash", "person", "created_at", "disabled"];
    tx.insert("account", &account, &rows.accounts).await?;
    let grant = ["id", "account", "role", "unit", "from_day", "to_day", "granted_by"];
    tx.insert("role_grant", &grant, &rows.grants).await?;
    tx.insert("session", &["id", "account", "device", "created", "seen", "expires"], &rows.sessions).await?;
    let commitment = ["id", "code", "unit", "person", "year", "registered_day", "writeup"];
    tx.insert("commitment", &commitment, &rows.commitments).await?;
    tx.insert("commitment_item", &["id", "commitment", "no", "what", "vague"], &rows.items).await?;
    let activity = ["id", "code", "unit", "kind", "title", "day", "theory_part", "practice_part", "minutes"];
    tx.insert("activity", &activity, &rows.activities).await?;
    let mut out = std::fs::File::create(file)?;
    for line in &rows.lines {
        writeln!(out, "{line}")?;
    }
    println!("people {}", rows.lines.len());
    Ok(())
}

async fn check(tx: &mut Tx, file: &str) -> Result<(), Box<dyn Error>> {
    let texts = std::fs::read_to_string(file)?;
    let (mut acknowledged, mut lost, mut doubled) = (0, 0, 0);
    for text in texts.lines().filter(|l| !l.is_empty()) {
        acknowledged += 1;
        let n =
            tx.one("SELECT COUNT(*) AS n FROM progress WHERE text = $1", params![text]).await?.int("n")?;
        lost += i64::from(n == 0);
        doubled += i64::from(n > 1);
    }
    println!("acknowledged {acknowledged}\nlost {lost}\ndoubled {doubled}");
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["prepare", db, unit, file] => {
            let db = Db::open(db, Arc::new(SystemClock)).await?;
            // The program may not have run on it since the last step of the schema.
            db.migrate(&records::REGISTRY.migrations()).await?;
            let mut tx = db.write(&Actor::Operator).await?;
            prepare(&mut tx, unit, file).await?;
            tx.commit().await?;
            db.close().await;
            Ok(())
        }
        ["check", db, file] => {
            let db = Db::open(db, Arc::new(SystemClock)).await?;
            let mut tx = db.read().await?;
            check(&mut tx, file).await?;
            drop(tx);
            db.close().await;
            Ok(())
        }
        _ => Err("bench_load prepare DB UNIT FILE | bench_load check DB FILE".into()),
    }
}
