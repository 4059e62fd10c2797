//! The widths of a table's columns: as the template asks, but no number is broken in two for it.

use crate::model::{Inline, Table};

/// Inner margins of a cell at both sides, and a little air; twentieths of a point.
const MARGINS: i32 = 190;
/// The size of a table's text in twentieths of a point.
const SIZE: i32 = 260;

/// Widths in twentieths of a point; together exactly `room`.
pub(super) fn widths(table: &Table, room: i32) -> Vec<i32> {
    let columns = &table.columns;
    let sum = columns.iter().map(|c| i32::from(c.width.max(1))).sum::<i32>().max(1);
    let mut widths: Vec<i32> = columns.iter().map(|c| room * i32::from(c.width.max(1)) / sum).collect();
    let own: Vec<i32> = (0..columns.len()).map(|column| least(table, column)).collect();
    // Columns that were asked to be alike (the years of a table) stay alike.
    let alike: Vec<i32> = columns
        .iter()
        .map(|a| {
            let group =
                columns.iter().zip(&own).filter(|(b, _)| (a.width, a.numeric) == (b.width, b.numeric));
            group.map(|(_, least)| *least).max().unwrap_or(0)
        })
        .collect();
    // Where there is not enough room for everything, the template's widths are as good as any.
    if let Some(least) = [alike, own].into_iter().find(|least| least.iter().sum::<i32>() <= room) {
        let mut lacking = 0;
        for (width, least) in widths.iter_mut().zip(&least) {
            lacking += (least - *width).max(0);
            *width = (*width).max(*least);
        }
        // Words wrap well, so columns of words give first.
        for numeric in [false, true] {
            let giving = |i: &usize| columns[*i].numeric == numeric;
            let spare: i32 = (0..widths.len()).filter(giving).map(|i| widths[i] - least[i]).sum();
            let given = lacking.min(spare);
            for i in (0..widths.len()).filter(giving) {
                let share = i64::from(given) * i64::from(widths[i] - least[i]) / i64::from(spare.max(1));
                widths[i] -= i32::try_from(share).unwrap_or(0);
            }
            lacking -= given;
        }
    }
    // What the divisions left over, so that the table ends where the text ends.
    let rest = room - widths.iter().sum::<i32>();
    if let Some(widest) = widths.iter_mut().max() {
        *widest += rest;
    }
    widths
}

/// The room that the longest word of a column needs.
fn least(table: &Table, column: usize) -> i32 {
    let heads = table.columns.get(column).map(|c| word(&c.head)).unwrap_or(0);
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| {
        let longest = cell.iter().map(|piece| match piece {
            Inline::Text(t) | Inline::Bold(t) | Inline::Italic(t) => word(t),
            Inline::Figure(figure) => word(&figure.shown),
            Inline::Note(_) | Inline::Blank => 0,
        });
        longest.max().unwrap_or(0)
    });
    cells.max().unwrap_or(0).max(heads) + MARGINS
}

/// The width of the longest word, a little generous.
fn word(text: &str) -> i32 {
    let width = |word: &str| {
        let hundredths: i32 = word
            .chars()
            .map(|c| match c {
                '.' | ',' | ';' | ':' | 'i' | 'l' | 'I' | '(' | ')' | '-' => 30,
                c if c.is_uppercase() || matches!(c, 'm' | 'w' | '%') => 78,
                _ => 51,
            })
            .sum();
        hundredths * SIZE / 100
    };
    // Word breaks lines behind hyphens too.
    text.split([' ', '\n', '\t', '-'])
        .map(|w| w.chars().take(200).collect::<String>())
        .map(|w| width(&w))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Column;

    fn table(cells: &[(&str, u16)]) -> Table {
        Table {
            columns: cells.iter().map(|(_, width)| Column { width: *width, ..Column::default() }).collect(),
            rows: vec![cells.iter().map(|(text, _)| vec![Inline::Text((*text).to_owned())]).collect()],
            ..Table::default()
        }
    }

    #[test]
    fn asked_widths_are_kept_where_words_fit() {
        assert_eq!(widths(&table(&[("a", 3), ("b", 1)]), 8000), [6000, 2000]);
        assert_eq!(widths(&table(&[("a", 1), ("b", 1), ("c", 1)]), 1000).iter().sum::<i32>(), 1000);
    }

    #[test]
    fn a_long_number_takes_room_from_others() {
        let found = widths(&table(&[("Nội dung", 8), ("20.500.000.000", 1)]), 9000);
        assert!(found[1] > 1600 && found.iter().sum::<i32>() == 9000, "{found:?}");
        let mut years = table(&[("Số tiền ủng hộ", 4), ("4", 1), ("20.500.000.000", 1), ("5", 1)]);
        years.columns[1..].iter_mut().for_each(|c| c.numeric = true);
        let found = widths(&years, 9000);
        assert!(found[1] > 1600 && found[1..].iter().all(|w| *w == found[1]), "{found:?}");
        let hopeless = widths(&table(&[("20.500.000.000", 1), ("20.500.000.000", 1)]), 1000);
        assert_eq!(hopeless, [500, 500]);
    }
}
