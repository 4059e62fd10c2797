use super::*;
use crate::evidence::ground::{both, facts};

const ROWS: [&str; 2] = [
    "INSERT INTO practice (id, code, unit, title, field, registered_day, withdrawn)
     VALUES ('1', 'MH-1', 'b', 'Một', 'following', '2022-03-15', NULL),
            ('2', 'MH-2', 'b', 'Hai', 'reform', '2022-03-15', NULL),
            ('3', 'MH-3', 'b', 'Ba', 'reform', '2022-03-15', NULL),
            ('4', 'MH-4', 'b', 'Bốn', 'reform', '2022-03-15', 'trùng')",
    "INSERT INTO publicity (id, code, unit, day, kind, channel, title, pieces, anniversary, practice, withdrawn)
     VALUES ('1', '1', 'a', '2022-05-19', 'article', 'website', 'x', 3, 1, '1', NULL),
            ('2', '2', 'a', '2022-09-02', 'video', 'zalo', 'x', 1, 1, '1', NULL),
            ('3', '3', 'a', '2022-05-19', 'article', 'website', 'x', 1, 1, '2', NULL),
            ('4', '4', 'a', '2022-04-10', 'article', 'website', 'x', 1, 0, '2', NULL),
            ('5', '5', 'a', '2022-04-11', 'article', 'website', 'x', 1, 0, '1', 'trùng'),
            ('6', '6', 'a', '2022-04-12', 'article', 'website', 'x', 1, 0, '4', NULL),
            ('7', '7', 'b', '2022-04-13', 'talk', 'other', 'x', 2, 0, NULL, NULL)",
];

#[tokio::test]
async fn a_row_counts_its_pieces() {
    for db in &both().await.all {
        let facts = facts(db, &ROWS, &PUBLICITY).await;
        let pieces: Vec<_> =
            facts.iter().map(|f| (f.int("n").unwrap(), f.int("anniversary").unwrap())).collect();
        assert_eq!(pieces, [(3, 1), (1, 1), (1, 1), (1, 0), (1, 0), (2, 0)]);
    }
}

#[tokio::test]
async fn a_practice_seen_only_at_anniversaries_is_told_from_one_seen_also_between_them() {
    for db in &both().await.all {
        let facts = facts(db, &ROWS, &PRACTICE_PUBLICITY).await;
        let seen: Vec<_> = facts
            .iter()
            .map(|f| {
                (f.words("fact").unwrap(), f.words("day").unwrap(), f.int("only_anniversaries").unwrap())
            })
            .collect();
        assert_eq!(
            seen,
            [("1".to_owned(), "2022-05-19".to_owned(), 1), ("2".to_owned(), "2022-04-10".to_owned(), 0)],
            "once each, on the first day; not the one nobody wrote about, not the withdrawn one"
        );
        assert_eq!(facts[0].text("unit").unwrap(), "b", "the practice's unit, whoever published");
    }
}
