use std::io::{Cursor, Read, Write};

use super::*;
use crate::docx;
use crate::layout::PROFILES;
use crate::model::{Block, Column, Document, Head, Inline, Table};
use zip::{ZipArchive, ZipWriter};

fn figure(indicator: &str, shown: &str) -> Figure {
    Figure {
        indicator: indicator.into(),
        period: "2021-2023".into(),
        unit: "K".into(),
        selection: "where level = \"tỉnh\"".into(),
        value: shown.replace('.', ""),
        shown: shown.into(),
        format: "padded".into(),
        link: "/figures/1?a=1&b=2".into(),
        remark: "97 trên 110 đơn vị".into(),
    }
}

fn text(t: &str) -> Inline {
    Inline::Text(t.into())
}

fn issued() -> Document {
    Document {
        head: Head { issuer: "ĐẢNG ỦY".into(), symbol: "Số 05-BC/ĐU".into(), ..Head::default() },
        kind: "BÁO CÁO".into(),
        extract: "năm 2023".into(),
        blocks: vec![
            Block::Heading(1, vec![text("I. HỌC TẬP")]),
            Block::Paragraph(vec![
                text("Có "),
                Inline::Figure(figure("study.attended", "4.320")),
                text(" lượt & "),
                Inline::Figure(figure("study.sites", "102")),
                text(" điểm cầu"),
                Inline::Note(vec![
                    text("Năm trước "),
                    Inline::Figure(figure("study.before", "3.900")),
                    text(" lượt."),
                ]),
                text("."),
            ]),
            Block::Table(Table {
                columns: vec![Column { width: 1, head: "Số".into(), numeric: true }],
                rows: vec![vec![vec![Inline::Figure(figure("study.attended", "4.320"))]]],
                ..Table::default()
            }),
        ],
        recipients: vec!["Lưu 02 bản.".into()],
        signature: None,
        about: About {
            template: "t".into(),
            unit: "K".into(),
            period: "2023".into(),
            date: "2024-01-05".into(),
        },
    }
}

fn file() -> Vec<u8> {
    docx::write(&issued(), &PROFILES[0]).expect("a file")
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut content = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut content).expect("text");
    content
}

/// The file with something else in one part; the words replaced must be there.
fn edit(bytes: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let content = part(bytes, name);
    assert!(content.contains(from), "{from} is not in {content}");
    repack(bytes, name, &content.replacen(from, to, 1))
}

fn repack(bytes: &[u8], name: &str, content: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).expect("a part");
        if file.name().expect("a name") == name {
            drop(file);
            zip.start_file(name, docx::entry_options()).expect("a part");
            zip.write_all(content.as_bytes()).expect("written");
        } else {
            zip.raw_copy_file(file).expect("a copy");
        }
    }
    zip.finish().expect("a zip").into_inner()
}

fn key(bytes: &[u8]) -> &'static str {
    read(bytes).expect_err("a problem").key
}

#[test]
fn a_file_comes_back_as_it_was_issued() {
    let document = issued();
    let edited = read(&file()).expect("an edited file");
    assert!(edited.listed);
    assert_eq!(edited.about, document.about);
    // The body's figures first, then those of the notes.
    let ids: Vec<&str> = edited.figures.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, ["f1", "f2", "f4", "f3"]);
    for found in &edited.figures {
        assert!(document.figures().contains(&&found.issued));
        assert!(!found.changed() && found.key() == found.issued.key());
    }
    assert_eq!((edited.missing, edited.strangers), (Vec::new(), Vec::new()));
    let places: Vec<String> = edited.figures.iter().map(|f| f.place.message().to_string()).collect();
    assert_eq!(
        places,
        [
            "document-place-under paragraph=5 heading=\"I. HỌC TẬP\"",
            "document-place-under paragraph=5 heading=\"I. HỌC TẬP\"",
            "document-place-cell table=1 row=2 column=1",
            "document-place-note note=1",
        ]
    );
}

