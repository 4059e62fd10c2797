//! The forms of every kind, through the router, on both databases.

use super::{own_page, room, writable};
use crate::REGISTRY;
use crate::browse::fixture::{both, number, rows, signed_in, without_names};
use axum::http::StatusCode;
use domain::Role;

#[tokio::test]
async fn every_kind_that_is_entered_has_a_form_that_asks_for_what_it_needs() {
    let both = both().await;
    let db = &both.all[0];
    let mut b = signed_in(db, Role::Secretary, "CB01").await;
    let mut forms = 0;
    for kind in REGISTRY.kinds().into_iter().filter(|k| writable(k) && own_page(k).is_none()) {
        for lang in ["vi", "en"] {
            b.get(&format!("/lang/{lang}")).await;
            let page = b.get(&format!("/unit/CB01/{}/{}/new", room(kind), kind.name)).await;
            assert_eq!(page.status, StatusCode::OK, "{}", kind.name);
            assert_eq!(page.texts("#entering .button.main").len(), 1, "{}", kind.name);
            let asked = page.attributes("#entering [name]", "name");
            for field in kind.fields.iter().filter(|f| f.required && f.name != "code" && f.name != "no") {
                assert!(asked.iter().any(|n| n == field.name), "{} asks for {}", kind.name, field.name);
            }
        }
        forms += 1;
    }
    assert!(forms >= 15, "{forms}");
    assert_eq!(b.get("/unit/CB01/records/stated_figure/new").await.status, StatusCode::NOT_FOUND);
    assert_eq!(b.get("/unit/CB01/records/unit/new").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn welfare_is_entered_in_one_form_and_the_years_totals_stand_below_it() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let list = b.get("/unit/CB01/records/contribution").await;
        assert_eq!(list.attributes("#new", "href"), ["/unit/CB01/records/contribution/new"]);
        let form = b.get("/unit/CB01/records/contribution/new").await;
        assert_eq!(form.attributes("#day", "value"), ["01/06/2026"], "today is there already");
        assert_eq!(form.attributes("#unit option[selected]", "value"), ["CB01"]);
        let fields = [
            ("unit", "CB01"),
            ("side", "own"),
            ("way", "given"),
            ("day", "15/05/2026"),
            ("purpose", "students"),
            ("amount", "nhiều"),
        ];
        let wrong = b.post("/unit/CB01/records/contribution/new", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.texts("#amount-error").len(), 1, "{}", wrong.body);
        assert_eq!(wrong.attributes("#amount", "value"), ["nhiều"], "what was typed is kept");
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM contribution").await, 0);
        for amount in ["2.500.000", "1.000.000"] {
            let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, if *n == "amount" { amount } else { v })).collect();
            let done = b.post("/unit/CB01/records/contribution/new", &fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{:?}", done.texts(".error"));
            let next = b.get(done.location()).await;
            assert_eq!(next.texts(".notice.done").len(), 2, "it was written, and here it is");
        }
        let page = b.get("/unit/CB01/records/contribution/new").await;
        let totals = page.texts("#this-year .totals li");
        assert_eq!(totals, ["2 dòng đã ghi", "3.500.000 Số tiền (đồng)"]);
        assert_eq!(page.texts("#latest li").len(), 2);
        let codes = "SELECT COUNT(DISTINCT code) AS n FROM contribution WHERE code LIKE 'AS-CB01-20260515%'";
        assert_eq!(number(db, codes).await, 2);
    }
}

#[tokio::test]
async fn inspections_are_entered_only_by_those_who_may_and_in_their_own_room() {
    for db in &both().await.all {
        let fields = [
            ("unit", "CB01"),
            ("actor", "cell"),
            ("act", "inspection"),
            ("object", "person"),
            ("object_person", "45.000001"),
            ("day", "20/05/2026"),
        ];
        let mut inspector = signed_in(db, Role::Inspector, "CB01").await;
        assert_eq!(inspector.get("/unit/CB01/records/inspection/new").await.status, StatusCode::FORBIDDEN);
        let done = inspector.post("/unit/CB01/closed/inspection/new", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        assert_eq!(secretary.get("/unit/CB01/records/inspection/new").await.status, StatusCode::NOT_FOUND);
        assert_eq!(secretary.get("/unit/CB01/closed/practice/new").await.status, StatusCode::NOT_FOUND);
        let mut officer = signed_in(db, Role::Officer, "CB01").await;
        assert_eq!(officer.post("/unit/CB01/closed/inspection/new", &fields).await.status, StatusCode::FORBIDDEN);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM inspection").await, 1);
    }
}

#[tokio::test]
async fn a_form_names_only_units_and_people_of_its_page() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let form = b.get("/unit/CB01/closed/rating/new").await;
        let people = form.texts("#person option");
        assert!(people.contains(&"Phạm Thị Dung".to_owned()), "of a group below: {people:?}");
        assert!(!people.iter().any(|p| p.contains("Cường")), "{people:?}");
        let fields = [
            ("unit", "CB02"),
            ("object", "person"),
            ("person", "45.000003"),
            ("year", "2025"),
            ("level", "good"),
        ];
        let refused = b.post("/unit/CB01/closed/rating/new", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((refused.texts("#unit-error").len(), refused.texts("#person-error").len()), (1, 1));
        let mut shy = without_names(db, Role::Secretary, "CB01").await;
        let form = shy.get("/unit/CB01/closed/rating/new").await;
        assert!(form.attributes("#person", "name").is_empty() && !form.body.contains("Dung"));
    }
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_lost() {
    for db in &both().await.all {
        let values = [
            ("code", "MH-1"),
            ("unit", "CB01"),
            ("title", "Tủ sách chi bộ"),
            ("field", "dan_van_kheo"),
            ("registered_day", "10/02/2026"),
        ];
        rows(db, &[("practice", "p1", &values)]).await;
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let record = b.get("/unit/CB01/records/practice/p1").await;
        assert_eq!(record.attributes("#edit", "href"), ["/unit/CB01/records/practice/p1/edit"]);
        assert!(record.texts("#parts + .topics a").iter().any(|l| l == "Tham quan mô hình"), "{:?}", record.texts(".topics a"));
        let opened = b.get("/unit/CB01/records/practice/p1/edit").await;
        assert_eq!(opened.attributes("#title", "value"), ["Tủ sách chi bộ"]);
        let seen = opened.attributes("[name=seen]", "value")[0].clone();
        let with = |title: &'static str, seen: &str| {
            vec![
                ("seen", seen.to_owned()),
                ("code", "MH-1".to_owned()),
                ("unit", "CB01".to_owned()),
                ("title", title.to_owned()),
                ("field", "dan_van_kheo".to_owned()),
                ("registered_day", "10/02/2026".to_owned()),
            ]
        };
        fn lent<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
            fields.iter().map(|(n, v)| (*n, v.as_str())).collect()
        }
        let mut other = signed_in(db, Role::Officer, "DU").await;
        let first = other.post("/unit/DU/records/practice/p1/edit", &lent(&with("Tủ sách số", &seen))).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = b.post("/unit/CB01/records/practice/p1/edit", &lent(&with("Tủ sách và phòng đọc", &seen))).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.texts("#title-error")[0].contains("Tủ sách số"), "what stands there now is told");
        assert_eq!(again.attributes("#title", "value"), ["Tủ sách và phòng đọc"]);
        assert_eq!(again.texts(".error").len(), 1, "the other fields agree: {:?}", again.texts(".error"));
        let seen = again.attributes("[name=seen]", "value")[0].clone();
        let done = b.post("/unit/CB01/records/practice/p1/edit", &lent(&with("Tủ sách và phòng đọc", &seen))).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "knowing it, one may");
        let title = "SELECT COUNT(*) AS n FROM practice WHERE title = 'Tủ sách và phòng đọc'";
        assert_eq!(number(db, title).await, 1);
    }
}

