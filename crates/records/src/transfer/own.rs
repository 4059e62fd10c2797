//! Lists of people and units as offices keep them: any headings, no codes, much left unsaid.
//!
//! What such a list does not say is filled in only where the field has one answer: a members' list
//! holds party members, a member belongs to the unit since the day of joining, a `Chi bộ` is a
//! cell. Days and units that nobody wrote are asked for.

use super::import::{Options, OwnKind};
use super::known::Known;
use super::problems::Problems;
use super::rows::{Line, Table};
use super::specs::{self, column};
use crate::kind::{Field, Held, Kind, Ty};
use crate::{REGISTRY, person, unit};
use domain::{Message, text};
use exchange::{Book, Cell, CellType, ColumnSpec, Limits, Problem, Severity, Sheet, SheetSpec};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Columns of a members' list that say when somebody was born, or also as what.
const BORN: [ColumnSpec; 3] = [
    ColumnSpec {
        name: "born",
        heading: "Ngày sinh",
        aliases: &["Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "Ngày/tháng/năm sinh"],
        ty: CellType::Text { max: 60 },
        ..ColumnSpec::TEXT
    },
    ColumnSpec {
        name: "born_male",
        heading: "Năm sinh Nam",
        aliases: &["Ngày sinh Nam", "Ngày tháng năm sinh Nam", "Nam"],
        ty: CellType::Text { max: 60 },
        ..ColumnSpec::TEXT
    },
    ColumnSpec {
        name: "born_female",
        heading: "Năm sinh Nữ",
        aliases: &["Ngày sinh Nữ", "Ngày tháng năm sinh Nữ", "Nữ"],
        ty: CellType::Text { max: 60 },
        ..ColumnSpec::TEXT
    },
];

/// Headings that stand in lists of offices beside those of the kinds.
const MORE_HEADINGS: [(&str, &[&str]); 1] =
    [("joined_day", &["Ngày vào Đảng Dự bị", "Ngày kết nạp Dự bị", "Vào Đảng Dự bị", "Dự bị"])];

/// Columns of a members' list that keeps family and given name apart, for sorting by the latter.
const NAMES: [ColumnSpec; 2] = [
    ColumnSpec {
        name: "family_name",
        heading: "Họ và tên đệm",
        aliases: &[
            "Họ đệm",
            "Họ và đệm",
            "Họ tên đệm",
            "Họ và chữ đệm",
            "Họ chữ đệm",
            "Họ lót",
            "Họ và tên lót",
            "Họ và chữ lót",
            "Họ",
        ],
        required: true,
        ty: CellType::Name,
        over_two: Some((&["Họ và tên", "Họ tên", "Họ, tên", "Họ và tên đảng viên", "Họ tên đảng viên"], "given_name")),
        ..ColumnSpec::TEXT
    },
    ColumnSpec {
        name: "given_name",
        heading: "Tên",
        required: true,
        ty: CellType::Text { max: 100 },
        ..ColumnSpec::TEXT
    },
];

fn own_spec(kind: &'static Kind, names: &[ColumnSpec], more: &[ColumnSpec]) -> SheetSpec {
    let relaxed = |field: &'static Field| {
        let mut spec = column(field);
        spec.required = field.name == "name";
        if field.name == "birth_year" {
            // Lists write whole birthdays there; only the year is kept.
            spec.ty = CellType::Text { max: 60 };
        }
        if let Some((_, also)) = MORE_HEADINGS.iter().find(|(name, _)| *name == field.name) {
            spec.aliases = [spec.aliases, also].concat().leak();
        }
        spec
    };
    let own = specs::fields(kind).filter(|field| names.is_empty() || field.name != "name").map(relaxed);
    let columns: Vec<ColumnSpec> = names.iter().copied().chain(own).chain(more.iter().copied()).collect();
    SheetSpec { name: kind.name, title: kind.vi, note: kind.note, columns: columns.leak(), key: &[] }
}

