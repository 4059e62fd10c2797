//! A private PostgreSQL for tests: its own folder and port, gone when dropped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable by which tests find it; the same name as in `store::testing`.
pub const VARIABLE: &str = "NENEP_TEST_POSTGRES";

/// A running server.
pub struct Server {
    folder: PathBuf,
    port: u16,
    as_root: bool,
    /// Its settings.
    options: String,
}

impl Server {
    /// Makes a data folder and starts a server on a free port, quick because it keeps nothing through a crash.
    pub fn start() -> Result<Server, String> {
        Server::start_with("-c fsync=off")
    }

    /// As [`Server::start`], with every write kept as an office's server keeps it.
    pub fn start_keeping() -> Result<Server, String> {
        Server::start_with("")
    }

    fn start_with(keeping: &str) -> Result<Server, String> {
        let folder = std::env::temp_dir().join(format!("nenep-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|l| l.local_addr())
            .map_err(|e| e.to_string())?
            .port();
        let as_root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {keeping} \
             -c max_connections=400 -c max_locks_per_transaction=512 -c shared_buffers=64MB"
        );
        let server = Server { folder, port, as_root, options };
        if as_root {
            // The server refuses to run as root; Debian's package brings the user `postgres`.
            crate::run(Command::new("chown").arg("postgres").arg(&server.folder))?;
        }
        let data = server.folder.join("data");
        let data = data.to_string_lossy();
        server.tool(
            "initdb",
            &["-D", &data, "-U", "nenep", "--auth=trust", "--locale=C", "-E", "UTF8", "--no-sync"],
        )?;
        server.rise()?;
        let port = port.to_string();
        server.tool("createdb", &["-h", "127.0.0.1", "-p", &port, "-U", "nenep", "nenep_test"])?;
        Ok(server)
    }

    fn rise(&self) -> Result<(), String> {
        let (data, log) = (self.folder.join("data"), self.folder.join("log"));
        let (data, log) = (data.to_string_lossy(), log.to_string_lossy());
        self.tool("pg_ctl", &["-D", &data, "-o", &self.options, "-l", &log, "-w", "start"])
    }

    /// Falls without a word to anybody, and rises again with what it had put into its log.
    pub fn fall(&self) -> Result<(), String> {
        self.stop()?;
        self.rise()
    }

    fn stop(&self) -> Result<(), String> {
        let data = self.folder.join("data");
        self.tool("pg_ctl", &["-D", &data.to_string_lossy(), "-m", "immediate", "stop"])
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("postgres://nenep@127.0.0.1:{}/nenep_test", self.port)
    }

    /// Waits until the terminal says it is enough.
    pub fn wait(self) -> Result<(), String> {
        println!("Enter ends it.");
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(|e| e.to_string())?;
        Ok(())
    }

    fn tool(&self, name: &str, args: &[&str]) -> Result<(), String> {
        let program = newest(name)?;
        let mut command = if self.as_root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let log =
            std::fs::File::create(self.folder.join(format!("{name}.out"))).map_err(|e| e.to_string())?;
        let errors = log.try_clone().map_err(|e| e.to_string())?;
        command.args(args).current_dir(&self.folder).stdout(log).stderr(errors);
        crate::run(&mut command).map_err(|why| {
            let said = std::fs::read_to_string(self.folder.join(format!("{name}.out"))).unwrap_or_default();
            format!("{why}\n{said}")
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The tool of the newest PostgreSQL that Debian installed.
fn newest(name: &str) -> Result<PathBuf, String> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin").join(name))
        .filter(|path| Path::new(path).exists())
        .collect();
    found.sort();
    found
        .pop()
        .ok_or_else(|| format!("PostgreSQL's {name} was not found; install Debian's package postgresql"))
}
