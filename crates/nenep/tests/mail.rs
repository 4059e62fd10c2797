//! Notices by mail with a real mail server beside the real program: what arrives, what waits, what a crash costs.
//!
//! The mail server is Debian's `python3-aiosmtpd`, which keeps what it takes in a Maildir; Python's own library reads
//! the mails back, so that nothing of ours decodes what ours encoded.

#[allow(dead_code, missing_docs)]
#[path = "browser/machine.rs"]
mod machine;

/// The modules of the demonstration that make its smallest organisation.
#[allow(dead_code, missing_docs, clippy::unwrap_used)]
#[path = "../src/demo"]
mod demo {
    pub mod cell_2016;
    pub mod dice;
    pub mod names;
    pub mod province;
    pub mod rows;
}

use chrono::Days;
use domain::{Clock, SystemClock};
use machine::{Answer, Running, ask};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const UNIT: &str = demo::cell_2016::CODE;
const PASSWORD: &str = "mot cau de nho 2026";
const ADDRESS: &str = "em@coquan.vn";
/// How long a machine with other work may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// A folder that is removed with its value.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The mail server, on a port of its own.
struct Server {
    child: Option<Child>,
    port: u16,
    folder: PathBuf,
}

impl Server {
    fn open(folder: &Path) -> Server {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port");
        let mut server = Server { child: None, port: free.port(), folder: folder.join("mail") };
        server.start();
        server
    }

