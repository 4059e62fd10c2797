//! Stating figures, returns and settlements through the router, on both databases.

use crate::browse::fixture::{both, number, rows, signed_in};
use axum::http::StatusCode;
use domain::Role;
use store::Db;

async fn filled(db: &Db) {
    rows(
        db,
        &[
            (
                "practice",
                "m1",
                &[
                    ("code", "MH-1"),
                    ("unit", "CB01"),
                    ("title", "Một cửa thân thiện"),
                    ("field", "other"),
                    ("registered_day", "10/03/2025"),
                ],
            ),
            (
                "practice",
                "m2",
                &[
                    ("code", "MH-2"),
                    ("unit", "CB02"),
                    ("title", "Nụ cười công sở"),
                    ("field", "other"),
                    ("registered_day", "11/03/2025"),
                ],
            ),
        ],
    )
    .await;
}

async fn audited(db: &Db, kind: &str) -> i64 {
    number(
        db,
        &format!("SELECT COUNT(*) AS n FROM audit WHERE kind = '{kind}' AND action IN ('insert', 'update')"),
    )
    .await
}

const NEW: &str = "/unit/DU/state/new";

#[tokio::test]
async fn indicators_that_may_be_stated_are_found_by_topic_and_words() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Officer, "DU").await;
        let page = b.get("/unit/DU/state").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.texts("details.topic").len() > 8, "by topic");
        assert_eq!(page.attributes("#period", "value"), ["2025"]);
        let found = b.get("/unit/DU/state?q=mo+hinh&period=2024").await;
        let hrefs = found.attributes("details.topic[open] a", "href");
        assert!(
            hrefs.contains(&"/unit/DU/state/new?indicator=practices.registered&period=2024".to_owned()),
            "{hrefs:?}"
        );
        assert!(hrefs.len() < page.attributes("details.topic a", "href").len());
        assert_eq!(b.get("/unit/DU/state?q=xyz").await.texts("#none").len(), 1);
        let wrong = b.get("/unit/DU/state?period=2025-2021x").await;
        assert_eq!(wrong.texts("#period-error").len(), 1);
        assert_eq!(
            b.get(&format!("{NEW}?indicator=org.nothing")).await.status,
            StatusCode::NOT_FOUND,
            "no such indicator"
        );
        let mut inspector = signed_in(db, Role::Inspector, "DU").await;
        assert_eq!(inspector.get("/unit/DU/state").await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_figure_is_stated_beside_what_is_counted_and_corrected_in_place() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Officer, "DU").await;
        let page = b.get(&format!("{NEW}?indicator=practices.registered&period=2025")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let counted = page.texts("#counted dd");
        assert!(counted[0].contains("chưa có dòng nào") && counted[1].starts_with('2'), "{counted:?}");
        let bad = b
            .post(
                NEW,
                &[
                    ("indicator", "practices.registered"),
                    ("period", "2025x"),
                    ("subtree", "1"),
                    ("value", "nhiều"),
                    ("comparator", ""),
                    ("quote", "Có nhiều mô hình"),
                    ("file", "0000"),
                ],
            )
            .await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        for id in ["period", "value", "comparator", "file"] {
            assert!(bad.texts(&format!("#{id}-error")).len() == 1 || id == "file", "{id}: {}", bad.body);
        }
        assert_eq!(bad.attributes("#value", "value"), ["nhiều"]);
        assert_eq!(bad.texts("#quote"), ["Có nhiều mô hình"]);
        assert_eq!(bad.attributes("#subtree input[checked]", "value"), ["1"]);
        assert_eq!(audited(db, "stated_figure").await, 0);

        let fields = [
            ("indicator", "practices.registered"),
            ("period", "2025"),
            ("subtree", "1"),
            ("value", "1.072"),
            ("comparator", "at_least"),
            ("quote", "Xây dựng được trên 1.072 mô hình."),
            ("note", ""),
        ];
        let done = b.post(NEW, &fields).await;
        assert_eq!(
            (done.status, done.location()),
            (StatusCode::SEE_OTHER, "/unit/DU/state"),
            "{}",
            done.body
        );
        let row = "SELECT COUNT(*) AS n FROM stated_figure WHERE unit = 'DU' AND indicator = 'practices.registered' AND value = 107200
                   AND subtree = 1 AND from_day = '2025-01-01' AND to_day = '2025-12-31' AND comparator = 'at_least'";
        assert_eq!((number(db, row).await, audited(db, "stated_figure").await), (1, 1));
        let list = b.get("/unit/DU/state").await;
        assert_eq!(list.texts(".notice.done"), ["Đã ghi số liệu báo cáo."]);
        assert!(
            list.texts("#own td.num")[0].contains("Trên, ít nhất: 1.072"),
            "{:?}",
            list.texts("#own td.num")
        );

        let twice = b.post(NEW, &fields).await;
        assert!(twice.texts("#period-error")[0].contains("Mỗi kỳ chỉ một số"), "{}", twice.body);
        let correct = twice.attributes("#already a", "href").remove(0);
        let form = b.get(&correct).await;
        assert_eq!(form.attributes("#value", "value"), ["1.072"]);
        let of = form.attributes("input[name=of]", "value").remove(0);
        let again = b
            .post(
                NEW,
                &[
                    ("of", of.as_str()),
                    ("indicator", "practices.registered"),
                    ("period", "2025"),
                    ("subtree", "1"),
                    ("value", "72"),
                    ("comparator", "exact"),
                    ("quote", ""),
                    ("note", "Sửa theo công văn"),
                ],
            )
            .await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
        let row = "SELECT COUNT(*) AS n FROM stated_figure WHERE value = 7200 AND quote IS NULL AND note = 'Sửa theo công văn'";
        assert_eq!(
            (number(db, row).await, number(db, "SELECT COUNT(*) AS n FROM stated_figure").await),
            (1, 1)
        );
        let half = b
            .post(
                NEW,
                &[
                    ("indicator", "practices.registered"),
                    ("period", "2024"),
                    ("subtree", "0"),
                    ("value", "1,5"),
                    ("comparator", "exact"),
                ],
            )
            .await;
        assert!(half.texts("#value-error")[0].contains("số nguyên"), "half a model");
    }
}

