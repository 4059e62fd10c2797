//! Which indicator of the catalogue a claim states: the best match with a score, or none.
//!
//! The rules are data (`matching.toml`, which explains itself). A rule's conditions must all hold; the one
//! with the most, and the nearest, words wins. The score says how plain it was, from 0 to 1: it is a
//! proposal that a person accepts, not a fact.
//!
//! Everything is compared without tone marks ([`domain::text::fold`]) and by whole words. Distance is
//! counted in letters; commas, semicolons, full stops and other numbers make it longer, so that words of
//! the same clause come first.

use domain::text::fold;
use reader::Claim;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A match below this is no match.
const LEAST: f64 = 0.5;
/// How much text is looked at on either side, in bytes.
const BEFORE: usize = 800;
const AFTER: usize = 300;
/// How far the words that a rule forbids are looked for.
const CLAUSE: usize = 100;

/// The indicator that a claim seems to state.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Its id in the catalogue.
    pub indicator: String,
    /// How plain it is, from 0 to 1.
    pub score: f64,
}

/// A claim with the words around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// The act that the number measures, as the reader names it.
    pub topic: &'a str,
    /// The counted noun; `%` for a share, `đồng` for money.
    pub unit: &'a str,
    /// The number with its noun.
    pub quote: &'a str,
    /// What stands before the quote.
    pub before: &'a str,
    /// What stands behind it.
    pub after: &'a str,
    /// Whether it is a part of another number.
    pub part: bool,
}

/// The matches of the claims of a text, in their order.
pub fn of_claims(text: &str, claims: &[Claim]) -> Vec<Option<Match>> {
    claims.iter().map(|claim| best(&said(text, claim))).collect()
}

/// A claim with the text around it.
fn said<'a>(text: &'a str, claim: &'a Claim) -> Said<'a> {
    let (start, end) = (claim.bytes.start.min(text.len()), claim.bytes.end.min(text.len()));
    let from = text.ceil_char_boundary(start.saturating_sub(BEFORE));
    let to = text.floor_char_boundary((end + AFTER).min(text.len()));
    Said {
        topic: claim.topic.name(),
        unit: &claim.unit,
        quote: &claim.quote,
        before: text.get(from..start).unwrap_or_default(),
        after: text.get(end..to).unwrap_or_default(),
        part: claim.part_of.is_some(),
    }
}

/// The indicator that a claim states, if one fits well enough.
pub fn best(said: &Said<'_>) -> Option<Match> {
    let rules = rules();
    let around = Around::new(said);
    let mut facets = Facets { of: &rules.facet, known: BTreeMap::new() };
    let mut found: Option<(f64, f64, &str)> = None;
    for rule in &rules.rule {
        let Some((points, score)) = rule.weigh(said, &around, &mut facets) else { continue };
        if found.is_none_or(|(most, ..)| points > most + 1e-9) {
            found = Some((points, score, &rule.indicator));
        }
    }
    let (_, score, indicator) = found?;
    let score = (score * 100.0).round() / 100.0;
    (score >= LEAST).then(|| Match { indicator: indicator.to_owned(), score })
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    // The file is a part of the program; a test reads it, so a broken one cannot be shipped.
    RULES.get_or_init(|| Rules::parse(include_str!("matching.toml")).unwrap_or_default())
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    facet: Vec<Facet>,
    watch: Vec<Watch>,
    rule: Vec<Rule>,
}

impl Rules {
    fn parse(text: &str) -> Result<Rules, toml::de::Error> {
        let mut rules: Rules = toml::from_str(text)?;
        let watched: Vec<Rule> = rules.watch.iter().flat_map(Watch::rules).collect();
        rules.rule.extend(watched);
        let folded = |words: &mut Vec<String>| words.iter_mut().for_each(|w| *w = fold(w));
        for rule in &mut rules.rule {
            folded(&mut rule.unit);
            folded(&mut rule.bare);
            folded(&mut rule.never);
            folded(&mut rule.nouns_never);
            rule.says.iter_mut().for_each(folded);
        }
        rules.facet.iter_mut().flat_map(|f| &mut f.values).for_each(|v| folded(&mut v.says));
        Ok(rules)
    }
}

