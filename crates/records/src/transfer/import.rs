//! A file on its way into the database.

use super::known::Known;
use super::plan::{self, Ground, Plan};
use super::problems::Problems;
use super::rights::Rights;
use super::rows::Table;
use super::write::{self, Source};
use super::{files, own, specs};
use crate::REGISTRY;
use crate::kind::{Draft, Kind};
use crate::{person, unit};
use domain::{Action, Actor, Day, Message};
use exchange::{Book, Limits, Mapping, Problem, Severity};
use std::collections::{HashMap, HashSet};
use store::{Db, Result, Tx};

/// Whether anything stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Everything is checked, nothing is kept.
    DryRun,
    /// Written, if nothing is wrong.
    Write,
}

/// What an office's own list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnKind {
    /// People.
    Person,
    /// Units.
    Unit,
}

/// How a file is taken.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether anything stays.
    pub mode: Mode,
    /// Headings of an own list that nobody foresaw.
    pub mapping: Mapping,
    /// The code of the unit that an own list is of, or under which its units stand.
    pub unit: Option<String>,
    /// The file is an own list of these; without it, it is found out.
    pub own: Option<OwnKind>,
    /// Since when people or units of an own list without such a column are there.
    pub since: Option<Day>,
}

impl Options {
    /// For the program's own workbooks.
    pub fn new(mode: Mode) -> Options {
        Options { mode, mapping: Mapping::default(), unit: None, own: None, since: None }
    }
}

/// Told how many rows of how many are done. Each row counts twice: read, and written.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Send + Sync);

/// What became of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetOutcome {
    /// The kind of record.
    pub kind: &'static str,
    /// The sheet's name in the workbook.
    pub title: String,
    /// How many rows it has.
    pub rows: usize,
    /// Rows that are new.
    pub inserted: usize,
    /// Rows with fields that differ.
    pub updated: usize,
    /// Rows that stand there already.
    pub unchanged: usize,
    /// Rows that were withdrawn, and stay so.
    pub withdrawn: usize,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The hash of its content.
    pub hash: String,
    /// Whether it was an office's own list.
    pub own: bool,
    /// Its sheets, in the order of the workbook.
    pub sheets: Vec<SheetOutcome>,
    /// What is wrong, or worth knowing.
    pub problems: Vec<Problem>,
    /// How many more problems there are.
    pub more: usize,
    /// How many of all problems are errors.
    pub errors: usize,
    /// Whether anything was written.
    pub written: bool,
}

impl Outcome {
    /// Whether the file can be taken as it is.
    pub fn is_sound(&self) -> bool {
        self.errors == 0
    }

    /// Rows added and changed.
    pub fn touched(&self) -> usize {
        self.sheets.iter().map(|s| s.inserted + s.updated).sum()
    }
}

/// A file that was read, before the database is asked.
struct ReadFile {
    book: Book,
    own: bool,
}

/// Takes a file: reads it, checks every row, and writes all of it or nothing.
///
/// A package that the level below handed over is opened, every part checked against its hash, and its workbook
/// taken. What is wrong with the file is in the outcome; an error is the database's.
pub async fn import(
    db: &Db,
    actor: &Actor,
    name: &str,
    bytes: &[u8],
    options: &Options,
    progress: Progress<'_>,
) -> Result<Outcome> {
    let hash = store::files::content_hash(bytes);
    let refused = |problem: Problem| Outcome {
        hash: hash.clone(),
        own: false,
        sheets: Vec::new(),
        problems: vec![problem],
        more: 0,
        errors: 1,
        written: false,
    };
    let opened = match exchange::package::workbook(bytes, &Limits::default()) {
        Ok(opened) => opened,
        Err(message) => return Ok(refused(Problem::file(message))),
    };
    let read = match read_apart(opened.as_deref().unwrap_or(bytes), options).await {
        Ok(read) => read,
        Err(problem) => return Ok(refused(problem)),
    };
    let mut tx = db.write(actor).await?;
    let today = db.clock().today();
    let mut taking = match Taking::begin(&mut tx, actor, today, read, options).await? {
        Ok(taking) => taking,
        Err(message) => return Ok(refused(Problem::file(message))),
    };
    let plans = taking.plan(&mut tx, progress).await?;
    taking.further_rules(&mut tx, &plans).await?;
    let touched: usize = plans.iter().map(|p| p.new.len() + p.changed.len()).sum();
    let mut written = false;
    if taking.problems.errors == 0 && touched > 0 {
        taking.write(&mut tx, &plans, &hash, progress).await?;
        if taking.problems.errors == 0 && options.mode == Mode::Write {
            files::keep(&mut tx, bytes, name, actor.log_name(), touched).await?;
            tx.commit().await?;
            written = true;
        }
    }
    Ok(taking.outcome(hash, &plans, written))
}

