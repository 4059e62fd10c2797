//! Entering a session and who was there, through the router on both databases.

use crate::browse::fixture::{both, number, rows, signed_in, withdraw, without_names};
use axum::http::StatusCode;
use domain::Role;
use shell::testing::Browser;
use store::Db;

const AN: &str = "45.000001";
const BINH: &str = "45.000002";
const DUNG: &str = "45.000004";

/// A theme of the committee, a conference of the cell, somebody exempt.
async fn filled(db: &Db) {
    rows(
        db,
        &[
            (
                "programme",
                "ct",
                &[
                    ("code", "CT05"),
                    ("name", "Chỉ thị 05"),
                    ("document", "05-CT/TW"),
                    ("from_day", "15/05/2016"),
                ],
            ),
            (
                "theme",
                "cd",
                &[
                    ("code", "CD2026"),
                    ("programme", "ct"),
                    ("unit", "DU"),
                    ("kind", "year"),
                    ("title", "Chuyên đề năm 2026"),
                    ("year", "2026"),
                ],
            ),
            (
                "activity",
                "hn",
                &[
                    ("code", "HN-1"),
                    ("unit", "CB01"),
                    ("kind", "conference"),
                    ("title", "Quán triệt"),
                    ("day", "10/01/2026"),
                ],
            ),
            ("standing", "st", &[("person", BINH), ("standing", "exempt"), ("from_day", "01/01/2026")]),
        ],
    )
    .await;
}

async fn count(db: &Db, table: &str) -> i64 {
    number(db, &format!("SELECT COUNT(*) AS n FROM {table}")).await
}

async fn audited(db: &Db, kind: &str) -> i64 {
    number(
        db,
        &format!("SELECT COUNT(*) AS n FROM audit WHERE kind = '{kind}' AND action IN ('insert', 'update')"),
    )
    .await
}

#[tokio::test]
async fn a_session_is_entered_once_and_audited_and_leads_to_attendance() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let page = b.get("/unit/CB01/activity/new").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(
            page.texts("#theme option"),
            ["", "Chuyên đề năm 2026 (2026)"],
            "themes of the levels above"
        );
        assert_eq!(page.texts("#makeup_of option"), ["", "Quán triệt (10/01/2026)"]);
        assert_eq!(page.texts("#turn option"), ["", "Tổ đảng số 1"]);
        assert_eq!(page.texts("#lead_in option").len(), 4, "nobody, and the three members");
        let fields = [
            ("kind", "topic_session"),
            ("title", "Học Bác về  trách nhiệm"),
            ("day", "20/05/2026"),
            ("mode", "in_person"),
            ("theme", "cd"),
            ("depth", "in_depth"),
            ("minutes_length", "90"),
        ];
        let done = b.post("/unit/CB01/activity/new", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(done.location().ends_with("/attendance"), "{}", done.location());
        let next = b.get(done.location()).await;
        assert_eq!(next.texts(".notice.done"), ["Đã ghi buổi này. Mời điểm danh."]);
        let row = "SELECT COUNT(*) AS n FROM activity WHERE code = 'SHCD-CB01-20260520' AND title = 'Học Bác về trách nhiệm'
                   AND unit = 'CB01' AND theme = 'cd' AND quarter = 2 AND year = 2026 AND source = 'entered'";
        assert_eq!(number(db, row).await, 1);
        assert_eq!(audited(db, "activity").await, 1);

        let twice = b.post("/unit/CB01/activity/new", &fields).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.texts("#title-error")[0].contains("đã ghi rồi"), "{}", twice.body);
        assert_eq!(count(db, "activity").await, 2);
        let mut tx = db.read().await.unwrap();
        assert_eq!(store::verify_chain(&mut tx).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_wrong_session_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        b.get("/unit/CB01/activity/new").await;
        let answer = b
            .post(
                "/unit/CB01/activity/new",
                &[
                    ("kind", "topic_session"),
                    ("title", "Học Bác"),
                    ("day", "31/02/2026"),
                    ("theme", "elsewhere"),
                    ("minutes_length", "nhiều"),
                    ("conclusion", "Một\r\nHai"),
                ],
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.texts("#day-error")[0].contains("31/02/2026"));
        assert!(answer.texts("#theme-error")[0].contains("chọn lại"));
        assert!(answer.texts("#minutes_length-error")[0].contains("nhiều"));
        assert_eq!(answer.attributes("#day", "value"), ["31/02/2026"]);
        assert_eq!(answer.attributes("#title", "value"), ["Học Bác"]);
        assert_eq!(answer.attributes("#kind option[selected]", "value"), ["topic_session"]);
        assert!(
            answer.attributes("#minutes-part", "open").len() == 1,
            "the folded part with the error stands open"
        );
        assert!(
            answer.texts(".notice.wrong li")[0].starts_with("Ngày tổ chức:"),
            "{:?}",
            answer.texts(".notice.wrong li")
        );
        let depth = b
            .post(
                "/unit/CB01/activity/new",
                &[("kind", "topic_session"), ("title", "Học Bác"), ("day", "20/05/2026")],
            )
            .await;
        assert_eq!(
            depth.texts("#depth-error").len(),
            1,
            "the kind's own rules stand beside their fields too"
        );
        let future = b
            .post("/unit/CB01/activity/new", &[("kind", "training"), ("title", "Lớp"), ("day", "20/05/2027")])
            .await;
        assert!(future.texts("#day-error")[0].contains("chưa tới"));
        assert_eq!(count(db, "activity").await, 1, "nothing was written");
        assert_eq!(audited(db, "activity").await, 0);
    }
}

