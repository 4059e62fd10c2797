//! Everything that can go wrong for a visitor, and the one place that says so.
//!
//! A handler returns the error; the layer around all routes knows the visitor's language
//! and whether they want a page or JSON, and writes the answer from the same value.

use crate::page::{Html, escaped};
use crate::visit::Visit;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Message;
use std::sync::Arc;

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What to put right.
    pub message: Message,
}

/// Why a visitor did not get what they asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such page or thing, or the visitor may not know that there is.
    #[error("not found")]
    NotFound,
    /// The visitor sees the unit, but may not do this there.
    #[error("forbidden")]
    Forbidden,
    /// Somebody has to sign in first.
    #[error("sign-in needed")]
    SignIn,
    /// The form's token is missing or of another session, or it was sent from another site.
    #[error("the form is stale or foreign")]
    StaleForm,
    /// Some fields are wrong. Pages re-render the form instead; this is for the API.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldError>),
    /// A rule of the field says no.
    #[error("{0}")]
    Problem(Message),
    /// The entry arrived before; it is not written twice.
    #[error("sent before")]
    AlreadySent,
    /// The request itself is refused: too long, of the wrong method or type.
    #[error("refused: {0}")]
    Refused(StatusCode),
    /// It took too long, or too many ask at once.
    #[error("busy")]
    Busy,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A defect of ours; the words go to the log, never to the visitor.
    #[error("defect: {0}")]
    Defect(String),
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Error {
        Error::Defect(error.to_string())
    }
}

impl Error {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Forbidden | Error::StaleForm => StatusCode::FORBIDDEN,
            Error::SignIn => StatusCode::UNAUTHORIZED,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Problem(_) => StatusCode::CONFLICT,
            Error::AlreadySent => StatusCode::OK,
            Error::Refused(status) => *status,
            Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Error::Store(store::Error::Locked | store::Error::Unreachable { .. }) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Error::Store(store::Error::Constraint(_)) => StatusCode::CONFLICT,
            Error::Store(_) | Error::Defect(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word that programs go by.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotFound => "not-found",
            Error::Forbidden => "forbidden",
            Error::SignIn => "sign-in",
            Error::StaleForm => "stale-form",
            Error::Invalid(_) => "invalid",
            Error::Problem(_) => "problem",
            Error::AlreadySent => "already-sent",
            Error::Refused(_) => "refused",
            Error::Busy => "busy",
            Error::Store(_) => "store",
            Error::Defect(_) => "defect",
        }
    }

    /// What people read.
    pub fn message(&self) -> Message {
        Message::new(match self {
            Error::Problem(message) => return message.clone(),
            Error::Store(error) => return error.message(),
            Error::NotFound => "shell-not-found",
            Error::Forbidden => "shell-forbidden",
            Error::SignIn => "shell-sign-in-needed",
            Error::StaleForm => "shell-stale-form",
            Error::Invalid(_) => "shell-invalid",
            Error::AlreadySent => "shell-already-sent",
            Error::Refused(StatusCode::PAYLOAD_TOO_LARGE) => "shell-too-large",
            Error::Refused(StatusCode::METHOD_NOT_ALLOWED) => "shell-wrong-method",
            Error::Refused(_) => "shell-refused",
            Error::Busy => "shell-busy",
            Error::Defect(_) => "shell-defect",
        })
    }

    fn title_key(&self) -> &'static str {
        match self {
            Error::NotFound => "shell-not-found-title",
            Error::Forbidden => "shell-forbidden-title",
            Error::SignIn => "shell-sign-in-needed-title",
            Error::StaleForm => "shell-stale-form-title",
            Error::Invalid(_) | Error::Problem(_) | Error::Refused(_) | Error::AlreadySent => {
                "shell-problem-title"
            }
            Error::Busy => "shell-busy-title",
            Error::Store(_) | Error::Defect(_) => "shell-defect-title",
        }
    }
}

/// Travels inside the response to the layer that knows the visitor.
#[derive(Clone)]
struct Unsaid(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Unsaid(Arc::new(self)));
        response
    }
}

/// Writes the body of an error for this visitor; any other response passes unchanged.
pub(crate) fn say(visit: &Visit, mut response: Response) -> Response {
    let error = match response.extensions_mut().remove::<Unsaid>() {
        Some(Unsaid(error)) => error,
        // What the web library refuses by itself says so in English and plain text.
        None if response.status().is_client_error() && is_plain(&response) => {
            Arc::new(match response.status() {
                StatusCode::NOT_FOUND => Error::NotFound,
                status => Error::Refused(status),
            })
        }
        None => return response,
    };
    if error.status().is_server_error() {
        log(visit, &error);
    }
    if visit.wants_json() {
        return json(visit, &error);
    }
    if let Error::SignIn = *error {
        let next: String = form_urlencoded::byte_serialize(visit.here().as_bytes()).collect();
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    }
    if let Error::AlreadySent = *error {
        return visit.done(visit.here(), "shell-already-sent");
    }
    html(visit, &error)
}

fn is_plain(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_none_or(|k| k.starts_with("text/plain"))
}

fn log(visit: &Visit, error: &Error) {
    let mut causes = String::new();
    let mut cause = std::error::Error::source(error);
    while let Some(c) = cause {
        causes.push_str(&format!(": {c}"));
        cause = c.source();
    }
    tracing::error!(request = %visit.request(), "{error}{causes}");
}

fn json(visit: &Visit, error: &Error) -> Response {
    let mut inner = serde_json::json!({
        "code": error.code(),
        "message": visit.tr(&error.message()),
        "request": visit.request().to_string(),
    });
    if let Error::Invalid(fields) = error {
        inner["fields"] = fields
            .iter()
            .map(|f| serde_json::json!({ "field": f.field, "message": visit.tr(&f.message) }))
            .collect();
    }
    let body = serde_json::json!({ "error": inner }).to_string();
    let mut response = (error.status(), body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[derive(askama::Template)]
#[template(path = "error.html")]
struct ErrorBody<'a> {
    v: &'a Visit,
    error: &'a Error,
    message: String,
    fields: Vec<String>,
}

fn html(visit: &Visit, error: &Error) -> Response {
    let fields = match error {
        Error::Invalid(fields) => fields.iter().map(|f| visit.tr(&f.message)).collect(),
        _ => Vec::new(),
    };
    let body = ErrorBody { v: visit, error, message: visit.tr(&error.message()), fields };
    let page = visit.page(visit.text(error.title_key())).status(error.status()).show(&body);
    page.unwrap_or_else(|_| {
        // The frame itself failed: say it without one.
        let text = Html::trusted(escaped(&visit.tr(&error.message())));
        let mut response = (error.status(), Body::from(text.to_string())).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        response
    })
}
