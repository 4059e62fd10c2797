reader-empty = The file holds no text to read.
reader-unknown-format = The kind of file “{ $name }” is not known. Send Word (.docx), PDF, Excel (.xlsx), .txt, .md or .html.
reader-old-word = “{ $name }” is an old Word file (.doc). Open it in Word and save it as .docx.
reader-old-excel = “{ $name }” is an old Excel file (.xls). Open it in Excel and save it as .xlsx.
reader-rich-text = “{ $name }” is an .rtf file. Open it in Word and save it as .docx.
reader-file-too-big = The file is larger than { $limit } MB and was not read. Split it or take pictures out.
reader-text-too-long = The text is longer than the limit; only the first { $read } characters were read. Split the file.
reader-part-too-big = The part “{ $part }” inside the file unpacks to too much and was not read.
reader-damaged = The file is damaged at “{ $part }”; only the rest was read.
reader-not-readable = The file cannot be read: it is damaged or of another kind.
reader-encrypted = The file is locked with a password. Send a copy without one.
reader-scan = The PDF is a scan (pictures) without text: { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
 }. Send the Word file, or a PDF exported from Word.
reader-scan-pages = { $pages ->
    [one] { $pages } page of the PDF
   *[other] { $pages } pages of the PDF
 } are pictures without text.
reader-old-encoding = The text is typed in { $encoding }; it was turned into Unicode for reading, the original is kept.
reader-lossy = { $count ->
    [one] { $count } character
   *[other] { $count } characters
 } could not be read: “�” stands in the place.
reader-check-sum = The parts do not make the total: “{ $whole }”, but { $parts } = { $sum }.
reader-check-share = The share does not follow: “{ $fraction }” is { $right }%, the report says “{ $share }”.
reader-check-implied = “{ $share }” beside “{ $count }” means about { $whole } in all. Is that so?
reader-check-repeat = One thing is said with two numbers: “{ $first }” and “{ $second }”.
reader-check-name = A name is spelt in two ways: “{ $wrong }” ({ $count ->
    [one] { $count } time
   *[other] { $count } times
 }) and “{ $right }”.
reader-check-section = Two sections bear one number: “{ $first }” and “{ $second }”.
reader-check-directive = { $document } is of term { $right }; the report says term { $term }.
reader-check-day = There is no day “{ $day }”.
reader-check-period = The period “{ $period }” ends before it begins.
reader-check-years = “{ $period }” makes { $years } years.
