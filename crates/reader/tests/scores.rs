//! How well the claims are read: on the seeds, on our own labelled reports, and on reports kept aside.
//!
//! The rules of scoring are those of `score.py` beside the seeds: values equal, quotes overlapping,
//! pairs one to one; then the labels among the pairs. `cargo test -p reader --test scores --
//! --nocapture` prints the tables and every error of the texts that rules may be written for; of
//! the reports kept aside (`cases/held-out`) it prints the figures alone.

use reader::claims;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Default)]
struct Gold {
    start: usize,
    len: usize,
    quote: String,
    value: f64,
    comparator: String,
    unit: String,
    of: Option<f64>,
    topics: Vec<String>,
    periods: Vec<Option<String>>,
    part_of: Option<usize>,
}

#[derive(Default, Clone, Copy)]
struct Sum {
    gold: usize,
    pred: usize,
    pairs: usize,
    comparator: usize,
    unit: usize,
    topic: usize,
    topic_strict: usize,
    period: usize,
    of: usize,
    part: usize,
}

impl Sum {
    fn add(&mut self, o: &Sum) {
        self.gold += o.gold;
        self.pred += o.pred;
        self.pairs += o.pairs;
        self.comparator += o.comparator;
        self.unit += o.unit;
        self.topic += o.topic;
        self.topic_strict += o.topic_strict;
        self.period += o.period;
        self.of += o.of;
        self.part += o.part;
    }
    fn rate(n: usize, of: usize) -> f64 {
        if of == 0 { 1.0 } else { n as f64 / of as f64 }
    }
    fn precision(&self) -> f64 {
        Sum::rate(self.pairs, self.pred)
    }
    fn recall(&self) -> f64 {
        Sum::rate(self.pairs, self.gold)
    }
    fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
    fn of_pairs(&self, n: usize) -> f64 {
        Sum::rate(n, self.pairs)
    }
    fn row(&self, name: &str) -> String {
        format!(
            "{name:<16}{:>4}{:>5}{:>5}  P {:.3} R {:.3} F1 {:.3} | cmp {:.3} unit {:.3} topic {:.3} (strict {:.3}) period {:.3} of {:.3} part {:.3}",
            self.gold,
            self.pred,
            self.pairs,
            self.precision(),
            self.recall(),
            self.f1(),
            self.of_pairs(self.comparator),
            self.of_pairs(self.unit),
            self.of_pairs(self.topic),
            self.of_pairs(self.topic_strict),
            self.of_pairs(self.period),
            self.of_pairs(self.of),
            self.of_pairs(self.part)
        )
    }
}

/// One-to-one pairs, as many as possible, the better overlap first.
fn pair(edges: &[(usize, usize, f64)], gold: usize, pred: usize) -> Vec<Option<usize>> {
    let mut order: Vec<&(usize, usize, f64)> = edges.iter().collect();
    order.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1)));
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); gold];
    for (g, p, _) in order {
        next[*g].push(*p);
    }
    let mut owner: Vec<Option<usize>> = vec![None; pred];
    fn try_one(g: usize, next: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
        for &p in &next[g] {
            if seen[p] {
                continue;
            }
            seen[p] = true;
            if owner[p].is_none_or(|o| try_one(o, next, owner, seen)) {
                owner[p] = Some(g);
                return true;
            }
        }
        false
    }
    for g in 0..gold {
        try_one(g, &next, &mut owner, &mut vec![false; pred]);
    }
    let mut out = vec![None; gold];
    for (p, g) in owner.iter().enumerate() {
        if let Some(g) = g {
            out[*g] = Some(p);
        }
    }
    out
}

