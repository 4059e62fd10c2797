//! A member's own commitment, from the first draft to the review, on both databases.

use crate::account::AccountGate;
use crate::browse::fixture::{account, both, number, rows, signed_in, site};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::{Actor, Id, Role};
use shell::testing::{Answer, Browser};
use store::{Db, params};

/// A member of the cell `CB01` with the rights of a member, signed in. Ids of persons whose accounts sign
/// in are real ids.
async fn member(db: &Db, name: &str, unit: &str) -> (Browser, String) {
    let person = Id::new().to_string();
    let code = format!("45.{}", &person[24..]);
    let values =
        [("code", code.as_str()), ("name", name), ("unit", unit), ("category", "party_member"), ("since", "01/01/2015")];
    rows(db, &[("person", &person, &values)]).await;
    let account = account(db, &[(Role::Member, unit)]).await;
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    crate::person::imply_memberships(&mut tx).await.unwrap();
    let sql = "UPDATE account SET person = $2 WHERE id = $1";
    tx.execute(sql, params![account, &person]).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = Browser::new(site(db, AccountGate));
    assert_eq!(browser.get(&format!("/test/enter/{account}")).await.body, "in");
    (browser, person)
}

async fn upload(b: &mut Browser, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    let csrf = b.csrf();
    for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
        let part = format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let (name, content) = file.unwrap_or(("", b""));
    let part = format!("--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    body.extend(part.into_bytes());
    body.extend(content);
    body.extend(b"\r\n--xx--\r\n");
    b.send(Method::POST, path, Some("multipart/form-data; boundary=xx"), Body::from(body)).await
}

const PATH: &str = "/me/commitment/2026";

/// One concrete item and one slogan.
const TYPED: [(&str, &str); 13] = [
    ("n", "2"),
    ("i1-id", ""),
    ("i1-area", "duty"),
    ("i1-what", "Trả lời đơn thư của công dân đúng hạn"),
    ("i1-measure", "Tỷ lệ đơn đúng hạn"),
    ("i1-target", "100%"),
    ("i1-deadline", "10/06/2026"),
    ("i1-duty", "Tiếp công dân"),
    ("i2-id", ""),
    ("i2-area", "thought"),
    ("i2-what", "Luôn gương mẫu, nêu cao tinh thần trách nhiệm"),
    ("i2-measure", ""),
    ("i2-deadline", ""),
];

fn typed(act: &'static str) -> Vec<(&'static str, &'static str)> {
    TYPED.into_iter().chain([("act", act)]).collect()
}

/// Sends the two items and has them registered; the commitment's id.
async fn registered(db: &Db, b: &mut Browser) -> String {
    let sent = b.post(PATH, &typed("send")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
    let list = secretary.get("/unit/CB01/commitment").await;
    let href = list.attributes("#to-register a", "href").remove(0);
    let done = secretary.post(&href, &[("registered_day", "01/06/2026"), ("act", "register")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    href.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_draft_keeps_what_was_typed_and_hints_and_is_nobody_elses() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        let page = b.get("/me/commitment").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.texts("h1"), ["Cam kết của tôi năm 2026"]);
        assert!(page.texts("#who dd").contains(&"Đỗ Văn Em".to_owned()));
        assert_eq!(page.texts("fieldset legend").len(), 5, "two blocks for duties, one for each other group");
        assert!(page.texts(".cm-hints").is_empty(), "nothing is written, so nothing is hinted");

        let wrong: Vec<_> = typed("save")
            .into_iter()
            .map(|(n, v)| if n == "i1-deadline" { (n, "31/02/2026") } else { (n, v) })
            .collect();
        assert_eq!(b.post(PATH, &wrong).await.location(), PATH);
        let page = b.get(PATH).await;
        let value = |name: &str| page.attributes(&format!("#{name}"), "value").remove(0);
        assert_eq!(value("i1-deadline"), "31/02/2026", "a draft keeps even what is wrong");
        assert_eq!(value("i2-what"), "Luôn gương mẫu, nêu cao tinh thần trách nhiệm");
        assert_eq!(page.texts("#block-1 .cm-hints li").len(), 1, "no day that can be read");
        assert_eq!(page.texts("#block-2 .hint-slogans").len(), 1);
        assert!(page.texts("#block-2 .hint-no-measure")[0].starts_with("Chưa nói đo bằng gì"));
        assert!(!page.texts("#block-2 .hint-no-measure details p")[0].is_empty(), "and why");

        let more = b.post(PATH, &typed("more:ethics")).await;
        assert_eq!(more.location(), "/me/commitment/2026#group-ethics");
        let page = b.get(PATH).await;
        assert_eq!(page.texts("#group-ethics fieldset").len(), 1);
        assert_eq!(page.attributes("#i1-what", "value"), ["Trả lời đơn thư của công dân đúng hạn"]);

        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM commitment").await, 0, "a draft is no record");
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let list = secretary.get("/unit/CB01/commitment").await;
        assert!(!list.body.contains("Đỗ Văn Em"));
        assert_eq!(list.texts("#to-register").len(), 0);
    }
}

#[tokio::test]
async fn what_cannot_be_sent_says_so_beside_its_field_and_hints_do_not_stand_in_the_way() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        let none = b.post(PATH, &[("n", "1"), ("i1-area", "duty"), ("act", "send")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(none.texts("#items-error").len(), 1);
        let wrong: Vec<_> = typed("send")
            .into_iter()
            .map(|(n, v)| match n {
                "i1-deadline" => (n, "31/02/2026"),
                "i2-what" => (n, ""),
                "i2-measure" => (n, "sổ"),
                _ => (n, v),
            })
            .collect();
        let refused = b.post(PATH, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.texts("#i1-deadline-error").len(), 1, "{}", refused.body);
        assert_eq!(refused.texts("#i2-what-error").len(), 1);
        assert_eq!(refused.attributes("#i1-what", "value"), ["Trả lời đơn thư của công dân đúng hạn"]);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM commitment").await, 0, "nothing half is kept");
        let sent = b.post(PATH, &typed("send")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "a slogan is hinted at, and sent: {}", sent.body);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM commitment_item WHERE vague = 1").await, 1);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM commitment_draft").await, 0);
        assert_eq!(b.post(PATH, &typed("save")).await.status, StatusCode::NOT_FOUND, "it is the cell's now");
    }
}

