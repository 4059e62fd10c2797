//! Tests of the language as a whole, over measures like those of the real features.

mod catalogue;
mod language;
mod messages;
mod numbers;
mod round_trip;

use crate::{Dim, DimType, Measure, Plan, Problem, Shape, check, parse};
use std::collections::BTreeMap;

const fn dim(name: &'static str, ty: DimType) -> Dim {
    Dim { name, ty, label_vi: name, label_en: name }
}

const EMPTY: Measure = Measure {
    name: "",
    label_vi: "",
    label_en: "",
    shape: Shape::Events,
    sql: "",
    dims: &[],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị", "the unit"),
    returns: "",
};

/// Inspections: acts of a unit on organisations or members.
pub(crate) const INSPECTION: Measure = Measure {
    name: "inspection",
    dims: &[
        dim("kind", DimType::Choice(&["inspection", "supervision"])),
        dim("object", DimType::Choice(&["organisation", "member"])),
        dim("actor_level", DimType::Choice(&["committee", "inspection_commission"])),
        dim("head", DimType::Flag),
        dim("due", DimType::Day),
        dim("findings", DimType::Int),
        dim("object_unit", DimType::Unit),
    ],
    returns: "inspection",
    ..EMPTY
};
/// Attendances of persons.
pub(crate) const ATTENDANCE: Measure = Measure {
    name: "attendance",
    dims: &[dim("programme", DimType::Word), dim("category", DimType::Choice(&["party_member", "worker"]))],
    persons: true,
    returns: "activity",
    ..EMPTY
};
/// Memberships.
pub(crate) const MEMBER: Measure = Measure {
    name: "member",
    shape: Shape::Spells,
    dims: &[dim("category", DimType::Choice(&["party_member", "worker"])), dim("exempt", DimType::Flag)],
    persons: true,
    returns: "person",
    ..EMPTY
};
/// Contributions of money.
pub(crate) const GIFT: Measure = Measure {
    name: "gift",
    dims: &[dim("purpose", DimType::Word)],
    amounts: true,
    returns: "contribution",
    ..EMPTY
};
/// Yearly ratings.
pub(crate) const RATING: Measure = Measure {
    name: "rating",
    dims: &[dim("grade", DimType::Choice(&["excellent", "good"])), dim("category", DimType::Word)],
    persons: true,
    returns: "rating",
    ..EMPTY
};

pub(crate) const MEASURES: &[&Measure] = &[&INSPECTION, &ATTENDANCE, &MEMBER, &GIFT, &RATING];

/// The plan of an expression that refers to no other.
fn plan(text: &str) -> Plan {
    try_plan(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

fn try_plan(text: &str) -> Result<Plan, Vec<Problem>> {
    check(&parse(text).map_err(|p| vec![p])?, MEASURES, &BTreeMap::new())
}
