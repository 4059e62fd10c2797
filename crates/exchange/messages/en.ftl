### Workbooks in and out. Where the problem is (sheet, row, column, content) is said by whoever shows it.

## The whole file is refused
exchange-file-empty = The file is empty. Save it again from Excel and load it again.
exchange-file-large = The file has { $size } MB, more than { $limit } MB. Split it into several files.
exchange-file-not-xlsx = The file is not an Excel workbook (.xlsx). Open it in Excel and use Save As, type Excel Workbook (*.xlsx).
exchange-file-xls = The file is an old Excel file (.xls). Open it in Excel, use Save As, type Excel Workbook (*.xlsx), and load it again.
exchange-file-xlsb = The file is a binary Excel file (.xlsb). Save it as Excel Workbook (*.xlsx) and load it again.
exchange-file-ods = The file is an OpenDocument spreadsheet (.ods). Save it as Excel (*.xlsx) and load it again.
exchange-file-word = The file is a Word document. An Excel workbook (*.xlsx) is needed here.
exchange-file-encrypted = The file has a password. Remove it (File → Info → Protect Workbook) and load the file again.
exchange-file-macro = The file contains macros and is not accepted. Save it as Excel Workbook (*.xlsx), without macros, and load it again.
exchange-file-damaged = The file is damaged. Open it in Excel, save it again and load it again.
exchange-file-doctype = The file declares a document type (DOCTYPE), which Excel never writes. It is refused for safety.
exchange-file-bomb = The file unpacks to too much (over { $limit } MB, or packed unusually tight). It is refused for safety. If it is a real file, split it into smaller ones.
exchange-file-parts = The file has too many parts inside. Copy the data into a new workbook and load that.
exchange-file-sheets = The file has too many sheets (over { $limit }). Split it into several files.
exchange-file-styles = The file has too many cell styles. Copy the data (values only) into a new workbook and load that.
exchange-version-newer = This workbook was made by a newer version of the program (format { $version }; this program knows up to { $known }). Update the program or download a new template.
exchange-nothing-recognised = No sheet was recognised. Sheets of the file: { $found }. Needed: { $expected }.

## A whole sheet
exchange-sheet-no-headings = No row of headings in the first { $rows } rows. Needed columns: { $expected }.
exchange-sheet-unknown = This sheet was not recognised and is left out.
exchange-sheet-damaged = The rest of the sheet is damaged. Open the file in Excel, save it again and load it again.
exchange-sheet-wide = The sheet has cells right of column number { $columns }; they are not read.
exchange-sheet-long = The sheet has more than { $rows } rows; the rest is not read. Split it into several files.
exchange-column-missing = The required column “{ $heading }” is missing. Add it; if it has another name, say so in the mapping file.
exchange-column-doubled = This column means the same as column { $first }; only column { $first } is read.
exchange-column-extra = This column is not part of the template and is not read.

## Rows
exchange-key-doubled = Same as row { $earlier } (same { $headings }). Delete one or make them differ.
exchange-example-changed = The first cell still begins with “Ví dụ:”, so the row is left out, but it is no longer the example. If it is real, delete “Ví dụ:”.
exchange-row-total = A row of totals; left out.
exchange-row-group = A row with one cell, taken for the heading of a group; left out.
exchange-row-numbering = A row that numbers the columns; left out.

