//! The note back to the sender: every error with its quotes, as a page that prints and as a Word file.

use super::Report;
use super::beside::Doubt;
use crate::report::body_name;
use crate::unit::Unit;
use document::model::{About, Block, Document, Head, Inline, Signature};
use domain::text::tidy;
use domain::{Day, Message};
use reader::Finding;
use shell::Visit;
use std::ops::Range;

/// The most of a sentence that is quoted on either side, in letters.
const SENTENCE: usize = 160;

/// One thing to put right.
pub struct Line {
    /// What is wrong.
    pub words: String,
    /// Where it stands: what is before it in its sentence, itself, what is behind.
    pub quotes: Vec<[String; 3]>,
}

/// A place of the text with its sentence, on one line.
fn sentence(text: &str, place: Range<usize>) -> [String; 3] {
    let ends = [". ", ";", ".\n", "\n\n"];
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let from = ends.iter().filter_map(|e| before.rfind(e).map(|at| at + e.len())).max().unwrap_or(0);
    let to = ends.iter().filter_map(|e| after.find(e)).min().unwrap_or(after.len());
    let (before, after) = (tidy(&before[from..]), tidy(&after[..to]));
    let cut = before.chars().count().saturating_sub(SENTENCE);
    let mut start: String = before.chars().skip(cut).collect();
    if cut > 0 {
        start.insert(0, '…');
    }
    let mut end: String = after.chars().take(SENTENCE).collect();
    if after.chars().count() > SENTENCE {
        end.push('…');
    }
    [start, tidy(&text[place]), end]
}

/// Everything that the sender is asked about.
pub fn lines(
    visit: &Visit,
    text: &str,
    claims: &[super::Claim],
    findings: &[Finding],
    doubts: &[Doubt],
) -> Vec<Line> {
    let mut lines: Vec<Line> = findings
        .iter()
        .map(|f| Line {
            words: visit.tr(&f.message),
            quotes: f
                .places
                .iter()
                .filter(|p| text.get(p.bytes.clone()).is_some_and(|q| !q.trim().is_empty()))
                .map(|p| sentence(text, p.bytes.clone()))
                .collect(),
        })
        .collect();
    let places = super::marked::places(text, claims);
    for doubt in doubts {
        let place = claims.iter().position(|c| c.n == doubt.n).map(|i| places[i].clone());
        let quotes = place.filter(|p| !p.is_empty()).map(|p| sentence(text, p)).into_iter().collect();
        lines.push(Line { words: visit.tr(&doubt.message), quotes });
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
        for [before, quote, after] in &line.quotes {
            let space = |words: &str, at_end: bool| match (words.is_empty(), at_end) {
                (true, _) => String::new(),
                (_, true) => format!("{words} "),
                // A comma stands close to the word before it.
                _ if words.starts_with(|c: char| c.is_alphanumeric() || c == '“') => format!(" {words}"),
                _ => words.to_owned(),
            };
            blocks.push(Block::Item(vec![
                Inline::Italic(format!("“{}", space(before, true))),
                Inline::Bold(quote.clone()),
                Inline::Italic(format!("{}”", space(after, false))),
            ]));
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

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_quote_stands_in_its_sentence() {
        let text = "Một câu. Năm 2023 có 22 văn bản, gồm 5 kế hoạch. Câu sau; rồi nữa.";
        let at = text.find("22 văn bản").unwrap();
        let [before, quote, after] = sentence(text, at..at + "22 văn bản".len());
        assert_eq!((before.as_str(), quote.as_str()), ("Năm 2023 có", "22 văn bản"));
        assert_eq!(after, ", gồm 5 kế hoạch");
        let long = format!("{} 3 việc {}", "chữ ".repeat(200), "chữ ".repeat(200));
        let at = long.find("3 việc").unwrap();
        let [before, _, after] = sentence(&long, at..at + "3 việc".len());
        assert!(before.starts_with('…') && after.ends_with('…') && before.chars().count() < 170);
    }
}
