//! The whole shell through its router, on both databases where a session is needed.

use crate::testing::Browser;
use crate::*;
use askama::Template;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use domain::{Action, Actor, Day, FixedClock, Id, Message};
use std::sync::Arc;
use std::time::Duration;
use store::{Db, Tx, params, testing};

/// Knows one account, which may read figures on A1 and write there, and sees A2.
struct OneAccount(Id);

impl Gate for OneAccount {
    fn account<'a>(&'a self, _: &'a mut Tx, id: &'a str) -> Answer<'a, Option<Actor>> {
        let known = id == self.0.to_string();
        let actor = Actor::Account { id: self.0, name: "thu.ky".to_owned(), person: None };
        Box::pin(async move { Ok(known.then_some(actor)) })
    }
    fn actions<'a>(&'a self, _: &'a mut Tx, _: &'a Actor, _: Day) -> Answer<'a, Vec<Action>> {
        Box::pin(async { Ok(vec![Action::ReadUnits, Action::WriteRecords]) })
    }
    fn may<'a>(
        &'a self,
        _: &'a mut Tx,
        _: &'a Actor,
        action: Action,
        unit: &'a str,
        _: Day,
    ) -> Answer<'a, bool> {
        let may = match unit {
            "A1" => matches!(action, Action::ReadUnits | Action::WriteRecords),
            "A2" => action == Action::ReadUnits,
            _ => false,
        };
        Box::pin(async move { Ok(may) })
    }
}

#[derive(Template)]
#[template(
    source = r#"<form method="post" class="form">{{ v.csrf() }}{{ f.summary([("name", "shell-name")]) }}{{ f.text("name", "shell-name").required() }}{{ f.day("day", "shell-menu") }}{{ f.check("ok", "shell-skip") }}{{ f.select("pick", "shell-self", vec![("a".to_owned(), "A<".to_owned())]) }}<button class="button main">OK</button></form>"#,
    ext = "html"
)]
struct Sheet<'a> {
    v: &'a Visit,
    f: Fields<'a>,
}

async fn sheet(visit: Visit) -> Result<Response> {
    let state = FormState::default();
    visit.page("Biểu mẫu <1>").crumb("Đơn vị", "/u").show(&Sheet { v: &visit, f: visit.fields(&state) })
}

async fn send(visit: Visit, Form(mut form): Form) -> Result<Response> {
    let (name, day) = (form.required("name", 20), form.day("day"));
    if form.is_ok() {
        assert!(name.is_some() && day.is_some());
        return Ok(visit.done("/form", "shell-footer"));
    }
    let page = visit.page("Biểu mẫu").status(StatusCode::UNPROCESSABLE_ENTITY);
    page.show(&Sheet { v: &visit, f: visit.fields(&form) })
}

async fn enter(visit: Visit) -> Result<Response> {
    let Some(account) = visit.site().extra::<Id>() else { return Err(Error::NotFound) };
    let mut tx = visit.write().await?;
    let cookie = session::begin(&visit, &mut tx, *account).await?;
    tx.commit().await?;
    Ok(axum::response::IntoResponse::into_response((cookie, "in")))
}

/// How many sessions two readings find, after somebody else began one while the page was being answered.
async fn meanwhile(visit: Visit) -> Result<String> {
    let mut other = visit.db().write(&Actor::Operator).await?;
    let id = Id::new().to_string();
    let sql =
        "INSERT INTO session (id, account, device, created, seen, expires) VALUES ($1, $1, '', 0, 0, 0)";
    other.execute(sql, params![id]).await?;
    other.commit().await?;
    let mut found = Vec::new();
    for _ in 0..2 {
        let mut tx = visit.read().await?;
        found.push(tx.one("SELECT COUNT(*) AS n FROM session", &[]).await?.int("n")?.to_string());
    }
    Ok(found.join(" "))
}

/// The same, when the page wrote something before it read.
async fn meanwhile_written(visit: Visit) -> Result<String> {
    visit.write().await?.commit().await?;
    meanwhile(visit).await
}

