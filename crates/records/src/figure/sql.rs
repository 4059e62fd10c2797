//! From a leaf of a plan to SQL. One `where` serves both questions: the value and the facts.
//!
//! The words that are put into the text come from the program's own measures and plans;
//! every value goes in as a parameter.
//!
//! - An event rolls up on its day. A spell `at start` or `at end` rolls up on that day; one
//!   that is looked at *during* the days counts for a unit if on one of them it both lasted
//!   and stood under it, and in a split by units it goes to the last one it stood under.
//! - `own` and `below` part the facts of a subtree in two.
//! - `every year` keeps the facts of those who have one in each calendar year.
//! - What a statement replaces are the facts that counting for the unit which stated would
//!   give, by the tree of each fact's day: it spoke of what it had then.

use super::known::Cell;
use domain::{Day, Period};
use figures::{Agg, At, Column, Cond, Context, Leaf, Literal, Op, Shape, Whose};
use std::collections::{BTreeMap, BTreeSet};
use store::Value;

/// How facts are rolled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TreeRule {
    /// By the tree as it stood on the fact's day.
    #[default]
    FactDay,
    /// By the units as they stand on the last day of the period.
    PeriodEnd,
}

/// The tree by which one query rolls up.
#[derive(Debug, Clone, Copy)]
pub enum Tree<'a> {
    /// As it stood on the fact's day.
    FactDay,
    /// As it stands on one day; units that have ended by then are stood for by their heirs
    /// (unit, heir).
    On(Day, &'a [(String, String)]),
}

/// Facts that a statement replaces: those of a unit, or of its subtree, in some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The unit that stated.
    pub unit: String,
    /// Whether it spoke for its whole subtree.
    pub subtree: bool,
    /// For which days.
    pub period: Period,
}

impl Replaced {
    /// What is replaced in some of the days; nothing when they share none.
    pub fn in_days(&self, days: &Period) -> Option<Replaced> {
        let (from, to) = (self.period.from().max(days.from()), self.period.to().min(days.to()));
        Some(Replaced { period: Period::new(from, to).ok()?, ..self.clone() })
    }
}

