# Report templates: each sentence is printed behind "line …, column …".
document-template-long = The template is too long: at most { $lines } lines and 512 KB. Split it into several templates.
document-template-head-line = A head line has the form "key: value". If the head is finished, leave one empty line before the body.
document-template-head-missing = The head lacks "{ $key }". Add a line "{ $key }: …".
document-template-head-twice = The key "{ $key }" already stands above. Remove one of the two lines.
document-template-name = "{ $text }" is no valid name. Names have small unaccented letters, digits and underscores, joined by dots or hyphens.
document-template-heading = A heading begins with one to four # and a blank. To print a #, write \#.
document-template-lines = "{ $text }" is no number of lines. Write a number from 1 to 60.
document-template-hole-open = The hole opens with {"{{"} and is not closed with {"}}"} on the same line.
document-template-hole-empty = The hole has no name. Write an indicator, list or field between {"{{"} and {"}}"}.
document-template-hole-in-pattern = A list's pattern uses {"{name}"} only, not {"{{…}}"}.
document-template-quote = A quotation mark opens and does not close.
document-template-where = A condition must follow "where", such as: where level = "province".
document-template-period = "{ $text }" is no period. Right are for example: 2022, 2021-2023, 01/01/2021-30/06/2021, start..report, year, year-1, first year, previous.
document-template-format = "{ $text }" contradicts a format word before it.
document-template-list-format = "{ $text }" is a number format and means nothing for a list. Remove it.
document-template-pattern = The list's pattern is missing. Example: {"{{list register.plans \"Plan {symbol}\" ;}}"}.
document-template-condition = The condition after "if" is missing.
document-template-number = "{ $text }" is no number. Right are for example: 0, 1.200, 98,5 or 98%.
document-template-left-over = "{ $text }" is not understood here. A "where" condition must stand last.
document-template-field = In loops and list patterns {"{"} opens a field of the item, such as {"{symbol}"}. To print the brace, write \{"{"}.
document-template-bold-open = The * opens bold words and does not close on the same line. To print a *, write \*.
document-template-italic-open = The _ opens italic words and does not close on the same line. To print a _, write \_.
document-template-note-open = The footnote opens with ^[ and is not closed with ] on the same line.
document-template-note-nested = No footnote inside a footnote or a list's pattern.
document-template-control-open = An "if" or "each" opens here and has no {"{{end}}"}.
document-template-end-alone = This {"{{else}}"} or {"{{end}}"} belongs to no "if" or "each".
document-template-else-twice = Only one {"{{else}}"} for each "if" or "each".
document-template-depth = Nested too deeply. Write it more simply.
document-template-columns = This row has { $found } cells, the table has { $wanted } columns. Add or remove cells; a | in words is written \|.
document-template-columns-many = A table has at most 20 columns.
document-template-widths-place = The row of widths |- must stand directly below the column heads.
document-template-width = "{ $text }" is no column width. Write a number from 1 to 100, with > behind it for a column of numbers.

document-docx-failed = The Word file could not be made ({ $reason }). Try again; if it keeps failing, tell the administrator.

# Edited Word files.
document-edited-zip = This is no Word file (.docx), or it is damaged. Save it with Word as "Word Document (.docx)" and upload it again.
document-edited-large = The file is too large, or unpacks to too much (limit { $limit } MB). Remove pictures and save it again.
document-edited-many = The file has too many parts ({ $found }); the limit is { $limit }.
document-edited-body = The file has no Word body.
document-edited-xml = The part "{ $part }" of the file is damaged. Open the file with Word, save it and upload it again.
document-edited-dtd = The part "{ $part }" of the file has a foreign declaration (DOCTYPE) and is refused.
document-edited-deep = The part "{ $part }" of the file is nested too deeply to read.
document-place-body = paragraph { $paragraph }
document-place-under = paragraph { $paragraph }, under "{ $heading }"
document-place-cell = table { $table }, row { $row }, column { $column }
document-place-note = footnote { $note }

# PDF files.
document-pdf-too-long = The document is too long for a PDF ({ $length } bytes of text, at most { $most }). Divide it into several.
document-pdf-font = The fonts shipped with the program cannot be read, so no PDF was made. Install the program again.
document-pdf-failed = The PDF could not be made ({ $reason }). Download the Word file and tell the administrator.
document-token-open = The figure “{ $text }” opens with [ and is not closed with ] on the same line.
document-token-figure = “{ $text }” is no figure. Choose one beside the text, or write the id of an indicator, such as [số: org.members].
