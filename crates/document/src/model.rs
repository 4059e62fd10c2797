//! The document model: what a filled report is, before it becomes HTML, DOCX or PDF.
//!
//! A number in it is a [`Figure`] node that carries its figure's id and exact value, so that
//! every writer can keep the way back to the source. Text is already in the language of the
//! document (official documents are Vietnamese). Nothing here knows a page size: layout is
//! the [`crate::layout::Profile`] in force on the document's day.

use domain::Day;

/// A whole official document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The two-column head of an official document.
    pub head: Head,
    /// Tên loại: "BÁO CÁO".
    pub kind: String,
    /// Trích yếu: what it is about, below the kind.
    pub extract: String,
    /// The body, in order.
    pub blocks: Vec<Block>,
    /// Nơi nhận: items, the last one "Lưu …".
    pub recipients: Vec<String>,
    /// Who signs; `None` on a draft without one.
    pub signature: Option<Signature>,
    /// What the file says about itself (title, template, period, unit), for properties and attachments.
    pub about: About,
}

/// The head: superior and issuer at the left, the party's name at the right.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// The level directly above, in capitals; empty when there is none.
    pub superior: String,
    /// Who issues, in capitals.
    pub issuer: String,
    /// "Số 05-BC/ĐU"; with a blank while it has no number ("Số      -BC/ĐU").
    pub symbol: String,
    /// Địa danh.
    pub place: String,
    /// Day of issue; `None` prints "ngày    tháng    năm".
    pub day: Option<Day>,
}

/// The signature block at the right of the recipients.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signature {
    /// "T/M BAN THƯỜNG VỤ", or empty.
    pub authority: String,
    /// "PHÓ BÍ THƯ".
    pub position: String,
    /// The name, without titles.
    pub name: String,
}

/// What the document is, for file properties and the attached list of figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct About {
    /// Id of the template, such as `block-review`.
    pub template: String,
    /// Code of the unit that reports.
    pub unit: String,
    /// The period, as `Period` prints it.
    pub period: String,
    /// Day of the report (ISO); chooses layout and tree.
    pub date: String,
}

/// A block of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; level 1 is "I.", 2 is "1.", 3 is "1.1." or "a)". The number is part of its text.
    Heading(u8, Vec<Inline>),
    /// A paragraph, justified, first line indented.
    Paragraph(Vec<Inline>),
    /// An item of a list; the dash or sign is part of the layout.
    Item(Vec<Inline>),
    /// A table with a head row.
    Table(Table),
    /// Lines of dots for a person to write on (blank form); the number of lines.
    Lines(u8),
}

/// A table: a caption, column heads, rows of cells. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Shown above, centred; may be empty.
    pub caption: Vec<Inline>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// What stands in the head row.
    pub head: String,
    /// Share of the width, relative to the other columns.
    pub width: u16,
    /// Numbers stand at the right, words at the left.
    pub numeric: bool,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Bold words.
    Bold(String),
    /// Italic words.
    Italic(String),
    /// A number with its source.
    Figure(Figure),
    /// A footnote, marked here.
    Note(Vec<Inline>),
    /// An unfilled hole of the blank form: "……".
    Blank,
}

/// A number that knows where it came from.
///
/// Make one with `..Figure::default()`, so that a further field is no change for you.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// The indicator's id, such as `study.attended`.
    pub indicator: String,
    /// Its period, as `Period` prints it.
    pub period: String,
    /// The unit's code.
    pub unit: String,
    /// Further conditions of the hole, in the template's own words; usually empty. Indicator, period,
    /// unit and selection together name the figure: two holes with the same four show the same value.
    pub selection: String,
    /// The exact value: a whole number, or "numerator/denominator" of a share; empty when missing.
    pub value: String,
    /// How it is printed: "148.140", "trên 98 %", "06". Never empty ("chưa có số liệu" when missing).
    pub shown: String,
    /// The hole's format words ("over percent"; usually empty): with them the figure can be printed
    /// again the same way when an edited file is renewed.
    pub format: String,
    /// Where its evidence can be opened (a path of the site), for HTML and the attached list.
    pub link: String,
    /// Short remark for the reader (coverage, "có thể trùng"), for HTML titles; may be empty.
    pub remark: String,
}

impl Figure {
    /// The key that names the figure: "indicator|unit|period|selection".
    pub fn key(&self) -> String {
        format!("{}|{}|{}|{}", self.indicator, self.unit, self.period, self.selection)
    }
}

impl Document {
    /// Every figure of the document in reading order, those in footnotes and tables too.
    pub fn figures(&self) -> Vec<&Figure> {
        let mut found = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Heading(_, line) | Block::Paragraph(line) | Block::Item(line) => {
                    collect(line, &mut found)
                }
                Block::Table(table) => {
                    collect(&table.caption, &mut found);
                    table.rows.iter().flatten().for_each(|cell| collect(cell, &mut found));
                }
                Block::Lines(_) => {}
            }
        }
        found
    }
}

fn collect<'a>(line: &'a [Inline], found: &mut Vec<&'a Figure>) {
    for piece in line {
        match piece {
            Inline::Figure(figure) => found.push(figure),
            Inline::Note(inner) => collect(inner, found),
            Inline::Text(_) | Inline::Bold(_) | Inline::Italic(_) | Inline::Blank => {}
        }
    }
}
