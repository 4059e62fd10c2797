//! How fast texts are read: `speed FILE…` repeats the files to 8 MB and prints MB/s.

use std::error::Error;
use std::time::Instant;

fn time(name: &str, text: &str) {
    let start = Instant::now();
    let n = reader::claims(text).len();
    let s = start.elapsed().as_secs_f64();
    println!(
        "{name:<20} {:.1} MB, {n} claims, {s:.3} s, {:.1} MB/s",
        text.len() as f64 / 1e6,
        text.len() as f64 / 1e6 / s
    );
}

fn main() -> Result<(), Box<dyn Error>> {
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file)?;
        let many = text.repeat((8 << 20) / text.len().max(1));
        time(&file, &many);
    }
    time("digits", &"7".repeat(8 << 20));
    time("numbers", &"1 ".repeat(4 << 20));
    time("counts", &"5 xã, ".repeat(1 << 20));
    time("one line of words", &"chi bộ ".repeat(1 << 20));
    time("brackets", &"(".repeat(4 << 20));
    time("quotes 5", &"“5 ".repeat(1 << 20));
    time("years", &"2021, ".repeat(1 << 20));
    time("kiểm tra 5 xã", &"kiểm tra 5 xã; ".repeat(400_000));
    time("rows", &"a\t5\t6\n".repeat(700_000));
    time("cells", &"5\t".repeat(2 << 20));
    time("lines", &"a\n".repeat(2 << 20));
    time("notes", &"a¹ b\n\n¹ c 5 xã\n\n".repeat(200_000));
    time("list", &("Có 5 xã:\n".to_owned() + &"- 1 xã\n".repeat(400_000)));
    time("commas", &"1,2".repeat(1 << 20));
    time("dashes", &"5-6/7-".repeat(1 << 20));
    time("fix", &"tòch khơng ".repeat(500_000));
    Ok(())
}
