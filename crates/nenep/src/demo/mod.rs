//! The demonstration: five fictional organisations, shaped after five real reports.
//!
//! Names, people and sentences are invented; the figures are those of the reports. Everything
//! is made as workbooks, the same for every run, and taken in through the import like an
//! office's own: no number is written into a report, all come out by counting. `tests.rs`
//! compares every figure with the reports'.

mod agency_cell;
mod block;
mod cell_2007;
mod cell_2016;
pub mod claims;
mod dice;
mod names;
pub mod people;
mod province;
mod rows;
mod second_block;
#[cfg(test)]
mod tests;
pub mod this_year;
pub mod words;

use domain::Message;
use rows::Rows;

/// The version of what is generated: a demonstration of another version is made anew.
pub const VERSION: u32 = 2;

/// One organisation of the demonstration, and the report it writes.
pub struct Organisation {
    /// Its code.
    pub code: &'static str,
    /// The name of its workbook and of its report, without extension.
    pub file: &'static str,
    /// The template of its report.
    pub template: &'static str,
    /// The period of its report.
    pub period: &'static str,
    /// The day of its report.
    pub day: &'static str,
    /// The number of its report.
    pub number: u32,
    rows: fn() -> Rows,
}

/// The five organisations, in the order of the reports they are shaped after.
pub const ORGANISATIONS: [Organisation; 5] = [
    Organisation {
        code: agency_cell::CODE,
        file: "0-chi-bo-co-quan",
        template: "cell-review",
        period: "2021-2023",
        day: "2024-01-15",
        number: 3,
        rows: agency_cell::rows,
    },
    Organisation {
        code: cell_2007::CODE,
        file: "1-chi-bo-van-phong-2007-2010",
        template: "cell-review",
        period: "2007-2010",
        day: "2010-12-15",
        number: 21,
        rows: cell_2007::rows,
    },
    Organisation {
        code: cell_2016::CODE,
        file: "2-chi-bo-khoi-dang-2016-2021",
        template: "cell-review",
        period: "2016-05-15..2021-05-15",
        day: "2021-05-15",
        number: 9,
        rows: cell_2016::rows,
    },
    Organisation {
        code: second_block::CODE,
        file: "3-dang-bo-khoi-2021-2024",
        template: "block-review",
        period: "2021-2024",
        day: "2024-12-20",
        number: 214,
        rows: second_block::rows,
    },
    Organisation {
        code: block::CODE,
        file: "4-dang-bo-khoi-2021-2023",
        template: "block-review",
        period: "2021-2023",
        day: "2024-03-15",
        number: 178,
        rows: block::rows,
    },
];

/// A workbook: the name of its file and its bytes.
pub type Workbook = (String, Vec<u8>);

/// The workbook of what the organisations share. It is taken in first.
pub fn shared() -> Result<Workbook, Message> {
    let bytes = province::rows().workbook("Tỉnh, chương trình, chuyên đề", "Đảng bộ tỉnh Hoành Sơn")?;
    Ok(("00-tinh.xlsx".to_owned(), bytes))
}

impl Organisation {
    /// Its workbook.
    pub fn workbook(&self) -> Result<Workbook, Message> {
        Ok((format!("{}.xlsx", self.file), (self.rows)().workbook("Sổ số liệu", self.code)?))
    }
}
