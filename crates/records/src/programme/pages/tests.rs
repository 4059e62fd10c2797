//! A year's plan through the router, on both databases.

use crate::browse::fixture::{both, number, rows, signed_in};
use axum::http::StatusCode;
use domain::Role;
use store::Db;

/// The committee's plan of 2026 with a task, and its theme of the year.
async fn from_above(db: &Db) {
    rows(
        db,
        &[
            ("programme", "ct", &[("code", "CT07"), ("name", "Chương trình học tập"), ("from_day", "13/07/2025")]),
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
                    ("arrival_day", "05/01/2026"),
                ],
            ),
            (
                "plan",
                "kh",
                &[
                    ("code", "KH-DU"),
                    ("unit", "DU"),
                    ("programme", "ct"),
                    ("year", "2026"),
                    ("kind", "year"),
                    ("issued_day", "10/01/2026"),
                ],
            ),
            (
                "task",
                "v1",
                &[("code", "1"), ("plan", "kh"), ("title", "Tự soi, tự sửa quý II"), ("deadline", "30/06/2026")],
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_cell_makes_its_plan_takes_up_what_came_down_and_notes_what_was_done() {
    for db in &both().await.all {
        from_above(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let home = b.get("/").await;
        assert_eq!(home.texts("#due-late .what"), ["Lập kế hoạch năm: 2026"], "by the end of March");
        assert_eq!(home.texts("#due-open .what"), ["Việc cấp trên giao chưa nhận: 2"]);
        let page = b.get("/unit/CB01/year").await;
        assert_eq!(page.texts("#no-plan").len(), 1);
        assert!(page.texts("#above h2")[0].ends_with("Chưa nhận: 2"), "{:?}", page.texts("#above h2"));
        let early = [("year", "2026"), ("programme", "ct"), ("theme", "cd"), ("issued_day", "02/01/2026")];
        let refused = b.post("/unit/CB01/year/plan", &early).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "before the theme had arrived");
        let fields = [("year", "2026"), ("programme", "ct"), ("theme", "cd"), ("issued_day", "20/01/2026")];
        assert_eq!(b.post("/unit/CB01/year/plan", &fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(number(db, "SELECT days_to_plan AS n FROM plan WHERE unit = 'CB01'").await, 15);

        for _ in 0..2 {
            let taken = b.post("/unit/CB01/year/take", &[("year", "2026"), ("id", "v1")]).await;
            assert_eq!(taken.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM task WHERE answers = 'v1'").await, 1, "once");
        let own = [
            ("year", "2026"),
            ("title", "Thăm gia đình chính sách"),
            ("month", "7"),
            ("owner", "45.000001"),
            ("deadline", "27/07/2026"),
        ];
        assert_eq!(b.post("/unit/CB01/year/task", &own).await.status, StatusCode::SEE_OTHER);
        let stranger: Vec<_> = own.iter().map(|(n, v)| (*n, if *n == "owner" { "45.000003" } else { v })).collect();
        let refused = b.post("/unit/CB01/year/task", &stranger).await;
        assert_eq!(refused.texts("#owner-error").len(), 1, "of another cell");
        assert_eq!(refused.attributes("#title", "value"), ["Thăm gia đình chính sách"]);

        let page = b.get("/unit/CB01/year?year=2026").await;
        assert_eq!(page.texts("section > h2")[..2], ["Quý 2", "Quý 3"]);
        assert_eq!(page.texts("#progress"), ["Đã làm 0/2 việc"]);
        assert_eq!(page.texts("#above .badge"), ["Đã nhận", "Đã nhận"]);
        let task = page.attributes(".tasks li", "id")[0].replace("task-", "");
        let at = format!("/unit/CB01/year/task/{task}/done");
        let bare = b.post(&at, &[]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "what is done says with what result");
        let result = format!("{task}-result");
        assert_eq!(b.post(&at, &[(&result, "100 % đảng viên tự soi")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(b.get("/unit/CB01/year").await.texts("#progress"), ["Đã làm 1/2 việc"]);
        let calendar = b.get("/unit/CB01/year/calendar.ics?year=2026").await;
        assert!(calendar.header("content-type").starts_with("text/calendar"));
        assert!(calendar.body.contains("DTSTART;VALUE=DATE:20260727"), "{}", calendar.body);
        assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 1, "what is done is no deadline");
        let other = signed_in(db, Role::Secretary, "CB02").await.get("/unit/CB01/year").await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn last_years_tasks_are_copied_once_with_their_days_moved() {
    for db in &both().await.all {
        from_above(db).await;
        let plan = |code, year, issued| {
            [("code", code), ("unit", "CB01"), ("programme", "ct"), ("year", year), ("kind", "year"), ("issued_day", issued)]
        };
        rows(
            db,
            &[
                ("plan", "cu", &plan("KH2025", "2025", "20/01/2025")),
                ("plan", "moi", &plan("KH2026", "2026", "20/01/2026")),
                ("task", "a", &[("code", "1"), ("plan", "cu"), ("title", "Chào cờ"), ("deadline", "02/09/2025")]),
                (
                    "task",
                    "b",
                    &[("code", "2"), ("plan", "cu"), ("title", "Về nguồn"), ("quarter", "3"), ("owner", "45.000003")],
                ),
                ("task", "c", &[("code", "1"), ("plan", "moi"), ("title", "về  nguồn")]),
            ],
        )
        .await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        for _ in 0..2 {
            assert_eq!(b.post("/unit/CB01/year/copy", &[("year", "2026")]).await.status, StatusCode::SEE_OTHER);
        }
        let copied = "SELECT COUNT(*) AS n FROM task WHERE plan = 'moi' AND deadline = '2026-09-02' AND title = 'Chào cờ'";
        assert_eq!(number(db, copied).await, 1);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM task WHERE plan = 'moi'").await, 2, "the same words once");
    }
}
