//! Letters to lines, lines to paragraphs and rows of tables, by where the letters stand.
//!
//! A line with a wide gap is a row of a table; its cells are parted by tabs. What stands below a
//! row in fewer cells, with no number of its own, is the rest of the row's words.

use super::Chunk;

/// A row of more cells than this is no row of a table.
const MAX_CELLS: usize = 60;

/// A run of letters within a line; in a table, a cell.
struct Cell {
    x: f32,
    end: f32,
    text: String,
    /// How many columns it stands behind the cell before it; 1 unless cells are empty.
    step: usize,
}

/// One line, or a row of a table with its further lines.
struct Line {
    cells: Vec<Cell>,
    start: f32,
    end: f32,
    /// Where its first and its last line stand.
    top: f32,
    y: f32,
    size: f32,
}

/// Puts chunks into rows; the usual size of the letters.
fn rows(mut chunks: Vec<Chunk>) -> (Vec<Vec<Chunk>>, f32) {
    chunks.retain(|c| c.x.is_finite() && c.y.is_finite() && c.end.is_finite());
    // The usual size of the letters on the page tells what is small.
    let mut sizes: Vec<f32> = chunks.iter().map(|c| c.size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0).max(1.0);
    chunks.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<Chunk>> = Vec::new();
    let mut base = f32::MAX;
    for c in chunks {
        // A raised mark belongs to the line below its own height.
        let near = (base - c.y).abs() < usual * 0.42;
        match rows.last_mut() {
            Some(row) if near => {
                if c.size >= usual * 0.8 {
                    base = c.y;
                }
                row.push(c);
            }
            _ => {
                base = c.y;
                rows.push(vec![c]);
            }
        }
    }
    (rows, usual)
}

/// Writes the chunks of a page as text.
pub(super) fn write(chunks: Vec<Chunk>, out: &mut String) {
    let (rows, usual) = rows(chunks);
    let left = rows.iter().flat_map(|r| r.iter().map(|c| c.x)).fold(f32::MAX, f32::min);
    let right = rows.iter().flat_map(|r| r.iter().map(|c| c.end)).fold(f32::MIN, f32::max);
    let mut lines: Vec<Line> = Vec::new();
    for row in rows {
        let line = line_of(row, left);
        match lines.last_mut() {
            Some(before) if goes_on(before, &line) => join(before, line),
            _ => lines.push(line),
        }
    }
    columns(&mut lines);
    let mut before: Option<(f32, f32)> = None;
    for line in lines {
        if let Some((last_y, last_end)) = before {
            let gap = last_y - line.top;
            let short = last_end < right - (right - left) * 0.12;
            let indented = line.start > left + usual * 1.2 && line.start < left + usual * 6.0;
            out.push_str(if gap > line.size * 2.1 || short || indented { "\n\n" } else { "\n" });
        }
        for cell in &line.cells {
            out.extend(std::iter::repeat_n('\t', cell.step));
            out.push_str(cell.text.trim_end());
        }
        while out.ends_with([' ', '\t']) {
            out.pop();
        }
        before = Some((line.y, line.end));
    }
}

/// Gives the cells of a table's shorter rows the columns they stand in: the rows with the most
/// cells say where those are. A cell over several columns stands in the first.
fn columns(lines: &mut [Line]) {
    for block in lines.chunk_by_mut(|a, b| a.cells.len() > 1 && b.cells.len() > 1) {
        let width = block.iter().map(|l| l.cells.len()).max().unwrap_or(0);
        if !(3..=MAX_CELLS).contains(&width) || block.len() < 2 {
            continue;
        }
        let mut places = vec![(f32::MAX, f32::MIN); width];
        for line in block.iter().filter(|l| l.cells.len() == width) {
            for (place, cell) in places.iter_mut().zip(&line.cells) {
                *place = (place.0.min(cell.x), place.1.max(cell.end));
            }
        }
        for line in block.iter_mut().filter(|l| l.cells.len() < width) {
            let mut at: Vec<usize> = Vec::new();
            for cell in &line.cells {
                let from = at.last().map_or(0, |last| last + 1);
                let over = |n: &usize| places[*n].0 <= cell.end && cell.x <= places[*n].1;
                let behind = |n: &usize| places[*n].0 <= cell.x + line.size * 0.6;
                at.extend((from..width).find(over).or_else(|| (from..width).rfind(behind)));
            }
            if at.len() < line.cells.len() {
                continue;
            }
            let mut last = 0;
            for (cell, column) in line.cells.iter_mut().zip(at) {
                cell.step = column - last;
                last = column;
            }
        }
    }
}

