//! `bench paint`: when a phone on a slow network shows something.
//!
//! Chromium with an empty cache opens pages of the demonstration over a line of 400 kbit/s that answers after
//! 400 ms ("slow 3G"), as its own developer tools slow it down: each request waits, all share the line. What is
//! measured is the first contentful paint that Chromium itself notes, from the start of the navigation.
//!
//! chromedriver is spoken to directly: its answers hold one number or one word each, so no parser is needed.

use super::demo::Demo;
use super::http::Visitor;
use super::process::median;
use super::table::{Row, Table};
use super::{folder, target};
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// So often each page; the middle one counts.
const ROUNDS: usize = 5;
/// What is promised, in seconds.
const TARGET: f64 = 1.5;
/// Bits a second and milliseconds.
const LINE: (u32, u32) = (400_000, 400);
const DRIVER: &str = "/usr/bin/chromedriver";

/// The pages: what the table calls them, and where they are. The first is seen signed out.
const PAGES: [(&str, &str); 5] = [
    ("sign-in", "/sign-in"),
    ("home", "/"),
    ("a form: a new session", "/unit/K/session/new"),
    ("a list: the block's activities", "/unit/K/records/activity"),
    ("the report of the block", "/unit/K/report/block-review?period=2021-2023&date=2024-03-15"),
];

/// A program that ends with its value, and what it started with it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs it.
pub fn run() -> Result<Table, String> {
    let demo = Demo::ready()?;
    let address =
        TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr()).map_err(|e| e.to_string())?;
    let mut serve = Command::new(&demo.program);
    serve.arg("--db").arg(&demo.database).args(["serve", "--listen", &address.to_string()]);
    let _server = Running(serve.stdout(Stdio::null()).spawn().map_err(|e| format!("{serve:?}: {e}"))?);
    Visitor::connect(address)?;
    let mut phone = Phone::open()?;
    let mut rows = Vec::new();
    for (at, (what, path)) in PAGES.iter().enumerate() {
        if at == 1 {
            phone.sign_in(address, &demo.sign_in)?;
        }
        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            took.push(phone.paint(&format!("http://{address}{path}"))? / 1e3);
        }
        rows.push(Row {
            what: (*what).to_owned(),
            unit: "s",
            ours: median(took),
            peer: None,
            target: Some(TARGET),
        });
    }
    phone.close();
    rows.sort_by(|a, b| b.ours.total_cmp(&a.ours));
    Ok(Table {
        about: format!(
            "First contentful paint in Chromium, {} kbit/s, {} ms, nothing kept from before, middle of {ROUNDS}. \
             The slowest page first.",
            LINE.0 / 1000,
            LINE.1
        ),
        peer: "no peer",
        rows,
    })
}

/// A Chromium of a phone's size.
struct Phone {
    driver: Visitor,
    session: String,
    _program: Running,
}

