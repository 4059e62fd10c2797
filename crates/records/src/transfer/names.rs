//! An index of things that rows refer to: by code, by code in brackets, by name.

use domain::text;
use std::collections::HashMap;

/// One thing that can be referred to.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub id: String,
    pub code: String,
    /// Its name, for messages.
    pub name: String,
    /// The unit that owns it; the parent of a unit.
    pub owner: Option<String>,
    /// Units it belongs to, over all time: for people.
    pub places: Vec<String>,
    /// The kind of a unit.
    pub kind: Option<String>,
    pub withdrawn: bool,
    /// It comes with the file that is being read, and is not in the database yet.
    pub fresh: bool,
}

/// What a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// One thing.
    One(usize),
    /// One thing by its code in brackets, but the name before them is of no such thing.
    Misnamed(usize),
    /// Several of that name.
    Many(Vec<usize>),
    /// Nothing.
    None,
}

/// Things of one kind.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    by_folded_code: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
}

/// The two parts of `Tên (MÃ)`.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix(')')?;
    let (name, code) = inner.rsplit_once('(')?;
    (!code.trim().is_empty()).then(|| (name.trim(), code.trim()))
}

impl Names {
    /// Adds a thing, or finds the one that has its code already.
    pub fn add(&mut self, entry: Entry) -> usize {
        if let Some(&at) = self.by_code.get(&entry.code) {
            self.title(at, &entry.name);
            return at;
        }
        let at = self.entries.len();
        self.by_id.insert(entry.id.clone(), at);
        self.by_code.insert(entry.code.clone(), at);
        self.by_folded_code.entry(text::fold(&entry.code)).or_default().push(at);
        let name = entry.name.clone();
        self.entries.push(entry);
        self.title(at, &name);
        at
    }

    /// One more name under which a thing is known.
    pub fn title(&mut self, at: usize, title: &str) {
        let key = text::fold(title);
        if key.is_empty() {
            return;
        }
        let all = self.by_title.entry(key).or_default();
        if !all.contains(&at) {
            all.push(at);
        }
    }

    /// One more name for the thing that a text names by its code, alone or as `Tên (MÃ)`.
    pub fn also_called(&mut self, words: &str, title: &str) {
        let coded = self.coded(words).or_else(|| self.coded(bracketed(words)?.1));
        if let Some(at) = coded {
            self.title(at, title);
        }
    }

    pub fn by_id(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|&at| self.entries.get(at))
    }

    pub fn by_id_mut(&mut self, id: &str) -> Option<&mut Entry> {
        self.by_id.get(id).and_then(|&at| self.entries.get_mut(at))
    }

    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub fn by_code(&self, code: &str) -> Option<&Entry> {
        self.by_code.get(code).and_then(|&at| self.entries.get(at))
    }

    /// Things of a name that still count.
    pub fn titled(&self, name: &str) -> Vec<usize> {
        let all = self.by_title.get(&text::fold(name)).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(|&at| !self.entries[at].withdrawn).collect()
    }

    fn coded(&self, code: &str) -> Option<usize> {
        if let Some(&at) = self.by_code.get(code) {
            return Some(at);
        }
        match self.by_folded_code.get(&text::fold(code)).map(Vec::as_slice) {
            Some([at]) => Some(*at),
            _ => None,
        }
    }

    /// What a text means: a code, `Tên (MÃ)`, a name. `seen` says which things may be found by
    /// their name alone.
    pub fn find(&self, words: &str, seen: impl Fn(&Entry) -> bool) -> Found {
        if let Some(at) = self.coded(words) {
            return Found::One(at);
        }
        if let Some((name, code)) = bracketed(words)
            && let Some(at) = self.coded(code)
        {
            let known = self.by_title.get(&text::fold(&text::strip_titles(name)));
            let same = name.is_empty() || known.is_some_and(|all| all.contains(&at));
            return if same { Found::One(at) } else { Found::Misnamed(at) };
        }
        let mut all = self.titled(words);
        all.retain(|&at| seen(&self.entries[at]));
        match all[..] {
            [] => Found::None,
            [at] => Found::One(at),
            _ => Found::Many(all),
        }
    }

    /// The only one of several that is in some units: is one, belongs to one, is owned by one.
    pub fn within(&self, all: &[usize], units: impl Fn(&str) -> bool) -> Option<usize> {
        let mut inside = all.iter().copied().filter(|&at| {
            let e = &self.entries[at];
            units(&e.id) || e.places.iter().any(|p| units(p)) || e.owner.as_deref().is_some_and(&units)
        });
        match (inside.next(), inside.next()) {
            (Some(at), None) => Some(at),
            _ => None,
        }
    }

    /// `Tên (MÃ); Tên (MÃ)…` for a message.
    pub fn listed(&self, all: &[usize]) -> String {
        const SHOWN: usize = 8;
        let label = |&at: &usize| {
            let e = &self.entries[at];
            if e.name.is_empty() { e.code.clone() } else { format!("{} ({})", e.name, e.code) }
        };
        let mut shown: Vec<String> = all.iter().take(SHOWN).map(label).collect();
        if all.len() > SHOWN {
            shown.push("…".to_owned());
        }
        shown.join("; ")
    }

    /// Things that a misspelt text may have meant: its words are the beginning, or a part, of their
    /// name or code, or the other way round.
    pub fn near(&self, words: &str, seen: impl Fn(&Entry) -> bool) -> Vec<usize> {
        let key = text::fold(words);
        if key.chars().count() < 3 {
            return Vec::new();
        }
        let alike = |e: &Entry| {
            let (name, code) = (text::fold(&e.name), text::fold(&e.code));
            name.contains(&key) || code.contains(&key) || (name.len() > 6 && key.contains(&name))
        };
        let found = self.entries.iter().enumerate().filter(|(_, e)| !e.withdrawn && seen(e) && alike(e));
        found.map(|(at, _)| at).take(4).collect()
    }
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        for (code, name) in [("CB01", "Chi bộ Hòa Bình"), ("CB02", "Chi bộ 2"), ("CB03", "Chi bộ 2")]
        {
            names.add(Entry { id: code.into(), code: code.into(), name: name.into(), ..Entry::default() });
        }
        names
    }

    #[test]
    fn a_thing_is_found_by_code_by_label_and_by_name_however_it_is_spelt() {
        let names = names();
        for words in ["CB01", "cb01", "Chi bộ Hòa Bình (CB01)", "CHI BỘ HOÀ BÌNH", "chi bo hoa binh"]
        {
            assert_eq!(names.find(words, |_| true), Found::One(0), "{words}");
        }
        assert_eq!(names.find("Chi bộ Khác (CB01)", |_| true), Found::Misnamed(0));
        assert_eq!(names.find("Chi bộ 2", |_| true), Found::Many(vec![1, 2]));
        assert_eq!(names.find("Chi bộ 2", |e| e.code == "CB03"), Found::One(2));
        assert_eq!(names.find("Chi bộ 9", |_| true), Found::None);
        assert_eq!(names.listed(&[1, 2]), "Chi bộ 2 (CB02); Chi bộ 2 (CB03)");
    }

    #[test]
    fn what_was_withdrawn_is_known_by_its_code_only() {
        let mut names = names();
        names.entries[1].withdrawn = true;
        assert_eq!(names.find("Chi bộ 2", |_| true), Found::One(2));
        assert_eq!(names.find("CB02", |_| true), Found::One(1));
    }
}
