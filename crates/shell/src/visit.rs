//! One request: who asks, in which language, from where; and the layer that finds this out.

use crate::error::{self, Error};
use crate::field::Fields;
use crate::form::FormState;
use crate::language::{back_of, lang_of};
use crate::messages::grouped;
use crate::once::{self, Once};
use crate::page::{Html, Link, Page, escaped};
use crate::session::{self, Session, Token};
use crate::site::Site;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Action, Actor, Day, Id, Instant, Lang, Message};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Db, Tx};

/// The cookie that carries the key of a notice over one redirect.
const NOTICE: &str = "nenep-notice";

/// Who asks, in which language, over which site. An extractor; cheap to clone.
#[derive(Clone)]
pub struct Visit(Arc<Inner>);

struct Inner {
    site: Site,
    lang: Lang,
    actor: Actor,
    actions: Vec<Action>,
    session: Option<Session>,
    token: Token,
    fresh_token: bool,
    /// A page is read, not a form sent.
    reads: bool,
    path: String,
    here: String,
    json: bool,
    address: Option<IpAddr>,
    device: String,
    notice: Option<String>,
    request: Id,
    once: Once,
    /// The reading transaction in which the visitor was found, until somebody takes it: see [`Visit::read`].
    held: Mutex<Option<Tx>>,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Error> {
        let visit = parts.extensions.get::<Visit>().cloned();
        visit.ok_or_else(|| Error::Defect("a handler outside of shell::router".to_owned()))
    }
}

impl Visit {
    /// A visit that no browser makes: for what the program does for an account by itself.
    pub async fn on_behalf(site: &Site, tx: &mut Tx, actor: Actor, lang: Lang) -> Result<Visit, Error> {
        let actions = site.gate.actions(tx, &actor, site.db.clock().today()).await?;
        let inner = Inner {
            site: site.clone(),
            lang,
            actor,
            actions,
            session: None,
            token: Token::new(&*site.random)?,
            fresh_token: true,
            reads: true,
            path: "/".to_owned(),
            here: "/".to_owned(),
            json: false,
            address: None,
            device: String::new(),
            notice: None,
            request: Id::new(),
            once: Once::default(),
            held: Mutex::default(),
        };
        Ok(Visit(Arc::new(inner)))
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.0.site
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.site.db
    }

    /// A reading transaction. The first one of a page that is read is the one in which the visitor and their rights
    /// were found: all that the page says is of one state, and each page begins one transaction, not three.
    pub async fn read(&self) -> Result<Tx, Error> {
        match self.taken() {
            Some(tx) => Ok(tx),
            None => Ok(self.db().read().await?),
        }
    }

    /// Gives a transaction on to whoever reads next. Only of a page that is read: who sends a form may send it
    /// slowly, and would keep a connection from the others.
    pub(crate) fn hold(&self, tx: Tx) {
        if self.0.reads {
            *self.0.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(tx);
        }
    }

    fn taken(&self) -> Option<Tx> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// A writing transaction of this visitor. The first one of a request that bears a key (see [`crate::once`])
    /// writes it down; an entry that arrived before is not written again.
    pub async fn write(&self) -> Result<Tx, Error> {
        // Who reads after this shall see what was written.
        drop(self.taken());
        let mut tx = self.db().write(self.actor()).await?;
        if let (Some(key), Ok(account)) = (self.0.once.take(), self.account())
            && !once::keep(&mut tx, account, key, self.now()).await?
        {
            tx.settle().await?;
            return Err(Error::AlreadySent);
        }
        Ok(tx)
    }

    /// The visitor's language.
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// The other language.
    pub fn other_lang(&self) -> Lang {
        match self.0.lang {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        }
    }

