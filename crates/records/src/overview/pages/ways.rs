//! The ways from a unit to its pages: on home's cards and on the unit's own page.

use crate::address::of_unit;
use crate::unit::Unit;
use domain::Action;
use shell::Visit;

/// A page of a unit: the key of its words, its path, what it asks for, whether only a cell has it.
const WAYS: [(&str, &str, Action, bool); 13] = [
    ("overview-year", "/year", Action::ReadRecords, true),
    ("activity-session-list-title", "/sessions", Action::WriteRecords, true),
    ("activity-rota-title", "/rota", Action::WriteRecords, true),
    ("overview-commitments", "/commitment", Action::WriteRecords, false),
    ("overview-follow", "/follow", Action::WriteRecords, true),
    ("account-members-title", "/members", Action::WriteRecords, true),
    ("overview-data-requests", "/data-requests", Action::WriteRecords, true),
    ("commendation-praise-title", "/praise", Action::WriteRecords, false),
    ("practice-models-title", "/models", Action::ReadUnits, false),
    ("figure-list-title", "/figures", Action::ReadFigures, false),
    ("figure-coverage-title", "/coverage", Action::ReadFigures, false),
    ("report-list-title", "/reports", Action::ReadFigures, false),
    ("overview-records", "/records", Action::ReadRecords, false),
];

/// The ways that somebody may go: words and address.
pub(super) fn ways(visit: &Visit, unit: &Unit, may: impl Fn(Action) -> bool) -> Vec<(String, String)> {
    let open = WAYS.iter().filter(|(_, _, action, cell)| may(*action) && (unit.cell || !cell));
    open.map(|(key, below, _, _)| (visit.text(key), of_unit(&unit.code, below))).collect()
}

/// A person's own pages.
const OWN: [(&str, &str); 5] = [
    ("overview-my-commitment", "/me/commitment"),
    ("overview-my-tasks", "/me/tasks"),
    ("overview-my-feedback", "/me/feedback"),
    ("overview-my-data", "/me/data"),
    ("overview-my-account", "/me"),
];

/// The pages of somebody whose account belongs to a person.
pub(super) fn own_ways(visit: &Visit) -> Vec<(String, String)> {
    OWN.iter().map(|(key, href)| (visit.text(key), (*href).to_owned())).collect()
}
