//! Lists as offices keep them.

use super::*;
use crate::transfer::OwnKind;
use exchange::{CellType, ColumnSpec, SheetSpec};

/// A sheet of an office's own making: rows of words, the first ones above the headings.
fn list(title: &'static str, rows: &[&[&'static str]]) -> Vec<u8> {
    let width = rows.iter().map(|r| r.len()).max().unwrap();
    let columns: Vec<ColumnSpec> = (0..width)
        .map(|n| ColumnSpec {
            name: ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"][n],
            heading: rows[0].get(n).copied().filter(|h| !h.is_empty()).unwrap_or("."),
            ty: CellType::Text { max: 500 },
            ..ColumnSpec::TEXT
        })
        .collect();
    let spec: &'static SheetSpec =
        Box::leak(Box::new(SheetSpec { name: "own", title, note: "", columns: columns.leak(), key: &[] }));
    let rows = rows[1..].iter().map(|r| r.iter().map(|c| Cell::from(*c)).collect()).collect();
    exchange::write(&[SheetOut::new(spec).with_rows(rows)], &WriteOptions::export()).unwrap()
}

fn members() -> Vec<u8> {
    list(
        "Sheet1",
        &[
            &["ĐẢNG BỘ SỞ HÒA BÌNH"],
            &["DANH SÁCH ĐẢNG VIÊN", "", "", "", "", ""],
            &[""],
            &["STT", "Họ và tên đảng viên", "Năm sinh", "", "Chi bộ", "Ngày vào Đảng"],
            &["", "", "Nam", "Nữ", "", ""],
            &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            &["1", "Đ/c Nguyễn Văn Ân", "12/3/1975", "", "Chi bộ 1", "03/02/2001"],
            &["2", "TS. Trần Thị Bình", "", "1980", "CHI BỘ 2", "19/05/2005"],
            &["Tổng cộng: 02 đảng viên"],
        ],
    )
}

#[tokio::test]
async fn family_and_given_names_may_stand_in_two_columns() {
    let file = list(
        "Danh sách",
        &[
            &["DANH SÁCH ĐẢNG VIÊN"],
            &["TT", "Họ, tên đệm", "Tên", "Giới tính", "Ngày vào Đảng"],
            &["1", "Đ/c Nguyễn Văn", "Ân", "Nam", "03/02/2001"],
            &["2", "Trần Thị", "Bình", "Nữ", "19/05/2005"],
            &["3", "Lê Văn", "", "Nam", "19/05/2005"],
        ],
    );
    for db in &both().await.all {
        block().well(db).await;
        let options = Options { unit: Some("DB1".into()), ..Options::new(Mode::Write) };
        let outcome = take(db, &Actor::Operator, &file, &options).await;
        // Half a name is named, with its row and column, and nothing is written.
        assert!(!outcome.written);
        let told = said(&outcome);
        assert!(told.iter().any(|s| s.contains("C5") && s.contains("required")), "{told:#?}");

        let whole = list(
            "Danh sách",
            &[
                &["DANH SÁCH ĐẢNG VIÊN"],
                &["TT", "Họ, tên đệm", "Tên", "Giới tính", "Ngày vào Đảng"],
                &["1", "Đ/c Nguyễn Văn", "Ân", "Nam", "03/02/2001"],
            ],
        );
        let outcome = take(db, &Actor::Operator, &whole, &options).await;
        assert!(outcome.written && outcome.own, "{:#?}", said(&outcome));
        let mut tx = db.read().await.unwrap();
        let names = tx.query("SELECT name FROM person", &[]).await.unwrap();
        assert_eq!(names[0].text("name").unwrap(), "Nguyễn Văn Ân");
    }
}

