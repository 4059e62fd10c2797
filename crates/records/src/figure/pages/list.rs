//! All figures of a unit for a period, one topic at a time, beside the period before.

use super::evidence::changed;
use super::{Asked, ask, crumbs, encoded, number};
use crate::figure::App;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::text::fold;
use figures::{Indicator, TOPICS, Value};
use shell::{Fields, Form, Html, Result, Visit};
use std::sync::Arc;

/// More figures found by their words than anybody reads.
const MOST_FOUND: usize = 60;

#[derive(Template)]
#[template(path = "figure/templates/list.html")]
struct Page<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    here: String,
    topic: &'a str,
    topics: Vec<Topic>,
    shown: Vec<Line>,
    title: String,
    now: String,
    before: String,
    more: bool,
}

struct Topic {
    label: String,
    href: String,
    here: bool,
}

struct Line {
    label: String,
    unit: String,
    now: Html,
    before: Html,
    difference: String,
}

/// 0 for a number, 1 for nought, 2 for what is not known.
fn told(value: &Value) -> u8 {
    match value.parts() {
        Some((n, _)) if n != 0 => 0,
        Some(_) => 1,
        None => 2,
    }
}

/// `GET /unit/{unit}/figures?period=&topic=&q=`
pub async fn page(visit: Visit, Path(code): Path<String>, Form(mut form): Form) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.read().await?;
    let words = form.text("q", 100).unwrap_or_default();
    let topic = TOPICS.iter().find(|t| **t == form.value("topic")).copied().unwrap_or("organisation_size");
    let Asked { unit, period, day, form } = ask(&visit, &mut tx, &code, form).await?;

    let wanted: Vec<String> = fold(&words).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let fits = |i: &Indicator| {
        if wanted.is_empty() {
            return i.topic.unwrap_or("other") == topic;
        }
        let text = fold(&format!("{} {} {}", i.label.vi, i.label.en, i.id));
        wanted.iter().all(|w| text.contains(w.as_str()))
    };
    // In the order of the catalogue's ids: what belongs together stands together.
    let mut found: Vec<Arc<Indicator>> =
        app.book.catalogue.in_force(day).filter(|i| fits(i)).cloned().collect();
    let more = found.len() > MOST_FOUND;
    found.truncate(MOST_FOUND);
    let periods = [period, period.previous()];
    let asked: Vec<_> = periods.iter().flat_map(|p| found.iter().map(|i| (Arc::clone(i), *p))).collect();
    let figures = app.figures(&mut tx, &unit, &asked, day).await?;
    let (now, before) = figures.split_at(found.len());
    // What happened stands first, then what did not, then what nobody knows; each in the order of
    // the catalogue.
    let mut both: Vec<_> = now.iter().zip(before).collect();
    both.sort_by_key(|(a, b)| told(&a.value).min(told(&b.value)));
    let shown = both.into_iter().map(|(a, b)| Line {
        label: a.indicator.label.get(visit.lang()).to_owned(),
        unit: a.indicator.unit.get(visit.lang()).to_owned(),
        now: number(&visit, a, day),
        before: number(&visit, b, day),
        difference: changed(&visit, a, b),
    });
    let here = format!("/unit/{}/figures", encoded(&unit.code));
    let date = if day == visit.today() { String::new() } else { format!("&date={day}") };
    let topics = TOPICS
        .iter()
        .filter(|t| app.book.catalogue.in_force(day).any(|i| i.topic.unwrap_or("other") == **t))
        .map(|t| Topic {
            label: visit.text(&format!("figure-topic-{t}")),
            href: format!("{here}?topic={t}&period={}{date}", encoded(&period.to_string())),
            here: wanted.is_empty() && *t == topic,
        })
        .collect();
    let body = Page {
        v: &visit,
        f: visit.fields(&form),
        here,
        topic,
        topics,
        shown: shown.collect(),
        title: if wanted.is_empty() {
            visit.text(&format!("figure-topic-{topic}"))
        } else {
            visit.text("figure-found")
        },
        now: period.to_string(),
        before: period.previous().to_string(),
        more,
    };
    let page = visit.page(visit.text("figure-list-title")).lead(format!("{} · {period}", unit.name));
    let page = crumbs(&visit, &mut tx, &unit, period.to(), page, false).await?;
    page.crumb(visit.text("figure-list-title"), "").show(&body)
}
