//! The marks by which our own workbooks are known again after people have worked in them.
//!
//! Two marks stand beside each other, because each survives what kills the other: a defined name
//! per sheet follows the sheet when it is renamed; the table on a hidden sheet keeps the title under
//! which it was written. The format has been given out: a change of it is a new [`VERSION`].

/// The hidden sheet with the table of marks.
pub(crate) const SHEET: &str = "_nenep";
/// The first cell of that sheet; the second holds the version.
pub(crate) const FORMAT: &str = "nenep-workbook";
/// The version that this program writes, and the newest it reads.
pub(crate) const VERSION: i64 = 1;
/// Defined names begin with this; the kind's code follows, then `.2`, `.3` for further sheets of that kind.
pub(crate) const NAME: &str = "_nenep_";
/// The hidden sheet with the values of drop-downs.
pub(crate) const LISTS: &str = "_danh_muc";
/// The sheet that explains the workbook.
pub(crate) const GUIDE: &str = "Hướng dẫn";
/// The first cell of an example row begins with this.
pub(crate) const EXAMPLE: &str = "Ví dụ:";

/// What stands behind the mark of an example row; `None` when the mark is not there. People lose
/// tone marks and blanks, so these do not count.
pub(crate) fn example(cell: &str) -> Option<&str> {
    let (mark, rest) = cell.split_once(':')?;
    // Without the bound a long text would be folded for every cell of a sheet.
    let marked = mark.len() <= 24 && domain::text::fold(mark) == "vi du";
    marked.then(|| rest.trim())
}

/// The reference to a sheet's cell, quoted as Excel wants it.
pub(crate) fn reference(sheet: &str, cell: &str) -> String {
    format!("='{}'!{cell}", sheet.replace('\'', "''"))
}

/// The sheet that a reference like `'Đảng viên'!$A$3` means.
pub(crate) fn sheet_of(target: &str) -> Option<String> {
    let (sheet, _) = target.trim_start_matches(['=', '$']).rsplit_once('!')?;
    let quoted = sheet.strip_prefix('\'').and_then(|s| s.strip_suffix('\''));
    Some(quoted.map_or_else(|| sheet.to_owned(), |s| s.replace("''", "'")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_gives_its_sheet_back() {
        for sheet in ["Đảng viên", "Tổ 'A'", "x!y", "Sheet1"] {
            assert_eq!(sheet_of(&reference(sheet, "$A$3")).as_deref(), Some(sheet));
        }
        assert_eq!(sheet_of("Sheet1!$A$3").as_deref(), Some("Sheet1"));
        assert_eq!(sheet_of("#REF!").as_deref(), Some("#REF"), "a lost sheet: no sheet has that name");
    }

    #[test]
    fn the_example_mark_survives_sloppy_typing() {
        for cell in ["Ví dụ: 16/01/2024", "VÍ DỤ : 16/01/2024", "vi du:16/01/2024"] {
            assert_eq!(example(cell), Some("16/01/2024"), "{cell}");
        }
        assert_eq!(example("Ví dụ điển hình"), None);
        assert_eq!(example("Hội nghị: ví dụ"), None);
    }
}