/// Reads the file on a thread of its own: a large one takes seconds of computing.
#[allow(clippy::result_large_err)] // as below
async fn read_apart(bytes: &[u8], options: &Options) -> std::result::Result<ReadFile, Problem> {
    let (bytes, options) = (bytes.to_vec(), options.clone());
    let read = tokio::task::spawn_blocking(move || read_file(&bytes, &options)).await;
    read.unwrap_or_else(|_| Err(Problem::file(Message::new("transfer-unreadable"))))
}

// A refused file is the end of a reading: how large its error is does not matter.
#[allow(clippy::result_large_err)]
fn read_file(bytes: &[u8], options: &Options) -> std::result::Result<ReadFile, Problem> {
    // Room for every problem of a large file: what reading leaves out might be an error.
    let limits = Limits { problems: 100_000, ..Limits::default() };
    // A mapping is written for a list of the office's own.
    if options.own.is_some() || options.mapping != Mapping::default() {
        return own::read(bytes, options, &limits).map(|book| ReadFile { book, own: true });
    }
    let book = exchange::read(bytes, specs::specs(), &limits)?;
    // A list of the office's own may have headings that some kind also has; only a sheet's title
    // (or a workbook of ours whose sheets were all renamed, with more than a list's columns) says
    // that the file is a workbook of this program.
    let ours = book.sheets.iter().any(|s| own::same_title(&s.title, s.spec.title));
    if !ours
        && let Ok(list) = own::read(bytes, options, &limits)
        && own::explains_more(&list, &book)
    {
        return Ok(ReadFile { book: list, own: true });
    }
    Ok(ReadFile { book, own: false })
}

/// A file while it is taken.
struct Taking {
    tables: Vec<Table>,
    own: bool,
    known: Known,
    rights: Rights,
    problems: Problems,
}

impl Taking {
    /// Loads what the rows refer to. The inner error is for what was asked of an own list in vain.
    async fn begin(
        tx: &mut Tx,
        actor: &Actor,
        today: Day,
        read: ReadFile,
        options: &Options,
    ) -> Result<std::result::Result<Taking, Message>> {
        let ReadFile { book, own: is_own } = read;
        let Book { sheets, problems, more_problems } = book;
        let mut problems = Problems::of(problems, more_problems);
        let kinds: Vec<&'static Kind> = sheets.iter().filter_map(|s| REGISTRY.kind(s.spec.name)).collect();
        let mut known = Known::load(tx, &kinds).await?;
        let rights = Rights::load(tx, actor, today).await?;
        known.named_units = rights.units(Action::ReadNames);
        let mut home = None;
        if let Some(code) = &options.unit {
            let Some(unit) = known.names("unit").and_then(|n| n.by_code(code)) else {
                return Ok(Err(Message::new("figure-unknown-unit").with("code", code)));
            };
            home = Some(unit.id.clone());
            known.prefer = subtree(tx, &unit.id, today).await?;
        } else if let Some(units) = rights.units(Action::WriteRecords) {
            known.prefer = units;
        }
        let tables = if is_own {
            own::tables(sheets, &known, home.as_deref(), options, &mut problems)
        } else {
            sheets.into_iter().filter_map(Table::of).collect()
        };
        Ok(Ok(Taking { tables, own: is_own, known, rights, problems }))
    }

