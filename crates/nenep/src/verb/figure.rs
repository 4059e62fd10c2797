//! `nenep figure ID --unit … --period 2021-2023 [--by unit|year|…] [--json]`.

use crate::fail::Fail;
use crate::program::Program;
use domain::{Action, Day, Message, Period};
use figures::{Context, GroupBy, Plan};
use records::figure::{Figure, Runner, TreeRule};
use serde_json::json;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Mã chỉ tiêu, ví dụ practice.models
    #[arg(required_unless_present = "list")]
    pub id: Option<String>,
    /// Mã đơn vị
    #[arg(long, required_unless_present = "list")]
    pub unit: Option<String>,
    /// Thời kỳ: 2023, 2021-2023, 2021-Q2, 01/01/2021-15/03/2024
    #[arg(long, required_unless_present = "list")]
    pub period: Option<String>,
    /// Ngày báo cáo (mặc định là hôm nay)
    #[arg(long)]
    pub date: Option<String>,
    /// Tách theo unit, year hoặc một thuộc tính
    #[arg(long)]
    pub by: Option<String>,
    /// Cộng theo các đơn vị như vào cuối kỳ, thay vì theo ngày của từng việc
    #[arg(long)]
    pub as_at_end: bool,
    /// In ra JSON, mỗi dòng một đối tượng
    #[arg(long)]
    pub json: bool,
    /// Liệt kê các chỉ tiêu trong danh mục
    #[arg(long)]
    pub list: bool,
}

/// The day of the report that a command line gives.
pub fn report_day(program: &Program, date: Option<&str>) -> Result<Day, Fail> {
    match date {
        None => Ok(program.clock.today()),
        Some(text) => {
            domain::parse_day(text).ok_or_else(|| Fail::Say(Message::new("nenep-bad-day").with("text", text)))
        }
    }
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let date = report_day(program, args.date.as_deref())?;
    let book = program.book(date)?;
    if args.list {
        for indicator in book.catalogue.in_force(date) {
            println!("{:<44} {}", indicator.id, indicator.label.get(program.lang));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let id = args.id.unwrap_or_default();
    let period: Period = args.period.unwrap_or_default().parse()?;
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let mut tx = db.read().await?;
    let code = args.unit.unwrap_or_default();
    let unit = program.unit(&mut tx, &actor, Action::ReadFigures, &code, period.to()).await?;
    let unknown = || Fail::Say(Message::new("figure-unknown-indicator").with("id", &id));
    let indicator = book.catalogue.get(&id, date).ok_or_else(unknown)?.clone();
    let start = records::programme::start(&mut tx, date).await?;
    let ctx = Context { period, start, report_day: date };
    let tree = if args.as_at_end { TreeRule::PeriodEnd } else { TreeRule::FactDay };
    let mut runner = Runner::new(&mut tx, &book, unit, ctx, tree).await?;
    let figure = runner.figure(&indicator).await?;
    print(program, &figure, "", args.json);
    let Some(by) = args.by else { return Ok(ExitCode::SUCCESS) };
    let by = GroupBy::from_word(&by);
    indicator.plan.may_group(&by)?;
    match by {
        GroupBy::Unit => {
            for figure in runner.by_unit(&indicator).await? {
                print(program, &figure, &figure.unit.name, args.json);
            }
        }
        GroupBy::Year => {
            for (year, figure) in runner.by_year(&indicator).await? {
                print(program, &figure, &year.to_string(), args.json);
            }
        }
        GroupBy::Dim(name) => {
            let Plan::Leaf(leaf) = &*indicator.plan else {
                return Err(Fail::Say(Message::new("nenep-by-needs-leaf").with("id", &id)));
            };
            let leaf = leaf.clone();
            let Some(dim) = leaf.measure.dim(&name) else { return Err(unknown()) };
            for (key, n) in runner.by_dim(&leaf, dim.name).await? {
                let key = key.unwrap_or_else(|| program.text("nenep-unknown-value"));
                if args.json {
                    println!("{}", json!({ "indicator": id, "by": name, "key": key, "value": n }));
                } else {
                    println!("  {key:<40} {}", domain::number::grouped(n));
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// How a figure is said, or why there is none.
pub fn shown(program: &Program, figure: &Figure) -> String {
    match figure.indicator.print(&figure.value, figures::print::Say::Exact) {
        Ok(printed) => printed.to_string(),
        Err(why) => program.tr(&why),
    }
}

fn print(program: &Program, figure: &Figure, key: &str, as_json: bool) {
    let c = &figure.coverage;
    if as_json {
        let conflicts: Vec<_> = figure
            .conflicts
            .iter()
            .map(|c| {
                json!({ "indicator": c.indicator, "unit": c.unit, "period": c.period.to_string(),
                        "counted": hundredths(c.counted), "stated": hundredths(c.stated), "settled": c.settled })
            })
            .collect();
        let line = json!({
            "indicator": figure.indicator.id, "version": figure.indicator.version,
            "unit": figure.unit.code, "period": figure.period.to_string(),
            "value": figure.exact(), "shown": shown(program, figure), "origin": figure.origin.code(),
            "coverage": { "complete": c.complete.len(), "partial": c.partial.len(), "none": c.none.len() },
            "remarks": figure.remarks.iter().map(|r| program.tr(r)).collect::<Vec<_>>(),
            "conflicts": conflicts,
        });
        println!("{line}");
        return;
    }
    if !key.is_empty() {
        println!("  {key:<40} {}", shown(program, figure));
        return;
    }
    println!("{}", figure.indicator.label.get(program.lang));
    println!("{} · {}", figure.unit.name, figure.period);
    println!("  {} {}", shown(program, figure), figure.indicator.unit.get(program.lang));
    let coverage = Message::new("nenep-coverage")
        .with("complete", c.complete.len())
        .with("total", c.total())
        .with("origin", program.text(&format!("nenep-origin-{}", figure.origin.code())));
    println!("  {}", program.tr(&coverage));
    for remark in &figure.remarks {
        println!("  ! {}", program.tr(remark));
    }
    for conflict in &figure.conflicts {
        let message = Message::new("nenep-conflict")
            .with("unit", &conflict.unit)
            .with("period", conflict.period.to_string())
            .with("counted", hundredths(conflict.counted))
            .with("stated", hundredths(conflict.stated));
        println!("  ≠ {}", program.tr(&message));
    }
}

/// A number kept in hundredths, as people write it.
pub fn hundredths(n: i64) -> String {
    domain::number::decimal(n, 100, 2)
}
