//! The words of a report's frame: who reports to whom, for when, under which programme.

use super::fill::Asked;
use crate::unit::{self, Unit};
use document::model::{About, Head, Signature};
use document::template::{self, Template};
use domain::{Day, Period, day_long, day_short, number};
use std::collections::BTreeMap;
use store::{Result, Tx, params};

/// The frame of a document, and the fields that templates may ask for.
pub struct Frame {
    /// Head, recipients, signature, properties.
    pub document: template::Frame,
    fields: BTreeMap<&'static str, String>,
}

impl Frame {
    /// Reads what the frame of a report needs.
    pub async fn load(tx: &mut Tx, template: &Template, asked: &Asked) -> Result<Frame> {
        let Asked { unit, period, day, number, .. } = asked;
        let path = unit::path(tx, &unit.id, *day).await?;
        let superior = path.iter().rev().nth(1);
        let kind = template.meta("kind").unwrap_or("BÁO CÁO");
        let symbol = symbol(*number, abbreviation(kind), &unit.symbol);
        let place = place_of(&path);
        let head = Head {
            superior: superior.map(|s| body_name(s).to_uppercase()).unwrap_or_default(),
            issuer: body_name(unit).to_uppercase(),
            symbol,
            place: place.clone(),
            day: Some(*day),
        };
        let about = About {
            template: template.id().to_owned(),
            unit: unit.code.clone(),
            period: period.to_string(),
            date: day.format("%Y-%m-%d").to_string(),
        };
        let signature = signature(tx, unit, *day).await?;
        let mut fields = BTreeMap::new();
        let mut set = |name: &'static str, words: String| {
            if !words.is_empty() {
                fields.insert(name, words);
            }
        };
        set("unit.name", unit.name.clone());
        set("unit.short", short_name(unit));
        set("unit.kind", unit.kind_vi.clone());
        set("unit.code", unit.code.clone());
        set("superior.name", superior.map(body_name).unwrap_or_default());
        set("superior.short", superior.map(short_body).unwrap_or_default());
        set("period", period_plain(period));
        set("period.words", period_words(period));
        set("period.from", day_short(period.from()));
        set("period.to", day_short(period.to()));
        let years = i64::try_from(period.by_year().len()).unwrap_or(1);
        set("period.length", number::padded(years));
        set("years", period.by_year().iter().map(year_words).collect::<Vec<_>>().join(", "));
        set("year", period.by_year().last().map(year_words).unwrap_or_default());
        set("day", day_short(*day));
        set("day.words", day_long(*day));
        set("place", place);
        let programme = tx
            .first(
                "SELECT code, name, document FROM programme WHERE withdrawn IS NULL AND from_day <= $1
                 AND COALESCE(to_day, '9999-12-31') >= $1 ORDER BY from_day DESC LIMIT 1",
                params![period.to()],
            )
            .await?;
        if let Some(row) = programme {
            set("programme.name", row.words("name")?);
            set("programme.short", row.words("name")?);
            set("programme.directive", directive(row.text("document")?));
        }
        let theme = tx
            .first(
                "SELECT title FROM theme WHERE withdrawn IS NULL AND kind = 'year' AND year <= $1
                 AND (unit = $2 OR unit IN (SELECT ancestor FROM unit_span WHERE descendant = $2))
                 ORDER BY year DESC, code LIMIT 1",
                params![last_year(period), &unit.id],
            )
            .await?;
        if let Some(row) = theme {
            set("programme.theme", row.words("title")?);
        }
        let request = tx
            .first(
                "SELECT symbol, day, title FROM request WHERE unit = $1 AND from_day = $2 AND to_day = $3
                 AND day <= $4 AND withdrawn IS NULL ORDER BY day DESC LIMIT 1",
                params![&unit.id, period.from(), period.to(), *day],
            )
            .await?;
        if let Some(row) = request {
            let asked_on = day_short(row.day("day")?);
            set("request.symbol", format!("{}, ngày {asked_on}", directive(row.text("symbol")?)));
            set("request.title", row.words("title")?);
        }
        let document = template::Frame { head, recipients: Vec::new(), signature, about };
        Ok(Frame { document, fields })
    }

    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

/// "05-CT/TW" as a sentence names it: "Chỉ thị số 05-CT/TW".
fn directive(symbol: &str) -> String {
    const KINDS: [(&str, &str); 6] = [
        ("-CT/", "Chỉ thị"),
        ("-KL/", "Kết luận"),
        ("-NQ/", "Nghị quyết"),
        ("-QĐ/", "Quy định"),
        ("-KH/", "Kế hoạch"),
        ("-HD/", "Hướng dẫn"),
    ];
    let kind = KINDS.iter().find(|(mark, _)| symbol.contains(mark)).map(|(_, kind)| *kind);
    match kind {
        Some(kind) if !symbol.starts_with(kind) => format!("{kind} số {symbol}"),
        _ => symbol.to_owned(),
    }
}

