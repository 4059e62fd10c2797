//! Addresses of pages, and the unit that a page is about.
//!
//! Codes of units hold any letter and `/`, so every part of a path is encoded by [`segment`].

pub use crate::unit::UNDER;
use crate::unit::{self, Unit};
pub use shell::segment;
use shell::{Error, Page, Visit};
use store::Tx;

/// The path of a unit's page, and of what stands below it: `/unit/CB01/records`.
pub fn of_unit(code: &str, below: &str) -> String {
    format!("/unit/{}{below}", segment(code))
}

/// A path with a query; empty values are left out.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    let mut sign = if path.contains('?') { '&' } else { '?' };
    for (name, value) in pairs.iter().filter(|(_, v)| !v.is_empty()) {
        out.push(sign);
        out.push_str(&format!("{}={}", segment(name), segment(value)));
        sign = '&';
    }
    out
}

/// The unit that a path names, as it is today.
pub async fn unit_of(visit: &Visit, tx: &mut Tx, code: &str) -> Result<Unit, Error> {
    unit::by_code(tx, code, visit.today()).await?.ok_or(Error::NotFound)
}

/// A page about a unit: its name in the header and on the way to the page.
pub fn page(visit: &Visit, unit: &Unit, title: impl Into<String>) -> Page {
    let home = of_unit(&unit.code, "");
    visit.page(title).place(&unit.name, &home).crumb(&unit.name, home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_code_makes_one_part_of_a_path() {
        assert_eq!(segment("CB01-2023.a_b"), "CB01-2023.a_b");
        assert_eq!(segment("ĐU/01 ?&"), "%C4%90U%2F01%20%3F%26");
        assert_eq!(of_unit("A/B", "/records"), "/unit/A%2FB/records");
        assert_eq!(
            with_query("/a", &[("q", "mô hình"), ("from", ""), ("page", "2")]),
            "/a?q=m%C3%B4%20h%C3%ACnh&page=2"
        );
    }
}