/// Of whom.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// Everybody's.
    All,
    /// Those of a unit and everything below it, or what the leaf takes of that
    /// ([`figures::Whose`]).
    Subtree(&'a str),
    /// A unit's own.
    Alone(&'a str),
    /// The same for several units at once, each its subtree's: only for [`Ask::Each`].
    Subtrees(&'a [String]),
    /// The same for several units at once, each its own: only for [`Ask::Each`].
    Each(&'a [String]),
}

/// Which facts of a leaf: of whom, when, without which.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// The leaf.
    pub leaf: &'a Leaf,
    /// The unit that the figure speaks of.
    pub of: Of<'a>,
    /// The days.
    pub period: Period,
    /// How they are rolled up.
    pub tree: Tree<'a>,
    /// What is left out because somebody stated it.
    pub replaced: &'a [Replaced],
    /// What the report knows (symbolic days in conditions).
    pub ctx: &'a Context,
}

/// A query that is being written.
#[derive(Debug, Default)]
pub struct Query {
    /// The text.
    pub sql: String,
    /// The values of `$1`, `$2`….
    pub params: Vec<Value>,
}

impl Query {
    /// Adds a parameter and returns its name.
    pub fn bind(&mut self, value: impl Into<Value>) -> String {
        let value = value.into();
        let at = self.params.iter().position(|p| *p == value).unwrap_or_else(|| {
            self.params.push(value);
            self.params.len() - 1
        });
        format!("${}", at + 1)
    }

    fn list(&mut self, values: &[String]) -> String {
        let names: Vec<String> = values.iter().map(|v| self.bind(v)).collect();
        names.join(", ")
    }
}

/// What is asked about the facts.
pub enum Ask {
    /// One number in the column `value`; `facts` and `named` (facts with a person) beside it.
    Value,
    /// The number for each unit directly below (columns `unit`, `value`, `facts`), own facts
    /// under the unit itself; only for [`Of::Subtree`].
    ByChild,
    /// The number for each of several units (columns `unit`, `value`, `facts`).
    Each,
    /// The number for each value of a dimension (columns `key`, `value`).
    ByDim(&'static str),
    /// The facts themselves: columns `fact`, `unit`, `day`, `until`, `person`, `n`, `amount`,
    /// and the dimensions.
    Facts {
        /// At most so many.
        limit: i64,
        /// After so many.
        offset: i64,
    },
    /// One row per distinct person or unit (column `who`), for `without`.
    Who,
}

/// Writes the query that answers `ask` about the facts of `scope`.
pub fn write(scope: &Scope<'_>, ask: &Ask) -> Query {
    let mut q = Query::default();
    let leaf = scope.leaf;
    let spells = leaf.measure.shape == Shape::Spells;
    let base = base(scope, scope.period, &mut q);
    let value = aggregate(leaf.agg);
    q.sql = match ask {
        Ask::Value => {
            format!("SELECT {value} AS value, COUNT(*) AS facts, COUNT(f.person) AS named FROM {base}")
        }
        Ask::Each => {
            let unit = if matches!(scope.of, Of::Each(_)) { "f.unit" } else { "s.ancestor" };
            format!("SELECT {unit} AS unit, {value} AS value, COUNT(*) AS facts FROM {base} GROUP BY {unit}")
        }
        Ask::ByDim(dim) => {
            format!("SELECT f.{dim} AS key, {value} AS value, COUNT(*) AS facts FROM {base} GROUP BY f.{dim}")
        }
        Ask::Who => format!("SELECT DISTINCT {} AS who FROM {base}", who(leaf.agg)),
        Ask::Facts { limit, offset } => {
            let dims: Vec<String> = leaf.measure.dims.iter().map(|d| format!("f.{}", d.name)).collect();
            let dims = if dims.is_empty() { String::new() } else { format!(", {}", dims.join(", ")) };
            let day = if spells { "f.from_day" } else { "f.day" };
            let until = if spells { "f.to_day" } else { "CAST(NULL AS TEXT)" };
            format!(
                "SELECT f.fact, f.unit, {day} AS day, {until} AS until, f.person, f.n, f.amount{dims} FROM {base}
                 ORDER BY 3, 1, 2, 4 LIMIT {limit} OFFSET {offset}"
            )
        }
        Ask::ByChild => {
            let parent = match scope.of {
                Of::Subtree(unit) | Of::Alone(unit) => q.bind(unit),
                _ => q.bind(""),
            };
            let (from, to) = (q.bind(scope.period.from()), q.bind(scope.period.to()));
            let edge = standing("e", leaf, scope.tree, &from, &to, &mut q);
            let below = standing("c", leaf, scope.tree, &from, &to, &mut q);
            let home = home(scope.tree);
            // From the fact's unit up: few rows, whatever the number of units below. The order
            // of the join is kept by SQLite for CROSS JOIN.
            let child = format!(
                "CASE WHEN {home} = {parent} THEN {parent} ELSE (
                   SELECT e.unit FROM unit_span c CROSS JOIN unit_edge e
                   WHERE c.descendant = {home} AND e.unit = c.ancestor AND e.parent = {parent}
                     AND {below} AND {edge} AND c.from_day <= e.to_day AND c.to_day >= e.from_day
                   ORDER BY e.from_day DESC, c.from_day DESC LIMIT 1) END"
            );
            format!(
                "SELECT f.child AS unit, {value} AS value, COUNT(*) AS facts
                 FROM (SELECT f.*, {child} AS child FROM {base}) f GROUP BY f.child"
            )
        }
    };
    q
}

/// How many persons (or units) a population has (column `everybody`), and how many of them are
/// among those reached, anywhere (columns `met0`, `met1`…).
pub fn met(population: &Scope<'_>, reached: &[Scope<'_>]) -> Query {
    let mut q = Query::default();
    let who = who(population.leaf.agg);
    let all = base(population, population.period, &mut q);
    // A table in between keeps both databases from comparing everybody with everybody.
    let mut sql = format!(
        "WITH p AS MATERIALIZED (SELECT DISTINCT {who} AS who FROM {all})
         SELECT (SELECT COUNT(who) FROM p) AS everybody"
    );
    for (at, reached) in reached.iter().enumerate() {
        let there = base(reached, reached.period, &mut q);
        sql.push_str(&format!(
            ",
           (SELECT COUNT(DISTINCT {who}) FROM {there} AND {who} IN (SELECT who FROM p)) AS met{at}"
        ));
    }
    q.sql = sql;
    q
}

/// Several numbers from one pass over the facts of a measure, by the tree of each fact's day.
#[derive(Debug)]
pub struct Pass {
    /// Rows of two sorts. With `part` 0: facts (`n`, `facts`, `named`, `amount`, `largest`,
    /// `least`) for each `mask`, the sum of the bits of the cells they belong to. With `part`
    /// 1 or 2: how many distinct persons or units (`n`) belong to the cells of one bit.
    pub query: Query,
    /// The bit of each cell; cells that ask for the same facts share one.
    pub bits: Vec<i64>,
}

/// The part of a [`Pass`] that tells a distinct number.
pub fn distinct_part(agg: Agg) -> Option<i64> {
    match agg {
        Agg::People => Some(1),
        Agg::Units => Some(2),
        _ => None,
    }
}

/// How many cells a pass takes: the bits of a 64-bit integer, its sign left out.
pub const MOST_CELLS: usize = 60;

/// Writes the pass over a unit's facts for cells of one measure: events of any days, or spells
/// that are looked at in one way on the same days (and during them, of the same units).
pub fn together(unit: &str, cells: &[&Cell]) -> Pass {
    let mut q = Query::default();
    let Some(first) = cells.first() else { return Pass { query: q, bits: Vec::new() } };
    let spells = first.leaf.measure.shape == Shape::Spells;
    let during = spells && first.leaf.at == At::During;
    let whole = Leaf {
        agg: Agg::Rows,
        condition: Cond::Always,
        whose: if during { first.leaf.whose } else { Whose::All },
        per_year: false,
        every_year: false,
        ..first.leaf.clone()
    };
    let from = cells.iter().map(|c| c.period.from()).min().unwrap_or(first.period.from());
    let to = cells.iter().map(|c| c.period.to()).max().unwrap_or(first.period.to());
    let all = if spells { first.period } else { Period::new(from, to).unwrap_or(first.period) };
    let scope = Scope {
        leaf: &whole,
        of: Of::Subtree(unit),
        period: all,
        tree: Tree::FactDay,
        replaced: &[],
        ctx: &first.ctx,
    };
    let base = base(&scope, all, &mut q);

    let (mut columns, mut tests, mut bits) = (BTreeSet::new(), Vec::new(), Vec::new());
    for cell in cells {
        columns_of(&cell.leaf.condition, &mut columns);
        let mut test = Vec::new();
        if !spells && cell.period != all {
            let (from, to) = (q.bind(cell.period.from()), q.bind(cell.period.to()));
            test.push(format!("f.day >= {from} AND f.day <= {to}"));
        }
        match cell.leaf.whose {
            Whose::Own if !during => test.push("f.levels_down = 0".to_owned()),
            Whose::Below if !during => test.push("f.levels_down > 0".to_owned()),
            _ => {}
        }
        test.extend(condition(&cell.leaf.condition, &cell.ctx, &mut q));
        let test = if test.is_empty() { "1 = 1".to_owned() } else { test.join(" AND ") };
        let at = tests.iter().position(|t| *t == test).unwrap_or_else(|| {
            tests.push(test);
            tests.len() - 1
        });
        bits.push(1_i64 << at);
    }
    let day = if spells { "f.from_day, f.to_day" } else { "f.day" };
    let depth = if during { "0" } else { "s.depth" };
    let columns: String = columns.into_iter().map(|c| format!(", f.{c}")).collect();
    let mask: Vec<String> = tests
        .iter()
        .enumerate()
        .map(|(at, test)| format!("CASE WHEN {test} THEN {} ELSE 0 END", 1_i64 << at))
        .collect();
    let mut sql = format!(
        "WITH g AS MATERIALIZED (SELECT f.unit, f.person, f.n, f.amount, {day}, {depth} AS levels_down{columns} FROM {base})
         SELECT CAST(0 AS BIGINT) AS part, CAST({} AS BIGINT) AS mask, CAST(SUM(f.n) AS BIGINT) AS n,
           COUNT(*) AS facts, COUNT(f.person) AS named, CAST(SUM(f.amount) AS BIGINT) AS amount,
           CAST(MAX(f.amount) AS BIGINT) AS largest, CAST(MIN(f.amount) AS BIGINT) AS least
         FROM g f GROUP BY 2",
        mask.join(" + ")
    );
    let mut told = BTreeSet::new();
    for (cell, bit) in cells.iter().zip(&bits) {
        let Some(part) = distinct_part(cell.leaf.agg) else { continue };
        if told.insert((part, *bit)) {
            let (who, test) = (who(cell.leaf.agg), &tests[bit.trailing_zeros() as usize]);
            sql.push_str(&format!(
                "
         UNION ALL SELECT CAST({part} AS BIGINT), CAST({bit} AS BIGINT), COUNT(DISTINCT {who}), 0, 0,
           CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM g f WHERE {test}"
            ));
        }
    }
    q.sql = sql;
    Pass { query: q, bits }
}

/// The dimensions that a condition asks about.
fn columns_of(cond: &Cond, columns: &mut BTreeSet<&'static str>) {
    match cond {
        Cond::Always => {}
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|p| columns_of(p, columns)),
        Cond::Not(part) => columns_of(part, columns),
        Cond::Compare(column, ..) | Cond::In(column, _) | Cond::Known(column, _) => {
            if let Column::Dim(dim) = column {
                columns.insert(dim.name);
            }
        }
    }
}