fn last_year(period: &Period) -> i32 {
    use chrono::Datelike;
    period.to().year()
}

/// Who signs: the secretary on the day, else a deputy; the name stays empty when neither is known.
async fn signature(tx: &mut Tx, unit: &Unit, day: Day) -> Result<Option<Signature>> {
    let row = tx
        .first(
            "SELECT p.name, o.position FROM position o JOIN person p ON p.id = o.person
             WHERE o.unit = $1 AND o.position IN ('secretary', 'deputy_secretary') AND o.withdrawn IS NULL
               AND o.from_day <= $2 AND COALESCE(o.to_day, '9999-12-31') >= $2
             ORDER BY o.position DESC, o.from_day DESC LIMIT 1",
            params![&unit.id, day],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let position = if row.text("position")? == "secretary" { "BÍ THƯ" } else { "PHÓ BÍ THƯ" };
    Ok(Some(Signature {
        authority: unit.authority.clone(),
        position: position.to_owned(),
        name: row.words("name")?,
    }))
}

/// The committee that speaks for a unit: "Đảng bộ tỉnh X" is spoken for by "Tỉnh ủy X".
pub fn body_name(unit: &Unit) -> String {
    const BODIES: [(&str, &str); 6] = [
        ("Đảng bộ tỉnh ", "Tỉnh ủy "),
        ("Đảng bộ thành phố ", "Thành ủy "),
        ("Đảng bộ huyện ", "Huyện ủy "),
        ("Đảng bộ quận ", "Quận ủy "),
        ("Đảng bộ bộ phận ", "Đảng ủy bộ phận "),
        ("Đảng bộ ", "Đảng ủy "),
    ];
    for (organisation, body) in BODIES {
        if let Some(rest) = unit.name.strip_prefix(organisation) {
            return format!("{body}{rest}");
        }
    }
    unit.name.clone()
}

/// "Tỉnh ủy", "Đảng ủy Khối": as a text calls it the second time.
fn short_body(unit: &Unit) -> String {
    match unit.kind.as_str() {
        "province" => "Tỉnh ủy".to_owned(),
        "district" => "Huyện ủy".to_owned(),
        "block" => "Đảng ủy Khối".to_owned(),
        _ => body_name(unit),
    }
}

fn short_name(unit: &Unit) -> String {
    match unit.kind.as_str() {
        "block" => "Đảng bộ Khối".to_owned(),
        _ => unit.name.clone(),
    }
}

/// The place of the nearest unit upwards that has one.
fn place_of(path: &[Unit]) -> String {
    path.iter().rev().map(|u| &u.place).find(|p| !p.is_empty()).cloned().unwrap_or_default()
}

/// Chữ viết tắt of the kinds of documents that the product writes (399-QĐ/TW, Hướng dẫn 05-HD/VPTW).
fn abbreviation(kind: &str) -> &'static str {
    match kind.trim() {
        "KẾ HOẠCH" => "KH",
        "TỜ TRÌNH" => "TTr",
        "THÔNG BÁO" => "TB",
        _ => "BC",
    }
}

/// "Số 05-BC/ĐU": no colon, below ten padded; blanks while there is no number.
pub(super) fn symbol(number: Option<u32>, kind: &str, unit: &str) -> String {
    let number = match number {
        Some(n) => number::padded(i64::from(n)),
        None => "\u{a0}".repeat(6),
    };
    let tail = if unit.is_empty() { String::new() } else { format!("/{unit}") };
    format!("Số {number}-{kind}{tail}")
}

/// A year as texts name it; a part of a year by its year too, for the report says its days.
pub fn year_words(year: &Period) -> String {
    use chrono::Datelike;
    year.to().year().to_string()
}

fn period_plain(period: &Period) -> String {
    match period.whole_years() {
        Some((a, b)) if a == b => format!("năm {a}"),
        Some((a, b)) => format!("{a} - {b}"),
        None => format!("từ ngày {} đến ngày {}", day_short(period.from()), day_short(period.to())),
    }
}

fn period_words(period: &Period) -> String {
    match period.whole_years() {
        Some((a, b)) if a == b => format!("năm {a}"),
        Some((a, b)) => format!("{} năm ({a} - {b})", number::padded(i64::from(b - a + 1))),
        None => period_plain(period),
    }
}
