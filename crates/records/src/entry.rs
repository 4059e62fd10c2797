//! Rows from forms: reading typed fields by a kind's description, showing a row in a form, and
//! writing it by the same rules as an import.
//!
//! A form's field is called as the kind's field, behind a prefix where a page holds several
//! rows. What a rule finds wrong stands beside the field that can put it right.

use crate::kind::{Choice, Draft, Fault, Field, Held, Kind, Ty};
use crate::transfer;
use domain::{Lang, Message, number};
use shell::{Error, FormState, Visit};
use store::{Row, Tx, Value};

/// The most letters of a field of several lines.
const LONG: usize = 20_000;

/// Reads the named fields of a kind from a form. An empty field is held as empty, so that it
/// can be emptied; a field that the page does not have must not be named.
pub fn read(kind: &'static Kind, form: &mut FormState, prefix: &str, fields: &[&str]) -> Draft {
    let mut draft = Draft::default();
    for field in fields.iter().filter_map(|name| kind.field(name)) {
        let name = format!("{prefix}{}", field.name);
        let held = held(field, form, &name);
        if field.required && held == Held::Empty {
            form.require::<()>(&name, None);
        }
        draft.set(field.name, held);
    }
    draft
}

fn held(field: &Field, form: &mut FormState, name: &str) -> Held {
    let int = |n: Option<i64>| n.map_or(Held::Empty, Held::Int);
    let text = |t: Option<String>| t.map_or(Held::Empty, Held::Text);
    match field.ty {
        Ty::Code => text(form.text(name, 60)),
        Ty::Text(most) => text(form.text(name, usize::from(most))),
        Ty::Name => text(form.text(name, 200)),
        Ty::Long => text(form.long(name, LONG)),
        Ty::Day => form.day(name).map_or(Held::Empty, Held::Day),
        Ty::Year => int(form.whole(name, 1930, 2200)),
        Ty::Month => int(form.whole(name, 1, 12)),
        Ty::Whole(least, most) => int(form.whole(name, least, most)),
        Ty::Money => int(form.whole(name, 0, i64::MAX)),
        Ty::Decimal(places) => {
            let Some(typed) = form.text(name, 60) else { return Held::Empty };
            let value = scaled(&typed, places);
            if value.is_none() {
                form.fail(name, Message::new("browse-number").with("typed", typed));
            }
            int(value)
        }
        Ty::Flag => Held::Int(i64::from(form.flag(name))),
        Ty::Choice(choices) => {
            let known = |typed: &str| choices.iter().find(|c| c.code == typed).map(|c| c.code.to_owned());
            text(form.choice(name, known))
        }
        Ty::Unit | Ty::Person | Ty::Ref(_) => text(form.text(name, 100)),
    }
}

/// A number as people write it, with so many decimals: `1.250`, `98,9`, `98,9 %`, `20 tỷ`,
/// `500 triệu đồng`. `None` when it is none, or finer or larger than can be kept.
pub fn scaled(typed: &str, places: u8) -> Option<i64> {
    let folded = domain::text::fold(typed);
    let mut rest = folded.trim_end_matches(['%', ' ']);
    rest = rest.strip_suffix("dong").unwrap_or(rest).trim_end();
    let mut factor = 1_i128;
    for (word, times) in [("ty", 1_000_000_000), ("trieu", 1_000_000), ("nghin", 1_000), ("ngan", 1_000)] {
        if let Some(before) = rest.strip_suffix(word) {
            (rest, factor) = (before.trim_end(), times);
            break;
        }
    }
    let (negative, digits) = rest.strip_prefix('-').map_or((false, rest), |d| (true, d));
    let (whole, decimals) = digits.split_once(',').unwrap_or((digits, ""));
    let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(decimals) || decimals.len() > 9 || digits.ends_with(',') {
        return None;
    }
    let whole = i128::from(number::parse_whole(whole).filter(|n| *n >= 0)?);
    let unit = 10_i128.pow(u32::from(places));
    let mut value = whole * factor * unit;
    if !decimals.is_empty() {
        let (part, scale) =
            (decimals.parse::<i128>().ok()?, 10_i128.pow(u32::try_from(decimals.len()).ok()?));
        let fine = part * factor * unit;
        if fine % scale != 0 {
            return None;
        }
        value += fine / scale;
    }
    i64::try_from(if negative { -value } else { value }).ok()
}

