//! Who may issue which type of document, by the rule in force on its day.

use domain::{Day, text};
use store::{Result, Tx, params};

/// Bodies of a grassroots party organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// The committee (đảng ủy cơ sở).
    Committee,
    /// Its standing committee.
    Standing,
    /// The cell.
    Cell,
}

impl Body {
    /// The body that the words for an issuer name without doubt: a cell, or its committee.
    /// "Ban Thường vụ" may belong to any level, so it is not told from words alone.
    pub fn named(issuer: &str) -> Option<Body> {
        let words = text::fold(issuer);
        (words.starts_with("chi bo") || words.starts_with("chi uy")).then_some(Body::Cell)
    }
}

/// Types that a body must not issue from a day on. A later rule is a later line here.
struct Limit {
    from: (i32, u32, u32),
    body: Body,
    never: &'static [&'static str],
}

// 399-QĐ/TW, Articles 11 and 13 (from files that cite them; 09/01/2026 is the day it was
// issued). What was issued before is judged by the rules of its day, which are not known here.
const LIMITS: [Limit; 3] = [
    Limit { from: (2026, 1, 9), body: Body::Committee, never: &["directive", "guidance"] },
    Limit { from: (2026, 1, 9), body: Body::Standing, never: &["directive", "rules"] },
    Limit { from: (2026, 1, 9), body: Body::Cell, never: &["directive", "guidance", "regulation"] },
];

/// Whether a body at grassroots may issue a type of document on a day: nobody there issues
/// directives (nor thông tri); guidance comes only from the standing committee, rules (quy
/// chế) not from it, regulations (quy định) not from a cell; the other types from all.
pub fn may_issue(body: Body, ty: &str, day: Day) -> bool {
    let in_force = |l: &&Limit| {
        let (y, m, d) = l.from;
        l.body == body && Day::from_ymd_opt(y, m, d).is_some_and(|from| from <= day)
    };
    LIMITS.iter().filter(in_force).max_by_key(|l| l.from).is_none_or(|l| !l.never.contains(&ty))
}

/// A document that its unit should not have issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misissued {
    /// The document's id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// The unit's id.
    pub unit: String,
    /// The type.
    pub ty: String,
    /// Its day.
    pub day: Day,
}

/// The issued documents that the kind of their unit does not allow: units marked as
/// grassroots or as cells. The standing committee is told from the committee by the issuer's
/// words; where they say nothing, a type is listed only when neither may issue it.
pub async fn out_of_competence(tx: &mut Tx) -> Result<Vec<Misissued>> {
    let rows = tx
        .query(
            "SELECT d.id, d.code, d.unit, d.type, d.day, d.issuer, k.cell
             FROM document d JOIN unit u ON u.id = d.unit JOIN unit_kind k ON k.id = u.kind
             WHERE d.withdrawn IS NULL AND d.direction = $1 AND (k.cell = 1 OR k.grassroots = 1)
             ORDER BY d.day, d.code",
            params!["issued"],
        )
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        let (ty, day) = (row.text("type")?, row.day("day")?);
        let issuer = text::fold(row.opt_text("issuer")?.unwrap_or_default());
        let bodies: &[Body] = if row.flag("cell")? {
            &[Body::Cell]
        } else if issuer.contains("thuong vu") {
            &[Body::Standing]
        } else if issuer.is_empty() {
            &[Body::Committee, Body::Standing]
        } else {
            &[Body::Committee]
        };
        if !bodies.iter().any(|body| may_issue(*body, ty, day)) {
            found.push(Misissued {
                id: row.words("id")?,
                code: row.words("code")?,
                unit: row.words("unit")?,
                ty: ty.to_owned(),
                day,
            });
        }
    }
    Ok(found)
}
