//! `bench load`: seven thousand signed-in people enter attendance and progress within five minutes, on both
//! databases; then the server is killed fifty times under entries, PostgreSQL's own server besides, and none that was
//! acknowledged may be lost or doubled.
//!
//! The load comes from Locust (PyPI) on the same two cores, so it measures the server and its load together.

use super::demo::Demo;
use super::http::Visitor;
use super::process;
use super::table::{Row, Table};
use super::{example, folder, peer};
use crate::postgres;
use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The unit whose members come.
const UNIT: &str = "K";
/// The workbooks that make it: the province above, then the block.
const BOOKS: [&str; 2] = ["00-tinh.xlsx", "4-dang-bo-khoi-2021-2023.xlsx"];
/// In so many seconds all have come.
const SECONDS: u64 = 300;
/// What the slowest of a hundred may take, in milliseconds.
const TARGET: f64 = 100.0;
/// How often the server is killed.
const KILLS: usize = 50;
/// How often PostgreSQL's server falls and rises.
const FALLS: usize = 20;
/// Devices that send entries meanwhile.
const DEVICES: usize = 8;

/// A server that ends with its value.
struct Server {
    child: Child,
}

impl Server {
    fn start(program: &Path, database: &str, address: SocketAddr) -> Result<Server, String> {
        let mut serve = Command::new(program);
        serve.args(["--db", database, "serve", "--listen", &address.to_string()]);
        let spawned = serve.env("RUST_LOG", "error").stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let child = spawned.map_err(|e| format!("{serve:?}: {e}"))?;
        let server = Server { child };
        let patience = Instant::now();
        while TcpStream::connect(address).is_err() {
            if patience.elapsed() > Duration::from_secs(30) {
                return Err("the server does not listen".to_owned());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: nothing is said to the program before it ends.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    listener.local_addr().map_err(|e| e.to_string())
}

/// Runs it.
pub fn run() -> Result<Table, String> {
    let demo = Demo::ready()?;
    let prepare = example("records", "bench_load")?;
    let server = postgres::Server::start_keeping()?;
    let folder = folder("load")?;
    let sqlite = folder.join("nenep.sqlite");
    for end in ["", "-wal", "-shm"] {
        let from = PathBuf::from(format!("{}{end}", demo.database.display()));
        if from.exists() {
            std::fs::copy(&from, format!("{}{end}", sqlite.display())).map_err(|e| e.to_string())?;
        }
    }
    let sqlite = sqlite.display().to_string();
    let postgres = server.address();
    let books = demo.database.with_file_name("workbooks");
    println!("bench: the demonstration goes into PostgreSQL");
    for book in BOOKS {
        let mut import = Command::new(&demo.program);
        crate::run(import.args(["--db", &postgres, "import"]).arg(books.join(book)).stdout(Stdio::null()))?;
    }

    let mut rows = Vec::new();
    for (name, database) in [("SQLite", &sqlite), ("PostgreSQL", &postgres)] {
        let people = folder.join(format!("{name}.people"));
        let made =
            process::run(Command::new(&prepare).args(["prepare", database, UNIT]).arg(&people))?.printed;
        println!("bench: {name}: {}", made.trim());
        let told = load(&demo.program, database, &people)?;
        println!("bench: {name}: {}", said_so_far(&told));
        let said = |key: &str| told.get(key).copied().unwrap_or(f64::NAN);
        let mut row = |what: &str, unit, ours, target| {
            rows.push(Row { what: format!("{name}: {what}"), unit, ours, peer: None, target });
        };
        row("the slowest of a hundred answers", "ms", said("p99 all"), Some(TARGET));
        row("the middle answer", "ms", said("p50 all"), None);
        row("p99 of saving progress", "ms", said("p99 progress:-save"), None);
        row("p99 of saving attendance", "ms", said("p99 attendance:-save"), None);
        row("requests", "in all", said("requests"), None);
        row(
            "requests that failed, people who did not come to it",
            "",
            said("failures") + said("left"),
            Some(0.0),
        );
        let entries = Entries {
            check: &prepare,
            database,
            people: &people,
            acknowledged: folder.join(format!("{name}.acknowledged")),
        };
        let mut told = |what: &str, found: HashMap<String, f64>| {
            println!("bench: {name}: {what}: {}", said_so_far(&found));
            let said = |key: &str| found.get(key).copied().unwrap_or(f64::NAN);
            row(&format!("acknowledged in {what}"), "entries", said("acknowledged"), None);
            row("of these lost or doubled", "entries", said("lost") + said("doubled"), Some(0.0));
        };
        let killed = entries.sent_while(0, |address| kills(&demo.program, database, address))?;
        told(&format!("{KILLS} kills"), killed);
        if name == "PostgreSQL" {
            let fallen = entries.sent_while(1_000_000, |address| falls(&demo.program, &server, address))?;
            told(&format!("{FALLS} falls of PostgreSQL"), fallen);
        }
    }
    let version = peer::version("locust")?;
    let about = format!(
        "Every party member of the block comes once within {SECONDS} s, each over a connection of their own; then \
         {DEVICES} devices send entries while the server is killed {KILLS} times, and PostgreSQL's own {FALLS} times. Load by Locust {version} on the \
         same machine; PostgreSQL keeps its writes (fsync on)."
    );
    Ok(Table { about, peer: "—", rows })
}

/// What was measured, as soon as it is: the whole takes a quarter of an hour.
fn said_so_far(numbers: &HashMap<String, f64>) -> String {
    let mut all: Vec<String> = numbers.iter().map(|(key, n)| format!("{key} {n:.0}")).collect();
    all.sort();
    all.join(", ")
}

/// Lines `key number`, or `key word number`.
fn numbers(printed: &str) -> HashMap<String, f64> {
    let pair = |line: &str| {
        let (key, value) = line.trim().rsplit_once(' ')?;
        Some((key.to_owned(), value.parse().ok()?))
    };
    printed.lines().filter_map(pair).collect()
}

fn load(program: &Path, database: &str, people: &Path) -> Result<HashMap<String, f64>, String> {
    let address = free()?;
    let _server = Server::start(program, database, address)?;
    let count = std::fs::read_to_string(people).map_err(|e| e.to_string())?.lines().count();
    // All have come a little before the end.
    let rate = (count as f64 / (SECONDS as f64 - 20.0)).ceil();
    let mut locust = Command::new(peer::python()?);
    locust.args(["-m", "locust", "--headless", "--only-summary"]).arg("-f");
    locust.arg(super::root().join("xtask/src/bench/peers/load.py"));
    locust.args(["--host", &format!("http://{address}"), "--users", &count.to_string()]);
    locust.args([
        "--spawn-rate",
        &rate.to_string(),
        "--run-time",
        &format!("{SECONDS}s"),
        "--stop-timeout",
        "20",
    ]);
    locust.args(["--exit-code-on-error", "0", "--loglevel", "WARNING"]).env("PEOPLE", people);
    Ok(numbers(&process::run(&mut locust)?.printed))
}

/// Waits, not in step with anything that the server does.
fn some_time(n: usize) {
    std::thread::sleep(Duration::from_millis(700 + (n as u64 * 137) % 600));
}

/// Kills the server again and again.
fn kills(program: &Path, database: &str, address: SocketAddr) -> Result<(), String> {
    for n in 0..KILLS {
        let server = Server::start(program, database, address);
        some_time(n);
        drop(server?);
    }
    let _last = Server::start(program, database, address)?;
    std::thread::sleep(Duration::from_secs(2));
    Ok(())
}

/// Lets PostgreSQL fall again and again under a server that stays.
fn falls(program: &Path, postgres: &postgres::Server, address: SocketAddr) -> Result<(), String> {
    let _server = Server::start(program, &postgres.address(), address)?;
    for n in 0..FALLS {
        some_time(n);
        postgres.fall()?;
    }
    std::thread::sleep(Duration::from_secs(4));
    Ok(())
}

/// Entries that devices send with keys of their own until each is answered.
struct Entries<'a> {
    check: &'a Path,
    database: &'a str,
    people: &'a Path,
    acknowledged: PathBuf,
}

impl Entries<'_> {
    /// Sends them while something is done to who takes them in at an address; then looks for those acknowledged.
    /// Their numbers begin at `first`.
    fn sent_while(
        &self,
        first: usize,
        done: impl FnOnce(SocketAddr) -> Result<(), String>,
    ) -> Result<HashMap<String, f64>, String> {
        let people = std::fs::read_to_string(self.people).map_err(|e| e.to_string())?;
        let members: Vec<(&str, &str)> =
            people.lines().filter_map(|line| line.strip_prefix("member ")?.split_once(' ')).collect();
        let address = free()?;
        let (over, next) = (AtomicBool::new(false), AtomicUsize::new(first));
        let acknowledged = Mutex::new(Vec::new());
        let send = || {
            while !over.load(Ordering::Acquire) {
                let n = next.fetch_add(1, Ordering::AcqRel);
                let (cookie, item) = members[n % members.len()];
                let text = format!("Mục gửi trong lúc máy chủ ngừng {n}");
                // The same key until it is answered, as the queue of a device does.
                if entered(address, cookie, item, &text, n, &over)
                    && let Ok(mut all) = acknowledged.lock()
                {
                    all.push(text);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..DEVICES {
                scope.spawn(send);
            }
            let done = done(address);
            over.store(true, Ordering::Release);
            done
        })?;
        let all = acknowledged.into_inner().map_err(|e| e.to_string())?;
        std::fs::write(&self.acknowledged, all.join("\n")).map_err(|e| e.to_string())?;
        let mut check = Command::new(self.check);
        check.args(["check", self.database]).arg(&self.acknowledged);
        Ok(numbers(&process::run(&mut check)?.printed))
    }
}

/// Sends one entry until it is acknowledged; `false` when the time is over before.
fn entered(address: SocketAddr, cookie: &str, item: &str, text: &str, n: usize, over: &AtomicBool) -> bool {
    let key = format!("{n:032x}");
    let path = format!("/me/commitment/item/{item}");
    while !over.load(Ordering::Acquire) {
        let answer = Visitor::connect(address).and_then(|mut visitor| {
            visitor.signed_in(cookie);
            let page = visitor.get(&path, false)?;
            let page = page.text();
            let csrf = page.split_once(r#"name="csrf" value=""#).and_then(|(_, rest)| rest.split_once('"'));
            let (csrf, _) = csrf.ok_or("no form")?;
            let body = [("csrf", csrf), ("text", text)]
                .map(|(name, value)| {
                    format!("--nenep\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                })
                .concat();
            visitor.upload(&format!("{path}?once={key}"), "nenep", &format!("{body}--nenep--\r\n"))
        });
        match answer {
            Ok(answer) if answer.status == 303 => return true,
            _ => std::thread::sleep(Duration::from_millis(40)),
        }
    }
    false
}
