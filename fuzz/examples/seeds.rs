//! Writes the first inputs of every fuzzer into `corpus/`: small, made here, of every format.
//! `cargo run --example seeds` in `fuzz/`; what fuzzers found since is left alone.

use std::error::Error;
use std::fs;
use std::path::Path;

/// Sentences with every kind of number that the reader knows.
const TEXT: &str = "BÁO CÁO\nkết quả năm 2023\n\nI. KIỂM TRA, GIÁM SÁT\n\n- Trong 03 năm (2021-2023), kiểm tra 08 tổ chức đảng và 02 đảng viên; \
giám sát 05 chi bộ¹, trong đó 2 chi bộ cơ quan.\n- Trên 98,9% (4.320/4.368) đảng viên ký cam kết; từ 85 đến 90 triệu đồng.\n\
| Đơn vị | Số đảng viên | Tỷ lệ |\nChi bộ A\t25\t98.9%\n\n¹ Gồm hai chi bộ, 03 đảng bộ (Quyết định số 05-QĐ/TU ngày 01/02/2022).\n";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let seed = |target: &str, name: &str, bytes: &[u8]| -> Result<(), Box<dyn Error>> {
        let folder = root.join(target);
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(name), bytes)?)
    };

    let p = |t: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t xml:space=\"preserve\">{t}</w:t></w:r></w:p>"
        )
    };
    let body = format!(
        "<w:document><w:body>{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:r><w:t>22 văn bản &amp; &#233;</w:t></w:r>\
         <w:r><w:footnoteReference w:id=\"2\"/><w:tab/><w:br/><w:noBreakHyphen/></w:r></w:p><w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r>\
         <mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r></w:p></w:body></w:document>",
        p("Chñ tÞch"),
        p("Chi bộ A"),
        p("25"),
        p("Trong khung"),
        p("x")
    );
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"/><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p("5 xã")
    );
    seed(
        "docx",
        "all",
        &[body.as_bytes(), notes.as_bytes(), notes.replace("footnote", "endnote").as_bytes()].join(&0),
    )?;

    let stream = "q 1 0 0 1 0 0 cm BT /F1 12 Tf 14 TL 72 700 Td (Chi bo co 27 dang vien) Tj T* [(A)-300(5)] TJ 5 Ts (1) Tj ET /X1 Do Q";
    let map = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <5a> <0061> endbfrange 1 beginbfchar <61> <1ed9> endbfchar endcmap";
    let pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{stream}\nendstream endobj\n\
         5 0 obj<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[<</DW 500/W[1[500 600]3 9 700]>>]>>endobj\n\
         6 0 obj<</Type/XObject/Subtype/Form/Matrix[1 0 0 1 9 9]/Resources<</XObject<</X1 6 0 R>>>>/Length 6>>stream\n/X1 Do\nendstream endobj\n\
         7 0 obj<</Length {}>>stream\n{map}\nendstream endobj\ntrailer<</Root 1 0 R/Size 8>>\n",
        stream.len(),
        map.len()
    );
    seed("pdf", "wide", pdf.as_bytes())?;
    seed(
        "pdf",
        "simple",
        pdf.replace(
            "/Type0/Encoding/Identity-H",
            "/Type1/Encoding/WinAnsiEncoding/FirstChar 32/Widths[250 333]",
        )
        .as_bytes(),
    )?;

    let cells = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Họ và tên</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c><c r=\"D1\" t=\"str\"><v>Số người</v></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>đ/c </t></r><r><t>An</t></r></is></c><c r=\"B2\" s=\"1\"><v>45307</v></c><c r=\"C2\"><v>98.9</v></c><c r=\"D2\"><f>1+1</f><v>2</v></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" t=\"e\"><v>#N/A</v></c><c r=\"C3\" t=\"d\"><v>2024-01-16</v></c></row>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:D3\"/><sheetData>{cells}</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>"
    );
    let strings = format!(
        "<sst xmlns=\"{main}\" count=\"2\" uniqueCount=\"2\"><si><t>Ngày</t></si><si><r><t>Tỷ lệ</t></r><rPh><t>x</t></rPh></si></sst>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
    );
    let parts = [sheet.as_bytes(), strings.as_bytes(), styles.as_bytes()].join(&0);
    seed("xlsx", "all", &parts)?;
    seed("workbook", "all", &parts)?;

    seed("html", "all", format!("<!doctype html><head><title>x</title></head><body><h1>B&aacute;o c&#225;o</h1><!-- c --><script>1</script><table><tr><td>A<td>25</table><p>{}<sup>1</sup></p><pre>a\n b</pre>", TEXT.replace('\n', "<br>")).as_bytes())?;
    seed("plain", "utf8", TEXT.as_bytes())?;
    let wide: Vec<u8> = "\u{feff}Kiểm tra 5 xã\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    seed("plain", "utf16", &wide)?;
    seed(
        "plain",
        "tcvn3",
        "Chñ tÞch ñy ban nh©n d©n x·; §¶ng bé cã 27 ®¶ng viªn"
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<u8>>()
            .as_slice(),
    )?;
    seed("plain", "vni", "Chuû tòch UBND; Ñaûng boä coù 27 ñaûng vieân".as_bytes())?;
    for target in ["claims", "numbers"] {
        seed(target, "sentences", TEXT.as_bytes())?;
        seed(target, "halves", "Một trong 3 đơn vị; hai mươi mốt người; 20 trong số 60 xã; 7% -\n10%; 24/24 giờ; lớp 6/3; Điều 5; khóa XII; 20....; 1,2 triệu lượt\n".as_bytes())?;
    }

    let parts: Vec<&[u8]> = fuzz::targets::issued().iter().take(3).map(|(_, b)| b.as_slice()).collect();
    seed("edited", "issued", &parts.join(&0))?;
    for (name, bytes) in fuzz::targets::issued().iter().take(3) {
        println!("{name}: {} bytes", bytes.len());
    }
    for shipped in ["block-review", "cell-review"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../crates/records/src/report/templates/{shipped}.txt"));
        seed("template", shipped, &fs::read(path)?)?;
    }
    // The page of the language has an example of everything it can say.
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/figures/README.md"))?;
    for (n, block) in page.split("```figures\n").skip(1).enumerate() {
        let lines = block.split("```").next().unwrap_or_default().lines();
        for (m, line) in lines.filter(|l| !l.trim().is_empty()).enumerate() {
            seed("indicator", &format!("{n}-{m}"), line.as_bytes())?;
        }
    }
    seed("catalogue", "one", "[[indicator]]\nid = \"a.b\"\nversion = 1\nfrom = 2021-01-01\nlabel = { vi = \"Nhãn\", en = \"Label\" }\nunit = { vi = \"lượt\", en = \"times\" }\nexpr = 'count(inspection where kind = \"inspection\")'\nformat = \"count\"\n\n[[indicator]]\nid = \"c\"\nversion = 1\nlabel = { vi = \"N\", en = \"L\" }\nunit = { vi = \"lượt\", en = \"times\" }\nexpr = 'a.b + 1'\nformat = \"count\"\n".as_bytes())?;
    for (n, text) in [
        "16/01/2024",
        "2024-01-16",
        "2021-Q2",
        "2021 – 2023",
        "01/01/2021-30/06/2021",
        "2021-01-01..2021-12-31",
        "-148.140",
        "đ/c: TS Nguyễn Văn  Ấn",
        "\u{d0}ẢNG u\u{309}y",
    ]
    .iter()
    .enumerate()
    {
        seed("domain", &n.to_string(), text.as_bytes())?;
    }
    Ok(())
}
