//! The demonstration's sign-ins: one for each role.

use super::{block, province};
use crate::fail::Fail;
use domain::{Actor, Day, Role};
use records::account::{self, NewGrant, NewPassword};
use shell::SystemRandom;
use store::{Db, params};

/// One sign-in.
pub struct SignIn {
    /// What is typed as the name.
    pub name: &'static str,
    /// What it may do.
    pub role: Role,
    /// Where.
    pub unit: &'static str,
    /// Whether it belongs to a member of that unit.
    pub member: bool,
}

/// The password of them all. It opens nothing but the demonstration.
pub const PASSWORD: &str = "xem thu nen nep 2026";

/// The first cell of the block's third organisation.
pub const CELL: &str = "K003.01";
/// The sign-in of its secretary.
pub const SECRETARY: &str = "bithu";

/// One for each role.
pub const SIGN_INS: [SignIn; 6] = [
    SignIn { name: "quantri", role: Role::Administrator, unit: province::CODE, member: false },
    SignIn { name: "canbo", role: Role::Officer, unit: block::CODE, member: false },
    SignIn { name: SECRETARY, role: Role::Secretary, unit: CELL, member: true },
    SignIn { name: "kiemtra", role: Role::Inspector, unit: block::CODE, member: false },
    SignIn { name: "dangvien", role: Role::Member, unit: CELL, member: true },
    SignIn { name: "captren", role: Role::Superior, unit: province::CODE, member: false },
];

/// Makes the accounts and gives each its role from today on.
pub async fn make(db: &Db, today: Day) -> Result<(), Fail> {
    let refused = |error: shell::Error| Fail::Say(error.message());
    let mut tx = db.write(&Actor::Operator).await?;
    for sign_in in &SIGN_INS {
        let password = NewPassword::make(&SystemRandom, sign_in.name, PASSWORD).await.map_err(refused)?;
        let mut person = None;
        if sign_in.member {
            // The secretary's account is the secretary's; the member's is another member's.
            let head = i64::from(sign_in.role == Role::Secretary);
            let sql = "SELECT p.id FROM person p JOIN unit u ON u.id = p.unit
                       WHERE u.code = $1 AND p.withdrawn IS NULL AND p.category = 'party_member'
                         AND (SELECT COUNT(*) FROM position o WHERE o.person = p.id AND o.head = 1) >= $2
                         AND (SELECT COUNT(*) FROM position o WHERE o.person = p.id) <= 20 * $2
                       ORDER BY p.code LIMIT 1";
            let row = tx.first(sql, params![sign_in.unit, head]).await?;
            person = row.map(|r| r.words("id")).transpose()?.and_then(|id| id.parse().ok());
        }
        let account = account::create_account(&mut tx, &Actor::Operator, sign_in.name, &password, person)
            .await
            .map_err(refused)?;
        let unit = records::unit::by_code(&mut tx, sign_in.unit, today).await?;
        let Some(unit) = unit else { continue };
        let grant = NewGrant { account, role: sign_in.role, unit: unit.id, from: today, to: None };
        account::grant(&mut tx, &Actor::Operator, &grant).await.map_err(refused)?;
    }
    tx.commit().await?;
    Ok(())
}
