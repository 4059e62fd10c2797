//! Ground for the tests of pages: a small party organisation on a database, and browsers that
//! are signed in.

use crate::REGISTRY;
use crate::account::AccountGate;
use crate::figure::{App, catalogue};
use crate::kind::Kind;
use crate::person::fixture;
use domain::{Action, Actor, Clock, Day, FixedClock, Id, Role};
use shell::testing::Browser;
use shell::{Access, Answer, Gate, Messages, Route, Site, SiteConfig, Visit, session};
use std::sync::Arc;
use store::{Db, Tx, params, testing};

/// 1/6/2026 in the morning.
pub const NOW: i64 = 1_780_279_200_000;

/// Both databases with every table, and on each the organisation below, committed:
/// committee `DU` with the cells `CB01` (and its group `T1`) and `CB02`; An and Bình in `CB01`,
/// Dung in `T1`, Cường in `CB02`. Ids of units and persons are their codes.
pub async fn both() -> testing::Both {
    both_at(Arc::new(FixedClock(NOW))).await
}

/// The same with a clock of one's own.
pub async fn both_at(clock: Arc<dyn Clock>) -> testing::Both {
    let both = testing::both(&REGISTRY.migrations(), clock).await;
    for db in &both.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        settle(&mut tx).await;
        tx.commit().await.unwrap();
    }
    both
}

pub(super) async fn settle(tx: &mut Tx) {
    for (code, name, kind, parent) in [
        ("DU", "Đảng bộ Sở A", "grassroots_committee", None),
        ("CB01", "Chi bộ Văn phòng", "cell", Some("DU")),
        ("CB02", "Chi bộ Kế hoạch", "cell", Some("DU")),
        ("T1", "Tổ đảng số 1", "group", Some("CB01")),
    ] {
        tx.execute(
            "INSERT INTO unit (id, code, name, kind, parent, from_day, search, sort)
             VALUES ($1, $1, $2, $3, $4, '2015-01-01', $5, $6)",
            params![code, name, kind, parent, domain::text::fold(name), domain::text::sort_key(name)],
        )
        .await
        .unwrap();
    }
    crate::unit::rebuild(tx).await.unwrap().unwrap();
    for (code, name, unit) in [
        ("45.000001", "Nguyễn Văn An", "CB01"),
        ("45.000002", "Trần Thị Bình", "CB01"),
        ("45.000003", "Lê Văn Cường", "CB02"),
        ("45.000004", "Phạm Thị Dung", "T1"),
    ] {
        let values = [
            ("code", code),
            ("name", name),
            ("unit", unit),
            ("category", "party_member"),
            ("since", "01/01/2015"),
        ];
        row(tx, "person", code, &values).await;
    }
    crate::person::imply_memberships(tx).await.unwrap();
}

/// The kind of a name.
pub fn kind(name: &str) -> &'static Kind {
    REGISTRY.kind(name).unwrap_or_else(|| panic!("no kind {name}"))
}

/// Writes a row of a kind as an import would.
pub async fn row(tx: &mut Tx, name: &str, id: &str, values: &[(&'static str, &str)]) {
    fixture::row(tx, kind(name), id, values).await;
}

/// A row: its kind, its id, its values.
pub type RowOf<'a> = (&'a str, &'a str, &'a [(&'static str, &'a str)]);

/// Writes rows and keeps them.
pub async fn rows(db: &Db, rows: &[RowOf<'_>]) {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    for (kind, id, values) in rows {
        row(&mut tx, kind, id, values).await;
    }
    tx.commit().await.unwrap();
}

/// Takes a row out of all counting.
pub async fn withdraw(db: &Db, name: &str, id: &str) {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    fixture::withdraw(&mut tx, kind(name), id).await;
    tx.commit().await.unwrap();
}

/// A browser in which somebody with the role on the unit is signed in.
pub async fn signed_in(db: &Db, role: Role, unit: &str) -> Browser {
    browser(db, AccountGate, &[(role, unit)]).await
}

/// As [`signed_in`], but without the right to names anywhere. No role is like that today; the
/// pages must not depend on it.
pub async fn without_names(db: &Db, role: Role, unit: &str) -> Browser {
    browser(db, Shy, &[(role, unit)]).await
}

/// Everything an account may do but see names.
struct Shy;

impl Gate for Shy {
    fn account<'a>(&'a self, tx: &'a mut Tx, id: &'a str) -> Answer<'a, Option<Actor>> {
        AccountGate.account_of(tx, id)
    }
    fn actions<'a>(&'a self, tx: &'a mut Tx, actor: &'a Actor, today: Day) -> Answer<'a, Vec<Action>> {
        Box::pin(async move {
            let mut all = crate::account::actions(tx, actor, today).await?;
            all.retain(|a| *a != Action::ReadNames);
            Ok(all)
        })
    }
    fn may<'a>(
        &'a self,
        tx: &'a mut Tx,
        actor: &'a Actor,
        action: Action,
        unit_code: &'a str,
        today: Day,
    ) -> Answer<'a, bool> {
        Box::pin(async move {
            Ok(action != Action::ReadNames
                && Gate::may(&AccountGate, tx, actor, action, unit_code, today).await?)
        })
    }
}

