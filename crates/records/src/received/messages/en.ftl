received-title = Read reports
received-lead = Drop in the reports that came: every figure in them becomes a row with its quote, to be taken over as a stated figure.
received-new = Take in reports
received-files = Files
received-file-hint = Word (.docx), PDF, Excel (.xlsx) or .txt; several at once, each of at most { $mib } MB, together at most 32 MB.
received-sender = Sender
received-sender-guess = Look for the unit's name in the file
received-sender-unknown = No unit's name stands in the file's name or at the head of the report. Choose the sender and send this file again.
received-day = Day received
received-request = Answers the request
received-no-secrets = Do not put classified documents here.
received-take = Take in and read
received-list = Reports received
received-none = No report has been received yet.
received-report = Report
received-state = State
received-good = Read
received-bad = Not taken
received-waiting = { $pending } of { $n } figures undecided
received-all-decided = { $n ->
    [one] { $n } figure
   *[other] { $n } figures
 } decided
received-no-file = No file was chosen. Choose at least one report.
received-file-refused = { $why }
received-read = { $unit }: { $n ->
    [one] { $n } figure was
   *[other] { $n } figures were
 } read.
received-known = { $unit }: this file was received before; it has { $n ->
    [one] { $n } figure
   *[other] { $n } figures
 }.
received-taken = The report was taken in and read.
received-no-text = The file holds no text. If it is a scan, ask for the Word file or a PDF with text.
received-unread = The file could not be read. Try again or ask for another copy.
received-read-with-problems = Parts of the file could not be read whole. Look at the original before you accept figures.
received-cut = The report is too long: the rest was not read. Split the file if all of it must be read.
received-facts = { $unit } · period { $period } · received on { $day }
received-text = The report's text
received-claims = The figures
received-no-claims = There are no figures in this part.
received-earlier = Earlier part
received-later = Later part
received-findings = To ask the sender
received-findings-none = No numbers contradict each other.
received-certain = Certain
received-accept-certain = Accept { $n ->
    [one] { $n } certain figure
   *[other] { $n } certain figures
 }
received-certain-means = “Certain” means: number and noun are plain, the indicator was told with { $score } % or more, the value is exact (not “over”, “nearly”), the period is known and past, nothing contradicts it, and no other number is said for the same indicator.
received-certain-done = The certain figures were accepted.
received-certain-none = No figure could be accepted at once. Look at each.
received-decided = The decision was noted.
received-no-guess = indicator unknown
received-mend = Change before accepting
received-accept = Accept
received-refuse = Refuse
received-back = Look at it again
received-stated = See the stated figure
received-decision-pending = Undecided
received-decision-accepted = Accepted
received-decision-mended = Accepted, changed
received-decision-refused = Refused
received-no-indicator = The catalogue has no such indicator. Open “Change before accepting” and choose one.
received-no-unit = There is no such unit within your reach. Choose one of the list.
received-future = The period has not come yet. Put the period right.
received-already = The unit has stated { $value } for this indicator and the period { $period }. Correct that statement, or choose another period or scope.
received-far-year = For the period before ({ $period }) the unit stated { $before }: far from it, worth asking.
received-far-counted = The records count { $counted } for { $period }: not what the report says.
received-note-link = Note back to the sender
received-note-title = Note about a report
received-note-docx = Download for Word
received-note-nothing = There is nothing to ask.
received-note-kind = NOTE
received-note-extract = about the figures of the report “{ $title }”
received-note-intro = Reading the report “{ $title }” of { $sender }, received on { $day }, we ask you to look again at the following:
received-note-end = Please check and send the right figures, { $sender }.
received-missing-title = Reports received, figures missing
received-late = { $n ->
    [one] { $n } unit is
   *[other] { $n } units are
 } late and have sent nothing.
received-reports = Reports received
received-no-report = none
received-stated-count = Indicators stated
received-no-template = This request names no template, so the indicators it needs are not known.
received-choose-unit = Choose a unit to see the indicators without a value.
received-missing-figures = Figures missing
received-missing-of = { $n } of the template's { $total } indicators have no value.
received-topic = Topic
received-sent = { $n } of { $total } units directly below have sent a report about { $period }.
received-who = Who has sent
received-silent = No report yet
