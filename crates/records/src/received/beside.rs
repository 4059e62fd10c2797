//! What a careful clerk compares: a report's numbers beside each other ([`reader::check`]), beside last
//! year's statement, and beside what the system has counted.

use super::{Claim, Decision, Report};
use crate::entry;
use crate::figure::{Book, Comparator, Origin, Runner, TreeRule};
use crate::unit::Unit;
use domain::{Message, Period};
use figures::{Context, Format, Indicator};
use reader::Finding;
use shell::{Error, Visit};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use store::{Tx, params};

/// The longest text that is checked while a page is made.
const LONGEST: usize = 1 << 20;
/// The most figures that are asked for one page.
const MOST: usize = 60;

/// A claim that differs from what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The claim.
    pub n: i64,
    /// What it differs from.
    pub message: Message,
}

/// The findings of a text; none for one that is too long to be read beside a page.
pub async fn findings(text: &str) -> Result<Vec<Finding>, Error> {
    if text.len() > LONGEST {
        return Ok(Vec::new());
    }
    let text = text.to_owned();
    let task = tokio::task::spawn_blocking(move || reader::check(&text));
    task.await.map_err(|e| Error::Defect(format!("checking a received report: {e}")))
}

/// The claims that stand in a finding about numbers: they are looked at by a person.
pub fn doubted(claims: &[Claim], findings: &[Finding]) -> HashSet<i64> {
    use reader::Check;
    let mut out = HashSet::new();
    for finding in findings {
        if !matches!(finding.kind, Check::Sum | Check::Share | Check::Implied | Check::Repeat) {
            continue;
        }
        for place in &finding.places {
            for claim in claims {
                let start = usize::try_from(claim.start).unwrap_or(0);
                let end = start + claim.quote.chars().count();
                if start < place.points.end && end > place.points.start {
                    out.insert(claim.n);
                }
            }
        }
    }
    out
}

/// What is far from last year's statement or differs from what was counted.
pub async fn doubts(
    visit: &Visit,
    tx: &mut Tx,
    book: &Book,
    report: &Report,
    unit: &Unit,
    claims: &[Claim],
) -> Result<Vec<Doubt>, Error> {
    let mut asked: BTreeMap<Period, Vec<(&Claim, Arc<Indicator>)>> = BTreeMap::new();
    let start = crate::programme::start(tx, report.day).await?;
    let loose = super::deciding::loose(claims);
    let looked_at = |c: &&Claim| c.decision != Decision::Refused && !loose.contains(&c.n);
    for claim in claims.iter().filter(looked_at).take(1_000) {
        let Some(indicator) = claim.indicator.as_deref().and_then(|id| book.catalogue.get(id, report.day)) else {
            continue;
        };
        if let Some(period) = super::deciding::days(indicator, claim, report, start) {
            asked.entry(period).or_default().push((claim, Arc::clone(indicator)));
        }
    }
    let mut out = last_year(visit, tx, unit, &asked).await?;
    let mut left = MOST;
    for (period, claims) in asked {
        let ctx = Context { period, start, report_day: report.day };
        let mut runner = Runner::new(tx, book, unit.clone(), ctx, TreeRule::FactDay).await?;
        for (claim, indicator) in claims {
            if left == 0 {
                break;
            }
            left -= 1;
            let figure = runner.figure(&indicator).await?;
            let counted = match figure.origin {
                Origin::Counted | Origin::Derived => hundredths(&indicator, &figure.value),
                _ => figure.conflicts.iter().find(|c| c.indicator == indicator.id).map(|c| c.counted),
            };
            // Nothing counted is not zero.
            let Some(counted) = counted.filter(|n| *n != 0) else { continue };
            if !agrees(&indicator, claim, counted) {
                let message = Message::new("received-far-counted")
                    .with("counted", entry::decimal(visit.lang(), counted, 2))
                    .with("period", period.to_string());
                out.push(Doubt { n: claim.n, message });
            }
        }
    }
    out.sort_by_key(|d| d.n);
    Ok(out)
}

/// Whether what a report says agrees with what was counted. Shares of reports are rounded.
fn agrees(indicator: &Indicator, claim: &Claim, counted: i64) -> bool {
    let close = if indicator.format == Format::Percent { 50 } else { 0 };
    (claim.value - counted).abs() <= close
        || Comparator::from_code(&claim.comparator).agrees(claim.value, counted)
}

fn hundredths(indicator: &Indicator, value: &figures::Value) -> Option<i64> {
    let (num, den) = value.parts()?;
    let scale = if indicator.format == Format::Percent { 10_000 } else { 100 };
    i64::try_from(num.checked_mul(scale)? / den).ok()
}

/// Twice or half of what the unit stated for as long a time before.
async fn last_year(
    visit: &Visit,
    tx: &mut Tx,
    unit: &Unit,
    asked: &BTreeMap<Period, Vec<(&Claim, Arc<Indicator>)>>,
) -> Result<Vec<Doubt>, Error> {
    let sql = "SELECT indicator, from_day, to_day, value FROM stated_figure
               WHERE unit = $1 AND withdrawn IS NULL ORDER BY to_day DESC LIMIT 5000";
    let mut before: BTreeMap<String, Vec<(Period, i64)>> = BTreeMap::new();
    for row in tx.query(sql, params![&unit.id]).await? {
        if let Ok(period) = Period::new(row.day("from_day")?, row.day("to_day")?) {
            before.entry(row.words("indicator")?).or_default().push((period, row.int("value")?));
        }
    }
    let days = |p: &Period| (p.to() - p.from()).num_days() + 1;
    let mut out = Vec::new();
    for (period, claims) in asked {
        for (claim, indicator) in claims {
            let same_length = |p: &Period| (days(p) - days(period)).abs() * 10 <= days(period);
            let earlier = before.get(&indicator.id).into_iter().flatten();
            let Some((then, value)) = earlier.into_iter().find(|(p, _)| p.to() < period.from() && same_length(p))
            else {
                continue;
            };
            if far(claim.value, *value) {
                let message = Message::new("received-far-year")
                    .with("before", entry::decimal(visit.lang(), *value, 2))
                    .with("period", then.to_string());
                out.push(Doubt { n: claim.n, message });
            }
        }
    }
    Ok(out)
}

/// More than twice or less than half, and not by a handful.
fn far(now: i64, then: i64) -> bool {
    let (low, high) = (now.min(then), now.max(then));
    high - low > 500 && i128::from(high) > i128::from(low) * 2
}

#[cfg(test)]
mod tests {
    use super::far;

    #[test]
    fn a_handful_more_is_not_far() {
        assert!(!far(300, 100) && !far(20_000, 11_000) && far(20_000, 9_000) && far(9_000, 20_000));
    }
}
