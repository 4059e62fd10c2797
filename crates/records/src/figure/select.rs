//! A selection of a hole (`where level = "province"`) put into the indicator's own expression.

use super::Book;
use domain::{Day, Message};
use figures::ast::{CondExpr, Expr, Node};
use figures::{Indicator, parse};
use std::sync::Arc;

/// An indicator of the catalogue on a day, narrowed where there is a selection. The message says
/// what is wrong with either.
pub fn selected(book: &Book, id: &str, selection: &str, day: Day) -> Result<Arc<Indicator>, Message> {
    let Some(indicator) = book.catalogue.get(id, day) else {
        return Err(Message::new("figure-unknown-indicator").with("id", id));
    };
    if selection.is_empty() {
        return Ok(Arc::clone(indicator));
    }
    narrowed(book, indicator, selection, day).map(Arc::new)
}

/// The indicator with one more condition on every leaf of its expression. The message says why
/// the words are no condition, or do not fit what the indicator counts.
pub fn narrowed(book: &Book, indicator: &Indicator, selection: &str, day: Day) -> Result<Indicator, Message> {
    let no = || Message::new("report-bad-selection").with("words", selection).with("id", &indicator.id);
    // The language knows conditions only inside a leaf; the name of the measure is not looked at here.
    let Ok(probe) = parse(&format!("rows(x where {selection})")) else { return Err(no()) };
    let Node::Leaf(probe) = probe.node else { return Err(no()) };
    let Some(more) = probe.condition else { return Err(no()) };
    let mut expr = parse(&indicator.expr).map_err(|_| no())?;
    if !add(&mut expr, &more) {
        return Err(no());
    }
    let text = expr.to_string();
    let plan = book.catalogue.check(&text, day).map_err(|_| no())?;
    Ok(Indicator { plan: Arc::new(plan), expr: text, ..indicator.clone() })
}

/// Adds the condition to every leaf; `false` when the expression refers to other indicators,
/// whose leaves are not its own.
fn add(expr: &mut Expr, more: &CondExpr) -> bool {
    match &mut expr.node {
        Node::Leaf(leaf) => {
            leaf.condition = Some(match leaf.condition.take() {
                Some(old) => CondExpr::All(vec![old, more.clone()]),
                None => more.clone(),
            });
            true
        }
        Node::Without(a, b) | Node::Within(a, b) | Node::Binary(_, a, b) => add(a, more) && add(b, more),
        Node::Share { part, whole, excluded } => {
            add(part, more) && add(whole, more) && excluded.as_mut().is_none_or(|e| add(e, more))
        }
        Node::Previous(inner) => add(inner, more),
        Node::Number(..) => true,
        Node::Ref(_) => false,
    }
}
