//! `fuzz [NAME] [--seconds N]`: one fuzzer, or each in turn, as `fuzz/README.md` says.

use std::path::Path;
use std::process::Command;

/// So long each, when nothing else is asked.
const SECONDS: u32 = 120;

/// Runs one target, or all.
pub fn run(args: &[String]) -> Result<(), String> {
    let (mut asked, mut seconds) = (None, SECONDS);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--seconds" => {
                let n = args.next().and_then(|n| n.parse().ok());
                seconds = n.ok_or("--seconds needs a whole number")?;
            }
            name => asked = Some(name.to_owned()),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned();
    let all = targets(&root.join("fuzz/fuzz_targets"))?;
    let chosen = match asked {
        Some(name) if all.contains(&name) => vec![name],
        Some(name) => return Err(format!("No target is called {name}. There are: {}", all.join(", "))),
        None => all,
    };
    for name in chosen {
        let found = root.join("fuzz/found").join(&name);
        std::fs::create_dir_all(&found).map_err(|e| format!("{}: {e}", found.display()))?;
        println!("fuzz: {name}, {seconds} s");
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&root).args(["+nightly", "fuzz", "run", "-O", "-a", "--sanitizer", "none", &name]);
        // New inputs go where git does not look; the kept ones are read only.
        cargo.arg(found).arg(root.join("fuzz/corpus").join(&name)).arg("--");
        cargo.args(["-rss_limit_mb=256", "-timeout=10", "-print_final_stats=1"]);
        cargo.arg(format!("-dict={}", root.join("fuzz").join(dictionary(&name)).display()));
        crate::run(cargo.arg(format!("-max_total_time={seconds}")))?;
    }
    Ok(())
}

fn dictionary(target: &str) -> &'static str {
    match target {
        "docx" | "xlsx" | "workbook" | "edited" | "html" => "xml.dict",
        "pdf" => "pdf.dict",
        "indicator" | "catalogue" | "template" => "language.dict",
        _ => "text.dict",
    }
}

fn targets(folder: &Path) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let names = entries.flatten().map(|e| e.path());
    let mut names: Vec<String> = names.filter_map(|p| Some(p.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}
