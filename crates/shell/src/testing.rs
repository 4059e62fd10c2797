//! A small browser for tests: keeps cookies, sends the form token, follows nothing by itself.

use crate::session::Token;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use tower::ServiceExt;

/// A visitor of the site under test.
#[derive(Clone)]
pub struct Browser {
    app: Router,
    /// Its cookies by name.
    pub cookies: BTreeMap<String, String>,
    /// Headers sent with every request.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// A header's value, empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The texts of the elements that a CSS selector finds, blanks made single.
    ///
    /// # Panics
    /// When the selector is none.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).expect("a CSS selector");
        let words = |e: scraper::ElementRef| e.text().collect::<String>();
        html.select(&selector).map(|e| words(e).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// The values of an attribute of the elements that a CSS selector finds.
    ///
    /// # Panics
    /// When the selector is none.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).expect("a CSS selector");
        html.select(&selector).filter_map(|e| e.attr(name)).map(str::to_owned).collect()
    }
}

impl Browser {
    /// A browser that was never here.
    pub fn new(app: Router) -> Browser {
        Browser { app, cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// The form token that its next form carries; empty before the first page.
    pub fn csrf(&self) -> String {
        let cookie = self.cookies.get("nenep").or_else(|| self.cookies.get("__Host-nenep"));
        cookie.map(|c| Token::given(c).form_token()).unwrap_or_default()
    }

    /// Reads a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// Sends a form, with the form token first.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf()).extend_pairs(fields);
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), Body::from(form.finish()))
            .await
    }

    /// Reads a file: the bytes of its body.
    ///
    /// # Panics
    /// When it is not there.
    pub async fn raw(&mut self, path: &str) -> Vec<u8> {
        let (parts, bytes) = self.exchange(Method::GET, path, None, Body::empty()).await;
        assert_eq!(parts.status, StatusCode::OK, "{path}");
        bytes
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When the request cannot be made.
    pub async fn send(&mut self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Answer {
        let (parts, bytes) = self.exchange(method, path, kind, body).await;
        // A file is told by its status and headers; its bytes are for `raw`.
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn exchange(
        &mut self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Body,
    ) -> (axum::http::response::Parts, Vec<u8>) {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).expect("a request");
        let Ok(response) = self.app.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok()) {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                if line.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the whole body");
        (parts, bytes.to_vec())
    }
}

/// The id of a session and the form token that belong to a cookie's secret: for browsers that are signed in
/// before they come.
pub fn tokens(secret: &str) -> (String, String) {
    let token = Token::given(secret);
    (token.session_id(), token.form_token())
}