/// `FROM` and `WHERE` of the facts in some days.
fn base(scope: &Scope<'_>, period: Period, q: &mut Query) -> String {
    let leaf = scope.leaf;
    let (from, to) = (q.bind(period.from()), q.bind(period.to()));
    let mut conditions = vec![present(leaf, &from, &to)];
    conditions.extend(condition(&leaf.condition, scope.ctx, q));
    let mut joins = String::new();
    let home = home(scope.tree);
    let depth = match leaf.whose {
        Whose::All => "",
        Whose::Own => " AND s.depth = 0",
        Whose::Below => " AND s.depth > 0",
    };
    // Several spans of one unit may meet a spell during the days (it left and came back), so
    // a join would count it twice; on a single day there is one at most.
    let twice =
        leaf.measure.shape == Shape::Spells && leaf.at == At::During && matches!(scope.tree, Tree::FactDay);
    match scope.of {
        Of::All => {}
        Of::Alone(unit) => {
            let unit = q.bind(unit);
            conditions.push(format!("f.unit = {unit}"));
        }
        Of::Each(units) => {
            let units = q.list(units);
            conditions.push(format!("f.unit IN ({units})"));
        }
        Of::Subtree(unit) => {
            let unit = q.bind(unit);
            let days = standing("s", leaf, scope.tree, &from, &to, q);
            let above = format!("s.ancestor = {unit} AND s.descendant = {home} AND {days}{depth}");
            if twice {
                conditions.push(format!("EXISTS (SELECT 1 FROM unit_span s WHERE {above})"));
            } else {
                joins = format!(" JOIN unit_span s ON {above}");
            }
        }
        Of::Subtrees(units) => {
            let units = q.list(units);
            let days = standing("s", leaf, scope.tree, &from, &to, q);
            joins = format!(
                " JOIN unit_span s ON s.ancestor IN ({units}) AND s.descendant = {home} AND {days}{depth}"
            );
            if twice {
                // Of the spans that meet it, the first stands for all.
                let days = standing("y", leaf, scope.tree, &from, &to, q);
                joins.push_str(&format!(
                    " AND NOT EXISTS (SELECT 1 FROM unit_span y WHERE y.ancestor = s.ancestor
                        AND y.descendant = s.descendant AND {days} AND y.from_day < s.from_day)"
                ));
            }
        }
    }
    if matches!(scope.of, Of::Subtree(_) | Of::Subtrees(_)) {
        joins = format!("{}{joins}", heirs(scope.tree, q));
    }
    for (whose, days) in grouped(scope.replaced) {
        conditions.push(not_replaced(whose, days, leaf, q));
    }
    if leaf.every_year {
        let who = who(leaf.agg);
        let one = Leaf { every_year: false, ..leaf.clone() };
        for year in period.by_year() {
            let replaced: Vec<Replaced> = scope.replaced.iter().filter_map(|r| r.in_days(&year)).collect();
            let of_year = base(&Scope { leaf: &one, replaced: &replaced, ..scope.clone() }, year, q);
            conditions.push(format!("{who} IN (SELECT {who} FROM {of_year})"));
        }
    }
    format!("({}) f{joins} WHERE {}", leaf.measure.sql, conditions.join(" AND "))
}

