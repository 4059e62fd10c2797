//! Lists and records through the router, on both databases.

use super::fixture::{both, number, rows, signed_in, withdraw, without_names};
use axum::http::StatusCode;
use domain::Role;
use shell::testing::Answer;
use store::Db;

/// Sessions of two cells, attendance, an inspection, commitments.
pub(super) async fn filled(db: &Db) {
    rows(
        db,
        &[
            (
                "activity",
                "a1",
                &[
                    ("code", "SH-1"),
                    ("unit", "CB01"),
                    ("kind", "topic_session"),
                    ("depth", "in_depth"),
                    ("title", "Học Bác về tinh thần trách nhiệm"),
                    ("day", "20/05/2023"),
                    ("lead_in", "45.000002"),
                    ("conclusion", "Giao tổ 1 rà soát hồ sơ.\nBáo cáo trong tháng 6."),
                ],
            ),
            (
                "activity",
                "a2",
                &[
                    ("code", "HN-2"),
                    ("unit", "CB01"),
                    ("kind", "conference"),
                    ("mode", "online"),
                    ("title", "Quán triệt chuyên đề năm 2024"),
                    ("day", "10/01/2024"),
                ],
            ),
            (
                "activity",
                "a3",
                &[
                    ("code", "HN-3"),
                    ("unit", "CB02"),
                    ("kind", "conference"),
                    ("mode", "in_person"),
                    ("title", "Hội nghị của Chi bộ Kế hoạch"),
                    ("day", "12/01/2024"),
                ],
            ),
            (
                "attendance",
                "t1",
                &[("activity", "a1"), ("person", "45.000001"), ("status", "present"), ("spoke", "1")],
            ),
            ("attendance", "t2", &[("activity", "a1"), ("person", "45.000002"), ("status", "excused")]),
            (
                "attendance_site",
                "s1",
                &[
                    ("activity", "a2"),
                    ("site", "Hội trường"),
                    ("unit", "CB01"),
                    ("expected", "62"),
                    ("attended", "58"),
                ],
            ),
            (
                "attendance_site",
                "s2",
                &[
                    ("activity", "a2"),
                    ("site", "Phòng họp"),
                    ("unit", "CB01"),
                    ("expected", "1500"),
                    ("attended", "1400"),
                ],
            ),
            (
                "commitment",
                "c1",
                &[("code", "CK2023-45.000001"), ("unit", "CB01"), ("person", "45.000001"), ("year", "2023")],
            ),
            (
                "inspection",
                "k1",
                &[
                    ("code", "KT-1"),
                    ("unit", "CB01"),
                    ("actor", "cell"),
                    ("act", "inspection"),
                    ("object", "person"),
                    ("object_person", "45.000001"),
                    ("day", "11/11/2023"),
                    ("about", "commitment"),
                ],
            ),
        ],
    )
    .await;
}

fn links(page: &Answer, selector: &str) -> Vec<String> {
    page.attributes(selector, "href")
}

#[tokio::test]
async fn a_list_holds_the_rows_of_the_unit_and_below_in_words() {
    for db in &both().await.all {
        filled(db).await;
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        let page = officer.get("/unit/DU/records/activity").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.texts("#rows tbody th .code"), ["HN-3", "HN-2", "SH-1"], "newest first");
        assert_eq!(page.texts("#total"), ["3 dòng"]);
        let cells = page.texts("#rows tbody tr:nth-child(3) td").join(" | ");
        for words in ["Chi bộ Văn phòng", "Sinh hoạt chuyên đề", "20/05/2023", "Chuyên sâu"] {
            assert!(cells.contains(words), "{words}: {cells}");
        }
        assert_eq!(page.texts("#rows tbody th a")[2], "Học Bác về tinh thần trách nhiệm", "called by its title");
        let headings = page.texts("#rows thead th");
        assert_eq!((headings.len(), headings[0].as_str()), (6, "Nội dung"), "{headings:?}");
        assert!(!cells.contains("Giao tổ 1"), "long texts stand on the record's own page: {cells}");
        let all = officer.get(&links(&page, "#columns")[0]).await;
        for words in ["Giao tổ 1", "Trần Thị Bình"] {
            assert!(all.texts("#rows tbody tr:nth-child(3)")[0].contains(words), "or are asked for");
        }
        let headings = all.texts("#rows thead th");
        assert!(headings.len() > 6 && !headings.contains(&"Biên bản".to_owned()), "{headings:?}");
        assert_eq!(links(&all, "#columns"), ["/unit/DU/records/activity"]);
        let cell = officer.get("/unit/CB02/records/activity").await;
        assert_eq!(cell.texts("#rows tbody th .code"), ["HN-3"]);
        assert_eq!(links(&cell, "#rows tbody th a"), ["/unit/CB02/records/activity/a3"]);
        let through = officer.get("/unit/CB01/records/attendance").await;
        assert_eq!(through.texts("#total"), ["2 dòng"]);
        assert_eq!(officer.get("/unit/CB02/records/attendance").await.texts("#total"), ["0 dòng"]);
        let sites = officer.get("/unit/DU/records/attendance_site").await;
        assert_eq!(sites.texts("#rows tfoot td.num"), ["1.562", "1.458"]);
        let kinds = officer.get("/unit/DU/records").await;
        let counted = kinds.texts("#kinds tbody tr").join("; ");
        assert!(counted.contains("Hoạt động học tập, sinh hoạt312/01/2024;"), "{counted}");
        assert!(!counted.contains("Kiểm tra"), "an officer does not see inspections: {counted}");
    }
}