/// People, people with the name in two columns, units.
fn own_specs() -> &'static [&'static SheetSpec; 3] {
    static ALL: OnceLock<[&'static SheetSpec; 3]> = OnceLock::new();
    ALL.get_or_init(|| {
        let kept = |spec: SheetSpec| -> &'static SheetSpec { Box::leak(Box::new(spec)) };
        [
            kept(own_spec(&person::sheet::PERSON, &[], &BORN)),
            kept(own_spec(&person::sheet::PERSON, &NAMES, &BORN)),
            kept(own_spec(&unit::UNIT_KIND, &[], &[])),
        ]
    })
}

/// Reads an own list.
// A refused file is the end of a reading: how large its error is does not matter.
#[allow(clippy::result_large_err)]
pub(super) fn read(bytes: &[u8], options: &Options, limits: &Limits) -> Result<Book, Problem> {
    let [people, in_two, units] = *own_specs();
    let specs = match options.own {
        Some(OwnKind::Person) => vec![people, in_two],
        Some(OwnKind::Unit) => vec![units],
        None => vec![people, in_two, units],
    };
    let mut book = exchange::recognise(bytes, &specs, &options.mapping, limits)?;
    book.problems.extend(options.mapping.strangers(&specs));
    // Birthdays are days, and only their year is kept: that Excel holds them as days is no trouble.
    let births: Vec<(String, String)> = book.sheets.iter().flat_map(births).collect();
    book.problems.retain(|p| {
        p.message.key != "exchange-text-from-day"
            || !births.iter().any(|(sheet, column)| *sheet == p.sheet && Some(column) == p.column.as_ref())
    });
    Ok(book)
}

/// The columns of a sheet that say when somebody was born.
fn births(sheet: &Sheet) -> Vec<(String, String)> {
    let columns = sheet.spec.columns.iter().zip(&sheet.columns);
    let birth = |name: &str| name == "birth_year" || BORN.iter().any(|c| c.name == name);
    columns
        .filter(|(c, _)| birth(c.name))
        .filter_map(|(_, letters)| Some((sheet.title.clone(), letters.clone()?)))
        .collect()
}

/// Whether a sheet bears the title of a kind's, also as Excel names a copy.
pub(super) fn same_title(sheet: &str, title: &str) -> bool {
    let (whole, title) = (text::fold(sheet), text::fold(title));
    let bare = whole.rsplit_once(" (").map_or(whole.as_str(), |(bare, _)| bare);
    whole == title || bare == title
}

/// Whether a file makes more sense as an own list than as a workbook of ours.
pub(super) fn explains_more(list: &Book, workbook: &Book) -> bool {
    let found =
        |book: &Book| book.sheets.iter().map(|s| s.columns.iter().flatten().count()).max().unwrap_or(0);
    let lacking = workbook.problems.iter().any(|p| p.message.key == "exchange-column-missing");
    let (own, ours) = (found(list), found(workbook));
    own > ours || (own == ours && own > 0 && lacking)
}

/// The sheets of an own list as sheets of their kinds, with what the list leaves unsaid.
pub(super) fn tables(
    sheets: Vec<Sheet>,
    known: &Known,
    home: Option<&str>,
    options: &Options,
    problems: &mut Problems,
) -> Vec<Table> {
    let mut tables = Vec::new();
    for sheet in sheets {
        let Some(kind) = REGISTRY.kind(sheet.spec.name) else { continue };
        let list = List { sheet: &sheet, kind, known, home, options };
        tables.push(match kind.name {
            "unit" => list.units(problems),
            _ => list.people(problems),
        });
    }
    tables
}

struct List<'a> {
    sheet: &'a Sheet,
    kind: &'static Kind,
    known: &'a Known,
    home: Option<&'a str>,
    options: &'a Options,
}