/// The aggregate of one leaf over its facts; casts keep both databases at 64-bit integers.
fn aggregate(agg: Agg) -> &'static str {
    match agg {
        Agg::Count => "CAST(COALESCE(SUM(f.n), 0) AS BIGINT)",
        Agg::Rows => "COUNT(*)",
        Agg::People => "COUNT(DISTINCT f.person)",
        Agg::Units => "COUNT(DISTINCT f.unit)",
        Agg::Sum => "CAST(COALESCE(SUM(f.amount), 0) AS BIGINT)",
        Agg::Max => "CAST(MAX(f.amount) AS BIGINT)",
        Agg::Min => "CAST(MIN(f.amount) AS BIGINT)",
    }
}

/// What is distinct about `people` and `units`.
pub fn who(agg: Agg) -> &'static str {
    if agg == Agg::People { "f.person" } else { "f.unit" }
}

/// Whether a fact is of the days.
fn present(leaf: &Leaf, from: &str, to: &str) -> String {
    match (leaf.measure.shape, leaf.at) {
        (Shape::Events, _) => format!("f.day >= {from} AND f.day <= {to}"),
        (Shape::Spells, At::During) => format!("f.from_day <= {to} AND f.to_day >= {from}"),
        (Shape::Spells, At::Start) => format!("f.from_day <= {from} AND f.to_day >= {from}"),
        (Shape::Spells, At::End) => format!("f.from_day <= {to} AND f.to_day >= {to}"),
    }
}

