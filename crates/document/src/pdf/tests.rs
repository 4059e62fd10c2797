//! What a reader of the pages would notice, checked on the pages before they become a file.
//! The file itself is checked in `tests/pdf.rs`.

use super::flow::{Item, Page, Room};
use super::font::DESCENT;
use super::tags::Group;
use super::*;
use crate::layout::PROFILES;
use crate::model::{Column, Head, Signature, Table};

const SENTENCE: &str = "Các cấp ủy tổ chức học tập nghiêm túc, có kiểm tra, có nhắc nhở. ";

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn paragraph(sentences: usize) -> Block {
    Block::Paragraph(vec![text(&SENTENCE.repeat(sentences))])
}

fn noted(sentences: usize, note: usize) -> Block {
    let note = Inline::Note(vec![text(SENTENCE.repeat(note).trim())]);
    Block::Paragraph(vec![text(SENTENCE.repeat(sentences).trim()), note, text(" Hết đoạn.")])
}

fn table(rows: usize, words: usize) -> Block {
    let column = |head: &str, width, numeric| Column { head: head.to_owned(), width, numeric };
    let row = |n: usize| {
        vec![vec![text(&n.to_string())], vec![text(SENTENCE.repeat(words).trim())], vec![text("06")]]
    };
    Block::Table(Table {
        caption: vec![text("Biểu số liệu")],
        columns: vec![column("TT", 1, true), column("Tổ chức đảng", 6, false), column("Số cuộc", 2, true)],
        rows: (1..=rows).map(row).collect(),
    })
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        head: Head {
            superior: "TỈNH ỦY SÔNG LAM".to_owned(),
            issuer: "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH".to_owned(),
            symbol: "Số      -BC/ĐU".to_owned(),
            place: "Sông Lam".to_owned(),
            day: None,
        },
        kind: "BÁO CÁO".to_owned(),
        extract: "kết quả ba năm học tập và làm theo".to_owned(),
        blocks,
        recipients: vec!["Tỉnh ủy (để báo cáo)".to_owned(), "Lưu Văn phòng.".to_owned()],
        signature: Some(Signature {
            authority: "T/M BAN THƯỜNG VỤ".to_owned(),
            position: "PHÓ BÍ THƯ".to_owned(),
            name: "Lường Thị Khánh Hằng".to_owned(),
        }),
        about: crate::model::About::default(),
    }
}

/// The lines of a page: words, baseline, place in the structure.
fn lines(page: &Page) -> Vec<(String, f32, Option<Group>)> {
    let line = |item: &Item| match item {
        Item::Text { y, line, group, .. } => {
            Some((line.text().replace('\u{a0}', " ").trim().to_owned(), *y, *group))
        }
        Item::Rule { .. } => None,
    };
    page.items.iter().filter_map(line).collect()
}

fn set(doc: &Document) -> (Vec<Page>, Composer<'static>) {
    lay_out(doc, &PROFILES[0]).expect("pages")
}

/// What holds on every page of every document.
fn check(doc: &Document) -> (Vec<Page>, Composer<'static>) {
    let (pages, composer) = set(doc);
    let Room { left, width, top, bottom, .. } = composer.room;
    let mut marked = 0;
    for (number, page) in pages.iter().enumerate() {
        let at = format!("page {}", number + 1);
        for item in &page.items {
            let Item::Text { x, y, line, stretch, group } = item else { continue };
            let size = line.letters.iter().map(|l| l.style.size).fold(0.0, f32::max);
            assert!(y + size * DESCENT <= bottom + 0.2, "{at}: below the margin: {}", line.text());
            assert!(y - size * 0.7 >= top - 0.2, "{at}: above the margin: {}", line.text());
            let end = x + line.width + stretch * line.gaps as f32;
            assert!(
                *x >= left - 0.1 && end <= left + width + 0.5,
                "{at}: beside the margins: {}",
                line.text()
            );
            assert!(line.letters.iter().all(|l| l.glyph != 0), "{at}: an empty box in {}", line.text());
            if group.is_some() {
                for note in line.notes() {
                    marked += 1;
                    let group = composer.notes[note].group;
                    let here = lines(page).iter().any(|l| l.2 == Some(group));
                    assert!(here, "{at}: footnote {} stands on another page than its mark", note + 1);
                }
            }
        }
    }
    assert_eq!(marked, composer.notes.len(), "every mark is printed once");
    for note in &composer.notes {
        let printed = pages.iter().flat_map(lines).filter(|l| l.2 == Some(note.group)).count();
        assert_eq!(printed, note.lines.len(), "every line of a footnote is printed once");
    }
    (pages, composer)
}