#[test]
fn numbers_outside_controls_can_be_found() {
    let edited = read(&file()).expect("an edited file");
    let line = edited.paragraphs.iter().find(|p| p.text.starts_with("Có")).expect("the line");
    assert_eq!(line.text, "Có 4.320 lượt & 102 điểm cầu.");
    assert_eq!(line.style, "Nội dung");
    let outside: Vec<&str> = line.outside().into_iter().map(|(_, text)| text).collect();
    assert_eq!(outside, ["Có ", " lượt & ", " điểm cầu."]);
    let (at, _) = line.outside()[1];
    assert!(line.text[at..].starts_with(" lượt"));
    // Head and recipients are text like any other.
    for words in ["Số 05-BC/ĐU", "- Lưu 02 bản.", "Năm trước 3.900 lượt."] {
        assert!(edited.paragraphs.iter().any(|p| p.text.trim() == words), "{words}");
    }
}

#[test]
fn a_figure_typed_over_in_several_runs_is_told() {
    let file = edit(
        &file(),
        "word/document.xml",
        "<w:t xml:space=\"preserve\">4.320</w:t></w:r>",
        "<w:rPr><w:b/></w:rPr><w:t>4.3</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:ins w:id=\"9\" w:author=\"A\"><w:r><w:t>21</w:t></w:r></w:ins>\
         <w:del w:id=\"8\" w:author=\"A\"><w:r><w:delText>0</w:delText></w:r></w:del>",
    );
    let edited = read(&file).expect("an edited file");
    let found = &edited.figures[0];
    assert_eq!((found.shown_now.as_str(), found.changed()), ("4.321", true));
    let line = edited.paragraphs.iter().find(|p| p.text.starts_with("Có")).expect("the line");
    assert_eq!((line.text.as_str(), line.controls.len()), ("Có 4.321 lượt & 102 điểm cầu.", 2));

    // Renewing keeps the first run's look and what else the clerk has there.
    let now =
        |issued: &Figure| (issued.indicator == "study.attended").then(|| figure("study.attended", "5.000"));
    let (renewed, changes) = refill(&file, &now).expect("renewed");
    let body = part(&renewed, "word/document.xml");
    assert!(body.contains(
        "<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">5.000</w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
         <w:ins w:id=\"9\" w:author=\"A\"><w:r></w:r></w:ins><w:del"
    ));
    let told: Vec<_> = changes.iter().map(|c| (c.id.as_str(), c.before.as_str(), c.after.as_str())).collect();
    assert_eq!(told, [("f1", "4.321", "5.000"), ("f4", "4.320", "5.000")]);
    assert_eq!(changes[0].value_before, "4320");
}

#[test]
fn renewing_touches_nothing_but_the_figures() {
    let original = file();
    let file = edit(&original, "word/document.xml", "điểm cầu", "điểm cầu <w:t>do thư ký</w:t> viết");
    let now = |issued: &Figure| {
        let mut figure = issued.clone();
        if figure.indicator == "study.before" {
            (figure.value, figure.shown) = ("3901".into(), "3.901 <&>".into());
        }
        Some(figure)
    };
    let (renewed, changes) = refill(&file, &now).expect("renewed");
    assert_eq!(changes.len(), 1);
    for name in ["word/document.xml", "word/styles.xml", "docProps/core.xml", "[Content_Types].xml"] {
        assert_eq!(part(&renewed, name), part(&file, name), "{name}");
    }
    let notes = part(&original, "word/footnotes.xml").replace(">3.900<", ">3.901 &lt;&amp;&gt;<");
    assert_eq!(part(&renewed, "word/footnotes.xml"), notes);
    let read_again = read(&renewed).expect("an edited file");
    let figure = read_again.figures.iter().find(|f| f.id == "f3").expect("the figure");
    assert_eq!((figure.issued.value.as_str(), figure.shown_now.as_str()), ("3901", "3.901 <&>"));
    assert_eq!(figure.issued.format, "padded");

    // A second time there is nothing to do, and the very same file comes back.
    let (again, changes) = refill(&renewed, &now).expect("renewed");
    assert!(again == renewed && changes.is_empty());
    let (same, changes) = refill(&file, &|_| None).expect("renewed");
    assert!(same == file && changes.is_empty());
}

