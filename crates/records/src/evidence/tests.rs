use super::ground::{both, draft, faults, settle, word};
use super::media::Media;
use super::*;
use domain::{Actor, Day};
use proptest::prelude::*;
use std::io::Write;
use store::{Tx, files, params};

fn mark(text: &str) -> Option<&'static str> {
    secret::mark(text.lines())
}

#[test]
fn a_mark_alone_on_its_line_is_found() {
    for (text, found) in [
        ("ĐẢNG BỘ TỈNH A\n*\nMẬT\nBáo cáo", "Mật"),
        ("TỐI MẬT", "Tối mật"),
        ("  “TUYỆT MẬT”  ", "Tuyệt mật"),
        ("[ T Ố I  M Ậ T ]", "Tối mật"),
        ("M\u{1ea4}T\nMA\u{323}\u{302}T", "Mật"), // decomposed, after a near miss
        ("Tối mật\nBáo cáo", "Tối mật"),
    ] {
        assert_eq!(mark(text), Some(found), "{text}");
    }
}

#[test]
fn a_mark_beside_something_else_in_the_head_is_found() {
    assert_eq!(mark("ĐẢNG ỦY KHỐI\tĐẢNG CỘNG SẢN VIỆT NAM\nMẬT\tHoành Sơn, ngày 05"), Some("Mật"));
    assert_eq!(mark("Số 05-BC/ĐU      TỐI MẬT"), Some("Tối mật"));
    assert_eq!(mark("| Số 05 | Mật |"), Some("Mật"));
}

#[test]
fn a_mark_far_below_the_head_is_found_in_capitals_only() {
    let below = |line: &str| mark(&format!("{}{line}", "Nội dung của báo cáo.\n".repeat(40)));
    assert_eq!(below("TỐI MẬT"), Some("Tối mật"), "an attachment has a head of its own");
    assert_eq!(below("Mật"), None, "a word of a list");
    assert_eq!(below("Độ mật: Tuyệt mật"), Some("Tuyệt mật"));
}

#[test]
fn a_labelled_mark_is_found_and_an_unmarked_label_is_not() {
    assert_eq!(mark("Độ mật: Mật"), Some("Mật"));
    assert_eq!(mark("Số 05-BC/ĐU, MỨC ĐỘ MẬT : TUYỆT MẬT."), Some("Tuyệt mật"));
    for text in ["Độ mật: Không", "Độ mật:", "Độ mật: thường, độ khẩn: Hỏa tốc"] {
        assert_eq!(mark(text), None, "{text}");
    }
}

#[test]
fn words_about_secrecy_and_marks_of_urgency_are_fine() {
    for text in [
        "KHẨN",
        "HỎA TỐC",
        "THƯỢNG KHẨN\nKế hoạch",
        "BÁO CÁO CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Tuyên truyền Luật Bảo vệ bí mật nhà nước; giữ bảo mật thông tin.",
        "Quản lý tài liệu mật, tối mật và tuyệt mật theo quy định.",
        "MẶT TRẬN\nMẮT\nMẶT\nmat",
        "",
    ] {
        assert_eq!(mark(text), None, "{text}");
    }
}

fn package(part: &str) -> Vec<u8> {
    [b"PK\x03\x04\x14\0\0\0[Content_Types].xml".as_slice(), part.as_bytes()].concat()
}

#[test]
fn a_file_is_what_its_content_and_its_extension_both_say() {
    let odt = [b"PK\x03\x04mimetype".as_slice(), Media::Odt.name().as_bytes()].concat();
    for (name, bytes, expected) in [
        ("a.pdf", b"%PDF-1.7 \n".to_vec(), Media::Pdf),
        ("BÁO CÁO.DOCX", package("word/document.xml"), Media::Docx),
        ("a.xlsx", package("xl/workbook.xml"), Media::Xlsx),
        ("a.odt", odt, Media::Odt),
        ("a.png", b"\x89PNG\r\n\x1a\n..".to_vec(), Media::Png),
        ("a.jpeg", b"\xff\xd8\xff\xe0".to_vec(), Media::Jpeg),
        ("a.txt", "Báo cáo\r\n\tsố 1".into(), Media::Txt),
        ("cu.txt", b"B\xb8o c\xb8o".to_vec(), Media::Txt), // TCVN3
    ] {
        assert_eq!(media::of(name, &bytes).unwrap(), expected, "{name}");
    }
    for (name, bytes) in [
        ("a.pdf", package("word/document.xml")),
        ("a.docx", b"%PDF-1.7".to_vec()),
        ("a.docx", package("xl/workbook.xml")),
        ("a.png", b"\xff\xd8\xff\xe0".to_vec()),
        ("a.txt", b"MZ\x90\0\x03".to_vec()),
    ] {
        assert!(matches!(media::of(name, &bytes), Err(Refusal::Disguised { .. })), "{name}");
    }
}

