//! `nenep explain ID --unit … --period …`: the tree from the number down to its sources.

use super::figure::{hundredths, report_day};
use crate::fail::Fail;
use crate::program::Program;
use domain::{Action, Lang, Message, Period, day_short, number};
use figures::{Context, Format, LeafValue, Role, Value};
use records::account;
use records::figure::explain::{Depth, Step, What};
use records::figure::{Runner, TreeRule};
use std::collections::HashSet;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Mã chỉ tiêu
    pub id: String,
    /// Mã đơn vị
    #[arg(long)]
    pub unit: String,
    /// Thời kỳ
    #[arg(long)]
    pub period: String,
    /// Ngày báo cáo (mặc định là hôm nay)
    #[arg(long)]
    pub date: Option<String>,
    /// Số dòng sổ sách in ra cho mỗi phần
    #[arg(long, default_value_t = 20)]
    pub rows: u32,
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let date = report_day(program, args.date.as_deref())?;
    let book = program.book(date)?;
    let period: Period = args.period.parse()?;
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut tx = db.read().await?;
    let unit = program.unit(&mut tx, &actor, Action::ReadFigures, &args.unit, period.to()).await?;
    let unknown = || Fail::Say(Message::new("figure-unknown-indicator").with("id", &args.id));
    let indicator = book.catalogue.get(&args.id, date).ok_or_else(unknown)?.clone();
    let named = account::units_with(&mut tx, &actor, Action::ReadNames, program.clock.today()).await?;
    let named: HashSet<String> = named.into_iter().collect();
    let start = records::programme::start(&mut tx, date).await?;
    let ctx = Context { period, start, report_day: date };
    let mut runner = Runner::new(&mut tx, &book, unit, ctx, TreeRule::FactDay).await?;
    let depth = Depth { facts: i64::from(args.rows), ..Depth::default() };
    let step = runner.explain(&indicator, depth, &|unit| named.contains(unit)).await?;
    print(program, &step, 0);
    Ok(ExitCode::SUCCESS)
}

fn value(program: &Program, value: &Value, format: Format) -> String {
    match figures::print::figure(value, format, figures::print::Say::Exact) {
        Ok(printed) => printed.to_string(),
        Err(why) => program.tr(&why),
    }
}

fn print(program: &Program, step: &Step, depth: usize) {
    let line = match &step.what {
        What::Definition { indicator, value: v } => format!(
            "{}: {} {}  [{} v{}]\n{}  = {}",
            indicator.label.get(program.lang),
            value(program, v, indicator.format),
            indicator.unit.get(program.lang),
            indicator.id,
            indicator.version,
            "  ".repeat(depth),
            indicator.expr.split_whitespace().collect::<Vec<_>>().join(" "),
        ),
        What::Part { role, value: v } => {
            format!("{}: {}", program.text(role_key(*role)), value(program, v, Format::Count))
        }
        What::Leaf { measure, period, value, facts, remarks, .. } => {
            let name = if program.lang == Lang::Vi { measure.0 } else { measure.1 };
            let days = period.map(|p| p.to_string()).unwrap_or_default();
            let number = match value {
                LeafValue::Known(n) => number::grouped(*n),
                LeafValue::Missing(why) => program.tr(why),
            };
            let rows = program.tr(&Message::new("nenep-facts").with("n", *facts));
            let notes: Vec<String> =
                remarks.iter().map(|r| format!("\n{}  ! {}", "  ".repeat(depth), program.tr(r))).collect();
            format!("{name}, {days}: {number} ({rows}){}", notes.concat())
        }
        What::Unit { name, value, .. } => format!("{name}: {}", number::grouped(*value)),
        What::Stated { code, period, value, quote, file, remark, used, .. } => {
            let key = if *used { "nenep-stated-used" } else { "nenep-stated-unused" };
            let mut line = program.tr(&Message::new(key)
                .with("unit", code)
                .with("period", period.to_string())
                .with("value", hundredths(*value)));
            if !quote.is_empty() {
                line.push_str(&format!("\n{}  “{quote}”", "  ".repeat(depth)));
            }
            if !file.is_empty() {
                line.push_str(&format!(" — {file}"));
            }
            if let Some(remark) = remark {
                line.push_str(&format!("\n{}  ! {}", "  ".repeat(depth), program.tr(remark)));
            }
            line
        }
        What::Fact(fact) => {
            let mut words = vec![fact.day.map(day_short).unwrap_or_default(), fact.unit.clone()];
            if let Some(until) = fact.until {
                words[0].push_str(&format!("–{}", day_short(until)));
            }
            words.push(fact.title.clone());
            match &fact.person {
                Some(name) => words.push(name.clone()),
                None if fact.personal => words.push(program.text("nenep-unnamed")),
                None => {}
            }
            if fact.n != 1 {
                words.push(format!("×{}", number::grouped(fact.n)));
            }
            if let Some(amount) = fact.amount {
                words.push(number::grouped(amount));
            }
            if !fact.source.is_empty() {
                words.push(source(&fact.source));
            }
            format!("· {}", words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("  "))
        }
        What::More { left } => program.tr(&Message::new("nenep-more").with("n", *left)),
    };
    println!("{}{line}", "  ".repeat(depth));
    for child in &step.from {
        print(program, child, depth + 1);
    }
}

/// `hash#sheet#row` with a short hash.
fn source(text: &str) -> String {
    match text.split_once('#') {
        Some((hash, rest)) => format!("[{}…#{rest}]", hash.chars().take(8).collect::<String>()),
        None => format!("[{text}]"),
    }
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Operand => "nenep-role-operand",
        Role::Part => "nenep-role-part",
        Role::Whole => "nenep-role-whole",
        Role::Excluded => "nenep-role-excluded",
        Role::Before => "nenep-role-before",
        Role::Definition => "nenep-role-definition",
    }
}
