//! A cell's report from its records: made, issued, edited by a clerk, checked, renewed. On both
//! databases.

use super::check::{self, Current};
use super::issue::{self, Refusal};
use super::*;
use crate::person::fixture::{row, units};
use crate::{REGISTRY, activity, person, programme, unit};
use document::edited;
use document::template::FillMode;
use domain::{Actor, FixedClock, parse_day};
use std::io::{Cursor, Read, Write};
use std::sync::Arc;
use store::{Db, params, testing};
use zip::write::SimpleFileOptions;

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn book() -> Book {
    crate::figure::catalogue::load(&[], day("20/12/2023")).unwrap()
}

async fn session(tx: &mut Tx, id: &str, on: &str, sent: &str) {
    row(
        tx,
        &activity::sheet::ACTIVITY,
        id,
        &[
            ("code", id),
            ("unit", "CB"),
            ("kind", "topic_session"),
            ("title", "Nêu gương trong cải cách thủ tục"),
            ("day", on),
            ("depth", "in_depth"),
            ("paper_sent_day", sent),
        ],
    )
    .await;
}

/// A cell with three members and two topic sessions in 2023.
async fn cell(db: &Db) {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    units(&mut tx, &[("DU", None, "grassroots_committee"), ("CB", Some("DU"), "cell")]).await;
    tx.execute("UPDATE unit SET symbol = 'CB', name = 'Chi bộ Phòng Tổng hợp' WHERE id = 'CB'", &[]).await.unwrap();
    unit::rebuild(&mut tx).await.unwrap().unwrap();
    let from = [("code", "CT"), ("name", "học tập và làm theo"), ("document", "05-CT/TW"), ("from_day", "15/05/2016")];
    row(&mut tx, &programme::sheet::PROGRAMME, "p", &from).await;
    for id in ["a", "b", "c"] {
        let values = [
            ("code", id),
            ("name", "Nguyễn Văn An"),
            ("unit", "CB"),
            ("category", "party_member"),
            ("since", "01/01/2020"),
        ];
        row(&mut tx, &person::sheet::PERSON, id, &values).await;
    }
    person::imply_memberships(&mut tx).await.unwrap();
    session(&mut tx, "s1", "05/04/2023", "01/04/2023").await;
    session(&mut tx, "s2", "06/09/2023", "01/09/2023").await;
    tx.commit().await.unwrap();
}

async fn asked(tx: &mut Tx, number: Option<u32>) -> Asked {
    let unit = unit::by_code(tx, "CB", day("20/12/2023")).await.unwrap().unwrap();
    let period = "2023".parse().unwrap();
    Asked { unit, period, day: day("20/12/2023"), number, names: false, base_url: String::new() }
}

async fn both() -> testing::Both {
    let both = testing::both(&REGISTRY.migrations(), Arc::new(FixedClock(1_700_000_000_000))).await;
    for db in &both.all {
        cell(db).await;
    }
    both
}

fn shown(made: &Made, indicator: &str) -> Vec<String> {
    let nodes = made.document.figures();
    nodes.into_iter().filter(|f| f.indicator == indicator).map(|f| f.shown.clone()).collect()
}

/// The file with a text of its document replaced, as an editor would leave it.
fn edit(docx: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).unwrap();
            found = text.contains(from);
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    assert!(found, "the document has no “{from}”");
    out.finish().unwrap().into_inner()
}

#[test]
fn every_shipped_template_parses() {
    assert_eq!(templates().len(), SHIPPED.len());
}