fn routes() -> Vec<Route> {
    let ok = || async { "ok" };
    vec![
        Route::get("/form", Access::Public, sheet),
        Route::post("/form", Access::Public, send),
        Route::post("/enter", Access::Public, enter),
        Route::post("/upload", Access::Public, ok),
        Route::get("/mine", Access::SignedIn, ok),
        Route::get("/u/{unit}", Access::On(Action::ReadUnits), ok),
        Route::get("/u/{unit}/write", Access::On(Action::WriteRecords), ok),
        Route::get("/u/{unit}/meanwhile", Access::On(Action::ReadUnits), meanwhile),
        Route::post("/u/{unit}/meanwhile", Access::On(Action::ReadUnits), meanwhile),
        Route::get("/u/{unit}/written", Access::On(Action::ReadUnits), meanwhile_written),
        Route::get("/some", Access::Anywhere(Action::WriteRecords), ok),
        Route::get("/none", Access::Anywhere(Action::Settle), ok),
        Route::get("/problem", Access::Public, || async {
            Err::<(), _>(Error::Problem(Message::new("shell-field-day").with("typed", "<b>")))
        }),
        Route::get("/api/invalid", Access::Public, || async {
            let message = Message::new("shell-field-required");
            Err::<(), _>(Error::Invalid(vec![FieldError { field: "name".to_owned(), message }]))
        }),
        Route::get("/full", Access::Public, || async { Err::<(), _>(Error::Store(store::Error::Full)) }),
        Route::get("/panic", Access::Public, || async {
            if Id::new() != Id::new() {
                panic!("secret words");
            }
        }),
        Route::get("/slow", Access::Public, || async { tokio::time::sleep(Duration::from_secs(60)).await }),
    ]
}

fn site(db: Db, account: Id) -> Site {
    let messages = Messages::new(&[MESSAGES, store::MESSAGES]).unwrap();
    let config = SiteConfig {
        secure_cookies: false,
        form_limit: 10_000,
        upload_limit: 20_000,
        patience: Duration::from_millis(300),
        ..SiteConfig::default()
    };
    let menu = [
        MenuItem { key: "shell-menu", href: "/some", action: Some(Action::WriteRecords) },
        MenuItem { key: "shell-crumbs", href: "/none", action: Some(Action::Settle) },
    ];
    Site::new(db, Arc::new(messages), OneAccount(account), config).carrying(account).menu(&menu)
}

/// Removes the database file when the test is over.
struct File(String);

impl Drop for File {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0));
        }
    }
}

async fn browser() -> (Browser, Site, File) {
    let db = testing::sqlite(&[session::MIGRATION], Arc::new(FixedClock(1_780_000_000_000))).await;
    let file = File(db.place().to_owned());
    let site = site(db, Id::new());
    (Browser::new(router(site.clone(), routes()).unwrap()), site, file)
}