    /// Understands and checks every row, parents before children.
    async fn plan(&mut self, tx: &mut Tx, progress: Progress<'_>) -> Result<Vec<Plan>> {
        let total = 2 * self.rows();
        let mut done = 0;
        let mut plans = Vec::new();
        for kind in REGISTRY.kinds() {
            if !self.tables.iter().any(|t| std::ptr::eq(t.kind, kind)) {
                continue;
            }
            let mut ground =
                Ground { known: &mut self.known, rights: &self.rights, problems: &mut self.problems };
            let mut tick = || {
                done += 1;
                if done % 256 == 0 {
                    progress(done, total);
                }
            };
            plans.push(plan::plan(tx, kind, &self.tables, &mut ground, &mut tick).await?);
        }
        progress(total / 2, total);
        Ok(plans)
    }

    fn rows(&self) -> usize {
        self.tables.iter().map(|t| t.lines.len()).sum()
    }

    /// Rules that rows keep together: told with their places, before the database would refuse.
    async fn further_rules(&mut self, tx: &mut Tx, plans: &[Plan]) -> Result<()> {
        for plan in plans {
            match plan.kind.name {
                "unit" => self.no_loops(plan),
                "document" => self.no_symbol_twice(tx, plan).await?,
                _ => {}
            }
        }
        Ok(())
    }

    /// The problem of a cell of a planned row.
    fn at_cell(&mut self, (table, row): (usize, u32), field: &str, found: &str, message: Message) {
        let table = &self.tables[table];
        let place = super::problems::Place { sheet: &table.title, row };
        if let Some(field) = table.kind.field(field) {
            self.problems.add(place.cell(field, table.letters(field.name), found, message));
        }
    }

    /// No unit stands above itself when founded.
    fn no_loops(&mut self, plan: &Plan) {
        let rows = plan
            .new
            .iter()
            .map(|n| (&n.id, n.at, &n.draft))
            .chain(plan.changed.iter().map(|c| (&c.id, c.at, &c.after)));
        let mut looped = Vec::new();
        for (id, at, draft) in rows {
            let mut above = draft.text("parent");
            for _ in 0..=64 {
                let Some(parent) = above else { break };
                if parent == id {
                    let code = draft.text("code").unwrap_or_default().to_owned();
                    let found = draft.text("parent").map(|p| self.known.unit_label(p)).unwrap_or_default();
                    looped.push((at, code, found));
                    break;
                }
                above = self.known.names("unit").and_then(|n| n.by_id(parent)?.owner.as_deref());
            }
        }
        for (at, code, found) in looped {
            self.at_cell(at, "parent", &found, Message::new("unit-own-ancestor").with("unit", code));
        }
    }

    /// What a unit issued in a term bears each number and symbol once; the schema insists on it.
    async fn no_symbol_twice(&mut self, tx: &mut Tx, plan: &Plan) -> Result<()> {
        let key = |draft: &Draft| {
            let issued = draft.text("direction") == Some("issued");
            let parts = ["unit", "term", "type", "symbol"].map(|f| draft.text(f).map(str::to_owned));
            let whole: Option<Vec<String>> = parts.into_iter().collect();
            whole.filter(|_| issued)
        };
        let sql = "SELECT id, code, unit, term, type, symbol FROM document
                   WHERE direction = 'issued' AND term IS NOT NULL AND withdrawn IS NULL";
        let changing: HashSet<&str> = plan.changed.iter().map(|c| c.id.as_str()).collect();
        let mut seen = HashMap::new();
        for row in tx.query(sql, &[]).await? {
            if !changing.contains(row.text("id")?) {
                let parts = ["unit", "term", "type", "symbol"].map(|c| row.words(c));
                seen.insert(parts.into_iter().collect::<Result<Vec<String>>>()?, row.words("code")?);
            }
        }
        let rows =
            plan.new.iter().map(|n| (n.at, &n.draft)).chain(plan.changed.iter().map(|c| (c.at, &c.after)));
        for (at, draft) in rows {
            let Some(key) = key(draft) else { continue };
            let code = draft.text("code").unwrap_or_default().to_owned();
            if let Some(other) = seen.insert(key, code) {
                let found = draft.text("symbol").unwrap_or_default();
                let message = Message::new("transfer-symbol-twice").with("other", other);
                self.at_cell(at, "symbol", found, message);
            }
        }
        Ok(())
    }

