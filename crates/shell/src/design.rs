//! Every part of the visual language on one page of the site, as it really looks: what a new page is built from.
//! `docs/DESIGN-LANGUAGE.md` says why the parts are as they are.

use crate::visit::Visit;
use crate::{Access, Fields, FormState, Result, Route};
use askama::Template;
use axum::response::Response;
use domain::Message;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/design", Access::Public, page)]
}

#[derive(Template)]
#[template(path = "design.html")]
struct Design<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    words: Vec<(String, String)>,
}

/// `GET /design`: nothing on it is real, and nothing is written.
async fn page(visit: Visit) -> Result<Response> {
    let mut form = FormState::default()
        .with("sample-title", "Sinh hoạt chuyên đề quý II")
        .with("sample-day", "31/02/2026");
    form.fail("sample-day", Message::new("shell-field-day").with("typed", "31/02/2026"));
    let words = ["a", "b"].map(|n| (n.to_owned(), visit.text(&format!("shell-design-choice-{n}")))).to_vec();
    let body = Design { v: &visit, f: visit.fields(&form), words };
    visit.page(visit.text("shell-design-title")).lead(visit.text("shell-design-lead")).show(&body)
}