    /// Where the other language is chosen, with the way back to this page.
    pub fn other_lang_href(&self) -> String {
        let back: String = form_urlencoded::byte_serialize(self.here().as_bytes()).collect();
        format!("/lang/{}?back={back}", self.other_lang().code())
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// The signed-in account's id; an error that leads to the sign-in page otherwise.
    pub fn account(&self) -> Result<Id, Error> {
        match self.actor() {
            Actor::Account { id, .. } => Ok(*id),
            _ => Err(Error::SignIn),
        }
    }

    /// The id of the person that the account belongs to; none for an account that belongs to nobody.
    pub fn person(&self) -> Option<String> {
        match self.actor() {
            Actor::Account { person, .. } => person.map(|p| p.to_string()),
            _ => None,
        }
    }

    /// The signed-in account's name.
    pub fn name(&self) -> Option<&str> {
        match self.actor() {
            Actor::Account { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Whether somebody is signed in.
    pub fn signed_in(&self) -> bool {
        !matches!(self.actor(), Actor::Nobody)
    }

    /// The session, when signed in.
    pub fn session(&self) -> Option<&Session> {
        self.0.session.as_ref()
    }

    /// Whether the visitor holds the action on at least one unit today.
    pub fn anywhere(&self, action: Action) -> bool {
        self.0.actions.contains(&action)
    }

    /// Whether the visitor may do it on the unit with this code.
    pub async fn may(&self, tx: &mut Tx, action: Action, unit_code: &str) -> Result<bool, Error> {
        Ok(self.site().gate.may(tx, self.actor(), action, unit_code, self.today()).await?)
    }

    /// The moment.
    pub fn now(&self) -> Instant {
        self.db().clock().now()
    }

    /// The day in Vietnam.
    pub fn today(&self) -> Day {
        self.db().clock().today()
    }

    /// A text in the visitor's language.
    pub fn text(&self, key: &str) -> String {
        self.site().messages.text(self.lang(), key)
    }

    /// A message in the visitor's language.
    pub fn tr(&self, message: &Message) -> String {
        self.site().messages.tr(self.lang(), message)
    }

    /// A whole number as the language writes it.
    pub fn number(&self, n: i64) -> String {
        grouped(self.lang(), n)
    }

    /// A day as dd/mm/yyyy.
    pub fn day(&self, day: Day) -> String {
        domain::day_short(day)
    }

    /// A moment as dd/mm/yyyy hh:mm, Vietnam time.
    pub fn moment(&self, at: Instant) -> String {
        let minutes = (at.div_euclid(60_000) + 7 * 60).rem_euclid(24 * 60);
        let day = domain::FixedClock(at);
        let day = domain::day_short(domain::Clock::today(&day));
        format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// The hidden field that every form carries, first of its fields.
    pub fn csrf(&self) -> Html {
        Html::trusted(format!(r#"<input type="hidden" name="csrf" value="{}">"#, self.csrf_token()))
    }

    /// The form token, for scripts that send the header `X-CSRF-Token`.
    pub fn csrf_token(&self) -> String {
        self.0.token.form_token()
    }

    /// The fields of a form in its present state.
    pub fn fields<'a>(&'a self, state: &'a FormState) -> Fields<'a> {
        Fields::new(self, state)
    }

    /// Begins a page.
    pub fn page(&self, title: impl Into<String>) -> Page {
        Page::new(self.clone(), title.into())
    }

    /// Goes to another page after something was done, and says so there (a key without values).
    pub fn done(&self, to: &str, key: &'static str) -> Response {
        let secure = if self.site().config.secure_cookies { "; Secure" } else { "" };
        let cookie = format!("{NOTICE}={key}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60{secure}");
        (session::SetCookie(cookie), Redirect::to(to)).into_response()
    }

    /// Whether the answer should be JSON.
    pub fn wants_json(&self) -> bool {
        self.0.json
    }

    /// The page to come back to: this one, or the one that the form stood on.
    pub fn here(&self) -> &str {
        &self.0.here
    }

    /// Whether a menu line leads to this page or one above it.
    pub fn is_here(&self, href: &str) -> bool {
        let path = &self.0.path;
        path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Where an error page leads: home, or the sign-in page.
    pub fn way_out(&self) -> &'static str {
        if self.signed_in() { "/" } else { "/sign-in" }
    }

    /// The visitor's address, when the server knows it. For slowing down guesses; never logged.
    pub fn address(&self) -> Option<IpAddr> {
        self.0.address
    }

    /// Browser and system in two words.
    pub fn device(&self) -> &str {
        &self.0.device
    }

    /// The id of this request, in the log and on error pages.
    pub fn request(&self) -> Id {
        self.0.request
    }

    pub(crate) fn once(&self) -> &Once {
        &self.0.once
    }

    pub(crate) fn token(&self) -> &Token {
        &self.0.token
    }

    pub(crate) fn notice(&self) -> Option<String> {
        self.0.notice.as_ref().map(|key| self.text(key))
    }

    pub(crate) fn menu(&self) -> Vec<Link> {
        if !self.signed_in() {
            return Vec::new();
        }
        let shown = self.site().menu.iter().filter(|item| item.action.is_none_or(|a| self.anywhere(a)));
        shown.map(|item| Link { label: self.text(item.key), href: item.href.to_owned() }).collect()
    }

    fn meet(site: &Site, request: &Request) -> Result<Visit, Error> {
        let headers = request.headers();
        let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
        let path = request.uri().path().to_owned();
        let query = request.uri().path_and_query().map_or("/", |p| p.as_str());
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let here = if reads { back_of(query).unwrap_or("/").to_owned() } else { referer(headers) };
        let (token, fresh_token) = match Token::from_cookie(headers, &site.config) {
            Some(token) => (token, false),
            None => (Token::new(&*site.random)?, true),
        };
        let notice = session::cookie(headers, NOTICE).filter(|key| site.messages.has(key));
        Ok(Visit(Arc::new(Inner {
            site: site.clone(),
            lang: lang_of(headers),
            actor: Actor::Nobody,
            actions: Vec::new(),
            session: None,
            token,
            fresh_token,
            reads,
            json: path.starts_with("/api/") || text(header::ACCEPT).starts_with("application/json"),
            path,
            here,
            address: address(site, request),
            device: session::device(text(header::USER_AGENT)),
            notice: notice.map(str::to_owned),
            request: Id::new(),
            once: Once::default(),
            held: Mutex::default(),
        })))
    }

    /// Finds the session and what its account may do.
    async fn identify(&self) -> Result<Visit, Error> {
        let Inner { site, fresh_token, token, .. } = &*self.0;
        if *fresh_token {
            return Ok(self.clone());
        }
        let mut tx = site.db.read().await?;
        let found = session::find(&mut tx, &token.session_id(), self.now()).await?;
        let Some(session) = found else { return Ok(self.clone()) };
        let Some(actor) = site.gate.account(&mut tx, &session.account).await? else {
            return Ok(self.clone());
        };
        let actions = site.gate.actions(&mut tx, &actor, self.today()).await?;
        let inner = Inner { actor, actions, session: Some(session), ..Inner::clone_of(&self.0) };
        let visit = Visit(Arc::new(inner));
        match visit.session().filter(|session| self.now() - session.seen > session::NOTED_EVERY) {
            None => visit.hold(tx),
            Some(session) => {
                drop(tx);
                let mut tx = site.db.write(visit.actor()).await?;
                session::touch(&mut tx, &session.id, self.now()).await?;
                tx.commit().await?;
            }
        }
        Ok(visit)
    }
}

impl Inner {
    fn clone_of(other: &Inner) -> Inner {
        Inner {
            site: other.site.clone(),
            lang: other.lang,
            actor: other.actor.clone(),
            actions: other.actions.clone(),
            session: other.session.clone(),
            token: other.token.clone(),
            fresh_token: other.fresh_token,
            reads: other.reads,
            path: other.path.clone(),
            here: other.here.clone(),
            json: other.json,
            address: other.address,
            device: other.device.clone(),
            notice: other.notice.clone(),
            request: other.request,
            // Nobody is known yet: the guard sets the key later.
            once: Once::default(),
            held: Mutex::default(),
        }
    }
}

/// The path of the page a form stood on. Our referrer policy sends it to ourselves only.
fn referer(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or("");
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.and_then(back_of).unwrap_or("/").to_owned()
}

fn address(site: &Site, request: &Request) -> Option<IpAddr> {
    if site.config.trust_proxy {
        // The last entry is the one that our own proxy wrote; earlier ones are the visitor's words.
        let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
        let last = forwarded.and_then(|v| v.to_str().ok()).and_then(|v| v.rsplit(',').next());
        if let Some(address) = last.and_then(|a| a.trim().parse().ok()) {
            return Some(address);
        }
    }
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip())
}

/// The layer around all routes: finds the visitor, gives errors their words, sets the cookie,
/// and writes one line to the log that holds no personal data.
pub(crate) async fn attend(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let began = std::time::Instant::now();
    let method = request.method().clone();
    let visit = match Visit::meet(&site, &request) {
        Ok(visit) => visit,
        // Without randomness there is no token, and without it nothing is safe to show.
        Err(error) => return error.status().into_response(),
    };
    let (visit, response) = match visit.identify().await {
        Ok(visit) => {
            request.extensions_mut().insert(visit.clone());
            let answer = tokio::time::timeout(site.config.patience, next.run(request)).await;
            drop(visit.taken());
            (visit, answer.unwrap_or_else(|_| Error::Busy.into_response()))
        }
        Err(error) => (visit, error.into_response()),
    };
    let mut response = error::say(&visit, response);
    cookies(&visit, &mut response);
    if let Ok(id) = HeaderValue::from_str(&visit.request().to_string()) {
        response.headers_mut().insert("x-request-id", id);
    }
    let route = response.extensions().get::<crate::route::Matched>().map_or("", |m| m.0);
    let status = response.status().as_u16();
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = %visit.request(), %method, route, status, ms, "answered");
    response
}

fn cookies(visit: &Visit, response: &mut Response) {
    let headers = response.headers_mut();
    let html = headers.get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if !html {
        return;
    }
    let config = &visit.site().config;
    let name = session::cookie_name(config);
    let set = headers.get_all(header::SET_COOKIE).iter().any(|v| v.as_bytes().starts_with(name.as_bytes()));
    if visit.0.fresh_token
        && !set
        && let Ok(value) = HeaderValue::from_str(&visit.0.token.set_cookie(config))
    {
        headers.append(header::SET_COOKIE, value);
    }
    if visit.0.notice.is_some()
        && let Ok(value) = HeaderValue::from_str(&format!("{NOTICE}=; Path=/; Max-Age=0"))
    {
        headers.append(header::SET_COOKIE, value);
    }
}

/// Used by templates that print a link inside other HTML made in Rust.
impl Link {
    /// The link as HTML.
    pub fn html(&self) -> Html {
        Html::trusted(format!(r#"<a href="{}">{}</a>"#, escaped(&self.href), escaped(&self.label)))
    }
}