/// A scaled whole number as the language writes it; the decimals only when there are any.
pub fn decimal(lang: Lang, n: i64, places: u8) -> String {
    let unit = 10_i64.saturating_pow(u32::from(places));
    let (whole, rest) = (n / unit, (n % unit).unsigned_abs());
    let (dot, mark) = match lang {
        Lang::Vi => (".", ","),
        Lang::En => (",", "."),
    };
    let sign = if n < 0 && whole == 0 { "-" } else { "" };
    let whole = number::grouped(whole).replace('.', dot);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let rest = format!("{rest:0width$}", width = usize::from(places));
    format!("{sign}{whole}{mark}{}", rest.trim_end_matches('0'))
}

/// A form that shows the fields of a row; the row's columns bear the fields' names.
pub fn fill(
    kind: &'static Kind,
    mut form: FormState,
    prefix: &str,
    fields: &[&str],
    row: &Row,
) -> store::Result<FormState> {
    for field in fields.iter().filter_map(|name| kind.field(name)) {
        let shown = match (field.ty, row.get(field.name)?) {
            (_, value) if value.is_null() => continue,
            (Ty::Day, _) => row.opt_day(field.name)?.map(domain::day_short).unwrap_or_default(),
            // Typed numbers are Vietnamese in either language: the parser knows one form.
            (Ty::Decimal(places), Value::Int(Some(n))) => decimal(Lang::Vi, *n, places),
            (Ty::Money, Value::Int(Some(n))) => number::grouped(*n),
            (_, Value::Int(Some(n))) => n.to_string(),
            (_, Value::Text(Some(text))) => text.clone(),
            _ => continue,
        };
        form = form.with(&format!("{prefix}{}", field.name), shown);
    }
    Ok(form)
}

/// Writes a row that a form gave, if the visitor may. `None` when rules are broken: they stand
/// in the form then, and the transaction must not be kept.
///
/// The draft names the field by which the row belongs to a unit.
pub async fn write(
    visit: &Visit,
    tx: &mut Tx,
    kind: &'static Kind,
    draft: Draft,
    id: Option<&str>,
    form: &mut FormState,
    prefix: &str,
) -> Result<Option<String>, Error> {
    if !transfer::may_write(tx, visit.actor(), kind, &draft, id, visit.today()).await? {
        return Err(Error::Forbidden);
    }
    write_own(tx, kind, draft, id, form, prefix).await
}

/// Writes a row that is the visitor's own (an answer, their own presence) by the same rules. No
/// role is asked for: the caller has made sure that the row is about nobody but the visitor.
pub async fn write_own(
    tx: &mut Tx,
    kind: &'static Kind,
    draft: Draft,
    id: Option<&str>,
    form: &mut FormState,
    prefix: &str,
) -> Result<Option<String>, Error> {
    match transfer::write_one(tx, kind, draft, id).await? {
        Ok(id) => Ok(Some(id)),
        Err(faults) => {
            fail(form, prefix, faults);
            Ok(None)
        }
    }
}

/// A code that no row of a table has: the one wanted, or with a number behind it. Rows that were withdrawn
/// keep theirs. `table` is a word of ours.
pub async fn free_code(tx: &mut Tx, table: &'static str, wanted: &str) -> store::Result<String> {
    let mut code = wanted.to_owned();
    for n in 2.. {
        let sql = format!("SELECT id FROM {table} WHERE code = $1");
        if tx.first(&sql, store::params![&code]).await?.is_none() {
            break;
        }
        code = format!("{wanted}-{n}");
    }
    Ok(code)
}

