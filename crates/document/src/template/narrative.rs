//! Narrative with figures in it: what a person writes, where `[số: practices.registered]` stands for
//! the number that the records give.
//!
//! - Inside the bracket stands the same hole as in a template: indicator, period, format, `where`.
//! - Nothing else in the text is a mark. A bracket that is no sound token is printed as it was
//!   typed: no text breaks the filling; saving is where a writer is told ([`tokens`]).

use super::fill::prose_block;
use super::request::{self, Request};
use super::{FigureHole, Hole};
use crate::model::{Block, Figure, Inline};
use domain::Message;
use domain::text::fold;
use std::ops::Range;

/// The longest token, in bytes.
const LONGEST: usize = 400;

/// A token in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands, brackets and all.
    pub bytes: Range<usize>,
    /// What it asks for, or what is wrong with it.
    pub hole: Result<FigureHole, Message>,
}

/// The token that stands for a figure; [`tokens`] reads it back.
pub fn token(hole: &FigureHole) -> String {
    format!("[số: {hole}]")
}

/// Every token of a text, sound or not, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('[').map(|n| at + n) {
        at = start + 1;
        let Some(inside) = opened(&text[at..]) else { continue };
        let from = at + inside;
        let token = match closed(&text[from..]) {
            Some(length) => {
                let hole = read(&text[from..from + length]);
                Token { bytes: start..from + length + 1, hole }
            }
            None => {
                let typed: String =
                    text[start..].lines().next().unwrap_or_default().chars().take(40).collect();
                Token {
                    bytes: start..from,
                    hole: Err(Message::new("document-token-open").with("text", typed)),
                }
            }
        };
        at = token.bytes.end;
        found.push(token);
    }
    found
}

/// The text as blocks: a paragraph a line, "- " begins an item, each sound token the figure that
/// `answer` gives, "……" where it gives none.
pub fn narrative(text: &str, answer: &dyn Fn(&FigureHole) -> Option<Figure>) -> Vec<Block> {
    text.lines().filter_map(|line| prose_block(line, |words| pieces(words, answer))).collect()
}

fn pieces(words: &str, answer: &dyn Fn(&FigureHole) -> Option<Figure>) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut from = 0;
    for token in tokens(words) {
        let Ok(hole) = &token.hole else { continue };
        if from < token.bytes.start {
            out.push(Inline::Text(words[from..token.bytes.start].to_owned()));
        }
        out.push(match answer(hole).filter(|f| !f.shown.is_empty()) {
            Some(mut figure) => {
                if figure.format.is_empty() {
                    figure.format = hole.format.to_string();
                }
                Inline::Figure(figure)
            }
            None => Inline::Blank,
        });
        from = token.bytes.end;
    }
    if from < words.len() {
        out.push(Inline::Text(words[from..].to_owned()));
    }
    out
}

/// The length of `số:` behind a bracket, in any spelling of its letters.
fn opened(text: &str) -> Option<usize> {
    let colon = text.char_indices().take(8).find(|(_, c)| *c == ':')?.0;
    (fold(&text[..colon]) == "so").then_some(colon + 1)
}

/// Where the token ends: a bracket on the same line, outside of quotes.
fn closed(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices().take_while(|(at, c)| *at < LONGEST && *c != '\n') {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            (None, '“') => quote = Some('”'),
            (None, ']') => return Some(at),
            (None, _) => {}
        }
    }
    None
}

fn read(inside: &str) -> Result<FigureHole, Message> {
    let none = || Err(Message::new("document-token-figure").with("text", inside.trim()));
    if inside.trim().is_empty() {
        return none();
    }
    match request::read(inside, 1) {
        Ok(Request::Value(Hole::Figure(hole))) => Ok(hole),
        Ok(_) => none(),
        Err((_, message)) => Err(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn three(hole: &FigureHole) -> Option<Figure> {
        (hole.indicator == "a.b").then(|| Figure {
            indicator: hole.indicator.clone(),
            shown: "03".into(),
            ..Figure::default()
        })
    }

    fn said(text: &str) -> String {
        narrative(text, &three)
            .iter()
            .map(|block| match block {
                Block::Item(line) => format!("- {}", super::super::plain(line)),
                Block::Paragraph(line) => super::super::plain(line),
                other => format!("{other:?}"),
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_token_becomes_a_figure_and_everything_else_stays_words() {
        for (typed, printed) in [
            ("Có [số: a.b padded] mô hình.", "Có 03 mô hình."),
            ("- [SO: a.b 2022]\n\n– [ Số : a.b]", "- 03\n- 03"),
            ("[số: c.d]", "……"),
            ("Số {{a.b}} và [1] *không* [số a.b]", "Số {{a.b}} và [1] *không* [số a.b]"),
            ("[số: a.b hôm qua] [số: unit.name] [số:", "[số: a.b hôm qua] [số: unit.name] [số:"),
            ("[số: a.b where x = \"]\"]!", "03!"),
        ] {
            assert_eq!(said(typed), printed, "{typed}");
        }
        let format = |text| match &narrative(text, &three)[0] {
            Block::Paragraph(line) => match &line[0] {
                Inline::Figure(figure) => figure.format.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        assert_eq!(
            format("[số: a.b over percent]"),
            "over percent",
            "so that a refill prints it the same way"
        );
    }

    #[test]
    fn what_is_wrong_with_a_token_is_told() {
        let key = |text: &str| tokens(text)[0].hole.clone().unwrap_err().key;
        assert_eq!(key("[số: a.b hôm qua]"), "document-template-period");
        assert_eq!(key("[số: unit.name]"), "document-token-figure");
        assert_eq!(key("[số: a.b\nc]"), "document-token-open");
        assert_eq!(key("[số: ]"), "document-token-figure");
        assert_eq!(tokens("không có [gì] ở đây").len(), 0);
    }

    #[test]
    fn a_written_token_is_read_back() {
        for text in
            ["a.b", "a.b year-1", "a.b previous over percent", "a.b 2021-2023 padded where level = \"tỉnh\""]
        {
            let Ok(hole) = read(text) else { panic!("{text}") };
            let again = tokens(&token(&hole));
            assert_eq!(again.len(), 1);
            assert_eq!(again[0].hole.as_ref(), Ok(&hole));
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_filling_and_no_word_is_lost(text in r#"(\[số: ?|\[so:|a\.b| |\]|"|“|\{\{|\}\}|\*|\n|2022|where|\PC){0,60}"#) {
            let blocks = narrative(&text, &three);
            prop_assert!(blocks.len() <= text.lines().count());
            for token in tokens(&text) {
                prop_assert!(text.get(token.bytes.clone()).is_some_and(|t| t.starts_with('[')));
            }
            // Without a sound token the words are exactly what plain prose makes of them.
            if tokens(&text).iter().all(|t| t.hole.is_err()) {
                prop_assert_eq!(blocks, super::super::prose(&text));
            }
        }

        #[test]
        fn any_text_at_all(text in any::<String>()) {
            narrative(&text, &three);
            tokens(&text);
        }
    }
}
