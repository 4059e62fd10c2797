//! The mapping file: which heading of an office's own list means which column.
//!
//! One `"heading" = "column"` a line; `#` begins a comment; the heading is matched folded.
//! A line `[kind]` limits the lines after it to sheets of that kind. The form is a subset of TOML,
//! so that editors colour it, but nothing more of TOML is read.

use crate::header::heading_key;
use crate::problem::{Problem, cut};
use crate::spec::SheetSpec;
use domain::Message;

/// The most bytes of a mapping file.
const MAX_BYTES: usize = 64 * 1024;

/// Headings and the columns they mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    kind: Option<String>,
    key: String,
    column: String,
    number: u32,
}

impl Mapping {
    /// Reads a mapping file. Every bad line is named.
    pub fn parse(text: &str) -> Result<Mapping, Vec<Problem>> {
        if text.len() > MAX_BYTES {
            return Err(vec![Problem::file(
                Message::new("exchange-mapping-too-long").with("limit", MAX_BYTES / 1024),
            )]);
        }
        let mut lines: Vec<Line> = Vec::new();
        let mut problems = Vec::new();
        let mut kind: Option<String> = None;
        for (number, line) in (1_u32..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let plain = line.trim();
            if plain.is_empty() || plain.starts_with('#') {
                continue;
            }
            if let Some(name) = plain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                kind = Some(name.trim().to_owned());
                continue;
            }
            let bad = |key: &'static str| Problem {
                row: Some(number),
                found: cut(plain),
                ..Problem::file(Message::new(key).with("line", i64::from(number)).with("found", cut(plain)))
            };
            let Some((heading, column)) = pair(plain) else {
                problems.push(bad("exchange-mapping-unreadable"));
                continue;
            };
            let key = heading_key(&heading);
            if key.is_empty() || column.is_empty() {
                problems.push(bad("exchange-mapping-unreadable"));
            } else if lines.iter().any(|l| l.key == key && l.kind == kind) {
                problems.push(bad("exchange-mapping-doubled"));
            } else {
                lines.push(Line { kind: kind.clone(), key, column, number });
            }
        }
        if problems.is_empty() { Ok(Mapping { lines }) } else { Err(problems) }
    }

    /// The column of `spec` that a heading (already a heading key) means.
    pub(crate) fn column(&self, spec: &SheetSpec, key: &str) -> Option<usize> {
        self.lines
            .iter()
            .filter(|l| l.key == key && l.kind.as_deref().is_none_or(|k| k == spec.name))
            .find_map(|l| spec.position(&l.column))
    }

    /// Lines that name a kind or column none of the specs has: misspellings, told to the person.
    pub fn strangers(&self, specs: &[&'static SheetSpec]) -> Vec<Problem> {
        let known = |l: &Line| {
            specs
                .iter()
                .filter(|s| l.kind.as_deref().is_none_or(|k| k == s.name))
                .any(|s| s.position(&l.column).is_some())
        };
        self.lines
            .iter()
            .filter(|l| !known(l))
            .map(|l| Problem {
                row: Some(l.number),
                found: cut(&l.column),
                ..Problem::file(
                    Message::new("exchange-mapping-stranger")
                        .with("line", i64::from(l.number))
                        .with("found", cut(&l.column)),
                )
            })
            .collect()
    }
}

/// `"heading" = "column"`, quotes optional on both sides; text after `#` behind the value is a comment.
fn pair(line: &str) -> Option<(String, String)> {
    let (heading, rest) = match line.strip_prefix('"') {
        Some(quoted) => {
            let end = quoted.find('"')?;
            (&quoted[..end], quoted[end + 1..].trim_start().strip_prefix('=')?)
        }
        None => line.split_once('=')?,
    };
    let rest = rest.trim();
    let column = match rest.strip_prefix('"') {
        Some(quoted) => {
            let end = quoted.find('"')?;
            let tail = quoted[end + 1..].trim();
            if !tail.is_empty() && !tail.starts_with('#') {
                return None;
            }
            &quoted[..end]
        }
        None => rest.split('#').next().unwrap_or(rest),
    };
    Some((heading.trim().to_owned(), column.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: SheetSpec = SheetSpec {
        name: "member",
        title: "Đảng viên",
        note: "",
        columns: &[crate::ColumnSpec { name: "name", heading: "Họ và tên", ..crate::ColumnSpec::TEXT }],
        key: &[],
    };

    #[test]
    fn reads_lines_comments_and_kinds() {
        let text = "\u{feff}# của Đảng ủy X\n\"Tên đồng chí\" = \"name\" # họ tên\n\n[unit]\nTên = name\n";
        let mapping = Mapping::parse(text).expect("a mapping");
        assert_eq!(mapping.column(&SPEC, "ten dong chi"), Some(0));
        assert_eq!(mapping.column(&SPEC, "ten"), None, "that line is for units");
        let strangers = mapping.strangers(&[&SPEC]);
        assert_eq!(strangers.len(), 1);
        assert_eq!(strangers[0].row, Some(5));
    }

    #[test]
    fn names_every_bad_line() {
        let problems =
            Mapping::parse("không có dấu bằng\n\"a\" = \"b\"\n\"A\" = \"c\"\n\"x = y\n").expect_err("bad");
        let rows: Vec<_> = problems.iter().map(|p| p.row).collect();
        assert_eq!(rows, [Some(1), Some(3), Some(4)]);
    }

    #[test]
    fn a_mapping_of_megabytes_is_refused() {
        assert!(Mapping::parse(&"a = b\n".repeat(20_000)).is_err());
    }
}
