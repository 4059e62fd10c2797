//! What a process took: time on the wall, time on a processor, memory.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Linux tells processor time in hundredths of a second, whatever the machine.
const TICKS: f64 = 100.0;

/// What a finished process took, in seconds, and what it printed.
pub struct Took {
    pub wall: f64,
    pub cpu: f64,
    pub printed: String,
}

/// Runs a program to its end, its start included.
pub fn run(command: &mut Command) -> Result<Took, String> {
    let (start, before) = (Instant::now(), of_children()?);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("{command:?}: {e}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", output.status));
    }
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(Took { wall: start.elapsed().as_secs_f64(), cpu: of_children()? - before, printed })
}

/// Processor seconds of all children that have ended.
fn of_children() -> Result<f64, String> {
    let path = "/proc/self/stat";
    let stat = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    // The program's name stands in brackets and may hold spaces; the numbers follow it.
    let numbers = stat.rsplit(')').next().unwrap_or_default();
    let at = |n: usize| numbers.split_whitespace().nth(n).and_then(|w| w.parse::<f64>().ok());
    match (at(13), at(14)) {
        (Some(user), Some(system)) => Ok((user + system) / TICKS),
        _ => Err(format!("{path}: {stat}")),
    }
}

/// Milliseconds that the threads of a running process have had a processor; Linux counts them in
/// nanoseconds.
pub fn on_processors(pid: u32) -> f64 {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return 0.0 };
    let of_thread = |path: std::path::PathBuf| -> Option<f64> {
        let text = std::fs::read_to_string(path.join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    threads.flatten().filter_map(|t| of_thread(t.path())).sum::<f64>() / 1e6
}

/// Megabytes that a running process takes: of a page that several mappings hold, its share. The resident size would
/// count a page of the database file once for each connection.
pub fn memory(pid: u32) -> Result<f64, String> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let told = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    let line = told.lines().find(|l| l.starts_with("Pss:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().nth(1)).and_then(|n| n.parse::<f64>().ok());
    kilobytes.map(|n| n / 1024.0).ok_or_else(|| format!("{path} says nothing of Pss"))
}

/// Does something and tells the most that a running process took meanwhile, looked at every few milliseconds. The
/// looking itself costs time: nothing is timed in it.
pub fn most_memory<T>(pid: u32, work: impl FnOnce() -> T) -> Result<(T, f64), String> {
    let (over, at_first) = (AtomicBool::new(false), memory(pid)?);
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut most = at_first;
            while !over.load(Ordering::Acquire) {
                most = memory(pid).unwrap_or_default().max(most);
                std::thread::sleep(Duration::from_millis(3));
            }
            most
        });
        let done = work();
        over.store(true, Ordering::Release);
        let most = watch.join().map_err(|_| "the watch ended".to_owned())?;
        Ok((done, most))
    })
}

/// The middle one of some measurements; 0 of none.
pub fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// The numbers of a key in what a program printed as lines `key number`.
pub fn numbers(printed: &str, key: &str) -> Vec<f64> {
    let of_key = printed.lines().filter_map(|l| l.strip_prefix(key)?.strip_prefix(' '));
    of_key.filter_map(|n| n.trim().parse().ok()).collect()
}
