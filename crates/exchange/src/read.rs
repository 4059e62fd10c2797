//! Reads workbooks: finds out what each sheet is, finds its headings, reads its rows.

mod rows;

use crate::cell::{Book, Sheet};
use crate::guard::{self, Limits};
use crate::header::{Header, Headings, SCANNED_ROWS};
use crate::mapping::Mapping;
use crate::marks;
use crate::problem::{Problem, Problems, Severity, column_letters, cut};
use crate::raw::{Raw, RawRow, Source, Step};
use crate::spec::SheetSpec;
use crate::value::shown;
use domain::{Message, text};
use rows::RowReader;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Reads a workbook made by [`crate::write()`], or laid out like one.
///
/// A sheet is known by the hidden marks of the workbook, by its title, or by its headings. `Err` is
/// for a file that is refused as a whole; everything else is in [`Book::problems`].
// A refused file is the end of a reading: how large its error is does not matter.
#[allow(clippy::result_large_err)]
pub fn read(bytes: &[u8], specs: &[&'static SheetSpec], limits: &Limits) -> Result<Book, Problem> {
    Reading { specs, mapping: None, limits, own_layout: false }.read(bytes).map_err(Problem::file)
}

/// Reads a list that the office keeps in its own layout: any sheet, headings of one or two rows
/// among the first thirty. Rows of numbering, of groups and of totals are passed over and named;
/// `mapping` names the headings nobody foresaw.
#[allow(clippy::result_large_err)]
pub fn recognise(
    bytes: &[u8],
    specs: &[&'static SheetSpec],
    mapping: &Mapping,
    limits: &Limits,
) -> Result<Book, Problem> {
    Reading { specs, mapping: Some(mapping), limits, own_layout: true }.read(bytes).map_err(Problem::file)
}

/// One reading of one file.
struct Reading<'s> {
    specs: &'s [&'static SheetSpec],
    mapping: Option<&'s Mapping>,
    limits: &'s Limits,
    own_layout: bool,
}

/// What a sheet is, before its rows are seen.
#[derive(Clone, Copy)]
enum Guess {
    Known(&'static SheetSpec),
    Unknown,
}

impl Reading<'_> {
    fn read(&self, bytes: &[u8]) -> Result<Book, Message> {
        guard::check(bytes, self.limits)?;
        let mut source = Source::open(bytes, self.limits)?;
        let mut problems = Problems::new(self.limits.problems);
        let titles = source.sheets();
        let known = self.marked_sheets(&mut source, &mut problems);
        let mut text_left = self.limits.text_bytes;
        let mut sheets = Vec::new();
        for title in &titles {
            if title.starts_with('_') || (known.ours && title == marks::GUIDE) {
                continue;
            }
            let guess = match known.by_title.get(title).copied().or_else(|| self.by_title(title)) {
                Some(spec) => Guess::Known(spec),
                None => Guess::Unknown,
            };
            let mut one = SheetReading {
                reading: self,
                title,
                guess,
                first: Vec::new(),
                rows: None,
                seen: false,
                text_left: &mut text_left,
                problems: &mut problems,
            };
            source.rows(title, self.limits, |step| one.step(step));
            sheets.extend(one.finish());
        }
        if sheets.is_empty() && problems.list.iter().all(|p| p.severity != Severity::Error) {
            let expected: Vec<&str> = self.specs.iter().map(|s| s.title).collect();
            problems.add(|| {
                Problem::file(
                    Message::new("exchange-nothing-recognised")
                        .with("found", cut(&titles.join("; ")))
                        .with("expected", expected.join("; ")),
                )
            });
        }
        Ok(Book { sheets, problems: problems.list, more_problems: problems.more })
    }

