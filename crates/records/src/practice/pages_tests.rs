//! Models through the router on both databases: who sees which, pictures without their place, visits.

use crate::evidence::picture::tests::photo;
use crate::browse::fixture::{both, number, rows, signed_in};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Role;
use shell::testing::{Answer, Browser};
use store::Db;

async fn models(db: &Db) {
    rows(
        db,
        &[
            (
                "practice",
                "m1",
                &[
                    ("code", "MH1"),
                    ("unit", "CB01"),
                    ("title", "Một cửa thân thiện"),
                    ("field", "reform"),
                    ("registered_day", "10/02/2025"),
                    ("verified_day", "10/10/2025"),
                    ("verified_by", "Đảng ủy Sở A"),
                    ("published_day", "01/02/2026"),
                    ("description", "Gọi điện báo kết quả"),
                    ("how", "Ghi số điện thoại\nGọi khi xong"),
                    ("keeper", "45.000001"),
                ],
            ),
            (
                "practice",
                "m2",
                &[
                    ("code", "MH2"),
                    ("unit", "CB02"),
                    ("title", "Tủ sách"),
                    ("field", "following"),
                    ("registered_day", "11/03/2026"),
                ],
            ),
            (
                "practice",
                "m3",
                &[
                    ("code", "MH3"),
                    ("unit", "CB02"),
                    ("title", "Hũ gạo tình thương"),
                    ("field", "welfare"),
                    ("registered_day", "11/03/2025"),
                    ("exemplary_day", "19/05/2026"),
                    ("published_day", "20/05/2026"),
                ],
            ),
            (
                "practice",
                "m4",
                &[
                    ("code", "MH4"),
                    ("unit", "CB02"),
                    ("title", "Sẽ giới thiệu"),
                    ("field", "other"),
                    ("registered_day", "11/03/2025"),
                    ("published_day", "20/12/2026"),
                ],
            ),
        ],
    )
    .await;
}

