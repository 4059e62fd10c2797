//! The rules of the register by name, and what its measure counts on both databases.

use super::sheet::{DOCUMENT, TYPE};
use super::symbol::{read, tidy, types};
use super::*;
use crate::person::fixture::{both, derived, faults, row, tally, try_row, units, well_made, withdraw};
use domain::{Actor, Day};

const PLAN: [(&str, &str); 6] = [
    ("unit", "dbk"),
    ("direction", "issued"),
    ("type", "plan"),
    ("number", "12"),
    ("day", "15/02/2023"),
    ("extract", "Thực hiện chuyên đề năm 2023"),
];

fn plan(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    // Later values take the place of earlier ones.
    [&PLAN[..], &[("symbol", "12-KH/ĐUK")], more].concat()
}

#[tokio::test]
async fn the_feature_is_well_made() {
    well_made(&FEATURE, &[&crate::person::FEATURE, &crate::programme::FEATURE]).await;
}

#[test]
fn a_symbol_is_read_as_offices_write_it() {
    for (written, number, abbreviation, body) in [
        ("Số 05-NQ/ĐU", 5, "NQ", "ĐU"),
        ("số: 12 - KH / ĐUK", 12, "KH", "ĐUK"),
        ("06–CT/TW", 6, "CT", "TW"),
        ("123-QÐ/BTGDVTW", 123, "QĐ", "BTGDVTW"),
        ("7-CTr/CB", 7, "CTr", "CB"),
    ] {
        let tidy = tidy(written);
        let symbol = read(&tidy).unwrap_or_else(|| panic!("{written}"));
        assert_eq!((symbol.number, symbol.abbreviation, symbol.body), (number, abbreviation, body));
    }
    for written in ["", "12", "KH/ĐU", "12-KH", "0-KH/ĐU", "12-K1/ĐU", "12-KH/", "123456-KH/ĐU", "12/KH-UBND"]
    {
        assert_eq!(read(&tidy(written)), None, "{written}");
    }
}

#[test]
fn abbreviations_stand_for_types_of_the_register() {
    for known in ["NQ", "CT", "CTr", "KL", "QC", "QĐ", "TB", "HD", "BC", "KH", "TTr", "CV", "BB", "GM"] {
        assert!(!types(known).is_empty(), "{known}");
        assert!(types(known).iter().all(|ty| TYPE.iter().any(|c| c.code == *ty)), "{known}");
    }
    assert!(types("QĐ").contains(&"decision") && types("QĐ").contains(&"regulation"));
    assert!(types("QyĐ").is_empty());
}

#[test]
fn an_issued_document_has_a_number_and_a_symbol_of_the_party() {
    assert_eq!(faults(&DOCUMENT, &plan(&[])), [""; 0]);
    let no_number: Vec<_> = plan(&[]).into_iter().filter(|(field, _)| *field != "number").collect();
    assert_eq!(faults(&DOCUMENT, &no_number), ["number: register-number-needed"]);
    for (symbol, fault) in [
        ("12/KH-UBND", "symbol: register-symbol-shape"),
        ("13-KH/ĐUK", "symbol: register-symbol-number"),
        ("12-BC/ĐUK", "symbol: register-symbol-type"),
    ] {
        assert_eq!(faults(&DOCUMENT, &plan(&[("symbol", symbol)])), [fault], "{symbol}");
    }
    // A sign that is not known is let through, and so is a received document of the State.
    assert_eq!(faults(&DOCUMENT, &plan(&[("symbol", "12-XYZ/ĐUK")])), [""; 0]);
    assert_eq!(faults(&DOCUMENT, &plan(&[("direction", "received"), ("symbol", "45/KH-UBND")])), [""; 0]);
    assert_eq!(derived(&DOCUMENT, &plan(&[("symbol", "Số 12 – KH/ÐUK")])).text("symbol"), Some("12-KH/ĐUK"));
}

#[test]
fn documents_with_a_mark_of_secrecy_are_refused() {
    for (field, words) in
        [("extract", "Tình hình nội bộ (Mật)"), ("symbol", "12-KH/ĐUK Mật"), ("extract", "TUYỆT MẬT")]
    {
        let found = faults(&DOCUMENT, &plan(&[("direction", "received"), (field, words)]));
        assert_eq!(found, ["symbol: register-secret"], "{words}");
    }
    let about = plan(&[("extract", "Tăng cường công tác bảo vệ bí mật nhà nước (bản sao)")]);
    assert_eq!(faults(&DOCUMENT, &about), [""; 0]);
}

#[test]
fn nobody_at_grassroots_issues_directives_since_399() {
    let (before, since) = (Day::from_ymd_opt(2026, 1, 8).unwrap(), Day::from_ymd_opt(2026, 1, 9).unwrap());
    for body in [Body::Committee, Body::Standing, Body::Cell] {
        assert!(!may_issue(body, "directive", since));
        assert!(may_issue(body, "directive", before), "the rule of its day applies");
        assert!(may_issue(body, "plan", since));
    }
    let may = |ty: &str| [Body::Committee, Body::Standing, Body::Cell].map(|body| may_issue(body, ty, since));
    assert_eq!(may("guidance"), [false, true, false]);
    assert_eq!(may("rules"), [true, false, true]);
    assert_eq!(may("regulation"), [true, true, false]);
}

