//! The pages, through the router, on both databases.

use super::fixture::{accounts, both, changed, day, office, signed_in};
use crate::figure::{App, catalogue};
use axum::http::StatusCode;
use domain::{Actor, Period};
use store::params;

#[tokio::test]
async fn home_shows_ones_units_and_what_is_due() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "cs2").await;
        let mut b = signed_in(db, "secretary").await;
        let home = b.get("/").await;
        assert_eq!(home.texts("#mine h3"), ["Chi bộ Đài Thử"]);
        assert_eq!(home.texts("h1"), ["Việc của tôi"]);
        assert_eq!(home.texts("#due-late .what"), ["Gửi số liệu lên cấp trên: Sơ kết 03 năm"]);
        assert_eq!(home.texts("#due-late .from"), ["Chi bộ Đài Thử · Hạn 15/02/2024"]);
        assert_eq!(home.texts("main .button.main"), [""; 0], "nothing fights with what is to be done");
        assert_eq!(home.texts("nav.menu a"), ["Trang đầu", "Đơn vị", "Hướng dẫn"]);
        let member = signed_in(db, "member").await.get("/").await;
        assert!(member.texts(".duties li").is_empty(), "a member follows no requests");
        assert_eq!(member.texts("#nothing"), ["Không có việc nào đang chờ."]);
    }
}

#[tokio::test]
async fn the_tree_is_the_tree_of_the_day_and_only_of_units_seen() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "db1").await;
        let mut b = signed_in(db, "officer").await;
        let now = b.get("/units").await;
        assert_eq!(now.texts("#tree a"), ["Đảng bộ Sở Ủy Thác", "Chi bộ Thanh tra", "Chi bộ Văn phòng"]);
        let before = b.get("/units?day=30/06/2022").await;
        assert_eq!(before.texts("#tree a").len(), 4, "the merged cell still stood");
        assert_eq!(
            now.texts("#events td")[1..4],
            ["Chi bộ Lưu trữ", "Sáp nhập vào: Chi bộ Thanh tra", "Quyết định 45-QĐ/ĐU"]
        );
        let found = b.get("/units?q=so+uy+thac").await;
        assert_eq!(found.texts("#found a"), ["Đảng bộ Sở Ủy Thác"], "without tone marks");
        let gone = b.get("/units?q=luu").await;
        assert_eq!(gone.texts("#found a"), ["Chi bộ Lưu trữ"]);
        assert!(gone.texts("#found .from")[0].ends_with("30/06/2022"), "{:?}", gone.texts("#found .from"));
        assert!(b.get("/units?q=dai+thu").await.texts("#found a").is_empty(), "outside of the subtree");
        let wrong = b.get("/units?day=31/02/2022").await;
        assert_eq!((wrong.status, wrong.texts("#day-error").len()), (StatusCode::OK, 1));
    }
}

#[tokio::test]
async fn a_units_page_has_its_figures_coverage_requests_and_what_differs() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "k").await;
        let mut b = signed_in(db, "officer").await;
        let page = b.get("/unit/DB1").await;
        assert_eq!(page.texts("h1"), ["Đảng bộ Sở Ủy Thác"]);
        assert_eq!(page.texts(".crumbs li"), ["Đảng bộ Khối Thử", "Đảng bộ Sở Ủy Thác"]);
        assert_eq!(page.texts("#figures tbody tr").len(), 12);
        assert_eq!(page.texts("#figures thead th.num"), ["2019", "2020", "2021", "2022", "2023"]);
        let links = page.attributes("#figures td a", "href");
        assert!(links.contains(&"/unit/DB1/figure/practices.registered?period=2023".to_owned()), "{links:?}");
        assert!(page.texts("#coverage .badge").iter().any(|b| b == "2/2"));
        assert_eq!(page.texts("main .button.main").len(), 1);
        assert_eq!(page.texts("#requests a"), ["Sơ kết 03 năm"]);
        // CS2 counted one model and states three, and its records are partial.
        let top = b.get("/unit/K").await;
        let conflicts = top.texts("#conflicts li");
        assert_eq!(conflicts, ["Mô hình đăng ký xây dựng: CS2 (2023): đếm được 1, đơn vị báo cáo 3"]);
        let cell = b.get("/unit/CB3").await;
        assert_eq!(cell.texts(".lead"), ["Ở ngày này đơn vị chưa thành lập hoặc đã thôi tồn tại."]);
        assert_eq!(b.get("/unit/CB3?day=01/01/2022").await.texts(".lead"), [""; 0]);
        let member = signed_in(db, "member").await.get("/unit/DB1").await;
        assert_eq!(member.status, StatusCode::OK);
        assert!(member.texts("#figures").is_empty() && member.texts("#coverage").is_empty());
    }
}