async fn upload(b: &mut Browser, path: &str, title: &str, name: &str, content: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (field, value) in [("csrf", b.csrf().as_str()), ("title", title)] {
        body.extend(
            format!("--xx\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                .into_bytes(),
        );
    }
    body.extend(
        format!("--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
            .into_bytes(),
    );
    body.extend(content);
    body.extend(b"\r\n--xx--\r\n");
    b.send(Method::POST, path, Some("multipart/form-data; boundary=xx"), Body::from(body)).await
}

#[tokio::test]
async fn a_member_sees_the_models_of_their_unit_and_what_was_published_elsewhere() {
    for db in &both().await.all {
        models(db).await;
        let mut member = signed_in(db, Role::Member, "CB01").await;
        let page = member.get("/unit/CB01/models").await;
        assert_eq!(
            page.texts("#models h2"),
            ["Hũ gạo tình thương", "Một cửa thân thiện"],
            "the newest first"
        );
        let filtered = member.get("/unit/CB01/models?field=reform").await;
        assert_eq!(filtered.texts("#models h2"), ["Một cửa thân thiện"]);
        assert_eq!(filtered.texts("#field-filter [aria-current]"), ["Cải cách hành chính"]);
        assert_eq!(member.get("/unit/CB01/models?field=other").await.texts("#none").len(), 1);
        for hidden in ["m2", "m4", "x"] {
            let answer = member.get(&format!("/unit/CB01/models/{hidden}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{hidden} is not published yet");
        }
        let one = member.get("/unit/CB01/models/m1").await;
        assert_eq!(one.texts("#how li"), ["Ghi số điện thoại", "Gọi khi xong"]);
        assert!(one.texts("#facts dd").contains(&"10/10/2025 – Đảng ủy Sở A".to_owned()));
        assert!(!one.body.contains("Nguyễn Văn An"), "a member does not see who keeps it");
        assert!(one.texts("#came").is_empty() && one.texts("#add-picture").is_empty());
        let ways = member.get("/").await.attributes("main a", "href");
        assert!(ways.contains(&"/unit/CB01/models".to_owned()), "home leads there: {ways:?}");

        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        assert!(secretary.get("/unit/CB01/models/m1").await.body.contains("Nguyễn Văn An"));
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        let seen = other.get("/unit/CB02/models").await.texts("#models h2");
        assert_eq!(seen.len(), 4, "one's own, published or not, and the others' published: {seen:?}");
        assert!(
            !other.get("/unit/CB02/models/m1").await.body.contains("Nguyễn Văn An"),
            "names stop at their unit"
        );
    }
}

#[tokio::test]
async fn a_picture_is_shown_without_its_place_and_to_those_only_who_see_the_model() {
    for db in &both().await.all {
        models(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        b.get("/unit/CB01/models/m1").await;
        let path = "/unit/CB01/models/m1/picture";
        for (title, name, content) in [
            ("", "a.jpg", photo(6)),
            ("Bàn tiếp dân", "a.jpg", b"MZ".to_vec()),
            ("Bàn tiếp dân", "a.jpg", Vec::new()),
        ] {
            let back = upload(&mut b, path, title, name, &content).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(back.attributes("#add-picture[open]", "id").len(), 1);
        }
        let done = upload(&mut b, path, "Bàn tiếp dân có ghế ngồi", "a.jpg", &photo(6)).await;
        assert_eq!(done.location(), "/unit/CB01/models/m1", "{}", done.body);
        let page = b.get("/unit/CB01/models/m1").await;
        assert_eq!(page.attributes("figure img", "alt"), ["Bàn tiếp dân có ghế ngồi"]);
        let src = page.attributes("figure img", "src").remove(0);
        let answer = b.get(&src).await;
        assert_eq!(
            (answer.header("content-type"), answer.header("content-disposition")),
            ("image/jpeg", "inline")
        );
        let bytes = b.raw(&src).await;
        assert!(!bytes.windows(3).any(|w| w == b"GPS"));
        // Nor is the place kept in the evidence itself.
        let mut tx = db.read().await.unwrap();
        let hash = tx.one("SELECT hash FROM evidence", &[]).await.unwrap().words("hash").unwrap();
        let kept = store::files::get(&mut tx, &hash).await.unwrap().unwrap();
        drop(tx);
        assert!(!kept.windows(3).any(|w| w == b"GPS"));

        let mut member = signed_in(db, Role::Member, "CB02").await;
        let there = src.replace("CB01", "CB02");
        assert_eq!(member.get(&there).await.status, StatusCode::OK, "it was published");
        assert_eq!(member.get(&there.replace("/m1/", "/m3/")).await.status, StatusCode::NOT_FOUND);
        let list = member.get("/unit/CB02/models").await;
        assert_eq!(list.attributes("#models img", "alt"), ["Bàn tiếp dân có ghế ngồi"]);
        assert_eq!(member.post("/unit/CB02/models/m1/visit", &[]).await.status, StatusCode::FORBIDDEN);
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        other.get("/unit/CB02/models/m1").await;
        let foreign = upload(&mut other, "/unit/CB02/models/m1/picture", "Ảnh", "a.jpg", &photo(1)).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "pictures are added by whose model it is");
    }
}

#[tokio::test]
async fn a_visit_is_entered_by_the_visitor_from_the_page_of_the_model() {
    for db in &both().await.all {
        models(db).await;
        let mut b = signed_in(db, Role::Secretary, "CB02").await;
        b.get("/unit/CB02/models/m1").await;
        let path = "/unit/CB02/models/m1/visit";
        let back = b.post(path, &[("day", "20/12/2026"), ("people", "12")]).await;
        assert_eq!(back.texts("#day-error").len(), 1, "it has not been yet");
        assert_eq!(back.attributes("#people", "value"), ["12"], "nothing typed is lost");
        assert_eq!(
            b.post(path, &[("day", "20/05/2026"), ("people", "12")]).await.location(),
            "/unit/CB02/models/m1"
        );
        assert_eq!(
            b.get("/unit/CB02/models/m1").await.texts("#visits li"),
            ["20/05/2026 – Chi bộ Kế hoạch, 12 người"]
        );
        let twice = b.post(path, &[("day", "20/05/2026"), ("people", "9")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "the same visit is one");
        assert_eq!(
            number(db, "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM practice_visit WHERE unit = 'CB02'").await,
            1
        );
        let mut own = signed_in(db, Role::Secretary, "CB01").await;
        own.get("/unit/CB01/models/m1").await;
        assert_eq!(
            own.post("/unit/CB01/models/m1/visit", &[("day", "20/05/2026")]).await.status,
            StatusCode::NOT_FOUND
        );
    }
}
