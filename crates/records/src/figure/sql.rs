//! From a leaf of a plan to SQL. One `where` serves both questions: the value and the facts.
//!
//! The words that are put into the text come from the program's own measures and plans;
//! every value goes in as a parameter.

use figures::{Agg, At, Column, Cond, Context, Leaf, Literal, Op, Shape, Whose};
use domain::Period;
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

/// Which facts of a leaf: of whom, when, without which.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// The leaf.
    pub leaf: &'a Leaf,
    /// The unit that the figure speaks of; `None` for everybody.
    pub unit: Option<&'a str>,
    /// Whether only that unit's own facts count, not its subtree's.
    pub alone: bool,
    /// The days.
    pub period: Period,
    /// How they are rolled up.
    pub tree: TreeRule,
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
}

/// What comes before `FROM`, and after `WHERE`.
pub enum Ask {
    /// One number in the column `value`.
    Value,
    /// The number for each unit directly below (column `unit`), own facts under the unit itself.
    ByChild,
    /// The number for each value of a dimension (columns `key`, `value`).
    ByDim(&'static str),
    /// The facts themselves: columns `fact`, `unit`, `day`, `person`, `n`, `amount`, and the dimensions.
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
    let from = q.bind(scope.period.from());
    let to = q.bind(scope.period.to());
    let spells = leaf.measure.shape == Shape::Spells;
    // The day on which a fact is looked at, and the days it may have.
    let mut conditions: Vec<String> = Vec::new();
    match (spells, leaf.at) {
        (false, _) => conditions.push(format!("f.day >= {from} AND f.day <= {to}")),
        (true, At::During) => conditions.push(format!("f.from_day <= {to} AND f.to_day >= {from}")),
        (true, At::Start) => conditions.push(format!("f.from_day <= {from} AND f.to_day >= {from}")),
        (true, At::End) => conditions.push(format!("f.from_day <= {to} AND f.to_day >= {to}")),
    }
    if let Some(condition) = condition(&leaf.condition, scope.ctx, &mut q) {
        conditions.push(condition);
    }
    let mut joins = String::new();
    if let Some(unit) = scope.unit {
        if scope.alone || leaf.whose == Whose::Own {
            let unit = q.bind(unit);
            conditions.push(format!("f.unit = {unit}"));
        } else {
            let unit = q.bind(unit);
            let days = span_days("s", leaf, scope.tree, &from, &to);
            let depth = if leaf.whose == Whose::Below { " AND s.depth > 0" } else { "" };
            joins = format!(" JOIN unit_span s ON s.ancestor = {unit} AND s.descendant = f.unit AND {days}{depth}");
        }
    }
    for replaced in scope.replaced {
        conditions.push(not_replaced(replaced, leaf, &mut q));
    }
    let source = format!("({}) f{joins}", leaf.measure.sql);
    let filter = conditions.join(" AND ");
    // A spell may meet several spans of one unit (it left and came back): each fact once.
    let distinct = spells && leaf.at == At::During && !joins.is_empty();
    let base = if distinct {
        format!("(SELECT DISTINCT f.* FROM {source} WHERE {filter}) f")
    } else {
        format!("{source} WHERE {filter}")
    };
    q.sql = match ask {
        Ask::Value => format!("SELECT {} AS value, COUNT(*) AS facts FROM {base}", aggregate(leaf.agg)),
        Ask::ByDim(dim) => {
            format!("SELECT f.{dim} AS key, {} AS value, COUNT(*) AS facts FROM {base} GROUP BY f.{dim} ORDER BY 2 DESC, 1", aggregate(leaf.agg))
        }
        Ask::Who => format!("SELECT DISTINCT {} AS who FROM {base}", who(leaf.agg)),
        Ask::Facts { limit, offset } => {
            let dims: Vec<String> = leaf.measure.dims.iter().map(|d| format!("f.{}", d.name)).collect();
            let dims = if dims.is_empty() { String::new() } else { format!(", {}", dims.join(", ")) };
            let day = if spells { "f.from_day" } else { "f.day" };
            let until = if spells { "f.to_day" } else { "CAST(NULL AS TEXT)" };
            format!(
                "SELECT f.fact, f.unit, {day} AS day, {until} AS until, f.person, f.n, f.amount{dims} FROM {base}
                 ORDER BY 3, 1 LIMIT {limit} OFFSET {offset}"
            )
        }
        Ask::ByChild => {
            let parent = q.bind(scope.unit.unwrap_or_default());
            let edge = match (spells, scope.tree) {
                (_, TreeRule::PeriodEnd) => format!("e.from_day <= {to} AND e.to_day >= {to}"),
                (false, _) => "f.day BETWEEN e.from_day AND e.to_day".to_owned(),
                (true, _) => fact_day_spells("e", leaf.at, &from, &to),
            };
            let below = span_days("c", leaf, scope.tree, &from, &to);
            format!(
                "SELECT e.unit AS unit, {agg} AS value, COUNT(*) AS facts FROM {source}
                 JOIN unit_edge e ON e.parent = {parent} AND {edge}
                 JOIN unit_span c ON c.ancestor = e.unit AND c.descendant = f.unit AND {below}
                 WHERE {filter} GROUP BY e.unit
                 UNION ALL SELECT {parent} AS unit, {agg} AS value, COUNT(*) AS facts FROM {source}
                 WHERE {filter} AND f.unit = {parent}",
                agg = aggregate(leaf.agg)
            )
        }
    };
    q
}

/// The sum of one leaf over its facts; casts keep both databases at 64-bit integers.
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

fn fact_day_spells(alias: &str, at: At, from: &str, to: &str) -> String {
    match at {
        At::Start => format!("{alias}.from_day <= {from} AND {alias}.to_day >= {from}"),
        At::End => format!("{alias}.from_day <= {to} AND {alias}.to_day >= {to}"),
        At::During => format!(
            "{alias}.from_day <= f.to_day AND {alias}.to_day >= f.from_day AND {alias}.from_day <= {to} AND {alias}.to_day >= {from}"
        ),
    }
}

fn span_days(alias: &str, leaf: &Leaf, tree: TreeRule, from: &str, to: &str) -> String {
    if tree == TreeRule::PeriodEnd {
        return format!("{alias}.from_day <= {to} AND {alias}.to_day >= {to}");
    }
    match leaf.measure.shape {
        Shape::Events => format!("{alias}.from_day <= f.day AND {alias}.to_day >= f.day"),
        Shape::Spells => fact_day_spells(alias, leaf.at, from, to),
    }
}

/// The condition that leaves out what a statement replaces.
fn not_replaced(replaced: &Replaced, leaf: &Leaf, q: &mut Query) -> String {
    let unit = q.bind(&replaced.unit);
    let (from, to) = (q.bind(replaced.period.from()), q.bind(replaced.period.to()));
    let events = leaf.measure.shape == Shape::Events;
    let days = if events {
        format!("f.day >= {from} AND f.day <= {to}")
    } else {
        format!("f.from_day <= {to} AND f.to_day >= {from}")
    };
    let whose = if replaced.subtree {
        let on = if events {
            "r.from_day <= f.day AND r.to_day >= f.day".to_owned()
        } else {
            format!("r.from_day <= {to} AND r.to_day >= {to}")
        };
        format!("EXISTS (SELECT 1 FROM unit_span r WHERE r.ancestor = {unit} AND r.descendant = f.unit AND {on})")
    } else {
        format!("f.unit = {unit}")
    };
    format!("NOT ({days} AND {whose})")
}

fn condition(cond: &Cond, ctx: &Context, q: &mut Query) -> Option<String> {
    Some(match cond {
        Cond::Always => return None,
        Cond::All(parts) => joined(parts, " AND ", ctx, q)?,
        Cond::Any(parts) => {
            // "Always" inside an "or" makes the whole true.
            if parts.iter().any(|p| matches!(p, Cond::Always)) {
                return None;
            }
            joined(parts, " OR ", ctx, q)?
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
            let each: Vec<String> =
                literals.iter().map(|l| compare(*column, Op::Eq, l, ctx, q)).collect();
            format!("({})", each.join(" OR "))
        }
    })
}

fn joined(parts: &[Cond], by: &str, ctx: &Context, q: &mut Query) -> Option<String> {
    let parts: Vec<String> = parts.iter().filter_map(|p| condition(p, ctx, q)).collect();
    if parts.is_empty() { None } else { Some(format!("({})", parts.join(by))) }
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
            // A report without a programme has no `start`: nothing compares with it.
            None => "1 = 0".to_owned(),
        },
    }
}
