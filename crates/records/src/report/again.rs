//! Numbers that a report was issued with, asked for again as the records say now.

use crate::figure::{self, Book, Figure};
use crate::unit::{self, Unit};
use domain::{Day, Period};
use figures::{Context, Indicator};
use std::collections::HashMap;
use std::sync::Arc;
use store::Tx;

/// What is asked for again, by the definitions and the tree of the report's day.
pub(super) struct Again<'a> {
    book: &'a Book,
    day: Day,
    asked: Vec<(Unit, Arc<Indicator>, Period)>,
    units: HashMap<String, Option<Unit>>,
}

impl<'a> Again<'a> {
    pub(super) fn new(book: &'a Book, day: Day) -> Again<'a> {
        Again { book, day, asked: Vec::new(), units: HashMap::new() }
    }

    /// Asks for one number. `false` when its indicator or its unit is not known any more: then it has no figure.
    pub(super) async fn ask(
        &mut self,
        tx: &mut Tx,
        unit: &str,
        (indicator, selection): (&str, &str),
        period: Period,
    ) -> store::Result<bool> {
        let Ok(indicator) = figure::selected(self.book, indicator, selection, self.day) else { return Ok(false) };
        if !self.units.contains_key(unit) {
            self.units.insert(unit.to_owned(), unit::by_code(tx, unit, self.day).await?);
        }
        let Some(Some(unit)) = self.units.get(unit) else { return Ok(false) };
        self.asked.push((unit.clone(), indicator, period));
        Ok(true)
    }

    /// The figures of what was asked for, in its order.
    pub(super) async fn figures(self, tx: &mut Tx, period: Period) -> store::Result<Vec<Figure>> {
        let start = crate::programme::start(tx, self.day).await?;
        let ctx = Context { period, start, report_day: self.day };
        figure::several(tx, self.book, ctx, &self.asked).await
    }
}
