//! Pages of figures: the evidence behind one number, all figures of a unit, who has handed in what.

mod asked;
mod coverage;
mod evidence;
mod list;
mod steps;

use super::Figure;
use domain::Day;
use figures::{Format, Indicator, Value};
use shell::{Access, Html, Route, Visit, escaped};

pub use crate::address::segment as encoded;
pub use asked::{Asked, ask, crumbs, last_year, years_to};
pub use coverage::{kinds, waited_for};
pub use evidence::conflict_line;

pub(super) fn routes() -> Vec<Route> {
    use domain::Action::ReadFigures;
    vec![
        Route::get("/unit/{unit}/figures", Access::On(ReadFigures), list::page),
        Route::get("/unit/{unit}/figure/{indicator}", Access::On(ReadFigures), evidence::page),
        Route::get("/unit/{unit}/coverage", Access::On(ReadFigures), coverage::page),
    ]
}

/// A value as the visitor's language writes it; `None` when it is missing.
pub fn shown(visit: &Visit, indicator: &Indicator, value: &Value) -> Option<String> {
    // Official texts pad what they count ("05"); pages, where numbers are compared, never do.
    if let (Value::Int(n), Format::Count | Format::Padded) = (value, indicator.format) {
        return i64::try_from(*n).ok().map(|n| visit.number(n));
    }
    let printed = indicator.print(value, figures::print::Say::Exact).ok()?;
    Some(printed.to_string())
}

/// Where the evidence of a figure is shown.
pub fn href(visit: &Visit, figure: &Figure, day: Day, selection: &str) -> String {
    let mut href = format!(
        "/unit/{}/figure/{}?period={}",
        encoded(&figure.unit.code),
        encoded(&figure.indicator.id),
        encoded(&figure.period.to_string())
    );
    if day != visit.today() {
        href.push_str(&format!("&date={}", day.format("%Y-%m-%d")));
    }
    if !selection.is_empty() {
        href.push_str(&format!("&where={}", encoded(selection)));
    }
    href
}

/// A figure as a number that opens to its evidence. One that is not known says so, and opens too.
pub fn number(visit: &Visit, figure: &Figure, day: Day) -> Html {
    let href = escaped(&href(visit, figure, day, ""));
    let label = escaped(figure.indicator.label.get(visit.lang()));
    let number = match shown(visit, &figure.indicator, &figure.value) {
        Some(shown) => format!(r#"<a class="figure" href="{href}" title="{label}">{}</a>"#, escaped(&shown)),
        None => format!(
            r#"<a class="small" href="{href}" title="{label}">{}</a>"#,
            escaped(&visit.text("figure-unknown"))
        ),
    };
    // The sign has its words for those who do not see it.
    let mark = if figure.conflicts.iter().any(|c| !c.settled) {
        format!(r#" <span class="badge conflict">{}</span>"#, escaped(&visit.text("figure-conflict")))
    } else {
        String::new()
    };
    Html::trusted(format!("{number}{mark}"))
}

/// A number kept in hundredths, as people write it.
pub fn hundredths(n: i64) -> String {
    domain::number::decimal(n, 100, 2)
}