#[tokio::test]
async fn a_number_opens_to_its_parts_statements_and_records() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "k").await;
        let mut b = signed_in(db, "officer").await;
        let at = "/unit/K/figure/practices.registered?period=2023";
        let page = b.get(at).await;
        // DB1 is complete: two counted, its cell's statement is overruled. CS2 is partial: its three stand.
        assert!(page.texts("#value")[0].starts_with("5"), "{:?}", page.texts("#value"));
        assert_eq!(page.texts("#compare th"), ["2023", "2022", "Chênh lệch"]);
        assert_eq!(page.texts("#compare td"), ["5 lệch", "1", "+4"]);
        assert_eq!(page.texts(".units a"), ["Đảng bộ Sở Ủy Thác"]);
        assert_eq!(page.texts(".stated .quote").len(), 2);
        assert_eq!(page.texts(".stated s").len(), 1, "what does not count is struck out");
        assert_eq!(page.texts(".facts-list tbody tr").len(), 2, "the stated unit's rows do not count");
        assert!(
            page.body.contains("&lt;đúng hẹn&gt;") || page.body.contains("&#60;đúng hẹn&#62;"),
            "escaped"
        );
        assert_eq!(page.texts("#coverage .badge"), ["1/2 đơn vị nộp đủ số liệu"]);
        assert_eq!(page.texts("#definition code")[1], "count(practice)");
        assert_eq!(page.texts("#years th").len(), 5);

        let narrowed = b.get(&format!("{at}&where=field%20%3D%20%22dan_van_kheo%22")).await;
        assert_eq!(narrowed.status, StatusCode::OK);
        assert_eq!(b.get(&format!("{at}&where=%22%22")).await.status, StatusCode::CONFLICT);
        assert_eq!(b.get("/unit/K/figure/no.such").await.status, StatusCode::NOT_FOUND);
        let wrong = b.get("/unit/K/figure/practices.registered?period=2023-2021").await;
        assert_eq!(wrong.texts("#period-error").len(), 1, "said beside the field");

        b.headers.push(("accept", "application/json".to_owned()));
        let json: serde_json::Value = serde_json::from_str(&b.get(at).await.body).unwrap();
        assert_eq!((json["value"].as_str(), json["origin"].as_str()), (Some("5"), Some("mixed")));
        assert_eq!(json["coverage"]["partial"], serde_json::json!(["CS2"]));
        let steps = json["from"][0]["from"].as_array().unwrap();
        assert_eq!(steps.iter().filter(|s| s["step"] == "record").count(), 2);
        assert_eq!(json["conflicts"][0]["unit"], "CS2");
    }
}

