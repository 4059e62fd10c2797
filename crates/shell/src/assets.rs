//! The style sheet, the icon and the two small scripts, inside the binary.
//!
//! Their addresses hold a hash of their content, so browsers may keep them for ever and a
//! new program is seen at once.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    address: String,
    kind: &'static str,
    content: &'static str,
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
            let hash: String = Sha256::digest(content).iter().take(6).map(|b| format!("{b:02x}")).collect();
            let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
            Asset { name, address: format!("{stem}.{hash}.{ending}"), kind, content }
        })
        .collect()
});

/// The address of a static file by its plain name; an unknown one leads nowhere.
pub fn asset_url(name: &str) -> String {
    let asset = ASSETS.iter().find(|a| a.name == name);
    format!("/static/{}", asset.map_or(name, |a| &a.address))
}

pub(crate) async fn serve(Path(file): Path<String>) -> Response {
    let Some(asset) = ASSETS.iter().find(|a| a.address == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = asset.content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}
