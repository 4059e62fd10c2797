use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;
use crate::layout::PROFILES;
use crate::model::{About, Block, Column, Head, Inline, Signature, Table};

fn figure(indicator: &str, shown: &str) -> Inline {
    Inline::Figure(Figure {
        indicator: indicator.into(),
        period: "2021-2023".into(),
        unit: "ĐBK".into(),
        value: "4320".into(),
        shown: shown.into(),
        link: "/figures/1".into(),
        ..Figure::default()
    })
}

fn text(t: &str) -> Inline {
    Inline::Text(t.into())
}

/// A document with everything in it once.
pub(crate) fn small() -> Document {
    Document {
        head: Head {
            superior: "TỈNH ỦY HÀ BẮC".into(),
            issuer: "ĐẢNG ỦY KHỐI\nCÁC CƠ QUAN TỈNH".into(),
            symbol: "Số 05-BC/ĐUK".into(),
            place: "Hà Bắc".into(),
            day: domain::parse_day("15/03/2024"),
        },
        kind: "BÁO CÁO".into(),
        extract: "sơ kết 03 năm".into(),
        blocks: vec![
            Block::Heading(1, vec![text("I. CÔNG TÁC LÃNH ĐẠO")]),
            Block::Paragraph(vec![
                text("Có "),
                figure("study.attended", "4.320"),
                text(" lượt đảng viên"),
                Inline::Note(vec![
                    text("Riêng năm 2022: "),
                    figure("study.attended", "4.686"),
                    text(" lượt."),
                ]),
                text(" dự "),
                Inline::Bold("hội nghị".into()),
                text(" & "),
                Inline::Italic("sinh hoạt".into()),
                text("."),
            ]),
            Block::Item(vec![text("Một việc"), Inline::Note(vec![text("Việc thứ nhất.")]), Inline::Blank]),
            Block::Table(Table {
                caption: vec![text("Biểu 1")],
                columns: vec![
                    Column { head: "Nội dung".into(), width: 3, numeric: false },
                    Column { head: "Số".into(), width: 1, numeric: true },
                ],
                rows: vec![vec![vec![text("Lượt dự")], vec![figure("study.attended", "4.320")]]],
            }),
            Block::Lines(2),
            Block::Paragraph(vec![text("Trên đây là báo cáo.")]),
        ],
        recipients: vec!["Tỉnh ủy (để báo cáo),".into(), "Lưu Văn phòng.".into()],
        signature: Some(Signature {
            authority: "T/M BAN THƯỜNG VỤ".into(),
            position: "PHÓ BÍ THƯ".into(),
            name: "Nguyễn Thị Mẫu".into(),
        }),
        about: About {
            template: "small".into(),
            unit: "ĐBK".into(),
            period: "2021-2023".into(),
            date: "2024-03-15".into(),
        },
    }
}

fn written(document: &Document) -> Vec<u8> {
    write(document, &PROFILES[0]).expect("a file")
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = archive.file_names().map(|n| n.expect("a name").into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut content = String::new();
            archive.by_name(&name).expect("a part").read_to_string(&mut content).expect("text");
            (name, content)
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(n, _)| n == name).expect(name).1
}

/// Every value of an attribute of an element.
fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("sound XML") {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                found.extend(
                    tag.attributes()
                        .flatten()
                        .filter(|a| a.key.as_ref() == attribute)
                        .map(|a| a.value.into_owned()),
                );
            }
            _ => {}
        }
    }
}

/// One line for each paragraph, cell and so on: a difference is then easy to see.
fn lines(xml: &str) -> String {
    let mut out = xml.to_owned();
    for tag in ["<w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:sectPr>", "<w:r>", "<w:sdt>", "<w:footnote "] {
        out = out.replace(tag, &format!("\n{tag}"));
    }
    out
}

#[test]
fn the_body_and_the_notes_are_as_agreed() {
    let bytes = written(&small());
    insta::assert_snapshot!("document", lines(&part(&bytes, "word/document.xml")));
    insta::assert_snapshot!("footnotes", lines(&part(&bytes, "word/footnotes.xml")));
    insta::assert_snapshot!("figures", part(&bytes, "customXml/item1.xml").replace("<figure ", "\n<figure "));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(written(&small()), written(&small()));
}