impl AccountGate {
    /// The gate's own answer, for gates that wrap it.
    fn account_of<'a>(&self, tx: &'a mut Tx, id: &'a str) -> Answer<'a, Option<Actor>> {
        static GATE: AccountGate = AccountGate;
        Gate::account(&GATE, tx, id)
    }
}

/// The site over a database.
pub fn site(db: &Db, gate: impl Gate) -> axum::Router {
    let mut routes = REGISTRY.routes();
    routes.push(Route::get("/test/enter/{account}", Access::Public, enter));
    site_of(db, gate, routes)
}

pub(super) fn site_of(db: &Db, gate: impl Gate, routes: Vec<Route>) -> axum::Router {
    shell::router(whole(db, gate), routes).expect("routes that fit together")
}

/// What stands behind the routes; the office sends mails.
pub fn whole(db: &Db, gate: impl Gate) -> Site {
    let mut sources = vec![shell::MESSAGES, store::MESSAGES, figures::MESSAGES];
    sources.extend(REGISTRY.messages());
    let messages = Messages::new(&sources).expect("messages that parse");
    let config = SiteConfig { secure_cookies: false, mails: true, ..SiteConfig::default() };
    let book = catalogue::load(&[], db.clock().today()).expect("the shipped catalogue");
    Site::new(db.clone(), Arc::new(messages), gate, config).carrying(App::new(book)).carrying(crate::remember::Lists::default())
}

/// Signs in without a password: hashing is tested elsewhere.
async fn enter(
    visit: Visit,
    axum::extract::Path(account): axum::extract::Path<String>,
) -> shell::Result<axum::response::Response> {
    let mut tx = visit.write().await?;
    let account: Id = account.parse().map_err(|_| shell::Error::NotFound)?;
    let cookie = session::begin(&visit, &mut tx, account).await?;
    tx.commit().await?;
    Ok(axum::response::IntoResponse::into_response((cookie, "in")))
}

/// An account with roles, without a password.
pub async fn account(db: &Db, grants: &[(Role, &str)]) -> Id {
    let account = Id::new();
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    tx.execute(
        "INSERT INTO account (id, name, search, password_hash, created_at) VALUES ($1, $2, $2, '', 0)",
        params![account, format!("tk.{account}")],
    )
    .await
    .unwrap();
    for (role, unit) in grants {
        let new = crate::account::NewGrant {
            account,
            role: *role,
            unit: (*unit).to_owned(),
            from: domain::parse_day("01/01/2026").unwrap(),
            to: None,
        };
        crate::account::grant(&mut tx, &Actor::Operator, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
    account
}

async fn browser(db: &Db, gate: impl Gate, grants: &[(Role, &str)]) -> Browser {
    let account = account(db, grants).await;
    let mut browser = Browser::new(site(db, gate));
    assert_eq!(browser.get(&format!("/test/enter/{account}")).await.body, "in");
    browser
}

/// How many rows a query counts.
pub async fn number(db: &Db, sql: &str) -> i64 {
    let mut tx = db.read().await.unwrap();
    tx.one(sql, &[]).await.unwrap().int("n").unwrap()
}
