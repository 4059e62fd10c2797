//! Everything that rows of a file may refer to: the database's and the file's own.

use super::names::{Entry, Found, Names};
use crate::REGISTRY;
use crate::kind::{Draft, Kind, Owner, Ty};
use domain::Message;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Result, Tx, Value};

/// What rows may refer to, by kind.
pub(super) struct Known {
    kinds: HashMap<&'static str, Names>,
    /// Among several of one name, those of these units are meant.
    pub prefer: HashSet<String>,
    /// People may be found by name in these units only; by their codes everywhere. `None`: in all.
    pub named_units: Option<HashSet<String>>,
    /// How many references meant nothing.
    lost: AtomicUsize,
}

/// For how many references that mean nothing something like them is looked for.
const LOOKED_FOR: usize = 100;

/// A reference that was understood.
pub(super) struct Meant {
    /// The thing's id.
    pub id: String,
    /// Worth a look all the same.
    pub doubt: Option<Message>,
}

/// The column that holds a thing's name.
pub(super) fn title_of(kind: &Kind) -> Option<&'static str> {
    ["name", "title", "vi"].into_iter().find(|name| kind.field(name).is_some())
}

/// The kind that a field's values are of.
pub(super) fn referred(ty: Ty) -> Option<&'static str> {
    match ty {
        Ty::Unit => Some("unit"),
        Ty::Person => Some("person"),
        Ty::Ref(kind) => Some(kind),
        _ => None,
    }
}

