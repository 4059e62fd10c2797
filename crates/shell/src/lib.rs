//! What every page shares: the frame, forms, sessions, translation, access, and errors for people.
//!
//! A feature hands over [`Route`]s; each states its [`Access`], and [`router`] asks the
//! [`Gate`] before any handler runs. A handler takes a [`Visit`] (who asks, in which language,
//! over which [`Site`]) and returns a page of [`Visit::page`] or an [`Error`]; one place turns
//! the error into HTML or JSON. Every request that changes something carries the form token of
//! its session. Nothing is loaded from elsewhere, and no page needs a script.

mod assets;
mod design;
mod download;
mod error;
mod field;
mod form;
mod guard;
mod language;
mod messages;
pub mod offline;
pub mod once;
mod page;
mod route;
pub mod session;
mod site;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod upload;
mod visit;

pub use assets::asset_url;
pub use download::{download, segment};
pub use error::{Error, FieldError};
pub use field::{Field, Fields};
pub use form::{Form, FormState};
pub use language::local_path;
pub use messages::Messages;
pub use page::{Html, Link, Page, escaped};
pub use route::{Access, Route, router};
pub use session::Session;
pub use site::{Answer, Gate, MenuItem, Random, Site, SiteConfig, SystemRandom};
pub use upload::{Files, Upload};
pub use visit::Visit;

/// The result of a handler.
pub type Result<T> = std::result::Result<T, Error>;

/// Messages of this crate: Vietnamese, English.
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));

/// Serves the router on a listener until `end` completes; open requests are finished first.
pub async fn serve(
    app: axum::Router,
    listener: tokio::net::TcpListener,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let app = app.into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(end).await
}

#[cfg(test)]
mod tests;
