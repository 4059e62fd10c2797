//! Layouts: the dated official profiles. The rule in force on the document's day applies.
//!
//! Sizes are in points, lengths in millimetres. The rules are data with their source; a new
//! guideline is one more entry in [`PROFILES`].

use domain::Day;

/// The official layout in force for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The guideline, such as "Hướng dẫn 05-HD/VPTW, 27/5/2026".
    pub source: &'static str,
    /// First day in force, ISO.
    pub from: &'static str,
    /// Margins in mm: top, bottom, left, right.
    pub margins: [f32; 4],
    /// Body text size, pt.
    pub body: f32,
    /// Exact line spacing, pt.
    pub line: f32,
    /// Space between paragraphs, pt.
    pub paragraph_space: f32,
    /// First-line indent, mm.
    pub indent: f32,
    /// "ĐẢNG CỘNG SẢN VIỆT NAM", pt, bold capitals.
    pub party: f32,
    /// Superior and issuer, pt.
    pub issuer: f32,
    /// Kind of document, pt, bold capitals.
    pub kind: f32,
    /// Extract below the kind, pt, bold.
    pub extract: f32,
    /// Page number: pt, upright, centred, `page_number_top` mm from the edge, hidden on page 1.
    pub page_number: f32,
    /// Distance of the page number from the top edge, mm.
    pub page_number_top: f32,
    /// Recipients' list items, pt (the word "Nơi nhận" is 14).
    pub recipients: f32,
    /// Footnotes, pt.
    pub footnote: f32,
    /// "Số 05-BC/ĐU" (2018 and 2026 alike: no colon).
    pub symbol: f32,
    /// The name of the face to ask for.
    pub face: &'static str,
}

/// The profiles, newest first.
pub const PROFILES: [Profile; 3] = [
    Profile {
        source: "Hướng dẫn 05-HD/VPTW, 27/5/2026",
        from: "2026-05-27",
        margins: [20.0, 20.0, 30.0, 15.0],
        body: 14.0,
        line: 20.0,
        paragraph_space: 6.0,
        indent: 10.0,
        party: 15.0,
        issuer: 14.0,
        kind: 16.0,
        extract: 14.0,
        page_number: 14.0,
        page_number_top: 10.0,
        recipients: 12.0,
        footnote: 11.0,
        symbol: 14.0,
        face: "Times New Roman",
    },
    Profile {
        source: "Hướng dẫn 36-HD/VPTW, 03/4/2018",
        from: "2018-04-03",
        margins: [20.0, 20.0, 30.0, 15.0],
        body: 14.0,
        line: 18.0,
        paragraph_space: 6.0,
        indent: 10.0,
        party: 15.0,
        issuer: 14.0,
        kind: 16.0,
        extract: 15.0,
        page_number: 14.0,
        page_number_top: 10.0,
        recipients: 12.0,
        footnote: 10.0,
        symbol: 14.0,
        face: "Times New Roman",
    },
    Profile {
        source: "trước 2018 (Hướng dẫn 11-HD/VPTW, 2004)",
        from: "1900-01-01",
        margins: [25.0, 25.0, 35.0, 15.0],
        body: 14.0,
        line: 18.0,
        paragraph_space: 6.0,
        indent: 10.0,
        party: 15.0,
        issuer: 14.0,
        kind: 16.0,
        extract: 14.0,
        page_number: 14.0,
        page_number_top: 10.0,
        recipients: 12.0,
        footnote: 10.0,
        symbol: 14.0,
        face: "Times New Roman",
    },
];

/// The profile in force on a day.
pub fn profile(day: Day) -> &'static Profile {
    let iso = day.format("%Y-%m-%d").to_string();
    PROFILES.iter().find(|p| p.from <= iso.as_str()).unwrap_or(&PROFILES[PROFILES.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_in_force_on_the_reports_day_applies() {
        let day = |t| domain::parse_day(t).expect("a day");
        assert!(profile(day("26/05/2026")).source.contains("36-HD/VPTW"));
        assert!(profile(day("27/05/2026")).source.contains("05-HD/VPTW"));
        assert_eq!(profile(day("01/01/2011")).margins, [25.0, 25.0, 35.0, 15.0]);
    }
}
