//! Taking in files and giving them back, through the router on both databases.

use crate::browse::fixture::{both, number, rows, signed_in};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Role;
use shell::testing::{Answer, Browser};

/// Sends a form with a file, the token first.
async fn upload(b: &mut Browser, path: &str, fields: &[(&str, &str)], file: (&str, &str)) -> Answer {
    let mut body = String::new();
    let csrf = b.csrf();
    for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
        body.push_str(&format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    let (name, content) = file;
    body.push_str(&format!(
        "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n--xx--\r\n"
    ));
    b.send(Method::POST, path, Some("multipart/form-data; boundary=xx"), Body::from(body)).await
}

const NEW: &str = "/unit/CB01/evidence/new";

#[tokio::test]
async fn a_file_is_taken_in_once_and_given_back_to_those_who_may() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let page = b.get(&format!("{NEW}?about_kind=activity&about_code=HN-1")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.attributes("#about_code", "value"), ["HN-1"]);
        assert_eq!(page.attributes("form.form", "enctype"), ["multipart/form-data"]);
        let fields = [
            ("title", "Biên bản hội nghị"),
            ("day", "10/01/2026"),
            ("about_kind", "activity"),
            ("about_code", "HN-1"),
        ];
        let done = upload(&mut b, NEW, &fields, ("biên bản.txt", "Biên bản hội nghị")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let record = b.get(done.location()).await;
        assert_eq!(record.texts("h1"), ["Biên bản hội nghị"], "{}", record.body);
        let again = upload(&mut b, NEW, &fields, ("biên bản.txt", "Biên bản hội nghị")).await;
        assert_eq!(again.location(), done.location(), "known by its content");
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM evidence").await, 1);
        assert_eq!(
            number(db, "SELECT COUNT(*) AS n FROM audit WHERE kind = 'evidence' AND action = 'insert'").await,
            1
        );

        let list = b.get("/unit/CB01/evidence").await;
        assert_eq!(list.texts("#papers tbody th"), ["Biên bản hội nghị"]);
        let href = list.attributes("#papers td a", "href").remove(0);
        let file = b.get(&href).await;
        assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "Biên bản hội nghị"));
        let named = file.header("content-disposition");
        assert!(named.starts_with("attachment; ") && named.contains("filename*=UTF-8''bi%C3%AAn%20b"), "{named}");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        let mut above = signed_in(db, Role::Officer, "DU").await;
        assert_eq!(
            above.get(&href.replace("/CB01/", "/DU/")).await.status,
            StatusCode::OK,
            "the unit above reads it"
        );
        let mut other = signed_in(db, Role::Secretary, "CB02").await;
        assert_eq!(other.get(&href).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&href.replace("/CB01/", "/CB02/")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_file_that_is_not_taken_says_why_beside_the_field_and_keeps_the_words() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        b.get(NEW).await;
        let fields = [("title", "Báo cáo"), ("day", "10/01/2026")];
        for (name, content, said) in [
            ("bao-cao.txt", "ĐẢNG ỦY\nMẬT\nBáo cáo", "bí mật nhà nước"),
            ("virus.exe", "MZ", "exe"),
            ("anh.png", "không phải ảnh", "png"),
            ("trong.txt", "", "trống"),
        ] {
            let answer = upload(&mut b, NEW, &fields, (name, content)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(
                answer.texts("#file-error")[0].contains(said),
                "{name}: {:?}",
                answer.texts("#file-error")
            );
            assert_eq!(answer.attributes("#title", "value"), ["Báo cáo"]);
        }
        let words = [("title", ""), ("day", "hôm nay"), ("about_kind", ""), ("about_code", "HN-1")];
        let answer = upload(&mut b, NEW, &words, ("a.txt", "a")).await;
        for id in ["title", "day", "about_kind"] {
            assert_eq!(answer.texts(&format!("#{id}-error")).len(), 1, "{id}");
        }
        assert_eq!(answer.attributes("#day", "value"), ["hôm nay"]);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM evidence").await, 0);
        assert_eq!(
            number(db, "SELECT COUNT(*) AS n FROM file_content").await,
            0,
            "nothing of a refused file stays"
        );
        let foreign = b
            .send(Method::POST, NEW, Some("multipart/form-data; boundary=xx"), Body::from("--xx--\r\n"))
            .await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN, "without the form token");
    }
}

#[tokio::test]
async fn papers_about_sensitive_matters_are_for_those_who_may_see_them() {
    for db in &both().await.all {
        rows(
            db,
            &[
                (
                    "evidence",
                    "e1",
                    &[
                        ("code", "MC-1"),
                        ("unit", "CB01"),
                        ("title", "Quyết định kỷ luật"),
                        ("day", "10/01/2026"),
                        ("about_kind", "discipline"),
                        ("about_code", "KL-1"),
                    ],
                ),
                (
                    "evidence",
                    "e2",
                    &[("code", "MC-2"), ("unit", "CB01"), ("title", "Ảnh hội nghị"), ("day", "10/01/2026")],
                ),
            ],
        )
        .await;
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        let mut inspector = signed_in(db, Role::Inspector, "DU").await;
        for path in ["/unit/DU/evidence", "/unit/DU/records/evidence"] {
            assert!(!officer.get(path).await.body.contains("Quyết định kỷ luật"), "{path}");
            assert!(inspector.get(path).await.body.contains("Quyết định kỷ luật"), "{path}");
        }
        assert_eq!(officer.get("/unit/DU/records/evidence/e1").await.status, StatusCode::NOT_FOUND);
        let mut sizes = Vec::new();
        for browser in [&mut officer, &mut inspector] {
            let path = "/unit/DU/records/evidence/xlsx";
            let file = browser.send(Method::HEAD, path, None, Body::empty()).await;
            sizes.push(file.header("content-length").parse::<usize>().unwrap());
        }
        assert!(sizes[0] < sizes[1], "the workbook leaves it out too: {sizes:?}");
        let fields = [
            ("title", "Quyết định"),
            ("day", "10/01/2026"),
            ("about_kind", "discipline"),
            ("about_code", "KL-1"),
        ];
        officer.get("/unit/DU/evidence/new").await;
        let answer = upload(&mut officer, "/unit/DU/evidence/new", &fields, ("a.txt", "Quyết định")).await;
        assert!(answer.texts("#about_kind-error")[0].contains("Kỷ luật"), "{}", answer.body);
        assert_eq!(
            inspector.get("/unit/DU/evidence/new").await.status,
            StatusCode::FORBIDDEN,
            "an inspector reads"
        );
    }
}
