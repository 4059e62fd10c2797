//! The days a leaf speaks of: those of the report, or its own.

use chrono::Datelike;
use domain::{Day, Period};
use std::fmt;

/// A day, fixed or known only when a report is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayRef {
    /// That day: `2024-01-16`.
    Fixed(Day),
    /// The day the programme started: `start`.
    Start,
    /// The day of the report: `report_day`.
    ReportDay,
    /// The first day of the period asked for: `period_start`.
    PeriodStart,
    /// The last day of the period asked for: `period_end`.
    PeriodEnd,
}

/// One end of a leaf's own period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// A calendar year: its first day at the beginning, its last day at the end.
    Year(i32),
    /// A day.
    Day(DayRef),
}

/// The period of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// The period asked for.
    Asked,
    /// Its own: `in 2024`, `in 2019..2023`, `in start..report_day`.
    Between(Edge, Edge),
    /// `in last 5 years`: so many calendar years, up to the year in which the period asked for ends.
    LastYears(u32),
}

/// What a report knows when a figure is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Context {
    /// The period asked for.
    pub period: Period,
    /// The day the programme started, if the report is about one.
    pub start: Option<Day>,
    /// The day of the report.
    pub report_day: Day,
}

impl Context {
    /// The context of `previous(…)`, `times` deep: the period moves, the programme and the report do not.
    #[must_use]
    pub fn back(mut self, times: u32) -> Context {
        for _ in 0..times {
            self.period = self.period.previous();
        }
        self
    }
}

impl DayRef {
    /// The day in a report; `None` when it has no programme and `start` is asked for.
    pub fn day(self, ctx: &Context) -> Option<Day> {
        match self {
            DayRef::Fixed(day) => Some(day),
            DayRef::Start => ctx.start,
            DayRef::ReportDay => Some(ctx.report_day),
            DayRef::PeriodStart => Some(ctx.period.from()),
            DayRef::PeriodEnd => Some(ctx.period.to()),
        }
    }

    /// Whether it moves with the period asked for.
    pub fn moves(self) -> bool {
        matches!(self, DayRef::PeriodStart | DayRef::PeriodEnd)
    }

    /// The symbolic day of that name.
    pub fn from_word(word: &str) -> Option<DayRef> {
        Some(match word {
            "start" => DayRef::Start,
            "report_day" => DayRef::ReportDay,
            "period_start" => DayRef::PeriodStart,
            "period_end" => DayRef::PeriodEnd,
            _ => return None,
        })
    }
}

impl Edge {
    fn moves(self) -> bool {
        matches!(self, Edge::Day(day) if day.moves())
    }

    fn first(self, ctx: &Context) -> Option<Day> {
        match self {
            Edge::Year(year) => Some(Period::year(year).from()),
            Edge::Day(day) => day.day(ctx),
        }
    }

    fn last(self, ctx: &Context) -> Option<Day> {
        match self {
            Edge::Year(year) => Some(Period::year(year).to()),
            Edge::Day(day) => day.day(ctx),
        }
    }
}

impl When {
    /// The days in a report. `None` when there are none: no programme to start from, or the
    /// beginning comes after the end.
    pub fn period(&self, ctx: &Context) -> Option<Period> {
        match self {
            When::Asked => Some(ctx.period),
            When::Between(from, to) => Period::new(from.first(ctx)?, to.last(ctx)?).ok(),
            When::LastYears(n) => {
                let last = ctx.period.to().year();
                let n = i32::try_from((*n).max(1)).ok()?;
                Some(Period::years(last.checked_sub(n - 1)?, last))
            }
        }
    }

    /// Whether it is the period asked for itself, so that each of its years has days of its own.
    pub fn follows(&self) -> bool {
        let asked = (Edge::Day(DayRef::PeriodStart), Edge::Day(DayRef::PeriodEnd));
        match self {
            When::Asked => true,
            When::Between(from, to) => (*from, *to) == asked,
            When::LastYears(_) => false,
        }
    }

    /// Whether the days move with the period asked for; if not, `previous` means nothing.
    pub fn moves(&self) -> bool {
        match self {
            When::Asked | When::LastYears(_) => true,
            When::Between(from, to) => from.moves() || to.moves(),
        }
    }
}

impl fmt::Display for DayRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DayRef::Fixed(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            DayRef::Start => f.write_str("start"),
            DayRef::ReportDay => f.write_str("report_day"),
            DayRef::PeriodStart => f.write_str("period_start"),
            DayRef::PeriodEnd => f.write_str("period_end"),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Edge::Year(year) => write!(f, "{year}"),
            Edge::Day(day) => day.fmt(f),
        }
    }
}

/// As the language writes it (`in 2019..2023`); nothing for the period asked for.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Asked => Ok(()),
            When::Between(from, to) if from == to => write!(f, "in {from}"),
            When::Between(from, to) => write!(f, "in {from}..{to}"),
            When::LastYears(n) => write!(f, "in last {n} years"),
        }
    }
}
