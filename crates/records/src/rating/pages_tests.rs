//! The ground of the ratings through the router, on both databases.

use crate::browse::fixture::{both, rows, signed_in};
use axum::http::StatusCode;
use domain::Role;

#[tokio::test]
async fn the_result_of_the_commitment_stands_beside_the_rating() {
    for db in &both().await.all {
        let kept = [
            ("code", "CK-1"),
            ("unit", "CB01"),
            ("person", "45.000001"),
            ("year", "2026"),
            ("result", "partly"),
            ("why", "Còn hai đơn chậm"),
        ];
        let sent = [("code", "CK-2"), ("unit", "CB01"), ("person", "45.000002"), ("year", "2026"), ("stage", "sent")];
        let item = [("commitment", "c1"), ("no", "1"), ("what", "Trả lời đơn"), ("done_day", "01/05/2026")];
        let rating = [
            ("code", "XL-1"),
            ("unit", "CB01"),
            ("object", "person"),
            ("person", "45.000001"),
            ("year", "2026"),
            ("level", "good"),
        ];
        let all = [
            ("commitment", "c1", &kept[..]),
            ("commitment", "c2", &sent),
            ("commitment_item", "i1", &item),
            ("rating", "r1", &rating),
        ];
        rows(db, &all).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let page = b.get("/unit/CB01/rating?year=2026").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let line = |who: &str| {
            let at = page.texts("#basis tbody th").iter().position(|n| n == who).unwrap();
            page.texts("#basis tbody tr")[at].clone()
        };
        let an = line("Nguyễn Văn An");
        for words in ["Thực hiện một phần", "Còn hai đơn chậm", "1/1", "Hoàn thành tốt nhiệm vụ"] {
            assert!(an.contains(words), "{an}");
        }
        let binh = line("Trần Thị Bình");
        assert!(binh.contains("Không có bản cam kết") && binh.contains("Chưa ghi"), "only sent: {binh}");
        assert_eq!(page.texts("#basis tbody th").len(), 3, "the group's member too, the other cell's not");
        let list = b.get("/unit/CB01/commitment?year=2026").await;
        assert!(list.attributes("a", "href").contains(&"/unit/CB01/rating?year=2026".to_owned()));
        let mut officer = signed_in(db, Role::Officer, "CB01").await;
        assert_eq!(officer.get("/unit/CB01/rating").await.status, StatusCode::FORBIDDEN);
    }
}
