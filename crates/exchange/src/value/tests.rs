use super::*;
use crate::raw::Raw;
use crate::samples::ALL;
use domain::{Day, Period};
use std::borrow::Cow;

fn words(text: &str) -> Raw<'_> {
    Raw::Text(Cow::Borrowed(text))
}

fn number(value: f64) -> Raw<'static> {
    Raw::Number { value, percent: false, pad: 0 }
}

fn date(serial: f64) -> Raw<'static> {
    Raw::Day { serial, from_1904: false }
}

fn parser(column: &str) -> Parser {
    Parser::new(&ALL.columns[ALL.position(column).expect("a column")], 1)
}

/// The value, or the key of the message.
fn read(column: &str, raw: &Raw<'_>) -> Result<Cell, &'static str> {
    parser(column).parse(raw).map(|(cell, _)| cell).map_err(|m| m.key)
}

fn warning(column: &str, raw: &Raw<'_>) -> Option<&'static str> {
    parser(column).parse(raw).ok().and_then(|(_, w)| w).map(|w| w.key)
}

fn day(y: i32, m: u32, d: u32) -> Cell {
    Cell::Day(Day::from_ymd_opt(y, m, d).expect("a day"))
}

fn period(text: &str) -> Cell {
    Cell::Period(text.parse().expect("a period"))
}

#[test]
fn clean_gives_what_tidy_gives() {
    for text in
        ["  Đảng  bộ\u{a0}tỉnh ", "Uy\u{309} ban kie\u{302}\u{309}m tra", "", " \t\n", "a\u{a0}\u{a0}b"]
    {
        assert_eq!(clean(text), text::tidy(text));
    }
    assert_eq!(clean("\u{feff}Ma\u{200b}i\u{7}"), "Mai");
}

#[test]
fn whole_numbers_as_people_and_excel_write_them() {
    let sure = |n| Ok(Cell::Int(n));
    for (text, n) in
        [("148.140", 148_140), ("06", 6), ("1\u{a0}234", 1234), ("3,0", 3), ("3.00", 3), (" 12 ", 12)]
    {
        assert_eq!(read("people", &words(text)), sure(n), "{text}");
    }
    assert_eq!(read("people", &number(3.0)), sure(3));
    assert_eq!(read("people", &number(2.999_999_999_999_999_6)), sure(3), "3 after a formula");
    assert_eq!(read("people", &words("   ")), Ok(Cell::Empty));
    for (raw, key) in [
        (words("1,5"), "exchange-whole-bad"),
        (words("25 đồng chí"), "exchange-whole-bad"),
        (number(1.5), "exchange-whole-thousands"),
        (number(0.123_45), "exchange-whole-fraction"),
        (number(-1.0), "exchange-whole-least"),
        (words("-3"), "exchange-whole-least"),
        (date(44_562.0), "exchange-number-is-day"),
        (number(f64::NAN), "exchange-whole-fraction"),
        (number(1e300), "exchange-whole-fraction"),
        (Raw::Error("#REF!".into()), "exchange-cell-error"),
        (Raw::Bool(true), "exchange-whole-bad"),
    ] {
        assert_eq!(read("people", &raw), Err(key), "{raw:?}");
    }
    let meant = parser("people").parse(&number(148.14)).expect_err("thousands");
    assert_eq!(meant.to_string(), "exchange-whole-thousands meant=\"148.140\"");
}

#[test]
fn money_in_dong_and_in_words() {
    for (text, dong) in [
        ("148.140.000", 148_140_000),
        ("148,140,000", 148_140_000),
        ("20 tỷ đồng", 20_000_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1.5 tỷ", 1_500_000_000),
        ("500 triệu", 500_000_000),
        ("500 trđ", 500_000_000),
        ("2 tỷ 500 triệu", 2_500_000_000),
        ("1.200 triệu đồng", 1_200_000_000),
        ("750.000đ", 750_000),
        ("750 nghìn đồng", 750_000),
        ("750.000 VNĐ", 750_000),
        ("20.000.000,00", 20_000_000),
        ("0", 0),
    ] {
        assert_eq!(read("money", &words(text)), Ok(Cell::Int(dong)), "{text}");
    }
    assert_eq!(read("money", &number(5e8)), Ok(Cell::Int(500_000_000)));
    for (raw, key) in [
        (words("nhiều"), "exchange-money-bad"),
        (words("2 tỷ 500"), "exchange-money-bad"),
        (words("500 triệu 2 tỷ"), "exchange-money-bad"),
        (words("1,500 triệu"), "exchange-number-unsure"),
        (words("20 USD"), "exchange-money-bad"),
        (words("tỷ"), "exchange-money-bad"),
        (words("99999999999 tỷ"), "exchange-money-bad"),
        (words("-500.000"), "exchange-money-negative"),
        (number(-5.0), "exchange-money-negative"),
        (number(1.5), "exchange-money-bad"),
        (date(44_562.0), "exchange-number-is-day"),
    ] {
        assert_eq!(read("money", &raw), Err(key), "{raw:?}");
    }
    assert_eq!(warning("money", &number(20.0)), Some("exchange-money-small"));
    assert_eq!(warning("money", &words("20 đồng")), None, "said, so meant");
    let millions = Parser::new(&ALL.columns[ALL.position("money").expect("a column")], 1_000_000);
    assert_eq!(millions.parse(&number(1.5)), Ok((Cell::Int(1_500_000), None)));
    assert_eq!(millions.parse(&words("20")), Ok((Cell::Int(20_000_000), None)));
    assert_eq!(millions.parse(&words("2 tỷ")), Ok((Cell::Int(2_000_000_000), None)), "the unit said wins");
}

#[test]
fn decimals_with_either_mark_where_that_is_sure() {
    let percent = Raw::Number { value: 0.989, percent: true, pad: 0 };
    for (raw, scaled) in [
        (words("98,9"), 9890),
        (words("98.9"), 9890),
        (words("98,9 %"), 9890),
        (words("1.234,5"), 123_450),
        (words("1,234.5"), 123_450),
        (words("-0,25"), -25),
        (words("1.500"), 150_000),
        (number(98.9), 9890),
        (percent, 9890),
    ] {
        assert_eq!(read("share", &raw), Ok(Cell::Int(scaled)), "{raw:?}");
    }
    for (raw, key) in [
        (words("1,500"), "exchange-number-unsure"),
        (words("98,912"), "exchange-number-unsure"),
        (words("98,9123"), "exchange-decimal-places"),
        (number(98.912), "exchange-decimal-places"),
        (words("cao"), "exchange-decimal-bad"),
        (words("1,2,3"), "exchange-decimal-bad"),
        (number(f64::INFINITY), "exchange-decimal-bad"),
    ] {
        assert_eq!(read("share", &raw), Err(key), "{raw:?}");
    }
}

#[test]
fn days_of_excel_and_of_people() {
    for (raw, expected) in [
        (date(44_562.0), day(2022, 1, 1)),
        (date(44_562.75), day(2022, 1, 1)),
        (date(1.0), day(1900, 1, 1)),
        (date(59.0), day(1900, 2, 28)),
        (date(61.0), day(1900, 3, 1)),
        (Raw::Day { serial: 43_100.0, from_1904: true }, day(2022, 1, 1)),
        (words("16/01/2024"), day(2024, 1, 16)),
        (words("16-1-2024"), day(2024, 1, 16)),
        (words("2024-01-16"), day(2024, 1, 16)),
        (words("2024-01-16T00:00:00"), day(2024, 1, 16)),
        (words("16/01/2024 00:00:00"), day(2024, 1, 16)),
        (words("ngày 16 tháng 01 năm 2024"), day(2024, 1, 16)),
        (words("Ngày 16/01/2024"), day(2024, 1, 16)),
    ] {
        assert_eq!(read("day", &raw), Ok(expected), "{raw:?}");
    }
    for (raw, key) in [
        (date(60.0), "exchange-day-bad"),
        (date(0.5), "exchange-day-bad"),
        (date(-5.0), "exchange-day-bad"),
        (date(1e9), "exchange-day-bad"),
        (number(2024.0), "exchange-day-year-only"),
        (number(16_012_024.0), "exchange-day-bad"),
        (words("2024"), "exchange-day-year-only"),
        (words("01/2024"), "exchange-day-month-only"),
        (words("16/01/24"), "exchange-day-short-year"),
        (words("01/16/2024"), "exchange-day-month-first"),
        (words("31/02/2024"), "exchange-day-none"),
        (words("hôm qua"), "exchange-day-bad"),
        (Raw::Error("#VALUE!".into()), "exchange-cell-error"),
    ] {
        assert_eq!(read("day", &raw), Err(key), "{raw:?}");
    }
    assert_eq!(read("day", &number(44_562.0)), Ok(day(2022, 1, 1)));
    assert_eq!(warning("day", &number(44_562.0)), Some("exchange-day-from-number"));
}

#[test]
fn years_months_periods() {
    for raw in [number(2021.0), words("2021"), words("Năm 2021"), date(2021.0), date(44_197.0)] {
        assert_eq!(read("year", &raw), Ok(Cell::Int(2021)), "{raw:?}");
    }
    for raw in [number(21.0), words("21"), words("2021-2023"), date(44_562.5 + 40.0), number(2021.5)] {
        assert_eq!(read("year", &raw), Err("exchange-year-bad"), "{raw:?}");
    }
    for raw in [
        words("06/2021"),
        words("6-2021"),
        words("2021-06"),
        words("tháng 6/2021"),
        words("Tháng 6 năm 2021"),
        words("T6/2021"),
        words("tháng 6/ năm 2021"),
        date(44_348.0),
    ] {
        assert_eq!(read("month", &raw), Ok(period("2021-06")), "{raw:?}");
    }
    for raw in [words("13/2021"), words("6"), number(6.0), words("tháng sáu")] {
        assert_eq!(read("month", &raw), Err("exchange-month-bad"), "{raw:?}");
    }
    for (text, expected) in [
        ("2021", "2021"),
        ("năm 2021", "2021"),
        ("2021-2023", "2021-2023"),
        ("2021 – 2023", "2021-2023"),
        ("giai đoạn 2021-2023", "2021-2023"),
        ("từ 2021 đến 2023", "2021-2023"),
        ("từ năm 2021 đến năm 2023", "2021-2023"),
        ("2021-Q2", "2021-Q2"),
        ("Quý II/2021", "2021-Q2"),
        ("quý 2 năm 2021", "2021-Q2"),
        ("06/2021", "2021-06"),
        ("tháng 6/2021", "2021-06"),
        ("6 tháng đầu năm 2021", "01/01/2021-30/06/2021"),
        ("6 tháng cuối năm 2021", "01/07/2021-31/12/2021"),
        ("9 tháng năm 2021", "01/01/2021-30/09/2021"),
        ("01/2021-06/2021", "01/01/2021-30/06/2021"),
        ("từ ngày 05/02/2021 đến ngày 15/03/2024", "05/02/2021-15/03/2024"),
    ] {
        assert_eq!(read("period", &words(text)), Ok(period(expected)), "{text}");
    }
    assert_eq!(read("period", &number(2021.0)), Ok(Cell::Period(Period::year(2021))));
    assert_eq!(read("period", &date(44_348.0)), Ok(period("2021-06")));
    assert_eq!(warning("period", &date(44_348.0)), Some("exchange-period-from-day"));
    for (raw, key) in [
        (words("2023-2021"), "exchange-period-backwards"),
        (words("06/2021-01/2021"), "exchange-period-backwards"),
        (words("nhiệm kỳ"), "exchange-period-bad"),
        (words("Quý V/2021"), "exchange-period-bad"),
        (date(44_350.0), "exchange-period-bad"),
    ] {
        assert_eq!(read("period", &raw), Err(key), "{raw:?}");
    }
}

#[test]
fn names_lose_their_titles_and_references_keep_their_noughts() {
    let text = |t: &str| Ok(Cell::Text(t.to_owned()));
    assert_eq!(read("name", &words("đ/c  Nguyễn Văn An")), text("Nguyễn Văn An"));
    assert_eq!(read("name", &number(5.0)), Err("exchange-name-bad"));
    assert_eq!(read("name", &words("---")), Err("exchange-name-bad"));
    assert_eq!(read("name", &words(&"a".repeat(201))), Err("exchange-text-long"));
    assert_eq!(read("unit", &words("012")), text("012"));
    assert_eq!(read("unit", &number(12.0)), text("12"));
    assert_eq!(read("unit", &Raw::Number { value: 12.0, percent: false, pad: 3 }), text("012"));
    assert_eq!(read("unit", &number(1e16)), Err("exchange-number-lost"));
    assert_eq!(read("unit", &date(44_562.0)), Err("exchange-ref-bad"));
    assert_eq!(read("content", &number(0.1 + 0.2)), text("0,3"));
    assert_eq!(read("content", &number(3.0)), text("3"));
    assert_eq!(read("content", &words("dòng một \r\n  dòng  hai\n")), text("dòng một\ndòng hai"));
    assert_eq!(read("content", &words(&"đ".repeat(501))), Err("exchange-text-long"));
    assert_eq!(read("content", &words(&"đ".repeat(500))), text(&"đ".repeat(500)));
    assert_eq!(read("content", &date(44_562.0)), text("01/01/2022"));
    assert_eq!(warning("content", &date(44_562.0)), Some("exchange-text-from-day"));
}

#[test]
fn yes_and_no() {
    for raw in [words("x"), words("X"), words("Có"), words("✓"), number(1.0), Raw::Bool(true)] {
        assert_eq!(read("online", &raw), Ok(Cell::Int(1)), "{raw:?}");
    }
    for raw in [words("không"), words("KHÔNG"), number(0.0), Raw::Bool(false)] {
        assert_eq!(read("online", &raw), Ok(Cell::Int(0)), "{raw:?}");
    }
    assert_eq!(read("online", &words("")), Ok(Cell::Empty));
    assert_eq!(read("online", &words("có thể")), Err("exchange-flag-bad"));
}

#[test]
fn choices_by_label_and_code_with_the_nearest_named() {
    for text in ["Hoàn thành tốt nhiệm vụ", "hoan thanh tot nhiem vu", "GOOD", "hoàn thành  tốt nhiệm vụ "]
    {
        assert_eq!(read("level", &words(text)), Ok(Cell::Text("good".into())), "{text}");
    }
    let near = parser("level").parse(&words("Hoàn thàn tốt nhiệm vụ")).expect_err("misspelt");
    assert!(near.to_string().contains("near=\"Hoàn thành tốt nhiệm vụ\""), "{near}");
    assert!(near.to_string().contains("Không hoàn thành nhiệm vụ"), "all labels: {near}");
    assert_eq!(read("level", &words("Xuất sắc")), Err("exchange-choice-bad"));
    assert_eq!(read("level", &words(&"z".repeat(30_000))), Err("exchange-choice-bad"));
    assert_eq!(read("level", &date(1.0)), Err("exchange-choice-bad"));
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_number_makes_a_parser_panic(text in ".{0,40}", value in proptest::num::f64::ANY, serial in proptest::num::f64::ANY) {
        for column in ALL.columns {
            let parser = Parser::new(column, 1_000_000);
            for raw in [words(&text), number(value), date(serial), Raw::Day { serial, from_1904: true }] {
                let _ = parser.parse(&raw);
                let _ = shown(&raw);
            }
        }
    }

    #[test]
    fn grouped_digits_are_read_back(n in 0_i64..9_000_000_000_000_000) {
        let text = domain::number::grouped(n);
        proptest::prop_assert_eq!(read("people", &words(&text)), Ok(Cell::Int(n)));
        proptest::prop_assert_eq!(read("money", &words(&domain::Money(n).words())), Ok(Cell::Int(n)));
    }
}