#[test]
fn words_keep_inside_the_margins_and_no_footnote_leaves_its_page() {
    // Documents made at random, the same ones every time.
    let mut seed = 7_u64;
    let mut dice = move |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % sides).expect("small")
    };
    for _ in 0..40 {
        let blocks = (0..dice(25)).map(|_| match dice(8) {
            0 => Block::Heading(
                u8::try_from(dice(4)).expect("small"),
                vec![text("I. Đề mục "), text(&SENTENCE.repeat(dice(3)))],
            ),
            1 | 2 => paragraph(dice(12)),
            3 | 4 => noted(1 + dice(12), 1 + dice(9)),
            5 => Block::Item(vec![text(&SENTENCE.repeat(dice(5)))]),
            6 => table(dice(14), 1 + dice(3)),
            _ => Block::Lines(u8::try_from(dice(9)).expect("small")),
        });
        check(&document(blocks.collect()));
    }
}

#[test]
fn the_head_stands_as_the_guideline_has_it() {
    let (pages, composer) = check(&document(vec![paragraph(1)]));
    let first = lines(&pages[0]);
    let words: Vec<&str> = first.iter().map(|l| l.0.as_str()).collect();
    for (at, expected) in
        ["TỈNH ỦY SÔNG LAM", "ĐẢNG ỦY CÁC CƠ", "QUAN ĐẢNG TỈNH", "*", "Số      -BC/ĐU"].iter().enumerate()
    {
        assert_eq!(words[at], *expected);
    }
    assert_eq!(words[5], "ĐẢNG CỘNG SẢN VIỆT NAM");
    assert!(words[6].starts_with("Sông Lam, ngày  ") && words[6].contains("tháng  "), "{}", words[6]);
    assert_eq!(words[7..10], ["BÁO CÁO", "kết quả ba năm học tập và làm theo", "-----"]);
    // The rule is as long as the words above it.
    let party = pages[0].items.iter().find_map(|item| match item {
        Item::Text { x, line, .. } if line.text().starts_with("ĐẢNG CỘNG") => Some((*x, line.width)),
        _ => None,
    });
    let rule = pages[0].items.iter().find_map(|item| match item {
        Item::Rule { from, to, .. } => Some((from.0, to.0 - from.0)),
        _ => None,
    });
    let (party, rule) = (party.expect("words"), rule.expect("rule"));
    assert!((party.0 - rule.0).abs() < 0.01 && (party.1 - rule.1).abs() < 0.01);
    assert!(party.0 > composer.room.left + composer.room.width / 2.0 - 20.0, "at the right");
}

#[test]
fn an_office_divides_its_name_where_it_likes() {
    let mut doc = document(vec![]);
    doc.head.issuer = "ĐẢNG ỦY\nCÁC CƠ QUAN".to_owned();
    let (pages, _) = check(&doc);
    assert!(lines(&pages[0]).windows(2).any(|w| w[0].0 == "ĐẢNG ỦY" && w[1].0 == "CÁC CƠ QUAN"));
}

#[test]
fn no_line_of_a_paragraph_stands_alone_and_no_heading_ends_a_page() {
    for shift in 0..30 {
        let mut blocks = vec![paragraph(1 + shift)];
        for at in 0..12 {
            blocks.push(Block::Heading(1, vec![text(&format!("{at}. Đề mục"))]));
            blocks.push(paragraph(3 + at % 4));
        }
        let (pages, composer) = check(&document(blocks));
        assert!(pages.len() > 1);
        let all: Vec<Vec<Option<Group>>> =
            pages.iter().map(|p| lines(p).iter().map(|l| l.2).collect()).collect();
        for page in &all {
            for group in page.iter().flatten() {
                let here = page.iter().filter(|g| **g == Some(*group)).count();
                let whole = all.iter().flatten().filter(|g| **g == Some(*group)).count();
                assert!(here >= 2 || whole == 1, "a line alone, shifted by {shift}");
            }
        }
        for page in &pages[..pages.len() - 1] {
            let last = lines(page).last().expect("a line").0.clone();
            assert!(!last.contains("Đề mục"), "{last} ends a page");
        }
        assert_eq!(composer.entries.len(), 12);
    }
}

#[test]
fn head_rows_are_repeated_as_ornaments() {
    let (pages, _) = check(&document(vec![paragraph(2), table(70, 1)]));
    assert!(pages.len() >= 3);
    let heads: Vec<bool> =
        pages.iter().flat_map(lines).filter(|l| l.0 == "Tổ chức đảng").map(|l| l.2.is_some()).collect();
    let with_rows = pages.iter().filter(|p| lines(p).iter().any(|l| l.0 == "06")).count();
    assert_eq!(heads.len(), with_rows, "once on each page that has rows");
    assert_eq!(heads.iter().filter(|tagged| **tagged).count(), 1, "read aloud once");
    let numbers: Vec<String> =
        pages.iter().flat_map(lines).map(|l| l.0).filter(|t| t.parse::<u32>().is_ok() && t != "06").collect();
    assert_eq!(numbers, (1..=70).map(|n| n.to_string()).collect::<Vec<_>>(), "every row once, in order");
}

