//! Prints a file's text as it is read, and its problems.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    for file in std::env::args().skip(1) {
        let t = reader::read(&file, &std::fs::read(&file)?);
        println!("{}", t.text);
        for p in t.problems {
            eprintln!("{file}: {}", p.message);
        }
    }
    Ok(())
}
