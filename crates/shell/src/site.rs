//! What the whole program shares at run time: the database, the texts, the gate, the settings.

use crate::Messages;
use domain::{Action, Actor, Day};
use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use store::{Db, Tx};

/// The answer of a [`Gate`], which may have to ask the database.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = store::Result<T>> + Send + 'a>>;

/// Decides who may do what. The only implementation of the product is `records/account`.
pub trait Gate: Send + Sync + 'static {
    /// The account of a session; `None` when it is gone or disabled.
    fn account<'a>(&'a self, tx: &'a mut Tx, id: &'a str) -> Answer<'a, Option<Actor>>;

    /// Every action that the actor holds on at least one unit today.
    fn actions<'a>(&'a self, tx: &'a mut Tx, actor: &'a Actor, today: Day) -> Answer<'a, Vec<Action>>;

    /// Whether the actor may do it on the unit with this code. An unknown unit: no.
    fn may<'a>(
        &'a self,
        tx: &'a mut Tx,
        actor: &'a Actor,
        action: Action,
        unit_code: &'a str,
        today: Day,
    ) -> Answer<'a, bool>;
}

/// A source of random bytes; passed in so that tests can repeat themselves.
pub trait Random: Send + Sync + 'static {
    /// Fills all of `bytes`, or says that the machine has no randomness to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), String>;
}

/// The machine's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), String> {
        getrandom::fill(bytes).map_err(|e| e.to_string())
    }
}

/// Settings of the site.
#[derive(Debug, Clone)]
pub struct SiteConfig {
    /// Cookies only over HTTPS. On everywhere but on one's own machine.
    pub secure_cookies: bool,
    /// The address that people use, `https://nenep.example.vn`; empty when only the Host
    /// header is known. A form sent from it is ours even behind a proxy that changes Host.
    pub base_url: String,
    /// Whether the last address of `X-Forwarded-For` is the visitor's: only behind one's own proxy.
    pub trust_proxy: bool,
    /// Whether the office sends notices by mail; without it no page speaks of them.
    pub mails: bool,
    /// The longest form, in bytes.
    pub form_limit: usize,
    /// The longest upload, in bytes.
    pub upload_limit: usize,
    /// How long a page may take.
    pub patience: Duration,
}

impl Default for SiteConfig {
    fn default() -> SiteConfig {
        SiteConfig {
            secure_cookies: true,
            base_url: String::new(),
            trust_proxy: false,
            mails: false,
            form_limit: 1 << 20,
            upload_limit: 32 << 20,
            patience: Duration::from_secs(60),
        }
    }
}

/// A line of the main menu, shown to those who hold the action somewhere.
#[derive(Debug, Clone, Copy)]
pub struct MenuItem {
    /// The key of its text.
    pub key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Who sees it; `None` is everybody who is signed in.
    pub action: Option<Action>,
}

/// The state behind every handler. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The database.
    pub db: Db,
    /// The texts.
    pub messages: Arc<Messages>,
    /// Who may do what.
    pub gate: Arc<dyn Gate>,
    /// The settings.
    pub config: Arc<SiteConfig>,
    /// The main menu.
    pub menu: Arc<[MenuItem]>,
    /// Where tokens and salts come from.
    pub random: Arc<dyn Random>,
    /// What upper crates carry, each of a type of its own.
    extra: Vec<Arc<dyn Any + Send + Sync>>,
}

impl Site {
    /// A site with the machine's randomness, an empty menu and nothing extra.
    pub fn new(db: Db, messages: Arc<Messages>, gate: impl Gate, config: SiteConfig) -> Site {
        Site {
            db,
            messages,
            gate: Arc::new(gate),
            config: Arc::new(config),
            menu: Arc::from([]),
            random: Arc::new(SystemRandom),
            extra: Vec::new(),
        }
    }

    /// The site with one more value of the upper crates, which handlers get back by its type with [`Site::extra`].
    #[must_use]
    pub fn carrying<T: Any + Send + Sync>(mut self, extra: T) -> Site {
        self.extra.push(Arc::new(extra));
        self
    }

    /// The site with a main menu.
    #[must_use]
    pub fn menu(mut self, menu: &[MenuItem]) -> Site {
        self.menu = Arc::from(menu);
        self
    }

    /// The site with another source of random bytes.
    #[must_use]
    pub fn random(mut self, random: impl Random) -> Site {
        self.random = Arc::new(random);
        self
    }

    /// The value of this type that was given to [`Site::carrying`].
    pub fn extra<T: Any>(&self) -> Option<&T> {
        self.extra.iter().find_map(|extra| extra.downcast_ref())
    }
}
