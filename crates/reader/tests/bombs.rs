//! Files made to cost time or memory: each is refused, or read within bounds.
//!
//! Memory is what the process held at most while the file was read, as Linux tells it, the file
//! itself not counted. Time is generous: the tests run without optimisation on busy machines.

use std::io::{Cursor, Write};
use std::time::Instant;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// The bound is 256 MB for the whole program.
const MOST_MEGABYTES: f64 = 220.0;
const MOST_SECONDS: f64 = 60.0;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", body.as_bytes())])
}

fn xlsx(parts: &[(&str, &str)]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let sheets = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let workbook = format!(
        "<workbook xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let mut all = vec![
        ("_rels/.rels", relations.as_str()),
        ("xl/_rels/workbook.xml.rels", sheets.as_str()),
        ("xl/workbook.xml", workbook.as_str()),
    ];
    all.extend(parts);
    let all: Vec<(&str, &[u8])> = all.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    zipped(&all)
}

/// A PDF of one page with that content, and further objects, numbered from 6.
fn pdf(content: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>>>"
            .to_vec(),
        packed("", content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend(format!("{} 0 obj", n + 1).bytes());
        out.extend(object);
        out.extend(b"endobj\n");
    }
    let at = out.len();
    out.extend(table.bytes());
    out.extend(
        format!("trailer<</Root 1 0 R/Size {}>>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1).bytes(),
    );
    out
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>stream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream "].concat()
}

/// A stream that inflates: the deflated form, as a zip would hold it, in the frame that PDF asks for.
fn packed(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let file = zipped(&[("a", bytes)]);
    let mut archive = zip::ZipArchive::new(Cursor::new(&file)).expect("a zip");
    let part = archive.by_index(0).expect("a part");
    let from = part.data_start().expect("where it begins") as usize;
    let raw = &file[from..from + part.compressed_size() as usize];
    let (mut a, mut b) = (1u32, 0u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    let framed = [&[0x78, 0x9c][..], raw, &(b << 16 | a).to_be_bytes()].concat();
    stream(&format!("/Filter/FlateDecode{dictionary}"), &framed)
}

/// What a line of `/proc/self/status` says, in megabytes.
fn status(key: &str) -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix(key))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

/// Runs it and says whether it stayed within the bounds.
fn held(name: &str, run: impl FnOnce()) -> Option<String> {
    // Begins the count of the most memory anew.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (before, start) = (status("VmRSS"), Instant::now());
    run();
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = status("VmHWM").zip(before).map_or(0.0, |(most, before)| most - before);
    let line = format!("{name:<28} {megabytes:>7.1} MB {seconds:>6.2} s");
    println!("{line}");
    (megabytes > MOST_MEGABYTES || seconds > MOST_SECONDS).then_some(line)
}

/// A small part of each size; what is refused at once is made as large as it must be.
#[test]
fn nothing_costs_more_than_it_may() {
    all(64);
}

/// Every size as large as the limits let it be. Only with optimisation, since without it takes
/// minutes: `cargo test --release -p reader --test bombs -- --nocapture`.
#[cfg(not(debug_assertions))]
#[test]
fn nothing_costs_more_at_full_size() {
    all(1);
}

fn all(less: usize) {
    let mut bad = Vec::new();
    let mut file = |name: &str, kind: &str, bytes: Vec<u8>, key: Option<&str>| {
        let mut problems = Vec::new();
        bad.extend(held(name, || {
            let t = reader::read(kind, &bytes);
            problems = t.problems.iter().map(|p| p.message.key).collect();
            assert!(t.text.len() <= reader::MAX_TEXT, "{name}");
        }));
        if let Some(key) = key.filter(|_| less == 1 || !name.starts_with("60 MB")) {
            assert!(problems.contains(&key), "{name}: {problems:?}");
        }
    };
    const WHOLE: usize = 48 << 20;
    let part_size = WHOLE / less;
    let p = "<w:p><w:r><w:t>5 xã</w:t></w:r></w:p>";

    file("zip bomb, one part", "a.docx", docx(&"<w:p/>".repeat(WHOLE / 6 + 10)), Some("reader-part-too-big"));
    let notes = "<w:p/>".repeat(WHOLE / 6 + 10);
    let bomb = zipped(&[("word/document.xml", p.as_bytes()), ("word/footnotes.xml", notes.as_bytes())]);
    file("zip bomb, the notes", "a.docx", bomb, Some("reader-part-too-big"));
    drop(notes);
    file("just below the limit", "a.docx", docx(&"<w:p></w:p>".repeat(part_size / 12)), None);
    file(
        "footnote marks alone",
        "a.docx",
        docx(&"<w:footnoteReference w:id=\"2\"/>".repeat(part_size / 33)),
        None,
    );
    file("deep nesting", "a.docx", docx(&"<w:tbl><w:tr><w:tc>".repeat(part_size / 20)), None);
    file("boxes in boxes", "a.docx", docx(&"<w:p><w:txbxContent>".repeat(part_size / 21)), None);
    let entities = "<!DOCTYPE w:document [<!ENTITY a \"1111111111\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\
        <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
    let laughs = format!(
        "{entities}<w:document><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:document>",
        "&d;".repeat(100_000)
    );
    file("a billion laughs", "a.docx", docx(&laughs), None);
    file(
        "one endless text",
        "a.docx",
        docx(&format!("<w:p><w:r><w:t>{}", "7".repeat(part_size - 100))),
        None,
    );
    file("no letters at all", "a.docx", zipped(&[("word/document.xml", &vec![0xff; part_size - 100])]), None);
    let mut many = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for n in 0..600_000 / less {
        many.start_file(format!("{n}"), stored).expect("a part");
    }
    file("six hundred thousand parts", "a.docx", many.finish().expect("a zip").into_inner(), None);

    let sheet = |rows: &str| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let part = "xl/worksheets/sheet1.xml";
    let big = sheet(&"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>".repeat(WHOLE / 38));
    file("zip bomb, the sheet", "a.xlsx", xlsx(&[(part, &big)]), Some("reader-part-too-big"));
    drop(big);
    let texts = format!("<sst>{}</sst>", "<si><t/></si>".repeat(part_size / 2 / 13 - 10));
    let book = xlsx(&[
        (part, &sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")),
        ("xl/sharedStrings.xml", &texts),
    ]);
    drop(texts);
    file("shared texts alone", "a.xlsx", book, None);
    let wide = format!("<sst><si><t>{}</t></si></sst>", "7".repeat((1 << 20) / less));
    let rows: String = (1..20_000 / less)
        .map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    file(
        "one text used often",
        "a.xlsx",
        xlsx(&[(part, &sheet(&rows)), ("xl/sharedStrings.xml", &wide)]),
        None,
    );

    file("100 MB of digits", "a.txt", vec![b'7'; 100 << 20], Some("reader-file-too-big"));
    file("60 MB of digits", "a.txt", vec![b'7'; (60 << 20) / less], Some("reader-text-too-long"));
    file("60 MB of one high byte", "a.txt", vec![0xe9; (60 << 20) / less], Some("reader-text-too-long"));
    file(
        "60 MB, two bytes each",
        "a.txt",
        [0xff, 0xfe].into_iter().chain([0x37, 0x1e].into_iter().cycle().take((60 << 20) / less)).collect(),
        Some("reader-text-too-long"),
    );
    file("tags alone", "a.html", b"<p>".repeat((20 << 20) / less), None);
    file("open brackets alone", "a.html", b"<".repeat((20 << 20) / less), None);
    file("scripts that never end", "a.html", b"<script>".repeat((2 << 20) / less), None);
    file("comments that never end", "a.html", b"<!--".repeat((5 << 20) / less), None);

    let mut paper = |name: &str, content: Vec<u8>, more: Vec<Vec<u8>>| {
        let bytes = pdf(&content, &more);
        drop((content, more));
        file(name, "a.pdf", bytes, None);
    };
    let count = |n: usize| n / less;
    paper("pdf, numbers as content", b"0 ".repeat(count(15 << 20)), vec![]);
    paper(
        "pdf, an array as content",
        [&b"BT /F1 9 Tf ["[..], &b"0 ".repeat(count(15 << 20)), b"] TJ"].concat(),
        vec![],
    );
    paper("pdf, letters alone", b"BT /F1 9 Tf (a) Tj ET ".repeat(count(1 << 20)), vec![]);
    let cells = |y: i32| {
        let word = |x: usize| format!("1 0 0 1 {} {y} Tm (a) Tj ", x * 40).into_bytes();
        (0..count(90_000)).flat_map(word).collect::<Vec<u8>>()
    };
    let rows = [&b"BT /F1 9 Tf "[..], &cells(700), &cells(690), b"ET"].concat();
    paper("pdf, rows of many cells", rows, vec![]);
    paper(
        "pdf, one long string",
        [&b"BT /F1 9 Tf ("[..], &b"7".repeat(count(30 << 20)), b") Tj"].concat(),
        vec![],
    );
    paper("pdf, nested arrays", b"[".repeat(count(16 << 20)), vec![]);
    paper("pdf, nested objects", vec![], vec![b"[".repeat(count(16 << 20))]);
    paper("pdf, nested dictionaries", vec![], vec![b"<</A".repeat(count(4 << 20))]);
    paper("pdf, many objects", vec![], vec![b"<<>>".to_vec(); count(1_500_000)]);
    paper("pdf, one wide object", vec![], vec![[&b"["[..], &b"0 ".repeat(count(30 << 20)), b"]"].concat()]);
    let hidden = [&b"[(>>stream\n)"[..], &b"0 ".repeat(count(30 << 20)), b"(endstream)]"].concat();
    paper("pdf, a hidden wide object", vec![], vec![hidden]);
    // A small file whose object streams inflate to very many objects.
    let index: String = (0..count(700_000)).map(|n| format!("{} 0 ", n + 100)).collect();
    let dictionary = format!("/Type/ObjStm/N {}/First {}", count(700_000), index.len());
    let inside = [index.as_bytes(), &b"0 ".repeat(100)].concat();
    paper("pdf, object streams", vec![], vec![packed(&dictionary, &inside); 60]);
    // One form that inflates to 30 MB, shown a thousand times.
    let form = packed("/Type/XObject/Subtype/Form", &b" ".repeat(count(30 << 20)));
    paper("pdf, a form shown often", b"/X1 Do ".repeat(1000), vec![form]);
    let nested =
        stream("/Type/XObject/Subtype/Form/Resources<</XObject<</X1 6 0 R>>>>", &b"/X1 Do ".repeat(1000));
    paper("pdf, a form that shows itself", b"/X1 Do ".repeat(1000), vec![nested]);

    let mut text = |name: &str, text: String| {
        bad.extend(held(name, || {
            let _ = reader::claims(&text);
        }));
    };
    text("one line of 10 MB", "Kiểm tra 5 chi bộ, ".repeat((10 << 20) / 24 / less));
    text("100 MB of digits, claims", "7".repeat(100 << 20));
    text("brackets", "(".repeat((9 << 20) / less));
    assert!(bad.is_empty(), "too dear:\n{}", bad.join("\n"));
}
