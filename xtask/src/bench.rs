//! Benchmarks: our side and a peer's in one run, as a table and one last line.

/// Runs a benchmark by its name.
pub fn run(name: &str) -> Result<(), String> {
    Err(format!("there is no benchmark '{name}'"))
}
