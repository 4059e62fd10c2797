//! Every page of the site, once for each role: legible, narrow enough, printable, usable by keyboard alone.
//!
//! A walk follows links from the home page. A **kind** of page is a route of the registry; where the kinds of
//! records differ, each kind of record is one. A page whose main part another walk saw already is not asked again,
//! and axe-core and the keyboard are asked once for each build of a page (its elements and classes).

use crate::machine::of_npm;
use crate::office::{ADMINISTRATOR, MEMBER, NAME, PASSWORD, SECRETARY};
use crate::page::{Browser, Step};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A page may have more stops for the keyboard; so many are tried.
const STOPS: usize = 40;
/// Paper of A4 less the margins that browsers leave, in CSS pixels.
const PAPER: u64 = 718;
/// What in an address says that a file comes, which a browser takes away.
const FILES: [&str; 12] = [
    "/xlsx",
    "/docx",
    "/pdf",
    "/blank",
    "/package",
    "/file",
    ".docx",
    ".xlsx",
    ".json",
    ".ics",
    "/paper/",
    "/picture/",
];
/// Pages to which a link leads that only one person holds: journeys go there.
const HELD: [&str; 4] = ["/invite/{token}", "/me/attend/{token}", "/sign-in/code", "/stop/{token}/{topic}"];
/// What a page asks for by itself.
const PARTS: [&str; 2] = ["/official.css", "/help/picture/{file}"];
/// Pages that look different before and after: two of each are shown.
const TWICE: [&str; 2] = ["/unit/{unit}/session/{id}", "/unit/{unit}/data-request/{id}"];

/// Who walks: what failures call them, and the name they sign in with.
pub const WALKS: [(&str, &str); 5] = [
    ("nobody", ""),
    ("secretary", SECRETARY),
    ("member", MEMBER),
    ("officer", NAME),
    ("administrator", ADMINISTRATOR),
];

/// What all walks know together.
pub struct Sight<'a> {
    b: &'a Browser<'a>,
    axe: String,
    keys: BTreeSet<&'static str>,
    routes: Vec<&'static str>,
    /// Kinds that were shown in both languages.
    told: BTreeSet<String>,
    seen: BTreeSet<String>,
    built: BTreeSet<String>,
    reached: BTreeSet<&'static str>,
    faults: Vec<String>,
    /// How many pages were shown, and how many of these were asked everything.
    pub counts: (usize, usize),
}

impl<'a> Sight<'a> {
    /// Reads axe-core and the registry.
    pub fn new(b: &'a Browser<'a>) -> Step<Sight<'a>> {
        let path = of_npm("axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&path)
            .map_err(|e| format!("{}: {e}; cargo xtask test installs it", path.display()))?;
        let files = records::REGISTRY.messages();
        let lines = files.iter().flat_map(|(vi, _)| vi.lines());
        let keys = lines.filter_map(|l| l.split_once(" =")).map(|(key, _)| key).filter(|k| !k.contains(' '));
        let routes = records::REGISTRY.routes().into_iter().filter(|r| r.method.as_str() == "GET");
        let routes = routes.map(|r| r.path).chain(["/design", "/offline"]);
        Ok(Sight {
            b,
            axe,
            keys: keys.collect(),
            routes: routes.collect(),
            told: BTreeSet::new(),
            seen: BTreeSet::new(),
            built: BTreeSet::new(),
            reached: BTreeSet::new(),
            faults: Vec::new(),
            counts: (0, 0),
        })
    }

