//! The page on which a report is written: every text under its heading, the figures of the section
//! beside it, what was said the last time, what to look at, and the issue.
//!
//! - Every button of the page saves what was typed first; nothing typed is lost, with or without a
//!   script. A text that cannot be saved comes back with what is wrong beside it, and then nothing
//!   is written.
//! - A text that somebody else changed meanwhile is not overwritten unseen (`mark`).
//! - The check is the one of an edited file ([`super::check`]), asked of the report as it would be
//!   issued; issuing in spite of it must be said.

mod beside;
mod inspect;

use super::issue::{self, Refusal};
use super::narrative::{self, LONGEST, Texts};
use super::pages::{Draft, STYLE_URL, address, drafted, made, slot_label};
use super::{Made, make};
use crate::figure::pages::{crumbs, encoded};
use crate::figure::App;
use ::store::Tx;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use beside::{Before, Line, Lookup};
use document::template::{FigureHole, FillMode, Section, token, tokens};
use domain::{Message, Period};
use inspect::Item;
use shell::{Error, Fields, Form, FormState, Html, Result, Visit};
use std::collections::BTreeMap;

/// One text to write.
struct Slot {
    id: String,
    name: String,
    /// The name of its field.
    field: String,
    mark_field: String,
    mark: String,
    search_field: String,
    searched: String,
    label: String,
    heading: String,
    hint: String,
    written: bool,
    lines: Vec<Line>,
    found: Vec<Line>,
    nothing_found: bool,
    /// The period and the words of the last time.
    last: Option<(String, String)>,
    preview: Html,
    items: Vec<Item>,
}

#[derive(askama::Template)]
#[template(path = "report/templates_html/write.html")]
struct WritePage<'a> {
    v: &'a Visit,
    f: Fields<'a>,
    summary: Html,
    action: String,
    view: String,
    before: String,
    slots: Vec<Slot>,
    items: Vec<Item>,
    issue: String,
    ready: bool,
    style: &'static str,
}

fn field(slot: &str) -> String {
    format!("t-{slot}")
}

/// What tells one state of a text from another.
fn mark(text: Option<&String>) -> String {
    text.map_or_else(|| "-".to_owned(), |t| ::store::files::content_hash(t.as_bytes()).chars().take(16).collect())
}

/// `GET …/write?period=&date=&at=&q=`: `q` searches figures for the text `at`.
pub(super) async fn page(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let at = form.text("at", 100).unwrap_or_default();
    let words = form.text("q", 100).unwrap_or_default();
    let draft = drafted(&visit, &mut tx, &code, &id, form).await?;
    show(&visit, &mut tx, &draft, None, (&at, &words), StatusCode::OK).await
}

