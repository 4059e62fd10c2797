//! There and back: what is exported, taken into an empty database and exported again is the same,
//! for rows of every kind.

use super::*;
use crate::kind::{Draft, Field, Held, Kind, Ty};
use crate::transfer::{check, specs, workbook, write_one};
use domain::Day;
use std::collections::HashMap;

/// A source of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n.max(1)
    }

    fn number(&mut self, min: i64, max: i64) -> i64 {
        let span = max.saturating_sub(min).clamp(0, 5_000);
        min + i64::try_from(self.below(usize::try_from(span).unwrap() + 1)).unwrap()
    }

    fn words(&mut self, max: usize) -> String {
        const WORDS: [&str; 12] = [
            "học tập",
            "Uỷ ban",
            "Ủy ban",
            "“tự soi”",
            "12/2023",
            "đ/c",
            "x",
            "3,5",
            "(A)",
            "không",
            "=1+1",
            "Tổng",
        ];
        let n = 1 + self.below(5);
        // A first word of letters: a row that begins with "Tổng" is read as a total.
        let words: Vec<&str> = std::iter::once("Nội").chain((0..n).map(|_| WORDS[self.below(12)])).collect();
        words.join(" ").chars().take(max).collect::<String>().trim().to_owned()
    }
}

struct Maker {
    dice: Dice,
    /// Ids by kind, for references.
    made: HashMap<&'static str, Vec<String>>,
    serial: usize,
}

impl Maker {
    fn held(&mut self, kind: &Kind, field: &Field) -> Held {
        let dice = &mut self.dice;
        let text = |t: String| if t.is_empty() { Held::Empty } else { Held::Text(t) };
        match (kind.name, field.name) {
            ("stated_figure" | "settlement", "indicator") => return Held::Text("practice.models".into()),
            ("unit", "from_day") => return Held::Day(Day::from_ymd_opt(2010, 1, 1).unwrap()),
            ("unit_event", "event") => return Held::Text("rename".into()),
            ("unit_event", "other") => return Held::Empty,
            ("document", "direction") if self.serial.is_multiple_of(2) => return Held::Text("issued".into()),
            ("document", "type") if self.serial.is_multiple_of(2) => return Held::Text("plan".into()),
            ("document", "number") => return Held::Int(i64::try_from(self.serial % 90_000).unwrap()),
            ("document", "symbol") => return Held::Text(format!("{}-KH/ĐU", self.serial % 90_000)),
            ("document", "issuer") => return Held::Empty,
            _ => {}
        }
        match field.ty {
            Ty::Code => Held::Text(format!("{}.{}", kind.name.to_uppercase(), self.serial)),
            Ty::Text(max) => text(dice.words(usize::from(max))),
            Ty::Long => text(format!("{}\n{}", dice.words(200), dice.words(200))),
            Ty::Name => Held::Text(format!("Nguyễn Thị Ánh {}", ["An", "Bình", "Cường"][dice.below(3)])),
            Ty::Day => Held::Day(
                Day::from_ymd_opt(2019, 1, 1).unwrap()
                    + chrono::Days::new(u64::try_from(dice.below(1700)).unwrap()),
            ),
            Ty::Year => Held::Int(dice.number(2019, 2023)),
            Ty::Month => Held::Int(dice.number(1, 12)),
            Ty::Whole(min, max) => Held::Int(dice.number(min, max)),
            Ty::Money => Held::Int(1_000 * dice.number(1, 90_000_000)),
            Ty::Decimal(_) => Held::Int(dice.number(0, 99_999)),
            Ty::Flag => Held::Int(dice.number(0, 1)),
            Ty::Choice(choices) => Held::Text(choices[dice.below(choices.len())].code.to_owned()),
            Ty::Unit => self.reference("unit"),
            Ty::Person => self.reference("person"),
            Ty::Ref(to) => self.reference(to),
        }
    }

    fn reference(&mut self, to: &str) -> Held {
        let all = self.made.get(to).map_or(&[][..], Vec::as_slice);
        if all.is_empty() { Held::Empty } else { Held::Text(all[self.dice.below(all.len())].clone()) }
    }

    /// A row that keeps every rule of its kind, by trying.
    fn draft(&mut self, kind: &'static Kind) -> Draft {
        for _ in 0..20_000 {
            self.serial += 1;
            let mut draft = Draft::default();
            for field in specs::fields(kind) {
                if field.required || self.dice.below(2) == 0 {
                    draft.set(field.name, self.held(kind, field));
                }
            }
            let mut tried = draft.clone();
            check::tidy(kind, &mut tried);
            (kind.derive)(&mut tried);
            if check::faults(kind, &tried).is_empty() && (kind.check)(&tried).is_empty() {
                return draft;
            }
        }
        panic!("no row of {} keeps its rules", kind.name);
    }
}

