//! The note back to the sender: every error with its quotes, as a page that prints and as a Word file.

use super::Report;
use super::beside::Doubt;
use crate::report::body_name;
use crate::unit::Unit;
use document::model::{About, Block, Document, Head, Inline, Signature};
use domain::{Day, Message};
use reader::Finding;
use shell::Visit;

/// One thing to put right.
pub struct Line {
    /// What is wrong.
    pub words: String,
    /// Where it stands.
    pub quotes: Vec<String>,
}

/// Everything that the sender is asked about.
pub fn lines(visit: &Visit, claims: &[super::Claim], findings: &[Finding], doubts: &[Doubt]) -> Vec<Line> {
    let one_line = |quote: &str| quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines: Vec<Line> = findings
        .iter()
        .map(|f| Line {
            words: visit.tr(&f.message),
            quotes: f.places.iter().map(|p| one_line(&p.quote)).filter(|q| !q.is_empty()).collect(),
        })
        .collect();
    for doubt in doubts {
        let quote = claims.iter().find(|c| c.n == doubt.n).map(|c| one_line(&c.quote));
        lines.push(Line { words: visit.tr(&doubt.message), quotes: quote.into_iter().collect() });
    }
    lines
}

/// The note as an official document. `sender` is whose report it is, `from` who writes.
pub fn document(visit: &Visit, report: &Report, sender: &Unit, from: &Unit, lines: &[Line], day: Day) -> Document {
    let text = |words: String| vec![Inline::Text(words)];
    let say = |key: &'static str| {
        let message = Message::new(key).with("title", &report.title).with("day", visit.day(report.day));
        visit.tr(&message.with("sender", &sender.name))
    };
    let mut blocks = vec![Block::Paragraph(text(say("received-note-intro")))];
    for (n, line) in lines.iter().enumerate() {
        blocks.push(Block::Paragraph(text(format!("{}. {}", n + 1, line.words))));
        for quote in &line.quotes {
            blocks.push(Block::Item(vec![Inline::Italic(format!("“{quote}”"))]));
        }
    }
    blocks.push(Block::Paragraph(text(say("received-note-end"))));
    Document {
        head: Head {
            superior: String::new(),
            issuer: body_name(from).to_uppercase(),
            symbol: String::new(),
            place: from.place.clone(),
            day: Some(day),
        },
        kind: visit.text("received-note-kind"),
        extract: say("received-note-extract"),
        blocks,
        recipients: vec![sender.name.clone()],
        signature: Some(Signature { authority: from.authority.clone(), ..Signature::default() }),
        about: About {
            template: "received-note".to_owned(),
            unit: from.code.clone(),
            period: report.period.to_string(),
            date: day.format("%Y-%m-%d").to_string(),
        },
    }
}