#[tokio::test]
async fn lists_are_filtered_by_words_days_and_choices() {
    for db in &both().await.all {
        filled(db).await;
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        for (query, expected) in [
            ("?q=trach+nhiem", vec!["SH-1"]),
            ("?q=KE%20HOACH", vec!["HN-3"]),
            ("?q=binh", vec!["SH-1"]),
            ("?q=chi+bo+2024", vec!["HN-2"]),
            ("?q=hn-", vec!["HN-3", "HN-2"]),
            ("?q=100%25", vec![]),
            ("?from=2024", vec!["HN-3", "HN-2"]),
            ("?from=11/01/2024&to=2024", vec!["HN-3"]),
            ("?to=2023", vec!["SH-1"]),
            ("?kind=conference&mode=online", vec!["HN-2"]),
            ("?kind=conference&q=quan+triet&from=2023", vec!["HN-2"]),
            ("?theory_part=0&to=20/05/2023", vec!["SH-1"]),
        ] {
            let page = officer.get(&format!("/unit/DU/records/activity{query}")).await;
            assert_eq!(page.texts("#rows tbody th .code"), expected, "{query} on {:?}", db.engine());
        }
        let bad = officer.get("/unit/DU/records/activity?from=hôm+qua&kind=conference").await;
        assert_eq!(bad.attributes("#from", "value"), ["hôm qua"], "what was typed stays");
        assert!(bad.texts("#from-error")[0].contains("không phải là ngày"), "{}", bad.body);
        assert_eq!(bad.texts("#rows tbody th .code"), ["HN-3", "HN-2"], "what is understood is applied");
        assert_eq!(bad.attributes("#kind option[selected]", "value"), ["conference"]);
        let none = officer.get("/unit/DU/records/activity?q=xyz").await;
        assert!(none.texts("#nothing")[0].contains("điều kiện lọc"));
        let person = officer.get("/unit/DU/records/person?q=nguyen+an").await;
        assert_eq!(person.texts("#rows tbody th .code"), ["45.000001"]);
        let people = officer.get("/unit/DU/records/person").await;
        assert_eq!(people.texts("#rows tbody th a")[..2], ["Nguyễn Văn An", "Trần Thị Bình"]);
        assert_eq!(officer.get("/unit/DU/records/nothing").await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.get("/unit/XX/records/activity").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn names_and_card_numbers_need_the_right_to_names_and_reading_them_is_noted() {
    for db in &both().await.all {
        filled(db).await;
        let noted = "SELECT COUNT(*) AS n FROM audit WHERE action = 'read-names'";
        let mut shy = without_names(db, Role::Secretary, "DU").await;
        for path in [
            "activity",
            "activity/a1",
            "attendance",
            "person",
            "person/45.000001",
            "commitment",
            "commitment/c1",
            "membership",
            "inspection",
            "inspection/k1",
            "activity?q=binh",
            "person?q=an",
        ] {
            let page = shy.get(&format!("/unit/DU/records/{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let main = page.texts("main").concat();
            for secret in ["Nguyễn Văn An", "Trần Thị Bình", "45.00000"] {
                assert!(!main.contains(secret), "{path} shows {secret}: {main}");
            }
        }
        assert_eq!(
            shy.get("/unit/DU/records/activity?q=binh").await.texts("#total"),
            ["0 dòng"],
            "nor by searching"
        );
        assert_eq!(shy.get("/unit/DU/records/activity/a1").await.texts("#unnamed").len(), 1);
        let rows = shy.get("/unit/DU/records/person").await;
        assert_eq!(rows.texts("#rows tbody tr").len(), 4, "a fact is one unnamed row");
        assert_eq!(number(db, noted).await, 0, "nobody was named");

        let mut officer = signed_in(db, Role::Officer, "DU").await;
        officer.get("/unit/DU/records/activity").await;
        assert_eq!(number(db, noted).await, 0, "a list about sessions is no list about persons");
        officer.get("/unit/DU/records/person").await;
        officer.get("/unit/DU/records/person/45.000001").await;
        officer.get("/unit/DU/records/commitment/c1").await;
        assert_eq!(number(db, noted).await, 3);
        let row = "SELECT COUNT(*) AS n FROM audit a JOIN audit_payload p ON p.seq = a.seq
                   WHERE a.action = 'read-names' AND a.kind = 'person' AND a.record = '45.000001' AND p.after LIKE '%An%'";
        assert_eq!(number(db, row).await, 0, "the log itself names nobody");
        let mut tx = db.read().await.unwrap();
        assert_eq!(store::verify_chain(&mut tx).await.unwrap(), None);
    }
}

#[tokio::test]
async fn sensitive_kinds_are_not_there_without_the_right_to_them() {
    for db in &both().await.all {
        filled(db).await;
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        let mut inspector = signed_in(db, Role::Inspector, "DU").await;
        for path in ["inspection", "inspection/k1", "inspection/xlsx", "feedback", "rating", "discipline"] {
            let path = format!("/unit/DU/records/{path}");
            assert_eq!(officer.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(inspector.get("/unit/DU/records/inspection").await.texts("#rows tbody th .code"), ["KT-1"]);
        let person = officer.get("/unit/DU/records/person/45.000001").await;
        assert_eq!(person.texts("#of-attendance-person").len(), 1, "{}", person.body);
        assert!(person.texts("#of-inspection-object_person").is_empty());
        let person = inspector.get("/unit/DU/records/person/45.000001").await;
        assert_eq!(person.texts("#of-inspection-object_person").len(), 1);
    }
}

#[tokio::test]
async fn a_record_shows_its_fields_its_children_its_source_and_who_wrote_it() {
    for db in &both().await.all {
        filled(db).await;
        withdraw(db, "attendance", "t2").await;
        let mut tx = db.write(&domain::Actor::Operator).await.unwrap();
        let entered = crate::transfer::write_one(
            &mut tx,
            super::fixture::kind("follow_up"),
            crate::person::fixture::draft(
                super::fixture::kind("follow_up"),
                &[("code", "01"), ("activity", "a1"), ("task", "Rà soát hồ sơ"), ("deadline", "30/06/2023")],
            ),
            None,
        )
        .await
        .unwrap()
        .unwrap();
        tx.commit().await.unwrap();
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let page = secretary.get("/unit/CB01/records/activity/a1").await;
        assert_eq!(page.texts("h1"), ["Học Bác về tinh thần trách nhiệm"]);
        let facts = page.texts("#fields dd");
        assert!(facts.contains(&"Chuyên sâu".to_owned()), "{facts:?}");
        assert!(page.body.contains("Giao tổ 1 rà soát hồ sơ.<br>Báo cáo trong tháng 6."), "lines stay lines");
        assert_eq!(
            links(&page, "#fields a"),
            ["/unit/CB01/records/unit/CB01", "/unit/CB01/records/person/45.000002"]
        );
        assert_eq!(page.texts("#of-attendance-activity h2"), ["Điểm danh (2)"]);
        assert_eq!(page.texts("#of-attendance-activity tr.withdrawn .badge"), ["Đã rút"]);
        assert_eq!(page.texts("#of-follow_up-activity tbody th"), ["01"]);
        let acts = links(&page, ".actions a");
        assert_eq!(acts[0], "/unit/CB01/activity/a1/attendance");
        assert_eq!(acts[1], "/unit/CB01/evidence/new?about_kind=activity&about_code=SH-1");
        let task = secretary.get(&format!("/unit/CB01/records/follow_up/{entered}")).await;
        assert!(task.texts("#source")[0].contains("Ghi trực tiếp"), "{}", task.body);
        assert_eq!(task.texts("#entries td")[1..], ["người vận hành máy chủ", "Ghi mới"]);
        let gone = secretary.get("/unit/CB01/records/attendance/t2").await;
        assert!(gone.texts("#withdrawn")[0].contains("nhập nhầm"));
        let list = secretary.get("/unit/CB01/records/attendance").await;
        assert_eq!(list.texts("#total"), ["1 dòng; ngoài ra 1 dòng đã rút, không tính vào tổng"]);
        assert_eq!(
            secretary.get("/unit/CB01/records/activity/a3").await.status,
            StatusCode::NOT_FOUND,
            "another cell's"
        );
        let of = secretary.get("/unit/CB01/records/attendance?of=activity:a1").await;
        assert_eq!(of.texts("#rows tbody tr").len(), 2);
        let outside = secretary.get("/unit/CB01/records/attendance?of=activity:a3").await;
        assert_eq!(outside.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn long_lists_are_turned_by_pages_that_keep_what_was_asked() {
    for db in &both().await.all {
        let codes: Vec<String> = (1..=120).map(|n| format!("HN-{n:03}")).collect();
        let mut tx = db.write(&domain::Actor::Operator).await.unwrap();
        for code in &codes {
            let values = [
                ("code", code.as_str()),
                ("unit", "CB01"),
                ("kind", "conference"),
                ("title", "Hội nghị"),
                ("day", "10/01/2024"),
            ];
            super::fixture::row(&mut tx, "activity", code, &values).await;
        }
        tx.commit().await.unwrap();
        let mut secretary = signed_in(db, Role::Secretary, "CB01").await;
        let path = "/unit/CB01/records/activity?kind=conference&q=hoi+nghi";
        let first = secretary.get(path).await;
        assert_eq!(first.texts("#page"), ["Trang 1 / 3"]);
        assert!(first.attributes("a[rel=prev]", "href").is_empty());
        let next = first.attributes("a[rel=next]", "href").remove(0);
        let second = secretary.get(&next).await;
        assert_eq!(second.texts("#page"), ["Trang 2 / 3"]);
        assert_eq!(second.texts("#rows tbody th .code")[0], "HN-070");
        assert_eq!(second.attributes("#q", "value"), ["hoi nghi"]);
        let last = secretary.get("/unit/CB01/records/activity?page=999").await;
        assert_eq!(last.texts("#page"), ["Trang 3 / 3"], "a page beyond the end is the last one");
        assert_eq!(last.texts("#rows tbody tr").len(), 20);
    }
}

#[tokio::test]
async fn every_kind_has_a_list_and_a_workbook_in_both_languages() {
    for db in &both().await.all {
        filled(db).await;
        let mut browser = signed_in(db, Role::Secretary, "DU").await;
        for kind in crate::REGISTRY.kinds() {
            let path = format!("/unit/DU/records/{}", kind.name);
            let page = browser.get(&path).await;
            assert_eq!((page.status, page.texts("h1")), (StatusCode::OK, vec![kind.vi.to_owned()]));
            // Every column that sorts, filters or is searched is asked for.
            let all = browser.get(&format!("{path}?q=a+b&from=2020&to=2026&page=2")).await;
            assert_eq!(all.status, StatusCode::OK, "{} {}", kind.name, all.body);
        }
        browser.cookies.insert("nenep-lang".into(), "en".into());
        for path in ["/unit/DU/records", "/unit/DU/records/activity", "/unit/DU/records/activity/a1"] {
            let page = browser.get(path).await;
            assert!(!page.body.contains("[browse-"), "{}", page.body);
        }
        assert_eq!(browser.get("/unit/DU/records/activity").await.texts("h1"), ["Study and meetings"]);
        let file = browser
            .send(axum::http::Method::HEAD, "/unit/DU/records/activity/xlsx", None, axum::body::Body::empty())
            .await;
        let named = "attachment; filename=\"activity-du.xlsx\"; filename*=UTF-8''activity-DU.xlsx";
        assert_eq!(file.header("content-disposition"), named);
        assert!(file.header("content-type").ends_with("spreadsheetml.sheet"));
    }
}
