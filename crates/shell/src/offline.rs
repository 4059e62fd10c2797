//! Working without a network: what a device may keep, and the page that shows what it has not sent yet.
//!
//! - The queue of entries lives on the device and works on any page that stands open.
//! - Pages are kept on a device only after its owner said so (`/offline`): they hold personal data, and many
//!   computers are shared. Only pages that answer with [`KEEP`] are kept: those of forms that are filled in away
//!   from a network. Signing out takes them off the device.
//! - An entry bears the name of the account that made it and is sent for that account only.

use crate::assets::asset_url;
use crate::visit::Visit;
use crate::{Access, Result, Route};
use askama::Template;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The header by which a page says that a device may keep it.
pub const KEEP: &str = "x-nenep-keep";

/// A page that a device may keep, once its owner said so.
pub fn kept(mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static(KEEP), HeaderValue::from_static("1"));
    response
}

/// The pages and files of working offline.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/offline", Access::Public, page),
        Route::get("/sw.js", Access::Public, worker),
        Route::get("/manifest.webmanifest", Access::Public, manifest),
    ]
}

#[derive(Template)]
#[template(path = "offline.html")]
struct Offline<'a> {
    v: &'a Visit,
}

/// `GET /offline`: what this device has not sent, and whether it keeps pages.
async fn page(visit: Visit) -> Result<Response> {
    let page = visit.page(visit.text("shell-offline-title")).lead(visit.text("shell-offline-lead"));
    page.show(&Offline { v: &visit })
}

/// The service worker, with the addresses of the files of this very program.
async fn worker() -> Response {
    let files: Vec<String> = ["nenep.css", "nenep.js", "offline.js", "icon.svg"]
        .iter()
        .map(|f| format!("{:?}", asset_url(f)))
        .collect();
    let script =
        include_str!("../assets/worker.js").replace("[/* files */]", &format!("[{}]", files.join(", ")));
    let kind = (header::CONTENT_TYPE, "text/javascript; charset=utf-8");
    ([kind, (header::CACHE_CONTROL, "no-cache")], script).into_response()
}

/// What a phone needs to put the site on its first screen.
async fn manifest(visit: Visit) -> Response {
    let text = serde_json::json!({
        "name": visit.text("shell-name"),
        "short_name": visit.text("shell-name"),
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f7f5f0",
        "theme_color": "#8f1a1a",
        "lang": visit.lang().code(),
        "icons": [{ "src": asset_url("icon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any" }],
    });
    ([(header::CONTENT_TYPE, "application/manifest+json")], text.to_string()).into_response()
}
