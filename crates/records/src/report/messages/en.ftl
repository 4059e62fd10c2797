report-unknown-list = The template asks for the list “{ $name }”, which the program does not have.
report-bad-selection = The condition “{ $words }” does not fit indicator { $id }.
report-needs-number = Give the report its number before it is issued (--number).
report-number-used = { $symbol } was already used for the report of { $day }. Take the next number.
report-unknown-template = There is no template “{ $id }”. Known: { $known }.
report-changed-by-hand = The number “{ $then }” ({ $indicator }) was changed by hand to “{ $now }”.
report-control-gone = The number “{ $then }” ({ $indicator }) was removed from the report.
report-no-source = The number “{ $quote }” has no source.
report-sum-fails = “{ $total }” is not the sum of its parts: { $parts } = { $sum }.
report-share-outside = The share “{ $shown }” lies outside 0–100 %.
report-changed-since = The number “{ $then }” ({ $indicator }) is now “{ $now }” by the records.
report-stranger = The number “{ $shown }” carries a mark that the program did not make.
report-not-ours = This file has no list of figures of Nền Nếp; only its words can be checked.
report-unreported = { $unit } has not handed in everything.
