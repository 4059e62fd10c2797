//! A session from its plan to what came of it, through the router on both databases.

use super::rules::Rule;
use super::{rota, sheet, token};
use crate::account::AccountGate;
use crate::activity::figures;
use crate::browse::fixture::{NOW, account, both, number, row, rows, signed_in, site};
use crate::person::fixture::tally;
use axum::http::StatusCode;
use chrono::Weekday;
use domain::{Actor, Day, Id, Role};
use shell::testing::{Answer, Browser};
use store::{Db, params};

const AN: &str = "45.000001";

fn day(text: &str) -> Day {
    domain::parse_day(text).unwrap()
}

/// A member of a unit with an account of their own, signed in.
async fn member(db: &Db, name: &'static str, unit: &'static str) -> (String, Browser) {
    let id = Id::new().to_string();
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let values = [
        ("code", id.as_str()),
        ("name", name),
        ("unit", unit),
        ("category", "party_member"),
        ("since", "01/01/2015"),
    ];
    row(&mut tx, "person", &id, &values).await;
    crate::person::imply_memberships(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let account = account(db, &[(Role::Member, unit)]).await;
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let bind = "UPDATE account SET person = $1 WHERE id = $2";
    assert_eq!(tx.execute(bind, params![&id, account]).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let mut browser = Browser::new(site(db, AccountGate));
    assert_eq!(browser.get(&format!("/test/enter/{account}")).await.body, "in");
    (id, browser)
}

async fn plan(b: &mut Browser, day: &str) -> String {
    b.get("/unit/CB01/session/new").await;
    let fields = [
        ("kind", "topic_session"),
        ("title", "Học Bác về trách nhiệm"),
        ("day", day),
        ("hour", "19h30"),
        ("place", "Nhà văn hóa"),
        ("mode", "in_person"),
        ("depth", "in_depth"),
        ("lead_in", AN),
        ("agenda", "- Chào cờ\n- Báo cáo đề dẫn\n\n- Thảo luận"),
    ];
    let done = b.post("/unit/CB01/session/new", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.location().to_owned()
}

/// What stands at the end of a session's path.
fn id_of(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

fn ok(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[test]
fn the_rule_in_force_on_the_day_of_the_session_applies() {
    let old = Rule::on(day("27/10/2025")).unwrap();
    assert_eq!((old.paper_by(day("27/10/2025")), old.minutes_by(day("27/10/2025"))), (day("24/10/2025"), None));
    assert_eq!(old.least("regular"), None);
    let new = Rule::on(day("28/10/2025")).unwrap();
    assert!(new.source.contains("42-HD/BTCTW"));
    assert_eq!(new.paper_by(day("28/10/2025")), day("27/10/2025"));
    assert_eq!(new.minutes_by(day("28/10/2025")), Some(day("30/10/2025")));
    assert_eq!((new.least("regular"), new.least("topic_session")), (Some(90), Some(120)));
}

#[test]
fn hours_are_read_as_people_write_them() {
    for (typed, minutes) in [("19:30", 1_170), ("19h30", 1_170), ("19 giờ 30", 1_170), ("8h", 480), ("07.05", 425)] {
        assert_eq!(sheet::clock(typed), Some(minutes), "{typed}");
    }
    for typed in ["", "tối", "24:00", "19:60", "7", "h", "1930", "19:030", "-1:00", "１９:30"] {
        assert_eq!(sheet::clock(typed), None, "{typed}");
    }
    assert_eq!(sheet::length("19:30", "21:05"), Some(95));
    assert_eq!(sheet::length("21:05", "19:30"), None);
}

#[test]
fn a_rota_is_every_such_weekday_or_the_first_of_each_month() {
    let weekly = rota::days("weekly_reading", Weekday::Mon, day("01/06/2026"), day("30/06/2026"));
    assert_eq!(weekly, [day("01/06/2026"), day("08/06/2026"), day("15/06/2026"), day("22/06/2026"), day("29/06/2026")]);
    let flag = rota::days("flag_ceremony", Weekday::Mon, day("02/06/2026"), day("31/08/2026"));
    assert_eq!(flag, [day("06/07/2026"), day("03/08/2026")]);
}

#[tokio::test]
async fn a_planned_session_counts_nowhere_until_it_is_held() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = plan(&mut b, "01/06/2026").await;
        let counted = async || {
            let mut tx = db.read().await.unwrap();
            tally(&mut tx, &figures::ACTIVITY, "1 = 1").await.0
        };
        assert_eq!(counted().await, 0);
        let page = b.get(&path).await;
        assert_eq!(page.texts("#agenda li"), ["Chào cờ", "Báo cáo đề dẫn", "Thảo luận"]);
        assert!(page.texts("#paper")[0].contains("chậm nhất ngày 31/05/2026"), "{:?}", page.texts("#paper"));
        ok(&b.post(&format!("{path}/hold"), &[]).await);
        ok(&b.post(&format!("{path}/hold"), &[]).await);
        assert_eq!(counted().await, 1, "held once, however often the button is pressed");
        let same = "SELECT COUNT(*) AS n FROM activity a JOIN meeting m ON m.activity = a.id AND m.code = a.code
                    WHERE a.kind = 'topic_session' AND a.depth = 'in_depth' AND a.day = '2026-06-01' AND a.lead_in = '45.000001'";
        assert_eq!(number(db, same).await, 1);
        let edit = b.get(&format!("{path}/edit")).await;
        assert_eq!(edit.status, StatusCode::CONFLICT, "what was held is corrected where it counts");
    }
}

#[tokio::test]
async fn a_session_cannot_be_held_before_its_day_nor_planned_for_a_day_that_is_over() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = plan(&mut b, "05/06/2026").await;
        assert!(b.get(&path).await.texts("#hold").is_empty());
        let early = b.post(&format!("{path}/hold"), &[]).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM activity").await, 0);
        let fields = [("kind", "regular"), ("title", "Tháng 5"), ("day", "31/05/2026"), ("hour", "tối")];
        let late = b.post("/unit/CB01/session/new", &fields).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.texts("#day-error")[0].contains("đã qua"));
        assert_eq!(late.attributes("#hour", "value"), ["tối"], "what was typed stays");
        let fields = [("kind", "regular"), ("title", "Tháng 6"), ("day", "30/06/2026"), ("hour", "tối")];
        let hour = b.post("/unit/CB01/session/new", &fields).await;
        assert!(hour.texts("#hour-error")[0].contains("tối"), "{}", hour.body);
        let twice = [
            ("kind", "topic_session"),
            ("depth", "in_depth"),
            ("title", "Học Bác  về trách nhiệm"),
            ("day", "05/06/2026"),
        ];
        let twice = b.post("/unit/CB01/session/new", &twice).await;
        assert_eq!(twice.texts("#title-error").len(), 1);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM meeting").await, 1);
    }
}

