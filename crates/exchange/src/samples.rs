//! Specs and hand-made files for the tests of this crate.

use crate::spec::{CellType, ChoiceItem, ColumnSpec, SheetSpec};
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const LEVELS: &[ChoiceItem] = &[
    ChoiceItem { code: "good", vi: "Hoàn thành tốt nhiệm vụ", en: "Good" },
    ChoiceItem { code: "done", vi: "Hoàn thành nhiệm vụ", en: "Done" },
    ChoiceItem { code: "failed", vi: "Không hoàn thành nhiệm vụ", en: "Failed" },
];

/// One column of every type.
pub(crate) const ALL: SheetSpec = SheetSpec {
    name: "all",
    title: "Mọi kiểu",
    note: "Trang thử có đủ mọi kiểu cột.",
    columns: &[
        ColumnSpec {
            name: "name",
            heading: "Họ và tên",
            aliases: &["Họ tên", "Tên đảng viên"],
            ty: CellType::Name,
            required: true,
            note: "Ghi như trong lý lịch.",
            example: "Nguyễn Văn A",
            over_two: None,
        },
        ColumnSpec {
            name: "content",
            heading: "Nội dung",
            ty: CellType::Text { max: 500 },
            ..ColumnSpec::TEXT
        },
        ColumnSpec {
            name: "day",
            heading: "Ngày",
            aliases: &["Ngày, tháng, năm"],
            ty: CellType::Day,
            example: "16/01/2024",
            ..ColumnSpec::TEXT
        },
        ColumnSpec { name: "year", heading: "Năm", ty: CellType::Year, example: "2024", ..ColumnSpec::TEXT },
        ColumnSpec { name: "month", heading: "Tháng", ty: CellType::Month, ..ColumnSpec::TEXT },
        ColumnSpec {
            name: "people",
            heading: "Số người",
            ty: CellType::Whole { min: 0, max: i64::MAX },
            ..ColumnSpec::TEXT
        },
        ColumnSpec { name: "money", heading: "Số tiền", ty: CellType::Money, ..ColumnSpec::TEXT },
        ColumnSpec {
            name: "share",
            heading: "Tỷ lệ",
            ty: CellType::Decimal { places: 2 },
            ..ColumnSpec::TEXT
        },
        ColumnSpec { name: "online", heading: "Trực tuyến", ty: CellType::Flag, ..ColumnSpec::TEXT },
        ColumnSpec {
            name: "level", heading: "Xếp loại", ty: CellType::Choice(LEVELS), ..ColumnSpec::TEXT
        },
        ColumnSpec { name: "period", heading: "Kỳ", ty: CellType::Period, ..ColumnSpec::TEXT },
        ColumnSpec {
            name: "unit",
            heading: "Đơn vị",
            aliases: &["Chi bộ", "Tên đơn vị"],
            ty: CellType::UnitRef,
            ..ColumnSpec::TEXT
        },
        ColumnSpec { name: "chair", heading: "Chủ trì", ty: CellType::PersonRef, ..ColumnSpec::TEXT },
        ColumnSpec {
            name: "document",
            heading: "Văn bản",
            ty: CellType::Ref("document"),
            ..ColumnSpec::TEXT
        },
    ],
    key: &["name", "day"],
};

