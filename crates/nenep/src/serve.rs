//! The server: the site over an open database, until it is told to end.
//!
//! It keeps no state that matters: what it holds besides the database (the catalogue, figures
//! worked out before) can be lost at any moment, so several servers may stand before one database.

use crate::fail::Fail;
use crate::program::Program;
use crate::verb::serve::MailArgs;
use domain::Message;
use records::account::AccountGate;
use records::figure::App;
use records::notice::{self, Carrier, Pace, Post, Smtp};
use records::remember::Lists;
use records::{REGISTRY, overview};
use shell::{Site, SiteConfig};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::Db;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Settings of a server besides the program's own.
#[derive(Default)]
pub struct Settings {
    /// The address that people use (`https://…`); empty when it is the one listened on.
    pub base_url: String,
    /// Whether a proxy of one's own stands before the server and tells the visitor's address.
    pub trust_proxy: bool,
    /// The office's mail server; notices by mail are off without one.
    pub mail: MailArgs,
}

/// Serves the program's database on an address until Ctrl-C; open requests are finished first.
pub async fn run(program: &Program, listen: SocketAddr) -> Result<(), Fail> {
    run_with(program, listen, Settings::default()).await
}

/// As [`run`], with settings.
pub async fn run_with(program: &Program, listen: SocketAddr, settings: Settings) -> Result<(), Fail> {
    let db = program.open().await?;
    // Keys of entries that no device can still send; nothing else ever removes them.
    let mut tx = db.write(&domain::Actor::Operator).await?;
    shell::once::forget(&mut tx, db.clock().now()).await?;
    tx.commit().await?;
    let failed = |error: std::io::Error| {
        let message = Message::new("nenep-listen-failed").with("address", listen.to_string());
        Fail::Say(message.with("why", error.to_string()))
    };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().unwrap_or(listen);
    let carrier = carrier(&settings.mail)?;
    if carrier.is_some() && settings.base_url.is_empty() && !address.ip().is_loopback() {
        // A link to the address listened on would lead nobody here.
        return Err(Fail::Say(Message::new("nenep-mail-base-url")));
    }
    let pace = pace(&settings.mail);
    let site = site(program, db.clone(), address, settings, carrier.is_some())?;
    let warm = tokio::spawn(warm(site.clone(), db.clone(), program.clock.today()));
    let (end, told) = watch::channel(false);
    let sender = carrier.map(|carrier| {
        let base = match site.config.base_url.as_str() {
            "" => format!("http://{address}"),
            base => base.to_owned(),
        };
        tokio::spawn(notice::run(Post { site: site.clone(), carrier, base, pace }, told))
    });
    let app = shell::router(site, REGISTRY.routes()).map_err(|problems| {
        let say = |what| Message::new("nenep-route-problem").with("what", what);
        Fail::Many(problems.into_iter().map(say).collect())
    })?;
    let place = Message::new("nenep-serving").with("address", format!("http://{address}"));
    println!("{}", program.tr(&place));
    let served = shell::serve(app, listener, ended()).await.map_err(failed);
    warm.abort();
    if let Some(sender) = sender {
        // The mail that is being handed over is finished, so that it does not go out twice.
        end.send_replace(true);
        let _ = tokio::time::timeout(pace.patience() * 2, sender).await;
    }
    served?;
    db.close().await;
    Ok(())
}

/// Figures that pages will ask for are worked out before they do.
async fn warm(site: Site, db: Db, today: domain::Day) {
    let Some(figures) = site.extra::<Arc<App>>() else { return };
    // A database that fails here says so on the pages that need it.
    let _ = overview::expect(figures, &db, today).await;
    Arc::clone(figures).keep_warm(db).await;
}

/// What hands mails over, when the office set a server.
pub fn carrier(mail: &MailArgs) -> Result<Option<Arc<dyn Carrier>>, Fail> {
    if mail.mail.is_empty() {
        return Ok(None);
    }
    let smtp = Smtp::new(&mail.mail, &mail.mail_from, pace(mail).patience()).map_err(Fail::Say)?;
    Ok(Some(Arc::new(smtp)))
}

/// How quickly mails are sent and tried again.
pub fn pace(mail: &MailArgs) -> Pace {
    let pause = Duration::from_secs(mail.mail_pause.max(1));
    Pace { pause, look: (pause / 6).min(Duration::from_secs(10)) }
}

/// The whole site.
pub fn site(
    program: &Program,
    db: Db,
    address: SocketAddr,
    settings: Settings,
    mails: bool,
) -> Result<Site, Fail> {
    let book = program.book(program.clock.today())?;
    // Browsers keep a secure cookie only over HTTPS, which one's own machine does not have.
    let secure_cookies = match settings.base_url.split_once("://") {
        Some((scheme, _)) => scheme == "https",
        None => !address.ip().is_loopback(),
    };
    let config = SiteConfig {
        secure_cookies,
        base_url: settings.base_url,
        trust_proxy: settings.trust_proxy,
        mails,
        ..SiteConfig::default()
    };
    let site = Site::new(db, Arc::clone(&program.messages), AccountGate, config);
    Ok(site.menu(overview::MENU).carrying(App::new(book)).carrying(Lists::default()))
}

/// Completes when the program is asked to end: Ctrl-C, or the service manager's SIGTERM.
async fn ended() {
    let interrupt = async {
        // Without a signal handler the server runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
