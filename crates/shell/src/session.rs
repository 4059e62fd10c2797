//! Sessions: who is signed in at which browser, and the form tokens that go with it.
//!
//! Every browser holds a cookie with a random 256-bit token. The database knows only its
//! SHA-256, and only once somebody has signed in; a stolen database opens no session. The
//! form token is made from the same secret by another hash, so it needs no storage and works
//! before sign-in too. A session ends after [`IDLE`] without a request, or after [`LIFE`].

use crate::site::SiteConfig;
use crate::visit::Visit;
use crate::{Error, Result};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponseParts, ResponseParts};
use domain::{Id, Instant};
use sha2::{Digest, Sha256};
use store::{Migration, Row, Tx, params};

/// A session unused for so long is over (milliseconds).
pub const IDLE: i64 = 8 * 3_600_000;
/// A session so old is over (milliseconds).
pub const LIFE: i64 = 7 * 24 * 3_600_000;
/// A session's last use is written down this seldom, so that reading pages writes nothing.
pub(crate) const NOTED_EVERY: i64 = 5 * 60_000;

/// The table of sessions. `records/account` brings it along with its own.
pub const MIGRATION: Migration = Migration {
    feature: "session",
    version: 1,
    sql: "CREATE TABLE session (
        id TEXT PRIMARY KEY,
        account TEXT NOT NULL,
        device TEXT NOT NULL,
        created BIGINT NOT NULL,
        seen BIGINT NOT NULL,
        expires BIGINT NOT NULL
    );
    CREATE INDEX session_account ON session (account);",
};

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's token.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// Browser and system in two words; may be empty.
    pub device: String,
    /// When they signed in.
    pub created: Instant,
    /// When it was last used, within five minutes.
    pub seen: Instant,
    /// When it ends at the latest.
    pub expires: Instant,
}

fn session(row: &Row) -> store::Result<Session> {
    Ok(Session {
        id: row.words("id")?,
        account: row.words("account")?,
        device: row.words("device")?,
        created: row.int("created")?,
        seen: row.int("seen")?,
        expires: row.int("expires")?,
    })
}

/// The secret that a browser holds. Never logged, never stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl Token {
    pub(crate) fn new(random: &dyn crate::Random) -> Result<Token> {
        let mut bytes = [0_u8; 32];
        random.fill(&mut bytes).map_err(|e| Error::Defect(format!("no randomness: {e}")))?;
        Ok(Token(hex(&bytes)))
    }

    /// The token of a cookie; anything that we cannot have made is no token.
    pub(crate) fn from_cookie(headers: &HeaderMap, config: &SiteConfig) -> Option<Token> {
        let value = cookie(headers, cookie_name(config))?;
        let ours = value.len() == 64 && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ours.then(|| Token(value.to_owned()))
    }

    pub(crate) fn session_id(&self) -> String {
        hex(&Sha256::digest(format!("session\n{}", self.0)))
    }

    pub(crate) fn form_token(&self) -> String {
        hex(&Sha256::digest(format!("form\n{}", self.0)))
    }

    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn given(value: &str) -> Token {
        Token(value.to_owned())
    }

    pub(crate) fn set_cookie(&self, config: &SiteConfig) -> String {
        // No Max-Age: on a shared computer the session ends with the browser.
        let secure = if config.secure_cookies { "; Secure" } else { "" };
        format!("{}={}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(config), self.0)
    }
}

/// `__Host-` makes the browser itself refuse a cookie that a neighbouring site tries to plant.
pub(crate) fn cookie_name(config: &SiteConfig) -> &'static str {
    if config.secure_cookies { "__Host-nenep" } else { "nenep" }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, value)| value)
}

/// A `Set-Cookie` header that a handler returns beside its response.
#[derive(Debug, Clone)]
pub struct SetCookie(pub(crate) String);

impl IntoResponseParts for SetCookie {
    type Error = std::convert::Infallible;
    fn into_response_parts(
        self,
        mut parts: ResponseParts,
    ) -> std::result::Result<ResponseParts, Self::Error> {
        if let Ok(value) = HeaderValue::from_str(&self.0) {
            parts.headers_mut().append(header::SET_COOKIE, value);
        }
        Ok(parts)
    }
}

/// Signs an account in: a fresh token (so nobody can plant one beforehand), the session that
/// the browser had is ended, sessions that are over are cleared away.
pub async fn begin(visit: &Visit, tx: &mut Tx, account: Id) -> Result<SetCookie> {
    let now = visit.now();
    let token = Token::new(&*visit.site().random)?;
    tx.execute(
        "DELETE FROM session WHERE id = $1 OR expires < $2 OR seen < $3",
        params![visit.token().session_id(), now, now - IDLE],
    )
    .await?;
    tx.execute(
        "INSERT INTO session (id, account, device, created, seen, expires) VALUES ($1, $2, $3, $4, $4, $5)",
        params![token.session_id(), account, visit.device(), now, now + LIFE],
    )
    .await?;
    Ok(SetCookie(token.set_cookie(&visit.site().config)))
}