fn score(name: &str, text: &str, gold: &[Gold], errors: &mut String) -> Sum {
    let got = claims(text);
    let chars: Vec<char> = text.chars().collect();
    for c in &got {
        let n = c.quote.chars().count();
        let there: String = chars[c.start..c.start + n].iter().collect();
        assert_eq!(there, c.quote, "{name}: a quote must stand where it says");
        assert_eq!(&text[c.bytes.clone()], c.quote);
    }
    let mut edges = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, c) in got.iter().enumerate() {
            let same = (g.value - c.value).abs() <= 1e-9 * g.value.abs().max(c.value.abs()).max(1.0);
            let (a, b) = (g.start, g.start + g.len);
            let (x, y) = (c.start, c.start + c.quote.chars().count());
            let overlap = b.min(y) as f64 - a.max(x) as f64;
            if same && overlap > 0.0 {
                edges.push((i, j, overlap / (b.max(y) - a.min(x)) as f64));
            }
        }
    }
    let pairs = pair(&edges, gold.len(), got.len());
    let mut s = Sum { gold: gold.len(), pred: got.len(), ..Sum::default() };
    for (i, p) in pairs.iter().enumerate() {
        let g = &gold[i];
        let Some(j) = *p else {
            let _ = writeln!(errors, "{name} MISSED {} {:?}", g.value, g.quote);
            continue;
        };
        let c = &got[j];
        s.pairs += 1;
        let mut note = |ok: bool, what: &str, want: String, had: String| {
            if !ok {
                let _ = writeln!(errors, "{name} {what}: want {want:?}, got {had:?} {:?}", g.quote);
            }
            usize::from(ok)
        };
        s.comparator += note(
            g.comparator == c.comparator.name(),
            "comparator",
            g.comparator.clone(),
            c.comparator.name().into(),
        );
        let norm = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let (u, v) = (norm(&g.unit), norm(&c.unit));
        s.unit += note(u == v || u.contains(&v) || v.contains(&u), "unit", u.clone(), v.clone());
        s.topic_strict += usize::from(g.topics[0] == c.topic.name());
        s.topic += note(
            g.topics.iter().any(|t| t == c.topic.name()),
            "topic",
            g.topics.join("/"),
            c.topic.name().into(),
        );
        let periods: Vec<&str> = g.periods.iter().map(|p| p.as_deref().unwrap_or("-")).collect();
        let had = c.period.clone().unwrap_or_else(|| "-".into());
        s.period += note(periods.contains(&had.as_str()), "period", periods.join("/"), had);
        s.of += note(g.of == c.of, "of", format!("{:?}", g.of), format!("{:?}", c.of));
        let part = match (g.part_of, c.part_of) {
            (None, None) => true,
            (Some(a), Some(b)) => pairs[a] == Some(b),
            _ => false,
        };
        s.part += note(
            part,
            "part_of",
            format!("{:?}", g.part_of),
            format!("{:?}", c.part_of.map(|p| &got[p].quote)),
        );
    }
    for (j, c) in got.iter().enumerate() {
        if !pairs.contains(&Some(j)) {
            let _ = writeln!(errors, "{name} SPURIOUS {} {:?} ({})", c.value, c.quote, c.why);
        }
    }
    s
}

/// A text with its labels inside: `{quote|value|unit|topic|period|extras}`.
fn labelled(source: &str) -> (String, Vec<Gold>) {
    let mut text = String::new();
    let mut gold = Vec::new();
    let mut rest = source;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let close = rest[open..].find('}').expect("a label is closed") + open;
        let fields: Vec<&str> = rest[open + 1..close].split('|').collect();
        assert!(fields.len() >= 5, "a label has five fields: {fields:?}");
        let mut g = Gold {
            start: text.chars().count(),
            len: fields[0].chars().count(),
            quote: fields[0].to_owned(),
            comparator: "exact".into(),
            unit: fields[2].to_owned(),
            topics: fields[3].split('/').map(str::to_owned).collect(),
            periods: fields[4].split('/').map(|p| (p != "-").then(|| p.to_owned())).collect(),
            ..Gold::default()
        };
        let values: Vec<f64> = fields[1].split(';').map(|v| v.parse().expect("a number")).collect();
        for extra in fields.get(5).unwrap_or(&"").split(',').filter(|e| !e.is_empty()) {
            match extra.split_once('=') {
                Some(("of", v)) => g.of = v.parse().ok(),
                Some(("part", v)) => g.part_of = v.parse().ok(),
                _ => match extra {
                    "ge" => g.comparator = "at_least".into(),
                    "le" => g.comparator = "at_most".into(),
                    "ap" => g.comparator = "approx".into(),
                    "range" => {}
                    other => panic!("an unknown extra: {other}"),
                },
            }
        }
        text.push_str(fields[0]);
        if let [low, high] = values[..] {
            gold.push(Gold { value: low, comparator: "at_least".into(), ..g.clone() });
            gold.push(Gold { value: high, comparator: "at_most".into(), ..g });
        } else {
            g.value = values[0];
            gold.push(g);
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, gold)
}

fn own_cases(dir: &str, errors: &mut String) -> (Sum, String) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(dir);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&dir)
        .expect("the labelled reports")
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut total = Sum::default();
    let mut table = String::new();
    for f in files {
        let name = f.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (text, gold) = labelled(&std::fs::read_to_string(&f).expect("a text"));
        let s = score(&name, &text, &gold, errors);
        let _ = writeln!(table, "{}", s.row(&name));
        total.add(&s);
    }
    let _ = writeln!(table, "{}", total.row("TOTAL"));
    (total, table)
}

fn at_least(what: &str, got: f64, want: f64) {
    assert!(
        got >= want,
        "{what} is {got:.3}, must be at least {want:.3}; run with --nocapture for the errors"
    );
}

#[test]
fn own_reports() {
    let mut errors = String::new();
    let (s, table) = own_cases("", &mut errors);
    println!("{table}{errors}");
    at_least("F1", s.f1(), 0.95);
    at_least("comparator", s.of_pairs(s.comparator), 0.97);
    at_least("unit", s.of_pairs(s.unit), 0.95);
    at_least("topic", s.of_pairs(s.topic), 0.85);
    at_least("period", s.of_pairs(s.period), 0.85);
    at_least("part_of", s.of_pairs(s.part), 0.90);
}

