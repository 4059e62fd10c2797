//! Tables: a number in a cell takes its noun from the unit column, the head of its column, the
//! label of its row or the caption; the column of running numbers counts nothing.

use super::count::{self, Counted, Unit};
use super::units::{self, Sort};
use super::{Class, Num};
use crate::key::{key, keys};
use crate::layout::{ParaKind, Reading};
use crate::lex::{CELL, Kind};
use crate::rules::comparator::Comparator;
use std::ops::Range;

/// Rows and columns beyond these are read as plain text.
const MAX_ROWS: usize = 20_000;
const MAX_COLUMNS: usize = 60;

#[derive(Debug, Clone)]
struct Cell {
    toks: Range<usize>,
    column: usize,
}

/// The rows of the table that begins with paragraph `p`: where it ends.
pub(super) fn extent(r: &Reading<'_>, p: usize) -> usize {
    let mut q = p;
    while q < r.paras.len() && r.paras[q].kind == ParaKind::Row && q - p < MAX_ROWS {
        q += 1;
    }
    q
}

fn cells(r: &Reading<'_>, para: usize) -> Vec<Cell> {
    let range = r.paras[para].toks.clone();
    let mut out: Vec<Cell> = Vec::new();
    // Empty cells before the first one: a total's row, the second row of a head.
    let begin = r.t[range.start].start as usize;
    let line = r.text[..begin].rfind('\n').map_or(0, |i| i + 1);
    let mut column = r.text.as_bytes()[line..begin].iter().filter(|b| **b == b'\t').take(MAX_COLUMNS).count();
    let mut open = false;
    for i in range.clone() {
        let t = &r.t[i];
        if t.sign('|') {
            if i > range.start {
                column += 1;
            }
            open = false;
            continue;
        }
        if t.has(CELL) && i > range.start {
            let gap = &r.text[r.t[i - 1].end as usize..t.start as usize];
            column += gap.matches('\t').count().max(usize::from(!r.t[i - 1].sign('|')));
            open = false;
        }
        match out.last_mut() {
            Some(c) if open => c.toks.end = i + 1,
            _ => out.push(Cell { toks: i..i + 1, column }),
        }
        open = true;
    }
    out
}

/// A cell that holds one number and nothing else but a per cent sign.
fn bare(r: &Reading<'_>, c: &Cell) -> bool {
    let t = &r.t[c.toks.clone()];
    match t {
        [n] => n.number(),
        [n, s] => n.number() && s.sign('%'),
        _ => false,
    }
}

fn is_year(r: &Reading<'_>, c: &Cell) -> bool {
    c.toks.len() == 1 && super::day::year_at(r, c.toks.start).is_some()
}

fn has(r: &Reading<'_>, toks: &Range<usize>, words: &[u32]) -> bool {
    r.t[toks.clone()].iter().any(|t| t.any(words))
}

/// The noun that a cell of words names.
fn noun(r: &Reading<'_>, toks: &Range<usize>) -> Option<(Unit, Sort, f64)> {
    let t = &r.t[toks.clone()];
    if t.iter().any(|t| t.sign('%')) || has(r, toks, const { &keys(["lệ"]) }) {
        return Some((Unit::Share, Sort::Thing, 1.0));
    }
    for i in toks.clone() {
        let next = r.t.get(i + 1).filter(|_| i + 1 < toks.end).unwrap_or(&crate::lex::EDGE);
        let next2 = r.t.get(i + 2).filter(|_| i + 2 < toks.end).unwrap_or(&crate::lex::EDGE);
        if let Some((f, n)) = crate::numeral::multiplier(&r.t[i], next)
            && f >= 1e3
        {
            let word = if n == 2 { next2 } else { next };
            if word.any(const { &keys(["đồng", "đ", "vnđ"]) }) || f >= 1e6 {
                return Some((Unit::Money, Sort::Money, f));
            }
        }
    }
    let mut found: Option<(Range<usize>, Sort)> = None;
    let mut i = toks.start;
    while i < toks.end {
        // "Hoàn thành tốt nhiệm vụ" is a rating: nobody counts tasks.
        let rated = r.t[i].word(const { key("nhiệm") })
            && (toks.start..i).any(|k| r.t[k].word(const { key("thành") }));
        if rated {
            i += 2;
            continue;
        }
        match units::at(r, i).filter(|(n, _)| i + n <= toks.end) {
            Some((n, sort)) => {
                if found.as_ref().is_none_or(|(f, _)| f.len() == 1 && n > 1) {
                    found = Some((i..i + n, sort));
                }
                i += n;
            }
            None => i += 1,
        }
    }
    found.map(
        |(f, sort)| if sort == Sort::Money { (Unit::Money, sort, 1.0) } else { (Unit::Noun(f), sort, 1.0) },
    )
}

