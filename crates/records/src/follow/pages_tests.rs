//! Following up through the router, on both databases.

use crate::browse::fixture::{both, number, rows, signed_in, without_names};
use axum::http::StatusCode;
use domain::Role;
use store::Db;

/// Two commitments (one vague, one reviewed), a task without an owner, a breakthrough: all of `CB01`.
async fn filled(db: &Db) {
    let c1 = [("code", "CK-1"), ("unit", "CB01"), ("person", "45.000001"), ("year", "2026")];
    let c2 = [("code", "CK-2"), ("unit", "CB01"), ("person", "45.000002"), ("year", "2026"), ("result", "kept")];
    let sent = [("code", "CK-3"), ("unit", "CB01"), ("person", "45.000004"), ("year", "2026"), ("stage", "sent")];
    let vague = [("commitment", "c1"), ("no", "1"), ("what", "Gương mẫu")];
    let session = [
        ("code", "SH-1"),
        ("unit", "CB01"),
        ("kind", "weekly_reading"),
        ("title", "Đọc"),
        ("day", "04/05/2026"),
    ];
    let task = [("activity", "a1"), ("code", "01"), ("task", "Rà soát hồ sơ"), ("deadline", "30/06/2026")];
    let owned = [
        ("activity", "a1"),
        ("code", "02"),
        ("task", "Lập sổ theo dõi"),
        ("deadline", "30/06/2026"),
        ("owner", "45.000001"),
    ];
    let breakthrough = [("code", "DP-1"), ("unit", "CB01"), ("year", "2026"), ("title", "Rút ngắn thời gian")];
    rows(
        db,
        &[
            ("commitment", "c1", &c1),
            ("commitment", "c2", &c2),
            ("commitment", "c3", &sent),
            ("commitment_item", "i1", &vague),
            ("activity", "a1", &session),
            ("follow_up", "t1", &task),
            ("follow_up", "t2", &owned),
            ("breakthrough", "b1", &breakthrough),
        ],
    )
    .await;
}

const LIST: &str = "/unit/CB01/follow";
const C1: &str = "/unit/CB01/follow/commitment/c1";

#[tokio::test]
async fn what_nobody_looked_at_and_what_is_vague_are_listed() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let page = b.get(LIST).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let mut never = page.texts("#never .what");
        never.sort();
        let all = ["Cam kết 2026: Nguyễn Văn An", "Lập sổ theo dõi", "Rà soát hồ sơ", "Rút ngắn thời gian"];
        assert_eq!(never, all, "not the reviewed one, not the one only sent");
        let mut vague = page.texts("#vague .what");
        vague.sort();
        assert_eq!(vague, ["Cam kết 2026: Nguyễn Văn An", "Rà soát hồ sơ"]);
        assert!(page.texts("#late .what").is_empty());
        let mut above = signed_in(db, Role::Officer, "DU").await;
        let hrefs = above.get("/unit/DU/follow").await.attributes("#never a", "href");
        assert!(hrefs.contains(&C1.to_owned()), "the page of the unit that owns it: {hrefs:?}");
        let mut shy = without_names(db, Role::Officer, "CB01").await;
        assert!(!shy.get(LIST).await.body.contains("Nguyễn Văn An"));
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        assert_eq!(other.get(C1).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get("/unit/CB02/follow/commitment/c1").await.status, StatusCode::NOT_FOUND);
        assert_eq!(b.get("/unit/CB01/follow/person/c1").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn finishing_one_look_plans_the_next() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        assert_eq!(b.post(C1, &[]).await.texts("#looked_at-error").len(), 1);
        let only = b.post(C1, &[("next_day", "10/06/2026"), ("who", "45.000002")]).await;
        assert_eq!(only.location(), LIST, "a day alone plans: {}", only.body);
        assert_eq!(b.post(C1, &[("next_day", "05/06/2026")]).await.location(), LIST, "and moves it");
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM look").await, 1);
        assert!(b.get("/").await.body.contains("Xem các việc hẹn trong tuần: 1 việc"));

        let fields = [
            ("looked_day", "01/06/2026"),
            ("looked_at", "Sổ theo dõi đơn"),
            ("said", "Nhắc hai đơn chậm"),
            ("changed", "Đã trả lời cả hai"),
            ("next_day", "01/09/2026"),
            ("who", "45.000001"),
        ];
        let future = fields.map(|(n, v)| (n, if n == "looked_day" { "02/06/2026" } else { v }));
        let refused = b.post(C1, &future).await;
        assert_eq!(refused.texts("#looked_day-error").len(), 1);
        assert_eq!(refused.attributes("#looked_at", "value"), ["Sổ theo dõi đơn"], "nothing typed is lost");
        assert_eq!(b.post(C1, &fields).await.location(), LIST);
        let rows = "SELECT COUNT(*) AS n FROM look WHERE commitment = 'c1' AND (
            (planned_day = '2026-06-05' AND looked_day = '2026-06-01' AND next_day = '2026-09-01')
            OR (planned_day = '2026-09-01' AND looked_day IS NULL AND who = '45.000001'))";
        assert_eq!(number(db, rows).await, 2, "the planned look is done, the next is planned");
        let page = b.get(C1).await;
        assert!(page.texts("#past")[0].contains("Nhắc hai đơn chậm"), "{}", page.body);
        let list = b.get(LIST).await;
        assert!(!list.texts("#never .what").contains(&"Cam kết 2026: Nguyễn Văn An".to_owned()));
        assert_eq!(list.texts("#planned .what"), ["Cam kết 2026: Nguyễn Văn An"]);
        let audited = "SELECT COUNT(*) AS n FROM audit WHERE kind = 'look' AND action IN ('insert', 'update')";
        assert_eq!(number(db, audited).await, 4);
    }
}

