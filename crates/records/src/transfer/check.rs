//! What every field of a type must keep, whether it came from a cell or from a form.

use super::specs::{CODE, LONG};
use crate::kind::{Draft, Fault, Field, Held, Kind, Ty};
use domain::{Message, text};

/// Brings every field into the form in which it is kept: blanks single, lines tidy, names without
/// titles, flags 0 or 1. A workbook and a form then write the same.
pub(super) fn tidy(kind: &'static Kind, draft: &mut Draft) {
    for field in kind.fields {
        let tidied = match (field.ty, draft.get(field.name)) {
            (Ty::Long, Held::Text(t)) => lines(t),
            (Ty::Name, Held::Text(t)) => text::strip_titles(t),
            (Ty::Code | Ty::Text(_), Held::Text(t)) if !field.computed => text::tidy(t),
            (Ty::Flag, Held::Int(n)) => {
                let flag = Held::Int(i64::from(*n != 0));
                draft.set(field.name, flag);
                continue;
            }
            _ => continue,
        };
        draft.set(field.name, if tidied.is_empty() { Held::Empty } else { Held::Text(tidied) });
    }
}

/// Each line tidy, empty ones gone: what a cell of a workbook can carry there and back.
fn lines(long: &str) -> String {
    let tidied: Vec<String> = long.lines().map(text::tidy).filter(|l| !l.is_empty()).collect();
    tidied.join("\n")
}

/// What a field breaks of its own type's rules.
pub(super) fn faults(kind: &'static Kind, draft: &Draft) -> Vec<Fault> {
    kind.fields.iter().filter_map(|f| fault(f, draft.get(f.name)).map(|m| Fault::at(f.name, m))).collect()
}

fn fault(field: &'static Field, held: &Held) -> Option<Message> {
    let wrong = || Some(Message::new("transfer-wrong-type").with("heading", field.vi));
    let range = |n: i64, min: i64, max: i64| {
        let message = Message::new("transfer-out-of-range");
        (n < min || n > max).then(|| message.with("min", min.to_string()).with("max", max.to_string()))
    };
    let long = |t: &str, max: usize| {
        let length = t.chars().count();
        (length > max).then(|| Message::new("transfer-too-long").with("length", length).with("max", max))
    };
    match (field.ty, held) {
        (_, Held::Empty) if field.required => {
            Some(Message::new("transfer-required").with("heading", field.vi))
        }
        (_, Held::Empty) => None,
        (Ty::Code, Held::Text(t)) => code(t),
        (Ty::Text(max), Held::Text(t)) => long(t, usize::from(max)),
        (Ty::Long, Held::Text(t)) => long(t, LONG),
        (Ty::Name, Held::Text(t)) => long(t, 200),
        (Ty::Choice(choices), Held::Text(t)) => {
            if choices.iter().any(|c| c.code == t) {
                None
            } else {
                wrong()
            }
        }
        (Ty::Unit | Ty::Person | Ty::Ref(_), Held::Text(_)) | (Ty::Day, Held::Day(_)) => None,
        (Ty::Year, Held::Int(n)) => range(*n, 1930, 2200),
        (Ty::Month, Held::Int(n)) => range(*n, 1, 12),
        (Ty::Whole(min, max), Held::Int(n)) => range(*n, min, max),
        (Ty::Money, Held::Int(n)) => range(*n, 0, i64::MAX),
        (Ty::Decimal(_) | Ty::Flag, Held::Int(_)) => None,
        _ => wrong(),
    }
}

/// A code names a row in addresses, file names and formulas, so it keeps to plain signs.
fn code(code: &str) -> Option<Message> {
    let good = |c: char| c.is_alphanumeric() || "-./_".contains(c);
    if code.chars().count() > CODE {
        return Some(Message::new("transfer-code-long").with("max", CODE));
    }
    let bad: String = code.chars().filter(|c| !good(*c)).take(5).collect();
    (!bad.is_empty()).then(|| {
        let shown = if bad.trim().is_empty() { "␣".to_owned() } else { bad };
        Message::new("transfer-code-signs").with("signs", shown)
    })
}