/// On which side of the number words are looked for first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Lean {
    #[default]
    Near,
    Before,
    /// Before, and not in the quote; behind it only where nothing stands before.
    Ahead,
    After,
}

impl Lean {
    fn cost(self, side: Side, cost: usize) -> usize {
        match (self, side) {
            (Lean::Before, Side::After) | (Lean::After, Side::Before) => cost * 3 + 30,
            (Lean::Ahead, Side::After) => cost * 3 + 250,
            (Lean::Ahead, Side::Inside) => 10_000,
            _ => cost,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Inside,
    After,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    indicator: String,
    topic: Vec<String>,
    #[serde(default)]
    share: bool,
    #[serde(default)]
    money: bool,
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    bare: Vec<String>,
    #[serde(default)]
    says: Vec<Vec<String>>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    nouns_never: Vec<String>,
    #[serde(default)]
    is: BTreeMap<String, String>,
    #[serde(default)]
    part: bool,
    #[serde(default)]
    lean: Lean,
    #[serde(default)]
    bias: f64,
    #[serde(default = "far")]
    within: usize,
    #[serde(default = "sure")]
    sure: f64,
}

fn far() -> usize {
    220
}

fn sure() -> f64 {
    0.9
}

impl Rule {
    /// Points to choose by and the score, when every condition holds.
    fn weigh(&self, said: &Said<'_>, around: &Around, facets: &mut Facets<'_>) -> Option<(f64, f64)> {
        let topic = self.topic.iter().position(|t| t == said.topic)?;
        let (share, money) = (said.unit == "%", said.unit == "đồng");
        if self.share != share || self.money != money || (self.part && !said.part) {
            return None;
        }
        let mut points = self.bias;
        points += if topic == 0 { 0.5 } else { 0.0 };
        points += if self.part { 1.0 } else { 0.0 };
        let mut score = self.sure * if topic == 0 { 1.0 } else { 0.9 };
        if self.nouns_never.iter().any(|w| occurrences(&around.noun, w).next().is_some()) {
            return None;
        }
        if !self.unit.is_empty() {
            let longest = self.unit.iter().filter(|w| around.noun_has(w)).map(String::len).max()?;
            points += 2.0 + longest.min(40) as f64 / 50.0;
        }
        if !self.bare.is_empty() {
            self.bare.contains(&around.noun).then_some(())?;
            points += 2.5;
        }
        for (facet, value) in &self.is {
            let hit = facets.get(facet, around).filter(|h| h.code == *value)?;
            points += 3.0;
            score *= 1.0 - 0.2 * hit.far;
        }
        for group in &self.says {
            let cost = group.iter().filter_map(|w| around.nearest(w, self.lean)).min()?;
            if cost > self.within {
                return None;
            }
            let far = cost as f64 / self.within.max(1) as f64;
            points += 2.5 - far;
            score *= 1.0 - 0.3 * far;
        }
        if self.never.iter().any(|w| around.nearest(w, Lean::Near).is_some_and(|c| c <= CLAUSE)) {
            return None;
        }
        Some((points, score))
    }
}

/// The rules of an act of watching, one for each that may have done it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Watch {
    topic: String,
    prefix: String,
}

impl Watch {
    fn rules(&self) -> Vec<Rule> {
        let actors = [
            ("advised", ".advised"),
            ("standing", ".standing"),
            ("commission", ".commission"),
            ("commission_below", ".commission.below"),
            ("committee", ".committee"),
            ("committee_below", ".committee.below"),
            // A cell's own report speaks of all that was done there.
            ("cell", ""),
            ("", ""),
        ];
        let organisations = ["tổ chức đảng", "tổ chức cơ sở đảng", "tổ chức", "chi bộ", "đảng bộ", "đơn vị"];
        let persons = ["đảng viên", "đồng chí", "người", "cán bộ", "cá nhân", "bí thư", "cấp ủy viên"];
        let mut rules = Vec::new();
        for (actor, place) in actors {
            for (what, nouns) in
                [("organisations", &organisations[..]), ("persons", &persons[..]), ("heads", &persons[..])]
            {
                let heads = what == "heads";
                // Heads are counted apart only where the catalogue does so.
                if heads && !matches!(actor, "advised" | "standing" | "commission" | "" | "cell") {
                    continue;
                }
                let is = (!actor.is_empty()).then(|| ("actor".to_owned(), actor.to_owned()));
                rules.push(Rule {
                    indicator: format!("{}{place}.{what}", self.prefix),
                    topic: vec![self.topic.clone()],
                    unit: nouns.iter().map(|n| (*n).to_owned()).collect(),
                    says: match heads {
                        true => vec![vec!["đứng đầu".to_owned(), "bí thư".to_owned(), "thủ trưởng".to_owned()]],
                        false => Vec::new(),
                    },
                    nouns_never: match what {
                        // "Đồng chí bí thư chi bộ" is a person.
                        "organisations" => {
                            ["đồng chí", "đảng viên", "cá nhân", "bí thư"].map(str::to_owned).to_vec()
                        }
                        _ => ["tổ chức"].map(str::to_owned).to_vec(),
                    },
                    is: is.into_iter().collect(),
                    part: heads,
                    within: 60,
                    sure: if actor.is_empty() { 0.75 } else { sure() },
                    ..Rule::default()
                });
            }
        }
        rules
    }
}

/// One side of what a clause says, of which the nearest value counts: who acted, what money was for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facet {
    name: String,
    lean: Lean,
    within: usize,
    values: Vec<FacetValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FacetValue {
    code: String,
    says: Vec<String>,
    #[serde(default)]
    over: usize,
    /// Nearer than the facet's own.
    within: Option<usize>,
}

/// The value of a facet and how far its words stand, from 0 to 1.
struct Hit {
    code: String,
    far: f64,
}

/// The facets of a claim, worked out when a rule asks.
struct Facets<'a> {
    of: &'a [Facet],
    known: BTreeMap<&'a str, Option<Hit>>,
}

