//! Which forms of discipline there are, by day: data, so that a decision of the past is
//! judged by the rule of its own day.

use domain::{Day, FAR_DAY};

/// The forms that an object could be given between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormRule {
    /// `organisation` or `person`.
    pub object: &'static str,
    /// First day, ISO.
    pub from: &'static str,
    /// Last day, ISO.
    pub to: &'static str,
    /// Codes of the forms.
    pub forms: &'static [&'static str],
    /// The document that says so.
    pub source: &'static str,
}

/// The rules, each object's in order of time. The forms have been the same since the Charter
/// of 2011; 21-QĐ/TW (11/4/2026) and 212-QĐ/TW (17/8/2026) left them unchanged. A probationary member can
/// be given reprimand and warning only: the row does not know who is probationary, the
/// person's memberships do.
pub const FORMS: [FormRule; 2] = [
    FormRule {
        object: "organisation",
        from: "2011-01-19",
        to: FAR_DAY,
        forms: &["reprimand", "warning", "dissolution"],
        source: "Điều lệ Đảng, Điều 35",
    },
    FormRule {
        object: "person",
        from: "2011-01-19",
        to: FAR_DAY,
        forms: &["reprimand", "warning", "removal", "expulsion"],
        source: "Điều lệ Đảng, Điều 35",
    },
];

/// The rule for an object on a day; `None` where no rule is known, then nothing is judged.
pub fn in_force(object: &str, day: Day) -> Option<&'static FormRule> {
    let day = day.format("%Y-%m-%d").to_string();
    FORMS.iter().find(|r| r.object == object && r.from <= day.as_str() && day.as_str() <= r.to)
}
