//! Each rule of notices on both databases: who is told what, when it is written down, how it is sent.

use super::letter::letter;
use super::outbox::{self, A_DAY, DAY, HOUR};
use super::topic::What;
use super::{Carried, Carrier, Mail, Outcome, Pace, Post, round};
use crate::account::AccountGate;
use crate::browse::fixture::{NOW, account, both_at, kind, number, rows, signed_in, site, whole};
use crate::event::Event;
use crate::kind::{Draft, Held};
use crate::person::fixture::draft;
use crate::{REGISTRY, transfer};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::{Actor, Clock, Id, Instant, Lang, Role};
use shell::testing::Browser;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use store::{Db, params, testing};
use tokio::sync::watch;

/// A clock that the test moves. 1/6/2026 is a Monday; it begins at nine in the morning.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Clock for Hand {
    fn now(&self) -> Instant {
        self.0.load(Ordering::SeqCst)
    }
}

impl Hand {
    fn go(&self, by: i64) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
    fn set(&self, at: i64) {
        self.0.store(at, Ordering::SeqCst);
    }
}

async fn world() -> (testing::Both, Hand) {
    let hand = Hand(Arc::new(AtomicI64::new(NOW)));
    (both_at(Arc::new(hand.clone())).await, hand)
}

/// A mail server in the test's hand: it takes what it is given, unless other answers were put in.
#[derive(Default)]
struct Box_ {
    taken: Mutex<Vec<Mail>>,
    answers: Mutex<VecDeque<Carried>>,
}

impl Carrier for Box_ {
    fn carry<'a>(&'a self, mail: &'a Mail) -> Pin<Box<dyn Future<Output = Carried> + Send + 'a>> {
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Carried::Taken);
        if answer == Carried::Taken {
            self.taken.lock().unwrap().push(mail.clone());
        }
        Box::pin(async move { answer })
    }
    fn domain(&self) -> &str {
        "coquan.vn"
    }
}

impl Box_ {
    fn will(&self, answers: impl IntoIterator<Item = Carried>) {
        self.answers.lock().unwrap().extend(answers);
    }
    fn subjects(&self) -> Vec<String> {
        self.taken.lock().unwrap().iter().map(|m| m.subject.clone()).collect()
    }
    fn empty(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.taken.lock().unwrap())
    }
}

fn post(db: &Db) -> (Post, Arc<Box_>) {
    let carrier = Arc::new(Box_::default());
    let site = whole(db, AccountGate);
    let base = "https://nenep.coquan.vn/".to_owned();
    (Post { site, carrier: carrier.clone(), base, pace: Pace::default() }, carrier)
}

async fn send(post: &Post) -> Outcome {
    let (_end, told) = watch::channel(false);
    round(post, &told).await.unwrap()
}

/// Somebody of a cell with an account; `true` gives it a confirmed address.
struct Somebody {
    person: String,
    account: Id,
    browser: Browser,
}