#[tokio::test]
async fn names_and_rows_stop_where_the_right_to_them_stops() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "db1").await;
        let members = "/unit/DB1/figure/org.members?period=2023";
        let inspected = "/unit/DB1/figure/inspection.persons?period=2023";
        let mut officer = signed_in(db, "officer").await;
        let page = officer.get(members).await;
        assert_eq!(page.texts(".person").len(), 3);
        assert!(page.body.contains("Trần Văn Một"));
        // Who was inspected is for those who may see it; the number is for all.
        let page = officer.get(inspected).await;
        assert!(page.texts("#value")[0].starts_with("1") && page.texts(".facts-list tbody tr").len() == 1);
        assert!(!page.body.contains("Trần Văn Một"));
        let page = signed_in(db, "inspector").await.get(inspected).await;
        assert!(page.body.contains("Trần Văn Một"));
        let page = signed_in(db, "superior").await.get(members).await;
        assert!(page.texts("#value")[0].starts_with("3"));
        assert!(page.texts(".facts-list").is_empty() && !page.body.contains("Trần Văn Một"));
        assert_eq!(page.texts(".hidden-rows").len(), 1, "and it says why");

        let mut tx = db.read().await.unwrap();
        let rows = tx
            .query("SELECT actor, record FROM audit WHERE action = 'read-names' ORDER BY seq", &[])
            .await
            .unwrap();
        let said: Vec<_> = rows
            .iter()
            .map(|r| format!("{} {}", r.text("actor").unwrap(), r.text("record").unwrap()))
            .collect();
        assert_eq!(said, ["officer org.members DB1 2023", "inspector inspection.persons DB1 2023"]);
    }
}

#[tokio::test]
async fn figures_are_remembered_until_a_record_changes() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "k").await;
        let mut b = signed_in(db, "officer").await;
        let at = "/unit/CS2/figures?period=2022&q=mo+hinh+dang+ky+xay";
        assert_eq!(b.get(at).await.texts("#figures td.num")[0], "chưa có", "missing is not nought");
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute(
            "INSERT INTO practice (id, code, unit, title, field, registered_day) VALUES ('m9', 'm9', 'cs2', 'Mới', 'other', '2022-05-05')",
            &[],
        )
        .await
        .unwrap();
        changed(&mut tx);
        tx.commit().await.unwrap();
        assert_eq!(b.get(at).await.texts("#figures td.num")[0], "1");
        let topics = b.get("/unit/CS2/figures?period=2023&topic=organisation_size").await;
        assert!(topics.texts("#figures tbody tr").len() > 10);
        assert_eq!(topics.texts("header .place"), ["Chi bộ Đài Thử"], "as on every page of the unit");
        let row = |at: usize| {
            let cells = topics.texts(&format!("#figures tbody tr:nth-child({at}) td.num"));
            [cells[0].clone(), cells[1].clone()]
        };
        let rank = |at: usize| match row(at) {
            cells if cells.iter().any(|c| c.chars().any(|c| ('1'..='9').contains(&c))) => 0,
            cells if cells.iter().any(|c| c.starts_with('0')) => 1,
            _ => 2,
        };
        let ranks: Vec<i32> = (1..=topics.texts("#figures tbody tr").len()).map(rank).collect();
        assert!(ranks.is_sorted() && ranks[0] == 0 && ranks.contains(&1), "numbers stand first: {ranks:?}");
        assert_eq!(topics.texts(".topics [aria-current]"), ["Tổ chức, con người"]);
    }
}

#[tokio::test]
async fn what_was_asked_for_is_worked_out_again_before_somebody_asks() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "cs2").await;
        let Ok(book) = catalogue::load(&[], day("15/03/2024")) else { panic!("the shipped catalogue") };
        let app = App::new(book);
        super::expect(&app, db, day("15/03/2024")).await.unwrap();
        let expected = app.remembers();
        assert!(expected > 20, "the figures of the one unit on which people have roles: {expected}");

        let indicator = app.book.catalogue.get("practices.registered", day("15/03/2024")).unwrap().clone();
        let asked = [(indicator, Period::year(2022))];
        let mut tx = db.read().await.unwrap();
        let unit = crate::unit::by_id(&mut tx, "cs2", day("15/03/2024")).await.unwrap().unwrap();
        app.figures(&mut tx, &unit, &asked, day("15/03/2024")).await.unwrap();
        drop(tx);
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        changed(&mut tx);
        tx.commit().await.unwrap();
        app.warm(db).await;
        assert_eq!(app.remembers(), expected + 1, "all that was asked for, of the new state");
    }
}

