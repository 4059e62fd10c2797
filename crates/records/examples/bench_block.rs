//! Our side of `cargo xtask bench figures` and `bench report`, timed inside one process: the
//! three-year report of the demonstration's block, from its SQLite file.
//!
//! `bench_block figures DB ROUNDS INDICATOR…` and `bench_block report DB ROUNDS FOLDER` print lines
//! `key number`; the times are milliseconds, those that end in `_cpu` on a processor. The named
//! indicators are timed once more by themselves (`some`). `bench_block routes` names every page.

use document::template::{FillMode, Hole, Template, fill};
use domain::{Day, Period, SystemClock};
use figures::{Context, Indicator};
use records::figure::{Book, Runner, TreeRule, catalogue, narrowed};
use records::report::{self, Asked, Output};
use records::unit::Unit;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use store::{Db, Tx};

const UNIT: &str = "K";
const TEMPLATE: &str = "block-review";

/// What the report is: 2021–2023, dated 15/03/2024.
struct Block {
    db: Db,
    book: Book,
    template: &'static Template,
    asked: Asked,
    start: Option<Day>,
}

/// Indicators by period.
type Questions = Vec<(Period, Vec<Arc<Indicator>>)>;

impl Block {
    async fn open(db: &str) -> Result<Block, Box<dyn Error>> {
        let day = domain::parse_day("15/03/2024").ok_or("the day")?;
        let period: Period = "2021-2023".parse().map_err(|_| "the period")?;
        let book = catalogue::load(&[], day).map_err(|p| format!("the catalogue: {p:?}"))?;
        let template = report::template(TEMPLATE).ok_or("the template")?;
        let db = Db::open(db, Arc::new(SystemClock)).await?;
        let mut tx = db.read().await?;
        let unit: Unit = records::unit::by_code(&mut tx, UNIT, day).await?.ok_or("the unit")?;
        let start = records::programme::start(&mut tx, day).await?;
        drop(tx);
        let asked = Asked { unit, period, day, number: Some(1), names: true, base_url: String::new() };
        Ok(Block { db, book, template, asked, start })
    }

    /// What the holes of the template ask for, by period: a report runs each period at once.
    fn questions(&self) -> Result<Questions, Box<dyn Error>> {
        let mut asked: Questions = Vec::new();
        for hole in self.template.holes() {
            let (hole, by_year) = match hole {
                Hole::Figure(figure) => (figure, false),
                Hole::Split { figure, by } if by == "year" => (figure, true),
                _ => continue,
            };
            let Some(period) = hole.period.resolve(self.asked.period, self.start) else { continue };
            let found = self.book.catalogue.get(&hole.indicator, self.asked.day);
            let mut indicator = Arc::clone(found.ok_or_else(|| format!("no indicator {}", hole.indicator))?);
            if !hole.selection.is_empty() {
                let narrow = narrowed(&self.book, &indicator, &hole.selection, self.asked.day);
                indicator = Arc::new(narrow.map_err(|m| m.to_string())?);
            }
            for period in if by_year { period.by_year() } else { vec![period] } {
                let at = asked.iter().position(|(p, _)| *p == period).unwrap_or_else(|| {
                    asked.push((period, Vec::new()));
                    asked.len() - 1
                });
                let of_period = &mut asked[at].1;
                // The same number printed in two ways is one question.
                if !of_period.iter().any(|i| i.id == indicator.id && i.expr == indicator.expr) {
                    of_period.push(Arc::clone(&indicator));
                }
            }
        }
        Ok(asked)
    }

    async fn runner<'a>(&'a self, tx: &'a mut Tx, period: Period) -> Result<Runner<'a>, Box<dyn Error>> {
        let ctx = Context { period, start: self.start, report_day: self.asked.day };
        Ok(Runner::new(tx, &self.book, self.asked.unit.clone(), ctx, TreeRule::FactDay).await?)
    }