#[test]
fn a_row_that_names_a_cell_as_its_issuer_is_judged_at_once() {
    let guidance =
        |issuer, day| plan(&[("type", "guidance"), ("symbol", "12-HD/CB"), ("issuer", issuer), ("day", day)]);
    let refused = faults(&DOCUMENT, &guidance("Chi bộ Văn phòng", "01/03/2026"));
    assert_eq!(refused, ["type: register-may-not-issue"]);
    assert_eq!(faults(&DOCUMENT, &guidance("Chi bộ Văn phòng", "01/03/2025")), [""; 0]);
    assert_eq!(faults(&DOCUMENT, &guidance("Ban Thường vụ", "01/03/2026")), [""; 0]);
}

#[tokio::test]
async fn a_symbol_is_used_once_for_a_type_within_a_term() {
    // PostgreSQL ends a transaction at the first refusal, so each try has its own.
    for db in &both(&[&crate::person::FEATURE, &crate::programme::FEATURE, &FEATURE]).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        units(&mut tx, &[("dbk", None, "block")]).await;
        row(&mut tx, &DOCUMENT, "d1", &plan(&[("code", "D1"), ("term", "2020-2025")])).await;
        tx.commit().await.unwrap();
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let again = try_row(&mut tx, &DOCUMENT, "d2", &plan(&[("code", "D2"), ("term", "2020-2025")])).await;
        assert!(matches!(again, Err(store::Error::Constraint(_))), "{:?}", db.engine());
        drop(tx);
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        row(&mut tx, &DOCUMENT, "d3", &plan(&[("code", "D3"), ("term", "2025-2030")])).await;
        row(&mut tx, &DOCUMENT, "d4", &plan(&[("code", "D4")])).await;
        row(&mut tx, &DOCUMENT, "d5", &plan(&[("code", "D5")])).await;
        withdraw(&mut tx, &DOCUMENT, "d1").await;
        row(&mut tx, &DOCUMENT, "d6", &plan(&[("code", "D6"), ("term", "2020-2025")])).await;
    }
}

#[tokio::test]
async fn documents_are_counted_by_type_direction_and_purpose() {
    for db in &both(&[&crate::person::FEATURE, &crate::programme::FEATURE, &FEATURE]).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let tx = &mut tx;
        units(
            tx,
            &[
                ("dbk", None, "block"),
                ("dbcs", Some("dbk"), "grassroots_committee"),
                ("cb1", Some("dbcs"), "cell"),
            ],
        )
        .await;
        let programme = [("code", "CT05"), ("name", "Chỉ thị 05"), ("from_day", "15/05/2016")];
        row(tx, &crate::programme::sheet::PROGRAMME, "g", &programme).await;
        row(tx, &DOCUMENT, "d1", &plan(&[("code", "D1"), ("programme", "g"), ("part", "action_programme")]))
            .await;
        row(tx, &DOCUMENT, "d2", &plan(&[("code", "D2"), ("direction", "received")])).await;
        let documents = &figures::DOCUMENT;
        assert_eq!(
            tally(tx, documents, "type = 'plan' AND day = '2023-02-15' AND unit = 'dbk'").await,
            (2, 0)
        );
        assert_eq!(tally(tx, documents, "direction = 'issued' AND programme = 'CT05'").await, (1, 0));
        assert_eq!(tally(tx, documents, "part = 'action_programme'").await, (1, 0));
        withdraw(tx, &DOCUMENT, "d1").await;
        assert_eq!(tally(tx, documents, "1 = 1").await, (1, 0));
    }
}

#[tokio::test]
async fn what_a_unit_should_not_have_issued_is_listed() {
    for db in &both(&[&crate::person::FEATURE, &crate::programme::FEATURE, &FEATURE]).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let tx = &mut tx;
        units(
            tx,
            &[
                ("dbk", None, "block"),
                ("dbcs", Some("dbk"), "grassroots_committee"),
                ("cb1", Some("dbcs"), "cell"),
            ],
        )
        .await;
        let of = |code, unit, ty, symbol, more: &[(&'static str, &'static str)]| {
            let base =
                [("code", code), ("unit", unit), ("type", ty), ("symbol", symbol), ("day", "01/03/2026")];
            plan(&[&base[..], more].concat())
        };
        for (id, values) in [
            ("block-directive", of("1", "dbk", "directive", "12-CT/ĐUK", &[])),
            ("directive", of("2", "dbcs", "directive", "12-CT/ĐU", &[])),
            ("old-directive", of("3", "dbcs", "directive", "12-CT/ĐU", &[("day", "01/03/2025")])),
            ("guidance-unsaid", of("4", "dbcs", "guidance", "12-HD/ĐU", &[])),
            ("guidance-standing", of("5", "dbcs", "guidance", "12-HD/ĐU", &[("issuer", "Ban Thường vụ")])),
            ("guidance-committee", of("6", "dbcs", "guidance", "12-HD/ĐU", &[("issuer", "Ban Chấp hành")])),
            ("cell-regulation", of("7", "cb1", "regulation", "12-QĐ/CB", &[])),
        ] {
            row(tx, &DOCUMENT, id, &values).await;
        }
        let found: Vec<String> = out_of_competence(tx).await.unwrap().into_iter().map(|m| m.id).collect();
        assert_eq!(found, ["directive", "guidance-committee", "cell-regulation"]);
    }
}
