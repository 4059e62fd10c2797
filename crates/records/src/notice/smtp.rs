//! Handing a mail to the office's mail server.
//!
//! The server is named by one address, `smtp://user:password@host:port` or `smtps://…`. A password goes over the
//! network only in a channel that is encrypted, unless the server stands on this very machine. Neither the password
//! nor the address of a receiver reaches a message or a log.

use super::letter::Mail;
use domain::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Letter, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::fmt;
use std::pin::Pin;
use std::time::{Duration, UNIX_EPOCH};

/// What became of a mail that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// The server took it.
    Taken,
    /// The server will never take it: why.
    Refused(String),
    /// Not now: why.
    Later(String),
    /// There is no server to be reached: why. No other mail need be tried.
    Away(String),
}

/// What hands mails over.
pub trait Carrier: Send + Sync {
    /// Hands one over; it must answer in good time.
    fn carry<'a>(&'a self, mail: &'a Mail) -> Pin<Box<dyn Future<Output = Carried> + Send + 'a>>;
    /// The domain of the sender, for Message-IDs.
    fn domain(&self) -> &str;
}

/// The office's server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address of the server holds its password.
        f.debug_struct("Smtp").finish_non_exhaustive()
    }
}

/// The host of an address, and whether somebody signs in there.
fn host(url: &str) -> Option<(&str, bool)> {
    let rest = url.split_once("://")?.1;
    let place = rest.split(['/', '?', '#']).next()?;
    let (signs_in, place) = place.rsplit_once('@').map_or((false, place), |(_, place)| (true, place));
    let host = match place.strip_prefix('[') {
        Some(six) => six.split(']').next()?,
        None => place.split(':').next()?,
    };
    (!host.is_empty()).then_some((host, signs_in))
}

/// The address with how it is to be encrypted, when it does not say so itself.
fn encrypted(url: &str) -> Option<String> {
    let (host, signs_in) = host(url)?;
    let here = matches!(host, "localhost" | "127.0.0.1" | "::1");
    if !url.starts_with("smtp://") || url.contains("tls=") || here {
        return Some(url.to_owned());
    }
    let how = if signs_in { "required" } else { "opportunistic" };
    let sign = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{sign}tls={how}"))
}

impl Smtp {
    /// The server of an address, and the sender; without one the sign-in name is it, when it is an address.
    ///
    /// # Errors
    /// What is wrong with the settings, without repeating them.
    pub fn new(url: &str, from: &str, patience: Duration) -> Result<Smtp, Message> {
        let wrong = || Message::new("notice-server-wrong");
        let url = encrypted(url).ok_or_else(wrong)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).map_err(|_| wrong())?;
        let signs_in = url.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).map(|(who, _)| who);
        let user = signs_in.and_then(|who| who.split(':').next()).unwrap_or_default().replace("%40", "@");
        let from = if from.trim().is_empty() { user.as_str() } else { from.trim() };
        let from = from.parse().map_err(|_| Message::new("notice-from-wrong"))?;
        Ok(Smtp { transport: builder.timeout(Some(patience)).build(), from })
    }
}

/// A header that `lettre` does not know.
macro_rules! header {
    ($name:ident, $word:literal) => {
        #[derive(Clone)]
        struct $name(String);
        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($word)
            }
            fn parse(text: &str) -> Result<$name, Box<dyn std::error::Error + Send + Sync>> {
                Ok($name(text.to_owned()))
            }
            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}
header!(ListUnsubscribe, "List-Unsubscribe");
header!(ListUnsubscribePost, "List-Unsubscribe-Post");
header!(AutoSubmitted, "Auto-Submitted");

fn letter(from: &Mailbox, mail: &Mail) -> Option<Letter> {
    let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.at).ok()?);
    let mut builder = Letter::builder()
        .from(from.clone())
        .to(mail.to.parse().ok()?)
        .date(at)
        .message_id(Some(mail.message_id.clone()))
        .subject(mail.subject.clone())
        // So that no absence note answers it.
        .header(AutoSubmitted("auto-generated".to_owned()));
    if !mail.stop.is_empty() {
        builder = builder
            .header(ListUnsubscribe(format!("<{}>", mail.stop)))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    builder.multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone())).ok()
}