#[tokio::test]
async fn the_source_is_a_file_of_the_unit() {
    for db in &both().await.all {
        filled(db).await;
        let mut tx = db.write(&domain::Actor::Operator).await.unwrap();
        let day = domain::parse_day("10/01/2026").unwrap();
        let own = crate::evidence::attach(&mut tx, "DU", "Báo cáo năm", "bc.txt", b"bao cao", day, None)
            .await
            .unwrap();
        let other =
            crate::evidence::attach(&mut tx, "CB02", "Báo cáo", "cb.txt", b"khac", day, None).await.unwrap();
        tx.commit().await.unwrap();
        let mut b = signed_in(db, Role::Officer, "DU").await;
        let page = b.get(&format!("{NEW}?indicator=practices.registered&period=2025")).await;
        assert_eq!(page.texts("#file option"), ["", "Báo cáo năm (bc.txt)"]);
        let with = |file: &'static str| {
            [
                ("indicator", "practices.registered"),
                ("period", "2025"),
                ("subtree", "1"),
                ("value", "2"),
                ("comparator", "exact"),
                ("quote", "Có 2 mô hình"),
                ("file", file),
            ]
        };
        let mut fields = with("");
        fields[6].1 = &other.hash;
        let answer = b.post(NEW, &fields).await;
        assert_eq!(answer.texts("#file-error").len(), 1, "another unit's file is no source of this one");
        fields[6].1 = &own.hash;
        assert_eq!(b.post(NEW, &fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM stated_figure WHERE file_name = 'bc.txt'").await, 1);
    }
}

#[tokio::test]
async fn what_was_handed_in_is_set_by_kind_and_year() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = "/unit/CB01/state/returns";
        let page = b.get(&format!("{path}?year=2025")).await;
        assert_eq!(page.texts("h1"), ["Tình trạng nộp số liệu năm 2025"], "{}", page.body);
        assert_eq!(page.texts("fieldset legend").len(), super::super::RETURNS.len());
        assert_eq!(
            b.get(&format!("{path}?year=2031")).await.status,
            StatusCode::NOT_FOUND,
            "it has not begun"
        );
        let bad = b
            .post(
                path,
                &[("year", "2025"), ("day", "mai"), ("s-activity", "complete"), ("s-practice", "wrong")],
            )
            .await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(bad.texts("#day-error").len(), 1);
        assert_eq!(bad.texts("#s-practice .error").len(), 1);
        assert_eq!(bad.attributes("#s-activity input[checked]", "value"), ["complete"]);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM return_state").await, 0);
        let fields =
            [("year", "2025"), ("day", "15/01/2026"), ("s-activity", "complete"), ("s-practice", "partial")];
        let done = b.post(path, &fields).await;
        assert_eq!(done.location(), "/unit/CB01/state/returns?year=2025", "{}", done.body);
        assert_eq!(audited(db, "return_state").await, 2);
        b.post(path, &fields).await;
        assert_eq!(audited(db, "return_state").await, 2, "what is the same is not written again");
        b.post(path, &[("year", "2025"), ("day", "16/01/2026"), ("s-practice", "complete")]).await;
        let row = "SELECT COUNT(*) AS n FROM return_state WHERE kind = 'practice' AND state = 'complete' AND day = '2026-01-16'";
        assert_eq!(
            (number(db, row).await, number(db, "SELECT COUNT(*) AS n FROM return_state").await),
            (1, 2)
        );
        let after = b.get(&format!("{path}?year=2025")).await;
        assert_eq!(after.attributes("#s-practice input[checked]", "value"), ["complete"]);
    }
}

