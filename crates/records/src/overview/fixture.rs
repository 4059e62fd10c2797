//! A small office for tests of pages: a block with a committee of two cells and a cell beside it,
//! a few records of 2022 and 2023, a statement, a request, and an account for each role.

use crate::REGISTRY;
use crate::account::{AccountGate, NewGrant, NewPassword, create_account, grant};
use crate::figure::{App, catalogue};
use crate::person::fixture::{person, row};
use domain::{Actor, Clock, Day, Role};
use shell::testing::Browser;
use shell::{Messages, Site, SiteConfig, SystemRandom};
use std::sync::Arc;
use store::{Change, Db, Tx, params, testing};

/// 15/3/2024 in the morning.
pub const NOW: i64 = 1_710_465_000_000;
pub const PASSWORD: &str = "đồng hồ xanh 24";

#[derive(Clone, Copy)]
pub struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> i64 {
        NOW
    }
}

pub fn day(text: &str) -> Day {
    domain::parse_day(text).unwrap()
}

pub async fn both() -> testing::Both {
    testing::both(&REGISTRY.migrations(), Arc::new(Stopped)).await
}

/// Adds a unit that is called what it is.
async fn unit(tx: &mut Tx, code: &str, name: &str, kind: &str, parent: Option<&str>) {
    tx.execute(
        "INSERT INTO unit (id, code, name, kind, parent, from_day, search, sort, symbol)
         VALUES ($1, $2, $3, $4, $5, '2010-01-01', $6, $7, 'X')",
        params![
            code.to_lowercase(),
            code,
            name,
            kind,
            parent.map(str::to_lowercase),
            domain::text::fold(name),
            domain::text::sort_key(name)
        ],
    )
    .await
    .unwrap();
}

/// The office. `DB1` has the cells `CB1` and `CB2`; `CB3` was merged into `CB2` on 1/7/2022;
/// `CS2` stands beside `DB1`.
pub async fn office(db: &Db) {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let t = &mut tx;
    unit(t, "K", "Đảng bộ Khối Thử", "block", None).await;
    unit(t, "DB1", "Đảng bộ Sở Ủy Thác", "grassroots_committee", Some("K")).await;
    unit(t, "CB1", "Chi bộ Văn phòng", "cell", Some("DB1")).await;
    unit(t, "CB2", "Chi bộ Thanh tra", "cell", Some("DB1")).await;
    unit(t, "CB3", "Chi bộ Lưu trữ", "cell", Some("DB1")).await;
    unit(t, "CS2", "Chi bộ Đài Thử", "grassroots_cell", Some("K")).await;
    t.execute(
        "INSERT INTO unit_event (id, code, event, unit, other, day, decision)
         VALUES ('e1', 'E1', 'merge', 'cb3', 'cb2', '2022-07-01', 'Quyết định 45-QĐ/ĐU')",
        &[],
    )
    .await
    .unwrap();
    crate::unit::rebuild(t).await.unwrap().unwrap();
    let kind = |name| REGISTRY.kind(name).unwrap();
    let values = [("code", "CT"), ("name", "Học tập"), ("document", "05-CT/TW"), ("from_day", "15/05/2016")];
    row(t, kind("programme"), "ct", &values).await;
    for (name, unit) in
        [("Trần Văn Một", "cb1"), ("Lê Thị Hai", "cb1"), ("Ngô Văn Ba", "cb2"), ("Hồ Thị Tư", "cs2")]
    {
        person(t, name, unit, "party_member").await;
    }
    for (id, unit, day, title) in [
        ("m1", "cb1", "10/02/2023", "Một việc tốt mỗi ngày"),
        ("m2", "cb2", "11/03/2023", "Tiếp dân & trả lời <đúng hẹn>"),
        ("m3", "cs2", "12/04/2023", "Phát thanh thiện nguyện"),
        ("m4", "cb1", "12/04/2022", "Tủ sách chi bộ"),
    ] {
        let values = [
            ("code", id),
            ("unit", unit),
            ("title", title),
            ("field", "dan_van_kheo"),
            ("registered_day", day),
        ];
        row(t, kind("practice"), id, &values).await;
    }
    let values = [
        ("code", "KT1"),
        ("unit", "db1"),
        ("actor", "commission"),
        ("act", "inspection"),
        ("object", "person"),
        ("object_person", "Trần Văn Một"),
        ("day", "20/05/2023"),
        ("conclusion", "Có khuyết điểm"),
    ];
    row(t, kind("inspection"), "kt1", &values).await;
    for (code, unit, value) in [("S1", "cs2", "300"), ("S2", "cb2", "100")] {
        t.execute(
            "INSERT INTO stated_figure (id, code, indicator, unit, subtree, from_day, to_day, value, comparator, quote, file_name)
             VALUES ($1, $1, 'practices.registered', $2, 0, '2023-01-01', '2023-12-31', $3, 'exact', 'Chi bộ đăng ký các mô hình', 'bao-cao.docx')",
            params![code, unit, value.parse::<i64>().unwrap()],
        )
        .await
        .unwrap();
    }
    for (id, unit, kind, state) in [
        ("r1", "db1", "all", "complete"),
        ("r2", "cs2", "practice", "partial"),
        ("r3", "cs2", "person", "complete"),
    ] {
        t.execute(
            "INSERT INTO return_state (id, unit, kind, year, state) VALUES ($1, $2, $3, 2023, $4)",
            params![id, unit, kind, state],
        )
        .await
        .unwrap();
    }
    t.execute(
        "INSERT INTO request (id, code, unit, symbol, day, title, template, from_day, to_day, deadline)
         VALUES ('yc', 'YC-01', 'k', '224-KH/TU', '2023-12-08', 'Sơ kết 03 năm', 'block-review', '2021-01-01', '2023-12-31', '2024-02-15')",
        &[],
    )
    .await
    .unwrap();
    for (unit, returned) in [("db1", Some("2024-02-01")), ("cs2", None)] {
        t.execute(
            "INSERT INTO request_unit (id, request, unit, sent_day, returned_day) VALUES ($1, 'yc', $1, '2024-01-02', $2)",
            params![unit, returned],
        )
        .await
        .unwrap();
    }
    changed(t);
    tx.commit().await.unwrap();
}