impl List<'_> {
    fn column(&self, name: &str) -> Option<&str> {
        self.sheet.columns.get(self.sheet.spec.position(name)?)?.as_deref()
    }

    fn cell<'r>(&self, row: &'r exchange::Row, name: &str) -> &'r Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.sheet.spec.position(name).and_then(|at| row.cells.get(at)).unwrap_or(NOTHING)
    }

    /// A name, also where the list keeps it in two columns.
    fn name(&self, row: &exchange::Row) -> Option<String> {
        let word = |column: &str| self.cell(row, column).text();
        match word("name") {
            Some(whole) => Some(whole.to_owned()),
            None => Some(format!("{} {}", word("family_name")?, word("given_name")?.trim())),
        }
    }

    fn sheet_problem(&self, message: Message, severity: Severity) -> Problem {
        Problem { sheet: self.sheet.title.clone(), severity, ..Problem::file(message) }
    }

    /// The unit that a cell names, or the unit of the whole list.
    fn unit_of(&self, row: &exchange::Row, name: &str) -> Option<String> {
        match self.cell(row, name).text() {
            Some(words) => self.known.meant(Ty::Unit, words, None).ok().map(|m| m.id),
            None => self.home.map(str::to_owned),
        }
    }

    /// The day for a column that the list may lack, or the question for it.
    fn ask_since(&self, columns: &[&str], problems: &mut Problems) -> bool {
        let told = self.options.since.is_some() || columns.iter().any(|c| self.column(c).is_some());
        if !told {
            let what = self.kind.field(columns[0]).map_or(columns[0], |f| f.vi);
            let message = Message::new("transfer-own-since").with("heading", what);
            problems.add(self.sheet_problem(message, Severity::Error));
        }
        told
    }

    fn table(&self, lines: Vec<Line>, letters: impl Fn(&'static Field) -> Option<String>) -> Table {
        let columns = specs::fields(self.kind).map(letters).collect();
        Table { kind: self.kind, title: self.sheet.title.clone(), columns, lines }
    }

    fn people(&self, problems: &mut Problems) -> Table {
        let mut askable = self.ask_since(&["since", "joined_day"], problems);
        if self.column("unit").is_none() && self.home.is_none() {
            problems.add(self.sheet_problem(Message::new("transfer-own-unit"), Severity::Error));
            askable = false;
        }
        // How often a name stands in a unit: one that stands there once is told by it alone.
        let mut times: HashMap<(Option<String>, String), usize> = HashMap::new();
        let whose = |row: &exchange::Row| {
            (self.unit_of(row, "unit"), text::fold(&self.name(row).unwrap_or_default()))
        };
        for row in &self.sheet.rows {
            *times.entry(whose(row)).or_default() += 1;
        }
        let mut made = 0_usize;
        let mut lines = Vec::with_capacity(self.sheet.rows.len());
        for row in &self.sheet.rows {
            let (birth, sex) = self.birth(row);
            let cells = specs::fields(self.kind).map(|field| match field.name {
                "code" if self.cell(row, "code").is_empty() => {
                    let alone = times.get(&whose(row)) == Some(&1);
                    let code = self.person_code(row, birth, alone);
                    made += usize::from(code.is_some());
                    Cell::from(code)
                }
                "birth_year" => Cell::from(birth),
                "name" => Cell::from(self.name(row)),
                "sex" if self.cell(row, "sex").is_empty() => Cell::from(sex),
                name => self.cell(row, name).clone(),
            });
            let cells = cells.collect();
            let mut defaults = vec![("category", Held::Text("party_member".to_owned()))];
            let since = self.cell(row, "joined_day").day().or(self.options.since);
            defaults.extend(since.map(|day| ("since", Held::Day(day))));
            defaults.extend(self.home.map(|unit| ("unit", Held::Text(unit.to_owned()))));
            lines.push(Line { number: row.number, cells, sound: row.sound && askable, defaults });
        }
        self.tell_codes(made, problems);
        self.table(lines, |field| {
            let own = self.column(field.name);
            let born = || BORN.iter().find_map(|c| self.column(c.name));
            let other = || match field.name {
                "birth_year" => born(),
                "name" => self.column("given_name"),
                _ => None,
            };
            own.or_else(other).map(str::to_owned)
        })
    }

    fn tell_codes(&self, made: usize, problems: &mut Problems) {
        if made > 0 {
            let message = Message::new("transfer-own-codes").with("n", made);
            problems.add(self.sheet_problem(message, Severity::Info));
        }
    }

    /// The year of birth and, where the list keeps a column for each, the sex.
    fn birth(&self, row: &exchange::Row) -> (Option<i64>, Option<&'static str>) {
        let year = |name: &str| self.cell(row, name).text().and_then(year_in);
        for (column, sex) in [("born_male", "male"), ("born_female", "female")] {
            let words = self.cell(row, column).text();
            if let Some(words) = words {
                // A cross in the column "Nam" says the sex and leaves the year to another column.
                let other = || year("birth_year").or_else(|| year("born"));
                return (year_in(words).or_else(other), Some(sex));
            }
        }
        (year("birth_year").or_else(|| year("born")), None)
    }

    /// The code of the person of that name in the unit, or a new one that the same row always gets.
    fn person_code(&self, row: &exchange::Row, birth: Option<i64>, alone: bool) -> Option<String> {
        let name = self.name(row)?;
        let unit = self.unit_of(row, "unit")?;
        if alone && let Some(people) = self.known.names("person") {
            let same: Vec<usize> = people.titled(&name);
            let mut here = same.iter().map(|&at| &people.entries[at]).filter(|e| e.places.contains(&unit));
            if let (Some(one), None) = (here.next(), here.next()) {
                return Some(one.code.clone());
            }
        }
        let unit = self.known.names("unit")?.by_id(&unit)?;
        let year = birth.map(|y| y.to_string()).unwrap_or_default();
        let stem = format!("{}-{}{}", short(&unit.code), initials(&name), year.get(2..).unwrap_or_default());
        Some(stamped(&stem, &[&unit.code, &text::fold(&name), &year]))
    }

    fn units(&self, problems: &mut Problems) -> Table {
        let askable = self.ask_since(&["from_day"], problems);
        let mut made = 0_usize;
        let mut lines = Vec::with_capacity(self.sheet.rows.len());
        for row in &self.sheet.rows {
            let parent = self.unit_of(row, "parent");
            let cells = specs::fields(self.kind).map(|field| match field.name {
                "code" if self.cell(row, "code").is_empty() => {
                    let code = self.unit_code(row, parent.as_deref());
                    made += usize::from(code.is_some());
                    Cell::from(code)
                }
                name => self.cell(row, name).clone(),
            });
            let cells = cells.collect();
            let mut defaults = Vec::new();
            let kind = self.cell(row, "name").text().and_then(|n| self.kind_of_unit(n, parent.as_deref()));
            defaults.extend(kind.map(|kind| ("kind", Held::Text(kind))));
            defaults.extend(self.options.since.map(|day| ("from_day", Held::Day(day))));
            defaults.extend(self.home.map(|unit| ("parent", Held::Text(unit.to_owned()))));
            lines.push(Line { number: row.number, cells, sound: row.sound && askable, defaults });
        }
        self.tell_codes(made, problems);
        self.table(lines, |field| self.column(field.name).map(str::to_owned))
    }

    fn unit_code(&self, row: &exchange::Row, parent: Option<&str>) -> Option<String> {
        let name = self.cell(row, "name").text()?;
        let units = self.known.names("unit")?;
        let same = units.titled(name);
        let under = |at: &&usize| parent.is_none() || units.entries[**at].owner.as_deref() == parent;
        let mut here = same.iter().filter(under);
        if let (Some(&one), None) = (here.next(), here.next()) {
            return Some(units.entries[one].code.clone());
        }
        let above = match self.cell(row, "parent").text() {
            Some(words) => text::fold(words),
            None => parent.and_then(|p| units.by_id(p)).map(|e| e.code.clone()).unwrap_or_default(),
        };
        Some(stamped(&initials(name), &[&above, &text::fold(name)]))
    }

    /// The kind that a unit's name says: the longest that it begins with.
    fn kind_of_unit(&self, name: &str, parent: Option<&str>) -> Option<String> {
        let name = text::fold(name);
        let kinds = self.known.names("unit_kind")?;
        let begins = kinds.entries.iter().filter(|e| !e.withdrawn && name.starts_with(&text::fold(&e.name)));
        let longest = begins.max_by_key(|e| e.name.chars().count()).map(|e| e.id.clone());
        let above = parent.and_then(|p| self.known.names("unit")?.by_id(p)?.kind.clone());
        match longest.as_deref() {
            // A cell right under a committee above the grassroots is a grassroots organisation.
            Some("cell") if matches!(above.as_deref(), Some("block" | "district" | "province")) => {
                Some("grassroots_cell".to_owned())
            }
            None if name.starts_with("dang bo") => Some("grassroots_committee".to_owned()),
            None if name.starts_with("to ") => Some("group".to_owned()),
            _ => longest,
        }
    }
}

