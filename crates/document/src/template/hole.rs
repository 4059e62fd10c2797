//! What a hole of a template asks for: the question that somebody else answers.
//!
//! Holes are values: two places that ask the same thing are one hole, answered once.

use domain::{Day, Period};
use std::fmt;

use super::format::Format;

/// One question of a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hole {
    /// A number with its source; answered by [`super::Answer::Figure`].
    Figure(FigureHole),
    /// A number told apart by a dimension; answered by [`super::Answer::List`] whose items have
    /// the fields `key` (words) and `value` (a figure).
    Split {
        /// The number.
        figure: FigureHole,
        /// The dimension, such as `year`.
        by: String,
    },
    /// Documents, units, topics…; answered by [`super::Answer::List`].
    List(ListHole),
    /// Narrative that people write, by name; answered by [`super::Answer::Text`].
    Text(String),
    /// A word of the report's frame, such as `unit.name`; answered by [`super::Answer::Field`].
    Field(String),
}

impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hole::Figure(figure) => figure.fmt(f),
            Hole::Split { figure, by } => {
                figure.head(f)?;
                write!(f, " by {by}")?;
                tail(f, &figure.selection)
            }
            Hole::List(list) => {
                write!(f, "list {}", list.name)?;
                if list.period != PeriodSpec::Report {
                    write!(f, " {}", list.period)?;
                }
                tail(f, &list.selection)
            }
            Hole::Text(name) => write!(f, "text {name}"),
            Hole::Field(name) => f.write_str(name),
        }
    }
}

fn tail(f: &mut fmt::Formatter<'_>, selection: &str) -> fmt::Result {
    if selection.is_empty() { Ok(()) } else { write!(f, " where {selection}") }
}

/// A number asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureHole {
    /// The indicator's id.
    pub indicator: String,
    /// Its period, seen from the report's.
    pub period: PeriodSpec,
    /// What stands after `where`, in the template's own words; usually empty.
    pub selection: String,
    /// How to print it.
    pub format: Format,
}

impl FigureHole {
    fn head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.indicator)?;
        if self.period != PeriodSpec::Report {
            write!(f, " {}", self.period)?;
        }
        let format = self.format.to_string();
        if format.is_empty() { Ok(()) } else { write!(f, " {format}") }
    }
}

impl fmt::Display for FigureHole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head(f)?;
        tail(f, &self.selection)
    }
}

/// A list asked for. Pattern and separators are printing and no part of the question.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListHole {
    /// The list's name, such as `register.plans`.
    pub name: String,
    /// Its period, seen from the report's.
    pub period: PeriodSpec,
    /// What stands after `where`; usually empty.
    pub selection: String,
}

/// A period, told from the report's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodSpec {
    /// The report's period.
    Report,
    /// The same days for every report: `2022`, `2021-2023`, `01/01/2021-30/06/2021`.
    Fixed(Period),
    /// `start..report`: from the programme's first day to the report's last.
    SinceStart,
    /// `2021..report`: from that day to the report's last.
    Since(Day),
    /// `year` or `last year` (0): the report's last calendar year, cut at the report's last day;
    /// `year-1`: the whole year before it; and so on.
    YearBack(u8),
    /// `first year`: the report's first calendar year.
    FirstYear,
    /// `previous`: the period of the same length just before the report's.
    Previous,
}

impl PeriodSpec {
    /// The days meant. `None` where the programme's start is asked for and not known, or lies after the report.
    pub fn resolve(self, report: Period, start: Option<Day>) -> Option<Period> {
        use chrono::Datelike;
        let year = |y: i32| {
            let whole = Period::year(y);
            Period::new(whole.from(), whole.to().min(report.to())).ok()
        };
        match self {
            PeriodSpec::Report => Some(report),
            PeriodSpec::Fixed(period) => Some(period),
            PeriodSpec::SinceStart => Period::new(start?, report.to()).ok(),
            PeriodSpec::Since(day) => Period::new(day, report.to()).ok(),
            PeriodSpec::YearBack(back) => year(report.to().year() - i32::from(back)),
            PeriodSpec::FirstYear => year(report.from().year()),
            PeriodSpec::Previous => Some(report.previous()),
        }
    }

    /// Reads the words of a template; `None` when they are no period.
    pub fn parse(words: &str) -> Option<PeriodSpec> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(back) = words.strip_prefix("year-") {
            let back = back.parse().ok().filter(|b| (1..=9).contains(b))?;
            return Some(PeriodSpec::YearBack(back));
        }
        if let Some(first) = words.strip_suffix("..report") {
            if first == "start" {
                return Some(PeriodSpec::SinceStart);
            }
            let period: Period = first.parse().ok()?;
            return Some(PeriodSpec::Since(period.from()));
        }
        Some(match words.as_str() {
            "report" => PeriodSpec::Report,
            "year" | "last year" => PeriodSpec::YearBack(0),
            "first year" => PeriodSpec::FirstYear,
            "previous" => PeriodSpec::Previous,
            other => PeriodSpec::Fixed(other.parse().ok()?),
        })
    }
}

/// What [`PeriodSpec::parse`] reads back.
impl fmt::Display for PeriodSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeriodSpec::Report => f.write_str("report"),
            PeriodSpec::Fixed(period) => period.fmt(f),
            PeriodSpec::SinceStart => f.write_str("start..report"),
            PeriodSpec::Since(day) => write!(f, "{}..report", domain::day_short(*day)),
            PeriodSpec::YearBack(0) => f.write_str("year"),
            PeriodSpec::YearBack(back) => write!(f, "year-{back}"),
            PeriodSpec::FirstYear => f.write_str("first year"),
            PeriodSpec::Previous => f.write_str("previous"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_period_is_read_and_printed_back() {
        for (text, shown) in [
            ("report", "report"),
            ("2022", "2022"),
            ("2021 - 2023", "2021-2023"),
            ("start..report", "start..report"),
            ("2021..report", "01/01/2021..report"),
            ("year-1", "year-1"),
            ("last year", "year"),
            ("first  year", "first year"),
            ("previous", "previous"),
        ] {
            let spec = PeriodSpec::parse(text).expect(text);
            assert_eq!(spec.to_string(), shown);
            assert_eq!(PeriodSpec::parse(shown), Some(spec));
        }
        for text in ["", "year-0", "year-10", "year-1 year", "hôm qua", "start..", "..report"] {
            assert_eq!(PeriodSpec::parse(text), None, "{text}");
        }
    }

    #[test]
    fn symbolic_periods_follow_the_report() {
        let report: Period = "01/01/2021-15/03/2024".parse().expect("a period");
        let start = domain::parse_day("18/05/2021");
        let days = |spec: &str, start| {
            PeriodSpec::parse(spec).and_then(|s| s.resolve(report, start)).map(|p| p.to_string())
        };
        assert_eq!(days("start..report", start).as_deref(), Some("18/05/2021-15/03/2024"));
        assert_eq!(days("start..report", None), None);
        assert_eq!(days("year", None).as_deref(), Some("01/01/2024-15/03/2024"));
        assert_eq!(days("year-1", None).as_deref(), Some("2023"));
        assert_eq!(days("first year", None).as_deref(), Some("2021"));
        assert_eq!(days("2025..report", None), None);
    }
}
