//! `bench pages`: every kind of page of the demonstration, over HTTP on this machine.
//!
//! A visitor who may see everything signs in and follows the links of the site; a **kind** is a
//! route of the registry, and a few pages of each are read again and again.

use super::demo::Demo;
use super::http::{Answer, Visitor};
use super::process::{self, median};
use super::table::{Row, Table};
use super::{example, folder, peer};
use std::collections::{HashMap, HashSet, VecDeque};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

/// So many pages of a kind, the first that links lead to.
const OF_A_KIND: usize = 4;
/// So often each; the middle one counts.
const ROUNDS: usize = 15;
/// What a page may take at the server, in milliseconds.
const TARGET: f64 = 20.0;

/// A server that ends with the benchmark.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A page that was read.
struct Page {
    kind: String,
    path: String,
    media: String,
    bytes: usize,
    /// Milliseconds: the first time; later; of these, the server on a processor.
    first: f64,
    later: f64,
    cpu: f64,
}

/// Runs it.
pub fn run() -> Result<Table, String> {
    let demo = Demo::ready()?;
    let routes = process::run(Command::new(example("records", "bench_block")?).arg("routes"))?.printed;
    let routes: Vec<&str> = routes.lines().collect();
    let address = free()?;
    let mut serve = Command::new(&demo.program);
    serve.arg("--db").arg(&demo.database).args(["serve", "--listen", &address.to_string()]);
    let server = Server(serve.stdout(Stdio::null()).spawn().map_err(|e| format!("{serve:?}: {e}"))?);
    let mut visitor = Visitor::connect(address)?;
    let at_start = process::memory(server.0.id())?;
    sign_in(&mut visitor, &demo.sign_in)?;

    let mut pages = walk(&mut visitor, &routes)?;
    let mut readings = Vec::new();
    for page in &mut pages {
        let mut took = Vec::with_capacity(ROUNDS);
        let before = process::on_processors(server.0.id());
        for _ in 0..ROUNDS {
            took.push(visitor.get(&page.path, true)?.took);
        }
        page.cpu = (process::on_processors(server.0.id()) - before) / ROUNDS as f64;
        if page.media == "text/html" {
            readings.extend_from_slice(&took);
        }
        page.later = median(took);
    }
    let now = process::memory(server.0.id())?;
    let (mut most, mut at) = (now, "");
    for page in &pages {
        let (read, took) = process::most_memory(server.0.id(), || visitor.get(&page.path, true))?;
        read?;
        if took > most {
            (most, at) = (took, page.path.as_str());
        }
    }
    drop(server);

    tell(&pages, &routes);
    // A file to take away (Word, PDF, Excel) is no page; its speed is another benchmark's.
    let html = |p: &&Page| p.media == "text/html";
    let Some(slowest) = pages.iter().filter(html).max_by(|a, b| a.later.total_cmp(&b.later)) else {
        return Err("no page was found".to_owned());
    };
    readings.sort_by(f64::total_cmp);
    let late = readings.get(readings.len() * 95 / 100).copied().unwrap_or_default();
    let all: Vec<f64> = pages.iter().filter(html).map(|p| p.later).collect();
    let cpu = pages.iter().filter(html).map(|p| p.cpu).fold(0.0, f64::max);
    let first = pages.iter().filter(html).map(|p| p.first).fold(0.0, f64::max);
    let floor = floor(slowest.bytes)?;
    let row = |what: &str, unit, ours, peer, target| Row { what: what.to_owned(), unit, ours, peer, target };
    Ok(Table {
        about: format!(
            "{} pages of {} kinds, found by following links, read by one visitor over HTTP on this machine \
             (signed in, packed with gzip, one connection), middle of {ROUNDS}. The slowest is {}. The peer is a \
             floor and no rival: Python's http.server sending a file as long as that page.",
            all.len(),
            pages.iter().filter(html).map(|p| &p.kind).collect::<HashSet<_>>().len(),
            slowest.path
        ),
        peer: "http.server, a file",
        rows: vec![
            row("the slowest page", "ms", slowest.later, Some(floor), Some(TARGET)),
            row("the slowest page, the server on a processor", "ms", cpu, None, None),
            row("the middle page", "ms", median(all), None, Some(TARGET)),
            row("95 of a hundred readings of pages took less than", "ms", late, None, Some(TARGET)),
            row("the slowest first reading", "ms", first, None, None),
            row("memory after start", "MB", at_start, None, None),
            row("memory after all pages", "MB", now, None, Some(150.0)),
            row(&format!("memory at most, at {at}"), "MB", most, None, Some(150.0)),
        ],
    })
}

fn free() -> Result<SocketAddr, String> {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr()).map_err(|e| e.to_string())
}

