//! Passwords: the rules, and Argon2id with the parameters OWASP asks for (19 MiB, 2 passes, 1 lane).

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::{Message, text};
use shell::{Error, Random};
use std::collections::HashSet;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

const LEAST: usize = 10;
/// Longer ones only make the server work.
const MOST: usize = 200;
/// Fewer different characters than this are `1111111111` or `abababab…`.
const DIFFERENT: usize = 4;

/// Hashing takes 19 MiB and a core for a moment; more at once would let strangers exhaust both.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Verified when the name is unknown, so that the time tells nothing.
static DUMMY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password", &[7; 16]).unwrap_or_default());

/// A new password that keeps the rules, hashed. It does not print itself.
pub struct NewPassword(String);

impl NewPassword {
    /// Checks the rules for the account of this name and hashes.
    ///
    /// [`Error::Problem`] says which rule is broken.
    pub async fn make(random: &dyn Random, name: &str, password: &str) -> Result<NewPassword, Error> {
        let password = comparable(password);
        if let Some(message) = broken_rule(name, &password) {
            return Err(Error::Problem(message));
        }
        let mut salt = [0_u8; 16];
        random.fill(&mut salt).map_err(|e| Error::Defect(format!("no randomness: {e}")))?;
        let hashed = on_a_thread(move || hash(&password, &salt)).await?;
        hashed.map(NewPassword).map_err(|e| Error::Defect(format!("argon2: {e}")))
    }

    pub(super) fn hash(&self) -> &str {
        &self.0
    }
}

/// Keyboards write "ậ" as one character or as two; both are the same password.
fn comparable(password: &str) -> String {
    text::tidy(&password.chars().take(MOST + 1).collect::<String>())
}

fn broken_rule(name: &str, password: &str) -> Option<Message> {
    let length = password.chars().count();
    if length < LEAST {
        return Some(Message::new("account-password-short").with("least", LEAST));
    }
    if length > MOST {
        return Some(Message::new("account-password-long").with("most", MOST));
    }
    if text::fold(password).contains(&text::fold(name)) {
        return Some(Message::new("account-password-name"));
    }
    if password.chars().collect::<HashSet<_>>().len() < DIFFERENT {
        return Some(Message::new("account-password-simple"));
    }
    None
}

fn argon2() -> argon2::Result<Argon2<'static>> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None)?))
}

fn hash(password: &str, salt: &[u8]) -> Result<String, String> {
    let argon2 = argon2().map_err(|e| e.to_string())?;
    let hash = argon2.hash_password_with_salt(password.as_bytes(), salt).map_err(|e| e.to_string())?;
    Ok(hash.to_string())
}

/// Whether it is the password of this hash; without a hash (no such account) it takes as long
/// and says no.
pub(super) async fn verify(password: &str, stored: Option<String>) -> Result<bool, Error> {
    let password = comparable(password);
    on_a_thread(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| DUMMY.clone());
        let fits = PasswordHash::new(&stored).is_ok_and(|hash| {
            argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok())
        });
        known && fits
    })
    .await
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _turn = AT_ONCE.acquire().await.map_err(|e| Error::Defect(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Defect(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shell::SystemRandom;

    #[tokio::test]
    async fn a_password_fits_its_hash_and_no_other() {
        let new = NewPassword::make(&SystemRandom, "thu.ky", "mật khẩu đủ dài").await.unwrap();
        assert!(new.hash().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", new.hash());
        let stored = || Some(new.hash().to_owned());
        assert!(verify("mật khẩu đủ dài", stored()).await.unwrap());
        // The same words from a keyboard that composes differently.
        let decomposed = "ma\u{323}\u{302}t kha\u{302}\u{309}u đu\u{309} da\u{300}i";
        assert!(verify(decomposed, stored()).await.unwrap());
        assert!(!verify("mật khẩu đủ dai", stored()).await.unwrap());
        assert!(!verify("nobody has this password", None).await.unwrap(), "the dummy opens nothing");
        assert!(!verify("x", Some("no hash".to_owned())).await.unwrap());
        let again = NewPassword::make(&SystemRandom, "thu.ky", "mật khẩu đủ dài").await.unwrap();
        assert_ne!(new.hash(), again.hash(), "a salt of its own each time");
    }

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        for (password, key) in [
            ("ngắn quá", "account-password-short"),
            ("Thu.Ky-2026-dài", "account-password-name"),
            ("THƯ.KÝ.2026!", "account-password-name"),
            ("ababababababab", "account-password-simple"),
            (&"dài ơi là dài ".repeat(20), "account-password-long"),
        ] {
            assert_eq!(broken_rule("thu.ky", password).map(|m| m.key), Some(key), "{password}");
        }
        assert_eq!(broken_rule("thu.ky", "đồng hồ xanh 26"), None);
    }
}