#[tokio::test]
async fn nothing_is_deleted_it_is_withdrawn_with_a_reason_and_brought_back() {
    for db in &both().await.all {
        let values = [
            ("code", "MH-1"),
            ("unit", "CB01"),
            ("title", "Tủ sách chi bộ"),
            ("field", "dan_van_kheo"),
            ("registered_day", "10/02/2026"),
        ];
        rows(db, &[("practice", "p1", &values)]).await;
        let at = "/unit/CB01/records/practice/p1";
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let bare = b.post(&format!("{at}/withdraw"), &[("reason", " ")]).await;
        assert_eq!(bare.status, StatusCode::CONFLICT, "a reason is asked for");
        let mut stranger = signed_in(db, Role::Secretary, "CB02").await;
        let refused = stranger.post(&format!("{at}/withdraw"), &[("reason", "x")]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM practice WHERE withdrawn IS NULL").await, 1);
        let done = b.post(&format!("{at}/withdraw"), &[("reason", "Ghi nhầm đơn vị")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let page = b.get(at).await;
        assert!(page.texts("#withdrawn")[0].contains("Ghi nhầm đơn vị"));
        assert!(page.attributes("#edit", "href").is_empty(), "it is brought back first");
        assert_eq!(b.get(&format!("{at}/edit")).await.status, StatusCode::CONFLICT);
        let back = b.post(&format!("{at}/restore"), &[("reason", "Đúng đơn vị")]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        let again = b.post(&format!("{at}/restore"), &[("reason", "Đúng đơn vị")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "twice is once");
        assert_eq!(b.get(at).await.texts("#withdrawn"), [""; 0]);
        let said = "SELECT COUNT(*) AS n FROM audit WHERE kind = 'practice' AND action IN ('withdraw', 'restore')";
        assert_eq!(number(db, said).await, 2);
    }
}

#[tokio::test]
async fn an_entry_sent_again_by_a_device_is_taken_once_and_a_refused_one_leaves_its_key_free() {
    for db in &both().await.all {
        let mut b = signed_in(db, Role::Secretary, "CB01").await;
        let key = "0b6f5a52-7b0a-4a4e-9d3c-5f1c9e7f0001";
        let fields = |title| {
            [
                ("once", key),
                ("unit", "CB01"),
                ("title", title),
                ("field", "dan_van_kheo"),
                ("registered_day", "10/02/2026"),
            ]
        };
        let at = "/unit/CB01/records/practice/new";
        assert_eq!(b.post(at, &fields("")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let first = b.post(at, &fields("Tủ sách chi bộ")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "what was refused wrote nothing, not even its key");
        let again = b.post(at, &fields("Tủ sách chi bộ")).await;
        assert_eq!((again.status, again.location()), (StatusCode::SEE_OTHER, "/"));
        assert_eq!(b.get("/").await.texts(".notice.done").len(), 1, "it says so");
        b.headers = vec![("x-once", key.to_owned()), ("accept", "application/json".to_owned())];
        let queued = b.post(at, &fields("Tủ sách chi bộ")[1..]).await;
        assert_eq!(queued.status, StatusCode::OK, "for the queue that is as good as taken");
        assert!(queued.body.contains("already-sent"), "{}", queued.body);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM practice").await, 1);
        // Another account's key of the same letters is another key.
        let mut other = signed_in(db, Role::Secretary, "CB01").await;
        let theirs = other.post(at, &fields("Phòng đọc")).await;
        assert!(theirs.location().contains("after="), "{}", theirs.location());
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM practice").await, 2);
    }
}