#[tokio::test]
async fn a_paper_sent_late_is_said_and_kept() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = plan(&mut b, "01/06/2026").await;
        ok(&b.post(&format!("{path}/sent"), &[("paper_sent_day", "01/06/2026")]).await);
        assert!(b.get(&path).await.texts("#paper.warn")[0].contains("chậm 1 ngày"));
        let future = b.post(&format!("{path}/sent"), &[("paper_sent_day", "02/06/2026")]).await;
        assert!(future.texts("#paper_sent_day-error")[0].contains("chưa tới"));
    }
}

#[tokio::test]
async fn an_invitation_says_day_hour_place_and_agenda() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = plan(&mut b, "05/06/2026").await;
        let words = b.get(&format!("{path}/invite")).await.texts("#words").join("");
        for part in ["Chi bộ Văn phòng", "19:30, 05/06/2026", "Nhà văn hóa", "2. Báo cáo đề dẫn", "Nguyễn Văn An"] {
            assert!(words.contains(part), "{part} in {words}");
        }
    }
}

#[tokio::test]
async fn an_apology_is_the_members_own_and_stands_on_the_attendance_sheet() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let (em, mut member_) = member(db, "Hoàng Thị Em", "CB01").await;
        let (_, mut stranger) = member(db, "Vũ Văn Giang", "CB02").await;
        let path = plan(&mut b, "01/06/2026").await;
        let mine = format!("/me/session/{}", id_of(&path));
        assert_eq!(stranger.get(&mine).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.post(&mine, &[("answer", "coming")]).await.status, StatusCode::NOT_FOUND);
        let home = member_.get("/").await;
        assert!(home.body.contains("Trả lời lời mời họp"), "{}", home.body);
        assert!(!stranger.get("/").await.body.contains("Trả lời lời mời họp"));
        let bare = member_.post(&mine, &[("answer", "excused")]).await;
        assert_eq!(bare.texts("#reason-error").len(), 1, "{}", bare.body);
        assert_eq!(bare.attributes("#answer input[checked]", "value"), ["excused"]);
        ok(&member_.post(&mine, &[("answer", "coming"), ("reason", "")]).await);
        ok(&member_.post(&mine, &[("answer", "excused"), ("reason", "Đi công tác")]).await);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM meeting_answer").await, 1);
        assert_eq!(b.get(&path).await.texts("#apologies li"), ["Hoàng Thị Em: Đi công tác"]);
        assert!(!member_.get("/").await.body.contains("Trả lời lời mời họp"));

        ok(&b.post(&format!("{path}/hold"), &[]).await);
        assert_eq!(member_.post(&mine, &[("answer", "coming")]).await.status, StatusCode::CONFLICT);
        let sheet = b.get(&path).await.attributes("main .actions a[href*='attendance']", "href")[0].clone();
        let page = b.get(&sheet).await;
        assert_eq!(page.attributes(&format!("[id='s-{em}'] option[selected]"), "value"), ["excused"]);
        assert!(page.body.contains("Xin vắng: Đi công tác"));
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM attendance").await, 0, "a preset is not a row");
    }
}