/// The page. `form` is one that comes back; without it the fields hold what is kept.
async fn show(
    visit: &Visit,
    tx: &mut Tx,
    draft: &Draft,
    form: Option<FormState>,
    (at, words): (&str, &str),
    status: StatusCode,
) -> Result<Response> {
    let asked = &draft.asked;
    let template = draft.template;
    let made = made(visit, tx, draft, FillMode::Report).await?;
    let texts = narrative::of(tx, asked, template.id()).await?;
    let last = narrative::before(tx, asked, template.id()).await?;
    let before = Before::of(tx, asked, template.id()).await?;
    let start = crate::programme::start(tx, asked.day).await?;
    let lookup = Lookup { made: &made, asked, start };
    let sections = template.sections();
    let beside = besides(visit, tx, draft, &lookup, &before, &sections).await?;
    let label = |slot: &str| slot_label(visit, slot);
    let question = inspect::Question {
        lookup: &lookup,
        template: template.id(),
        texts: &texts,
        sections: &sections,
        beside: &beside,
        label: &label,
    };
    let items = inspect::all(visit, tx, &question).await?;
    let app = App::of(visit)?;
    let found = beside::found(visit, app, words, asked.day);
    let found = beside::lines(visit, tx, &lookup, &before, &found).await?;

    let mut state = form.unwrap_or_default();
    let mut slots = Vec::new();
    for (n, (slot, lines)) in beside.into_iter().enumerate() {
        let name = field(&slot);
        let text = texts.get(&slot);
        if !state.names().any(|n| n == name) {
            state = state.with(&name, text.cloned().unwrap_or_default());
        }
        let section = sections.iter().find(|s| s.slots.iter().any(|t| t.name == slot));
        let hint = section.and_then(|s| s.slots.iter().find(|t| t.name == slot)).map(|t| t.hint.clone());
        let here = at == slot && !words.is_empty();
        slots.push(Slot {
            id: format!("s-{slot}"),
            mark_field: format!("w-{slot}"),
            mark: mark(text),
            search_field: format!("q-{slot}"),
            searched: if here { words.to_owned() } else { String::new() },
            label: label(&slot),
            heading: section.map(|s| s.heading.clone()).unwrap_or_default(),
            hint: hint.unwrap_or_default(),
            written: text.is_some(),
            found: if here { found.clone() } else { Vec::new() },
            nothing_found: here && found.is_empty(),
            last: last.get(&slot).map(|(period, text)| (period.to_string(), text.clone())),
            preview: text.map_or_else(|| Html::trusted(""), |text| preview(text, &lookup, n)),
            items: items.iter().filter(|i| i.slot.as_ref() == Some(&slot)).cloned().collect(),
            field: name,
            name: slot,
            lines,
        });
    }
    let issue = if items.is_empty() {
        visit.text("report-issue")
    } else {
        visit.tr(&Message::new("report-issue-anyway").with("n", items.len()))
    };
    let labels: Vec<(&str, String)> =
        slots.iter().map(|s| (s.field.as_str(), format!("report-slot-{}", s.name))).collect();
    let mut labels: Vec<(&str, &str)> = labels
        .iter()
        .filter(|(_, key)| visit.site().messages.has(key))
        .map(|(name, key)| (*name, key.as_str()))
        .collect();
    labels.push(("number", "report-number"));
    // A refused issue has its texts kept already.
    let kept = state.errors().iter().all(|e| matches!(e.field.as_str(), "number" | "anyway"));
    let title = if kept { "report-not-issued" } else { "shell-invalid" };
    let body = WritePage {
        v: visit,
        f: visit.fields(&state),
        summary: visit.fields(&state).summary_as(title, &labels),
        action: format!("{}/write{}", draft.base(), draft.query()),
        view: format!("{}{}", draft.base(), draft.query()),
        before: said_before(visit, &before),
        slots,
        ready: items.is_empty(),
        items,
        issue,
        style: STYLE_URL,
    };
    let unit = &asked.unit;
    let title = visit.text("report-write-title");
    let lead = format!("{} · {} · {}", template.title(visit.lang()), unit.name, asked.period);
    let page = visit.page(title.clone()).lead(lead).status(status).wide();
    let page = crumbs(visit, tx, unit, asked.day, page, false).await?;
    let reports = format!("/unit/{}/reports", encoded(&unit.code));
    page.crumb(visit.text("report-list-title"), reports)
        .crumb(template.title(visit.lang()).to_owned(), body.view.clone())
        .crumb(title, "")
        .show(&body)
}

/// The figures beside each text, in the order of the texts.
async fn besides(
    visit: &Visit,
    tx: &mut Tx,
    draft: &Draft,
    lookup: &Lookup<'_>,
    before: &Before,
    sections: &[Section],
) -> Result<Vec<(String, Vec<Line>)>> {
    // One question for the whole page: what is new is counted together.
    let mut holes: Vec<FigureHole> = Vec::new();
    let told = sections.iter().filter(|s| !s.slots.is_empty()).flat_map(|s| &s.figures);
    for hole in told {
        if !holes.contains(hole) {
            holes.push(hole.clone());
        }
    }
    let lines = beside::lines(visit, tx, lookup, before, &holes).await?;
    let of = |slot: &String| {
        let section = sections.iter().find(|s| s.slots.iter().any(|t| t.name == *slot));
        let figures = section.map_or(&[][..], |s| &s.figures);
        figures.iter().filter_map(|hole| lines.iter().find(|l| l.hole == *hole)).cloned().collect()
    };
    Ok(narrative::slots(draft.template).into_iter().map(|slot| (slot.clone(), of(&slot))).collect())
}

fn said_before(visit: &Visit, before: &Before) -> String {
    let period = before.period.to_string();
    let message = if before.symbol.is_empty() {
        Message::new("report-before-period").with("period", period)
    } else {
        Message::new("report-before-issued").with("symbol", &before.symbol).with("period", period)
    };
    visit.tr(&message)
}

/// A text as it will be printed.
fn preview(text: &str, lookup: &Lookup<'_>, n: usize) -> Html {
    let blocks = document::template::narrative(text, &|hole| lookup.node(hole));
    let prefix = format!("p{n}");
    Html::trusted(document::html::write_blocks(&blocks, document::html::Options { heading: 3, prefix: &prefix }))
}

/// What a button of the page asks for besides saving.
#[derive(Debug, Clone, PartialEq)]
enum Act {
    Save { at: String },
    /// A figure at the end of a text.
    Insert { slot: String, hole: String },
    /// The words of the last time as a start.
    Start { slot: String },
    /// A figure in place of a typed number.
    Replace { slot: String, at: usize, quote: String, hole: String },
    Search { slot: String },
    Issue,
}

