//! Days, as offices write and read them.

/// A calendar day. No hour, no zone.
pub type Day = chrono::NaiveDate;

/// The last day of anything that has no end yet ("đến nay").
pub const FAR_DAY: &str = "9999-12-31";

/// Reads a day as people write it: `16/01/2024`, `16-1-2024`, `16.01.2024`, or ISO `2024-01-16`.
/// `None` when it is no day of the calendar.
pub fn parse_day(text: &str) -> Option<Day> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |s: &str| {
        (!s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<i32>().ok())
            .flatten()
    };
    let (a_n, b_n, c_n) = (number(a)?, number(b)?, number(c)?);
    let (year, day) = if a.len() == 4 { (a_n, c_n) } else { (c_n, a_n) };
    // Two-digit years are refused: 05/07 of which century is a guess.
    if !(1900..=9999).contains(&year) {
        return None;
    }
    Day::from_ymd_opt(year, u32::try_from(b_n).ok()?, u32::try_from(day).ok()?)
}

/// `16/01/2024`: days below 10 and months 1–2 are padded, as Hướng dẫn 05-HD/VPTW asks;
/// tables and lists pad every month so that columns align, and this is the form they use.
pub fn day_short(day: Day) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `ngày 16 tháng 01 năm 2024`: pads days below 10 and months 1–2 only.
pub fn day_long(day: Day) -> String {
    use chrono::Datelike;
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_offices_write() {
        for text in ["16/01/2024", "16-1-2024", " 16.01.2024 ", "2024-01-16"] {
            assert_eq!(parse_day(text), Day::from_ymd_opt(2024, 1, 16), "{text}");
        }
        for text in ["31/02/2024", "16/01/24", "2024", "", "a/b/c", "16/01/2024/1", "٣/01/2024"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn pads_days_below_ten_and_the_first_two_months() {
        let day = |y, m, d| Day::from_ymd_opt(y, m, d).unwrap_or_default();
        assert_eq!(day_long(day(2024, 1, 5)), "ngày 05 tháng 01 năm 2024");
        assert_eq!(day_long(day(2024, 3, 15)), "ngày 15 tháng 3 năm 2024");
    }
}