/// The code that the secretary's screen shows.
async fn code(b: &mut Browser, path: &str) -> String {
    let page = b.get(&format!("{path}/qr")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(page.header("refresh"), "45");
    assert_eq!(page.texts(".ss-qr svg").len(), 1);
    let link = page.attributes("#link", "href")[0].clone();
    assert!(link.starts_with("http://localhost/me/attend/"), "{link}");
    link.trim_start_matches("http://localhost").to_owned()
}

#[tokio::test]
async fn a_member_is_present_once_by_the_code_on_the_screen_and_nobody_else_is() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let (em, mut member_) = member(db, "Hoàng Thị Em", "CB01").await;
        let (_, mut stranger) = member(db, "Vũ Văn Giang", "CB02").await;
        let path = plan(&mut b, "01/06/2026").await;
        assert_eq!(b.get(&format!("{path}/qr")).await.status, StatusCode::CONFLICT, "it has not begun");
        ok(&b.post(&format!("{path}/hold"), &[]).await);
        let link = code(&mut b, &path).await;
        let mut nobody = Browser::new(site(db, AccountGate));
        assert!(nobody.get(&link).await.location().starts_with("/sign-in"));
        assert_eq!(member_.get(&link).await.texts("#attend button"), ["Tôi có mặt"]);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM attendance").await, 0, "looking writes nothing");
        ok(&member_.post(&link, &[]).await);
        ok(&member_.post(&link, &[]).await);
        assert_eq!(member_.get(&link).await.texts("#here").len(), 1);
        // The same link in the hands of another is that other's, or nobody's.
        assert_eq!(stranger.get(&link).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.post(&link, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(b.post(&link, &[]).await.status, StatusCode::CONFLICT, "an account without a person");
        let mut tx = db.read().await.unwrap();
        let row = tx.one("SELECT person, status FROM attendance", &[]).await.unwrap();
        assert_eq!((row.words("person").unwrap(), row.words("status").unwrap()), (em, "present".to_owned()));
        drop(tx);
        let screen = b.get(&format!("{path}/qr")).await;
        assert_eq!(screen.texts("#here"), ["Có mặt 1/4"]);
        assert_eq!(screen.texts("#arrived li"), ["Hoàng Thị Em"]);
    }
}

#[tokio::test]
async fn a_code_is_good_for_three_minutes_and_cannot_be_made_up() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let (_, mut member_) = member(db, "Hoàng Thị Em", "CB01").await;
        let path = plan(&mut b, "01/06/2026").await;
        ok(&b.post(&format!("{path}/hold"), &[]).await);
        let id = id_of(&path);
        let mut tx = db.read().await.unwrap();
        let secret = tx.one("SELECT secret FROM attend_secret", &[]).await.unwrap().words("secret").unwrap();
        drop(tx);
        let at = |minutes: i64| format!("/me/attend/{}", token::make(&secret, &id, NOW - minutes * 60_000));
        for (minutes, status) in [(0, StatusCode::OK), (2, StatusCode::OK), (3, StatusCode::GONE), (-1, StatusCode::GONE)] {
            assert_eq!(member_.get(&at(minutes)).await.status, status, "{minutes} minutes old");
        }
        assert_eq!(member_.post(&at(4), &[]).await.status, StatusCode::CONFLICT);
        for made_up in [
            token::make("0000", &id, NOW),
            format!("{id}.{}.", NOW / 60_000),
            format!("{id}.x.y"),
            id.clone(),
            "...".to_owned(),
        ] {
            let answer = member_.get(&format!("/me/attend/{made_up}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{made_up}");
        }
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM attendance").await, 0);
    }
}

