//! Measures: the named relations that indicators count. Features declare them as constants.

use domain::Lang;

/// Whether a fact has one day or lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One day: column `day`.
    Events,
    /// From a day to a day, both included: columns `from_day`, `to_day`. One that has not
    /// ended has [`domain::FAR_DAY`] as `to_day`.
    Spells,
}

/// What the values of a dimension are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DimType {
    /// A code that an office chooses itself (the code of a programme, of a contest).
    Word,
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// A whole number.
    Int,
    /// Yes or no, stored as 1 or 0.
    Flag,
    /// A day.
    Day,
    /// A unit; conditions name it by its code.
    Unit,
}

/// A dimension: what a condition may ask of a fact, and what a figure may be split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dim {
    /// The name in expressions and the column in the SQL of the measure.
    pub name: &'static str,
    /// What its values are. A value may always be unknown (`NULL`).
    pub ty: DimType,
    /// Vietnamese label.
    pub label_vi: &'static str,
    /// English label.
    pub label_en: &'static str,
}

/// A named relation: its facts can be counted, summed and listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The name in expressions: `inspection`.
    pub name: &'static str,
    /// Vietnamese label.
    pub label_vi: &'static str,
    /// English label.
    pub label_en: &'static str,
    /// Events or spells.
    pub shape: Shape,
    /// A `SELECT` giving the columns `fact`, `unit`, `day` (events) or `from_day`, `to_day`
    /// (spells), `person` (may be `NULL`), `n` (how many things the row stands for), `amount`
    /// (may be `NULL`), and one column per dimension.
    pub sql: &'static str,
    /// The dimensions.
    pub dims: &'static [Dim],
    /// Whether its facts have an amount (`sum`, `max`, `min` need it).
    pub amounts: bool,
    /// Whether its facts name persons (`people` needs it).
    pub persons: bool,
    /// Which unit a fact belongs to, in words (Vietnamese, English): "the unit that inspects".
    pub rolls_up_by: (&'static str, &'static str),
    /// The kind of record whose return state (none, partial, complete) covers this measure.
    pub returns: &'static str,
}

impl Measure {
    /// The dimension of that name.
    pub fn dim(&self, name: &str) -> Option<&'static Dim> {
        self.dims.iter().find(|d| d.name == name)
    }

    /// The label in a language.
    pub fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.label_vi,
            Lang::En => self.label_en,
        }
    }

    /// Which unit a fact belongs to, in words of a language.
    pub fn rolls_up(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.rolls_up_by.0,
            Lang::En => self.rolls_up_by.1,
        }
    }
}

impl Dim {
    /// The label in a language.
    pub fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.label_vi,
            Lang::En => self.label_en,
        }
    }
}