#[tokio::test]
async fn a_task_and_a_breakthrough_are_looked_at_alike() {
    for db in &both().await.all {
        filled(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        for path in ["/unit/CB01/follow/task/t1", "/unit/CB01/follow/breakthrough/b1"] {
            assert_eq!(b.get(path).await.status, StatusCode::OK);
            let done = b.post(path, &[("looked_at", "Hồ sơ quý I")]).await;
            assert_eq!(done.location(), LIST, "{}", done.body);
        }
        let today = "SELECT COUNT(*) AS n FROM look WHERE looked_day = '2026-06-01' AND next_day IS NULL";
        assert_eq!(number(db, today).await, 2);
        let list = b.get(LIST).await;
        assert_eq!(list.texts("#never .what").len(), 2, "the other task of the session was not looked at");
    }
}

#[tokio::test]
async fn a_look_past_its_day_is_late_until_it_is_done() {
    for db in &both().await.all {
        filled(db).await;
        let late = [("code", "X"), ("unit", "CB01"), ("commitment", "c1"), ("planned_day", "31/05/2026")];
        rows(db, &[("look", "x", &late)]).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let list = b.get(LIST).await;
        assert_eq!(list.texts("#late .what"), ["Cam kết 2026: Nguyễn Văn An"]);
        assert_eq!(list.texts("#never .what").len(), 3, "it stands once");
        let home = b.get("/").await;
        assert!(home.body.contains("Xem các việc đã quá hẹn: 1 việc"), "{}", home.body);
        assert!(home.body.contains("Làm rõ các việc còn chung chung: 2 việc"));
        b.post(C1, &[("looked_at", "Sổ")]).await;
        assert!(b.get(LIST).await.texts("#late .what").is_empty());
        assert!(!b.get("/").await.body.contains("quá hẹn: "));
    }
}

#[tokio::test]
async fn one_step_plans_the_next_look_of_every_commitment() {
    for db in &both().await.all {
        filled(db).await;
        let of_group = [("code", "CK-T"), ("unit", "T1"), ("person", "45.000004"), ("year", "2026")];
        rows(db, &[("commitment", "ct", &of_group)]).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        for (fields, field) in [
            (&[("next_day", "")][..], "next_day"),
            (&[("next_day", "31/05/2026")], "next_day"),
            (&[("next_day", "15/06/2026"), ("who", "45.000003")], "who"),
        ] {
            let refused = b.post(LIST, fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(refused.texts(&format!("#{field}-error")).len(), 1, "{}", refused.body);
        }
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM look").await, 0);
        let all = [("next_day", "15/06/2026"), ("who", "45.000002")];
        assert_eq!(b.post(LIST, &all).await.location(), LIST);
        assert_eq!(b.post(LIST, &all).await.location(), LIST);
        let planned = "SELECT COUNT(*) AS n FROM look WHERE planned_day = '2026-06-15' AND who = '45.000002'";
        assert_eq!(number(db, planned).await, 2, "each once, the reviewed and the sent not");
    }
}
