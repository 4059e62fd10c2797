//! The parts that several pages of commitments show: an item, and the hints at one.

use super::hints::Hint;
use super::whole::Item;
use crate::address::segment;
use askama::Template;
use domain::Day;
use shell::{Html, Result, Visit};

#[derive(Template)]
#[template(path = "commitment/templates/hints.html")]
struct Hints<'a> {
    v: &'a Visit,
    hints: &'a [Hint],
}

impl Hints<'_> {
    fn words(&self, hint: &Hint) -> String {
        self.v.text(&format!("commitment-hint-{}", hint.code()))
    }

    fn why(&self, hint: &Hint) -> String {
        self.v.text(&format!("commitment-hint-{}-why", hint.code()))
    }
}

/// The hints at an item, each with why; nothing when there are none.
pub(super) fn hint_list(visit: &Visit, hints: &[Hint]) -> Result<Html> {
    Html::of(&Hints { v: visit, hints })
}

#[derive(Template)]
#[template(path = "commitment/templates/item.html")]
struct Card<'a> {
    v: &'a Visit,
    item: &'a Item,
    at: usize,
    act: String,
    files: &'a str,
    hints: Html,
}

impl Card<'_> {
    fn day(&self, day: &Day) -> String {
        self.v.day(*day)
    }

    /// Where a file of progress is given back: an officer's address ends in `/file`, a member's does not.
    fn file(&self, id: &str) -> String {
        if self.files.ends_with("/file") {
            format!("{}/{}", self.files, segment(id))
        } else {
            format!("{}/{}/file", self.files, segment(id))
        }
    }
}

/// An item as its person and the committee see it; `act` is where its progress is noted.
pub(super) fn item_card(
    visit: &Visit,
    item: &Item,
    at: usize,
    act: String,
    files: &str,
    hinted: bool,
) -> Result<Html> {
    let hints = hint_list(visit, if hinted { &item.hints } else { &[] })?;
    Html::of(&Card { v: visit, item, at, act, files, hints })
}
