use super::*;
use crate::evidence::ground::{both, day, draft, facts, faults, word};
use crate::kind::Draft;

fn row(object: &str, form: &str) -> Draft {
    let mut row = draft([("object", word(object)), ("form", word(form)), ("day", day("10/08/2022"))]);
    if object == "organisation" {
        row.set("object_unit", word("b"));
    }
    row
}

#[test]
fn each_object_has_its_own_forms() {
    let fits = |object: &str| {
        let fits = FORM.iter().filter(|f| faults(&DISCIPLINE_KIND, &row(object, f.code)).is_empty());
        fits.map(|f| f.code).collect::<Vec<_>>()
    };
    assert_eq!(fits("organisation"), ["handled", "reprimand", "warning", "dissolution"]);
    assert_eq!(fits("person"), ["handled", "reprimand", "warning", "removal", "expulsion"]);
    let faults = (DISCIPLINE_KIND.check)(&row("organisation", "expulsion"));
    assert_eq!(
        faults[0].message.to_string(),
        "discipline-form forms=\"Khiển trách, Cảnh cáo, Giải tán\" forms_en=\"Reprimand, Warning, Dissolution\" \
         source=\"Điều lệ Đảng, Điều 35\""
    );
}

#[test]
fn the_rule_of_the_day_judges_and_no_rule_judges_nothing() {
    let mut old = row("organisation", "expulsion");
    old.set("day", day("10/08/2005"));
    assert_eq!(faults(&DISCIPLINE_KIND, &old), []);
    let known = |form: &&str| FORM.iter().any(|c| c.code == *form);
    for rule in &rules::FORMS {
        assert!(rule.from < rule.to && rule.forms.iter().all(known), "{rule:?}");
    }
}

#[test]
fn a_row_has_one_object_and_an_organisation_is_named() {
    let mut both = row("organisation", "warning");
    both.set("object_person", word("p1"));
    assert_eq!(faults(&DISCIPLINE_KIND, &both), [("object_person", "discipline-one-object")]);
    let nameless = draft([("object", word("organisation"))]);
    assert_eq!(faults(&DISCIPLINE_KIND, &nameless), [("object_unit", "discipline-object-unit")]);
}

#[tokio::test]
async fn discipline_counts_persons_and_leaves_out_what_was_withdrawn() {
    let rows = ["INSERT INTO discipline (id, code, unit, object, object_unit, object_person, form, reason, day, withdrawn)
         VALUES ('1', '1', 'a', 'person', NULL, 'p1', 'reprimand', 'commitment', '2022-08-10', NULL),
                ('2', '2', 'a', 'organisation', 'b', NULL, 'warning', 'law', '2022-08-11', NULL),
                ('3', '3', 'a', 'person', NULL, 'p2', 'warning', 'law', '2022-08-12', 'hủy quyết định')"];
    for db in &both().await.all {
        let facts = facts(db, &rows, &DISCIPLINE).await;
        let seen: Vec<_> = facts
            .iter()
            .map(|f| {
                let texts = ["object", "form", "reason"].map(|c| f.text(c).unwrap().to_owned());
                (texts.join(" "), f.words("person").unwrap(), f.words("object_unit").unwrap())
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("person reprimand commitment".to_owned(), "p1".to_owned(), String::new()),
                ("organisation warning law".to_owned(), String::new(), "b".to_owned()),
            ]
        );
    }
}
