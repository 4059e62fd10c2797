//! Routes, each with the access it asks for, and the router that asks before any handler.

use crate::visit::{Visit, attend};
use crate::{Error, Site, assets, guard, language};
use axum::extract::{DefaultBodyLimit, FromRequestParts, RawPathParams, Request, State};
use axum::handler::Handler;
use axum::http::{Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{self, MethodRouter};
use axum::{Router, http::HeaderValue};
use domain::Action;
use std::any::Any;
use std::collections::HashSet;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// What a route asks of its visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing: anybody may call it.
    Public,
    /// To be signed in.
    SignedIn,
    /// To hold the action on the unit whose code stands at `{unit}` in the path.
    On(Action),
    /// To hold the action on at least one unit; the handler narrows what it shows.
    Anywhere(Action),
}

/// A page or an endpoint. There is no other way to be reached: what has no route is not found.
#[derive(Clone)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with `{name}` for its parameters.
    pub path: &'static str,
    /// What it asks of the visitor.
    pub access: Access,
    /// What answers.
    pub handler: MethodRouter<Site>,
}

impl Route {
    /// A page that is read.
    pub fn get<H: Handler<T, Site>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
        Route { method: Method::GET, path, access, handler: routing::get(handler) }
    }

    /// A form that is sent.
    pub fn post<H: Handler<T, Site>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
        Route { method: Method::POST, path, access, handler: routing::post(handler) }
    }
}

/// The template of the path that answered, for the log: the path itself may name people.
#[derive(Clone, Copy)]
pub(crate) struct Matched(pub(crate) &'static str);

/// The whole site. The error lists routes that stand twice or ask for a unit they do not name.
pub fn router(site: Site, routes: Vec<Route>) -> Result<Router, Vec<String>> {
    let problems = problems(&routes);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut app = Router::new().route("/lang/{code}", routing::get(language::choose));
    for route in routes.into_iter().chain(crate::offline::routes()).chain(crate::design::routes()) {
        let state = (route.access, route.path);
        app = app.route(route.path, route.handler.route_layer(middleware::from_fn_with_state(state, admit)));
    }
    let app = app
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::Refused(axum::http::StatusCode::METHOD_NOT_ALLOWED) })
        // The guard has bounded the body already, by the limits of the site.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(site.clone(), guard::guard))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(site.clone(), attend));
    let secure = site.config.secure_cookies;
    Ok(Router::new()
        .route("/static/{file}", routing::get(assets::serve))
        .merge(app)
        .layer(middleware::map_response(move |response: Response| async move { protect(response, secure) }))
        .layer(CompressionLayer::new())
        .with_state(site))
}

fn problems(routes: &[Route]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut problems = Vec::new();
    for route in routes {
        let Route { method, path, access, .. } = route;
        if !seen.insert((method.clone(), *path)) {
            problems.push(format!("{method} {path} stands twice"));
        }
        if matches!(access, Access::On(_)) && !path.split('/').any(|part| part == "{unit}") {
            problems.push(format!("{method} {path} asks for a unit and has no {{unit}}"));
        }
    }
    problems
}

/// Asks for access, then runs the handler.
async fn admit(
    State((access, path)): State<(Access, &'static str)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let mut response = match allowed(access, &mut parts).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => error.into_response(),
    };
    response.extensions_mut().insert(Matched(path));
    response
}

async fn allowed(access: Access, parts: &mut axum::http::request::Parts) -> Result<(), Error> {
    if access == Access::Public {
        return Ok(());
    }
    let visit = Visit::from_request_parts(parts, &()).await?;
    if !visit.signed_in() {
        return Err(Error::SignIn);
    }
    match access {
        Access::Public | Access::SignedIn => Ok(()),
        Access::Anywhere(action) if visit.anywhere(action) => Ok(()),
        Access::Anywhere(_) => Err(Error::Forbidden),
        Access::On(action) => {
            let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Error::NotFound)?;
            let code = params.iter().find(|(name, _)| *name == "unit").map(|(_, code)| code);
            let code = code.ok_or(Error::NotFound)?;
            let mut tx = visit.read().await?;
            if visit.may(&mut tx, action, code).await? {
                visit.hold(tx);
                return Ok(());
            }
            // A unit that the visitor may not see looks like one that does not exist.
            let seen = visit.may(&mut tx, Action::ReadUnits, code).await?;
            Err(if seen { Error::Forbidden } else { Error::NotFound })
        }
    }
}

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    Error::Defect(format!("panic: {words}")).into_response()
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                      manifest-src 'self'; worker-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
fn protect(mut response: Response, secure: bool) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    // Same-origin, not none: with none, browsers send forms with Origin: null.
    set(header::REFERRER_POLICY, "same-origin");
    set(
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    // Pages hold personal data and stand on shared computers: nothing stays behind.
    set(header::CACHE_CONTROL, "no-store");
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
