//! The flowing parts of the file: body and footnotes.

use super::{RELATIONS, WORD, control_title, figure_id};
use crate::html::place_and_day;
use crate::layout::Profile;
use crate::model::{Block, Document, Figure, Head, Inline, Table};
use crate::xml::Xml;

/// The width of "ĐẢNG CỘNG SẢN VIỆT NAM" in Times New Roman Bold, in thousandths of the size:
/// the rule below it is a paragraph border, which needs to be told its length.
const PARTY_WIDTH: f32 = 13_777.0;
/// Twentieths of a point in a millimetre.
const MM: f32 = 1440.0 / 25.4;
const PAGE: (f32, f32) = (210.0, 297.0);

/// What the body becomes.
pub(super) struct Written<'a> {
    pub document: String,
    pub footnotes: String,
    /// In reading order; the position gives the id.
    pub figures: Vec<&'a Figure>,
}

struct Writer<'a> {
    xml: Xml,
    profile: &'a Profile,
    figures: Vec<&'a Figure>,
    /// The content of each footnote.
    notes: Vec<String>,
    in_note: bool,
}

/// A length of the profile in the units of the file.
fn twips(mm: f32) -> i32 {
    (mm * MM).round() as i32
}

/// The room between the margins.
pub(super) fn text_width(profile: &Profile) -> i32 {
    twips(PAGE.0 - profile.margins[2] - profile.margins[3])
}

pub(super) fn write<'a>(document: &'a Document, profile: &'a Profile) -> Written<'a> {
    let mut writer =
        Writer { xml: Xml::part(), profile, figures: Vec::new(), notes: Vec::new(), in_note: false };
    writer.xml.open("w:document", &[("xmlns:w", WORD), ("xmlns:r", RELATIONS)]);
    writer.xml.open("w:body", &[]);
    writer.head(document);
    writer.title(document);
    for (i, block) in document.blocks.iter().enumerate() {
        writer.block(block, i + 1 == document.blocks.len());
    }
    writer.closing(document);
    writer.section();
    writer.xml.close("w:body");
    writer.xml.close("w:document");
    let footnotes = footnotes(&writer.notes);
    Written { document: writer.xml.out, footnotes, figures: writer.figures }
}

/// Separators first, as Word asks; then the notes from 1.
fn footnotes(notes: &[String]) -> String {
    let mut xml = Xml::part();
    xml.open("w:footnotes", &[("xmlns:w", WORD), ("xmlns:r", RELATIONS)]);
    for (kind, id, mark) in
        [("separator", "-1", "w:separator"), ("continuationSeparator", "0", "w:continuationSeparator")]
    {
        xml.open("w:footnote", &[("w:type", kind), ("w:id", id)]);
        xml.raw("<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r>");
        xml.empty(mark, &[]);
        xml.raw("</w:r></w:p></w:footnote>");
    }
    for (i, note) in notes.iter().enumerate() {
        xml.open("w:footnote", &[("w:id", &(i + 1).to_string())]);
        xml.raw(
            "<w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/>\
             </w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>",
        );
        xml.raw(note);
        xml.raw("</w:p></w:footnote>");
    }
    xml.close("w:footnotes");
    xml.out
}

impl<'a> Writer<'a> {
    /// `<w:p>` with a style; `more` is the rest of its properties, in the order of the schema.
    fn paragraph(&mut self, style: &str, more: &str) {
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.empty("w:pStyle", &[("w:val", style)]);
        self.xml.raw(more);
        self.xml.close("w:pPr");
    }

    /// A whole paragraph of plain words.
    fn words(&mut self, style: &str, words: &str) {
        self.paragraph(style, "");
        self.run("", words);
        self.xml.close("w:p");
    }

    /// A whole paragraph, or nothing for no words.
    fn words_if(&mut self, style: &str, words: &str) {
        if !words.trim().is_empty() {
            self.words(style, words.trim());
        }
    }

