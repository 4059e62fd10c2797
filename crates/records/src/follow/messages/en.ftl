follow-one-subject = A look is at one thing: a commitment, a task of a session, or a breakthrough.
follow-task-of-session = A task of a session needs both the session's code and its own.
follow-looked-at-needed = What was looked at must be written: which register, which work, where.
follow-day-needed = Write the day planned.
follow-not-yet = { $day } has not come yet.
follow-past = { $day } is past. Plan for today or later.
follow-who-gone = This person is not in the list. Choose again.
follow-nothing = Write what was looked at, or only the day of the next look.
follow-too-many = With { $most } commitments or more, plan on the page of each cell.
follow-title = Follow-up
follow-lead = Every commitment, every task of a session and every breakthrough has a next look.
follow-late = Past the day
follow-late-none = No look is past its day.
follow-never = Never looked at
follow-never-none = Everything was looked at.
follow-vague = Vague
follow-vague-none = Nothing lacks its measure, its deadline or its owner.
follow-followed = Followed, not due yet
follow-cut = The list is long: only a part is shown. Open the page of a cell to see all of its.
follow-of-unit = the unit's own
follow-unnamed = (name not shown)
follow-commitment = Commitment { $year }: { $who }
follow-what-commitment = commitment
follow-what-task = task of a session
follow-what-breakthrough = breakthrough
follow-planned-for = planned for { $day }
follow-looked-on = last looked at { $day }
follow-never-looked = never looked at
follow-all-title = Plan the next look at all { $n ->
    [one] { $n } commitment
   *[other] { $n } commitments
 }
follow-all-save = Plan for all
follow-all-planned = The next look at the commitments is planned.
follow-whole = See all of it
follow-item-done = Done
follow-this = This look
follow-looked-day = Looked on
follow-looked-at = What was looked at
follow-looked-at-hint = The register, the work, the result. Leave empty to plan a day only.
follow-said = What was said
follow-changed = What changed
follow-next = Next look
follow-next-day = Day
follow-next-hint = Leave empty when no look is needed any more.
follow-who = Who looks
follow-save = Save
follow-saved = The look is saved.
follow-planned = The next look is planned.
follow-past-title = Looks so far
follow-duty-late = Look at what is past its day
follow-duty-week = Look at what is planned for this week
follow-duty-vague = Make clear what is vague
follow-duty-n = { $n ->
    [one] { $n } thing
   *[other] { $n } things
 }
