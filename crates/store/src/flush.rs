//! What was committed is put on the disk: one flush for everybody who waits.
//!
//! A database would flush its log inside every commit, while the next writer stands in line: SQLite's has the one
//! turn to write, PostgreSQL's holds the end of the audit chain. A disk that takes 8 ms then takes 125 entries a
//! second and no more. Here a commit writes the log and gives its place on; whoever wrote is answered after a flush
//! that *began after* their commit. While one flush runs, the commits behind it gather for the next.
//!
//! Nothing is acknowledged before it is on the disk, as far as the database's own settings promise it. A reader may
//! see a commit some milliseconds before that; in a power cut that is as if they had come a little earlier. The
//! databases themselves flush the log before they copy pages from it, so they are whole whatever happens.
//!
//! A flush says nothing of what came before a failure: a system forgets what it could not write, and a server that
//! fell and rose again has lost what it had not flushed. So everybody remembers the [`Watch`] under which they began,
//! and one that ended meanwhile is told as [`Error::Unsure`], whatever a later flush says.

use crate::{Error, Result};
use futures_util::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use std::fs::OpenOptions;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// What flushes a log.
trait Log: Send {
    /// Makes sure that a flush can be asked for, before something is written. Called first, after a failure, and
    /// when nothing was flushed for [`IDLE`]; `false` when it had to begin anew.
    fn ready(&mut self) -> BoxFuture<'_, Result<bool>>;
    /// Puts on the disk what was committed before.
    fn flush(&mut self) -> BoxFuture<'_, Result<()>>;
}

/// After so long a connection may be gone without anybody having noticed.
const IDLE: Duration = Duration::from_secs(30);

/// The time between two failures, by its number. An odd number is a time in which flushes can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Watch(u64);

struct State {
    log: Box<dyn Log>,
    /// All commits up to here were flushed, or tried to be.
    reached: u64,
}

/// The flushes of one database.
pub(crate) struct Flush {
    /// Commits so far.
    commits: AtomicU64,
    watch: AtomicU64,
    /// When the log was last heard of, in milliseconds after `opened`.
    heard: AtomicU64,
    opened: Instant,
    state: Arc<Mutex<State>>,
}

impl Flush {
    /// Of the SQLite file at a path.
    pub(crate) fn of_file(path: &str) -> Flush {
        // Never the database file itself: closing a second handle of it would drop SQLite's own locks.
        Flush::by(File { log: PathBuf::from(format!("{path}-wal")), failed: false })
    }

    /// Of a PostgreSQL server, `postgres://…`.
    pub(crate) fn of_server(options: PgConnectOptions, place: &str) -> Flush {
        Flush::by(Server { options, place: place.to_owned(), connection: None })
    }

