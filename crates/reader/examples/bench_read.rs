//! Our side of `cargo xtask bench read`: `bench_read TEXT DOCX PDF FOLDER ROUNDS` prints lines `key milliseconds`.

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

/// Milliseconds that this thread has had a processor; Linux counts them in nanoseconds.
fn on_processor() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e6)
}

/// Runs it in so many rounds of so many, and prints how long one took: on a processor, and on the
/// wall. The system counts a processor's time in ticks, so what is short is run often.
fn time(
    key: &str,
    rounds: usize,
    often: u32,
    mut run: impl FnMut() -> usize,
) -> Result<usize, Box<dyn Error>> {
    let mut found = 0;
    for _ in 0..rounds {
        let (cpu, wall) = (on_processor()?, Instant::now());
        for _ in 0..often {
            found = run();
        }
        println!("{key} {:.4}", (on_processor()? - cpu) / f64::from(often));
        println!("{key}_wall {:.4}", wall.elapsed().as_secs_f64() * 1e3 / f64::from(often));
    }
    Ok(found)
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [text, docx, pdf, folder, rounds] = &args[..] else {
        return Err("bench_read TEXT DOCX PDF FOLDER ROUNDS".into());
    };
    let rounds: usize = rounds.parse()?;
    let long = std::fs::read_to_string(text)?;
    println!("megabytes {}", long.len() as f64 / 1e6);
    let found = time("text", rounds, 1, || reader::claims(&long).len())?;
    println!("text_claims {found}");
    println!("text_numbers {}", reader::numbers(&long).len());

    let bytes = std::fs::read(docx)?;
    time("docx_text", rounds, 50, || reader::read("a.docx", &bytes).text.len())?;
    let found = time("docx", rounds, 50, || reader::claims(&reader::read("a.docx", &bytes).text).len())?;
    println!("docx_claims {found}");

    let bytes = std::fs::read(pdf)?;
    time("pdf_text", rounds, 50, || reader::read("a.pdf", &bytes).text.len())?;
    let found = time("pdf", rounds, 50, || reader::claims(&reader::read("a.pdf", &bytes).text).len())?;
    println!("pdf_claims {found}");

    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|e| e.path()).collect();
    files.sort();
    println!("files {}", files.len());
    time("hundred", rounds, 1, || {
        let read =
            |p: &PathBuf| std::fs::read(p).map(|b| reader::claims(&reader::read("a.docx", &b).text).len());
        files.iter().filter_map(|p| read(p).ok()).sum()
    })?;
    Ok(())
}