#[tokio::test]
async fn a_code_works_only_on_the_day_and_not_where_heads_were_counted() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let (_, mut member_) = member(db, "Hoàng Thị Em", "CB01").await;
        let path = plan(&mut b, "01/06/2026").await;
        ok(&b.post(&format!("{path}/hold"), &[]).await);
        let link = code(&mut b, &path).await;
        let mut tx = db.read().await.unwrap();
        let activity = tx.one("SELECT id FROM activity", &[]).await.unwrap().words("id").unwrap();
        drop(tx);
        let counted = [("activity", activity.as_str()), ("site", "Hội trường"), ("unit", "CB01"), ("attended", "3")];
        rows(db, &[("attendance_site", "hc", &counted)]).await;
        let twice = member_.post(&link, &[]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "nobody is counted twice");
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM attendance").await, 0);
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute("UPDATE attendance_site SET withdrawn = 'x'", &[]).await.unwrap();
        tx.execute("UPDATE meeting SET day = '2026-05-31'", &[]).await.unwrap();
        tx.commit().await.unwrap();
        let after = member_.post(&link, &[]).await;
        assert_eq!(after.status, StatusCode::CONFLICT);
        assert!(after.body.contains("31/05/2026"), "{}", after.body);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM attendance").await, 0);
    }
}

#[tokio::test]
async fn minutes_conclusion_and_length_reach_the_activity_and_make_a_document() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = plan(&mut b, "01/06/2026").await;
        ok(&b.post(&format!("{path}/hold"), &[]).await);
        assert!(b.get("/").await.body.contains("Ghi biên bản"));
        let wrong = [("started", "19:30"), ("ended", "19:00"), ("record", "Đồng chí An nêu ý kiến")];
        let wrong = b.post(&format!("{path}/close"), &wrong).await;
        assert_eq!(wrong.texts("#ended-error").len(), 1, "{}", wrong.body);
        assert_eq!(wrong.texts("#record"), ["Đồng chí An nêu ý kiến"], "nothing typed is lost");
        let fields = [
            ("chair", AN),
            ("writer", "45.000002"),
            ("started", "19:30"),
            ("ended", "21h05"),
            ("record", "Đồng chí An nêu ý kiến"),
            ("minutes_day", "01/06/2026"),
            ("conclusion", "Chi bộ thống nhất"),
        ];
        ok(&b.post(&format!("{path}/close"), &fields).await);
        let row = "SELECT COUNT(*) AS n FROM activity WHERE minutes = 1 AND minutes_day = '2026-06-01' AND minutes_length = 95
                   AND conclusion = 'Chi bộ thống nhất'";
        assert_eq!(number(db, row).await, 1);
        let page = b.get(&path).await;
        let said = page.texts(".notice.warn").join(" ");
        assert!(said.contains("95 phút") && said.contains("120"), "a topic session of 95 minutes is short: {said}");
        assert!(!b.get("/").await.body.contains("Ghi biên bản"));
        let docx = b.raw(&format!("{path}/minutes.docx")).await;
        let read = document::edited::read(&docx).map_err(|m| m.to_string()).unwrap();
        let text: Vec<_> = read.paragraphs.iter().map(|p| p.text.as_str()).collect();
        let text = text.join("\n");
        for part in ["BIÊN BẢN", "từ 19:30 đến 21:05", "Đồng chí An nêu ý kiến", "Chi bộ thống nhất", "Nguyễn Văn An"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}

