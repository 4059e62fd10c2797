//! The registry: every feature of the product, in reading order.
//!
//! A feature is one folder of this crate plus one word in the `features!` list of `lib.rs`.
//! It may use only features listed before it; whatever needs all of them asks the registry.

use crate::duty::{Ask, Duty, Mine};
use crate::event::{Event, Hear};
use crate::kind::Kind;
use figures::Measure;
use store::Migration;

/// What a feature brings to the product.
pub struct Feature {
    /// The folder's name.
    pub name: &'static str,
    /// Its schema, step by step.
    pub migrations: &'static [Migration],
    /// Its kinds of records, in the order they must be imported.
    pub kinds: &'static [&'static Kind],
    /// What it lets indicators count.
    pub measures: &'static [&'static Measure],
    /// Its pages, with the permission of each.
    pub routes: fn() -> Vec<shell::Route>,
    /// What of it waits for a visitor: lines of the home page.
    pub duties: Option<Ask>,
    /// What it does when something happens elsewhere, in the same transaction.
    pub hears: Option<Hear>,
    /// Its messages: Vietnamese, English.
    pub messages: (&'static str, &'static str),
}

impl Feature {
    /// A feature that brings nothing yet; features override what they have.
    pub const EMPTY: Feature = Feature {
        name: "",
        migrations: &[],
        kinds: &[],
        measures: &[],
        routes: Vec::new,
        duties: None,
        hears: None,
        messages: ("", ""),
    };
}

/// All features.
pub struct Registry {
    /// In reading order.
    pub features: &'static [&'static Feature],
}

impl Registry {
    /// Every schema step.
    pub fn migrations(&self) -> Vec<Migration> {
        self.features.iter().flat_map(|f| f.migrations).copied().collect()
    }
    /// Every kind of record, parents before children.
    pub fn kinds(&self) -> Vec<&'static Kind> {
        self.features.iter().flat_map(|f| f.kinds).copied().collect()
    }
    /// A kind by its name.
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.features.iter().flat_map(|f| f.kinds).find(|k| k.name == name).copied()
    }
    /// Every measure.
    pub fn measures(&self) -> Vec<&'static Measure> {
        self.features.iter().flat_map(|f| f.measures).copied().collect()
    }
    /// Every page.
    pub fn routes(&self) -> Vec<shell::Route> {
        self.features.iter().flat_map(|f| (f.routes)()).collect()
    }
    /// What waits for somebody, soonest first; what has no day comes last.
    pub async fn duties(&self, mine: &Mine<'_>, tx: &mut store::Tx) -> Result<Vec<Duty>, shell::Error> {
        let mut all = Vec::new();
        for ask in self.features.iter().filter_map(|f| f.duties) {
            all.extend(ask(mine, tx).await?);
        }
        // Stable, so that duties of one day keep the order of the features.
        all.sort_by_key(|d| (d.due.is_none(), d.due));
        Ok(all)
    }
    /// Tells every feature that listens what happened, in the transaction in which it did.
    pub async fn tell(&self, event: &Event<'_>, tx: &mut store::Tx) -> store::Result<()> {
        for hear in self.features.iter().filter_map(|f| f.hears) {
            hear(event, tx).await?;
        }
        Ok(())
    }
    /// Every message file.
    pub fn messages(&self) -> Vec<(&'static str, &'static str)> {
        self.features.iter().map(|f| f.messages).collect()
    }
}

/// Declares the features: `features! { unit, account, … }`. Each word is a folder with a
/// `pub static FEATURE: Feature`.
#[macro_export]
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])* pub mod $name;)*
        /// Every feature of the product.
        pub static REGISTRY: $crate::registry::Registry = $crate::registry::Registry {
            features: &[$(&$name::FEATURE),*],
        };
    };
}
