//! The PDF as a file: what another program finds in it.

#[path = "../examples/sample_pdf/report.rs"]
mod report;

use document::layout::profile;
use document::model::{Block, Document};
use lopdf::{Dictionary, Object};

fn write(doc: &Document) -> Vec<u8> {
    let day = doc.head.day.expect("the sample has a day");
    document::pdf::write(doc, profile(day)).expect("a file")
}

fn open(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).expect("a PDF")
}

fn dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(d) => Some(d),
        Object::Stream(s) => Some(&s.dict),
        _ => None,
    }
}

fn dictionaries(file: &lopdf::Document) -> Vec<&Dictionary> {
    file.objects.values().filter_map(dictionary).collect()
}

fn named<'a>(file: &'a lopdf::Document, kind: &[u8]) -> Vec<&'a Dictionary> {
    dictionaries(file)
        .into_iter()
        .filter(|d| d.get(b"Type").and_then(Object::as_name).is_ok_and(|n| n == kind))
        .collect()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let doc = report::report(2);
    assert_eq!(write(&doc), write(&doc));
    let mut other = doc.clone();
    other.extract.push('.');
    assert_ne!(write(&doc), write(&other));
}

#[test]
fn the_figures_are_attached_as_they_stand_in_the_document() {
    let doc = report::report(1);
    let bytes = write(&doc);
    let file = open(&bytes);
    let attached = named(&file, b"EmbeddedFile").len();
    assert_eq!(attached, 1);
    let stream = file.objects.values().find_map(|o| {
        o.as_stream()
            .ok()
            .filter(|s| s.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|n| n == b"EmbeddedFile"))
    });
    let json = stream.expect("the attachment").decompressed_content().expect("content");
    let listed: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let expected: Vec<serde_json::Value> = doc
        .figures()
        .into_iter()
        .map(|f| {
            serde_json::json!({
                "indicator": f.indicator, "unit": f.unit, "period": f.period, "selection": f.selection,
                "value": f.value, "shown": f.shown, "link": f.link,
            })
        })
        .collect();
    assert!(expected.len() > 20);
    assert_eq!(listed, serde_json::Value::Array(expected));
    let name = named(&file, b"Filespec")[0].get(b"F").and_then(Object::as_str).expect("a name");
    assert_eq!(name, document::pdf::FIGURES_NAME.as_bytes());
}

#[test]
fn fonts_are_embedded_and_only_the_faces_in_use() {
    let mut doc = report::report(1);
    // These alone are in bold italics.
    doc.blocks.retain(|block| !matches!(block, Block::Heading(3, _)));
    let bytes = write(&doc);
    let file = open(&bytes);
    let fonts = named(&file, b"FontDescriptor");
    let names: Vec<String> = fonts
        .iter()
        .map(|f| {
            String::from_utf8_lossy(f.get(b"FontName").and_then(Object::as_name).expect("a name"))
                .into_owned()
        })
        .collect();
    assert_eq!(fonts.len(), 3, "regular, bold, italic: {names:?}");
    for (font, name) in fonts.iter().zip(&names) {
        assert!(font.has(b"FontFile2"), "{name} is not embedded");
        assert!(name.contains("+LiberationSerif"), "{name} is no subset");
    }
    assert!(bytes.len() < 150_000, "only the letters in use: {}", bytes.len());
}

#[test]
fn the_file_says_what_it_is() {
    let bytes = write(&report::report(1));
    let file = open(&bytes);
    let catalog = file.catalog().expect("a catalog");
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).expect("a language"), b"vi-VN");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines") && catalog.has(b"AF"));
    let (_, metadata) = file.dereference(catalog.get(b"Metadata").expect("metadata")).expect("metadata");
    let xmp = String::from_utf8(metadata.as_stream().expect("a stream").content.clone()).expect("UTF-8");
    for said in [
        "<pdfaid:part>3<",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
        "BÁO CÁO kết quả ba năm",
        "2026-12-05",
    ] {
        assert!(xmp.contains(said), "{said} is missing");
    }
    let kinds: Vec<&[u8]> =
        dictionaries(&file).iter().filter_map(|d| d.get(b"S").and_then(Object::as_name).ok()).collect();
    for kind in [&b"H1"[..], b"H2", b"H3", b"P", b"L", b"LI", b"Table", b"TH", b"TD", b"Note", b"Caption"] {
        assert!(kinds.contains(&kind), "no {}", String::from_utf8_lossy(kind));
    }
}

#[test]
fn signs_of_markup_in_a_title_do_not_break_the_properties() {
    let mut doc = report::report(1);
    doc.extract = "A & B <c> \u{1F600}\u{0}".to_owned();
    let bytes = write(&doc);
    let file = open(&bytes);
    let (_, metadata) = file
        .dereference(file.catalog().expect("a catalog").get(b"Metadata").expect("metadata"))
        .expect("metadata");
    let xmp = String::from_utf8(metadata.as_stream().expect("a stream").content.clone()).expect("UTF-8");
    assert!(xmp.contains("A &amp; B &lt;c"), "{xmp}");
}

#[test]
fn a_long_report_has_its_pages_and_its_words() {
    let bytes = write(&report::report(6));
    let file = open(&bytes);
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    assert!((14..=17).contains(&pages.len()), "{}", pages.len());
    let text = file.extract_text(&pages).expect("text");
    for words in ["ĐẢNG CỘNG SẢN VIỆT NAM", "Lường Thị Khánh Hằng", "trên 98 %", "14.814"] {
        assert!(text.contains(words), "{words} is missing in {}", text.chars().take(300).collect::<String>());
    }
    assert!(!text.contains(['\u{fffd}', '□']));
}
