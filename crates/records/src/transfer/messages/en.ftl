## Cells and rows
transfer-required = “{ $heading }” is missing. This column must be filled in.
transfer-wrong-type = The value does not fit “{ $heading }”. Choose or write it again as the column's note says.
transfer-out-of-range = Out of range: from { $min } to { $max }.
transfer-too-long = Too long: { $length } letters, at most { $max }. Please shorten it.
transfer-code-long = The code is too long, at most { $max } letters.
transfer-code-signs = The code has signs that cannot be used: { $signs }. A code has letters, digits and - . / _ only, no blanks. If Excel turned it into a number or a day, format the cell as Text and write it again.
transfer-key-twice = The same as row { $row } of sheet “{ $sheet }” (same { $headings }). Delete one of them or make them differ.
transfer-key-taken = Another row has this code or key. Open that row to correct it, or write another code.
transfer-symbol-twice = This number and symbol already stand for document { $other } of the same type and term of the unit. Check the number or the term.
transfer-row-withdrawn = This row was withdrawn; the file does not bring it back. If that was a mistake, restore it in the program.
transfer-row-gone = This row is no longer there. Load the page again.
transfer-forbidden = No right to write for { $unit }. Ask whoever keeps that unit, or delete the row from the file.
transfer-unreadable = The file could not be read because of a fault of the program. Please report it with this file.

## References
transfer-unit-unknown = There is no unit “{ $found }”. Write its code or name as on sheet “Đơn vị”, or add the unit there.
transfer-person-unknown = There is nobody “{ $found }”. Write the code (membership card) or the full name as on sheet “Đảng viên, quần chúng”.
transfer-ref-unknown = There is no “{ $found }” on sheet “{ $kind }”. Write a code that stands there.
transfer-ref-near = There is no “{ $found }” on sheet “{ $kind }”; is it one of: { $near }? Write the code.
transfer-ref-many = “{ $found }” may be { $n } units, persons or records: { $codes }. Write the code.
transfer-ref-misnamed = Code { $code } bears another name; the code was followed. Please check.
transfer-ref-gone = “{ $heading }” is no longer there. Choose again.
transfer-person-elsewhere = The only person of this name is { $code }, of another unit; that person was taken. Check, and write the code if somebody else is meant.

## Lists of the office's own
transfer-own-since = The list does not say “{ $heading }”. Add that column, or give one day for all with --since dd/mm/yyyy.
transfer-own-unit = The list has no column for the cell or unit. Add it, or name the unit with --unit CODE.
transfer-own-codes = The list has no codes; codes were made for { $n ->
    [one] { $n } row
   *[other] { $n } rows
 } from their names. Export the workbook and use those codes from now on.

## Commands
transfer-no-files = There is no .xlsx file in { $path }.
transfer-list-own = the office's own list
transfer-sheet-line = { $title }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
 }: { $inserted } added, { $updated } changed, { $unchanged } unchanged{ $withdrawn ->
    [0] {""}
   *[other] , { $withdrawn } withdrawn
}
transfer-file-written = { $file }: { $n ->
    [one] { $n } row
   *[other] { $n } rows
 } written.
transfer-file-dry = { $file }: dry run, nothing written; { $n ->
    [one] { $n } row
   *[other] { $n } rows
 } would be.
transfer-file-same = { $file }: nothing new, nothing written.
transfer-file-refused = { $file }: { $n ->
    [one] 1 error, nothing written. Put it right and import again.
   *[other] { $n } errors, nothing written. Put them right and import again.
 }
transfer-problems-more = … and { $n } more.
transfer-found = it says “{ $found }”
transfer-severity-error = Error
transfer-severity-warning = Check
transfer-severity-info = Note
transfer-place-row = { $sheet }, row { $row }
transfer-place-cell = { $sheet }, row { $row }, column { $column } “{ $heading }”
transfer-place-heading = { $sheet }, row { $row }, “{ $heading }”
transfer-wrote = Wrote { $path }: { $sheets ->
    [one] { $sheets } sheet
   *[other] { $sheets } sheets
 }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
 }.
transfer-title = Workbook
transfer-unknown-kind = There is no kind of record “{ $kind }”. Kinds: { $kinds }.
