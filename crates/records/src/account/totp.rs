//! The second step at sign-in: codes of an authenticator (RFC 6238), and recovery codes.
//!
//! SHA-1, six digits, thirty seconds: the only kind that every authenticator knows. A clock may
//! be one step off. A step serves once: the last one used is kept, and only later ones fit.
//! The key itself must be readable, or no code could be computed; it stands in the database only,
//! and no page but the one that sets it up, no note and no log ever holds it.

use super::secret;
use super::store::note;
use ::store::{Tx, params};
use domain::{Id, Instant};
use shell::{Error, Random, Result};
use totp_rs::{Builder, Totp};

/// A key that was shown and not confirmed is forgotten after so long.
const SETTING_UP: i64 = 3_600_000;

/// What a typed code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// A code of the authenticator, used now.
    Code,
    /// A recovery code, used now.
    Recovery,
    /// It was right and has been used already.
    Used,
    /// It is wrong.
    No,
}

impl Fit {
    /// Whether it opens.
    pub(super) fn opens(self) -> bool {
        matches!(self, Fit::Code | Fit::Recovery)
    }

    /// What to say where it does not.
    pub(super) fn trouble(self) -> &'static str {
        if self == Fit::Used { "account-code-used" } else { "account-code-wrong" }
    }
}

fn authenticator(key: &str) -> Result<Totp> {
    let bytes = secret::from_base32(key).and_then(|b| <[u8; 20]>::try_from(b).ok());
    let bytes = bytes.ok_or_else(|| Error::Defect("a key that is none".to_owned()))?;
    // The builder's own settings are those of this module: SHA-1, six digits, 30 s, one step.
    Builder::new().with_secret(bytes).build().map_err(|_| Error::Defect("a key too short".to_owned()))
}

/// The step that a code belongs to.
fn step(key: &str, code: &str, now: Instant) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.div_euclid(1_000)).unwrap_or(0);
    let step = authenticator(key)?.check(code, seconds);
    Ok(step.and_then(|s| i64::try_from(s).ok()))
}

/// Since when the account asks for a code; `None` when it does not.
pub(super) async fn since(tx: &mut Tx, account: Id) -> Result<Option<Instant>> {
    let row = tx.first("SELECT since FROM account_code WHERE account = $1", params![account]).await?;
    Ok(row.map(|r| r.opt_int("since")).transpose()?.flatten())
}

/// How many recovery codes are left.
pub(super) async fn left(tx: &mut Tx, account: Id) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM account_recovery WHERE account = $1 AND used_at IS NULL";
    Ok(tx.one(sql, params![account]).await?.int("n")?)
}

/// Makes a key to be confirmed; `None` when one is in use already.
pub(super) async fn prepare(
    tx: &mut Tx,
    random: &dyn Random,
    account: Id,
    now: Instant,
) -> Result<Option<String>> {
    let key = secret::key(random)?;
    let made = tx
        .execute(
            "INSERT INTO account_code (account, secret, begun_at) VALUES ($1, $2, $3)
             ON CONFLICT (account) DO UPDATE SET secret = $2, begun_at = $3, last_step = 0
             WHERE account_code.since IS NULL",
            params![account, &key, now],
        )
        .await?;
    Ok((made > 0).then_some(key))
}

/// The key that waits for its first code.
pub(super) async fn prepared(tx: &mut Tx, account: Id, now: Instant) -> Result<Option<String>> {
    let sql = "SELECT secret FROM account_code WHERE account = $1 AND since IS NULL AND begun_at >= $2";
    let row = tx.first(sql, params![account, now - SETTING_UP]).await?;
    Ok(row.map(|r| r.words("secret")).transpose()?)
}

