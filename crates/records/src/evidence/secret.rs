//! Whether a text bears a mark of state secrecy.
//!
//! A mark stands alone: on a line of its own, in a cell of the head of the document, or
//! after "Độ mật:". Words such as "bảo mật" and "bí mật nhà nước" in running text or in a
//! title are not marks. Tone marks matter here: folded, MẬT would meet MẶT and MẮT.

use domain::text;

/// How many lines with words are the head: the stamp stands above or beside the title.
const HEAD: usize = 15;

/// What may precede the value of the mark.
const LABELS: [&str; 3] = ["độ mật", "mức độ mật", "cấp độ mật"];

/// The mark that a text bears, as it is written officially; `None` for a text without one.
pub fn mark<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<&'static str> {
    let mut seen = 0;
    for line in lines {
        let tidy = text::tidy(line);
        if tidy.is_empty() {
            continue;
        }
        seen += 1;
        // Anywhere a stamp alone on its line, in capitals: attachments have heads of their own.
        if tidy == tidy.to_uppercase()
            && let Some(found) = stamp(&tidy)
        {
            return Some(found);
        }
        if let Some(found) = labelled(&tidy) {
            return Some(found);
        }
        // In the head also in small letters, and beside something else on the same line.
        if seen <= HEAD
            && let Some(found) = pieces(line).find_map(|p| stamp(&text::tidy(p)))
        {
            return Some(found);
        }
    }
    None
}

/// Cells of a row: tables and two columns come as tabs, bars or wide gaps.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split(['\t', '|', '\n', '\u{b}']).flat_map(|p| p.split("   ")).filter(|p| !p.trim().is_empty())
}

/// A stamp, perhaps framed or with spaced letters (`T Ố I  M Ậ T`).
fn stamp(piece: &str) -> Option<&'static str> {
    let letters: String =
        piece.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match letters.as_str() {
        "mật" => Some("Mật"),
        "tốimật" => Some("Tối mật"),
        "tuyệtmật" => Some("Tuyệt mật"),
        _ => None,
    }
}

/// `Độ mật: Tối mật`. "Độ mật: không" and an empty label are no marks.
fn labelled(line: &str) -> Option<&'static str> {
    let lower = line.to_lowercase();
    let at = LABELS.iter().filter_map(|l| lower.find(l).map(|i| i + l.len())).max()?;
    let value = lower[at..].trim_start().strip_prefix([':', '：'])?.trim_start();
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    [("tuyệt mật", "Tuyệt mật"), ("tối mật", "Tối mật"), ("mật", "Mật")]
        .into_iter()
        .find(|(word, _)| value.strip_prefix(word).is_some_and(ends))
        .map(|(_, found)| found)
}