/// Notes what a row breaks beside the fields of a form.
pub fn fail(form: &mut FormState, prefix: &str, faults: Vec<Fault>) {
    for fault in faults {
        form.fail(&format!("{prefix}{}", fault.field), fault.message);
    }
}

/// The words of a closed list, for a select or boxes.
pub fn options(lang: Lang, choices: &[Choice]) -> Vec<(String, String)> {
    choices.iter().map(|c| (c.code.to_owned(), words(lang, c).to_owned())).collect()
}

/// A choice in a language.
pub fn words(lang: Lang, choice: &Choice) -> &'static str {
    match lang {
        Lang::Vi => choice.vi,
        Lang::En => choice.en,
    }
}

/// The words of a code of a closed list; the code itself when it is none of it.
pub fn word_of(lang: Lang, choices: &[Choice], code: &str) -> String {
    choices.iter().find(|c| c.code == code).map_or_else(|| code.to_owned(), |c| words(lang, c).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::REGISTRY;

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        for (typed, hundredths) in [
            ("12", 1_200),
            ("1.250", 125_000),
            ("98,9 %", 9_890),
            ("148.140", 14_814_000),
            ("20 tỷ", 2_000_000_000_000),
            ("1,5 tỷ đồng", 150_000_000_000),
            ("500 triệu", 50_000_000_000),
            ("322.000.000 đồng", 32_200_000_000),
            ("-3,25", -325),
        ] {
            assert_eq!(scaled(typed, 2), Some(hundredths), "{typed}");
        }
        for typed in [
            "",
            "nhiều",
            "1.25",
            "98,999",
            "1,",
            ",5",
            "12 con",
            "--3",
            "99999999999999999999",
            "1e3",
            "20 tỷ tỷ",
        ] {
            assert_eq!(scaled(typed, 2), None, "{typed}");
        }
        assert_eq!(scaled("0,125 triệu", 0), Some(125_000));
    }

    #[test]
    fn decimals_are_written_as_each_language_does() {
        assert_eq!(decimal(Lang::Vi, 9_890, 2), "98,9");
        assert_eq!(decimal(Lang::Vi, 14_814_000, 2), "148.140");
        assert_eq!(decimal(Lang::En, 14_814_005, 2), "148,140.05");
        assert_eq!(decimal(Lang::Vi, -5, 1), "-0,5");
    }

    #[test]
    fn a_form_is_read_by_the_kind_and_says_what_is_missing() {
        let kind = REGISTRY.kind("activity").unwrap();
        let mut form = FormState::default()
            .with("x-kind", "conference")
            .with("x-day", "31/02/2024")
            .with("x-minutes", "1")
            .with("x-minutes_length", "1.000")
            .with("x-conclusion", " Một\r\nHai ");
        let fields =
            ["kind", "title", "day", "minutes", "theory_part", "minutes_length", "conclusion", "mode"];
        let draft = read(kind, &mut form, "x-", &fields);
        assert_eq!(draft.text("kind"), Some("conference"));
        assert_eq!((draft.int("minutes"), draft.int("theory_part")), (Some(1), Some(0)));
        assert_eq!(draft.int("minutes_length"), Some(1_000));
        assert_eq!(draft.text("conclusion"), Some("Một\nHai"));
        assert!(
            draft.values.contains_key("mode") && draft.is_empty("mode"),
            "an emptied field empties the row's"
        );
        assert!(!draft.values.contains_key("depth"), "what is not asked for stays as it was");
        let wrong: Vec<_> = form.errors().iter().map(|e| (e.field.as_str(), e.message.key)).collect();
        assert_eq!(wrong, [("x-title", "shell-field-required"), ("x-day", "shell-field-day")]);
    }
}
