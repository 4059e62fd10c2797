//! Prints the claims of text files as JSON lines: `claims OUT_DIR FILE…` writes `OUT_DIR/NAME.jsonl`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().ok_or("usage: claims OUT_DIR FILE…")?;
    std::fs::create_dir_all(&out)?;
    for file in args {
        let text = std::fs::read_to_string(&file)?;
        let mut lines = String::new();
        for c in reader::claims(&text) {
            let row = serde_json::json!({
                "quote": c.quote, "start": c.start, "value": c.value, "comparator": c.comparator.name(),
                "unit": c.unit, "of": c.of, "topic": c.topic.name(), "period": c.period,
                "subject": c.subject, "part_of": c.part_of, "why": c.why,
            });
            lines.push_str(&row.to_string());
            lines.push('\n');
        }
        let stem = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        std::fs::write(Path::new(&out).join(format!("{stem}.jsonl")), lines)?;
    }
    Ok(())
}