#[tokio::test]
async fn where_counted_and_stated_differ_a_person_settles_it() {
    for db in &both().await.all {
        filled(db).await;
        rows(
            db,
            &[
                (
                    "stated_figure",
                    "s1",
                    &[
                        ("code", "SL-1"),
                        ("indicator", "practices.registered"),
                        ("unit", "CB01"),
                        ("subtree", "0"),
                        ("from_day", "01/01/2025"),
                        ("to_day", "31/12/2025"),
                        ("value", "300"),
                        ("comparator", "exact"),
                        ("quote", "có 3 mô hình"),
                    ],
                ),
                (
                    "stated_figure",
                    "s2",
                    &[
                        ("code", "SL-2"),
                        ("indicator", "practices.registered"),
                        ("unit", "CB02"),
                        ("subtree", "0"),
                        ("from_day", "01/01/2025"),
                        ("to_day", "31/12/2025"),
                        ("value", "100"),
                        ("comparator", "exact"),
                    ],
                ),
            ],
        )
        .await;
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        let list = officer.get("/unit/DU/state/conflicts").await;
        assert_eq!(list.texts("#conflicts tbody tr").len(), 1, "only what differs: {}", list.body);
        assert_eq!(list.texts("#conflicts .badge.conflict"), ["Chưa thống nhất"]);
        let href = list.attributes("#conflicts tbody th a", "href").remove(0);
        assert_eq!(href, "/unit/CB01/state/settle?of=s1");
        let page = officer.get(&href).await;
        let both = page.texts("#both dd");
        assert!(both[0].starts_with('1') && both[1].contains('3'), "{both:?}");
        assert!(page.texts(".quote")[0].contains("có 3 mô hình"));
        let path = "/unit/CB01/state/settle";
        let bad = officer.post(path, &[("of", "s1"), ("decides", ""), ("reason", " ")]).await;
        assert_eq!(
            (bad.texts("#decides-error").len(), bad.texts("#reason-error").len()),
            (1, 1),
            "{}",
            bad.body
        );
        let done =
            officer.post(path, &[("of", "s1"), ("decides", "counted"), ("reason", "Đã kiểm tra sổ")]).await;
        assert_eq!(done.location(), "/unit/CB01/state/conflicts", "{}", done.body);
        let after = officer.get("/unit/DU/state/conflicts").await;
        assert_eq!(after.texts("#conflicts .badge.complete"), ["Số đếm từ sổ sách"]);
        officer.post(path, &[("of", "s1"), ("decides", "stated"), ("reason", "Sổ còn thiếu")]).await;
        let row = "SELECT COUNT(*) AS n FROM settlement WHERE decides = 'stated' AND reason = 'Sổ còn thiếu'";
        assert_eq!(
            (number(db, row).await, audited(db, "settlement").await),
            (1, 2),
            "settled anew in the same row"
        );
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        assert_eq!(secretary.get(&href).await.status, StatusCode::FORBIDDEN, "a secretary does not settle");
        assert_eq!(officer.get("/unit/CB02/state/settle?of=s1").await.status, StatusCode::NOT_FOUND);
    }
}
