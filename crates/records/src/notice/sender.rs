//! Sending what waits: by the server all the time, or by `nenep mail send` now and then; several at once are no harm.

use super::outbox::{self, Waiting};
use super::smtp::{Carried, Carrier};
use super::topic::What;
use super::{digest, letter};
use domain::{Actor, Instant};
use shell::Site;
use std::sync::Arc;
use std::time::Duration;
use store::Result;
use tokio::sync::watch;

/// How quickly it is sent and tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The pause after a first failure.
    pub pause: Duration,
    /// How often it is looked whether anything waits.
    pub look: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { pause: Duration::from_secs(60), look: Duration::from_secs(10) }
    }
}

impl Pace {
    /// How long handing over one mail may take.
    pub fn patience(self) -> Duration {
        (self.pause / 2).max(Duration::from_secs(2))
    }

    /// How long a mail is one sender's: longer than handing it over may take.
    fn claim(self) -> i64 {
        millis(self.patience() * 2)
    }

    /// The pause after so many failures.
    fn after(self, tries: i64) -> i64 {
        const GROWING: [i64; 7] = [1, 5, 15, 60, 240, 480, 720];
        let at = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX).min(GROWING.len() - 1);
        millis(self.pause) * GROWING.get(at).copied().unwrap_or(720)
    }
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// What sends: the site whose mails they are, and what hands them over.
#[derive(Clone)]
pub struct Post {
    /// The site.
    pub site: Site,
    /// What hands mails over.
    pub carrier: Arc<dyn Carrier>,
    /// The address of the site in links.
    pub base: String,
    /// How quickly.
    pub pace: Pace,
}

/// What became of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Mails that went out.
    pub sent: usize,
    /// Mails that wait longer or were given up.
    pub failed: usize,
    /// Whether the server could not be reached at all.
    pub away: bool,
}

/// Sends until the end is told: a round, a pause, and longer pauses while no server answers.
pub async fn run(post: Post, mut end: watch::Receiver<bool>) {
    let mut pause = post.pace.look;
    while !*end.borrow() {
        pause = match round(&post, &end).await {
            Ok(Outcome { away: false, .. }) => post.pace.look,
            Ok(_) => (pause * 2).min(post.pace.pause * 10),
            Err(error) => {
                // The database may be gone for a while; what waits stays.
                tracing::warn!(%error, "notices wait");
                (pause * 2).min(post.pace.pause * 10)
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            changed = end.changed() => if changed.is_err() { return },
        }
    }
}

/// Makes the digests that are due and sends everything that is due now.
pub async fn round(post: &Post, end: &watch::Receiver<bool>) -> Result<Outcome> {
    digest::make(post).await?;
    let db = &post.site.db;
    let mut outcome = Outcome::default();
    while !*end.borrow() {
        // Looking takes no lock: most of the time nothing waits.
        let mut tx = db.read().await?;
        let Some(row) = outbox::due(&mut tx, db.clock().now()).await? else { break };
        drop(tx);
        match one(post, &row).await? {
            None => {}
            Some(Carried::Taken) => outcome.sent += 1,
            Some(Carried::Away(_)) => {
                outcome.failed += 1;
                outcome.away = true;
                break;
            }
            Some(_) => outcome.failed += 1,
        }
    }
    if outcome.sent > 0 || outcome.failed > 0 {
        let mut tx = db.write(&Actor::Operator).await?;
        outbox::forget(&mut tx, db.clock().now()).await?;
        tx.commit().await?;
        tracing::info!(sent = outcome.sent, failed = outcome.failed, "notices");
    }
    Ok(outcome)
}

/// Claims a mail, if nobody else has it, hands it over and notes what became of it.
async fn one(post: &Post, row: &Waiting) -> Result<Option<Carried>> {
    let db = &post.site.db;
    let now = db.clock().now();
    let mut tx = db.write(&Actor::Operator).await?;
    if now - row.since > outbox::GIVE_UP {
        outbox::give_up(&mut tx, &row.id, now, "").await?;
        return tx.commit().await.map(|()| None);
    }
    let what = What::from_code(&row.what);
    if what.is_some_and(|w| w.topic.is_some())
        && let Some(until) = outbox::full_until(&mut tx, &row.account, now).await?
    {
        outbox::postpone(&mut tx, &row.id, until, "").await?;
        return tx.commit().await.map(|()| None);
    }
    let mine = outbox::claim(&mut tx, &row.id, now, now + post.pace.claim()).await?;
    tx.commit().await?;
    if !mine {
        return Ok(None);
    }
    let (messages, domain) = (&post.site.messages, post.carrier.domain());
    let written = what.and_then(|what| letter::letter(messages, what, row, &post.base, domain));
    let carried = match written {
        None => Carried::Refused("a notice that this version cannot write".to_owned()),
        Some(mail) => match tokio::time::timeout(post.pace.patience(), post.carrier.carry(&mail)).await {
            Ok(carried) => carried,
            Err(_) => Carried::Away("no answer in time".to_owned()),
        },
    };
    note(post, row, &carried, db.clock().now()).await?;
    Ok(Some(carried))
}

/// Notes what became of a mail.
async fn note(post: &Post, row: &Waiting, carried: &Carried, now: Instant) -> Result<()> {
    let mut tx = post.site.db.write(&Actor::Operator).await?;
    match carried {
        Carried::Taken => outbox::sent(&mut tx, &row.id, now).await?,
        Carried::Refused(why) => outbox::give_up(&mut tx, &row.id, now, why).await?,
        Carried::Later(why) | Carried::Away(why) => {
            let until = now + post.pace.after(row.tries + 1);
            outbox::postpone(&mut tx, &row.id, until, why).await?;
        }
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_a_claim_outlasts_the_patience() {
        let pace = Pace::default();
        let pauses: Vec<i64> = (1..=9).map(|n| pace.after(n) / 60_000).collect();
        assert_eq!(pauses, [1, 5, 15, 60, 240, 480, 720, 720, 720]);
        assert!(pace.claim() > millis(pace.patience()));
    }
}