/// What is chosen for each person who is asked about and marked.
fn marks(page: &shell::testing::Answer) -> Vec<String> {
    let mut marks = Vec::new();
    for name in page.attributes("#attendance select", "name") {
        // Ids of the fixture hold a dot, so the attribute is asked for.
        let chosen = format!("#attendance select[name='{name}'] option[selected]");
        marks.extend(page.attributes(&chosen, "value").into_iter().map(|value| format!("{name}={value}")));
    }
    marks
}

async fn sheet(b: &mut Browser) -> shell::testing::Answer {
    b.get("/unit/CB01/activity/hn/attendance").await
}

#[tokio::test]
async fn attendance_is_taken_once_for_most_and_by_one_choice_for_the_others() {
    for db in &both().await.all {
        filled(db).await;
        rows(
            db,
            &[
                (
                    "person",
                    "late",
                    &[
                        ("code", "M-9"),
                        ("name", "Hồ Văn Muộn"),
                        ("unit", "CB01"),
                        ("category", "party_member"),
                        ("since", "01/03/2026"),
                    ],
                ),
                (
                    "membership",
                    "m9",
                    &[
                        ("person", "late"),
                        ("unit", "CB01"),
                        ("category", "party_member"),
                        ("from_day", "01/03/2026"),
                    ],
                ),
            ],
        )
        .await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let page = sheet(&mut b).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let names = page.texts("#attendance .roll label");
        assert_eq!(
            names[..3],
            ["Nguyễn Văn An", "Trần Thị Bình Được miễn sinh hoạt", "Phạm Thị Dung"],
            "by the alphabet, groups too"
        );
        assert!(!page.body.contains("Hồ Văn Muộn"), "who came later was no member that day");
        assert_eq!(marks(&page), [format!("s-{BINH}=exempt")], "the exempt need not be marked");

        let path = "/unit/CB01/activity/hn/attendance";
        let (s_an, s_binh) = (format!("s-{AN}"), format!("s-{BINH}"));
        let fields = [
            (s_an.as_str(), "spoke"),
            (s_binh.as_str(), "exempt"),
            ("rest", "absent"),
        ];
        let done = b.post(path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let after = b.get(done.location()).await;
        assert_eq!(
            marks(&after),
            [
                format!("s-{AN}=spoke"),
                format!("s-{BINH}=exempt"),
                format!("s-{DUNG}=absent")
            ]
        );
        assert!(
            after.texts("#tally")[0]
                .contains("1 có mặt, 0 vắng có lý do, 1 vắng không lý do, 1 phát biểu; còn 0"),
            "{:?}",
            after.texts("#tally")
        );
        assert_eq!(
            after.attributes(&format!("input[name='m-{DUNG}']"), "value"),
            [""],
            "who missed it may make it up"
        );
        assert_eq!((count(db, "attendance").await, audited(db, "attendance").await), (3, 3));

        let empty = after.attributes("#attendance select option[value='']", "value");
        assert!(empty.is_empty(), "who is recorded is changed, not forgotten");
        b.post(path, &fields).await;
        assert_eq!(audited(db, "attendance").await, 3, "what is the same is not written again");
        let m = format!("m-{DUNG}");
        let s = format!("s-{DUNG}");
        let made_up = b.post(path, &[(s.as_str(), "absent"), (m.as_str(), "20/01/2026")]).await;
        assert_eq!(made_up.status, StatusCode::SEE_OTHER);
        assert_eq!(
            number(db, "SELECT COUNT(*) AS n FROM attendance WHERE makeup_day = '2026-01-20'").await,
            1
        );
        assert_eq!(count(db, "attendance").await, 3);
    }
}

#[tokio::test]
async fn a_wrong_attendance_writes_nothing_and_names_whose_it_is() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        sheet(&mut b).await;
        let path = "/unit/CB01/activity/hn/attendance";
        let (s_an, m_dung, s_dung, s_binh, m_binh) = (
            format!("s-{AN}"),
            format!("m-{DUNG}"),
            format!("s-{DUNG}"),
            format!("s-{BINH}"),
            format!("m-{BINH}"),
        );
        let fields = [
            (s_an.as_str(), "có lẽ"),
            (s_dung.as_str(), "absent"),
            (m_dung.as_str(), "ngày mai"),
            (s_binh.as_str(), "excused"),
            (m_binh.as_str(), "09/01/2026"),
        ];
        let answer = b.post(path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert_eq!(count(db, "attendance").await, 0);
        let wrong = answer.texts(".roll .wrong .error");
        assert!(wrong[0].contains("có lẽ"), "{wrong:?}");
        assert!(wrong[1].contains("trước ngày tổ chức"), "{wrong:?}");
        assert!(wrong[2].contains("ngày mai"), "{wrong:?}");
        assert_eq!(
            marks(&answer),
            [format!("s-{BINH}=excused"), format!("s-{DUNG}=absent")],
            "what was chosen stands"
        );
        assert_eq!(answer.attributes(&format!("input[name='{m_dung}']"), "value"), ["ngày mai"]);
    }
}