#[tokio::test]
async fn numbers_come_from_the_records_and_the_blank_form_has_none() {
    let book = book();
    let template = template("cell-review").unwrap();
    for db in &both().await.all {
        let mut tx = db.read().await.unwrap();
        let asked = asked(&mut tx, None).await;
        let made = make(&mut tx, &book, template, &asked, FillMode::Report).await.unwrap();
        assert_eq!(made.problems, Vec::new());
        assert_eq!(shown(&made, "org.members")[0], "03");
        assert_eq!(shown(&made, "sessions.topic")[0], "02");
        assert_eq!(shown(&made, "sessions.topic.paper_days"), ["04"], "the shortest time counts");
        assert_eq!(made.document.head.issuer, "CHI BỘ PHÒNG TỔNG HỢP");
        let blank = make(&mut tx, &book, template, &asked, FillMode::BlankForm).await.unwrap();
        assert_eq!(blank.document.figures().len(), 0, "the blank form is for writing by hand");
        for output in [Output::Docx, Output::Pdf, Output::Html] {
            assert!(!write(&made.document, asked.day, output).unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn a_number_changed_by_hand_or_typed_in_is_found_and_refilling_renews_it() {
    let book = book();
    let template = template("cell-review").unwrap();
    for db in &both().await.all {
        let mut tx = db.read().await.unwrap();
        let asked = asked(&mut tx, None).await;
        let made = make(&mut tx, &book, template, &asked, FillMode::Report).await.unwrap();
        let docx = write(&made.document, asked.day, Output::Docx).unwrap();
        let clean = edited::read(&docx).unwrap();
        let now = check::current(&mut tx, &book, &clean).await.unwrap();
        let keys = |c: &check::Checked| c.findings.iter().map(|f| f.message.key).collect::<Vec<_>>();
        let untouched = check::check(&clean, &now);
        assert!(!keys(&untouched).contains(&"report-changed-by-hand"), "{:?}", untouched.findings);
        assert!(!keys(&untouched).contains(&"report-changed-since"));

        // A clerk makes two sessions three, and adds a number of their own.
        let wrong = edit(&docx, ">02</w:t>", ">03</w:t>");
        let wrong = edit(&wrong, "ĐÁNH GIÁ CHUNG", "ĐÁNH GIÁ CHUNG (có 57 đồng chí tham gia góp ý)");
        let file = edited::read(&wrong).unwrap();
        let checked = check::check(&file, &now);
        let by_hand: Vec<_> =
            checked.findings.iter().filter(|f| f.message.key == "report-changed-by-hand").collect();
        assert_eq!(by_hand.len(), 1, "{:?}", checked.findings);
        assert!(by_hand[0].context.contains("03"), "{}", by_hand[0].context);
        let typed = checked.findings.iter().find(|f| f.message.key == "report-no-source" && f.context.contains("57"));
        assert!(typed.is_some(), "{:?}", checked.findings);

        let (renewed, changes) = check::refill(&wrong, &now).unwrap();
        assert_eq!(changes.len(), 1, "{changes:?}");
        let again = edited::read(&renewed).unwrap();
        assert!(!keys(&check::check(&again, &now)).contains(&"report-changed-by-hand"));
        let words: String = again.paragraphs.iter().map(|p| p.text.as_str()).collect();
        assert!(words.contains("57 đồng chí"), "the clerk's own words stay");
    }
}

#[tokio::test]
async fn a_report_is_frozen_when_issued_and_shows_what_differs_since() {
    let book = book();
    let template = template("cell-review").unwrap();
    for db in &both().await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let draft = asked(&mut tx, None).await;
        let made = make(&mut tx, &book, template, &draft, FillMode::Report).await.unwrap();
        let refused = issue::issue(&mut tx, &made, &draft, "operator").await;
        assert!(matches!(refused, Err(Refusal::Say(m)) if m.key == "report-needs-number"));
        let numbered = asked(&mut tx, Some(7)).await;
        let made = make(&mut tx, &book, template, &numbered, FillMode::Report).await.unwrap();
        let id = issue::issue(&mut tx, &made, &numbered, "operator").await.unwrap();
        let twice = issue::issue(&mut tx, &made, &numbered, "operator").await;
        assert!(matches!(twice, Err(Refusal::Say(m)) if m.key == "report-number-used"));
        let report = issue::issued(&mut tx, &id).await.unwrap().unwrap();
        assert!(report.symbol.starts_with("Số 07-BC/CB"), "{}", report.symbol);
        assert_eq!(issue::differences(&mut tx, &book, &report).await.unwrap(), Vec::new());

        session(&mut tx, "s3", "01/11/2023", "25/10/2023").await;
        let since = issue::differences(&mut tx, &book, &report).await.unwrap();
        let topic = since.iter().find(|d| d.indicator == "sessions.topic").expect("one more session");
        assert_eq!((topic.then.as_str(), topic.now.as_str()), ("02", "03"));
        let frozen = issue::issued(&mut tx, &id).await.unwrap().unwrap();
        assert_eq!(frozen.html, report.html, "what was issued stays as it was");
    }
}

#[tokio::test]
async fn a_copy_that_is_not_ours_is_only_read_for_numbers() {
    let none = Current::new();
    let file = edited::Edited::default();
    let checked = check::check(&file, &none);
    assert_eq!(checked.findings[0].message.key, "report-not-ours");
    for db in &both().await.all {
        let mut tx = db.read().await.unwrap();
        assert!(check::asked(&mut tx, &file).await.unwrap().is_none());
        let rows = tx.query("SELECT id FROM report WHERE id = $1", params!["none"]).await.unwrap();
        assert!(rows.is_empty());
    }
}
