//! A mail in words: subject, plain text and simple HTML, in the language of who reads it.

use super::outbox::Waiting;
use super::topic::{CALLED_OFF, CODE, Topic, What};
use askama::Template;
use domain::{Instant, Lang, Message};
use shell::Messages;

/// A finished mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// `<id@domain>`; the same however often it is sent.
    pub message_id: String,
    /// To whom.
    pub to: String,
    /// When it was written.
    pub at: Instant,
    /// One line.
    pub subject: String,
    /// For every reader.
    pub text: String,
    /// The same for those that show it.
    pub html: String,
    /// The link that stops this sort of mail at once; empty for a mail that one asked for.
    pub stop: String,
}

#[derive(Template)]
#[template(path = "notice/templates/letter.html")]
struct Letter<'a> {
    lang: &'a str,
    says: &'a str,
    title: &'a str,
    code: &'a str,
    lines: Vec<&'a str>,
    opens: &'a str,
    href: &'a str,
    why: &'a str,
    stop: &'a str,
    stop_href: &'a str,
    choose: &'a str,
    choose_href: &'a str,
    auto: &'a str,
}

/// The mail of a row of the outbox. `base` is the address of the site, `domain` that of the sender.
pub(super) fn letter(
    messages: &Messages,
    what: What,
    row: &Waiting,
    base: &str,
    domain: &str,
) -> Option<Mail> {
    let lang = Lang::from_code(&row.lang).unwrap_or_default();
    let say = |key: &'static str| {
        let message = Message::new(key).with("title", &row.title);
        // A title may bear a line of its own; a subject may not.
        messages.tr(lang, &message)
    };
    let base = base.trim_end_matches('/');
    let path = if what == CALLED_OFF { "/" } else { &row.href };
    let (href, choose_href) = (format!("{base}{path}"), format!("{base}/me/mail"));
    let (says, opens) = (say(what.says), say(what.opens));
    let (mut stop_href, mut why, mut stop) = (String::new(), say("notice-why-asked"), String::new());
    if let Some(topic) = what.topic {
        stop_href = format!("{base}/stop/{}/{}", row.stop, topic.code());
        let words = messages.text(lang, topic.key());
        why = messages.tr(lang, &Message::new("notice-why").with("topic", words));
        stop = say("notice-stop-this");
    }
    let (auto, choose) = (say("notice-auto"), say("notice-choose"));
    let code = if what == CODE { row.detail.as_str() } else { "" };
    let lines: Vec<&str> = if what == CODE { Vec::new() } else { row.detail.lines().collect() };
    // A title stands by itself only where the sentence does not tell it.
    let title =
        if what.topic.is_some() && what.topic != Some(Topic::Digest) { row.title.as_str() } else { "" };

    let mut text = format!("{says}\n\n");
    for part in [title, code].into_iter().filter(|p| !p.is_empty()) {
        text.push_str(&format!("    {part}\n\n"));
    }
    for line in &lines {
        text.push_str(&format!("- {line}\n"));
    }
    if !lines.is_empty() {
        text.push('\n');
    }
    text.push_str(&format!("{opens}:\n{href}\n\n-- \n{why}\n"));
    if !stop_href.is_empty() {
        text.push_str(&format!("{stop}: {stop_href}\n"));
    }
    text.push_str(&format!("{choose}: {choose_href}\n{auto}\n"));

    let html = Letter {
        lang: lang.code(),
        says: &says,
        title,
        code,
        lines,
        opens: &opens,
        href: &href,
        why: &why,
        stop: &stop,
        stop_href: &stop_href,
        choose: &choose,
        choose_href: &choose_href,
        auto: &auto,
    };
    Some(Mail {
        message_id: format!("<{}@{domain}>", row.id),
        to: row.address.clone(),
        at: row.created,
        subject: one_line(&say(what.subject)),
        html: html.render().ok()?,
        text,
        stop: stop_href,
    })
}

/// Without line ends and other signs that are none, at most 150 letters: a header takes no more kindly.
fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(151).collect();
    match line.chars().count() {
        151 => line.chars().take(149).chain(['…']).collect(),
        _ => line,
    }
}