#[tokio::test]
async fn attendance_is_counted_by_site_and_never_both_ways() {
    for db in &both().await.all {
        filled(db).await;
        rows(
            db,
            &[(
                "activity",
                "hd",
                &[
                    ("code", "HN-9"),
                    ("unit", "DU"),
                    ("kind", "conference"),
                    ("title", "Hội nghị lớn"),
                    ("day", "11/01/2026"),
                ],
            )],
        )
        .await;
        let mut b = signed_in(db, Role::Officer, "DU").await;
        let page = b.get("/unit/DU/activity/hd/attendance").await;
        assert_eq!(page.texts("#rows tbody tr").len(), 3, "{}", page.body);
        assert!(page.attributes("#places option", "value").contains(&"Chi bộ Kế hoạch (CB02)".to_owned()));
        let path = "/unit/DU/activity/hd/sites";
        let more = b.post(path, &[("rows", "3"), ("site-0", "Hội trường"), ("more", "1")]).await;
        assert_eq!(more.texts("#rows tbody tr").len(), 6);
        assert_eq!(more.attributes("#site-0", "value"), ["Hội trường"]);

        let bad = [
            ("rows", "3"),
            ("site-0", "Hội trường"),
            ("unit-0", "Chi bộ Lạ"),
            ("expected-0", "60"),
            ("attended-0", "58"),
            ("site-1", "Phòng họp"),
            ("unit-1", "chi bo ke hoach"),
            ("expected-1", "10"),
            ("attended-1", "20"),
            ("unit-2", "CB01"),
            ("attended-2", "x"),
        ];
        let answer = b.post(path, &bad).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(db, "attendance_site").await, 0);
        let wrong = answer.texts("#rows .error");
        assert!(wrong[0].contains("Chi bộ Lạ"), "{wrong:?}");
        assert_eq!(wrong.len(), 4, "the unknown unit, too many, no site, no number: {wrong:?}");
        assert_eq!(answer.attributes("#attended-1", "value"), ["20"]);

        let good = [
            ("rows", "3"),
            ("site-0", "Hội trường"),
            ("unit-0", ""),
            ("expected-0", "1.200"),
            ("attended-0", "1.158"),
            ("category-0", "all"),
            ("site-1", "Phòng họp"),
            ("unit-1", "chi bo ke hoach"),
            ("attended-1", "20"),
        ];
        let done = b.post(path, &good).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let sum = "SELECT CAST(SUM(attended) AS BIGINT) AS n FROM attendance_site WHERE activity = 'hd'";
        assert_eq!((number(db, sum).await, audited(db, "attendance_site").await), (1_178, 2));
        let again = b.get(done.location()).await;
        assert_eq!(again.attributes("#unit-1", "value"), ["Chi bộ Kế hoạch (CB02)"]);
        assert_eq!(again.attributes("#attended-0", "value"), ["1.158"]);
        let id = again.attributes("input[name='id-1']", "value").remove(0);
        let changed = [
            ("rows", "5"),
            ("id-1", id.as_str()),
            ("site-1", "Phòng họp lớn"),
            ("unit-1", "CB02"),
            ("attended-1", "25"),
        ];
        b.post(path, &changed).await;
        assert_eq!((number(db, sum).await, count(db, "attendance_site").await), (1_183, 2));

        // A long list is folded in parts, which are sent all the same.
        let names: Vec<(String, String)> =
            (0..24).map(|n| (format!("site-{n}"), format!("Điểm {n:02}"))).collect();
        let numbers: Vec<String> = (0..24).map(|n| format!("attended-{n}")).collect();
        let mut many = vec![("rows", "24")];
        many.extend(names.iter().map(|(field, site)| (field.as_str(), site.as_str())));
        many.extend(numbers.iter().map(|field| (field.as_str(), "1")));
        let done = b.post(path, &many).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let long = b.get(done.location()).await;
        assert_eq!(long.texts("#rows tbody tr").len(), 29, "26 sites and three empty lines");
        let parts = long.texts("#rows summary");
        assert!(parts.len() == 2 && parts[1].starts_with("Điểm cầu 21 đến 26"), "{parts:?}");
        assert!(long.texts("#rows details[open]").is_empty());
        assert_eq!(long.texts("#rows > table tbody tr").len(), 3, "empty lines stand open");
        let mut sent = vec![("rows".to_owned(), "29".to_owned())];
        for field in ["id", "site", "unit", "attended"] {
            let selector = format!("#rows input[name^='{field}-']");
            sent.extend(
                long.attributes(&selector, "name").into_iter().zip(long.attributes(&selector, "value")),
            );
        }
        let at = sent.iter().position(|(name, _)| name == "attended-22").unwrap();
        sent[at].1 = "không rõ".to_owned();
        let fields: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let wrong = b.post(path, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.texts("#rows details[open] .error").len(), 1, "the part with the error stands open");
        assert_eq!(wrong.texts("#rows tbody tr").len(), 29);

        // Somebody of that cell is named as well: they would count twice.
        let (s, path) = (format!("s-{AN}"), "/unit/DU/activity/hd/attendance");
        let both_ways = b.post(path, &[(s.as_str(), "present")]).await;
        assert_eq!(both_ways.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", both_ways.body);
        assert!(both_ways.texts("#people")[0].contains("hai lần"));
        assert_eq!(count(db, "attendance").await, 0);
        withdraw(db, "activity", "hd").await;
        assert_eq!(b.get(path).await.status, StatusCode::NOT_FOUND, "a withdrawn session has no attendance");
    }
}

