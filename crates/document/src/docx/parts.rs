//! The parts that hardly change: types, relations, styles, settings, properties.

use super::body::text_width;
use crate::layout::Profile;
use crate::model::Document;
use crate::xml::Xml;

pub(super) const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/fontTable.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>",
    "<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>",
    "<Override PartName=\"/word/header2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>",
    "<Override PartName=\"/customXml/itemProps1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.customXmlProperties+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
    "</Types>"
);

pub(super) const PACKAGE_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>",
    "</Relationships>"
);

pub(super) const DOCUMENT_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/>",
    "<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>",
    "<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header2.xml\"/>",
    "<Relationship Id=\"rId6\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml\" Target=\"../customXml/item1.xml\"/>",
    "<Relationship Id=\"rId7\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable\" Target=\"fontTable.xml\"/>",
    "</Relationships>"
);

pub(super) const FIGURES_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps\" Target=\"itemProps1.xml\"/>",
    "</Relationships>"
);

pub(super) const FIGURES_PROPERTIES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<ds:datastoreItem ds:itemID=\"{6E6E6670-0001-4E4E-8001-6E656E657000}\" ",
    "xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\">",
    "<ds:schemaRefs><ds:schemaRef ds:uri=\"urn:nenep:figures:1\"/></ds:schemaRefs></ds:datastoreItem>"
);

pub(super) const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"567\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>",
    "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>",
    "<w:compat>",
    "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>",
    "<w:compatSetting w:name=\"overrideTableStyleFontSizeAndJustification\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/>",
    "<w:compatSetting w:name=\"enableOpenTypeFeatures\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/>",
    "<w:compatSetting w:name=\"doNotFlipMirrorIndents\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/>",
    "</w:compat>",
    "<w:themeFontLang w:val=\"vi-VN\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/>",
    "</w:settings>"
);

pub(super) const FONTS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:font w:name=\"Times New Roman\"><w:panose1 w:val=\"02020603050405020304\"/><w:charset w:val=\"00\"/>",
    "<w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>"
);

pub(super) const PAGE_NUMBER: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>"
);

pub(super) const FIRST_HEADER: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr></w:p></w:hdr>"
);

pub(super) const APP: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Nền Nếp</Application></Properties>"
);

/// Title, issuer, template, period. The dates are the report's own day: no clock is read.
pub(super) fn core(document: &Document) -> String {
    let mut xml = Xml::part();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let title = format!("{} {}", document.kind, document.extract);
    xml.element("dc:title", title.trim());
    xml.element("dc:subject", &document.about.period);
    xml.element("dc:creator", &document.head.issuer.replace('\n', " "));
    xml.element("cp:keywords", &document.about.template);
    xml.element("dc:language", "vi-VN");
    let day = domain::parse_day(&document.about.date).or(document.head.day);
    if let Some(day) = day {
        let instant = format!("{}T00:00:00Z", day.format("%Y-%m-%d"));
        for tag in ["dcterms:created", "dcterms:modified"] {
            xml.open(tag, &[("xsi:type", "dcterms:W3CDTF")]);
            xml.text(&instant);
            xml.close(tag);
        }
    }
    xml.close("cp:coreProperties");
    xml.out
}

/// A paragraph style of ours.
struct Style {
    id: &'static str,
    name: &'static str,
    /// Empty for styles that stand for themselves.
    based_on: &'static str,
    /// The style of the next paragraph, when it is another one.
    next: &'static str,
    paragraph: String,
    run: String,
}

fn style(
    id: &'static str,
    name: &'static str,
    paragraph: impl Into<String>,
    run: impl Into<String>,
) -> Style {
    Style { id, name, based_on: "Normal", next: "", paragraph: paragraph.into(), run: run.into() }
}

/// Half points.
fn size(points: f32) -> String {
    let half = (points * 2.0).round() as i32;
    format!("<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>")
}