    fn start(&mut self) {
        let place = format!("127.0.0.1:{}", self.port);
        let child = Command::new("/usr/bin/python3")
            .args(["-m", "aiosmtpd", "-n", "-l", &place, "-c", "aiosmtpd.handlers.Mailbox"])
            .arg(&self.folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's python3; cargo xtask test installs python3-aiosmtpd");
        self.child = Some(child);
        until("the mail server listens", || std::net::TcpStream::connect(&place).ok());
    }

    fn signal(&self, name: &str) {
        let id = self.child.as_ref().expect("it runs").id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().is_ok_and(|s| s.success()));
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Every mail that it took, as Python reads it.
    fn mails(&self) -> Vec<Value> {
        const READ: &str = "
import email, email.policy, json, pathlib, sys
def read(path):
    m = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    part = lambda kind: (m.get_body((kind,)) or m).get_content()
    heads = {k.lower(): str(v) for k, v in m.items()}
    return {'heads': heads, 'text': part('plain'), 'html': part('html'), 'defects': [str(d) for d in m.defects]}
print(json.dumps([read(p) for p in sorted(pathlib.Path(sys.argv[1], 'new').glob('*'))]))";
        let read =
            Command::new("/usr/bin/python3").args(["-c", READ]).arg(&self.folder).output().expect("python3");
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        serde_json::from_slice(&read.stdout).expect("JSON")
    }

    /// The mails whose subject begins so, once there are some.
    fn called(&self, subject: &str) -> Vec<Value> {
        let of = |m: &Value| m["heads"]["subject"].as_str().is_some_and(|s| s.starts_with(subject));
        until(subject, || {
            Some(self.mails().into_iter().filter(of).collect::<Vec<_>>()).filter(|m| !m.is_empty())
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Asks until there is an answer.
fn until<T>(what: &str, mut find: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(Instant::now() < end, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The program over a database with a mail server, and nothing else from the environment.
fn nenep(db: &Path, mail: u16) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nenep"));
    for name in ["NENEP_DB", "NENEP_LISTEN", "NENEP_BASE_URL"] {
        command.env_remove(name);
    }
    command
        .env("NENEP_MAIL", format!("smtp://127.0.0.1:{mail}"))
        .env("NENEP_MAIL_FROM", "Nền Nếp <nenep@coquan.vn>")
        .env("NENEP_MAIL_PAUSE", "1")
        .arg("--db")
        .arg(db);
    command
}

fn run(command: &mut Command, typed: &str) -> Output {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    writeln!(child.stdin.take().expect("its input is piped"), "{typed}").expect("it reads its input");
    child.wait_with_output().expect("it ends")
}

fn done(command: &mut Command, typed: &str) {
    let output = run(command, typed);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{out}{err}", output.status);
}

/// A visitor without a browser: cookies, and the form token of the page before.
struct Visitor {
    port: u16,
    cookies: BTreeMap<String, String>,
    token: String,
}

impl Visitor {
    fn send(&mut self, line: &str, body: &str) -> (String, String) {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("Cookie", cookies.as_str())];
        if line.starts_with("POST") {
            headers.push(("Content-Type", "application/x-www-form-urlencoded"));
        }
        let Answer { head, body } =
            ask(self.port, line, &headers, body).unwrap_or_else(|e| panic!("{line}: {e}"));
        for pair in head.lines().filter_map(|l| l.strip_prefix("set-cookie: ")) {
            if let Some((name, value)) = pair.split(';').next().and_then(|p| p.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        if let Some((_, rest)) = body.split_once("name=\"csrf\" value=\"") {
            self.token = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        }
        (head, body)
    }

    fn get(&mut self, path: &str) -> String {
        let (head, body) = self.send(&format!("GET {path}"), "");
        assert!(head.contains(" 200 "), "{path}: {head}{body}");
        body
    }

    /// Sends a form from the page it stands on; where it leads.
    fn post(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> String {
        self.get(page);
        let mut body = format!("csrf={}", self.token);
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", shell::segment(value)));
        }
        let (head, body) = self.send(&format!("POST {path}"), &body);
        let to = head.lines().find_map(|l| l.strip_prefix("location: "));
        to.unwrap_or_else(|| panic!("{path}: {head}{body}")).trim().to_owned()
    }

    fn sign_in(port: u16, name: &str) -> Visitor {
        let mut visitor = Visitor { port, cookies: BTreeMap::new(), token: String::new() };
        visitor.post("/sign-in", "/sign-in", &[("name", name), ("password", PASSWORD)]);
        visitor
    }
}

/// The path of the link on this site that a text holds.
fn path(text: &str, begins: &str) -> String {
    let line =
        text.split_whitespace().find(|w| w.contains(begins)).unwrap_or_else(|| panic!("{begins} in {text}"));
    let rest = line.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or_else(String::new, |at| rest[at..].trim_end_matches('>').to_owned())
}

#[test]
fn an_invitation_arrives_outlasts_a_server_that_is_down_and_a_killed_program() {
    let folder = Folder(std::env::temp_dir().join(format!("nenep-mail-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let db = folder.0.join("nenep.sqlite");
    let mut server = Server::open(&folder.0);
    let mail = server.port;
    for (file, rows) in [("1.xlsx", demo::province::rows()), ("2.xlsx", demo::cell_2016::rows())] {
        let book = folder.0.join(file);
        std::fs::write(&book, rows.workbook("Sổ số liệu", UNIT).expect("a workbook")).expect("it is written");
        done(nenep(&db, mail).arg("import").arg(&book), "");
    }
    done(nenep(&db, mail).args(["account", "add", "dangvien", "--person", "52.004126"]), PASSWORD);
    for (name, role) in [("dangvien", "member"), ("bithu", "secretary"), ("quantri", "administrator")] {
        if name != "dangvien" {
            done(nenep(&db, mail).args(["account", "add", name]), PASSWORD);
        }
        done(nenep(&db, mail).args(["account", "grant", name, role, "--unit", UNIT]), "");
    }
    let site =
        Running::start(nenep(&db, mail).args(["serve", "--listen", "127.0.0.1:0"]), "http://127.0.0.1:");
    let again = db.clone();
    let site = site.restartable(move |port| {
        let mut command = nenep(&again, mail);
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        command
    });
    let mut member = Visitor::sign_in(site.port, "dangvien");
    let mut secretary = Visitor::sign_in(site.port, "bithu");
    let mut administrator = Visitor::sign_in(site.port, "quantri");

    // The address, and its code out of the mail.
    member.post("/me/mail", "/me/mail", &[("address", ADDRESS)]);
    let code = server.called("Mã xác nhận").remove(0);
    let text = code["text"].as_str().expect("a text");
    let digits = text.lines().find_map(|l| l.strip_prefix("    ")).expect("the code").trim().to_owned();
    member.post("/me/mail", "/me/mail/code", &[("code", &digits)]);
    assert!(member.get("/me/mail").contains("id=\"choices\""));

    // Invited.
    let today = SystemClock.today();
    let day = |after| domain::day_short(today + Days::new(after));
    let new = format!("/unit/{}/session/new", shell::segment(UNIT));
    let plan = |day: &str| {
        [
            ("kind", "regular"),
            ("title", "Thường kỳ tháng này"),
            ("day", day),
            ("hour", "19:30"),
            ("place", "Nhà văn hóa"),
        ]
        .map(|(n, v)| (n, v.to_owned()))
    };
    let fields = |day: &str| plan(day).to_vec();
    let post = |who: &mut Visitor, path: &str, day: &str| {
        let fields = fields(day);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        who.post(path, path, &fields)
    };
    let session = post(&mut secretary, &new, &day(10));
    let edit = format!("{session}/edit");
    let invitation = server.called("Mời dự").remove(0);
    let heads = &invitation["heads"];
    assert_eq!(heads["subject"], "Mời dự: Thường kỳ tháng này");
    assert_eq!(heads["to"], ADDRESS);
    assert_eq!(heads["from"], "Nền Nếp <nenep@coquan.vn>");
    assert_eq!(heads["auto-submitted"], "auto-generated");
    assert_eq!(heads["list-unsubscribe-post"], "List-Unsubscribe=One-Click");
    assert_eq!(invitation["defects"].as_array().map(Vec::len), Some(0), "{}", invitation["defects"]);
    let text = invitation["text"].as_str().expect("a text");
    assert!(text.starts_with("Bạn được mời dự buổi sinh hoạt."), "{text}");
    assert!(text.contains("Bạn nhận thư này vì đã chọn nhận báo khi được mời dự"), "{text}");
    assert!(invitation["html"].as_str().is_some_and(|h| h.contains("<strong>Thường kỳ tháng này</strong>")));
    let page = member.get(&path(text, "/me/session/"));
    assert!(page.contains("Thường kỳ tháng này"), "the link opens the invitation");
    let mut stranger = Visitor { port: site.port, cookies: BTreeMap::new(), token: String::new() };
    let stop = path(heads["list-unsubscribe"].as_str().unwrap_or_default(), "/stop/");
    assert!(
        stranger.get(&stop).contains("Thôi nhận thư báo khi"),
        "the way to stop it works without signing in"
    );

    // The server is down: the mail waits, says why, and arrives once.
    server.stop();
    post(&mut secretary, &edit, &day(11));
    let page = until("the mail waits with its reason", || {
        Some(administrator.get("/mail")).filter(|p| p.contains("id=\"waiting\"") && p.contains("onnection"))
    });
    assert!(!page.contains(ADDRESS));
    server.start();
    server.called("Thay đổi");
    until("nothing waits", || Some(()).filter(|()| !administrator.get("/mail").contains("id=\"waiting\"")));
    assert_eq!(server.called("Thay đổi").len(), 1, "once");

    // Killed in the middle of handing over: nothing is lost, and what came twice is seen as one.
    server.signal("-STOP");
    post(&mut secretary, &edit, &day(12));
    until("it is being handed over", || {
        // The page tells how often it was tried; a try that hangs is one.
        let page = administrator.get("/mail");
        Some(()).filter(|()| page.contains("id=\"waiting\"") && page.contains("data-label=\"Đã thử\">1<"))
    });
    site.stop();
    server.signal("-CONT");
    site.start_again();
    let known = |mails: &[Value]| -> Vec<String> {
        let mut ids: Vec<String> = mails.iter().map(|m| m["heads"]["message-id"].to_string()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let ids = until("the second change arrives", || {
        Some(known(&server.called("Thay đổi"))).filter(|ids| ids.len() > 1)
    });
    assert_eq!(ids.len(), 2);

    // Without the server of the site, a timer of the machine sends.
    server.stop();
    post(&mut secretary, &edit, &day(13));
    site.stop();
    server.start();
    let base = site.address();
    let sent = until("the timer sends", || {
        let output = run(nenep(&db, mail).args(["mail", "send", "--base-url", &base]), "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8_lossy(&output.stdout).into_owned()).filter(|out| out.contains("Đã gửi 1 thư"))
    });
    assert!(!sent.contains(ADDRESS));
    assert_eq!(known(&server.called("Thay đổi")).len(), 3);
    let mails = server.mails();
    for name in ["52.004126", "Nguyễn", "Trần", "Phạm", "Lê "] {
        assert!(mails.iter().all(|m| !m.to_string().contains(name)), "a mail names {name}");
    }
}

#[test]
fn the_password_of_the_mail_server_is_never_said() {
    let db = std::env::temp_dir().join(format!("nenep-mail-none-{}.sqlite", std::process::id()));
    for (url, args) in [
        ("smtp://van.phong:matmadai@mail.coquan.vn:587", ["serve", "--help"]),
        ("smtp//van.phong:matmadai@mail.coquan.vn:587", ["serve", "--trust-proxy"]),
        ("ftp://van.phong:matmadai@mail.coquan.vn:587", ["mail", "send"]),
    ] {
        let mut command = nenep(&db, 1);
        command
            .env("NENEP_MAIL", url)
            .env("NENEP_BASE_URL", "https://x.vn")
            .env("NENEP_LOG", "trace")
            .args(args);
        let output = run(command.env("NENEP_LISTEN", "127.0.0.1:0"), "");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains("matmadai"), "{args:?}: {said}");
        assert_eq!(output.status.success(), args[1] == "--help", "{args:?}: {said}");
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", db.display()));
    }
}