#[test]
fn deleted_copied_and_foreign_controls_are_told_apart() {
    let body = part(&file(), "word/document.xml");
    let from = body.find("<w:sdt>").expect("a control");
    let to = from + body[from..].find("</w:sdt>").expect("its end") + "</w:sdt>".len();
    let control = body[from..to].to_owned();

    let without = repack(&file(), "word/document.xml", &body.replacen(&control, "", 1));
    let edited = read(&without).expect("an edited file");
    let missing: Vec<&str> = edited.missing.iter().map(|f| f.indicator.as_str()).collect();
    assert_eq!((missing, edited.figures.len()), (vec!["study.attended"], 3));

    let twice = repack(&file(), "word/document.xml", &body.replacen(&control, &control.repeat(2), 1));
    assert_eq!(read(&twice).expect("an edited file").figures.iter().filter(|f| f.id == "f1").count(), 2);

    let foreign = control.replace("study.attended", "awards.units");
    let pasted = repack(&file(), "word/document.xml", &body.replacen(&control, &foreign, 1));
    let edited = read(&pasted).expect("an edited file");
    assert_eq!((edited.strangers.len(), edited.strangers[0].indicator.as_str()), (1, "awards.units"));

    // LibreOffice drops tags and keeps titles.
    let untagged = control.replace("<w:tag w:val=\"f1\"/>", "");
    let edited =
        read(&repack(&file(), "word/document.xml", &body.replacen(&control, &untagged, 1))).expect("a file");
    assert_eq!((edited.figures[0].id.as_str(), edited.missing.len()), ("f1", 0));

    // A control of the clerk's own is text.
    let own = control.replace("\"f1\"", "\"ten\"");
    let edited =
        read(&repack(&file(), "word/document.xml", &body.replacen(&control, &own, 1))).expect("a file");
    let line = edited.paragraphs.iter().find(|p| p.text.starts_with("Có")).expect("the line");
    assert_eq!((edited.strangers.len(), line.controls.len()), (0, 1));
}

#[test]
fn emptied_controls_are_filled_again() {
    let text_run = "<w:r><w:t xml:space=\"preserve\">4.320</w:t></w:r>";
    let prompt = "<w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t>Bấm để nhập</w:t></w:r>";
    let now = |issued: &Figure| (issued.indicator == "study.attended").then(|| issued.clone());
    for (from, to, wanted) in [
        (
            text_run,
            String::new(),
            "<w:sdtContent><w:r><w:t xml:space=\"preserve\">4.320</w:t></w:r></w:sdtContent>",
        ),
        (
            "<w:sdtContent><w:r><w:t xml:space=\"preserve\">4.320</w:t></w:r></w:sdtContent>",
            "<w:sdtContent/>".to_owned(),
            "<w:sdtContent><w:r><w:t xml:space=\"preserve\">4.320</w:t></w:r></w:sdtContent>",
        ),
        (
            &*format!("<w:text/></w:sdtPr><w:sdtContent>{text_run}"),
            format!("<w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{prompt}"),
            "<w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">4.320</w:t></w:r>",
        ),
    ] {
        let file = edit(&file(), "word/document.xml", from, &to);
        assert_eq!(read(&file).expect("an edited file").figures[0].shown_now, "");
        let (renewed, changes) = refill(&file, &now).expect("renewed");
        assert_eq!(changes.len(), 1, "{to}");
        assert!(part(&renewed, "word/document.xml").contains(wanted), "{to}");
        assert!(refill(&renewed, &now).expect("renewed").1.is_empty(), "{to}");
    }
    // A control around a whole, empty paragraph.
    let around = "<w:sdt><w:sdtPr><w:tag w:val=\"f1\"/></w:sdtPr><w:sdtContent><w:p><w:pPr/></w:p></w:sdtContent></w:sdt><w:sectPr>";
    let (renewed, changes) =
        refill(&edit(&file(), "word/document.xml", "<w:sectPr>", around), &now).expect("renewed");
    assert_eq!(changes.len(), 1);
    let wanted = "<w:p><w:pPr/><w:r><w:t xml:space=\"preserve\">4.320</w:t></w:r></w:p></w:sdtContent>";
    assert!(part(&renewed, "word/document.xml").contains(wanted));
}