#[tokio::test]
async fn nobody_writes_elsewhere_or_sees_names_without_the_right() {
    for db in &both().await.all {
        filled(db).await;
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        assert_eq!(other.get("/unit/CB01/activity/new").await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            other.get("/unit/CB02/activity/hn/attendance").await.status,
            StatusCode::NOT_FOUND,
            "not its own"
        );
        other.get("/unit/CB02/activity/new").await;
        let (s, path) = (format!("s-{AN}"), "/unit/CB02/activity/hn/attendance");
        assert_eq!(other.post(path, &[(s.as_str(), "present")]).await.status, StatusCode::NOT_FOUND);
        let mut inspector = signed_in(db, Role::Inspector, "CB01").await;
        assert_eq!(inspector.get("/unit/CB01/activity/new").await.status, StatusCode::FORBIDDEN);
        let mut shy = without_names(db, Role::Secretary, "CB01").await;
        let page = shy.get("/unit/CB01/activity/new").await;
        assert!(page.texts("#lead_in").is_empty() && !page.body.contains("Nguyễn"));
        assert_eq!(shy.get("/unit/CB01/activity/hn/attendance").await.status, StatusCode::FORBIDDEN);
        assert_eq!(shy.get("/unit/CB01/activity/hn/attendance?by=site").await.status, StatusCode::OK);
        assert_eq!(count(db, "attendance").await, 0);
    }
}