/// Reads the bare numbers of a table. Numbers inside cells of words are left to the other rules.
pub(super) fn apply(r: &Reading<'_>, first: usize, end: usize) -> Vec<Num> {
    let rows: Vec<Vec<Cell>> = (first..end).map(|p| cells(r, p)).collect();
    let width = rows.iter().flatten().map(|c| c.column + 1).max().unwrap_or(0);
    if rows.len() < 2 || !(2..=MAX_COLUMNS).contains(&width) {
        return Vec::new();
    }
    let index_row = |row: &[Cell]| {
        row.len() >= 3
            && row.iter().all(|c| c.toks.len() <= 3)
            && row.iter().filter(|c| bare(r, c)).count() + 2 >= row.len()
            && row.windows(2).all(|w| {
                let n = |c: &Cell| r.str(c.toks.start).parse::<u32>().ok();
                match (n(&w[0]), n(&w[1])) {
                    (Some(a), Some(b)) => b == a + 1,
                    (None, Some(b)) => b <= 3,
                    _ => r.str(w[0].toks.start).chars().count() == 1,
                }
            })
    };
    // The head: rows before the first one that holds a figure.
    let body = rows
        .iter()
        .position(|row| row.iter().any(|c| c.column > 0 && bare(r, c) && !is_year(r, c)) && !index_row(row))
        .unwrap_or(rows.len());
    let head = |column: usize| -> Vec<Range<usize>> {
        let mut out = Vec::new();
        for row in rows[..body].iter().rev() {
            if index_row(row) {
                continue;
            }
            let exact = row.iter().find(|c| c.column == column);
            let over = row.iter().rev().find(|c| c.column <= column && c.column > 0);
            if let Some(c) = exact.or(if out.is_empty() && rows[..body].len() == 1 { None } else { over }) {
                out.push(c.toks.clone());
            }
        }
        out
    };
    let heads: Vec<Vec<Range<usize>>> = (0..width).map(head).collect();
    let numbering = |column: usize| {
        heads[column].iter().any(|h| has(r, h, const { &keys(["tt", "stt"]) }))
            || column == 0
                && rows[body..]
                    .iter()
                    .filter(|row| row.first().is_some_and(|c| c.column == 0 && bare(r, c)))
                    .count()
                    * 2
                    > rows.len() - body
    };
    let running: Vec<bool> = (0..width).map(numbering).collect();
    // "Đơn vị" heads units of measure in one table and offices in another: its cells tell.
    let of_measure = |column: usize| {
        let cells: Vec<&Cell> = rows[body..].iter().flatten().filter(|c| c.column == column).collect();
        let whole = |c: &&&Cell| {
            let t = &r.t[c.toks.clone()];
            let next = t.get(1).unwrap_or(&crate::lex::EDGE);
            units::at(r, c.toks.start).is_some_and(|(n, _)| n == t.len())
                || crate::numeral::multiplier(&t[0], next).is_some()
                || t[0].sign('%')
        };
        !cells.is_empty() && cells.iter().filter(whole).count() * 2 > cells.len()
    };
    let unit_column = (0..width).find(|c| {
        heads[*c].iter().any(|h| {
            has(r, h, const { &keys(["đvt"]) })
                || has(r, h, const { &keys(["đơn"]) })
                    && has(r, h, const { &keys(["vị"]) })
                    && (has(r, h, const { &keys(["tính"]) }) || h.len() == 2 && *c > 0 && of_measure(*c))
        })
    });
    let caption = caption(r, first);
    let mut out = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        if n < body {
            for c in row.iter().filter(|c| bare(r, c)) {
                let class = if is_year(r, c) { Class::Year } else { Class::Section };
                out.push(plain(c, class));
            }
            continue;
        }
        let index = index_row(row);
        let label = row.iter().find(|c| {
            !bare(r, c)
                && r.t[c.toks.clone()].iter().any(|t| t.kind == Kind::Word)
                && Some(c.column) != unit_column
        });
        let unit_cell = row.iter().find(|c| Some(c.column) == unit_column && !bare(r, c));
        for c in row.iter().filter(|c| bare(r, c)) {
            if index || running[c.column] || c.column == 0 && label.is_some_and(|l| l.column > 0) {
                out.push(plain(c, Class::Section));
                continue;
            }
            if super::phone::apply(r, c.toks.start).is_some() || super::day::full(r, c.toks.start).is_some() {
                out.push(plain(c, Class::Other));
                continue;
            }
            // "Số đảng viên | Khiển trách | Cảnh cáo": a column without a noun counts what the
            // nearest one to its left counts.
            let left = row.iter().rev().filter(|l| l.column < c.column && bare(r, l) && !running[l.column]);
            let left = left.map(|l| heads[l.column].as_slice()).find_map(|h| {
                h.iter().find_map(|h| noun(r, h)).filter(|n| matches!(n.1, Sort::People | Sort::Body))
            });
            let beside = Beside { label, unit_cell, head: &heads[c.column], left, caption: &caption };
            out.push(figure(r, c, &beside));
        }
    }
    out
}

