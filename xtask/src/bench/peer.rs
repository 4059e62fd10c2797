//! The peers: what offices use for the same work today, from PyPI and from Debian.

use super::target;
use std::path::PathBuf;
use std::process::Command;

/// What the peers' programs import: the package, and its module. The versions are in the table's words, not pinned: a peer is
/// measured as people would get it.
const PACKAGES: [(&str, &str); 4] =
    [("docxtpl", "docxtpl"), ("locust", "locust"), ("openpyxl", "openpyxl"), ("python-docx", "docx")];

/// A Python of the benchmarks' own with the peers in it, made when it is missing.
pub fn python() -> Result<PathBuf, String> {
    let venv = target().join("bench-venv");
    let python = venv.join("bin/python");
    let ready = || {
        let import = format!("import {}", PACKAGES.map(|(_, module)| module).join(", "));
        Command::new(&python).args(["-c", &import]).output().is_ok_and(|o| o.status.success())
    };
    if !ready() {
        let packages = PACKAGES.map(|(package, _)| package);
        println!("bench: installing {} into {}", packages.join(", "), venv.display());
        crate::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        crate::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    }
    Ok(python)
}

/// A peer's program, ready to get its arguments.
pub fn program(name: &str) -> Result<Command, String> {
    let mut command = Command::new(python()?);
    command.arg(super::root().join("xtask/src/bench/peers").join(name));
    Ok(command)
}

/// The version of an installed package, for the table.
pub fn version(package: &str) -> Result<String, String> {
    let code = format!("import importlib.metadata as m; print(m.version('{package}'))");
    let output =
        Command::new(python()?).args(["-c", &code]).output().map_err(|e| format!("{package}: {e}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