async fn fill(db: &Db, seed: u64) {
    let mut maker = Maker { dice: Dice(seed), made: HashMap::new(), serial: 0 };
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let rows = tx.query("SELECT id FROM unit_kind", &[]).await.unwrap();
    maker.made.insert("unit_kind", rows.iter().map(|r| r.words("id").unwrap()).collect());
    for kind in REGISTRY.kinds() {
        let mut n = 0;
        for _ in 0..200 {
            if n == 6 {
                break;
            }
            let draft = maker.draft(kind);
            match write_one(&mut tx, kind, draft.clone(), None).await.unwrap() {
                Ok(id) => {
                    maker.made.entry(kind.name).or_default().push(id);
                    n += 1;
                }
                Err(faults) => {
                    let twice = faults.iter().all(|f| f.message.key == "transfer-key-taken");
                    assert!(twice, "{}: {faults:?} {draft:?}", kind.name);
                }
            }
        }
        assert!(n > 0, "no row of {}", kind.name);
    }
    tx.commit().await.unwrap();
}

async fn exported(db: &Db) -> Vec<u8> {
    let mut tx = db.read().await.unwrap();
    let sheets = export(&mut tx, &Actor::Operator, db.clock().today(), &Selection::default()).await.unwrap();
    exchange::write(&sheets, &WriteOptions::export()).unwrap()
}

#[tokio::test]
async fn rows_of_every_kind_go_out_and_come_back_the_same() {
    let (from, to) = (both().await, both().await);
    for (n, db) in from.all.iter().enumerate() {
        fill(db, 7 + u64::try_from(n).unwrap()).await;
        let bytes = exported(db).await;
        let before = cells(db).await;
        for (kind, rows) in &before {
            assert!(!rows.is_empty(), "no row of {kind} went out");
        }
        // From one database into the other.
        let empty = &to.all[1 - n];
        let outcome = take(empty, &Actor::Operator, &bytes, &Options::new(Mode::Write)).await;
        assert!(outcome.is_sound(), "{:#?}", said(&outcome));
        for ((kind, before), (_, after)) in before.iter().zip(&cells(empty).await) {
            assert_eq!(before, after, "{kind}");
        }
        assert_eq!(exported(empty).await, bytes, "the same file, byte for byte");
        // And back: nothing changes.
        let again = take(db, &Actor::Operator, &bytes, &Options::new(Mode::Write)).await;
        assert_eq!((again.touched(), again.written), (0, false), "{:#?}", said(&again));
    }
}

#[tokio::test]
async fn the_workbook_for_clerks_comes_back_unchanged_too() {
    for db in &both().await.all {
        fill(db, 99).await;
        let mut tx = db.read().await.unwrap();
        let today = db.clock().today();
        let sheets = workbook(&mut tx, &Actor::Operator, today, &Selection::default(), false).await.unwrap();
        drop(tx);
        let attendance = sheets.iter().find(|s| s.spec.name == "attendance").unwrap();
        let lists: Vec<&str> = attendance.lists.iter().map(|(column, _)| *column).collect();
        assert_eq!(lists, ["activity", "person"]);
        let bytes = exchange::write(&sheets, &WriteOptions::for_clerks("Sổ số liệu")).unwrap();
        let outcome = take(db, &Actor::Operator, &bytes, &Options::new(Mode::Write)).await;
        assert!(outcome.is_sound(), "{:#?}", said(&outcome));
        assert_eq!(outcome.touched(), 0, "the example rows are no data");
    }
}

#[tokio::test]
async fn a_unit_that_was_renamed_goes_into_an_empty_database_under_both_its_names() {
    let (from, to) = (both().await, both().await);
    for (db, empty) in from.all.iter().zip(&to.all) {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for (code, name, kind, parent) in
            [("DU", "Đảng bộ Sở A", "grassroots_committee", None), ("CB1", "Chi bộ Cũ", "cell", Some("DU"))]
        {
            tx.execute(
                "INSERT INTO unit (id, code, name, kind, parent, from_day, search, sort)
                 VALUES ($1, $1, $2, $3, $4, '2015-01-01', $5, $6)",
                store::params![code, name, kind, parent, domain::text::fold(name), domain::text::sort_key(name)],
            )
            .await
            .unwrap();
        }
        tx.execute(
            "INSERT INTO unit_event (id, code, event, unit, new_name, day, decision)
             VALUES ('e1', 'BD1', 'rename', 'CB1', 'Chi bộ Mới', '2020-07-01', 'Quyết định 45')",
            &[],
        )
        .await
        .unwrap();
        crate::unit::rebuild(&mut tx).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let bytes = exported(db).await;
        let outcome = take(empty, &Actor::Operator, &bytes, &Options::new(Mode::Write)).await;
        assert!(outcome.is_sound(), "{:#?}", said(&outcome));
        assert_eq!(exported(empty).await, bytes);
    }
}