fn plain(c: &Cell, class: Class) -> Num {
    Num { toks: c.toks.clone(), class, value: None, count: None, why: "table" }
}

/// What surrounds a cell.
struct Beside<'a> {
    label: Option<&'a Cell>,
    unit_cell: Option<&'a Cell>,
    head: &'a [Range<usize>],
    /// What the columns to the left count.
    left: Option<(Unit, Sort, f64)>,
    caption: &'a [Range<usize>],
}

/// The unit that a table is said to be in: "(đơn vị tính: nghìn đồng)", "ĐVT: người".
fn declared(r: &Reading<'_>, toks: &Range<usize>) -> Option<(Unit, Sort, f64)> {
    let at = toks.clone().find(|i| {
        let (t, last) = (&r.t[*i], r.back(*i, 1));
        t.word(const { key("đvt") })
            || t.word(const { key("tính") }) && last.word(const { key("vị") })
            || t.word(const { key("vị") }) && last.word(const { key("đơn") }) && r.ahead(*i, 1).sign(':')
    })?;
    noun(r, &(at + 1..toks.end))
}

fn figure(r: &Reading<'_>, c: &Cell, beside: &Beside<'_>) -> Num {
    let Beside { label, unit_cell, head, caption, .. } = *beside;
    let Some(value) = count::value_at(r, c.toks.start) else { return plain(c, Class::Other) };
    let share = r.t[c.toks.clone()].iter().any(|t| t.sign('%'));
    let mut context: Vec<Range<usize>> = label.map(|l| l.toks.clone()).into_iter().collect();
    context.extend(head.iter().cloned());
    context.extend(caption.iter().cloned());
    let stated =
        unit_cell.map(|u| noun(r, &u.toks).unwrap_or((Unit::Noun(u.toks.clone()), Sort::Thing, 1.0)));
    let own = || head.iter().find_map(|h| noun(r, h));
    let measured = own().filter(|n| !matches!(n.0, Unit::Noun(_)));
    // A head that is only a year says nothing of what is counted.
    let named = head.iter().any(|h| !super::year::only_year(r, h));
    let (unit, sort, factor) = if share {
        (Unit::Share, Sort::Thing, 1.0)
    } else if let Some(found) = stated
        .or(measured)
        .or_else(|| caption.iter().find_map(|h| declared(r, h)))
        .or_else(own)
        .or_else(|| beside.left.clone().filter(|_| named))
        .or_else(|| label.and_then(|l| noun(r, &l.toks)))
        .or_else(|| caption.iter().find_map(|h| noun(r, h)))
    {
        found
    } else if let Some(words) =
        head.iter().chain(label.map(|l| &l.toks)).find(|h| !super::year::only_year(r, h))
    {
        (Unit::Noun(words.clone()), Sort::Thing, 1.0)
    } else {
        return plain(c, Class::Other);
    };
    let class = match unit {
        Unit::Share => Class::Share,
        Unit::Money => Class::Money,
        _ => Class::Count,
    };
    let count =
        Counted { comparator: Comparator::Exact, unit, sort, of: None, quote: c.toks.clone(), context };
    Num {
        toks: c.toks.clone(),
        class,
        value: Some(count::tidy(value * factor)),
        count: Some(count),
        why: "table",
    }
}

