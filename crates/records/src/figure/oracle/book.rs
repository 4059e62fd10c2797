//! The indicators that are asked of every world: each way of counting, each kind of days.

use crate::REGISTRY;
use crate::figure::Book;
use domain::Day;
use figures::Catalogue;

/// The expressions; a leaf stands alone only once, so that statements attach to it.
pub const EXPRESSIONS: [&str; 62] = [
    "count(inspection)",
    "rows(inspection where act = \"inspection\" or head)",
    "people(inspection)",
    "units(inspection)",
    "count(inspection where object_unit = \"U1\" and not head)",
    "count(inspection where object_unit != \"U1\")",
    "count(inspection where object_unit is unknown)",
    "count(inspection where not (remedy_deadline < report_day))",
    "count(inspection where not (day < start))",
    "count(inspection where about in (\"session\", \"other\") and (head or day >= 2022-06-15))",
    "sum(contribution)",
    "sum(contribution where amount > 1000)",
    "max(contribution)",
    "min(contribution where purpose = \"poor\")",
    "count(contribution_thing)",
    "count(attended where kind = \"conference\")",
    "people(attended)",
    "units(attended)",
    "sum(site)",
    "max(site)",
    "count(commitment where own)",
    "people(commitment)",
    "units(commitment per year)",
    "people(commitment per year)",
    "count(practice where field = \"reform\")",
    "people(member at end where category = \"party_member\")",
    "people(member at start)",
    "people(member during)",
    "rows(member during)",
    "units(member at end)",
    "count(member at end per year)",
    "people(member at end per year)",
    "count(headcount at end)",
    "count(headcount at end per year)",
    "count(unit at end)",
    "count(unit at start where grassroots)",
    "units(unit during where cell)",
    "units(rating per year where level = \"excellent\")",
    "people(rating every year where level = \"excellent\")",
    "units(rating every year in 2021..2022)",
    "people(rating every year in last 2 years)",
    "people(member at end every year)",
    "people(standing at end where standing = \"exempt\")",
    "count(standing during)",
    "count(inspection in 2022)",
    "count(inspection in start..report_day)",
    "count(inspection to report_day)",
    "people(member at end in report_day)",
    "count(inspection own)",
    "count(inspection below)",
    "people(member own during)",
    "count(member below at end)",
    "previous(count(inspection))",
    "count(inspection) - previous(count(inspection))",
    "without(people(member at end), people(attended))",
    "within(people(member at end), people(commitment))",
    "without(units(unit at end where grassroots), units(inspection))",
    "without(units(unit at end per year), units(rating per year))",
    "share(count(inspection where head), count(inspection))",
    "share(within(people(member at end), people(commitment)),
           people(member at end) excluding people(standing at end where standing = \"exempt\"))",
    "sum(contribution) / people(member at end)",
    "2 * (t.i0 + 0.5)",
];

/// The id of an expression.
pub fn name(i: usize) -> String {
    format!("t.i{i}")
}

/// The catalogue of some expressions; each is called by its place.
pub fn book(expressions: &[&str], day: Day) -> Book {
    let mut text = String::new();
    for (i, expr) in expressions.iter().enumerate() {
        let format = if expr.starts_with("share") { "percent" } else { "count" };
        text.push_str(&format!(
            "[[indicator]]\nid = \"{}\"\nversion = 1\nlabel = {{ vi = \"C{i}\", en = \"I{i}\" }}\n\
             unit = {{ vi = \"v\", en = \"t\" }}\nformat = \"{format}\"\nexpr = '''{expr}'''\n\n",
            name(i)
        ));
    }
    let catalogue =
        Catalogue::load(&[("oracle.toml", &text)], &REGISTRY.measures()).unwrap_or_else(|problems| {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        });
    Book::new(catalogue, day)
}