fn twentieths(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

/// Every style of the file. Names that Word knows are Word's own; the others are the field's words.
pub(super) fn styles(profile: &Profile) -> String {
    const BOLD: &str = "<w:b/><w:bCs/>";
    const ITALIC: &str = "<w:i/><w:iCs/>";
    const CENTRE: &str = "<w:jc w:val=\"center\"/>";
    let indent = (profile.indent * 1440.0 / 25.4).round() as i32;
    let line = twentieths(profile.line);
    let space = twentieths(profile.paragraph_space);
    let body = format!(
        "<w:spacing w:before=\"0\" w:after=\"{space}\" w:line=\"{line}\" w:lineRule=\"exact\"/>\
         <w:ind w:firstLine=\"{indent}\"/><w:jc w:val=\"both\"/>"
    );
    let heading = |level: u8, spacing: i32| {
        format!(
            "<w:keepNext/><w:keepLines/><w:spacing w:before=\"{spacing}\" w:after=\"{space}\" w:line=\"{line}\" \
             w:lineRule=\"exact\"/><w:ind w:firstLine=\"{indent}\"/><w:jc w:val=\"both\"/><w:outlineLvl w:val=\"{}\"/>",
            level - 1
        )
    };
    let write_line = format!(
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{}\"/></w:tabs>\
         <w:spacing w:before=\"0\" w:after=\"{space}\" w:line=\"{line}\" w:lineRule=\"exact\"/>",
        text_width(profile)
    );
    let mut styles = vec![
        style("NoiDung", "Nội dung", body.clone(), ""),
        Style { based_on: "NoiDung", ..style("GachDauDong", "Gạch đầu dòng", "", "") },
        style("Heading1", "heading 1", heading(1, space), BOLD),
        style("Heading2", "heading 2", heading(2, 0), BOLD),
        style("Heading3", "heading 3", heading(3, 0), format!("{BOLD}{ITALIC}")),
        style("Heading4", "heading 4", heading(4, 0), ITALIC),
        style("CapTren", "Cơ quan cấp trên", CENTRE, size(profile.issuer)),
        style("CoQuan", "Cơ quan ban hành", CENTRE, format!("{BOLD}{}", size(profile.issuer))),
        style("Sao", "Dấu sao", CENTRE, size(profile.issuer)),
        style("SoKyHieu", "Số và ký hiệu", CENTRE, size(profile.symbol)),
        style(
            "TrichYeuCongVan",
            "Trích yếu công văn",
            format!("<w:spacing w:before=\"60\"/>{CENTRE}"),
            format!("{ITALIC}{}", size(12.0)),
        ),
        style("TenDang", "Tên Đảng", CENTRE, format!("{BOLD}{}", size(profile.party))),
        style(
            "DiaDanhNgay",
            "Địa danh và ngày tháng",
            format!("<w:spacing w:before=\"120\"/>{CENTRE}"),
            format!("{ITALIC}{}", size(profile.issuer)),
        ),
        style(
            "TenLoai",
            "Tên loại văn bản",
            format!("<w:keepNext/><w:spacing w:before=\"480\"/>{CENTRE}"),
            format!("{BOLD}{}", size(profile.kind)),
        ),
        style(
            "TrichYeu",
            "Trích yếu",
            format!("<w:keepNext/><w:suppressAutoHyphens/>{CENTRE}"),
            format!("{BOLD}{}", size(profile.extract)),
        ),
        style("NganCach", "Ngăn cách", format!("<w:spacing w:after=\"240\"/>{CENTRE}"), size(profile.body)),
        style(
            "Caption",
            "caption",
            format!("<w:keepNext/><w:spacing w:before=\"120\" w:after=\"80\"/>{CENTRE}"),
            BOLD,
        ),
        style(
            "DauBang",
            "Đầu bảng",
            format!("<w:keepNext/><w:spacing w:before=\"40\" w:after=\"40\"/>{CENTRE}"),
            format!("{BOLD}{}", size(13.0)),
        ),
        style("OChu", "Ô chữ", "<w:spacing w:before=\"40\" w:after=\"40\"/>", size(13.0)),
        style(
            "OSo",
            "Ô số",
            "<w:spacing w:before=\"40\" w:after=\"40\"/><w:jc w:val=\"right\"/>",
            size(13.0),
        ),
        style("SauBang", "Sau bảng", "<w:spacing w:line=\"160\" w:lineRule=\"exact\"/>", size(4.0)),
        style("DongDeViet", "Dòng để viết", write_line, ""),
        style(
            "NoiNhan",
            "Nơi nhận",
            "<w:keepNext/><w:spacing w:before=\"120\"/>",
            format!("{}<w:u w:val=\"single\"/>", size(14.0)),
        ),
        style("NoiNhanMuc", "Mục nơi nhận", "", size(profile.recipients)),
        style(
            "QuyenHan",
            "Quyền hạn ký",
            format!("<w:keepNext/><w:spacing w:before=\"120\"/>{CENTRE}"),
            format!("{BOLD}{}", size(14.0)),
        ),
        style("ChucVu", "Chức vụ", format!("<w:keepNext/>{CENTRE}"), size(14.0)),
        style(
            "HoTen",
            "Họ tên người ký",
            format!("<w:spacing w:before=\"1520\"/>{CENTRE}"),
            format!("{BOLD}{}", size(14.0)),
        ),
        style("CuoiVanBan", "Cuối văn bản", "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>", size(1.0)),
        style("Header", "header", CENTRE, size(profile.page_number)),
        style(
            "FootnoteText",
            "footnote text",
            "<w:spacing w:after=\"20\"/><w:jc w:val=\"both\"/>",
            size(profile.footnote),
        ),
    ];
    for style in &mut styles {
        if style.id.starts_with("Heading") {
            style.next = "NoiDung";
        }
    }

    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", super::WORD)]);
    xml.raw("<w:docDefaults><w:rPrDefault><w:rPr>");
    let face = profile.face;
    xml.empty("w:rFonts", &[("w:ascii", face), ("w:hAnsi", face), ("w:eastAsia", face), ("w:cs", face)]);
    xml.raw(&size(profile.body));
    xml.raw("<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>");
    xml.raw("<w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>");
    xml.raw("</w:docDefaults>");
    xml.raw("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>");
    xml.raw(
        "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/>\
         <w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
         <w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/>\
         <w:basedOn w:val=\"DefaultParagraphFont\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>",
    );
    for style in styles {
        let own = !style.name.is_ascii();
        let custom: &[(&str, &str)] = if own { &[("w:customStyle", "1")] } else { &[] };
        let attributes = [&[("w:type", "paragraph")], custom, &[("w:styleId", style.id)]].concat();
        xml.open("w:style", &attributes);
        xml.empty("w:name", &[("w:val", style.name)]);
        xml.empty("w:basedOn", &[("w:val", style.based_on)]);
        if !style.next.is_empty() {
            xml.empty("w:next", &[("w:val", style.next)]);
        }
        xml.raw("<w:qFormat/>");
        if !style.paragraph.is_empty() {
            xml.raw(&format!("<w:pPr>{}</w:pPr>", style.paragraph));
        }
        if !style.run.is_empty() {
            xml.raw(&format!("<w:rPr>{}</w:rPr>", style.run));
        }
        xml.close("w:style");
    }
    xml.close("w:styles");
    xml.out
}
