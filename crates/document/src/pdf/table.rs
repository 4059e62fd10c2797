//! Tables: widths of columns, rows with borders, head rows repeated on the next page.

use std::ops::Range;
use std::rc::Rc;

use super::compose::Composer;
use super::flow::{Align, Item, Piece, Run, baseline, text};
use super::font::Face;
use super::line::{Letter, Line, Style, balanced, break_lines};
use super::tags::{Group, Kind};
use crate::model::{Inline, Table};

/// Space between a border and words, points.
const PADDING: (f32, f32) = (4.0, 3.0);
const BORDER: f32 = 0.5;
/// Height of a line, as a share of its size.
const SPACING: f32 = 1.2;
/// A row higher than this share of a page may be parted by the end of a page.
const ROW_SHARE: f32 = 0.4;
/// The lines of such a row that stay together.
const BAND: usize = 4;

/// A cell with its words.
struct Cell {
    letters: Vec<Letter>,
    align: Align,
    group: Group,
}

/// The columns of a table in points.
struct Grid {
    left: f32,
    widths: Vec<f32>,
    size: f32,
}

impl Composer<'_> {
    pub(super) fn table(&mut self, table: &Table, runs: &mut Vec<Run>) {
        let room = self.room;
        let group = self.tags.top(Kind::Table);
        let caption = self.letters(&table.caption, Style::new(Face::Bold, self.profile.body));
        let lines = balanced(&caption, room.width);
        if !lines.is_empty() {
            let tag = self.tags.within(group, Kind::Caption);
            let pieces = lines.into_iter().enumerate().map(|(at, line)| {
                let before = if at == 0 { self.profile.paragraph_space } else { 0.0 };
                self.line_piece(line, room.left, room.width, Align::Centred, before, tag)
            });
            runs.push(Run { pieces: pieces.collect(), keep: true, head: None });
        }
        if table.columns.is_empty() {
            return;
        }
        let grid = self.grid(table);
        let style = Style::new(Face::Regular, grid.size);

        let mut head: Vec<Piece> = Vec::new();
        if table.columns.iter().any(|column| !column.head.trim().is_empty()) {
            let part = self.tags.within(group, Kind::TableHead);
            let row = self.tags.within(part, Kind::Row);
            let bold = Style { face: Face::Bold, ..style };
            let cells = table.columns.iter().map(|column| {
                let group = self.tags.within(row, Kind::HeadCell);
                Cell { letters: self.words(&column.head, bold), align: Align::Centred, group }
            });
            let cells: Vec<Cell> = cells.collect();
            head = self.row(&grid, cells);
        }
        // Space between the text and the table, not inside it.
        let space = self.profile.paragraph_space;
        if let Some(first) = head.first_mut() {
            first.before = space;
        }
        let height: f32 = head.iter().map(|piece| piece.height).sum();
        let repeated =
            (!head.is_empty() && height <= room.height() * ROW_SHARE).then(|| Rc::new(head.clone()));
        if !head.is_empty() {
            runs.push(Run { pieces: head, keep: !table.rows.is_empty(), head: None });
        }
        let part = self.tags.within(group, Kind::TableBody);
        for (number, row) in table.rows.iter().enumerate() {
            // Neither the first row nor the last, often the sum, stands alone on a page.
            let keep = table.rows.len() > 2 && (number == 0 || number + 2 == table.rows.len());
            let group = self.tags.within(part, Kind::Row);
            let cells = table.columns.iter().enumerate().map(|(at, column)| {
                let group = self.tags.within(group, Kind::Cell);
                let align = if column.numeric { Align::Right } else { Align::Left };
                Cell { letters: self.cell(row, at, table.columns.len(), style), align, group }
            });
            let cells: Vec<Cell> = cells.collect();
            let pieces = self.row(&grid, cells);
            let last = pieces.len() - 1;
            for (at, piece) in pieces.into_iter().enumerate() {
                runs.push(Run { pieces: vec![piece], keep: keep && at == last, head: repeated.clone() });
            }
        }
        // What follows does not touch the border.
        runs.push(Run::one(Piece { before: space, ..Piece::default() }));
    }

    /// The words of a cell. Cells beyond the last column join it: nothing is left out.
    fn cell(&mut self, row: &[Vec<Inline>], at: usize, columns: usize, style: Style) -> Vec<Letter> {
        let mut letters = row.get(at).map(|cell| self.letters(cell, style)).unwrap_or_default();
        if at + 1 == columns {
            for cell in row.iter().skip(columns) {
                letters.extend(self.words(" ", style));
                letters.extend(self.letters(cell, style));
            }
        }
        letters
    }

    /// Sizes the columns by their shares, but never narrower than their longest word if the page
    /// can hold that; letters become smaller rather than words cut.
    fn grid(&mut self, table: &Table) -> Grid {
        let width = self.room.width;
        let shares: Vec<f32> = table.columns.iter().map(|column| f32::from(column.width.max(1))).collect();
        let mut least = self.longest_words(table);
        let mut size = 13.0;
        while size > 9.0 && least.iter().map(|em| em * size + 2.0 * PADDING.0 + 0.5).sum::<f32>() > width {
            size -= 1.0;
        }
        least.iter_mut().for_each(|em| *em = *em * size + 2.0 * PADDING.0 + 0.5);
        Grid { left: self.room.left, widths: fill(&shares, &least, width), size }
    }

    /// The width of the longest word of each column, in em.
    fn longest_words(&self, table: &Table) -> Vec<f32> {
        let longest = |letters: &[Letter]| {
            letters
                .split(|l| l.letter == ' ')
                .map(|word| word.iter().map(|l| l.width).sum::<f32>())
                .fold(0.0, f32::max)
        };
        let unit = |face| Style::new(face, 1.0);
        let mut least: Vec<f32> =
            table.columns.iter().map(|column| longest(&self.words(&column.head, unit(Face::Bold)))).collect();
        for row in &table.rows {
            for (cell, least) in row.iter().zip(&mut least) {
                let mut plain = String::new();
                crate::pdf::plain(cell, &mut plain);
                *least = least.max(longest(&self.words(&plain, unit(Face::Regular))));
            }
        }
        least
    }

    /// A row as one piece, or as several when it is very high.
    fn row(&self, grid: &Grid, cells: Vec<Cell>) -> Vec<Piece> {
        let most = (self.room.height() * ROW_SHARE / (grid.size * SPACING)) as usize;
        let cells: Vec<(Vec<Line>, Align, Group)> = cells
            .into_iter()
            .zip(&grid.widths)
            .map(|(cell, width)| {
                let inner = (width - 2.0 * PADDING.0).max(1.0);
                (break_lines(&cell.letters, inner, inner), cell.align, cell.group)
            })
            .collect();
        let count = cells.iter().map(|cell| cell.0.len()).max().unwrap_or(0).max(1);
        if count <= most {
            return vec![band(grid, &cells, 0..count, count)];
        }
        (0..count).step_by(BAND).map(|from| band(grid, &cells, from..count.min(from + BAND), count)).collect()
    }
}

