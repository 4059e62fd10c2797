//! A browser window of one size, and what every page that it shows must keep to.

use crate::machine::{Running, ask};
use crate::office::{NAME, Office, PASSWORD};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::error::Error;
use std::time::{Duration, Instant};

/// What stops a journey.
pub type Trouble = Box<dyn Error>;
/// A step of a journey.
pub type Step<T = ()> = Result<T, Trouble>;

/// The longest that a page may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(25);

/// Ends the journey with words when something does not hold.
macro_rules! ensure {
    ($holds:expr, $($words:tt)+) => {
        if !$holds {
            return Err(format!($($words)+).into());
        }
    };
}
pub(crate) use ensure;

/// A window: a phone's or a desk's.
#[derive(Clone, Copy)]
pub struct Size {
    /// What it is called in failures.
    pub name: &'static str,
    /// CSS pixels.
    pub width: u64,
    /// CSS pixels.
    pub height: u64,
}

/// The browser over an office.
pub struct Browser<'a> {
    /// The office's server.
    pub office: &'a Office,
    client: Client,
    driver: &'a Running,
    session: String,
    size: Size,
}

impl<'a> Browser<'a> {
    /// Starts Chromium with a profile of its own.
    pub async fn open(driver: &'a Running, office: &'a Office, size: Size) -> Step<Browser<'a>> {
        // NENEP_SHOTS=FOLDER keeps a picture of every page, in a window tall enough to show it whole.
        let height = if shots().is_some() { 3000 } else { size.height };
        let capabilities = json!({
            "browserName": "chrome",
            "timeouts": { "script": 120_000 },
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": "/usr/bin/chromium",
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--no-first-run", "--force-prefers-reduced-motion", "--disable-quic", "--lang=vi",
                    format!("--user-data-dir={}", office.profile().display()),
                    format!("--window-size={},{height}", size.width.max(500)),
                ],
                // A window is never narrower than 500 px; a phone's page is.
                "mobileEmulation": { "deviceMetrics": {
                    "width": size.width, "height": height, "pixelRatio": 1.0, "touch": false, "mobile": false,
                } },
            },
        });
        let Value::Object(capabilities) = capabilities else { return Err("capabilities".into()) };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        // chromedriver gives Chromium a minute to start, which a very busy machine may not have.
        let mut opened = builder.connect(&driver.address()).await;
        for _ in 0..2 {
            if opened.is_err() {
                opened = builder.connect(&driver.address()).await;
            }
        }
        let client = opened?;
        let session = client.session_id().await?.ok_or("chromedriver gave no session")?;
        Ok(Browser { office, client, driver, session, size })
    }

    /// Ends the browser.
    pub async fn close(self) -> Step {
        Ok(self.client.close().await?)
    }

    /// Forgets who was signed in and which language was chosen.
    pub async fn forget(&self) -> Step {
        self.go("/sign-in").await?;
        Ok(self.client.delete_all_cookies().await?)
    }

    /// Goes to an address of the site.
    pub async fn go(&self, path: &str) -> Step {
        Ok(self.client.goto(&format!("{}{path}", self.office.server.address())).await?)
    }

    /// The path and the query of the page shown.
    pub async fn place(&self) -> Step<String> {
        let url = self.client.current_url().await?;
        let query = url.query().map(|q| format!("?{q}")).unwrap_or_default();
        Ok(format!("{}{query}", url.path()))
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str) -> Step<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Runs a script with arguments.
    pub async fn script_with(&self, script: &str, given: Vec<Value>) -> Step<Value> {
        Ok(self.client.execute(script, given).await?)
    }

    /// Runs a script that calls its last argument when it is done.
    pub async fn script_until(&self, script: &str, given: Vec<Value>) -> Step<Value> {
        Ok(self.client.execute_async(script, given).await?)
    }

    /// Gives an order to Chromium itself (its DevTools protocol).
    pub fn order(&self, name: &str, with: Value) -> Step<Value> {
        self.drive("goog/cdp/execute", json!({ "cmd": name, "params": with }))
    }

    /// The page in another size, until the next page.
    pub fn resize(&self, width: u64, height: u64) -> Step {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.order("Emulation.setDeviceMetricsOverride", size).map(drop)
    }

    /// Presses Tab so often.
    pub fn tab(&self, times: usize) -> Step {
        let press = [
            json!({ "type": "keyDown", "value": "\u{e004}" }),
            json!({ "type": "keyUp", "value": "\u{e004}" }),
        ];
        let all: Vec<Value> = press.iter().cycle().take(2 * times).cloned().collect();
        let keys = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": all }] });
        self.drive("actions", keys).map(drop)
    }

    /// Asks chromedriver something that its client does not know.
    fn drive(&self, what: &str, with: Value) -> Step<Value> {
        let line = format!("POST /session/{}/{what}", self.session);
        let answer =
            ask(self.driver.port, &line, &[("Content-Type", "application/json")], &with.to_string())?;
        let mut answer: Value = serde_json::from_slice(&answer.body)?;
        ensure!(answer["value"]["error"].is_null(), "{what} {with}: {}", answer["value"]["message"]);
        Ok(answer["value"].take())
    }

    /// The first element of a selector, as soon as it is there.
    pub async fn find(&self, css: &str) -> Step<Element> {
        let wait = self.client.wait().at_most(PATIENCE).every(PAUSE);
        match wait.for_element(Locator::Css(css)).await {
            Ok(element) => Ok(element),
            Err(error) => Err(format!("{css}: {error}; {}", self.told().await).into()),
        }
    }

    /// The elements of a selector, without waiting.
    pub async fn all(&self, css: &str) -> Step<Vec<Element>> {
        Ok(self.client.find_all(Locator::Css(css)).await?)
    }

    /// The words of the first element of a selector.
    pub async fn words(&self, css: &str) -> Step<String> {
        Ok(self.find(css).await?.text().await?)
    }

    /// Fills a field.
    pub async fn fill(&self, css: &str, text: &str) -> Step {
        // Typed over what stands there, as people do.
        let all = "\u{e009}a\u{e000}";
        Ok(self.find(css).await?.send_keys(&format!("{all}{text}")).await?)
    }

    /// Ticks a box or chooses an option. The frame of a page may cover what stands at its edge, so
    /// the element is brought to the middle first, at once: smooth scrolling would be late.
    pub async fn choose(&self, css: &str) -> Step {
        let element = self.find(css).await?;
        let here = serde_json::to_value(&element)?;
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(scroll, vec![here]).await?;
        Ok(element.click().await.map_err(|error| format!("{css}: {error}"))?)
    }

    /// Presses a link or a button and waits until another page stands there, whole.
    pub async fn press(&self, css: &str) -> Step {
        let element = self.find(css).await?;
        // To the middle of the window at once: the driver's own scrolling may be smooth and late.
        let here = serde_json::to_value(&element)?;
        let prepare =
            "window.pageBefore = true; arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(prepare, vec![here]).await?;
        element.click().await.map_err(|error| format!("{css}: {error}"))?;
        let until = Instant::now() + PATIENCE;
        let arrived = "return !window.pageBefore && document.readyState === 'complete'";
        // While one page gives way to the next, a script may find neither.
        while self.client.execute(arrived, Vec::new()).await.ok() != Some(Value::Bool(true)) {
            if Instant::now() > until {
                return Err(format!("{css} leads nowhere; {}", self.told().await).into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// What every page keeps to: nothing refused by the content security policy, nothing wider
    /// than the window, the skip link first on the keyboard, and what [`FAULTS`] looks for.
    pub async fn look(&self, name: &str) -> Step {
        let told = || async { format!("{name}: {}", self.told().await) };
        self.find("main h1").await?;
        self.shoot(name).await?;
        let measured =
            self.script("return [window.innerWidth, document.documentElement.scrollWidth]").await?;
        let (window, page) = (measured[0].as_u64().unwrap_or(0), measured[1].as_u64().unwrap_or(u64::MAX));
        if window != self.size.width || page > window {
            let wide = self.script(WIDEST).await?;
            return Err(format!("{}: {page} px in a window of {window} px: {wide}", told().await).into());
        }
        let faults = self.script(FAULTS).await?;
        ensure!(faults.as_array().is_some_and(Vec::is_empty), "{}: {faults}", told().await);
        let log = self.log()?;
        ensure!(log.is_empty(), "{}: the console says {log:?}", told().await);
        let free = "return document.activeElement === document.body && !location.hash";
        if self.script(free).await? == Value::Bool(true) {
            self.client.active_element().await?.send_keys("\u{e004}").await?;
            let first = self.script("return document.activeElement.className").await?;
            ensure!(first == "skip", "{}: Tab goes first to {first}", told().await);
            self.script("document.activeElement.blur()").await?;
        }
        Ok(())
    }

    /// Keeps a picture of the page, when pictures are asked for.
    async fn shoot(&self, name: &str) -> Step {
        let Some(folder) = shots() else { return Ok(()) };
        std::fs::create_dir_all(&folder)?;
        let picture = self.client.screenshot().await?;
        Ok(std::fs::write(format!("{folder}/{name}-{}.png", self.size.width), picture)?)
    }

    /// As [`Browser::look`] where there is no network: the console may say so.
    pub async fn look_without_network(&self, name: &str) -> Step {
        self.shoot(name).await?;
        let faults = self.script(FAULTS).await?;
        ensure!(faults.as_array().is_some_and(Vec::is_empty), "{name}: {faults}");
        self.log().map(drop)
    }

    /// Warnings and errors of the console since it was last asked. An answer that is no page's
    /// usual one (a form with something to put right) is noted there too, and is not meant.
    fn log(&self) -> Step<Vec<String>> {
        let log = self.drive("se/log", json!({ "type": "browser" }))?;
        let entries = log.as_array().ok_or("chromedriver keeps no log")?;
        let heard =
            |e: &&Value| e["source"] != "network" && (e["level"] == "SEVERE" || e["level"] == "WARNING");
        let loud = entries.iter().filter(heard);
        Ok(loud.map(|e| e["message"].to_string()).collect())
    }

    /// Where the browser is and what it shows, for a failure.
    pub async fn told(&self) -> String {
        let place = self.place().await.unwrap_or_default();
        let text = self.script("return (document.querySelector('main') || document.body).innerText").await;
        let text = text.ok().and_then(|t| t.as_str().map(str::to_owned)).unwrap_or_default();
        let start: String = text.chars().take(500).collect();
        format!("{} at {place} shows: {start}", self.size.name)
    }

    /// Signs the officer in, from wherever the site sends who is not.
    pub async fn sign_in(&self) -> Step {
        self.sign_in_as(NAME, PASSWORD).await
    }

    /// Signs somebody in.
    pub async fn sign_in_as(&self, name: &str, password: &str) -> Step {
        self.fill("#name", name).await?;
        self.fill("#password", password).await?;
        self.press("main form button.main").await
    }

    /// Fetches a file of the site as who is signed in: the head of the answer and the bytes.
    pub async fn fetch(&self, path: &str) -> Step<(String, Vec<u8>)> {
        let cookies = self.client.get_all_cookies().await?;
        let cookies: Vec<String> = cookies.iter().map(|c| format!("{}={}", c.name(), c.value())).collect();
        let answer =
            ask(self.office.server.port, &format!("GET {path}"), &[("Cookie", &cookies.join("; "))], "")?;
        Ok((answer.head, answer.body))
    }
}

/// The elements that reach beyond the window, for a failure.
const WIDEST: &str = "return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.scroll'))
    .slice(0, 5).map(e => e.tagName + '.' + e.className + '#' + e.id + ' ' + Math.round(e.getBoundingClientRect().right))";

/// What a page lacks for those who do not see it well, or use no mouse: a language, one title, the
/// landmarks, labels, targets of 24 px outside of sentences, text that stands out 4.5 to 1.
const FAULTS: &str = r"
const faults = [];
const shown = e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && r.right > 0; };
const name = e => e.tagName + '.' + e.className + '#' + e.id + ' ' + (e.textContent || '').trim().slice(0, 40);
if (!document.documentElement.lang) faults.push('no language');
for (const one of ['h1', 'main', 'header.top', 'footer.bottom'])
    if (document.querySelectorAll(one).length !== 1) faults.push('not one ' + one);
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) faults.push('twice: ' + id);
for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (!e.labels.length && !e.getAttribute('aria-label')) faults.push('no label: ' + e.name);
    for (const id of (e.getAttribute('aria-describedby') || '').split(' '))
        if (id && !ids.includes(id)) faults.push('described by nothing: ' + id);
}
for (const e of document.querySelectorAll('nav')) if (!e.getAttribute('aria-label')) faults.push('nameless: ' + name(e));
for (const e of document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')) {
    const r = e.getBoundingClientRect();
    if (shown(e) && Math.min(r.width, r.height) < 23.5 && !e.closest('p, .paper, .quote, .notice li') && !e.matches('label input'))
        faults.push('small: ' + name(e) + ' ' + Math.round(r.width) + 'x' + Math.round(r.height));
}
const rgb = c => c.match(/[\d.]+/g).map(Number);
const light = c => { const [r, g, b] = rgb(c).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if ((rgb(c)[3] ?? 1) > 0) return c; } return 'rgb(255, 255, 255)'; };
for (const e of document.querySelectorAll('body *')) {
    if (!shown(e) || e.closest('svg, script, option') || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faults.push('faint: ' + name(e));
}
return faults.slice(0, 8);";

fn shots() -> Option<String> {
    std::env::var("NENEP_SHOTS").ok().filter(|folder| !folder.is_empty())
}