#[tokio::test]
async fn one_heading_may_stand_over_family_and_given_name() {
    let headings: &[&str] = &["STT", "Họ và tên", "", "Giới tính", "Ngày vào Đảng"];
    let merged = |second: &'static [&'static str], third: &'static [&'static str]| {
        list("Danh sách", &[&["DANH SÁCH ĐẢNG VIÊN"], headings, &["(1)", "(2)", "", "(3)", "(4)"], second, third])
    };
    let apart = merged(
        &["1", "Đ/c Nguyễn Văn", "Ân", "Nam", "03/02/2001"],
        &["2", "Trần Thị", "Bình", "Nữ", "19/05/2005"],
    );
    // The same headings with an empty column: the name stands in one.
    let whole = merged(
        &["1", "Nguyễn Văn Ân", "", "Nam", "03/02/2001"],
        &["2", "Trần Thị Bình", "", "Nữ", "19/05/2005"],
    );
    for file in [apart, whole] {
        for db in &both().await.all {
            block().well(db).await;
            let options = Options { unit: Some("DB1".into()), ..Options::new(Mode::Write) };
            let outcome = take(db, &Actor::Operator, &file, &options).await;
            assert!(outcome.written && outcome.own, "{:#?}", said(&outcome));
            let mut tx = db.read().await.unwrap();
            let rows = tx.query("SELECT name FROM person ORDER BY name", &[]).await.unwrap();
            let names: Vec<_> = rows.iter().map(|r| r.words("name").unwrap()).collect();
            assert_eq!(names, ["Nguyễn Văn Ân", "Trần Thị Bình"]);
        }
    }
}

#[tokio::test]
async fn a_members_list_with_titles_and_an_odd_heading_is_taken_as_it_is() {
    for db in &both().await.all {
        block().well(db).await;
        // "Chi bộ 1" is two cells; the list is of DB1.
        let options = Options { unit: Some("DB1".into()), ..Options::new(Mode::Write) };
        let outcome = take(db, &Actor::Operator, &members(), &options).await;
        assert!(outcome.written && outcome.own, "{:#?}", said(&outcome));
        assert_eq!(outcome.sheets[0].inserted, 2);
        let mut tx = db.read().await.unwrap();
        let rows = tx
            .query(
                "SELECT p.code, p.name, p.sex, p.birth_year, u.code AS unit, p.category, p.since, p.joined_day
                 FROM person p JOIN unit u ON u.id = p.unit ORDER BY p.name",
                &[],
            )
            .await
            .unwrap();
        let said: Vec<String> = rows
            .iter()
            .map(|r| {
                ["name", "sex", "unit", "category", "since", "joined_day"]
                    .map(|c| r.words(c).unwrap())
                    .join("|")
            })
            .collect();
        assert_eq!(
            said,
            [
                "Nguyễn Văn Ân|male|CB11|party_member|2001-02-03|2001-02-03",
                "Trần Thị Bình|female|CB12|party_member|2005-05-19|2005-05-19"
            ]
        );
        assert_eq!(rows[0].int("birth_year").unwrap(), 1975, "of a birthday only the year is kept");
        assert!(rows[0].text("code").unwrap().starts_with("CB11-NVA75-"), "{:?}", rows[0]);
        drop(tx);
        let again = take(db, &Actor::Operator, &members(), &options).await;
        assert_eq!((again.touched(), again.sheets[0].unchanged), (0, 2));
    }
}

#[tokio::test]
async fn a_corrected_list_changes_the_person_it_means() {
    for db in &both().await.all {
        block().well(db).await;
        people().well(db).await;
        let row = |joined: &'static str| {
            list("DS", &[&["Họ tên", "Đơn vị", "Ngày vào Đảng"], &["Trần Thị Bình", "CB12", joined]])
        };
        let options = Options { own: Some(OwnKind::Person), ..Options::new(Mode::Write) };
        let outcome = take(db, &Actor::Operator, &row("19/05/2005"), &options).await;
        assert_eq!((outcome.sheets[0].inserted, outcome.sheets[0].updated), (0, 1), "{:?}", said(&outcome));
        let sql = "SELECT joined_day FROM person WHERE code = 'P2'";
        assert_eq!(word(db, sql).await.as_deref(), Some("2005-05-19"));
        let since = word(db, "SELECT since FROM person WHERE code = 'P2'").await;
        assert_eq!(since.as_deref(), Some("2016-02-03"), "what the list does not say stays");
    }
}