#[tokio::test]
async fn the_next_session_asks_about_what_the_last_one_gave() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let (em, mut member_) = member(db, "Hoàng Thị Em", "CB01").await;
        let path = plan(&mut b, "01/06/2026").await;
        ok(&b.post(&format!("{path}/hold"), &[]).await);
        let task = [("task", "Rà soát hồ sơ"), ("owner", em.as_str()), ("deadline", "10/06/2026")];
        ok(&b.post(&format!("{path}/task"), &task).await);
        let twice = b.post(&format!("{path}/task"), &task).await;
        assert_eq!(twice.texts("#task-error").len(), 1);
        let early = [("task", "Việc khác"), ("deadline", "31/05/2026")];
        assert_eq!(b.post(&format!("{path}/task"), &early).await.texts("#deadline-error").len(), 1);
        assert!(member_.get("/").await.body.contains("Rà soát hồ sơ"));
        assert_eq!(member_.get("/me/tasks").await.texts("#tasks strong"), ["Rà soát hồ sơ"]);
        assert!(b.get(&path).await.texts("#asked legend").is_empty(), "it does not ask about its own");

        let next = plan(&mut b, "08/06/2026").await;
        let page = b.get(&next).await;
        assert_eq!(page.texts("#asked legend"), ["Rà soát hồ sơ"]);
        let id = page.attributes("#asked input[type=text]", "id")[0].trim_start_matches("o-").to_owned();
        let (done, came, session) = (format!("d-{id}"), format!("o-{id}"), id_of(&next));
        let bare = [("session", session.as_str()), (&done, "done")];
        let bare = b.post("/unit/CB01/sessions/asked", &bare).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(bare.texts(".error").len(), 1, "{}", bare.body);
        let not_yet = [("session", session.as_str()), (&done, ""), (&came, "Còn 3 hồ sơ")];
        ok(&b.post("/unit/CB01/sessions/asked", &not_yet).await);
        assert_eq!(b.get(&next).await.attributes("#asked input[type=text]", "value"), ["Còn 3 hồ sơ"]);
        let all = [("session", session.as_str()), (&done, "done"), (&came, "Xong 12 hồ sơ")];
        ok(&b.post("/unit/CB01/sessions/asked", &all).await);
        let row = "SELECT COUNT(*) AS n FROM follow_up WHERE done_day = '2026-06-01' AND outcome = 'Xong 12 hồ sơ' AND late = 0";
        assert_eq!(number(db, row).await, 1);
        assert!(b.get(&next).await.texts("#asked").is_empty());
    }
}

