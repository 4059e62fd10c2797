//! Which rows a visitor of a unit's pages may see, as parts of a query.

use crate::REGISTRY;
use crate::address::UNDER;
use crate::kind::{Kind, Owner, Ty};
use domain::Action;
use shell::{Result, Visit};
use store::{Tx, Value};

/// What the visitor may see on the unit of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight {
    /// Names of persons.
    pub names: bool,
    /// Sensitive kinds.
    pub sensitive: bool,
}

impl Sight {
    pub async fn of(visit: &Visit, tx: &mut Tx, unit_code: &str) -> Result<Sight> {
        Ok(Sight {
            names: visit.may(tx, Action::ReadNames, unit_code).await?,
            sensitive: visit.may(tx, Action::ReadSensitive, unit_code).await?,
        })
    }

    /// Whether rows of the kind are shown at all.
    pub fn shows(self, kind: &Kind) -> bool {
        self.sensitive || !kind.sensitive
    }
}

/// The kind that a field's values are of.
pub(crate) fn referred(ty: Ty) -> Option<&'static Kind> {
    match ty {
        Ty::Unit => REGISTRY.kind("unit"),
        Ty::Person => REGISTRY.kind("person"),
        Ty::Ref(kind) => REGISTRY.kind(kind),
        _ => None,
    }
}

/// The field that says which person a row is about.
pub(crate) fn subject(kind: &Kind) -> Option<&'static str> {
    if kind.name == "person" {
        return Some("id");
    }
    let field = ["person", "object_person"].into_iter().find_map(|name| kind.field(name))?;
    (field.ty == Ty::Person).then_some(field.name)
}

/// The rows of a kind that belong to a unit and those below it.
pub(crate) struct Rows {
    /// `activity r JOIN …`.
    pub from: String,
    /// The id of the owning unit; `None` for shared lists.
    pub owner: Option<String>,
    /// Conditions, joined by AND.
    pub when: Vec<String>,
    /// Their parameters.
    pub params: Vec<Value>,
}

impl Rows {
    pub fn new(visit: &Visit, kind: &'static Kind, unit_id: &str, sight: Sight) -> Rows {
        let mut from = format!("{} r", kind.name);
        let owner = owner(kind, "r", 0, &mut from);
        let params = vec![Value::from(unit_id), Value::from(visit.today())];
        // Both parameters are bound for shared lists too: one numbering for every kind.
        let when = match &owner {
            Some(owner) => format!("{owner} IN ({UNDER})"),
            None => "COALESCE($1, $2) IS NOT NULL".to_owned(),
        };
        let mut when = vec![when];
        if kind.name == "evidence" && !sight.sensitive {
            // The title of a paper about a discipline tells what the paper is kept from telling.
            when.push(crate::evidence::open_only("r"));
        }
        Rows { from, owner, when, params }
    }

    /// The number of the next parameter.
    pub fn bind(&mut self, value: impl Into<Value>) -> usize {
        self.params.push(value.into());
        self.params.len()
    }

    /// `FROM … WHERE …`.
    pub fn sql(&self) -> String {
        format!("FROM {} WHERE {}", self.from, self.when.join(" AND "))
    }
}

/// The owner of a row of `kind`, joining the records it belongs through.
fn owner(kind: &'static Kind, alias: &str, depth: usize, from: &mut String) -> Option<String> {
    match kind.owner {
        Owner::Shared => None,
        Owner::Field(field) => Some(format!("{alias}.{field}")),
        Owner::Through(field) => {
            let parent = kind.field(field).and_then(|f| referred(f.ty)).filter(|_| depth < 4)?;
            let above = format!("o{depth}");
            from.push_str(&format!(" JOIN {} {above} ON {above}.id = {alias}.{field}", parent.name));
            owner(parent, &above, depth + 1, from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_says_to_whom_its_rows_belong() {
        for kind in REGISTRY.kinds() {
            let mut from = format!("{} r", kind.name);
            let owner = owner(kind, "r", 0, &mut from);
            // A kind without an owner would be shown to everybody.
            assert_eq!(owner.is_none(), kind.owner == Owner::Shared, "{}", kind.name);
        }
        let mut from = String::new();
        let standing = REGISTRY.kind("standing").unwrap();
        assert_eq!(owner(standing, "r", 0, &mut from).as_deref(), Some("o0.unit"));
        assert_eq!(from, " JOIN person o0 ON o0.id = r.person");
    }

    #[test]
    fn the_person_whom_a_row_is_about_is_known() {
        let subject = |kind| super::subject(REGISTRY.kind(kind).unwrap());
        assert_eq!(subject("person"), Some("id"));
        assert_eq!(subject("commitment"), Some("person"));
        assert_eq!(subject("discipline"), Some("object_person"));
        assert_eq!(subject("activity"), None, "who wrote the lead-in paper is not its subject");
    }
}