#[test]
fn the_signature_is_not_parted_and_never_alone() {
    for shift in 1..25 {
        let (pages, _) =
            check(&document(vec![paragraph(20 + shift), Block::Item(vec![text(&SENTENCE.repeat(2))])]));
        let last = lines(pages.last().expect("a page"));
        let has = |words: &str| last.iter().any(|l| l.0.contains(words));
        assert!(has("T/M BAN THƯỜNG VỤ") && has("Lường Thị") && has("Nơi nhận:") && has("Lưu Văn phòng."));
        assert!(has("nhắc nhở."), "words of the body above it, shifted by {shift}");
    }
}

#[test]
fn a_long_footnote_goes_on_overleaf() {
    let (pages, composer) = check(&document(vec![paragraph(8), noted(4, 90), paragraph(30)]));
    let group = Some(composer.notes[0].group);
    let on: Vec<usize> = pages.iter().map(|p| lines(p).iter().filter(|l| l.2 == group).count()).collect();
    assert!(on.iter().filter(|n| **n > 0).count() >= 2, "{on:?}");
    assert!(on.iter().all(|n| *n != 1), "two lines at least on either page: {on:?}");
}

#[test]
fn broken_input_comes_to_an_end_and_loses_nothing() {
    let word = "x".repeat(20_000);
    let mut doc = document(vec![
        Block::Paragraph(vec![text(&word)]),
        Block::Paragraph(vec![
            text("a"),
            Inline::Note(vec![text(&word)]),
            Inline::Note(vec![text("b")]),
            text("c"),
            Inline::Note(vec![Inline::Note(vec![Inline::Note(vec![text("d")])])]),
        ]),
        Block::Heading(9, vec![text(&SENTENCE.repeat(60))]),
        Block::Heading(0, vec![]),
        table(2, 150),
        Block::Table(Table {
            caption: vec![], columns: vec![], rows: vec![vec![vec![text("không cột")]]]
        }),
        Block::Table(Table {
            caption: vec![text(&SENTENCE.repeat(80))],
            columns: vec![Column { head: SENTENCE.repeat(40), width: 0, numeric: true }; 30],
            rows: vec![vec![], vec![vec![]; 40]],
        }),
        Block::Lines(255),
    ]);
    doc.head.issuer = "Đ ".repeat(2000);
    doc.extract = SENTENCE.repeat(100);
    doc.recipients = vec![SENTENCE.to_owned(); 150];
    doc.signature = Some(Signature { authority: SENTENCE.repeat(100), ..Signature::default() });
    let (pages, _) = set(&doc);
    assert!(pages.len() < 200, "{}", pages.len());
    let printed: usize = pages.iter().flat_map(lines).map(|l| l.0.matches('x').count()).sum();
    assert_eq!(printed, 2 * word.len());
    let bottom = PROFILES[0].margins[1];
    for page in &pages {
        for (words, y, _) in lines(page) {
            assert!(y <= HEIGHT - bottom * MM + 0.2, "below the margin: {words}");
        }
    }
    assert!(write(&doc, &PROFILES[0]).is_ok());
}

#[test]
fn what_is_too_long_or_has_no_room_is_refused() {
    let doc = document(vec![Block::Paragraph(vec![text(&"a ".repeat(MOST_TEXT))])]);
    assert_eq!(write(&doc, &PROFILES[0]).map_err(|m| m.key), Err("document-pdf-too-long"));
    let narrow = Profile { margins: [20.0, 20.0, 120.0, 80.0], ..PROFILES[0].clone() };
    assert_eq!(write(&document(vec![]), &narrow).map_err(|m| m.key), Err("document-pdf-failed"));
}

#[test]
fn every_dated_layout_is_kept() {
    for profile in &PROFILES {
        let (pages, composer) = lay_out(&document(vec![paragraph(40)]), profile).expect("pages");
        let first = lines(&pages[0]);
        let step = first
            .windows(2)
            .map(|w| w[1].1 - w[0].1)
            .fold(f32::INFINITY, |a, b| if b > 1.0 { a.min(b) } else { a });
        assert!((composer.room.left - profile.margins[2] * MM).abs() < 0.01);
        assert!((step - profile.line).abs() < 2.6, "{}: {step}", profile.source);
        assert!(write(&document(vec![paragraph(40)]), profile).is_ok());
    }
}
