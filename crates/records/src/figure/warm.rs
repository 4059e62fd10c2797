//! What pages asked for lately is worked out again as soon as the records rest, before somebody asks again.
//!
//! A change of any record makes what was remembered old ([`super::App`]). Working it out again takes a tenth of
//! a second where a block's page has sixty figures; nobody should wait for that because somebody else ticked a
//! box. Rules kept here:
//! - Only what was asked for within [`LATELY`], the newest first, at most [`MOST`] questions.
//! - Only while the records rest: two looks at the log, [`PAUSE`] apart, see the same. Under a stream of entries
//!   nothing is worked out in vain.
//! - What is worked out goes the same way as a page's own question, so it can be no different and no more secret.

use super::app::App;
use crate::unit::Unit;
use domain::{Day, Period};
use figures::Indicator;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{Db, Result, Tx};

/// How many questions are kept.
const MOST: usize = 24;
/// A question older than this is not asked again.
const LATELY: Duration = Duration::from_secs(30 * 60);
/// Between two looks at the log.
const PAUSE: Duration = Duration::from_secs(1);

/// Asks a question again; its answer is remembered by the [`App`] itself.
pub type Again =
    Arc<dyn for<'a> Fn(&'a App, &'a mut Tx) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> + Send + Sync>;

struct Question {
    key: String,
    asked: Instant,
    again: Again,
}

/// The questions of late, the newest first.
#[derive(Default)]
pub(super) struct Lately(Mutex<VecDeque<Question>>);

impl Lately {
    /// Notes a question, or that it was asked once more.
    pub(super) fn note(&self, key: String, again: impl FnOnce() -> Again) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.iter().position(|q| q.key == key).and_then(|at| all.remove(at));
        let again = known.map_or_else(again, |q| q.again);
        all.push_front(Question { key, asked: Instant::now(), again });
        all.truncate(MOST);
    }

    fn open(&self) -> Vec<Again> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|q| q.asked.elapsed() < LATELY);
        all.iter().map(|q| Arc::clone(&q.again)).collect()
    }
}

/// The figures of a page as a question.
pub(super) fn figures(unit: &Unit, asked: &[(Arc<Indicator>, Period)], day: Day) -> Again {
    let (unit, asked): (Unit, Arc<[_]>) = (unit.clone(), asked.into());
    Arc::new(move |app, tx| {
        let (unit, asked) = (unit.clone(), Arc::clone(&asked));
        Box::pin(async move { app.worked(tx, &unit, &asked, day).await.map(drop) })
    })
}

impl App {
    /// Keeps what was asked for lately worked out, until the task is dropped. What fails is left to the page that
    /// asks next, which can say so.
    pub async fn keep_warm(self: Arc<Self>, db: Db) {
        let mut before = None;
        loop {
            tokio::time::sleep(PAUSE).await;
            let now = match db.read().await {
                Ok(mut tx) => App::moment(&mut tx).await.ok(),
                Err(_) => None,
            };
            if now.is_some() && now == before && !self.is_warm(now) {
                self.warm(&db).await;
            }
            before = now;
        }
    }

    /// Works out what was asked for lately as the records stand now.
    pub async fn warm(&self, db: &Db) {
        for again in self.lately.open() {
            // A transaction each: pages that wait for a connection come between.
            let Ok(mut tx) = db.read().await else { return };
            if again(self, &mut tx).await.is_err() {
                return;
            }
        }
        if let Ok(mut tx) = db.read().await
            && let Ok(moment) = App::moment(&mut tx).await
        {
            self.warmed(moment);
        }
    }
}
