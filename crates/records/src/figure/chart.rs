//! A small bar chart, drawn on the server as SVG: one row for each year, so that words and
//! numbers stay legible on a telephone. Looks come from classes; the numbers stand beside the
//! bars, so nothing is told by length or colour alone.

use shell::{Html, escaped};
use std::fmt::Write;

/// A row of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is: a year.
    pub label: String,
    /// Its length; nothing when it is not known.
    pub value: Option<i64>,
    /// The number as people read it, or that it is not known.
    pub shown: String,
}

const WIDTH: i64 = 420;
const LABEL: i64 = 66;
const NUMBER: i64 = 134;
const ROW: i64 = 40;

/// Draws rows under a title. `None` when there is nothing to compare: fewer than two known rows.
pub fn bars(title: &str, rows: &[Bar]) -> Option<Html> {
    let most = rows.iter().filter_map(|r| r.value).max().unwrap_or(0);
    if most <= 0 || rows.iter().filter(|r| r.value.is_some()).count() < 2 {
        return None;
    }
    let height = ROW * i64::try_from(rows.len()).ok()? + 8;
    let words: Vec<String> = rows.iter().map(|r| format!("{}: {}", r.label, r.shown)).collect();
    let mut svg = format!(
        r#"<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{}. {}">"#,
        escaped(title),
        escaped(&words.join("; "))
    );
    let room = WIDTH - LABEL - NUMBER;
    for (at, row) in (0_i64..).zip(rows) {
        let (top, middle) = (at * ROW + 9, at * ROW + 30);
        let _ = write!(
            svg,
            r#"<text class="label" x="{}" y="{middle}" text-anchor="end">{}</text>"#,
            LABEL - 10,
            escaped(&row.label)
        );
        let length = row.value.map_or(0, |v| scaled(v, most, room));
        if length > 0 {
            let _ = write!(svg, r#"<rect class="bar" x="{LABEL}" y="{top}" width="{length}" height="26"/>"#);
        }
        let _ = write!(
            svg,
            r#"<text class="value" x="{}" y="{middle}">{}</text>"#,
            LABEL + length + 8,
            escaped(&row.shown)
        );
    }
    let _ = write!(svg, r#"<path class="axis" d="M{LABEL} 4V{}"/></svg>"#, height - 4);
    Some(Html::trusted(svg))
}

/// A length in proportion; anything that is there can be seen.
fn scaled(value: i64, most: i64, room: i64) -> i64 {
    let length = i128::from(value.max(0)) * i128::from(room) / i128::from(most.max(1));
    i64::try_from(length).unwrap_or(room).clamp(i64::from(value > 0) * 2, room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: Option<i64>) -> Bar {
        Bar { label: label.to_owned(), value, shown: value.map_or("chưa có".to_owned(), |v| v.to_string()) }
    }

    #[test]
    fn lengths_are_in_proportion_and_the_numbers_stand_beside_them() {
        let rows = [bar("2021", Some(50)), bar("2022", None), bar("2023", Some(100)), bar("2024", Some(0))];
        let svg = bars("Lượt <người>", &rows).unwrap().to_string();
        assert!(svg.contains("Lượt &lt;người&gt;. 2021: 50; 2022: chưa có; 2023: 100; 2024: 0"), "{svg}");
        assert!(svg.contains(r#"width="110""#) && svg.contains(r#"width="220""#), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 2, "what is nought or not known has no bar");
        assert!(!svg.contains("style="), "the policy of the site refuses inline style");
    }

    #[test]
    fn a_chart_of_one_number_or_of_noughts_is_not_drawn() {
        assert_eq!(bars("x", &[bar("2021", Some(5)), bar("2022", None)]), None);
        assert_eq!(bars("x", &[bar("2021", Some(0)), bar("2022", Some(0))]), None);
        assert!(bars("x", &[bar("a", Some(1)), bar("b", Some(i64::MAX))]).is_some());
    }
}