/// Whether a span or an edge (`alias`) is of the day on which a fact rolls up. For a spell
/// during the days: fact, days and span have a day in common (each two of three runs of days
/// meet, so all three do; [`present`] sees to the third pair).
fn standing(alias: &str, leaf: &Leaf, tree: Tree<'_>, from: &str, to: &str, q: &mut Query) -> String {
    let on = |day: &str| format!("{alias}.from_day <= {day} AND {alias}.to_day >= {day}");
    if let Tree::On(day, _) = tree {
        return on(&q.bind(day));
    }
    match (leaf.measure.shape, leaf.at) {
        (Shape::Events, _) => on("f.day"),
        (Shape::Spells, At::Start) => on(from),
        (Shape::Spells, At::End) => on(to),
        (Shape::Spells, At::During) => format!(
            "{alias}.from_day <= f.to_day AND {alias}.to_day >= f.from_day AND {alias}.from_day <= {to} AND {alias}.to_day >= {from}"
        ),
    }
}

/// The unit that a fact's unit is by the tree.
fn home(tree: Tree<'_>) -> &'static str {
    match tree {
        Tree::On(_, heirs) if !heirs.is_empty() => "COALESCE(h.heir, f.unit)",
        _ => "f.unit",
    }
}

fn heirs(tree: Tree<'_>, q: &mut Query) -> String {
    let Tree::On(_, heirs) = tree else { return String::new() };
    if heirs.is_empty() {
        return String::new();
    }
    let pairs: Vec<String> =
        heirs.iter().map(|(unit, heir)| format!("({}, {})", q.bind(unit), q.bind(heir))).collect();
    format!(
        " LEFT JOIN (WITH pair(unit, heir) AS (VALUES {}) SELECT unit, heir FROM pair) h ON h.unit = f.unit",
        pairs.join(", ")
    )
}

/// What is replaced, put together by days: many units state the same year.
fn grouped(replaced: &[Replaced]) -> Vec<((bool, Vec<String>), Period)> {
    let mut groups: BTreeMap<(Day, Day, bool), Vec<String>> = BTreeMap::new();
    for r in replaced {
        groups.entry((r.period.from(), r.period.to(), r.subtree)).or_default().push(r.unit.clone());
    }
    let period = |(from, to, subtree): (Day, Day, bool), units| {
        Period::new(from, to).ok().map(|period| ((subtree, units), period))
    };
    groups.into_iter().filter_map(|(key, units)| period(key, units)).collect()
}

/// The condition that leaves out what statements replace.
fn not_replaced((subtree, units): (bool, Vec<String>), days: Period, leaf: &Leaf, q: &mut Query) -> String {
    let units = q.list(&units);
    let (from, to) = (q.bind(days.from()), q.bind(days.to()));
    let present = present(leaf, &from, &to);
    let whose = if subtree {
        let on = standing("r", leaf, Tree::FactDay, &from, &to, q);
        format!(
            "EXISTS (SELECT 1 FROM unit_span r WHERE r.ancestor IN ({units}) AND r.descendant = f.unit AND {on})"
        )
    } else {
        format!("f.unit IN ({units})")
    };
    format!("NOT ({present} AND {whose})")
}

fn condition(cond: &Cond, ctx: &Context, q: &mut Query) -> Option<String> {
    Some(match cond {
        Cond::Always => return None,
        Cond::All(parts) => {
            let parts: Vec<String> = parts.iter().filter_map(|p| condition(p, ctx, q)).collect();
            if parts.is_empty() {
                return None;
            }
            format!("({})", parts.join(" AND "))
        }
        Cond::Any(parts) => {
            // What is always true makes an "or" true.
            let parts = parts.iter().map(|p| condition(p, ctx, q)).collect::<Option<Vec<_>>>()?;
            format!("({})", parts.join(" OR "))
        }
        Cond::Not(part) => match condition(part, ctx, q) {
            Some(inner) => format!("NOT ({inner})"),
            None => "1 = 0".to_owned(),
        },
        Cond::Known(column, known) => {
            format!("f.{} IS {}NULL", column.name(), if *known { "NOT " } else { "" })
        }
        Cond::Compare(column, op, literal) => compare(*column, *op, literal, ctx, q),
        Cond::In(column, literals) => {
            let each: Vec<String> = literals.iter().map(|l| compare(*column, Op::Eq, l, ctx, q)).collect();
            format!("({})", each.join(" OR "))
        }
    })
}

fn compare(column: Column, op: Op, literal: &Literal, ctx: &Context, q: &mut Query) -> String {
    let op = match op {
        Op::Eq => "=",
        Op::Ne => "<>",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
    };
    let unit_dim = matches!(column, Column::Dim(d) if d.ty == figures::DimType::Unit);
    let name = format!("f.{}", column.name());
    match literal {
        Literal::Text(code) if unit_dim => {
            let code = q.bind(code);
            format!("{name} {op} (SELECT id FROM unit WHERE code = {code})")
        }
        Literal::Text(text) => format!("{name} {op} {}", q.bind(text)),
        Literal::Int(n) => format!("{name} {op} {}", q.bind(*n)),
        Literal::Flag(flag) => format!("{name} {op} {}", q.bind(*flag)),
        Literal::Day(day) => match day.day(ctx) {
            Some(day) => format!("{name} {op} {}", q.bind(day)),
            // A report without a programme has no `start`: nothing compares with it, and no
            // `not` makes that true.
            None => "(1 = NULL)".to_owned(),
        },
    }
}