    /// Walks as somebody, what nobody showed before in both languages.
    pub async fn walk(&mut self, (role, name): (&'static str, &str)) -> Step {
        self.b.forget().await?;
        if !name.is_empty() {
            self.b.go("/").await?;
            self.b.sign_in_as(name, PASSWORD).await?;
        }
        let mut queue = VecDeque::from([
            "/".to_owned(),
            "/design".to_owned(),
            "/offline".to_owned(),
            "/no/such".to_owned(),
        ]);
        let mut met = BTreeSet::new();
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        // The language of the page before: each page is shown in both, and only every second time one changes.
        let mut lang = "vi";
        while let Some(path) = queue.pop_front() {
            if !met.insert(path.clone()) {
                continue;
            }
            let Some((kind, route)) = self.kind(&path) else {
                self.faults.push(format!("{role}: {path} is a link that no page answers"));
                continue;
            };
            let shown = kinds.entry(kind.clone()).or_default();
            *shown += 1;
            if *shown > 1 && (*shown > 2 || !TWICE.contains(&route)) {
                continue;
            }
            self.reached.insert(route);
            // What another role read in both languages is read here in one of them, by turns.
            let turns = if self.told.insert(kind) || *shown > 1 { 2 } else { 1 };
            for turn in 0..turns {
                let way = if turn == 0 {
                    path.clone()
                } else {
                    lang = if lang == "vi" { "en" } else { "vi" };
                    format!("/lang/{lang}?back={}", encoded(&path))
                };
                let links = self.page(role, lang, &way, &path, turn == 0).await?;
                for link in links {
                    if !link.starts_with("/lang/")
                        && !FILES.iter().any(|f| {
                            link.split('?').next().is_some_and(|p| {
                                p.ends_with(f) || p.contains("/file/") || (f.ends_with('/') && p.contains(f))
                            })
                        })
                    {
                        queue.push_back(link);
                    }
                }
            }
        }
        Ok(())
    }

    /// What was found, and which pages nobody came to.
    pub fn told(mut self) -> Result<(), String> {
        let files = |route: &str| {
            FILES.iter().any(|f| route.ends_with(f) || f.ends_with('/') && route.contains(f))
                || route.contains("/file/")
        };
        for route in &self.routes {
            if !self.reached.contains(route)
                && !files(route)
                && !PARTS.contains(route)
                && !HELD.contains(route)
            {
                self.faults.push(format!("no link leads to {route}: let stand.rs make what leads there"));
            }
        }
        if self.faults.is_empty() { Ok(()) } else { Err(self.faults.join("\n")) }
    }

    /// Shows a page and asks it everything; where it leads. In its other language a page is asked about a phone's
    /// width, where words matter most.
    async fn page(
        &mut self,
        role: &str,
        lang: &str,
        way: &str,
        path: &str,
        first: bool,
    ) -> Step<Vec<String>> {
        let told = |what: &str| format!("{role} {lang} {path}: {what}");
        self.b.go(way).await?;
        let page = self.ask("page", 0).await?;
        self.counts.0 += 1;
        let mut faults: Vec<String> = words(&page["faults"]);
        let expected = if path == "/no/such" { 404 } else { 200 };
        if page["status"] != expected {
            faults.push(format!("status {}", page["status"]));
        }
        if page["lang"] != lang {
            faults.push(format!("the page says that it is in {}", page["lang"]));
        }
        faults.extend(
            words(&page["keys"])
                .iter()
                .filter(|k| self.keys.contains(k.as_str()))
                .map(|k| format!("says {k}")),
        );
        if self.seen.insert(page["main"].to_string()) {
            faults.extend(words(&self.ask("width", 360).await?));
            if self.built.insert(page["bones"].to_string()) {
                self.counts.1 += 1;
                faults
                    .extend(words(&self.b.script_until(&format!("{}\n{AXE}", self.axe), Vec::new()).await?));
                let stops = self.ask("listen", 0).await?.as_u64().unwrap_or(0);
                let stops = usize::try_from(stops)?.min(STOPS);
                self.b.tab(stops)?;
                faults.extend(words(&self.ask("keyboard", STOPS as u64).await?));
            }
            if first {
                for width in [768, 1280] {
                    self.b.resize(width, 740)?;
                    faults.extend(words(&self.ask("width", width).await?));
                }
                self.b.resize(PAPER, 1000)?;
                self.b.order("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }))?;
                faults.extend(words(&self.ask("print", PAPER).await?));
                self.b.order("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }))?;
                self.b.resize(360, 740)?;
            }
        }
        self.faults.extend(faults.iter().map(|f| told(f)));
        Ok(words(&page["links"]))
    }

    async fn ask(&self, check: &str, width: u64) -> Step<Value> {
        self.b.script_with(include_str!("page.js"), vec![check.into(), width.into()]).await
    }

    /// The kind of a page, and its route: the one with the fewest parameters.
    fn kind<'p>(&self, path: &'p str) -> Option<(String, &'static str)> {
        let path = path.split('?').next().unwrap_or_default();
        if path == "/no/such" {
            return Some((path.to_owned(), "/no/such"));
        }
        let fits = |route: &&&'static str| {
            let (a, b): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), route.split('/').collect());
            a.len() == b.len()
                && a.iter().zip(&b).all(|(word, part)| {
                    word == part
                        || (part.contains('{')
                            && !word.is_empty()
                            && part.rsplit('}').next().is_none_or(|end| word.ends_with(end)))
                })
        };
        let route = *self.routes.iter().filter(fits).min_by_key(|r| r.matches('{').count())?;
        // Kinds of records differ in their columns and fields, topics of help in their words. The page of one record
        // is the same list of fields for all kinds; only what not everybody may see leads elsewhere.
        let apart = ["{kind}", "{closed}", "{topic}", "{template}"];
        let sensitive = |word: &str| records::REGISTRY.kind(word).is_some_and(|k| k.sensitive);
        let named = |(word, part): (&'p str, &'static str)| match apart.contains(&part) {
            true if !route.contains("{id}") => word,
            true if sensitive(word) => "sensitive",
            _ => part,
        };
        let kind: Vec<&str> = path.split('/').zip(route.split('/')).map(named).collect();
        Some((kind.join("/"), route))
    }
}

fn words(list: &Value) -> Vec<String> {
    list.as_array()
        .map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default()
}

fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('&', "%26").replace('=', "%3D").replace('+', "%2B")
}

/// Every rule of axe-core, its best practices and the size of targets among them.
const AXE: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }).then(
    found => done(found.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => `${n.target.join(" ")} (${n.any.concat(n.all, n.none).map(c => c.message).join("; ")})`).join(", ")}`)),
    why => done([String(why)]));
"#;
