//! Deciding about claims: accepting one as a stated figure, mending, refusing, taking back.

use super::{Claim, Decision, Report, claims};
use crate::entry;
use crate::figure::STATED_KIND;
use crate::kind::{Draft, Held};
use crate::unit::Unit;
use domain::{Action, Day, Message, Period};
use figures::{Format, Indicator, Plan, When};
use shell::{Error, FormState, Visit};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::{Change, Tx, params};

/// How a claim is accepted: what a person chose, or what was guessed.
pub struct Accept {
    /// The indicator.
    pub indicator: Arc<Indicator>,
    /// The unit that it is stated of.
    pub unit: Unit,
    /// For its whole subtree.
    pub subtree: bool,
    /// For which days.
    pub period: Period,
    /// The value in hundredths.
    pub value: i64,
    /// How it is meant.
    pub comparator: String,
}

/// What accepting gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The stated figure.
    pub stated: String,
    /// Whether it is new; else it stood there before.
    pub new: bool,
}

/// The days that an indicator's figure of a claim is stated for: what has happened "to date" began
/// with the programme.
pub fn days(indicator: &Indicator, claim: &Claim, report: &Report, start: Option<Day>) -> Option<Period> {
    let period = claim.period_in(report)?;
    match (&*indicator.plan, start) {
        (Plan::Leaf(leaf), Some(start)) if leaf.when != When::Asked && claim.period.is_none() => {
            Period::new(start, period.to()).ok()
        }
        _ => Some(period),
    }
}

/// Accepts a claim: makes a stated figure with its quote. What was accepted before stays as it is.
/// `None` when something must be put right: it stands in the form then, and nothing may be kept.
pub async fn accept(
    visit: &Visit,
    tx: &mut Tx,
    report: &Report,
    claim: &Claim,
    how: &Accept,
    form: &mut FormState,
) -> Result<Option<Accepted>, Error> {
    if let (Decision::Accepted | Decision::Mended, Some(stated)) = (claim.decision, &claim.stated) {
        return Ok(Some(Accepted { stated: stated.clone(), new: false }));
    }
    if !visit.may(tx, Action::State, &how.unit.code).await? {
        return Err(Error::Forbidden);
    }
    if how.value < 0 {
        form.fail("value", Message::new("figure-state-negative"));
    } else if how.value % 100 != 0 && how.indicator.format != Format::Percent {
        form.fail("value", Message::new("figure-state-whole"));
    }
    if how.period.to() > visit.today() && how.period.from() > visit.today() {
        form.fail("period", Message::new("received-future"));
    }
    if !form.is_ok() {
        return Ok(None);
    }
    let same = tx
        .first(
            "SELECT id, value, comparator FROM stated_figure
             WHERE unit = $1 AND indicator = $2 AND from_day = $3 AND to_day = $4 AND subtree = $5 AND withdrawn IS NULL",
            params![&how.unit.id, &how.indicator.id, how.period.from(), how.period.to(), how.subtree],
        )
        .await?;
    let accepted = match same {
        Some(row) if row.int("value")? == how.value && row.text("comparator")? == how.comparator => {
            Accepted { stated: row.words("id")?, new: false }
        }
        Some(row) => {
            let message = Message::new("received-already").with("period", how.period.to_string());
            let there = entry::decimal(visit.lang(), row.int("value")?, 2);
            form.fail("indicator", message.with("value", there));
            return Ok(None);
        }
        None => {
            let draft = draft(tx, report, claim, how).await?;
            match entry::write(visit, tx, &STATED_KIND, draft, None, form, "").await? {
                Some(stated) => Accepted { stated, new: true },
                None => return Ok(None),
            }
        }
    };
    let mended = how.value != claim.value || how.comparator != claim.comparator;
    let decision = if mended { Decision::Mended } else { Decision::Accepted };
    set(visit, tx, report, claim, decision, Some(&accepted.stated)).await?;
    Ok(Some(accepted))
}

async fn draft(tx: &mut Tx, report: &Report, claim: &Claim, how: &Accept) -> store::Result<Draft> {
    let base = format!("{}-{}", report.code, claim.n + 1);
    // A statement that was withdrawn keeps its code.
    let code = entry::free_code(tx, "stated_figure", &base).await?;
    let mut draft = Draft::default();
    let text = |words: &str| Held::Text(words.to_owned());
    draft.set("code", Held::Text(code));
    draft.set("indicator", text(&how.indicator.id));
    draft.set("unit", text(&how.unit.id));
    draft.set("subtree", Held::Int(i64::from(how.subtree)));
    draft.set("from_day", Held::Day(how.period.from()));
    draft.set("to_day", Held::Day(how.period.to()));
    draft.set("value", Held::Int(how.value));
    draft.set("comparator", text(&how.comparator));
    draft.set("quote", text(&claim.quote));
    draft.set("quote_start", Held::Int(claim.start));
    draft.set("file_name", text(&report.file_name));
    draft.set("file_hash", text(&report.hash));
    Ok(draft)
}

