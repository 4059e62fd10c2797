//! The visitor's language: a cookie, Vietnamese unless they chose otherwise.

use crate::session::{SetCookie, cookie};
use crate::visit::Visit;
use crate::{Error, Result};
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Lang;

const COOKIE: &str = "nenep-lang";

pub(crate) fn lang_of(headers: &HeaderMap) -> Lang {
    cookie(headers, COOKIE).and_then(Lang::from_code).unwrap_or_default()
}

/// A path of this site, or `None`: never an address of another one.
pub fn local_path(path: &str) -> Option<&str> {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2_000
        // Browsers read a backslash as a slash and drop control characters.
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    local.then_some(path)
}

/// A local path that is worth coming back to: not the language switch or the sign-in itself.
pub(crate) fn back_of(path: &str) -> Option<&str> {
    local_path(path).filter(|p| !p.starts_with("/lang/"))
}

/// `/lang/{code}?back=…`: keeps the page, changes the language.
pub(crate) async fn choose(
    visit: Visit,
    Path(code): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let lang = Lang::from_code(&code).ok_or(Error::NotFound)?;
    let back = query.iter().find(|(name, _)| name == "back").and_then(|(_, v)| back_of(v)).unwrap_or("/");
    let secure = if visit.site().config.secure_cookies { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={}; Path=/; SameSite=Lax; Max-Age=31536000; HttpOnly{secure}", lang.code());
    Ok((SetCookie(cookie), Redirect::to(back)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for good in ["/", "/u/CB01?year=2026", "/me#sessions"] {
            assert_eq!(local_path(good), Some(good));
        }
        let long = format!("/{}", "a".repeat(2_000));
        for bad in [
            "",
            "me",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/\t/evil",
            &long,
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }
}