#[tokio::test]
async fn make_up_study_goes_on_until_everybody_is_reached() {
    for db in &both().await.all {
        let conference = [
            ("code", "HN-1"),
            ("unit", "CB01"),
            ("kind", "conference"),
            ("title", "Quán triệt"),
            ("day", "20/05/2026"),
        ];
        let there = [("activity", "hn"), ("person", AN), ("status", "present")];
        let away = [("activity", "hn"), ("person", "45.000002"), ("status", "excused")];
        rows(db, &[("activity", "hn", &conference), ("attendance", "a1", &there), ("attendance", "a2", &away)]).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        assert!(b.get("/").await.body.contains("2 người chưa học: ghi học bổ sung"));
        let path = "/unit/CB01/activity/hn/makeup";
        let page = b.get(path).await;
        assert_eq!(page.texts("#tally"), ["Đã học 1/3; còn 2 người."]);
        assert_eq!(page.attributes("#people input", "value"), ["45.000002", "45.000004"]);
        assert_eq!(b.post(path, &[("makeup_day", "25/05/2026")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let early = [("makeup_day", "19/05/2026"), ("people", "45.000002")];
        assert_eq!(b.post(path, &early).await.texts("#makeup_day-error").len(), 1);
        let elsewhere = [("makeup_day", "25/05/2026"), ("people", "45.000003")];
        assert_eq!(b.post(path, &elsewhere).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let both_ = [("makeup_day", "25/05/2026"), ("people", "45.000002"), ("people", "45.000004")];
        ok(&b.post(path, &both_).await);
        assert_eq!(b.get(path).await.texts("#tally"), ["Đủ 3/3: mọi người đều đã học."]);
        let mut tx = db.read().await.unwrap();
        assert_eq!(tally(&mut tx, &figures::ATTENDED, "made_up = 1").await, (2, 2));
    }
}

#[tokio::test]
async fn a_rota_made_twice_is_one_and_two_turns_can_be_swapped() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        assert_eq!(b.get("/unit/CB01/rota").await.texts("#who label"), ["Tổ đảng số 1"], "groups before persons");
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        let page = other.get("/unit/CB02/rota").await;
        assert_eq!(page.texts("#who label"), ["Lê Văn Cường"], "persons where there are no groups");
        let (fourth, _) = member(db, "Hoàng Thị Em", "CB02").await;
        let year = [
            ("kind", "weekly_reading"),
            ("weekday", "0"),
            ("from", "01/06/2026"),
            ("to", "31/12/2026"),
            ("who", "45.000003"),
            ("who", fourth.as_str()),
        ];
        ok(&other.post("/unit/CB02/rota", &year).await);
        let turns = "SELECT COUNT(*) AS n FROM reading_turn";
        assert_eq!(number(db, turns).await, 31);
        let again = other.post("/unit/CB02/rota", &year).await;
        ok(&again);
        assert_eq!(other.get("/unit/CB02/rota").await.texts(".notice.done"), ["Những ngày này đã có lịch; không thay đổi gì."]);
        assert_eq!(number(db, turns).await, 31, "making it again changes nothing");
        let mine = "SELECT COUNT(*) AS n FROM reading_turn WHERE turn_person = '45.000003'";
        assert_eq!(number(db, mine).await, 16, "by turns");

        let ids = other.get("/unit/CB02/rota").await.attributes("#one option", "value");
        let (one, two) = (ids[1].clone(), ids[2].clone());
        ok(&other.post("/unit/CB02/rota/swap", &[("one", &one), ("other", &two)]).await);
        let first = "SELECT COUNT(*) AS n FROM reading_turn WHERE day = '2026-06-08' AND turn_person = '45.000003'";
        assert_eq!(number(db, first).await, 1);
        let stolen = b.post("/unit/CB01/rota/swap", &[("one", &one), ("other", &two)]).await;
        assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY, "another unit's turns are no choice");
        let long = [("kind", "weekly_reading"), ("weekday", "0"), ("from", "01/06/2026"), ("to", "31/12/2030"), ("who", "45.000003")];
        assert_eq!(other.post("/unit/CB02/rota", &long).await.texts("#to-error").len(), 1);
    }
}

#[tokio::test]
async fn a_reading_is_ticked_in_one_tap_and_counts_for_the_group_whose_turn_it_was() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let (_, mut reader) = member(db, "Hoàng Thị Em", "T1").await;
        b.get("/unit/CB01/rota").await;
        let june = [("kind", "weekly_reading"), ("weekday", "0"), ("from", "01/06/2026"), ("to", "30/06/2026"), ("who", "T1")];
        ok(&b.post("/unit/CB01/rota", &june).await);
        assert!(reader.get("/").await.body.contains("Đến lượt đọc đầu tuần, chào cờ"));
        assert!(b.get("/").await.body.contains("1 buổi đọc đầu tuần"), "{}", b.get("/").await.body);
        let page = b.get("/unit/CB01/rota").await;
        assert_eq!(page.attributes(".ss-read input[name=title]", "value"), ["Đọc mẩu chuyện ngày 01/06/2026"]);
        let tick = page.attributes(".ss-read", "action")[0].clone();
        ok(&b.post(&tick, &[("title", "Bát cơm chia đôi")]).await);
        ok(&b.post(&tick, &[("title", "Bát cơm chia đôi")]).await);
        let row = "SELECT COUNT(*) AS n FROM activity WHERE kind = 'weekly_reading' AND turn = 'T1' AND day = '2026-06-01'
                   AND title = 'Bát cơm chia đôi' AND unit = 'CB01'";
        assert_eq!(number(db, row).await, 1);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM activity").await, 1);
        assert!(b.get("/unit/CB01/rota").await.texts(".ss-read").is_empty());
        let mut tx = db.read().await.unwrap();
        let next = tx.one("SELECT id FROM reading_turn WHERE day = '2026-06-08'", &[]).await.unwrap();
        let next = next.words("id").unwrap();
        drop(tx);
        let early = b.post(&format!("/unit/CB01/rota/{next}/read"), &[]).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "what has not been read is not ticked");
    }
}