impl Act {
    fn read(words: &str) -> Act {
        let parts: Vec<&str> = words.splitn(5, '|').collect();
        match parts.as_slice() {
            ["insert", slot, hole @ ..] => Act::Insert { slot: (*slot).to_owned(), hole: hole.join("|") },
            ["start", slot] => Act::Start { slot: (*slot).to_owned() },
            ["replace", slot, at, quote, hole] => Act::Replace {
                slot: (*slot).to_owned(),
                at: at.parse().unwrap_or(0),
                quote: (*quote).to_owned(),
                hole: (*hole).to_owned(),
            },
            ["search", slot] => Act::Search { slot: (*slot).to_owned() },
            ["issue"] => Act::Issue,
            ["save", slot] => Act::Save { at: (*slot).to_owned() },
            _ => Act::Save { at: String::new() },
        }
    }

    fn slot(&self) -> &str {
        match self {
            Act::Save { at: slot }
            | Act::Insert { slot, .. }
            | Act::Start { slot }
            | Act::Replace { slot, .. }
            | Act::Search { slot } => slot,
            Act::Issue => "",
        }
    }

    /// What becomes of a text.
    fn done(&self, slot: &str, text: Option<String>, last: &BTreeMap<String, (Period, String)>) -> Option<String> {
        if self.slot() != slot {
            return text;
        }
        // Only what reads as one figure is put in.
        let sound = |hole: &str| {
            let words = format!("[số: {hole}]");
            let found = tokens(&words);
            let whole = found.first().filter(|t| t.bytes == (0..words.len()))?;
            whole.hole.as_ref().ok().map(token)
        };
        match self {
            Act::Insert { hole, .. } => match (sound(hole), text) {
                (Some(token), Some(text)) => Some(format!("{text} {token}")),
                (Some(token), None) => Some(token),
                (None, text) => text,
            },
            Act::Start { .. } => match (last.get(slot), text) {
                (Some((_, words)), Some(text)) => Some(format!("{text}\n\n{words}")),
                (Some((_, words)), None) => Some(words.clone()),
                (None, text) => text,
            },
            Act::Replace { at, quote, hole, .. } => {
                let mut text = text?;
                // The text may have been changed since the page was made.
                let there = text.get(*at..).is_some_and(|t| t.starts_with(quote.as_str()));
                let at = if there { Some(*at) } else { text.find(quote.as_str()) };
                if let (Some(at), Some(token), false) = (at, sound(hole), quote.is_empty()) {
                    text.replace_range(at..at + quote.len(), &token);
                }
                Some(text)
            }
            Act::Save { .. } | Act::Search { .. } | Act::Issue => text,
        }
    }
}