#[test]
fn what_cannot_be_looked_into_or_could_run_is_refused() {
    let key = |name: &str, bytes: &[u8]| media::of(name, bytes).map_err(|r| r.message().key);
    assert_eq!(key("a.docx", b""), Err("evidence-empty"));
    assert_eq!(key("a.mp4", b"\0\0\0 ftyp"), Err("evidence-kind"));
    assert_eq!(key("khong-duoi", b"x"), Err("evidence-kind"));
    assert_eq!(key("a.exe", b"MZ"), Err("evidence-kind"));
    assert_eq!(key("a.docm", &package("word/document.xml")), Err("evidence-macros"));
    assert_eq!(key("a.docx", &package("word/document.xml word/vbaProject.bin")), Err("evidence-macros"));
    assert_eq!(key("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err("evidence-locked"));
    let mut large = b"%PDF-1.7".to_vec();
    large.resize(media::MAX_BYTES, b' ');
    assert_eq!(key("a.pdf", &large), Ok(Media::Pdf));
    large.push(b' ');
    assert_eq!(key("a.pdf", &large), Err("evidence-too-large"));
}

#[test]
fn a_code_of_a_record_comes_with_its_kind() {
    let mut row = draft([("about_code", word("HN-01"))]);
    assert_eq!(faults(&EVIDENCE_KIND, &row), [("about_kind", "evidence-about-kind")]);
    row.set("about_kind", word("activity"));
    assert_eq!(faults(&EVIDENCE_KIND, &row), []);
}

/// A package with these parts, as Word, Excel and LibreOffice write them.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let packed = stored.compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in parts {
        zip.start_file(*name, if *name == "mimetype" { stored } else { packed }).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file of these paragraphs, with a page header.
fn word_file(header: &str, paragraphs: &[&str]) -> Vec<u8> {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body: String = paragraphs.iter().map(|t| p(t)).collect();
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<w:document {w}><w:body>{body}</w:body></w:document>")),
        ("word/header1.xml", &format!("<w:hdr {w}>{}</w:hdr>", p(header))),
    ])
}

#[test]
fn a_marked_word_file_is_refused_wherever_the_stamp_stands() {
    let plain = word_file("Trang 1", &["BÁO CÁO", "Bảo vệ bí mật nhà nước là nhiệm vụ của mỗi người."]);
    assert_eq!(examine("a.docx", &plain).unwrap(), Media::Docx);
    for marked in [
        word_file("Trang 1", &["TỈNH ỦY A", "TỐI MẬT", "BÁO CÁO"]),
        word_file("T\u{1ed0}I M\u{1eac}T", &["BÁO CÁO"]),
        word_file("T&#7888;I M&#x1EAC;T", &["BÁO CÁO"]),
    ] {
        assert!(matches!(examine("a.docx", &marked), Err(Refusal::Secret { mark: "Tối mật" })));
    }
}

#[test]
fn a_marked_libreoffice_file_is_refused_wherever_the_stamp_stands() {
    let file = |body: &str, header: &str| {
        zipped(&[
            ("mimetype", Media::Odt.name()),
            ("content.xml", &format!("<o><text:p>BÁO CÁO</text:p><text:p>{body}</text:p></o>")),
            ("styles.xml", &format!("<o><style:header><text:p>{header}</text:p></style:header></o>")),
        ])
    };
    assert_eq!(examine("a.odt", &file("Nội dung", "Trang 1")).unwrap(), Media::Odt);
    for marked in [file("MẬT", "Trang 1"), file("Nội dung", "M<text:span>Ậ</text:span>T")] {
        assert!(matches!(examine("a.odt", &marked), Err(Refusal::Secret { mark: "Mật" })));
    }
}

#[test]
fn what_cannot_be_opened_is_refused_because_nobody_can_look() {
    for (name, bytes) in [
        ("a.docx", package("word/document.xml")),
        ("a.xlsx", package("xl/workbook.xml")),
        ("a.pdf", b"%PDF-1.7\nnothing".to_vec()),
        ("a.odt", zipped(&[("mimetype", Media::Odt.name())])),
    ] {
        assert!(matches!(examine(name, &bytes), Err(Refusal::Unreadable)), "{name}");
    }
}

fn on(day: &str) -> Day {
    domain::parse_day(day).unwrap()
}

async fn count(tx: &mut Tx, table: &str) -> i64 {
    tx.one(&format!("SELECT COUNT(*) AS n FROM {table}"), &[]).await.unwrap().int("n").unwrap()
}

