//! Invitations, help for who is locked out, the second step and new devices, through the router on
//! both databases.

use super::members::sign_in_name;
use super::{link, secret, slow};
use crate::account::AccountGate;
use crate::browse::fixture::{NOW, account, both, number, site};
use ::store::{Db, params, verify_chain};
use axum::http::StatusCode;
use domain::{Actor, Id, Role};
use shell::testing::{Answer, Browser};
use std::collections::HashSet;

const PASSWORD: &str = "đồng hồ xanh 26";
const NEW: &str = "tre xanh bên sông";
const AN: &str = "/unit/CB01/members/45.000001";

async fn run(db: &Db, sql: &str) {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    tx.execute(sql, &[]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn named(db: &Db, name: &str, grants: &[(Role, &str)]) -> Id {
    let id = account(db, grants).await;
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let sql = "UPDATE account SET name = $2, search = $2 WHERE id = $1";
    tx.execute(sql, params![id, name]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A browser in which an account is signed in.
async fn entered(db: &Db, id: Id) -> Browser {
    let mut browser = Browser::new(site(db, AccountGate));
    browser.get(&format!("/test/enter/{id}")).await;
    browser.get("/me").await;
    browser
}

async fn secretary(db: &Db) -> Browser {
    let id = named(db, "bi.thu", &[(Role::Secretary, "CB01")]).await;
    entered(db, id).await
}

/// A browser that was never here.
async fn stranger(db: &Db) -> Browser {
    let mut browser = Browser::new(site(db, AccountGate));
    browser.get("/sign-in").await;
    browser
}

/// The paths of the links on a page.
fn links(page: &Answer) -> Vec<String> {
    let urls = page.attributes("#links input", "value");
    urls.iter().map(|u| u.strip_prefix("http://localhost").expect("the site's address").to_owned()).collect()
}

async fn choose(b: &mut Browser, link: &str, password: &str) -> Answer {
    b.get(link).await;
    b.post(link, &[("new", password), ("again", password)]).await
}

async fn sign_in(b: &mut Browser, name: &str, password: &str) -> Answer {
    b.get("/sign-in").await;
    b.post("/sign-in", &[("name", name), ("password", password)]).await
}

/// An invited with a password: signed in at the browser that is returned.
async fn joined(db: &Db, secretary: &mut Browser) -> Browser {
    let given = secretary.post(&format!("{AN}/invite"), &[]).await;
    let mut member = stranger(db).await;
    assert_eq!(choose(&mut member, &links(&given)[0], PASSWORD).await.location(), "/");
    member
}

/// The code of a key at a step before or after now.
fn code(letters: &str, step: i64) -> String {
    let key = secret::from_base32(&letters.replace(' ', "")).unwrap();
    let key = <[u8; 20]>::try_from(key).unwrap();
    let totp = totp_rs::Builder::new().with_secret(key).build().unwrap();
    totp.generate(u64::try_from(NOW / 1_000 + step * 30).unwrap()).to_string()
}

/// Turns the second step on with the code of the step before now; its letters and recovery codes.
async fn turned_on(b: &mut Browser) -> (String, Vec<String>) {
    let page = b.post("/me/code/start", &[]).await;
    let letters = page.texts("#letters")[0].clone();
    let done = b.post("/me/code/confirm", &[("code", &code(&letters, -1))]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    (letters, done.texts("#recovery code"))
}

#[tokio::test]
async fn a_secretary_invites_a_member_who_chooses_the_password_and_is_in() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let page = b.get("/unit/CB01/members").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let states = page.texts("#members .badge");
        assert_eq!(states, ["Chưa có tài khoản"; 3], "a cell's group is part of it");
        assert_eq!(page.texts("main .button.main"), ["Mời tất cả"]);
        let seen = "SELECT COUNT(*) AS n FROM audit WHERE action = 'read-names' AND record = 'CB01'";
        assert_eq!(number(db, seen).await, 1, "that names were read is noted");

        let given = b.post(&format!("{AN}/invite"), &[]).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
        assert_eq!(given.texts("#links h2"), ["Nguyễn Văn An"]);
        assert_eq!(given.texts("#links .sign-in-name"), ["nguyen.van.an"]);
        assert_eq!(given.attributes("#links svg.qr", "role"), ["img"]);
        let link = links(&given)[0].clone();
        let token = link.strip_prefix("/invite/").unwrap();
        assert_eq!(token.len(), 52);
        let page = b.get("/unit/CB01/members").await;
        assert!(!page.body.contains(token), "it is shown once");
        assert_eq!(page.texts("#members .badge")[0], "Đã mời", "{}", page.body);
        assert!(page.texts("#members td")[1].contains("dùng đến 08/06/2026 09:00"));

        let mut early = stranger(db).await;
        let refused = sign_in(&mut early, "nguyen.van.an", "").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused = sign_in(&mut early, "nguyen.van.an", PASSWORD).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "no password fits before one is set");

        let mut member = stranger(db).await;
        let open = member.get(&link).await;
        assert_eq!(open.texts("#whose dd"), ["Nguyễn Văn An", "Chi bộ Văn phòng", "nguyen.van.an"]);
        assert!(open.texts(".rule li")[0].contains("10 ký tự"), "the rule stands before the fields");
        for (new, again, field) in
            [("ngắn", "ngắn", "new"), (NEW, PASSWORD, "again"), ("nguyen.van.an 1", "nguyen.van.an 1", "new")]
        {
            let wrong = member.post(&link, &[("new", new), ("again", again)]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(wrong.texts(&format!("#{field}-error")).len(), 1, "{new}: {}", wrong.body);
            assert!(!wrong.body.contains(NEW));
        }
        assert_eq!(choose(&mut member, &link, PASSWORD).await.location(), "/");
        let me = member.get("/me").await;
        assert_eq!(me.texts("#roles td")[..2], ["Đảng viên", "Chi bộ Văn phòng"]);
        let whose = "SELECT COUNT(*) AS n FROM account WHERE name = 'nguyen.van.an' AND person = '45.000001'";
        assert_eq!(number(db, whose).await, 1);

        let mut other = stranger(db).await;
        let used = other.get(&link).await;
        assert_eq!(used.status, StatusCode::GONE);
        assert!(used.texts("#dead")[0].contains("đã được dùng"));
        assert!(used.texts("main p").iter().any(|p| p.contains("bí thư Chi bộ Văn phòng")), "whom to ask");
        assert!(!used.body.contains("Nguyễn Văn An"), "a dead link names nobody");
        assert_eq!(other.post(&link, &[("new", NEW), ("again", NEW)]).await.status, StatusCode::GONE);
        assert_eq!(sign_in(&mut other, "nguyen.van.an", NEW).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(sign_in(&mut other, "nguyen.van.an", PASSWORD).await.location(), "/");
        let page = b.get("/unit/CB01/members").await;
        assert_eq!(page.texts("#members .badge")[0], "Đang dùng");
        assert!(page.texts("#members td")[1].contains("Đăng nhập gần nhất 01/06/2026"));
        assert_eq!(page.attributes("#members a.button", "href"), [format!("{AN}/help")]);
        let again = b.post(&format!("{AN}/invite"), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "who has a password is helped, not invited");

        let leaked = format!("SELECT COUNT(*) AS n FROM audit_payload WHERE after LIKE '%{token}%'");
        assert_eq!(number(db, &leaked).await, 0);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM account_link WHERE length(token) = 64").await, 1);
        let mut tx = db.read().await.unwrap();
        assert_eq!(verify_chain(&mut tx).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_link_ends_after_seven_days_and_when_a_newer_one_is_given() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let first = links(&b.post(&format!("{AN}/invite"), &[]).await)[0].clone();
        let second = links(&b.post(&format!("{AN}/invite"), &[]).await)[0].clone();
        let mut member = stranger(db).await;
        let old = member.get(&first).await;
        assert_eq!(old.status, StatusCode::GONE);
        assert!(old.texts("#dead")[0].contains("liên kết mới hơn"));
        assert_eq!(member.get(&second).await.status, StatusCode::OK);
        let capitals = second.replace("/invite/", "").to_uppercase();
        assert_eq!(member.get(&format!("/invite/{capitals}")).await.status, StatusCode::OK, "typed from paper");

        let lives = format!("SELECT COUNT(*) AS n FROM account_link WHERE expires = {}", NOW + link::LIFE);
        assert_eq!(number(db, &lives).await, 2);
        run(db, &format!("UPDATE account_link SET expires = {}", NOW - 1)).await;
        let over = member.get(&second).await;
        assert_eq!(over.status, StatusCode::GONE);
        assert!(over.texts("#dead")[0].contains("01/06/2026 "), "it says until when: {}", over.body);
        assert_eq!(choose(&mut member, &second, PASSWORD).await.status, StatusCode::GONE);
        let page = b.get("/unit/CB01/members").await;
        assert_eq!(page.texts("#members .badge.late"), ["Lời mời đã hết hạn"]);

        let none = member.get(&format!("/invite/{}", "a".repeat(52))).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        assert_eq!(none.texts("#dead").len(), 1, "{}", none.body);
        for bad in ["x", "%F0%9F%98%80", &"y".repeat(3_000)] {
            assert_eq!(member.get(&format!("/invite/{bad}")).await.status, StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn all_members_are_invited_on_one_sheet_and_nobody_twice_by_accident() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        b.get("/unit/CB01/members").await;
        let sheet = b.post("/unit/CB01/members/invite", &[]).await;
        assert_eq!(sheet.texts("#links h2"), ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Thị Dung"]);
        assert_eq!(sheet.texts("h1"), ["3 liên kết mời đảng viên"]);
        assert_eq!(sheet.attributes(".slip svg.qr", "role").len(), 3);
        let none = b.post("/unit/CB01/members/invite", &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.texts(".notice.wrong li")[0].contains("Không còn ai"), "{}", none.body);
        let again = b.post("/unit/CB01/members/invite", &[("again", "1")]).await;
        assert_eq!(again.texts("#links h2").len(), 3);
        let mut member = stranger(db).await;
        assert_eq!(member.get(&links(&sheet)[0]).await.status, StatusCode::GONE, "the old sheet is over");
        assert_eq!(member.get(&links(&again)[0]).await.status, StatusCode::OK);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM account WHERE person IS NOT NULL").await, 3);

        assert_eq!(b.get("/unit/CB02/members").await.status, StatusCode::NOT_FOUND, "only one's own cell");
        assert_eq!(b.post("/unit/CB01/members/45.000003/invite", &[]).await.status, StatusCode::NOT_FOUND);
        let officer = named(db, "can.bo", &[(Role::Officer, "DU")]).await;
        let above = entered(db, officer).await.get("/unit/DU/members").await;
        assert_eq!(above.texts("#nobody").len(), 1);
        assert_eq!(above.attributes("#below a", "href"), ["/unit/CB02/members", "/unit/CB01/members"]);
        for role in [Role::Member, Role::Inspector, Role::Administrator] {
            let id = named(db, role.code(), &[(role, "CB01")]).await;
            let mut shut = entered(db, id).await;
            assert_eq!(shut.get("/unit/CB01/members").await.status, StatusCode::FORBIDDEN, "{role:?}");
            let sneaked = shut.post("/unit/CB01/members/invite", &[("again", "1")]).await;
            assert_eq!(sneaked.status, StatusCode::FORBIDDEN, "{role:?}");
        }
    }
}

#[test]
fn a_sign_in_name_is_made_from_the_persons_and_is_free() {
    let mut taken: HashSet<String> = HashSet::new();
    for expected in ["dang.thi.ut", "dang.thi.ut2", "dang.thi.ut3"] {
        let name = sign_in_name("Đặng Thị Út", &taken);
        assert_eq!(name, expected);
        taken.insert(name);
    }
    assert_eq!(sign_in_name("Y", &taken), "dang.vien.y");
    assert_eq!(sign_in_name("李", &taken), "dang.vien");
    let long = sign_in_name(&"Công Tằng Tôn Nữ ".repeat(9), &taken);
    assert!(long.len() <= 60 && !long.ends_with('.'), "{long}");
}

#[tokio::test]
async fn a_secretary_helps_members_only_and_nobody_with_more_rights() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        type Case<'a> = (&'a str, &'a [(Role, &'a str)], StatusCode);
        let cases: [Case<'_>; 7] = [
            ("chi.dang.vien", &[(Role::Member, "CB01")], StatusCode::OK),
            ("ca.to.dang", &[(Role::Member, "CB01"), (Role::Member, "T1")], StatusCode::OK),
            ("bi.thu.khac", &[(Role::Secretary, "CB01")], StatusCode::FORBIDDEN),
            ("kiem.tra", &[(Role::Member, "CB01"), (Role::Inspector, "T1")], StatusCode::FORBIDDEN),
            ("noi.khac", &[(Role::Member, "CB01"), (Role::Member, "CB02")], StatusCode::FORBIDDEN),
            ("cap.tren", &[(Role::Member, "CB01"), (Role::Superior, "DU")], StatusCode::FORBIDDEN),
            ("khong.viec", &[], StatusCode::FORBIDDEN),
        ];
        for (name, grants, expected) in cases {
            run(db, "UPDATE account SET person = NULL").await;
            named(db, name, grants).await;
            for hash in ["x", ""] {
                let sql = "UPDATE account SET person = '45.000001', password_hash = $2 WHERE name = $1";
                let mut tx = db.write(&Actor::Operator).await.unwrap();
                tx.execute(sql, params![name, hash]).await.unwrap();
                tx.commit().await.unwrap();
                let page = b.get("/unit/CB01/members").await;
                let offered = page.texts("#members tbody tr:first-child :is(a, button)").len();
                assert_eq!(offered, usize::from(expected == StatusCode::OK), "{name}: {}", page.body);
                let way = if hash.is_empty() { "invite" } else { "help" };
                assert_eq!(b.post(&format!("{AN}/{way}"), &[]).await.status, expected, "{name} {way}");
            }
        }
        // A role that begins only later counts already.
        run(db, "UPDATE account SET person = NULL").await;
        named(db, "sap.toi", &[(Role::Member, "CB01"), (Role::Officer, "CB01")]).await;
        run(db, "UPDATE role_grant SET from_day = '2027-01-01' WHERE role = 'officer'").await;
        run(db, "UPDATE account SET person = '45.000001', password_hash = 'x' WHERE name = 'sap.toi'").await;
        assert_eq!(b.get(&format!("{AN}/help")).await.status, StatusCode::FORBIDDEN);
        // One that is over does not.
        run(db, "UPDATE role_grant SET from_day = '2020-01-01', to_day = '2026-05-31' WHERE role = 'officer'").await;
        assert_eq!(b.get(&format!("{AN}/help")).await.status, StatusCode::OK);
        run(db, "UPDATE account SET disabled = 1 WHERE name = 'sap.toi'").await;
        assert_eq!(b.get(&format!("{AN}/help")).await.status, StatusCode::FORBIDDEN, "a lock is no secretary's");
    }
}

#[tokio::test]
async fn a_members_link_does_not_open_what_the_account_becomes() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let link = links(&b.post(&format!("{AN}/invite"), &[]).await)[0].clone();
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let found = super::by_name(&mut tx, "nguyen.van.an").await.unwrap().unwrap();
        let from = domain::parse_day("01/06/2026").unwrap();
        for role in [Role::Member, Role::Inspector] {
            let new = super::NewGrant { account: found.id, role, unit: "CB01".to_owned(), from, to: None };
            super::grant(&mut tx, &Actor::Operator, &new).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(stranger(db).await.get(&link).await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn who_is_locked_out_gets_a_link_and_the_old_password_holds_until_then() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let mut member = joined(db, &mut b).await;
        let page = b.get(&format!("{AN}/help")).await;
        assert_eq!(page.texts("main .button.main"), ["Tạo liên kết"]);
        assert!(page.texts("#clears").is_empty(), "no second step, nothing to turn off");
        let given = b.post(&format!("{AN}/help"), &[("reason", "quên mật khẩu")]).await;
        let link = links(&given)[0].clone();
        assert_eq!(member.get("/me").await.status, StatusCode::OK, "giving it ends no session");
        let told = member.get("/me").await.texts("#resets li").remove(0);
        for part in ["01/06/2026 09:00", "bi.thu", "quên mật khẩu", "Chưa dùng."] {
            assert!(told.contains(part), "{told}");
        }
        let mut other = stranger(db).await;
        assert_eq!(sign_in(&mut other, "nguyen.van.an", PASSWORD).await.location(), "/", "still the old one");

        let mut phone = stranger(db).await;
        assert_eq!(phone.get(&link).await.texts("h1"), ["Đặt lại mật khẩu"]);
        assert_eq!(choose(&mut phone, &link, NEW).await.location(), "/");
        assert!(phone.get("/me").await.texts("#resets li")[0].contains("Đã dùng 01/06/2026"));
        for b in [&mut member, &mut other] {
            assert_eq!(b.get("/me").await.status, StatusCode::SEE_OTHER, "every session ended");
        }
        assert_eq!(sign_in(&mut other, "nguyen.van.an", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(sign_in(&mut other, "nguyen.van.an", NEW).await.location(), "/");
        let said = "SELECT COUNT(*) AS n FROM audit a JOIN audit_payload p ON p.seq = a.seq
                    WHERE a.kind = 'account_link' AND a.actor = 'bi.thu' AND p.after LIKE '%quên mật khẩu%'";
        assert_eq!(number(db, said).await, 1, "audited with its reason");

        // A password of one's own makes an open link useless.
        let link = links(&b.post(&format!("{AN}/help"), &[]).await)[0].clone();
        other.post("/me", &[("old", NEW), ("new", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!(stranger(db).await.get(&link).await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn a_code_is_asked_for_after_the_password_and_serves_once() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let mut member = joined(db, &mut b).await;
        let off = member.get("/me/code").await;
        assert_eq!((off.texts("#off").len(), off.texts("main .button.main").len()), (1, 1));
        let setup = member.post("/me/code/start", &[]).await;
        let letters = setup.texts("#letters")[0].clone();
        assert_eq!(letters.split(' ').map(str::len).collect::<Vec<_>>(), [4; 8], "groups of four");
        assert_eq!(setup.attributes("main svg.qr", "role"), ["img"]);
        let wrong = member.post("/me/code/confirm", &[("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.texts("#letters"), [letters.as_str()], "the same key, to try again");
        assert_eq!(member.get("/me/code").await.texts("#off").len(), 1, "not on before a code was right");
        let spaced = code(&letters, -1);
        let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
        let codes = member.post("/me/code/confirm", &[("code", &spaced)]).await.texts("#recovery code");
        assert_eq!(codes.len(), 10);
        let on = member.get("/me/code").await;
        assert_eq!(on.texts("#on").len(), 1);
        assert!(on.texts("#left")[0].ends_with("10."), "{:?}", on.texts("#left"));
        assert!(!on.body.contains(&codes[0]) && !on.body.contains(&letters), "shown once");
        assert_eq!(member.post("/me/code/start", &[]).await.location(), "/me/code", "the key in use stays");

        let mut phone = stranger(db).await;
        let before = phone.cookies["nenep"].clone();
        phone.get("/sign-in").await;
        let right = [("name", "nguyen.van.an"), ("password", PASSWORD), ("next", "/me")];
        let half = phone.post("/sign-in", &right).await;
        assert_eq!(half.location(), "/sign-in/code?next=%2Fme");
        assert_eq!(phone.cookies["nenep"], before, "no session before both are right");
        assert!(phone.get("/me").await.location().starts_with("/sign-in?"));
        let step = phone.get(half.location()).await;
        assert_eq!(step.attributes("#code", "autocomplete"), ["one-time-code"]);
        for (typed, said) in [("000000", "không đúng"), (code(&letters, -1).as_str(), "đã dùng rồi"), ("", "")] {
            let refused = phone.post("/sign-in/code", &[("code", typed)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            assert!(refused.texts("#code-error")[0].contains(said), "{typed}: {}", refused.body);
        }
        let mut elsewhere = stranger(db).await;
        let no_half = elsewhere.post("/sign-in/code", &[("code", &code(&letters, 0))]).await;
        assert_eq!(no_half.location(), "/sign-in", "the step belongs to the browser of the password");
        let done = phone.post("/sign-in/code", &[("code", &code(&letters, 0)), ("next", "/me")]).await;
        assert_eq!(done.location(), "/me", "{}", done.body);
        assert_ne!(phone.cookies["nenep"], before, "a fresh session");
        assert!(!phone.cookies.contains_key("nenep-step"));
        assert_eq!(phone.get("/me").await.status, StatusCode::OK);

        sign_in(&mut elsewhere, "nguyen.van.an", PASSWORD).await;
        let capitals = codes[3].to_uppercase().replace('-', "");
        let done = elsewhere.post("/sign-in/code", &[("code", &capitals)]).await;
        assert_eq!(done.location(), "/me/code", "{}", done.body);
        assert!(elsewhere.get("/me/code").await.texts("#left")[0].ends_with("9."));
        let mut third = stranger(db).await;
        sign_in(&mut third, "nguyen.van.an", PASSWORD).await;
        let again = third.post("/sign-in/code", &[("code", &codes[3])]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a recovery code serves once");
        let fresh = phone.post("/me/code/codes", &[("code", &codes[0])]).await.texts("#recovery code");
        assert_eq!(fresh.len(), 10);
        let old = third.post("/sign-in/code", &[("code", &codes[5])]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "new codes end the old ones");

        let key = letters.replace(' ', "");
        let leaked = format!(
            "SELECT COUNT(*) AS n FROM audit_payload WHERE after LIKE '%{key}%' OR after LIKE '%{}%'",
            codes[0]
        );
        assert_eq!(number(db, &leaked).await, 0);
        let plain = format!("SELECT COUNT(*) AS n FROM account_recovery WHERE code LIKE '%{}%'", &fresh[0][..4]);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM account_recovery WHERE length(code) = 64").await, 10);
        assert!(number(db, &plain).await < 10, "kept as hashes");

        let next = code(&letters, 1);
        for (password, typed, field) in [("sai mật khẩu", next.as_str(), "password"), (PASSWORD, "000000", "off_code")] {
            let stays = phone.post("/me/code/off", &[("password", password), ("off_code", typed)]).await;
            assert_eq!(stays.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(stays.texts(&format!("#{field}-error")).len(), 1, "{}", stays.body);
        }
        let gone = phone.post("/me/code/off", &[("password", PASSWORD), ("off_code", &next)]).await;
        assert_eq!(gone.location(), "/me", "{}", gone.body);
        assert_eq!(sign_in(&mut stranger(db).await, "nguyen.van.an", PASSWORD).await.location(), "/");
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM account_recovery").await, 0);
    }
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_and_the_password_does_not_start_it_afresh() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let mut member = joined(db, &mut b).await;
        let (letters, _) = turned_on(&mut member).await;
        let mut thief = stranger(db).await;
        for guess in 0..5 {
            assert!(sign_in(&mut thief, "nguyen.van.an", PASSWORD).await.location().contains("/sign-in/code"));
            let wrong = thief.post("/sign-in/code", &[("code", "123456")]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{guess}");
        }
        let late = thief.post("/sign-in/code", &[("code", &code(&letters, 0))]).await;
        assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS, "even the right one waits");
        let here = member.post("/me/code/codes", &[("code", &code(&letters, 0))]).await;
        assert!(here.texts("#code-error")[0].contains("đợi"), "on /me/code as well: {}", here.body);
        assert!(sign_in(&mut thief, "nguyen.van.an", PASSWORD).await.location().contains("/sign-in/code"));

        run(db, "DELETE FROM sign_in_failure").await;
        run(db, &format!("UPDATE sign_in_half SET expires = {}", NOW - 1)).await;
        let over = thief.post("/sign-in/code", &[("code", &code(&letters, 0))]).await;
        assert_eq!(over.location(), "/sign-in", "the step waits for five minutes");

        // Tokens that are none are counted by address alone.
        let address = Some("192.0.2.7".parse().unwrap());
        let mut tx = db.write(&Actor::Nobody).await.unwrap();
        for _ in 0..40 {
            assert_eq!(slow::count(&mut tx, "", address, NOW).await.unwrap(), None);
        }
        assert!(slow::count(&mut tx, "", address, NOW).await.unwrap().is_some());
        assert_eq!(slow::count(&mut tx, "", None, NOW).await.unwrap(), None, "nobody waits for others");
    }
}

#[tokio::test]
async fn a_help_leaves_the_second_step_unless_it_says_otherwise_with_a_reason() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let mut member = joined(db, &mut b).await;
        let (letters, _) = turned_on(&mut member).await;
        let link = links(&b.post(&format!("{AN}/help"), &[]).await)[0].clone();
        let mut phone = stranger(db).await;
        let next = choose(&mut phone, &link, NEW).await.location().to_owned();
        assert!(next.starts_with("/sign-in/code"), "the code is still asked for: {next}");
        assert!(phone.get("/me").await.location().starts_with("/sign-in?"));
        let done = phone.post("/sign-in/code", &[("code", &code(&letters, 0))]).await;
        assert_eq!(done.location(), "/", "{}", done.body);

        let page = b.get(&format!("{AN}/help")).await;
        assert_eq!(page.attributes("#clears", "type"), ["checkbox"]);
        let why = b.post(&format!("{AN}/help"), &[("clears", "1")]).await;
        assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(why.texts("#reason-error").len(), 1);
        assert_eq!(why.attributes("#clears", "checked").len(), 1, "what was ticked stays");
        let given = b.post(&format!("{AN}/help"), &[("clears", "1"), ("reason", "mất điện thoại")]).await;
        let link = links(&given)[0].clone();
        assert!(phone.get("/me").await.texts("#resets li")[0].contains("tắt cả mã xác nhận"));
        let half = "SELECT COUNT(*) AS n FROM account_code WHERE since IS NOT NULL";
        assert_eq!(number(db, half).await, 1, "it goes when the link is used, not before");
        assert_eq!(choose(&mut stranger(db).await, &link, PASSWORD).await.location(), "/");
        assert_eq!(number(db, half).await, 0);
    }
}

#[tokio::test]
async fn a_sign_in_from_a_new_device_is_told_until_its_owner_knows_it() {
    for db in &both().await.all {
        let mut b = secretary(db).await;
        let mut member = joined(db, &mut b).await;
        assert!(member.get("/").await.texts(".duty").is_empty(), "the first device is nothing to tell");
        let mut desk = stranger(db).await;
        desk.headers.push(("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0".to_owned()));
        sign_in(&mut desk, "nguyen.van.an", PASSWORD).await;
        let duty = member.get("/").await.texts(".duty");
        assert_eq!(duty.len(), 1);
        assert!(duty[0].contains("Xem lần đăng nhập mới") && duty[0].contains("Firefox · Windows"), "{duty:?}");
        let me = member.get("/me").await;
        assert!(me.texts("#fresh li")[0].starts_with("Đăng nhập mới từ Firefox · Windows"));
        assert_eq!(me.texts("#sessions tbody tr").len(), 2);
        assert!(me.texts("#sessions tbody tr")[0].contains("Phiên này"), "this one first");
        assert_eq!(member.post("/me/devices", &[]).await.location(), "/me");
        assert!(member.get("/me").await.texts("#fresh").is_empty());
        desk.post("/sign-out", &[]).await;
        sign_in(&mut desk, "nguyen.van.an", PASSWORD).await;
        assert!(member.get("/").await.texts(".duty").is_empty(), "a known device is no news");
    }
}

#[tokio::test]
async fn an_administrator_invites_and_helps_by_link_and_never_oneself() {
    for db in &both().await.all {
        let id = named(db, "quan.tri", &[(Role::Administrator, "CB01")]).await;
        let mut b = entered(db, id).await;
        let wrong = b.post("/accounts", &[("name", "Thư ký"), ("invite", "1")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.attributes("#name", "value"), ["Thư ký"]);
        let given = b.post("/accounts", &[("name", " Thu.Ky "), ("invite", "1")]).await;
        assert_eq!(given.texts("#links .sign-in-name"), ["thu.ky"], "{}", given.body);
        let back = given.attributes("main .actions a", "href").remove(0);
        let page = b.get(&back).await;
        assert_eq!(page.texts("h1"), ["Tài khoản thu.ky"]);
        let mut user = stranger(db).await;
        let open = user.get(&links(&given)[0]).await;
        assert_eq!(open.texts("#whose dd"), ["thu.ky"]);
        assert_eq!(choose(&mut user, &links(&given)[0], PASSWORD).await.location(), "/");
        let help = b.post(&format!("{back}/link"), &[("reason", "quên")]).await;
        assert_eq!(help.texts("#links .sign-in-name"), ["thu.ky"], "{}", help.body);
        assert!(user.get("/me").await.texts("#resets li")[0].contains("quan.tri"));
        let own = b.post(&format!("/accounts/{id}/link"), &[]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        let above = named(db, "cap.tren", &[(Role::Superior, "DU"), (Role::Member, "CB01")]).await;
        let sneaked = b.post(&format!("/accounts/{above}/link"), &[]).await;
        assert_eq!(sneaked.status, StatusCode::FORBIDDEN);
        // Who is signed in at the browser is told before the link signs them out.
        let link = links(&help)[0].clone();
        assert_eq!(b.get(&link).await.texts("#other strong"), ["quan.tri"]);
    }
}