/// The first year in a text: `1975`, `12/3/1975`, `tháng 3 năm 1975`.
fn year_in(words: &str) -> Option<i64> {
    let runs = words.split(|c: char| !c.is_ascii_digit());
    runs.filter(|r| r.len() == 4).filter_map(|r| r.parse().ok()).find(|y| (1900..=2100).contains(y))
}

/// `Nguyễn Văn An` → `NVA`.
fn initials(name: &str) -> String {
    let folded = text::fold(name);
    let letters = folded.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next());
    letters.take(12).collect::<String>().to_uppercase()
}

/// The beginning of a code, so that what is made from it is not too long.
fn short(code: &str) -> String {
    code.chars().take(30).collect()
}

/// A code that the same words always give, and other words hardly ever.
fn stamped(stem: &str, words: &[&str]) -> String {
    let hash = store::files::content_hash(words.join("\u{1f}").as_bytes());
    format!("{stem}-{}", hash.get(..6).unwrap_or_default())
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn a_year_is_found_in_a_birthday_however_it_is_written() {
        for words in ["1975", "12/3/1975", "12.03.1975", "tháng 3 năm 1975", "1975 (xã A)"] {
            assert_eq!(year_in(words), Some(1975), "{words}");
        }
        for words in ["75", "x", "12031975", ""] {
            assert_eq!(year_in(words), None, "{words}");
        }
    }

    #[test]
    fn made_codes_are_stable_and_tell_people_apart() {
        let code = |year| stamped("CB01-NVA", &["CB01", "nguyen van an", year]);
        assert_eq!(code("1975"), code("1975"));
        assert_ne!(code("1975"), code("1976"));
        assert_eq!(initials("Chi bộ Phòng Tổng hợp"), "CBPTH");
    }

    #[test]
    fn own_specs_hold_no_faults() {
        for spec in own_specs() {
            assert_eq!(spec.faults(), Vec::<String>::new());
        }
    }
}