/// Refuses a claim. What became a statement is not refused here: the statement is withdrawn.
pub async fn refuse(visit: &Visit, tx: &mut Tx, report: &Report, claim: &Claim) -> Result<(), Error> {
    if claim.decision == Decision::Pending {
        set(visit, tx, report, claim, Decision::Refused, None).await?;
    }
    Ok(())
}

/// Takes a refused claim back: it waits again.
pub async fn take_back(visit: &Visit, tx: &mut Tx, report: &Report, claim: &Claim) -> Result<(), Error> {
    if claim.decision == Decision::Refused {
        set(visit, tx, report, claim, Decision::Pending, None).await?;
    }
    Ok(())
}

async fn set(
    visit: &Visit,
    tx: &mut Tx,
    report: &Report,
    claim: &Claim,
    to: Decision,
    stated: Option<&str>,
) -> store::Result<()> {
    tx.execute(
        "UPDATE received_claim SET decision = $2, decided_by = $3, decided_day = $4, stated = $5 WHERE id = $1",
        params![&claim.id, to.code(), visit.actor().log_name(), visit.today(), stated],
    )
    .await?;
    let state = |decision: Decision, stated: Option<&str>| {
        serde_json::json!({ "report": report.code, "n": claim.n, "decision": decision.code(), "stated": stated })
            .to_string()
    };
    tx.note(Change {
        action: "update",
        kind: "received_claim".to_owned(),
        record: claim.id.clone(),
        before: state(claim.decision, claim.stated.as_deref()),
        after: state(to, stated),
    });
    Ok(())
}

/// The claims of one event among others: no time of their own, while others of the same indicator have one
/// ("tại hội nghị … 102 điểm cầu; năm 2022 … 132 điểm cầu"). They are not the period's figure.
pub fn loose(claims: &[Claim]) -> HashSet<i64> {
    let dated: HashSet<&str> =
        claims.iter().filter(|c| c.period.is_some()).filter_map(|c| c.indicator.as_deref()).collect();
    let of = |c: &&Claim| c.period.is_none() && c.indicator.as_deref().is_some_and(|i| dated.contains(i));
    claims.iter().filter(of).map(|c| c.n).collect()
}

/// The claims that may be accepted in one step: certain, in no doubt, and not said twice with two numbers.
pub fn certain(report: &Report, claims: &[Claim], doubted: &HashSet<i64>, today: Day) -> HashSet<i64> {
    let key = |c: &Claim| Some((c.indicator.clone()?, c.period_in(report)?));
    let mut said: HashMap<_, HashSet<(i64, &str)>> = HashMap::new();
    for claim in claims {
        if let Some(key) = key(claim) {
            said.entry(key).or_default().insert((claim.value, &claim.comparator));
        }
    }
    let loose = loose(claims);
    claims
        .iter()
        .filter(|c| !loose.contains(&c.n))
        .filter(|c| c.decision == Decision::Pending && !doubted.contains(&c.n) && c.is_certain(report, today))
        .filter(|c| key(c).is_some_and(|k| said.get(&k).is_some_and(|values| values.len() == 1)))
        .map(|c| c.n)
        .collect()
}

/// Accepts what is certain; how many claims were accepted. One that cannot be is left as it is.
pub async fn accept_certain(
    visit: &Visit,
    tx: &mut Tx,
    report: &Report,
    unit: &Unit,
    chosen: &HashSet<i64>,
    indicator: impl Fn(&str) -> Option<Arc<Indicator>>,
) -> Result<usize, Error> {
    let start = crate::programme::start(tx, report.day).await?;
    let mut accepted = 0;
    for claim in claims(tx, &report.id).await? {
        let known = claim.indicator.as_deref().filter(|_| chosen.contains(&claim.n)).and_then(&indicator);
        let Some(indicator) = known else { continue };
        let Some(period) = days(&indicator, &claim, report, start) else { continue };
        let how = Accept {
            indicator,
            unit: unit.clone(),
            subtree: !unit.cell,
            period,
            value: claim.value,
            comparator: claim.comparator.clone(),
        };
        let mut form = FormState::default();
        accepted += usize::from(accept(visit, tx, report, &claim, &how, &mut form).await?.is_some());
    }
    Ok(accepted)
}
