//! Programs and packages that the tests start, and how they come to a new machine.
//!
//! Debian's packages are installed when this runs as root, and named otherwise. Packages of npm go into
//! `target/npm`, in the exact versions of `xtask/tools/package.json`; nothing of them is kept in the repository.

use crate::run;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that tells the tests where npm's packages are.
pub const VARIABLE: &str = "NENEP_TEST_NPM";

/// A program that tests start, and the package that has it.
const NEEDED: [(&str, &str); 7] = [
    ("/usr/lib/postgresql", "postgresql"),
    ("/usr/bin/chromium", "chromium"),
    ("/usr/bin/chromedriver", "chromium-driver"),
    ("/usr/bin/soffice", "libreoffice-writer"),
    ("/usr/lib/libreoffice/program/libsclo.so", "libreoffice-calc"),
    ("/usr/bin/pdftotext", "poppler-utils"),
    ("/usr/bin/aiosmtpd", "python3-aiosmtpd"),
];

/// Installs what is missing.
///
/// # Errors
/// What could not be installed, and what to do.
pub fn install() -> Result<(), String> {
    let mut missing: Vec<&str> =
        NEEDED.iter().filter(|(path, _)| !Path::new(path).exists()).map(|(_, package)| *package).collect();
    if !Command::new("npm").arg("--version").output().is_ok_and(|o| o.status.success()) {
        missing.push("npm");
    }
    if missing.is_empty() {
        return packages();
    }
    let words = missing.join(" ");
    println!("xtask: installing {words}");
    let apt =
        |args: &[&str]| run(Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"));
    let installed = apt(&["update", "-qq"]).and_then(|()| {
        let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
        args.extend(&missing);
        apt(&args)
    });
    installed.map_err(|why| {
        format!("{why}\nThe tests need Debian's packages: {words}. Install them and try again.")
    })?;
    packages()
}

/// Where npm's packages are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/npm/node_modules")
}

/// npm's packages, when they are not those of `package.json`.
fn packages() -> Result<(), String> {
    const WANTED: &str = include_str!("../tools/package.json");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/npm");
    let (list, done) = (folder.join("package.json"), folder.join("installed.json"));
    if std::fs::read_to_string(&done).is_ok_and(|have| have == WANTED) {
        return Ok(());
    }
    let wrote = |e: std::io::Error| format!("{}: {e}", folder.display());
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&list, WANTED)).map_err(wrote)?;
    let arguments =
        ["install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"];
    run(Command::new("npm").args(arguments).current_dir(&folder))?;
    // Written last: an install that was cut short is done again.
    std::fs::write(&done, WANTED).map_err(wrote)
}
