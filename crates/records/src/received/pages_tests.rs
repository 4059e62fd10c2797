//! Received reports through the router, on both databases.

use crate::browse::fixture::{both, number, signed_in};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::{Actor, Role};
use shell::testing::{Answer, Browser};
use store::Db;

/// Words of our own: plain numbers, one that is "nearly", a list that does not make its total.
const REPORT: &str = "CHI BỘ VĂN PHÒNG\n\nBÁO CÁO\nKết quả học tập và làm theo năm 2025\n\n\
    Năm 2025, chi bộ đăng ký xây dựng 03 mô hình mới. Năm 2025, chi bộ đã đăng gần 20 tin, bài tuyên truyền.\n\n\
    Năm 2025, chi bộ ban hành 22 văn bản, gồm 5 kế hoạch, 2 chương trình, 4 giấy mời, 7 công văn, 5 báo cáo.\n";

const LIST: &str = "/unit/CB01/received";

async fn upload(b: &mut Browser, path: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Answer {
    b.get(path).await;
    let (mut body, csrf) = (String::new(), b.csrf());
    for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
        body.push_str(&format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    for (name, content) in files {
        body.push_str(&format!(
            "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n"
        ));
    }
    body.push_str("--xx--\r\n");
    b.send(Method::POST, path, Some("multipart/form-data; boundary=xx"), Body::from(body)).await
}

const FIELDS: [(&str, &str); 3] = [("unit", "CB01"), ("period", "2025"), ("day", "10/01/2026")];

/// The path of the report, taken in.
async fn taken(b: &mut Browser) -> String {
    let done = upload(b, LIST, &FIELDS, &[("bao-cao.txt", REPORT)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.location().to_owned()
}

/// The number of the claim with this quote, from 0.
fn nth(page: &Answer, quote: &str) -> usize {
    page.texts("#claims .line > a").iter().position(|t| t.contains(quote)).unwrap_or_else(|| panic!("{quote}"))
}

async fn count(db: &Db, table: &str) -> i64 {
    number(db, &format!("SELECT COUNT(*) AS n FROM {table}")).await
}

#[tokio::test]
async fn a_report_is_read_once_and_every_number_is_marked_and_joined_to_its_row() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = taken(&mut b).await;
        let page = b.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let marks = page.attributes("#text mark", "id");
        assert!(marks.len() >= 8, "{marks:?}");
        let rows = page.attributes("#claims > li", "id");
        for mark in &marks {
            assert!(rows.contains(&mark.replace('c', "r")), "{mark} has a row");
            assert_eq!(page.attributes(&format!("#{mark} a"), "href"), [format!("#{}", mark.replace('c', "r"))]);
        }
        assert!(page.attributes("#claims .line > a", "href").iter().all(|h| marks.contains(&h[1..].to_owned())));
        assert!(page.texts("#text")[0].contains("mới. Năm 2025, chi bộ đã đăng"));
        // The list does not make its total: both places are flagged and linked.
        let flags = page.attributes("#findings a", "href");
        assert!(flags.len() >= 2, "{flags:?}");
        assert!(flags.iter().all(|f| page.attributes("#text .rr-flag", "id").contains(&f[1..].to_owned())));
        let again = taken(&mut b).await;
        assert_eq!(again, path, "known by its content");
        assert_eq!((count(db, "received_report").await, count(db, "evidence").await), (1, 1));
        let list = b.get(LIST).await;
        assert_eq!(list.texts("#reports tbody th"), ["bao-cao"]);
        let noted = "SELECT COUNT(*) AS n FROM audit WHERE kind = 'received_report' AND action = 'insert'";
        assert_eq!(number(db, noted).await, 1);
        // Above it is seen, beside it is not there.
        let mut above = signed_in(db, Role::Officer, "DU").await;
        assert_eq!(above.get(&path.replace("/CB01/", "/DU/")).await.status, StatusCode::OK);
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&path.replace("/CB01/", "/CB02/")).await.status, StatusCode::NOT_FOUND);
        let mut superior = signed_in(db, Role::Superior, "DU").await;
        assert_eq!(superior.get("/unit/DU/received").await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn what_may_not_be_kept_or_read_is_refused_and_nothing_is_written() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        for (name, content) in
            [("a.txt", "CHI BỘ\nMẬT\nCó 3 mô hình"), ("a.exe", "MZ"), ("trong.txt", ""), ("chu.txt", "   \n ")]
        {
            let answer = upload(&mut b, LIST, &FIELDS, &[(name, content)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert_eq!(answer.texts("#file-error").len(), 1, "{name}: {}", answer.body);
            assert_eq!(answer.attributes("#period", "value"), ["2025"], "what was typed stays");
        }
        let wrong = upload(&mut b, LIST, &[("unit", "CB01"), ("period", "x"), ("day", "")], &[]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for table in ["received_report", "received_claim", "evidence"] {
            assert_eq!(count(db, table).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn an_accepted_number_becomes_a_stated_figure_with_its_quote_and_only_once() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = taken(&mut b).await;
        let page = b.get(&path).await;
        let n = nth(&page, "03 mô hình");
        let to = format!("{path}/claim/{n}");
        let fields = [
            ("act", "accept"),
            ("indicator", "practices.registered"),
            ("unit", "CB01"),
            ("period", "2025"),
            ("subtree", "0"),
            ("value", "3"),
            ("comparator", "exact"),
        ];
        let mut bad = fields;
        (bad[1].1, bad[5].1) = ("không có chỉ tiêu này", "nhiều");
        let answer = b.post(&to, &bad).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let row = format!("#r{}", n + 1);
        assert_eq!(answer.texts(&format!("{row} .rr-error")).len(), 2, "{}", answer.body);
        assert_eq!(answer.attributes(&format!("{row} [name=value]"), "value"), ["nhiều"]);
        let mut outside = fields;
        outside[2].1 = "CB02";
        assert_eq!(b.post(&to, &outside).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(db, "stated_figure").await, 0);

        let done = b.post(&to, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(done.location().ends_with(&row));
        b.post(&to, &fields).await;
        let mut tx = db.read().await.unwrap();
        let rows = tx.query("SELECT * FROM stated_figure", &[]).await.unwrap();
        assert_eq!(rows.len(), 1, "accepting twice makes nothing new");
        assert_eq!(rows[0].text("quote").unwrap(), "03 mô hình mới".split(" mới").next().unwrap());
        assert_eq!(rows[0].text("file_name").unwrap(), "bao-cao.txt");
        assert_eq!((rows[0].int("value").unwrap(), rows[0].flag("subtree").unwrap()), (300, false));
        let start = usize::try_from(rows[0].int("quote_start").unwrap()).unwrap();
        assert!(REPORT.chars().skip(start).collect::<String>().starts_with("03 mô hình"));
        drop(tx);
        let page = b.get(&path).await;
        assert_eq!(page.attributes(&format!("#c{}", n + 1), "class"), ["accepted"]);
        // Another number for the same indicator and period is not written beside it.
        let mut other = fields;
        other[5].1 = "4";
        let second = format!("{path}/claim/{}", nth(&page, "22 văn bản"));
        assert_eq!(b.post(&second, &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(db, "stated_figure").await, 1);
    }
}

#[tokio::test]
async fn what_was_mended_says_so_and_what_was_refused_is_taken_back() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = taken(&mut b).await;
        let page = b.get(&path).await;
        let n = nth(&page, "20 tin");
        let to = format!("{path}/claim/{n}");
        let mark = format!("#c{}", n + 1);
        b.post(&to, &[("act", "refuse")]).await;
        assert_eq!(b.get(&path).await.attributes(&mark, "class"), ["refused"]);
        b.post(&to, &[("act", "back")]).await;
        assert_eq!(b.get(&path).await.attributes(&mark, "class"), ["pending"]);
        let fields = [
            ("act", "accept"),
            ("indicator", "publicity.articles"),
            ("period", "2025"),
            ("subtree", "0"),
            ("value", "19"),
            ("comparator", "exact"),
        ];
        b.post(&to, &fields).await;
        assert_eq!(b.get(&path).await.attributes(&mark, "class"), ["mended"]);
        // What became a statement is not refused here.
        b.post(&to, &[("act", "refuse")]).await;
        assert_eq!(b.get(&path).await.attributes(&mark, "class"), ["mended"]);
        let kept = "SELECT COUNT(*) AS n FROM received_claim WHERE decision = 'mended' AND value = 2000";
        assert_eq!(number(db, kept).await, 1, "what was read stays beside what was written");
        let noted = "SELECT COUNT(*) AS n FROM audit WHERE kind = 'received_claim'";
        assert_eq!(number(db, noted).await, 3);
    }
}

#[tokio::test]
async fn in_one_step_only_the_certain_is_accepted() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = taken(&mut b).await;
        let page = b.get(&path).await;
        assert_eq!(page.texts("#certain button").len(), 1, "{}", page.body);
        assert!(page.texts("#certain-means")[0].contains("80"));
        b.post(&format!("{path}/certain"), &[]).await;
        let page = b.get(&path).await;
        let state = |quote: &str| page.attributes(&format!("#c{}", nth(&page, quote) + 1), "class");
        assert_eq!(state("03 mô hình"), ["accepted"]);
        assert_eq!(state("20 tin"), ["pending"], "nearly");
        assert_eq!(state("22 văn bản"), ["pending"], "its parts do not make it");
        assert_eq!(count(db, "stated_figure").await, 1);
        assert!(page.texts("#certain button").is_empty());
    }
}

#[tokio::test]
async fn the_note_names_every_error_with_its_quotes_and_comes_for_word() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = taken(&mut b).await;
        let note = b.get(&format!("{path}/note")).await;
        assert_eq!(note.status, StatusCode::OK, "{}", note.body);
        assert!(note.texts("#paper")[0].contains("22 văn bản"), "{}", note.body);
        let docx = b.raw(&format!("{path}/note.docx")).await;
        assert!(docx.starts_with(b"PK"));
    }
}

#[tokio::test]
async fn a_number_far_from_last_years_or_from_what_was_counted_is_asked_about() {
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute(
            "INSERT INTO stated_figure (id, code, indicator, unit, subtree, from_day, to_day, value, comparator)
             VALUES ('s', 'S', 'practices.registered', 'CB01', 0, '2024-01-01', '2024-12-31', 4000, 'exact')",
            &[],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = taken(&mut b).await;
        let page = b.get(&path).await;
        let row = format!("#r{}", nth(&page, "03 mô hình") + 1);
        let doubts = page.texts(&format!("{row} .rr-doubt"));
        assert_eq!(doubts.len(), 1, "{}", page.body);
        assert!(doubts[0].contains("40") && doubts[0].contains("2024"), "{doubts:?}");
        assert!(b.get(&format!("{path}/note")).await.texts("#paper")[0].contains("03 mô hình"));
    }
}

#[tokio::test]
async fn many_files_come_at_once_and_their_senders_are_found_by_name() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Officer, "DU").await;
        let files = [
            ("a.txt", REPORT),
            ("b.txt", "Chi bộ Kế hoạch\n\nNăm 2025 chi bộ kiểm tra 02 đảng viên."),
            ("c.txt", "Không rõ của ai: có 3 mô hình."),
        ];
        let fields = [("unit", "?"), ("period", "2025"), ("day", "10/01/2026")];
        let answer = upload(&mut b, "/unit/DU/received", &fields, &files).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "one is not known");
        assert_eq!(answer.texts("#outcomes li").len(), 3);
        assert_eq!(answer.texts("#outcomes .conflict").len(), 1, "{}", answer.body);
        let units = "SELECT COUNT(DISTINCT unit) AS n FROM received_report WHERE unit IN ('CB01', 'CB02')";
        assert_eq!(number(db, units).await, 2);
    }
}

