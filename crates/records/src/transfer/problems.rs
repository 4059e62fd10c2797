//! What is wrong with a file, gathered up to a limit.

use crate::kind::Field;
use domain::Message;
use exchange::{Problem, Severity};

/// The most problems that are kept; the rest is counted.
const LIMIT: usize = 1000;

/// The problems of one file.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub list: Vec<Problem>,
    pub more: usize,
    /// Also counts those that found no room in the list.
    pub errors: usize,
}

impl Problems {
    /// What reading the file found; `more` is what reading had no room for, and may be errors.
    pub fn of(list: Vec<Problem>, more: usize) -> Problems {
        let mut problems = Problems::default();
        if list.len() > LIMIT {
            let grave = |p: &Problem| p.severity == Severity::Error;
            let (errors, remarks): (Vec<_>, Vec<_>) = list.into_iter().partition(grave);
            errors.into_iter().chain(remarks).for_each(|p| problems.add(p));
        } else {
            list.into_iter().for_each(|p| problems.add(p));
        }
        problems.errors += more;
        problems.more += more;
        problems
    }

    pub fn add(&mut self, problem: Problem) {
        self.errors += usize::from(problem.severity == Severity::Error);
        // An error is worth more than a remark: a full list gives way to it.
        if self.list.len() < LIMIT {
            self.list.push(problem);
            return;
        }
        self.more += 1;
        if problem.severity == Severity::Error
            && let Some(at) = self.list.iter().rposition(|p| p.severity != Severity::Error)
        {
            self.list[at] = problem;
        }
    }
}

/// Where a row stands, for its problems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The sheet's name in the workbook.
    pub sheet: &'a str,
    /// The row as Excel counts.
    pub row: u32,
}

impl Place<'_> {
    /// A problem of the whole row.
    pub fn row(&self, message: Message, severity: Severity) -> Problem {
        Problem { sheet: self.sheet.to_owned(), row: Some(self.row), severity, ..Problem::file(message) }
    }

    /// A problem of one cell.
    pub fn cell(&self, field: &Field, letters: Option<&str>, found: &str, message: Message) -> Problem {
        let found: String = found.chars().take(exchange::FOUND_LETTERS).collect();
        Problem {
            column: letters.map(str::to_owned),
            heading: Some(field.vi.to_owned()),
            found,
            ..self.row(message, Severity::Error)
        }
    }
}
