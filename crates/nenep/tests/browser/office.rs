//! The office that the journeys visit: the demonstration's smallest organisation, taken in by
//! the program's own verbs into a new database, and sign-ins of its officer, its administrator and a member.

use crate::demo;
use crate::machine::Running;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The cell's code.
pub const UNIT: &str = demo::cell_2016::CODE;
/// The officer's sign-in name.
pub const NAME: &str = "canbo";
/// The administrator's sign-in name.
pub const ADMINISTRATOR: &str = "quantri";
/// The cell's secretary's sign-in name.
pub const SECRETARY: &str = "bithu";
/// A member's sign-in name; the account belongs to [`MEMBER_CODE`].
pub const MEMBER: &str = "dangvien";
/// A member of the cell.
const MEMBER_CODE: &str = "52.004126";
/// The password of all.
pub const PASSWORD: &str = "mot cau de nho 2026";

/// A database in a folder of its own, and the server over it.
pub struct Office {
    /// The server. It stands before the folder, so that it ends first.
    pub server: Running,
    folder: Folder,
}

/// A folder that is removed with its value.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Office {
    /// Makes the database and starts the server.
    pub fn open(name: &str) -> Office {
        let path = std::env::temp_dir().join(format!("nenep-browser-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for the database");
        let folder = Folder(path);
        let db = folder.0.join("nenep.sqlite");
        let mut cell = demo::cell_2016::rows();
        ask(&mut cell);
        let books = [("1-tinh.xlsx", demo::province::rows()), ("2-chi-bo.xlsx", cell)];
        for (file, rows) in books {
            let path = folder.0.join(file);
            let bytes = rows.workbook("Sổ số liệu", UNIT).unwrap_or_else(|why| panic!("{file}: {why:?}"));
            std::fs::write(&path, bytes).expect("the workbook is written");
            run(nenep(&db).arg("import").arg(&path), "");
        }
        for (name, role) in [(NAME, "officer"), (ADMINISTRATOR, "administrator"), (SECRETARY, "secretary")] {
            run(nenep(&db).args(["account", "add", name]), PASSWORD);
            run(nenep(&db).args(["account", "grant", name, role, "--unit", UNIT]), "");
        }
        run(nenep(&db).args(["account", "add", MEMBER, "--person", MEMBER_CODE]), PASSWORD);
        run(nenep(&db).args(["account", "grant", MEMBER, "member", "--unit", UNIT]), "");
        let server =
            Running::start(nenep(&db).args(["serve", "--listen", "127.0.0.1:0"]), "http://127.0.0.1:");
        let server = server.restartable(move |port| {
            let mut command = nenep(&db);
            command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
            command
        });
        Office { server, folder }
    }

    /// An empty folder for a browser's own files.
    pub fn profile(&self) -> PathBuf {
        self.folder.0.join("chromium")
    }
}

/// A request from above, which only a workbook brings.
fn ask(rows: &mut demo::rows::Rows) {
    let day = |y, m, d| exchange::Cell::from(domain::Day::from_ymd_opt(y, m, d).expect("a day"));
    let fields = [
        ("code", "YC-2020-01".into()),
        ("unit", UNIT.into()),
        ("symbol", "12-KH/ĐU".into()),
        ("day", day(2019, 12, 2)),
        ("title", "Báo cáo kết quả năm 2019".into()),
        ("template", "cell-review".into()),
        ("from_day", day(2019, 1, 1)),
        ("to_day", day(2019, 12, 31)),
        ("deadline", day(2020, 1, 15)),
    ];
    rows.put("request", &fields);
    rows.put(
        "request_unit",
        &[("request", "YC-2020-01".into()), ("unit", UNIT.into()), ("sent_day", day(2019, 12, 5))],
    );
}

/// The program over a database, with nothing from the environment.
fn nenep(db: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nenep"));
    for name in ["NENEP_DB", "NENEP_LISTEN", "NENEP_BASE_URL"] {
        command.env_remove(name);
    }
    // An office that sends mails, to a server that is away: its pages are there, and nothing goes out.
    command.env("NENEP_MAIL", "smtp://127.0.0.1:9").env("NENEP_MAIL_FROM", "Nền Nếp <nenep@vi-du.vn>");
    command.arg("--db").arg(db);
    command
}

/// Runs a verb to its end; what it says is shown when it fails.
fn run(command: &mut Command, typed: &str) {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut input = child.stdin.take().expect("its input is piped");
    writeln!(input, "{typed}").expect("it reads its input");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{out}{err}", output.status);
}