/// No rule was ever written for these. Four of them (`annual-tables`, `border-post`, `paper-feature`,
/// `women-commune`) were labelled before they were first read and scored then, before any change:
/// F1 0.987, comparator 1.000, unit 0.982, topic 0.876, period 0.965, part 0.991 of 114 claims.
/// Three more (`contest-news`, `hospital-cell`, `veterans`) came after the rules for tables, and were
/// first read so: F1 0.993, comparator 1.000, unit 1.000, topic 0.884, period 0.957, part 0.971 of 70.
#[test]
fn reports_kept_aside() {
    let (s, table) = own_cases("held-out", &mut String::new());
    println!("{table}");
    at_least("F1", s.f1(), 0.95);
    at_least("comparator", s.of_pairs(s.comparator), 0.95);
    at_least("unit", s.of_pairs(s.unit), 0.95);
    at_least("topic", s.of_pairs(s.topic), 0.85);
    at_least("period", s.of_pairs(s.period), 0.85);
    at_least("part_of", s.of_pairs(s.part), 0.90);
}

#[test]
fn seeds() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    assert!(
        dir.join("seed0.txt").exists(),
        "the seed reports are missing: they belong in ../shared/seeds, beside the workspace root"
    );
    let mut errors = String::new();
    let mut total = Sum::default();
    for n in 0..5 {
        let text = std::fs::read_to_string(dir.join(format!("seed{n}.txt"))).expect("a seed");
        let labels = std::fs::read_to_string(dir.join(format!("claims/seed{n}.jsonl"))).expect("its claims");
        let gold: Vec<Gold> = labels.lines().filter(|l| !l.trim().is_empty()).map(of_json).collect();
        let s = score(&format!("seed{n}"), &text, &gold, &mut errors);
        println!("{}", s.row(&format!("seed{n}")));
        total.add(&s);
    }
    println!("{}\n{errors}", total.row("TOTAL"));
    at_least("precision", total.precision(), 0.98);
    at_least("recall", total.recall(), 0.98);
    at_least("comparator", total.of_pairs(total.comparator), 0.98);
    at_least("unit", total.of_pairs(total.unit), 0.95);
    at_least("topic", total.of_pairs(total.topic_strict), 0.92);
    at_least("period", total.of_pairs(total.period), 0.90);
    at_least("part_of", total.of_pairs(total.part), 0.90);
}

fn of_json(line: &str) -> Gold {
    let v: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let text = |v: &serde_json::Value| v.as_str().map(str::to_owned);
    let quote = text(&v["quote"]).expect("a quote");
    let alt = |field: &str| v["alt"][field].as_array().cloned().unwrap_or_default();
    Gold {
        start: v["start"].as_u64().expect("a start") as usize,
        len: quote.chars().count(),
        quote,
        value: v["value"].as_f64().expect("a value"),
        comparator: text(&v["comparator"]).expect("a comparator"),
        unit: text(&v["unit"]).expect("a unit"),
        of: v["of"].as_f64(),
        topics: std::iter::once(&v["topic"]).chain(&alt("topic")).filter_map(text).collect(),
        periods: std::iter::once(&v["period"]).chain(&alt("period")).map(text).collect(),
        part_of: v["part_of"].as_u64().map(|p| p as usize),
    }
}

#[test]
fn the_scorer_counts_as_it_should() {
    let (text, gold) = labelled("Kiểm tra {4 chi bộ|4|chi bộ|inspection|-}, {9 xe|7|xe|other|-}.");
    let mut errors = String::new();
    let s = score("x", &text, &gold, &mut errors);
    assert_eq!((s.gold, s.pred, s.pairs, s.topic), (2, 2, 1, 1), "{errors}");
    assert_eq!(pair(&[(0, 0, 1.0), (0, 1, 0.9), (1, 0, 0.9)], 2, 2), [Some(1), Some(0)]);
}

/// Decomposed letters, Windows line ends, no-break blanks and broken lines change nothing.
#[test]
fn damage_does_not_matter() {
    use unicode_normalization::UnicodeNormalization;
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    for name in ["commune", "block-report", "womens-union", "newspaper"] {
        let (text, _) = labelled(&std::fs::read_to_string(dir.join(format!("{name}.txt"))).expect("a text"));
        let values = |t: &str| -> Vec<(String, &'static str)> {
            claims(t).iter().map(|c| (format!("{}", c.value), c.topic.name())).collect()
        };
        let want = values(&text);
        let damaged: [(&str, String); 4] = [
            ("NFD", text.nfd().collect()),
            ("CRLF", text.replace('\n', "\r\n")),
            ("no-break blanks", text.replace(" đảng", "\u{a0}đảng").replace(" cá", "\u{a0}cá")),
            ("broken lines", wrapped(&text)),
        ];
        for (what, t) in damaged {
            assert_eq!(values(&t), want, "{name}: {what}");
        }
    }
}

/// Lines of about ninety letters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for c in text.chars() {
        if c == ' ' && width > 85 {
            out.push('\n');
            width = 0;
        } else {
            out.push(c);
            width = if c == '\n' { 0 } else { width + 1 };
        }
    }
    out
}