#[tokio::test]
async fn what_a_list_does_not_say_is_asked_for() {
    for db in &both().await.all {
        block().well(db).await;
        let file =
            list("DS", &[&["Họ và tên", "Giới tính"], &["Lê Văn Cường", "nam"], &["Lê Thị Dung", "nữ"]]);
        let ask = Options { own: Some(OwnKind::Person), ..Options::new(Mode::Write) };
        let outcome = take(db, &Actor::Operator, &file, &ask).await;
        let errors: Vec<&str> = outcome.problems.iter().map(|p| p.message.key).collect();
        assert_eq!(
            errors,
            ["transfer-own-since", "transfer-own-unit"],
            "once for the sheet, not for each row"
        );
        let since = domain::parse_day("01/01/2020");
        let told = Options { unit: Some("CB21".into()), since, ..ask };
        let outcome = take(db, &Actor::Operator, &file, &told).await;
        assert!(outcome.written, "{:?}", said(&outcome));
        assert_eq!(n(db, "person p JOIN unit u ON u.id = p.unit WHERE u.code = 'CB21'").await, 2);
    }
}

#[tokio::test]
async fn a_list_of_units_builds_a_tree_from_names() {
    for db in &both().await.all {
        block().well(db).await;
        let file = list(
            "Danh sách TCCSĐ",
            &[
                &["BIỂU SỐ 1"],
                &["TT", "Tên tổ chức đảng", "Trực thuộc", "Ngày thành lập", "Ghi chú"],
                &["1", "Đảng bộ Trường Cao đẳng", "Khối cơ quan", "05/06/2014", ""],
                &["2", "Chi bộ Khoa Cơ bản", "Đảng bộ Trường Cao đẳng", "05/06/2014", "mới"],
                &["3", "Chi bộ Báo", "K", "05/06/2014", ""],
            ],
        );
        let outcome = take(db, &Actor::Operator, &file, &Options::new(Mode::Write)).await;
        assert!(outcome.written && outcome.own, "{:#?}", said(&outcome));
        let mut tx = db.read().await.unwrap();
        let sql = "SELECT u.name, u.kind, p.name AS above FROM unit u JOIN unit p ON p.id = u.parent
                   WHERE u.from_day = '2014-06-05' ORDER BY u.name";
        let rows = tx.query(sql, &[]).await.unwrap();
        let got: Vec<String> =
            rows.iter().map(|r| ["name", "kind", "above"].map(|c| r.words(c).unwrap()).join("|")).collect();
        assert_eq!(
            got,
            [
                "Chi bộ Báo|grassroots_cell|Khối cơ quan",
                "Chi bộ Khoa Cơ bản|cell|Đảng bộ Trường Cao đẳng",
                "Đảng bộ Trường Cao đẳng|grassroots_committee|Khối cơ quan"
            ]
        );
        drop(tx);
        let again = take(db, &Actor::Operator, &file, &Options::new(Mode::Write)).await;
        assert_eq!((again.touched(), again.is_sound()), (0, true), "{:?}", said(&again));
    }
}

#[tokio::test]
async fn a_mapping_names_headings_that_nobody_foresaw() {
    for db in &both().await.all {
        block().well(db).await;
        let file =
            list("A", &[&["Quý danh", "Sinh hoạt ở", "Vào ngày"], &["Lê Văn Cường", "CB12", "03/02/2010"]]);
        let mapping = exchange::Mapping::parse(
            "\"Quý danh\" = \"name\"\n\"Sinh hoạt ở\" = \"unit\"\n\"Vào ngày\" = \"since\"\n",
        )
        .unwrap();
        let options = Options { mapping, ..Options::new(Mode::Write) };
        let outcome = take(db, &Actor::Operator, &file, &options).await;
        assert!(outcome.written, "{:?}", said(&outcome));
        let astray = exchange::Mapping::parse("\"Quý danh\" = \"nam\"\n").unwrap();
        let outcome = take(db, &Actor::Operator, &file, &Options { mapping: astray, ..options }).await;
        assert!(outcome.problems.iter().any(|p| p.message.key == "exchange-mapping-stranger"));
    }
}