#[test]
fn every_part_is_sound_and_known_to_the_package() {
    let bytes = written(&small());
    let parts = parts(&bytes);
    let types = &part(&bytes, "[Content_Types].xml");
    let overrides = values(types, "Override", "PartName");
    for (name, content) in &parts {
        let mut reader = Reader::from_str(content);
        let mut depth = 0_i32;
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
        let known = overrides.contains(&format!("/{name}"));
        assert!(
            known || name.ends_with(".rels") || name.starts_with("customXml/item1") || name.starts_with('['),
            "{name}"
        );
    }
    for named in overrides {
        assert!(parts.iter().any(|(name, _)| format!("/{name}") == named), "{named}");
    }
    let related = values(&part(&bytes, "word/_rels/document.xml.rels"), "Relationship", "Id");
    for used in values(&part(&bytes, "word/document.xml"), "w:headerReference", "r:id") {
        assert!(related.contains(&used), "{used}");
    }
}

#[test]
fn every_style_used_is_there_and_every_face_is_named() {
    for profile in &PROFILES {
        let bytes = write(&small(), profile).expect("a file");
        let styles = part(&bytes, "word/styles.xml");
        let known: BTreeSet<String> = values(&styles, "w:style", "w:styleId").into_iter().collect();
        for (name, content) in parts(&bytes) {
            for element in ["w:pStyle", "w:rStyle", "w:basedOn", "w:next"] {
                for used in values(&content, element, "w:val") {
                    assert!(known.contains(&used), "{name}: {used}");
                }
            }
        }
        for attribute in ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"] {
            assert_eq!(values(&styles, "w:rFonts", attribute), ["Times New Roman"]);
        }
        assert_eq!(values(&styles, "w:lang", "w:val"), ["vi-VN"]);
    }
}

#[test]
fn every_figure_is_a_control_and_an_entry() {
    let document = small();
    let bytes = written(&document);
    let mut tags = values(&part(&bytes, "word/document.xml"), "w:tag", "w:val");
    tags.extend(values(&part(&bytes, "word/footnotes.xml"), "w:tag", "w:val"));
    tags.sort();
    let listed = values(&part(&bytes, "customXml/item1.xml"), "figure", "id");
    assert_eq!(tags, listed);
    assert_eq!(listed.len(), document.figures().len());
    // In reading order: the note's figure stands between those of the text.
    let shown = values(&part(&bytes, "customXml/item1.xml"), "figure", "shown");
    assert_eq!(shown, ["4.320", "4.686", "4.320"]);
}

#[test]
fn the_page_follows_the_profile_of_the_day() {
    let margins = |profile| {
        let body = part(&write(&small(), profile).expect("a file"), "word/document.xml");
        ["w:top", "w:bottom", "w:left", "w:right", "w:header"]
            .map(|side| values(&body, "w:pgMar", side).concat())
    };
    assert_eq!(margins(&PROFILES[0]), ["1134", "1134", "1701", "850", "567"]);
    assert_eq!(margins(&PROFILES[2]), ["1417", "1417", "1984", "850", "567"]);
}

#[test]
fn what_xml_forbids_never_reaches_the_file() {
    let mut document = small();
    document.head.issuer = "A\u{0}B\u{1f}<&".into();
    document.blocks.push(Block::Paragraph(vec![text("x\u{fffe}\u{b}y\tz\nw"), figure("a\"<\u{1}", "")]));
    let body = part(&written(&document), "word/document.xml");
    assert!(body.contains("AB&lt;&amp;") && body.contains(">xy</w:t><w:tab/>") && body.contains("<w:br/>"));
    assert!(!body.contains(['\u{0}', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}']));
}

#[test]
fn odd_documents_are_written_too() {
    let empty = Document {
        head: Head::default(),
        kind: String::new(),
        extract: "V/v báo cáo".into(),
        blocks: vec![
            Block::Heading(9, Vec::new()),
            Block::Table(Table::default()),
            Block::Table(Table {
                columns: vec![Column { width: 0, ..Column::default() }; 3],
                rows: vec![Vec::new()],
                ..Table::default()
            }),
            Block::Paragraph(vec![Inline::Note(vec![Inline::Note(vec![figure("a", "1")])])]),
        ],
        recipients: Vec::new(),
        signature: None,
        about: About::default(),
    };
    let bytes = written(&empty);
    assert!(part(&bytes, "word/document.xml").contains("TrichYeuCongVan"));
    // A note in a note becomes words, and its figure stays a figure.
    assert_eq!(values(&part(&bytes, "word/footnotes.xml"), "w:tag", "w:val"), ["f1"]);
}
