//! Who is late, who is awaited; on both databases.

use super::*;
use crate::kind::{Draft, Held};
use domain::{Actor, FixedClock, parse_day};
use std::sync::Arc;
use store::testing;

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

#[test]
fn a_deadline_does_not_come_before_the_request() {
    let mut draft = Draft::default();
    draft.set("day", Held::Day(day("08/12/2023")));
    draft.set("deadline", Held::Day(day("01/12/2023")));
    assert_eq!((REQUEST_KIND.check)(&draft)[0].message.key, "request-deadline");
    draft.set("deadline", Held::Day(day("08/12/2023")));
    assert!((REQUEST_KIND.check)(&draft).is_empty());
}

#[tokio::test]
async fn who_has_returned_nothing_by_the_deadline_is_late() {
    let migrations: Vec<Migration> = [crate::unit::FEATURE.migrations, FEATURE.migrations].concat();
    for db in &testing::both(&migrations, Arc::new(FixedClock(0))).await.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for code in ["A", "B", "C", "TOP"] {
            tx.execute(
                "INSERT INTO unit (id, code, name, kind, from_day, search, sort) VALUES ($1, $1, $1, 'cell', '2019-01-01', $1, $1)",
                params![code],
            )
            .await
            .unwrap();
        }
        tx.execute(
            "INSERT INTO request (id, code, unit, symbol, day, title, from_day, to_day, deadline)
             VALUES ('r', 'YC', 'TOP', '1-KH/TU', '2023-12-08', 'sơ kết', '2021-01-01', '2023-12-31', '2024-02-15')",
            &[],
        )
        .await
        .unwrap();
        let request = by_code(&mut tx, "YC").await.unwrap().unwrap();
        let units: Vec<String> = ["A", "B", "C"].map(str::to_owned).to_vec();
        assert_eq!(ask(&mut tx, &request, &units, day("02/01/2024")).await.unwrap(), 3);
        assert_eq!(ask(&mut tx, &request, &units, day("02/01/2024")).await.unwrap(), 0, "asked once");
        assert!(returned(&mut tx, &request, "A", day("01/02/2024"), "h").await.unwrap());
        assert!(returned(&mut tx, &request, "B", day("20/02/2024"), "h").await.unwrap());
        assert!(!returned(&mut tx, &request, "TOP", day("20/02/2024"), "h").await.unwrap());
        let at = |list: Vec<Asked>| list.into_iter().map(|a| (a.code, a.standing)).collect::<Vec<_>>();
        let late = at(standings(&mut tx, &request, day("01/03/2024")).await.unwrap());
        let expected = [("C", Standing::Late), ("B", Standing::ReturnedLate), ("A", Standing::Returned)];
        assert_eq!(late, expected.map(|(c, s)| (c.to_owned(), s)));
        let before = at(standings(&mut tx, &request, day("15/02/2024")).await.unwrap());
        assert_eq!(before[0], ("C".to_owned(), Standing::Awaited), "the last day is not late");
    }
}
