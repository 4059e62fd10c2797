//! Pages: the list of help, and one topic.

use super::pictures::{self, illustrated};
use super::{TOPICS, Topic};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::Lang;
use shell::{Access, Error, Html, Result, Route, Visit};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/help", Access::SignedIn, list),
        Route::get("/help/{topic}", Access::SignedIn, one),
        Route::get("/help/picture/{file}", Access::Public, pictures::show),
    ]
}

fn title(visit: &Visit, topic: &Topic) -> String {
    visit.text(&format!("help-topic-{}", topic.name))
}

#[derive(Template)]
#[template(path = "help/templates/list.html")]
struct List<'a> {
    v: &'a Visit,
    tours: Vec<(String, String)>,
    topics: Vec<(String, String)>,
}

/// `GET /help`
async fn list(visit: Visit) -> Result<Response> {
    let link = |t: &Topic| (title(&visit, t), format!("/help/{}", t.name));
    let (tours, topics): (Vec<&Topic>, Vec<&Topic>) = TOPICS.iter().partition(|t| t.name.starts_with("tour-"));
    let (tours, topics) = (tours.into_iter().map(link).collect(), topics.into_iter().map(link).collect());
    visit.page(visit.text("help-title")).lead(visit.text("help-lead")).show(&List { v: &visit, tours, topics })
}

/// `GET /help/{topic}`
async fn one(visit: Visit, Path(name): Path<String>) -> Result<Response> {
    let topic = TOPICS.iter().find(|t| t.name == name).ok_or(Error::NotFound)?;
    let text = if visit.lang() == Lang::Vi { topic.vi } else { topic.en };
    let title = title(&visit, topic);
    visit.page(title).crumb(visit.text("help-back"), "/help").show_html(Html::trusted(illustrated(text)))
}