/// Blanks at the end of a chunk belong to the gap behind it.
fn seen_end(c: &Chunk) -> f32 {
    let blanks = c.text.chars().rev().take_while(|c| *c == ' ').count();
    (c.end - blanks as f32 * c.size * 0.25).max(c.x)
}

fn line_of(mut row: Vec<Chunk>, left: f32) -> Line {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let main = row.iter().map(|c| c.size).fold(0.0, f32::max);
    let y = row.iter().filter(|c| c.size > main * 0.85).map(|c| c.y).next().unwrap_or(row[0].y);
    let start = row.iter().find(|c| !c.text.trim().is_empty()).map_or(left, |c| c.x);
    let mut gaps = Vec::with_capacity(row.len());
    let (mut end, mut seen) = (f32::MIN, f32::MIN);
    for c in &row {
        gaps.push((c.x - end, c.x - seen));
        end = end.max(c.end);
        seen = seen.max(seen_end(c));
    }
    // Where one gap is wide, the narrower ones part cells as well: columns may stand close together.
    let table = gaps[1..].iter().any(|g| g.0 > main * 2.2);
    let mut cells: Vec<Cell> = Vec::new();
    for (c, (gap, seen)) in row.iter().zip(gaps) {
        let cut = cells.is_empty() || gap > main * 2.2 || table && seen > main * 0.8;
        // Only a cell of words is cut off: "1 234" is one number.
        if cut && !c.text.trim().is_empty() || cells.is_empty() {
            cells.push(Cell { x: c.x, end: c.x, text: String::new(), step: usize::from(!cells.is_empty()) });
        }
        let Some(cell) = cells.last_mut() else { continue };
        cell.end = cell.end.max(seen_end(c));
        let text = &mut cell.text;
        if !text.is_empty()
            && gap > c.size.min(main) * 0.16
            && !text.ends_with(' ')
            && !c.text.starts_with(' ')
        {
            text.push(' ');
        }
        let digits = c.text.trim();
        let raised = c.size < main * 0.8 || (c.y > y + main * 0.18 && c.size < main * 0.95);
        if raised && !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()) {
            for d in digits.bytes() {
                text.push(match d {
                    b'1' => '¹',
                    b'2' => '²',
                    b'3' => '³',
                    d => char::from_u32(0x2070 + u32::from(d - b'0')).unwrap_or('⁰'),
                });
            }
            if c.text.ends_with(' ') {
                text.push(' ');
            }
        } else {
            text.push_str(&c.text);
        }
    }
    Line { cells, start, end, top: y, y, size: main }
}

fn bare(cell: &Cell) -> bool {
    let t = cell.text.trim();
    t.starts_with(|c: char| c.is_ascii_digit())
        && t.chars().all(|c| c.is_ascii_digit() || ".,%/ ".contains(c))
}

/// The cell of a row under which a cell of the next line stands.
fn above(row: &Line, cell: &Cell) -> Option<usize> {
    let n = row.cells.iter().rposition(|c| c.x <= cell.x + row.size * 0.6)?;
    // Beside it is not below it: the second row of a head has columns of its own.
    (cell.x <= row.cells[n].end).then_some(n)
}

