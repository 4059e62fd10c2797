nenep-no-account = There is no account “{ $name }”.
nenep-forbidden = The account may not do this with { $unit }.
nenep-catalogue-problem = { $file }:{ $line }:{ $column }: { $what }
nenep-bad-day = “{ $text }” is no day. Write 15/03/2024 or 2024-03-15.
nenep-file-missing = The file { $path } was not found. Check the path.
nenep-file-denied = There is no permission to read or write { $path }.
nenep-file-full = The disk is full; { $path } was not written.
nenep-file-failed = { $path } could not be read or written: { $why }
nenep-by-needs-leaf = Indicator { $id } is derived from others; split those instead.
nenep-unknown-value = (unknown)
nenep-coverage = { $complete } of { $total } units handed in everything · { $origin }
nenep-conflict = { $unit } ({ $period }): counted { $counted }, stated { $stated }
nenep-origin-counted = counted from records
nenep-origin-stated = as stated by the unit
nenep-origin-mixed = partly counted, partly stated
nenep-origin-derived = derived from other indicators
nenep-facts = { $n ->
    [one] { $n } record
   *[other] { $n } records
 }
nenep-stated-used = { $unit } stated for { $period }: { $value }
nenep-stated-unused = { $unit } stated for { $period }: { $value } (not used)
nenep-unnamed = (a person)
nenep-more = … { $n } more
nenep-role-operand = Part
nenep-role-part = Counted part
nenep-role-whole = Whole, as the denominator
nenep-role-excluded = Left out of the denominator
nenep-role-before = Period before
nenep-role-definition = Indicator
nenep-report-written = Wrote { $path } ({ $figures ->
    [one] { $figures } figure
   *[other] { $figures } figures
 }, each opens to its source).
nenep-report-format = { $path } cannot be written: let it end in .docx, .pdf or .html.
nenep-report-gaps = { $n ->
    [one] { $n } place is
   *[other] { $n } places are
 } left for people to write: { $list }
nenep-refilled = { $place }: { $before } → { $after }
nenep-refill-done = Renewed { $n ->
    [one] { $n } figure
   *[other] { $n } figures
 } in { $path }; the words are as they were.
nenep-issued = Issued { $symbol } (id { $id }); its figures are frozen.
nenep-checked = { $figures ->
    [one] { $figures } figure with a source
   *[other] { $figures } figures with a source
 }, { $findings ->
    [one] { $findings } thing
   *[other] { $findings } things
 } to look at.
nenep-no-person = There is no person with the code “{ $code }”.
nenep-no-role = There is no role “{ $role }”. Roles: { $known }.
nenep-account-added = Added the account { $name }. Give it a role with “nenep account grant”.
nenep-invited = A link for { $name }, works once, until { $until }: { $url }
nenep-password-set = The password of { $name } was set.
nenep-granted = { $name } has the role on { $unit } and the units below it.
nenep-evidence-kept = Took in { $code } (hash { $hash }).
nenep-serving = The site is open at { $address } — press Ctrl-C to end it.
nenep-listen-failed = Cannot listen on { $address }: { $why }. Choose another port with --listen.
nenep-route-problem = A route of the program is wrong: { $what }
nenep-request-added = Noted the request { $code }; { $n ->
    [one] { $n } unit was
   *[other] { $n } units were
 } asked.
nenep-request-written = Wrote { $n ->
    [one] { $n } workbook
   *[other] { $n } workbooks
 } to { $path }.
nenep-request-not-asked = { $file }: its name is not the code of a unit that was asked. Name the file after the unit, such as CB-01.xlsx.
nenep-request-bad-file = { $file }: { $n ->
    [one] { $n } bad cell
   *[other] { $n } bad cells
 }, nothing was taken from it.
nenep-request-taken = Took { $taken ->
    [one] { $taken } file
   *[other] { $taken } files
 }, { $bad } want a look.
nenep-request-head = { $symbol } {"—"} { $title } · period { $period } · deadline { $deadline }
nenep-request-tally = { $returned } of { $total } units have returned.
demo-making = Making the demonstration in { $dir } (the first time takes some seconds)…
demo-imported = { $file } taken in: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
 }.
demo-refused = The demonstration's workbook { $file } was refused; this is a defect of the program, please report it with the lines above.
demo-unknown-field = The demonstration's workbook names columns that do not exist: { $names }.
demo-report = { $file } written ({ $figures ->
    [one] { $figures } figure
   *[other] { $figures } figures
 }).
demo-ready = The demonstration is in { $dir }: five fictional organisations, their workbooks, reports in Word and PDF.
demo-not-ours = The folder { $dir } holds a database that is not the demonstration's. Choose another folder with --dir.
demo-sign-ins = Name, password and role (only in the demonstration):
demo-role-administrator = administrator of the province's accounts and tree
demo-role-officer = officer of the block's committee
demo-role-secretary = secretary of a cell
demo-role-inspector = the block's inspection officer
demo-role-member = a member of that cell
demo-role-superior = the level above (province): figures, no names of persons
demo-claims = { $taken ->
    [one] { $taken } stated figure
   *[other] { $taken } stated figures
 } taken in with their sentences; { $left ->
    [one] { $left } sentence states
   *[other] { $left } sentences state
 } no indicator and were left out.
demo-claims-none = No stated figures in { $folder }. The folder should hold seed0.jsonl … seed4.jsonl.
demo-claim-broken = { $file }, line { $line }: cannot be read ({ $why }).
nenep-topic-study-conference = Study
nenep-topic-topic-session = Sessions
nenep-topic-plan-commitment = Plans
nenep-topic-document-issued = Documents
nenep-topic-inspection = Inspection
nenep-topic-supervision = Supervision
nenep-topic-discipline = Discipline
nenep-topic-commendation = Commendation
nenep-topic-model-practice = Models
nenep-topic-contest = Contests
nenep-topic-publicity = Publicity
nenep-topic-welfare-money = Welfare (money)
nenep-topic-welfare-other = Welfare
nenep-topic-organisation-size = Organisation
nenep-topic-rating = Rating
nenep-topic-savings = Savings
nenep-topic-other = Other
nenep-read-same = This file has the same content as { $file }.
nenep-read-known = This file was received on { $day } (code { $code }).
nenep-mail-unset = There is no mail server. Set NENEP_MAIL (or --mail) and try again.
nenep-mail-sent = { $sent ->
    [one] { $sent } mail
   *[other] { $sent } mails
 } sent; { $failed } could not be sent now, the page /mail says why.
nenep-mail-base-url = To send notices by mail the server must know the address that people open. Set NENEP_BASE_URL (or --base-url), for example https://nenep.office.vn.
