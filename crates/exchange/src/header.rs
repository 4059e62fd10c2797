//! Finds the row of headings: in any of the first rows, in any order, in any spelling.

use crate::mapping::Mapping;
use crate::raw::{Raw, RawRow};
use crate::spec::{CellType, SheetSpec};
use domain::text;
use std::collections::BTreeMap;

/// How many of the first rows may hold the headings.
pub(crate) const SCANNED_ROWS: u32 = 30;

/// The headings of a sheet, matched to a spec.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Header {
    /// The row, from 0; the lower one of a heading of two rows.
    pub row: u32,
    /// For each column of the spec: the Excel column, from 0.
    pub columns: Vec<Option<u32>>,
    /// By how much bare numbers of the column are multiplied: "(triệu đồng)" is a million.
    pub scales: Vec<i64>,
    /// What stands above each Excel column.
    pub headings: BTreeMap<u32, String>,
    /// Excel columns with a heading that no column has.
    pub extra: Vec<u32>,
    /// Excel columns whose heading means a column that another already stands for.
    pub doubled: Vec<(usize, u32)>,
}

impl Header {
    /// How many columns of the spec were found.
    pub fn found(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// The required columns that were not found.
    pub fn missing(&self, spec: &SheetSpec) -> Vec<usize> {
        (0..spec.columns.len()).filter(|&i| spec.columns[i].required && self.columns[i].is_none()).collect()
    }
}

/// The key under which headings meet: folded, letters and digits only.
pub(crate) fn heading_key(heading: &str) -> String {
    let mut key = String::with_capacity(heading.len());
    for c in text::fold(heading).chars() {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The heading without what stands in brackets: "Ngày sinh (ngày/tháng/năm)".
fn without_brackets(heading: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(heading.len());
    for c in heading.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// "Số tiền (triệu đồng)" says that its numbers are millions.
fn scale_of(heading: &str) -> i64 {
    let key = heading_key(heading);
    let has = |word: &str| key.ends_with(word) || key.contains(&format!("{word} "));
    if has("ty dong") {
        1_000_000_000
    } else if has("trieu dong") || has("trd") || has("tr d") {
        1_000_000
    } else if has("nghin dong") || has("ngan dong") {
        1_000
    } else {
        1
    }
}

/// A spec's headings by key, made once per sheet.
pub(crate) struct Headings<'a> {
    spec: &'static SheetSpec,
    keys: BTreeMap<String, usize>,
    mapping: Option<&'a Mapping>,
}

impl<'a> Headings<'a> {
    pub fn new(spec: &'static SheetSpec, mapping: Option<&'a Mapping>) -> Headings<'a> {
        let mut keys = BTreeMap::new();
        // The heading itself goes before any alias, an alias before a bare form.
        let mut add = |heading: &str, index: usize| {
            let key = heading_key(heading);
            if !key.is_empty() {
                keys.entry(key).or_insert(index);
            }
        };
        for (index, column) in spec.columns.iter().enumerate() {
            add(column.heading, index);
        }
        for (index, column) in spec.columns.iter().enumerate() {
            column.aliases.iter().for_each(|alias| add(alias, index));
            add(column.name, index);
        }
        for (index, column) in spec.columns.iter().enumerate() {
            add(&without_brackets(column.heading), index);
        }
        Headings { spec, keys, mapping }
    }

    fn column(&self, heading: &str) -> Option<usize> {
        let key = heading_key(heading);
        let bare = heading_key(&without_brackets(heading));
        let mapped = |key: &str| self.mapping.and_then(|m| m.column(self.spec, key));
        mapped(&key)
            .or_else(|| mapped(&bare))
            .or_else(|| self.keys.get(&key).copied())
            .or_else(|| self.keys.get(&bare).copied())
    }

    /// The row of the first rows where most headings match; the upper one when two match alike.
    pub fn find(&self, rows: &[RawRow<'_>]) -> Option<Header> {
        let mut best: Option<Header> = None;
        let mut offer = |header: Header| {
            if header.found() > 0 && best.as_ref().is_none_or(|b| header.found() > b.found()) {
                best = Some(header);
            }
        };
        for (i, row) in rows.iter().enumerate() {
            let upper = row.words();
            if upper.is_empty() {
                continue;
            }
            let below = rows.get(i + 1..).unwrap_or_default();
            offer(self.over_two(self.matched(row.index, upper.clone()), below));
            let Some(next) = rows.get(i + 1).filter(|next| next.index == row.index + 1) else { continue };
            // Headings of two rows only where the lower one is words alone, else it is data.
            if next.is_words() {
                let header = self.matched(next.index, self.joined(&upper, &next.words()));
                offer(self.over_two(header, below.get(1..).unwrap_or_default()));
            }
        }
        best
    }

    /// Two rows of headings as one: an upper heading reaches over the empty cells to its right.
    fn joined(&self, upper: &BTreeMap<u32, String>, lower: &BTreeMap<u32, String>) -> BTreeMap<u32, String> {
        let mut out = upper.clone();
        for (&column, below) in lower {
            let above = upper.range(..=column).next_back().map(|(_, h)| h.as_str()).unwrap_or_default();
            let both = format!("{above} {below}");
            // The lower heading alone must not win over the pair: "Chính thức" may be any column.
            let heading = match (self.column(&both), self.column(below)) {
                (Some(_), _) => both,
                (None, Some(_)) => below.clone(),
                (None, None) => match upper.get(&column) {
                    Some(own) if self.column(own).is_some() => own.clone(),
                    _ => both,
                },
            };
            out.insert(column, text::tidy(&heading));
        }
        out
    }

    /// A heading that reaches over two columns, where the rows below say so: most that have words in the one have
    /// words in the other.
    fn over_two(&self, mut header: Header, below: &[RawRow<'_>]) -> Header {
        for (index, column) in self.spec.columns.iter().enumerate() {
            let Some((headings, next)) = column.over_two else { continue };
            let Some(next) = self.spec.position(next).filter(|next| header.columns[*next].is_none()) else {
                continue;
            };
            if header.columns[index].is_some() {
                continue;
            }
            let over = |heading: &str| headings.iter().any(|h| heading_key(h) == heading_key(heading));
            let Some(at) = header.headings.iter().find(|(_, h)| over(h)).map(|(at, _)| *at) else { continue };
            if header.headings.contains_key(&(at + 1)) {
                continue;
            }
            let words =
                |row: &RawRow<'_>, at| matches!(row.at(at), Some(Raw::Text(t)) if !t.trim().is_empty());
            let named = below.iter().filter(|row| words(row, at)).count();
            let both = below.iter().filter(|row| words(row, at) && words(row, at + 1)).count();
            if both * 2 > named {
                header.columns[index] = Some(at);
                header.columns[next] = Some(at + 1);
                header.extra.retain(|extra| *extra != at);
            }
        }
        header
    }

    fn matched(&self, row: u32, headings: BTreeMap<u32, String>) -> Header {
        let n = self.spec.columns.len();
        let mut header = Header {
            row,
            columns: vec![None; n],
            scales: vec![1; n],
            headings,
            extra: Vec::new(),
            doubled: Vec::new(),
        };
        for (&at, heading) in &header.headings {
            match self.column(heading) {
                None => header.extra.push(at),
                Some(index) if header.columns[index].is_some() => header.doubled.push((index, at)),
                Some(index) => {
                    header.columns[index] = Some(at);
                    if self.spec.columns[index].ty == CellType::Money {
                        header.scales[index] = scale_of(heading);
                    }
                }
            }
        }
        header
    }
}
