//! One's own data on both databases: seen, corrected, exported, erased; by whom, by when, and what stays.

use super::erase::{GONE, NOBODY};
use crate::account::AccountGate;
use crate::browse::fixture::{account, both, kind, number, rows, signed_in, site};
use crate::figure::{Runner, TreeRule, catalogue};
use crate::unit;
use axum::http::StatusCode;
use domain::{Actor, Id, Period, Role};
use figures::Context;
use shell::testing::Browser;
use std::collections::BTreeMap;
use store::{Db, params};

const NAME: &str = "Đỗ Văn Em";
const CODE: &str = "45.777001";

async fn execute(db: &Db, sql: &str, values: &[store::Value]) {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    tx.execute(sql, values).await.unwrap();
    tx.commit().await.unwrap();
}

/// A member of `CB01` who is signed in, with a row of nearly every kind about them.
async fn member(db: &Db) -> (Browser, String) {
    let person = Id::new().to_string();
    let p = person.as_str();
    let of = [
        ("code", CODE), ("name", NAME), ("unit", "CB01"), ("category", "party_member"),
        ("since", "01/01/2015"), ("birth_year", "1980"), ("sex", "male"), ("joined_day", "03/02/2010"),
    ];
    rows(db, &[
        ("person", p, &of),
        ("position", "cv", &[("person", p), ("unit", "CB01"), ("position", "group_leader"), ("from_day", "01/01/2020")]),
        ("activity", "a1", &[("code", "HN1"), ("unit", "CB01"), ("kind", "topic_session"), ("depth", "in_depth"), ("title", "Nêu gương"), ("day", "10/02/2026"), ("lead_in", p), ("conclusion", "Đỗ Văn Em và Nguyễn Văn An nhận việc")]),
        ("attendance", "d1", &[("activity", "a1"), ("person", p), ("status", "present"), ("spoke", "1")]),
        ("attendance", "d2", &[("activity", "a1"), ("person", "45.000001"), ("status", "present")]),
        ("follow_up", "v1", &[("code", "1"), ("activity", "a1"), ("task", "Gặp Đỗ Văn Em"), ("owner", p), ("deadline", "01/03/2026")]),
        ("meeting", "b1", &[("code", "B1"), ("unit", "CB01"), ("kind", "regular"), ("title", "Thường kỳ"), ("day", "05/03/2026"), ("record", "Biên bản dài")]),
        ("meeting_answer", "t1", &[("meeting", "b1"), ("person", p), ("answer", "excused"), ("reason", "đi mổ mắt")]),
        ("commitment", "c1", &[("code", "CK2026-45.777001"), ("unit", "CB01"), ("person", p), ("year", "2026"), ("registered_day", "10/01/2026"), ("self_review", "Tôi còn nóng tính")]),
        ("commitment_item", "i1", &[("commitment", "c1"), ("no", "1"), ("what", "Trả lời đơn của Trần Thị Bình đúng hạn"), ("measure", "Tỷ lệ"), ("deadline", "30/11/2026"), ("evidence", "Sổ theo dõi"), ("duty", "Tiếp dân")]),
        ("feedback", "f1", &[("commitment", "c1"), ("no", "1"), ("from_person", "45.000001"), ("text", "Cần lắng nghe Trần Thị Bình hơn")]),
        ("evidence", "e1", &[("code", "MC1"), ("unit", "CB01"), ("title", "Ảnh của Đỗ Văn Em"), ("file_name", "em.txt"), ("day", "11/02/2026"), ("about_kind", "commitment"), ("about_code", "CK2026-45.777001")]),
        ("progress", "g1", &[("commitment", "c1"), ("item", "1"), ("no", "1"), ("day", "11/02/2026"), ("text", "Đã trả lời 30 đơn"), ("link", "https://vi.du/em"), ("file", "e1")]),
        ("rating", "x1", &[("code", "XL1"), ("unit", "CB01"), ("object", "person"), ("person", p), ("year", "2025"), ("level", "good")]),
        ("discipline", "k1", &[("code", "KL1"), ("unit", "CB01"), ("object", "person"), ("object_person", p), ("form", "reprimand"), ("reason", "other"), ("day", "01/04/2026"), ("decision", "12-QĐ/CB về Đỗ Văn Em")]),
        ("inspection", "n1", &[("code", "KT1"), ("unit", "CB01"), ("actor", "cell"), ("act", "inspection"), ("object", "person"), ("object_person", p), ("day", "01/02/2026"), ("conclusion", "Thực hiện đúng")]),
        ("inspection", "n2", &[("code", "KT2"), ("unit", "CB01"), ("actor", "cell"), ("act", "supervision"), ("object", "person"), ("object_person", p), ("day", "01/05/2026"), ("remedy", "Chưa kết luận")]),
        ("commendation", "h1", &[("code", "KH1"), ("unit", "CB01"), ("stage", "awarded"), ("level", "cell"), ("form", "praise"), ("object", "individual"), ("object_person", p), ("day", "19/05/2026"), ("year", "2025")]),
        // Another's: nothing of it may be seen.
        ("commitment", "c9", &[("code", "CK2026-45.000001"), ("unit", "CB01"), ("person", "45.000001"), ("year", "2026"), ("registered_day", "10/01/2026"), ("self_review", "Lời của An")]),
    ]).await;
    let account = account(db, &[(Role::Member, "CB01")]).await;
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    crate::person::imply_memberships(&mut tx).await.unwrap();
    tx.execute("UPDATE account SET person = $2 WHERE id = $1", params![account, p]).await.unwrap();
    let hash = store::files::put(&mut tx, b"anh cua Em").await.unwrap();
    tx.execute("UPDATE evidence SET hash = $1, size = 10, media = 'text/plain' WHERE id = 'e1'", params![hash]).await.unwrap();
    tx.execute("INSERT INTO commitment_draft (person, year, form, saved_at) VALUES ($1, 2027, 'what=bí mật', 0)", params![p]).await.unwrap();
    for year in [2025, 2026] {
        tx.execute("INSERT INTO return_state (id, unit, kind, year, state) VALUES ($1, 'DU', 'all', $2, 'complete')", params![format!("r{year}"), year]).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut browser = Browser::new(site(db, AccountGate));
    assert_eq!(browser.get(&format!("/test/enter/{account}")).await.body, "in");
    (browser, person)
}

fn ask_path(asks: &str, kind: &str, row: &str, field: &str) -> String {
    format!("/me/data/ask?asks={asks}&kind={kind}&row={row}&field={field}")
}

/// Sends a request; the id it got.
async fn asks(db: &Db, b: &mut Browser, fields: &[(&str, &str)]) -> String {
    b.get("/me/data").await;
    let answer = b.post("/me/data/ask", fields).await;
    assert_eq!(answer.location(), "/me/data#asked", "{}", answer.body);
    let mut tx = db.read().await.unwrap();
    let row = tx.first("SELECT id FROM data_request ORDER BY id DESC LIMIT 1", &[]).await.unwrap();
    row.unwrap().words("id").unwrap()
}

#[tokio::test]
async fn a_member_sees_what_is_held_about_them_what_for_and_nothing_of_others() {
    for db in &both().await.all {
        let (mut b, _) = member(db).await;
        let page = b.get("/me/data").await;
        assert_eq!(page.status, StatusCode::OK);
        let headings = page.texts(".held h3");
        for kind_name in ["person", "attendance", "commitment", "commitment_item", "progress", "feedback", "rating", "discipline", "inspection", "commendation", "meeting_answer", "activity", "follow_up", "evidence"] {
            assert!(headings.contains(&kind(kind_name).vi.to_owned()), "{kind_name}: {headings:?}");
        }
        for own in [NAME, "Hoàn thành tốt nhiệm vụ", "Khiển trách", "Thực hiện đúng", "đi mổ mắt", "Chỉ thị 05-CT/TW"] {
            assert!(page.body.contains(own), "{own}");
        }
        assert!(!page.body.contains("Chưa kết luận"), "an inspection without a conclusion is not shown");
        assert!(!page.body.contains("nhận việc"), "the words of a row that only names somebody are about others too");
        for other in ["Nguyễn Văn An", "Trần Thị Bình", "45.000001", "Lời của An"] {
            assert!(!page.body.contains(other), "{other}");
        }
        assert!(page.body.contains("Cần lắng nghe (người khác) hơn"));
        assert_eq!(b.get("/me/data?kind=attendance").await.texts(".held h3"), [kind("attendance").vi]);
        assert_eq!(b.get("/me/data?kind=contest").await.status, StatusCode::NOT_FOUND);

        for path in ["/me/data.json", "/me/data.xlsx"] {
            let bytes = b.raw(path).await;
            let mut text = String::from_utf8_lossy(&bytes).into_owned();
            if path.ends_with("xlsx") {
                text = unzipped(&bytes);
            }
            assert!(text.contains(NAME) && text.contains(CODE), "{path}");
            for other in ["Nguyễn Văn An", "Trần Thị Bình", "45.000001", "Lê Văn Cường", "Chưa kết luận"] {
                assert!(!text.contains(other), "{path} tells of {other}");
            }
        }
        let mut nobody = signed_in(db, Role::Member, "CB01").await;
        for path in ["/me/data", "/me/data.json", "/me/data/ask"] {
            assert!(nobody.get(path).await.texts("main .notice")[0].contains("chưa gắn"), "{path}");
        }
    }
}

/// All texts of a workbook.
fn unzipped(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for n in 0..zip.len() {
        let mut part = String::new();
        let mut file = zip.by_index(n).unwrap();
        if std::io::Read::read_to_string(&mut file, &mut part).is_ok() {
            all.push_str(&part);
        }
    }
    all
}

#[tokio::test]
async fn a_member_sees_who_has_read_a_row_and_who_a_list_on_which_they_stood() {
    for db in &both().await.all {
        let (mut b, person) = member(db).await;
        assert_eq!(b.get("/me/data").await.texts("#reads li").len(), 0);
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        secretary.get("/unit/CB01/records/person").await;
        secretary.get(&format!("/unit/CB01/records/person/{person}")).await;
        secretary.get("/unit/CB01/records/commitment/c1").await;
        // Another's row, and another cell's list, are nobody's business here.
        secretary.get("/unit/CB01/records/commitment/c9").await;
        signed_in(db, Role::Secretary, "CB02").await.get("/unit/CB02/records/person").await;
        let reads = b.get("/me/data").await.texts("#reads li");
        assert_eq!(reads.len(), 3, "{reads:?}");
        let told = |words: &str| reads.iter().any(|r| r.contains(words) && r.contains("Chi bộ Văn phòng"));
        assert!(told("Đọc danh sách có bạn: Đảng viên, quần chúng · 1 lần"), "{reads:?}");
        assert!(told("Đọc dòng của bạn: Đảng viên, quần chúng · 1 lần"), "{reads:?}");
        assert!(told("Đọc dòng của bạn: Bản cam kết"), "{reads:?}");
    }
}

#[tokio::test]
async fn a_correction_is_asked_answered_in_time_and_read() {
    for db in &both().await.all {
        let (mut b, person) = member(db).await;
        let which = b.get(&ask_path("correct", "person", &person, "")).await;
        assert!(which.texts("#which a").contains(&"Năm sinh: 1980".to_owned()), "{:?}", which.texts("#which a"));
        let fields = |value: &'static str| {
            [("asks", "correct"), ("kind", "person"), ("row", person.as_str()), ("field", "birth_year"), ("proposed", value), ("reason", "ghi nhầm")]
        };
        let wrong = b.post("/me/data/ask", &fields("một nghìn")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.attributes("#proposed", "value"), ["một nghìn"], "nothing typed is lost");
        let id = asks(db, &mut b, &fields("1979")).await;
        assert_eq!(b.post("/me/data/ask", &fields("1979")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once is enough");
        // 1/6/2026 is a Monday.
        assert!(b.get("/me/data").await.texts("#requests")[0].contains("03/06/2026"));

        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        for path in [format!("/unit/CB01/data-request/{id}"), format!("/unit/CB02/data-request/{id}"), "/unit/CB01/data-requests".to_owned()] {
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        let list = officer.get("/unit/DU/data-requests").await;
        assert_eq!(list.texts("#counts"), ["Chờ trả lời: 1. Quá hạn: 0."]);
        assert!(!list.body.contains(NAME), "who asks is for who answers");
        assert_eq!(officer.get(&format!("/unit/CB01/data-request/{id}")).await.status, StatusCode::NOT_FOUND);

        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let home = secretary.get("/").await;
        assert!(home.body.contains("Trả lời yêu cầu về dữ liệu cá nhân"), "{}", home.body);
        let path = format!("/unit/CB01/data-request/{id}");
        let page = secretary.get(&path).await;
        assert_eq!(page.texts("#proposed"), ["1979"]);
        let refused = secretary.post(&path, &[("act", "refuse"), ("answer", "")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a refusal needs its reason");
        let done = secretary.post(&path, &[("act", "apply"), ("answer", "Đã đối chiếu lý lịch")]).await;
        assert_eq!(done.location(), "/unit/CB01/data-requests", "{}", done.body);
        assert_eq!(number(db, "SELECT birth_year AS n FROM person WHERE code = '45.777001'").await, 1979);
        assert!(!secretary.get("/").await.body.contains("Trả lời yêu cầu về dữ liệu cá nhân"));
        assert_ne!(secretary.post(&path, &[("act", "apply")]).await.status, StatusCode::SEE_OTHER, "answered once");

        assert!(b.get("/").await.body.contains("Xem câu trả lời về dữ liệu của bạn"));
        assert!(b.get("/me/data").await.texts("#requests")[0].contains("Đã đối chiếu lý lịch"));
        b.post("/me/data/seen", &[]).await;
        assert!(!b.get("/").await.body.contains("Xem câu trả lời về dữ liệu của bạn"));

        let refused = asks(db, &mut b, &[("asks", "stop"), ("reason", "không cần")]).await;
        let path = format!("/unit/CB01/data-request/{refused}");
        secretary.get(&path).await;
        assert_eq!(secretary.post(&path, &[("act", "apply")]).await.status, StatusCode::NOT_FOUND, "there is nothing to write");
        secretary.post(&path, &[("act", "refuse"), ("answer", "Điều lệ bắt buộc ghi")]).await;
        assert!(b.get("/me/data").await.texts("#requests")[0].contains("Không làm"));
    }
}

#[tokio::test]
async fn only_ones_own_rows_can_be_asked_about() {
    for db in &both().await.all {
        let (mut b, _) = member(db).await;
        b.get("/me/data").await;
        for (kind, row, field) in [("commitment", "c9", ""), ("person", "45.000001", "name"), ("inspection", "n2", ""), ("activity", "a1", "title"), ("nothing", "x", ""), ("commitment", "c1", "unit")] {
            assert_eq!(b.get(&ask_path("correct", kind, row, field)).await.status, StatusCode::NOT_FOUND, "{kind} {row} {field}");
            let fields = [("asks", "correct"), ("kind", kind), ("row", row), ("field", field), ("proposed", "x")];
            assert_eq!(b.post("/me/data/ask", &fields).await.status, StatusCode::NOT_FOUND, "{kind} {row} {field}");
        }
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM data_request").await, 0);
    }
}

#[tokio::test]
async fn a_request_is_late_after_its_last_day() {
    for db in &both().await.all {
        let (mut b, _) = member(db).await;
        asks(db, &mut b, &[("asks", "copy")]).await;
        execute(db, "UPDATE data_request SET day = '2026-05-26', due = '2026-05-28'", &[]).await;
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let list = secretary.get("/unit/CB01/data-requests").await;
        assert_eq!(list.texts("#open .badge.late"), ["Quá hạn"]);
        assert_eq!(list.texts("#counts"), ["Chờ trả lời: 1. Quá hạn: 1."]);
    }
}

/// Every figure of the catalogue for two units over two years.
async fn figures(db: &Db) -> BTreeMap<String, String> {
    let today = db.clock().today();
    let Ok(book) = catalogue::load(&[], today) else { panic!("the shipped catalogue") };
    let mut tx = db.read().await.unwrap();
    let mut all = BTreeMap::new();
    for code in ["DU", "CB01"] {
        let asked = unit::by_code(&mut tx, code, today).await.unwrap().unwrap();
        let ctx = Context { period: Period::years(2025, 2026), start: None, report_day: today };
        let mut runner = Runner::new(&mut tx, &book, asked, ctx, TreeRule::FactDay).await.unwrap();
        for i in book.catalogue.all() {
            let figure = runner.figure(i).await.unwrap();
            all.insert(format!("{code} {}", i.id), format!("{:?}", figure.value));
        }
    }
    all
}

/// Everything that the database says in words, but for the log's chain.
async fn words(db: &Db) -> String {
    let mut tx = db.read().await.unwrap();
    let mut all = String::new();
    let mut tables: Vec<&str> = crate::REGISTRY.kinds().iter().map(|k| k.name).collect();
    tables.extend(["audit_payload", "commitment_draft", "account"]);
    for table in tables {
        for row in tx.query(&format!("SELECT * FROM {table}"), &[]).await.unwrap() {
            for value in row.values() {
                if let store::Value::Text(Some(text)) = value {
                    all.push_str(&format!("{table}: {text}\n"));
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn an_erasure_takes_the_person_away_and_leaves_every_figure_as_it_was() {
    for db in &both().await.all {
        let (mut b, person) = member(db).await;
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        // A change of the commitment stands in the log with its words.
        let change = [("self_review", "Tôi còn nóng tính lắm")];
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let draft = crate::person::fixture::draft(kind("commitment"), &change);
        crate::transfer::write_one(&mut tx, kind("commitment"), draft, Some("c1")).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let before = figures(db).await;
        assert!(before.len() > 400, "{}", before.len());
        assert!(before.values().filter(|v| v.contains("Int(1)") || v.contains("Int(2)")).count() > 10, "figures rest on the rows");

        let id = asks(db, &mut b, &[("asks", "erase"), ("reason", "Tôi chuyển đi")]).await;
        let path = format!("/unit/CB01/data-request/{id}/erase");
        let page = secretary.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("không thể lấy lại"));
        assert!(page.texts("#goes")[0].contains("Tệp bị gỡ hẳn1"), "{:?}", page.texts("#goes"));
        assert!(page.texts("#kept")[0].contains("Kiểm tra, giám sát2"), "{:?}", page.texts("#kept"));
        for fields in [[("answer", "Đúng luật"), ("x", "")], [("answer", ""), ("sure", "1")], [("answer", "Theo đơn của Đỗ Văn Em"), ("sure", "1")]] {
            assert_eq!(secretary.post(&path, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        }
        assert_eq!(figures(db).await, before);
        let done = secretary.post(&path, &[("answer", "Đúng luật"), ("sure", "1")]).await;
        assert_eq!(done.location(), "/unit/CB01/data-requests", "{}", done.body);

        let after = figures(db).await;
        for (figure, value) in &before {
            assert_eq!(&after[figure], value, "{figure}");
        }
        let all = words(db).await;
        for gone in [NAME, CODE, "nóng tính", "đi mổ mắt", "Trả lời đơn", "lắng nghe", "30 đơn", "vi.du", "em.txt", "bí mật", "Tôi chuyển đi"] {
            let left: Vec<&str> = all.lines().filter(|l| l.contains(gone)).collect();
            assert!(left.is_empty(), "{gone}: {left:?}");
        }
        // What archives keep is there, without the name; so is what others did.
        for kept in [NOBODY, GONE, "Thực hiện đúng", "12-QĐ/CB về Người đã xóa tên", "Lời của An", "Gặp Người đã xóa tên", "Đúng luật", "CK2026-XOA-2026"] {
            assert!(all.contains(kept), "{kept}");
        }
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM file_content").await, 0);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM commitment_draft").await, 0);
        let mut tx = db.read().await.unwrap();
        assert_eq!(store::verify_chain(&mut tx).await.unwrap(), None, "the log's chain holds");
        let noted = "SELECT COUNT(*) AS n FROM audit WHERE action = 'erase' AND kind = 'person' AND record = $1";
        assert_eq!(tx.one(noted, params![&person]).await.unwrap().int("n").unwrap(), 1);
        drop(tx);
        assert!(b.get("/me/data").await.location().starts_with("/sign-in"), "nobody is signed in as them any more");
        assert_eq!(number(db, "SELECT disabled AS n FROM account WHERE person IS NOT NULL").await, 1);
        assert!(!secretary.get(&path).await.texts("main").join(" ").contains("Sẽ xóa"), "once only");
    }
}

#[tokio::test]
async fn a_file_that_something_else_rests_on_is_kept_and_said() {
    for db in &both().await.all {
        let (mut b, _) = member(db).await;
        let values = [("code", "MC9"), ("unit", "CB01"), ("title", "Ảnh chung"), ("day", "11/02/2026")];
        rows(db, &[("evidence", "e9", &values)]).await;
        execute(db, "UPDATE evidence SET hash = (SELECT hash FROM evidence WHERE id = 'e1') WHERE id = 'e9'", &[]).await;
        let id = asks(db, &mut b, &[("asks", "erase")]).await;
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let path = format!("/unit/CB01/data-request/{id}/erase");
        let page = secretary.get(&path).await;
        assert!(page.body.contains("Tệp còn dùng cho việc khác"));
        secretary.post(&path, &[("answer", "Đúng luật"), ("sure", "1")]).await;
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM file_content").await, 1);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM evidence WHERE hash IS NULL").await, 1);
    }
}

#[tokio::test]
async fn an_erasure_is_not_an_officers_nor_another_cells() {
    for db in &both().await.all {
        let (mut b, _) = member(db).await;
        let id = asks(db, &mut b, &[("asks", "erase")]).await;
        let path = format!("/unit/CB01/data-request/{id}/erase");
        for (role, unit) in [(Role::Officer, "DU"), (Role::Secretary, "CB02"), (Role::Inspector, "CB01")] {
            let mut other = signed_in(db, role, unit).await;
            other.get("/").await;
            let answer = other.post(&path, &[("answer", "Đúng luật"), ("sure", "1")]).await;
            assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{role:?}: {}", answer.status);
        }
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM person WHERE name = 'Đỗ Văn Em'").await, 1);
    }
}

#[tokio::test]
async fn the_feature_is_well_made() {
    let before: Vec<_> = crate::REGISTRY.features.iter().copied().filter(|f| !matches!(f.name, "unit" | "privacy")).collect();
    crate::person::fixture::well_made(&super::FEATURE, &before).await;
}