    /// Writes every plan, then what follows from it.
    async fn write(&mut self, tx: &mut Tx, plans: &[Plan], hash: &str, progress: Progress<'_>) -> Result<()> {
        let total = 2 * self.rows();
        let mut done = total / 2;
        let mut tick = |n: usize| {
            done += n;
            progress(done.min(total), total);
        };
        let source = Source { hash, tables: &self.tables };
        for plan in plans {
            write::write(tx, plan, &source, &mut tick).await?;
        }
        let touched = |names: &[&str]| plans.iter().any(|p| names.contains(&p.kind.name) && p.touches());
        if touched(&["unit", "unit_event"])
            && let Err(messages) = unit::rebuild(tx).await?
        {
            for message in messages {
                self.blame(message);
            }
            return Ok(());
        }
        if touched(&["person", "membership"]) {
            person::imply_memberships(tx).await?;
        }
        progress(total, total);
        Ok(())
    }

    /// What is wrong with the tree, at the row that says so when the file has it.
    fn blame(&mut self, message: Message) {
        let code = message.args.iter().find_map(|(name, value)| match value {
            domain::Arg::Text(code) if *name == "unit" => Some(code.clone()),
            _ => None,
        });
        let at = |kind: &str, field: &str| {
            let tables = self.tables.iter().filter(|t| t.kind.name == kind);
            let code = code.as_deref()?;
            let mut rows = tables.flat_map(|t| t.lines.iter().map(move |l| (t, l)));
            let means = |words: &str| {
                words == code || super::names::bracketed(words).is_some_and(|(_, inner)| inner == code)
            };
            rows.find(|(t, l)| t.words(l, field).is_some_and(means)).map(|(t, l)| (t.title.clone(), l.number))
        };
        let found = if message.key.starts_with("unit-event") || message.key == "unit-left-behind" {
            at("unit_event", "unit").or_else(|| at("unit", "code"))
        } else {
            let event = || at("unit_event", "unit").or_else(|| at("unit_event", "other"));
            at("unit", "code").or_else(event)
        };
        let mut problem = Problem::file(message);
        if let Some((sheet, row)) = found {
            problem.sheet = sheet;
            problem.row = Some(row);
        }
        self.problems.add(Problem { severity: Severity::Error, ..problem });
    }

    fn outcome(self, hash: String, plans: &[Plan], written: bool) -> Outcome {
        let sheets = self.tables.iter().enumerate().map(|(number, table)| {
            let tally = plans.iter().find_map(|p| p.tallies.get(&number)).copied().unwrap_or_default();
            SheetOutcome {
                kind: table.kind.name,
                title: table.title.clone(),
                rows: table.lines.len(),
                inserted: tally.inserted,
                updated: tally.updated,
                unchanged: tally.unchanged,
                withdrawn: tally.withdrawn,
            }
        });
        Outcome {
            hash,
            own: self.own,
            sheets: sheets.collect(),
            problems: self.problems.list,
            more: self.problems.more,
            errors: self.problems.errors,
            written,
        }
    }
}

/// A unit and everything below it: each looked at today, or on the nearest day on which it stood,
/// so that what was dissolved keeps belonging to somebody. As permissions see it.
pub(super) async fn subtree(tx: &mut Tx, unit: &str, today: Day) -> Result<HashSet<String>> {
    let sql = "SELECT DISTINCT s.descendant AS id FROM unit_span s
         JOIN (SELECT descendant, MIN(from_day) AS first, MAX(to_day) AS last
               FROM unit_span GROUP BY descendant) e ON e.descendant = s.descendant
         WHERE s.ancestor = $1
           AND s.from_day <= CASE WHEN e.last < $2 THEN e.last WHEN e.first > $2 THEN e.first ELSE $2 END
           AND s.to_day >= CASE WHEN e.last < $2 THEN e.last WHEN e.first > $2 THEN e.first ELSE $2 END";
    let rows = tx.query(sql, store::params![unit, today]).await?;
    let mut units: HashSet<String> = rows.iter().map(|r| r.words("id")).collect::<Result<_>>()?;
    units.insert(unit.to_owned());
    Ok(units)
}
