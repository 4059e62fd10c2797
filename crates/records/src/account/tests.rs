//! Access role by role on both databases, and signing in through the router.

use super::access::{actions, may, units_with};
use super::*;
use ::store::{Db, Tx, params, testing, verify_chain};
use axum::http::StatusCode;
use domain::{Action, Actor, Clock, Day, FAR_DAY, Id, Lang, Message, Role};
use shell::testing::Browser;
use shell::{Access, Messages, Route, Site, SiteConfig, SystemRandom, Visit};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// 1/6/2026 in the morning, until a test moves it.
#[derive(Clone)]
struct Hands(Arc<AtomicI64>);

const MORNING: i64 = 1_780_279_200_000;
const PASSWORD: &str = "đồng hồ xanh 26";

impl Clock for Hands {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

fn clock() -> Hands {
    Hands(Arc::new(AtomicI64::new(MORNING)))
}

fn migrations() -> Vec<Migration> {
    // A sign-in from a new device is told by mail, in the same transaction.
    let told = crate::notice::FEATURE.migrations;
    crate::unit::FEATURE.migrations.iter().chain(MIGRATIONS).chain(told).copied().collect()
}

fn day(text: &str) -> Day {
    domain::parse_day(text).unwrap()
}

fn today() -> Day {
    let today = clock().today();
    assert_eq!(today, day("01/06/2026"));
    today
}

/// `top` with `a` and `b`; `a1` under `a`. `gone` stood under `a` until 30/06/2025, `moved` was
/// under `a` until then and is under `b` since, `new` will be founded under `a` on 1/7/2026.
async fn tree(db: &Db) {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    for id in ["top", "a", "b", "a1", "gone", "moved", "new"] {
        tx.execute(
            "INSERT INTO unit (id, code, name, kind, from_day, search, sort)
             VALUES ($1, $2, $3, 'cell', '2019-01-01', '', '')",
            params![id, id.to_uppercase(), format!("Chi bộ {id}")],
        )
        .await
        .unwrap();
    }
    let (old, far) = ("2019-01-01", FAR_DAY);
    for (ancestor, descendant, from, to) in [
        ("top", "top", old, far),
        ("a", "a", old, far),
        ("b", "b", old, far),
        ("a1", "a1", old, far),
        ("top", "a", old, far),
        ("top", "b", old, far),
        ("top", "a1", old, far),
        ("a", "a1", old, far),
        ("gone", "gone", old, "2025-06-30"),
        ("a", "gone", old, "2025-06-30"),
        ("top", "gone", old, "2025-06-30"),
        ("moved", "moved", old, far),
        ("a", "moved", old, "2025-06-30"),
        ("b", "moved", "2025-07-01", far),
        ("top", "moved", old, far),
        ("new", "new", "2026-07-01", far),
        ("a", "new", "2026-07-01", far),
        ("top", "new", "2026-07-01", far),
    ] {
        tx.execute(
            "INSERT INTO unit_span (ancestor, descendant, from_day, to_day, depth) VALUES ($1, $2, $3, $4, 0)",
            params![ancestor, descendant, from, to],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// An account without a password that fits anything: hashing is tested once, not in every test.
async fn plain_account(tx: &mut Tx, name: &str) -> Actor {
    let id = Id::new();
    tx.execute(
        "INSERT INTO account (id, name, search, password_hash, created_at) VALUES ($1, $2, $2, '', 0)",
        params![id, name],
    )
    .await
    .unwrap();
    Actor::Account { id, name: name.to_owned(), person: None }
}

fn id_of(actor: &Actor) -> Id {
    match actor {
        Actor::Account { id, .. } => *id,
        _ => panic!("no account"),
    }
}

fn granting(account: Id, role: Role, unit: &str) -> NewGrant {
    NewGrant { account, role, unit: unit.to_owned(), from: day("01/01/2026"), to: None }
}

async fn gives(tx: &mut Tx, actor: &Actor, role: Role, unit: &str, from: &str, to: &str) -> Id {
    let new = NewGrant { from: day(from), to: Some(day(to)), ..granting(id_of(actor), role, unit) };
    grant(tx, &Actor::Operator, &new).await.unwrap()
}

#[tokio::test]
async fn a_role_allows_its_actions_inside_its_subtree_and_days_and_nowhere_else() {
    let both = testing::both(&migrations(), Arc::new(clock())).await;
    for db in &both.all {
        tree(db).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for role in Role::ALL {
            let now = plain_account(&mut tx, &format!("{}.now", role.code())).await;
            gives(&mut tx, &now, role, "a", "01/06/2026", "01/06/2026").await;
            let past = plain_account(&mut tx, &format!("{}.past", role.code())).await;
            gives(&mut tx, &past, role, "a", "01/01/2020", "31/05/2026").await;
            let future = plain_account(&mut tx, &format!("{}.future", role.code())).await;
            gives(&mut tx, &future, role, "a", "02/06/2026", "01/01/2030").await;
            for action in Action::ALL {
                for unit in ["top", "a", "b", "a1", "gone", "moved", "new", "nowhere"] {
                    let inside = ["a", "a1", "gone", "new"].contains(&unit);
                    let expected = inside && role.allows(action);
                    let found = may(&mut tx, &now, action, unit, today()).await.unwrap();
                    assert_eq!(found, expected, "{:?} {role:?} {action:?} {unit}", db.engine());
                    for outside in [&past, &future, &Actor::Nobody] {
                        let found = may(&mut tx, outside, action, unit, today()).await.unwrap();
                        assert!(!found, "{outside:?} {action:?} {unit}");
                    }
                }
                let mut units = units_with(&mut tx, &now, action, today()).await.unwrap();
                units.sort();
                let all: &[&str] = if role.allows(action) { &["a", "a1", "gone", "new"] } else { &[] };
                assert_eq!(units, all, "{role:?} {action:?}: the list agrees with the question");
                assert!(units_with(&mut tx, &past, action, today()).await.unwrap().is_empty());
            }
            let allowed: Vec<_> = Action::ALL.into_iter().filter(|a| role.allows(*a)).collect();
            assert_eq!(actions(&mut tx, &now, today()).await.unwrap(), allowed);
            assert!(actions(&mut tx, &future, today()).await.unwrap().is_empty());
        }
        for action in Action::ALL {
            assert!(may(&mut tx, &Actor::Operator, action, "a1", today()).await.unwrap());
        }
        assert_eq!(units_with(&mut tx, &Actor::Operator, Action::State, today()).await.unwrap().len(), 7);
        assert!(units_with(&mut tx, &Actor::Nobody, Action::State, today()).await.unwrap().is_empty());
        assert_eq!(actions(&mut tx, &Actor::Operator, today()).await.unwrap(), Action::ALL);
    }
}

#[tokio::test]
async fn a_disabled_account_may_nothing_and_its_sessions_end() {
    let both = testing::both(&migrations(), Arc::new(clock())).await;
    for db in &both.all {
        tree(db).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let officer = plain_account(&mut tx, "can.bo").await;
        gives(&mut tx, &officer, Role::Officer, "top", "01/01/2020", "01/01/2030").await;
        tx.execute(
            "INSERT INTO session (id, account, device, created, seen, expires) VALUES ('s', $1, '', $2, $2, $3)",
            params![id_of(&officer), MORNING, MORNING + 1_000],
        )
        .await
        .unwrap();
        assert!(may(&mut tx, &officer, Action::Report, "a1", today()).await.unwrap());
        disable(&mut tx, &Actor::Operator, id_of(&officer), true).await.unwrap();
        assert!(!may(&mut tx, &officer, Action::Report, "a1", today()).await.unwrap());
        assert!(units_with(&mut tx, &officer, Action::Report, today()).await.unwrap().is_empty());
        assert!(actions(&mut tx, &officer, today()).await.unwrap().is_empty());
        let id = id_of(&officer).to_string();
        assert_eq!(shell::Gate::account(&AccountGate, &mut tx, &id).await.unwrap(), None);
        assert!(shell::session::find(&mut tx, "s", MORNING).await.unwrap().is_none());
        disable(&mut tx, &Actor::Operator, id_of(&officer), false).await.unwrap();
        assert_eq!(shell::Gate::account(&AccountGate, &mut tx, &id).await.unwrap(), Some(officer.clone()));
    }
}

#[tokio::test]
async fn nobody_gives_or_resets_beyond_what_they_manage() {
    let both = testing::both(&migrations(), Arc::new(clock())).await;
    let password = NewPassword::make(&SystemRandom, "moi", PASSWORD).await.unwrap();
    for db in &both.all {
        tree(db).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let [admin, officer, above, below] = [
            plain_account(&mut tx, "quan.tri").await,
            plain_account(&mut tx, "can.bo").await,
            plain_account(&mut tx, "cap.tren").await,
            plain_account(&mut tx, "chi.bo").await,
        ];
        gives(&mut tx, &admin, Role::Administrator, "a", "01/01/2026", "31/12/2026").await;
        gives(&mut tx, &officer, Role::Officer, "top", "01/01/2026", "31/12/2026").await;
        let high = gives(&mut tx, &above, Role::Superior, "top", "01/01/2026", "31/12/2026").await;
        let low = grant(&mut tx, &admin, &granting(id_of(&below), Role::Secretary, "a1")).await.unwrap();

        let forbidden = |r: shell::Result<Id>| assert!(matches!(r, Err(shell::Error::Forbidden)), "{r:?}");
        forbidden(grant(&mut tx, &admin, &granting(id_of(&below), Role::Secretary, "b")).await);
        forbidden(grant(&mut tx, &officer, &granting(id_of(&officer), Role::Administrator, "a")).await);
        forbidden(create_account(&mut tx, &officer, "ban.moi", &password, None).await);
        forbidden(create_account(&mut tx, &Actor::Nobody, "ban.moi", &password, None).await);
        for (by, account) in [(&admin, &above), (&admin, &officer), (&officer, &below)] {
            let reset = set_password(&mut tx, by, id_of(account), &password, None).await;
            assert!(matches!(reset, Err(shell::Error::Forbidden)), "{by:?} {account:?}");
            let off = disable(&mut tx, by, id_of(account), true).await;
            assert!(matches!(off, Err(shell::Error::Forbidden)), "{by:?} {account:?}");
        }
        assert!(matches!(revoke(&mut tx, &admin, high).await, Err(shell::Error::Forbidden)));
        set_password(&mut tx, &admin, id_of(&below), &password, None).await.unwrap();
        set_password(&mut tx, &officer, id_of(&officer), &password, None).await.unwrap();

        assert!(may(&mut tx, &below, Action::WriteRecords, "a1", today()).await.unwrap());
        revoke(&mut tx, &admin, low).await.unwrap();
        assert!(!may(&mut tx, &below, Action::WriteRecords, "a1", today()).await.unwrap(), "at once");
        let kept = grants_of(&mut tx, id_of(&below)).await.unwrap();
        assert_eq!((kept[0].id, kept[0].to), (low, day("31/05/2026")), "it stays on record");
    }
}

#[tokio::test]
async fn accounts_and_grants_keep_their_rules_and_are_audited_without_passwords() {
    let both = testing::both(&migrations(), Arc::new(clock())).await;
    let password = NewPassword::make(&SystemRandom, "moi", PASSWORD).await.unwrap();
    for db in &both.all {
        tree(db).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let id = create_account(&mut tx, &Actor::Operator, " Thu.Ky ", &password, None).await.unwrap();
        assert_eq!(
            by_name(&mut tx, "THU.KY").await.unwrap().map(|a| (a.id, a.name)),
            Some((id, "thu.ky".into()))
        );
        let key = |r: shell::Result<Id>| match r {
            Err(shell::Error::Problem(message)) => message.key,
            other => panic!("{other:?}"),
        };
        for (name, expected) in [
            ("thu.KY", "account-name-taken"),
            ("ab", "account-name-wrong"),
            ("thư ký", "account-name-wrong"),
            ("<b>", "account-name-wrong"),
        ] {
            let made = create_account(&mut tx, &Actor::Operator, name, &password, None).await;
            assert_eq!(key(made), expected, "{name}");
        }
        let backwards = NewGrant { to: Some(day("31/12/2025")), ..granting(id, Role::Member, "a1") };
        assert_eq!(key(grant(&mut tx, &Actor::Operator, &backwards).await), "account-grant-backwards");
        let nowhere = grant(&mut tx, &Actor::Operator, &granting(id, Role::Member, "nowhere")).await;
        assert!(matches!(nowhere, Err(shell::Error::NotFound)));
        let given = grant(&mut tx, &Actor::Operator, &granting(id, Role::Member, "a1")).await.unwrap();
        set_password(&mut tx, &Actor::Operator, id, &password, None).await.unwrap();
        disable(&mut tx, &Actor::Operator, id, true).await.unwrap();
        revoke(&mut tx, &Actor::Operator, given).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.read().await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), None);
        let rows = tx
            .query("SELECT action, kind, before, after FROM audit a JOIN audit_payload p ON p.seq = a.seq ORDER BY a.seq", &[])
            .await
            .unwrap();
        let said: Vec<_> =
            rows.iter().map(|r| (r.words("action").unwrap(), r.words("kind").unwrap())).collect();
        let expected = [
            ("insert", "account"),
            ("insert", "role_grant"),
            ("set-password", "account"),
            ("update", "account"),
            ("update", "role_grant"),
        ];
        assert_eq!(said.iter().map(|(a, k)| (a.as_str(), k.as_str())).collect::<Vec<_>>(), expected);
        for row in &rows {
            let payload = row.words("before").unwrap() + &row.words("after").unwrap();
            assert!(!payload.contains("argon2") && !payload.contains(PASSWORD), "{payload}");
        }
    }
}

#[tokio::test]
async fn wrong_tries_make_the_next_one_wait_longer_and_longer() {
    let both = testing::both(&migrations(), Arc::new(clock())).await;
    let office = Some("10.0.0.7".parse().unwrap());
    for db in &both.all {
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let mut now = MORNING;
        for _ in 0..5 {
            assert_eq!(slow::count(&mut tx, "an", office, now).await.unwrap(), None);
        }
        assert_eq!(slow::count(&mut tx, "an", office, now).await.unwrap(), Some(30_000));
        assert_eq!(slow::count(&mut tx, "binh", office, now).await.unwrap(), None, "another name is free");
        now += 30_000;
        assert_eq!(slow::count(&mut tx, "an", None, now).await.unwrap(), None);
        assert_eq!(slow::count(&mut tx, "an", None, now).await.unwrap(), Some(60_000), "twice as long");
        now += 60_000;
        for _ in 0..8 {
            assert_eq!(slow::count(&mut tx, "an", None, now).await.unwrap(), None);
            now += 15 * 60_000;
        }
        assert_eq!(slow::count(&mut tx, "an", None, now).await.unwrap(), None);
        assert_eq!(slow::count(&mut tx, "an", None, now).await.unwrap(), Some(15 * 60_000), "but no longer");
        slow::forgive(&mut tx, "an", None).await.unwrap();
        assert_eq!(slow::count(&mut tx, "an", None, now).await.unwrap(), None, "the right password forgives");
        // One address with many names is slowed down too; an hour later all is forgotten.
        let thief = Some("10.9.9.9".parse().unwrap());
        for i in 0..40 {
            assert_eq!(slow::count(&mut tx, &format!("name{i}"), thief, now).await.unwrap(), None);
        }
        assert_eq!(slow::count(&mut tx, "one more", thief, now).await.unwrap(), Some(30_000));
        assert_eq!(slow::count(&mut tx, "one more", thief, now + 3_600_001).await.unwrap(), None);
        let row =
            tx.one("SELECT COUNT(*) AS n FROM sign_in_failure WHERE last < $1", params![now]).await.unwrap();
        assert_eq!(row.int("n").unwrap(), 0, "old tries are not kept");
    }
}

async fn site(db: &Db) -> Browser {
    let messages = Messages::new(&[shell::MESSAGES, ::store::MESSAGES, FEATURE.messages]).unwrap();
    let config = SiteConfig { secure_cookies: false, ..SiteConfig::default() };
    let site = Site::new(db.clone(), Arc::new(messages), AccountGate, config);
    let mut all = routes();
    all.push(Route::get("/u/{unit}", Access::On(Action::ReadFigures), |v: Visit| async move {
        v.text("account-unit")
    }));
    all.push(Route::get("/u/{unit}/settle", Access::On(Action::Settle), || async { "settled" }));
    Browser::new(shell::router(site, all).unwrap())
}

async fn with_account(db: &Db) -> Id {
    tree(db).await;
    let password = NewPassword::make(&SystemRandom, "thu.ky", PASSWORD).await.unwrap();
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let id = create_account(&mut tx, &Actor::Operator, "thu.ky", &password, None).await.unwrap();
    grant(&mut tx, &Actor::Operator, &granting(id, Role::Secretary, "a1")).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_secretary_signs_in_works_and_signs_out_on_both_databases() {
    let hands = clock();
    let both = testing::both(&migrations(), Arc::new(hands.clone())).await;
    for db in &both.all {
        hands.0.store(MORNING, Ordering::Relaxed);
        with_account(db).await;
        let mut b = site(db).await;
        let there = b.get("/u/A1").await;
        assert_eq!(there.location(), "/sign-in?next=%2Fu%2FA1");
        let page = b.get(there.location()).await;
        assert_eq!(page.texts("h1"), ["Đăng nhập"]);
        assert_eq!(page.attributes("form[action='/sign-in'] input[name=next]", "value"), ["/u/A1"]);
        assert_eq!(page.attributes("#password", "type"), ["password"]);
        assert_eq!(page.texts("main .button.main").len(), 1, "one main action");

        let wrong =
            b.post("/sign-in", &[("name", "thu.ky"), ("password", "sai mật khẩu"), ("next", "/u/A1")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.texts("#name-error")[0].contains("không đúng"));
        let told = wrong.texts(".notice.wrong p");
        assert_eq!(told, ["Chưa đăng nhập được:"], "signing in writes nothing");
        assert_eq!(wrong.attributes("#name", "value"), ["thu.ky"]);
        assert!(!wrong.body.contains("sai mật khẩu"), "a password is never shown again");
        let unknown = b.post("/sign-in", &[("name", "nobody"), ("password", "sai mật khẩu")]).await;
        assert_eq!(
            unknown.texts("#name-error"),
            wrong.texts("#name-error"),
            "no hint which of both is wrong"
        );

        let before = b.cookies["nenep"].clone();
        let right =
            b.post("/sign-in", &[("name", "Thu.Ky "), ("password", PASSWORD), ("next", "/u/A1")]).await;
        assert_eq!((right.status, right.location()), (StatusCode::SEE_OTHER, "/u/A1"));
        assert_ne!(b.cookies["nenep"], before, "no session fixation");
        assert_eq!(b.get("/u/A1").await.body, "Đơn vị");
        assert_eq!(b.get("/u/A1/settle").await.status, StatusCode::FORBIDDEN, "seen, but not this");
        assert_eq!(b.get("/u/A").await.status, StatusCode::NOT_FOUND, "outside of the subtree");
        assert_eq!(b.get("/u/NOWHERE").await.status, StatusCode::NOT_FOUND);
        assert_eq!(b.get("/sign-in?next=//evil.example").await.location(), "/");

        let me = b.get("/me").await;
        assert_eq!(me.texts("#roles td"), ["Bí thư, chi ủy", "Chi bộ a1", "Từ 01/01/2026"]);
        assert_eq!(me.texts("#sessions .badge"), ["Phiên này"]);
        assert_eq!(me.texts("#sessions td")[1], "01/06/2026 09:00");

        let used = b.cookies.clone();
        let out = b.post("/sign-out", &[]).await;
        assert_eq!(out.location(), "/sign-in");
        assert_eq!(b.get("/sign-in").await.texts(".notice.done"), ["Đã đăng xuất."]);
        b.cookies = used;
        assert_eq!(b.get("/u/A1").await.status, StatusCode::SEE_OTHER, "the old cookie opens nothing");

        b.post("/sign-in", &[("name", "thu.ky"), ("password", PASSWORD)]).await;
        hands.0.fetch_add(7 * 3_600_000, Ordering::Relaxed);
        assert_eq!(b.get("/me").await.status, StatusCode::OK);
        hands.0.fetch_add(7 * 3_600_000, Ordering::Relaxed);
        assert_eq!(b.get("/me").await.status, StatusCode::OK, "use keeps a session alive");
        hands.0.fetch_add(8 * 3_600_000 + 1, Ordering::Relaxed);
        assert_eq!(b.get("/me").await.status, StatusCode::SEE_OTHER, "idle for eight hours");

        let mut tx = db.read().await.unwrap();
        let rows = tx
            .query("SELECT actor, action FROM audit WHERE action LIKE 'sign-%' ORDER BY seq", &[])
            .await
            .unwrap();
        let said: Vec<_> =
            rows.iter().map(|r| r.words("actor").unwrap() + " " + &r.words("action").unwrap()).collect();
        assert_eq!(
            said,
            ["nobody sign-in-refused", "thu.ky sign-in", "thu.ky sign-out", "thu.ky sign-in"],
            "{:?}",
            db.engine()
        );
        let row =
            tx.one("SELECT COUNT(*) AS n FROM audit_payload WHERE after LIKE '%sai%'", &[]).await.unwrap();
        assert_eq!(row.int("n").unwrap(), 0);
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_even_with_the_right_password() {
    let hands = clock();
    let both = testing::both(&migrations(), Arc::new(hands.clone())).await;
    for db in &both.all {
        hands.0.store(MORNING, Ordering::Relaxed);
        with_account(db).await;
        let mut b = site(db).await;
        b.get("/sign-in").await;
        // The guesses are counted before they are looked at; hashing them is not the point here.
        let mut tx = db.write(&Actor::Nobody).await.unwrap();
        for _ in 0..4 {
            slow::count(&mut tx, "thu.ky", None, MORNING).await.unwrap();
        }
        tx.commit().await.unwrap();
        let wrong = b.post("/sign-in", &[("name", "THU.KY"), ("password", "sai mật khẩu")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let right = [("name", "thu.ky"), ("password", PASSWORD)];
        let early = b.post("/sign-in", &right).await;
        assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(early.texts("#name-error"), ["Đã nhập sai nhiều lần. Hãy đợi 1 phút rồi đăng nhập lại."]);
        hands.0.fetch_add(30_000, Ordering::Relaxed);
        assert_eq!(b.post("/sign-in", &right).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let both = testing::both(&migrations(), Arc::new(clock())).await;
    let new = "tre xanh bên sông";
    for db in &both.all {
        with_account(db).await;
        let mut here = site(db).await;
        here.get("/sign-in").await;
        let mut there = here.clone();
        there.headers.push(("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0".to_owned()));
        let right = [("name", "thu.ky"), ("password", PASSWORD)];
        here.post("/sign-in", &right).await;
        there.cookies.clear();
        there.get("/sign-in").await;
        there.post("/sign-in", &right).await;
        let mut third = there.clone();
        third.cookies.clear();
        third.get("/sign-in").await;
        third.post("/sign-in", &right).await;
        let me = here.get("/me").await;
        assert_eq!(me.texts("#sessions tbody tr").len(), 3);
        assert!(me.texts("#sessions td").contains(&"Firefox · Windows".to_owned()));
        let other = me.attributes("#sessions input[name=session]", "value")[0].clone();
        assert_eq!(here.post("/me/sessions", &[("session", &other)]).await.location(), "/me");
        assert_eq!(here.get("/me").await.texts("#sessions tbody tr").len(), 2);

        for (old, typed, again, field) in [
            ("sai mật khẩu", new, new, "old"),
            (PASSWORD, "ngắn", "ngắn", "new"),
            (PASSWORD, "thu.ky và tre", "thu.ky và tre", "new"),
            (PASSWORD, new, "tre xanh bên hồ", "again"),
            ("", new, new, "old"),
        ] {
            let answer = here.post("/me", &[("old", old), ("new", typed), ("again", again)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert_eq!(answer.texts(&format!("#{field}-error")).len(), 1, "{old} {typed} {again}");
            assert!(!answer.body.contains(new));
        }
        let done = here.post("/me", &[("old", PASSWORD), ("new", new), ("again", new)]).await;
        assert_eq!(done.location(), "/me");
        let me = here.get("/me").await;
        assert_eq!(me.texts(".notice.done"), ["Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."]);
        assert_eq!(there.get("/me").await.status, StatusCode::SEE_OTHER);
        assert_eq!(third.get("/me").await.status, StatusCode::SEE_OTHER);
        there.get("/sign-in").await;
        assert_eq!(there.post("/sign-in", &right).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let right = [("name", "thu.ky"), ("password", new)];
        assert_eq!(there.post("/sign-in", &right).await.status, StatusCode::SEE_OTHER);
    }
}

#[test]
fn everything_is_said_in_both_languages() {
    let messages = Messages::new(&[shell::MESSAGES, FEATURE.messages]).unwrap();
    for role in Role::ALL {
        assert!(messages.has(&format!("account-role-{}", role.code())), "{role:?}");
    }
    let wait = |n: i64| messages.tr(Lang::En, &Message::new("account-wait").with("minutes", n));
    assert_eq!(wait(1), "Too many wrong tries. Wait one minute and sign in again.");
    assert_eq!(wait(15), "Too many wrong tries. Wait 15 minutes and sign in again.");
    assert_eq!(messages.missing(), Vec::<String>::new());
}