    /// A run; line ends and tabs become what Word calls them.
    fn run(&mut self, properties: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.xml.open("w:r", &[]);
        if !properties.is_empty() {
            self.xml.open("w:rPr", &[]);
            self.xml.raw(properties);
            self.xml.close("w:rPr");
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.xml.empty("w:br", &[]);
            }
            for (j, part) in line.split('\t').enumerate() {
                if j > 0 {
                    self.xml.empty("w:tab", &[]);
                }
                if !part.is_empty() {
                    self.xml.open("w:t", &[("xml:space", "preserve")]);
                    self.xml.text(part);
                    self.xml.close("w:t");
                }
            }
        }
        self.xml.close("w:r");
    }

    fn line(&mut self, line: &'a [Inline]) {
        for piece in line {
            match piece {
                Inline::Text(text) => self.run("", text),
                Inline::Bold(text) => self.run("<w:b/><w:bCs/>", text),
                Inline::Italic(text) => self.run("<w:i/><w:iCs/>", text),
                Inline::Blank => self.run("", "……"),
                Inline::Figure(figure) => self.figure(figure),
                // Word has no footnotes within footnotes; the words stay, in brackets.
                Inline::Note(inner) if self.in_note => {
                    self.run("", " (");
                    self.line(inner);
                    self.run("", ")");
                }
                Inline::Note(inner) => self.note(inner),
            }
        }
    }

    fn note(&mut self, inner: &'a [Inline]) {
        let outer = std::mem::take(&mut self.xml);
        self.in_note = true;
        self.line(inner);
        self.in_note = false;
        let note = std::mem::replace(&mut self.xml, outer);
        self.notes.push(note.out);
        let id = self.notes.len().to_string();
        self.xml.raw("<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>");
        self.xml.empty("w:footnoteReference", &[("w:id", &id)]);
        self.xml.raw("</w:r>");
    }

    fn figure(&mut self, figure: &'a Figure) {
        let index = self.figures.len();
        self.figures.push(figure);
        let id = figure_id(index);
        self.xml.raw("<w:sdt><w:sdtPr>");
        self.xml.empty("w:alias", &[("w:val", &control_title(&id, &figure.indicator))]);
        self.xml.empty("w:tag", &[("w:val", &id)]);
        // Any number will do, once each; these look like nobody else's.
        self.xml.empty("w:id", &[("w:val", &(730_000_001 + index).to_string())]);
        self.xml.raw("<w:text/></w:sdtPr><w:sdtContent>");
        let shown = if figure.shown.is_empty() { "……" } else { &figure.shown };
        self.run("", shown);
        self.xml.raw("</w:sdtContent></w:sdt>");
    }

    fn block(&mut self, block: &'a Block, last: bool) {
        // The signature never stands alone on a page.
        let keep = if last { "<w:keepNext/>" } else { "" };
        match block {
            Block::Heading(level, line) => {
                self.paragraph(&format!("Heading{}", (*level).clamp(1, 4)), "");
                self.line(line);
                self.xml.close("w:p");
            }
            Block::Paragraph(line) => {
                self.paragraph("NoiDung", keep);
                self.line(line);
                self.xml.close("w:p");
            }
            Block::Item(line) => {
                self.paragraph("GachDauDong", keep);
                self.run("", "- ");
                self.line(line);
                self.xml.close("w:p");
            }
            Block::Table(table) => {
                self.table(table);
                // Two tables without a paragraph between them would become one.
                self.paragraph("SauBang", keep);
                self.xml.close("w:p");
            }
            Block::Lines(count) => {
                for _ in 0..*count {
                    self.paragraph("DongDeViet", keep);
                    self.xml.raw("<w:r><w:tab/></w:r>");
                    self.xml.close("w:p");
                }
            }
        }
    }

    /// `<w:tbl>` with fixed columns; `borders` is empty for tables that only place things.
    fn open_table(&mut self, widths: &[i32], borders: &str, side: i32) {
        let total: i32 = widths.iter().sum();
        self.xml.raw("<w:tbl><w:tblPr>");
        self.xml.empty("w:tblW", &[("w:w", &total.to_string()), ("w:type", "dxa")]);
        // Word hangs the cells' inner margin over the edge; this brings them back.
        self.xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
        self.xml.raw(borders);
        self.xml.raw("<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>");
        for name in ["w:left", "w:right"] {
            self.xml.empty(name, &[("w:w", &side.to_string()), ("w:type", "dxa")]);
        }
        self.xml.raw("</w:tblCellMar></w:tblPr><w:tblGrid>");
        for width in widths {
            self.xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
        self.xml.raw("</w:tblGrid>");
    }

    fn open_cell(&mut self, width: i32) {
        self.open_cell_with(width, "");
    }

    fn open_cell_with(&mut self, width: i32, more: &str) {
        self.xml.raw("<w:tc><w:tcPr>");
        self.xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        self.xml.raw(more);
        self.xml.raw("</w:tcPr>");
    }

    fn table(&mut self, table: &'a Table) {
        if !table.caption.is_empty() {
            self.paragraph("Caption", "");
            self.line(&table.caption);
            self.xml.close("w:p");
        }
        if table.columns.is_empty() {
            return;
        }
        let widths = super::columns::widths(table, text_width(self.profile));
        let mut borders = Xml::default();
        borders.open("w:tblBorders", &[]);
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let side = format!("w:{side}");
            borders
                .empty(&side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")]);
        }
        borders.close("w:tblBorders");
        self.open_table(&widths, &borders.out, 85);
        self.xml.raw("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            self.open_cell_with(*width, "<w:vAlign w:val=\"center\"/>");
            self.words("DauBang", &column.head);
            self.xml.close("w:tc");
        }
        self.xml.close("w:tr");
        for row in &table.rows {
            self.xml.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (i, (column, width)) in table.columns.iter().zip(&widths).enumerate() {
                self.open_cell(*width);
                self.paragraph(if column.numeric { "OSo" } else { "OChu" }, "");
                if let Some(cell) = row.get(i) {
                    self.line(cell);
                }
                self.xml.close("w:p");
                self.xml.close("w:tc");
            }
            self.xml.close("w:tr");
        }
        self.xml.close("w:tbl");
    }

    /// The head: two columns without borders.
    fn head(&mut self, document: &Document) {
        let room = text_width(self.profile);
        let right = (room as f32 * 0.55).round() as i32;
        let left = room - right;
        self.open_table(&[left, right], "", 0);
        self.xml.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        self.open_cell(left);
        let head = &document.head;
        self.words_if("CapTren", &head.superior);
        self.words_if("CoQuan", &head.issuer);
        self.words("Sao", "*");
        self.words_if("SoKyHieu", &head.symbol);
        // A letter has no kind: what it is about stands below its number.
        if document.kind.trim().is_empty() {
            self.words_if("TrichYeuCongVan", &document.extract);
        }
        self.xml.close("w:tc");
        self.open_cell(right);
        self.party(right, head);
        self.xml.raw("</w:tc></w:tr></w:tbl>");
    }

    fn party(&mut self, width: i32, head: &Head) {
        let length = (PARTY_WIDTH / 1000.0 * self.profile.party * 20.0).round() as i32;
        let side = ((width - length) / 2).max(0);
        let mut more = Xml::default();
        more.open("w:pBdr", &[]);
        more.empty("w:bottom", &[("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "auto")]);
        more.close("w:pBdr");
        // The border runs from indent to indent, and so do the words: a hair too little room would break
        // the name in two, so both get a point more at either side.
        let side = (side - 20).max(0).to_string();
        more.empty("w:ind", &[("w:left", &side), ("w:right", &side), ("w:firstLine", "0")]);
        self.paragraph("TenDang", &more.out);
        self.run("", "ĐẢNG CỘNG SẢN VIỆT NAM");
        self.xml.close("w:p");
        self.words("DiaDanhNgay", &place_and_day(head));
    }

    fn title(&mut self, document: &Document) {
        if document.kind.trim().is_empty() {
            // The room between a letter's head and its first line.
            self.paragraph("NganCach", "");
            self.xml.close("w:p");
            return;
        }
        self.words("TenLoai", document.kind.trim());
        self.words_if("TrichYeu", &document.extract);
        self.words("NganCach", "-----");
    }

    /// Recipients and signature: one row that no page break splits.
    fn closing(&mut self, document: &Document) {
        if document.recipients.is_empty() && document.signature.is_none() {
            return;
        }
        let room = text_width(self.profile);
        let right = (room as f32 * 0.53).round() as i32;
        let left = room - right;
        self.open_table(&[left, right], "", 0);
        self.xml.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        self.open_cell(left);
        if document.recipients.is_empty() {
            self.words("NoiNhanMuc", "");
        } else {
            self.words("NoiNhan", "Nơi nhận:");
            for recipient in &document.recipients {
                self.words("NoiNhanMuc", &format!("- {}", recipient.trim_start_matches(['-', '–', ' '])));
            }
        }
        self.xml.close("w:tc");
        self.open_cell(right);
        match &document.signature {
            None => self.words("ChucVu", ""),
            Some(signature) => {
                self.words_if("QuyenHan", &signature.authority);
                self.words_if("ChucVu", &signature.position);
                self.words("HoTen", signature.name.trim());
            }
        }
        self.xml.raw("</w:tc></w:tr></w:tbl>");
        // Word wants a paragraph behind the last table; this one takes no room of its own.
        self.paragraph("CuoiVanBan", "");
        self.xml.close("w:p");
    }

    fn section(&mut self) {
        let [top, bottom, left, right] = self.profile.margins.map(|mm| twips(mm).to_string());
        self.xml.raw(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>\
             <w:headerReference w:type=\"first\" r:id=\"rId5\"/>",
        );
        let (width, height) = (twips(PAGE.0).to_string(), twips(PAGE.1).to_string());
        self.xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
        let header = twips(self.profile.page_number_top).to_string();
        self.xml.empty(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", &header),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ],
        );
        self.xml.raw("<w:cols w:space=\"708\"/><w:titlePg/></w:sectPr>");
    }
}
