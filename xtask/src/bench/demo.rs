//! The demonstration that benchmarks measure on: five organisations, made once by the program.

use super::{root, target};
use std::path::PathBuf;
use std::process::Command;

/// The demonstration's files and sign-ins.
pub struct Demo {
    pub program: PathBuf,
    pub database: PathBuf,
    /// The name of somebody who may see most pages, and the password.
    pub sign_in: (String, String),
}

/// The officer of the block: sees everything below, writes its reports.
const NAME: &str = "canbo";

impl Demo {
    /// Builds the program as it would be shipped and, the first time, the demonstration.
    pub fn ready() -> Result<Demo, String> {
        let mut cargo = Command::new("cargo");
        crate::run(cargo.args(["build", "--release", "--quiet", "-p", "nenep"]).current_dir(root()))?;
        let (program, folder) = (target().join("release/nenep"), target().join("bench-demo"));
        let made = Command::new(&program)
            .args(["demo", "--no-serve", "--dir"])
            .arg(&folder)
            .output()
            .map_err(|e| format!("{}: {e}", program.display()))?;
        if !made.status.success() {
            return Err(format!("nenep demo: {}", String::from_utf8_lossy(&made.stderr)));
        }
        // A line of a sign-in: the name, the password, two spaces, what the role may do.
        let printed = String::from_utf8_lossy(&made.stdout).into_owned();
        let line = printed.lines().find_map(|l| l.trim().strip_prefix(NAME)).unwrap_or_default();
        let password = line.trim().split("  ").next().unwrap_or_default().to_owned();
        if password.is_empty() {
            return Err(format!("nenep demo printed no sign-in of '{NAME}':\n{printed}"));
        }
        Ok(Demo { program, database: folder.join("nenep.sqlite"), sign_in: (NAME.to_owned(), password) })
    }
}