#[tokio::test]
async fn the_secretary_gives_back_with_words_and_registers_what_comes_again() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        b.post(PATH, &typed("send")).await;
        assert_eq!(b.get(PATH).await.texts("#waiting").len(), 1);
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let list = secretary.get("/unit/CB01/commitment").await;
        assert_eq!(list.texts("#to-register .what"), ["Đỗ Văn Em"], "{}", list.body);
        assert_eq!(list.texts("#waiting tbody th").len(), 0, "it does not count yet");
        let href = list.attributes("#to-register a", "href").remove(0);
        let page = secretary.get(&href).await;
        assert_eq!(page.texts("h1"), ["Cam kết 2026: Đỗ Văn Em"], "{}", page.body);
        assert_eq!(page.texts(".cm-item h3").len(), 2);
        assert_eq!(page.texts(".hint-slogans").len(), 1);
        assert_eq!(page.texts("#vague").len(), 1);
        assert_eq!(secretary.get(&format!("{href}/review")).await.status, StatusCode::NOT_FOUND);
        let empty = secretary.post(&href, &[("returned_why", " "), ("act", "return")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(empty.texts("#returned_why-error").len(), 1);
        let future = secretary.post(&href, &[("registered_day", "02/06/2026"), ("act", "register")]).await;
        assert_eq!(future.texts("#registered_day-error").len(), 1);
        let words = [("returned_why", "Việc 2 chưa rõ"), ("act", "return")];
        assert_eq!(secretary.post(&href, &words).await.location(), href);

        let page = b.get(PATH).await;
        assert!(page.texts("#returned")[0].contains("Việc 2 chưa rõ"), "{}", page.body);
        let ids = page.attributes("fieldset input[name$='-id']", "value");
        // The first item is kept, the second left out, another written in its place.
        let first = page.attributes("#group-duty input[name$='-id']", "value").remove(0);
        assert_eq!(ids.len(), 2);
        let again = [
            ("n", "2"),
            ("i1-id", first.as_str()),
            ("i1-area", "duty"),
            ("i1-what", "Trả lời đơn thư trong 5 ngày"),
            ("i1-measure", "Tỷ lệ đơn đúng hạn"),
            ("i1-target", "100%"),
            ("i1-deadline", "10/06/2026"),
            ("i2-id", "một mã lạ"),
            ("i2-area", "ethics"),
            ("i2-what", "Không nhận quà của người dân"),
            ("act", "send"),
        ];
        let sent = b.post(PATH, &again).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let kept = "SELECT COUNT(*) AS n FROM commitment_item WHERE withdrawn IS NULL";
        assert_eq!(number(db, kept).await, 2);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM commitment_item").await, 3, "rows are never deleted");
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM commitment").await, 1);
        let done = secretary.post(&href, &[("registered_day", "01/06/2026"), ("act", "register")]).await;
        assert_eq!(done.location(), href, "{}", done.body);
        let counted = "SELECT COUNT(*) AS n FROM commitment WHERE stage IS NULL AND registered_day = '2026-06-01'
                       AND returned_why = 'Việc 2 chưa rõ'";
        assert_eq!(number(db, counted).await, 1, "the reason stays on record");
        assert_eq!(secretary.post(&href, &words).await.status, StatusCode::NOT_FOUND, "once registered, it stays");
    }
}

