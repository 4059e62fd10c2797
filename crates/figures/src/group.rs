//! What a figure may be split by.

use crate::plan::{Leaf, Plan, Role};
use domain::Message;
use std::collections::BTreeSet;

/// A way to split a figure: `figure --by …`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GroupBy {
    /// By the units below.
    Unit,
    /// By calendar year; a dimension that is called `year` too cannot be meant.
    Year,
    /// By a dimension.
    Dim(String),
}

impl GroupBy {
    /// `unit`, `year`, or the name of a dimension.
    pub fn from_word(word: &str) -> GroupBy {
        match word {
            "unit" => GroupBy::Unit,
            "year" => GroupBy::Year,
            dim => GroupBy::Dim(dim.to_owned()),
        }
    }
}

impl Plan {
    /// Whether the figure may be split so; if not, the message says why.
    pub fn may_group(&self, by: &GroupBy) -> Result<(), Message> {
        let leaves = self.grouped_leaves();
        if leaves.is_empty() {
            return Err(Message::new("figures-group-number"));
        }
        match by {
            GroupBy::Unit => Ok(()),
            // A leaf with days of its own gives the same number for every year.
            GroupBy::Year => match leaves.iter().find(|l| l.every_year || !l.when.follows()) {
                None => Ok(()),
                Some(leaf) => Err(Message::new("figures-group-year").with("measure", leaf.measure.name)),
            },
            GroupBy::Dim(name) => {
                for leaf in &leaves {
                    let dim = leaf.measure.dim(name);
                    if dim.is_none() {
                        let known = self.dims();
                        let message = Message::new("figures-group-dim");
                        let message = message.with("dim", name).with("measure", leaf.measure.name);
                        return Err(message.with("list", known.join(", ")));
                    }
                    if dim.map(|d| d.ty) != leaves[0].measure.dim(name).map(|d| d.ty) {
                        return Err(Message::new("figures-group-differs").with("dim", name));
                    }
                }
                Ok(())
            }
        }
    }

    /// The dimensions that the figure may be split by.
    pub fn dims(&self) -> Vec<&'static str> {
        let leaves = self.grouped_leaves();
        let Some(first) = leaves.first() else { return Vec::new() };
        let shared = |name: &&'static str| {
            leaves.iter().all(|l| l.measure.dim(name).map(|d| d.ty) == first.measure.dim(name).map(|d| d.ty))
        };
        first.measure.dims.iter().map(|d| d.name).filter(shared).collect()
    }

    /// The leaves whose facts are split. Who was reached is not: a person of the population is
    /// reached or not, whatever the group. Nor is who is left out of a share, unless subtracted.
    fn grouped_leaves(&self) -> Vec<&Leaf> {
        fn walk<'p>(plan: &'p Plan, seen: &mut BTreeSet<&'p str>, leaves: &mut Vec<&'p Leaf>) {
            match plan {
                Plan::Leaf(leaf) | Plan::Without { population: leaf, .. } => leaves.push(leaf),
                Plan::Ref { id, .. } if !seen.insert(id) => return,
                _ => {}
            }
            for part in plan.parts().iter().filter(|part| part.role != Role::Excluded) {
                walk(part.plan, seen, leaves);
            }
        }
        let mut leaves = Vec::new();
        walk(self, &mut BTreeSet::new(), &mut leaves);
        leaves
    }
}