/// Says in the audit log that records changed, as every real write does.
pub fn changed(tx: &mut Tx) {
    let (before, after) = (String::new(), String::new());
    tx.note(Change { action: "import", kind: "test".to_owned(), record: "test".to_owned(), before, after });
}

/// An account for each role, named as the role, on one unit and below.
pub async fn accounts(db: &Db, unit: &str) {
    let password = NewPassword::make(&SystemRandom, "ai", PASSWORD).await.unwrap();
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    for role in Role::ALL {
        let account = create_account(&mut tx, &Actor::Operator, role.code(), &password, None).await.unwrap();
        let new = NewGrant { account, role, unit: unit.to_owned(), from: day("01/01/2024"), to: None };
        grant(&mut tx, &Actor::Operator, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// The whole site.
pub fn site(db: &Db) -> Browser {
    let mut sources =
        vec![shell::MESSAGES, store::MESSAGES, figures::MESSAGES, document::MESSAGES, exchange::MESSAGES];
    sources.extend(REGISTRY.messages());
    let messages = Messages::new(&sources).unwrap();
    let config = SiteConfig { secure_cookies: false, ..SiteConfig::default() };
    let Ok(book) = catalogue::load(&[], day("15/03/2024")) else { panic!("the shipped catalogue") };
    let site = Site::new(db.clone(), Arc::new(messages), AccountGate, config)
        .menu(super::MENU)
        .carrying(App::new(book)).carrying(crate::remember::Lists::default());
    Browser::new(shell::router(site, REGISTRY.routes()).unwrap())
}

/// A browser in which somebody has signed in.
pub async fn signed_in(db: &Db, name: &str) -> Browser {
    let mut browser = site(db);
    sign_in(&mut browser, name).await;
    browser
}

pub async fn sign_in(browser: &mut Browser, name: &str) {
    browser.get("/sign-in").await;
    let answer = browser.post("/sign-in", &[("name", name), ("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/", "{name}: {}", answer.body);
}