impl Facets<'_> {
    fn get(&mut self, name: &str, around: &Around) -> Option<&Hit> {
        let facet = self.of.iter().find(|f| f.name == name)?;
        self.known.entry(&facet.name).or_insert_with(|| facet.of(around)).as_ref()
    }
}

struct Place {
    value: usize,
    side: Side,
    start: usize,
    end: usize,
}

impl Facet {
    fn of(&self, around: &Around) -> Option<Hit> {
        let mut places = Vec::new();
        for (value, v) in self.values.iter().enumerate() {
            for phrase in &v.says {
                for side in [Side::Before, Side::Inside, Side::After] {
                    let text = around.text(side);
                    // "Kiểm tra 33 chi bộ": what is counted did not act.
                    let counted = |at: &usize| {
                        let before = text[..*at].trim_end().bytes().next_back();
                        self.lean == Lean::Ahead && before.is_some_and(|b| b.is_ascii_digit())
                    };
                    let found = occurrences(text, phrase).filter(|at| !counted(at));
                    places.extend(found.map(|start| Place { value, side, start, end: start + phrase.len() }));
                }
            }
        }
        let hidden = |p: &Place| {
            places.iter().any(|q| {
                let inside = q.start <= p.start && p.end <= q.end && q.end - q.start > p.end - p.start;
                let over = self.values[q.value].over;
                // Only within its own clause.
                let clause = |from: usize, to: usize| {
                    !around.text(p.side).get(from..to).is_some_and(|t| t.contains(['.', ';', '\u{1}']))
                };
                let behind = q.value != p.value && p.start >= q.end && p.start <= q.end + over && over > 0;
                let behind = behind && q.side == p.side && clause(q.end, p.start);
                q.side == p.side && (inside || behind)
            })
        };
        let near = places
            .iter()
            .filter(|p| !hidden(p) && !self.values[p.value].code.is_empty())
            .map(|p| (self.lean.cost(p.side, around.cost(p.side, p.start, p.end)), p.value))
            .filter(|(cost, value)| *cost <= self.values[*value].within.unwrap_or(self.within))
            .min()?;
        Some(Hit {
            code: self.values[near.1].code.clone(),
            far: near.0 as f64 / self.within.max(1) as f64,
        })
    }
}