#[tokio::test]
async fn progress_takes_a_picture_in_one_form_and_refuses_what_is_secret() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        let id = registered(db, &mut b).await;
        let page = b.get(PATH).await;
        // The slogan stands first: its group does.
        let href = page.attributes(".cm-item a.button", "href").remove(1);
        let form = b.get(&href).await;
        assert_eq!(form.attributes("#progress", "enctype"), ["multipart/form-data"], "{}", form.body);
        let empty = upload(&mut b, &href, &[("text", "")], None).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(empty.texts("#text-error").len(), 1);
        let secret = ("a.txt", "MẬT\nBáo cáo".as_bytes());
        let refused = upload(&mut b, &href, &[("text", "Đã làm")], Some(secret)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.texts("#file-error").len(), 1);
        assert_eq!(refused.attributes("#text", "value"), ["Đã làm"]);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM progress").await, 0);

        let photo = ("ảnh.png", &b"\x89PNG\r\n\x1a\n0123"[..]);
        let text = "30/30 đơn, xem https://dak.vn/tin.";
        let done = upload(&mut b, &href, &[("text", text), ("done", "1")], Some(photo)).await;
        assert!(done.location().starts_with("/me/commitment/2026#item-"), "{}", done.body);
        let kept = "SELECT COUNT(*) AS n FROM progress g JOIN evidence e ON e.id = g.file
                    WHERE g.link = 'https://dak.vn/tin' AND g.done = 1 AND e.about_kind = 'commitment'";
        assert_eq!(number(db, kept).await, 1);
        let ticked = "SELECT COUNT(*) AS n FROM commitment_item WHERE done_day = '2026-06-01' AND vague = 0";
        assert_eq!(number(db, ticked).await, 1);
        let page = b.get(PATH).await;
        assert!(page.texts("#state")[0].contains("Đã xong 1 trên 2 việc"), "{:?}", page.texts("#state"));
        let file = page.attributes("a.cm-file[href^='/me/']", "href").remove(0);
        assert_eq!(b.raw(&file).await, photo.1);
        let (mut other, _) = member(db, "Bùi Thị Gấm", "CB01").await;
        assert_eq!(other.get(&file).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&href).await.status, StatusCode::NOT_FOUND);
        assert_eq!(upload(&mut other, &href, &[("text", "x")], None).await.status, StatusCode::NOT_FOUND);

        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let one = secretary.get(&format!("/unit/CB01/commitment/{id}")).await;
        let file = one.attributes("a.cm-file[href^='/unit/']", "href").remove(0);
        assert_eq!(secretary.raw(&file).await, photo.1);
        let add = one.attributes(".cm-item a.button", "href").remove(0);
        let added = upload(&mut secretary, &add, &[("text", "Chi bộ đã nhắc")], None).await;
        assert_eq!(added.location(), format!("/unit/CB01/commitment/{id}"), "{}", added.body);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM progress").await, 2);
    }
}