/// The lines above a table that name it: "Biểu 2. Kết quả …", "Đơn vị tính: triệu đồng".
fn caption(r: &Reading<'_>, first: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for p in (first.saturating_sub(3)..first).rev() {
        let para = &r.paras[p];
        let ends = r.t[para.toks.clone()].last().is_some_and(|t| t.sign('.'));
        if para.toks.len() > 45 || ends || para.kind == ParaKind::Row {
            break;
        }
        out.push(para.toks.clone());
        if r.t[para.toks.start].any(const { &keys(["biểu", "bảng", "phụ"]) })
            || para.kind == ParaKind::Heading
        {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::claims;

    fn read(text: &str) -> String {
        claims(text)
            .iter()
            .map(|c| {
                format!("{} {} {} {}", c.value, c.unit, c.topic.name(), c.period.as_deref().unwrap_or("-"))
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn cases() {
        for (text, want) in [
            (
                "TT\tChi bộ\tSố đảng viên\tTỷ lệ học tập (%)\n1\tChi bộ A\t25\t98,5\n2\tChi bộ B\t30\t100",
                "25 đảng viên organisation_size -; 98.5 % study_conference -; 30 đảng viên organisation_size -; 100 % study_conference -",
            ),
            (
                "| Chỉ tiêu | ĐVT | Năm 2022 | Năm 2023 |\n|---|---|---|---|\n| Số tiền ủng hộ | triệu đồng | 250 | 312,5 |",
                "250000000 đồng welfare_money 2022; 312500000 đồng welfare_money 2023",
            ),
            (
                "STT\nChi bộ\nSố đảng viên\n1\nChi bộ A\n25\n2\nChi bộ B\n30\nCộng thêm một dòng.",
                "25 đảng viên organisation_size -; 30 đảng viên organisation_size -",
            ),
            (
                "Ủng hộ các quỹ (đơn vị tính: nghìn đồng)\n\nTên quỹ\tNăm 2021\tNăm 2022\nQuỹ Vì người nghèo\t98.000\t104.500",
                "98000000 đồng welfare_money 2021; 104500000 đồng welfare_money 2022",
            ),
            (
                "TT\tĐảng bộ\tSố đảng viên bị kỷ luật\tKhiển trách\tCảnh cáo\n1\tĐảng bộ A\t5\t3\t2",
                "5 đảng viên discipline -; 3 đảng viên discipline -; 2 đảng viên discipline -",
            ),
            (
                "TT\tChi bộ\tSố đảng viên\tHoàn thành tốt nhiệm vụ\n1\tChi bộ Thanh tra\t27\t22",
                "27 đảng viên organisation_size -; 22 đảng viên rating -",
            ),
            (
                "Nội dung\tSố lượng\tĐơn vị tính\nĐảng viên được kiểm tra\t12\tđảng viên",
                "12 đảng viên inspection -",
            ),
            (
                "TT\tĐơn vị\tKiểm tra\t\tGiám sát\t\n\t\tChi bộ\tĐảng viên\tChi bộ\tĐảng viên\n1\tĐảng ủy A\t5\t7\t3\t4\n\tCộng\t5\t7\t3\t4",
                "5 Chi bộ inspection -; 7 Đảng viên inspection -; 3 Chi bộ supervision -; 4 Đảng viên supervision -; 5 Chi bộ inspection -; 7 Đảng viên inspection -; 3 Chi bộ supervision -; 4 Đảng viên supervision -",
            ),
            ("STT\tHọ tên\tNăm sinh\n1\tNguyễn Văn A\t1975\n2\tLê Thị B\t1980", ""),
            (
                "Nội dung\tKết quả\nHội nghị học tập\t4 hội nghị\nĐảng viên tham gia\t1.205 đảng viên",
                "4 hội nghị study_conference -; 1205 đảng viên other -",
            ),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }
}