    fn by(log: impl Log + 'static) -> Flush {
        Flush {
            commits: AtomicU64::new(0),
            watch: AtomicU64::new(0),
            heard: AtomicU64::new(0),
            opened: Instant::now(),
            state: Arc::new(Mutex::new(State { log: Box::new(log), reached: 0 })),
        }
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn heard(&self) {
        self.heard.store(self.millis(), Ordering::Release);
    }

    /// The watch, when it can be trusted now.
    fn trusted(&self) -> Option<Watch> {
        let watch = self.watch.load(Ordering::Acquire);
        let silent = self.millis().saturating_sub(self.heard.load(Ordering::Acquire));
        (watch % 2 == 1 && u128::from(silent) < IDLE.as_millis()).then_some(Watch(watch))
    }

    /// Called before a transaction begins; what it returns is shown to [`Flush::wait`].
    ///
    /// # Errors
    /// When nothing could be flushed: then nothing should be written.
    pub(crate) async fn begin(&self) -> Result<Watch> {
        if let Some(watch) = self.trusted() {
            return Ok(watch);
        }
        let mut state = self.state.lock().await;
        if let Some(watch) = self.trusted() {
            return Ok(watch);
        }
        let was = self.watch.load(Ordering::Acquire);
        let same = state.log.ready().await.inspect_err(|_| self.end(was))?;
        let watch = if same && was % 2 == 1 { was } else { (was + 1) | 1 };
        self.heard();
        self.watch.store(watch, Ordering::Release);
        Ok(Watch(watch))
    }

    /// Ends a watch, when it has not ended.
    fn end(&self, watch: u64) {
        if watch % 2 == 1 {
            self.watch.store(watch + 1, Ordering::Release);
        }
    }

    /// Returns when everything committed before this call is on the disk.
    ///
    /// # Errors
    /// [`Error::Unsure`] when that cannot be said.
    pub(crate) async fn wait(self: &Arc<Self>, began: Watch) -> Result<()> {
        let mine = self.commits.fetch_add(1, Ordering::AcqRel) + 1;
        let state = Arc::clone(&self.state).lock_owned().await;
        if state.reached < mine {
            // By itself: a visitor who goes away does not break off what others wait for.
            let flush = Arc::clone(self);
            let done = tokio::spawn(async move { flush.now(state).await });
            done.await.map_err(|e| Error::Unsure(e.to_string()))?;
        }
        match Watch(self.watch.load(Ordering::Acquire)) == began {
            true => Ok(()),
            false => Err(Error::Unsure("flush".to_owned())),
        }
    }

    async fn now(&self, mut state: tokio::sync::OwnedMutexGuard<State>) {
        let all = self.commits.load(Ordering::Acquire);
        match state.log.flush().await {
            Ok(()) => self.heard(),
            Err(e) => {
                tracing::error!(error = %e, "what was committed may not be on the disk");
                self.end(self.watch.load(Ordering::Acquire));
            }
        }
        state.reached = all;
    }
}

/// SQLite's log. Once it could not be flushed, nothing is written until the program starts again: SQLite then
/// checks every part of the log against its sums, which it does not do while it runs.
struct File {
    log: PathBuf,
    failed: bool,
}

impl Log for File {
    fn ready(&mut self) -> BoxFuture<'_, Result<bool>> {
        let answer = match self.failed {
            true => Err(Error::Disk("the log could not be flushed".to_owned())),
            false => Ok(true),
        };
        Box::pin(std::future::ready(answer))
    }

    fn flush(&mut self) -> BoxFuture<'_, Result<()>> {
        let log = self.log.clone();
        Box::pin(async move {
            let flush = move || match OpenOptions::new().write(true).open(&log) {
                Ok(file) => file.sync_data(),
                // The last connection copied it into the database and took it away, flushed.
                Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
                Err(e) => Err(e),
            };
            let done = tokio::task::spawn_blocking(flush).await.map_err(io::Error::other).flatten();
            self.failed |= done.is_err();
            done.map_err(|e| Error::Unsure(e.to_string()))
        })
    }
}

/// PostgreSQL's log, over a connection of its own: while that holds, the server has not fallen.
struct Server {
    options: PgConnectOptions,
    place: String,
    connection: Option<PgConnection>,
}

