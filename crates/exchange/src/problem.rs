//! What was wrong with a workbook, and where, so that a clerk can find the cell and mend it.

use domain::Message;

/// How grave a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing: a column nobody asked for, a row that is a heading of a group.
    Info,
    /// Read, but look at it: a day that stood there as a bare number.
    Warning,
    /// Not read.
    Error,
}

/// One thing wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, when the caller reads several; reading leaves it empty.
    pub file: Option<String>,
    /// The sheet's name in the workbook; empty when the whole file is meant.
    pub sheet: String,
    /// The row as Excel counts.
    pub row: Option<u32>,
    /// The column's letters (`"C"`).
    pub column: Option<String>,
    /// The heading of that column.
    pub heading: Option<String>,
    /// What stood there, cut to [`FOUND_LETTERS`] letters.
    pub found: String,
    /// What is wrong and what would be right.
    pub message: Message,
    /// How grave.
    pub severity: Severity,
}

/// The most letters of a bad cell that a problem repeats.
pub const FOUND_LETTERS: usize = 80;

impl Problem {
    /// A problem of the whole file, for the caller to place more closely.
    pub fn file(message: Message) -> Problem {
        Problem {
            file: None,
            sheet: String::new(),
            row: None,
            column: None,
            heading: None,
            found: String::new(),
            message,
            severity: Severity::Error,
        }
    }

    /// Where it is, as a clerk says it: `Đảng viên!C12`; the sheet alone, or nothing, when no more is known.
    pub fn place(&self) -> String {
        match (&self.column, self.row) {
            (Some(column), Some(row)) => format!("{}!{column}{row}", self.sheet),
            (None, Some(row)) => format!("{}!{row}", self.sheet),
            (Some(column), None) => format!("{}!{column}", self.sheet),
            (None, None) => self.sheet.clone(),
        }
    }
}

/// The letters of the column with that number, from 0: `A`, `Z`, `AA`.
pub fn column_letters(index: u32) -> String {
    let mut letters = Vec::new();
    let mut n = u64::from(index) + 1;
    while n > 0 {
        n -= 1;
        letters.push(char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
    }
    letters.iter().rev().collect()
}

/// Cuts a text for [`Problem::found`].
pub(crate) fn cut(text: &str) -> String {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(FOUND_LETTERS).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

/// Problems up to a limit, then only their number: a wrong file of 100,000 rows must not become
/// a million messages.
pub(crate) struct Problems {
    pub list: Vec<Problem>,
    pub more: usize,
    limit: usize,
}

impl Problems {
    pub fn new(limit: usize) -> Problems {
        Problems { list: Vec::new(), more: 0, limit }
    }

    /// The problem is only built when there is room for it.
    pub fn add(&mut self, problem: impl FnOnce() -> Problem) {
        if self.list.len() < self.limit {
            self.list.push(problem());
        } else {
            self.more += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_columns() {
        for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(column_letters(index), letters);
        }
    }
}
