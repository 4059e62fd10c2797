request-deadline = The deadline comes before the request itself ({ $day }). Correct the deadline.
request-unknown = There is no request with the code “{ $code }”.
request-standing-late = Late, nothing returned
request-standing-awaited = Awaited
request-standing-returned-late = Returned late
request-standing-returned = Returned
request-list-title = Requests for reports
request-own-title = The level above asks this unit to report
request-asked-title = This unit is asked for its records
request-none = There are no requests yet.
request-back = { $n }/{ $total ->
    [one] { $total } unit has
   *[other] { $total } units have
 } answered
request-symbol = Document that asks
request-deadline-label = Deadline
request-report = Write the report
request-returned-day = Answered on
request-received = Reports received and figures still missing
request-read = Read reports that came in
request-duty-report = Write the report
request-duty-send = Send figures to the level above