#[tokio::test]
async fn coverage_names_who_is_behind_first() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "k").await;
        let mut b = signed_in(db, "superior").await;
        let page = b.get("/unit/K/coverage?period=2023").await;
        assert_eq!(page.texts("#units th a"), ["Chi bộ Đài Thử", "Đảng bộ Sở Ủy Thác"]);
        assert_eq!(page.texts("#units .badge"), ["Một phần", "Đầy đủ"]);
        assert_eq!(page.texts("#summary"), ["1/2 đơn vị nộp đủ số liệu"]);
        let one = b.get("/unit/K/coverage?period=2023&kind=practice").await;
        assert_eq!(one.texts("#units td").len(), 4);
        assert!(one.texts("#kinds a[aria-current]")[0].contains("ô hình"));
        let requests = b.get("/unit/K/requests").await;
        assert_eq!(requests.texts("#own .badge"), ["1/2 đơn vị đã gửi"]);
        let request = b.get("/unit/K/request/YC-01").await;
        assert_eq!(request.texts("#units tbody th"), ["Chi bộ Đài Thử", "Đảng bộ Sở Ủy Thác"]);
        assert_eq!(request.texts("#units .badge"), ["Quá hạn, chưa gửi", "Đã gửi"]);
        assert_eq!(b.get("/unit/CS2/request/YC-01").await.texts("#units tbody th"), ["Chi bộ Đài Thử"]);
        assert_eq!(b.get("/unit/CB1/request/YC-01").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_report_is_read_written_issued_and_compared() {
    let both = both().await;
    for db in &both.all {
        office(db).await;
        accounts(db, "db1").await;
        let mut b = signed_in(db, "secretary").await;
        let list = b.get("/unit/CB1/reports?period=2023").await;
        let base = "/unit/CB1/report/cell-review";
        assert!(list.attributes("#templates a.main", "href")[0].starts_with(&format!("{base}?period=2023")));
        let query = "?period=2023&date=2024-01-10";
        let page = b.get(&format!("{base}{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let numbers = page.attributes(".paper a.figure", "href");
        assert!(!numbers.is_empty());
        for number in numbers.iter().take(5) {
            assert_eq!(b.get(number).await.status, StatusCode::OK, "{number}");
        }
        assert!(!page.body.contains("style=\""), "the policy of the site refuses inline style");

        for (format, magic) in [("docx", "PK"), ("pdf", "%PDF"), ("blank", "PK")] {
            let path = format!("{base}/file/{format}{query}");
            let response = b.raw(&path).await;
            assert!(response.starts_with(magic.as_bytes()), "{format}");
        }

        let text = format!("{base}/text/situation{query}");
        assert_eq!(b.get(&text).await.texts("h1"), ["Đặc điểm tình hình"]);
        let saved = b.post(&text, &[("text", "Chi bộ ổn định <b>.\n\n- Một việc;")]).await;
        assert_eq!(saved.location(), format!("{base}{query}"));
        let page = b.get(saved.location()).await;
        assert_eq!(page.texts(".notice.done"), ["Đã lưu phần chữ."]);
        assert!(
            page.texts(".paper p").iter().any(|p| p == "Chi bộ ổn định <b>."),
            "{:?}",
            page.texts(".paper p")
        );
        assert!(page.texts("#slots .badge.complete").len() == 1);
        let long = "x".repeat(20_001);
        assert_eq!(b.post(&text, &[("text", &long)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(b.get(&format!("{base}/text/nosuch{query}")).await.status, StatusCode::NOT_FOUND);

        let issue = format!("{base}/issue{query}");
        let none = b.post(&issue, &[("number", "")]).await;
        assert_eq!((none.status, none.texts("#number-error").len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
        // Texts are still to be written: issuing in spite of it must be said.
        let asked = b.post(&issue, &[("number", "5")]).await;
        assert_eq!((asked.status, asked.texts("#anyway-error").len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
        let done = b.post(&issue, &[("number", "5"), ("anyway", "1")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let issued = done.location().to_owned();
        let page = b.get(&issued).await;
        assert!(page.texts("h1")[0].starts_with("Số 05-BC"), "{:?}", page.texts("h1"));
        assert_eq!(page.texts("#since .notice.done").len(), 1);
        assert!(b.raw(&format!("{issued}/file/pdf")).await.starts_with(b"%PDF"));
        let twice = b.post(&issue, &[("number", "5"), ("anyway", "1")]).await;
        assert!(twice.texts("#number-error")[0].contains("đã dùng"), "{:?}", twice.texts("#number-error"));

        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute("UPDATE membership SET withdrawn = 'nhầm' WHERE person = $1", params!["Lê Thị Hai"])
            .await
            .unwrap();
        changed(&mut tx);
        tx.commit().await.unwrap();
        let page = b.get(&issued).await;
        // A member less, and so one less whose commitment is missing.
        assert_eq!(page.texts("#differences th[scope=row]").len(), 2);
        assert_eq!(page.texts("#differences td.num"), ["02", "01", "02", "01"]);
        // Another unit's page does not show it, and the level above reads it.
        let elsewhere = issued.replace("/unit/CB1/", "/unit/CB2/");
        assert_eq!(b.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
        let mut above = signed_in(db, "superior").await;
        assert_eq!(above.get(&issued).await.status, StatusCode::OK);
        assert_eq!(above.get(&format!("{base}{query}")).await.status, StatusCode::FORBIDDEN);

        let mut tx = db.read().await.unwrap();
        let rows = tx
            .query("SELECT action FROM audit WHERE kind IN ('report', 'report_text') ORDER BY seq", &[])
            .await
            .unwrap();
        let said: Vec<_> = rows.iter().map(|r| r.words("action").unwrap()).collect();
        assert_eq!(said, ["insert", "issue"]);
    }
}

#[tokio::test]
async fn every_page_speaks_english_too() {
    let both = both().await;
    let db = &both.all[0];
    office(db).await;
    accounts(db, "k").await;
    let mut b = signed_in(db, "officer").await;
    b.get("/lang/en?back=/").await;
    for path in [
        "/",
        "/units",
        "/unit/K",
        "/unit/CB1",
        "/unit/K/figures",
        "/unit/K/figure/practices.registered?period=2023",
        "/unit/K/figure/commitments.kept.share?period=2021-2023",
        "/unit/K/coverage",
        "/unit/K/reports",
        "/unit/K/report/block-review?period=2021-2023",
        "/unit/K/report/block-review/text/causes",
        "/unit/K/requests",
        "/unit/K/request/YC-01",
        "/unit/K/records",
        "/unit/K/records/practice",
        "/unit/K/commitment",
        "/unit/K/activity/new",
    ] {
        let page = b.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        assert!(!page.body.contains("[overview-") && !page.body.contains("[figure-"), "{path}");
        assert!(!page.body.contains("[report-") && !page.body.contains("[request-"), "{path}");
        assert!(!page.body.contains(" style="), "{path}");
        assert_eq!(page.texts("h1").len(), 1, "{path}");
        assert!(page.texts("main .button.main").len() <= 1, "{path}: one main action");
        let unit = page.texts("header .place").len();
        assert_eq!(unit, usize::from(path.starts_with("/unit/")), "{path} names its unit in the header");
    }
    let mut admin = signed_in(db, "administrator").await;
    admin.get("/lang/en?back=/").await;
    let list = admin.get("/accounts").await;
    let one = list.attributes("#accounts tbody a", "href").remove(0);
    for path in ["/accounts", one.as_str()] {
        let page = admin.get(path).await;
        assert_eq!((page.status, page.texts("h1").len()), (StatusCode::OK, 1), "{path}");
        assert!(!page.body.contains("[account-"), "{path}: {}", page.body);
    }
}