impl Known {
    /// Loads what the fields of these kinds refer to, each kind in one query.
    pub async fn load(tx: &mut Tx, kinds: &[&'static Kind]) -> Result<Known> {
        let mut needed: HashSet<&'static str> = HashSet::from(["unit"]);
        for kind in kinds {
            needed.extend(kind.fields.iter().filter_map(|f| referred(f.ty)));
            // A person may be meant by name within the unit that owns the row; a kind that others
            // refer to must know its own rows too.
            if kind.key == ["code"] {
                needed.insert(kind.name);
            }
        }
        let mut known = Known {
            kinds: HashMap::new(),
            prefer: HashSet::new(),
            named_units: None,
            lost: AtomicUsize::new(0),
        };
        for name in needed {
            if let Some(kind) = REGISTRY.kind(name) {
                let names = load(tx, kind).await?;
                known.kinds.insert(kind.name, names);
            }
        }
        known.titles_of_units(tx).await?;
        if known.kinds.contains_key("person") {
            let sql = "SELECT DISTINCT person, unit FROM membership WHERE withdrawn IS NULL";
            for row in tx.query(sql, &[]).await? {
                known.place(row.text("person")?, row.text("unit")?);
            }
        }
        Ok(known)
    }

    /// Units are known by every name they ever had.
    async fn titles_of_units(&mut self, tx: &mut Tx) -> Result<()> {
        let Some(units) = self.kinds.get_mut("unit") else { return Ok(()) };
        for row in tx.query("SELECT unit, name FROM unit_name ORDER BY unit, from_day", &[]).await? {
            if let Some(at) = units.position(row.text("unit")?) {
                let name = row.words("name")?;
                units.title(at, &name);
                // Ordered by day: the last one stays, and is what messages say.
                units.entries[at].name = name;
            }
        }
        Ok(())
    }

    pub fn names(&self, kind: &str) -> Option<&Names> {
        self.kinds.get(kind)
    }

    pub fn names_mut(&mut self, kind: &str) -> Option<&mut Names> {
        self.kinds.get_mut(kind)
    }

    /// A person belongs to a unit.
    pub fn place(&mut self, person: &str, unit: &str) {
        if let Some(entry) = self.kinds.get_mut("person").and_then(|n| n.by_id_mut(person))
            && !entry.places.iter().any(|p| p == unit)
        {
            entry.places.push(unit.to_owned());
        }
    }

    /// A row of the file was understood: what it says of its owner is known from now on.
    pub fn settle(&mut self, kind: &'static Kind, id: &str, draft: &Draft) {
        if kind.name == "membership"
            && let (Some(person), Some(unit)) = (draft.text("person"), draft.text("unit"))
        {
            self.place(person, unit);
        }
        let owner = match kind.name {
            "unit" => draft.text("parent").map(str::to_owned),
            _ => self.owner(kind, id, draft),
        };
        if let Some(entry) = self.kinds.get_mut(kind.name).and_then(|n| n.by_id_mut(id)) {
            if kind.name == "person"
                && let Some(unit) = &owner
                && !entry.places.contains(unit)
            {
                entry.places.push(unit.clone());
            }
            entry.owner = owner;
        }
    }

    /// The unit that owns a row.
    pub fn owner(&self, kind: &'static Kind, id: &str, draft: &Draft) -> Option<String> {
        match kind.owner {
            Owner::Field("id") => Some(id.to_owned()),
            Owner::Field(field) => draft.text(field).map(str::to_owned),
            Owner::Through(field) => {
                let parent = kind.field(field).and_then(|f| referred(f.ty))?;
                self.names(parent)?.by_id(draft.text(field)?)?.owner.clone()
            }
            Owner::Shared => None,
        }
    }

    /// A unit of the database that a unit is, or that stands above a unit of the file.
    pub fn anchor(&self, unit: &str) -> Option<&str> {
        let units = self.names("unit")?;
        let mut at = units.by_id(unit)?;
        // A loop of the file ends here too; it is told elsewhere.
        for _ in 0..64 {
            if !at.fresh {
                return Some(&at.id);
            }
            at = units.by_id(at.owner.as_deref()?)?;
        }
        None
    }

    /// Whether a unit is another one, or was founded below it.
    fn under(&self, unit: &str, home: &str) -> bool {
        let Some(units) = self.names("unit") else { return false };
        let mut at = Some(unit);
        for _ in 0..64 {
            match at {
                None => return false,
                Some(id) if id == home => return true,
                Some(id) => at = units.by_id(id).and_then(|e| e.owner.as_deref()),
            }
        }
        false
    }

    /// `Tên (MÃ)` of a unit, for messages.
    pub fn unit_label(&self, id: &str) -> String {
        let found = self.names("unit").and_then(|n| n.by_id(id));
        found.map_or_else(|| id.to_owned(), |e| format!("{} ({})", e.name, e.code))
    }

    /// What the words of a reference mean. `home` is the unit of the row.
    pub fn meant(&self, ty: Ty, words: &str, home: Option<&str>) -> std::result::Result<Meant, Message> {
        let kind = referred(ty).and_then(|k| REGISTRY.kind(k));
        let (Some(kind), Some(names)) = (kind, referred(ty).and_then(|k| self.names(k))) else {
            return Err(Message::new("transfer-ref-unknown").with("kind", "?").with("found", words));
        };
        let person = ty == Ty::Person;
        let bare = if person { domain::text::strip_titles(words) } else { words.to_owned() };
        let seen = |e: &Entry| match &self.named_units {
            Some(units) if person => e.fresh || e.places.iter().any(|p| units.contains(p)),
            _ => true,
        };
        let sure = |at: usize, doubt: Option<Message>| {
            let id = names.entries[at].id.clone();
            Ok(Meant { id, doubt })
        };
        let found = match names.find(words, seen) {
            Found::None if bare != words => names.find(&bare, seen),
            found => found,
        };
        match found {
            Found::One(at) if person => {
                let e = &names.entries[at];
                let by_name = e.code != words && super::names::bracketed(words).is_none();
                let elsewhere = home.is_some_and(|h| !e.places.iter().any(|p| self.under(p, h)));
                let doubt =
                    (by_name && elsewhere && domain::text::fold(&e.code) != domain::text::fold(words))
                        .then(|| Message::new("transfer-person-elsewhere").with("code", &e.code));
                sure(at, doubt)
            }
            Found::One(at) => sure(at, None),
            Found::Misnamed(at) => {
                let doubt = Message::new("transfer-ref-misnamed").with("code", &names.entries[at].code);
                sure(at, Some(doubt))
            }
            Found::Many(all) => {
                let near = home.and_then(|h| {
                    names.within(&all, |u| u == h).or_else(|| names.within(&all, |u| self.under(u, h)))
                });
                if let Some(at) = near.or_else(|| names.within(&all, |u| self.prefer.contains(u))) {
                    return sure(at, None);
                }
                Err(Message::new("transfer-ref-many")
                    .with("found", words)
                    .with("n", all.len())
                    .with("codes", names.listed(&all)))
            }
            Found::None => {
                // Looking for what was meant walks through everything: not for a file of errors.
                let few = self.lost.fetch_add(1, Ordering::Relaxed) < LOOKED_FOR;
                let near = if few { names.near(&bare, seen) } else { Vec::new() };
                let key = match (ty, near.is_empty()) {
                    (Ty::Unit, true) => "transfer-unit-unknown",
                    (Ty::Person, true) => "transfer-person-unknown",
                    (_, true) => "transfer-ref-unknown",
                    (_, false) => "transfer-ref-near",
                };
                let message = Message::new(key).with("found", words).with("kind", kind.vi);
                Err(message.with("near", names.listed(&near)))
            }
        }
    }
}

async fn load(tx: &mut Tx, kind: &'static Kind) -> Result<Names> {
    let title = title_of(kind);
    let owner = match (kind.name, kind.owner) {
        ("unit", _) => Some("parent"),
        (_, Owner::Field(field)) => Some(field),
        _ => None,
    };
    let mut columns = vec!["id", "code", "withdrawn"];
    columns.extend(title);
    columns.extend(owner);
    let unit = kind.name == "unit";
    columns.extend(unit.then_some("kind"));
    let sql = format!("SELECT {} FROM {} ORDER BY id", columns.join(", "), kind.name);
    let mut names = Names::default();
    for row in tx.query(&sql, &[]).await? {
        let owner = owner.map(|c| row.opt_text(c)).transpose()?.flatten().map(str::to_owned);
        let entry = Entry {
            id: row.words("id")?,
            code: row.words("code")?,
            name: title.map(|c| row.words(c)).transpose()?.unwrap_or_default(),
            places: if kind.name == "person" { owner.iter().cloned().collect() } else { Vec::new() },
            owner,
            kind: if unit { Some(row.words("kind")?) } else { None },
            withdrawn: !row.get("withdrawn").map(Value::is_null)?,
            fresh: false,
        };
        names.add(entry);
    }
    Ok(names)
}
