//! Proposing and deciding through the router on both databases.

use crate::browse::fixture::{both, number, signed_in};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Role;
use shell::testing::{Answer, Browser};

async fn upload(b: &mut Browser, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    let csrf = b.csrf();
    for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
        body.extend(
            format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .into_bytes(),
        );
    }
    if let Some((name, content)) = file {
        body.extend(
            format!("--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
                .into_bytes(),
        );
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--xx--\r\n");
    b.send(Method::POST, path, Some("multipart/form-data; boundary=xx"), Body::from(body)).await
}

const PROPOSED: [(&str, &str); 7] = [
    ("object", "individual"),
    ("object_person", "45.000001"),
    ("form", "certificate"),
    ("level", "grassroots"),
    ("reasons", "Trả lời 120 đơn đúng hạn\nGiúp 3 hộ nghèo"),
    ("year", "2026"),
    ("day", "20/05/2026"),
];

#[tokio::test]
async fn a_proposal_waits_until_its_decision_comes_with_its_paper() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        b.get("/unit/CB01/praise/new").await;
        let short: Vec<_> =
            PROPOSED.iter().filter(|(n, _)| !matches!(*n, "reasons" | "object_person")).copied().collect();
        let back = b.post("/unit/CB01/praise/new", &short).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((back.texts("#reasons-error").len(), back.texts("#object_person-error").len()), (1, 1));
        let mut other = PROPOSED.to_vec();
        other[1].1 = "45.000003";
        let back = b.post("/unit/CB01/praise/new", &other).await;
        assert_eq!(back.texts("#object_person-error").len(), 1, "nobody of another cell is proposed");
        assert_eq!(b.post("/unit/CB01/praise/new", &PROPOSED).await.location(), "/unit/CB01/praise");
        let list = b.get("/unit/CB01/praise").await;
        assert_eq!(list.texts("#waiting .line"), ["Nguyễn Văn An Giấy khen"]);
        let path = list.attributes("#waiting a", "href").remove(0);
        let page = b.get(&path).await;
        assert_eq!(page.texts("#reasons p"), ["Trả lời 120 đơn đúng hạn", "Giúp 3 hộ nghèo"]);

        let given = [
            ("decision", "Quyết định số 20-QĐ/ĐU"),
            ("day", "28/05/2026"),
            ("form", "merit"),
            ("level", "province"),
        ];
        let early = [given[0], ("day", "28/12/2026"), given[2], given[3]];
        let back = upload(&mut b, &path, &early, None).await;
        assert_eq!(back.texts("#day-error").len(), 1);
        let count = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM commendation WHERE stage = 'awarded'";
        let odd = upload(&mut b, &path, &given, Some(("qd.exe", b"MZ"))).await;
        assert_eq!(odd.texts("#file-error").len(), 1);
        assert_eq!(number(db, count).await, 0, "a paper that is refused takes the decision back with it");
        let done = upload(&mut b, &path, &given, Some(("qd.txt", "Quyết định khen".as_bytes()))).await;
        assert_eq!(done.location(), "/unit/CB01/praise", "{}", done.body);
        assert_eq!(number(db, count).await, 1);
        let list = b.get("/unit/CB01/praise").await;
        assert!(list.texts("#waiting").is_empty());
        assert_eq!(list.texts("#awarded .line"), ["Nguyễn Văn An Bằng khen"]);
        assert!(list.texts("#awarded .from")[0].contains("Quyết định số 20-QĐ/ĐU"));
        assert_eq!(b.get(&path).await.texts("#papers a"), ["Quyết định số 20-QĐ/ĐU"]);
        assert_eq!(upload(&mut b, &path, &given, None).await.status, StatusCode::CONFLICT, "decided once");
        let both_rows = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM commendation WHERE withdrawn IS NULL";
        assert_eq!(number(db, both_rows).await, 2, "proposed and awarded are two rows");
    }
}

#[tokio::test]
async fn a_proposal_that_is_not_granted_keeps_its_answer_and_members_see_none_of_it() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        b.get("/unit/CB01/praise/new").await;
        b.post("/unit/CB01/praise/new", &PROPOSED).await;
        let path = b.get("/unit/CB01/praise").await.attributes("#waiting a", "href").remove(0);
        assert_eq!(b.post(&format!("{path}/no"), &[]).await.texts("#answer-error").len(), 1);
        assert_eq!(
            b.post(&format!("{path}/no"), &[("answer", "Chưa đủ thời gian")]).await.location(),
            "/unit/CB01/praise"
        );
        assert!(b.get("/unit/CB01/praise").await.texts("#refused li")[0].contains("Chưa đủ thời gian"));
        let mut member = signed_in(db, Role::Member, "CB01").await;
        assert_eq!(member.get("/unit/CB01/praise").await.status, StatusCode::FORBIDDEN);
        let mut outside = signed_in(db, Role::Secretary, "CB02").await;
        assert_eq!(outside.get(&path).await.status, StatusCode::NOT_FOUND);
        let id = path.rsplit('/').next().unwrap_or_default();
        assert_eq!(outside.get(&format!("/unit/CB02/praise/{id}")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn where_there_are_too_many_for_a_list_the_person_is_named() {
    for db in &both().await.all {
        let mut tx = db.write(&domain::Actor::Operator).await.unwrap();
        for n in 0..301 {
            let sql = "INSERT INTO person (id, code, name, sort, search, category, since, unit)
                       SELECT $1, $1, $2, $2, $3, 'party_member', '2020-01-01', id FROM unit WHERE code = 'CB01'";
            let name = format!("Người Thứ {n}");
            let search = domain::text::fold(&name);
            tx.execute(sql, store::params![format!("98.{n:06}"), name, search]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let blank = b.get("/unit/CB01/praise/new").await;
        assert_eq!(blank.attributes("input#object_person", "name"), ["object_person"]);
        let mut named = PROPOSED.to_vec();
        named[1].1 = "Người Thứ";
        let back = b.post("/unit/CB01/praise/new", &named).await;
        assert_eq!(back.texts("#object_person-error").len(), 1, "nobody has this name");
        assert_eq!(back.attributes("#object_person", "value"), ["Người Thứ"], "what was typed stays");
        named[1].1 = "đ/c người thứ 299";
        assert_eq!(b.post("/unit/CB01/praise/new", &named).await.location(), "/unit/CB01/praise");
        assert_eq!(b.get("/unit/CB01/praise").await.texts("#waiting .line"), ["Người Thứ 299 Giấy khen"]);
    }
}