/// `POST …/write`: keeps every text of the page, then does what the button asks.
pub(super) async fn save(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
    axum::extract::Query(query): axum::extract::Query<Vec<(String, String)>>,
    Form(mut form): Form,
) -> Result<Response> {
    let app = App::of(&visit)?;
    let mut tx = visit.write().await?;
    let mut draft = drafted(&visit, &mut tx, &code, &id, address(&query)).await?;
    if !draft.form.is_ok() {
        return Err(Error::NotFound);
    }
    let act = Act::read(form.value("do"));
    let template = draft.template.id();
    let kept = narrative::of(&mut tx, &draft.asked, template).await?;
    let last = narrative::before(&mut tx, &draft.asked, template).await?;
    let mut changed: Vec<(String, Option<String>)> = Vec::new();
    for slot in narrative::slots(draft.template) {
        let name = field(&slot);
        if !form.names().any(|n| n == name) {
            continue;
        }
        let typed = form.long(&name, LONGEST);
        if form.error(&name).is_some() {
            continue;
        }
        let words = act.done(&slot, typed.clone(), &last);
        if words != typed {
            form = form.with(&name, words.clone().unwrap_or_default());
            // A longer text has its bounds too.
            form.long(&name, LONGEST);
        }
        let (now, was) = (mark(kept.get(&slot)), form.value(&format!("w-{slot}")).to_owned());
        if words.as_ref() == kept.get(&slot) || mark(words.as_ref()) == was {
            continue;
        }
        if !was.is_empty() && was != now {
            let there = kept.get(&slot).cloned().unwrap_or_default();
            form.fail(&name, Message::new("report-text-meanwhile").with("text", there));
        } else if let Some(message) =
            words.as_deref().and_then(|text| narrative::fault(&app.book, text, draft.asked.day))
        {
            form.fail(&name, message);
        } else {
            changed.push((slot, words));
        }
    }
    let at = act.slot().to_owned();
    if !form.is_ok() {
        return show(&visit, &mut tx, &draft, Some(form), (&at, ""), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    for (slot, words) in &changed {
        narrative::keep(&mut tx, &draft.asked, template, slot, words.as_deref()).await?;
    }
    tx.commit().await?;
    if act == Act::Issue {
        let mut tx = visit.write().await?;
        if let Some(report) = issue_now(&visit, &mut tx, &mut draft, &mut form).await? {
            tx.commit().await?;
            let to = format!("/unit/{}/issued/{}", encoded(&code), encoded(&report));
            return Ok(visit.done(&to, "report-issued"));
        }
        return refused(&visit, &mut tx, &draft, form).await;
    }
    let mut to = format!("{}/write{}", draft.base(), draft.query());
    if let Act::Search { slot } = &act {
        let words = form.text(&format!("q-{slot}"), 100).unwrap_or_default();
        to.push_str(&format!("&at={}&q={}", encoded(slot), encoded(&words)));
    }
    if !at.is_empty() {
        to.push_str(&format!("#s-{}", encoded(&at)));
    }
    Ok(visit.done(&to, "report-text-saved"))
}

/// The page again because the report was not issued; the texts are as kept.
pub(super) async fn refused(visit: &Visit, tx: &mut Tx, draft: &Draft, form: FormState) -> Result<Response> {
    let mut back = FormState::default().with("number", form.value("number")).with("anyway", form.value("anyway"));
    for error in form.errors() {
        back.fail(&error.field, error.message.clone());
    }
    show(visit, tx, draft, Some(back), ("", ""), StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Issues a report, if its number is right, and nothing is wrong with it or whoever issues it says
/// that they know. `None`: the form says why not.
pub(super) async fn issue_now(
    visit: &Visit,
    tx: &mut Tx,
    draft: &mut Draft,
    form: &mut FormState,
) -> Result<Option<String>> {
    let number = form.whole("number", 1, 99_999);
    let Some(number) = form.require("number", number) else { return Ok(None) };
    let n = to_look_at(visit, tx, draft).await?;
    if n > 0 && !form.flag("anyway") {
        form.fail("anyway", Message::new("report-anyway-needed").with("n", n));
        return Ok(None);
    }
    let app = App::of(visit)?;
    draft.asked.number = u32::try_from(number).ok();
    let made: Made = make(tx, &app.book, draft.template, &draft.asked, FillMode::Report).await?;
    let issued = issue::issue(tx, &made, &draft.asked, visit.actor().log_name()).await;
    draft.asked.number = None;
    match issued {
        Ok(report) => Ok(Some(report)),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::Say(message)) => {
            form.fail("number", message);
            Ok(None)
        }
    }
}

/// How much there is to look at before a report is issued.
async fn to_look_at(visit: &Visit, tx: &mut Tx, draft: &Draft) -> Result<usize> {
    let made = made(visit, tx, draft, FillMode::Report).await?;
    let texts: Texts = narrative::of(tx, &draft.asked, draft.template.id()).await?;
    let start = crate::programme::start(tx, draft.asked.day).await?;
    let lookup = Lookup { made: &made, asked: &draft.asked, start };
    // Which figures might replace a number does not matter here.
    let beside: Vec<_> = narrative::slots(draft.template).into_iter().map(|s| (s, Vec::new())).collect();
    let question = inspect::Question {
        lookup: &lookup,
        template: draft.template.id(),
        texts: &texts,
        sections: &[],
        beside: &beside,
        label: &|slot| slot.to_owned(),
    };
    Ok(inspect::all(visit, tx, &question).await?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(act: &str, text: &str) -> String {
        let last = BTreeMap::from([("a".to_owned(), (Period::year(2022), "Năm trước.".to_owned()))]);
        let text = (!text.is_empty()).then(|| text.to_owned());
        Act::read(act).done("a", text, &last).unwrap_or_default()
    }

    #[test]
    fn a_button_changes_its_own_text_and_only_as_it_says() {
        for (act, text, after) in [
            ("save", "Có 3.", "Có 3."),
            ("insert|a|x.y padded", "Có", "Có [số: x.y padded]"),
            ("insert|a|x.y where a = \"b|c\"", "", "[số: x.y where a = \"b|c\"]"),
            ("insert|a|x.y] và [số: z", "Có", "Có"),
            ("insert|b|x.y", "Có", "Có"),
            ("start|a", "", "Năm trước."),
            ("start|a", "Mới.", "Mới.\n\nNăm trước."),
            // "ó" is two bytes, so the number stands at the fourth.
            ("replace|a|4|57|x.y", "Có 57 trên 57.", "Có [số: x.y] trên 57."),
            ("replace|a|1|57|x.y", "Có 57 người.", "Có [số: x.y] người."),
            ("replace|a|99999|5|x.y", "Có 5.", "Có [số: x.y]."),
            ("replace|a|2||x.y", "Có 5.", "Có 5."),
        ] {
            assert_eq!(done(act, text), after, "{act}");
        }
    }
}