#[tokio::test]
async fn a_file_is_taken_in_once_for_a_unit_and_a_matter() {
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        settle(&mut tx).await;
        let about = Some(About { kind: "activity", code: "HN-01" });
        let bytes = "Danh sách dự hội nghị".as_bytes();
        let name = "C:\\Văn bản\\danh-sach.txt";
        let first = attach(&mut tx, "b", " Danh  sách ", name, bytes, on("16/02/2023"), about).await.unwrap();
        assert_eq!((first.media, first.known), (Media::Txt, false));
        assert_eq!(files::get(&mut tx, &first.hash).await.unwrap().as_deref(), Some(bytes));

        let row = tx.one("SELECT * FROM evidence WHERE id = $1", params![&first.id]).await.unwrap();
        assert_eq!(row.text("title").unwrap(), "Danh sách");
        assert_eq!(row.text("file_name").unwrap(), "danh-sach.txt", "no folders of somebody's machine");
        assert_eq!(row.int("size").unwrap(), bytes.len() as i64);
        assert_eq!(row.day("day").unwrap(), on("16/02/2023"));
        assert_eq!(row.text("code").unwrap(), first.code);

        let again = attach(&mut tx, "b", "Khác tên", "x.txt", bytes, on("17/02/2023"), about).await.unwrap();
        assert_eq!((again.id, again.known), (first.id.clone(), true));
        let other = attach(&mut tx, "b", "Việc khác", "x.txt", bytes, on("17/02/2023"), None).await.unwrap();
        assert_eq!((other.code.as_str(), other.known), (format!("{}-2", first.code).as_str(), false));
        assert_eq!((count(&mut tx, "evidence").await, count(&mut tx, "file_content").await), (2, 1));
        tx.commit().await.unwrap();

        let mut tx = db.read().await.unwrap();
        let logged =
            tx.query("SELECT record FROM audit WHERE kind = 'evidence' ORDER BY seq", &[]).await.unwrap();
        let logged: Vec<_> = logged.iter().map(|r| r.words("record").unwrap()).collect();
        assert_eq!(logged, [first.id, other.id]);
    }
}

#[tokio::test]
async fn of_a_photo_the_place_is_not_kept() {
    let photo = crate::evidence::picture::tests::photo(6);
    assert!(photo.windows(3).any(|w| w == b"GPS"));
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        settle(&mut tx).await;
        let first = attach(&mut tx, "b", "Ảnh", "a.jpg", &photo, on("16/02/2023"), None).await.unwrap();
        let kept = files::get(&mut tx, &first.hash).await.unwrap().unwrap();
        assert!(!kept.windows(3).any(|w| w == b"GPS") && kept.starts_with(b"\xff\xd8"));
        let row = tx.one("SELECT size FROM evidence WHERE id = $1", params![&first.id]).await.unwrap();
        assert_eq!(row.int("size").unwrap(), kept.len() as i64);
        let again = attach(&mut tx, "b", "Ảnh", "a.jpg", &photo, on("16/02/2023"), None).await.unwrap();
        assert!(again.known, "the same photo is the same evidence");
    }
}

#[tokio::test]
async fn what_was_withdrawn_may_be_attached_again() {
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        settle(&mut tx).await;
        let first = attach(&mut tx, "b", "Ảnh", "x.txt", b"x", on("16/02/2023"), None).await.unwrap();
        tx.execute("UPDATE evidence SET withdrawn = 'nhầm' WHERE id = $1", params![&first.id]).await.unwrap();
        let again = attach(&mut tx, "b", "Ảnh", "x.txt", b"x", on("16/02/2023"), None).await.unwrap();
        assert!(!again.known && again.id != first.id);
    }
}

#[tokio::test]
async fn a_refused_file_leaves_nothing_behind() {
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        settle(&mut tx).await;
        let unknown = Some(About { kind: "nothing", code: "1" });
        for (title, name, text, about, key) in [
            ("Báo cáo", "a.txt", "TỈNH ỦY A\nTỐI MẬT\nBáo cáo", None, "evidence-secret"),
            ("Báo cáo", "a.pdf", "no pdf", None, "evidence-disguised"),
            ("Báo cáo", "a.pdf", "%PDF-1.7", None, "evidence-unreadable"),
            ("  ", "a.txt", "x", None, "evidence-title"),
            ("Báo cáo", "a.txt", "x", unknown, "evidence-about"),
        ] {
            let refused = attach(&mut tx, "b", title, name, text.as_bytes(), on("16/02/2023"), about).await;
            assert_eq!(refused.unwrap_err().message().key, key);
        }
        assert_eq!((count(&mut tx, "evidence").await, count(&mut tx, "file_content").await), (0, 0));
    }
}

proptest! {
    #[test]
    fn no_bytes_and_no_lines_make_it_panic(
        name in "\\PC{0,12}(\\.(pdf|docx|xlsx|odt|txt|png|jpg|docm))?",
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "[ẬậMm TtốỐiI:\\|\t\nĐđộ]{0,60}",
    ) {
        let _ = examine(&name, &bytes);
        let _ = secret::mark(text.lines());
    }
}
