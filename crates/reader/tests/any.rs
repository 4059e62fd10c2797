//! No input makes the reader panic, and its quotes always stand where it says.

use std::io::{Cursor, Write};

/// A small repeatable source of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

const PIECES: &[&str] = &[
    "5",
    "12",
    "03",
    "2021",
    "2023",
    "148.140",
    "98,9",
    "1,234",
    "99999999999999999999",
    "0",
    "31/12/2022",
    "05-CT/TW",
    "%",
    "/",
    "-",
    "–",
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    "\"",
    ",",
    ";",
    ":",
    ".",
    "…",
    "....",
    "\n",
    "\n\n",
    "\t",
    " | ",
    "\u{a0}",
    "¹",
    "²³",
    "đảng viên",
    "chi bộ",
    "tỷ đồng",
    "triệu",
    "năm",
    "tháng",
    "từ",
    "đến",
    "trong",
    "đó",
    "gồm",
    "trong số",
    "tổng số",
    "trên",
    "hơn",
    "gần",
    "không quá",
    "trở lên",
    "kiểm tra",
    "giám sát",
    "khen thưởng",
    "hai",
    "mười",
    "một",
    "trăm",
    "Điều",
    "khóa XII",
    "TT",
    "STT",
    "- ",
    "a) ",
    "1. ",
    "IV. ",
    "BÁO CÁO",
    "đ/c",
    "m2",
    "Chñ tÞch",
    "tòch",
    "khơng",
    "e\u{301}",
    "\u{301}",
    "\u{200b}",
    "\u{feff}",
    "🙂",
    "Ð",
    "x",
    "+",
    "=",
    "≥",
    "Biểu",
    "ĐVT",
    "phần trăm",
    "giai đoạn",
    "nay",
];

fn text(dice: &mut Dice, pieces: usize) -> String {
    let mut s = String::new();
    for _ in 0..dice.roll(pieces) {
        s.push_str(PIECES[dice.roll(PIECES.len())]);
        if dice.roll(3) > 0 {
            s.push(' ');
        }
    }
    s
}

fn hold(text: &str) {
    let chars: Vec<char> = text.chars().collect();
    let claims = reader::claims(text);
    for c in &claims {
        assert_eq!(&text[c.bytes.clone()], c.quote, "{text:?}");
        let n = c.quote.chars().count();
        assert_eq!(chars[c.start..c.start + n].iter().collect::<String>(), c.quote, "{text:?}");
        assert!(c.value.is_finite());
        assert!(c.part_of.is_none_or(|p| p < claims.len()), "{text:?}");
    }
    for n in reader::numbers(text) {
        assert_eq!(&text[n.bytes.clone()], n.text, "{text:?}");
        assert_eq!(chars[n.points].iter().collect::<String>(), n.text, "{text:?}");
    }
    for p in reader::check(text).iter().flat_map(|f| &f.places) {
        assert_eq!(&text[p.bytes.clone()], p.quote, "{text:?}");
    }
}

#[test]
fn any_text() {
    let mut dice = Dice(7);
    for _ in 0..1500 {
        let t = text(&mut dice, 40);
        hold(&t);
    }
    for _ in 0..12 {
        let t = text(&mut dice, 2500);
        hold(&t);
    }
}

#[test]
fn any_bytes() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    zip.write_all("<w:document><w:p><w:r><w:t>Có 5 &amp; 6 xã</w:t></w:r></w:p></w:document>".as_bytes())
        .expect("bytes");
    let docx = zip.finish().expect("a zip").into_inner();
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj 4 0 obj<</Length 20>>stream\nBT (a) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>".to_vec();
    let html = "<p>C&oacute; <b>5</b> xã<!-- x --><script>1</script>".as_bytes().to_vec();
    let mut dice = Dice(11);
    for (name, bytes) in
        [("a.docx", &docx), ("a.xlsx", &docx), ("a.pdf", &pdf), ("a.html", &html), ("a", &docx)]
    {
        for _ in 0..50 {
            let mut b = bytes.clone();
            for _ in 0..dice.roll(12) {
                let at = dice.roll(b.len());
                b[at] = dice.roll(256) as u8;
            }
            if dice.roll(4) == 0 {
                b.truncate(dice.roll(b.len()));
            }
            let t = reader::read(name, &b);
            hold(&t.text);
        }
    }
    for _ in 0..300 {
        let b: Vec<u8> = (0..dice.roll(400)).map(|_| dice.roll(256) as u8).collect();
        let _ = reader::read("a.txt", &b);
        let _ = reader::read("b", &b);
    }
}

#[test]
fn what_is_not_readable_is_said() {
    for (name, bytes, key) in [
        ("a.doc", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "reader-old-word"),
        ("a.xls", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "reader-old-excel"),
        ("a.rtf", &b"{\\rtf1 x}"[..], "reader-rich-text"),
        ("a.jpg", &b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01"[..], "reader-unknown-format"),
        ("a.txt", &b"  "[..], "reader-empty"),
        ("a.docx", &b"PK\x03\x04nothing"[..], "reader-not-readable"),
        ("a.pdf", &b"%PDF-1.7 nothing"[..], "reader-not-readable"),
    ] {
        let t = reader::read(name, bytes);
        let keys: Vec<&str> = t.problems.iter().map(|p| p.message.key).collect();
        assert_eq!(keys, [key], "{name}");
    }
}