## Cells
exchange-cell-required = “{ $heading }” is missing. This column must be filled.
exchange-cell-error = The cell shows the formula error { $error }. Mend the formula or write the value.
exchange-cell-unreadable = A cell near this row cannot be read. Delete it and write it again.
exchange-text-long = Too long: { $length } letters, at most { $max }. Shorten it.
exchange-text-from-day = Excel turned this cell into the day { $day }. If it is a number or code of a document, format the cell as Text and write it again.
exchange-text-bad-day = The cell has the format of a day but holds none. Format the cell as Text and write it again.
exchange-text-too-much = The cells of the file hold too much text; reading stopped at this row. Split it into several files.
exchange-number-lost = Excel rounded this number of more than 15 digits. Format the cell as Text and write all digits again.
exchange-number-is-day = Excel turned this cell into a day. Format the cell as Number and write it again.
exchange-number-unsure = The comma or dot may mean two things (decimals or thousands). Write one and a half as 1,5; fifteen hundred as 1500.
exchange-name-bad = Not a person's name. Write the full name in letters.
exchange-ref-bad = Not a name or code. If Excel turned the code into a day, format the cell as Text and write it again.
exchange-flag-bad = Write x (yes) or không (no) only.
exchange-choice-bad = Not in the list. Choose one of: { $allowed }.
exchange-choice-near = Not in the list; was “{ $near }” meant? Choose one of: { $allowed }.
exchange-whole-bad = Not a whole number. Write digits: 1250 or 1.250, without words.
exchange-whole-fraction = The number has decimals; this column needs a whole number.
exchange-whole-thousands = The number has decimals; was { $meant } meant? Write it without a dot.
exchange-whole-least = Less than the least allowed, { $min }.
exchange-whole-range = Outside what is allowed: { $min } to { $max }.
exchange-money-bad = Not a sum of money. Write đồng: 20.000.000; or 20 triệu đồng, 1,5 tỷ.
exchange-money-negative = A sum of money cannot be negative.
exchange-money-small = Less than 1.000 đồng. If millions are meant, say so: 20 triệu.
exchange-decimal-bad = Not a number. Write digits with a comma: 98,5.
exchange-decimal-places = { $places ->
    [0] This column needs a number without decimals.
   *[other] At most { $places } digits after the comma. Round the number.
}
exchange-day-bad = Not a day. Write day/month/year: 16/01/2024.
exchange-day-none = The calendar has no such day. Write day/month/year: 16/01/2024.
exchange-day-year-only = Only a year. This column needs day/month/year: 16/01/2024.
exchange-day-month-only = Only a month and year. This column needs day/month/year: 16/01/2024.
exchange-day-short-year = The year needs four digits: 16/01/2024.
exchange-day-month-first = The month seems to stand before the day. Write the day first: 16/01/2024.
exchange-day-from-number = The cell is a number; read as the day { $day }. Please check.
exchange-year-bad = Not a year. Write four digits: 2024.
exchange-month-bad = Not a month. Write month/year: 06/2024.
exchange-period-bad = Not a period. Write 2024; 2021-2023; quý II/2024; 06/2024; or 01/01/2024-30/06/2024.
exchange-period-backwards = The period ends ({ $to }) before it begins ({ $from }). Swap them.
exchange-period-from-day = Excel turned this cell into a day; read as { $period }. Please check.

## The mapping file
exchange-mapping-too-long = The mapping file is longer than { $limit } KB.
exchange-mapping-unreadable = Line { $line } of the mapping file cannot be read: { $found }. Each line says: "Heading in the list" = "column_name".
exchange-mapping-doubled = Line { $line } of the mapping file repeats a heading: { $found }. Delete one.
exchange-mapping-stranger = Line { $line } of the mapping file names a column that does not exist: { $found }.

## Writing
exchange-write-rows = Sheet “{ $sheet }” has { $rows } rows, more than Excel holds. Choose a shorter period.
exchange-write-long = Sheet “{ $sheet }”, record { $row }, column “{ $column }”: the text is longer than 32,767 letters, which Excel does not hold.
exchange-write-failed = The workbook could not be written: { $reason }
exchange-package-write = The package could not be made. Try again.
exchange-package-damaged = The package is damaged. Ask for it again.
exchange-package-large = The package is too large when opened; it is not read.
exchange-package-unknown = This file is no package that the program knows.
exchange-package-changed = The file “{ $name }” in the package is not the one that its list says: changed or damaged. Ask for it again.