    fn spec(&self, name: &str) -> Option<&'static SheetSpec> {
        self.specs.iter().copied().find(|s| s.name == name)
    }

    /// A sheet whose title is a kind's, also as Excel names a copy: "Đảng viên (2)".
    fn by_title(&self, title: &str) -> Option<&'static SheetSpec> {
        let whole = text::fold(title);
        let bare = whole.rsplit_once(" (").map_or(whole.as_str(), |(bare, _)| bare);
        self.specs.iter().copied().find(|s| {
            let own = text::fold(s.title);
            own == whole || own == bare
        })
    }

    /// What the hidden marks of our own workbooks say. A defined name follows its sheet when a
    /// person renames it; the table of the hidden sheet knows titles that have since changed.
    fn marked_sheets(&self, source: &mut Source<'_>, problems: &mut Problems) -> Known {
        let mut known = Known::default();
        if source.sheets().iter().any(|s| s == marks::SHEET) {
            let mut newer = None;
            source.rows(marks::SHEET, self.limits, |step| {
                let Step::Row(row) = step else { return ControlFlow::Continue(()) };
                let cell = |column| row.at(column).map(shown).unwrap_or_default();
                if cell(0) == marks::FORMAT {
                    known.ours = true;
                    if cell(1).parse::<i64>().is_ok_and(|v| v > marks::VERSION) {
                        newer = Some(cell(1));
                    }
                } else if let Some(spec) = self.spec(&cell(0)) {
                    known.by_title.insert(cell(1), spec);
                }
                // Our table is short; whoever made it longer need not be listened to.
                if row.index > 1000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if let Some(version) = newer {
                problems.add(|| {
                    Problem::file(
                        Message::new("exchange-version-newer")
                            .with("version", version)
                            .with("known", marks::VERSION),
                    )
                });
            }
        }
        for (name, target) in source.defined_names() {
            let kind = name.strip_prefix(marks::NAME).and_then(|rest| rest.split('.').next());
            if let Some(spec) = kind.and_then(|kind| self.spec(kind))
                && let Some(sheet) = marks::sheet_of(target)
            {
                known.by_title.insert(sheet, spec);
            }
        }
        known
    }

    /// Which kind a sheet without marks and title is, by its headings; enough of them must match.
    fn by_headings(&self, rows: &[RawRow<'_>]) -> Option<(&'static SheetSpec, Header)> {
        let candidates = self.specs.iter().filter_map(|spec| {
            let header = Headings::new(spec, self.mapping).find(rows)?;
            let (found, missing) = (header.found(), header.missing(spec).len());
            let enough = if spec.columns.len() == 1 { missing == 0 } else { found >= 2 && found > missing };
            enough.then_some((*spec, header, found, missing))
        });
        candidates
            // The first of equals wins, as the caller ordered them.
            .reduce(|best, next| {
                let better = (next.2, std::cmp::Reverse(next.3)) > (best.2, std::cmp::Reverse(best.3));
                if better { next } else { best }
            })
            .map(|(spec, header, ..)| (spec, header))
    }
}

#[derive(Default)]
struct Known {
    ours: bool,
    by_title: HashMap<String, &'static SheetSpec>,
}

/// The reading of one sheet: gathers the first rows until the headings can be found among them.
struct SheetReading<'s, 'a> {
    reading: &'s Reading<'s>,
    title: &'s str,
    guess: Guess,
    first: Vec<RawRow<'a>>,
    rows: Option<RowReader>,
    seen: bool,
    text_left: &'s mut usize,
    problems: &'s mut Problems,
}

impl<'a> SheetReading<'_, 'a> {
    fn step(&mut self, step: Step<'a>) -> ControlFlow<()> {
        match step {
            Step::Row(row) => {
                if self.rows.is_none() {
                    if row.index < SCANNED_ROWS && !self.seen {
                        self.first.push(row);
                        return ControlFlow::Continue(());
                    }
                    self.find_headings()?;
                }
                self.row(&row)
            }
            Step::BadCell(row) => self.tell(Some(row), "exchange-cell-unreadable", Severity::Error),
            Step::TooWide => self.tell(None, "exchange-sheet-wide", Severity::Warning),
            Step::TooLong => self.tell(None, "exchange-sheet-long", Severity::Error),
            Step::Damaged => self.tell(None, "exchange-sheet-damaged", Severity::Error),
        }
    }

    fn tell(&mut self, row: Option<u32>, key: &'static str, severity: Severity) -> ControlFlow<()> {
        let (title, limits) = (self.title, self.reading.limits);
        self.problems.add(|| Problem {
            sheet: title.to_owned(),
            row: row.map(|r| r + 1),
            severity,
            ..Problem::file(
                Message::new(key)
                    .with("columns", i64::from(limits.columns))
                    .with("rows", i64::from(limits.rows)),
            )
        });
        ControlFlow::Continue(())
    }

    fn row(&mut self, row: &RawRow<'_>) -> ControlFlow<()> {
        match &mut self.rows {
            Some(rows) => rows.row(row, self.text_left, self.problems),
            None => ControlFlow::Break(()),
        }
    }

    /// Looks for the headings among the first rows, then reads those under them.
    fn find_headings(&mut self) -> ControlFlow<()> {
        self.seen = true;
        let first = std::mem::take(&mut self.first);
        let found = match self.guess {
            Guess::Known(spec) => {
                let header = Headings::new(spec, self.reading.mapping).find(&first);
                header.filter(|h| h.found() >= spec.columns.len().min(2)).map(|header| (spec, header))
            }
            Guess::Unknown => self.reading.by_headings(&first),
        };
        let Some((spec, header)) = found else {
            self.no_headings(&first);
            return ControlFlow::Break(());
        };
        self.tell_headings(spec, &header);
        let under = header.row;
        self.rows = Some(RowReader::new(spec, self.title, header, self.reading.own_layout));
        for row in first.iter().filter(|row| row.index > under) {
            self.row(row)?;
        }
        ControlFlow::Continue(())
    }

    fn no_headings(&mut self, first: &[RawRow<'_>]) {
        if first.is_empty() {
            return;
        }
        let title = self.title;
        let problem =
            |message, severity| Problem { sheet: title.to_owned(), severity, ..Problem::file(message) };
        match self.guess {
            Guess::Known(spec) => self.problems.add(|| {
                let expected: Vec<&str> = spec.columns.iter().map(|c| c.heading).collect();
                let message = Message::new("exchange-sheet-no-headings")
                    .with("rows", i64::from(SCANNED_ROWS))
                    .with("expected", expected.join("; "));
                problem(message, Severity::Error)
            }),
            Guess::Unknown => {
                self.problems.add(|| problem(Message::new("exchange-sheet-unknown"), Severity::Info));
            }
        }
    }

    fn tell_headings(&mut self, spec: &'static SheetSpec, header: &Header) {
        let at = |column: Option<u32>, heading: &str, message, severity| Problem {
            file: None,
            sheet: self.title.to_owned(),
            row: Some(header.row + 1),
            column: column.map(column_letters),
            heading: Some(heading.to_owned()),
            found: String::new(),
            message,
            severity,
        };
        for index in header.missing(spec) {
            let heading = spec.columns[index].heading;
            self.problems.add(|| {
                let message = Message::new("exchange-column-missing").with("heading", heading);
                at(None, heading, message, Severity::Error)
            });
        }
        for &(index, column) in &header.doubled {
            let heading = header.headings.get(&column).map(String::as_str).unwrap_or_default();
            let first = header.columns[index].map(column_letters).unwrap_or_default();
            self.problems.add(|| {
                let message = Message::new("exchange-column-doubled").with("first", first);
                at(Some(column), heading, message, Severity::Warning)
            });
        }
        for &column in &header.extra {
            let heading = header.headings.get(&column).map(String::as_str).unwrap_or_default();
            // The running number is in every list and in no spec.
            if matches!(crate::header::heading_key(heading).as_str(), "stt" | "tt" | "so tt" | "so thu tu") {
                continue;
            }
            self.problems.add(|| {
                at(Some(column), &cut(heading), Message::new("exchange-column-extra"), Severity::Info)
            });
        }
    }

    fn finish(mut self) -> Option<Sheet> {
        if self.rows.is_none() && !self.seen {
            // A sheet of less than thirty rows. Its breaks need nothing more.
            let _ = self.find_headings();
        }
        self.rows.map(RowReader::finish)
    }
}

/// Whether a cell holds words, for rows that are told apart by them.
fn words_of(raw: &Raw<'_>) -> Option<String> {
    match raw {
        Raw::Text(t) => Some(text::fold(t)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
