//! The administrator's pages, through the router on both databases.

use super::*;
use crate::browse::fixture::{account, both, number, signed_in, site};
use ::store::{Db, params, verify_chain};
use axum::http::StatusCode;
use domain::{Actor, Id, Role};
use shell::testing::Browser;

const PASSWORD: &str = "đồng hồ xanh 26";

async fn named(db: &Db, name: &str, grants: &[(Role, &str)]) -> Id {
    let id = account(db, grants).await;
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let sql = "UPDATE account SET name = $2, search = $2 WHERE id = $1";
    tx.execute(sql, params![id, name]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn entered(db: &Db, id: Id) -> Browser {
    let mut browser = Browser::new(site(db, AccountGate));
    browser.get(&format!("/test/enter/{id}")).await;
    browser
}

async fn count(db: &Db, table: &str) -> i64 {
    number(db, &format!("SELECT COUNT(*) AS n FROM {table}")).await
}

#[tokio::test]
async fn an_administrator_sees_the_accounts_of_their_units_and_new_ones() {
    for db in &both().await.all {
        let admin = named(db, "quan.tri", &[(Role::Administrator, "CB01")]).await;
        named(db, "bi_thu.mot", &[(Role::Secretary, "CB01")]).await;
        named(db, "bi.thu.hai", &[(Role::Secretary, "CB02")]).await;
        let top = named(db, "can.bo", &[(Role::Officer, "DU"), (Role::Member, "T1")]).await;
        named(db, "moi.them", &[]).await;
        let mut b = entered(db, admin).await;
        let page = b.get("/accounts").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.texts("#accounts tbody th"), ["bi_thu.mot", "can.bo", "moi.them", "quan.tri"]);
        assert_eq!(page.texts("#total"), ["4 tài khoản"]);
        let roles = page.texts("#accounts tbody td");
        assert_eq!(roles[0], "Bí thư, chi ủy: Chi bộ Văn phòng");
        assert_eq!(roles[1], "Đảng viên: Tổ đảng số 1", "what is held elsewhere is not told");
        assert_eq!(roles[2], "Chưa giao việc");
        for (typed, found) in [("BI_THU", vec!["bi_thu.mot"]), ("%", vec![]), ("thu", vec!["bi_thu.mot"])] {
            let query = domain::text::tidy(typed).replace('%', "%25");
            let page = b.get(&format!("/accounts?q={query}")).await;
            assert_eq!(page.texts("#accounts tbody th"), found, "{typed} on {:?}", db.engine());
        }
        let above = b.get(&format!("/accounts/{top}")).await;
        assert_eq!(above.texts("#above").len(), 1, "{}", above.body);
        assert!(above.texts("#set-password").is_empty() && above.texts("#lock").is_empty());
        for (path, fields) in [("password", vec![("new", PASSWORD), ("again", PASSWORD)]), ("lock", vec![("locked", "1")])]
        {
            let sneaked = b.post(&format!("/accounts/{top}/{path}"), &fields).await;
            assert_eq!(sneaked.status, StatusCode::FORBIDDEN, "{path}");
        }
        let mut officer = signed_in(db, Role::Officer, "DU").await;
        assert_eq!(officer.get("/accounts").await.status, StatusCode::FORBIDDEN);
        let elsewhere = named(db, "xa", &[(Role::Member, "CB02")]).await;
        for id in [elsewhere.to_string(), Id::new().to_string(), "khong".to_owned()] {
            assert_eq!(b.get(&format!("/accounts/{id}")).await.status, StatusCode::NOT_FOUND, "{id}");
        }
    }
}

#[tokio::test]
async fn an_account_is_added_with_its_first_role_and_can_sign_in() {
    for db in &both().await.all {
        let admin = named(db, "quan.tri", &[(Role::Administrator, "CB01")]).await;
        let mut b = entered(db, admin).await;
        b.get("/accounts").await;
        let wrong = b.post("/accounts", &[("name", "Thư ký"), ("new", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.attributes("#name", "value"), ["Thư ký"], "what was typed stays");
        assert!(wrong.texts("#name-error")[0].contains("chữ không dấu"), "{}", wrong.body);
        assert_eq!(wrong.attributes("#new-account", "open").len(), 1);
        assert!(!wrong.body.contains(PASSWORD), "a password is not shown again");
        for (new, again, field) in [("ngắn", "ngắn", "new"), (PASSWORD, "khác hẳn 2026", "again"), ("", "", "new")] {
            let wrong = b.post("/accounts", &[("name", "thu.ky"), ("new", new), ("again", again)]).await;
            assert_eq!(wrong.texts(&format!("#{field}-error")).len(), 1, "{new} {again}");
        }
        assert_eq!(count(db, "account").await, 1, "nothing was written");

        let done = b.post("/accounts", &[("name", " Thu.Ky "), ("new", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let path = done.location().to_owned();
        let page = b.get(&path).await;
        assert_eq!(page.texts("h1"), ["Tài khoản thu.ky"]);
        assert_eq!(page.texts("#no-roles").len(), 1);
        let offered = page.attributes("#units option", "value");
        assert_eq!(offered, ["Chi bộ Văn phòng (CB01)", "Tổ đảng số 1 (T1)"], "only what is managed");

        let give = format!("{path}/grant");
        let bad = [("role", "king"), ("unit", "Chi bộ Kế hoạch (CB02)"), ("from", "01/01/2026"), ("to", "31/12/2025")];
        let wrong = b.post(&give, &bad).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["role", "unit", "to"] {
            assert_eq!(wrong.texts(&format!("#{field}-error")).len(), 1, "{field}: {}", wrong.body);
        }
        assert_eq!(wrong.attributes("#unit", "value"), ["Chi bộ Kế hoạch (CB02)"]);
        let good = [("role", "secretary"), ("unit", "chi bo van phong"), ("from", "01/06/2026"), ("to", "31/12/2026")];
        assert_eq!(b.post(&give, &good).await.status, StatusCode::SEE_OTHER);
        let twice = b.post(&give, &good).await;
        assert!(twice.texts("#role-error")[0].contains("đang được giao rồi"), "{}", twice.body);
        let page = b.get(&path).await;
        assert_eq!(page.texts("#roles tbody tr").len(), 1);
        assert!(page.texts("#roles tbody tr")[0].contains("01/06/2026 đến 31/12/2026"), "{}", page.body);
        assert!(page.texts("#roles tbody tr")[0].contains("quan.tri"), "who gave it is told");

        let mut secretary = Browser::new(site(db, AccountGate));
        secretary.get("/sign-in").await;
        let inside = secretary.post("/sign-in", &[("name", "thu.ky"), ("password", PASSWORD)]).await;
        assert_eq!(inside.location(), "/", "{}", inside.body);
        assert_eq!(secretary.get("/unit/CB01/records").await.status, StatusCode::OK);

        let grant = page.attributes("#roles input[name=grant]", "value").remove(0);
        let ended = b.post(&format!("{path}/withdraw"), &[("grant", &grant)]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
        assert_eq!(secretary.get("/unit/CB01/records").await.status, StatusCode::NOT_FOUND, "at once");
        let again = b.post(&format!("{path}/withdraw"), &[("grant", &grant)]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "it ended already");
        assert_eq!(b.get(&path).await.texts("#ended li").len(), 1, "it stays on record");
        let mut tx = db.read().await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_new_password_and_a_lock_end_the_sessions_and_never_hit_oneself() {
    for db in &both().await.all {
        let admin = named(db, "quan.tri", &[(Role::Administrator, "DU")]).await;
        let other = named(db, "bi.thu", &[(Role::Secretary, "CB01")]).await;
        let mut b = entered(db, admin).await;
        let mut them = entered(db, other).await;
        b.get("/accounts").await;
        assert_eq!(them.get("/me").await.status, StatusCode::OK);
        let path = format!("/accounts/{other}");
        let short = b.post(&format!("{path}/password"), &[("new", "bi.thu"), ("again", "bi.thu")]).await;
        assert_eq!((short.status, short.texts("#new-error").len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
        let set = b.post(&format!("{path}/password"), &[("new", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
        assert!(them.get("/me").await.location().starts_with("/sign-in"), "their session has ended");
        them.get("/sign-in").await;
        assert_eq!(them.post("/sign-in", &[("name", "bi.thu"), ("password", PASSWORD)]).await.location(), "/");

        assert_eq!(b.post(&format!("{path}/lock"), &[("locked", "1")]).await.status, StatusCode::SEE_OTHER);
        assert!(them.get("/me").await.location().starts_with("/sign-in"));
        let locked = b.get(&path).await;
        assert_eq!(locked.texts("#locked").len(), 1);
        assert_eq!(b.get("/accounts").await.texts("#accounts .badge.failed"), ["Đã khóa"]);
        b.post(&format!("{path}/lock"), &[("locked", "0")]).await;
        assert!(b.get(&path).await.texts("#locked").is_empty());

        let own = format!("/accounts/{admin}");
        let page = b.get(&own).await;
        assert!(page.texts("#set-password").is_empty() && page.texts("#lock").is_empty());
        assert!(page.texts("#roles button").is_empty(), "nobody gives up the role that gives roles");
        let mut tx = db.read().await.unwrap();
        let grant = grants_of(&mut tx, admin).await.unwrap()[0].id.to_string();
        drop(tx);
        for (path, field, value) in [("lock", "locked", "1"), ("withdraw", "grant", grant.as_str())] {
            let refused = b.post(&format!("{own}/{path}"), &[(field, value)]).await;
            assert!(refused.status.is_client_error(), "{path}: {}", refused.status);
        }
        assert_eq!(b.get("/accounts").await.status, StatusCode::OK, "still the administrator");
        let said = "SELECT COUNT(*) AS n FROM audit a JOIN audit_payload p ON p.seq = a.seq
                    WHERE p.after LIKE '%argon2%' OR p.before LIKE '%argon2%'";
        assert_eq!(number(db, said).await, 0);
    }
}
