//! Who acts, in which role, and what they ask to do.
//!
//! The table below is the whole of what a role may do. Where a role may do it
//! (a unit and its subtree, for a time) is a grant, kept by `records/account`;
//! the one question that joins both is `may()` there. Default is no.

use crate::Id;

/// Whoever performs an action: a signed-in account, or the program's operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The person at the machine that holds the database, using the command line.
    Operator,
    /// A signed-in account; `person` is the member it belongs to, if any.
    Account {
        /// The account's id.
        id: Id,
        /// Its sign-in name.
        name: String,
        /// The person that the account belongs to.
        person: Option<Id>,
    },
    /// Nobody signed in.
    Nobody,
}

impl Actor {
    /// The name that the audit log keeps.
    pub fn log_name(&self) -> &str {
        match self {
            Actor::Operator => "operator",
            Actor::Account { name, .. } => name,
            Actor::Nobody => "nobody",
        }
    }
}

/// What an account may be on a unit and its subtree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Quản trị: accounts and the unit tree; no personal records by itself.
    Administrator,
    /// Cán bộ cấp ủy: follows and compiles for a whole committee's subtree.
    Officer,
    /// Bí thư, chi ủy: keeps the records of a cell.
    Secretary,
    /// Cán bộ kiểm tra: inspection, supervision, discipline.
    Inspector,
    /// Đảng viên: their own commitment and data.
    Member,
    /// Cấp trên: reads figures and issued reports, never names.
    Superior,
}

impl Role {
    /// Every role, in the order shown to people.
    pub const ALL: [Role; 6] =
        [Role::Administrator, Role::Officer, Role::Secretary, Role::Inspector, Role::Member, Role::Superior];

    /// The code that databases and message keys use.
    pub fn code(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Officer => "officer",
            Role::Secretary => "secretary",
            Role::Inspector => "inspector",
            Role::Member => "member",
            Role::Superior => "superior",
        }
    }

    /// The role of a code; `None` for a word that is no role.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.code() == code)
    }

    /// Whether the role, where it is granted, allows the action.
    pub fn allows(self, action: Action) -> bool {
        use Action::*;
        match self {
            Role::Administrator => matches!(action, ReadUnits | WriteUnits | ManageAccounts),
            Role::Officer => !matches!(action, ManageAccounts | ReadSensitive | WriteSensitive),
            Role::Secretary => !matches!(action, ManageAccounts | WriteUnits | Settle),
            Role::Inspector => matches!(
                action,
                ReadUnits | ReadFigures | ReadRecords | ReadNames | ReadSensitive | WriteSensitive
            ),
            Role::Member => matches!(action, ReadUnits),
            Role::Superior => matches!(action, ReadUnits | ReadFigures),
        }
    }
}

/// What an actor asks to do with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the unit in the tree.
    ReadUnits,
    /// See its figures, coverage and reports.
    ReadFigures,
    /// See its records as rows, without names of persons.
    ReadRecords,
    /// See names of persons.
    ReadNames,
    /// See inspection, discipline and ratings of persons by name.
    ReadSensitive,
    /// Add and change records.
    WriteRecords,
    /// Add and change inspections and discipline.
    WriteSensitive,
    /// Change the unit tree.
    WriteUnits,
    /// Enter a stated figure or a return state.
    State,
    /// Settle a conflict between counted and stated.
    Settle,
    /// Write and issue reports; make and follow requests.
    Report,
    /// Add accounts and grants.
    ManageAccounts,
}

impl Action {
    /// Every action; the access test walks it.
    pub const ALL: [Action; 12] = [
        Action::ReadUnits,
        Action::ReadFigures,
        Action::ReadRecords,
        Action::ReadNames,
        Action::ReadSensitive,
        Action::WriteRecords,
        Action::WriteSensitive,
        Action::WriteUnits,
        Action::State,
        Action::Settle,
        Action::Report,
        Action::ManageAccounts,
    ];
}