#[tokio::test]
async fn a_request_shows_who_has_sent_a_report_and_which_figures_are_missing() {
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for sql in [
            "INSERT INTO request (id, code, unit, symbol, day, title, template, from_day, to_day, deadline)
             VALUES ('yc', 'YC-1', 'DU', '1-KH/TU', '2025-12-01', 'Tổng kết', 'cell-review', '2025-01-01', '2025-12-31', '2026-02-01')",
            "INSERT INTO request_unit (id, request, unit, sent_day) VALUES ('q1', 'yc', 'CB01', '2025-12-02'), ('q2', 'yc', 'CB02', '2025-12-02')",
        ] {
            tx.execute(sql, &[]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut b = signed_in(db, Role::Officer, "DU").await;
        let fields = [("unit", "CB01"), ("period", "2025"), ("day", "10/01/2026"), ("request", "YC-1")];
        let done = upload(&mut b, "/unit/DU/received", &fields, &[("a.txt", REPORT)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let here = "/unit/DU/request/YC-1/received";
        let page = b.get(&format!("{here}?of=CB01")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.texts("#units .complete").len(), 1, "it came in time: {}", page.body);
        assert_eq!(page.texts("#units .late").len(), 1, "the other is late");
        assert_eq!(page.texts("#late").len(), 1);
        let missing = page.texts("#lacking tbody tr").len();
        assert!(missing > 3, "{missing}");
        let practices = page.texts("#lacking tbody th").iter().any(|t| t == "Mô hình đăng ký xây dựng");
        b.post(&format!("{}/certain", done.location()), &[]).await;
        let page = b.get(&format!("{here}?of=CB01")).await;
        assert_eq!(page.texts("#lacking tbody tr").len(), missing - usize::from(practices), "one is known now");
        // A unit that was asked sees its own line only.
        let mut own = signed_in(db, Role::Secretary, "CB01").await;
        let page = own.get("/unit/CB01/request/YC-1/received").await;
        assert_eq!(page.texts("#units tbody tr").len(), 1, "{}", page.body);
        assert_eq!(own.get("/unit/CB01/request/YC-9/received").await.status, StatusCode::NOT_FOUND);
        let of = b.get("/unit/DU/request/YC-1").await;
        assert_eq!(of.attributes("#received", "href"), [here]);
        // From coverage: who has sent a report about the period, and who has not.
        let coverage = b.get("/unit/DU/coverage?period=2025").await;
        let list = coverage.attributes("#received", "href").remove(0);
        let page = b.get(&list).await;
        assert!(page.texts("#sent")[0].contains("1/2"), "{:?}", page.texts("#sent"));
        assert_eq!(page.texts("#silent li"), ["Chi bộ Kế hoạch"]);
    }
}

#[tokio::test]
async fn a_long_report_is_shown_in_parts_that_hold_their_own_text() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let lines: Vec<String> =
            (1..=200).map(|n| format!("Năm 2025, tổ số {n} kiểm tra {} đảng viên <b>.", n + 1)).collect();
        let done = upload(&mut b, LIST, &FIELDS, &[("dai.txt", &lines.join("\n"))]).await;
        let path = done.location().to_owned();
        let first = b.get(&path).await;
        let second = b.get(&first.attributes("a[rel=next]", "href")[0]).await;
        let (one, two) = (first.attributes("#claims > li", "id"), second.attributes("#claims > li", "id"));
        assert_eq!((one.len(), two.len()), (150, 50), "{}", done.body);
        assert_eq!((one[0].as_str(), two[0].as_str()), ("r1", "r151"));
        for page in [&first, &second] {
            let marks = page.attributes("#text mark", "id");
            assert_eq!(marks.len(), page.attributes("#claims > li", "id").len(), "each part marks its own");
            assert!(page.texts("#text b").is_empty(), "what looks like a tag is text");
        }
        assert!(first.texts("#text")[0].contains("tổ số 150 ") && !first.texts("#text")[0].contains("tổ số 151 "));
        // A decision leads back to the part that it was made on.
        let done = b.post(&format!("{path}/claim/160"), &[("act", "refuse")]).await;
        assert_eq!(done.location(), format!("{path}?from=150#r161"));
        assert_eq!(b.get(&format!("{path}?from=99999")).await.status, StatusCode::OK);
        assert_eq!(b.post(&format!("{path}/claim/9999"), &[("act", "refuse")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(b.post(&format!("{path}/claim/x"), &[("act", "refuse")]).await.status, StatusCode::NOT_FOUND);
    }
}
