//! A report written on its page, checked, issued and handed over; on both databases, by selector.

use super::fixture::{accounts, both, changed, day, office, signed_in};
use crate::figure::catalogue;
use crate::handover::package;
use crate::report::issue;
use crate::transfer::{Mode, Options, import};
use crate::unit;
use axum::http::StatusCode;
use document::edited;
use domain::Actor;
use exchange::Limits;
use shell::testing::{Answer, Browser};
use store::{Db, Tx, params};

const BASE: &str = "/unit/CB1/report/cell-review";
const QUERY: &str = "?period=2023&date=2024-01-10";

fn write() -> String {
    format!("{BASE}/write{QUERY}")
}

/// What stands in the field of a text.
fn text(page: &Answer, slot: &str) -> String {
    page.texts(&format!("textarea[name='t-{slot}']")).concat()
}

fn mark(page: &Answer, slot: &str) -> String {
    page.attributes(&format!("input[name='w-{slot}']"), "value").concat()
}

/// Sends one text of the page as it stands there, changed, with a button.
async fn send(b: &mut Browser, page: &Answer, slot: &str, words: &str, act: &str) -> Answer {
    let (field, was, mark) = (format!("t-{slot}"), format!("w-{slot}"), mark(page, slot));
    b.post(&write(), &[("do", act), (&field, words), (&was, &mark)]).await
}