#[test]
fn text_that_does_not_count_is_left_out() {
    let file = edit(
        &file(),
        "word/document.xml",
        "<w:t xml:space=\"preserve\"> điểm cầu</w:t>",
        "<w:tab/><w:t>A</w:t><w:br/><w:t>&#66;&lt;<![CDATA[&]]></w:t></w:r><w:moveFrom w:id=\"1\"><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:r>\
         <mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"x\"><w:t>một</w:t>\
         </mc:Choice><mc:Fallback><w:t>hai</w:t></mc:Fallback></mc:AlternateContent>",
    );
    let edited = read(&file).expect("an edited file");
    assert!(edited.paragraphs.iter().any(|p| p.text == "Có 4.320 lượt & 102\tA\nB<&một."));
}

#[test]
fn a_file_without_the_list_is_read_as_text() {
    let edited = read(&repack(&file(), "customXml/item1.xml", "<other/>")).expect("an edited file");
    assert!(!edited.listed && edited.figures.is_empty());
    assert_eq!(edited.strangers.len(), 4);
    let without = repack(&file(), "customXml/item1.xml", "<broken");
    let (bytes, changes) = refill(&without, &|f| Some(f.clone())).expect("untouched");
    assert!(bytes == without && changes.is_empty());
}

#[test]
fn what_is_no_sound_word_file_is_refused_with_the_reason() {
    assert_eq!(key(b"%PDF-1.7"), "document-edited-zip");
    assert_eq!(key(&[]), "document-edited-zip");
    let bytes = file();
    assert_eq!(key(&bytes[..bytes.len() / 2]), "document-edited-zip");
    let body = "word/document.xml";
    assert_eq!(
        key(&repack(&bytes, body, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")),
        "document-edited-dtd"
    );
    assert_eq!(key(&repack(&bytes, body, "<a><b></a>")), "document-edited-xml");
    assert_eq!(key(&repack(&bytes, body, "<a><b>")), "document-edited-xml");
    assert_eq!(key(&repack(&bytes, body, &"<a>".repeat(MAX_NESTED))), "document-edited-deep");
    let many = {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for i in 0..=MAX_PARTS {
            zip.start_file(i.to_string(), docx::entry_options()).expect("a part");
        }
        zip.finish().expect("a zip").into_inner()
    };
    assert_eq!(key(&many), "document-edited-many");
    let mut empty = ZipWriter::new(Cursor::new(Vec::new()));
    empty.start_file("a", docx::entry_options()).expect("a part");
    assert_eq!(key(&empty.finish().expect("a zip").into_inner()), "document-edited-body");
}

const MAX_NESTED: usize = 300;

#[test]
fn a_part_that_unpacks_to_too_much_is_refused() {
    // Blanks pack a thousandfold: megabytes come in kilobytes.
    let bomb = repack(&file(), "word/document.xml", &" ".repeat(usize::try_from(MAX_PART).unwrap_or(0) + 1));
    assert!(bomb.len() < 1_000_000);
    assert_eq!(key(&bomb), "document-edited-large");
}

mod property {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn arbitrary_bodies_never_panic(pieces in prop::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:p/>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:t/>", "4.320", "&amp;", "&#0;", "&x;", "<w:sdt>",
            "</w:sdt>", "<w:sdtPr>", "</w:sdtPr>", "<w:tag w:val=\"f1\"/>", "<w:sdtContent>", "</w:sdtContent>", "<w:sdtContent/>",
            "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:del>", "</w:del>", "<w:showingPlcHdr/>", "<", "ộ",
            "<w:pStyle w:val=\"Sao\"/>", "<w:footnoteReference w:id=\"1\"/>",
        ]), 0..40), closed in any::<bool>()) {
            let mut xml = format!("<w:document xmlns:w=\"{}\">{}", docx::WORD, pieces.concat());
            static FILE: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(file);
            let file = &*FILE;
            if closed {
                xml.push_str("</w:document>");
            }
            let file = repack(file, "word/document.xml", &xml);
            let now = |issued: &Figure| Some(figure(&issued.indicator, "7"));
            if read(&file).is_ok() {
                let (renewed, _) = refill(&file, &now).expect("what can be read can be renewed");
                let (again, changes) = refill(&renewed, &now).expect("and once more");
                prop_assert!(again == renewed && changes.is_empty());
            }
        }
    }
}