/// The session of an id, when it is not over.
pub async fn find(tx: &mut Tx, id: &str, now: Instant) -> store::Result<Option<Session>> {
    let row = tx
        .first(
            "SELECT id, account, device, created, seen, expires FROM session
             WHERE id = $1 AND expires >= $2 AND seen >= $3",
            params![id, now, now - IDLE],
        )
        .await?;
    row.as_ref().map(session).transpose()
}

/// The sessions of an account that are not over, the last used first.
pub async fn list(tx: &mut Tx, account: Id, now: Instant) -> store::Result<Vec<Session>> {
    let rows = tx
        .query(
            "SELECT id, account, device, created, seen, expires FROM session
             WHERE account = $1 AND expires >= $2 AND seen >= $3 ORDER BY seen DESC, id",
            params![account, now, now - IDLE],
        )
        .await?;
    rows.iter().map(session).collect()
}

/// Ends a session of an account; `false` when it has none of that id.
pub async fn end(tx: &mut Tx, account: Id, id: &str) -> store::Result<bool> {
    let ended =
        tx.execute("DELETE FROM session WHERE account = $1 AND id = $2", params![account, id]).await?;
    Ok(ended > 0)
}

/// Ends every session of an account but one.
pub async fn end_all(tx: &mut Tx, account: Id, except: Option<&str>) -> store::Result<u64> {
    tx.execute("DELETE FROM session WHERE account = $1 AND id <> $2", params![account, except.unwrap_or("")])
        .await
}

/// Notes that a session was used.
pub(crate) async fn touch(tx: &mut Tx, id: &str, now: Instant) -> store::Result<()> {
    tx.execute("UPDATE session SET seen = $2 WHERE id = $1", params![id, now]).await.map(|_| ())
}

/// Browser and system in two words. The header itself is not kept: it tells too much.
pub(crate) fn device(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    // The order matters: Edge, Cốc Cốc and Opera call themselves Chrome, Chrome calls itself Safari.
    let browser = find(&[
        ("coc_coc", "Cốc Cốc"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Actor, FixedClock};
    use std::sync::Arc;

    #[test]
    fn a_browser_is_named_in_two_words() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0";
        assert_eq!(device(edge), "Edge · Windows");
        let phone = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
        assert_eq!(device(phone), "Chrome · Android");
        assert_eq!(device("curl/8"), "");
    }

    #[test]
    fn only_what_we_could_have_made_is_a_token() {
        let config = SiteConfig { secure_cookies: false, ..SiteConfig::default() };
        let of = |cookie: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
            Token::from_cookie(&headers, &config)
        };
        let good = "a1".repeat(32);
        assert!(of(&format!("x=1; nenep={good}; y=2")).is_some());
        assert!(of(&format!("nenep={}", "A1".repeat(32))).is_none());
        assert!(of("nenep=short").is_none());
        assert!(of(&format!("__Host-nenep={good}")).is_none());
    }

    #[test]
    fn the_form_token_does_not_tell_the_session() {
        let token = Token("a1".repeat(32));
        assert_ne!(token.form_token(), token.session_id());
    }

    #[tokio::test]
    async fn a_session_ends_when_idle_when_old_and_when_told() {
        let both = store::testing::both(&[MIGRATION], Arc::new(FixedClock(0))).await;
        for db in &both.all {
            let (account, other) = (Id::new(), Id::new());
            let mut tx = db.write(&Actor::Operator).await.unwrap();
            for (id, seen, expires) in [("a", 0, LIFE), ("b", 1_000, LIFE), ("old", LIFE - 1, LIFE - 1)] {
                tx.execute(
                    "INSERT INTO session (id, account, device, created, seen, expires) VALUES ($1, $2, '', 0, $3, $4)",
                    params![id, account, seen, expires],
                )
                .await
                .unwrap();
            }
            assert!(find(&mut tx, "a", IDLE).await.unwrap().is_some());
            assert!(find(&mut tx, "a", IDLE + 1).await.unwrap().is_none(), "idle too long");
            assert!(find(&mut tx, "old", LIFE).await.unwrap().is_none(), "too old, though just used");
            touch(&mut tx, "a", 5_000).await.unwrap();
            let ids: Vec<_> =
                list(&mut tx, account, 6_000).await.unwrap().into_iter().map(|s| s.id).collect();
            assert_eq!(ids, ["old", "a", "b"]);
            assert!(!end(&mut tx, other, "a").await.unwrap(), "nobody ends another's session");
            assert!(end(&mut tx, account, "b").await.unwrap());
            assert_eq!(end_all(&mut tx, account, Some("a")).await.unwrap(), 1);
            assert_eq!(list(&mut tx, account, 6_000).await.unwrap().len(), 1);
        }
    }
}