/// The words around a number, folded, with what it costs to reach each.
struct Around {
    noun: String,
    before: String,
    quote: String,
    after: String,
    /// The cost from the end of `before` back to each of its bytes.
    back: Vec<usize>,
    /// The cost from the start of `after` on to each of its bytes.
    on: Vec<usize>,
}

impl Around {
    fn new(said: &Said<'_>) -> Around {
        let (before, after) = (folded(said.before), folded(said.after));
        let mut back = costs(before.bytes().rev(), false);
        back.reverse();
        Around {
            noun: fold(said.unit),
            quote: folded(said.quote),
            on: costs(after.bytes(), true),
            back,
            before,
            after,
        }
    }

    fn text(&self, side: Side) -> &str {
        match side {
            Side::Before => &self.before,
            Side::Inside => &self.quote,
            Side::After => &self.after,
        }
    }

    fn cost(&self, side: Side, start: usize, end: usize) -> usize {
        match side {
            Side::Before => self.back.get(end.saturating_sub(1)).copied().unwrap_or(0),
            Side::Inside => 0,
            Side::After => self.on.get(start).copied().unwrap_or(0),
        }
    }

    fn noun_has(&self, phrase: &str) -> bool {
        occurrences(&self.noun, phrase).next().is_some() || occurrences(&self.quote, phrase).next().is_some()
    }

    /// How far the nearest occurrence of a phrase is.
    fn nearest(&self, phrase: &str, lean: Lean) -> Option<usize> {
        if self.noun_has(phrase) {
            return Some(0);
        }
        // A phrase may begin in the quote and end behind it: "10 mô hình | dân vận khéo".
        let cost = |side: Side, start: usize| lean.cost(side, self.cost(side, start, start + phrase.len()));
        let before = occurrences(&self.before, phrase).last().map(|start| cost(Side::Before, start));
        let after = occurrences(&self.after, phrase).next().map(|start| cost(Side::After, start));
        before.into_iter().chain(after).min()
    }
}

/// What it costs to walk over the letters.
fn costs(bytes: impl Iterator<Item = u8>, forward: bool) -> Vec<usize> {
    let mut out = Vec::new();
    let (mut cost, mut digits, mut last) = (0_usize, false, b' ');
    for byte in bytes {
        let digit = byte.is_ascii_digit();
        cost += match byte {
            b',' => 12,
            b';' => 130,
            // "12.500" is one number; a full stop has a space behind it.
            b'.' if (forward && !digits) || (!forward && last == b' ') => 110,
            b'\x01' => 110,
            // Behind the number another one begins another claim.
            _ if forward && digit && !digits => 35,
            _ => 1,
        };
        (digits, last) = (digit, byte);
        out.push(cost);
    }
    out
}

/// The text without tone marks; ends of lines that end something are kept as a sign.
fn folded(text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + 8);
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        marked.push_str(line);
        let Some(next) = lines.peek() else { break };
        let ends = line.trim_end().ends_with(['.', ';', ':', '!', '?']);
        let begins = next.trim_start().is_empty() || next.trim_start().starts_with(['-', '+', '•', '*']);
        marked.push_str(if ends || begins { " \u{1} " } else { " " });
    }
    // The sign of a footnote stands behind a word and is no part of it.
    fold(&marked.replace(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'], " "))
}

/// Where a phrase stands as whole words.
fn occurrences<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    // `contains` is many times faster than a search for places, and mostly says no.
    let text = if text.contains(phrase) { text } else { "" };
    text.match_indices(phrase).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
