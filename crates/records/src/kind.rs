//! Record kinds: one description of a kind of record, from which its workbook sheet, its
//! import and export, its list page and its checks all come.
//!
//! A kind is a table with the same name. Its columns are: `id` (text), one column per
//! [`Field`] with the field's name, `source` (where the row came from:
//! `file-hash#sheet#row`, or `entered`), and `withdrawn` (the reason; absent while the row
//! counts). Rows are never deleted. Units, persons and other records are kept by id, choices
//! by code, days as ISO text, flags as 0/1. The key is unique among all rows: importing the
//! same key again corrects the row.
//!
//! A tidy test compares every description with its table on both databases.

use domain::{Day, Lang, Message};
use std::collections::BTreeMap;

/// A word of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// What the database and the indicators say.
    pub code: &'static str,
    /// What people read in Vietnamese.
    pub vi: &'static str,
    /// What people read in English.
    pub en: &'static str,
}

/// A [`Choice`] in one line.
pub const fn choice(code: &'static str, vi: &'static str, en: &'static str) -> Choice {
    Choice { code, vi, en }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ty {
    /// A short code that names the row: letters, digits, `-./_`, at most 60.
    Code,
    /// One line of words, at most so many characters.
    Text(u16),
    /// Several lines of words, at most 20,000 characters.
    Long,
    /// A person's name; titles before it are taken off.
    Name,
    /// A day.
    Day,
    /// A year, 1930–2200.
    Year,
    /// A month, 1–12.
    Month,
    /// A whole number between two bounds.
    Whole(i64, i64),
    /// Whole đồng.
    Money,
    /// A number with so many decimals, kept as a whole number of the last decimal.
    Decimal(u8),
    /// Yes or no; absent means no.
    Flag,
    /// A word of a closed list.
    Choice(&'static [Choice]),
    /// A unit.
    Unit,
    /// A person.
    Person,
    /// A record of another kind, by its code.
    Ref(&'static str),
}

impl Ty {
    /// Whether the column is an integer (else a text).
    pub fn is_int(self) -> bool {
        matches!(self, Ty::Year | Ty::Month | Ty::Whole(..) | Ty::Money | Ty::Decimal(_) | Ty::Flag)
    }
}

/// A field of a kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// The column's name.
    pub name: &'static str,
    /// Vietnamese heading.
    pub vi: &'static str,
    /// English heading.
    pub en: &'static str,
    /// What it holds.
    pub ty: Ty,
    /// Whether a row must have it.
    pub required: bool,
    /// What to write there, in Vietnamese: the note on the sheet's heading.
    pub note: &'static str,
    /// What the example row shows.
    pub example: &'static str,
    /// Other Vietnamese headings that offices use for it.
    pub aliases: &'static [&'static str],
    /// Filled in by [`Kind::derive`], never by people: not on the sheet.
    pub computed: bool,
}

impl Field {
    /// A field that may stay empty.
    pub const fn new(name: &'static str, vi: &'static str, en: &'static str, ty: Ty) -> Field {
        Field { name, vi, en, ty, required: false, note: "", example: "", aliases: &[], computed: false }
    }
    /// The field, required.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }
    /// The field with a note.
    pub const fn note(mut self, note: &'static str) -> Field {
        self.note = note;
        self
    }
    /// The field with an example.
    pub const fn example(mut self, example: &'static str) -> Field {
        self.example = example;
        self
    }
    /// The field with other headings.
    pub const fn also(mut self, aliases: &'static [&'static str]) -> Field {
        self.aliases = aliases;
        self
    }
    /// The field, computed from the others.
    pub const fn computed(mut self) -> Field {
        self.computed = true;
        self
    }
    /// The heading in a language.
    pub fn heading(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

/// Which unit a row belongs to: decides who may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The unit named by one of its fields.
    Field(&'static str),
    /// The owner of the record that one of its fields (a [`Ty::Ref`]) names.
    Through(&'static str),
    /// Nobody in particular: shared lists.
    Shared,
}

/// A kind of record.
pub struct Kind {
    /// Its name and its table's.
    pub name: &'static str,
    /// Vietnamese title: the sheet's name (at most 31 characters) and the list page's.
    pub vi: &'static str,
    /// English title.
    pub en: &'static str,
    /// What a row is and how rows are told apart, in Vietnamese: stands on the sheet.
    pub note: &'static str,
    /// Its fields, in the order of the sheet.
    pub fields: &'static [Field],
    /// The fields that together name a row.
    pub key: &'static [&'static str],
    /// Which unit a row belongs to.
    pub owner: Owner,
    /// The field that tells a row's day or year, for filters.
    pub day: Option<&'static str>,
    /// The kind whose return state covers it (often itself).
    pub returns: &'static str,
    /// Inspection, discipline, personal ratings: seen only by those who may.
    pub sensitive: bool,
    /// The rules of the field that one row must keep.
    pub check: fn(&Draft) -> Vec<Fault>,
    /// Fills in the computed fields (lengths in days, lateness) before the row is written:
    /// calendar arithmetic happens here because the two databases do it differently.
    pub derive: fn(&mut Draft),
}

impl Kind {
    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The title in a language.
    pub fn title(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

/// No rule beyond the fields' own.
pub fn no_rule(_: &Draft) -> Vec<Fault> {
    Vec::new()
}

/// Nothing to compute.
pub fn nothing(_: &mut Draft) {}

/// The codes of a closed list, for the dimension of a measure.
pub const fn codes<const N: usize>(choices: &[Choice; N]) -> [&'static str; N] {
    let mut out = [""; N];
    let mut i = 0;
    while i < N {
        out[i] = choices[i].code;
        i += 1;
    }
    out
}

/// What a cell or a form field holds after its type was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Held {
    /// Nothing.
    #[default]
    Empty,
    /// A whole number, money, a scaled decimal, a flag, a year.
    Int(i64),
    /// Words, a code of a choice, the id of a unit, person or record.
    Text(String),
    /// A day.
    Day(Day),
}

/// A row before it is written: its fields by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The values; a field that is not here is empty.
    pub values: BTreeMap<&'static str, Held>,
}

impl Draft {
    /// What a field holds.
    pub fn get(&self, field: &str) -> &Held {
        self.values.get(field).unwrap_or(&Held::Empty)
    }
    /// Whether a field is empty.
    pub fn is_empty(&self, field: &str) -> bool {
        matches!(self.get(field), Held::Empty)
    }
    /// The words of a field.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.get(field) {
            Held::Text(t) => Some(t),
            _ => None,
        }
    }
    /// The number of a field.
    pub fn int(&self, field: &str) -> Option<i64> {
        match self.get(field) {
            Held::Int(n) => Some(*n),
            _ => None,
        }
    }
    /// The day of a field.
    pub fn day(&self, field: &str) -> Option<Day> {
        match self.get(field) {
            Held::Day(d) => Some(*d),
            _ => None,
        }
    }
    /// Sets a field.
    pub fn set(&mut self, field: &'static str, held: Held) {
        self.values.insert(field, held);
    }
    /// Whether a flag is set.
    pub fn flag(&self, field: &str) -> bool {
        self.int(field).is_some_and(|n| n != 0)
    }
}

/// A rule that a row breaks, and the field to put it right at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field's name.
    pub field: &'static str,
    /// What is wrong and what would be right.
    pub message: Message,
}

impl Fault {
    /// A fault at a field.
    pub fn at(field: &'static str, message: Message) -> Fault {
        Fault { field, message }
    }
}

/// The rule most kinds share: `to` must not come before `from`.
pub fn not_backwards(draft: &Draft, from: &'static str, to: &'static str) -> Vec<Fault> {
    match (draft.day(from), draft.day(to)) {
        (Some(a), Some(b)) if b < a => {
            let message = Message::new("kind-backwards")
                .with("from", domain::day_short(a))
                .with("to", domain::day_short(b));
            vec![Fault::at(to, message)]
        }
        _ => Vec::new(),
    }
}

/// The rule of a field that another field's value makes required.
pub fn needed(draft: &Draft, field: &'static str, when: bool, why: &'static str) -> Vec<Fault> {
    if when && draft.is_empty(field) { vec![Fault::at(field, Message::new(why))] } else { Vec::new() }
}
