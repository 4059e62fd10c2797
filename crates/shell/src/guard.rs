//! The guard before every request that changes something: it must come from our own page and
//! carry the form token of its session. The guard reads the body once, within the limits.

use crate::form::Sent;
use crate::session::Token;
use crate::visit::Visit;
use crate::{Error, Site, SiteConfig};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Where mail programs post without having been here.
const ONE_CLICK: &str = "/stop/";

pub(crate) async fn guard(State(site): State<Site>, visit: Visit, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    match inspect(&site, &visit, request).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn inspect(site: &Site, visit: &Visit, request: Request) -> Result<Request, Error> {
    let (mut parts, body) = request.into_parts();
    // A mail program's own "unsubscribe" (RFC 8058) comes from elsewhere and knows no form token. Its address
    // bears the secret that opens it; the session of a browser plays no part in it.
    let one_click = parts.uri.path().starts_with(ONE_CLICK);
    if !one_click && !same_origin(&parts.headers, &site.config) {
        return Err(Error::StaleForm);
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let multipart = kind.starts_with("multipart/form-data");
    let urlencoded = kind.starts_with("application/x-www-form-urlencoded");
    let limit = if multipart { site.config.upload_limit } else { site.config.form_limit };
    let too_large = |_| Error::Refused(StatusCode::PAYLOAD_TOO_LARGE);
    let bytes = axum::body::to_bytes(body, limit).await.map_err(too_large)?;
    let by_header = parts.headers.get("x-csrf-token").and_then(|v| v.to_str().ok()).map(str::to_owned);
    let token = if by_header.is_some() {
        by_header
    } else if multipart {
        first_part(&parts.headers, bytes.clone()).await
    } else {
        None
    };
    // From the queue of a device in a header; from an upload in the address, whose body is not looked through here.
    let in_address = parts.uri.query().and_then(|q| q.split('&').find_map(|pair| pair.strip_prefix("once=")));
    if let Some(key) = parts.headers.get("x-once").and_then(|v| v.to_str().ok()).or(in_address) {
        visit.once().set(key);
    }
    let token = if urlencoded {
        let sent = Sent::parse(&bytes)?;
        if let Some(key) = sent.first("once") {
            visit.once().set(key);
        }
        let in_form = sent.first("csrf").map(str::to_owned);
        parts.extensions.insert(sent);
        token.or(in_form)
    } else {
        token
    };
    if !one_click && !token.is_some_and(|t| matches(&t, visit.token())) {
        return Err(Error::StaleForm);
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Browsers say where a request comes from; one that does not say is left to the token.
fn same_origin(headers: &HeaderMap, config: &SiteConfig) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return true };
    let ours = !config.base_url.is_empty() && origin == config.base_url.trim_end_matches('/');
    let host = origin.split_once("://").map(|(_, host)| host);
    ours || (host.is_some() && host == text("host"))
}

/// The form token of an upload: templates put it first, so the files need not be read for it.
async fn first_part(headers: &HeaderMap, bytes: Bytes) -> Option<String> {
    let mut request = Request::new(Body::from(bytes));
    *request.headers_mut() = headers.clone();
    request.extensions_mut().insert(());
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let field = form.next_field().await.ok()??;
    if field.name() != Some("csrf") {
        return None;
    }
    field.text().await.ok().filter(|t| t.len() <= 64)
}

/// Compares all of both, so that the time tells nothing.
fn matches(given: &str, token: &Token) -> bool {
    let expected = token.form_token();
    let differing = given.bytes().zip(expected.bytes()).fold(0, |acc, (a, b)| acc | (a ^ b));
    given.len() == expected.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[test]
    fn a_form_from_elsewhere_is_foreign() {
        let config = SiteConfig { base_url: "https://nenep.example.vn/".to_owned(), ..SiteConfig::default() };
        let from = |pairs: &[(&'static str, &str)]| {
            let headers = pairs
                .iter()
                .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_str(v).unwrap()))
                .collect();
            same_origin(&headers, &config)
        };
        assert!(from(&[]));
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
        assert!(!from(&[("sec-fetch-site", "cross-site"), ("origin", "https://nenep.example.vn")]));
        assert!(from(&[("origin", "http://localhost:8080"), ("host", "localhost:8080")]));
        assert!(from(&[("origin", "https://nenep.example.vn"), ("host", "10.0.0.7:8080")]));
        assert!(!from(&[("origin", "https://evil.example"), ("host", "localhost:8080")]));
        assert!(!from(&[("origin", "null"), ("host", "localhost:8080")]));
    }
}
