//! The one question that decides access.

use crate::unit::STOOD;
use ::store::{Result, Tx, params};
use domain::{Action, Actor, Day, Role};
use shell::{Answer, Gate};

/// Whether the actor may do it on a unit today.
pub async fn may(tx: &mut Tx, actor: &Actor, action: Action, unit: &str, today: Day) -> Result<bool> {
    let id = match actor {
        Actor::Operator => return Ok(true),
        Actor::Nobody => return Ok(false),
        Actor::Account { id, .. } => *id,
    };
    // A unit without a place in the tree is covered by nobody.
    let sql = format!(
        "SELECT DISTINCT g.role
         FROM role_grant g
         JOIN account a ON a.id = g.account AND a.disabled = 0
         JOIN unit_span s ON s.ancestor = g.unit AND s.descendant = $3
         JOIN unit_span l ON l.ancestor = s.descendant AND l.descendant = s.descendant
         WHERE g.account = $1 AND g.from_day <= $2 AND g.to_day >= $2 AND {STOOD}"
    );
    let rows = tx.query(&sql, params![id, today, unit]).await?;
    for row in &rows {
        if Role::from_code(row.text("role")?).is_some_and(|role| role.allows(action)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every action that the actor holds on at least one unit today.
pub async fn actions(tx: &mut Tx, actor: &Actor, today: Day) -> Result<Vec<Action>> {
    let id = match actor {
        Actor::Operator => return Ok(Action::ALL.to_vec()),
        Actor::Nobody => return Ok(Vec::new()),
        Actor::Account { id, .. } => *id,
    };
    let rows = tx
        .query(
            "SELECT DISTINCT g.role FROM role_grant g
             JOIN account a ON a.id = g.account AND a.disabled = 0
             WHERE g.account = $1 AND g.from_day <= $2 AND g.to_day >= $2",
            params![id, today],
        )
        .await?;
    let mut roles = Vec::new();
    for row in &rows {
        roles.extend(Role::from_code(row.text("role")?));
    }
    Ok(Action::ALL.into_iter().filter(|a| roles.iter().any(|r| r.allows(*a))).collect())
}

/// The ids of every unit on which the actor may do it today, in no order of meaning.
pub async fn units_with(tx: &mut Tx, actor: &Actor, action: Action, today: Day) -> Result<Vec<String>> {
    let id = match actor {
        Actor::Operator => {
            let rows = tx.query("SELECT id FROM unit ORDER BY id", &[]).await?;
            return rows.iter().map(|r| r.words("id")).collect();
        }
        Actor::Nobody => return Ok(Vec::new()),
        Actor::Account { id, .. } => *id,
    };
    // Role codes are words of ours, so they may stand in the query.
    let roles: Vec<_> =
        Role::ALL.iter().filter(|r| r.allows(action)).map(|r| format!("'{}'", r.code())).collect();
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT s.descendant AS id
         FROM role_grant g
         JOIN account a ON a.id = g.account AND a.disabled = 0
         JOIN unit_span s ON s.ancestor = g.unit
         JOIN unit_span l ON l.ancestor = s.descendant AND l.descendant = s.descendant
         WHERE g.account = $1 AND g.from_day <= $2 AND g.to_day >= $2 AND g.role IN ({})
           AND {STOOD}
         ORDER BY s.descendant",
        roles.join(", ")
    );
    let rows = tx.query(&sql, params![id, today]).await?;
    rows.iter().map(|r| r.words("id")).collect()
}

/// The gate of the product: accounts and grants of the database.
#[derive(Debug, Clone, Copy, Default)]
pub struct AccountGate;

impl Gate for AccountGate {
    fn account<'a>(&'a self, tx: &'a mut Tx, id: &'a str) -> Answer<'a, Option<Actor>> {
        Box::pin(async move {
            let found = super::store::by_id(tx, id).await?;
            Ok(found.filter(|a| !a.disabled).map(|a| a.actor()))
        })
    }

    fn actions<'a>(&'a self, tx: &'a mut Tx, actor: &'a Actor, today: Day) -> Answer<'a, Vec<Action>> {
        Box::pin(actions(tx, actor, today))
    }

    fn may<'a>(
        &'a self,
        tx: &'a mut Tx,
        actor: &'a Actor,
        action: Action,
        unit_code: &'a str,
        today: Day,
    ) -> Answer<'a, bool> {
        Box::pin(async move {
            let row = tx.first("SELECT id FROM unit WHERE code = $1", params![unit_code]).await?;
            match row {
                Some(row) => may(tx, actor, action, row.text("id")?, today).await,
                None => Ok(false),
            }
        })
    }
}
