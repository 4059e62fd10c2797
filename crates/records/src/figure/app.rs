//! What pages need besides the database: the catalogue, and figures worked out before.
//!
//! The server carries one [`App`] (`Site::carrying`); handlers get it with [`App::of`].
//! A figure depends on the records alone, and every change of a record is in the audit log. So
//! figures, and what is made of them (a filled report, the walk to the sources), are remembered
//! until the log has grown; nothing else is kept between two pages. What is remembered is the
//! same for everybody: who may see what of it is decided for each visitor, afterwards.

use super::ahead::several;
use super::run::{Book, Figure};
use super::warm::{self, Again, Lately};
use crate::remember::{self, Moment};
use crate::unit::Unit;
use domain::{Day, Period};
use figures::{Context, Indicator};
use shell::{Error, Visit};
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use store::{Result, Tx};

/// How many figures are remembered: some thousands of bytes each, coverage being most of it.
const MOST: usize = 3_000;

/// How many larger things are remembered.
const MOST_MADE: usize = 48;

/// What the server carries for its pages.
pub struct App {
    /// The catalogue of indicators.
    pub book: Book,
    kept: Mutex<Kept>,
    /// What pages asked for, to be worked out again when the records have changed.
    pub(super) lately: Lately,
}

/// A question: unit, period, day of the report, indicator, and its expression (a selection narrows it).
type Key = (String, Period, Day, String, String);

#[derive(Default)]
struct Kept {
    at: i64,
    /// Whether what was asked for lately was worked out at this state.
    warm: bool,
    figures: HashMap<Key, Arc<Figure>>,
    made: HashMap<String, Arc<dyn Any + Send + Sync>>,
}

impl App {
    /// Over a catalogue.
    pub fn new(book: Book) -> Arc<App> {
        Arc::new(App { book, kept: Mutex::default(), lately: Lately::default() })
    }

    /// The one that the site carries.
    pub fn of(visit: &Visit) -> shell::Result<&App> {
        visit.site().extra::<Arc<App>>().map(AsRef::as_ref).ok_or_else(|| Error::Defect("the site carries no figure::App".to_owned()))
    }

    /// Figures of a unit in the order they are asked for, as a report of that day would have
    /// them. Ask for all that a page shows at once: they are counted together.
    pub async fn figures(
        &self,
        tx: &mut Tx,
        unit: &Unit,
        asked: &[(Arc<Indicator>, Period)],
        day: Day,
    ) -> Result<Vec<Arc<Figure>>> {
        if !asked.is_empty() {
            let each: Vec<String> = asked.iter().map(|(i, period)| format!("{} {} {period}", i.id, i.expr)).collect();
            let key = format!("figures {} {day} {}", unit.id, each.join(","));
            self.lately.note(key, || warm::figures(unit, asked, day));
        }
        self.worked(tx, unit, asked, day).await
    }

    /// As [`App::figures`], for nobody who may ask again.
    pub(super) async fn worked(
        &self,
        tx: &mut Tx,
        unit: &Unit,
        asked: &[(Arc<Indicator>, Period)],
        day: Day,
    ) -> Result<Vec<Arc<Figure>>> {
        let Moment(at) = Self::moment(tx).await?;
        let key = |(i, period): &(Arc<Indicator>, Period)| {
            (unit.id.clone(), *period, day, i.id.clone(), i.expr.clone())
        };
        let mut found: Vec<Option<Arc<Figure>>> = {
            let kept = self.kept_at(at);
            asked.iter().map(|question| kept.figures.get(&key(question)).cloned()).collect()
        };
        let new = asked.iter().zip(&found).filter(|(_, known)| known.is_none());
        let new: Vec<(Unit, Arc<Indicator>, Period)> =
            new.map(|((indicator, period), _)| (unit.clone(), Arc::clone(indicator), *period)).collect();
        if let Some((_, _, period)) = new.first() {
            let start = crate::programme::start(tx, day).await?;
            let ctx = Context { period: *period, start, report_day: day };
            let mut worked = several(tx, &self.book, ctx, &new).await?.into_iter();
            let mut kept = self.kept();
            if kept.figures.len() + new.len() > MOST {
                kept.figures.clear();
            }
            for (slot, question) in found.iter_mut().zip(asked).filter(|(slot, _)| slot.is_none()) {
                *slot = worked.next().map(Arc::new);
                // Another page may have seen a later state meanwhile; what belongs to an earlier one is not kept.
                if kept.at == at {
                    kept.figures.extend(slot.clone().map(|f| (key(question), f)));
                }
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// The figures of one period.
    pub async fn of_period(
        &self,
        tx: &mut Tx,
        unit: &Unit,
        indicators: &[Arc<Indicator>],
        period: Period,
        day: Day,
    ) -> Result<Vec<Arc<Figure>>> {
        let asked: Vec<_> = indicators.iter().map(|i| (Arc::clone(i), period)).collect();
        self.figures(tx, unit, &asked, day).await
    }

    /// Notes how something that is remembered is made, so that it is made again when the records have changed.
    pub fn make_again(&self, key: String, again: impl FnOnce() -> Again) {
        self.lately.note(key, again);
    }

    /// How many figures are remembered.
    #[cfg(test)]
    pub(crate) fn remembers(&self) -> usize {
        self.kept().figures.len()
    }

    pub(super) fn is_warm(&self, moment: Option<Moment>) -> bool {
        let kept = self.kept();
        moment.is_some_and(|m| m.0 == kept.at && kept.warm)
    }

    pub(super) fn warmed(&self, moment: Moment) {
        self.kept_at(moment.0).warm = true;
    }

    /// The state of the records that a transaction sees.
    pub async fn moment(tx: &mut Tx) -> Result<Moment> {
        remember::moment(tx).await
    }

    /// What was made of the records as they stand at the moment, when it is remembered.
    pub fn remembered<T: Send + Sync + 'static>(&self, moment: Moment, key: &str) -> Option<Arc<T>> {
        let found = self.kept_at(moment.0).made.get(key).cloned();
        found.and_then(|made| made.downcast().ok())
    }

    /// Remembers what was made of the records as they stand at the moment.
    pub fn remember<T: Send + Sync + 'static>(&self, moment: Moment, key: String, made: T) -> Arc<T> {
        let made = Arc::new(made);
        let mut kept = self.kept();
        if kept.at == moment.0 {
            if kept.made.len() >= MOST_MADE {
                kept.made.clear();
            }
            kept.made.insert(key, Arc::clone(&made) as Arc<dyn Any + Send + Sync>);
        }
        made
    }

    /// What is remembered of a state of the records; that of another one is forgotten.
    fn kept_at(&self, at: i64) -> std::sync::MutexGuard<'_, Kept> {
        let mut kept = self.kept();
        if kept.at != at {
            *kept = Kept { at, ..Kept::default() };
        }
        kept
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        // Poisoned by a panic elsewhere: what is in it is whole, since each entry is put in at once.
        self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