/// Turns it on with the first code of the authenticator; `false` when the code does not fit.
pub(super) async fn confirm(tx: &mut Tx, account: Id, typed: &str, now: Instant) -> Result<bool> {
    let Some(key) = prepared(tx, account, now).await? else { return Ok(false) };
    let Some(step) = step(&key, &secret::typed(typed), now)? else { return Ok(false) };
    let sql = "UPDATE account_code SET since = $2, last_step = $3 WHERE account = $1 AND since IS NULL";
    if tx.execute(sql, params![account, now, step]).await? == 0 {
        return Ok(false);
    }
    note(tx, "code-on", "account", account.to_string(), String::new(), String::new());
    Ok(true)
}

/// New recovery codes in place of all earlier ones.
pub(super) async fn new_codes(tx: &mut Tx, random: &dyn Random, account: Id) -> Result<Vec<String>> {
    let codes = secret::recovery_codes(random)?;
    tx.execute("DELETE FROM account_recovery WHERE account = $1", params![account]).await?;
    let rows: Vec<_> =
        codes.iter().map(|code| params![account, recovery_hash(account, &secret::typed(code))].to_vec()).collect();
    tx.insert("account_recovery", &["account", "code"], &rows).await?;
    note(tx, "recovery-codes", "account", account.to_string(), String::new(), String::new());
    Ok(codes)
}

fn recovery_hash(account: Id, code: &str) -> String {
    secret::hashed("recovery", &format!("{account}\n{code}"))
}

/// Whether a typed code opens the account now; if so, it is used up.
pub(super) async fn fits(tx: &mut Tx, account: Id, typed: &str, now: Instant) -> Result<Fit> {
    let typed = secret::typed(typed);
    let sql = "SELECT secret FROM account_code WHERE account = $1 AND since IS NOT NULL";
    let Some(row) = tx.first(sql, params![account]).await? else { return Ok(Fit::No) };
    if let Some(step) = step(row.text("secret")?, &typed, now)? {
        let sql = "UPDATE account_code SET last_step = $2 WHERE account = $1 AND last_step < $2";
        let used = tx.execute(sql, params![account, step]).await?;
        return Ok(if used > 0 { Fit::Code } else { Fit::Used });
    }
    let code = recovery_hash(account, &typed);
    let sql = "UPDATE account_recovery SET used_at = $3 WHERE account = $1 AND code = $2 AND used_at IS NULL";
    if tx.execute(sql, params![account, &code, now]).await? > 0 {
        note(tx, "recovery-used", "account", account.to_string(), String::new(), String::new());
        return Ok(Fit::Recovery);
    }
    let sql = "SELECT code FROM account_recovery WHERE account = $1 AND code = $2";
    let known = tx.first(sql, params![account, &code]).await?;
    Ok(if known.is_some() { Fit::Used } else { Fit::No })
}

/// Turns it off; nothing of it is left.
pub(super) async fn off(tx: &mut Tx, account: Id) -> Result<()> {
    tx.execute("DELETE FROM account_recovery WHERE account = $1", params![account]).await?;
    if tx.execute("DELETE FROM account_code WHERE account = $1", params![account]).await? > 0 {
        note(tx, "code-off", "account", account.to_string(), String::new(), String::new());
    }
    Ok(())
}

/// What the QR code of a key says to an authenticator.
pub(super) fn address(name: &str, key: &str) -> String {
    let name = crate::address::segment(name);
    format!("otpauth://totp/Nen%20Nep:{name}?secret={key}&issuer=Nen%20Nep&algorithm=SHA1&digits=6&period=30")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // The secret and the times of its appendix B; the last six of the eight digits there.
        let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = second * 1_000;
            assert_eq!(step(key, code, now).unwrap(), Some(second / 30));
            assert_eq!(step(key, code, now + 30_000).unwrap(), Some(second / 30), "a clock one step off");
            assert_eq!(step(key, code, now + 90_000).unwrap(), None, "no more than one");
        }
        assert_eq!(step(key, "28708", 59_000).unwrap(), None);
        assert!(step("no key", "287082", 59_000).is_err());
    }
}