fn sign_in(visitor: &mut Visitor, (name, password): &(String, String)) -> Result<(), String> {
    let form = visitor.get("/sign-in", false)?.text();
    let token = form
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .ok_or("the page of sign-in has no form token")?;
    let answer = visitor.post("/sign-in", &[("csrf", token), ("name", name), ("password", password)])?;
    if (300..400).contains(&answer.status) {
        return Ok(());
    }
    Err(format!("signing in as {name}: status {}", answer.status))
}

/// Reads the site from its front page, some pages of each kind.
fn walk(visitor: &mut Visitor, routes: &[&str]) -> Result<Vec<Page>, String> {
    let mut queue = VecDeque::from(["/".to_owned()]);
    let mut seen: HashSet<String> = queue.iter().cloned().collect();
    let mut of_kind: HashMap<String, usize> = HashMap::new();
    let mut pages = Vec::new();
    while let Some(path) = queue.pop_front() {
        let Some(kind) = kind(&path, routes) else { continue };
        let count = of_kind.entry(kind.clone()).or_default();
        if *count == OF_A_KIND {
            continue;
        }
        let answer = visitor.get(&path, false)?;
        let next = if answer.location.is_empty() { links(&answer) } else { vec![answer.location.clone()] };
        queue.extend(next.into_iter().filter(|l| l.starts_with('/') && seen.insert(l.clone())));
        match answer.status {
            200 => {
                *count += 1;
                let (first, bytes) = (answer.took, answer.body.len());
                pages.push(Page { kind, path, media: answer.kind, bytes, first, later: 0.0, cpu: 0.0 });
            }
            300..400 => {}
            status => return Err(format!("{path}: status {status}")),
        }
    }
    Ok(pages)
}

/// Where a page leads.
fn links(answer: &Answer) -> Vec<String> {
    if answer.kind != "text/html" {
        return Vec::new();
    }
    let text = answer.text();
    let found = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found
        .map(|l| l.replace("&amp;", "&").replace("&#38;", "&"))
        .map(|l| l.split('#').next().unwrap_or_default().to_owned())
        .filter(|l| !l.starts_with("//") && !l.starts_with("/static/") && !l.starts_with("/lang/"))
        .collect()
}

/// The route that answers a path: the one with the fewest parameters.
fn kind(path: &str, routes: &[&str]) -> Option<String> {
    let path = path.split('?').next().unwrap_or_default();
    let fits = |route: &&&str| {
        let (mut a, mut b) = (path.split('/'), route.split('/'));
        loop {
            match (a.next(), b.next()) {
                (None, None) => return true,
                (Some(_), Some(part)) if part.starts_with("{*") => return true,
                (Some(word), Some(part)) if part == word => {}
                // A parameter may share its part with fixed letters: `{file}.docx`.
                (Some(word), Some(part)) if part.contains('{') && !word.is_empty() => {
                    let (before, rest) = part.split_once('{').unwrap_or_default();
                    let after = rest.split_once('}').unwrap_or_default().1;
                    if !word.starts_with(before) || !word.ends_with(after) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
    };
    routes.iter().filter(fits).min_by_key(|r| r.matches('{').count()).map(|r| (*r).to_owned())
}

/// Says what each kind took, and which no link led to.
fn tell(pages: &[Page], routes: &[&str]) {
    println!("| kind | pages | kB | first, ms | later, ms | on a processor, ms |");
    println!("|---|---:|---:|---:|---:|---:|");
    for route in routes {
        let of_kind: Vec<&Page> = pages.iter().filter(|p| p.kind == *route).collect();
        if of_kind.is_empty() {
            println!("| `{route}` | — | | | | |");
            continue;
        }
        let most = |of: fn(&Page) -> f64| of_kind.iter().map(|p| of(p)).fold(0.0, f64::max);
        println!(
            "| `{route}` | {} | {:.0} | {:.1} | {:.1} | {:.1} |",
            of_kind.len(),
            most(|p| p.bytes as f64 / 1024.0),
            most(|p| p.first),
            most(|p| p.later),
            most(|p| p.cpu)
        );
    }
    println!("\n— : no link leads there without a form, or the demonstration has none.\n");
}

/// What a file of that length takes from Python's own server, in milliseconds.
fn floor(bytes: usize) -> Result<f64, String> {
    let folder = folder("pages")?;
    std::fs::write(folder.join("page.html"), vec![b'a'; bytes]).map_err(|e| e.to_string())?;
    let address = free()?;
    let mut serve = Command::new(peer::python()?);
    serve.args(["-m", "http.server", "--protocol", "HTTP/1.1", "--bind", "127.0.0.1"]);
    serve.arg(address.port().to_string()).current_dir(&folder).stdout(Stdio::null()).stderr(Stdio::null());
    let _server = Server(serve.spawn().map_err(|e| format!("{serve:?}: {e}"))?);
    let mut visitor = Visitor::connect(address)?;
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        took.push(visitor.get("/page.html", false)?.took);
    }
    Ok(median(took))
}
