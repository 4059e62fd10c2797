//! Writes a sample report as PDF, to look at: `cargo run -p document --example sample_pdf [FILE] [COPIES]`.
//! COPIES repeats the body, to see long documents and to time them.

mod report;

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "sample.pdf".to_owned());
    let copies = args.next().map_or(Ok(1), |n| n.parse())?;
    let doc = report::report(copies);
    let day = doc.head.day.unwrap_or_default();
    for _ in 0..3 {
        let start = Instant::now();
        let bytes = document::pdf::write(&doc, document::layout::profile(day))
            .map_err(|message| message.to_string())?;
        println!("{path}: {} bytes in {:.1} ms", bytes.len(), start.elapsed().as_secs_f64() * 1000.0);
        std::fs::write(&path, bytes)?;
    }
    Ok(())
}