/// Whether a line holds further words of the row above it.
fn goes_on(row: &Line, line: &Line) -> bool {
    let near = row.y - line.top < row.size * 1.7 && row.y > line.top;
    if !(2..=MAX_CELLS).contains(&row.cells.len())
        || !near
        || line.cells.len() > row.cells.len()
        || line.cells.iter().any(bare)
    {
        return false;
    }
    let columns: Vec<Option<usize>> = line.cells.iter().map(|c| above(row, c)).collect();
    if columns.iter().any(Option::is_none) || columns.windows(2).any(|w| w[0] == w[1]) {
        return false;
    }
    let figures = row.cells.iter().any(bare);
    let lower = line.cells[0].text.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(');
    // In the first column a new row begins; only a word that goes on stays.
    lower && (figures || row.cells.len() > 2) || columns[0] != Some(0) && row.cells.len() > 2
}

fn join(row: &mut Line, line: Line) {
    for cell in line.cells {
        let Some(above) = above(row, &cell).and_then(|n| row.cells.get_mut(n)) else { continue };
        above.text.truncate(above.text.trim_end().len());
        above.text.push(' ');
        above.text.push_str(cell.text.trim());
        above.end = above.end.max(cell.end);
    }
    row.y = line.y;
    row.end = row.end.max(line.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that stand at x, y; a letter is six wide, a line fourteen high.
    fn page(words: &[(f32, f32, &str)]) -> String {
        let chunk = |(x, y, text): &(f32, f32, &str)| Chunk {
            x: *x,
            y: -*y * 14.0,
            end: x + text.chars().count() as f32 * 6.0,
            size: 12.0,
            text: (*text).to_owned(),
        };
        let mut out = String::new();
        write(words.iter().map(chunk).collect(), &mut out);
        out
    }

    #[test]
    fn cells_that_go_on_below_stay_in_their_row() {
        let text = page(&[
            (0.0, 0.0, "TT"),
            (40.0, 0.0, "Chi bộ"),
            (120.0, 0.0, "Số đảng"),
            (200.0, 0.0, "Tỷ lệ"),
            (120.0, 1.0, "viên"),
            (200.0, 1.0, "(%)"),
            (0.0, 2.2, "1"),
            (40.0, 2.2, "Số tổ chức"),
            (112.0, 2.2, "14"),
            (200.0, 2.2, "98,5"),
            (40.0, 3.2, "đảng"),
            (0.0, 4.4, "2"),
            (40.0, 4.4, "Trạm"),
            (112.0, 4.4, "16"),
            (200.0, 4.4, "97"),
            (40.0, 5.4, "Y tế"),
            (40.0, 6.6, "Cộng"),
            (112.0, 6.6, "30"),
            (200.0, 6.6, "98"),
        ]);
        let rows: Vec<&str> = text.lines().filter(|l| !l.is_empty()).collect();
        assert_eq!(
            rows,
            [
                "TT\tChi bộ\tSố đảng viên\tTỷ lệ (%)",
                "1\tSố tổ chức đảng\t14\t98,5",
                "2\tTrạm Y tế\t16\t97",
                "\tCộng\t30\t98",
            ]
        );
    }

    #[test]
    fn a_head_over_two_columns_stands_over_the_first() {
        let text = page(&[
            (0.0, 0.0, "TT"),
            (40.0, 0.0, "Đơn vị"),
            (150.0, 0.0, "Kiểm tra"),
            (290.0, 0.0, "Khen"),
            (110.0, 1.2, "Tổ chức"),
            (200.0, 1.2, "Đảng viên"),
            (0.0, 2.4, "1"),
            (40.0, 2.4, "Sở A"),
            (115.0, 2.4, "5"),
            (205.0, 2.4, "7"),
            (300.0, 2.4, "9"),
        ]);
        let rows: Vec<&str> = text.lines().filter(|l| !l.is_empty()).collect();
        assert_eq!(rows[2], "1\tSở A\t5\t7\t9");
        assert_eq!(rows[0].trim_start(), "TT\tĐơn vị\tKiểm tra\t\tKhen");
        assert_eq!(rows[1], "\t\tTổ chức\tĐảng viên");
    }

    #[test]
    fn lines_of_prose_stay_lines() {
        assert_eq!(
            page(&[
                (0.0, 0.0, "Chi bộ có 27 đảng viên, trong đó"),
                (0.0, 1.0, "có 10 nữ đảng viên cũng dài.")
            ]),
            "Chi bộ có 27 đảng viên, trong đó\ncó 10 nữ đảng viên cũng dài."
        );
        // The head of a letter: two columns, no table.
        let head = page(&[
            (0.0, 0.0, "ĐẢNG BỘ TỈNH"),
            (200.0, 0.0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            (10.0, 1.0, "ĐẢNG ỦY KHỐI"),
            (210.0, 1.0, "Hà Nội, ngày 05 tháng 01 năm 2024"),
        ]);
        assert_eq!(head.lines().filter(|l| !l.is_empty()).count(), 2);
    }
}