#[tokio::test]
async fn comrades_of_the_cell_write_slips_whose_author_the_committee_alone_sees() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        let id = registered(db, &mut b).await;
        let (mut comrade, _) = member(db, "Bùi Thị Gấm", "CB01").await;
        let (mut stranger, _) = member(db, "Hồ Văn Xa", "CB02").await;
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        assert!(!comrade.get("/").await.body.contains("Góp ý cho cam kết"), "nobody asked yet");
        let asked = secretary.post("/unit/CB01/commitment/ask/2026", &[]).await;
        assert_eq!(asked.location(), "/unit/CB01/commitment?year=2026");
        assert!(comrade.get("/").await.body.contains("Góp ý cho cam kết của đồng chí: 1 đồng chí"));
        assert_eq!(comrade.get("/me/feedback").await.texts("#comrades .what"), ["Đỗ Văn Em"]);
        let path = format!("/me/feedback/{id}");
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(b.get(&path).await.status, StatusCode::NOT_FOUND, "not about one's own");
        assert_eq!(comrade.post(&path, &[("text", "")]).await.texts("#text-error").len(), 1);
        for words in ["Cần ghi rõ hạn", "Cần ghi rõ hạn từng việc"] {
            assert_eq!(comrade.post(&path, &[("text", words)]).await.location(), "/me/feedback");
        }
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM feedback").await, 1, "one slip, reworded");
        assert!(!comrade.get("/").await.body.contains("Góp ý cho cam kết"));
        let own = b.get(PATH).await;
        assert_eq!(own.texts("#feedback .quote"), ["Cần ghi rõ hạn từng việc"]);
        assert!(!own.body.contains("Bùi Thị Gấm"), "the person does not read who says it");
        let review = secretary.get(&format!("/unit/CB01/commitment/{id}/review")).await;
        assert!(review.texts("#feedback")[0].contains("Bùi Thị Gấm"), "{}", review.body);
    }
}

#[tokio::test]
async fn the_person_looks_back_and_reads_the_result_with_its_reason() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        let id = registered(db, &mut b).await;
        let look = format!("{PATH}/look");
        let empty = b.post(&look, &[("self_review", ""), ("act", "self")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(empty.texts("#self_review-error").len(), 1);
        for (act, field) in [("midyear", "midyear"), ("self", "self_review")] {
            assert_eq!(b.post(&look, &[(field, "Đã làm một nửa"), ("act", act)]).await.location(), PATH);
        }
        let kept = "SELECT COUNT(*) AS n FROM commitment WHERE midyear = 'Đã làm một nửa'
                    AND self_review_day = '2026-06-01' AND midyear_day = '2026-06-01'";
        assert_eq!(number(db, kept).await, 1);
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let one = secretary.get(&format!("/unit/CB01/commitment/{id}")).await;
        assert_eq!(one.texts("#self-review"), ["Đã làm một nửa"]);
        let review = format!("/unit/CB01/commitment/{id}/review");
        let fields = [("result", "partly"), ("review_day", "01/06/2026"), ("why", "Còn hai đơn chậm")];
        let done = secretary.post(&review, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = b.get(PATH).await;
        assert!(page.texts("#result")[0].contains("Thực hiện một phần"), "{}", page.body);
        assert!(page.texts("#result")[0].contains("Còn hai đơn chậm"));
        assert_eq!(b.post(&look, &[("midyear", "x"), ("act", "midyear")]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn last_years_items_begin_the_draft_and_are_told_to_repeat() {
    for db in &both().await.all {
        let (mut b, person) = member(db, "Đỗ Văn Em", "CB01").await;
        let last = [("code", "CK-L"), ("unit", "CB01"), ("person", person.as_str()), ("year", "2025")];
        let what = "Trả lời đơn thư của công dân đúng hạn";
        let item = [
            ("commitment", "cl"),
            ("no", "1"),
            ("what", what),
            ("measure", "sổ"),
            ("target", "100%"),
            ("deadline", "30/11/2025"),
        ];
        rows(db, &[("commitment", "cl", &last), ("commitment_item", "il", &item)]).await;
        let page = b.get(PATH).await;
        assert_eq!(page.texts("button[value=copy]").len(), 1);
        let written = [("n", "2"), ("i2-area", "ethics"), ("i2-target", "mỗi tháng"), ("act", "copy")];
        b.post(PATH, &written).await;
        let page = b.get(PATH).await;
        assert_eq!(page.attributes("#i1-target", "value"), ["mỗi tháng"], "what is written already is kept");
        assert_eq!(page.attributes("#i2-what", "value"), [what]);
        assert_eq!(page.attributes("#i2-deadline", "value"), [""], "last year's day is asked for again");
        assert_eq!(page.texts("#block-2 .hint-repeats").len(), 1, "{}", page.body);
    }
}

#[tokio::test]
async fn home_says_what_waits_for_the_member_and_for_the_secretary() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        let write = "Viết bản cam kết năm 2026";
        assert!(!b.get("/").await.body.contains(write), "in June nobody is asked without a plan or a theme");
        let programme = [("code", "CT"), ("name", "Học tập"), ("from_day", "01/01/2026")];
        let theme = [
            ("code", "CD26"),
            ("programme", "ct"),
            ("unit", "DU"),
            ("kind", "year"),
            ("title", "Trách nhiệm"),
            ("year", "2026"),
        ];
        rows(db, &[("programme", "ct", &programme), ("theme", "t", &theme)]).await;
        let home = b.get("/").await;
        assert!(home.body.contains(write), "{}", home.body);
        assert_eq!(home.attributes("a.duty", "href"), [PATH]);
        b.post(PATH, &typed("send")).await;
        let of_theme = "SELECT COUNT(*) AS n FROM commitment WHERE theme = 't'";
        assert_eq!(number(db, of_theme).await, 1, "it belongs to the year's only theme");
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        assert!(secretary.get("/").await.body.contains("Đăng ký bản cam kết: 1 bản"));
        let list = secretary.get("/unit/CB01/commitment").await;
        let href = list.attributes("#to-register a", "href").remove(0);
        secretary.post(&href, &[("registered_day", "01/06/2026"), ("act", "register")]).await;
        let home = b.get("/").await;
        assert!(
            home.body.contains("Việc đã cam kết sắp đến hạn: Trả lời đơn thư của công dân đúng hạn"),
            "ten days from now: {}",
            home.body
        );
        let midyear = "Nhìn lại bản cam kết giữa năm";
        assert!(home.body.contains(midyear), "in June it is looked back on");
        b.post(&format!("{PATH}/look"), &[("midyear", "Được nửa việc"), ("act", "midyear")]).await;
        assert!(!b.get("/").await.body.contains(midyear));
        assert!(!secretary.get("/").await.body.contains("Đăng ký bản cam kết"));
        let done = "UPDATE commitment_item SET done_day = '2026-06-01' WHERE deadline IS NOT NULL";
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute(done, &[]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(b.get("/").await.body.contains("Ghi tiến độ cam kết: 1 việc"));
    }
}

#[tokio::test]
async fn an_account_that_belongs_to_nobody_has_no_commitment() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Member, "CB01").await;
        for path in ["/me/commitment", "/me/feedback"] {
            assert!(b.get(path).await.texts("main .notice")[0].contains("chưa gắn với một đảng viên"), "{path}");
        }
        assert_eq!(b.get(PATH).await.status, StatusCode::NOT_FOUND);
        assert_eq!(b.post(PATH, &typed("send")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_was_sent_is_taken_back_by_its_writer_until_it_is_registered() {
    for db in &both().await.all {
        let (mut b, _) = member(db, "Đỗ Văn Em", "CB01").await;
        b.post(PATH, &typed("send")).await;
        let page = b.get(PATH).await;
        let recall = page.attributes("#recall", "action").remove(0);
        assert_eq!(b.post(&recall, &[]).await.location(), PATH);
        let page = b.get(PATH).await;
        assert!(page.texts("#returned")[0].contains("Người viết rút lại"), "{}", page.body);
        let what = page.attributes("#group-duty input[name$='-what']", "value");
        assert!(what.contains(&"Trả lời đơn thư của công dân đúng hạn".to_owned()), "{what:?}");
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let list = secretary.get("/unit/CB01/commitment").await;
        assert!(list.texts("#to-register a").is_empty(), "nothing waits any more");

        let items = page.attributes("fieldset input[name$='-id']", "value");
        let again: Vec<_> = typed("send")
            .into_iter()
            .map(|(n, v)| match n {
                "i1-id" => (n, items[0].as_str()),
                "i2-id" => (n, items[1].as_str()),
                _ => (n, v),
            })
            .collect();
        assert_eq!(b.post(PATH, &again).await.status, StatusCode::SEE_OTHER);
        let href = secretary.get("/unit/CB01/commitment").await.attributes("#to-register a", "href").remove(0);
        secretary.post(&href, &[("registered_day", "01/06/2026"), ("act", "register")]).await;
        let late = b.post(&recall, &[]).await;
        assert!(late.status.is_client_error() && late.body.contains("không còn chờ đăng ký"), "{}", late.body);
    }
}