async fn somebody(db: &Db, name: &'static str, role: Role, told: bool) -> Somebody {
    let person = Id::new().to_string();
    let code = format!("45.{}", &person[24..]);
    let values = [
        ("code", code.as_str()),
        ("name", name),
        ("unit", "CB01"),
        ("category", "party_member"),
        ("since", "01/01/2015"),
    ];
    rows(db, &[("person", &person, &values)]).await;
    let account = account(db, &[(role, "CB01")]).await;
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    crate::person::imply_memberships(&mut tx).await.unwrap();
    tx.execute("UPDATE account SET person = $2 WHERE id = $1", params![account, &person]).await.unwrap();
    if told {
        tx.execute(
            "INSERT INTO notice_address (account, address, lang, stop, digest) VALUES ($1, $2, 'vi', $3, '2026-06-01')",
            params![account, format!("{}@coquan.vn", &person[24..]), format!("stop-{account}")],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut browser = Browser::new(site(db, AccountGate));
    assert_eq!(browser.get(&format!("/test/enter/{account}")).await.body, "in");
    Somebody { person, account, browser }
}

/// What waits: the sort, the title, the link; in the order of writing.
async fn waiting(db: &Db) -> Vec<(String, String, String)> {
    let mut tx = db.read().await.unwrap();
    let sql =
        "SELECT what, title, href FROM notice_mail WHERE sent_at IS NULL AND gave_up_at IS NULL ORDER BY id";
    let rows = tx.query(sql, &[]).await.unwrap();
    rows.iter()
        .map(|r| (r.words("what").unwrap(), r.words("title").unwrap(), r.words("href").unwrap()))
        .collect()
}

async fn whats(db: &Db) -> Vec<String> {
    waiting(db).await.into_iter().map(|(what, _, _)| what).collect()
}

/// Writes a row as a page does, in a transaction of its own.
async fn write(db: &Db, name: &str, id: Option<&str>, values: &[(&'static str, &str)]) -> String {
    let mut tx = db.write(&Actor::Operator).await.unwrap();
    let written = transfer::write_one(&mut tx, kind(name), draft(kind(name), values), id).await.unwrap();
    tx.commit().await.unwrap();
    written.unwrap_or_else(|faults| panic!("{name}: {faults:?}"))
}

const SESSION: [(&str, &str); 6] = [
    ("code", "B1"),
    ("unit", "CB01"),
    ("kind", "regular"),
    ("title", "Thường kỳ tháng 6"),
    ("day", "10/06/2026"),
    ("hour", "19:30"),
];

#[tokio::test]
async fn an_address_counts_only_after_its_code_is_typed_in() {
    let (both, hand) = world().await;
    for db in &both.all {
        hand.set(NOW);
        let mut me = somebody(db, "Đỗ Văn Em", Role::Member, false).await;
        let b = &mut me.browser;
        let page = b.get("/me/mail").await;
        assert_eq!(page.attributes("#address-form input[name=address]", "autocomplete"), ["email"]);
        for wrong in ["", "em", "em@coquan", "ém@coquan.vn", "em@coquan.vn\r\nBcc: x@y.vn"] {
            let back = b.post("/me/mail", &[("address", wrong)]).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        assert_eq!(b.post("/me/mail", &[("address", "em@coquan.vn")]).await.location(), "/me/mail");
        assert!(b.get("/me/mail").await.body.contains("em@coquan.vn"));
        let (post, server) = post(db);
        assert_eq!(send(&post).await, Outcome { sent: 1, ..Outcome::default() });
        let mail = server.empty().remove(0);
        assert_eq!((mail.to.as_str(), mail.stop.as_str()), ("em@coquan.vn", ""));
        let code: String = mail.text.lines().find_map(|l| l.strip_prefix("    ")).unwrap().to_owned();
        assert!(code.len() == 6 && mail.html.contains(&code), "{}", mail.text);
        assert_eq!(
            number(db, "SELECT COUNT(*) AS n FROM notice_mail WHERE detail <> ''").await,
            0,
            "the code is not kept"
        );
        // Not yet: nobody is told anything there.
        write(db, "meeting", None, &SESSION).await;
        assert_eq!(whats(db).await, [""; 0]);

        let wrong = if code == "000000" { "000001" } else { "000000" };
        let back = b.post("/me/mail/code", &[("code", wrong)]).await;
        assert_eq!(back.texts("#code-error"), ["Mã không đúng. Hãy xem lại thư mới nhất rồi nhập lại."]);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(b.post("/me/mail/code", &[("code", &spaced)]).await.location(), "/me/mail");
        let page = b.get("/me/mail").await;
        assert_eq!(page.texts("#own dd"), ["em@coquan.vn"]);
        assert_eq!(page.attributes("#choices input[checked]", "value").len(), 6, "everything is on at first");

        // Five wrong codes, or half an hour, end a code.
        b.post("/me/mail", &[("address", "khac@coquan.vn")]).await;
        for _ in 0..5 {
            b.post("/me/mail/code", &[("code", "12")]).await;
        }
        let over = b.post("/me/mail/code", &[("code", "12")]).await;
        assert!(over.texts("#code-error")[0].contains("hết hạn"));
        b.post("/me/mail", &[("address", "khac@coquan.vn")]).await;
        hand.go(31 * 60_000);
        assert!(b.post("/me/mail/code", &[("code", "12")]).await.texts("#code-error")[0].contains("hết hạn"));
        assert_eq!(
            b.get("/me/mail").await.texts("#own dd"),
            ["em@coquan.vn"],
            "the old one counts meanwhile"
        );
        for _ in 0..4 {
            send(&post).await;
            b.post("/me/mail", &[("address", "khac@coquan.vn")]).await;
        }
        let many = b.post("/me/mail", &[("address", "khac@coquan.vn")]).await;
        assert!(
            many.texts("#address-error")[0].contains("ngày mai"),
            "nobody's mailbox is filled with codes"
        );
        b.post("/me/mail/remove", &[]).await;
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM notice_address").await, 0);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM notice_mail WHERE address <> ''").await, 0);
    }
}

#[tokio::test]
async fn those_called_to_a_session_are_told_of_it_of_its_changes_and_of_its_end() {
    let (both, _) = world().await;
    for db in &both.all {
        let (post, server) = post(db);
        let mut boss = somebody(db, "Vũ Bí Thư", Role::Secretary, true).await;
        let em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        somebody(db, "Không Thư", Role::Member, false).await;
        boss.browser.get("/unit/CB01/session/new").await;
        let fields: Vec<(&str, &str)> = SESSION[2..].to_vec();
        let done = boss.browser.post("/unit/CB01/session/new", &fields).await;
        let path = done.location().to_owned();
        let id = path.rsplit('/').next().unwrap().to_owned();
        let told = waiting(db).await;
        let href = format!("/me/session/{id}");
        assert_eq!(
            told,
            [("session-invited".to_owned(), "Thường kỳ tháng 6".to_owned(), href.clone())],
            "not who did it"
        );
        // Changed before the mail went out: one invitation, with what it is called now.
        let edited: Vec<_> =
            fields.iter().map(|(n, v)| (*n, if *n == "title" { "Thường kỳ" } else { *v })).collect();
        assert_eq!(boss.browser.post(&format!("{path}/edit"), &edited).await.status, StatusCode::SEE_OTHER);
        assert_eq!(waiting(db).await, [("session-invited".to_owned(), "Thường kỳ".to_owned(), href)]);
        send(&post).await;
        assert_eq!(server.subjects(), ["Mời dự: Thường kỳ"]);
        let mail = server.empty().remove(0);
        assert!(mail.text.contains(&format!("https://nenep.coquan.vn/me/session/{id}\n")), "{}", mail.text);
        assert!(mail.stop == format!("https://nenep.coquan.vn/stop/stop-{}/session", em.account));
        // What is no news is not told; a new day is.
        boss.browser.post(&format!("{path}/edit"), &edited).await;
        let mut agenda = edited.clone();
        agenda.push(("agenda", "Chào cờ"));
        boss.browser.post(&format!("{path}/edit"), &agenda).await;
        assert_eq!(whats(db).await, [""; 0]);
        let moved: Vec<_> =
            edited.iter().map(|(n, v)| (*n, if *n == "day" { "12/06/2026" } else { *v })).collect();
        boss.browser.post(&format!("{path}/edit"), &moved).await;
        assert_eq!(whats(db).await, ["session-changed"]);
        send(&post).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        transfer::withdraw(&mut tx, kind("meeting"), &id, "hoãn", true).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(whats(db).await, ["session-off", "session-off"], "the operator did it, so both are told");
        send(&post).await;
        assert!(
            server
                .empty()
                .iter()
                .all(|m| !m.text.contains("/me/session/") || m.subject.starts_with("Thay đổi"))
        );
        // One of the past, or one already held, invites nobody.
        let past: Vec<_> =
            SESSION.iter().map(|(n, v)| (*n, if *n == "day" { "10/05/2026" } else { *v })).collect();
        write(db, "meeting", None, &past).await;
        assert_eq!(whats(db).await, [""; 0]);
    }
}

#[tokio::test]
async fn what_is_rolled_back_is_told_to_nobody() {
    let (both, _) = world().await;
    for db in &both.all {
        somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let values = draft(kind("meeting"), &SESSION);
        transfer::write_one(&mut tx, kind("meeting"), values, None).await.unwrap().unwrap();
        let n = tx.one("SELECT COUNT(*) AS n FROM notice_mail", &[]).await.unwrap().int("n").unwrap();
        assert_eq!(n, 1, "it stands in the same transaction");
        drop(tx);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM notice_mail").await, 0);
        assert_eq!(number(db, "SELECT COUNT(*) AS n FROM meeting").await, 0);
    }
}

#[tokio::test]
async fn a_task_a_commitment_an_answer_and_a_device_are_told_to_whom_they_concern() {
    let (both, _) = world().await;
    for db in &both.all {
        let (post, server) = post(db);
        let em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        let other = somebody(db, "Hồ Thị Khác", Role::Member, true).await;
        let p = em.person.as_str();
        rows(
            db,
            &[
                (
                    "activity",
                    "a1",
                    &[
                        ("code", "HN1"),
                        ("unit", "CB01"),
                        ("kind", "regular"),
                        ("title", "Thường kỳ"),
                        ("day", "20/05/2026"),
                    ],
                ),
                ("programme", "ct", &[("code", "CT"), ("name", "Học tập"), ("from_day", "15/05/2016")]),
                (
                    "plan",
                    "kh",
                    &[
                        ("code", "KH26"),
                        ("unit", "CB01"),
                        ("programme", "ct"),
                        ("year", "2026"),
                        ("kind", "year"),
                        ("issued_day", "10/01/2026"),
                        ("symbol", "05-KH/CB"),
                    ],
                ),
            ],
        )
        .await;
        let task = [("code", "1"), ("activity", "a1"), ("task", "Gặp đồng chí Hồ Thị Khác"), ("owner", p)];
        let id = write(db, "follow_up", None, &task).await;
        assert_eq!(waiting(db).await, [("task".to_owned(), "Thường kỳ".to_owned(), "/me/tasks".to_owned())]);
        write(db, "follow_up", Some(&id), &[("outcome", "đang làm")]).await;
        send(&post).await;
        write(db, "follow_up", Some(&id), &[("done_day", "25/05/2026"), ("outcome", "xong")]).await;
        assert_eq!(whats(db).await, [""; 0], "only a new owner is news");
        for code in ["1", "2", "3"] {
            write(db, "task", None, &[("code", code), ("plan", "kh"), ("title", "Việc"), ("owner", p)]).await;
        }
        assert_eq!(waiting(db).await.len(), 1, "a plan of many tasks is told once");
        assert_eq!(waiting(db).await[0].1, "05-KH/CB – Chi bộ Văn phòng");
        send(&post).await;
        write(
            db,
            "breakthrough",
            None,
            &[("code", "DP1"), ("unit", "CB01"), ("year", "2026"), ("title", "Rút ngắn hồ sơ"), ("owner", p)],
        )
        .await;
        assert_eq!(whats(db).await, ["breakthrough"]);
        send(&post).await;
        server.empty();

        let values = [
            ("code", "CK1"),
            ("unit", "CB01"),
            ("person", p),
            ("year", "2026"),
            ("stage", "sent"),
            ("sent_day", "20/05/2026"),
        ];
        let c = write(db, "commitment", None, &values).await;
        assert_eq!(whats(db).await, [""; 0], "sending it is one's own doing");
        write(
            db,
            "commitment",
            Some(&c),
            &[
                ("stage", "returned"),
                ("returned_day", "21/05/2026"),
                ("returned_why", "Còn chung chung, như của Hồ Thị Khác"),
            ],
        )
        .await;
        send(&post).await;
        write(db, "commitment", Some(&c), &[("stage", "sent"), ("sent_day", "22/05/2026")]).await;
        let mut registered = draft(kind("commitment"), &[("registered_day", "23/05/2026")]);
        registered.set("stage", Held::Empty);
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        transfer::write_one(&mut tx, kind("commitment"), registered, Some(&c)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        send(&post).await;
        assert_eq!(
            server.subjects(),
            ["Bản cam kết năm 2026 được trả lại để sửa", "Bản cam kết năm 2026 đã được đăng ký"]
        );

        let values =
            [("code", "YC1"), ("unit", "CB01"), ("person", p), ("asks", "copy"), ("day", "29/05/2026")];
        let r = write(db, "data_request", None, &values).await;
        write(
            db,
            "data_request",
            Some(&r),
            &[("outcome", "done"), ("answered_day", "30/05/2026"), ("answer", "Đã sao")],
        )
        .await;
        send(&post).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let event = Event::NewDevice { account: em.account, device: "Chrome · Android" };
        REGISTRY.tell(&event, &mut tx).await.unwrap();
        tx.commit().await.unwrap();
        send(&post).await;
        let mails = server.empty();
        assert_eq!(mails[2].subject, "Yêu cầu về dữ liệu của bạn đã được trả lời");
        assert!(mails[3].text.contains("    Chrome · Android\n") && mails[3].text.contains("/me\n"));
        for mail in &mails {
            assert!(mail.to.starts_with(&em.person[24..]), "{}", mail.to);
            for name in ["Hồ Thị Khác", "Đỗ Văn Em", "chung chung", "Đã sao"] {
                assert!(!mail.text.contains(name) && !mail.html.contains(name), "{name} in {}", mail.text);
            }
        }
        let unseen = format!("SELECT COUNT(*) AS n FROM notice_mail WHERE account = '{}'", other.account);
        assert_eq!(number(db, &unseen).await, 0, "nobody else is told");
    }
}

#[tokio::test]
async fn one_link_stops_a_sort_without_signing_in_and_brings_it_back() {
    let (both, _) = world().await;
    for db in &both.all {
        let (post, server) = post(db);
        let em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        write(db, "meeting", None, &SESSION).await;
        send(&post).await;
        let link = server.empty().remove(0).stop;
        let path = link.strip_prefix("https://nenep.coquan.vn").unwrap().to_owned();
        let mut task = SESSION.to_vec();
        task[0] = ("code", "B2");
        task[3] = ("title", "Chuyên đề");
        write(db, "meeting", None, &task).await;
        assert_eq!(whats(db).await.len(), 1);

        let mut stranger = Browser::new(site(db, AccountGate));
        let page = stranger.get(&path).await;
        assert!(page.texts("#stop")[0].starts_with("Thôi nhận thư báo khi được mời dự"));
        assert!(!page.body.contains("coquan.vn"), "the page does not tell whose address it is");
        assert_eq!(whats(db).await.len(), 1, "a program that opens every link stops nothing");
        // As a mail program posts it: from elsewhere, without a form token or a cookie.
        let mut program = Browser::new(site(db, AccountGate));
        program.headers =
            vec![("origin", "https://mail.example".to_owned()), ("sec-fetch-site", "cross-site".to_owned())];
        let form = Some("application/x-www-form-urlencoded");
        let done = program.send(Method::POST, &path, form, Body::from("List-Unsubscribe=One-Click")).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert!(done.texts("#stop")[0].starts_with("Đã thôi"));
        assert_eq!(whats(db).await, [""; 0], "what waited is not sent any more");
        write(
            db,
            "meeting",
            None,
            &[("code", "B3"), ("unit", "CB01"), ("kind", "regular"), ("title", "Ba"), ("day", "20/06/2026")],
        )
        .await;
        assert_eq!(whats(db).await, [""; 0]);
        write(
            db,
            "breakthrough",
            None,
            &[("code", "DP1"), ("unit", "CB01"), ("year", "2026"), ("title", "Một"), ("owner", &em.person)],
        )
        .await;
        assert_eq!(whats(db).await, ["breakthrough"], "the other sorts still come");

        assert_eq!(stranger.post(&path, &[("act", "again")]).await.status, StatusCode::OK);
        write(
            db,
            "meeting",
            None,
            &[("code", "B4"), ("unit", "CB01"), ("kind", "regular"), ("title", "Bốn"), ("day", "25/06/2026")],
        )
        .await;
        assert_eq!(whats(db).await, ["breakthrough", "session-invited"]);
        for unknown in ["/stop/x/session", &path.replace("/session", "/nothing")] {
            assert_eq!(stranger.get(unknown).await.status, StatusCode::NOT_FOUND);
            assert_eq!(stranger.post(unknown, &[]).await.status, StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn choices_of_the_page_are_kept() {
    let (both, _) = world().await;
    for db in &both.all {
        let mut em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        em.browser.get("/me/mail").await;
        let done = em.browser.post("/me/mail/choices", &[("topic", "task"), ("topic", "digest")]).await;
        assert_eq!(done.location(), "/me/mail");
        let on = em.browser.get("/me/mail").await.attributes("#choices input[checked]", "value");
        assert_eq!(on, ["task", "digest"]);
        write(db, "meeting", None, &SESSION).await;
        assert_eq!(whats(db).await, [""; 0]);
        assert_eq!(em.browser.get("/me").await.attributes("main a[href='/me/mail']", "class").len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_is_down_makes_it_wait_and_it_arrives_once() {
    let (both, hand) = world().await;
    for db in &both.all {
        hand.set(NOW);
        let (post, server) = post(db);
        somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        write(db, "meeting", None, &SESSION).await;
        let away = || Carried::Away("connection refused".to_owned());
        server.will([away(), away(), away()]);
        // Each pause is longer than the one before it.
        for minutes in [1, 5, 15] {
            assert_eq!(send(&post).await, Outcome { sent: 0, failed: 1, away: true });
            hand.go(minutes * 60_000 - 1);
            assert_eq!(send(&post).await, Outcome::default(), "it is not tried before its time");
            hand.go(1);
        }
        assert_eq!(send(&post).await.sent, 1);
        hand.go(DAY);
        assert_eq!(send(&post).await, Outcome::default());
        assert_eq!(server.empty().len(), 1);
    }
}

#[tokio::test]
async fn two_senders_share_the_work_and_one_that_died_loses_its_claim() {
    let (both, hand) = world().await;
    for db in &both.all {
        hand.set(NOW);
        let (post, server) = post(db);
        somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        somebody(db, "Hồ Thị Hai", Role::Member, true).await;
        write(db, "meeting", None, &SESSION).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        let row = outbox::due(&mut tx, hand.now()).await.unwrap().unwrap();
        // Two have looked; one wins.
        assert!(outbox::claim(&mut tx, &row.id, hand.now(), hand.now() + 60_000).await.unwrap());
        assert!(!outbox::claim(&mut tx, &row.id, hand.now(), hand.now() + 60_000).await.unwrap());
        tx.commit().await.unwrap();
        let (one, two) = tokio::join!(send(&post), send(&post));
        assert_eq!(one.sent + two.sent, 1, "the claimed one is left alone, the other goes out once");
        hand.go(60_000);
        assert_eq!(send(&post).await.sent, 1, "the claim is over");
        let mut mails = server.empty();
        mails.sort_by_key(|m| m.message_id.clone());
        mails.dedup_by_key(|m| m.message_id.clone());
        assert_eq!(mails.len(), 2);

        // Killed after the server took it and before that was noted: the same mail once more, by the same id.
        write(
            db,
            "meeting",
            None,
            &[("code", "B2"), ("unit", "CB01"), ("kind", "regular"), ("title", "Hai"), ("day", "20/06/2026")],
        )
        .await;
        send(&post).await;
        let first = server.empty();
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute(
            "UPDATE notice_mail SET sent_at = NULL, claimed_until = $1 WHERE title = 'Hai'",
            params![hand.now() + 60_000],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(send(&post).await, Outcome::default());
        hand.go(60_000);
        assert_eq!(send(&post).await.sent, 2);
        assert_eq!(server.empty(), first, "the same to the letter, its id and date among it");
    }
}

#[tokio::test]
async fn what_cannot_be_delivered_is_given_up_with_its_reason_and_sent_again_on_a_word() {
    let (both, hand) = world().await;
    for db in &both.all {
        hand.set(NOW);
        let (post, server) = post(db);
        let em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        write(db, "meeting", None, &SESSION).await;
        server.will([Carried::Refused("550 no such user".to_owned())]);
        assert_eq!(send(&post).await, Outcome { sent: 0, failed: 1, away: false });
        hand.go(DAY);
        assert_eq!(send(&post).await, Outcome::default(), "it is not tried again by itself");
        let mut boss = signed_in(db, Role::Administrator, "DU").await;
        let page = boss.get("/mail").await;
        assert_eq!(page.texts("#counts"), ["Đang chờ: 0. Không gửi được: 1."]);
        assert!(page.texts("#failed tbody tr")[0].contains("550 no such user"));
        assert!(
            !page.body.contains("@coquan.vn") && !page.body.contains("Thường kỳ"),
            "neither address nor content"
        );
        let id = page.attributes("#failed input[name=mail]", "value").remove(0);
        // Of another unit: it is not there.
        let mut stranger = signed_in(db, Role::Administrator, "CB02").await;
        assert!(stranger.get("/mail").await.texts("#failed").is_empty());
        assert_eq!(stranger.post("/mail/again", &[("mail", &id)]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(boss.post("/mail/again", &[("mail", &id)]).await.location(), "/mail");
        assert_eq!(send(&post).await.sent, 1);
        assert_eq!(server.empty().len(), 1);

        // A mail of four days ago is no news any more.
        write(
            db,
            "breakthrough",
            None,
            &[("code", "DP1"), ("unit", "CB01"), ("year", "2026"), ("title", "Một"), ("owner", &em.person)],
        )
        .await;
        server.will([Carried::Later("451 try later".to_owned())]);
        send(&post).await;
        assert!(boss.get("/mail").await.texts("#waiting tbody tr")[0].contains("451 try later"));
        hand.go(4 * DAY + HOUR);
        assert_eq!(send(&post).await, Outcome::default());
        // Sessions end after hours: somebody signs in again.
        let mut boss = signed_in(db, Role::Administrator, "DU").await;
        assert!(boss.get("/mail").await.texts("#failed tbody tr")[0].contains("Sau bốn ngày"));
        assert_eq!(boss.post("/mail/again", &[]).await.location(), "/mail", "all at once");
        assert_eq!(send(&post).await.sent, 1);
        assert!(server.empty()[0].subject.contains("đột phá"));
    }
}

#[tokio::test]
async fn an_account_is_sent_so_many_a_day_and_the_rest_the_next() {
    let (both, hand) = world().await;
    for db in &both.all {
        hand.set(NOW);
        let (post, server) = post(db);
        let em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        for n in 0..A_DAY + 3 {
            let row = tx.one("SELECT address, lang, stop FROM notice_address", &[]).await.unwrap();
            let to = outbox::To {
                account: em.account.to_string(),
                address: row.words("address").unwrap(),
                lang: row.words("lang").unwrap(),
                stop: row.words("stop").unwrap(),
            };
            let href = format!("/me/session/{n}");
            let news = outbox::News { what: super::topic::INVITED, title: "Họp", detail: "", href: &href };
            outbox::put(&mut tx, &to, &news).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(i64::try_from(send(&post).await.sent).unwrap(), A_DAY);
        hand.go(DAY - 1);
        assert_eq!(send(&post).await, Outcome::default());
        hand.go(2);
        assert_eq!(send(&post).await.sent, 3);
        assert_eq!(i64::try_from(server.empty().len()).unwrap(), A_DAY + 3, "nothing is lost");
    }
}

#[tokio::test]
async fn a_digest_comes_on_monday_at_seven_once_and_only_when_something_waits() {
    let (both, hand) = world().await;
    for db in &both.all {
        hand.set(NOW);
        let (post, server) = post(db);
        let em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        somebody(db, "Không Việc", Role::Member, true).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        tx.execute("UPDATE notice_choice SET wanted = 0", &[]).await.unwrap();
        tx.commit().await.unwrap();
        rows(
            db,
            &[(
                "activity",
                "a1",
                &[
                    ("code", "HN1"),
                    ("unit", "CB01"),
                    ("kind", "regular"),
                    ("title", "Thường kỳ"),
                    ("day", "20/05/2026"),
                ],
            )],
        )
        .await;
        write(
            db,
            "follow_up",
            None,
            &[
                ("code", "1"),
                ("activity", "a1"),
                ("task", "Gặp Hồ Thị Khác"),
                ("owner", &em.person),
                ("deadline", "20/05/2026"),
            ],
        )
        .await;
        send(&post).await;
        server.empty();
        // Its week is over: the address was confirmed after Monday's seven o'clock.
        assert_eq!(send(&post).await, Outcome::default());
        let monday = 1_780_272_000_000 + 7 * DAY;
        hand.set(monday - 1);
        assert_eq!(send(&post).await, Outcome::default(), "not before seven");
        hand.set(monday);
        let (one, two) = tokio::join!(send(&post), send(&post));
        assert_eq!(one.sent + two.sent, 1, "two servers make one digest; who has nothing to do gets none");
        let mail = server.empty().remove(0);
        assert!(mail.subject.starts_with("Việc trong tuần: "), "{}", mail.subject);
        assert!(mail.text.contains("quá hạn từ 20/05/2026"), "{}", mail.text);
        assert!(!mail.text.contains("Hồ Thị Khác"), "a task may name people");
        hand.go(3 * HOUR);
        assert_eq!(send(&post).await, Outcome::default(), "once a week");
        hand.set(monday + 7 * DAY + 49 * HOUR);
        assert_eq!(send(&post).await, Outcome::default(), "on Wednesday it is no news");
        hand.set(monday + 14 * DAY);
        assert_eq!(send(&post).await.sent, 1);
    }
}

#[tokio::test]
async fn an_administrator_tries_the_server_on_themself() {
    let (both, _) = world().await;
    for db in &both.all {
        let (post, server) = post(db);
        let mut boss = somebody(db, "Quản Trị", Role::Administrator, true).await;
        let page = boss.browser.get("/mail").await;
        assert_eq!(page.attributes("#test", "action"), ["/mail/test"]);
        assert_eq!(boss.browser.post("/mail/test", &[]).await.location(), "/mail");
        assert_eq!(send(&post).await.sent, 1);
        assert_eq!(server.subjects(), ["Thư thử"]);
        let mut without = signed_in(db, Role::Administrator, "DU").await;
        assert_eq!(without.get("/mail").await.attributes("#no-address a", "href"), ["/me/mail"]);
        assert!(!without.post("/mail/test", &[]).await.status.is_success());
        let mut member = signed_in(db, Role::Member, "CB01").await;
        assert_eq!(member.get("/mail").await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn an_erasure_takes_the_address_and_what_waits_with_it() {
    let (both, _) = world().await;
    for db in &both.all {
        let em = somebody(db, "Đỗ Văn Em", Role::Member, true).await;
        write(db, "meeting", None, &SESSION).await;
        let mut tx = db.write(&Actor::Operator).await.unwrap();
        REGISTRY.tell(&Event::Erased { person: &em.person }, &mut tx).await.unwrap();
        tx.commit().await.unwrap();
        for table in ["notice_address", "notice_choice", "notice_mail"] {
            assert_eq!(number(db, &format!("SELECT COUNT(*) AS n FROM {table}")).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn every_mail_has_its_words_in_both_languages() {
    let (both, _) = world().await;
    let messages = whole(&both.all[0], AccountGate).messages;
    let _: Draft = Draft::default();
    for what in What::all() {
        for lang in [Lang::Vi, Lang::En] {
            let row = outbox::Waiting {
                id: "1".to_owned(),
                account: String::new(),
                address: "a@b.vn".to_owned(),
                lang: lang.code().to_owned(),
                stop: "secret".to_owned(),
                what: what.code.to_owned(),
                title: "Họp\r\nBcc: x@y.vn <b>".to_owned(),
                detail: "một\nhai".to_owned(),
                href: "/me".to_owned(),
                created: 0,
                since: 0,
                tries: 0,
            };
            let mail = letter(&messages, *what, &row, "https://x.vn", "x.vn").unwrap();
            assert_eq!(mail.message_id, "<1@x.vn>");
            assert!(!mail.subject.contains(['\r', '\n', '[']), "{}", mail.subject);
            assert!(!mail.text.contains("[notice"), "{}", mail.text);
            assert!(!mail.html.contains("<b>"), "{}", mail.html);
            let stops = mail.text.contains("https://x.vn/stop/secret/");
            assert_eq!(stops, what.topic.is_some(), "{}", what.code);
            assert!(mail.text.contains("https://x.vn/me/mail"));
        }
    }
    assert_eq!(messages.missing(), Vec::<String>::new());
}
