request-deadline = The deadline comes before the request itself ({ $day }). Correct the deadline.
request-unknown = There is no request with the code “{ $code }”.
request-standing-late = Late, nothing returned
request-standing-awaited = Awaited
request-standing-returned-late = Returned late
request-standing-returned = Returned