/// Members, as offices list them.
pub(crate) const MEMBER: SheetSpec = SheetSpec {
    name: "member",
    title: "Đảng viên",
    note: "Mỗi dòng một đảng viên.",
    columns: &[
        ColumnSpec {
            name: "name",
            heading: "Họ và tên",
            aliases: &["Họ tên", "Họ, tên đảng viên"],
            ty: CellType::Name,
            required: true,
            example: "Nguyễn Văn A",
            ..ColumnSpec::TEXT
        },
        ColumnSpec {
            name: "born",
            heading: "Ngày sinh",
            aliases: &["Ngày tháng năm sinh"],
            ty: CellType::Day,
            example: "16/01/1974",
            ..ColumnSpec::TEXT
        },
        ColumnSpec {
            name: "unit",
            heading: "Chi bộ",
            aliases: &["Đơn vị"],
            ty: CellType::UnitRef,
            required: true,
            example: "Chi bộ 1",
            ..ColumnSpec::TEXT
        },
        ColumnSpec {
            name: "probationary",
            heading: "Ngày vào Đảng (dự bị)",
            aliases: &["Ngày vào Đảng dự bị"],
            ty: CellType::Day,
            ..ColumnSpec::TEXT
        },
        ColumnSpec {
            name: "official",
            heading: "Ngày chính thức",
            aliases: &["Ngày vào Đảng chính thức"],
            ty: CellType::Day,
            ..ColumnSpec::TEXT
        },
    ],
    key: &["name", "born", "unit"],
};

/// Units.
pub(crate) const UNIT: SheetSpec = SheetSpec {
    name: "unit",
    title: "Đơn vị",
    note: "",
    columns: &[
        ColumnSpec {
            name: "code",
            heading: "Mã đơn vị",
            aliases: &["Mã"],
            ty: CellType::Text { max: 20 },
            required: true,
            ..ColumnSpec::TEXT
        },
        ColumnSpec {
            name: "title",
            heading: "Tên đơn vị",
            aliases: &["Tên tổ chức đảng"],
            ty: CellType::Text { max: 200 },
            required: true,
            ..ColumnSpec::TEXT
        },
    ],
    key: &["code"],
};

/// A workbook made part by part, as no honest program would make it.
pub(crate) struct Parts {
    pub list: Vec<(String, Vec<u8>)>,
}

impl Parts {
    /// One sheet "S" with this inside `<sheetData>`.
    pub fn sheet(rows: &str) -> Parts {
        let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        Parts {
            list: vec![
                part(
                    "[Content_Types].xml",
                    format!(
                        "{head}<Types xmlns=\"{package}/content-types\">\
                         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
                         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
                    ),
                ),
                part(
                    "_rels/.rels",
                    format!(
                        "{head}<Relationships xmlns=\"{package}/relationships\">\
                         <Relationship Id=\"r1\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                    ),
                ),
                part(
                    "xl/_rels/workbook.xml.rels",
                    format!(
                        "{head}<Relationships xmlns=\"{package}/relationships\">\
                         <Relationship Id=\"r1\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                    ),
                ),
                part(
                    "xl/workbook.xml",
                    format!(
                        "{head}<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\"><workbookPr/>\
                         <sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                    ),
                ),
                part(
                    "xl/worksheets/sheet1.xml",
                    format!("{head}<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
                ),
            ],
        }
    }

    /// The same with another part; a part of that name is replaced.
    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Parts {
        self.list.retain(|(n, _)| n != name);
        self.list.push((name.to_owned(), bytes.into()));
        self
    }

    /// The same with a text replaced in one part.
    pub fn change(mut self, name: &str, from: &str, to: &str) -> Parts {
        for (n, bytes) in &mut self.list {
            if n == name {
                *bytes = String::from_utf8_lossy(bytes).replace(from, to).into_bytes();
            }
        }
        self
    }

    /// The same with number formats: style 1 is a day, 2 a percentage, 3 `000`.
    pub fn with_styles(self) -> Parts {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let styles = format!(
            "<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"000\"/></numFmts>\
             <cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/></cellXfs>\
             </styleSheet>"
        );
        self.with("xl/styles.xml", styles)
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in &self.list {
            zip.start_file(name.as_str(), options).expect("a new part");
            zip.write_all(bytes).expect("written to memory");
        }
        zip.finish().expect("a whole file").into_inner()
    }
}

/// A row of inline texts.
pub(crate) fn text_row(number: u32, texts: &[&str]) -> String {
    let cells: String = (0..)
        .zip(texts)
        .filter(|(_, text)| !text.is_empty())
        .map(|(i, text)| cell(&format!("{}{number}", crate::column_letters(i)), text))
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// A cell with an inline text.
pub(crate) fn cell(at: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}