    async fn figures(&self, rounds: usize, some: &[String]) -> Result<(), Box<dyn Error>> {
        let questions = self.questions()?;
        println!("asked {}", questions.iter().map(|(_, of_period)| of_period.len()).sum::<usize>());
        let mut each: BTreeMap<String, f64> = BTreeMap::new();
        for round in 0..=rounds {
            let mut tx = self.db.read().await?;
            let start = Clocks::start();
            let mut runner = self.runner(&mut tx, self.asked.period).await?;
            runner.count_ahead(&questions).await?;
            for (period, indicators) in &questions {
                runner.for_period(*period);
                for indicator in indicators {
                    let one = Instant::now();
                    let figure = runner.figure(indicator).await?;
                    let took = one.elapsed().as_secs_f64() * 1e3;
                    each.entry(format!("{} {period}", indicator.id))
                        .and_modify(|t| *t = t.min(took))
                        .or_insert(took);
                    if round == rounds && *period == self.asked.period {
                        println!("value {} {} {}", indicator.id, figure.exact(), figure.origin.code());
                    }
                }
            }
            // The first round fills the caches of the database; a server has them filled.
            start.print(if round == 0 { "first" } else { "figures" });
            let start = Clocks::start();
            report::make(&mut tx, &self.book, self.template, &self.asked, FillMode::Report).await?;
            start.print("make");
            let start = Clocks::start();
            let mut runner = self.runner(&mut tx, self.asked.period).await?;
            for id in some {
                let found = self.book.catalogue.get(id, self.asked.day);
                runner.figure(found.ok_or_else(|| format!("no indicator {id}"))?).await?;
            }
            start.print("some");
        }
        let mut slowest: Vec<_> = each.into_iter().collect();
        slowest.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (name, took) in &slowest {
            println!("one {took:.3} {name}");
        }
        Ok(())
    }

    async fn report(&self, rounds: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
        let mut tx = self.db.read().await?;
        let answered = report::answer(&mut tx, &self.book, self.template, &self.asked).await?;
        drop(tx);
        for round in 0..=rounds {
            for (name, output) in [("docx", Output::Docx), ("pdf", Output::Pdf), ("html", Output::Html)] {
                let start = Clocks::start();
                let filled = fill(self.template, &answered.answers, FillMode::Report);
                let bytes =
                    report::write(&filled.document, self.asked.day, output).map_err(|m| m.to_string())?;
                // Fonts are read once in the life of a program, by the first PDF.
                let key = if round == 0 { format!("first_{name}") } else { name.to_owned() };
                start.print(&key);
                if round == 0 {
                    println!("{name}_kb {}", bytes.len() / 1024);
                    std::fs::write(folder.join(format!("report.{name}")), bytes)?;
                }
            }
        }
        Ok(())
    }
}

/// The wall's clock and the processors'.
struct Clocks {
    wall: Instant,
    cpu: f64,
}

impl Clocks {
    fn start() -> Clocks {
        Clocks { cpu: on_processors(), wall: Instant::now() }
    }

    fn print(&self, key: &str) {
        let wall = self.wall.elapsed().as_secs_f64() * 1e3;
        println!("{key} {wall:.3}\n{key}_cpu {:.3}", on_processors() - self.cpu);
    }
}

/// Milliseconds that the threads of this process have run (Linux counts them in nanoseconds).
fn on_processors() -> f64 {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return 0.0 };
    let of_thread = |path: std::path::PathBuf| -> Option<f64> {
        let text = std::fs::read_to_string(path.join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    threads.flatten().filter_map(|t| of_thread(t.path())).sum::<f64>() / 1e6
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["figures", db, rounds, ..] => Block::open(db).await?.figures(rounds.parse()?, &args[3..]).await,
        ["report", db, rounds, folder] => {
            Block::open(db).await?.report(rounds.parse()?, Path::new(folder)).await
        }
        ["routes"] => {
            let pages = records::REGISTRY.routes().into_iter().filter(|r| r.method.as_str() == "GET");
            pages.for_each(|r| println!("{}", r.path));
            Ok(())
        }
        _ => Err("bench_block figures DB ROUNDS INDICATOR…, report DB ROUNDS FOLDER, or routes".into()),
    }
}
