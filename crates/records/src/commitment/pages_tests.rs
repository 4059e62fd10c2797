//! Reviewing commitments through the router, on both databases.

use crate::browse::fixture::{both, number, rows, signed_in, without_names};
use axum::http::StatusCode;
use domain::Role;
use store::Db;

async fn filled(db: &Db) {
    rows(
        db,
        &[
            (
                "commitment",
                "c1",
                &[
                    ("code", "CK-1"),
                    ("unit", "CB01"),
                    ("person", "45.000001"),
                    ("year", "2026"),
                    ("registered_day", "10/01/2026"),
                    ("result", "kept"),
                    ("review_day", "20/05/2026"),
                ],
            ),
            (
                "commitment",
                "c2",
                &[
                    ("code", "CK-2"),
                    ("unit", "CB01"),
                    ("person", "45.000002"),
                    ("year", "2026"),
                    ("registered_day", "12/01/2026"),
                ],
            ),
            ("commitment", "c3", &[("code", "CK-3"), ("unit", "CB02"), ("year", "2026")]),
            (
                "commitment",
                "c4",
                &[("code", "CK-4"), ("unit", "CB01"), ("person", "45.000002"), ("year", "2025")],
            ),
            (
                "commitment_item",
                "i1",
                &[
                    ("commitment", "c2"),
                    ("no", "1"),
                    ("what", "Trả lời đơn đúng hạn"),
                    ("measure", "Tỷ lệ đúng hạn"),
                    ("target", "100%"),
                    ("deadline", "30/04/2026"),
                ],
            ),
            ("commitment_item", "i2", &[("commitment", "c2"), ("no", "2"), ("what", "Gương mẫu")]),
            (
                "feedback",
                "f1",
                &[("commitment", "c2"), ("no", "1"), ("from_person", "45.000001"), ("text", "Cần rõ hạn")],
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

#[tokio::test]
async fn those_never_reviewed_come_first() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Officer, "DU").await;
        let page = b.get("/unit/DU/commitment").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.texts("#waiting tbody th"), ["Của chính đơn vị", "Trần Thị Bình", "Nguyễn Văn An"]);
        assert_eq!(page.texts("#waiting .badge.none").len(), 2);
        assert!(
            page.texts("#tally")[0].starts_with("3 bản cam kết: 2 chưa kiểm điểm"),
            "{:?}",
            page.texts("#tally")
        );
        let hrefs = page.attributes("#waiting tbody th a", "href");
        assert_eq!(hrefs[1], "/unit/CB01/commitment/c2/review", "the page of the unit that registered it");
        assert!(
            page.texts("#waiting td.num")[1].contains("1 chung chung"),
            "{:?}",
            page.texts("#waiting td.num")
        );
        let before = b.get("/unit/CB01/commitment?year=2025").await;
        assert_eq!(before.texts("#waiting tbody th"), ["Trần Thị Bình"]);
        let mut shy = without_names(db, Role::Officer, "DU").await;
        assert!(!shy.get("/unit/DU/commitment").await.body.contains("Trần Thị Bình"));
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM audit WHERE action = 'read-names'").await, 2);
    }
}