/// Codes by which a server says of one receiver that it will never take a mail for them. Others of its lasting
/// refusals (a wrong password, a relay that is not allowed) are of the office's setting, which gets mended.
const NEVER: [u16; 6] = [501, 550, 551, 552, 553, 556];

fn told(error: &lettre::transport::smtp::Error, to: &str) -> Carried {
    let code = error.status().map(u16::from);
    // The server's words often repeat the receiver, whom the administrator need not read.
    let words = error.to_string().replace(to, "…");
    let words: String = words.chars().filter(|c| !c.is_control()).take(300).collect();
    match code {
        Some(code) if NEVER.contains(&code) => Carried::Refused(words),
        Some(_) => Carried::Later(words),
        None if error.is_response() || error.is_client() => Carried::Later(words),
        None => Carried::Away(words),
    }
}

impl Carrier for Smtp {
    fn carry<'a>(&'a self, mail: &'a Mail) -> Pin<Box<dyn Future<Output = Carried> + Send + 'a>> {
        Box::pin(async move {
            let Some(letter) = letter(&self.from, mail) else {
                return Carried::Refused("the address or the mail cannot be written".to_owned());
            };
            match self.transport.send(letter).await {
                Ok(_) => Carried::Taken,
                Err(error) => told(&error, &mail.to),
            }
        })
    }

    fn domain(&self) -> &str {
        self.from.email.domain()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_goes_only_where_nobody_listens() {
        for (given, meant) in [
            ("smtp://a:b@mail.example.vn:587", "smtp://a:b@mail.example.vn:587?tls=required"),
            ("smtp://mail.example.vn", "smtp://mail.example.vn?tls=opportunistic"),
            ("smtp://a:b@localhost:25", "smtp://a:b@localhost:25"),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://[::1]:2525", "smtp://[::1]:2525"),
            ("smtps://a:b@mail.example.vn", "smtps://a:b@mail.example.vn"),
            ("smtp://a:b@mail.example.vn?tls=opportunistic", "smtp://a:b@mail.example.vn?tls=opportunistic"),
            // A password that looks like a place does not make one.
            ("smtp://a:x@localhost@mail.example.vn", "smtp://a:x@localhost@mail.example.vn?tls=required"),
        ] {
            assert_eq!(encrypted(given).as_deref(), Some(meant));
        }
        assert_eq!(encrypted("mail.example.vn"), None);
        assert_eq!(encrypted("smtp://"), None);
    }

    #[test]
    fn settings_that_are_wrong_are_told_without_the_password() {
        let new = |url, from| Smtp::new(url, from, Duration::from_secs(1));
        assert_eq!(new("ftp://a:secret@b", "a@b.vn").unwrap_err().key, "notice-server-wrong");
        assert_eq!(new("smtp://host", "").unwrap_err().key, "notice-from-wrong");
        assert_eq!(new("smtp://host", "Nền Nếp").unwrap_err().key, "notice-from-wrong");
        let own = new("smtp://van.phong%40example.vn:secret@host", "").unwrap();
        assert_eq!(own.domain(), "example.vn");
        assert!(!format!("{own:?}").contains("secret"));
        assert_eq!(new("smtp://host", "Nền Nếp <nenep@so.example.vn>").unwrap().domain(), "so.example.vn");
    }

    #[test]
    fn a_mail_has_its_headers_and_both_forms() {
        let mail = Mail {
            message_id: "<1@x.vn>".to_owned(),
            to: "a@b.vn".to_owned(),
            at: 1_710_465_000_000,
            subject: "Mời dự: Sinh hoạt".to_owned(),
            text: "Kính mời".to_owned(),
            html: "<p>Kính mời</p>".to_owned(),
            stop: "https://x.vn/stop/1/session".to_owned(),
        };
        let written = letter(&"Nền Nếp <n@x.vn>".parse().unwrap(), &mail).unwrap();
        let text = String::from_utf8(written.formatted()).unwrap();
        for line in [
            "Message-ID: <1@x.vn>",
            "List-Unsubscribe: <https://x.vn/stop/1/session>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Auto-Submitted: auto-generated",
            "Date: Fri, 15 Mar 2024 01:10:00 +0000",
            "multipart/alternative",
            "text/plain",
            "text/html",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        let twice = letter(&"n@x.vn".parse().unwrap(), &Mail { to: "no address".to_owned(), ..mail });
        assert!(twice.is_none());
    }
}
