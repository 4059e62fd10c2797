//! The style sheet, the icon and the two small scripts, inside the binary.
//!
//! Their addresses hold a hash of their content, so browsers may keep them for ever and a
//! new program is seen at once. Browsers get them without their comments: the first paint waits for the sheet.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    address: String,
    kind: &'static str,
    content: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let all = [
        ("nenep.css", "text/css; charset=utf-8", include_str!("../assets/nenep.css")),
        ("nenep.js", "text/javascript; charset=utf-8", include_str!("../assets/nenep.js")),
        ("offline.js", "text/javascript; charset=utf-8", include_str!("../assets/offline.js")),
        ("icon.svg", "image/svg+xml", include_str!("../assets/icon.svg")),
    ];
    all.into_iter()
        .map(|(name, kind, content)| {
            let content = lean(name, content);
            let hash: String = Sha256::digest(&content).iter().take(6).map(|b| format!("{b:02x}")).collect();
            let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
            Asset { name, address: format!("{stem}.{hash}.{ending}"), kind, content }
        })
        .collect()
});

/// A sheet or a script without what only its authors read.
fn lean(name: &str, content: &str) -> String {
    if name.ends_with(".css") {
        let mut out = String::with_capacity(content.len());
        for (at, part) in content.split("/*").enumerate() {
            // Behind each opening, the comment ends where it is closed.
            out.push_str(if at == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) });
        }
        let lines = out.lines().map(str::trim_start).filter(|l| !l.is_empty());
        return lines.collect::<Vec<_>>().join("\n");
    }
    if name.ends_with(".js") {
        let lines = content.lines().filter(|l| !l.trim_start().starts_with("//"));
        return lines.collect::<Vec<_>>().join("\n");
    }
    content.to_owned()
}

/// The address of a static file by its plain name; an unknown one leads nowhere.
pub fn asset_url(name: &str) -> String {
    let asset = ASSETS.iter().find(|a| a.name == name);
    format!("/static/{}", asset.map_or(name, |a| &a.address))
}

pub(crate) async fn serve(Path(file): Path<String>) -> Response {
    let Some(asset) = ASSETS.iter().find(|a| a.address == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = asset.content.as_str().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stay_at_home_and_nothing_else_does() {
        let css = "/* a\n{ } */\n.a { color: red; } /* b */\n\n@media print {\n  .b { top: 0; }\n}\n";
        assert_eq!(lean("x.css", css), ".a { color: red; } \n@media print {\n.b { top: 0; }\n}");
        assert_eq!(lean("x.js", "// a\n  // b\nlet c = 'http://d'; // e"), "let c = 'http://d'; // e");
        for asset in ASSETS.iter().filter(|a| a.name.ends_with(".css")) {
            assert!(!asset.content.contains("/*") && !asset.content.contains("*/"));
            let count = |c| asset.content.matches(c).count();
            assert!(count('{') == count('}') && count('{') > 200, "{} is cut", asset.name);
        }
    }
}
