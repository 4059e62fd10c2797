//! What was committed is put on the disk: one flush for everybody who waits.
//!
//! SQLite would flush its log inside every commit, while the next writer stands in line: a disk that takes 8 ms then
//! takes 125 entries a second and no more. Here a commit writes the log and gives its turn on; whoever wrote is
//! answered after a flush that *began after* their commit. While one flush runs, the commits behind it gather for
//! the next.
//!
//! Nothing is acknowledged before it is on the disk. A reader may see a commit some milliseconds before that; in a
//! power cut that is as if they had come a little earlier. SQLite itself flushes the log before it copies pages from
//! it into the database file, so the file is whole whatever happens.

use crate::{Error, Result};
use std::fs::OpenOptions;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;

type Disk = dyn Fn() -> io::Result<()> + Send + Sync;

/// How far the flushes have come, in commits.
#[derive(Default)]
struct Reached {
    /// All up to here were tried.
    tried: u64,
    /// Of these, all up to here failed: the disk may have kept them or not.
    failed: u64,
}

/// The flushes of one database.
pub(crate) struct Flush {
    disk: Arc<Disk>,
    /// Commits so far.
    commits: AtomicU64,
    reached: Mutex<Reached>,
}

impl Flush {
    /// For the SQLite file at a path.
    pub(crate) fn of(path: &str) -> Flush {
        // Never the database file itself: closing a second handle of it would drop SQLite's own locks.
        let log = format!("{path}-wal");
        Flush::by(move || match OpenOptions::new().write(true).open(&log) {
            Ok(file) => file.sync_data(),
            // The last connection copied it into the database and took it away, flushed.
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(e) => Err(e),
        })
    }

    fn by(disk: impl Fn() -> io::Result<()> + Send + Sync + 'static) -> Flush {
        Flush { disk: Arc::new(disk), commits: AtomicU64::new(0), reached: Mutex::default() }
    }

    /// Returns when everything committed before this call is on the disk.
    pub(crate) async fn wait(&self) -> Result<()> {
        let mine = self.commits.fetch_add(1, Ordering::AcqRel) + 1;
        let mut reached = self.reached.lock().await;
        if reached.tried < mine {
            let all = self.commits.load(Ordering::Acquire);
            let disk = Arc::clone(&self.disk);
            let flushed = tokio::task::spawn_blocking(move || disk()).await;
            reached.tried = all;
            if let Err(e) = flushed.map_err(io::Error::other).and_then(|done| done) {
                // The system forgets what it could not write: trying again would say "done" of nothing.
                tracing::error!(error = %e, "the disk did not take what was committed");
                reached.failed = all;
            }
        }
        if mine <= reached.failed {
            return Err(Error::Disk("flush".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;
    use std::time::Duration;

    /// A disk that remembers how many commits there were when each flush began.
    fn slow(committed: &Arc<AtomicU64>) -> (Flush, Arc<std::sync::Mutex<Vec<u64>>>) {
        let began = Arc::new(std::sync::Mutex::new(Vec::new()));
        let (committed, noted) = (Arc::clone(committed), Arc::clone(&began));
        let flush = Flush::by(move || {
            noted.lock().unwrap().push(committed.load(Ordering::SeqCst));
            std::thread::sleep(Duration::from_millis(3));
            Ok(())
        });
        (flush, began)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn nobody_is_answered_before_a_flush_that_began_after_their_commit() {
        let committed = Arc::new(AtomicU64::new(0));
        let (flush, began) = slow(&committed);
        let flush = Arc::new(flush);
        let mut writers = tokio::task::JoinSet::new();
        for n in 0..200_u64 {
            let (flush, committed, began) = (Arc::clone(&flush), Arc::clone(&committed), Arc::clone(&began));
            writers.spawn(async move {
                tokio::time::sleep(Duration::from_micros(n * 137 % 9_000)).await;
                let mine = committed.fetch_add(1, Ordering::SeqCst) + 1;
                flush.wait().await.unwrap();
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
    async fn a_flush_that_failed_is_told_to_all_it_was_for_and_to_nobody_else() {
        let broken = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&broken);
        let flush = Flush::by(move || match asked.load(Ordering::SeqCst) {
            true => Err(io::Error::other("no")),
            false => Ok(()),
        });
        flush.wait().await.unwrap();
        broken.store(true, Ordering::SeqCst);
        let (one, two) = tokio::join!(flush.wait(), flush.wait());
        assert!(matches!(one, Err(Error::Disk(_))) && matches!(two, Err(Error::Disk(_))));
        broken.store(false, Ordering::SeqCst);
        flush.wait().await.unwrap();
    }
}