#[tokio::test]
async fn every_kind_of_access_is_asked_for_before_the_handler_on_both_databases() {
    let both = testing::both(&[session::MIGRATION], Arc::new(FixedClock(1_780_000_000_000))).await;
    for db in &both.all {
        let mut b = Browser::new(router(site(db.clone(), Id::new()), routes()).unwrap());
        assert_eq!(b.get("/form").await.status, StatusCode::OK);
        for path in ["/mine", "/u/A1", "/u/nowhere", "/some", "/none"] {
            let answer = b.get(path).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
            assert!(answer.location().starts_with("/sign-in?next=%2F"), "{}", answer.location());
        }
        let before = b.cookies["nenep"].clone();
        assert_eq!(b.post("/enter", &[]).await.body, "in");
        assert_ne!(b.cookies["nenep"], before, "signing in gives a fresh token");
        for (path, status) in [
            ("/mine", 200),
            ("/u/A1", 200),
            ("/u/A1/write", 200),
            ("/u/A2", 200),
            ("/u/A2/write", 403),
            ("/u/A3", 404),
            ("/u/A3/write", 404),
            ("/u/%ff", 404),
            ("/some", 200),
            ("/none", 403),
            ("/not/declared", 404),
        ] {
            assert_eq!(b.get(path).await.status.as_u16(), status, "{path}");
        }
        let page = b.get("/form").await;
        assert_eq!(page.texts("a.me"), ["thu.ky"]);
        assert_eq!(page.texts(".menu a"), ["Mục chính"], "only what the visitor may do");
        // The stolen session id opens nothing: the cookie is not what the database holds.
        let mut tx = db.read().await.unwrap();
        let row = tx.one("SELECT id FROM session", &[]).await.unwrap();
        let mut thief = Browser::new(router(site(db.clone(), Id::new()), routes()).unwrap());
        thief.cookies.insert("nenep".to_owned(), row.words("id").unwrap());
        assert_eq!(thief.get("/mine").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn rights_and_what_a_page_says_are_of_one_state() {
    let both = testing::both(&[session::MIGRATION], Arc::new(FixedClock(1_780_000_000_000))).await;
    for db in &both.all {
        let mut b = Browser::new(router(site(db.clone(), Id::new()), routes()).unwrap());
        b.get("/form").await;
        b.post("/enter", &[]).await;
        let page = b.get("/u/A1/meanwhile").await;
        assert_eq!(page.body, "1 2", "the first reading is of the state in which the rights were found");
        assert_eq!(
            b.post("/u/A1/meanwhile", &[]).await.body,
            "3 3",
            "a form may come slowly and holds nothing"
        );
        assert_eq!(b.get("/u/A1/written").await.body, "4 4", "what was written is seen");
    }
}

#[tokio::test]
async fn a_session_of_an_account_that_is_gone_opens_nothing() {
    let (mut b, site, _file) = browser().await;
    b.get("/form").await;
    b.post("/enter", &[]).await;
    assert_eq!(b.get("/mine").await.status, StatusCode::OK);
    let mut other = site;
    other.gate = Arc::new(OneAccount(Id::new()));
    let mut again = Browser::new(router(other, routes()).unwrap());
    again.cookies = b.cookies;
    assert_eq!(again.get("/mine").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_is_refused() {
    let (mut b, _, _file) = browser().await;
    let form = Some("application/x-www-form-urlencoded");
    b.get("/form").await;
    let good = format!("csrf={}&name=An&day=16/01/2024", b.csrf());
    assert_eq!(
        b.send(Method::POST, "/form", form, Body::from(good.clone())).await.status,
        StatusCode::SEE_OTHER
    );
    for bad in ["name=An", "csrf=&name=An", &good.replace("csrf=", "csrf=0"), &good.replace("csrf", "token")]
    {
        let answer = b.send(Method::POST, "/form", form, Body::from(bad.to_owned())).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{bad}");
        assert_eq!(answer.texts("h1"), ["Biểu mẫu đã hết hạn"]);
    }
    // The token of one browser is worth nothing in another.
    let mut other = b.clone();
    other.cookies.clear();
    other.get("/form").await;
    assert_eq!(
        other.send(Method::POST, "/form", form, Body::from(good.clone())).await.status,
        StatusCode::FORBIDDEN
    );
    b.headers.push(("sec-fetch-site", "cross-site".to_owned()));
    assert_eq!(b.send(Method::POST, "/form", form, Body::from(good)).await.status, StatusCode::FORBIDDEN);
    b.headers.clear();
    b.headers.push(("x-csrf-token", b.csrf()));
    let json = b.send(Method::POST, "/upload", Some("application/json"), Body::from("{}")).await;
    assert_eq!(json.status, StatusCode::OK, "a script sends the token in a header");
}

#[tokio::test]
async fn an_upload_carries_the_token_first() {
    let (mut b, _, _file) = browser().await;
    b.get("/form").await;
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let (csrf, file) = (part("csrf", &b.csrf()), part("file", "words"));
    let kind = Some("multipart/form-data; boundary=x");
    for (body, status) in [(format!("{csrf}{file}--x--\r\n"), 200), (format!("{file}{csrf}--x--\r\n"), 403)] {
        assert_eq!(b.send(Method::POST, "/upload", kind, Body::from(body)).await.status.as_u16(), status);
    }
    let long = format!("{csrf}{}--x--\r\n", part("file", &"x".repeat(20_000)));
    assert_eq!(
        b.send(Method::POST, "/upload", kind, Body::from(long)).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let long = "x".repeat(10_001);
    assert_eq!(b.post("/form", &[("name", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_form_comes_back_with_what_was_typed_and_the_error_beside_it() {
    let (mut b, site, _file) = browser().await;
    let page = b.get("/form").await;
    assert_eq!(page.texts("title"), ["Biểu mẫu <1> · Nền Nếp"]);
    assert_eq!(page.texts(".crumbs a"), ["Đơn vị"]);
    assert!(page.texts("[role=alert]").is_empty());
    assert_eq!(page.attributes("select option", "value"), ["", "a"]);
    let back = b.post("/form", &[("day", "32/13/2024\"><script>"), ("ok", "1")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(back.attributes("#day", "value"), ["32/13/2024\"><script>"]);
    assert!(back.texts("main script").is_empty());
    assert_eq!(back.texts("#name-error"), ["Hãy điền ô này."]);
    assert_eq!(back.attributes("#name", "aria-describedby"), ["name-error"]);
    assert_eq!(back.attributes("#day", "aria-describedby"), ["day-hint day-error"]);
    assert_eq!(back.attributes("#day", "aria-invalid"), ["true"]);
    assert_eq!(back.attributes("[role=alert] a", "href"), ["#name", "#day"]);
    assert_eq!(back.texts("[role=alert] a")[0], "Nền Nếp: Hãy điền ô này.");
    assert_eq!(back.attributes("#ok[checked]", "name"), ["ok"]);
    let done = b.post("/form", &[("name", "An"), ("day", "16/01/2024")]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/form"));
    let notice = b.get("/form").await;
    assert_eq!(notice.texts(".notice.done"), ["Nền Nếp: mỗi việc ghi một lần, mỗi con số có nguồn."]);
    assert!(b.get("/form").await.texts(".notice").is_empty(), "a notice is shown once");
    assert_eq!(site.messages.missing(), Vec::<String>::new());
}

#[tokio::test]
async fn one_error_is_a_page_or_json_in_either_language() {
    let (mut b, site, _file) = browser().await;
    let page = b.get("/problem").await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(page.texts("h1"), ["Chưa thực hiện được"]);
    assert!(page.texts("main .lead")[0].contains("“<b>”"), "{:?}", page.texts("main .lead"));
    assert!(page.texts("main b").is_empty(), "input is never markup");
    assert_eq!(b.get("/lang/en?back=/problem").await.location(), "/problem");
    assert_eq!(b.get("/problem").await.texts("h1"), ["Not done"]);
    b.headers.push(("accept", "application/json".to_owned()));
    let json: serde_json::Value = serde_json::from_str(&b.get("/problem").await.body).unwrap();
    assert_eq!(json["error"]["code"], "problem");
    assert!(json["error"]["message"].as_str().unwrap().contains("is no day"));
    b.headers.clear();
    let answer = b.get("/api/invalid").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.header("content-type"), "application/json");
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["error"]["fields"][0]["field"], "name");
    assert_eq!(json["error"]["fields"][0]["message"], "Please fill this in.");
    let api = b.get("/api/nothing").await;
    assert_eq!((api.status, api.header("content-type")), (StatusCode::NOT_FOUND, "application/json"));
    b.headers.push(("accept", "application/json".to_owned()));
    assert_eq!(b.get("/mine").await.status, StatusCode::UNAUTHORIZED, "a program is not sent to a page");
    b.headers.clear();
    assert_eq!(b.get("/full").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    let wrong = b.send(Method::DELETE, "/form", None, Body::empty()).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN, "no token comes before a wrong method");
    let head = b.send(Method::OPTIONS, "/form", None, Body::empty()).await;
    assert_eq!(head.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(head.texts("h1"), ["Not done"]);
    assert_eq!(site.messages.missing(), Vec::<String>::new());
}

#[tokio::test]
async fn a_panic_and_a_slow_page_end_kindly() {
    let (mut b, _, _file) = browser().await;
    let page = b.get("/panic").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(page.texts("h1"), ["Có lỗi của chương trình"]);
    assert!(!page.body.contains("secret words"));
    assert_eq!(page.texts("main code"), [page.header("x-request-id")]);
    let slow = b.get("/slow").await;
    assert_eq!((slow.status, &*slow.texts("h1")[0]), (StatusCode::SERVICE_UNAVAILABLE, "Máy chủ đang bận"));
}

#[tokio::test]
async fn every_answer_is_protected_and_static_files_stay() {
    let (mut b, site, _file) = browser().await;
    let css = b.get("/form").await.attributes("link[rel=stylesheet]", "href")[0].clone();
    for path in ["/form", "/problem", "/nothing", "/panic", &css] {
        let answer = b.get(path).await;
        let policy = answer.header("content-security-policy").to_owned();
        for part in ["default-src 'none'", "frame-ancestors 'none'", "script-src 'self'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        let kept = if path == css { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), kept, "{path}");
        // Nothing that the policy would block stands in the page.
        for selector in
            ["style", "script:not([src])", "[style]", "[onclick]", "[src^=http]", "link[href^=http]"]
        {
            assert!(answer.texts(selector).is_empty(), "{path} {selector}");
        }
    }
    assert_eq!(b.get("/static/nenep.css").await.status, StatusCode::NOT_FOUND, "only the hashed name");
    assert_eq!(b.get("/form").await.header("strict-transport-security"), "");
    let mut secure = site;
    secure.config = Arc::new(SiteConfig { secure_cookies: true, ..(*secure.config).clone() });
    let mut b = Browser::new(router(secure, routes()).unwrap());
    let answer = b.get("/form").await;
    assert!(answer.header("strict-transport-security").contains("max-age"));
    let cookie = answer.header("set-cookie");
    for part in ["__Host-nenep=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn pages_are_compressed_when_the_browser_can() {
    let css = asset_url("nenep.css");
    // The body is no text then; the headers say enough.
    let request =
        axum::http::Request::get(css).header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    let (_, site, _file) = browser().await;
    let response = tower::ServiceExt::oneshot(router(site, routes()).unwrap(), request).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
}

#[tokio::test]
async fn the_language_is_kept_and_leads_back_only_to_us() {
    let (mut b, _, _file) = browser().await;
    let page = b.get("/form?a=1&b=%C6%B0").await;
    assert_eq!(page.attributes("html", "lang"), ["vi"]);
    assert_eq!(page.attributes("a.lang", "href"), ["/lang/en?back=%2Fform%3Fa%3D1%26b%3D%25C6%25B0"]);
    let there = b.get(&page.attributes("a.lang", "href")[0]).await;
    assert_eq!(there.location(), "/form?a=1&b=%C6%B0");
    assert_eq!(b.get("/form").await.attributes("html", "lang"), ["en"]);
    assert_eq!(b.get("/lang/vi?back=https://evil.example").await.location(), "/");
    assert_eq!(b.get("/lang/fr").await.status, StatusCode::NOT_FOUND);
    b.headers.push(("referer", "http://localhost/form?x=1".to_owned()));
    let back = b.post("/form", &[]).await;
    assert_eq!(
        back.attributes("a.lang", "href"),
        ["/lang/en?back=%2Fform%3Fx%3D1"],
        "a form leads to its page"
    );
}

#[tokio::test]
async fn a_menu_line_knows_where_it_is() {
    let (mut b, _, _file) = browser().await;
    b.get("/form").await;
    b.post("/enter", &[]).await;
    assert!(b.get("/form").await.attributes(".menu a[aria-current]", "href").is_empty());
    assert_eq!(b.get("/some/thing").await.attributes(".menu a[aria-current]", "href"), ["/some"]);
}

#[tokio::test]
async fn routes_that_cannot_be_right_are_refused_at_the_start() {
    let (_, site, _file) = browser().await;
    let ok = || async { "ok" };
    let problems = router(
        site,
        vec![
            Route::get("/a", Access::Public, ok),
            Route::get("/a", Access::SignedIn, ok),
            Route::get("/b/{id}", Access::On(Action::ReadUnits), ok),
        ],
    );
    let problems = problems.err().unwrap();
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[tokio::test]
async fn the_page_of_parts_uses_every_class_that_the_style_sheet_lists() {
    let both = testing::both(&[session::MIGRATION, once::MIGRATION], Arc::new(FixedClock(0))).await;
    let site = site(both.all[0].clone(), Id::new());
    let page = Browser::new(router(site, routes()).unwrap()).get("/design").await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "lead",
        "small",
        "button",
        "actions",
        "field",
        "hint",
        "error",
        "form",
        "pair",
        "boxes",
        "ask",
        "more",
        "notice",
        "table",
        "cards",
        "withdrawn",
        "badge",
        "figure",
        "evidence",
        "quote",
        "facts",
        "cardlist",
        "total",
        "duty",
    ] {
        assert!(!page.texts(&format!("main .{part}")).is_empty(), "no .{part}");
    }
}