#[tokio::test]
async fn a_review_is_written_whole_and_audited() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = "/unit/CB01/commitment/c2/review";
        let page = b.get(path).await;
        assert_eq!(page.texts("h1"), ["Kiểm điểm cam kết 2026: Trần Thị Bình"], "{}", page.body);
        assert_eq!(page.texts(".ask legend")[..2], ["1. Trả lời đơn đúng hạn", "2. Gương mẫu"]);
        assert_eq!(page.texts("#item-1 dd"), ["Tỷ lệ đúng hạn", "100%", "30/04/2026"]);
        assert_eq!(page.texts("#item-1 .badge.late"), ["Quá hạn"]);
        let label = page.texts("label[for=why]");
        assert_eq!(label, ["Lý do"], "its hint tells when it must be filled in");
        assert_eq!(page.texts("#item-2 .badge.partial").len(), 1, "no measure, no deadline: vague");
        assert!(page.texts("#feedback")[0].contains("Cần rõ hạn"));
        assert_eq!(page.texts("#f-from_person option").len(), 3, "comrades but not herself");

        let done = b
            .post(
                path,
                &[
                    ("i-i1-evidence", "58/60 đơn"),
                    ("i-i1-done_day", "28/04/2026"),
                    ("i-i2-evidence", ""),
                    ("i-i2-done_day", ""),
                    ("writeup", "1"),
                    ("self_review_day", "15/05/2026"),
                    ("f-text", "Đã tiến bộ\r\nnhiều"),
                    ("f-from_person", "45.000004"),
                    ("result", "partly"),
                    ("review_day", "20/05/2026"),
                    ("why", "Còn hai đơn chậm"),
                ],
            )
            .await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, path), "{}", done.body);
        assert_eq!(b.get(path).await.texts(".notice.done"), ["Đã ghi kết quả kiểm điểm."]);
        for sql in [
            "SELECT COUNT(*) AS n FROM commitment WHERE id = 'c2' AND result = 'partly' AND review_day = '2026-05-20'
             AND self_review_day = '2026-05-15' AND writeup = 1 AND why = 'Còn hai đơn chậm' AND registered_day = '2026-01-12'",
            "SELECT COUNT(*) AS n FROM commitment_item WHERE id = 'i1' AND evidence = '58/60 đơn' AND done_day = '2026-04-28'
             AND measure = 'Tỷ lệ đúng hạn'",
            "SELECT COUNT(*) AS n FROM feedback WHERE commitment = 'c2' AND no = 2 AND from_person = '45.000004'",
        ] {
            assert_eq!(number(db, sql).await, 1, "{sql}");
        }
        let all = [
            audited(db, "commitment").await,
            audited(db, "commitment_item").await,
            audited(db, "feedback").await,
        ];
        assert_eq!(all, [1, 1, 1], "each write once; the item that is the same is not written");
    }
}

#[tokio::test]
async fn a_result_needs_its_day_and_a_broken_promise_its_reason() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let path = "/unit/CB01/commitment/c2/review";
        b.get(path).await;
        let answer = b
            .post(
                path,
                &[
                    ("i-i1-evidence", "Đang làm"),
                    ("i-i1-done_day", "hôm qua"),
                    ("result", "broken"),
                    ("why", ""),
                    ("f-text", ""),
                    ("f-from_person", "45.000001"),
                ],
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.texts("#review_day-error")[0].contains("ngày chi bộ kiểm điểm"), "{}", answer.body);
        assert_eq!(answer.texts("#why-error").len(), 1);
        assert!(answer.texts("#i-i1-done_day-error")[0].contains("hôm qua"));
        assert_eq!(answer.texts("#f-text-error").len(), 1, "feedback from nobody knows what");
        assert_eq!(answer.attributes("#i-i1-evidence", "value"), ["Đang làm"]);
        assert_eq!(answer.attributes("#result input[checked]", "value"), ["broken"]);
        let untouched = "SELECT COUNT(*) AS n FROM commitment WHERE id = 'c2' AND result IS NULL";
        assert_eq!((number(db, untouched).await, audited(db, "commitment_item").await), (1, 0));
        let early = b.post(path, &[("result", "kept"), ("review_day", "01/01/2026")]).await;
        assert_eq!(early.texts("#review_day-error").len(), 1, "a review before the registration");
    }
}

#[tokio::test]
async fn feedback_is_for_those_who_may_and_reviews_for_their_unit() {
    for db in &both().await.all {
        filled(db).await;
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        let page = officer.get("/unit/CB01/commitment/c2/review").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("Cần rõ hạn"), "what comrades say is not for officers");
        let sneaked = officer
            .post("/unit/CB01/commitment/c2/review", &[("f-text", "Lén thêm"), ("writeup", "1")])
            .await;
        assert_eq!(sneaked.status, StatusCode::SEE_OTHER);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM feedback").await, 1);
        assert_eq!(officer.get("/unit/CB02/commitment/c2/review").await.status, StatusCode::NOT_FOUND);
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        assert_eq!(other.get("/unit/CB01/commitment/c2/review").await.status, StatusCode::NOT_FOUND);
    }
}
