//! The frame around every page, and pieces of HTML that are known to be safe.

use crate::visit::Visit;
use crate::{Error, asset_url};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt;

/// HTML that was made by a template; templates print it as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Takes over HTML whose every variable part is escaped already.
    pub fn trusted(html: impl Into<String>) -> Html {
        Html(html.into())
    }

    /// The HTML of a template.
    pub fn of(template: &impl Template) -> Result<Html, Error> {
        Ok(Html(template.render()?))
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// A text with the five signs of HTML escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Words that lead somewhere, or nowhere when `href` is empty (the last crumb).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What people read.
    pub label: String,
    /// A path of this site.
    pub href: String,
}

/// A page before its body: title, way to it, place. Made by [`Visit::page`].
#[derive(Clone)]
pub struct Page {
    visit: Visit,
    title: String,
    lead: String,
    crumbs: Vec<Link>,
    place: Option<Link>,
    status: StatusCode,
    wide: bool,
}

#[derive(Template)]
#[template(path = "frame.html")]
struct Frame<'a> {
    v: &'a Visit,
    page: &'a Page,
    body: Html,
    menu: Vec<Link>,
    notice: Option<String>,
    css: String,
    script: String,
    offline: String,
    icon: String,
}

impl Page {
    pub(crate) fn new(visit: Visit, title: String) -> Page {
        Page {
            visit,
            title,
            lead: String::new(),
            crumbs: Vec::new(),
            place: None,
            status: StatusCode::OK,
            wide: false,
        }
    }

    /// One or two sentences under the title.
    #[must_use]
    pub fn lead(mut self, lead: impl Into<String>) -> Page {
        self.lead = lead.into();
        self
    }

    /// One more step of the way to this page, above the title.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Page {
        self.crumbs.push(Link { label: label.into(), href: href.into() });
        self
    }

    /// The unit that the page is about, in the header, with the way to choose another one.
    #[must_use]
    pub fn place(mut self, label: impl Into<String>, href: impl Into<String>) -> Page {
        self.place = Some(Link { label: label.into(), href: href.into() });
        self
    }

    /// The status, when it is not 200: 422 for a form that comes back.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Page {
        self.status = status;
        self
    }

    /// The whole width of the window, for large tables.
    #[must_use]
    pub fn wide(mut self) -> Page {
        self.wide = true;
        self
    }

    /// The finished page around a body.
    pub fn show(self, body: &impl Template) -> Result<Response, Error> {
        let body = Html::of(body)?;
        self.show_html(body)
    }

    /// The finished page around HTML.
    pub fn show_html(self, body: Html) -> Result<Response, Error> {
        let v = &self.visit;
        let menu = v.menu();
        let html = Frame {
            v,
            page: &self,
            body,
            menu,
            notice: v.notice(),
            css: asset_url("nenep.css"),
            script: asset_url("nenep.js"),
            offline: asset_url("offline.js"),
            icon: asset_url("icon.svg"),
        }
        .render()?;
        let mut response = (self.status, html).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        Ok(response)
    }
}