impl Phone {
    fn open() -> Result<Phone, String> {
        if !Path::new(DRIVER).exists() {
            return Err(format!("{DRIVER} is missing: cargo xtask test installs it"));
        }
        let mut command = Command::new(DRIVER);
        let spawned = command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut program = Running(spawned.map_err(|e| format!("{DRIVER}: {e}"))?);
        let output = program.0.stdout.take().ok_or("chromedriver says nothing")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let port = lines.find_map(|l| {
            let digits = l.split("successfully on port ").nth(1)?;
            digits.trim_end_matches('.').parse::<u16>().ok()
        });
        // Reads on, so that chromedriver never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let port = port.ok_or("chromedriver did not start")?;
        let profile = folder("paint")?;
        let mut driver = Visitor::connect(SocketAddr::from(([127, 0, 0, 1], port)))?;
        let capabilities = format!(
            r#"{{"capabilities":{{"alwaysMatch":{{"browserName":"chrome","goog:chromeOptions":{{"binary":"/usr/bin/chromium",
            "args":["--headless","--no-sandbox","--disable-gpu","--disable-dev-shm-usage","--no-first-run",
            "--disable-background-networking","--disable-component-update","--disable-sync","--user-data-dir={}",
            "--window-size=500,800"]}}}}}}}}"#,
            profile.display()
        );
        let answer = driver.json("/session", &capabilities)?.text();
        let session = answer.split("\"sessionId\":\"").nth(1).and_then(|rest| rest.split('"').next());
        let session = session.ok_or_else(|| format!("Chromium did not start: {answer}"))?.to_owned();
        let mut phone = Phone { driver, session, _program: program };
        phone.order(
            "Emulation.setDeviceMetricsOverride",
            r#"{"width":360,"height":740,"deviceScaleFactor":2,"mobile":true}"#,
        )?;
        phone.order("Network.enable", "{}")?;
        Ok(phone)
    }

    fn ask(&mut self, what: &str, with: &str) -> Result<String, String> {
        let answer = self.driver.json(&format!("/session/{}/{what}", self.session), with)?;
        if answer.status != 200 {
            return Err(format!("{what}: {}", answer.text()));
        }
        Ok(answer.text())
    }

    fn order(&mut self, name: &str, with: &str) -> Result<(), String> {
        self.ask("goog/cdp/execute", &format!(r#"{{"cmd":"{name}","params":{with}}}"#)).map(drop)
    }

    fn script(&mut self, script: &str) -> Result<String, String> {
        self.ask("execute/sync", &format!(r#"{{"script":"{script}","args":[]}}"#))
    }

    fn line(&mut self, (bits, wait): (u32, u32)) -> Result<(), String> {
        let bytes = if bits == 0 { -1 } else { i64::from(bits) / 8 };
        let with = format!(
            r#"{{"offline":false,"latency":{wait},"downloadThroughput":{bytes},"uploadThroughput":{bytes}}}"#
        );
        self.order("Network.emulateNetworkConditions", &with)
    }

    fn sign_in(&mut self, address: SocketAddr, (name, password): &(String, String)) -> Result<(), String> {
        self.line((0, 0))?;
        self.ask("url", &format!(r#"{{"url":"http://{address}/sign-in"}}"#))?;
        let fill = format!(
            "document.querySelector('#name').value = '{name}'; document.querySelector('#password').value = '{password}'; \
             document.querySelector('main form').submit()"
        );
        self.script(&fill)?;
        for _ in 0..200 {
            std::thread::sleep(std::time::Duration::from_millis(50));
            if self
                .script("return Boolean(document.querySelector('a.me'))")
                .is_ok_and(|said| said.contains("true"))
            {
                return Ok(());
            }
        }
        Err(format!("signing in as {name} leads nowhere"))
    }

    /// Milliseconds from the start of the navigation to the first contentful paint.
    fn paint(&mut self, url: &str) -> Result<f64, String> {
        self.ask("url", r#"{"url":"about:blank"}"#)?;
        self.order("Network.clearBrowserCache", "{}")?;
        self.line(LINE)?;
        self.ask("url", &format!(r#"{{"url":"{url}"}}"#))?;
        // The page may be whole before Chromium has drawn it.
        for _ in 0..100 {
            let said = self.script(
                "return (performance.getEntriesByType('paint').find(p => p.name === 'first-contentful-paint') || {}).startTime || 0",
            )?;
            let digits = said.split("\"value\":").nth(1).unwrap_or_default();
            let digits: String =
                digits.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            if let Ok(time) = digits.parse::<f64>()
                && time > 0.0
            {
                return Ok(time);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Err(format!("{url}: Chromium notes no paint"))
    }

    /// Ends Chromium, which would outlive chromedriver.
    fn close(&mut self) {
        let _ = self.driver.delete(&format!("/session/{}", self.session));
        let _ = std::fs::remove_dir_all(target().join("bench/paint"));
    }
}