/// Some lines of a row of `count` lines, with their borders. Only the first has one above and only
/// the last one below: between them the row goes on.
fn band(grid: &Grid, cells: &[(Vec<Line>, Align, Group)], lines: Range<usize>, count: usize) -> Piece {
    let step = grid.size * SPACING;
    let above = if lines.start == 0 { PADDING.1 } else { 0.0 };
    let below = if lines.end == count { PADDING.1 } else { 0.0 };
    let height = above + lines.len() as f32 * step + below;
    let mut piece = Piece { height, ..Piece::default() };
    let mut x = grid.left;
    for ((words, align, group), width) in cells.iter().zip(&grid.widths) {
        // Words of a head stand in the middle, others at the top.
        let lower = if *align == Align::Centred && lines.len() == count {
            (count - words.len()) as f32 * step / 2.0
        } else {
            0.0
        };
        for (at, line) in words.iter().skip(lines.start).take(lines.len()).enumerate() {
            let y = baseline(above + lower + at as f32 * step, step, grid.size);
            piece.notes.extend(line.notes());
            let inner = width - 2.0 * PADDING.0;
            piece.items.push(text(Rc::new(line.clone()), x + PADDING.0, inner, *align, y, Some(*group)));
        }
        x += width;
    }
    let right = x;
    for (y, drawn) in [(0.0, above > 0.0), (height, below > 0.0)] {
        piece.items.extend(drawn.then(|| rule((grid.left, y), (right, y))));
    }
    let mut x = grid.left;
    for width in std::iter::once(&0.0).chain(&grid.widths) {
        x += width;
        piece.items.push(rule((x, 0.0), (x, height)));
    }
    piece
}

fn rule(from: (f32, f32), to: (f32, f32)) -> Item {
    Item::Rule { from, to, thickness: BORDER, dotted: false }
}

/// Divides a width by shares, none less than its least; when the leasts do not fit, by the leasts.
fn fill(shares: &[f32], least: &[f32], width: f32) -> Vec<f32> {
    let needed: f32 = least.iter().sum();
    if needed >= width {
        return least.iter().map(|l| l / needed * width).collect();
    }
    let mut fixed = vec![false; shares.len()];
    loop {
        let taken: f32 = least.iter().zip(&fixed).filter(|(_, f)| **f).map(|(l, _)| l).sum();
        let open: f32 = shares.iter().zip(&fixed).filter(|(_, f)| !**f).map(|(s, _)| s).sum();
        let widths: Vec<f32> =
            (0..shares.len())
                .map(|i| {
                    if fixed[i] {
                        least[i]
                    } else {
                        shares[i] / open.max(f32::MIN_POSITIVE) * (width - taken)
                    }
                })
                .collect();
        let narrow: Vec<usize> = (0..shares.len()).filter(|&i| !fixed[i] && widths[i] < least[i]).collect();
        if narrow.is_empty() {
            return widths;
        }
        narrow.into_iter().for_each(|i| fixed[i] = true);
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn columns_fill_the_width_and_hold_their_longest_word() {
        assert_eq!(fill(&[1.0, 3.0], &[10.0, 10.0], 400.0), [100.0, 300.0]);
        assert_eq!(fill(&[1.0, 9.0], &[80.0, 10.0], 400.0), [80.0, 320.0]);
        assert_eq!(fill(&[1.0, 1.0], &[300.0, 300.0], 400.0), [200.0, 200.0]);
        let widths = fill(&[1.0, 5.0, 1.0, 1.0], &[50.0, 60.0, 90.0, 40.0], 300.0);
        assert!((widths.iter().sum::<f32>() - 300.0).abs() < 0.01);
    }
}
