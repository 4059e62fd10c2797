report-unknown-list = The template asks for the list “{ $name }”, which the program does not have.
report-bad-selection = The condition “{ $words }” does not fit indicator { $id }.
report-needs-number = Give the report its number before it is issued (--number).
report-number-used = { $symbol } was already used for the report of { $day }. Take the next number.
report-unknown-template = There is no template “{ $id }”. Known: { $known }.
report-changed-by-hand = The number “{ $then }” ({ $indicator }) was changed by hand to “{ $now }”.
report-control-gone = The number “{ $then }” ({ $indicator }) was removed from the report.
report-no-source = The number “{ $quote }” has no source.
report-share-outside = The share “{ $shown }” lies outside 0–100 %.
report-changed-since = The number “{ $then }” ({ $indicator }) is now “{ $now }” by the records.
report-stranger = The number “{ $shown }” carries a mark that the program did not make.
report-not-ours = This file has no list of figures of Nền Nếp; only its words can be checked.
report-unreported = { $unit } has not handed in everything.
report-list-title = Reports
report-write-title = Write a report
report-issued-title = Issued reports
report-none-issued = No report was issued here yet.
report-day = Day of the report
report-set = Show for this period and day
report-open = Open the report
report-word = Word file
report-pdf = PDF file
report-blank = Blank form
report-figures = The report has { $n ->
    [one] { $n } figure
   *[other] { $n } figures
 }; open a number to see its source.
report-behind = { $n ->
    [one] { $n } unit has
   *[other] { $n } units have
 } not handed in everything this report rests on.
report-gaps-title = Figures that nobody could answer
report-slots-title = Texts that people write
report-slots-lead = Remarks and judgements are written by people; the program writes none.
report-slot-written = Written
report-slot-empty = Not written
report-text = Text
report-text-hint = Leave an empty line between paragraphs. A line that begins with “- ” is an item of a list.
report-text-save = Save
report-text-back = Back to the report
report-text-saved = The text was saved.
report-issue-title = Issue
report-issue-lead = Issue freezes figures, definitions and coverage. Later changes show as differences; the report stays.
report-number = Number of the report
report-issue = Issue the report
report-issued = The report was issued; its figures are frozen.
report-since-title = Changes since it was issued
report-since-none = The figures of the report still are what the records say.
report-since-lead = The records have changed since the report was issued:
report-then = As issued
report-now = Now
report-redefined = redefined since
report-slot-situation = Situation
report-slot-leadership = Leadership
report-slot-study = Study
report-slot-following = Practice
report-slot-example = Setting an example
report-slot-publicity = Publicity
report-slot-theory = Research and teaching
report-slot-inspection = Inspection and supervision
report-slot-strengths = Strengths
report-slot-shortcomings = Shortcomings
report-slot-causes = Causes
report-slot-lessons = Lessons
report-slot-directions = Directions
report-slot-proposals = Proposals
report-write-all = Write the report
report-check-issue = Check and issue
report-hand-over = Hand over
report-view = See the whole report
report-preview = Preview
report-token-hint = [số: …] is a figure from the records; press “Insert” to put one in.
report-text-figures = There are too many figures in the text. Keep at most { $most }.
report-text-meanwhile = Somebody else has just changed this text to: “{ $text }”. Save again to keep yours.
report-before-issued = Last time: { $symbol } ({ $period }).
report-before-period = The period before: { $period }, no report issued.
report-beside-title = Figures
report-beside-coverage = { $complete }/{ $total } complete
report-beside-before = Last time:
report-beside-same = the same
report-beside-points = { $n ->
    [one] { $n } point
   *[other] { $n } points
 }
report-beside-search = Find another figure
report-beside-find = Find
report-beside-none = No figure has these words.
report-insert = Insert
report-last-words = Words of the last time
report-last-take = Start from these
report-check-title = Check before issue
report-check-none = There is nothing to look at.
report-item-unwritten = “{ $label }” is not written yet.
report-item-gap = No figure yet: { $label }.
report-item-go = Go there
report-offer = Replace with { $shown } – { $label }
report-anyway = I have looked at these and issue it all the same
report-anyway-needed = Left to look at: { $n }. Mend that, or tick this box to issue all the same.
report-issue-anyway = Issue with { $n ->
    [one] { $n } thing
   *[other] { $n } things
 } left
report-slot-sessions = Topic sessions
report-slot-readings = Weekly readings, self-review
report-slot-awards = Praise and awards
report-slot-welfare = Welfare and savings
report-not-issued = The texts are saved; the report is not issued:
