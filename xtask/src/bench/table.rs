//! The table that a benchmark prints, and its last line.

/// One thing that was measured on both sides.
pub struct Row {
    pub what: String,
    pub unit: &'static str,
    pub ours: f64,
    pub peer: Option<f64>,
    /// What was promised: at most so much.
    pub target: Option<f64>,
}

/// What a benchmark found.
pub struct Table {
    /// How both sides were measured, in a few lines.
    pub about: String,
    /// What the columns of the peer are headed with.
    pub peer: &'static str,
    /// The first row's figure is the benchmark's.
    pub rows: Vec<Row>,
}

impl Table {
    /// Prints it, and then `NAME: figure unit, ratio to peer`.
    pub fn print(&self, name: &str) {
        println!("{}\n", self.about.trim());
        println!("| | ours | {} | ours ÷ peer | target |", self.peer);
        println!("|---|---:|---:|---:|---|");
        for row in &self.rows {
            let peer = row.peer.map_or("—".to_owned(), |p| format!("{} {}", shown(p), row.unit));
            let ratio = row.peer.map_or("—".to_owned(), |p| format!("{:.3}", row.ours / p));
            let target = row.target.map_or(String::new(), |t| {
                format!("≤ {t} {}: {}", row.unit, if row.ours <= t { "met" } else { "MISSED" })
            });
            println!("| {} | {} {} | {peer} | {ratio} | {target} |", row.what, shown(row.ours), row.unit);
        }
        println!();
        let Some(first) = self.rows.first() else { return println!("{name}: nothing was measured") };
        // The whole of a job may have no peer where a part of it has.
        let ratio = self.rows.iter().find_map(|r| Some((r, r.ours / r.peer?)));
        let ratio = match ratio {
            Some((row, ratio)) if std::ptr::eq(row, first) => format!("{ratio:.3} of the peer's"),
            Some((row, ratio)) => format!("{ratio:.3} of the peer's ({})", row.what),
            None => "no peer".to_owned(),
        };
        println!("{name}: {} {}, {ratio}", shown(first.ours), first.unit);
    }
}

/// Three digits are all that a shared machine can vouch for.
fn shown(n: f64) -> String {
    match n {
        n if n >= 100.0 => format!("{n:.0}"),
        n if n >= 10.0 => format!("{n:.1}"),
        _ => format!("{n:.2}"),
    }
}