#[tokio::test]
async fn two_people_keep_one_sheet_and_nobodys_mark_is_lost() {
    for db in &both().await.all {
        filled(db).await;
        let at = "/unit/CB01/activity/hn/attendance";
        let (mut one, mut two) =
            (signed_in(db, Role::Secretary, "CB01").await, signed_in(db, Role::Secretary, "CB01").await);
        let opened = one.get(at).await;
        assert_eq!(opened.header("x-nenep-keep"), "1", "a device may keep the sheet");
        assert_eq!(opened.attributes("#attendance", "data-queue").len(), 1);
        let was: Vec<(String, String)> = opened
            .attributes("input[type=hidden][name^=w-]", "name")
            .into_iter()
            .zip(opened.attributes("input[type=hidden][name^=w-]", "value"))
            .collect();
        assert!(was.contains(&(format!("w-{AN}"), "|".to_owned())), "{was:?}");
        let (an, binh, dung) = (format!("s-{AN}"), format!("s-{BINH}"), format!("s-{DUNG}"));
        let sheet = |marks: &[(&str, &str)]| -> Vec<(String, String)> {
            let mut all = was.clone();
            all.extend(marks.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
            all
        };
        async fn send(b: &mut Browser, at: &str, fields: Vec<(String, String)>) -> shell::testing::Answer {
            let lent: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            b.post(at, &lent).await
        }
        // One marks An and Dung; two, whose sheet was opened before that, marks An otherwise and Bình.
        let first = sheet(&[(&an, "present"), (&binh, "exempt"), (&dung, "present")]);
        assert_eq!(send(&mut one, at, first).await.status, StatusCode::SEE_OTHER);
        let second = sheet(&[(&an, "absent"), (&binh, "exempt"), (&dung, "")]);
        let asked = send(&mut two, at, second).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let error = asked.texts(&format!("[id='s-{AN}-error']"));
        assert!(error[0].contains("Có mặt"), "what the other entered is told: {error:?}");
        assert_eq!(asked.texts(".roll .error").len(), 1, "what one did not touch is left as the other marked it");
        let shown = |id: &str| asked.attributes(&format!("[id='{id}'] option[selected]"), "value");
        assert_eq!((shown(&an), shown(&dung)), (vec!["absent".to_owned()], vec!["present".to_owned()]));
        let stands = "SELECT COUNT(*) AS n FROM attendance WHERE status = 'present'";
        assert_eq!(number(db, stands).await, 2, "nothing was overwritten");
        // Knowing it, the second may.
        let was: Vec<(String, String)> = asked
            .attributes("input[type=hidden][name^=w-]", "name")
            .into_iter()
            .zip(asked.attributes("input[type=hidden][name^=w-]", "value"))
            .collect();
        let mut again = was;
        again.extend([(an.clone(), "absent".to_owned()), (binh, "exempt".to_owned()), (dung, "present".to_owned())]);
        assert_eq!(send(&mut two, at, again).await.status, StatusCode::SEE_OTHER);
        assert_eq!(number(db, stands).await, 1);
    }
}