impl Log for Server {
    fn ready(&mut self) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            if let Some(connection) = &mut self.connection
                && connection.ping().await.is_ok()
            {
                return Ok(true);
            }
            self.connection = None;
            let opened = self.options.connect().await;
            self.connection = Some(opened.map_err(|e| Error::unreachable(&self.place, e))?);
            Ok(false)
        })
    }

    fn flush(&mut self) -> BoxFuture<'_, Result<()>> {
        // An empty note in the server's log is a transaction that wrote something, so its commit is waited for as the
        // server is set to (its disk, its replicas), and with it all that was committed before.
        const NOTE: &str = "SELECT pg_logical_emit_message(true, 'nenep', '')";
        Box::pin(async move {
            let Some(connection) = &mut self.connection else {
                return Err(Error::Unsure("no connection".to_owned()));
            };
            let done = connection.execute(NOTE).await;
            if done.is_err() {
                self.connection = None;
            }
            done.map(|_| ()).map_err(|e| Error::Unsure(e.to_string()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex as Shared;
    use std::sync::atomic::AtomicBool;

    /// A log that remembers how many commits there were when each flush began.
    struct Slow {
        committed: Arc<AtomicU64>,
        began: Arc<Shared<Vec<u64>>>,
        broken: Arc<AtomicBool>,
    }

    /// The flushes of one, when each began, and what breaks them.
    fn slow(committed: &Arc<AtomicU64>) -> (Arc<Flush>, Arc<Shared<Vec<u64>>>, Arc<AtomicBool>) {
        let (began, broken) = (Arc::default(), Arc::default());
        let log =
            Slow { committed: Arc::clone(committed), began: Arc::clone(&began), broken: Arc::clone(&broken) };
        (Arc::new(Flush::by(log)), began, broken)
    }

    impl Log for Slow {
        fn ready(&mut self) -> BoxFuture<'_, Result<bool>> {
            Box::pin(std::future::ready(Ok(false)))
        }

        fn flush(&mut self) -> BoxFuture<'_, Result<()>> {
            self.began.lock().unwrap().push(self.committed.load(Ordering::SeqCst));
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(3)).await;
                match self.broken.load(Ordering::SeqCst) {
                    true => Err(Error::Unsure("no".to_owned())),
                    false => Ok(()),
                }
            })
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn nobody_is_answered_before_a_flush_that_began_after_their_commit() {
        let committed = Arc::new(AtomicU64::new(0));
        let (flush, began, _) = slow(&committed);
        let mut writers = tokio::task::JoinSet::new();
        for n in 0..200_u64 {
            let (flush, committed, began) = (Arc::clone(&flush), Arc::clone(&committed), Arc::clone(&began));
            writers.spawn(async move {
                tokio::time::sleep(Duration::from_micros(n * 137 % 9_000)).await;
                let watch = flush.begin().await.unwrap();
                let mine = committed.fetch_add(1, Ordering::SeqCst) + 1;
                flush.wait(watch).await.unwrap();
                let last = *began.lock().unwrap().last().unwrap();
                assert!(last >= mine, "commit {mine} was answered after a flush of {last}");
            });
        }
        while let Some(writer) = writers.join_next().await {
            writer.unwrap();
        }
        let flushes = began.lock().unwrap().len();
        assert!(flushes < 200, "every commit was flushed alone");
    }

    #[tokio::test]
    async fn a_flush_that_failed_is_told_to_all_who_began_before_it_and_to_nobody_else() {
        let (flush, _, broken) = slow(&Arc::default());
        let early = flush.begin().await.unwrap();
        flush.wait(early).await.unwrap();
        broken.store(true, Ordering::SeqCst);
        let (one, two) = tokio::join!(flush.wait(early), flush.wait(early));
        assert!(matches!(one, Err(Error::Unsure(_))) && matches!(two, Err(Error::Unsure(_))));
        broken.store(false, Ordering::SeqCst);
        let late = flush.begin().await.unwrap();
        flush.wait(late).await.unwrap();
        let said = flush.wait(early).await;
        assert!(
            matches!(said, Err(Error::Unsure(_))),
            "a later flush says nothing of what came before the failure"
        );
    }

    #[tokio::test]
    async fn who_goes_away_does_not_break_off_a_flush() {
        let (flush, began, _) = slow(&Arc::default());
        let watch = flush.begin().await.unwrap();
        let gone = tokio::time::timeout(Duration::from_millis(1), flush.wait(watch)).await;
        assert!(gone.is_err());
        drop(flush.state.lock().await);
        let reached = flush.state.lock().await.reached;
        assert_eq!((began.lock().unwrap().len(), reached), (1, 1));
        flush.wait(watch).await.unwrap();
    }

    #[tokio::test]
    async fn a_file_whose_log_failed_is_not_written_again() {
        // A folder in the place of the log: it opens, and cannot be flushed.
        let path = std::env::temp_dir().join(format!("nenep-flush-{}", domain::Id::new()));
        let log = format!("{}-wal", path.display());
        std::fs::create_dir(&log).unwrap();
        let flush = Arc::new(Flush::of_file(&path.to_string_lossy()));
        let watch = flush.begin().await.unwrap();
        assert!(matches!(flush.wait(watch).await, Err(Error::Unsure(_))));
        std::fs::remove_dir(&log).unwrap();
        assert!(
            matches!(flush.begin().await, Err(Error::Disk(_))),
            "not even when the disk says that all is well"
        );
    }
}
