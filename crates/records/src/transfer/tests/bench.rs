//! Large files.

use super::*;

/// Reading, checking and writing thousands of rows asks the database a handful of times, not once
/// a row: this many rows with a query each would take minutes on PostgreSQL.
#[tokio::test]
async fn thousands_of_rows_are_taken_together() {
    let people: Vec<Vec<(&str, String)>> = (0..3_000)
        .map(|n| {
            let unit = ["CB11", "CB12", "CB21"][n % 3];
            vec![
                ("code", format!("P{n}")),
                ("name", format!("Lê Văn {n}")),
                ("unit", unit.into()),
                ("category", "Đảng viên".into()),
                ("since", "03/02/2016".into()),
            ]
        })
        .collect();
    let commitments: Vec<Vec<(&str, String)>> = (0..3_000)
        .map(|n| {
            let unit = ["CB11", "CB12", "CB21"][n % 3];
            vec![
                ("code", format!("CK{n}")),
                ("unit", unit.into()),
                ("person", format!("Lê Văn {n} (P{n})")),
                ("year", "2022".into()),
            ]
        })
        .collect();
    let spoken = |rows: &[Vec<(&'static str, String)>]| rows.to_vec();
    let file = |kind: &str, rows: &[Vec<(&'static str, String)>]| {
        let rows: Vec<Vec<(&str, &str)>> =
            rows.iter().map(|r| r.iter().map(|(n, w)| (*n, w.as_str())).collect()).collect();
        let rows: Vec<RowOf<'_>> = rows.iter().map(Vec::as_slice).collect();
        File::new().sheet(kind, &rows)
    };
    let people = file("person", &spoken(&people));
    let commitments = file("commitment", &spoken(&commitments));
    for db in &both().await.all {
        block().well(db).await;
        let both = File { sheets: [people.sheets.clone(), commitments.sheets.clone()].concat() };
        let outcome = both.well(db).await;
        assert_eq!(outcome.touched(), 6_000);
        assert_eq!(both.well(db).await.touched(), 0);
    }
}