async fn opened(b: &mut Browser) -> Answer {
    let page = b.get(&write()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page
}

async fn ready(db: &Db, unit: &str) -> Browser {
    office(db).await;
    accounts(db, unit).await;
    signed_in(db, "secretary").await
}

#[tokio::test]
async fn a_figure_is_picked_beside_the_text_and_is_a_link_a_control_and_frozen() {
    for db in &both().await.all {
        let mut b = ready(db, "db1").await;
        let page = opened(&mut b).await;
        let slots = page.attributes("textarea", "name");
        assert_eq!(slots.first().map(String::as_str), Some("t-situation"), "in the order of the template");
        assert_eq!(slots.last().map(String::as_str), Some("t-proposals"));
        assert_eq!(page.attributes(".wr-index a", "href").len(), slots.len());
        assert!(page.texts("#s-strengths h2")[0].contains("1. Ưu điểm"));
        assert_eq!(page.texts("button.main").len(), 1);
        let labels = page.texts("#s-publicity .wr-label");
        assert!(labels.iter().any(|l| l.to_lowercase().contains("mô hình")), "{labels:?}");
        let act = page.attributes("#s-publicity .wr-figure button[value*='|practices.registered']", "value");
        assert_eq!(act, ["insert|publicity|practices.registered padded"]);
        let link = page.attributes("#s-publicity a.figure[href*='/figure/practices.registered?']", "href");
        assert_eq!(b.get(&link[0]).await.status, StatusCode::OK);

        let saved = send(&mut b, &page, "publicity", "Chi bộ nhân rộng", &act[0]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert!(saved.location().ends_with("#s-publicity"));
        let page = opened(&mut b).await;
        assert_eq!(text(&page, "publicity"), "Chi bộ nhân rộng [số: practices.registered padded]");
        assert_eq!(page.texts("#s-publicity .wr-preview a.figure"), ["01"]);
        assert_eq!(page.texts("#s-publicity .wr-items li").len(), 0, "a figure is no typed number");
        let draft = b.get(&format!("{BASE}{QUERY}")).await;
        assert!(draft.texts(".paper p").contains(&"Chi bộ nhân rộng 01".to_owned()));

        let docx = b.raw(&format!("{BASE}/file/docx{QUERY}")).await;
        let file = edited::read(&docx).unwrap();
        let line = file.paragraphs.iter().find(|p| p.text == "Chi bộ nhân rộng 01").expect("the paragraph");
        assert_eq!(line.controls.len(), 1, "the number stands in a control");

        let done = b.post(&write(), &[("do", "issue"), ("number", "7"), ("anyway", "1")]).await;
        assert!(done.location().starts_with("/unit/CB1/issued/"), "{}", done.body);
        let id = done.location().rsplit('/').next().unwrap().to_owned();
        let mut tx = db.read().await.unwrap();
        let report = issue::issued(&mut tx, &id).await.unwrap().unwrap();
        let docx = store::files::get(&mut tx, &report.docx).await.unwrap().unwrap();
        let file = edited::read(&docx).unwrap();
        // A control is renewed with the rest: another value now, the same words around it.
        let mut now = crate::report::check::Current::new();
        for f in file.figures.iter().filter(|f| f.issued.indicator == "practices.registered") {
            now.insert(f.key(), document::model::Figure { value: "4".into(), shown: "04".into(), ..f.issued.clone() });
        }
        let (renewed, _) = crate::report::check::refill(&docx, &now).unwrap();
        let renewed = edited::read(&renewed).unwrap();
        assert!(renewed.paragraphs.iter().any(|p| p.text == "Chi bộ nhân rộng 04"));
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_read_is_told_and_nothing_typed_is_lost() {
    for db in &both().await.all {
        let mut b = ready(db, "db1").await;
        let page = opened(&mut b).await;
        for (typed, said) in [
            ("Có [số: khong.co.that] việc", "khong.co.that"),
            ("Có [số: practices.registered hôm qua] việc", "hôm qua"),
            ("Có [số: practices.registered where la = 1] việc", "practices.registered"),
            ("Có [số: practices.registered việc", "dấu ]"),
        ] {
            let both = [("do", "save"), ("t-causes", typed), ("t-lessons", "Bài học"), ("w-causes", "-"), ("w-lessons", "-")];
            let back = b.post(&write(), &both).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            assert!(back.texts("#t-causes-error").concat().contains(said), "{:?}", back.texts("#t-causes-error"));
            assert_eq!((text(&back, "causes"), text(&back, "lessons")), (typed.to_owned(), "Bài học".to_owned()));
            assert_eq!(text(&opened(&mut b).await, "lessons"), "", "nothing is written half");
        }
        // Braces and brackets that are no token are words.
        let odd = "{{if x}} {{ [a] *b* {tên} }} <b>";
        assert_eq!(send(&mut b, &page, "causes", odd, "save").await.status, StatusCode::SEE_OTHER);
        let draft = b.get(&format!("{BASE}{QUERY}")).await;
        assert!(draft.texts(".paper p").contains(&odd.to_owned()));
        // A form without the fields of the page empties nothing.
        assert_eq!(b.post(&write(), &[("do", "save")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(text(&opened(&mut b).await, "causes"), odd);
    }
}

#[tokio::test]
async fn two_who_write_at_once_overwrite_nothing_unseen() {
    for db in &both().await.all {
        let mut b = ready(db, "db1").await;
        let page = opened(&mut b).await;
        send(&mut b, &page, "causes", "Bản của tôi", "save").await;
        let late = send(&mut b, &page, "causes", "Bản của người khác", "save").await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.texts("#t-causes-error")[0].contains("Bản của tôi"));
        assert_eq!(text(&late, "causes"), "Bản của người khác");
        // Having seen it, they may keep theirs.
        let again = send(&mut b, &late, "causes", "Bản của người khác", "save").await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        // An old page that did not touch the text leaves it alone.
        let page = opened(&mut b).await;
        send(&mut b, &page, "causes", "Bản mới", "save").await;
        assert_eq!(send(&mut b, &page, "causes", "Bản của người khác", "save").await.status, StatusCode::SEE_OTHER);
        assert_eq!(text(&opened(&mut b).await, "causes"), "Bản mới");
    }
}

#[tokio::test]
async fn a_number_typed_by_hand_is_found_and_replaced_by_its_figure() {
    for db in &both().await.all {
        let mut b = ready(db, "db1").await;
        let page = opened(&mut b).await;
        let typed = "Năm 2023 chi bộ đăng ký 1 mô hình và có 57 đồng chí tham gia góp ý.";
        send(&mut b, &page, "publicity", typed, "save").await;
        let page = opened(&mut b).await;
        let found = page.texts("#s-publicity .wr-items li > span:first-child");
        assert!(found.iter().any(|f| f.contains("57")), "{found:?}");
        assert!(!found.iter().any(|f| f.contains("2023")), "a year counts nothing: {found:?}");
        assert!(page.texts("#items").concat().contains("57"));
        assert_eq!(page.attributes("#items a[href='#s-publicity']", "href").len(), found.len());
        let acts = page.attributes("#s-publicity .wr-items button", "value");
        let act = acts.iter().find(|a| a.contains("|1|practices.registered")).expect("the figure that says the same");
        let saved = send(&mut b, &page, "publicity", typed, act).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = opened(&mut b).await;
        assert!(text(&page, "publicity").starts_with("Năm 2023 chi bộ đăng ký [số: practices.registered"));
        assert_eq!(page.texts("#s-publicity .wr-items li").len(), found.len() - 1);

        // Texts to write, units behind: in spite of these it is issued only when that is said.
        let n = page.texts("#items > li").len();
        let back = b.post(&write(), &[("do", "issue"), ("number", "3")]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.texts("#anyway-error")[0].contains(&n.to_string()), "{:?}", back.texts("#anyway-error"));
        assert_eq!(back.attributes("#number", "value"), ["3"]);
        assert!(back.texts("#issue button")[0].contains(&format!("còn {n} điều")));
    }
}

#[tokio::test]
async fn the_last_report_stands_beside_the_new_one() {
    for db in &both().await.all {
        let mut b = ready(db, "db1").await;
        let old = format!("{BASE}/write?period=2022&date=2023-01-10");
        let words = "Có [số: practices.registered] mô hình.";
        let done = b.post(&old, &[("do", "issue"), ("t-publicity", words), ("w-publicity", "-"), ("number", "4"), ("anyway", "1")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        // Since then a model of 2022 came in late: what was issued stays what it is compared with.
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let columns = "id, code, unit, title, field, registered_day";
        let sql = format!("INSERT INTO practice ({columns}) VALUES ('m9', 'm9', 'cb1', 'Muộn', 'dan_van_kheo', '2022-05-05')");
        tx.execute(&sql, &[]).await.unwrap();
        changed(&mut tx);
        tx.commit().await.unwrap();
        let page = opened(&mut b).await;
        assert!(page.body.contains("Số 04-BC"), "the report before is named");
        let item = "#s-publicity .wr-figure:has(button[value*='|practices.registered '])";
        let was = page.texts(&format!("{item} .wr-before"));
        assert_eq!(was, ["Kỳ trước: 01 (không đổi)"]);
        assert_eq!(page.texts("#s-publicity .wr-last .wr-words"), [words]);
        let saved = send(&mut b, &page, "publicity", "", "start|publicity").await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        assert_eq!(text(&opened(&mut b).await, "publicity"), words);
        // Where nothing was issued, the period before is worked out.
        let committee = b.get("/unit/DB1/report/block-review/write?period=2023&date=2024-01-10").await;
        assert_eq!(committee.status, StatusCode::OK);
        assert!(committee.texts(".wr-before").iter().any(|t| t.contains("Kỳ trước: 0")));
    }
}

#[tokio::test]
async fn any_figure_of_the_catalogue_is_found_by_its_words() {
    for db in &both().await.all {
        let mut b = ready(db, "db1").await;
        let page = opened(&mut b).await;
        let (field, was) = ("t-causes", mark(&page, "causes"));
        let sent = [("do", "search|causes"), (field, "Đang viết"), ("w-causes", &was), ("q-causes", "mô hình")];
        let saved = b.post(&write(), &sent).await;
        assert!(saved.location().contains("&at=causes&q="), "{}", saved.location());
        let path = saved.location().split('#').next().unwrap().to_owned();
        let page = b.get(&path).await;
        assert_eq!(text(&page, "causes"), "Đang viết", "searching saves what was typed");
        assert!(page.texts("#s-causes .wr-found .wr-label").len() > 1);
        assert_eq!(page.texts("#s-lessons .wr-found").len(), 0);
        let none = b.get(&format!("{}&at=causes&q=zzzz", write())).await;
        assert_eq!(none.texts("#s-causes .wr-side .notice").len(), 1);
    }
}

async fn issued(tx: &mut Tx, unit: &str) -> issue::Issued {
    let row = tx.one("SELECT id FROM report WHERE unit = $1", params![unit]).await.unwrap();
    issue::issued(tx, row.text("id").unwrap()).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_issued_report_is_handed_over_as_one_file() {
    let from = both().await;
    for db in &from.all {
        let mut b = ready(db, "db1").await;
        let sent = [("do", "issue"), ("t-causes", "Có [số: org.members] đảng viên."), ("number", "8"), ("anyway", "1")];
        let done = b.post(&write(), &sent).await;
        let report = done.location().to_owned();
        let page = b.get(&report).await;
        let hand = page.attributes(".actions a.main", "href").concat();
        assert_eq!(hand, format!("{report}/hand-over"));
        let page = b.get(&hand).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.texts("#contents dt").len(), 5);
        let href = page.attributes(".actions a.main", "href").concat();
        let zip = b.raw(&href).await;
        assert_eq!(zip, b.raw(&href).await, "the same records, the same bytes");
        let (manifest, parts) = exchange::package::read(&zip, &Limits::default()).unwrap();
        assert_eq!(manifest.about["unit"], "CB1");
        let names: Vec<&str> = parts.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["bao-cao.docx", "bao-cao.pdf", "so-lieu.json", "so-lieu.xlsx"]);
        let hashes = page.texts("#files code");
        assert_eq!(hashes[0], manifest.files[0].sha256, "the very file that was issued");
        let figures: serde_json::Value = serde_json::from_slice(&parts[2].bytes).unwrap();
        let members = figures["figures"].as_array().unwrap().iter().find(|f| f["indicator"] == "org.members").unwrap();
        assert_eq!((members["value"].as_str(), members["definition"].is_string()), (Some("2"), true));
        assert!(members["coverage"]["complete"].is_number(), "{members}");
        // The level above reads the report as it reads any other.
        let file = edited::read(&parts[0].bytes).unwrap();
        assert!(file.listed && file.paragraphs.iter().any(|p| p.text == "Có 2 đảng viên." || p.text == "Có 02 đảng viên."));
        // Who may only read figures does not take the records along.
        let mut reader = signed_in(db, "superior").await;
        assert_eq!(reader.get(&report).await.status, StatusCode::OK);
        assert_eq!(reader.get(&hand).await.status, StatusCode::FORBIDDEN);
        assert_eq!(b.get(&hand.replace("/CB1/", "/CB2/")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_workbook_of_a_package_is_imported_where_nothing_was() {
    let (from, to) = (both().await, both().await);
    let book = catalogue::load(&[], day("15/03/2024")).unwrap();
    for (db, empty) in from.all.iter().zip(&to.all) {
        let mut b = ready(db, "k").await;
        // The office's people go by their names; a workbook knows people by codes.
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let rows = tx.query("SELECT id FROM person ORDER BY id", &[]).await.unwrap();
        for (n, row) in rows.iter().enumerate() {
            let sql = "UPDATE person SET code = $2 WHERE id = $1";
            tx.execute(sql, params![row.text("id").unwrap(), format!("P{n}")]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let path = "/unit/K/report/block-review/write?period=2022-2023&date=2024-01-10";
        let done = b.post(path, &[("do", "issue"), ("number", "9"), ("anyway", "1")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let mut tx = db.read().await.unwrap();
        let report = issued(&mut tx, "k").await;
        let unit = unit::by_code(&mut tx, "K", day("15/03/2024")).await.unwrap().unwrap();
        let made = package(&mut tx, &book, &Actor::Operator, day("15/03/2024"), &unit, &report).await.unwrap();
        let about = made.about.clone();
        let parts = made.parts().unwrap();
        let workbook = &parts.last().unwrap().bytes;
        let options = Options::new(Mode::Write);
        let outcome = import(empty, &Actor::Operator, "so-lieu.xlsx", workbook, &options, &|_, _| {}).await.unwrap();
        // As it came, without being unpacked: the same rows, so nothing is new.
        let zip = exchange::package::write(&about, &parts).unwrap();
        let whole = import(empty, &Actor::Operator, "goi.zip", &zip, &options, &|_, _| {}).await.unwrap();
        assert!(whole.is_sound() && whole.touched() == 0 && whole.sheets.iter().any(|s| s.unchanged > 0), "{whole:?}");
        assert!(outcome.is_sound() && outcome.written, "{:?}", outcome.problems);
        let mut there = empty.read().await.unwrap();
        for table in ["unit", "unit_event", "person", "practice", "inspection", "stated_figure", "return_state"] {
            let sql = format!("SELECT COUNT(*) AS n FROM {table}");
            let was = tx.one(&sql, &[]).await.unwrap().int("n").unwrap();
            let is = there.one(&sql, &[]).await.unwrap().int("n").unwrap();
            assert_eq!(is, was, "rows of {table}");
            assert!(was > 0, "{table}");
        }
    }
}
